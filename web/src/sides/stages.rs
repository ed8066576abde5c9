//! The stages of the other sides, beside the one that is played, and what the comparison is about.

use crate::desk::{Desk, use_desk};
use crate::part::part_by_key;
use crate::player::Shown;
use crate::same::Same;
use crate::stage::{Other, OtherProps};
use crate::state::Page;
use crate::texts::of;
use muster_core::session::api::{ScenarioInfo, SideView};
use muster_core::view::Frame;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct SidesProps {
    /// The page.
    pub page: UseReducerHandle<Page>,
    /// The time drawn.
    pub shown: Shown,
}

/// The other sides' stages.
#[component]
pub fn Sides(SidesProps { page, shown }: &SidesProps) -> Html {
    let desk = use_desk();
    let stage = |(view, frame): &(Same<SideView>, Same<Frame>)| {
        let called = view.name.to_string();
        let apart = apart(&desk, view);
        part_by_key::<Other>(
            view.which,
            OtherProps {
                page: page.clone(),
                id: format!("side-{}", view.which),
                label: desk.t.side_stage.replace("{0}", &called).replace("{1}", &view.kind),
                name: html! { <><b>{called}</b><span class="eyebrow">{view.kind.to_string()}</span>{apart}</> },
                frame: frame.clone(),
                digest: view.digest,
                differ: Vec::new(),
                shown: shown.clone(),
            },
        )
    };
    html! { <>{ for page.sides.views.iter().flatten().map(stage) }</> }
}

/// What was done by hand on the first side and does not concern this one.
fn apart(desk: &Desk, view: &SideView) -> Html {
    if view.apart.is_empty() {
        return Html::default();
    }
    let what: Vec<String> = view.apart.iter().map(|command| desk.say(&command.sentence)).collect();
    let words = desk.t.not_here.replace("{0}", &view.apart.len().to_string());
    html! { <span class="muted small" title={what.join("\n")}>{words}</span> }
}

/// Which side is played, above its stage.
pub fn named(page: &Page) -> Html {
    let first = page.info.as_ref().filter(|_| page.has_sides()).and_then(|info| info.sides.first());
    first.map_or_else(Html::default, |side| {
        html! {
            <p class="stage-name"><b>{side.name.to_string()}</b><span class="eyebrow">{side.kind.to_string()}</span></p>
        }
    })
}

/// What is compared, in a few sentences.
pub fn about(desk: &Desk, info: &ScenarioInfo) -> Html {
    html! {
        <section class="versus about" id="about" aria-label={desk.t.story}>
            <div><p>{of(&info.title, desk.lang).to_owned()}</p><p class="story" id="story">{of(&info.story, desk.lang).to_owned()}{" "}<span class="small">{desk.t.played_side}</span></p></div>
        </section>
    }
}
