//! What a scenario says of a replica set: the configuration it is initiated with, field by field or pasted as `rs.conf()`
//! prints it, and what `mongod` itself is told.

use super::concern::Concern;
use super::conf;
use crate::consensus::replica_set::{
    Config, ConfigError, MAX_VOTERS, MemberConfig, Priority, Program, Rule, Rules, SetSettings, Settings,
    SettingsError,
};
use crate::process::{Arg, Phrase, ProcessId, Span};
use crate::system::Declared;
use crate::systems::named::{member, members};
use crate::text::typed::{At, typed};
use crate::text::{Duration, Milli, Problem, Size};
use crate::words::replset_view::ReplSetViewKey as V;
use crate::words::scenario::ScenarioKey as K;
use litemap::LiteMap;
use muster_derive::FromDoc;
use std::sync::Arc;

/// The settings of a set. What is left out is as the manual says.
#[derive(Clone, Debug, Default, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase", default)]
pub struct Spec {
    /// Members with other options than the defaults, by name.
    #[cfg_attr(feature = "schema", schemars(with = "std::collections::BTreeMap<String, Options>"))]
    pub members: LiteMap<Arc<str>, Options>,
    /// Members that are started and are in no configuration yet: they wait to be added.
    pub outside: Vec<Arc<str>>,
    /// `settings` of the configuration.
    pub settings: Shared,
    /// A majority acknowledges what is in its journals; true, if left out.
    pub write_concern_majority_journal_default: Option<bool>,
    /// The whole configuration instead, as `rs.conf()` prints it.
    #[cfg_attr(feature = "schema", schemars(with = "Option<String>"))]
    pub config: Option<At<Arc<str>>>,
    /// `setDefaultRWConcern`: of writes that say nothing.
    pub default_write_concern: Option<Concern>,
    /// `commitIntervalMs`: the journal is written this often; 100 ms, if left out.
    pub journal_interval: Option<Duration>,
    /// The oplog keeps so many entries at least.
    pub oplog_entries: Option<u32>,
    /// Most entries in one batch of oplog entries.
    pub batch_entries: Option<u32>,
    /// Most bytes of documents in one piece of an initial sync.
    pub clone_bytes: Option<Size>,
    /// A source further behind than this is left; 30 s, if left out.
    pub max_sync_source_lag_secs: Option<u32>,
    /// A primary without writes writes a no-op this often; 10 s, if left out.
    pub periodic_noop_interval_secs: Option<u32>,
    /// Client sessions kept.
    pub sessions: Option<u32>,
    /// Writes and reads that may wait at a primary.
    pub backlog: Option<u32>,
}

/// One member's options (*Self-Managed Replica Set Configuration*, `members[n]`).
#[derive(Clone, Debug, Default, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase", default)]
pub struct Options {
    /// From 0 to 1000; 1, if left out, and 0 for an arbiter.
    pub priority: Option<Milli>,
    /// 1 or 0.
    pub votes: Option<u32>,
    /// It votes and holds no data.
    pub arbiter_only: bool,
    /// Clients do not see it.
    pub hidden: bool,
    /// It applies operations so many seconds late.
    pub secondary_delay_secs: u64,
    /// Its tags.
    #[cfg_attr(feature = "schema", schemars(with = "std::collections::BTreeMap<String, String>"))]
    pub tags: LiteMap<Arc<str>, Arc<str>>,
}

/// `settings` of the configuration.
#[derive(Clone, Copy, Debug, Default, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase", default)]
pub struct Shared {
    /// Between heartbeats; 2000, if left out.
    pub heartbeat_interval_millis: Option<u32>,
    /// Whoever has not answered for so long is down; 10, if left out.
    pub heartbeat_timeout_secs: Option<u32>,
    /// Without a primary for so long a member stands; 10000, if left out.
    pub election_timeout_millis: Option<u32>,
    /// A new primary catches up for so long at most; −1, if left out: without end.
    pub catch_up_timeout_millis: Option<i32>,
    /// A member that is ahead of a primary that catches up stands after so long; 30000, if left out; −1 for never.
    pub catch_up_takeover_delay_millis: Option<i32>,
    /// Secondaries may sync from secondaries; true, if left out.
    pub chaining_allowed: Option<bool>,
}

impl Shared {
    fn known(self) -> SetSettings {
        let usual = SetSettings::default();
        let millis = |said: Option<u32>, usual: Span| said.map_or(usual, |ms| Span::millis(u64::from(ms)));
        let or_never = |said: Option<i32>, usual| match said {
            None => usual,
            Some(ms) => u64::try_from(ms).ok().map(Span::millis),
        };
        SetSettings {
            heartbeat_interval: millis(self.heartbeat_interval_millis, usual.heartbeat_interval),
            heartbeat_timeout: self
                .heartbeat_timeout_secs
                .map_or(usual.heartbeat_timeout, |secs| Span::secs(u64::from(secs))),
            election_timeout: millis(self.election_timeout_millis, usual.election_timeout),
            catch_up_timeout: or_never(self.catch_up_timeout_millis, usual.catch_up_timeout),
            catch_up_takeover_delay: or_never(
                self.catch_up_takeover_delay_millis,
                usual.catch_up_takeover_delay,
            ),
            chaining_allowed: self.chaining_allowed.unwrap_or(usual.chaining_allowed),
        }
    }
}

impl Options {
    /// The member of this `_id` with these options; where its votes are neither 0 nor 1, how many they are.
    fn known(&self, id: u8, host: ProcessId) -> Result<MemberConfig, u32> {
        let plain =
            if self.arbiter_only { MemberConfig::arbiter(id, host) } else { MemberConfig::new(id, host) };
        Ok(MemberConfig {
            priority: self.priority.map_or(plain.priority, |priority| Priority(priority.thousandths)),
            votes: match self.votes {
                None | Some(1) => true,
                Some(0) => false,
                Some(more) => return Err(more),
            },
            hidden: self.hidden,
            delay_secs: self.secondary_delay_secs,
            tags: self.tags.iter().map(|(key, value)| (key.clone(), value.clone())).collect(),
            ..plain
        })
    }
}

/// Types a set's part of the file.
pub(super) fn program(declared: &Declared<'_>) -> Result<Program, Vec<Problem>> {
    let path = format!("{}.spec", declared.path);
    if let Some(node) = declared.initial.filter(|node| !declared.doc.is_null(*node)) {
        let phrase = Phrase::new(K::TakesNoInitial, [Arg::Name("MongoReplicaSet".into())]);
        return Err(vec![declared.problem(node, &format!("{}.initial", declared.path), phrase, None)]);
    }
    let spec: Spec = match declared.spec {
        Some(node) if !declared.doc.is_null(node) => {
            typed(declared.doc, node, &path).map_err(|problem| vec![problem])?
        }
        _ => Spec::default(),
    };
    let config = match &spec.config {
        Some(text) => pasted(&spec, text, declared)?,
        None => written(&spec, declared)?,
    };
    Program::new(settings(&spec, config, declared)).map_err(|error| vec![flaw(declared, error)])
}

fn settings(spec: &Spec, config: Config, declared: &Declared<'_>) -> Settings {
    let usual = Settings::of(config);
    let secs = |said: Option<u32>, usual: Span| said.map_or(usual, |secs| Span::secs(u64::from(secs)));
    let off = declared.without.iter().filter_map(|name| Rule::named(name));
    Settings {
        default_write_concern: spec.default_write_concern.map(Concern::known),
        journal_interval: spec.journal_interval.map_or(usual.journal_interval, |interval| interval.0),
        oplog_entries: spec.oplog_entries.unwrap_or(usual.oplog_entries),
        batch_entries: spec.batch_entries.unwrap_or(usual.batch_entries),
        clone_bytes: spec
            .clone_bytes
            .map_or(usual.clone_bytes, |size| u32::try_from(size.bytes).unwrap_or(u32::MAX)),
        max_source_lag: secs(spec.max_sync_source_lag_secs, usual.max_source_lag),
        no_op_interval: secs(spec.periodic_noop_interval_secs, usual.no_op_interval),
        sessions: spec.sessions.unwrap_or(usual.sessions),
        backlog: spec.backlog.unwrap_or(usual.backlog),
        rules: off.fold(Rules::ALL, Rules::without),
        ..usual
    }
}

/// The configuration that the fields describe.
fn written(spec: &Spec, declared: &Declared<'_>) -> Result<Config, Vec<Problem>> {
    let node = declared.spec.unwrap_or(declared.node);
    for name in spec.members.keys() {
        let place = declared.doc.get(node, "members").unwrap_or(node);
        member(declared, place, "spec.members", name)?;
    }
    let place = declared.doc.get(node, "outside").unwrap_or(node);
    let outside = members(declared, place, "spec.outside", &spec.outside)?;
    let inside = declared.members.iter().filter(|planned| !outside.contains(&planned.process));
    let mut list = Vec::new();
    let plain = Options::default();
    for (at, planned) in inside.enumerate() {
        let options = spec.members.get(&planned.name).unwrap_or(&plain);
        let id = u8::try_from(at).unwrap_or(u8::MAX);
        match options.known(id, planned.process) {
            Ok(member) => list.push(member),
            Err(votes) => {
                let args = [u64::from(votes), 0, 1].map(Arg::Number);
                let phrase = Phrase::new(K::OutOfBounds, args);
                return Err(vec![problem(declared, &["members", &planned.name, "votes"], phrase)]);
            }
        }
    }
    for (field, said) in [
        ("catchUpTimeoutMillis", spec.settings.catch_up_timeout_millis),
        ("catchUpTakeoverDelayMillis", spec.settings.catch_up_takeover_delay_millis),
    ] {
        if let Some(said) = said.filter(|said| *said < -1) {
            let args = [said, -1, i32::MAX].map(|n| Arg::Name(n.to_string().into()));
            return Err(vec![problem(declared, &["settings", field], Phrase::new(K::OutOfBounds, args))]);
        }
    }
    let config = Config::initial(list, spec.settings.known());
    Ok(Config {
        majority_journal: spec.write_concern_majority_journal_default.unwrap_or(config.majority_journal),
        ..config
    })
}

/// The configuration that was pasted.
fn pasted(spec: &Spec, text: &At<Arc<str>>, declared: &Declared<'_>) -> Result<Config, Vec<Problem>> {
    let node = declared.spec.unwrap_or(declared.node);
    for field in ["members", "outside", "settings", "writeConcernMajorityJournalDefault"] {
        if declared.doc.get(node, field).is_some() {
            let args = [Arg::Name("config".into()), Arg::Name(field.into())];
            return Err(vec![problem(declared, &[field], Phrase::new(V::ConfigAndField, args))]);
        }
    }
    debug_assert!(spec.members.is_empty());
    let path = format!("{}.spec.config", declared.path);
    // It ends with its last word: nobody sees a line below.
    let known = conf::read(text.trim_end(), &declared.members);
    known.map_err(|slip| {
        let mut problem = declared.problem(text.node, &path, slip.phrase(), slip.nearest);
        // A literal block stands in the file as it is, each line as far in as the first.
        if declared.doc.is_literal(text.node) {
            problem.line += slip.at.line - 1;
            problem.column += slip.at.column - 1;
            problem.length = 1;
        }
        vec![problem]
    })
}

/// A problem at a field of `spec`, or as near to it as the file goes.
fn problem(declared: &Declared<'_>, fields: &[&str], phrase: Phrase) -> Problem {
    let path = format!("{}.spec", declared.path);
    declared.slip(declared.spec.unwrap_or(declared.node), &path, fields, phrase)
}

/// What is wrong with settings, at the field that says it.
fn flaw(declared: &Declared<'_>, error: SettingsError) -> Problem {
    let name = |name: &str| Arg::Name(name.into());
    match error {
        SettingsError::Config(error) => config_flaw(declared, &error),
        SettingsError::OutOfRange(field, most) => {
            let phrase = Phrase::new(K::SettingRange, [name(field), Arg::Number(1), Arg::Number(most)]);
            problem(declared, &[field], phrase)
        }
        SettingsError::NoTime(field) => problem(declared, &[field], Phrase::new(K::TimeZero, [name(field)])),
        SettingsError::DefaultConcern => {
            problem(declared, &["defaultWriteConcern", "w"], Phrase::bare(V::DefaultConcern))
        }
    }
}

fn config_flaw(declared: &Declared<'_>, error: &ConfigError) -> Problem {
    let phrase = by_name(declared, error.phrase());
    let planned = |id: &ProcessId| declared.members.iter().find(|planned| planned.process == *id);
    let of = |id: &ProcessId, field: &str| {
        let name = planned(id).map_or_else(|| "".into(), |planned| planned.name.clone());
        let fields = if name.is_empty() { vec!["config"] } else { vec!["members", &*name, field] };
        problem(declared, &fields, phrase.clone())
    };
    match error {
        ConfigError::PriorityRange(id)
        | ConfigError::ArbiterPriority(id)
        | ConfigError::HiddenPriority(id)
        | ConfigError::DelayedPriority(id) => of(id, "priority"),
        ConfigError::PriorityWithoutVote(id) | ConfigError::ArbiterWithoutVote(id) => of(id, "votes"),
        ConfigError::ArbiterDelay(id) | ConfigError::Delay(id) => of(id, "secondaryDelaySecs"),
        ConfigError::Tags(id) => of(id, "tags"),
        ConfigError::NoMembers => problem(declared, &["outside"], phrase),
        ConfigError::SameHost(id) => of(id, ""),
        ConfigError::NoTime(field) => problem(declared, &["settings", field], phrase),
        ConfigError::TooManyVoters(_) => {
            debug_assert!(declared.members.len() > MAX_VOTERS);
            problem(declared, &["members"], phrase)
        }
        _ => problem(declared, &["members"], phrase),
    }
}

/// The same with members' names in place of their numbers: nobody can look those up in a file that is no world yet.
fn by_name(declared: &Declared<'_>, phrase: Phrase) -> Phrase {
    let known = |id: &ProcessId| declared.members.iter().find(|planned| planned.process == *id);
    let arg = |arg: Arg| match arg {
        Arg::Process(id) => known(&id).map_or(arg, |planned| Arg::Name(planned.name.clone())),
        other => other,
    };
    Phrase { key: phrase.key, args: phrase.args.into_iter().map(arg).collect() }
}
