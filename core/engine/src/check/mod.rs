//! Checks watch every event, as observers outside the protocols (DESIGN, law 10). Each holds a bounded state, which is part
//! of a checkpoint; a broken invariant says who, when and which entries.
//!
//! A [`Check`] may watch several [`Invariant`]s, so that what they all need of an event is looked up once. One that broke
//! is reported once and then rests, while the others watch on.

pub mod multi_paxos;
pub mod paxos;
pub mod raft;
pub mod replica_set;
pub mod table;
pub mod workers;

use crate::kernel::world::World;
use crate::kernel::{Event, Observer};
use crate::process::{EventId, Phrase, ProcessId, Span, Time};
use crate::words::Key;

/// One thing that must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Invariant {
    /// Its name, as in `violated: { check: system/name }`.
    pub name: &'static str,
    /// In words: what it holds.
    pub title: Key,
}

/// Watches one or several invariants of a system.
pub trait Check: Send + Sync {
    /// What it watches.
    fn invariants(&self) -> Vec<Invariant>;
    /// Takes one event, after the world has changed by it, and adds what it broke to `broken`.
    fn saw(&mut self, world: &World, event: &Event<'_>, broken: &mut Vec<Violation>);
    /// A copy for a checkpoint.
    fn copy(&self) -> Box<dyn Check>;
    /// About how many bytes a copy holds.
    fn weight(&self) -> usize;
}

/// A broken invariant.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    /// Which one, by its name.
    pub check: &'static str,
    /// When.
    pub at: Time,
    /// At which event.
    pub event: EventId,
    /// Who, which entries, in words with the values.
    pub phrase: Phrase,
    /// Whom it concerns.
    pub involved: Vec<ProcessId>,
}

/// Counts what a run comes by, so that "nothing broke" means something.
pub trait Meter: Observer {
    /// Each count by its name, the same names in every run.
    fn counts(&self) -> Vec<(&'static str, u64)>;
}

/// Watches whether a system came back to work after everything was healed.
pub trait Back: Observer {
    /// How long after healing it did; `None` while it has not.
    fn after(&self) -> Option<Span>;
}

/// Several checks as one observer that gathers what they find.
#[derive(Default)]
pub struct Watching {
    /// The checks.
    pub checks: Vec<Box<dyn Check>>,
    /// What broke, in order.
    pub broken: Vec<Violation>,
}

impl Watching {
    /// These checks.
    pub fn new(checks: impl IntoIterator<Item = Box<dyn Check>>) -> Self {
        Watching { checks: checks.into_iter().collect(), broken: Vec::new() }
    }
}

impl Clone for Watching {
    fn clone(&self) -> Self {
        Watching {
            checks: self.checks.iter().map(|check| check.copy()).collect(),
            broken: self.broken.clone(),
        }
    }
}

impl Observer for Watching {
    fn saw(&mut self, world: &World, event: &Event<'_>) {
        for check in &mut self.checks {
            check.saw(world, event, &mut self.broken);
        }
    }
}
