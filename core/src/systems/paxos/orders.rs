//! An operator's commands to a group, and to which of its processes each goes.

use super::PaxosGroup;
use crate::consensus::paxos::{Command, Peer, Rule};
use crate::kernel::world::World;
use crate::process::hosted::Order;
use crate::process::{Arg, Phrase, ProcessId};
use crate::system::orders::{Orders, Takes, takes};
use crate::system::{Deed, Given};
use crate::systems::given::Args;
use crate::words::hands::HandsKey as H;
use crate::words::scenario::ScenarioKey as K;
use std::any::Any;
use std::sync::Arc;

/// Each with what its arguments take.
pub(super) const ORDERS: Orders = &[
    ("propose", takes(&[("by", Takes::Members), ("value", Takes::Text)]).needs(&["by", "value"])),
    ("ask", takes(&[("by", Takes::Members)]).needs(&["by"])),
    ("switchRule", takes(&[("rule", Takes::Rule), ("on", Takes::Flag)]).needs(&["rule", "on"])),
];

/// Whom to tell what.
pub(super) fn order(
    group: &PaxosGroup,
    world: &World,
    number: u16,
    verb: &str,
    args: &[(&str, Given)],
) -> Result<Vec<Deed>, Phrase> {
    let args = Args(args);
    let tell = |to: ProcessId, command: Command| Deed { to, order: Arc::new(command) };
    let needs = |what: &str| Phrase::new(K::NeedsArgument, [verb, what].map(|name| Arg::Name(name.into())));
    let whom = || match args.members("by") {
        [] => Err(needs("by")),
        who => who.iter().map(|id| ours(group, world, number, *id)).collect::<Result<Vec<_>, _>>(),
    };
    Ok(match verb {
        "propose" => {
            let value = args.text("value").ok_or_else(|| needs("value"))?;
            whom()?.into_iter().map(|to| tell(to, Command::Propose { value: value.clone() })).collect()
        }
        "ask" => whom()?.into_iter().map(|to| tell(to, Command::Ask)).collect(),
        "switchRule" => {
            let (name, on) = (args.text("rule").map_or("", |name| &**name), args.flag("on"));
            let unknown = || {
                let all = Rule::ALL.iter().map(|rule| Arg::Name(rule.name().into())).collect();
                Phrase::new(K::UnknownRule, [Arg::Name(name.into()), Arg::List(all)])
            };
            let rule = Rule::named(name).ok_or_else(unknown)?;
            let told = |peer: &Peer| tell(peer.id(), Command::SwitchRule { rule, on });
            PaxosGroup::running(world, number).map(told).collect()
        }
        other => return Err(Phrase::new(K::NoSystemFor, [Arg::Name(other.into())])),
    })
}

/// Only its own processes understand its commands.
fn ours(group: &PaxosGroup, world: &World, number: u16, id: ProcessId) -> Result<ProcessId, Phrase> {
    let known = world.process(id).filter(|process| process.group == number);
    known.map(|process| process.id).ok_or_else(|| {
        let called = world.process(id).map_or_else(|| "".into(), |process| process.name.clone());
        Phrase::new(K::UnknownMember, [Arg::Name(called), Arg::Name(group.name.clone())])
    })
}

/// What an order asks for.
pub(super) fn ordered(to: ProcessId, order: &dyn Order) -> Option<Phrase> {
    match (order as &dyn Any).downcast_ref()? {
        Command::Propose { value } => {
            Some(Phrase::new(H::SayProposes, [Arg::Process(to), Arg::Text(value.clone())]))
        }
        Command::Ask | Command::SwitchRule { .. } => None,
    }
}
