//! Giving tasks out: "The master picks idle workers and assigns each one a map task or a reduce task" (*MapReduce* §3.1), and
//! backup executions near the end (§3.6).

use super::table::{self, Held, TaskRow, WorkerRow, task_at};
use super::{K, Scheduler};
use crate::consensus::notes::{Because, by, did};
use crate::process::{Arg, Effects, ProcessId};
use crate::workers::{Attempt, Message, Rule, TaskId, attempt_arg, task_arg};

impl Scheduler {
    /// The first task that waits goes to the worker with the most free slots, of equals to the first; and again, until nothing
    /// waits or nobody is free. Then, near the end, backups.
    pub(super) fn give_out(&mut self, out: &mut Effects<'_, Self>) {
        let (now, known) = (self.now, self.submitted);
        let idle = |row: &TaskRow| row.finished.is_none() && row.holders.is_empty();
        while let Some(at) = self.tasks.iter().take(known).position(|row| idle(row) && row.not_before <= now)
        {
            let Some(worker) = self.freest(None) else { return };
            self.assign(at, worker, None, out);
        }
        if self.rules.has(Rule::BackupTasks) && self.is_near_the_end() {
            self.give_backups(out);
        }
    }

    /// "When a MapReduce operation is close to completion" (§3.6): nothing waits, and little is in progress.
    fn is_near_the_end(&self) -> bool {
        let unfinished = self.tasks.iter().filter(|row| row.finished.is_none());
        let (mut open, mut idle) = (0u64, false);
        for row in unfinished {
            open += 1;
            idle |= row.holders.is_empty();
        }
        let share = u64::from(self.program.settings().backups_from);
        open > 0 && !idle && open * 100 <= share * self.tasks.len() as u64
    }

    /// "… the master schedules backup executions of the remaining in-progress tasks" (§3.6): of those that are at work, at a
    /// worker that is not the same. Not while leases of earlier lives may last: a third worker could have one on it.
    fn give_backups(&mut self, out: &mut Effects<'_, Self>) {
        for at in 0..self.tasks.len() {
            let row = &self.tasks[at];
            let [held] = row.holders.as_slice() else { continue };
            if row.finished.is_some() || !held.confirmed || row.not_before > self.now {
                continue;
            }
            let held = *held;
            if let Some(worker) = self.freest(Some(held.worker)) {
                self.assign(at, worker, Some(held), out);
            }
        }
    }

    /// The worker with the most free slots, of equals the first, if any has one.
    fn freest(&self, other_than: Option<ProcessId>) -> Option<WorkerRow> {
        let free = |row: &WorkerRow| u64::from(row.slots).saturating_sub(table::load(&self.tasks, row.id));
        let may = |row: &&WorkerRow| {
            row.alive && Some(row.id) != other_than && !self.journal.drained.contains(&row.id)
        };
        let mut best: Option<(u64, WorkerRow)> = None;
        for row in self.workers.iter().filter(may) {
            let free = free(row);
            if free > 0 && best.is_none_or(|(most, _)| free > most) {
                best = Some((free, *row));
            }
        }
        best.map(|(_, row)| row)
    }

    /// A new attempt. What is not a backup begins a new generation of its task: it supersedes all attempts before.
    fn assign(&mut self, at: usize, worker: WorkerRow, backs_up: Option<Held>, out: &mut Effects<'_, Self>) {
        self.last_attempt += 1;
        let attempt = Attempt { epoch: self.journal.epoch, number: self.last_attempt };
        let (until, event, backup) = (self.now + self.guard(), self.event, backs_up.is_some());
        let row = self.row(at);
        if !backup {
            row.fence = attempt;
            row.given += 1;
        }
        let (fence, given, before) = (row.fence, row.given, row.event);
        row.event = event;
        row.holders.push(Held {
            worker: worker.id,
            life: worker.life,
            attempt,
            until,
            confirmed: false,
            backup,
            event,
        });
        let counts = &mut self.journal.counts;
        counts.given += 1;
        counts.backups += u64::from(backup);
        counts.reexecuted += u64::from(!backup && given > 1);
        let task = task_at(at);
        out.note(|| {
            let (what, who) = (task_arg(task), Arg::Process(worker.id));
            match backs_up {
                Some(held) => {
                    let args = [what, attempt_arg(attempt), who, Arg::Process(held.worker)];
                    by(Rule::BackupTasks, K::AssignsBackup, args).because([held.event, worker.event])
                }
                None if given > 1 => {
                    let args = [what, attempt_arg(attempt), who, Arg::Number(given.into())];
                    by(Rule::ReexecuteLost, K::AssignsAgain, args).because([before, worker.event])
                }
                None => did(K::Assigns, [what, attempt_arg(attempt), who]).because([before, worker.event]),
            }
        });
        Self::send_assign(&worker, task, attempt, fence, out);
    }

    fn send_assign(
        worker: &WorkerRow,
        task: TaskId,
        attempt: Attempt,
        fence: Attempt,
        out: &mut Effects<'_, Self>,
    ) {
        let (life, since) = (worker.life, worker.stamp);
        out.send_now(worker.id, Message::Assign { task, attempt, fence, life, since });
    }

    /// The worker does not know of it: the assignment was lost, or is still on its way. It is said again, under a fresh lease.
    pub(super) fn repeat(
        &mut self,
        at: usize,
        place: usize,
        worker: &WorkerRow,
        out: &mut Effects<'_, Self>,
    ) {
        if !self.rules.has(Rule::RepeatAssign) {
            return;
        }
        let until = self.now + self.guard();
        let row = self.row(at);
        let fence = row.fence;
        let Some(held) = row.holders.get_mut(place) else { return };
        held.until = until;
        let (attempt, earlier, task) = (held.attempt, held.event, task_at(at));
        out.note(|| {
            let args = [task_arg(task), attempt_arg(attempt), Arg::Process(worker.id)];
            by(Rule::RepeatAssign, K::Repeats, args).because([earlier])
        });
        Self::send_assign(worker, task, attempt, fence, out);
    }
}
