//! Sync sources, chaining, initial sync.

use super::harness::*;
use crate::consensus::replica_set::*;
use crate::process::Machine;
use crate::process::{Span, Verdict};

/// *Replica Set Data Synchronization*: "The source member must be faster than the current best sync source." n3 takes n2,
/// which is near, and the primary gets its acknowledgement up the chain.
#[test]
fn a_secondary_syncs_from_the_nearest_and_its_position_comes_up_the_chain() {
    let mut set = Set::new(3);
    set.elect(1);
    set.latency(1, 3, Span::millis(60));
    set.latency(2, 3, Span::millis(2));
    for n in 0..40 {
        set.put(1, "x", &n.to_string(), WriteConcern::members(1));
        set.secs(1);
    }
    assert_eq!(set.m(3).sync_source(), Some(p(2)));
    assert_eq!(set.m(2).sync_source(), Some(p(1)));
    set.cut(1, 3);
    assert!(written(&set.write(1, "x", "y", WriteConcern::members(3))), "n2 tells of n3");
}

/// *Replica Set Data Synchronization*: "With chaining disabled, select the primary as the source member."
#[test]
fn without_chaining_everybody_syncs_from_the_primary() {
    let settings = SetSettings { chaining_allowed: false, ..SetSettings::default() };
    let mut set = Set::of(Config::initial(members(3), settings));
    set.elect(1);
    set.latency(1, 3, Span::millis(60));
    set.latency(2, 3, Span::millis(2));
    for n in 0..40 {
        set.put(1, "x", &n.to_string(), WriteConcern::members(1));
        set.secs(1);
    }
    assert_eq!(set.m(3).sync_source(), Some(p(1)));
}

/// *Replication Internals*: "If primary A can’t communicate with node B, but A can communicate with C which can communicate
/// with B, that is okay." A primary that sees a majority only up the chain stays.
#[test]
fn a_primary_that_sees_a_majority_through_others_stays() {
    let mut set = Set::new(5);
    set.elect(1);
    set.secs(3);
    for n in [3, 4, 5] {
        set.cut(1, n);
    }
    // n2 reaches all.
    for n in 0..30 {
        set.put(1, "x", &n.to_string(), WriteConcern::members(1));
        set.secs(1);
    }
    assert!(set.m(1).is_writable());
    assert!(written(&set.write(1, "x", "y", WriteConcern::MAJORITY)));
}

/// *Replica Set Data Synchronization*: "The source member must have newer oplog entries than the member."
#[test]
fn nobody_syncs_from_one_that_is_not_ahead() {
    let mut set = Set::new(3);
    set.secs(5);
    assert_eq!(set.m(2).sync_source(), None, "nobody has written anything");
    assert!(set.verdict(2, Rule::SyncFromNotBehind, Verdict::Waits), "it says so, and looks again");
    set.elect(1);
    set.secs(3);
    assert_eq!(set.m(2).sync_source(), Some(p(1)));
}

/// *Replica Set Data Synchronization*: "The source member must be visible." And: "If no candidate source members remain after
/// the first pass, the member performs a second pass with relaxed criteria."
#[test]
fn hidden_members_are_sources_only_where_there_is_nobody_else() {
    for (rule, near) in [(Rule::RetryOnce, false), (Rule::SyncFromVisible, true)] {
        let mut list = members(4);
        list[3] = MemberConfig { hidden: true, ..passive(4) };
        let mut set = Set::without(config(list), rule);
        set.elect(1);
        set.latency(3, 4, Span::millis(1));
        set.latency(1, 3, Span::millis(60));
        set.latency(2, 3, Span::millis(60));
        for n in 0..40 {
            set.put(1, "x", &n.to_string(), WriteConcern::members(1));
            set.secs(1);
        }
        assert_eq!(set.m(3).sync_source() == Some(p(4)), near, "{rule:?}");
        if !near {
            set.cut(1, 3);
            set.cut(2, 3);
            for n in 0..40 {
                set.put(1, "x", &n.to_string(), WriteConcern::members(1));
                set.secs(1);
            }
            assert_eq!(set.m(3).sync_source(), Some(p(4)), "the second pass");
        }
    }
}

/// *replSetSyncFrom*: "Temporarily overrides the default sync target for the current mongod." It must be "A different member
/// of the set, to prevent syncing from itself."
#[test]
fn a_source_can_be_named() {
    let mut set = Set::new(3);
    set.elect(1);
    set.secs(3);
    assert!(set.order(3, Command::SyncFrom { source: p(2) }));
    assert_eq!(set.m(3).sync_source(), Some(p(2)));
    assert!(!set.order(3, Command::SyncFrom { source: p(3) }), "not itself");
    assert!(!set.order(1, Command::SyncFrom { source: p(2) }), "a primary syncs from nobody");
}

/// *replSetSyncFrom*: "If settings.chainingAllowed is set to false, replSetSyncFrom returns ok:1 but does not set the sync target." Not even
/// for a moment.
#[test]
fn without_chaining_a_source_that_is_named_is_not_taken() {
    for chains in [true, false] {
        let settings = SetSettings { chaining_allowed: chains, ..SetSettings::default() };
        let mut set = Set::of(Config::initial(members(3), settings));
        set.elect(1);
        // Members answer the more slowly the longer the way: each finds the primary nearest, whether it may chain or not.
        set.latency(2, 3, Span::millis(20));
        set.secs(3);
        assert_eq!(set.m(3).sync_source(), Some(p(1)));
        assert!(set.order(3, Command::SyncFrom { source: p(2) }), "ok:1, in any case");
        assert_eq!(set.m(3).sync_source(), Some(p(if chains { 2 } else { 1 })));
        assert!(!set.order(3, Command::SyncFrom { source: p(3) }), "nonsense is refused, in any case");
    }
}

/// *Replica Set Data Synchronization*: "Initial sync copies all the data from the source member of the replica set to a
/// destination member." Meanwhile writes go on, and "When the initial sync finishes, the member transitions from STARTUP2 to
/// SECONDARY."
#[test]
fn a_new_member_copies_all_data_while_writes_go_on() {
    let settings = Settings { clone_bytes: 200, ..Settings::of(config(members(3))) };
    let mut set = Set::built(settings, 1, 1);
    set.elect(1);
    for n in 0..200 {
        set.put(1, &format!("k{n}"), "old", WriteConcern::members(1));
    }
    set.secs(3);
    assert_eq!(set.m(4).state(), State::Startup);
    assert!(set.order(1, Command::Add { member: Box::new(MemberConfig::new(4, p(4))) }));
    set.until(10, |set| set.m(4).state() == State::Startup2).expect("it joins");
    for n in 0..100 {
        set.put(1, &format!("k{}", 2 * n), "new", WriteConcern::members(1));
        set.run(Span::millis(7));
    }
    set.until(20, |set| set.m(4).state() == State::Secondary).expect("it is synced");
    set.secs(5);
    let (one, four) = (set.m(1).store(), set.m(4).store());
    assert!(one.pairs().eq(four.pairs()));
    assert_eq!(one.len(), 200);
}

/// *Self-Managed Replica Set Configuration*, `members[n].votes`: "a newly added secondary does not count as a voting member
/// and cannot be elected until it has reached SECONDARY state".
#[test]
fn a_new_member_has_its_vote_once_it_is_secondary() {
    for (rule, counts) in [(Rule::RetryOnce, false), (Rule::VotesOnceSecondary, true)] {
        let settings = Settings { rules: Rules::ALL.without(rule), ..Settings::of(config(members(3))) };
        let mut set = Set::built(settings, 1, 1);
        set.elect(1);
        set.secs(5);
        set.crash(4);
        assert!(set.order(1, Command::Add { member: Box::new(MemberConfig::new(4, p(4))) }));
        set.secs(5);
        let voters = set.m(1).config().expect("it has one").voters().count();
        assert_eq!(voters == 4, counts, "{rule:?}");
        set.start(4);
        set.secs(20);
        assert_eq!(set.m(1).config().expect("it has one").voters().count(), 4);
        assert_eq!(set.m(4).state(), State::Secondary);
    }
}

/// *Replica Set Data Synchronization*: "If a destination member performing initial sync encounters a persistent network error
/// during the sync process, the destination member restarts the initial sync process from the beginning." After a crash too.
#[test]
fn an_initial_sync_that_is_broken_off_begins_anew() {
    for crash in [false, true] {
        let settings = Settings { clone_bytes: 100, ..Settings::of(config(members(3))) };
        let mut set = Set::built(settings, 1, 1);
        set.elect(1);
        for n in 0..300 {
            set.put(1, &format!("k{n}"), "v", WriteConcern::members(1));
        }
        set.secs(5);
        assert!(set.order(1, Command::Add { member: Box::new(MemberConfig::new(4, p(4))) }));
        set.until(10, |set| set.m(4).sync().cloned_to.is_some()).expect("it copies");
        set.run(Span::millis(50));
        assert_eq!(set.m(4).state(), State::Startup2);
        let copied = set.m(4).store().len();
        assert!(copied > 0 && copied < 300, "in the middle of it");
        assert_eq!(set.m(4).sync_source(), Some(p(1)));
        if crash {
            set.crash(4);
            set.start(4);
        } else {
            set.cut(1, 4);
        }
        set.until(30, |set| set.m(4).store().is_empty()).expect("it has nothing again");
        set.until(30, |set| set.m(4).state() == State::Secondary).expect("it is synced");
        assert!(crash || set.m(4).sync_source() != Some(p(1)), "from another");
        set.secs(5);
        assert_eq!(set.m(4).store().len(), 300);
        assert!(set.agree());
    }
}

/// *Replica Set Data Synchronization*: "That is, the source member must be ahead of the member." Without the rule a member
/// may stay with one that has nothing to give.
#[test]
fn whoever_syncs_from_one_that_is_behind_gets_nothing() {
    for (rule, gets) in [(Rule::RetryOnce, true), (Rule::SyncFromNotBehind, false)] {
        let settings = Settings { rules: Rules::ALL.without(rule), ..Settings::of(config(members(3))) };
        let mut set = Set::built(settings, 0, 1);
        set.latency(1, 2, Span::millis(40));
        set.latency(1, 3, Span::millis(40));
        set.secs(5); // without the rule n2 and n3 find each other, since they are near
        set.elect(1);
        set.secs(1);
        let reply = set.write(1, "x", "1", WriteConcern::MAJORITY);
        assert_eq!(written(&reply), gets, "{rule:?}");
    }
}

/// A member that goes down in the middle of an initial sync does not come back with the copied point as its commit point: its
/// source may have copied what no majority has, and what it says of it others believe.
#[test]
fn a_copied_point_is_no_commit_point_after_a_restart() {
    let program = Program::new(Settings::of(config(members(3)))).expect("settings");
    let at = OpTime { term: 7, ts: Timestamp { secs: 10, inc: 9 } };
    let mut durable = Durable { stable_at: at, syncing: true, ..Durable::default() };
    let commit =
        |durable: &Durable| <Member as Machine>::boot(&program, p(1), Some(durable)).last_committed();
    assert_eq!(commit(&durable), OpTime::NONE);
    durable.syncing = false;
    assert_eq!(commit(&durable), at);
}

/// *Write Concern*, `w: <number>`: "the write operation has propagated to the specified number of mongod instances". The first
/// operation of an initial sync's oplog is there before the data are: until those are, its member has reached nothing.
#[test]
fn a_member_that_copies_acknowledges_nothing_before_it_has_the_data() {
    let settings = Settings { clone_bytes: 1, ..Settings::of(config(members(2))) };
    let mut set = Set::built(settings, 1, 1);
    set.elect(1);
    for n in 0..8 {
        assert!(written(&set.write(1, &format!("k{n}"), "v", WriteConcern::members(2))));
    }
    set.latency(1, 3, Span::millis(300));
    assert!(set.order(1, Command::Add { member: Box::new(MemberConfig::new(3, p(3))) }));
    set.secs(1);
    set.crash(2);
    let seq = set.put(1, "zz", "v", WriteConcern::members(2));
    let answered = |set: &Set| set.answer(seq).is_some();
    set.until(9, |set| set.m(3).sync().cloned_to.is_some()).expect("it copies");
    set.until(9, |set| answered(set) || set.m(3).get("zz").is_some()).expect("it has copied");
    assert!(!answered(&set), "n3 has not got it");
    set.until(9, answered).expect("n3 counts as soon as it has it");
    assert!(written(&set.answer(seq).cloned()));
}

/// n4 copies from n1, which has lost its majority, what no majority has. It has it as any secondary has, after a crash too; but
/// nothing of it is committed. The others take it back: n4 has no older data to go back to, and copies anew.
#[test]
fn who_copied_what_no_majority_has_is_a_secondary_and_copies_anew_once_that_is_taken_back() {
    let mut set = Set::built(Settings::of(config(members(3))), 1, 1);
    set.elect(1);
    assert!(written(&set.write(1, "x", "old", WriteConcern::MAJORITY)));
    set.crash(4);
    assert!(set.order(1, Command::Add { member: Box::new(MemberConfig::new(4, p(4))) }));
    set.secs(3);
    let barrier = set.part(&[1, 4]);
    let seq = set.put(1, "x", "lost", WriteConcern::members(2));
    set.start(4);
    set.until(9, |set| set.m(4).state() == State::Secondary).expect("an initial sync needs no majority");
    set.until(3, |set| set.answer(seq).is_some()).expect("it counts");
    set.secs(3);
    for restarted in [false, true] {
        if restarted {
            set.crash(4);
            set.start(4);
        }
        assert_eq!(set.m(4).state(), State::Secondary);
        assert_eq!(set.value(4, "x", ReadConcern::Local).as_deref(), Some("lost"));
        assert_eq!(set.read(4, "x", ReadConcern::Majority), Some(Reply::NotReadable));
    }
    set.crash(1);
    set.heal(barrier);
    set.elect(2);
    assert!(written(&set.write(2, "y", "new", WriteConcern::MAJORITY)));
    set.until(30, |set| set.m(4).get("y").is_some()).expect("it copies anew");
    set.secs(5);
    assert_eq!(set.m(4).state(), State::Secondary);
    for concern in [ReadConcern::Local, ReadConcern::Majority] {
        assert_eq!(set.value(4, "x", concern).as_deref(), Some("old"));
    }
}

/// A copy comes with the oplog since what its source knows to be committed: so, if it comes to lead, whoever has what is committed
/// goes on from there.
#[test]
fn whoever_has_what_is_committed_follows_a_copy_that_leads() {
    let mut set = Set::new(3);
    set.elect(1);
    assert!(written(&set.write(1, "x", "1", WriteConcern::MAJORITY)));
    set.crash(3);
    set.wipe(3);
    set.secs(1);
    set.part(&[1, 3]);
    for n in 2..9 {
        assert!(written(&set.write(1, "x", &n.to_string(), WriteConcern::members(1))));
    }
    set.start(3);
    set.until(9, |set| set.m(3).state() == State::Secondary).expect("it is synced");
    set.crash(1);
    set.lift();
    set.until(60, |set| set.m(3).is_writable()).expect("it is ahead of n2");
    let seq = set.put(3, "y", "1", WriteConcern::MAJORITY);
    assert!(set.until(30, |set| set.answer(seq).is_some()).is_some(), "{:?}", set.states());
    assert_eq!(set.value(2, "x", ReadConcern::Local).as_deref(), Some("8"));
}

/// What it held before may be committed by its acknowledgement: until it has copied anew, it votes for nobody who lacks that, nor
/// copies from such a one, a crash in between or not.
#[test]
fn who_copies_anew_votes_for_nobody_behind_what_it_had() {
    for crashes in [false, true] {
        let mut set = Set::built(Settings::of(config(members(5))), 0, 1);
        set.elect(1);
        set.crash(4);
        set.wipe(4);
        set.secs(3);
        let barrier = set.part(&[1, 4]);
        set.put(1, "x", "lost", WriteConcern::members(2));
        set.start(4);
        set.until(9, |set| set.m(4).state() == State::Secondary).expect("it copies from n1 alone");
        set.crash(1);
        set.secs(2);
        set.fire(2, Timer::Election);
        set.until(5, |set| set.m(2).is_writable()).expect("n2 is elected");
        set.crash(5); // behind what n4 has
        set.secs(1);
        set.heal(barrier);
        set.until(60, |set| set.m(4).durable().reached != OpTime::NONE).expect("it copies anew");
        set.crash(2);
        set.cut(3, 4);
        if crashes {
            set.secs(1);
            set.crash(4);
            set.start(4);
        }
        set.latency(3, 5, Span::secs(2)); // n5 hears that n3 is up, and has nothing from it yet
        set.start(5);
        set.secs(5);
        assert_eq!(set.m(4).state(), State::Startup2, "n5 is no source");
        assert!(!set.refused(4, Rule::VoteOnlyUpToDate));
        set.fire(5, Timer::Election);
        set.secs(1);
        assert!(set.refused(4, Rule::VoteOnlyUpToDate), "crashes: {crashes}");
        set.lift();
        set.until(60, |set| set.m(4).state() == State::Secondary).expect("n3 is one");
        assert_eq!(set.m(4).durable().reached, OpTime::NONE);
    }
}

/// *Resync a Member of a Self-Managed Replica Set*: "Restart the mongod with an empty data directory and let MongoDB's normal
/// initial syncing feature restore the data." Also where oplogs begin long after the set did.
#[test]
fn a_member_whose_disk_was_wiped_is_synced_anew() {
    for n in [3, 1] {
        let mut set = Set::built(Settings { oplog_entries: 20, ..Settings::of(config(members(3))) }, 0, 1);
        set.elect(1);
        for k in 0..60 {
            assert!(written(&set.write(1, &format!("k{k}"), "v", WriteConcern::MAJORITY)));
        }
        set.crash(n);
        set.wipe(n);
        set.secs(15);
        set.start(n);
        assert_eq!(set.m(n).state(), State::Startup, "it knows of no set");
        assert_eq!(set.read(n, "k1", ReadConcern::Local), Some(Reply::NotReadable));
        set.until(20, |set| set.m(n).state() == State::Secondary).expect("it is synced");
        assert_eq!(set.value(n, "k1", ReadConcern::Local).as_deref(), Some("v"));
        set.secs(5);
        assert_eq!(set.m(n).store().len(), 60);
        assert!(set.agree());
    }
}

/// What `rs.initiate()` wrote is there though the members crash before they write anything themselves; who was not in it has nothing.
#[test]
fn a_set_that_crashes_at_once_is_the_set_that_was_initiated() {
    let mut set = Set::built(Settings::of(config(members(3))), 1, 1);
    set.run(Span::millis(1));
    for n in 1..=4 {
        set.crash(n);
    }
    for n in 1..=4 {
        set.start(n);
    }
    let of = |set: &Set, n: u32| set.m(n).state().name();
    assert_eq!([1, 2, 3, 4].map(|n| of(&set, n)), ["SECONDARY", "SECONDARY", "SECONDARY", "STARTUP"]);
    set.elect(1);
    assert!(written(&set.write(1, "x", "1", WriteConcern::MAJORITY)));
}

/// With n2 down, the majority is n1 and n3, whose disk was wiped: n3 does not wait for a majority that needs itself, and what is
/// acknowledged with it is on its disk.
#[test]
fn a_wiped_member_makes_a_majority_as_soon_as_it_is_synced() {
    let mut set = Set::new(3);
    set.elect(1);
    assert!(written(&set.write(1, "x", "1", WriteConcern::MAJORITY)));
    set.crash(2);
    set.crash(3);
    set.wipe(3);
    set.start(3);
    let seq = set.put(1, "x", "2", WriteConcern::MAJORITY);
    set.until(5, |set| set.m(3).state() == State::Startup2).expect("it copies");
    set.until(20, |set| set.answer(seq).is_some()).expect("n3 has it too");
    assert!(written(&set.answer(seq).cloned()));
    assert_eq!(set.m(3).state(), State::Secondary);
    assert_eq!(set.disk(3).oplog.last(), set.m(1).last_applied(), "it is on its disk");
    for n in [1, 3] {
        set.crash(n);
    }
    set.start(3);
    assert_eq!(set.value(3, "x", ReadConcern::Local).as_deref(), Some("2"));
}
