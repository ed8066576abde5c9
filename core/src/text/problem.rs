//! Something wrong with a text, and the few words a text's author brings along.

use crate::process::Phrase;
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

/// The name among `valid` that is most like `found`, if one is like it at all: at most a third of its letters differ
/// (Damerau's distance, restricted to letters changed once, capitals aside).
pub fn nearest<'a>(found: &str, valid: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest_of(found, &mut valid.into_iter())
}

fn nearest_of<'a>(found: &str, valid: &mut dyn Iterator<Item = &'a str>) -> Option<&'a str> {
    let found = bounded(found);
    valid
        .map(|name| (strsim::osa_distance(&found, &bounded(name)), name))
        .filter(|(distance, name)| distance * 3 <= name.chars().count().max(found.chars().count()).max(3))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Distances cost the product of the lengths; nobody's name is longer than this. Names that are valid are ASCII: the
/// tables of all alphabets' capitals stay out of the page.
fn bounded(name: &str) -> String {
    name.chars().take(64).map(|letter| letter.to_ascii_lowercase()).collect()
}
