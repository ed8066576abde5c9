//! What a scenario says of a Raft group: its `spec`, its `initial` state, and what they come to for each member.

use crate::consensus::kv::Op;
use crate::consensus::raft::{Compaction, Initial, Program, ReadMode, Rule, Rules, Settings, SettingsError};
use crate::process::{Arg, Phrase, ProcessId, Span};
use crate::system::Declared;
use crate::systems::compact::Compact;
use crate::systems::named::member;
use crate::systems::range::Timeout;
use crate::text::typed::{Fault, FromDoc, Node, typed};
use crate::text::{Duration, NodeId, Probability, Problem, Size, refuse};
use crate::words::scenario::ScenarioKey as K;
use litemap::LiteMap;
use muster_derive::FromDoc;
use std::sync::Arc;

/// The settings of a group. What is left out is as the dissertation suggests.
#[derive(Clone, Debug, Default, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase", default)]
pub struct Spec {
    /// How long a follower waits for a leader: drawn anew each time from this range.
    pub election_timeout: Option<Timeout>,
    /// Between heartbeats.
    pub heartbeat: Option<Duration>,
    /// Ask before standing (§9.6); true, if left out.
    pub pre_vote: Option<bool>,
    /// A leader without a majority steps down (§6.2); true, if left out.
    pub check_quorum: Option<bool>,
    /// How reads are answered.
    pub read_mode: Option<Reads>,
    /// By how much clocks are assumed to differ at most, for leases (§6.4.1).
    pub lease_drift_bound: Option<Probability>,
    /// When the log is compacted (chapter 5).
    pub compaction: Option<Compact>,
    /// Bytes of a snapshot in one message.
    pub snapshot_chunk: Option<Size>,
    /// Appends under way to one follower before the leader waits.
    pub window: Option<u32>,
    /// Entries in one append.
    pub max_append: Option<u32>,
    /// Client sessions kept.
    pub sessions: Option<u32>,
    /// Requests a leader takes before it refuses more.
    pub backlog: Option<u32>,
    /// Members without a vote from the beginning (§4.2.1).
    pub learners: Vec<Arc<str>>,
}

/// How reads are answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Reads {
    /// After a round of heartbeats confirms the leader (§6.4).
    ReadIndex,
    /// At once while a lease holds (§6.4.1).
    Lease,
    /// Through the log, as writes are.
    Log,
    /// At once, by whoever believes to lead: not linearizable.
    Local,
}

/// Where a member begins.
#[derive(Clone, Debug, Default, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Beginning {
    /// Its current term; that of its last entry, if left out.
    pub term: Option<u64>,
    /// Whom it has voted for in that term.
    pub vote: Option<Arc<str>>,
    /// Its log: the terms of its entries, or entries.
    pub log: Vec<Line>,
    /// Its commit index.
    pub commit: u64,
}

/// An entry: its term, or its term with what it puts where.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    term: u64,
    put: Option<(Arc<str>, Arc<str>)>,
}

#[derive(FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct LineBody {
    term: u64,
    key: Arc<str>,
    value: Arc<str>,
}

impl FromDoc for Line {
    fn from_doc(node: Node<'_>) -> Result<Self, Fault> {
        let text = |text: &str| text.parse().ok().map(|term| Line { term, put: None });
        let body = |LineBody { term, key, value }| Some(Line { term, put: Some((key, value)) });
        let line = node.text_or_mapping(K::ExpectEntry, text, body)?;
        line.ok_or_else(|| node.refuse(refuse(K::ExpectEntry, &[])))
    }
}

impl Line {
    /// An entry that only has a term puts its own place in the log somewhere, the same in every log.
    fn op(&self, index: u64) -> Op {
        match &self.put {
            Some((key, value)) => Op::Put { key: key.clone(), value: value.clone() },
            None => {
                Op::Put { key: format!("i{index}").into(), value: format!("{}.{index}", self.term).into() }
            }
        }
    }
}

/// A group's programs: one for members that begin from nothing, and one each for those that do not.
pub(super) struct Programs {
    pub plain: Program,
    pub own: LiteMap<ProcessId, Program>,
}

/// Types a group's part of the file.
pub(super) fn programs(declared: &Declared<'_>) -> Result<Programs, Vec<Problem>> {
    let path = format!("{}.spec", declared.path);
    let spec: Spec = match declared.spec {
        Some(node) if !declared.doc.is_null(node) => {
            typed(declared.doc, node, &path).map_err(|problem| vec![problem])?
        }
        _ => Spec::default(),
    };
    let settings = settings(&spec, declared)?;
    let own = beginnings(declared)?;
    let program = |settings: Settings, node: Option<NodeId>, path: &str| {
        Program::new(settings)
            .map_err(|error| vec![flaw(declared, node.unwrap_or(declared.node), path, error)])
    };
    let mut programs = LiteMap::new();
    for (member, node, path, initial) in own {
        let settings = Settings { initial: Some(initial), ..settings.clone() };
        programs.insert(member, program(settings, Some(node), &path)?);
    }
    Ok(Programs { plain: program(settings, declared.spec, &path)?, own: programs })
}

fn settings(spec: &Spec, declared: &Declared<'_>) -> Result<Settings, Vec<Problem>> {
    let usual = Settings::default();
    let mut learners = Vec::new();
    for name in &spec.learners {
        learners.push(member(declared, declared.spec.unwrap_or(declared.node), "spec.learners", name)?);
    }
    let voters = declared.members.iter().map(|member| member.process);
    let voters = voters.filter(|process| !learners.contains(process)).collect();
    let mut rules = Rules::ALL;
    for name in &declared.without {
        if let Some(rule) = Rule::named(name) {
            rules = rules.without(rule);
        }
    }
    if spec.pre_vote == Some(false) {
        rules = rules.without(Rule::PreVote);
    }
    if spec.check_quorum == Some(false) {
        rules = rules.without(Rule::CheckQuorum);
    }
    let timeout = spec.election_timeout.map_or(usual.election_timeout, |timeout| (timeout.0, timeout.1));
    // A short timeout alone is a sensible file: the heartbeat follows it down unless it is said.
    let follows = Span(usual.heartbeat.0.min(timeout.0.0 / 3));
    Ok(Settings {
        voters,
        learners,
        election_timeout: timeout,
        heartbeat: spec.heartbeat.map_or(follows, |heartbeat| heartbeat.0),
        reads: match spec.read_mode {
            None | Some(Reads::ReadIndex) => ReadMode::ReadIndex,
            Some(Reads::Lease) => ReadMode::Lease,
            Some(Reads::Log) => ReadMode::Log,
            Some(Reads::Local) => ReadMode::Local,
        },
        lease_drift_ppm: spec
            .lease_drift_bound
            .map_or(usual.lease_drift_ppm, |bound| bound.billionths / 1_000),
        compaction: spec
            .compaction
            .map_or(usual.compaction, |compact| compact.0.map(|(every, keep)| Compaction { every, keep })),
        chunk_bytes: spec
            .snapshot_chunk
            .map_or(usual.chunk_bytes, |size| u32::try_from(size.bytes).unwrap_or(u32::MAX)),
        window: spec.window.unwrap_or(usual.window),
        batch: spec.max_append.unwrap_or(usual.batch),
        sessions: spec.sessions.unwrap_or(usual.sessions),
        backlog: spec.backlog.unwrap_or(usual.backlog),
        rules,
        initial: None,
    })
}

type Own = (ProcessId, NodeId, String, Initial);

fn beginnings(declared: &Declared<'_>) -> Result<Vec<Own>, Vec<Problem>> {
    let Some(node) = declared.initial.filter(|node| !declared.doc.is_null(*node)) else {
        return Ok(Vec::new());
    };
    let path = format!("{}.initial", declared.path);
    let all: LiteMap<Arc<str>, Beginning> =
        typed(declared.doc, node, &path).map_err(|problem| vec![problem])?;
    let mut own = Vec::new();
    for (name, beginning) in all {
        let process = member(declared, node, "initial", &name)?;
        let place = declared.doc.get(node, &name).unwrap_or(node);
        let vote = match &beginning.vote {
            Some(vote) => Some(member(declared, place, &format!("initial.{name}.vote"), vote)?),
            None => None,
        };
        let log: Vec<(u64, Op)> =
            (1u64..).zip(&beginning.log).map(|(index, line)| (line.term, line.op(index))).collect();
        let term = beginning.term.unwrap_or_else(|| log.last().map_or(0, |(term, _)| *term));
        let initial = Initial { term, vote, log, commit: beginning.commit };
        own.push((process, place, format!("{path}.{name}"), initial));
    }
    Ok(own)
}

/// What is wrong with settings, at the field that says it.
fn flaw(declared: &Declared<'_>, node: NodeId, path: &str, error: SettingsError) -> Problem {
    let name = |name: &str| Arg::Name(name.into());
    let span = |span: Span| name(&Duration(span).to_string());
    let entry = |index: u64, phrase| {
        declared.slip(node, path, &["log", &index.saturating_sub(1).to_string()], phrase)
    };
    let (field, phrase) = match error {
        SettingsError::NoVoters => ("learners", Phrase::bare(K::NoVoters)),
        SettingsError::TooManyMembers(n) => {
            let most = crate::consensus::raft::MAX_MEMBERS as u64;
            ("members", Phrase::new(K::TooMany, [Arg::Number(n as u64), Arg::Number(most)]))
        }
        SettingsError::NamedTwice(id) => ("learners", Phrase::new(K::NameTaken, [Arg::Process(id)])),
        SettingsError::ElectionTimeout(..) => ("electionTimeout", Phrase::bare(K::TimeoutZero)),
        SettingsError::Heartbeat(beat, low) => {
            ("heartbeat", Phrase::new(K::HeartbeatLong, [span(beat), span(low)]))
        }
        SettingsError::Zero(what) => {
            let field = match what {
                "chunk" => "snapshotChunk",
                "batch" => "maxAppend",
                other => other,
            };
            (field, Phrase::new(K::AtLeastOne, [name(field)]))
        }
        SettingsError::Drift(_) => ("leaseDriftBound", Phrase::bare(K::DriftBound)),
        SettingsError::InitialLog(index) => {
            return entry(index, Phrase::new(K::InitialTerms, [Arg::Number(index)]));
        }
        SettingsError::InitialCommit(commit) => {
            ("commit", Phrase::new(K::InitialCommit, [Arg::Number(commit)]))
        }
        SettingsError::InitialSize(index) => return entry(index, Phrase::bare(K::TextTooLong)),
    };
    declared.slip(node, path, &[field], phrase)
}

#[cfg(feature = "schema")]
mod schema {
    use super::*;
    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
    use std::borrow::Cow;

    impl JsonSchema for Line {
        fn schema_name() -> Cow<'static, str> {
            "Entry".into()
        }
        fn json_schema(generator: &mut SchemaGenerator) -> Schema {
            let body = generator.subschema_for::<LineBody>();
            json_schema!({ "anyOf": [{ "type": "integer", "minimum": 1 }, body] })
        }
    }
}
