//! What the inspector says of an event that is selected, and of a message that has arrived or was lost.

use super::state::{DiagramHappened, Lit};
use crate::desk::Desk;
use crate::icons::Icon;
use crate::say::say;
use crate::state::{Happened, Page, Selection};
use muster_core::process::EventId;
use muster_core::view::{Arrow, EventLine, Place, Subject};
use yew::prelude::*;

fn head(desk: &Desk, title: String) -> Html {
    let (close, words) = (desk.clone(), desk.t.close);
    html! {
        <div class="head">
            <h2 id="who">{title}</h2>
            <span class="grow"></span>
            <button class="ghost small" aria-label={words} title={words}
                onclick={move |_| close.tell(Happened::Select(None))}>{Icon::Close.html()}</button>
        </div>
    }
}

fn go(desk: &Desk, place: Place) -> Html {
    let act = desk.clone();
    html! { <button class="linky" id="go-there" onclick={move |_| act.go(place)}>{desk.t.to_event}</button> }
}

fn why(desk: &Desk, event: EventId) -> Html {
    let act = desk.clone();
    html! { <button class="linky" id="why" onclick={move |_| act.why(Subject::Event(event))}>{desk.t.why}</button> }
}

/// An event that is selected: what happened, what was decided in it, what led to it.
pub fn event(desk: &Desk, page: &Page, id: EventId) -> Html {
    let t = desk.t;
    let lines = page.explained.as_ref().filter(|(event, _)| *event == id);
    let lines: &[EventLine] = lines.map_or(&[], |(_, lines)| lines);
    let same = |line: &&EventLine| (line.event.process, line.event.number) == (id.process, id.number);
    let Some(line) = lines.iter().find(same) else {
        return html! { <>{ head(desk, t.event.to_owned()) }<p class="muted">{t.not_known_now}</p></> };
    };
    let causes: Vec<&EventLine> = lines.iter().filter(|other| line.causes.contains(&other.event)).collect();
    let mut lit: Vec<Lit> = causes.iter().rev().map(|cause| Lit::Event(cause.event)).collect();
    lit.extend(line.message.map(Lit::Message));
    lit.push(Lit::Event(line.event));
    html! {
        <>
            { head(desk, format!("{} {}", t.event, line.place.ordinal)) }
            <p class="muted small">{desk.instant(line.place.at)}{" · "}{desk.word(line.kind)}</p>
            <p id="event-sentence">{ say(&line.sentence) }</p>
            <p>{ go(desk, line.place) }{" · "}{ why(desk, id) }</p>
            { for line.notes.iter().map(|note| html! {
                <p class="small">{ say(&note.phrase) }{ for note.rule.as_ref().map(|rule| html! { <>{" "}<code class="rule">{rule.to_string()}</code></> }) }</p>
            }) }
            if !causes.is_empty() {
                <h3>{t.because_of}</h3>
                { light(desk, page, lit) }
                <ol class="why">{ for causes.into_iter().map(|cause| cause_line(desk, cause)) }</ol>
            }
        </>
    }
}

/// Lights this up on the diagram and the stage, or puts it out.
fn light(desk: &Desk, page: &Page, lit: Vec<Lit>) -> Html {
    let on = page.diagram.lit == lit;
    let act = desk.clone();
    let onclick = move |_| {
        let lit = if on { Vec::new() } else { lit.clone() };
        act.tell(Happened::Diagram(DiagramHappened::Light(lit)));
    };
    html! { <p><button class="linky" id="light" aria-pressed={on.to_string()} {onclick}>{desk.t.light_up}</button></p> }
}

fn cause_line(desk: &Desk, line: &EventLine) -> Html {
    let (act, event) = (desk.clone(), line.event);
    html! {
        <li><button class="plain" onclick={move |_| act.select(Selection::Event(event))}>
            <time>{desk.instant(line.place.at)}</time>{" "}{ say(&line.sentence) }
        </button></li>
    }
}

/// A message that is no longer on its way.
pub fn arrived(desk: &Desk, arrow: &Arrow, whole: bool) -> Html {
    let t = desk.t;
    let id = arrow.message;
    let ends = format!("{} → {}", desk.names.of_process(id.from), desk.names.of_process(id.to));
    let event = |event: EventId, words: &'static str| {
        let act = desk.clone();
        html! { <p><button class="linky" onclick={move |_| act.select(Selection::Event(event))}>{words}</button></p> }
    };
    let end = match () {
        () if arrow.lost => html! { <><dt>{t.lost}</dt><dd>{desk.instant(arrow.ends_at)}</dd></> },
        () if arrow.delivery.is_some() => {
            html! { <><dt>{t.arrived}</dt><dd>{desk.instant(arrow.ends_at)}</dd></> }
        }
        () if !whole => html! { <><dt></dt><dd class="muted">{t.no_longer_under_way}</dd></> },
        () => Html::default(),
    };
    html! {
        <>
            { head(desk, ends) }
            <p>{ say(&arrow.card.label) }</p>
            <dl><dt>{t.sent}</dt><dd>{desk.instant(arrow.sent_at)}</dd>{end}</dl>
            { for arrow.delivery.map(|delivery| event(delivery, t.its_delivery)) }
            { for arrow.cause.map(|cause| event(cause, t.its_sending)) }
        </>
    }
}
