//! The ledger on facts made by hand: what breaks each invariant, and what does not.

use super::super::told;
use super::*;
use crate::consensus::kv::{Command, Op};
use crate::consensus::multi_paxos::{Accepted, Durable, PeerMessage, Report, Settings};

fn p(n: u32) -> ProcessId {
    ProcessId(n)
}
fn b(round: u64, owner: u32) -> Ballot {
    Ballot { round, owner: p(owner) }
}
fn ledger() -> Ledger {
    let settings = Settings { members: (1..=3).map(p).collect(), alpha: 2, ..Settings::default() };
    Ledger::new(&Program::new(settings).expect("settings"))
}
fn put(seq: u64) -> Arc<Entry> {
    let op = Op::Put { key: "k".into(), value: "v".into() };
    let command = Command { client: p(9), session: 1, seq, first_unacked: 0, op };
    Arc::new(Entry::new(Kind::Command(command)))
}
fn which(broken: &[Broken]) -> Vec<Which> {
    broken.iter().map(|broken| broken.which).collect()
}
/// Write 1 is chosen in slot 1 by n1 and n2; then n2 and n3 promise n3.
fn one_is_chosen() -> Ledger {
    let mut ledger = ledger();
    for member in [1, 2] {
        ledger.promised(p(member), b(1, 1));
    }
    assert_eq!(ledger.issued(p(1), b(1, 1), 1, &put(1)), []);
    for member in [1, 2] {
        assert_eq!(ledger.accepted(p(member), b(1, 1), 1), []);
    }
    assert_eq!(ledger.chosen(1), Some(&put(1)));
    for member in [2, 3] {
        ledger.promised(p(member), b(2, 3));
    }
    ledger
}

#[test]
fn another_command_in_the_slot_breaks_p2c_and_then_agreement() {
    let mut ledger = one_is_chosen();
    assert_eq!(which(&ledger.issued(p(3), b(2, 3), 1, &put(2))), [Which::P2c]);
    assert_eq!(ledger.accepted(p(3), b(2, 3), 1), []);
    assert_eq!(which(&ledger.accepted(p(2), b(2, 3), 1)), [Which::Agreement]);
}

#[test]
fn the_same_command_again_or_another_in_the_next_slot_breaks_nothing() {
    let mut ledger = one_is_chosen();
    assert_eq!(ledger.issued(p(3), b(2, 3), 1, &put(1)), []);
    assert_eq!(ledger.issued(p(3), b(2, 3), 2, &put(2)), []);
    assert_eq!(ledger.accepted(p(3), b(2, 3), 2), []);
    assert_eq!(ledger.executed(p(1), 1, &put(1)), None);
}

/// A leader that gives up before its disk has what it accepted itself tells nobody; the promise it gives later does, if its disk bears it out.
#[test]
fn what_a_promise_reports_is_accepted() {
    for (on_disk, finds) in [(true, vec![]), (false, vec![Which::P2c])] {
        let settings = Settings { members: (1..=5).map(p).collect(), ..Settings::default() };
        let mut ledger = Ledger::new(&Program::new(settings).expect("settings"));
        for member in [1, 2, 3] {
            ledger.promised(p(member), b(1, 1));
        }
        assert_eq!(ledger.issued(p(1), b(1, 1), 1, &put(1)), []);
        for member in [1, 3] {
            assert_eq!(ledger.accepted(p(member), b(1, 1), 1), []);
        }
        for member in [2, 4, 5] {
            ledger.promised(p(member), b(2, 2));
        }
        assert_eq!(ledger.issued(p(2), b(2, 2), 1, &put(2)), []);
        for member in [1, 3] {
            ledger.promised(p(member), b(3, 1));
        }
        let accepted = vec![(1, Accepted { ballot: b(2, 2), entry: put(2) })];
        let mut disk = Durable::default();
        if on_disk {
            disk.log.set(1, accepted[0].1.clone());
        }
        let report = Arc::new(Report { from: 1, collected: 0, chosen: 0, accepted, more: None });
        let mut found = Vec::new();
        told(&mut ledger, p(2), &PeerMessage::Promise { ballot: b(3, 1), report }, Some(&disk), &mut found);
        assert_eq!(found, []);
        assert_eq!(which(&ledger.issued(p(1), b(3, 1), 1, &put(2))), finds);
    }
}

#[test]
fn two_leaders_or_two_commands_of_one_ballot_are_found() {
    let mut ledger = one_is_chosen();
    assert_eq!(which(&ledger.issued(p(1), b(1, 1), 1, &put(2))), [Which::OneValue]);
    assert_eq!(which(&ledger.issued(p(2), b(1, 1), 1, &put(1))), [Which::OneLeader]);
}

#[test]
fn a_broken_or_forgotten_promise_is_found() {
    let mut ledger = one_is_chosen();
    assert_eq!(which(&ledger.accepted(p(2), b(1, 1), 2)), [Which::PromiseKept]);
    assert_eq!(ledger.on_disk(p(2), b(2, 3)), None);
    assert_eq!(ledger.on_disk(p(2), b(1, 1)).map(|broken| broken.which), Some(Which::PromiseDurable));
}

#[test]
fn who_executes_what_is_not_chosen_or_not_what_others_did_is_found() {
    let mut ledger = one_is_chosen();
    assert_eq!(ledger.executed(p(1), 2, &put(2)).map(|broken| broken.which), Some(Which::ExecutedIsChosen));
    assert_eq!(ledger.executed(p(1), 1, &put(1)), None);
    assert_eq!(ledger.executed(p(2), 1, &put(2)).map(|broken| broken.which), Some(Which::SameCommands));
    assert_eq!(ledger.state(p(1), 1, 77), None);
    assert_eq!(ledger.state(p(2), 1, 78).map(|broken| broken.which), Some(Which::SameState));
}

#[test]
fn an_answered_write_must_be_what_is_chosen_where_it_stands() {
    let ledger = one_is_chosen();
    assert_eq!(ledger.acked((p(9), p(1)), 1, (1, 1)), None);
    let lost = ledger.acked((p(9), p(1)), 1, (1, 2)).map(|broken| broken.which);
    assert_eq!(lost, Some(Which::NoAckedWriteLost));
}

#[test]
fn from_alpha_slots_later_on_other_members_count() {
    let mut ledger = ledger();
    for member in 1..=3 {
        ledger.promised(p(member), b(1, 1));
    }
    let change = Arc::new(Entry::new(Kind::Members(Arc::new(Configuration::of([4, 5, 6].map(p))))));
    ledger.issued(p(1), b(1, 1), 1, &change);
    for member in [1, 2] {
        ledger.accepted(p(member), b(1, 1), 1);
    }
    assert_eq!(ledger.issued(p(1), b(1, 1), 2, &put(1)), [], "slot 2 is of the old members");
    assert_eq!(which(&ledger.issued(p(1), b(1, 1), 3, &put(2))), [Which::P2c], "no new member has promised");
    for member in [1, 2] {
        ledger.accepted(p(member), b(1, 1), 3);
    }
    assert_eq!(ledger.chosen(3), None);
    for member in [4, 5] {
        ledger.accepted(p(member), b(1, 1), 3);
    }
    assert_eq!(ledger.chosen(3), Some(&put(2)));
}

#[test]
fn memory_is_bounded() {
    let mut ledger = ledger();
    for slot in 1..=5_000 {
        for member in [1, 2] {
            ledger.promised(p(member), b(slot, 1));
        }
        assert_eq!(ledger.issued(p(1), b(slot, 1), slot, &put(slot)), []);
    }
    assert_eq!((ledger.slots.len(), ledger.leaders.len()), (SLOTS, BALLOTS));
}
