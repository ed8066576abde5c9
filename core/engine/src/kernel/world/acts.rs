//! What an operator does, as one event each; and whether it could be done.

use super::World;
use super::faults::{Barrier, Change, Patch};
use super::fold::fold_action;
use super::parts::{Body, Errand, HostStatus, Phase, TIMERS, Timer};
use super::refusal::{Bound, Refusal};
use crate::kernel::action::{Action, LinkScope};
use crate::kernel::event::{LossReason, Observer, What};
use crate::kernel::law::{LawError, MOST_DRIFT_PPM};
use crate::process::{EventId, MessageId, ProcessId};
use litemap::LiteMap;

impl World {
    /// Does something to the world, now. The event is the operator's; what it leads to follows by [`World::step`].
    /// A refused action changes nothing, and is no event.
    pub fn act(&mut self, action: &Action, observers: &mut [&mut dyn Observer]) -> Result<EventId, Refusal> {
        self.preview(action)?;
        self.begun = true;
        self.scratch.watched = !observers.is_empty();
        let id = self.begin_act();
        fold_action(action, &mut self.history);
        let crashed = self.carry_out_act(action, id)?;
        self.forget_lost();
        self.settle();
        self.show(observers, id, What::Done { action, crashed: &crashed, refused: None }, &[]);
        Ok(id)
    }

    /// Would it be refused now? Costs no more than looking.
    pub fn preview(&self, action: &Action) -> Result<(), Refusal> {
        match action {
            Action::CrashHost(id) => {
                let host = &self.hosts[self.host_slot(*id)? as usize];
                if host.status == HostStatus::Down { Err(Refusal::AlreadyDown) } else { Ok(()) }
            }
            Action::StartHost(id) => {
                let host = &self.hosts[self.host_slot(*id)? as usize];
                if host.status == HostStatus::Down { Ok(()) } else { Err(Refusal::AlreadyUp) }
            }
            Action::CrashProcess(id) => self.running_slot(*id).map(drop).map_err(|refusal| match refusal {
                Refusal::NotRunning(_) => Refusal::AlreadyDown,
                other => other,
            }),
            Action::StartProcess(id) => {
                let process = &self.processes[self.process_slot(*id)? as usize];
                let host = &self.hosts[process.host as usize];
                match () {
                    () if process.running.is_some() => Err(Refusal::AlreadyUp),
                    () if host.status == HostStatus::Down => Err(Refusal::HostDown(host.id)),
                    () => Ok(()),
                }
            }
            Action::Pause(id) => {
                let host = &self.hosts[self.host_slot(*id)? as usize];
                match host.status {
                    HostStatus::Up => Ok(()),
                    HostStatus::Paused => Err(Refusal::AlreadyPaused),
                    HostStatus::Down => Err(Refusal::HostDown(*id)),
                }
            }
            Action::Resume(id) => {
                let host = &self.hosts[self.host_slot(*id)? as usize];
                if host.status == HostStatus::Paused { Ok(()) } else { Err(Refusal::NotPaused) }
            }
            Action::AddHost { name, spec } => self.may_add_host(name, spec),
            Action::RemoveHost(id) => self.host_slot(*id).map(drop),
            Action::AddProcess { host, name, .. } => self.may_add_process(*host, name).map(drop),
            Action::Block { barrier, scope } => {
                self.may_put_barrier(*barrier)?;
                self.knows(scope)
            }
            Action::Partition { barrier, groups, .. } => {
                self.may_put_barrier(*barrier)?;
                let mut seen: LiteMap<_, u32> = LiteMap::new();
                for &id in groups.iter().flatten() {
                    self.host_slot(id)?;
                    if seen.insert(id, 0).is_some() {
                        return Err(Refusal::InTwoGroups(id));
                    }
                }
                Ok(())
            }
            Action::Unblock { barrier } => {
                if self.barriers.contains_key(barrier) {
                    Ok(())
                } else {
                    Err(Refusal::NoSuchBarrier(*barrier))
                }
            }
            Action::Shape { scope, latency, bandwidth, .. } => {
                self.may_add_rule()?;
                if let Some(latency) = latency {
                    latency.check().map_err(Refusal::BadLaw)?;
                }
                if *bandwidth == Some(Some(0)) {
                    return Err(Refusal::BadLaw(LawError::NoBandwidth));
                }
                self.knows(scope)
            }
            Action::Clog(scope) | Action::Hold(scope) => {
                self.may_add_rule()?;
                self.knows(scope)
            }
            Action::Unshape(scope) | Action::Unclog(scope) | Action::Release(scope) => self.knows(scope),
            Action::HealAll | Action::Reluck(_) => Ok(()),
            Action::DeliverNow(id) => {
                let index = self.on_its_way(*id)?;
                if self.is_next(index) { Ok(()) } else { Err(Refusal::OnConnection(*id)) }
            }
            Action::DelayMessage(id, _) => self.on_its_way(*id).map(drop),
            Action::DropMessage(id) => {
                let (index, _) = self.flight_of(*id)?;
                match self.flights.get(index).map(|flight| flight.body) {
                    Some(Body::Segment { .. }) => self.on_its_way(*id).map(drop),
                    _ => Ok(()),
                }
            }
            Action::CopyMessage(id) => self.may_copy(*id),
            Action::Disk(id, _) => self.host_slot(*id).map(drop),
            Action::Drift(id, ppm) => {
                self.host_slot(*id)?;
                let most = MOST_DRIFT_PPM.unsigned_abs();
                if ppm.unsigned_abs() > most { Err(Refusal::BadLaw(LawError::TooMuchDrift)) } else { Ok(()) }
            }
            Action::StepWall(id, _) => self.host_slot(*id).map(drop),
            Action::FireTimer(id, timer) => {
                let slot = self.running_slot(*id)?;
                let label = self.processes[slot as usize].running.as_ref();
                let named = label.and_then(|running| running.0.timer_label(*timer));
                if *timer < TIMERS && named.is_some() { Ok(()) } else { Err(Refusal::NoSuchTimer(*timer)) }
            }
            Action::Operate(id, order) => {
                let slot = self.running_slot(*id)?;
                let running = self.processes[slot as usize].running.as_ref();
                if running.is_some_and(|running| running.0.understands(&**order)) {
                    Ok(())
                } else {
                    Err(Refusal::NotUnderstood)
                }
            }
            Action::ResetConnection(id) => {
                if self.wires.contains_key(id) {
                    Ok(())
                } else {
                    Err(Refusal::NoSuchConnection(*id))
                }
            }
        }
    }

    fn carry_out_act(&mut self, action: &Action, id: EventId) -> Result<Vec<ProcessId>, Refusal> {
        match action {
            Action::CrashHost(host) => return Ok(self.kill_host(self.host_slot(*host)?)),
            Action::StartHost(host) => self.raise_host(self.host_slot(*host)?, id),
            Action::CrashProcess(process) => {
                self.kill(self.process_slot(*process)?, false);
                return Ok(vec![*process]);
            }
            Action::StartProcess(process) => {
                let slot = self.process_slot(*process)?;
                self.processes[slot as usize].enabled = true;
                self.soon(Errand::Start { process: slot, cause: Some(id) });
            }
            Action::Pause(host) => {
                let slot = self.host_slot(*host)?;
                self.hosts[slot as usize].status = HostStatus::Paused;
            }
            Action::Resume(host) => self.resume_host(self.host_slot(*host)?),
            Action::AddHost { name, spec } => {
                self.add_host(name, spec.clone())?;
            }
            Action::RemoveHost(host) => return Ok(self.remove_host(self.host_slot(*host)?)),
            Action::AddProcess { host, name, group, image } => {
                self.add_process_because(*host, name, *group, image.clone(), None, Some(id))?;
            }
            Action::Operate(process, order) => {
                let process = self.process_slot(*process)?;
                let (order, ticket) = (order.clone(), id.number);
                self.soon(Errand::Command { process, ticket, order, cause: id });
            }
            Action::FireTimer(process, slot) => {
                let process = self.process_slot(*process)?;
                self.soon(Errand::Fire { process, slot: *slot, cause: id });
            }
            Action::Drift(host, ppm) => self.set_drift(self.host_slot(*host)?, *ppm),
            Action::StepWall(host, nanos) => {
                let slot = self.host_slot(*host)?;
                let clock = &mut self.hosts[slot as usize].clock;
                clock.offset = clock.offset.saturating_add(*nanos);
            }
            Action::Disk(host, fault) => self.set_disk_fault(self.host_slot(*host)?, *fault),
            Action::Reluck(salt) => self.reluck(*salt),
            Action::DeliverNow(message) => {
                let (index, _) = self.flight_of(*message)?;
                self.let_in(index);
            }
            Action::DelayMessage(message, by) => {
                let index = self.on_its_way(*message)?;
                if let Some(flight) = self.flights.get_mut(index) {
                    flight.arrives = flight.arrives.max(self.now).saturating_add(by.0);
                    flight.phase = Phase::Moving;
                }
                self.requeue(index);
                self.keep_order_behind(index);
            }
            Action::DropMessage(message) => {
                let (index, _) = self.flight_of(*message)?;
                match self.flights.get(index).map(|flight| flight.body) {
                    Some(Body::Segment { .. }) => self.send_again(index),
                    _ => self.lose(index, LossReason::ByHand),
                }
            }
            Action::ResetConnection(connection) => self.reset(*connection, id),
            Action::CopyMessage(message) => self.copy_message(*message)?,
            _ => self.carry_out_on_links(action),
        }
        Ok(Vec::new())
    }

    /// What is done to links.
    fn carry_out_on_links(&mut self, action: &Action) {
        match action {
            Action::Block { barrier, scope } => self.put_barrier(*barrier, Barrier::links(scope)),
            Action::Partition { barrier, groups, others_reach_all } => {
                let mut group_of = LiteMap::new();
                for (number, group) in groups.iter().enumerate() {
                    for &host in group {
                        group_of.insert(host, number as u32);
                    }
                }
                let others_reach_all = *others_reach_all;
                self.put_barrier(*barrier, Barrier::Groups { group_of, others_reach_all });
            }
            Action::Unblock { barrier } => self.lift_barrier(*barrier),
            Action::HealAll => self.heal_all(),
            Action::Shape { scope, loss, duplicate, reorder, latency, bandwidth } => {
                let patch = Patch {
                    loss: *loss,
                    duplicate: *duplicate,
                    reorder: *reorder,
                    latency: latency.clone(),
                    bandwidth: *bandwidth,
                };
                self.add_rule(scope, Change::Shape(patch));
            }
            Action::Unshape(scope) => self.add_rule(scope, Change::Unshape),
            Action::Clog(scope) => self.add_rule(scope, Change::Clog(true)),
            Action::Unclog(scope) => {
                self.add_rule(scope, Change::Clog(false));
                self.unclog();
                self.go_on();
            }
            Action::Hold(scope) => self.add_rule(scope, Change::Hold(true)),
            Action::Release(scope) => {
                self.add_rule(scope, Change::Hold(false));
                self.open_doors();
            }
            _ => {}
        }
    }

    fn may_put_barrier(&self, number: u32) -> Result<(), Refusal> {
        self.may_add_rule()?;
        if self.barriers.contains_key(&number) { Err(Refusal::BarrierTaken(number)) } else { Ok(()) }
    }

    fn knows(&self, scope: &LinkScope) -> Result<(), Refusal> {
        scope.from.iter().chain(&scope.to).try_for_each(|&id| self.host_slot(id).map(drop))
    }

    fn running_slot(&self, id: ProcessId) -> Result<u32, Refusal> {
        let slot = self.process_slot(id)?;
        if self.processes[slot as usize].running.is_some() { Ok(slot) } else { Err(Refusal::NotRunning(id)) }
    }

    /// Where a message in flight is.
    fn flight_of(&self, id: MessageId) -> Result<(u32, Phase), Refusal> {
        self.flights
            .iter()
            .find(|(_, flight)| {
                flight.number == id.number
                    && flight.copy == id.copy
                    && flight.payload.is_some()
                    && self.message_id(flight) == id
            })
            .map(|(index, flight)| (index, flight.phase))
            .ok_or(Refusal::NoSuchMessage(id))
    }

    /// Where a message is that is on its way or held.
    fn on_its_way(&self, id: MessageId) -> Result<u32, Refusal> {
        match self.flight_of(id)? {
            (index, Phase::Moving | Phase::Held) => Ok(index),
            _ => Err(Refusal::NotOnItsWay(id)),
        }
    }

    fn may_copy(&self, id: MessageId) -> Result<(), Refusal> {
        let index = self.on_its_way(id)?;
        let limit = self.spec.limits.in_flight;
        match self.flights.get(index).map(|flight| flight.body) {
            Some(Body::Datagram) => {}
            _ => return Err(Refusal::OnConnection(id)),
        }
        if self.flights.len() >= limit as usize {
            return Err(Refusal::OutOfBounds { what: Bound::InFlight, limit });
        }
        Ok(())
    }

    /// Copies a message: the copy is right behind the original, on its way or at the door.
    fn copy_message(&mut self, id: MessageId) -> Result<(), Refusal> {
        let (index, phase) = self.flight_of(id)?;
        let Some(original) = self.flights.get(index).cloned() else { return Err(Refusal::NoSuchMessage(id)) };
        let taken = self
            .flights
            .iter()
            .filter(|(_, flight)| {
                flight.from == original.from && flight.to == original.to && flight.number == original.number
            })
            .map(|(_, flight)| flight.copy)
            .max();
        // 1 is the network's own copy, which may have come and gone.
        let copy = taken.unwrap_or(0).max(1) + 1;
        let (at, held) = (original.arrives, phase == Phase::Held);
        let Some(twin) = self.add_copy(original, copy) else { return Ok(()) };
        if held {
            self.door.push(twin);
        } else if let Some(tie) = self.flights.get(twin).map(|flight| flight.tie) {
            self.queue_flight(twin, at, tie);
        }
        let fate = if held {
            crate::kernel::event::Fate::Waits
        } else {
            crate::kernel::event::Fate::Arrives(crate::process::Time(at))
        };
        self.tell_sent(twin, fate);
        Ok(())
    }

    /// A clock's rate changes: timers on that host fire when the clock shows their time.
    fn set_drift(&mut self, host: u32, ppm: i32) {
        self.hosts[host as usize].clock.set_drift(self.now, ppm);
        let clock = self.hosts[host as usize].clock.clone();
        for slot in self.hosts[host as usize].processes.clone() {
            for timer_slot in 0..TIMERS {
                let process = &mut self.processes[slot as usize];
                let Some(timer) = process.timers.get_mut(usize::from(timer_slot)) else { break };
                // One that lies due before a paused host stays due.
                let waits = timer.queued != Timer::OFF;
                if timer.fires_at != Timer::OFF && waits {
                    timer.fires_at = clock.when(timer.local, self.now).min(Timer::OFF - 1);
                    self.queue_timer(slot, timer_slot);
                }
            }
        }
    }

    /// Other luck from here.
    fn reluck(&mut self, salt: u64) {
        self.salt = salt;
        for slot in 0..self.processes.len() as u32 {
            self.reluck_process(slot);
        }
    }
}
