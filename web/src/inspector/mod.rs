//! What is selected, looked into: a process, a message, or, with nothing selected, what is on its way.

mod message;
mod process;
mod strip;
mod value;
mod why;

use crate::desk::use_desk;
use crate::diagram::{arrived, event};
use crate::part::part;
use crate::state::{Page, Selection};
use crate::why::{WhyPanel, WhyPanelProps};
use message::{InFlight, InFlightProps, MessageInspector, MessageProps};
use process::{ProcessInspector, ProcessProps};
pub use strip::{cell_class, cell_title};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct InspectProps {
    /// The page.
    pub page: UseReducerHandle<Page>,
}

/// What is selected.
#[component]
pub fn Inspect(InspectProps { page }: &InspectProps) -> Html {
    let desk = use_desk();
    let Some(frame) = &page.frame else {
        return html! { <aside class="inspect" aria-label={desk.t.inspector}></aside> };
    };
    let inside = match page.selection {
        Some(Selection::Process(id)) => {
            let actor = frame.actors.iter().find(|actor| actor.id == id).cloned();
            actor.map(|actor| {
                part::<ProcessInspector>(ProcessProps {
                    actor,
                    inspector: page.inspector.clone(),
                    now: frame.place.at,
                })
            })
        }
        Some(Selection::Message(id)) => {
            let flight = frame.flights.iter().find(|flight| flight.message == id).cloned();
            match flight {
                Some(flight) => Some(part::<MessageInspector>(MessageProps {
                    flight,
                    message: page.message.clone(),
                    now: frame.place.at,
                })),
                None => page.followed(id).map(|(arrow, whole)| arrived(&desk, arrow, whole)),
            }
        }
        Some(Selection::Event(id)) => Some(event(&desk, page, id)),
        None => None,
    };
    let open = inside.is_some() || page.why.is_open();
    html! {
        <aside class={if open { "inspect open" } else { "inspect" }} aria-label={desk.t.inspector}>
            { part::<WhyPanel>(WhyPanelProps { page: page.clone() }) }
            { inside.unwrap_or_else(|| part::<InFlight>(InFlightProps {
                frame: frame.clone(),
                still: !page.playing,
                questions: page.questions.clone(),
            })) }
        </aside>
    }
}
