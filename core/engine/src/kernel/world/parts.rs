//! What a world is made of, as plain records. What happens to them is told in the other chapters.

use super::clock::Clock;
use super::disk::Disk;
use crate::kernel::law::LinkSpec;
use crate::kernel::luck::{Key, Luck};
use crate::kernel::queue::Item;
use crate::kernel::sample::Sampler;
use crate::process::hosted::Order;
use crate::process::{
    ConnectionId, EventId, HostId, Image, Outbox, Payload, Process, ProcessId, Stored, Time,
};
use std::collections::VecDeque;
use std::sync::Arc;

/// No such index.
pub(super) const NONE: u32 = u32::MAX;
/// How many timers a process can have.
pub(super) const TIMERS: u8 = 16;
/// Receivers with an id below this have their channel in a table, others in a map.
const DENSE: usize = 64;

/// Is a host up?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostStatus {
    /// It runs.
    Up,
    /// It crashed, or was never started.
    Down,
    /// It does nothing and does not know it.
    Paused,
}

/// A host.
#[derive(Clone)]
pub(super) struct Host {
    pub id: HostId,
    pub name: Arc<str>,
    pub zone: Arc<str>,
    pub status: HostStatus,
    pub removed: bool,
    pub disk: Disk,
    pub clock: Clock,
    /// Slots of its processes, in the order they came.
    pub processes: Vec<u32>,
    /// What came while it was paused, in order.
    pub backlog: VecDeque<Item>,
}

/// A running machine. `Clone` is a checkpoint of it.
pub(super) struct Running(pub Box<dyn Process>);

impl Clone for Running {
    fn clone(&self) -> Self {
        Running(self.0.copy())
    }
}

/// How many incarnations' first event numbers are kept, to resolve old causes.
pub(super) const LIVES: usize = 16;

/// A process, running or not.
#[derive(Clone)]
pub(super) struct Proc {
    pub id: ProcessId,
    /// Its host's slot.
    pub host: u32,
    /// Which life, from 1; 0 before the first.
    pub incarnation: u32,
    pub running: Option<Running>,
    /// The number of its last event.
    pub number: u64,
    /// How much it has sent, copies included: ties only.
    pub sends: u64,
    /// Its timers, up to the highest that was ever set.
    pub timers: Vec<Timer>,
    pub channels: Channels,
    /// The number of the last connection it asked for.
    pub connections: u32,
    /// The number of its last persist.
    pub persists: u64,
    /// Persists of it under way.
    pub unsynced: u32,
    pub stored: Option<Arc<dyn Stored>>,
    /// What a lying disk reported as synced and does not hold yet.
    pub pretended: Option<Arc<dyn Stored>>,
    pub timer_luck: Key,
    pub disk_luck: Key,
    /// The incarnation and first event number of its last lives, newest last.
    pub lives: VecDeque<(u32, u64)>,
    pub group: u16,
    /// Started by its host when that comes up.
    pub enabled: bool,
    pub removed: bool,
    pub parent: Option<ProcessId>,
    pub name: Arc<str>,
    pub name_key: u64,
    pub image: Arc<dyn Image>,
}

impl Proc {
    /// The event it is in, or was last in.
    #[inline]
    pub(super) fn event(&self) -> EventId {
        EventId { process: self.id, incarnation: self.incarnation, number: self.number }
    }
}

/// A timer. The queue holds at most one good entry for it; moved later, it is queued again only when that one comes
/// out.
#[derive(Clone, Copy)]
pub(super) struct Timer {
    /// When it fires in virtual time; [`Timer::OFF`] if it is not set.
    pub fires_at: u64,
    /// The same on the host's monotonic clock, from which the former is worked out anew when the clock's rate changes.
    pub local: u64,
    /// The time of its good entry in the queue; [`Timer::OFF`] if there is none.
    pub queued: u64,
    pub set_at: u64,
    /// The event that set it.
    pub set_by: u64,
    pub generation: u32,
    /// How often it was drawn.
    pub draws: u32,
}

impl Timer {
    pub(super) const OFF: u64 = u64::MAX;
    pub(super) const NEW: Timer = Timer {
        fires_at: Self::OFF,
        local: 0,
        queued: Self::OFF,
        set_at: 0,
        set_by: 0,
        generation: 0,
        draws: 0,
    };
}

/// What one process sends to one other: its numbering, luck and way.
#[derive(Clone, Copy)]
pub(super) struct Channel {
    /// The number of the last message.
    pub number: u64,
    pub luck: Key,
    /// The receiver's slot, [`NONE`] until it is known.
    pub to: u32,
    pub link: u32,
}

/// The channels of a sender, by the receiver's id: a table for the low ids of small worlds, a sorted list for the rest.
#[derive(Clone, Default)]
pub(super) struct Channels {
    dense: Vec<Option<Channel>>,
    sparse: Vec<(ProcessId, Channel)>,
}

impl Channels {
    #[inline]
    pub(super) fn get_mut(&mut self, to: ProcessId) -> Option<&mut Channel> {
        let index = to.0 as usize;
        if index < DENSE {
            return self.dense.get_mut(index)?.as_mut();
        }
        let place = self.sparse.binary_search_by_key(&to, |(id, _)| *id).ok()?;
        self.sparse.get_mut(place).map(|(_, channel)| channel)
    }
    pub(super) fn insert(&mut self, to: ProcessId, channel: Channel) {
        let index = to.0 as usize;
        if index < DENSE {
            if self.dense.len() <= index {
                self.dense.resize(index + 1, None);
            }
            self.dense[index] = Some(channel);
            return;
        }
        match self.sparse.binary_search_by_key(&to, |(id, _)| *id) {
            Ok(place) => self.sparse[place].1 = channel,
            Err(place) => self.sparse.insert(place, (to, channel)),
        }
    }
    pub(super) fn len(&self) -> usize {
        self.dense.len() + self.sparse.len()
    }
    /// All of them.
    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Channel> {
        self.dense.iter_mut().flatten().chain(self.sparse.iter_mut().map(|(_, channel)| channel))
    }
}

/// What is on its way, or waits to leave or to be let in.
#[derive(Clone)]
pub(super) struct Flight {
    /// `None` for a connection's control segments.
    pub payload: Option<Arc<dyn Payload>>,
    pub from: u32,
    pub to: u32,
    pub number: u64,
    pub copy: u32,
    pub link: u32,
    pub luck: Luck,
    pub tie: u64,
    pub sent_at: u64,
    /// When it arrives; meaningful while it moves.
    pub arrives: u64,
    /// The event that sent it.
    pub cause: EventId,
    /// The sender's event that let it leave, if another; 0 if none.
    pub gate: u64,
    pub phase: Phase,
    pub body: Body,
}

/// Where in its life a flight is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// Waits for a persist.
    Gated,
    /// Waits behind a clog.
    Clogged,
    /// Waits for its connection to open, or for a partition or a dead host to come back.
    Stalled,
    /// Is on its way.
    Moving,
    /// Stands at the receiver's door.
    Held,
    /// Lies before a paused host.
    Parked,
}

/// What kind of thing flies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Body {
    /// A datagram.
    Datagram,
    /// Data or control on a connection, by the connection's place; `back` is towards the opener.
    Segment { connection: u32, back: bool, part: Part },
}

/// What a segment carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Asks for a connection.
    Syn,
    /// Grants it.
    SynAck,
    /// A message.
    Data,
    /// Ends it in order.
    Fin,
    /// Ends it at once.
    Reset,
}

/// A connection, until both its ends have done with it.
#[derive(Clone)]
pub(super) struct Connection {
    pub id: ConnectionId,
    /// The opener's end and the acceptor's.
    pub ends: [End; 2],
    /// The time of its good entry in the queue; [`Timer::OFF`] if there is none.
    pub patience: u64,
}

/// One end of a connection, and what it sends.
#[derive(Clone)]
pub(super) struct End {
    pub process: u32,
    pub state: EndState,
    /// Its way to the other end.
    pub link: u32,
    /// What it sent that has not arrived, in order.
    pub queue: VecDeque<u32>,
    /// Since when something it sent is not acknowledged; [`Timer::OFF`] if all is.
    pub unheard_since: u64,
    /// The event that sent it.
    pub unheard_cause: EventId,
    /// How many control segments it has sent.
    pub controls: u32,
}

/// How an end of a connection stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndState {
    /// It was asked for, and not yet granted; or, at the other end, not yet heard of.
    Opening,
    /// It is open.
    Open,
    /// It is closed, or its process died.
    Closed,
}

/// A link's law, ready for drawing.
#[derive(Clone)]
pub(super) struct Law {
    pub spec: LinkSpec,
    pub sampler: Sampler,
    /// Nothing but a latency.
    pub plain: bool,
}

impl Law {
    pub(super) fn new(spec: LinkSpec) -> Arc<Self> {
        let plain =
            spec.loss.0 == 0 && spec.duplicate.0 == 0 && spec.reorder.0 == 0 && spec.bandwidth.is_none();
        Arc::new(Law { sampler: Sampler::new(&spec.latency), spec, plain })
    }
}

/// One direction between two hosts, made when first used.
#[derive(Clone)]
pub(super) struct Link {
    pub law: Arc<Law>,
    pub from: u32,
    pub to: u32,
    /// When the sender's queue is empty again, if the link has a bandwidth.
    pub free_at: u64,
    pub blocked: bool,
    pub clogged: bool,
    pub held: bool,
    pub overridden: bool,
}

/// A write to a disk, not yet synced.
#[derive(Clone)]
pub(super) struct Persist {
    pub process: u32,
    pub token: u64,
    pub number: u64,
    pub stored: Arc<dyn Stored>,
    /// How long its sync takes once it is its turn and the disk is not slow.
    pub takes: u64,
    /// When it is due, unless the disk stalls.
    pub due: u64,
    /// The event that asked for it.
    pub cause: u64,
    /// Sends that wait for it, in order.
    pub gated: Vec<u32>,
    /// It is synced (or failed) and its process is to be told.
    pub done: Option<Result<(), crate::process::DiskError>>,
}

/// Something rare that is due.
#[derive(Clone)]
pub(super) enum Errand {
    /// A process begins an incarnation.
    Start { process: u32, cause: Option<EventId> },
    /// A process was stopped; told to observers.
    Stopped { process: u32, cause: EventId },
    /// A process takes a command.
    Command { process: u32, ticket: u64, order: Arc<dyn Order>, cause: EventId },
    /// A process' timer is fired by hand.
    Fire { process: u32, slot: u8, cause: EventId },
    /// A process learns that a connection could not be opened.
    Refused { process: u32, connection: ConnectionId, peer: ProcessId, cause: EventId },
    /// A process learns that a connection was reset by hand.
    Reset { process: u32, connection: ConnectionId, cause: EventId },
}

impl Errand {
    /// Whose it is.
    pub(super) fn process(&self) -> u32 {
        match self {
            Errand::Start { process, .. }
            | Errand::Stopped { process, .. }
            | Errand::Command { process, .. }
            | Errand::Fire { process, .. }
            | Errand::Refused { process, .. }
            | Errand::Reset { process, .. } => *process,
        }
    }
}

/// Buffers used again from event to event; a checkpoint does not carry them.
#[derive(Default)]
pub(super) struct Scratch {
    pub outbox: Outbox,
    /// Somebody watches this event: gather what left, was lost, noted and answered.
    pub watched: bool,
    pub sent: Vec<crate::kernel::event::Sent>,
    pub lost: Vec<(crate::process::MessageId, crate::kernel::event::LossReason)>,
    pub notes: Vec<crate::process::Note>,
    pub answers: Vec<(u64, crate::process::Answer)>,
}

impl Clone for Scratch {
    fn clone(&self) -> Self {
        Scratch::default()
    }
}

/// An instant.
pub(super) fn at(nanos: u64) -> Time {
    Time(nanos)
}
