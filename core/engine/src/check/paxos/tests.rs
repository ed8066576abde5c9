//! What is found in a world.

use super::PaxosCheck;
use crate::check::{Check, Watching};
use crate::consensus::paxos::*;
use crate::kernel::{Action, HostSpec, World, WorldSpec};
use crate::process::{ProcessId, Time};
use std::sync::Arc;

/// Three processes in all roles, without these rules, and whoever watches them.
fn lab(off: &[Rule]) -> (World, Watching, Vec<ProcessId>) {
    let mut world = World::new(WorldSpec { seed: 1, ..WorldSpec::default() });
    let ids: Vec<ProcessId> = (0..3).map(|nth| world.next_process_id(nth)).collect();
    let all = || ids.clone();
    let rules = off.iter().fold(Rules::ALL, |rules, rule| rules.without(*rule));
    let settings =
        Settings { proposers: all(), acceptors: all(), learners: all(), rules, ..Settings::default() };
    let program = Program::new(settings).expect("settings");
    for nth in 1..=3 {
        let name = format!("n{nth}");
        let host = world.add_host(&name, HostSpec::default()).expect("a host");
        world.add_process(host, &name, 0, program.image()).expect("a process");
    }
    (world, Watching::new([Box::new(PaxosCheck::new(0)) as Box<dyn Check>]), ids)
}

/// Two forget all they promised and accepted, and choose another value with the number of the first. The proposer's own
/// acceptance takes no message, and is of a number that it was seen to have accepted before.
#[test]
fn two_values_chosen_with_one_number_break_agreement() {
    let (mut world, mut watching, ids) =
        lab(&[Rule::DurableBallot, Rule::DurablePromise, Rule::DurableAccept]);
    let host = |world: &World, nth: usize| world.process(ids[nth]).expect("it is there").host;
    let hosts = [0, 1, 2].map(|nth| host(&world, nth));
    let propose = |value: &str| Action::Operate(ids[0], Arc::new(Command::Propose { value: value.into() }));
    let course = [
        (0, Action::CrashHost(hosts[2])),
        (10, propose("red")),
        (300, Action::CrashHost(hosts[0])),
        (300, Action::CrashHost(hosts[1])),
        (400, Action::StartHost(hosts[0])),
        (400, Action::StartHost(hosts[1])),
        (450, propose("blue")),
    ];
    for (at, action) in course {
        while world.step_until(Time::millis(at), &mut [&mut watching]) {}
        world.act(&action, &mut [&mut watching]).expect("it can be done");
    }
    while world.step_until(Time::secs(1), &mut [&mut watching]) {}
    let learned = world.machine::<Peer>(ids[0]).and_then(Peer::learned);
    assert_eq!(learned.map(|(ballot, value)| (ballot.round, &**value)), Some((1, "blue")));
    let broken: Vec<_> = watching.broken.iter().map(|violation| violation.check).collect();
    assert_eq!(broken, ["oneValuePerBallot", "agreement"], "and what is learned is chosen");
}
