//! The last events with what led to each, to go back from an answer to its request.
//!
//! A chain of causes leads from an event to the event that sent what arrived, or set the timer that fired, or asked for what was
//! written, and so on. Only events since the oldest request under way are kept.

use super::Causes;
use crate::process::{EventId, ProcessId, Time};
use std::collections::VecDeque;

/// Most events that are kept; a chain that began before them is told as far as it is known.
const MOST: usize = 8_192;

/// Between whom a message went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hop {
    /// Two members.
    Members,
    /// A member and a client, and which of its operations the client asks for by it, if it asks for one.
    Client(Option<u64>),
}

#[derive(Clone, Debug)]
struct Link {
    event: EventId,
    at: Time,
    causes: Causes,
    hop: Option<Hop>,
}

impl Link {
    /// Who told this client, if it is one that was told something.
    fn teller(&self) -> Option<ProcessId> {
        match self.hop? {
            Hop::Client(_) => self.causes.first().map(|sent| sent.process),
            Hop::Members => None,
        }
    }
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

    /// How many ways between members, and between them and its client, lie on the chain of causes from a write's answer back to
    /// its request; and if it was a member's word that made the client ask so, then back to what the client had asked before that,
    /// as long as that was not before it had the write to ask.
    pub(super) fn ways(&self, answer: EventId, seq: u64, asked: EventId) -> [u16; 2] {
        let mut ways = [0u16; 2];
        let mut next = self.trip(answer, Some(seq), asked);
        while let Some(trip) = next {
            ways = [ways[0].saturating_add(trip.members), ways[1].saturating_add(2)];
            let before = trip.sent.filter(|sent| sent.number > asked.number);
            next = before.and_then(|sent| self.trip(sent, None, asked));
        }
        ways
    }

    /// From what a client was told back to what it had asked: for that operation, or for anything. A chain that began before what
    /// is known is told as far as it is known; only of an operation is that known to be one.
    ///
    /// What a member had under way when the request came, and what other clients asked, is not the request's. Where the chain leads
    /// back to that, it is cut at the first event of this member that came no earlier than the request.
    fn trip(&self, told: EventId, seq: Option<u64>, asked: EventId) -> Option<Trip> {
        let at = self.0.iter().rposition(|link| link.event == told)?;
        let member = self.0[at].teller()?;
        let sent = |link: &Link| {
            let asks = match link.hop? {
                Hop::Client(number) => seq.is_none() || number == seq,
                Hop::Members => false,
            };
            let sent = *link.causes.first().filter(|_| asks && link.event.process == member)?;
            let same = (sent.process, sent.incarnation) == (told.process, told.incarnation);
            (same && sent.number >= asked.number).then_some(sent)
        };
        let taken = self.0.range(..at).rposition(|link| sent(link).is_some());
        if taken.is_none() && seq.is_none() {
            return None;
        }
        let mut trip = Trip { members: 0, sent: taken.and_then(|taken| sent(&self.0[taken])) };
        self.walk(at, &mut |place, link, ways| {
            let request = sent(link);
            let its = taken.is_none_or(|taken| place >= taken && link.event.process == member);
            if request.is_some() || its {
                trip.members = trip.members.max(ways);
            }
            trip.sent = request.or(trip.sent);
        });
        Some(trip)
    }

    /// Goes from what led to an event back through everything that did, as far as to what clients had said, and tells the place of each
    /// in the order of events and how many ways between members lie after it, by the longest chain. Causes come before what they
    /// lead to, so going back once is enough.
    fn walk(&self, from: usize, tell: &mut dyn FnMut(usize, &Link, u16)) {
        let mut wanted: Vec<(EventId, u16)> = self.0[from].causes.iter().map(|cause| (*cause, 0)).collect();
        for (place, link) in self.0.iter().enumerate().take(from).rev() {
            if wanted.is_empty() {
                break;
            }
            let Some(at) = wanted.iter().position(|(event, _)| *event == link.event) else { continue };
            let (_, ways) = wanted.swap_remove(at);
            tell(place, link, ways);
            let ways = match link.hop {
                Some(Hop::Client(_)) => continue,
                Some(Hop::Members) => ways.saturating_add(1),
                None => ways,
            };
            for cause in &link.causes {
                match wanted.iter_mut().find(|(event, _)| event == cause) {
                    Some((_, known)) => *known = (*known).max(ways),
                    None => wanted.push((*cause, ways)),
                }
            }
        }
    }
}

/// From a client to a member and back.
struct Trip {
    /// Ways between members meanwhile.
    members: u16,
    /// The event in which the client began it, if that is known.
    sent: Option<EventId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The client, asked for its first operation in its second event.
    const CLIENT: u32 = 9;
    const ASKED: u64 = 2;

    fn event(process: u32, number: u64) -> EventId {
        EventId { process: ProcessId(process), incarnation: 1, number }
    }

    /// What happened, in order: an event, what led to it, and between whom a message went.
    fn story(events: &[(EventId, &[EventId], Option<Hop>)]) -> Chain {
        let mut chain = Chain::default();
        for (at, (event, causes, hop)) in events.iter().enumerate() {
            chain.add(*event, Time::millis(at as u64), causes, *hop);
        }
        chain
    }

    fn ways(chain: &Chain, answer: EventId) -> [u16; 2] {
        chain.ways(answer, 1, event(CLIENT, ASKED))
    }

    const PEER: Option<Hop> = Some(Hop::Members);
    const TOLD: Option<Hop> = Some(Hop::Client(None));
    const ASKS: Option<Hop> = Some(Hop::Client(Some(1)));

    /// The client (9) asks a leader (1), which asks two others; the second's answer, from its disk, is what it waits for. Before all
    /// that the two spoke with each other.
    fn calm() -> Chain {
        story(&[
            (event(2, 1), &[], PEER),
            (event(9, 2), &[], None),
            (event(1, 1), &[event(9, 2)], ASKS),
            (event(2, 2), &[event(1, 1)], PEER),
            (event(3, 1), &[event(1, 1)], PEER),
            (event(3, 2), &[event(3, 1)], None),
            (event(1, 2), &[event(2, 2)], PEER),
            (event(1, 3), &[event(3, 1), event(3, 2)], PEER),
            (event(9, 3), &[event(1, 3)], TOLD),
        ])
    }

    #[test]
    fn ways_are_counted_along_one_chain_and_back_to_the_request() {
        assert_eq!(ways(&calm(), event(9, 3)), [2, 2]);
        assert_eq!(ways(&calm(), event(7, 7)), [0, 0], "nothing is known of it");
        assert_eq!(ways(&calm(), event(1, 3)), [0, 0], "no client was told anything");
        let mut late = calm();
        late.forget_before(Some(Time::millis(4)));
        assert_eq!(ways(&late, event(9, 3)), [1, 2], "as far as it is known");
    }

    #[test]
    fn what_was_under_way_before_the_request_is_not_of_it() {
        // An election, and what it leads to: with that, a write is acknowledged that came meanwhile.
        let chain = story(&[
            (event(9, 2), &[], None),
            (event(2, 1), &[event(1, 1)], PEER),
            (event(1, 2), &[event(2, 1)], PEER),
            (event(2, 2), &[event(1, 2)], PEER),
            (event(1, 3), &[event(9, 3)], ASKS),
            (event(1, 4), &[event(2, 2)], PEER),
            (event(2, 3), &[event(1, 4)], PEER),
            (event(1, 5), &[event(2, 3)], PEER),
            (event(9, 4), &[event(1, 5)], TOLD),
        ]);
        assert_eq!(ways(&chain, event(9, 4)), [2, 2]);
    }

    #[test]
    fn what_another_client_asks_meanwhile_is_not_of_it() {
        let chain = story(&[
            (event(1, 1), &[event(9, 2)], ASKS),
            (event(8, 1), &[event(1, 1)], TOLD),
            (event(1, 2), &[event(8, 1)], ASKS),
            (event(2, 1), &[event(1, 2)], PEER),
            (event(1, 3), &[event(2, 1)], PEER),
            (event(9, 3), &[event(1, 3)], TOLD),
        ]);
        assert_eq!(ways(&chain, event(9, 3)), [2, 2]);
    }

    #[test]
    fn being_sent_elsewhere_is_a_trip_more_and_what_was_tried_in_vain_is_none() {
        let redirected = |since: &[EventId]| {
            story(&[
                (event(3, 1), &[event(9, 2)], ASKS),
                (event(9, 3), &[event(3, 1)], TOLD),
                // A timer of the client, or the word of the one it asked first.
                (event(9, 4), since, None),
                (event(1, 1), &[if since.is_empty() { event(9, 3) } else { event(9, 4) }], ASKS),
                (event(2, 1), &[event(1, 1)], PEER),
                (event(1, 2), &[event(2, 1)], PEER),
                (event(9, 5), &[event(1, 2)], TOLD),
            ])
        };
        assert_eq!(ways(&redirected(&[]), event(9, 5)), [2, 4]);
        assert_eq!(ways(&redirected(&[event(9, 3)]), event(9, 5)), [2, 2]);
    }

    #[test]
    fn what_the_client_had_asked_before_it_had_the_write_is_not_of_it() {
        let chain = story(&[
            (event(1, 1), &[event(9, 1)], TOLD),
            (event(9, 2), &[], None),
            (event(9, 3), &[event(1, 1)], TOLD),
            (event(1, 2), &[event(9, 3)], ASKS),
            (event(9, 4), &[event(1, 2)], TOLD),
        ]);
        assert_eq!(ways(&chain, event(9, 4)), [0, 2]);
    }

    #[test]
    fn what_nobody_waits_for_is_forgotten() {
        let mut chain = calm();
        chain.forget_before(Some(Time::millis(4)));
        assert_eq!(chain.0.len(), 5);
        chain.forget_before(None);
        assert_eq!(chain.weight(), 0);
        for nth in 0..2 * MOST as u64 {
            chain.add(event(1, nth), Time(nth), &[], None);
        }
        assert_eq!(chain.0.len(), MOST);
    }
}
