//! What a scenario says of drivers: their load, and how they ask.

use crate::consensus::client::{self, Load, Mix};
use crate::consensus::replica_set::driver::{Program, Settings, SettingsError};
use crate::process::{Arg, Phrase};
use crate::system::Declared;
use crate::systems::clients::Weights;
use crate::systems::replica_set::concern::{Concern, Preferred, Promised};
use crate::text::typed::typed;
use crate::text::{Duration, Problem, Rate};
use crate::words::replset_view::ReplSetViewKey as V;
use crate::words::scenario::ScenarioKey as K;
use muster_derive::FromDoc;

/// The settings of drivers.
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
    /// How long an answer may take; 5 s, if left out.
    pub timeout: Option<Duration>,
    /// Of writes; the set's default, if left out.
    pub write_concern: Option<Concern>,
    /// Of reads; `local`, if left out.
    pub read_concern: Option<Promised>,
    /// Which members are read from; the primary, if left out.
    pub read_preference: Option<Preferred>,
    /// Secondaries further behind are not read from; 90 s at least.
    pub max_staleness: Option<Duration>,
    /// A write that met a change of primary is sent once more; true, if left out.
    pub retry_writes: Option<bool>,
    /// The same for reads.
    pub retry_reads: Option<bool>,
    /// Members are asked this often who is who; 10 s, if left out.
    pub heartbeat_frequency: Option<Duration>,
    /// An operation waits so long for a member; 30 s, if left out.
    pub server_selection_timeout: Option<Duration>,
    /// Members further than this from the nearest are not read from; 15 ms, if left out.
    pub local_threshold: Option<Duration>,
}

/// An answer may take so long, unless something else is said: longer than an election with short timeouts takes.
const PATIENCE: crate::process::Span = crate::process::Span::secs(5);

/// Types a system's part of the file. A console, which has no members, only does what it is told.
pub(super) fn program(declared: &Declared<'_>) -> Result<Program, Vec<Problem>> {
    let path = format!("{}.spec", declared.path);
    let spec: Spec = match declared.spec {
        Some(node) if !declared.doc.is_null(node) => {
            typed(declared.doc, node, &path).map_err(|problem| vec![problem])?
        }
        _ => Spec::default(),
    };
    let usual = Settings::of(load(&spec, declared));
    let settings = Settings {
        read_preference: spec.read_preference.map_or(usual.read_preference, Preferred::known),
        max_staleness: spec.max_staleness.map(|most| most.0),
        read_concern: spec.read_concern.map_or(usual.read_concern, Promised::known),
        write_concern: spec.write_concern.map(Concern::known),
        retry_writes: spec.retry_writes.unwrap_or(usual.retry_writes),
        retry_reads: spec.retry_reads.unwrap_or(usual.retry_reads),
        heartbeat_frequency: spec.heartbeat_frequency.map_or(usual.heartbeat_frequency, |often| often.0),
        selection_timeout: spec.server_selection_timeout.map_or(usual.selection_timeout, |most| most.0),
        local_threshold: spec.local_threshold.map_or(usual.local_threshold, |most| most.0),
        ..usual
    };
    Program::new(settings).map_err(|error| vec![flaw(declared, &path, error)])
}

fn load(spec: &Spec, declared: &Declared<'_>) -> client::Settings {
    let usual = client::Settings::default();
    let members = declared.target.map_or(&[][..], |target| target.members);
    let millirate = spec.rate.map_or(20_000, |rate| rate.milli_per_second);
    let load = match Load::open_millirate(millirate) {
        _ if millirate == 0 || declared.members.is_empty() => Load::Idle,
        _ if spec.times.is_some() => Load::Listed,
        Load::Open { gap } if spec.schedule.is_some() => Load::Drawn { gap },
        Load::Open { gap } if spec.open == Some(false) => Load::Closed { think: gap },
        open => open,
    };
    let timeout = spec.timeout.map_or(PATIENCE, |timeout| timeout.0);
    client::Settings {
        members: members.iter().map(|member| member.process).collect(),
        load,
        times: spec.times.iter().flatten().map(|time| time.0).collect(),
        seed: spec.schedule.unwrap_or(usual.seed),
        history: if load.is_scheduled() { client::MAX_WINDOW } else { usual.history },
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
        longest_timeout: usual.longest_timeout.max(timeout),
        ..usual
    }
}

fn flaw(declared: &Declared<'_>, path: &str, error: SettingsError) -> Problem {
    let name = |name: &str| Arg::Name(name.into());
    let (field, phrase) = match error {
        SettingsError::Load(error) => load_flaw(error),
        SettingsError::NoTime(setting) => {
            let field = match setting {
                "heartbeatFrequencyMS" => "heartbeatFrequency",
                _ => "serverSelectionTimeout",
            };
            (field, Phrase::new(K::TimeZero, [name(field)]))
        }
        SettingsError::MaxStaleness => ("maxStaleness", Phrase::bare(V::StalenessShort)),
        SettingsError::Linearizable => ("readConcern", Phrase::bare(V::LinearizableElsewhere)),
    };
    let node = declared.spec.unwrap_or(declared.node);
    declared.slip(node, path, &[field], phrase)
}

fn load_flaw(error: client::SettingsError) -> (&'static str, Phrase) {
    use client::SettingsError as Flaw;
    match error {
        Flaw::NoMembers => ("target", Phrase::new(K::NeedsTarget, [Arg::Name("Drivers".into())])),
        Flaw::TooManyMembers(n) => {
            let most = client::MAX_MEMBERS as u64;
            ("target", Phrase::new(K::TooMany, [Arg::Number(n as u64), Arg::Number(most)]))
        }
        Flaw::EmptyMix => ("mix", Phrase::bare(K::EmptyMix)),
        Flaw::OutOfRange(name, most) => {
            let range = [Arg::Name(name.into()), Arg::Number(1), Arg::Number(most)];
            (name, Phrase::new(K::SettingRange, range))
        }
        Flaw::Gap(..) => ("rate", Phrase::bare(K::RangeReversed)),
        Flaw::NoGap => {
            ("rate", Phrase::new(K::TooOften, [Arg::Name("rate".into()), Arg::Name("1000000/s".into())]))
        }
        Flaw::Times => ("times", Phrase::new(K::TimesAscend, [Arg::Number(client::MAX_TIMES as u64)])),
        Flaw::Timeout(..) => ("timeout", Phrase::bare(K::PatienceShort)),
    }
}
