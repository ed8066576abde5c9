//! The world in canonical words: what an action folds to, and the digest of a whole state.

use super::World;
use super::parts::{Body, Phase};
use crate::kernel::action::{Action, DiskFault, LinkScope};
use crate::process::{Digest, Fold, HostId, MessageId};

/// Adds an action: its stable name, then what it is done to.
pub(super) fn fold_action(action: &Action, digest: &mut Digest) {
    action.name().fold(digest);
    match action {
        Action::CrashHost(id)
        | Action::StartHost(id)
        | Action::Pause(id)
        | Action::Resume(id)
        | Action::RemoveHost(id) => id.fold(digest),
        Action::CrashProcess(id) | Action::StartProcess(id) => id.fold(digest),
        Action::AddHost { name, spec } => {
            name.fold(digest);
            spec.fold(digest);
        }
        Action::AddProcess { host, name, group, .. } => {
            host.fold(digest);
            name.fold(digest);
            digest.word(u64::from(*group));
        }
        Action::Block { barrier, scope } => {
            barrier.fold(digest);
            fold_scope(scope, digest);
        }
        Action::Partition { barrier, groups, others_reach_all } => {
            barrier.fold(digest);
            groups.fold(digest);
            others_reach_all.fold(digest);
        }
        Action::Unblock { barrier } => barrier.fold(digest),
        Action::HealAll => {}
        Action::Shape { scope, loss, duplicate, reorder, latency, bandwidth } => {
            fold_scope(scope, digest);
            loss.fold(digest);
            duplicate.fold(digest);
            reorder.fold(digest);
            latency.fold(digest);
            bandwidth.fold(digest);
        }
        Action::Unshape(scope)
        | Action::Clog(scope)
        | Action::Unclog(scope)
        | Action::Hold(scope)
        | Action::Release(scope) => fold_scope(scope, digest),
        Action::DeliverNow(id) | Action::DropMessage(id) | Action::CopyMessage(id) => id.fold(digest),
        Action::DelayMessage(id, by) => {
            id.fold(digest);
            by.fold(digest);
        }
        Action::Disk(id, fault) => {
            id.fold(digest);
            fold_disk_fault(*fault, digest);
        }
        Action::Drift(id, ppm) => {
            id.fold(digest);
            digest.word(i64::from(*ppm) as u64);
        }
        Action::StepWall(id, nanos) => {
            id.fold(digest);
            digest.word(*nanos as u64);
        }
        Action::FireTimer(id, slot) => {
            id.fold(digest);
            slot.fold(digest);
        }
        Action::Operate(id, order) => {
            id.fold(digest);
            (**order).fold(digest);
        }
        Action::ResetConnection(id) => id.fold(digest),
        Action::Reluck(salt) => digest.word(*salt),
    }
}

fn fold_scope(scope: &LinkScope, digest: &mut Digest) {
    let LinkScope { from, to, both } = scope;
    from.fold(digest);
    to.fold(digest);
    both.fold(digest);
}

fn fold_disk_fault(fault: DiskFault, digest: &mut Digest) {
    let (code, length) = match fault {
        DiskFault::Healthy => (0, 0),
        DiskFault::TornTail => (1, 0),
        DiskFault::Stall => (2, 0),
        DiskFault::Full => (3, 0),
        DiskFault::IoError => (4, 0),
        DiskFault::Slow(span) => (5, span.0),
        DiskFault::Wipe => (6, 0),
        DiskFault::Lying => (7, 0),
    };
    digest.word(code);
    digest.word(length);
}

impl World {
    /// A digest of the history so far: every event, and nothing else. Always on.
    pub fn digest(&self) -> u128 {
        self.history.value()
    }

    /// A digest of the history and of everything there is: hosts, disks, processes, what is in flight.
    pub fn state_digest(&self) -> u128 {
        let mut digest = self.history;
        digest.word(self.now);
        for host in self.hosts.iter().filter(|host| !host.removed) {
            HostId::fold(&host.id, &mut digest);
            digest.word(host.status as u64);
            digest.word(host.clock.monotonic(self.now));
            digest.word(host.clock.offset as u64);
        }
        for process in &self.processes {
            process.id.fold(&mut digest);
            digest.word(u64::from(process.incarnation));
            digest.word(process.number);
            if let Some(running) = &process.running {
                running.0.fold(&mut digest);
            }
            if let Some(stored) = &process.stored {
                (**stored).fold(&mut digest);
            }
            digest.word(u64::from(process.unsynced));
            for timer in &process.timers {
                digest.word(timer.fires_at);
            }
        }
        for connection in self.connections() {
            connection.id.fold(&mut digest);
            digest.word((connection.opener_end as u64) << 8 | connection.acceptor_end as u64);
        }
        let mut flights: Vec<(MessageId, u32)> =
            self.flights.iter().map(|(index, flight)| (self.message_id(flight), index)).collect();
        flights.sort_unstable();
        for (id, index) in flights {
            let Some(flight) = self.flights.get(index) else { continue };
            id.fold(&mut digest);
            digest.word(if flight.phase == Phase::Moving { flight.arrives } else { flight.phase as u64 });
            digest.word(u64::from(matches!(flight.body, Body::Datagram)));
            if let Some(payload) = &flight.payload {
                payload.fold(&mut digest);
            }
        }
        digest.value()
    }
}
