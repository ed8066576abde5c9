//! Effects, as data: what a machine asks of its driver.

use super::ids::{ConnectionId, ProcessId};
use super::note::{Answer, Note};
use super::payload::{Payload, Wire};
use super::time::Delay;
use super::{Machine, Spawn, Stored, TimerName};
use std::marker::PhantomData;
use std::sync::Arc;

/// When a send may leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Behind every persist before it in the same batch: an answer waits for its sync.
    AfterPersist,
    /// At once: it promises nothing that the disk must remember.
    Now,
}

/// One effect. The driver carries them out in order.
#[derive(Clone)]
pub enum Act {
    /// Send a datagram.
    Send {
        /// To whom.
        to: ProcessId,
        /// What.
        payload: Arc<dyn Payload>,
        /// Whether it waits for the disk.
        when: When,
    },
    /// Set, or set anew, a timer.
    SetTimer {
        /// Which.
        slot: u8,
        /// For how long.
        delay: Delay,
    },
    /// Take a timer back.
    CancelTimer {
        /// Which.
        slot: u8,
    },
    /// Write this to the disk, and say when it is safe.
    Persist {
        /// Comes back in `Persisted` or `PersistFailed`.
        token: u64,
        /// All that the disk shall hold.
        stored: Arc<dyn Stored>,
    },
    /// Open a connection.
    Connect {
        /// Its identity.
        connection: ConnectionId,
        /// To whom.
        to: ProcessId,
    },
    /// Send on a connection, in order.
    Transmit {
        /// On which.
        connection: ConnectionId,
        /// What.
        payload: Arc<dyn Payload>,
        /// Whether it waits for the disk.
        when: When,
    },
    /// Close a connection.
    Close {
        /// Which.
        connection: ConnectionId,
    },
    /// Answer an operator's command.
    Reply {
        /// Which command.
        ticket: u64,
        /// The answer.
        answer: Answer,
    },
    /// Start a process.
    Spawn(Spawn),
    /// Stop a process this one started, or itself (fail-stop).
    Stop(ProcessId),
    /// Say why.
    Note(Box<Note>),
}

/// Where a batch of effects gathers. Reused from event to event.
#[derive(Default)]
pub struct Outbox {
    /// The effects, in order.
    pub acts: Vec<Act>,
    /// Is anybody listening to notes? Off in a sweep: [`Effects::note`] then does not even build them.
    pub noting: bool,
    /// The number of the last connection this process asked for.
    pub connections: u32,
    /// Who acts.
    pub me: Option<ProcessId>,
}

/// A machine's own, typed hold of the outbox.
pub struct Effects<'a, M: Machine> {
    out: &'a mut Outbox,
    machine: PhantomData<fn(M)>,
}

impl<'a, M: Machine> Effects<'a, M> {
    /// A typed hold of `out`.
    pub fn over(out: &'a mut Outbox) -> Self {
        Effects { out, machine: PhantomData }
    }
    /// Sends a datagram behind every persist before it in this batch.
    #[inline]
    pub fn send(&mut self, to: ProcessId, message: M::Message) {
        self.out.acts.push(Act::Send { to, payload: message.wrap(), when: When::AfterPersist });
    }
    /// Sends a datagram at once: for what promises nothing that the disk must remember.
    #[inline]
    pub fn send_now(&mut self, to: ProcessId, message: M::Message) {
        self.out.acts.push(Act::Send { to, payload: message.wrap(), when: When::Now });
    }
    /// Sets a timer, or sets it anew.
    #[inline]
    pub fn set_timer(&mut self, timer: M::Timer, delay: Delay) {
        self.out.acts.push(Act::SetTimer { slot: timer.slot(), delay });
    }
    /// Takes a timer back.
    #[inline]
    pub fn cancel_timer(&mut self, timer: M::Timer) {
        self.out.acts.push(Act::CancelTimer { slot: timer.slot() });
    }
    /// Writes all that the disk shall hold; `Persisted(token)` says when it is safe.
    pub fn persist(&mut self, token: u64, durable: M::Durable) {
        self.out.acts.push(Act::Persist { token, stored: Arc::new(durable) });
    }
    /// Asks for a connection.
    pub fn connect(&mut self, to: ProcessId) -> ConnectionId {
        self.out.connections += 1;
        let opener = self.out.me.unwrap_or(ProcessId::OPERATOR);
        let connection = ConnectionId { opener, number: self.out.connections };
        self.out.acts.push(Act::Connect { connection, to });
        connection
    }
    /// Sends on a connection, behind every persist before it in this batch.
    pub fn transmit(&mut self, connection: ConnectionId, message: M::Message) {
        let (payload, when) = (message.wrap(), When::AfterPersist);
        self.out.acts.push(Act::Transmit { connection, payload, when });
    }
    /// Closes a connection.
    pub fn close(&mut self, connection: ConnectionId) {
        self.out.acts.push(Act::Close { connection });
    }
    /// Answers an operator's command.
    pub fn reply(&mut self, ticket: u64, answer: Answer) {
        self.out.acts.push(Act::Reply { ticket, answer });
    }
    /// Starts a process, or starts it again if it was and is not running. Its identity follows from its name.
    pub fn spawn(&mut self, spawn: Spawn) -> ProcessId {
        let child = ProcessId::child_of(self.out.me.unwrap_or(ProcessId::OPERATOR), &spawn.name);
        self.out.acts.push(Act::Spawn(spawn));
        child
    }
    /// Stops a process this one started, or itself.
    pub fn stop(&mut self, process: ProcessId) {
        self.out.acts.push(Act::Stop(process));
    }
    /// Says why. Not built, and costs one branch, where nobody listens; so it must not change anything.
    pub fn note(&mut self, note: impl FnOnce() -> Note) {
        if self.out.noting {
            self.out.acts.push(Act::Note(Box::new(note())));
        }
    }
}
