//! Checks watch every event, as observers outside the protocols (DESIGN, law 10). Each holds a bounded state, which is part
//! of a checkpoint; a broken invariant says who, when and which entries.
//!
//! A [`Check`] may watch several [`Invariant`]s, so that what they all need of an event is looked up once. One that broke
//! is reported once and then rests, while the others watch on.

use crate::kernel::Event;
use crate::kernel::world::World;
use crate::process::{EventId, Phrase, ProcessId, Time};
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
