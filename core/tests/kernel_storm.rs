//! Everything at once: random actions, thousands of them, on a world of datagrams, connections, disks and children.
//! Nothing panics, the world's lists agree with each other, and watched, unwatched and resumed runs are one history.

mod toy;

use muster_core::demo::{Caller, CallerProgram, Proxy, ProxyProgram};
use muster_core::kernel::luck::Stream;
use muster_core::kernel::{Action, Chance, DiskFault, HostSpec, LatencyLaw, LinkScope, World, WorldSpec};
use muster_core::process::hosted::MachineImage;
use muster_core::process::{HostId, MessageId, ProcessId, Span, Time};
use std::sync::Arc;
use toy::wire::{Talker, Tell};
use toy::*;

/// Three toys, two talkers, a proxy and its caller; seven hosts.
fn mixed(seed: u64) -> World {
    let mut world = toys(3, WorldSpec { seed, ..WorldSpec::default() }, beat());
    let mut add = |name: &str, image| {
        let host = world.add_host(&format!("of-{name}"), HostSpec::default()).expect("a host");
        world.add_process(host, name, 1, image).expect("a process")
    };
    add("t4", Arc::new(MachineImage::<Talker>(true)));
    add("t5", Arc::new(MachineImage::<Talker>(false)));
    let proxy = add("proxy", Arc::new(MachineImage::<Proxy>(ProxyProgram { server_host: Some(HostId(2)) })));
    add("caller", Arc::new(MachineImage::<Caller>(CallerProgram { whom: proxy, every: Span::millis(30) })));
    world
}

struct Dice(Stream);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0.below(n)
    }
    fn host(&mut self) -> HostId {
        HostId(1 + self.below(7) as u32)
    }
    fn process(&mut self) -> ProcessId {
        match self.below(9) {
            8 => ProcessId::child_of(ProcessId(6), "server"),
            n => ProcessId(1 + n as u32),
        }
    }
    fn span(&mut self) -> Span {
        Span::millis(self.below(80))
    }
    fn scope(&mut self) -> LinkScope {
        let mut some = |most| (0..self.0.below(most)).map(|_| HostId(1 + self.0.below(7) as u32)).collect();
        LinkScope { from: some(3), to: some(3), both: self.below(2) == 0 }
    }
    fn message(&mut self, world: &World) -> MessageId {
        let all: Vec<MessageId> = world.in_flight().map(|flight| flight.message).collect();
        match all.len() {
            0 => MessageId { from: ProcessId(1), to: ProcessId(2), number: 1, copy: 0 },
            n => all[self.below(n as u64) as usize],
        }
    }

    fn action(&mut self, world: &World, n: u32) -> Action {
        match self.below(36) {
            0 => Action::CrashHost(self.host()),
            1 | 2 => Action::StartHost(self.host()),
            3 => Action::CrashProcess(self.process()),
            4 | 5 => Action::StartProcess(self.process()),
            6 => Action::Pause(self.host()),
            7 | 8 => Action::Resume(self.host()),
            9 => Action::AddHost { name: format!("x{}", self.below(50)).into(), spec: HostSpec::default() },
            10 if self.below(8) == 0 => Action::RemoveHost(self.host()),
            11 => Action::Block { barrier: n, scope: self.scope() },
            12 => {
                let groups = vec![vec![self.host()], vec![self.host()]];
                Action::Partition { barrier: n, groups, others_reach_all: self.below(2) == 0 }
            }
            13 | 14 => Action::Unblock { barrier: n.saturating_sub(1 + self.below(6) as u32) },
            15 => Action::HealAll,
            16 => Action::Shape {
                scope: self.scope(),
                loss: Some(Chance::per_million(self.below(500_000) as u32)),
                duplicate: Some(Chance::per_million(self.below(500_000) as u32)),
                reorder: Some(Chance::per_million(self.below(500_000) as u32)),
                latency: (self.below(2) == 0).then(|| LatencyLaw::Constant(Span::millis(7))),
                bandwidth: (self.below(2) == 0).then(|| Some(1 + self.0.below(50_000))),
            },
            17 => Action::Unshape(self.scope()),
            18 => Action::Clog(self.scope()),
            19 | 20 => Action::Unclog(self.scope()),
            21 => Action::Hold(self.scope()),
            22 | 23 => Action::Release(self.scope()),
            24 => Action::DeliverNow(self.message(world)),
            25 => Action::DelayMessage(self.message(world), self.span()),
            26 => Action::DropMessage(self.message(world)),
            27 => Action::CopyMessage(self.message(world)),
            28 => {
                let span = self.span();
                let faults = [
                    DiskFault::Healthy,
                    DiskFault::TornTail,
                    DiskFault::Stall,
                    DiskFault::Full,
                    DiskFault::IoError,
                    DiskFault::Slow(span),
                    DiskFault::Wipe,
                    DiskFault::Lying,
                ];
                Action::Disk(self.host(), faults[self.below(8) as usize])
            }
            29 => Action::Drift(self.host(), self.below(400_000) as i32 - 200_000),
            30 => Action::StepWall(self.host(), self.below(1_000_000) as i64 - 500_000),
            31 => Action::FireTimer(self.process(), 0),
            32 => {
                let asks = [Ask::Save(self.below(99), self.process()), Ask::Keep(5), Ask::Set(self.span())];
                Action::Operate(self.process(), Arc::new(asks[self.below(3) as usize].clone()))
            }
            33 => match world.connections().nth(self.below(4) as usize) {
                Some(connection) => Action::ResetConnection(connection.id),
                None => Action::Reluck(self.below(9)),
            },
            _ => {
                let (opener, acceptor) = (4 + self.below(2) as u32, self.process());
                let talk = match world.connections().find(|it| it.id.opener == ProcessId(opener)) {
                    Some(it) if self.below(4) > 0 => Tell::Say(it.id, 1, 1 + self.below(20)),
                    Some(it) => Tell::Close(it.id),
                    None => Tell::Connect(acceptor),
                };
                Action::Operate(ProcessId(opener), Arc::new(talk))
            }
        }
    }
}

#[test]
fn nothing_that_is_done_to_it_breaks_it() {
    let (mut refused, mut done, mut connected) = (0, 0, 0);
    for seed in 0..60 {
        let mut dice = Dice(Stream::new(seed));
        let (mut world, mut watched) = (mixed(seed), mixed(seed));
        let mut diary = Diary::default();
        for n in 0..150 {
            let until = world.now() + dice.span();
            run(&mut world, until);
            while watched.step_until(until, &mut [&mut diary]) {}
            watched.advance_to(until);
            let action = dice.action(&world, n);
            let outcome = world.act(&action, &mut []);
            assert_eq!(outcome, watched.act(&action, &mut [&mut diary]), "seed {seed}, {n}: {action:?}");
            assert_eq!(world.audit(), Ok(()), "seed {seed}, {n}: {action:?}");
            match outcome {
                Ok(_) => done += 1,
                Err(_) => refused += 1,
            }
            if n % 50 == 49 {
                assert_eq!(world.state_digest(), watched.state_digest(), "seed {seed}, {n}");
                watched = watched.clone(); // go on from a checkpoint
            }
        }
        connected += diary.lines.iter().filter(|line| line.what == "received").count();
        assert_eq!(diary.lines.len() as u64, world.ordinal());
        // Healed, with everything up, it lives.
        let _ = world.act(&Action::HealAll, &mut []);
        for host in (1..=7).map(HostId) {
            let _ = world.act(&Action::Resume(host), &mut []);
            let _ = world.act(&Action::StartHost(host), &mut []);
        }
        let (now, before) = (world.now(), world.ordinal());
        run(&mut world, now + Span::secs(40));
        assert!(world.ordinal() > before && world.audit() == Ok(()));
        assert!(world.in_flight().count() < 5_000 && world.now() == now + Span::secs(40));
    }
    assert!(done > 5_000 && refused > 1_500 && connected > 3_000, "{done} {refused} {connected}");
}

#[test]
fn a_world_that_idles_does_not_grow() {
    let mut world = mixed(1);
    run(&mut world, Time::secs(20));
    let before = world.heap_estimate();
    run(&mut world, Time::secs(400));
    assert!(world.heap_estimate() <= before * 21 / 20, "{before} {}", world.heap_estimate());
    assert_eq!(world.audit(), Ok(()));
}
