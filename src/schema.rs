//! `muster schema`: the JSON Schema of scenario files.

use crate::exit::Exit;
use crate::output::Out;
use muster_core::session::schema;
use muster_core::systems;
use std::fmt::Write;

/// Prints the schema, made from the types that read a file.
pub fn schema(out: &mut Out) -> Exit {
    let _ = writeln!(out, "{:#}", schema::scenario(systems::all())); // a reader who left needs no more
    Exit::AsExpected
}
