//! Predicates as phrases, for people: what a scenario expects of its run. As text a predicate is one line of a file.
//!
//! A claim names what the file names (systems, members, selectors, facts, ids of commands) and adds the time at which a
//! command of the timeline comes. It does not know whether it holds.

use super::predicate::{Count, Fact, LeaderOf, Predicate, Timed, Value, Violated};
use crate::process::{Arg, Phrase, Time};
use crate::text::{Duration, flow};
use crate::words::claim::ClaimKey as K;
use std::sync::Arc;

/// When the commands of a timeline come, by their ids.
pub(super) type Commands<'a> = &'a [(Arc<str>, Time)];

/// What must come of a whole run: a statement about a moment is meant for its end.
pub(super) fn expected(predicate: &Predicate, commands: Commands<'_>) -> Phrase {
    let phrase = claim(predicate, commands);
    match predicate.temporal() {
        Some(_) => phrase,
        None => Phrase::new(K::AtEnd, [inner(phrase)]),
    }
}

fn claim(predicate: &Predicate, commands: Commands<'_>) -> Phrase {
    match predicate {
        Predicate::Leader(LeaderOf { of, is: None }) => Phrase::new(K::Leader, [name(of)]),
        Predicate::Leader(LeaderOf { of, is: Some(is) }) => Phrase::new(K::LeaderIs, [name(of), name(is)]),
        Predicate::NoLeader(of) => Phrase::new(K::NoLeader, [name(of)]),
        Predicate::Count(count) => counted(count),
        Predicate::Fact(fact) => fact_claim(fact),
        Predicate::Value(value) => value_claim(value),
        Predicate::At(at) => Phrase::new(K::Passed, [Arg::For(at.0)]),
        Predicate::After(id) => Phrase::new(K::Done, [command(id, commands)]),
        Predicate::Checks(wanted) if &**wanted == "all" => Phrase::bare(K::AllChecks),
        Predicate::Checks(wanted) => Phrase::new(K::Checks, [name(wanted)]),
        Predicate::All(all) => joined(K::And, all, commands),
        Predicate::Any(any) => joined(K::Or, any, commands),
        Predicate::Not(not) => Phrase::new(K::Not, [inner(claim(not, commands))]),
        Predicate::Always(timed) => {
            during(timed, [K::Always, K::AlwaysWithin, K::AlwaysAfter, K::AlwaysAfterWithin], commands)
        }
        Predicate::Eventually(timed) => {
            let keys = [K::Eventually, K::EventuallyWithin, K::EventuallyAfter, K::EventuallyAfterWithin];
            during(timed, keys, commands)
        }
        Predicate::Never(timed) => {
            during(timed, [K::Never, K::NeverWithin, K::NeverSince, K::NeverSinceWithin], commands)
        }
        Predicate::Violated(Violated { check, by: None }) => Phrase::new(K::Violated, [name(check)]),
        Predicate::Violated(Violated { check, by: Some(Duration(by)) }) => {
            Phrase::new(K::ViolatedBy, [name(check), Arg::For(*by)])
        }
    }
}

/// The keys: of the whole run; of its first stretch; of what follows a command; of a stretch that follows a command.
fn during(timed: &Timed, [ever, within, after, after_within]: [K; 4], commands: Commands<'_>) -> Phrase {
    let what = inner(claim(&timed.what, commands));
    match (&timed.after, timed.within) {
        (None, None) => Phrase::new(ever, [what]),
        (None, Some(Duration(span))) => Phrase::new(within, [what, Arg::For(span)]),
        (Some(id), None) => Phrase::new(after, [what, command(id, commands)]),
        (Some(id), Some(Duration(span))) => {
            Phrase::new(after_within, [what, Arg::For(span), command(id, commands)])
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

fn fact_claim(fact: &Fact) -> Phrase {
    let number = inner(comparison(fact.is, fact.at_least, fact.at_most));
    let whose =
        fact.member.as_ref().map_or_else(|| name(&fact.of), |member| name(&flow::line(member).into()));
    Phrase::new(K::Fact, [name(&fact.name), number, whose])
}

fn value_claim(Value { of, key, is, member }: &Value) -> Phrase {
    let whose = name(member.as_ref().unwrap_or(of));
    match is {
        Some(is) => Phrase::new(K::Value, [Arg::Text(key.clone()), Arg::Text(is.clone()), whose]),
        None => Phrase::new(K::NoValue, [Arg::Text(key.clone()), whose]),
    }
}

fn comparison(is: Option<u64>, at_least: Option<u64>, at_most: Option<u64>) -> Phrase {
    match (is, at_least, at_most) {
        (Some(is), _, _) => Phrase::new(K::Exactly, [Arg::Number(is)]),
        (None, Some(least), Some(most)) => Phrase::new(K::Between, [Arg::Number(least), Arg::Number(most)]),
        (None, Some(least), None) => Phrase::new(K::AtLeast, [Arg::Number(least)]),
        (None, None, Some(most)) => Phrase::new(K::AtMost, [Arg::Number(most)]),
        (None, None, None) => Phrase::bare(K::AnyNumber),
    }
}

/// One after the other, two by two.
fn joined(key: K, all: &[Predicate], commands: Commands<'_>) -> Phrase {
    let mut claims = all.iter().map(|predicate| claim(predicate, commands));
    let first = claims.next().unwrap_or(Phrase::bare(K::Nothing));
    claims.fold(first, |before, next| Phrase::new(key, [inner(before), inner(next)]))
}

/// A command of the timeline with its time; one that is not of it by its id alone.
fn command(id: &Arc<str>, commands: Commands<'_>) -> Arg {
    match commands.iter().find(|(known, _)| known == id) {
        Some((_, at)) => inner(Phrase::new(K::Command, [name(id), Arg::At(*at)])),
        None => name(id),
    }
}

fn name(text: &Arc<str>) -> Arg {
    Arg::Name(text.clone())
}

fn inner(phrase: Phrase) -> Arg {
    Arg::Phrase(Box::new(phrase))
}
