//! Raft in a scenario: what its part of the file means, whom its selectors mean, what it tells of itself.

mod holds;
pub mod idle;
mod message;
mod orders;
mod spec;
mod tell;
mod view;
mod why;

use super::sentence::rule_view;
use crate::check::raft::{RaftCheck, Reached, Recovery};
use crate::check::{Back, Check, Meter};
use crate::consensus::raft::{Durable, Member, PeerMessage, Program, Role, Rule as RaftRule, Timer};
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
use crate::words::stage::StageKey as K;
use litemap::LiteMap;
use std::sync::Arc;

/// The kind.
pub struct Raft;

impl SystemKind for Raft {
    fn kind(&self) -> &'static str {
        "Raft"
    }
    fn rules(&self) -> Vec<Rule> {
        let rule = |rule: &RaftRule| Rule { name: rule.name(), reason: rule.reason(), source: rule.source() };
        RaftRule::ALL.iter().map(rule).collect()
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
        Ok(Arc::new(RaftGroup { name, members, plain, own }))
    }
    #[cfg(feature = "schema")]
    fn schemas(&self, generator: &mut schemars::SchemaGenerator) -> [Option<schemars::Schema>; 2] {
        let initial = generator.subschema_for::<std::collections::BTreeMap<String, spec::Beginning>>();
        [Some(generator.subschema_for::<spec::Spec>()), Some(initial)]
    }
}

/// A group of a scenario.
pub struct RaftGroup {
    name: Arc<str>,
    members: Vec<Planned>,
    /// Of members that begin from nothing, and of those that join later.
    plain: Program,
    /// Of members that begin from somewhere else.
    own: LiteMap<ProcessId, Program>,
}

impl RaftGroup {
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

const SELECTORS: &[&str] =
    &["leader", "leaders", "newestLeader", "staleLeaders", "followers", "candidates", "voters", "learners"];
const FACTS: &[&str] = &[
    "term",
    "commitIndex",
    "lastApplied",
    "lastIndex",
    "lastTerm",
    "snapshotIndex",
    "voters",
    "learners",
    "agreeing",
];

impl Group for RaftGroup {
    fn name(&self) -> &str {
        &self.name
    }
    fn kind(&self) -> &'static str {
        "Raft"
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
        let newest = || Self::leaders(world, number).map(Member::term).max();
        let of = |right: &dyn Fn(&Member) -> bool| {
            Self::running(world, number).filter(|member| right(member)).map(Member::id).collect()
        };
        Some(match selector {
            "leader" | "leaders" => of(&|member| member.role() == Role::Leader),
            "newestLeader" => of(&|member| member.role() == Role::Leader && Some(member.term()) == newest()),
            "staleLeaders" => of(&|member| member.role() == Role::Leader && Some(member.term()) < newest()),
            "followers" => of(&|member| member.role() == Role::Follower && member.is_voter()),
            "candidates" => of(&|member| matches!(member.role(), Role::Candidate | Role::PreCandidate)),
            "voters" => of(&|member| member.is_voter()),
            "learners" => of(&|member| member.configuration().1.learners.contains(&member.id())),
            _ => return None,
        })
    }
    fn facts(&self) -> &'static [&'static str] {
        FACTS
    }
    fn fact_title(&self, name: &str) -> Option<Key> {
        let key = match name {
            "term" => K::Term,
            "commitIndex" => K::CommitIndex,
            "lastApplied" => K::LastApplied,
            "lastIndex" => K::LastIndex,
            "lastTerm" => K::LastTerm,
            "snapshotIndex" => K::SnapshotIndex,
            "voters" => K::VotersField,
            "learners" => K::LearnersField,
            "agreeing" => K::Agreeing,
            _ => return None,
        };
        Some(key.into())
    }
    fn fact(&self, world: &World, number: u16, name: &str, member: Option<ProcessId>) -> Option<u64> {
        if name == "agreeing" {
            return Some(agreeing(world, number));
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
    fn timers(&self) -> &'static [(&'static str, u8)] {
        const fn slot(timer: Timer) -> u8 {
            timer as u8
        }
        const {
            &[
                ("election", slot(Timer::Election)),
                ("heartbeat", slot(Timer::Heartbeat)),
                ("quorumCheck", slot(Timer::QuorumCheck)),
                ("transfer", slot(Timer::Transfer)),
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
        vec![Box::new(RaftCheck::new(number))]
    }
    fn meter(&self, number: u16) -> Option<Box<dyn Meter>> {
        Some(Box::new(Reached::new(number)))
    }
    fn recovery(&self, number: u16, healed: Time) -> Option<Box<dyn Back>> {
        Some(Box::new(Recovery::new(number, healed)))
    }
    fn idle(&self, payload: &dyn Payload) -> bool {
        matches!(peek(payload), Some(PeerMessage::Append(append)) if append.entries().is_empty())
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
                (Shape::Circle, Key::Stage(K::ShapeLog)),
                (Shape::Triangle, Key::Stage(K::ShapeVote)),
                (Shape::Square, Key::Stage(K::ShapeSnapshot)),
                (Shape::Diamond, Key::Stage(K::ShapeClient)),
                (Shape::Hexagon, Key::Stage(K::ShapeControl)),
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
        view::elected(world, event)
    }
    fn why(&self, world: &World, number: u16, subject: &Subject, past: &mut dyn Past) -> Option<Explanation> {
        why::why(world, number, subject, past)
    }
    fn questions(&self, world: &World, number: u16, of: Option<ProcessId>) -> Vec<Question> {
        why::questions(world, number, of)
    }
    fn rule(&self, name: &str) -> Option<RuleView> {
        RaftRule::named(name).map(rule_view)
    }
}

fn fact_of(member: &Member, name: &str) -> Option<u64> {
    Some(match name {
        "term" => member.term(),
        "commitIndex" => member.commit_index(),
        "lastApplied" => member.last_applied(),
        "lastIndex" => member.log().last(),
        "lastTerm" => member.log().last_term(),
        "snapshotIndex" => member.snapshot_index(),
        "voters" => member.configuration().1.voters.len() as u64,
        "learners" => member.configuration().1.learners.len() as u64,
        _ => return None,
    })
}

/// What the disk of a member that does not run says.
fn durable_fact(durable: &Durable, name: &str) -> Option<u64> {
    Some(match name {
        "term" => durable.term,
        "lastIndex" => durable.log.last(),
        "lastTerm" => durable.log.last_term(),
        "snapshotIndex" => durable.snapshot.as_ref().map_or(0, |snapshot| snapshot.index),
        _ => return None,
    })
}

/// How many running members' logs are the same as the newest leader's, its own included; 0 without a leader.
fn agreeing(world: &World, number: u16) -> u64 {
    let Some(leader) = RaftGroup::leaders(world, number).max_by_key(|member| member.term()) else { return 0 };
    let log = leader.log();
    let same = |member: &&Member| {
        let other = member.log();
        other.last() == log.last()
            && other.last_term() == log.last_term()
            && other.common_with(log) >= log.last()
    };
    RaftGroup::running(world, number).filter(same).count() as u64
}

/// Timers are named by slots that the machine agrees to.
#[cfg(test)]
#[test]
fn timers_by_name_are_the_machines_own() {
    use crate::process::TimerName;
    for timer in [Timer::Election, Timer::Heartbeat, Timer::QuorumCheck, Timer::Transfer] {
        assert_eq!(Timer::from_slot(timer.slot()), Some(timer));
        assert_eq!(timer as u8, timer.slot());
    }
}
