//! MongoDB drivers of a replica set in a scenario, and the console through which people put their own requests.

mod request;
mod spec;
mod view;
mod why;

use crate::check::Check;
use crate::consensus::client::Counts;
use crate::consensus::replica_set::Message;
use crate::consensus::replica_set::driver::{Command, Driver, Program, Timer};
use crate::kernel::Event;
use crate::kernel::world::World;
use crate::process::hosted::Order;
use crate::process::payload::peek;
use crate::process::{Arg, Image, Payload, Phrase, ProcessId};
use crate::system::measured::{Dealing, Schedule};
use crate::system::orders::Orders;
use crate::system::{Declared, Deed, Given, Group, Membership, Past, Planned, SystemKind};
use crate::systems::replica_set;
use crate::systems::schedule;
use crate::text::Problem;
use crate::view::{Actor, Explanation, Field, Inspector, Question, Standing, Subject};
use crate::words::Key;
use crate::words::replset::ReplSetKey;
use crate::words::scenario::ScenarioKey as K;
use crate::words::stage::StageKey;
use std::any::Any;
use std::sync::Arc;

pub(super) use request::ASKED;

/// The kind.
pub struct Drivers;

impl SystemKind for Drivers {
    fn kind(&self) -> &'static str {
        "Drivers"
    }
    fn orders(&self) -> Orders {
        &[("request", request::REQUEST)]
    }
    fn members(&self) -> Membership {
        Membership { least: 1, most: 1_000, usual: 1, prefix: "d" }
    }
    fn targets(&self) -> &'static [&'static str] {
        &["MongoReplicaSet"]
    }
    fn scheduled(&self, schedule: &Schedule) -> Option<Vec<(&'static str, String)>> {
        Some(schedule::fields(schedule))
    }
    fn plan(&self, declared: &Declared<'_>) -> Result<Arc<dyn Group>, Vec<Problem>> {
        let program = spec::program(declared)?;
        let (name, members) = (declared.name.clone(), declared.members.clone());
        Ok(Arc::new(DriverGroup { name, members, program }))
    }
    #[cfg(feature = "schema")]
    fn schemas(&self, generator: &mut schemars::SchemaGenerator) -> [Option<schemars::Schema>; 2] {
        [Some(generator.subschema_for::<spec::Spec>()), None]
    }
}

/// Drivers of a scenario.
pub struct DriverGroup {
    name: Arc<str>,
    members: Vec<Planned>,
    program: Program,
}

const FACTS: &[&str] =
    &["issued", "answered", "writes", "refused", "unknown", "retries", "skipped", "outstanding"];

impl Group for DriverGroup {
    fn name(&self) -> &str {
        &self.name
    }
    fn kind(&self) -> &'static str {
        "Drivers"
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
        &["waiting"]
    }
    fn singular(&self) -> &'static [&'static str] {
        &[]
    }
    fn select(&self, world: &World, number: u16, selector: &str) -> Option<Vec<ProcessId>> {
        let waiting = |driver: &&Driver| driver.outstanding().len() > 0;
        (selector == "waiting").then(|| running(world, number).filter(waiting).map(Driver::id).collect())
    }
    fn facts(&self) -> &'static [&'static str] {
        FACTS
    }
    fn fact_title(&self, name: &str) -> Option<Key> {
        let key = match name {
            "issued" => StageKey::Issued,
            "answered" => StageKey::Answered,
            "refused" => StageKey::RefusedField,
            "unknown" => StageKey::UnknownOutcomes,
            "retries" => StageKey::Retries,
            _ => return None,
        };
        Some(key.into())
    }
    fn fact(&self, world: &World, number: u16, name: &str, member: Option<ProcessId>) -> Option<u64> {
        match member {
            Some(id) => fact_of(world.machine::<Driver>(id)?, name),
            None => running(world, number).map(|driver| fact_of(driver, name)).sum(),
        }
    }
    fn orders(&self) -> Orders {
        &[("request", request::REQUEST)]
    }
    fn order(
        &self,
        world: &World,
        _number: u16,
        verb: &str,
        args: &[(&str, Given)],
    ) -> Result<Vec<Deed>, Phrase> {
        if verb != "request" {
            return Err(Phrase::new(K::NoSystemFor, [Arg::Name(verb.into())]));
        }
        request::request(world, args)
    }
    fn ordered(&self, to: ProcessId, order: &dyn Order) -> Option<Phrase> {
        let Command::Issue { op, .. } = (order as &dyn Any).downcast_ref()?;
        Some(Phrase::new(StageKey::RequestBy, [Arg::Process(to), Arg::Phrase(Box::new(op.phrase()))]))
    }
    fn milestones(&self) -> &'static [Key] {
        // A console tells what came of each request; where many ask, that would be all there is to read.
        if !self.members.is_empty() {
            return &[];
        }
        const { &[Key::ReplSet(ReplSetKey::DriverDone), Key::ReplSet(ReplSetKey::DriverFails)] }
    }
    fn timers(&self) -> &'static [(&'static str, u8)] {
        const { &[("next", Timer::Next as u8), ("hello", Timer::Hello as u8), ("due", Timer::Due as u8)] }
    }
    fn recruit(&self) -> Option<Arc<dyn Image>> {
        Some(self.program.image())
    }
    fn checks(&self, _number: u16) -> Vec<Box<dyn Check>> {
        Vec::new()
    }
    fn dealings(&self, world: &World, process: ProcessId, tell: &mut dyn FnMut(Dealing<'_>) -> bool) {
        let Some(driver) = world.machine::<Driver>(process) else { return };
        if driver.outstanding().all(|operation| tell(schedule::open(operation.seq, &operation.op))) {
            let _ = driver.recent().rev().all(|ended| tell(schedule::ended(ended)));
        }
    }
    fn asks(&self, payload: &dyn Payload) -> Option<u64> {
        match peek(payload)? {
            Message::Request { seq, .. } => Some(*seq),
            _ => None,
        }
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
        replica_set::said(payload)
    }
    fn tell(&self, _world: &World, event: &Event<'_>) -> Option<Phrase> {
        view::tell(event)
    }
    fn why(
        &self,
        world: &World,
        number: u16,
        subject: &Subject,
        _past: &mut dyn Past,
    ) -> Option<Explanation> {
        match subject {
            Subject::Operation(id, seq) if world.process(*id)?.group == number => {
                why::operation(world, *id, *seq)
            }
            _ => None,
        }
    }
    fn questions(&self, world: &World, _number: u16, of: Option<ProcessId>) -> Vec<Question> {
        of.map_or_else(Vec::new, |id| why::questions(world, id))
    }
}

fn running(world: &World, number: u16) -> impl Iterator<Item = &Driver> {
    let processes = world.processes().filter(move |process| process.group == number);
    processes.filter_map(|process| world.machine::<Driver>(process.id))
}

fn fact_of(driver: &Driver, name: &str) -> Option<u64> {
    let Counts { issued, answered, writes, refused, unknown, retries, skipped, .. } = *driver.counts();
    Some(match name {
        "issued" => issued,
        "answered" => answered,
        "writes" => writes,
        "refused" => refused,
        "unknown" => unknown,
        "retries" => retries,
        "skipped" => skipped,
        "outstanding" => driver.outstanding().len() as u64,
        _ => return None,
    })
}
