//! Why: the chain of causes of an event, and what a process decided, each leading to its event.

use crate::desk::{Desk, use_desk};
use crate::same::Same;
use crate::say::say;
use crate::state::Asked;
use muster_core::process::EventId;
use muster_core::process::few;
use muster_core::session::api::Request;
use muster_core::view::{EventLine, NoteView};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct WhyProps {
    /// An event and its causes, nearest first.
    pub explained: Option<(EventId, Same<Vec<EventLine>>)>,
    /// The event asked about here.
    pub of: Option<EventId>,
}

/// The chain of causes, earliest first.
#[component]
pub fn Why(WhyProps { explained, of }: &WhyProps) -> Html {
    let desk = use_desk();
    let Some((event, lines)) = explained else { return Html::default() };
    if Some(*event) != *of && of.is_some() && lines.is_empty() {
        return Html::default();
    }
    html! {
        <>
            <h3>{desk.t.why_so}</h3>
            <ol class="why">
                { for by_time(lines).into_iter().map(|line| {
                    let (act, place) = (desk.clone(), line.place);
                    let class = (line.event == *event).then_some("here");
                    html! {
                        <li {class}><button class="plain" title={desk.t.to_event} onclick={move |_| act.go(place)}>
                            <time>{desk.instant(line.place.at)}</time>{" "}{ say(&line.sentence) }
                        </button></li>
                    }
                }) }
            </ol>
        </>
    }
}

/// As it happened: the earliest first.
fn by_time(lines: &[EventLine]) -> Vec<&EventLine> {
    let mut lines: Vec<_> = lines.iter().collect();
    few::sort_by_key(&mut lines, |line| line.place);
    lines
}

#[derive(Properties, PartialEq)]
pub struct NotesProps {
    /// What a process decided, newest first.
    pub notes: Vec<NoteView>,
}

/// What a process decided.
#[component]
pub fn Notes(NotesProps { notes }: &NotesProps) -> Html {
    let desk = use_desk();
    if notes.is_empty() {
        return Html::default();
    }
    html! {
        <>
            <h3>{desk.t.decided}</h3>
            <ol class="why notes">{ for notes.iter().map(|note| one(&desk, note)) }</ol>
        </>
    }
}

fn one(desk: &Desk, note: &NoteView) -> Html {
    let (act, place) = (desk.clone(), note.place);
    let (ask, event) = (desk.clone(), note.event);
    html! {
        <li class={note.refused.then_some("refused")}>
            <button class="plain" title={desk.t.to_event} onclick={move |_| act.go(place)}>
                <time>{desk.instant(note.place.at)}</time>{" "}{ say(&note.phrase) }
                { for note.rule.as_ref().map(|rule| html! { <>{" "}<code class="rule">{rule.to_string()}</code></> }) }
            </button>
            if !note.because.is_empty() {
                <button class="linky small" onclick={move |_| ask.ask_as(Request::Explain { event, depth: 6 }, Asked::Explain(event))}>{desk.t.why}</button>
            }
        </li>
    }
}
