//! What the test asks that holds this module against the native engine: its version, the digests of the whole library.

use muster_core::session::golden;
use muster_core::systems;
use wasm_bindgen::prelude::*;

/// Every scenario's name and digest, one a line, as `muster run --all --digest` prints them.
#[wasm_bindgen]
pub fn golden() -> String {
    golden::listing(systems::all())
}

/// The version of the sources this module was built from.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
