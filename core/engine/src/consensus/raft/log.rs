//! The log: entries after a compacted base. Copies share its pages, so that a copy costs nearly the same however long it
//! is, and the entries themselves, so that members that replicate one hold it once. It deliberately knows no protocol: who may cut it and when is said elsewhere.

use super::config::Configuration;
use crate::consensus::kv::Command;
use crate::process::{Digest, Fold, ProcessId};
use smallvec::SmallVec;
use std::ops::Range;
use std::sync::Arc;

/// So many of the last entries stand beside the pages, which never change: every write to disk shares the log.
const TAIL: usize = 8;

/// So many pages become one, so that there are few of them however many entries there are.
const FEW: usize = 8;

/// One entry of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The term of the leader that made it.
    pub term: u64,
    /// What it says.
    pub kind: Kind,
    /// Of the two: it goes into the history with every message that carries the entry.
    digest: u64,
}

/// What an entry says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing: a new leader's first entry.
    NoOp,
    /// A command for the store.
    Command(Command),
    /// This client opens a session; `seq` matches the answer to its request.
    Register {
        /// Who is to be answered.
        client: ProcessId,
        /// Of its request.
        seq: u32,
    },
    /// The group's members from here on.
    Configuration(Arc<Configuration>),
}

impl Entry {
    /// An entry of a term.
    pub fn new(term: u64, kind: Kind) -> Entry {
        let mut digest = Digest::new();
        digest.word(term);
        kind.fold(&mut digest);
        Entry { term, kind, digest: digest.short() }
    }
    /// Bytes on wire or disk.
    pub fn size(&self) -> u32 {
        16 + match &self.kind {
            Kind::NoOp => 0,
            Kind::Command(command) => command.size(),
            Kind::Register { .. } => 8,
            Kind::Configuration(configuration) => configuration.size(),
        }
    }
}

impl Fold for Entry {
    fn fold(&self, digest: &mut Digest) {
        digest.word(self.digest);
    }
}

impl Fold for Kind {
    fn fold(&self, digest: &mut Digest) {
        match self {
            Kind::NoOp => digest.word(1),
            Kind::Command(command) => {
                digest.word(2);
                command.fold(digest);
            }
            Kind::Register { client, seq } => {
                digest.word(3);
                client.fold(digest);
                seq.fold(digest);
            }
            Kind::Configuration(configuration) => {
                digest.word(4);
                configuration.fold(digest);
            }
        }
    }
}

/// Some entries in a row.
type Page = Arc<[Arc<Entry>]>;

/// The log of a member. Indexes count from 1; entries up to `base` have been compacted away.
#[derive(Clone, Debug, Default)]
pub struct Log {
    base: u64,
    base_term: u64,
    /// Where each run of entries of one term begins, and its term: terms are asked for far more often than entries.
    runs: SmallVec<[(u64, u64); 2]>,
    pages: SmallVec<[Page; 2]>,
    /// How many entries are on pages.
    paged: usize,
    /// The entries after those.
    tail: SmallVec<[Arc<Entry>; TAIL]>,
}

impl Log {
    /// The index of the last compacted entry; 0 if none was.
    pub fn base(&self) -> u64 {
        self.base
    }
    /// The term of the last compacted entry; 0 if none was.
    pub fn base_term(&self) -> u64 {
        self.base_term
    }
    /// The first index still held, if anything is.
    pub fn first(&self) -> u64 {
        self.base + 1
    }
    /// The index of the last entry; 0 for an empty log.
    #[inline]
    pub fn last(&self) -> u64 {
        self.base + self.held() as u64
    }
    #[inline]
    fn held(&self) -> usize {
        self.paged + self.tail.len()
    }
    /// The term of the last entry; 0 for an empty log.
    #[inline]
    pub fn last_term(&self) -> u64 {
        self.runs.last().map_or(self.base_term, |(_, term)| *term)
    }
    /// The term of the entry at `index`; 0 for index 0; `None` where it is compacted or not there yet.
    #[inline]
    pub fn term_at(&self, index: u64) -> Option<u64> {
        if index == self.base {
            return Some(self.base_term);
        }
        if index < self.base || index > self.last() {
            return None;
        }
        self.runs.iter().rev().find(|(first, _)| *first <= index).map(|(_, term)| *term)
    }
    /// The entry at `index`.
    pub fn entry(&self, index: u64) -> Option<&Arc<Entry>> {
        let at = usize::try_from(index.checked_sub(self.first())?).ok()?;
        if let Some(at) = at.checked_sub(self.paged) {
            return self.tail.get(at);
        }
        let mut begin = self.paged;
        let page = self.pages.iter().rev().find(|page| {
            begin -= page.len();
            begin <= at
        })?;
        page.get(at - begin)
    }
    /// Entries still held, with their indexes, from `from` on.
    pub fn iter_from(&self, from: u64) -> impl Iterator<Item = (u64, &Arc<Entry>)> {
        let from = from.clamp(self.first(), self.last() + 1);
        let range = self.range((from - self.first()) as usize..self.held());
        range.enumerate().map(move |(i, entry)| (from + i as u64, entry))
    }
    /// Entries held, counted from 0.
    fn range(&self, range: Range<usize>) -> impl Iterator<Item = &Arc<Entry>> {
        let mut begin = 0;
        let lists = self.pages.iter().map(|page| &**page).chain([&*self.tail]);
        lists.flat_map(move |list| {
            let [from, to] = [range.start, range.end].map(|at| at.saturating_sub(begin).min(list.len()));
            begin += list.len();
            &list[from..to]
        })
    }
    /// At most `most` entries from `from` on, ready to be sent.
    pub fn slice(&self, from: u64, most: u32) -> Option<Arc<[Arc<Entry>]>> {
        if from > self.last() || from < self.first() || most == 0 {
            return None;
        }
        let start = (from - self.first()) as usize;
        if let Some(tail) = start.checked_sub(self.paged).and_then(|start| self.tail.get(start..)) {
            return Some(tail.get(..most as usize).unwrap_or(tail).into());
        }
        Some(self.range(start..self.held().min(start.saturating_add(most as usize))).cloned().collect())
    }

    /// Adds an entry and says where it stands.
    pub fn push(&mut self, entry: impl Into<Arc<Entry>>) -> u64 {
        let entry = entry.into();
        if self.runs.last().is_none_or(|(_, term)| *term != entry.term) {
            self.runs.push((self.last() + 1, entry.term));
        }
        if self.tail.len() == TAIL {
            self.add(self.tail.as_slice().into());
            self.tail.clear();
        }
        self.tail.push(entry);
        self.last()
    }
    /// Cuts everything from `index` on.
    pub fn truncate_from(&mut self, index: u64) {
        let keep = index.saturating_sub(self.first()).min(self.held() as u64) as usize;
        self.tail.truncate(keep.saturating_sub(self.paged));
        self.keep(0..keep);
        self.runs.retain(|(first, _)| *first < index);
    }
    /// Forgets entries up to and with `index`, which a snapshot covers.
    pub fn compact_to(&mut self, index: u64) {
        let Some(term) = self.term_at(index) else { return };
        if index <= self.base {
            return;
        }
        let (cut, held) = ((index - self.base) as usize, self.paged);
        self.tail.drain(..cut.saturating_sub(held));
        self.keep(cut.min(held)..held);
        let over = self.runs.iter().filter(|(first, _)| *first <= index).count();
        self.runs.drain(..over.saturating_sub(1));
        if let Some(first) = self.runs.first_mut() {
            first.0 = first.0.max(index + 1);
        }
        if self.held() == 0 || self.runs.get(1).is_some_and(|(first, _)| *first == index + 1) {
            self.runs.remove(0);
        }
        self.base = index;
        self.base_term = term;
    }
    /// Adds a page. Of the last few pages, the first is not longer than the others together once they become one: an entry
    /// is copied as often as the logarithm of what comes after it, and there are as many pages.
    fn add(&mut self, page: Page) {
        self.paged += page.len();
        self.pages.push(page);
        while let Some(from) = self.pages.len().checked_sub(FEW)
            && let [first, others @ ..] = &self.pages[from..]
            && first.len() <= others.iter().map(|page| page.len()).sum()
        {
            let one = self.pages[from..].concat().into();
            self.pages.truncate(from);
            self.pages.push(one);
        }
    }
    /// Keeps these of the entries on pages, counted from 0.
    fn keep(&mut self, kept: Range<usize>) {
        let mut begin = 0;
        for page in std::mem::take(&mut self.pages) {
            let [from, to] = [kept.start, kept.end].map(|at| at.saturating_sub(begin).min(page.len()));
            begin += page.len();
            if from == 0 && to == page.len() {
                self.pages.push(page);
            } else if from < to {
                self.pages.push(page[from..to].into());
            }
        }
        self.paged = kept.end.min(self.paged).saturating_sub(kept.start);
    }
    /// An empty log that begins after `index`.
    pub fn restart_after(index: u64, term: u64) -> Log {
        Log { base: index, base_term: term, ..Log::default() }
    }

    /// The first index of the run of entries of `term` that ends at or before `upto`.
    pub fn first_of_term(&self, term: u64, upto: u64) -> u64 {
        let (mut low, mut high) = (self.base, upto.min(self.last()));
        // Terms do not fall along a log: the last index whose term is below `term` ends before the run.
        while low < high {
            let middle = low + (high - low).div_ceil(2);
            if self.term_at(middle).is_some_and(|t| t < term) { low = middle } else { high = middle - 1 }
        }
        low + 1
    }
    /// The last index that holds an entry of a term not above `term`; at least the base.
    pub fn last_upto_term(&self, term: u64) -> u64 {
        let (mut low, mut high) = (self.base, self.last());
        while low < high {
            let middle = low + (high - low).div_ceil(2);
            if self.term_at(middle).is_some_and(|t| t <= term) { low = middle } else { high = middle - 1 }
        }
        low
    }

    /// The last index up to which this log and a later state of it hold the same entries.
    pub fn common_with(&self, other: &Log) -> u64 {
        let mut index = self.last().min(other.last());
        let floor = self.base.max(other.base);
        while index > floor && self.term_at(index) != other.term_at(index) {
            index -= 1;
        }
        index
    }
}

impl Fold for Log {
    fn fold(&self, digest: &mut Digest) {
        digest.word(self.base);
        digest.word(self.base_term);
        digest.word(self.held() as u64);
        for entry in self.range(0..self.held()) {
            entry.fold(digest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn log(terms: &[u64]) -> Log {
        let mut log = Log::default();
        for &term in terms {
            log.push(Entry::new(term, Kind::NoOp));
        }
        log
    }

    #[test]
    fn an_empty_log_ends_at_index_0_of_term_0() {
        let log = Log::default();
        assert_eq!((log.last(), log.last_term(), log.term_at(0), log.term_at(1)), (0, 0, Some(0), None));
        assert_eq!(log.slice(1, 10), None);
    }

    #[test]
    fn the_run_of_a_term_is_found_from_either_side() {
        let log = log(&[1, 1, 1, 4, 4, 5, 5, 6, 6, 6]);
        assert_eq!(log.first_of_term(4, 5), 4);
        assert_eq!(log.first_of_term(1, 3), 1);
        assert_eq!(log.last_upto_term(4), 5);
        assert_eq!(log.last_upto_term(3), 3);
        assert_eq!(log.last_upto_term(9), 10);
    }

    #[test]
    fn compaction_keeps_indexes_and_the_terms_at_the_edge() {
        let mut log = log(&[1, 2, 3, 4]);
        log.compact_to(2);
        assert_eq!((log.base(), log.base_term(), log.first(), log.last(), log.last_term()), (2, 2, 3, 4, 4));
        assert_eq!(log.term_at(1), None);
        log.truncate_from(3);
        assert_eq!((log.last(), log.last_term()), (2, 2));
        assert_eq!(log.slice(2, 9), None);
    }

    #[test]
    fn a_long_log_has_few_pages_and_keeps_them_where_it_is_cut() {
        let mut log = log(&[1; 20_000]);
        assert!(log.pages.len() < 4 * FEW, "{} pages", log.pages.len());
        for cut in (9_000..19_000).rev().step_by(37) {
            log.truncate_from(cut);
            log.push(Entry::new(1, Kind::NoOp));
        }
        log.compact_to(5_000);
        assert!(log.pages.len() < 4 * FEW, "{} pages", log.pages.len());
        assert_eq!((log.first(), log.last(), log.iter_from(0).count()), (5_001, 9_009, 4_009));
        assert!((5_001..=9_009).all(|index| log.entry(index).is_some()));
        assert!(log.entry(5_000).is_none() && log.entry(9_010).is_none());
    }

    proptest! {
        #[test]
        fn it_behaves_as_a_plain_list(
            terms in prop::collection::vec(1u64..4, 0..200), base in 0u64..200, cut in 1u64..220, from in 0u64..220, most in 0u32..80
        ) {
            let mut sorted = terms.clone();
            sorted.sort_unstable();
            let mut log = log(&sorted);
            log.compact_to(base);
            log.truncate_from(cut);
            let held: Vec<u64> = log.iter_from(from).map(|(index, _)| index).collect();
            let expected: Vec<u64> = (log.first().max(from)..=log.last()).collect();
            prop_assert_eq!(&held, &expected);
            for (index, entry) in log.iter_from(0) {
                prop_assert_eq!(log.entry(index), Some(entry));
                prop_assert_eq!(entry.term, sorted[index as usize - 1]);
                prop_assert_eq!(log.term_at(index), Some(entry.term));
            }
            prop_assert!(log.last() <= sorted.len() as u64);
            if let Some(slice) = log.slice(from, most) {
                prop_assert_eq!(slice.len() as u64, (log.last() + 1 - from).min(u64::from(most)));
            }
        }
    }
}
