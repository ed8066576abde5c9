//! A lesson beside the run: the step that is read, a question to be answered before one watches, what to do, goals ticked by the
//! simulation, and where to go on. What is done and which answer came true the session says; here is only what the reader
//! reads, chose and asked for.

mod marked;
mod state;

use crate::desk::{Desk, use_desk};
use crate::hooks::into_sight;
use crate::icons::Icon;
use crate::look::prefers;
use crate::same::Same;
use crate::state::{Happened, Page};
use crate::story::links;
use crate::texts::of;
use crate::writing::files::is_template;
use marked::marked;
use muster_core::session::api::{LibraryEntry, PredictInfo, Request, ScenarioInfo, SeekTo, StepInfo};
pub use state::{Lesson, LessonDid};
use std::sync::Arc;
use wasm_bindgen::JsCast;
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
    use_sight(&node, info, lesson);
    use_effect_with(props.running, |running| {
        // On a small screen one has scrolled on from what is watched now.
        let document = web_sys::window().and_then(|window| window.document());
        let stage =
            document.filter(|_| *running).and_then(|page| page.query_selector(".stage").ok().flatten());
        if let Some(stage) = stage {
            into_sight(&stage);
        }
    });
    let Some(step) = steps.get(number) else { return Html::default() };
    let position =
        t.step_of.replace("{0}", &(number + 1).to_string()).replace("{1}", &steps.len().to_string());
    let title = of(&step.title, desk.lang).to_owned();
    let done = if lesson.is_done(number) { t.step_done } else { "" };
    let offered = next(info, step, library, lesson.is_finished(steps));
    let announced = t.step_said.replace("{0}", &position).replace("{1}", &title).replace("{2}", done);
    let announced = announced.trim_end_matches(" – ").to_owned();
    html! {
        <aside class="lesson steps" aria-label={t.lesson} ref={node}>
            <p class="unseen" role="status">{announced}</p>
            <p class="eyebrow" id="step-of">{t.lesson}{" · "}{position}</p>
            <h1 id="step-title">{title}</h1>
            <p id="step-text">{ marked(&desk, &step.text) }</p>
            // One child whether it is there or not: else what is read out above it would be made anew, and not be heard.
            { step.predict.as_ref().map(|predict| prediction(&desk, lesson, number, predict)).unwrap_or_default() }
            { turn(&desk, props, step) }
            { hint(&desk, lesson, number, step) }
            { goals(&desk, lesson, steps) }
            { links(&desk, &offered) }
            { foot(&desk, props, step, &offered) }
        </aside>
    }
}

/// Another step is read from its beginning; what it asks is seen at once, and what came of it when it has come.
#[hook]
fn use_sight(node: &NodeRef, info: &Same<ScenarioInfo>, lesson: &Lesson) {
    let number = lesson.step();
    let (node, came) = (node.clone(), use_mut_ref(|| None::<(Same<ScenarioInfo>, usize)>));
    let now = (info.clone(), number, lesson.is_done(number), lesson.chosen(number));
    use_effect_with(now, move |(info, number, done, _)| {
        let Some(panel) = node.cast::<web_sys::Element>() else { return };
        let here = Some((info.clone(), *number));
        let before = came.replace(here.clone());
        if before != here {
            panel.set_scroll_top(0);
        }
        // A small screen begins with the stage; later it is the page that scrolls.
        if before.is_none() && prefers("(max-width: 720px)") {
            return;
        }
        let what = if *done { "#reveal" } else { ".predict, #step-title" };
        let all = panel.query_selector_all(what).ok();
        let last = all.and_then(|all| all.get(all.length().wrapping_sub(1)));
        if let Some(it) = last.and_then(|it| it.dyn_into::<web_sys::Element>().ok()) {
            into_sight(&it);
        }
    });
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

/// What the step suggests beside its main deed.
fn turn(desk: &Desk, props: &LessonProps, step: &StepInfo) -> Html {
    let lesson = &props.lesson;
    if lesson.is_done(lesson.step()) {
        return Html::default();
    }
    let deeds = step.deeds.iter().enumerate().filter(|(at, _)| *at > 0 || !props.is_first_deed_open(step));
    let deeds: Vec<Html> = deeds
        .map(|(at, (label, commands))| {
            let why = lesson.refusal(at).map(|phrase| desk.say(phrase));
            let (act, commands, off) = (desk.clone(), commands.clone(), why.is_some());
            let onclick = move |_| if !off { carry_out(&act, &commands) };
            html! {
                <button class="verb" id={format!("deed-{at}")} aria-disabled={off.to_string()}
                    title={why.clone()} aria-description={why} {onclick}><span>{of(label, desk.lang).to_owned()}</span></button>
            }
        })
        .collect();
    if deeds.is_empty() {
        Html::default()
    } else {
        html! { <div class="verbs">{ for deeds }</div> }
    }
}

impl LessonProps {
    /// Was something done by hand since the step began?
    fn acted(&self) -> bool {
        self.touched && self.lesson.has_acted()
    }

    /// Is the first thing that the step suggests what comes next?
    fn is_first_deed_open(&self, step: &StepInfo) -> bool {
        !step.deeds.is_empty() && !self.acted() && self.lesson.refusal(0).is_none()
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

/// Always in sight, however long the step is: what it waits for, the one thing that brings it on, back, and from the start.
fn foot(desk: &Desk, props: &LessonProps, step: &StepInfo, offered: &[&LibraryEntry]) -> Html {
    let (t, lesson) = (desk.t, &props.lesson);
    let number = lesson.step();
    let (back, again) = (desk.clone(), desk.clone());
    let (done, can_back, touched) = (lesson.is_done(number), number > 0, props.touched);
    let words = match (done, step.waits) {
        (true, _) => t.step_done,
        (_, false) => t.lesson_done,
        _ if props.running => t.time_runs,
        _ if step.deeds.is_empty() || props.acted() => t.time_needed,
        _ => t.your_turn,
    };
    html! {
        <div class="pages">
            <p class={if done || !step.waits { "waits done" } else { "waits" }} id="waits">{words}</p>
            <div class="bar">
                <button id="step-back" class="ghost" aria-label={t.back} title={t.back} aria-disabled={(!can_back).to_string()} onclick={move |_| turn_page(&back, can_back.then(|| number.wrapping_sub(1)))}>
                    {Icon::Back.html()}<kbd>{"k"}</kbd>
                </button>
                { main_action(desk, props, step, offered) }
                <button id="lesson-again" class="ghost" title={t.restart_words} aria-label={t.restart_words} onclick={move |_| restart(&again, touched)}>{Icon::Again.html()}</button>
            </div>
        </div>
    }
}

/// The one thing that brings the step on. It is the same button from step to step, so that it keeps the focus.
fn main_action(desk: &Desk, props: &LessonProps, step: &StepInfo, offered: &[&LibraryEntry]) -> Html {
    let (t, lesson, act) = (desk.t, &props.lesson, desk.clone());
    let number = lesson.step();
    let eager = step.predict.is_none() || lesson.chosen(number).is_some();
    if lesson.is_done(number) && number + 1 < props.info.lesson.len() {
        let on = Callback::from(move |()| turn_page(&act, Some(number + 1)));
        return action("step-next", true, None, t.next, "j", on);
    }
    if lesson.is_done(number) || !step.waits {
        // After the last lesson, what it suggests.
        let Some(entry) = offered.first() else { return Html::default() };
        let words = if entry.steps > 0 { t.next_lesson } else { of(&entry.title, desk.lang) };
        let name = Arc::clone(&entry.name);
        let on =
            Callback::from(move |()| act.ask(Request::LoadLibrary { name: Arc::clone(&name), seed: None }));
        return action("lesson-next", true, None, words, "", on);
    }
    if let Some((label, commands)) = step.deeds.first().filter(|_| props.is_first_deed_open(step)) {
        let commands = commands.clone();
        return action(
            "deed-0",
            eager,
            None,
            of(label, desk.lang),
            "d",
            Callback::from(move |()| carry_out(&act, &commands)),
        );
    }
    if props.running {
        return html! { <button id="step-next" class="ghost main" aria-disabled="true" title={t.not_yet} aria-description={t.not_yet}><span>{t.next}</span><kbd>{"j"}</kbd></button> };
    }
    let on = Callback::from(move |()| act.tell(Happened::Play(true)));
    action("watch", eager, Some(Icon::Play), t.watch, "d", on)
}

fn action(
    id: &'static str,
    eager: bool,
    icon: Option<Icon>,
    words: &str,
    key: &'static str,
    on: Callback<()>,
) -> Html {
    html! {
        <button {id} class={if eager { "main primary" } else { "main" }} onclick={move |_| on.emit(())}>
            { icon.map(Icon::html).unwrap_or_default() }<span>{words.to_owned()}</span>
            if !key.is_empty() { <kbd>{key}</kbd> }
        </button>
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
    let is_lesson = |entry: &&LibraryEntry| entry.steps > 0 && !is_template(&entry.name);
    let mut lessons = library.iter().skip(after).filter(is_lesson);
    // The next lesson comes first where this one is over, whether the step suggests it or not.
    if let Some(following) = lessons.next().filter(|_| finished) {
        offered.retain(|entry| entry.name != following.name);
        offered.insert(0, following);
    }
    if !finished {
        let lessons = library.iter().skip(after).filter(is_lesson);
        offered.extend(lessons.filter(|entry| !step.then.contains(&entry.name)));
    }
    offered.truncate(OFFERED);
    offered
}

/// Arrow keys go about among the answers.
fn walk(event: KeyboardEvent) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use muster_core::scenario::library::LIBRARY;
    use muster_core::session::Session;
    use muster_core::session::api::Reply;
    use muster_core::systems;

    #[test]
    fn a_lesson_that_is_over_leads_to_the_next_one_and_the_last_to_no_template() {
        let mut session = Session::new(systems::all(), LIBRARY);
        let Reply::Library(library) = session.handle(Request::Library) else { panic!("no library") };
        let lessons: Vec<_> = library.iter().filter(|entry| entry.name.starts_with("lesson-")).collect();
        assert!(lessons.len() >= 5);
        for (at, lesson) in lessons.iter().enumerate() {
            let load = Request::LoadLibrary { name: Arc::clone(&lesson.name), seed: None };
            let Reply::Loaded(loaded) = session.handle(load) else { panic!("{}", lesson.name) };
            let last = loaded.scenario.lesson.last().expect("it has steps");
            let offered = next(&loaded.scenario, last, &library, true);
            assert!(offered.iter().all(|entry| !is_template(&entry.name)));
            let first = offered.first().expect("something is offered");
            match lessons.get(at + 1) {
                Some(following) => assert_eq!(first.name, following.name),
                None => assert_eq!(Some(&first.name), last.then.first()),
            }
        }
    }
}
