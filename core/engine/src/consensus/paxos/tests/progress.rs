//! §2.4: progress, and what stands in its way.

use super::harness::*;
use crate::consensus::paxos::*;
use crate::kernel::{Action, HostSpec, World, WorldSpec};
use crate::process::{Act, Delay, Effects, Input, Machine, Moment, Outbox, ProcessId, Span, Time};
use std::sync::Arc;

/// One turn of a duel: this one's prepare overtakes the other's accept.
fn overtake(group: &mut Group, who: u32) {
    group.deliver(|from, _, message| from == p(who) && matches!(message, PeerMessage::Prepare { .. }));
    group.deliver(|_, to, message| to == p(who) && matches!(message, PeerMessage::Promise { .. }));
}

/// "It's easy to construct a scenario in which two proposers each keep issuing a sequence of proposals with increasing
/// numbers, none of which are ever chosen."
#[test]
fn two_proposers_without_back_off_keep_each_other_from_it() {
    let mut group = Group::without(3, Rule::BackOff);
    group.propose(1, "red");
    overtake(&mut group, 1);
    group.propose(2, "blue");
    for turn in 0..50 {
        let (late, early) = if turn % 2 == 0 { (2, 1) } else { (1, 2) };
        overtake(&mut group, late);
        // What the other one asks to be accepted comes too late, and it tries again with a higher number.
        let before = group.m(early).ballot();
        group.deliver(|from, _, message| from == p(early) && matches!(message, PeerMessage::Accept { .. }));
        group.deliver(|_, to, message| to == p(early) && matches!(message, PeerMessage::Refused { .. }));
        assert!(group.m(early).ballot() > before, "turn {turn}");
        assert_eq!(group.agreed(), None);
    }
    assert!(group.m(1).ballot().round > 20);
}

/// With back-off the one that was refused waits, and the other one gets through: with the value that the first one had
/// accepted itself, since it may be chosen.
#[test]
fn with_back_off_one_of_two_gets_through() {
    let mut group = Group::new(3);
    group.propose(1, "red");
    overtake(&mut group, 1);
    group.propose(2, "blue");
    overtake(&mut group, 2);
    group.deliver_all();
    assert_eq!(group.agreed().as_deref(), Some("red"));
    assert_eq!(group.m(3).accepted().map(|(ballot, _)| *ballot), Some(b(2, 2)), "proposed by the second one");
    assert!(!group.has_timer(1, Timer::BackOff), "it has learned, and needs no more");
}

/// "… it should probably inform the proposer, who should then abandon its proposal."
#[test]
fn a_refused_proposer_abandons_its_proposal_and_tries_a_higher_one() {
    let mut group = Group::new(3);
    group.put_on_its_way(2, 3, PeerMessage::Prepare { ballot: b(7, 2) });
    group.deliver_all();
    group.propose(1, "red");
    group.deliver(|_, to, _| to == p(3));
    group.deliver(|from, to, _| (from, to) == (p(3), p(1)));
    assert_eq!(group.m(1).phase(), Phase::BackingOff);
    assert!(group.fire(1, Timer::BackOff));
    assert_eq!(group.m(1).ballot(), b(8, 1));
}

/// A quorum that does not answer is asked again, with a higher number.
#[test]
fn a_round_without_a_quorum_times_out() {
    let mut group = Group::new(3);
    group.propose(1, "red");
    group.lose(|_, _, _| true);
    assert!(group.fire(1, Timer::Round));
    assert_eq!(group.m(1).phase(), Phase::BackingOff);
    assert!(group.fire(1, Timer::BackOff));
    group.deliver_all();
    assert_eq!(group.agreed().as_deref(), Some("red"));
}

/// Who asks again with nothing chosen gets what it wanted; with something chosen it is told so.
#[test]
fn a_chosen_value_stays() {
    let mut group = Group::new(3);
    assert!(group.propose(1, "red"));
    group.deliver_all();
    assert!(!group.propose(2, "blue"), "refused: it knows better");
    assert!((1..=3).all(|n| group.learned(n) == Some("red")));
}

/// Back-off is for duels (§2.4). Who hears from nobody for long knows of no other proposer, and has waited a whole round each time: once
/// it can reach a quorum again, its next round is near.
#[test]
fn silence_is_no_duel() {
    for seed in 1..=20 {
        let mut world = World::new(WorldSpec { seed, ..WorldSpec::default() });
        let ids: Vec<ProcessId> = (0..3).map(|nth| world.next_process_id(nth)).collect();
        let alone = vec![ids[0]];
        let settings =
            Settings { proposers: alone.clone(), acceptors: ids.clone(), learners: alone, ..settings(3) };
        let most = Span(settings.round_timeout.0 + settings.back_off.1.0 + Span::millis(50).0);
        let program = Program::new(settings).expect("settings");
        for nth in 1..=3 {
            let name = format!("n{nth}");
            let host = world.add_host(&name, HostSpec::default()).expect("a host");
            world.add_process(host, &name, 0, program.image()).expect("a process");
        }
        while world.step_until(Time::millis(10), &mut []) {}
        let cut = vec![world.process(ids[0]).expect("it is there").host];
        let wish = Command::Propose { value: "red".into() };
        for action in [
            Action::Partition { barrier: 0, groups: vec![cut], others_reach_all: false },
            Action::Operate(ids[0], Arc::new(wish)),
        ] {
            world.act(&action, &mut []).expect("it can be done");
        }
        let learned =
            |world: &World| world.machine::<Peer>(ids[0]).is_some_and(|peer| peer.learned().is_some());
        while world.step_until(Time::secs(10), &mut []) {}
        assert!(!learned(&world));
        world.act(&Action::HealAll, &mut []).expect("it can be done");
        while world.step_until(Time::secs(10) + most, &mut []) {}
        assert!(learned(&world), "seed {seed}: not within {most:?}");
    }
}

/// How long a proposer waits that is refused so often in a row: each time somebody else got a higher number promised.
fn waits_after_refusals(settings: Settings, refusals: usize) -> Vec<(Span, Span)> {
    let program = Program::new(settings).expect("settings");
    let mut peer = Peer::boot(&program, p(1), None);
    let step = |peer: &mut Peer, input| {
        let mut out = Outbox { me: Some(p(1)), ..Outbox::default() };
        let now = Moment { monotonic: Time::ZERO, wall: Time::ZERO, event: 1 };
        peer.step(now, input, &mut Effects::over(&mut out));
        out.acts.into_iter().find_map(|act| match act {
            Act::SetTimer { slot, delay: Delay::Uniform(low, high) } if slot == Timer::BackOff as u8 => {
                Some((low, high))
            }
            _ => None,
        })
    };
    step(&mut peer, Input::Start);
    let command = Command::Propose { value: "red".into() };
    step(&mut peer, Input::Command { ticket: 1, command });
    let mut waits = Vec::new();
    for _ in 0..refusals {
        let ballot = peer.ballot();
        let message = PeerMessage::Refused { ballot, promised: b(ballot.round + 1, 2), for_promise: true };
        waits.extend(step(&mut peer, Input::Message { from: p(3), message }));
        step(&mut peer, Input::Timer(Timer::BackOff));
    }
    waits
}

/// Waiting longer with each refusal ends a duel (§2.4); waiting longer than anybody's round serves nobody. After any number of refusals a
/// proposer is back within two round timeouts, and where the wait is set longer it is not doubled.
#[test]
fn no_wait_passes_two_round_timeouts() {
    let millis = |low, high| (Span::millis(low), Span::millis(high));
    let usual = settings(3);
    assert_eq!((usual.round_timeout, usual.back_off), (Span::millis(200), millis(10, 50)));
    let waits = waits_after_refusals(usual, 7);
    assert_eq!(waits[..4], [millis(10, 50), millis(20, 100), millis(40, 200), millis(80, 400)]);
    assert_eq!(waits[4..], [millis(80, 400); 3], "as long as two rounds, and no longer");
    let slow = Settings { round_timeout: Span::secs(10), ..settings(3) };
    assert_eq!(
        waits_after_refusals(slow, 9)[5..],
        [millis(320, 1_600); 4],
        "32 times, where rounds are long"
    );
    let patient = Settings { back_off: millis(100, 900), ..settings(3) };
    assert_eq!(waits_after_refusals(patient, 5), [millis(100, 900); 5], "as it was set");
}
