//! Run until something holds, and the breakpoints.

use super::going::Until;
use super::step_by::by_words;
use crate::desk::use_desk;
use crate::icons::Icon;
use crate::state::{Dialog, Happened};
use muster_core::session::api::Goal;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct UntilProps {
    /// What one may want to run until.
    pub goals: Vec<Goal>,
    /// What it runs until now.
    pub until: Option<Until>,
    /// So many breakpoints are in force.
    pub stops: usize,
}

/// Run until something holds: choosing starts it.
#[component]
pub fn RunUntil(UntilProps { goals, until, stops }: &UntilProps) -> Html {
    let desk = use_desk();
    if goals.is_empty() {
        return Html::default();
    }
    let simple: Vec<Goal> = goals.iter().filter(|goal| goal.asks.is_empty()).cloned().collect();
    let (act, all) = (desk.clone(), simple.clone());
    let onchange = move |event: Event| {
        let Some(select) = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok())
        else {
            return;
        };
        match select.value().parse().ok().and_then(|index: usize| all.get(index)) {
            Some(goal) => {
                act.tell(Happened::Until(Some(Until::Predicate(Arc::clone(&goal.predicate)))));
            }
            None => act.open(Dialog::Conditions),
        }
        // Back to the words, so that the same goal can be chosen again.
        select.set_selected_index(0);
    };
    let words = match until {
        None => desk.t.run_until.to_owned(),
        Some(Until::Event(wanted, _)) => format!("{} {}", desk.t.until, by_words(&desk, Some(*wanted))),
        Some(Until::Predicate(text)) => {
            let goal = goals.iter().find(|goal| goal.predicate == *text);
            let said = goal.map_or_else(|| text.to_string(), |goal| desk.say(&goal.label));
            format!("{} {said}", desk.t.until)
        }
    };
    let opens = desk.clone();
    html! {
        <>
            <select class={classes!("picker", "until", until.is_some().then_some("on"))} id="until" aria-label={desk.t.run_until} {onchange}>
                <option value="" selected=true>{words}</option>
                { for simple.iter().enumerate().map(|(index, goal)| html! { <option value={index.to_string()}>{desk.say(&goal.label)}</option> }) }
                <option value="compose">{desk.t.compose}</option>
            </select>
            <button class={classes!("ghost", (*stops > 0).then_some("on"))} id="breakpoints" aria-label={desk.t.breakpoints_words} title={desk.t.breakpoints_words}
                onclick={move |_| opens.open(Dialog::Conditions)}>
                {Icon::Stop.html()}<span class="word">{desk.t.breakpoints}</span>
                if *stops > 0 { <b class="count">{*stops}</b> }
            </button>
        </>
    }
}
