//! The tour: five sentences under the bar above, each outlining what it is about. It covers nothing, comes by itself on a first
//! visit only, can be skipped, and is found again under `?` and `/`.

use crate::desk::{Desk, use_desk};
use crate::icons::Icon;
use crate::look::prefers;
use crate::state::Happened;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct TourProps {
    /// Which sentence.
    pub step: usize,
}

/// Its sentences. What each is about is outlined by the style, by the number of the sentence on the document: an outline so
/// made outlives any part that is drawn anew.
fn sentences(desk: &Desk) -> [&'static str; 5] {
    let t = desk.t;
    let find = if prefers("(max-width: 720px), (pointer: coarse)") { t.tour_find_touch } else { t.tour_find };
    [t.tour_stage, t.tour_faults, t.tour_time, t.tour_lanes, find]
}

/// The document's attribute with the number of the sentence.
const TOUR: &str = "data-tour";

/// The tour.
#[component]
pub fn Tour(TourProps { step }: &TourProps) -> Html {
    let desk = use_desk();
    let t = desk.t;
    let all = sentences(&desk);
    let step = (*step).min(all.len() - 1);
    let sentence = all[step];
    use_effect_with(step, |step| {
        let document = web_sys::window().and_then(|window| window.document());
        let root = document.and_then(|document| document.document_element());
        if let Some(root) = &root {
            let _ = root.set_attribute(TOUR, &step.to_string()); // only the outline would be missing
        }
        move || {
            if let Some(root) = root {
                let _ = root.remove_attribute(TOUR);
            }
        }
    });
    let last = step + 1 == all.len();
    let (on, off) = (desk.clone(), desk.clone());
    let next = move |_| on.tell(Happened::Tour((!last).then_some(step + 1)));
    html! {
        <aside class="tour" role="region" aria-label={t.tour}>
            <p id="tour" aria-live="polite">{sentence}</p>
            <span class="muted small num">{format!("{} / {}", step + 1, all.len())}</span>
            <button type="button" class="primary small" id="tour-next" onclick={next}>{if last { t.tour_end } else { t.tour_next }}</button>
            if !last {
                <button type="button" class="ghost small" id="tour-skip" aria-label={t.tour_skip} title={t.tour_skip} onclick={move |_| off.tell(Happened::Tour(None))}>{Icon::Close.html()}</button>
            }
        </aside>
    }
}
