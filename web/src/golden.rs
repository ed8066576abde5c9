//! What is asked to hold this module against the native engine: its version, the digests of the whole library, the loop
//! that benches/raft.rs measures.

use muster_core::session::golden;
use muster_core::systems::raft::idle;
use wasm_bindgen::prelude::*;

/// Every scenario's name and digest, one a line, as `muster run --all --digest` prints them.
#[wasm_bindgen]
pub fn golden() -> String {
    golden::listing(crate::kinds(), crate::library())
}

/// The version of the sources this module was built from.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// How many messages an idle Raft group of five delivers in so many virtual seconds.
#[wasm_bindgen]
pub fn idle_group_delivers(seconds: u32) -> Option<f64> {
    idle::delivered(seconds).map(|count| count as f64)
}

/// Lets that group run for so many virtual seconds; how many events that were.
#[wasm_bindgen]
pub fn idle_group_runs(seconds: u32) -> Option<f64> {
    idle::run(seconds).map(|count| count as f64)
}
