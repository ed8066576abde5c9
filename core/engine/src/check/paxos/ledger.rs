//! What is known of a group's proposals, and the invariants over it. Pure: it is told facts and knows no world.
//!
//! It remembers every value that was asked for, and the latest 256 proposals that were asked to be accepted, however long a
//! duel lasts: one so old is below every quorum's promises, though an acceptor that was away may have accepted nothing since.

use crate::check::Invariant;
use crate::check::table::{self, Table};
use crate::consensus::paxos::{Ballot, Quorum, Value};
use crate::process::{Arg, ProcessId};
use crate::words::check::CheckKey as K;
use std::collections::VecDeque;

const PROPOSALS: usize = 256;

/// The invariants, by their places in [`INVARIANTS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// At most one value is chosen.
    Agreement,
    /// What is chosen was proposed.
    Validity,
    /// P2c.
    P2c,
    /// A number stands for one value.
    OneValue,
    /// Nothing is accepted below a promise.
    PromiseKept,
    /// A disk's promise never goes back.
    PromiseDurable,
    /// What is learned is chosen.
    LearnedIsChosen,
}

impl Table for Which {
    fn all() -> Vec<(Self, Invariant)> {
        vec![
            (Which::Agreement, Invariant { name: "agreement", title: K::PaxosAgreement.into() }),
            (Which::Validity, Invariant { name: "validity", title: K::PaxosValidity.into() }),
            (Which::P2c, Invariant { name: "p2c", title: K::PaxosP2c.into() }),
            (Which::OneValue, Invariant { name: "oneValuePerBallot", title: K::OneValuePerBallot.into() }),
            (Which::PromiseKept, Invariant { name: "promiseKept", title: K::PromiseKept.into() }),
            (Which::PromiseDurable, Invariant { name: "promiseDurable", title: K::PromiseDurable.into() }),
            (Which::LearnedIsChosen, Invariant { name: "learnedIsChosen", title: K::LearnedIsChosen.into() }),
        ]
    }
}

/// A broken invariant.
pub type Broken = table::Broken<Which>;

/// A proposal that was asked to be accepted.
#[derive(Clone, Debug)]
struct Proposal {
    ballot: Ballot,
    value: Value,
    by: ProcessId,
    accepted_by: Vec<ProcessId>,
}

/// What an acceptor has told of itself.
#[derive(Clone, Debug)]
struct Acceptor {
    id: ProcessId,
    /// The highest number it has promised to, as it told.
    promised: Ballot,
    /// The promise its disk held when it was last looked at.
    on_disk: Ballot,
    /// What it was last seen to have accepted. Its value too: where a number was used again, it may stand for another one.
    held: Option<(Ballot, Value)>,
}

/// The facts.
#[derive(Clone, Debug)]
pub struct Ledger {
    promises: Quorum,
    acceptances: Quorum,
    ids: Vec<ProcessId>,
    acceptors: Vec<Acceptor>,
    wishes: Vec<Value>,
    /// Ascending by number.
    proposals: VecDeque<Proposal>,
    /// The first value that was chosen.
    chosen: Option<(Ballot, Value)>,
}

fn number(ballot: Ballot) -> Arg {
    Arg::Ballot(ballot.round, ballot.owner)
}

fn text(value: &Value) -> Arg {
    Arg::Text(value.clone())
}

impl Ledger {
    /// Nothing yet, of these acceptors with these quorums.
    pub fn new(ids: Vec<ProcessId>, promises: Quorum, acceptances: Quorum) -> Self {
        let none = Ballot::NONE;
        let fresh = |id: &ProcessId| Acceptor { id: *id, promised: none, on_disk: none, held: None };
        let acceptors = ids.iter().map(fresh).collect();
        Ledger {
            promises,
            acceptances,
            ids,
            acceptors,
            wishes: Vec::new(),
            proposals: VecDeque::new(),
            chosen: None,
        }
    }

    /// The value that is chosen, and with which number first.
    pub fn chosen(&self) -> Option<&(Ballot, Value)> {
        self.chosen.as_ref()
    }

    /// Somebody was asked to propose this.
    pub fn wished(&mut self, value: &Value) {
        if !self.wishes.contains(value) {
            self.wishes.push(value.clone());
        }
    }

    fn acceptor(&mut self, id: ProcessId) -> Option<&mut Acceptor> {
        self.acceptors.iter_mut().find(|acceptor| acceptor.id == id)
    }

    /// An acceptor has given its promise.
    pub fn promised(&mut self, id: ProcessId, ballot: Ballot) {
        if let Some(acceptor) = self.acceptor(id) {
            acceptor.promised = acceptor.promised.max(ballot);
        }
    }

    /// A disk holds this promise now.
    pub fn on_disk(&mut self, id: ProcessId, promised: Ballot) -> Option<Broken> {
        let acceptor = self.acceptor(id)?;
        let before = std::mem::replace(&mut acceptor.on_disk, promised);
        (promised < before).then(|| {
            let args = [Arg::Process(id), number(before), number(promised)];
            Broken::new(Which::PromiseDurable, K::PromiseWentBack, args, [id])
        })
    }

    /// A proposer asks for this to be accepted.
    pub fn issued(&mut self, by: ProcessId, ballot: Ballot, value: &Value) -> Option<Broken> {
        let at = self.proposals.partition_point(|proposal| proposal.ballot < ballot);
        let mut same = self.proposals.iter().skip(at).take_while(|proposal| proposal.ballot == ballot);
        if same.any(|proposal| proposal.value == *value) {
            return None;
        }
        let breaks = match self.proposals.get(at).filter(|proposal| proposal.ballot == ballot) {
            Some(same) => {
                let args =
                    [number(ballot), Arg::Process(by), text(value), Arg::Process(same.by), text(&same.value)];
                Some(Broken::new(Which::OneValue, K::TwoValuesOneBallot, args, [by, same.by]))
            }
            None => self.breaks_p2c(by, ballot, value),
        };
        let accepted_by = Vec::new();
        self.proposals.insert(at, Proposal { ballot, value: value.clone(), by, accepted_by });
        if self.proposals.len() > PROPOSALS {
            self.proposals.pop_front();
        }
        breaks
    }

    /// P2c: "For any v and n, if a proposal with value v and number n is issued, then there is a set S consisting of a
    /// majority of acceptors such that either (a) no acceptor in S has accepted any proposal numbered less than n, or (b) v is
    /// the value of the highest-numbered proposal among all proposals numbered less than n accepted by the acceptors in S"
    /// (*Paxos Made Simple* §2.2). Those of S have promised, so it stays so.
    fn breaks_p2c(&self, by: ProcessId, ballot: Ballot, value: &Value) -> Option<Broken> {
        let below = |id: ProcessId| {
            let accepted =
                |proposal: &&Proposal| proposal.ballot < ballot && proposal.accepted_by.contains(&id);
            self.proposals.iter().rev().find(accepted)
        };
        let promised = |id: ProcessId| {
            self.acceptors.iter().any(|acceptor| acceptor.id == id && acceptor.promised >= ballot)
        };
        let highest = |id: ProcessId| below(id).map_or(Ballot::NONE, |proposal| proposal.ballot);
        let of_value =
            self.proposals.iter().filter(|proposal| proposal.ballot < ballot && proposal.value == *value);
        let mut limits = std::iter::once(Ballot::NONE).chain(of_value.map(|proposal| proposal.ballot));
        let holds = limits.any(|limit| {
            let is_in = |id: ProcessId| promised(id) && highest(id) <= limit;
            let reached = limit.is_none() || self.ids.iter().any(|id| is_in(*id) && highest(*id) == limit);
            reached && self.promises.is_met(is_in, &self.ids)
        });
        if holds {
            return None;
        }
        let other = self.proposals.iter().rev().find(|proposal| {
            proposal.ballot < ballot && proposal.value != *value && !proposal.accepted_by.is_empty()
        });
        Some(match other {
            Some(other) => {
                let who = other.accepted_by.iter().map(|id| Arg::Process(*id)).collect();
                let args = [
                    Arg::Process(by),
                    number(ballot),
                    text(value),
                    Arg::List(who),
                    number(other.ballot),
                    text(&other.value),
                ];
                let involved: Vec<ProcessId> =
                    std::iter::once(by).chain(other.accepted_by.iter().copied()).collect();
                Broken::new(Which::P2c, K::IssuedAgainst, args, involved)
            }
            None => {
                let args = [Arg::Process(by), number(ballot), text(value)];
                Broken::new(Which::P2c, K::IssuedUnpromised, args, [by])
            }
        })
    }

    /// An acceptor holds this, as its disk says, or as it reports with a promise: accepted at some time before, whatever it
    /// has promised since.
    pub fn holds(&mut self, id: ProcessId, ballot: Ballot, value: &Value) -> Vec<Broken> {
        let same = |(at, of): &(Ballot, Value)| *at == ballot && of == value;
        match self.acceptor(id) {
            Some(acceptor) if !acceptor.held.as_ref().is_some_and(same) => {
                acceptor.held = Some((ballot, value.clone()));
            }
            _ => return Vec::new(),
        }
        self.counts(id, ballot, value)
    }

    /// An acceptor has told that it accepted this.
    pub fn accepted(&mut self, id: ProcessId, ballot: Ballot, value: &Value) -> Vec<Broken> {
        let mut found = Vec::new();
        let Some(acceptor) = self.acceptor(id) else { return found };
        let promised = acceptor.promised;
        if ballot < promised {
            let args = [Arg::Process(id), number(ballot), number(promised)];
            found.push(Broken::new(Which::PromiseKept, K::PromiseBroken, args, [id]));
        }
        found.extend(self.counts(id, ballot, value));
        found
    }

    fn counts(&mut self, id: ProcessId, ballot: Ballot, value: &Value) -> Vec<Broken> {
        let mut found = Vec::new();
        let Some(proposal) = self.proposals.iter_mut().find(|p| p.ballot == ballot && p.value == *value)
        else {
            return found;
        };
        if proposal.accepted_by.contains(&id) {
            return found;
        }
        proposal.accepted_by.push(id);
        let has = |id: ProcessId| proposal.accepted_by.contains(&id);
        if self.acceptances.is_met(has, &self.ids) {
            let involved = proposal.accepted_by.clone();
            found.extend(self.is_chosen(ballot, value, &involved));
        }
        found
    }

    fn is_chosen(&mut self, ballot: Ballot, value: &Value, involved: &[ProcessId]) -> Vec<Broken> {
        let mut found = Vec::new();
        if !self.wishes.contains(value) {
            let args = [text(value), number(ballot)];
            found.push(Broken::new(Which::Validity, K::ChosenNotProposed, args, involved));
        }
        match &self.chosen {
            Some((first, other)) if other != value => {
                let args = [text(value), number(ballot), text(other), number(*first)];
                found.push(Broken::new(Which::Agreement, K::TwoChosen, args, involved));
            }
            Some(_) => {}
            None => self.chosen = Some((ballot, value.clone())),
        }
        found
    }

    /// A process says that this is chosen.
    pub fn learned(&self, id: ProcessId, ballot: Ballot, value: &Value) -> Option<Broken> {
        let is_it = |proposal: &&Proposal| proposal.ballot == ballot && proposal.value == *value;
        let accepted_by = self.proposals.iter().find(is_it).map_or(&[][..], |p| &p.accepted_by);
        let is_chosen = self.acceptances.is_met(|id| accepted_by.contains(&id), &self.ids)
            || self.chosen.as_ref().is_some_and(|(_, chosen)| chosen == value);
        (!is_chosen).then(|| {
            let who = accepted_by.iter().map(|id| Arg::Process(*id)).collect();
            let args = [Arg::Process(id), text(value), number(ballot), Arg::List(who)];
            Broken::new(Which::LearnedIsChosen, K::LearnedNotChosen, args, [id])
        })
    }

    /// About how many bytes a copy holds.
    pub fn weight(&self) -> usize {
        let each = size_of::<Proposal>() + self.ids.len() * size_of::<ProcessId>();
        size_of::<Self>() + self.proposals.len() * each + self.acceptors.len() * size_of::<Acceptor>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn p(n: u32) -> ProcessId {
        ProcessId(n)
    }
    fn b(round: u64, owner: u32) -> Ballot {
        Ballot { round, owner: p(owner) }
    }
    fn ledger() -> Ledger {
        let mut ledger = Ledger::new((1..=3).map(p).collect(), Quorum::Any(2), Quorum::Any(2));
        ledger.wished(&"red".into());
        ledger.wished(&"blue".into());
        ledger
    }
    fn red_is_chosen() -> Ledger {
        let mut ledger = ledger();
        ledger.promised(p(1), b(1, 1));
        ledger.promised(p(2), b(1, 1));
        assert_eq!(ledger.issued(p(1), b(1, 1), &"red".into()), None);
        for acceptor in [1, 2] {
            assert_eq!(ledger.accepted(p(acceptor), b(1, 1), &"red".into()), []);
        }
        assert_eq!(ledger.chosen().map(|(_, value)| &**value), Some("red"));
        ledger.promised(p(2), b(2, 3));
        ledger.promised(p(3), b(2, 3));
        ledger
    }

    #[test]
    fn another_value_chosen_later_breaks_agreement_and_before_it_p2c() {
        let mut ledger = red_is_chosen();
        let broken = ledger.issued(p(3), b(2, 3), &"blue".into()).expect("P2c");
        assert_eq!((broken.which, &*broken.involved), (Which::P2c, &[p(3), p(1), p(2)][..]));
        assert_eq!(ledger.accepted(p(3), b(2, 3), &"blue".into()), []);
        let broken = ledger.accepted(p(2), b(2, 3), &"blue".into());
        assert!(broken.iter().any(|broken| broken.which == Which::Agreement));
    }

    #[test]
    fn the_same_value_again_breaks_nothing() {
        let mut ledger = red_is_chosen();
        assert_eq!(ledger.issued(p(3), b(2, 3), &"red".into()), None);
        for acceptor in [2, 3] {
            assert_eq!(ledger.accepted(p(acceptor), b(2, 3), &"red".into()), []);
        }
        assert_eq!(ledger.learned(p(1), b(2, 3), &"red".into()), None);
    }

    #[test]
    fn a_value_that_one_acceptor_has_is_not_chosen() {
        let mut ledger = ledger();
        ledger.promised(p(1), b(1, 1));
        ledger.promised(p(2), b(1, 1));
        ledger.issued(p(1), b(1, 1), &"red".into());
        ledger.accepted(p(1), b(1, 1), &"red".into());
        assert!(ledger.learned(p(1), b(1, 1), &"red".into()).is_some());
    }

    #[test]
    fn what_nobody_wished_is_not_valid() {
        let mut ledger = ledger();
        ledger.promised(p(1), b(1, 1));
        ledger.promised(p(2), b(1, 1));
        ledger.issued(p(1), b(1, 1), &"green".into());
        ledger.accepted(p(1), b(1, 1), &"green".into());
        let broken = ledger.accepted(p(2), b(1, 1), &"green".into());
        assert!(broken.iter().any(|broken| broken.which == Which::Validity));
    }

    #[test]
    fn one_number_for_two_values_and_a_broken_or_forgotten_promise_are_found() {
        let mut ledger = ledger();
        for acceptor in [1, 2] {
            ledger.promised(p(acceptor), b(2, 2));
        }
        ledger.issued(p(2), b(2, 2), &"red".into());
        let two = ledger.issued(p(2), b(2, 2), &"blue".into()).expect("two values");
        assert_eq!(two.which, Which::OneValue);
        ledger.issued(p(1), b(1, 1), &"blue".into());
        let late = ledger.accepted(p(1), b(1, 1), &"blue".into());
        assert_eq!(late.iter().map(|broken| broken.which).collect::<Vec<_>>(), [Which::PromiseKept]);
        assert_eq!(ledger.on_disk(p(1), b(2, 2)), None);
        assert_eq!(ledger.on_disk(p(1), b(1, 1)).map(|broken| broken.which), Some(Which::PromiseDurable));
    }

    /// Whether its acceptor told of it, or it was only seen on its disk.
    #[test]
    fn another_value_of_the_same_number_counts_where_it_is_only_held() {
        let mut ledger = red_is_chosen();
        let two = ledger.issued(p(1), b(1, 1), &"blue".into()).expect("two values");
        assert_eq!(two.which, Which::OneValue);
        assert_eq!(ledger.holds(p(1), b(1, 1), &"red".into()), []);
        assert_eq!(ledger.holds(p(1), b(1, 1), &"blue".into()), []);
        let told = ledger.accepted(p(3), b(1, 1), &"blue".into());
        assert!(told.iter().any(|broken| broken.which == Which::Agreement), "n1 and n3 hold blue: {told:?}");
        assert_eq!(ledger.learned(p(1), b(1, 1), &"blue".into()), None, "it is chosen, whatever it breaks");
    }

    #[test]
    fn a_proposal_without_a_quorum_of_promises_breaks_p2c() {
        let mut ledger = ledger();
        ledger.promised(p(1), b(1, 1));
        let broken = ledger.issued(p(1), b(1, 1), &"red".into()).expect("one promise");
        assert_eq!(broken.which, Which::P2c);
    }

    #[test]
    fn memory_is_bounded() {
        let mut ledger = ledger();
        for round in 1..=1_000 {
            ledger.promised(p(1), b(round, 1));
            ledger.promised(p(2), b(round, 1));
            assert_eq!(ledger.issued(p(1), b(round, 1), &"red".into()), None);
        }
        assert_eq!(ledger.proposals.len(), PROPOSALS);
    }
}
