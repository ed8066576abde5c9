//! What a member's disk holds, and the one way to write it. "Stable storage, preserved during failures, is used to maintain the
//! information that the acceptor must remember" (*Paxos Made Simple* §2.5): what speaks for the disk leaves when the disk has it.

use super::config::Program;
use super::log::Log;
use super::message::{Message, PeerMessage};
use super::rules::{Rule, Rules};
use super::snapshot::Snapshot;
use super::{Ballot, Member};
use crate::consensus::notes::refused;
use crate::process::{Digest, Durable as DurableState, Effects, Fold, ProcessId};
use crate::words::multi_paxos::MultiPaxosKey as K;
use std::collections::VecDeque;
use std::sync::Arc;

/// Most answers that wait for a disk; further ones are lost, as on a network.
const MOST_HELD: usize = 4096;

/// The state that survives a crash.
#[derive(Clone, Debug, Default)]
pub struct Durable {
    /// The highest round it has tried to lead in.
    pub tried: u64,
    /// The highest ballot it has promised to.
    pub promised: Ballot,
    /// What it has accepted, by slot; up to `chosen`, what is chosen there.
    pub log: Log,
    /// All slots up to here are chosen, and executed. Written along with what must be written; less than the member knows.
    pub chosen: u64,
    /// Its latest snapshot.
    pub snapshot: Option<Arc<Snapshot>>,
    /// The rules in force, if an operator has changed them since the first start.
    pub rules: Option<Rules>,
}

impl Durable {
    /// What a member starts from on an empty disk.
    pub fn first(program: &Program) -> Durable {
        let Some(initial) = &program.settings().initial else { return Durable::default() };
        Durable {
            promised: initial.promised,
            log: initial.log(),
            chosen: initial.chosen,
            ..Durable::default()
        }
    }
    /// The last slot its snapshot covers; 0 without one.
    pub fn snapshot_slot(&self) -> u64 {
        self.snapshot.as_ref().map_or(0, |snapshot| snapshot.slot)
    }
}

impl Fold for Durable {
    fn fold(&self, digest: &mut Digest) {
        digest.word(self.tried);
        self.promised.fold(digest);
        self.log.fold(digest);
        digest.word(self.chosen);
        self.snapshot.fold(digest);
        self.rules.fold(digest);
    }
}

impl DurableState for Durable {
    /// The write is a journal: numbers first, then the snapshot with the log's new base, then slots in order, then how much is
    /// chosen. A tear leaves some beginning of it. The slots that the snapshot covers are known to be chosen by it: where what is
    /// chosen there was torn off, the snapshot alone tells it, and what was accepted before is dropped.
    fn torn(older: Option<&Self>, newer: &Self, kept: u32) -> Option<Self> {
        let mut torn = older.cloned().unwrap_or_default();
        let slots: Vec<u64> = newer
            .log
            .iter_from(0)
            .filter(|(slot, it)| torn.log.get(*slot) != Some(*it))
            .map(|(slot, _)| slot)
            .collect();
        let all = slots.len() as u64 + 3;
        let take = (u64::from(kept) * (all + 1)) >> 32;
        if take == 0 {
            return older.cloned();
        }
        (torn.tried, torn.promised, torn.rules) = (newer.tried, newer.promised, newer.rules);
        if take > 1 {
            torn.snapshot = newer.snapshot.clone();
            torn.log.collect_to(newer.log.base());
            torn.chosen = torn.chosen.max(torn.snapshot_slot());
        }
        let (whole, off) = slots.split_at(slots.len().min(take.saturating_sub(2) as usize));
        for slot in whole {
            if let Some(accepted) = newer.log.get(*slot) {
                torn.log.set(*slot, accepted.clone());
            }
        }
        if let Some(last) = off.iter().rev().find(|slot| **slot <= torn.snapshot_slot()) {
            torn.log.collect_to(*last);
        }
        if take >= all {
            torn.chosen = newer.chosen;
        }
        Some(torn)
    }
}

/// What is on its way to the disk, and what waits for it.
#[derive(Clone, Debug, Default)]
pub(super) struct Disk {
    /// Something changed since the last write was asked for.
    pub dirty: bool,
    /// A write was asked for in this very step: a plain send of the same batch waits for it, and for all before.
    pub asked_now: bool,
    /// The last write asked for, and the last one done.
    pub asked: u64,
    pub done: u64,
    /// Answers to this very member that wait for a write.
    pub own: VecDeque<(u64, PeerMessage)>,
    /// Answers to others that wait for a write of an earlier step.
    pub held: VecDeque<(u64, ProcessId, PeerMessage)>,
}

impl Disk {
    /// The next answer to itself that the disk has caught up with.
    pub fn next_own(&mut self) -> Option<PeerMessage> {
        let ready = self.own.iter().position(|(token, _)| *token <= self.done)?;
        self.own.remove(ready).map(|(_, message)| message)
    }
}

impl Fold for Disk {
    fn fold(&self, digest: &mut Digest) {
        digest.word(self.asked - self.done);
        digest.word(self.own.len() as u64);
        digest.word(self.held.len() as u64);
    }
}

impl Member {
    /// Asks for what changed to be written.
    #[inline]
    pub(super) fn save(&mut self, out: &mut Effects<'_, Self>) {
        if self.disk.dirty {
            self.disk.dirty = false;
            self.disk.asked_now = true;
            self.disk.asked += 1;
            out.persist(self.disk.asked, self.written());
        }
    }

    /// What is written: all of it, but for what a switched-off rule leaves out.
    fn written(&self) -> Durable {
        let mut written = self.durable.clone();
        if !self.rules.has(Rule::DurableRound) {
            written.tried = 0;
        }
        if !self.rules.has(Rule::DurablePromise) {
            written.promised = Ballot::NONE;
        }
        if !self.rules.has(Rule::DurableAccept) {
            written.log = written.log.upto(written.chosen);
        }
        written
    }

    /// Sends what speaks for the disk as soon as the disk holds it; without the rule, at once.
    pub(super) fn send(
        &mut self,
        to: ProcessId,
        message: PeerMessage,
        rule: Rule,
        out: &mut Effects<'_, Self>,
    ) {
        let waits = self.rules.has(rule);
        if waits {
            self.save(out);
        }
        let (asked, waits) = (self.disk.asked, waits && self.disk.asked > self.disk.done);
        if to == self.me {
            self.disk.own.push_back((if waits { asked } else { 0 }, message));
        } else if !waits {
            out.send_now(to, Message::Peer(message));
        } else if self.disk.asked_now {
            out.send(to, Message::Peer(message));
        } else if self.disk.held.len() < MOST_HELD {
            self.disk.held.push_back((asked, to, message));
        }
    }

    /// A write is done, and all before it: what waited for it leaves.
    pub(super) fn on_persisted(&mut self, token: u64, out: &mut Effects<'_, Self>) {
        self.disk.done = self.disk.done.max(token.min(self.disk.asked));
        while self.disk.held.front().is_some_and(|(waits_for, ..)| *waits_for <= self.disk.done)
            && let Some((_, to, message)) = self.disk.held.pop_front()
        {
            out.send_now(to, Message::Peer(message));
        }
    }

    /// A write failed: what memory holds and what the disk holds have parted, so nothing this member could say is safe. A restart
    /// begins again from what the disk truly has.
    pub(super) fn halt(&mut self, out: &mut Effects<'_, Self>) {
        self.halted = true;
        out.note(|| refused(Rule::DurableAccept, K::DiskFailed, []));
        out.stop(self.me);
    }
}
