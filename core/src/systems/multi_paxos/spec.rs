//! What a scenario says of a Multi-Paxos group: its `spec`, its `initial` state, and what they come to for each member.

use crate::consensus::kv::Op;
use crate::consensus::multi_paxos::{
    Ballot, Compaction, Initial, MAX_MEMBERS, Program, ReadMode, Rule, Rules, Settings, SettingsError,
};
use crate::process::{Arg, Phrase, ProcessId, Span};
use crate::system::Declared;
use crate::systems::compact::Compact;
use crate::systems::named::member;
use crate::systems::range::Timeout;
use crate::text::typed::{Fault, FromDoc, Node, typed};
use crate::text::{Duration, NodeId, Probability, Problem, Size};
use crate::words::scenario::ScenarioKey as K;
use litemap::LiteMap;
use muster_derive::FromDoc;
use std::sync::Arc;

/// The settings of a group.
#[derive(Clone, Debug, Default, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase", default)]
pub struct Spec {
    /// How long a member waits for a leader before it stands itself: drawn anew each time from this range.
    pub election_timeout: Option<Timeout>,
    /// Between heartbeats.
    pub heartbeat: Option<Duration>,
    /// How long a refused candidate waits: twice as long with each refusal in a row, at most 32 times as long, and no longer than
    /// two election timeouts (unless this is longer itself).
    pub back_off: Option<Timeout>,
    /// How often a member asks that lacks what is chosen.
    pub ask_every: Option<Duration>,
    /// How reads are answered.
    pub read_mode: Option<Reads>,
    /// By how much clocks are assumed to differ at most, for leases.
    pub lease_drift_bound: Option<Probability>,
    /// When the log is collected.
    pub compaction: Option<Compact>,
    /// Bytes of a snapshot in one message.
    pub snapshot_chunk: Option<Size>,
    /// Slots a leader may have open at once.
    pub window: Option<u32>,
    /// Slots in one message.
    pub batch: Option<u32>,
    /// A change of members takes effect so many slots later (*Paxos Made Simple* §3).
    pub alpha: Option<u32>,
    /// How many acceptances choose; a majority, if left out. Promises are needed of so many that they meet (*Flexible Paxos*).
    pub accept_quorum: Option<u32>,
    /// Client sessions kept.
    pub sessions: Option<u32>,
    /// Requests a leader lets wait before it refuses more.
    pub backlog: Option<u32>,
}

/// How reads are answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Reads {
    /// Through the log, as writes are.
    Log,
    /// At once while a lease holds (*Paxos Made Live* §5.2).
    Lease,
    /// At once, by whoever believes to lead: not linearizable.
    Local,
}

/// Where a member begins.
#[derive(Clone, Debug, Default, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Beginning {
    /// The ballot it has promised; the highest it has accepted in, if left out.
    pub promised: Option<Number>,
    /// What it has accepted, by slots that rise.
    pub accepted: Vec<Line>,
    /// It knows all slots up to here to be chosen as it has accepted them.
    pub chosen: u64,
}

/// A ballot: `2.n1` is round 2 of n1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    round: u64,
    of: Arc<str>,
}

/// What was accepted in a slot; without key and value a no-op.
#[derive(Clone, Debug, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Which slot.
    pub slot: u64,
    /// In which ballot.
    pub ballot: Number,
    /// A put's key.
    #[serde(default)]
    pub key: Option<Arc<str>>,
    /// Its value.
    #[serde(default)]
    pub value: Option<Arc<str>>,
}

/// Most digits of a round in a file.
const ROUND_DIGITS: usize = 9;

impl FromDoc for Number {
    fn from_doc(node: Node<'_>) -> Result<Self, Fault> {
        let refused = || node.wrong(K::ExpectBallot);
        let text = Arc::<str>::from_doc(node)?;
        let (round, of) = text.split_once('.').ok_or_else(refused)?;
        // Bounded, so that whoever stands has higher rounds left to take.
        let fits = round.len() <= ROUND_DIGITS && round.bytes().all(|digit| digit.is_ascii_digit());
        let round = round.parse().ok().filter(|_| fits).ok_or_else(refused)?;
        Ok(Number { round, of: of.into() })
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
    let settings = settings(&spec, declared);
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

fn settings(spec: &Spec, declared: &Declared<'_>) -> Settings {
    let usual = Settings::default();
    let off = declared.without.iter().filter_map(|name| Rule::named(name));
    let timeout = spec.election_timeout.map_or(usual.election_timeout, |timeout| (timeout.0, timeout.1));
    // A short timeout alone is a sensible file: the heartbeat follows it down unless it is said.
    let follows = Span(usual.heartbeat.0.min(timeout.0.0 / 3));
    Settings {
        members: declared.members.iter().map(|member| member.process).collect(),
        election_timeout: timeout,
        heartbeat: spec.heartbeat.map_or(follows, |heartbeat| heartbeat.0),
        back_off: spec.back_off.map_or(usual.back_off, |wait| (wait.0, wait.1)),
        ask_every: spec.ask_every.map_or(usual.ask_every, |often| often.0),
        reads: match spec.read_mode {
            None | Some(Reads::Log) => ReadMode::Log,
            Some(Reads::Lease) => ReadMode::Lease,
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
        batch: spec.batch.unwrap_or(usual.batch),
        alpha: spec.alpha.unwrap_or(usual.alpha),
        accept_quorum: spec.accept_quorum,
        sessions: spec.sessions.unwrap_or(usual.sessions),
        backlog: spec.backlog.unwrap_or(usual.backlog),
        rules: off.fold(Rules::ALL, Rules::without),
        initial: None,
    }
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
        let initial = initial(declared, place, &name, &beginning)?;
        let path = format!("{path}.{name}");
        one_value_each(declared, (place, &path), &initial, &own)?;
        own.push((process, place, path, initial));
    }
    Ok(own)
}

/// In one ballot of a slot nobody can have accepted another value than somebody before.
fn one_value_each(
    declared: &Declared<'_>,
    (place, path): (NodeId, &str),
    initial: &Initial,
    before: &[Own],
) -> Result<(), Vec<Problem>> {
    for (at, (slot, ballot, op)) in initial.accepted.iter().enumerate() {
        let same = |(_, _, _, other): &&Own| {
            other.accepted.iter().any(|(s, b, o)| (s, b) == (slot, ballot) && o != op)
        };
        if let Some((other, ..)) = before.iter().find(same) {
            let called = declared.members.iter().find(|member| member.process == *other);
            let name = called.map_or_else(|| "".into(), |member| member.name.clone());
            let phrase = Phrase::new(K::InitialTwoValues, [Arg::Number(*slot), Arg::Name(name)]);
            return Err(vec![declared.slip(place, path, &["accepted", &at.to_string()], phrase)]);
        }
    }
    Ok(())
}

fn initial(
    declared: &Declared<'_>,
    place: NodeId,
    name: &str,
    beginning: &Beginning,
) -> Result<Initial, Vec<Problem>> {
    let ballot = |fields: &[&str], number: &Number| {
        let (node, below) = declared.doc.below(place, &format!("initial.{name}"), fields);
        let owner = member(declared, node, &below, &number.of)?;
        Ok::<_, Vec<Problem>>(Ballot { round: number.round, owner })
    };
    let mut accepted = Vec::new();
    for (at, line) in beginning.accepted.iter().enumerate() {
        let at = at.to_string();
        let op = match (&line.key, &line.value) {
            (Some(key), Some(value)) => Some(Op::Put { key: key.clone(), value: value.clone() }),
            (None, None) => None,
            _ => {
                let path = format!("{}.initial.{name}", declared.path);
                let phrase = Phrase::new(K::InitialHalf, [Arg::Number(line.slot)]);
                return Err(vec![declared.slip(place, &path, &["accepted", &at], phrase)]);
            }
        };
        accepted.push((line.slot, ballot(&["accepted", &at, "ballot"], &line.ballot)?, op));
    }
    let highest = || accepted.iter().map(|(_, ballot, _)| *ballot).max().unwrap_or(Ballot::NONE);
    let promised = match &beginning.promised {
        Some(number) => ballot(&["promised"], number)?,
        None => highest(),
    };
    Ok(Initial { promised, accepted, chosen: beginning.chosen })
}

/// What is wrong with settings, at the field that says it.
fn flaw(declared: &Declared<'_>, node: NodeId, path: &str, error: SettingsError) -> Problem {
    let name = |name: &str| Arg::Name(name.into());
    let span = |span: Span| name(&Duration(span).to_string());
    let accepted = |at: usize, phrase| declared.slip(node, path, &["accepted", &at.to_string()], phrase);
    let (field, phrase) = match error {
        SettingsError::NoMembers => ("members", Phrase::new(K::AtLeastOne, [name("members")])),
        SettingsError::TooManyMembers(n) => {
            ("members", Phrase::new(K::TooMany, [Arg::Number(n as u64), Arg::Number(MAX_MEMBERS as u64)]))
        }
        SettingsError::NamedTwice(id) => ("members", Phrase::new(K::NameTaken, [Arg::Process(id)])),
        SettingsError::ElectionTimeout(..) => ("electionTimeout", Phrase::bare(K::TimeoutZero)),
        SettingsError::Heartbeat(beat, low) => {
            ("heartbeat", Phrase::new(K::HeartbeatLong, [span(beat), span(low)]))
        }
        SettingsError::BackOff(..) => ("backOff", Phrase::bare(K::TimeoutZero)),
        SettingsError::Zero("askEvery") => ("askEvery", Phrase::new(K::TimeZero, [name("askEvery")])),
        SettingsError::Zero(what) => {
            let field = match what {
                "chunk" => "snapshotChunk",
                "compaction.every" => "compaction",
                other => other,
            };
            (field, Phrase::new(K::AtLeastOne, [name(field)]))
        }
        SettingsError::Drift(_) => ("leaseDriftBound", Phrase::bare(K::DriftBound)),
        SettingsError::AcceptQuorum(size) => {
            ("acceptQuorum", Phrase::new(K::AcceptQuorum, [Arg::Number(size.into())]))
        }
        SettingsError::InitialSlot(at, slot) => {
            return accepted(at, Phrase::new(K::InitialSlot, [Arg::Number(slot)]));
        }
        SettingsError::InitialChosen(slot) => ("chosen", Phrase::new(K::InitialChosen, [Arg::Number(slot)])),
        SettingsError::InitialSize(at) => return accepted(at, Phrase::bare(K::TextTooLong)),
    };
    declared.slip(node, path, &[field], phrase)
}

#[cfg(feature = "schema")]
mod schema {
    use super::*;
    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
    use std::borrow::Cow;

    impl JsonSchema for Number {
        fn schema_name() -> Cow<'static, str> {
            "BallotNumber".into()
        }
        fn json_schema(_: &mut SchemaGenerator) -> Schema {
            json_schema!({ "type": "string", "pattern": "^[0-9]{1,9}\\..+$" })
        }
    }
}
