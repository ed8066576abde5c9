//! Disks: what is written, what is synced, and what a crash leaves.
//!
//! A host has one disk with one queue: syncs complete one after another, in the order asked for, each taking a draw of
//! the disk's law. A persist is safe once its sync has completed and not before; a crash keeps what was synced. The
//! faults bend exactly one of these sentences each.

use super::World;
use super::parts::{HostStatus, Persist, Phase};
use super::step::Code;
use crate::kernel::action::DiskFault;
use crate::kernel::event::{LossReason, Observer, What};
use crate::kernel::law::DiskSpec;
use crate::kernel::luck::{Luck, Purpose};
use crate::kernel::queue::{Class, Entry, Item, Kind, tie};
use crate::kernel::sample::Sampler;
use crate::process::few;
use crate::process::hosted::RawInput;
use crate::process::{DiskError, EventId, Span, Stored};
use std::collections::VecDeque;
use std::sync::Arc;

/// What is wrong with a disk, and how much waits for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DiskState {
    /// A crash may keep a torn prefix of the un-synced writes.
    pub torn_tail: bool,
    /// Syncs do not complete.
    pub stalled: bool,
    /// Persists fail for want of space.
    pub full: bool,
    /// Persists fail with input/output errors.
    pub io_error: bool,
    /// Reports un-synced writes as synced.
    pub lying: bool,
    /// Syncs take this much longer.
    pub slow: Span,
}

/// A host's disk.
#[derive(Clone, Debug)]
pub(super) struct Disk {
    pub spec: DiskSpec,
    sampler: Sampler,
    pub state: DiskState,
    /// When the last sync asked for completes.
    free_at: u64,
    /// Persists under way, in order.
    pub queue: VecDeque<u32>,
}

impl Disk {
    pub(super) fn new(spec: &DiskSpec) -> Self {
        Disk {
            sampler: Sampler::new(&spec.sync),
            spec: spec.clone(),
            state: DiskState::default(),
            free_at: 0,
            queue: VecDeque::new(),
        }
    }
}

impl World {
    /// A process writes: its persist joins the disk's queue. Gives the persist's place.
    pub(super) fn persist(&mut self, slot: u32, token: u64, stored: Arc<dyn Stored>) -> u32 {
        let process = &mut self.processes[slot as usize];
        let disk = &mut self.hosts[process.host as usize].disk;
        process.persists += 1;
        process.unsynced += 1;
        let luck = Luck::of(process.disk_luck, process.persists, 0);
        let takes = disk.sampler.draw(&mut luck.stream(Purpose::Latency));
        let crowded = disk.queue.len() >= self.spec.limits.persists as usize;
        disk.free_at = disk.free_at.max(self.now).saturating_add(takes).saturating_add(disk.state.slow.0);
        let persist = Persist {
            process: slot,
            token,
            number: process.persists,
            stored,
            takes,
            due: disk.free_at,
            cause: process.number,
            gated: Vec::new(),
            done: crowded.then_some(Err(DiskError::Full)),
        };
        let (due, stalled) = (persist.due, disk.state.stalled);
        let tie = tie(Class::World, process.id.0, persist.number);
        let (index, generation) = self.persists.insert(persist);
        if !crowded {
            self.hosts[self.processes[slot as usize].host as usize].disk.queue.push_back(index);
        }
        if crowded || !stalled {
            self.queue.push(Entry { at: due, tie, item: Item::new(Kind::Sync, index, generation) });
        }
        index
    }

    /// A sync is due.
    pub(super) fn synced(&mut self, item: Item, observers: &mut [&mut dyn Observer]) -> bool {
        let index = item.index();
        let Some(persist) = self.persists.get_mut(index) else { return false };
        let slot = persist.process;
        let process = &mut self.processes[slot as usize];
        let host = &mut self.hosts[process.host as usize];
        if persist.done.is_none() {
            let outcome = match host.disk.state {
                DiskState { full: true, .. } => Err(DiskError::Full),
                DiskState { io_error: true, .. } => Err(DiskError::Io),
                DiskState { lying: true, .. } => {
                    process.pretended = Some(persist.stored.clone());
                    Ok(())
                }
                _ => {
                    process.pretended = None;
                    process.stored = Some(persist.stored.clone());
                    Ok(())
                }
            };
            persist.done = Some(outcome);
            host.disk.queue.retain(|&queued| queued != index);
        }
        if host.status == HostStatus::Paused {
            host.backlog.push_back(item);
            return false;
        }
        let Some(persist) = self.persists.remove(index) else { return false };
        process.unsynced = process.unsynced.saturating_sub(1);
        let cause = EventId { process: process.id, incarnation: process.incarnation, number: persist.cause };
        match persist.done {
            Some(Err(error)) => {
                let id = self.begin(slot, Code::PersistFailed);
                self.history.word(persist.token);
                for flight in persist.gated {
                    self.lose(flight, LossReason::PersistFailed);
                }
                self.run(slot, RawInput::PersistFailed(persist.token, error), observers);
                self.show(observers, id, What::PersistFailed { token: persist.token, error }, &[cause]);
            }
            _ => {
                let id = self.begin(slot, Code::Persisted);
                self.history.word(persist.token);
                for flight in persist.gated {
                    self.open_gate(flight, id.number);
                }
                self.run(slot, RawInput::Persisted(persist.token), observers);
                self.show(observers, id, What::Persisted { token: persist.token }, &[cause]);
            }
        }
        true
    }

    /// A send waits for a persist.
    pub(super) fn gate(&mut self, flight: u32, persist: u32) {
        if let Some(waiting) = self.flights.get_mut(flight) {
            waiting.phase = Phase::Gated;
        }
        match self.persists.get_mut(persist) {
            Some(persist) => persist.gated.push(flight),
            None => {
                self.open_gate(flight, 0);
            }
        }
    }

    /// A process has died: its un-synced writes are lost, but for what a torn tail keeps. What waited for them never
    /// leaves.
    pub(super) fn lose_unsynced(&mut self, slot: u32, host_died: bool) {
        let mut mine: Vec<(u64, u32)> = self
            .persists
            .iter()
            .filter(|(_, persist)| persist.process == slot)
            .map(|(index, persist)| (persist.number, index))
            .collect();
        few::sort(&mut mine);
        let mut tail = Vec::new();
        for (_, index) in mine {
            let Some(persist) = self.persists.remove(index) else { continue };
            for &flight in &persist.gated {
                self.lose(flight, LossReason::SenderDied);
            }
            if persist.done.is_none() {
                tail.push((persist.number, persist.stored));
            }
            let host = self.processes[slot as usize].host;
            self.hosts[host as usize].disk.queue.retain(|&queued| queued != index);
        }
        let process = &mut self.processes[slot as usize];
        process.unsynced = 0;
        let disk = &mut self.hosts[process.host as usize].disk;
        if disk.queue.is_empty() {
            disk.free_at = self.now;
        }
        if host_died && let Some(pretended) = process.pretended.take() {
            tail.insert(0, (0, pretended));
        }
        let first = tail.first().map(|(number, _)| *number);
        if let Some(first) = first.filter(|_| disk.state.torn_tail) {
            let mut luck = Luck::of(process.disk_luck, first, 1).stream(Purpose::Torn);
            let whole = luck.below(tail.len() as u64) as usize;
            let kept = (luck.bits() >> 32) as u32;
            let older = whole.checked_sub(1).and_then(|last| tail.get(last)).map(|(_, stored)| stored);
            let older = older.or(process.stored.as_ref());
            process.stored = tail.get(whole).and_then(|(_, newer)| newer.torn(older, kept));
        }
    }

    /// A disk begins or ceases to misbehave.
    pub(super) fn set_disk_fault(&mut self, host: u32, fault: DiskFault) {
        let state = &mut self.hosts[host as usize].disk.state;
        match fault {
            DiskFault::Healthy => self.heal_disk(host),
            DiskFault::TornTail => state.torn_tail = true,
            DiskFault::Stall => {
                state.stalled = true;
                for index in self.hosts[host as usize].disk.queue.clone() {
                    self.persists.renew(index);
                }
            }
            DiskFault::Full => state.full = true,
            DiskFault::IoError => state.io_error = true,
            DiskFault::Slow(span) => state.slow = span,
            DiskFault::Lying => state.lying = true,
            DiskFault::Wipe => {
                for slot in self.hosts[host as usize].processes.clone() {
                    let process = &mut self.processes[slot as usize];
                    (process.stored, process.pretended) = (None, None);
                }
            }
        }
    }

    /// The disk is itself again: what it pretended to hold it now holds, and syncs that were stalled or slow run at its own
    /// pace, one after another.
    pub(super) fn heal_disk(&mut self, host: u32) {
        let disk = &mut self.hosts[host as usize].disk;
        let was = std::mem::take(&mut disk.state);
        if was.stalled || was.slow > Span::ZERO {
            disk.free_at = self.now;
            for index in disk.queue.clone() {
                let generation = self.persists.renew(index);
                let Some(persist) = self.persists.get_mut(index) else { continue };
                let due = disk.free_at.saturating_add(persist.takes);
                persist.due = if was.stalled { due } else { due.min(persist.due) };
                disk.free_at = persist.due;
                let owner = self.processes[persist.process as usize].id.0;
                let tie = tie(Class::World, owner, persist.number);
                let item = Item::new(Kind::Sync, index, generation);
                self.queue.push(Entry { at: persist.due, tie, item });
            }
        }
        for slot in self.hosts[host as usize].processes.clone() {
            let process = &mut self.processes[slot as usize];
            if let Some(pretended) = process.pretended.take() {
                process.stored = Some(pretended);
            }
        }
    }
}
