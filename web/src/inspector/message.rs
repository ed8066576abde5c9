//! A message on its way, looked into; and, with nothing selected, a list of all that are.

use super::value::rows;
use crate::desk::{Desk, use_desk};
use crate::icons::Icon;
use crate::part::part;
use crate::same::Same;
use crate::say::say;
use crate::state::{Happened, Selection};
use crate::verbs::{VerbButton, VerbButtonProps};
use crate::why::asks;
use muster_core::process::Time;
use muster_core::session::api::MessageView;
use muster_core::view::{Flight, Frame, Question};
use yew::prelude::*;

/// So many messages are listed.
const LISTED: usize = 24;

#[derive(Properties, PartialEq)]
pub struct MessageProps {
    /// The message on the stage.
    pub flight: Flight,
    /// What the session says of it, once it has.
    pub message: Option<Same<MessageView>>,
    /// The time shown.
    pub now: Time,
}

/// A message on its way.
#[component]
pub fn MessageInspector(MessageProps { flight, message, now }: &MessageProps) -> Html {
    let desk = use_desk();
    let t = desk.t;
    let close = desk.clone();
    html! {
        <>
            <div class="head">
                <h2 id="who">{ends(&desk, flight)}</h2>
                <span class="grow"></span>
                <button class="ghost small" aria-label={t.close} title={t.close} onclick={move |_| close.tell(Happened::Select(None))}>{Icon::Close.html()}</button>
            </div>
            <p>{ say(&flight.card.label) }</p>
            { message.as_ref().map(|message| asks(&message.questions)).unwrap_or_default() }
            // What can be done to it stands in sight above what it says, which may be long.
            { message.as_ref().map(|message| html! {
                <>
                    <h3>{t.verbs}</h3>
                    <div class="verbs">{ for message.verbs.iter().map(|verb| part::<VerbButton>(VerbButtonProps::of(verb))) }</div>
                </>
            }).unwrap_or_default() }
            <dl>
                <dt>{t.sent}</dt><dd>{desk.instant(flight.sent_at)}</dd>
                <dt>{t.arrives}</dt><dd>{arrival(&desk, flight, *now)}</dd>
                { message.as_ref().map(|message| rows(&desk, &message.fields, *now, &message.questions)).unwrap_or_default() }
            </dl>
        </>
    }
}

fn ends(desk: &Desk, flight: &Flight) -> String {
    format!("{} → {}", desk.names.of_process(flight.message.from), desk.names.of_process(flight.message.to))
}

fn arrival(desk: &Desk, flight: &Flight, now: Time) -> String {
    match flight.arrives_at {
        _ if flight.held => desk.t.held.to_owned(),
        None => desk.t.waits.to_owned(),
        Some(at) => desk.t.in_time.replace("{0}", &desk.instant(at)).replace("{1}", &desk.span(at - now)),
    }
}

#[derive(Properties, PartialEq)]
pub struct InFlightProps {
    /// The moment.
    pub frame: Same<Frame>,
    /// Time stands still: the list can be read.
    pub still: bool,
    /// What can be asked about the systems.
    pub questions: Same<Vec<Question>>,
}

/// What is on its way.
#[component]
pub fn InFlight(InFlightProps { frame, still, questions }: &InFlightProps) -> Html {
    let desk = use_desk();
    let t = desk.t;
    let count = frame.flights.len() + frame.flights_left_out as usize;
    html! {
        <>
            <p class="eyebrow">{t.inspector}</p>
            <p class="muted">{t.select_hint}</p>
            { asks(questions) }
            <h3>{t.on_their_way}{" "}<span class="muted num">{count}</span></h3>
            if *still {
                <ul class="flying">
                    { for frame.flights.iter().take(LISTED).map(|flight| {
                        let (act, message) = (desk.clone(), flight.message);
                        html! {
                            <li><button class="plain" onclick={move |_| act.select(Selection::Message(message))}>
                                <b>{ends(&desk, flight)}</b>{" "}{ say(&flight.card.label) }
                            </button></li>
                        }
                    }) }
                </ul>
                if count > LISTED {
                    <p class="muted small">{t.and_more.replace("{0}", &(count - LISTED).to_string())}</p>
                }
            } else {
                <p class="muted small">{t.pause_to_list}</p>
            }
        </>
    }
}
