//! A toy protocol for the kernel's tests: each process pings every peer at each tick, and pings are answered.
#![allow(dead_code, missing_docs)]

pub mod wire;

use muster_core::kernel::{
    Action, Event, HostSpec, LatencyLaw, LinkSpec, Observer, Sent, What, World, WorldSpec,
};
use muster_core::process::hosted::MachineImage;
use muster_core::process::{
    Act, Card, Delay, Digest, Durable, Effects, EventId, Fold, HostId, Input, Machine, MessageId, Moment,
    Payload, Phrase, ProcessId, Shape, Span, Time, TimerName,
};
use muster_core::words::Key;
use muster_core::words::kernel::KernelKey;
use std::sync::Arc;

/// What is said.
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
            kind: KernelKey::Beginning.into(),
            shape: Shape::Circle,
            answer: matches!(self, Say::Pong(_)),
            verdict: None,
            carries: None,
            epoch: None,
            label: Phrase::bare(KernelKey::Beginning),
        }
    }
}

/// Its one timer.
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
        KernelKey::Beginning.into()
    }
}

/// What it keeps: how many ticks it has counted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Count(pub u64);

impl Fold for Count {
    fn fold(&self, digest: &mut Digest) {
        digest.word(self.0);
    }
}

impl Durable for Count {
    fn torn(older: Option<&Self>, newer: &Self, kept: u32) -> Option<Self> {
        let older = older.map_or(0, |count| count.0);
        let steps = newer.0.saturating_sub(older);
        Some(Count(older + ((u128::from(steps) * u128::from(kept)) >> 32) as u64))
    }
}

/// What an operator can ask.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// Persist this count, and ping this peer behind it.
    Save(u64, ProcessId),
    /// Persist this count only.
    Keep(u64),
    /// Ping this peer so many times.
    Ping(ProcessId, u64),
    /// Set the tick for so long.
    Set(Span),
    /// Stop.
    Quit,
}

impl Fold for Ask {
    fn fold(&self, digest: &mut Digest) {
        match self {
            Ask::Save(n, to) => (0u64, (*n, *to)).fold(digest),
            Ask::Keep(n) => (1u64, *n).fold(digest),
            Ask::Ping(to, n) => (2u64, (*to, *n)).fold(digest),
            Ask::Set(span) => (3u64, *span).fold(digest),
            Ask::Quit => 4u64.fold(digest),
        }
    }
}

/// How it is started.
#[derive(Clone, Debug)]
pub struct Program {
    pub peers: Vec<ProcessId>,
    /// `None`: it only answers.
    pub tick: Option<Delay>,
}

/// The machine.
#[derive(Clone, Debug, PartialEq)]
pub struct Toy {
    me: ProcessId,
    peers: Vec<ProcessId>,
    tick: Option<Delay>,
    pub ticks: u64,
    /// What it heard, in order: from whom, what, and when by its own clock.
    pub heard: Vec<(ProcessId, u64, Time)>,
    /// When its timer fired, by its own clock.
    pub fired: Vec<Time>,
    pub persisted: Vec<u64>,
    pub failed: Vec<u64>,
    pub keep: bool,
}

impl Machine for Toy {
    type Program = Program;
    type Message = Say;
    type Timer = Tick;
    type Durable = Count;
    type Command = Ask;

    fn boot(program: &Program, me: ProcessId, stored: Option<&Count>) -> Self {
        Toy {
            me,
            peers: program.peers.iter().copied().filter(|&peer| peer != me).collect(),
            tick: program.tick,
            ticks: stored.map_or(0, |count| count.0),
            heard: Vec::new(),
            fired: Vec::new(),
            persisted: Vec::new(),
            failed: Vec::new(),
            keep: true,
        }
    }

    fn step(&mut self, now: Moment, input: Input<Self>, out: &mut Effects<'_, Self>) {
        match input {
            Input::Start => {
                if let Some(tick) = self.tick {
                    out.set_timer(Tick, tick);
                }
            }
            Input::Timer(Tick) => {
                self.ticks += 1;
                self.fired.push(now.monotonic);
                for &peer in &self.peers {
                    out.send(peer, Say::Ping(self.ticks));
                }
                if let Some(tick) = self.tick {
                    out.set_timer(Tick, tick);
                }
            }
            Input::Message { from, message } => {
                let (Say::Ping(n) | Say::Pong(n)) = message;
                self.heard.push((from, n, now.monotonic));
                if let Say::Ping(n) = message {
                    out.send(from, Say::Pong(n));
                }
            }
            Input::Command { command, .. } => match command {
                Ask::Save(n, to) => {
                    out.persist(n, Count(n));
                    out.send(to, Say::Ping(n));
                }
                Ask::Keep(n) => out.persist(n, Count(n)),
                Ask::Ping(to, times) => (1..=times).for_each(|n| out.send(to, Say::Ping(n))),
                Ask::Set(span) => out.set_timer(Tick, Delay::Fixed(span)),
                Ask::Quit => out.stop(self.me),
            },
            Input::Persisted(token) => self.persisted.push(token),
            Input::PersistFailed(token, _) => self.failed.push(token),
            _ => {}
        }
    }

    fn fold(&self, digest: &mut Digest) {
        self.ticks.fold(digest);
        digest.word(self.heard.len() as u64);
    }
}

/// A world of `n` toys, each on a host of its own: h1…, p1….
pub fn toys(n: u32, spec: WorldSpec, tick: Option<Delay>) -> World {
    let mut world = World::new(spec);
    let peers: Vec<ProcessId> = (1..=n).map(ProcessId).collect();
    for i in 1..=n {
        add_toy(&mut world, &format!("h{i}"), &format!("p{i}"), &peers, tick);
    }
    world
}

/// Adds one more.
pub fn add_toy(
    world: &mut World,
    host: &str,
    name: &str,
    peers: &[ProcessId],
    tick: Option<Delay>,
) -> ProcessId {
    let host = world.add_host(host, HostSpec::default()).expect("a host");
    let image = Arc::new(MachineImage::<Toy>(Program { peers: peers.to_vec(), tick }));
    world.add_process(host, name, 0, image).expect("a process")
}

/// A specification with one latency for all links.
pub fn latency(law: LatencyLaw) -> WorldSpec {
    WorldSpec { default_link: LinkSpec { latency: law, ..LinkSpec::default() }, ..WorldSpec::default() }
}

/// Every 50 ms.
pub fn beat() -> Option<Delay> {
    Some(Delay::Fixed(Span::millis(50)))
}

/// Runs until this time.
pub fn run(world: &mut World, until: Time) {
    while world.step_until(until, &mut []) {}
    world.advance_to(until);
}

/// Does it, and expects it to be done.
pub fn act(world: &mut World, action: Action) -> EventId {
    world.act(&action, &mut []).expect("done")
}

/// Gives a toy a command.
pub fn ask(world: &mut World, to: ProcessId, ask: Ask) {
    act(world, Action::Operate(to, Arc::new(ask)));
}

pub fn toy(world: &World, id: u32) -> &Toy {
    world.machine::<Toy>(ProcessId(id)).expect("it runs")
}

pub fn host(id: u32) -> HostId {
    HostId(id)
}

pub fn process(id: u32) -> ProcessId {
    ProcessId(id)
}

/// Writes down what it sees.
#[derive(Default)]
pub struct Diary {
    pub lines: Vec<Line>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub id: EventId,
    pub at: Time,
    pub what: String,
    pub message: Option<MessageId>,
    pub causes: Vec<EventId>,
    pub sent: Vec<(MessageId, muster_core::kernel::Fate)>,
    pub lost: Vec<(MessageId, muster_core::kernel::LossReason)>,
}

impl Observer for Diary {
    fn saw(&mut self, _world: &World, event: &Event<'_>) {
        let (what, message) = match &event.what {
            What::Delivered { message, .. } => ("delivered".to_owned(), Some(*message)),
            What::Missed { message, .. } => ("missed".to_owned(), Some(*message)),
            What::Received { message, .. } => ("received".to_owned(), Some(*message)),
            What::Done { action, .. } => (action.name().to_owned(), None),
            other => (format!("{other:?}"), None),
        };
        self.lines.push(Line {
            id: event.id,
            at: event.at,
            what,
            message,
            causes: event.causes.to_vec(),
            sent: event.sent.iter().map(|Sent { message, fate, .. }| (*message, *fate)).collect(),
            lost: event.lost.to_vec(),
        });
    }
}

/// Runs until this time and writes it down.
pub fn watch(world: &mut World, until: Time) -> Vec<Line> {
    let mut diary = Diary::default();
    while world.step_until(until, &mut [&mut diary]) {}
    world.advance_to(until);
    diary.lines
}

#[allow(unused)]
fn unused(_: Act) {}
