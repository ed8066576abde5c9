//! Members that meet anything in any order execute the same commands.

use super::harness::{ids, settings};
use crate::consensus::multi_paxos::*;
use crate::consensus::rules::Guards;
use crate::consensus::walk::{Walk, all_found, so_many, walks};
use std::sync::Arc;

/// Three or five members, or three and two who may join; some collect what they have executed at once. Rules that are not for safety may
/// be off: none of them may be what safety rests on.
fn start(seed: u64, rules: Rules) -> Walk {
    let n = if seed % 4 == 3 { 5 } else { 3 };
    let spare = Rule::ALL.iter().filter(|rule| rule.guards() != Guards::Safety);
    let off = spare.zip(0..).filter(|(_, bit)| seed >> bit & 1 != 0);
    let rules = off.fold(rules, |rules, (rule, _)| rules.without(*rule));
    let compaction = [None, Some(Compaction { every: 1, keep: 0 }), Some(Compaction { every: 3, keep: 1 })];
    let compaction = compaction[(seed % 3) as usize];
    let settings = Settings { rules, compaction, alpha: 3, ..settings(n) };
    let all = if joins(seed) { 5 } else { n };
    let image = || Program::new(settings.clone()).expect("settings").image();
    Walk::new(seed, Timer::Election as u8, ids(all).iter().map(|_| image()))
}

fn joins(seed: u64) -> bool {
    seed % 4 == 1
}

/// A client writes; where others may join, an operator now and then wants other members.
fn ask(walk: &mut Walk) {
    if !joins(walk.seed) || walk.below(5) != 0 {
        return walk.put();
    }
    let (to, old, new, ticket) = (walk.member(), walk.member(), walk.member(), walk.next());
    let command = match walk.below(3) {
        0 => Command::AddMember { id: new },
        1 => Command::RemoveMember { id: old },
        _ => Command::ReplaceMember { old, new },
    };
    walk.world.order(to, ticket, Arc::new(command));
}

/// After so many slots the states of all are the same, whether they executed them or took them over.
fn turn(walk: &mut Walk) -> bool {
    walk.step(ask);
    let ids: Vec<_> = walk.world.ids().collect();
    ids.into_iter().all(|id| {
        let member = walk.world.machine::<Member>(id);
        let Some((executed, store)) = member.map(|it| (it.executed(), it.store().clone())) else {
            return true;
        };
        walk.agrees(executed, &store)
    })
}

fn walked(rules: Rules, seeds: u64) -> (Option<u64>, u64) {
    walks(seeds, 3_000, |seed| start(seed, rules), turn)
}

/// `MUSTER_WALKS` is how many.
#[test]
fn whatever_happens_in_whatever_order_all_come_to_the_same() {
    let seeds = so_many(200);
    let (broken, far) = walked(Rules::ALL, seeds);
    assert_eq!(broken, None);
    assert!(far > seeds * 10, "{far} slots");
}

/// Each is found within so many walks.
#[test]
fn without_a_rule_of_safety_they_do_not() {
    let table = [
        (Rule::DistinctBallots, 20),
        (Rule::DurableAccept, 100),
        (Rule::PromiseOnlyHigher, 200),
        (Rule::KeepPromise, 100),
        (Rule::ReportAccepted, 20),
        (Rule::AdoptReported, 20),
        (Rule::AdoptHighest, 200),
        (Rule::WaitForPromises, 50),
        (Rule::ChosenByQuorum, 20),
        (Rule::LearnSameBallot, 100),
        (Rule::StopWhenOvertaken, 100),
        (Rule::ExecuteInOrder, 20),
    ];
    all_found(&table, |rule, seeds| walked(Rules::ALL.without(rule), seeds));
}
