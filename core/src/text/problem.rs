//! Something wrong with a text, and the few words a text's author brings along.

use crate::process::{Arg, Phrase};
use crate::words::scenario::ScenarioKey as K;
use muster_derive::FromDoc;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A text of the scenario's author in both languages.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    /// English.
    pub en: Arc<str>,
    /// Chinese.
    pub zh: Arc<str>,
}

/// Something wrong with a text, at its place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// Line, from 1; 0 if it has no place.
    pub line: u32,
    /// Column, from 1, in characters; 0 if it has no place.
    pub column: u32,
    /// How many characters it covers; at least 1.
    pub length: u32,
    /// The path to it: `systems[0].spec.heartbeat`.
    pub path: Arc<str>,
    /// What is wrong: found, expected.
    pub phrase: Phrase,
    /// The nearest valid name.
    pub nearest: Option<Arc<str>>,
    /// Only a warning.
    pub warning: bool,
}

impl Problem {
    /// A problem of the whole text.
    pub fn whole(phrase: Phrase) -> Self {
        Problem { line: 0, column: 0, length: 1, path: "".into(), phrase, nearest: None, warning: false }
    }
}

/// Most errors, and most warnings, that are said of one text: nobody reads more, and finding the nearest name for each of ten
/// thousand takes seconds.
const MOST: usize = 20;

/// What is wrong with a text, as far as it is said.
#[derive(Default)]
pub struct Problems {
    errors: Vec<Problem>,
    warnings: Vec<Problem>,
}

impl Problems {
    /// One more, unless there are enough.
    pub fn add(&mut self, problem: Problem) {
        let all = if problem.warning { &mut self.warnings } else { &mut self.errors };
        if all.len() < MOST {
            all.push(problem);
        }
    }
    /// Are there so many errors that no more are said? Whoever looks for more may stop.
    pub fn is_full(&self) -> bool {
        self.errors.len() >= MOST
    }
    /// Is there an error?
    pub fn any(&self) -> bool {
        !self.errors.is_empty()
    }
    /// The warnings; if there is any error, the errors instead.
    pub fn end(mut self) -> Result<Vec<Problem>, Vec<Problem>> {
        if self.is_full() {
            self.errors.push(Problem::whole(Phrase::new(K::MaybeMore, [Arg::Number(MOST as u64)])));
        }
        if self.errors.is_empty() { Ok(self.warnings) } else { Err(self.errors) }
    }
}

/// A text of the author's as an argument: as much of it as anybody wants to read again.
pub fn clipped(text: &str) -> Arg {
    const LONGEST: usize = 80;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => Arg::Name(format!("{}…", &text[..end]).into()),
        None => Arg::Name(text.into()),
    }
}

/// The name among `valid` that is most like `found`, if one is like it at all: at most a third of its letters differ
/// (Damerau's distance, restricted to letters changed once, capitals aside). Among very many it looks at the first ones only.
pub fn nearest<'a>(found: &str, valid: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest_of(found, &mut valid.into_iter())
}

fn nearest_of<'a>(found: &str, valid: &mut dyn Iterator<Item = &'a str>) -> Option<&'a str> {
    /// Most pairs of letters that are compared: a thousand names of ten letters with one of ten.
    const MOST_PAIRS: usize = 100_000;
    let found = bounded(found);
    let mut pairs = 0;
    valid
        .map(|name| (bounded(name), name))
        .take_while(|(letters, _)| {
            pairs += letters.len() * found.len();
            pairs <= MOST_PAIRS
        })
        .map(|(letters, name)| (strsim::osa_distance(&found, &letters), name))
        .filter(|(distance, name)| distance * 3 <= name.chars().count().max(found.chars().count()).max(3))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Distances cost the product of the lengths; nobody's name is longer than this. Names that are valid are ASCII: the
/// tables of all alphabets' capitals stay out of the page.
fn bounded(name: &str) -> String {
    name.chars().take(64).map(|letter| letter.to_ascii_lowercase()).collect()
}
