//! A client by hand: it asks whom it is told to ask, and remembers every answer.

use crate::consensus::replica_set::*;
use crate::process::hosted::MachineImage;
use crate::process::{Digest, Effects, Fold, Image, Input, Machine, Moment, ProcessId, TimerName};
use crate::words::Key;
use crate::words::replset::ReplSetKey;
use std::sync::Arc;

#[derive(Clone, Default)]
pub struct Probe {
    pub answers: Vec<(u64, ProcessId, Reply)>,
}

#[derive(Clone, Debug)]
pub struct Put {
    pub to: ProcessId,
    pub message: Message,
}

impl Fold for Put {
    fn fold(&self, digest: &mut Digest) {
        self.to.fold(digest);
        crate::process::Payload::fold(&self.message, digest);
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoTimer;

impl TimerName for NoTimer {
    fn slot(self) -> u8 {
        0
    }
    fn from_slot(_slot: u8) -> Option<Self> {
        None
    }
    fn label(self) -> Key {
        ReplSetKey::KindHello.into()
    }
}

impl Machine for Probe {
    type Program = ();
    type Message = Message;
    type Timer = NoTimer;
    type Durable = ();
    type Command = Put;

    fn boot(_program: &(), _me: ProcessId, _stored: Option<&()>) -> Self {
        Probe::default()
    }
    fn step(&mut self, _now: Moment, input: Input<Self>, out: &mut Effects<'_, Self>) {
        match input {
            Input::Command { command: Put { to, message }, .. } => out.send_now(to, message),
            Input::Message { from, message: Message::Response { seq, reply } } => {
                self.answers.push((seq, from, reply));
            }
            _ => {}
        }
    }
    fn fold(&self, digest: &mut Digest) {
        digest.word(self.answers.len() as u64);
    }
}

pub fn image() -> Arc<dyn Image> {
    Arc::new(MachineImage::<Probe>(()))
}
