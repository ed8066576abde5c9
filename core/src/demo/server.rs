//! The server: counts visits on its disk, and answers each request when the count is safe there.

use super::Web;
use crate::process::{
    Answer, Arg, Digest, Durable, Effects, Fold, Input, Machine, Moment, Phrase, ProcessId, TimerName,
};
use crate::words::Key;
use crate::words::traffic::TrafficKey;

/// What its disk holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Visits(pub u64);

impl Fold for Visits {
    fn fold(&self, digest: &mut Digest) {
        digest.word(self.0);
    }
}

impl Durable for Visits {
    fn torn(older: Option<&Self>, newer: &Self, kept: u32) -> Option<Self> {
        let older = older.map_or(0, |visits| visits.0);
        let steps = u128::from(newer.0.saturating_sub(older));
        Some(Visits(older + ((steps * u128::from(kept)) >> 32) as u64))
    }
}

/// The server. What it is started from is nothing.
#[derive(Clone, Debug)]
pub struct Server {
    /// Visits counted, safe or not yet.
    pub visits: u64,
}

/// What an operator can ask of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServerCommand {
    /// Says how many visits it has counted.
    Count,
}

impl Fold for ServerCommand {
    fn fold(&self, digest: &mut Digest) {
        digest.word(0);
    }
}

/// It has no timer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoTimer {}

impl TimerName for NoTimer {
    fn slot(self) -> u8 {
        match self {}
    }
    fn from_slot(_slot: u8) -> Option<Self> {
        None
    }
    fn label(self) -> Key {
        match self {}
    }
}

impl Machine for Server {
    type Program = ();
    type Message = Web;
    type Timer = NoTimer;
    type Durable = Visits;
    type Command = ServerCommand;

    fn boot(_program: &(), _me: ProcessId, stored: Option<&Visits>) -> Self {
        Server { visits: stored.map_or(0, |visits| visits.0) }
    }

    fn step(&mut self, _now: Moment, input: Input<Self>, out: &mut Effects<'_, Self>) {
        match input {
            Input::Received { connection, message: Web::Get { request } } => {
                self.visits += 1;
                out.persist(self.visits, Visits(self.visits));
                out.transmit(connection, Web::Page { request, visits: self.visits });
            }
            Input::Command { ticket, command: ServerCommand::Count } => {
                let phrase = Phrase::new(TrafficKey::Visits, vec![Arg::Number(self.visits)]);
                out.reply(ticket, Answer { accepted: true, phrase });
            }
            _ => {}
        }
    }

    fn fold(&self, digest: &mut Digest) {
        digest.word(self.visits);
    }
}
