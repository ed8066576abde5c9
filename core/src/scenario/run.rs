//! A run: a world driven along a scenario's timeline, with its checks and expectations watching.
//!
//! `Clone` is a checkpoint. One step is one event of the world or one command of the timeline, which is taken at its time
//! before other events of that time (and may be several of the operator's events, one for each host it means). What watches
//! never influences the history: a run without checks has the same digest.

use super::act::Faults;
use super::judge::{self, Broken, CheckName, Judge, Sight, Standing, Verdict, Watch};
use super::lesson::Progress;
use super::measure::Measure;
use super::measure::figures::Measured;
use super::predicate::Predicate;
use super::recorder::Recorders;
use super::whom::Eyes;
use super::{Command, Scenario};
use crate::kernel::Observer;
use crate::kernel::world::World;
use crate::process::{EventId, HostId, Phrase, ProcessId, Time};
use crate::view::Place;
use crate::words::scenario::ScenarioKey as K;
use litemap::LiteMap;
use smallvec::SmallVec;
use std::sync::Arc;

/// What a step came to.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// An event or a command was taken.
    Event,
    /// One was, and a check broke by it that was not expected to break.
    Violation(Broken),
    /// Nothing is due up to the limit.
    Later,
    /// Nothing is due any more.
    Quiet,
    /// The budget of events is spent.
    Budget,
    /// The scenario's end is reached; the clock shows it.
    End,
}

/// Something a command of the timeline came to that whoever reads the story should know: it was refused.
#[derive(Clone, Debug, PartialEq)]
pub struct Remark {
    /// Where.
    pub place: Place,
    /// Which line of the timeline, from 0.
    pub moment: usize,
    /// Why.
    pub phrase: Phrase,
}

/// All who watch an event.
fn observers<'a>(
    watch: &'a mut Watch,
    measure: &'a mut Option<Measure>,
    recorders: &'a mut Recorders,
    extra: &'a mut [&mut dyn Observer],
) -> SmallVec<[&'a mut dyn Observer; 4]> {
    let mut observers: SmallVec<[&mut dyn Observer; 4]> = SmallVec::new();
    if watch.is_on() {
        observers.push(watch);
    }
    observers.extend(measure.as_mut().map(|measure| measure as &mut dyn Observer));
    if !recorders.is_empty() {
        observers.push(recorders);
    }
    observers.extend(extra.iter_mut().map(|observer| &mut **observer as &mut dyn Observer));
    observers
}

/// A scenario being run.
#[derive(Clone)]
pub struct Run {
    scenario: Arc<Scenario>,
    world: World,
    /// The next line of the timeline.
    cursor: usize,
    faults: Faults,
    done: LiteMap<Arc<str>, Place>,
    watch: Watch,
    measure: Option<Measure>,
    recorders: Recorders,
    judge: Judge,
    lesson: Progress,
    remarks: Vec<Remark>,
    /// Expectations are decided and the run may go on beyond the scenario's end.
    closed: bool,
}

impl Run {
    /// A run from the beginning, with the scenario's own seed.
    pub fn new(scenario: Arc<Scenario>) -> Run {
        Run::with(scenario, None, true)
    }

    /// A run from the beginning, with another seed, or without checks (for sweeps that only want what happens).
    pub fn with(scenario: Arc<Scenario>, seed: Option<u64>, checks: bool) -> Run {
        let mut world = World::new(scenario.world_spec(seed));
        let mut remarks = Vec::new();
        let mut failed =
            |phrase| remarks.push(Remark { place: Place::default(), moment: usize::MAX, phrase });
        for (name, spec) in &scenario.hosts {
            if let Err(refusal) = world.add_host(name, spec.clone()) {
                failed(refusal.phrase()); // validation leaves no way here; if it did, the run would say so
            }
        }
        for (number, system) in (0u16..).zip(&scenario.systems) {
            if let Err(phrase) = system.group.populate(&mut world, number) {
                failed(phrase);
            }
        }
        let watch = if checks { Watch::new(&scenario) } else { Watch::off() };
        let measure = measure(&scenario);
        let (judge, recorders) = (Judge::new(&scenario), Recorders::new(&scenario));
        let (faults, done) = (Faults::default(), LiteMap::new());
        let lesson = Progress::default();
        Run {
            scenario,
            world,
            cursor: 0,
            faults,
            done,
            watch,
            measure,
            recorders,
            judge,
            lesson,
            remarks,
            closed: false,
        }
    }

    /// Takes one event, or one command of the timeline.
    pub fn step(&mut self, extra: &mut [&mut dyn Observer]) -> Step {
        self.step_until(Time::MAX, extra)
    }

    /// Takes one event, or one command of the timeline, that is due not later than `limit`.
    pub fn step_until(&mut self, limit: Time, extra: &mut [&mut dyn Observer]) -> Step {
        if self.world.ordinal() >= self.scenario.budget {
            return Step::Budget;
        }
        let horizon = if self.closed { Time::MAX } else { self.scenario.until };
        let until = horizon.min(limit);
        let command_at = self.scenario.timeline.get(self.cursor).map(|moment| moment.at);
        let due = self.world.next_time();
        let before = self.watch.broken.len();
        match command_at {
            Some(at) if due.is_none_or(|due| at <= due) && at <= until => {
                self.world.advance_to(at);
                self.command(extra);
            }
            _ => {
                let bound = command_at.map_or(until, |at| until.min(Time(at.0.saturating_sub(1))));
                if due.is_none_or(|due| due > bound) || !self.event(bound, extra) {
                    return self.idle(until, horizon, command_at, extra);
                }
            }
        }
        self.looked(before)
    }

    /// No event came: a command that comes before the next one, the limit, or the end.
    fn idle(
        &mut self,
        until: Time,
        horizon: Time,
        command_at: Option<Time>,
        extra: &mut [&mut dyn Observer],
    ) -> Step {
        match command_at {
            Some(at) if at <= until => {
                let before = self.watch.broken.len();
                self.world.advance_to(at);
                self.command(extra);
                self.looked(before)
            }
            _ if until < horizon => Step::Later,
            _ if horizon == Time::MAX => Step::Quiet,
            _ => {
                self.world.advance_to(horizon);
                self.close();
                Step::End
            }
        }
    }

    fn event(&mut self, limit: Time, extra: &mut [&mut dyn Observer]) -> bool {
        let Run { world, watch, measure, recorders, .. } = self;
        let took = if !watch.is_on() && measure.is_none() && recorders.is_empty() {
            world.step_until(limit, extra)
        } else {
            world.step_until(limit, &mut observers(watch, measure, recorders, extra))
        };
        self.watch.recalled(self.world.ordinal());
        took
    }

    /// The next command of the timeline. One that is refused is remarked, and the run goes on.
    fn command(&mut self, extra: &mut [&mut dyn Observer]) {
        let scenario = self.scenario.clone();
        let Some(moment) = scenario.timeline.get(self.cursor) else { return };
        self.cursor += 1;
        let outcome = self.carry_out(&moment.command, moment.id.clone(), extra);
        if let Some(id) = &moment.id {
            self.done.insert(id.clone(), self.place());
        }
        if let Err(phrase) = outcome {
            self.remarks.push(Remark { place: self.place(), moment: self.cursor - 1, phrase });
        }
    }

    fn carry_out(
        &mut self,
        command: &Command,
        id: Option<Arc<str>>,
        extra: &mut [&mut dyn Observer],
    ) -> Result<EventId, Phrase> {
        let intent = self.eyes().intent(command)?;
        let Run { scenario, world, faults, watch, measure, recorders, .. } = self;
        let mut observers = observers(watch, measure, recorders, extra);
        let done = intent.carry_out(scenario, world, faults, (id, &command.name()), &mut observers);
        drop(observers);
        self.watch.recalled(self.world.ordinal());
        done
    }

    /// Judges after what was taken; `before` is how many checks had broken.
    fn looked(&mut self, before: usize) -> Step {
        self.judge(Judge::look);
        self.teach();
        match self.watch.broken[before..].iter().find(|broken| !broken.expected) {
            Some(broken) => Step::Violation(broken.clone()),
            None => Step::Event,
        }
    }

    fn close(&mut self) {
        self.judge(Judge::close);
        self.closed = true;
    }

    fn judge(&mut self, look: fn(&mut Judge, Sight<'_>)) {
        let Run { scenario, world, faults, done, watch, recorders, judge, closed, .. } = self;
        if !*closed {
            let eyes = Eyes { scenario, world, faults };
            look(judge, Sight { eyes, broken: &watch.broken, recorders, done });
        }
    }

    /// A lesson goes on after the scenario's end: its reader may take long.
    fn teach(&mut self) {
        let Run { scenario, world, faults, done, watch, recorders, lesson, .. } = self;
        let eyes = Eyes { scenario, world, faults };
        lesson.look(Sight { eyes, broken: &watch.broken, recorders, done });
    }

    /// Steps until something else than an event comes of it.
    pub fn finish(&mut self, extra: &mut [&mut dyn Observer]) -> Step {
        loop {
            match self.step(extra) {
                Step::Event => {}
                other => return other,
            }
        }
    }

    /// When the next event or command is due; `None` at the scenario's end or when nothing is.
    pub fn next_time(&self) -> Option<Time> {
        let command = self.scenario.timeline.get(self.cursor).map(|moment| moment.at.max(self.world.now()));
        let due = match (self.world.next_time(), command) {
            (Some(event), Some(command)) => Some(event.min(command)),
            (event, command) => event.or(command),
        };
        due.filter(|due| self.closed || *due <= self.scenario.until)
    }

    /// Moves the clock, not past what is due next: for whoever knows from [`Run::step_until`] that nothing happens before.
    pub fn advance_to(&mut self, at: Time) {
        let command = self.scenario.timeline.get(self.cursor).map_or(Time::MAX, |moment| moment.at);
        self.world.advance_to(at.min(command));
    }

    /// Carries out a command given by hand, now. Refused, it changes nothing.
    pub fn act(&mut self, command: &Command, extra: &mut [&mut dyn Observer]) -> Result<EventId, Phrase> {
        let done = self.carry_out(command, None, extra)?;
        self.judge(Judge::look);
        self.teach();
        Ok(done)
    }

    /// Would it be refused now?
    pub fn preview(&self, command: &Command) -> Result<(), Phrase> {
        self.eyes().intent(command)?.preview(&self.world)
    }

    fn eyes(&self) -> Eyes<'_> {
        Eyes { scenario: &self.scenario, world: &self.world, faults: &self.faults }
    }

    fn sight(&self) -> Sight<'_> {
        let Run { watch, recorders, done, .. } = self;
        Sight { eyes: self.eyes(), broken: &watch.broken, recorders, done }
    }

    /// A fact of a system: of one of its members, or of all of it.
    pub fn fact(&self, number: u16, name: &str, member: Option<ProcessId>) -> Option<u64> {
        self.sight().fact_of(number, name, member)
    }

    /// The world.
    pub fn world(&self) -> &World {
        &self.world
    }
    /// The scenario.
    pub fn scenario(&self) -> &Arc<Scenario> {
        &self.scenario
    }
    /// Where it is.
    pub fn place(&self) -> Place {
        Place { ordinal: self.world.ordinal(), at: self.world.now() }
    }
    /// The history so far.
    pub fn digest(&self) -> u128 {
        self.world.digest()
    }
    /// The next line of the timeline, from 0.
    pub fn cursor(&self) -> usize {
        self.cursor
    }
    /// Every check, in order.
    pub fn checks(&self) -> &[CheckName] {
        self.watch.names()
    }
    /// About how many bytes a checkpoint holds for all checks together.
    pub fn checks_weight(&self) -> usize {
        self.watch.weight()
    }
    /// About how many bytes a checkpoint holds for what is measured.
    pub fn measure_weight(&self) -> usize {
        self.measure.as_ref().map_or(0, Measure::weight)
    }
    /// What was measured up to here, if anything is measured.
    pub fn figures(&self) -> Option<Measured> {
        self.measure.as_ref().map(|measure| measure.figures(&self.world))
    }
    /// Every check that has broken, in order.
    pub fn all_broken(&self) -> &[Broken] {
        &self.watch.broken
    }
    /// From here on checks are not asked: what breaks in this history is known. For going over known ground again, in less
    /// time; a run that only recalls must not go further than what is known reaches.
    pub fn recall(&mut self, known: Arc<[Broken]>) {
        self.watch.recall(known);
    }
    /// Does it only recall what breaks?
    pub fn recalls(&self) -> bool {
        self.watch.recalls()
    }
    /// The first check that broke and was not expected to.
    pub fn broken(&self) -> Option<&Broken> {
        self.watch.broken.iter().find(|broken| !broken.expected)
    }
    /// How every expectation stands.
    pub fn expectations(&self) -> Vec<Standing> {
        self.judge.standings(&self.scenario)
    }
    /// How far it has come in the scenario's lesson.
    pub fn lesson(&self) -> &Progress {
        &self.lesson
    }
    /// Commands of the timeline that were refused.
    pub fn remarks(&self) -> &[Remark] {
        &self.remarks
    }
    /// Faults in force that can be healed by their ids.
    pub fn faults(&self) -> &Faults {
        &self.faults
    }
    /// Has the scenario's end been reached?
    pub fn is_closed(&self) -> bool {
        self.closed
    }
    /// Does this hold now? What only a whole run can be asked is refused.
    pub fn holds(&self, predicate: &Predicate) -> Result<bool, Phrase> {
        match predicate.temporal() {
            Some(name) => Err(Phrase::new(K::Temporal, [crate::process::Arg::Name(name.into())])),
            None => Ok(self.sight().holds(predicate)),
        }
    }
    /// Whom a target means now, as processes.
    pub fn processes_of(&self, target: &super::Target) -> Result<Vec<ProcessId>, Phrase> {
        self.eyes().processes(target)
    }
    /// Whom a target means now, as hosts.
    pub fn hosts_of(&self, target: &super::Target) -> Result<Vec<HostId>, Phrase> {
        self.eyes().hosts(target)
    }

    /// What came of it, as far as it went: expectations still open count as not met if the run has ended.
    pub fn verdict(&self) -> Verdict {
        judge::verdict(self.expectations(), &self.watch.broken)
    }
}

/// Measures what the scenario says is to be measured.
fn measure(scenario: &Scenario) -> Option<Measure> {
    let numbers = scenario.measured?;
    let [store, clients] = numbers.map(|number| scenario.group(number).map(|system| system.group.clone()));
    Some(Measure::new(numbers, [store?, clients?]))
}
