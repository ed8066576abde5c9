//! What every member does as an acceptor (*Paxos Made Simple* §2.2), for all slots at once (§3): it promises, it accepts, and it
//! answers only when its disk does too.

use super::message::{PeerMessage, Report, number};
use super::rules::Rule;
use super::{Accepted, Ballot, Entry, Member, Role, describe};
use crate::consensus::notes::{Because, by, did, refused};
use crate::process::{Arg, Effects, Moment, ProcessId};
use crate::words::multi_paxos::MultiPaxosKey as K;
use std::sync::Arc;

impl Member {
    /// Phase 1 (b): "it responds to the request with a promise not to accept any more proposals numbered less than n and with the
    /// highest-numbered proposal (if any) that it has accepted" (§2.2); here for every slot from one on: "a newly chosen leader
    /// executes phase 1 for infinitely many instances of the consensus algorithm … with a single reasonably short message" (§3).
    pub(super) fn on_prepare(
        &mut self,
        now: Moment,
        from: ProcessId,
        ballot: Ballot,
        slot: u64,
        out: &mut Effects<'_, Self>,
    ) {
        if self.is_removed(from, slot) && self.rules.has(Rule::RefuseRemoved) {
            out.note(|| {
                refused(Rule::RefuseRemoved, K::RefusesRemoved, [number(ballot), Arg::Process(from)])
            });
            return self.tell_how_far(from, out);
        }
        let (promised, earlier) = (self.durable.promised, self.promised_event);
        if ballot < promised && self.rules.has(Rule::PromiseOnlyHigher) {
            out.note(|| {
                let args = [number(ballot), Arg::Process(from), number(promised)];
                refused(Rule::PromiseOnlyHigher, K::RefusesPrepare, args).because([earlier])
            });
            return self.refuse(from, ballot, true, out);
        }
        if self.keeps_lease(now, from, out) {
            return self.refuse(from, ballot, true, out);
        }
        if ballot != promised {
            self.promise(ballot);
        }
        if from != self.me {
            self.yield_to(from, ballot, out);
            self.leader = self.leader.filter(|leader| *leader == from);
            self.arm_election(out);
        }
        let report = self.report(slot);
        let said = self.accepted_event;
        out.note(|| match report.accepted.last() {
            Some((last, _)) => {
                let count = Arg::Number(report.accepted.len() as u64);
                let args = [number(ballot), Arg::Process(from), count, Arg::Number(*last)];
                by(Rule::ReportAccepted, K::PromisesHaving, args).because([said])
            }
            None => did(K::Promises, [number(ballot), Arg::Process(from), Arg::Number(slot)]),
        });
        self.send(from, PeerMessage::Promise { ballot, report: Arc::new(report) }, Rule::DurablePromise, out);
    }

    fn promise(&mut self, ballot: Ballot) {
        self.durable.promised = ballot;
        self.disk.dirty = true;
        self.promised_event = self.event;
    }

    /// What it has accepted from a slot on, in one message's bounds.
    fn report(&self, from: u64) -> Report {
        if !self.rules.has(Rule::ReportAccepted) {
            return Report { from, collected: 0, chosen: 0, accepted: Vec::new(), more: None };
        }
        let most = self.program.settings().batch as usize;
        let mut held = self.durable.log.iter_from(from);
        let accepted = held.by_ref().take(most).map(|(slot, it)| (slot, it.clone())).collect();
        let (collected, chosen) = (self.durable.log.base(), self.durable.chosen);
        Report { from, collected, chosen, accepted, more: held.next().map(|(slot, _)| slot) }
    }

    /// Phase 2 (b): "it accepts the proposal unless it has already responded to a prepare request having a number greater than n"
    /// (§2.2; P1a).
    pub(super) fn on_accept(
        &mut self,
        now: Moment,
        from: ProcessId,
        ballot: Ballot,
        (slot, entries, chosen): (u64, &[Arc<Entry>], u64),
        out: &mut Effects<'_, Self>,
    ) {
        let (promised, earlier) = (self.durable.promised, self.promised_event);
        if ballot < promised && self.rules.has(Rule::KeepPromise) {
            out.note(|| {
                let args = [number(ballot), Arg::Process(from), Arg::Number(slot), number(promised)];
                refused(Rule::KeepPromise, K::RefusesAccept, args).because([earlier])
            });
            return self.refuse(from, ballot, false, out);
        }
        self.heed(from, ballot, out);
        let count = entries.len() as u64;
        if count == 0 || slot == 0 || slot.checked_add(count).is_none() {
            return;
        }
        for (at, entry) in (slot..).zip(entries) {
            self.accept(at, ballot, entry);
        }
        out.note(|| match entries {
            [entry] => did(K::AcceptsOne, [number(ballot), Arg::Number(slot), describe(entry)]),
            _ => did(K::Accepts, [number(ballot), Arg::Number(slot), Arg::Number(slot + count - 1)]),
        });
        self.hear_chosen(now, from, ballot, chosen, out); // so that one write holds both
        self.send(from, PeerMessage::Accepted { ballot, slot, count }, Rule::DurableAccept, out);
    }

    /// Notes what it accepts. What it has collected was chosen, and is the same whatever the ballot. And "an acceptor needs to
    /// remember only the highest-numbered proposal that it has ever accepted" (§2.2): what it holds in a higher ballot than it has
    /// promised it was told to be chosen, and that stays.
    pub(super) fn accept(&mut self, slot: u64, ballot: Ballot, entry: &Arc<Entry>) {
        let stays = |it: &Accepted| it.ballot > ballot || it.ballot == ballot && it.entry == *entry;
        if slot > self.durable.log.base() && !self.durable.log.get(slot).is_some_and(stays) {
            self.durable.log.set(slot, Accepted { ballot, entry: entry.clone() });
            self.disk.dirty = true;
            self.accepted_event = self.event;
        }
    }

    /// A leader is there.
    #[inline]
    pub(super) fn on_heartbeat(
        &mut self,
        now: Moment,
        from: ProcessId,
        ballot: Ballot,
        (chosen, round): (u64, u64),
        out: &mut Effects<'_, Self>,
    ) {
        let (promised, earlier) = (self.durable.promised, self.promised_event);
        if ballot < promised && self.rules.has(Rule::KeepPromise) {
            out.note(|| {
                let args = [number(ballot), Arg::Process(from), number(promised)];
                refused(Rule::KeepPromise, K::RefusesLeader, args).because([earlier])
            });
            return self.refuse(from, ballot, false, out);
        }
        self.heed(from, ballot, out);
        if round > 0 {
            self.grant_lease(now, from, ballot, round, out);
        }
        self.hear_chosen(now, from, ballot, chosen, out);
    }

    /// Follows the leader of a ballot: as good as a promise, and nobody else stands for a while.
    #[inline]
    fn heed(&mut self, from: ProcessId, ballot: Ballot, out: &mut Effects<'_, Self>) {
        if ballot > self.durable.promised {
            self.promise(ballot);
        }
        if from == self.me || ballot < self.durable.promised {
            return;
        }
        self.yield_to(from, ballot, out);
        if self.role == Role::Leader {
            return; // only where a rule is off does another lead by the same ballot
        }
        if self.leader != Some(from) {
            self.leader = Some(from);
            self.stop_backing_off(out);
            out.note(|| did(K::Follows, [Arg::Process(from), number(ballot)]));
        }
        self.heard_event = self.event;
        self.arm_election(out);
    }

    /// "If an acceptor ignores a prepare or accept request because it has already received a prepare request with a higher
    /// number, then it should probably inform the proposer" (§2.2).
    fn refuse(&mut self, to: ProcessId, ballot: Ballot, for_promise: bool, out: &mut Effects<'_, Self>) {
        if self.rules.has(Rule::TellRefusal) {
            let promised = self.durable.promised;
            self.send(to, PeerMessage::Refused { ballot, promised, for_promise }, Rule::DurablePromise, out);
        }
    }
}
