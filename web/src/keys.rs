//! Keys of the whole page. They are heard where the focus is in no control that needs them itself.

use crate::desk::Desk;
use crate::hands;
use crate::hooks::use_window_event;
use crate::look::Look;
use crate::state::{Dialog, Happened, Page, Selection};
use crate::transport::{play, take_step};
use crate::verbs::carry_out;
use crate::why::WhyHappened;
use muster_core::session::api::{Request, SeekTo, Wanted};
use muster_core::view::{Frame, Question, Ring, Subject, Verb};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

/// Hears the page's keys.
#[hook]
pub fn use_keys(desk: &Desk, page: &UseReducerHandle<Page>) {
    let (desk, page) = (desk.clone(), page.clone());
    use_window_event("keydown", move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        let busy = page.dialog.is_some() || page.menu.is_some();
        let off = !page.look.keys && event.key() != "?";
        if event.alt_key() || event.default_prevented() || busy || off || taken(event) {
            return;
        }
        if event.ctrl_key() || event.meta_key() {
            match (event.key().to_ascii_lowercase().as_str(), event.shift_key()) {
                ("z", false) => hands::undo(&desk),
                ("z", true) | ("y", false) => hands::redo(&desk),
                _ => return,
            }
            return event.prevent_default();
        }
        if press(&desk, &page, event) {
            event.prevent_default();
        }
    });
}

/// Does what has the focus need this key itself?
fn taken(event: &KeyboardEvent) -> bool {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
        return false;
    };
    let inside = |what: &str| target.closest(what).ok().flatten().is_some();
    let key = event.key();
    if inside(
        "input:not([type=range]), textarea, select, [contenteditable], dialog, [role=dialog], [role=menu]",
    ) {
        return true;
    }
    let presses = key == " " || key == "Enter";
    let moves = key.starts_with("Arrow") || key == "Home" || key == "End";
    presses && inside("button, a, [role=button]") || moves && inside("input, [role=slider], [role=tablist]")
}

fn press(desk: &Desk, page: &Page, event: &KeyboardEvent) -> bool {
    let shift = event.shift_key();
    match event.key().as_str() {
        " " => play(desk, page.playing || page.until.is_some(), page.ended.is_some()),
        "ArrowRight" if shift => take_step(desk, Some(Wanted::Same), false),
        "ArrowLeft" if shift => take_step(desk, Some(Wanted::Same), true),
        "ArrowRight" => take_step(desk, page.going.by, false),
        "ArrowLeft" => take_step(desk, page.going.by, true),
        // Presentation remotes send these.
        "PageDown" | "." => take_step(desk, Some(Wanted::Mark(None)), false),
        "PageUp" | "," => take_step(desk, Some(Wanted::Mark(None)), true),
        "Home" => desk.jump(Request::Seek(SeekTo::Ordinal(0))),
        "End" => desk.jump(Request::Seek(SeekTo::End)),
        "+" | "=" => desk.tell(Happened::Speed(page.speed.next(true))),
        "-" | "−" => desk.tell(Happened::Speed(page.speed.next(false))),
        "c" => return verb(desk, page, &["crash", "start"]),
        "p" => return stage_verb(desk, page, "partition"),
        "r" => return stage_verb(desk, page, "request"),
        "b" => desk.open(Dialog::Conditions),
        "f" => desk.ask(Request::Fork { name: None }),
        "v" => return crate::branches::toggle(desk, page),
        "[" => crate::branches::next(desk, page, false),
        "]" => crate::branches::next(desk, page, true),
        "u" => hands::undo(desk),
        "U" => hands::redo(desk),
        "m" => return hands::step_message(desk, page, false),
        "M" => return hands::step_message(desk, page, true),
        "s" => crate::dialogs::share(desk),
        "/" => desk.open(Dialog::Find),
        "?" => desk.open(Dialog::Keys),
        "w" => return why(desk, page),
        "W" => return happened(desk, page),
        // One step back on the way through a why, then out of it, then out of what is selected.
        "Escape" if page.why.is_open() => desk.why_tell(match page.why.trail.len() {
            steps @ 2.. => WhyHappened::Back(steps - 1),
            _ => WhyHappened::Close,
        }),
        "Escape" if page.branching.other.is_some() => return crate::branches::toggle(desk, page),
        "Escape" => desk.tell(Happened::Select(None)),
        key if crate::lesson::press(desk, page, key) => {}
        digit => {
            let member = digit.parse::<usize>().ok().filter(|digit| *digit > 0);
            return member.is_some_and(|number| select(desk, page, number));
        }
    }
    true
}

/// Asks the first question there is about what is selected; with nothing selected, about the systems. Asked again, the next one.
fn why(desk: &Desk, page: &Page) -> bool {
    let next = |questions: &[Question]| {
        let asked = page.why.answer().map(|answer| &answer.subject);
        let at = questions.iter().position(|question| Some(&question.subject) == asked);
        let next = at.map_or(0, |at| (at + 1) % questions.len());
        questions.get(next).map(|question| question.subject.clone())
    };
    let subject = match page.selection {
        Some(Selection::Process(_)) => page.inspector.as_ref().and_then(|known| next(&known.questions)),
        Some(Selection::Message(id)) => Some(Subject::Message(id)),
        Some(Selection::Event(id)) => Some(Subject::Event(id)),
        None => next(&page.questions),
    };
    let Some(subject) = subject else { return happened(desk, page) };
    desk.why(subject);
    true
}

/// Asks why what just happened did.
fn happened(desk: &Desk, page: &Page) -> bool {
    let Some(event) = page.frame.as_ref().and_then(|frame| frame.event) else { return false };
    desk.why(Subject::Event(event));
    true
}

/// Selects the n-th member.
fn select(desk: &Desk, page: &Page, number: usize) -> bool {
    let inner = |frame: &Frame| {
        let mut members = frame.actors.iter().filter(|actor| actor.ring == Ring::Inner);
        members.nth(number - 1).map(|actor| actor.id)
    };
    let Some(id) = page.frame.as_ref().and_then(|frame| inner(frame)) else { return false };
    desk.select(Selection::Process(id));
    true
}

/// The first of these verbs that has an effect on what is selected; with nothing selected, the stage's own.
fn verb(desk: &Desk, page: &Page, names: &[&str]) -> bool {
    let verbs: &[Verb] = match &page.inspector {
        Some(inspector) => &inspector.verbs,
        None => &page.verbs,
    };
    let wanted = |verb: &&Verb| names.contains(&&*verb.name) && verb.disabled.is_none();
    let Some(verb) = verbs.iter().find(wanted) else { return false };
    carry_out(desk, verb, Vec::new());
    true
}

fn stage_verb(desk: &Desk, page: &Page, name: &str) -> bool {
    let Some(verb) = page.verbs.iter().find(|verb| &*verb.name == name) else { return false };
    carry_out(desk, verb, Vec::new());
    true
}

/// The language and theme follow what the reader chose, and are remembered.
#[hook]
pub fn use_look(look: &Look) {
    use_effect_with(look.clone(), |look| {
        look.wear();
        look.remember();
    });
}
