//! A client as people see it: what it has under way, whom it asks, what came of it.

use crate::consensus::client::{Client, Ending, Lives, Outstanding};
use crate::consensus::kv::Message;
use crate::kernel::world::World;
use crate::kernel::{Event, What};
use crate::process::payload::peek;
use crate::process::{Arg, Payload, Phrase, ProcessId};
use crate::view::{Actor, Badge, Field, Inspector, Look, Ring, Role, Standing, Value};
use crate::words::kv::KvKey;
use crate::words::stage::StageKey as K;
use crate::words::traffic::TrafficKey;

/// How many of its last operations an inspector shows.
const LAST: usize = 5;

/// Role, caption and badges of a client.
pub fn actor(world: &World, actor: &mut Actor) {
    actor.ring = Ring::Outer;
    actor.role = standing(world, actor.id).role;
    let Some(client) = world.machine::<Client>(actor.id) else { return };
    actor.caption = Some(match (client.outstanding().len(), client.target()) {
        (under_way @ 1.., Some(target)) => {
            Phrase::new(K::ClientWaits, [Arg::Number(under_way as u64), Arg::Process(target)])
        }
        _ => Phrase::bare(K::ClientIdle),
    });
    let unknown = client.counts().unknown;
    if unknown > 0 {
        let phrase = Phrase::new(K::BadgeUnknown, [Arg::Number(unknown)]);
        actor.badges.push(Badge { phrase, warn: true });
    }
}

/// A client is a client as long as it runs.
pub fn standing(world: &World, id: ProcessId) -> Standing {
    let role = Role { key: TrafficKey::Client.into(), look: Look::Client };
    Standing { role: world.machine::<Client>(id).map(|_| role), epoch: None }
}

/// A client looked into.
pub fn inspect(world: &World, id: ProcessId) -> Option<Inspector> {
    let client = world.machine::<Client>(id);
    let lives = world.stored::<Lives>(id);
    if client.is_none() && lives.is_none() {
        return None;
    }
    let lives = lives.map(|lives| Field::number(K::LivesField, lives.0));
    Some(Inspector {
        id,
        volatile: client.map(volatile).unwrap_or_default(),
        durable: lives.into_iter().collect(),
        strip: None,
        timers: Vec::new(),
        verbs: Vec::new(),
        notes: Vec::new(),
        why: None,
        questions: Vec::new(),
    })
}

fn volatile(client: &Client) -> Vec<Field> {
    let counts = client.counts();
    let target = client.target().map_or(Value::None, |target| Value::Arg(Arg::Process(target)));
    let said = |phrases: Vec<Phrase>| {
        Value::Arg(Arg::List(phrases.into_iter().map(|phrase| Arg::Phrase(Box::new(phrase))).collect()))
    };
    let mut fields = vec![
        Field::new(
            K::Session,
            match client.session() {
                0 => Value::None,
                session => Value::Arg(Arg::Number(session)),
            },
        ),
        Field::new(K::Target, target),
        Field::new(K::UnderWay, said(client.outstanding().take(LAST).map(under_way).collect())),
        Field::number(K::Issued, counts.issued),
        Field::number(K::Answered, counts.answered),
    ];
    for (label, count) in [
        (K::RefusedField, counts.refused),
        (K::Unknown, counts.unknown),
        (K::Retries, counts.retries),
        (K::Redirects, counts.redirects),
    ] {
        if count > 0 {
            fields.push(Field::number(label, count));
        }
    }
    let last = client.recent().rev().take(LAST).map(|ended| {
        let number = Arg::Number(ended.seq);
        match &ended.ending {
            Ending::Answered { outcome, .. } => {
                let outcome = Arg::Phrase(Box::new(outcome.phrase()));
                Phrase::new(KvKey::ClientDone, [number, outcome])
            }
            _ => Phrase::new(KvKey::ClientGivesUp, [number, Arg::Number(u64::from(ended.sent))]),
        }
    });
    let last: Vec<Phrase> = last.collect();
    if !last.is_empty() {
        fields.push(Field::new(K::LastOps, said(last)));
    }
    fields
}

fn under_way(operation: &Outstanding) -> Phrase {
    operation.op.as_ref().map_or(Phrase::bare(KvKey::KindRegister), |op| op.phrase())
}

/// What just happened to a client.
pub fn tell(event: &Event<'_>) -> Option<Phrase> {
    let me = Arg::Process(event.id.process);
    match &event.what {
        What::Delivered { message, payload, .. } => {
            let answer = peek::<Message>(&***payload)?.card().label;
            let from = Arg::Process(message.from);
            let heard = Phrase::new(K::ClientAnswered, [me, from, Arg::Phrase(Box::new(answer))]);
            Some(Phrase::new(K::Sentence, [Arg::Phrase(Box::new(heard))]))
        }
        What::Timer { .. } | What::Started | What::Commanded { .. } => {
            let decided = crate::systems::sentence::decided(event)?;
            Some(Phrase::new(K::Does, [me, Arg::Phrase(Box::new(decided))]))
        }
        _ => None,
    }
}
