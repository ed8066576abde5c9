//! A driver as people see it: what it has under way, whom it takes for the primary, what came of its operations.

use crate::consensus::client::{Ending, Lives};
use crate::consensus::replica_set::State;
use crate::consensus::replica_set::driver::{Driver, Outstanding};
use crate::kernel::world::World;
use crate::kernel::{Event, What};
use crate::process::{Arg, Phrase, ProcessId};
use crate::systems::replica_set::card;
use crate::systems::replica_set::concern::preference_name;
use crate::view::{Actor, Badge, Field, Inspector, Look, Ring, Role, Standing, Value};
use crate::words::kv::KvKey;
use crate::words::replset::ReplSetKey as R;
use crate::words::replset_view::ReplSetViewKey as V;
use crate::words::stage::StageKey as K;
use crate::words::traffic::TrafficKey;

/// How many of its last operations an inspector shows.
const LAST: usize = 5;

/// Role, caption and badges of a driver.
pub(super) fn actor(world: &World, actor: &mut Actor) {
    actor.ring = Ring::Outer;
    actor.role = standing(world, actor.id).role;
    let Some(driver) = world.machine::<Driver>(actor.id) else { return };
    let waiting = driver.outstanding().len() as u64;
    let asked = driver.outstanding().find_map(|operation| operation.to);
    actor.caption = Some(match (waiting, asked) {
        (0, _) => Phrase::bare(K::ClientIdle),
        (_, Some(to)) => Phrase::new(K::ClientWaits, [Arg::Number(waiting), Arg::Process(to)]),
        (_, None) => Phrase::new(V::DriverSeeks, [Arg::Number(waiting)]),
    });
    let unknown = driver.counts().unknown;
    if unknown > 0 {
        let phrase = Phrase::new(K::BadgeUnknown, [Arg::Number(unknown)]);
        actor.badges.push(Badge { phrase, warn: true });
    }
}

/// A driver is a driver as long as it runs.
pub(super) fn standing(world: &World, id: ProcessId) -> Standing {
    let role = Role { key: TrafficKey::Client.into(), look: Look::Client };
    Standing { role: world.machine::<Driver>(id).map(|_| role), epoch: None }
}

/// A driver looked into.
pub(super) fn inspect(world: &World, id: ProcessId) -> Option<Inspector> {
    let driver = world.machine::<Driver>(id);
    let lives = world.stored::<Lives>(id);
    if driver.is_none() && lives.is_none() {
        return None;
    }
    let lives = lives.map(|lives| Field::number(K::LivesField, lives.0));
    Some(Inspector {
        id,
        volatile: driver.map(volatile).unwrap_or_default(),
        durable: lives.into_iter().collect(),
        strip: None,
        timers: Vec::new(),
        verbs: Vec::new(),
        notes: Vec::new(),
        why: None,
        questions: Vec::new(),
    })
}

fn said(phrases: impl Iterator<Item = Phrase>) -> Value {
    let all: Vec<Arg> = phrases.map(|phrase| Arg::Phrase(Box::new(phrase))).collect();
    if all.is_empty() { Value::None } else { Value::Arg(Arg::List(all)) }
}

fn volatile(driver: &Driver) -> Vec<Field> {
    let (counts, settings) = (driver.counts(), driver.program().settings());
    let known = driver.servers().iter().map(|server| {
        Phrase::new(V::ServerIs, [Arg::Process(server.id), Arg::Name(server.state.name().into())])
    });
    let primary = driver.servers().iter().find(|server| server.state == State::Primary);
    let name = |name: &str| Value::Arg(Arg::Name(name.into()));
    let mut fields = vec![
        Field::new(
            V::PrimaryField,
            primary.map_or(Value::None, |server| Value::Arg(Arg::Process(server.id))),
        ),
        Field::new(V::ServersField, said(known)),
        Field::new(K::UnderWay, said(driver.outstanding().take(LAST).map(under_way))),
        Field::new(V::ReadConcernField, name(settings.read_concern.name())),
        Field::new(V::ReadFromField, name(preference_name(settings.read_preference))),
        Field::number(K::Issued, counts.issued),
        Field::number(K::Answered, counts.answered),
    ];
    let rest =
        [(K::RefusedField, counts.refused), (K::Unknown, counts.unknown), (K::Retries, counts.retries)];
    let rest = rest.into_iter().filter(|(_, count)| *count > 0);
    fields.extend(rest.map(|(label, count)| Field::number(label, count)));
    let last = driver.recent().rev().take(LAST).map(|ended| {
        let number = Arg::Number(ended.seq);
        match &ended.ending {
            Ending::Answered { outcome, .. } => {
                let outcome = Arg::Phrase(Box::new(outcome.phrase()));
                Phrase::new(KvKey::ClientDone, [number, outcome])
            }
            _ => Phrase::new(R::DriverFails, [number]),
        }
    });
    fields.push(Field::new(K::LastOps, said(last)));
    fields
}

fn under_way(operation: &Outstanding) -> Phrase {
    operation.op.phrase()
}

/// What just happened to a driver.
pub(super) fn tell(event: &Event<'_>) -> Option<Phrase> {
    let me = Arg::Process(event.id.process);
    match &event.what {
        What::Delivered { message, payload, .. } => {
            let answer = card(&***payload)?;
            let from = Arg::Process(message.from);
            let heard = Phrase::new(K::ClientAnswered, [me, from, Arg::Phrase(Box::new(answer))]);
            Some(crate::systems::sentence::with_notes(event, heard))
        }
        What::Timer { .. } | What::Started | What::Persisted { .. } | What::Commanded { .. } => {
            let decided = crate::systems::sentence::decided(event)?;
            Some(Phrase::new(K::Does, [me, Arg::Phrase(Box::new(decided))]))
        }
        _ => None,
    }
}
