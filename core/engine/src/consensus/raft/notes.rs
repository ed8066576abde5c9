//! How a member says why: small helpers to build notes.

use super::rules::Rule;
use crate::process::{Arg, Note, Phrase, Verdict, few};
use crate::words::raft::RaftKey;
use smallvec::SmallVec;

fn note(rule: Option<Rule>, verdict: Verdict, key: RaftKey, args: impl Into<Vec<Arg>>) -> Note {
    Note { rule: rule.map(Rule::name), verdict, phrase: Phrase::new(key, args), because: Default::default() }
}

/// It happened, as the protocol has it.
pub(super) fn did(key: RaftKey, args: impl Into<Vec<Arg>>) -> Note {
    note(None, Verdict::Did, key, args)
}

/// It happened by this rule.
pub(super) fn by(rule: Rule, key: RaftKey, args: impl Into<Vec<Arg>>) -> Note {
    note(Some(rule), Verdict::Did, key, args)
}

/// The rule refused it.
pub(super) fn refused(rule: Rule, key: RaftKey, args: impl Into<Vec<Arg>>) -> Note {
    note(Some(rule), Verdict::Refused, key, args)
}

/// The rule lets it wait.
pub(super) fn waits(rule: Rule, key: RaftKey, args: impl Into<Vec<Arg>>) -> Note {
    note(Some(rule), Verdict::Waits, key, args)
}

/// In order, each once.
fn tidy(events: &mut SmallVec<[u64; 4]>) {
    few::sort(events);
    events.dedup();
}

/// Names earlier inputs of this process as causes. 0 names none.
pub(super) trait Because {
    fn because(self, events: impl IntoIterator<Item = u64>) -> Self;
}

impl Because for Note {
    fn because(mut self, events: impl IntoIterator<Item = u64>) -> Note {
        self.because.extend(events.into_iter().filter(|&event| event != 0));
        tidy(&mut self.because);
        self
    }
}
