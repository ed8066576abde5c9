//! The stage by keyboard: the focus moves between what stands on it, and a key opens what can be done to it. One of all is
//! in the order of the tabulator key, the one that had the focus last.

use crate::state::About;
use muster_core::process::{MessageId, ProcessId};
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// What can have the focus, by kind.
const KINDS: [&str; 4] = [".actor", ".link", ".wall-stop", ".flight"];

/// A key pressed on the stage: whether it was one of the stage's, and whose menu is to open where.
pub fn walk(event: &KeyboardEvent) -> Option<Option<(About, (f64, f64))>> {
    let here: Element = event.target()?.dyn_into().ok()?;
    let (kind, here) = KINDS.iter().find_map(|kind| Some((*kind, here.closest(kind).ok().flatten()?)))?;
    let stage = here.closest(".picture").ok().flatten()?;
    let all = |kind: &str| {
        let list = stage.query_selector_all(kind).ok();
        let length = list.as_ref().map_or(0, web_sys::NodeList::length);
        let nodes =
            (0..length).filter_map(move |index| list.as_ref()?.item(index)?.dyn_into::<Element>().ok());
        nodes.collect::<Vec<Element>>()
    };
    match event.key().as_str() {
        "ArrowLeft" if !event.shift_key() => walk_to(toward(&here, &all(kind), (-1.0, 0.0))),
        "ArrowRight" if !event.shift_key() => walk_to(toward(&here, &all(kind), (1.0, 0.0))),
        "ArrowUp" => walk_to(toward(&here, &all(kind), (0.0, -1.0))),
        "ArrowDown" => walk_to(toward(&here, &all(kind), (0.0, 1.0))),
        "l" => focus(&next(&here, &all(".link"))?),
        "w" => focus(&next(&here, &all(".wall-stop"))?),
        "n" => focus(&next(&here, &all(".actor"))?),
        "Enter" | "ContextMenu" => return Some(about(&here).map(|about| (about, middle(&here)))),
        "F10" if event.shift_key() => return Some(about(&here).map(|about| (about, middle(&here)))),
        _ => return None,
    }
    Some(None)
}

/// At the edge an arrow leads nowhere: the run does not step instead.
fn walk_to(next: Option<Element>) {
    if let Some(next) = next {
        focus(&next);
    }
}

/// Gives something the focus, and with it its place in the order of the tabulator key.
pub fn focus(element: &Element) {
    // Whatever can have the focus has this method, also what is drawn as SVG.
    let _ = element.unchecked_ref::<HtmlElement>().focus();
}

thread_local! {
    /// What had the focus when a menu was opened, and how it is found again: the stage may have drawn it anew by then.
    static KEPT: RefCell<Option<(Element, String)>> = const { RefCell::new(None) };
}

/// A menu or a dialog opens: what has the focus gets it back. Of one that another led to it is what the first one kept.
pub fn keep_focus() {
    let active = document().and_then(|page| page.active_element());
    let inside = |active: &Element| active.closest("dialog, .menu").ok().flatten().is_some();
    if active.as_ref().is_some_and(inside) {
        return;
    }
    let named = active.map(|active| {
        let names = ["data-id", "data-from", "data-to", "data-number", "data-copy", "data-barrier"];
        let of = |name: &str| active.get_attribute(name).map(|value| format!("[{name}='{value}']"));
        let same: String = names.into_iter().filter_map(of).collect();
        (active, same)
    });
    KEPT.with(|kept| *kept.borrow_mut() = named);
}

/// A menu was closed, and the dialog that it led to: unless something else has taken the focus, it goes back.
pub fn give_focus_back() {
    let Some((element, same)) = KEPT.with(|kept| kept.borrow_mut().take()) else { return };
    // What was closed leaves the page a little later.
    let later = gloo_timers::callback::Timeout::new(0, move || {
        let Some(page) = document() else { return };
        if page.active_element().is_some_and(|active| active.tag_name() != "BODY") {
            return;
        }
        let again = || page.query_selector(&format!(".picture svg {same}")).ok().flatten();
        match element.is_connected() || same.is_empty() {
            true => focus(&element),
            false => again().iter().for_each(focus),
        }
    });
    later.forget();
}

fn document() -> Option<web_sys::Document> {
    web_sys::window().and_then(|window| window.document())
}

/// What has the focus on the stage is what the tabulator key comes back to.
pub fn rove(element: &Element) {
    let Some(stage) = element.closest(".picture").ok().flatten() else { return };
    if let Ok(list) = stage.query_selector_all("svg [tabindex='0']") {
        for index in 0..list.length() {
            if let Some(other) = list.item(index).and_then(|node| node.dyn_into::<Element>().ok()) {
                let _ = other.set_attribute("tabindex", "-1");
            }
        }
    }
    let _ = element.set_attribute("tabindex", "0");
}

fn middle(element: &Element) -> (f64, f64) {
    let rect = element.get_bounding_client_rect();
    (rect.x() + rect.width() / 2.0, rect.y() + rect.height() / 2.0)
}

/// The nearest of all in a direction; across counts double.
fn toward(here: &Element, all: &[Element], (dx, dy): (f64, f64)) -> Option<Element> {
    let (x, y) = middle(here);
    let mut best: Option<(f64, &Element)> = None;
    for other in all.iter().filter(|other| *other != here) {
        let (ox, oy) = middle(other);
        let (along, across) = ((ox - x) * dx + (oy - y) * dy, ((ox - x) * dy - (oy - y) * dx).abs());
        let cost = along + 2.0 * across;
        if along > 1.0 && best.is_none_or(|(least, _)| cost < least) {
            best = Some((cost, other));
        }
    }
    best.map(|(_, other)| other.clone())
}

/// The next of all; from a member, the first that is its own.
fn next(here: &Element, all: &[Element]) -> Option<Element> {
    let after = all.iter().position(|other| other == here).map(|at| all[(at + 1) % all.len()].clone());
    let id = here.get_attribute("data-id");
    let own = |other: &&Element| {
        id.is_some() && (other.get_attribute("data-from") == id || other.get_attribute("data-to") == id)
    };
    after.or_else(|| all.iter().find(own).or(all.first()).cloned())
}

/// What an element of the stage stands for.
pub fn about(element: &Element) -> Option<About> {
    let number = |name: &str| element.get_attribute(name)?.parse::<u64>().ok();
    let process = |name: &str| u32::try_from(number(name)?).ok().map(ProcessId);
    if let Some(id) = process("data-id") {
        return Some(About::Process(id));
    }
    if let Some(barrier) = number("data-barrier") {
        return Some(About::Barrier(usize::try_from(barrier).ok()?));
    }
    let (from, to) = (process("data-from")?, process("data-to")?);
    match number("data-number") {
        Some(number) => {
            let copy = element.get_attribute("data-copy")?.parse().ok()?;
            Some(About::Message(MessageId { from, to, number, copy }))
        }
        None => Some(About::Link(from, to)),
    }
}
