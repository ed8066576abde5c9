//! A MongoDB replica set in a scenario: what its part of the file means, whom its selectors mean, what it tells of itself.
//!
//! `spec`, `concern`, `conf`, `paste` and `slip` read the file; `facts` and `places` say how things stand; `orders` and `verbs` are what
//! people can do; `view`, `inspect`, `message` and `tell` are what they see; `why` answers.

pub mod concern;
mod conf;
mod facts;
mod holds;
mod inspect;
mod message;
mod orders;
mod paste;
mod places;
mod slip;
mod spec;
mod tell;
#[cfg(test)]
mod tests;
mod verbs;
mod view;
mod why;

pub(super) use message::said;
pub(super) use tell::card;

use super::sentence::rule_view;
use crate::check::replica_set::{Reached, Recovery, ReplicaSetCheck};
use crate::check::{Back, Check, Meter};
use crate::consensus::replica_set::{Member, Message, Program, Rule as SetRule, Timer};
use crate::kernel::Event;
use crate::kernel::world::World;
use crate::process::hosted::Order;
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
use crate::words::replset::ReplSetKey;
use crate::words::replset_view::ReplSetViewKey as K;
use std::sync::Arc;

/// The kind.
pub struct MongoReplicaSet;

impl SystemKind for MongoReplicaSet {
    fn kind(&self) -> &'static str {
        "MongoReplicaSet"
    }
    fn rules(&self) -> Vec<Rule> {
        let rule = |rule: &SetRule| Rule { name: rule.name(), reason: rule.reason(), source: rule.source() };
        SetRule::ALL.iter().map(rule).collect()
    }
    fn orders(&self) -> Orders {
        orders::ORDERS
    }
    fn members(&self) -> Membership {
        Membership { least: 1, most: 50, usual: 0, prefix: "n" }
    }
    fn clients(&self) -> Option<&'static str> {
        Some("Drivers")
    }
    fn plan(&self, declared: &Declared<'_>) -> Result<Arc<dyn Group>, Vec<Problem>> {
        let program = spec::program(declared)?;
        let (name, members) = (declared.name.clone(), declared.members.clone());
        Ok(Arc::new(ReplicaSet { name, members, program }))
    }
    #[cfg(feature = "schema")]
    fn schemas(&self, generator: &mut schemars::SchemaGenerator) -> [Option<schemars::Schema>; 2] {
        [Some(generator.subschema_for::<spec::Spec>()), None]
    }
}

/// A set of a scenario.
pub struct ReplicaSet {
    name: Arc<str>,
    members: Vec<Planned>,
    program: Program,
}

impl ReplicaSet {
    /// Its processes, running or not.
    fn processes(world: &World, number: u16) -> impl Iterator<Item = ProcessId> {
        world.processes().filter(move |process| process.group == number).map(|process| process.id)
    }
    /// Its running members.
    fn running(world: &World, number: u16) -> impl Iterator<Item = &Member> {
        Self::processes(world, number).filter_map(|id| world.machine::<Member>(id))
    }
    /// Whoever takes itself for the primary.
    fn primaries(world: &World, number: u16) -> impl Iterator<Item = &Member> {
        Self::running(world, number).filter(|member| member.is_primary())
    }
}

impl Group for ReplicaSet {
    fn name(&self) -> &str {
        &self.name
    }
    fn kind(&self) -> &'static str {
        "MongoReplicaSet"
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
        facts::SELECTORS
    }
    fn singular(&self) -> &'static [&'static str] {
        facts::SINGULAR
    }
    fn select(&self, world: &World, number: u16, selector: &str) -> Option<Vec<ProcessId>> {
        facts::select(world, number, selector)
    }
    fn facts(&self) -> &'static [&'static str] {
        facts::FACTS
    }
    fn fact_title(&self, name: &str) -> Option<Key> {
        facts::title(name)
    }
    fn fact(&self, world: &World, number: u16, name: &str, member: Option<ProcessId>) -> Option<u64> {
        facts::fact(world, number, name, member)
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
            None => Self::running(world, number).max_by_key(|member| member.last_applied())?,
        };
        Some(member.get(key).map(|found| found.value.clone()))
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
        const {
            &[
                Key::ReplSet(ReplSetKey::StepsDownForTerm),
                Key::ReplSet(ReplSetKey::StepsDownAlone),
                Key::ReplSet(ReplSetKey::StepsDownOnOrder),
                Key::ReplSet(ReplSetKey::StepsDownRemoved),
                Key::ReplSet(ReplSetKey::WriteTimesOut),
                Key::ReplSet(ReplSetKey::RolledBack),
                Key::ReplSet(ReplSetKey::RollbackTooFar),
                Key::ReplSet(ReplSetKey::TooStale),
                Key::ReplSet(ReplSetKey::BeginsSync),
                Key::ReplSet(ReplSetKey::Synced),
                Key::ReplSet(ReplSetKey::Reconfigures),
                Key::ReplSet(ReplSetKey::IsRemoved),
            ]
        }
    }
    fn timers(&self) -> &'static [(&'static str, u8)] {
        TIMERS
    }
    fn recruit(&self) -> Option<Arc<dyn Image>> {
        Some(self.program.image())
    }
    fn console(&self) -> Option<&'static str> {
        Some("Drivers")
    }
    fn checks(&self, number: u16) -> Vec<Box<dyn Check>> {
        vec![Box::new(ReplicaSetCheck::new(number))]
    }
    fn meter(&self, number: u16) -> Option<Box<dyn Meter>> {
        Some(Box::new(Reached::new(number)))
    }
    fn recovery(&self, number: u16, healed: Time) -> Option<Box<dyn Back>> {
        Some(Box::new(Recovery::new(number, healed)))
    }
    fn idle(&self, payload: &dyn Payload) -> bool {
        match peek(payload) {
            Some(Message::Heartbeat { .. } | Message::HeartbeatReply(_)) => true,
            Some(Message::Batch(batch)) => batch.entries.is_empty(),
            _ => false,
        }
    }
    fn holds(&self, world: &World, number: u16, writes: &[Written]) -> Option<Vec<bool>> {
        holds::holds(world, number, writes)
    }
    fn struck(&self) -> Option<[&'static str; 2]> {
        Some(["primary", "secondaries"])
    }
    fn actor(&self, world: &World, actor: &mut Actor) {
        view::actor(world, actor);
    }
    fn standing(&self, world: &World, process: ProcessId) -> Standing {
        view::standing(world, process)
    }
    fn inspect(&self, world: &World, process: ProcessId) -> Option<Inspector> {
        inspect::inspect(world, process)
    }
    fn message(&self, payload: &dyn Payload) -> Vec<Field> {
        message::said(payload)
    }
    fn shapes(&self) -> &'static [(Shape, Key)] {
        const {
            &[
                (Shape::Circle, Key::ReplSetView(K::ShapeOplog)),
                (Shape::Triangle, Key::ReplSetView(K::ShapeElection)),
                (Shape::Square, Key::ReplSetView(K::ShapeSync)),
                (Shape::Diamond, Key::ReplSetView(K::ShapeDriver)),
                (Shape::Hexagon, Key::ReplSetView(K::ShapeControl)),
            ]
        }
    }
    fn logs(&self, world: &World, number: u16, first: Option<u64>, columns: u32) -> Option<LogTable> {
        places::Places::of(world, number).table(first, columns)
    }
    fn verbs(&self, world: &World, number: u16, process: ProcessId) -> Vec<Verb> {
        verbs::verbs(&self.name, world, number, process)
    }
    fn goals(&self) -> Vec<Goal> {
        verbs::goals(&self.name, self.members.iter().map(|member| member.name.clone()).collect())
    }
    fn tell(&self, world: &World, event: &Event<'_>) -> Option<Phrase> {
        tell::tell(world, event)
    }
    fn elected(&self, world: &World, event: &Event<'_>) -> Option<(ProcessId, Epoch, EventId)> {
        view::elected(world, event)
    }
    fn why(&self, world: &World, number: u16, subject: &Subject, past: &mut dyn Past) -> Option<Explanation> {
        why::why(world, number, subject, past)
    }
    fn questions(&self, world: &World, number: u16, of: Option<ProcessId>) -> Vec<Question> {
        why::questions(world, number, of)
    }
    fn rule(&self, name: &str) -> Option<RuleView> {
        SetRule::named(name).map(rule_view)
    }
}

/// The election timer is the one that `timeOut` means.
const TIMERS: &[(&str, u8)] = &[
    ("election", Timer::Election as u8),
    ("heartbeat", Timer::Heartbeat as u8),
    ("votes", Timer::Votes as u8),
    ("liveness", Timer::Liveness as u8),
    ("priorityTakeover", Timer::PriorityTakeover as u8),
    ("catchUpTakeover", Timer::CatchUpTakeover as u8),
    ("catchUp", Timer::CatchUp as u8),
    ("stepDown", Timer::StepDown as u8),
    ("journal", Timer::Journal as u8),
    ("fetch", Timer::Fetch as u8),
    ("await", Timer::Await as u8),
    ("delay", Timer::Delay as u8),
    ("writeTimeout", Timer::WriteTimeout as u8),
    ("keepAlive", Timer::KeepAlive as u8),
    ("noOp", Timer::NoOp as u8),
];
