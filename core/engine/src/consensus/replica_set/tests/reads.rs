//! Read concern: local, majority, linearizable.

use super::harness::*;
use crate::consensus::replica_set::*;
use crate::process::Span;

/// *Read Concern*, local: "The query returns data from the instance with no guarantee that the data has been written to a
/// majority of the replica set members (i.e. may be rolled back)." Majority: "The query returns the data that has been
/// acknowledged by a majority of the replica set members."
#[test]
fn local_shows_what_may_be_rolled_back_and_majority_does_not() {
    for (rule, dirty) in [(Rule::RetryOnce, false), (Rule::MajoritySnapshot, true)] {
        let mut set = Set::without(config(members(3)), rule);
        set.elect(1);
        assert!(written(&set.write(1, "x", "1", WriteConcern::MAJORITY)));
        set.part(&[1]);
        assert!(written(&set.write(1, "x", "2", WriteConcern::members(1))));
        assert_eq!(set.value(1, "x", ReadConcern::Local).as_deref(), Some("2"));
        let majority = set.value(1, "x", ReadConcern::Majority);
        assert_eq!(majority.as_deref(), Some(if dirty { "2" } else { "1" }), "{rule:?}");
    }
}

/// *Write Concern*: "After the write operation returns with a w: majority acknowledgment to the client application, the
/// application can read the result of the write if the majority read concern is set."
#[test]
fn a_majority_write_is_seen_by_a_majority_read_at_once() {
    let mut set = Set::new(3);
    set.elect(1);
    for value in ["1", "2", "3"] {
        assert!(written(&set.write(1, "x", value, WriteConcern::MAJORITY)));
        assert_eq!(set.value(1, "x", ReadConcern::Majority).as_deref(), Some(value));
    }
}

/// *Read Concern*: "To fulfill read concern "majority", the replica set member returns data from its in-memory view of the
/// data at the majority-commit point." A secondary has one too, a little later.
#[test]
fn secondaries_read_with_concern_majority_too() {
    let mut set = Set::new(3);
    set.elect(1);
    assert!(written(&set.write(1, "x", "1", WriteConcern::MAJORITY)));
    set.run(Span::millis(100));
    for n in [2, 3] {
        assert_eq!(set.value(n, "x", ReadConcern::Majority).as_deref(), Some("1"), "{n}");
    }
}

/// *Read Concern*, linearizable: "The query returns data that reflects all successful majority-acknowledged writes that
/// completed prior to the start of the read operation." An old primary that nobody follows cannot answer it.
#[test]
fn an_old_primary_does_not_answer_a_linearizable_read() {
    for (rule, answers) in [(Rule::RetryOnce, false), (Rule::LinearizableNoop, true)] {
        let rules = Rules::ALL.without(rule).without(Rule::StepDownWithoutMajority);
        let mut set = Set::built(Settings { rules, ..Settings::of(config(members(3))) }, 0, 1);
        set.elect(1);
        assert!(written(&set.write(1, "x", "old", WriteConcern::MAJORITY)));
        set.part(&[1]);
        set.until(30, |set| set.writable().iter().any(|n| *n != 1)).expect("another primary");
        let next = *set.writable().iter().find(|n| **n != 1).expect("it");
        assert!(written(&set.write(next, "x", "new", WriteConcern::MAJORITY)));
        assert_eq!(set.value(next, "x", ReadConcern::Linearizable).as_deref(), Some("new"));
        let stale = set.read(1, "x", ReadConcern::Linearizable);
        assert_eq!(stale.is_some(), answers, "{rule:?}: {stale:?}");
    }
}

/// *Read Concern*: "You can specify linearizable read concern for read operations on the primary only."
#[test]
fn a_secondary_refuses_linearizable_reads_and_reads_that_want_the_primary() {
    let mut set = Set::new(3);
    set.elect(1);
    set.secs(3);
    let primary = Some(p(1));
    assert_eq!(set.read(2, "x", ReadConcern::Linearizable), Some(Reply::NotPrimary { primary }));
    let ask = Ask::Read { key: "x".into(), concern: ReadConcern::Local, secondary_ok: false };
    let seq = set.ask(2, ask);
    set.run(Span::millis(50));
    assert_eq!(set.answer(seq), Some(&Reply::NotPrimary { primary }));
}

/// *distinct*: it requires "the member to be in PRIMARY or SECONDARY state. If the member is in another state, such as
/// STARTUP2, the operation errors." Nor has an arbiter anything to be read.
#[test]
fn who_is_neither_primary_nor_secondary_answers_no_read() {
    let list = vec![members(2)[0].clone(), members(2)[1].clone(), MemberConfig::arbiter(3, p(3))];
    let mut set = Set::built(Settings { clone_bytes: 10, ..Settings::of(config(list)) }, 1, 1);
    set.elect(1);
    assert_eq!(set.read(3, "k0", ReadConcern::Local), Some(Reply::NotReadable));
    for n in 0..100 {
        set.put(1, &format!("k{n}"), "v", WriteConcern::members(1));
    }
    set.secs(5);
    assert!(set.order(1, Command::Add { member: Box::new(MemberConfig::new(4, p(4))) }));
    set.until(10, |set| set.m(4).store().get("k0").is_some()).expect("it copies");
    assert_eq!(set.m(4).state(), State::Startup2);
    assert_eq!(set.read(4, "k0", ReadConcern::Local), Some(Reply::NotReadable), "though it has it");
    set.until(20, |set| set.m(4).state() == State::Secondary).expect("it is synced");
    assert_eq!(set.value(4, "k0", ReadConcern::Local).as_deref(), Some("v"));
}

/// *Read Concern*: "Regardless of the read concern level, the most recent data on a node may not reflect the most recent
/// version of the data in the system." A secondary that is cut off reads what it has.
#[test]
fn a_secondary_that_is_cut_off_reads_what_it_has() {
    let mut set = Set::new(3);
    set.elect(1);
    assert!(written(&set.write(1, "x", "1", WriteConcern::members(3))));
    set.run(Span::millis(100));
    set.part(&[3]);
    assert!(written(&set.write(1, "x", "2", WriteConcern::MAJORITY)));
    for concern in [ReadConcern::Local, ReadConcern::Majority] {
        assert_eq!(set.value(3, "x", concern).as_deref(), Some("1"));
    }
}
