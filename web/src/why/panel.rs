//! The answer to a why: its reasons in words, each event and each further question one step on, and the way back.

use super::WhyHappened;
use crate::desk::{Desk, use_desk};
use crate::hooks::above_panel;
use crate::icons::Icon;
use crate::part::part;
use crate::say::say;
use crate::state::Page;
use muster_core::view::{Answer, EventLine, Place, Question, Reason, RuleView, Subject};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct WhyPanelProps {
    /// The page.
    pub page: UseReducerHandle<Page>,
}

/// The answer, or that it is being looked for.
#[component]
pub fn WhyPanel(WhyPanelProps { page }: &WhyPanelProps) -> Html {
    let desk = use_desk();
    let why = &page.why;
    let heading = use_node_ref();
    {
        // The newest answer has the focus: it is read out, and keys go on from there.
        let heading = heading.clone();
        use_effect_with(why.shown, move |_| {
            if let Some(heading) = heading.cast::<web_sys::HtmlElement>() {
                let _ = heading.focus();
                if let Ok(Some(answer)) = heading.closest("#answer") {
                    above_panel(&answer);
                }
            }
        });
    }
    if !why.is_open() {
        return Html::default();
    }
    let t = desk.t;
    let (back, close) = (desk.clone(), desk.clone());
    let steps = why.trail.len();
    let here = page.frame.as_ref().map_or(Place::default(), |frame| frame.place);
    html! {
        <section class="answer" id="answer" aria-label={t.why}>
            <div class="head">
                if steps > 1 {
                    <button class="ghost small" id="why-back" onclick={move |_| back.why_tell(WhyHappened::Back(steps - 1))}>{t.why_back}</button>
                }
                <span class="eyebrow">{t.why}</span>
                <span class="grow"></span>
                <button class="ghost small" id="why-close" aria-label={t.close} title={t.close} onclick={move |_| close.why_tell(WhyHappened::Close)}>{Icon::Close.html()}</button>
            </div>
            { trail(&desk, page) }
            if why.asked.is_some() {
                <p class="muted" role="status">{t.why_looking}</p>
            }
            { for why.answer().map(|answer| shown(&desk, answer, here, heading, outside(page))) }
        </section>
    }
}

/// The questions before the present one.
fn trail(desk: &Desk, page: &Page) -> Html {
    let before = page.why.trail.len().saturating_sub(1);
    if before == 0 {
        return Html::default();
    }
    html! {
        <nav class="trail" aria-label={desk.t.why_trail}>
            <ol>
                { for page.why.trail[..before].iter().enumerate().map(|(at, answer)| {
                    let act = desk.clone();
                    let words = match &answer.event {
                        Some(line) => desk.say(&line.sentence),
                        None => desk.say(&answer.question),
                    };
                    html! { <li><button class="plain" title={words.clone()} onclick={move |_| act.why_tell(WhyHappened::Back(at + 1))}>{words}</button></li> }
                }) }
            </ol>
        </nav>
    }
}

/// Does some of it lie outside what the timeline has at hand?
fn outside(page: &Page) -> bool {
    match (page.why.reach(), &page.window) {
        (Some((from, to)), Some(window)) => from < window.from || window.to < to,
        _ => false,
    }
}

fn shown(desk: &Desk, answer: &Answer, here: Place, heading: NodeRef, outside: bool) -> Html {
    let t = desk.t;
    let again = desk.clone();
    let subject = answer.subject.clone();
    let elsewhere = answer.place != here && answer.event.is_none();
    html! {
        <>
            <h2 id="question" tabindex="-1" ref={heading}>{ say(&answer.question) }</h2>
            { for answer.event.as_ref().map(|line| html! { <p id="event-asked">{ say(&line.sentence) }</p> }) }
            <p class="muted small">
                {t.why_at.replace("{0}", &desk.instant(answer.place.at)).replace("{1}", &answer.place.ordinal.to_string())}
                if answer.place.ordinal != here.ordinal {
                    {" "}{ go(desk, answer.place, t.why_go) }
                }
                if elsewhere {
                    {" "}<button class="linky small" onclick={move |_| again.why_further(subject.clone())}>{t.why_again}</button>
                }
            </p>
            <ol class="reasons">{ for answer.reasons.iter().map(|reason| one(desk, answer, reason)) }</ol>
            if outside {
                { show_all(desk) }
            }
        </>
    }
}

fn show_all(desk: &Desk) -> Html {
    let act = desk.clone();
    html! { <p><button class="small" id="why-show-all" onclick={move |_| act.why_tell(WhyHappened::ShowAll)}>{desk.t.why_show_all}</button></p> }
}

fn one(desk: &Desk, answer: &Answer, reason: &Reason) -> Html {
    // By the number under which it is lit up.
    let line = |event: &muster_core::process::EventId| {
        (1..).zip(&answer.lines).find(|(_, line)| line.event == *event)
    };
    html! {
        <li class={if reason.refused { "not" } else { "so" }}>
            <p>{ say(&reason.phrase) }</p>
            { for reason.rule.as_ref().map(|rule| rule_view(desk, rule)) }
            if !reason.events.is_empty() {
                <ul class="rests">
                    { for reason.events.iter().map(|event| match line(event) {
                        Some((lit, line)) => event_line(desk, line, lit),
                        None => far(desk, *event),
                    }) }
                </ul>
            }
            { for reason.next.iter().map(|question| html! { <p>{ ask_button(desk, question, true) }</p> }) }
        </li>
    }
}

/// The rule that decided, and what goes wrong without it.
fn rule_view(desk: &Desk, rule: &RuleView) -> Html {
    html! {
        <details>
            <summary>{desk.t.why_rule}{" "}<code class="rule">{rule.name.to_string()}</code></summary>
            { for rule.reason.map(|reason| html! { <p>{desk.word(reason)}</p> }) }
            if !rule.source.is_empty() {
                <p class="muted small">{rule.source.to_string()}</p>
            }
        </details>
    }
}

/// An event that a reason rests on: one step further back, or there.
fn event_line(desk: &Desk, line: &EventLine, lit: usize) -> Html {
    let (further, subject) = (desk.clone(), Subject::Event(line.event));
    html! {
        <li>
            <button class="plain step" title={desk.t.why_further} onclick={move |_| further.why_further(subject.clone())}>
                <b class="lit-as">{lit}</b>{" "}<time>{desk.instant(line.place.at)}</time>{" "}<span class="muted num">{"#"}{line.place.ordinal}</span>{" "}{ say(&line.sentence) }
            </button>
            { go(desk, line.place, desk.t.why_go) }
        </li>
    }
}

/// One that lies so far back that it was not looked for yet.
fn far(desk: &Desk, event: muster_core::process::EventId) -> Html {
    let (further, subject) = (desk.clone(), Subject::Event(event));
    let words = desk.t.why_far.replace("{0}", &desk.names.of_process(event.process));
    html! { <li><button class="plain step" onclick={move |_| further.why_further(subject.clone())}>{words}</button></li> }
}

fn go(desk: &Desk, place: Place, words: &'static str) -> Html {
    let act = desk.clone();
    html! { <button class="linky small there" onclick={move |_| act.go(place)}>{words}</button> }
}

/// A question as a button: further on the way, or anew.
fn ask_button(desk: &Desk, question: &Question, further: bool) -> Html {
    let (act, subject) = (desk.clone(), question.subject.clone());
    let onclick = move |_| match further {
        true => act.why_further(subject.clone()),
        false => act.why(subject.clone()),
    };
    html! { <button class="linky ask-why" {onclick}>{desk.say(&question.phrase)}</button> }
}

#[derive(Properties, PartialEq)]
struct AsksProps {
    /// What can be asked.
    pub questions: Vec<Question>,
}

/// So many questions are shown at once; the others when they are asked for.
const FIRST: usize = 3;

/// What can be asked about something.
#[component]
fn Asks(AsksProps { questions }: &AsksProps) -> Html {
    let desk = use_desk();
    if questions.is_empty() {
        return Html::default();
    }
    let (first, more) = questions.split_at(questions.len().min(FIRST));
    html! {
        <div class="asks">
            <ul>{ for first.iter().map(|question| html! { <li>{ ask_button(&desk, question, false) }</li> }) }</ul>
            if !more.is_empty() {
                <details>
                    <summary>{desk.t.why_more}</summary>
                    <ul>{ for more.iter().map(|question| html! { <li>{ ask_button(&desk, question, false) }</li> }) }</ul>
                </details>
            }
        </div>
    }
}

/// The same as a part.
pub fn asks(questions: &[Question]) -> Html {
    part::<Asks>(AsksProps { questions: questions.to_vec() })
}
