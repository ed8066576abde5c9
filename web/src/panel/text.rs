//! The scenario's text. It can be changed and run; what is wrong with it is said beside it, and nothing is lost.

use crate::desk::{Desk, use_desk};
use crate::same::Same;
use crate::state::Asked;
use muster_core::session::api::{Problem, Request, ScenarioInfo};
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// What the reader has typed over a scenario's text. It outlives the panel being closed, a refusal and a worker's death;
/// another scenario's text ends it.
#[derive(Clone, Default)]
pub struct Draft(Rc<RefCell<Option<Typed>>>);

struct Typed {
    over: Arc<str>,
    text: String,
}

impl PartialEq for Draft {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Draft {
    fn of(&self, original: &Arc<str>) -> Option<String> {
        self.0.borrow().as_ref().filter(|typed| typed.over == *original).map(|typed| typed.text.clone())
    }

    fn keep(&self, original: &Arc<str>, text: String) {
        *self.0.borrow_mut() = (**original != *text).then(|| Typed { over: Arc::clone(original), text });
    }
}

#[derive(Properties, PartialEq)]
pub struct TextProps {
    /// The scenario.
    pub info: Option<Same<ScenarioInfo>>,
    /// What is wrong with the text.
    pub problems: Same<Vec<Problem>>,
    /// What the reader has typed.
    pub draft: Draft,
}

/// The scenario's text.
#[component]
pub fn ScenarioText(TextProps { info, problems, draft }: &TextProps) -> Html {
    let desk = use_desk();
    let field = use_node_ref();
    let original: Arc<str> = info.as_ref().map_or_else(|| "".into(), |info| Arc::clone(&info.text));
    let changed = use_state_eq(|| false);
    {
        // The field is not drawn from what it holds: only another scenario's text replaces what is typed.
        let (field, draft, mark) = (field.clone(), draft.clone(), changed.setter());
        use_effect_with(original.clone(), move |original| {
            let typed = draft.of(original);
            mark.set(typed.is_some());
            if let Some(field) = field.cast::<HtmlTextAreaElement>() {
                field.set_value(typed.as_deref().unwrap_or(original));
            }
        });
    }
    let (mark, first, typing) = (changed.setter(), original.clone(), draft.clone());
    let oninput = move |event: InputEvent| {
        if let Some(field) = event.target().and_then(|target| target.dyn_into::<HtmlTextAreaElement>().ok()) {
            let typed = field.value();
            mark.set(typed != *first);
            typing.keep(&first, typed);
        }
    };
    let (run, source) = (desk.clone(), field.clone());
    let onrun = move |_| {
        if let Some(field) = source.cast::<HtmlTextAreaElement>() {
            run.ask_as(Request::Load { text: field.value().into(), seed: None }, Asked::Text);
        }
    };
    let (reset, back, emptied) = (field.clone(), changed.setter(), draft.clone());
    let onreset = move |_| {
        if let Some(field) = reset.cast::<HtmlTextAreaElement>() {
            field.set_value(&original);
            emptied.keep(&original, original.to_string());
            back.set(false);
        }
    };
    html! {
        <div class="text">
            <textarea ref={field.clone()} id="scenario-text" spellcheck="false" aria-label={desk.t.text} {oninput}
                onkeydown={|event: KeyboardEvent| event.stop_propagation()} />
            <div class="beside" tabindex="0">
                <div class="row">
                    <button class="primary" id="run-text" disabled={!*changed} onclick={onrun}>{desk.t.run_text}</button>
                    <button class="ghost" disabled={!*changed} onclick={onreset}>{desk.t.reset_text}</button>
                </div>
                if problems.is_empty() {
                    <p class="muted small">{desk.t.text_words}</p>
                } else {
                    <ul class="problems" role="alert">{ for problems.iter().map(|problem| one(&desk, problem, &field)) }</ul>
                }
            </div>
        </div>
    }
}

fn one(desk: &Desk, problem: &Problem, field: &NodeRef) -> Html {
    let (field, line, column, length) = (field.clone(), problem.line, problem.column, problem.length);
    let onclick = move |_| {
        if let Some(field) = field.cast::<HtmlTextAreaElement>().filter(|_| line > 0) {
            let start = offset(&field.value(), line, column);
            let _ = field.focus();
            let _ = field.set_selection_range(start, start + length);
        }
    };
    let place = if problem.line > 0 { format!("{}:{}", problem.line, problem.column) } else { String::new() };
    html! {
        <li class={if problem.warning { "warn" } else { "bad" }}>
            <button class="plain" {onclick}>
                <span class="num">{place}</span>{" "}{desk.say(&problem.phrase)}
                { for problem.nearest.as_ref().map(|nearest| html! { <>{" "}{desk.t.did_you_mean.replace("{0}", nearest)}</> }) }
            </button>
        </li>
    }
}

/// Where a line and column are in a text, in UTF-16 units, as the browser counts.
fn offset(text: &str, line: u32, column: u32) -> u32 {
    let units = |text: &str| text.encode_utf16().count();
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1) as usize).map(units).sum();
    let within = text.split_inclusive('\n').nth(line.saturating_sub(1) as usize).unwrap_or_default();
    let in_line: usize = within.chars().take(column.saturating_sub(1) as usize).map(char::len_utf16).sum();
    u32::try_from(before + in_line).unwrap_or(u32::MAX)
}
