//! The last events with what led to each, to go back from an answer to its request.
//!
//! A chain of causes leads from an event to the event that sent what arrived, or set the timer that fired, or asked for what was
//! written, and so on. Only events since the oldest request under way are kept.

use super::Causes;
use crate::process::{EventId, Time};
use std::collections::VecDeque;

/// Most events that are kept; a chain that began before them is told as far as it is known.
const MOST: usize = 8_192;

/// Between whom a message went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hop {
    /// Two members.
    Members,
    /// A member and a client.
    Client,
}

#[derive(Clone, Debug)]
struct Link {
    event: EventId,
    at: Time,
    causes: Causes,
    hop: Option<Hop>,
}

/// Events in their order.
#[derive(Clone, Debug, Default)]
pub(super) struct Chain(VecDeque<Link>);

impl Chain {
    pub(super) fn weight(&self) -> usize {
        self.0.len() * size_of::<Link>()
    }

    pub(super) fn add(&mut self, event: EventId, at: Time, causes: &[EventId], hop: Option<Hop>) {
        if self.0.len() == MOST {
            self.0.pop_front();
        }
        self.0.push_back(Link { event, at, causes: Causes::from_slice(causes), hop });
    }

    /// Forgets what happened before this; everything, if nothing is waited for.
    pub(super) fn forget_before(&mut self, oldest: Option<Time>) {
        match oldest {
            Some(oldest) => {
                let old = self.0.partition_point(|link| link.at < oldest);
                self.0.drain(..old);
            }
            None => self.0.clear(),
        }
    }

    /// How many ways between members, and between them and clients, lie on the longest chain of causes from this event back to
    /// an instant. Causes come before what they lead to, so going back once is enough.
    pub(super) fn ways(&self, from: EventId, since: Time) -> [u16; 2] {
        let mut wanted: Vec<(EventId, [u16; 2])> = vec![(from, [0; 2])];
        let mut longest = [0; 2];
        for link in self.0.iter().rev().take_while(|link| link.at >= since) {
            let Some(at) = wanted.iter().position(|(event, _)| *event == link.event) else { continue };
            let (_, mut ways) = wanted.swap_remove(at);
            match link.hop {
                Some(Hop::Members) => ways[0] = ways[0].saturating_add(1),
                Some(Hop::Client) => ways[1] = ways[1].saturating_add(1),
                None => {}
            }
            longest = longest.max(ways);
            for cause in &link.causes {
                match wanted.iter_mut().find(|(event, _)| event == cause) {
                    Some((_, known)) => *known = (*known).max(ways),
                    None => wanted.push((*cause, ways)),
                }
            }
            if wanted.is_empty() {
                break;
            }
        }
        longest
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::ProcessId;

    fn event(process: u32, number: u64) -> EventId {
        EventId { process: ProcessId(process), incarnation: 1, number }
    }

    /// A client (9) asks a leader (1) at 10 ms; it asks two others, of whom the second's answer is what it waits for; before all
    /// that, at 5 ms, the two spoke with each other.
    fn story() -> Chain {
        let mut chain = Chain::default();
        let mut add = |id: EventId, ms: u64, causes: &[EventId], hop: Option<Hop>| {
            chain.add(id, Time::millis(ms), causes, hop);
        };
        add(event(2, 1), 5, &[], Some(Hop::Members));
        add(event(9, 1), 10, &[], None);
        add(event(1, 1), 20, &[event(9, 1)], Some(Hop::Client));
        add(event(2, 2), 30, &[event(1, 1)], Some(Hop::Members));
        add(event(3, 1), 31, &[event(1, 1)], Some(Hop::Members));
        add(event(3, 2), 33, &[event(3, 1)], None);
        add(event(1, 2), 40, &[event(2, 2)], Some(Hop::Members));
        add(event(1, 3), 43, &[event(3, 1), event(3, 2)], Some(Hop::Members));
        add(event(9, 2), 53, &[event(1, 3)], Some(Hop::Client));
        chain
    }

    #[test]
    fn ways_are_counted_along_one_chain_and_back_to_the_request() {
        assert_eq!(story().ways(event(9, 2), Time::millis(10)), [2, 2]);
        assert_eq!(
            story().ways(event(9, 2), Time::millis(35)),
            [1, 1],
            "what came before is not of this request"
        );
        assert_eq!(story().ways(event(1, 2), Time::millis(10)), [2, 1], "the first answer, not the second");
        assert_eq!(story().ways(event(7, 7), Time::ZERO), [0, 0], "nothing is known of it");
    }

    #[test]
    fn what_nobody_waits_for_is_forgotten() {
        let mut chain = story();
        chain.forget_before(Some(Time::millis(31)));
        assert_eq!(chain.0.len(), 5);
        chain.forget_before(None);
        assert_eq!(chain.weight(), 0);
        for nth in 0..2 * MOST as u64 {
            chain.add(event(1, nth), Time(nth), &[], None);
        }
        assert_eq!(chain.0.len(), MOST);
    }
}
