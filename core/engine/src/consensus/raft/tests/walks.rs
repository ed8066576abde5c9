//! Members that meet anything in any order apply the same entries.

use super::harness::{ids, settings};
use crate::consensus::raft::*;
use crate::consensus::rules::Guards;
use crate::consensus::walk::{Walk, walks};

/// Three or five voters, of which some compact their logs at once. Rules that are not for safety may be off: none of them may be what
/// safety rests on.
fn start(seed: u64, rules: Rules) -> Walk {
    let n = if seed.is_multiple_of(2) { 3 } else { 5 };
    let compaction = [None, Some(Compaction { every: 1, keep: 0 }), Some(Compaction { every: 3, keep: 1 })];
    let spare = Rule::ALL.iter().filter(|rule| rule.guards() != Guards::Safety);
    let off = spare.zip(0..).filter(|(_, bit)| seed >> bit & 1 != 0);
    let rules = off.fold(rules, |rules, (rule, _)| rules.without(*rule));
    let settings = Settings { rules, compaction: compaction[(seed % 3) as usize], ..settings(n) };
    let image = || Program::new(settings.clone()).expect("settings").image();
    Walk::new(seed, Timer::Election as u8, ids(n).iter().map(|_| image()))
}

/// After so many entries the states of all are the same, whether they applied them or took them over.
fn turn(walk: &mut Walk) -> bool {
    walk.step(Walk::put);
    let ids: Vec<_> = walk.world.ids().collect();
    ids.into_iter().all(|id| {
        let member = walk.world.machine::<Member>(id);
        let Some((applied, store)) = member.map(|it| (it.last_applied(), it.store().clone())) else {
            return true;
        };
        walk.agrees(applied, &store)
    })
}

fn walked(rules: Rules, seeds: u64) -> (Option<u64>, u64) {
    walks(seeds, 3_000, |seed| start(seed, rules), turn)
}

/// `MUSTER_WALKS` is how many.
#[test]
fn whatever_happens_in_whatever_order_all_come_to_the_same() {
    let seeds = std::env::var("MUSTER_WALKS").ok().and_then(|n| n.parse().ok()).unwrap_or(200);
    let (broken, far) = walked(Rules::ALL, seeds);
    assert_eq!(broken, None);
    assert!(far > seeds * 10, "{far} entries");
}

/// Each is found within so many walks.
#[test]
fn without_a_rule_of_safety_they_do_not() {
    let table = [
        (Rule::ElectionRestriction, 50),
        (Rule::OneVotePerTerm, 100),
        (Rule::DurableLog, 200),
        (Rule::LeaderCountsSynced, 250),
        (Rule::StepDownOnHigherTerm, 100),
        (Rule::ConsistencyCheck, 50),
        (Rule::LeaderAppendOnly, 50),
        (Rule::CommitOnlyMatched, 100),
    ];
    for (rule, seeds) in table {
        let (broken, _) = walked(Rules::ALL.without(rule), seeds);
        println!("{:24} {broken:?}", rule.name());
        assert!(broken.is_some(), "{}", rule.name());
    }
}
