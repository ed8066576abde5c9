//! What a scenario says of a Paxos group: who plays which roles, whose agreement counts, how long is waited.

use crate::consensus::paxos::{MAX_SETS, Program, Quorum, Rule, Rules, Settings, SettingsError, Telling};
use crate::process::{Arg, Phrase, ProcessId};
use crate::system::Declared;
use crate::systems::named::members;
use crate::systems::range::Timeout;
use crate::text::typed::{Fault, Found, FromDoc, Node, typed};
use crate::text::{Duration, NodeId, Problem};
use crate::words::scenario::ScenarioKey as K;
use muster_derive::FromDoc;
use std::sync::Arc;

/// The settings of a group. Every member plays every role, unless it is said.
#[derive(Clone, Debug, Default, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase", default)]
pub struct Spec {
    /// Who proposes.
    pub proposers: Option<Vec<Arc<str>>>,
    /// Who accepts.
    pub acceptors: Option<Vec<Arc<str>>>,
    /// Who learns.
    pub learners: Option<Vec<Arc<str>>>,
    /// Whose agreement each phase needs; majorities, if left out.
    pub quorums: Quorums,
    /// Who tells learners (§2.3).
    pub learning: Option<Learning>,
    /// A proposer without a quorum by then tries again with a higher number.
    pub round_timeout: Option<Duration>,
    /// How long a proposer waits that was refused or had no quorum in time: twice as long with each refusal in a row, at most
    /// 32 times as long, and no longer than two round timeouts (unless this is longer itself).
    pub back_off: Option<Timeout>,
    /// How often a learner asks that has not learned.
    pub ask_every: Option<Duration>,
}

/// Quorums of the two phases (*Flexible Paxos*): every one of the first must meet every one of the second.
#[derive(Clone, Debug, Default, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase", default)]
pub struct Quorums {
    /// Whose promises a proposer needs.
    pub phase1: Option<Needed>,
    /// Whose acceptances choose a value.
    pub phase2: Option<Needed>,
}

/// So many acceptors, or all of one of these sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Needed {
    /// So many, whichever.
    Number(u64),
    /// One of these sets, by names.
    OneOf(Vec<Vec<Arc<str>>>),
}

/// Who tells learners.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Learning {
    /// The proposer, as the distinguished learner.
    FromProposer,
    /// Every acceptor tells every learner.
    FromAcceptors,
}

impl FromDoc for Needed {
    fn from_doc(node: Node<'_>) -> Result<Self, Fault> {
        match node.found() {
            Found::List(_) => Vec::from_doc(node).map(Needed::OneOf),
            Found::Unsigned(_) | Found::Text(_) => u64::from_doc(node).map(Needed::Number),
            _ => Err(node.wrong(K::ExpectQuorum)),
        }
    }
}

/// Types a group's part of the file.
pub(super) fn program(declared: &Declared<'_>) -> Result<Program, Vec<Problem>> {
    let path = format!("{}.spec", declared.path);
    if let Some(node) = declared.initial.filter(|node| !declared.doc.is_null(*node)) {
        let phrase = Phrase::new(K::TakesNoInitial, [Arg::Name("Paxos".into())]);
        return Err(vec![declared.problem(node, &format!("{}.initial", declared.path), phrase, None)]);
    }
    let spec: Spec = match declared.spec {
        Some(node) if !declared.doc.is_null(node) => {
            typed(declared.doc, node, &path).map_err(|problem| vec![problem])?
        }
        _ => Spec::default(),
    };
    let settings = settings(&spec, declared)?;
    Program::new(settings)
        .map_err(|error| vec![flaw(declared, declared.spec.unwrap_or(declared.node), &path, error)])
}

fn settings(spec: &Spec, declared: &Declared<'_>) -> Result<Settings, Vec<Problem>> {
    let usual = Settings::default();
    let node = declared.spec.unwrap_or(declared.node);
    let role = |role: &str, names: &Option<Vec<Arc<str>>>| match names {
        Some(names) => {
            let place = declared.doc.get(node, role).unwrap_or(node);
            members(declared, place, &format!("spec.{role}"), names)
        }
        None => Ok(declared.members.iter().map(|member| member.process).collect()),
    };
    let quorums = declared.doc.get(node, "quorums").unwrap_or(node);
    let quorum = |phase: &str, needed: &Option<Needed>| match needed {
        None => Ok(None),
        Some(Needed::Number(number)) => Ok(Some(Quorum::Any(usize::try_from(*number).unwrap_or(usize::MAX)))),
        // Too many to be looked through are refused by the settings.
        Some(Needed::OneOf(sets)) if sets.len() > MAX_SETS => {
            Ok(Some(Quorum::OneOf(vec![Vec::new(); MAX_SETS + 1])))
        }
        Some(Needed::OneOf(sets)) => {
            let place = declared.doc.get(quorums, phase).unwrap_or(quorums);
            let set =
                |names: &Vec<Arc<str>>| members(declared, place, &format!("spec.quorums.{phase}"), names);
            sets.iter().map(set).collect::<Result<_, _>>().map(|sets| Some(Quorum::OneOf(sets)))
        }
    };
    let off = declared.without.iter().filter_map(|name| Rule::named(name));
    Ok(Settings {
        proposers: role("proposers", &spec.proposers)?,
        acceptors: role("acceptors", &spec.acceptors)?,
        learners: role("learners", &spec.learners)?,
        promises: quorum("phase1", &spec.quorums.phase1)?,
        acceptances: quorum("phase2", &spec.quorums.phase2)?,
        telling: match spec.learning {
            None | Some(Learning::FromProposer) => Telling::Proposer,
            Some(Learning::FromAcceptors) => Telling::Acceptors,
        },
        round_timeout: spec.round_timeout.map_or(usual.round_timeout, |timeout| timeout.0),
        back_off: spec.back_off.map_or(usual.back_off, |wait| (wait.0, wait.1)),
        ask_every: spec.ask_every.map_or(usual.ask_every, |often| often.0),
        rules: off.fold(Rules::ALL, Rules::without),
    })
}

/// What is wrong with settings, at the field that says it.
fn flaw(declared: &Declared<'_>, node: NodeId, path: &str, error: SettingsError) -> Problem {
    let name = |name: &str| Arg::Name(name.into());
    let who = |ids: &[ProcessId]| {
        let called = |id: &ProcessId| declared.members.iter().find(|member| member.process == *id);
        Arg::List(ids.iter().filter_map(called).map(|member| Arg::Name(member.name.clone())).collect())
    };
    let phase = |quorum: &str| if quorum == "promises" { "phase1" } else { "phase2" };
    let at =
        |fields: &[&str], key: K, args: Vec<Arg>| declared.slip(node, path, fields, Phrase::new(key, args));
    match error {
        SettingsError::Nobody(role) => at(&[role], K::NobodyHasRole, vec![name(role)]),
        SettingsError::TooMany => at(&["members"], K::TooManyRoles, vec![]),
        SettingsError::QuorumSize(quorum) => {
            at(&["quorums", phase(quorum)], K::QuorumSize, vec![name(phase(quorum))])
        }
        SettingsError::TooManySets(quorum) => {
            let most = Arg::Number(MAX_SETS as u64);
            at(&["quorums", phase(quorum)], K::QuorumSets, vec![name(phase(quorum)), most])
        }
        SettingsError::NoAcceptor(quorum, id) => {
            let phrase = Phrase::new(K::QuorumNoAcceptor, [name(phase(quorum)), who(&[id])]);
            let (node, path) = declared.doc.below(node, path, &["quorums", phase(quorum)]);
            let called = declared.members.iter().find(|member| member.process == id);
            let found = called.and_then(|member| declared.doc.find(node, &member.name));
            let (node, found) = found.unwrap_or((node, String::new()));
            declared.problem(node, &(path + &found), phrase, None)
        }
        SettingsError::Apart([one, two]) => {
            at(&["quorums"], K::QuorumsApart, vec![who(&one), who(&two), name(Rule::QuorumsMeet.name())])
        }
        SettingsError::NoTime(field) => at(&[field], K::TimeZero, vec![name(field)]),
    }
}

#[cfg(feature = "schema")]
mod schema {
    use super::*;
    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
    use std::borrow::Cow;

    impl JsonSchema for Needed {
        fn schema_name() -> Cow<'static, str> {
            "Quorum".into()
        }
        fn json_schema(generator: &mut SchemaGenerator) -> Schema {
            let sets = generator.subschema_for::<Vec<Vec<Arc<str>>>>();
            json_schema!({ "anyOf": [{ "type": "integer", "minimum": 1 }, sets] })
        }
    }
}
