//! Multi-Paxos, sentence by sentence of its papers.

mod harness;
mod steady;
