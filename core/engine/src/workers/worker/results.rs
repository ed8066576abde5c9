//! What becomes of a task that a worker has carried out: its private output is made the task's output, "atomically"
//! (*MapReduce* §3.3), and the scheduler is told; both are repeated until they are answered.

use super::{K, Run, Worker};
use crate::consensus::notes::{Because, by, did, refused};
use crate::process::{Arg, Delay, Digest, Effects, Fold};
use crate::workers::{Attempt, Hold, Message, Rule, TaskId, Timer, attempt_arg, task_arg};
use std::sync::Arc;

/// Most results that wait to be answered; a worker cannot get many without the scheduler.
const MOST_OUTCOMES: usize = 64;

/// How far a result is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The store was asked to commit.
    Committing,
    /// The scheduler was told.
    Reporting,
}

/// A result that is not recorded yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Of which task.
    pub task: TaskId,
    /// Of which attempt.
    pub attempt: Attempt,
    /// The first attempt of its generation.
    pub fence: Attempt,
    /// How far it is.
    pub stage: Stage,
    /// It failed.
    pub failed: bool,
    /// The input that brought it.
    pub event: u64,
}

impl Fold for Outcome {
    fn fold(&self, digest: &mut Digest) {
        self.task.fold(digest);
        self.attempt.fold(digest);
        self.fence.fold(digest);
        digest.word(u64::from(self.stage == Stage::Reporting) | u64::from(self.failed) << 1);
    }
}

impl Worker {
    /// The time that the task takes is over.
    pub(super) fn on_worked(&mut self, slot: u8, out: &mut Effects<'_, Self>) {
        for Run { task, attempt, fence, event, .. } in self.take_runs(|run| run.slot == slot) {
            let failed = self.program.settings().failing.contains(&task);
            let stage = match self.shared_store() {
                Some(_) if !failed => Stage::Committing,
                _ => Stage::Reporting,
            };
            let outcome = Outcome { task, attempt, fence, stage, failed, event: self.event };
            out.note(|| {
                let key = match stage {
                    _ if failed => K::FailsAt,
                    Stage::Committing => K::AsksToCommit,
                    Stage::Reporting => K::KeepsOutput,
                };
                did(key, [task_arg(task), attempt_arg(attempt)]).because([event])
            });
            if stage == Stage::Reporting && !failed {
                self.keep_output(Hold { task, attempt });
            }
            if self.outcomes.len() >= MOST_OUTCOMES {
                self.outcomes.remove(0);
            }
            self.outcomes.push(outcome);
            self.speak_of(outcome, out);
        }
    }

    /// On its own disk, in place of what an earlier attempt left.
    fn keep_output(&mut self, hold: Hold) {
        let outputs = Arc::make_mut(&mut self.kept.outputs);
        outputs.retain(|other| other.task != hold.task);
        outputs.push(hold);
        self.disk.dirty = true;
    }

    /// Asks the store, or tells the scheduler; and says it again later, if it is not answered.
    fn speak_of(&mut self, outcome: Outcome, out: &mut Effects<'_, Self>) {
        let Outcome { task, attempt, fence, stage, failed, .. } = outcome;
        match (stage, self.shared_store()) {
            (Stage::Committing, Some(store)) => {
                out.send_now(store, Message::Commit { task, attempt, fence });
            }
            _ => {
                let scheduler = self.program.settings().scheduler;
                let kept = &self.kept;
                let disk = self.kept.life.disk;
                let message = Message::Done { task, attempt, disk, failed };
                self.disk.answer(true, scheduler, message, || kept.clone(), out);
            }
        }
        if self.rules.has(Rule::RetryReport) {
            out.set_timer(Timer::Resend, Delay::Fixed(self.program.settings().resend));
        } else {
            self.outcomes.retain(|other| other.attempt != attempt);
        }
    }

    /// "The machine that transmits a packet is responsible for retransmitting it until an acknowledgment is received"
    /// (*Implementing Remote Procedure Calls* §3.2).
    pub(super) fn on_resend(&mut self, out: &mut Effects<'_, Self>) {
        for outcome in self.outcomes.clone() {
            out.note(|| {
                let args = [task_arg(outcome.task), attempt_arg(outcome.attempt)];
                by(Rule::RetryReport, K::RepeatsReport, args).because([outcome.event])
            });
            self.speak_of(outcome, out);
        }
    }

    /// The store has the task's output, of this attempt or of another: the task is done.
    pub(super) fn on_committed(
        &mut self,
        task: TaskId,
        attempt: Attempt,
        whose: Attempt,
        out: &mut Effects<'_, Self>,
    ) {
        let found = self.outcomes.iter_mut().find(|outcome| outcome.attempt == attempt);
        let outcome = match found {
            Some(outcome) if outcome.stage == Stage::Committing => {
                outcome.stage = Stage::Reporting;
                *outcome
            }
            None if !self.rules.has(Rule::RetryReport) => {
                let stage = Stage::Reporting;
                Outcome { task, attempt, fence: Attempt::NONE, stage, failed: false, event: 0 }
            }
            _ => return,
        };
        out.note(|| {
            let args = [task_arg(task), attempt_arg(attempt), attempt_arg(whose)];
            let key = if whose == attempt { K::IsCommitted } else { K::OtherCommitted };
            did(key, args).because([outcome.event])
        });
        self.speak_of(outcome, out);
    }

    /// The store refused it: a later generation is at work.
    pub(super) fn on_fenced(&mut self, attempt: Attempt, fence: Attempt, out: &mut Effects<'_, Self>) {
        let Some(at) = self.outcomes.iter().position(|outcome| outcome.attempt == attempt) else { return };
        let outcome = self.outcomes.remove(at);
        out.note(|| {
            let args = [task_arg(outcome.task), attempt_arg(attempt), attempt_arg(fence)];
            refused(Rule::FenceAttempts, K::WasFenced, args).because([outcome.event])
        });
    }

    /// The scheduler has written it down.
    pub(super) fn on_recorded(&mut self, attempt: Attempt, out: &mut Effects<'_, Self>) {
        let Some(at) = self.outcomes.iter().position(|outcome| outcome.attempt == attempt) else { return };
        let outcome = self.outcomes.remove(at);
        out.note(|| {
            let args = [task_arg(outcome.task), Arg::Process(self.program.settings().scheduler)];
            did(K::IsRecorded, args).because([outcome.event])
        });
    }
}
