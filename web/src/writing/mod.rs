//! The scenario's text as the reader writes it: the editor with what is wrong and what may stand where, files opened, dropped and
//! kept, templates to begin from. What a text says, and what is wrong with it, the session knows.

mod draft;
pub mod files;
mod lazy;
pub mod problem;
mod text;

pub use draft::Draft;
pub use files::{Drop, Refused};
pub use text::{ScenarioText, TextProps};

use crate::same::Same;
use crate::state::Notice;
use muster_core::session::api::{Completion, Failure, Problem};
use std::rc::Rc;
use std::sync::Arc;

/// What the page knows of what is written.
#[derive(Clone, PartialEq, Default)]
pub struct Writing {
    /// What the reader has typed and not run.
    pub draft: Draft,
    /// The file that is being opened: its name and its text.
    opens: Option<(Arc<str>, Arc<str>)>,
    /// Counts files laid into the editor.
    laid: u32,
    /// What may stand where the reader asked last.
    offers: Option<Same<Completion>>,
}

/// What can happen to it.
pub enum Wrote {
    /// A file of this name and text is being opened.
    Opens(Arc<str>, Arc<str>),
}

impl Writing {
    /// Something happened.
    pub fn heard(&mut self, wrote: Wrote) {
        match wrote {
            Wrote::Opens(name, text) => self.opens = Some((name, text)),
        }
    }

    /// What outlives another run.
    pub fn again(&self) -> Self {
        Writing { draft: self.draft.clone(), ..Writing::default() }
    }

    /// The session said what may stand at a place.
    pub fn offered(&mut self, completion: Completion) {
        self.offers = Some(Same::new(completion));
    }

    /// A file was refused. What is to be said of it; and all that is wrong with its text, if that was laid over the one shown to be
    /// mended there.
    pub fn refused(&mut self, failure: Failure, shown: &Arc<str>) -> (Notice, Option<Vec<Problem>>) {
        let (name, text) = self.opens.take().unwrap_or_default();
        let problems = match failure {
            Failure::Text(problems) => problems,
            Failure::Command(problem) => vec![*problem],
            Failure::Link(phrase) | Failure::Refused(phrase) => vec![Problem::whole(phrase)],
        };
        let Some(first) = problems.first().map(|first| Rc::new(first.clone())) else {
            return (Notice::File(name, Refused::Unread), None);
        };
        // What is no text, or wrong as a whole, has no place at which to mend it.
        if first.line == 0 || text.trim().is_empty() || text.contains('\0') {
            return (Notice::File(name, Refused::Wrong(first)), None);
        }
        self.draft.lay(shown, &text);
        self.laid += 1;
        (Notice::File(name, Refused::Laid(first)), Some(problems))
    }
}
