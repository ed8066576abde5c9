//! An operator's commands to a cluster, and to which of its processes each goes.

use super::WorkersGroup;
use crate::kernel::world::World;
use crate::process::hosted::Order;
use crate::process::{Arg, Phrase, ProcessId};
use crate::system::orders::{Orders, Takes, takes};
use crate::system::{Deed, Given};
use crate::systems::given::Args;
use crate::words::scenario::ScenarioKey as K;
use crate::words::workers_view::WorkersViewKey as V;
use crate::workers::{Command, MAX_TASKS, Rule};
use std::any::Any;
use std::sync::Arc;

/// Each with what its arguments take.
pub(super) const ORDERS: Orders = &[
    ("submit", takes(&[("tasks", Takes::Whole(1, MAX_TASKS))]).needs(&["tasks"])),
    ("addMember", takes(&[("members", Takes::Members)])),
    ("drain", takes(&[("worker", Takes::Members)]).needs(&["worker"])),
    ("undrain", takes(&[("worker", Takes::Members)]).needs(&["worker"])),
    ("switchRule", takes(&[("rule", Takes::Rule), ("on", Takes::Flag)]).needs(&["rule", "on"])),
];

/// Whom to tell what.
pub(super) fn order(
    group: &WorkersGroup,
    world: &World,
    number: u16,
    verb: &str,
    args: &[(&str, Given)],
) -> Result<Vec<Deed>, Phrase> {
    let args = Args(args);
    let tell = |to: ProcessId, command: Command| Deed { to, order: Arc::new(command) };
    let needs = |what: &str| Phrase::new(K::NeedsArgument, [verb, what].map(|name| Arg::Name(name.into())));
    let whole = |what: &str| Phrase::new(K::NeedsWhole, [verb, what].map(|name| Arg::Name(name.into())));
    let scheduler = group.settings().scheduler;
    Ok(match verb {
        "submit" => {
            let said = args.text("tasks").ok_or_else(|| needs("tasks"))?;
            let tasks = said.parse().map_err(|_| whole("tasks"))?;
            vec![tell(scheduler, Command::Submit { tasks })]
        }
        // Nobody need be told: a worker registers by its first heartbeat.
        "addMember" if args.flag("learner") => {
            return Err(Phrase::new(K::NoLearners, [Arg::Name(group.name.clone())]));
        }
        "addMember" => {
            let known = |id: &ProcessId| ours(group, world, number, *id).map(drop);
            args.members("members").iter().try_for_each(known)?;
            Vec::new()
        }
        "drain" | "undrain" => {
            let whom = args.members("worker");
            if whom.is_empty() {
                return Err(needs("worker"));
            }
            let on = verb == "drain";
            let drain = |id: &ProcessId| {
                let worker = ours(group, world, number, *id)?;
                Ok(tell(scheduler, Command::Drain { worker, on }))
            };
            whom.iter().map(drain).collect::<Result<_, Phrase>>()?
        }
        "switchRule" => {
            let (name, on) = (args.text("rule").map_or("", |name| &**name), args.flag("on"));
            let unknown = || {
                let all = Rule::ALL.iter().map(|rule| Arg::Name(rule.name().into())).collect();
                Phrase::new(K::UnknownRule, [Arg::Name(name.into()), Arg::List(all)])
            };
            let rule = Rule::named(name).ok_or_else(unknown)?;
            let ours = world.processes().filter(|process| process.group == number && process.running);
            ours.map(|process| tell(process.id, Command::SwitchRule { rule, on })).collect()
        }
        other => return Err(Phrase::new(K::NoSystemFor, [Arg::Name(other.into())])),
    })
}

/// Only workers of the cluster can be drained.
fn ours(group: &WorkersGroup, world: &World, number: u16, id: ProcessId) -> Result<ProcessId, Phrase> {
    let known = world.process(id).filter(|process| process.group == number && group.is_worker(id));
    known.map(|process| process.id).ok_or_else(|| {
        let called = world.process(id).map_or_else(|| "".into(), |process| process.name.clone());
        Phrase::new(K::UnknownWorker, [Arg::Name(called), Arg::Name(group.name.clone())])
    })
}

/// What an order asks for.
pub(super) fn ordered(to: ProcessId, order: &dyn Order) -> Option<Phrase> {
    let me = Arg::Process(to);
    let (key, of) = match (order as &dyn Any).downcast_ref()? {
        Command::Submit { tasks } => (V::SaySubmits, Arg::Number(*tasks)),
        Command::Drain { worker, on: true } => (V::SayDrains, Arg::Process(*worker)),
        Command::Drain { worker, on: false } => (V::SayUndrains, Arg::Process(*worker)),
        Command::SwitchRule { .. } => return None,
    };
    Some(Phrase::new(key, [me, of]))
}
