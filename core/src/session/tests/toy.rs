//! A system that has nothing to do with consensus: members in a ring ping the next one, count answers, and now and then
//! change who they are.

use crate::check::{Check, Invariant, Violation};
use crate::kernel::world::World;
use crate::kernel::{Event, What};
use crate::process::hosted::MachineImage;
use crate::process::payload;
use crate::process::{
    Arg, Card, Delay, Digest, Durable, Effects, EventId, Fold, Input, Machine, Moment, Note, Payload, Phrase,
    ProcessId, Shape, Span, TimerName, Verdict,
};
use crate::system::orders::Orders;
use crate::system::{Declared, Deed, Given, Group, Membership, Planned, SystemKind};
use crate::text::Problem;
use crate::view::{Actor, Epoch, Field, Inspector, LogTable, Look, Role, Standing, Value, Verb};
use crate::words::Key;
use crate::words::kernel::KernelKey;
use crate::words::session::SessionKey;
use std::sync::Arc;

#[derive(Clone, Debug, PartialEq)]
pub enum Say {
    Ping(u64),
    Pong(u64),
}

impl Payload for Say {
    fn fold(&self, digest: &mut Digest) {
        match self {
            Say::Ping(n) => (0u64, *n).fold(digest),
            Say::Pong(n) => (1u64, *n).fold(digest),
        }
    }
    fn size(&self) -> u32 {
        100
    }
    fn card(&self) -> Card {
        Card {
            kind: SessionKey::KindMissed.into(),
            shape: Shape::Circle,
            answer: matches!(self, Say::Pong(_)),
            verdict: None,
            carries: None,
            epoch: None,
            label: Phrase::bare(KernelKey::Beginning),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tick;

impl TimerName for Tick {
    fn slot(self) -> u8 {
        0
    }
    fn from_slot(slot: u8) -> Option<Self> {
        (slot == 0).then_some(Tick)
    }
    fn label(self) -> Key {
        SessionKey::KindTimer.into()
    }
}

#[derive(Clone, Debug)]
pub struct Count(u64);

impl Fold for Count {
    fn fold(&self, digest: &mut Digest) {
        digest.word(self.0);
    }
}

impl Durable for Count {
    fn torn(older: Option<&Self>, _newer: &Self, _kept: u32) -> Option<Self> {
        older.cloned()
    }
}

#[derive(Clone)]
pub struct Node {
    next: ProcessId,
    sent: u64,
    pub answered: u64,
    heard: Vec<u64>,
}

impl Machine for Node {
    type Program = Vec<ProcessId>;
    type Message = Say;
    type Timer = Tick;
    type Durable = Count;
    type Command = ();

    fn boot(members: &Vec<ProcessId>, me: ProcessId, stored: Option<&Count>) -> Self {
        let at = members.iter().position(|id| *id == me).unwrap_or(0);
        let next = members[(at + 1) % members.len()];
        Node { next, sent: stored.map_or(0, |count| count.0), answered: 0, heard: Vec::new() }
    }

    fn step(&mut self, now: Moment, input: Input<Self>, out: &mut Effects<'_, Self>) {
        match input {
            Input::Start => out.set_timer(Tick, Delay::Uniform(Span::millis(5), Span::millis(15))),
            Input::Timer(Tick) => {
                self.sent += 1;
                out.persist(self.sent, Count(self.sent));
                out.send(self.next, Say::Ping(self.sent));
                out.set_timer(Tick, Delay::Uniform(Span::millis(5), Span::millis(15)));
            }
            Input::Message { from, message: Say::Ping(n) } => out.send_now(from, Say::Pong(n)),
            Input::Message { message: Say::Pong(n), .. } => {
                self.answered += 1;
                self.heard.push(now.event);
                if self.heard.len() == 3 {
                    let because = std::mem::take(&mut self.heard);
                    out.note(|| Note {
                        rule: Some("threeAnswers"),
                        verdict: Verdict::Did,
                        phrase: Phrase::new(SessionKey::Branch, [Arg::Number(n)]),
                        because: because.into_iter().collect(),
                    });
                }
            }
            _ => {}
        }
    }

    fn fold(&self, digest: &mut Digest) {
        digest.word(self.sent);
        digest.word(self.answered);
    }
}

struct Ring {
    name: Arc<str>,
    members: Vec<Planned>,
}

impl Ring {
    fn epoch(world: &World, id: ProcessId) -> Option<Epoch> {
        world.machine::<Node>(id).map(|node| Epoch::term(node.answered / 25))
    }
}

impl Group for Ring {
    fn name(&self) -> &str {
        &self.name
    }
    fn kind(&self) -> &'static str {
        "Ring"
    }
    fn populate(&self, world: &mut World, number: u16) -> Result<(), Phrase> {
        let ids: Vec<ProcessId> = self.members.iter().map(|member| member.process).collect();
        for member in &self.members {
            let image = Arc::new(MachineImage::<Node>(ids.clone()));
            let added = world.add_process(member.host, &member.name, number, image);
            added.map_err(|refusal| refusal.phrase())?;
        }
        Ok(())
    }
    fn select(&self, _: &World, _: u16, _: &str) -> Option<Vec<ProcessId>> {
        None
    }
    fn selectors(&self) -> &'static [&'static str] {
        &[]
    }
    fn fact(&self, world: &World, _: u16, name: &str, member: Option<ProcessId>) -> Option<u64> {
        (name == "answered").then(|| world.machine::<Node>(member?).map(|node| node.answered))?
    }
    fn facts(&self) -> &'static [&'static str] {
        &["answered"]
    }
    fn order(&self, _: &World, _: u16, _: &str, _: &[(&str, Given)]) -> Result<Vec<Deed>, Phrase> {
        Err(Phrase::bare(KernelKey::RefusedNotUnderstood))
    }
    fn orders(&self) -> Orders {
        &[]
    }
    fn checks(&self, _: u16) -> Vec<Box<dyn Check>> {
        vec![Box::new(Below { limit: 400 })]
    }
    fn actor(&self, world: &World, actor: &mut Actor) {
        let standing = self.standing(world, actor.id);
        (actor.role, actor.epoch) = (standing.role, standing.epoch);
    }
    fn standing(&self, world: &World, id: ProcessId) -> Standing {
        let epoch = Ring::epoch(world, id);
        let look =
            if epoch.is_some_and(|epoch| epoch.number % 3 == 2) { Look::Leader } else { Look::Follower };
        Standing { role: epoch.map(|_| Role { key: SessionKey::Branch.into(), look }), epoch }
    }
    fn inspect(&self, _: &World, _: ProcessId) -> Option<Inspector> {
        None
    }
    fn message(&self, payload: &dyn Payload) -> Vec<Field> {
        let said = match payload::peek::<Say>(payload) {
            Some(Say::Ping(n) | Say::Pong(n)) => Value::Arg(Arg::Number(*n)),
            None => return Vec::new(),
        };
        vec![Field { label: SessionKey::Branch.into(), value: said }]
    }
    fn logs(&self, _: &World, _: u16, _: Option<u64>, _: u32) -> Option<LogTable> {
        None
    }
    fn verbs(&self, _: &World, _: u16, _: ProcessId) -> Vec<Verb> {
        Vec::new()
    }
    fn tell(&self, _: &World, _: &Event<'_>) -> Option<Phrase> {
        None
    }
    fn elected(&self, world: &World, event: &Event<'_>) -> Option<(ProcessId, Epoch, EventId)> {
        let who = event.id.process;
        let role = self.standing(world, who).role?;
        let answered = matches!(event.what, What::Delivered { .. });
        let epoch = Ring::epoch(world, who)?;
        (role.look == Look::Leader && answered).then_some((who, epoch, event.id))
    }
}

/// Nobody gets more answers than this in one life: breaks in a long run.
struct Below {
    limit: u64,
}

impl Check for Below {
    fn invariants(&self) -> Vec<Invariant> {
        vec![Invariant { name: "below", title: SessionKey::Branch.into() }]
    }
    fn saw(&mut self, world: &World, event: &Event<'_>, broken: &mut Vec<Violation>) {
        let who = event.id.process;
        if world.machine::<Node>(who).is_some_and(|node| node.answered > self.limit) {
            self.limit = u64::MAX;
            let phrase = Phrase::new(SessionKey::Branch, [Arg::Process(who)]);
            let (at, event) = (event.at, event.id);
            broken.push(Violation { check: "below", at, event, phrase, involved: vec![who] });
        }
    }
    fn copy(&self) -> Box<dyn Check> {
        Box::new(Below { limit: self.limit })
    }
    fn weight(&self) -> usize {
        0
    }
}

struct RingKind;

impl SystemKind for RingKind {
    fn kind(&self) -> &'static str {
        "Ring"
    }
    fn members(&self) -> Membership {
        Membership { least: 2, most: 9, usual: 3, prefix: "n" }
    }
    fn plan(&self, declared: &Declared<'_>) -> Result<Arc<dyn Group>, Vec<Problem>> {
        Ok(Arc::new(Ring { name: declared.name.clone(), members: declared.members.clone() }))
    }
    #[cfg(feature = "schema")]
    fn schemas(&self, _: &mut schemars::SchemaGenerator) -> [Option<schemars::Schema>; 2] {
        [None, None]
    }
}

pub static KINDS: &[&dyn SystemKind] = &[&RingKind];

pub const TEXT: &str = "\
apiVersion: muster.dev/v1
kind: Scenario
metadata:
  name: ring
  title: { en: A ring, zh: 环 }
seed: 7
until: 8s
systems:
  - name: ring
    kind: Ring
    members: 3
timeline:
  - { at: 1s, do: { crash: [n1, n2] } }
  - { at: 1500ms, do: { start: [n1, n2] } }
expect:
  - eventually: { fact: { of: ring, name: answered, member: n3, atLeast: 50 } }
";

pub static LIBRARY: &[(&str, &str)] = &[("ring", TEXT)];
