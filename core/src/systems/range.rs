//! A length of time that is drawn anew each time from a range, or is always the same: for every system with timeouts.

use crate::process::Span;
use crate::text::Duration;
use crate::text::refuse;
use crate::text::typed::{Fault, Found, FromDoc, Node};
use crate::words::scenario::ScenarioKey as K;
use muster_derive::FromDoc;

/// A range of timeouts, or one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeout(pub Span, pub Span);

#[derive(FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct TimeoutBody {
    uniform: [Duration; 2],
}

impl FromDoc for Timeout {
    fn from_doc(node: Node<'_>) -> Result<Self, Fault> {
        let one = |text: &str| {
            let length = Duration::read(text).map_err(|refusal| node.refuse(refusal))?;
            Ok(Timeout(length.0, length.0))
        };
        let timeout = match node.found() {
            Found::Text(text) => one(text),
            Found::Unsigned(number) => one(&number.to_string()),
            Found::Signed(number) => one(&number.to_string()),
            Found::Map(_) => {
                TimeoutBody::from_doc(node).map(|TimeoutBody { uniform: [low, high] }| Timeout(low.0, high.0))
            }
            _ => Err(node.wrong(K::ExpectTimeout)),
        }?;
        if timeout.0 == Span::ZERO || timeout.0 > timeout.1 {
            return Err(node.refuse(refuse(K::TimeoutZero, &[])));
        }
        Ok(timeout)
    }
}

#[cfg(feature = "schema")]
mod schema {
    use super::*;
    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
    use std::borrow::Cow;

    impl JsonSchema for Timeout {
        fn schema_name() -> Cow<'static, str> {
            "Timeout".into()
        }
        fn json_schema(generator: &mut SchemaGenerator) -> Schema {
            let (one, range) =
                (generator.subschema_for::<Duration>(), generator.subschema_for::<TimeoutBody>());
            json_schema!({ "anyOf": [one, range] })
        }
    }
}
