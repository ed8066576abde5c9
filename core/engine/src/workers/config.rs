//! What a cluster is told of itself: who plays which part, how long tasks, leases and silences are. Workers are not listed: the
//! scheduler knows those that it hears.

use super::rules::Rules;
use super::{Scheduler, Store, TaskId, Worker};
use crate::process::hosted::MachineImage;
use crate::process::{Image, ProcessId, Span};
use std::sync::Arc;

/// Most tasks a job may have, all submissions together.
pub const MAX_TASKS: u64 = 1024;
/// Most workers a scheduler keeps in its book.
pub const MAX_WORKERS: usize = 256;
/// Most tasks at once that a worker may have.
pub const MAX_SLOTS: u8 = 8;
/// A bound on how far clocks' rates may be off, in parts per million, must be below this.
pub const MAX_DRIFT_PPM: u32 = 500_000;
/// Most times slower a worker may be than the usual one, in percent.
pub const MAX_SLOWNESS: u32 = 100_000;

/// Where a task's output lies (*MapReduce* §3.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Outputs {
    /// In the store, as a reduce task's "in a global file system": it outlives its worker.
    #[default]
    Shared,
    /// On the worker's own disk, as a map task's: it is gone with its worker.
    Local,
}

/// What a cluster is told of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Who schedules.
    pub scheduler: ProcessId,
    /// Who keeps outputs; needed where they are shared.
    pub store: Option<ProcessId>,
    /// Where outputs lie.
    pub outputs: Outputs,
    /// How many tasks there are from the first start on.
    pub tasks: u64,
    /// How many tasks a worker takes at once.
    pub slots: u8,
    /// How long a task takes: drawn uniformly, for each attempt anew.
    pub duration: (Span, Span),
    /// Workers that take so many percent of that time: 300 is three times as slow.
    pub stragglers: Vec<(ProcessId, u32)>,
    /// A worker speaks to the scheduler so often; so often the scheduler looks whom it has not heard.
    pub heartbeat: Span,
    /// A worker that was not heard for longer than this has failed.
    pub worker_timeout: Span,
    /// How long a worker may work at a task without the scheduler's renewal, on its own clock.
    pub lease: Span,
    /// No clock's rate is off by more than this, in parts per million.
    pub drift_bound_ppm: u32,
    /// Backups are given out when at most so many percent of all tasks are unfinished, and none waits.
    pub backups_from: u32,
    /// A worker repeats what was not answered so often.
    pub resend: Span,
    /// Tasks that fail wherever they run.
    pub failing: Vec<TaskId>,
    /// A task that has failed so often is given up.
    pub most_failures: u32,
    /// A task that failed waits so long, and twice as long each time up to 32 times.
    pub back_off: Span,
    /// Which rules are in force.
    pub rules: Rules,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            scheduler: ProcessId(1),
            store: Some(ProcessId(2)),
            outputs: Outputs::Shared,
            tasks: 24,
            slots: 2,
            duration: (Span::millis(800), Span::millis(1_600)),
            stragglers: Vec::new(),
            heartbeat: Span::millis(200),
            worker_timeout: Span::millis(1_000),
            lease: Span::millis(2_000),
            drift_bound_ppm: 1_000,
            backups_from: 10,
            resend: Span::millis(300),
            failing: Vec::new(),
            most_failures: 4,
            back_off: Span::millis(200),
            rules: Rules::ALL,
        }
    }
}

/// Why settings make no sense.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingsError {
    /// Outputs are shared and nobody keeps them.
    NoStore,
    /// This process would be the scheduler and the store.
    TwoParts(ProcessId),
    /// More tasks than [`MAX_TASKS`].
    TooManyTasks,
    /// No slot, or more than [`MAX_SLOTS`].
    Slots,
    /// This length of time is zero, or a range is upside down.
    NoTime(&'static str),
    /// The lease would end before it can be renewed: it must be longer than two heartbeats.
    LeaseTooShort,
    /// Not below [`MAX_DRIFT_PPM`].
    DriftBound,
    /// More than 100 percent.
    Percent(&'static str),
    /// The scheduler or the store is no worker that could be slow, or a factor is 0 or above [`MAX_SLOWNESS`].
    Straggler(ProcessId),
    /// No task has this number: they count from 1 to [`MAX_TASKS`]. Its place in the list.
    NoTask(usize),
    /// A task that may not fail even once.
    NoFailures,
}

/// Settings that make sense, shared by all of a cluster.
#[derive(Clone, Debug)]
pub struct Program(Arc<Settings>);

impl Program {
    /// Checks the settings.
    pub fn new(settings: Settings) -> Result<Program, SettingsError> {
        match settings.store {
            None if settings.outputs == Outputs::Shared => return Err(SettingsError::NoStore),
            Some(store) if store == settings.scheduler => return Err(SettingsError::TwoParts(store)),
            _ => {}
        }
        if settings.tasks > MAX_TASKS {
            return Err(SettingsError::TooManyTasks);
        }
        if settings.slots == 0 || settings.slots > MAX_SLOTS {
            return Err(SettingsError::Slots);
        }
        check_times(&settings)?;
        if settings.drift_bound_ppm >= MAX_DRIFT_PPM {
            return Err(SettingsError::DriftBound);
        }
        if settings.backups_from > 100 {
            return Err(SettingsError::Percent("backupsFrom"));
        }
        let exists = |task: &TaskId| (1..=MAX_TASKS).contains(&task.0);
        if let Some(at) = settings.failing.iter().position(|task| !exists(task)) {
            return Err(SettingsError::NoTask(at));
        }
        if settings.most_failures == 0 {
            return Err(SettingsError::NoFailures);
        }
        for (id, percent) in &settings.stragglers {
            let no_worker = *id == settings.scheduler || Some(*id) == settings.store;
            if no_worker || *percent == 0 || *percent > MAX_SLOWNESS {
                return Err(SettingsError::Straggler(*id));
            }
        }
        Ok(Program(Arc::new(settings)))
    }
    /// The settings.
    pub fn settings(&self) -> &Settings {
        &self.0
    }
    /// What the scheduler is started from.
    pub fn scheduler(&self) -> Arc<dyn Image> {
        Arc::new(MachineImage::<Scheduler>(self.clone()))
    }
    /// What a worker is started from.
    pub fn worker(&self) -> Arc<dyn Image> {
        Arc::new(MachineImage::<Worker>(self.clone()))
    }
    /// What the store is started from.
    pub fn store(&self) -> Arc<dyn Image> {
        Arc::new(MachineImage::<Store>(self.clone()))
    }
    /// How long a lease may last on a clock as fast as any may be, if its holder's is as slow as any may be: the lease times
    /// (1 + drift) / (1 - drift), rounded up.
    pub fn certain_lease(&self) -> Span {
        const MILLION: u128 = 1_000_000;
        let drift = u128::from(self.0.drift_bound_ppm);
        let nanos = (u128::from(self.0.lease.0) * (MILLION + drift)).div_ceil(MILLION - drift);
        Span(u64::try_from(nanos).unwrap_or(u64::MAX))
    }
    /// How long this worker's tasks take.
    pub fn duration_of(&self, worker: ProcessId) -> (Span, Span) {
        let slow =
            self.0.stragglers.iter().find(|(id, _)| *id == worker).map_or(100, |(_, percent)| *percent);
        let times = |span: Span| Span((span.0 / 100).saturating_mul(u64::from(slow)));
        (times(self.0.duration.0), times(self.0.duration.1))
    }
}

fn check_times(settings: &Settings) -> Result<(), SettingsError> {
    let all = [
        ("duration", settings.duration.1),
        ("heartbeat", settings.heartbeat),
        ("workerTimeout", settings.worker_timeout),
        ("lease", settings.lease),
        ("resend", settings.resend),
        ("backOff", settings.back_off),
    ];
    if let Some((name, _)) = all.iter().find(|(_, span)| *span == Span::ZERO) {
        return Err(SettingsError::NoTime(name));
    }
    if settings.duration.0 > settings.duration.1 {
        return Err(SettingsError::NoTime("duration"));
    }
    if settings.lease.0 / 2 <= settings.heartbeat.0 {
        return Err(SettingsError::LeaseTooShort);
    }
    Ok(())
}
