//! Processes that meet anything in any order learn the same value.

use super::harness::{ids, settings};
use crate::consensus::paxos::*;
use crate::consensus::rules::Guards;
use crate::consensus::walk::{Walk, all_found, so_many, walks};
use std::sync::Arc;

/// Three or five processes in all roles. Rules that are not for safety may be off.
fn start(seed: u64, rules: Rules) -> Walk {
    let n = if seed.is_multiple_of(2) { 3 } else { 5 };
    let spare = Rule::ALL.iter().filter(|rule| rule.guards() != Guards::Safety);
    let off = spare.zip(0..).filter(|(_, bit)| seed >> bit & 1 != 0);
    let rules = off.fold(rules, |rules, (rule, _)| rules.without(*rule));
    let settings = Settings { rules, ..settings(n) };
    let image = || Program::new(settings.clone()).expect("settings").image();
    Walk::new(seed, Timer::Round as u8, ids(n).iter().map(|_| image()))
}

/// Somebody is to propose what nobody else does.
fn propose(walk: &mut Walk) {
    let (to, number) = (walk.member(), walk.next());
    let value = format!("v{number}").into();
    walk.world.order(to, number, Arc::new(Command::Propose { value }));
}

/// All learn the same.
fn turn(walk: &mut Walk) -> bool {
    walk.step(propose);
    let ids: Vec<_> = walk.world.ids().collect();
    ids.into_iter().all(|id| {
        let learned = walk.world.machine::<Peer>(id).and_then(Peer::learned).map(|(_, value)| value.clone());
        learned.is_none_or(|value| walk.agrees(1, &value))
    })
}

fn walked(rules: Rules, seeds: u64) -> (Option<u64>, u64) {
    walks(seeds, 600, |seed| start(seed, rules), turn)
}

/// `MUSTER_WALKS` is how many.
#[test]
fn whatever_happens_in_whatever_order_all_learn_the_same() {
    let seeds = so_many(500);
    let (broken, far) = walked(Rules::ALL, seeds);
    assert_eq!(broken, None);
    assert!(far > seeds / 2, "in {far} walks a value is learned");
}

/// Each is found within so many walks.
#[test]
fn without_a_rule_of_safety_they_do_not() {
    let table = [
        (Rule::UniqueBallots, 100),
        (Rule::DurableAccept, 100),
        (Rule::PromiseOnlyHigher, 100),
        (Rule::KeepPromise, 100),
        (Rule::ReportAccepted, 50),
        (Rule::AdoptReported, 50),
        (Rule::AdoptHighest, 100),
        (Rule::WaitForPromises, 100),
        (Rule::ChosenByQuorum, 100),
    ];
    all_found(&table, |rule, seeds| walked(Rules::ALL.without(rule), seeds));
}
