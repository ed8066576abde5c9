//! Write concern, retryable writes, rollback.

use super::harness::*;
use crate::consensus::kv::Outcome;
use crate::consensus::replica_set::*;
use crate::process::Span;

/// *Write Concern*, `w: 1`: "Requests acknowledgment that the write operation has propagated to the standalone mongod or the
/// primary in a replica set."
#[test]
fn w_1_is_acknowledged_by_the_primary_alone() {
    let mut set = Set::new(3);
    set.elect(1);
    set.part(&[1]);
    assert!(written(&set.write(1, "x", "1", WriteConcern::members(1))));
    assert_eq!(set.write(1, "x", "2", WriteConcern::MAJORITY), None, "a majority's takes for ever");
}

/// *Write Concern*: "w greater than 1 requires acknowledgment from the primary and as many data-bearing secondaries as needed
/// to meet the specified write concern. The secondaries do not need to be voting members to meet the write concern
/// threshold."
#[test]
fn w_n_counts_members_that_hold_data_also_without_a_vote() {
    let mut list = members(4);
    list[3] = MemberConfig { votes: false, hidden: true, ..passive(4) };
    let mut set = Set::of(config(list));
    set.elect(1);
    set.secs(3);
    set.crash(2);
    set.crash(3);
    assert!(written(&set.write(1, "x", "1", WriteConcern::members(2))));
    assert_eq!(set.write(1, "x", "2", WriteConcern::members(3)), None);
}

/// A write concern of more members than hold data cannot be satisfied (`UnsatisfiableWriteConcern`): the client is told so at
/// once, though as with every write concern that fails the write itself is done.
#[test]
fn that_more_members_than_hold_data_should_acknowledge_is_refused_at_once() {
    let list = vec![members(2)[0].clone(), members(2)[1].clone(), MemberConfig::arbiter(3, p(3))];
    let mut set = Set::of(config(list));
    set.elect(1);
    let before = set.now();
    assert_eq!(set.write(1, "x", "1", WriteConcern::members(3)), Some(Reply::Unsatisfiable));
    assert!(set.now() - before < Span::millis(100));
    assert_eq!(set.m(1).get("x").map(|found| &*found.value), Some("1"));
    set.secs(3);
    assert_eq!(set.m(2).get("x").map(|found| &*found.value), Some("1"), "and is replicated");
}

/// *Write Concern*, `wtimeout`: "MongoDB does not undo successful data modifications performed before the write concern
/// exceeded the wtimeout time limit."
#[test]
fn a_write_that_times_out_is_an_error_and_stays() {
    let mut set = Set::new(3);
    set.elect(1);
    set.secs(3);
    set.crash(2);
    set.crash(3);
    let reply = set.write(1, "x", "1", WriteConcern::MAJORITY.within(Span::millis(500)));
    assert!(matches!(reply, Some(Reply::Unacknowledged { outcome: Outcome::Written, .. })), "{reply:?}");
    assert_eq!(set.m(1).get("x").map(|found| &*found.value), Some("1"));
    set.start(2);
    set.secs(20);
    assert_eq!(set.m(2).get("x").map(|found| &*found.value), Some("1"), "and is replicated later");
}

/// *Self-Managed Replica Set Configuration*, `writeConcernMajorityJournalDefault`: "MongoDB acknowledges the write operation
/// after a majority of the voting members have written to the on-disk journal." Without the rule it is lost when they crash.
#[test]
fn what_a_majority_acknowledged_is_in_its_journals() {
    for (rule, there) in [(Rule::RetryOnce, true), (Rule::JournalBeforeMajority, false)] {
        let mut list = members(3);
        list[2] = passive(3);
        let mut settings = Settings { rules: Rules::ALL.without(rule), ..Settings::of(config(list)) };
        settings.journal_interval = Span::secs(50);
        let mut set = Set::built(settings, 0, 1);
        set.elect(1);
        set.secs(3);
        for n in 1..=3 {
            set.act(&crate::kernel::Action::Disk(
                crate::process::HostId(n),
                crate::kernel::DiskFault::Slow(Span::millis(300)),
            ));
        }
        let seq = set.put(1, "x", "1", WriteConcern::MAJORITY.journaled(false));
        set.until(2, |set| set.answer(seq).is_some());
        for n in 1..=3 {
            set.crash(n);
        }
        let kept = (1..=3)
            .filter(|n| set.disk(*n).oplog.iter_from(0).any(|e| matches!(e.kind, Kind::Write(_))))
            .count();
        assert_eq!(kept >= 2, there, "{rule:?}: {kept}");
    }
}

/// *Write Concern*: "If j: true, requests acknowledgment that the mongod instances, as specified in the w: <value>, have
/// written to the on-disk journal."
#[test]
fn j_waits_for_the_journal_and_else_it_is_written_every_hundred_milliseconds() {
    let mut set = Set::new(1);
    set.elect(1);
    set.secs(1);
    assert!(written(&set.write(1, "x", "1", WriteConcern::members(1))));
    let before = set.m(1).last_durable();
    assert!(before < set.m(1).last_applied());
    set.run(Span::millis(110));
    assert_eq!(set.m(1).last_durable(), set.m(1).last_applied());
    assert!(written(&set.write(1, "x", "2", WriteConcern::members(1).journaled(true))));
    assert_eq!(set.m(1).last_durable(), set.m(1).last_applied());
}

/// *Write Concern*: "If the number of data-bearing voting members is not greater than the voting majority, the default write
/// concern is { w: 1 }." Else it is a majority's.
#[test]
fn the_implicit_default_depends_on_arbiters() {
    let psa = config(vec![members(2)[0].clone(), members(2)[1].clone(), MemberConfig::arbiter(3, p(3))]);
    assert!(config(members(3)).implicit_majority());
    assert!(!psa.implicit_majority());
    let mut five = members(4);
    five.push(MemberConfig::arbiter(5, p(5)));
    assert!(config(five).implicit_majority());
    let settings = Settings::of(psa.clone());
    let mut set = Set::built(settings, 0, 1);
    set.elect(1);
    assert_eq!(set.m(1).default_concern(&psa), WriteConcern::members(1));
}

/// *Retryable Writes*: "MongoDB retries writes once. This addresses transient network errors and replica set elections". A
/// write that is asked again after an election, since its answer was lost, is not done again.
#[test]
fn a_retried_write_is_done_once() {
    for (rule, entries) in [(Rule::CatchUp, 1), (Rule::RetryOnce, 2)] {
        let mut set = Set::without(config(members(3)), rule);
        set.elect(1);
        let first = set.put_txn(1, (77, 1), "x", "1", WriteConcern::MAJORITY);
        set.until(3, |set| set.answer(first).is_some());
        set.crash(1);
        set.until(30, |set| !set.writable().is_empty());
        let next = set.writable()[0];
        let again = set.put_txn(next, (77, 1), "x", "1", WriteConcern::MAJORITY);
        set.until(3, |set| set.answer(again).is_some());
        assert!(written(&set.answer(again).cloned()));
        let writes = set.m(next).oplog().iter_from(0).filter(|e| matches!(e.kind, Kind::Write(_))).count();
        assert_eq!(writes, entries, "{rule:?}");
        let older = set.put_txn(next, (77, 0), "x", "0", WriteConcern::MAJORITY);
        set.until(3, |set| set.answer(older).is_some());
        if rule != Rule::RetryOnce {
            assert_eq!(set.answer(older), Some(&Reply::TooOld));
        }
    }
}

/// n1 takes a write that nobody else gets, n2 becomes primary and takes another; n1 comes back.
fn parted(rule: Rule) -> Set {
    let mut list = members(3);
    list[2] = passive(3);
    let mut set = Set::without(config(list), rule);
    set.elect(1);
    set.secs(3);
    assert!(written(&set.write(1, "a", "kept", WriteConcern::MAJORITY)));
    let barrier = set.part(&[1]);
    assert!(written(&set.write(1, "x", "lost", WriteConcern::members(1))));
    set.until(30, |set| set.m(2).is_writable()).expect("another primary");
    assert!(written(&set.write(2, "x", "new", WriteConcern::MAJORITY)));
    set.heal(barrier);
    set.secs(15);
    set
}

/// *Rollbacks During Replica Set Failover*: "A rollback reverts write operations on a former primary when the member rejoins
/// its replica set after a failover."
#[test]
fn a_former_primary_takes_back_what_nobody_else_has() {
    for (rule, agree) in [(Rule::RetryOnce, true), (Rule::RollbackToCommonPoint, false)] {
        let set = parted(rule);
        let lost = |entry: &std::sync::Arc<Entry>| match &entry.kind {
            Kind::Write(command) => command.op.value().is_some_and(|value| &**value == "lost"),
            Kind::NoOp(_) => false,
        };
        let held = set.m(1).oplog().iter_from(0).any(lost);
        assert_eq!(!held, agree, "{rule:?}");
        if agree {
            assert_eq!(set.m(1).get("x").map(|found| &*found.value), Some("new"));
            assert_eq!(set.m(1).state(), State::Secondary);
        }
    }
}

/// MongoDB's `rollback_impl.cpp`: "After successfully transitioning to the ROLLBACK state, we must always transition back to
/// SECONDARY, even if we fail at any point during the rollback process." Here the source crashes before the common point is
/// found; in ROLLBACK it can neither be elected nor be synced from, and the third one, which is behind it, gets no vote.
#[test]
fn a_rollback_whose_source_goes_is_given_up() {
    let mut set = Set::new(3);
    set.elect(1);
    set.secs(3);
    set.part(&[1]);
    assert!(written(&set.write(1, "x", "1", WriteConcern::members(1))));
    set.fire(2, Timer::Election);
    set.until(5, |set| set.m(2).is_writable()).expect("n2 is elected");
    set.lift();
    // What it wrote first does not reach the third.
    set.cut(2, 3);
    set.cut(1, 3);
    set.until(60, |set| set.m(1).state() == State::Rollback).expect("it has diverged");
    set.crash(2);
    set.lift();
    assert!(set.until(60, |set| !set.writable().is_empty()).is_some(), "{:?}", set.states());
}

/// *Rollbacks During Replica Set Failover*: "By default, when a rollback occurs, MongoDB writes the rollback data to BSON
/// files." They can be looked at.
#[test]
fn what_was_rolled_back_is_kept_beside_the_data() {
    let set = parted(Rule::RetryOnce);
    let [rollback] = set.m(1).rolled_back() else { panic!("{:?}", set.m(1).rolled_back()) };
    let writes: Vec<_> = rollback.entries.iter().filter(|e| matches!(e.kind, Kind::Write(_))).collect();
    assert_eq!(writes.len(), 1);
    assert_eq!(rollback.count, rollback.entries.len() as u64);
    assert_eq!(set.m(1).durable().rollback_id, 1);
    assert!(set.m(2).oplog().has(rollback.common), "it is shared");
}

/// *Rollbacks During Replica Set Failover*: "A rollback is necessary only if the primary had accepted write operations that
/// the secondaries had not successfully replicated before the primary stepped down."
#[test]
fn without_such_writes_nothing_is_rolled_back() {
    let mut list = members(3);
    list[2] = passive(3);
    let mut set = Set::of(config(list));
    set.elect(1);
    set.secs(3);
    assert!(written(&set.write(1, "a", "kept", WriteConcern::MAJORITY)));
    set.run(Span::millis(500));
    let barrier = set.part(&[1]);
    set.until(30, |set| set.m(2).is_writable()).expect("another primary");
    set.heal(barrier);
    set.secs(15);
    assert!(
        set.m(1)
            .rolled_back()
            .iter()
            .all(|rollback| { rollback.entries.iter().all(|entry| matches!(entry.kind, Kind::NoOp(_))) })
    );
    assert!(set.agree());
}

/// *Rollbacks During Replica Set Failover*: "A rollback does not occur if the write operations replicate to another member of
/// the replica set before the primary steps down and if that member remains available and accessible to a majority of the
/// replica set." The new primary catches up first.
#[test]
fn a_new_primary_first_fetches_what_another_has() {
    for (rule, there) in [(Rule::RetryOnce, true), (Rule::CatchUp, false)] {
        let mut list = members(5);
        for member in &mut list[2..] {
            member.priority = Priority::ZERO;
        }
        let mut set = Set::without(config(list), rule);
        set.elect(1);
        set.secs(3);
        let barrier = set.part(&[1, 5]);
        assert!(written(&set.write(1, "x", "w2", WriteConcern::members(2))));
        set.crash(1);
        set.heal(barrier);
        // n2, n3, n4 elect n2, which lacks what n5 has.
        set.cut(2, 5);
        set.fire(2, Timer::Election);
        set.run(Span::millis(12));
        set.lift();
        set.until(20, |set| set.m(2).is_writable()).expect("it is elected");
        set.secs(15);
        assert_eq!(set.m(2).get("x").is_some(), there, "{rule:?}");
    }
}

/// *Self-Managed Replica Set Protocol Version*: "pv1 guarantees the preservation of confirmed w: "majority" writes."
#[test]
fn what_a_majority_acknowledged_survives_a_failover() {
    let mut set = Set::new(3);
    set.elect(1);
    assert!(written(&set.write(1, "x", "1", WriteConcern::MAJORITY)));
    set.crash(1);
    set.until(30, |set| !set.writable().is_empty()).expect("another primary");
    let next = set.writable()[0];
    assert_eq!(set.value(next, "x", ReadConcern::Majority).as_deref(), Some("1"));
}

/// *replSetReconfig*: "When the primary steps down, it no longer closes all client connections; however, writes that were in
/// progress are killed." The client is told that it cannot know.
#[test]
fn a_write_that_waits_is_interrupted_by_a_step_down() {
    let mut set = Set::new(3);
    set.elect(1);
    set.secs(3);
    set.part(&[1]);
    let seq = set.put(1, "x", "1", WriteConcern::MAJORITY);
    set.secs(15);
    assert_eq!(set.answer(seq), Some(&Reply::Interrupted));
    assert_eq!(set.write(1, "x", "2", WriteConcern::members(1)), Some(Reply::NotPrimary { primary: None }));
}

/// After a crash the journal is replayed (*Journaling*); of the last write to it some entries may be there and others not.
#[test]
fn of_a_torn_write_a_beginning_of_the_new_entries_remains() {
    use crate::process::Durable as _;
    let mut set = Set::new(3);
    set.elect(1);
    set.run(Span::millis(200));
    let older = set.disk(1);
    for n in 0..8 {
        set.put(1, &format!("k{n}"), "v", WriteConcern::members(1));
    }
    set.run(Span::millis(300));
    let newer = set.disk(1);
    let added = newer.oplog.len() - older.oplog.len();
    assert!(added >= 8);
    let quarters = [0, 1 << 30, 1 << 31, 3 << 30, u32::MAX];
    let kept: Vec<usize> = quarters
        .iter()
        .map(|part| {
            Durable::torn(Some(&older), &newer, *part).expect("something").oplog.len() - older.oplog.len()
        })
        .collect();
    assert!(kept.is_sorted() && kept[0] == 0 && kept[2] == added / 2, "{kept:?} of {added}");
    assert!(Durable::torn(None, &newer, 0).is_none());
}

/// *Write Concern*, `w: "majority"`: "acknowledgment that the calculated majority of data-bearing voting members have durably written the
/// change". Where the configuration does not ask for journals, `j: true` does; journals of members without a vote do not count for it.
#[test]
fn a_journaled_majority_is_one_of_voting_members() {
    let mut list = members(5);
    list[3] = MemberConfig { votes: false, ..passive(4) };
    list[4] = MemberConfig { votes: false, ..passive(5) };
    let mut set = Set::of(Config { majority_journal: false, ..config(list) });
    set.elect(1);
    set.secs(3);
    let disks = |set: &mut Set, fault: crate::kernel::DiskFault| {
        for n in 2..=3 {
            set.act(&crate::kernel::Action::Disk(crate::process::HostId(n), fault));
        }
    };
    disks(&mut set, crate::kernel::DiskFault::Stall);
    let seq = set.put(1, "x", "1", WriteConcern::MAJORITY.journaled(true));
    set.secs(3);
    assert_eq!(set.answer(seq), None, "of three journals that have it one is a voter's");
    disks(&mut set, crate::kernel::DiskFault::Healthy);
    set.secs(3);
    assert!(written(&set.answer(seq).cloned()));
}
