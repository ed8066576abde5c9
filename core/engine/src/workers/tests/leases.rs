//! Gray and Cheriton's *Leases* in small worlds: who may work at a task, and until when.

use super::harness::*;
use crate::kernel::World;
use crate::process::{ProcessId, Span, Time};
use crate::workers::*;

/// One task, longer than its lease.
fn one_long() -> Settings {
    Settings { tasks: 1, duration: (ms(6_000), ms(6_000)), ..settings() }
}

/// Who holds the task, and who could.
fn holder(cluster: &mut Cluster) -> (u32, u32) {
    let one = |world: &_| Cluster::works(world, 3) || Cluster::works(world, 4);
    assert!(cluster.run_until(at(5_000), one));
    if Cluster::works(&cluster.world, 3) { (3, 4) } else { (4, 3) }
}

/// Cuts the holder off; says how long it goes on, and when the other one begins.
fn cut_off(cluster: &mut Cluster) -> (Span, Span) {
    let (has, other) = holder(cluster);
    cluster.run_for(ms(500));
    cluster.cut(has, SCHEDULER);
    let cut = cluster.world.now();
    assert!(cluster.run_until(at(30_000), |world| !Cluster::works(world, has)));
    let stopped = cluster.world.now() - cut;
    assert!(cluster.run_until(at(30_000), |world| Cluster::works(world, other)));
    (stopped, cluster.world.now() - cut)
}

/// "… the server must defer the request until … the term of its lease has expired" (§2): so must the scheduler a second
/// execution.
#[test]
fn a_task_is_given_out_again_when_its_lease_is_over_and_not_before() {
    let mut cluster = Cluster::new(2, one_long(), 1);
    let (stopped, begun) = cut_off(&mut cluster);
    cluster.assert_whole();
    assert!(stopped <= ms(2_000), "its lease of 2 s began before the cut: {stopped:?}");
    assert!(begun > stopped && begun < ms(2_500), "{begun:?} after {stopped:?}");
    assert!(cluster.done_by(at(30_000)).is_some());
    cluster.assert_whole();
}

/// While it is heard, a worker may go on for longer than a lease.
#[test]
fn a_lease_is_renewed_by_every_heartbeat() {
    let mut cluster = Cluster::new(2, one_long(), 2);
    let done = cluster.done_by(at(30_000)).expect("done");
    assert!(done > at(6_000) && done < at(6_300), "{done:?}");
    assert_eq!((cluster.facts().counts.given, cluster.facts().counts.reexecuted), (1, 0));
    cluster.assert_whole();
}

/// Clocks may differ within the bound: the holder's is slow, the scheduler's fast.
#[test]
fn clocks_that_drift_within_the_bound_break_nothing() {
    let drifting = Settings { drift_bound_ppm: 150_000, ..one_long() };
    let drift = |n: u32| if n == SCHEDULER { 150_000 } else { -150_000 };
    let mut cluster = Cluster::with_drifts(2, drifting, 3, drift);
    let (stopped, begun) = cut_off(&mut cluster);
    assert!(stopped > ms(2_000), "by its own clock it is on time: {stopped:?}");
    assert!(begun > stopped);
    cluster.assert_whole();
}

/// A host that was paused does not know: before it does anything, its worker looks at its leases.
#[test]
fn a_worker_that_was_paused_stops_before_it_does_anything_else() {
    let mut cluster = Cluster::new(2, one_long(), 4);
    let (has, other) = holder(&mut cluster);
    cluster.pause(has);
    assert!(cluster.run_until(at(10_000), |world| Cluster::works(world, other)));
    cluster.run_for(ms(500));
    assert!(Cluster::works(&cluster.world, has), "it has noticed nothing yet");
    cluster.resume(has);
    cluster.run_for(ms(50));
    assert!(!Cluster::works(&cluster.world, has));
    cluster.assert_whole();
    assert!(cluster.done_by(at(30_000)).is_some());
    cluster.assert_whole();
    assert_eq!(cluster.store().doubles(), 0);
}

/// A server that comes back "must honor the leases it granted before it crashed" (§2).
#[test]
fn a_scheduler_that_comes_back_honours_the_leases_of_its_earlier_life() {
    let mut cluster = Cluster::new(2, one_long(), 5);
    let (has, other) = holder(&mut cluster);
    cluster.cut(has, SCHEDULER);
    cluster.crash(SCHEDULER);
    cluster.start(SCHEDULER);
    let started = cluster.world.now();
    assert!(cluster.run_until(at(30_000), |world| Cluster::works(world, other)));
    let waited = cluster.world.now() - started;
    assert!(waited >= ms(2_000) && waited < ms(2_600), "{waited:?}");
    cluster.assert_whole();
}

/// A task that a worker had from the scheduler's earlier life fails: whoever else may have it from then is waited for all the
/// same.
#[test]
fn a_failure_does_not_cut_the_wait_for_old_leases_short() {
    // Both have it: p3, who is quick to fail, and its backup p4, who is slow. The scheduler comes back and hears p3 alone.
    let both = Settings {
        failing: vec![TaskId(1)],
        stragglers: vec![(p(4), 1_000)],
        tasks: 1,
        duration: (ms(1_000), ms(1_000)),
        backups_from: 100,
        ..settings()
    };
    let mut cluster = Cluster::new(3, both, 8);
    cluster.run_to(at(1));
    cluster.crash(5);
    assert!(cluster.run_until(at(5_000), |world| Cluster::works(world, 3) && Cluster::works(world, 4)));
    cluster.cut(4, SCHEDULER);
    cluster.crash(SCHEDULER);
    cluster.start(SCHEDULER);
    let started = cluster.world.now();
    cluster.start(5);
    let failed = |world: &World| {
        world
            .machine::<Scheduler>(p(SCHEDULER))
            .is_some_and(|scheduler| scheduler.facts().counts.failures > 0)
    };
    assert!(cluster.run_until(at(5_000), failed));
    assert!(cluster.world.now() - started < ms(1_300), "the back-off would end long before the leases");
    let again = |world: &World| Cluster::works(world, 3) || Cluster::works(world, 5);
    assert!(cluster.run_until(at(9_000), again));
    assert!(cluster.world.now() - started >= ms(2_000));
    cluster.assert_whole();
}

/// An output is lost with its worker, and another worker that was told to stop did not hear it: its lease is waited for before
/// the task is given to a third one.
#[test]
fn a_lost_output_waits_for_the_lease_of_whoever_did_not_hear_to_stop() {
    let local = Settings {
        outputs: Outputs::Local,
        store: None,
        tasks: 1,
        duration: (ms(1_000), ms(1_000)),
        stragglers: vec![(p(3), 1_000)],
        backups_from: 100,
        worker_timeout: ms(300),
        lease: ms(5_000),
        ..settings()
    };
    let mut cluster = Cluster::new(3, local, 9);
    cluster.run_to(at(1));
    cluster.crash(5);
    assert!(cluster.run_until(at(5_000), |world| Cluster::works(world, 3) && Cluster::works(world, 4)));
    cluster.run_for(ms(700));
    cluster.cut(3, SCHEDULER);
    let cut = cluster.world.now();
    cluster.start(5);
    assert!(cluster.done_by(at(5_000)).is_some(), "the backup is first");
    assert!(Cluster::works(&cluster.world, 3), "it has not heard");
    cluster.crash(4);
    assert!(cluster.run_until(at(9_000), |world| Cluster::works(world, 5)));
    assert!(cluster.world.now() - cut > ms(4_000), "not before the lease is over");
    assert!(!Cluster::works(&cluster.world, 3));
    cluster.assert_whole();
}

/// What was assigned by a message that took longer than the lease is declined: it is counted from the worker's own request.
#[test]
fn an_assignment_that_took_too_long_is_not_begun() {
    let mut cluster = Cluster::new(1, one_long(), 6);
    cluster.slow(SCHEDULER, 3, ms(2_500));
    cluster.run_to(at(2_900));
    assert!(!Cluster::works(&cluster.world, 3));
    cluster.heal();
    assert!(cluster.done_by(at(30_000)).is_some());
    cluster.assert_whole();
}

/// The scheduler's book says until when at the latest; the worker's own lease is never longer, in true time.
#[test]
fn the_schedulers_end_of_a_lease_is_never_before_the_workers() {
    let drifting = Settings { tasks: 30, drift_bound_ppm: 150_000, ..settings() };
    let drift = |n: u32| if n == SCHEDULER { 150_000 } else { -100_000 - n as i32 * 10_000 };
    let mut cluster = Cluster::with_drifts(3, drifting, 7, drift);
    let mut looked_at = 0;
    for step in 1..200 {
        cluster.run_to(at(step * 50));
        for row in cluster.scheduler().tasks() {
            for held in &row.holders {
                let Some(worker) = cluster.world.machine::<Worker>(held.worker) else { continue };
                let Some(run) = worker.runs().iter().find(|run| run.attempt == held.attempt) else {
                    continue;
                };
                let (book, own) =
                    (left(&cluster, p(SCHEDULER), held.until), left(&cluster, held.worker, run.until));
                assert!(book >= own, "{book} and {own}");
                looked_at += 1;
            }
        }
    }
    assert!(looked_at > 300, "{looked_at}");
}

/// How long in true time until a host's clock shows this, in nanoseconds.
fn left(cluster: &Cluster, id: ProcessId, until: Time) -> u64 {
    let host =
        cluster.world.process(id).and_then(|process| cluster.world.host(process.host)).expect("a host");
    let rate = (1_000_000 + i64::from(host.clock.drift_ppm)) as u64;
    (until - host.clock.monotonic).0 / rate * 1_000_000
}
