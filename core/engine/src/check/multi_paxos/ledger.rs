//! What is known of a group's slots, and the invariants over it. Pure: it is told facts and knows no world.
//!
//! It remembers the latest 1,024 slots, and of each the latest 32 ballots in which anything was proposed there, so its memory is bounded,
//! however long the run.

use crate::check::Invariant;
use crate::check::table::{self, Table};
use crate::consensus::multi_paxos::{Ballot, Configuration, Entry, Kind, Program, describe};
use crate::process::{Arg, ProcessId};
use crate::words::check::CheckKey as K;
use litemap::LiteMap;
use std::collections::VecDeque;
use std::sync::Arc;

const SLOTS: usize = 1024;
const PROPOSALS: usize = 32;
const BALLOTS: usize = 256;
const STATES: usize = 32;

/// The invariants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Which {
    /// At most one command is chosen in a slot.
    Agreement,
    /// P2c, slot by slot: what is chosen is kept by later ballots.
    P2c,
    /// A ballot stands for one command in a slot.
    OneValue,
    /// A ballot is of one leader.
    OneLeader,
    /// Nothing is accepted below a promise.
    PromiseKept,
    /// A disk's promise never goes back.
    PromiseDurable,
    /// What a member says it has accepted is on its disk.
    AcceptDurable,
    /// What is executed is chosen.
    ExecutedIsChosen,
    /// All members execute the same in a slot.
    SameCommands,
    /// Members that have executed the same are in the same state.
    SameState,
    /// A write takes effect once.
    ExactlyOnce,
    /// No read is stale.
    NoStaleRead,
    /// No write that was answered is lost.
    NoAckedWriteLost,
}

impl Table for Which {
    fn all() -> Vec<(Self, Invariant)> {
        let all = [
            (Which::Agreement, "agreement", K::SlotAgreement),
            (Which::P2c, "p2c", K::SlotP2c),
            (Which::OneValue, "oneValuePerBallot", K::OneValuePerSlot),
            (Which::OneLeader, "oneLeaderPerBallot", K::OneLeaderPerBallot),
            (Which::PromiseKept, "promiseKept", K::PromiseKept),
            (Which::PromiseDurable, "promiseDurable", K::PromiseDurable),
            (Which::AcceptDurable, "acceptDurable", K::AcceptDurable),
            (Which::ExecutedIsChosen, "executedIsChosen", K::ExecutedIsChosen),
            (Which::SameCommands, "sameCommands", K::SameCommands),
            (Which::SameState, "sameState", K::SameState),
            (Which::ExactlyOnce, "exactlyOnce", K::ExactlyOnce),
            (Which::NoStaleRead, "noStaleRead", K::NoStaleRead),
            (Which::NoAckedWriteLost, "noAckedWriteLost", K::NoAckedWriteLost),
        ];
        all.into_iter().map(|(which, name, title)| (which, Invariant { name, title: title.into() })).collect()
    }
}

/// A broken invariant.
pub type Broken = table::Broken<Which>;

pub(super) fn number(ballot: Ballot) -> Arg {
    Arg::Ballot(ballot.round, ballot.owner)
}

fn list(ids: &[ProcessId]) -> Arg {
    Arg::List(ids.iter().map(|id| Arg::Process(*id)).collect())
}

/// What was asked to be accepted in a slot.
#[derive(Clone, Debug)]
struct Proposal {
    ballot: Ballot,
    entry: Arc<Entry>,
    by: ProcessId,
    accepted_by: Vec<ProcessId>,
}

/// What is known of a slot.
#[derive(Clone, Debug, Default)]
struct Slot {
    /// Ascending by ballot.
    proposals: Vec<Proposal>,
    chosen: Option<(Ballot, Arc<Entry>)>,
    executed: Option<(ProcessId, Arc<Entry>)>,
}

/// What a member has told of itself.
#[derive(Clone, Copy, Debug)]
struct Told {
    promised: Ballot,
    on_disk: Ballot,
}

/// The facts.
#[derive(Clone, Debug)]
pub struct Ledger {
    program: Program,
    told: LiteMap<ProcessId, Told>,
    slots: LiteMap<u64, Slot>,
    /// Slots below are forgotten.
    floor: u64,
    /// From which slots on which configurations hold, in order.
    configurations: Vec<(u64, Arc<Configuration>)>,
    /// Who led in the latest ballots.
    leaders: LiteMap<Ballot, ProcessId>,
    /// Digests of states by slots, and whose they were first.
    states: VecDeque<(u64, u64, ProcessId)>,
}

impl Ledger {
    /// Nothing yet, of a group that was started from this.
    pub fn new(program: &Program) -> Self {
        Ledger {
            program: program.clone(),
            told: LiteMap::new(),
            slots: LiteMap::new(),
            floor: 0,
            configurations: vec![(1, program.first_configuration().clone())],
            leaders: LiteMap::new(),
            states: VecDeque::new(),
        }
    }

    /// What is chosen in a slot, as far as it is remembered.
    pub fn chosen(&self, slot: u64) -> Option<&Arc<Entry>> {
        self.slots.get(&slot)?.chosen.as_ref().map(|(_, entry)| entry)
    }

    /// Who accepts in a slot.
    fn members(&self, slot: u64) -> &[ProcessId] {
        let after = self.configurations.partition_point(|(from, _)| *from <= slot);
        &self.configurations[after.saturating_sub(1)].1.members
    }

    fn slot(&mut self, slot: u64) -> Option<&mut Slot> {
        if slot < self.floor {
            return None;
        }
        if !self.slots.contains_key(&slot) {
            self.slots.insert(slot, Slot::default());
            if self.slots.len() > SLOTS
                && let Some((&lowest, _)) = self.slots.first()
            {
                self.slots.remove(&lowest);
                self.floor = lowest + 1;
            }
        }
        self.slots.get_mut(&slot)
    }

    fn told(&mut self, id: ProcessId) -> &mut Told {
        if !self.told.contains_key(&id) {
            self.told.insert(id, Told { promised: Ballot::NONE, on_disk: Ballot::NONE });
        }
        &mut self.told[&id]
    }

    /// A member has given its promise. Is it a higher one than before?
    pub fn promised(&mut self, id: ProcessId, ballot: Ballot) -> bool {
        let told = self.told(id);
        let higher = ballot > told.promised;
        told.promised = told.promised.max(ballot);
        higher
    }

    /// A disk holds this promise now.
    pub fn on_disk(&mut self, id: ProcessId, promised: Ballot) -> Option<Broken> {
        let before = std::mem::replace(&mut self.told(id).on_disk, promised);
        (promised < before).then(|| {
            let args = [Arg::Process(id), number(before), number(promised)];
            Broken::new(Which::PromiseDurable, K::PromiseWentBack, args, [id])
        })
    }

    /// It begins so: this was proposed and accepted before anything happened.
    pub fn given(
        &mut self,
        id: ProcessId,
        slot: u64,
        ballot: Ballot,
        entry: &Arc<Entry>,
        chosen: bool,
    ) -> Vec<Broken> {
        let mut found = Vec::new();
        let proposal = Proposal { ballot, entry: entry.clone(), by: ballot.owner, accepted_by: Vec::new() };
        if let Some(known) = self.slot(slot) {
            let at = known.proposals.partition_point(|other| other.ballot < ballot);
            if known.proposals.get(at).is_none_or(|other| other.ballot != ballot) {
                known.proposals.insert(at, proposal);
            }
        }
        found.extend(self.holds(id, ballot, slot));
        if chosen {
            found.extend(self.is_chosen(slot, ballot, entry, &[id]));
        }
        found
    }

    /// A leader asks for this to be accepted.
    pub fn issued(&mut self, by: ProcessId, ballot: Ballot, slot: u64, entry: &Arc<Entry>) -> Vec<Broken> {
        let mut found = Vec::from_iter(self.led(by, ballot));
        let Some(known) = self.slot(slot) else { return found };
        let at = known.proposals.partition_point(|proposal| proposal.ballot < ballot);
        if let Some(same) = known.proposals.get(at).filter(|proposal| proposal.ballot == ballot) {
            if same.entry != *entry {
                let args = [Arg::Number(slot), number(ballot), describe(entry), describe(&same.entry)];
                found.push(Broken::new(Which::OneValue, K::TwoCommandsOneBallot, args, [by, same.by]));
            }
            return found;
        }
        found.extend(self.breaks_p2c(by, ballot, slot, entry));
        if let Some(known) = self.slot(slot) {
            known
                .proposals
                .insert(at, Proposal { ballot, entry: entry.clone(), by, accepted_by: Vec::new() });
            if known.proposals.len() > PROPOSALS {
                known.proposals.remove(0);
            }
        }
        found
    }

    fn led(&mut self, by: ProcessId, ballot: Ballot) -> Option<Broken> {
        if let Some(first) = self.leaders.get(&ballot) {
            return (*first != by).then(|| {
                let args = [number(ballot), Arg::Process(by), Arg::Process(*first)];
                Broken::new(Which::OneLeader, K::TwoLeadOneBallot, args, [by, *first])
            });
        }
        self.leaders.insert(ballot, by);
        if self.leaders.len() > BALLOTS
            && let Some((&lowest, _)) = self.leaders.first()
        {
            self.leaders.remove(&lowest);
        }
        None
    }

    /// P2c: "if a proposal with value v and number n is issued, then there is a set S consisting of a majority of acceptors such that
    /// either (a) no acceptor in S has accepted any proposal numbered less than n, or (b) v is the value of the highest-numbered
    /// proposal among all proposals numbered less than n accepted by the acceptors in S" (*Paxos Made Simple* §2.2). Those of S have
    /// promised, so it stays so.
    fn breaks_p2c(&self, by: ProcessId, ballot: Ballot, slot: u64, entry: &Arc<Entry>) -> Option<Broken> {
        let members = self.members(slot);
        let (needed, _) = self.program.settings().quorums(members.len(), true);
        let below: Vec<&Proposal> = self.slots.get(&slot).map_or(Vec::new(), |known| {
            known.proposals.iter().filter(|proposal| proposal.ballot < ballot).collect()
        });
        let highest = |id: ProcessId| {
            let accepted = below.iter().rev().find(|proposal| proposal.accepted_by.contains(&id));
            accepted.map_or(Ballot::NONE, |proposal| proposal.ballot)
        };
        let promised: Vec<ProcessId> = members
            .iter()
            .copied()
            .filter(|id| self.told.get(id).is_some_and(|told| told.promised >= ballot))
            .collect();
        let of_value =
            below.iter().filter(|proposal| proposal.entry == *entry).map(|proposal| proposal.ballot);
        let holds = std::iter::once(Ballot::NONE).chain(of_value).any(|limit| {
            let inside = promised.iter().filter(|id| highest(**id) <= limit).count();
            let reached = limit.is_none() || promised.iter().any(|id| highest(*id) == limit);
            reached && inside >= needed
        });
        if holds {
            return None;
        }
        let other = below.iter().rev().find(|it| it.entry != *entry && !it.accepted_by.is_empty());
        Some(match other {
            Some(other) => {
                let what = [Arg::Process(by), number(ballot), Arg::Number(slot), describe(entry)];
                let against = [list(&other.accepted_by), number(other.ballot), describe(&other.entry)];
                let args: Vec<Arg> = what.into_iter().chain(against).collect();
                let involved: Vec<ProcessId> =
                    std::iter::once(by).chain(other.accepted_by.iter().copied()).collect();
                Broken::new(Which::P2c, K::SlotIssuedAgainst, args, involved)
            }
            None => {
                let args = [Arg::Process(by), number(ballot), Arg::Number(slot), list(&promised)];
                Broken::new(Which::P2c, K::SlotIssuedUnpromised, args, [by])
            }
        })
    }

    /// A member has told that it accepted this.
    pub fn accepted(&mut self, id: ProcessId, ballot: Ballot, slot: u64) -> Vec<Broken> {
        let mut found = Vec::new();
        let promised = self.told(id).promised;
        if ballot < promised {
            let args = [Arg::Process(id), number(ballot), number(promised)];
            found.push(Broken::new(Which::PromiseKept, K::PromiseBroken, args, [id]));
        }
        found.extend(self.holds(id, ballot, slot));
        found
    }

    /// A member's disk holds what it accepted, whenever that was.
    pub fn holds(&mut self, id: ProcessId, ballot: Ballot, slot: u64) -> Option<Broken> {
        let members = self.members(slot).to_vec();
        let (_, needed) = self.program.settings().quorums(members.len(), true);
        let known = self.slot(slot)?;
        let proposal = known.proposals.iter_mut().find(|proposal| proposal.ballot == ballot)?;
        if proposal.accepted_by.contains(&id) {
            return None;
        }
        proposal.accepted_by.push(id);
        if members.iter().filter(|id| proposal.accepted_by.contains(id)).count() < needed {
            return None;
        }
        let (entry, involved) = (proposal.entry.clone(), proposal.accepted_by.clone());
        self.is_chosen(slot, ballot, &entry, &involved)
    }

    fn is_chosen(
        &mut self,
        slot: u64,
        ballot: Ballot,
        entry: &Arc<Entry>,
        involved: &[ProcessId],
    ) -> Option<Broken> {
        let alpha = u64::from(self.program.settings().alpha);
        let known = self.slot(slot)?;
        if let Some((first, other)) = &known.chosen {
            return (other != entry).then(|| {
                let args =
                    [Arg::Number(slot), describe(entry), number(ballot), describe(other), number(*first)];
                Broken::new(Which::Agreement, K::TwoChosenInSlot, args, involved)
            });
        }
        known.chosen = Some((ballot, entry.clone()));
        if let Kind::Members(configuration) = &entry.kind {
            let from = slot + alpha;
            let at = self.configurations.partition_point(|(known, _)| *known <= from);
            self.configurations.insert(at, (from, configuration.clone()));
            let floor = self.floor;
            let stale = self.configurations.partition_point(|(from, _)| *from <= floor).saturating_sub(1);
            self.configurations.drain(..stale);
        }
        None
    }

    /// A member has executed this.
    pub fn executed(&mut self, id: ProcessId, slot: u64, entry: &Arc<Entry>) -> Option<Broken> {
        let known = self.slot(slot)?;
        let what = [Arg::Process(id), Arg::Number(slot), describe(entry)];
        match &known.executed {
            Some((first, other)) if other != entry => {
                let args: Vec<Arg> =
                    what.into_iter().chain([Arg::Process(*first), describe(other)]).collect();
                return Some(Broken::new(Which::SameCommands, K::ExecutedDiffers, args, [id, *first]));
            }
            Some(_) => return None,
            None => known.executed = Some((id, entry.clone())),
        }
        match &known.chosen {
            Some((_, chosen)) if chosen == entry => None,
            Some((ballot, chosen)) => {
                let args: Vec<Arg> = what.into_iter().chain([describe(chosen), number(*ballot)]).collect();
                Some(Broken::new(Which::ExecutedIsChosen, K::ExecutedOther, args, [id]))
            }
            None => Some(Broken::new(Which::ExecutedIsChosen, K::ExecutedNotChosen, what, [id])),
        }
    }

    /// A member's state after a slot has this digest.
    pub fn state(&mut self, id: ProcessId, slot: u64, digest: u64) -> Option<Broken> {
        if let Some((_, other, first)) = self.states.iter().find(|(at, ..)| *at == slot) {
            return (*other != digest).then(|| {
                let args = [Arg::Process(id), Arg::Process(*first), Arg::Number(slot)];
                Broken::new(Which::SameState, K::StatesDiffer, args, [id, *first])
            });
        }
        self.states.push_back((slot, digest, id));
        if self.states.len() > STATES {
            self.states.pop_front();
        }
        None
    }

    /// A client was told that this write of its stands in this slot.
    pub fn acked(
        &self,
        (client, member): (ProcessId, ProcessId),
        slot: u64,
        (session, seq): (u64, u64),
    ) -> Option<Broken> {
        let known = self.slots.get(&slot)?;
        let is_it = |entry: &Entry| match &entry.kind {
            Kind::Command(command) => (command.session, command.seq) == (session, seq),
            _ => false,
        };
        let holds = known.chosen.as_ref().is_some_and(|(_, entry)| is_it(entry));
        (!holds).then(|| {
            let args = [Arg::Process(client), Arg::Number(seq), Arg::Process(member), Arg::Number(slot)];
            Broken::new(Which::NoAckedWriteLost, K::AckedNotChosen, args, [client, member])
        })
    }

    /// About how many bytes a copy holds.
    pub fn weight(&self) -> usize {
        let proposals: usize = self.slots.values().map(|slot| slot.proposals.len()).sum();
        size_of::<Self>()
            + self.slots.len() * size_of::<(u64, Slot)>()
            + proposals * (size_of::<Proposal>() + 5 * size_of::<ProcessId>())
            + self.leaders.len() * size_of::<(Ballot, ProcessId)>()
    }
}

#[cfg(test)]
mod tests;
