//! Snapshots (*Paxos Made Live* §5.5): each member takes its own, and drops the slots before it; a member so late that what it lacks
//! was dropped gets one in pieces, each asked for.

use super::config::Configuration;
use super::log::Kind;
use super::membership::Membership;
use super::message::{Message, PeerMessage, Piece};
use super::rules::Rule;
use super::{Member, Role};
use crate::consensus::kv::Store;
use crate::consensus::notes::did;
use crate::process::{Arg, Digest, Effects, Fold, Moment, ProcessId};
use crate::words::multi_paxos::MultiPaxosKey as K;
use std::sync::Arc;

/// Most members that get a snapshot at once.
const MOST_SERVED: usize = 16;

/// What executing all slots up to one made. The store holds the client sessions too.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The last slot it covers.
    pub slot: u64,
    /// From which slots on which configurations hold.
    pub configurations: Vec<(u64, Arc<Configuration>)>,
    /// The store.
    pub store: Store,
}

impl Fold for Snapshot {
    fn fold(&self, digest: &mut Digest) {
        digest.word(self.slot);
        self.configurations.fold(digest);
        self.store.fold(digest);
    }
}

/// A snapshot on its way in.
#[derive(Clone, Debug)]
pub struct Incoming {
    /// The last slot it covers.
    pub slot: u64,
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
        digest.word(self.slot);
        self.from.fold(digest);
        digest.word(self.items);
        digest.word(self.total);
    }
}

impl Member {
    /// A snapshot is due when the executed slot passes a multiple of so many, so that members do not drift apart in what they hold.
    pub(super) fn compact_if_due(&mut self, out: &mut Effects<'_, Self>) {
        let Some(compaction) = self.program.settings().compaction else { return };
        if self.executed / compaction.every > self.durable.snapshot_slot() / compaction.every {
            self.take_snapshot(compaction.keep, out);
        }
    }

    /// Keeps the state up to the last executed slot and drops what it covers, but for a tail for members a little behind.
    pub(super) fn take_snapshot(&mut self, keep: u64, out: &mut Effects<'_, Self>) {
        let (mut slot, mut store) = (self.executed, self.store.clone());
        if !self.rules.has(Rule::CollectOnlyExecuted) {
            (slot, store) = self.executed_to_the_end();
        }
        if slot <= self.durable.snapshot_slot() {
            return;
        }
        if !self.rules.has(Rule::SessionInSnapshot) {
            store.forget_sessions();
        }
        let configurations = if self.rules.has(Rule::ConfigInSnapshot) {
            self.membership.known().to_vec()
        } else {
            vec![(1, self.program.first_configuration().clone())]
        };
        self.durable.snapshot = Some(Arc::new(Snapshot { slot, configurations, store }));
        let drops = slot.saturating_sub(keep);
        self.doing.drops(&self.durable.log, drops.min(self.executed));
        self.durable.log.collect_to(drops);
        self.disk.dirty = true;
        let base = self.durable.log.base();
        out.note(|| did(K::TakesSnapshot, [Arg::Number(slot), Arg::Number(base)]));
    }

    /// What the store would be after all that was accepted, chosen or not.
    fn executed_to_the_end(&self) -> (u64, Store) {
        let mut store = self.store.clone();
        for (slot, accepted) in self.durable.log.iter_from(self.executed + 1) {
            if let Kind::Command(command) = &accepted.entry.kind {
                store.apply(slot, command, self.rules.has(Rule::ClientSessions));
            }
        }
        (self.durable.log.last().max(self.executed), store)
    }

    /// One piece, from where the other is. While one takes a snapshot in, it gets pieces of the same, though there be a newer one.
    pub(super) fn send_piece(&mut self, to: ProcessId, has: Option<(u64, u64)>, out: &mut Effects<'_, Self>) {
        let at = self.served.iter().position(|(id, _)| *id == to);
        let served = at.map(|at| self.served.remove(at).1);
        let same = served.filter(|snapshot| has.is_some_and(|(slot, _)| slot == snapshot.slot));
        let Some(snapshot) = same.or_else(|| self.durable.snapshot.clone()) else { return };
        let offset = has.filter(|(slot, _)| *slot == snapshot.slot).map_or(0, |(_, items)| items);
        let piece = Piece {
            slot: snapshot.slot,
            offset,
            total: snapshot.store.items(),
            configurations: snapshot.configurations.clone(),
            items: snapshot.store.chunk(offset, self.program.settings().chunk_bytes),
        };
        if offset == 0 {
            out.note(|| did(K::TellsSnapshot, [Arg::Process(to), Arg::Number(snapshot.slot)]));
        }
        if !piece.is_last() {
            if self.served.len() == MOST_SERVED {
                self.served.remove(0);
            }
            self.served.push((to, snapshot));
        }
        let message = PeerMessage::Snapshot { piece: Arc::new(piece), chosen: self.executed };
        out.send_now(to, Message::Peer(message));
    }

    /// A piece came.
    pub(super) fn on_snapshot(
        &mut self,
        now: Moment,
        from: ProcessId,
        (piece, chosen): (&Piece, u64),
        out: &mut Effects<'_, Self>,
    ) {
        self.learner.hear(from, chosen.max(piece.slot));
        if piece.slot <= self.executed {
            return;
        }
        let Some(whole) = self.gather(from, piece) else { return };
        self.learner.turn = 0;
        if whole {
            self.install(piece, out);
            self.after_execution(now, out);
            if self.role == Role::Leader {
                self.prepare_newcomers(out); // it may name other members than those it was elected by
            }
        }
        if self.executed < self.learner.known {
            self.ask(from, out);
        }
    }

    /// Adds a piece where it fits; is the snapshot whole? Nothing for a piece that does not fit.
    fn gather(&mut self, from: ProcessId, piece: &Piece) -> Option<bool> {
        let fits = |it: &Incoming| (it.from, it.slot, it.total) == (from, piece.slot, piece.total);
        if !self.learner.incoming.as_ref().is_some_and(fits) {
            let (slot, total) = (piece.slot, piece.total);
            self.learner.incoming = Some(Incoming { slot, from, items: 0, total, store: Store::default() });
        }
        let incoming = self.learner.incoming.as_mut().filter(|incoming| incoming.items == piece.offset)?;
        piece.items.iter().for_each(|item| incoming.store.add(item));
        incoming.items += piece.items.len() as u64;
        Some(piece.is_last())
    }

    /// The snapshot stands for all slots that it covers. What was accepted after them stays.
    fn install(&mut self, piece: &Piece, out: &mut Effects<'_, Self>) {
        let Some(incoming) = self.learner.incoming.take() else { return };
        let (slot, configurations) = (piece.slot, piece.configurations.clone());
        out.note(|| did(K::InstallsSnapshot, [Arg::Number(slot), Arg::Process(incoming.from)]));
        self.store = incoming.store.clone();
        self.durable.snapshot = Some(Arc::new(Snapshot { slot, configurations, store: incoming.store }));
        self.durable.log.collect_to(slot);
        self.durable.chosen = self.durable.chosen.max(slot);
        self.disk.dirty = true;
        self.executed = slot;
        self.doing.begin(slot); // it executed none of those
        // What the others executed up to there it did not tell them of: it may be something else than it proposed.
        if let Some(first) = self.lead.pending.front().map(|first| first.slot).filter(|first| *first <= slot)
        {
            self.is_overtaken(first);
        }
        self.membership = Membership::of(&self.program, &self.durable);
    }
}
