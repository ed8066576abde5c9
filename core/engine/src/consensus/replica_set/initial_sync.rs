//! Initial sync: "copies all the data from the source member of the replica set to a destination member" (*Replica Set Data
//! Synchronization*): piece by piece while the source goes on writing; then what was written meanwhile is applied from the
//! oplog on top, which is harmless where a piece has it already, since "operations in the oplog are idempotent". With the first
//! piece comes the source's oplog since what it knows to be committed.
//!
//! Until then it has reached nothing, in memory or on disk. What it copied may be its source's alone: it is read with concern
//! majority once a majority has it, and if the others take it back, it copies anew.

use super::Member;
use super::fetch::Stage;
use super::message::{Message, Piece};
use super::oplog::{Entries, Oplog};
use super::optime::OpTime;
use super::rules::Rule;
use super::state::State;
use crate::consensus::kv::{Item, Store};
use crate::consensus::notes::{Because, by, did};
use crate::process::{Arg, Effects, ProcessId};
use crate::words::replset::ReplSetKey as K;
use std::sync::Arc;

impl Member {
    /// Begins, or begins anew: whatever it has is void.
    pub(super) fn begin_clone(&mut self, out: &mut Effects<'_, Self>) {
        if self.durable.is_consistent() {
            self.durable.reached = self.durable.reached.max(self.applied());
        }
        self.durable.oplog = Oplog::default();
        self.store = Store::default();
        self.durable.stable = Store::default();
        self.durable.stable_at = OpTime::NONE;
        self.forget_journal();
        self.commit = OpTime::NONE;
        self.sync.begins = OpTime::NONE;
        self.sync.until = OpTime::NONE;
        self.sync.cloned_to = None;
        let source = self.sync.source.unwrap_or(self.me);
        out.note(|| did(K::BeginsSync, [Arg::Process(source)]));
        self.ask_piece(out);
    }

    fn ask_piece(&mut self, out: &mut Effects<'_, Self>) {
        let Some(source) = self.sync.source else { return };
        self.sync.stage = Stage::Cloning;
        self.sync.seq += 1;
        let (seq, after) = (self.sync.seq, self.sync.cloned_to.clone());
        out.send_now(source, Message::Clone { seq, after });
        self.arm_fetch(out);
    }

    /// A source's side: the next documents after a key; sessions come with the last of them.
    pub(super) fn on_clone(
        &mut self,
        from: ProcessId,
        seq: u64,
        after: Option<Arc<str>>,
        out: &mut Effects<'_, Self>,
    ) {
        let readable = self.state.is_readable() && self.durable.is_consistent();
        let last = self.durable.oplog.len().checked_sub(1).filter(|_| readable);
        let last = last.and_then(|at| self.durable.oplog.get(at)).cloned();
        let most = self.program.settings().clone_bytes;
        let (mut items, mut bytes, mut end) = (Vec::new(), 0u32, true);
        for (key, value) in self.store.pairs().filter(|(key, _)| after.as_ref().is_none_or(|at| *key > at)) {
            let item = Item::Pair(key.clone(), value.clone());
            bytes = bytes.saturating_add(item.size());
            if bytes > most && !items.is_empty() {
                end = false;
                break;
            }
            items.push(item);
        }
        if end {
            items.extend(self.store.sessions_shared().map(|(id, session)| Item::Session(id, session)));
        }
        let before = if after.is_none() && readable { self.since_commit() } else { [].into() };
        let piece = Piece { seq, after, last, before, items: items.into(), end };
        out.send_now(from, Message::Piece(Box::new(piece)));
    }

    /// Its oplog from the last operation that it knows to be committed, up to the one before its last.
    fn since_commit(&self) -> Entries {
        let oplog = &self.durable.oplog;
        let from = oplog.upto(self.commit.ts).saturating_sub(1);
        oplog.iter_from(from).take(oplog.len().saturating_sub(from + 1)).cloned().collect()
    }

    pub(super) fn on_piece(&mut self, from: ProcessId, piece: Piece, out: &mut Effects<'_, Self>) {
        if self.sync.source != Some(from) || self.sync.seq != piece.seq || self.sync.stage != Stage::Cloning {
            return;
        }
        let Some(last) = piece.last else {
            return self.deny_source(K::LeaveUnreadable, out);
        };
        if last.at < self.durable.reached {
            return self.deny_source(K::LeaveBehind, out);
        }
        // Asked for in an earlier life: what was written between is in neither.
        if piece.after != self.sync.cloned_to || last.at < self.sync.begins {
            return;
        }
        self.sync.event = self.event;
        let at = last.at;
        if self.sync.begins == OpTime::NONE {
            self.sync.begins = at;
            piece.before.iter().chain([&last]).for_each(|entry| self.durable.oplog.push(entry.clone()));
        }
        for item in piece.items.iter() {
            self.store.add(item);
            if let Item::Pair(key, _) = item {
                self.sync.cloned_to = Some(key.clone());
            }
        }
        let n = piece.items.len() as u64;
        out.note(|| did(K::TakesPiece, [Arg::Number(n), Arg::Process(from)]));
        if !piece.end {
            return self.ask_piece(out);
        }
        self.sync.until = at;
        if self.sync.begins == at {
            self.becomes_consistent();
        }
        let begins = self.sync.begins;
        out.note(|| did(K::Copied, [begins.arg(), at.arg()]));
        self.find(out); // from here on as any secondary
    }

    /// All that was written while it copied is applied: from here on its data are those of one moment. No record of an earlier
    /// moment may speak for them.
    pub(super) fn becomes_consistent(&mut self) {
        self.durable.stable = self.store.clone();
        self.durable.stable_at = self.sync.until;
        self.durable.reached = OpTime::NONE;
        self.forget_journal();
        self.disk.dirty = true;
    }

    /// "When the initial sync finishes, the member transitions from STARTUP2 to SECONDARY."
    pub(super) fn ends_sync(&mut self, out: &mut Effects<'_, Self>) {
        let (last, event) = (self.applied(), self.sync.event);
        self.state = State::Secondary;
        out.note(|| by(Rule::VotesOnceSecondary, K::Synced, [last.arg()]).because([event]));
        self.arm_election(out);
        self.sync.report = true;
    }

    /// What it copied may be its source's alone, and be taken back. Once a majority has it, it is as any member's stable data.
    pub(super) fn look_whether_copy_stays(&mut self) {
        if self.durable.syncing && self.durable.is_consistent() && self.commit >= self.durable.stable_at {
            self.durable.syncing = false;
            self.disk.dirty = true;
        }
    }

    /// What it copied was taken back by the others, and it has no older data to go back to: it copies anew.
    pub(super) fn copies_anew(&mut self, out: &mut Effects<'_, Self>) {
        self.give_up_standing(out);
        self.cancel_takeovers(out);
        self.state = State::Startup2;
        self.sync.buffer.clear();
        self.disk.dirty = true;
        self.begin_clone(out);
    }

    /// How far it is, in memory and in its journal, as it tells others: nowhere while it copies, since the first operation of its
    /// oplog is there before the data are.
    pub(super) fn position(&self) -> (OpTime, OpTime) {
        if self.durable.is_consistent() {
            (self.applied(), self.disk.journaled)
        } else {
            (OpTime::NONE, OpTime::NONE)
        }
    }
}
