//! What observers, checks and views may look at. All cheap, none changes anything.

use super::config::{Configuration, Program};
use super::durable::Durable;
use super::election::{Promised, Reported};
use super::leader::{Pending, Request};
use super::log::{Accepted, Log};
use super::message::number;
use super::rules::Rules;
use super::snapshot::{Incoming, Snapshot};
use super::{Ballot, Member, Role};
use crate::consensus::kv::{Store, Versioned};
use crate::process::{Arg, Phrase, ProcessId};
use crate::words::multi_paxos::MultiPaxosKey as K;
use std::sync::Arc;

impl Member {
    /// Who it is.
    pub fn id(&self) -> ProcessId {
        self.me
    }
    /// What it was started from.
    pub fn program(&self) -> &Program {
        &self.program
    }
    /// The rules in force.
    pub fn rules(&self) -> Rules {
        self.rules
    }
    /// What it is at the moment.
    pub fn role(&self) -> Role {
        self.role
    }
    /// Was it refused, and waits before it stands again?
    pub fn backs_off(&self) -> bool {
        self.stand.backs_off
    }
    /// The ballot it leads or stands in; of a follower, the one it has promised.
    pub fn ballot(&self) -> Ballot {
        if self.role == Role::Follower { self.durable.promised } else { self.stand.ballot }
    }
    /// The highest ballot it has promised to. It may not be on disk yet.
    pub fn promised(&self) -> Ballot {
        self.durable.promised
    }
    /// Whom it believes to lead; itself, if it does.
    pub fn leader_hint(&self) -> Option<ProcessId> {
        self.leader
    }
    /// All slots up to here are executed.
    pub fn executed(&self) -> u64 {
        self.executed
    }
    /// What it executed in its latest step, in order: each with the ballot in which it had it, though it be collected by now.
    pub fn executed_now(&self) -> impl Iterator<Item = (u64, &Accepted)> {
        let dropped = self.doing.dropped.iter().map(|(slot, accepted)| (*slot, accepted));
        let held = self.log().iter_from(self.doing.after + 1);
        dropped.chain(held.take_while(|(slot, _)| *slot <= self.executed))
    }
    /// All slots up to here are chosen, as it has heard, whether it has them or not.
    pub fn known_chosen(&self) -> u64 {
        self.learner.known.max(self.executed)
    }
    /// What it has accepted, as memory has it.
    pub fn log(&self) -> &Log {
        &self.durable.log
    }
    /// All that it has handed to its disk or will have, once every write is done.
    pub fn durable(&self) -> &Durable {
        &self.durable
    }
    /// Writes it waits for.
    pub fn writes_pending(&self) -> u64 {
        self.disk.asked - self.disk.done
    }
    /// Answers that wait for a write.
    pub fn answers_held(&self) -> usize {
        self.disk.held.len() + self.disk.own.len()
    }
    /// It stopped itself after a failed write.
    pub fn is_halted(&self) -> bool {
        self.halted
    }
    /// The input in which it last heard a leader, the one in which it last promised, and the one in which it last accepted; 0 for
    /// none in this life.
    pub fn events(&self) -> (u64, u64, u64) {
        (self.heard_event, self.promised_event, self.accepted_event)
    }
    /// May it stand? It then runs an election timer.
    pub fn may_stand(&self) -> bool {
        self.may_stand
    }
    /// A candidate's or leader's promises.
    pub fn promises(&self) -> &[Promised] {
        if self.role == Role::Follower { &[] } else { &self.stand.promises }
    }
    /// The members whose promises a candidate needs, and how many of them.
    pub fn promises_needed(&self) -> (&[ProcessId], usize) {
        let members = &self.membership.at(self.first_open()).members;
        let meet = self.rules.has(super::Rule::QuorumsMeet);
        (members, self.program.settings().quorums(members.len(), meet).0)
    }
    /// What candidates and leaders were told of slots in which they have not proposed again yet.
    pub fn reported(&self) -> impl Iterator<Item = (u64, &Reported)> {
        self.stand.reported.iter().map(|(slot, reported)| (*slot, reported))
    }
    /// A leader's slots that are proposed and not executed, in order.
    pub fn pending(&self) -> impl ExactSizeIterator<Item = &Pending> {
        self.lead.pending.iter()
    }
    /// The members that accept in a slot, as far as it knows, and how many acceptances choose.
    pub fn acceptances_needed(&self, slot: u64) -> (&[ProcessId], usize) {
        let members = &self.membership.at(slot).members;
        (members, self.program.settings().quorums(members.len(), true).1)
    }
    /// A leader's next slot.
    pub fn next_slot(&self) -> u64 {
        self.lead.next
    }
    /// A leader's requests that wait for a slot.
    pub fn waiting(&self) -> impl ExactSizeIterator<Item = &Request> {
        self.lead.waiting.iter()
    }
    /// A leader's rounds of heartbeats that ask for a lease: the last one, and the last one a quorum has answered.
    pub fn rounds(&self) -> (u64, u64) {
        (self.lead.round, self.lead.quorum_round)
    }
    /// Configurations by the slots from which they hold; the first holds for the next slot to be executed.
    pub fn configurations(&self) -> &[(u64, Arc<Configuration>)] {
        self.membership.known()
    }
    /// Who accepts in the next slot.
    pub fn configuration(&self) -> &Arc<Configuration> {
        self.membership.at(self.executed + 1)
    }
    /// Is it a member in the next slot?
    pub fn is_member(&self) -> bool {
        self.configuration().has(self.me)
    }
    /// Its latest snapshot.
    pub fn snapshot(&self) -> Option<&Arc<Snapshot>> {
        self.durable.snapshot.as_ref()
    }
    /// A snapshot on its way in.
    pub fn incoming(&self) -> Option<&Incoming> {
        self.learner.incoming.as_ref()
    }
    /// The store that its executed slots made.
    pub fn store(&self) -> &Store {
        &self.store
    }
    /// What a key holds, as far as it has executed.
    pub fn get(&self, key: &str) -> Option<&Versioned> {
        self.store.get(key)
    }
    /// Why this member has not executed a slot; `None` if it has.
    pub fn why_not_executed(&self, slot: u64) -> Option<Phrase> {
        if slot <= self.executed {
            return None;
        }
        let at = Arg::Number(slot);
        if let Some(pending) = self.lead.find(slot).map(|place| &self.lead.pending[place]) {
            let (_, needed) = self.acceptances_needed(slot);
            let have = pending.acks.iter().map(|(id, _)| Arg::Process(*id)).collect();
            return Some(match pending.chosen {
                true => Phrase::new(K::NotExecutedGap, [at, Arg::Number(self.executed + 1)]),
                false => Phrase::new(K::NotChosenMinority, [at, Arg::List(have), Arg::Number(needed as u64)]),
            });
        }
        Some(match self.durable.log.get(slot) {
            None => Phrase::new(K::NotExecutedAbsent, [at]),
            Some(accepted) if slot <= self.learner.known => {
                Phrase::new(K::NotExecutedOtherBallot, [at, number(accepted.ballot)])
            }
            Some(accepted) => Phrase::new(K::NotKnownChosen, [at, number(accepted.ballot)]),
        })
    }
}
