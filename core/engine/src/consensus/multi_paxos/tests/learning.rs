//! What is chosen gets to everybody: by the leader's next message, by asking, or by a snapshot (*Paxos Made Live* §5.5).

use super::harness::*;
use crate::consensus::kv;
use crate::consensus::multi_paxos::*;
use crate::process::{Durable as _, ProcessId};
use std::sync::Arc;

/// n3 misses everything for a while.
fn late(rule: Rule, compaction: Option<Compaction>) -> Group {
    let rules = Rules::ALL.without(rule);
    let mut group =
        Group::of(3, |_| Settings { rules, compaction, batch: 4, chunk_bytes: 64, ..settings(3) });
    group.elect(1);
    group.lose_all();
    for n in 0..9 {
        let write = group.ask(1, put(&format!("k{n}"), &n.to_string()));
        group.among(&[1, 2]);
        assert!(group.is_written(write));
    }
    group.lose_all();
    group
}

fn let_catch_up(group: &mut Group) {
    group.beat(1);
    for _ in 0..3 {
        group.fire(3, Timer::CatchUp);
        group.deliver_all();
    }
}

#[test]
fn a_late_member_asks_and_is_told_in_pieces() {
    let mut group = late(Rule::Resend, None);
    group.beat(1);
    assert_eq!(group.m(3).known_chosen(), 9);
    assert!(group.has_timer(3, Timer::CatchUp), "it waits a little: a message may be on its way");
    group.fire(3, Timer::CatchUp);
    assert!(
        group.deliver_one(|_, to, message| to == p(1) && matches!(message, PeerMessage::Ask { from: 1, .. }))
    );
    assert_eq!(group.count(|it| matches!(it, PeerMessage::Chosen { entries, .. } if entries.len() < 9)), 1);
    group.deliver_all();
    assert_eq!((group.m(3).executed(), group.slots(3)), (9, "012345678".to_owned()));
    assert!(!group.has_timer(3, Timer::CatchUp));
}

#[test]
fn without_asking_it_stays_behind() {
    let mut group = late(Rule::CatchUp, None);
    let_catch_up(&mut group);
    assert_eq!(group.m(3).executed(), 0);
}

#[test]
fn one_so_late_that_slots_were_collected_gets_a_snapshot_in_pieces() {
    let mut group = late(Rule::Resend, Some(Compaction { every: 4, keep: 0 }));
    assert_eq!((group.m(1).log().base(), group.m(1).log().held()), (8, 1));
    group.beat(1);
    group.fire(3, Timer::CatchUp);
    let mut pieces = 0;
    while group.deliver_one(|_, _, message| !matches!(message, PeerMessage::Snapshot { .. })) {}
    while group.deliver_one(|_, _, message| matches!(message, PeerMessage::Snapshot { .. })) {
        pieces += 1;
        group.deliver(|_, _, message| !matches!(message, PeerMessage::Snapshot { .. }));
    }
    assert!(pieces > 2, "{pieces} pieces");
    assert_eq!((group.m(3).executed(), group.m(3).durable().snapshot_slot()), (9, 8));
    assert_eq!(group.value(3, "k3"), Some("3"));
}

/// A snapshot holds who wrote what, or a command that was repeated would be applied again.
#[test]
fn a_snapshot_holds_the_sessions() {
    for (rule, kept) in [(Rule::Resend, 1), (Rule::SessionInSnapshot, 0)] {
        let mut group = Group::without(3, rule);
        group.elect(1);
        group.register(1);
        group.deliver_all();
        assert!(group.order(1, Command::TakeSnapshot));
        assert!(!group.order(1, Command::TakeSnapshot), "nothing new");
        group.crash(1);
        group.restart(1);
        assert_eq!(group.m(1).store().session_count(), kept, "{rule:?}");
    }
}

/// Only what is executed is collected: what is accepted may be chosen, or not.
#[test]
fn what_is_not_executed_is_kept() {
    for (rule, held) in [(Rule::Resend, 1), (Rule::CollectOnlyExecuted, 0)] {
        let mut group = Group::of(3, |_| Settings {
            rules: Rules::ALL.without(rule),
            compaction: Some(Compaction { every: 100, keep: 0 }),
            ..settings(3)
        });
        group.elect(1);
        assert!(group.write(1, "k", "a"));
        group.lose_all();
        group.ask(1, put("k", "b"));
        assert!(group.order(1, Command::TakeSnapshot));
        assert_eq!(group.m(1).log().held(), held, "{rule:?}");
    }
}

/// n2 has accepted "x" of n1, and misses that n3, leading since, got "y" chosen in that slot. That slot 1 is chosen does not make its own
/// command chosen.
#[test]
fn what_was_accepted_in_another_ballot_need_not_be_what_is_chosen() {
    for (rule, wrong) in [(Rule::Resend, false), (Rule::LearnSameBallot, true)] {
        let initial = |id: u32| {
            (id == 2).then(|| Initial {
                promised: b(1, 1),
                accepted: vec![(1, b(1, 1), Some(put("k", "x")))],
                chosen: 0,
            })
        };
        let mut group = Group::of(3, |id| Settings {
            rules: Rules::ALL.without(rule),
            initial: initial(id),
            ..settings(3)
        });
        group.elect_among(3, &[1, 3]);
        let write = group.ask(3, put("k", "y"));
        group.among(&[1, 3]);
        assert!(group.is_written(write));
        group.lose_all();
        group.beat(3);
        assert_eq!(group.value(2, "k"), wrong.then_some("x"), "{rule:?}");
        group.fire(2, Timer::CatchUp);
        group.deliver_all();
        assert_eq!(group.agrees(), !wrong);
    }
}

/// "All processes execute the commands in order": slot 2 is chosen first, and waits for slot 1.
#[test]
fn slots_are_executed_in_order() {
    for (rule, early) in [(Rule::Resend, false), (Rule::ExecuteInOrder, true)] {
        let mut group = Group::without(3, rule);
        group.elect(1);
        group.lose_all();
        let (first, second) = (group.ask(1, put("k", "a")), group.ask(1, put("k", "b")));
        group.deliver(|_, _, message| !matches!(message, PeerMessage::Accept { slot: 1, .. }));
        assert_eq!(group.is_written(second), early, "{rule:?}");
        assert!(!group.is_written(first));
        group.deliver_all();
        assert!(group.is_written(first) && group.is_written(second));
        assert_eq!(group.value(1, "k"), Some(if early { "a" } else { "b" }));
    }
}

/// A disk remembers how far slots were chosen, as of its last write: a group that comes back need not agree on all of it again.
#[test]
fn a_restart_executes_again_what_its_disk_knows_to_be_chosen() {
    let mut group = Group::new(3);
    group.elect(1);
    for value in ["a", "b", "c"] {
        assert!(group.write(1, "k", value));
    }
    group.crash(2);
    group.restart(2);
    // The third write told it of the second.
    assert_eq!((group.m(2).executed(), group.value(2, "k")), (2, Some("b")));
    assert_eq!(group.disk(2).log.last(), 3);
    group.beat(1);
    assert_eq!(group.value(2, "k"), Some("c"));
}

/// One who knew that a slot was chosen may be gone: a new leader proposes from its first unexecuted slot, whatever it has heard.
#[test]
fn a_leader_does_not_wait_for_who_knew() {
    let mut group = Group::new(3);
    group.elect(1);
    group.lose_all();
    let write = group.ask(1, put("k", "a"));
    group.among(&[1, 2]);
    assert!(group.is_written(write));
    group.lose_all();
    group.fire(1, Timer::Heartbeat);
    group.deliver(|_, to, _| to == p(3));
    assert_eq!((group.m(3).known_chosen(), group.m(3).executed()), (1, 0));
    group.crash(1);
    group.lose_all();
    group.elect_among(3, &[2, 3]);
    assert_eq!((group.m(3).executed(), group.value(3, "k")), (1, Some("a")));
}

/// "An acceptor needs to remember only the highest-numbered proposal that it has ever accepted": n3 was told that "y" of 2.n2 is
/// chosen, and promised n2 nothing. A proposal of 1.n1 that arrives only then takes nothing back, or n3 would execute it after a restart
/// (campaign, seed 2579).
#[test]
fn what_is_chosen_stays_though_a_lower_ballot_is_accepted_later() {
    let mut group = Group::new(5);
    group.elect(1);
    group.lose_all();
    group.ask(1, put("k", "x"));
    group.lose(|_, to, _| to != p(3)); // n1's proposal to n3 is on its way
    let late = |_: ProcessId, to: ProcessId, message: &PeerMessage| {
        to == p(3) && matches!(message, PeerMessage::Accept { .. })
    };
    let others = |from: ProcessId, to: ProcessId| [from, to].iter().all(|id| [2, 4, 5].contains(&id.0));
    group.fire(2, Timer::Election);
    group.deliver(|from, to, _| others(from, to));
    assert_eq!(group.m(2).role(), Role::Leader);
    let write = group.ask(2, put("k", "y"));
    group.deliver(|from, to, _| others(from, to));
    assert!(group.is_written(write));
    group.put_on_its_way(3, 2, PeerMessage::Ask { from: 1, has: None });
    group.deliver(|from, to, message| {
        !late(from, to, message) && from != p(1) && to != p(1) && is_told(message)
    });
    assert_eq!((group.value(3, "k"), group.disk(3).promised), (Some("y"), b(1, 1)));
    assert!(group.deliver_one(late));
    assert_eq!(group.disk(3).log.get(1).map(|it| it.ballot), Some(b(2, 2)));
    group.crash(3);
    group.restart(3);
    assert_eq!(group.slots(3), "y");
    assert!(group.agrees());
}

fn is_told(message: &PeerMessage) -> bool {
    matches!(message, PeerMessage::Ask { .. } | PeerMessage::Chosen { .. })
}

/// A tear in the middle of a write that brings a snapshot: the snapshot says that slots are chosen which the log still holds as they were
/// before. Whoever asked for them was told those.
#[test]
fn a_torn_write_keeps_nothing_of_slots_that_its_snapshot_covers_but_what_is_chosen() {
    let entry = |value: &str| {
        let op = put("k", value);
        Arc::new(Entry::new(Kind::Command(kv::Command {
            client: CLIENT,
            session: 0,
            seq: 1,
            first_unacked: 1,
            op,
        })))
    };
    let held = |round, value: &str| Accepted { ballot: b(round, 1), entry: entry(value) };
    let (mut older, mut newer) = (Durable::default(), Durable::default());
    older.log.set(2, held(1, "stale"));
    for slot in 1..=4 {
        newer.log.set(slot, held(2, "chosen"));
    }
    let snapshot = Snapshot { slot: 3, configurations: Vec::new(), store: kv::Store::default() };
    (newer.snapshot, newer.chosen) = (Some(Arc::new(snapshot)), 3);
    let mut partly = 0;
    for sixteenth in 0..16 {
        let torn = Durable::torn(Some(&older), &newer, sixteenth << 28).expect("there was one before");
        let wanted = |slot| torn.log.get(slot) == newer.log.get(slot);
        assert!((torn.log.base() + 1..=torn.chosen).all(wanted), "{sixteenth}: {torn:?}");
        partly += u32::from(torn.chosen == 3 && !wanted(4));
    }
    assert!(partly > 1, "snapshots were kept and slots torn off");
}

/// n1 leads in a ballot that n3 has overtaken, and does not know: of n4 it hears what n3 got chosen in the slot in which it proposed
/// itself, in so many words or as a snapshot. n2 has accepted what n1 proposed there. Were n1 to tell how far slots are chosen, n2 would
/// execute that.
fn overtaken(rule: Rule, compaction: Option<Compaction>) -> Group {
    let rules = Rules::ALL.without(rule).without(Rule::TellRefusal);
    let mut group = Group::of(5, |_| Settings { rules, compaction, ..settings(5) });
    group.elect(1);
    group.lose_all();
    group.ask(1, put("k", "x"));
    group.among(&[1, 2]);
    group.lose_all();
    group.elect_among(3, &[3, 4, 5]);
    let write = group.ask(3, put("k", "y"));
    group.among(&[3, 4, 5]);
    assert!(group.is_written(write));
    group.fire(3, Timer::Heartbeat);
    group.among(&[3, 4, 5]);
    group.lose_all();
    group.put_on_its_way(4, 1, PeerMessage::Chosen { slot: 2, entries: [].into(), chosen: 1 });
    group.deliver_all();
    group.fire(1, Timer::CatchUp);
    group.among(&[1, 4]);
    assert_eq!(group.value(1, "k"), Some("y"), "it has learned of it");
    group
}

/// *Paxos Made Moderately Complex* 2.3: a leader that is preempted gives up its ballot. What was chosen in a higher one tells it so as
/// well as a refusal does.
#[test]
fn a_leader_that_learns_that_a_slot_was_decided_without_it_stops() {
    for compaction in [None, Some(Compaction { every: 1, keep: 0 })] {
        for (rule, leads) in [(Rule::Resend, false), (Rule::StopWhenOvertaken, true)] {
            let mut group = overtaken(rule, compaction);
            assert_eq!(group.m(1).role() == Role::Leader, leads, "{rule:?}");
            if leads {
                group.fire(1, Timer::Heartbeat);
            }
            group.among(&[1, 2]);
            assert_eq!(group.value(2, "k"), leads.then_some("x"), "{rule:?}");
        }
    }
}
