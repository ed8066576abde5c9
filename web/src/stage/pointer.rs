//! What a pointer means on the stage where it is on no actor: a message, else a link, else nothing.

use super::flights::{Hover, nearest};
use super::layout::Layout;
use crate::desk::Desk;
use crate::player::Shown;
use crate::same::Same;
use crate::state::{About, Happened, Menu, Selection};
use muster_core::process::{MessageId, ProcessId};
use muster_core::view::Frame;
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

/// What a pointer means on the stage.
#[derive(Clone)]
pub struct Pointer {
    desk: Desk,
    frame: Same<Frame>,
    layout: Same<Layout>,
    shown: Shown,
    hover: Hover,
}

impl Pointer {
    /// For this moment.
    pub fn new(desk: Desk, frame: Same<Frame>, layout: Same<Layout>, shown: Shown, hover: Hover) -> Self {
        Pointer { desk, frame, layout, shown, hover }
    }

    /// It moved.
    pub fn moves(&self) -> Callback<PointerEvent> {
        let pointer = self.clone();
        Callback::from(move |event: PointerEvent| pointer.hover.set(pointer.message(&event)))
    }

    /// It left.
    pub fn leaves(&self) -> Callback<PointerEvent> {
        let hover = self.hover.clone();
        Callback::from(move |_| hover.set(None))
    }

    /// It was pressed: selects a message, opens a link's menu, or clears the selection.
    pub fn clicks(&self) -> Callback<MouseEvent> {
        let pointer = self.clone();
        Callback::from(move |event: MouseEvent| {
            if let Some(message) = pointer.message(&event) {
                pointer.desk.select(Selection::Message(message));
            } else if let Some(about) = link(&event) {
                pointer.open(about, &event);
            } else {
                pointer.desk.tell(Happened::Select(None));
            }
        })
    }

    /// It asks what can be done.
    pub fn asks(&self) -> Callback<MouseEvent> {
        let pointer = self.clone();
        Callback::from(move |event: MouseEvent| {
            if let Some(message) = pointer.message(&event) {
                pointer.desk.select(Selection::Message(message));
                pointer.open(About::Message(message), &event);
            } else if let Some(about) = link(&event) {
                pointer.open(about, &event);
            }
        })
    }

    fn open(&self, about: About, event: &MouseEvent) {
        event.prevent_default();
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        self.desk.menu(Menu { about, x, y });
    }

    fn message(&self, event: &MouseEvent) -> Option<MessageId> {
        let stage = target(event)?.closest(".picture").ok().flatten()?.get_bounding_client_rect();
        let at = (f64::from(event.client_x()) - stage.x(), f64::from(event.client_y()) - stage.y());
        nearest(&self.frame, &self.layout, self.shown.nanos(), at)
    }
}

fn target(event: &MouseEvent) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

fn link(event: &MouseEvent) -> Option<About> {
    let link = target(event)?.closest(".link").ok().flatten()?;
    let end = |name: &str| Some(ProcessId(link.get_attribute(name)?.parse().ok()?));
    Some(About::Link(end("data-from")?, end("data-to")?))
}
