//! By what a step goes: every event, messages, marks, events of one kind or of the selected process.

use crate::desk::{Desk, use_desk};
use crate::same::Same;
use crate::state::{Asked, Happened, Selection};
use crate::transport::going::Went;
use muster_core::session::api::{Request, Wanted};
use muster_core::view::MarkKind;
use muster_core::words::Key;
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct StepByProps {
    /// By what it goes now.
    pub by: Option<Wanted>,
    /// Kinds of the last events.
    pub kinds: Same<Vec<(Key, u32)>>,
    /// What is selected.
    pub selection: Option<Selection>,
}

/// Kinds of marks, as one may step by them.
const MARKS: [MarkKind; 6] = [
    MarkKind::Fault,
    MarkKind::Repair,
    MarkKind::Command,
    MarkKind::Election,
    MarkKind::Violation,
    MarkKind::Step,
];

/// By what a step goes.
#[component]
pub fn StepBy(StepByProps { by, kinds, selection }: &StepByProps) -> Html {
    let desk = use_desk();
    let t = desk.t;
    let mut choices: Vec<(Option<Wanted>, String)> = vec![
        (None, t.by_event.to_owned()),
        (Some(Wanted::Message), t.by_message.to_owned()),
        (Some(Wanted::Same), t.by_same.to_owned()),
        (Some(Wanted::Mark(None)), t.by_mark.to_owned()),
    ];
    if let Some(Selection::Process(id)) = selection {
        choices.push((Some(Wanted::Of(*id)), t.by_process.replace("{0}", &desk.names.of_process(*id))));
    }
    let general = choices.len();
    choices.extend(MARKS.map(|kind| (Some(Wanted::Mark(Some(kind))), mark_words(&desk, kind).to_owned())));
    let marks = choices.len();
    choices.extend(kinds.iter().map(|(kind, _)| (Some(Wanted::Kind(*kind)), desk.word(*kind))));
    if by.is_some() && !choices.iter().any(|(choice, _)| choice == by) {
        choices.push((*by, by_words(&desk, *by)));
    }
    let (act, all) = (desk.clone(), choices.clone());
    let onchange = move |event: Event| {
        let select = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
        let chosen = select.and_then(|select| all.get(usize::try_from(select.selected_index()).ok()?));
        if let Some((by, _)) = chosen {
            act.tell(Happened::Going(Went::By(*by)));
        }
    };
    let asks = desk.clone();
    let onfocus = move |_| asks.ask_as(Request::Kinds, Asked::Look);
    let option = |(choice, words): &(Option<Wanted>, String)| html! { <option selected={choice == by}>{words}</option> };
    html! {
        <select class={classes!("picker", "step-by", by.is_some().then_some("on"))} id="step-by" aria-label={t.step_by} title={t.step_by} {onchange} {onfocus}>
            { for choices[..general].iter().map(option) }
            <optgroup label={t.by_marks}>{ for choices[general..marks].iter().map(option) }</optgroup>
            if marks < choices.len() {
                <optgroup label={t.by_kinds}>{ for choices[marks..].iter().map(option) }</optgroup>
            }
        </select>
    }
}

/// A kind of mark in words.
pub fn mark_words(desk: &Desk, kind: MarkKind) -> &'static str {
    match kind {
        MarkKind::Fault => desk.t.mark_fault,
        MarkKind::Repair => desk.t.mark_repair,
        MarkKind::Election => desk.t.mark_election,
        MarkKind::Violation => desk.t.mark_violation,
        MarkKind::Step | MarkKind::Milestone => desk.t.mark_step,
        MarkKind::Command => desk.t.mark_command,
    }
}

/// What a step goes by, in words.
pub fn by_words(desk: &Desk, by: Option<Wanted>) -> String {
    match by {
        None => desk.t.by_event.to_owned(),
        Some(Wanted::Same) => desk.t.by_same.to_owned(),
        Some(Wanted::Message) => desk.t.by_message.to_owned(),
        Some(Wanted::Kind(kind)) => desk.word(kind),
        Some(Wanted::Of(id)) => desk.t.by_process.replace("{0}", &desk.names.of_process(id)),
        Some(Wanted::Mark(None)) => desk.t.by_mark.to_owned(),
        Some(Wanted::Mark(Some(kind))) => mark_words(desk, kind).to_owned(),
    }
}
