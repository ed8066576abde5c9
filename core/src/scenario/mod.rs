//! Scenarios: what a file says, what was checked of it, and the run it becomes.
//!
//! `model` is the file as serde reads it, `command` and `predicate` its two little languages, `target` whom they mean.
//! It names no system: the kinds there are come in as a list.

pub mod command;
pub mod model;
pub mod predicate;
pub mod target;

pub use command::Command;
pub use predicate::Predicate;
