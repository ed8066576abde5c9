//! Clients of the group (chapter 6): requests become entries of the log, entries become answers when they are applied.

use super::config::ReadMode;
use super::log::Kind;
use super::message::Message;
use super::progress::Proposal;
use super::rules::Rule;
use super::{Member, Role};
use crate::consensus::kv::{self, Applied, Command, Op, Reply};
use crate::consensus::notes::{by, did};
use crate::process::{Arg, Effects, Moment, ProcessId};
use crate::words::raft::RaftKey;

impl Member {
    /// A client's message. "If the client's first choice is not the leader, that server will reject the client's request
    /// and supply information about the most recent leader it has heard from" (§6.2).
    pub(super) fn on_client(
        &mut self,
        now: Moment,
        from: ProcessId,
        message: kv::Message,
        out: &mut Effects<'_, Self>,
    ) {
        match message {
            kv::Message::Register { seq } => {
                if self.takes_requests(from, 0, seq, out) {
                    let kind = Kind::Register { client: from, seq: seq as u32 };
                    self.propose_for(now, from, (0, seq), kind, out);
                }
            }
            kv::Message::Request { session, seq, first_unacked, op } => {
                if !op.fits() {
                    return self.respond(from, session, seq, Reply::TooLarge, out);
                }
                if !self.takes_requests(from, session, seq, out) {
                    return;
                }
                match op {
                    Op::Get { key } if self.program.settings().reads != ReadMode::Log => {
                        self.on_read(now, from, (session, seq), key, out);
                    }
                    op => {
                        let command = Command { client: from, session, seq, first_unacked, op };
                        self.propose_for(now, from, (session, seq), Kind::Command(command), out);
                    }
                }
            }
            kv::Message::Response { .. } => {}
        }
    }

    fn takes_requests(
        &mut self,
        from: ProcessId,
        session: u64,
        seq: u64,
        out: &mut Effects<'_, Self>,
    ) -> bool {
        let refusal = if self.role != Role::Leader {
            Reply::Redirect { leader: self.leader }
        } else if self.hands_over() || self.backlog() >= self.program.settings().backlog as usize {
            Reply::Unavailable
        } else {
            return true;
        };
        out.note(|| {
            let phrase = refusal.phrase();
            did(RaftKey::RequestRefused, [Arg::Process(from), Arg::Phrase(Box::new(phrase))])
        });
        self.respond(from, session, seq, refusal, out);
        false
    }

    fn backlog(&self) -> usize {
        let uncommitted = self.durable.log.last().saturating_sub(self.commit_index) as usize;
        uncommitted.max(self.lead.reads.len())
    }

    fn propose_for(
        &mut self,
        now: Moment,
        client: ProcessId,
        (session, seq): (u64, u64),
        kind: Kind,
        out: &mut Effects<'_, Self>,
    ) {
        let index = self.durable.log.last() + 1;
        out.note(|| did(RaftKey::TakesRequest, [Arg::Process(client), Arg::Number(index)]));
        self.lead.proposals.push_back(Proposal { index, client, session, seq });
        self.propose(now, kind, out);
    }

    pub(super) fn respond(
        &self,
        to: ProcessId,
        session: u64,
        seq: u64,
        reply: Reply,
        out: &mut Effects<'_, Self>,
    ) {
        out.send_now(to, Message::Kv(kv::Message::Response { session, seq, reply }));
    }

    /// Moves the commit index and applies what it covers: "if commitIndex > lastApplied, increment lastApplied, apply
    /// log[lastApplied] to state machine" (figure 3.1).
    pub(super) fn commit_to(&mut self, _now: Moment, index: u64, out: &mut Effects<'_, Self>) {
        self.commit_index = index;
        while self.last_applied < self.commit_index {
            let index = self.last_applied + 1;
            let Some(entry) = self.durable.log.entry(index) else { break };
            let entry = entry.clone();
            self.last_applied = index;
            self.apply(index, &entry.kind, out);
        }
        if !self.rules.has(Rule::ConfigInForceWhenAppended) {
            self.refresh_configuration(out);
        }
        self.refresh_standing(out);
        self.compact_if_due(out);
        self.prune_configurations();
    }

    fn apply(&mut self, index: u64, kind: &Kind, out: &mut Effects<'_, Self>) {
        let reply = match kind {
            Kind::NoOp | Kind::Configuration(_) => return,
            Kind::Register { .. } => {
                let most = self.program.settings().sessions as usize;
                if let Some(expired) = self.store.register(index, most) {
                    out.note(|| did(RaftKey::SessionExpires, [Arg::Number(expired)]));
                }
                Reply::Registered { session: index }
            }
            Kind::Command(command) => {
                let applied = self.store.apply(index, command, self.rules.has(Rule::ClientSessions));
                if let Applied::Repeated(_) = &applied {
                    out.note(|| {
                        let args =
                            [Arg::Number(index), Arg::Number(command.session), Arg::Number(command.seq)];
                        by(Rule::ClientSessions, RaftKey::NotAppliedTwice, args)
                    });
                }
                applied.reply().clone()
            }
        };
        while self.lead.proposals.front().is_some_and(|proposal| proposal.index < index) {
            self.lead.proposals.pop_front();
        }
        if self.lead.proposals.front().is_some_and(|proposal| proposal.index == index)
            && let Some(proposal) = self.lead.proposals.pop_front()
        {
            self.respond(proposal.client, proposal.session, proposal.seq, reply, out);
        }
    }

    /// A leader no more: what it took in may yet be committed by another, so the outcome is unknown; reads did nothing.
    pub(super) fn dismiss_clients(&mut self, out: &mut Effects<'_, Self>) {
        for proposal in std::mem::take(&mut self.lead.proposals) {
            let reply = Reply::LostLeadership { leader: None };
            self.respond(proposal.client, proposal.session, proposal.seq, reply, out);
        }
        for read in std::mem::take(&mut self.lead.reads) {
            self.respond(read.client, read.session, read.seq, Reply::Redirect { leader: None }, out);
        }
    }
}
