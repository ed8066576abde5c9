//! Clients of the group: a request becomes a command, and the command, once executed, an answer. Reads go the same way, or, while a
//! lease holds, are answered at once.

use super::config::ReadMode;
use super::leader::{Asker, Hindrance, Request};
use super::log::{Entry, Kind};
use super::message::Message;
use super::rules::Rule;
use super::{Member, Role};
use crate::consensus::kv::{self, Command, Op, Outcome, Reply};
use crate::consensus::notes::{Because, by, did, waits};
use crate::process::{Arg, Effects, Moment, ProcessId};
use crate::words::multi_paxos::MultiPaxosKey as K;
use std::sync::Arc;

impl Member {
    /// A client's message. Who does not lead names who may.
    pub(super) fn on_client(
        &mut self,
        now: Moment,
        from: ProcessId,
        message: kv::Message,
        out: &mut Effects<'_, Self>,
    ) {
        match message {
            kv::Message::Register { seq } => {
                let client = Asker { client: from, session: 0, seq };
                if self.takes_requests(&client, out) {
                    self.enqueue(client, Kind::Register { client: from, seq }, out);
                }
            }
            kv::Message::Request { session, seq, first_unacked, op } => {
                let client = Asker { client: from, session, seq };
                if !op.fits() {
                    return self.respond(&client, Reply::TooLarge, out);
                }
                if !self.takes_requests(&client, out) {
                    return;
                }
                match op {
                    Op::Get { key } if self.reads_here(now, &client, out) => {
                        let outcome = Outcome::Value(self.store.get(&key).cloned());
                        self.respond(&client, Reply::Done { revision: self.executed, outcome }, out);
                    }
                    op => {
                        let command = Command { client: from, session, seq, first_unacked, op };
                        self.enqueue(client, Kind::Command(command), out);
                    }
                }
            }
            kv::Message::Response { .. } => {}
        }
    }

    fn takes_requests(&self, client: &Asker, out: &mut Effects<'_, Self>) -> bool {
        let refusal = if self.role != Role::Leader {
            Reply::Redirect { leader: self.leader.or_else(|| self.successor(client.seq)) }
        } else if self.lead.waiting.len() >= self.program.settings().backlog as usize {
            Reply::Unavailable
        } else {
            return true;
        };
        out.note(|| {
            let phrase = Arg::Phrase(Box::new(refusal.phrase()));
            did(K::RequestRefused, [Arg::Process(client.client), phrase])
        });
        self.respond(client, refusal, out);
        false
    }

    /// Who is left out knows at least who came after: one of them, now this and now that one.
    fn successor(&self, seq: u64) -> Option<ProcessId> {
        let members = &self.membership.latest().1.members;
        let place = (seq % members.len().max(1) as u64) as usize;
        members.get(place).copied().filter(|_| !members.contains(&self.me))
    }

    /// May a read be answered from its own state?
    fn reads_here(&self, now: Moment, client: &Asker, out: &mut Effects<'_, Self>) -> bool {
        let executed = self.executed;
        match self.program.settings().reads {
            ReadMode::Log => false,
            ReadMode::Local => true,
            ReadMode::Lease if !self.lease_holds(now) => {
                out.note(|| did(K::ReadWithoutLease, [Arg::Process(client.client)]));
                false
            }
            ReadMode::Lease if !self.has_recovered() && self.rules.has(Rule::LeaseAfterRecovery) => {
                let args = [Arg::Process(client.client), Arg::Number(self.must_execute())];
                out.note(|| by(Rule::LeaseAfterRecovery, K::ReadNotRecovered, args));
                false
            }
            ReadMode::Lease => {
                let events = self.lead.confirmed.iter().map(|(.., event)| *event);
                out.note(|| {
                    did(K::ReadByLease, [Arg::Process(client.client), Arg::Number(executed)]).because(events)
                });
                true
            }
        }
    }

    /// It waits for a slot, and gets one at once if nothing hinders.
    fn enqueue(&mut self, client: Asker, kind: Kind, out: &mut Effects<'_, Self>) {
        let request = Request { entry: Arc::new(Entry::new(kind)), client: Some(client), event: self.event };
        self.lead.waiting.push_back(request);
        self.pump(out);
        if self.lead.waiting.is_empty() {
            return;
        }
        let slot = self.lead.next;
        let Some(hindrance) = self.hindrance(slot) else { return };
        let (who, at) = (Arg::Process(client.client), Arg::Number(slot));
        out.note(|| match hindrance {
            Hindrance::CatchesUp => waits(Rule::CatchUp, K::WaitsForCatchUp, [who, at]),
            Hindrance::Window => did(K::WaitsForWindow, [who, at]),
            Hindrance::Alpha => waits(Rule::AlphaWindow, K::WaitsForAlpha, [who, at]),
            Hindrance::Promises(missing) => {
                waits(Rule::PromisesOfSlot, K::WaitsForPromises, [who, at, Arg::Number(missing as u64)])
            }
            Hindrance::Leaving => did(K::WaitsLeaving, [who, at]),
        });
    }

    pub(super) fn respond(&self, to: &Asker, reply: Reply, out: &mut Effects<'_, Self>) {
        let Asker { client, session, seq } = *to;
        out.send_now(client, Message::Kv(kv::Message::Response { session, seq, reply }));
    }

    /// A leader no more. What it proposed may yet be chosen, so its outcome is unknown; what waited for a slot was not done.
    pub(super) fn dismiss_clients(&mut self, out: &mut Effects<'_, Self>) {
        for client in self.lead.pending.iter().filter_map(|pending| pending.client) {
            self.respond(&client, Reply::LostLeadership { leader: None }, out);
        }
        for client in self.lead.waiting.iter().filter_map(|request| request.client) {
            self.respond(&client, Reply::Redirect { leader: None }, out);
        }
    }
}
