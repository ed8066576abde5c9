//! The head of a scenario's or comparison's file: what a list of them says of it.
//!
//! It is read from the file's shape alone: whether the kinds of systems are there, and whether the rest makes sense, is not looked at.

use super::comparison::{KIND as COMPARISON, model};
use super::model::{File, Metadata};
use crate::text::typed::typed;
use crate::text::{Bilingual, Doc, NodeId};
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
    /// How many systems it compares; 0 if it is no comparison.
    pub sides: u32,
}

impl Head {
    /// The head of a file's first document that says that it is a scenario or a comparison; `None` if there is none, or its shape is
    /// not one's.
    pub fn read(bytes: &[u8]) -> Option<Head> {
        let doc = Doc::read(bytes).ok()?;
        let kind = |root: NodeId| doc.get(root, "kind").and_then(|kind| doc.text(kind)).map(|kind| &**kind);
        let mut roots = doc.roots().iter().copied();
        let (root, kind) = roots.find_map(|root| match kind(root) {
            Some(kind @ ("Scenario" | COMPARISON)) => Some((root, kind)),
            _ => None,
        })?;
        if kind == COMPARISON {
            let file: model::File = typed(&doc, root, "").ok()?;
            let kinds = file.systems.iter().map(|side| Arc::clone(&side.kind)).collect();
            return Some(Head::of(&file.metadata, kinds, (0, file.systems.len())));
        }
        let file: File = typed(&doc, root, "").ok()?;
        let kinds = file.systems.iter().map(|system| Arc::clone(&system.kind)).collect();
        Some(Head::of(&file.metadata, kinds, (file.lesson.len(), 0)))
    }

    fn of(metadata: &Metadata, mut kinds: Vec<Arc<str>>, (steps, sides): (usize, usize)) -> Head {
        kinds.dedup();
        let count = |count| u32::try_from(count).unwrap_or(u32::MAX);
        let (title, story) = (metadata.title.clone(), metadata.story.clone());
        Head { title, story, kinds, steps: count(steps), sides: count(sides) }
    }
}
