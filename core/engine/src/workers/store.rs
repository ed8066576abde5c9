//! The store: where shared outputs lie. An attempt writes to a private output and asks to have it made the task's output, at
//! one blow: "When a reduce task completes, the reduce worker atomically renames its temporary output file to the final output
//! file" (*MapReduce* §3.3). It trusts no worker to know whether it is still wanted: it looks at the attempts' numbers, as a
//! server that is handed a sequencer does (*The Chubby lock service* §2.4).

use super::config::{MAX_TASKS, Program};
use super::disk::Disk;
use super::{Attempt, Command, Message, Rule, Rules, TaskId, Timer, attempt_arg, switched, task_arg};
use crate::consensus::notes::{Because, by, did, refused};
use crate::process::{
    Answer, Arg, Digest, Durable, Effects, Fold, Input, Machine, Moment, Phrase, ProcessId,
};
use crate::words::workers::WorkersKey as K;
use litemap::LiteMap;
use std::sync::Arc;

/// Most outputs it lists; only with rules switched off are there more than tasks.
pub const MAX_EFFECTS: usize = 4 * MAX_TASKS as usize;

/// An output that was made a task's output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effect {
    /// Of which task.
    pub task: TaskId,
    /// Of which attempt.
    pub attempt: Attempt,
    /// Who brought it.
    pub worker: ProcessId,
    /// The input that brought it.
    pub event: u64,
}

impl Fold for Effect {
    fn fold(&self, digest: &mut Digest) {
        self.task.fold(digest);
        self.attempt.fold(digest);
        self.worker.fold(digest);
    }
}

/// What its disk holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stored {
    /// The outputs, in the order they were committed.
    pub effects: Arc<Vec<Effect>>,
    /// For each task it has heard of: all attempts before this one are superseded.
    pub fences: Arc<LiteMap<TaskId, Attempt>>,
    /// The rules in force, if an operator has changed them since the first start.
    pub rules: Option<Rules>,
}

impl Fold for Stored {
    fn fold(&self, digest: &mut Digest) {
        self.effects.fold(digest);
        self.fences.fold(digest);
        self.rules.fold(digest);
    }
}

impl Durable for Stored {
    /// A log of small records: some of the new ones, in order. A fence is written before the output that it belongs to.
    fn torn(older: Option<&Self>, newer: &Self, kept: u32) -> Option<Self> {
        if kept < u32::MAX / 2 { older.cloned() } else { Some(newer.clone()) }
    }
}

/// The store.
#[derive(Clone)]
pub struct Store {
    pub(super) me: ProcessId,
    pub(super) rules: Rules,
    /// What the disk holds once all writes are done.
    pub(super) stored: Stored,
    disk: Disk,
    pub(super) halted: bool,
    event: u64,
}

impl Machine for Store {
    type Program = Program;
    type Message = Message;
    type Timer = Timer;
    type Durable = Stored;
    type Command = Command;

    fn boot(program: &Program, me: ProcessId, stored: Option<&Stored>) -> Self {
        let stored = stored.cloned().unwrap_or_default();
        let rules = stored.rules.unwrap_or(program.settings().rules);
        Store { me, rules, stored, disk: Disk::default(), halted: false, event: 0 }
    }

    fn step(&mut self, now: Moment, input: Input<Self>, out: &mut Effects<'_, Self>) {
        if self.halted {
            return;
        }
        self.event = now.event;
        self.disk.begin();
        match input {
            Input::Start => {
                let count = self.stored.effects.len() as u64;
                out.note(|| did(K::StoreStarts, [Arg::Number(count)]));
            }
            Input::Message { message: Message::Open { task, attempt, fence }, .. } => {
                self.raise_fence(task, attempt, fence, out);
            }
            Input::Message { from, message: Message::Commit { task, attempt, fence } } => {
                self.on_commit(from, task, attempt, fence, out);
            }
            Input::Persisted(token) => self.disk.is_done(token),
            Input::PersistFailed(..) => return self.halt(out),
            Input::Command { ticket, command } => self.on_command(ticket, command, out),
            // Nobody else speaks to it; it has no timers; all speak datagrams.
            Input::Message { .. }
            | Input::Timer(_)
            | Input::Opened(_)
            | Input::Refused { .. }
            | Input::Accepted { .. }
            | Input::Received { .. }
            | Input::Closed { .. } => {}
        }
        let stored = &self.stored;
        self.disk.save(|| stored.clone(), out);
    }

    fn fold(&self, digest: &mut Digest) {
        self.stored.fold(digest);
        self.rules.fold(digest);
        self.disk.fold(digest);
        self.halted.fold(digest);
    }

    fn weight(&self) -> usize {
        let fences = self.stored.fences.len() * size_of::<(TaskId, Attempt)>();
        size_of::<Self>() + self.stored.effects.len() * size_of::<Effect>() + fences
    }
}

impl Store {
    /// An attempt has begun: those before its generation are superseded.
    fn raise_fence(&mut self, task: TaskId, attempt: Attempt, fence: Attempt, out: &mut Effects<'_, Self>) {
        let before = self.fence(task);
        if task.0 == 0 || task.0 > MAX_TASKS || fence <= before {
            return;
        }
        Arc::make_mut(&mut self.stored.fences).insert(task, fence);
        self.disk.dirty = true;
        if before != Attempt::NONE {
            out.note(|| {
                let args = [task_arg(task), attempt_arg(attempt), attempt_arg(fence)];
                by(Rule::FenceAttempts, K::RaisesFence, args)
            });
        }
    }

    /// All attempts before this one are superseded.
    pub fn fence(&self, task: TaskId) -> Attempt {
        self.stored.fences.get(&task).copied().unwrap_or_default()
    }

    /// The output of a task, if there is one.
    pub fn effect(&self, task: TaskId) -> Option<&Effect> {
        self.stored.effects.iter().find(|effect| effect.task == task)
    }

    /// One output a task, of the first attempt that asks, and of none that is superseded.
    fn on_commit(
        &mut self,
        from: ProcessId,
        task: TaskId,
        attempt: Attempt,
        fence: Attempt,
        out: &mut Effects<'_, Self>,
    ) {
        if task.0 == 0 || task.0 > MAX_TASKS {
            return;
        }
        self.raise_fence(task, attempt, fence, out);
        let args = || [task_arg(task), attempt_arg(attempt), Arg::Process(from)];
        let there = self.effect(task).copied();
        if let Some(effect) = there.filter(|_| self.rules.has(Rule::CommitOnce)) {
            out.note(|| {
                let args = [task_arg(task), attempt_arg(attempt), attempt_arg(effect.attempt)];
                refused(Rule::CommitOnce, K::HasAlready, args).because([effect.event])
            });
            return self.answer(from, Message::Committed { task, attempt, by: effect.attempt }, out);
        }
        let fence = self.fence(task);
        if attempt < fence && self.rules.has(Rule::FenceAttempts) {
            out.note(|| {
                let args = [task_arg(task), attempt_arg(attempt), attempt_arg(fence)];
                refused(Rule::FenceAttempts, K::RefusesSuperseded, args)
            });
            return self.answer(from, Message::Fenced { task, attempt, fence }, out);
        }
        if self.stored.effects.len() < MAX_EFFECTS {
            let effect = Effect { task, attempt, worker: from, event: self.event };
            Arc::make_mut(&mut self.stored.effects).push(effect);
            self.disk.dirty = true;
        }
        let key = if there.is_some() { K::CommitsAgain } else { K::Commits };
        out.note(|| did(key, args()));
        self.answer(from, Message::Committed { task, attempt, by: attempt }, out);
    }

    fn answer(&mut self, to: ProcessId, message: Message, out: &mut Effects<'_, Self>) {
        let stored = &self.stored;
        self.disk.answer(self.rules.has(Rule::DurableCommit), to, message, || stored.clone(), out);
    }

    fn on_command(&mut self, ticket: u64, command: Command, out: &mut Effects<'_, Self>) {
        let (accepted, phrase) = match command {
            Command::SwitchRule { rule, on } => {
                let (rules, phrase) = switched(self.rules, rule, on);
                (self.rules, self.stored.rules) = (rules, Some(rules));
                self.disk.dirty = true;
                (true, phrase)
            }
            Command::Submit { .. } | Command::Drain { .. } => (false, Phrase::bare(K::NotTheScheduler)),
        };
        out.reply(ticket, Answer { accepted, phrase });
    }

    /// Its disk failed: outputs that it told of may be lost.
    fn halt(&mut self, out: &mut Effects<'_, Self>) {
        self.halted = true;
        out.note(|| refused(Rule::DurableCommit, K::DiskFailed, []));
        out.stop(self.me);
    }
}
