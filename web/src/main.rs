//! Muster's page. It shows a session and decides nothing: what happens in a run is the session's matter, in a worker.
//!
//! Page and worker are one module. `web/boot.js` starts it in both; `main` tells them apart by whether there is a window.

mod app;
mod branches;
mod bridge;
mod canvas;
mod desk;
mod diagram;
mod dialogs;
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

fn main() {
    if web_sys::window().is_some() {
        std::panic::set_hook(Box::new(|info| {
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
    bar.set_text_content(Some(&format!("{} ({why})", texts::Texts::of(lang).page_died)));
    if let Some(body) = document.body() {
        let _ = body.prepend_with_node_1(&bar);
    }
}
