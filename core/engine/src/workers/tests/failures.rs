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

/// How far a worker's wall clock is set back while its disk is replaced: not at all, to what it showed at the first start, and
/// far before that.
const SET_BACK: [fn(Time) -> Span; 3] = [|_| Span::ZERO, |now| now - Time::ZERO, |_| ms(3_600_000)];

/// A worker whose disk was wiped counts its lives from 1 again, and its disk has another name, by which it is heard; if its
/// clock was set back before it gave it that name, the scheduler tells it, and hears it again.
#[test]
fn a_worker_that_has_forgotten_its_lives_is_heard_again() {
    for (back, life) in SET_BACK.into_iter().zip([1, 1, 5]) {
        let mut cluster = Cluster::new(1, Settings { tasks: 6, ..settings() }, 16);
        for _ in 0..3 {
            cluster.until_works(3);
            cluster.crash(3);
            cluster.start(3);
            cluster.run_for(ms(10));
        }
        cluster.replace_disk(3, back);
        assert_done(&mut cluster);
        assert_eq!(cluster.worker(3).life().number, life);
    }
}

/// An attempt that a worker was given, and had not said that it has, is lost with its disk too: it is not given to it again.
#[test]
fn what_a_worker_had_begun_on_a_disk_that_was_wiped_it_does_not_begin_again() {
    for back in SET_BACK {
        let mut cluster = Cluster::new(2, Settings { tasks: 10, ..settings() }, 17);
        cluster.until_works(3);
        let unconfirmed = |held: &Held| !held.confirmed;
        assert!(cluster.scheduler().held(p(3)).any(|(_, held)| unconfirmed(held)));
        cluster.replace_disk(3, back);
        assert_done(&mut cluster);
        assert!(cluster.facts().counts.reexecuted >= 1);
    }
}

/// Nor does it begin what comes late, if it was meant for a life from another disk.
#[test]
fn an_assignment_to_a_life_from_another_disk_is_not_begun() {
    let slow = Settings { tasks: 10, lease: ms(30_000), ..settings() };
    let mut cluster = Cluster::new(1, slow, 18);
    let doubled = crate::kernel::LinkScope { from: vec![], to: vec![], both: false };
    let duplicate = Some(crate::kernel::Chance::ALWAYS);
    let (loss, reorder, bandwidth) = (None, None, None);
    let latency = Some(crate::kernel::LatencyLaw::Uniform(ms(1), ms(900)));
    let shape = crate::kernel::Action::Shape { scope: doubled, loss, duplicate, reorder, latency, bandwidth };
    cluster.act(shape);
    for _ in 0..6 {
        cluster.until_works(3);
        cluster.replace_disk(3, SET_BACK[0]);
    }
    assert_done(&mut cluster);
}

/// "Their output is stored on the local disk(s) of the failed machine and is therefore inaccessible": so it is when only the
/// disk has failed, and the machine is back before anybody misses it.
#[test]
fn outputs_on_a_disk_that_was_wiped_are_done_again() {
    for (lives, back) in SET_BACK.into_iter().flat_map(|back| [(1, back), (2, back)]) {
        let local = Settings { tasks: 12, outputs: Outputs::Local, store: None, ..settings() };
        let mut cluster = Cluster::new(3, local, 4);
        for _ in 1..lives {
            cluster.run_for(ms(10));
            cluster.crash(3);
            cluster.start(3);
        }
        cluster.until_finished_by(3);
        cluster.replace_disk(3, back);
        cluster.done_by(LONG).expect("done");
        cluster.run_for(ms(500));
        cluster.assert_whole();
        assert_eq!(cluster.facts().counts.workers_failed, 0, "it was back in time");
        for row in cluster.scheduler().tasks() {
            let finished = row.finished.expect("done");
            let kept = cluster.worker(finished.worker.0).kept();
            assert!(kept.outputs.iter().any(|hold| hold.task == finished.task), "its output is there");
        }
    }
}

/// Also when the scheduler was down meanwhile: its journal says from which disk a task was done.
#[test]
fn outputs_on_a_disk_that_was_wiped_while_the_scheduler_was_down_are_done_again() {
    for back in SET_BACK {
        let local = Settings { tasks: 8, outputs: Outputs::Local, store: None, ..settings() };
        let mut cluster = Cluster::new(3, local, 4);
        cluster.until_finished_by(3);
        cluster.run_for(ms(20));
        cluster.crash(SCHEDULER);
        cluster.replace_disk(3, back);
        cluster.start(SCHEDULER);
        cluster.done_by(LONG).expect("done");
        cluster.run_for(ms(500));
        cluster.assert_whole();
        assert_eq!(cluster.facts().counts.workers_failed, 0, "it was back in time");
    }
}

/// Who has called a job complete cannot know at once that an output is gone: nobody is blamed for that, and the job is done
/// again when it is known.
#[test]
fn a_complete_job_whose_output_is_wiped_is_open_again_once_that_is_known() {
    let local = Settings { tasks: 8, outputs: Outputs::Local, store: None, ..settings() };
    let mut cluster = Cluster::new(3, local, 4);
    cluster.done_by(LONG).expect("done");
    cluster.run_for(ms(500));
    cluster.crash(3);
    cluster.disk(3, crate::kernel::DiskFault::Wipe);
    cluster.run_for(ms(500));
    assert!(is_done(&cluster.world));
    cluster.start(3);
    assert!(cluster.run_until(LONG, |world: &_| !is_done(world)));
    cluster.done_by(LONG).expect("done again");
    cluster.run_for(ms(500));
    cluster.assert_whole();
}

/// And one that a worker reports from the disk that it still has is not.
#[test]
fn outputs_of_a_worker_that_starts_anew_with_its_disk_are_not_done_again() {
    let local = Settings { tasks: 8, outputs: Outputs::Local, store: None, ..settings() };
    let mut cluster = Cluster::new(1, local, 4);
    cluster.done_by(LONG).expect("done");
    cluster.run_for(ms(500));
    for n in [3, SCHEDULER, 3] {
        cluster.crash(n);
        cluster.start(n);
        cluster.run_for(ms(3_000));
        assert!(is_done(&cluster.world));
    }
    assert_eq!(cluster.facts().counts.reexecuted, 0);
    cluster.assert_whole();
}

/// A report that comes late from a disk that is no more does not count: nobody can reach what it speaks of.
#[test]
fn a_late_report_from_a_disk_that_was_wiped_does_not_count() {
    let local = Settings { tasks: 2, outputs: Outputs::Local, store: None, ..settings() };
    let mut cluster = Cluster::new(1, local, 4);
    cluster.heard.listens = true;
    cluster.until_works(3);
    cluster.run_for(ms(500));
    cluster.slow(3, SCHEDULER, ms(800));
    assert!(cluster.run_until(LONG, |world| {
        world.machine::<Worker>(p(3)).is_some_and(|worker| !worker.outcomes().is_empty())
    }));
    cluster.run_for(ms(20));
    cluster.slow(3, SCHEDULER, ms(1));
    cluster.replace_disk(3, SET_BACK[0]);
    assert!(cluster.done_by(LONG).expect("done") > at(2_500), "not by that report");
    cluster.run_for(ms(500));
    cluster.assert_whole();
    assert!(cluster.heard.keys.contains(&crate::words::workers::WorkersKey::OutputElsewhere.into()));
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
