//! Log Matching: if two logs contain an entry with the same index and term, then the logs are identical in all entries up
//! through the given index (§3.5).
//!
//! It holds by induction, and so needs no memory: what is new in a log is compared with the entry at the same index of
//! every other log, of a running member or on the disk of one that is down. Where the terms are the same, the contents
//! must be, and the terms of the entries before.

use super::{Broken, Changes, Observes, Scene};
use crate::check::Invariant;
use crate::consensus::raft::{Entry, Kind, Log};
use crate::process::{Arg, Phrase, ProcessId};
use crate::words::check::CheckKey;
use std::sync::Arc;

#[derive(Clone, Default)]
pub(super) struct LogMatching;

impl Observes for LogMatching {
    fn invariant(&self) -> Invariant {
        Invariant { name: "logMatching", title: CheckKey::LogMatching.into() }
    }

    fn wants(&self) -> Changes {
        Changes::LOG
    }

    fn saw(&mut self, scene: &Scene<'_>) -> Option<Broken> {
        let (actor, log) = (scene.actor(), scene.log()?);
        let from = scene.touched.max(log.first());
        for (place, other) in scene.others() {
            if other.is.last < from {
                continue;
            }
            let Some(theirs) = scene.sight.log(place) else { continue };
            for index in from..=log.last().min(theirs.last()) {
                if let Some(broken) = differ(index, (actor.id, log), (other.id, theirs)) {
                    return Some(broken);
                }
            }
        }
        None
    }

    fn copy(&self) -> Box<dyn Observes> {
        Box::new(self.clone())
    }
}

fn differ(index: u64, (one, mine): (ProcessId, &Log), (other, theirs): (ProcessId, &Log)) -> Option<Broken> {
    let (a, b) = (mine.entry(index)?, theirs.entry(index)?);
    if a.term != b.term {
        return None;
    }
    let broken = |key, rest: [Arg; 2]| {
        let [x, y] = rest;
        let who = [Arg::Process(one), Arg::Process(other), Arg::Number(index), Arg::Epoch(a.term)];
        Some(Broken::new(key, who.into_iter().chain([x, y]).collect::<Vec<_>>(), [one, other]))
    };
    // Members share the entries they replicate: what is the same entry need not be read.
    if !Arc::ptr_eq(a, b) && a.kind != b.kind {
        let told = [a, b].map(|entry| Arg::Phrase(Box::new(describe(entry))));
        return broken(CheckKey::ContentsDiffer, told);
    }
    match (mine.term_at(index - 1), theirs.term_at(index - 1)) {
        (Some(x), Some(y)) if x != y => broken(CheckKey::PreviousDiffers, [Arg::Epoch(x), Arg::Epoch(y)]),
        _ => None,
    }
}

/// An entry in a few words.
pub(super) fn describe(entry: &Entry) -> Phrase {
    match &entry.kind {
        Kind::NoOp => Phrase::bare(CheckKey::EntryNoop),
        Kind::Command(command) => command.op.phrase(),
        Kind::Register { .. } => Phrase::bare(CheckKey::EntryRegister),
        Kind::Configuration(_) => Phrase::bare(CheckKey::EntryConfig),
    }
}

#[cfg(test)]
mod tests {
    use super::super::hand_made::{Group, put};
    use super::*;

    #[test]
    fn the_same_index_and_term_with_other_contents_breaks_it() {
        let mut group = Group::of(3);
        let mut check = LogMatching;
        assert_eq!(group.set_entries(0, &[put(1, 1, "x", "1")], &mut check), None);
        assert_eq!(group.set_entries(1, &[put(2, 1, "x", "2")], &mut check), None, "another term may differ");
        let broken = group.set_entries(2, &[put(1, 1, "x", "2")], &mut check).expect("n1 has x=1 in term 1");
        assert_eq!(broken.phrase.key, CheckKey::ContentsDiffer.into());
        assert_eq!(broken.involved, [ProcessId(3), ProcessId(1)]);
    }

    #[test]
    fn the_same_entry_after_different_ones_breaks_it() {
        let mut group = Group::of(3);
        let mut check = LogMatching;
        group.set_log(0, &[1, 1, 3], &mut check);
        let broken = group.set_log(1, &[1, 2, 3], &mut check).expect("index 2 differs");
        assert_eq!(broken.phrase.key, CheckKey::PreviousDiffers.into());
    }

    #[test]
    fn the_log_on_the_disk_of_a_crashed_member_counts() {
        let mut group = Group::of(3);
        let mut check = LogMatching;
        group.set_entries(0, &[put(1, 1, "x", "1")], &mut check);
        group.crash(0, &mut check);
        assert!(group.set_entries(1, &[put(1, 1, "x", "2")], &mut check).is_some());
    }

    #[test]
    fn logs_as_in_figure_7_do_not() {
        let mut group = Group::of(4);
        let mut check = LogMatching;
        for (who, terms) in [
            (0, &[1, 1, 1, 4, 4, 5, 5, 6, 6, 6][..]),
            (1, &[1, 1, 1, 4]),
            (2, &[1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 7, 7]),
            (3, &[1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3]),
        ] {
            assert_eq!(group.set_log(who, terms, &mut check), None);
        }
    }
}
