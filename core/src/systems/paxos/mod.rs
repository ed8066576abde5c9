//! Paxos for one value in a scenario: what its part of the file means, whom its selectors mean, what it tells of itself.

mod message;
mod orders;
mod recorder;
mod spec;
mod tell;
mod view;
mod why;

use super::sentence::rule_view;
use crate::check::paxos::{PaxosCheck, Reached, Recovery};
use crate::check::{Back, Check, Meter};
use crate::consensus::paxos::{Ballot, Durable, Peer, Phase, Program, Rule as PaxosRule, Timer, Value};
use crate::kernel::Event;
use crate::kernel::world::World;
use crate::process::hosted::Order;
use crate::process::{Payload, Phrase, ProcessId, Shape, Time};
use crate::system::orders::Orders;
use crate::system::{Declared, Deed, Given, Group, Membership, Past, Planned, Recorder, Rule, SystemKind};
use crate::text::Problem;
use crate::view::{
    Actor, Explanation, Field, Goal, Inspector, LogTable, Question, RuleView, Standing, Subject, Verb,
};
use crate::words::Key;
use crate::words::paxos::PaxosKey;
use crate::words::paxos_view::PaxosViewKey as K;
use recorder::EverChosen;
use std::sync::Arc;

/// The kind.
pub struct Paxos;

impl SystemKind for Paxos {
    fn kind(&self) -> &'static str {
        "Paxos"
    }
    fn rules(&self) -> Vec<Rule> {
        let rule =
            |rule: &PaxosRule| Rule { name: rule.name(), reason: rule.reason(), source: rule.source() };
        PaxosRule::ALL.iter().map(rule).collect()
    }
    fn orders(&self) -> Orders {
        orders::ORDERS
    }
    fn members(&self) -> Membership {
        Membership { least: 1, most: 99, usual: 0, prefix: "n" }
    }
    fn plan(&self, declared: &Declared<'_>) -> Result<Arc<dyn Group>, Vec<Problem>> {
        let program = spec::program(declared)?;
        let (name, members) = (declared.name.clone(), declared.members.clone());
        Ok(Arc::new(PaxosGroup { name, members, program }))
    }
    #[cfg(feature = "schema")]
    fn schemas(&self, generator: &mut schemars::SchemaGenerator) -> [Option<schemars::Schema>; 2] {
        [Some(generator.subschema_for::<spec::Spec>()), None]
    }
}

/// A group of a scenario.
pub struct PaxosGroup {
    name: Arc<str>,
    members: Vec<Planned>,
    program: Program,
}

impl PaxosGroup {
    /// Its running processes.
    fn running(world: &World, number: u16) -> impl Iterator<Item = &Peer> {
        let ours = world.processes().filter(move |process| process.group == number);
        ours.filter_map(|process| world.machine::<Peer>(process.id))
    }

    /// What an acceptor's disk holds.
    fn accepted(world: &World, id: ProcessId) -> Option<&(Ballot, Value)> {
        world.stored::<Durable>(id).and_then(|durable| durable.accepted.as_ref())
    }

    /// Values of which the disks of a quorum of acceptors hold one and the same proposal now, or that a running process knows
    /// to be chosen: more than one is a disaster. What was chosen, is known to nobody and was accepted anew since by some is not
    /// seen here: [`EverChosen`] remembers it.
    fn chosen_now(program: &Program, world: &World, number: u16) -> Vec<Value> {
        let acceptors = &program.settings().acceptors;
        let held = || acceptors.iter().filter_map(|id| Some((*id, Self::accepted(world, *id)?)));
        let mut values: Vec<Value> = Vec::new();
        let mut add = |value: &Value| {
            if !values.contains(value) {
                values.push(value.clone());
            }
        };
        for (_, proposal) in held() {
            let same = |id: ProcessId| held().any(|(other, there)| other == id && there == proposal);
            if program.acceptances().is_met(same, acceptors) {
                add(&proposal.1);
            }
        }
        Self::running(world, number).filter_map(Peer::learned).for_each(|(_, value)| add(value));
        values
    }

    fn chosen(&self, world: &World, number: u16) -> Vec<Value> {
        Self::chosen_now(&self.program, world, number)
    }
}

const SELECTORS: &[&str] = &[
    "proposers",
    "acceptors",
    "learners",
    "active",
    "inPhase1",
    "inPhase2",
    "backingOff",
    "informed",
    "uninformed",
];
const FACTS: &[&str] =
    &["round", "tried", "promised", "accepted", "promises", "acceptances", "chosen", "informed"];

impl Group for PaxosGroup {
    fn name(&self) -> &str {
        &self.name
    }
    fn kind(&self) -> &'static str {
        "Paxos"
    }
    fn populate(&self, world: &mut World, number: u16) -> Result<(), Phrase> {
        for member in &self.members {
            world
                .add_process(member.host, &member.name, number, self.program.image())
                .map_err(|refusal| refusal.phrase())?;
        }
        Ok(())
    }
    fn selectors(&self) -> &'static [&'static str] {
        SELECTORS
    }
    fn singular(&self) -> &'static [&'static str] {
        &[]
    }
    fn select(&self, world: &World, number: u16, selector: &str) -> Option<Vec<ProcessId>> {
        let of = |right: &dyn Fn(&Peer) -> bool| {
            Self::running(world, number).filter(|peer| right(peer)).map(Peer::id).collect()
        };
        Some(match selector {
            "proposers" => of(&Peer::is_proposer),
            "acceptors" => of(&Peer::is_acceptor),
            "learners" => of(&Peer::is_learner),
            "active" => of(&|peer| peer.phase() != Phase::Idle),
            "inPhase1" => of(&|peer| peer.phase() == Phase::Preparing),
            "inPhase2" => of(&|peer| peer.phase() == Phase::Accepting),
            "backingOff" => of(&|peer| peer.phase() == Phase::BackingOff),
            "informed" => of(&|peer| peer.learned().is_some()),
            "uninformed" => of(&|peer| peer.is_learner() && peer.learned().is_none()),
            _ => return None,
        })
    }
    fn facts(&self) -> &'static [&'static str] {
        FACTS
    }
    fn fact_title(&self, name: &str) -> Option<Key> {
        let key = match name {
            "round" => K::FactRound,
            "tried" => K::TriedField,
            "promised" => K::FactPromised,
            "accepted" => K::FactAccepted,
            "promises" => K::PromisesField,
            "acceptances" => K::AcceptancesField,
            "chosen" => K::FactChosen,
            "informed" => K::FactInformed,
            _ => return None,
        };
        Some(key.into())
    }
    fn fact(&self, world: &World, number: u16, name: &str, member: Option<ProcessId>) -> Option<u64> {
        match (name, member) {
            ("chosen", _) => Some(self.chosen(world, number).len() as u64),
            ("informed", None) => {
                Some(Self::running(world, number).filter(|peer| peer.learned().is_some()).count() as u64)
            }
            (_, Some(id)) => match world.machine::<Peer>(id) {
                Some(peer) => fact_of(peer, name),
                None => durable_fact(world.stored::<Durable>(id)?, name),
            },
            (_, None) => Self::running(world, number).filter_map(|peer| fact_of(peer, name)).max(),
        }
    }
    fn chooses(&self) -> bool {
        true
    }
    fn known_chosen(&self, world: &World, number: u16, member: Option<ProcessId>, is: Option<&str>) -> bool {
        let mut peers = Self::running(world, number).filter(|peer| member.is_none_or(|id| peer.id() == id));
        peers.any(|peer| peer.learned().is_some_and(|(_, value)| is.is_none_or(|is| **value == *is)))
    }
    fn orders(&self) -> Orders {
        orders::ORDERS
    }
    fn order(
        &self,
        world: &World,
        number: u16,
        verb: &str,
        args: &[(&str, Given)],
    ) -> Result<Vec<Deed>, Phrase> {
        orders::order(self, world, number, verb, args)
    }
    fn ordered(&self, to: ProcessId, order: &dyn Order) -> Option<Phrase> {
        orders::ordered(to, order)
    }
    fn milestones(&self) -> &'static [Key] {
        const { &[Key::Paxos(PaxosKey::IsChosen), Key::Paxos(PaxosKey::Learns), Key::Paxos(PaxosKey::FindsOut)] }
    }
    fn timers(&self) -> &'static [(&'static str, u8)] {
        const { &[("round", Timer::Round as u8), ("backOff", Timer::BackOff as u8), ("ask", Timer::Ask as u8)] }
    }
    fn checks(&self, number: u16) -> Vec<Box<dyn Check>> {
        vec![Box::new(PaxosCheck::new(number))]
    }
    fn recorder(&self, number: u16) -> Option<Box<dyn Recorder>> {
        Some(Box::new(EverChosen::new(self.program.clone(), number)))
    }
    fn meter(&self, number: u16) -> Option<Box<dyn Meter>> {
        Some(Box::new(Reached::new(number)))
    }
    fn recovery(&self, number: u16, healed: Time) -> Option<Box<dyn Back>> {
        Some(Box::new(Recovery::new(number, healed)))
    }
    fn struck(&self) -> Option<[&'static str; 2]> {
        Some(["active", "acceptors"])
    }
    fn proposers(&self) -> Option<Vec<Arc<str>>> {
        let proposers = &self.program.settings().proposers;
        let mine = self.members.iter().filter(|member| proposers.contains(&member.process));
        Some(mine.map(|member| member.name.clone()).collect())
    }
    fn actor(&self, world: &World, actor: &mut Actor) {
        view::actor(world, actor);
    }
    fn standing(&self, world: &World, process: ProcessId) -> Standing {
        view::standing(world, process)
    }
    fn inspect(&self, world: &World, process: ProcessId) -> Option<Inspector> {
        view::inspect(world, process)
    }
    fn message(&self, payload: &dyn Payload) -> Vec<Field> {
        message::said(payload)
    }
    fn shapes(&self) -> &'static [(Shape, Key)] {
        const {
            &[
                (Shape::Triangle, Key::PaxosView(K::ShapePrepare)),
                (Shape::Circle, Key::PaxosView(K::ShapeAccept)),
                (Shape::Square, Key::PaxosView(K::ShapeChosen)),
                (Shape::Hexagon, Key::PaxosView(K::ShapeAsk)),
            ]
        }
    }
    fn logs(&self, world: &World, number: u16, _first: Option<u64>, _columns: u32) -> Option<LogTable> {
        view::decree(self, world, number)
    }
    fn verbs(&self, world: &World, number: u16, process: ProcessId) -> Vec<Verb> {
        view::verbs(self, world, number, process)
    }
    fn goals(&self) -> Vec<Goal> {
        view::goals(&self.name, self.members.iter().map(|member| member.name.clone()).collect())
    }
    fn tell(&self, world: &World, event: &Event<'_>) -> Option<Phrase> {
        tell::tell(world, event)
    }
    fn why(&self, world: &World, number: u16, subject: &Subject, past: &mut dyn Past) -> Option<Explanation> {
        why::why(self, world, number, subject, past)
    }
    fn questions(&self, world: &World, number: u16, of: Option<ProcessId>) -> Vec<Question> {
        why::questions(self, world, number, of)
    }
    fn rule(&self, name: &str) -> Option<RuleView> {
        PaxosRule::named(name).map(rule_view)
    }
}

fn fact_of(peer: &Peer, name: &str) -> Option<u64> {
    let counted = |phase: Phase| if peer.phase() == phase { peer.replies().len() as u64 } else { 0 };
    Some(match name {
        "round" => peer.ballot().round,
        "promises" => counted(Phase::Preparing),
        "acceptances" => counted(Phase::Accepting),
        "informed" => u64::from(peer.learned().is_some()),
        name => return durable_fact(peer.durable(), name),
    })
}

/// What a disk says.
fn durable_fact(durable: &Durable, name: &str) -> Option<u64> {
    Some(match name {
        "tried" => durable.tried,
        "promised" => durable.promised.round,
        "accepted" => durable.accepted.as_ref().map_or(0, |(ballot, _)| ballot.round),
        _ => return None,
    })
}

/// Timers are named by slots that the machine agrees to.
#[cfg(test)]
#[test]
fn timers_by_name_are_the_machines_own() {
    use crate::process::TimerName;
    for timer in [Timer::Round, Timer::BackOff, Timer::Ask] {
        assert_eq!(Timer::from_slot(timer.slot()), Some(timer));
        assert_eq!(timer as u8, timer.slot());
    }
}
