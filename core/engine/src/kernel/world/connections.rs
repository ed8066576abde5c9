//! Connections, with TCP's behaviour as a program sees it.
//!
//! What is sent arrives once and in order, each direction by itself. A process that is not running refuses or resets as
//! soon as its host hears of it; a host that is down says nothing, and the other side gives up when what it sent has
//! been unacknowledged for [`timeout`](crate::kernel::law::ConnectionSpec::timeout); a partition stalls, the sender
//! tries again after growing pauses (RFC 6298: doubling from the first), and goes on at the next try after it is healed.
//! An idle connection notices nothing. The receiver's kernel acknowledges on arrival; the acknowledgement takes no time
//! of its own, but it needs the way back to be open.
//!
//! Tries are not events: when nothing stands in the way any more, the time of the next try is worked out.

use super::World;
use super::parts::{Body, Connection, End, EndState, Errand, Flight, HostStatus, Part, Phase, Timer};
use super::step::Code;
use crate::kernel::event::{Fate, LossReason, Observer, What};
use crate::kernel::luck::{Key, Luck};
use crate::kernel::queue::{Class, Entry, Item, Kind, tie};
use crate::process::few;
use crate::process::hosted::RawInput;
use crate::process::{CloseReason, ConnectionId, EventId, Fold, Payload, ProcessId};
use std::collections::VecDeque;
use std::sync::Arc;

/// Names the luck of connections' control segments.
const CONTROL: u64 = 4;

impl World {
    /// A process asks for a connection.
    pub(super) fn connect(&mut self, slot: u32, id: ConnectionId, to: ProcessId) {
        let receiver = self.process_slot(to).ok();
        let room = self.connections.len() < self.spec.limits.connections as usize;
        let Some(receiver) = receiver.filter(|_| room && !self.wires.contains_key(&id)) else {
            return self.soon(Errand::Refused { process: slot, connection: id, peer: to, cause: self.cause });
        };
        let (here, there) = (self.processes[slot as usize].host, self.processes[receiver as usize].host);
        let (forth, back) = (self.link_between(here, there), self.link_between(there, here));
        let end = |process, link| End {
            process,
            state: EndState::Opening,
            link,
            queue: VecDeque::new(),
            unheard_since: Timer::OFF,
            unheard_cause: self.cause,
            controls: 0,
        };
        let ends = [end(slot, forth), end(receiver, back)];
        let (index, _) = self.connections.insert(Connection { id, ends, patience: Timer::OFF });
        self.wires.insert(id, index);
        self.send_control(index, 0, Part::Syn);
    }

    /// A process sends on a connection.
    pub(super) fn transmit(
        &mut self,
        slot: u32,
        id: ConnectionId,
        payload: Arc<dyn Payload>,
        gate: Option<u32>,
    ) {
        let Some((connection, side)) = self.end_of(slot, id) else { return };
        let Some(wire) = self.connections.get(connection) else { return };
        let to = self.processes[wire.ends[1 - side].process as usize].id;
        let closed = wire.ends[side].state == EndState::Closed;
        let body = Body::Segment { connection, back: side == 1, part: Part::Data };
        let Some(flight) = self.board(slot, to, payload, body) else { return };
        if closed {
            self.tell_sent(flight, Fate::Lost(LossReason::ConnectionEnded));
            return;
        }
        self.queue_segment(connection, side, flight);
        if let Some(persist) = gate {
            self.gate(flight, persist);
        } else {
            if let Some(waiting) = self.flights.get_mut(flight) {
                waiting.phase = Phase::Stalled;
            }
            self.pump_last(connection, side, flight);
        }
        self.tell_whether_it_left(flight);
    }

    /// A process closes its end.
    pub(super) fn close(&mut self, slot: u32, id: ConnectionId) {
        let Some((index, side)) = self.end_of(slot, id) else { return };
        let Some(wire) = self.connections.get_mut(index) else { return };
        let was = std::mem::replace(&mut wire.ends[side].state, EndState::Closed);
        if was == EndState::Closed {
            return;
        }
        if wire.ends[1 - side].state == EndState::Opening {
            // Never granted: nobody at the other end needs to know.
            wire.ends[1 - side].state = EndState::Closed;
        } else {
            self.send_control(index, side, Part::Fin);
        }
        self.forget_if_over(index);
    }

    /// A connection's place, and which end of it a process holds.
    fn end_of(&self, slot: u32, id: ConnectionId) -> Option<(u32, usize)> {
        let index = *self.wires.get(&id)?;
        let ends = &self.connections.get(index)?.ends;
        // The opener's end first: a process may connect to itself.
        let opens = self.processes[slot as usize].id == id.opener;
        let side = if opens { 0 } else { 1 };
        (ends[side].process == slot).then_some((index, side))
    }

    /// Sends a control segment, behind all that this end has sent.
    fn send_control(&mut self, index: u32, side: usize, part: Part) {
        let Some(wire) = self.connections.get_mut(index) else { return };
        let (id, end) = (wire.id, &mut wire.ends[side]);
        let (from, link) = (end.process, end.link);
        end.controls += 1;
        let nth = u64::from(end.controls) << 1 | side as u64;
        let to = wire.ends[1 - side].process;
        let opener = self.slot_of(id.opener).map_or(0, |slot| self.processes[slot as usize].name_key);
        let key = Key::of(self.spec.seed, self.salt, &[CONTROL, opener, u64::from(id.number)]);
        let sender = &mut self.processes[from as usize];
        sender.sends += 1;
        let (flight, _) = self.flights.insert(Flight {
            payload: None,
            from,
            to,
            number: 0,
            copy: 0,
            link,
            luck: Luck::of(key, nth, 0),
            tie: tie(Class::Network, sender.id.0, sender.sends),
            sent_at: self.now,
            arrives: 0,
            cause: self.cause,
            gate: 0,
            phase: Phase::Stalled,
            body: Body::Segment { connection: index, back: side == 1, part },
        });
        self.queue_segment(index, side, flight);
        self.pump(index, side, self.now);
    }

    /// A segment is at its receiver's host.
    pub(super) fn land(&mut self, item: Item, observers: &mut [&mut dyn Observer]) -> bool {
        let index = item.index();
        let Some(flight) = self.flights.get(index) else { return false };
        let host = self.processes[flight.to as usize].host;
        if self.hosts[host as usize].status == HostStatus::Down {
            self.stall(index);
            return false;
        }
        let Some(flight) = self.flights.remove(index) else { return false };
        let Body::Segment { connection, back, part } = flight.body else { return false };
        let (from, to) = (usize::from(back), usize::from(!back));
        self.unqueue(&flight, index);
        if part != Part::Syn {
            self.acknowledge(connection, from); // a request is answered, not acknowledged
        }
        let Some(wire) = self.connections.get_mut(connection) else { return false };
        let (id, state) = (wire.id, wire.ends[to].state);
        let sender_open = wire.ends[from].state != EndState::Closed;
        let happened = match (part, state) {
            (Part::Syn, EndState::Opening) => self.hear_syn(connection, &flight, observers),
            (Part::SynAck, EndState::Opening) => {
                wire.ends[to].state = EndState::Open;
                wire.ends[to].unheard_since = Timer::OFF;
                let event = self.begin(flight.to, Code::Opened);
                id.fold(&mut self.history);
                self.pump(connection, to, self.now);
                self.run(flight.to, RawInput::Opened(id), observers);
                self.show(observers, event, What::Opened(id), &[flight.cause]);
                true
            }
            (Part::Data, EndState::Open) => return self.receive(id, flight, observers),
            (Part::Data, _) => self.miss(connection, to, &flight, observers),
            (Part::Fin, EndState::Open) => {
                wire.ends[to].state = EndState::Closed;
                self.scratch.watched = !observers.is_empty();
                self.forget_if_over(connection);
                self.tell_closed(flight.to, id, CloseReason::Peer, flight.cause, observers)
            }
            (Part::Reset, EndState::Opening) => {
                wire.ends[to].state = EndState::Closed;
                let peer = self.processes[flight.from as usize].id;
                self.forget_if_over(connection);
                self.tell_refused(flight.to, id, peer, CloseReason::Reset, flight.cause, observers)
            }
            (Part::Reset, EndState::Open) => {
                wire.ends[to].state = EndState::Closed;
                self.drop_queue(connection, to);
                self.forget_if_over(connection);
                self.tell_closed(flight.to, id, CloseReason::Reset, flight.cause, observers)
            }
            (Part::SynAck, _) if sender_open => {
                self.cause = flight.cause;
                self.send_control(connection, to, Part::Reset);
                false
            }
            _ => false,
        };
        self.forget_if_over(connection);
        happened
    }

    /// Somebody asks for a connection.
    fn hear_syn(&mut self, index: u32, flight: &Flight, observers: &mut [&mut dyn Observer]) -> bool {
        let slot = flight.to;
        let Some(wire) = self.connections.get_mut(index) else { return false };
        let id = wire.id;
        if self.processes[slot as usize].running.is_none() {
            wire.ends[1].state = EndState::Closed;
            self.cause = flight.cause;
            self.send_control(index, 1, Part::Reset);
            return false;
        }
        wire.ends[1].state = EndState::Open;
        let event = self.begin(slot, Code::Accepted);
        id.fold(&mut self.history);
        self.send_control(index, 1, Part::SynAck);
        self.run(slot, RawInput::Accepted(id, id.opener), observers);
        self.show(observers, event, What::Accepted(id), &[flight.cause]);
        true
    }

    /// A message on a connection is at its receiver.
    fn receive(&mut self, id: ConnectionId, mut flight: Flight, observers: &mut [&mut dyn Observer]) -> bool {
        let Some(payload) = flight.payload.take() else { return false };
        let slot = flight.to;
        let event = self.begin(slot, Code::Received);
        id.fold(&mut self.history);
        self.history.word(flight.number);
        payload.fold(&mut self.history);
        if observers.is_empty() {
            self.run(slot, RawInput::Received(id, payload), observers);
            return true;
        }
        self.run(slot, RawInput::Received(id, payload.clone()), observers);
        let (message, causes) = (self.message_id(&flight), self.causes_of(&flight));
        let what = What::Received { connection: id, message, payload: &payload };
        self.show(observers, event, what, &causes);
        true
    }

    /// A message on a connection found its end closed.
    fn miss(
        &mut self,
        connection: u32,
        side: usize,
        flight: &Flight,
        observers: &mut [&mut dyn Observer],
    ) -> bool {
        let Some(payload) = &flight.payload else { return false };
        let event = self.begin(flight.to, Code::Missed);
        self.history.word(flight.number);
        let sender = self.connections.get(connection).map(|wire| wire.ends[1 - side].state);
        if sender.is_some_and(|state| state != EndState::Closed) {
            self.send_control(connection, side, Part::Reset);
        }
        let (message, causes) = (self.message_id(flight), self.causes_of(flight));
        self.show(observers, event, What::Missed { message, payload }, &causes);
        true
    }

    /// A process learns that its connection ended.
    pub(super) fn tell_closed(
        &mut self,
        slot: u32,
        id: ConnectionId,
        why: CloseReason,
        cause: EventId,
        observers: &mut [&mut dyn Observer],
    ) -> bool {
        let event = self.begin(slot, Code::Closed);
        id.fold(&mut self.history);
        self.history.word(why as u64);
        self.run(slot, RawInput::Closed(id, why), observers);
        self.show(observers, event, What::Closed(id, why), &[cause]);
        true
    }

    /// A process learns that its connection could not be opened.
    pub(super) fn tell_refused(
        &mut self,
        slot: u32,
        id: ConnectionId,
        peer: ProcessId,
        why: CloseReason,
        cause: EventId,
        observers: &mut [&mut dyn Observer],
    ) -> bool {
        let event = self.begin(slot, Code::Refused);
        id.fold(&mut self.history);
        self.history.word(why as u64);
        self.run(slot, RawInput::Refused(id, peer, why), observers);
        self.show(observers, event, What::Refused(id, why), &[cause]);
        true
    }

    /// What this end sent has arrived; if the way back is open, it hears of it.
    fn acknowledge(&mut self, connection: u32, side: usize) {
        let Some(wire) = self.connections.get_mut(connection) else { return };
        if !self.links[wire.ends[1 - side].link as usize].blocked {
            let end = &mut wire.ends[side];
            end.unheard_since = Timer::OFF;
            if let Some(next) = end.queue.front().and_then(|&next| self.flights.get(next)) {
                (end.unheard_since, end.unheard_cause) = (self.now, next.cause);
            }
        }
    }

    /// The connection's patience runs while something is unacknowledged: queues its end.
    pub(super) fn expect_answer(&mut self, index: u32) {
        let timeout = self.spec.connections.timeout;
        let generation = self.connections.generation(index);
        let Some(wire) = self.connections.get_mut(index) else { return };
        let due = due_of(wire, timeout.0);
        if due != Timer::OFF && wire.patience > due {
            wire.patience = due;
            let entry = patience_entry(wire.id, index, generation, due);
            self.queue.push(entry);
        }
    }

    /// A connection's entry is at the head: has it waited long enough? If not, it is queued again.
    pub(super) fn settle_patience(&mut self, head: Entry) -> bool {
        let (index, generation) = (head.item.index(), head.item.generation);
        let timeout = self.spec.connections.timeout;
        let good = self.connections.is_good(index, generation);
        if let Some(wire) = self.connections.get_mut(index).filter(|wire| good && wire.patience == head.at) {
            let due = due_of(wire, timeout.0);
            if due <= head.at {
                return true;
            }
            wire.patience = due;
            self.queue.take();
            if due != Timer::OFF {
                let entry = patience_entry(wire.id, index, generation, due);
                self.queue.push(entry);
            }
        } else {
            self.queue.take();
        }
        self.queue.close();
        false
    }

    /// Has a connection waited long enough?
    pub(super) fn is_overdue(&self, index: u32, generation: u32) -> bool {
        self.connections.is_good(index, generation)
            && self
                .connections
                .get(index)
                .is_some_and(|wire| due_of(wire, self.spec.connections.timeout.0) <= self.now)
    }

    /// An end has waited long enough for an acknowledgement, and gives the connection up.
    pub(super) fn lose_patience(&mut self, item: Item, observers: &mut [&mut dyn Observer]) -> bool {
        let (index, timeout) = (item.index(), self.spec.connections.timeout.0);
        let Some(wire) = self.connections.get_mut(index) else { return false };
        wire.patience = Timer::OFF;
        let overdue = |end: &End| end.unheard_since.saturating_add(timeout) <= self.now;
        let Some(side) = wire.ends.iter().position(overdue) else { return false };
        let (id, slot) = (wire.id, wire.ends[side].process);
        let host = &mut self.hosts[self.processes[slot as usize].host as usize];
        if host.status == HostStatus::Paused {
            host.backlog.push_back(item);
            return false;
        }
        let end = &mut wire.ends[side];
        end.unheard_since = Timer::OFF;
        let cause = end.unheard_cause;
        let was = std::mem::replace(&mut end.state, EndState::Closed);
        let peer_slot = wire.ends[1 - side].process;
        let never_granted = wire.ends[1 - side].state == EndState::Opening;
        if never_granted {
            wire.ends[1 - side].state = EndState::Closed;
        }
        self.drop_queue(index, side);
        self.expect_answer(index);
        self.forget_if_over(index);
        let peer = self.processes[peer_slot as usize].id;
        match was {
            EndState::Opening => self.tell_refused(slot, id, peer, CloseReason::TimedOut, cause, observers),
            EndState::Open => self.tell_closed(slot, id, CloseReason::TimedOut, cause, observers),
            EndState::Closed => {
                // It had closed its end; what it had still to send is given up. It does not learn of it.
                let event = self.begin(slot, Code::Closed);
                id.fold(&mut self.history);
                self.show(observers, event, What::Closed(id, CloseReason::TimedOut), &[cause]);
                true
            }
        }
    }

    /// A process has died: its ends of connections are closed. Its host, if alive, says so at once.
    pub(super) fn lose_connections(&mut self, slot: u32, host_died: bool) {
        let mut mine: Vec<(ConnectionId, u32)> = self
            .connections
            .iter()
            .filter(|(_, wire)| wire.ends.iter().any(|end| end.process == slot))
            .map(|(index, wire)| (wire.id, index))
            .collect();
        few::sort(&mut mine);
        for (_, index) in mine {
            for side in 0..2 {
                let Some(wire) = self.connections.get_mut(index) else { continue };
                // An acceptor that has not heard of it yet will answer as what it then is.
                let unheard = side == 1 && wire.ends[1].state == EndState::Opening;
                if wire.ends[side].process != slot || unheard {
                    continue;
                }
                let was = std::mem::replace(&mut wire.ends[side].state, EndState::Closed);
                let never_granted = side == 0 && wire.ends[1].state == EndState::Opening;
                if never_granted {
                    wire.ends[1].state = EndState::Closed;
                }
                // What a live host's kernel was given before an orderly close, it still sends.
                if host_died || was != EndState::Closed {
                    wire.ends[side].unheard_since = Timer::OFF;
                    self.drop_unsent(index, side);
                }
                if !host_died && !never_granted && was != EndState::Closed {
                    self.send_control(index, side, Part::Reset);
                }
            }
            self.forget_if_over(index);
        }
    }

    /// Hosts are gone for good: who was connected to them hears nothing any more, and gives up in time.
    pub(super) fn abandon_connections(&mut self, gone: &[u32]) {
        let all: Vec<u32> = self.connections.iter().map(|(index, _)| index).collect();
        for index in all {
            let Some(wire) = self.connections.get_mut(index) else { continue };
            for side in 0..2 {
                let end_gone = gone.contains(&wire.ends[1 - side].process);
                let end = &mut wire.ends[side];
                if end_gone && end.state != EndState::Closed && end.unheard_since == Timer::OFF {
                    (end.unheard_since, end.unheard_cause) = (self.now, self.cause);
                }
            }
            self.expect_answer(index);
        }
    }

    /// Resets a connection by hand: both ends learn of it now.
    pub(super) fn reset(&mut self, id: ConnectionId, cause: EventId) {
        let Some(&index) = self.wires.get(&id) else { return };
        let Some(wire) = self.connections.get_mut(index) else { return };
        let ends = [0, 1].map(|side| (wire.ends[side].process, wire.ends[side].state));
        wire.ends.iter_mut().for_each(|end| end.state = EndState::Closed);
        self.forget_if_over(index);
        let peer = self.processes[ends[1].0 as usize].id;
        for (side, (process, state)) in ends.into_iter().enumerate() {
            match state {
                EndState::Opening if side == 0 => {
                    self.soon(Errand::Refused { process, connection: id, peer, cause });
                }
                EndState::Open => self.soon(Errand::Reset { process, connection: id, cause }),
                _ => {}
            }
        }
    }

    /// When both ends have done with it, it is no more.
    fn forget_if_over(&mut self, index: u32) {
        let over = self
            .connections
            .get(index)
            .is_some_and(|wire| wire.ends.iter().all(|end| end.state == EndState::Closed));
        if over {
            self.drop_queue(index, 0);
            self.drop_queue(index, 1);
            if let Some(wire) = self.connections.remove(index) {
                self.wires.remove(&wire.id);
            }
        }
    }
}

/// When its patience ends: the earlier of its ends'.
fn due_of(wire: &Connection, timeout: u64) -> u64 {
    wire.ends.iter().map(|end| end.unheard_since.saturating_add(timeout)).min().unwrap_or(Timer::OFF)
}

fn patience_entry(id: ConnectionId, index: u32, generation: u32, at: u64) -> Entry {
    let tie = tie(Class::Timer, id.opener.0, 1 << 29 | u64::from(id.number));
    Entry { at, tie, item: Item::new(Kind::Patience, index, generation) }
}
