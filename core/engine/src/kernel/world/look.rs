//! The world as those above see it: cheap, borrowed, read-only.

use super::World;
use super::disk::DiskState;
use super::parts::{Body, EndState, Errand, HostStatus, LIVES, Phase, Proc, Timer, at};
use crate::kernel::law::{DiskSpec, LinkSpec};
use crate::kernel::queue::Kind;
use crate::process::hosted::{Order, machine_of, stored_as};
use crate::process::{
    ConnectionId, Durable, EventId, HostId, Machine, MessageId, Payload, Process, ProcessId, Stored, Time,
};
use crate::words::Key;
use std::sync::Arc;

/// A host's clocks now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClockReading {
    /// Parts per million too fast.
    pub drift_ppm: i32,
    /// The wall clock's offset in nanoseconds.
    pub offset: i64,
    /// What the monotonic clock shows.
    pub monotonic: Time,
    /// What the wall clock shows: nanoseconds since 1970.
    pub wall: Time,
}

/// A host.
#[derive(Clone, Copy, Debug)]
pub struct HostRef<'a> {
    /// Its identity.
    pub id: HostId,
    /// Its name.
    pub name: &'a Arc<str>,
    /// Its zone.
    pub zone: &'a Arc<str>,
    /// Is it up?
    pub status: HostStatus,
    /// What is wrong with its disk.
    pub disk: DiskState,
    /// Its disk's law.
    pub disk_spec: &'a DiskSpec,
    /// Syncs under way or waiting.
    pub syncs: u32,
    /// Its clocks now.
    pub clock: ClockReading,
    /// What waits for it to go on, if it is paused.
    pub backlog: u32,
}

/// A process.
#[derive(Clone, Copy, Debug)]
pub struct ProcessRef<'a> {
    /// Its identity.
    pub id: ProcessId,
    /// Its name.
    pub name: &'a Arc<str>,
    /// Where it runs.
    pub host: HostId,
    /// The system it belongs to, as the world's builder numbered it.
    pub group: u16,
    /// Who started it, if a process did.
    pub parent: Option<ProcessId>,
    /// Which of its lives, from 1; 0 before the first.
    pub incarnation: u32,
    /// Does it run?
    pub running: bool,
    /// How many events it has had.
    pub events: u64,
}

/// A timer that is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimerRef {
    /// Its slot.
    pub slot: u8,
    /// What people call it.
    pub label: Key,
    /// When it was set.
    pub set_at: Time,
    /// When it fires, in virtual time.
    pub fires_at: Time,
}

/// A message on its way, or waiting to leave or to be let in.
#[derive(Clone, Copy, Debug)]
pub struct FlightRef<'a> {
    /// Its identity.
    pub message: MessageId,
    /// What it says.
    pub payload: &'a Arc<dyn Payload>,
    /// When it was sent.
    pub sent_at: Time,
    /// When it arrives, if it is on its way.
    pub arrives_at: Option<Time>,
    /// Is it held at the receiver's door?
    pub held: bool,
    /// The connection it travels on, if it is no datagram.
    pub connection: Option<ConnectionId>,
    /// The event that sent it.
    pub cause: EventId,
}

/// A connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConnectionRef {
    /// Its identity, which names its opener.
    pub id: ConnectionId,
    /// Whom it is to.
    pub acceptor: ProcessId,
    /// How the opener's end stands.
    pub opener_end: EndState,
    /// How the other end stands.
    pub acceptor_end: EndState,
    /// How many segments are under way or waiting, from the opener and to it.
    pub under_way: (u32, u32),
}

/// A barrier that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BarrierRef {
    /// Its number.
    pub number: u32,
    /// The pairs of hosts, directed, between which nothing passes.
    pub pairs: Vec<(HostId, HostId)>,
}

/// One direction between two hosts.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkState {
    /// Nothing passes.
    pub blocked: bool,
    /// What is sent queues up.
    pub clogged: bool,
    /// What arrives is held at the door.
    pub held: bool,
    /// The law in force.
    pub law: LinkSpec,
    /// Is it another than its own?
    pub overridden: bool,
}

impl World {
    /// The present.
    #[inline]
    pub fn now(&self) -> Time {
        at(self.now)
    }
    /// How many events there have been.
    #[inline]
    pub fn ordinal(&self) -> u64 {
        self.ordinal
    }
    /// The seed.
    pub fn seed(&self) -> u64 {
        self.spec.seed
    }
    /// All hosts, in the order they were added.
    pub fn hosts(&self) -> impl Iterator<Item = HostRef<'_>> {
        (0..self.hosts.len()).filter(|&slot| !self.hosts[slot].removed).map(|slot| self.host_ref(slot))
    }
    /// One host.
    pub fn host(&self, id: HostId) -> Option<HostRef<'_>> {
        self.slot_of_host(id).map(|slot| self.host_ref(slot as usize))
    }
    /// The host of this name.
    pub fn host_named(&self, name: &str) -> Option<HostId> {
        let slot = *self.names.hosts.get(name)?;
        self.hosts.get(slot as usize).filter(|host| !host.removed).map(|host| host.id)
    }

    /// What every host is called, those that have left included: what they did is spoken of on.
    pub fn host_names(&self) -> impl Iterator<Item = (HostId, &Arc<str>)> {
        self.hosts.iter().map(|host| (host.id, &host.name))
    }

    #[inline]
    fn host_ref(&self, slot: usize) -> HostRef<'_> {
        let host = &self.hosts[slot];
        let monotonic = host.clock.monotonic(self.now);
        HostRef {
            id: host.id,
            name: &host.name,
            zone: &host.zone,
            status: host.status,
            disk: host.disk.state,
            disk_spec: &host.disk.spec,
            syncs: host.disk.queue.len() as u32,
            clock: ClockReading {
                drift_ppm: host.clock.drift_ppm,
                offset: host.clock.offset,
                monotonic: at(monotonic),
                wall: host.clock.wall(monotonic, self.spec.epoch),
            },
            backlog: host.backlog.len() as u32,
        }
    }

    /// All processes, running or not, in the order they were added.
    pub fn processes(&self) -> impl Iterator<Item = ProcessRef<'_>> {
        (0..self.processes.len())
            .filter(|&slot| !self.processes[slot].removed)
            .map(|slot| self.process_ref(slot))
    }
    /// One process.
    pub fn process(&self, id: ProcessId) -> Option<ProcessRef<'_>> {
        self.slot_of_process(id).map(|slot| self.process_ref(slot as usize))
    }
    /// The process of this name.
    pub fn process_named(&self, name: &str) -> Option<ProcessId> {
        let slot = *self.names.processes.get(name)?;
        self.processes.get(slot as usize).filter(|process| !process.removed).map(|process| process.id)
    }
    /// What every process is called, and its host, those that have left with theirs included.
    pub fn process_names(&self) -> impl Iterator<Item = (ProcessId, &Arc<str>, HostId)> {
        let host = |process: &Proc| self.hosts[process.host as usize].id;
        self.processes.iter().map(move |process| (process.id, &process.name, host(process)))
    }

    fn process_ref(&self, slot: usize) -> ProcessRef<'_> {
        let process = &self.processes[slot];
        ProcessRef {
            id: process.id,
            name: &process.name,
            host: self.hosts[process.host as usize].id,
            group: process.group,
            parent: process.parent,
            incarnation: process.incarnation,
            running: process.running.is_some(),
            events: process.number,
        }
    }

    /// A running process, whatever it runs.
    pub fn running(&self, id: ProcessId) -> Option<&dyn Process> {
        let process = &self.processes[self.slot_of(id)? as usize];
        process.running.as_ref().map(|running| &*running.0)
    }
    /// A running process as the machine it runs; `None` if it is not running, or runs another.
    #[inline]
    pub fn machine<M: Machine>(&self, id: ProcessId) -> Option<&M> {
        machine_of(self.running(id)?)
    }
    /// What a process' disk holds synced: what a crash now would keep.
    #[inline]
    pub fn stored<D: Durable>(&self, id: ProcessId) -> Option<&D> {
        stored_as(&**self.stored_any(id)?)
    }
    /// The same, whatever it is.
    pub fn stored_any(&self, id: ProcessId) -> Option<&Arc<dyn Stored>> {
        self.processes[self.slot_of(id)? as usize].stored.as_ref()
    }
    /// How many persists of a process are under way.
    pub fn unsynced(&self, id: ProcessId) -> u32 {
        self.slot_of(id).map_or(0, |slot| self.processes[slot as usize].unsynced)
    }
    /// The timers of a process that are set.
    pub fn timers(&self, id: ProcessId) -> impl Iterator<Item = TimerRef> {
        let process = self.slot_of(id).map(|slot| &self.processes[slot as usize]);
        process.into_iter().flat_map(|process| {
            let running = process.running.as_ref();
            process.timers.iter().enumerate().filter_map(move |(slot, timer)| {
                let label = running?.0.timer_label(slot as u8)?;
                let (set_at, fires_at) = (at(timer.set_at), at(timer.fires_at));
                (timer.fires_at != Timer::OFF).then_some(TimerRef {
                    slot: slot as u8,
                    label,
                    set_at,
                    fires_at,
                })
            })
        })
    }

    /// Every message on its way, waiting to leave, or held.
    pub fn in_flight(&self) -> impl Iterator<Item = FlightRef<'_>> {
        self.flights.iter().filter_map(|(_, flight)| {
            Some(FlightRef {
                message: self.message_id(flight),
                payload: flight.payload.as_ref()?,
                sent_at: at(flight.sent_at),
                arrives_at: (flight.phase == Phase::Moving).then(|| at(flight.arrives)),
                held: flight.phase == Phase::Held,
                connection: match flight.body {
                    Body::Datagram => None,
                    Body::Segment { connection, .. } => Some(self.connections.get(connection)?.id),
                },
                cause: flight.cause,
            })
        })
    }

    /// Commands that processes take next, before anything else happens, in order.
    pub fn ordered(&self) -> impl Iterator<Item = (ProcessId, &dyn Order)> {
        let errands = self.ready.iter().filter(|item| item.kind() == Kind::Errand);
        errands.filter_map(|item| match self.errands.get(item.index())? {
            Errand::Command { process, order, .. } => Some((self.processes[*process as usize].id, &**order)),
            _ => None,
        })
    }

    /// Every connection that at least one end still holds, in the order of their names.
    pub fn connections(&self) -> impl Iterator<Item = ConnectionRef> {
        self.wires.values().filter_map(|&index| {
            let connection = self.connections.get(index)?;
            let [opener, acceptor] = &connection.ends;
            Some(ConnectionRef {
                id: connection.id,
                acceptor: self.processes[acceptor.process as usize].id,
                opener_end: opener.state,
                acceptor_end: acceptor.state,
                under_way: (opener.queue.len() as u32, acceptor.queue.len() as u32),
            })
        })
    }

    /// The barriers that stand, by number.
    pub fn barriers(&self) -> impl Iterator<Item = BarrierRef> {
        self.barriers.iter().map(|(&number, barrier)| {
            let ids = || self.hosts.iter().filter(|host| !host.removed).map(|host| host.id);
            let pairs = ids()
                .flat_map(|from| ids().map(move |to| (from, to)))
                .filter(|&(from, to)| from != to && barrier.stops(from, to))
                .collect();
            BarrierRef { number, pairs }
        })
    }

    /// One direction between two hosts.
    pub fn link(&self, from: HostId, to: HostId) -> Option<LinkState> {
        let (from, to) = (self.slot_of_host(from)?, self.slot_of_host(to)?);
        let link = match self.way(from, to) {
            Some(index) => self.links[index as usize].clone(),
            None => self.link_as_it_would_be(from, to),
        };
        Some(LinkState {
            blocked: link.blocked,
            clogged: link.clogged,
            held: link.held,
            law: link.law.spec.clone(),
            overridden: link.overridden,
        })
    }

    /// The full identity of a process' event by its local number, as notes name it; `None` if it is of a life too long
    /// ago (more than 16 lives) or has not been.
    pub fn event_of(&self, process: ProcessId, number: u64) -> Option<EventId> {
        let lives = &self.processes[self.slot_of(process)? as usize].lives;
        debug_assert!(lives.len() <= LIVES);
        let (incarnation, _) = *lives.iter().rev().find(|(_, first)| *first <= number)?;
        Some(EventId { process, incarnation, number })
    }

    /// Roughly how many bytes a checkpoint of it holds that one of a much later moment does not share, without messages.
    pub fn heap_estimate(&self) -> usize {
        let channels: usize = self.processes.iter().map(|process| process.channels.len() * 32).sum();
        let running = self.processes.iter().filter_map(|process| process.running.as_ref());
        let machines: usize = running.map(|running| running.0.weight()).sum();
        let timers: usize = self.processes.iter().map(|process| process.timers.capacity() * 48).sum();
        self.queue.heap_estimate()
            + self.flights.heap_estimate()
            + self.persists.heap_estimate()
            + self.errands.heap_estimate()
            + self.links.capacity() * size_of::<super::parts::Link>()
            + self.processes.capacity() * size_of::<super::parts::Proc>()
            + self.hosts.capacity() * size_of::<super::parts::Host>()
            + channels
            + timers
            + machines
    }
}
