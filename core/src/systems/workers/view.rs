//! A process as people see it: which part it plays, its epoch, what it has in its hands; and the table of tasks.
//!
//! It only looks. What a running process says of itself comes from its machine, what a crashed one left from its disk.

use super::message::listed;
use super::{WorkersGroup, rules_of};
use crate::kernel::world::World;
use crate::process::{Arg, Phrase, ProcessId, TimerName};
use crate::systems::verbs::{self, ask, verb};
use crate::text::flow;
use crate::view::{
    Actor, ArcView, AskKind, Badge, Cell, Epoch, Field, Goal, Inspector, LogTable, Look, Ring, Role,
    Standing, Strip, Value, Verb,
};
use crate::words::stage::StageKey as S;
use crate::words::workers::WorkersKey;
use crate::words::workers_view::WorkersViewKey as K;
use crate::workers::{
    Attempt, Command, DiskName, Finished, Journal, Kept, Life, Rule, Rules, Scheduler, Store, Stored, TaskId,
    TaskRow, Timer, Worker,
};
use std::any::Any;
use std::sync::Arc;

/// Most tasks that a caption names.
const NAMED: usize = 4;

/// An attempt as an argument.
pub(super) fn attempt(attempt: Attempt) -> Arg {
    let args = [Arg::Epoch(attempt.epoch), Arg::Number(attempt.number)];
    Arg::Phrase(Box::new(Phrase::new(K::AttemptIs, args)))
}

/// An attempt under its label; before every attempt there is none.
pub(super) fn attempt_field(label: K, shown: Attempt) -> Field {
    Field::new(label, if shown == Attempt::NONE { Value::None } else { Value::Arg(attempt(shown)) })
}

/// A task as an argument: "task 3".
pub(super) fn task(key: K, task: TaskId) -> Arg {
    Arg::Phrase(Box::new(Phrase::new(key, [Arg::Number(task.0)])))
}

/// Tasks that have more than one output, each as often as it has one too many.
pub(super) fn doubled(stored: &Stored) -> Vec<TaskId> {
    let mut tasks: Vec<u64> = stored.effects.iter().map(|effect| effect.task.0).collect();
    crate::process::few::sort(&mut tasks);
    tasks.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| TaskId(pair[0])).collect()
}

fn epoch(number: u64) -> Option<Epoch> {
    (number > 0).then(|| named(number))
}

/// A scheduler's life.
fn named(number: u64) -> Epoch {
    Epoch { number, owner: None, name: K::EpochIs.into() }
}

/// Part and epoch: of a worker the one that it obeys.
pub(super) fn standing(world: &World, id: ProcessId) -> Standing {
    let role = |key: WorkersKey, look| Some(Role { key: key.into(), look });
    if let Some(scheduler) = world.machine::<Scheduler>(id) {
        let ready = if scheduler.is_ready() { Look::Leader } else { Look::Candidate };
        return Standing { role: role(WorkersKey::Scheduler, ready), epoch: epoch(scheduler.epoch()) };
    }
    if let Some(worker) = world.machine::<Worker>(id) {
        return Standing { role: role(WorkersKey::Worker, Look::Follower), epoch: epoch(worker.epoch()) };
    }
    if world.machine::<Store>(id).is_some() {
        return Standing { role: role(WorkersKey::StorePart, Look::Plain), epoch: None };
    }
    Standing { role: None, epoch: world.stored::<Journal>(id).and_then(|journal| epoch(journal.epoch)) }
}

/// Part, epoch, arc, caption and badges of a process.
pub(super) fn actor(group: &WorkersGroup, world: &World, actor: &mut Actor) {
    actor.ring = Ring::Inner;
    let Standing { role, epoch } = standing(world, actor.id);
    (actor.role, actor.epoch) = (role, epoch);
    if let Some(scheduler) = world.machine::<Scheduler>(actor.id) {
        of_scheduler(world, scheduler, actor);
    } else if let Some(worker) = world.machine::<Worker>(actor.id) {
        // The task that is done first.
        let mut work = world
            .timers(actor.id)
            .filter(|timer| worker.runs().iter().any(|run| Timer::Work(run.slot).slot() == timer.slot));
        let first = work.next().map(|one| work.fold(one, |a, b| if b.fires_at < a.fires_at { b } else { a }));
        actor.arc = first.map(|timer| {
            let (label, slot, set_at, fires_at) = (timer.label, timer.slot, timer.set_at, timer.fires_at);
            ArcView { label, slot, set_at, fires_at }
        });
        actor.caption = in_hand(worker);
    } else if Some(actor.id) == group.settings().store
        && let Some(stored) = group.stored(world)
    {
        actor.caption = Some(Phrase::new(K::HasOutputs, [count(stored.effects.len())]));
        let doubled = doubled(stored).len();
        if doubled > 0 {
            badge(actor, Phrase::new(K::Doubled, [count(doubled)]), true);
        }
    }
    let drained = group.scheduler(world).is_some_and(|scheduler| scheduler.is_drained(actor.id));
    if drained {
        badge(actor, Phrase::bare(K::Drained), false);
    }
}

fn badge(actor: &mut Actor, phrase: Phrase, warn: bool) {
    actor.badges.push(Badge { phrase, warn });
}

fn count(all: usize) -> Arg {
    Arg::Number(all as u64)
}

fn of_scheduler(world: &World, scheduler: &Scheduler, actor: &mut Actor) {
    let facts = scheduler.facts();
    actor.caption = Some(Phrase::new(K::DoneOf, [Arg::Number(facts.done), Arg::Number(facts.tasks)]));
    let now = clock(world, actor.id);
    let old = |row: &TaskRow| row.finished.is_none() && row.holders.is_empty() && row.not_before > now;
    if !scheduler.is_ready() {
        badge(actor, Phrase::bare(K::NotReady), false);
    } else if scheduler.epoch() > 1 && scheduler.tasks().iter().any(|row| row.failures == 0 && old(row)) {
        badge(actor, Phrase::bare(K::WaitsForLeases), false);
    }
    let silent: Vec<Arg> =
        scheduler.workers().iter().filter(|row| !row.alive).map(|row| Arg::Process(row.id)).collect();
    if !silent.is_empty() {
        badge(actor, Phrase::new(K::TakenForFailed, [Arg::List(silent)]), true);
    }
}

/// What a process' own clock shows.
pub(super) fn clock(world: &World, id: ProcessId) -> crate::process::Time {
    let host = world.process(id).and_then(|process| world.host(process.host));
    host.map_or(crate::process::Time::ZERO, |host| host.clock.monotonic)
}

/// What a worker works at, and what it has done that is not recorded yet.
fn in_hand(worker: &Worker) -> Option<Phrase> {
    let runs = worker.runs().iter().map(|run| task(K::TaskNamed, run.task));
    let done = worker.outcomes().iter().map(|outcome| task(K::TaskReported, outcome.task));
    let all: Vec<Arg> = runs.chain(done).take(NAMED).collect();
    (!all.is_empty()).then(|| Phrase::new(K::InHand, [Arg::List(all)]))
}

/// A process looked into.
pub(super) fn inspect(world: &World, id: ProcessId) -> Option<Inspector> {
    let volatile = match (world.machine::<Scheduler>(id), world.machine::<Worker>(id)) {
        (Some(scheduler), _) => of_table(scheduler),
        (_, Some(worker)) => of_worker(world, worker),
        _ => world.machine::<Store>(id).map(of_store).unwrap_or_default(),
    };
    let durable = match (world.stored::<Journal>(id), world.stored::<Kept>(id)) {
        (Some(journal), _) => of_journal(journal),
        (_, Some(kept)) => {
            let mut fields = life_fields(kept.life).to_vec();
            fields.push(outputs(kept.outputs.len()));
            fields
        }
        _ => world.stored::<Stored>(id).map(|stored| vec![outputs(stored.effects.len())]).unwrap_or_default(),
    };
    if volatile.is_empty() && durable.is_empty() {
        return None;
    }
    Some(Inspector {
        id,
        volatile,
        durable,
        strip: None,
        timers: Vec::new(),
        verbs: Vec::new(),
        notes: Vec::new(),
        why: None,
        questions: Vec::new(),
    })
}

/// A disk is named after when it was first used; the worker's own clock shows it as everything else is shown.
pub(super) fn disk_field(disk: DiskName) -> Field {
    Field::new(K::DiskField, Value::Arg(Arg::At(disk.monotonic)))
}

/// Which of a worker's lives.
pub(super) fn life_fields(life: Life) -> [Field; 2] {
    [Field::number(K::LifeField, life.number), disk_field(life.disk)]
}

fn role_field(key: WorkersKey) -> Field {
    Field::new(S::Role, Value::Phrase(Phrase::bare(key)))
}

fn outputs(all: usize) -> Field {
    Field::number(K::OutputsField, all as u64)
}

fn processes(label: K, ids: impl Iterator<Item = ProcessId>) -> Field {
    listed(label, ids.map(Arg::Process).collect())
}

fn of_table(scheduler: &Scheduler) -> Vec<Field> {
    let facts = scheduler.facts();
    let rows = || scheduler.workers().iter();
    let mut fields = vec![
        role_field(WorkersKey::Scheduler),
        Field::new(K::EpochField, Value::Arg(Arg::Epoch(scheduler.epoch()))),
        Field::number(K::TasksField, facts.tasks),
        Field::number(K::DoneField, facts.done),
        Field::number(K::RunningField, facts.running),
        Field::number(K::WaitingField, facts.waiting),
        Field::number(K::GivenUpField, facts.given_up),
        processes(K::AliveField, rows().filter(|row| row.alive).map(|row| row.id)),
        processes(K::SilentField, rows().filter(|row| !row.alive).map(|row| row.id)),
        processes(K::DrainedField, scheduler.journal().drained.iter().copied()),
    ];
    if scheduler.writes_under_way() > 0 {
        fields.push(Field::number(S::WaitingWrites, scheduler.writes_under_way()));
    }
    fields
}

/// What a scheduler's disk holds.
fn of_journal(journal: &Journal) -> Vec<Field> {
    let counts = &journal.counts;
    vec![
        Field::new(K::EpochField, Value::Arg(Arg::Epoch(journal.epoch))),
        Field::number(K::SubmittedField, journal.submitted.unwrap_or(0)),
        Field::number(K::FinishedField, journal.finished.len() as u64),
        processes(K::DrainedField, journal.drained.iter().copied()),
        Field::number(K::AssignedField, counts.given),
        Field::number(K::ReexecutedField, counts.reexecuted),
        Field::number(K::BackupsField, counts.backups),
        Field::number(K::DuplicatesField, counts.duplicates),
        Field::number(K::FailuresField, counts.failures),
        Field::number(K::WorkersFailedField, counts.workers_failed),
    ]
}

fn of_worker(world: &World, worker: &Worker) -> Vec<Field> {
    let run = |of: TaskId, which: Attempt| {
        Arg::Phrase(Box::new(Phrase::new(K::RunIs, [Arg::Number(of.0), attempt(which)])))
    };
    let heard = match worker.epoch() {
        0 => Value::None,
        epoch => Value::Arg(Arg::Epoch(epoch)),
    };
    let mut fields = vec![
        role_field(WorkersKey::Worker),
        Field::number(K::LifeField, worker.life().number),
        Field::new(K::HeardEpochField, heard),
        listed(K::AtWorkField, worker.runs().iter().map(|one| run(one.task, one.attempt)).collect()),
        listed(K::ResultsField, worker.outcomes().iter().map(|one| run(one.task, one.attempt)).collect()),
    ];
    if let Some(until) = worker.runs().iter().map(|run| run.until).min() {
        let left = until - clock(world, worker.id()).min(until);
        fields.push(Field::new(K::LeaseField, Value::Arg(Arg::For(left))));
    }
    fields
}

fn of_store(store: &Store) -> Vec<Field> {
    vec![
        role_field(WorkersKey::StorePart),
        outputs(store.effects().len()),
        Field::number(K::DoublesField, store.doubles()),
    ]
}

/// What the table shows of each process at the tasks from `first` to `last`.
struct Window<'a> {
    world: &'a World,
    first: u64,
    last: u64,
    /// Tasks that took effect more than once.
    doubled: Vec<TaskId>,
}

/// Task by task: what the scheduler knows of it, who has it in hand, and whose output the store has.
pub(super) fn table(
    group: &WorkersGroup,
    world: &World,
    number: u16,
    first: Option<u64>,
    columns: u32,
) -> Option<LogTable> {
    let scheduler = group.settings().scheduler;
    let journal = group.scheduler(world).map(Scheduler::journal).or_else(|| world.stored(scheduler));
    let last = journal.and_then(|journal| journal.submitted).unwrap_or(group.settings().tasks);
    let columns = u64::from(columns.max(1));
    let first = first.unwrap_or((last + 1).saturating_sub(columns)).max(1);
    let doubled = group.stored(world).map(doubled).unwrap_or_default();
    let shown = Window { world, first, last: last.min(first.saturating_add(columns - 1)), doubled };
    let ours = world.processes().filter(|process| process.group == number).map(|process| process.id);
    let row = |id: ProcessId| match id {
        id if id == scheduler => shown.of_scheduler(group, id),
        id if Some(id) == group.settings().store => shown.of_store(group, id),
        id => shown.of_worker(id),
    };
    Some(LogTable { group: number, first, last, rows: ours.map(row).collect() })
}

impl Window<'_> {
    fn shows(&self, task: TaskId) -> bool {
        (self.first..=self.last).contains(&task.0)
    }

    fn strip(id: ProcessId, mut cells: Vec<Cell>) -> Strip {
        cells.sort_by_key(|cell| cell.index);
        cells.dedup_by_key(|cell| cell.index);
        Strip { id, base: 0, cells, marks: Vec::new() }
    }

    fn cell(&self, task: TaskId, of: Attempt, text: Phrase) -> Cell {
        let conflict = self.doubled.contains(&task);
        Cell { index: task.0, epoch: named(of.epoch), text, committed: false, synced: false, conflict }
    }

    fn of_scheduler(&self, group: &WorkersGroup, id: ProcessId) -> Strip {
        let disk = self.world.stored::<Journal>(id).map(|journal| journal.finished.clone());
        let written = |task: TaskId| disk.iter().flat_map(|all| all.iter()).any(|one| one.task == task);
        let Some(scheduler) = group.scheduler(self.world) else {
            let all = disk.iter().flat_map(|all| all.iter()).filter(|one| self.shows(one.task));
            let cells = all.map(|one| self.finished(one, true)).collect();
            return Self::strip(id, cells);
        };
        let cell = |number: u64| {
            let task = TaskId(number);
            let row = scheduler.task(task)?;
            Some(match (&row.finished, row.holders.as_slice()) {
                (Some(finished), _) => self.finished(finished, written(task)),
                (None, []) => self.cell(task, Attempt::NONE, Phrase::bare(K::CellIdle)),
                (None, [first, ..]) => {
                    let who = row.holders.iter().map(|held| Arg::Process(held.worker)).collect();
                    self.cell(task, first.attempt, Phrase::new(K::CellWorker, [Arg::List(who)]))
                }
            })
        };
        Self::strip(id, (self.first..=self.last).filter_map(cell).collect())
    }

    fn finished(&self, finished: &Finished, synced: bool) -> Cell {
        let text = match finished.given_up {
            true => Phrase::bare(K::CellGivenUp),
            false => Phrase::new(K::CellWorker, [Arg::Process(finished.worker)]),
        };
        let committed = !finished.given_up;
        Cell { committed, synced, ..self.cell(finished.task, finished.attempt, text) }
    }

    fn of_worker(&self, id: ProcessId) -> Strip {
        let mut cells = Vec::new();
        if let Some(worker) = self.world.machine::<Worker>(id) {
            for run in worker.runs().iter().filter(|run| self.shows(run.task)) {
                cells.push(self.cell(run.task, run.attempt, Phrase::bare(K::CellAtWork)));
            }
            for outcome in worker.outcomes().iter().filter(|outcome| self.shows(outcome.task)) {
                cells.push(self.cell(outcome.task, outcome.attempt, Phrase::bare(K::CellResult)));
            }
        }
        // Where outputs are local: those on its disk.
        let kept = self.world.stored::<Kept>(id).map(|kept| kept.outputs.clone()).unwrap_or_default();
        for hold in kept.iter().filter(|hold| self.shows(hold.task)) {
            let text = Phrase::new(K::CellWorker, [Arg::Process(id)]);
            let cell = self.cell(hold.task, hold.attempt, text);
            cells.push(Cell { committed: true, synced: true, ..cell });
        }
        Self::strip(id, cells)
    }

    fn of_store(&self, group: &WorkersGroup, id: ProcessId) -> Strip {
        let disk = self.world.stored::<Stored>(id).map(|stored| stored.effects.clone()).unwrap_or_default();
        let Some(stored) = group.stored(self.world) else { return Self::strip(id, Vec::new()) };
        let cell = |effect: &crate::workers::Effect| {
            let text = Phrase::new(K::CellWorker, [Arg::Process(effect.worker)]);
            let synced = disk.iter().any(|there| there.attempt == effect.attempt);
            Cell { committed: true, synced, ..self.cell(effect.task, effect.attempt, text) }
        };
        Self::strip(id, stored.effects.iter().filter(|one| self.shows(one.task)).map(cell).collect())
    }
}

/// What people can do: to a worker, or, for the operator, to the cluster.
pub(super) fn verbs(group: &WorkersGroup, world: &World, number: u16, process: ProcessId) -> Vec<Verb> {
    let name = flow::line(&*group.name);
    let submit = || {
        let tasks = ask("tasks", K::AskTasks, AskKind::Number, "6");
        let command = format!("order: {{ verb: submit, with: {{ tasks: {{tasks}} }}, of: {name} }}");
        verb("submit", K::VerbSubmit, command, vec![tasks])
    };
    if process == ProcessId::OPERATOR {
        let add = format!("addMember: {{ names: [{{name}}], of: {name} }}");
        let named = ask("name", S::AskName, AskKind::Text, "new1");
        let add = verb("addMember", K::VerbAddWorker, add, vec![named]);
        return vec![submit(), add, rules(&name, world, number)];
    }
    let Some(known) = world.process(process) else { return Vec::new() };
    if process == group.settings().scheduler {
        return vec![submit()];
    }
    if !group.is_worker(process) {
        return Vec::new();
    }
    let drained = group.scheduler(world).is_some_and(|scheduler| scheduler.is_drained(process));
    let (does, label) = if drained { ("undrain", K::VerbUndrain) } else { ("drain", K::VerbDrain) };
    let member = flow::line(&**known.name);
    let command = format!("order: {{ verb: {does}, with: {{ worker: {member} }}, of: {name} }}");
    vec![verb(does, label, command, Vec::new())]
}

/// A process' rules, and those that it has been told and takes in next.
fn rules_told(world: &World, id: ProcessId) -> Option<Rules> {
    let told = world.ordered().filter(|(to, _)| *to == id);
    let rules = rules_of(world, id)?;
    Some(told.fold(rules, |rules, (_, order)| match (order as &dyn Any).downcast_ref() {
        Some(Command::SwitchRule { rule, on }) if *on => rules.with(*rule),
        Some(Command::SwitchRule { rule, .. }) => rules.without(*rule),
        _ => rules,
    }))
}

fn rules(name: &str, world: &World, number: u16) -> Verb {
    let ours = world.processes().filter(|process| process.group == number);
    let all: Vec<Rules> = ours.filter_map(|process| rules_told(world, process.id)).collect();
    let off = |name: &str| {
        let off = |rules: &Rules| Rule::named(name).is_some_and(|rule| !rules.has(rule));
        !all.is_empty() && all.iter().all(off)
    };
    verbs::switch_rule(name, Rule::ALL.iter().map(|rule| rule.name()), off)
}

/// What one may want to run until.
pub(super) fn goals(name: &Arc<str>) -> Vec<Goal> {
    let line = flow::line(&**name);
    let goal = |key: K, predicate: String| Goal {
        label: Phrase::new(key, [Arg::Name(name.clone())]),
        predicate: predicate.into(),
        asks: Vec::new(),
    };
    let fact = |fact: &str, least: u32| format!("fact: {{ of: {line}, name: {fact}, atLeast: {least} }}");
    vec![
        goal(K::GoalAllDone, fact("complete", 1)),
        goal(K::GoalAgain, fact("reexecuted", 1)),
        goal(K::GoalBackup, fact("backups", 1)),
        goal(K::GoalFails, fact("workersFailed", 1)),
        goal(K::GoalGivenUp, fact("givenUp", 1)),
        goal(K::GoalEpoch, fact("epoch", 2)),
        goal(K::GoalDouble, fact("doubles", 1)),
        goal(K::GoalViolation, format!("not: {{ checks: {line} }}")),
    ]
}
