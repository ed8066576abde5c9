//! §3.8 and §10.2.1: what waits for the disk, and what does not.

use super::harness::*;
use crate::consensus::raft::*;
use crate::process::{DiskError, Durable as _, Input};
use proptest::prelude::*;
use std::sync::Arc;

fn request(term: u64) -> PeerMessage {
    PeerMessage::RequestVote(RequestVote { term, last: 0, last_term: 0, pre: false, transfer: false })
}

#[test]
fn a_vote_is_answered_when_it_is_on_disk_and_a_repeat_does_not_overtake_it() {
    let mut group = Group::plain(3);
    group.node(2).slow_disk = true;
    group.say(1, 2, request(1));
    group.say(1, 2, request(1)); // nothing new to write, and yet not on disk
    assert!(group.between(2, 1).is_empty());
    group.sync(2);
    assert_eq!(group.between(2, 1).len(), 2);
}

#[test]
fn a_vote_that_was_answered_survives_a_crash() {
    let mut group = Group::plain(3);
    group.say(1, 2, request(1));
    group.crash(2);
    group.restart(2);
    assert_eq!((group.m(2).term(), group.m(2).voted_for()), (1, Some(p(1))));
}

#[test]
fn without_a_durable_vote_a_member_votes_twice() {
    for rule in [Rule::DurableVote, Rule::DurableTerm] {
        let mut group = Group::of(3, |_| Settings { rules: settings(3).rules.without(rule), ..settings(3) });
        group.say(1, 2, request(1));
        group.crash(2);
        group.restart(2);
        group.drop_all();
        group.say(3, 2, request(1));
        let granted = |m: &&PeerMessage| matches!(m, PeerMessage::Vote(Vote { granted: true, .. }));
        assert!(group.between(2, 3).iter().any(granted), "{}", rule.name());
    }
}

#[test]
fn a_candidate_asks_for_votes_when_its_own_is_on_disk_and_counts_it_only_then() {
    let mut group = Group::plain(3);
    group.node(1).slow_disk = true;
    group.fire(1, Timer::Election);
    assert!(group.flights.is_empty());
    group.sync(1);
    assert_eq!(group.flights.len(), 2);
}

#[test]
fn a_follower_acknowledges_entries_when_they_are_on_disk() {
    let mut group = Group::plain(3);
    group.elect(1);
    group.node(2).slow_disk = true;
    group.ask(1, put("a", "1"));
    group.settle_among(&[1, 2]);
    assert_eq!((group.m(2).log().last(), group.m(1).commit_index()), (2, 1));
    group.fire(1, Timer::Heartbeat);
    group.settle_among(&[1, 2]);
    assert_eq!(group.m(1).commit_index(), 1, "a heartbeat does not acknowledge what the disk does not hold");
    assert_eq!(group.m(1).peers()[0].round, group.m(1).rounds().0, "but it is answered");
    group.sync(2);
    group.settle_among(&[1, 2]);
    assert_eq!(group.m(1).commit_index(), 2);
}

#[test]
fn the_leader_writes_in_parallel_with_its_appends_and_counts_itself_when_its_disk_is_done() {
    let mut group = Group::plain(3);
    group.elect(1);
    group.node(1).slow_disk = true;
    group.ask(1, put("a", "1"));
    group.settle_among(&[1, 2]);
    assert_eq!(
        (group.m(2).log().last(), group.m(1).commit_index()),
        (2, 1),
        "sent, but only one disk has it"
    );
    group.sync(1);
    assert_eq!(group.m(1).commit_index(), 2);
    let mut others = Group::plain(3);
    others.elect(1);
    others.node(1).slow_disk = true;
    others.ask(1, put("a", "1"));
    others.settle();
    assert_eq!(others.m(1).commit_index(), 2, "a majority of followers may hold it before the leader does");
}

#[test]
fn entries_cut_while_their_write_is_under_way_do_not_count_as_written() {
    let mut group = Group::plain(3);
    group.node(2).slow_disk = true;
    let append = |term, terms: &[u64]| {
        let entries = terms.iter().map(|&term| Arc::new(Entry::new(term, Kind::NoOp)));
        let entries = Some(entries.collect());
        PeerMessage::Append(Append { term, prev: 0, prev_term: 0, commit: 0, round: 1, entries })
    };
    group.say(1, 2, append(1, &[1, 1, 1]));
    group.say(3, 2, append(2, &[2]));
    group.sync_one(2);
    assert_eq!((group.m(2).synced_last(), group.m(2).log().last()), (0, 1));
    group.sync(2);
    assert_eq!(group.m(2).synced_last(), 1);
}

#[test]
fn a_member_whose_disk_fails_stops_and_says_so() {
    for error in [DiskError::Full, DiskError::Io] {
        let mut group = Group::plain(3);
        group.node(2).slow_disk = true;
        group.say(1, 2, request(1));
        group.input(p(2), Input::PersistFailed(1, error));
        assert!(group.m(2).is_halted());
        group.say(1, 2, request(1));
        assert!(group.flights.is_empty(), "and says nothing more");
        assert!(group.node(2).stopped);
    }
}

fn durable(term: u64, terms: &[u64], base: usize) -> Durable {
    let mut log = Log::default();
    terms.iter().for_each(|&term| {
        log.push(Entry::new(term, Kind::NoOp));
    });
    log.compact_to(base as u64);
    Durable { term, voted_for: None, log, snapshot: None, rules: None }
}

proptest! {
    #[test]
    fn a_torn_write_leaves_a_beginning_of_it(
        common in prop::collection::vec(1u64..3, 0..6), old in prop::collection::vec(3u64..4, 0..5),
        new in prop::collection::vec(4u64..6, 0..5), base in 0usize..4, kept: u32
    ) {
        let sorted = |head: &[u64], tail: &[u64]| { let mut t = [head, tail].concat(); t.sort_unstable(); t };
        let older = durable(3, &sorted(&common, &old), 0);
        let newer = durable(5, &sorted(&common, &new), base.min(common.len()));
        let torn = Durable::torn(Some(&older), &newer, kept).expect("there was one before");
        let terms = |d: &Durable| (d.log.base()..=d.log.last()).map(|i| d.log.term_at(i)).collect::<Vec<_>>();
        let is_prefix_of_newer = torn.log.last() <= newer.log.last()
            && (torn.log.base().max(newer.log.base())..=torn.log.last()).all(|i| torn.log.term_at(i) == newer.log.term_at(i));
        prop_assert!(is_prefix_of_newer || terms(&torn) == terms(&older) || torn.log.last() == older.log.last());
        prop_assert!(torn.term == older.term || torn.term == newer.term);
        prop_assert!(torn.term >= torn.log.last_term(), "entries never before the term that speaks for them");
        prop_assert!(torn.log.last() >= common.len() as u64, "what both hold is never lost");
    }

    #[test]
    fn a_write_not_torn_at_all_is_either_there_or_not(kept: u32) {
        let newer = durable(2, &[1, 2], 0);
        let torn = Durable::torn(None, &newer, kept);
        prop_assert!(torn.is_none_or(|torn| torn.log.last() <= 2));
    }
}

#[test]
fn persisting_shares_the_log() {
    let mut group = Group::plain(1);
    group.elect(1);
    for i in 0..500 {
        group.ask(1, put("a", &i.to_string()));
    }
    let entry = |durable: &Durable| durable.log.entry(450).expect("there").clone();
    let on_disk = entry(group.node(1).disk.as_ref().expect("written"));
    assert!(Arc::ptr_eq(&on_disk, &entry(group.m(1).durable())));
}
