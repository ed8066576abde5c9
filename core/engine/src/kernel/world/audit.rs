//! Whether the world's lists agree with each other: for tests that throw everything at it.

use super::World;
use super::parts::{Body, Phase};

impl World {
    /// Says what is inconsistent, if anything is: a defect of the kernel, never of what was done to it.
    #[doc(hidden)]
    pub fn audit(&self) -> Result<(), String> {
        for (index, flight) in self.flights.iter() {
            let listed = match flight.body {
                Body::Datagram => true,
                Body::Segment { connection, back, .. } => self
                    .connections
                    .get(connection)
                    .is_some_and(|wire| wire.ends[usize::from(back)].queue.contains(&index)),
            };
            let waits = match flight.phase {
                Phase::Gated => self.persists.iter().any(|(_, persist)| persist.gated.contains(&index)),
                Phase::Clogged => {
                    self.clogged.get(&flight.link).is_some_and(|waiting| waiting.contains(&index))
                }
                Phase::Held => self.door.contains(&index),
                Phase::Stalled => matches!(flight.body, Body::Segment { .. }),
                Phase::Moving => flight.arrives >= self.now,
                Phase::Parked => true,
            };
            if !listed || !waits {
                return Err(format!("flight {index}: {:?} {:?}", flight.body, flight.phase));
            }
        }
        for (index, wire) in self.connections.iter() {
            if self.wires.get(&wire.id) != Some(&index) {
                return Err(format!("connection {:?} is not known by its name", wire.id));
            }
            for (side, end) in wire.ends.iter().enumerate() {
                let mut last = 0;
                for &flight in &end.queue {
                    let Some(segment) = self.flights.get(flight) else {
                        return Err(format!("connection {:?} holds a flight that is no more", wire.id));
                    };
                    let (connection, back) = match segment.body {
                        Body::Segment { connection, back, .. } => (connection, usize::from(back)),
                        Body::Datagram => (u32::MAX, 0),
                    };
                    if (connection, back) != (index, side) {
                        return Err(format!("connection {:?} holds another's flight", wire.id));
                    }
                    if segment.phase == Phase::Moving {
                        if segment.arrives < last {
                            return Err(format!("connection {:?} is out of order", wire.id));
                        }
                        last = segment.arrives;
                    }
                }
            }
        }
        for host in &self.hosts {
            for &index in &host.disk.queue {
                if self.persists.get(index).is_none_or(|persist| persist.done.is_some()) {
                    return Err(format!("the disk of {:?} waits for what is done", host.id));
                }
            }
        }
        let under_way: usize = self.processes.iter().map(|process| process.unsynced as usize).sum();
        if under_way != self.persists.len() {
            return Err(format!("{under_way} persists counted, {} there", self.persists.len()));
        }
        if self.door.iter().any(|&index| self.flights.get(index).is_none_or(|it| it.phase != Phase::Held)) {
            return Err("the door holds what is not there".into());
        }
        Ok(())
    }
}
