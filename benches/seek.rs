//! How long any moment of a long, busy run takes to come back: a virtual hour of five members and ten open-loop clients of
//! 100 requests a second each, with faults all along, compaction on, trace and checks on. Prints the percentiles of 1,000
//! random seeks, what all checkpoints hold, and what taking one costs in minute 1 and minute 59.
//!
//! `MUSTER_MINUTES=5 cargo bench --bench seek` makes the hour shorter.

mod base;

use base::cpu;
use cap::Cap;
use muster_core::process::Time;
use muster_core::scenario::{Run, Scenario};
use muster_core::session::Session;
use muster_core::session::api::{Reply, Request, SeekTo, Shown, Stopped};
use muster_core::systems;
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};
use std::alloc::System;
use std::sync::Arc;
use std::time::{Duration, Instant};

#[global_allocator]
static MEMORY: Cap<System> = Cap::new(System, usize::MAX);

const SEEKS: usize = 1_000;

/// The busy hour, or fewer minutes of it; tests/wasm/hour.mjs makes the same of the same file.
fn scenario(minutes: u64) -> String {
    let (head, minute) = include_str!("busy-hour.yaml.in").split_once("timeline:\n").expect("two parts");
    let mut text = format!("{}timeline:\n", head.replace("{minutes}", &minutes.to_string()));
    for now in 0..minutes {
        let (one, other) = (now % 5 + 1, (now + 2) % 5 + 1);
        let mut filled = minute.replace("{one}", &one.to_string()).replace("{other}", &other.to_string());
        for second in 0..60 {
            filled = filled.replace(&format!("{{{second}}}"), &(now * 60 + second).to_string());
        }
        text.push_str(&filled);
    }
    text
}

fn shown(reply: Reply) -> Shown {
    match reply {
        Reply::Shown(shown) => *shown,
        Reply::Loaded(loaded) => loaded.shown,
        other => panic!("{other:?}"),
    }
}

/// The time a checkpoint takes at a minute of a run, the median of 101.
fn checkpoint(run: &mut Run, minute: u64) -> (Duration, u64, usize) {
    while run.next_time().is_some_and(|next| next <= Time::secs(minute * 60)) {
        run.step(&mut []);
    }
    let mut taken: Vec<(Duration, usize)> = (0..101)
        .map(|_| {
            let (before, begun) = (MEMORY.allocated(), Instant::now());
            let copy = run.clone();
            let took = begun.elapsed();
            let held = MEMORY.allocated().saturating_sub(before);
            drop(copy);
            (took, held)
        })
        .collect();
    taken.sort();
    (taken[50].0, run.world().ordinal(), taken[50].1)
}

fn main() {
    if std::env::args().any(|argument| argument == "--test") {
        return; // `cargo test --benches` only wants to know that it builds
    }
    let minutes = std::env::var("MUSTER_MINUTES").ok().and_then(|text| text.parse().ok()).unwrap_or(60);
    let text = scenario(minutes);
    checkpoints(&text, minutes);
    let before = MEMORY.allocated();
    let mut session = Session::new(systems::all(), &[]);
    shown(session.handle(Request::Load { text: text.as_str().into(), seed: None }));
    let begun = Instant::now();
    let mut head = loop {
        let shown = shown(session.handle(Request::PlayTo { at: Time::MAX, budget: 4_000_000 }));
        match shown.stopped {
            Some(Stopped::More) => {}
            Some(Stopped::End) => break shown,
            other => panic!("the hour stopped: {other:?}"),
        }
    };
    let took = begun.elapsed();
    let events = head.head.ordinal;
    println!(
        "{minutes} virtual minutes: {events} events in {took:.1?} ({:.0} ns each, checks on)",
        nanos(took) / events as f64
    );
    let held = MEMORY.allocated() - before;
    let (count, estimate) = session.checkpoints();
    println!(
        "session in memory: {:.1} MB; of it {count} checkpoints, by its own estimate {:.1} MB",
        megabytes(held),
        estimate as f64 / 1e6
    );
    let mut luck = Xoshiro256PlusPlus::seed_from_u64(3);
    let (mut times, mut worked) = (Vec::with_capacity(SEEKS), Vec::with_capacity(SEEKS));
    for _ in 0..SEEKS {
        let at = Time(luck.next_u64() % head.head.at.0);
        let begun = (Instant::now(), cpu());
        let there = shown(session.handle(Request::Seek(SeekTo::Time(at))));
        times.push(begun.0.elapsed());
        worked.push(Duration::from_nanos(cpu() - begun.1));
        assert_eq!(there.frame.place.at, at);
        head.head = there.head;
    }
    percentiles("random seeks", times);
    percentiles("the same, CPU time alone", worked);
    println!("session in memory after them: {:.1} MB", megabytes(MEMORY.allocated() - before));
}

fn percentiles(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let percentile = |p: usize| times[(times.len() * p).div_ceil(100).max(1) - 1];
    println!(
        "{} {what}: p50 {:.1?}, p90 {:.1?}, p99 {:.1?}, most {:.1?}",
        times.len(),
        percentile(50),
        percentile(90),
        percentile(99),
        times[times.len() - 1]
    );
}

fn checkpoints(text: &str, minutes: u64) {
    let scenario = Scenario::read(text.as_bytes(), systems::all()).expect("a sound scenario");
    let mut run = Run::new(Arc::new(scenario));
    println!("a checkpoint among others: {:.1} KB not shared", apart(run.clone()) / 1e3);
    for minute in [1, minutes - 1] {
        let (took, events, held) = checkpoint(&mut run, minute);
        println!(
            "a checkpoint in minute {minute} (event {events}): {took:.1?}, {:.1} KB not shared",
            held as f64 / 1e3
        );
    }
}

/// What one of many checkpoints holds that no other does: the heap's growth over fifty taken 100,000 events apart.
fn apart(mut run: Run) -> f64 {
    let before = MEMORY.allocated();
    let mut kept = Vec::with_capacity(50);
    for _ in 0..50 {
        for _ in 0..100_000 {
            run.step(&mut []);
        }
        kept.push(run.clone());
    }
    (MEMORY.allocated() - before) as f64 / kept.len() as f64
}

fn nanos(time: Duration) -> f64 {
    time.as_nanos() as f64
}

fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}
