//! What a scenario says of a cluster: who schedules, who keeps outputs, what tasks there are, how long is waited.

use crate::process::{Arg, Phrase, ProcessId, Span};
use crate::system::Declared;
use crate::systems::named::member;
use crate::systems::range::Timeout;
use crate::text::typed::typed;
use crate::text::{Duration, Milli, NodeId, Probability, Problem};
use crate::words::scenario::ScenarioKey as K;
use crate::workers::{
    MAX_SLOTS, MAX_SLOWNESS, MAX_TASKS, Outputs as Lie, Program, Rule, Rules, Settings, SettingsError, TaskId,
};
use litemap::LiteMap;
use muster_derive::FromDoc;
use std::sync::Arc;

/// The settings of a cluster. The first member schedules, the last one is the store, unless it is said; all others work.
#[derive(Clone, Debug, Default, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase", default)]
pub struct Spec {
    /// Who gives tasks out.
    pub scheduler: Option<Arc<str>>,
    /// Who keeps outputs, where they are shared.
    pub store: Option<Arc<str>>,
    /// Where outputs lie (*MapReduce* §3.3).
    pub outputs: Option<Outputs>,
    /// How many tasks there are from the beginning.
    pub tasks: Option<u64>,
    /// How many tasks a worker takes at once.
    pub slots: Option<u32>,
    /// How long a task takes, drawn anew for each attempt.
    pub duration: Option<Timeout>,
    /// Slow workers, and how many times longer than usual a task takes there.
    #[cfg_attr(feature = "schema", schemars(with = "std::collections::BTreeMap<Arc<str>, Milli>"))]
    pub stragglers: LiteMap<Arc<str>, Milli>,
    /// A worker speaks to the scheduler so often.
    pub heartbeat: Option<Duration>,
    /// A worker that was silent for longer is taken for failed.
    pub worker_timeout: Option<Duration>,
    /// How long a worker may work without the scheduler's renewal.
    pub lease: Option<Duration>,
    /// By how much clocks are assumed to run wrong at most, for leases.
    pub drift_bound: Option<Probability>,
    /// Backups are given out when at most this share of the tasks is unfinished.
    pub backups_from: Option<Probability>,
    /// A worker repeats what was not answered so often.
    pub resend: Option<Duration>,
    /// Tasks that fail wherever they run, by number.
    pub failing: Vec<u64>,
    /// A task that has failed so often is given up.
    pub most_failures: Option<u32>,
    /// A task that failed waits so long, twice as long each time.
    pub back_off: Option<Duration>,
}

/// Where outputs lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Outputs {
    /// In the store: they outlive their workers.
    Shared,
    /// On the workers' own disks: they are gone with them.
    Local,
}

/// Types a cluster's part of the file.
pub(super) fn program(declared: &Declared<'_>) -> Result<Program, Vec<Problem>> {
    let path = format!("{}.spec", declared.path);
    if let Some(node) = declared.initial.filter(|node| !declared.doc.is_null(*node)) {
        let phrase = Phrase::new(K::TakesNoInitial, [Arg::Name("Workers".into())]);
        return Err(vec![declared.problem(node, &format!("{}.initial", declared.path), phrase, None)]);
    }
    let spec: Spec = match declared.spec {
        Some(node) if !declared.doc.is_null(node) => {
            typed(declared.doc, node, &path).map_err(|problem| vec![problem])?
        }
        _ => Spec::default(),
    };
    let settings = settings(&spec, declared)?;
    let works = |id: ProcessId| id != settings.scheduler && Some(id) != settings.store;
    if !declared.members.iter().any(|member| works(member.process)) {
        let phrase = Phrase::bare(K::NobodyWorks);
        return Err(vec![declared.problem(
            declared.node,
            &format!("{}.members", declared.path),
            phrase,
            None,
        )]);
    }
    Program::new(settings.clone()).map_err(|error| {
        vec![flaw(declared, &settings, declared.spec.unwrap_or(declared.node), &path, &error)]
    })
}

/// Who plays the parts that are one process' alone: the scheduler, and the store if there is one.
fn parts(spec: &Spec, declared: &Declared<'_>) -> Result<(ProcessId, Option<ProcessId>), Vec<Problem>> {
    let node = declared.spec.unwrap_or(declared.node);
    let named = |part: &str, name: &Option<Arc<str>>| match name {
        Some(name) => {
            let place = declared.doc.get(node, part).unwrap_or(node);
            member(declared, place, &format!("spec.{part}"), name).map(Some)
        }
        None => Ok(None),
    };
    let (scheduler, store) = (named("scheduler", &spec.scheduler)?, named("store", &spec.store)?);
    let mut ids = declared.members.iter().map(|member| member.process);
    let scheduler =
        scheduler.or_else(|| ids.clone().find(|id| Some(*id) != store)).unwrap_or(ProcessId::OPERATOR);
    let store = match spec.outputs {
        Some(Outputs::Local) => store,
        _ => store.or_else(|| ids.rfind(|id| *id != scheduler)),
    };
    Ok((scheduler, store))
}

fn settings(spec: &Spec, declared: &Declared<'_>) -> Result<Settings, Vec<Problem>> {
    let usual = Settings::default();
    let node = declared.spec.unwrap_or(declared.node);
    let (scheduler, store) = parts(spec, declared)?;
    let place = declared.doc.get(node, "stragglers").unwrap_or(node);
    let slow = |(name, times): (&Arc<str>, &Milli)| {
        let id = member(declared, place, "spec.stragglers", name)?;
        Ok((id, times.thousandths / 10))
    };
    let off = declared.without.iter().filter_map(|name| Rule::named(name));
    let span = |said: Option<Duration>, usual: Span| said.map_or(usual, |said| said.0);
    Ok(Settings {
        scheduler,
        store,
        outputs: match spec.outputs {
            Some(Outputs::Local) => Lie::Local,
            Some(Outputs::Shared) | None => Lie::Shared,
        },
        tasks: spec.tasks.unwrap_or(usual.tasks),
        slots: spec.slots.map_or(usual.slots, |slots| u8::try_from(slots).unwrap_or(u8::MAX)),
        duration: spec.duration.map_or(usual.duration, |Timeout(low, high)| (low, high)),
        stragglers: spec.stragglers.iter().map(slow).collect::<Result<_, Vec<Problem>>>()?,
        heartbeat: span(spec.heartbeat, usual.heartbeat),
        worker_timeout: span(spec.worker_timeout, usual.worker_timeout),
        lease: span(spec.lease, usual.lease),
        drift_bound_ppm: spec.drift_bound.map_or(usual.drift_bound_ppm, |bound| bound.billionths / 1_000),
        backups_from: spec.backups_from.map_or(usual.backups_from, |share| share.billionths / 10_000_000),
        resend: span(spec.resend, usual.resend),
        failing: spec.failing.iter().copied().map(TaskId).collect(),
        most_failures: spec.most_failures.unwrap_or(usual.most_failures),
        back_off: span(spec.back_off, usual.back_off),
        rules: off.fold(Rules::ALL, Rules::without),
    })
}

/// What is wrong with settings, at the field that says it.
fn flaw(
    declared: &Declared<'_>,
    settings: &Settings,
    node: NodeId,
    path: &str,
    error: &SettingsError,
) -> Problem {
    let name = |name: &str| Arg::Name(name.into());
    let who = |id: &ProcessId| {
        let called = declared.members.iter().find(|member| member.process == *id);
        Arg::Name(called.map_or_else(|| "".into(), |member| member.name.clone()))
    };
    let bounds = |field: &str, least: u64, most: u64| {
        Phrase::new(K::SettingRange, [name(field), Arg::Number(least), Arg::Number(most)])
    };
    let (field, phrase) = match error {
        SettingsError::NoStore => ("store", Phrase::new(K::NobodyHasRole, [name("store")])),
        SettingsError::TwoParts(id) => ("store", Phrase::new(K::TwoParts, [who(id)])),
        SettingsError::TooManyTasks => ("tasks", bounds("tasks", 0, MAX_TASKS)),
        SettingsError::Slots => ("slots", bounds("slots", 1, MAX_SLOTS.into())),
        SettingsError::NoTime(field) => (*field, Phrase::new(K::TimeZero, [name(field)])),
        SettingsError::LeaseTooShort => {
            // What is said of the two is what was chosen too short, or too long.
            let field = if declared.doc.get(node, "lease").is_some() { "lease" } else { "heartbeat" };
            (field, Phrase::new(K::LeaseTooShort, [settings.lease, settings.heartbeat].map(Arg::For)))
        }
        SettingsError::DriftBound => ("driftBound", Phrase::bare(K::WorkersDriftBound)),
        SettingsError::Percent(field) => (*field, bounds(field, 0, 100)),
        SettingsError::Straggler(id) => {
            let called = declared.members.iter().find(|member| member.process == *id);
            let called = called.map_or("", |member| &*member.name);
            let works = *id != settings.scheduler && Some(*id) != settings.store;
            let phrase = if works {
                Phrase::new(K::StragglerTimes, [who(id), Arg::Number(u64::from(MAX_SLOWNESS) / 100)])
            } else {
                Phrase::new(K::NoStraggler, [who(id)])
            };
            return declared.slip(node, path, &["stragglers", called], phrase);
        }
        SettingsError::NoTask(at) => {
            return declared.slip(node, path, &["failing", &at.to_string()], bounds("failing", 1, MAX_TASKS));
        }
        SettingsError::NoFailures => ("mostFailures", Phrase::new(K::AtLeastOne, [name("mostFailures")])),
    };
    declared.slip(node, path, &[field], phrase)
}
