//! From a file's text to a validated scenario: every name resolved, every size bounded, every problem with its place.

use super::hosts::Cluster;
use super::model::{API_VERSION, Count, File, System as Declaration};
use super::names::Names;
use super::predicate::Predicate;
use super::{Expectation, Moment, Scenario, System, claim, comparison, lesson};
use crate::kernel::DiskSpec;
use crate::process::{Arg, Phrase, Span, Time, few};
use crate::system::{Declared, Group, Planned, SystemKind, Target};
use crate::text::typed::{At, typed};
use crate::text::{Doc, NodeId, Problem, Problems, Shape, clipped, nearest};
use crate::words::scenario::ScenarioKey as K;
use std::sync::Arc;

/// Every kind of system there is.
pub type Kinds = &'static [&'static dyn SystemKind];

/// Most hosts a file may declare, members' own included, and most members of all its systems.
pub(super) const MAX_HOSTS: usize = 2_000;
/// Most systems.
const MAX_SYSTEMS: usize = 200;
/// Most links between zones.
const MAX_ZONE_LINKS: usize = 1_000;
/// Most lines of a timeline, and most expectations.
const MAX_LINES: usize = 10_000;
/// How long a run is if the file says nothing.
const USUAL_LENGTH: Span = Span::secs(30);
/// How many events a run may have if the file says nothing, and at most.
const USUAL_BUDGET: u64 = 10_000_000;
const MAX_BUDGET: u64 = 10_000_000_000;

/// Reads a text that has been parsed.
pub(super) fn read(text: &str, doc: Doc, kinds: Kinds) -> Result<Scenario, Vec<Problem>> {
    let mut reader = Reader { doc: &doc, problems: Problems::default() };
    let (root, objects) = reader.documents()?;
    if doc.get(root, "kind").and_then(|kind| doc.text(kind)).is_some_and(|kind| &**kind == comparison::KIND) {
        let warnings = reader.problems.end()?;
        return comparison::read(text, doc, root, kinds, (warnings, objects));
    }
    let file: File = typed(&doc, root, "").map_err(|problem| vec![hinted(problem, &doc, root, kinds)])?;
    let scenario = reader.scenario(text, &file, kinds);
    let warnings = reader.problems.end()?;
    let mut scenario = scenario.ok_or_else(|| vec![Problem::whole(Phrase::bare(K::NoScenario))])?;
    scenario.warnings = warnings;
    scenario.objects = objects;
    scenario.doc = Arc::new(doc);
    Ok(scenario)
}

pub(super) struct Reader<'a> {
    pub(super) doc: &'a Doc,
    pub(super) problems: Problems,
}

/// A problem at a node.
pub(super) fn problem(doc: &Doc, node: NodeId, path: &str, phrase: Phrase, near: Option<&str>) -> Problem {
    let spot = doc.spot(node);
    Problem {
        line: spot.line,
        column: spot.column,
        length: spot.length.max(1),
        path: path.into(),
        phrase,
        nearest: near.map(Arc::from),
        warning: false,
    }
}

/// What a command does not know though an order of one of the file's systems does: the same with the way to say it.
fn hinted(mut found: Problem, doc: &Doc, root: NodeId, kinds: Kinds) -> Problem {
    let Some(Arg::Name(name)) = found.phrase.args.first().cloned() else { return found };
    let systems = match doc.get(root, "systems").map(|systems| doc.shape(systems)) {
        Some(Shape::List(systems)) => systems.as_slice(),
        _ => &[],
    };
    let is_here = |kind: &&&dyn SystemKind| {
        let of = |system: &NodeId| doc.get(*system, "kind").and_then(|kind| doc.text(kind));
        systems.iter().filter_map(of).any(|named| **named == *kind.kind())
    };
    let mut orders = kinds.iter().filter(is_here).flat_map(|kind| kind.orders());
    let verb = found.path.rsplit('.').nth(1).unwrap_or_default();
    if found.phrase.key == K::UnknownField.into() {
        if orders.any(|(known, arguments)| *known == verb && arguments.takes(&name).is_some()) {
            found.phrase.key = K::FieldOfOrder.into();
            found.phrase.args.push(Arg::Name(verb.into()));
            found.nearest = None;
        }
    } else if found.phrase.key == K::UnknownName.into()
        && (found.path.ends_with(".do") || found.path.contains(".command"))
        && orders.any(|(known, _)| **known == *name)
    {
        found.phrase.key = K::CommandOfOrder.into();
        found.nearest = None;
    }
    found
}

/// A list of names as an argument.
pub(super) fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> Arg {
    list_of(&mut names.into_iter())
}

fn list_of(names: &mut dyn Iterator<Item = &str>) -> Arg {
    Arg::List(names.map(clipped).collect())
}

pub(super) fn is_name(name: &str) -> bool {
    name.len() <= 40
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}

impl<'a> Reader<'a> {
    pub(super) fn add(&mut self, node: NodeId, path: &str, phrase: Phrase, near: Option<&str>) {
        self.problems.add(problem(self.doc, node, path, phrase, near));
    }

    /// The one scenario among the documents, and the other objects.
    fn documents(&mut self) -> Result<(NodeId, Vec<NodeId>), Vec<Problem>> {
        let (mut scenario, mut objects): (Option<NodeId>, Vec<NodeId>) = (None, Vec::new());
        for &root in self.doc.roots() {
            let kind = self.doc.get(root, "kind").and_then(|kind| self.doc.text(kind));
            match kind.map(|kind| &**kind) {
                Some("Scenario" | comparison::KIND) => match scenario {
                    None => scenario = Some(root),
                    Some(first) => {
                        let line = Arg::Number(u64::from(self.doc.spot(first).line));
                        self.add(root, "", Phrase::new(K::TwoScenarios, [line]), None);
                    }
                },
                Some(found) if self.doc.is_seeking() && self.seeks_kind(root) => {
                    self.add(
                        root,
                        "kind",
                        Phrase::new(K::UnknownKind, [clipped(found), list(["Scenario", comparison::KIND])]),
                        None,
                    );
                }
                Some(kind) => {
                    let found =
                        problem(self.doc, root, "", Phrase::new(K::NotUsedYet, [clipped(kind)]), None);
                    self.problems.add(Problem { warning: true, ..found });
                    objects.push(root);
                }
                None if self.doc.is_null(root) => {}
                // It may be about to become one.
                None if self.doc.is_seeking() && scenario.is_none() => scenario = Some(root),
                None => self.add(root, "", Phrase::bare(K::NotAnObject), None),
            }
        }
        if scenario.is_none() && !self.problems.any() {
            self.nothing_to_read(&objects);
        }
        match scenario {
            Some(scenario) if !self.problems.any() => Ok((scenario, objects)),
            _ => Err(std::mem::take(&mut self.problems).end().err().unwrap_or_default()),
        }
    }

    /// Is it asked what kind of document this is?
    fn seeks_kind(&self, root: NodeId) -> bool {
        self.doc.get(root, "kind").is_some_and(|kind| self.doc.seeks(kind))
    }

    fn scenario(&mut self, text: &str, file: &File, kinds: Kinds) -> Option<Scenario> {
        if &*file.api_version.value != API_VERSION {
            let args = [clipped(&file.api_version), clipped(API_VERSION)];
            self.add(
                file.api_version.node,
                "apiVersion",
                Phrase::new(K::ApiVersion, args),
                Some(API_VERSION),
            );
        }
        self.called(&file.metadata.name, "metadata.name");
        let budget = file.budget.unwrap_or(USUAL_BUDGET).clamp(1, MAX_BUDGET);
        let until = Time::ZERO + file.until.as_ref().map_or(USUAL_LENGTH, |until| until.0);
        let mut cluster = Cluster::default();
        let systems = self.systems(file, kinds, &mut cluster)?;
        let (default_link, zone_links) = self.links(&file.network, &cluster);
        let disk =
            file.disk.sync.as_ref().map_or_else(DiskSpec::default, |sync| DiskSpec { sync: sync.kernel() });
        self.hosts(file, &mut cluster, &disk);
        let Told { timeline, expectations, lesson } = self.story(file, &systems, &cluster, until);
        Some(Scenario {
            name: file.metadata.name.value.clone(),
            title: file.metadata.title.clone(),
            story: file.metadata.story.clone(),
            text: text.into(),
            seed: file.seed.unwrap_or(1),
            until,
            says_until: file.until.is_some(),
            budget,
            systems,
            hosts: cluster.hosts,
            default_link,
            zone_links,
            disk,
            timeline,
            expectations,
            lesson,
            warnings: Vec::new(),
            objects: Vec::new(),
            doc: Arc::default(),
            sides: Arc::default(),
            measured: None,
        })
    }

    /// No document is a scenario: perhaps one was to be.
    fn nothing_to_read(&mut self, objects: &[NodeId]) {
        let known = ["Scenario", comparison::KIND];
        for object in objects {
            let Some(kind) = self.doc.get(*object, "kind") else { continue };
            let found = self.doc.text(kind).map_or("", |kind| kind);
            if let Some(near) = nearest(found, known) {
                let phrase = Phrase::new(K::UnknownName, [clipped(found), list(known)]);
                self.add(kind, "kind", phrase, Some(near));
                return;
            }
        }
        let whole = Problem::whole(Phrase::bare(K::NoScenario));
        let place = objects.first().map(|object| self.doc.spot(*object));
        self.problems.add(match place {
            Some(spot) => Problem { line: spot.line, column: spot.column, ..whole },
            None => whole,
        });
    }

    pub(super) fn called(&mut self, name: &At<Arc<str>>, path: &str) {
        if !is_name(name) {
            self.add(name.node, path, Phrase::new(K::BadName, [clipped(name)]), None);
        }
    }

    fn systems(&mut self, file: &File, kinds: Kinds, cluster: &mut Cluster) -> Option<Vec<System>> {
        if file.systems.is_empty() {
            self.problems.add(Problem::whole(Phrase::bare(K::NoSystems)));
        }
        self.at_most(MAX_SYSTEMS, file.systems.len(), "systems")?;
        self.at_most(MAX_HOSTS, file.hosts.len(), "hosts")?;
        self.at_most(MAX_ZONE_LINKS, file.network.zones.len(), "network.zones")?;
        for host in &file.hosts {
            self.called(&host.name, "hosts");
            self.zone(&host.zone, host.name.node, "hosts");
        }
        let mut outlines = Vec::new();
        for (at, declaration) in file.systems.iter().enumerate() {
            let path = format!("systems[{at}]");
            if let Some(outline) = self.outline(declaration, &path, kinds, cluster, &outlines) {
                outlines.push(outline);
            }
        }
        if self.problems.any() {
            return None;
        }
        let mut systems: Vec<System> = Vec::new();
        for (number, outline) in outlines.into_iter().enumerate() {
            let system = self.plan(number as u16, outline, &systems)?;
            systems.push(system);
        }
        self.consoles(kinds, &mut systems, cluster);
        Some(systems)
    }

    /// Everything of a system that does not depend on its kind's own part.
    fn outline<'f>(
        &mut self,
        declaration: &'f At<Declaration>,
        path: &str,
        kinds: Kinds,
        cluster: &mut Cluster,
        before: &[Outline<'f>],
    ) -> Option<Outline<'f>> {
        let system = &declaration.value;
        self.called(&system.name, &format!("{path}.name"));
        self.zone(system.zones.iter().flatten(), declaration.node, &format!("{path}.zones"));
        if before.iter().any(|other| other.system.name.value == system.name.value) {
            let phrase = Phrase::new(K::NameTaken, [clipped(&system.name)]);
            self.add(system.name.node, &format!("{path}.name"), phrase, None);
        }
        let Some(kind) = kinds.iter().copied().find(|kind| *kind.kind() == *system.kind.value) else {
            let known = || kinds.iter().map(|kind| kind.kind());
            let phrase = Phrase::new(K::UnknownKind, [clipped(&system.kind), list(known())]);
            let near = nearest(&system.kind, known());
            self.add(system.kind.node, &format!("{path}.kind"), phrase, near);
            return None;
        };
        let target = self.target(system, kind, path, before)?;
        let first = !before.iter().any(|other| other.kind.members().prefix == kind.members().prefix);
        let names = self.member_names(declaration, kind, path, first)?;
        let members = self.place(system, path, names, cluster)?;
        self.without(system, kind, path);
        Some(Outline { declaration, system, kind, path: path.to_owned(), members, target })
    }

    fn target(
        &mut self,
        system: &Declaration,
        kind: &'static dyn SystemKind,
        path: &str,
        before: &[Outline<'_>],
    ) -> Option<Option<u16>> {
        let wanted = kind.targets();
        let path = format!("{path}.target");
        match &system.target {
            None if wanted.is_empty() => Some(None),
            None => {
                let phrase = Phrase::new(K::NeedsTarget, [clipped(kind.kind())]);
                self.add(system.kind.node, &path, phrase, None);
                None
            }
            Some(target) if wanted.is_empty() => {
                self.add(target.node, &path, Phrase::new(K::TakesNoTarget, [clipped(kind.kind())]), None);
                None
            }
            Some(target) => {
                let Some(number) = before.iter().position(|other| other.system.name.value == target.value)
                else {
                    let known = || before.iter().map(|other| &**other.system.name);
                    let phrase = Phrase::new(K::UnknownSystem, [clipped(target), list(known())]);
                    let near = nearest(target, known());
                    self.add(target.node, &path, phrase, near);
                    return None;
                };
                let found = before[number].kind.kind();
                if !wanted.contains(&found) {
                    let args = [clipped(kind.kind()), clipped(found), list(wanted.iter().copied())];
                    self.add(target.node, &path, Phrase::new(K::WrongTarget, args), None);
                    return None;
                }
                Some(Some(number as u16))
            }
        }
    }

    /// What members are called: as the file says, else `n1`, `n2`, … for the first system of its prefix, and
    /// `shop-1`, `shop-2`, … for later ones.
    fn member_names(
        &mut self,
        declaration: &At<Declaration>,
        kind: &'static dyn SystemKind,
        path: &str,
        first: bool,
    ) -> Option<Vec<(Arc<str>, NodeId)>> {
        let (system, bounds) = (&declaration.value, kind.members());
        let (field, count) = match (&system.members, &system.count) {
            (Some(_), Some(count)) => {
                self.add(count.node, &format!("{path}.count"), Phrase::bare(K::CountTwice), None);
                return None;
            }
            (Some(members), None) => ("members", Some(members)),
            (None, count) => ("count", count.as_ref()),
        };
        let node = count.map_or(declaration.node, |count| count.node);
        let path = format!("{path}.{field}");
        let number = match count.map(|count| &count.value) {
            None => system.names.as_ref().map_or(u64::from(bounds.usual), |names| names.len() as u64),
            Some(Count::Number(number)) => *number,
            Some(Count::Names(names)) => names.len() as u64,
        };
        if count.is_none() && system.names.is_none() && bounds.usual < bounds.least {
            let missing = Phrase::new(K::MissingField, [Arg::Name("members".into())]);
            self.add(node, path.trim_end_matches(".count"), missing, None);
            return None;
        }
        if number > u64::from(bounds.most) || number < u64::from(bounds.least) {
            let (key, limit) = if number > u64::from(bounds.most) {
                (K::TooMany, bounds.most)
            } else {
                (K::TooFew, bounds.least)
            };
            self.add(
                node,
                &path,
                Phrase::new(key, [Arg::Number(number), Arg::Number(u64::from(limit))]),
                None,
            );
            return None;
        }
        if let (Some(names), count) = (&system.names, count) {
            if count.is_some() && names.len() as u64 != number {
                let args = [Arg::Number(names.len() as u64), Arg::Number(number)];
                self.add(names.node, &path, Phrase::new(K::NamesDiffer, args), None);
                return None;
            }
            return Some(names.iter().map(|name| (name.value.clone(), name.node)).collect());
        }
        Some(match count.map(|count| &count.value) {
            Some(Count::Names(names)) => names.iter().map(|name| (name.clone(), node)).collect(),
            _ if first => (1..=number).map(|n| (format!("{}{n}", bounds.prefix).into(), node)).collect(),
            _ => (1..=number).map(|n| (format!("{}-{n}", &**system.name).into(), node)).collect(),
        })
    }

    fn without(&mut self, system: &Declaration, kind: &'static dyn SystemKind, path: &str) {
        let rules = kind.rules();
        for (at, name) in system.without.iter().enumerate() {
            if !self.problems.is_full() && !rules.iter().any(|rule| rule.name == &*name.value) {
                let known = || rules.iter().map(|rule| rule.name);
                let phrase = Phrase::new(K::UnknownRule, [clipped(name), list(known())]);
                self.add(name.node, &format!("{path}.without[{at}]"), phrase, nearest(name, known()));
            }
        }
    }

    fn plan(&mut self, number: u16, outline: Outline<'_>, before: &[System]) -> Option<System> {
        let Outline { declaration, system, kind, path, members, target } = outline;
        let declared = Declared {
            doc: self.doc,
            name: system.name.value.clone(),
            number,
            node: declaration.node,
            path,
            members: members.clone(),
            spec: system.spec.map(|raw| raw.0),
            initial: system.initial.map(|raw| raw.0),
            without: system.without.clone(),
            target: target.map(|number| target_of(number, before)),
        };
        match kind.plan(&declared) {
            Ok(group) => {
                let rules = kind.rules().iter().map(|rule| rule.name).collect();
                let name = declared.name;
                Some(System { name, kind: kind.kind(), group, rules, members, target, implicit: false })
            }
            Err(problems) => {
                problems.into_iter().for_each(|problem| self.problems.add(problem));
                None
            }
        }
    }

    /// A system that takes requests gets a console to put them by: `you`, a process that starts at its first use.
    fn consoles(&mut self, kinds: Kinds, systems: &mut Vec<System>, cluster: &mut Cluster) {
        for number in 0..systems.len() as u16 {
            let Some(kind) = systems[usize::from(number)].group.console() else { continue };
            let Some(kind) = kinds.iter().copied().find(|known| known.kind() == kind) else { continue };
            let plain = !systems.iter().any(|system| &*system.name == "you");
            let name: Arc<str> = if plain {
                "you".into()
            } else {
                format!("you-{}", systems[usize::from(number)].name).into()
            };
            if systems.iter().any(|system| system.name == name) || cluster.processes.contains_key(&name) {
                continue;
            }
            let declared = Declared {
                doc: self.doc,
                name: name.clone(),
                number: systems.len() as u16,
                node: self.doc.roots()[0],
                path: String::new(),
                members: Vec::new(),
                spec: None,
                initial: None,
                without: Vec::new(),
                target: Some(target_of(number, systems)),
            };
            if let Ok(group) = kind.plan(&declared) {
                let (members, target) = (Vec::new(), Some(number));
                let rules = Vec::new();
                systems.push(System {
                    name,
                    kind: kind.kind(),
                    group,
                    rules,
                    members,
                    target,
                    implicit: true,
                });
            }
        }
    }

    /// The timeline, what is expected of it and what is taught by it, every name in them known.
    fn story(&mut self, file: &File, systems: &[System], cluster: &Cluster, until: Time) -> Told {
        for (lines, path) in [(file.timeline.len(), "timeline"), (file.expect.len(), "expect")] {
            if self.at_most(MAX_LINES, lines, path).is_none() {
                return Told::default();
            }
        }
        let mut names =
            Names::new(self.doc, systems, cluster.known(), file, std::mem::take(&mut self.problems));
        let mut timeline = Vec::new();
        for (at, step) in file.timeline.iter().enumerate() {
            let path = format!("timeline[{at}]");
            let time = Time::ZERO + step.at.0;
            if time > until {
                let end = crate::text::Duration(until - Time::ZERO);
                let args = [clipped(&step.at.to_string()), clipped(&end.to_string())];
                let phrase = Phrase::new(K::AfterEnd, args);
                names.problems.add(problem(self.doc, step.at.node, &format!("{path}.at"), phrase, None));
            }
            names.command(step, &path);
            let id = step.id.as_ref().map(|id| id.value.clone());
            let line = self.doc.spot(step.node).line;
            timeline.push(Moment { at: time, id, command: step.command.value.clone(), line });
        }
        for (at, predicate) in file.expect.iter().enumerate() {
            names.expectation(predicate, &format!("expect[{at}]"));
        }
        let lesson = lesson::read::read(&mut names, &file.lesson);
        let times = |id: &Arc<str>| names.time(id);
        let back = claim::Background { systems, times: &times };
        let expectation = |predicate: &At<Predicate>| Expectation {
            predicate: predicate.value.clone(),
            text: predicate.value.to_string().into(),
            claim: claim::expected(predicate, back),
            line: self.doc.spot(predicate.node).line,
        };
        let sound = !names.problems.any();
        let expectations = if sound { file.expect.iter().map(expectation).collect() } else { Vec::new() };
        self.problems = names.problems;
        Told { timeline: in_order(timeline), expectations, lesson }
    }

    /// Refuses what a file has more of than is bounded.
    pub(super) fn at_most(&mut self, most: usize, number: usize, path: &str) -> Option<()> {
        if number <= most {
            return Some(());
        }
        let args = [Arg::Number(number as u64), Arg::Number(most as u64)];
        self.problems.add(Problem { path: path.into(), ..Problem::whole(Phrase::new(K::TooMany, args)) });
        None
    }
}

/// By time; of one time, as written.
fn in_order(timeline: Vec<Moment>) -> Vec<Moment> {
    let mut order: Vec<(u64, u32)> = timeline.iter().zip(0..).map(|(moment, at)| (moment.at.0, at)).collect();
    few::sort(&mut order);
    let mut moments: Vec<Option<Moment>> = timeline.into_iter().map(Some).collect();
    order.into_iter().filter_map(|(_, at)| moments[at as usize].take()).collect()
}

fn target_of(number: u16, systems: &[System]) -> Target<'_> {
    let system = &systems[usize::from(number)];
    let group: &Arc<dyn Group> = &system.group;
    Target { number, group, members: &system.members }
}

/// What a scenario tells beside who is in it.
#[derive(Default)]
struct Told {
    timeline: Vec<Moment>,
    expectations: Vec<Expectation>,
    lesson: Vec<lesson::Step>,
}

/// A system before its kind has read its part.
struct Outline<'f> {
    declaration: &'f At<Declaration>,
    system: &'f Declaration,
    kind: &'static dyn SystemKind,
    path: String,
    members: Vec<Planned>,
    target: Option<u16>,
}
