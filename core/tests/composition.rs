//! Systems that have nothing to do with each other in one world: a Raft group with its clients, and a caller of a proxy that
//! starts its server in mid-run, with faults on everybody. Each does its work, no check breaks, and neither can tell that the
//! other is there: their luck is their own.

use muster_core::check::raft::RaftCheck;
use muster_core::check::{Check, Watching};
use muster_core::consensus::client::{self, Client};
use muster_core::consensus::raft::{self, Member};
use muster_core::demo::{Caller, CallerProgram, Proxy, ProxyProgram, Server};
use muster_core::kernel::{Action, Chance, DiskFault, HostSpec, LinkScope, World, WorldSpec};
use muster_core::process::hosted::MachineImage;
use muster_core::process::{HostId, Machine, ProcessId, Span, Time};
use std::sync::Arc;

/// Hosts 1 to 5 with the group's members and 6 to 8 with its clients; then, if wanted, a proxy's, its server's and a
/// caller's.
fn world(raft: bool, demo: bool) -> World {
    let mut world = World::new(WorldSpec::default());
    let names = ["n1", "n2", "n3", "n4", "n5", "c1", "c2", "c3", "proxy", "server", "caller"];
    let hosts: Vec<HostId> =
        names.iter().map(|name| world.add_host(name, HostSpec::default()).expect("a host")).collect();
    let members: Vec<ProcessId> = (0..5).map(|nth| world.next_process_id(nth)).collect();
    if raft {
        let settings = raft::Settings { voters: members.clone(), ..raft::Settings::default() };
        let program = raft::Program::new(settings).expect("good settings");
        for n in 0..5 {
            let image = Arc::new(MachineImage::<Member>(program.clone()));
            world.add_process(hosts[n], names[n], 0, image).expect("a member");
        }
        let settings = client::Settings { members, ..client::Settings::default() };
        let program = client::Program::new(settings).expect("good settings");
        for n in 5..8 {
            let image = Arc::new(MachineImage::<Client>(program.clone()));
            world.add_process(hosts[n], names[n], 1, image).expect("a client");
        }
    }
    if demo {
        let proxy = MachineImage::<Proxy>(ProxyProgram { server_host: Some(hosts[9]) });
        let proxy = world.add_process(hosts[8], "proxy", 2, Arc::new(proxy)).expect("a proxy");
        let caller = MachineImage::<Caller>(CallerProgram { whom: proxy, every: Span::millis(100) });
        world.add_process(hosts[10], "caller", 3, Arc::new(caller)).expect("a caller");
    }
    world
}

/// Faults that touch everybody in turn: a host of each system goes down and comes back, links lose, a disk stalls.
fn play(world: &mut World, watching: &mut Watching) {
    let host = |n| HostId(n);
    let everywhere = LinkScope { from: vec![], to: vec![], both: true };
    let lossy = Action::Shape {
        scope: everywhere.clone(),
        loss: Some(Chance::per_million(50_000)),
        duplicate: None,
        reorder: None,
        latency: None,
        bandwidth: None,
    };
    let timeline = [
        (5, Action::CrashHost(host(1))),
        (6, Action::CrashHost(host(10))),
        (8, Action::StartHost(host(1))),
        (9, Action::StartHost(host(10))),
        (12, lossy),
        (20, Action::Unshape(everywhere)),
        (22, Action::Disk(host(2), DiskFault::Stall)),
        (24, Action::Disk(host(2), DiskFault::Healthy)),
        (26, Action::Pause(host(9))),
        (28, Action::Resume(host(9))),
    ];
    for (second, action) in timeline {
        while world.step_until(Time::secs(second), &mut [watching]) {}
        world.advance_to(Time::secs(second));
        world.act(&action, &mut [watching]).expect("possible");
    }
    while world.step_until(Time::secs(40), &mut [watching]) {}
}

fn played(raft: bool, demo: bool) -> World {
    let mut world = world(raft, demo);
    let checks: Vec<Box<dyn Check>> = if raft { vec![Box::new(RaftCheck::new(0))] } else { vec![] };
    let mut watching = Watching::new(checks);
    play(&mut world, &mut watching);
    assert!(watching.broken.is_empty(), "{:?}", watching.broken);
    world
}

fn machine<M: Machine + Clone + 'static>(world: &World, name: &str) -> Option<M> {
    world.machine::<M>(world.process_named(name)?).cloned()
}

#[test]
fn a_group_and_a_proxy_both_do_their_work_in_one_world() {
    let world = played(true, true);
    let caller = machine::<Caller>(&world, "caller").expect("it runs");
    assert!(caller.pages > 200 && !caller.went_back, "{caller:?}");
    let server = world.process(world.process_named("proxy/server").expect("started")).expect("there");
    assert_eq!((server.parent, server.running), (world.process_named("proxy"), true));
    assert!(machine::<Server>(&world, "proxy/server").expect("it runs").visits >= caller.pages);
    for name in ["c1", "c2", "c3"] {
        let client = machine::<Client>(&world, name).expect("it runs");
        assert!(client.counts().answered > 400, "{name}: {:?}", client.counts());
    }
}

#[test]
fn neither_can_tell_that_the_other_is_there() {
    let (both, group, web) = (played(true, true), played(true, false), played(false, true));
    let members = |world: &World| -> Vec<_> {
        let seen = |name| {
            let member = machine::<Member>(world, name).expect("it runs");
            (member.term(), member.commit_index(), member.log().last())
        };
        ["n1", "n2", "n3", "n4", "n5"].into_iter().map(seen).collect()
    };
    assert_eq!(members(&both), members(&group));
    let events = |world: &World, name: &str| {
        world.process(world.process_named(name).expect("there")).expect("there").events
    };
    for name in ["n1", "n2", "n3", "n4", "n5", "c1", "c2", "c3"] {
        assert_eq!(events(&both, name), events(&group, name), "{name}");
    }
    let pages = |world: &World| {
        let caller = machine::<Caller>(world, "caller").expect("it runs");
        (caller.asked, caller.pages, caller.unavailable)
    };
    // Its processes are numbered otherwise where no group comes before them, so only what its work came to is compared.
    assert!(pages(&both).1.abs_diff(pages(&web).1) < 40, "{:?} {:?}", pages(&both), pages(&web));
}
