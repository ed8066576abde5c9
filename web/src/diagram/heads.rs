//! The heads of the lanes: buttons, so that keyboard and screen readers reach them; each opens a menu of what can be done to
//! how its lane is shown.

use super::rows::Rows;
use super::state::{DiagramHappened, Pointed, Sieve};
use crate::desk::Desk;
use crate::hooks::target;
use crate::icons::Icon;
use crate::state::{About, Happened, Menu, Page, Selection};
use muster_core::process::ProcessId;
use muster_core::view::Ring;
use yew::prelude::*;

/// The heads, from the top.
pub fn heads(desk: &Desk, page: &Page, rows: &Rows) -> Html {
    html! {
        <div class="heads">
            { for rows.all.iter().filter_map(|row| Some(head(desk, page, *row.ids.first()?, &row.ids))) }
        </div>
    }
}

fn head(desk: &Desk, page: &Page, first: ProcessId, ids: &[ProcessId]) -> Html {
    let name = desk.names.of_process(first);
    let count = ids.len();
    let all: Vec<String> = ids.iter().map(|id| desk.names.of_process(*id)).collect();
    let words = desk.t.lane_of.replace("{0}", &all.join(", "));
    let lit = page.diagram.pointed.is_some_and(|pointed| ids.iter().any(|id| pointed.is_process(*id)));
    let opener = desk.clone();
    let onclick = move |event: MouseEvent| {
        let Some(rect) = target(&event, "button").map(|button| button.get_bounding_client_rect()) else {
            return;
        };
        opener.menu(Menu { about: About::Lane(first), x: rect.left(), y: rect.bottom() + 2.0 });
    };
    let (enter, leave) = (desk.clone(), desk.clone());
    let point = move |_: PointerEvent| enter.point(Some(Pointed::process(first)));
    html! {
        <button class={classes!("lane", lit.then_some("lit"))} key={first.0} type="button" aria-haspopup="menu" aria-label={words.clone()} title={words}
            data-name={name.clone()} {onclick} onpointerenter={point} onpointerleave={move |_| leave.point(None)}>
            <b>{name}</b>
            if count > 1 { <small>{format!("+{}", count - 1)}</small> }
        </button>
    }
}

/// What can be done to how a lane is shown, as entries of a menu.
pub fn lane_menu(desk: &Desk, page: &Page, id: ProcessId) -> Html {
    let t = desk.t;
    let sieve = &page.diagram.sieve;
    let lanes = page.window.as_ref().map_or(&[][..], |window| &window.lanes);
    let rows = Rows::new(lanes, sieve);
    let Some(row) = rows.of(id) else { return Html::default() };
    let own = rows.all[row].ids.clone();
    let change = |words: &str, icon: Icon, change: &dyn Fn(&mut Sieve)| {
        let mut next = sieve.clone();
        change(&mut next);
        entry(desk, words, icon, next)
    };
    let others: Vec<ProcessId> =
        lanes.iter().map(|lane| lane.id).filter(|other| !own.contains(other)).collect();
    let ring = |id: ProcessId| {
        let actor = page.frame.iter().flat_map(|frame| &frame.actors).find(|actor| actor.id == id);
        actor.map(|actor| actor.ring)
    };
    let of_ring = |wanted: Ring| -> Vec<ProcessId> {
        let there = lanes.iter().map(|lane| lane.id).filter(|id| ring(*id) == Some(wanted));
        there.filter(|id| !rows.hidden.contains(id)).collect()
    };
    let clients = of_ring(Ring::Outer);
    let fellows: Vec<ProcessId> =
        of_ring(Ring::Inner).into_iter().filter(|other| !own.contains(other)).collect();
    let below = rows.all.get(row + 1).map(|below| below.ids.clone());
    let look = desk.clone();
    let onlook = move |_| {
        look.tell(Happened::Menu(None));
        look.select(Selection::Process(id));
    };
    html! {
        <>
            if own.len() == 1 {
                <button class="verb" type="button" role="menuitem" onclick={onlook}>{Icon::Aim.html()}<span>{t.inspector}</span></button>
            }
            if rows.all.len() > 1 {
                { change(t.hide_lane, Icon::Minus, &|sieve| sieve.hide(&own)) }
                { change(t.only_this, Icon::Up, &|sieve| { sieve.hide(&others); }) }
            }
            if own.len() > 1 {
                { change(t.unfold, Icon::Split, &|sieve| sieve.unfold(&own)) }
            }
            if let Some(below) = &below {
                { change(t.fold_below, Icon::Down, &|sieve| sieve.fold(&[&own[..], below].concat())) }
            }
            if clients.len() > 1 && sieve.folds.iter().all(|fold| !clients.iter().all(|id| fold.contains(id))) {
                { change(t.fold_clients, Icon::Down, &|sieve| sieve.fold(&clients)) }
            }
            if ring(id) == Some(Ring::Inner) && fellows.len() > 1 {
                { change(t.fold_others, Icon::Down, &|sieve| sieve.fold(&fellows)) }
            }
            if !sieve.is_open() {
                { entry(desk, t.show_all, Icon::Plus, Sieve::default()) }
            }
        </>
    }
}

fn entry(desk: &Desk, words: &str, icon: Icon, next: Sieve) -> Html {
    let (act, words) = (desk.clone(), words.to_owned());
    let onclick = move |_| {
        act.tell(Happened::Menu(None));
        act.tell(Happened::Diagram(DiagramHappened::Sieve(next.clone())));
    };
    html! { <button class="verb" type="button" role="menuitem" {onclick}>{icon.html()}<span>{words}</span></button> }
}
