//! Acceptors: whose agreement counts (*Paxos Made Simple* §2.2). An acceptor remembers two things, what it has promised and
//! what it has accepted, and answers only when its disk does too.

use super::rules::Rule;
use super::{Ballot, Peer, PeerMessage, Telling, Value, number};
use crate::consensus::notes::{Because, by, did, refused};
use crate::process::{Arg, Effects, ProcessId};
use crate::words::paxos::PaxosKey;

impl Peer {
    /// Does it accept?
    pub fn is_acceptor(&self) -> bool {
        self.program.settings().acceptors.contains(&self.me)
    }

    /// "If an acceptor receives a prepare request with number n greater than that of any prepare request to which it has
    /// already responded, then it responds to the request with a promise not to accept any more proposals numbered less
    /// than n and with the highest-numbered proposal (if any) that it has accepted" (§2.2). The same request again is
    /// answered again: the first answer may be lost.
    pub(super) fn on_prepare(&mut self, from: ProcessId, ballot: Ballot, out: &mut Effects<'_, Self>) {
        if !self.is_acceptor() {
            return;
        }
        let (promised, earlier) = (self.durable.promised, self.promised_event);
        if ballot < promised && self.rules.has(Rule::PromiseOnlyHigher) {
            out.note(|| {
                let args = [number(ballot), Arg::Process(from), number(promised)];
                refused(Rule::PromiseOnlyHigher, PaxosKey::RefusesPrepare, args).because([earlier])
            });
            return self.refuse(from, ballot, true, out);
        }
        if ballot != promised {
            self.durable.promised = ballot;
            self.disk.dirty = true;
            self.promised_event = self.event;
        }
        let accepted = self.durable.accepted.clone().filter(|_| self.rules.has(Rule::ReportAccepted));
        let said = self.accepted_event;
        out.note(|| match &accepted {
            Some((had, value)) => {
                let args = [number(ballot), Arg::Process(from), number(*had), Arg::Text(value.clone())];
                by(Rule::ReportAccepted, PaxosKey::PromisesHaving, args).because([said])
            }
            None => did(PaxosKey::Promises, [number(ballot), Arg::Process(from)]),
        });
        self.send(from, PeerMessage::Promise { ballot, accepted }, Rule::DurablePromise, out);
    }

    /// "If an acceptor receives an accept request for a proposal numbered n, it accepts the proposal unless it has already
    /// responded to a prepare request having a number greater than n" (§2.2; P1a).
    pub(super) fn on_accept(
        &mut self,
        from: ProcessId,
        ballot: Ballot,
        value: Value,
        out: &mut Effects<'_, Self>,
    ) {
        if !self.is_acceptor() {
            return;
        }
        let (promised, earlier) = (self.durable.promised, self.promised_event);
        if ballot < promised && self.rules.has(Rule::KeepPromise) {
            out.note(|| {
                let args = [number(ballot), Arg::Process(from), number(promised)];
                refused(Rule::KeepPromise, PaxosKey::RefusesAccept, args).because([earlier])
            });
            return self.refuse(from, ballot, false, out);
        }
        let proposal = Some((ballot, value.clone()));
        if self.durable.accepted != proposal {
            if self.durable.promised != ballot {
                self.promised_event = self.event;
            }
            self.durable.promised = ballot;
            self.durable.accepted = proposal;
            self.disk.dirty = true;
            self.accepted_event = self.event;
        }
        out.note(|| did(PaxosKey::Accepts, [number(ballot), Arg::Text(value.clone())]));
        let accepted = PeerMessage::Accepted { ballot, value };
        self.send(from, accepted.clone(), Rule::DurableAccept, out);
        if self.program.settings().telling == Telling::Acceptors {
            for learner in self.program.clone().settings().learners.iter().filter(|id| **id != from) {
                self.send(*learner, accepted.clone(), Rule::DurableAccept, out);
            }
        }
    }

    /// "If an acceptor ignores a prepare or accept request because it has already received a prepare request with a higher
    /// number, then it should probably inform the proposer" (§2.2). That binds nobody, so it does not wait for the disk.
    fn refuse(&mut self, to: ProcessId, ballot: Ballot, for_promise: bool, out: &mut Effects<'_, Self>) {
        if self.rules.has(Rule::TellRefusal) {
            let promised = self.durable.promised;
            self.tell(to, PeerMessage::Refused { ballot, promised, for_promise }, out);
        }
    }
}
