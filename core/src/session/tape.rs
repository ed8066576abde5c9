//! A tape of digests: one byte of the history's digest at every so-many events of a branch, so that two histories of what
//! should be the same run can be laid beside each other and the place found from which on they differ.
//!
//! The distance is a power of two and doubles when the tape is full, so that any two tapes have common places. A byte each is
//! enough: once histories differ they stay different, so that one place in 256 looks the same by accident.

use serde::{Deserialize, Serialize};

/// Most places on a tape; at least half as many once it has been full.
pub const MOST_PLACES: usize = 256;

/// Digests at equal distances.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tape {
    /// The distance, in powers of two.
    shift: u8,
    /// The digests after `1 << shift`, `2 << shift`, … events.
    digests: Vec<u8>,
}

impl Default for Tape {
    fn default() -> Self {
        Tape { shift: 2, digests: Vec::new() }
    }
}

impl Tape {
    /// After which event the next digest is wanted.
    pub fn wants(&self) -> u64 {
        (self.digests.len() as u64 + 1) << self.shift
    }

    /// Takes the digest after the event that was wanted.
    pub fn take(&mut self, short: u64) {
        self.digests.push((short >> 56) as u8);
        if self.digests.len() >= MOST_PLACES {
            self.coarsen();
        }
    }

    fn coarsen(&mut self) {
        self.shift += 1;
        let mut place = 0;
        self.digests.retain(|_| {
            place += 1;
            place % 2 == 0
        });
    }

    /// The tape up to an event.
    pub fn until(&self, ordinal: u64) -> Tape {
        let places = usize::try_from(ordinal >> self.shift).unwrap_or(usize::MAX);
        let digests = self.digests.iter().take(places).copied().collect();
        Tape { shift: self.shift, digests }
    }

    /// Is it one that [`Tape::take`] can have made?
    pub fn sound(&self) -> bool {
        self.shift < 56 && self.digests.len() < MOST_PLACES
    }

    /// Between which two events the histories begin to differ: after the first they were the same, after the second no longer.
    /// `None` if they are the same wherever both were taken.
    pub fn differs(&self, other: &Tape) -> Option<(u64, u64)> {
        let shift = self.shift.max(other.shift);
        let places = |tape: &Tape| {
            let every = 1usize << (shift - tape.shift).min(16);
            tape.digests.iter().skip(every - 1).step_by(every).copied().collect::<Vec<u8>>()
        };
        let (own, other) = (places(self), places(other));
        let first = own.iter().zip(&other).position(|(a, b)| a != b)? as u64;
        Some((first << shift, (first + 1) << shift))
    }

    /// After which event its last digest was taken.
    pub fn last(&self) -> u64 {
        (self.digests.len() as u64) << self.shift
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::Digest;
    use proptest::prelude::*;

    /// The tape of a history of so many events that is another from one event on.
    fn tape(events: u64, other_from: u64) -> Tape {
        let (mut tape, mut digest) = (Tape::default(), Digest::new());
        for event in 1..=events {
            digest.word(if event == other_from { !event } else { event });
            if event == tape.wants() {
                tape.take(digest.short());
            }
        }
        tape
    }

    proptest! {
        #[test]
        fn the_first_difference_lies_in_the_interval_it_names(events in 8u64..4_000, from in 1u64..4_000, more in 0u64..3_000) {
            let (one, other) = (tape(events, 0), tape(events + more, from));
            prop_assert!(one.sound() && other.sound());
            match one.differs(&other) {
                // A byte may be the same by accident: then the next place tells.
                Some((_, after)) => prop_assert!(from <= after && after <= events),
                None => prop_assert!(from > one.last().min(other.last()).saturating_sub(2 * events / 64 + 8)),
            }
        }

        #[test]
        fn a_tape_cut_off_is_the_tape_of_the_shorter_run(events in 8u64..4_000, cut in 0u64..4_000) {
            let cut = cut.min(events);
            let (long, short) = (tape(events, 0).until(cut), tape(cut, 0));
            prop_assert_eq!(long.differs(&short), None);
            prop_assert!(long.last() <= cut && cut - long.last() < (events / 64).max(8));
        }
    }

    #[test]
    fn the_interval_is_narrow() {
        let (before, after) = tape(5_000, 0).differs(&tape(5_000, 3_000)).expect("they differ");
        assert!(before < 3_000 && 3_000 <= after && after - before <= 5_000 / 64, "{before}..{after}");
    }
}
