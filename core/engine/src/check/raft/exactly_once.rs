//! Exactly once: a client's write takes effect once, however often it was sent and however often it is in the log (§6.3),
//! and at every member or at none.
//!
//! It keeps a table of its own of which numbers of which session were applied at which index, as far as the session's
//! client may still repeat them (1,024 sessions at most). A key's revision tells which entry wrote it: an entry that
//! repeats an applied number must not be what its key was last written by.

use super::{Broken, Changes, Observes, Scene};
use crate::check::Invariant;
use crate::consensus::kv::{Command, MAX_UNACKED, Op, Store};
use crate::consensus::raft::Kind;
use crate::process::{Arg, ProcessId};
use crate::words::check::CheckKey;
use litemap::LiteMap;
use std::collections::VecDeque;
use std::sync::Arc;

const SESSIONS: usize = 1024;
const INDEXES: usize = 256;

#[derive(Clone, Default)]
pub(in crate::check) struct ExactlyOnce {
    /// The highest index anybody applied: the table stands there.
    frontier: u64,
    sessions: LiteMap<u64, Arc<Numbers>>,
    /// The latest entries that repeat an applied number: their index, and the index where it was applied; `None` where
    /// the client has said that it had the answer.
    repeats: VecDeque<(u64, Option<u64>)>,
    /// The latest entries whose effect at some member is known.
    effects: VecDeque<(u64, bool)>,
    /// By the members' places.
    progress: Vec<u64>,
}

#[derive(Clone, Default)]
struct Numbers {
    last_used: u64,
    first_unacked: u64,
    /// Number and index, in order of number.
    applied: Vec<(u64, u64)>,
}

impl Observes for ExactlyOnce {
    fn invariant(&self) -> Invariant {
        Invariant { name: "exactlyOnce", title: CheckKey::ExactlyOnce.into() }
    }

    fn wants(&self) -> Changes {
        Changes::APPLIED.and(Changes::BOOTED)
    }

    fn saw(&mut self, scene: &Scene<'_>) -> Option<Broken> {
        let is = scene.actor().is;
        if self.progress.len() <= scene.who {
            self.progress.resize(scene.who + 1, 0);
        }
        let booted = scene.changes.any(Changes::BOOTED);
        let from = if booted { is.snapshot } else { self.progress[scene.who] };
        self.progress[scene.who] = is.applied;
        let (log, store) = (scene.log()?, scene.sight.store(scene.who)?);
        for (index, entry) in log.iter_from(from + 1).take_while(|(index, _)| *index <= is.applied) {
            let Kind::Command(command) = &entry.kind else { continue };
            if let Some(broken) = self.applied(scene.actor().id, index, command, store) {
                return Some(broken);
            }
        }
        None
    }

    fn copy(&self) -> Box<dyn Observes> {
        Box::new(self.clone())
    }
}

impl ExactlyOnce {
    /// A member applied a command, in the order of its log, and this is its store since.
    pub(in crate::check) fn applied(
        &mut self,
        who: ProcessId,
        index: u64,
        command: &Command,
        store: &Store,
    ) -> Option<Broken> {
        if index > self.frontier {
            self.frontier = index;
            self.enter(index, command);
        }
        self.judge(who, index, command, store)
    }

    /// Enters a command that nobody applied before into the table.
    fn enter(&mut self, index: u64, command: &Command) {
        if command.session == 0 {
            return;
        }
        if !self.sessions.contains_key(&command.session) {
            let oldest = self.sessions.iter().min_by_key(|(_, numbers)| numbers.last_used);
            let oldest = oldest.map(|(session, _)| *session).filter(|_| self.sessions.len() >= SESSIONS);
            oldest.map(|oldest| self.sessions.remove(&oldest));
            self.sessions.insert(command.session, Arc::default());
        }
        let Some(numbers) = self.sessions.get_mut(&command.session).map(Arc::make_mut) else { return };
        let at = numbers.applied.partition_point(|(seq, _)| *seq < command.seq);
        match numbers.applied.get(at) {
            Some(&(seq, before)) if seq == command.seq => return self.repeat(index, Some(before)),
            _ if command.seq < numbers.first_unacked => return self.repeat(index, None),
            _ => {}
        }
        if command.seq >= numbers.first_unacked.max(command.first_unacked) + MAX_UNACKED {
            return; // the store refuses it
        }
        numbers.last_used = index;
        numbers.first_unacked = numbers.first_unacked.max(command.first_unacked);
        numbers.applied.insert(at, (command.seq, index));
        let floor = numbers.first_unacked;
        numbers.applied.retain(|(seq, _)| *seq >= floor);
        if numbers.applied.capacity() > 4 * numbers.applied.len() {
            numbers.applied.shrink_to_fit();
        }
    }

    fn repeat(&mut self, index: u64, before: Option<u64>) {
        self.repeats.push_back((index, before));
        if self.repeats.len() > INDEXES {
            self.repeats.pop_front();
        }
    }

    /// A member applied a command, and this is its store since.
    fn judge(&mut self, who: ProcessId, index: u64, command: &Command, store: &Store) -> Option<Broken> {
        let took_effect = effect(index, &command.op, store)?;
        let told = || Arg::Phrase(Box::new(command.op.phrase()));
        if took_effect
            && let Some((_, before)) = self.repeats.iter().rev().find(|(repeat, _)| *repeat == index)
        {
            let key = if before.is_some() { CheckKey::AppliedTwice } else { CheckKey::AppliedLate };
            let numbers = [command.session, command.seq, index].into_iter().chain(*before).map(Arg::Number);
            let args: Vec<_> = [Arg::Process(who), told()].into_iter().chain(numbers).collect();
            return Some(Broken::new(key, args, [who]));
        }
        let at = self.effects.partition_point(|(known, _)| *known < index);
        match self.effects.get(at) {
            Some(&(same, there)) if same == index => (there != took_effect).then(|| {
                let args =
                    [Arg::Process(who), Arg::Number(index), told(), Arg::Number(u64::from(took_effect))];
                Broken::new(CheckKey::EffectDiffers, args, [who])
            }),
            _ => {
                self.effects.insert(at, (index, took_effect));
                if self.effects.len() > INDEXES {
                    self.effects.pop_front();
                }
                None
            }
        }
    }
}

/// Did this entry take effect, as far as the store still shows it?
fn effect(index: u64, op: &Op, store: &Store) -> Option<bool> {
    match op {
        Op::Get { .. } | Op::Delete { .. } => None,
        Op::Put { key, .. } | Op::Cas { key, .. } | Op::Append { key, .. } => match store.get(key) {
            Some(found) if found.revision == index => Some(true),
            Some(found) if found.revision > index => None,
            // It may have been written and deleted since.
            None => None,
            Some(_) => Some(false),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::hand_made::{Group, append, put, put_of};
    use super::*;

    #[test]
    fn a_repeated_number_that_takes_effect_again_breaks_it() {
        let entries = [append(1, 1, "x", "a"), put(1, 2, "y", "1"), append(1, 1, "x", "a")];
        let mut group = Group::of(1);
        let mut check = ExactlyOnce::default();
        group.set_entries(0, &entries, &mut check);
        group.without_sessions();
        assert_eq!(group.apply(0, 2, &mut check), None);
        let broken = group.apply(0, 3, &mut check).expect("x holds aa");
        assert_eq!(broken.phrase.key, CheckKey::AppliedTwice.into());
        assert_eq!(broken.phrase.args[5], Arg::Number(1));
    }

    #[test]
    fn a_repeated_number_that_is_only_answered_again_does_not() {
        let entries = [append(1, 1, "x", "a"), append(1, 1, "x", "a"), append(1, 2, "x", "b")];
        let mut group = Group::of(2);
        let mut check = ExactlyOnce::default();
        for who in 0..2 {
            group.register(who, 1);
            group.set_entries(who, &entries, &mut check);
            for upto in 1..=3 {
                assert_eq!(group.apply(who, upto, &mut check), None);
            }
        }
    }

    #[test]
    fn an_effect_at_one_member_and_none_at_another_breaks_it() {
        let mut group = Group::of(2);
        let mut check = ExactlyOnce::default();
        group.register(0, 1);
        for who in 0..2 {
            group.set_entries(who, &[put(1, 1, "x", "1")], &mut check);
        }
        assert_eq!(group.apply(0, 1, &mut check), None);
        group.write(1, "x", "old", 0);
        let broken = group.apply(1, 1, &mut check).expect("n2 knows no session 1 and refuses");
        assert_eq!(broken.phrase.key, CheckKey::EffectDiffers.into());
    }

    #[test]
    fn memory_is_bounded() {
        let mut group = Group::of(1);
        let mut check = ExactlyOnce::default();
        let entries: Vec<_> = (1..=5000).map(|session| put_of(session, 1, 1, "x", "1")).collect();
        group.set_entries(0, &entries, &mut check);
        group.apply(0, 5000, &mut check);
        assert_eq!(check.sessions.len(), SESSIONS);
        assert!(check.effects.len() <= INDEXES && check.repeats.len() <= INDEXES);
    }
}
