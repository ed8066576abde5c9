//! A request by hand: an operation with concerns and a read preference of its own.

use crate::consensus::kv::Op;
use crate::consensus::replica_set::driver::{Command, Wishes};
use crate::consensus::replica_set::{W, WriteConcern};
use crate::kernel::world::World;
use crate::process::{Arg, Phrase};
use crate::system::{Deed, Given};
use crate::systems::replica_set::concern::{acknowledged, read_concern, read_preference};
use crate::text::Duration;
use crate::words::scenario::ScenarioKey as K;
use std::sync::Arc;

/// Its arguments: those of every console, and those of the manual.
pub(in crate::systems) const REQUEST: &[&str] =
    &["by", "op", "key", "value", "expect", "to", "w", "j", "wtimeout", "readConcern", "readPreference"];

/// What somebody asks for.
struct Asked<'a> {
    world: &'a World,
    args: &'a [(&'a str, Given)],
}

impl Asked<'_> {
    fn given(&self, name: &str) -> Option<&Given> {
        self.args.iter().find(|(known, _)| *known == name).map(|(_, given)| given)
    }

    /// A word; a process' name is one too.
    fn word(&self, name: &str) -> Option<Arc<str>> {
        match self.given(name)? {
            Given::Text(text) => Some(text.clone()),
            Given::Members(members) => {
                members.first().and_then(|id| self.world.process(*id)).map(|process| process.name.clone())
            }
            Given::Flag(flag) => Some(if *flag { "true" } else { "false" }.into()),
        }
    }

    fn op(&self) -> Result<Op, Phrase> {
        let name = self.word("op").unwrap_or_default();
        let needs = |argument: &str| {
            let args = [Arg::Name(name.clone()), Arg::Name(argument.into())];
            self.word(argument).ok_or_else(|| Phrase::new(K::NeedsArgument, args))
        };
        let key = needs("key")?;
        Ok(match &*name {
            "get" => Op::Get { key },
            "put" => Op::Put { key, value: needs("value")? },
            "cas" => Op::Cas { key, expect: self.word("expect"), value: needs("value")? },
            "append" => Op::Append { key, value: needs("value")? },
            "delete" => Op::Delete { key },
            other => return Err(Phrase::new(K::NoSystemFor, [Arg::Name(other.into())])),
        })
    }

    /// `w`, `j` and `wtimeout`; none of them, and the set's default holds. Without `w` it is a majority that is asked for.
    fn write_concern(&self) -> Result<Option<WriteConcern>, Phrase> {
        let (w, j, timeout) = (self.word("w"), self.word("j"), self.word("wtimeout"));
        if w.is_none() && j.is_none() && timeout.is_none() {
            return Ok(None);
        }
        let w = w.map_or(Ok(W::Majority), |w| acknowledged(&w))?;
        let timeout = timeout.map(|text| Duration::read(&text)).transpose()?;
        Ok(Some(WriteConcern { w, journal: j.map(|j| &*j == "true"), timeout: timeout.map(|time| time.0) }))
    }

    fn wishes(&self) -> Result<Wishes, Phrase> {
        let to = match self.given("to") {
            Some(Given::Members(members)) => members.first().copied(),
            _ => None,
        };
        let concern = self.word("readConcern").map(|text| read_concern(&text)).transpose()?;
        let preference = self.word("readPreference").map(|text| read_preference(&text)).transpose()?;
        Ok(Wishes {
            to,
            write_concern: self.write_concern()?,
            read_concern: concern,
            read_preference: preference,
        })
    }
}

/// A request by the driver of a name.
pub(super) fn request(world: &World, args: &[(&str, Given)]) -> Result<Vec<Deed>, Phrase> {
    let asked = Asked { world, args };
    let named = asked.word("by").unwrap_or_default();
    let missing = || Phrase::new(K::NoSuchName, [Arg::Name(named.clone())]);
    let by = world.process_named(&named).ok_or_else(missing)?;
    let (op, wishes) = (asked.op()?, asked.wishes()?);
    Ok(vec![Deed { to: by, order: Arc::new(Command::Issue { op, wishes }) }])
}
