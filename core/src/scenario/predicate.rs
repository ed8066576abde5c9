//! What can be said of a run: one grammar for expectations, "run until", breakpoints, explorer goals and lessons.
//!
//! Some predicates are true or false at a moment (`leader: kv`), some only of a whole run (`eventually: …`). Where only a
//! moment can be judged, the others are refused. This file is the grammar; [`super::judge`] says what holds.

use super::target::Target;
use crate::process::{Arg, Phrase};
use crate::text::typed::{Content, Fault, FromDoc, Node, Variants, refuse, typed};
use crate::text::{Doc, Duration, Problem, flow};
use crate::words::scenario::ScenarioKey as K;
use muster_derive::FromDoc;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use std::fmt;
use std::sync::Arc;

/// A statement about a moment or a run.
#[derive(Clone, Debug, PartialEq, Serialize, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Predicate {
    /// Exactly one member leads (and is the one named, if one is).
    Leader(LeaderOf),
    /// Nobody leads.
    NoLeader(Arc<str>),
    /// So many are what a selector says.
    Count(Count),
    /// A number a system tells about itself compares so.
    Fact(Fact),
    /// A key of a store has this value, by what its members have applied.
    Value(Value),
    /// A value is chosen, as far as somebody knows: any, or this one.
    Chosen(ChosenOf),
    /// This much time has passed.
    At(Duration),
    /// The command of this id has been carried out.
    After(Arc<str>),
    /// No check of this system (or the one named `system/check`, or any: `all`) has broken.
    Checks(Arc<str>),
    /// Every one of these.
    All(Vec<Predicate>),
    /// At least one of these.
    Any(Vec<Predicate>),
    /// Not this.
    Not(Box<Predicate>),
    /// Of a run: at every event.
    Always(Timed),
    /// Of a run: at some event.
    Eventually(Timed),
    /// Of a run: at no event.
    Never(Timed),
    /// Of a run: exactly this check broke.
    Violated(Violated),
}

/// `leader: kv`, or `leader: { of: kv, is: n3 }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeaderOf {
    /// Of which system.
    pub of: Arc<str>,
    /// Who.
    pub is: Option<Arc<str>>,
}

/// `count: { select: followers, of: kv, atLeast: 3 }`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Count {
    /// As in a target.
    pub select: Arc<str>,
    /// Of which system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Arc<str>>,
    /// Exactly so many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is: Option<u64>,
    /// So many or more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<u64>,
    /// So many or fewer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<u64>,
}

/// `fact: { of: kv, name: commitIndex, member: n1, atLeast: 5 }`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Fact {
    /// Of which system.
    pub of: Arc<str>,
    /// Which number.
    pub name: Arc<str>,
    /// Of which member; of the system as a whole, if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<Target>,
    /// Exactly this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is: Option<u64>,
    /// This or more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<u64>,
    /// This or less.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<u64>,
}

/// `value: { of: kv, key: x, is: "1" }`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Value {
    /// Of which system.
    pub of: Arc<str>,
    /// Which key.
    pub key: Arc<str>,
    /// Its value; left out: there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is: Option<Arc<str>>,
    /// By which member; by the one that has applied most, if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<Arc<str>>,
}

/// `chosen: synod`, or `chosen: { of: synod, is: blue, member: n3 }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChosenOf {
    /// Of which system.
    pub of: Arc<str>,
    /// Which value; any, if left out.
    pub is: Option<Arc<str>>,
    /// Who knows it; anybody, if left out.
    pub member: Option<Arc<str>>,
}

/// A statement with the stretch of the run it is about: `{ leader: kv, after: heal1, within: 2s }`.
#[derive(Clone, Debug, PartialEq)]
pub struct Timed {
    /// What is said.
    pub what: Box<Predicate>,
    /// From this command on.
    pub after: Option<Arc<str>>,
    /// For so long (from there, or from the beginning).
    pub within: Option<Duration>,
}

/// `violated: { check: kv/electionSafety, by: 6s }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violated {
    /// `system/check`.
    pub check: Arc<str>,
    /// Until this time.
    pub by: Option<Duration>,
}

impl Predicate {
    /// Reads one line: `leader: kv`.
    pub fn parse(line: &str) -> Result<Predicate, Problem> {
        let doc = Doc::line(line)?;
        match doc.roots() {
            [root] => typed(&doc, *root, ""),
            roots => {
                let count = Arg::Number(roots.len() as u64);
                Err(Problem::whole(Phrase::new(K::OneKeyOnly, [count])))
            }
        }
    }

    /// The name of the part that only a whole run can be asked, if there is one.
    pub fn temporal(&self) -> Option<&'static str> {
        match self {
            Predicate::Always(_) => Some("always"),
            Predicate::Eventually(_) => Some("eventually"),
            Predicate::Never(_) => Some("never"),
            Predicate::Violated(_) => Some("violated"),
            Predicate::All(all) | Predicate::Any(all) => all.iter().find_map(Predicate::temporal),
            Predicate::Not(inner) => inner.temporal(),
            _ => None,
        }
    }
}

/// One line, the same for equal predicates.
impl fmt::Display for Predicate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&flow::line(self))
    }
}

/// Does a number compare as three bounds, each of which may be left out, say?
pub fn compares(number: u64, is: Option<u64>, at_least: Option<u64>, at_most: Option<u64>) -> bool {
    is.is_none_or(|is| number == is)
        && at_least.is_none_or(|least| number >= least)
        && at_most.is_none_or(|most| number <= most)
}

#[derive(Serialize, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct LeaderBody {
    of: Arc<str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    is: Option<Arc<str>>,
}

impl FromDoc for LeaderOf {
    fn from_doc(node: Node<'_>) -> Result<Self, Fault> {
        let text = |text: &str| LeaderOf { of: text.into(), is: None };
        let body = |LeaderBody { of, is }| LeaderOf { of, is };
        node.text_or_mapping(K::ExpectText, text, body)
    }
}
impl Serialize for LeaderOf {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match &self.is {
            None => self.of.serialize(s),
            is => LeaderBody { of: self.of.clone(), is: is.clone() }.serialize(s),
        }
    }
}

#[derive(Serialize, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct ChosenBody {
    of: Arc<str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    is: Option<Arc<str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    member: Option<Arc<str>>,
}

impl FromDoc for ChosenOf {
    fn from_doc(node: Node<'_>) -> Result<Self, Fault> {
        let text = |text: &str| ChosenOf { of: text.into(), is: None, member: None };
        let body = |ChosenBody { of, is, member }| ChosenOf { of, is, member };
        node.text_or_mapping(K::ExpectText, text, body)
    }
}
impl Serialize for ChosenOf {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let ChosenOf { of, is, member } = self.clone();
        match (&is, &member) {
            (None, None) => of.serialize(s),
            _ => ChosenBody { of, is, member }.serialize(s),
        }
    }
}

#[derive(Serialize, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct ViolatedBody {
    check: Arc<str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by: Option<Duration>,
}

impl FromDoc for Violated {
    fn from_doc(node: Node<'_>) -> Result<Self, Fault> {
        let text = |text: &str| Violated { check: text.into(), by: None };
        let body = |ViolatedBody { check, by }| Violated { check, by };
        node.text_or_mapping(K::ExpectText, text, body)
    }
}
impl Serialize for Violated {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match self.by {
            None => self.check.serialize(s),
            by => ViolatedBody { check: self.check.clone(), by }.serialize(s),
        }
    }
}

/// The two fields beside the statement itself.
impl FromDoc for Timed {
    fn from_doc(node: Node<'_>) -> Result<Self, Fault> {
        let (mut what, mut after, mut within) = (None, None, None);
        for (key, value) in node.entries()? {
            let name_node = node.at(*key);
            let name = name_node.text(K::ExpectText).map_err(|fault| fault.below_key(name_node))?;
            match &**name {
                "after" => after = Some(node.value(*key, *value)?),
                "within" => within = Some(node.value(*key, *value)?),
                name => {
                    let known = STATEMENTS.contains(&name).then_some(name).and_then(number);
                    let Some(at) = known else {
                        return Err(name_node.unknown(K::UnknownField, STATEMENTS).below_key(name_node));
                    };
                    if what.is_some() {
                        return Err(node.refuse(refuse(K::OneKeyOnly, &["2"])));
                    }
                    what = Some(Predicate::from_content(at, Content::of(name_node, node.at(*value)))?);
                }
            }
        }
        // `eventually: { after: x }` says that x happens.
        let what = match (what, &after) {
            (Some(what), _) => what,
            (None, Some(_)) => Predicate::After(after.take().unwrap_or_default()),
            (None, None) => return Err(node.refuse(refuse(K::NothingExpected, &[]))),
        };
        if let Some(name) = what.temporal() {
            return Err(node.refuse(refuse(K::Temporal, &[name])));
        }
        Ok(Timed { what: Box::new(what), after, within })
    }
}

/// Which statement has this name.
fn number(name: &str) -> Option<usize> {
    Predicate::NAMES.iter().position(|known| *known == name)
}

/// The statements a [`Timed`] may hold, and its own two fields.
const STATEMENTS: &[&str] = &[
    "leader", "noLeader", "count", "fact", "value", "chosen", "at", "checks", "all", "any", "not", "after",
    "within",
];

impl Serialize for Timed {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut map = s.serialize_map(None)?;
        match &*self.what {
            Predicate::Leader(v) => map.serialize_entry("leader", v)?,
            Predicate::NoLeader(v) => map.serialize_entry("noLeader", v)?,
            Predicate::Count(v) => map.serialize_entry("count", v)?,
            Predicate::Fact(v) => map.serialize_entry("fact", v)?,
            Predicate::Value(v) => map.serialize_entry("value", v)?,
            Predicate::Chosen(v) => map.serialize_entry("chosen", v)?,
            Predicate::At(v) => map.serialize_entry("at", v)?,
            Predicate::Checks(v) => map.serialize_entry("checks", v)?,
            Predicate::All(v) => map.serialize_entry("all", v)?,
            Predicate::Any(v) => map.serialize_entry("any", v)?,
            Predicate::Not(v) => map.serialize_entry("not", v)?,
            Predicate::After(v) if self.after.is_none() => map.serialize_entry("after", v)?,
            // `after` as a statement beside `after` as a bound has to be written apart from it.
            other => map.serialize_entry("all", &[other])?,
        }
        if let Some(after) = &self.after {
            map.serialize_entry("after", after)?;
        }
        if let Some(within) = &self.within {
            map.serialize_entry("within", within)?;
        }
        map.end()
    }
}

#[cfg(feature = "schema")]
mod schema {
    use super::*;
    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

    impl JsonSchema for LeaderOf {
        fn schema_name() -> std::borrow::Cow<'static, str> {
            "Leader".into()
        }
        fn json_schema(generator: &mut SchemaGenerator) -> Schema {
            let body = generator.subschema_for::<LeaderBody>();
            json_schema!({ "anyOf": [{ "type": "string" }, body] })
        }
    }
    impl JsonSchema for ChosenOf {
        fn schema_name() -> std::borrow::Cow<'static, str> {
            "Chosen".into()
        }
        fn json_schema(generator: &mut SchemaGenerator) -> Schema {
            let body = generator.subschema_for::<ChosenBody>();
            json_schema!({ "anyOf": [{ "type": "string" }, body] })
        }
    }
    impl JsonSchema for Violated {
        fn schema_name() -> std::borrow::Cow<'static, str> {
            "Violated".into()
        }
        fn json_schema(generator: &mut SchemaGenerator) -> Schema {
            let body = generator.subschema_for::<ViolatedBody>();
            json_schema!({ "anyOf": [{ "type": "string" }, body] })
        }
    }
    impl JsonSchema for Timed {
        fn schema_name() -> std::borrow::Cow<'static, str> {
            "Timed".into()
        }
        fn json_schema(generator: &mut SchemaGenerator) -> Schema {
            let all = generator.subschema_for::<Vec<Predicate>>();
            json_schema!({ "type": "object", "additionalProperties": false, "properties": {
                "leader": generator.subschema_for::<LeaderOf>(),
                "noLeader": { "type": "string" },
                "count": generator.subschema_for::<Count>(),
                "fact": generator.subschema_for::<Fact>(),
                "value": generator.subschema_for::<Value>(),
                "chosen": generator.subschema_for::<ChosenOf>(),
                "at": generator.subschema_for::<Duration>(),
                "checks": { "type": "string" },
                "all": all,
                "any": all,
                "not": generator.subschema_for::<Predicate>(),
                "after": { "type": "string" },
                "within": generator.subschema_for::<Duration>(),
            } })
        }
    }
}
