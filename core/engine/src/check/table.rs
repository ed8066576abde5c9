//! A table of invariants: whichever of them breaks is said once, at its event, and then rests. It knows no system and no world.

use super::{Invariant, Violation};
use crate::kernel::Event;
use crate::process::{Arg, Phrase, ProcessId};
use crate::words::Key;

/// The invariants of a system, as its own ledger calls them.
pub trait Table: Copy + PartialEq + 'static {
    /// All of them, in the order in which they are shown.
    fn all() -> Vec<(Self, Invariant)>;
}

/// A broken invariant, before it is known at which event.
#[derive(Clone, Debug, PartialEq)]
pub struct Broken<W> {
    /// Which.
    pub which: W,
    /// In words with the values.
    pub phrase: Phrase,
    /// Whom it concerns.
    pub involved: Vec<ProcessId>,
}

impl<W> Broken<W> {
    /// In these words.
    pub fn new(
        which: W,
        key: impl Into<Key>,
        args: impl Into<Vec<Arg>>,
        involved: impl Into<Vec<ProcessId>>,
    ) -> Self {
        Broken { which, phrase: Phrase::new(key, args), involved: involved.into() }
    }
}

/// Those that have broken, and rest.
#[derive(Clone, Debug)]
pub struct Rests<W>(Vec<W>);

impl<W> Default for Rests<W> {
    fn default() -> Self {
        Rests(Vec::new())
    }
}

impl<W: Table> Rests<W> {
    /// Does this one rest?
    pub fn has(&self, which: W) -> bool {
        self.0.contains(&which)
    }

    /// Says what was found at the event, and lets it rest.
    pub fn say(&mut self, found: Vec<Broken<W>>, event: &Event<'_>, broken: &mut Vec<Violation>) {
        for Broken { which, phrase, involved } in found {
            if self.has(which) {
                continue;
            }
            self.0.push(which);
            let named = W::all().into_iter().find(|(named, _)| *named == which);
            let check = named.map_or("", |(_, invariant)| invariant.name);
            broken.push(Violation { check, at: event.at, event: event.id, phrase, involved });
        }
    }
}

/// The invariants alone, without their names in a ledger.
pub fn invariants<W: Table>() -> Vec<Invariant> {
    W::all().into_iter().map(|(_, invariant)| invariant).collect()
}
