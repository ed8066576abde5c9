//! The scheduler: "one of the copies of the program is special – the master. The rest are workers that are assigned work by the
//! master" (*MapReduce* §3.1). Its start, its inputs and its operator's commands are here; what it does about them in the other
//! files, one a subject.

mod assign;
mod failure;
mod journal;
mod reports;
mod table;

pub use journal::{Counts, Finished, Journal};
pub use table::{Held, MOST_HOLDERS, TaskRow, TaskState, WorkerRow};

use super::config::{MAX_TASKS, Program};
use super::disk::Disk;
use super::{Command, Hold, Message, Rule, Rules, TaskId, Timer, switched};
use crate::consensus::notes::{Because, did, refused, waits};
use crate::process::{
    Answer, Arg, Delay, Digest, Effects, Fold, Input, Machine, Moment, Phrase, ProcessId, Span, Time,
};
use crate::words::workers::WorkersKey as K;
use std::sync::Arc;

/// Most answers to operators that wait for the disk.
const MOST_ANSWERS: usize = 64;

/// An answer to an operator that waits for the disk.
#[derive(Clone, Debug)]
struct Promised {
    token: u64,
    ticket: u64,
    answer: Answer,
    /// How many tasks are submitted then.
    tasks: usize,
}

/// The scheduler.
#[derive(Clone)]
pub struct Scheduler {
    pub(super) me: ProcessId,
    pub(super) program: Program,
    pub(super) rules: Rules,
    /// What the disk holds once all writes are done.
    pub(super) journal: Journal,
    pub(super) disk: Disk,
    /// Its epoch is on disk: it may speak.
    pub(super) ready: bool,
    pub(super) halted: bool,
    /// The number of the last attempt of this epoch.
    last_attempt: u64,
    /// Ascending by id.
    pub(super) workers: Vec<WorkerRow>,
    /// By number, from 1. Shared with checkpoints until it changes.
    pub(super) tasks: Arc<Vec<TaskRow>>,
    /// So many of them are on disk. A task is not given out before: its number could come again, and mean another.
    pub(super) submitted: usize,
    answers: Vec<Promised>,
    /// The present input and its time; the input that began this life.
    pub(super) event: u64,
    pub(super) now: Time,
    started_event: u64,
}

impl Machine for Scheduler {
    type Program = Program;
    type Message = Message;
    type Timer = Timer;
    type Durable = Journal;
    type Command = Command;

    fn boot(program: &Program, me: ProcessId, stored: Option<&Journal>) -> Self {
        let mut journal = stored.cloned().unwrap_or_default();
        let submitted = *journal.submitted.get_or_insert(program.settings().tasks);
        let mut tasks = vec![TaskRow::default(); usize::try_from(submitted).unwrap_or(0)];
        for finished in journal.finished.iter() {
            if let Some(row) = table::index(finished.task).and_then(|at| tasks.get_mut(at)) {
                row.finished = Some(*finished);
            }
        }
        Scheduler {
            me,
            program: program.clone(),
            rules: journal.rules.unwrap_or(program.settings().rules),
            journal,
            disk: Disk::default(),
            ready: false,
            halted: false,
            last_attempt: 0,
            workers: Vec::new(),
            submitted: tasks.len(),
            tasks: Arc::new(tasks),
            answers: Vec::new(),
            event: 0,
            now: Time::ZERO,
            started_event: 0,
        }
    }

    fn step(&mut self, now: Moment, input: Input<Self>, out: &mut Effects<'_, Self>) {
        if self.halted {
            return;
        }
        (self.event, self.now) = (now.event, now.monotonic);
        self.disk.begin();
        match input {
            Input::Start => self.on_start(out),
            Input::Message { from, message } if self.ready => self.on_message(from, message, out),
            Input::Timer(Timer::Check) => self.on_check(out),
            Input::Persisted(token) => self.on_persisted(token, out),
            Input::PersistFailed(..) => return self.halt(out),
            Input::Command { ticket, command } => self.on_command(ticket, command, out),
            // Before it is ready it hears nobody; it has no other timers; all speak datagrams.
            Input::Message { .. }
            | Input::Timer(_)
            | Input::Opened(_)
            | Input::Refused { .. }
            | Input::Accepted { .. }
            | Input::Received { .. }
            | Input::Closed { .. } => {}
        }
        if self.ready {
            self.expire(out);
            self.give_out(out);
        }
        if self.disk.dirty {
            let written = self.written();
            self.disk.save(|| written, out);
        }
    }

    fn fold(&self, digest: &mut Digest) {
        self.journal.fold(digest);
        self.rules.fold(digest);
        self.disk.fold(digest);
        digest.word(u64::from(self.ready) | u64::from(self.halted) << 1);
        digest.word(self.last_attempt);
        self.workers.fold(digest);
        self.tasks.fold(digest);
        digest.word((self.answers.len() as u64) << 32 | self.submitted as u64);
    }

    fn weight(&self) -> usize {
        size_of::<Self>()
            + self.tasks.len() * size_of::<TaskRow>()
            + self.journal.finished.len() * size_of::<Finished>()
            + self.workers.len() * size_of::<WorkerRow>()
    }
}

impl Scheduler {
    /// A new master "first picks a new client epoch number" (*The Chubby lock service* §2.9): above all before, on disk
    /// before it speaks.
    fn on_start(&mut self, out: &mut Effects<'_, Self>) {
        self.started_event = self.event;
        self.journal.epoch += 1;
        self.disk.dirty = true;
        let (epoch, finished) = (Arg::Epoch(self.journal.epoch), self.journal.finished.len() as u64);
        let submitted = Arg::Number(self.tasks.len() as u64);
        out.note(|| match finished {
            0 => did(K::SchedulerStarts, [epoch, submitted]),
            _ => did(K::SchedulerResumes, [epoch, Arg::Number(finished), submitted]),
        });
        if !self.rules.has(Rule::DurableEpoch) {
            self.begin(out);
        }
    }

    fn on_persisted(&mut self, token: u64, out: &mut Effects<'_, Self>) {
        self.disk.is_done(token);
        if !self.ready {
            self.begin(out);
        }
        for promised in std::mem::take(&mut self.answers) {
            if promised.token <= token {
                self.submitted = self.submitted.max(promised.tasks);
                out.reply(promised.ticket, promised.answer);
            } else {
                self.answers.push(promised);
            }
        }
    }

    /// It speaks. If it is not its first life, then it "must honor the leases it granted before it
    /// crashed": it waits for "the maximum term for which it had granted a lease" (*Leases* §2).
    fn begin(&mut self, out: &mut Effects<'_, Self>) {
        self.ready = true;
        self.expect_keepers();
        if self.journal.epoch > 1 && self.rules.has(Rule::HonourOldLeases) {
            let span = self.guard();
            let until = self.now + span;
            if self.tasks.iter().any(|row| row.finished.is_none()) {
                let started = self.started_event;
                out.note(|| {
                    waits(Rule::HonourOldLeases, K::WaitsOldLeases, [Arg::For(span)]).because([started])
                });
            }
            // Also what is finished: its output may be lost.
            for row in Arc::make_mut(&mut self.tasks) {
                row.not_before = until;
            }
        }
        self.arm_check(out);
    }

    pub(super) fn arm_check(&self, out: &mut Effects<'_, Self>) {
        out.set_timer(Timer::Check, Delay::Fixed(self.program.settings().heartbeat));
    }

    /// How long after a grant its lease is certainly over.
    pub(super) fn guard(&self) -> Span {
        if self.rules.has(Rule::DriftBound) {
            self.program.certain_lease()
        } else {
            self.program.settings().lease
        }
    }

    /// A task's row, to be changed.
    pub(super) fn row(&mut self, at: usize) -> &mut TaskRow {
        &mut Arc::make_mut(&mut self.tasks)[at]
    }

    /// The place of a task that was submitted.
    pub(super) fn known(&self, task: TaskId) -> Option<usize> {
        table::index(task).filter(|at| *at < self.tasks.len())
    }

    fn on_message(&mut self, from: ProcessId, message: Message, out: &mut Effects<'_, Self>) {
        match message {
            Message::Beat { life, at, slots, holds } => self.on_beat(from, (life, at, slots), &holds, out),
            Message::Done { task, attempt, disk, failed } => {
                self.on_done(from, Hold { task, attempt }, disk, failed, out);
            }
            Message::Declined { task, attempt } => self.on_declined(from, task, attempt, out),
            // Said by a scheduler, or to a store.
            Message::Grant { .. }
            | Message::Assign { .. }
            | Message::Stop { .. }
            | Message::Recorded { .. }
            | Message::Open { .. }
            | Message::Commit { .. }
            | Message::Committed { .. }
            | Message::Fenced { .. } => {}
        }
    }

    fn on_command(&mut self, ticket: u64, command: Command, out: &mut Effects<'_, Self>) {
        if self.answers.len() >= MOST_ANSWERS {
            return out.reply(ticket, Answer { accepted: false, phrase: Phrase::bare(K::Busy) });
        }
        let (accepted, phrase) = match command {
            Command::Submit { tasks } => self.submit(tasks),
            Command::Drain { worker, on } => self.drain(worker, on),
            Command::SwitchRule { rule, on } => {
                let (rules, phrase) = switched(self.rules, rule, on);
                (self.rules, self.journal.rules) = (rules, Some(rules));
                self.disk.dirty = true;
                (true, phrase)
            }
        };
        let answer = Answer { accepted, phrase };
        if !self.disk.dirty {
            return out.reply(ticket, answer);
        }
        // The write follows at the end of this step.
        let (token, tasks) = (self.disk.last() + 1, self.tasks.len());
        self.answers.push(Promised { token, ticket, answer, tasks });
    }

    fn submit(&mut self, tasks: u64) -> (bool, Phrase) {
        let now = self.tasks.len() as u64;
        if tasks == 0 || tasks > MAX_TASKS - now.min(MAX_TASKS) {
            return (false, Phrase::new(K::TooManyTasks, [Arg::Number(MAX_TASKS), Arg::Number(now)]));
        }
        let fresh = TaskRow { event: self.event, ..TaskRow::default() };
        Arc::make_mut(&mut self.tasks).extend((0..tasks).map(|_| fresh.clone()));
        self.journal.submitted = Some(now + tasks);
        self.disk.dirty = true;
        (true, Phrase::new(K::Submitted, [Arg::Number(tasks), Arg::Number(now + tasks)]))
    }

    fn drain(&mut self, worker: ProcessId, on: bool) -> (bool, Phrase) {
        if self.worker(worker).is_none() {
            return (false, Phrase::new(K::NoSuchWorker, [Arg::Process(worker)]));
        }
        self.journal.drained.retain(|id| *id != worker);
        if on {
            self.journal.drained.push(worker);
        }
        self.disk.dirty = true;
        (true, Phrase::new(if on { K::Drains } else { K::Undrains }, [Arg::Process(worker)]))
    }

    /// A disk that failed may not be relied on: what was written down as finished may be lost.
    fn halt(&mut self, out: &mut Effects<'_, Self>) {
        self.halted = true;
        out.note(|| refused(Rule::DurableJournal, K::DiskFailed, []));
        out.stop(self.me);
    }
}
