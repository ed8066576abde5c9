//! The diagram as a part of the page: what the pointer, fingers and keys do to it.
//!
//! Dragging the ruler moves the playhead, dragging the lanes moves the stretch shown, wheel and two fingers zoom. A press on
//! a message or an event selects it, on a mark goes there, elsewhere goes to that instant.

use super::drawing::Memory;
use super::front::{Hit, hit};
use super::heads::heads;
use super::layer::TOP;
use super::rows::Rows;
use super::state::{DiagramHappened, Pointed};
use super::{left_out, words};
use crate::desk::Desk;
use crate::desk::use_desk;
use crate::hooks::{target, use_frames, use_size};
use crate::icons::Icon;
use crate::panel::{View, overview, time};
use crate::player::Shown;
use crate::refresh::Wishes;
use crate::stage::paint::Ink;
use crate::state::{Happened, Page, Selection};
use gloo_timers::callback::Timeout;
use muster_core::view::{Arrow, Dot, Place, Window};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, Element, HtmlCanvasElement};
use yew::prelude::*;

/// How long what the keys are on stays before it is read out, in milliseconds: only the last of a quick row is.
const READ_AFTER: u32 = 350;

#[derive(Properties, PartialEq)]
pub struct TimelineProps {
    /// The page.
    pub page: UseReducerHandle<Page>,
    /// The time drawn.
    pub shown: Shown,
    /// What the timeline wants.
    pub wishes: Wishes,
}

/// What pointers that are down do.
#[derive(Default)]
struct Hand {
    down: Vec<(i32, f64, f64)>,
    grip: Option<Grip>,
}

#[derive(Clone, Copy, PartialEq)]
enum Grip {
    /// The playhead.
    Playhead,
    /// The stretch shown, from where it was pressed; whether it has moved.
    Lanes(f64, View, bool),
    /// Two fingers: how far apart they were, and the stretch then.
    Pinch(f64, View),
}

/// Where the lanes begin: right of their names.
pub fn left_of(width: f64) -> f64 {
    if width < 520.0 { 58.0 } else { 92.0 }
}

/// A row's height: they share the room, within reason.
pub fn row_height(height: f64, rows: usize) -> f64 {
    ((height - TOP - 8.0) / rows.max(1) as f64).clamp(15.0, 40.0)
}

/// The diagram.
#[component]
pub fn Timeline(TimelineProps { page, shown, wishes }: &TimelineProps) -> Html {
    let desk = use_desk();
    let (holder, node, line, reader) = (use_node_ref(), use_node_ref(), use_node_ref(), use_node_ref());
    let room = use_size(&holder);
    let memory = use_mut_ref(Memory::default);
    let hand = use_mut_ref(Hand::default);
    let later = use_mut_ref(|| None::<Timeout>);
    let lanes = page.window.as_ref().map_or(&[][..], |window| &window.lanes);
    let rows = Rc::new(Rows::new(lanes, &page.diagram.sieve));
    let high = row_height(room.1, rows.all.len());
    let size = (room.0, (TOP + rows.all.len() as f64 * high + 8.0).max(room.1));
    let at = At {
        page: page.clone(),
        shown: shown.clone(),
        wishes: wishes.clone(),
        desk: desk.clone(),
        rows: rows.clone(),
        size,
        high,
        node: node.clone(),
        line: line.clone(),
        reader: reader.clone(),
        later,
        memory: memory.clone(),
    };
    {
        let at = at.clone();
        use_frames(move |_| at.draw());
    }
    {
        let holder = holder.clone();
        use_effect_with(fix(high), move |high| {
            let style = holder.cast::<web_sys::HtmlElement>().map(|holder| holder.style());
            let _ = style.map(|style| style.set_property("--row", &format!("{high}px")));
        });
    }
    let pointer = |what: fn(&At, &mut Hand, &PointerEvent)| {
        let (at, hand) = (at.clone(), hand.clone());
        Callback::from(move |event: PointerEvent| what(&at, &mut hand.borrow_mut(), &event))
    };
    let wheel = at.clone();
    let onwheel = move |event: WheelEvent| wheel.wheel(&event);
    let keys = at.clone();
    let onkeydown = move |event: KeyboardEvent| {
        if keys.key(&event) {
            event.prevent_default();
            event.stop_propagation();
        }
    };
    html! {
        <div class="timeline">
            <div class="lanes" ref={holder} onpointerdown={pointer(At::down)} onpointermove={pointer(At::moved)}
                onpointerup={pointer(At::up)} onpointercancel={pointer(At::gone)} onpointerleave={pointer(At::left_it)} {onwheel}>
                <canvas id="lanes" ref={node} role="application" tabindex="0" aria-label={desk.t.timeline_words}
                    aria-description={desk.t.diagram_keys} {onkeydown}></canvas>
                { heads(&desk, page, &rows) }
            </div>
            { left_out(&desk, page) }
            <p id="pointed" class="pointed" ref={line} aria-hidden="true"></p>
            <p id="reading" class="unseen" ref={reader} aria-live="polite"></p>
            <div class="zoom" role="group" aria-label={desk.t.zoom}>
                { zoom_button(&at, Icon::Plus, desk.t.zoom_in, |view| view.zoomed(0.5, 0.5)) }
                { zoom_button(&at, Icon::Minus, desk.t.zoom_out, |view| view.zoomed(2.0, 0.5)) }
                { zoom_button(&at, Icon::Aim, desk.t.follow, |view| View { follows: true, ..view }) }
            </div>
            { overview(page, shown, wishes) }
        </div>
    }
}

fn fix(high: f64) -> String {
    crate::number::fixed(high, 3)
}

fn zoom_button(at: &At, icon: Icon, words: &'static str, change: fn(View) -> View) -> Html {
    let at = at.clone();
    let onclick = move |_| at.wishes.set_view(change(at.view()));
    html! { <button class="ghost small" aria-label={words} title={words} {onclick}>{icon.html()}</button> }
}

/// The diagram as pointers, keys and frames need it.
#[derive(Clone)]
pub(super) struct At {
    pub(super) page: UseReducerHandle<Page>,
    pub(super) shown: Shown,
    pub(super) wishes: Wishes,
    pub(super) desk: Desk,
    pub(super) rows: Rc<Rows>,
    pub(super) size: (f64, f64),
    pub(super) high: f64,
    pub(super) node: NodeRef,
    line: NodeRef,
    reader: NodeRef,
    later: Rc<RefCell<Option<Timeout>>>,
    pub(super) memory: Rc<RefCell<Memory>>,
}

impl At {
    pub(super) fn left(&self) -> f64 {
        left_of(self.size.0)
    }
    pub(super) fn width(&self) -> f64 {
        (self.size.0 - self.left()).max(1.0)
    }
    pub(super) fn view(&self) -> View {
        self.wishes.view().following(self.shown.nanos())
    }
    fn part(&self, x: f64) -> f64 {
        (x - self.left()) / self.width()
    }
    fn nanos(&self, x: f64) -> f64 {
        self.view().at(self.part(x).max(0.0))
    }
    pub(super) fn window(&self) -> Option<&Window> {
        self.page.window.as_deref()
    }
    /// Where on the canvas.
    fn point(&self, event: &MouseEvent) -> Option<(f64, f64)> {
        let rect = self.node.cast::<Element>()?.get_bounding_client_rect();
        Some((f64::from(event.client_x()) - rect.x(), f64::from(event.client_y()) - rect.y()))
    }

    /// Calls with what a point is on.
    fn on<T>(&self, point: (f64, f64), then: impl FnOnce(Option<Hit<'_>>) -> T) -> Option<T> {
        let canvas = self.node.cast::<HtmlCanvasElement>()?;
        let canvas = canvas.get_context("2d").ok().flatten()?.dyn_into::<CanvasRenderingContext2d>().ok()?;
        let ink = Ink::default();
        let found = hit(&self.plot(&canvas, &ink), self.window(), &self.page.marks, point);
        Some(then(found))
    }

    fn say(&self, words: &str) {
        if let Some(line) = self.line.cast::<Element>() {
            line.set_text_content(Some(words));
        }
    }

    fn point_at(&self, pointed: Option<Pointed>) {
        if self.page.diagram.pointed != pointed {
            self.desk.point(pointed);
        }
    }

    fn hover(&self, point: (f64, f64)) {
        let at = time(self.nanos(point.0));
        let (pointed, said) = self
            .on(point, |hit| {
                let window = self.window();
                let said = hit
                    .as_ref()
                    .map_or_else(String::new, |hit| words::of(&self.desk, window, &self.rows, hit, at));
                let pointed = match hit {
                    Some(Hit::Arrow(arrow)) => Some(Pointed::arrow(arrow)),
                    Some(Hit::Dot(dot)) => Some(words::pointed(dot)),
                    Some(Hit::Row(row)) => match &*self.rows.all[row].ids {
                        [one] => Some(Pointed::process(*one)),
                        _ => None,
                    },
                    Some(Hit::Mark(_)) | None => None,
                };
                (pointed, said)
            })
            .unwrap_or_default();
        self.say(&said);
        self.point_at(pointed);
    }

    fn down(&self, hand: &mut Hand, event: &PointerEvent) {
        let Some((x, y)) = self.point(event) else { return };
        // Another button than the first opens the browser's menu, and may never be heard to be lifted.
        if event.button() != 0 || on_a_head(event) {
            return;
        }
        capture(event);
        hand.down.retain(|(id, ..)| *id != event.pointer_id());
        hand.down.push((event.pointer_id(), x, y));
        hand.grip = Some(match &*hand.down {
            [(_, one, _), (_, other, _)] => Grip::Pinch((one - other).abs().max(12.0), self.view()),
            _ if y < TOP => {
                self.desk.tell(Happened::Play(false));
                self.wishes.scrub(time(self.nanos(x)));
                Grip::Playhead
            }
            _ => Grip::Lanes(x, self.view(), false),
        });
    }

    fn moved(&self, hand: &mut Hand, event: &PointerEvent) {
        let Some((x, y)) = self.point(event) else { return };
        for held in &mut hand.down {
            if held.0 == event.pointer_id() {
                (held.1, held.2) = (x, y);
            }
        }
        match &mut hand.grip {
            Some(Grip::Playhead) => self.wishes.scrub(time(self.nanos(x))),
            Some(Grip::Pinch(apart, view)) => {
                if let [(_, one, _), (_, other, _)] = &*hand.down {
                    let around = self.part((one + other) / 2.0);
                    self.wishes.set_view(view.zoomed(*apart / (one - other).abs().max(12.0), around));
                }
            }
            Some(Grip::Lanes(from, view, moved)) if *moved || (x - *from).abs() > 4.0 => {
                *moved = true;
                self.wishes.set_view(view.panned((*from - x) / self.width()));
            }
            Some(Grip::Lanes(..)) => {}
            None if on_a_head(event) => {}
            None => self.hover((x, y)),
        }
    }

    fn up(&self, hand: &mut Hand, event: &PointerEvent) {
        hand.down.retain(|(id, ..)| *id != event.pointer_id());
        let Some(point) = self.point(event) else { return };
        if let Some(Grip::Lanes(_, _, false)) = hand.grip.take() {
            self.press(point);
        }
    }

    fn gone(&self, hand: &mut Hand, event: &PointerEvent) {
        hand.down.retain(|(id, ..)| *id != event.pointer_id());
        hand.grip = None;
    }

    fn left_it(&self, hand: &mut Hand, _: &PointerEvent) {
        if hand.grip.is_none() {
            self.say("");
            self.point_at(None);
        }
    }

    fn press(&self, point: (f64, f64)) {
        enum Then {
            Go(Place),
            Arrow(Arrow),
            Event(muster_core::process::EventId),
            Scrub,
        }
        let then = self.on(point, |hit| match hit {
            Some(Hit::Mark(mark)) => Then::Go(mark.place),
            Some(Hit::Arrow(arrow)) => Then::Arrow(arrow.clone()),
            Some(Hit::Dot(dot)) => Then::Event(dot.event),
            Some(Hit::Row(_)) | None => Then::Scrub,
        });
        match then.unwrap_or(Then::Scrub) {
            Then::Go(place) => self.desk.go(place),
            Then::Arrow(arrow) => self.select_arrow(arrow),
            Then::Event(event) => self.desk.select(Selection::Event(event)),
            Then::Scrub => {
                self.desk.tell(Happened::Play(false));
                self.wishes.scrub(time(self.nanos(point.0)));
            }
        }
    }

    /// A message on its way as such, one that has arrived by the event of its delivery.
    fn select_arrow(&self, arrow: Arrow) {
        let flies = self
            .page
            .frame
            .as_ref()
            .is_some_and(|frame| frame.flights.iter().any(|flight| flight.message == arrow.message));
        match arrow.delivery {
            Some(delivery) if !flies => self.desk.select(Selection::Event(delivery)),
            _ => {
                let message = arrow.message;
                self.desk.tell(Happened::Diagram(DiagramHappened::Follow(arrow)));
                self.desk.select(Selection::Message(message));
            }
        }
    }

    fn wheel(&self, event: &WheelEvent) {
        let Some((x, _)) = self.point(event) else { return };
        event.prevent_default();
        let view = self.view();
        self.wishes.set_view(if event.shift_key() || event.delta_x().abs() > event.delta_y().abs() {
            view.panned((event.delta_x() + event.delta_y()) / 1200.0)
        } else {
            view.zoomed(js_sys::Math::pow(1.0015, event.delta_y()), self.part(x))
        });
    }

    /// A key while the diagram has the focus; whether it was one of its own.
    fn key(&self, event: &KeyboardEvent) -> bool {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return false;
        }
        let view = self.view();
        let by = if event.shift_key() { 0.5 } else { 0.1 };
        let change = match event.key().as_str() {
            "ArrowRight" => view.panned(by),
            "ArrowLeft" => view.panned(-by),
            "+" | "=" => view.zoomed(0.5, 0.5),
            "-" | "−" => view.zoomed(2.0, 0.5),
            "0" => {
                View { from: 0.0, span: (self.page.head.at.nanos() as f64).max(1e6) * 1.02, follows: false }
            }
            "." => View { follows: true, ..view },
            "j" | "ArrowDown" => return self.step(true),
            "k" | "ArrowUp" => return self.step(false),
            "Enter" => return self.choose(),
            "Escape" => return self.leave(),
            _ => return false,
        };
        self.wishes.set_view(change);
        true
    }

    /// To the next event in view, or the one before; beyond the view it moves along.
    fn step(&self, on: bool) -> bool {
        let Some(window) = self.window() else { return true };
        let drawn = |dot: &&Dot| {
            self.rows.of(dot.event.process).is_some()
                || dot.event.process == muster_core::process::ProcessId::OPERATOR
        };
        let dots: Vec<&Dot> = window.dots.iter().filter(drawn).collect();
        let view = self.view();
        let here = self
            .page
            .diagram
            .pointed
            .and_then(|pointed| dots.iter().position(|dot| pointed.is_event(dot.event)));
        let first = || dots.partition_point(|dot| (dot.place.at.nanos() as f64) < view.from);
        let next = match (here, on) {
            (Some(here), true) => here + 1,
            (Some(here), false) => here.wrapping_sub(1),
            (None, true) => first(),
            (None, false) => {
                dots.partition_point(|dot| (dot.place.at.nanos() as f64) <= view.to()).wrapping_sub(1)
            }
        };
        let Some(dot) = dots.get(next) else {
            self.read(self.desk.t.no_more_here.to_owned());
            return true;
        };
        let at = dot.place.at.nanos() as f64;
        if at < view.from || at > view.to() {
            self.wishes.set_view(view.panned(view.part(at) - if on { 0.2 } else { 0.8 }));
        }
        let said = words::dot(&self.desk, dot);
        self.say(&said);
        self.read(said);
        self.point_at(Some(words::pointed(dot)));
        true
    }

    fn choose(&self) -> bool {
        let event = self.page.diagram.pointed.and_then(|pointed| pointed.event);
        if let Some(event) = event {
            self.desk.select(Selection::Event(event));
        }
        event.is_some()
    }

    /// Nothing is pointed at any more; then the focus goes to the panel's tab.
    fn leave(&self) -> bool {
        self.say("");
        if self.page.diagram.pointed.is_some() {
            self.point_at(None);
            return true;
        }
        let document = web_sys::window().and_then(|window| window.document());
        let tab = document.and_then(|document| document.get_element_by_id("tab-timeline"));
        if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = tab.focus();
        }
        true
    }

    /// Reads out, once nothing newer comes.
    fn read(&self, words: String) {
        let reader = self.reader.clone();
        *self.later.borrow_mut() = Some(Timeout::new(READ_AFTER, move || {
            if let Some(reader) = reader.cast::<Element>() {
                reader.set_text_content(Some(&words));
            }
        }));
    }
}

fn on_a_head(event: &PointerEvent) -> bool {
    target(event, ".heads").is_some()
}

/// The pointer stays ours until it is lifted: with what was pressed, since the current target of an event is the page's root,
/// where all are heard.
pub fn capture(event: &PointerEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    if let Some(target) = target {
        let _ = target.set_pointer_capture(event.pointer_id());
    }
}
