//! `muster trace`: the run in other tools' formats, written as it happens.

use crate::cli::{To, TraceArgs};
use crate::exit::Exit;
use crate::input;
use crate::output::Out;
use crate::run::{changes, first_side, prepare, refuse};
use crate::words::{T, words};
use muster_core::process::Phrase;
use muster_core::session::headless::{self, Cast, Format, Tracing};
use muster_words::Lang;
use std::fs::File;

/// Writes the trace.
pub fn trace(args: &TraceArgs, lang: Lang, out: &mut Out) -> Exit {
    let input = match input::read(&args.file, lang) {
        Ok(input) => input,
        Err(sentence) => return refuse(&sentence, false, lang, out),
    };
    let prepared = match prepare(&input, &changes(&args.changes, args.seed), false, lang, out) {
        Ok(prepared) => prepared,
        Err(exit) => return exit,
    };
    let from = match args.from.as_deref().map(headless::time).transpose() {
        Ok(from) => from.unwrap_or_default(),
        Err(phrase) => {
            let sentence = format!("--from: {}", words(&phrase, &Cast::default(), lang));
            return refuse(&sentence, false, lang, out);
        }
    };
    first_side(&input, &prepared, false, lang);
    let tracing = Tracing { format: format(args.to), from };
    let say = |phrase: &Phrase, cast: &Cast| words(phrase, cast, lang);
    let Some(path) = &args.output else {
        return headless::trace(&prepared, &tracing, &say, out).map_or(Exit::AsExpected, Exit::of);
    };
    // The file is made only now: a scenario with errors leaves an older trace alone.
    let written = File::create(path).and_then(|file| {
        let mut file = Out::new(file, false);
        let verdict = headless::trace(&prepared, &tracing, &say, &mut file);
        file.finish().map(|()| verdict)
    });
    match written {
        Ok(verdict) => verdict.map_or(Exit::AsExpected, Exit::of),
        Err(error) => {
            let sentence = format!("{}: {}: {error}", path.display(), T::CannotWrite.say(lang));
            refuse(&sentence, false, lang, out)
        }
    }
}

fn format(to: To) -> Format {
    match to {
        To::Jsonl => Format::Jsonl,
        To::Mermaid => Format::Mermaid,
        To::Shiviz => Format::Shiviz,
        To::Perfetto => Format::Perfetto,
        To::Csv => Format::Csv,
        To::Transcript => Format::Transcript,
        To::Highlights => Format::Highlights,
    }
}
