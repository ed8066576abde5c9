//! Hosts and processes that come and go; clocks, timers and pauses.

mod toy;

use muster_core::kernel::world::HostStatus;
use muster_core::kernel::{Action, HostSpec, LatencyLaw, Refusal, World, WorldSpec};
use muster_core::process::hosted::MachineImage;
use muster_core::process::{Delay, ProcessId, Span, Time};
use std::sync::Arc;
use toy::*;

fn ms(n: u64) -> Time {
    Time::millis(n)
}

fn ten_ms() -> WorldSpec {
    latency(LatencyLaw::Constant(Span::millis(10)))
}

fn image(tick: Option<Delay>) -> Arc<MachineImage<Toy>> {
    Arc::new(MachineImage(Program { peers: vec![], tick }))
}

fn fired(world: &World, id: u32) -> Vec<Time> {
    toy(world, id).fired.clone()
}

#[test]
fn declared_ones_are_numbered_as_declared_and_late_ones_by_their_names() {
    let mut world = toys(2, ten_ms(), None);
    assert_eq!(world.next_process_id(0), ProcessId(3));
    run(&mut world, ms(1));
    let mut other = world.clone();
    for name in ["x", "y"] {
        act(&mut world, Action::AddHost { name: name.into(), spec: HostSpec::default() });
    }
    act(&mut other, Action::AddHost { name: "y".into(), spec: HostSpec::default() });
    let y = world.host_named("y").expect("y");
    assert!(y.0 >> 31 == 1 && other.host_named("y") == Some(y), "whatever else was added");
    act(&mut world, Action::AddProcess { host: y, name: "late".into(), group: 3, image: image(beat()) });
    let late = world.process_named("late").expect("late");
    run(&mut world, ms(60));
    assert_eq!(world.process(late).map(|process| (process.running, process.group)), Some((true, 3)));
    assert_eq!(world.machine::<Toy>(late).expect("it runs").ticks, 1);
}

#[test]
fn names_are_never_used_again() {
    let mut world = toys(1, ten_ms(), None);
    run(&mut world, ms(1));
    act(&mut world, Action::AddHost { name: "x".into(), spec: HostSpec::default() });
    let x = world.host_named("x").expect("x");
    act(&mut world, Action::RemoveHost(x));
    assert_eq!(world.host_named("x"), None);
    assert_eq!(world.preview(&Action::StartHost(x)), Err(Refusal::UnknownHost(x)));
    let again = Action::AddHost { name: "x".into(), spec: HostSpec::default() };
    assert_eq!(world.act(&again, &mut []), Err(Refusal::NameTaken("x".into())));
    assert!(matches!(world.add_host("", HostSpec::default()), Err(Refusal::OutOfBounds { .. })));
}

#[test]
fn a_crashed_process_starts_again_in_a_new_life_and_its_host_never_noticed() {
    let mut world = toys(2, ten_ms(), beat());
    run(&mut world, ms(120));
    act(&mut world, Action::CrashProcess(process(1)));
    assert_eq!(world.act(&Action::CrashProcess(process(1)), &mut []), Err(Refusal::AlreadyDown));
    assert!(world.machine::<Toy>(process(1)).is_none());
    assert_eq!(world.host(host(1)).map(|host| host.status), Some(HostStatus::Up));
    run(&mut world, ms(200));
    assert_eq!(world.timers(process(1)).count(), 0, "its timers died with it");
    let events = world.process(process(1)).expect("there").events;
    act(&mut world, Action::StartProcess(process(1)));
    run(&mut world, ms(230));
    let reborn = world.process(process(1)).expect("there");
    assert_eq!((reborn.incarnation, toy(&world, 1).ticks), (2, 0));
    assert!(reborn.events > events, "events go on counting over lives");
    assert_eq!(world.event_of(process(1), 1).map(|event| event.incarnation), Some(1));
    assert_eq!(world.event_of(process(1), reborn.events).map(|event| event.incarnation), Some(2));
}

#[test]
fn a_process_that_stops_itself_stays_stopped() {
    let mut world = toys(1, ten_ms(), beat());
    run(&mut world, ms(1));
    ask(&mut world, process(1), Ask::Quit);
    let lines = watch(&mut world, ms(200));
    let what: Vec<&str> = lines.iter().map(|line| line.what.as_str()).collect();
    assert_eq!(what, ["Commanded { ticket: 1 }", "Stopped"]);
    assert_eq!(lines[1].causes, [lines[0].id]);
    act(&mut world, Action::CrashHost(host(1)));
    act(&mut world, Action::StartHost(host(1)));
    run(&mut world, ms(300));
    assert_eq!(world.process(process(1)).map(|process| process.running), Some(false));
    act(&mut world, Action::StartProcess(process(1)));
    run(&mut world, ms(400));
    assert_eq!(world.process(process(1)).map(|process| process.running), Some(true));
}

#[test]
fn a_timer_set_again_moves_and_a_timer_moved_earlier_fires_earlier() {
    let mut world = toys(1, ten_ms(), None);
    run(&mut world, Time::ZERO);
    for at in [10, 20, 30] {
        ask(&mut world, process(1), Ask::Set(Span::millis(50)));
        run(&mut world, ms(at));
    }
    run(&mut world, ms(69));
    assert!(fired(&world, 1).is_empty());
    run(&mut world, ms(70));
    assert_eq!(fired(&world, 1), [ms(70)]);
    ask(&mut world, process(1), Ask::Set(Span::millis(100)));
    run(&mut world, ms(71));
    ask(&mut world, process(1), Ask::Set(Span::millis(5)));
    run(&mut world, ms(500));
    assert_eq!(fired(&world, 1), [ms(70), ms(76)]);
}

/// A timer that is put off a thousand times leaves one entry in the queue: the world does not grow by it.
#[test]
fn putting_a_timer_off_costs_nothing() {
    let mut world = toys(1, ten_ms(), None);
    run(&mut world, Time::ZERO);
    ask(&mut world, process(1), Ask::Set(Span::secs(1)));
    run(&mut world, ms(1));
    let before = world.heap_estimate();
    for n in 2..1_000 {
        ask(&mut world, process(1), Ask::Set(Span::secs(1)));
        run(&mut world, ms(n));
    }
    assert_eq!(world.heap_estimate(), before);
    assert_eq!(world.next_time(), Some(ms(1_998)), "what is at the head is live");
}

#[test]
fn a_timer_fired_by_hand_fires_whether_it_was_set_or_not() {
    let mut world = toys(1, ten_ms(), beat());
    run(&mut world, ms(20));
    let act_id = act(&mut world, Action::FireTimer(process(1), 0));
    let lines = watch(&mut world, ms(60));
    assert_eq!(fired(&world, 1), [ms(20)], "the one that was set is not fired again at 50 ms");
    assert_eq!(lines[0].causes, [act_id]);
    assert_eq!(world.preview(&Action::FireTimer(process(1), 3)), Err(Refusal::NoSuchTimer(3)));
}

#[test]
fn a_timers_cause_is_the_event_that_set_it() {
    let mut world = toys(1, ten_ms(), beat());
    let lines = watch(&mut world, ms(100));
    assert_eq!(lines.len(), 3);
    assert_eq!((lines[1].causes.clone(), lines[2].causes.clone()), (vec![lines[0].id], vec![lines[1].id]));
}

#[test]
fn a_fast_clock_fires_timers_early_and_reads_ahead() {
    let mut world = World::new(ten_ms());
    for (n, drift_ppm) in [(1, 0), (2, 100_000), (3, -100_000)] {
        let spec = HostSpec { drift_ppm, ..HostSpec::default() };
        let host = world.add_host(&format!("h{n}"), spec).expect("a host");
        world
            .add_process(host, &format!("p{n}"), 0, image(Some(Delay::Fixed(Span::millis(99)))))
            .expect("one");
    }
    let lines = watch(&mut world, ms(115));
    let times: Vec<(u32, Time)> = lines
        .iter()
        .filter(|line| line.what.starts_with("Timer"))
        .map(|line| (line.id.process.0, line.at))
        .collect();
    assert_eq!(times, [(2, ms(90)), (1, ms(99)), (3, ms(110))]);
    assert_eq!(fired(&world, 2), [ms(99)], "by its own clock it is on time");
}

#[test]
fn when_a_clocks_rate_changes_its_timers_follow() {
    let mut world = toys(1, ten_ms(), Some(Delay::Fixed(Span::millis(100))));
    run(&mut world, ms(50));
    act(&mut world, Action::Drift(host(1), 250_000));
    let lines = watch(&mut world, ms(95));
    assert_eq!(lines[0].at, ms(90), "50 ms more on a clock that runs 5/4 as fast");
    assert_eq!(fired(&world, 1), [ms(100)]);
    act(&mut world, Action::Drift(host(1), -500_000));
    // 5 ms at 5/4 have passed: 93.75 ms are left, at half the rate.
    let lines = watch(&mut world, ms(400));
    assert_eq!(lines[0].at.nanos(), 95_000_000 + 187_500_000);
}

#[test]
fn a_step_of_the_wall_clock_moves_no_timer() {
    let mut world = toys(1, ten_ms(), beat());
    run(&mut world, ms(10));
    let before = world.host(host(1)).expect("there").clock;
    act(&mut world, Action::StepWall(host(1), -3_600_000_000_000));
    let after = world.host(host(1)).expect("there").clock;
    assert_eq!((before.wall - after.wall, before.monotonic), (Span::secs(3_600), after.monotonic));
    run(&mut world, ms(60));
    assert_eq!(fired(&world, 1), [ms(50)]);
}

#[test]
fn a_paused_host_takes_what_came_when_it_goes_on_in_the_order_it_came() {
    let mut world = toys(3, ten_ms(), None);
    run(&mut world, Time::ZERO);
    act(&mut world, Action::Pause(host(1)));
    ask(&mut world, process(3), Ask::Ping(process(1), 1));
    run(&mut world, ms(5));
    ask(&mut world, process(2), Ask::Ping(process(1), 2));
    ask(&mut world, process(1), Ask::Set(Span::millis(1)));
    let lines = watch(&mut world, ms(100));
    assert!(lines.iter().all(|line| line.id.process != process(1)), "it does nothing");
    assert_eq!(world.host(host(1)).map(|host| (host.status, host.backlog)), Some((HostStatus::Paused, 4)));
    act(&mut world, Action::Resume(host(1)));
    let lines = watch(&mut world, ms(120));
    let took: Vec<&str> =
        lines.iter().filter(|line| line.id.process == process(1)).map(|line| line.what.as_str()).collect();
    assert_eq!(took[..4], ["Commanded { ticket: 4 }", "delivered", "delivered", "delivered"]);
    assert_eq!(toy(&world, 1).heard[0], (process(3), 1, ms(100)), "its clock went on");
    assert_eq!(fired(&world, 1), [ms(101)]);
}

#[test]
fn a_timer_that_was_due_during_a_pause_fires_after_it_unless_what_came_before_resets_it() {
    let mut world = toys(1, ten_ms(), beat());
    run(&mut world, ms(10));
    act(&mut world, Action::Pause(host(1)));
    run(&mut world, ms(200));
    let mut reset = world.clone();
    act(&mut world, Action::Resume(host(1)));
    run(&mut world, ms(201));
    assert_eq!(fired(&world, 1), [ms(200)]);
    // A command that came while the timer was not yet due goes first, and puts it off.
    let mut early = toys(1, ten_ms(), beat());
    run(&mut early, ms(10));
    act(&mut early, Action::Pause(host(1)));
    ask(&mut early, process(1), Ask::Set(Span::millis(50)));
    run(&mut early, ms(200));
    act(&mut early, Action::Resume(host(1)));
    run(&mut early, ms(260));
    assert_eq!(fired(&early, 1), [ms(250)]);
    act(&mut reset, Action::CrashHost(host(1)));
    act(&mut reset, Action::StartHost(host(1)));
    run(&mut reset, ms(260));
    assert_eq!(fired(&reset, 1), [ms(250)], "a crash forgets what lay before it");
}

#[test]
fn a_sync_completes_during_a_pause_and_is_told_after_it() {
    let mut world = toys(1, ten_ms(), None);
    run(&mut world, Time::ZERO);
    ask(&mut world, process(1), Ask::Keep(7));
    run(&mut world, Time(1));
    act(&mut world, Action::Pause(host(1)));
    run(&mut world, ms(100));
    assert_eq!(world.stored::<Count>(process(1)), Some(&Count(7)));
    assert!(toy(&world, 1).persisted.is_empty());
    act(&mut world, Action::Resume(host(1)));
    run(&mut world, ms(100));
    assert_eq!(toy(&world, 1).persisted, [7]);
}

#[test]
fn a_removed_host_is_gone_and_what_is_sent_to_it_is_lost() {
    let mut world = toys(2, ten_ms(), None);
    run(&mut world, Time::ZERO);
    ask(&mut world, process(1), Ask::Ping(process(2), 1));
    run(&mut world, ms(5));
    let mut diary = Diary::default();
    world.act(&Action::RemoveHost(host(2)), &mut [&mut diary]).expect("removed");
    assert_eq!(diary.lines[0].lost.len(), 1);
    ask(&mut world, process(1), Ask::Ping(process(2), 1));
    run(&mut world, ms(50));
    assert_eq!(world.in_flight().count(), 0);
    assert_eq!(world.hosts().count(), 1);
    assert!(world.process(process(2)).is_none());
}

#[test]
fn previews_agree_with_what_then_happens() {
    let mut world = toys(2, ten_ms(), beat());
    run(&mut world, ms(60));
    let actions = [
        Action::StartHost(host(1)),
        Action::CrashHost(host(1)),
        Action::CrashHost(host(1)),
        Action::Pause(host(1)),
        Action::StartProcess(process(1)),
        Action::Operate(process(1), Arc::new(Ask::Quit)),
        Action::StartHost(host(1)),
        Action::Resume(host(1)),
        Action::Pause(host(1)),
        Action::Pause(host(1)),
        Action::Resume(host(1)),
        Action::Operate(process(2), Arc::new(7u64)),
        Action::Unblock { barrier: 4 },
    ];
    let mut refused = 0;
    for action in &actions {
        let preview = world.preview(action);
        let done = world.act(action, &mut []);
        assert_eq!(preview, done.map(drop), "{action:?}");
        refused += usize::from(preview.is_err());
    }
    assert_eq!(refused, 9);
}
