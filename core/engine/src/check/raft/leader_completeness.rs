//! Leader Completeness: if a log entry is committed in a given term, then that entry will be present in the logs of the
//! leaders for all higher-numbered terms (§3.6.3).
//!
//! It remembers, for the latest 64 terms in which something was committed, the highest entry committed: by Log Matching,
//! whoever has that entry has all before it. A new leader is held against those of earlier terms, and a newly committed
//! entry against the leaders of later terms, and of the same.

use super::highest::{Highest, Known};
use super::{Broken, Changes, Member, Observes, Scene};
use crate::check::Invariant;
use crate::consensus::raft::Log;
use crate::process::{Arg, Phrase};
use crate::words::check::CheckKey;

#[derive(Clone, Default)]
pub(super) struct LeaderCompleteness {
    /// By the term of the member that took it for committed.
    committed: Highest,
}

impl Observes for LeaderCompleteness {
    fn invariant(&self) -> Invariant {
        Invariant { name: "leaderCompleteness", title: CheckKey::LeaderCompleteness.into() }
    }

    fn wants(&self) -> Changes {
        Changes::LEADS.and(Changes::COMMIT).and(Changes::BOOTED)
    }

    fn saw(&mut self, scene: &Scene<'_>) -> Option<Broken> {
        let (actor, log) = (scene.actor(), scene.log()?);
        if actor.is.leads && scene.changes.any(Changes::LEADS) {
            let mut earlier = self.committed.before(actor.is.term);
            if let Some(broken) = earlier.find_map(|committed| lacks(actor, log, committed)) {
                return Some(broken);
            }
        }
        if !scene.changes.any(Changes::COMMIT.and(Changes::BOOTED)) || actor.is.commit == 0 {
            return None;
        }
        let committed = Known {
            by: actor.is.term,
            index: actor.is.commit,
            term: log.term_at(actor.is.commit)?,
            member: actor.id,
        };
        self.committed.remember(committed);
        scene
            .others()
            .filter(|(_, other)| other.is.up && other.is.leads && other.is.term >= committed.by)
            .find_map(|(place, leader)| {
                let has = missing(scene.sight.log(place)?, committed.index, committed.term)?;
                let args = [
                    Arg::Process(actor.id),
                    Arg::Epoch(committed.by),
                    Arg::Number(committed.index),
                    Arg::Epoch(committed.term),
                    Arg::Process(leader.id),
                    Arg::Epoch(leader.is.term),
                    Arg::Phrase(Box::new(has)),
                ];
                Some(Broken::new(CheckKey::CommittedTooLate, args, [actor.id, leader.id]))
            })
    }

    fn copy(&self) -> Box<dyn Observes> {
        Box::new(self.clone())
    }
}

fn lacks(leader: &Member, log: &Log, committed: &Known) -> Option<Broken> {
    let has = missing(log, committed.index, committed.term)?;
    let args = [
        Arg::Process(leader.id),
        Arg::Epoch(leader.is.term),
        Arg::Number(committed.index),
        Arg::Epoch(committed.term),
        Arg::Epoch(committed.by),
        Arg::Phrase(Box::new(has)),
    ];
    Some(Broken::new(CheckKey::LeaderLacks, args, [leader.id]))
}

/// What a log has instead of the entry of this index and term, if it does not have it. What is compacted was applied, and
/// is for State Machine Safety to judge.
pub(super) fn missing(log: &Log, index: u64, term: u64) -> Option<Phrase> {
    if index < log.base() {
        return None;
    }
    match log.term_at(index) {
        Some(same) if same == term => None,
        Some(other) => Some(Phrase::new(CheckKey::HasOther, [Arg::Epoch(other)])),
        None => Some(Phrase::new(CheckKey::HasLess, [Arg::Number(log.last())])),
    }
}

#[cfg(test)]
mod tests {
    use super::super::hand_made::Group;
    use super::super::highest::TERMS;
    use super::*;

    #[test]
    fn a_leader_without_a_committed_entry_breaks_it() {
        let mut group = Group::of(3);
        let mut check = LeaderCompleteness::default();
        group.lead(0, 2, &mut check);
        group.set_log(0, &[1, 2], &mut check);
        assert_eq!(group.commit(0, 2, &mut check), None);
        group.set_log(1, &[1], &mut check);
        let broken = group.lead(1, 3, &mut check).expect("entry 2 was committed in term 2");
        assert_eq!(broken.phrase.key, CheckKey::LeaderLacks.into());
        assert_eq!(broken.involved, [group.id(1)]);
    }

    #[test]
    fn another_entry_in_its_place_breaks_it() {
        let mut group = Group::of(3);
        let mut check = LeaderCompleteness::default();
        group.lead(0, 4, &mut check);
        group.set_log(0, &[1, 2], &mut check);
        group.commit(0, 2, &mut check);
        group.set_log(1, &[1, 3], &mut check);
        assert!(
            group.lead(1, 5, &mut check).is_some(),
            "Figure 8: entry 2 of term 2 was committed by counting"
        );
    }

    #[test]
    fn committing_behind_a_later_leaders_back_breaks_it() {
        let mut group = Group::of(3);
        let mut check = LeaderCompleteness::default();
        group.lead(0, 2, &mut check);
        group.set_log(0, &[1, 2], &mut check);
        group.set_log(1, &[1], &mut check);
        assert_eq!(group.lead(1, 3, &mut check), None);
        let broken = group.commit(0, 2, &mut check).expect("the leader of term 3 lacks it");
        assert_eq!(broken.phrase.key, CheckKey::CommittedTooLate.into());
    }

    #[test]
    fn a_leader_of_an_earlier_term_or_with_a_snapshot_does_not() {
        let mut group = Group::of(3);
        let mut check = LeaderCompleteness::default();
        group.lead(0, 5, &mut check);
        group.set_log(0, &[1, 5], &mut check);
        group.commit(0, 2, &mut check);
        group.set_log(1, &[1], &mut check);
        assert_eq!(group.lead(1, 4, &mut check), None, "term 4 is before term 5");
        group.set_log(2, &[1, 5, 5], &mut check);
        group.compact(2, 3, &mut check);
        assert_eq!(group.lead(2, 6, &mut check), None);
    }

    #[test]
    fn memory_is_bounded() {
        let mut group = Group::of(3);
        let mut check = LeaderCompleteness::default();
        group.set_log(0, &[1], &mut check);
        for term in 1..500 {
            group.lead(0, term, &mut check);
            group.commit(0, 0, &mut check);
            group.commit(0, 1, &mut check);
        }
        assert_eq!(check.committed.len(), TERMS);
    }
}
