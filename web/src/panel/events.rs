//! What happened, as a list: a line leads to its event.

use crate::desk::use_desk;
use crate::same::Same;
use crate::say::say;
use muster_core::view::EventLine;
use web_sys::Element;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct EventsProps {
    /// The lines, in order.
    pub events: Same<Vec<EventLine>>,
    /// The event shown.
    pub ordinal: u64,
}

/// What happened, as a list.
#[component]
pub fn Events(EventsProps { events, ordinal }: &EventsProps) -> Html {
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
                html! {
                    <li key={line.place.ordinal} class={classes!(here.then_some("here"), later.then_some("later"))}>
                        <button class="plain" aria-current={here.then_some("true")} title={desk.t.to_event} onclick={move |_| act.go(place)}>
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
