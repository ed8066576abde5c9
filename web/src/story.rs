//! What the scenario shows and what to do with it; what it expects, ticked by the simulation; what to try next.

use crate::desk::{Desk, use_desk};
use crate::same::Same;
use crate::say::say;
use crate::texts::of;
use crate::writing::files::is_template;
use muster_core::session::api::{ExpectationView, LibraryEntry, Outcome, Request, ScenarioInfo};
use std::sync::Arc;
use yew::prelude::*;

/// So many scenarios are offered beside the story; the picker has all.
const OFFERED: usize = 6;
/// So many of them are lessons, the first ones.
const LESSONS: usize = 2;

#[derive(Properties, PartialEq)]
pub struct StoryProps {
    /// The scenario.
    pub info: Option<Same<ScenarioInfo>>,
    /// What it expects.
    pub expectations: Same<Vec<ExpectationView>>,
    /// The library.
    pub library: Same<Vec<LibraryEntry>>,
    /// Nothing was done by hand yet.
    pub untouched: bool,
}

/// The scenario's story.
#[component]
pub fn Story(StoryProps { info, expectations, library, untouched }: &StoryProps) -> Html {
    let desk = use_desk();
    let t = desk.t;
    html! {
        <aside class="lesson" aria-label={t.story}>
            if *untouched {
                <p class="ask" id="hint">{t.hint}</p>
            }
            { for info.as_ref().map(|info| html! {
                <>
                    <h1>{of(&info.title, desk.lang).to_owned()}</h1>
                    <p id="story">{of(&info.story, desk.lang).to_owned()}</p>
                </>
            }) }
            if !expectations.is_empty() {
                <p class="eyebrow">{t.expected}</p>
                <ul class="goals">
                    { for expectations.iter().map(|expectation| goal(&desk, expectation)) }
                </ul>
            }
            { links(&desk, &next(info, library)) }
        </aside>
    }
}

fn goal(desk: &Desk, expectation: &ExpectationView) -> Html {
    let (class, standing) = match expectation.standing {
        Outcome::Met => ("done", desk.t.met),
        Outcome::Broken => ("broken", desk.t.broken),
        Outcome::Open => ("open", desk.t.open),
    };
    let words = html! { <><span class="unseen">{standing}{": "}</span>{ say(&expectation.claim) }</> };
    match expectation.at {
        None => html! { <li {class}>{words}</li> },
        Some(place) => {
            let act = desk.clone();
            html! { <li {class}><button class="plain" title={desk.t.to_event} onclick={move |_| act.go(place)}>{words}</button></li> }
        }
    }
}

/// The first lesson for whoever has not done any, and the scenarios that follow this one in the library.
fn next<'l>(info: &Option<Same<ScenarioInfo>>, library: &'l [LibraryEntry]) -> Vec<&'l LibraryEntry> {
    let here = library.iter().position(|entry| info.as_ref().is_some_and(|info| info.name == entry.name));
    let after = here.map_or(0, |here| here + 1);
    let (lessons, others): (Vec<_>, Vec<_>) = library
        .iter()
        .cycle()
        .skip(after)
        .take(library.len().saturating_sub(1))
        .filter(|entry| !is_template(&entry.name))
        .partition(|entry| entry.steps > 0);
    let mut lessons = lessons;
    lessons.sort_by_key(|lesson| library.iter().position(|entry| entry.name == lesson.name));
    lessons.into_iter().take(LESSONS).chain(others).take(OFFERED).collect()
}

/// Scenarios to go on with.
pub fn links(desk: &Desk, offered: &[&LibraryEntry]) -> Html {
    let links: Vec<Html> = offered
        .iter()
        .map(|entry| {
            let (act, name) = (desk.clone(), Arc::clone(&entry.name));
            let onclick = move |_| act.ask(Request::LoadLibrary { name: Arc::clone(&name), seed: None });
            html! { <li><button class="linky" data-scenario={entry.name.to_string()} {onclick}>{of(&entry.title, desk.lang).to_owned()}</button></li> }
        })
        .collect();
    if links.is_empty() {
        return Html::default();
    }
    html! { <><p class="eyebrow more">{desk.t.then_try}</p><ul class="links">{ for links }</ul></> }
}
