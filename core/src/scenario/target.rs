//! Whom a command or predicate means: names, or selectors that are resolved at the moment they are used.

use crate::text::typed::{Fault, Found, FromDoc, Node};
use crate::words::scenario::ScenarioKey as K;
use muster_derive::FromDoc;
use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};
use std::sync::Arc;

/// Hosts or processes: a name, a list of names, a selector, or a list of both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Target(pub Vec<Who>);

/// One part of a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// By its name.
    Name(Arc<str>),
    /// Whoever it is at the moment.
    Select(Select),
}

/// `{ select: leader, of: kv }`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Select {
    /// leader, followers, candidates, learners, crashed, running, paused, all, … as the system knows them.
    pub select: Arc<str>,
    /// Of which system; may be left out where only one knows the selector.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Arc<str>>,
}

impl Target {
    /// One name.
    pub fn name(name: &str) -> Self {
        Target(vec![Who::Name(name.into())])
    }
    /// Several names.
    pub fn names<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        Target(names.into_iter().map(|name| Who::Name(name.into())).collect())
    }
    /// A selector.
    pub fn select(select: &str, of: Option<&str>) -> Self {
        Target(vec![Who::Select(Select { select: select.into(), of: of.map(Arc::from) })])
    }
}

/// An argument of a system's own command: processes, a constant as its text, or nothing. What it may be is the system's to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Argument(pub Target);

impl FromDoc for Argument {
    fn from_doc(node: Node<'_>) -> Result<Self, Fault> {
        match node.found() {
            Found::Signed(number) => Ok(Argument(Target::name(&number.to_string()))),
            Found::Nothing => Ok(Argument(Target::default())),
            _ => Target::from_doc(node).map(Argument),
        }
    }
}

impl FromDoc for Target {
    fn from_doc(node: Node<'_>) -> Result<Self, Fault> {
        match node.found() {
            Found::List(_) => Vec::from_doc(node).map(Target),
            _ => Who::from_doc(node).map(|who| Target(vec![who])),
        }
    }
}

/// A name or a selector, not a list again.
impl FromDoc for Who {
    fn from_doc(node: Node<'_>) -> Result<Self, Fault> {
        match node.found() {
            Found::Text(name) => Ok(Who::Name(name.clone())),
            Found::Unsigned(number) => Ok(Who::Name(number.to_string().into())),
            // Yes and no are arguments of systems' own commands.
            Found::Bool(flag) => Ok(Who::Name(if flag { "true" } else { "false" }.into())),
            Found::Map(_) => Select::from_doc(node).map(Who::Select),
            _ => Err(node.wrong(K::ExpectTarget)),
        }
    }
}

impl Serialize for Who {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match self {
            Who::Name(name) => name.serialize(s),
            Who::Select(select) => select.serialize(s),
        }
    }
}

impl Serialize for Target {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        if let [one] = self.0.as_slice() {
            return one.serialize(s);
        }
        let mut list = s.serialize_seq(Some(self.0.len()))?;
        self.0.iter().try_for_each(|who| list.serialize_element(who))?;
        list.end()
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Target {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Target".into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let select = generator.subschema_for::<Select>();
        schemars::json_schema!({ "anyOf": [
            { "type": "string" },
            select,
            { "type": "array", "items": { "anyOf": [{ "type": "string" }, select] } },
        ] })
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Argument {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Argument".into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let target = generator.subschema_for::<Target>();
        schemars::json_schema!({ "anyOf": [target, { "type": ["number", "boolean"] }] })
    }
}
