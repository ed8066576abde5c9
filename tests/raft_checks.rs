//! Raft's invariants on living clusters: nothing breaks while hosts crash and links fail, and what must break with a rule
//! switched off, or a disk wiped, does, by name.

mod cluster;

use cluster::{Cluster, answered, host_of, leader, run, watching};
use muster_core::check::Watching;
use muster_core::consensus::raft::{Member, Rule, Rules};
use muster_core::kernel::{Action, Chance, DiskFault, LinkScope, World};
use muster_core::process::{HostId, Time};
use muster_core::scenario::{Run, Scenario, Step};
use muster_core::systems;

fn act(world: &mut World, watching: &mut Watching, action: Action) {
    world.act(&action, &mut [watching]).expect("it can be done");
}

fn everywhere() -> LinkScope {
    LinkScope { from: vec![], to: vec![], both: true }
}

/// n2 answers a read and the answer is stuck in a clogged link; the client asks n3, which has led since, and has a newer
/// value; then the link lets go of both the old question and the old answer.
const STUCK: &str = "
apiVersion: muster.dev/v1
kind: Scenario
metadata: { name: stuck }
seed: 9568
until: 3s
systems:
  - { name: kv, kind: Raft, members: 5, spec: { electionTimeout: { uniform: [150ms, 300ms] }, heartbeat: 50ms, snapshotChunk: 512B, readMode: lease, compaction: { every: 40, keep: 5 } } }
  - { name: load, kind: Clients, target: kv, count: 3, spec: { rate: 20/s, open: true, keys: 10, mix: { get: 40, put: 30, cas: 10, append: 15, delete: 5 } } }
network: { latency: { uniform: [1ms, 10ms] } }
timeline:
  - { at: 202394797ns, do: { cut: { from: n1, to: n1, oneWay: true } } }
  - { at: 606940393ns, do: { clog: { from: [n2, n1] } } }
  - { at: 1234157735ns, do: { cut: { from: n1, to: [n5, n4, n2] } } }
  - { at: 2781688499ns, do: { unclog: { from: [n2, n1] } } }
expect:
  - always: { checks: kv }
";

#[test]
fn an_answer_that_was_stuck_and_comes_after_a_newer_one_is_not_stale() {
    let scenario = Scenario::read(STUCK.as_bytes(), systems::all()).expect("a good scenario");
    let mut run = Run::new(scenario.into());
    while run.step(&mut []) == Step::Event {}
    assert_eq!(run.all_broken(), []);
}

fn names(watching: &Watching) -> Vec<&'static str> {
    watching.broken.iter().map(|violation| violation.check).collect()
}

#[test]
fn a_cluster_whose_leader_crashes_again_and_again_breaks_nothing() {
    for seed in 1..=5 {
        let mut world = Cluster::seeded(seed).build();
        let mut watching = watching();
        for second in 1..=20 {
            run(&mut world, Time::secs(second), &mut watching);
            if let Some(leader) = leader(&world) {
                let host = host_of(&world, leader);
                act(&mut world, &mut watching, Action::CrashHost(host));
                run(&mut world, Time::millis(1000 * second + 400), &mut watching);
                act(&mut world, &mut watching, Action::StartHost(host));
            }
        }
        assert_eq!(watching.broken, []);
        assert!(answered(&world) > 400, "seed {seed}: {} answers", answered(&world));
        let snapshots = (1..=5).filter(|n| {
            let member = world.machine::<Member>(muster_core::process::ProcessId(*n));
            member.is_some_and(|member| member.snapshot_index() > 0)
        });
        assert!(snapshots.count() >= 3);
    }
}

#[test]
fn a_lossy_network_that_doubles_and_reorders_breaks_nothing() {
    let mut world = Cluster::seeded(9).build();
    let mut watching = watching();
    run(&mut world, Time::secs(1), &mut watching);
    let chance = |parts| Some(Chance::per_million(parts));
    let shape = Action::Shape {
        scope: everywhere(),
        loss: chance(100_000),
        duplicate: chance(200_000),
        reorder: chance(300_000),
        latency: None,
        bandwidth: None,
    };
    act(&mut world, &mut watching, shape);
    run(&mut world, Time::secs(20), &mut watching);
    assert_eq!(watching.broken, []);
    assert!(answered(&world) > 200, "{} answers", answered(&world));
}

#[test]
fn a_wiped_disk_is_named() {
    let mut world = Cluster::seeded(3).build();
    let mut watching = watching();
    run(&mut world, Time::secs(2), &mut watching);
    act(&mut world, &mut watching, Action::Disk(HostId(2), DiskFault::Wipe));
    assert_eq!(names(&watching), ["durableTermMonotonic"]);
}

#[test]
fn retries_that_apply_twice_are_named() {
    let mut cluster = Cluster::seeded(4);
    cluster.raft.rules = Rules::ALL.without(Rule::ClientSessions);
    let mut world = cluster.build();
    let mut watching = watching();
    run(&mut world, Time::secs(1), &mut watching);
    let loss = Some(Chance::per_million(200_000));
    let shape = Action::Shape {
        scope: everywhere(),
        loss,
        duplicate: loss,
        reorder: None,
        latency: None,
        bandwidth: None,
    };
    act(&mut world, &mut watching, shape);
    run(&mut world, Time::secs(20), &mut watching);
    assert!(names(&watching).contains(&"exactlyOnce"), "{:?}", watching.broken);
}

#[test]
fn a_checkpoint_of_the_checks_goes_on_as_the_original() {
    let mut cluster = Cluster::seeded(4);
    cluster.raft.rules = Rules::ALL.without(Rule::OneVotePerTerm);
    cluster.raft.election_timeout =
        (muster_core::process::Span::millis(150), muster_core::process::Span::millis(160));
    let (mut world, mut watching) = (cluster.build(), watching());
    let (mut seen, mut checkpoints) = (Vec::new(), Vec::new());
    for half in 1..=40 {
        checkpoints.push((world.clone(), watching.clone()));
        run(&mut world, Time::millis(500 * half), &mut watching);
        if let Some(leader) = leader(&world) {
            let host = host_of(&world, leader);
            act(&mut world, &mut watching, Action::CrashHost(host));
            act(&mut world, &mut watching, Action::StartHost(host));
        }
        seen.push((world.digest(), watching.broken.clone()));
    }
    assert!(names(&watching).contains(&"electionSafety"), "two votes a term elect two leaders");
    for (half, (mut world, mut watching)) in checkpoints.into_iter().enumerate() {
        run(&mut world, Time::millis(500 * (half as u64 + 1)), &mut watching);
        if let Some(leader) = leader(&world) {
            let host = host_of(&world, leader);
            act(&mut world, &mut watching, Action::CrashHost(host));
            act(&mut world, &mut watching, Action::StartHost(host));
        }
        assert_eq!((world.digest(), watching.broken), seen[half]);
    }
}
