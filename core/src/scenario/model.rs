//! What a scenario's file says, as it says it: the types that are read from it and the JSON Schema is made from.
//!
//! Nothing here has been checked against anything else yet; `read` and `names` do that. A system's own part (`spec`,
//! `initial`) is kept for its kind to type.

use super::command::Command;
use super::lesson::model::LessonStep;
use super::predicate::Predicate;
use crate::text::law::Law;
use crate::text::typed::{At, Fault, Found, FromDoc, Node, Raw, refuse};
use crate::text::{Bandwidth, Bilingual, Duration, Probability, SignedDuration};
use crate::words::scenario::ScenarioKey as K;
use muster_derive::FromDoc;
use std::sync::Arc;

/// The format this program reads.
pub const API_VERSION: &str = "muster.dev/v1";

/// A scenario's document.
#[derive(Clone, Debug, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct File {
    /// `muster.dev/v1`.
    pub api_version: At<Arc<str>>,
    /// `Scenario`.
    pub kind: Arc<str>,
    /// Its name and what it is about.
    pub metadata: Metadata,
    /// All luck comes from it; 1, if left out.
    #[serde(default)]
    pub seed: Option<u64>,
    /// How long it runs; 30 s, if left out.
    #[serde(default)]
    pub until: Option<At<Duration>>,
    /// Most events; ten million, if left out.
    #[serde(default)]
    pub budget: Option<u64>,
    /// What lives in the cluster.
    pub systems: Vec<At<System>>,
    /// Hosts beyond those that members bring along, and laws of their own for any.
    #[serde(default)]
    pub hosts: Vec<At<Host>>,
    /// Links.
    #[serde(default)]
    pub network: Network,
    /// Disks of all hosts.
    #[serde(default)]
    pub disk: Disk,
    /// What happens when.
    #[serde(default)]
    pub timeline: Vec<At<Step>>,
    /// What must come of it.
    #[serde(default)]
    pub expect: Vec<At<Predicate>>,
    /// Steps that a reader takes with the run in front of them.
    #[serde(default)]
    pub lesson: Vec<At<LessonStep>>,
}

/// What a scenario is called and about.
#[derive(Clone, Debug, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Metadata {
    /// Letters, digits and `-`.
    pub name: At<Arc<str>>,
    /// A line.
    #[serde(default)]
    pub title: Bilingual,
    /// Two sentences.
    #[serde(default)]
    pub story: Bilingual,
}

/// A system.
#[derive(Clone, Debug, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct System {
    /// What it is called here.
    pub name: At<Arc<str>>,
    /// What it is.
    pub kind: At<Arc<str>>,
    /// How many members, or who they are.
    #[serde(default)]
    pub members: Option<At<Count>>,
    /// The same, as one says it of clients.
    #[serde(default)]
    pub count: Option<At<Count>>,
    /// Their names.
    #[serde(default)]
    pub names: Option<At<Vec<At<Arc<str>>>>>,
    /// On which hosts they run; each on one of its own name, if left out.
    #[serde(default)]
    pub hosts: Option<At<Vec<At<Arc<str>>>>>,
    /// In which zones their own hosts stand, in turn.
    #[serde(default)]
    pub zones: Option<Vec<Arc<str>>>,
    /// The system that it works on.
    #[serde(default)]
    pub target: Option<At<Arc<str>>>,
    /// Its settings, by its kind.
    #[serde(default)]
    pub spec: Option<Raw>,
    /// Where it begins, by its kind.
    #[serde(default)]
    pub initial: Option<Raw>,
    /// Rules switched off, by name.
    #[serde(default)]
    pub without: Vec<At<Arc<str>>>,
}

/// How many, or who.
#[derive(Clone, Debug, PartialEq)]
pub enum Count {
    /// So many.
    Number(u64),
    /// These.
    Names(Vec<Arc<str>>),
}

/// A host with laws of its own.
#[derive(Clone, Debug, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Host {
    /// Its name; a member's name means the host that member brings along.
    pub name: At<Arc<str>>,
    /// Its zone.
    #[serde(default)]
    pub zone: Option<Arc<str>>,
    /// Its disk.
    #[serde(default)]
    pub disk: Option<Disk>,
    /// Its clocks.
    #[serde(default)]
    pub clock: Clock,
}

/// A host's clocks.
#[derive(Clone, Debug, Default, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Clock {
    /// Parts per million too fast; negative: too slow.
    #[serde(default)]
    pub drift: Option<At<i32>>,
    /// How far the wall clock is ahead.
    #[serde(default)]
    pub offset: Option<SignedDuration>,
}

/// The network.
#[derive(Clone, Debug, Default, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Network {
    /// How long a message takes, one way.
    #[serde(default)]
    pub latency: Option<Law>,
    /// How likely a datagram is lost.
    #[serde(default)]
    pub loss: Option<Probability>,
    /// How likely a datagram arrives twice.
    #[serde(default)]
    pub duplicate: Option<Probability>,
    /// How likely a datagram is overtaken.
    #[serde(default)]
    pub reorder: Option<Probability>,
    /// How much a link carries.
    #[serde(default)]
    pub bandwidth: Option<Bandwidth>,
    /// Laws of links between zones.
    #[serde(default)]
    pub zones: Vec<ZoneLink>,
}

/// A law of links between zones; what is left out is as everywhere.
#[derive(Clone, Debug, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ZoneLink {
    /// From which zone.
    pub from: At<Arc<str>>,
    /// To which; the same for links within it.
    pub to: At<Arc<str>>,
    /// Only in this direction.
    #[serde(default)]
    pub one_way: bool,
    /// How long a message takes, one way.
    #[serde(default)]
    pub latency: Option<Law>,
    /// How likely a datagram is lost.
    #[serde(default)]
    pub loss: Option<Probability>,
    /// How likely a datagram arrives twice.
    #[serde(default)]
    pub duplicate: Option<Probability>,
    /// How likely a datagram is overtaken.
    #[serde(default)]
    pub reorder: Option<Probability>,
    /// How much the link carries.
    #[serde(default)]
    pub bandwidth: Option<Bandwidth>,
}

/// A disk.
#[derive(Clone, Debug, Default, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Disk {
    /// How long a sync takes.
    #[serde(default)]
    pub sync: Option<Law>,
}

/// A line of the timeline.
#[derive(Clone, Debug, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// When.
    pub at: At<Duration>,
    /// What it is called, to be healed or waited for.
    #[serde(default)]
    pub id: Option<At<Arc<str>>>,
    /// What.
    #[serde(rename = "do")]
    pub command: At<Command>,
}

impl FromDoc for Count {
    fn from_doc(node: Node<'_>) -> Result<Self, Fault> {
        match node.found() {
            Found::Unsigned(number) => Ok(Count::Number(number)),
            Found::Signed(number) => Err(node.refuse(refuse(K::Negative, &[&number.to_string()]))),
            Found::List(_) => Vec::from_doc(node).map(Count::Names),
            _ => Err(node.wrong(K::ExpectMembers)),
        }
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Count {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Count".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "anyOf": [
            { "type": "integer", "minimum": 1 },
            { "type": "array", "items": { "type": "string" } },
        ] })
    }
}
