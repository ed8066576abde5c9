//! A comparison: one schedule of clients and one list of faults, on two or three systems.
//!
//! From its file one ordinary scenario a side is derived, as a text of its own ([`derive`]), and read as any other; what is
//! wrong in it is said at the place of the comparison's file that it comes from. The scenario of the whole is the first
//! side's, with the sides beside it, so that whoever plays, writes or shares a scenario needs to know nothing of this. It
//! names no system: a kind says which kind of clients speaks to it, and those turn the schedule into their own words.

mod derive;
pub mod model;

use super::command::Command;
use super::model::API_VERSION;
use super::read::{self, Kinds, Reader, list, problem};
use super::{Expectation, Moment, Scenario};
use crate::process::{Arg, Phrase};
use crate::system::SystemKind;
use crate::text::typed::{At, Raw, typed};
use crate::text::{Doc, NodeId, Problem, Problems, Shape, clipped, nearest};
use crate::words::scenario::ScenarioKey as K;
use derive::{Derived, Pair};
use litemap::LiteMap;
use model::File;
use std::sync::Arc;

/// As in `kind:`.
pub const KIND: &str = "Comparison";
/// What the system that is compared is called on every side, and its clients.
pub const STORE: &str = "store";
/// See [`STORE`].
pub const CLIENTS: &str = "clients";
/// What makes up a schedule, by the names that clients have for it.
const OF_SCHEDULE: &[&str] =
    &["schedule", "rate", "times", "mix", "keys", "start", "operations", "window", "open"];
/// Fewest and most sides.
const SIDES: (usize, usize) = (2, 3);

/// One of the systems that are compared.
#[derive(Clone)]
pub struct Side {
    /// What it is called.
    pub name: Arc<str>,
    /// What it is.
    pub kind: Arc<str>,
    /// Its scenario, as it would be written alone.
    pub scenario: Arc<Scenario>,
}

/// What was found beside the document: warnings, and other documents.
pub(super) type Beside = (Vec<Problem>, Vec<NodeId>);

/// Reads the document of a comparison.
pub(super) fn read(
    text: &str,
    doc: Doc,
    root: NodeId,
    kinds: Kinds,
    (warnings, objects): Beside,
) -> Result<Scenario, Vec<Problem>> {
    let file: File = typed(&doc, root, "").map_err(|problem| vec![problem])?;
    let mut reader = Reader { doc: &doc, problems: Problems::default() };
    let kinds_of = reader.comparison(&file, kinds);
    reader.problems.end()?;
    let mut sides: Vec<Side> = Vec::new();
    let (mut said, mut lines): (Vec<(Problem, Vec<usize>)>, Vec<u32>) = (Vec::new(), Vec::new());
    for (at, side) in file.systems.iter().enumerate() {
        let Some(kind) = kinds_of.get(at) else { continue };
        let derived = derive::side(&doc, root, &file, at, *kind);
        match read_side(&derived, doc.sought(), kinds) {
            Ok(mut scenario) => {
                // Sooner or later every side says the same of what they share; once is enough.
                scenario.measured = Some([0, 1]);
                if at == 0 {
                    lines = derived.lines;
                }
                let (name, kind) = (side.name.value.clone(), side.kind.value.clone());
                sides.push(Side { name, kind, scenario: Arc::new(scenario) });
            }
            Err(problems) => {
                // That the clients have nothing to work on comes of what is wrong with that.
                let own = problems.iter().filter(|found| &*found.path != "systems[1].target");
                for found in own.cloned() {
                    let found = home(&doc, root, &derived, found);
                    let same = |(known, _): &&mut (Problem, Vec<usize>)| {
                        known.path == found.path && known.phrase == found.phrase
                    };
                    match said.iter_mut().find(same) {
                        Some((_, sides)) => sides.push(at),
                        None => said.push((found, vec![at])),
                    }
                }
            }
        }
    }
    match sides.first() {
        Some(first) if said.is_empty() => {
            let whole = whole(&first.scenario, &file, text, &lines);
            Ok(Scenario { sides: sides.into(), warnings, objects, doc: Arc::new(doc), ..whole })
        }
        _ => Err(said.into_iter().map(|(found, of)| named(&doc, &file, found, &of)).collect()),
    }
}

/// What only some sides say of a part that all share, with the name of the first of them: the others may find nothing wrong there, or
/// something else. Who asks about a word is told what is wrong with that, whoever says it.
fn named(doc: &Doc, file: &File, found: Problem, of: &[usize]) -> Problem {
    if of.len() == file.systems.len() || found.path.starts_with("systems[") || doc.is_seeking() {
        return found;
    }
    let Some(side) = of.first().and_then(|at| file.systems.get(*at)) else { return found };
    let phrase = Phrase::new(K::OfSide, [clipped(&side.name), Arg::Phrase(Box::new(found.phrase))]);
    Problem { phrase, ..found }
}

fn read_side(derived: &Derived, sought: Option<&Arc<str>>, kinds: Kinds) -> Result<Scenario, Vec<Problem>> {
    let doc = match sought {
        Some(sought) => Doc::seeking(&derived.text, sought),
        None => Doc::read(derived.text.as_bytes()),
    };
    let doc = doc.map_err(|problem| vec![problem])?;
    read::read(&derived.text, doc, kinds)
}

/// The scenario of the whole: the first side's, with the name, the text and the places of the comparison's own file.
fn whole(first: &Scenario, file: &File, text: &str, lines: &[u32]) -> Scenario {
    let line = |derived: u32| {
        let at = derived.checked_sub(1).and_then(|at| lines.get(at as usize));
        at.copied().unwrap_or(0)
    };
    let moment = |moment: &Moment| Moment { line: line(moment.line), ..moment.clone() };
    let expectation = |expected: &Expectation| Expectation { line: line(expected.line), ..expected.clone() };
    Scenario {
        name: file.metadata.name.value.clone(),
        title: file.metadata.title.clone(),
        story: file.metadata.story.clone(),
        text: text.into(),
        timeline: first.timeline.iter().map(moment).collect(),
        expectations: first.expectations.iter().map(expectation).collect(),
        ..first.clone()
    }
}

/// A problem of a derived text at the place of the comparison's file that it comes from: as far down as that says it, since
/// what is missing there is missing in what is above it.
fn home(doc: &Doc, root: NodeId, derived: &Derived, found: Problem) -> Problem {
    let path = derived.home(&found.path);
    let of_key = found.phrase.key == K::UnknownField.into();
    let (mut node, mut place) = (root, root);
    for step in steps(&path) {
        let next = match (doc.shape(node), step.parse::<usize>()) {
            (Shape::List(items), Ok(number)) => items.get(number).map(|item| (*item, *item)),
            (Shape::Map(entries), _) => {
                let named = |key: NodeId| doc.text(key).is_some_and(|text| **text == *step);
                entries.iter().find(|(key, _)| named(*key)).copied()
            }
            _ => None,
        };
        let Some((key, value)) = next else { break };
        (node, place) = (value, if of_key { key } else { value });
    }
    let spot = doc.spot(place);
    Problem { line: spot.line, column: spot.column, length: spot.length.max(1), path: path.into(), ..found }
}

/// The steps of a path: `systems[1].spec` is `systems`, `1`, `spec`.
fn steps(path: &str) -> impl Iterator<Item = &str> {
    path.split(['.', '[', ']']).filter(|step| !step.is_empty())
}

impl Reader<'_> {
    /// What can be said of a comparison before its sides are derived: the kinds of the sides, in order.
    fn comparison(&mut self, file: &File, kinds: Kinds) -> Vec<Pair> {
        if &*file.api_version.value != API_VERSION {
            let args = [clipped(&file.api_version), clipped(API_VERSION)];
            let phrase = Phrase::new(K::ApiVersion, args);
            self.add(file.api_version.node, "apiVersion", phrase, Some(API_VERSION));
        }
        self.called(&file.metadata.name, "metadata.name");
        let number = file.systems.len();
        if number < SIDES.0 || number > SIDES.1 {
            let (key, limit) = if number < SIDES.0 { (K::TooFew, SIDES.0) } else { (K::TooMany, SIDES.1) };
            let args = [Arg::Number(number as u64), Arg::Number(limit as u64)];
            self.add(file.systems.node, "systems", Phrase::new(key, args), None);
            return Vec::new();
        }
        if let Some(clients) = &file.clients
            && let (Some(_), Some(times)) = (&clients.rate, &clients.times)
        {
            self.add(times.node, "clients.times", Phrase::bare(K::RateAndTimes), None);
        }
        for (at, step) in file.timeline.iter().enumerate() {
            self.for_all(&step.command, &format!("timeline[{at}].do"));
        }
        let mut found = Vec::new();
        for (at, side) in file.systems.iter().enumerate() {
            let path = format!("systems[{at}]");
            self.called(&side.name, &format!("{path}.name"));
            if file.systems[..at].iter().any(|other| other.name.value == side.name.value) {
                let phrase = Phrase::new(K::NameTaken, [clipped(&side.name)]);
                self.add(side.name.node, &format!("{path}.name"), phrase, None);
            }
            self.own_clients(side, &path);
            found.extend(self.comparable(&side.kind, &format!("{path}.kind"), kinds));
        }
        found
    }

    /// The kind of a side: one that says who speaks to it.
    fn comparable(&mut self, named: &At<Arc<str>>, path: &str, kinds: Kinds) -> Option<Pair> {
        let speaking = |kind: &'static dyn SystemKind| -> Option<Pair> {
            let wanted = kind.clients()?;
            Some([kind, kinds.iter().copied().find(|clients| clients.kind() == wanted)?])
        };
        let fit = || kinds.iter().copied().filter_map(speaking);
        let found = fit().find(|[kind, _]| *kind.kind() == *named.value);
        if found.is_none() {
            let known = || fit().map(|[kind, _]| kind.kind());
            let is_kind = kinds.iter().any(|kind| *kind.kind() == *named.value);
            let key = if is_kind { K::NotComparable } else { K::UnknownKind };
            let phrase = Phrase::new(key, [clipped(named), list(known())]);
            self.add(named.node, path, phrase, nearest(named, known()));
        }
        found
    }

    /// What a side tells its own clients is no part of the schedule.
    fn own_clients(&mut self, side: &model::Side, path: &str) {
        let Some(own) = side.clients else { return };
        let Shape::Map(entries) = self.doc.shape(own.0) else {
            let path = format!("{path}.clients");
            let wrong = typed::<LiteMap<Arc<str>, Raw>>(self.doc, own.0, &path).err();
            wrong.into_iter().for_each(|problem| self.problems.add(problem));
            return;
        };
        for (key, _) in entries {
            let name = self.doc.text(*key).map_or("", |name| name);
            if OF_SCHEDULE.contains(&name) {
                let phrase = Phrase::new(K::ScheduleOfAll, [clipped(name)]);
                self.add(*key, &format!("{path}.clients.{name}"), phrase, None);
            }
        }
    }

    fn for_all(&mut self, command: &At<Command>, path: &str) {
        if !command.is_for_all() {
            let phrase = Phrase::new(K::OwnCommand, [Arg::Name(command.name().into())]);
            self.problems.add(problem(self.doc, command.node, path, phrase, None));
        }
    }
}
