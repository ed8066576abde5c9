//! Clients of a replicated store in a scenario, and the console through which people put their own requests.

mod spec;
mod view;
mod why;

pub(super) use spec::Weights;

use crate::check::Check;
use crate::consensus::client::{Client, Command, Counts, Program, Timer};
use crate::consensus::kv::Message;
use crate::kernel::Event;
use crate::kernel::world::World;
use crate::process::hosted::Order;
use crate::process::payload::peek;
use crate::process::{Arg, Image, Payload, Phrase, ProcessId};
use crate::scenario::command::OpName;
use crate::system::measured::{Dealing, Schedule};
use crate::system::orders::{Arguments, Orders, Takes, takes};
use crate::system::{Declared, Deed, Given, Group, Membership, Past, Planned, SystemKind};
use crate::systems::given::{Args, OP};
use crate::systems::schedule;
use crate::text::Problem;
use crate::view::{Actor, Explanation, Field, Inspector, Question, Standing, Subject};
use crate::words::Key;
use crate::words::kv::KvKey;
use crate::words::scenario::ScenarioKey as K;
use crate::words::stage::StageKey;
use std::any::Any;
use std::sync::Arc;

/// The kind.
pub struct Clients;

impl SystemKind for Clients {
    fn kind(&self) -> &'static str {
        "Clients"
    }
    fn orders(&self) -> Orders {
        &[("request", REQUEST)]
    }
    fn members(&self) -> Membership {
        Membership { least: 1, most: 1_000, usual: 1, prefix: "c" }
    }
    fn targets(&self) -> &'static [&'static str] {
        &["Raft", "MultiPaxos"]
    }
    fn scheduled(&self, schedule: &Schedule) -> Option<Vec<(&'static str, String)>> {
        Some(schedule::fields(schedule))
    }
    fn plan(&self, declared: &Declared<'_>) -> Result<Arc<dyn Group>, Vec<Problem>> {
        let program = spec::program(declared)?;
        let (name, members) = (declared.name.clone(), declared.members.clone());
        Ok(Arc::new(ClientGroup { name, members, program }))
    }
    #[cfg(feature = "schema")]
    fn schemas(&self, generator: &mut schemars::SchemaGenerator) -> [Option<schemars::Schema>; 2] {
        [Some(generator.subschema_for::<spec::Spec>()), None]
    }
}

/// Clients of a scenario.
pub struct ClientGroup {
    name: Arc<str>,
    members: Vec<Planned>,
    program: Program,
}

const FACTS: &[&str] =
    &["issued", "answered", "writes", "refused", "unknown", "retries", "redirects", "skipped", "outstanding"];

impl Group for ClientGroup {
    fn name(&self) -> &str {
        &self.name
    }
    fn kind(&self) -> &'static str {
        "Clients"
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
        let waiting = |client: &&Client| client.outstanding().any(|operation| operation.op.is_some());
        (selector == "waiting").then(|| running(world, number).filter(waiting).map(Client::id).collect())
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
            "redirects" => StageKey::Redirects,
            _ => return None,
        };
        Some(key.into())
    }
    fn fact(&self, world: &World, number: u16, name: &str, member: Option<ProcessId>) -> Option<u64> {
        match member {
            Some(id) => fact_of(world.machine::<Client>(id)?, name),
            None => running(world, number).map(|client| fact_of(client, name)).sum(),
        }
    }
    fn orders(&self) -> Orders {
        &[("request", REQUEST)]
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
        request(world, args)
    }
    fn milestones(&self) -> &'static [Key] {
        // A console tells what came of each request; where many ask, that would be all there is to read.
        if !self.members.is_empty() {
            return &[];
        }
        const { &[Key::Kv(KvKey::ClientDone), Key::Kv(KvKey::ClientGivesUp), Key::Kv(KvKey::ClientExpired)] }
    }
    fn timers(&self) -> &'static [(&'static str, u8)] {
        const { &[("next", Timer::Next as u8), ("retry", Timer::Retry as u8)] }
    }
    fn recruit(&self) -> Option<Arc<dyn Image>> {
        Some(self.program.image())
    }
    fn checks(&self, _number: u16) -> Vec<Box<dyn Check>> {
        Vec::new()
    }
    fn dealings(&self, world: &World, process: ProcessId, tell: &mut dyn FnMut(Dealing<'_>) -> bool) {
        let Some(client) = world.machine::<Client>(process) else { return };
        if client
            .outstanding()
            .all(|operation| operation.op.as_ref().is_none_or(|op| tell(schedule::open(operation.seq, op))))
        {
            let _ = client.recent().rev().all(|ended| tell(schedule::ended(ended)));
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
        peek::<Message>(payload).map(super::kv::said).unwrap_or_default()
    }
    fn ordered(&self, to: ProcessId, order: &dyn Order) -> Option<Phrase> {
        let Command::Issue { op, .. } = (order as &dyn Any).downcast_ref()?;
        Some(Phrase::new(StageKey::RequestBy, [Arg::Process(to), Arg::Phrase(Box::new(op.phrase()))]))
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

fn running(world: &World, number: u16) -> impl Iterator<Item = &Client> {
    let processes = world.processes().filter(move |process| process.group == number);
    processes.filter_map(|process| world.machine::<Client>(process.id))
}

fn fact_of(client: &Client, name: &str) -> Option<u64> {
    let Counts { issued, answered, writes, refused, unknown, retries, redirects, skipped } = *client.counts();
    Some(match name {
        "issued" => issued,
        "answered" => answered,
        "writes" => writes,
        "refused" => refused,
        "unknown" => unknown,
        "retries" => retries,
        "redirects" => redirects,
        "skipped" => skipped,
        "outstanding" => client.outstanding().filter(|operation| operation.op.is_some()).count() as u64,
        _ => return None,
    })
}

/// The arguments of a request by hand.
const REQUEST: Arguments = takes(&[
    ("by", Takes::Member),
    ("op", OP),
    ("key", Takes::Text),
    ("value", Takes::Text),
    ("expect", Takes::Text),
    ("to", Takes::Member),
])
.needs(&["by", "op", "key"])
.fit(OpName::fit);

/// A request by the client of a name.
fn request(world: &World, args: &[(&str, Given)]) -> Result<Vec<Deed>, Phrase> {
    let args = Args(args);
    let (by, op, to) = (args.client(world)?, args.op()?, args.members("to").first().copied());
    Ok(vec![Deed { to: by, order: Arc::new(Command::Issue { op, to }) }])
}
