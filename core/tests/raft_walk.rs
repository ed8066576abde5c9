//! Raft without time: random walks that must not break it, and that do break it when a rule is off.

mod walk;

use muster_core::consensus::raft::Rule;
use proptest::prelude::*;
use walk::{Plan, Walk, hunt};

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
    #[test]
    fn no_walk_breaks_a_promise(seed: u64, members in 1u32..=5, compact: bool, memberships: bool) {
        let plan = Plan { members, compact, memberships, ..Plan::default() };
        let mut walk = Walk::new(seed, &plan);
        let result = walk.run(3000);
        prop_assert!(result.is_ok(), "{result:?}");
    }
}

#[test]
fn the_walks_reach_what_could_break() {
    let (reached, violation) = hunt(&Plan::default(), 0..100, 4000);
    assert!(violation.is_none(), "{violation:?}");
    println!("{reached:?}");
    assert!(reached.leaders > 200 && reached.cuts > 10 && reached.crashes > 300, "{reached:?}");
    assert!(reached.snapshots > 800 && reached.joint > 800 && reached.committed > 1200, "{reached:?}");
    assert!(reached.answered > 800 && reached.reads > 250, "{reached:?}");
}

/// Prints, for every rule, what a walk without it breaks. Long: run by name.
#[test]
#[ignore = "a survey of minutes"]
fn survey() {
    // One rule by its name in `RULE`, or all.
    let only = std::env::var("RULE").ok();
    for &rule in Rule::ALL.iter().filter(|rule| only.as_deref().is_none_or(|name| name == rule.name())) {
        let mut found = Vec::new();
        for (members, memberships) in [(3, false), (3, true), (5, false)] {
            let plan = Plan { members, memberships, ..walk::without(rule) };
            if let (_, Some((seed, violation))) = hunt(&plan, 0..600, 4000) {
                found.push(format!(
                    "{members}{} seed {seed}: {}",
                    if memberships { "+" } else { "" },
                    violation.0
                ));
            }
        }
        println!("{:28} {:?}: {}", rule.name(), rule.guards(), found.join("; "));
    }
}

/// Rules whose absence a short walk finds, and the promises it may break.
#[test]
fn a_rule_switched_off_is_caught() {
    let cases: [(Rule, u64, &[&str]); 7] = [
        (Rule::ElectionRestriction, 40, &["Leader Completeness", "State Machine Safety"]),
        (Rule::OneVotePerTerm, 80, &["Election Safety"]),
        (Rule::StepDownOnHigherTerm, 20, &["Election Safety"]),
        (Rule::ConsistencyCheck, 20, &["Log Matching", "State Machine Safety", "Leader Completeness"]),
        (Rule::LeaderAppendOnly, 20, &["Leader Completeness", "State Machine Safety", "Leader Append-Only"]),
        (Rule::ClientSessions, 80, &["exactly once"]),
        (
            Rule::SnapshotCoversCommittedOnly,
            80,
            &[
                "State Machine Safety",
                "Leader Completeness",
                "Log Matching",
                "exactly once",
                "Leader Append-Only",
                "no stale linearizable read",
            ],
        ),
    ];
    for (rule, seeds, promises) in cases {
        let plan = Plan { memberships: false, ..walk::without(rule) };
        let (_, found) = hunt(&plan, 0..seeds, 4000);
        let (seed, violation) = found.unwrap_or_else(|| panic!("{} off: nothing found", rule.name()));
        assert!(promises.contains(&violation.0), "{} off, seed {seed}: {violation:?}", rule.name());
    }
}

/// Every order of events of a small group, to a depth: one election, three members, each state once.
#[test]
fn every_order_of_a_first_election_is_safe_and_both_may_win() {
    use muster_core::consensus::raft::{Member, Role};
    use muster_core::process::ProcessId;
    use muster_core::process::untimed::{Choice, Faults};
    use std::collections::{BTreeMap, BTreeSet};

    let rules = muster_core::consensus::raft::Rules::ALL.without(Rule::PreVote);
    let plan = Plan { rules, memberships: false, compact: false, ..Plan::default() };
    let world = Walk::new(0, &plan).world;
    let mut seen = BTreeSet::from([world.fingerprint()]);
    let mut edge = vec![world];
    let mut winners = BTreeMap::<u64, BTreeSet<ProcessId>>::new();
    for _depth in 0..12 {
        let mut next = Vec::new();
        for world in &edge {
            for choice in world.choices(Faults::default()) {
                // Members 1 and 2 may time out, once each; heartbeats and checks would go on for ever.
                let wanted = match choice {
                    Choice::Fire(id, timer) => {
                        timer == 0 && id.0 < 3 && world.machine::<Member>(id).is_some_and(|m| m.term() == 0)
                    }
                    _ => true,
                };
                let mut after = world.clone();
                if !wanted || !after.apply(choice) || !seen.insert(after.fingerprint()) {
                    continue;
                }
                for id in after.ids() {
                    if let Some(member) = after.machine::<Member>(id).filter(|m| m.role() == Role::Leader) {
                        winners.entry(member.term()).or_default().insert(id);
                    }
                }
                let leaders = |term| {
                    after
                        .ids()
                        .filter(|&id| {
                            after
                                .machine::<Member>(id)
                                .is_some_and(|m| m.role() == Role::Leader && m.term() == term)
                        })
                        .count()
                };
                assert!((0..4).all(|term| leaders(term) <= 1), "two leaders in a term");
                next.push(after);
            }
        }
        edge = next;
    }
    assert!(winners[&1].len() == 2, "either may win term 1: {winners:?}");
    assert!(seen.len() > 1000, "{} states", seen.len());
    println!("{} states", seen.len());
}

#[test]
fn the_same_choices_give_the_same_state_and_order_in_flight_does_not_matter() {
    use muster_core::process::ProcessId;
    use muster_core::process::untimed::Choice;
    let plan = Plan::default();
    let (mut one, mut two) = (Walk::new(7, &plan), Walk::new(7, &plan));
    for _ in 0..2000 {
        one.run(1).expect("safe");
        two.run(1).expect("safe");
        assert_eq!(one.world.fingerprint(), two.world.fingerprint());
    }
    let mut world = Walk::new(1, &Plan { memberships: false, ..Plan::default() }).world;
    world.apply(Choice::Fire(ProcessId(1), 0));
    let mut other = world.clone();
    // Two requests in flight: repeated in either order, the same crowd.
    for (w, order) in [(&mut world, [0, 1]), (&mut other, [1, 0])] {
        assert!(order.into_iter().all(|i| w.apply(Choice::Duplicate(i))));
    }
    assert_eq!(world.fingerprint(), other.fingerprint());
    assert!(world.apply(Choice::Drop(0)) && other.apply(Choice::Drop(1)));
    assert_ne!(world.fingerprint(), other.fingerprint());
}
