//! The transport: to the start, back, play, on, to the end; the clock; how fast; until when; branches.

pub mod going;
mod step_by;
mod until;

use crate::desk::{Desk, use_desk};
use crate::hands::undo_buttons;
use crate::icons::Icon;
use crate::part::part;
use crate::speed::Speed;
use crate::state::{Happened, Page};
use going::Until;
use muster_core::session::api::{Request, SeekTo, Wanted};
use step_by::{StepBy, StepByProps};
use until::{RunUntil, UntilProps};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct TransportProps {
    /// The page.
    pub page: UseReducerHandle<Page>,
}

/// The transport.
#[component]
pub fn Transport(TransportProps { page }: &TransportProps) -> Html {
    let desk = use_desk();
    let t = desk.t;
    let place = page.frame.as_ref().map(|frame| frame.place).unwrap_or_default();
    let running = page.playing || page.until.is_some();
    let start = place.ordinal == 0 && place.at.nanos() == 0;
    let (toggle, ended) = (desk.clone(), page.ended.is_some());
    html! {
        <div class="bar transport" role="group" aria-label={t.transport}>
            { jump(&desk, "first", Icon::First, t.to_start, start, Request::Seek(SeekTo::Ordinal(0))) }
            { step(&desk, page.going.by, true, start) }
            <button class="play" id="play" aria-label={if running { t.pause } else { t.play }} title={if running { t.pause } else { t.play }}
                onclick={move |_| play(&toggle, running, ended)}>
                { if running { Icon::Pause.html() } else { Icon::Play.html() } }
            </button>
            { step(&desk, page.going.by, false, false) }
            { jump(&desk, "last", Icon::Last, t.to_end, place == page.head, Request::Seek(SeekTo::End)) }
            <span class="clock" data-digest={format!("{:016x}", page.digest)} title={t.digest.replace("{0}", &format!("{:016x}", page.digest))}><b id="clock">{desk.instant(place.at)}</b><span class="muted">{" · "}{t.event}{" "}<span id="ordinal">{place.ordinal}</span></span></span>
            { speed(&desk, page.speed) }
            { part::<StepBy>(StepByProps { by: page.going.by, kinds: page.going.kinds.clone(), selection: page.selection }) }
            { part::<RunUntil>(UntilProps {
                goals: page.info.as_ref().map(|info| info.goals.clone()).unwrap_or_default(),
                until: page.until.clone(),
                stops: page.going.in_force().len(),
            }) }
            <span class="grow"></span>
            { undo_buttons(&desk, &page.hands) }
            { fork(&desk) }
        </div>
    }
}

/// Plays or pauses; after the end, from the start again.
pub fn play(desk: &Desk, running: bool, ended: bool) {
    if ended && !running {
        desk.ask(Request::Seek(SeekTo::Ordinal(0)));
    }
    desk.tell(Happened::Play(!running));
}

fn jump(desk: &Desk, id: &'static str, icon: Icon, words: &'static str, off: bool, request: Request) -> Html {
    let act = desk.clone();
    let onclick = move |_| {
        if !off {
            act.jump(request.clone());
        }
    };
    html! { <button class="ghost" {id} aria-label={words} title={words} aria-disabled={off.to_string()} {onclick}>{icon.html()}</button> }
}

/// A step on or back, by what steps go.
fn step(desk: &Desk, by: Option<Wanted>, back: bool, off: bool) -> Html {
    let (id, icon) = if back { ("back", Icon::Back) } else { ("step", Icon::Next) };
    let plain = if back { desk.t.step_back } else { desk.t.step };
    let words = match by {
        None => plain.to_owned(),
        Some(_) => {
            let words = if back { desk.t.step_back_by } else { desk.t.step_on_by };
            words.replace("{0}", &step_by::by_words(desk, by))
        }
    };
    let act = desk.clone();
    let onclick = move |_| {
        if !off {
            take_step(&act, by, back);
        }
    };
    html! { <button class="ghost" {id} aria-label={words.clone()} title={words} aria-disabled={off.to_string()} {onclick}>{icon.html()}</button> }
}

/// Takes a step on or back.
pub fn take_step(desk: &Desk, by: Option<Wanted>, back: bool) {
    match by {
        None if back => desk.jump(Request::StepBack),
        None => desk.jump(Request::Step),
        Some(wanted) => desk.tell(Happened::Until(Some(Until::Event(wanted, back)))),
    }
}

fn speed(desk: &Desk, speed: Speed) -> Html {
    let act = desk.clone();
    let oninput = move |event: InputEvent| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        if let Some(step) = input.and_then(|input| input.value().parse().ok()) {
            act.tell(Happened::Speed(Speed::step(step)));
        }
    };
    html! {
        <label class="speed"><span class="num" id="speed-words">{speed.label()}</span>
            <input id="speed" type="range" min="0" max={Speed::LAST.to_string()} value={speed.index().to_string()}
                aria-label={desk.t.speed} aria-valuetext={speed.label()} {oninput} />
        </label>
    }
}

fn fork(desk: &Desk) -> Html {
    let act = desk.clone();
    let onclick = move |_| act.ask(Request::Fork { name: None });
    html! { <button class="ghost" id="fork" title={desk.t.fork_words} {onclick}>{Icon::Fork.html()}<span class="word">{desk.t.fork}</span>{" "}<kbd>{"f"}</kbd></button> }
}
