//! Linearizable reads without the log (§6.4): the read index, confirmed by a round of heartbeats, or by a lease (§6.4.1).

use super::Member;
use super::config::ReadMode;
use super::rules::Rule;
use crate::consensus::kv::{Outcome, Reply};
use crate::consensus::notes::{Because, by, did, waits};
use crate::process::{Arg, Digest, Effects, Fold, Moment, ProcessId, Span};
use crate::words::raft::RaftKey;
use std::sync::Arc;

/// A read under way.
#[derive(Clone, Debug)]
pub struct Read {
    /// Who asked.
    pub client: ProcessId,
    /// Its session.
    pub session: u64,
    /// Its number.
    pub seq: u64,
    /// What is read.
    pub key: Arc<str>,
    /// The round of heartbeats that must confirm the leader; `None` until an entry of the leader's term is committed.
    pub round: Option<u64>,
    event: u64,
}

impl Read {
    /// The input that brought it.
    pub fn event(&self) -> u64 {
        self.event
    }
}

impl Fold for Read {
    fn fold(&self, digest: &mut Digest) {
        self.client.fold(digest);
        digest.word(self.session);
        digest.word(self.seq);
        self.key.fold(digest);
        self.round.fold(digest);
    }
}

impl Member {
    /// A leader was asked to read.
    pub(super) fn on_read(
        &mut self,
        now: Moment,
        client: ProcessId,
        (session, seq): (u64, u64),
        key: Arc<str>,
        out: &mut Effects<'_, Self>,
    ) {
        let mut read = Read { client, session, seq, key, round: None, event: now.event };
        let mode = self.program.settings().reads;
        if mode == ReadMode::Local {
            return self.answer_read(&read, out);
        }
        if !self.own_term_committed() && self.rules.has(Rule::ReadIndexOwnTermCommit) {
            let term = self.durable.term;
            out.note(|| waits(Rule::ReadIndexOwnTermCommit, RaftKey::ReadWaitsForTerm, [Arg::Epoch(term)]));
            self.lead.reads.push_back(read);
            return;
        }
        if !self.rules.has(Rule::ReadIndexQuorum) {
            return self.answer_read(&read, out);
        }
        if mode == ReadMode::Lease && self.lease_holds(now) {
            out.note(|| did(RaftKey::ReadByLease, [Arg::Number(self.last_applied)]));
            return self.answer_read(&read, out);
        }
        read.round = Some(self.lead.round + 1);
        self.lead.reads.push_back(read);
        let (index, round) = (self.commit_index, self.lead.round + 1);
        out.note(|| {
            waits(Rule::ReadIndexQuorum, RaftKey::ReadWaitsForRound, [Arg::Number(index), Arg::Number(round)])
        });
        self.ask_for_confirmation(now, out);
    }

    /// Starts a round for the reads that wait for one; while one is under way, they gather for the next.
    #[inline]
    fn ask_for_confirmation(&mut self, now: Moment, out: &mut Effects<'_, Self>) {
        let under_way = self.lead.read_round > self.lead.quorum_round;
        let wanted =
            self.lead.reads.iter().any(|read| read.round.is_some_and(|round| round > self.lead.round));
        if wanted && !under_way {
            self.lead.read_round = self.lead.round + 1;
            self.start_round(now, out);
        }
    }

    /// "The leader must have the latest information on which entries are committed": so it has from its first own
    /// committed entry on (§6.4, step 1).
    pub(super) fn own_term_committed(&self) -> bool {
        self.commit_index >= self.lead.term_start
            && self.durable.log.term_at(self.commit_index) == Some(self.durable.term)
    }

    /// An entry of this term is committed: reads that waited for it wait for a round now.
    pub(super) fn release_early_reads(&mut self, now: Moment, out: &mut Effects<'_, Self>) {
        if self.lead.reads.iter().all(|read| read.round.is_some()) || !self.own_term_committed() {
            return;
        }
        let next = self.lead.round + 1;
        self.lead
            .reads
            .iter_mut()
            .filter(|read| read.round.is_none())
            .for_each(|read| read.round = Some(next));
        self.ask_for_confirmation(now, out);
    }

    /// A round was confirmed: the reads it covers are answered, "once the state machine has advanced at least as far as
    /// the readIndex" (§6.4, step 4), which it has here as soon as the index is committed.
    pub(super) fn answer_reads(&mut self, now: Moment, out: &mut Effects<'_, Self>) {
        let confirmed = self.lead.quorum_round;
        while self.lead.reads.front().is_some_and(|read| read.round.is_some_and(|round| round <= confirmed)) {
            let Some(read) = self.lead.reads.pop_front() else { break };
            out.note(|| {
                let args = [Arg::Number(self.last_applied), Arg::Number(confirmed)];
                let mut events = self.lead.confirmations_of(confirmed);
                events.push(read.event);
                by(Rule::ReadIndexQuorum, RaftKey::ReadConfirmed, args).because(events)
            });
            self.answer_read(&read, out);
        }
        self.ask_for_confirmation(now, out);
    }

    fn answer_read(&mut self, read: &Read, out: &mut Effects<'_, Self>) {
        let outcome = Outcome::Value(self.store.get(&read.key).cloned());
        let reply = Reply::Done { revision: self.last_applied, outcome };
        self.respond(read.client, read.session, read.seq, reply, out);
    }

    /// "The leader's lease would extend to start + election timeout / clock drift bound" (§6.4.1), `start` being when it
    /// began the last round that a majority confirmed.
    pub fn lease(&self) -> Option<(crate::process::Time, Span)> {
        let start = self.lead.quorum_time?;
        let settings = self.program.settings();
        let timeout = settings.election_timeout.0.nanos();
        let ppm = if self.rules.has(Rule::LeaseDriftBound) { settings.lease_drift_ppm } else { 0 };
        let length = u128::from(timeout) * 1_000_000 / (1_000_000 + u128::from(ppm));
        Some((start, Span(length as u64)))
    }

    fn lease_holds(&self, now: Moment) -> bool {
        let lost = self.lead.lease_forfeited && self.rules.has(Rule::LeaseEndsOnTransfer);
        !lost && self.lease().is_some_and(|(start, length)| now.monotonic - start < length)
    }
}
