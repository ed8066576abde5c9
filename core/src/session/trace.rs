//! The window: the last events in full, for the event list, the arrows of the timeline and explanations. It is bounded
//! by a number of events; older ones are derived anew from a checkpoint.

use super::frame::lot;
use super::tell::{self, Groups};
use super::why::way::{FateOf, lost};
use crate::kernel::world::World;
use crate::kernel::{Event, Fate, LossReason, Observer, What};
use crate::process::{Answer, Digest, EventId, Fold, HostId, MessageId, Payload, ProcessId, Shape, Time};
use crate::view::{Arrow, Dot, EventLine, KindCount, NoteView, Place};
use crate::words::Key;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// One event in full.
#[derive(Clone, Debug)]
pub struct Record {
    /// As the list shows it.
    pub line: EventLine,
    sent: Vec<(MessageId, Arc<dyn Payload>, Fate)>,
    ended: Option<Ended>,
    lost: Vec<(MessageId, LossReason)>,
    answers: Vec<NoteView>,
}

#[derive(Clone, Debug)]
struct Ended {
    message: MessageId,
    payload: Arc<dyn Payload>,
    sent_at: Option<Time>,
    delivered: bool,
}

/// Consecutive events of one branch.
#[derive(Clone, Debug)]
pub struct Trace {
    /// Of which branch.
    pub branch: u32,
    records: VecDeque<Record>,
    most: usize,
}

impl Trace {
    /// An empty one, to hold at most so many events.
    pub fn new(branch: u32, most: usize) -> Self {
        Trace { branch, records: VecDeque::new(), most }
    }

    /// First and last event it holds, by ordinal.
    pub fn span(&self) -> Option<(u64, u64)> {
        let ordinal = |record: &Record| record.line.place.ordinal;
        Some((ordinal(self.records.front()?), ordinal(self.records.back()?)))
    }

    /// Does it hold all events after `from` up to `to`?
    pub fn holds(&self, from: u64, to: u64) -> bool {
        from >= to || self.span().is_some_and(|(first, last)| first <= from + 1 && to <= last)
    }

    /// The record of an event by its ordinal.
    pub fn at(&self, ordinal: u64) -> Option<&Record> {
        let (first, _) = self.span()?;
        self.records.get(usize::try_from(ordinal.checked_sub(first)?).ok()?)
    }

    /// The record of an event by its identity.
    pub fn find(&self, event: EventId) -> Option<&Record> {
        let name = |event: &EventId| (event.process, event.number);
        self.records.iter().rev().find(|record| name(&record.line.event) == name(&event))
    }

    /// What processes answered to the operator, up to an event, newest first.
    pub fn answers(&self, to: u64, most: usize) -> Vec<NoteView> {
        let records = self.records.iter().rev().filter(|record| record.line.place.ordinal <= to);
        records.flat_map(|record| record.answers.iter().rev()).take(most).cloned().collect()
    }

    /// The places of the last event before an instant and of the first after it, as far as they are held.
    pub fn around(&self, at: Time) -> impl Iterator<Item = (u64, Time)> {
        let after = self.records.partition_point(|record| record.line.place.at <= at);
        let before = self.records.partition_point(|record| record.line.place.at < at).checked_sub(1);
        let record = |at: usize| self.records.get(at).map(|record| &record.line.place);
        let both = [before.and_then(record), record(after)];
        both.into_iter().flatten().map(|place| (place.ordinal, place.at)).collect::<Vec<_>>().into_iter()
    }

    /// Forgets what lies after an event.
    pub fn cut(&mut self, ordinal: u64) {
        let kept = self.records.partition_point(|record| record.line.place.ordinal <= ordinal);
        self.records.truncate(kept);
    }

    /// Records after `from` up to `to`, by ordinal, ascending.
    pub fn between(&self, from: u64, to: u64) -> impl DoubleEndedIterator<Item = &Record> {
        self.records.iter().filter(move |record| {
            let ordinal = record.line.place.ordinal;
            from < ordinal && ordinal <= to
        })
    }

    /// The newest notes a process made, up to an event, newest first.
    pub fn notes(&self, of: ProcessId, to: u64, most: usize) -> Vec<NoteView> {
        let records = self.records.iter().rev().filter(|record| record.line.place.ordinal <= to);
        let own = records.filter(|record| record.line.event.process == of);
        own.flat_map(|record| record.line.notes.iter().rev()).take(most).cloned().collect()
    }

    /// The notes a process made, up to an event, oldest first.
    pub fn noted(&self, of: ProcessId, to: u64) -> impl DoubleEndedIterator<Item = &NoteView> {
        let records = self.records.iter().filter(move |record| record.line.place.ordinal <= to);
        records.filter(move |record| record.line.event.process == of).flat_map(|record| &record.line.notes)
    }

    /// What became of a message, as far as that is held.
    pub fn fate(&self, message: MessageId) -> Option<FateOf> {
        let mut known = FateOf { label: None, sent: None, delivered: None, lost: None };
        for record in &self.records {
            let (event, ordinal) = (record.line.event, record.line.place.ordinal);
            if let Some((_, payload, fate)) = record.sent.iter().find(|(id, ..)| *id == message) {
                known.label = Some(payload.card().label);
                known.sent.get_or_insert(event);
                known.lost = lost(fate).map(|why| (why, event, ordinal)).or(known.lost);
            }
            if let Some((_, why)) = record.lost.iter().find(|(id, _)| *id == message) {
                known.lost = Some((*why, event, ordinal));
            }
            if let Some(ended) = record.ended.as_ref().filter(|ended| ended.message == message) {
                known.label = Some(ended.payload.card().label);
                match ended.delivered {
                    true => known.delivered = Some(event),
                    // Nobody there took it: a host's own loss names it with its reason.
                    false => {
                        known.lost =
                            known.lost.or(Some((LossReason::ReceiverDown(HostId(0)), event, ordinal)))
                    }
                }
            }
        }
        known.label.is_some().then_some(known)
    }

    fn push(&mut self, record: Record) {
        let follows = self.span().is_none_or(|(_, last)| last + 1 == record.line.place.ordinal);
        if !follows {
            self.records.clear();
        }
        if self.records.len() >= self.most {
            self.records.pop_front();
        }
        self.records.push_back(record);
    }

    /// Messages that were on their way between two instants.
    pub fn ways(&self, from: Time, to: Time) -> Vec<Way> {
        let mut ways = self.all_ways();
        ways.retain(|way| way.sent_at <= to && way.ends_at >= from);
        ways
    }

    /// Events between two instants as dots, ascending, without these kinds: at most so many, chosen by their identity so
    /// that the same ones stay while the window moves, and how many were left out.
    pub fn dots(&self, from: Time, to: Time, most: usize, without: &[Key]) -> (Vec<Dot>, u64) {
        let wanted = |record: &&Record| !without.contains(&record.line.kind);
        let mut within: Vec<&Record> = self.within(from, to).filter(wanted).collect();
        let all = within.len();
        thin(&mut within, most, |record| lot_of_event(record.line.event));
        let left_out = (all - within.len()) as u64;
        let dot = |record: &Record| Dot {
            event: record.line.event,
            place: record.line.place,
            kind: record.line.kind,
            message: record.line.message,
            sentence: record.line.sentence.clone(),
        };
        (within.into_iter().map(dot).collect(), left_out)
    }

    /// Kinds of these messages, and of the other events between two instants, with their numbers.
    pub fn kinds(&self, from: Time, to: Time, ways: &[Way]) -> Vec<KindCount> {
        let mut kinds: Vec<KindCount> = Vec::new();
        let mut count = |kind: Key, card: Option<(Shape, bool)>| match kinds
            .iter_mut()
            .find(|known| known.kind == kind && known.card.is_some() == card.is_some())
        {
            Some(known) => known.count += 1,
            None => kinds.push(KindCount { kind, card, count: 1 }),
        };
        for way in ways {
            let card = way.payload.card();
            count(card.kind, Some((card.shape, card.answer)));
        }
        for record in self.within(from, to).filter(|record| record.line.message.is_none()) {
            count(record.line.kind, None);
        }
        kinds
    }

    fn within(&self, from: Time, to: Time) -> impl Iterator<Item = &Record> {
        let first = self.records.partition_point(|record| record.line.place.at < from);
        self.records.iter().skip(first).take_while(move |record| record.line.place.at <= to)
    }

    fn all_ways(&self) -> Vec<Way> {
        let mut known: BTreeMap<MessageId, usize> = BTreeMap::new();
        let mut ways: Vec<Way> = Vec::new();
        for record in &self.records {
            let at = record.line.place.at;
            for (message, payload, fate) in &record.sent {
                let (ends_at, lost) = match fate {
                    Fate::Arrives(time) => (*time, false),
                    Fate::Gated | Fate::Waits => (Time::MAX, false),
                    Fate::Lost(_) => (at, true),
                };
                match known.get(message).and_then(|index| ways.get_mut(*index)) {
                    // It had waited, and leaves now.
                    Some(way) => (way.ends_at, way.lost) = (ends_at, lost),
                    None => {
                        known.insert(*message, ways.len());
                        let (message, payload) = (*message, payload.clone());
                        let cause = Some(record.line.event);
                        let delivery = None;
                        ways.push(Way { message, payload, sent_at: at, ends_at, lost, delivery, cause });
                    }
                }
            }
            for (message, _) in &record.lost {
                if let Some(way) = known.get(message).and_then(|index| ways.get_mut(*index)) {
                    (way.ends_at, way.lost) = (at, true);
                }
            }
            if let Some(ended) = &record.ended {
                let index = *known.entry(ended.message).or_insert(ways.len());
                if index == ways.len() {
                    let (message, payload) = (ended.message, ended.payload.clone());
                    let sent_at = ended.sent_at.unwrap_or(at);
                    let (lost, delivery, cause) = (false, None, None);
                    ways.push(Way { message, payload, sent_at, ends_at: at, lost, delivery, cause });
                }
                if let Some(way) = ways.get_mut(index) {
                    (way.ends_at, way.lost) = (at, !ended.delivered);
                    way.delivery = ended.delivered.then_some(record.line.event);
                }
            }
        }
        ways
    }
}

/// Of these messages at most so many as arrows, without these kinds, chosen by their identity so that the same ones stay
/// while the window moves; and how many were left out.
pub fn arrows(mut ways: Vec<Way>, most: usize, without: &[Key]) -> (Vec<Arrow>, u64) {
    if !without.is_empty() {
        ways.retain(|way| !without.contains(&way.payload.card().kind));
    }
    let all = ways.len();
    thin(&mut ways, most, |way| lot(way.message));
    let left_out = (all - ways.len()) as u64;
    (ways.into_iter().map(Way::arrow).collect(), left_out)
}

/// Leaves at most so many, by halves.
fn thin<T>(all: &mut Vec<T>, most: usize, lot: impl Fn(&T) -> u64) {
    let mut mask = 0u64;
    while all.len() > most {
        if mask == u64::MAX {
            all.truncate(most);
            return;
        }
        mask = mask << 1 | 1;
        all.retain(|one| lot(one) & mask == 0);
    }
}

fn lot_of_event(event: EventId) -> u64 {
    let mut digest = Digest::new();
    event.fold(&mut digest);
    digest.short()
}

/// A message's way through the window.
pub struct Way {
    message: MessageId,
    payload: Arc<dyn Payload>,
    sent_at: Time,
    ends_at: Time,
    lost: bool,
    delivery: Option<EventId>,
    cause: Option<EventId>,
}

impl Way {
    fn arrow(self) -> Arrow {
        let Way { message, payload, sent_at, ends_at, lost, delivery, cause } = self;
        Arrow { message, card: payload.card(), sent_at, ends_at, lost, delivery, cause }
    }
}

/// Writes a trace as events come.
pub struct Tracer<'a> {
    /// Where to.
    pub trace: &'a mut Trace,
    /// The groups.
    pub groups: &'a Groups,
}

impl Observer for Tracer<'_> {
    fn saw(&mut self, world: &World, event: &Event<'_>) {
        let ended = |message: &MessageId, payload: &Arc<dyn Payload>, sent_at, delivered| {
            Some(Ended { message: *message, payload: payload.clone(), sent_at, delivered })
        };
        let ended = match &event.what {
            What::Delivered { message, payload, sent_at } => ended(message, payload, Some(*sent_at), true),
            What::Received { message, payload, .. } => ended(message, payload, None, true),
            What::Missed { message, payload } => ended(message, payload, None, false),
            _ => None,
        };
        let sent = event.sent.iter().map(|sent| (sent.message, sent.payload.clone(), sent.fate)).collect();
        let lost = event.lost.to_vec();
        let place = Place { ordinal: event.ordinal, at: event.at };
        let answer = |(_, answer): &(u64, Answer)| NoteView {
            event: event.id,
            place,
            rule: None,
            refused: !answer.accepted,
            phrase: answer.phrase.clone(),
            because: Vec::new(),
        };
        let answers = event.answers.iter().map(answer).collect();
        let line = tell::line(self.groups, world, event);
        self.trace.push(Record { line, sent, ended, lost, answers });
    }

    fn wants_notes(&self) -> bool {
        true
    }
}
