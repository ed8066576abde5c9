//! Named values.

use crate::desk::Desk;
use crate::say::say;
use muster_core::process::Time;
use muster_core::view::{Ballot, Field, Question, Subject, Tally, Value};
use muster_core::words::Key;
use yew::prelude::*;

/// Fields as a list of names and values; a name leads to why the value is as it is, where that can be asked.
pub fn fields(desk: &Desk, fields: &[Field], now: Time, questions: &[Question]) -> Html {
    html! { <dl>{ rows(desk, fields, now, questions) }</dl> }
}

/// The same, for a list that holds more.
pub fn rows(desk: &Desk, fields: &[Field], now: Time, questions: &[Question]) -> Html {
    html! {
        { for fields.iter().map(|field| html! {
            <><dt>{label(desk, field.label, questions)}</dt><dd>{value(desk, &field.value, now)}</dd></>
        }) }
    }
}

fn label(desk: &Desk, label: Key, questions: &[Question]) -> Html {
    let about = |one: &&Question| matches!(&one.subject, Subject::Field(_, field) if *field == label);
    let words = desk.word(label);
    let Some(question) = questions.iter().find(about) else { return words.into() };
    let (act, subject, title) = (desk.clone(), question.subject.clone(), desk.say(&question.phrase));
    html! { <button class="plain asks-why" aria-description={title.clone()} {title} onclick={move |_| act.why(subject.clone())}>{words}</button> }
}

fn value(desk: &Desk, value: &Value, now: Time) -> Html {
    match value {
        Value::None => html! { <span class="muted">{desk.t.none}</span> },
        Value::Phrase(phrase) => say(phrase),
        Value::Arg(arg) => argument(desk, arg),
        Value::Tally(tally) => votes(desk, tally),
        Value::Until(at, whole) => {
            let left = desk.span(*at - now);
            html! { {desk.t.timer.replace("{0}", &desk.span(*whole)).replace("{1}", &left)} }
        }
    }
}

/// A plain argument, drawn as it would be in a sentence.
fn argument(desk: &Desk, arg: &muster_core::process::Arg) -> Html {
    use muster_core::process::Arg;
    match arg {
        Arg::Process(id) => html! { <b class="who">{desk.names.of_process(*id)}</b> },
        Arg::Host(id) => html! { <b class="who">{desk.names.of_host(*id)}</b> },
        Arg::Epoch(epoch) => crate::say::term(*epoch),
        Arg::Ballot(number, owner) => {
            crate::say::ballot(*number, *owner, Some(desk.names.of_process(*owner)))
        }
        Arg::Number(number) => html! { <span class="num">{*number}</span> },
        Arg::At(at) => html! { {desk.instant(*at)} },
        Arg::For(span) => html! { {desk.span(*span)} },
        Arg::Name(name) | Arg::Text(name) => html! { <code>{name.to_string()}</code> },
        Arg::Phrase(phrase) => say(phrase),
        Arg::List(items) if items.is_empty() => html! { <span class="muted">{desk.t.none}</span> },
        // Sentences with commas of their own stand one on a line.
        Arg::List(items) if items.iter().any(|item| matches!(item, Arg::Phrase(_))) => {
            html! { { for items.iter().map(|item| html! { <div>{ argument(desk, item) }</div> }) } }
        }
        Arg::List(items) => html! {
            { for items.iter().enumerate().map(|(index, item)| html! {
                <>{ if index > 0 { ", " } else { "" } }{ argument(desk, item) }</>
            }) }
        },
    }
}

/// Who has voted how, and how many are needed.
fn votes(desk: &Desk, tally: &Tally) -> Html {
    let count =
        desk.t.of_needed.replace("{0}", &tally.have.to_string()).replace("{1}", &tally.need.to_string());
    html! {
        <>
            <span class="votes">
                { for tally.ballots.iter().map(|(id, ballot)| {
                    let (class, words) = match ballot {
                        Ballot::Yes => ("y", desk.t.yes),
                        Ballot::No => ("n", desk.t.no),
                        Ballot::Waiting => ("w", desk.t.waiting),
                    };
                    html! { <i {class} title={words}>{desk.names.of_process(*id)}</i> }
                }) }
            </span>
            {" "}{count}
        </>
    }
}
