//! Writes (*Write Concern*, *Retryable Writes*): the primary decides what a write comes to, logs that, and answers when as many
//! members have it as the client asked for.

use super::client_message::{Ask, Reply};
use super::concern::{W, WriteConcern};
use super::config::Config;
use super::lead::Lead;
use super::message::Message;
use super::oplog::Kind;
use super::optime::OpTime;
use super::rules::Rule;
use super::{Member, Timer};
use crate::consensus::kv::{Command, MAX_VALUE, Op, Outcome};
use crate::consensus::notes::{Because, by, did, refused, waits};
use crate::process::{Arg, Delay, Digest, Effects, Fold, ProcessId, Time};
use crate::words::replset::ReplSetKey as K;
use std::sync::Arc;

/// A write, or a linearizable read, that waits for others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Who is to be answered.
    pub client: ProcessId,
    /// The question's number.
    pub seq: u64,
    /// What it will be told.
    pub reply: Reply,
    /// Others must have reached this operation.
    pub at: OpTime,
    /// So many of them.
    pub w: W,
    /// In their journals.
    pub journal: bool,
    /// `wtimeout`.
    pub until: Option<Time>,
    /// The input that asked.
    pub event: u64,
}

impl Fold for Waiting {
    fn fold(&self, digest: &mut Digest) {
        self.client.fold(digest);
        digest.word(self.seq);
        self.reply.fold(digest);
        self.at.fold(digest);
        WriteConcern { w: self.w, journal: Some(self.journal), timeout: None }.fold(digest);
        self.until.fold(digest);
    }
}

impl Member {
    pub(super) fn on_request(&mut self, from: ProcessId, seq: u64, ask: Ask, out: &mut Effects<'_, Self>) {
        match ask {
            Ask::Write { session, txn, op, concern } => {
                self.on_write(from, seq, (session, txn), op, concern, out);
            }
            Ask::Read { key, concern, secondary_ok } => {
                self.on_read(from, seq, &key, concern, secondary_ok, out);
            }
        }
    }

    pub(super) fn respond(&self, to: ProcessId, seq: u64, reply: Reply, out: &mut Effects<'_, Self>) {
        out.send_now(to, Message::Response { seq, reply });
    }

    /// What keeps it from taking a write.
    fn refuses_write(&self, op: &Op) -> Option<Reply> {
        let Some(lead) = self.lead.as_ref().filter(|lead| lead.is_writable()) else {
            let primary = self.primary.filter(|primary| *primary != self.me);
            return Some(Reply::NotPrimary { primary });
        };
        if !op.fits() {
            return Some(Reply::TooLarge);
        }
        let full = lead.waiting.len() >= self.program.settings().backlog as usize;
        full.then_some(Reply::Busy)
    }

    fn on_write(
        &mut self,
        from: ProcessId,
        seq: u64,
        (session, txn): (u64, u64),
        op: Op,
        concern: Option<WriteConcern>,
        out: &mut Effects<'_, Self>,
    ) {
        let Some(config) = self.durable.config.clone() else {
            return self.respond(from, seq, Reply::NotReadable, out);
        };
        let concern = concern.unwrap_or_else(|| self.default_concern(&config));
        if let Some(reply) = self.refuses_write(&op) {
            out.note(|| did(K::RefusesWrite, [Arg::Process(from), Arg::Phrase(Box::new(reply.phrase()))]));
            return self.respond(from, seq, reply, out);
        }
        let (outcome, at) = match self.done_before(session, txn) {
            Some(Err(reply)) => return self.respond(from, seq, reply, out),
            Some(Ok(outcome)) => {
                out.note(|| by(Rule::RetryOnce, K::DoneBefore, [Arg::Process(from), Arg::Number(txn)]));
                (outcome, self.applied())
            }
            None => self.write_op(from, (session, txn), &op, out),
        };
        // Looked at when it would begin to wait, as every failing write concern: then the write is done.
        let bearing = config.members.iter().filter(|member| member.bears_data()).count();
        if matches!(concern.w, W::Members(n) if n as usize > bearing) {
            let reply = Reply::Unsatisfiable;
            out.note(|| {
                did(K::NobodyAcknowledges, [Arg::Process(from), Arg::Phrase(Box::new(reply.phrase()))])
            });
            return self.respond(from, seq, reply, out);
        }
        let majority = concern.w == W::Majority && (config.majority_journal || concern.journal == Some(true));
        // "j: unspecified": for a majority as the configuration says, else in memory.
        let journal = concern.journal.unwrap_or(concern.w == W::Majority && config.majority_journal);
        let waiting = Waiting {
            client: from,
            seq,
            reply: Reply::Written { outcome, at, majority },
            at,
            w: concern.w,
            journal,
            until: concern.timeout.filter(|timeout| timeout.nanos() > 0).map(|timeout| self.now + timeout),
            event: self.event,
        };
        self.wait_for_others(waiting, out);
    }

    /// The default write concern: what was set, or the implicit one.
    pub fn default_concern(&self, config: &Config) -> WriteConcern {
        let implicit =
            if config.implicit_majority() { WriteConcern::MAJORITY } else { WriteConcern::members(1) };
        self.program.settings().default_write_concern.unwrap_or(implicit)
    }

    /// A retried write is done once (*Retryable Writes*): what it came to then, or that it is too long ago.
    fn done_before(&self, session: u64, txn: u64) -> Option<Result<Outcome, Reply>> {
        if session == 0 || !self.rules.has(Rule::RetryOnce) {
            return None;
        }
        let session = self.store.session(session)?;
        match session.answers.iter().find(|given| given.seq == txn) {
            Some(given) => Some(Ok(given.outcome().clone())),
            None => (txn < session.first_unacked).then_some(Err(Reply::TooOld)),
        }
    }

    /// Decides what it comes to, and logs that: nothing, if it changes nothing.
    fn write_op(
        &mut self,
        client: ProcessId,
        (session, seq): (u64, u64),
        op: &Op,
        out: &mut Effects<'_, Self>,
    ) -> (Outcome, OpTime) {
        let (outcome, effect) = self.decide(op);
        let at = match effect {
            None => self.applied(),
            Some(op) => {
                let command = Command { client, session, seq, first_unacked: seq, op };
                self.append(Kind::Write(command), out)
            }
        };
        out.note(|| did(K::Writes, [Arg::Phrase(Box::new(op.phrase())), at.arg()]));
        (outcome, at)
    }

    /// What an operation comes to, and what is logged for it: "idempotent" operations only.
    fn decide(&self, op: &Op) -> (Outcome, Option<Op>) {
        let held = |key: &Arc<str>| self.store.get(key).map(|found| found.value.clone());
        let put = |key: &Arc<str>, value: Arc<str>| Some(Op::Put { key: key.clone(), value });
        match op {
            Op::Get { key } => (Outcome::Value(self.store.get(key).cloned()), None),
            Op::Put { .. } => (Outcome::Written, Some(op.clone())),
            Op::Cas { key, expect, value } => match held(key) {
                found if found == *expect => (Outcome::Written, put(key, value.clone())),
                found => (Outcome::Differs(found), None),
            },
            Op::Append { key, value } => {
                let old = held(key).unwrap_or_else(|| "".into());
                if old.len() + value.len() > MAX_VALUE {
                    return (Outcome::Full, None);
                }
                let new: Arc<str> = [&*old, &**value].concat().into();
                (Outcome::Written, put(key, new))
            }
            Op::Delete { key } => {
                let there = held(key).is_some();
                (Outcome::Deleted(there), there.then(|| op.clone()))
            }
        }
    }

    /// It answers once others have it; at once, if it needs nobody.
    pub(super) fn wait_for_others(&mut self, waiting: Waiting, out: &mut Effects<'_, Self>) {
        self.disk.flush |= waiting.journal;
        let own_only = matches!(waiting.w, W::Members(0 | 1)) && !waiting.journal;
        if own_only {
            return self.respond(waiting.client, waiting.seq, waiting.reply, out);
        }
        let Some(lead) = &mut self.lead else { return };
        lead.waiting.push_back(waiting);
        self.arm_write_timeout(out);
    }

    fn arm_write_timeout(&self, out: &mut Effects<'_, Self>) {
        let Some(lead) = &self.lead else { return };
        if let Some(until) = lead.waiting.iter().filter_map(|waiting| waiting.until).min() {
            out.set_timer(Timer::WriteTimeout, Delay::Fixed(until - self.now));
        }
    }

    /// How many data-bearing members have reached an operation.
    fn members_at(&self, at: OpTime, journal: bool) -> usize {
        let of = |applied: OpTime, durable: OpTime| if journal { durable } else { applied };
        let others = self.other_bearers().filter(|seen| of(seen.applied, seen.durable) >= at).count();
        others + usize::from(of(self.applied(), self.disk.journaled) >= at)
    }

    /// How many voting members that hold data have come so far: the majority of *Write Concern* is of those.
    pub(super) fn voters_at(&self, fits: impl Fn(OpTime, OpTime) -> bool) -> usize {
        let config = self.durable.config.as_ref();
        let bears = |id| config.and_then(|config| config.member(id)).is_some_and(|it| it.bears_data());
        let others = self.other_voters().filter(|seen| bears(seen.id) && fits(seen.applied, seen.durable));
        others.count() + usize::from(self.is_voter() && fits(self.applied(), self.disk.journaled))
    }

    fn is_acknowledged(&self, waiting: &Waiting, lead: &Lead) -> bool {
        match waiting.w {
            W::Members(n) => self.members_at(waiting.at, waiting.journal) >= n.max(1) as usize,
            W::Majority if self.commit < waiting.at || self.commit < lead.first => false,
            // The commit point counts what the configuration says; a client may ask for more.
            W::Majority => {
                let config = self.durable.config.as_ref();
                let counted = config.is_none_or(|config| config.majority_journal) || !waiting.journal;
                let needed = config.map_or(usize::MAX, |config| config.write_majority());
                counted || self.voters_at(|applied, durable| applied.min(durable) >= waiting.at) >= needed
            }
        }
    }

    /// Answers all that wait for no more than others have now.
    pub(super) fn answer_waiting(&mut self, out: &mut Effects<'_, Self>) {
        let Some(mut lead) = self.lead.take() else { return };
        if lead.waiting.is_empty() {
            self.lead = Some(lead);
            return;
        }
        let all = std::mem::take(&mut lead.waiting);
        let (done, rest): (Vec<Waiting>, Vec<Waiting>) =
            all.into_iter().partition(|waiting| self.is_acknowledged(waiting, &lead));
        lead.waiting = rest.into();
        self.lead = Some(lead);
        for Waiting { client, seq, reply, at, event, .. } in done {
            let seen = &self.seen;
            out.note(|| {
                let events = seen.iter().map(|seen| seen.event).chain([event]);
                did(K::Acknowledges, [at.arg(), Arg::Process(client)]).because(events)
            });
            self.respond(client, seq, reply, out);
        }
    }

    /// "MongoDB does not undo successful data modifications performed before the write concern exceeded the wtimeout time limit"
    /// (*Write Concern*): the client gets an error, and the write stays.
    pub(super) fn on_write_timeout(&mut self, out: &mut Effects<'_, Self>) {
        let now = self.now;
        let Some(lead) = &mut self.lead else { return };
        let over = |waiting: &Waiting| waiting.until.is_some_and(|until| until <= now);
        let (over, rest): (Vec<Waiting>, Vec<Waiting>) =
            std::mem::take(&mut lead.waiting).into_iter().partition(over);
        lead.waiting = rest.into();
        for Waiting { client, seq, reply, at, event, .. } in over {
            let reply = match reply {
                Reply::Written { outcome, at, .. } => Reply::Unacknowledged { outcome, at },
                other => other,
            };
            out.note(|| waits(Rule::CommitOnlyOwnTerm, K::WriteTimesOut, [at.arg()]).because([event]));
            self.respond(client, seq, reply, out);
        }
        self.arm_write_timeout(out);
    }

    /// It is not primary any more: whether the write stays, it cannot say.
    pub(super) fn answer_interrupted(&self, waiting: Waiting, out: &mut Effects<'_, Self>) {
        out.note(|| {
            refused(Rule::CommitOnlyOwnTerm, K::Interrupted, [waiting.at.arg()]).because([waiting.event])
        });
        self.respond(waiting.client, waiting.seq, Reply::Interrupted, out);
    }
}
