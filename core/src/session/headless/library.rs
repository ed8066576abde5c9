//! The scenarios that come along.

use super::Kinds;
use crate::scenario::Scenario;
use crate::scenario::library::{LIBRARY, text_of};
use crate::session::api::LibraryEntry;
use crate::text::nearest;
use std::sync::Arc;

/// Their names, sorted.
pub fn library_names() -> impl Iterator<Item = &'static str> {
    LIBRARY.iter().map(|(name, _)| *name)
}

/// The text of one.
pub fn library_text(name: &str) -> Option<&'static str> {
    text_of(name)
}

/// The name that is most like this one, if one is.
pub fn nearest_scenario(name: &str) -> Option<&'static str> {
    nearest(name, library_names())
}

/// What each is about. One that cannot be read (a test sees that there is none) has its name alone.
pub fn library_entries(kinds: Kinds) -> Vec<LibraryEntry> {
    let entry = |(name, text): &(&'static str, &'static str)| {
        let bare = LibraryEntry {
            name: Arc::from(*name),
            title: Default::default(),
            story: Default::default(),
            kinds: Vec::new(),
            steps: 0,
            sides: 0,
        };
        let Ok(scenario) = Scenario::read(text.as_bytes(), kinds) else { return bare };
        let kinds = scenario.kinds();
        let steps = scenario.lesson.len() as u32;
        let sides = scenario.sides.len() as u32;
        LibraryEntry { title: scenario.title, story: scenario.story, kinds, steps, sides, ..bare }
    };
    LIBRARY.iter().map(entry).collect()
}

/// Can a scenario be called this? As its reader judges it.
pub fn is_name(name: &str) -> bool {
    let letters = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    name.len() <= 40 && name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(letters)
}
