//! What a process is: a pure state machine. Inputs come as data, effects leave as data (DESIGN, law 2).
//!
//! A machine is written once against [`Machine`], with its own types, and runs unchanged under every driver: the
//! simulated world (`kernel`), the driver without time ([`untimed`]), the explorer and a real process. This module
//! deliberately knows no network, disk, virtual time or randomness: a driver has those.

pub mod digest;
pub mod effects;
pub mod few;
pub mod hosted;
pub mod ids;
pub mod note;
pub mod payload;
pub mod time;
pub mod untimed;

pub use digest::{Digest, Fold};
pub use effects::{Act, Effects, Outbox, When};
pub use hosted::{Hosted, Image, Process, Stored};
pub use ids::{ConnectionId, EventId, HostId, MessageId, ProcessId};
pub use note::{Answer, Arg, Note, Phrase, Verdict};
pub use payload::{Card, Payload, Shape, Wire};
pub use time::{Delay, Span, Time};

use crate::words::Key;
use std::sync::Arc;

/// What a process can read of the world when it is given an input: its own host's clocks, which may drift or be
/// wrong, and the number its driver gave this input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The host's monotonic clock. Only differences mean anything, and only within one incarnation.
    pub monotonic: Time,
    /// The host's wall clock. It may jump either way.
    pub wall: Time,
    /// This input's local event number. A machine stores it to name causes later ([`Note::because`]); it must not
    /// steer by it.
    pub event: u64,
}

/// What a machine is given. One input is one event.
#[derive(Clone, Debug)]
pub enum Input<M: Machine> {
    /// First input of every incarnation: set timers, announce yourself.
    Start,
    /// A datagram arrived.
    Message {
        /// Who sent it.
        from: ProcessId,
        /// What it says.
        message: M::Message,
    },
    /// A timer that was set went off.
    Timer(M::Timer),
    /// An operator's command. A reply, if one is due, carries the ticket.
    Command {
        /// Names the command in [`Effects::reply`].
        ticket: u64,
        /// What is asked.
        command: M::Command,
    },
    /// All that was handed to `persist(token)`, and to every persist before it, is on the disk.
    Persisted(u64),
    /// That persist failed and nothing of it may be relied on.
    PersistFailed(u64, DiskError),
    /// A connection this process asked for is open.
    Opened(ConnectionId),
    /// A connection to `peer` could not be opened.
    Refused {
        /// Which one.
        connection: ConnectionId,
        /// Whom it was to reach.
        peer: ProcessId,
        /// Why.
        why: CloseReason,
    },
    /// Another process opened a connection to this one.
    Accepted {
        /// Which one.
        connection: ConnectionId,
        /// Who opened it.
        from: ProcessId,
    },
    /// Something arrived on a connection, in the order it was sent.
    Received {
        /// On which.
        connection: ConnectionId,
        /// What it says.
        message: M::Message,
    },
    /// A connection ended.
    Closed {
        /// Which one.
        connection: ConnectionId,
        /// Why.
        why: CloseReason,
    },
}

/// Why a connection ended or never came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CloseReason {
    /// The peer closed it.
    Peer,
    /// The peer's host is up, but nothing listens there (TCP reset).
    Reset,
    /// Nothing was heard for too long (dead host or partition).
    TimedOut,
}

/// Why a persist failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DiskError {
    /// No space left.
    Full,
    /// The device reported an input/output error.
    Io,
}

/// A pure state machine. `Clone` is a checkpoint of it and must cost the same however long the run has been: hold
/// what grows (logs, stores) in structures that share.
pub trait Machine: Clone + Send + Sync + 'static {
    /// What it is started from, the same for every incarnation: its configuration.
    type Program: Clone + Send + Sync + 'static;
    /// Everything it may send or receive.
    type Message: Wire;
    /// Its timers. Setting one that is set replaces it.
    type Timer: TimerName;
    /// What its disk holds. Volatile state is the machine itself; the types differ so that they cannot be mixed up
    /// (DESIGN, law 9).
    type Durable: Durable;
    /// What an operator can ask of it.
    type Command: Clone + Fold + std::fmt::Debug + Send + Sync + 'static;

    /// What its disk holds before the very first start, because an operator put it there. Whoever wipes the disk wipes that too.
    fn installed(_program: &Self::Program, _me: ProcessId) -> Option<Self::Durable> {
        None
    }
    /// A new incarnation from what the disk held: `None` if it was empty, as on the very first start and once it was wiped.
    fn boot(program: &Self::Program, me: ProcessId, stored: Option<&Self::Durable>) -> Self;
    /// Takes one input. Total: any input in any state is answered, ignored or refused with a note.
    fn step(&mut self, now: Moment, input: Input<Self>, out: &mut Effects<'_, Self>);
    /// Adds the volatile state to a digest, in a fixed order.
    fn fold(&self, digest: &mut Digest);
    /// About how many bytes a checkpoint of it holds, its disk's included, that one of a much later moment does not share.
    fn weight(&self) -> usize {
        size_of::<Self>() + 1_024
    }
}

/// What a machine's disk holds. Cloning must be cheap and shared: every persist carries the whole.
pub trait Durable: Clone + Fold + Send + Sync + 'static {
    /// What a disk may hold after a crash tore the write from `older` to `newer`: some prefix of the steps between
    /// them, `kept` parts in 2³². Never anything a real log with checksums would not recover to.
    fn torn(older: Option<&Self>, newer: &Self, kept: u32) -> Option<Self>;
}

impl Durable for () {
    fn torn(older: Option<&Self>, _newer: &Self, _kept: u32) -> Option<Self> {
        older.copied()
    }
}

/// A machine's timers, named by small numbers.
pub trait TimerName: Copy + Eq + std::fmt::Debug + Send + Sync + 'static {
    /// The timer's slot, below 16.
    fn slot(self) -> u8;
    /// The timer of that slot.
    fn from_slot(slot: u8) -> Option<Self>;
    /// What people call it.
    fn label(self) -> Key;
}

/// A process to be started in mid-run, as an effect.
#[derive(Clone)]
pub struct Spawn {
    /// Where; `None` is the spawner's own host.
    pub host: Option<HostId>,
    /// Its name, unique below its parent: the process is called `parent/name`, and its identity is
    /// [`ProcessId::child_of`] the two.
    pub name: Arc<str>,
    /// What it runs.
    pub image: Arc<dyn Image>,
}
