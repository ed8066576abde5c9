//! §2.2: the two phases.

use super::harness::*;
use crate::consensus::paxos::*;
use crate::process::Payload;
use crate::words::paxos::PaxosKey;

fn is_prepare(message: &PeerMessage) -> bool {
    matches!(message, PeerMessage::Prepare { .. })
}
fn is_accept(message: &PeerMessage) -> bool {
    matches!(message, PeerMessage::Accept { .. })
}

/// "A proposer selects a proposal number n and sends a prepare request with number n to a majority of acceptors."
#[test]
fn a_proposer_selects_a_number_and_sends_it_to_the_acceptors() {
    let mut group = Group::new(5);
    assert!(group.propose(2, "red"));
    assert_eq!(group.count(is_prepare), 4, "to all others; to itself it takes no network");
    assert!(group.flights().all(|(_, _, message)| message.ballot() == Some(b(1, 2))));
    assert_eq!(group.m(2).phase(), Phase::Preparing);
    assert_eq!(group.m(2).promised(), b(1, 2), "as an acceptor it has promised itself");
}

/// "… it responds to the request with a promise not to accept any more proposals numbered less than n and with the
/// highest-numbered proposal (if any) that it has accepted."
#[test]
fn an_acceptor_promises_and_tells_what_it_has_accepted() {
    let mut group = Group::new(3);
    group.put_on_its_way(1, 3, PeerMessage::Accept { ballot: b(1, 1), value: "red".into() });
    group.put_on_its_way(2, 3, PeerMessage::Accept { ballot: b(2, 2), value: "blue".into() });
    group.deliver(|_, _, message| is_accept(message));
    group.put_on_its_way(1, 3, PeerMessage::Prepare { ballot: b(3, 1) });
    group.deliver(|_, _, message| is_prepare(message));
    let promise = PeerMessage::Promise { ballot: b(3, 1), accepted: Some((b(2, 2), "blue".into())) };
    assert!(group.flights().any(|(from, to, message)| (from, to) == (p(3), p(1)) && *message == promise));
}

/// "If an acceptor receives a prepare request with number n greater than that of any prepare request to which it has already
/// responded": not otherwise.
#[test]
fn an_acceptor_does_not_promise_what_is_below_its_promise() {
    let mut group = Group::new(3);
    group.put_on_its_way(2, 3, PeerMessage::Prepare { ballot: b(2, 2) });
    group.deliver_all();
    group.put_on_its_way(1, 3, PeerMessage::Prepare { ballot: b(1, 1) });
    group.deliver_one(|_, _, message| is_prepare(message));
    assert!(group.refused(3, Rule::PromiseOnlyHigher));
    assert_eq!(group.m(3).promised(), b(2, 2));
    let refusal = PeerMessage::Refused { ballot: b(1, 1), promised: b(2, 2), for_promise: true };
    assert!(group.flights().any(|(_, to, message)| to == p(1) && *message == refusal), "and says so");
}

/// The same request again is answered again: the answer may have been lost.
#[test]
fn the_same_prepare_again_is_promised_again() {
    let mut group = Group::new(3);
    for _ in 0..2 {
        group.put_on_its_way(1, 3, PeerMessage::Prepare { ballot: b(1, 1) });
        group.deliver_one(|_, _, message| is_prepare(message));
        let promised = |message: &PeerMessage| matches!(message, PeerMessage::Promise { .. });
        assert_eq!(group.count(promised), 1);
        group.lose(|_, _, _| true);
    }
}

/// "If the proposer receives a response to its prepare requests (numbered n) from a majority of acceptors, then it sends an
/// accept request": not before.
#[test]
fn a_proposer_waits_for_a_majority_of_promises() {
    let mut group = Group::new(5);
    group.propose(1, "red");
    group.deliver(|_, _, message| is_prepare(message));
    assert!(group.deliver_one(|_, to, _| to == p(1)));
    assert_eq!(group.m(1).phase(), Phase::Preparing, "two of five, its own included");
    assert!(group.deliver_one(|_, to, _| to == p(1)));
    assert_eq!(group.m(1).phase(), Phase::Accepting);
    assert_eq!(group.count(is_accept), 4);
}

/// "… where v is the value of the highest-numbered proposal among the responses": not its own, not an older one.
#[test]
fn a_proposer_takes_over_the_value_with_the_highest_number() {
    let mut group = Group::new(3);
    group.put_on_its_way(1, 2, PeerMessage::Accept { ballot: b(1, 1), value: "red".into() });
    group.put_on_its_way(2, 3, PeerMessage::Accept { ballot: b(2, 2), value: "blue".into() });
    group.deliver(|_, _, message| is_accept(message));
    group.lose(|_, _, _| true);
    // It has not heard of the second round, and is refused there first.
    group.propose(1, "green");
    group.deliver(|_, _, message| is_prepare(message));
    group.deliver(|_, to, message| to == p(1) && matches!(message, PeerMessage::Refused { .. }));
    assert!(group.fire(1, Timer::BackOff));
    assert_eq!(group.m(1).ballot(), b(3, 1), "above all it has heard of");
    group.deliver(|_, _, message| is_prepare(message));
    group.deliver_one(|from, to, message| (from, to) == (p(3), p(1)) && message.ballot() == Some(b(3, 1)));
    assert_eq!(group.m(1).proposes().map(|value| &**value), Some("blue"));
}

/// "… or is any value if the responses reported no proposals."
#[test]
fn a_proposer_proposes_its_own_value_where_nothing_was_accepted() {
    let mut group = Group::new(3);
    group.propose(1, "green");
    group.deliver(|_, _, message| !is_accept(message));
    assert_eq!(group.m(1).proposes().map(|value| &**value), Some("green"));
}

/// "… it accepts the proposal unless it has already responded to a prepare request having a number greater than n" (P1a).
#[test]
fn an_acceptor_keeps_its_promise() {
    let mut group = Group::new(3);
    group.put_on_its_way(2, 3, PeerMessage::Prepare { ballot: b(2, 2) });
    group.deliver_all();
    group.put_on_its_way(1, 3, PeerMessage::Accept { ballot: b(1, 1), value: "red".into() });
    group.deliver_one(|_, _, message| is_accept(message));
    assert!(group.refused(3, Rule::KeepPromise));
    assert_eq!(group.m(3).accepted(), None);
    let refusal = PeerMessage::Refused { ballot: b(1, 1), promised: b(2, 2), for_promise: false };
    assert!(group.flights().any(|(_, to, message)| to == p(1) && *message == refusal), "and says so");
    group.put_on_its_way(2, 3, PeerMessage::Accept { ballot: b(2, 2), value: "blue".into() });
    group.deliver_one(|_, _, message| is_accept(message));
    assert_eq!(group.m(3).accepted(), Some(&(b(2, 2), "blue".into())));
}

/// Whoever looks at messages sees which phase an answer belongs to.
#[test]
fn a_refusal_looks_like_what_it_refuses() {
    let refused =
        |for_promise| PeerMessage::Refused { ballot: b(1, 1), promised: b(2, 2), for_promise }.card().shape;
    assert_eq!(refused(true), PeerMessage::Prepare { ballot: b(1, 1) }.card().shape);
    assert_eq!(refused(false), PeerMessage::Accept { ballot: b(1, 1), value: "red".into() }.card().shape);
    assert_ne!(refused(true), refused(false));
}

/// "… or is any value if the responses reported no proposals": until phase 2 begins a proposer may change its mind. What it has
/// proposed with a number, it has proposed: another value takes another number.
#[test]
fn another_wish_counts_before_phase_2_and_waits_for_a_new_round_after() {
    let mut group = Group::new(3);
    group.propose(1, "green");
    assert!(group.propose(1, "blue"));
    assert_eq!(group.answered(), PaxosKey::WillPropose.into());
    group.deliver(|_, _, message| !is_accept(message));
    assert_eq!(group.m(1).proposes().map(|value| &**value), Some("blue"));
    assert!(group.propose(1, "red"));
    assert_eq!(group.answered(), PaxosKey::WillProposeNext.into(), "and it says so");
    let others =
        |message: &PeerMessage| matches!(message, PeerMessage::Accept { value, .. } if **value != *"blue");
    assert_eq!(group.count(others), 0);
    group.lose(|_, _, _| true);
    assert!(group.fire(1, Timer::Round) && group.fire(1, Timer::BackOff));
    group.deliver(|_, to, message| !is_accept(message) && to != p(1));
    group.deliver(|_, _, message| !is_accept(message));
    let held = group.m(1).accepted().map(|(_, value)| value.clone());
    assert_eq!(group.m(1).proposes().cloned(), held, "its own acceptor had accepted blue");
}

/// "An acceptor needs to remember only the highest-numbered proposal that it has ever accepted and the number of the
/// highest-numbered prepare request to which it has responded", and does so on disk before it answers.
#[test]
fn answers_wait_for_the_disk() {
    let mut group = Group::new(3);
    group.slow_disks = true;
    group.put_on_its_way(1, 3, PeerMessage::Prepare { ballot: b(1, 1) });
    group.deliver_all();
    assert_eq!(group.flights().count(), 0, "the promise is not on disk");
    group.sync();
    assert_eq!(group.disk(3).promised, b(1, 1));
    assert_eq!(group.count(|message| matches!(message, PeerMessage::Promise { .. })), 1);
    group.lose(|_, _, _| true);
    group.put_on_its_way(1, 3, PeerMessage::Accept { ballot: b(1, 1), value: "red".into() });
    group.deliver_all();
    assert_eq!(group.flights().count(), 0, "nor is what it accepted");
    group.sync();
    assert_eq!(group.disk(3).accepted, Some((b(1, 1), "red".into())));
    assert_eq!(group.count(|message| matches!(message, PeerMessage::Accepted { .. })), 1);
}

/// "Each proposer remembers (in stable storage) the highest-numbered proposal it has tried to issue, and begins phase 1 with
/// a higher proposal number than any it has already used."
#[test]
fn a_proposer_that_comes_back_uses_no_number_again() {
    let mut group = Group::new(3);
    group.propose(1, "red");
    assert_eq!(group.disk(1).tried, 1);
    group.crash(1);
    group.lose(|_, _, _| true);
    group.restart(1);
    group.propose(1, "blue");
    assert_eq!(group.m(1).ballot(), b(2, 1));
}

/// Message counts of a calm run: n − 1 each of prepare, promise, accept and accepted, in two round trips.
#[test]
fn a_calm_run_takes_four_times_n_minus_one_messages() {
    for n in [1u32, 2, 3, 5, 9] {
        let mut group = Group::new(n);
        group.propose(1, "red");
        let mut counts = Vec::new();
        for trip in 0..2 {
            let asks = group.flights().count();
            group.deliver(|_, to, message| to != p(1) && !matches!(message, PeerMessage::Chosen { .. }));
            let answers = group.flights().count();
            counts.push((asks, answers));
            assert!(n == 1 || group.learned(1).is_none(), "trip {trip}");
            group.deliver(|_, to, message| to == p(1) && matches!(message, PeerMessage::Promise { .. }));
            if trip == 1 {
                group.deliver(|_, to, _| to == p(1));
            }
        }
        let others = n as usize - 1;
        assert_eq!(counts, [(others, others); 2], "asked and answered in either phase, of {n}");
        assert_eq!(group.learned(1), Some("red"));
    }
}
