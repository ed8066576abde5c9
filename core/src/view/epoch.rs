//! Terms, ballots, versions: the ages of a group, each shown with its colour and its number, and whose it is where it
//! belongs to somebody.

use crate::process::{Arg, Phrase, ProcessId};
use crate::words::Key;
use crate::words::stage::StageKey as K;
use serde::{Deserialize, Serialize};

/// A term, ballot or version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Epoch {
    /// Its number.
    pub number: u64,
    /// Whose it is, if numbers belong to somebody.
    pub owner: Option<ProcessId>,
    /// What it is called. Args: the number.
    pub name: Key,
}

impl Epoch {
    /// A term.
    pub fn term(number: u64) -> Self {
        Epoch { number, owner: None, name: K::TermIs.into() }
    }

    /// A ballot of this proposer.
    pub fn ballot(number: u64, owner: ProcessId) -> Self {
        Epoch { number, owner: Some(owner), name: K::BallotIs.into() }
    }

    /// As an argument of a phrase.
    pub fn arg(self) -> Arg {
        match self.owner {
            Some(owner) => Arg::Ballot(self.number, owner),
            None => Arg::Epoch(self.number),
        }
    }

    /// With what it is called: "term 3".
    pub fn phrase(self) -> Phrase {
        Phrase::new(self.name, [self.arg()])
    }
}

/// Which of six colours it has, from 1; 0 is none. Ballots of one round differ by their owners.
pub fn hue(number: u64, owner: Option<ProcessId>) -> u64 {
    match (number, owner) {
        (0, _) => 0,
        (number, None) => (number - 1) % 6 + 1,
        (number, Some(owner)) => ((number - 1) % 6 * 2 + u64::from(owner.0.max(1) - 1)) % 6 + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_ballots_of_a_duel_have_six_colours() {
        let of = |round, owner| hue(round, Some(ProcessId(owner)));
        let mut all: Vec<u64> = (1..=3).flat_map(|round| [of(round, 1), of(round, 2)]).collect();
        all.sort_unstable();
        assert_eq!(all, [1, 2, 3, 4, 5, 6]);
        assert_eq!([hue(0, None), hue(1, None), hue(6, None), hue(7, None)], [0, 1, 6, 1]);
    }
}
