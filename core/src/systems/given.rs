//! What an operator's command was given, by the names of its arguments: for every system that takes commands.

use crate::consensus::kv::Op;
use crate::kernel::world::World;
use crate::process::{Arg, Phrase, ProcessId};
use crate::scenario::command::OpName;
use crate::system::Given;
use crate::system::orders::Takes;
use crate::text::clipped;
use crate::text::typed::Variants;
use crate::words::scenario::ScenarioKey as K;
use std::sync::Arc;

/// What a client can do by hand.
pub(super) const OP: Takes = Takes::OneOf(OpName::NAMES);

/// The arguments of a command; one that is missing, or is something else, is as if nothing was said.
pub(super) struct Args<'a>(pub &'a [(&'a str, Given)]);

impl<'a> Args<'a> {
    fn get(&self, name: &str) -> Option<&'a Given> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, given)| given)
    }
    /// Processes.
    pub fn members(&self, name: &str) -> &'a [ProcessId] {
        match self.get(name) {
            Some(Given::Members(members)) => members,
            _ => &[],
        }
    }
    /// Yes or no; no, if nothing is said.
    pub fn flag(&self, name: &str) -> bool {
        self.said(name) == Some(true)
    }
    /// Yes or no, if anything is said.
    pub fn said(&self, name: &str) -> Option<bool> {
        match self.get(name) {
            Some(Given::Flag(flag)) => Some(*flag),
            _ => None,
        }
    }
    /// A user's own text.
    pub fn text(&self, name: &str) -> Option<&'a Arc<str>> {
        match self.get(name) {
            Some(Given::Text(text)) => Some(text),
            _ => None,
        }
    }
    /// What a client does by hand; a key or value may be called as a process is.
    pub fn op(&self) -> Result<Op, Phrase> {
        let name = self.text("op").ok_or_else(|| request_needs("op"))?;
        let needs = |argument: &str| {
            let args = [Arg::Name(name.clone()), Arg::Name(argument.into())];
            self.text(argument).cloned().ok_or_else(|| Phrase::new(K::NeedsArgument, args))
        };
        let key = needs("key")?;
        Ok(match &**name {
            "get" => Op::Get { key },
            "put" => Op::Put { key, value: needs("value")? },
            "cas" => Op::Cas { key, expect: self.text("expect").cloned(), value: needs("value")? },
            "append" => Op::Append { key, value: needs("value")? },
            "delete" => Op::Delete { key },
            other => {
                let known = OpName::NAMES.iter().map(|name| Arg::Name((*name).into())).collect();
                return Err(Phrase::new(K::UnknownName, [clipped(other), Arg::List(known)]));
            }
        })
    }
    /// The client who does it: a console is named before it is there.
    pub fn client(&self, world: &World) -> Result<ProcessId, Phrase> {
        let Some(name) = self.text("by") else {
            return self.members("by").first().copied().ok_or_else(|| request_needs("by"));
        };
        world.process_named(name).ok_or_else(|| Phrase::new(K::NoSuchName, [Arg::Name(name.clone())]))
    }
}

fn request_needs(argument: &str) -> Phrase {
    Phrase::new(K::NeedsArgument, ["request", argument].map(|name| Arg::Name(name.into())))
}
