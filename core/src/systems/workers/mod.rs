//! A cluster of a scheduler, its workers and a store in a scenario: what its part of the file means, whom its selectors mean,
//! what it tells of itself.

mod message;
mod orders;
mod spec;
mod tell;
mod view;
mod why;

use super::sentence::rule_view;
use crate::check::workers::{Reached, Recovery, WorkersCheck};
use crate::check::{Back, Check, Meter};
use crate::kernel::Event;
use crate::kernel::world::World;
use crate::process::hosted::Order;
use crate::process::{Image, Payload, Phrase, ProcessId, Shape, Time};
use crate::system::orders::Orders;
use crate::system::{Declared, Deed, Given, Group, Membership, Past, Planned, Rule, SystemKind};
use crate::text::Problem;
use crate::view::{
    Actor, Explanation, Field, Goal, Inspector, LogTable, Question, RuleView, Standing, Subject, Verb,
};
use crate::words::Key;
use crate::words::workers::WorkersKey;
use crate::words::workers_view::WorkersViewKey as K;
use crate::workers::{
    Journal, Kept, Program, Rule as WorkersRule, Rules, Scheduler, Settings, Store, Stored, TIMERS, Worker,
};
use std::sync::Arc;

/// The kind.
pub struct Workers;

impl SystemKind for Workers {
    fn kind(&self) -> &'static str {
        "Workers"
    }
    fn rules(&self) -> Vec<Rule> {
        let rule =
            |rule: &WorkersRule| Rule { name: rule.name(), reason: rule.reason(), source: rule.source() };
        WorkersRule::ALL.iter().map(rule).collect()
    }
    fn orders(&self) -> Orders {
        orders::ORDERS
    }
    fn members(&self) -> Membership {
        Membership { least: 2, most: 99, usual: 0, prefix: "m" }
    }
    fn plan(&self, declared: &Declared<'_>) -> Result<Arc<dyn Group>, Vec<Problem>> {
        let program = spec::program(declared)?;
        let (name, members) = (declared.name.clone(), declared.members.clone());
        Ok(Arc::new(WorkersGroup { name, members, program }))
    }
    #[cfg(feature = "schema")]
    fn schemas(&self, generator: &mut schemars::SchemaGenerator) -> [Option<schemars::Schema>; 2] {
        [Some(generator.subschema_for::<spec::Spec>()), None]
    }
}

/// A cluster of a scenario.
pub struct WorkersGroup {
    name: Arc<str>,
    members: Vec<Planned>,
    program: Program,
}

impl WorkersGroup {
    fn settings(&self) -> &Settings {
        self.program.settings()
    }

    /// Neither the scheduler nor the store.
    fn is_worker(&self, id: ProcessId) -> bool {
        id != self.settings().scheduler && Some(id) != self.settings().store
    }

    fn image(&self, id: ProcessId) -> Arc<dyn Image> {
        match id {
            id if id == self.settings().scheduler => self.program.scheduler(),
            id if Some(id) == self.settings().store => self.program.store(),
            _ => self.program.worker(),
        }
    }

    /// The scheduler, if it runs.
    fn scheduler<'a>(&self, world: &'a World) -> Option<&'a Scheduler> {
        world.machine::<Scheduler>(self.settings().scheduler)
    }

    /// The store, if there is one and it runs.
    fn store<'a>(&self, world: &'a World) -> Option<&'a Store> {
        world.machine::<Store>(self.settings().store?)
    }

    /// What the store has, running or not.
    fn stored<'a>(&self, world: &'a World) -> Option<&'a Stored> {
        let store = self.settings().store?;
        self.store(world).map(Store::stored).or_else(|| world.stored::<Stored>(store))
    }

    /// Its running workers.
    fn running(world: &World, number: u16) -> impl Iterator<Item = &Worker> {
        let ours = world.processes().filter(move |process| process.group == number);
        ours.filter_map(|process| world.machine::<Worker>(process.id))
    }
}

const SELECTORS: &[&str] = &["scheduler", "store", "workers", "busy", "idle", "drained", "silent"];
const FACTS: &[&str] = &[
    "tasks",
    "done",
    "running",
    "waiting",
    "givenUp",
    "complete",
    "alive",
    "assigned",
    "reexecuted",
    "backups",
    "duplicates",
    "failures",
    "workersFailed",
    "epoch",
    "atWork",
    "results",
    "life",
    "outputs",
    "doubles",
];

impl Group for WorkersGroup {
    fn name(&self) -> &str {
        &self.name
    }
    fn kind(&self) -> &'static str {
        "Workers"
    }
    fn populate(&self, world: &mut World, number: u16) -> Result<(), Phrase> {
        for member in &self.members {
            world
                .add_process(member.host, &member.name, number, self.image(member.process))
                .map_err(|refusal| refusal.phrase())?;
        }
        Ok(())
    }
    fn selectors(&self) -> &'static [&'static str] {
        SELECTORS
    }
    fn singular(&self) -> &'static [&'static str] {
        &["scheduler", "store"]
    }
    fn select(&self, world: &World, number: u16, selector: &str) -> Option<Vec<ProcessId>> {
        let ours = world.processes().filter(|process| process.group == number).map(|process| process.id);
        let of = |right: &dyn Fn(&Worker) -> bool| {
            Self::running(world, number).filter(|worker| right(worker)).map(Worker::id).collect()
        };
        Some(match selector {
            "scheduler" => vec![self.settings().scheduler],
            "store" => self.settings().store.into_iter().collect(),
            "workers" => ours.filter(|id| self.is_worker(*id)).collect(),
            "busy" => of(&|worker| !worker.runs().is_empty()),
            "idle" => of(&|worker| worker.runs().is_empty()),
            "drained" => self.scheduler(world).map_or(Vec::new(), |it| it.journal().drained.clone()),
            "silent" => {
                let rows = self.scheduler(world).map(Scheduler::workers).unwrap_or_default();
                rows.iter().filter(|row| !row.alive).map(|row| row.id).collect()
            }
            _ => return None,
        })
    }
    fn facts(&self) -> &'static [&'static str] {
        FACTS
    }
    fn fact_title(&self, name: &str) -> Option<Key> {
        Some(
            match name {
                "tasks" => K::TasksField,
                "done" => K::DoneField,
                "running" => K::RunningField,
                "waiting" => K::WaitingField,
                "givenUp" => K::GivenUpField,
                "complete" => K::CompleteField,
                "alive" => K::AliveField,
                "assigned" => K::AssignedField,
                "reexecuted" => K::ReexecutedField,
                "backups" => K::BackupsField,
                "duplicates" => K::DuplicatesField,
                "failures" => K::FailuresField,
                "workersFailed" => K::WorkersFailedField,
                "epoch" => K::EpochField,
                "atWork" => K::AtWorkField,
                "results" => K::ResultsField,
                "life" => K::LifeField,
                "outputs" => K::OutputsField,
                "doubles" => K::DoublesField,
                _ => return None,
            }
            .into(),
        )
    }
    fn fact(&self, world: &World, number: u16, name: &str, member: Option<ProcessId>) -> Option<u64> {
        match member {
            Some(id) if self.is_worker(id) => worker_fact(world, id, name),
            Some(id) if Some(id) == self.settings().store => self.store_fact(world, name),
            Some(_) => self.scheduler_fact(world, name),
            None => match name {
                "outputs" | "doubles" => self.store_fact(world, name),
                "atWork" | "results" => {
                    let each =
                        Self::running(world, number).map(|worker| worker_fact(world, worker.id(), name));
                    Some(each.flatten().sum())
                }
                "life" => Self::running(world, number).map(|worker| worker.life().number).max(),
                _ => self.scheduler_fact(world, name),
            },
        }
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
                Key::Workers(WorkersKey::SchedulerResumes),
                Key::Workers(WorkersKey::Returns),
                Key::Workers(WorkersKey::NewLife),
                Key::Workers(WorkersKey::WorkerFails),
                Key::Workers(WorkersKey::LeaseOver),
                Key::Workers(WorkersKey::OutputLost),
                Key::Workers(WorkersKey::AssignsBackup),
                Key::Workers(WorkersKey::FailsAgain),
                Key::Workers(WorkersKey::GivesUp),
                Key::Workers(WorkersKey::JobComplete),
                Key::Workers(WorkersKey::StopsAtLeaseEnd),
                Key::Workers(WorkersKey::CommitsAgain),
                Key::Workers(WorkersKey::RefusesSuperseded),
            ]
        }
    }
    fn timers(&self) -> &'static [(&'static str, u8)] {
        TIMERS
    }
    /// A worker. The scheduler knows it by its first heartbeat.
    fn recruit(&self) -> Option<Arc<dyn Image>> {
        Some(self.program.worker())
    }
    fn checks(&self, number: u16) -> Vec<Box<dyn Check>> {
        vec![Box::new(WorkersCheck::new(number))]
    }
    fn meter(&self, number: u16) -> Option<Box<dyn Meter>> {
        Some(Box::new(Reached::new(number)))
    }
    fn recovery(&self, number: u16, healed: Time) -> Option<Box<dyn Back>> {
        Some(Box::new(Recovery::new(number, healed)))
    }
    fn struck(&self) -> Option<[&'static str; 2]> {
        Some(["scheduler", "workers"])
    }
    fn actor(&self, world: &World, actor: &mut Actor) {
        view::actor(self, world, actor);
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
                (Shape::Circle, Key::WorkersView(K::ShapeTask)),
                (Shape::Triangle, Key::WorkersView(K::ShapeLease)),
                (Shape::Square, Key::WorkersView(K::ShapeOutput)),
                (Shape::Diamond, Key::WorkersView(K::ShapeReport)),
                (Shape::Hexagon, Key::WorkersView(K::ShapeStop)),
            ]
        }
    }
    fn logs(&self, world: &World, number: u16, first: Option<u64>, columns: u32) -> Option<LogTable> {
        view::table(self, world, number, first, columns)
    }
    fn verbs(&self, world: &World, number: u16, process: ProcessId) -> Vec<Verb> {
        view::verbs(self, world, number, process)
    }
    fn goals(&self) -> Vec<Goal> {
        view::goals(&self.name)
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
        WorkersRule::named(name).map(rule_view)
    }
}

/// The rules that a running process follows.
fn rules_of(world: &World, id: ProcessId) -> Option<Rules> {
    let scheduler = world.machine::<Scheduler>(id).map(Scheduler::rules);
    let worker = || world.machine::<Worker>(id).map(Worker::rules);
    scheduler.or_else(worker).or_else(|| world.machine::<Store>(id).map(Store::rules))
}

impl WorkersGroup {
    fn scheduler_fact(&self, world: &World, name: &str) -> Option<u64> {
        let Some(scheduler) = self.scheduler(world) else {
            return journal_fact(world.stored::<Journal>(self.settings().scheduler)?, name);
        };
        let facts = scheduler.facts();
        Some(match name {
            "running" => facts.running,
            "waiting" => facts.waiting,
            "alive" => facts.workers,
            "complete" => u64::from(facts.tasks > 0 && scheduler.is_complete()),
            "done" => facts.done,
            "givenUp" => facts.given_up,
            name => return journal_fact(scheduler.journal(), name),
        })
    }

    fn store_fact(&self, world: &World, name: &str) -> Option<u64> {
        let stored = self.stored(world)?;
        match name {
            "outputs" => Some(stored.effects.len() as u64),
            "doubles" => Some(view::doubled(stored).len() as u64),
            _ => None,
        }
    }
}

/// What a scheduler's journal says.
fn journal_fact(journal: &Journal, name: &str) -> Option<u64> {
    let finished = |given_up: bool| {
        journal.finished.iter().filter(|finished| finished.given_up == given_up).count() as u64
    };
    let counts = &journal.counts;
    Some(match name {
        "tasks" => journal.submitted.unwrap_or(0),
        "done" => finished(false),
        "givenUp" => finished(true),
        "assigned" => counts.given,
        "reexecuted" => counts.reexecuted,
        "backups" => counts.backups,
        "duplicates" => counts.duplicates,
        "failures" => counts.failures,
        "workersFailed" => counts.workers_failed,
        "epoch" => journal.epoch,
        _ => return None,
    })
}

fn worker_fact(world: &World, id: ProcessId, name: &str) -> Option<u64> {
    let worker = world.machine::<Worker>(id);
    let kept = worker.map(Worker::kept).or_else(|| world.stored::<Kept>(id));
    Some(match name {
        "atWork" => worker?.runs().len() as u64,
        "results" => worker?.outcomes().len() as u64,
        "epoch" => worker?.epoch(),
        "life" => kept?.life.number,
        "outputs" => kept?.outputs.len() as u64,
        _ => return None,
    })
}
