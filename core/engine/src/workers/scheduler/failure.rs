//! Failures of workers: "The master pings every worker periodically. If no response is received from a worker in a certain
//! amount of time, the master marks the worker as failed" (*MapReduce* §3.3). Here workers speak unasked. What a failed worker
//! held is under a lease, and nobody else gets it before that is over (*Leases* §2).

use super::table::{Held, WorkerRow, task_at};
use super::{Finished, K, Scheduler};
use crate::consensus::notes::{Because, by, waits};
use crate::process::{Arg, Effects, ProcessId, Time};
use crate::workers::{DiskName, Life, Outputs, Rule, TaskId, attempt_arg, task_arg};
use std::sync::Arc;

/// Why an attempt is no longer with its worker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Loss {
    /// Its lease is over and was not renewed.
    LeaseOver,
    /// Its worker was silent for too long, and leases are not waited for.
    Silence,
    /// Its worker has begun another life.
    NewLife,
    /// Its worker says so.
    Dropped,
}

impl Scheduler {
    /// Who was silent for too long?
    pub(super) fn on_check(&mut self, out: &mut Effects<'_, Self>) {
        if !self.ready {
            return;
        }
        let (now, timeout) = (self.now, self.program.settings().worker_timeout);
        let silent: Vec<ProcessId> = self
            .workers
            .iter()
            .filter(|row| row.alive && now - row.heard > timeout)
            .map(|row| row.id)
            .collect();
        for worker in silent {
            self.fail(worker, out);
        }
        self.arm_check(out);
    }

    fn fail(&mut self, worker: ProcessId, out: &mut Effects<'_, Self>) {
        let now = self.now;
        let Some(row) = self.workers.iter_mut().find(|row| row.id == worker) else { return };
        row.alive = false;
        let (silence, heard) = (now - row.heard, row.event);
        self.journal.counts.workers_failed += 1;
        out.note(|| {
            let args = [Arg::Process(worker), Arg::For(silence)];
            by(Rule::ReexecuteLost, K::WorkerFails, args).because([heard])
        });
        if self.rules.has(Rule::LeaseBeforeReassign) {
            for (at, held) in self.held_by(worker) {
                out.note(|| {
                    let args = [task_arg(task_at(at)), Arg::Process(worker), Arg::For(held.until - now)];
                    waits(Rule::LeaseBeforeReassign, K::WaitsForLease, args).because([held.event])
                });
            }
        } else {
            self.lose_all(worker, Loss::Silence, out);
        }
        self.lose_outputs(worker, None, out);
    }

    /// What a worker has, by the book.
    pub(super) fn held_by(&self, worker: ProcessId) -> Vec<(usize, Held)> {
        let rows = self.tasks.iter().enumerate();
        rows.flat_map(|(at, row)| row.holders.iter().map(move |held| (at, *held)))
            .filter(|(_, held)| held.worker == worker)
            .collect()
    }

    /// Everything a worker had is lost.
    pub(super) fn lose_all(&mut self, worker: ProcessId, loss: Loss, out: &mut Effects<'_, Self>) {
        for (at, held) in self.held_by(worker) {
            self.lose(at, held, loss, out);
        }
    }

    /// "Any … task in progress on a failed worker is also reset to idle and becomes eligible for rescheduling" (*MapReduce*
    /// §3.3).
    pub(super) fn lose(&mut self, at: usize, held: Held, loss: Loss, out: &mut Effects<'_, Self>) {
        if loss != Loss::Dropped && !self.rules.has(Rule::ReexecuteLost) {
            return;
        }
        let event = self.event;
        let row = self.row(at);
        row.holders.retain(|other| other.attempt != held.attempt);
        row.event = event;
        let key = match loss {
            Loss::LeaseOver => K::LeaseOver,
            Loss::Silence => K::LostWithSilence,
            Loss::NewLife => K::LostWithLife,
            Loss::Dropped => K::Dropped,
        };
        out.note(|| {
            let args = [task_arg(task_at(at)), Arg::Process(held.worker), attempt_arg(held.attempt)];
            by(Rule::ReexecuteLost, key, args).because([held.event])
        });
    }

    /// Leases that are certainly over.
    pub(super) fn expire(&mut self, out: &mut Effects<'_, Self>) {
        let now = self.now;
        let over = |held: &Held| held.until <= now;
        if !self.tasks.iter().any(|row| row.holders.iter().any(over)) {
            return;
        }
        let due: Vec<(usize, Held)> = self
            .tasks
            .iter()
            .enumerate()
            .flat_map(|(at, row)| row.holders.iter().map(move |held| (at, *held)))
            .filter(|(_, held)| over(held))
            .collect();
        for (at, held) in due {
            self.lose(at, held, Loss::LeaseOver, out);
        }
    }

    /// Where outputs are local, whoever has some is expected to be heard from the same disk, also in a new life of the scheduler.
    pub(super) fn expect_keepers(&mut self) {
        if self.program.settings().outputs != Outputs::Local {
            return;
        }
        let (heard, event) = (self.now, self.event);
        for finished in self.journal.finished.clone().iter().filter(|finished| !finished.given_up) {
            let (id, life) = (finished.worker, Life { disk: finished.disk, number: 0 });
            let at = self.workers.partition_point(|row| row.id < id);
            match self.workers.get_mut(at) {
                Some(row) if row.id == id => row.life = row.life.max(life),
                _ => {
                    let row = WorkerRow { id, life, stamp: Time::ZERO, heard, alive: true, slots: 0, event };
                    self.workers.insert(at, row);
                }
            }
        }
    }

    /// "Completed map tasks are re-executed on a failure because their output is stored on the local disk(s) of the failed
    /// machine and is therefore inaccessible. Completed reduce tasks do not need to be re-executed" (*MapReduce* §3.3).
    ///
    /// If its worker is there and only its disk is another, then what lies on this one is not lost.
    pub(super) fn lose_outputs(
        &mut self,
        worker: ProcessId,
        but_on: Option<DiskName>,
        out: &mut Effects<'_, Self>,
    ) {
        if self.program.settings().outputs != Outputs::Local || !self.rules.has(Rule::ReexecuteLocalOutputs) {
            return;
        }
        let gone = |finished: &Finished| {
            finished.worker == worker && Some(finished.disk) != but_on && !finished.given_up
        };
        let lost: Vec<TaskId> =
            self.journal.finished.iter().filter(|f| gone(f)).map(|finished| finished.task).collect();
        if lost.is_empty() {
            return;
        }
        Arc::make_mut(&mut self.journal.finished).retain(|finished| !gone(finished));
        self.disk.dirty = true;
        let event = self.event;
        for task in lost {
            let Some(at) = self.known(task) else { continue };
            let row = self.row(at);
            let earlier = std::mem::replace(&mut row.event, event);
            row.finished = None;
            row.given = row.given.max(1);
            out.note(|| {
                let args = [task_arg(task), Arg::Process(worker)];
                let key = if but_on.is_some() { K::OutputGone } else { K::OutputLost };
                by(Rule::ReexecuteLocalOutputs, key, args).because([earlier])
            });
        }
    }
}
