//! The kinds of systems there are, and the glue between each and the seam that names none.
//!
//! This is the only list. A protocol knows nothing of scenarios, worlds or views; the scenario, the session and the page
//! name no protocol; what they have to know of each other stands here, one folder a kind.

pub mod clients;
mod compact;
pub mod drivers;
mod given;
mod kv;
pub mod multi_paxos;
mod named;
pub mod paxos;
pub mod raft;
mod range;
pub mod replica_set;
mod schedule;
mod sentence;
mod verbs;
pub mod workers;

use crate::system::SystemKind;

/// The kinds that a visitor's first example needs: what the page loads first (`Session::part`).
pub fn first() -> &'static [&'static dyn SystemKind] {
    &[&raft::Raft, &clients::Clients]
}

/// Every kind.
pub fn all() -> &'static [&'static dyn SystemKind] {
    &[
        &raft::Raft,
        &paxos::Paxos,
        &multi_paxos::MultiPaxos,
        &replica_set::MongoReplicaSet,
        &workers::Workers,
        &clients::Clients,
        &drivers::Drivers,
    ]
}
