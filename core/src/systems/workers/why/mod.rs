//! Why a cluster is as it is, and why not otherwise: from its processes' own state at the moment that is asked about, and from
//! what they noted on the way there.
//!
//! It decides nothing that the protocol decides: where a rule refused, the protocol's own note is what is said. What is asked
//! of a task is answered in `task`, what is asked of a worker or the whole here.

mod task;

use super::view::clock;
use super::{WorkersGroup, rule_view, rules_of, view};
use crate::kernel::world::World;
use crate::process::{Arg, Phrase, ProcessId, Span};
use crate::system::Past;
use crate::system::reach::{Trouble, cut, further, trouble};
use crate::view::{Explanation, NoteView, Question, Reason, Subject};
use crate::words::Key;
use crate::words::workers::WorkersKey;
use crate::words::workers_view::WorkersViewKey as V;
use crate::words::workers_why::WorkersWhyKey as K;
use crate::workers::{Rule, Scheduler, TaskId, TaskState, Worker};

/// Most reasons of one answer.
const MOST: usize = 12;
/// Most tasks that an answer about the whole speaks of one by one.
const TASKS: usize = 4;

/// A cluster at a moment, and what led there.
struct Asked<'a> {
    group: &'a WorkersGroup,
    world: &'a World,
    number: u16,
    past: &'a mut dyn Past,
}

/// What a cluster can say of a subject.
pub(super) fn why(
    group: &WorkersGroup,
    world: &World,
    number: u16,
    subject: &Subject,
    past: &mut dyn Past,
) -> Option<Explanation> {
    let mut asked = Asked { group, world, number, past };
    let question = question(group, world, subject);
    let mut reasons = match subject {
        Subject::Group(_) => asked.whole(),
        Subject::Entry(_, index) => asked.task(TaskId(*index)),
        Subject::Field(id, Key::WorkersView(V::AtWorkField)) => asked.at_work(*id),
        Subject::Field(id, Key::WorkersView(V::ResultsField)) => asked.results(*id),
        Subject::Field(id, Key::WorkersView(V::EpochField)) => asked.epoch(*id),
        Subject::Field(id, Key::WorkersView(V::OutputsField)) => asked.outputs(*id),
        _ => Vec::new(),
    };
    reasons.truncate(MOST);
    (!reasons.is_empty()).then_some(Explanation { question, reasons })
}

/// The question about a subject, as it is to be asked now.
fn question(group: &WorkersGroup, world: &World, subject: &Subject) -> Phrase {
    match subject {
        Subject::Entry(_, index) => task::question(group, world, TaskId(*index)),
        Subject::Field(id, Key::WorkersView(V::AtWorkField)) => {
            let runs = world.machine::<Worker>(*id).map(Worker::runs).unwrap_or_default();
            let tasks: Vec<Arg> = runs.iter().map(|run| view::task(V::TaskNamed, run.task)).collect();
            match tasks.is_empty() {
                true => Phrase::new(K::AskIdle, [Arg::Process(*id)]),
                false => Phrase::new(K::AskBusy, [Arg::Process(*id), Arg::List(tasks)]),
            }
        }
        Subject::Field(id, Key::WorkersView(V::ResultsField)) => {
            Phrase::new(K::AskResults, [Arg::Process(*id)])
        }
        Subject::Field(id, Key::WorkersView(V::EpochField)) => {
            let epoch = group.scheduler(world).map_or(0, Scheduler::epoch);
            Phrase::new(K::AskEpoch, [Arg::Process(*id), Arg::Epoch(epoch)])
        }
        Subject::Field(id, Key::WorkersView(V::OutputsField)) => {
            let outputs = group.stored(world).map_or(0, |stored| stored.effects.len());
            Phrase::new(K::AskOutputs, [Arg::Process(*id), number(outputs)])
        }
        _ => whole_question(group, world),
    }
}

fn whole_question(group: &WorkersGroup, world: &World) -> Phrase {
    if group.stored(world).is_some_and(|stored| !view::doubled(stored).is_empty()) {
        return Phrase::bare(K::AskDoubled);
    }
    let Some(facts) = group.scheduler(world).map(Scheduler::facts) else {
        return Phrase::bare(K::AskNoScheduler);
    };
    match facts.tasks - facts.done - facts.given_up {
        0 if facts.tasks == 0 => Phrase::bare(K::AskNoTasks),
        0 => Phrase::bare(K::AskDone),
        left => Phrase::new(K::AskNotDone, [Arg::Number(left)]),
    }
}

/// What can be asked about a process, or about the cluster.
pub(super) fn questions(
    group: &WorkersGroup,
    world: &World,
    number: u16,
    of: Option<ProcessId>,
) -> Vec<Question> {
    let about = |subject: Subject| Question { phrase: question(group, world, &subject), subject };
    let Some(id) = of else { return vec![about(Subject::Group(number))] };
    let field = |key: V| about(Subject::Field(id, key.into()));
    if let Some(worker) = world.machine::<Worker>(id) {
        let mut all = vec![field(V::AtWorkField)];
        if !worker.outcomes().is_empty() {
            all.push(field(V::ResultsField));
        }
        return all;
    }
    if let Some(scheduler) = world.machine::<Scheduler>(id) {
        let mut all = vec![about(Subject::Group(number)), field(V::EpochField)];
        let open = scheduler.tasks().iter().position(|row| row.finished.is_none());
        all.extend(open.map(|at| about(Subject::Entry(id, at as u64 + 1))));
        return all;
    }
    match group.store(world) {
        Some(store) if store.id() == id => vec![field(V::OutputsField)],
        _ => Vec::new(),
    }
}

fn number(count: usize) -> Arg {
    Arg::Number(count as u64)
}

fn who(ids: impl IntoIterator<Item = ProcessId>) -> Arg {
    Arg::List(ids.into_iter().map(Arg::Process).collect())
}

impl<'a> Asked<'a> {
    fn scheduler(&self) -> Option<&'a Scheduler> {
        self.group.scheduler(self.world)
    }

    fn ask(&self, subject: Subject) -> Question {
        Question { phrase: question(self.group, self.world, &subject), subject }
    }

    fn ask_task(&self, task: TaskId) -> Question {
        self.ask(Subject::Entry(self.group.settings().scheduler, task.0))
    }

    /// What a process noted last with one of these keys, about a task if one is given, as a reason.
    fn noted(&mut self, of: ProcessId, keys: &[WorkersKey], about: Option<TaskId>) -> Option<Reason> {
        let is_it = |note: &NoteView| {
            let of_it = about.is_none_or(|task| note.phrase.args.first() == Some(&Arg::Number(task.0)));
            of_it && keys.iter().any(|key| note.phrase.key == (*key).into())
        };
        let note = self.past.last_note(of, &is_it)?;
        let said = Phrase::new(K::Noted, [Arg::Process(of), Arg::Phrase(Box::new(note.phrase.clone()))]);
        let rule = note.rule.as_deref().and_then(Rule::named).map(rule_view);
        let events = note.because.into_iter().chain([note.event]);
        Some(Reason { rule, refused: note.refused, ..Reason::so(said) }.from(events))
    }

    /// How long it still is until a moment of a process' own clock.
    fn left(&self, id: ProcessId, until: crate::process::Time) -> Option<Span> {
        let now = clock(self.world, id);
        (until > now).then(|| until - now)
    }

    /// What keeps the scheduler from giving anything out, whatever waits.
    fn hindered(&mut self) -> Option<Reason> {
        let id = self.group.settings().scheduler;
        let me = Arg::Process(id);
        let key = match trouble(self.world, id, id) {
            Some(Trouble::Down) => Some((K::SchedulerDown, Trouble::Down)),
            Some(Trouble::Paused) => Some((K::SchedulerPaused, Trouble::Paused)),
            _ => None,
        };
        if let Some((key, trouble)) = key {
            return Some(Reason::not(Phrase::new(key, [me])).then([further(id, id, trouble)]));
        }
        let scheduler = self.scheduler()?;
        if !scheduler.is_ready() {
            let args = [me, Arg::Epoch(scheduler.epoch())];
            let reason = Reason::not(Phrase::new(K::SchedulerNotReady, args));
            return Some(reason.by(rule_view(Rule::DurableEpoch)));
        }
        let rows = scheduler.workers();
        if !rows.iter().any(|row| row.alive) {
            let reason = Reason::not(Phrase::new(K::NobodyHeard, [me]));
            let workers = self.workers();
            let next = workers.iter().filter_map(|to| Some(further(id, *to, trouble(self.world, id, *to)?)));
            return Some(reason.then(next.take(TASKS).collect::<Vec<_>>()));
        }
        let mut alive = rows.iter().filter(|row| row.alive).peekable();
        if alive.peek().is_some() && alive.all(|row| scheduler.is_drained(row.id)) {
            let drained = rows.iter().filter(|row| row.alive).map(|row| row.id);
            return Some(Reason::not(Phrase::new(K::AllDrained, [who(drained)])));
        }
        None
    }

    fn workers(&self) -> Vec<ProcessId> {
        let ours = self.world.processes().filter(|process| process.group == self.number);
        ours.map(|process| process.id).filter(|id| self.group.is_worker(*id)).collect()
    }

    /// Leases of the scheduler's earlier lives that it still waits for.
    fn old_leases(&mut self) -> Option<Reason> {
        let scheduler = self.scheduler()?;
        let waits = |row: &&crate::workers::TaskRow| row.finished.is_none() && row.failures == 0;
        let until = scheduler.tasks().iter().filter(waits).map(|row| row.not_before).max()?;
        let left = self.left(scheduler.id(), until).filter(|_| scheduler.epoch() > 1)?;
        let noted = self.noted(scheduler.id(), &[WorkersKey::WaitsOldLeases], None);
        let args = [Arg::Process(scheduler.id()), Arg::For(left)];
        let reason = Reason::not(Phrase::new(K::WaitsOldLeases, args)).by(rule_view(Rule::HonourOldLeases));
        Some(reason.from(noted.into_iter().flat_map(|noted| noted.events)))
    }

    fn whole(&mut self) -> Vec<Reason> {
        let doubled = self.doubled();
        if !doubled.is_empty() {
            return doubled;
        }
        let mut reasons: Vec<Reason> = self.hindered().into_iter().collect();
        let Some(scheduler) = self.scheduler() else { return reasons };
        let facts = scheduler.facts();
        if facts.tasks == 0 {
            return vec![Reason::not(Phrase::bare(K::NothingSubmitted))];
        }
        let left = facts.tasks - facts.done - facts.given_up;
        if left == 0 {
            let id = scheduler.id();
            let noted = self.noted(id, &[WorkersKey::JobComplete], None);
            let all = Reason::so(Phrase::new(K::AllRecorded, [Arg::Number(facts.tasks)]));
            let next = scheduler.tasks().iter().zip(1..).filter(|(row, _)| row.state() == TaskState::GivenUp);
            let next: Vec<Question> = next.map(|(_, task)| self.ask_task(TaskId(task))).take(TASKS).collect();
            return [Some(all.then(next)), noted].into_iter().flatten().collect();
        }
        reasons.extend(self.old_leases());
        if reasons.is_empty() {
            reasons.extend(self.due(scheduler));
        }
        reasons.extend(self.failed_before(scheduler));
        let open = scheduler.tasks().iter().zip(1..).filter(|(row, _)| row.state() == TaskState::InProgress);
        for (row, task) in open.take(TASKS) {
            let next = self.ask_task(TaskId(task));
            let held = row.holders.iter().map(|held| self.holds(TaskId(task), held));
            reasons.extend(held.map(|reason| reason.then([next.clone()])).collect::<Vec<_>>());
        }
        reasons
    }

    /// Tasks that took effect more than once, and the rules that nobody follows.
    fn doubled(&self) -> Vec<Reason> {
        let Some(stored) = self.group.stored(self.world) else { return Vec::new() };
        let mut tasks = view::doubled(stored);
        tasks.dedup();
        let twice = |task: &TaskId| {
            let by = stored.effects.iter().filter(|effect| effect.task == *task).map(|effect| effect.worker);
            Reason::so(Phrase::new(K::TookTwice, [Arg::Number(task.0), who(by)]))
        };
        let mut reasons: Vec<Reason> = tasks.iter().take(TASKS).map(twice).collect();
        if reasons.is_empty() {
            return reasons;
        }
        let ours = self.world.processes().filter(|process| process.group == self.number);
        let rules = ours.filter_map(|process| rules_of(self.world, process.id));
        let mut off: Vec<Rule> = rules.flat_map(|rules| rules.switched_off().collect::<Vec<_>>()).collect();
        off.sort_unstable();
        off.dedup();
        let off = off.into_iter().map(|rule| Reason::not(Phrase::bare(K::RuleIsOff)).by(rule_view(rule)));
        reasons.extend(off);
        reasons
    }

    /// Why a worker works at what it does, or at nothing.
    fn at_work(&mut self, id: ProcessId) -> Vec<Reason> {
        let Some(worker) = self.world.machine::<Worker>(id) else { return Vec::new() };
        if worker.runs().is_empty() {
            return self.idle(id);
        }
        let mut reasons = Vec::new();
        for run in worker.runs() {
            reasons.extend(self.noted(id, &[WorkersKey::Begins], Some(run.task)));
            if trouble(self.world, id, id) == Some(Trouble::Paused) {
                let next = [further(id, id, Trouble::Paused)];
                let reason = Reason::so(Phrase::new(K::HolderPaused, cut(id, id, Trouble::Paused)));
                reasons.push(reason.then(next));
            }
            if let Some(left) = self.left(id, run.until) {
                let args = [Arg::Process(id), Arg::Number(run.task.0), Arg::For(left)];
                let reason = Reason::so(Phrase::new(K::WorksUnder, args)).by(rule_view(Rule::StopAtLeaseEnd));
                reasons.push(reason.then([self.ask_task(run.task)]));
            }
        }
        reasons
    }

    fn idle(&mut self, id: ProcessId) -> Vec<Reason> {
        let scheduler_id = self.group.settings().scheduler;
        let stopped = self.noted(id, &[WorkersKey::StopsAtLeaseEnd, WorkersKey::Stops], None);
        if let Some(trouble) = trouble(self.world, scheduler_id, id) {
            let next = further(scheduler_id, id, trouble);
            let reason = Reason::not(Phrase::new(K::CannotMeet, cut(scheduler_id, id, trouble)));
            return [Some(reason.then([next])), stopped].into_iter().flatten().collect();
        }
        let mut reasons: Vec<Reason> = self.hindered().into_iter().collect();
        let Some(scheduler) = self.scheduler() else { return reasons };
        let names = [Arg::Process(id), Arg::Process(scheduler_id)];
        match scheduler.workers().iter().find(|row| row.id == id) {
            None => reasons.push(Reason::not(Phrase::new(K::WorkerUnknown, names))),
            Some(row) if !row.alive => {
                reasons.push(Reason::not(Phrase::new(K::WorkerSilent, names)));
            }
            Some(_) if scheduler.is_drained(id) => {
                reasons.push(Reason::not(Phrase::new(K::WorkerDrained, [Arg::Process(id)])));
            }
            Some(_) => reasons.extend(self.nothing_to_do(id, scheduler)),
        }
        reasons.extend(stopped);
        reasons
    }

    /// Why a worker that could work has nothing in its hands.
    fn nothing_to_do(&mut self, id: ProcessId, scheduler: &Scheduler) -> Vec<Reason> {
        let mut reasons: Vec<Reason> = self.old_leases().into_iter().collect();
        // What was given to it and is not there yet, or is done and not recorded.
        let held = scheduler.held(id).take(TASKS);
        let held = held.map(|(task, held)| self.holds(task, held).then([self.ask_task(task)]));
        reasons.extend(held);
        if reasons.is_empty() {
            reasons.extend(self.due(scheduler));
        }
        reasons.extend(self.failed_before(scheduler));
        let facts = scheduler.facts();
        let left = facts.tasks - facts.done - facts.given_up;
        if facts.waiting == 0 && reasons.is_empty() {
            let key = if left == 0 { K::NothingLeft } else { K::NothingWaits };
            let args = if left == 0 { Vec::new() } else { vec![Arg::Number(left)] };
            let next = self.ask(Subject::Group(self.number));
            reasons.push(Reason::so(Phrase::new(key, args)).then([next]));
        }
        if facts.waiting == 0 && left > 0 && !scheduler.rules().has(Rule::BackupTasks) {
            reasons.push(Reason::not(Phrase::bare(K::NoBackup)).by(rule_view(Rule::BackupTasks)));
        }
        reasons
    }

    /// Why what a worker has done is not recorded.
    fn results(&mut self, id: ProcessId) -> Vec<Reason> {
        let Some(worker) = self.world.machine::<Worker>(id) else { return Vec::new() };
        let settings = self.group.settings();
        let mut reasons = Vec::new();
        for outcome in worker.outcomes().iter().take(TASKS) {
            let asked = match outcome.stage {
                crate::workers::Stage::Committing => settings.store.unwrap_or(settings.scheduler),
                crate::workers::Stage::Reporting => settings.scheduler,
            };
            let trouble = trouble(self.world, id, asked);
            let reason = match trouble {
                Some(trouble) => Reason::not(Phrase::new(K::CannotMeet, cut(id, asked, trouble))),
                None => {
                    let args = [Arg::Process(id), Arg::Process(asked)];
                    Reason::not(Phrase::new(K::NotAnswered, args)).by(rule_view(Rule::RetryReport))
                }
            };
            reasons.push(reason.then(trouble.map(|trouble| further(id, asked, trouble))));
            let told = [WorkersKey::AsksToCommit, WorkersKey::KeepsOutput, WorkersKey::IsCommitted];
            reasons.extend(self.noted(id, &told, Some(outcome.task)));
        }
        reasons
    }

    fn epoch(&mut self, id: ProcessId) -> Vec<Reason> {
        let started = self.noted(id, &[WorkersKey::SchedulerStarts, WorkersKey::SchedulerResumes], None);
        let each = Reason::so(Phrase::new(K::EachLife, [Arg::Process(id)])).by(rule_view(Rule::DurableEpoch));
        started.into_iter().chain([each]).collect()
    }

    fn outputs(&mut self, id: ProcessId) -> Vec<Reason> {
        let doubled = self.doubled();
        if !doubled.is_empty() {
            return doubled;
        }
        let count = self.group.stored(self.world).map_or(0, |stored| stored.effects.len());
        let first = Reason::so(Phrase::new(K::FirstOnes, [number(count)])).by(rule_view(Rule::CommitOnce));
        let refused = [WorkersKey::HasAlready, WorkersKey::RefusesSuperseded];
        let noted = [self.noted(id, &[WorkersKey::Commits], None), self.noted(id, &refused, None)];
        std::iter::once(first).chain(noted.into_iter().flatten()).collect()
    }
}
