//! Reads (*Read Concern*), and what a member tells drivers of itself (*hello*).

use super::Member;
use super::client_message::{Greeting, Reply};
use super::concern::{ReadConcern, W};
use super::message::Message;
use super::oplog::{Kind, NoOp};
use super::rules::Rule;
use super::state::State;
use super::writes::Waiting;
use crate::consensus::notes::{by, did};
use crate::process::{Arg, Effects, ProcessId};
use crate::words::replset::ReplSetKey as K;
use std::sync::Arc;

impl Member {
    /// Does it take writes?
    pub fn is_writable(&self) -> bool {
        self.lead.as_ref().is_some_and(|lead| lead.is_writable())
    }

    /// What keeps it from answering a read.
    fn refuses_read(&self, concern: ReadConcern, secondary_ok: bool) -> Option<Reply> {
        if !self.state.is_readable() || !self.durable.is_consistent() {
            return Some(Reply::NotReadable);
        }
        // What an initial sync copied may be its source's alone; nothing older is there.
        let nothing_committed = concern == ReadConcern::Majority && self.durable.syncing;
        if nothing_committed && self.rules.has(Rule::MajoritySnapshot) {
            return Some(Reply::NotReadable);
        }
        let needs_primary = !secondary_ok || concern == ReadConcern::Linearizable;
        (needs_primary && !self.is_writable())
            .then(|| Reply::NotPrimary { primary: self.primary.filter(|primary| *primary != self.me) })
    }

    pub(super) fn on_read(
        &mut self,
        from: ProcessId,
        seq: u64,
        key: &Arc<str>,
        concern: ReadConcern,
        secondary_ok: bool,
        out: &mut Effects<'_, Self>,
    ) {
        if let Some(reply) = self.refuses_read(concern, secondary_ok) {
            out.note(|| did(K::RefusesRead, [Arg::Process(from), Arg::Phrase(Box::new(reply.phrase()))]));
            return self.respond(from, seq, reply, out);
        }
        match concern {
            ReadConcern::Majority if self.rules.has(Rule::MajoritySnapshot) => {
                let (found, at) = (self.durable.stable.get(key).cloned(), self.durable.stable_at);
                let args = [Arg::Text(key.clone()), at.arg()];
                out.note(|| by(Rule::MajoritySnapshot, K::ReadsCommitted, args));
                self.respond(from, seq, Reply::Read { found, at, concern }, out);
            }
            ReadConcern::Local | ReadConcern::Majority => {
                let (found, at) = (self.store.get(key).cloned(), self.applied());
                out.note(|| did(K::ReadsLocal, [Arg::Text(key.clone()), at.arg()]));
                self.respond(from, seq, Reply::Read { found, at, concern }, out);
            }
            ReadConcern::Linearizable => self.read_linearizable(from, seq, key, out),
        }
    }

    /// "Nodes just write a noop to the oplog and wait for it to be replicated to a majority of nodes": whoever still reaches a
    /// majority after the read was the primary when it read.
    fn read_linearizable(&mut self, from: ProcessId, seq: u64, key: &Arc<str>, out: &mut Effects<'_, Self>) {
        let (found, at, concern) = (self.store.get(key).cloned(), self.applied(), ReadConcern::Linearizable);
        let reply = Reply::Read { found, at, concern };
        if !self.rules.has(Rule::LinearizableNoop) {
            return self.respond(from, seq, reply, out);
        }
        let full = self
            .lead
            .as_ref()
            .is_some_and(|lead| lead.waiting.len() >= self.program.settings().backlog as usize);
        if full {
            return self.respond(from, seq, Reply::Busy, out);
        }
        let no_op = self.append(Kind::NoOp(NoOp::Read), out);
        out.note(|| by(Rule::LinearizableNoop, K::ConfirmsRead, [Arg::Text(key.clone()), no_op.arg()]));
        let journal = self.config().is_some_and(|config| config.majority_journal);
        let event = self.event;
        let waiting =
            Waiting { client: from, seq, reply, at: no_op, w: W::Majority, journal, until: None, event };
        self.wait_for_others(waiting, out);
    }

    /// "hello … returns a document that describes the role of the mongod instance". A primary that does not take writes yet
    /// says that it is a secondary.
    pub(super) fn on_hello(&mut self, from: ProcessId, seq: u64, out: &mut Effects<'_, Self>) {
        let config = self.durable.config.clone();
        let seen_by_clients = config.iter().flat_map(|config| &config.members);
        let hosts = seen_by_clients.filter(|m| m.bears_data() && !m.hidden).map(|m| m.host).collect();
        let state = match self.state {
            State::Primary if !self.is_writable() => State::Secondary,
            state => state,
        };
        let greeting = Greeting {
            seq,
            state,
            hidden: self.my_config().is_some_and(|member| member.hidden),
            primary: self.primary.filter(|primary| *primary != self.me || self.is_writable()),
            hosts,
            term: self.term,
            config: self.config_id(),
            last: self.applied(),
        };
        out.send_now(from, Message::Greeting(Box::new(greeting)));
    }
}
