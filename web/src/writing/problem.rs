//! What is wrong with a text, in words and as a list that leads there.

use crate::desk::Desk;
use crate::say::say;
use muster_core::session::api::Problem;
use yew::prelude::*;

/// A problem as a line.
pub fn words(desk: &Desk, problem: &Problem) -> String {
    let mut words = place(problem);
    if !words.is_empty() {
        words.push(' ');
    }
    words.push_str(&said(desk, problem));
    words
}

/// Where it is, as `line:column`; nothing if it is nowhere.
fn place(problem: &Problem) -> String {
    if problem.line == 0 { String::new() } else { format!("{}:{}", problem.line, problem.column) }
}

/// What it is, and the nearest valid name.
pub fn said(desk: &Desk, problem: &Problem) -> String {
    desk.say(&problem.phrase) + &nearest(desk, problem)
}

fn nearest(desk: &Desk, problem: &Problem) -> String {
    let near = problem.nearest.as_ref();
    near.map(|near| [" ", &desk.t.did_you_mean.replace("{0}", near)].concat()).unwrap_or_default()
}

/// All of them; pressing one goes where it is.
pub fn list(desk: &Desk, problems: &[Problem], go: &Callback<(u32, u32, u32)>) -> Html {
    let one = |problem: &Problem| {
        let (go, at) = (go.clone(), (problem.line, problem.column, problem.length));
        let onclick = move |_| go.emit(at);
        html! {
            <li class={if problem.warning { "warn" } else { "bad" }}>
                <button class="plain" {onclick}><span class="num">{place(problem)}</span>{" "}{ say(&problem.phrase) }{nearest(desk, problem)}</button>
            </li>
        }
    };
    html! { <ul class="problems">{ for problems.iter().map(one) }</ul> }
}
