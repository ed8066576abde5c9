//! *MapReduce* §3.3 and §3.6 in small worlds: workers, scheduler and store fail, and some are slow.

use super::harness::*;
use crate::process::Time;
use crate::workers::*;

const LONG: Time = Time::secs(60);

/// Everything is done, once, and nothing was broken.
fn assert_done(cluster: &mut Cluster) -> Time {
    let done = cluster.done_by(LONG).expect("the job is done in a minute");
    cluster.assert_whole();
    assert_eq!(cluster.store().doubles(), 0);
    assert_eq!(cluster.store().effects().len() as u64, cluster.facts().done);
    done
}

#[test]
fn without_failures_every_task_is_carried_out_once() {
    let mut cluster = Cluster::new(4, Settings { tasks: 40, ..settings() }, 1);
    assert_done(&mut cluster);
    let facts = cluster.facts();
    assert_eq!((facts.done, facts.counts.reexecuted, facts.workers), (40, 0, 4));
    assert_eq!(facts.counts.given, 40 + facts.counts.backups);
}

/// "Any … task in progress on a failed worker is also reset to idle and becomes eligible for rescheduling."
#[test]
fn what_a_failed_worker_had_in_progress_is_done_by_others() {
    let mut cluster = Cluster::new(3, Settings { tasks: 12, ..settings() }, 2);
    cluster.until_works(4);
    cluster.crash(4);
    assert_done(&mut cluster);
    let facts = cluster.facts();
    assert_eq!((facts.counts.workers_failed, facts.workers), (1, 2));
    assert!(facts.counts.reexecuted >= 1, "{facts:?}");
}

/// "Completed reduce tasks do not need to be re-executed since their output is stored in a global file system."
#[test]
fn what_a_failed_worker_had_finished_is_not_done_again_where_outputs_are_shared() {
    let mut cluster = Cluster::new(2, Settings { tasks: 8, backups_from: 0, ..settings() }, 3);
    assert!(cluster.run_until(LONG, |world| {
        let scheduler = world.machine::<Scheduler>(p(SCHEDULER));
        let by_p3 = |finished: &Finished| finished.worker == p(3);
        scheduler.is_some_and(|scheduler| scheduler.journal().finished.iter().any(by_p3))
    }));
    let had = cluster.scheduler().held(p(3)).count() as u64;
    cluster.crash(3);
    assert_done(&mut cluster);
    assert!(cluster.facts().counts.reexecuted <= had, "only what was in progress");
}

/// "Completed map tasks are re-executed on a failure because their output is stored on the local disk(s) of the failed machine
/// and is therefore inaccessible."
#[test]
fn what_a_failed_worker_had_finished_is_done_again_where_outputs_are_local() {
    let local = Settings { tasks: 8, outputs: Outputs::Local, store: None, ..settings() };
    let mut cluster = Cluster::new(3, local, 4);
    cluster.done_by(LONG).expect("done");
    cluster.crash(3);
    let is_open = |world: &_| !is_done(world);
    assert!(cluster.run_until(LONG, is_open), "what p3 had finished is open again");
    cluster.done_by(LONG).expect("done again");
    cluster.assert_whole();
    assert!(cluster.facts().counts.reexecuted >= 1);
    for row in cluster.scheduler().tasks() {
        let finished = row.finished.expect("done");
        assert_ne!(finished.worker, p(3));
        let kept = cluster.worker(finished.worker.0).kept();
        assert!(kept.outputs.iter().any(|hold| hold.task == finished.task), "its output is there");
    }
}

/// And the next life of the scheduler knows who keeps what, and expects to hear it.
#[test]
fn outputs_of_a_worker_that_failed_while_the_scheduler_was_down_are_done_again() {
    let local = Settings { tasks: 8, outputs: Outputs::Local, store: None, ..settings() };
    let mut cluster = Cluster::new(3, local, 4);
    cluster.done_by(LONG).expect("done");
    cluster.run_for(ms(500));
    cluster.crash(SCHEDULER);
    cluster.crash(3);
    cluster.start(SCHEDULER);
    cluster.run_for(ms(500));
    assert!(is_done(&cluster.world), "it may still be heard");
    assert!(cluster.run_until(LONG, |world: &_| !is_done(world)));
    cluster.done_by(LONG).expect("done again");
    cluster.assert_whole();
}

/// By its new life's number the scheduler knows at once that what a worker had is lost: no lease is waited for.
#[test]
fn a_worker_that_starts_anew_is_not_waited_for() {
    let slow = Settings { lease: ms(30_000), worker_timeout: ms(10_000), tasks: 2, ..settings() };
    let mut cluster = Cluster::new(1, slow, 5);
    cluster.until_works(3);
    cluster.crash(3);
    cluster.run_for(ms(500));
    cluster.start(3);
    let done = assert_done(&mut cluster);
    assert!(done < at(6_000), "long before the lease is over: {done:?}");
}

/// "If the master task dies, a new copy can be started from the last checkpointed state."
#[test]
fn a_scheduler_that_comes_back_has_nothing_done_again() {
    let mut cluster = Cluster::new(2, Settings { tasks: 12, backups_from: 0, ..settings() }, 6);
    cluster.run_to(at(3_000));
    let before = cluster.scheduler().journal().finished.clone();
    assert!(!before.is_empty() && before.len() < 12);
    cluster.crash(SCHEDULER);
    cluster.run_for(ms(300));
    cluster.start(SCHEDULER);
    assert_done(&mut cluster);
    let facts = cluster.facts();
    assert_eq!((facts.counts.reexecuted, facts.counts.duplicates), (0, 0), "{facts:?}");
    assert_eq!(cluster.scheduler().epoch(), 2);
    assert_eq!(cluster.scheduler().journal().finished[..before.len()], before[..]);
}

/// A worker finishes while the scheduler is down, and reports until it is recorded.
#[test]
fn what_is_finished_while_the_scheduler_is_down_counts() {
    let mut cluster = Cluster::new(1, Settings { tasks: 2, ..settings() }, 7);
    cluster.until_works(3);
    cluster.crash(SCHEDULER);
    cluster.run_for(ms(1_900));
    assert_eq!(cluster.store().effects().len(), 2);
    assert_eq!(cluster.worker(3).outcomes().len(), 2);
    cluster.start(SCHEDULER);
    assert_done(&mut cluster);
    assert_eq!(cluster.facts().counts.reexecuted, 0);
}

/// A worker whose disk was wiped counts its lives from 1 again; the scheduler tells it, and hears it again.
#[test]
fn a_worker_that_has_forgotten_its_lives_is_heard_again() {
    let mut cluster = Cluster::new(1, Settings { tasks: 6, ..settings() }, 16);
    for _ in 0..3 {
        cluster.until_works(3);
        cluster.crash(3);
        cluster.start(3);
        cluster.run_for(ms(10));
    }
    cluster.crash(3);
    cluster.disk(3, crate::kernel::DiskFault::Wipe);
    cluster.start(3);
    assert_done(&mut cluster);
    assert_eq!(cluster.worker(3).life(), 5);
}

/// The store is down for a while: results wait for it.
#[test]
fn results_wait_for_the_store() {
    let mut cluster = Cluster::new(2, settings(), 8);
    cluster.until_works(3);
    cluster.crash(STORE);
    cluster.run_for(ms(5_000));
    assert_eq!(cluster.facts().done, 0);
    cluster.start(STORE);
    assert_done(&mut cluster);
}

/// "One of the common causes that lengthens the total time taken for a MapReduce operation is a 'straggler': a machine that
/// takes an unusually long time to complete one of the last few map or reduce tasks in the computation." With backups the job
/// does not wait for it.
#[test]
fn backups_keep_a_straggler_from_holding_up_the_job() {
    let took = |rules: Rules| {
        let straggler = vec![(p(3), 1_000)];
        let slow = Settings { tasks: 16, stragglers: straggler, backups_from: 25, rules, ..settings() };
        let mut cluster = Cluster::new(4, slow, 9);
        let done = assert_done(&mut cluster);
        (done, cluster.facts().counts.backups)
    };
    let (with, backups) = took(Rules::ALL);
    let (without, none) = took(Rules::ALL.without(Rule::BackupTasks));
    assert!(backups > 0 && none == 0);
    assert!(with.0 * 2 < without.0, "{with:?} and {without:?}");
}

/// "The task is marked as completed whenever either the primary or the backup execution completes." The other one is told to
/// stop; else it goes on for long, for nothing.
#[test]
fn when_a_backup_is_first_the_other_is_told_to_stop() {
    let idle_after = |rules: Rules| {
        let straggler = vec![(p(3), 1_000)];
        let slow = Settings { tasks: 4, stragglers: straggler, backups_from: 100, rules, ..settings() };
        let mut cluster = Cluster::new(3, slow, 10);
        let done = assert_done(&mut cluster);
        assert!(cluster.run_until(LONG, |world| (3..=5).all(|n| !Cluster::works(world, n))));
        cluster.assert_whole();
        cluster.world.now() - done
    };
    let (with, without) = (idle_after(Rules::ALL), idle_after(Rules::ALL.without(Rule::StopOthers)));
    assert!(with < ms(50) && without > ms(1_000), "{with:?} and {without:?}");
}

/// A worker that was silent for too long comes back, and is given tasks again.
#[test]
fn a_worker_that_comes_back_works_again() {
    let mut cluster = Cluster::new(2, Settings { tasks: 20, ..settings() }, 11);
    cluster.until_works(3);
    cluster.cut(3, SCHEDULER);
    cluster.run_for(ms(4_000));
    assert_eq!(cluster.facts().workers, 1);
    assert!(cluster.worker(3).runs().is_empty(), "its leases are over");
    cluster.heal();
    cluster.run_for(ms(500));
    assert_eq!(cluster.facts().workers, 2);
    assert!(!cluster.worker(3).runs().is_empty());
    assert_done(&mut cluster);
}

/// A disk that fails stops whoever relies on it; another life, on a sound disk, goes on.
#[test]
fn a_scheduler_whose_disk_fails_stops() {
    let mut cluster = Cluster::new(2, settings(), 12);
    cluster.until_works(3);
    cluster.disk(SCHEDULER, crate::kernel::DiskFault::IoError);
    cluster.run_for(ms(3_000));
    assert!(cluster.world.machine::<Scheduler>(p(SCHEDULER)).is_none());
    cluster.disk(SCHEDULER, crate::kernel::DiskFault::Healthy);
    cluster.start(SCHEDULER);
    assert_done(&mut cluster);
}

/// A drained worker finishes what it has and gets nothing new; the others do the rest.
#[test]
fn a_drained_worker_ends_what_it_has() {
    let mut cluster = Cluster::new(3, Settings { tasks: 20, ..settings() }, 13);
    cluster.run_to(at(300));
    let drain = Command::Drain { worker: p(3), on: true };
    cluster.act(crate::kernel::Action::Operate(p(SCHEDULER), std::sync::Arc::new(drain)));
    let had = cluster.worker(3).runs().len();
    assert_eq!(had, 2);
    assert_done(&mut cluster);
    let by_p3 = |finished: &&Finished| finished.worker == p(3);
    assert_eq!(cluster.scheduler().journal().finished.iter().filter(by_p3).count(), had);
    assert_eq!(cluster.reach().reexecutions, 0);
}

/// What an operator has submitted, and heard that it is, is not lost with the scheduler.
#[test]
fn what_is_submitted_outlives_the_scheduler() {
    let mut cluster = Cluster::new(2, settings(), 14);
    cluster.until_works(3);
    let submit = Command::Submit { tasks: 6 };
    cluster.act(crate::kernel::Action::Operate(p(SCHEDULER), std::sync::Arc::new(submit)));
    cluster.run_for(ms(20));
    cluster.crash(SCHEDULER);
    cluster.start(SCHEDULER);
    assert_done(&mut cluster);
    assert_eq!((cluster.facts().done, cluster.reach().scheduler_restarts), (10, 1));
}

/// A task whose submission is not on disk yet is given to nobody: were it lost with the scheduler, its number would come again
/// and mean another task, whose output the store would seem to have.
#[test]
fn a_task_is_given_out_when_the_disk_knows_of_it() {
    let mut cluster = Cluster::new(2, Settings { tasks: 0, ..settings() }, 16);
    cluster.run_for(ms(500));
    let submit = || std::sync::Arc::new(Command::Submit { tasks: 1 });
    cluster.disk(SCHEDULER, crate::kernel::DiskFault::Stall);
    cluster.act(crate::kernel::Action::Operate(p(SCHEDULER), submit()));
    cluster.run_for(ms(3_000));
    assert_eq!((cluster.facts().waiting, cluster.reach().attempts), (1, 0));
    cluster.crash(SCHEDULER);
    cluster.disk(SCHEDULER, crate::kernel::DiskFault::Healthy);
    cluster.start(SCHEDULER);
    cluster.run_for(ms(500));
    assert_eq!(cluster.facts().tasks, 0, "nobody was told that it was submitted");
    cluster.act(crate::kernel::Action::Operate(p(SCHEDULER), submit()));
    cluster.run_for(ms(100));
    assert_done(&mut cluster);
    assert_eq!((cluster.facts().done, cluster.reach().attempts), (1, 1));
}

/// Half of everything is lost: it takes longer, and is done once all the same.
#[test]
fn a_network_that_loses_half_of_everything_is_survived() {
    let mut cluster = Cluster::new(3, Settings { tasks: 12, ..settings() }, 15);
    let scope = crate::kernel::LinkScope { from: vec![], to: vec![], both: false };
    let (loss, duplicate) = (Some(crate::kernel::Chance(1 << 31)), Some(crate::kernel::Chance(1 << 30)));
    let (reorder, latency, bandwidth) = (None, None, None);
    cluster.act(crate::kernel::Action::Shape { scope, loss, duplicate, reorder, latency, bandwidth });
    assert_done(&mut cluster);
    assert_eq!(cluster.reach().doubles, 0);
}
