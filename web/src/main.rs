//! Muster's page. It shows a session and decides nothing: what happens in a run is the session's matter, in a worker.
//!
//! Page and worker are one module. `web/boot.js` starts it in both; `main` tells them apart by whether there is a window.

mod app;
mod worker;

fn main() {
    console_error_panic_hook::set_once();
    if web_sys::window().is_some() {
        app::mount();
    }
}

/// The version of the engine in this module.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
