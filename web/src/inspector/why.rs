//! What a process decided, each leading to its event and to why it did.

use crate::desk::{Desk, use_desk};
use crate::say::say;
use muster_core::view::{NoteView, Subject};
use yew::prelude::*;

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
            <button class="linky small" onclick={move |_| ask.why(Subject::Event(event))}>{desk.t.why}</button>
        </li>
    }
}
