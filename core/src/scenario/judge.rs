//! What holds at a moment, what has broken, and what came of the expectations. It watches and never interferes.

use super::predicate::{ChosenOf, Count, Fact, LeaderOf, Predicate, Timed, Value, compares};
use super::recorder::Recorders;
use super::whom::Eyes;
use super::{Expectation, Scenario};
use crate::check::{Check, Violation};
use crate::kernel::world::World;
use crate::kernel::{Event, Observer};
use crate::process::{Arg, Phrase, ProcessId, Time};
use crate::view::Place;
use crate::words::Key;
use crate::words::scenario::ScenarioKey as K;
use litemap::LiteMap;
use std::sync::Arc;

/// A broken check.
#[derive(Clone, Debug, PartialEq)]
pub struct Broken {
    /// `system/check`.
    pub name: Arc<str>,
    /// Who, when, which entries.
    pub violation: Violation,
    /// Where.
    pub place: Place,
    /// The scenario says that it must break.
    pub expected: bool,
}

/// How an expectation stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// As one line of text.
    pub text: Arc<str>,
    /// For people.
    pub claim: Phrase,
    /// Where it stands in the file.
    pub line: u32,
    /// Met, broken or open.
    pub outcome: Outcome,
    /// Since when.
    pub at: Option<Place>,
}

/// Met, broken, or not decided yet.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Not decided yet.
    Open,
    /// Met.
    Met,
    /// Broken, and why.
    Broken(Phrase),
}

/// What came of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// All as expected: every expectation met, and nothing broken that was not expected to.
    pub as_expected: bool,
    /// Every expectation.
    pub expectations: Vec<Standing>,
    /// Every check that broke, in order.
    pub broken: Vec<Broken>,
}

/// The checks of all systems, and what they found.
pub(super) struct Watch {
    /// Each with its system's name.
    checks: Vec<(Arc<str>, Box<dyn Check>)>,
    found: Vec<Violation>,
    /// What has broken so far.
    pub broken: Vec<Broken>,
    names: Arc<Vec<CheckName>>,
    expected: Arc<Vec<Arc<str>>>,
    /// What is known to break in this history, in order: then nothing is checked, only recalled.
    known: Option<Arc<[Broken]>>,
}

/// A check by its full name.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckName {
    /// `system/check`.
    pub name: Arc<str>,
    /// In words.
    pub title: Key,
}

impl Clone for Watch {
    fn clone(&self) -> Self {
        Watch {
            checks: self.checks.iter().map(|(system, check)| (system.clone(), check.copy())).collect(),
            found: Vec::new(),
            broken: self.broken.clone(),
            names: self.names.clone(),
            expected: self.expected.clone(),
            known: self.known.clone(),
        }
    }
}

impl Watch {
    pub(super) fn new(scenario: &Scenario) -> Self {
        let mut checks = Vec::new();
        let mut names = Vec::new();
        for (number, system) in (0u16..).zip(&scenario.systems) {
            for check in system.group.checks(number) {
                names.extend(check.invariants().iter().map(|invariant| CheckName {
                    name: format!("{}/{}", system.name, invariant.name).into(),
                    title: invariant.title,
                }));
                checks.push((system.name.clone(), check));
            }
        }
        let expected = scenario.expectations.iter().filter_map(|expectation| match &expectation.predicate {
            Predicate::Violated(violated) => Some(violated.check.clone()),
            _ => None,
        });
        let expected = Arc::new(expected.collect());
        Watch { checks, found: Vec::new(), broken: Vec::new(), names: Arc::new(names), expected, known: None }
    }

    /// Nothing is watched.
    pub(super) fn off() -> Self {
        Watch {
            checks: Vec::new(),
            found: Vec::new(),
            broken: Vec::new(),
            names: Arc::default(),
            expected: Arc::default(),
            known: None,
        }
    }

    /// Does it want to see events?
    pub(super) fn is_on(&self) -> bool {
        !self.checks.is_empty()
    }

    pub(super) fn recall(&mut self, known: Arc<[Broken]>) {
        if self.is_on() || self.recalls() {
            self.checks.clear();
            self.known = Some(known);
        }
    }

    /// What is known to have broken by this event.
    pub(super) fn recalled(&mut self, ordinal: u64) {
        if let Some(known) = &self.known {
            let due = known.iter().skip(self.broken.len());
            self.broken.extend(due.take_while(|broken| broken.place.ordinal <= ordinal).cloned());
        }
    }

    pub(super) fn recalls(&self) -> bool {
        self.known.is_some()
    }

    /// About how many bytes a copy holds.
    pub(super) fn weight(&self) -> usize {
        self.checks.iter().map(|(_, check)| check.weight()).sum()
    }

    pub(super) fn names(&self) -> &[CheckName] {
        &self.names
    }
}

impl Observer for Watch {
    fn saw(&mut self, world: &World, event: &Event<'_>) {
        for (system, check) in &mut self.checks {
            check.saw(world, event, &mut self.found);
            for violation in self.found.drain(..) {
                let name: Arc<str> = format!("{system}/{}", violation.check).into();
                let expected = self.expected.contains(&name);
                let place = Place { ordinal: event.ordinal, at: event.at };
                self.broken.push(Broken { name, violation, place, expected });
            }
        }
    }
}

/// Does a broken check's name belong to `wanted`: itself, its system, or `all`?
fn concerns(name: &str, wanted: &str) -> bool {
    wanted == "all" || name == wanted || name.split_once('/').is_some_and(|(system, _)| system == wanted)
}

/// Everything a predicate may look at.
#[derive(Clone, Copy)]
pub(super) struct Sight<'a> {
    pub eyes: Eyes<'a>,
    pub broken: &'a [Broken],
    pub recorders: &'a Recorders,
    /// When each command of the timeline with an id was carried out.
    pub done: &'a LiteMap<Arc<str>, Place>,
}

impl Sight<'_> {
    /// Does it hold now? What only a whole run can be asked does not.
    pub fn holds(self, predicate: &Predicate) -> bool {
        match predicate {
            Predicate::Leader(LeaderOf { of, is }) => match self.leaders(of).as_slice() {
                [one] => is.as_ref().is_none_or(|is| self.eyes.world.process_named(is) == Some(*one)),
                _ => false,
            },
            Predicate::NoLeader(of) => self.leaders(of).is_empty(),
            Predicate::Count(Count { select, of, is, at_least, at_most }) => {
                let selected = self.eyes.selected(select, of.as_ref());
                let number = selected.map_or(0, |(who, _)| who.len() as u64);
                compares(number, *is, *at_least, *at_most)
            }
            Predicate::Fact(fact) => self.fact(fact),
            Predicate::Value(value) => self.value(value),
            Predicate::Chosen(chosen) => self.chosen(chosen),
            Predicate::At(at) => self.eyes.world.now() >= Time::ZERO + at.0,
            Predicate::After(id) => self.done.contains_key(id),
            Predicate::Checks(wanted) => !self.broken.iter().any(|broken| concerns(&broken.name, wanted)),
            Predicate::All(all) => all.iter().all(|inner| self.holds(inner)),
            Predicate::Any(any) => any.iter().any(|inner| self.holds(inner)),
            Predicate::Not(inner) => !self.holds(inner),
            Predicate::Always(_)
            | Predicate::Eventually(_)
            | Predicate::Never(_)
            | Predicate::Violated(_) => false,
        }
    }

    fn leaders(self, of: &Arc<str>) -> Vec<ProcessId> {
        self.eyes.selected("leader", Some(of)).map_or_else(Vec::new, |(who, _)| who)
    }

    /// Of several members: of every one. Of none: not.
    fn fact(self, fact: &Fact) -> bool {
        let Some((number, _)) = self.eyes.scenario.system(&fact.of) else { return false };
        let right = |member| {
            let value = self.fact_of(number, &fact.name, member);
            value.is_some_and(|value| compares(value, fact.is, fact.at_least, fact.at_most))
        };
        match &fact.member {
            None => right(None),
            Some(target) => self
                .eyes
                .processes(target)
                .is_ok_and(|who| !who.is_empty() && who.into_iter().all(|member| right(Some(member)))),
        }
    }

    /// What is about the whole run, whoever watched it knows.
    pub fn fact_of(self, number: u16, name: &str, member: Option<ProcessId>) -> Option<u64> {
        let known = || self.eyes.scenario.systems.get(usize::from(number));
        let now = || known()?.group.fact(self.eyes.world, number, name, member);
        self.recorders.fact(number, name).filter(|_| member.is_none()).or_else(now)
    }

    fn chosen(self, chosen: &ChosenOf) -> bool {
        let Some((number, system)) = self.eyes.scenario.system(&chosen.of) else { return false };
        let member = chosen.member.as_ref().map(|called| self.eyes.world.process_named(called));
        if let Some(None) = member {
            return false;
        }
        system.group.known_chosen(self.eyes.world, number, member.flatten(), chosen.is.as_deref())
    }

    fn value(self, value: &Value) -> bool {
        let Some((number, system)) = self.eyes.scenario.system(&value.of) else { return false };
        let member = match &value.member {
            None => None,
            Some(called) => match self.eyes.world.process_named(called) {
                Some(member) => Some(member),
                None => return false,
            },
        };
        let found = system.group.value(self.eyes.world, number, &value.key, member);
        found.is_some_and(|found| found == value.is)
    }
}

/// How the expectations stand.
#[derive(Clone)]
pub(super) struct Judge {
    outcomes: Vec<(Outcome, Option<Place>)>,
    open: usize,
}

impl Judge {
    pub(super) fn new(scenario: &Scenario) -> Self {
        let outcomes = vec![(Outcome::Open, None); scenario.expectations.len()];
        Judge { open: outcomes.len(), outcomes }
    }

    pub(super) fn standings(&self, scenario: &Scenario) -> Vec<Standing> {
        let of = |(expectation, (outcome, at)): (&Expectation, &(Outcome, Option<Place>))| Standing {
            text: expectation.text.clone(),
            claim: expectation.claim.clone(),
            line: expectation.line,
            outcome: outcome.clone(),
            at: *at,
        };
        scenario.expectations.iter().zip(&self.outcomes).map(of).collect()
    }

    /// Looks after an event.
    pub(super) fn look(&mut self, sight: Sight<'_>) {
        if self.open > 0 {
            self.each(sight, Self::after_event);
        }
    }

    /// Decides what is still open.
    pub(super) fn close(&mut self, sight: Sight<'_>) {
        self.each(sight, Self::at_end);
    }

    fn each(&mut self, sight: Sight<'_>, judge: fn(&Expectation, Sight<'_>) -> Outcome) {
        let world = sight.eyes.world;
        let place = Place { ordinal: world.ordinal(), at: world.now() };
        for (expectation, (outcome, at)) in sight.eyes.scenario.expectations.iter().zip(&mut self.outcomes) {
            if *outcome == Outcome::Open {
                *outcome = judge(expectation, sight);
                if *outcome != Outcome::Open {
                    *at = Some(place);
                    self.open -= 1;
                }
            }
        }
    }

    fn after_event(expectation: &Expectation, sight: Sight<'_>) -> Outcome {
        let text = || Arg::Text(expectation.text.clone());
        let now = Arg::At(sight.eyes.world.now());
        match &expectation.predicate {
            Predicate::Always(timed) => match stretch(timed, sight) {
                Stretch::During if !sight.holds(&timed.what) => {
                    Outcome::Broken(Phrase::new(K::BrokenAt, [text(), now]))
                }
                Stretch::Over(_) => Outcome::Met,
                _ => Outcome::Open,
            },
            Predicate::Never(timed) => match stretch(timed, sight) {
                Stretch::During if sight.holds(&timed.what) => {
                    Outcome::Broken(Phrase::new(K::BrokenAt, [text(), now]))
                }
                Stretch::Over(_) => Outcome::Met,
                _ => Outcome::Open,
            },
            Predicate::Eventually(timed) => match stretch(timed, sight) {
                Stretch::During if sight.holds(&timed.what) => Outcome::Met,
                Stretch::Over(end) => Outcome::Broken(Phrase::new(K::NotMetBy, [text(), Arg::At(end)])),
                _ => Outcome::Open,
            },
            Predicate::Violated(violated) => {
                let Some(broken) = sight.broken.iter().find(|broken| broken.name == violated.check) else {
                    return Outcome::Open;
                };
                match violated.by {
                    Some(by) if broken.place.at > Time::ZERO + by.0 => {
                        let limit = Arg::At(Time::ZERO + by.0);
                        let args = [Arg::Name(violated.check.clone()), Arg::At(broken.place.at), limit];
                        Outcome::Broken(Phrase::new(K::ViolatedLate, args))
                    }
                    _ => Outcome::Met,
                }
            }
            _ => Outcome::Open,
        }
    }

    fn at_end(expectation: &Expectation, sight: Sight<'_>) -> Outcome {
        let text = || Arg::Text(expectation.text.clone());
        let never_began = |timed: &Timed| match &timed.after {
            Some(after) if !sight.done.contains_key(after) => {
                let args = [text(), Arg::Name(after.clone())];
                Some(Outcome::Broken(Phrase::new(K::NeverBegan, args)))
            }
            _ => None,
        };
        match Self::after_event(expectation, sight) {
            Outcome::Open => {}
            decided => return decided,
        }
        match &expectation.predicate {
            Predicate::Always(timed) | Predicate::Never(timed) => never_began(timed).unwrap_or(Outcome::Met),
            Predicate::Eventually(timed) => never_began(timed).unwrap_or_else(|| {
                Outcome::Broken(Phrase::new(K::NotMetBy, [text(), Arg::At(sight.eyes.world.now())]))
            }),
            Predicate::Violated(violated) => {
                Outcome::Broken(Phrase::new(K::NotViolated, [Arg::Name(violated.check.clone())]))
            }
            state if sight.holds(state) => Outcome::Met,
            _ => Outcome::Broken(Phrase::new(K::NotHeld, [text()])),
        }
    }
}

/// Where the run is in the stretch that a statement is about.
enum Stretch {
    Before,
    During,
    Over(Time),
}

fn stretch(timed: &Timed, sight: Sight<'_>) -> Stretch {
    let begin = match &timed.after {
        None => Time::ZERO,
        Some(after) => match sight.done.get(after) {
            Some(place) => place.at,
            None => return Stretch::Before,
        },
    };
    let end = timed.within.map_or(Time::MAX, |within| begin + within.0);
    if sight.eyes.world.now() > end { Stretch::Over(end) } else { Stretch::During }
}

/// What came of it all.
pub(super) fn verdict(expectations: Vec<Standing>, broken: &[Broken]) -> Verdict {
    let met = expectations.iter().all(|standing| standing.outcome == Outcome::Met);
    let as_expected = met && broken.iter().all(|broken| broken.expected);
    Verdict { as_expected, expectations, broken: broken.to_vec() }
}
