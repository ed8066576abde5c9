//! Chapter 5.

use super::harness::*;
use crate::consensus::raft::*;

fn small() -> Settings {
    Settings { compaction: Some(Compaction { every: 5, keep: 2 }), chunk_bytes: 40, ..settings(3) }
}

/// A leader with twenty keys, the third member far behind.
fn with_a_straggler() -> Group {
    let mut group = Group::of(3, |_| small());
    group.elect(1);
    for i in 0..20 {
        group.ask(1, put(&format!("k{i}"), "v"));
        group.settle_among(&[1, 2]);
    }
    group
}

#[test]
fn each_server_takes_snapshots_of_what_it_has_applied_and_keeps_a_tail() {
    let group = with_a_straggler();
    let member = group.m(1);
    let snapshot = member.snapshot().expect("taken");
    assert!(snapshot.index <= member.last_applied() && member.last_applied() - snapshot.index < 5);
    assert_eq!(member.log().base(), snapshot.index - 2);
    assert!(group.m(2).snapshot().is_some(), "independently");
}

#[test]
fn a_follower_that_needs_compacted_entries_gets_the_snapshot_in_pieces_and_then_the_rest() {
    let mut group = with_a_straggler();
    let mut pieces = 0;
    for _ in 0..1000 {
        if group.flights.is_empty() {
            group.fire(1, Timer::Heartbeat);
        }
        if group.m(3).commit_index() == group.m(1).commit_index() {
            break;
        }
        let piece = |m: &PeerMessage| matches!(m, PeerMessage::InstallSnapshot(_));
        pieces += u32::from(group.flights[0].peer().is_some_and(piece));
        group.deliver_at(0);
    }
    assert!(pieces > 5, "{pieces}");
    assert_eq!(group.m(3).commit_index(), group.m(1).commit_index());
    for (key, value) in group.m(1).store().pairs() {
        assert_eq!(group.m(3).get(key), Some(value));
    }
    assert!(matches!(group.m(1).peers()[1].flow, Flow::Replicate));
}

#[test]
fn lost_and_repeated_pieces_do_no_harm() {
    let mut group = with_a_straggler();
    for i in 0.. {
        group.fire(1, Timer::Heartbeat);
        for turn in 0..50 {
            if group.flights.is_empty() {
                break;
            }
            match (i + turn) % 5 {
                0 => drop(group.flights.remove(0)),
                1 => {
                    let copy = Flight {
                        from: group.flights[0].from,
                        to: group.flights[0].to,
                        payload: group.flights[0].payload.clone(),
                    };
                    group.flights.push(copy);
                    group.deliver_at(0);
                }
                _ => group.deliver_at(0),
            }
        }
        if group.m(3).commit_index() == group.m(1).commit_index() {
            break;
        }
        assert!(i < 200, "it never arrives");
    }
    assert_eq!(group.m(3).store().len(), 20);
}

#[test]
fn a_restart_begins_from_the_snapshot() {
    let mut group = with_a_straggler();
    let index = group.m(2).snapshot_index();
    group.crash(2);
    group.restart(2);
    assert_eq!((group.m(2).commit_index(), group.m(2).last_applied()), (index, index));
    assert!(group.m(2).get("k0").is_some());
    group.beat(1);
    group.beat(1);
    assert_eq!(group.m(2).commit_index(), group.m(1).commit_index());
}

#[test]
fn entries_that_follow_the_snapshot_in_a_log_that_agrees_are_kept() {
    for (rule_on, last) in [(true, 4), (false, 2)] {
        let log: Vec<_> = (1..=4).map(|_| (1, put("k", "v"))).collect();
        let initial = Initial { term: 1, vote: None, log, commit: 0 };
        let rules = if rule_on { small().rules } else { small().rules.without(Rule::SnapshotKeepsSuffix) };
        let mut group = Group::of(3, |_| Settings { initial: Some(initial.clone()), rules, ..small() });
        let piece =
            Piece { offset: 0, total: 0, configuration: group.m(2).configuration().1.clone(), items: vec![] };
        let m = InstallSnapshot { term: 1, round: 1, index: 2, index_term: 1, piece: piece.into() };
        group.say(1, 2, PeerMessage::InstallSnapshot(m));
        assert_eq!((group.m(2).log().last(), group.m(2).commit_index()), (last, 2));
    }
}

#[test]
fn a_snapshot_carries_the_configuration() {
    let mut group = Group::of(3, |_| small());
    group.elect(1);
    group.command(1, Command::ChangeMembership { voters: vec![p(1), p(2)], learners: vec![] });
    for i in 0..12 {
        group.ask(1, put("k", &i.to_string()));
        group.settle();
    }
    group.beat(1);
    assert!(group.m(2).log().base() > 4, "the entries that changed it are compacted");
    group.crash(2);
    group.restart(2);
    assert_eq!(group.m(2).configuration().1.voters, [p(1), p(2)]);
}

#[test]
fn a_snapshot_on_demand_needs_something_new() {
    let mut group = Group::plain(3);
    group.elect(1);
    assert!(group.command(1, Command::TakeSnapshot).accepted);
    assert!(!group.command(1, Command::TakeSnapshot).accepted);
}

#[test]
fn memory_does_not_grow_with_the_run() {
    let mut group = Group::of(1, |_| Settings { voters: ids(1), ..small() });
    group.elect(1);
    for i in 0..500 {
        group.ask(1, put("k", &i.to_string()));
        assert!(group.m(1).log().last() - group.m(1).log().base() <= 8);
    }
}
