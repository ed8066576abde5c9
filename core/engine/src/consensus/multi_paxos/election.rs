//! How a member comes to lead: phase 1, once for all slots from the first it has not executed (*Paxos Made Simple* §3), what it makes
//! of what it is told, and what it does about others who try the same (§2.4; *Paxos Made Moderately Complex* §3).

use super::leader::Lead;
use super::message::{Message, PeerMessage, Report, number};
use super::rules::Rule;
use super::{Accepted, Ballot, Member, Role, Settings, Timer};
use crate::consensus::back_off::back_off;
use crate::consensus::notes::{Because, by, did};
use crate::process::{Arg, Delay, Digest, Effects, Fold, Moment, ProcessId};
use crate::words::multi_paxos::MultiPaxosKey as K;
use litemap::LiteMap;
use std::sync::Arc;

/// Most slots a candidate remembers as reported: more cannot be open, a window's bound on each ballot's leader.
const MOST_REPORTED: usize = 65_536;

/// A member's promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Promised {
    /// Whose.
    pub member: ProcessId,
    /// The input that completed it.
    pub event: u64,
}

/// What was reported of a slot: of all reports, the one that is to be adopted.
#[derive(Clone, Debug)]
pub struct Reported {
    /// What was accepted there.
    pub accepted: Accepted,
    /// Who told.
    pub by: ProcessId,
    /// The input that brought it.
    pub event: u64,
}

/// A candidature, and what a leader keeps of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Stand {
    /// Of the present or last one.
    pub ballot: Ballot,
    /// The first slot it asked about.
    pub from: u64,
    /// Who has promised.
    pub promises: Vec<Promised>,
    /// What they reported and this member has not proposed again yet.
    pub reported: LiteMap<u64, Reported>,
    /// The last slot in which anything was reported.
    pub top: u64,
    /// Slots up to here were collected by one who promised: they are chosen, and must be learned.
    pub floor: u64,
    /// The highest round it has heard of.
    pub heard: u64,
    /// How often it was refused in a row.
    pub refusals: u32,
    /// It was refused, and waits before it tries again.
    pub backs_off: bool,
}

impl Stand {
    pub fn has_promise(&self, id: ProcessId) -> bool {
        self.promises.iter().any(|promise| promise.member == id)
    }
}

impl Fold for Stand {
    fn fold(&self, digest: &mut Digest) {
        self.ballot.fold(digest);
        digest.word(self.from);
        digest.word(self.promises.len() as u64);
        self.promises.iter().for_each(|promise| promise.member.fold(digest));
        digest.word(self.reported.len() as u64);
        for (slot, reported) in &self.reported {
            digest.word(*slot);
            reported.accepted.fold(digest);
        }
        digest.word(self.top);
        digest.word(self.floor);
        digest.word(self.heard);
        digest.word(u64::from(self.refusals) | u64::from(self.backs_off) << 32);
    }
}

impl Member {
    /// Sets the election timer anew, for whoever may stand.
    #[inline]
    pub(super) fn arm_election(&self, out: &mut Effects<'_, Self>) {
        if self.may_stand && self.role != Role::Leader {
            let (low, high) = self.program.settings().election_timeout;
            out.set_timer(Timer::Election, Delay::Uniform(low, high));
        }
    }

    /// No leader was heard, or no quorum answered.
    pub(super) fn on_election_timeout(&mut self, now: Moment, out: &mut Effects<'_, Self>) {
        if self.role == Role::Leader || !self.may_stand {
            return;
        }
        let (heard, silent, ballot) = (self.heard_event, self.leader.take(), self.stand.ballot);
        let candidate = self.role == Role::Candidate;
        let promises = self.stand.promises.iter().map(|promise| promise.event);
        out.note(|| match silent {
            _ if candidate => did(K::NoQuorumInTime, [number(ballot)]).because(promises),
            Some(leader) => did(K::LeaderSilent, [Arg::Process(leader)]).because([heard]),
            None => did(K::NobodyLeads, []),
        });
        self.stand(now, out);
    }

    /// Phase 1 (a), with a ballot above all it has tried, on disk, and all it has heard of. One message is for all slots: "it can
    /// use the same proposal number for all instances" (§3).
    pub(super) fn stand(&mut self, now: Moment, out: &mut Effects<'_, Self>) {
        if self.keeps_lease(now, self.me, out) {
            return self.arm_election(out);
        }
        let round =
            self.durable.tried.max(self.durable.promised.round).max(self.stand.heard).saturating_add(1);
        let owner = if self.rules.has(Rule::DistinctBallots) { self.me } else { ProcessId::OPERATOR };
        let (ballot, from) = (Ballot { round, owner }, self.executed + 1);
        self.durable.tried = round;
        self.disk.dirty = true;
        let (heard, refusals) = (self.stand.heard, self.stand.refusals);
        self.stand = Stand { ballot, from, heard, refusals, ..Stand::default() };
        self.role = Role::Candidate;
        self.leader = None;
        out.cancel_timer(Timer::BackOff);
        self.arm_election(out);
        out.note(|| did(K::Stands, [number(ballot), Arg::Number(from)]));
        self.on_prepare(now, self.me, ballot, from, out); // one write for the round and its own promise
        for to in self.others() {
            self.send(to, PeerMessage::Prepare { ballot, from }, Rule::DurableRound, out);
        }
    }

    /// A promise: its report counts at once, the promise itself when all of it is there.
    pub(super) fn on_promise(
        &mut self,
        now: Moment,
        from: ProcessId,
        (ballot, report): (Ballot, &Report),
        out: &mut Effects<'_, Self>,
    ) {
        if self.role == Role::Follower || self.stand.ballot != ballot {
            return;
        }
        if self.stand.reported.len() + report.accepted.len() > MOST_REPORTED {
            return;
        }
        self.take_report(now, from, report, out);
        if self.role == Role::Follower {
            return; // what it was told made it a member no more
        }
        if let Some(next) = report.more {
            out.note(|| did(K::ReportsMore, [Arg::Process(from), Arg::Number(next)]));
            return self.send(from, PeerMessage::Prepare { ballot, from: next }, Rule::DurableRound, out);
        }
        if !self.stand.has_promise(from) {
            self.stand.promises.push(Promised { member: from, event: self.event });
        }
        if self.role == Role::Leader {
            return self.pump(out);
        }
        let missing = self.promises_missing(self.first_open());
        if !self.membership.at(self.first_open()).has(self.me) {
            self.leave(out);
        } else if missing == 0 || !self.rules.has(Rule::WaitForPromises) {
            self.become_leader(now, out);
        } else {
            out.note(|| did(K::PromiseCounted, [Arg::Process(from), Arg::Number(missing as u64)]));
        }
    }

    /// The first slot in which a new leader proposes: "the first instance of which it does not know" (§3), but for what others have
    /// collected and it must learn. That a slot is chosen is not enough: who knew may be gone, and what stands there be told by
    /// reports alone.
    pub(super) fn first_open(&self) -> u64 {
        self.executed.max(self.stand.floor) + 1
    }

    /// What is told to be chosen is learned; of the rest, "v is the value of the highest-numbered proposal among the responses"
    /// (§2.2; P2c), slot by slot.
    fn take_report(&mut self, now: Moment, from: ProcessId, report: &Report, out: &mut Effects<'_, Self>) {
        self.learner.hear(from, report.chosen);
        self.stand.floor = self.stand.floor.max(report.collected);
        let highest = self.rules.has(Rule::AdoptHighest);
        let before = self.executed;
        for (slot, accepted) in &report.accepted {
            if *slot == self.executed + 1 && *slot <= report.chosen {
                self.learn(*slot, accepted.clone());
                self.execute(out);
            }
            if *slot <= self.executed {
                continue;
            }
            self.stand.top = self.stand.top.max(*slot);
            if self.role == Role::Leader && *slot < self.lead.next {
                continue;
            }
            let better = |had: &Reported| (accepted.ballot > had.accepted.ballot) == highest;
            if self.stand.reported.get(slot).is_none_or(better) {
                let reported = Reported { accepted: accepted.clone(), by: from, event: self.event };
                self.stand.reported.insert(*slot, reported);
            }
        }
        if self.executed > before {
            self.after_execution(now, out);
        }
    }

    /// "If the proposer receives a response to its prepare requests from a majority of acceptors" (§2.2), it leads: it proposes again
    /// what was reported, fills the gaps, and then serves.
    fn become_leader(&mut self, now: Moment, out: &mut Effects<'_, Self>) {
        let next = self.first_open();
        let ballot = self.stand.ballot;
        self.role = Role::Leader;
        self.leader = Some(self.me);
        self.stand.refusals = 0;
        let promises = self.stand.promises.iter().map(|promise| promise.event);
        out.note(|| did(K::Leads, [number(ballot), Arg::Number(next)]).because(promises));
        self.lead = Lead { ballot, next, peers: self.others().into(), ..Lead::default() };
        out.cancel_timer(Timer::Election);
        out.set_timer(Timer::Heartbeat, Delay::Fixed(self.program.settings().heartbeat));
        self.start_round(now, out);
        self.prepare_newcomers(out);
        if let Some(source) = self.learner.source.filter(|_| self.executed < self.learner.known) {
            self.ask(source, out);
        }
        self.pump(out);
    }

    /// Asks those for a promise whom slots to come need and who have not given it: members that were added, and whose message was
    /// lost.
    pub(super) fn prepare_newcomers(&mut self, out: &mut Effects<'_, Self>) {
        let (ballot, from) = (self.lead.ballot, self.executed + 1);
        self.lead.peers = self.others().into();
        let lacking: Vec<ProcessId> = self
            .membership
            .known()
            .iter()
            .filter(|(slot, _)| !self.has_promises_for((*slot).max(from)))
            .flat_map(|(_, configuration)| configuration.members.iter().copied())
            .filter(|id| *id != self.me && !self.stand.has_promise(*id))
            .collect();
        for to in super::Configuration::of(lacking).members {
            out.note(|| by(Rule::PromisesOfSlot, K::PreparesNewcomer, [Arg::Process(to), number(ballot)]));
            self.send(to, PeerMessage::Prepare { ballot, from }, Rule::DurableRound, out);
        }
    }

    /// It was refused. "The proposer … should then abandon its proposal" (§2.2), and wait before it tries again: two might else
    /// overtake each other for ever (§2.4).
    pub(super) fn on_refused(
        &mut self,
        now: Moment,
        from: ProcessId,
        (ballot, promised): (Ballot, Ballot),
        out: &mut Effects<'_, Self>,
    ) {
        self.stand.heard = self.stand.heard.max(promised.round);
        if self.role == Role::Follower || self.stand.ballot != ballot {
            return;
        }
        if promised <= ballot {
            out.note(|| by(Rule::LeaseGrant, K::LeaseElsewhere, [Arg::Process(from), number(ballot)]));
            return;
        }
        if !self.rules.has(Rule::StepDownOnHigher) {
            return;
        }
        let led = self.role == Role::Leader;
        out.note(|| {
            let key = if led { K::StepsDown } else { K::Abandons };
            by(Rule::StepDownOnHigher, key, [number(ballot), Arg::Process(from), number(promised)])
        });
        self.become_follower(out);
        if !led {
            self.back_off(now, out);
        }
    }

    fn back_off(&mut self, now: Moment, out: &mut Effects<'_, Self>) {
        if !self.rules.has(Rule::BackOff) {
            return self.stand(now, out);
        }
        let Settings { election_timeout: (_, timeout), back_off: set, .. } = self.program.settings();
        let wait = back_off(*set, self.stand.refusals, *timeout);
        self.stand.refusals = self.stand.refusals.saturating_add(1);
        self.stand.backs_off = true;
        out.cancel_timer(Timer::Election);
        out.set_timer(Timer::BackOff, wait);
    }

    /// It has waited long enough.
    pub(super) fn on_back_off(&mut self, now: Moment, out: &mut Effects<'_, Self>) {
        if self.stand.backs_off && self.may_stand {
            self.stand.backs_off = false;
            self.stand(now, out);
        }
    }

    /// Somebody leads: it need not try again.
    pub(super) fn stop_backing_off(&mut self, out: &mut Effects<'_, Self>) {
        self.stand.refusals = 0;
        if self.stand.backs_off {
            self.stand.backs_off = false;
            out.cancel_timer(Timer::BackOff);
        }
    }

    /// Another has a higher ballot.
    pub(super) fn yield_to(&mut self, from: ProcessId, ballot: Ballot, out: &mut Effects<'_, Self>) {
        if self.role == Role::Follower
            || ballot <= self.stand.ballot
            || !self.rules.has(Rule::StepDownOnHigher)
        {
            return;
        }
        let mine = self.stand.ballot;
        out.note(|| {
            by(Rule::StepDownOnHigher, K::Yields, [number(mine), Arg::Process(from), number(ballot)])
        });
        self.become_follower(out);
    }

    /// It leads no more, and stands no more.
    pub(super) fn become_follower(&mut self, out: &mut Effects<'_, Self>) {
        if self.role == Role::Leader {
            out.cancel_timer(Timer::Heartbeat);
            self.dismiss_clients(out);
        }
        self.role = Role::Follower;
        self.leader = self.leader.filter(|leader| *leader != self.me);
        self.lead = Lead::default();
        self.stand.promises.clear();
        self.stand.reported = LiteMap::new();
        self.arm_election(out);
    }

    /// One message for several members.
    pub(super) fn to_all(&self, to: &[ProcessId], message: &Arc<PeerMessage>, out: &mut Effects<'_, Self>) {
        for id in to.iter().filter(|id| **id != self.me) {
            out.send_now(*id, Message::Shared(message.clone()));
        }
    }
}
