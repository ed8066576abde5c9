//! Names in commands and predicates, checked before anything runs, each with its place.
//!
//! What a name means may only be known at its moment (who leads); whether it can ever mean anything is known here. `commands` has what
//! commands name, and what else of them is wrong whatever the moment.

mod commands;

use super::command::{Links, Partition};
use super::model::File;
use super::predicate::{Count, Fact, LeaderOf, Predicate, Timed};
use super::read::{is_name, list, problem};
use super::target::{Target, Who};
use super::{Scenario, System};
use crate::process::{Arg, Phrase, Time, few};
use crate::text::typed::At;
use crate::text::{Doc, NodeId, Problems, clipped, nearest};
use crate::words::scenario::ScenarioKey as K;
use litemap::LiteMap;
use std::fmt::Write;
use std::sync::Arc;

/// Selectors that any system's processes know.
pub const SELECTORS: &[&str] = &["all", "running", "crashed", "paused"];

pub(super) struct Names<'a> {
    doc: &'a Doc,
    systems: &'a [System],
    /// Hosts and processes, those that will join in mid-run too.
    known: few::Set<Arc<str>>,
    /// Those that are there from the beginning, so that no newcomer can be called so.
    taken: few::Set<Arc<str>>,
    /// Ids of the timeline with their times, in nanoseconds, and whether they can be healed.
    ids: Ids,
    /// Checks that were found to be there.
    checked: few::Set<Arc<str>>,
    pub(super) problems: Problems,
    /// What is being looked at.
    node: NodeId,
    path: String,
}

impl<'a> Names<'a> {
    pub(super) fn new(
        doc: &'a Doc,
        systems: &'a [System],
        known: few::Set<Arc<str>>,
        file: &File,
        problems: Problems,
    ) -> Self {
        let implicit = systems.iter().filter(|system| system.implicit).map(|system| &system.name);
        let newcomers = file.timeline.iter().flat_map(|step| step.command.value.newcomers());
        let first = few::Set::of(known.iter().chain(implicit).cloned().collect());
        let known = few::Set::of(first.iter().chain(newcomers).cloned().collect());
        let (ids, twice) = ids(file);
        let (node, path) = (doc.roots()[0], String::new());
        let checked = few::Set::default();
        let mut names = Names { doc, systems, known, taken: first, ids, checked, problems, node, path };
        for at in twice {
            if let Some(id) = &file.timeline[at].id {
                (names.node, names.path) = (id.node, format!("timeline[{at}].id"));
                names.wrong(&id.value, K::IdTaken, None);
            }
        }
        names
    }

    /// For a line of its own beside a scenario that was read; `also` are names that its file does not know.
    pub(super) fn beside(
        doc: &'a Doc,
        scenario: &'a Scenario,
        also: impl IntoIterator<Item = Arc<str>>,
    ) -> Self {
        let hosts = scenario.hosts.iter().map(|(name, _)| name);
        let members = scenario.systems.iter().flat_map(|system| &system.members).map(|member| &member.name);
        let implicit = scenario.systems.iter().filter(|system| system.implicit).map(|system| &system.name);
        let newcomers = scenario.timeline.iter().flat_map(|moment| moment.command.newcomers());
        let known = hosts.chain(members).chain(implicit).chain(newcomers).cloned().chain(also);
        let mut ids: Vec<(Arc<str>, (u64, bool))> = Vec::new();
        for moment in &scenario.timeline {
            ids.extend(moment.id.iter().map(|id| (id.clone(), (moment.at.0, moment.command.is_fault()))));
        }
        Names {
            doc,
            systems: &scenario.systems,
            known: few::Set::of(known.collect()),
            taken: few::Set::default(),
            ids: ids.into_iter().collect(),
            checked: few::Set::default(),
            problems: Problems::default(),
            node: doc.roots()[0],
            path: String::new(),
        }
    }

    /// When the command of this id comes.
    pub(super) fn time(&self, id: &Arc<str>) -> Option<Time> {
        self.ids.get(id).map(|(nanos, ..)| Time(*nanos))
    }

    /// A problem with a name somewhere in what is being looked at; what is known there is told with it.
    fn wrong(&mut self, name: &str, key: K, known: Option<Vec<&str>>) {
        let mut args = vec![clipped(name)];
        args.extend(known.as_ref().map(|known| list(known.iter().copied())));
        self.misnamed(name, Phrase::new(key, args), known.unwrap_or_default());
    }

    /// The system that is called so is not of a kind for this.
    fn wrong_of(&mut self, of: &str, key: K) {
        self.misnamed(of, Phrase::new(key, [clipped(of)]), Vec::new());
    }

    /// A problem where a name stands, and the nearest of those that are known.
    fn misnamed(&mut self, name: &str, mut phrase: Phrase, known: Vec<&str>) {
        if self.problems.is_full() {
            return;
        }
        if self.doc.is_seeking() && phrase.args.len() == 1 {
            phrase.args.push(list(known.iter().copied()));
        }
        let (node, below) = self.doc.find(self.node, name).unwrap_or((self.node, String::new()));
        let near = nearest(name, known.iter().copied());
        let path = format!("{}{below}", self.path);
        self.problems.add(problem(self.doc, node, &path, phrase, near));
    }

    /// A problem at a node that needs no looking for.
    pub(super) fn wrong_at(&mut self, node: NodeId, path: &str, phrase: Phrase) {
        self.problems.add(problem(self.doc, node, path, phrase, None));
    }

    /// The value of a mapping's key; without one, the mapping.
    pub(super) fn inside(&self, node: NodeId, key: &str) -> NodeId {
        self.doc.get(node, key).unwrap_or(node)
    }

    /// Something is called so.
    pub(super) fn called(&mut self, name: &At<Arc<str>>, path: &str) {
        if !is_name(name) {
            self.wrong_at(name.node, path, Phrase::new(K::BadName, [clipped(name)]));
        }
    }

    /// Somebody is meant.
    pub(super) fn targeted(&mut self, target: &Target, node: NodeId, path: &str) {
        (self.node, self.path) = (node, path.to_owned());
        self.target(target);
    }

    fn flaw(&mut self, phrase: Phrase) {
        self.problems.add(problem(self.doc, self.node, &self.path, phrase, None));
    }

    fn name(&mut self, name: &Arc<str>) {
        if !self.known.contains(name) && !self.problems.is_full() {
            let known = self.known.clone();
            let known = known.iter().map(|name| &**name).collect();
            self.misnamed(name, Phrase::new(K::UnknownHost, [clipped(name)]), known);
        }
    }

    fn system(&mut self, name: &str) -> Option<&'a System> {
        let found = self.systems.iter().find(|system| &*system.name == name);
        if found.is_none() {
            let known = self.systems.iter().filter(|s| !s.implicit).map(|system| &*system.name).collect();
            self.wrong(name, K::UnknownSystem, Some(known));
        }
        found
    }

    fn selector(&mut self, selector: &str, of: Option<&Arc<str>>) {
        if SELECTORS.contains(&selector) {
            if let Some(of) = of {
                self.system(of);
            }
            return;
        }
        let knowing: Vec<&System> = match of {
            Some(of) => self.system(of).into_iter().collect(),
            None => self.systems.iter().filter(|s| s.group.selectors().contains(&selector)).collect(),
        };
        if of.is_some() && knowing.is_empty() {
            return;
        }
        if !knowing.iter().any(|system| system.group.selectors().contains(&selector)) {
            let of_systems = self.systems.iter().filter(|s| of.is_none_or(|of| *of == s.name));
            let mut all: Vec<&str> = of_systems.flat_map(|s| s.group.selectors()).copied().collect();
            all.extend(SELECTORS);
            self.wrong(selector, K::UnknownSelector, Some(distinct(all)));
        } else if knowing.len() > 1 {
            let args = [Arg::Name(selector.into()), list(knowing.iter().map(|system| &*system.name))];
            self.flaw(Phrase::new(K::WhichSystem, args));
        }
    }

    fn target(&mut self, target: &Target) {
        for who in &target.0 {
            if self.problems.is_full() {
                return;
            }
            match who {
                Who::Name(name) => self.name(name),
                Who::Select(select) => self.selector(&select.select, select.of.as_ref()),
            }
        }
    }

    fn links(&mut self, links: &Links) {
        for target in links.from.iter().chain(&links.to) {
            self.target(target);
        }
    }

    /// Groups that exclude each other share nobody, as far as names say.
    fn partition(&mut self, partition: &Partition) {
        if partition.groups.is_empty() {
            self.flaw(Phrase::bare(K::OneGroup));
        }
        let mut named: Vec<&Arc<str>> = Vec::new();
        for group in &partition.groups {
            self.target(group);
            named.extend(group.0.iter().filter_map(|who| match who {
                Who::Name(name) => Some(name),
                Who::Select(_) => None,
            }));
        }
        if self.problems.is_full() {
            return;
        }
        few::sort(&mut named);
        for twins in named.chunk_by(|one, next| one == next).filter(|alike| alike.len() > 1) {
            self.twin(twins[0]);
        }
    }

    /// The second place at which a name stands.
    fn twin(&mut self, name: &Arc<str>) {
        if self.problems.is_full() {
            return;
        }
        let mut places = Vec::new();
        collect(self.doc, self.node, name, &mut String::new(), &mut places);
        let (node, below) = places.into_iter().nth(1).unwrap_or((self.node, String::new()));
        let path = format!("{}{below}", self.path);
        let phrase = Phrase::new(K::TwoGroups, [clipped(name)]);
        self.problems.add(problem(self.doc, node, &path, phrase, None));
    }

    fn heal(&mut self, id: &Arc<str>, at: u64) {
        let heals = |(time, fault): &(u64, bool)| *fault && *time <= at;
        if !self.ids.get(id).is_some_and(heals) && !self.problems.is_full() {
            let ids = self.ids.clone();
            let known = ids.iter().filter(|(_, entry)| heals(entry)).map(|(id, _)| &**id).collect();
            self.misnamed(id, Phrase::new(K::UnknownId, [clipped(id)]), known);
        }
    }

    pub(super) fn expectation(&mut self, predicate: &At<Predicate>, path: &str) {
        if self.problems.is_full() {
            return;
        }
        (self.node, self.path) = (predicate.node, path.to_owned());
        match &predicate.value {
            Predicate::Always(timed) | Predicate::Eventually(timed) | Predicate::Never(timed) => {
                let Timed { what, after, .. } = timed;
                self.predicate(what);
                if let Some(after) = after {
                    self.after(after);
                }
            }
            Predicate::Violated(violated) => self.check(&violated.check),
            _ => self.statement(predicate, path),
        }
    }

    /// What can be said of a moment.
    pub(super) fn statement(&mut self, predicate: &At<Predicate>, path: &str) {
        if self.problems.is_full() {
            return;
        }
        (self.node, self.path) = (predicate.node, path.to_owned());
        if let Some(name) = predicate.temporal() {
            self.flaw(Phrase::new(K::Temporal, [Arg::Name(name.into())]));
        }
        self.predicate(predicate);
    }

    pub(super) fn predicate(&mut self, predicate: &Predicate) {
        if self.problems.is_full() {
            return;
        }
        match predicate {
            Predicate::Leader(LeaderOf { of, is }) => {
                self.leads(of);
                if let Some(is) = is {
                    self.name(is);
                }
            }
            Predicate::NoLeader(of) => self.leads(of),
            Predicate::Count(Count { select, of, is, at_least, at_most }) => {
                self.selector(select, of.as_ref());
                self.bound(is.or(*at_least).or(*at_most));
            }
            Predicate::Fact(Fact { of, name, member, is, at_least, at_most }) => {
                if let Some(system) = self.system(of)
                    && !system.group.facts().contains(&&**name)
                {
                    self.wrong(name, K::UnknownFact, Some(system.group.facts().to_vec()));
                }
                if let Some(member) = member {
                    self.target(member);
                }
                self.bound(is.or(*at_least).or(*at_most));
            }
            Predicate::Value(value) => {
                if let Some(system) = self.system(&value.of)
                    && !system.group.stores()
                {
                    self.wrong_of(&value.of, K::KeepsNoKeys);
                }
                if let Some(member) = &value.member {
                    self.name(member);
                }
            }
            Predicate::Chosen(chosen) => {
                if let Some(system) = self.system(&chosen.of)
                    && !system.group.chooses()
                {
                    self.wrong_of(&chosen.of, K::ChoosesNothing);
                }
                if let Some(member) = &chosen.member {
                    self.name(member);
                }
            }
            Predicate::After(id) => self.after(id),
            Predicate::Checks(check) if &**check != "all" => self.check(check),
            Predicate::All(all) | Predicate::Any(all) => {
                if all.is_empty() {
                    self.flaw(Phrase::bare(K::NothingExpected));
                }
                all.iter().for_each(|inner| self.predicate(inner));
            }
            Predicate::Not(inner) => self.predicate(inner),
            _ => {}
        }
    }

    fn leads(&mut self, of: &Arc<str>) {
        if let Some(system) = self.system(of)
            && !system.group.selectors().contains(&"leader")
        {
            self.wrong_of(of, K::LeadsNot);
        }
    }

    fn bound(&mut self, bound: Option<u64>) {
        if bound.is_none() {
            self.flaw(Phrase::bare(K::NeedsBound));
        }
    }

    fn after(&mut self, id: &Arc<str>) {
        if !self.ids.contains_key(id) && !self.problems.is_full() {
            let ids = self.ids.clone();
            let known = ids.keys().map(|id| &**id).collect();
            self.misnamed(id, Phrase::new(K::UnknownStep, [clipped(id)]), known);
        }
    }

    /// A system, or `system/check`.
    fn check(&mut self, check: &Arc<str>) {
        let Some((of, name)) = check.split_once('/') else {
            self.system(check);
            return;
        };
        let Some(system) = self.systems.iter().find(|system| &*system.name == of) else {
            let known = self.systems.iter().filter(|s| !s.implicit).map(|s| &*s.name).collect::<Vec<_>>();
            self.wrong(check, K::UnknownSystem, Some(known));
            return;
        };
        if self.checked.contains(check) {
            return;
        }
        let checks = system.group.checks(0);
        let invariants: Vec<_> = checks.iter().flat_map(|check| check.invariants()).collect();
        if invariants.iter().any(|known| known.name == name) {
            self.checked.insert(check.clone());
        } else {
            let known: Vec<String> = invariants.iter().map(|known| format!("{of}/{}", known.name)).collect();
            self.wrong(check, K::UnknownCheck, Some(known.iter().map(String::as_str).collect()));
        }
    }
}

/// Each once, in the order in which they come: many systems may know the same few.
fn distinct<'n>(names: impl IntoIterator<Item = &'n str>) -> Vec<&'n str> {
    let mut once: Vec<&str> = Vec::new();
    for name in names {
        if !once.contains(&name) {
            once.push(name);
        }
    }
    once
}

type Ids = LiteMap<Arc<str>, (u64, bool)>;

/// The timeline's ids, and the lines whose id is taken by an earlier one, or by the word for all of them.
fn ids(file: &File) -> (Ids, Vec<usize>) {
    let mut named: Vec<(&Arc<str>, usize)> = Vec::new();
    for (at, step) in file.timeline.iter().enumerate() {
        named.extend(step.id.as_ref().map(|id| (&id.value, at)));
    }
    few::sort(&mut named);
    let (mut ids, mut taken) = (Ids::new(), Vec::new());
    for (id, at) in named {
        let step = &file.timeline[at];
        let entry = (step.at.0.0, step.command.value.is_fault());
        if ids.insert(id.clone(), entry).is_some() || &**id == "all" {
            taken.push(at);
        }
    }
    few::sort(&mut taken);
    (ids, taken)
}

/// The first two scalars of this text in or below a node, with the paths down to them.
fn collect(doc: &Doc, node: NodeId, wanted: &str, path: &mut String, found: &mut Vec<(NodeId, String)>) {
    use crate::text::Shape;
    if found.len() > 1 {
        return;
    }
    let length = path.len();
    match doc.shape(node) {
        Shape::Scalar { text, .. } if &**text == wanted => found.push((node, path.clone())),
        Shape::Scalar { .. } => {}
        Shape::List(items) => {
            for (at, item) in items.iter().enumerate() {
                if found.len() > 1 {
                    return; // the path does not matter any more
                }
                let _ = write!(path, "[{at}]"); // a string takes it all
                collect(doc, *item, wanted, path, found);
                path.truncate(length);
            }
        }
        Shape::Map(entries) => {
            for (key, value) in entries {
                path.push('.');
                path.push_str(doc.text(*key).map_or("", |text| text));
                collect(doc, *value, wanted, path, found);
                path.truncate(length);
            }
        }
    }
}
