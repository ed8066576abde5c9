//! One event of the history as a trace tells it: owned, with what a writer needs and nothing of the world.

use crate::kernel::{Fate, LossReason};
use crate::process::{
    Answer, Card, CloseReason, ConnectionId, DiskError, EventId, HostId, MessageId, Phrase, ProcessId, Time,
    Verdict,
};
use crate::view::Status;
use crate::words::Key;
use crate::words::export::ExportKey;

/// One event.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Its stable identity.
    pub event: EventId,
    /// Its place, from 1.
    pub ordinal: u64,
    /// When.
    pub at: Time,
    /// What.
    pub what: Happened,
    /// What led to it.
    pub causes: Vec<EventId>,
    /// What left in consequence.
    pub sent: Vec<Sending>,
    /// What was on its way and will not arrive because of this event.
    pub lost: Vec<(MessageId, LossReason)>,
    /// Why, as the process gave it.
    pub notes: Vec<Noted>,
    /// Answers to operators' commands: the ticket and the answer.
    pub answers: Vec<(u64, Answer)>,
    /// Whose role, epoch or status is another than before.
    pub shifts: Vec<Shift>,
    /// What happened, in a sentence.
    pub sentence: Phrase,
    /// Does it stand out: a fault, a repair, an election?
    pub marked: bool,
}

/// What an event was.
#[derive(Clone, Debug, PartialEq)]
pub enum Happened {
    /// A process began an incarnation.
    Started,
    /// A datagram was delivered.
    Delivered(MessageId, Card, Time),
    /// A message came to nobody.
    Missed(MessageId, Card),
    /// A timer fired: its slot, and what people call it.
    Timer(u8, Option<Key>),
    /// A process took an operator's command, by its ticket.
    Commanded(u64),
    /// A persist completed.
    Persisted(u64),
    /// A persist failed.
    PersistFailed(u64, DiskError),
    /// A connection was opened.
    Opened(ConnectionId),
    /// A connection was accepted.
    Accepted(ConnectionId),
    /// A connection could not be opened.
    Refused(ConnectionId, CloseReason),
    /// Something arrived on a connection.
    Received(ConnectionId, MessageId, Card),
    /// A connection ended.
    Closed(ConnectionId, CloseReason),
    /// Something was done to the world, or refused.
    Done {
        /// Its stable name.
        action: &'static str,
        /// Processes it names, and those that died by it.
        processes: Vec<ProcessId>,
        /// Hosts it names.
        hosts: Vec<HostId>,
        /// Those that died by it.
        crashed: Vec<ProcessId>,
        /// Why not, if it was refused.
        refused: Option<Phrase>,
    },
    /// A process stopped.
    Stopped,
}

impl Happened {
    /// Its stable name, for machines.
    pub const fn kind(&self) -> &'static str {
        match self {
            Happened::Started => "started",
            Happened::Delivered(..) => "delivered",
            Happened::Missed(..) => "missed",
            Happened::Timer(..) => "timer",
            Happened::Commanded(_) => "commanded",
            Happened::Persisted(_) => "persisted",
            Happened::PersistFailed(..) => "persistFailed",
            Happened::Opened(_) => "opened",
            Happened::Accepted(_) => "accepted",
            Happened::Refused(..) => "refused",
            Happened::Received(..) => "received",
            Happened::Closed(..) => "closed",
            Happened::Done { .. } => "done",
            Happened::Stopped => "stopped",
        }
    }
    /// The message it was about, with its card, and whether it arrived.
    pub fn message(&self) -> Option<(MessageId, &Card, bool)> {
        match self {
            Happened::Delivered(message, card, _) | Happened::Received(_, message, card) => {
                Some((*message, card, true))
            }
            Happened::Missed(message, card) => Some((*message, card, false)),
            _ => None,
        }
    }
    /// The connection it was about.
    pub fn connection(&self) -> Option<ConnectionId> {
        match self {
            Happened::Opened(connection)
            | Happened::Accepted(connection)
            | Happened::Refused(connection, _)
            | Happened::Received(connection, ..)
            | Happened::Closed(connection, _) => Some(*connection),
            _ => None,
        }
    }
    /// A stable word for how it went wrong, if it did.
    pub fn reason(&self) -> Option<&'static str> {
        match self {
            Happened::PersistFailed(_, DiskError::Full) => Some("full"),
            Happened::PersistFailed(_, DiskError::Io) => Some("io"),
            Happened::Refused(_, why) | Happened::Closed(_, why) => Some(match why {
                CloseReason::Peer => "peer",
                CloseReason::Reset => "reset",
                CloseReason::TimedOut => "timedOut",
            }),
            _ => None,
        }
    }
}

/// A message that left, and what becomes of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Sending {
    /// Which.
    pub message: MessageId,
    /// How it looks.
    pub card: Card,
    /// What becomes of it.
    pub fate: Fate,
}

/// A stable name for why a message was lost.
pub const fn lost_by(reason: LossReason) -> &'static str {
    match reason {
        LossReason::Chance => "chance",
        LossReason::Blocked => "blocked",
        LossReason::SenderDied => "senderDied",
        LossReason::ByHand => "byHand",
        LossReason::NoSuchProcess => "noSuchProcess",
        LossReason::ReceiverDown(_) => "receiverDown",
        LossReason::PersistFailed => "persistFailed",
        LossReason::ConnectionEnded => "connectionEnded",
        LossReason::Overflow => "overflow",
    }
}

/// A decision, with the events that made it so.
#[derive(Clone, Debug, PartialEq)]
pub struct Noted {
    /// The rule that decided, if one did.
    pub rule: Option<&'static str>,
    /// What it decided.
    pub verdict: Verdict,
    /// In words.
    pub phrase: Phrase,
    /// Earlier events of the same process.
    pub because: Vec<EventId>,
}

/// A stable name for a verdict.
pub const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Did => "did",
        Verdict::Refused => "refused",
        Verdict::Waits => "waits",
    }
}

/// A process that is no longer what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shift {
    /// Who.
    pub process: ProcessId,
    /// What it is now, if its system says so.
    pub role: Option<Key>,
    /// Its term, ballot or version.
    pub epoch: Option<u64>,
    /// How it is.
    pub status: Status,
}

/// A stable name for a status.
pub const fn status(status: Status) -> &'static str {
    match status {
        Status::Unstarted => "unstarted",
        Status::Up => "up",
        Status::Crashed => "crashed",
        Status::Paused => "paused",
        Status::Stopped => "stopped",
    }
}

/// A status in words.
pub const fn status_words(status: Status) -> ExportKey {
    match status {
        Status::Unstarted => ExportKey::Unstarted,
        Status::Up => ExportKey::Up,
        Status::Crashed => ExportKey::Crashed,
        Status::Paused => ExportKey::Paused,
        Status::Stopped => ExportKey::Stopped,
    }
}
