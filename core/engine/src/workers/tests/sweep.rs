//! Seeds upon seeds of faults within what the protocol promises to survive: whoever crashes comes back, links lose, double and
//! delay, hosts pause, disks stall, tear and fail, clocks drift within the bound. After it all is healed every task is finished, once, and nothing was broken.

use super::harness::*;
use crate::kernel::world::HostStatus;
use crate::kernel::{Action, Chance, DiskFault, Event, LatencyLaw, LinkScope, Observer, World};
use crate::process::{Span, Time};
use crate::workers::*;
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

const SEEDS: u64 = 300;
const WORKERS: u32 = 4;
const DRIFT: u32 = 20_000;

struct Luck(Xoshiro256PlusPlus);

impl Luck {
    fn below(&mut self, n: u64) -> u64 {
        self.0.next_u64() % n
    }
    fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }
    /// Any process of the cluster.
    fn process(&mut self) -> u32 {
        self.below(u64::from(WORKERS) + 2) as u32 + 1
    }
}

/// What the runs came by, all together.
#[derive(Debug, Default)]
struct Reached {
    reexecuted: u64,
    backups: u64,
    duplicates: u64,
    failures: u64,
    workers_failed: u64,
    restarts: u64,
    adopted: u64,
}

fn one_fault(cluster: &mut Cluster, luck: &mut Luck) {
    let n = luck.process();
    let status = cluster.world.host(cluster.host(n)).map(|host| host.status);
    let runs = cluster.world.process(p(n)).is_some_and(|process| process.running);
    match (luck.below(10), status) {
        (0 | 1, Some(HostStatus::Up)) if runs && luck.one_in(3) => {
            cluster.act(Action::CrashHost(cluster.host(n)));
        }
        (0 | 1, Some(HostStatus::Up)) if runs => cluster.crash(n),
        (0 | 1, Some(HostStatus::Up)) => cluster.start(n),
        (0..=2, Some(HostStatus::Down)) => cluster.act(Action::StartHost(cluster.host(n))),
        (2, Some(HostStatus::Up)) => cluster.pause(n),
        (2, Some(HostStatus::Paused)) => cluster.resume(n),
        (3, _) => {
            let other = luck.process();
            if other != n {
                cluster.cut(n, other);
            }
        }
        (4, _) => cluster.heal(),
        (5, _) => shape(cluster, luck, n),
        (6, _) => {
            let ppm = luck.below(u64::from(2 * DRIFT)) as i32 - DRIFT as i32;
            cluster.act(Action::Drift(cluster.host(n), ppm));
        }
        (7, _) => {
            let faults = [
                DiskFault::Healthy,
                DiskFault::TornTail,
                DiskFault::Stall,
                DiskFault::IoError,
                DiskFault::Slow(ms(80)),
            ];
            cluster.disk(n, faults[luck.below(faults.len() as u64) as usize]);
        }
        _ => {}
    }
}

/// A host's links lose, double, reorder and delay.
fn shape(cluster: &mut Cluster, luck: &mut Luck, n: u32) {
    let scope = LinkScope { from: vec![cluster.host(n)], to: vec![], both: luck.one_in(2) };
    let some = |luck: &mut Luck| Some(Chance::per_million(luck.below(300_000) as u32));
    let (loss, duplicate, reorder) = (some(luck), some(luck), some(luck));
    let latency = Some(LatencyLaw::Uniform(ms(1), ms(2 + luck.below(1_500))));
    cluster.act(Action::Shape { scope, loss, duplicate, reorder, latency, bandwidth: None });
}

/// Everything is as it should be again.
fn mend(cluster: &mut Cluster) {
    cluster.heal();
    for n in 1..=WORKERS + 2 {
        let host = cluster.host(n);
        cluster.disk(n, DiskFault::Healthy);
        match cluster.world.host(host).map(|host| host.status) {
            Some(HostStatus::Paused) => cluster.resume(n),
            Some(HostStatus::Down) => cluster.act(Action::StartHost(host)),
            _ => {}
        }
        cluster.run_for(ms(1));
        if cluster.world.process(p(n)).is_some_and(|process| !process.running) {
            cluster.start(n);
        }
    }
}

fn settings_of(luck: &mut Luck) -> Settings {
    let outputs = if luck.one_in(4) { Outputs::Local } else { Outputs::Shared };
    Settings {
        tasks: 10 + luck.below(20),
        outputs,
        slots: 1 + luck.below(3) as u8,
        drift_bound_ppm: DRIFT,
        backups_from: 30,
        stragglers: if luck.one_in(2) { vec![(p(3), 500)] } else { vec![] },
        failing: if luck.one_in(3) { vec![TaskId(3)] } else { vec![] },
        ..Settings::default()
    }
}

fn run(seed: u64, reached: &mut Reached) {
    let mut luck = Luck(Xoshiro256PlusPlus::seed_from_u64(seed));
    let settings = settings_of(&mut luck);
    let (tasks, poison) = (settings.tasks, settings.failing.len() as u64);
    let shared = settings.outputs == Outputs::Shared;
    let drifts: Vec<i32> =
        (0..WORKERS + 3).map(|_| luck.below(u64::from(2 * DRIFT)) as i32 - DRIFT as i32).collect();
    let mut cluster = Cluster::with_drifts(WORKERS, settings, seed, |n| drifts[n as usize]);
    for _ in 0..40 {
        cluster.run_for(Span(luck.below(600_000_000)));
        one_fault(&mut cluster, &mut luck);
    }
    mend(&mut cluster);
    let limit = cluster.world.now() + Span::millis(120_000);
    assert!(cluster.done_by(limit).is_some(), "seed {seed}: {:?}", cluster.facts());
    // And it stays so, when all that is on its way has come.
    cluster.run_for(Span::millis(10_000));
    assert!(cluster.done_by(limit + Span::millis(60_000)).is_some(), "seed {seed}: later");
    assert!(cluster.watching.broken.is_empty(), "seed {seed}: {:?}", cluster.watching.broken);
    let facts = cluster.facts();
    assert_eq!((facts.tasks, facts.given_up), (tasks, poison), "seed {seed}");
    if shared {
        let effects = cluster.store().effects().len() as u64;
        assert_eq!((cluster.store().doubles(), effects), (0, tasks - poison), "seed {seed}");
    }
    let counts = facts.counts;
    reached.reexecuted += counts.reexecuted;
    reached.backups += counts.backups;
    reached.duplicates += counts.duplicates;
    reached.failures += counts.failures;
    reached.workers_failed += counts.workers_failed;
    reached.restarts += cluster.scheduler().epoch() - 1;
    let epoch = cluster.scheduler().epoch();
    let old = |finished: &&Finished| finished.attempt.epoch < epoch;
    reached.adopted += cluster.scheduler().journal().finished.iter().filter(old).count() as u64;
}

#[test]
fn every_task_is_finished_once_whatever_fails() {
    let mut reached = Reached::default();
    for seed in 0..SEEDS {
        run(seed, &mut reached);
    }
    // "Nothing broke" means something only if a lot happened.
    assert!(reached.reexecuted > 1_000, "{reached:?}");
    assert!(reached.backups > 500, "{reached:?}");
    assert!(reached.duplicates > 100, "{reached:?}");
    assert!(reached.failures > 100, "{reached:?}");
    assert!(reached.workers_failed > 500, "{reached:?}");
    assert!(reached.restarts > 200, "{reached:?}");
    assert!(reached.adopted > 100, "{reached:?}");
}

/// Listens, and does nothing with what it hears.
struct Listener(u64);

impl Observer for Listener {
    fn saw(&mut self, _world: &World, event: &Event<'_>) {
        self.0 += event.notes.len() as u64;
    }
    fn wants_notes(&self) -> bool {
        true
    }
}

/// One seed, one history, whether somebody listens or not.
#[test]
fn the_same_seed_gives_the_same_history_whoever_listens() {
    let digest = |listens: bool| {
        let failing = Settings { failing: vec![TaskId(2)], ..Settings::default() };
        let mut cluster = Cluster::new(WORKERS, failing, 5);
        let mut listener = Listener(0);
        cluster.until_works(3);
        for (time, n) in [(1, 3), (2, SCHEDULER), (3, STORE)] {
            cluster.crash(n);
            let until = Time::secs(time * 4);
            let watching = &mut cluster.watching;
            if listens {
                while cluster.world.step_until(until, &mut [watching, &mut listener]) {}
            } else {
                while cluster.world.step_until(until, &mut []) {}
            }
            cluster.world.advance_to(until);
            cluster.start(n);
        }
        cluster.run_to(Time::secs(30));
        assert_eq!(listener.0 > 50, listens);
        (cluster.world.digest(), cluster.world.state_digest())
    };
    assert_eq!(digest(false), digest(true));
}
