//! What is remembered of a cluster's past, and the invariants over it. It is told facts and knows no world.
//!
//! Its memory is bounded: by the most tasks a job has, and by the latest 4096 attempts that were begun.

use crate::check::Invariant;
use crate::check::table::{self, Table};
use crate::process::{Arg, Phrase, ProcessId};
use crate::words::workers::WorkersKey;
use crate::words::workers_check::WorkersCheckKey as K;
use crate::workers::{Attempt, Effect, MAX_TASKS, Message, Run, TaskId};
use litemap::LiteMap;
use std::collections::VecDeque;

const BEGUN: usize = 4096;

/// The invariants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Every task takes effect at most once.
    ExactlyOnce,
    /// An output that was told of stays.
    EffectsStay,
    /// A superseded attempt takes no effect.
    SupersededStaysOut,
    /// What is recorded as finished stays so. Where outputs are local this is not asked: they are lost with their worker.
    FinishedStays,
    /// No two workers hold a task, backups aside.
    OneHolder,
    /// No attempt is begun twice.
    BegunOnce,
    /// Every life of the scheduler has a higher epoch.
    EpochGrows,
    /// Nobody obeys an older epoch.
    OldEpochRefused,
    /// A job that is called complete is.
    CompleteIsDone,
    /// What counts as finished does not lie where nobody can reach it.
    OutputReachable,
}

impl Table for Which {
    fn all() -> Vec<(Self, Invariant)> {
        let of = |which, name, title: K| (which, Invariant { name, title: title.into() });
        vec![
            of(Which::ExactlyOnce, "exactlyOnceEffects", K::ExactlyOnce),
            of(Which::EffectsStay, "effectsStay", K::EffectsStay),
            of(Which::SupersededStaysOut, "supersededStaysOut", K::SupersededStaysOut),
            of(Which::FinishedStays, "finishedStays", K::FinishedStays),
            of(Which::OneHolder, "oneHolder", K::OneHolder),
            of(Which::BegunOnce, "begunOnce", K::BegunOnce),
            of(Which::EpochGrows, "epochGrows", K::EpochGrows),
            of(Which::OldEpochRefused, "oldEpochRefused", K::OldEpochRefused),
            of(Which::CompleteIsDone, "completeIsDone", K::CompleteIsDone),
            of(Which::OutputReachable, "outputReachable", K::OutputReachable),
        ]
    }
}

/// A broken invariant.
pub type Broken = table::Broken<Which>;

/// What a worker has been told and has begun in its present life.
#[derive(Clone, Debug, Default)]
struct Told {
    /// The highest epoch that was delivered to it.
    epoch: u64,
    /// What it had at work when it was last looked at.
    runs: Vec<Attempt>,
}

/// The facts.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// Outputs that the store has told of.
    committed: LiteMap<TaskId, Attempt>,
    /// Outputs that lay in the store when it was last looked at.
    outputs: LiteMap<TaskId, Attempt>,
    /// The highest generation that was delivered to the store.
    fences: LiteMap<TaskId, Attempt>,
    /// Tasks that somebody was told are recorded.
    recorded: LiteMap<TaskId, ProcessId>,
    /// The scheduler's newest incarnation that spoke, and for which epoch.
    spoke: Option<(u32, u64)>,
    workers: LiteMap<ProcessId, Told>,
    begun: VecDeque<(ProcessId, Attempt)>,
}

fn attempt_arg(attempt: Attempt) -> Arg {
    let args = [Arg::Epoch(attempt.epoch), Arg::Number(attempt.number)];
    Arg::Phrase(Box::new(Phrase::new(WorkersKey::AttemptNamed, args)))
}

fn number(task: TaskId) -> Arg {
    Arg::Number(task.0)
}

/// Two workers hold a task, and neither backs the other up.
pub(super) fn two_holders(id: ProcessId, run: &Run, other: ProcessId, theirs: &Run) -> Broken {
    let args = [
        number(run.task),
        Arg::Process(id),
        attempt_arg(run.attempt),
        Arg::Process(other),
        attempt_arg(theirs.attempt),
    ];
    Broken::new(Which::OneHolder, K::TwoHolders, args, [id, other])
}

/// The job is called complete without this one.
pub(super) fn too_early(id: ProcessId, task: TaskId) -> Broken {
    Broken::new(Which::CompleteIsDone, K::CompleteTooEarly, [Arg::Process(id), number(task)], [id])
}

/// An output nobody can reach.
pub(super) fn out_of_reach(id: ProcessId, task: TaskId, worker: ProcessId) -> Broken {
    let args = [Arg::Process(id), number(task), Arg::Process(worker)];
    Broken::new(Which::OutputReachable, K::OutputUnreachable, args, [id, worker])
}

impl Ledger {
    /// The store has told a worker that it has an output.
    pub fn committed(&mut self, task: TaskId, by: Attempt) {
        if self.committed.len() < MAX_TASKS as usize {
            self.committed.insert(task, by);
        }
    }

    /// The store has been told of a generation.
    pub fn store_heard(&mut self, task: TaskId, fence: Attempt) {
        let known = self.fences.get(&task).copied().unwrap_or_default();
        if fence > known && (known != Attempt::NONE || self.fences.len() < MAX_TASKS as usize) {
            self.fences.insert(task, fence);
        }
    }

    /// The store begins a life, with these generations on its disk. It has answered for no other: what it heard and had not
    /// written down when it crashed, it does not know.
    pub fn store_starts(&mut self, on_disk: impl Fn(TaskId) -> Attempt) {
        self.fences.iter_mut().for_each(|(task, fence)| *fence = on_disk(*task).min(*fence));
    }

    /// These outputs lie in the store now.
    pub fn outputs(&mut self, store: ProcessId, effects: &[Effect]) -> Vec<Broken> {
        let mut found = Vec::new();
        let mut now: LiteMap<TaskId, Attempt> = LiteMap::new();
        for Effect { task, attempt, worker, .. } in effects {
            if let Some(before) = now.get(task) {
                let args =
                    [number(*task), attempt_arg(*attempt), Arg::Process(*worker), attempt_arg(*before)];
                found.push(Broken::new(Which::ExactlyOnce, K::TookEffectTwice, args, [store, *worker]));
                continue;
            }
            let fence = self.fences.get(task).copied().unwrap_or_default();
            if *attempt < fence && self.outputs.get(task) != Some(attempt) {
                let args = [number(*task), attempt_arg(*attempt), Arg::Process(*worker), attempt_arg(fence)];
                found.push(Broken::new(
                    Which::SupersededStaysOut,
                    K::SupersededTookEffect,
                    args,
                    [store, *worker],
                ));
            }
            now.insert(*task, *attempt);
        }
        for (task, by) in self.committed.iter().filter(|(task, _)| now.get(*task).is_none()) {
            let args = [Arg::Process(store), number(*task), attempt_arg(*by)];
            found.push(Broken::new(Which::EffectsStay, K::EffectGone, args, [store]));
        }
        self.outputs = now;
        found
    }

    /// Does the store have an output of it?
    pub fn has_output(&self, task: TaskId) -> bool {
        self.outputs.get(&task).is_some()
    }

    /// A worker was told that a task is written down.
    pub fn recorded(&mut self, task: TaskId, worker: ProcessId) {
        // A failed attempt's report is recorded too: only what has an output is finished.
        if self.recorded.len() < MAX_TASKS as usize && self.has_output(task) {
            self.recorded.insert(task, worker);
        }
    }

    /// The scheduler knows what is finished.
    pub fn knows(&self, id: ProcessId, epoch: u64, finished: impl Fn(TaskId) -> bool) -> Option<Broken> {
        let (task, worker) = self.recorded.iter().find(|(task, _)| !finished(**task))?;
        let args = [Arg::Process(id), Arg::Epoch(epoch), number(*task), Arg::Process(*worker)];
        Some(Broken::new(Which::FinishedStays, K::FinishedForgotten, args, [id, *worker]))
    }

    /// The scheduler speaks for an epoch.
    pub fn spoke(&mut self, id: ProcessId, incarnation: u32, epoch: u64) -> Option<Broken> {
        let (last, before) = *self.spoke.get_or_insert((incarnation, epoch));
        if incarnation <= last {
            return None;
        }
        self.spoke = Some((incarnation, epoch.max(before)));
        (epoch <= before).then(|| {
            let args = [Arg::Process(id), Arg::Epoch(epoch), Arg::Epoch(before)];
            Broken::new(Which::EpochGrows, K::EpochAgain, args, [id])
        })
    }

    /// A worker begins a life, and has heard of nothing.
    pub fn new_life(&mut self, id: ProcessId) {
        self.workers.insert(id, Told::default());
    }

    /// A message is delivered to a worker, which has these at work afterwards.
    pub fn told(&mut self, id: ProcessId, message: &Message, runs: &[Run]) -> Option<Broken> {
        let epoch = message.epoch()?;
        let known = self.workers.get(&id).map_or(0, |told| told.epoch);
        if epoch >= known {
            if self.workers.get(&id).is_none() {
                self.new_life(id);
            }
            self.workers.get_mut(&id)?.epoch = epoch;
            return None;
        }
        let Message::Assign { task, attempt, .. } = message else { return None };
        let fresh = self.workers.get(&id).is_none_or(|told| !told.runs.contains(attempt));
        (fresh && runs.iter().any(|run| run.attempt == *attempt)).then(|| {
            let args = [Arg::Process(id), number(*task), attempt_arg(*attempt), Arg::Epoch(known)];
            Broken::new(Which::OldEpochRefused, K::ObeyedOld, args, [id])
        })
    }

    /// A worker has these at work now.
    pub fn runs(&mut self, id: ProcessId, runs: &[Run]) -> Option<Broken> {
        let attempts: Vec<Attempt> = runs.iter().map(|run| run.attempt).collect();
        if self.workers.get(&id).is_none() {
            self.new_life(id);
        }
        let told = self.workers.get_mut(&id)?;
        if told.runs == attempts {
            return None;
        }
        let before = std::mem::replace(&mut told.runs, attempts);
        let mut found = None;
        for (at, run) in runs.iter().enumerate() {
            let nth = runs[..=at].iter().filter(|other| other.attempt == run.attempt).count();
            if nth <= before.iter().filter(|attempt| **attempt == run.attempt).count() {
                continue; // it goes on
            }
            if self.begun.contains(&(id, run.attempt)) {
                let args = [Arg::Process(id), number(run.task), attempt_arg(run.attempt)];
                found = Some(Broken::new(Which::BegunOnce, K::BegunTwice, args, [id]));
                continue;
            }
            if self.begun.len() >= BEGUN {
                self.begun.pop_front();
            }
            self.begun.push_back((id, run.attempt));
        }
        found
    }

    /// About how many bytes a copy holds.
    pub fn weight(&self) -> usize {
        let pairs = self.committed.len() + self.outputs.len() + self.fences.len() + self.recorded.len();
        let workers = self.workers.len() * (size_of::<Told>() + 8 * size_of::<Attempt>());
        pairs * size_of::<(TaskId, Attempt)>()
            + workers
            + self.begun.len() * size_of::<(ProcessId, Attempt)>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::Time;
    use crate::workers::Life;

    fn p(n: u32) -> ProcessId {
        ProcessId(n)
    }
    fn a(epoch: u64, number: u64) -> Attempt {
        Attempt { epoch, number }
    }
    fn effect(task: u64, attempt: Attempt) -> Effect {
        Effect { task: TaskId(task), attempt, worker: p(3), event: 1 }
    }
    fn run(task: u64, attempt: Attempt) -> Run {
        Run { slot: 0, task: TaskId(task), attempt, fence: attempt, until: Time::secs(9), event: 1 }
    }
    fn which(found: impl IntoIterator<Item = Broken>) -> Vec<Which> {
        found.into_iter().map(|broken| broken.which).collect()
    }

    #[test]
    fn a_second_output_of_a_task_is_found() {
        let mut ledger = Ledger::default();
        assert_eq!(ledger.outputs(p(2), &[effect(1, a(1, 1)), effect(2, a(1, 2))]), []);
        let found = ledger.outputs(p(2), &[effect(1, a(1, 1)), effect(2, a(1, 2)), effect(1, a(1, 3))]);
        assert_eq!(which(found), [Which::ExactlyOnce]);
    }

    #[test]
    fn an_output_that_was_told_of_and_is_gone_is_found() {
        let mut ledger = Ledger::default();
        assert_eq!(ledger.outputs(p(2), &[effect(1, a(1, 1))]), []);
        ledger.committed(TaskId(1), a(1, 1));
        assert_eq!(which(ledger.outputs(p(2), &[])), [Which::EffectsStay]);
    }

    #[test]
    fn an_output_of_a_superseded_attempt_is_found_but_not_one_that_was_there_first() {
        let mut ledger = Ledger::default();
        ledger.outputs(p(2), &[effect(1, a(1, 1))]);
        ledger.store_heard(TaskId(1), a(1, 5));
        ledger.store_heard(TaskId(2), a(1, 6));
        assert_eq!(ledger.outputs(p(2), &[effect(1, a(1, 1))]), []);
        let found = ledger.outputs(p(2), &[effect(1, a(1, 1)), effect(2, a(1, 2))]);
        assert_eq!(which(found), [Which::SupersededStaysOut]);
    }

    #[test]
    fn what_a_store_had_not_written_down_it_need_not_know() {
        let mut ledger = Ledger::default();
        ledger.store_heard(TaskId(1), a(1, 5));
        ledger.store_heard(TaskId(2), a(1, 6));
        ledger.store_starts(|task| if task == TaskId(1) { a(1, 5) } else { Attempt::NONE });
        assert_eq!(ledger.outputs(p(2), &[effect(2, a(1, 4))]), []);
        let found = ledger.outputs(p(2), &[effect(2, a(1, 4)), effect(1, a(1, 3))]);
        assert_eq!(which(found), [Which::SupersededStaysOut]);
    }

    #[test]
    fn a_task_that_was_recorded_and_is_forgotten_is_found() {
        let mut ledger = Ledger::default();
        ledger.outputs(p(2), &[effect(1, a(1, 1))]);
        ledger.recorded(TaskId(1), p(3));
        assert_eq!(ledger.knows(p(1), 1, |_| true), None);
        assert_eq!(which(ledger.knows(p(1), 2, |_| false)), [Which::FinishedStays]);
    }

    #[test]
    fn an_epoch_that_comes_again_is_found() {
        let mut ledger = Ledger::default();
        assert_eq!(ledger.spoke(p(1), 1, 1), None);
        assert_eq!(ledger.spoke(p(1), 1, 1), None, "the same life");
        assert_eq!(ledger.spoke(p(1), 2, 2), None);
        assert_eq!(which(ledger.spoke(p(1), 3, 2)), [Which::EpochGrows]);
    }

    #[test]
    fn obeying_an_old_epoch_is_found() {
        let mut ledger = Ledger::default();
        let assign = |attempt: Attempt| Message::Assign {
            task: TaskId(1),
            attempt,
            fence: attempt,
            life: Life::default(),
            since: Time::ZERO,
        };
        assert_eq!(ledger.told(p(3), &assign(a(2, 1)), &[run(1, a(2, 1))]), None);
        assert_eq!(ledger.told(p(3), &assign(a(1, 7)), &[]), None, "it was refused");
        let found = ledger.told(p(3), &assign(a(1, 7)), &[run(1, a(1, 7))]);
        assert_eq!(which(found), [Which::OldEpochRefused]);
        ledger.new_life(p(3));
        assert_eq!(ledger.told(p(3), &assign(a(1, 7)), &[run(1, a(1, 7))]), None, "it knows no better");
    }

    #[test]
    fn an_attempt_that_is_begun_again_is_found() {
        let mut ledger = Ledger::default();
        let one = run(1, a(1, 1));
        assert_eq!(ledger.runs(p(3), &[one]), None);
        assert_eq!(ledger.runs(p(3), &[one, run(2, a(1, 2))]), None, "it goes on");
        assert_eq!(ledger.runs(p(3), &[]), None);
        assert_eq!(ledger.runs(p(4), &[run(3, a(1, 3))]), None);
        assert_eq!(which(ledger.runs(p(3), &[one])), [Which::BegunOnce]);
        let mut ledger = Ledger::default();
        assert_eq!(ledger.runs(p(3), &[one]), None);
        assert_eq!(which(ledger.runs(p(3), &[one, one])), [Which::BegunOnce], "twice at a time");
    }

    #[test]
    fn memory_is_bounded() {
        let mut ledger = Ledger::default();
        for number in 1..=10_000 {
            assert_eq!(ledger.runs(p(3), &[run(1, a(1, number))]), None);
            ledger.committed(TaskId(number), a(1, number));
            ledger.store_heard(TaskId(number), a(1, number));
        }
        assert_eq!(ledger.begun.len(), BEGUN);
        assert_eq!(ledger.committed.len(), MAX_TASKS as usize);
        assert_eq!(ledger.fences.len(), MAX_TASKS as usize);
    }
}
