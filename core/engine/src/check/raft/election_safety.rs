//! Election Safety: at most one leader can be elected in a given term (§3.4).
//!
//! It remembers who led which term, for the latest 256 terms that had a leader: a member so far behind can start no
//! election that a majority would answer in its term.

use super::{Broken, Changes, Observes, Scene};
use crate::check::Invariant;
use crate::process::{Arg, ProcessId};
use crate::words::check::CheckKey;
use std::collections::VecDeque;

const TERMS: usize = 256;

#[derive(Clone, Default)]
pub(super) struct ElectionSafety {
    /// Terms and who led them, ascending.
    leaders: VecDeque<(u64, ProcessId)>,
}

impl Observes for ElectionSafety {
    fn invariant(&self) -> Invariant {
        Invariant { name: "electionSafety", title: CheckKey::ElectionSafety.into() }
    }

    fn wants(&self) -> Changes {
        Changes::LEADS
    }

    fn saw(&mut self, scene: &Scene<'_>) -> Option<Broken> {
        let actor = scene.actor();
        if !actor.is.leads {
            return None;
        }
        let term = actor.is.term;
        let at = self.leaders.partition_point(|(earlier, _)| *earlier < term);
        match self.leaders.get(at) {
            Some(&(same, other)) if same == term => (other != actor.id).then(|| {
                let args = [Arg::Process(actor.id), Arg::Epoch(term), Arg::Process(other)];
                Broken::new(CheckKey::TwoLeaders, args, [actor.id, other])
            }),
            _ => {
                self.leaders.insert(at, (term, actor.id));
                if self.leaders.len() > TERMS {
                    self.leaders.pop_front();
                }
                None
            }
        }
    }

    fn copy(&self) -> Box<dyn Observes> {
        Box::new(self.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::super::hand_made::Group;
    use super::*;

    #[test]
    fn a_second_leader_of_a_term_breaks_it() {
        let mut group = Group::of(3);
        let mut check = ElectionSafety::default();
        assert_eq!(group.lead(0, 4, &mut check), None);
        assert_eq!(group.lead(1, 5, &mut check), None);
        let broken = group.lead(2, 5, &mut check).expect("n2 led term 5");
        assert_eq!(broken.involved, [ProcessId(3), ProcessId(2)]);
        assert_eq!(broken.phrase.args[1], Arg::Epoch(5));
    }

    #[test]
    fn the_same_leader_seen_again_does_not() {
        let mut group = Group::of(3);
        let mut check = ElectionSafety::default();
        assert_eq!(group.lead(0, 4, &mut check), None);
        assert_eq!(group.lead(0, 4, &mut check), None);
    }

    #[test]
    fn an_earlier_term_found_late_still_counts_and_memory_is_bounded() {
        let mut group = Group::of(3);
        let mut check = ElectionSafety::default();
        for term in 1..=1000 {
            assert_eq!(group.lead(0, term, &mut check), None);
        }
        assert_eq!(check.leaders.len(), TERMS);
        assert!(group.lead(1, 900, &mut check).is_some());
    }
}
