//! The dissertation, sentence by sentence: each test is named after what it says.

mod harness;

mod durable;
mod election;
mod figures;
mod membership;
mod reads;
mod replication;
mod requests;
mod smoke;
mod snapshot;
mod transfer;
