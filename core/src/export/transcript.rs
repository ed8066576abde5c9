//! The run as plain text in the reader's language: a line for each event, with its time, its number and its sentence,
//! and below it what was answered to an operator.

use super::record::Record;
use super::{About, Break, Ending, Rim, Writer, jsonl};
use crate::process::{Arg, Phrase, Time};
use crate::words::export::ExportKey as K;
use std::fmt;

/// Writes a transcript; holds nothing.
pub struct Transcript {
    /// Only faults, repairs, elections and what broke.
    pub marked: bool,
}

fn said(phrase: &Phrase) -> Arg {
    Arg::Phrase(Box::new(phrase.clone()))
}

/// An instant, so wide that sentences stand below each other in most runs.
fn instant(at: Time, rim: &Rim<'_>) -> String {
    format!("{:>12}", rim.words(&Phrase::new(K::At, [Arg::At(at)])))
}

impl Writer for Transcript {
    fn begin(&mut self, about: &About, rim: &Rim<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
        let args =
            [Arg::Name(about.scenario.clone()), Arg::Number(about.seed), Arg::Text(about.engine.into())];
        writeln!(out, "{}\n", rim.words(&Phrase::new(K::TranscriptOf, args)))
    }

    fn record(&mut self, record: &Record, rim: &Rim<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
        if !self.marked || record.marked {
            let (at, sentence) = (instant(record.at, rim), rim.words(&record.sentence));
            writeln!(out, "{at}  #{:<6} {sentence}", record.ordinal)?;
        }
        // An order stands out, so what is answered to it does too.
        record.answers.iter().try_for_each(|(_, answer)| {
            let told = rim.words(&answer.told(record.event.process));
            writeln!(out, "{}          {told}", instant(record.at, rim))
        })
    }

    fn broke(&mut self, broken: &Break, rim: &Rim<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
        let key = if broken.expected { K::BrokeAsExpected } else { K::Broke };
        let phrase = Phrase::new(key, [Arg::Name(broken.name.clone()), said(&broken.phrase)]);
        writeln!(out, "{}  !       {}", instant(broken.at, rim), rim.words(&phrase))
    }

    fn end(&mut self, ending: &Ending, rim: &Rim<'_>, out: &mut dyn fmt::Write) -> fmt::Result {
        let digest = Arg::Text(jsonl::digest(ending.digest).into());
        let phrase = Phrase::new(K::TranscriptEnds, [Arg::Number(ending.events), digest]);
        writeln!(out, "{}          {}", instant(ending.at, rim), rim.words(&phrase))
    }
}
