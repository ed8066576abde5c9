//! The world: a virtual cluster and everything in it.
//!
//! This chapter holds the whole and its checkpoints; `step` takes events one by one, `effects` carries out what
//! machines ask for, `network` and `connections` carry messages, `disk` syncs, `clock` tells hosts the time, `hosts`
//! adds, starts and stops, `faults` cuts and mends, `acts` does what an operator asks, `look` shows it to those above.
//! It deliberately knows no protocol and no scenario.

mod acts;
mod audit;
mod clock;
mod connections;
mod disk;
mod effects;
mod faults;
mod fold;
mod hosts;
mod look;
mod network;
mod parts;
mod refusal;
mod segments;
mod step;

pub use disk::DiskState;
pub use look::{
    BarrierRef, ClockReading, ConnectionRef, FlightRef, HostRef, LinkState, ProcessRef, TimerRef,
};
pub use parts::{EndState, HostStatus};
pub use refusal::{Bound, Refusal};

use super::law::{ConnectionSpec, LatencyLaw, Limits, LinkSpec};
use super::queue::{Item, Queue};
use super::slab::Slab;
use crate::process::{ConnectionId, Digest, EventId, ProcessId, Span, Time};
use faults::{Barrier, Rule};
use litemap::LiteMap;
use parts::{Connection, Errand, Flight, Host, Law, Link, Persist, Proc, Scratch};
use std::collections::VecDeque;
use std::sync::Arc;

/// What a world is built from. Build it with `..WorldSpec::default()`.
#[derive(Clone, Debug)]
pub struct WorldSpec {
    /// All luck comes from it.
    pub seed: u64,
    /// The law of links that no other law is for.
    pub default_link: LinkSpec,
    /// Laws from one zone to another, directed; the same zone twice is the law within it.
    pub zone_links: Vec<(Arc<str>, Arc<str>, LinkSpec)>,
    /// The law between processes of one host. Cuts and overrides do not touch it.
    pub local_link: LinkSpec,
    /// How connections retry and give up.
    pub connections: ConnectionSpec,
    /// What the world may hold.
    pub limits: Limits,
    /// What a wall clock without offset shows at the beginning, in nanoseconds since 1970.
    pub epoch: Time,
}

impl Default for WorldSpec {
    fn default() -> Self {
        WorldSpec {
            seed: 1,
            default_link: LinkSpec::default(),
            zone_links: Vec::new(),
            local_link: LinkSpec { latency: LatencyLaw::Constant(Span::micros(50)), ..LinkSpec::default() },
            connections: ConnectionSpec::default(),
            limits: Limits::default(),
            epoch: Time::secs(1_577_836_800), // 2020-01-01T00:00:00Z
        }
    }
}

/// A virtual cluster and everything in it. `Clone` is a checkpoint: its cost depends on what there is, not on how long
/// it has run.
#[derive(Clone)]
pub struct World {
    spec: Arc<WorldSpec>,
    /// The laws of the specification, ready for drawing.
    laws: Arc<BaseLaws>,
    /// Other luck: 0 until somebody asks for it.
    salt: u64,
    now: u64,
    ordinal: u64,
    history: Digest,
    queue: Queue,
    /// What is due now, before anything in the queue, in this very order.
    ready: VecDeque<Item>,
    hosts: Vec<Host>,
    processes: Vec<Proc>,
    names: Arc<Names>,
    links: Vec<Link>,
    /// Link places by host slots: the sender's, then the receiver's.
    ways: Arc<Vec<LiteMap<u32, u32>>>,
    flights: Slab<Flight>,
    persists: Slab<Persist>,
    errands: Slab<Errand>,
    connections: Slab<Connection>,
    /// Connections' places by their names.
    wires: LiteMap<ConnectionId, u32>,
    /// Flights behind a clog, by link, in order.
    clogged: LiteMap<u32, Vec<u32>>,
    /// Flights held at a receiver's door, in order of arrival.
    door: Vec<u32>,
    barriers: LiteMap<u32, Arc<Barrier>>,
    /// What links were told beyond their own laws, in order.
    rules: Vec<Arc<Rule>>,
    /// The number of the operator's last event.
    operator: u64,
    /// The event under way, or the last one: what is sent names it as its cause.
    cause: EventId,
    /// Has anything happened yet? Before that, hosts and processes are numbered as declared.
    begun: bool,
    scratch: Scratch,
}

/// The laws of a specification.
struct BaseLaws {
    default: Arc<Law>,
    local: Arc<Law>,
    zones: LiteMap<(Arc<str>, Arc<str>), Arc<Law>>,
}

/// Who is called what. Names are never used again.
#[derive(Clone, Default)]
struct Names {
    hosts: LiteMap<Arc<str>, u32>,
    processes: LiteMap<Arc<str>, u32>,
    /// Slots of hosts added in mid-run, by id.
    late_hosts: LiteMap<u32, u32>,
    /// Slots of processes started in mid-run, by id.
    late_processes: LiteMap<u32, u32>,
}

impl World {
    /// An empty world.
    pub fn new(spec: WorldSpec) -> World {
        let mut laws = BaseLaws {
            default: Law::new(spec.default_link.clone()),
            local: Law::new(spec.local_link.clone()),
            zones: LiteMap::new(),
        };
        for (from, to, link) in &spec.zone_links {
            laws.zones.insert((from.clone(), to.clone()), Law::new(link.clone()));
        }
        World {
            spec: Arc::new(spec),
            laws: Arc::new(laws),
            salt: 0,
            now: 0,
            ordinal: 0,
            history: Digest::new(),
            queue: Queue::default(),
            ready: VecDeque::new(),
            hosts: Vec::new(),
            processes: Vec::new(),
            names: Arc::default(),
            links: Vec::new(),
            ways: Arc::default(),
            flights: Slab::default(),
            persists: Slab::default(),
            errands: Slab::default(),
            connections: Slab::default(),
            wires: LiteMap::new(),
            clogged: LiteMap::new(),
            door: Vec::new(),
            barriers: LiteMap::new(),
            rules: Vec::new(),
            operator: 0,
            cause: EventId { process: ProcessId::OPERATOR, incarnation: 1, number: 0 },
            begun: false,
            scratch: Scratch::default(),
        }
    }
}

impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("World")
            .field("now", &Time(self.now))
            .field("ordinal", &self.ordinal)
            .field("hosts", &self.hosts.len())
            .field("processes", &self.processes.len())
            .field("in_flight", &self.flights.len())
            .finish_non_exhaustive()
    }
}
