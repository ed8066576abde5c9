//! The ledger by hand: what it counts, and what it calls broken.

use super::harness::p;
use crate::check::replica_set::{Broken, Ledger, Which};
use crate::consensus::kv::{Command, Op};
use crate::consensus::replica_set::*;
use crate::process::ProcessId;
use std::sync::Arc;

fn at(term: u64, secs: u32) -> OpTime {
    OpTime { term, ts: Timestamp { secs, inc: 1 } }
}

fn entry(term: u64, secs: u32, txn: u64) -> Arc<Entry> {
    let op = Op::Put { key: "x".into(), value: format!("{term}.{secs}").into() };
    let command = Command { client: p(9), session: 7, seq: txn, first_unacked: txn, op };
    Arc::new(Entry::new(at(term, secs), Kind::Write(command)))
}

fn oplog(entries: &[Arc<Entry>]) -> Oplog {
    let mut oplog = Oplog::default();
    entries.iter().for_each(|entry| oplog.push(entry.clone()));
    oplog
}

fn three() -> Config {
    let members = (1..=3).map(|n| MemberConfig::new(n as u8, p(n))).collect();
    Config::initial(members, SetSettings::default())
}

fn disk(ledger: &mut Ledger, id: ProcessId, oplog: &Oplog, config: &Config) -> Vec<Broken> {
    ledger.is_on_disk(id, oplog, config, std::iter::empty())
}

#[test]
fn an_operation_is_committed_once_a_majority_has_it_on_disk_in_its_term() {
    let (mut ledger, config) = (Ledger::default(), three());
    let log = oplog(&[entry(1, 1, 1), entry(1, 2, 2)]);
    assert_eq!(disk(&mut ledger, p(1), &log, &config), []);
    assert_eq!(ledger.commit(), OpTime::NONE);
    assert_eq!(disk(&mut ledger, p(2), &oplog(&[entry(1, 1, 1)]), &config), []);
    assert_eq!(ledger.commit(), at(1, 1));
    assert_eq!(disk(&mut ledger, p(3), &log, &config), []);
    assert_eq!(ledger.commit(), at(1, 2));
}

/// A member that has just copied its data holds the newest operations alone; others hold those before.
#[test]
fn what_is_committed_is_read_off_the_oplog_that_goes_back_furthest() {
    let (mut ledger, config) = (Ledger::default(), three());
    let whole = oplog(&[entry(1, 1, 1), entry(1, 2, 2), entry(1, 3, 3)]);
    let (first, copied) = (oplog(&[entry(1, 1, 1)]), oplog(&[entry(1, 3, 3)]));
    disk(&mut ledger, p(1), &first, &config);
    disk(&mut ledger, p(2), &first, &config);
    disk(&mut ledger, p(1), &whole, &config);
    assert_eq!(ledger.is_on_disk(p(3), &copied, &config, [&whole, &first, &copied].into_iter()), []);
    assert_eq!(ledger.commit(), at(1, 3));
    assert_eq!(ledger.takes_for_committed(p(1), at(1, 1), at(1, 3), &whole), None);
}

#[test]
fn what_is_of_different_terms_does_not_count_together() {
    let (mut ledger, config) = (Ledger::default(), three());
    disk(&mut ledger, p(1), &oplog(&[entry(1, 1, 1)]), &config);
    disk(&mut ledger, p(2), &oplog(&[entry(2, 1, 1)]), &config);
    assert_eq!(ledger.commit(), OpTime::NONE);
}

#[test]
fn rolling_back_what_is_committed_is_found_and_what_is_not_may_be() {
    let (mut ledger, config) = (Ledger::default(), three());
    let log = oplog(&[entry(1, 1, 1), entry(1, 2, 2)]);
    disk(&mut ledger, p(1), &log, &config);
    disk(&mut ledger, p(2), &oplog(&[entry(1, 1, 1)]), &config);
    let rollback = |entries: Vec<Arc<Entry>>| RolledBack {
        common: OpTime::NONE,
        source: p(3),
        count: entries.len() as u64,
        entries,
    };
    assert_eq!(ledger.rolled_back(p(1), &rollback(vec![entry(1, 2, 2)])), None);
    let broken = ledger.rolled_back(p(1), &rollback(vec![entry(1, 1, 1), entry(1, 2, 2)]));
    assert_eq!(broken.map(|broken| broken.which), Some(Which::Rollback));
    let broken = ledger.rolled_back(p(3), &rollback(vec![entry(1, 1, 1)]));
    assert_eq!(broken, None, "it had not acknowledged it");
}

#[test]
fn a_later_primary_without_what_was_acknowledged_is_found_either_way_round() {
    let mut ledger = Ledger::default();
    assert_eq!(ledger.promised(p(1), 1, at(1, 5), false, std::iter::empty()), []);
    assert_eq!(ledger.leads((p(1), 1), 1, &Oplog::default()), [], "not of its own term");
    let broken = ledger.leads((p(2), 1), 2, &oplog(&[entry(1, 4, 1)]));
    assert_eq!(broken.iter().map(|broken| broken.which).collect::<Vec<_>>(), [Which::MajorityWrites]);
    let log = oplog(&[entry(1, 4, 1)]);
    let late = ledger.promised(p(1), 1, at(1, 6), true, std::iter::once((p(2), 2, &log)));
    assert_eq!(late.iter().map(|broken| broken.which).collect::<Vec<_>>(), [Which::MajorityReads]);
}

#[test]
fn two_primaries_and_two_votes_are_found() {
    let mut ledger = Ledger::default();
    assert_eq!(ledger.leads((p(1), 1), 4, &Oplog::default()), []);
    assert_eq!(ledger.leads((p(1), 1), 4, &Oplog::default()), []);
    assert_eq!(ledger.leads((p(2), 1), 4, &Oplog::default())[0].which, Which::OnePrimary);
    assert_eq!(ledger.leads((p(1), 2), 4, &Oplog::default())[0].which, Which::OnePrimary, "another life");
    assert_eq!(ledger.voted(p(3), 4, p(1)), None);
    assert_eq!(ledger.voted(p(3), 4, p(1)), None, "the same again");
    assert_eq!(ledger.voted(p(3), 4, p(2)).map(|broken| broken.which), Some(Which::OneVote));
}

#[test]
fn an_oplog_that_differs_below_the_commit_point_and_a_write_that_is_there_twice_are_found() {
    let (mut ledger, config) = (Ledger::default(), three());
    let log = oplog(&[entry(1, 1, 1), entry(1, 2, 2), entry(1, 3, 3)]);
    disk(&mut ledger, p(1), &log, &config);
    disk(&mut ledger, p(2), &log, &config);
    assert_eq!(ledger.takes_for_committed(p(2), OpTime::NONE, at(1, 3), &log), None);
    let other = oplog(&[entry(1, 1, 1), entry(1, 2, 9), entry(1, 3, 3)]);
    let broken = ledger.takes_for_committed(p(3), OpTime::NONE, at(1, 3), &other);
    assert_eq!(broken.map(|broken| broken.which), Some(Which::OplogsAgree));
    let twice = oplog(&[entry(1, 1, 1), entry(1, 2, 2), entry(1, 3, 3), entry(1, 4, 2)]);
    disk(&mut ledger, p(1), &twice, &config);
    assert_eq!(disk(&mut ledger, p(2), &twice, &config)[0].which, Which::Once);
}

#[test]
fn a_linearizable_read_below_what_was_acknowledged_before_it_is_found() {
    let mut ledger = Ledger::default();
    ledger.asked(p(8), 1, &"x".into());
    ledger.asked(p(9), 1, &"x".into());
    ledger.heard_written(p(8), 1, at(1, 5));
    assert_eq!(ledger.heard_linearizable(p(9), 1, at(1, 4), p(1)), None, "it asked before");
    ledger.asked(p(9), 2, &"x".into());
    let broken = ledger.heard_linearizable(p(9), 2, at(1, 4), p(1));
    assert_eq!(broken.map(|broken| broken.which), Some(Which::Linearizable));
    assert_eq!(ledger.heard_linearizable(p(9), 2, at(1, 5), p(1)), None);
}

#[test]
fn its_memory_is_bounded() {
    let (mut ledger, config) = (Ledger::default(), three());
    let mut log = Oplog::default();
    let mut weights = Vec::new();
    for n in 1..=12_000u32 {
        log.push(entry(u64::from(n), n, u64::from(n)));
        disk(&mut ledger, p(1), &log, &config);
        disk(&mut ledger, p(2), &log, &config);
        ledger.leads((p(1), 1), u64::from(n), &log);
        ledger.promised(p(1), u64::from(n), at(u64::from(n), n), false, std::iter::empty());
        ledger.asked(p(9), u64::from(n), &format!("k{n}").into());
        ledger.heard_written(p(9), u64::from(n), at(u64::from(n), n));
        weights.push(ledger.weight());
    }
    assert_eq!(weights[8_000], weights[11_999]);
}
