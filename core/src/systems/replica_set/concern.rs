//! Write concerns, read concerns and read preferences as a file, or a command by hand, says them.

use crate::consensus::replica_set::driver::ReadPreference;
use crate::consensus::replica_set::{MAX_MEMBERS, ReadConcern, W, WriteConcern};
use crate::process::{Arg, Phrase};
use crate::system::orders::Takes;
use crate::text::typed::{Fault, Found, FromDoc, Node, Refusal, Variants};
use crate::text::{Duration, refuse};
use crate::words::scenario::ScenarioKey as K;
use muster_derive::FromDoc;

/// How a write shall be acknowledged (*Write Concern*).
#[derive(Clone, Copy, Debug, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Concern {
    /// `majority`, or by how many members.
    pub w: Acknowledged,
    /// In their journals?
    #[serde(default)]
    pub j: Option<bool>,
    /// After so long the answer is an error, though the write stays.
    #[serde(default)]
    pub wtimeout: Option<Duration>,
}

/// By whom.
#[derive(Clone, Copy, Debug)]
pub struct Acknowledged(W);

impl Concern {
    /// As members know it.
    pub fn known(self) -> WriteConcern {
        WriteConcern { w: self.w.0, journal: self.j, timeout: self.wtimeout.map(|timeout| timeout.0) }
    }
}

impl FromDoc for Acknowledged {
    fn from_doc(node: Node<'_>) -> Result<Self, Fault> {
        let text = match node.found() {
            Found::Text(text) => text.to_string(),
            Found::Unsigned(number) => number.to_string(),
            _ => return Err(node.wrong(K::ExpectConcern)),
        };
        acknowledged(&text).map(Acknowledged).map_err(|refusal| node.refuse(refusal))
    }
}

/// `majority`, or a number of members that a set may have. Not 0: "requests no acknowledgment of the write operation", and all
/// that is shown of a write here begins with its answer.
pub fn acknowledged(text: &str) -> Result<W, Refusal> {
    if text == "majority" {
        return Ok(W::Majority);
    }
    match text.parse() {
        Ok(0) => Err(refuse(K::NotAcknowledged, &[])),
        Ok(members @ 1..=MAX_MEMBERS_U32) => Ok(W::Members(members)),
        _ => Err(refuse(K::NotOneOf, &[text, NUMBERS])),
    }
}

/// `w` of a request by hand.
pub const ACKNOWLEDGED: Takes = Takes::Own {
    check: |text| Ok(acknowledged(text).map(drop)?),
    names: &["majority"],
    expected: K::ExpectConcern,
};

/// `readConcern` of a request by hand.
pub const PROMISED: Takes = Takes::OneOf(Promised::NAMES);

/// `readPreference` of a request by hand.
pub const PREFERRED: Takes = Takes::OneOf(Preferred::NAMES);

/// What `w` may be.
const NUMBERS: &str = "majority, 1 – 50";

const MAX_MEMBERS_U32: u32 = MAX_MEMBERS as u32;

/// What is promised of reads (*Read Concern*).
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Promised {
    /// What the member has.
    Local,
    /// What a majority has.
    Majority,
    /// What was acknowledged before, whoever is primary.
    Linearizable,
}

impl Promised {
    /// As members know it.
    pub fn known(self) -> ReadConcern {
        match self {
            Promised::Local => ReadConcern::Local,
            Promised::Majority => ReadConcern::Majority,
            Promised::Linearizable => ReadConcern::Linearizable,
        }
    }
}

/// A read concern by its name.
pub fn read_concern(text: &str) -> Result<ReadConcern, Phrase> {
    let all = [ReadConcern::Local, ReadConcern::Majority, ReadConcern::Linearizable];
    let named = all.into_iter().find(|concern| concern.name() == text);
    named.ok_or_else(|| not_one_of(text, &all.map(ReadConcern::name)))
}

/// Which members are read from (*Read Preference*).
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Preferred {
    /// The primary.
    Primary,
    /// The primary, or else a secondary.
    PrimaryPreferred,
    /// A secondary.
    Secondary,
    /// A secondary, or else the primary.
    SecondaryPreferred,
    /// Whoever is near.
    Nearest,
}

const PREFERENCES: [(&str, ReadPreference); 5] = [
    ("primary", ReadPreference::Primary),
    ("primaryPreferred", ReadPreference::PrimaryPreferred),
    ("secondary", ReadPreference::Secondary),
    ("secondaryPreferred", ReadPreference::SecondaryPreferred),
    ("nearest", ReadPreference::Nearest),
];

impl Preferred {
    /// As drivers know it.
    pub fn known(self) -> ReadPreference {
        PREFERENCES[self as usize].1
    }
}

/// A read preference by its name.
pub fn read_preference(text: &str) -> Result<ReadPreference, Phrase> {
    let named = PREFERENCES.iter().find(|(name, _)| *name == text).map(|(_, preference)| *preference);
    named.ok_or_else(|| not_one_of(text, &PREFERENCES.map(|(name, _)| name)))
}

/// Its name.
pub fn preference_name(preference: ReadPreference) -> &'static str {
    PREFERENCES.iter().find(|(_, known)| *known == preference).map_or("", |(name, _)| name)
}

fn not_one_of(text: &str, names: &[&str]) -> Phrase {
    let names = names.iter().map(|name| Arg::Name((*name).into())).collect();
    Phrase::new(K::NotOneOf, [crate::text::clipped(text), Arg::List(names)])
}

#[cfg(feature = "schema")]
mod schema {
    use super::*;
    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
    use std::borrow::Cow;

    impl JsonSchema for Acknowledged {
        fn schema_name() -> Cow<'static, str> {
            "Acknowledged".into()
        }
        fn json_schema(_generator: &mut SchemaGenerator) -> Schema {
            json_schema!({ "anyOf": [
                { "const": "majority" },
                { "type": "integer", "minimum": 1, "maximum": MAX_MEMBERS }
            ] })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_manuals() {
        assert_eq!(acknowledged("majority"), Ok(W::Majority));
        assert_eq!(acknowledged("3"), Ok(W::Members(3)));
        assert_eq!(acknowledged("0"), Err(refuse(K::NotAcknowledged, &[])));
        assert!(acknowledged("51").is_err() && acknowledged("most").is_err() && acknowledged("-1").is_err());
        assert_eq!(read_concern("linearizable"), Ok(ReadConcern::Linearizable));
        assert!(read_concern("strong").is_err());
        for (name, preference) in PREFERENCES {
            assert_eq!(read_preference(name), Ok(preference));
            assert_eq!(preference_name(preference), name);
        }
        assert!(Promised::NAMES.iter().all(|name| read_concern(name).is_ok()));
        assert!(Preferred::NAMES.iter().all(|name| read_preference(name).is_ok()));
        assert_eq!(Preferred::Nearest.known(), ReadPreference::Nearest);
        assert_eq!(Preferred::PrimaryPreferred.known(), ReadPreference::PrimaryPreferred);
    }
}
