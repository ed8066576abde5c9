//! Learners: "to learn that a value has been chosen, a learner must find out that a proposal has been accepted by a majority
//! of acceptors" (*Paxos Made Simple* §2.3).

use super::rules::Rule;
use super::{Ballot, Peer, PeerMessage, Phase, Telling, Timer, Value, number};
use crate::consensus::notes::{Because, by, did};
use crate::process::{Arg, Delay, Digest, Effects, Fold, ProcessId};
use crate::words::paxos::PaxosKey;

/// So many turns of questions where nothing is known to have been proposed, before it is found out by a proposal.
const TURNS: u64 = 4;

/// An acceptance that a learner heard of: the newest of each acceptor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// Whose.
    pub acceptor: ProcessId,
    /// Of which proposal.
    pub ballot: Ballot,
    /// Its value.
    pub value: Value,
    /// The input that brought it.
    pub event: u64,
}

/// What a learner knows. It is not on disk: after a crash it asks.
#[derive(Clone, Debug, Default)]
pub(super) struct Learner {
    pub heard: Vec<Accepted>,
    pub learned: Option<(Ballot, Value)>,
    /// How often it has asked: whom it asks next.
    pub asked: u64,
    /// Whose questions it left to others, and how many of each since it last found out for somebody.
    pub left: Vec<(ProcessId, u64)>,
}

impl Fold for Learner {
    fn fold(&self, digest: &mut Digest) {
        digest.word(self.heard.len() as u64);
        for heard in &self.heard {
            heard.acceptor.fold(digest);
            heard.ballot.fold(digest);
            heard.value.fold(digest);
        }
        digest.word(u64::from(self.learned.is_some()));
        if let Some((ballot, value)) = &self.learned {
            ballot.fold(digest);
            value.fold(digest);
        }
        digest.word(self.asked);
        digest.word(self.left.len() as u64);
        for (id, questions) in &self.left {
            id.fold(digest);
            digest.word(*questions);
        }
    }
}

impl Peer {
    /// Does it learn?
    pub fn is_learner(&self) -> bool {
        self.program.settings().learners.contains(&self.me)
    }

    /// "Each acceptor, whenever it accepts a proposal, respond[s] to all learners" (§2.3): it counts for itself.
    pub(super) fn count_as_learner(
        &mut self,
        from: ProcessId,
        ballot: Ballot,
        value: &Value,
        out: &mut Effects<'_, Self>,
    ) {
        let counts = self.is_learner() && self.program.settings().telling == Telling::Acceptors;
        if !counts || !self.program.settings().acceptors.contains(&from) {
            return;
        }
        let heard = Accepted { acceptor: from, ballot, value: value.clone(), event: self.event };
        match self.learner.heard.iter_mut().find(|old| old.acceptor == from) {
            Some(old) if old.ballot > ballot => {}
            Some(old) => *old = heard,
            None => self.learner.heard.push(heard),
        }
        let one_ballot = self.rules.has(Rule::CountOneBallot);
        let counted = |heard: &&Accepted| !one_ballot || heard.ballot == ballot;
        let agree = |id| self.learner.heard.iter().filter(counted).any(|heard| heard.acceptor == id);
        let met = self.program.acceptances().is_met(agree, &self.program.settings().acceptors);
        if met || !self.rules.has(Rule::ChosenByQuorum) {
            let events: Vec<u64> =
                self.learner.heard.iter().filter(counted).map(|heard| heard.event).collect();
            if self.learner.learned.is_none() {
                out.note(|| {
                    did(PaxosKey::IsChosen, [Arg::Text(value.clone()), number(ballot)]).because(events)
                });
            }
            self.learn(ballot, value.clone(), None, out);
        }
    }

    /// The proposer as "distinguished learner" tells the others (§2.3).
    pub(super) fn tell_learners(&mut self, ballot: Ballot, value: &Value, out: &mut Effects<'_, Self>) {
        if self.program.settings().telling != Telling::Proposer {
            return;
        }
        for learner in self.program.settings().learners.iter().filter(|id| **id != self.me) {
            out.send_now(*learner, PeerMessage::Chosen { ballot, value: value.clone() });
        }
    }

    /// It knows now what is chosen; a proposal of its own is superfluous.
    pub(super) fn learn(
        &mut self,
        ballot: Ballot,
        value: Value,
        from: Option<ProcessId>,
        out: &mut Effects<'_, Self>,
    ) {
        if self.learner.learned.is_some() {
            return;
        }
        if let Some(from) = from {
            out.note(|| did(PaxosKey::Learns, [Arg::Text(value.clone()), Arg::Process(from)]));
        }
        self.learner.learned = Some((ballot, value));
        out.cancel_timer(Timer::Ask);
        if self.proposer.phase != Phase::Idle {
            self.rest(out);
        }
    }

    /// "Because of message loss, a value could be chosen with no learner ever finding out" (§2.3): so it asks.
    pub(super) fn arm_ask(&self, out: &mut Effects<'_, Self>) {
        if self.is_learner() && self.learner.learned.is_none() && self.rules.has(Rule::AskAgain) {
            out.set_timer(Timer::Ask, Delay::Fixed(self.program.settings().ask_every));
        }
    }

    pub(super) fn on_ask_timer(&mut self, out: &mut Effects<'_, Self>) {
        if self.learner.learned.is_none() && self.rules.has(Rule::AskAgain) {
            self.ask(out);
            self.arm_ask(out);
        }
    }

    /// Asks the next of the proposers, in turn. One that proposes itself finds out by a proposal, if asking all others was in
    /// vain: at once where something was proposed, as far as it knows, and else after four turns.
    pub(super) fn ask(&mut self, out: &mut Effects<'_, Self>) {
        let proposers = &self.program.settings().proposers;
        let others: Vec<ProcessId> = proposers.iter().copied().filter(|id| *id != self.me).collect();
        let turns = others.len().max(1) as u64 * if self.durable.promised.is_none() { TURNS } else { 1 };
        let turned = self.learner.asked > 0 && self.learner.asked.is_multiple_of(turns);
        let in_vain = turned || others.is_empty();
        let asked = others.get((self.learner.asked % others.len().max(1) as u64) as usize).copied();
        self.learner.asked += 1;
        if in_vain && self.is_proposer() && self.proposer.phase == Phase::Idle {
            return self.prepare(out);
        }
        if let Some(asked) = asked {
            out.note(|| by(Rule::AskAgain, PaxosKey::Asks, [Arg::Process(asked)]));
            out.send_now(asked, PeerMessage::Ask);
        }
    }

    /// May a value have been chosen, as far as it knows? An acceptor that has accepted nothing leaves it to others to find
    /// out, at first: a proposal for nothing would only hinder whoever has something to propose.
    fn may_be_chosen(&self) -> bool {
        !self.is_acceptor() || self.durable.accepted.is_some()
    }

    /// It leaves this question to others. One that asks itself finds out in its turn; one that does not may be the only one that
    /// can, so it leaves only so many of one learner to others. Those of different learners do not add up: however many there
    /// are, where nothing is proposed it prepares no more often than for one.
    fn leaves_to_others(&mut self, from: ProcessId) -> bool {
        if self.is_learner() && self.rules.has(Rule::AskAgain) {
            return true;
        }
        let left = &mut self.learner.left;
        let at = left.iter().position(|(id, _)| *id == from).unwrap_or_else(|| {
            left.push((from, 0));
            left.len() - 1
        });
        left[at].1 += 1;
        left[at].1 < TURNS
    }

    /// "If a learner needs to know whether a value has been chosen, it can have a proposer issue a proposal" (§2.3). One that
    /// knows the answer gives it.
    pub(super) fn on_ask(&mut self, from: ProcessId, out: &mut Effects<'_, Self>) {
        if let Some((ballot, value)) = self.learner.learned.clone() {
            out.note(|| did(PaxosKey::TellsLearner, [Arg::Process(from), Arg::Text(value.clone())]));
            out.send_now(from, PeerMessage::Chosen { ballot, value });
        } else if self.is_proposer()
            && self.proposer.phase == Phase::Idle
            && (self.may_be_chosen() || !self.leaves_to_others(from))
        {
            self.learner.left.clear();
            out.note(|| did(PaxosKey::FindsOut, [Arg::Process(from)]));
            self.prepare(out);
        }
    }
}
