//! How a process says why: small helpers to build notes, for every protocol.

use super::rules::Named;
use crate::process::{Arg, Note, Phrase, Verdict, few};
use crate::words::Key;
use smallvec::SmallVec;

fn note(rule: Option<&'static str>, verdict: Verdict, key: Key, args: Vec<Arg>) -> Note {
    Note { rule, verdict, phrase: Phrase::new(key, args), because: Default::default() }
}

/// It happened, as the protocol has it.
pub(crate) fn did(key: impl Into<Key>, args: impl Into<Vec<Arg>>) -> Note {
    note(None, Verdict::Did, key.into(), args.into())
}

/// It happened by this rule.
pub(crate) fn by(rule: impl Named, key: impl Into<Key>, args: impl Into<Vec<Arg>>) -> Note {
    note(Some(rule.name()), Verdict::Did, key.into(), args.into())
}

/// The rule refused it.
pub(crate) fn refused(rule: impl Named, key: impl Into<Key>, args: impl Into<Vec<Arg>>) -> Note {
    note(Some(rule.name()), Verdict::Refused, key.into(), args.into())
}

/// The rule lets it wait.
pub(crate) fn waits(rule: impl Named, key: impl Into<Key>, args: impl Into<Vec<Arg>>) -> Note {
    note(Some(rule.name()), Verdict::Waits, key.into(), args.into())
}

/// In order, each once.
fn tidy(events: &mut SmallVec<[u64; 4]>) {
    few::sort(events);
    events.dedup();
}

/// Names earlier inputs of this process as causes. 0 names none.
pub(crate) trait Because {
    fn because(self, events: impl IntoIterator<Item = u64>) -> Self;
}

impl Because for Note {
    fn because(mut self, events: impl IntoIterator<Item = u64>) -> Note {
        self.because.extend(events.into_iter().filter(|&event| event != 0));
        tidy(&mut self.because);
        self
    }
}
