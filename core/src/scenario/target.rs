//! Whom a command or predicate means: names, or selectors that are resolved at the moment they are used.

use crate::text::typed::refuse;
use crate::words::scenario::ScenarioKey as K;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserializer, Visitor};
use serde::ser::SerializeSeq;
use serde::{Deserialize, Serialize, Serializer};
use std::fmt;
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

struct TargetText;

impl<'de> Visitor<'de> for TargetText {
    type Value = Target;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(K::ExpectTarget.as_str())
    }
    fn visit_str<E: de::Error>(self, text: &str) -> Result<Target, E> {
        Ok(Target::name(text))
    }
    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Target, E> {
        Ok(Target::name(&number.to_string()))
    }
    fn visit_seq<A: de::SeqAccess<'de>>(self, mut seq: A) -> Result<Target, A::Error> {
        let mut all = Vec::new();
        while let Some(Part(who)) = seq.next_element()? {
            all.push(who);
        }
        Ok(Target(all))
    }
    fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Target, A::Error> {
        Select::deserialize(MapAccessDeserializer::new(map)).map(|select| Target(vec![Who::Select(select)]))
    }
}

impl<'de> Deserialize<'de> for Target {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        d.deserialize_any(TargetText)
    }
}

/// An item of a list: a name or a selector, not a list again.
struct Part(Who);

impl<'de> Deserialize<'de> for Part {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct Item;
        impl<'de> Visitor<'de> for Item {
            type Value = Part;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(K::ExpectTarget.as_str())
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Part, E> {
                Ok(Part(Who::Name(text.into())))
            }
            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Part, E> {
                self.visit_str(&number.to_string())
            }
            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Part, A::Error> {
                let mut target = TargetText.visit_map(map)?.0;
                target.pop().map(Part).ok_or_else(|| refuse(K::ExpectTarget, &[]))
            }
        }
        d.deserialize_any(Item)
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
