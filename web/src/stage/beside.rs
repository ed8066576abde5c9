//! The stage of another branch, or of another side of a comparison, beside the one that is played: to be looked at. What is done is done on
//! the one that is played.

use super::actor::{ActorProps, ActorView, label};
use super::flights::{Flights, FlightsProps, Hover, Meant};
use super::layout::{ARC_GAP, Layout};
use super::links::{Links, LinksProps};
use super::walls::{Walls, WallsProps};
use super::{LayoutKey, layout_of};
use crate::branches::name;
use crate::desk::{Desk, use_desk};
use crate::hooks::use_size;
use crate::number::px;
use crate::part::{part, part_by_key};
use crate::player::Shown;
use crate::same::Same;
use crate::say::say;
use crate::state::Page;
use muster_core::process::ProcessId;
use muster_core::session::api::{OtherView, Request};
use muster_core::view::Frame;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct BesideProps {
    /// The page.
    pub page: UseReducerHandle<Page>,
    /// The other branch.
    pub other: Same<OtherView>,
    /// The time drawn.
    pub shown: Shown,
}

/// The other branch's stage.
#[component]
pub fn Beside(BesideProps { page, other, shown }: &BesideProps) -> Html {
    let desk = use_desk();
    let held = use_mut_ref(|| None::<(Same<OtherView>, Same<Frame>)>);
    // The stage's parts are drawn again when they are given another frame: the same one is given as long as it is the same.
    let frame = match &mut *held.borrow_mut() {
        Some((known, frame)) if known == other => frame.clone(),
        held => held.insert((other.clone(), Same::new(other.frame.clone()))).1.clone(),
    };
    let called = page.branches.iter().find(|branch| branch.id == other.branch);
    let called = called.map_or_else(String::new, |branch| name(&desk, branch));
    let (go, id) = (desk.clone(), other.branch);
    part::<Other>(OtherProps {
        page: page.clone(),
        id: "other-stage".to_owned(),
        label: desk.t.other_stage.replace("{0}", &called),
        name: html! {
            <><b>{called}</b>
                <button class="ghost small" id="show-other" onclick={move |_| go.jump(Request::Switch { branch: id })}>{desk.t.show_other}</button></>
        },
        frame,
        digest: other.digest,
        differ: other.differ.clone(),
        shown: shown.clone(),
    })
}

#[derive(Properties, PartialEq)]
pub struct OtherProps {
    /// The page.
    pub page: UseReducerHandle<Page>,
    /// The element's id.
    pub id: String,
    /// What it is, for who does not see it.
    pub label: String,
    /// What stands above it.
    pub name: Html,
    /// What is on it.
    pub frame: Same<Frame>,
    /// The digest of what is on it.
    pub digest: u64,
    /// Who on it is not the same as on the one that is played.
    pub differ: Vec<ProcessId>,
    /// The time drawn.
    pub shown: Shown,
}

/// A stage beside the one that is played.
#[component]
pub fn Other(OtherProps { page, id, label: words, name, frame, digest, differ, shown }: &OtherProps) -> Html {
    let desk = use_desk();
    let picture = use_node_ref();
    let size = use_size(&picture);
    let hover = (*use_memo((), |()| Hover::default())).clone();
    let last = use_mut_ref(|| None::<(LayoutKey, Same<Layout>)>);
    // What is pointed at or lit up is of the stage that is played.
    let meant = (*use_memo((), |()| Same::new(Meant::default()))).clone();
    let layout = layout_of(&mut last.borrow_mut(), frame, (size, page.look.worn()));
    let still = !page.playing && page.until.is_none();
    html! {
        <section class="stage beside-stage" id={id.clone()} aria-label={words.clone()} data-digest-of={format!("{digest:016x}")} data-ordinal={frame.place.ordinal.to_string()}>
            <p class="stage-name">{name.clone()}</p>
            <ul class="unseen">{ for frame.actors.iter().map(|actor| html! { <li>{label(&desk, actor)}</li> }) }</ul>
            <div class="picture" ref={picture} inert=true>
                <svg class="other-ring" width={px(size.0)} height={px(size.1)} aria-hidden="true">
                    { part::<Links>(LinksProps { frame: frame.clone(), layout: layout.clone() }) }
                    { part::<Walls>(WallsProps { layout: layout.clone(), barriers: frame.barriers.clone() }) }
                    { for frame.actors.iter().filter_map(|actor| {
                        let spot = *layout.spots.get(&actor.id)?;
                        Some(part_by_key::<ActorView>(actor.id.0, ActorProps {
                            actor: actor.clone(),
                            spot,
                            now: frame.place.at,
                            selected: false,
                            first: false,
                            pointed: false,
                            lit: None,
                            roomy: layout.roomy,
                            letters: layout.letters,
                        }))
                    }) }
                    { differing(&desk, &layout, differ) }
                </svg>
                { part::<Flights>(FlightsProps {
                    frame: frame.clone(),
                    layout: layout.clone(),
                    size,
                    still,
                    worn: page.look.worn(),
                    shown: shown.clone(),
                    hover,
                    meant,
                }) }
            </div>
            <p class="caption">{ say(&frame.sentence) }</p>
        </section>
    }
}

/// A sign on each of those who are not the same on both branches.
pub fn differing(desk: &Desk, layout: &Layout, ids: &[ProcessId]) -> Html {
    let sign = |id: &ProcessId| {
        let spot = layout.spots.get(id)?;
        // Beyond its timer: what is written inside stays readable.
        let off = (spot.r + ARC_GAP + 6.0) * 0.71;
        let (x, y) = (spot.x + off, spot.y - off);
        Some(html! {
            <g class="differs" transform={format!("translate({} {})", px(x), px(y))} data-id={id.0.to_string()}>
                <title>{desk.t.differs_here}</title><circle r="9" /><text y="4.5" text-anchor="middle">{"≠"}</text>
            </g>
        })
    };
    html! { <g>{ for ids.iter().filter_map(sign) }</g> }
}

/// What the branch shown is called, and who on it is not the same on the other, where two are compared.
pub fn named(desk: &Desk, page: &Page) -> Html {
    if page.branching.other.is_none() {
        return Html::default();
    }
    let here = page.branches.iter().find(|branch| branch.id == page.branch);
    let called = here.map_or_else(String::new, |branch| name(desk, branch));
    html! { <p class="stage-name"><b>{called}</b><span class="muted small">{desk.t.shown_branch}</span></p> }
}
