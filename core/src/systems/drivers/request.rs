//! A request by hand: an operation with concerns and a read preference of its own.

use crate::consensus::replica_set::driver::{Command, Wishes};
use crate::consensus::replica_set::{W, WriteConcern};
use crate::kernel::world::World;
use crate::process::Phrase;
use crate::scenario::command::OpName;
use crate::system::orders::{Arguments, Said, Takes, takes};
use crate::system::{Deed, Given};
use crate::systems::given::{Args, OP};
use crate::systems::replica_set::concern::{ACKNOWLEDGED, PREFERRED, PROMISED};
use crate::systems::replica_set::concern::{acknowledged, read_concern, read_preference};
use crate::text::Duration;
use crate::text::typed::Variants;
use crate::words::replset_view::ReplSetViewKey as V;
use std::sync::Arc;

/// Its arguments: those of every console, and those of the manual.
const ALL: &[(&str, Takes)] = &[
    ("by", Takes::Member),
    ("op", OP),
    ("key", Takes::Text),
    ("value", Takes::Text),
    ("expect", Takes::Text),
    ("to", Takes::Member),
    ("w", ACKNOWLEDGED),
    ("j", Takes::Flag),
    ("wtimeout", Takes::SPAN),
    ("readConcern", PROMISED),
    ("readPreference", PREFERRED),
];

/// What a driver is told: it is somebody.
pub(super) const REQUEST: Arguments = takes(ALL).needs(&["by", "op", "key"]).fit(fit);

/// What a set is asked: its console puts the request.
pub(in crate::systems) const ASKED: Arguments = takes(match ALL.split_first() {
    Some((_, rest)) => rest,
    None => ALL,
})
.needs(&["op", "key"])
.fit(fit);

/// Concerns and preferences are each for reads or for writes alone, and linearizable reads go to the primary.
fn fit(said: &Said<'_>) -> Result<(), (&'static str, Phrase)> {
    OpName::fit(said)?;
    let Some(op) = said.text("op").filter(|op| OpName::NAMES.contains(op)) else { return Ok(()) };
    let idle: &[&str] =
        if op == "get" { &["w", "j", "wtimeout"] } else { &["readConcern", "readPreference"] };
    if let Some(name) = idle.iter().find(|name| said.has(name)) {
        return Err((name, OpName::does_nothing(name, op)));
    }
    if said.text("readConcern") == Some("linearizable")
        && said.text("readPreference").is_some_and(|preference| preference != "primary")
    {
        return Err(("readPreference", Phrase::bare(V::LinearizableElsewhere)));
    }
    Ok(())
}

/// `w`, `j` and `wtimeout`; none of them, and the set's default holds. Without `w` it is a majority that is asked for.
fn write_concern(args: &Args<'_>) -> Result<Option<WriteConcern>, Phrase> {
    let (w, journal, timeout) = (args.text("w"), args.said("j"), args.text("wtimeout"));
    if w.is_none() && journal.is_none() && timeout.is_none() {
        return Ok(None);
    }
    let w = w.map_or(Ok(W::Majority), |w| acknowledged(w))?;
    let timeout = timeout.map(|text| Duration::read(text)).transpose()?;
    Ok(Some(WriteConcern { w, journal, timeout: timeout.map(|time| time.0) }))
}

/// A request by the driver of a name.
pub(super) fn request(world: &World, args: &[(&str, Given)]) -> Result<Vec<Deed>, Phrase> {
    let args = Args(args);
    let (by, op) = (args.client(world)?, args.op()?);
    let wishes = Wishes {
        to: args.members("to").first().copied(),
        write_concern: write_concern(&args)?,
        read_concern: args.text("readConcern").map(|text| read_concern(text)).transpose()?,
        read_preference: args.text("readPreference").map(|text| read_preference(text)).transpose()?,
    };
    Ok(vec![Deed { to: by, order: Arc::new(Command::Issue { op, wishes }) }])
}
