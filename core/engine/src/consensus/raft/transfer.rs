//! Leadership transfer (§3.10): the leader brings its successor up to date and tells it to stand at once.

use super::message::{Message, PeerMessage};
use super::rules::Rule;
use super::{Member, Role, Timer};
use crate::consensus::notes::{Because, by, did, refused, waits};
use crate::process::{Answer, Arg, Delay, Digest, Effects, Fold, Moment, Phrase, ProcessId};
use crate::words::raft::RaftKey;

/// A handover under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// To whom.
    pub to: ProcessId,
    /// It has been told to stand.
    pub told: bool,
    event: u64,
}

impl Fold for Transfer {
    fn fold(&self, digest: &mut Digest) {
        self.to.fold(digest);
        self.told.fold(digest);
    }
}

impl Member {
    /// An operator asks the leader to hand over.
    pub(super) fn on_transfer(
        &mut self,
        now: Moment,
        to: ProcessId,
        ticket: u64,
        out: &mut Effects<'_, Self>,
    ) {
        let no = if self.role != Role::Leader {
            Some(RaftKey::TransferNotLeader)
        } else if to == self.me {
            Some(RaftKey::TransferToSelf)
        } else if !self.membership.in_force().voters.contains(&to) {
            Some(RaftKey::TransferNoVoter)
        } else if self.lead.transfer.is_some() {
            Some(RaftKey::TransferUnderWay)
        } else {
            None
        };
        if let Some(key) = no {
            return out
                .reply(ticket, Answer { accepted: false, phrase: Phrase::new(key, [Arg::Process(to)]) });
        }
        self.lead.transfer = Some(Transfer { to, told: false, event: now.event });
        out.set_timer(Timer::Transfer, Delay::Fixed(self.program.settings().election_timeout.1));
        out.reply(
            ticket,
            Answer { accepted: true, phrase: Phrase::new(RaftKey::TransferBegins, [Arg::Process(to)]) },
        );
        out.note(|| did(RaftKey::TransferBegins, [Arg::Process(to)]));
        self.hand_over_when_ready(out);
    }

    /// "The prior leader fully updates the target server's log to match its own", then "sends a TimeoutNow request"
    /// (§3.10). From then on the successor may win without waiting for this leader's lease to run out, so it ends (§6.4.1).
    pub(super) fn hand_over_when_ready(&mut self, out: &mut Effects<'_, Self>) {
        let Some(transfer) = self.lead.transfer.filter(|transfer| !transfer.told) else { return };
        let matched = self.lead.find(transfer.to).map_or(0, |i| self.lead.peers[i].matched);
        let last = self.durable.log.last();
        if matched < last && self.rules.has(Rule::TransferWaitsForLog) {
            out.note(|| {
                let args = [Arg::Process(transfer.to), Arg::Number(matched), Arg::Number(last)];
                waits(Rule::TransferWaitsForLog, RaftKey::TransferWaits, args)
            });
            return;
        }
        self.lead.transfer = Some(Transfer { told: true, ..transfer });
        self.lead.lease_forfeited = true;
        let term = self.durable.term;
        out.send_now(transfer.to, Message::Peer(PeerMessage::TimeoutNow { term }));
        out.note(|| did(RaftKey::TransferTells, [Arg::Process(transfer.to)]).because([transfer.event]));
    }

    /// Does a handover keep this leader from taking requests?
    pub(super) fn hands_over(&self) -> bool {
        self.lead.transfer.is_some() && self.rules.has(Rule::TransferWaitsForLog)
    }

    /// "If leadership transfer does not complete after about an election timeout, the prior leader aborts the transfer and
    /// resumes accepting client requests" (§3.10).
    pub(super) fn on_transfer_timer(&mut self, out: &mut Effects<'_, Self>) {
        if let Some(transfer) = self.lead.transfer.take() {
            out.note(|| did(RaftKey::TransferAborted, [Arg::Process(transfer.to)]));
        }
    }

    /// TimeoutNow: stand at once, as if the election timer had gone off, and without asking whether it would win.
    pub(super) fn on_timeout_now(
        &mut self,
        now: Moment,
        from: ProcessId,
        term: u64,
        out: &mut Effects<'_, Self>,
    ) {
        if term < self.durable.term {
            let mine = self.durable.term;
            out.note(|| {
                let args = [Arg::Process(from), Arg::Epoch(term), Arg::Epoch(mine)];
                refused(Rule::RefuseStaleTerm, RaftKey::TimeoutNowOldTerm, args)
            });
            return;
        }
        if term > self.durable.term {
            self.step_down_to(term, from, out);
        }
        if self.role == Role::Leader || !self.may_stand {
            return;
        }
        out.note(|| by(Rule::TransferWaitsForLog, RaftKey::ToldToStand, [Arg::Process(from)]));
        self.become_candidate(now, true, out);
    }
}
