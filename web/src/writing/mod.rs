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
    /// The file that is being opened.
    opens: Option<Arc<str>>,
    /// What may stand where the reader asked last.
    offers: Option<Same<Completion>>,
}

/// What can happen to it.
pub enum Wrote {
    /// A file is being opened.
    Opens(Arc<str>),
}

impl Writing {
    /// Something happened.
    pub fn heard(&mut self, wrote: Wrote) {
        match wrote {
            Wrote::Opens(name) => self.opens = Some(name),
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

    /// A file was refused; what is to be said of it.
    pub fn refused(&mut self, failure: Failure) -> Notice {
        let problem = match failure {
            Failure::Text(problems) => problems.into_iter().next(),
            Failure::Command(problem) => Some(*problem),
            Failure::Link(phrase) | Failure::Refused(phrase) => Some(Problem::whole(phrase)),
        };
        let name = self.opens.take().unwrap_or_default();
        Notice::File(name, problem.map_or(Refused::Unread, |problem| Refused::Wrong(Rc::new(problem))))
    }
}
