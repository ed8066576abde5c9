//! Master leases (*Paxos Made Live* §5.2): "as long as the master has the lease, it is guaranteed that other replicas cannot
//! successfully submit values", so it may answer reads from its own state. Who answers a heartbeat grants a lease: it promises nothing
//! to others for the least election timeout of its own clock. The leader counts from when it sent the heartbeat, and less.

use super::config::ReadMode;
use super::message::{PeerMessage, number};
use super::rules::Rule;
use super::{Ballot, Member, Role};
use crate::consensus::notes::{Because, did, refused};
use crate::process::{Arg, Digest, Effects, Fold, Moment, ProcessId, Span, Time};
use crate::words::multi_paxos::MultiPaxosKey as K;

/// Rounds whose beginnings are remembered.
const OPEN_ROUNDS: usize = 64;

/// A lease a member has granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grant {
    /// To whom; nobody known, where it may have granted one before it came back.
    pub to: Option<ProcessId>,
    /// Since when, on its own monotonic clock.
    pub since: Time,
    /// The input in which it did.
    pub event: u64,
}

impl Fold for Grant {
    fn fold(&self, digest: &mut Digest) {
        self.to.fold(digest);
        self.since.fold(digest);
    }
}

impl Member {
    fn leases(&self) -> bool {
        self.program.settings().reads == ReadMode::Lease
    }

    /// How long a granted lease lasts.
    fn lease_length(&self) -> Span {
        self.program.settings().election_timeout.0
    }

    /// It begins. It may have granted a lease before it crashed, and keeps it.
    pub(super) fn start_quiet(&mut self, now: Moment) {
        if self.restarted && self.leases() && self.rules.has(Rule::QuietAfterRestart) {
            self.granted = Some(Grant { to: None, since: now.monotonic, event: 0 });
        }
    }

    /// A leader asks for a lease, by a heartbeat.
    pub(super) fn grant_lease(
        &mut self,
        now: Moment,
        to: ProcessId,
        ballot: Ballot,
        round: u64,
        out: &mut Effects<'_, Self>,
    ) {
        if !self.leases() {
            return;
        }
        if self.granted.is_none_or(|grant| grant.to != Some(to)) {
            let length = self.lease_length();
            out.note(|| did(K::GrantsLease, [Arg::Process(to), Arg::For(length)]));
        }
        self.granted = Some(Grant { to: Some(to), since: now.monotonic, event: self.event });
        self.send(to, PeerMessage::Alive { ballot, round }, Rule::DurablePromise, out);
    }

    /// The lease it has granted and that is not over.
    pub fn granted(&self, now: Time) -> Option<Grant> {
        self.granted.filter(|grant| now - grant.since < self.lease_length())
    }

    /// Does a lease it has granted forbid it to promise anything to this one? "Replicas … refuse to process any Paxos messages
    /// from any other replica" while it lasts.
    pub(super) fn keeps_lease(&self, now: Moment, to: ProcessId, out: &mut Effects<'_, Self>) -> bool {
        if !self.rules.has(Rule::LeaseGrant) || !self.leases() {
            return false;
        }
        let Some(grant) = self.granted(now.monotonic).filter(|grant| grant.to != Some(to)) else {
            return false;
        };
        out.note(|| match grant.to {
            Some(leader) if to == self.me => {
                refused(Rule::LeaseGrant, K::OwnLease, [Arg::Process(leader)]).because([grant.event])
            }
            None if to == self.me => refused(Rule::QuietAfterRestart, K::OwnQuiet, []),
            Some(leader) => {
                let args = [Arg::Process(to), Arg::Process(leader)];
                refused(Rule::LeaseGrant, K::RefusesLeased, args).because([grant.event])
            }
            None => refused(Rule::QuietAfterRestart, K::RefusesQuiet, [Arg::Process(to)]),
        });
        true
    }

    /// A leader's round of heartbeats. Where it wants a lease, it asks for answers, and grants itself one too.
    pub(super) fn start_round(&mut self, now: Moment, out: &mut Effects<'_, Self>) {
        if self.leases() {
            self.lead.round += 1;
            if self.lead.opened.len() == OPEN_ROUNDS {
                self.lead.opened.pop_front();
            }
            self.lead.opened.push_back((self.lead.round, now.monotonic));
            self.granted = Some(Grant { to: Some(self.me), since: now.monotonic, event: self.event });
            self.confirm_rounds(out);
        }
        self.beat(out);
    }

    /// A member has granted a lease.
    pub(super) fn on_alive(
        &mut self,
        from: ProcessId,
        ballot: Ballot,
        round: u64,
        out: &mut Effects<'_, Self>,
    ) {
        if self.role != Role::Leader || ballot != self.lead.ballot || round > self.lead.round {
            return;
        }
        match self.lead.confirmed.iter_mut().find(|(id, ..)| *id == from) {
            Some((_, had, _)) if *had >= round => return,
            Some(confirmed) => *confirmed = (from, round, self.event),
            None if self.lead.peers.contains(&from) => self.lead.confirmed.push((from, round, self.event)),
            None => return,
        }
        self.confirm_rounds(out);
    }

    /// The last round that a quorum has answered, of the members of each slot to come: no other can get their promises.
    fn confirm_rounds(&mut self, out: &mut Effects<'_, Self>) {
        let answered = |id: ProcessId| match id == self.me {
            true => self.lead.round,
            false => self.lead.confirmed.iter().find(|(of, ..)| *of == id).map_or(0, |(_, round, _)| *round),
        };
        let reached = |members: &[ProcessId]| {
            let (_, needed) = self.program.settings().quorums(members.len(), true);
            let have = |round: u64| members.iter().filter(|id| answered(**id) >= round).count();
            members.iter().map(|id| answered(*id)).filter(|round| have(*round) >= needed).max().unwrap_or(0)
        };
        let configurations = self.membership.from(self.executed + 1);
        let round = configurations.map(|it| reached(&it.members)).min().unwrap_or(0);
        if round <= self.lead.quorum_round {
            return;
        }
        let first = self.lead.quorum_time.is_none();
        self.lead.quorum_round = round;
        while let Some(&(opened, at)) = self.lead.opened.front() {
            if opened > round {
                break;
            }
            self.lead.quorum_time = Some(at);
            self.lead.opened.pop_front();
        }
        if first {
            let events =
                self.lead.confirmed.iter().filter(|(_, of, _)| *of >= round).map(|(.., event)| *event);
            out.note(|| did(K::HasLease, [number(self.lead.ballot)]).because(events));
        }
    }

    /// The lease a leader may count on: since when on its own clock, and for how long; shorter than it was granted for, by the bound on
    /// how much faster another's clock may run.
    pub fn lease(&self) -> Option<(Time, Span)> {
        let since = self.lead.quorum_time?;
        let drift =
            if self.rules.has(Rule::LeaseDriftBound) { self.program.settings().lease_drift_ppm } else { 0 };
        let length = u128::from(self.lease_length().nanos()) * 1_000_000 / (1_000_000 + u128::from(drift));
        Some((since, Span(length as u64)))
    }

    /// Has it executed all that may have been answered under others? It has if it executed all that was reported to it, and those who
    /// reported are a quorum of the next slot's members: what was chosen there, one of them has told.
    pub(super) fn has_recovered(&self) -> bool {
        self.executed >= self.must_execute() && self.has_promises_for(self.executed + 1)
    }

    /// The last slot of which others told it.
    pub(super) fn must_execute(&self) -> u64 {
        self.stand.top.max(self.stand.floor)
    }

    /// Does it hold?
    pub(super) fn lease_holds(&self, now: Moment) -> bool {
        self.lease().is_some_and(|(since, length)| now.monotonic - since < length)
    }
}
