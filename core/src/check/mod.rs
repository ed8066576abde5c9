//! Checks watch every event, as observers outside the protocols (DESIGN, law 10). Each holds a bounded state, which is part
//! of a checkpoint; a broken one says who, when and which entries.

use crate::kernel::Event;
use crate::kernel::world::World;
use crate::process::{EventId, Phrase, ProcessId, Time};
use crate::words::Key;

/// One invariant, watched.
pub trait Check: Send + Sync {
    /// Its name, as in `violated: { check: system/name }`.
    fn name(&self) -> &'static str;
    /// In words: what it holds.
    fn title(&self) -> Key;
    /// Takes one event, after the world has changed by it.
    fn saw(&mut self, world: &World, event: &Event<'_>) -> Result<(), Box<Violation>>;
    /// A copy for a checkpoint.
    fn copy(&self) -> Box<dyn Check>;
}

/// A broken invariant.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    /// Which check.
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
