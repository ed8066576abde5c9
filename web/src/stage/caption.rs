//! One sentence: what just happened. Step by step it follows every event. While time runs it stays long enough to be
//! read, and what is marked on the timeline (a fault, an election) goes before what is not. A screen reader is told the
//! same, but never more than it can say: see [`Told`].

use crate::desk::{Desk, use_desk};
use crate::same::Same;
use crate::say::say;
use crate::state::Ended;
use muster_core::process::{EventId, Phrase};
use muster_core::view::{Mark, Place, Subject};
use yew::prelude::*;

/// How long a sentence stays while time runs, in milliseconds.
const STAYS: f64 = 1_600.0;
/// How long one stays that tells of something marked.
const MARKED_STAYS: f64 = 3_200.0;

#[derive(Properties, PartialEq)]
pub struct CaptionProps {
    /// What just happened.
    pub sentence: Phrase,
    /// Where that is.
    pub place: Place,
    /// Marks of the branch.
    pub marks: Same<Vec<Mark>>,
    /// Time goes on: sentences come and go.
    pub playing: bool,
    /// The event it tells of.
    pub event: Option<EventId>,
    /// Nothing more is to come.
    pub ended: Option<Ended>,
}

/// While time runs, a screen reader is told a sentence at most this often, in milliseconds.
const TOLD_EVERY: f64 = 2_000.0;

/// What a screen reader was told last. What comes while it speaks is dropped for what is newest when it has spoken: a
/// queue of sentences would tell of a cluster that has long gone on.
#[derive(Default)]
struct Told {
    words: String,
    at: f64,
}

impl Told {
    /// The words to tell now, given what is on the screen.
    fn next(&mut self, words: &str, now: f64, playing: bool) -> String {
        if words != self.words && (!playing || self.words.is_empty() || now >= self.at + TOLD_EVERY) {
            words.clone_into(&mut self.words);
            self.at = now;
        }
        self.words.clone()
    }
}

struct Said {
    phrase: Phrase,
    until: f64,
    mark: Place,
}

/// One sentence: what just happened.
#[component]
pub fn Caption(CaptionProps { sentence, place, marks, playing, event, ended }: &CaptionProps) -> Html {
    let desk = use_desk();
    let said = use_mut_ref(|| Said { phrase: sentence.clone(), until: 0.0, mark: Place::default() });
    let told = use_mut_ref(Told::default);
    let mut said = said.borrow_mut();
    let now = web_sys::window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now());
    let newest = marks.iter().rev().find(|mark| mark.place <= *place);
    if !playing {
        *said = Said { phrase: sentence.clone(), until: 0.0, mark: newest.map_or(*place, |mark| mark.place) };
    } else if let Some(mark) = newest.filter(|mark| mark.place > said.mark) {
        *said = Said { phrase: mark.phrase.clone(), until: now + MARKED_STAYS, mark: mark.place };
    } else if now >= said.until {
        said.phrase = sentence.clone();
        said.until = now + STAYS;
    }
    let words = desk.say(&said.phrase);
    let end = ended.map(|ended| match ended {
        Ended::End => desk.t.ended,
        Ended::Quiet => desk.t.quiet,
        Ended::Budget => desk.t.spent,
    });
    let ending = end.map(|end| format!(" {end}")).unwrap_or_default();
    let spoken = told.borrow_mut().next(&(words + &ending), now, *playing);
    html! {
        <>
        <p class="caption">
            <span id="sentence">{ say(&said.phrase) }</span>
            { for event.filter(|_| !playing).map(|event| why(&desk, event)) }
            { for end.map(|end| html! { <>{" "}<b id="ended">{end}</b></> }) }
        </p>
        <p class="unseen" id="told" aria-live="polite">{spoken}</p>
        </>
    }
}

/// Why what the sentence tells of happened.
fn why(desk: &Desk, event: EventId) -> Html {
    let act = desk.clone();
    html! { <>{" "}<button class="linky" id="why-event" onclick={move |_| act.why(Subject::Event(event))}>{desk.t.why}</button></> }
}
