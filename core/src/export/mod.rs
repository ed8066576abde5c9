//! The run in other tools' formats.
//!
//! One event of the history becomes one [`Record`]: names in place of numbers, nothing borrowed. A [`Writer`] turns
//! records into text as they come, so that a long run is written in bounded memory. This room names no system, makes no
//! words of its own (a [`Say`] from the rim does) and knows no file: text goes to whatever can be written to.
//!
//! | format | for | file |
//! |---|---|---|
//! | JSON Lines | scripts, `jq` | [`jsonl`] |
//! | CSV | spreadsheets | [`csv`] |
//! | Mermaid sequence diagram | a page of documentation | [`mermaid`] |
//! | ShiViz log with vector clocks | happened-before, drawn | [`shiviz`] |
//! | Chrome trace | Perfetto | [`perfetto`] |
//! | transcript | people, in their language | [`transcript`] |

pub mod cast;
pub mod csv;
pub mod json;
pub mod jsonl;
pub mod mermaid;
pub mod perfetto;
pub mod record;
pub mod recorder;
pub mod shiviz;
pub mod transcript;

#[cfg(test)]
mod tests;

pub use cast::{Cast, Say, Who};
pub use record::{Happened, Record, Shift};
pub use recorder::{Recorder, Tell, Trace};

use crate::process::{EventId, MessageId, Phrase, Time};
use crate::view::Status;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

/// The formats there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// One JSON object a line.
    Jsonl,
    /// A Mermaid sequence diagram.
    Mermaid,
    /// A ShiViz log.
    Shiviz,
    /// Chrome trace JSON, which Perfetto opens.
    Perfetto,
    /// Comma-separated values.
    Csv,
    /// Every event in a sentence.
    Transcript,
    /// The same for what matters most alone: faults, repairs, elections, what broke.
    Highlights,
}

impl Format {
    /// All of them.
    pub const ALL: &'static [Format] = &[
        Format::Jsonl,
        Format::Mermaid,
        Format::Shiviz,
        Format::Perfetto,
        Format::Csv,
        Format::Transcript,
        Format::Highlights,
    ];

    /// Its name, as in `--to`.
    pub const fn name(self) -> &'static str {
        match self {
            Format::Jsonl => "jsonl",
            Format::Mermaid => "mermaid",
            Format::Shiviz => "shiviz",
            Format::Perfetto => "perfetto",
            Format::Csv => "csv",
            Format::Transcript => "transcript",
            Format::Highlights => "highlights",
        }
    }

    /// The format of that name.
    pub fn named(name: &str) -> Option<Format> {
        Format::ALL.iter().copied().find(|format| format.name() == name)
    }

    /// A fresh writer.
    pub fn writer(self) -> Box<dyn Writer> {
        match self {
            Format::Jsonl => Box::new(jsonl::Jsonl),
            Format::Mermaid => Box::new(mermaid::Mermaid::default()),
            Format::Shiviz => Box::new(shiviz::Shiviz::default()),
            Format::Perfetto => Box::new(perfetto::Perfetto::default()),
            Format::Csv => Box::new(csv::Csv),
            Format::Transcript => Box::new(transcript::Transcript { marked: false }),
            Format::Highlights => Box::new(transcript::Transcript { marked: true }),
        }
    }
}

/// What a trace says of the run as a whole, before the first event.
#[derive(Clone, Debug, PartialEq)]
pub struct About {
    /// The scenario's name.
    pub scenario: Arc<str>,
    /// The seed in force.
    pub seed: u64,
    /// The engine that made it.
    pub engine: &'static str,
}

/// What stands at the end of a trace.
#[derive(Clone, Debug, PartialEq)]
pub struct Ending {
    /// Virtual time reached.
    pub at: Time,
    /// Events of the whole run.
    pub events: u64,
    /// The digest of the whole history.
    pub digest: u128,
}

/// A broken check, as a trace tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct Break {
    /// `system/check`.
    pub name: Arc<str>,
    /// When.
    pub at: Time,
    /// At which event.
    pub event: EventId,
    /// Who, which entries.
    pub phrase: Phrase,
    /// The scenario said that it must break.
    pub expected: bool,
}

/// Turns records into text, one at a time, in bounded memory. What it holds grows with the processes of the run and
/// with what is in flight, never with the run's length.
pub trait Writer {
    /// What comes before the first record.
    fn begin(&mut self, about: &About, rim: &Rim<'_>, out: &mut dyn fmt::Write) -> fmt::Result;
    /// One event.
    fn record(&mut self, record: &Record, rim: &Rim<'_>, out: &mut dyn fmt::Write) -> fmt::Result;
    /// A check broke at the event just written.
    fn broke(&mut self, broken: &Break, rim: &Rim<'_>, out: &mut dyn fmt::Write) -> fmt::Result;
    /// What comes after the last record.
    fn end(&mut self, ending: &Ending, rim: &Rim<'_>, out: &mut dyn fmt::Write) -> fmt::Result;
    /// It takes no more: the format has a bound of its own, and has said so in the text.
    fn full(&self) -> bool {
        false
    }
    /// How many causes it remembers for messages that have not arrived.
    fn remembered(&self) -> usize {
        0
    }
    /// Forgets causes that nothing in flight names any more.
    fn forget(&mut self, _in_flight: &InFlight) {}
}

/// What is on its way at a moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InFlight {
    /// Its messages, copies as their originals.
    pub messages: BTreeSet<MessageId>,
    /// The events that sent them.
    pub causes: BTreeSet<EventId>,
}

/// Who is who, and the rim's voice: all that a writer needs to name things.
#[derive(Clone, Copy)]
pub struct Rim<'a> {
    /// Names of processes and hosts.
    pub cast: &'a Cast,
    /// Words for phrases.
    pub say: &'a dyn Say,
}

impl Rim<'_> {
    /// What a process is, in a few words: its status if it does not run, else its role and epoch, if it has them.
    pub fn standing(&self, shift: &Shift) -> Option<String> {
        if shift.status != Status::Up {
            return Some(self.words(&Phrase::bare(record::status_words(shift.status))));
        }
        let role = shift.role.map(|role| self.words(&Phrase::bare(role)));
        let epoch = shift.epoch.map(|epoch| epoch.to_string());
        let words: Vec<_> = role.into_iter().chain(epoch).collect();
        (!words.is_empty()).then(|| words.join(" "))
    }
    /// A phrase in words, on one line.
    pub fn words(&self, phrase: &Phrase) -> String {
        let text = self.say.say(phrase, self.cast);
        if text.contains(char::is_control) { text.replace(char::is_control, " ") } else { text }
    }
}
