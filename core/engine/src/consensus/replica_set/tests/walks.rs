//! Members that meet anything in any order never take back what a majority has.

use super::harness::{config, members};
use crate::consensus::kv::Op;
use crate::consensus::replica_set::*;
use crate::consensus::rules::Guards;
use crate::consensus::walk::{Walk, all_found, so_many, walks};
use std::sync::Arc;

/// Three or five members, or three and two who may join. Rules that are not for safety may be off: none of them may be what safety rests on.
fn start(seed: u64, rules: Rules) -> Walk {
    let n = if seed % 4 == 3 { 5 } else { 3 };
    let spare = Rule::ALL.iter().filter(|rule| rule.guards() != Guards::Safety);
    let off = spare.zip(0..).filter(|(_, bit)| seed >> bit & 1 != 0);
    let rules = off.fold(rules, |rules, (rule, _)| rules.without(*rule));
    let settings = Settings { rules, ..Settings::of(config(members(n))) };
    let image = || Program::new(settings.clone()).expect("settings").image();
    let all = if joins(seed) { 5 } else { n };
    Walk::new(seed, Timer::Election as u8, (0..all).map(|_| image()))
}

fn joins(seed: u64) -> bool {
    seed % 4 == 1
}

/// A client writes; where others may join, an operator now and then wants other members.
fn ask(walk: &mut Walk) {
    if !joins(walk.seed) || walk.below(5) != 0 {
        return write(walk);
    }
    let (to, host, ticket) = (walk.member(), walk.member(), walk.next());
    let command = match walk.below(2) {
        0 => Command::Add { member: Box::new(MemberConfig::new(ticket as u8, host)) },
        _ => Command::Remove { host },
    };
    walk.world.order(to, ticket, Arc::new(command));
}

/// A client writes what nobody else writes.
fn write(walk: &mut Walk) {
    let (to, number) = (walk.member(), walk.next());
    let op = Op::Put { key: format!("k{}", number % 3).into(), value: number.to_string().into() };
    let ask = Ask::Write { session: 0, txn: number, op, concern: Some(WriteConcern::members(1)) };
    walk.say(to, Arc::new(Message::Request { seq: number, ask }));
}

/// The data as of a stable timestamp are the same with all, and nobody is told to go back behind them, which would stop it.
fn turn(walk: &mut Walk) -> bool {
    walk.step(ask);
    let ids: Vec<_> = walk.world.ids().collect();
    ids.into_iter().all(|id| {
        let Some(member) = walk.world.machine::<Member>(id) else { return true };
        let (at, store) = (member.durable().stable_at, member.durable().stable.clone());
        // Whoever has just been synced has data that no majority may have.
        if at > member.last_committed() {
            return true;
        }
        !member.is_halted() && walk.agrees(u64::from(at.ts.secs) << 32 | u64::from(at.ts.inc), &store)
    })
}

fn walked(rules: Rules, seeds: u64) -> (Option<u64>, u64) {
    walks(seeds, 6_000, |seed| start(seed, rules), turn)
}

/// `MUSTER_WALKS` is how many.
#[test]
fn whatever_happens_in_whatever_order_nothing_that_a_majority_has_is_taken_back() {
    let seeds = so_many(200);
    let (broken, far) = walked(Rules::ALL, seeds);
    assert_eq!(broken, None);
    assert!(far > seeds * 3, "{far} stable timestamps");
}

/// Each is found within so many walks.
#[test]
fn without_a_rule_of_safety_it_is() {
    let table = [
        (Rule::OneVotePerTerm, 100),
        (Rule::DurableVote, 100),
        (Rule::MajorityToElect, 20),
        (Rule::StepDownOnHigherTerm, 100),
        (Rule::CommitOnlyOwnTerm, 100),
        (Rule::RollbackToCommonPoint, 100),
    ];
    all_found(&table, |rule, seeds| walked(Rules::ALL.without(rule), seeds));
}

/// n3 had asked for what comes after its last operation, crashed, was primary, and took the answer for one to a question that it asked
/// since: what it had written itself stayed in its oplog, below what came after.
#[test]
fn an_answer_to_an_earlier_life_is_none() {
    let mut walk = start(15_312, Rules::ALL);
    for step in 0..6_000 {
        assert!(turn(&mut walk), "step {step}");
    }
}
