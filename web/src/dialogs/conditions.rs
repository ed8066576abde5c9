//! What to run until and where to stop always: conditions put together from what this scenario's systems offer, or written as
//! in a scenario file. What they say, and whether they hold now, is the session's word.

use super::ask::fill;
use super::fields::{Field, FieldProps};
use super::modal::modal;
use crate::desk::{Desk, use_desk};
use crate::icons::Icon;
use crate::part::part;
use crate::same::Same;
use crate::say::say;
use crate::state::{Asked, Happened};
use crate::transport::going::{Going, Until, Went};
use muster_core::session::api::{ConditionView, Goal, Request};
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

/// Most conditions in one.
const MOST: usize = 8;

#[derive(Properties, PartialEq)]
pub struct ConditionsProps {
    /// What the systems offer.
    pub goals: Vec<Goal>,
    /// Breakpoints, and what the session says of the condition.
    pub going: Going,
}

/// One of the conditions put together.
#[derive(Clone, PartialEq)]
struct Row {
    goal: usize,
    not: bool,
    answers: Vec<String>,
}

/// What was put together so far.
#[derive(Clone, PartialEq)]
struct Composed {
    rows: Vec<Row>,
    any: bool,
    /// Written by hand instead.
    own: Option<String>,
}

impl Row {
    fn of(goals: &[Goal], goal: usize) -> Self {
        let asks = goals.get(goal).map(|goal| &*goal.asks).unwrap_or_default();
        Row { goal, not: false, answers: asks.iter().map(|ask| ask.default.to_string()).collect() }
    }
}

impl Composed {
    fn text(&self, goals: &[Goal]) -> String {
        if let Some(own) = &self.own {
            return own.clone();
        }
        let rows = self.rows.iter().filter_map(|row| {
            let goal = goals.get(row.goal)?;
            let text = fill(&goal.predicate, &goal.asks, &row.answers);
            Some(if row.not { format!("not: {{ {text} }}") } else { text })
        });
        let rows: Vec<String> = rows.collect();
        match rows.as_slice() {
            [one] => one.clone(),
            some => {
                let some: Vec<String> = some.iter().map(|text| format!("{{ {text} }}")).collect();
                format!("{}: [{}]", if self.any { "any" } else { "all" }, some.join(", "))
            }
        }
    }
}

/// What to run until and where to stop always.
#[component]
pub fn ConditionsDialog(ConditionsProps { goals, going }: &ConditionsProps) -> Html {
    let desk = use_desk();
    let t = desk.t;
    let composed = use_state(|| Composed { rows: vec![Row::of(goals, 0)], any: false, own: None });
    let text = composed.text(goals);
    let asks = desk.clone();
    use_effect_with(text.clone(), move |text| {
        asks.ask_as(Request::Judge(text.as_str().into()), Asked::Look);
    });
    let view = going.judged.clone().filter(|view| *view.text == *text);
    let sound = view.as_ref().is_some_and(|view| view.said.is_ok());
    let set = {
        let setter = composed.setter();
        Callback::from(move |now: Composed| setter.set(now))
    };
    let (act, line) = (desk.clone(), Arc::<str>::from(text.as_str()));
    let onsubmit = move |event: SubmitEvent| {
        event.prevent_default();
        if sound {
            act.tell(Happened::Dialog(None));
            act.tell(Happened::Until(Some(Until::Predicate(Arc::clone(&line)))));
        }
    };
    let (stop, line) = (desk.clone(), Arc::<str>::from(text.as_str()));
    let add = move |_| {
        if sound {
            stop.tell(Happened::Going(Went::Add(Arc::clone(&line))));
        }
    };
    let now = (*composed).clone();
    let inside = html! {
        <form class="conditions" {onsubmit}>
            { for now.rows.iter().enumerate().map(|(index, _)| row(&desk, goals, &now, index, &set)) }
            { joined(&desk, goals, &now, &set) }
            { own(&desk, &text, &now, &set) }
            { said(&desk, view.as_ref()) }
            <footer>
                <button type="button" class="ghost" id="add-stop" aria-disabled={(!sound).to_string()} onclick={add}>{Icon::Stop.html()}{t.stop_always}</button>
                <button type="submit" class="primary" id="run-until-this" aria-disabled={(!sound).to_string()}>{t.until_this}</button>
            </footer>
            { stops(&desk, going) }
        </form>
    };
    modal(t.conditions.into(), inside)
}

fn with_row(now: &Composed, index: usize, change: impl FnOnce(&mut Row)) -> Composed {
    let mut now = Composed { own: None, ..now.clone() };
    if let Some(row) = now.rows.get_mut(index) {
        change(row);
    }
    now
}

/// One condition: which, its blanks, whether it is meant the other way round.
fn row(desk: &Desk, goals: &[Goal], now: &Composed, index: usize, set: &Callback<Composed>) -> Html {
    let t = desk.t;
    let row = &now.rows[index];
    let (all, before, change) = (goals.to_vec(), now.clone(), set.clone());
    let onchange = move |event: Event| {
        let select = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
        if let Some(goal) = select.and_then(|select| usize::try_from(select.selected_index()).ok()) {
            let not = before.rows[index].not;
            change.emit(with_row(&before, index, |row| *row = Row { not, ..Row::of(&all, goal) }));
        }
    };
    let (before, change) = (now.clone(), set.clone());
    let remove = move |_| {
        let mut now = Composed { own: None, ..before.clone() };
        now.rows.remove(index);
        change.emit(now);
    };
    let asks = goals.get(row.goal).map(|goal| &*goal.asks).unwrap_or_default();
    let fields = asks.iter().enumerate().map(|(at, ask)| {
        let (before, change) = (now.clone(), set.clone());
        let onchange = Callback::from(move |answer: String| {
            change.emit(with_row(&before, index, |row| row.answers[at] = answer));
        });
        part::<Field>(FieldProps {
            ask: ask.clone(),
            answer: row.answers[at].clone(),
            first: false,
            onchange,
        })
    });
    let words = t.condition_of.replace("{0}", &(index + 1).to_string());
    html! {
        <fieldset class="condition" key={index} aria-label={words.clone()}>
            <div class="row">
                <select class="picker" aria-label={words.clone()} {onchange}>
                    { for goals.iter().enumerate().map(|(at, goal)| html! { <option selected={at == row.goal}>{desk.say(&goal.label)}</option> }) }
                </select>
                { sense(desk, &words, now, index, set) }
                if now.rows.len() > 1 {
                    <button type="button" class="ghost small" aria-label={t.condition_remove} title={t.condition_remove} onclick={remove}>{Icon::Close.html()}</button>
                }
            </div>
            <div>{ for fields }</div>
        </fieldset>
    }
}

/// Whether it is to be true or not.
fn sense(desk: &Desk, words: &str, now: &Composed, index: usize, set: &Callback<Composed>) -> Html {
    let t = desk.t;
    let not = now.rows[index].not;
    let (before, change) = (now.clone(), set.clone());
    let onchange = move |event: Event| {
        let select = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
        if let Some(select) = select {
            change.emit(with_row(&before, index, |row| row.not = select.selected_index() == 1));
        }
    };
    html! {
        <select class="picker sense" aria-label={t.condition_sense.replace("{0}", words)} {onchange}>
            <option selected={!not}>{t.condition_is}</option>
            <option selected={not}>{t.condition_not}</option>
        </select>
    }
}

/// One more, and how several are meant.
fn joined(desk: &Desk, goals: &[Goal], now: &Composed, set: &Callback<Composed>) -> Html {
    let t = desk.t;
    let (all, before, change) = (goals.to_vec(), now.clone(), set.clone());
    let more = move |_| {
        let mut now = Composed { own: None, ..before.clone() };
        now.rows.push(Row::of(&all, 0));
        change.emit(now);
    };
    let choice = |any: bool, words: &'static str| {
        let (before, change) = (now.clone(), set.clone());
        let onchange = move |_| change.emit(Composed { any, own: None, ..before.clone() });
        html! { <label><input type="radio" name="joined" checked={now.any == any} {onchange} />{words}</label> }
    };
    html! {
        <>
            if now.rows.len() > 1 {
                <div class="row" role="radiogroup" aria-label={t.condition_joined}>
                    { choice(false, t.condition_all) }{ choice(true, t.condition_any) }
                </div>
            }
            if now.rows.len() < MOST {
                <button type="button" class="linky" id="more-conditions" onclick={more}>{t.condition_more}</button>
            }
        </>
    }
}

/// The condition's text, which can be written by hand.
fn own(desk: &Desk, text: &str, now: &Composed, set: &Callback<Composed>) -> Html {
    let (before, change) = (now.clone(), set.clone());
    let oninput = move |event: InputEvent| {
        let area = event.target().and_then(|target| target.dyn_into::<HtmlTextAreaElement>().ok());
        if let Some(area) = area {
            change.emit(Composed { own: Some(area.value().replace('\n', " ")), ..before.clone() });
        }
    };
    html! {
        <label class="field"><span>{desk.t.condition_text}</span>
            <textarea id="condition-text" rows="2" spellcheck="false" autocomplete="off" value={text.to_owned()} {oninput} />
        </label>
    }
}

/// What the session says of it.
fn said(desk: &Desk, view: Option<&Same<ConditionView>>) -> Html {
    let t = desk.t;
    let inside = view.map(|view| match &view.said {
        Ok(claim) => {
            let holds = if view.holds { t.condition_holds } else { t.condition_open };
            html! { <><b>{ say(claim) }</b><br /><span class="muted">{holds}</span></> }
        }
        Err(problem) => html! {
            <span class="bad">{ say(&problem.phrase) }
                { for problem.nearest.as_ref().map(|near| html! { <>{" "}{t.did_you_mean.replace("{0}", near)}</> }) }
            </span>
        },
    });
    html! { <p class="said" id="condition-said" aria-live="polite">{ for inside }</p> }
}

/// Breakpoints: in force or not, what they say, away with them.
fn stops(desk: &Desk, going: &Going) -> Html {
    let t = desk.t;
    let line = |(index, stop): (usize, &crate::transport::going::Breakpoint)| {
        let act = desk.clone();
        let onchange = move |event: Event| {
            let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
            if let Some(input) = input {
                act.tell(Happened::Going(Went::Switch(index, input.checked())));
            }
        };
        let act = desk.clone();
        let remove = move |_| act.tell(Happened::Going(Went::Remove(index)));
        let words = match going.view(&stop.text).map(|view| &view.said) {
            Some(Ok(claim)) => html! { <span>{ say(claim) }</span> },
            Some(Err(problem)) => {
                html! { <span class="bad">{ say(&problem.phrase) }{" "}<code>{stop.text.to_string()}</code></span> }
            }
            None => html! { <code>{stop.text.to_string()}</code> },
        };
        html! {
            <li key={stop.text.to_string()}>
                <label><input type="checkbox" checked={stop.on} {onchange} />{words}</label>
                <button type="button" class="ghost small" aria-label={t.stop_remove} title={t.stop_remove} onclick={remove}>{Icon::Close.html()}</button>
            </li>
        }
    };
    html! {
        <section class="stops">
            <h3>{t.stops_here}</h3>
            if going.stops.is_empty() {
                <p class="muted small">{t.stops_none}</p>
            } else {
                <ul>{ for going.stops.iter().enumerate().map(line) }</ul>
            }
        </section>
    }
}
