//! What happened, as observers see it. Borrowed: it costs nothing to offer where nobody looks.

use super::action::Action;
use super::world::World;
use crate::process::{
    Answer, CloseReason, ConnectionId, DiskError, EventId, HostId, MessageId, Note, Payload, ProcessId, Time,
};
use std::sync::Arc;

/// One event of the history: an input some process took, or something done to the world.
#[derive(Debug)]
pub struct Event<'a> {
    /// Its stable identity. Actions are the operator's own events.
    pub id: EventId,
    /// Its place on this branch, from 1.
    pub ordinal: u64,
    /// When.
    pub at: Time,
    /// What.
    pub what: What<'a>,
    /// What led to it: the sending of the message, the setting of the timer, the persist; for `Note`s see each.
    pub causes: &'a [EventId],
    /// What left in consequence, with its fate. What waited (for the disk, for a clogged link) is told again when it
    /// leaves.
    pub sent: &'a [Sent],
    /// What was on its way or waiting to leave, and will not arrive because of this event.
    pub lost: &'a [(MessageId, LossReason)],
    /// Why, in the process' own keys; empty unless an observer asked for notes.
    pub notes: &'a [Note],
    /// Answers to operators' commands given in this event.
    pub answers: &'a [(u64, Answer)],
}

/// What an event was.
#[derive(Debug)]
pub enum What<'a> {
    /// A process began an incarnation.
    Started,
    /// A datagram was delivered.
    Delivered {
        /// Which.
        message: MessageId,
        /// What it said.
        payload: &'a Arc<dyn Payload>,
        /// When it was sent.
        sent_at: Time,
    },
    /// A message reached a host that was down, a process that was not running, or an end of a connection that was
    /// already closed, and was lost there. It is the receiver's event, though the receiver never learns of it.
    Missed {
        /// Which.
        message: MessageId,
        /// What it said.
        payload: &'a Arc<dyn Payload>,
    },
    /// A timer fired.
    Timer {
        /// Which.
        slot: u8,
        /// When it was set; `None` for one that was not and was fired by hand.
        set_at: Option<Time>,
    },
    /// A process took an operator's command.
    Commanded {
        /// Names it in `answers`; it is the number of the operator's event that gave the command.
        ticket: u64,
    },
    /// A persist completed.
    Persisted {
        /// Which.
        token: u64,
    },
    /// A persist failed.
    PersistFailed {
        /// Which.
        token: u64,
        /// Why.
        error: DiskError,
    },
    /// A connection was opened (at its opener).
    Opened(ConnectionId),
    /// A connection was accepted (at the other end).
    Accepted(ConnectionId),
    /// A connection could not be opened.
    Refused(ConnectionId, CloseReason),
    /// Something arrived on a connection.
    Received {
        /// On which.
        connection: ConnectionId,
        /// Which message.
        message: MessageId,
        /// What it said.
        payload: &'a Arc<dyn Payload>,
    },
    /// A connection ended.
    Closed(ConnectionId, CloseReason),
    /// Something was done to the world, or refused.
    Done {
        /// What.
        action: &'a Action,
        /// The processes that died by it.
        crashed: &'a [ProcessId],
        /// Why not, if it was refused.
        refused: Option<&'a super::world::Refusal>,
    },
    /// A process stopped itself, or was stopped by the one that started it (noted with the event that did it).
    Stopped,
}

/// A message that left.
#[derive(Clone, Debug)]
pub struct Sent {
    /// Its identity.
    pub message: MessageId,
    /// What it says.
    pub payload: Arc<dyn Payload>,
    /// What becomes of it.
    pub fate: Fate,
}

/// What becomes of a message at the moment it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It will arrive then, unless somebody interferes.
    Arrives(Time),
    /// It waits for its sender's disk: nobody may know yet what it says.
    Gated,
    /// It has been said, and waits for a clogged or narrow link.
    Waits,
    /// It is lost.
    Lost(LossReason),
}

/// Why a message was lost on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LossReason {
    /// The link's own loss.
    Chance,
    /// A partition or cut.
    Blocked,
    /// Its sender died before the disk had what it promises.
    SenderDied,
    /// It waited for a persist that failed.
    PersistFailed,
    /// Its connection ended before it arrived.
    ConnectionEnded,
    /// More is in flight than the world's limits allow.
    Overflow,
    /// By hand.
    ByHand,
    /// No such process or host.
    NoSuchProcess,
    /// The receiver's host was down or the process not running.
    ReceiverDown(HostId),
}

/// Watches every event. Its state is part of a checkpoint, and must not influence the run.
pub trait Observer: Send + Sync {
    /// Takes one event, after the world has changed by it.
    fn saw(&mut self, world: &World, event: &Event<'_>);
    /// Does it read notes? If no observer does, none are built.
    fn wants_notes(&self) -> bool {
        false
    }
}
