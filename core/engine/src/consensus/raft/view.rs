//! What observers, checks and views may look at. All cheap, none changes anything.

use super::config::{Configuration, Program};
use super::durable::Durable;
use super::election::Poll;
use super::log::Log;
use super::membership::Change;
use super::progress::{Peer, Proposal};
use super::reads::Read;
use super::rules::Rules;
use super::snapshot::{Incoming, Snapshot};
use super::transfer::Transfer;
use super::{Member, Role};
use crate::consensus::kv::{Store, Versioned};
use crate::consensus::quorum::majority;
use crate::process::{Arg, Phrase, ProcessId, Time};
use crate::words::raft::RaftKey;
use std::sync::Arc;

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
    /// What it is at the moment.
    pub fn role(&self) -> Role {
        self.role
    }
    /// Its current term. It may not be on disk yet: see [`Member::synced_term`].
    pub fn term(&self) -> u64 {
        self.durable.term
    }
    /// Whom it voted for in its current term.
    pub fn voted_for(&self) -> Option<ProcessId> {
        self.durable.voted_for
    }
    /// Whom it believes to lead; itself, if it does.
    pub fn leader_hint(&self) -> Option<ProcessId> {
        self.leader
    }
    /// The highest index it knows to be committed.
    pub fn commit_index(&self) -> u64 {
        self.commit_index
    }
    /// The highest index it has applied.
    pub fn last_applied(&self) -> u64 {
        self.last_applied
    }
    /// Its log, as memory has it.
    pub fn log(&self) -> &Log {
        &self.durable.log
    }
    /// All that it has handed to its disk or will have, once every write is done.
    pub fn durable(&self) -> &Durable {
        &self.durable
    }
    /// The term it knows to be on disk.
    pub fn synced_term(&self) -> u64 {
        self.disk.synced_term
    }
    /// The vote it knows to be on disk.
    pub fn synced_vote(&self) -> Option<ProcessId> {
        self.disk.synced_vote
    }
    /// The last index of its log it knows to be on disk.
    pub fn synced_last(&self) -> u64 {
        self.disk.synced_last
    }
    /// Writes it waits for.
    pub fn writes_pending(&self) -> usize {
        self.disk.pending.len()
    }
    /// Answers that wait for a write.
    pub fn answers_held(&self) -> usize {
        self.disk.held.len()
    }
    /// It stopped itself after a failed write.
    pub fn is_halted(&self) -> bool {
        self.halted
    }
    /// When it last heard from a leader, on its own monotonic clock.
    pub fn last_heard(&self) -> Option<Time> {
        self.last_heard
    }
    /// A candidate's or pre-candidate's poll.
    pub fn poll(&self) -> Option<&Poll> {
        matches!(self.role, Role::PreCandidate | Role::Candidate).then_some(&self.poll)
    }
    /// The poll that a leader won.
    pub fn won(&self) -> Option<&Poll> {
        (self.role == Role::Leader && self.poll.asked == self.durable.term).then_some(&self.poll)
    }
    /// The input in which it last heard a leader; 0 for none in this life.
    pub fn heard_event(&self) -> u64 {
        self.heard_event
    }
    /// The input in which it last gave another member its vote; 0 for none in this life.
    pub fn voted_event(&self) -> u64 {
        self.voted_event
    }
    /// Which of the inputs before the present one told a leader that a member holds what it matched, and which that it
    /// still follows; 0 for none.
    pub fn answers_of(&self, peer: &Peer) -> (u64, u64) {
        (peer.ack_event, peer.heard_event)
    }
    /// May it stand for election? It then runs an election timer.
    pub fn may_stand(&self) -> bool {
        self.may_stand
    }
    /// A leader's view of the other members; empty for others.
    pub fn peers(&self) -> &[Peer] {
        &self.lead.peers
    }
    /// The first index of a leader's own term.
    pub fn term_start(&self) -> u64 {
        self.lead.term_start
    }
    /// A leader's rounds of heartbeats: the last one, and the last one a majority has confirmed.
    pub fn rounds(&self) -> (u64, u64) {
        (self.lead.round, self.lead.quorum_round)
    }
    /// A leader's unanswered requests, in the order of the log.
    pub fn proposals(&self) -> impl ExactSizeIterator<Item = &Proposal> {
        self.lead.proposals.iter()
    }
    /// A leader's unanswered reads.
    pub fn reads(&self) -> impl ExactSizeIterator<Item = &Read> {
        self.lead.reads.iter()
    }
    /// A leader's handover under way.
    pub fn transfer(&self) -> Option<&Transfer> {
        self.lead.transfer.as_ref()
    }
    /// A leader's change of members under way.
    pub fn change(&self) -> Option<&Change> {
        self.lead.change.as_ref()
    }
    /// The configuration in force, and where it stands in the log.
    pub fn configuration(&self) -> (u64, &Arc<Configuration>) {
        (self.membership.index(), self.membership.in_force())
    }
    /// Is the configuration in force committed, as far as it knows?
    pub fn configuration_committed(&self) -> bool {
        self.membership.index() <= self.commit_index
    }
    /// Is it a voter of the configuration in force?
    pub fn is_voter(&self) -> bool {
        self.membership.in_force().is_voter(self.me)
    }
    /// Its latest snapshot.
    pub fn snapshot(&self) -> Option<&Arc<Snapshot>> {
        self.durable.snapshot.as_ref()
    }
    /// A snapshot on its way in.
    pub fn incoming(&self) -> Option<&Incoming> {
        self.incoming.as_ref()
    }
    /// The store that its applied entries made.
    pub fn store(&self) -> &Store {
        &self.store
    }
    /// Why this member does not count the entry at `index` as committed; `None` if it does.
    pub fn why_not_committed(&self, index: u64) -> Option<Phrase> {
        if index <= self.commit_index {
            return None;
        }
        let Some(of) = self.durable.log.term_at(index) else {
            let args = [Arg::Number(index), Arg::Number(self.durable.log.last())];
            return Some(Phrase::new(RaftKey::NotCommittedAbsent, args));
        };
        if self.role != Role::Leader {
            let args = [Arg::Number(index), Arg::Number(self.commit_index)];
            return Some(Phrase::new(RaftKey::NotCommittedUnknown, args));
        }
        let on_disk = self.disk.synced_last;
        if of != self.durable.term && self.quorum_of(on_disk, |peer| peer.matched) >= index {
            let args = [Arg::Number(index), Arg::Epoch(of), Arg::Epoch(self.durable.term)];
            return Some(Phrase::new(RaftKey::NotCommittedOldTerm, args));
        }
        let voters = &self.membership.in_force().voters;
        let holds = |id: &&ProcessId| match self.lead.find(**id) {
            Some(i) => self.lead.peers[i].matched >= index,
            None => **id == self.me && on_disk >= index,
        };
        let holders: Vec<Arg> = voters.iter().filter(holds).map(|&id| Arg::Process(id)).collect();
        let (have, need) = (holders.len() as u64, majority(voters.len()) as u64);
        let args = [Arg::Number(index), Arg::List(holders), Arg::Number(have), Arg::Number(need)];
        Some(Phrase::new(RaftKey::NotCommittedMinority, args))
    }
    /// What a key holds, as far as it has applied, and the index that wrote it.
    pub fn get(&self, key: &str) -> Option<&Versioned> {
        self.store.get(key)
    }
}
