//! One question of a dialog, by what can be answered.

use super::answer;
use crate::desk::{Desk, use_desk};
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
        AskKind::One(names) => {
            let names = names.iter().map(|name| (Arc::clone(name), name.to_string())).collect();
            choice(&label, names, answer, *first, onchange)
        }
        AskKind::Choice(choices) => {
            let choices = choices.iter().map(|(text, words)| (Arc::clone(text), desk.say(words))).collect();
            choice(&label, choices, answer, *first, onchange)
        }
        AskKind::Some(names) => some(&label, names, answer, onchange),
        AskKind::Groups(names) => groups(&desk, &label, names, answer, onchange),
        AskKind::Span => text(&label, answer, "20ms", "-?[0-9.]+ ?(ns|us|µs|ms|s|min|h)", onchange),
        AskKind::Percent => text(&label, answer, "10%", "[0-9.]+ ?%", onchange),
        AskKind::Number => text(&label, answer, "1", "-?[0-9]+", onchange),
        AskKind::Text => {
            let change = onchange.reform(|word: String| answer::write_word(&word));
            text(&label, &answer::read_word(answer), "", ".+", &change)
        }
    }
}

/// One of several: as scenario text, and in words.
fn choice(
    label: &str,
    choices: Vec<(Arc<str>, String)>,
    answer: &str,
    first: bool,
    onchange: &Callback<String>,
) -> Html {
    let change = onchange.clone();
    let onchange = move |event: Event| {
        if let Some(select) = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok()) {
            change.emit(select.value());
        }
    };
    html! {
        <label class="field"><span>{label}</span>
            <select {onchange} autofocus={first}>
                { for choices.into_iter().map(|(text, words)| html! {
                    <option value={text.to_string()} selected={*text == *answer}>{words}</option>
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

/// Every name with its side, or with none.
fn groups(desk: &Desk, label: &str, names: &[Arc<str>], answer: &str, onchange: &Callback<String>) -> Html {
    let sides = answer::sides(answer);
    let side_of = |name: &str| sides.iter().position(|side| side.iter().any(|member| member == name));
    let placed: Vec<(Arc<str>, Option<usize>)> =
        names.iter().map(|name| (Arc::clone(name), side_of(name))).collect();
    let columns = || (0..SIDES).map(Some).chain([None]);
    let title = |column: Option<usize>| match column {
        Some(side) => desk.t.side.replace("{0}", &(side + 1).to_string()),
        None => desk.t.no_side.to_owned(),
    };
    let rows = placed.iter().enumerate().map(|(row, (name, now))| {
        let cells = columns().map(|to| {
            let (change, placed) = (onchange.clone(), placed.clone());
            let onchange = move |_| change.emit(moved(&placed, row, to));
            html! {
                <td>
                    <input type="radio" name={format!("side-of-{name}")} checked={*now == to}
                        aria-label={format!("{name}: {}", title(to))} {onchange} />
                </td>
            }
        });
        html! { <tr><th scope="row">{name.to_string()}</th>{ for cells }</tr> }
    });
    html! {
        <fieldset class="field"><legend>{label}</legend>
            <table class="sides">
                <thead><tr><td></td>{ for columns().map(|column| html! { <th scope="col">{title(column)}</th> }) }</tr></thead>
                <tbody>{ for rows }</tbody>
            </table>
        </fieldset>
    }
}

/// The sides after one name was put on another.
fn moved(placed: &[(Arc<str>, Option<usize>)], row: usize, to: Option<usize>) -> String {
    let mut sides = vec![Vec::new(); SIDES];
    for (index, (name, side)) in placed.iter().enumerate() {
        if let Some(side) = if index == row { to } else { *side } {
            sides[side.min(SIDES - 1)].push(name.to_string());
        }
    }
    answer::write_sides(&sides)
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
