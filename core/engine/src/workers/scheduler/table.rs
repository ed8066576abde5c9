//! The scheduler's book: "For each map task and reduce task, it stores the state (idle, in-progress, or completed), and the
//! identity of the worker machine (for non-idle tasks)" (*MapReduce* §3.2); and what it knows of each worker. Plain data: it
//! decides nothing and sends nothing.

use super::Finished;
use crate::process::{Digest, Fold, ProcessId, Time};
use crate::workers::{Attempt, Life, TaskId};
use smallvec::SmallVec;

/// Most attempts at a task at a time: one and its backup.
pub const MOST_HOLDERS: usize = 2;

/// An attempt that is given out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// To whom.
    pub worker: ProcessId,
    /// In which of its lives.
    pub life: Life,
    /// Which.
    pub attempt: Attempt,
    /// When its lease is certainly over, on the scheduler's clock.
    pub until: Time,
    /// Its worker has said that it has it.
    pub confirmed: bool,
    /// It backs another one up.
    pub backup: bool,
    /// The input that gave it out, or told of it.
    pub event: u64,
}

impl Fold for Held {
    fn fold(&self, digest: &mut Digest) {
        self.worker.fold(digest);
        self.life.fold(digest);
        self.attempt.fold(digest);
        self.until.fold(digest);
        digest.word(u64::from(self.confirmed) | u64::from(self.backup) << 1);
    }
}

/// How far a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskState {
    /// It waits for a worker.
    Idle,
    /// One or two workers have it.
    InProgress,
    /// Its output is there.
    Finished,
    /// It has failed too often.
    GivenUp,
}

/// A task.
#[derive(Clone, Debug, Default)]
pub struct TaskRow {
    /// Who has it now.
    pub holders: SmallVec<[Held; MOST_HOLDERS]>,
    /// What finished it.
    pub finished: Option<Finished>,
    /// The first attempt of the present generation.
    pub fence: Attempt,
    /// It is not given out before, on the scheduler's clock.
    pub not_before: Time,
    /// How often it was given out in this life, backups aside.
    pub given: u32,
    /// How often it failed in this life.
    pub failures: u32,
    /// The last input that changed it.
    pub event: u64,
}

impl TaskRow {
    /// How far it is.
    pub fn state(&self) -> TaskState {
        match self.finished {
            Some(Finished { given_up: true, .. }) => TaskState::GivenUp,
            Some(_) => TaskState::Finished,
            None if self.holders.is_empty() => TaskState::Idle,
            None => TaskState::InProgress,
        }
    }
    /// The place of an attempt among its holders.
    pub(super) fn place(&self, attempt: Attempt) -> Option<usize> {
        self.holders.iter().position(|held| held.attempt == attempt)
    }
}

impl Fold for TaskRow {
    fn fold(&self, digest: &mut Digest) {
        self.holders[..].fold(digest);
        self.finished.fold(digest);
        self.fence.fold(digest);
        self.not_before.fold(digest);
        digest.word(u64::from(self.given) << 32 | u64::from(self.failures));
    }
}

/// A worker that was heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkerRow {
    /// Who.
    pub id: ProcessId,
    /// Its life; number 0 if it was not heard in this life of the scheduler, and is expected with this disk.
    pub life: Life,
    /// What its own clock showed in its newest request.
    pub stamp: Time,
    /// When that came, on the scheduler's clock.
    pub heard: Time,
    /// It was not silent for too long.
    pub alive: bool,
    /// How many tasks it takes at once.
    pub slots: u8,
    /// The input that brought its newest request.
    pub event: u64,
}

impl Fold for WorkerRow {
    fn fold(&self, digest: &mut Digest) {
        self.id.fold(digest);
        self.life.fold(digest);
        self.stamp.fold(digest);
        self.heard.fold(digest);
        digest.word(u64::from(self.slots) << 1 | u64::from(self.alive));
    }
}

/// How many attempts a worker has.
pub(super) fn load(tasks: &[TaskRow], worker: ProcessId) -> u64 {
    tasks.iter().flat_map(|row| &row.holders).filter(|held| held.worker == worker).count() as u64
}

/// The place of a task in the table.
pub(super) fn index(task: TaskId) -> Option<usize> {
    usize::try_from(task.0.checked_sub(1)?).ok()
}

/// The task at a place in the table.
pub(super) fn task_at(index: usize) -> TaskId {
    TaskId(index as u64 + 1)
}
