//! The protocol step by step, without time.

use super::harness::*;
use crate::process::{Time, Verdict};
use crate::workers::*;

/// Clocks stand still here, and every disk has the same name.
const FIRST: Life =
    Life { disk: DiskName { wall: Time::secs(1_000), monotonic: Time::secs(1_000) }, number: 1 };

fn is_assign(message: &Message) -> bool {
    matches!(message, Message::Assign { .. })
}
fn is_done_report(message: &Message) -> bool {
    matches!(message, Message::Done { .. })
}
fn is_beat(message: &Message) -> bool {
    matches!(message, Message::Beat { .. })
}
fn is_commit(message: &Message) -> bool {
    matches!(message, Message::Commit { .. })
}

/// Workers are heard, and what is given out is begun.
fn at_work(workers: u32, settings: Settings) -> Steps {
    let mut steps = Steps::new(workers, settings);
    steps.deliver_all();
    steps
}

/// "The master picks idle workers and assigns each one a map task or a reduce task" (§3.1): the first task to the worker with
/// the most free slots, of equals to the first.
#[test]
fn tasks_go_to_the_freest_worker() {
    let mut steps = Steps::new(2, settings());
    assert!(steps.deliver_one(|from, _, _| from == p(3)));
    assert_eq!(steps.count(is_assign), 2, "p3 is heard alone and has two slots");
    assert!(steps.deliver_one(|from, _, _| from == p(4)));
    steps.deliver_all();
    assert_eq!((steps.at_work(3), steps.at_work(4)), (vec![1, 2], vec![3, 4]));
    let mut steps = Steps::new(2, Settings { tasks: 1, ..settings() });
    steps.deliver_all();
    assert!(steps.fire(3, Timer::Work(0)));
    steps.deliver_all();
    assert!(steps.order(SCHEDULER, Command::Submit { tasks: 3 }));
    steps.deliver_all();
    assert_eq!((steps.at_work(3), steps.at_work(4)), (vec![2, 4], vec![3]), "in turns");
}

/// A task is finished when its output lies in the store and the scheduler has it in its journal; then everybody is done with
/// it.
#[test]
fn a_task_is_carried_out_committed_reported_and_recorded() {
    let mut steps = at_work(1, settings());
    assert_eq!(steps.facts(), (0, 2, 2));
    assert!(steps.fire(3, Timer::Work(0)));
    assert_eq!(steps.count(is_commit), 1);
    steps.deliver(|_, _, message| !is_done_report(message));
    assert!(steps.store().effect(TaskId(1)).is_some());
    assert_eq!(steps.worker(3).outcomes().len(), 1, "not recorded yet");
    steps.deliver_all();
    assert_eq!(steps.worker(3).outcomes(), []);
    assert_eq!(steps.facts(), (1, 2, 1), "and the next task is begun");
    let journal = steps.world.disk::<Journal>(p(SCHEDULER)).expect("written");
    assert_eq!(journal.finished.len(), 1);
}

/// "If the master receives a completion message for an already completed map task, it ignores the message" (§3.3).
#[test]
fn a_report_that_comes_twice_counts_once() {
    let mut steps = at_work(1, settings());
    steps.fire(3, Timer::Work(0));
    steps.deliver(|_, _, message| !is_done_report(message));
    steps.double(|_, _, message| is_done_report(message));
    steps.deliver_all();
    assert_eq!(steps.scheduler().journal().finished.len(), 1);
    assert_eq!(steps.scheduler().facts().counts.duplicates, 1);
    assert!(steps.noted(SCHEDULER, Verdict::Did, Rule::DedupReports));
}

/// The store takes the output of the first attempt that asks; a second one is told whose it has.
#[test]
fn a_commit_that_comes_twice_takes_effect_once() {
    let mut steps = at_work(1, settings());
    steps.fire(3, Timer::Work(0));
    steps.double(|_, _, message| is_commit(message));
    steps.deliver_all();
    assert_eq!(steps.store().effects().len(), 1);
    assert!(steps.noted(STORE, Verdict::Refused, Rule::CommitOnce));
}

/// "We rely on atomic commits of … outputs" (§3.3): the store answers when its disk has it, and after a crash it has it still.
#[test]
fn an_output_that_was_told_of_outlives_the_store() {
    let mut steps = at_work(1, settings());
    steps.fire(3, Timer::Work(0));
    steps.deliver_one(|_, _, message| is_commit(message));
    assert_eq!(steps.count(|message| matches!(message, Message::Committed { .. })), 1);
    steps.crash(STORE);
    steps.restart(STORE);
    assert!(steps.store().effect(TaskId(1)).is_some());
}

/// "The recipient server is expected to test whether the sequencer is still valid" (*Chubby* §2.4): a later generation is heard
/// of, and the earlier one is refused.
#[test]
fn a_superseded_attempt_is_refused_by_the_store() {
    let mut steps = at_work(1, settings());
    let later = Attempt { epoch: 1, number: 9 };
    steps.put_on_its_way(4, STORE, Message::Open { task: TaskId(1), attempt: later, fence: later });
    steps.deliver_all();
    steps.fire(3, Timer::Work(0));
    steps.deliver_all();
    assert_eq!(steps.store().effects().len(), 0);
    assert!(steps.noted(STORE, Verdict::Refused, Rule::FenceAttempts));
    assert!(steps.noted(3, Verdict::Refused, Rule::FenceAttempts), "it throws its output away");
    // A backup has the fence of what it backs up, and both may commit.
    let (backup, fence) = (Attempt { epoch: 1, number: 12 }, Attempt { epoch: 1, number: 2 });
    let task = TaskId(2);
    steps.put_on_its_way(4, STORE, Message::Open { task, attempt: backup, fence });
    steps.deliver_all();
    steps.fire(3, Timer::Work(1));
    steps.deliver_all();
    assert_eq!(steps.store().effect(task).map(|effect| effect.attempt), Some(fence));
}

/// A new master "first picks a new client epoch number" (*Chubby* §2.9): above all before, on disk before it speaks.
#[test]
fn every_life_of_the_scheduler_has_a_higher_epoch() {
    let mut steps = at_work(1, settings());
    for epoch in 2..5 {
        steps.crash(SCHEDULER);
        assert!(steps.world.apply(crate::process::untimed::Choice::Restart(p(SCHEDULER))));
        assert!(!steps.scheduler().is_ready());
        steps.fire(3, Timer::Heartbeat);
        assert!(steps.scheduler().is_ready());
        assert_eq!(steps.scheduler().epoch(), epoch);
    }
}

/// "The master rejects calls from clients using older epoch numbers" (*Chubby* §2.9), and so do workers what an older one says.
#[test]
fn a_worker_obeys_no_older_epoch() {
    for (rules, obeys) in [(Rules::ALL, false), (Rules::ALL.without(Rule::RefuseOldEpoch), true)] {
        let mut steps = Steps::new(1, Settings { tasks: 1, rules, ..settings() });
        steps.deliver(|_, _, message| !is_assign(message));
        steps.crash(SCHEDULER);
        steps.restart(SCHEDULER);
        steps.put_on_its_way(
            SCHEDULER,
            3,
            Message::Grant { epoch: 2, life: FIRST, since: Time::ZERO, renewed: [].into() },
        );
        steps.deliver(|_, _, message| matches!(message, Message::Grant { .. }));
        assert_eq!(steps.worker(3).epoch(), 2);
        steps.deliver_one(|_, _, message| is_assign(message));
        assert_eq!(!steps.at_work(3).is_empty(), obeys);
        assert_eq!(steps.noted(3, Verdict::Refused, Rule::RefuseOldEpoch), !obeys);
    }
}

/// "If the master task dies, a new copy can be started from the last checkpointed state" (§3.3): what is finished is not done
/// again, and what a worker has in its hands goes on under the new epoch.
#[test]
fn a_scheduler_resumes_from_its_journal_and_takes_over_what_is_at_work() {
    let mut steps = at_work(1, settings());
    steps.fire(3, Timer::Work(0));
    steps.deliver_all();
    let before = steps.at_work(3);
    steps.crash(SCHEDULER);
    steps.restart(SCHEDULER);
    assert_eq!(steps.facts(), (1, 0, 3));
    // Time stands still in this world, so a heartbeat can only be one of a new life's clock.
    steps.fire(3, Timer::Heartbeat);
    steps.deliver_all();
    assert_eq!(steps.facts(), (1, 2, 1), "adopted");
    assert_eq!(steps.at_work(3), before);
    let adopted = steps.scheduler().tasks().iter().flat_map(|row| &row.holders);
    assert!(adopted.into_iter().all(|held| held.attempt.epoch == 1 && held.confirmed));
}

/// A report that was not answered is repeated, also to the scheduler's next life.
#[test]
fn a_result_is_reported_until_it_is_recorded() {
    let mut steps = at_work(1, settings());
    steps.fire(3, Timer::Work(0));
    steps.deliver(|_, _, message| !is_done_report(message));
    steps.lose(|_, _, message| is_done_report(message));
    steps.crash(SCHEDULER);
    assert!(steps.fire(3, Timer::Resend));
    steps.lose(|_, to, _| to == p(SCHEDULER));
    steps.restart(SCHEDULER);
    assert!(steps.fire(3, Timer::Resend));
    steps.deliver_all();
    assert_eq!(steps.scheduler().journal().finished.len(), 1);
    assert_eq!(steps.worker(3).outcomes(), []);
}

/// Who sends repeats, and a call's number "allows the callee to eliminate duplicate call packets" (*Implementing Remote
/// Procedure Calls* §3.2): an assignment that
/// comes again is not carried out again.
#[test]
fn an_assignment_that_comes_twice_is_begun_once() {
    let mut steps = Steps::new(1, settings());
    steps.deliver_one(|_, _, message| is_beat(message));
    steps.double(|_, _, message| is_assign(message));
    steps.deliver_all();
    assert_eq!(steps.at_work(3), [1, 2]);
    assert!(steps.noted(3, Verdict::Refused, Rule::DedupAssignments));
}

/// A worker declines what it cannot take, and the task waits again.
#[test]
fn a_declined_task_waits_again() {
    let mut steps = at_work(1, settings());
    let attempt = Attempt { epoch: 1, number: 77 };
    let fits =
        Message::Assign { task: TaskId(3), attempt, fence: attempt, life: FIRST, since: Time::secs(1_000) };
    steps.put_on_its_way(SCHEDULER, 3, fits);
    steps.deliver_one(|_, _, message| is_assign(message));
    assert_eq!(steps.count(|message| matches!(message, Message::Declined { .. })), 1, "no free slot");
    // And one whose lease is over by the time it comes.
    let attempt = Attempt { epoch: 1, number: 78 };
    let late = Message::Assign { task: TaskId(3), attempt, fence: attempt, life: FIRST, since: Time::ZERO };
    steps.put_on_its_way(SCHEDULER, 3, late);
    steps.deliver_one(|_, _, message| is_assign(message));
    assert!(steps.noted(3, Verdict::Refused, Rule::LeaseFromRequest));
    // What it has declined it never begins: the task may have been given to another.
    let again =
        Message::Assign { task: TaskId(3), attempt, fence: attempt, life: FIRST, since: Time::secs(1_000) };
    steps.fire(3, Timer::Work(0));
    steps.put_on_its_way(SCHEDULER, 3, again);
    steps.deliver_one(|_, _, message| is_assign(message));
    assert_eq!(steps.at_work(3), [2]);
    let held = steps.scheduler().task(TaskId(2)).expect("it is there").holders[0];
    let declined = Message::Declined { task: TaskId(2), attempt: held.attempt };
    steps.put_on_its_way(4, SCHEDULER, declined.clone());
    steps.lose(|_, _, message| matches!(message, Message::Declined { task: TaskId(3), .. }));
    steps.deliver_all();
    assert_eq!(steps.scheduler().task(TaskId(2)).map(|row| row.holders.len()), Some(1), "p4 never had it");
}

/// "When the master has seen more than one failure … it indicates that the record should be skipped" (§4.6).
#[test]
fn a_task_that_fails_always_is_given_up() {
    let poison = Settings { tasks: 1, failing: vec![TaskId(1)], most_failures: 2, ..settings() };
    let off = Rules::ALL.without(Rule::BackOffFailing);
    let mut steps = at_work(1, Settings { rules: off, ..poison.clone() });
    for _ in 0..2 {
        assert_eq!(steps.at_work(3), [1]);
        steps.fire(3, Timer::Work(0));
        steps.deliver_all();
    }
    assert_eq!(steps.scheduler().task(TaskId(1)).map(TaskRow::state), Some(TaskState::GivenUp));
    assert_eq!(steps.store().effects().len(), 0);
    // With the wait, it is not tried again at once.
    let mut steps = at_work(1, poison);
    steps.fire(3, Timer::Work(0));
    steps.deliver_all();
    assert_eq!(steps.facts(), (0, 0, 1));
    assert!(steps.noted(SCHEDULER, Verdict::Did, Rule::BackOffFailing));
}

/// An operator submits more, drains a worker, and is refused what makes no sense.
#[test]
fn an_operator_submits_and_drains() {
    let mut steps = at_work(2, settings());
    assert!(steps.order(SCHEDULER, Command::Drain { worker: p(3), on: true }));
    assert!(!steps.order(SCHEDULER, Command::Drain { worker: p(9), on: true }), "nobody knows it");
    assert!(!steps.order(3, Command::Submit { tasks: 1 }), "it is no scheduler");
    assert!(!steps.order(SCHEDULER, Command::Submit { tasks: 0 }));
    assert!(!steps.order(SCHEDULER, Command::Submit { tasks: MAX_TASKS }));
    assert!(steps.order(SCHEDULER, Command::Submit { tasks: 2 }));
    steps.deliver_all();
    steps.fire(3, Timer::Work(0));
    steps.deliver_all();
    assert_eq!(steps.at_work(3).len(), 1, "nothing new");
    steps.fire(4, Timer::Work(0));
    steps.deliver_all();
    assert_eq!(steps.at_work(4).len(), 2);
    steps.crash(SCHEDULER);
    steps.restart(SCHEDULER);
    assert_eq!(steps.scheduler().facts().tasks, 6, "the journal knows of them");
    assert!(steps.scheduler().is_drained(p(3)));
    assert!(steps.order(SCHEDULER, Command::Submit { tasks: 1 }));
}

/// A switched rule stays switched over lives.
#[test]
fn a_rule_is_switched_for_later_lives_too() {
    let mut steps = at_work(1, settings());
    for n in [SCHEDULER, STORE, 3] {
        assert!(steps.order(n, Command::SwitchRule { rule: Rule::BackupTasks, on: false }));
        steps.crash(n);
        steps.restart(n);
    }
    assert!(!steps.scheduler().rules().has(Rule::BackupTasks));
    assert!(!steps.store().rules().has(Rule::BackupTasks));
    assert!(!steps.worker(3).rules().has(Rule::BackupTasks));
}

impl Steps {
    /// Tasks done, running, waiting.
    fn facts(&self) -> (u64, u64, u64) {
        let facts = self.scheduler().facts();
        (facts.done, facts.running, facts.waiting)
    }
}
