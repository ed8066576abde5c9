//! Looking closer at the place shown: into a process, a message, the logs, the timeline, the event list.

use super::api::MessageView;
use super::playing::{Playing, WINDOW};
use super::tell::group_of;
use super::trace;
use super::verbs;
use crate::process::{Arg, MessageId, Phrase, ProcessId, Time};
use crate::view::{ArcView, EventLine, Field, Inspector, LogTable, Question, Subject, Value, Window};
use crate::words::Key;
use crate::words::hands::HandsKey;
use crate::words::session::SessionKey as K;
use crate::words::why::WhyKey;

/// Most notes of a process that an inspector shows, and how far back they are looked for.
const NOTES: usize = 12;
const NOTES_WITHIN: u64 = 256;
/// Most columns of a log table.
const COLUMNS: u32 = 500;
/// Most lines of an event list.
const LINES: u32 = 1_000;
/// Most arrows of a timeline.
const ARROWS: u32 = 2_000;
/// Most dots of a timeline.
const DOTS: u32 = 1_000;
/// Most fields of a message, and the longest text in one.
const FIELDS: usize = 24;
const LONGEST_TEXT: usize = 120;

impl Playing {
    /// Looks into a process.
    pub fn inspect(&mut self, id: ProcessId) -> Result<Inspector, Phrase> {
        let place = self.place();
        self.ensure_traced(place.ordinal.saturating_sub(NOTES_WITHIN), place.ordinal);
        let world = self.run.world();
        let process = world.process(id).ok_or_else(|| Phrase::new(K::NoSuchProcess, [Arg::Process(id)]))?;
        let group = group_of(self.groups(), world, id);
        let own = group.and_then(|group| group.inspect(world, id));
        let mut inspector = own.unwrap_or_else(|| Inspector {
            id,
            volatile: Vec::new(),
            durable: Vec::new(),
            strip: None,
            timers: Vec::new(),
            verbs: Vec::new(),
            notes: Vec::new(),
            why: None,
            questions: Vec::new(),
        });
        if inspector.timers.is_empty() {
            let arc = |timer: crate::kernel::world::TimerRef| ArcView {
                label: timer.label,
                slot: timer.slot,
                set_at: timer.set_at,
                fires_at: timer.fires_at,
            };
            inspector.timers = world.timers(id).map(arc).collect();
        }
        let preview = |command: &_| self.run.preview(command);
        inspector.verbs = verbs::of_process(world, group.map(|group| (group, process.group)), id, &preview);
        inspector.notes = self.trace.notes(id, place.ordinal, NOTES);
        inspector.why = self.chronicle().why(id, place);
        inspector.questions = self.questions(id);
        Ok(inspector)
    }

    /// The log table of a system.
    pub fn logs(&self, group: u16, first: Option<u64>, columns: u32) -> Result<LogTable, Phrase> {
        let known = self.groups().get(usize::from(group));
        let logs = known.and_then(|known| known.logs(self.run.world(), group, first, columns.min(COLUMNS)));
        logs.ok_or_else(|| Phrase::new(K::NoLogs, [Arg::Number(u64::from(group))]))
    }

    /// What the timeline draws, without these kinds: at most so many arrows and dots, and none where the window holds more
    /// events than are kept in full.
    pub fn window(&mut self, from: Time, to: Time, (arrows, dots): (u32, u32), without: &[Key]) -> Window {
        let head = self.head();
        let to_known = to.min(head.at);
        let (events, known) = self.events_between(from, to_known);
        let ways = if known { self.trace.ways(from, to) } else { Vec::new() };
        let kinds = if known { self.trace.kinds(from, to, &ways) } else { Vec::new() };
        let (drawn, left_out) = match known {
            true => trace::arrows(ways, arrows.min(ARROWS) as usize, without),
            false => (Vec::new(), events),
        };
        let (dots, dots_left_out) = match known {
            true => self.trace.dots(from, to, dots.min(DOTS) as usize, without),
            false => (Vec::new(), 0),
        };
        let chronicle = self.chronicle();
        let marks = chronicle.marks().iter().filter(|mark| from <= mark.place.at && mark.place.at <= to);
        Window {
            from,
            to,
            lanes: chronicle.lanes(from, to, head.at),
            arrows: drawn,
            arrows_left_out: left_out,
            crowded: !known,
            dots,
            dots_left_out,
            kinds,
            bands: chronicle.bands.between(from, to, head.at),
            marks: marks.cloned().collect(),
        }
    }

    /// About how many events lie between two instants of this branch, and whether they are now known in full.
    fn events_between(&mut self, from: Time, to: Time) -> (u64, bool) {
        if from >= to {
            return (0, true);
        }
        let (first, last) = (self.ordinal_at(from), self.ordinal_at(to));
        let events = last.1.saturating_sub(first.0);
        if events > WINDOW as u64 {
            return (events, false);
        }
        // Messages that arrive in the window were sent a little before it.
        self.ensure_traced(first.0, last.1);
        (events, self.trace.holds(first.0, last.1))
    }

    /// Between which events an instant lies, as closely as is known without replaying: by what is kept in full, the
    /// place shown, and the checkpoints.
    fn ordinal_at(&self, at: Time) -> (u64, u64) {
        let (here, head) = (self.place(), self.head());
        let mut known = vec![(0, Time::ZERO), (head.ordinal, head.at), (here.ordinal, here.at)];
        known.extend(self.history.checkpoints(self.branch).iter().map(|run| {
            let place = run.place();
            (place.ordinal, place.at)
        }));
        if self.trace.branch == self.branch {
            known.extend(self.trace.around(at));
        }
        let before = known.iter().filter(|(_, time)| *time < at).map(|(ordinal, _)| *ordinal).max();
        let after = known.iter().filter(|(_, time)| *time > at).map(|(ordinal, _)| *ordinal).min();
        (before.unwrap_or(0), after.unwrap_or(head.ordinal))
    }

    /// The event list up to a place.
    pub fn events(&mut self, until: u64, count: u32) -> Vec<EventLine> {
        let until = until.min(self.head().ordinal);
        let from = until.saturating_sub(u64::from(count.min(LINES)));
        self.ensure_traced(from, until);
        self.trace.between(from, until).map(|record| record.line.clone()).collect()
    }

    /// What can be done to the link between the hosts of two processes.
    pub fn link_verbs(&self, from: ProcessId, to: ProcessId) -> Result<verbs::LinkVerbs, Phrase> {
        let world = self.run.world();
        let host = |id| world.process(id).map(|process| process.host);
        let ends = host(from).zip(host(to)).filter(|(from, to)| from != to);
        let ends = ends.ok_or_else(|| Phrase::bare(HandsKey::NoSuchLink))?;
        let preview = |command: &_| self.run.preview(command);
        let fault = |barrier| self.run.faults().of_barrier(barrier).cloned();
        Ok(verbs::LinkVerbs { from, to, verbs: verbs::of_link(world, ends, &fault, &preview) })
    }

    /// A message on its way.
    pub fn message(&self, id: MessageId) -> Result<MessageView, Phrase> {
        let world = self.run.world();
        let gone = || Phrase::new(K::NoSuchMessage, [Arg::Process(id.from), Arg::Process(id.to)]);
        let flight = world.in_flight().find(|flight| flight.message == id).ok_or_else(gone)?;
        let preview = |command: &_| self.run.preview(command);
        // Whoever sent it knows what it says; if they are gone, whoever it is for.
        let group = |id| group_of(self.groups(), world, id);
        let fields = group(id.from).or(group(id.to)).map(|group| group.message(&**flight.payload));
        let fields = fields.unwrap_or_default();
        Ok(MessageView {
            message: id,
            card: flight.payload.card(),
            fields: bounded(fields),
            cause: flight.cause,
            verbs: verbs::of_message(world, id, &preview),
            questions: vec![Question {
                phrase: Phrase::new(
                    WhyKey::AskMessage,
                    [
                        Arg::Process(id.from),
                        Arg::Process(id.to),
                        Arg::Phrase(Box::new(flight.payload.card().label)),
                    ],
                ),
                subject: Subject::Message(id),
            }],
        })
    }
}

/// What a message says, within bounds.
fn bounded(mut fields: Vec<Field>) -> Vec<Field> {
    fields.truncate(FIELDS);
    for field in &mut fields {
        match &mut field.value {
            Value::Arg(arg) => shorten(arg),
            Value::Phrase(phrase) => phrase.args.iter_mut().for_each(shorten),
            Value::None | Value::Tally(_) | Value::Until(..) => {}
        }
    }
    fields
}

/// Cuts long texts, wherever they stand in an argument: a value of a store may fill a screen.
pub fn shorten(arg: &mut Arg) {
    match arg {
        Arg::Text(text) if text.chars().nth(LONGEST_TEXT).is_some() => {
            *text = text.chars().take(LONGEST_TEXT - 1).chain(['…']).collect::<String>().into();
        }
        Arg::Phrase(phrase) => phrase.args.iter_mut().for_each(shorten),
        Arg::List(items) => items.iter_mut().for_each(shorten),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_message_says_is_bounded() {
        let text = |length| Arg::Text("x".repeat(length).into());
        let long = Phrase::new(K::Branch, [Arg::List(vec![text(LONGEST_TEXT), text(LONGEST_TEXT + 1)])]);
        let field = Field { label: K::Branch.into(), value: Value::Arg(Arg::Phrase(Box::new(long))) };
        let fields = bounded(vec![field; FIELDS + 1]);
        assert_eq!(fields.len(), FIELDS);
        let cut = Arg::Text(("x".repeat(LONGEST_TEXT - 1) + "…").into());
        let said = Phrase::new(K::Branch, [Arg::List(vec![text(LONGEST_TEXT), cut])]);
        assert!(fields.iter().all(|field| field.value == Value::Arg(Arg::Phrase(Box::new(said.clone())))));
    }
}
