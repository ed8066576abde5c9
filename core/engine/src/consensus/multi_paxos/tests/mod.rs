//! Multi-Paxos, sentence by sentence of its papers.

mod harness;
mod learning;
mod members;
mod steady;
mod two_phases;
mod walks;
