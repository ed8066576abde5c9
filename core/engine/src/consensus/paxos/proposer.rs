//! Proposers: who try to get a value chosen (*Paxos Made Simple* §2.2), and what they do about one another (§2.4).

use super::rules::Rule;
use super::{Ballot, Peer, PeerMessage, Settings, Timer, Value, number};
use crate::consensus::back_off::back_off;
use crate::consensus::notes::{Because, by, did};
use crate::process::{Arg, Delay, Digest, Effects, Fold, Phrase, ProcessId};
use crate::words::paxos::PaxosKey;

/// How far a proposal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Phase {
    /// Nothing is proposed.
    #[default]
    Idle,
    /// Phase 1: it waits for promises.
    Preparing,
    /// Phase 2: it waits for acceptances.
    Accepting,
    /// It was refused, and waits before it tries again.
    BackingOff,
}

/// An acceptor's answer to the present phase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// Whose.
    pub acceptor: ProcessId,
    /// Phase 1: what it had accepted.
    pub accepted: Option<(Ballot, Value)>,
    /// The input that brought it.
    pub event: u64,
}

/// What a proposer is about.
#[derive(Clone, Debug, Default)]
pub(super) struct Proposer {
    /// What it was asked to propose.
    pub wish: Option<Value>,
    pub phase: Phase,
    /// The present proposal.
    pub ballot: Ballot,
    /// Phase 2: its value.
    pub value: Option<Value>,
    /// Who has answered in this phase.
    pub replies: Vec<Reply>,
    /// The highest round it has heard of.
    pub heard: u64,
    /// How often it was refused in a row.
    pub refusals: u32,
}

impl Fold for Proposer {
    fn fold(&self, digest: &mut Digest) {
        self.wish.fold(digest);
        digest.word(self.phase as u64 | u64::from(self.refusals) << 8);
        self.ballot.fold(digest);
        self.value.fold(digest);
        digest.word(self.heard);
        digest.word(self.replies.len() as u64);
        for reply in &self.replies {
            reply.acceptor.fold(digest);
            digest.word(u64::from(reply.accepted.is_some()));
            if let Some((ballot, value)) = &reply.accepted {
                ballot.fold(digest);
                value.fold(digest);
            }
        }
    }
}

impl Proposer {
    fn events(&self) -> impl Iterator<Item = u64> {
        self.replies.iter().map(|reply| reply.event)
    }
}

impl Peer {
    /// Does it propose?
    pub fn is_proposer(&self) -> bool {
        self.program.settings().proposers.contains(&self.me)
    }

    /// Somebody wants this value chosen. Whoever wants another one meanwhile takes the first one's place: until phase 2 begins
    /// that is free, for the value "is any value if the responses reported no proposals" (§2.2). What is proposed with a number
    /// stays with it, and the new wish waits for the next round, if one comes.
    pub(super) fn propose(&mut self, value: Value, out: &mut Effects<'_, Self>) {
        let before = self.proposer.wish.as_ref().filter(|wish| **wish != value);
        out.note(|| match before {
            Some(before) => {
                did(PaxosKey::WishesInstead, [Arg::Text(value.clone()), Arg::Text(before.clone())])
            }
            None => did(PaxosKey::Wishes, [Arg::Text(value.clone())]),
        });
        self.proposer.wish = Some(value);
        if self.proposer.phase == Phase::Idle {
            self.prepare(out);
        }
    }

    /// Phase 1 (a): "A proposer selects a proposal number n and sends a prepare request with number n to a majority of
    /// acceptors" (§2.2); here to all of them. The number is above all it has tried, on disk, and all it has
    /// heard of, as a proposer or as an acceptor.
    pub(super) fn prepare(&mut self, out: &mut Effects<'_, Self>) {
        let heard = self.proposer.heard.max(self.durable.promised.round);
        let round = self.durable.tried.max(heard) + 1;
        let owner = if self.rules.has(Rule::UniqueBallots) { self.me } else { ProcessId::OPERATOR };
        let ballot = Ballot { round, owner };
        self.durable.tried = round;
        self.disk.dirty = true;
        self.proposer.phase = Phase::Preparing;
        self.proposer.ballot = ballot;
        self.proposer.value = None;
        self.proposer.replies.clear();
        out.note(|| did(PaxosKey::Prepares, [number(ballot)]));
        out.cancel_timer(Timer::BackOff);
        out.set_timer(Timer::Round, Delay::Fixed(self.program.settings().round_timeout));
        self.ask_acceptors(&PeerMessage::Prepare { ballot }, out);
    }

    /// What it answers whoever wants a value chosen.
    pub(super) fn promises_to_propose(&self, value: &Value) -> Phrase {
        let wanted = Arg::Text(value.clone());
        match &self.proposer.value {
            Some(other) if self.proposer.phase == Phase::Accepting && other != value => {
                let args = [wanted, number(self.proposer.ballot), Arg::Text(other.clone())];
                Phrase::new(PaxosKey::WillProposeNext, args)
            }
            _ => Phrase::new(PaxosKey::WillPropose, [wanted]),
        }
    }

    fn ask_acceptors(&mut self, message: &PeerMessage, out: &mut Effects<'_, Self>) {
        let program = self.program.clone();
        for acceptor in &program.settings().acceptors {
            self.send(*acceptor, message.clone(), Rule::DurableBallot, out);
        }
    }

    /// "If the proposer receives a response to its prepare requests (numbered n) from a majority of acceptors, then it
    /// sends an accept request to each of those acceptors" (§2.2).
    pub(super) fn on_promise(
        &mut self,
        from: ProcessId,
        ballot: Ballot,
        accepted: Option<(Ballot, Value)>,
        out: &mut Effects<'_, Self>,
    ) {
        if !self.takes(Phase::Preparing, from, ballot) {
            return;
        }
        self.proposer.replies.push(Reply { acceptor: from, accepted, event: self.event });
        let replies = &self.proposer.replies;
        let said = |id: ProcessId| replies.iter().any(|reply| reply.acceptor == id);
        let missing = self.program.promises().missing(said, &self.program.settings().acceptors);
        if missing == 0 || !self.rules.has(Rule::WaitForPromises) {
            self.ask_to_accept(out);
        } else {
            out.note(|| did(PaxosKey::PromiseCounted, [Arg::Process(from), Arg::Number(missing as u64)]));
        }
    }

    /// Is it an answer to what it has just asked, and the first of this acceptor?
    fn takes(&self, phase: Phase, from: ProcessId, ballot: Ballot) -> bool {
        self.proposer.phase == phase
            && self.proposer.ballot == ballot
            && self.program.settings().acceptors.contains(&from)
            && self.proposer.replies.iter().all(|reply| reply.acceptor != from)
    }

    /// Phase 2 (a): "an accept request for a proposal numbered n with value v, where v is the value of the highest-numbered
    /// proposal among the responses, or is any value if the responses reported no proposals" (§2.2; P2c).
    fn ask_to_accept(&mut self, out: &mut Effects<'_, Self>) {
        let reported = self.reported();
        let ballot = self.proposer.ballot;
        let promises: Vec<u64> = self.proposer.events().collect();
        let Some(value) = reported.as_ref().map(|(_, value)| value).or(self.proposer.wish.as_ref()).cloned()
        else {
            // It only wanted to know what is chosen, and nothing is.
            out.note(|| did(PaxosKey::NothingToPropose, [number(ballot)]).because(promises));
            return self.rest(out);
        };
        out.note(|| match &reported {
            Some((had, value)) => {
                let args = [number(ballot), Arg::Text(value.clone()), number(*had)];
                by(Rule::AdoptReported, PaxosKey::Adopts, args).because(promises)
            }
            None => did(PaxosKey::ProposesOwn, [number(ballot), Arg::Text(value.clone())]).because(promises),
        });
        self.proposer.phase = Phase::Accepting;
        self.proposer.value = Some(value.clone());
        self.proposer.replies.clear();
        out.set_timer(Timer::Round, Delay::Fixed(self.program.settings().round_timeout));
        self.ask_acceptors(&PeerMessage::Accept { ballot, value }, out);
    }

    /// The proposal whose value it must take over.
    fn reported(&self) -> Option<(Ballot, Value)> {
        if !self.rules.has(Rule::AdoptReported) && self.proposer.wish.is_some() {
            return None;
        }
        let all = self.proposer.replies.iter().filter_map(|reply| reply.accepted.as_ref());
        let by_number = |one: &&(Ballot, Value), other: &&(Ballot, Value)| one.0.cmp(&other.0);
        let found =
            if self.rules.has(Rule::AdoptHighest) { all.max_by(by_number) } else { all.min_by(by_number) };
        found.cloned()
    }

    /// Phase 2 (b): an acceptor has accepted.
    pub(super) fn on_accepted(
        &mut self,
        from: ProcessId,
        ballot: Ballot,
        value: Value,
        out: &mut Effects<'_, Self>,
    ) {
        self.count_as_learner(from, ballot, &value, out);
        if !self.takes(Phase::Accepting, from, ballot) {
            return;
        }
        self.proposer.replies.push(Reply { acceptor: from, accepted: None, event: self.event });
        let replies = &self.proposer.replies;
        let said = |id: ProcessId| replies.iter().any(|reply| reply.acceptor == id);
        let missing = self.program.acceptances().missing(said, &self.program.settings().acceptors);
        if missing == 0 || !self.rules.has(Rule::ChosenByQuorum) {
            let events: Vec<u64> = self.proposer.events().collect();
            self.chosen(ballot, value, events, out);
        } else {
            out.note(|| did(PaxosKey::AcceptanceCounted, [Arg::Process(from), Arg::Number(missing as u64)]));
        }
    }

    /// Its proposal is chosen: it tells the learners, if that is its task (§2.3).
    fn chosen(&mut self, ballot: Ballot, value: Value, events: Vec<u64>, out: &mut Effects<'_, Self>) {
        out.note(|| did(PaxosKey::IsChosen, [Arg::Text(value.clone()), number(ballot)]).because(events));
        self.tell_learners(ballot, &value, out);
        self.learn(ballot, value, None, out);
        self.rest(out);
    }

    /// Nothing is proposed any more.
    pub(super) fn rest(&mut self, out: &mut Effects<'_, Self>) {
        self.proposer.phase = Phase::Idle;
        self.proposer.replies.clear();
        self.proposer.refusals = 0;
        out.cancel_timer(Timer::Round);
        out.cancel_timer(Timer::BackOff);
    }

    /// "The proposer … should then abandon its proposal" (§2.2). To make sure that somebody gets through, it waits before it
    /// tries again: else "two proposers each keep issuing a sequence of proposals with increasing numbers, none of which are
    /// ever chosen" (§2.4).
    pub(super) fn on_refused(
        &mut self,
        from: ProcessId,
        ballot: Ballot,
        promised: Ballot,
        out: &mut Effects<'_, Self>,
    ) {
        self.proposer.heard = self.proposer.heard.max(promised.round);
        let asks = matches!(self.proposer.phase, Phase::Preparing | Phase::Accepting);
        if !asks || self.proposer.ballot != ballot {
            return;
        }
        out.note(|| did(PaxosKey::Abandons, [number(ballot), Arg::Process(from), number(promised)]));
        self.try_again(true, out);
    }

    /// No quorum has answered. Nobody has refused it either, so far as it knows: it has waited a whole round already, and does not wait the
    /// longer for it. Else, when the others can be reached again, it would be as silent as they were.
    pub(super) fn on_round_timeout(&mut self, out: &mut Effects<'_, Self>) {
        if !matches!(self.proposer.phase, Phase::Preparing | Phase::Accepting) {
            return;
        }
        let ballot = self.proposer.ballot;
        out.note(|| did(PaxosKey::RoundTimesOut, [number(ballot)]).because(self.proposer.events()));
        self.try_again(false, out);
    }

    fn try_again(&mut self, refused: bool, out: &mut Effects<'_, Self>) {
        out.cancel_timer(Timer::Round);
        if !self.rules.has(Rule::BackOff) {
            return self.prepare(out);
        }
        if !refused {
            self.proposer.refusals = 0;
        }
        let Settings { round_timeout, back_off: set, .. } = self.program.settings();
        let wait = back_off(*set, self.proposer.refusals, *round_timeout);
        self.proposer.phase = Phase::BackingOff;
        self.proposer.replies.clear();
        self.proposer.refusals = self.proposer.refusals.saturating_add(u32::from(refused));
        out.set_timer(Timer::BackOff, wait);
    }

    /// It has waited long enough.
    pub(super) fn on_back_off(&mut self, out: &mut Effects<'_, Self>) {
        if self.proposer.phase == Phase::BackingOff {
            self.prepare(out);
        }
    }
}
