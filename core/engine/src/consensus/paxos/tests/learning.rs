//! §2.3: learning what is chosen.

use super::harness::*;
use crate::consensus::paxos::*;

fn telling(telling: Telling) -> Group {
    Group::of(5, Settings { telling, ..settings(5) })
}

/// "The acceptors respond with their acceptances to a distinguished learner, which in turn informs the other learners when a
/// value has been chosen."
#[test]
fn the_proposer_tells_the_learners() {
    let mut group = telling(Telling::Proposer);
    group.propose(1, "red");
    group.deliver(|_, _, message| !matches!(message, PeerMessage::Chosen { .. }));
    assert_eq!(group.learned(1), Some("red"));
    assert_eq!(group.count(|message| matches!(message, PeerMessage::Chosen { .. })), 4);
    assert_eq!(group.learned(4), None);
    group.deliver_all();
    assert!((1..=5).all(|n| group.learned(n) == Some("red")));
}

/// "Each acceptor, whenever it accepts a proposal, respond[s] to all learners, sending them the proposal."
#[test]
fn acceptors_tell_every_learner_which_counts_for_itself() {
    let mut group = telling(Telling::Acceptors);
    group.propose(1, "red");
    group.deliver(|_, to, message| to != p(5) || !matches!(message, PeerMessage::Accepted { .. }));
    assert_eq!(group.count(|message| matches!(message, PeerMessage::Chosen { .. })), 0);
    assert_eq!(group.learned(5), None);
    group.deliver_one(|_, to, _| to == p(5));
    assert_eq!(group.learned(5), None, "its own and one more are two of five");
    group.deliver_one(|_, to, _| to == p(5));
    assert_eq!(group.learned(5), Some("red"), "three of five");
}

/// Acceptances of different proposals do not count together.
#[test]
fn acceptances_of_two_proposals_choose_nothing() {
    let mut group = telling(Telling::Acceptors);
    for (from, round) in [(1, 1), (2, 1), (3, 2), (4, 2)] {
        let (ballot, value) = (b(round, 1), if round == 1 { "red" } else { "blue" });
        group.put_on_its_way(from, 5, PeerMessage::Accepted { ballot, value: value.into() });
    }
    group.deliver_all();
    assert_eq!(group.learned(5), None);
    group.put_on_its_way(5, 5, PeerMessage::Accepted { ballot: b(2, 1), value: "blue".into() });
    group.deliver_all();
    assert_eq!(group.learned(5), Some("blue"));
}

/// "Because of message loss, a value could be chosen with no learner ever finding out. The learner could ask …"; "if a
/// learner needs to know whether a value has been chosen, it can have a proposer issue a proposal."
#[test]
fn a_learner_that_was_not_told_asks_and_a_proposer_finds_out() {
    let mut group = Group::new(5);
    group.propose(1, "red");
    group.deliver(|_, _, message| !matches!(message, PeerMessage::Chosen { .. }));
    group.lose(|_, _, _| true);
    group.crash(1);
    assert!((2..=5).all(|n| group.learned(n).is_none()), "it is chosen, and nobody alive knows");
    assert!(group.fire(3, Timer::Ask));
    assert_eq!(group.count(|message| *message == PeerMessage::Ask), 1);
    group.lose(|_, to, _| to == p(1)); // it asks the dead one first
    assert!(group.fire(3, Timer::Ask));
    group.among(&[2, 3, 4, 5]);
    assert_eq!(group.learned(2), Some("red"));
    assert_eq!(group.learned(3), Some("red"));
}

/// A learner cannot know whether something was proposed, so it asks; an acceptor that has accepted nothing finds nothing out
/// for it: a proposal for nothing would only hinder whoever has something to propose.
#[test]
fn a_question_where_nothing_was_accepted_brings_about_no_proposal() {
    let mut group = Group::new(3);
    assert!(group.fire(2, Timer::Ask));
    assert_eq!(group.count(|message| *message == PeerMessage::Ask), 1);
    group.deliver_all();
    assert!((1..=3).all(|n| group.m(n).ballot().is_none() && group.m(n).promised().is_none()));
    assert!(group.has_timer(2, Timer::Ask), "it asks again");
}

/// Two propose, three accept, and only others learn: whoever proposes asks nobody.
fn of_split_roles(learners: std::ops::RangeInclusive<u32>) -> Group {
    let (proposers, acceptors) = (vec![p(1), p(2)], vec![p(2), p(3), p(4)]);
    let n = *learners.end();
    let learners = learners.map(p).collect();
    Group::of(n, Settings { proposers, acceptors, learners, ..settings(n) })
}

/// "Having a proposer issue a proposal": the only one left is an acceptor that was away when the value was chosen, and no learner.
#[test]
fn a_proposer_that_never_asks_finds_out_for_a_learner_that_asks_on() {
    let mut group = of_split_roles(5..=5);
    group.propose(1, "blue");
    group.lose(|_, to, _| to == p(2));
    group.among(&[1, 3, 4]);
    group.lose(|_, _, _| true);
    group.crash(1);
    let has = |group: &Group, n| group.m(n).accepted().map(|(_, value)| value.to_string());
    assert_eq!([3, 4].map(|n| has(&group, n)), [Some("blue".into()), Some("blue".into())], "it is chosen");
    assert!(has(&group, 2).is_none() && group.m(2).promised().is_none(), "n2 knows nothing");
    for question in 1..=8 {
        assert_eq!(group.learned(5), None, "every other one of {question} goes to n1, which is dead");
        assert!(group.fire(5, Timer::Ask));
        group.deliver_all();
    }
    assert_eq!(group.learned(5), Some("blue"));
    assert!(!group.has_timer(5, Timer::Ask), "it asks no more");
}

/// Where nothing was proposed, it is not for ever about finding that out: once for four questions of one learner, however many others
/// ask.
#[test]
fn where_nothing_was_proposed_it_finds_out_once_in_four_turns_of_all_who_ask() {
    let mut group = of_split_roles(5..=12);
    let turn = |group: &mut Group| {
        (5..=12).for_each(|n| group.put_on_its_way(n, 2, PeerMessage::Ask));
        group.deliver_all();
        group.m(2).ballot().round
    };
    let rounds: Vec<u64> = (1..=12).map(|_| turn(&mut group)).collect();
    assert_eq!(rounds, [0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3]);
    assert!((2..=4).all(|n| group.m(n).accepted().is_none()));
    assert!((5..=12).all(|n| group.learned(n).is_none()));
}

/// One that only finds out what is chosen proposes nothing of its own.
#[test]
fn finding_out_that_nothing_is_chosen_proposes_nothing() {
    let mut group = Group::new(3);
    group.put_on_its_way(2, 1, PeerMessage::Ask);
    group.deliver_all();
    assert_eq!(group.m(1).phase(), Phase::Idle);
    assert!((1..=3).all(|n| group.m(n).accepted().is_none() && group.learned(n).is_none()));
}
