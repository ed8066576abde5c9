//! What is made of a measurement: the figures of one side, at the place to which its run has come.
//!
//! - *Messages a write*: messages that members sent each other since the first write was asked, signs of life and their
//!   answers left out, by writes acknowledged. Elections and reads are in it.
//! - *Round trips*: two ways to a trip. Between members: ways on the longest chain of causes from an answer back to the request
//!   that it answers. What a member had under way when the request came is left out (an election, a heartbeat, another client's
//!   write), even where the answer waited for it: of such a chain only what began at that member after the request counts.
//!   With the client: the request and its answer, and what the client asked before and was told (who leads, a session) if that
//!   made it ask so; not what it tried until its own clock was up. So no acknowledged write has less than one.
//! - *Longest time without service*: the longest stretch that begins when a write waits and none has been acknowledged
//!   since the last one was, and that ends with the next acknowledgement, or at the place.
//! - *Lost*: acknowledged with an effect, and not in the history that the members hold now, as their group says.
//!
//! All numbers are whole; times are virtual.

use super::{Ended, Measure};
use crate::kernel::world::World;
use crate::process::{ProcessId, Span, Time, few};
use crate::system::measured::{Came, Written};
use crate::words::Key;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Most lost writes that are listed.
pub const MOST_LOST: usize = 100;
/// The histogram's first bound is 2⁸ µs, and each is twice the one before; what is above the last, 2²⁵ µs, is counted behind it.
const BOUNDS: std::ops::RangeInclusive<u32> = 8..=25;

/// The figures of a side.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// Writes that clients have asked.
    pub asked: u64,
    /// Of these, acknowledged.
    pub acknowledged: u64,
    /// Refused for good, or nobody found to ask in time.
    pub refused: u64,
    /// Ended without anybody knowing what came of them.
    pub unknown: u64,
    /// Under way.
    pub waiting: u64,
    /// Operations that were due and not sent, because too many were under way.
    pub skipped: u64,
    /// Messages between members, signs of life left out.
    pub messages: u64,
    /// Signs of life between members, and answers to them.
    pub idle: u64,
    /// Messages between members and clients.
    pub client_messages: u64,
    /// `messages` by kind, the most frequent first.
    pub kinds: Vec<(Key, u64)>,
    /// Thousandths of messages a write acknowledged; `None` without one.
    pub messages_a_write: Option<u64>,
    /// Ways between members for a write, half a round trip each: the median, and the most.
    pub ways: Option<[u16; 2]>,
    /// Ways between members and the client, likewise; two at least.
    pub client_ways: Option<[u16; 2]>,
    /// How long writes took that were acknowledged.
    pub latency: Option<Latency>,
    /// The longest stretch without service; `None` if no write was asked.
    pub outage: Option<Outage>,
    /// How many acknowledged writes are lost; `None` if the group cannot tell.
    pub lost: Option<u64>,
    /// Which: the first ones, in the order in which they were acknowledged.
    pub losses: Vec<Loss>,
}

/// A distribution of times, by nearest rank.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Latency {
    /// Half took no longer.
    pub p50: Span,
    /// Nine of ten took no longer.
    pub p90: Span,
    /// Ninety-nine of a hundred took no longer.
    pub p99: Span,
    /// The longest.
    pub max: Span,
    /// How many took no longer than so many microseconds, and longer than the bound before; the last bound is `u64::MAX`.
    pub histogram: Vec<(u64, u64)>,
}

/// A stretch without service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outage {
    /// A write waits since then.
    pub from: Time,
    /// Until then none was acknowledged.
    pub to: Time,
    /// It has not ended.
    pub open: bool,
}

impl Outage {
    /// How long it is.
    pub fn length(&self) -> Span {
        self.to - self.from
    }
}

/// A write that was acknowledged and is not there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loss {
    /// Who was told that it is done.
    pub client: ProcessId,
    /// Of which key.
    pub key: Arc<str>,
    /// What it wrote, if it wrote a value.
    pub value: Option<Arc<str>>,
    /// When it was acknowledged.
    pub at: Time,
}

impl Measure {
    /// The figures here.
    pub(in crate::scenario) fn figures(&self, world: &World) -> Measured {
        let mut figures = Measured {
            waiting: self.open.len() as u64,
            asked: self.open.len() as u64,
            skipped: self.groups[1].fact(world, self.numbers[1], "skipped", None).unwrap_or(0),
            messages: self.traffic.members,
            idle: self.traffic.idle,
            client_messages: self.traffic.clients,
            kinds: self.traffic.kinds.iter().map(|(kind, count)| (*kind, *count)).collect(),
            outage: self.outage(world.now()),
            ..Measured::default()
        };
        few::sort_by_key(&mut figures.kinds, |(kind, count)| (std::cmp::Reverse(*count), *kind));
        let mut acknowledged: Vec<&Ended> = Vec::new();
        for ended in self.ended() {
            figures.asked += 1;
            match ended.end.came {
                Came::Acknowledged => acknowledged.push(ended),
                Came::Refused => figures.refused += 1,
                Came::Unknown => figures.unknown += 1,
            }
        }
        figures.acknowledged = acknowledged.len() as u64;
        figures.messages_a_write = (figures.messages * 1_000).checked_div(figures.acknowledged);
        let ways = |which: usize| median_and_most(acknowledged.iter().map(|ended| ended.hops[which]));
        (figures.ways, figures.client_ways) = (ways(0), ways(1));
        figures.latency = latency(acknowledged.iter().map(|ended| (ended.at - ended.asked).0));
        let losses = self.losses(world, &acknowledged);
        figures.lost = losses.as_ref().map(|losses| losses.len() as u64);
        figures.losses = losses.into_iter().flatten().take(MOST_LOST).collect();
        figures
    }

    fn outage(&self, now: Time) -> Option<Outage> {
        let open = self.since.map(|from| Outage { from, to: now, open: true });
        let closed = self.longest.map(|(from, to)| Outage { from, to, open: false });
        match (open, closed) {
            (Some(open), Some(closed)) if open.length() > closed.length() => Some(open),
            (open, closed) => closed.or(open),
        }
    }

    fn losses(&self, world: &World, acknowledged: &[&Ended]) -> Option<Vec<Loss>> {
        let with_effect: Vec<&&Ended> = acknowledged.iter().filter(|ended| ended.end.effect).collect();
        let written = |ended: &&&Ended| Written {
            client: ended.client,
            session: ended.end.session,
            seq: ended.seq,
            revision: ended.end.revision,
            key: ended.key.clone(),
            value: ended.value.clone(),
        };
        let writes: Vec<Written> = with_effect.iter().map(written).collect();
        let held = self.groups[0].holds(world, self.numbers[0], &writes)?;
        let lost = with_effect.iter().zip(held).filter(|(_, held)| !held);
        let loss = |(ended, _): (&&&Ended, bool)| Loss {
            client: ended.client,
            key: ended.key.clone(),
            value: ended.value.clone(),
            at: ended.at,
        };
        Some(lost.map(loss).collect())
    }
}

fn median_and_most(ways: impl Iterator<Item = u16>) -> Option<[u16; 2]> {
    let mut ways: Vec<u16> = ways.collect();
    few::sort(&mut ways);
    Some([*ways.get((ways.len().max(1) - 1) / 2)?, *ways.last()?])
}

fn latency(nanos: impl Iterator<Item = u64>) -> Option<Latency> {
    let mut all: Vec<u64> = nanos.collect();
    few::sort(&mut all);
    let max = Span(*all.last()?);
    // Nearest rank: the smallest that so many hundredths of all do not exceed.
    let rank = |hundredths: usize| Span(all[(all.len() * hundredths).div_ceil(100).max(1) - 1]);
    let (mut histogram, mut before) = (Vec::new(), 0);
    for bound in BOUNDS.map(|power| 1u64 << power).chain([u64::MAX]) {
        let upto = all.partition_point(|nanos| *nanos <= bound.saturating_mul(1_000));
        histogram.push((bound, (upto - before) as u64));
        before = upto;
    }
    Some(Latency { p50: rank(50), p90: rank(90), p99: rank(99), max, histogram })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_by_nearest_rank_and_every_write_is_in_one_bucket() {
        let millis = |number: u64| number * 1_000_000;
        let found = latency((1..=200).rev().map(millis)).expect("there are some");
        let spans = [found.p50, found.p90, found.p99, found.max];
        assert_eq!(spans, [100, 180, 198, 200].map(Span::millis));
        assert_eq!(found.histogram.iter().map(|(_, count)| count).sum::<u64>(), 200);
        // 2¹⁷ µs is 131.072 ms: those from 66 to 131 are in its bucket.
        assert_eq!(found.histogram.iter().find(|(bound, _)| *bound == 1 << 17), Some(&(1 << 17, 66)));
        let edges = latency([256_000, 256_001, u64::MAX].into_iter()).expect("there are some");
        let counts: Vec<u64> = edges.histogram.iter().map(|(_, count)| *count).collect();
        assert_eq!((counts[0], counts[1], counts.last()), (1, 1, Some(&1)));
        assert_eq!(latency(std::iter::empty()), None);
        assert_eq!(latency([7].into_iter()).map(|one| [one.p50, one.p99, one.max]), Some([Span(7); 3]));
    }

    #[test]
    fn of_an_even_number_the_lower_median_is_told() {
        assert_eq!(median_and_most([4, 2, 9, 2].into_iter()), Some([2, 9]));
        assert_eq!(median_and_most([3].into_iter()), Some([3, 3]));
        assert_eq!(median_and_most(std::iter::empty()), None);
    }
}
