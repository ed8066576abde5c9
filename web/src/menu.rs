//! A menu at a point of the page: what can be done to what is there.

use crate::desk::{Desk, use_desk};
use crate::diagram::lane_menu;
use crate::number::px;
use crate::part::part;
use crate::stage::{is_common, members};
use crate::state::{Asked, Given, Happened, Page};
use crate::verbs::{VerbButton, VerbButtonProps};
use muster_core::process::{MessageId, ProcessId};
use muster_core::session::api::Request;
use muster_core::view::Verb;
use muster_core::words::hands::HandsKey;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// What a menu at a point of the page is about.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum About {
    /// A process.
    Process(ProcessId),
    /// The link between two processes.
    Link(ProcessId, ProcessId),
    /// A message on its way.
    Message(MessageId),
    /// A partition or cut in force, by its place in the frame.
    Barrier(usize),
    /// How a process' lane is shown in the diagram.
    Lane(ProcessId),
    /// Something done to a member: which one?
    Which(Deed),
    /// What can be done to the whole and is seldom wanted.
    More,
    /// What can be opened, kept and begun.
    File,
}

/// What the bar over the stage does to a member, once it is said to which.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Deed {
    /// Crash its host.
    Crash,
    /// Start its host again.
    Start,
    /// Pause its host.
    Pause,
    /// Let it go on.
    Resume,
}

/// A menu at a point of the page, in CSS pixels.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Menu {
    /// What it is about.
    pub about: About,
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
}

#[derive(Properties, PartialEq)]
pub struct PointMenuProps {
    /// The page.
    pub page: UseReducerHandle<Page>,
    /// Which menu.
    pub menu: Menu,
}

/// A menu at a point of the page.
#[component]
pub fn PointMenu(PointMenuProps { page, menu }: &PointMenuProps) -> Html {
    let desk = use_desk();
    let node = use_node_ref();
    let (verbs, given, title) = entries(page, menu.about, &desk);
    {
        let node = node.clone();
        use_effect_with((*menu, verbs.len()), move |(menu, _)| place(&node, menu));
    }
    {
        let ask = desk.clone();
        use_effect_with(menu.about, move |about| {
            if let About::Link(from, to) = *about {
                ask.ask_as(Request::LinkVerbs { from, to }, Asked::Look);
            }
        });
    }
    let (close, keys) = (desk.clone(), desk.clone());
    let onkeydown = move |event: KeyboardEvent| {
        event.stop_propagation();
        match event.key().as_str() {
            "Escape" => keys.tell(Happened::Menu(None)),
            "ArrowDown" => step(&event, 1),
            "ArrowUp" => step(&event, -1),
            "Tab" => keys.tell(Happened::Menu(None)),
            _ => {}
        }
    };
    html! {
        <div class="veil" onpointerdown={move |_| close.tell(Happened::Menu(None))} oncontextmenu={|event: MouseEvent| event.prevent_default()}>
            <div class="menu" role="menu" aria-label={title.clone()} ref={node} {onkeydown} tabindex="-1"
                onpointerdown={|event: PointerEvent| event.stop_propagation()}>
                <p class="eyebrow">{title}</p>
                if let About::Lane(id) = menu.about { { lane_menu(&desk, page, id) } }
                if menu.about == About::File { { crate::writing::files::menu(&desk, page) } }
                if let About::Which(deed) = menu.about { { members(&desk, page, deed) } }
                { for verbs.into_iter().map(|verb| part::<VerbButton>(VerbButtonProps { icon: true, role: Some("menuitem".into()), given: given.clone(), ..VerbButtonProps::of(&verb) })) }
            </div>
        </div>
    }
}

/// The verbs, what is known of their answers, and what the menu is called.
fn entries(page: &Page, about: About, desk: &Desk) -> (Vec<Verb>, Given, String) {
    let names = &desk.names;
    match about {
        About::Process(id) => {
            let verbs = page.inspector.as_ref().filter(|inspector| inspector.id == id);
            (
                verbs.map(|inspector| inspector.verbs.clone()).unwrap_or_default(),
                Vec::new(),
                names.of_process(id),
            )
        }
        About::Message(id) => {
            let message = page.message.as_ref().filter(|message| message.message == id);
            let title = format!("{} → {}", names.of_process(id.from), names.of_process(id.to));
            (message.map(|message| message.verbs.clone()).unwrap_or_default(), Vec::new(), title)
        }
        About::Link(a, b) => {
            let link = page.hands.link.as_ref().filter(|link| (link.from, link.to) == (a, b));
            let title = format!("{} – {}", names.of_process(a), names.of_process(b));
            (link.map(|link| link.verbs.clone()).unwrap_or_default(), Vec::new(), title)
        }
        About::Barrier(number) => {
            let barrier = page.frame.as_ref().and_then(|frame| frame.barriers.get(number));
            let heal = barrier.map(|barrier| Verb {
                name: "heal".into(),
                label: HandsKey::VerbHealThis.into(),
                command: format!("heal: {}", barrier.id).into(),
                asks: Vec::new(),
                disabled: None,
            });
            (heal.into_iter().collect(), Vec::new(), desk.t.wall.to_owned())
        }
        About::More => (
            page.verbs.iter().filter(|verb| !is_common(verb)).cloned().collect(),
            Vec::new(),
            desk.t.more.to_owned(),
        ),
        About::Lane(id) => (Vec::new(), Vec::new(), names.of_process(id)),
        About::File => (Vec::new(), Vec::new(), desk.t.file.to_owned()),
        About::Which(_) => (Vec::new(), Vec::new(), desk.t.which.to_owned()),
    }
}

/// Puts the menu where it was asked for, within the window, and the focus into it.
fn place(node: &NodeRef, menu: &Menu) {
    let (Some(element), Some(window)) = (node.cast::<HtmlElement>(), web_sys::window()) else { return };
    let size =
        |value: Result<wasm_bindgen::JsValue, _>| value.ok().and_then(|value| value.as_f64()).unwrap_or(0.0);
    let root = window.document().and_then(|document| document.document_element());
    // Beside the scroll bar, not over it.
    let wide = root.map_or(0.0, |root| f64::from(root.client_width()));
    let high = size(window.inner_height());
    let (width, height) = (f64::from(element.offset_width()), f64::from(element.offset_height()));
    let left = menu.x.min(wide - width - 8.0).max(8.0);
    let top = menu.y.min(high - height - 8.0).max(8.0);
    let _ = element.style().set_property("left", &format!("{}px", px(left)));
    let _ = element.style().set_property("top", &format!("{}px", px(top)));
    let first = element.query_selector("[role=menuitem]").ok().flatten();
    match first.and_then(|first| first.dyn_into::<HtmlElement>().ok()) {
        Some(first) => drop(first.focus()),
        None => drop(element.focus()),
    }
}

fn step(event: &KeyboardEvent, by: i32) {
    event.prevent_default();
    let Some(now) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
    let beside =
        |of: &Element| if by > 0 { of.next_element_sibling() } else { of.previous_element_sibling() };
    // A heading between entries is stepped over.
    let mut next = beside(&now);
    while let Some(heading) = next.as_ref().filter(|next| !next.has_attribute("role")) {
        next = beside(heading);
    }
    if let Some(next) = next.and_then(|next| next.dyn_into::<HtmlElement>().ok()) {
        let _ = next.focus();
    }
}
