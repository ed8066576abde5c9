//! A lesson beside the run: the step that is read, a question to be answered before one watches, what to do, goals ticked by the
//! simulation, and where to go on. What is done and which answer came true the session says; here is only what the reader
//! reads, chose and asked for.

mod marked;
mod state;

use crate::desk::{Desk, use_desk};
use crate::icons::Icon;
use crate::same::Same;
use crate::state::{Happened, Page};
use crate::story::links;
use crate::texts::of;
use marked::marked;
use muster_core::session::api::{LibraryEntry, PredictInfo, Request, ScenarioInfo, SeekTo, StepInfo};
pub use state::{Lesson, LessonDid};
use std::sync::Arc;
use yew::prelude::*;

/// So many scenarios are offered below a lesson.
const OFFERED: usize = 4;

#[derive(Properties, PartialEq)]
pub struct LessonProps {
    /// The scenario.
    pub info: Same<ScenarioInfo>,
    /// How far it is, and what the reader chose.
    pub lesson: Lesson,
    /// Time goes on.
    pub running: bool,
    /// Something was done by hand on the branch shown.
    pub touched: bool,
    /// The library.
    pub library: Same<Vec<LibraryEntry>>,
}

/// A lesson beside the run.
#[component]
pub fn LessonPanel(props: &LessonProps) -> Html {
    let LessonProps { info, lesson, library, .. } = props;
    let desk = use_desk();
    let t = desk.t;
    let node = use_node_ref();
    let (number, steps) = (lesson.step(), &info.lesson);
    {
        // Another step is read from its beginning.
        let node = node.clone();
        use_effect_with((info.clone(), number), move |_| {
            if let Some(panel) = node.cast::<web_sys::Element>() {
                panel.set_scroll_top(0);
            }
        });
    }
    let Some(step) = steps.get(number) else { return Html::default() };
    let position =
        t.step_of.replace("{0}", &(number + 1).to_string()).replace("{1}", &steps.len().to_string());
    let title = of(&step.title, desk.lang).to_owned();
    let done = if lesson.is_done(number) { t.step_done } else { "" };
    let announced = t.step_said.replace("{0}", &position).replace("{1}", &title).replace("{2}", done);
    html! {
        <aside class="lesson steps" aria-label={t.lesson} ref={node}>
            <p class="unseen" role="status">{announced}</p>
            <p class="eyebrow" id="step-of">{t.lesson}{" · "}{position}</p>
            <h1 id="step-title">{title}</h1>
            <p id="step-text">{ marked(&desk, &step.text) }</p>
            // One child whether it is there or not: else what is read out above it would be made anew, and not be heard.
            { step.predict.as_ref().map(|predict| prediction(&desk, lesson, number, predict)).unwrap_or_default() }
            { turn(&desk, props, step) }
            { buttons(&desk, props) }
            { hint(&desk, lesson, number, step) }
            { goals(&desk, lesson, steps) }
            { links(&desk, next(info, step, library, lesson.is_finished(steps))) }
        </aside>
    }
}

/// The question, its answers, and afterwards how it came.
fn prediction(desk: &Desk, lesson: &Lesson, number: usize, predict: &PredictInfo) -> Html {
    let t = desk.t;
    let (chosen, right) = (lesson.chosen(number), lesson.right(number));
    let answer = |(at, text): (usize, &_)| {
        let on = chosen == Some(at);
        let came = right.map(|right| right.get(at) == Some(&true));
        let class = classes!(
            "chip",
            on.then_some("on"),
            came.and_then(|came| if came { Some("came") } else { on.then_some("missed") })
        );
        let act = desk.clone();
        let decided = right.is_some();
        let onclick = move |_| {
            if !decided {
                act.tell(Happened::Lesson(LessonDid::Chose(number, at)));
            }
        };
        html! {
            <button {class} role="radio" aria-checked={on.to_string()} aria-disabled={decided.to_string()} data-answer={at.to_string()} {onclick}>
                if came == Some(true) { <span aria-hidden="true">{"✓ "}</span> }
                else if on && decided { <span aria-hidden="true">{"✗ "}</span> }
                {of(text, desk.lang).to_owned()}
                if came == Some(true) { <span class="unseen">{" ("}{t.it_came}{")"}</span> }
            </button>
        }
    };
    html! {
        <div class="predict">
            <p id="ask"><b>{t.predict}</b>{" "}{ marked(desk, &predict.ask) }</p>
            <div class="chips" role="radiogroup" aria-labelledby="ask" onkeydown={walk}>{ for predict.answers.iter().enumerate().map(answer) }</div>
            // The answer that has the focus keeps it.
            { right.map(|right| reveal(desk, predict, chosen, right)).unwrap_or_default() }
        </div>
    }
}

/// Did it come so, and why.
fn reveal(desk: &Desk, predict: &PredictInfo, chosen: Option<usize>, right: &[bool]) -> Html {
    let t = desk.t;
    let came = right.iter().position(|right| *right);
    let name = came.and_then(|came| predict.answers.get(came)).map_or("", |answer| of(answer, desk.lang));
    let verdict = match chosen {
        Some(chosen) if right.get(chosen) == Some(&true) => t.as_predicted.to_owned(),
        Some(_) => t.otherwise.replace("{0}", name),
        None => t.unpredicted.replace("{0}", name),
    };
    html! { <p id="reveal" class="reveal"><b>{verdict}</b>{" "}{ marked(desk, &predict.reveal) }</p> }
}

/// What the step waits for, in words, and buttons that bring it about.
fn turn(desk: &Desk, props: &LessonProps, step: &StepInfo) -> Html {
    let (t, lesson) = (desk.t, &props.lesson);
    let number = lesson.step();
    if lesson.is_done(number) {
        return html! { <p class="waits done" id="waits">{t.step_done}</p> };
    }
    if !step.waits {
        return html! { <p class="waits done" id="waits">{t.lesson_done}</p> };
    }
    let acted = props.touched && lesson.has_acted();
    let words = match (step.deeds.is_empty() || acted, props.running) {
        (_, true) => t.time_runs,
        (true, false) => t.time_needed,
        (false, false) => t.your_turn,
    };
    let watch = desk.clone();
    let watching = step.deeds.is_empty() || acted;
    let eager = step.predict.is_none() || lesson.chosen(number).is_some();
    html! {
        <>
            <p class="waits" id="waits">{words}</p>
            <div class="verbs">
                { for step.deeds.iter().enumerate().map(|(at, (label, commands))| {
                    let why = lesson.refusal(at).map(|phrase| desk.say(phrase));
                    let (act, commands, off) = (desk.clone(), commands.clone(), why.is_some());
                    let onclick = move |_| if !off { carry_out(&act, &commands) };
                    let first = at == 0 && !acted && !off && eager;
                    html! {
                        <button class={if first { "verb primary" } else { "verb" }} id={format!("deed-{at}")} aria-disabled={off.to_string()}
                            title={why.clone()} aria-description={why} {onclick}>
                            <span>{of(label, desk.lang).to_owned()}</span>
                            if at == 0 && !watching { {" "}<kbd>{"d"}</kbd> }
                        </button>
                    }
                }) }
                if watching && !props.running {
                    <button class={if eager { "verb primary" } else { "verb" }} id="watch" onclick={move |_| watch.tell(Happened::Play(true))}>
                        {Icon::Play.html()}<span>{t.watch}</span>{" "}<kbd>{"d"}</kbd>
                    </button>
                }
            </div>
        </>
    }
}

/// Does something and lets time go on, so that what comes of it is seen.
fn carry_out(desk: &Desk, commands: &[Arc<str>]) {
    desk.tell(Happened::Play(false));
    desk.tell(Happened::Lesson(LessonDid::Acted(commands.len())));
    for command in commands {
        desk.ask(Request::Act(Arc::clone(command)));
    }
}

/// Back, on, and from the start.
fn buttons(desk: &Desk, props: &LessonProps) -> Html {
    let (t, lesson) = (desk.t, &props.lesson);
    let number = lesson.step();
    let (back, on, again) = (desk.clone(), desk.clone(), desk.clone());
    let (can_back, can_on) = (number > 0, lesson.is_done(number) && number + 1 < props.info.lesson.len());
    let touched = props.touched;
    html! {
        <div class="bar pages">
            <button id="step-back" class="ghost" aria-disabled={(!can_back).to_string()} onclick={move |_| turn_page(&back, can_back.then(|| number.wrapping_sub(1)))}>
                {Icon::Back.html()}<span>{t.back}</span>{" "}<kbd>{"k"}</kbd>
            </button>
            <button id="step-next" class={if can_on { "primary" } else { "ghost" }} aria-disabled={(!can_on).to_string()}
                title={(!can_on).then_some(t.not_yet)} aria-description={(!can_on).then_some(t.not_yet)}
                onclick={move |_| turn_page(&on, can_on.then_some(number + 1))}>
                <span>{t.next}</span>{" "}<kbd>{"j"}</kbd>
            </button>
            <span class="grow"></span>
            <button id="lesson-again" class="ghost" title={t.restart_words} aria-label={t.restart_words} onclick={move |_| restart(&again, touched)}>{Icon::Again.html()}</button>
        </div>
    }
}

fn turn_page(desk: &Desk, to: Option<usize>) {
    if let Some(to) = to {
        desk.tell(Happened::Lesson(LessonDid::Turned(to)));
    }
}

/// From the start again; what was done stays as a branch of its own.
fn restart(desk: &Desk, touched: bool) {
    desk.tell(Happened::Lesson(LessonDid::Again));
    desk.jump(Request::Seek(SeekTo::Ordinal(0)));
    if touched {
        desk.ask(Request::Fork { name: None });
    }
}

fn hint(desk: &Desk, lesson: &Lesson, number: usize, step: &StepInfo) -> Html {
    let Some(hint) = step.hint.as_ref().filter(|_| !lesson.is_done(number)) else { return Html::default() };
    if lesson.hinted(number) {
        return html! { <p class="hint" id="hint-text" role="status"><b>{desk.t.hint_word}{": "}</b>{ marked(desk, hint) }</p> };
    }
    let act = desk.clone();
    let words = if lesson.is_stuck() { desk.t.stuck } else { desk.t.hint_word };
    html! {
        <p><button class="linky" id="hint-button" onclick={move |_| act.tell(Happened::Lesson(LessonDid::Hinted(number)))}>{words}{" "}<kbd>{"h"}</kbd></button></p>
    }
}

/// Every step's goal: done, being worked on, still to come.
fn goals(desk: &Desk, lesson: &Lesson, steps: &[StepInfo]) -> Html {
    let t = desk.t;
    let goal = |(number, step): (usize, &StepInfo)| {
        // A step that has nothing to reach is called by its title, so that the list has as many steps as are counted above.
        let words =
            step.goal.as_ref().map_or_else(|| of(&step.title, desk.lang).into(), |goal| marked(desk, goal));
        // The step that is read, not the one that waits: it is the one whose title stands above.
        let here = number == lesson.step();
        let current = here.then_some("step");
        match lesson.done_at(number) {
            Some(place) => {
                let act = desk.clone();
                html! { <li class="done" aria-current={current}><span class="unseen">{t.met}{": "}</span><button class="plain" title={t.to_event} onclick={move |_| act.go(place)}>if here { <b>{words}</b> } else { {words} }</button></li> }
            }
            None => html! { <li class={here.then_some("waiting")} aria-current={current}>{words}</li> },
        }
    };
    html! { <ul class="goals" id="goals">{ for steps.iter().enumerate().map(goal) }</ul> }
}

/// What the step suggests, then the lessons that follow.
fn next<'l>(
    info: &ScenarioInfo,
    step: &StepInfo,
    library: &'l [LibraryEntry],
    finished: bool,
) -> Vec<&'l LibraryEntry> {
    let mut offered: Vec<&LibraryEntry> =
        step.then.iter().filter_map(|name| library.iter().find(|entry| entry.name == *name)).collect();
    let after = library.iter().position(|entry| entry.name == info.name).map_or(0, |here| here + 1);
    let lessons = library.iter().skip(after).filter(|entry| entry.steps > 0);
    // The next lesson comes first where this one is over.
    let at = if finished { 0 } else { offered.len() };
    let more: Vec<&LibraryEntry> = lessons.filter(|entry| !step.then.contains(&entry.name)).collect();
    offered.splice(at..at, more.into_iter().take(if finished { 1 } else { OFFERED }));
    offered.truncate(OFFERED);
    offered
}

/// Arrow keys go about among the answers.
fn walk(event: KeyboardEvent) {
    use wasm_bindgen::JsCast;
    let by = match event.key().as_str() {
        "ArrowRight" | "ArrowDown" => true,
        "ArrowLeft" | "ArrowUp" => false,
        _ => return,
    };
    let now = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let next =
        now.and_then(|now| if by { now.next_element_sibling() } else { now.previous_element_sibling() });
    event.prevent_default();
    event.stop_propagation();
    if let Some(next) = next.and_then(|next| next.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = next.focus();
    }
}

/// The keys of a lesson.
pub fn press(desk: &Desk, page: &Page, key: &str) -> bool {
    let Some(info) = page.info.as_ref().filter(|info| !info.lesson.is_empty()) else { return false };
    let lesson = &page.lesson;
    let number = lesson.step();
    let Some(step) = info.lesson.get(number) else { return false };
    let done = lesson.is_done(number);
    match key {
        "j" => turn_page(desk, (done && number + 1 < info.lesson.len()).then_some(number + 1)),
        "k" => turn_page(desk, number.checked_sub(1)),
        "h" if step.hint.is_some() => desk.tell(Happened::Lesson(LessonDid::Hinted(number))),
        "d" if !done && step.waits => {
            let acted = !page.commands.is_empty() && lesson.has_acted();
            match step.deeds.first().filter(|_| !acted && lesson.refusal(0).is_none()) {
                Some((_, commands)) => carry_out(desk, commands),
                None => desk.tell(Happened::Play(true)),
            }
        }
        _ => return false,
    }
    true
}
