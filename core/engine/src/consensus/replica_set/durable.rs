//! What a member's disk holds: the `local` database (configuration, vote, oplog), and the data as of the stable timestamp.
//! "When writing to the journal, MongoDB writes data to the journal and then syncs the journal to disk" (*Journaling*): what
//! is between two such writes is lost in a crash.

use super::config::{Config, ConfigId};
use super::oplog::{Entry, Kind, NoOp, Oplog};
use super::optime::{OpTime, Timestamp};
use super::rules::{Rule, Rules};
use super::settings::Program;
use super::{Member, Message, Timer};
use crate::consensus::kv::Store;
use crate::process::{Delay, Digest, Durable as DurableState, Effects, Fold, ProcessId};
use std::collections::VecDeque;
use std::sync::Arc;

/// Rollbacks remembered, and entries of each.
const ROLLBACKS: usize = 16;
const ROLLED_BACK: usize = 1_000;

/// `local.replset.election`: for whom a member voted last, and in which term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastVote {
    /// In which term.
    pub term: u64,
    /// For whom.
    pub candidate: ProcessId,
}

/// What one rollback took back: what MongoDB writes "to BSON files" in the `rollback` directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RolledBack {
    /// The last operation that was kept.
    pub common: OpTime,
    /// With whose oplog it was compared.
    pub source: ProcessId,
    /// The entries that were taken back, oldest first; at most 1,000.
    pub entries: Vec<Arc<Entry>>,
    /// How many there were.
    pub count: u64,
}

/// The state that survives a crash.
#[derive(Clone, Debug, Default)]
pub struct Durable {
    /// Its last vote.
    pub vote: Option<LastVote>,
    /// Its configuration, if it has one.
    pub config: Option<Arc<Config>>,
    /// Its oplog.
    pub oplog: Oplog,
    /// The data as of `stable_at`: the checkpoint from which it recovers, and to which it can go back.
    pub stable: Store,
    /// The stable timestamp: nothing up to it is ever rolled back.
    pub stable_at: OpTime,
    /// An initial sync is not finished, or what it copied is not known to be with a majority: see [`Durable::is_consistent`].
    pub syncing: bool,
    /// How far it had been before it threw its data away to copy anew. It may be of those with whom something came to be committed: it
    /// neither votes for nor copies from anybody who is behind that.
    pub reached: OpTime,
    /// How often it has rolled back.
    pub rollback_id: u64,
    /// What was rolled back, the latest last.
    pub rolled_back: Arc<Vec<RolledBack>>,
    /// The rules in force, if an operator has changed them since the first start.
    pub rules: Option<Rules>,
}

impl Durable {
    /// What `rs.initiate()` wrote on a member's disk before the run began: the configuration, and the first entry of the set. Not
    /// on that of a process which is to join later.
    pub(super) fn initiated(program: &Program, me: ProcessId) -> Option<Durable> {
        let member = program.config().member(me)?;
        let mut oplog = Oplog::default();
        let first = OpTime { term: 0, ts: Timestamp { secs: 1, inc: 1 } };
        if member.bears_data() {
            oplog.push(Arc::new(Entry::new(first, Kind::NoOp(NoOp::Initiate))));
        }
        let stable_at = oplog.last();
        Some(Durable { config: Some(program.config().clone()), oplog, stable_at, ..Durable::default() })
    }
    /// An empty data directory, of a new member or a wiped one: the configuration comes with a heartbeat, the data by an initial
    /// sync. That it voted is forgotten with all else.
    pub(super) fn empty() -> Durable {
        Durable { syncing: true, ..Durable::default() }
    }
    /// Are its data those of one moment? Not while an initial sync copies them.
    pub fn is_consistent(&self) -> bool {
        !self.syncing || self.stable_at != OpTime::NONE
    }
    /// The term it knows of: of its last vote or its last operation.
    pub fn term(&self) -> u64 {
        self.vote.map_or(0, |vote| vote.term).max(self.oplog.last().term)
    }
    /// Remembers a rollback.
    pub(super) fn keep_rolled_back(&mut self, common: OpTime, source: ProcessId, cut: Vec<Arc<Entry>>) {
        let count = cut.len() as u64;
        let entries = cut.into_iter().take(ROLLED_BACK).collect();
        let kept = Arc::make_mut(&mut self.rolled_back);
        kept.push(RolledBack { common, source, entries, count });
        if kept.len() > ROLLBACKS {
            kept.remove(0);
        }
    }
}

impl Fold for LastVote {
    fn fold(&self, digest: &mut Digest) {
        digest.word(self.term);
        self.candidate.fold(digest);
    }
}

impl Fold for Durable {
    fn fold(&self, digest: &mut Digest) {
        self.vote.fold(digest);
        self.config.fold(digest);
        self.oplog.fold(digest);
        self.stable.fold(digest);
        self.stable_at.fold(digest);
        self.syncing.fold(digest);
        if self.reached != OpTime::NONE {
            self.reached.fold(digest);
        }
        digest.word(self.rollback_id);
        digest.word(self.rolled_back.iter().map(|rollback| rollback.count).sum());
        self.rules.fold(digest);
    }
}

impl DurableState for Durable {
    /// The journal's records are written in order and each has a checksum: of new oplog entries some may be there and not the
    /// rest. All else is one record.
    fn torn(older: Option<&Self>, newer: &Self, kept: u32) -> Option<Self> {
        let Some(old) = older else {
            return (kept > u32::MAX / 2).then(|| newer.clone());
        };
        let same = |at: OpTime| at == OpTime::NONE || newer.oplog.has(at);
        if old.rollback_id != newer.rollback_id || old.syncing != newer.syncing || !same(old.oplog.last()) {
            return Some(if kept > u32::MAX / 2 { newer.clone() } else { old.clone() });
        }
        let common = newer.oplog.upto(old.oplog.last().ts);
        let new = newer.oplog.len() - common;
        let some = (new as u64 * u64::from(kept)) >> 32;
        let mut torn = old.clone();
        for entry in newer.oplog.iter_from(common).take(some as usize) {
            torn.oplog.push(entry.clone());
        }
        Some(torn)
    }
}

/// What is on its way to the disk, and what waits for it.
#[derive(Clone, Debug, Default)]
pub(super) struct Disk {
    /// A vote or a configuration changed: write at the end of this step.
    pub dirty: bool,
    /// The journal is to be written as soon as the disk is free.
    pub flush: bool,
    /// The oplog is ahead of the journal; the timer for the next write runs.
    pub armed: bool,
    /// A write was asked for in this very step: a plain send of the same batch waits for it.
    pub asked_now: bool,
    /// The last write asked for, and the last one done.
    pub asked: u64,
    pub done: u64,
    /// Up to where each write under way brings the journal, and with which configuration.
    pub under_way: VecDeque<(u64, OpTime, ConfigId)>,
    /// `lastDurable`: the last operation in the journal.
    pub journaled: OpTime,
    /// Which configuration it holds, while that is not the one in use.
    pub config: Option<ConfigId>,
}

impl Fold for Disk {
    fn fold(&self, digest: &mut Digest) {
        digest.word(self.asked - self.done);
        self.journaled.fold(digest);
        digest.word(u64::from(self.flush) | u64::from(self.armed) << 1);
        digest.word(self.under_way.len() as u64);
        if let Some(config) = self.config {
            config.fold(digest);
        }
    }
}

impl Member {
    /// Ends a step: what must be on disk is written, and the journal's next write is due some time.
    pub(super) fn save(&mut self, out: &mut Effects<'_, Self>) {
        let behind = self.disk.journaled != self.applied() && self.state.may_vote();
        let free = self.disk.asked == self.disk.done;
        if self.disk.dirty || self.disk.flush && free && behind {
            self.write(out);
        } else if behind && !self.disk.armed {
            self.disk.armed = true;
            out.set_timer(Timer::Journal, Delay::Fixed(self.program.settings().journal_interval));
        }
    }

    fn write(&mut self, out: &mut Effects<'_, Self>) {
        self.disk.dirty = false;
        self.disk.flush = false;
        self.disk.asked_now = true;
        self.disk.asked += 1;
        self.disk.under_way.push_back((self.disk.asked, self.applied(), self.config_id()));
        let mut written = self.durable.clone();
        if !self.rules.has(Rule::DurableVote) {
            written.vote = None;
        }
        out.persist(self.disk.asked, written);
    }

    /// The configuration that a crash leaves it with.
    pub(super) fn durable_config(&self) -> ConfigId {
        self.disk.config.unwrap_or_else(|| self.config_id())
    }

    /// What is in the journal, or on its way there, counts for nothing: it belongs to data that are no more, or not yet whole.
    pub(super) fn forget_journal(&mut self) {
        self.disk.journaled = OpTime::NONE;
        for (_, upto, _) in &mut self.disk.under_way {
            *upto = OpTime::NONE;
        }
    }

    pub(super) fn on_journal_timer(&mut self) {
        self.disk.armed = false;
        self.disk.flush = true;
    }

    pub(super) fn on_persisted(&mut self, token: u64, out: &mut Effects<'_, Self>) {
        self.disk.done = self.disk.done.max(token);
        while let Some((_, upto, config)) = self.disk.under_way.pop_front_if(|(asked, ..)| *asked <= token) {
            self.disk.journaled = upto;
            self.disk.config = Some(config).filter(|config| *config != self.config_id());
        }
        // What was rolled back meanwhile is not in the journal any more, once that is written.
        if self.disk.journaled > self.applied() {
            self.disk.journaled = self.applied();
        }
        self.sync.report = true;
        self.count_own_vote(out);
    }

    /// Sends what speaks for the disk once the disk holds it.
    pub(super) fn send_durably(&mut self, to: ProcessId, message: Message, out: &mut Effects<'_, Self>) {
        if !self.rules.has(Rule::DurableVote) {
            return out.send_now(to, message);
        }
        if self.disk.dirty || self.disk.asked > self.disk.done && !self.disk.asked_now {
            self.write(out); // behind one of an earlier step: writes are done in order
        }
        out.send(to, message);
    }
}
