//! Why a task is done, given up, or neither: who has it, what keeps those from being done with it, what it waits for.

use super::{Asked, TASKS, number, who};
use crate::kernel::world::World;
use crate::process::{Arg, Phrase, ProcessId};
use crate::system::reach::{Trouble, cut, further, trouble};
use crate::systems::workers::view::{attempt, clock};
use crate::systems::workers::{WorkersGroup, rule_view};
use crate::view::Reason;
use crate::words::workers::WorkersKey;
use crate::words::workers_why::WorkersWhyKey as K;
use crate::workers::{Finished, Held, Journal, Rule, Scheduler, TaskId, TaskRow, TaskState, Worker};

/// What can be asked of a task now.
pub(super) fn question(group: &WorkersGroup, world: &World, task: TaskId) -> Phrase {
    let me = Arg::Number(task.0);
    let Some(scheduler) = group.scheduler(world) else {
        let known = written(group, world, task).is_some();
        return Phrase::new(if known { K::AskFinished } else { K::AskWaits }, [me]);
    };
    let Some(row) = scheduler.task(task) else { return Phrase::new(K::AskNoTask, [me]) };
    match row.state() {
        TaskState::Idle => Phrase::new(K::AskWaits, [me]),
        TaskState::InProgress => {
            let holders = who(row.holders.iter().map(|held| held.worker));
            Phrase::new(K::AskRuns, [me, holders])
        }
        TaskState::Finished => Phrase::new(K::AskFinished, [me]),
        TaskState::GivenUp => Phrase::new(K::AskGivenUp, [me]),
    }
}

/// What a scheduler that does not run has written down of a task.
fn written<'a>(group: &WorkersGroup, world: &'a World, task: TaskId) -> Option<&'a Finished> {
    let journal = world.stored::<Journal>(group.settings().scheduler)?;
    journal.finished.iter().find(|finished| finished.task == task)
}

/// How a task was lost by whoever had it.
const LOST: [WorkersKey; 6] = [
    WorkersKey::LeaseOver,
    WorkersKey::LostWithSilence,
    WorkersKey::LostWithLife,
    WorkersKey::Dropped,
    WorkersKey::OutputLost,
    WorkersKey::FailsAgain,
];

impl Asked<'_> {
    pub(super) fn task(&mut self, task: TaskId) -> Vec<Reason> {
        let id = self.group.settings().scheduler;
        let Some(scheduler) = self.scheduler() else {
            let written = written(self.group, self.world, task).map(wrote_down);
            return written.or_else(|| self.hindered()).into_iter().collect();
        };
        let Some(row) = scheduler.task(task) else {
            return vec![Reason::not(Phrase::new(K::OnlySoMany, [number(scheduler.tasks().len())]))];
        };
        match (row.state(), &row.finished) {
            (TaskState::GivenUp, _) => self
                .noted(id, &[WorkersKey::GivesUp, WorkersKey::FailsAgain], Some(task))
                .into_iter()
                .collect(),
            (_, Some(finished)) => {
                let noted = self.noted(id, &[WorkersKey::Finishes], Some(task));
                let again = self.noted(id, &[WorkersKey::IgnoresReport, WorkersKey::CountsAgain], Some(task));
                [Some(wrote_down(finished)), noted, again].into_iter().flatten().collect()
            }
            (TaskState::Idle, None) => self.waits(scheduler, task, row),
            (_, None) => self.in_progress(task, row),
        }
    }

    fn waits(&mut self, scheduler: &Scheduler, task: TaskId, row: &TaskRow) -> Vec<Reason> {
        let id = scheduler.id();
        let mut reasons: Vec<Reason> = self.hindered().into_iter().collect();
        if row.failures == 0 && self.left(id, row.not_before).is_some() {
            reasons.extend(self.old_leases());
        }
        reasons.extend(self.backs_off(task, row));
        if reasons.is_empty() {
            reasons.extend(self.due(scheduler));
        }
        reasons.extend(self.noted(id, &LOST, Some(task)));
        reasons
    }

    /// That a task has failed and is not tried again yet.
    fn backs_off(&self, task: TaskId, row: &TaskRow) -> Option<Reason> {
        if row.failures == 0 || row.state() != TaskState::Idle {
            return None;
        }
        let left = self.left(self.group.settings().scheduler, row.not_before)?;
        let args = [Arg::Number(task.0), Arg::Number(row.failures.into()), Arg::For(left)];
        Some(Reason::not(Phrase::new(K::FailedBefore, args)).by(rule_view(Rule::BackOffFailing)))
    }

    /// Of those tasks that have failed and are not tried again yet, the first few.
    pub(super) fn failed_before(&self, scheduler: &Scheduler) -> Vec<Reason> {
        let rows = scheduler.tasks().iter().zip(1..).map(|(row, task)| (TaskId(task), row));
        let waits = rows.filter_map(|(task, row)| Some((task, self.backs_off(task, row)?)));
        waits.map(|(task, reason)| reason.then([self.ask_task(task)])).take(TASKS).collect()
    }

    /// That tasks wait which could be given out: somebody is free, or every slot is taken.
    pub(super) fn due(&self, scheduler: &Scheduler) -> Option<Reason> {
        let now = clock(self.world, scheduler.id());
        let rows = scheduler.tasks().iter().zip(1..);
        let mut due = rows.filter(|(row, _)| row.state() == TaskState::Idle && row.not_before <= now);
        let (_, first) = due.next()?;
        let fit = || scheduler.workers().iter().filter(|row| row.alive && !scheduler.is_drained(row.id));
        if fit().any(|row| scheduler.held(row.id).count() < row.slots.into()) {
            let args = [Arg::Number(first), Arg::Process(scheduler.id())];
            return Some(Reason::not(Phrase::new(K::SoonGivenOut, args)));
        }
        let args = [number(1 + due.count()), who(fit().map(|row| row.id))];
        Some(Reason::not(Phrase::new(K::NobodyFree, args)))
    }

    fn in_progress(&mut self, task: TaskId, row: &TaskRow) -> Vec<Reason> {
        let id = self.group.settings().scheduler;
        let mut reasons = Vec::new();
        for held in &row.holders {
            reasons.push(self.holds(task, held));
            reasons.extend(self.lease(id, held));
            let slow = self.group.settings().stragglers.iter().find(|(who, _)| *who == held.worker);
            if let Some((slow, percent)) = slow {
                let args = [Arg::Process(*slow), Arg::Number((*percent).into())];
                reasons.push(Reason::so(Phrase::new(K::Straggles, args)));
            }
        }
        let backups = self.scheduler().is_none_or(|scheduler| scheduler.rules().has(Rule::BackupTasks));
        if row.holders.len() == 1 && !backups {
            reasons.push(Reason::not(Phrase::bare(K::NoBackup)).by(rule_view(Rule::BackupTasks)));
        }
        let given = [WorkersKey::AssignsBackup, WorkersKey::AssignsAgain, WorkersKey::Assigns];
        reasons.extend(self.noted(id, &[given.as_slice(), &[WorkersKey::Adopts]].concat(), Some(task)));
        reasons
    }

    /// That a worker has a task, or why nothing is heard of it.
    pub(super) fn holds(&self, task: TaskId, held: &Held) -> Reason {
        let scheduler = self.group.settings().scheduler;
        let args = || [Arg::Process(held.worker), Arg::Number(task.0), attempt(held.attempt)];
        if let Some(trouble) = trouble(self.world, scheduler, held.worker) {
            let key = match trouble {
                Trouble::Down => K::HolderDown,
                Trouble::Paused => K::HolderPaused,
                Trouble::CutOut | Trouble::CutBack => K::HolderCut,
            };
            let reason = Reason::not(Phrase::new(key, cut(scheduler, held.worker, trouble)));
            return reason.then([further(scheduler, held.worker, trouble)]);
        }
        let worker = self.world.machine::<Worker>(held.worker);
        let works = worker.is_some_and(|it| it.runs().iter().any(|run| run.attempt == held.attempt));
        let result = worker.is_some_and(|it| it.outcomes().iter().any(|one| one.attempt == held.attempt));
        match (works, result) {
            (true, _) if held.backup => {
                Reason::so(Phrase::new(K::BacksUp, args())).by(rule_view(Rule::BackupTasks))
            }
            (true, _) => Reason::so(Phrase::new(K::HasIt, args())),
            (_, true) => Reason::not(Phrase::new(K::HasResult, args())),
            _ if held.confirmed => Reason::not(Phrase::new(K::NoLongerHas, args())),
            _ => Reason::not(Phrase::new(K::NotArrived, args())).by(rule_view(Rule::RepeatAssign)),
        }
    }

    /// What keeps a task with a worker that is not heard.
    fn lease(&self, scheduler: ProcessId, held: &Held) -> Option<Reason> {
        trouble(self.world, scheduler, held.worker)?;
        let rules = self.scheduler()?.rules();
        if !rules.has(Rule::ReexecuteLost) {
            return Some(Reason::not(Phrase::bare(K::WouldNotGive)).by(rule_view(Rule::ReexecuteLost)));
        }
        let left = self.left(scheduler, held.until)?;
        let reason = Reason::not(Phrase::new(K::LeaseLasts, [Arg::Process(held.worker), Arg::For(left)]));
        Some(reason.by(rule_view(Rule::LeaseBeforeReassign)))
    }
}

fn wrote_down(finished: &Finished) -> Reason {
    let args = [Arg::Number(finished.task.0), Arg::Process(finished.worker), attempt(finished.attempt)];
    Reason::so(Phrase::new(K::WroteDown, args)).by(rule_view(Rule::DurableJournal))
}
