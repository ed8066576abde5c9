//! A worker: it takes tasks into its slots, carries each out under a lease, and repeats what it has to say of it until it is
//! answered. Its start, its inputs, its heartbeats and its leases are here; its results in `results`.

mod results;

pub use results::{Outcome, Stage};

use super::config::Program;
use super::disk::Disk;
use super::{Attempt, Command, DiskName, Hold, Life, Message, Outputs, Rule, Rules, TaskId, Timer, switched};
use super::{attempt_arg, task_arg};
use crate::consensus::notes::{Because, by, did, refused};
use crate::process::{
    Answer, Arg, Delay, Digest, Durable, Effects, Fold, Input, Machine, Moment, Phrase, ProcessId, Time,
};
use crate::words::workers::WorkersKey as K;
use std::collections::VecDeque;
use std::sync::Arc;

/// How many attempts it remembers to have seen: far more than can be assigned within one lease.
const MOST_SEEN: usize = 256;

/// What a worker's disk holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// The disk's name, and how often it has started from it.
    pub life: Life,
    /// Where outputs are local: those that lie here, one a task.
    pub outputs: Arc<Vec<Hold>>,
    /// The rules in force, if an operator has changed them since the first start.
    pub rules: Option<Rules>,
}

impl Fold for Kept {
    fn fold(&self, digest: &mut Digest) {
        self.life.fold(digest);
        self.outputs.fold(digest);
        self.rules.fold(digest);
    }
}

impl Durable for Kept {
    /// Small records, each written whole or not at all; the last one may be missing.
    fn torn(older: Option<&Self>, newer: &Self, kept: u32) -> Option<Self> {
        if kept < u32::MAX / 2 { older.cloned() } else { Some(newer.clone()) }
    }
}

/// An attempt at work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// In which slot.
    pub slot: u8,
    /// Of which task.
    pub task: TaskId,
    /// Which.
    pub attempt: Attempt,
    /// The first attempt of its generation.
    pub fence: Attempt,
    /// When its lease ends, on the worker's own clock.
    pub until: Time,
    /// The input that began it.
    pub event: u64,
}

impl Fold for Run {
    fn fold(&self, digest: &mut Digest) {
        self.slot.fold(digest);
        self.task.fold(digest);
        self.attempt.fold(digest);
        self.fence.fold(digest);
        self.until.fold(digest);
    }
}

/// A worker.
#[derive(Clone)]
pub struct Worker {
    pub(super) me: ProcessId,
    pub(super) program: Program,
    pub(super) rules: Rules,
    /// What the disk holds once all writes are done.
    pub(super) kept: Kept,
    pub(super) disk: Disk,
    /// Its life is on disk: it may speak.
    pub(super) ready: bool,
    pub(super) halted: bool,
    /// The newest scheduler's epoch that it has heard of.
    pub(super) epoch: u64,
    pub(super) runs: Vec<Run>,
    pub(super) outcomes: Vec<Outcome>,
    /// Attempts that it was assigned, the newest last.
    seen: VecDeque<Attempt>,
    /// The present input and its time; the input that brought the newest epoch.
    pub(super) event: u64,
    pub(super) now: Time,
    epoch_event: u64,
}

impl Machine for Worker {
    type Program = Program;
    type Message = Message;
    type Timer = Timer;
    type Durable = Kept;
    type Command = Command;

    fn boot(program: &Program, me: ProcessId, stored: Option<&Kept>) -> Self {
        let kept = stored.cloned().unwrap_or_default();
        Worker {
            me,
            program: program.clone(),
            rules: kept.rules.unwrap_or(program.settings().rules),
            kept,
            disk: Disk::default(),
            ready: false,
            halted: false,
            epoch: 0,
            runs: Vec::new(),
            outcomes: Vec::new(),
            seen: VecDeque::new(),
            event: 0,
            now: Time::ZERO,
            epoch_event: 0,
        }
    }

    fn step(&mut self, now: Moment, input: Input<Self>, out: &mut Effects<'_, Self>) {
        if self.halted {
            return;
        }
        (self.event, self.now) = (now.event, now.monotonic);
        self.disk.begin();
        self.expire(out);
        match input {
            Input::Start => self.on_start(now, out),
            Input::Message { from, message } if self.ready => self.on_message(from, message, out),
            Input::Timer(Timer::Work(slot)) => self.on_worked(slot, out),
            Input::Timer(Timer::Heartbeat) => self.beat(out),
            Input::Timer(Timer::Resend) => self.on_resend(out),
            Input::Persisted(token) => {
                self.disk.is_done(token);
                if !self.ready && !self.disk.dirty && self.disk.under_way() == 0 {
                    self.ready = true;
                    self.beat(out);
                }
            }
            Input::PersistFailed(..) => return self.halt(out),
            Input::Command { ticket, command } => self.on_command(ticket, command, out),
            // What the end of a lease brings is done above; before it is ready it hears nobody; all speak datagrams.
            Input::Message { .. }
            | Input::Timer(Timer::LeaseEnd | Timer::Check)
            | Input::Opened(_)
            | Input::Refused { .. }
            | Input::Accepted { .. }
            | Input::Received { .. }
            | Input::Closed { .. } => {}
        }
        self.arm_lease(out);
        let kept = &self.kept;
        self.disk.save(|| kept.clone(), out);
    }

    fn fold(&self, digest: &mut Digest) {
        self.kept.fold(digest);
        self.rules.fold(digest);
        self.disk.fold(digest);
        digest.word(u64::from(self.ready) | u64::from(self.halted) << 1 | self.epoch << 2);
        self.runs.fold(digest);
        self.outcomes.fold(digest);
        digest.word(self.seen.len() as u64);
        self.seen.iter().for_each(|attempt| attempt.fold(digest));
    }

    fn weight(&self) -> usize {
        size_of::<Self>() + MOST_SEEN * size_of::<Attempt>() + self.kept.outputs.len() * size_of::<Hold>()
    }
}

impl Worker {
    /// What it had in its hands in an earlier life is lost; by a new number the scheduler knows. On an empty disk it cannot know
    /// whether it had one before: it gives the disk a name that no other has, so that the scheduler knows that too.
    fn on_start(&mut self, now: Moment, out: &mut Effects<'_, Self>) {
        if self.kept.life.number == 0 {
            self.kept.life.disk = DiskName { wall: now.wall, monotonic: now.monotonic };
        }
        self.kept.life.number += 1;
        self.disk.dirty = true;
        let number = self.kept.life.number;
        out.note(|| did(K::WorkerStarts, [Arg::Number(number)]));
    }

    /// "It lives", and what it has in its hands.
    fn beat(&mut self, out: &mut Effects<'_, Self>) {
        if !self.ready {
            return;
        }
        let settings = self.program.settings();
        let runs = self.runs.iter().map(|run| Hold { task: run.task, attempt: run.attempt });
        let outcomes = self.outcomes.iter().map(|done| Hold { task: done.task, attempt: done.attempt });
        let holds = runs.chain(outcomes).collect();
        let (life, at, slots) = (self.kept.life, self.now, settings.slots);
        out.send_now(settings.scheduler, Message::Beat { life, at, slots, holds });
        out.set_timer(Timer::Heartbeat, Delay::Fixed(settings.heartbeat));
    }

    fn on_message(&mut self, from: ProcessId, message: Message, out: &mut Effects<'_, Self>) {
        if let Some(epoch) = message.epoch()
            && (from != self.program.settings().scheduler || self.is_of_old(epoch, out))
        {
            return;
        }
        match message {
            Message::Grant { life, .. } if life > self.kept.life => self.on_forgotten(life, out),
            Message::Grant { life, since, renewed, .. } => self.on_grant(life, since, &renewed),
            Message::Assign { task, attempt, fence, life, since } => {
                self.on_assign(Hold { task, attempt }, fence, life, since, out);
            }
            Message::Stop { attempt, .. } => self.on_stop(attempt, out),
            Message::Recorded { attempt, .. } => self.on_recorded(attempt, out),
            Message::Committed { task, attempt, by } => self.on_committed(task, attempt, by, out),
            Message::Fenced { attempt, fence, .. } => self.on_fenced(attempt, fence, out),
            // Said by workers.
            Message::Beat { .. }
            | Message::Declined { .. }
            | Message::Done { .. }
            | Message::Open { .. }
            | Message::Commit { .. } => {}
        }
    }

    /// "The master rejects calls from clients using older epoch numbers", so that nobody answers "a very old packet that was
    /// sent to a previous master" (*The Chubby lock service* §2.9): here workers reject what an earlier life of the scheduler
    /// has said.
    fn is_of_old(&mut self, epoch: u64, out: &mut Effects<'_, Self>) -> bool {
        let (known, earlier) = (self.epoch, self.epoch_event);
        if epoch < known {
            if !self.rules.has(Rule::RefuseOldEpoch) {
                return false;
            }
            out.note(|| {
                let args = [Arg::Epoch(epoch), Arg::Epoch(known)];
                refused(Rule::RefuseOldEpoch, K::RefusesEpoch, args).because([earlier])
            });
            return true;
        }
        if epoch > known {
            (self.epoch, self.epoch_event) = (epoch, self.event);
            out.note(|| did(K::HearsEpoch, [Arg::Epoch(epoch)]).because([earlier]));
        }
        false
    }

    /// Until when a lease lasts that was granted in answer to a request of this time.
    fn lease_end(&self, since: Time) -> Time {
        let from = if self.rules.has(Rule::LeaseFromRequest) { since } else { self.now };
        from + self.program.settings().lease
    }

    /// The scheduler has heard a later life than this: the disk has forgotten it. So that it is heard it begins one above.
    fn on_forgotten(&mut self, heard: Life, out: &mut Effects<'_, Self>) {
        let life = self.kept.life.above(heard);
        out.note(|| did(K::LivesForgotten, [Arg::Number(life.number)]));
        for run in self.take_runs(|_| true) {
            out.cancel_timer(Timer::Work(run.slot));
        }
        self.outcomes.clear();
        (self.kept.life, self.ready, self.disk.dirty) = (life, false, true);
    }

    fn on_grant(&mut self, life: Life, since: Time, renewed: &[Attempt]) {
        if life != self.kept.life {
            return;
        }
        let until = self.lease_end(since);
        for run in self.runs.iter_mut().filter(|run| renewed.contains(&run.attempt)) {
            run.until = run.until.max(until);
        }
    }

    /// It takes a task into a free slot, under a lease; or says that it does not.
    fn on_assign(
        &mut self,
        hold: Hold,
        fence: Attempt,
        life: Life,
        since: Time,
        out: &mut Effects<'_, Self>,
    ) {
        if life != self.kept.life {
            return;
        }
        let Hold { task, attempt } = hold;
        let args = || [task_arg(task), attempt_arg(attempt)];
        let has = self.runs.iter().any(|run| run.attempt == attempt)
            || self.outcomes.iter().any(|outcome| outcome.attempt == attempt);
        // One that it declined counts as seen: its answer may overtake a repetition, and the task be given to another.
        let seen = self.remember(attempt);
        if seen && self.rules.has(Rule::DedupAssignments) {
            out.note(|| refused(Rule::DedupAssignments, K::HasSeen, args()));
            if !has {
                self.decline(hold, out);
            }
            return;
        }
        let until = self.lease_end(since);
        if until <= self.now {
            out.note(|| refused(Rule::LeaseFromRequest, K::LeaseWasOver, args()));
            return self.decline(hold, out);
        }
        let slots = 0..self.program.settings().slots;
        let Some(slot) = slots.into_iter().find(|slot| self.runs.iter().all(|run| run.slot != *slot)) else {
            out.note(|| did(K::NoSlot, args()));
            return self.decline(hold, out);
        };
        self.runs.push(Run { slot, task, attempt, fence, until, event: self.event });
        out.note(|| did(K::Begins, args()));
        let (low, high) = self.program.duration_of(self.me);
        out.set_timer(Timer::Work(slot), Delay::Uniform(low, high));
        if let Some(store) = self.shared_store() {
            out.send_now(store, Message::Open { task, attempt, fence });
        }
    }

    /// Remembers an attempt; was it known?
    fn remember(&mut self, attempt: Attempt) -> bool {
        if self.seen.contains(&attempt) {
            return true;
        }
        if self.seen.len() >= MOST_SEEN {
            self.seen.pop_front();
        }
        self.seen.push_back(attempt);
        false
    }

    fn decline(&mut self, hold: Hold, out: &mut Effects<'_, Self>) {
        let Hold { task, attempt } = hold;
        out.send_now(self.program.settings().scheduler, Message::Declined { task, attempt });
    }

    pub(super) fn shared_store(&self) -> Option<ProcessId> {
        let settings = self.program.settings();
        settings.store.filter(|_| settings.outputs == Outputs::Shared)
    }

    /// What it may no longer work at: "A lease is a contract that gives its holder specified rights … for a limited period of
    /// time" (*Leases* §2). It is looked at before anything else, since a host that was paused does not know that it was.
    fn expire(&mut self, out: &mut Effects<'_, Self>) {
        if !self.rules.has(Rule::StopAtLeaseEnd) {
            return;
        }
        let now = self.now;
        for run in self.take_runs(|run| run.until <= now) {
            out.cancel_timer(Timer::Work(run.slot));
            out.note(|| {
                let args = [task_arg(run.task), attempt_arg(run.attempt)];
                by(Rule::StopAtLeaseEnd, K::StopsAtLeaseEnd, args).because([run.event])
            });
        }
    }

    /// Those that fit, no longer at work.
    pub(super) fn take_runs(&mut self, fits: impl Fn(&Run) -> bool) -> Vec<Run> {
        let taken: Vec<Run> = self.runs.iter().filter(|run| fits(run)).copied().collect();
        self.runs.retain(|run| !fits(run));
        taken
    }

    /// It is not needed any more.
    fn on_stop(&mut self, attempt: Attempt, out: &mut Effects<'_, Self>) {
        for run in self.take_runs(|run| run.attempt == attempt) {
            out.cancel_timer(Timer::Work(run.slot));
            out.note(|| {
                let args = [task_arg(run.task), attempt_arg(run.attempt)];
                by(Rule::StopOthers, K::Stops, args).because([run.event])
            });
        }
        self.outcomes.retain(|outcome| outcome.attempt != attempt);
    }

    fn arm_lease(&self, out: &mut Effects<'_, Self>) {
        match self.runs.iter().map(|run| run.until).min() {
            Some(next) if next > self.now => out.set_timer(Timer::LeaseEnd, Delay::Fixed(next - self.now)),
            _ => out.cancel_timer(Timer::LeaseEnd),
        }
    }

    fn on_command(&mut self, ticket: u64, command: Command, out: &mut Effects<'_, Self>) {
        let (accepted, phrase) = match command {
            Command::SwitchRule { rule, on } => {
                let (rules, phrase) = switched(self.rules, rule, on);
                (self.rules, self.kept.rules) = (rules, Some(rules));
                self.disk.dirty = true;
                (true, phrase)
            }
            Command::Submit { .. } | Command::Drain { .. } => (false, Phrase::bare(K::NotTheScheduler)),
        };
        out.reply(ticket, Answer { accepted, phrase });
    }

    /// Its disk failed, and what it would say of its outputs cannot be relied on.
    fn halt(&mut self, out: &mut Effects<'_, Self>) {
        self.halted = true;
        out.note(|| did(K::DiskFailed, []));
        out.stop(self.me);
    }
}
