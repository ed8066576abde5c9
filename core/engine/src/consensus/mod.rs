//! How clusters agree: protocols, the store they replicate, and the clients that use it.
//!
//! A protocol here imports `process` and its neighbours in this module, nothing else: no kernel, no session, no view.

mod back_off;
pub mod ballot;
pub mod client;
pub mod kv;
pub mod multi_paxos;
pub(crate) mod notes;
pub mod paxos;
pub mod quorum;
pub mod raft;
pub mod replica_set;
pub mod rules;
#[cfg(test)]
mod walk;
