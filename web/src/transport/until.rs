//! Run until something holds.

use crate::desk::use_desk;
use crate::state::Happened;
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
    pub until: Option<Arc<str>>,
}

/// Run until something holds: choosing starts it.
#[component]
pub fn Until(UntilProps { goals, until }: &UntilProps) -> Html {
    let desk = use_desk();
    if goals.is_empty() {
        return Html::default();
    }
    let (act, all) = (desk.clone(), goals.clone());
    let onchange = move |event: Event| {
        let Some(select) = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok())
        else {
            return;
        };
        let goal = select.value().parse().ok().and_then(|index: usize| all.get(index));
        act.tell(Happened::Until(goal.map(|goal| Arc::clone(&goal.predicate))));
        // Back to the words, so that the same goal can be chosen again.
        select.set_selected_index(0);
    };
    let now = until.as_ref().and_then(|until| goals.iter().find(|goal| goal.predicate == *until));
    let words = now.map_or_else(
        || desk.t.run_until.to_owned(),
        |goal| format!("{} {}", desk.t.until, desk.say(&goal.label)),
    );
    html! {
        <select class={classes!("picker", "until", until.is_some().then_some("on"))} id="until" aria-label={desk.t.run_until} {onchange}>
            <option value="" selected=true>{words}</option>
            { for goals.iter().enumerate().map(|(index, goal)| html! { <option value={index.to_string()}>{desk.say(&goal.label)}</option> }) }
        </select>
    }
}
