//! What happened, as a list: a line leads to its event.

use crate::desk::use_desk;
use crate::diagram::Pointed;
use crate::same::Same;
use crate::say::say;
use crate::state::Selection;
use muster_core::view::EventLine;
use web_sys::Element;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct EventsProps {
    /// The lines, in order.
    pub events: Same<Vec<EventLine>>,
    /// The event shown.
    pub ordinal: u64,
    /// What is pointed at, anywhere on the page.
    pub pointed: Option<Pointed>,
    /// What is selected.
    pub selection: Option<Selection>,
}

/// What happened, as a list.
#[component]
pub fn Events(EventsProps { events, ordinal, pointed, selection }: &EventsProps) -> Html {
    let desk = use_desk();
    let list = use_node_ref();
    {
        let list = list.clone();
        use_effect_with((events.clone(), *ordinal), move |_| {
            let here = list.cast::<Element>().and_then(|list| list.query_selector(".here").ok().flatten());
            // Only the list scrolls, never the page.
            if let (Some(list), Some(here)) = (list.cast::<Element>(), here) {
                let (outside, inside) = (list.get_bounding_client_rect(), here.get_bounding_client_rect());
                let hidden = inside.top() < outside.top() || inside.bottom() > outside.bottom();
                if hidden {
                    let by = inside.bottom() - outside.bottom() + 40.0;
                    #[expect(clippy::cast_possible_truncation, reason = "pixels")]
                    list.set_scroll_top(list.scroll_top() + by as i32);
                }
            }
        });
    }
    html! {
        <ol class="events" ref={list} aria-label={desk.t.events}>
            { for events.iter().map(|line| {
                let (act, place) = (desk.clone(), line.place);
                let here = line.place.ordinal == *ordinal;
                let later = line.place.ordinal > *ordinal;
                let meant = |pointed: Pointed| {
                    pointed.is_event(line.event) || line.message.is_some_and(|message| pointed.is_message(message))
                };
                let lit = pointed.is_some_and(meant);
                let chosen = *selection == Some(Selection::Event(line.event));
                let (own, event) = (Pointed::line(line), line.event);
                let (enter, focus, leave) = (desk.clone(), desk.clone(), desk.clone());
                let onclick = move |_| {
                    act.go(place);
                    act.select(Selection::Event(event));
                };
                html! {
                    <li key={line.place.ordinal} class={classes!(here.then_some("here"), later.then_some("later"), lit.then_some("lit"), chosen.then_some("chosen"))}
                        onpointerenter={move |_: PointerEvent| enter.point(Some(own))} onpointerleave={move |_: PointerEvent| leave.point(None)}>
                        <button class="plain" aria-current={here.then_some("true")} title={desk.t.to_event} {onclick}
                            onfocus={move |_: FocusEvent| focus.point(Some(own))}>
                            <span class="num muted">{line.place.ordinal}</span>
                            <time>{desk.instant(line.place.at)}</time>
                            <span>{ say(&line.sentence) }</span>
                        </button>
                    </li>
                }
            }) }
        </ol>
    }
}
