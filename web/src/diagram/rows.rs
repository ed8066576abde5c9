//! Which lanes are drawn, in which row: hidden ones not at all, folded ones together. Pure; it knows names, not pixels.

use super::state::Sieve;
use litemap::LiteMap;
use muster_core::process::{EventId, MessageId, ProcessId};
use muster_core::view::{Arrow, Lane};

/// A row of the diagram: one lane, or several drawn as one.
#[derive(Clone, PartialEq, Debug)]
pub struct Row {
    /// Whose.
    pub ids: Vec<ProcessId>,
}

/// The rows, from the top.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Rows {
    /// In order.
    pub all: Vec<Row>,
    /// Lanes that are there and not drawn.
    pub hidden: Vec<ProcessId>,
    of: LiteMap<ProcessId, usize>,
    /// Where every lane stands in the run's own order, for which way a stub points.
    order: LiteMap<ProcessId, usize>,
}

impl Rows {
    /// Of these lanes what the sieve lets through.
    pub fn new(lanes: &[Lane], sieve: &Sieve) -> Self {
        let mut rows = Rows::default();
        for (place, lane) in lanes.iter().enumerate() {
            rows.order.insert(lane.id, place);
            if sieve.hidden.contains(&lane.id) {
                rows.hidden.push(lane.id);
                continue;
            }
            let fellows = sieve.folds.iter().find(|fold| fold.contains(&lane.id));
            let row = fellows.and_then(|fold| fold.iter().find_map(|id| rows.of.get(id).copied()));
            let row = row.unwrap_or_else(|| {
                rows.all.push(Row { ids: Vec::new() });
                rows.all.len() - 1
            });
            rows.all[row].ids.push(lane.id);
            rows.of.insert(lane.id, row);
        }
        rows
    }

    /// In which row a process is drawn.
    pub fn of(&self, id: ProcessId) -> Option<usize> {
        self.of.get(&id).copied()
    }

    /// Does one lane stand above another in the run's own order? Hidden ones have a place in it too.
    pub fn is_above(&self, one: ProcessId, other: ProcessId) -> bool {
        self.order.get(&one) < self.order.get(&other)
    }
}

/// How a message is drawn.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Course {
    /// From row to row.
    Whole(usize, usize),
    /// Its receiver is hidden: a stub at its sender.
    Leaves(usize),
    /// Its sender is hidden: a stub at its receiver.
    Comes(usize),
    /// Both ends are hidden, or in one row.
    Inside,
}

/// How a message is drawn.
pub fn course(rows: &Rows, message: MessageId) -> Course {
    match (rows.of(message.from), rows.of(message.to)) {
        (Some(from), Some(to)) if from == to => Course::Inside,
        (Some(from), Some(to)) => Course::Whole(from, to),
        (Some(from), None) => Course::Leaves(from),
        (None, Some(to)) => Course::Comes(to),
        (None, None) => Course::Inside,
    }
}

/// Longest way through hidden lanes that is followed.
const HOPS: usize = 8;

/// What a hidden lane passes on: pairs of arrows, by their place in the list, where the first one's delivery to a hidden
/// process is the event that sent the second one, or leads to it through hidden ones alone. Each pair is a cause that the
/// run's own events name; nothing is guessed.
pub fn passed_on(rows: &Rows, arrows: &[Arrow]) -> Vec<(usize, usize)> {
    if rows.hidden.is_empty() {
        return Vec::new();
    }
    let name = |event: EventId| (event.process, event.number);
    let mut into: LiteMap<(ProcessId, u64), usize> = LiteMap::new();
    for (index, arrow) in arrows.iter().enumerate() {
        if let (None, Some(delivery)) = (rows.of(arrow.message.to), arrow.delivery) {
            into.insert(name(delivery), index);
        }
    }
    let mut pairs = Vec::new();
    for (last, arrow) in arrows.iter().enumerate() {
        if rows.of(arrow.message.from).is_some() || rows.of(arrow.message.to).is_none() {
            continue;
        }
        let mut cause = arrow.cause;
        for _ in 0..HOPS {
            let Some(first) = cause.and_then(|cause| into.get(&name(cause)).copied()) else { break };
            if rows.of(arrows[first].message.from).is_some() {
                pairs.push((first, last));
                break;
            }
            cause = arrows[first].cause;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use muster_core::process::{Card, Phrase, Shape, Time};
    use muster_core::words::session::SessionKey as K;

    fn lane(id: u32) -> Lane {
        Lane { id: ProcessId(id), name: format!("n{id}").into(), segments: Vec::new() }
    }

    fn event(process: u32, number: u64) -> EventId {
        EventId { process: ProcessId(process), incarnation: 1, number }
    }

    fn arrow(from: u32, to: u32, cause: u64, delivery: u64) -> Arrow {
        let card = Card {
            kind: K::KindDeed.into(),
            shape: Shape::Circle,
            answer: false,
            verdict: None,
            epoch: None,
            carries: None,
            label: Phrase::bare(K::KindDeed),
        };
        Arrow {
            message: MessageId { from: ProcessId(from), to: ProcessId(to), number: cause, copy: 0 },
            card,
            sent_at: Time(cause),
            ends_at: Time(delivery),
            lost: false,
            delivery: Some(event(to, delivery)),
            cause: Some(event(from, cause)),
        }
    }

    #[test]
    fn folded_lanes_share_the_row_of_the_first_and_hidden_ones_have_none() {
        let lanes: Vec<Lane> = (1..=5).map(lane).collect();
        let mut sieve = Sieve::default();
        sieve.fold(&[ProcessId(2), ProcessId(5)]);
        sieve.hide(&[ProcessId(3)]);
        let rows = Rows::new(&lanes, &sieve);
        let ids: Vec<Vec<u32>> = rows.all.iter().map(|row| row.ids.iter().map(|id| id.0).collect()).collect();
        assert_eq!(ids, [vec![1], vec![2, 5], vec![4]]);
        assert_eq!((rows.of(ProcessId(5)), rows.of(ProcessId(3))), (Some(1), None));
        let between = |from, to| MessageId { from: ProcessId(from), to: ProcessId(to), number: 1, copy: 0 };
        assert_eq!(course(&rows, between(1, 4)), Course::Whole(0, 2));
        assert_eq!(course(&rows, between(2, 5)), Course::Inside);
        assert_eq!(course(&rows, between(1, 3)), Course::Leaves(0));
        assert_eq!(course(&rows, between(3, 4)), Course::Comes(2));
    }

    #[test]
    fn a_hidden_lane_passes_on_what_its_own_events_caused_and_nothing_else() {
        let lanes: Vec<Lane> = (1..=4).map(lane).collect();
        let mut sieve = Sieve::default();
        sieve.hide(&[ProcessId(2), ProcessId(3)]);
        let rows = Rows::new(&lanes, &sieve);
        // 1 → 2, which sends to 3, which sends to 4; and 3 sends something else by itself.
        let arrows = [arrow(1, 2, 10, 20), arrow(2, 3, 20, 30), arrow(3, 4, 30, 40), arrow(3, 4, 31, 41)];
        assert_eq!(passed_on(&rows, &arrows), [(0, 2)]);
        assert!(passed_on(&Rows::new(&lanes, &Sieve::default()), &arrows).is_empty());
    }
}
