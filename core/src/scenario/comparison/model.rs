//! What a comparison's file says, as it says it.
//!
//! All that the sides share stands beside `systems`: members, hosts, network, one schedule of clients, one list of faults. A side
//! has its kind, its settings, and what its own kind of clients is told beyond the schedule.

use crate::scenario::model::{Count, Disk, Host, Metadata, Network, Step};
use crate::scenario::predicate::Predicate;
use crate::text::typed::{At, Raw};
use crate::text::{Duration, Rate};
use muster_derive::FromDoc;
use std::sync::Arc;

/// A comparison's document.
#[derive(Clone, Debug, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Comparison"))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct File {
    /// `muster.dev/v1`.
    pub api_version: At<Arc<str>>,
    /// `Comparison`.
    pub kind: Arc<str>,
    /// Its name and what it is about.
    pub metadata: Metadata,
    /// All luck of every side comes from it; 1, if left out.
    #[serde(default)]
    pub seed: Option<u64>,
    /// How long each side runs; 30 s, if left out.
    #[serde(default)]
    pub until: Option<At<Duration>>,
    /// Most events of a side; ten million, if left out.
    #[serde(default)]
    pub budget: Option<u64>,
    /// How many members every side has, or what they are called; each runs on a host of its name.
    pub members: At<Count>,
    /// In which zones their hosts stand, in turn.
    #[serde(default)]
    pub zones: Option<Vec<Arc<str>>>,
    /// What is compared: two or three sides.
    pub systems: At<Vec<At<Side>>>,
    /// What clients ask of every side.
    #[serde(default)]
    pub clients: Option<At<Clients>>,
    /// Hosts beyond those that members bring along, and laws of their own for any.
    #[serde(default)]
    pub hosts: Vec<At<Host>>,
    /// Links.
    #[serde(default)]
    pub network: Network,
    /// Disks of all hosts.
    #[serde(default)]
    pub disk: Disk,
    /// What strikes every side, and when. The group's members are the system `store`, its clients the system `clients`.
    #[serde(default)]
    pub timeline: Vec<At<Step>>,
    /// What must come of it on every side.
    #[serde(default)]
    pub expect: Vec<At<Predicate>>,
}

/// One of the systems that are compared.
#[derive(Clone, Debug, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Side {
    /// What it is called here.
    pub name: At<Arc<str>>,
    /// What it is.
    pub kind: At<Arc<str>>,
    /// Its settings, by its kind.
    #[serde(default)]
    pub spec: Option<Raw>,
    /// Where it begins, by its kind.
    #[serde(default)]
    pub initial: Option<Raw>,
    /// Rules switched off, by name.
    #[serde(default)]
    pub without: Vec<At<Arc<str>>>,
    /// What its clients are told beyond the schedule, by their kind: write concerns, patience.
    #[serde(default)]
    pub clients: Option<Raw>,
    /// What must come of it on this side alone.
    #[serde(default)]
    pub expect: Vec<At<Predicate>>,
}

/// One schedule for the clients of every side: the same operations at the same instants, whatever is answered.
#[derive(Clone, Debug, Default, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Clients {
    /// How many clients, or what they are called; one, if left out.
    pub count: Option<At<Count>>,
    /// The number all of the schedule is drawn from; 1, if left out. The seed has no part in it.
    pub schedule: Option<u64>,
    /// How often each of them asks; `20/s`, if left out.
    pub rate: Option<Rate>,
    /// When each of them asks, counted from the beginning, instead of a rate.
    pub times: Option<At<Vec<Duration>>>,
    /// How often each kind of operation comes, as weights; writes alone, if left out.
    pub mix: Option<Weights>,
    /// Over how many keys: `k0`, `k1`, …; ten, if left out.
    pub keys: Option<u32>,
    /// The schedule begins this long after the beginning, when leaders have been found; 2 s, if left out.
    pub start: Option<Duration>,
    /// Each of them asks so many times at most.
    pub operations: Option<u64>,
    /// Operations of a client under way at once; 128, if left out.
    pub window: Option<u32>,
    /// How long an answer may take before its client does something about it; as its kind says, if left out.
    pub timeout: Option<Duration>,
}

/// Weights of operations. There is no compare-and-set: what it expects would depend on what was answered.
#[derive(Clone, Copy, Debug, Default, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "ScheduleWeights"))]
#[serde(deny_unknown_fields, default)]
pub struct Weights {
    /// Reads.
    pub get: u32,
    /// Writes.
    pub put: u32,
    /// Appends.
    pub append: u32,
    /// Deletes.
    pub delete: u32,
}
