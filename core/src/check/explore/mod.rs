//! The explorer: what may happen to a cluster, made up from a seed. A [`plan()`] is a list of timed commands, the same that a
//! scenario's timeline holds: [`staged`] puts it there, [`explore`] plays it, watches every invariant of Raft, heals
//! everything in the end and waits for the group to come back to work. It deliberately knows no threads and no files: whoever
//! has many seeds and many cores hands them out.

mod plan;
mod swarm;

pub use super::raft::Reach;
pub use plan::{Cast, Plan, plan};

use super::raft::{RaftCheck, Reached, Recovery};
use super::{Check, Violation};
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
    /// How long after healing a client was answered; `None` if not in time.
    pub recovered: Option<Span>,
    /// What the run came by.
    pub reach: Reach,
    /// Events in all.
    pub events: u64,
    /// The history's digest.
    pub digest: u128,
}

impl Outcome {
    /// Nothing broke and the group came back.
    pub fn is_good(&self) -> bool {
        self.broken.is_empty() && self.recovered.is_some()
    }
}

/// A scenario's first Raft group under a seed's random faults; `None` if it has no Raft group.
pub fn staged(base: &Scenario, seed: u64) -> Option<Staged> {
    let (group, system) = (0u16..).zip(&base.systems).find(|(_, system)| system.kind == "Raft")?;
    let members: Vec<Arc<str>> = system.members.iter().map(|member| member.name.clone()).collect();
    let taken = |name: &str| base.hosts.iter().any(|(host, _)| **host == *name);
    let spares =
        (1..).map(|n| format!("spare{n}")).filter(|name| !taken(name)).take(2).map(Arc::from).collect();
    let cast = Cast { system: system.name.clone(), members, spares };
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

/// Plays a seed.
pub fn explore(staged: &Staged) -> Outcome {
    let mut watcher = Watcher {
        check: RaftCheck::new(staged.group),
        reached: Reached::new(staged.group),
        recovery: Recovery::new(staged.group, staged.plan.healed),
        broken: Vec::new(),
    };
    let mut run = Run::with(staged.scenario.clone(), None, false);
    while watcher.broken.is_empty()
        && watcher.recovery.after.is_none()
        && run.step(&mut [&mut watcher]) == Step::Event
    {}
    Outcome {
        broken: watcher.broken,
        recovered: watcher.recovery.after,
        reach: watcher.reached.reach,
        events: run.world().ordinal(),
        digest: run.digest(),
    }
}

struct Watcher {
    check: RaftCheck,
    reached: Reached,
    recovery: Recovery,
    broken: Vec<Violation>,
}

impl Observer for Watcher {
    fn saw(&mut self, world: &World, event: &Event<'_>) {
        self.check.saw(world, event, &mut self.broken);
        self.reached.saw(world, event);
        self.recovery.saw(world, event);
    }
}

/// When a plan's lines are due, from the beginning of the run.
fn at(span: Span) -> Time {
    Time::ZERO + span
}
