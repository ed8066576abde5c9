//! The tree of branches, one line each, under the scrubber: forking off its parent at its instant, with marks where something was
//! done by hand. The list itself is the way in for keys and screen readers; the drawing is behind it.

use super::{Asking, Turn, in_order, name};
use crate::desk::{Desk, use_desk};
use crate::hooks::{use_frames, use_size};
use crate::icons::Icon;
use crate::number::px;
use crate::part::part;
use crate::player::Shown;
use crate::state::{Dialog, Happened, Page};
use muster_core::process::Time;
use muster_core::session::api::{BranchView, Comparison, Request};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// The height of a row.
const ROW: f64 = 24.0;
/// Left and right of the lines.
const PAD: f64 = 10.0;

#[derive(Properties, PartialEq)]
pub struct TreeProps {
    /// The page.
    pub page: UseReducerHandle<Page>,
    /// The time drawn.
    pub shown: Shown,
}

/// The tree of branches; nothing while there is only one.
#[component]
pub fn Tree(props: &TreeProps) -> Html {
    let desk = use_desk();
    match props.page.branches.len() {
        0 | 1 => {
            let lost = props.page.branching.deleted.as_ref();
            lost.map_or_else(
                Html::default,
                |lost| html! { <div class="tree">{ undelete(&desk, lost) }</div> },
            )
        }
        _ => part::<Several>(TreeProps { page: props.page.clone(), shown: props.shown.clone() }),
    }
}

#[component]
fn Several(TreeProps { page, shown }: &TreeProps) -> Html {
    let desk = use_desk();
    let list = use_node_ref();
    let room = use_node_ref();
    let head = use_node_ref();
    let beside = use_node_ref();
    let focus = use_state_eq(|| None::<u32>);
    let (width, _) = use_size(&room);
    let order = in_order(&page.branches);
    let last = order.iter().map(|(_, branch)| branch.head.at).max().unwrap_or(Time::ZERO).max(page.now());
    let here = page.branch;
    let shown_row = order.iter().position(|(_, branch)| branch.id == here).unwrap_or(0) as f64 * ROW;
    let scale = Scale { width, last: (last.nanos() as f64).max(1.0) };
    {
        // The playhead moves every frame; the tree is drawn again only when it changes.
        let (head, shown) = (head.clone(), shown.clone());
        use_frames(move |_| {
            if let Some(line) = head.cast::<Element>() {
                let x = px(scale.x(shown.nanos()));
                if line.get_attribute("x1").as_deref() != Some(&x) {
                    let _ = line.set_attribute("x1", &x); // an element of ours takes any attribute
                    let _ = line.set_attribute("x2", &x);
                }
            }
        });
    }
    {
        // The branch shown is in view.
        let list = list.clone();
        use_effect_with((page.branch, order.len()), move |_| {
            let list = list.cast::<Element>();
            if let Some(row) = list.and_then(|list| list.query_selector(".branch.on").ok().flatten()) {
                near(&row);
            }
        });
    }
    {
        // What is done to it stands in its row.
        let beside = beside.clone();
        use_effect_with(shown_row, move |row| {
            if let Some(tools) = beside.cast::<HtmlElement>() {
                let _ = tools.style().set_property("margin-top", &format!("{}px", px(*row)));
            }
        });
    }
    let rows: Vec<u32> = order.iter().map(|(_, branch)| branch.id).collect();
    let at = focus.filter(|id| rows.contains(id)).unwrap_or(here);
    let (keys, all, set, within) = (desk.clone(), rows.clone(), focus.setter(), list.clone());
    let onkeydown = move |event: KeyboardEvent| {
        let now = all.iter().position(|id| *id == at).unwrap_or(0);
        let to = match event.key().as_str() {
            "ArrowDown" => (now + 1).min(all.len() - 1),
            "ArrowUp" => now.saturating_sub(1),
            "Home" => 0,
            "End" => all.len() - 1,
            "Enter" | " " => {
                keys.jump(Request::Switch { branch: at });
                now
            }
            "F2" => {
                keys.open(Dialog::Branch(Asking::Name(at)));
                now
            }
            "Delete" if now > 0 => {
                keys.open(Dialog::Branch(Asking::Delete(at)));
                now
            }
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        set.set(Some(all[to]));
        let row = within.cast::<Element>().and_then(|list| list.children().item(to as u32));
        if let Some(row) = row.and_then(|row| row.dyn_into::<HtmlElement>().ok()) {
            let _ = row.focus();
        }
    };
    let height = order.len() as f64 * ROW;
    html! {
        <div class="tree">
            <div class="tree-list">
                <ul role="tree" aria-label={desk.t.branches} ref={list} {onkeydown}>
                    { for order.iter().map(|(depth, branch)| row(&desk, *depth, branch, branch.id == here, branch.id == at)) }
                </ul>
                <div class="tree-lines" ref={room} aria-hidden="true">
                    <svg width={px(width)} height={px(height)}>
                        { for order.iter().enumerate().map(|(at, (_, branch))| line(&order, at, branch, branch.id == here, &scale)) }
                        { for page.branching.comparison.as_ref().filter(|found| !found.same).map(|found| apart(&order, found, &scale)) }
                        <line class="head" ref={head} y1={px(shown_row + 3.0)} y2={px(shown_row + ROW - 3.0)} />
                    </svg>
                </div>
                <div class="tree-tools" ref={beside}>{ tools(&desk, page, &order, here) }</div>
            </div>
            { page.branching.deleted.as_ref().map(|lost| undelete(&desk, lost)).unwrap_or_default() }
        </div>
    }
}

/// Scrolls the list, and nothing else, so that a row of it is seen.
fn near(row: &Element) {
    let Some(row) = row.dyn_ref::<HtmlElement>() else { return };
    let Some(holder) = row.closest(".tree-list").ok().flatten() else { return };
    let (top, height) = (row.offset_top(), row.offset_height());
    if top < holder.scroll_top() {
        holder.set_scroll_top(top);
    } else if top + height > holder.scroll_top() + holder.client_height() {
        holder.set_scroll_top(top + height - holder.client_height());
    }
}

fn row(desk: &Desk, depth: usize, branch: &BranchView, on: bool, focused: bool) -> Html {
    let id = branch.id;
    let called = name(desk, branch);
    let title = match &branch.off {
        Some((_, place)) => {
            format!("{called}: {}", desk.t.branch_off.replace("{0}", &desk.instant(place.at)))
        }
        None => called.clone(),
    };
    let (go, rename) = (desk.clone(), desk.clone());
    // How deep it hangs shows by its place; which one is shown by a sign too, and not by colour alone.
    let drawn = format!("{}{}{called}", "\u{2002}".repeat(depth.min(6)), if on { "▸ " } else { "" });
    html! {
        <li key={id} role="treeitem" class={classes!("branch", on.then_some("on"))} data-branch={id.to_string()}
            aria-level={(depth + 1).to_string()} aria-selected={on.to_string()} tabindex={if focused { "0" } else { "-1" }} title={title.clone()} aria-label={title}
            onclick={move |_| go.jump(Request::Switch { branch: id })} ondblclick={move |_| rename.open(Dialog::Branch(Asking::Name(id)))}>
            {drawn}
        </li>
    }
}

/// From instants to places on the lines.
#[derive(Clone, Copy)]
struct Scale {
    width: f64,
    last: f64,
}

impl Scale {
    fn x(&self, nanos: f64) -> f64 {
        PAD + (nanos / self.last).clamp(0.0, 1.0) * (self.width - 2.0 * PAD).max(0.0)
    }
    fn at(&self, at: Time) -> f64 {
        self.x(at.nanos() as f64)
    }
}

/// A branch's line, from where it leaves its parent's.
fn line(order: &[(usize, &BranchView)], at: usize, branch: &BranchView, on: bool, scale: &Scale) -> Html {
    let y = (at as f64 + 0.5) * ROW;
    let end = scale.at(branch.head.at);
    let from = branch.off.and_then(|(off, place)| {
        let parent = order.iter().position(|(_, other)| other.id == off)?;
        Some((scale.at(place.at), (parent as f64 + 0.5) * ROW))
    });
    let path = match from {
        Some((x, top)) => format!("M{} {}V{}H{}", px(x), px(top), px(y), px(end.max(x + 4.0))),
        None => format!("M{} {}H{}", px(PAD), px(y), px(end)),
    };
    html! {
        <g class={classes!("limb", on.then_some("on"))}>
            <path d={path} />
            { for from.map(|(x, top)| html! { <circle class="knot" cx={px(x)} cy={px(top)} r="3" /> }) }
            { for branch.acts.iter().map(|act| {
                let x = scale.at(*act);
                html! { <path class="act" d={format!("M{} {}v8", px(x), px(y - 4.0))} /> }
            }) }
            <circle class="tip" cx={px(end.max(from.map_or(PAD, |(x, _)| x + 4.0)))} cy={px(y)} r={if on { "4" } else { "2.5" }} />
        </g>
    }
}

/// Where two branches that are compared first differ, on both.
fn apart(order: &[(usize, &BranchView)], found: &Comparison, scale: &Scale) -> Html {
    let rows = order.iter().enumerate().filter(|(_, (_, branch))| found.branches.contains(&branch.id));
    let x = scale.at(found.same_until);
    let sign = |(at, _): (usize, &(usize, &BranchView))| {
        let y = (at as f64 + 0.5) * ROW;
        html! { <path class="apart" d={format!("M{} {}l5 5-5 5-5-5z", px(x), px(y - 5.0))} /> }
    };
    html! { <g>{ for rows.map(sign) }</g> }
}

/// What can be done to the branch shown.
fn tools(desk: &Desk, page: &Page, order: &[(usize, &BranchView)], here: u32) -> Html {
    let t = desk.t;
    let first = order.first().is_some_and(|(_, branch)| branch.id == here);
    let (naming, deleting) = (desk.clone(), desk.clone());
    let ondelete = move |_| {
        if !first {
            deleting.open(Dialog::Branch(Asking::Delete(here)));
        }
    };
    html! {
        <>
            { super::versus::chooser(desk, page) }
            <button class="ghost" id="rename-branch" title={t.rename_key} onclick={move |_| naming.open(Dialog::Branch(Asking::Name(here)))}>
                {Icon::Pen.html()}<span class="word">{t.rename}</span></button>
            <button class="ghost" id="delete-branch" aria-disabled={first.to_string()} title={if first { t.first_branch_stays } else { t.delete_key }} onclick={ondelete}>
                {Icon::Bin.html()}<span class="word">{t.delete_it}</span></button>
        </>
    }
}

/// A branch that was just deleted can be brought back.
fn undelete(desk: &Desk, (id, called): &(u32, String)) -> Html {
    let (act, id) = (desk.clone(), *id);
    let onclick = move |_| {
        act.ask(Request::Restore { branch: id });
        act.tell(Happened::Branch(Turn::Keep));
    };
    html! { <button class="ghost" id="restore-branch" title={desk.t.restore_branch.replace("{0}", called)} {onclick}>{Icon::Undo.html()}<span>{desk.t.restore_branch.replace("{0}", called)}</span></button> }
}
