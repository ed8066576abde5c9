//! No acknowledged write is lost: what a client was told is done is in the log of every leader of a later term. (It
//! follows from Leader Completeness if members answer only what is committed; this looks at the answers themselves.)
//!
//! It remembers, for the latest 64 terms in which a client heard of a write, the highest such write: by Log Matching,
//! whoever has that entry has all before it.

use super::highest::{Highest, Known};
use super::leader_completeness::missing;
use super::scene::{Said, Talk};
use super::{Broken, Changes, Observes, Scene};
use crate::check::Invariant;
use crate::consensus::kv::{Outcome, Reply};
use crate::consensus::raft::Kind;
use crate::process::Arg;
use crate::words::check::CheckKey;

#[derive(Clone, Default)]
pub(super) struct NoAckedWriteLost {
    /// By the term the answering member was in when its answer arrived: not less than the term it answered in.
    acked: Highest,
}

impl Observes for NoAckedWriteLost {
    fn invariant(&self) -> Invariant {
        Invariant { name: "noAckedWriteLost", title: CheckKey::NoAckedWriteLost.into() }
    }

    fn wants(&self) -> Changes {
        Changes::LEADS.and(Changes::ANSWERED)
    }

    fn saw(&mut self, scene: &Scene<'_>) -> Option<Broken> {
        match &scene.talk {
            Some(talk) => self.heard(scene, talk),
            None => self.elected(scene),
        }
    }

    fn copy(&self) -> Box<dyn Observes> {
        Box::new(self.clone())
    }
}

impl NoAckedWriteLost {
    fn heard(&mut self, scene: &Scene<'_>, talk: &Talk<'_>) -> Option<Broken> {
        let Said::Hears(Reply::Done { revision, outcome }) = talk.said else { return None };
        if matches!(outcome, Outcome::Value(_)) {
            return None;
        }
        let (index, member) = (*revision, scene.actor());
        let holds = |place: usize| {
            let entry = scene.sight.log(place)?.entry(index)?;
            match &entry.kind {
                Kind::Command(command) if command.session == talk.session && command.seq == talk.seq => {
                    Some(entry.term)
                }
                _ => None,
            }
        };
        // Where everybody has compacted it, it was applied; where nobody has it, the next leader will show it.
        let term = holds(scene.who).or_else(|| (0..scene.members.len()).filter_map(holds).max())?;
        let acked = Known { by: member.is.term.max(term), index, term, member: member.id };
        self.acked.remember(acked);
        let mut later =
            scene.others().filter(|(_, other)| other.is.up && other.is.leads && other.is.term > acked.by);
        later.find_map(|(place, leader)| {
            let has = missing(scene.sight.log(place)?, index, term)?;
            let args = [
                Arg::Process(member.id),
                Arg::Epoch(acked.by),
                Arg::Number(index),
                Arg::Epoch(term),
                Arg::Process(leader.id),
                Arg::Epoch(leader.is.term),
                Arg::Phrase(Box::new(has)),
            ];
            Some(Broken::new(CheckKey::AckedTooLate, args, [member.id, leader.id]))
        })
    }

    fn elected(&self, scene: &Scene<'_>) -> Option<Broken> {
        let (leader, log) = (scene.actor(), scene.log()?);
        if !leader.is.leads {
            return None;
        }
        self.acked.before(leader.is.term).find_map(|acked| {
            let has = missing(log, acked.index, acked.term)?;
            let args = [
                Arg::Process(leader.id),
                Arg::Epoch(leader.is.term),
                Arg::Number(acked.index),
                Arg::Epoch(acked.term),
                Arg::Process(acked.member),
                Arg::Phrase(Box::new(has)),
            ];
            Some(Broken::new(CheckKey::AckedLost, args, [leader.id, acked.member]))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::hand_made::{Group, put};
    use super::*;

    #[test]
    fn a_later_leader_without_an_acknowledged_write_breaks_it() {
        let mut group = Group::of(3);
        let mut check = NoAckedWriteLost::default();
        group.lead(0, 1, &mut check);
        group.set_entries(0, &[put(1, 1, "x", "1")], &mut check);
        assert_eq!(group.hear_written(0, 1, 1, &mut check), None);
        let broken = group.lead(1, 2, &mut check).expect("it has an empty log");
        assert_eq!(broken.phrase.key, CheckKey::AckedLost.into());
    }

    #[test]
    fn a_later_leader_that_has_it_does_not() {
        let mut group = Group::of(3);
        let mut check = NoAckedWriteLost::default();
        for who in 0..2 {
            group.set_entries(who, &[put(1, 1, "x", "1")], &mut check);
        }
        group.lead(0, 1, &mut check);
        group.hear_written(0, 1, 1, &mut check);
        assert_eq!(group.lead(1, 2, &mut check), None);
    }

    #[test]
    fn a_write_that_nobody_acknowledged_may_be_lost() {
        let mut group = Group::of(3);
        let mut check = NoAckedWriteLost::default();
        group.lead(0, 1, &mut check);
        group.set_entries(0, &[put(1, 1, "x", "1")], &mut check);
        assert_eq!(group.lead(1, 2, &mut check), None);
    }

    #[test]
    fn acknowledging_what_a_later_leader_does_not_have_breaks_it() {
        let mut group = Group::of(3);
        let mut check = NoAckedWriteLost::default();
        group.lead(0, 1, &mut check);
        group.set_entries(0, &[put(1, 1, "x", "1")], &mut check);
        group.lead(1, 2, &mut check);
        let broken = group.hear_written(0, 1, 1, &mut check).expect("the leader of term 2 has an empty log");
        assert_eq!(broken.phrase.key, CheckKey::AckedTooLate.into());
    }
}
