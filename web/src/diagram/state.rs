//! What the page keeps of the space-time diagram: what is pointed at, what is lit up, and what of it is shown at all. The
//! stage, the event list and the log table read the same, so that pointing at a thing in one of them shows it in all.

use crate::state::{Page, Selection};
use muster_core::process::{EventId, MessageId, ProcessId, Time};
use muster_core::view::{Arrow, EventLine, Frame, Window};
use muster_core::words::Key;
use std::sync::Arc;

/// Something that an explanation lights up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lit {
    /// An event.
    Event(EventId),
    /// A message.
    Message(MessageId),
}

/// What is pointed at, and what belongs to it as far as whoever pointed knew.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Pointed {
    /// A process, where nothing smaller is meant.
    pub process: Option<ProcessId>,
    /// A message.
    pub message: Option<MessageId>,
    /// An event: of a message its delivery.
    pub event: Option<EventId>,
    /// Entries of a log, by index, first and last: what a message carries.
    pub entries: Option<(u64, u64)>,
}

impl Pointed {
    /// A process.
    pub fn process(id: ProcessId) -> Self {
        Pointed { process: Some(id), ..Pointed::default() }
    }

    /// A message whose way is not known.
    pub fn message(id: MessageId) -> Self {
        Pointed { message: Some(id), ..Pointed::default() }
    }

    /// A message on its way.
    pub fn arrow(arrow: &Arrow) -> Self {
        let (message, entries) = (Some(arrow.message), arrow.card.carries);
        Pointed { process: None, message, event: arrow.delivery, entries }
    }

    /// An event of the list.
    pub fn line(line: &EventLine) -> Self {
        Pointed { message: line.message, event: Some(line.event), ..Pointed::default() }
    }

    /// An entry of a process' log.
    pub fn entry(process: ProcessId, index: u64) -> Self {
        Pointed { process: Some(process), entries: Some((index, index)), ..Pointed::default() }
    }

    /// Is it this message?
    pub fn is_message(&self, id: MessageId) -> bool {
        self.message == Some(id)
    }

    /// Is it this event? Lives of a process are told apart by the event's number alone.
    pub fn is_event(&self, id: EventId) -> bool {
        self.event.is_some_and(|event| (event.process, event.number) == (id.process, id.number))
    }

    /// Is it a process as a whole?
    pub fn is_process(&self, id: ProcessId) -> bool {
        self.process == Some(id) && self.entries.is_none()
    }

    /// Does it mean this entry of this process' log?
    pub fn is_entry(&self, process: ProcessId, index: u64) -> bool {
        let whose = match (self.process, self.message) {
            (_, Some(message)) => message.from == process || message.to == process,
            (own, None) => own == Some(process),
        };
        whose && self.entries.is_some_and(|(first, last)| first <= index && index <= last)
    }
}

/// What of the diagram is shown. Nothing of it changes the run.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Sieve {
    /// Lanes that are not drawn.
    pub hidden: Vec<ProcessId>,
    /// Lanes drawn as one, each with at least two.
    pub folds: Vec<Vec<ProcessId>>,
    /// Kinds of messages and events that are not drawn.
    pub without: Vec<Key>,
}

impl Sieve {
    /// Is everything shown, each in a lane of its own?
    pub fn is_open(&self) -> bool {
        *self == Sieve::default()
    }

    /// Hides a lane.
    pub fn hide(&mut self, ids: &[ProcessId]) {
        for id in ids {
            if !self.hidden.contains(id) {
                self.hidden.push(*id);
            }
        }
    }

    /// Draws these lanes as one; whoever was folded with others is so no more.
    pub fn fold(&mut self, ids: &[ProcessId]) {
        self.unfold(ids);
        self.hidden.retain(|id| !ids.contains(id));
        if ids.len() > 1 {
            self.folds.push(ids.to_vec());
        }
    }

    /// Draws each of these lanes by itself.
    pub fn unfold(&mut self, ids: &[ProcessId]) {
        for fold in &mut self.folds {
            fold.retain(|id| !ids.contains(id));
        }
        self.folds.retain(|fold| fold.len() > 1);
    }

    /// Shows a kind, or leaves it out.
    pub fn toggle(&mut self, kind: Key) {
        match self.without.iter().position(|without| *without == kind) {
            Some(at) => drop(self.without.remove(at)),
            None => self.without.push(kind),
        }
    }
}

/// The diagram's part of the page's state.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Diagram {
    /// Lit up, in order from 1: the causes of something that is being explained. Drawn thicker, ringed and numbered.
    pub lit: Vec<Lit>,
    /// What the pointer or the keyboard is on, wherever on the page.
    pub pointed: Option<Pointed>,
    /// What of it is shown.
    pub sieve: Sieve,
    /// What was shown of other runs, by the scenario's name.
    kept: Vec<(Arc<str>, Sieve)>,
    /// The last of a selected message that was seen on its way.
    pub followed: Option<Arrow>,
}

/// Most runs whose sieves are remembered.
const REMEMBERED: usize = 16;

/// What can happen to the diagram.
pub enum DiagramHappened {
    /// Something else is pointed at, or nothing.
    Point(Option<Pointed>),
    /// Other things are lit up.
    Light(Vec<Lit>),
    /// Something else of it is shown.
    Sieve(Sieve),
    /// A message is selected whose way is known.
    Follow(Arrow),
}

impl Diagram {
    /// Something happened to it.
    pub fn heard(&mut self, happened: DiagramHappened) {
        match happened {
            DiagramHappened::Point(pointed) => self.pointed = pointed,
            DiagramHappened::Light(lit) => self.lit = lit,
            DiagramHappened::Sieve(sieve) => self.sieve = sieve,
            DiagramHappened::Follow(arrow) => self.followed = Some(arrow),
        }
    }

    /// Another run is shown: what was shown of the last one is remembered, and what was remembered of this one is back.
    pub fn of_run(&self, last: Option<&Arc<str>>, next: &Arc<str>) -> Self {
        let mut kept = self.kept.clone();
        if let Some(last) = last {
            kept.retain(|(name, _)| name != last);
            kept.push((last.clone(), self.sieve.clone()));
            if kept.len() > REMEMBERED {
                kept.remove(0);
            }
        }
        let sieve = kept.iter().find(|(name, _)| name == next).map(|(_, sieve)| sieve.clone());
        Diagram { sieve: sieve.unwrap_or_default(), kept, ..Diagram::default() }
    }

    /// Remembers a message's way while it is on the stage, for when it is not.
    pub fn follow(&mut self, frame: &Frame, message: MessageId) {
        let Some(flight) = frame.flights.iter().find(|flight| flight.message == message) else { return };
        self.followed = Some(Arrow {
            message,
            card: flight.card.clone(),
            sent_at: flight.sent_at,
            ends_at: flight.arrives_at.unwrap_or(Time::MAX),
            lost: false,
            delivery: None,
            cause: None,
        });
    }

    /// The numbers, from 1, under which something is lit.
    pub fn lit_as(&self, message: Option<MessageId>, event: Option<EventId>) -> Option<usize> {
        let is_it = |lit: &Lit| match lit {
            Lit::Message(id) => message == Some(*id),
            Lit::Event(id) => event.is_some_and(|e| (e.process, e.number) == (id.process, id.number)),
        };
        self.lit.iter().position(is_it).map(|at| at + 1)
    }
}

/// A message's way, as far as the window knows it.
pub fn way(window: Option<&Window>, message: MessageId) -> Option<&Arrow> {
    window?.arrows.iter().find(|arrow| arrow.message == message)
}

/// What is selected, with what the window knows to belong to it.
pub fn chosen(page: &Page) -> Option<Pointed> {
    let window = page.window.as_deref();
    Some(match page.selection? {
        Selection::Process(_) => return None,
        Selection::Message(id) => way(window, id).map_or(Pointed::message(id), Pointed::arrow),
        Selection::Event(id) => {
            let pointed = Pointed { event: Some(id), ..Pointed::default() };
            let dot =
                window.into_iter().flat_map(|window| &window.dots).find(|dot| pointed.is_event(dot.event));
            Pointed { message: dot.and_then(|dot| dot.message), ..pointed }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(numbers: &[u32]) -> Vec<ProcessId> {
        numbers.iter().map(|number| ProcessId(*number)).collect()
    }

    #[test]
    fn a_lane_is_in_one_fold_at_most_and_a_fold_of_one_is_none() {
        let mut sieve = Sieve::default();
        sieve.fold(&ids(&[1, 2, 3]));
        sieve.fold(&ids(&[3, 4]));
        assert_eq!(sieve.folds, [ids(&[1, 2]), ids(&[3, 4])]);
        sieve.unfold(&ids(&[4]));
        assert_eq!(sieve.folds, [ids(&[1, 2])]);
        sieve.fold(&ids(&[1]));
        assert!(sieve.folds.is_empty());
    }

    #[test]
    fn what_was_hidden_in_a_run_is_hidden_when_it_is_back_and_not_in_another() {
        let (one, other): (Arc<str>, Arc<str>) = ("one".into(), "other".into());
        let mut diagram = Diagram::default();
        diagram.sieve.hide(&ids(&[2]));
        let elsewhere = diagram.of_run(Some(&one), &other);
        assert!(elsewhere.sieve.is_open());
        assert_eq!(elsewhere.of_run(Some(&other), &one).sieve.hidden, ids(&[2]));
    }
}
