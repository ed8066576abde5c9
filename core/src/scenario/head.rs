//! The head of a scenario's file: what a list of scenarios says of it.
//!
//! It is read from the file's shape alone: whether the kinds of systems are there, and whether the rest makes sense, is not looked at.

use super::model::File;
use crate::text::typed::typed;
use crate::text::{Bilingual, Doc};
use std::sync::Arc;

/// What a list says of a scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Head {
    /// Its title.
    pub title: Bilingual,
    /// Its story.
    pub story: Bilingual,
    /// The kinds of its systems, in order; one that follows its like is not named again.
    pub kinds: Vec<Arc<str>>,
    /// How many steps its lesson has; 0 if it is none.
    pub steps: u32,
}

impl Head {
    /// The head of a file's first document that says that it is a scenario; `None` if there is none, or its shape is not one's.
    pub fn read(bytes: &[u8]) -> Option<Head> {
        let doc = Doc::read(bytes).ok()?;
        let is_scenario = |root: &&_| {
            let kind = doc.get(**root, "kind").and_then(|kind| doc.text(kind));
            kind.is_some_and(|kind| **kind == *"Scenario")
        };
        let root = doc.roots().iter().find(is_scenario)?;
        let file: File = typed(&doc, *root, "").ok()?;
        let mut kinds: Vec<Arc<str>> = file.systems.iter().map(|system| Arc::clone(&system.kind)).collect();
        kinds.dedup();
        Some(Head {
            title: file.metadata.title.clone(),
            story: file.metadata.story.clone(),
            kinds,
            steps: u32::try_from(file.lesson.len()).unwrap_or(u32::MAX),
        })
    }
}
