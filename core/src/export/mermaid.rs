//! A Mermaid sequence diagram: one arrow for each message that arrived or was lost, a note where a process became
//! something else or somebody did something.
//!
//! A sequence diagram has order but no durations, so an arrow stands where its message arrived. Mermaid refuses texts
//! of more than 50,000 characters (its `maxTextSize`), and nobody reads a diagram of that length: the writer stops at
//! a bound below that and says so in the diagram.

use super::record::{Happened, Record, Shift};
use super::{About, Break, Ending, Rim, Writer};
use crate::kernel::Fate;
use crate::process::{Arg, Card, MessageId, Phrase, ProcessId, Time};
use crate::words::export::ExportKey;
use std::collections::BTreeSet;
use std::fmt::{self, Write};

/// The most characters a diagram takes; below Mermaid's own bound by room for the last note.
pub const MOST_CHARACTERS: u64 = 48_000;
/// The most arrows and notes a diagram takes.
pub const MOST_LINES: u64 = 600;

/// Writes a Mermaid sequence diagram; holds the names of its participants.
#[derive(Default)]
pub struct Mermaid {
    shown: BTreeSet<ProcessId>,
    characters: u64,
    lines: u64,
    full: bool,
}

/// Text as Mermaid takes it in a message or note: its own marks as entity codes.
fn text(words: &str) -> String {
    let mut safe = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '#' | ';' | '<' | '>' | '&' | '"' | '%' | '{' | '}' | '\\' => {
                let _ = write!(safe, "#{};", u32::from(c));
            }
            c if c.is_control() => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}

/// A participant's identifier.
fn id(process: ProcessId) -> String {
    format!("p{}", process.0)
}

/// Seconds to the microsecond: short, and exact enough to find the event by.
fn seconds(at: Time) -> String {
    format!("{}.{:06} s", at.0 / 1_000_000_000, at.0 % 1_000_000_000 / 1_000)
}

impl Mermaid {
    fn line(&mut self, line: &str, out: &mut dyn fmt::Write) -> fmt::Result {
        self.characters += line.chars().count() as u64 + 5;
        writeln!(out, "    {line}")
    }

    /// Declares a participant the first time it is needed.
    fn participant(&mut self, process: ProcessId, rim: &Rim<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
        if !self.shown.insert(process) {
            return Ok(());
        }
        let kind = if process == ProcessId::OPERATOR { "actor" } else { "participant" };
        self.line(&format!("{kind} {} as {}", id(process), text(&rim.cast.name(process))), out)
    }

    fn arrow(
        &mut self,
        at: Time,
        (message, card, arrived): (MessageId, &Card, bool),
        rim: &Rim<'_>,
        out: &mut dyn fmt::Write,
    ) -> fmt::Result {
        self.participant(message.from, rim, out)?;
        self.participant(message.to, rim, out)?;
        let arrow = match (card.answer, arrived) {
            (false, true) => "->>",
            (true, true) => "-->>",
            (false, false) => "-x",
            (true, false) => "--x",
        };
        let words = text(&rim.words(&card.label));
        self.lines += 1;
        let (from, to) = (id(message.from), id(message.to));
        self.line(&format!("{from}{arrow}{to}: {words} ({})", seconds(at)), out)
    }

    fn note(
        &mut self,
        over: &[ProcessId],
        words: &str,
        rim: &Rim<'_>,
        out: &mut dyn fmt::Write,
    ) -> fmt::Result {
        for process in over {
            self.participant(*process, rim, out)?;
        }
        let over: Vec<_> = over.iter().map(|process| id(*process)).collect();
        self.lines += 1;
        self.line(&format!("Note over {}: {}", over.join(","), text(words)), out)
    }

    fn shift(&mut self, at: Time, shift: &Shift, rim: &Rim<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
        let Some(words) = rim.standing(shift) else { return Ok(()) };
        self.note(&[shift.process], &format!("{words} ({})", seconds(at)), rim, out)
    }

    /// Stops, and says so, once a bound is reached.
    fn bound(&mut self, at: Time, rim: &Rim<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
        if self.characters < MOST_CHARACTERS && self.lines < MOST_LINES {
            return Ok(());
        }
        self.full = true;
        let Some(first) = self.shown.first().copied() else { return Ok(()) };
        let bounds = [Arg::At(at), Arg::Number(MOST_LINES), Arg::Number(MOST_CHARACTERS)];
        let words = rim.words(&Phrase::new(ExportKey::CutHere, bounds));
        self.note(&[first], &words, rim, out)
    }
}

impl Writer for Mermaid {
    fn begin(&mut self, about: &About, rim: &Rim<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
        writeln!(out, "sequenceDiagram")?;
        let title = format!("{}, seed {}", about.scenario, about.seed);
        self.line(&format!("title {}", text(&title)), out)?;
        let everybody: Vec<_> = rim.cast.everybody().map(|who| who.id).collect();
        everybody.into_iter().try_for_each(|process| self.participant(process, rim, out))
    }

    fn record(&mut self, record: &Record, rim: &Rim<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
        if self.full {
            return Ok(());
        }
        if let Some(message) = record.what.message() {
            self.arrow(record.at, message, rim, out)?;
        }
        if let Happened::Done { action, hosts, processes, refused, .. } = &record.what {
            let hosts = hosts.iter().map(|id| rim.cast.host_name(*id));
            let whom: Vec<_> = hosts.chain(processes.iter().map(|id| rim.cast.name(*id))).collect();
            let refused = refused.as_ref().map(|why| format!(": {}", rim.words(why))).unwrap_or_default();
            let words = format!("{action} {}{refused} ({})", whom.join(" "), seconds(record.at));
            self.note(&[record.event.process], &words, rim, out)?;
        }
        for shift in &record.shifts {
            self.shift(record.at, shift, rim, out)?;
        }
        for sending in &record.sent {
            if let Fate::Lost(_) = sending.fate {
                self.arrow(record.at, (sending.message, &sending.card, false), rim, out)?;
            }
        }
        self.bound(record.at, rim, out)
    }

    fn broke(&mut self, broken: &Break, rim: &Rim<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
        if self.full {
            return Ok(());
        }
        let words = format!("{}: {} ({})", broken.name, rim.words(&broken.phrase), seconds(broken.at));
        self.note(&[broken.event.process], &words, rim, out)?;
        self.bound(broken.at, rim, out)
    }

    fn end(&mut self, _ending: &Ending, _rim: &Rim<'_>, _out: &mut dyn fmt::Write) -> fmt::Result {
        Ok(())
    }

    fn full(&self) -> bool {
        self.full
    }
}
