//! The explorer: what may happen to a cluster, made up from a seed. A [`plan()`] is a list of timed commands, the same that a
//! scenario's timeline holds: [`staged`] puts it there, [`explore`] plays it, watches every invariant of the system, heals
//! everything in the end and waits for the group to come back to work. It deliberately knows no threads and no files: whoever
//! has many seeds and many cores hands them out.

mod plan;
mod swarm;

pub use plan::{Cast, Plan, plan};

use super::{Back, Meter, Violation, Watching};
use crate::kernel::{Event, Observer, World};
use crate::process::{Span, Time};
use crate::scenario::{Run, Scenario, Step};
use std::sync::Arc;

/// Faults strike for so long.
pub const FAULTS: Span = Span::secs(30);
/// Then everything is healed, and a client must have an answer within this.
pub const RECOVERY: Span = Span::secs(10);

/// A scenario with a seed's plan as its timeline.
#[derive(Clone, Debug)]
pub struct Staged {
    /// The scenario to run: the base with the plan in place of its timeline and nothing expected but that no check breaks.
    pub scenario: Arc<Scenario>,
    /// The group under test, by its number.
    pub group: u16,
    /// The plan.
    pub plan: Plan,
}

/// What became of a seed.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// What broke; the run stops at the event that breaks anything.
    pub broken: Vec<Violation>,
    /// How long after healing the group was back at work; `None` if not in time.
    pub recovered: Option<Span>,
    /// What the run came by, by names.
    pub reach: Vec<(&'static str, u64)>,
    /// Events in all.
    pub events: u64,
    /// The history's digest.
    pub digest: u128,
}

impl Outcome {
    /// How often the run came by something.
    pub fn reached(&self, name: &str) -> u64 {
        self.reach.iter().find(|(known, _)| *known == name).map_or(0, |(_, count)| *count)
    }

    /// Nothing broke and the group came back.
    pub fn is_good(&self) -> bool {
        self.broken.is_empty() && self.recovered.is_some()
    }
}

/// A scenario's first group for which plans are made, under a seed's random faults; `None` if it has no such group.
pub fn staged(base: &Scenario, seed: u64) -> Option<Staged> {
    let taken = |name: &str| base.hosts.iter().any(|(host, _)| **host == *name);
    let spares: Vec<Arc<str>> =
        (1..).map(|n| format!("spare{n}")).filter(|name| !taken(name)).take(2).map(Arc::from).collect();
    let mut systems = (0u16..).zip(&base.systems);
    let (group, cast) =
        systems.find_map(|(number, system)| Some((number, Cast::of(system, spares.clone())?)))?;
    let plan = plan(&cast, seed, FAULTS, RECOVERY);
    let scenario = Scenario {
        seed,
        until: plan.end,
        timeline: plan.moves.clone(),
        expectations: Vec::new(),
        ..base.clone()
    };
    Some(Staged { scenario: Arc::new(scenario), group, plan })
}

/// Plays a seed; `None` if the group does not say when it is back at work.
pub fn explore(staged: &Staged) -> Option<Outcome> {
    let system = staged.scenario.systems.get(usize::from(staged.group))?;
    let mut watcher = Watcher {
        watching: Watching::new(system.group.checks(staged.group)),
        meter: system.group.meter(staged.group)?,
        back: system.group.recovery(staged.group, staged.plan.healed)?,
    };
    let mut run = Run::with(staged.scenario.clone(), None, false);
    while watcher.watching.broken.is_empty()
        && watcher.back.after().is_none()
        && run.step(&mut [&mut watcher]) == Step::Event
    {}
    Some(Outcome {
        broken: watcher.watching.broken,
        recovered: watcher.back.after(),
        reach: watcher.meter.counts(),
        events: run.world().ordinal(),
        digest: run.digest(),
    })
}

struct Watcher {
    watching: Watching,
    meter: Box<dyn Meter>,
    back: Box<dyn Back>,
}

impl Observer for Watcher {
    fn saw(&mut self, world: &World, event: &Event<'_>) {
        self.watching.saw(world, event);
        self.meter.saw(world, event);
        self.back.saw(world, event);
    }
}

/// When a plan's lines are due, from the beginning of the run.
fn at(span: Span) -> Time {
    Time::ZERO + span
}
