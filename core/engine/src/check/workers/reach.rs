//! What a run came by, so that "nothing broke" means something, and whether a job is done after healing. Counted from what left
//! and what began, not from what the scheduler says of itself.

use crate::check::{Back, Meter};
use crate::kernel::world::World;
use crate::kernel::{Event, Fate, Observer, What};
use crate::process::payload::peek;
use crate::process::{Span, Time};
use crate::workers::{Attempt, Message, Scheduler, Store, TaskId, Worker};
use litemap::LiteMap;

/// Counts of what a run came by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// Attempts that were given out.
    pub attempts: u64,
    /// Of them, those of a task that had one before, and no backups.
    pub reexecutions: u64,
    /// Of them, backups.
    pub backups: u64,
    /// Attempts that workers declined.
    pub declined: u64,
    /// Outputs that the store refused because a later generation was at work.
    pub fenced: u64,
    /// Outputs that the store took beyond the first of a task.
    pub doubles: u64,
    /// The scheduler's lives after the first.
    pub scheduler_restarts: u64,
    /// Workers' lives after their first.
    pub worker_restarts: u64,
}

impl Reach {
    /// Each count by its name.
    pub fn counts(&self) -> [(&'static str, u64); 8] {
        [
            ("attempts", self.attempts),
            ("reexecutions", self.reexecutions),
            ("backups", self.backups),
            ("declined", self.declined),
            ("fenced", self.fenced),
            ("doubleEffects", self.doubles),
            ("schedulerRestarts", self.scheduler_restarts),
            ("workerRestarts", self.worker_restarts),
        ]
    }
}

/// Counts what a cluster comes by.
pub struct Reached {
    group: u16,
    /// The last attempt given out: what is not after it is a repetition.
    last: Attempt,
    /// How many attempts a task has had; as many as a job has tasks.
    given: LiteMap<TaskId, u64>,
    /// So far.
    pub reach: Reach,
}

impl Reached {
    /// By the cluster of this number in the world. It must see the run from its first event on.
    pub fn new(group: u16) -> Self {
        Reached { group, last: Attempt::NONE, given: LiteMap::new(), reach: Reach::default() }
    }

    fn count(&mut self, message: &Message) {
        match message {
            Message::Assign { task, attempt, fence, .. } if *attempt > self.last => {
                self.last = *attempt;
                self.reach.attempts += 1;
                let before = self.given.get(task).copied().unwrap_or(0);
                self.given.insert(*task, before + 1);
                if fence < attempt {
                    self.reach.backups += 1;
                } else if before > 0 {
                    self.reach.reexecutions += 1;
                }
            }
            Message::Declined { .. } => self.reach.declined += 1,
            Message::Fenced { .. } => self.reach.fenced += 1,
            _ => {}
        }
    }
}

impl Observer for Reached {
    fn saw(&mut self, world: &World, event: &Event<'_>) {
        let id = event.id.process;
        if world.process(id).is_none_or(|process| process.group != self.group) {
            return;
        }
        if matches!(event.what, What::Started) && event.id.incarnation > 1 {
            self.reach.scheduler_restarts += u64::from(world.machine::<Scheduler>(id).is_some());
            self.reach.worker_restarts += u64::from(world.machine::<Worker>(id).is_some());
        }
        for sent in event.sent.iter().filter(|sent| sent.fate != Fate::Gated) {
            if let Some(message) = peek::<Message>(sent.payload.as_ref()) {
                self.count(message);
                if matches!(message, Message::Committed { .. })
                    && let Some(store) = world.machine::<Store>(id)
                {
                    self.reach.doubles = self.reach.doubles.max(store.doubles());
                }
            }
        }
    }
}

impl Meter for Reached {
    fn counts(&self) -> Vec<(&'static str, u64)> {
        self.reach.counts().to_vec()
    }
}

/// Whether a job that had tasks left after healing came to be done: every task has its output, or was given up, and one of
/// them since.
pub struct Recovery {
    group: u16,
    healed: Time,
    /// Tasks that were finished already when all was healed.
    before: Option<u64>,
    after: Option<Span>,
}

impl Recovery {
    /// Watches a cluster of which everything was healed at a time.
    pub fn new(group: u16, healed: Time) -> Self {
        Recovery { group, healed, before: None, after: None }
    }
}

impl Observer for Recovery {
    fn saw(&mut self, world: &World, event: &Event<'_>) {
        if self.after.is_some() || event.at < self.healed {
            return;
        }
        let mut ours = world.processes().filter(|process| process.group == self.group);
        let Some(scheduler) = ours.find_map(|process| world.machine::<Scheduler>(process.id)) else { return };
        let facts = scheduler.facts();
        let finished = facts.done + facts.given_up;
        let before = *self.before.get_or_insert(finished);
        if finished > before && finished == facts.tasks && scheduler.writes_under_way() == 0 {
            self.after = Some(event.at - self.healed);
        }
    }
}

impl Back for Recovery {
    fn after(&self) -> Option<Span> {
        self.after
    }
}
