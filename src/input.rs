//! Reading FILE: a path, a scenario of the library, or standard input.

use crate::words::T;
use muster_core::session::headless;
use muster_words::Lang;
use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

/// A scenario's text and what to call it.
pub struct Input {
    /// As it was typed; `<stdin>` for standard input.
    pub name: String,
    /// Its bytes: not more than the reader's bound and one.
    pub bytes: Vec<u8>,
}

/// Reads FILE. The error is a sentence.
pub fn read(file: &str, lang: Lang) -> Result<Input, String> {
    if file == "-" {
        let bytes = bounded(io::stdin().lock()).map_err(|error| unreadable("<stdin>", &error, lang))?;
        return Ok(Input { name: "<stdin>".into(), bytes });
    }
    match File::open(Path::new(file)) {
        Ok(opened) => {
            if opened.metadata().is_ok_and(|about| about.is_dir()) {
                return Err(format!("{file}: {}", T::NotAFile.say(lang)));
            }
            let bytes = bounded(opened).map_err(|error| unreadable(file, &error, lang))?;
            Ok(Input { name: file.into(), bytes })
        }
        Err(error) if error.kind() == ErrorKind::NotFound => from_library(file, lang),
        Err(error) => Err(unreadable(file, &error, lang)),
    }
}

/// No more than the scenario's reader takes, and one byte by which it sees that there was more.
fn bounded(from: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(headless::MOST_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn unreadable(file: &str, error: &io::Error, lang: Lang) -> String {
    format!("{file}: {}: {error}", T::CannotRead.say(lang))
}

fn from_library(name: &str, lang: Lang) -> Result<Input, String> {
    if let Some(text) = headless::library_text(name) {
        return Ok(Input { name: name.into(), bytes: text.as_bytes().to_vec() });
    }
    let nearest = headless::nearest_scenario(name);
    let nearest = nearest.map(|nearest| format!(" ({} `{nearest}`?)", T::DidYouMean.say(lang)));
    Err(format!("`{name}` {}{}", T::NotFound.say(lang), nearest.unwrap_or_default()))
}
