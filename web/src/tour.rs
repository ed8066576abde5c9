//! The tour: five sentences under the bar above, each outlining what it is about. It covers nothing, comes by itself on a first
//! visit only, can be skipped, and is found again under `?` and `/`.

use crate::desk::{Desk, use_desk};
use crate::icons::Icon;
use crate::state::Happened;
use web_sys::Element;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct TourProps {
    /// Which sentence.
    pub step: usize,
}

/// Sentences, and what each is about.
fn sentences(desk: &Desk) -> [(&'static str, &'static str); 5] {
    let t = desk.t;
    [
        (t.tour_stage, ".stage"),
        (t.tour_faults, ".faults"),
        (t.tour_time, ".transport"),
        (t.tour_lanes, ".time"),
        (t.tour_find, ".top"),
    ]
}

/// Marks what a sentence is about: an attribute that no part of the page writes itself, so that drawing a part anew keeps it.
const TOURED: &str = "data-toured";

/// The tour.
#[component]
pub fn Tour(TourProps { step }: &TourProps) -> Html {
    let desk = use_desk();
    let t = desk.t;
    let all = sentences(&desk);
    let step = (*step).min(all.len() - 1);
    let (sentence, about) = all[step];
    use_effect_with(about, |about| {
        let document = web_sys::window().and_then(|window| window.document());
        let element: Option<Element> =
            document.and_then(|document| document.query_selector(about).ok().flatten());
        if let Some(element) = &element {
            let _ = element.set_attribute(TOURED, ""); // only the outline would be missing
        }
        move || {
            if let Some(element) = element {
                let _ = element.remove_attribute(TOURED);
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
