//! A toy for connections: opens, says and closes as it is told, and writes down what it hears.
#![allow(dead_code)]

use super::{Say, Tick};
use muster_core::kernel::{HostSpec, World};
use muster_core::process::hosted::MachineImage;
use muster_core::process::{
    CloseReason, ConnectionId, Digest, Effects, Fold, Input, Machine, Moment, ProcessId, Time,
};
use std::sync::Arc;

/// What it can be told.
#[derive(Clone, Debug)]
pub enum Tell {
    /// Open a connection to this process.
    Connect(ProcessId),
    /// Say these numbers on this connection.
    Say(ConnectionId, u64, u64),
    /// Close it.
    Close(ConnectionId),
}

impl Fold for Tell {
    fn fold(&self, digest: &mut Digest) {
        match self {
            Tell::Connect(to) => (0u64, *to).fold(digest),
            Tell::Say(on, from, to) => (1u64, (*on, (*from, *to))).fold(digest),
            Tell::Close(on) => (2u64, *on).fold(digest),
        }
    }
}

/// What it heard.
#[derive(Clone, Debug, PartialEq)]
pub enum Heard {
    Opened,
    Accepted,
    Refused(CloseReason),
    Said(u64),
    Closed(CloseReason),
}

#[derive(Clone, Debug)]
pub struct Talker {
    pub heard: Vec<(Heard, Time)>,
    /// Answers each number with its double.
    pub answers: bool,
}

impl Machine for Talker {
    type Program = bool;
    type Message = Say;
    type Timer = Tick;
    type Durable = ();
    type Command = Tell;

    fn boot(program: &bool, _me: ProcessId, _stored: Option<&()>) -> Self {
        Talker { heard: Vec::new(), answers: *program }
    }
    fn step(&mut self, now: Moment, input: Input<Self>, out: &mut Effects<'_, Self>) {
        let at = now.monotonic;
        match input {
            Input::Command { command, .. } => match command {
                Tell::Connect(to) => {
                    out.connect(to);
                }
                Tell::Say(on, from, to) => (from..=to).for_each(|n| out.transmit(on, Say::Ping(n))),
                Tell::Close(on) => out.close(on),
            },
            Input::Opened(_) => self.heard.push((Heard::Opened, at)),
            Input::Accepted { .. } => self.heard.push((Heard::Accepted, at)),
            Input::Refused { why, .. } => self.heard.push((Heard::Refused(why), at)),
            Input::Closed { why, .. } => self.heard.push((Heard::Closed(why), at)),
            Input::Received { connection, message } => {
                let (Say::Ping(n) | Say::Pong(n)) = message;
                self.heard.push((Heard::Said(n), at));
                if self.answers && matches!(message, Say::Ping(_)) {
                    out.transmit(connection, Say::Pong(n * 2));
                }
            }
            _ => {}
        }
    }
    fn fold(&self, digest: &mut Digest) {
        digest.word(self.heard.len() as u64);
    }
}

/// Two talkers on two hosts: p1 and p2, which answers if so told.
pub fn talkers(spec: muster_core::kernel::WorldSpec, answers: bool) -> World {
    let mut world = World::new(spec);
    for (n, answers) in [(1, false), (2, answers)] {
        let host = world.add_host(&format!("h{n}"), HostSpec::default()).expect("a host");
        world
            .add_process(host, &format!("p{n}"), 0, Arc::new(MachineImage::<Talker>(answers)))
            .expect("a process");
    }
    super::run(&mut world, Time::ZERO);
    world
}

/// The first connection p1 asks for.
pub const FIRST: ConnectionId = ConnectionId { opener: ProcessId(1), number: 1 };

pub fn tell(world: &mut World, to: u32, what: Tell) {
    super::act(world, muster_core::kernel::Action::Operate(ProcessId(to), Arc::new(what)));
}

/// What a talker heard, without times.
pub fn heard(world: &World, id: u32) -> Vec<Heard> {
    timed(world, id).into_iter().map(|(heard, _)| heard).collect()
}

pub fn timed(world: &World, id: u32) -> Vec<(Heard, Time)> {
    world.machine::<Talker>(ProcessId(id)).expect("it runs").heard.clone()
}
