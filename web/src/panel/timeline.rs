//! The timeline: members as lanes, messages as slanted lines, marks where something happened; scrubber in one.
//!
//! Dragging the ruler moves the playhead, dragging the lanes moves the stretch shown, the wheel zooms. A click goes there.

use super::overview::{Overview, OverviewProps};
use super::timeline_paint::{Scene, TOP, lane_height, left_of, mark_at, paint};
use super::view::{View, time};
use crate::canvas::fit;
use crate::desk::use_desk;
use crate::hooks::{use_frames, use_size};
use crate::icons::Icon;
use crate::part::part;
use crate::player::Shown;
use crate::refresh::Wishes;
use crate::same::Same;
use crate::stage::paint::{Ink, theme_of};
use crate::state::{Happened, Page};
use muster_core::view::{Mark, Place, Window};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlCanvasElement};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct TimelineProps {
    /// The page.
    pub page: UseReducerHandle<Page>,
    /// The time drawn.
    pub shown: Shown,
    /// What the timeline wants.
    pub wishes: Wishes,
}

#[derive(Clone, PartialEq)]
struct Drawn {
    window: Option<Same<Window>>,
    marks: Same<Vec<Mark>>,
    view: View,
    size: (f64, f64),
    now: f64,
    head: Place,
    theme: (bool, &'static str),
    hover: Option<usize>,
}

/// How a pointer that was pressed on the timeline moves it.
#[derive(Clone, Copy, PartialEq)]
enum Grip {
    /// The playhead.
    Playhead,
    /// The stretch shown, from where it was pressed; whether it has moved.
    Lanes(f64, View, bool),
}

/// The timeline.
#[component]
pub fn Timeline(TimelineProps { page, shown, wishes }: &TimelineProps) -> Html {
    let desk = use_desk();
    let holder = use_node_ref();
    let node = use_node_ref();
    let size = use_size(&holder);
    let grip = use_mut_ref(|| None::<Grip>);
    let hover = use_mut_ref(|| None::<usize>);
    let last = use_mut_ref(|| None::<(Drawn, Ink)>);
    let lanes = page.window.as_ref().map_or(0, |window| window.lanes.len());
    let size = (size.0, (TOP + lanes as f64 * lane_height(size.1, lanes) + 8.0).max(size.1));
    {
        let (page, shown, wishes, node) = (page.clone(), shown.clone(), wishes.clone(), node.clone());
        let (desk, hover) = (desk.clone(), hover.clone());
        use_frames(move |_| {
            let now = shown.nanos();
            let drawn = Drawn {
                window: page.window.clone(),
                marks: page.marks.clone(),
                view: wishes.view().following(now),
                size,
                now,
                head: page.head,
                theme: theme_of(&page.look),
                hover: *hover.borrow(),
            };
            let mut last = last.borrow_mut();
            let ink = match &*last {
                Some((old, _)) if *old == drawn => return,
                Some((old, ink)) if old.theme == drawn.theme => ink.clone(),
                _ => Ink::read(),
            };
            if let Some(canvas) =
                node.cast::<HtmlCanvasElement>().as_ref().and_then(|canvas| fit(canvas, size))
            {
                paint(&canvas, &scene(&drawn, &page), &ink, &desk);
                *last = Some((drawn, ink));
            }
        });
    }
    let at = Pointed {
        page: page.clone(),
        shown: shown.clone(),
        wishes: wishes.clone(),
        size,
        node: node.clone(),
    };
    let (press, start, act) = (at.clone(), grip.clone(), desk.clone());
    let onpointerdown = move |event: PointerEvent| {
        let Some((x, y)) = press.point(&event) else { return };
        capture(&event);
        *start.borrow_mut() = Some(if y < TOP {
            act.tell(Happened::Play(false));
            press.wishes.scrub(time(press.nanos(x)));
            Grip::Playhead
        } else {
            Grip::Lanes(x, press.view(), false)
        });
    };
    let (drag, held) = (at.clone(), grip.clone());
    let onpointermove = move |event: PointerEvent| {
        let Some((x, y)) = drag.point(&event) else { return };
        let mut grip = held.borrow_mut();
        match &mut *grip {
            Some(Grip::Playhead) => drag.wishes.scrub(time(drag.nanos(x))),
            Some(Grip::Lanes(from, view, moved)) if *moved || (x - *from).abs() > 4.0 => {
                *moved = true;
                drag.wishes.set_view(view.panned((*from - x) / drag.width()));
            }
            Some(Grip::Lanes(..)) => {}
            None => {
                *hover.borrow_mut() =
                    mark_at(&drag.marks(), drag.view(), drag.left(), size, drag.lanes(), (x, y))
            }
        }
    };
    let (drop_at, held, act) = (at.clone(), grip.clone(), desk.clone());
    let onpointerup = move |event: PointerEvent| {
        let Some((x, y)) = drop_at.point(&event) else { return };
        if let Some(Grip::Lanes(_, _, false)) = held.borrow_mut().take() {
            let marks = drop_at.marks();
            match mark_at(&marks, drop_at.view(), drop_at.left(), size, drop_at.lanes(), (x, y)) {
                Some(mark) => act.go(marks[mark].place),
                None => {
                    act.tell(Happened::Play(false));
                    drop_at.wishes.scrub(time(drop_at.nanos(x)));
                }
            }
        }
    };
    let wheel = at.clone();
    let onwheel = move |event: WheelEvent| {
        let Some((x, _)) = wheel.point(&event) else { return };
        event.prevent_default();
        let view = wheel.view();
        let view = if event.shift_key() || event.delta_x().abs() > event.delta_y().abs() {
            view.panned((event.delta_x() + event.delta_y()) / 1200.0)
        } else {
            view.zoomed(js_sys::Math::pow(1.0015, event.delta_y()), wheel.part(x))
        };
        wheel.wishes.set_view(view);
    };
    html! {
        <div class="timeline">
            <div class="lanes" ref={holder} {onpointerdown} {onpointermove} {onpointerup} {onwheel}>
                <canvas id="lanes" ref={node} role="img" aria-label={desk.t.timeline_words}></canvas>
            </div>
            <div class="zoom" role="group" aria-label={desk.t.zoom}>
                { zoom_button(&at, Icon::Plus, desk.t.zoom_in, |view| view.zoomed(0.5, 0.5)) }
                { zoom_button(&at, Icon::Minus, desk.t.zoom_out, |view| view.zoomed(2.0, 0.5)) }
                { zoom_button(&at, Icon::Aim, desk.t.follow, |view| View { follows: true, ..view }) }
            </div>
            { part::<Overview>(OverviewProps { page: page.clone(), shown: shown.clone(), wishes: wishes.clone() }) }
        </div>
    }
}

fn scene<'a>(drawn: &'a Drawn, page: &'a Page) -> Scene<'a> {
    Scene {
        window: drawn.window.as_deref(),
        marks: &drawn.marks,
        checks: &page.checks,
        view: drawn.view,
        size: drawn.size,
        now: drawn.now,
        at_head: page.frame.as_ref().is_some_and(|frame| frame.place == drawn.head),
        hover: drawn.hover,
    }
}

fn zoom_button(at: &Pointed, icon: Icon, words: &'static str, change: fn(View) -> View) -> Html {
    let wishes = at.wishes.clone();
    let at = at.clone();
    let onclick = move |_| wishes.set_view(change(at.view()));
    html! { <button class="ghost small" aria-label={words} title={words} {onclick}>{icon.html()}</button> }
}

/// The timeline as a pointer needs it.
#[derive(Clone)]
struct Pointed {
    page: UseReducerHandle<Page>,
    shown: Shown,
    wishes: Wishes,
    size: (f64, f64),
    node: NodeRef,
}

impl Pointed {
    fn left(&self) -> f64 {
        left_of(self.size.0)
    }
    fn width(&self) -> f64 {
        (self.size.0 - self.left()).max(1.0)
    }
    fn view(&self) -> View {
        self.wishes.view().following(self.shown.nanos())
    }
    fn part(&self, x: f64) -> f64 {
        (x - self.left()) / self.width()
    }
    fn nanos(&self, x: f64) -> f64 {
        self.view().at(self.part(x).max(0.0))
    }
    fn marks(&self) -> Same<Vec<Mark>> {
        self.page.marks.clone()
    }
    fn lanes(&self) -> Vec<muster_core::process::ProcessId> {
        self.page
            .window
            .as_ref()
            .map(|window| window.lanes.iter().map(|lane| lane.id).collect())
            .unwrap_or_default()
    }
    /// Where on the canvas.
    fn point(&self, event: &MouseEvent) -> Option<(f64, f64)> {
        let rect = self.node.cast::<Element>()?.get_bounding_client_rect();
        Some((f64::from(event.client_x()) - rect.x(), f64::from(event.client_y()) - rect.y()))
    }
}

/// The pointer stays ours until it is lifted.
pub fn capture(event: &PointerEvent) {
    let target = event.current_target().and_then(|target| target.dyn_into::<Element>().ok());
    if let Some(target) = target {
        let _ = target.set_pointer_capture(event.pointer_id());
    }
}
