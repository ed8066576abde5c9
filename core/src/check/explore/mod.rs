//! The explorer: what may happen to a cluster, made up from a seed. A [`plan()`] is a list of timed commands, the same that a
//! scenario's timeline holds; [`explore`] plays it, watches every invariant, heals everything in the end and waits for the
//! group to come back to work. It deliberately knows no threads and no files: whoever has many seeds and many cores hands
//! them out.

mod plan;
mod swarm;

pub use super::raft::Reach;
pub use plan::{Cast, Move, Plan, plan};

use super::raft::{RaftCheck, Recovery};
use super::{Check, Violation};
use crate::kernel::{Event, Observer, World};
use crate::process::{Span, Time};

/// Something that can be played: a world with whoever carries out commands in it.
pub trait Stage {
    /// The world.
    fn world(&self) -> &World;
    /// Takes one event that is due not later than `limit`; `false` if there is none.
    fn step(&mut self, limit: Time, observer: &mut dyn Observer) -> bool;
    /// Carries out a line of the plan at its time; what is refused is passed over.
    fn act(&mut self, line: &Move, observer: &mut dyn Observer);
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

/// Plays a plan with the Raft group of this number under watch.
pub fn explore(stage: &mut dyn Stage, group: u16, plan: &Plan) -> Outcome {
    let mut watcher = Watcher {
        check: RaftCheck::new(group),
        recovery: Recovery::new(group, plan.healed),
        broken: Vec::new(),
    };
    let mut moves = plan.moves.iter().peekable();
    while watcher.broken.is_empty() && watcher.recovery.after.is_none() {
        let limit = moves.peek().map_or(plan.end, |line| line.at);
        // What is due at the very time of a command comes after it.
        let before = Time(limit.0.saturating_sub(u64::from(moves.peek().is_some())));
        if stage.step(before, &mut watcher) {
            continue;
        }
        match moves.next() {
            Some(line) => stage.act(line, &mut watcher),
            None => break,
        }
    }
    Outcome {
        broken: watcher.broken,
        recovered: watcher.recovery.after,
        reach: watcher.recovery.reach,
        events: stage.world().ordinal(),
        digest: stage.world().digest(),
    }
}

struct Watcher {
    check: RaftCheck,
    recovery: Recovery,
    broken: Vec<Violation>,
}

impl Observer for Watcher {
    fn saw(&mut self, world: &World, event: &Event<'_>) {
        self.check.saw(world, event, &mut self.broken);
        self.recovery.saw(world, event);
    }
}
