//! The proxy, the server it starts in mid-run, and a caller: no consensus, one world.

mod toy;

use muster_core::demo::{
    Caller, CallerProgram, Proxy, ProxyCommand, ProxyProgram, Server, ServerCommand, Visits,
};
use muster_core::kernel::{Action, Event, HostSpec, LatencyLaw, Observer, What, World};
use muster_core::process::hosted::MachineImage;
use muster_core::process::{ProcessId, Span, Time};
use std::sync::Arc;
use toy::{act, beat, host, latency, process, run};

/// A proxy (p1 on h1, whose server runs on h2) and a caller (p2 on h3).
fn world() -> World {
    let mut world = World::new(latency(LatencyLaw::Uniform(Span::millis(1), Span::millis(10))));
    for name in ["h1", "h2", "h3"] {
        world.add_host(name, HostSpec::default()).expect("a host");
    }
    let proxy = MachineImage::<Proxy>(ProxyProgram { server_host: Some(host(2)) });
    let proxy = world.add_process(host(1), "proxy", 0, Arc::new(proxy)).expect("a proxy");
    let caller = MachineImage::<Caller>(CallerProgram { whom: proxy, every: Span::millis(100) });
    world.add_process(host(3), "caller", 1, Arc::new(caller)).expect("a caller");
    world
}

fn caller(world: &World) -> &Caller {
    world.machine::<Caller>(process(2)).expect("it runs")
}

fn server_id() -> ProcessId {
    ProcessId::child_of(process(1), "server")
}

#[test]
fn the_first_request_starts_the_server_and_every_request_gets_its_page() {
    let mut world = world();
    run(&mut world, Time::millis(99));
    assert_eq!(world.process_named("proxy/server"), None, "nobody asked yet");
    run(&mut world, Time::secs(10));
    let server = world.process_named("proxy/server").expect("started");
    assert_eq!(server, server_id());
    let process = world.process(server).expect("there");
    assert_eq!((process.host, process.parent, process.running), (host(2), Some(ProcessId(1)), true));
    let caller = caller(&world);
    assert!(caller.pages >= 98 && !caller.went_back, "{caller:?}");
    assert_eq!(world.machine::<Proxy>(ProcessId(1)).map(|proxy| proxy.starts), Some(1));
}

#[test]
fn a_server_that_dies_is_started_again_and_no_visit_told_of_is_forgotten() {
    let mut world = world();
    for second in 1..=20 {
        run(&mut world, Time::millis(second * 500));
        if second % 4 == 1 {
            act(&mut world, Action::CrashProcess(server_id()));
        }
    }
    run(&mut world, Time::secs(12));
    let caller = caller(&world);
    assert!(caller.pages > 80 && !caller.went_back, "{caller:?}");
    assert!(world.process(server_id()).expect("there").incarnation >= 5);
    let kept = world.stored::<Visits>(server_id()).expect("kept").0;
    assert!(kept >= caller.most_visits);
}

#[test]
fn while_the_servers_host_is_down_the_proxy_says_so_and_then_goes_on() {
    let mut world = world();
    run(&mut world, Time::secs(2));
    act(&mut world, Action::CrashHost(host(2)));
    run(&mut world, Time::secs(40));
    assert!(caller(&world).unavailable > 100);
    let before = caller(&world).pages;
    act(&mut world, Action::StartHost(host(2)));
    run(&mut world, Time::secs(80));
    assert!(caller(&world).pages > before + 300, "{:?}", caller(&world));
    assert!(!caller(&world).went_back);
}

#[test]
fn a_parent_stops_its_child() {
    let mut world = world();
    run(&mut world, Time::secs(2));
    act(&mut world, Action::Operate(process(1), Arc::new(ProxyCommand::StopServer)));
    let lines = toy::watch(&mut world, Time::millis(2_050));
    assert!(lines.iter().any(|line| line.what == "Stopped" && line.id.process == server_id()));
    run(&mut world, Time::secs(4));
    assert_eq!(
        world.process(server_id()).map(|server| (server.running, server.incarnation)),
        Some((true, 2))
    );
}

/// Counts notes and answers.
#[derive(Default)]
struct Ears {
    notes: usize,
    answers: usize,
}

impl Observer for Ears {
    fn saw(&mut self, world: &World, event: &Event<'_>) {
        self.answers += event.answers.len();
        for note in event.notes {
            assert!(matches!(event.what, What::Received { .. } | What::Timer { .. }));
            assert_eq!(world.event_of(event.id.process, note.because[0]), Some(event.id));
            self.notes += 1;
        }
    }
    fn wants_notes(&self) -> bool {
        true
    }
}

#[test]
fn it_says_why_and_answers_its_operator() {
    let mut world = world();
    let mut ears = Ears::default();
    while world.step_until(Time::secs(1), &mut [&mut ears]) {}
    world.act(&Action::Operate(server_id(), Arc::new(ServerCommand::Count)), &mut []).expect("asked");
    while world.step_until(Time::secs(1), &mut [&mut ears]) {}
    assert_eq!((ears.notes, ears.answers), (1, 1));
}

#[test]
fn it_lives_in_one_world_with_others_and_neither_shifts_the_others_luck() {
    let mut alone = world();
    let mut together = world();
    let peers: Vec<ProcessId> = (3..=5).map(process).collect();
    for n in 3..=5 {
        toy::add_toy(&mut together, &format!("t{n}"), &format!("toy{n}"), &peers, beat());
    }
    run(&mut alone, Time::secs(5));
    run(&mut together, Time::secs(5));
    assert_eq!(caller(&alone).pages, caller(&together).pages);
    let kept = |world: &World| world.machine::<Server>(server_id()).map(|server| server.visits);
    assert_eq!(kept(&alone), kept(&together));
    assert!(together.ordinal() > alone.ordinal() + 1_000);
}
