//! The pure core of Muster: a deterministic simulator of clusters.
//!
//! It deliberately knows no I/O, wall clock, thread, or DOM. The same code runs natively and in Wasm and
//! gives the same history, to the bit, for the same scenario, seed and commands.
//!
//! One direction of knowledge, held by a test: `session` → `scenario`, `check`, `export` → systems
//! (`consensus`, `demo`) → `process`; `kernel` runs processes and knows none by name; `view`, `words` and `system`
//! are the neutral vocabulary between them.

/// Checks: what must hold, watched; and the search for histories that break it.
pub mod check {
    pub use muster_engine::check::*;
    pub mod explore;
}
pub mod demo;
pub mod export;
pub mod scenario;
pub mod session;
pub mod system;
pub mod systems;
pub mod text;
pub mod view;

pub use muster_engine::{consensus, kernel, process, words, workers};
