//! What a pointer and the keys mean on the stage: a press on a message, a link or nothing; a hold that asks what can be done;
//! a drag that parts the cluster.

use super::flights::{Hover, nearest};
use super::layout::Layout;
use crate::desk::Desk;
use crate::diagram::Pointed;
use crate::hands::{Did, LEAST, Stroke, about, rove, walk};
use crate::player::Shown;
use crate::same::Same;
use crate::state::{About, Happened, Menu, Selection};
use gloo_timers::callback::Timeout;
use muster_core::process::MessageId;
use muster_core::view::Frame;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

/// A finger that stays this long asks for the menu.
pub const LONG_PRESS_MS: u32 = 500;

/// What a pointer that is down has done so far.
#[derive(Default)]
pub struct Press {
    /// Where it was pressed, if a line can begin there.
    start: Option<(f64, f64)>,
    drawing: bool,
    /// What it did is done: the click that follows means nothing.
    spent: bool,
    long: Option<Timeout>,
}

/// What a pointer means on the stage.
#[derive(Clone)]
pub struct Pointer {
    /// What every component has at hand.
    pub desk: Desk,
    /// The moment.
    pub frame: Same<Frame>,
    /// Where things stand.
    pub layout: Same<Layout>,
    /// The time drawn.
    pub shown: Shown,
    /// What it is on.
    pub hover: Hover,
    /// The line that is being drawn.
    pub stroke: UseStateSetter<Option<Stroke>>,
    /// What it has done so far.
    pub press: Rc<RefCell<Press>>,
}

impl Pointer {
    /// It went down: a line may begin, or a hold.
    pub fn presses(&self) -> Callback<PointerEvent> {
        let pointer = self.clone();
        Callback::from(move |event: PointerEvent| {
            if !event.is_primary() {
                // A second finger: no line was meant.
                pointer.gives_up();
                return;
            }
            let mut press = pointer.press.borrow_mut();
            *press = Press::default();
            let on_actor =
                target(&event).is_some_and(|target| target.closest(".actor").ok().flatten().is_some());
            // What is pressed on an actor is the actor's, whatever the browser makes a click on.
            press.spent = on_actor;
            if event.button() != 0 || on_actor {
                return;
            }
            press.start = spot(&event);
            let what = pointer.message(&event).map(About::Message).or_else(|| thing(&event));
            if let Some(what) = what.filter(|_| event.pointer_type() == "touch") {
                let (held, at) = (pointer.clone(), client(&event));
                press.long = Some(Timeout::new(LONG_PRESS_MS, move || {
                    *held.press.borrow_mut() = Press { spent: true, ..Press::default() };
                    held.open(what, at);
                }));
            }
        })
    }

    /// It moved.
    pub fn moves(&self) -> Callback<PointerEvent> {
        let pointer = self.clone();
        Callback::from(move |event: PointerEvent| {
            let mut press = pointer.press.borrow_mut();
            let (Some(from), Some(to)) = (press.start, spot(&event)) else {
                let message = pointer.message(&event);
                if pointer.hover.get() != message {
                    pointer.hover.set(message);
                    pointer.desk.point(message.map(Pointed::message));
                }
                return;
            };
            if !press.drawing && (to.0 - from.0).hypot(to.1 - from.1) < LEAST {
                return;
            }
            if !press.drawing {
                (press.drawing, press.long) = (true, None);
                let picture = target(&event).and_then(|target| target.closest(".picture").ok().flatten());
                if let Some(picture) = picture {
                    let _ = picture.set_pointer_capture(event.pointer_id());
                }
            }
            pointer.stroke.set(Some(Stroke { from, to }));
        })
    }

    /// It went up: a line that was drawn parts the cluster.
    pub fn lifts(&self) -> Callback<PointerEvent> {
        let pointer = self.clone();
        Callback::from(move |event: PointerEvent| {
            let Press { start, drawing, spent, .. } = std::mem::take(&mut *pointer.press.borrow_mut());
            pointer.press.borrow_mut().spent = drawing || spent;
            if !drawing {
                return;
            }
            pointer.stroke.set(None);
            let Some((from, to)) = start.zip(spot(&event)) else { return };
            match (Stroke { from, to }).command(&pointer.desk, &pointer.frame, &pointer.layout) {
                Some(command) => pointer.desk.act(&command),
                None => pointer.desk.tell(Happened::Hands(Did::Say(Stroke::parts_nobody()))),
            }
        })
    }

    /// What it had begun is off.
    pub fn gives_up(&self) -> bool {
        let mut press = self.press.borrow_mut();
        let drawing = press.drawing;
        *press = Press { spent: drawing, ..Press::default() };
        self.stroke.set(None);
        drawing
    }

    /// The browser took it away.
    pub fn cancels(&self) -> Callback<PointerEvent> {
        let pointer = self.clone();
        Callback::from(move |_| {
            pointer.gives_up();
        })
    }

    /// It left.
    pub fn leaves(&self) -> Callback<PointerEvent> {
        let (hover, desk) = (self.hover.clone(), self.desk.clone());
        Callback::from(move |_| {
            hover.set(None);
            desk.point(None);
        })
    }

    /// It was pressed: selects a message, opens a link's menu, or clears the selection.
    pub fn clicks(&self) -> Callback<MouseEvent> {
        let pointer = self.clone();
        Callback::from(move |event: MouseEvent| {
            if std::mem::take(&mut pointer.press.borrow_mut().spent) {
                return;
            }
            if let Some(message) = pointer.message(&event) {
                pointer.desk.select(Selection::Message(message));
            } else if let Some(about) = thing(&event) {
                pointer.open(about, client(&event));
            } else {
                pointer.desk.tell(Happened::Select(None));
            }
        })
    }

    /// It asks what can be done.
    pub fn asks(&self) -> Callback<MouseEvent> {
        let pointer = self.clone();
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            let what = pointer.message(&event).map(About::Message).or_else(|| thing(&event));
            if let Some(what) = what {
                pointer.gives_up();
                pointer.open(what, client(&event));
            }
        })
    }

    /// A key was pressed where the focus is on the stage.
    pub fn walks(&self) -> Callback<KeyboardEvent> {
        let pointer = self.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.ctrl_key() || event.alt_key() || event.meta_key() {
                return;
            }
            let Some(menu) = walk(&event) else { return };
            event.prevent_default();
            event.stop_propagation();
            if let Some((about, at)) = menu {
                pointer.open(about, at);
            }
        })
    }

    /// Something on the stage got the focus.
    pub fn focuses(&self) -> Callback<FocusEvent> {
        Callback::from(|event: FocusEvent| {
            let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            if let Some(element) = element.filter(|element| about(element).is_some()) {
                rove(&element);
            }
        })
    }

    fn open(&self, about: About, (x, y): (f64, f64)) {
        match about {
            About::Message(message) => self.desk.select(Selection::Message(message)),
            About::Process(id) => self.desk.select(Selection::Process(id)),
            _ => {}
        }
        self.desk.menu(Menu { about, x, y });
    }

    fn message(&self, event: &MouseEvent) -> Option<MessageId> {
        nearest(&self.frame, &self.layout, self.shown.nanos(), spot(event)?)
    }
}

fn target(event: &MouseEvent) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

fn client(event: &MouseEvent) -> (f64, f64) {
    (f64::from(event.client_x()), f64::from(event.client_y()))
}

/// Where on the stage.
fn spot(event: &MouseEvent) -> Option<(f64, f64)> {
    let stage = target(event)?.closest(".picture").ok().flatten()?.get_bounding_client_rect();
    let (x, y) = client(event);
    Some((x - stage.x(), y - stage.y()))
}

/// The link or the wall that it is on.
fn thing(event: &MouseEvent) -> Option<About> {
    about(&target(event)?.closest(".link, .wall-stop").ok().flatten()?)
}
