//! What a Multi-Paxos group costs in the world, in B (see `base`), measured as Raft's is: five members with one leader and no
//! clients, heartbeats every 50 ms, one-way latency uniform in 1..10 ms; links, disks, clocks, faults and causes all there, none
//! of them at work. Once with nobody watching, once with all of its invariants watched.

mod base;
mod idle;

use base::b;
use idle::{add, idle};
use muster_core::check::multi_paxos::MultiPaxosCheck;
use muster_core::check::{Check, Watching};
use muster_core::consensus::multi_paxos::{Program, Settings};
use muster_core::kernel::{World, WorldSpec};
use muster_core::process::ProcessId;

/// Five members.
fn group() -> World {
    let mut world = World::new(WorldSpec::default());
    let members: Vec<ProcessId> = (0..5).map(|nth| world.next_process_id(nth)).collect();
    let program = Program::new(Settings { members, ..Settings::default() }).expect("good settings");
    for n in 1..=5 {
        add(&mut world, &format!("n{n}"), 0, program.image());
    }
    world
}

fn watching() -> Option<Watching> {
    Some(Watching::new([Box::new(MultiPaxosCheck::new(0)) as Box<dyn Check>]))
}

fn main() {
    let row =
        |name: &str, nanos: f64, base: f64| println!("{name:<64} {nanos:>9.1} ns {:>8.2} B", nanos / base);
    let base = b();
    println!("{:<64} {base:>9.1} ns", "B: pop, draw, push on BinaryHeap, 1,024 entries of 24 bytes");
    let (off, on) = (idle(group, || None), idle(group, watching));
    row("a delivered message, idle Multi-Paxos group of 5, timers included", off, base);
    row("the same, all of its checks on", on, base);
    println!("{:<64} {:>9.2}", "checks on against off", on / off);
    println!("{:<64} {:>9.1} ns", "B again", b());
}
