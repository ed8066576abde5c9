//! The cluster's invariants: what must hold of a job, however its scheduler, workers and store fail.
//!
//! [`WorkersCheck`] gathers facts: what left and what was delivered, what workers have at work, what lies in the store and on
//! the workers' disks. It takes nobody's word: an effect is counted where it lies, a task is held where it is worked at. The
//! [`Ledger`] keeps what must be remembered of the past, and judges.

mod ledger;
mod reach;

pub use ledger::{Broken, Ledger, Which};
pub use reach::{Reach, Reached, Recovery};

use super::table::{self, Rests};
use super::{Check, Invariant, Violation};
use crate::kernel::world::World;
use crate::kernel::{Event, Fate, What};
use crate::process::payload::peek;
use crate::process::{ProcessId, Time};
use crate::workers::{
    Effect, Finished, Kept, Message, Outputs, Run, Scheduler, Store, TaskId, TaskRow, TaskState, Worker,
};
use std::sync::Arc;

/// All invariants of one cluster.
#[derive(Clone)]
pub struct WorkersCheck {
    group: u16,
    ledger: Ledger,
    /// The store's outputs as they were last looked at.
    looked_at: Option<Arc<Vec<Effect>>>,
    /// They broke, and rest.
    rests: Rests<Which>,
}

impl WorkersCheck {
    /// All of them, fresh, for the cluster of this number in the world. It must see the run from its first event on.
    pub fn new(group: u16) -> Self {
        WorkersCheck { group, ledger: Ledger::default(), looked_at: None, rests: Rests::default() }
    }

    fn gather(&mut self, world: &World, event: &Event<'_>) -> Vec<Broken> {
        let mut found = Vec::new();
        let id = event.id.process;
        if world.process(id).is_none_or(|process| process.group != self.group) {
            return found;
        }
        // First what was there before: an answer speaks of outputs that are already looked at.
        if let Some(store) = world.machine::<Store>(id) {
            self.look_at_store(store, event, &mut found);
        }
        if let Some(worker) = world.machine::<Worker>(id) {
            self.look_at_worker(world, worker, event, &mut found);
        }
        for sent in event.sent.iter().filter(|sent| sent.fate != Fate::Gated) {
            let Some(message) = peek::<Message>(sent.payload.as_ref()) else { continue };
            if let Some(epoch) = message.epoch() {
                found.extend(self.ledger.spoke(id, event.id.incarnation, epoch));
            }
            match message {
                Message::Recorded { task, .. } => self.ledger.recorded(*task, sent.message.to),
                Message::Committed { task, by, .. } => self.ledger.committed(*task, *by),
                _ => {}
            }
        }
        if let Some(scheduler) = world.machine::<Scheduler>(id) {
            self.look_at_scheduler(world, scheduler, &mut found);
        }
        found
    }

    fn look_at_store(&mut self, store: &Store, event: &Event<'_>, found: &mut Vec<Broken>) {
        if matches!(event.what, What::Started) {
            self.ledger.store_starts(|task| store.fence(task));
        }
        let effects = store.effects();
        let same = self.looked_at.as_ref().is_some_and(|before| Arc::ptr_eq(before, effects));
        if !same {
            found.extend(self.ledger.outputs(store.id(), effects));
            self.looked_at = Some(effects.clone());
        }
        if let What::Delivered { payload, .. } = &event.what
            && let Some(Message::Open { task, fence, .. } | Message::Commit { task, fence, .. }) =
                peek::<Message>(payload.as_ref())
        {
            self.ledger.store_heard(*task, *fence);
        }
    }

    fn look_at_worker(&mut self, world: &World, worker: &Worker, event: &Event<'_>, found: &mut Vec<Broken>) {
        let id = worker.id();
        match &event.what {
            What::Started => self.ledger.new_life(id),
            What::Delivered { payload, .. } => {
                if let Some(message) = peek::<Message>(payload.as_ref()) {
                    found.extend(self.ledger.told(id, message, worker.runs()));
                }
            }
            _ => {}
        }
        found.extend(self.ledger.runs(id, worker.runs()));
        for run in worker.runs() {
            found.extend(other_holder(world, self.group, id, run));
        }
    }

    fn look_at_scheduler(&mut self, world: &World, scheduler: &Scheduler, found: &mut Vec<Broken>) {
        let id = scheduler.id();
        let shared = scheduler.program().settings().outputs == Outputs::Shared;
        if shared && scheduler.is_ready() {
            found.extend(self.ledger.knows(id, scheduler.epoch(), |task| {
                scheduler.task(task).is_some_and(|row| row.finished.is_some())
            }));
        }
        if !shared {
            found.extend(unreachable(world, scheduler));
        }
        if scheduler.is_complete() && !self.rests.has(Which::CompleteIsDone) {
            found.extend(self.incomplete(world, scheduler));
        }
    }

    /// A task without an output, though the job is called complete.
    fn incomplete(&self, world: &World, scheduler: &Scheduler) -> Option<Broken> {
        let shared = scheduler.program().settings().outputs == Outputs::Shared;
        let there = |task: TaskId| match shared {
            true => self.ledger.has_output(task),
            false => workers(world, self.group).any(|id| {
                let kept = world.stored::<Kept>(id);
                kept.is_some_and(|kept| kept.outputs.iter().any(|hold| hold.task == task))
            }),
        };
        // What lay with a worker whose host has left for good went with it. The scheduler finds out when it hears no more of it.
        let gone = |row: &TaskRow| {
            !shared && row.finished.is_some_and(|finished| world.process(finished.worker).is_none())
        };
        let rows = scheduler.tasks().iter().zip(1..);
        let wanted = rows.filter(|(row, _)| row.state() != TaskState::GivenUp && !gone(row));
        let mut missing = wanted.filter(|(_, number)| !there(TaskId(*number)));
        let known = |row: &TaskRow| !row.finished.is_some_and(|it| is_wiped_unheard(world, scheduler, &it));
        missing
            .find(|(row, _)| shared || known(row))
            .map(|(_, number)| ledger::too_early(scheduler.id(), TaskId(number)))
    }
}

/// The disk with this output is gone, and the scheduler, which has not heard the worker from another one, cannot know.
fn is_wiped_unheard(world: &World, scheduler: &Scheduler, finished: &Finished) -> bool {
    let disk = world.stored::<Kept>(finished.worker).map(|kept| kept.life.disk);
    let heard = scheduler.workers().iter().find(|row| row.id == finished.worker);
    disk != Some(finished.disk) && heard.is_none_or(|row| row.alive && row.life.disk == finished.disk)
}

fn workers(world: &World, group: u16) -> impl Iterator<Item = ProcessId> {
    world.processes().filter(move |process| process.group == group).map(|process| process.id)
}

/// Another worker that holds the task: it has it at work, and its lease is not over on its own clock. Whoever has just taken an
/// input holds what it has at work.
fn other_holder(world: &World, group: u16, id: ProcessId, run: &Run) -> Option<Broken> {
    for other in workers(world, group).filter(|other| *other != id) {
        let Some(worker) = world.machine::<Worker>(other) else { continue };
        let Some(theirs) = worker.runs().iter().find(|theirs| theirs.task == run.task) else { continue };
        let superseded = run.attempt < theirs.fence || theirs.attempt < run.fence;
        if superseded && clock_of(world, other) < theirs.until {
            return Some(ledger::two_holders(id, run, other, theirs));
        }
    }
    None
}

fn clock_of(world: &World, id: ProcessId) -> Time {
    let host = world.process(id).and_then(|process| world.host(process.host));
    host.map_or(Time::MAX, |host| host.clock.monotonic)
}

/// A finished task whose output lies with a worker that the scheduler takes for failed, and that is down.
fn unreachable(world: &World, scheduler: &Scheduler) -> Option<Broken> {
    let failed = |id: ProcessId| scheduler.workers().iter().any(|row| row.id == id && !row.alive);
    let down = |id: ProcessId| world.machine::<Worker>(id).is_none();
    let mut lost = scheduler
        .tasks()
        .iter()
        .filter_map(|row| row.finished)
        .filter(|finished| !finished.given_up && failed(finished.worker) && down(finished.worker));
    lost.next().map(|finished| ledger::out_of_reach(scheduler.id(), finished.task, finished.worker))
}

impl Check for WorkersCheck {
    fn invariants(&self) -> Vec<Invariant> {
        table::invariants::<Which>()
    }

    fn saw(&mut self, world: &World, event: &Event<'_>, broken: &mut Vec<Violation>) {
        let found = self.gather(world, event);
        self.rests.say(found, event, broken);
    }

    fn copy(&self) -> Box<dyn Check> {
        Box::new(self.clone())
    }

    fn weight(&self) -> usize {
        size_of::<Self>() + self.ledger.weight()
    }
}
