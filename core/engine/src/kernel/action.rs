//! What can be done to a world, with names already resolved: faults, repairs, operators' commands.
//!
//! A scenario's commands and a person's clicks become these (DESIGN, law 4). An action that cannot be carried out is
//! answered with a typed refusal and changes nothing.

use super::law::{Chance, HostSpec, LatencyLaw};
use crate::process::hosted::Order;
use crate::process::{ConnectionId, HostId, Image, MessageId, ProcessId, Span};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Which links: every direction from a host of the first list to one of the second.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkScope {
    /// Senders; empty means all hosts.
    pub from: Vec<HostId>,
    /// Receivers; empty means all hosts.
    pub to: Vec<HostId>,
    /// The other direction as well.
    pub both: bool,
}

impl LinkScope {
    /// Does it mean the direction from the first of these hosts to the second?
    pub fn covers(&self, (from, to): (HostId, HostId)) -> bool {
        let means = |from, to| {
            (self.from.is_empty() || self.from.contains(&from))
                && (self.to.is_empty() || self.to.contains(&to))
        };
        from != to && (means(from, to) || self.both && means(to, from))
    }
}

/// One thing done to the world.
#[derive(Clone)]
pub enum Action {
    /// Every process on a host dies at once; what was not synced is lost.
    CrashHost(HostId),
    /// A crashed host comes up and starts its processes again from their disks.
    StartHost(HostId),
    /// One process dies; its host stays up, so that peers are refused at once.
    CrashProcess(ProcessId),
    /// A dead process starts again.
    StartProcess(ProcessId),
    /// A host stops doing anything and does not know it (a long garbage collection, a suspended machine).
    Pause(HostId),
    /// It goes on, and finds what arrived meanwhile.
    Resume(HostId),
    /// Adds a host in mid-run.
    AddHost {
        /// Its name, not in use.
        name: Arc<str>,
        /// Its laws.
        spec: HostSpec,
    },
    /// Removes a host for good, with its processes and disk.
    RemoveHost(HostId),
    /// Adds a process in mid-run.
    AddProcess {
        /// Where.
        host: HostId,
        /// Its name, not in use.
        name: Arc<str>,
        /// The system it belongs to, as the world's builder numbered it.
        group: u16,
        /// What it runs.
        image: Arc<dyn Image>,
    },
    /// Nothing passes on these links, until the barrier of this number is lifted. Barriers add up.
    Block {
        /// Names it.
        barrier: u32,
        /// Where.
        scope: LinkScope,
    },
    /// Groups that cannot reach each other; hosts in none reach all if `others_reach_all`, else none.
    Partition {
        /// Names it.
        barrier: u32,
        /// The groups, disjoint.
        groups: Vec<Vec<HostId>>,
        /// What is in no group reaches every group.
        others_reach_all: bool,
    },
    /// Lifts a barrier.
    Unblock {
        /// Which.
        barrier: u32,
    },
    /// Lifts every barrier, releases and unclogs every link, restores every link's own law, ends disk faults that end.
    HealAll,
    /// Overrides parts of links' laws; `None` leaves a part as it is.
    Shape {
        /// Where.
        scope: LinkScope,
        /// Loss.
        loss: Option<Chance>,
        /// Duplication.
        duplicate: Option<Chance>,
        /// Reordering.
        reorder: Option<Chance>,
        /// Latency.
        latency: Option<LatencyLaw>,
        /// Bytes a second; `Some(None)` lifts the limit.
        bandwidth: Option<Option<u64>>,
    },
    /// Restores links' own laws.
    Unshape(LinkScope),
    /// What is sent on these links queues up and none of it moves until unclogged; then it goes in order.
    Clog(LinkScope),
    /// Lets it go.
    Unclog(LinkScope),
    /// What would arrive on these links is held at the receiver's door, to be looked at and let in by hand.
    Hold(LinkScope),
    /// Lets all that is held on these links arrive now, in order.
    Release(LinkScope),
    /// Delivers a message in flight or held now.
    DeliverNow(MessageId),
    /// Delays a message in flight by this much more.
    DelayMessage(MessageId, Span),
    /// Drops a message in flight or held.
    DropMessage(MessageId),
    /// Copies a message in flight or held; the copy arrives at the same time, behind it.
    CopyMessage(MessageId),
    /// A disk begins or ceases to misbehave.
    Disk(HostId, DiskFault),
    /// Changes a host's clock rate, in parts per million.
    Drift(HostId, i32),
    /// Moves a host's wall clock by nanoseconds, either way.
    StepWall(HostId, i64),
    /// Fires a process' timer now, whether it was set or not.
    FireTimer(ProcessId, u8),
    /// Gives a process an operator's command.
    Operate(ProcessId, Arc<dyn Order>),
    /// Closes a connection as if the network had reset it.
    ResetConnection(ConnectionId),
    /// Other luck from here: every stream continues under a new salt.
    Reluck(u64),
}

impl std::fmt::Debug for Action {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

impl Action {
    /// Its stable name.
    pub fn name(&self) -> &'static str {
        match self {
            Action::CrashHost(_) => "crashHost",
            Action::StartHost(_) => "startHost",
            Action::CrashProcess(_) => "crashProcess",
            Action::StartProcess(_) => "startProcess",
            Action::Pause(_) => "pause",
            Action::Resume(_) => "resume",
            Action::AddHost { .. } => "addHost",
            Action::RemoveHost(_) => "removeHost",
            Action::AddProcess { .. } => "addProcess",
            Action::Block { .. } => "block",
            Action::Partition { .. } => "partition",
            Action::Unblock { .. } => "unblock",
            Action::HealAll => "healAll",
            Action::Shape { .. } => "shape",
            Action::Unshape(_) => "unshape",
            Action::Clog(_) => "clog",
            Action::Unclog(_) => "unclog",
            Action::Hold(_) => "hold",
            Action::Release(_) => "release",
            Action::DeliverNow(_) => "deliver",
            Action::DelayMessage(..) => "delay",
            Action::DropMessage(_) => "drop",
            Action::CopyMessage(_) => "copy",
            Action::Disk(..) => "disk",
            Action::Drift(..) => "drift",
            Action::StepWall(..) => "stepWall",
            Action::FireTimer(..) => "fireTimer",
            Action::Operate(..) => "operate",
            Action::ResetConnection(_) => "resetConnection",
            Action::Reluck(_) => "reluck",
        }
    }
}

/// Ways for a disk to fail. The first six are within what Raft promises to survive; the last two are not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DiskFault {
    /// The disk is itself again; a stalled sync completes.
    Healthy,
    /// A crash may keep a prefix of the un-synced writes, torn anywhere (instead of losing them all).
    TornTail,
    /// Syncs do not complete until the disk is healthy.
    Stall,
    /// Persists fail: no space.
    Full,
    /// Persists fail: input/output error.
    IoError,
    /// Syncs take this much longer.
    Slow(Span),
    /// What was synced is gone (takes effect at once; the process, if running, does not know).
    Wipe,
    /// Un-synced writes are reported as synced: a disk that lies. Lost in a crash.
    Lying,
}
