//! Multi-Paxos in a scenario: what its part of the file means, whom its selectors mean, what it tells of itself.

mod holds;
mod message;
mod orders;
mod spec;
mod tell;
mod view;
mod why;

use super::sentence::rule_view;
use crate::check::multi_paxos::{MultiPaxosCheck, Reached, Recovery};
use crate::check::{Back, Check, Meter};
use crate::consensus::multi_paxos::{
    Durable, Kind, Member, PeerMessage, Program, Role, Rule as MultiPaxosRule, Timer,
};
use crate::kernel::Event;
use crate::kernel::world::World;
use crate::process::payload::peek;
use crate::process::{EventId, Image, Payload, Phrase, ProcessId, Shape, Time};
use crate::system::measured::Written;
use crate::system::orders::Orders;
use crate::system::{Declared, Deed, Given, Group, Membership, Past, Planned, Rule, SystemKind};
use crate::text::Problem;
use crate::view::{
    Actor, Epoch, Explanation, Field, Goal, Inspector, LogTable, Question, RuleView, Standing, Subject, Verb,
};
use crate::words::Key;
use crate::words::multi_paxos_view::MultiPaxosViewKey as K;
use crate::words::paxos_view::PaxosViewKey as P;
use crate::words::stage::StageKey as S;
use litemap::LiteMap;
use std::sync::Arc;

/// The kind.
pub struct MultiPaxos;

impl SystemKind for MultiPaxos {
    fn kind(&self) -> &'static str {
        "MultiPaxos"
    }
    fn rules(&self) -> Vec<Rule> {
        let rule =
            |rule: &MultiPaxosRule| Rule { name: rule.name(), reason: rule.reason(), source: rule.source() };
        MultiPaxosRule::ALL.iter().map(rule).collect()
    }
    fn orders(&self) -> Orders {
        orders::ORDERS
    }
    fn members(&self) -> Membership {
        Membership { least: 1, most: 99, usual: 0, prefix: "n" }
    }
    fn clients(&self) -> Option<&'static str> {
        Some("Clients")
    }
    fn plan(&self, declared: &Declared<'_>) -> Result<Arc<dyn Group>, Vec<Problem>> {
        let spec::Programs { plain, own } = spec::programs(declared)?;
        let (name, members) = (declared.name.clone(), declared.members.clone());
        Ok(Arc::new(MultiPaxosGroup { name, members, plain, own }))
    }
    #[cfg(feature = "schema")]
    fn schemas(&self, generator: &mut schemars::SchemaGenerator) -> [Option<schemars::Schema>; 2] {
        let initial = generator.subschema_for::<std::collections::BTreeMap<String, spec::Beginning>>();
        [Some(generator.subschema_for::<spec::Spec>()), Some(initial)]
    }
}

/// A group of a scenario.
pub struct MultiPaxosGroup {
    name: Arc<str>,
    members: Vec<Planned>,
    /// Of members that begin from nothing, and of those that join later.
    plain: Program,
    /// Of members that begin from somewhere else.
    own: LiteMap<ProcessId, Program>,
}

impl MultiPaxosGroup {
    /// Its processes, running or not.
    fn processes(world: &World, number: u16) -> impl Iterator<Item = ProcessId> {
        world.processes().filter(move |process| process.group == number).map(|process| process.id)
    }
    /// Its running members.
    fn running(world: &World, number: u16) -> impl Iterator<Item = &Member> {
        Self::processes(world, number).filter_map(|id| world.machine::<Member>(id))
    }
    fn leaders(world: &World, number: u16) -> impl Iterator<Item = &Member> {
        Self::running(world, number).filter(|member| member.role() == Role::Leader)
    }
}

const SELECTORS: &[&str] = &[
    "leader",
    "leaders",
    "newestLeader",
    "staleLeaders",
    "followers",
    "candidates",
    "backingOff",
    "members",
    "nonMembers",
    "late",
];
const FACTS: &[&str] = &[
    "round",
    "promised",
    "chosenUpTo",
    "executed",
    "lastSlot",
    "snapshotSlot",
    "noOps",
    "open",
    "members",
    "caughtUp",
];

impl Group for MultiPaxosGroup {
    fn name(&self) -> &str {
        &self.name
    }
    fn kind(&self) -> &'static str {
        "MultiPaxos"
    }
    fn populate(&self, world: &mut World, number: u16) -> Result<(), Phrase> {
        for member in &self.members {
            let program = self.own.get(&member.process).unwrap_or(&self.plain);
            world
                .add_process(member.host, &member.name, number, program.image())
                .map_err(|refusal| refusal.phrase())?;
        }
        Ok(())
    }
    fn selectors(&self) -> &'static [&'static str] {
        SELECTORS
    }
    fn singular(&self) -> &'static [&'static str] {
        &["leader", "newestLeader"]
    }
    fn select(&self, world: &World, number: u16, selector: &str) -> Option<Vec<ProcessId>> {
        let newest = || Self::leaders(world, number).map(Member::ballot).max();
        let of = |right: &dyn Fn(&Member) -> bool| {
            Self::running(world, number).filter(|member| right(member)).map(Member::id).collect()
        };
        let leads = |member: &Member| member.role() == Role::Leader;
        Some(match selector {
            "leader" | "leaders" => of(&leads),
            "newestLeader" => of(&|member| leads(member) && Some(member.ballot()) == newest()),
            "staleLeaders" => of(&|member| leads(member) && Some(member.ballot()) < newest()),
            "followers" => of(&|member| member.role() == Role::Follower && member.is_member()),
            "candidates" => of(&|member| member.role() == Role::Candidate),
            "backingOff" => of(&Member::backs_off),
            "members" => of(&Member::is_member),
            "nonMembers" => of(&|member| !member.is_member()),
            "late" => of(&|member| member.executed() < member.known_chosen()),
            _ => return None,
        })
    }
    fn facts(&self) -> &'static [&'static str] {
        FACTS
    }
    fn fact(&self, world: &World, number: u16, name: &str, member: Option<ProcessId>) -> Option<u64> {
        if name == "caughtUp" {
            return Some(caught_up(world, number));
        }
        match member {
            Some(id) => match world.machine::<Member>(id) {
                Some(member) => fact_of(member, name),
                None => durable_fact(world.stored::<Durable>(id)?, name),
            },
            None => Self::running(world, number).filter_map(|member| fact_of(member, name)).max(),
        }
    }
    fn stores(&self) -> bool {
        true
    }
    fn value(
        &self,
        world: &World,
        number: u16,
        key: &str,
        member: Option<ProcessId>,
    ) -> Option<Option<Arc<str>>> {
        let member = match member {
            Some(id) => world.machine::<Member>(id)?,
            None => Self::running(world, number).max_by_key(|member| member.executed())?,
        };
        Some(member.get(key).map(|found| found.value.clone()))
    }
    fn fact_title(&self, name: &str) -> Option<Key> {
        let key: Key = match name {
            "round" => P::FactRound.into(),
            "promised" => P::FactPromised.into(),
            "chosenUpTo" => K::ChosenUpTo.into(),
            "executed" => K::Executed.into(),
            "lastSlot" => K::LastSlot.into(),
            "snapshotSlot" => S::SnapshotField.into(),
            "noOps" => K::NoOps.into(),
            "open" => K::OpenSlots.into(),
            "members" => K::MembersField.into(),
            "caughtUp" => K::CaughtUp.into(),
            _ => return None,
        };
        Some(key)
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
    fn timers(&self) -> &'static [(&'static str, u8)] {
        const {
            &[
                ("election", Timer::Election as u8),
                ("heartbeat", Timer::Heartbeat as u8),
                ("backOff", Timer::BackOff as u8),
                ("catchUp", Timer::CatchUp as u8),
            ]
        }
    }
    fn recruit(&self) -> Option<Arc<dyn Image>> {
        Some(self.plain.image())
    }
    fn console(&self) -> Option<&'static str> {
        Some("Clients")
    }
    fn checks(&self, number: u16) -> Vec<Box<dyn Check>> {
        vec![Box::new(MultiPaxosCheck::new(number))]
    }
    fn meter(&self, number: u16) -> Option<Box<dyn Meter>> {
        Some(Box::new(Reached::new(number)))
    }
    fn recovery(&self, number: u16, healed: Time) -> Option<Box<dyn Back>> {
        Some(Box::new(Recovery::new(number, healed)))
    }
    fn idle(&self, payload: &dyn Payload) -> bool {
        matches!(peek(payload), Some(PeerMessage::Heartbeat { .. } | PeerMessage::Alive { .. }))
    }
    fn holds(&self, world: &World, number: u16, writes: &[Written]) -> Option<Vec<bool>> {
        holds::holds(world, number, writes)
    }
    fn struck(&self) -> Option<[&'static str; 2]> {
        Some(["leader", "followers"])
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
                (Shape::Triangle, Key::PaxosView(P::ShapePrepare)),
                (Shape::Circle, Key::PaxosView(P::ShapeAccept)),
                (Shape::Square, Key::PaxosView(P::ShapeChosen)),
                (Shape::Hexagon, Key::PaxosView(P::ShapeAsk)),
                (Shape::Diamond, Key::Stage(S::ShapeClient)),
            ]
        }
    }
    fn logs(&self, world: &World, number: u16, first: Option<u64>, columns: u32) -> Option<LogTable> {
        view::logs(world, number, first, columns)
    }
    fn verbs(&self, world: &World, number: u16, process: ProcessId) -> Vec<Verb> {
        view::verbs(&self.name, world, number, process)
    }
    fn goals(&self) -> Vec<Goal> {
        view::goals(&self.name, self.members.iter().map(|member| member.name.clone()).collect())
    }
    fn tell(&self, world: &World, event: &Event<'_>) -> Option<Phrase> {
        tell::tell(world, event)
    }
    fn elected(&self, world: &World, event: &Event<'_>) -> Option<(ProcessId, Epoch, EventId)> {
        tell::elected(world, event)
    }
    fn why(&self, world: &World, number: u16, subject: &Subject, past: &mut dyn Past) -> Option<Explanation> {
        why::why(world, number, subject, past)
    }
    fn questions(&self, world: &World, number: u16, of: Option<ProcessId>) -> Vec<Question> {
        why::questions(world, number, of)
    }
    fn rule(&self, name: &str) -> Option<RuleView> {
        MultiPaxosRule::named(name).map(rule_view)
    }
}

fn fact_of(member: &Member, name: &str) -> Option<u64> {
    Some(match name {
        "round" => member.ballot().round,
        "chosenUpTo" => member.known_chosen(),
        "executed" => member.executed(),
        "noOps" => {
            let executed = member.log().iter_from(0).take_while(|(slot, _)| *slot <= member.executed());
            executed.filter(|(_, accepted)| accepted.entry.kind == Kind::NoOp).count() as u64
        }
        "open" => member.pending().filter(|pending| !pending.chosen).count() as u64,
        "members" => member.configuration().members.len() as u64,
        name => return durable_fact(member.durable(), name),
    })
}

/// What a disk says.
fn durable_fact(durable: &Durable, name: &str) -> Option<u64> {
    Some(match name {
        "promised" => durable.promised.round,
        "lastSlot" => durable.log.last(),
        "snapshotSlot" => durable.snapshot_slot(),
        _ => return None,
    })
}

/// How many running members have executed as much as whoever has executed most.
fn caught_up(world: &World, number: u16) -> u64 {
    let most = MultiPaxosGroup::running(world, number).map(Member::executed).max();
    MultiPaxosGroup::running(world, number).filter(|member| Some(member.executed()) == most).count() as u64
}

/// Timers are named by slots that the machine agrees to.
#[cfg(test)]
#[test]
fn timers_by_name_are_the_machines_own() {
    use crate::process::TimerName;
    for timer in [Timer::Election, Timer::Heartbeat, Timer::BackOff, Timer::CatchUp] {
        assert_eq!(Timer::from_slot(timer.slot()), Some(timer));
        assert_eq!(timer as u8, timer.slot());
    }
}
