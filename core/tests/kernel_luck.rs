//! Identity is stable, and luck is everybody's own.

mod toy;

use muster_core::kernel::{Action, Chance, LatencyLaw, LinkScope, World, WorldSpec};
use muster_core::process::{Delay, Span, Time};
use toy::*;

fn jittery() -> Option<Delay> {
    Some(Delay::Uniform(Span::millis(40), Span::millis(60)))
}

/// Which messages `a` and `b` exchanged, and when each arrived.
fn between(lines: &[Line], a: u32, b: u32) -> Vec<(muster_core::process::MessageId, Time)> {
    let pair = [process(a), process(b)];
    lines
        .iter()
        .filter_map(|line| line.message.map(|message| (message, line.at)))
        .filter(|(message, _)| pair.contains(&message.from) && pair.contains(&message.to))
        .collect()
}

#[test]
fn one_more_process_shifts_nobody_elses_luck() {
    let mut three = toys(3, WorldSpec::default(), jittery());
    let mut four = toys(3, WorldSpec::default(), jittery());
    let peers: Vec<_> = (1..=3).map(process).collect();
    add_toy(&mut four, "h4", "p4", &peers, jittery());
    let (a, b) = (watch(&mut three, Time::secs(3)), watch(&mut four, Time::secs(3)));
    assert!(between(&a, 1, 2).len() > 100);
    assert_eq!(between(&a, 1, 2), between(&b, 1, 2));
    assert_eq!(toy(&three, 1).fired, toy(&four, 1).fired);
}

#[test]
fn a_fault_elsewhere_shifts_nobody_elses_luck() {
    let mut calm = toys(3, WorldSpec::default(), jittery());
    run(&mut calm, Time::millis(500));
    let mut troubled = calm.clone();
    act(&mut troubled, Action::CrashHost(host(3)));
    let (a, b) = (watch(&mut calm, Time::secs(3)), watch(&mut troubled, Time::secs(3)));
    assert_eq!(between(&a, 1, 2), between(&b, 1, 2));
    assert_ne!(between(&a, 1, 3), between(&b, 1, 3));
}

#[test]
fn loss_on_a_link_does_not_move_the_latency_of_what_is_not_lost() {
    let mut calm = toys(2, WorldSpec::default(), jittery());
    run(&mut calm, Time::ZERO);
    let mut lossy = calm.clone();
    act(
        &mut lossy,
        Action::Shape {
            scope: LinkScope { from: vec![host(1)], to: vec![host(2)], both: false },
            loss: Some(Chance::per_million(300_000)),
            duplicate: None,
            reorder: None,
            latency: None,
            bandwidth: None,
        },
    );
    let pings = |world: &mut World| {
        let lines = watch(world, Time::secs(5));
        let mut pings: Vec<_> =
            between(&lines, 1, 2).into_iter().filter(|(message, _)| message.from == process(1)).collect();
        pings.sort();
        pings
    };
    // What 1 sends of its own accord is the same; 2's answers follow what arrives.
    let (all, some) = (pings(&mut calm), pings(&mut lossy));
    assert!(some.len() < all.len() * 8 / 10 && some.len() > all.len() * 5 / 10);
    assert_eq!(toy(&calm, 1).fired, toy(&lossy, 1).fired);
}

#[test]
fn of_those_due_at_the_same_instant_the_order_is_everybodys_own() {
    // Constant latency and equal timers: everything happens at the same instants.
    let order = |n: u32| {
        let mut world = toys(n, latency(LatencyLaw::Constant(Span::millis(10))), beat());
        let lines = watch(&mut world, Time::secs(1));
        let mine = |id: u32| (1..=3).contains(&id);
        lines
            .into_iter()
            .filter(|line| match line.message {
                Some(message) => mine(message.from.0) && mine(message.to.0),
                None => mine(line.id.process.0),
            })
            .map(|line| (line.at, line.id.process, line.message))
            .collect::<Vec<_>>()
    };
    assert!(order(3).len() > 200);
    assert_eq!(order(3), order(5));
}

#[test]
fn an_arrival_at_the_very_instant_of_a_timeout_is_taken_before_it() {
    let mut world = toys(2, latency(LatencyLaw::Constant(Span::millis(50))), None);
    run(&mut world, Time::ZERO);
    ask(&mut world, process(1), Ask::Set(Span::millis(50)));
    ask(&mut world, process(2), Ask::Ping(process(1), 1));
    let lines = watch(&mut world, Time::millis(60));
    let at_50: Vec<&str> =
        lines.iter().filter(|line| line.at == Time::millis(50)).map(|line| line.what.as_str()).collect();
    assert!(matches!(at_50[..], ["delivered", timer] if timer.starts_with("Timer { slot: 0")), "{at_50:?}");
}

#[test]
fn a_message_has_the_same_name_on_every_branch() {
    let mut world = toys(3, WorldSpec::default(), jittery());
    run(&mut world, Time::secs(1));
    let mut branch = world.clone();
    let first = watch(&mut world, Time::secs(2));
    // The branch does something else for a while; then the same messages have the same names and luck.
    act(&mut branch, Action::StepWall(host(2), 5));
    let second = watch(&mut branch, Time::secs(2));
    assert_eq!(
        first.iter().map(|line| (line.id, line.at, line.message)).collect::<Vec<_>>(),
        second.iter().map(|line| (line.id, line.at, line.message)).collect::<Vec<_>>()
    );
}

#[test]
fn a_number_names_one_message_for_ever() {
    let mut world = toys(3, WorldSpec::default(), jittery());
    let mut diary = Diary::default();
    for second in 1..6 {
        while world.step_until(Time::secs(second), &mut [&mut diary]) {}
        world.advance_to(Time::secs(second));
        let host = host(1 + second as u32 % 3);
        world.act(&Action::CrashHost(host), &mut [&mut diary]).expect("crashed");
        world.act(&Action::StartHost(host), &mut [&mut diary]).expect("started");
    }
    let mut sent: Vec<_> =
        diary.lines.iter().flat_map(|line| line.sent.iter().map(|(message, _)| *message)).collect();
    let mut events: Vec<_> = diary.lines.iter().map(|line| line.id).collect();
    let (sent_len, events_len) = (sent.len(), events.len());
    sent.sort_unstable();
    sent.dedup();
    events.sort_unstable();
    events.dedup();
    assert_eq!((sent.len(), events.len()), (sent_len, events_len));
    assert!(sent_len > 500);
}
