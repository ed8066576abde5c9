//! Predicates as phrases, for people: what a scenario expects of its run. As text a predicate is one line of a file.
//!
//! A claim names what the file names (systems, members, selectors, ids of commands), says facts in their systems' words and
//! adds the time at which a command of the timeline comes. It does not know whether it holds.

use super::System;
use super::predicate::{ChosenOf, Count, Fact, LeaderOf, Predicate, Timed, Value, Violated};
use crate::process::{Arg, Phrase, Time};
use crate::text::{Duration, flow};
use crate::words::claim::ClaimKey as K;
use std::sync::Arc;

/// What a claim may say beside what its predicate holds.
#[derive(Clone, Copy)]
pub(super) struct Background<'a> {
    /// Who knows what facts are called.
    pub systems: &'a [System],
    /// When the command of the timeline comes that has this id.
    pub times: &'a dyn Fn(&Arc<str>) -> Option<Time>,
}

/// What must come of a whole run: a statement about a moment is meant for its end.
pub(super) fn expected(predicate: &Predicate, back: Background<'_>) -> Phrase {
    let phrase = claim(predicate, back);
    match predicate.temporal() {
        Some(_) => phrase,
        None => Phrase::new(K::AtEnd, [inner(phrase)]),
    }
}

/// What a predicate says.
pub(super) fn claim(predicate: &Predicate, back: Background<'_>) -> Phrase {
    match predicate {
        Predicate::Leader(LeaderOf { of, is: None }) => Phrase::new(K::Leader, [name(of)]),
        Predicate::Leader(LeaderOf { of, is: Some(is) }) => Phrase::new(K::LeaderIs, [name(of), name(is)]),
        Predicate::NoLeader(of) => Phrase::new(K::NoLeader, [name(of)]),
        Predicate::Count(count) => counted(count),
        Predicate::Fact(fact) => fact_claim(fact, back),
        Predicate::Value(value) => value_claim(value),
        Predicate::Chosen(chosen) => chosen_claim(chosen),
        Predicate::At(at) => Phrase::new(K::Passed, [Arg::For(at.0)]),
        Predicate::After(id) => Phrase::new(K::Done, [command(id, back)]),
        Predicate::Checks(wanted) if &**wanted == "all" => Phrase::bare(K::AllChecks),
        Predicate::Checks(wanted) => Phrase::new(K::Checks, [name(wanted)]),
        Predicate::All(all) => joined(K::And, all, back),
        Predicate::Any(any) => joined(K::Or, any, back),
        Predicate::Not(not) => Phrase::new(K::Not, [inner(part(not, back))]),
        Predicate::Always(timed) => {
            during(timed, [K::Always, K::AlwaysWithin, K::AlwaysAfter, K::AlwaysAfterWithin], back)
        }
        Predicate::Eventually(timed) => {
            let keys = [K::Eventually, K::EventuallyWithin, K::EventuallyAfter, K::EventuallyAfterWithin];
            during(timed, keys, back)
        }
        Predicate::Never(timed) => {
            during(timed, [K::Never, K::NeverWithin, K::NeverSince, K::NeverSinceWithin], back)
        }
        Predicate::Violated(Violated { check, by: None }) => Phrase::new(K::Violated, [name(check)]),
        Predicate::Violated(Violated { check, by: Some(Duration(by)) }) => {
            Phrase::new(K::ViolatedBy, [name(check), Arg::For(*by)])
        }
    }
}

/// The keys: of the whole run; of its first stretch; of what follows a command; of a stretch that follows a command.
fn during(timed: &Timed, [ever, within, after, after_within]: [K; 4], back: Background<'_>) -> Phrase {
    let what = inner(claim(&timed.what, back));
    match (&timed.after, timed.within) {
        (None, None) => Phrase::new(ever, [what]),
        (None, Some(Duration(span))) => Phrase::new(within, [what, Arg::For(span)]),
        (Some(id), None) => Phrase::new(after, [what, command(id, back)]),
        (Some(id), Some(Duration(span))) => {
            Phrase::new(after_within, [what, Arg::For(span), command(id, back)])
        }
    }
}

fn counted(Count { select, of, is, at_least, at_most }: &Count) -> Phrase {
    let number = inner(comparison(*is, *at_least, *at_most));
    match of {
        Some(of) => Phrase::new(K::Count, [name(select), number, name(of)]),
        None => Phrase::new(K::CountAny, [name(select), number]),
    }
}

fn fact_claim(fact: &Fact, back: Background<'_>) -> Phrase {
    let number = inner(compared(fact.is, fact.at_least, fact.at_most));
    let system = back.systems.iter().find(|system| system.name == fact.of);
    let title = system.and_then(|system| system.group.fact_title(&fact.name));
    let what = title.map_or_else(|| name(&fact.name), |title| inner(Phrase::bare(title)));
    let whose =
        fact.member.as_ref().map_or_else(|| name(&fact.of), |member| name(&flow::line(member).into()));
    Phrase::new(K::Fact, [what, number, whose])
}

fn value_claim(Value { of, key, is, member }: &Value) -> Phrase {
    let whose = name(member.as_ref().unwrap_or(of));
    match is {
        Some(is) => Phrase::new(K::Value, [Arg::Text(key.clone()), Arg::Text(is.clone()), whose]),
        None => Phrase::new(K::NoValue, [Arg::Text(key.clone()), whose]),
    }
}

fn chosen_claim(ChosenOf { of, is, member }: &ChosenOf) -> Phrase {
    match (is, member) {
        (None, None) => Phrase::new(K::Chosen, [name(of)]),
        (Some(is), None) => Phrase::new(K::ChosenIs, [name(of), Arg::Text(is.clone())]),
        (None, Some(member)) => Phrase::new(K::KnowsChosen, [name(member)]),
        (Some(is), Some(member)) => Phrase::new(K::KnowsChosenIs, [name(member), Arg::Text(is.clone())]),
    }
}

/// A number of things, in words.
fn comparison(is: Option<u64>, at_least: Option<u64>, at_most: Option<u64>) -> Phrase {
    bounded([K::Exactly, K::AtLeast, K::AtMost, K::Between, K::AnyNumber], is, at_least, at_most)
}

/// How a number compares: the number itself, or its bounds.
fn compared(is: Option<u64>, at_least: Option<u64>, at_most: Option<u64>) -> Phrase {
    bounded([K::Equals, K::AtLeast, K::AtMost, K::Between, K::AnyNumber], is, at_least, at_most)
}

fn bounded(keys: [K; 5], is: Option<u64>, at_least: Option<u64>, at_most: Option<u64>) -> Phrase {
    let [equal, least, most, both, any] = keys;
    match (is, at_least, at_most) {
        (Some(is), _, _) => Phrase::new(equal, [Arg::Number(is)]),
        (None, Some(low), Some(high)) => Phrase::new(both, [Arg::Number(low), Arg::Number(high)]),
        (None, Some(low), None) => Phrase::new(least, [Arg::Number(low)]),
        (None, None, Some(high)) => Phrase::new(most, [Arg::Number(high)]),
        (None, None, None) => Phrase::bare(any),
    }
}

/// One after the other. Halves of halves: a phrase may not be nested as deep as a list is long.
fn joined(key: K, all: &[Predicate], back: Background<'_>) -> Phrase {
    match all {
        [] => Phrase::bare(K::Nothing), // a file that says so is refused
        [one] => part(one, back),
        more => {
            let (before, after) = more.split_at(more.len().div_ceil(2));
            Phrase::new(key, [inner(joined(key, before, back)), inner(joined(key, after, back))])
        }
    }
}

/// A claim as a part of another: what has parts itself stands apart.
fn part(predicate: &Predicate, back: Background<'_>) -> Phrase {
    let whole = claim(predicate, back);
    match predicate {
        Predicate::All(parts) | Predicate::Any(parts) if parts.len() > 1 => {
            Phrase::new(K::Apart, [inner(whole)])
        }
        _ => whole,
    }
}

/// A command of the timeline with its time; one that is not of it by its id alone.
fn command(id: &Arc<str>, back: Background<'_>) -> Arg {
    match (back.times)(id) {
        Some(at) => inner(Phrase::new(K::Command, [name(id), Arg::At(at)])),
        None => name(id),
    }
}

fn name(text: &Arc<str>) -> Arg {
    Arg::Name(text.clone())
}

fn inner(phrase: Phrase) -> Arg {
    Arg::Phrase(Box::new(phrase))
}
