//! Log replication (§3.5) and commitment (§3.6.2): the leader's view of each follower, the appends that flow to it,
//! and what a follower makes of them.

use super::durable::Needs;
use super::log::{Entry, Kind};
use super::message::{Append, Appended, Message, Mismatch, PeerMessage};
use super::rules::Rule;
use super::{Member, Role, Timer};
use crate::consensus::notes::{Because, by, did, refused, waits};
use crate::process::{Arg, Delay, Effects, Moment, ProcessId};
use crate::words::raft::RaftKey;
use std::sync::Arc;

use super::progress::{Flow, Lead};

impl Member {
    /// Takes up a leader's work: nothing is known yet of what the others hold (§3.5).
    pub(super) fn begin_leading(&mut self, now: Moment, out: &mut Effects<'_, Self>) {
        if !self.rules.has(Rule::LeaderAppendOnly) && self.durable.log.last() > self.commit_index {
            self.cut_log(self.commit_index + 1, out);
        }
        self.lead = Lead::default();
        self.lead.term_start = self.durable.log.last() + 1;
        self.refresh_peers();
        out.set_timer(Timer::Heartbeat, Delay::Fixed(self.program.settings().heartbeat));
        out.set_timer(Timer::QuorumCheck, Delay::Fixed(self.program.settings().election_timeout.1));
        if self.rules.has(Rule::NoOpOnElection) {
            self.append_own(Kind::NoOp, out);
        }
        self.start_round(now, out);
        self.advance_commit(now, out);
    }

    /// Adds an entry to the leader's own log; its write goes on beside the appends (§10.2.1).
    pub(super) fn append_own(&mut self, kind: Kind, out: &mut Effects<'_, Self>) -> u64 {
        let index = self.push(Arc::new(Entry::new(self.durable.term, kind)), out);
        self.save(out);
        index
    }

    /// "The leader appends the command to its log as a new entry, then issues AppendEntries RPCs in parallel to each of
    /// the other servers" (§3.5).
    pub(super) fn propose(&mut self, now: Moment, kind: Kind, out: &mut Effects<'_, Self>) -> u64 {
        let index = self.append_own(kind, out);
        for i in 0..self.lead.peers.len() {
            self.feed(i, out);
        }
        if !self.rules.has(Rule::LeaderCountsSynced) {
            self.advance_commit(now, out);
        }
        index
    }

    /// Sends a follower what it lacks, as far as its window lets it.
    #[inline]
    pub(super) fn feed(&mut self, i: usize, out: &mut Effects<'_, Self>) {
        let (window, last) = (self.program.settings().window as usize, self.durable.log.last());
        loop {
            let peer = &self.lead.peers[i];
            let open = match peer.flow {
                Flow::Probe { sent } => !sent,
                Flow::Replicate => peer.inflight.len() < window,
                Flow::Snapshot(_) => false,
            };
            if !open || peer.next > last {
                return;
            }
            self.send_entries(i, out);
        }
    }

    /// One append from the follower's next index on; its snapshot instead where the log no longer reaches back (§5.3).
    fn send_entries(&mut self, i: usize, out: &mut Effects<'_, Self>) {
        let peer = &self.lead.peers[i];
        let prev = peer.next - 1;
        let Some(prev_term) = self.durable.log.term_at(prev) else {
            return self.start_snapshot(i, out);
        };
        let entries = self.durable.log.slice(peer.next, self.program.settings().batch);
        let (to, count) = (peer.id, entries.as_ref().map_or(0, |entries| entries.len() as u64));
        let append = Append {
            term: self.durable.term,
            prev,
            prev_term,
            commit: self.commit_index,
            round: self.lead.round,
            entries,
        };
        out.send_now(to, Message::Peer(PeerMessage::Append(append)));
        let round = self.lead.round;
        let peer = &mut self.lead.peers[i];
        match &mut peer.flow {
            Flow::Probe { sent } => *sent = true,
            Flow::Replicate => {
                peer.next += count;
                peer.inflight.push_back((prev + count, round));
            }
            Flow::Snapshot(_) => {}
        }
    }

    /// A round of heartbeats: AppendEntries to everybody, empty but for followers still being probed.
    pub(super) fn start_round(&mut self, now: Moment, out: &mut Effects<'_, Self>) {
        self.lead.open_round(now);
        for i in 0..self.lead.peers.len() {
            if let Flow::Probe { .. } = self.lead.peers[i].flow {
                self.send_entries(i, out);
            } else {
                self.send_heartbeat(i, out);
            }
        }
        self.confirm_rounds(now, out);
    }

    /// A heartbeat stands on what is known to match, so that it never mismatches because of appends still under way.
    #[inline]
    fn send_heartbeat(&mut self, i: usize, out: &mut Effects<'_, Self>) {
        let peer = &self.lead.peers[i];
        let (prev, prev_term) = match self.durable.log.term_at(peer.matched) {
            Some(term) => (peer.matched, term),
            None => (0, 0),
        };
        let append = Append {
            term: self.durable.term,
            prev,
            prev_term,
            commit: self.commit_index,
            round: self.lead.round,
            entries: None,
        };
        out.send_now(peer.id, Message::Peer(PeerMessage::Append(append)));
        if peer.leaving && self.has_left(peer) {
            let round = self.lead.round;
            self.lead.peers[i].farewell.get_or_insert(round);
        }
    }

    /// The leader's clock ticked: what seems lost is sent again, and everybody hears from it.
    pub(super) fn on_heartbeat_timer(&mut self, now: Moment, out: &mut Effects<'_, Self>) {
        if self.role != Role::Leader {
            return;
        }
        out.set_timer(Timer::Heartbeat, Delay::Fixed(self.program.settings().heartbeat));
        self.let_go(now); // here alone: whoever answers an answer holds on to a place among the peers
        let (before, last_beat) = self.lead.beats;
        for i in 0..self.lead.peers.len() {
            if self.lead.peers[i].seems_lost(before, last_beat) {
                self.send_again(i, out);
            }
        }
        self.start_round(now, out);
        self.lead.beats = (last_beat, self.lead.round);
    }

    fn send_again(&mut self, i: usize, out: &mut Effects<'_, Self>) {
        let peer = &mut self.lead.peers[i];
        match peer.flow {
            Flow::Replicate => peer.probe_from(peer.matched + 1),
            Flow::Snapshot(_) => self.send_piece(i, out),
            Flow::Probe { .. } => {}
        }
    }

    /// AppendEntries, the receiver's side (figure 3.1).
    #[inline]
    pub(super) fn on_append(
        &mut self,
        now: Moment,
        from: ProcessId,
        m: &Append,
        out: &mut Effects<'_, Self>,
    ) {
        if !self.accepts_leader(now, from, m.term, out) {
            let result = Err(Mismatch { prev: m.prev, term: 0, index: m.prev });
            let refusal = Appended { term: self.durable.term, round: m.round, result };
            return self.answer(from, PeerMessage::Appended(refusal), Needs::Term, out);
        }
        let result = match self.mismatch(m, out) {
            Some(at) => Err(at),
            None => Ok(self.take_in(now, from, m, out)),
        };
        let needs = result.map_or(Needs::Term, Needs::Log);
        // A stale leader that is listened to (the rule is off) must not learn of the newer term from the answer.
        let term = self.durable.term.min(m.term);
        self.answer(from, PeerMessage::Appended(Appended { term, round: m.round, result }), needs, out);
    }

    /// A message of the current leader: its term is adopted, nobody else stands, and the election timer starts anew.
    #[inline]
    pub(super) fn accepts_leader(
        &mut self,
        now: Moment,
        from: ProcessId,
        term: u64,
        out: &mut Effects<'_, Self>,
    ) -> bool {
        if term < self.durable.term && self.rules.has(Rule::RefuseStaleTerm) {
            let mine = self.durable.term;
            out.note(|| {
                let args = [Arg::Process(from), Arg::Epoch(term), Arg::Epoch(mine)];
                refused(Rule::RefuseStaleTerm, RaftKey::AppendRefusedOldTerm, args)
            });
            return false;
        }
        if term > self.durable.term {
            self.step_down_to(term, from, out);
        }
        match self.role {
            Role::Leader => return false, // only where a rule is off can there be two in a term
            Role::Follower => {}
            Role::PreCandidate | Role::Candidate => self.become_follower(out),
        }
        if self.leader != Some(from) {
            self.leader = Some(from);
            out.note(|| did(RaftKey::Follows, [Arg::Process(from), Arg::Epoch(term)]));
        }
        self.last_heard = Some(now.monotonic);
        self.heard_event = now.event;
        self.arm_election(out);
        true
    }

    /// "If the follower does not find an entry in its log with the same index and term, then it refuses the new entries"
    /// (§3.5, the consistency check), and says where the term it has there begins. What is compacted was committed and matches.
    fn mismatch(&self, m: &Append, out: &mut Effects<'_, Self>) -> Option<Mismatch> {
        let log = &self.durable.log;
        let found = log.term_at(m.prev);
        if m.prev < log.base() || found == Some(m.prev_term) || !self.rules.has(Rule::ConsistencyCheck) {
            return None;
        }
        out.note(|| {
            let prev = Arg::Number(m.prev);
            match found {
                None if log.last() == 0 => {
                    refused(Rule::ConsistencyCheck, RaftKey::AppendRefusedEmpty, [prev])
                }
                None => {
                    let args = [prev, Arg::Number(log.last())];
                    refused(Rule::ConsistencyCheck, RaftKey::AppendRefusedShort, args)
                }
                Some(term) => {
                    let args = [prev, Arg::Epoch(m.prev_term), Arg::Epoch(term)];
                    refused(Rule::ConsistencyCheck, RaftKey::AppendRefusedTerm, args)
                }
            }
        });
        Some(match found {
            None => Mismatch { prev: m.prev, term: 0, index: log.last() + 1 },
            Some(term) => Mismatch { prev: m.prev, term, index: log.first_of_term(term, m.prev) },
        })
    }

    /// Takes entries in and moves the commit index; gives back how far this log is known to match the leader's and may
    /// be vouched for.
    #[inline]
    fn take_in(&mut self, now: Moment, from: ProcessId, m: &Append, out: &mut Effects<'_, Self>) -> u64 {
        let matched = m.prev + m.entries().len() as u64;
        if !m.entries().is_empty() {
            self.append_entries(m, out);
        }
        // "If leaderCommit > commitIndex, set commitIndex = min(leaderCommit, index of last new entry)" (figure 3.1).
        let upto = if self.rules.has(Rule::CommitOnlyMatched) { matched } else { self.durable.log.last() };
        let commit = m.commit.min(upto);
        if commit > self.commit_index {
            out.note(|| did(RaftKey::FollowerCommits, [Arg::Number(commit), Arg::Process(from)]));
            self.commit_to(now, commit, out);
        }
        if self.disk.dirty || self.disk.asked_now { matched } else { matched.min(self.vouched()) }
    }

    /// "If an existing entry conflicts with a new one (same index but different terms), delete the existing entry and
    /// all that follow it. Append any new entries not already in the log" (figure 3.1).
    fn append_entries(&mut self, m: &Append, out: &mut Effects<'_, Self>) {
        let at = m.prev.min(self.durable.log.last());
        if !self.rules.has(Rule::TruncateOnlyOnConflict) && self.durable.log.last() > at {
            self.cut_log(at + 1, out);
        }
        let mut first_new = None;
        for (i, entry) in m.entries().iter().enumerate() {
            let index = at + 1 + i as u64;
            if index <= self.durable.log.base() {
                continue;
            }
            if first_new.is_none() {
                match self.durable.log.term_at(index) {
                    Some(term) if term == entry.term => continue,
                    Some(term) => {
                        out.note(|| {
                            let args = [Arg::Number(index), Arg::Epoch(term), Arg::Epoch(entry.term)];
                            by(Rule::TruncateOnlyOnConflict, RaftKey::CutsConflict, args)
                        });
                        self.cut_log(index, out);
                    }
                    None => {}
                }
                first_new = Some(index);
            }
            self.push(entry.clone(), out);
        }
        if let Some(first) = first_new {
            let last = self.durable.log.last();
            out.note(|| match first == last {
                true => did(RaftKey::AppendsOne, [Arg::Number(first)]),
                false => did(RaftKey::Appends, [Arg::Number(first), Arg::Number(last)]),
            });
        }
    }

    /// Adds an entry to the log; a configuration is in force from here on (§4.1).
    fn push(&mut self, entry: Arc<Entry>, out: &mut Effects<'_, Self>) -> u64 {
        let configuration = match &entry.kind {
            Kind::Configuration(configuration) => Some(configuration.clone()),
            _ => None,
        };
        let index = self.durable.log.push(entry);
        self.disk.dirty = true;
        if let Some(configuration) = configuration {
            self.membership.add(index, configuration);
            self.refresh_configuration(out);
        }
        index
    }

    /// Cuts the log; a configuration that is cut is not in force any more (§4.1).
    pub(super) fn cut_log(&mut self, from: u64, out: &mut Effects<'_, Self>) {
        self.durable.log.truncate_from(from);
        self.disk.cut(self.durable.log.last());
        if self.membership.cut(from) {
            self.refresh_configuration(out);
        }
    }

    /// A follower answered.
    #[inline]
    pub(super) fn on_appended(
        &mut self,
        now: Moment,
        from: ProcessId,
        m: &Appended,
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
        match m.result {
            Ok(index) => self.on_match(i, index.min(self.durable.log.last()), now, out),
            Err(at) => self.on_mismatch(i, at, out),
        }
    }

    /// "Leader keeps for each follower: index of highest log entry known to be replicated" (figure 3.1).
    fn on_match(&mut self, i: usize, index: u64, now: Moment, out: &mut Effects<'_, Self>) {
        let first = self.durable.log.first();
        let peer = &mut self.lead.peers[i];
        let (id, news) = (peer.id, index > peer.matched);
        if news {
            peer.matched = index;
            peer.ack_event = now.event;
        }
        peer.acknowledged(first);
        if news {
            self.advance_commit(now, out);
            // What is committed now may have let others go, or this one.
            if let Some(i) = self.lead.find(id) {
                self.on_caught_up(i, now, out);
            }
        }
        if let Some(i) = self.lead.find(id) {
            self.feed(i, out);
        }
    }

    /// "After a rejection, the leader decrements nextIndex and retries"; with the conflicting term's first index "the
    /// leader can decrement nextIndex to bypass all of the conflicting entries in that term" (§3.5).
    fn on_mismatch(&mut self, i: usize, at: Mismatch, out: &mut Effects<'_, Self>) {
        let peer = &mut self.lead.peers[i];
        if peer.is_old_news(at.prev) {
            return;
        }
        let next = if self.rules.has(Rule::ConflictIndex) { at.index } else { at.prev };
        let next = next.clamp(peer.matched + 1, at.prev);
        peer.probe_from(next);
        let id = peer.id;
        out.note(|| by(Rule::ConflictIndex, RaftKey::BacksUp, [Arg::Process(id), Arg::Number(next)]));
        self.send_entries(i, out);
    }

    /// The leader's own write is done: now it counts (§10.2.1).
    pub(super) fn count_own_log(&mut self, now: Moment, out: &mut Effects<'_, Self>) {
        self.lead.own_event = now.event;
        self.advance_commit(now, out);
    }

    /// "A log entry is committed once the leader that created the entry has replicated it on a majority of the servers"
    /// (§3.5); "Raft never commits log entries from previous terms by counting replicas" (§3.6.2).
    #[inline]
    pub(super) fn advance_commit(&mut self, now: Moment, out: &mut Effects<'_, Self>) {
        let mine = if self.rules.has(Rule::LeaderCountsSynced) {
            self.disk.synced_last
        } else {
            self.durable.log.last()
        };
        let index = self.quorum_of(mine, |peer| peer.matched).min(self.durable.log.last());
        if index <= self.commit_index {
            return;
        }
        let (term, of) = (self.durable.term, self.durable.log.term_at(index).unwrap_or(0));
        if of != term && self.rules.has(Rule::CommitOnlyOwnTerm) {
            out.note(|| {
                let args = [Arg::Number(index), Arg::Epoch(of), Arg::Epoch(term)];
                waits(Rule::CommitOnlyOwnTerm, RaftKey::NotCommittedOldTerm, args)
                    .because(self.lead.acks_of(index))
            });
            return;
        }
        out.note(|| {
            let mut events = self.lead.acks_of(index);
            events.push(self.lead.own_event);
            did(RaftKey::Commits, [Arg::Number(index), Arg::Epoch(of)]).because(events)
        });
        self.commit_to(now, index, out);
        if self.role == Role::Leader {
            self.after_commit(now, out);
        }
    }
}
