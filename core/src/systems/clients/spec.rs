//! What a scenario says of clients.

use crate::consensus::client::{Load, MAX_TIMES, MAX_WINDOW, Mix, Program, Settings, SettingsError};
use crate::process::{Arg, Phrase};
use crate::system::Declared;
use crate::text::typed::typed;
use crate::text::{Duration, Problem, Rate};
use crate::words::scenario::ScenarioKey as K;
use muster_derive::FromDoc;

/// The settings of clients.
#[derive(Clone, Debug, Default, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase", default)]
pub struct Spec {
    /// How often each of them asks; `20/s`, if left out; `0/s` for never.
    pub rate: Option<Rate>,
    /// Whether or not the last answer has come; true, if left out. Else one request after the other.
    pub open: Option<bool>,
    /// A number from which, and from nothing else, all of the load is drawn: clients of any kind that are told the same number
    /// ask the same at the same instants, whatever is answered.
    pub schedule: Option<u64>,
    /// When each of them asks, counted from the start: a schedule instead of a rate.
    pub times: Option<Vec<Duration>>,
    /// How often each kind of operation comes, as weights.
    pub mix: Option<Weights>,
    /// Over how many keys: `k0`, `k1`, …
    pub keys: Option<u32>,
    /// The load begins this long after the start.
    pub start: Option<Duration>,
    /// The load of each ends after so many.
    pub operations: Option<u64>,
    /// Operations under way at once.
    pub window: Option<u32>,
    /// How long an answer may take before it is asked for again; doubled with every try …
    pub timeout: Option<Duration>,
    /// … up to this.
    pub longest_timeout: Option<Duration>,
    /// After so many tries it gives up.
    pub attempts: Option<u32>,
}

/// Weights of operations.
#[derive(Clone, Copy, Debug, Default, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Weights {
    /// Reads.
    pub get: u32,
    /// Writes.
    pub put: u32,
    /// Compare-and-set.
    pub cas: u32,
    /// Append.
    pub append: u32,
    /// Delete.
    pub delete: u32,
}

/// Types a system's part of the file. A console, which has no members, only does what it is told.
pub(super) fn program(declared: &Declared<'_>) -> Result<Program, Vec<Problem>> {
    let path = format!("{}.spec", declared.path);
    let spec: Spec = match declared.spec {
        Some(node) if !declared.doc.is_null(node) => {
            typed(declared.doc, node, &path).map_err(|problem| vec![problem])?
        }
        _ => Spec::default(),
    };
    let usual = Settings::default();
    let members = declared.target.map_or(&[][..], |target| target.members);
    let millirate = spec.rate.map_or(20_000, |rate| rate.milli_per_second);
    let load = match Load::open_millirate(millirate) {
        _ if millirate == 0 || declared.members.is_empty() => Load::Idle,
        _ if spec.times.is_some() => Load::Listed,
        Load::Open { gap } if spec.schedule.is_some() => Load::Drawn { gap },
        Load::Open { gap } if spec.open == Some(false) => Load::Closed { think: gap },
        open => open,
    };
    let timeout = spec.timeout.map_or(usual.timeout, |timeout| timeout.0);
    let settings = Settings {
        members: members.iter().map(|member| member.process).collect(),
        load,
        times: spec.times.iter().flatten().map(|time| time.0).collect(),
        seed: spec.schedule.unwrap_or(usual.seed),
        history: if load.is_scheduled() { MAX_WINDOW } else { usual.history },
        mix: spec.mix.map_or(usual.mix, |Weights { get, put, cas, append, delete }| Mix {
            get,
            put,
            cas,
            append,
            delete,
        }),
        keys: spec.keys.unwrap_or(usual.keys),
        start_after: spec.start.map_or(usual.start_after, |start| start.0),
        most_operations: spec.operations,
        window: spec.window.unwrap_or(usual.window),
        timeout,
        longest_timeout: spec.longest_timeout.map_or(usual.longest_timeout.max(timeout), |longest| longest.0),
        attempts: spec.attempts.unwrap_or(usual.attempts),
    };
    Program::new(settings).map_err(|error| vec![flaw(declared, &path, error)])
}

fn flaw(declared: &Declared<'_>, path: &str, error: SettingsError) -> Problem {
    let (field, phrase) = match error {
        SettingsError::NoMembers => ("target", Phrase::new(K::NeedsTarget, [Arg::Name("Clients".into())])),
        SettingsError::TooManyMembers(n) => {
            let most = crate::consensus::client::MAX_MEMBERS as u64;
            ("target", Phrase::new(K::TooMany, [Arg::Number(n as u64), Arg::Number(most)]))
        }
        SettingsError::EmptyMix => ("mix", Phrase::bare(K::EmptyMix)),
        SettingsError::OutOfRange(name, most) => {
            let range = [Arg::Name(name.into()), Arg::Number(1), Arg::Number(most)];
            (name, Phrase::new(K::SettingRange, range))
        }
        SettingsError::Gap(..) => ("rate", Phrase::bare(K::RangeReversed)),
        SettingsError::NoGap => {
            ("rate", Phrase::new(K::TooOften, [Arg::Name("rate".into()), Arg::Name("1000000/s".into())]))
        }
        SettingsError::Times => ("times", Phrase::new(K::TimesAscend, [Arg::Number(MAX_TIMES as u64)])),
        SettingsError::Timeout(..) => ("timeout", Phrase::bare(K::PatienceShort)),
    };
    let node = declared.spec.unwrap_or(declared.node);
    declared.slip(node, path, &[field], phrase)
}
