//! Quorums of the two phases. "It is only necessary for phase-1 quorums to intersect phase-2 quorums" (*Flexible Paxos* §3):
//! so both are free as long as they meet. A quorum is so many acceptors, whichever, or one of some sets of them.

use crate::consensus::quorum::majority;
use crate::process::ProcessId;

/// Who must agree in a phase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Quorum {
    /// So many, whichever.
    Any(usize),
    /// All of any one of these sets.
    OneOf(Vec<Vec<ProcessId>>),
}

impl Quorum {
    /// More than half of so many acceptors.
    pub fn majority_of(acceptors: usize) -> Quorum {
        Quorum::Any(majority(acceptors))
    }

    /// Is it reached by those who said yes?
    pub fn is_met(&self, said: impl Fn(ProcessId) -> bool, acceptors: &[ProcessId]) -> bool {
        self.missing(said, acceptors) == 0
    }

    /// How many more are needed at least.
    pub fn missing(&self, said: impl Fn(ProcessId) -> bool, acceptors: &[ProcessId]) -> usize {
        let lacks = |ids: &[ProcessId]| ids.iter().filter(|id| !said(**id)).count();
        match self {
            Quorum::Any(needed) => needed.saturating_sub(acceptors.len() - lacks(acceptors)),
            Quorum::OneOf(sets) => sets.iter().map(|set| lacks(set)).min().unwrap_or(usize::MAX),
        }
    }

    /// How many are needed at least, from nobody on.
    pub fn least(&self) -> usize {
        match self {
            Quorum::Any(needed) => *needed,
            Quorum::OneOf(sets) => sets.iter().map(Vec::len).min().unwrap_or(usize::MAX),
        }
    }

    /// Of the quorum that lacks fewest: how many have said yes, and how many it has.
    pub fn nearest(&self, said: impl Fn(ProcessId) -> bool, acceptors: &[ProcessId]) -> (usize, usize) {
        let yes = |ids: &[ProcessId]| ids.iter().filter(|id| said(**id)).count();
        match self {
            Quorum::Any(needed) => (yes(acceptors).min(*needed), *needed),
            Quorum::OneOf(sets) => {
                let counted = sets.iter().map(|set| (yes(set), set.len()));
                counted.min_by_key(|(yes, size)| size - yes).unwrap_or((0, 0))
            }
        }
    }

    /// Two quorums, one of each, that share no acceptor; `None` if any two meet.
    pub fn apart(&self, other: &Quorum, acceptors: &[ProcessId]) -> Option<[Vec<ProcessId>; 2]> {
        let beside = |taken: &[ProcessId], needed: usize| {
            let rest: Vec<ProcessId> = acceptors.iter().copied().filter(|id| !taken.contains(id)).collect();
            (rest.len() >= needed).then(|| rest[..needed].to_vec())
        };
        match (self, other) {
            (Quorum::Any(one), _) if *one > acceptors.len() => None,
            (Quorum::Any(one), Quorum::Any(two)) => {
                let first = acceptors[..*one].to_vec();
                let second = beside(&first, *two)?;
                Some([first, second])
            }
            (Quorum::OneOf(sets), Quorum::Any(two)) => {
                sets.iter().find_map(|set| Some([set.clone(), beside(set, *two)?]))
            }
            (Quorum::Any(_), Quorum::OneOf(_)) => other.apart(self, acceptors).map(|[two, one]| [one, two]),
            (Quorum::OneOf(ones), Quorum::OneOf(twos)) => {
                let pairs = ones.iter().flat_map(|one| twos.iter().map(move |two| (one, two)));
                let mut apart = pairs.filter(|(one, two)| one.iter().all(|id| !two.contains(id)));
                apart.next().map(|(one, two)| [one.clone(), two.clone()])
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ids(numbers: &[u32]) -> Vec<ProcessId> {
        numbers.iter().map(|&number| ProcessId(number)).collect()
    }

    #[test]
    fn majorities_meet_and_so_do_four_and_two_of_five_and_the_rows_and_columns_of_a_grid() {
        let five = ids(&[1, 2, 3, 4, 5]);
        assert_eq!(Quorum::majority_of(5).apart(&Quorum::majority_of(5), &five), None);
        assert_eq!(Quorum::Any(4).apart(&Quorum::Any(2), &five), None);
        assert_eq!(Quorum::Any(3).apart(&Quorum::Any(2), &five), Some([ids(&[1, 2, 3]), ids(&[4, 5])]));
        let rows = Quorum::OneOf(vec![ids(&[1, 2]), ids(&[3, 4])]);
        let columns = Quorum::OneOf(vec![ids(&[1, 3]), ids(&[2, 4])]);
        let four = ids(&[1, 2, 3, 4]);
        assert_eq!(rows.apart(&columns, &four), None);
        assert_eq!(rows.apart(&rows, &four), Some([ids(&[1, 2]), ids(&[3, 4])]));
        assert_eq!(rows.apart(&Quorum::Any(3), &four), None);
        assert_eq!(Quorum::Any(2).apart(&rows, &four), Some([ids(&[3, 4]), ids(&[1, 2])]));
    }

    #[test]
    fn of_several_sets_the_one_that_lacks_fewest_is_counted() {
        let (four, said) = (ids(&[1, 2, 3, 4]), ids(&[1, 3]));
        let has = |id| said.contains(&id);
        assert_eq!(Quorum::Any(3).nearest(has, &four), (2, 3));
        assert_eq!(Quorum::Any(1).nearest(has, &four), (1, 1));
        let sets = Quorum::OneOf(vec![ids(&[2, 4]), ids(&[1, 2, 3])]);
        assert_eq!(sets.nearest(has, &four), (2, 3));
        assert_eq!(sets.missing(has, &four), 1);
    }

    /// Tried with every way to part the acceptors in two.
    fn somehow_apart(one: &Quorum, two: &Quorum, acceptors: &[ProcessId]) -> bool {
        (0u32..1 << acceptors.len()).any(|part| {
            let here = |id: ProcessId| {
                acceptors.iter().position(|other| *other == id).is_some_and(|at| part >> at & 1 == 1)
            };
            one.is_met(here, acceptors) && two.is_met(|id| !here(id), acceptors)
        })
    }

    proptest! {
        #[test]
        fn what_is_apart_are_two_quorums_without_a_common_acceptor(
            n in 1u32..7, one in 1usize..8, sets in prop::collection::vec(prop::collection::btree_set(1u32..7, 1..5), 1..4),
        ) {
            let acceptors = ids(&(1..=n).collect::<Vec<_>>());
            let sets: Vec<Vec<ProcessId>> = sets.iter()
                .map(|set| set.iter().filter(|id| **id <= n).map(|id| ProcessId(*id)).collect::<Vec<_>>())
                .filter(|set: &Vec<_>| !set.is_empty()).collect();
            prop_assume!(!sets.is_empty());
            let (any, some) = (Quorum::Any(one), Quorum::OneOf(sets));
            for (one, two) in [(&any, &some), (&some, &any), (&any, &any), (&some, &some)] {
                let found = one.apart(two, &acceptors);
                prop_assert_eq!(found.is_some(), somehow_apart(one, two, &acceptors));
                if let Some([first, second]) = found {
                    prop_assert!(one.is_met(|id| first.contains(&id), &acceptors));
                    prop_assert!(two.is_met(|id| second.contains(&id), &acceptors));
                    prop_assert!(first.iter().all(|id| !second.contains(id)));
                }
            }
        }
    }
}
