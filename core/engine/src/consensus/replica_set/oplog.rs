//! The oplog: "a special capped collection that keeps a rolling record of all operations that modify the data" (*Replica Set
//! Oplog*). Copies share its pages and its entries. It deliberately knows no protocol: who may cut it is said elsewhere.

use super::optime::{OpTime, Timestamp};
use crate::consensus::kv::Command;
use crate::process::{Digest, Fold};
use std::collections::VecDeque;
use std::sync::Arc;

/// Entries on a page: all but the last are full.
const PAGE: usize = 64;

/// Why an entry changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoOp {
    /// "initiating set": the first entry of all.
    Initiate,
    /// "new primary": the first of its term.
    NewPrimary,
    /// Written where nothing else was for a while (`periodicNoopIntervalSecs`).
    Periodic,
    /// Behind a linearizable read.
    Read,
    /// "Reconfig set".
    Reconfig,
}

/// What an entry says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing.
    NoOp(NoOp),
    /// A write as what it comes to, a put or a delete: "the operations in the oplog are idempotent".
    Write(Command),
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// `t` and `ts`.
    pub at: OpTime,
    /// What it says.
    pub kind: Kind,
    digest: u64,
}

impl Entry {
    /// An entry at this place.
    pub fn new(at: OpTime, kind: Kind) -> Entry {
        let mut digest = Digest::new();
        at.fold(&mut digest);
        match &kind {
            Kind::NoOp(why) => digest.word(0x100 | *why as u64),
            Kind::Write(command) => command.fold(&mut digest),
        }
        Entry { at, kind, digest: digest.short() }
    }
    /// A number for the whole of it.
    pub fn fingerprint(&self) -> u64 {
        self.digest
    }
    /// Bytes on wire or disk.
    pub fn size(&self) -> u32 {
        48 + match &self.kind {
            Kind::NoOp(_) => 16,
            Kind::Write(command) => command.size(),
        }
    }
}

/// Several entries in a row.
pub type Entries = Arc<[Arc<Entry>]>;

/// The oplog of a member, oldest entry first.
#[derive(Clone, Debug, Default)]
pub struct Oplog {
    pages: VecDeque<Arc<Vec<Arc<Entry>>>>,
    len: usize,
    forgotten: u64,
}

impl Oplog {
    /// How many entries it holds.
    pub fn len(&self) -> usize {
        self.len
    }
    /// How many entries it once held before its oldest one.
    pub fn forgotten(&self) -> u64 {
        self.forgotten
    }
    /// Does it hold none?
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }
    /// The newest entry's place; [`OpTime::NONE`] in an empty one.
    pub fn last(&self) -> OpTime {
        self.pages.back().and_then(|page| page.last()).map_or(OpTime::NONE, |entry| entry.at)
    }
    /// The oldest entry's place; [`OpTime::NONE`] in an empty one.
    pub fn first(&self) -> OpTime {
        self.get(0).map_or(OpTime::NONE, |entry| entry.at)
    }
    /// The `at`-th entry it holds, from 0.
    pub fn get(&self, at: usize) -> Option<&Arc<Entry>> {
        self.pages.get(at / PAGE)?.get(at % PAGE)
    }
    /// How many entries are at or before a timestamp. Timestamps rise along an oplog.
    pub fn upto(&self, ts: Timestamp) -> usize {
        let full = self.pages.partition_point(|page| page.last().is_some_and(|entry| entry.at.ts <= ts));
        let rest = self.pages.get(full).map_or(0, |page| page.partition_point(|entry| entry.at.ts <= ts));
        (full * PAGE + rest).min(self.len)
    }
    /// Does it hold an entry at this place?
    pub fn has(&self, at: OpTime) -> bool {
        let upto = self.upto(at.ts);
        upto > 0 && self.get(upto - 1).is_some_and(|entry| entry.at == at)
    }
    /// Entries from the `from`-th on, from 0.
    pub fn iter_from(&self, from: usize) -> impl DoubleEndedIterator<Item = &Arc<Entry>> {
        (from..self.len).filter_map(|at| self.get(at))
    }
    /// Entries later than a timestamp, at most so many.
    pub fn after(&self, ts: Timestamp, most: usize) -> Entries {
        self.iter_from(self.upto(ts)).take(most).cloned().collect()
    }
    /// Adds an entry.
    pub fn push(&mut self, entry: Arc<Entry>) {
        match self.pages.back_mut() {
            Some(page) if page.len() < PAGE => Arc::make_mut(page).push(entry),
            _ => self.pages.push_back(Arc::new(vec![entry])),
        }
        self.len += 1;
    }
    /// Cuts all entries after the first so many, and returns them.
    pub fn truncate(&mut self, keep: usize) -> Vec<Arc<Entry>> {
        if keep >= self.len {
            return Vec::new();
        }
        let cut: Vec<Arc<Entry>> = self.iter_from(keep).cloned().collect();
        self.pages.truncate(keep.div_ceil(PAGE));
        if let Some(page) = self.pages.back_mut()
            && !keep.is_multiple_of(PAGE)
        {
            Arc::make_mut(page).truncate(keep % PAGE);
        }
        self.len = keep;
        cut
    }
    /// Forgets the oldest page if more than so many entries are held without it and all of it is at or before `upto`.
    pub fn cap(&mut self, most: usize, upto: Timestamp) {
        while self.len > most + PAGE
            && let Some(page) = self.pages.front()
            && page.last().is_some_and(|entry| entry.at.ts <= upto)
        {
            self.len -= page.len();
            self.forgotten += page.len() as u64;
            self.pages.pop_front();
        }
    }
}

impl Fold for Oplog {
    fn fold(&self, digest: &mut Digest) {
        digest.word(self.len as u64);
        for entry in self.pages.iter().flat_map(|page| page.iter()) {
            digest.word(entry.digest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(n: u64) -> OpTime {
        OpTime { term: 1 + n / 50, ts: Timestamp { secs: n as u32 * 2, inc: 1 } }
    }
    fn log(n: u64) -> Oplog {
        let mut log = Oplog::default();
        for n in 1..=n {
            log.push(Arc::new(Entry::new(at(n), Kind::NoOp(NoOp::Periodic))));
        }
        log
    }

    proptest! {
        #[test]
        fn it_behaves_as_a_plain_list(n in 0u64..300, keep in 0usize..320, most in 0usize..300, upto in 0u64..300) {
            let mut log = log(n);
            let before = log.clone();
            let cut = log.truncate(keep);
            prop_assert_eq!(log.len() + cut.len(), n as usize);
            prop_assert_eq!(before.len(), n as usize);
            log.cap(most, at(upto).ts);
            let held: Vec<OpTime> = log.iter_from(0).map(|entry| entry.at).collect();
            prop_assert_eq!(held.len(), log.len());
            let kept = (n as usize).min(keep) as u64;
            let expected: Vec<OpTime> = (1..=kept).map(at).skip(kept as usize - held.len()).collect();
            prop_assert_eq!(&held, &expected);
            prop_assert!(held.first().is_none_or(|first| first.ts <= at(upto + 1).ts || held.len() == kept as usize));
            for (place, entry) in held.iter().enumerate() {
                prop_assert_eq!(log.upto(entry.ts), place + 1);
                prop_assert!(log.has(*entry));
                let other = OpTime { term: 99, ..*entry };
                prop_assert!(!log.has(other));
            }
            prop_assert_eq!(log.last(), held.last().copied().unwrap_or_default());
        }
    }
}
