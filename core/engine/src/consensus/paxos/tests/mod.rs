//! One test for each sentence of *Paxos Made Simple*: what a process does, step by step, without time.

mod harness;
mod learning;
mod progress;
mod quorums;
mod safety;
mod two_phases;
mod walks;
