//! The caller: asks for the page again and again, one request at a time, and opens its connection anew when it ends.

use super::Web;
use crate::process::{
    ConnectionId, Delay, Digest, Effects, Input, Machine, Moment, ProcessId, Span, TimerName,
};
use crate::words::Key;
use crate::words::traffic::TrafficKey;

/// What it is started from.
#[derive(Clone, Debug)]
pub struct CallerProgram {
    /// Whom it asks.
    pub whom: ProcessId,
    /// How often.
    pub every: Span,
}

/// Its one timer: to ask again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallerTimer;

impl TimerName for CallerTimer {
    fn slot(self) -> u8 {
        0
    }
    fn from_slot(slot: u8) -> Option<Self> {
        (slot == 0).then_some(CallerTimer)
    }
    fn label(self) -> Key {
        TrafficKey::NextRequest.into()
    }
}

/// The caller. All its state is volatile.
#[derive(Clone, Debug)]
pub struct Caller {
    program: CallerProgram,
    connection: Option<ConnectionId>,
    /// The number of its last request.
    pub asked: u64,
    /// How many pages it got.
    pub pages: u64,
    /// How often it was told there is none.
    pub unavailable: u64,
    /// The most visits a page told of.
    pub most_visits: u64,
    /// Did a page ever tell of fewer visits than one before it?
    pub went_back: bool,
}

impl Machine for Caller {
    type Program = CallerProgram;
    type Message = Web;
    type Timer = CallerTimer;
    type Durable = ();
    type Command = ();

    fn boot(program: &CallerProgram, _me: ProcessId, _stored: Option<&()>) -> Self {
        Caller {
            program: program.clone(),
            connection: None,
            asked: 0,
            pages: 0,
            unavailable: 0,
            most_visits: 0,
            went_back: false,
        }
    }

    fn step(&mut self, _now: Moment, input: Input<Self>, out: &mut Effects<'_, Self>) {
        match input {
            Input::Start => out.set_timer(CallerTimer, Delay::Fixed(self.program.every)),
            Input::Timer(CallerTimer) => {
                let connection = match self.connection {
                    Some(connection) => connection,
                    None => out.connect(self.program.whom),
                };
                self.connection = Some(connection);
                self.asked += 1;
                out.transmit(connection, Web::Get { request: self.asked });
                out.set_timer(CallerTimer, Delay::Fixed(self.program.every));
            }
            Input::Received { message: Web::Page { visits, .. }, .. } => {
                self.pages += 1;
                self.went_back |= visits <= self.most_visits;
                self.most_visits = self.most_visits.max(visits);
            }
            Input::Received { message: Web::Unavailable { .. }, .. } => self.unavailable += 1,
            Input::Refused { connection, .. } | Input::Closed { connection, .. }
                if self.connection == Some(connection) =>
            {
                self.connection = None;
            }
            _ => {}
        }
    }

    fn fold(&self, digest: &mut Digest) {
        for word in [self.asked, self.pages, self.unavailable, self.most_visits, u64::from(self.went_back)] {
            digest.word(word);
        }
    }
}
