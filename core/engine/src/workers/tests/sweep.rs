//! Seeds upon seeds of faults within what the protocol promises to survive: whoever crashes comes back, links lose, double and
//! delay, hosts pause, disks stall, tear and fail, clocks drift within the bound. After it all is healed every task is
//! finished, once, and nothing was broken.

use super::harness::*;
use crate::kernel::world::HostStatus;
use crate::kernel::{Action, Chance, DiskFault, LatencyLaw, LinkScope};
use crate::process::{Span, Time};
use crate::workers::*;
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};
use std::collections::BTreeSet;

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

/// One run, under these rules.
fn cluster_of(seed: u64, rules: Rules) -> (Cluster, Luck) {
    let mut luck = Luck(Xoshiro256PlusPlus::seed_from_u64(seed));
    let settings = Settings { rules, ..settings_of(&mut luck) };
    let drifts: Vec<i32> =
        (0..WORKERS + 3).map(|_| luck.below(u64::from(2 * DRIFT)) as i32 - DRIFT as i32).collect();
    (Cluster::with_drifts(WORKERS, settings, seed, |n| drifts[n as usize]), luck)
}

/// Many faults, then none.
fn storm(cluster: &mut Cluster, luck: &mut Luck) {
    for _ in 0..40 {
        cluster.run_for(Span(luck.below(600_000_000)));
        one_fault(cluster, luck);
    }
    mend(cluster);
}

fn run(seed: u64, reached: &mut Reached) {
    let (mut cluster, mut luck) = cluster_of(seed, Rules::ALL);
    storm(&mut cluster, &mut luck);
    let settings = cluster.scheduler().program().settings();
    let (tasks, poison) = (settings.tasks, settings.failing.len() as u64);
    let shared = settings.outputs == Outputs::Shared;
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

/// One seed, one history, whether somebody listens or not.
#[test]
fn the_same_seed_gives_the_same_history_whoever_listens() {
    let digest = |listens: bool| {
        let failing = Settings { failing: vec![TaskId(2)], ..Settings::default() };
        let mut cluster = Cluster::new(WORKERS, failing, 5);
        cluster.heard.listens = listens;
        cluster.until_works(3);
        for n in [3, SCHEDULER, STORE] {
            cluster.crash(n);
            cluster.run_for(ms(4_000));
            cluster.start(n);
        }
        cluster.run_to(Time::secs(30));
        assert_eq!(cluster.heard.keys.len() > 10, listens);
        (cluster.world.digest(), cluster.world.state_digest())
    };
    assert_eq!(digest(false), digest(true));
}

/// What is said of disks that are lost, with and without what lay there.
fn heard_of_wiped_disks() -> BTreeSet<crate::words::Key> {
    let local = Settings { outputs: Outputs::Local, store: None, ..Settings::default() };
    let mut cluster = Cluster::new(1, local, 1);
    cluster.heard.listens = true;
    cluster.until_finished_by(3);
    // A report is long on its way, and comes when the worker was heard from another disk.
    cluster.slow(3, SCHEDULER, ms(800));
    cluster.run_for(ms(2_000));
    cluster.slow(3, SCHEDULER, ms(1));
    for back in [0, 3_600_000] {
        cluster.replace_disk(3, |_| ms(back));
        cluster.run_for(ms(1_000));
    }
    cluster.heard.keys
}

/// Every sentence that these processes can say of their reasons is said somewhere; the rest of their keys are names, labels,
/// and answers to operators.
#[test]
fn no_sentence_is_never_said() {
    use crate::words::workers::WorkersKey as K;
    let mut heard = BTreeSet::new();
    let silent = [Rule::LeaseBeforeReassign, Rule::DedupReports, Rule::CommitOnce]
        .map(|rule| Rules::ALL.without(rule));
    for seed in 0..60 {
        for rules in [Rules::ALL].into_iter().chain(silent.into_iter().filter(|_| seed < 10)) {
            let (mut cluster, mut luck) = cluster_of(seed, rules);
            cluster.heard.listens = true;
            storm(&mut cluster, &mut luck);
            cluster.run_for(ms(20_000));
            heard.extend(cluster.heard.keys);
        }
    }
    heard.extend(heard_of_wiped_disks());
    let sentence = |key: &&K| {
        let name = key.as_str();
        let kinds = ["timer", "role", "task", "message", "card"];
        !kinds.iter().any(|kind| name.starts_with(&format!("workers.{kind}.")))
    };
    let answers = [
        K::AttemptNamed,
        K::Submitted,
        K::TooManyTasks,
        K::Drains,
        K::Undrains,
        K::NoSuchWorker,
        K::NotTheScheduler,
        K::Busy,
        K::RuleOn,
        K::RuleOff,
    ];
    let silent = K::ALL.iter().filter(sentence).filter(|key| !answers.contains(key));
    let silent: Vec<K> = silent.copied().filter(|key| !heard.contains(&(*key).into())).collect();
    assert_eq!(silent, []);
}

/// A rule that is there for progress or for the price breaks nothing when it is off.
#[test]
fn rules_for_progress_and_price_guard_no_safety() {
    use crate::consensus::rules::Guards;
    for &rule in Rule::ALL.iter().filter(|rule| rule.guards() != Guards::Safety) {
        for seed in 0..40 {
            let (mut cluster, mut luck) = cluster_of(seed, Rules::ALL.without(rule));
            storm(&mut cluster, &mut luck);
            cluster.run_for(ms(10_000));
            assert!(cluster.watching.broken.is_empty(), "{rule:?}, {seed}: {:?}", cluster.watching.broken);
        }
    }
}
