//! Chapter 4.

use super::harness::*;
use crate::consensus::raft::*;
use crate::process::Span;

/// Three voters, and two more processes that wait to join.
fn with_spares(rules: Rules) -> Group {
    let mut group = Group::of(3, |_| Settings { rules, ..settings(3) });
    for n in [4, 5] {
        group.add(p(n), Settings { rules, ..settings(3) });
    }
    group.elect(1);
    group
}

fn change(group: &mut Group, leader: u32, voters: &[u32]) -> crate::process::Answer {
    let voters = voters.iter().map(|&n| p(n)).collect();
    group.command(leader, Command::ChangeMembership { voters, learners: vec![] })
}

/// The configurations in a member's log: voters, outgoing, learners.
fn configurations(group: &Group, n: u32) -> Vec<(Vec<u32>, Vec<u32>, Vec<u32>)> {
    let numbers = |ids: &[crate::process::ProcessId]| ids.iter().map(|id| id.0).collect();
    let of = |c: &Configuration| (numbers(&c.voters), numbers(&c.outgoing), numbers(&c.learners));
    let log = group.m(n).log();
    log.iter_from(0)
        .filter_map(|(_, e)| if let Kind::Configuration(c) = &e.kind { Some(of(c)) } else { None })
        .collect()
}

#[test]
fn a_process_outside_the_configuration_does_not_stand() {
    let mut group = with_spares(settings(3).rules);
    assert!(group.delay_of(4, Timer::Election).is_none());
    assert!(!group.command(4, Command::TimeoutNow).accepted);
}

#[test]
fn new_servers_join_as_non_voting_members_then_through_joint_consensus() {
    let mut group = with_spares(settings(3).rules);
    group.ask(1, put("a", "1"));
    group.settle();
    assert!(change(&mut group, 1, &[1, 2, 3, 4, 5]).accepted);
    for _ in 0..6 {
        group.beat(1);
    }
    let old = vec![1, 2, 3];
    let new = vec![1, 2, 3, 4, 5];
    let expected = [
        (old.clone(), vec![], vec![4, 5]),
        (new.clone(), old.clone(), vec![]),
        (new.clone(), vec![], vec![]),
    ];
    assert_eq!(configurations(&group, 1), expected);
    for n in 1..=5 {
        assert_eq!(configurations(&group, n), expected, "{n}");
        assert_eq!(&*group.m(n).get("a").expect("caught up").value, "1");
    }
    assert!(group.m(1).change().is_none());
    assert!(group.delay_of(5, Timer::Election).is_some(), "now it may stand");
}

#[test]
fn a_configuration_is_in_force_as_soon_as_it_is_in_the_log() {
    let mut group = with_spares(settings(3).rules.without(Rule::CatchUpBeforeVoting));
    change(&mut group, 1, &[1, 4, 5]);
    assert!(group.m(1).configuration().1.is_joint() && !group.m(1).configuration_committed());
}

#[test]
fn while_joint_agreement_needs_a_majority_of_each() {
    let mut group = with_spares(settings(3).rules.without(Rule::CatchUpBeforeVoting));
    change(&mut group, 1, &[1, 4, 5]);
    let joint = group.m(1).configuration().0;
    for _ in 0..4 {
        group.fire(1, Timer::Heartbeat);
        group.settle_among(&[1, 4, 5]); // all of the new, one of the old
    }
    assert!(group.m(1).commit_index() < joint);
    for _ in 0..4 {
        group.fire(1, Timer::Heartbeat);
        group.settle_among(&[1, 2, 4]); // two of each
    }
    assert!(group.m(1).commit_index() > joint);
}

#[test]
fn without_joint_consensus_two_majorities_elect_two_leaders() {
    let rules = settings(3).rules.without(Rule::CatchUpBeforeVoting).without(Rule::JointConsensus);
    let mut group = with_spares(rules);
    change(&mut group, 1, &[1, 2, 3, 4, 5]);
    group.settle_among(&[3, 4, 5, 1]); // n2 does not hear of it
    for _ in 0..3 {
        group.fire(1, Timer::Heartbeat);
        group.settle_among(&[1, 3, 4, 5]);
    }
    // n1 forgets nothing, but n2 still believes in three: with n1's vote it would win; n3, n4 and n5 elect their own.
    let needs = |n: u32| group.m(n).configuration().1.voters.len();
    assert_eq!((needs(2), needs(3)), (3, 5));
}

#[test]
fn one_change_at_a_time_and_not_before_an_entry_of_the_own_term_is_committed() {
    let mut group = with_spares(settings(3).rules.without(Rule::CatchUpBeforeVoting));
    assert!(change(&mut group, 1, &[1, 2]).accepted);
    assert!(!change(&mut group, 1, &[1, 3]).accepted);
    assert!(!change(&mut group, 2, &[1, 3]).accepted, "and only by a leader");
    let mut early = Group::plain(3);
    early.fire(1, Timer::Election);
    early.flights.retain(|f| matches!(f.peer(), Some(PeerMessage::RequestVote(_))));
    while early.m(1).role() != Role::Leader {
        early.deliver_at(0);
    }
    early.drop_all();
    assert!(!change(&mut early, 1, &[1, 2]).accepted);
    assert!(early.refusal(1, Rule::OneChangeAtATime).is_some());
}

#[test]
fn a_leader_that_is_not_in_the_new_configuration_steps_down_when_that_is_committed_and_does_not_count_itself()
{
    let mut group = Group::plain(4);
    group.elect(1);
    assert!(change(&mut group, 1, &[2, 3, 4]).accepted);
    group.settle_among(&[1, 2, 3]);
    for _ in 0..3 {
        group.fire(1, Timer::Heartbeat);
        group.settle_among(&[1, 2, 3]);
    }
    assert_eq!(group.m(1).role(), Role::Follower);
    assert!(group.told(1).contains(&"raft.note.stepsDownRemoved"));
    assert!(!group.m(1).is_voter());
    group.elect_among(2, &[2, 3, 4]);
    assert_eq!(group.m(2).configuration().1.voters, [p(2), p(3), p(4)]);
}

#[test]
fn those_who_leave_learn_that_they_did() {
    let mut group = Group::plain(3);
    group.elect(1);
    change(&mut group, 1, &[1, 2]);
    for _ in 0..4 {
        group.beat(1);
    }
    assert!(!group.m(3).is_voter());
    assert!(group.delay_of(3, Timer::Election).is_none(), "so they stand no more");
}

#[test]
fn a_joint_configuration_whose_leader_crashed_is_finished_by_the_next() {
    let mut group = with_spares(settings(3).rules.without(Rule::CatchUpBeforeVoting));
    change(&mut group, 1, &[1, 2, 3, 4, 5]);
    group.settle_among(&[1, 2, 3]);
    group.crash(1);
    group.elect_among(2, &[2, 3, 4, 5]);
    for _ in 0..8 {
        group.fire(2, Timer::Heartbeat);
        group.settle_among(&[2, 3, 4, 5]);
    }
    let (_, configuration) = group.m(2).configuration();
    assert!(!configuration.is_joint() && configuration.voters.len() == 5, "{configuration:?}");
}

#[test]
fn a_configuration_that_is_cut_from_the_log_is_not_in_force_any_more() {
    let mut group = with_spares(settings(3).rules.without(Rule::CatchUpBeforeVoting));
    change(&mut group, 1, &[1, 4, 5]);
    group.drop_all();
    assert!(group.m(1).configuration().1.is_joint());
    group.elect_among(2, &[2, 3]);
    for _ in 0..4 {
        group.beat(2);
    }
    assert_eq!(group.m(1).configuration().1.voters, [p(1), p(2), p(3)]);
}

#[test]
fn a_newcomer_that_does_not_catch_up_is_given_up() {
    let mut group = with_spares(settings(3).rules);
    change(&mut group, 1, &[1, 2, 3, 4]);
    group.settle_among(&[1, 2, 3]);
    for _ in 0..40 {
        group.pass(Span::millis(100));
        group.fire(1, Timer::Heartbeat);
        group.settle_among(&[1, 2, 3]);
        group.fire(1, Timer::QuorumCheck);
    }
    assert!(group.m(1).change().is_none());
    assert!(group.refusal(1, Rule::CatchUpBeforeVoting).is_some());
    assert_eq!(group.m(1).configuration().1.voters.len(), 3);
}

#[test]
fn a_learner_receives_the_log_and_never_votes_or_stands() {
    let mut group = with_spares(settings(3).rules);
    assert!(group.command(1, Command::AddLearner { id: p(4) }).accepted);
    group.ask(1, put("a", "1"));
    for _ in 0..3 {
        group.beat(1);
    }
    assert!(group.m(4).get("a").is_some() && !group.m(4).is_voter());
    assert!(group.delay_of(4, Timer::Election).is_none());
    group.ask(1, put("b", "1"));
    group.settle_among(&[1, 4]);
    assert_eq!(group.m(1).commit_index(), group.m(1).log().last() - 1, "it is not counted");
}
