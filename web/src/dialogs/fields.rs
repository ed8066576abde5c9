//! One question of a dialog, by what can be answered.

use super::answer;
use crate::desk::use_desk;
use muster_core::view::{Ask, AskKind};
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// A partition has at most this many sides in the dialog; more can be written in a scenario.
const SIDES: usize = 3;

#[derive(Properties, PartialEq)]
pub struct FieldProps {
    /// What is asked.
    pub ask: Ask,
    /// The answer so far, as scenario text.
    pub answer: String,
    /// It is the first: it gets the focus.
    pub first: bool,
    /// Hears another answer.
    pub onchange: Callback<String>,
}

/// One question of a dialog.
#[component]
pub fn Field(props: &FieldProps) -> Html {
    let desk = use_desk();
    let FieldProps { ask, answer, first, onchange } = props;
    let label = desk.word(ask.label);
    match &ask.kind {
        AskKind::One(names) => one(&label, names, answer, *first, onchange),
        AskKind::Some(names) => some(&label, names, answer, onchange),
        AskKind::Groups(names) => groups(&label, desk.t.side, names, answer, onchange),
        AskKind::Span => text(&label, answer, "20ms", "[0-9.]+ ?(ns|us|µs|ms|s|min|h)", onchange),
        AskKind::Percent => text(&label, answer, "10%", "[0-9.]+ ?%", onchange),
        AskKind::Number => text(&label, answer, "1", "-?[0-9]+", onchange),
        AskKind::Text => {
            let change = onchange.reform(|word: String| answer::write_word(&word));
            text(&label, &answer::read_word(answer), "", ".+", &change)
        }
    }
}

fn one(label: &str, names: &[Arc<str>], answer: &str, first: bool, onchange: &Callback<String>) -> Html {
    let change = onchange.clone();
    let onchange = move |event: Event| {
        if let Some(select) = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok()) {
            change.emit(select.value());
        }
    };
    html! {
        <label class="field"><span>{label}</span>
            <select {onchange} autofocus={first}>
                { for names.iter().map(|name| html! {
                    <option value={name.to_string()} selected={**name == *answer}>{name.to_string()}</option>
                }) }
            </select>
        </label>
    }
}

fn some(label: &str, names: &[Arc<str>], answer: &str, onchange: &Callback<String>) -> Html {
    let chosen = answer::names(answer);
    let boxes = names.iter().map(|name| {
        let on = chosen.iter().any(|chosen| **chosen == **name);
        let (change, names, chosen, me) = (onchange.clone(), names.to_vec(), chosen.clone(), Arc::clone(name));
        let onclick = move |_| {
            let wanted = names.iter().filter(|name| chosen.iter().any(|c| **c == ***name) != (**name == me));
            change.emit(answer::write_names(&wanted.map(|name| name.to_string()).collect::<Vec<_>>()));
        };
        html! { <button type="button" class={classes!("chip", on.then_some("on"))} aria-pressed={on.to_string()} {onclick}>{name.to_string()}</button> }
    });
    html! {
        <fieldset class="field"><legend>{label}</legend><div class="chips">{ for boxes }</div></fieldset>
    }
}

/// Every name with its side.
fn groups(label: &str, side: &str, names: &[Arc<str>], answer: &str, onchange: &Callback<String>) -> Html {
    let sides = answer::sides(answer);
    let side_of =
        |name: &str| sides.iter().position(|side| side.iter().any(|member| member == name)).unwrap_or(0);
    let placed: Vec<(Arc<str>, usize)> = names.iter().map(|name| (Arc::clone(name), side_of(name))).collect();
    let rows = placed.iter().enumerate().map(|(row, (name, now))| {
        let cells = (0..SIDES).map(|to| {
            let (change, placed) = (onchange.clone(), placed.clone());
            let onchange = move |_| {
                let mut sides = vec![Vec::new(); SIDES];
                for (index, (name, side)) in placed.iter().enumerate() {
                    sides[if index == row { to } else { (*side).min(SIDES - 1) }].push(name.to_string());
                }
                change.emit(answer::write_sides(&sides));
            };
            let words = format!("{name}: {}", side.replace("{0}", &(to + 1).to_string()));
            html! {
                <td class={classes!("side", format!("side{to}"))}>
                    <input type="radio" name={format!("side-of-{name}")} checked={*now == to} aria-label={words} {onchange} />
                </td>
            }
        });
        html! { <tr><th scope="row">{name.to_string()}</th>{ for cells }</tr> }
    });
    html! {
        <fieldset class="field"><legend>{label}</legend>
            <table class="sides">
                <thead><tr><td></td>{ for (1..=SIDES).map(|number| html! {
                    <th scope="col">{side.replace("{0}", &number.to_string())}</th>
                }) }</tr></thead>
                <tbody>{ for rows }</tbody>
            </table>
        </fieldset>
    }
}

fn text(label: &str, answer: &str, example: &str, pattern: &str, onchange: &Callback<String>) -> Html {
    let change = onchange.clone();
    let oninput = move |event: InputEvent| {
        if let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) {
            change.emit(input.value());
        }
    };
    html! {
        <label class="field"><span>{label}</span>
            <input type="text" required=true autocomplete="off" pattern={pattern.to_owned()} placeholder={example.to_owned()}
                value={answer.to_owned()} {oninput} />
        </label>
    }
}
