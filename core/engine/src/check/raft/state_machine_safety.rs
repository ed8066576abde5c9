//! State Machine Safety: if a server has applied a log entry at a given index to its state machine, no other server will
//! ever apply a different log entry for the same index (§3.6.3).
//!
//! It remembers the last 512 indexes anybody applied, each as a hash chained over all entries up to it, and one such hash
//! a member. A member further behind than that goes on with its own chain and is judged when it comes within reach again;
//! one that starts from an older snapshot is judged by terms there, and by contents from then on. Snapshots of one index
//! must hold one store: the digests of the last 32 are remembered.

use super::{Broken, Changes, Observes, Scene};
use crate::check::Invariant;
use crate::consensus::raft::Entry;
use crate::process::{Arg, Digest, Fold, ProcessId};
use crate::words::check::CheckKey;
use std::collections::VecDeque;

const INDEXES: usize = 512;
const SNAPSHOTS: usize = 32;
/// The chain before the first entry.
const START: u64 = 0x5147_7f3a_9d02_c6eb;

#[derive(Clone, Default)]
pub(super) struct StateMachineSafety {
    /// The index before the first remembered one, and the chain up to it.
    before: (u64, u64),
    /// The chain at each index remembered: much of what a checkpoint holds, so nothing else is kept for each.
    applied: VecDeque<u64>,
    /// From which index on who was the first to apply, and entries of which term; until the next of these.
    firsts: VecDeque<First>,
    /// By the members' places.
    members: Vec<Progress>,
    snapshots: VecDeque<(u64, u64)>,
}

#[derive(Clone, Copy)]
struct First {
    index: u64,
    term: u64,
    who: ProcessId,
}

#[derive(Clone, Copy, Default)]
struct Progress {
    applied: u64,
    /// `None` where it started from a snapshot whose index is not remembered any more.
    chain: Option<u64>,
}

impl Observes for StateMachineSafety {
    fn invariant(&self) -> Invariant {
        Invariant { name: "stateMachineSafety", title: CheckKey::StateMachineSafety.into() }
    }

    fn wants(&self) -> Changes {
        Changes::APPLIED.and(Changes::BOOTED).and(Changes::SNAPSHOT)
    }

    fn saw(&mut self, scene: &Scene<'_>) -> Option<Broken> {
        if scene.changes.any(Changes::SNAPSHOT)
            && let Some(broken) = self.compare_snapshot(scene)
        {
            return Some(broken);
        }
        let (is, log) = (scene.actor().is, scene.log()?);
        if self.members.len() <= scene.who {
            self.members.resize(scene.who + 1, Progress { applied: 0, chain: Some(START) });
        }
        let Progress { mut applied, mut chain } = self.members[scene.who];
        if scene.changes.any(Changes::BOOTED) {
            (applied, chain) = (is.snapshot, self.chain_at(is.snapshot));
        }
        // Past what the log still holds, it can only have come by a snapshot.
        if applied < log.base() {
            (applied, chain) = (log.base(), self.chain_at(log.base()));
        }
        let mut broken = None;
        for index in applied + 1..=is.applied {
            let Some(entry) = log.entry(index) else { continue };
            match self.apply(scene.actor().id, index, entry, chain) {
                Ok(next) => chain = next,
                Err(found) => {
                    broken = Some(found);
                    break;
                }
            }
        }
        self.members[scene.who] = Progress { applied: is.applied, chain };
        broken
    }

    fn copy(&self) -> Box<dyn Observes> {
        Box::new(self.clone())
    }
}

impl StateMachineSafety {
    /// The chain up to an index, if it is remembered.
    fn chain_at(&self, index: u64) -> Option<u64> {
        if index == self.before.0 {
            return Some(if index == 0 { START } else { self.before.1 });
        }
        let at = index.checked_sub(self.before.0 + 1)?;
        self.applied.get(usize::try_from(at).ok()?).copied()
    }

    /// A member applied this entry after what `chain` stands for: its new chain, or what is wrong with it.
    fn apply(
        &mut self,
        who: ProcessId,
        index: u64,
        entry: &Entry,
        chain: Option<u64>,
    ) -> Result<Option<u64>, Broken> {
        let end = self.before.0 + self.applied.len() as u64;
        let Some(before) = chain.or_else(|| self.chain_at(index - 1)).or((index > end).then_some(index))
        else {
            return Ok(None);
        };
        let mut next = Digest::new();
        next.word(before);
        entry.fold(&mut next);
        let next = next.short();
        if index <= self.before.0 {
            return Ok(Some(next));
        }
        if index > end + 1 {
            self.start_again(index, before);
        }
        match self.applied.get((index - self.before.0 - 1) as usize) {
            Some(&there) if there == next => Ok(Some(next)),
            Some(_) => Err(self.differ((who, index, entry.term), before)),
            None => {
                self.remember(First { index, term: entry.term, who }, next);
                Ok(Some(next))
            }
        }
    }

    /// Somebody is the first to apply at the index after the last.
    fn remember(&mut self, first: First, chain: u64) {
        self.applied.push_back(chain);
        if self.firsts.back().is_none_or(|last| (last.term, last.who) != (first.term, first.who)) {
            self.firsts.push_back(first);
        }
        if self.applied.len() > INDEXES
            && let Some(oldest) = self.applied.pop_front()
        {
            self.before = (self.before.0 + 1, oldest);
            if self.firsts.get(1).is_some_and(|next| next.index == self.before.0 + 1) {
                self.firsts.pop_front();
            }
        }
    }

    /// Somebody is further than anybody was seen to come: nothing before can be compared any more.
    fn start_again(&mut self, index: u64, chain: u64) {
        self.before = (index - 1, chain);
        self.applied.clear();
        self.firsts.clear();
        self.members.iter_mut().for_each(|member| member.chain = None);
    }

    fn differ(&self, (who, index, term): (ProcessId, u64, u64), before: u64) -> Broken {
        let so_far = [Arg::Process(who), Arg::Number(index)];
        let Some(there) = self.firsts.iter().rev().find(|first| first.index <= index) else {
            return Broken::new(CheckKey::AppliedHistoryDiffers, so_far, [who]);
        };
        if self.chain_at(index - 1) == Some(before) {
            let rest = [Arg::Epoch(term), Arg::Epoch(there.term), Arg::Process(there.who)];
            let args: Vec<_> = so_far.into_iter().chain(rest).collect();
            Broken::new(CheckKey::AppliedDiffers, args, [who, there.who])
        } else {
            Broken::new(CheckKey::AppliedHistoryDiffers, so_far, [who, there.who])
        }
    }

    /// A member took or received a snapshot: is it what others had at its index?
    fn compare_snapshot(&mut self, scene: &Scene<'_>) -> Option<Broken> {
        let actor = scene.actor();
        let (index, store) = (actor.is.snapshot, scene.sight.snapshot(scene.who)?);
        let mut digest = Digest::new();
        store.fold(&mut digest);
        let digest = digest.short();
        match self.snapshots.iter().find(|(at, _)| *at == index) {
            Some((_, same)) if *same == digest => None,
            Some(_) => {
                let args = [Arg::Process(actor.id), Arg::Number(index)];
                Some(Broken::new(CheckKey::SnapshotDiffers, args, [actor.id]))
            }
            None => {
                self.snapshots.push_back((index, digest));
                if self.snapshots.len() > SNAPSHOTS {
                    self.snapshots.pop_front();
                }
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::hand_made::{Group, put};
    use super::*;

    #[test]
    fn another_entry_applied_at_an_index_breaks_it() {
        let mut group = Group::of(3);
        let mut check = StateMachineSafety::default();
        group.set_entries(0, &[put(1, 1, "x", "1"), put(1, 2, "x", "2")], &mut check);
        group.set_entries(1, &[put(1, 1, "x", "1"), put(2, 2, "x", "3")], &mut check);
        assert_eq!(group.apply(0, 2, &mut check), None);
        assert_eq!(group.apply(1, 1, &mut check), None);
        let broken = group.apply(1, 2, &mut check).expect("n1 applied x=2 there");
        assert_eq!(broken.phrase.key, CheckKey::AppliedDiffers.into());
        assert_eq!(broken.involved, [group.id(1), group.id(0)]);
    }

    #[test]
    fn applying_the_same_after_a_restart_does_not() {
        let mut group = Group::of(2);
        let mut check = StateMachineSafety::default();
        group.set_entries(0, &[put(1, 1, "x", "1"), put(1, 2, "x", "2")], &mut check);
        group.apply(0, 2, &mut check);
        group.crash(0, &mut check);
        assert_eq!(group.boot(0, &mut check), None);
        assert_eq!(group.apply(0, 2, &mut check), None);
    }

    #[test]
    fn a_member_that_comes_from_afar_is_judged_by_its_whole_history() {
        let mut group = Group::of(2);
        let mut check = StateMachineSafety::default();
        let mut entries: Vec<_> = (1..=2000).map(|seq| put(1, seq, "x", "1")).collect();
        group.set_entries(0, &entries, &mut check);
        entries[4] = put(1, 5, "x", "other");
        group.set_entries(1, &entries, &mut check);
        assert_eq!(group.apply(0, 2000, &mut check), None);
        assert_eq!(check.applied.len(), INDEXES);
        assert_eq!(group.apply(1, 1400, &mut check), None, "out of reach yet");
        let broken = group.apply(1, 1600, &mut check).expect("entry 5 differed");
        assert_eq!(broken.phrase.key, CheckKey::AppliedHistoryDiffers.into());
    }

    #[test]
    fn a_member_that_starts_from_a_snapshot_is_judged_from_there_on() {
        let mut group = Group::of(2);
        let mut check = StateMachineSafety::default();
        let mut entries: Vec<_> = (1..=20).map(|seq| put(1, seq, "x", "1")).collect();
        group.set_entries(0, &entries, &mut check);
        group.apply(0, 20, &mut check);
        entries[14] = put(1, 15, "x", "other");
        group.set_entries(1, &entries, &mut check);
        assert_eq!(group.install(1, 10, &mut check), None);
        assert_eq!(group.apply(1, 14, &mut check), None);
        assert!(group.apply(1, 15, &mut check).is_some());
    }

    #[test]
    fn two_snapshots_of_one_index_that_differ_break_it() {
        let mut group = Group::of(2);
        let mut check = StateMachineSafety::default();
        let entries: Vec<_> = (1..=3).map(|seq| put(1, seq, "x", "1")).collect();
        for who in 0..2 {
            group.set_entries(who, &entries, &mut check);
            group.apply(who, 3, &mut check);
        }
        assert_eq!(group.take_snapshot(0, &mut check), None);
        group.spoil_store(1);
        let broken = group.take_snapshot(1, &mut check).expect("the stores differ");
        assert_eq!(broken.phrase.key, CheckKey::SnapshotDiffers.into());
    }
}
