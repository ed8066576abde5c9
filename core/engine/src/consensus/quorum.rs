//! Majorities: the arithmetic every quorum protocol shares. It deliberately knows no protocol and no process.

use crate::process::few;
use smallvec::SmallVec;

/// The size of a majority of `n`.
pub const fn majority(n: usize) -> usize {
    n / 2 + 1
}

/// Values of a handful of voters, without an allocation.
pub type Values = SmallVec<[u64; 8]>;

/// The largest value that a majority of the voters have reached: with matches `[9, 7, 7, 4, 2]` it is 7. No voters
/// hold nothing back: `u64::MAX`, the neutral element when two majorities are needed.
#[inline]
pub fn reached(values: &mut Values) -> u64 {
    let n = values.len();
    if n == 0 {
        return u64::MAX;
    }
    few::sort(values);
    values[n - majority(n)]
}

/// How a poll stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tally {
    /// A majority said yes.
    Won,
    /// So many said no that a majority can no longer say yes.
    Lost,
    /// Neither yet.
    Open,
}

/// How a poll stands among `voters` of whom `yes` and `no` have answered. No voters: won.
pub const fn tally(voters: usize, yes: usize, no: usize) -> Tally {
    if voters == 0 || yes >= majority(voters) {
        Tally::Won
    } else if voters - no < majority(voters) {
        Tally::Lost
    } else {
        Tally::Open
    }
}

impl Tally {
    /// Both polls must be won (joint consensus, §4.3 of Ongaro's dissertation).
    pub const fn and(self, other: Tally) -> Tally {
        match (self, other) {
            (Tally::Lost, _) | (_, Tally::Lost) => Tally::Lost,
            (Tally::Won, Tally::Won) => Tally::Won,
            _ => Tally::Open,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn majorities_of_small_groups() {
        assert_eq!([1, 2, 3, 4, 5, 6, 7].map(majority), [1, 2, 2, 3, 3, 4, 4]);
    }

    #[test]
    fn no_voters_hold_nothing_back() {
        assert_eq!(reached(&mut Values::new()), u64::MAX);
        assert_eq!(tally(0, 0, 0), Tally::Won);
    }

    proptest! {
        #[test]
        fn a_majority_has_reached_it_and_none_has_reached_more(values in prop::collection::vec(0u64..20, 1..9)) {
            let r = reached(&mut values.iter().copied().collect());
            let at_least = |x| values.iter().filter(|&&v| v >= x).count();
            prop_assert!(at_least(r) >= majority(values.len()));
            prop_assert!(at_least(r + 1) < majority(values.len()));
        }

        #[test]
        fn a_lost_poll_cannot_be_won_and_a_won_one_not_lost(n in 1usize..9, yes in 0usize..9, no in 0usize..9) {
            prop_assume!(yes + no <= n);
            let rest = n - yes - no;
            match tally(n, yes, no) {
                Tally::Won => prop_assert!(yes >= majority(n)),
                Tally::Lost => prop_assert!(yes + rest < majority(n)),
                Tally::Open => prop_assert!(yes < majority(n) && yes + rest >= majority(n)),
            }
        }
    }
}
