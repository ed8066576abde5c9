//! What observers, checks and views may look at. All cheap, none changes anything.

use super::{Durable, Election, Lead, Member, OpTime, Oplog, Program, RolledBack, Rules, Seen, State, Sync};
use crate::consensus::kv::{Store, Versioned};
use crate::process::ProcessId;

impl Member {
    /// Who it is.
    pub fn id(&self) -> ProcessId {
        self.me
    }
    /// What it was started from.
    pub fn program(&self) -> &Program {
        &self.program
    }
    /// The rules in force.
    pub fn rules(&self) -> Rules {
        self.rules
    }
    /// What its disk holds once all writes are done.
    pub fn durable(&self) -> &Durable {
        &self.durable
    }
    /// Its state.
    pub fn state(&self) -> State {
        self.state
    }
    /// Its term.
    pub fn term(&self) -> u64 {
        self.term
    }
    /// Its oplog.
    pub fn oplog(&self) -> &Oplog {
        &self.durable.oplog
    }
    /// `lastApplied`.
    pub fn last_applied(&self) -> OpTime {
        self.durable.oplog.last()
    }
    /// `lastDurable`: what is in its journal.
    pub fn last_durable(&self) -> OpTime {
        self.disk.journaled
    }
    /// `lastCommittedOpTime`: what it knows a majority to have.
    pub fn last_committed(&self) -> OpTime {
        self.commit
    }
    /// Its data as of its last operation.
    pub fn store(&self) -> &Store {
        &self.store
    }
    /// What a key holds here.
    pub fn get(&self, key: &str) -> Option<&Versioned> {
        self.store.get(key)
    }
    /// Whom it takes for the primary.
    pub fn primary(&self) -> Option<ProcessId> {
        self.primary
    }
    /// Is it the primary, as far as it knows?
    pub fn is_primary(&self) -> bool {
        self.lead.is_some()
    }
    /// What it knows as a primary.
    pub fn lead(&self) -> Option<&Lead> {
        self.lead.as_ref()
    }
    /// Its part in elections.
    pub fn election(&self) -> &Election {
        &self.election
    }
    /// How it syncs.
    pub fn sync(&self) -> &Sync {
        &self.sync
    }
    /// From whom it syncs.
    pub fn sync_source(&self) -> Option<ProcessId> {
        self.sync.source
    }
    /// What it knows of the others.
    pub fn seen(&self) -> &[Seen] {
        &self.seen
    }
    /// What it rolled back, the latest last.
    pub fn rolled_back(&self) -> &[RolledBack] {
        &self.durable.rolled_back
    }
    /// Is its present configuration committed? Of a primary only.
    pub fn is_config_committed(&self) -> bool {
        self.config_is_committed()
    }
    /// Writes asked for and not yet done.
    pub fn writes_under_way(&self) -> u64 {
        self.disk.asked - self.disk.done
    }
    /// Did it stop because its disk failed, or because it could not be reconciled?
    pub fn is_halted(&self) -> bool {
        self.halted
    }
}
