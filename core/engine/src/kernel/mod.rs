//! The virtual cluster: time, queue, luck, network, disks, clocks, hosts, faults, checkpoints.
//!
//! It knows no protocol: processes are [`Process`](crate::process::Process)es behind a trait, messages opaque
//! [`Payload`](crate::process::Payload)s. It deliberately knows no scenario file, selector such as `leader`, check or
//! view either: those stand above it and use [`Action`]s, [`Event`]s and the world's accessors.

pub mod action;
pub mod event;
pub mod law;
pub mod luck;
mod quantile;
mod queue;
mod sample;
mod slab;
pub mod world;

pub use action::{Action, DiskFault, LinkScope};
pub use event::{Event, Fate, LossReason, Observer, Sent, What};
pub use law::{
    Chance, ConnectionSpec, DiskSpec, HostSpec, LatencyLaw, LawError, Limits, LinkSpec, MOST_DRIFT_PPM,
};
pub use sample::LONGEST;
pub use world::{Refusal, World, WorldSpec};
