//! When a log is compacted: for every system that keeps one and can do without its beginning.

use crate::text::refuse;
use crate::text::typed::{Fault, FromDoc, Node};
use crate::words::scenario::ScenarioKey as K;
use muster_derive::FromDoc;

/// When the log is compacted, as the number of entries between and the number that is kept; `off` for never.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Compact(pub Option<(u64, u64)>);

#[derive(FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct CompactBody {
    every: u64,
    #[serde(default)]
    keep: u64,
}

impl FromDoc for Compact {
    fn from_doc(node: Node<'_>) -> Result<Self, Fault> {
        let text = |text: &str| matches!(text, "off" | "false").then_some(Compact(None));
        let body = |CompactBody { every, keep }| Some(Compact(Some((every, keep))));
        match node.text_or_mapping(K::ExpectCompaction, text, body)? {
            Some(Compact(Some((0, _)))) => Err(node.refuse(refuse(K::AtLeastOne, &["every"]))),
            Some(compact) => Ok(compact),
            None => Err(node.refuse(refuse(K::ExpectCompaction, &[]))),
        }
    }
}

#[cfg(feature = "schema")]
mod schema {
    use super::*;
    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
    use std::borrow::Cow;

    impl JsonSchema for Compact {
        fn schema_name() -> Cow<'static, str> {
            "Compaction".into()
        }
        fn json_schema(generator: &mut SchemaGenerator) -> Schema {
            let body = generator.subschema_for::<CompactBody>();
            json_schema!({ "anyOf": [{ "enum": ["off", false] }, body] })
        }
    }
}
