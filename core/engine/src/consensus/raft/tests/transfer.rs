//! §3.10.

use super::harness::*;
use crate::consensus::kv::Reply;
use crate::consensus::raft::*;

fn transfer(group: &mut Group, from: u32, to: u32) -> bool {
    group.command(from, Command::TransferLeadership { to: p(to) }).accepted
}

#[test]
fn the_successor_is_brought_up_to_date_told_to_stand_and_wins_though_the_leader_is_heard() {
    let mut group = Group::full(3);
    group.elect(1);
    group.ask(1, put("a", "1"));
    group.settle_among(&[1, 2]); // n3 lacks it
    assert!(transfer(&mut group, 1, 3));
    assert!(!group.told(1).contains(&"raft.note.transferTells"));
    for _ in 0..4 {
        group.beat(1);
    }
    assert_eq!((group.m(3).role(), group.m(1).role()), (Role::Leader, Role::Follower));
    assert_eq!(group.m(3).term(), 2);
    assert!(group.m(3).log().last() >= 3);
}

#[test]
fn the_prior_leader_stops_accepting_requests_and_resumes_when_the_transfer_fails() {
    let mut group = Group::full(3);
    group.elect(1);
    group.ask(1, put("a", "1"));
    group.settle_among(&[1, 2]);
    assert!(transfer(&mut group, 1, 3));
    let refused = group.ask(1, put("a", "2"));
    assert_eq!(group.reply(refused), Some(&Reply::Unavailable));
    group.drop_all();
    group.fire(1, Timer::Transfer);
    assert!(group.told(1).contains(&"raft.note.transferAborted"));
    let taken = group.ask(1, put("a", "3"));
    for _ in 0..4 {
        group.beat(1);
    }
    assert!(matches!(group.reply(taken), Some(Reply::Done { .. })));
}

#[test]
fn a_transfer_that_cannot_be_is_refused_with_the_reason() {
    let mut group = Group::full(3);
    group.elect(1);
    assert!(!transfer(&mut group, 2, 3), "not a leader");
    assert!(!transfer(&mut group, 1, 1), "leads already");
    assert!(!transfer(&mut group, 1, 9), "no voter");
    assert!(transfer(&mut group, 1, 2));
    assert!(!transfer(&mut group, 1, 3), "one at a time");
}

#[test]
fn a_timeout_now_of_an_older_term_is_ignored() {
    let mut group = Group::full(3);
    group.elect(1);
    group.elect(2);
    group.say(1, 3, PeerMessage::TimeoutNow { term: 1 });
    assert_eq!((group.m(3).role(), group.m(3).term()), (Role::Follower, group.m(2).term()));
}
