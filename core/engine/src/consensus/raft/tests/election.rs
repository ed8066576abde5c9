//! §3.3, §3.4, §3.6.1, §4.2.3, §6.2, §9.6.

use super::harness::*;
use crate::consensus::raft::*;
use crate::process::{Delay, Span};

fn request(term: u64, last: u64, last_term: u64) -> PeerMessage {
    PeerMessage::RequestVote(RequestVote { term, last, last_term, pre: false, transfer: false })
}

fn heartbeat(term: u64) -> PeerMessage {
    PeerMessage::Append(Append { term, prev: 0, prev_term: 0, commit: 0, round: 1, entries: None })
}

/// What `n` has just told `to` about a vote.
fn vote_of(group: &Group, n: u32, to: u32) -> Option<bool> {
    group.between(n, to).iter().rev().find_map(|m| match m {
        PeerMessage::Vote(vote) => Some(vote.granted),
        _ => None,
    })
}

#[test]
fn when_servers_start_up_they_begin_as_followers() {
    let group = Group::plain(3);
    assert!((1..=3).all(|n| group.m(n).role() == Role::Follower && group.m(n).term() == 0));
}

#[test]
fn election_timeouts_are_chosen_randomly_from_a_fixed_interval() {
    let group = Group::plain(3);
    let range = Delay::Uniform(Span::millis(150), Span::millis(300));
    assert_eq!(group.delay_of(2, Timer::Election), Some(range));
    let fixed = Group::of(3, |_| {
        let s = settings(3);
        Settings { rules: s.rules.without(Rule::RandomisedTimeouts), ..s }
    });
    assert_eq!(fixed.delay_of(2, Timer::Election), Some(Delay::Fixed(Span::millis(150))));
}

#[test]
fn to_begin_an_election_a_follower_increments_its_term_votes_for_itself_and_asks_all_others_in_parallel() {
    let mut group = Group::plain(5);
    group.fire(1, Timer::Election);
    let member = group.m(1);
    assert_eq!((member.role(), member.term(), member.voted_for()), (Role::Candidate, 1, Some(p(1))));
    for to in 2..=5 {
        assert!(matches!(group.between(1, to)[..], [PeerMessage::RequestVote(RequestVote { term: 1, .. })]));
    }
}

#[test]
fn a_candidate_wins_with_votes_of_a_majority_in_the_same_term() {
    let mut group = Group::plain(5);
    group.fire(1, Timer::Election);
    group.drop_all();
    let vote = |term, asked, granted| PeerMessage::Vote(Vote { term, asked, granted, pre: false });
    group.say(2, 1, vote(1, 1, true));
    group.say(2, 1, vote(1, 1, true)); // the same voter again is still one voter
    group.say(3, 1, vote(1, 1, false));
    assert_eq!(group.m(1).role(), Role::Candidate);
    group.say(4, 1, vote(1, 1, true));
    assert_eq!(group.m(1).role(), Role::Leader);
    assert!(group.told(1).contains(&"raft.note.elected"));
    let elected = group.notes.iter().find(|(_, note)| note.phrase.key.as_str() == "raft.note.elected");
    assert_eq!(elected.expect("said").1.because.len(), 3, "its quorum is named: its own vote and two others");
}

#[test]
fn a_vote_of_an_older_term_does_not_count() {
    let mut group = Group::plain(3);
    group.fire(1, Timer::Election);
    group.fire(1, Timer::Election);
    group.drop_all();
    group.say(2, 1, PeerMessage::Vote(Vote { term: 1, asked: 1, granted: true, pre: false }));
    assert_eq!((group.m(1).role(), group.m(1).term()), (Role::Candidate, 2));
}

#[test]
fn each_server_votes_for_at_most_one_candidate_in_a_term_first_come_first_served() {
    let mut group = Group::plain(3);
    group.say(1, 3, request(1, 0, 0));
    group.say(2, 3, request(1, 0, 0));
    assert_eq!((vote_of(&group, 3, 1), vote_of(&group, 3, 2)), (Some(true), Some(false)));
    assert!(group.refusal(3, Rule::OneVotePerTerm).is_some_and(|note| !note.because.is_empty()));
    group.say(1, 3, request(1, 0, 0));
    assert_eq!(vote_of(&group, 3, 1), Some(true), "the same candidate may ask again");
    group.say(2, 3, request(2, 0, 0));
    assert_eq!(vote_of(&group, 3, 2), Some(true), "a new term, a new vote");
}

#[test]
fn once_a_candidate_wins_it_sends_heartbeats_to_all_others() {
    let mut group = Group::plain(3);
    group.fire(1, Timer::Election);
    group.deliver_at(0);
    group.flights.retain(|flight| flight.to == p(1));
    group.deliver_at(0);
    assert!(matches!(group.between(1, 3)[..], [PeerMessage::Append(_)]));
    assert!(group.delay_of(1, Timer::Election).is_none() && group.delay_of(1, Timer::Heartbeat).is_some());
}

#[test]
fn a_candidate_that_hears_a_leader_of_its_term_returns_to_follower() {
    let mut group = Group::plain(3);
    group.fire(1, Timer::Election);
    group.say(2, 1, heartbeat(1));
    assert_eq!((group.m(1).role(), group.m(1).leader_hint()), (Role::Follower, Some(p(2))));
}

#[test]
fn a_candidate_rejects_a_leader_of_an_older_term_and_stays_candidate() {
    let mut group = Group::plain(3);
    group.fire(1, Timer::Election);
    group.fire(1, Timer::Election);
    group.drop_all();
    group.say(2, 1, heartbeat(1));
    assert_eq!((group.m(1).role(), group.m(1).term()), (Role::Candidate, 2));
    assert!(matches!(
        group.between(1, 2)[..],
        [PeerMessage::Appended(Appended { term: 2, result: Err(_), .. })]
    ));
}

#[test]
fn when_votes_are_split_each_candidate_times_out_and_begins_a_new_election_in_a_new_term() {
    let mut group = Group::plain(4);
    group.fire(1, Timer::Election);
    group.fire(2, Timer::Election);
    group.flights.retain(|f| (f.from, f.to) == (p(1), p(3)) || (f.from, f.to) == (p(2), p(4)));
    group.settle();
    assert!((1..=2).all(|n| group.m(n).role() == Role::Candidate));
    group.fire(2, Timer::Election);
    group.settle();
    assert_eq!((group.m(2).role(), group.m(2).term()), (Role::Leader, 2));
}

#[test]
fn a_leader_or_candidate_that_learns_of_a_higher_term_reverts_to_follower() {
    let mut group = Group::plain(3);
    group.elect(1);
    group.say(2, 1, PeerMessage::Appended(Appended { term: 9, round: 1, result: Ok(0) }));
    assert_eq!((group.m(1).role(), group.m(1).term(), group.m(1).voted_for()), (Role::Follower, 9, None));
    assert!(group.delay_of(1, Timer::Heartbeat).is_none() && group.delay_of(1, Timer::Election).is_some());
}

#[test]
fn the_voter_denies_its_vote_if_its_own_log_is_more_up_to_date() {
    // (voter's log, candidate's last index and term, granted): the later last term wins, then the longer log.
    let cases: [(&[u64], u64, u64, bool); 6] = [
        (&[1, 1], 2, 1, true),
        (&[1, 1], 3, 1, true),
        (&[1, 1], 1, 1, false),
        (&[1, 1], 1, 2, true),
        (&[1, 2], 9, 1, false),
        (&[], 0, 0, true),
    ];
    for (log, last, last_term, granted) in cases {
        let log: Vec<_> = log.iter().map(|&term| (term, put("k", "v"))).collect();
        let initial = Initial { term: 2, vote: None, log, commit: 0 };
        let mut group = Group::of(3, |_| Settings { initial: Some(initial.clone()), ..settings(3) });
        group.say(1, 2, request(3, last, last_term));
        assert_eq!(vote_of(&group, 2, 1), Some(granted), "{last} of {last_term}");
        assert_eq!(group.m(2).term(), 3, "the term is adopted either way");
        assert_eq!(group.refusal(2, Rule::ElectionRestriction).is_none(), granted);
    }
}

#[test]
fn a_server_that_hears_a_leader_neither_votes_nor_moves_to_the_candidates_term() {
    let mut group =
        Group::of(3, |_| Settings { rules: settings(3).rules.with(Rule::LeaderStickiness), ..settings(3) });
    group.elect(1);
    group.say(3, 2, request(9, 99, 9));
    assert_eq!((vote_of(&group, 2, 3), group.m(2).term()), (Some(false), 1));
    assert!(group.refusal(2, Rule::LeaderStickiness).is_some_and(|note| !note.because.is_empty()));
    group.say(3, 1, request(9, 99, 9));
    assert_eq!((group.m(1).role(), group.m(1).term()), (Role::Leader, 1), "the leader itself as well");
    group.pass(Span::millis(150));
    group.say(3, 2, request(9, 99, 9));
    assert_eq!(
        (vote_of(&group, 2, 3), group.m(2).term()),
        (Some(true), 9),
        "after the minimum election timeout it does"
    );
}

#[test]
fn a_leader_steps_down_if_an_election_timeout_elapses_without_hearing_a_majority() {
    let mut group =
        Group::of(5, |_| Settings { rules: settings(5).rules.with(Rule::CheckQuorum), ..settings(5) });
    group.elect(1);
    group.fire(1, Timer::QuorumCheck);
    assert_eq!(group.m(1).role(), Role::Leader);
    group.fire(1, Timer::Heartbeat);
    group.settle_among(&[1, 2]);
    group.fire(1, Timer::QuorumCheck);
    assert_eq!(group.m(1).role(), Role::Follower);
    assert!(group.told(1).contains(&"raft.note.stepsDownNoQuorum"));
}

#[test]
fn a_pre_candidate_asks_without_raising_its_term_and_stands_only_if_it_would_win() {
    let mut group = Group::full(3);
    group.elect(1);
    for _ in 0..5 {
        group.fire(3, Timer::Election);
        group.drop_all(); // cut off: its term would climb and climb
    }
    assert_eq!((group.m(3).term(), group.m(3).role()), (1, Role::PreCandidate));
    group.fire(3, Timer::Election);
    group.settle();
    assert_eq!(group.m(1).role(), Role::Leader, "back again, it disturbs nobody");
    group.beat(1);
    assert_eq!((group.m(3).role(), group.m(3).term()), (Role::Follower, 1));
}

#[test]
fn without_pre_vote_a_member_that_was_cut_off_deposes_the_leader() {
    let mut group = Group::plain(3);
    group.elect(1);
    for _ in 0..5 {
        group.fire(3, Timer::Election);
        group.drop_all();
    }
    group.beat(1);
    assert_eq!((group.m(1).role(), group.m(1).term()), (Role::Follower, 6));
}

#[test]
fn a_pre_vote_is_not_given_to_a_log_less_up_to_date() {
    let mut group = Group::full(3);
    group.elect(1);
    group.ask(1, put("a", "1"));
    group.settle_among(&[1, 2]);
    group.pass(Span::secs(1));
    group.fire(3, Timer::Election);
    group.settle_among(&[2, 3]);
    assert_eq!((group.m(3).role(), group.m(3).term()), (Role::PreCandidate, 1));
    assert!(group.refusal(2, Rule::ElectionRestriction).is_some());
}

#[test]
fn with_step_down_off_two_lead_one_term() {
    let rules = settings(3).rules.without(Rule::StepDownOnHigherTerm);
    let mut group = Group::of(3, |_| Settings { rules, ..settings(3) });
    group.elect(1);
    group.fire(2, Timer::Election);
    group.settle();
    group.beat(2);
    let leaders: Vec<_> = (1..=3).filter(|&n| group.m(n).role() == Role::Leader).collect();
    assert_eq!(leaders, [1, 2]);
    assert_eq!(group.m(1).term(), group.m(2).term());
}

#[test]
fn an_operator_can_make_an_election_timer_go_off_but_not_a_leaders() {
    let mut group = Group::plain(3);
    assert!(group.command(2, Command::TimeoutNow).accepted);
    group.settle();
    assert_eq!(group.m(2).role(), Role::Leader);
    assert!(!group.command(2, Command::TimeoutNow).accepted);
}
