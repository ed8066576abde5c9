//! Datagrams: how they leave, travel, are lost, doubled and overtaken, and arrive.
//!
//! Each message's luck depends on its own identity alone: who sends to whom, and which one it is. Connections' segments
//! travel by the same links; what is different about them stands in `connections`.

use super::World;
use super::parts::{Body, Channel, Flight, HostStatus, NONE, Phase};
use super::step::Code;
use crate::kernel::event::{Fate, LossReason, Observer, Sent, What};
use crate::kernel::luck::{Key, Luck, Purpose};
use crate::kernel::queue::{Class, Entry, Item, Kind, tie};
use crate::process::hosted::RawInput;
use crate::process::{EventId, MessageId, Payload, ProcessId, Time};
use smallvec::SmallVec;
use std::sync::Arc;

/// Names the luck of a channel.
const CHANNEL: u64 = 1;

impl World {
    /// Sends a datagram; if `gate` is a persist under way, behind it.
    #[inline]
    pub(super) fn send(&mut self, from: u32, to: ProcessId, payload: Arc<dyn Payload>, gate: Option<u32>) {
        let Some(index) = self.board(from, to, payload, Body::Datagram) else { return };
        match gate {
            None => {
                let fate = self.depart(index);
                self.tell_sent(index, fate);
            }
            Some(persist) => {
                self.gate(index, persist);
                self.tell_sent(index, Fate::Gated);
            }
        }
    }

    /// Numbers a message and gives it a place. `None` if there is nobody or no room to send it to.
    #[inline]
    pub(super) fn board(
        &mut self,
        from: u32,
        to: ProcessId,
        payload: Arc<dyn Payload>,
        body: Body,
    ) -> Option<u32> {
        let channel = self.number_next(from, to);
        let sender = &mut self.processes[from as usize];
        if channel.to == NONE || self.flights.len() >= self.spec.limits.in_flight as usize {
            let reason = if channel.to == NONE { LossReason::NoSuchProcess } else { LossReason::Overflow };
            if self.scratch.watched {
                let message = MessageId { from: sender.id, to, number: channel.number, copy: 0 };
                self.scratch.sent.push(Sent { message, payload, fate: Fate::Lost(reason) });
            }
            return None;
        }
        sender.sends += 1;
        let flight = Flight {
            payload: Some(payload),
            from,
            to: channel.to,
            number: channel.number,
            copy: 0,
            link: channel.link,
            luck: Luck::of(channel.luck, channel.number, 0),
            tie: tie(Class::Network, sender.id.0, sender.sends),
            sent_at: self.now,
            arrives: 0,
            cause: self.cause,
            gate: 0,
            phase: Phase::Gated,
            body,
        };
        Some(self.flights.insert(flight).0)
    }

    /// The channel between two processes, with the next message numbered.
    #[inline]
    fn number_next(&mut self, from: u32, to: ProcessId) -> Channel {
        if let Some(channel) = self.processes[from as usize].channels.get_mut(to)
            && channel.to != NONE
        {
            channel.number += 1;
            return *channel;
        }
        self.open_channel(from, to)
    }

    /// First use of a channel, or its receiver was not there when it was last used.
    #[cold]
    fn open_channel(&mut self, from: u32, to: ProcessId) -> Channel {
        let receiver = self.slot_of(to).filter(|&slot| !self.processes[slot as usize].removed);
        let link = match receiver {
            Some(slot) => {
                let (from_host, to_host) =
                    (self.processes[from as usize].host, self.processes[slot as usize].host);
                self.link_between(from_host, to_host)
            }
            None => NONE,
        };
        let luck = self.channel_luck(from, receiver);
        let most = self.spec.limits.processes as usize + 4_096;
        let channels = &mut self.processes[from as usize].channels;
        let number = channels.get_mut(to).map_or(0, |channel| channel.number) + 1;
        let channel = Channel { number, luck, to: receiver.unwrap_or(NONE), link };
        if receiver.is_some() || channels.len() < most {
            channels.insert(to, channel);
        }
        channel
    }

    /// The luck of a channel, by the names at its ends.
    pub(super) fn channel_luck(&self, from: u32, to: Option<u32>) -> Key {
        let name = |slot: u32| self.processes[slot as usize].name_key;
        Key::of(self.spec.seed, self.salt, &[CHANNEL, name(from), to.map_or(0, name)])
    }

    /// A datagram leaves, now or later on its link, or is lost at once. After a loss its place is empty, but for what
    /// observers are told.
    #[inline]
    pub(super) fn depart(&mut self, index: u32) -> Fate {
        let Some(flight) = self.flights.get_mut(index) else { return Fate::Waits };
        if let Body::Segment { .. } = flight.body {
            return self.depart_on_connection(index, self.now);
        }
        let link = &self.links[flight.link as usize];
        if link.blocked || link.clogged || !link.law.plain {
            return self.depart_through(index);
        }
        let latency = link.law.sampler.draw(&mut flight.luck.stream(Purpose::Latency));
        flight.arrives = self.now.saturating_add(latency);
        flight.phase = Phase::Moving;
        let (at, tie) = (flight.arrives, flight.tie);
        self.queue_flight(index, at, tie);
        Fate::Arrives(Time(at))
    }

    /// The same on a link that is cut, clogged, or more than a latency.
    #[inline(never)]
    fn depart_through(&mut self, index: u32) -> Fate {
        let Some(flight) = self.flights.get_mut(index) else { return Fate::Waits };
        let link = &mut self.links[flight.link as usize];
        let law = link.law.clone();
        if link.blocked {
            return Fate::Lost(LossReason::Blocked);
        }
        if link.clogged {
            flight.phase = Phase::Clogged;
            self.clogged.entry(flight.link).or_default().push(index);
            return Fate::Waits;
        }
        let luck = flight.luck;
        if luck.hits(Purpose::Loss, law.spec.loss.0) {
            return Fate::Lost(LossReason::Chance);
        }
        let mut leaves = self.now;
        if let Some(bandwidth) = law.spec.bandwidth {
            let bytes = u64::from(flight.payload.as_ref().map_or(0, |payload| payload.size()));
            leaves = leaves.max(link.free_at).saturating_add(serialised(bytes, bandwidth));
            link.free_at = leaves;
        }
        let travel = |luck: Luck| {
            let mut latency = law.sampler.draw(&mut luck.stream(Purpose::Latency));
            if luck.hits(Purpose::Reorder, law.spec.reorder.0) {
                latency = latency.saturating_add(law.sampler.draw(&mut luck.stream(Purpose::Behind)));
            }
            leaves.saturating_add(latency)
        };
        flight.arrives = travel(luck);
        flight.phase = Phase::Moving;
        let (at, tie) = (flight.arrives, flight.tie);
        let twin = luck.hits(Purpose::Duplicate, law.spec.duplicate.0).then(|| flight.clone());
        self.queue_flight(index, at, tie);
        if let Some(twin) = twin
            && let Some(copy) = self.add_copy(twin, 1)
            && let Some(flight) = self.flights.get_mut(copy)
        {
            flight.arrives = travel(flight.luck);
            let (at, tie) = (flight.arrives, flight.tie);
            self.queue_flight(copy, at, tie);
            self.tell_sent(copy, Fate::Arrives(Time(at)));
        }
        Fate::Arrives(Time(at))
    }

    /// Gives a copy of a message a place of its own, with its own luck, behind what its sender has sent so far.
    pub(super) fn add_copy(&mut self, original: Flight, copy: u32) -> Option<u32> {
        if self.flights.len() >= self.spec.limits.in_flight as usize {
            return None;
        }
        let luck_key = self.channel_luck(original.from, Some(original.to));
        let sender = &mut self.processes[original.from as usize];
        sender.sends += 1;
        let flight = Flight {
            copy,
            luck: Luck::of(luck_key, original.number, copy),
            tie: tie(Class::Network, sender.id.0, sender.sends),
            ..original
        };
        Some(self.flights.insert(flight).0)
    }

    /// Puts an arrival into the queue.
    #[inline]
    pub(super) fn queue_flight(&mut self, index: u32, at: u64, tie: u64) {
        let generation = self.flights.generation(index);
        self.queue.push(Entry { at, tie, item: Item::new(Kind::Flight, index, generation) });
    }

    /// Tells observers of a message that left, and empties its place if it is lost.
    #[inline]
    pub(super) fn tell_sent(&mut self, index: u32, fate: Fate) {
        if self.scratch.watched || matches!(fate, Fate::Lost(_)) {
            self.tell_now(index, fate);
        }
    }

    /// The rarer half of it.
    #[inline(never)]
    fn tell_now(&mut self, index: u32, fate: Fate) {
        if self.scratch.watched
            && let Some(flight) = self.flights.get(index)
            && let Some(payload) = flight.payload.clone()
        {
            let message = self.message_id(flight);
            self.scratch.sent.push(Sent { message, payload, fate });
        }
        if matches!(fate, Fate::Lost(_)) {
            self.flights.remove(index);
        }
    }

    /// Something on its way or waiting is lost because of the present event.
    pub(super) fn lose(&mut self, index: u32, reason: LossReason) {
        let Some(flight) = self.flights.remove(index) else { return };
        self.unlist(&flight, index);
        if self.scratch.watched && flight.payload.is_some() {
            let message = self.message_id(&flight);
            self.scratch.lost.push((message, reason));
        }
    }

    /// A flight is no more: whatever lists it forgets it, for its place may be used again.
    fn unlist(&mut self, flight: &Flight, index: u32) {
        self.unqueue(flight, index);
        match flight.phase {
            Phase::Gated => {
                self.persists.iter_mut().for_each(|persist| persist.gated.retain(|&i| i != index))
            }
            Phase::Clogged => {
                if let Some(waiting) = self.clogged.get_mut(&flight.link) {
                    waiting.retain(|&waiting| waiting != index);
                }
            }
            Phase::Held => self.door.retain(|&held| held != index),
            Phase::Stalled | Phase::Moving | Phase::Parked => {}
        }
    }

    /// What waited for a persist leaves.
    pub(super) fn open_gate(&mut self, index: u32, event: u64) {
        if let Some(flight) = self.flights.get_mut(index) {
            flight.gate = event;
            if let Body::Segment { connection, back, .. } = flight.body {
                flight.phase = Phase::Stalled;
                return self.pump(connection, usize::from(back), self.now);
            }
            let fate = self.depart(index);
            self.tell_sent(index, fate);
        }
    }

    /// A flight's name.
    #[inline]
    pub(super) fn message_id(&self, flight: &Flight) -> MessageId {
        MessageId {
            from: self.processes[flight.from as usize].id,
            to: self.processes[flight.to as usize].id,
            number: flight.number,
            copy: flight.copy,
        }
    }

    /// The events that led to a flight's arrival: the one that sent it, and the one that let it leave.
    pub(super) fn causes_of(&self, flight: &Flight) -> SmallVec<[EventId; 2]> {
        let mut causes = SmallVec::from_slice(&[flight.cause]);
        if flight.gate != 0 {
            causes.push(EventId { number: flight.gate, ..flight.cause });
        }
        causes
    }

    /// Something arrives.
    pub(super) fn arrive(&mut self, item: Item, observers: &mut [&mut dyn Observer]) -> bool {
        let index = item.index();
        let Some(flight) = self.flights.get_mut(index) else { return false };
        let slot = flight.to;
        if self.links[flight.link as usize].held && flight.phase == Phase::Moving {
            flight.phase = Phase::Held;
            self.door.push(index);
            return false;
        }
        let process = &self.processes[slot as usize];
        let host = &mut self.hosts[process.host as usize];
        if host.status == HostStatus::Paused {
            flight.phase = Phase::Parked;
            host.backlog.push_back(item);
            return false;
        }
        match flight.body {
            Body::Datagram => self.deliver(index, observers),
            Body::Segment { .. } => self.land(item, observers),
        }
    }

    /// A datagram is at its receiver.
    #[inline]
    fn deliver(&mut self, index: u32, observers: &mut [&mut dyn Observer]) -> bool {
        if !observers.is_empty() {
            return self.deliver_watched(index, observers);
        }
        let Some(Flight { payload: Some(payload), from, to: slot, number, copy, .. }) =
            self.flights.remove(index)
        else {
            return false;
        };
        let sender = self.processes[from as usize].id;
        let runs = self.processes[slot as usize].running.is_some();
        self.begin_delivery(slot, sender, number, copy, &*payload, runs);
        if runs {
            self.run(slot, RawInput::Message(sender, payload), observers);
        }
        true
    }

    /// The event of a delivery, or of a miss.
    #[inline(always)]
    fn begin_delivery(
        &mut self,
        slot: u32,
        sender: ProcessId,
        number: u64,
        copy: u32,
        payload: &dyn Payload,
        runs: bool,
    ) -> EventId {
        let id = self.begin(slot, if runs { Code::Delivered } else { Code::Missed });
        self.history.word(u64::from(sender.0) << 32 | u64::from(copy));
        self.history.word(number);
        payload.fold(&mut self.history);
        id
    }

    /// The same, with somebody watching.
    #[inline(never)]
    fn deliver_watched(&mut self, index: u32, observers: &mut [&mut dyn Observer]) -> bool {
        let Some(mut flight) = self.flights.remove(index) else { return false };
        let Some(payload) = flight.payload.take() else { return false };
        let (slot, sender) = (flight.to, self.processes[flight.from as usize].id);
        let runs = self.processes[slot as usize].running.is_some();
        let id = self.begin_delivery(slot, sender, flight.number, flight.copy, &*payload, runs);
        if runs {
            self.run(slot, RawInput::Message(sender, payload.clone()), observers);
        }
        let (message, causes) = (self.message_id(&flight), self.causes_of(&flight));
        let what = if runs {
            What::Delivered { message, payload: &payload, sent_at: Time(flight.sent_at) }
        } else {
            What::Missed { message, payload: &payload }
        };
        self.show(observers, id, what, &causes);
        true
    }
}

/// How long so many bytes take on a link of so many bytes a second.
pub(super) fn serialised(bytes: u64, bandwidth: u64) -> u64 {
    let nanos = u128::from(bytes) * 1_000_000_000 / u128::from(bandwidth.max(1));
    u64::try_from(nanos).unwrap_or(u64::MAX)
}
