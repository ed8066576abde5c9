//! What workers say: that they live and what they have in their hands, that a task is done, that they do not carry one out.

use super::failure::Loss;
use super::table::{Held, MOST_HOLDERS, WorkerRow};
use super::{Finished, K, Scheduler};
use crate::consensus::notes::{Because, by, did, refused};
use crate::process::{Arg, Effects, ProcessId, Span, Time};
use crate::workers::{
    Attempt, DiskName, Hold, Life, MAX_SLOTS, MAX_WORKERS, Message, Outputs, Rule, TaskId, attempt_arg,
    task_arg,
};
use std::sync::Arc;

/// Most attempts that are looked at in one heartbeat.
const MOST_HOLDS: usize = 256;
/// Most doublings of the wait after a failure.
const MOST_DOUBLINGS: u32 = 5;

impl Scheduler {
    /// What is known of a worker.
    pub(super) fn worker(&self, id: ProcessId) -> Option<&WorkerRow> {
        self.workers.iter().find(|row| row.id == id)
    }

    /// A heartbeat: its worker lives, and the leases of what it has in its hands begin anew with it.
    pub(super) fn on_beat(
        &mut self,
        from: ProcessId,
        (life, stamp, slots): (Life, Time, u8),
        holds: &[Hold],
        out: &mut Effects<'_, Self>,
    ) {
        let holds = &holds[..holds.len().min(MOST_HOLDS)];
        let Some(worker) = self.note_heard(from, life, stamp, slots.min(MAX_SLOTS), out) else { return };
        let mut renewed = Vec::new();
        for hold in holds {
            if self.may_go_on(&worker, *hold, out) {
                renewed.push(hold.attempt);
            } else {
                self.tell_to_stop(from, hold.task, hold.attempt, K::TellsStop, out);
            }
        }
        for (at, held) in self.held_by(from) {
            // What an earlier life had is lost already, or, without that rule, for good.
            if held.life != life || holds.iter().any(|hold| hold.attempt == held.attempt) {
                continue;
            }
            match self.tasks[at].place(held.attempt) {
                Some(_) if held.confirmed => self.lose(at, held, Loss::Dropped, out),
                Some(place) => self.repeat(at, place, &worker, out),
                None => {}
            }
        }
        let epoch = self.journal.epoch;
        out.send_now(from, Message::Grant { epoch, life, since: stamp, renewed: renewed.into() });
    }

    /// The book of workers; `None` if an earlier life speaks, or a request that a newer one overtook.
    fn note_heard(
        &mut self,
        from: ProcessId,
        life: Life,
        stamp: Time,
        slots: u8,
        out: &mut Effects<'_, Self>,
    ) -> Option<WorkerRow> {
        let fresh =
            WorkerRow { id: from, life, stamp, heard: self.now, alive: true, slots, event: self.event };
        let Some(row) = self.workers.iter_mut().find(|row| row.id == from) else {
            if self.workers.len() >= MAX_WORKERS {
                let gone = self.workers.iter().position(|row| !row.alive)?;
                self.workers.remove(gone);
            }
            let at = self.workers.partition_point(|row| row.id < from);
            self.workers.insert(at, fresh);
            out.note(|| did(K::Registers, [Arg::Process(from), Arg::Number(slots.into())]));
            return Some(fresh);
        };
        if life < row.life {
            // A late word of an earlier life; or its disk has forgotten that it had more, or its clock was set back before it
            // named its disk, and it is told.
            let (epoch, life, renewed) = (self.journal.epoch, row.life, [].into());
            out.send_now(from, Message::Grant { epoch, life, since: stamp, renewed });
            return None;
        }
        if life == row.life && stamp <= row.stamp {
            return None;
        }
        let before = std::mem::replace(row, fresh);
        if before.life.number == 0 {
            out.note(|| did(K::Registers, [Arg::Process(from), Arg::Number(slots.into())]));
        } else if life > before.life {
            out.note(|| did(K::NewLife, [Arg::Process(from)]).because([before.event]));
            self.lose_all(from, Loss::NewLife, out);
        } else if !before.alive {
            out.note(|| did(K::Returns, [Arg::Process(from)]).because([before.event]));
        }
        if life.disk != before.life.disk {
            self.lose_outputs(from, Some(life.disk), out);
        }
        Some(fresh)
    }

    /// Is an attempt that a worker has in its hands still wanted? What an earlier life of the scheduler gave out is taken over
    /// from whoever says that it has it.
    fn may_go_on(&mut self, worker: &WorkerRow, hold: Hold, out: &mut Effects<'_, Self>) -> bool {
        let (from, life) = (worker.id, worker.life);
        let (until, event) = (self.now + self.guard(), self.event);
        let Some(at) = self.known(hold.task) else { return false };
        let row = self.row(at);
        if row.finished.is_some() {
            return false;
        }
        if let Some(held) = row.holders.iter_mut().find(|held| held.attempt == hold.attempt) {
            if held.worker != from {
                return false;
            }
            (held.until, held.confirmed) = (until, true);
            return true;
        }
        if hold.attempt < row.fence || row.holders.len() >= MOST_HOLDERS {
            return false;
        }
        let backup = !row.holders.is_empty();
        row.fence =
            row.holders.iter().map(|held| held.attempt).chain([hold.attempt]).min().unwrap_or_default();
        row.given = row.given.max(1);
        row.event = event;
        row.holders.push(Held {
            worker: from,
            life,
            attempt: hold.attempt,
            until,
            confirmed: true,
            backup,
            event,
        });
        out.note(|| did(K::Adopts, [task_arg(hold.task), attempt_arg(hold.attempt), Arg::Process(from)]));
        true
    }

    fn tell_to_stop(
        &mut self,
        to: ProcessId,
        task: TaskId,
        attempt: Attempt,
        key: K,
        out: &mut Effects<'_, Self>,
    ) {
        if !self.rules.has(Rule::StopOthers) {
            return;
        }
        let finished = self.known(task).map_or(0, |at| self.tasks[at].event);
        out.note(|| {
            let args = [task_arg(task), attempt_arg(attempt), Arg::Process(to)];
            by(Rule::StopOthers, key, args).because([finished])
        });
        out.send_now(to, Message::Stop { epoch: self.journal.epoch, task, attempt });
    }

    /// It is not carried out: it waits again.
    pub(super) fn on_declined(
        &mut self,
        from: ProcessId,
        task: TaskId,
        attempt: Attempt,
        out: &mut Effects<'_, Self>,
    ) {
        let Some(at) = self.known(task) else { return };
        let Some(place) = self.tasks[at].place(attempt) else { return };
        let held = self.tasks[at].holders[place];
        if held.worker == from {
            self.lose(at, held, Loss::Dropped, out);
        }
    }

    /// A report. "If the master receives a completion message for an already completed map task, it ignores the message.
    /// Otherwise, it records …" (*MapReduce* §3.3). It is acknowledged when it is on disk.
    pub(super) fn on_done(
        &mut self,
        from: ProcessId,
        Hold { task, attempt }: Hold,
        disk: DiskName,
        failed: bool,
        out: &mut Effects<'_, Self>,
    ) {
        let Some(at) = self.known(task) else { return self.record(from, task, attempt, out) };
        if !failed && let Some(key) = self.out_of_reach(from, disk) {
            let heard = self.worker(from).map_or(0, |row| row.event);
            out.note(|| {
                let args = [task_arg(task), Arg::Process(from)];
                refused(Rule::ReexecuteLocalOutputs, key, args).because([heard])
            });
            return;
        }
        let finished = Finished { task, attempt, worker: from, disk, given_up: false };
        if self.tasks[at].finished.is_some() {
            self.journal.counts.duplicates += 1;
            let earlier = self.tasks[at].event;
            let counts = !self.rules.has(Rule::DedupReports) && !failed;
            out.note(|| {
                let key = if counts { K::CountsAgain } else { K::IgnoresReport };
                by(Rule::DedupReports, key, [task_arg(task), Arg::Process(from)]).because([earlier])
            });
            if counts {
                self.write_down(finished, out);
            }
        } else if failed {
            self.on_failed(at, Finished { given_up: true, ..finished }, out);
        } else {
            let earlier = self.tasks[at].holders.iter().map(|held| held.event).next().unwrap_or_default();
            out.note(|| {
                did(K::Finishes, [task_arg(task), attempt_arg(attempt), Arg::Process(from)])
                    .because([earlier])
            });
            self.finish(at, finished, out);
        }
        self.record(from, task, attempt, out);
    }

    /// Where outputs are local, a late report of a worker that is taken for failed says nothing: its output cannot be fetched.
    /// If it comes back, it reports again. Nor does one from a disk that it has no more, or was not heard from yet.
    fn out_of_reach(&self, worker: ProcessId, disk: DiskName) -> Option<K> {
        if self.program.settings().outputs != Outputs::Local || !self.rules.has(Rule::ReexecuteLocalOutputs) {
            return None;
        }
        match self.worker(worker).filter(|row| row.alive) {
            None => Some(K::OutputOutOfReach),
            Some(row) => (row.life.disk != disk).then_some(K::OutputElsewhere),
        }
    }

    /// "Repeat until recorded": the answer says that its disk has it.
    fn record(&mut self, to: ProcessId, task: TaskId, attempt: Attempt, out: &mut Effects<'_, Self>) {
        let message = Message::Recorded { epoch: self.journal.epoch, task, attempt };
        let written = self.written();
        self.disk.answer(self.rules.has(Rule::DurableJournal), to, message, || written, out);
    }

    /// "The task is marked as completed whenever either the primary or the backup execution completes" (*MapReduce* §3.6).
    fn finish(&mut self, at: usize, finished: Finished, out: &mut Effects<'_, Self>) {
        let event = self.event;
        let row = self.row(at);
        row.finished = Some(finished);
        row.event = event;
        let others = std::mem::take(&mut row.holders);
        // Whoever does not hear that it is to stop goes on until its lease is over: should the output be lost, that is waited
        // for.
        let until =
            others.iter().filter(|held| held.attempt != finished.attempt).map(|held| held.until).max();
        row.not_before = row.not_before.max(until.unwrap_or(Time::ZERO));
        for other in others.iter().filter(|held| held.attempt != finished.attempt) {
            self.tell_to_stop(other.worker, finished.task, other.attempt, K::StopsOther, out);
        }
        self.write_down(finished, out);
    }

    fn write_down(&mut self, finished: Finished, out: &mut Effects<'_, Self>) {
        let list = Arc::make_mut(&mut self.journal.finished);
        if list.len() < 2 * self.tasks.len() {
            list.push(finished);
        }
        self.disk.dirty = true;
        if list.len() == self.tasks.len() {
            let (count, all) = (list.len() as u64, self.tasks.iter().map(|row| row.event).max());
            out.note(|| did(K::JobComplete, [Arg::Number(count)]).because(all));
        }
    }

    /// An attempt failed. It is tried again after a while; but what fails always is given up: "when the master has seen more
    /// than one failure on a particular record, it indicates that the record should be skipped" (*MapReduce* §4.6).
    fn on_failed(&mut self, at: usize, given_up: Finished, out: &mut Effects<'_, Self>) {
        let Finished { task, attempt, worker: from, .. } = given_up;
        let Some(place) = self.tasks[at].place(attempt) else { return };
        let (now, event) = (self.now, self.event);
        self.journal.counts.failures += 1;
        let most = self.program.settings().most_failures;
        let back_off = self.program.settings().back_off;
        let row = self.row(at);
        let given_out = row.holders.remove(place).event;
        row.failures += 1;
        row.event = event;
        let failures = row.failures;
        let count = Arg::Number(failures.into());
        if failures >= most && self.rules.has(Rule::GiveUpPoison) {
            out.note(|| by(Rule::GiveUpPoison, K::GivesUp, [task_arg(task), count]).because([given_out]));
            return self.finish(at, given_up, out);
        }
        let times = 1 << (failures - 1).min(MOST_DOUBLINGS);
        let wait = match self.rules.has(Rule::BackOffFailing) {
            true => Span(back_off.0.saturating_mul(times)),
            false => Span::ZERO,
        };
        let row = self.row(at);
        row.not_before = row.not_before.max(now + wait);
        out.note(|| {
            let args = [task_arg(task), Arg::Process(from), count, Arg::For(wait)];
            by(Rule::BackOffFailing, K::FailsAgain, args).because([given_out])
        });
    }
}
