//! `muster schema`: the JSON Schema of scenario files.

use crate::cli::{Files, SchemaArgs};
use crate::exit::Exit;
use crate::output::Out;
use muster_core::session::schema;
use muster_core::systems;
use std::fmt::Write;

/// Prints the schema, made from the types that read a file.
pub fn schema(args: &SchemaArgs, out: &mut Out) -> Exit {
    let schema = match args.of {
        Files::Scenario => schema::scenario(systems::all()),
        Files::Comparison => schema::comparison(systems::all()),
    };
    let _ = writeln!(out, "{schema:#}"); // a reader who left needs no more
    Exit::AsExpected
}
