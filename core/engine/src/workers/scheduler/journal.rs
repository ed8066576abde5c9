//! What the scheduler's disk holds. "It is easy to make the master write periodic checkpoints of the master data structures …
//! If the master task dies, a new copy can be started from the last checkpointed state" (*MapReduce* §3.3); here it is written
//! whenever a task is finished. Who works at what is not written: those who do say so when they are heard.

use super::Scheduler;
use crate::process::{Digest, Durable, Fold, ProcessId};
use crate::workers::{Attempt, DiskName, Rule, Rules, TaskId};
use std::sync::Arc;

/// A task that needs no more work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finished {
    /// Which.
    pub task: TaskId,
    /// The attempt whose report counted.
    pub attempt: Attempt,
    /// Who carried it out.
    pub worker: ProcessId,
    /// The disk that it did it from: if outputs are local, it is there or nowhere.
    pub disk: DiskName,
    /// It was given up, and has no output.
    pub given_up: bool,
}

impl Fold for Finished {
    fn fold(&self, digest: &mut Digest) {
        self.task.fold(digest);
        self.attempt.fold(digest);
        self.worker.fold(digest);
        self.disk.fold(digest);
        self.given_up.fold(digest);
    }
}

/// What has been counted so far, over all lives; of what no write followed, a crash forgets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Attempts given out.
    pub given: u64,
    /// Of them, those that replace one that was lost.
    pub reexecuted: u64,
    /// Of them, backups.
    pub backups: u64,
    /// Reports about tasks that were finished by another attempt, or reported before.
    pub duplicates: u64,
    /// Attempts that failed.
    pub failures: u64,
    /// Workers that were taken for failed.
    pub workers_failed: u64,
}

impl Fold for Counts {
    fn fold(&self, digest: &mut Digest) {
        let all =
            [self.given, self.reexecuted, self.backups, self.duplicates, self.failures, self.workers_failed];
        all.iter().for_each(|count| digest.word(*count));
    }
}

/// The state that survives a crash.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Journal {
    /// The epoch of the last life.
    pub epoch: u64,
    /// Tasks submitted; `None` before the first start.
    pub submitted: Option<u64>,
    /// What is finished, in the order it came.
    pub finished: Arc<Vec<Finished>>,
    /// Workers that are given nothing new.
    pub drained: Vec<ProcessId>,
    /// What has been counted.
    pub counts: Counts,
    /// The rules in force, if an operator has changed them since the first start.
    pub rules: Option<Rules>,
}

impl Fold for Journal {
    fn fold(&self, digest: &mut Digest) {
        digest.word(self.epoch);
        self.submitted.fold(digest);
        self.finished.fold(digest);
        self.drained.fold(digest);
        self.counts.fold(digest);
        self.rules.fold(digest);
    }
}

impl Durable for Journal {
    /// A checkpoint takes the place of the one before when it is whole, and not before.
    fn torn(older: Option<&Self>, newer: &Self, kept: u32) -> Option<Self> {
        if kept < u32::MAX / 2 { older.cloned() } else { Some(newer.clone()) }
    }
}

impl Scheduler {
    /// What is written: all of it, but for what a switched-off rule leaves out.
    pub(super) fn written(&self) -> Journal {
        let mut written = self.journal.clone();
        if !self.rules.has(Rule::DurableEpoch) {
            written.epoch = 0;
        }
        if !self.rules.has(Rule::DurableJournal) {
            written.finished = Arc::default();
        }
        written
    }
}
