//! What went wrong and what to do about it, in plain words.

use std::fmt;

/// What a chore ends with.
pub type Outcome<T = ()> = Result<T, Failure>;

/// A chore that could not be done.
#[derive(Debug)]
pub struct Failure {
    what: String,
    advice: Vec<String>,
    /// The process's exit code: 1 for a failure, 2 for a wrong command line.
    pub code: u8,
}

impl Failure {
    /// What failed, as one sentence without a full stop.
    pub fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), advice: Vec::new(), code: 1 }
    }

    /// A command line that makes no sense.
    pub fn usage(what: impl fmt::Display) -> Self {
        Self {
            code: 2,
            ..Self::new(what.to_string()).advise("`cargo xtask help` lists the chores and their options")
        }
    }

    /// Adds something the reader can do.
    pub fn advise(mut self, advice: impl Into<String>) -> Self {
        self.advice.push(advice.into());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Failed: {}.", self.what)?;
        for advice in &self.advice {
            write!(f, "\n  → {advice}")?;
        }
        Ok(())
    }
}
