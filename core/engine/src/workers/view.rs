//! What observers, checks and views may look at. All cheap, none changes anything.

use super::scheduler::{Counts, Held, Journal, Scheduler, TaskRow, TaskState, WorkerRow};
use super::store::{Effect, Store, Stored};
use super::worker::{Kept, Outcome, Run, Worker};
use super::{Life, Program, Rules, TaskId};
use crate::process::ProcessId;
use std::sync::Arc;

/// A job in numbers, as the scheduler has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Tasks submitted.
    pub tasks: u64,
    /// Finished with an output.
    pub done: u64,
    /// Given up.
    pub given_up: u64,
    /// In progress.
    pub running: u64,
    /// Waiting for a worker.
    pub waiting: u64,
    /// Workers that are not taken for failed.
    pub workers: u64,
    /// What was counted over all lives.
    pub counts: Counts,
}

impl Scheduler {
    /// Who it is.
    pub fn id(&self) -> ProcessId {
        self.me
    }
    /// What it was started from.
    pub fn program(&self) -> &Program {
        &self.program
    }
    /// The rules in force.
    pub fn rules(&self) -> Rules {
        self.rules
    }
    /// What its disk holds once all writes are done.
    pub fn journal(&self) -> &Journal {
        &self.journal
    }
    /// Its epoch.
    pub fn epoch(&self) -> u64 {
        self.journal.epoch
    }
    /// May it speak? Its epoch is on disk then.
    pub fn is_ready(&self) -> bool {
        self.ready
    }
    /// The tasks, by number from 1.
    pub fn tasks(&self) -> &[TaskRow] {
        &self.tasks
    }
    /// One task.
    pub fn task(&self, task: TaskId) -> Option<&TaskRow> {
        self.tasks.get(usize::try_from(task.0.checked_sub(1)?).ok()?)
    }
    /// The workers that it has heard in this life, by id.
    pub fn workers(&self) -> &[WorkerRow] {
        &self.workers
    }
    /// What a worker has by the book, by task.
    pub fn held(&self, worker: ProcessId) -> impl Iterator<Item = (TaskId, &Held)> {
        let rows = self.tasks.iter().zip(1..);
        let all = rows.flat_map(|(row, number)| row.holders.iter().map(move |held| (TaskId(number), held)));
        all.filter(move |(_, held)| held.worker == worker)
    }
    /// Is this worker given nothing new?
    pub fn is_drained(&self, worker: ProcessId) -> bool {
        self.journal.drained.contains(&worker)
    }
    /// Does it take the job for complete? It counts what is written down.
    pub fn is_complete(&self) -> bool {
        self.journal.finished.len() >= self.tasks.len()
    }
    /// The job in numbers.
    pub fn facts(&self) -> Facts {
        let count = |state: TaskState| self.tasks.iter().filter(|row| row.state() == state).count() as u64;
        Facts {
            tasks: self.tasks.len() as u64,
            done: count(TaskState::Finished),
            given_up: count(TaskState::GivenUp),
            running: count(TaskState::InProgress),
            waiting: count(TaskState::Idle),
            workers: self.workers.iter().filter(|row| row.alive).count() as u64,
            counts: self.journal.counts,
        }
    }
    /// Writes asked for and not yet done.
    pub fn writes_under_way(&self) -> u64 {
        self.disk.under_way()
    }
    /// Has it stopped because its disk failed?
    pub fn is_halted(&self) -> bool {
        self.halted
    }
}

impl Worker {
    /// Who it is.
    pub fn id(&self) -> ProcessId {
        self.me
    }
    /// What it was started from.
    pub fn program(&self) -> &Program {
        &self.program
    }
    /// The rules in force.
    pub fn rules(&self) -> Rules {
        self.rules
    }
    /// What its disk holds once all writes are done.
    pub fn kept(&self) -> &Kept {
        &self.kept
    }
    /// Which of its lives it is.
    pub fn life(&self) -> Life {
        self.kept.life
    }
    /// The newest scheduler's epoch that it has heard of; 0 before any.
    pub fn epoch(&self) -> u64 {
        self.epoch
    }
    /// What it works at.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }
    /// Results that are not recorded yet.
    pub fn outcomes(&self) -> &[Outcome] {
        &self.outcomes
    }
    /// Has it stopped because its disk failed?
    pub fn is_halted(&self) -> bool {
        self.halted
    }
}

impl Store {
    /// Who it is.
    pub fn id(&self) -> ProcessId {
        self.me
    }
    /// The rules in force.
    pub fn rules(&self) -> Rules {
        self.rules
    }
    /// What its disk holds once all writes are done.
    pub fn stored(&self) -> &Stored {
        &self.stored
    }
    /// The outputs, in the order they were committed.
    pub fn effects(&self) -> &Arc<Vec<Effect>> {
        &self.stored.effects
    }
    /// Outputs beyond the first of a task: 0 while every task takes effect once.
    pub fn doubles(&self) -> u64 {
        let mut tasks: Vec<u64> = self.stored.effects.iter().map(|effect| effect.task.0).collect();
        let all = tasks.len();
        crate::process::few::sort(&mut tasks);
        tasks.dedup();
        (all - tasks.len()) as u64
    }
    /// Has it stopped because its disk failed?
    pub fn is_halted(&self) -> bool {
        self.halted
    }
}
