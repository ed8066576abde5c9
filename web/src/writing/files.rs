//! Files: one that is opened or dropped becomes the run, or is refused with its reason and changes nothing of it; the scenario and the
//! run are given to the browser to keep.
//!
//! Whether a text is a scenario or a saved run the session knows; here it is only bounded and decoded.

use super::Wrote;
use crate::desk::{Desk, use_desk};
use crate::export::file::after;
use crate::hooks::use_window_event;
use crate::icons::Icon;
use crate::state::{About, Asked, Dialog, Happened, Menu, Notice, Page, Tab};
use crate::texts::of;
use muster_core::session::api::{Problem, Request, decoded, fits};
use std::rc::Rc;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, Element, File, FileList, HtmlElement, HtmlInputElement};
use yew::prelude::*;

/// The field by which the browser asks for a file; nobody sees it.
const FIELD: &str = "open-file";

/// Why a file was not opened.
#[derive(Clone, PartialEq, Debug)]
pub enum Refused {
    /// The browser did not give its bytes.
    Unread,
    /// More than one was dropped.
    Several,
    /// It is too large, or no text.
    Wrong(Rc<Problem>),
    /// What it says is wrong: it is in the editor now.
    Laid(Rc<Problem>),
}

/// The button that opens the menu of files, and the field that the browser's own dialog belongs to.
pub fn button(desk: &Desk) -> Html {
    let (open, read) = (desk.clone(), desk.clone());
    let onclick = move |event: MouseEvent| {
        let pressed = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let button = pressed.and_then(|pressed| pressed.closest("button").ok().flatten());
        let Some(rect) = button.map(|button| button.get_bounding_client_rect()) else { return };
        open.menu(Menu { about: About::File, x: rect.left(), y: rect.bottom() + 4.0 });
    };
    let onchange = move |event: Event| {
        let Some(field) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else {
            return;
        };
        take(&read, field.files());
        // The same file may be chosen again, once it was changed.
        field.set_value("");
    };
    let t = desk.t;
    html! {
        <>
            <button class="ghost" id="file" title={t.file_words} aria-haspopup="menu" {onclick}>{Icon::Page.html()}<span class="word">{t.file}</span></button>
            <input type="file" id={FIELD} hidden=true accept=".yaml,.yml,.txt" aria-label={t.open_file} {onchange} />
        </>
    }
}

/// Lets the browser ask for a file.
pub fn ask_for_file() {
    let document = web_sys::window().and_then(|window| window.document());
    let field = document.and_then(|document| document.get_element_by_id(FIELD));
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        field.click();
    }
}

/// The run with all its branches as a file.
pub fn save_run(desk: &Desk) {
    desk.ask_as(Request::SaveRun { view: "".into() }, Asked::KeepRun);
}

/// The scenario with what was done, as a file.
pub fn save_scenario(desk: &Desk) {
    desk.open(Dialog::Scenario);
    desk.ask_as(Request::SaveScenario, Asked::Look);
}

/// What can be done with files, and what one can begin from, as entries of a menu.
pub fn menu(desk: &Desk, page: &Page) -> Html {
    let t = desk.t;
    let entry = |id: &'static str, icon: Icon, words: &str, about: &str, act: Rc<dyn Fn(&Desk)>| {
        let desk = desk.clone();
        let onclick = move |_| {
            desk.tell(Happened::Menu(None));
            act(&desk);
        };
        html! {
            <button class="verb" type="button" role="menuitem" {id} {onclick}>{icon.html()}<span>{words.to_owned()}<small class="muted">{about.to_owned()}</small></span></button>
        }
    };
    let template = |name: &Arc<str>, title: &str, story: &str| {
        let name = Arc::clone(name);
        entry("", Icon::Page, title, story, Rc::new(move |desk| begin(desk, &name)))
    };
    html! {
        <>
            { entry(OPEN, Icon::Up, t.open_file, t.open_file_for, Rc::new(|_| ask_for_file())) }
            { entry("save-run", Icon::Disk, t.save_run, t.save_run_for, Rc::new(save_run)) }
            { entry("save-scenario", Icon::Disk, t.save_scenario, t.save_scenario_for, Rc::new(save_scenario)) }
            <p class="eyebrow">{t.new}</p>
            { for page.library.iter().filter(|entry| is_template(&entry.name)).map(|entry| template(&entry.name, of(&entry.title, desk.lang), of(&entry.story, desk.lang))) }
        </>
    }
}

const OPEN: &str = "open-a-file";

/// Is the library's scenario of this name one to begin from?
pub fn is_template(name: &str) -> bool {
    name.starts_with("new-")
}

/// Begins from a template: its run, and its text to write on.
pub fn begin(desk: &Desk, name: &Arc<str>) {
    desk.ask(Request::LoadLibrary { name: Arc::clone(name), seed: None });
    desk.tell(Happened::Tab(Tab::Text));
}

/// Opens a file that was chosen or dropped.
fn take(desk: &Desk, files: Option<FileList>) {
    let Some(files) = files.filter(|files| files.length() > 0) else { return };
    let Some(file) = files.get(0) else { return };
    let name: Arc<str> = file.name().into();
    if files.length() > 1 {
        return refuse(desk, &name, Refused::Several);
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a size is whole and not negative"
    )]
    if let Err(phrase) = fits(file.size() as u64) {
        return refuse(desk, &name, Refused::Wrong(Rc::new(Problem::whole(phrase))));
    }
    read(desk.clone(), &file, name);
}

fn read(desk: Desk, file: &File, name: Arc<str>) {
    let unread = (desk.clone(), Arc::clone(&name));
    let bytes = move |buffer| match decoded(js_sys::Uint8Array::new(&buffer).to_vec()) {
        Ok(text) => {
            let text: Arc<str> = text.into();
            desk.tell(Happened::Writing(Wrote::Opens(name, Arc::clone(&text))));
            desk.ask_as(Request::Load { text, seed: None }, Asked::File);
        }
        Err(problem) => refuse(&desk, &name, Refused::Wrong(Rc::new(problem))),
    };
    after(&file.array_buffer(), bytes, move |_| refuse(&unread.0, &unread.1, Refused::Unread));
}

fn refuse(desk: &Desk, name: &Arc<str>, why: Refused) {
    desk.tell(Happened::Say(Notice::File(Arc::clone(name), why)));
}

/// Why a file was not opened, in words.
pub fn why(desk: &Desk, refused: &Refused) -> String {
    let t = desk.t;
    match refused {
        Refused::Unread => t.file_unread.to_owned(),
        Refused::Several => t.file_several.to_owned(),
        Refused::Wrong(problem) | Refused::Laid(problem) => super::problem::words(desk, problem),
    }
}

/// Takes files that are dropped anywhere on the page, and shows meanwhile that it would.
#[component]
pub fn Drop() -> Html {
    let desk = use_desk();
    let over = use_state_eq(|| false);
    let enter = over.setter();
    use_window_event("dragover", move |event| {
        if let Some(event) = with_files(event) {
            event.prevent_default();
            enter.set(true);
        }
    });
    let leave = over.setter();
    use_window_event("dragleave", move |event| {
        // Within the page something else is entered; outside there is nothing.
        if event.dyn_ref::<DragEvent>().is_some_and(|event| event.related_target().is_none()) {
            leave.set(false);
        }
    });
    let (done, reader) = (over.setter(), desk.clone());
    use_window_event("drop", move |event| {
        done.set(false);
        if let Some(event) = with_files(event) {
            event.prevent_default();
            take(&reader, event.data_transfer().and_then(|data| data.files()));
        }
    });
    if !*over {
        return Html::default();
    }
    html! { <div class="drop" id="drop" role="status"><p>{Icon::Up.html()}{" "}{desk.t.drop_words}</p></div> }
}

/// The event, if files are dragged and not something within the page.
fn with_files(event: &web_sys::Event) -> Option<&DragEvent> {
    let event = event.dyn_ref::<DragEvent>()?;
    let types = event.data_transfer()?.types();
    types.includes(&"Files".into(), 0).then_some(event)
}

/// The file's name under which a run is kept.
pub fn name_of_run(name: &str, seed: u64) -> String {
    format!("{name}-{seed}.run.yaml")
}
