//! A condition on its own, beside a scenario that was read: what somebody wants to run until, or to stop at. It is one line of
//! the grammar of predicates, about a moment; its names are checked as those of the file are.
//!
//! It does not know whether it holds: see [`super::Run::holds`].

use super::names::Names;
use super::predicate::Predicate;
use super::{Scenario, claim};
use crate::process::{Arg, Phrase};
use crate::text::{Doc, Problem};
use crate::words::scenario::ScenarioKey as K;
use std::sync::Arc;

/// A condition, and what it says.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// As it is judged.
    pub predicate: Predicate,
    /// For people.
    pub claim: Phrase,
}

impl Condition {
    /// Reads one line, as `leader: kv`. `also` are names of hosts and processes that the file does not know: of those who
    /// joined in mid-run.
    ///
    /// Fails with the first thing that is wrong with it, at its place in the line.
    pub fn read(
        line: &str,
        scenario: &Scenario,
        also: impl IntoIterator<Item = Arc<str>>,
    ) -> Result<Condition, Problem> {
        let predicate = Predicate::parse(line)?;
        if let Some(name) = predicate.temporal() {
            return Err(Problem::whole(Phrase::new(K::Temporal, [Arg::Name(name.into())])));
        }
        let doc = Doc::line(line)?;
        let mut names = Names::beside(&doc, scenario, also);
        names.predicate(&predicate);
        let times = |id: &Arc<str>| names.time(id);
        let claim = claim::claim(&predicate, claim::Background { systems: &scenario.systems, times: &times });
        match names.problems.end() {
            Ok(_) => Ok(Condition { predicate, claim }),
            Err(problems) => Err(problems.into_iter().next().unwrap_or_else(|| Problem::whole(claim))),
        }
    }
}
