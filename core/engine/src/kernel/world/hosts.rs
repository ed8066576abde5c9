//! Hosts and processes that come, start, die, stop and go.

use super::World;
use super::clock::Clock;
use super::disk::Disk;
use super::parts::{Channels, Errand, Host, HostStatus, LIVES, NONE, Phase, Proc, Running, Timer};
use super::refusal::{Bound, Refusal};
use super::step::Code;
use crate::kernel::event::{LossReason, Observer, What};
use crate::kernel::law::HostSpec;
use crate::kernel::luck::{Key, name_key};
use crate::kernel::queue::{Item, Kind};
use crate::process::hosted::RawInput;
use crate::process::{EventId, HostId, Image, ProcessId, Spawn};
use litemap::LiteMap;
use std::collections::VecDeque;
use std::sync::Arc;

/// Ids of what came in mid-run have this bit.
const LATE: u32 = 1 << 31;
/// Names are at most this many bytes.
const LONGEST_NAME: u32 = 256;
/// Names the luck of timers and of disks.
const TIMER: u64 = 2;
const DISK: u64 = 3;

impl World {
    /// Adds a host, up and empty.
    pub fn add_host(&mut self, name: &str, spec: HostSpec) -> Result<HostId, Refusal> {
        self.may_add_host(name, &spec)?;
        let slot = self.hosts.len() as u32;
        let names = Arc::make_mut(&mut self.names);
        let id = HostId(number(self.begun, slot, name, &mut names.late_hosts));
        let name: Arc<str> = name.into();
        names.hosts.insert(name.clone(), slot);
        self.hosts.push(Host {
            id,
            name,
            zone: spec.zone,
            status: HostStatus::Up,
            removed: false,
            disk: Disk::new(&spec.disk),
            clock: Clock::new(self.now, spec.drift_ppm, spec.offset),
            processes: Vec::new(),
            backlog: VecDeque::new(),
        });
        Ok(id)
    }

    /// Adds a process, which starts at once: before the first event, that is at time 0.
    pub fn add_process(
        &mut self,
        host: HostId,
        name: &str,
        group: u16,
        image: Arc<dyn Image>,
    ) -> Result<ProcessId, Refusal> {
        self.add_process_because(host, name, group, image, None, None)
    }

    /// The id of the `nth` process from here to be added before the first event (0 is the next), so that peers can be
    /// named before they are there.
    pub fn next_process_id(&self, nth: u32) -> ProcessId {
        ProcessId((self.processes.len() as u32).saturating_add(nth).saturating_add(1))
    }

    pub(super) fn may_add_host(&self, name: &str, spec: &HostSpec) -> Result<(), Refusal> {
        spec.check().map_err(Refusal::BadLaw)?;
        may_be_called(name)?;
        let limit = self.spec.limits.hosts;
        if self.hosts.len() >= limit as usize {
            return Err(Refusal::OutOfBounds { what: Bound::Hosts, limit });
        }
        if self.names.hosts.contains_key(name) {
            return Err(Refusal::NameTaken(name.into()));
        }
        Ok(())
    }

    pub(super) fn may_add_process(&self, host: HostId, name: &str) -> Result<u32, Refusal> {
        may_be_called(name)?;
        let slot = self.host_slot(host)?;
        let limit = self.spec.limits.processes.min(Item::MAX_INDEX >> 4);
        if self.processes.len() >= limit as usize {
            return Err(Refusal::OutOfBounds { what: Bound::Processes, limit });
        }
        if self.names.processes.contains_key(name) {
            return Err(Refusal::NameTaken(name.into()));
        }
        Ok(slot)
    }

    pub(super) fn add_process_because(
        &mut self,
        host: HostId,
        name: &str,
        group: u16,
        image: Arc<dyn Image>,
        parent: Option<(ProcessId, ProcessId)>,
        cause: Option<EventId>,
    ) -> Result<ProcessId, Refusal> {
        let host_slot = self.may_add_process(host, name)?;
        let slot = self.processes.len() as u32;
        let names = Arc::make_mut(&mut self.names);
        let id = match parent {
            // A parent knows its child by name: a number that is taken cannot be stepped over.
            Some((_, id)) if names.late_processes.contains_key(&id.0) => {
                return Err(Refusal::NameTaken(name.into()));
            }
            Some((_, id)) => {
                names.late_processes.insert(id.0, slot);
                id
            }
            None => ProcessId(number(self.begun, slot, name, &mut names.late_processes)),
        };
        let name: Arc<str> = name.into();
        names.processes.insert(name.clone(), slot);
        let name_key = name_key(&name);
        self.processes.push(Proc {
            id,
            host: host_slot,
            incarnation: 0,
            running: None,
            number: 0,
            sends: 0,
            timers: Vec::new(),
            channels: Channels::default(),
            connections: 0,
            persists: 0,
            unsynced: 0,
            stored: image.installed(id),
            pretended: None,
            timer_luck: Key::of(self.spec.seed, self.salt, &[TIMER, name_key]),
            disk_luck: Key::of(self.spec.seed, self.salt, &[DISK, name_key]),
            lives: VecDeque::new(),
            group,
            enabled: true,
            removed: false,
            parent: parent.map(|(parent, _)| parent),
            name,
            name_key,
            image,
        });
        self.hosts[host_slot as usize].processes.push(slot);
        if self.hosts[host_slot as usize].status != HostStatus::Down {
            self.soon(Errand::Start { process: slot, cause });
        }
        Ok(id)
    }

    /// An incarnation begins, from what the disk holds.
    pub(super) fn start_now(
        &mut self,
        slot: u32,
        cause: Option<EventId>,
        observers: &mut [&mut dyn Observer],
    ) -> bool {
        let process = &mut self.processes[slot as usize];
        let host_up = self.hosts[process.host as usize].status == HostStatus::Up;
        if process.running.is_some() || process.removed || !host_up {
            return false;
        }
        process.incarnation += 1;
        if process.lives.len() >= LIVES {
            process.lives.pop_front();
        }
        process.lives.push_back((process.incarnation, process.number + 1));
        process.running = Some(Running(process.image.boot(process.id, process.stored.as_ref())));
        let id = self.begin(slot, Code::Started);
        self.run(slot, RawInput::Start, observers);
        self.show(observers, id, What::Started, cause.as_slice());
        true
    }

    /// A process dies: its volatile state, timers and un-synced writes are gone. `false` if it was not running.
    pub(super) fn kill(&mut self, slot: u32, host_died: bool) -> bool {
        let died = self.processes[slot as usize].running.take().is_some();
        for timer in &mut self.processes[slot as usize].timers {
            (timer.fires_at, timer.queued) = (Timer::OFF, Timer::OFF);
            timer.generation = timer.generation.wrapping_add(1);
        }
        self.lose_unsynced(slot, host_died);
        self.lose_connections(slot, host_died);
        // What it was still to be given as a process that runs: commands, starts.
        let mut given: Vec<u32> = self
            .errands
            .iter()
            .filter(|(_, errand)| errand.process() == slot && !matches!(errand, Errand::Stopped { .. }))
            .map(|(index, _)| index)
            .collect();
        for index in given.drain(..) {
            self.errands.remove(index);
        }
        died
    }

    /// A host dies with all its processes. What lay before it, paused, is lost.
    pub(super) fn kill_host(&mut self, host: u32) -> Vec<ProcessId> {
        let mut crashed = Vec::new();
        for slot in self.hosts[host as usize].processes.clone() {
            if self.kill(slot, true) {
                crashed.push(self.processes[slot as usize].id);
            }
        }
        self.hosts[host as usize].status = HostStatus::Down;
        let id = self.hosts[host as usize].id;
        for item in std::mem::take(&mut self.hosts[host as usize].backlog) {
            if item.kind() == Kind::Flight && self.is_live(item) {
                self.lose(item.index(), LossReason::ReceiverDown(id));
            }
        }
        crashed
    }

    /// A host comes up and starts its processes, those that nobody stopped and that no other process started.
    pub(super) fn raise_host(&mut self, host: u32, cause: EventId) {
        self.hosts[host as usize].status = HostStatus::Up;
        self.go_on();
        for slot in self.hosts[host as usize].processes.clone() {
            let process = &self.processes[slot as usize];
            if process.enabled && process.parent.is_none() && !process.removed {
                self.soon(Errand::Start { process: slot, cause: Some(cause) });
            }
        }
    }

    /// A host goes for good, with its processes and disk, and what is on its way to it.
    pub(super) fn remove_host(&mut self, host: u32) -> Vec<ProcessId> {
        let crashed = self.kill_host(host);
        let id = self.hosts[host as usize].id;
        self.hosts[host as usize].removed = true;
        let gone = self.hosts[host as usize].processes.clone();
        for &slot in &gone {
            let process = &mut self.processes[slot as usize];
            (process.removed, process.enabled) = (true, false);
            (process.stored, process.pretended) = (None, None);
        }
        let doomed: Vec<u32> = self
            .flights
            .iter()
            .filter(|(_, flight)| gone.contains(&flight.to))
            .map(|(index, _)| index)
            .collect();
        for index in doomed {
            self.lose(index, LossReason::ReceiverDown(id));
        }
        self.abandon_connections(&gone);
        for process in &mut self.processes {
            for channel in process.channels.iter_mut() {
                if gone.contains(&channel.to) {
                    channel.to = NONE;
                }
            }
        }
        crashed
    }

    /// A paused host goes on: what came meanwhile is taken now, in the order it came.
    pub(super) fn resume_host(&mut self, host: u32) {
        self.hosts[host as usize].status = HostStatus::Up;
        let backlog = std::mem::take(&mut self.hosts[host as usize].backlog);
        self.ready.extend(backlog);
    }

    /// A process starts another. The same name again starts that one's next incarnation, from its disk.
    pub(super) fn spawn(&mut self, parent: u32, spawn: Spawn) {
        let parent_ref = &self.processes[parent as usize];
        let (cause, parent_id, group) = (parent_ref.event(), parent_ref.id, parent_ref.group);
        let host = spawn.host.unwrap_or(self.hosts[parent_ref.host as usize].id);
        let name = format!("{}/{}", parent_ref.name, spawn.name);
        if let Some(&slot) = self.names.processes.get(name.as_str()) {
            let child = &mut self.processes[slot as usize];
            if child.parent == Some(parent_id) && child.running.is_none() && !child.removed {
                child.image = spawn.image;
                child.enabled = true;
                self.soon(Errand::Start { process: slot, cause: Some(cause) });
            }
            return;
        }
        // The parent learns of a refusal as it would of a dead process: nobody answers there.
        let id = ProcessId::child_of(parent_id, &spawn.name);
        let _ = self.add_process_because(host, &name, group, spawn.image, Some((parent_id, id)), Some(cause));
    }

    /// A process stops another that it started, or itself. It stays stopped until it is started again by name.
    pub(super) fn stop(&mut self, by: u32, target: ProcessId) {
        let (me, cause) = (self.processes[by as usize].id, self.processes[by as usize].event());
        let Some(slot) = self.slot_of(target) else { return };
        let process = &mut self.processes[slot as usize];
        if target != me && process.parent != Some(me) {
            return;
        }
        process.enabled = false;
        if self.kill(slot, false) {
            self.soon(Errand::Stopped { process: slot, cause });
        }
    }

    /// A process' luck continues under the world's salt.
    pub(super) fn reluck_process(&mut self, slot: u32) {
        let mut channels = std::mem::take(&mut self.processes[slot as usize].channels);
        for channel in channels.iter_mut() {
            let to = Some(channel.to).filter(|&to| to != NONE);
            channel.luck = self.channel_luck(slot, to);
        }
        let (seed, salt) = (self.spec.seed, self.salt);
        let process = &mut self.processes[slot as usize];
        process.channels = channels;
        process.timer_luck = Key::of(seed, salt, &[TIMER, process.name_key]);
        process.disk_luck = Key::of(seed, salt, &[DISK, process.name_key]);
    }

    /// Flights that are no more are struck from the lists of those that wait.
    pub(super) fn forget_lost(&mut self) {
        let flights = &self.flights;
        self.door.retain(|&index| flights.get(index).is_some_and(|flight| flight.phase == Phase::Held));
        for (_, waiting) in &mut self.clogged {
            waiting.retain(|&index| flights.get(index).is_some_and(|flight| flight.phase == Phase::Clogged));
        }
        self.clogged.retain(|_, waiting| !waiting.is_empty());
    }

    /// The slot of a host that is part of the world.
    pub(super) fn host_slot(&self, id: HostId) -> Result<u32, Refusal> {
        self.slot_of_host(id).ok_or(Refusal::UnknownHost(id))
    }

    /// The same; `None` if there is none.
    #[inline]
    pub(super) fn slot_of_host(&self, id: HostId) -> Option<u32> {
        let slot = if id.0 & LATE != 0 {
            self.names.late_hosts.get(&id.0).copied()
        } else {
            id.0.checked_sub(1).filter(|&slot| (slot as usize) < self.hosts.len())
        };
        slot.filter(|&slot| {
            let host = &self.hosts[slot as usize];
            host.id == id && !host.removed
        })
    }

    /// A process' slot.
    #[inline]
    pub(super) fn slot_of(&self, id: ProcessId) -> Option<u32> {
        if id.0 & LATE != 0 {
            return self.names.late_processes.get(&id.0).copied();
        }
        let slot = id.0.checked_sub(1)?;
        self.processes.get(slot as usize).filter(|process| process.id == id).map(|_| slot)
    }

    /// The slot of a process that is part of the world.
    pub(super) fn process_slot(&self, id: ProcessId) -> Result<u32, Refusal> {
        self.slot_of_process(id).ok_or(Refusal::UnknownProcess(id))
    }

    /// The same; `None` if there is none.
    #[inline]
    pub(super) fn slot_of_process(&self, id: ProcessId) -> Option<u32> {
        self.slot_of(id).filter(|&slot| !self.processes[slot as usize].removed)
    }
}

/// A number for what is added: in order before the first event; from its name afterwards, so that it does not depend on
/// what else was added.
fn number(begun: bool, slot: u32, name: &str, late: &mut LiteMap<u32, u32>) -> u32 {
    if !begun {
        return slot + 1;
    }
    let mut id = LATE | (name_key(name) >> 32) as u32;
    while late.contains_key(&id) {
        id = LATE | id.wrapping_add(1);
    }
    late.insert(id, slot);
    id
}

fn may_be_called(name: &str) -> Result<(), Refusal> {
    if name.is_empty() || name.len() > LONGEST_NAME as usize {
        return Err(Refusal::OutOfBounds { what: Bound::Name, limit: LONGEST_NAME });
    }
    Ok(())
}
