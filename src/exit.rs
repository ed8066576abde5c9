//! How the command ends, as scripts see it.

use muster_core::session::headless::Verdict;
use std::process::ExitCode;

/// The exit codes, from best to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// As expected.
    AsExpected = 0,
    /// An expectation or an invariant failed.
    Failed = 1,
    /// Bad input.
    BadInput = 2,
    /// Stopped by a limit.
    Limit = 3,
}

impl Exit {
    /// The exit code of a run.
    pub fn of(verdict: Verdict) -> Exit {
        match verdict {
            Verdict::AsExpected => Exit::AsExpected,
            Verdict::Failed => Exit::Failed,
            Verdict::Limit => Exit::Limit,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}
