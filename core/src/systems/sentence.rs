//! How an event is told: what happened, and what was decided in it, and by which rule. For every system whose processes note why.

use crate::consensus::rules::Named;
use crate::kernel::Event;
use crate::process::{Arg, Phrase};
use crate::view::RuleView;
use crate::words::stage::StageKey as K;

/// Most decisions in one sentence; the others are in the event's notes.
const DECISIONS: usize = 4;

/// A sentence without its end, and what was decided.
pub(super) fn with_notes(event: &Event<'_>, base: Phrase) -> Phrase {
    let base = Arg::Phrase(Box::new(base));
    match decided(event) {
        None => Phrase::new(K::Sentence, [base]),
        Some(decided) => Phrase::new(K::And, [base, Arg::Phrase(Box::new(decided))]),
    }
}

/// What was decided, one after the other.
pub(super) fn decided(event: &Event<'_>) -> Option<Phrase> {
    let said = event.notes.iter().take(DECISIONS).map(|note| note.phrase.clone());
    let both = |last, before| {
        let boxed = |phrase| Arg::Phrase(Box::new(phrase));
        Phrase::new(K::Then, [boxed(before), boxed(last)])
    };
    said.rev().reduce(both)
}

/// A rule as it is shown.
pub(super) fn rule_view(rule: impl Named) -> RuleView {
    RuleView { name: rule.name().into(), reason: Some(rule.reason()), source: rule.source().into() }
}
