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
use web_sys::Element;
use yew::prelude::*;

/// So much of it is to be seen once something was pressed, in CSS pixels: what was pressed, and what it is.
const SEEN: f64 = 120.0;

#[derive(Properties, PartialEq)]
pub struct InspectProps {
    /// The page.
    pub page: UseReducerHandle<Page>,
}

/// What is selected.
#[component]
pub fn Inspect(InspectProps { page }: &InspectProps) -> Html {
    let desk = use_desk();
    let node = use_node_ref();
    {
        let node = node.clone();
        let open = (page.selection.is_some() || page.why.is_open()) && page.menu.is_none();
        use_effect_with((page.selection, open), move |(_, open)| {
            if let Some(node) = node.cast::<Element>().filter(|_| *open) {
                come_in_sight(&node);
            }
        });
    }
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
        <aside ref={node} class={if open { "inspect open" } else { "inspect" }} aria-label={desk.t.inspector}>
            { part::<WhyPanel>(WhyPanelProps { page: page.clone() }) }
            { inside.unwrap_or_else(|| part::<InFlight>(InFlightProps {
                frame: frame.clone(),
                still: !page.playing,
                questions: page.questions.clone(),
            })) }
        </aside>
    }
}

/// On a small screen what was pressed opens below the stage, where the panel may cover it: the page moves up as far as it takes
/// to see that it opened, and no further.
fn come_in_sight(inspector: &Element) {
    let window = web_sys::window();
    let panel = window.as_ref().and_then(|window| window.document()?.query_selector(".time").ok().flatten());
    let (Some(window), Some(panel)) = (window, panel) else { return };
    let covered = inspector.get_bounding_client_rect().top() + SEEN - panel.get_bounding_client_rect().top();
    if covered > 0.0 {
        window.scroll_by_with_x_and_y(0.0, covered);
    }
}
