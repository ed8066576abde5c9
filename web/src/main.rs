//! Muster's page. It shows a session and decides nothing: what happens in a run is the session's matter, in a worker.
//!
//! Page and worker are one module. `web/boot.js` starts it in both; `main` tells them apart by whether there is a window.
//! As the page ships, that module has the systems of the first example alone (the feature `part`), and a second one, without
//! the page, has them all (`bin/whole.rs`): a worker runs that one from when something else is opened.

mod app;
mod branches;
mod bridge;
mod canvas;
mod desk;
mod diagram;
mod dialogs;
mod export;
mod find;
mod golden;
mod hands;
mod header;
mod hooks;
mod icons;
mod inspector;
mod keys;
mod lesson;
mod link;
mod look;
mod menu;
mod names;
mod notice;
mod number;
mod panel;
mod part;
mod player;
mod refresh;
mod same;
mod say;
mod sides;
mod speed;
mod stage;
mod state;
mod story;
mod texts;
mod tour;
mod transport;
mod verbs;
mod why;
mod wire;
mod worker;
mod writing;

use muster_core::session::headless::Kinds;
use muster_core::session::{FIRST, LIBRARY, Library};
use muster_core::systems;
use wasm_bindgen::JsCast;

/// Does this module lack systems that another one has?
const IS_PART: bool = cfg!(feature = "part");

/// The kinds of systems that this module has.
fn kinds() -> Kinds {
    if IS_PART { systems::first() } else { systems::all() }
}

/// The library, with the texts that these kinds can play.
fn library() -> Library {
    if IS_PART { FIRST } else { LIBRARY.into() }
}

/// Words that the page itself may lack: none, for it is the same module.
fn words() -> Option<String> {
    None
}

fn main() {
    if web_sys::window().is_some() {
        // Yew puts a hook of its own in the place of any that it was not told of.
        yew::set_custom_panic_hook(Box::new(|info| {
            console_error_panic_hook::hook(info);
            show_death(&info.to_string());
        }));
        app::mount();
    }
}

/// The page's own thread panicked: the document itself says so, since nothing else of the page runs any more.
fn show_death(why: &str) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let Ok(bar) = document.create_element("p") else { return };
    let lang = look::Look::remembered().lang;
    bar.set_class_name("death");
    let _ = bar.set_attribute("role", "alert");
    let t = texts::Texts::of(lang);
    bar.set_text_content(Some(&format!("{} ({why}) ", t.page_died)));
    if let Ok(button) = document.create_element("button") {
        // What was done is kept by the browser (branches/keep.rs): the page comes back with it.
        button.set_id("reload");
        button.set_text_content(Some(t.reload));
        let again = wasm_bindgen::closure::Closure::<dyn Fn()>::new(|| {
            let _ = web_sys::window().map(|window| window.location().reload());
        });
        let _ = button.add_event_listener_with_callback("click", again.as_ref().unchecked_ref());
        again.forget(); // the page ends with it
        let _ = bar.append_child(&button);
    }
    if let Some(body) = document.body() {
        let _ = body.prepend_with_node_1(&bar);
    }
}
