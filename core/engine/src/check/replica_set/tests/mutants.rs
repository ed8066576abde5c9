//! For each rule that keeps a promise: without it, the check of that promise says so, in a run that breaks nothing with it.

use super::harness::*;
use crate::consensus::kv::Op;
use crate::consensus::replica_set::*;
use crate::kernel::{Action, LinkScope};
use crate::process::{HostId, Span};
use std::sync::Arc;

/// A run with the rules, and the names of what broke.
type Story = fn(Rules, u64) -> Vec<&'static str>;

/// The story breaks nothing with all rules, and without this one some seed breaks this check.
fn caught(rule: Rule, check: &str, seeds: u64, story: Story) {
    let mut found = false;
    for seed in 1..=seeds {
        assert_eq!(story(Rules::ALL, seed), Vec::<&str>::new(), "seed {seed} with all rules");
        found |= story(Rules::ALL.without(rule), seed).contains(&check);
        if found {
            return;
        }
    }
    panic!("{rule:?} off: {check} never broke in {seeds} seeds");
}

fn fire(bench: &mut Bench, n: u32, timer: Timer) {
    bench.act(&Action::FireTimer(p(n), timer as u8));
}

fn cut(bench: &mut Bench, one: &[u32], other: &[u32]) {
    let hosts = |list: &[u32]| list.iter().copied().map(HostId).collect();
    let scope = LinkScope { from: hosts(one), to: hosts(other), both: true };
    bench.barriers += 1;
    bench.act(&Action::Block { barrier: bench.barriers, scope });
}

/// Several stand at once, again and again.
fn rivals(rules: Rules, seed: u64) -> Vec<&'static str> {
    let mut bench = Bench::new(seed, rules, |_| {});
    bench.run(Span::secs(1));
    for _ in 0..10 {
        for n in 1..=MEMBERS {
            bench.order(n, Command::StepUp);
        }
        bench.run(Span::millis(300));
    }
    bench.broken()
}

#[test]
fn without_one_vote_per_term_there_are_two_votes_and_two_primaries() {
    caught(Rule::OneVotePerTerm, "oneVotePerTerm", 20, rivals);
    caught(Rule::OneVotePerTerm, "onePrimaryPerTerm", 20, rivals);
}

#[test]
fn without_a_majority_of_votes_there_are_two_primaries_of_a_term() {
    caught(Rule::MajorityToElect, "onePrimaryPerTerm", 20, rivals);
}

/// Voters crash as soon as they have voted, and come back.
fn forgetful(rules: Rules, seed: u64) -> Vec<&'static str> {
    let mut bench = Bench::new(seed, rules, |_| {});
    bench.run(Span::secs(1));
    cut(&mut bench, &[1], &[2]);
    for _ in 0..10 {
        bench.order(1, Command::StepUp);
        bench.run(Span::millis(15));
        for n in 3..=MEMBERS {
            bench.crash(n);
            bench.start(n);
        }
        bench.order(2, Command::StepUp);
        bench.run(Span::millis(200));
        for n in [1, 2] {
            bench.crash(n);
            bench.start(n);
        }
        bench.run(Span::millis(900));
    }
    bench.broken()
}

#[test]
fn without_durable_votes_a_member_votes_twice() {
    caught(Rule::DurableVote, "oneVotePerTerm", 30, forgetful);
}

/// Two members are cut off while a majority acknowledges; then those that have it all but vanish, and the two may stand.
fn behind(rules: Rules, seed: u64) -> Vec<&'static str> {
    let mut bench = Bench::new(seed, rules, |_| {});
    bench.run(Span::secs(5));
    let Some(primary) = bench.primary() else { return Vec::new() };
    let others: Vec<u32> = (1..=MEMBERS).filter(|n| *n != primary).collect();
    cut(&mut bench, &others[..2], &[primary, others[2], others[3]]);
    bench.run(Span::secs(1));
    bench.crash(primary);
    bench.act(&Action::HealAll);
    bench.run(Span::millis(20));
    for _ in 0..5 {
        fire(&mut bench, others[0], Timer::Election);
        bench.run(Span::millis(200));
    }
    bench.run(Span::secs(3));
    bench.start(primary);
    bench.run(Span::secs(3));
    bench.broken()
}

#[test]
fn without_the_comparison_of_oplogs_acknowledged_writes_are_lost() {
    caught(Rule::VoteOnlyUpToDate, "majorityWritesSurvive", 20, behind);
}

/// Everybody crashes at once while disks are slow.
fn power_cut(rules: Rules, seed: u64) -> Vec<&'static str> {
    let mut bench = Bench::new(seed, rules, |settings| settings.journal_interval = Span::secs(5));
    bench.run(Span::secs(5));
    for n in 1..=MEMBERS {
        bench.act(&Action::Disk(HostId(n), crate::kernel::DiskFault::Slow(Span::millis(400))));
    }
    bench.run(Span::secs(3));
    for n in 1..=MEMBERS {
        bench.crash(n);
    }
    for n in 1..=MEMBERS {
        bench.start(n);
    }
    bench.run(Span::secs(10));
    bench.broken()
}

#[test]
fn without_the_journal_a_power_cut_loses_acknowledged_writes() {
    caught(Rule::JournalBeforeMajority, "majorityWritesSurvive", 10, power_cut);
}

/// The primary and one that follows it are cut off from all but the clients, until another leads; then all is healed.
fn parted(rules: Rules, seed: u64) -> Vec<&'static str> {
    let rules = rules.without(Rule::StepDownWithoutMajority);
    let mut bench = Bench::new(seed, rules, |_| {});
    bench.run(Span::secs(5));
    let Some(primary) = bench.primary() else { return Vec::new() };
    let others: Vec<u32> = (1..=MEMBERS).filter(|n| *n != primary).collect();
    cut(&mut bench, &[primary, others[0]], &others[1..]);
    bench.run(Span::secs(7));
    bench.act(&Action::HealAll);
    bench.run(Span::secs(6));
    bench.broken()
}

#[test]
fn without_rollback_oplogs_stay_apart() {
    caught(Rule::RollbackToCommonPoint, "oplogsAgree", 10, parted);
}

#[test]
fn without_the_committed_snapshot_a_majority_read_shows_what_is_lost() {
    caught(Rule::MajoritySnapshot, "majorityReadsStay", 20, parted);
}

/// An old primary is asked linearizably while a new one takes writes for a majority.
fn two_primaries(rules: Rules, seed: u64) -> Vec<&'static str> {
    let rules = rules.without(Rule::StepDownWithoutMajority);
    let mut bench = Bench::new(seed, rules, |_| {});
    bench.run(Span::secs(5));
    let Some(primary) = bench.primary() else { return Vec::new() };
    let others: Vec<u32> = (1..=MEMBERS).filter(|n| *n != primary).collect();
    let first = p(MEMBERS + SPARE + 1);
    cut(&mut bench, &[primary], &others);
    bench.run(Span::secs(2));
    // The first driver hears of nobody else for a while; the third one writes for a majority elsewhere.
    cut(&mut bench, &[MEMBERS + SPARE + 1], &others);
    bench.run(Span::secs(4));
    for _ in 0..20 {
        let op = Op::Get { key: "k0".into() };
        bench.act(&Action::Operate(
            first,
            Arc::new(driver::Command::Issue { op, wishes: driver::Wishes::default() }),
        ));
        bench.run(Span::millis(200));
    }
    bench.act(&Action::HealAll);
    bench.run(Span::secs(4));
    bench.broken()
}

#[test]
fn without_the_no_op_an_old_primary_answers_a_linearizable_read() {
    caught(Rule::LinearizableNoop, "linearizableReads", 20, two_primaries);
}

/// Answers are lost, and operations retried.
fn lossy(rules: Rules, seed: u64) -> Vec<&'static str> {
    let mut bench = Bench::new(seed, rules, |_| {});
    bench.run(Span::secs(5));
    let chance = Some(crate::kernel::Chance::per_million(150_000));
    let scope = LinkScope { from: vec![], to: vec![], both: true };
    let (duplicate, reorder, latency, bandwidth) = (chance, None, None, None);
    bench.act(&Action::Shape { scope, loss: chance, duplicate, reorder, latency, bandwidth });
    bench.run(Span::secs(20));
    bench.broken()
}

#[test]
fn without_transaction_numbers_a_retried_write_is_done_twice() {
    caught(Rule::RetryOnce, "retriedOnce", 5, lossy);
}

/// Two of five are cut off; the three others remove them in one go, and one of three is then a majority too many.
fn shrunk(rules: Rules, seed: u64) -> Vec<&'static str> {
    let rules = rules.without(Rule::StepDownWithoutMajority).without(Rule::DryRun);
    let mut bench = Bench::new(seed, rules, |_| {});
    bench.run(Span::secs(5));
    let Some(primary) = bench.primary() else { return Vec::new() };
    let others: Vec<u32> = (1..=MEMBERS).filter(|n| *n != primary).collect();
    // The primary keeps one other: two of five, and the majority of a set of two or three that it makes of them.
    cut(&mut bench, &[primary, others[0]], &others[1..]);
    let mut wanted =
        match bench.world.machine::<Member>(p(primary)).and_then(|member| member.config().cloned()) {
            Some(config) => Config::clone(&config),
            None => return Vec::new(),
        };
    wanted.members.retain(|member| member.host == p(primary) || member.host == p(others[0]));
    bench.order(primary, Command::Reconfig { config: Box::new(wanted), force: false });
    bench.run(Span::secs(8));
    bench.act(&Action::HealAll);
    bench.run(Span::secs(6));
    bench.broken()
}

#[test]
fn without_one_voter_at_a_time_two_majorities_part() {
    caught(Rule::SingleVoterReconfig, "majorityWritesSurvive", 10, shrunk);
}

/// Figure 8 of the Raft paper, with MongoDB's words. s1 writes in its term and only s2 gets it; s5 is elected by the others and
/// writes alone; s1 comes back, everybody gets what it wrote, and it is elected again: if that counts as committed before anything
/// of the new term does, s5 may still overrule it.
fn figure_8(rules: Rules, seed: u64) -> Vec<&'static str> {
    let mut bench = Bench::new(seed, rules, |_| {});
    bench.run(Span::secs(5));
    let Some(s1) = bench.primary() else { return Vec::new() };
    let others: Vec<u32> = (1..=MEMBERS).filter(|n| *n != s1).collect();
    let [s2, s3, s4, s5] = others[..] else { return Vec::new() };
    cut(&mut bench, &[s1, s2], &[s3, s4, s5]);
    bench.run(Span::millis(1_500));
    bench.crash(s1);
    bench.crash(s2);
    bench.order(s5, Command::StepUp);
    until_primary(&mut bench, s5);
    cut(&mut bench, &[s5], &[s3, s4]);
    bench.run(Span::secs(1));
    bench.crash(s5);
    bench.act(&Action::HealAll);
    bench.start(s1);
    bench.start(s2);
    bench.run(Span::millis(1_300)); // s3 and s4 sync from them
    bench.order(s1, Command::StepUp);
    until_primary(&mut bench, s1);
    cut(&mut bench, &[s1], &[s2, s3, s4]);
    // The third driver finds nobody else, and reads what s1 takes for committed.
    cut(&mut bench, &[MEMBERS + SPARE + 3], &[s2, s3, s4, s5]);
    bench.run(Span::millis(1_900));
    bench.crash(s1);
    bench.act(&Action::HealAll);
    bench.start(s5);
    bench.run(Span::millis(100));
    bench.order(s5, Command::StepUp);
    bench.run(Span::secs(4));
    bench.start(s1);
    bench.run(Span::secs(4));
    bench.broken()
}

fn until_primary(bench: &mut Bench, n: u32) {
    for _ in 0..200 {
        if bench.world.machine::<Member>(p(n)).is_some_and(Member::is_primary) {
            return;
        }
        bench.run(Span::millis(1));
    }
}

#[test]
fn without_a_commit_of_its_own_term_a_primary_shows_what_another_overrules() {
    caught(Rule::CommitOnlyOwnTerm, "majorityReadsStay", 30, figure_8);
}

/// A primary in a minority removes the others one by one, each removal allowed by itself.
fn whittled(rules: Rules, seed: u64) -> Vec<&'static str> {
    let rules = rules.without(Rule::StepDownWithoutMajority);
    let mut bench = Bench::new(seed, rules, |_| {});
    bench.run(Span::secs(5));
    let Some(primary) = bench.primary() else { return Vec::new() };
    let others: Vec<u32> = (1..=MEMBERS).filter(|n| *n != primary).collect();
    cut(&mut bench, &[primary, others[0]], &others[1..]);
    for gone in &others[1..] {
        bench.order(primary, Command::Remove { host: p(*gone) });
        bench.run(Span::millis(20));
    }
    bench.run(Span::secs(8));
    bench.act(&Action::HealAll);
    bench.run(Span::secs(6));
    bench.broken()
}

#[test]
fn without_a_committed_configuration_before_the_next_two_majorities_part() {
    caught(Rule::ConfigCommittedFirst, "majorityWritesSurvive", 10, whittled);
}
