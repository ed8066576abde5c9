//! What a Raft group costs in the world, in B (see `base`): five members with one leader and no clients, heartbeats every
//! 50 ms, one-way latency uniform in 1..10 ms; links, disks, clocks, faults and causes all there, none of them at work. Once
//! with nobody watching, once with all of Raft's invariants watched. Then a group at work, with clients and compaction and
//! checks on: does an event cost the same in hour 10 as in minute 1, and does the memory stay what it was?

mod base;

use base::{b, cpu, median_of_five};
use cap::Cap;
use muster_core::check::raft::RaftCheck;
use muster_core::check::{Check, Watching};
use muster_core::consensus::client::{self, Client};
use muster_core::consensus::raft::{Compaction, Member, Program, Settings};
use muster_core::kernel::{Event, HostSpec, Observer, What, World, WorldSpec};
use muster_core::process::hosted::MachineImage;
use muster_core::process::{Image, ProcessId, Time};
use std::alloc::System;
use std::hint::black_box;
use std::sync::Arc;

/// Counts bytes in use.
#[global_allocator]
static HEAP: Cap<System> = Cap::new(System, usize::MAX);

fn heap() -> usize {
    HEAP.allocated()
}

fn add(world: &mut World, name: &str, group: u16, image: Arc<dyn Image>) {
    let host = world.add_host(name, HostSpec::default()).expect("a host");
    world.add_process(host, name, group, image).expect("a process");
}

/// Five members, and so many clients of twenty operations a second each.
fn group(clients: u32) -> World {
    let mut world = World::new(WorldSpec::default());
    let members: Vec<ProcessId> = (0..5).map(|nth| world.next_process_id(nth)).collect();
    let compaction = Some(Compaction { every: 1000, keep: 200 });
    let settings = Settings { voters: members.clone(), compaction, ..Settings::default() };
    let program = Program::new(settings).expect("good settings");
    for n in 1..=5 {
        add(&mut world, &format!("n{n}"), 0, Arc::new(MachineImage::<Member>(program.clone())));
    }
    let settings = client::Settings { members, ..client::Settings::default() };
    let program = client::Program::new(settings).expect("good settings");
    for n in 1..=clients {
        add(&mut world, &format!("c{n}"), 1, Arc::new(MachineImage::<Client>(program.clone())));
    }
    world
}

fn watching() -> Watching {
    Watching::new([Box::new(RaftCheck::new(0)) as Box<dyn Check>])
}

/// Counts deliveries, to know what the others are divided by.
#[derive(Default)]
struct Delivered(u64);

impl Observer for Delivered {
    fn saw(&mut self, _world: &World, event: &Event<'_>) {
        self.0 += u64::from(matches!(event.what, What::Delivered { .. }));
    }
}

fn until(world: &mut World, time: Time, watching: Option<&mut Watching>) {
    match watching {
        Some(watching) => while world.step_until(time, &mut [watching]) {},
        None => while world.step_until(time, &mut []) {},
    }
}

/// Nanoseconds for a delivered message of an idle group over a thousand seconds.
fn idle(checks: bool) -> f64 {
    let (from, to) = (Time::secs(5), Time::secs(1_005));
    let mut delivered = Delivered::default();
    let mut counted = group(0);
    until(&mut counted, from, None);
    while counted.step_until(to, &mut [&mut delivered]) {}
    median_of_five(|| {
        let (mut world, mut watching) = (group(0), checks.then(watching));
        until(&mut world, from, watching.as_mut());
        let before = cpu();
        until(&mut world, to, watching.as_mut());
        let took = cpu() - before;
        assert!(watching.is_none_or(|watching| watching.broken.is_empty()));
        black_box(world.digest());
        took as f64 / delivered.0 as f64
    })
}

/// An hour apart from another: nanoseconds for an event, and bytes in use.
fn at_work(row: &impl Fn(&str, f64, f64), base: f64) {
    let empty = heap();
    let (mut world, mut watching) = (group(3), watching());
    let mut minute = |first: u64, minutes: u64| {
        let mut times = Vec::new();
        until(&mut world, Time::secs(60 * first), Some(&mut watching));
        for minute in first..first + minutes {
            let (before, events) = (cpu(), world.ordinal());
            until(&mut world, Time::secs(60 * (minute + 1)), Some(&mut watching));
            times.push((cpu() - before) as f64 / (world.ordinal() - events) as f64);
        }
        times.sort_by(f64::total_cmp);
        (times[times.len() / 2], heap() - empty)
    };
    // The first seconds elect a leader; a minute is short to measure: the median of ten around each end.
    let (first, small) = minute(1, 10);
    let (last, large) = minute(590, 10);
    row("an event at work, checks on, minutes 1 to 10", first, base);
    row("an event at work, checks on, the last ten minutes of hour 10", last, base);
    println!("{:<64} {:>+8.1} %", "cost of hour 10 against minute 1", (last / first - 1.0) * 100.0);
    println!("{:<64} {small:>9} bytes", "memory after minute 10");
    println!("{:<64} {large:>9} bytes", "memory after hour 10");
    println!(
        "{:<64} {:>+8.1} %",
        "memory of hour 10 against minute 10",
        (large as f64 / small as f64 - 1.0) * 100.0
    );
    assert!(watching.broken.is_empty());
}

fn main() {
    let row =
        |name: &str, nanos: f64, base: f64| println!("{name:<64} {nanos:>9.1} ns {:>8.2} B", nanos / base);
    let base = b();
    println!("{:<64} {base:>9.1} ns", "B: pop, draw, push on BinaryHeap, 1,024 entries of 24 bytes");
    let (off, on) = (idle(false), idle(true));
    row("a delivered message, idle Raft group of 5, timers included", off, base);
    row("the same, all of Raft's checks on", on, base);
    println!("{:<64} {:>9.2}", "checks on against off", on / off);
    at_work(&row, base);
    println!("{:<64} {:>9.1} ns", "B again", b());
}
