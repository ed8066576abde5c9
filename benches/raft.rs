//! What a Raft group costs in the world, in B (see `base`): five members with one leader and no clients, heartbeats every
//! 50 ms, one-way latency uniform in 1..10 ms; links, disks, clocks, faults and causes all there, none of them at work. Once
//! with nobody watching, once with all of Raft's invariants watched. Then a group at work, with clients and compaction and
//! checks on: does an event cost the same in hour 10 as in minute 1, and does the memory stay what it was?

mod base;
mod idle;

use base::{b, cpu};
use cap::Cap;
use idle::{add, idle, until};
use muster_core::check::raft::RaftCheck;
use muster_core::check::{Check, Watching};
use muster_core::consensus::client;
use muster_core::consensus::raft::{Compaction, Program, Settings};
use muster_core::kernel::{World, WorldSpec};
use muster_core::process::{ProcessId, Span, Time};
use std::alloc::System;

/// Counts bytes in use.
#[global_allocator]
static HEAP: Cap<System> = Cap::new(System, usize::MAX);

fn heap() -> usize {
    HEAP.allocated()
}

/// Five members, and so many clients of twenty operations a second each.
fn group(clients: u32) -> World {
    let mut world = World::new(WorldSpec::default());
    let members: Vec<ProcessId> = (0..5).map(|nth| world.next_process_id(nth)).collect();
    let compaction = Some(Compaction { every: 500, keep: 100 });
    let settings = Settings { voters: members.clone(), compaction, ..Settings::default() };
    let program = Program::new(settings).expect("good settings");
    for n in 1..=5 {
        add(&mut world, &format!("n{n}"), 0, program.image());
    }
    let settings = client::Settings { members, ..client::Settings::default() };
    let program = client::Program::new(settings).expect("good settings");
    for n in 1..=clients {
        add(&mut world, &format!("c{n}"), 1, program.image());
    }
    world
}

fn watching() -> Watching {
    Watching::new([Box::new(RaftCheck::new(0)) as Box<dyn Check>])
}

/// A group at work, its checks on.
struct AtWork {
    world: World,
    watching: Watching,
}

impl AtWork {
    /// After so many minutes.
    fn after(minutes: u64) -> AtWork {
        let mut one = AtWork { world: group(3), watching: watching() };
        one.until(Time::secs(60 * minutes));
        one
    }

    fn until(&mut self, time: Time) {
        until(&mut self.world, time, Some(&mut self.watching));
    }

    fn later(&self, span: Span) -> Time {
        self.world.now() + span
    }

    /// Bytes in use beyond `empty`, the mean of ten minutes' seconds: the log grows and is compacted twice a minute.
    fn memory(&mut self, empty: usize) -> f64 {
        let mut sum = 0;
        for _ in 0..600 {
            self.until(self.later(Span::secs(1)));
            sum += heap() - empty;
        }
        sum as f64 / 600.0
    }

    /// Nanoseconds for an event over the next minute.
    fn minute(&mut self) -> f64 {
        let (before, events) = (cpu(), self.world.ordinal());
        self.until(self.later(Span::secs(60)));
        (cpu() - before) as f64 / (self.world.ordinal() - events) as f64
    }
}

/// Minute 1 and hour 10: nanoseconds for an event, and bytes in use. Their minutes are measured by turns, so that what else
/// the machine does falls on both.
fn at_work(row: &impl Fn(&str, f64, f64), base: f64) {
    let empty = heap();
    let mut old = AtWork::after(1);
    let small = old.memory(empty);
    old.until(Time::secs(60 * 600));
    let large = old.memory(empty);
    let (mut firsts, mut lasts) = (Vec::new(), Vec::new());
    for _ in 0..25 {
        let mut young = AtWork::after(1);
        firsts.push(young.minute());
        lasts.push(old.minute());
        assert!(young.watching.broken.is_empty());
    }
    assert!(old.watching.broken.is_empty());
    let median = |times: &mut Vec<f64>| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    };
    let (first, last) = (median(&mut firsts), median(&mut lasts));
    let percent =
        |name: &str, from: f64, to: f64| println!("{name:<64} {:>+9.1} %", (to / from - 1.0) * 100.0);
    row("an event at work, checks on, after minute 1", first, base);
    row("an event at work, checks on, after hour 10", last, base);
    percent("cost of an event, hour 10 against minute 1", first, last);
    println!("{:<64} {small:>9.0} bytes", "memory, the mean of ten minutes after minute 1");
    println!("{:<64} {large:>9.0} bytes", "memory, the mean of ten minutes after hour 10");
    percent("memory, hour 10 against minute 1", small, large);
}

fn main() {
    let row =
        |name: &str, nanos: f64, base: f64| println!("{name:<64} {nanos:>9.1} ns {:>8.2} B", nanos / base);
    let base = b();
    println!("{:<64} {base:>9.1} ns", "B: pop, draw, push on BinaryHeap, 1,024 entries of 24 bytes");
    let (off, on) = (idle(|| group(0), || None), idle(|| group(0), || Some(watching())));
    row("a delivered message, idle Raft group of 5, timers included", off, base);
    row("the same, all of Raft's checks on", on, base);
    println!("{:<64} {:>9.2}", "checks on against off", on / off);
    at_work(&row, base);
    println!("{:<64} {:>9.1} ns", "B again", b());
}
