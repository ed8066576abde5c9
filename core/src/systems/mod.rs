//! The kinds of systems there are, and the glue between each and the seam that names none.
//!
//! This is the only list. A protocol knows nothing of scenarios, worlds or views; the scenario, the session and the page
//! name no protocol; what they have to know of each other stands here, one folder a kind.

pub mod clients;
pub mod drivers;
mod given;
mod kv;
mod named;
pub mod paxos;
pub mod raft;
mod range;
pub mod replica_set;
mod sentence;
mod verbs;

use crate::system::SystemKind;

/// Every kind.
pub fn all() -> &'static [&'static dyn SystemKind] {
    &[&raft::Raft, &paxos::Paxos, &replica_set::MongoReplicaSet, &clients::Clients, &drivers::Drivers]
}
