//! The whole branch as one strip under the lanes: marks, the stretch shown, the playhead. A slider for keys and pointers.

use super::view::{View, time};
use crate::canvas::fit;
use crate::desk::use_desk;
use crate::diagram::capture;
use crate::hooks::{use_frames, use_size};
use crate::look::Worn;
use crate::number::fixed;
use crate::player::Shown;
use crate::refresh::Wishes;
use crate::same::Same;
use crate::stage::paint::{Ink, theme_of};
use crate::state::{Happened, Page};
use muster_core::session::api::{Request, SeekTo};
use muster_core::view::{Mark, MarkKind};
use web_sys::{CanvasRenderingContext2d, Element, HtmlCanvasElement};
use yew::prelude::*;

const PAD: f64 = 10.0;

#[derive(Properties, PartialEq)]
pub struct OverviewProps {
    /// The page.
    pub page: UseReducerHandle<Page>,
    /// The time drawn.
    pub shown: Shown,
    /// What the timeline wants.
    pub wishes: Wishes,
}

#[derive(PartialEq)]
struct Drawn {
    marks: Same<Vec<Mark>>,
    view: View,
    size: (f64, f64),
    now: f64,
    end: f64,
    theme: (Worn, &'static str),
}

/// The whole branch as one strip.
#[component]
pub fn Overview(OverviewProps { page, shown, wishes }: &OverviewProps) -> Html {
    let desk = use_desk();
    let holder = use_node_ref();
    let node = use_node_ref();
    let size = use_size(&holder);
    let pressed = use_mut_ref(|| false);
    let last = use_mut_ref(|| None::<(Drawn, Ink)>);
    let end = (page.head.at.nanos() as f64).max(1.0);
    {
        let (page, shown, wishes, node) = (page.clone(), shown.clone(), wishes.clone(), node.clone());
        use_frames(move |_| {
            let now = shown.nanos();
            let view = wishes.view().following(now);
            let drawn = Drawn {
                marks: page.marks.clone(),
                view,
                size,
                now,
                end: end.max(now),
                theme: theme_of(&page.look),
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
                paint(&canvas, &drawn, &ink);
                *last = Some((drawn, ink));
            }
        });
    }
    let to = {
        let (wishes, node) = (wishes.clone(), holder.clone());
        move |event: &PointerEvent| {
            let Some(rect) = node.cast::<Element>().map(|element| element.get_bounding_client_rect()) else {
                return;
            };
            let part = (f64::from(event.client_x()) - rect.x() - PAD) / (rect.width() - 2.0 * PAD).max(1.0);
            wishes.scrub(time(part.clamp(0.0, 1.0) * end));
        }
    };
    let (press, go, act) = (pressed.clone(), to.clone(), desk.clone());
    let onpointerdown = move |event: PointerEvent| {
        if event.button() != 0 {
            return;
        }
        capture(&event);
        *press.borrow_mut() = true;
        act.tell(Happened::Play(false));
        go(&event);
    };
    let held = pressed.clone();
    let onpointermove = move |event: PointerEvent| {
        if *held.borrow() {
            to(&event);
        }
    };
    let lift = move |_: PointerEvent| *pressed.borrow_mut() = false;
    let (keys, now) = (desk.clone(), page.now().nanos() as f64);
    let onkeydown = move |event: KeyboardEvent| {
        let request = match event.key().as_str() {
            "ArrowRight" | "ArrowUp" => SeekTo::Time(time((now + end * 0.01).min(end))),
            "ArrowLeft" | "ArrowDown" => SeekTo::Time(time(now - end * 0.01)),
            "Home" => SeekTo::Ordinal(0),
            "End" => SeekTo::End,
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        keys.jump(Request::Seek(request));
    };
    html! {
        <div class="overview" id="scrubber" ref={holder} role="slider" tabindex="0" aria-label={desk.t.scrubber}
            aria-valuemin="0" aria-valuemax={fixed(end / 1e9, 3)} aria-valuenow={fixed(now / 1e9, 3)}
            aria-valuetext={desk.instant(page.now())} {onkeydown} {onpointerdown} {onpointermove}
            onpointerup={lift.clone()} onpointercancel={lift}>
            <canvas ref={node} aria-hidden="true"></canvas>
        </div>
    }
}

fn paint(canvas: &CanvasRenderingContext2d, drawn: &Drawn, ink: &Ink) {
    let (width, height) = drawn.size;
    canvas.clear_rect(0.0, 0.0, width, height);
    let x = |nanos: f64| PAD + (nanos / drawn.end).clamp(0.0, 1.0) * (width - 2.0 * PAD);
    let middle = height / 2.0;
    let bar = |from: f64, to: f64, thick: f64, hue: &str| {
        canvas.set_fill_style_str(hue);
        canvas.fill_rect(from, middle - thick / 2.0, to - from, thick);
    };
    bar(PAD, width - PAD, 4.0, &ink.line);
    canvas.set_global_alpha(0.18);
    bar(x(drawn.view.from), x(drawn.view.to()), height - 4.0, &ink.accent);
    canvas.set_global_alpha(0.75);
    bar(PAD, x(drawn.now), 4.0, &ink.accent);
    canvas.set_global_alpha(1.0);
    for mark in drawn.marks.iter() {
        let hue = match mark.kind {
            MarkKind::Fault | MarkKind::Violation => &ink.bad,
            MarkKind::Repair => &ink.ok,
            MarkKind::Election => &ink.ink,
            MarkKind::Step | MarkKind::Milestone | MarkKind::Command => &ink.accent,
        };
        canvas.set_fill_style_str(hue);
        let high = if mark.kind == MarkKind::Violation { height - 2.0 } else { 10.0 };
        canvas.fill_rect(x(mark.place.at.nanos() as f64) - 1.0, middle - high / 2.0, 2.0, high);
    }
    canvas.begin_path();
    let _ = canvas.arc(x(drawn.now), middle, 6.0, 0.0, std::f64::consts::TAU);
    canvas.set_fill_style_str(&ink.accent);
    canvas.fill();
}
