//! A group lives: it elects, writes, reads, survives.

use super::harness::*;
use crate::consensus::kv::{Outcome, Reply};
use crate::consensus::raft::*;

#[test]
fn a_group_elects_writes_and_reads() {
    for mut group in [Group::plain(5), Group::full(5)] {
        group.elect(1);
        let write = group.ask(1, put("a", "1"));
        group.settle();
        assert!(matches!(group.reply(write), Some(Reply::Done { outcome: Outcome::Written, .. })));
        let read = group.ask(1, get("a"));
        group.settle();
        let Some(Reply::Done { outcome: Outcome::Value(Some(found)), .. }) = group.reply(read) else {
            panic!("{:?}", group.replies)
        };
        assert_eq!(&*found.value, "1");
        group.beat(1);
        for n in 1..=5 {
            assert_eq!(group.m(n).commit_index(), 2);
            assert_eq!(&*group.m(n).get("a").expect("applied").value, "1");
        }
    }
}

#[test]
fn a_new_leader_keeps_what_was_committed() {
    let mut group = Group::full(3);
    group.elect(1);
    group.ask(1, put("a", "1"));
    group.settle();
    group.crash(1);
    group.elect_among(2, &[2, 3]);
    group.ask(2, put("b", "2"));
    group.settle_among(&[2, 3]);
    assert_eq!(group.m(2).commit_index(), 4);
    group.restart(1);
    group.beat(2);
    assert_eq!(group.m(1).log().last(), 4);
    assert_eq!(group.terms(1), [1, 1, 2, 2]);
}

#[test]
fn a_group_of_one_leads_itself_when_its_disk_is_done() {
    let mut group = Group::full(1);
    group.node(1).slow_disk = true;
    group.fire(1, Timer::Election);
    assert_eq!(group.m(1).role(), Role::Candidate);
    group.sync_one(1);
    assert_eq!(group.m(1).role(), Role::Leader);
    let write = group.ask(1, put("a", "1"));
    assert_eq!(group.reply(write), None);
    group.sync(1);
    assert!(matches!(group.reply(write), Some(Reply::Done { .. })));
}
