//! What a member's disk holds, and the one way to write it: nothing that depends on the disk leaves before the disk
//! has it (§3.8), except a leader's own appends, which go out beside its write (§10.2.1).

use super::config::Program;
use super::log::{Entry, Kind, Log};
use super::message::{Message, PeerMessage};
use super::rules::{Rule, Rules};
use super::snapshot::Snapshot;
use super::{Member, Role};
use crate::consensus::kv::Command as KvCommand;
use crate::consensus::notes::{did, refused};
use crate::process::{Arg, Digest, Effects, Fold, Moment, ProcessId};
use crate::process::{DiskError, Durable as DurableState};
use crate::words::raft::RaftKey;
use std::sync::Arc;

/// The state that survives a crash (figure 3.1, "persistent state"; §5.1 for the snapshot).
#[derive(Clone, Debug, Default)]
pub struct Durable {
    /// The latest term this member has seen.
    pub term: u64,
    /// Whom it voted for in that term.
    pub voted_for: Option<ProcessId>,
    /// Its log.
    pub log: Log,
    /// Its latest snapshot.
    pub snapshot: Option<Arc<Snapshot>>,
    /// The rules in force, if an operator has changed them since the first start.
    pub rules: Option<Rules>,
}

impl Durable {
    /// What a member starts from on an empty disk.
    pub fn first(program: &Program) -> Durable {
        let Some(initial) = &program.settings().initial else { return Durable::default() };
        let mut log = Log::default();
        for (term, op) in &initial.log {
            let command = KvCommand {
                client: ProcessId::OPERATOR,
                session: 0,
                seq: log.last() + 1,
                first_unacked: 0,
                op: op.clone(),
            };
            log.push(Entry::new(*term, Kind::Command(command)));
        }
        Durable { term: initial.term, voted_for: initial.vote, log, snapshot: None, rules: None }
    }
}

impl Fold for Durable {
    fn fold(&self, digest: &mut Digest) {
        digest.word(self.term);
        self.voted_for.fold(digest);
        self.log.fold(digest);
        self.snapshot.fold(digest);
        self.rules.fold(digest);
    }
}

impl DurableState for Durable {
    /// The write is a journal: term and vote first, then the snapshot with the log's new base, then the cut, then the
    /// entries one by one. A tear leaves some beginning of it.
    fn torn(older: Option<&Self>, newer: &Self, kept: u32) -> Option<Self> {
        let empty = Durable::default();
        let old = older.unwrap_or(&empty);
        let common = old.log.common_with(&newer.log);
        let mut steps = Vec::new();
        if (old.term, old.voted_for, old.rules) != (newer.term, newer.voted_for, newer.rules) {
            steps.push(Step::Term);
        }
        if old.log.base() != newer.log.base() || index_of(old) != index_of(newer) {
            steps.push(Step::Snapshot);
        }
        if old.log.last() > common {
            steps.push(Step::Cut);
        }
        let entries = newer.log.last().saturating_sub(common.max(newer.log.base()));
        let all = steps.len() as u64 + entries;
        let take = (u64::from(kept) * (all + 1)) >> 32;
        if take == 0 {
            return older.cloned();
        }
        let mut torn = old.clone();
        for step in steps.iter().take(take as usize) {
            match step {
                Step::Term => {
                    (torn.term, torn.voted_for, torn.rules) = (newer.term, newer.voted_for, newer.rules);
                }
                Step::Snapshot => {
                    torn.snapshot = newer.snapshot.clone();
                    if torn.log.term_at(newer.log.base()) == Some(newer.log.base_term()) {
                        torn.log.compact_to(newer.log.base());
                    } else {
                        torn.log = Log::restart_after(newer.log.base(), newer.log.base_term());
                    }
                }
                Step::Cut => torn.log.truncate_from(common + 1),
            }
        }
        let from = torn.log.last() + 1;
        for (_, entry) in newer.log.iter_from(from).take(take.saturating_sub(steps.len() as u64) as usize) {
            torn.log.push(entry.clone());
        }
        Some(torn)
    }
}

enum Step {
    Term,
    Snapshot,
    Cut,
}

fn index_of(durable: &Durable) -> u64 {
    durable.snapshot.as_ref().map_or(0, |snapshot| snapshot.index)
}

/// What the disk is known to hold, and what is on its way there.
#[derive(Clone, Debug, Default)]
pub(super) struct Disk {
    /// Term and vote on disk.
    pub synced_term: u64,
    pub synced_vote: Option<ProcessId>,
    /// Entries up to here, of the log as it is now, are on disk.
    pub synced_last: u64,
    /// Something changed since the last write was asked for.
    pub dirty: bool,
    /// A write was asked for in this very step: a plain send of the same batch waits for it, and for all before.
    pub asked_now: bool,
    /// Writes asked for and not yet done, oldest first.
    pub pending: std::collections::VecDeque<Write>,
    /// Answers that wait for a write of an earlier step.
    pub held: Vec<(u64, ProcessId, PeerMessage)>,
    token: u64,
}

/// A write on its way.
#[derive(Clone, Debug)]
pub(super) struct Write {
    token: u64,
    term: u64,
    vote: Option<ProcessId>,
    last: u64,
}

/// What of the disk an answer speaks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Needs {
    /// The term only.
    Term,
    /// Term and vote.
    Vote,
    /// Term, and the log up to here.
    Log(u64),
}

impl Disk {
    pub fn holding(durable: &Durable) -> Disk {
        Disk {
            synced_term: durable.term,
            synced_vote: durable.voted_for,
            synced_last: durable.log.last(),
            ..Disk::default()
        }
    }

    /// The log was cut: what was written beyond is not this log's any more.
    pub fn cut(&mut self, last: u64) {
        self.synced_last = self.synced_last.min(last);
        self.pending.iter_mut().for_each(|write| write.last = write.last.min(last));
        self.dirty = true;
    }
}

impl Member {
    /// Asks for what changed to be written.
    #[inline]
    pub(super) fn save(&mut self, out: &mut Effects<'_, Self>) {
        if self.disk.dirty {
            self.write(out);
        }
    }

    /// Asks for it, changed or not: the rarer half, kept out of the callers.
    #[inline(never)]
    fn write(&mut self, out: &mut Effects<'_, Self>) {
        self.disk.dirty = false;
        self.disk.asked_now = true;
        self.disk.token += 1;
        let token = self.disk.token;
        let (term, vote, last) = (self.durable.term, self.durable.voted_for, self.durable.log.last());
        self.disk.pending.push_back(Write { token, term, vote, last });
        out.persist(token, self.written());
    }

    /// What is written: all of it, but for what a switched-off rule leaves out. A forgotten term is what the log tells.
    fn written(&self) -> Durable {
        let mut written = self.durable.clone();
        if !self.rules.has(Rule::DurableVote) {
            written.voted_for = None;
        }
        if !self.rules.has(Rule::DurableTerm) {
            written.term = written.log.last_term();
            written.voted_for = None;
        }
        written
    }

    /// Sends an answer as soon as the disk holds what it speaks for: at once if it does, behind this step's write, or
    /// when an earlier write is done. A switched-off rule does not wait.
    #[inline]
    pub(super) fn answer(
        &mut self,
        to: ProcessId,
        message: PeerMessage,
        needs: Needs,
        out: &mut Effects<'_, Self>,
    ) {
        self.save(out);
        if self.is_safe(needs) {
            out.send_now(to, Message::Peer(message));
        } else if self.disk.asked_now {
            out.send(to, Message::Peer(message));
        } else {
            self.disk.held.push((self.disk.token, to, message));
        }
    }

    #[inline]
    fn is_safe(&self, needs: Needs) -> bool {
        let disk = &self.disk;
        if disk.pending.is_empty() {
            return true;
        }
        let term = disk.synced_term == self.durable.term || !self.rules.has(Rule::DurableTerm);
        match needs {
            Needs::Term => term,
            Needs::Vote => {
                let vote =
                    disk.synced_term == self.durable.term && disk.synced_vote == self.durable.voted_for;
                vote || !self.rules.has(Rule::DurableVote)
            }
            Needs::Log(index) => term && (index <= disk.synced_last || !self.rules.has(Rule::DurableLog)),
        }
    }

    /// How much of the log this member may vouch for.
    #[inline]
    pub(super) fn vouched(&self) -> u64 {
        if self.rules.has(Rule::DurableLog) { self.disk.synced_last } else { self.durable.log.last() }
    }

    /// A write is done, and all before it: what waited for it leaves, and it counts.
    pub(super) fn on_persisted(&mut self, now: Moment, token: u64, out: &mut Effects<'_, Self>) {
        while let Some(write) = self.disk.pending.front() {
            if write.token > token {
                break;
            }
            (self.disk.synced_term, self.disk.synced_vote) = (write.term, write.vote);
            self.disk.synced_last = write.last;
            self.disk.pending.pop_front();
        }
        let held = std::mem::take(&mut self.disk.held);
        for (waits_for, to, message) in held {
            if waits_for <= token {
                out.send_now(to, Message::Peer(message));
            } else {
                self.disk.held.push((waits_for, to, message));
            }
        }
        match self.role {
            Role::Candidate => self.count_own_vote(now, out),
            Role::Leader => self.count_own_log(now, out),
            Role::Follower | Role::PreCandidate => {}
        }
    }

    /// A write failed. What memory holds and what the disk holds have parted, so nothing this member could say is
    /// safe: it stops. A restart begins again from what the disk truly has.
    pub(super) fn on_persist_failed(&mut self, error: DiskError, out: &mut Effects<'_, Self>) {
        let key = match error {
            DiskError::Full => RaftKey::StopsDiskFull,
            DiskError::Io => RaftKey::StopsDiskError,
        };
        out.note(|| refused(Rule::DurableLog, key, [Arg::Epoch(self.durable.term)]));
        self.halted = true;
        out.stop(self.me);
    }

    /// Adopts a term: the vote of the old one is void.
    pub(super) fn set_term(&mut self, term: u64, out: &mut Effects<'_, Self>) {
        let old = self.durable.term;
        self.durable.term = term;
        self.durable.voted_for = None;
        self.disk.dirty = true;
        out.note(|| did(RaftKey::NewTerm, [Arg::Epoch(old), Arg::Epoch(term)]));
    }
}
