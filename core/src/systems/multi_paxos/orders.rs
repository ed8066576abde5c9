//! An operator's commands to a group, and to which of its members each goes.

use super::MultiPaxosGroup;
use crate::consensus::multi_paxos::{Command, Member, Rule};
use crate::kernel::world::World;
use crate::process::{Arg, Phrase, ProcessId};
use crate::system::orders::{Orders, Takes, takes};
use crate::system::{Deed, Given};
use crate::systems::given::Args;
use crate::words::scenario::ScenarioKey as K;
use std::sync::Arc;

/// Each with what its arguments take.
pub(super) const ORDERS: Orders = &[
    ("members", takes(&[("voters", Takes::Members)]).needs(&["voters"])),
    ("addMember", takes(&[("members", Takes::Members)]).needs(&["members"])),
    ("removeMember", takes(&[("members", Takes::Members)]).needs(&["members"])),
    ("replace", takes(&[("old", Takes::Member), ("new", Takes::Member)]).needs(&["old", "new"])),
    ("campaign", takes(&[("by", Takes::Member)]).needs(&["by"])),
    ("snapshot", takes(&[("members", Takes::Members)]).needs(&["members"])),
    ("switchRule", takes(&[("rule", Takes::Rule), ("on", Takes::Flag)]).needs(&["rule", "on"])),
];

/// Whom to tell what.
pub(super) fn order(
    group: &MultiPaxosGroup,
    world: &World,
    number: u16,
    verb: &str,
    args: &[(&str, Given)],
) -> Result<Vec<Deed>, Phrase> {
    let args = Args(args);
    let tell = |to: ProcessId, command: Command| vec![Deed { to, order: Arc::new(command) }];
    let to_leader = |command: Command| Ok(tell(leader(group, world, number)?.id(), command));
    let needs = |what: &str| Phrase::new(K::NeedsArgument, [verb, what].map(|name| Arg::Name(name.into())));
    let one = |name: &str| args.members(name).first().copied().ok_or_else(|| needs(name));
    if args.flag("learner") || !args.members("learners").is_empty() {
        return Err(Phrase::new(K::NoLearners, [Arg::Name(group.name.clone())]));
    }
    match verb {
        "members" => to_leader(Command::ChangeMembership { members: args.members("voters").to_vec() }),
        "addMember" => to_leader(match args.members("members") {
            [id] => Command::AddMember { id: *id },
            several => changed(leader(group, world, number)?, several, &[]),
        }),
        "removeMember" => to_leader(match args.members("members") {
            [id] => Command::RemoveMember { id: *id },
            several => changed(leader(group, world, number)?, &[], several),
        }),
        "replace" => to_leader(Command::ReplaceMember { old: one("old")?, new: one("new")? }),
        "campaign" => Ok(tell(ours(group, world, number, one("by")?)?, Command::Campaign)),
        "snapshot" => {
            let told = |id: &ProcessId| Deed { to: *id, order: Arc::new(Command::TakeSnapshot) };
            Ok(args.members("members").iter().map(told).collect())
        }
        "switchRule" => {
            let (name, on) = (args.text("rule").map_or("", |name| &**name), args.flag("on"));
            let unknown = || {
                let all = Rule::ALL.iter().map(|rule| Arg::Name(rule.name().into())).collect();
                Phrase::new(K::UnknownRule, [Arg::Name(name.into()), Arg::List(all)])
            };
            let rule = Rule::named(name).ok_or_else(unknown)?;
            let told =
                |member: &Member| Deed { to: member.id(), order: Arc::new(Command::SwitchRule { rule, on }) };
            Ok(MultiPaxosGroup::running(world, number).map(told).collect())
        }
        other => Err(Phrase::new(K::NoSystemFor, [Arg::Name(other.into())])),
    }
}

/// All at once: a group takes one change at a time.
fn changed(leader: &Member, new: &[ProcessId], gone: &[ProcessId]) -> Command {
    let now = leader.configurations().last().map_or(&[][..], |(_, known)| &known.members);
    let stays = now.iter().copied().filter(|id| !gone.contains(id));
    Command::ChangeMembership { members: stays.chain(new.iter().copied()).collect() }
}

fn nobody(what: &str, group: &MultiPaxosGroup) -> Phrase {
    Phrase::new(K::NobodySelected, [Arg::Name(what.into()), Arg::Name(group.name.clone())])
}

/// Only its own processes understand its commands.
fn ours(group: &MultiPaxosGroup, world: &World, number: u16, id: ProcessId) -> Result<ProcessId, Phrase> {
    let known = world.process(id).filter(|process| process.group == number);
    known.map(|process| process.id).ok_or_else(|| {
        let called = world.process(id).map_or_else(|| "".into(), |process| process.name.clone());
        Phrase::new(K::UnknownMember, [Arg::Name(called), Arg::Name(group.name.clone())])
    })
}

/// The one leader.
fn leader<'a>(group: &MultiPaxosGroup, world: &'a World, number: u16) -> Result<&'a Member, Phrase> {
    let all: Vec<&Member> = MultiPaxosGroup::leaders(world, number).collect();
    match all.as_slice() {
        [] => Err(nobody("leader", group)),
        [one] => Ok(one),
        several => {
            let who = several.iter().map(|member| Arg::Process(member.id())).collect();
            let args = [Arg::Name("leader".into()), Arg::Name(group.name.clone()), Arg::List(who)];
            Err(Phrase::new(K::SeveralSelected, args))
        }
    }
}
