//! Questions and answers: why something is as it is, and why it is not otherwise. Neutral: a system answers about its own
//! subjects in reasons, the session about what any world has; neither says a word of any language.

use super::{EventLine, Place};
use crate::process::{EventId, MessageId, Phrase, ProcessId};
use crate::words::Key;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What a question is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Subject {
    /// Something that happened.
    Event(EventId),
    /// How a process is: up, crashed, paused, stopped.
    Status(ProcessId),
    /// A value of a process, by its label in the inspector: its role, its term, whom it follows.
    Field(ProcessId, Key),
    /// An entry of a process' log, by its index: committed or not.
    Entry(ProcessId, u64),
    /// A client's operation that has no answer yet: whose, and its number.
    Operation(ProcessId, u64),
    /// A message: where it is, or what became of it.
    Message(MessageId),
    /// What a message from one process to another would meet on its way now.
    Link(ProcessId, ProcessId),
    /// A system as a whole, by its number: who leads it, or why nobody does.
    Group(u16),
    /// A check: `system/check`.
    Check(Arc<str>),
    /// An expectation of the scenario, by its place in the list, from 0.
    Expectation(u32),
    /// A verb that is disabled: of a process, or of the stage; by its name.
    Verb(Option<ProcessId>, Arc<str>),
}

/// A question that can be asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// In words.
    pub phrase: Phrase,
    /// What it is about.
    pub subject: Subject,
}

/// A rule that decided.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RuleView {
    /// As in `without:`.
    pub name: Arc<str>,
    /// What goes wrong without it; `None` if nobody says.
    pub reason: Option<Key>,
    /// Where it comes from: paper and section.
    pub source: Arc<str>,
}

/// One reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// In words.
    pub phrase: Phrase,
    /// The rule that decided, if one did.
    pub rule: Option<RuleView>,
    /// It says why something is not so.
    pub refused: bool,
    /// The events it rests on, none of them later than the place asked about.
    pub events: Vec<EventId>,
    /// What may be asked next.
    pub next: Vec<Question>,
}

impl Reason {
    /// A reason for something that is so.
    pub fn so(phrase: Phrase) -> Self {
        Reason { phrase, rule: None, refused: false, events: Vec::new(), next: Vec::new() }
    }
    /// A reason for something that is not so.
    pub fn not(phrase: Phrase) -> Self {
        Reason { refused: true, ..Reason::so(phrase) }
    }
    /// The rule that decided.
    #[must_use]
    pub fn by(mut self, rule: RuleView) -> Self {
        self.rule = Some(rule);
        self
    }
    /// The events it rests on.
    #[must_use]
    pub fn from(mut self, events: impl IntoIterator<Item = EventId>) -> Self {
        self.events.extend(events);
        self
    }
    /// What may be asked next.
    #[must_use]
    pub fn then(mut self, next: impl IntoIterator<Item = Question>) -> Self {
        self.next.extend(next);
        self
    }
}

/// What can be said of a subject: the question as it is to be asked, and the reasons, the weightiest first.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// In words: "Why is entry 7 not committed?"
    pub question: Phrase,
    /// At least one.
    pub reasons: Vec<Reason>,
}

/// The answer to a question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// What was asked about.
    pub subject: Subject,
    /// The question in words.
    pub question: Phrase,
    /// Of which moment it speaks: the place shown when it was asked, or the event's own.
    pub place: Place,
    /// The event itself, if it was asked about one.
    pub event: Option<EventLine>,
    /// The reasons, the weightiest first.
    pub reasons: Vec<Reason>,
    /// The events that the reasons name, as far as they could be found, ascending.
    pub lines: Vec<EventLine>,
}
