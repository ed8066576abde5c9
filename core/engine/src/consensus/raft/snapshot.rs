//! Log compaction (chapter 5): each member takes its own snapshots; a leader sends its own, in pieces, to a follower
//! that needs entries it has compacted.

use super::config::Configuration;
use super::durable::Needs;
use super::log::{Kind, Log};
use super::message::{Appended, InstallSnapshot, Message, Mismatch, PeerMessage, Piece, SnapshotReceived};
use super::progress::{Flow, Sending};
use super::rules::Rule;
use super::{Member, Role};
use crate::consensus::kv::Store;
use crate::consensus::notes::did;
use crate::process::{Arg, Digest, Effects, Fold, Moment, ProcessId};
use crate::words::raft::RaftKey;
use std::sync::Arc;

/// "The state machine's state, the last included index and term, and the latest configuration as of the last included
/// index" (§5.1). The store holds the client sessions too (§6.3).
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The last index it covers.
    pub index: u64,
    /// Its term.
    pub term: u64,
    /// The configuration there.
    pub configuration: Arc<Configuration>,
    /// What applying the log up to there made.
    pub store: Store,
}

impl Fold for Snapshot {
    fn fold(&self, digest: &mut Digest) {
        digest.word(self.index);
        digest.word(self.term);
        self.configuration.fold(digest);
        self.store.fold(digest);
    }
}

/// A snapshot on its way in.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// The last index it covers.
    pub index: u64,
    /// Whose it is.
    pub from: ProcessId,
    /// Items received.
    pub items: u64,
    /// Items in all.
    pub total: u64,
    store: Store,
}

impl Fold for Incoming {
    fn fold(&self, digest: &mut Digest) {
        digest.word(self.index);
        self.from.fold(digest);
        digest.word(self.items);
        digest.word(self.total);
    }
}

impl Member {
    /// A snapshot is taken "once the log reaches a fixed size" (§5.1.3): here, when the applied index passes a multiple of so
    /// many entries, so that members do not drift apart in what they still hold.
    pub(super) fn compact_if_due(&mut self, out: &mut Effects<'_, Self>) {
        let Some(compaction) = self.program.settings().compaction else { return };
        if self.last_applied / compaction.every > self.snapshot_index() / compaction.every {
            self.take_snapshot(compaction.keep, out);
        }
    }

    /// The last index the latest snapshot covers; 0 without one.
    pub fn snapshot_index(&self) -> u64 {
        self.durable.snapshot.as_ref().map_or(0, |snapshot| snapshot.index)
    }

    /// Writes the state up to the last applied entry and forgets what it covers, but for a tail for followers a little
    /// behind.
    pub(super) fn take_snapshot(&mut self, keep: u64, out: &mut Effects<'_, Self>) {
        let (mut index, mut store) = (self.last_applied, self.store.clone());
        if !self.rules.has(Rule::SnapshotCoversCommittedOnly) {
            (index, store) = self.applied_to_the_end();
        }
        let Some(term) = self.durable.log.term_at(index) else { return };
        if index <= self.snapshot_index() {
            return;
        }
        if !self.rules.has(Rule::SessionInSnapshot) {
            store.forget_sessions();
        }
        let configuration = if self.rules.has(Rule::ConfigInSnapshot) {
            self.membership.at(index).clone()
        } else {
            self.program.first_configuration().clone()
        };
        self.durable.snapshot = Some(Arc::new(Snapshot { index, term, configuration, store }));
        let base = index.saturating_sub(keep).max(self.durable.log.base());
        self.durable.log.compact_to(base);
        self.disk.dirty = true;
        out.note(|| did(RaftKey::TakesSnapshot, [Arg::Number(index), Arg::Epoch(term), Arg::Number(base)]));
    }

    /// What the store would be after the whole log, committed or not.
    fn applied_to_the_end(&self) -> (u64, Store) {
        let mut store = self.store.clone();
        for (index, entry) in self.durable.log.iter_from(self.last_applied + 1) {
            if let Kind::Command(command) = &entry.kind {
                store.apply(index, command, self.rules.has(Rule::ClientSessions));
            }
        }
        (self.durable.log.last(), store)
    }

    /// "The leader must occasionally send snapshots to followers that lag behind" (§5.3).
    pub(super) fn start_snapshot(&mut self, i: usize, out: &mut Effects<'_, Self>) {
        let Some(snapshot) = self.durable.snapshot.clone() else { return };
        let (id, index) = (self.lead.peers[i].id, snapshot.index);
        out.note(|| did(RaftKey::SendsSnapshot, [Arg::Process(id), Arg::Number(index)]));
        let peer = &mut self.lead.peers[i];
        peer.inflight.clear();
        peer.flow = Flow::Snapshot(Sending { snapshot, items: 0, round: 0 });
        self.send_piece(i, out);
    }

    /// One piece, from where the follower is.
    pub(super) fn send_piece(&mut self, i: usize, out: &mut Effects<'_, Self>) {
        let (term, round) = (self.durable.term, self.lead.round);
        let bytes = self.program.settings().chunk_bytes;
        let peer = &mut self.lead.peers[i];
        let Flow::Snapshot(sending) = &mut peer.flow else { return };
        sending.round = round;
        let snapshot = &sending.snapshot;
        let piece = Piece {
            offset: sending.items,
            total: snapshot.store.items(),
            configuration: snapshot.configuration.clone(),
            items: snapshot.store.chunk(sending.items, bytes),
        };
        let message = InstallSnapshot {
            term,
            round,
            index: snapshot.index,
            index_term: snapshot.term,
            piece: Arc::new(piece),
        };
        out.send_now(peer.id, Message::Peer(PeerMessage::InstallSnapshot(message)));
    }

    /// InstallSnapshot, the receiver's side (figure 5.3).
    pub(super) fn on_install_snapshot(
        &mut self,
        now: Moment,
        from: ProcessId,
        m: &InstallSnapshot,
        out: &mut Effects<'_, Self>,
    ) {
        if !self.accepts_leader(now, from, m.term, out) {
            let result = Err(Mismatch { prev: m.index, term: 0, index: m.index });
            let refusal = Appended { term: self.durable.term, round: m.round, result };
            return self.answer(from, PeerMessage::Appended(refusal), Needs::Term, out);
        }
        let term = self.durable.term.min(m.term);
        if m.index <= self.commit_index {
            let held = self.commit_index.min(self.vouched());
            let answer = Appended { term, round: m.round, result: Ok(held) };
            return self.answer(from, PeerMessage::Appended(answer), Needs::Log(held), out);
        }
        if self.gather(from, m) {
            self.install(m, out);
            let answer = Appended { term, round: m.round, result: Ok(m.index) };
            return self.answer(from, PeerMessage::Appended(answer), Needs::Log(m.index), out);
        }
        let items = self.incoming.as_ref().map_or(0, |incoming| incoming.items);
        let answer = SnapshotReceived { term, round: m.round, index: m.index, items };
        self.answer(from, PeerMessage::SnapshotReceived(answer), Needs::Term, out);
    }

    /// Adds a piece where it fits; says whether the snapshot is whole.
    fn gather(&mut self, from: ProcessId, m: &InstallSnapshot) -> bool {
        let same = self.incoming.as_ref().is_some_and(|incoming| {
            (incoming.from, incoming.index, incoming.total) == (from, m.index, m.piece.total)
        });
        if !same {
            let (index, total) = (m.index, m.piece.total);
            self.incoming = Some(Incoming { index, from, items: 0, total, store: Store::default() });
        }
        let Some(incoming) = &mut self.incoming else { return false };
        if incoming.items != m.piece.offset {
            return false;
        }
        m.piece.items.iter().for_each(|item| incoming.store.add(item));
        incoming.items += m.piece.items.len() as u64;
        m.piece.is_last()
    }

    /// "If existing log entry has same index and term as snapshot's last included entry, retain log entries following it";
    /// else "discard the entire log", and "reset state machine using snapshot contents" (figure 5.3).
    fn install(&mut self, m: &InstallSnapshot, out: &mut Effects<'_, Self>) {
        let Some(incoming) = self.incoming.take() else { return };
        let (index, term, configuration) = (m.index, m.index_term, m.piece.configuration.clone());
        out.note(|| did(RaftKey::InstallsSnapshot, [Arg::Number(index), Arg::Epoch(term)]));
        let agrees = self.durable.log.term_at(index) == Some(term);
        if agrees && self.rules.has(Rule::SnapshotKeepsSuffix) {
            self.durable.log.compact_to(index);
        } else {
            self.durable.log = Log::restart_after(index, term);
            self.disk.cut(0);
        }
        self.store = incoming.store.clone();
        let snapshot = Snapshot { index, term, configuration, store: incoming.store };
        self.durable.snapshot = Some(Arc::new(snapshot));
        self.disk.dirty = true;
        self.commit_index = self.commit_index.max(index);
        self.last_applied = index;
        self.membership = super::membership::Membership::of(&self.program, &self.durable);
        self.refresh_configuration(out);
    }

    /// A follower has taken a piece: the next one.
    pub(super) fn on_snapshot_received(
        &mut self,
        now: Moment,
        from: ProcessId,
        m: &SnapshotReceived,
        out: &mut Effects<'_, Self>,
    ) {
        if m.term > self.durable.term {
            return self.step_down_to(m.term, from, out);
        }
        if self.role != Role::Leader || m.term < self.durable.term {
            return;
        }
        let Some(i) = self.lead.find(from) else { return };
        self.heard_from(i, m.round, now, out);
        let Flow::Snapshot(sending) = &mut self.lead.peers[i].flow else { return };
        if sending.snapshot.index == m.index && sending.items != m.items {
            sending.items = m.items;
            self.send_piece(i, out);
        }
    }
}
