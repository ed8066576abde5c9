//! The highest entry of each of the latest terms: all that two checks need to remember, since by Log Matching whoever has
//! that entry has all before it. It does not know what the entry is remembered for.

use crate::process::ProcessId;
use std::collections::VecDeque;

/// So many terms are remembered; older ones are forgotten.
pub(super) const TERMS: usize = 64;

/// An entry, and the term by which something was known of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    pub by: u64,
    pub index: u64,
    pub term: u64,
    /// Whose word it is.
    pub member: ProcessId,
}

/// The highest entry of each term, by term, ascending.
#[derive(Clone, Default)]
pub(super) struct Highest(VecDeque<Known>);

impl Highest {
    /// Keeps an entry unless a higher one of the same term is there.
    pub(super) fn remember(&mut self, new: Known) {
        let at = self.0.partition_point(|entry| entry.by < new.by);
        match self.0.get_mut(at) {
            Some(same) if same.by == new.by => {
                if same.index < new.index {
                    *same = new;
                }
            }
            _ => {
                self.0.insert(at, new);
                if self.0.len() > TERMS {
                    self.0.pop_front();
                }
            }
        }
    }

    /// Those of terms before this one, the latest first.
    pub(super) fn before(&self, term: u64) -> impl Iterator<Item = &Known> {
        self.0.iter().rev().skip_while(move |entry| entry.by >= term)
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}
