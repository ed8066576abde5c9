//! The scenario's text. It can be changed and run; what is wrong with it is said as it is typed, and nothing is lost: the last
//! run that came of a text stays until another does.
//!
//! A plain field holds the text. Where the editor can be loaded (`lazy`), it is shown instead and the field follows it.

use super::Writing;
use super::lazy::{Heard, use_lazy};
use super::problem::list;
use crate::desk::use_desk;
use crate::icons::Icon;
use crate::same::Same;
use crate::state::Asked;
use gloo_timers::callback::Timeout;
use muster_core::session::api::{Problem, Request, ScenarioInfo};
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// A text is checked when nothing was typed for so long, in milliseconds.
const PAUSE: u32 = 200;

#[derive(Properties, PartialEq)]
pub struct TextProps {
    /// The scenario.
    pub info: Option<Same<ScenarioInfo>>,
    /// Counts scenarios loaded.
    pub loads: u32,
    /// What is wrong with the text.
    pub problems: Same<Vec<Problem>>,
    /// What is written.
    pub writing: Writing,
}

/// The scenario's text.
#[component]
pub fn ScenarioText(TextProps { info, loads, problems, writing }: &TextProps) -> Html {
    let desk = use_desk();
    let t = desk.t;
    let field = use_node_ref();
    let original: Arc<str> = info.as_ref().map_or_else(|| "".into(), |info| Arc::clone(&info.text));
    let changed = use_state_eq(|| false);
    let waiting = use_mut_ref(|| None::<Timeout>);
    let loads = *loads;
    let check = {
        let (desk, draft, waiting) = (desk.clone(), writing.draft.clone(), waiting.clone());
        move |text: String, pause: u32| {
            let (desk, draft) = (desk.clone(), draft.clone());
            *waiting.borrow_mut() = Some(Timeout::new(pause, move || {
                draft.write();
                desk.ask_as(Request::Check(text.into()), Asked::Check(loads));
            }));
        }
    };
    let type_it = {
        let (mark, first, draft, check) =
            (changed.setter(), original.clone(), writing.draft.clone(), check.clone());
        move |typed: String| {
            mark.set(*typed != *first);
            draft.keep(&first, &typed);
            check(typed, PAUSE);
        }
    };
    let run_it = {
        let (desk, field, waiting) = (desk.clone(), field.clone(), waiting.clone());
        Callback::from(move |()| {
            if let Some(field) = field.cast::<HtmlTextAreaElement>() {
                waiting.borrow_mut().take();
                desk.ask_as(Request::Load { text: field.value().into(), seed: None }, Asked::Text);
            }
        })
    };
    let heard = {
        let (field, type_it, run_it, ask) = (field.clone(), type_it.clone(), run_it.clone(), desk.clone());
        Callback::from(move |heard| match heard {
            Heard::Typed(text) => {
                if let Some(field) = field.cast::<HtmlTextAreaElement>() {
                    field.set_value(&text);
                }
                type_it(text);
            }
            Heard::Run => run_it.emit(()),
            Heard::Asks(text, line, column) => {
                ask.ask_as(Request::Complete { text: text.into(), line, column }, Asked::Look);
            }
        })
    };
    let lazy = use_lazy(&desk, &field, problems, writing.offers.as_ref(), heard);
    let put = {
        let (field, lazy) = (field.clone(), lazy.clone());
        move |text: &str| {
            if let Some(field) = field.cast::<HtmlTextAreaElement>() {
                field.set_value(text);
            }
            lazy.put(text);
        }
    };
    {
        // The field is not drawn from what it holds: only another scenario's text, or a file laid over it, replaces what is typed.
        let (draft, mark, put) = (writing.draft.clone(), changed.setter(), put.clone());
        let check = check.clone();
        use_effect_with((original.clone(), loads, writing.laid), move |(original, ..)| {
            let typed = draft.of(original);
            mark.set(typed.as_ref().is_some_and(|typed| **typed != **original));
            put(typed.as_deref().unwrap_or(original));
            if let Some(typed) = typed {
                check(typed, 0);
            }
        });
    }
    let (typing, follows) = (type_it.clone(), lazy.clone());
    let oninput = move |event: InputEvent| {
        if let Some(field) = event.target().and_then(|target| target.dyn_into::<HtmlTextAreaElement>().ok()) {
            follows.put(&field.value());
            typing(field.value());
        }
    };
    let onreset = {
        let (original, put) = (original.clone(), put.clone());
        move |_| {
            put(&original);
            type_it(original.to_string());
        }
    };
    let before = writing.draft.has_before(&original).then(|| {
        let (draft, original, mark, put) =
            (writing.draft.clone(), original.clone(), changed.setter(), put.clone());
        let onclick = move |_| {
            if let Some(text) = draft.back(&original) {
                put(&text);
                mark.set(*text != *original);
                check(text, 0);
            }
        };
        html! { <p><button class="linky" id="text-before" {onclick}>{t.text_before}</button></p> }
    });
    let (by_key, onrun) = (run_it.clone(), run_it);
    let onkeydown = move |event: KeyboardEvent| {
        event.stop_propagation();
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            by_key.emit(());
        }
    };
    let (go_field, go_lazy) = (field.clone(), lazy.clone());
    let go = Callback::from(move |at| go_lazy.go(&go_field, at));
    let (keep_field, keep_name) =
        (field.clone(), info.as_ref().map_or("scenario".into(), |info| Arc::clone(&info.name)));
    let onkeep = move |_| {
        if let Some(field) = keep_field.cast::<HtmlTextAreaElement>() {
            let _ = crate::export::file::keep(
                &[field.value()],
                "application/yaml",
                &[&*keep_name, ".yaml"].concat(),
            );
        }
    };
    let errors = problems.iter().filter(|problem| !problem.warning).count();
    let stands = match (*changed, errors) {
        (_, 1..) => t.text_wrong.replace("{0}", &errors.to_string()),
        (true, 0) => t.text_changed.to_owned(),
        (false, 0) => t.text_words.to_owned(),
    };
    html! {
        <div class="text">
            { lazy.host(t.text) }
            <textarea ref={field} id="scenario-text" spellcheck="false" aria-label={t.text} hidden={lazy.is_up()} {oninput} {onkeydown} />
            <div class="beside" tabindex="0">
                <div class="row">
                    <button class="primary" id="run-text" disabled={!*changed} title="Ctrl+Enter" onclick={move |_| onrun.emit(())}>{t.run_text}</button>
                    <button class="ghost" id="reset-text" disabled={!*changed} onclick={onreset}>{t.reset_text}</button>
                    <button class="ghost" id="keep-text" aria-label={t.save_file} title={t.save_file} onclick={onkeep}>{Icon::Disk.html()}</button>
                </div>
                <p class={classes!("small", if errors > 0 { "bad" } else { "muted" })} id="text-stands" role="status">{stands}</p>
                { before.unwrap_or_default() }
                { list(&desk, problems, &go) }
                if lazy.is_up() { <p class="muted small of-keys">{t.text_keys}</p> }
            </div>
        </div>
    }
}

/// Where a line and column are in a text, in UTF-16 units, as the browser counts.
pub fn offset(text: &str, line: u32, column: u32) -> u32 {
    let units = |text: &str| text.encode_utf16().count();
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1) as usize).map(units).sum();
    let within = text.split_inclusive('\n').nth(line.saturating_sub(1) as usize).unwrap_or_default();
    let in_line: usize = within.chars().take(column.saturating_sub(1) as usize).map(char::len_utf16).sum();
    u32::try_from(before + in_line).unwrap_or(u32::MAX)
}
