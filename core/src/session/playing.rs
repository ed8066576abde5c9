//! One scenario being played: the run at the place shown, its history, and going about in it.

use super::api::{ScenarioInfo, SeekTo, Stopped};
use super::chronicle::{Chronicle, Scribe};
use super::commands::Hands;
use super::compare::Beside;
use super::export::Exporting;
use super::going::{Breakpoint, Search, Seen};
use super::history::{Anchored, Bounds, History, Reached, Replay, Target};
use super::share::Opening;
use super::shown::violation_view;
use super::sides::{self, Aside};
use super::tell::Groups;
use super::trace::{Trace, Tracer};
use crate::kernel::Observer;
use crate::process::few;
use crate::process::{Arg, Phrase, ProcessId, Shape, Time};
use crate::scenario::command::Command;
use crate::scenario::{Broken, Run, Scenario, Step};
use crate::view::{EventLine, Mark, MarkKind, Place};
use crate::words::Key;
use crate::words::session::SessionKey as K;
use litemap::LiteMap;
use std::sync::Arc;

/// Most events kept in full.
pub const WINDOW: usize = 16_384;
/// Most events taken for one request.
pub const MOST_EVENTS: u64 = 4_000_000;
/// How many events before the place shown are kept in full after a leap.
pub(super) const KEPT: u64 = 256;
/// About how many bytes a checkpoint holds for a message on its way.
const PAYLOAD: usize = 128;

impl Replay for Run {
    type Command = Arc<Command>;
    fn place(&self) -> Place {
        Run::place(self)
    }
    /// The scenario's end is no end: what happens after it can be watched too.
    fn step_until(&mut self, limit: Time, observers: &mut [&mut dyn Observer]) -> bool {
        match Run::step_until(self, limit, observers) {
            // What breaks a check is an event too; whoever plays stops there, whoever seeks does not.
            Step::Event | Step::Violation(_) => true,
            Step::End => {
                matches!(Run::step_until(self, limit, observers), Step::Event | Step::Violation(_))
            }
            Step::Later | Step::Quiet | Step::Budget => false,
        }
    }
    fn advance_to(&mut self, at: Time) {
        Run::advance_to(self, at);
    }
    fn act(&mut self, command: &Arc<Command>, observers: &mut [&mut dyn Observer]) -> Result<(), Phrase> {
        Run::act(self, command, observers).map(drop)
    }
    fn weight(&self) -> u64 {
        let world = self.world();
        let beside = self.checks_weight() + self.measure_weight();
        (world.heap_estimate() + world.in_flight().count() * PAYLOAD + beside) as u64
    }
    fn is_whole(&self) -> bool {
        !self.recalls()
    }
}

/// Where a scenario came from, for a link.
#[derive(Clone, Debug, PartialEq)]
pub enum Origin {
    /// The library, by name.
    Library(Arc<str>),
    /// Its text alone.
    Text,
}

/// One scenario being played.
pub struct Playing {
    pub(super) scenario: Arc<Scenario>,
    pub(super) origin: Origin,
    pub(super) groups: Vec<Arc<dyn crate::system::Group>>,
    pub(super) history: History<Run>,
    pub(super) chronicles: Vec<Chronicle>,
    /// The branch shown.
    pub(super) branch: u32,
    /// The run at the place shown.
    pub(super) run: Run,
    pub(super) trace: Trace,
    /// Processes whose names were told.
    pub(super) told: few::Set<ProcessId>,
    /// A link that is being opened.
    pub(super) opening: Option<Opening>,
    /// What is being written of it for another tool.
    pub(super) exporting: Option<Box<Exporting>>,
    /// Another branch, compared with the one shown.
    pub(super) beside: Option<Beside>,
    /// Events found for explanations, on the branch shown.
    pub(super) found: LiteMap<(ProcessId, u64), EventLine>,
    /// What was undone, and what was made by editing.
    pub(super) hands: Hands,
    /// Where playing stops.
    pub(super) stops: Vec<Breakpoint>,
    /// Where looking back for an event had got to.
    pub(super) search: Option<Search>,
    /// The other sides, if this is the first one of a comparison.
    pub(super) asides: Vec<Aside>,
}

/// Stops where more checks have broken that were not expected to.
pub(super) fn breaks(before: usize) -> impl FnMut(&Run) -> bool {
    move |run| {
        let broken = run.all_broken();
        broken.len() > before && broken[before..].iter().any(|broken| !broken.expected)
    }
}

impl Playing {
    /// Starts a scenario.
    pub fn new(scenario: Scenario, origin: Origin) -> Self {
        let bounds = sides::bounds(scenario.sides.len());
        let asides = sides::asides(&scenario);
        Playing { asides, ..Playing::alone(Arc::new(scenario), origin, bounds) }
    }

    /// Starts a scenario with nothing beside it.
    pub(super) fn alone(scenario: Arc<Scenario>, origin: Origin, bounds: Bounds) -> Self {
        let run = Run::new(scenario.clone());
        Playing {
            groups: scenario.systems.iter().map(|system| system.group.clone()).collect(),
            scenario,
            origin,
            history: History::new(&run, bounds),
            chronicles: vec![Chronicle::default()],
            branch: 0,
            run,
            trace: Trace::new(0, WINDOW),
            told: few::Set::default(),
            opening: None,
            exporting: None,
            beside: None,
            found: LiteMap::new(),
            hands: Hands::default(),
            stops: Vec::new(),
            search: None,
            asides: Vec::new(),
        }
    }

    /// The branch shown ends where this run stands: what came after it is forgotten.
    pub(super) fn forget_from(&mut self, run: Run) {
        let place = run.place();
        if let Some(chronicle) = self.chronicles.get_mut(self.branch as usize) {
            *chronicle = chronicle.until(place);
        }
        self.trace.cut(place.ordinal);
        self.found.clear();
        self.run = run;
    }

    /// The scenario, for people.
    pub fn info(&mut self) -> ScenarioInfo {
        let scenario = &self.scenario;
        let goals = scenario.systems.iter().flat_map(|system| system.group.goals());
        let names = self.run.world().process_names().map(|(id, name, _)| (id, name.clone()));
        let names: Vec<_> = names.collect();
        for (id, _) in &names {
            self.told.insert(*id);
        }
        ScenarioInfo {
            name: scenario.name.clone(),
            title: scenario.title.clone(),
            story: scenario.story.clone(),
            text: scenario.text.clone(),
            library: matches!(self.origin, Origin::Library(_)),
            seed: scenario.seed,
            systems: self.groups.iter().map(|group| (group.name().into(), group.kind().into())).collect(),
            shapes: shapes(&self.groups),
            names,
            until: scenario.says_until.then_some(scenario.until),
            goals: goals.chain(super::going::goals()).collect(),
            lesson: self.lesson_info(),
            sides: sides::infos(scenario),
            warnings: scenario.warnings.clone(),
        }
    }

    pub(super) fn place(&self) -> Place {
        self.run.place()
    }

    /// How far the branch shown was simulated.
    pub(super) fn head(&self) -> Place {
        self.history.branch(self.branch).map_or(self.place(), |branch| branch.head)
    }

    /// How far the branch shown goes, as far as is known: it may come from elsewhere, and not be simulated up to there yet.
    pub(super) fn reach(&self) -> Place {
        self.history.branch(self.branch).map_or(self.place(), |branch| branch.reach())
    }

    pub(super) fn chronicle(&self) -> &Chronicle {
        &self.chronicles[self.branch as usize]
    }

    /// Brings the run shown on. What is new goes into the chronicle; `traced` events are kept in full.
    pub(super) fn go(
        &mut self,
        target: Target,
        budget: &mut u64,
        traced: bool,
        watch: &mut dyn FnMut(&Run) -> bool,
    ) -> Reached {
        self.go_seen(target, budget, traced, Seen::default(), watch)
    }

    /// The same, with somebody who sees what there is on the way.
    pub(super) fn go_seen(
        &mut self,
        target: Target,
        budget: &mut u64,
        traced: bool,
        seen: Seen<'_>,
        watch: &mut dyn FnMut(&Run) -> bool,
    ) -> Reached {
        let known = self.is_known(target);
        if !known {
            self.be_whole();
        }
        let Playing { history, chronicles, groups, trace, run, branch, .. } = self;
        let mut scribe = Scribe { chronicle: &mut chronicles[*branch as usize], groups, marked: seen.marked };
        let mut tracer = Tracer { trace, groups };
        // Known ground needs no chronicle; but the way may lead beyond it.
        let mut both: Vec<&mut dyn Observer> = vec![&mut scribe];
        if traced {
            both.push(&mut tracer);
        }
        if let Some(looker) = seen.looker {
            both.push(looker);
        }
        let observers = if known { &mut both[1..] } else { &mut both[..] };
        let reached = history.go(*branch, run, target, budget, observers, watch);
        if reached == Reached::Halted {
            history.ends(*branch);
        }
        self.mark_violations();
        self.mark_steps();
        reached
    }

    /// Does the way to the target lie in what was simulated before?
    pub(super) fn is_known(&self, target: Target) -> bool {
        let Some(head) = self.history.branch(self.branch).map(|branch| branch.head) else { return false };
        match target {
            Target::Ordinal(ordinal) => ordinal <= head.ordinal,
            Target::Place(place) => place.ordinal <= head.ordinal && place.at <= head.at,
            Target::Time(at) => at < head.at,
        }
    }

    /// A run at or before a target in known ground, which only recalls what breaks.
    pub(super) fn recalled_before(&self, branch: u32, target: Target) -> Option<Run> {
        let mut run = self.history.before(branch, target)?;
        run.recall(self.chronicles.get(branch as usize)?.broken.clone());
        Some(run)
    }

    /// Where to begin from on the way to a target: whole where the way leads into new ground.
    pub(super) fn nearest(&self, target: Target) -> Option<Run> {
        if self.is_known(target) {
            self.recalled_before(self.branch, target)
        } else {
            self.history.whole_before(self.branch, target)
        }
    }

    /// The run shown is to go where nobody has been: its checks must have seen everything.
    fn be_whole(&mut self) {
        if self.run.is_whole() {
            return;
        }
        let here = Target::Place(self.place());
        if let Some(mut run) = self.history.whole_before(self.branch, here) {
            self.history.go(self.branch, &mut run, here, &mut u64::MAX.clone(), &mut [], &mut |_| false);
            self.run = run;
        }
    }

    /// A broken check is a mark, once.
    fn mark_violations(&mut self) {
        let chronicle = &mut self.chronicles[self.branch as usize];
        if self.run.all_broken().len() > chronicle.broken.len() {
            chronicle.broken = self.run.all_broken().into();
        }
        for broken in self.run.all_broken() {
            let is_it = |mark: &Mark| mark.kind == MarkKind::Violation && mark.place == broken.place;
            if !chronicle.marks().iter().any(is_it) {
                let lane = broken.violation.involved.first().copied();
                let phrase = broken.violation.phrase.clone();
                chronicle.mark(Mark { place: broken.place, kind: MarkKind::Violation, lane, phrase });
            }
        }
    }

    /// Why the run does not go on from here.
    pub(super) fn halted(&self) -> Stopped {
        let due = self.run.next_time().or_else(|| self.run.world().next_time());
        if due.is_none() { Stopped::Quiet } else { Stopped::Budget }
    }

    /// Why playing stopped; `broken` is how many checks had broken when it began.
    pub(super) fn stopped(
        &self,
        reached: Reached,
        broken: usize,
        arrived: Option<Stopped>,
    ) -> Option<Stopped> {
        if let Some(broken) = self.newly_broken(broken) {
            return Some(Stopped::Violation(violation_view(broken)));
        }
        match reached {
            Reached::Target => arrived,
            Reached::Budget => Some(Stopped::More),
            Reached::Watched => Some(Stopped::Predicate),
            Reached::Halted => Some(self.halted()),
        }
    }

    /// The first check that broke after so many others and was not expected to.
    fn newly_broken(&self, before: usize) -> Option<&Broken> {
        self.run.all_broken().get(before..)?.iter().find(|broken| !broken.expected)
    }

    /// Up to when to play at most: to the scenario's end, until its expectations are decided; then as far as one likes.
    pub(super) fn horizon(&self, to: Time) -> Time {
        if self.run.is_closed() { to } else { to.min(self.scenario.until) }
    }

    /// One event on.
    pub fn step(&mut self) -> Option<Stopped> {
        let next = self.place().ordinal + 1;
        let broken = self.run.all_broken().len();
        let reached = self.go(Target::Ordinal(next), &mut u64::MAX.clone(), true, &mut |_| false);
        self.settle();
        self.stopped(reached, broken, None)
    }

    /// One event back; where a command came as several events, before all of them.
    pub fn step_back(&mut self) {
        let here = self.place().ordinal;
        let Some(before) = here.checked_sub(1) else { return };
        self.seek_event(before);
        if self.place().ordinal < here {
            return;
        }
        let Some(mut run) = self.recalled_before(self.branch, Target::Ordinal(before)) else { return };
        let mut last = run.place();
        let mut watch = |run: &Run| {
            let place = run.place();
            if place.ordinal < here {
                last = place;
            }
            false
        };
        let target = Target::Ordinal(before);
        self.history.go(self.branch, &mut run, target, &mut u64::MAX.clone(), &mut [], &mut watch);
        self.seek_event(last.ordinal);
    }

    /// To a place of this branch.
    pub fn seek(&mut self, to: SeekTo) {
        let head = self.reach();
        match to {
            SeekTo::Ordinal(ordinal) => self.seek_event(ordinal.min(head.ordinal)),
            SeekTo::Time(at) => self.seek_time(at.min(head.at)),
            SeekTo::End => self.seek_place(head),
            SeekTo::Place(place) => self.seek_place(place.min(head)),
            SeekTo::Mark { back } => {
                self.seek_known_mark(None, back);
            }
        }
    }

    pub(super) fn seek_event(&mut self, ordinal: u64) {
        self.seek_to(Target::Ordinal(ordinal), ordinal);
    }

    pub(super) fn seek_place(&mut self, place: Place) {
        self.seek_to(Target::Place(place), place.ordinal);
    }

    fn seek_to(&mut self, target: Target, ordinal: u64) {
        let nearest = self.nearest(target);
        // The run shown may itself be the nearest before the target; it is not if its clock has gone on since its event.
        let here = self.place().ordinal < ordinal;
        match nearest {
            Some(run) if !here || run.place() > self.place() => self.run = run,
            _ => {}
        }
        let mut budget = self.afforded(target);
        let near = ordinal.saturating_sub(KEPT);
        if self.place().ordinal < near {
            self.go(Target::Ordinal(near), &mut budget, false, &mut |_| false);
        }
        self.go(target, &mut budget, true, &mut |_| false);
        self.settle();
    }

    /// Most events on the way to a target: known ground is bounded by itself, what a file says of a branch is not.
    fn afforded(&self, target: Target) -> u64 {
        if self.is_known(target) { u64::MAX } else { MOST_EVENTS }
    }

    pub(super) fn seek_time(&mut self, at: Time) {
        if let Some(run) = self.nearest(Target::Time(at))
            && (self.place().at >= at || run.place() > self.place())
        {
            self.run = run;
        }
        let mut budget = self.afforded(Target::Time(at));
        if let Some(near) = self.leap(at) {
            self.go(Target::Time(near), &mut budget, false, &mut |_| false);
        }
        self.go(Target::Time(at), &mut budget, true, &mut |_| false);
        self.settle();
    }

    /// The last events before the place shown are known in full.
    pub(super) fn settle(&mut self) {
        let ordinal = self.place().ordinal;
        // What a step or a frame of playing needs is its own event; more is asked for by whoever looks at more.
        self.ensure_traced(ordinal.saturating_sub(1), ordinal);
    }

    /// Derives the events after `from` up to `to` anew, if they are not known in full.
    pub(super) fn ensure_traced(&mut self, from: u64, to: u64) {
        let to = to.min(self.head().ordinal);
        let from = from.max(to.saturating_sub(WINDOW as u64));
        if self.trace.branch == self.branch && self.trace.holds(from, to) {
            return;
        }
        // A little more than asked for, so that the next look finds it there; and no more than is missing at its end.
        let known = self.trace.span().filter(|_| self.trace.branch == self.branch);
        let known = known.filter(|(first, last)| *first <= from + 1 && from <= *last);
        let from = known.map_or(from.min(to.saturating_sub(KEPT)), |(_, last)| last);
        let Some(mut run) = self.recalled_before(self.branch, Target::Ordinal(from)) else { return };
        let mut budget = u64::MAX;
        self.history.go(self.branch, &mut run, Target::Ordinal(from), &mut budget, &mut [], &mut |_| false);
        if known.is_none() {
            self.trace = Trace::new(self.branch, WINDOW);
        }
        let mut tracer = Tracer { trace: &mut self.trace, groups: &self.groups };
        let observers: &mut [&mut dyn Observer] = &mut [&mut tracer];
        self.history.go(self.branch, &mut run, Target::Ordinal(to), &mut budget, observers, &mut |_| false);
    }

    /// Carries out a command at the place shown.
    pub fn act(&mut self, line: &str) -> Result<(), Phrase> {
        super::bounded(line, super::link::LONGEST_COMMAND)?;
        self.be_whole();
        let command = Arc::new(Command::parse(line).map_err(|problem| problem.phrase)?);
        let place = self.place();
        self.trace.cut(place.ordinal);
        let mut chronicle = self.chronicle().until(place);
        let Playing { history, groups, trace, run, branch, .. } = self;
        let mut scribe = Scribe { chronicle: &mut chronicle, groups, marked: None };
        let mut tracer = Tracer { trace, groups };
        let observers: &mut [&mut dyn Observer] = &mut [&mut scribe, &mut tracer];
        match history.act(*branch, run, command, observers) {
            Ok(id) => {
                self.hands.forget_undone();
                self.keep(id, chronicle);
                self.mark_violations();
                self.mark_steps();
                self.settle();
                Ok(())
            }
            Err(phrase) => {
                self.trace.cut(place.ordinal);
                Err(phrase)
            }
        }
    }

    /// Shows a branch that has this chronicle; what was traced up to here is its past too.
    pub(super) fn keep(&mut self, id: u32, chronicle: Chronicle) {
        match self.chronicles.get_mut(id as usize) {
            Some(known) => *known = chronicle,
            None => self.chronicles.push(chronicle),
        }
        if self.branch != id {
            self.found.clear();
        }
        self.beside = None; // it may stand where a command comes now
        (self.branch, self.trace.branch) = (id, id);
    }

    /// Forks here.
    pub fn fork(&mut self, name: Option<Arc<str>>) -> Result<(), Phrase> {
        if let Some(name) = &name {
            super::bounded(name, super::link::LONGEST_NAME)?;
            if !super::tree::is_name(name) {
                return Err(Phrase::bare(K::BadBranchName));
            }
        }
        self.be_whole();
        let place = self.place();
        let id = self.history.fork(self.branch, &self.run, name)?;
        self.hands.forget_undone();
        self.trace.cut(place.ordinal);
        self.keep(id, self.chronicle().until(place));
        Ok(())
    }

    /// Shows another branch, at the same time.
    pub fn switch(&mut self, id: u32) -> Result<(), Phrase> {
        let Some(reach) = self.history.living(id).map(|branch| branch.reach()) else {
            return Err(Phrase::new(K::NoSuchBranch, [Arg::Number(u64::from(id) + 1)]));
        };
        let place = self.place();
        if id != self.branch {
            self.show_branch(id);
            let at = place.at.min(reach.at);
            // The run shown stands on another branch: begin from one that is on this.
            if let Some(run) = self.nearest(Target::Time(at)) {
                self.run = run;
            }
            self.seek_time(at);
        }
        Ok(())
    }

    /// Another branch is the one shown. The run still stands on the one before.
    pub(super) fn show_branch(&mut self, id: u32) {
        self.catch_up(id);
        self.branch = id;
        self.beside = None;
        self.found.clear();
        self.trace = Trace::new(id, WINDOW);
    }

    /// To a place of the branch shown, whatever the run stands on.
    pub(super) fn seek_on(&mut self, place: Place) {
        let target = Target::Place(place);
        if let Some(run) = self.nearest(target) {
            self.run = run;
        }
        self.seek_to(target, place.ordinal);
    }

    /// What a branch shares with the one it leaves is known as soon as it is known there.
    pub(super) fn catch_up(&mut self, id: u32) {
        let off = |id: u32| self.history.branch(id).and_then(|branch| branch.off);
        let mut way = vec![id];
        while let Some((parent, _)) = way.last().and_then(|id| off(*id)) {
            way.push(parent);
        }
        for id in way.into_iter().rev() {
            let branch = |id| self.history.branch(id);
            let (Some(child), Some((parent, place))) = (branch(id), branch(id).and_then(|child| child.off))
            else {
                continue;
            };
            let shared = branch(parent).map_or(Place::default(), |parent| parent.head).min(place);
            if shared.ordinal > child.head.ordinal {
                self.chronicles[id as usize] = self.chronicles[parent as usize].until(shared);
                self.history.known(id, shared);
            }
        }
    }

    /// Commands of the branch shown, as scenario text.
    pub(super) fn commands(&self) -> Vec<(Place, Arc<str>)> {
        let line = |command: &Anchored<Arc<Command>>| (command.place, command.command.to_string().into());
        self.history.branch(self.branch).into_iter().flat_map(|branch| &branch.commands).map(line).collect()
    }

    pub(super) fn groups(&self) -> &Groups {
        &self.groups
    }
}

/// What the shapes of messages stand for, each named by the first system that has it.
fn shapes(groups: &Groups) -> Vec<(Shape, Key)> {
    let mut all: Vec<(Shape, Key)> = Vec::new();
    for (shape, key) in groups.iter().flat_map(|group| group.shapes()) {
        if all.iter().all(|(known, _)| known != shape) {
            all.push((*shape, *key));
        }
    }
    all
}
