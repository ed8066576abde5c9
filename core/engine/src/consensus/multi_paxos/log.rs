//! What a member has accepted, by slot. Slots after the collected ones may be held or not: a message may be lost, and the next one
//! arrive. Copies share pages, so that one costs nearly the same however long the log is, and the entries themselves, so
//! that members that accept one hold it once. It deliberately knows no protocol: what is chosen is said elsewhere.

use super::config::Configuration;
use crate::consensus::ballot::Ballot;
use crate::consensus::kv::Command;
use crate::process::{Digest, Fold, ProcessId};
use litemap::LiteMap;
use std::sync::Arc;

/// Slots on a page, and pages in a block.
const PAGE: u64 = 16;
const BLOCK: u64 = 16 * PAGE;

/// What stands in a slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it says.
    pub kind: Kind,
    /// Of it: it goes into the history with every message that carries the entry.
    digest: u64,
}

/// What an entry says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing: it fills a gap (*Paxos Made Simple* §3).
    NoOp,
    /// A command for the store.
    Command(Command),
    /// This client opens a session; `seq` matches the answer to its request.
    Register {
        /// Who is to be answered.
        client: ProcessId,
        /// Of its request.
        seq: u64,
    },
    /// Who accepts, from so many slots later on as the settings say.
    Members(Arc<Configuration>),
}

impl Entry {
    /// An entry that says this.
    pub fn new(kind: Kind) -> Entry {
        let mut digest = Digest::new();
        kind.fold(&mut digest);
        Entry { kind, digest: digest.short() }
    }
    /// A number for what it says, the same for the same.
    pub fn digest(&self) -> u64 {
        self.digest
    }
    /// Bytes on wire or disk.
    pub fn size(&self) -> u32 {
        8 + match &self.kind {
            Kind::NoOp => 0,
            Kind::Command(command) => command.size(),
            Kind::Register { .. } => 12,
            Kind::Members(configuration) => configuration.size(),
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
            Kind::Members(configuration) => {
                digest.word(4);
                configuration.fold(digest);
            }
        }
    }
}

/// What was accepted in a slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// In which ballot last.
    pub ballot: Ballot,
    /// What.
    pub entry: Arc<Entry>,
}

impl Fold for Accepted {
    fn fold(&self, digest: &mut Digest) {
        self.ballot.fold(digest);
        self.entry.fold(digest);
    }
}

type Page = [Option<Accepted>; 16];
type Block = [Option<Arc<Page>>; 16];

/// The log of a member. Slots count from 1; those up to `base` have been collected.
#[derive(Clone, Debug, Default)]
pub struct Log {
    base: u64,
    last: u64,
    blocks: LiteMap<u64, Arc<Block>>,
}

/// Where a slot is: its block, its page there, its place on the page.
fn place(slot: u64) -> (u64, usize, usize) {
    (slot / BLOCK, (slot % BLOCK / PAGE) as usize, (slot % PAGE) as usize)
}

impl Log {
    /// The last collected slot; 0 if none was.
    pub fn base(&self) -> u64 {
        self.base
    }
    /// The first slot that may still be held.
    pub fn first(&self) -> u64 {
        self.base + 1
    }
    /// The last slot in which anything was accepted; at least the base.
    pub fn last(&self) -> u64 {
        self.last.max(self.base)
    }
    /// What was accepted in a slot.
    #[inline]
    pub fn get(&self, slot: u64) -> Option<&Accepted> {
        if slot <= self.base {
            return None;
        }
        let (block, page, at) = place(slot);
        self.blocks.get(&block)?[page].as_ref()?[at].as_ref()
    }
    /// Slots in which something was accepted, from `from` on, in order.
    pub fn iter_from(&self, from: u64) -> impl Iterator<Item = (u64, &Accepted)> {
        let mut next = Some(from.max(self.base.saturating_add(1)));
        std::iter::from_fn(move || {
            let found = self.next_from(next?)?;
            next = found.0.checked_add(1);
            Some(found)
        })
    }
    /// The first slot from `from` on in which something was accepted.
    fn next_from(&self, from: u64) -> Option<(u64, &Accepted)> {
        let (block, first_page, first_at) = place(from);
        let start = self.blocks.find_index(&block).unwrap_or_else(|next| next);
        for (of, pages) in (start..self.blocks.len()).filter_map(|nth| self.blocks.get_indexed(nth)) {
            let begin = if *of == block { first_page } else { 0 };
            for (page, held) in pages.iter().enumerate().skip(begin) {
                let Some(held) = held else { continue };
                let begin = if (*of, page) == (block, first_page) { first_at } else { 0 };
                if let Some((at, Some(found))) =
                    held.iter().enumerate().skip(begin).find(|(_, it)| it.is_some())
                {
                    return Some((of * BLOCK + page as u64 * PAGE + at as u64, found));
                }
            }
        }
        None
    }
    /// Puts what was accepted into a slot. What is collected stays so.
    pub fn set(&mut self, slot: u64, accepted: Accepted) {
        if slot <= self.base {
            return;
        }
        let (block, page, at) = place(slot);
        self.last = self.last.max(slot);
        if !self.blocks.contains_key(&block) {
            self.blocks.insert(block, Arc::default());
        }
        if let Some(pages) = self.blocks.get_mut(&block) {
            let page = Arc::make_mut(pages)[page].get_or_insert_default();
            Arc::make_mut(page)[at] = Some(accepted);
        }
    }
    /// Forgets slots up to and with this one.
    pub fn collect_to(&mut self, slot: u64) {
        if slot <= self.base {
            return;
        }
        self.base = slot;
        let (block, page, at) = place(slot);
        while let Some((&first, _)) = self.blocks.first()
            && first < block
        {
            self.blocks.remove(&first);
        }
        if let Some(pages) = self.blocks.get_mut(&block) {
            let pages = Arc::make_mut(pages);
            pages[..page].fill(None);
            if let Some(page) = &mut pages[page] {
                Arc::make_mut(page)[..=at].fill(None);
            }
        }
    }
    /// Without what was accepted after this slot.
    #[must_use]
    pub fn upto(&self, slot: u64) -> Log {
        let mut kept = Log { base: self.base, ..Log::default() };
        for (at, accepted) in self.iter_from(0).take_while(|(at, _)| *at <= slot) {
            kept.set(at, accepted.clone());
        }
        kept
    }
    /// How many slots are held.
    pub fn held(&self) -> u64 {
        self.iter_from(0).count() as u64
    }
}

impl Fold for Log {
    fn fold(&self, digest: &mut Digest) {
        digest.word(self.base);
        for (slot, accepted) in self.iter_from(0) {
            digest.word(slot);
            accepted.fold(digest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn accepted(round: u64) -> Accepted {
        let ballot = Ballot { round, owner: ProcessId(1) };
        Accepted { ballot, entry: Arc::new(Entry::new(Kind::NoOp)) }
    }

    proptest! {
        #[test]
        fn it_behaves_as_a_plain_map(
            sets in prop::collection::vec((1u64..900, 1u64..9), 0..120), collect in 0u64..900, from in 0u64..900, upto in 0u64..900
        ) {
            let (mut log, mut plain) = (Log::default(), BTreeMap::new());
            let half = sets.len() / 2;
            for (slot, round) in &sets[..half] {
                log.set(*slot, accepted(*round));
                plain.insert(*slot, *round);
            }
            let copy = log.clone();
            let before: Vec<u64> = copy.iter_from(0).map(|(slot, _)| slot).collect();
            log.collect_to(collect);
            plain.retain(|slot, _| *slot > collect);
            for (slot, round) in &sets[half..] {
                log.set(*slot, accepted(*round));
                if *slot > collect {
                    plain.insert(*slot, *round);
                }
            }
            let held: Vec<(u64, u64)> = log.iter_from(from).map(|(slot, it)| (slot, it.ballot.round)).collect();
            let expected: Vec<(u64, u64)> = plain.range(from..).map(|(slot, round)| (*slot, *round)).collect();
            prop_assert_eq!(held, expected);
            prop_assert!((0..900).all(|slot| log.get(slot).map(|it| it.ballot.round) == plain.get(&slot).copied()));
            let kept: Vec<u64> = log.upto(upto).iter_from(0).map(|(slot, _)| slot).collect();
            prop_assert_eq!(kept, plain.range(..=upto).map(|(slot, _)| *slot).collect::<Vec<_>>());
            prop_assert_eq!(copy.iter_from(0).map(|(slot, _)| slot).collect::<Vec<_>>(), before);
        }
    }

    #[test]
    fn a_slot_far_away_takes_a_page_and_no_more() {
        let mut log = Log::default();
        log.set(u64::MAX - 1, accepted(1));
        assert_eq!((log.blocks.len(), log.last(), log.held()), (1, u64::MAX - 1, 1));
    }
}
