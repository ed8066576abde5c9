//! How a connection's segments travel: in order, sent again when lost, stalled while nothing gets through.
//!
//! Tries are not events: when nothing stands in the way any more, the time of the next try is worked out from the pauses
//! of RFC 6298 (they double). What a connection is and how it ends stands in `connections`.

use super::World;
use super::parts::{Body, EndState, Flight, HostStatus, Part, Phase, Timer};
use crate::kernel::event::{Fate, LossReason};
use crate::kernel::law::ConnectionSpec;
use crate::kernel::luck::Purpose;
use crate::process::Time;

impl World {
    pub(super) fn queue_segment(&mut self, connection: u32, side: usize, flight: u32) {
        if let Some(wire) = self.connections.get_mut(connection) {
            wire.ends[side].queue.push_back(flight);
        }
    }

    /// What an end has sent and could leave leaves, in order, from this time on.
    pub(super) fn pump(&mut self, connection: u32, side: usize, from: u64) {
        let Some(wire) = self.connections.get(connection) else { return };
        let granted = wire.ends[side].state != EndState::Opening;
        let mut first = None;
        for flight in wire.ends[side].queue.clone() {
            let Some(segment) = self.flights.get(flight) else { continue };
            let syn = matches!(segment.body, Body::Segment { part: Part::Syn, .. });
            match segment.phase {
                Phase::Stalled if granted || syn => {
                    let fate = self.depart_on_connection(flight, from);
                    self.tell_left(flight, fate);
                    first = first.or(Some(flight));
                    if self.flights.get(flight).is_some_and(|segment| segment.phase == Phase::Stalled) {
                        break;
                    }
                }
                Phase::Stalled | Phase::Gated => break,
                // It is about to leave, from behind a clog that is no more; what follows comes after it.
                Phase::Clogged if !self.links[segment.link as usize].clogged => break,
                Phase::Moving | Phase::Held | Phase::Parked | Phase::Clogged => {}
            }
        }
        // What was still on its way behind one that stalled, to a host that was down, does not overtake it.
        if let Some(first) = first {
            self.keep_order_behind(first);
        }
    }

    /// The same for what was sent last, if nothing before it waits.
    pub(super) fn pump_last(&mut self, connection: u32, side: usize, flight: u32) {
        let Some(wire) = self.connections.get(connection) else { return };
        let end = &wire.ends[side];
        let before = end.queue.len().checked_sub(2).and_then(|place| end.queue.get(place));
        let waits = before
            .and_then(|&before| self.flights.get(before))
            .is_some_and(|before| matches!(before.phase, Phase::Stalled | Phase::Gated));
        if !waits && end.state != EndState::Opening {
            self.depart_on_connection(flight, self.now);
        }
    }

    /// A segment leaves, not before `from`. On a link that is cut it stalls; what the link loses is sent again.
    pub(super) fn depart_on_connection(&mut self, index: u32, from: u64) -> Fate {
        let Some(flight) = self.flights.get(index) else { return Fate::Waits };
        let Body::Segment { connection, back, part } = flight.body else { return Fate::Waits };
        let side = usize::from(back);
        let floor = self.arrival_before(connection, side, index);
        let spec = self.spec.connections;
        let (Some(flight), Some(wire)) = (self.flights.get_mut(index), self.connections.get_mut(connection))
        else {
            return Fate::Waits;
        };
        let end = &mut wire.ends[side];
        if end.unheard_since == Timer::OFF && part != Part::Reset {
            (end.unheard_since, end.unheard_cause) = (self.now, flight.cause);
        }
        let link = &mut self.links[flight.link as usize];
        let law = link.law.clone();
        let mut loss = flight.luck.stream(Purpose::Loss);
        let mut is_lost = || law.spec.loss.0 != 0 && ((loss.bits() >> 32) as u32) < law.spec.loss.0;
        let mut tries = 0;
        let mut waited = 0;
        let mut gets_through = !link.blocked;
        while gets_through && is_lost() {
            tries += 1;
            waited = after_tries(&spec, tries);
            // Nobody asks for a reset again; and there is an end to asking.
            gets_through = part != Part::Reset && waited <= spec.timeout.0 && tries < 64;
        }
        if !gets_through {
            if part == Part::Reset {
                self.lose(index, LossReason::Blocked);
            } else {
                flight.phase = Phase::Stalled;
            }
        } else if link.clogged {
            flight.phase = Phase::Clogged;
            self.clogged.entry(flight.link).or_default().push(index);
        } else {
            let bytes = u64::from(flight.payload.as_ref().map_or(40, |payload| payload.size()));
            let takes =
                law.spec.bandwidth.map_or(0, |bandwidth| super::network::serialised(bytes, bandwidth));
            let leaves = if waited == 0 && from <= self.now {
                link.free_at = link.free_at.max(self.now).saturating_add(takes);
                link.free_at
            } else {
                from.max(self.now).saturating_add(waited).saturating_add(takes) // a later try queues with nobody
            };
            let latency = law.sampler.draw(&mut flight.luck.stream(Purpose::Latency));
            flight.arrives = leaves.saturating_add(latency).max(floor);
            flight.phase = Phase::Moving;
            self.requeue(index);
        }
        self.expect_answer(connection);
        match self.flights.get(index) {
            Some(flight) if flight.phase == Phase::Moving => Fate::Arrives(Time(flight.arrives)),
            _ => Fate::Waits,
        }
    }

    /// When what was sent before it arrives.
    fn arrival_before(&self, connection: u32, side: usize, index: u32) -> u64 {
        let Some(wire) = self.connections.get(connection) else { return 0 };
        let before = wire.ends[side].queue.iter().rev().skip_while(|&&queued| queued != index).nth(1);
        before
            .and_then(|&before| self.flights.get(before))
            .filter(|before| before.phase == Phase::Moving)
            .map_or(0, |before| before.arrives)
    }

    /// Tells observers of a segment with a message in it that left after waiting.
    fn tell_left(&mut self, index: u32, fate: Fate) {
        if let Fate::Arrives(_) = fate {
            self.tell_sent(index, fate);
        }
    }

    /// Tells observers of a message that was just sent.
    pub(super) fn tell_whether_it_left(&mut self, index: u32) {
        let fate = match self.flights.get(index) {
            Some(flight) if flight.phase == Phase::Moving => Fate::Arrives(Time(flight.arrives)),
            Some(flight) if flight.phase == Phase::Gated => Fate::Gated,
            _ => Fate::Waits,
        };
        self.tell_sent(index, fate);
    }

    /// A segment cannot get through; its sender's kernel will send it again, if there is one.
    pub(super) fn stall(&mut self, index: u32) {
        let Some(flight) = self.flights.get_mut(index) else { return };
        let Body::Segment { part, .. } = flight.body else { return };
        let host = self.processes[flight.from as usize].host;
        if part == Part::Reset || self.hosts[host as usize].status == HostStatus::Down {
            return self.lose(index, LossReason::Blocked);
        }
        flight.phase = Phase::Stalled;
        self.flights.renew(index);
    }

    /// Something that stood in the way does not any more: what is stalled leaves at its sender's next try.
    pub(super) fn go_on(&mut self) {
        let spec = self.spec.connections;
        let stalled: Vec<u32> = self.connections.iter().map(|(index, _)| index).collect();
        for index in stalled {
            for side in 0..2 {
                let Some(wire) = self.connections.get_mut(index) else { continue };
                let open = |link: u32| !self.links[link as usize].blocked;
                let (forth, back) = (open(wire.ends[side].link), open(wire.ends[1 - side].link));
                let host = self.processes[wire.ends[1 - side].process as usize].host;
                if self.hosts[host as usize].status == HostStatus::Down {
                    continue;
                }
                let end = &mut wire.ends[side];
                if end.queue.is_empty() && back && end.state != EndState::Opening {
                    end.unheard_since = Timer::OFF;
                }
                if forth && !end.queue.is_empty() {
                    let since = if end.unheard_since == Timer::OFF { self.now } else { end.unheard_since };
                    self.pump(index, side, next_try(&spec, since, self.now));
                }
            }
        }
    }

    /// A segment is dropped by hand: its sender tries again when it would, and what is behind it waits.
    pub(super) fn send_again(&mut self, index: u32) {
        let spec = self.spec.connections;
        let Some(flight) = self.flights.get_mut(index) else { return };
        let since = flight.sent_at;
        flight.phase = Phase::Stalled;
        self.flights.renew(index);
        let fate = self.depart_on_connection(index, next_try(&spec, since, self.now));
        self.tell_left(index, fate);
        self.keep_order_behind(index);
    }

    /// What was sent on the same way behind a segment does not arrive before it: it arrives later, or waits as it does.
    pub(super) fn keep_order_behind(&mut self, index: u32) {
        let Some(first) = self.flights.get(index) else { return };
        let Body::Segment { connection, back, .. } = first.body else { return };
        let (phase, mut floor, link) = (first.phase, first.arrives, first.link);
        let Some(wire) = self.connections.get(connection) else { return };
        let queue = &wire.ends[usize::from(back)].queue;
        let behind: Vec<u32> = queue.iter().copied().skip_while(|&queued| queued != index).skip(1).collect();
        for index in behind {
            let Some(flight) = self.flights.get_mut(index) else { continue };
            let on_its_way = matches!(flight.phase, Phase::Moving | Phase::Held);
            match phase {
                Phase::Moving if on_its_way => {
                    floor = floor.max(flight.arrives);
                    if flight.phase == Phase::Held || flight.arrives < floor {
                        (flight.arrives, flight.phase) = (floor, Phase::Moving);
                        self.requeue(index);
                    }
                }
                Phase::Stalled if on_its_way => {
                    flight.phase = Phase::Stalled;
                    self.flights.renew(index);
                }
                Phase::Clogged if on_its_way => {
                    flight.phase = Phase::Clogged;
                    self.flights.renew(index);
                    self.clogged.entry(link).or_default().push(index);
                }
                _ => {}
            }
        }
    }

    /// Is it a datagram, or the next to arrive on its connection?
    pub(super) fn is_next(&self, index: u32) -> bool {
        match self.flights.get(index).map(|flight| flight.body) {
            Some(Body::Segment { connection, back, .. }) => {
                let wire = self.connections.get(connection);
                wire.is_some_and(|wire| wire.ends[usize::from(back)].queue.front() == Some(&index))
            }
            _ => true,
        }
    }

    /// A flight is no more: its connection forgets it.
    pub(super) fn unqueue(&mut self, flight: &Flight, index: u32) {
        if let Body::Segment { connection, back, .. } = flight.body
            && let Some(wire) = self.connections.get_mut(connection)
        {
            let queue = &mut wire.ends[usize::from(back)].queue;
            if queue.front() == Some(&index) {
                queue.pop_front();
            } else {
                queue.retain(|&queued| queued != index);
            }
        }
    }

    /// What an end sent and has not arrived is lost.
    pub(super) fn drop_queue(&mut self, connection: u32, side: usize) {
        let Some(wire) = self.connections.get_mut(connection) else { return };
        for flight in std::mem::take(&mut wire.ends[side].queue) {
            self.lose(flight, LossReason::ConnectionEnded);
        }
    }

    /// What an end sent and has not left is lost with the process.
    pub(super) fn drop_unsent(&mut self, connection: u32, side: usize) {
        let Some(wire) = self.connections.get(connection) else { return };
        for flight in wire.ends[side].queue.clone() {
            let unsent = self
                .flights
                .get(flight)
                .is_some_and(|segment| matches!(segment.phase, Phase::Stalled | Phase::Gated));
            if unsent {
                self.lose(flight, LossReason::SenderDied);
            }
        }
    }
}

/// How long after the first try the `nth` comes: pauses double until the longest.
fn after_tries(spec: &ConnectionSpec, nth: u32) -> u64 {
    let (mut pause, mut after) = (spec.first_retry.0.max(1), 0u64);
    for _ in 0..nth {
        after = after.saturating_add(pause);
        pause = pause.saturating_mul(2).min(spec.longest_retry.0.max(spec.first_retry.0).max(1));
    }
    after
}

/// The first try not before `now`, of those that follow a first one at `since`.
fn next_try(spec: &ConnectionSpec, since: u64, now: u64) -> u64 {
    (1..=64).map(|nth| since.saturating_add(after_tries(spec, nth))).find(|&at| at >= now).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::law::ConnectionSpec;

    #[test]
    fn pauses_double_from_the_first() {
        let spec = ConnectionSpec::default();
        let millis: Vec<u64> = (0..5).map(|nth| after_tries(&spec, nth) / 1_000_000).collect();
        assert_eq!(millis, [0, 200, 600, 1_400, 3_000]);
    }

    #[test]
    fn the_next_try_is_the_first_not_before_now() {
        let spec = ConnectionSpec::default();
        assert_eq!(next_try(&spec, 0, 1), 200_000_000);
        assert_eq!(next_try(&spec, 0, 200_000_000), 200_000_000);
        assert_eq!(next_try(&spec, 0, 200_000_001), 600_000_000);
    }
}
