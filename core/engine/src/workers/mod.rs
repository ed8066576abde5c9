//! A cluster with one scheduler: it watches the workers, gives out the tasks and takes the results; workers carry tasks out;
//! a store keeps what they bring forth. After Dean and Ghemawat's *MapReduce* (OSDI 2004), whose master this scheduler is, with
//! the leases of Gray and Cheriton (SOSP 1989) on what is given out, and numbers that fence off the late and the superseded, as
//! Chubby's sequencers and epochs do (OSDI 2006).
//!
//! * `scheduler`: the book of workers and the table of tasks (§3.2), failures (§3.3), backup executions (§3.6);
//! * `worker`: heartbeats, slots, leases, results that are repeated until they are recorded;
//! * `store`: outputs, each committed once;
//! * `rules`: every rule by name, to be switched off; `view`: what observers may look at.
//!
//! It knows nothing of what a task computes: a task takes a time drawn by lot and has one effect, its output. It knows no
//! network, disk or clock but through its inputs. Numbers of inputs are kept only to name causes.

mod config;
mod disk;
mod message;
mod rules;
mod scheduler;
mod store;
#[cfg(test)]
mod tests;
mod view;
mod worker;

pub use config::{
    MAX_DRIFT_PPM, MAX_SLOTS, MAX_SLOWNESS, MAX_TASKS, MAX_WORKERS, Outputs, Program, Settings, SettingsError,
};
pub use message::{Hold, Message};
pub use rules::{Rule, Rules};
pub use scheduler::{
    Counts, Finished, Held, Journal, MOST_HOLDERS, Scheduler, TaskRow, TaskState, WorkerRow,
};
pub use store::{Effect, MAX_EFFECTS, Store, Stored};
pub use view::Facts;
pub use worker::{Kept, Outcome, Run, Stage, Worker};

use crate::process::{Arg, Digest, Fold, Phrase, ProcessId, Span, Time, TimerName};
use crate::words::Key;
use crate::words::workers::WorkersKey;

/// A task, counted from 1 in the order of submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TaskId(pub u64);

impl Fold for TaskId {
    fn fold(&self, digest: &mut Digest) {
        digest.word(self.0);
    }
}

/// One execution of a task: by the epoch of the scheduler that gave it out, then counted by it. It is a fencing token: a later
/// one is greater, also over the scheduler's lives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Attempt {
    /// The scheduler's epoch, from 1.
    pub epoch: u64,
    /// Counted from 1 within the epoch, over all tasks.
    pub number: u64,
}

impl Attempt {
    /// Before every attempt.
    pub const NONE: Attempt = Attempt { epoch: 0, number: 0 };
}

impl Fold for Attempt {
    fn fold(&self, digest: &mut Digest) {
        digest.word(self.epoch);
        digest.word(self.number);
    }
}

/// The name of a worker's disk: what both clocks of its host showed when it was first started from. What is taken from a clock
/// needs no memory, and a machine that begins again does not come by it a second time: that is why conversations are named after
/// the clock in *Implementing Remote Procedure Calls* (§3.2). A wall clock may be set back, so the other one stands beside it;
/// if it was not, a later disk is greater.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct DiskName {
    /// The wall clock.
    pub wall: Time,
    /// The monotonic clock.
    pub monotonic: Time,
}

impl Fold for DiskName {
    fn fold(&self, digest: &mut Digest) {
        self.wall.fold(digest);
        self.monotonic.fold(digest);
    }
}

/// One of a worker's lives. A later one is greater, also when its disk was lost in between and it counts from 1 again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Life {
    /// The disk it lives from.
    pub disk: DiskName,
    /// Counted from 1 on this disk.
    pub number: u64,
}

impl Life {
    /// One above another that was heard of; and, if that was from another disk, above all lives from that disk.
    fn above(self, heard: Life) -> Life {
        let mut disk = heard.disk;
        if disk != self.disk {
            disk.wall += Span(1);
        }
        Life { disk, number: heard.number.saturating_add(1) }
    }
}

impl Fold for Life {
    fn fold(&self, digest: &mut Digest) {
        self.disk.fold(digest);
        digest.word(self.number);
    }
}

/// Timers of all parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timer {
    /// A worker: the task in this slot takes so long. Below [`MAX_SLOTS`].
    Work(u8),
    /// A worker speaks to the scheduler.
    Heartbeat,
    /// A worker: the next of its leases ends.
    LeaseEnd,
    /// A worker repeats what was not answered.
    Resend,
    /// The scheduler looks whom it has not heard, and which leases are over.
    Check,
}

/// Timers by the names that people use for them, with their slots; a worker's first slot stands for its work.
pub const TIMERS: &[(&str, u8)] = &[
    ("work", 0),
    ("heartbeat", MAX_SLOTS),
    ("leaseEnd", MAX_SLOTS + 1),
    ("resend", MAX_SLOTS + 2),
    ("check", MAX_SLOTS + 3),
];

impl TimerName for Timer {
    fn slot(self) -> u8 {
        match self {
            Timer::Work(slot) => slot.min(MAX_SLOTS - 1),
            Timer::Heartbeat => MAX_SLOTS,
            Timer::LeaseEnd => MAX_SLOTS + 1,
            Timer::Resend => MAX_SLOTS + 2,
            Timer::Check => MAX_SLOTS + 3,
        }
    }
    fn from_slot(slot: u8) -> Option<Self> {
        if slot < MAX_SLOTS {
            return Some(Timer::Work(slot));
        }
        let rest = [Timer::Heartbeat, Timer::LeaseEnd, Timer::Resend, Timer::Check];
        rest.get(usize::from(slot - MAX_SLOTS)).copied()
    }
    fn label(self) -> Key {
        match self {
            Timer::Work(_) => WorkersKey::WorkTimer,
            Timer::Heartbeat => WorkersKey::HeartbeatTimer,
            Timer::LeaseEnd => WorkersKey::LeaseTimer,
            Timer::Resend => WorkersKey::ResendTimer,
            Timer::Check => WorkersKey::CheckTimer,
        }
        .into()
    }
}

/// What an operator can ask of a process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// The scheduler: so many tasks more.
    Submit {
        /// How many.
        tasks: u64,
    },
    /// The scheduler: give this worker nothing new; or do so again.
    Drain {
        /// Which.
        worker: ProcessId,
        /// Nothing new?
        on: bool,
    },
    /// Switch a rule of this process on or off, also for its later incarnations.
    SwitchRule {
        /// Which.
        rule: Rule,
        /// In force?
        on: bool,
    },
}

impl Fold for Command {
    fn fold(&self, digest: &mut Digest) {
        match self {
            Command::Submit { tasks } => {
                digest.word(1);
                digest.word(*tasks);
            }
            Command::Drain { worker, on } => {
                digest.word(2);
                worker.fold(digest);
                on.fold(digest);
            }
            Command::SwitchRule { rule, on } => {
                digest.word(3);
                rule.fold(digest);
                on.fold(digest);
            }
        }
    }
}

/// A rule is switched: the rules in force then, and the answer.
fn switched(rules: Rules, rule: Rule, on: bool) -> (Rules, Phrase) {
    let (rules, key) = match on {
        true => (rules.with(rule), WorkersKey::RuleOn),
        false => (rules.without(rule), WorkersKey::RuleOff),
    };
    (rules, Phrase::new(key, [Arg::Name(rule.name().into())]))
}

/// A task as an argument of a phrase.
fn task_arg(task: TaskId) -> Arg {
    Arg::Number(task.0)
}

/// An attempt as an argument of a phrase.
fn attempt_arg(attempt: Attempt) -> Arg {
    let args = [Arg::Epoch(attempt.epoch), Arg::Number(attempt.number)];
    Arg::Phrase(Box::new(Phrase::new(WorkersKey::AttemptNamed, args)))
}
