//! §3.5, §3.6.2, §10.2.1.

use super::harness::*;
use crate::consensus::kv::Reply;
use crate::consensus::raft::*;
use crate::process::Arg;
use std::sync::Arc;

fn entries(terms: &[u64]) -> Option<Arc<[Arc<Entry>]>> {
    (!terms.is_empty()).then(|| terms.iter().map(|&term| Arc::new(Entry::new(term, Kind::NoOp))).collect())
}

fn append(term: u64, prev: u64, prev_term: u64, terms: &[u64], commit: u64) -> PeerMessage {
    PeerMessage::Append(Append { term, prev, prev_term, commit, round: 1, entries: entries(terms) })
}

fn last_answer(group: &Group, n: u32, to: u32) -> Option<Result<u64, Mismatch>> {
    group.between(n, to).iter().rev().find_map(|m| match m {
        PeerMessage::Appended(appended) => Some(appended.result),
        _ => None,
    })
}

/// A follower of three with this log, in the term of its last entry.
fn follower(terms: &[u64], rules: Rules) -> Group {
    let log: Vec<_> = terms.iter().map(|&term| (term, put("k", "v"))).collect();
    let initial = Initial { term: terms.last().copied().unwrap_or(0), vote: None, log, commit: 0 };
    Group::of(3, |_| Settings { initial: Some(initial.clone()), rules, ..settings(3) })
}

#[test]
fn the_leader_appends_the_command_and_issues_append_entries_in_parallel() {
    let mut group = Group::plain(3);
    group.elect(1);
    group.ask(1, put("a", "1"));
    for to in [2, 3] {
        let sent = group.between(1, to);
        let Some(PeerMessage::Append(m)) = sent.last() else { panic!("{sent:?}") };
        assert_eq!((m.term, m.prev, m.prev_term, m.entries().len()), (1, 1, 1, 1));
    }
}

#[test]
fn an_entry_is_committed_once_a_majority_holds_it_and_only_then_is_the_client_answered() {
    let mut group = Group::plain(5);
    group.elect(1);
    let write = group.ask(1, put("a", "1"));
    group.settle_among(&[1, 2]);
    assert_eq!((group.m(1).commit_index(), group.reply(write)), (1, None));
    let why = group.m(1).why_not_committed(2).expect("it is not");
    assert_eq!(why.key.as_str(), "raft.why.notCommittedMinority");
    assert_eq!(why.args[2..], [Arg::Number(2), Arg::Number(3)]);
    group.fire(1, Timer::Heartbeat);
    group.settle();
    for _ in 0..4 {
        group.beat(1);
    }
    assert_eq!(group.m(1).commit_index(), 2);
    assert!(matches!(group.reply(write), Some(Reply::Done { revision: 2, .. })));
}

#[test]
fn the_leader_retries_append_entries_indefinitely() {
    let mut group = Group::plain(3);
    group.elect(1);
    group.ask(1, put("a", "1"));
    group.drop_all();
    for _ in 0..5 {
        group.fire(1, Timer::Heartbeat);
        group.settle_among(&[1, 2]); // the third is not there
    }
    assert_eq!(group.m(2).log().last(), 2);
    for _ in 0..5 {
        group.beat(1);
    }
    assert_eq!(group.m(3).log().last(), 2);
}

#[test]
fn followers_learn_the_commit_index_with_later_messages_and_apply_in_log_order() {
    let mut group = Group::plain(3);
    group.elect(1);
    group.ask(1, put("a", "1"));
    group.settle();
    assert_eq!((group.m(1).commit_index(), group.m(2).commit_index()), (2, 1));
    group.beat(1);
    assert_eq!(group.m(2).commit_index(), 2);
    assert_eq!(&*group.m(2).get("a").expect("applied").value, "1");
}

#[test]
fn a_follower_without_the_preceding_entry_refuses_the_new_ones() {
    let mut group = follower(&[1, 1, 2], settings(3).rules);
    group.say(1, 2, append(3, 4, 2, &[3], 0));
    assert_eq!(last_answer(&group, 2, 1), Some(Err(Mismatch { prev: 4, term: 0, index: 4 })), "too short");
    group.say(1, 2, append(3, 3, 3, &[3], 0));
    assert_eq!(
        last_answer(&group, 2, 1),
        Some(Err(Mismatch { prev: 3, term: 2, index: 3 })),
        "another term there"
    );
    assert_eq!(group.terms(2), [1, 1, 2]);
    assert!(group.refusal(2, Rule::ConsistencyCheck).is_some());
}

#[test]
fn conflicting_entries_are_overwritten_and_all_that_follow_them_go() {
    let mut group = follower(&[1, 1, 2, 2], settings(3).rules);
    group.say(1, 2, append(3, 1, 1, &[1, 3], 0));
    assert_eq!(group.terms(2), [1, 1, 3]);
    assert_eq!(last_answer(&group, 2, 1), Some(Ok(3)));
}

#[test]
fn entries_already_there_are_kept_and_an_old_message_cuts_nothing() {
    let mut group = follower(&[1, 1, 2, 2], settings(3).rules);
    group.say(1, 2, append(2, 0, 0, &[1, 1], 0));
    assert_eq!(group.terms(2), [1, 1, 2, 2]);
    assert_eq!(last_answer(&group, 2, 1), Some(Ok(2)));
    let mut off = follower(&[1, 1, 2, 2], settings(3).rules.without(Rule::TruncateOnlyOnConflict));
    off.say(1, 2, append(2, 0, 0, &[1, 1], 0));
    assert_eq!(off.terms(2), [1, 1], "without the rule it cuts");
}

#[test]
fn the_commit_index_stops_at_the_last_entry_the_message_vouches_for() {
    let mut group = follower(&[1, 1, 2, 2], settings(3).rules);
    group.say(1, 2, append(3, 1, 1, &[], 4));
    assert_eq!(group.m(2).commit_index(), 1);
    let mut off = follower(&[1, 1, 2, 2], settings(3).rules.without(Rule::CommitOnlyMatched));
    off.say(1, 2, append(3, 1, 1, &[], 4));
    assert_eq!(off.m(2).commit_index(), 4, "without the rule it commits what it cannot know");
}

#[test]
fn a_server_refuses_a_leader_of_an_older_term() {
    let mut group = follower(&[1, 3], settings(3).rules);
    group.say(1, 2, append(2, 0, 0, &[2], 0));
    assert_eq!(group.terms(2), [1, 3]);
    assert!(group.refusal(2, Rule::RefuseStaleTerm).is_some());
    assert!(matches!(
        group.between(2, 1)[..],
        [PeerMessage::Appended(Appended { term: 3, result: Err(_), .. })]
    ));
}

#[test]
fn a_new_leader_appends_a_no_op_and_with_it_commits_what_its_predecessors_left() {
    let mut group = Group::plain(3);
    group.elect(1);
    group.ask(1, put("a", "1"));
    group.settle_among(&[1, 2]);
    group.crash(1);
    group.elect_among(2, &[2, 3]);
    assert_eq!(group.terms(2), [1, 1, 2]);
    assert_eq!(group.m(2).commit_index(), 3);
    assert!(matches!(group.m(2).log().entry(3).expect("there").kind, Kind::NoOp));
}

#[test]
fn a_leader_never_overwrites_or_deletes_entries_in_its_own_log() {
    let mut group = follower(&[1, 1], settings(3).rules);
    group.elect(1);
    assert_eq!(group.terms(1)[..2], [1, 1]);
    let mut off = follower(&[1, 1], settings(3).rules.without(Rule::LeaderAppendOnly));
    off.elect(1);
    assert_eq!(off.terms(1), [2], "without the rule it drops what it does not know to be committed");
}

#[test]
fn appends_stream_ahead_of_their_answers_as_far_as_the_window() {
    let mut group = Group::of(3, |_| Settings { window: 4, ..settings(3) });
    group.elect(1);
    for i in 0..10 {
        group.ask(1, put("a", &i.to_string()));
    }
    assert_eq!(group.between(1, 2).len(), 4);
    assert_eq!(group.m(1).peers()[0].inflight.len(), 4);
    group.settle();
    assert_eq!(group.m(1).commit_index(), 11);
}

#[test]
fn a_lost_append_is_noticed_and_sent_again() {
    let mut group = Group::plain(3);
    group.elect(1);
    group.ask(1, put("a", "1"));
    group.drop_all();
    group.ask(1, put("a", "2"));
    group.settle();
    assert_eq!(group.m(1).commit_index(), 3, "a later append finds the gap");
    group.ask(1, put("a", "3"));
    group.drop_all();
    for _ in 0..4 {
        group.beat(1);
    }
    assert_eq!(group.m(1).commit_index(), 4, "or the heartbeats do");
}

#[test]
fn an_append_carries_no_more_entries_than_the_batch() {
    let mut group = Group::of(3, |_| Settings { batch: 3, window: 1, ..settings(3) });
    group.elect(1);
    for i in 0..10 {
        group.ask(1, put("a", &i.to_string()));
    }
    for _ in 0..100 {
        if group.flights.is_empty() {
            break;
        }
        for flight in &group.flights {
            if let Some(PeerMessage::Append(m)) = flight.peer() {
                assert!(m.entries().len() <= 3);
            }
        }
        group.deliver_at(0);
    }
    assert_eq!(group.m(1).commit_index(), 11);
}
