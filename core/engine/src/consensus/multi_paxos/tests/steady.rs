//! In calm: a leader, and commands one after the other (*Paxos Made Simple* §3).

use super::harness::*;
use crate::consensus::kv::Reply;
use crate::consensus::multi_paxos::*;

/// "A newly chosen leader executes phase 1 for infinitely many instances" with one message to each.
#[test]
fn phase_1_is_done_once_for_all_slots() {
    let mut group = Group::new(5);
    group.fire(1, Timer::Election);
    assert_eq!(group.count(|message| matches!(message, PeerMessage::Prepare { from: 1, .. })), 4);
    group.deliver_all();
    assert_eq!(group.m(1).role(), Role::Leader);
    for n in 0..20 {
        assert!(group.write(1, "k", &n.to_string()));
    }
    assert!(group.told(1).iter().filter(|key| **key == "multiPaxos.stands").count() == 1);
    assert_eq!(group.m(1).ballot(), b(1, 1));
    group.beat(1);
    assert!((1..=5).all(|n| group.m(n).executed() == 20 && group.value(n, "k") == Some("19")));
    assert!(group.agrees());
}

#[test]
fn a_group_of_one_leads_itself_when_its_disk_is_done() {
    let mut group = Group::new(1);
    group.slow_disks = true;
    group.fire(1, Timer::Election);
    assert_eq!(group.m(1).role(), Role::Candidate);
    group.sync();
    assert_eq!(group.m(1).role(), Role::Leader);
    let write = group.ask(1, put("a", "1"));
    assert_eq!(group.reply(write), None);
    group.sync();
    assert!(group.is_written(write));
}

/// Whoever does not lead names who may; nobody knows of one before anybody leads.
#[test]
fn a_follower_sends_clients_to_the_leader_it_has_heard() {
    let mut group = Group::new(3);
    let early = group.ask(2, get("a"));
    assert_eq!(group.reply(early), Some(Reply::Redirect { leader: None }));
    group.elect(1);
    let late = group.ask(2, get("a"));
    assert_eq!(group.reply(late), Some(Reply::Redirect { leader: Some(p(1)) }));
}

/// That a slot is chosen rides on the next request to accept, or on a heartbeat.
#[test]
fn followers_execute_with_the_next_message() {
    let mut group = Group::new(3);
    group.elect(1);
    assert!(group.write(1, "a", "x"));
    assert_eq!((group.m(1).executed(), group.m(2).executed()), (1, 0));
    assert!(group.write(1, "a", "y"));
    assert_eq!((group.m(1).executed(), group.m(2).executed()), (2, 1));
    group.beat(1);
    assert_eq!((group.m(2).executed(), group.value(3, "a")), (2, Some("y")));
}

/// An idle leader's heartbeat is one message, sent again and again.
#[test]
fn an_idle_leader_makes_no_new_messages() {
    let mut group = Group::new(5);
    group.elect(1);
    group.beat(1);
    let before = group.m(1).lead.heartbeat.clone().expect("it has beaten");
    group.beat(1);
    let after = group.m(1).lead.heartbeat.clone().expect("it has beaten");
    assert!(std::sync::Arc::ptr_eq(&before, &after));
    assert_eq!(group.flights().count(), 0, "nobody answers");
}

/// The window bounds what is open; what waits goes out together when it moves.
#[test]
fn what_the_window_does_not_hold_waits_and_goes_in_one_message() {
    let narrow = |_| Settings { window: 2, batch: 8, ..settings(3) };
    let mut group = Group::of(3, narrow);
    group.elect(1);
    let asked: Vec<u64> = (0..6).map(|n| group.ask(1, put("k", &n.to_string()))).collect();
    assert_eq!((group.m(1).pending().len(), group.m(1).waiting().len()), (2, 4));
    assert!(group.told(1).contains(&"multiPaxos.waitsForWindow"));
    group.deliver(|_, to, message| to == p(1) || matches!(message, PeerMessage::Accept { slot: 1 | 2, .. }));
    let sizes: Vec<usize> = group
        .flights()
        .filter_map(|(_, to, message)| match message {
            PeerMessage::Accept { entries, .. } if to == p(2) => Some(entries.len()),
            _ => None,
        })
        .collect();
    assert_eq!(sizes.iter().sum::<usize>(), 2);
    group.deliver_all();
    assert!(asked.iter().all(|seq| group.is_written(*seq)));
    assert_eq!(group.slots(1), "012345");
}

/// More than the backlog is refused at once.
#[test]
fn a_full_backlog_refuses() {
    let narrow = |_| Settings { window: 1, backlog: 2, ..settings(3) };
    let mut group = Group::of(3, narrow);
    group.elect(1);
    let asked: Vec<u64> = (0..4).map(|n| group.ask(1, put("k", &n.to_string()))).collect();
    assert_eq!(group.reply(asked[3]), Some(Reply::Unavailable));
    group.deliver_all();
    assert!(asked[..3].iter().all(|seq| group.is_written(*seq)));
}

/// A command sent twice takes effect once; the second answer is that of the first.
#[test]
fn a_session_keeps_a_repeated_command_from_taking_effect_twice() {
    for (rule, twice) in [(Rule::CatchUp, false), (Rule::ClientSessions, true)] {
        let mut group = Group::without(3, rule);
        group.elect(1);
        group.register(1);
        group.deliver_all();
        assert!(matches!(group.reply(0), Some(Reply::Registered { session: 1 })));
        let append = crate::consensus::kv::Op::Append { key: "a".into(), value: "x".into() };
        for _ in 0..2 {
            group.request(1, 1, 1, append.clone());
            group.deliver_all();
        }
        assert_eq!(group.m(1).executed(), 3);
        assert_eq!(group.value(1, "a"), Some(if twice { "xx" } else { "x" }), "{rule:?}");
    }
}

/// "A leader … steps down if an election timeout elapses without a successful round of heartbeats to a majority" (*Consensus: Bridging
/// Theory and Practice* §6.2); here: two of the longest without a quorum for a slot that is open.
#[test]
fn a_leader_for_whom_no_quorum_accepts_stops_leading() {
    for (rule, leads) in [(Rule::FillGaps, false), (Rule::StepDownWithoutQuorum, true)] {
        let mut group = Group::without(3, rule);
        group.elect(1);
        let wait = |group: &mut Group, ticks: u32| {
            for _ in 0..ticks {
                group.fire(1, Timer::Heartbeat);
                group.lose_all();
            }
            group.m(1).role() == Role::Leader
        };
        assert!(wait(&mut group, 40), "with nothing to propose it harms nobody");
        // 600 ms are 12 heartbeats. Whatever is chosen meanwhile shows that a quorum is there.
        for n in 0..4 {
            group.ask(1, put("a", &n.to_string()));
            group.lose_all();
            assert!(wait(&mut group, 11));
            group.beat(1);
            group.beat(1);
            assert_eq!(group.m(1).executed(), n + 1, "asked again, and accepted");
        }
        group.ask(1, put("a", "x"));
        group.lose_all();
        assert!(wait(&mut group, 12));
        assert_eq!(wait(&mut group, 1), leads, "{rule:?}");
        assert_eq!(group.did(1, Rule::StepDownWithoutQuorum), !leads);
    }
}
