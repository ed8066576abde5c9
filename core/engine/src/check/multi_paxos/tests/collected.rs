//! What a member executes and collects in one step is in no log that anybody could look at after: the checks see it all the same.

use super::sweep::{ordeal, plan};
use super::world::{Lab, Plan};
use crate::consensus::kv::Op;
use crate::consensus::multi_paxos::*;
use crate::process::{ProcessId, Time};

/// Nothing stays in a log once it is executed.
const AT_ONCE: Compaction = Compaction { every: 1, keep: 0 };

fn collected_at_once(seed: u64, rules: Rules) -> Lab {
    let mut plan = plan(seed);
    plan.settings.compaction = Some(AT_ONCE);
    plan.settings.rules = rules;
    ordeal(plan).0
}

#[test]
fn a_group_that_collects_at_once_breaks_nothing() {
    for seed in 1..=60 {
        let lab = collected_at_once(seed, Rules::ALL);
        assert_eq!(lab.watching.broken, [], "seed {seed}");
        let most = lab.everybody().iter().filter_map(|id| lab.m(*id)).map(Member::executed).max();
        assert!(most > Some(20), "seed {seed}: {most:?}");
        for member in lab.everybody().iter().filter_map(|id| lab.m(*id)) {
            assert!(member.log().base() >= member.executed(), "seed {seed}");
        }
    }
}

/// Does this check name what goes wrong without a rule?
fn is_named(rule: Rule, check: &str) {
    let seeds = 1..=100;
    let found = seeds.clone().find(|seed| {
        let lab = collected_at_once(*seed, Rules::ALL.without(rule));
        lab.broken().contains(&check)
    });
    println!("{} {check}: {found:?}", rule.name());
    assert!(found.is_some(), "without {}, {seeds:?} broke no {check}", rule.name());
}

#[test]
fn what_is_executed_unchosen_and_collected_is_named() {
    is_named(Rule::ChosenByQuorum, "executedIsChosen");
}

#[test]
fn what_is_executed_otherwise_than_elsewhere_and_collected_is_named() {
    is_named(Rule::LearnSameBallot, "sameCommands");
}

#[test]
fn what_is_executed_twice_and_collected_is_named() {
    is_named(Rule::ClientSessions, "exactlyOnce");
}

/// A group that begins with a state executes it in its first step, and may collect it there.
#[test]
fn what_a_group_begins_with_is_chosen_though_it_be_collected_at_once() {
    let mut plan = Plan { clients: 1, ..Plan::calm(3) };
    let ballot = Ballot { round: 1, owner: ProcessId(1) };
    let put = Op::Put { key: "k".into(), value: "v".into() };
    let accepted = vec![(1, ballot, Some(put)), (2, ballot, None)];
    plan.settings.initial = Some(Initial { promised: ballot, accepted, chosen: 2 });
    plan.settings.compaction = Some(AT_ONCE);
    let mut lab = Lab::new(plan);
    lab.until(Time::secs(5));
    assert_eq!(lab.watching.broken, []);
    assert!(lab.answered() > 0);
    assert!(lab.everybody().iter().all(|id| lab.m(*id).is_some_and(|it| it.log().base() > 2)));
}
