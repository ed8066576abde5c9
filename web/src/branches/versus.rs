//! Two branches beside each other, on one transport: what parted them, what first came of it, and the other one's stage at the time
//! shown. The session compares; the page keeps asking for the other one where the reader is.

use super::{Turn, name};
use crate::bridge::Bridge;
use crate::desk::{Desk, use_desk};
use crate::hooks::use_frames;
use crate::icons::Icon;
use crate::same::Same;
use crate::say::say;
use crate::state::{Asked, Happened, Page};
use muster_core::process::{Span, Time};
use muster_core::session::api::{Comparison, Request, SeekTo};
use muster_core::view::{EventLine, Place};
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// Most events of new ground on the other branch for one frame.
const BUDGET: u64 = 4_000;

/// How much more must at least have come before one that found no difference looks again while time goes on.
const AT_LEAST: Span = Span::millis(50);

/// What was last asked: both branches, when, and how often the run was changed.
#[derive(Clone, PartialEq, Default)]
struct Last {
    stage: Option<(u32, u32, Place, usize, u32)>,
    comparison: Option<(u32, u32, usize, u32, Time)>,
}

/// Keeps the other branch where the reader is.
#[hook]
pub fn use_versus(bridge: &Bridge, page: &UseReducerHandle<Page>) {
    let last = use_mut_ref(Last::default);
    let (bridge, page) = (bridge.clone(), page.clone());
    use_frames(move |_| {
        let mut last = last.borrow_mut();
        let Some(other) = page.branching.other.filter(|_| page.frame.is_some() && !page.opening) else {
            *last = Last::default();
            return;
        };
        let (branch, at, commands, lives) = (page.branch, page.now(), page.commands.len(), page.lives);
        // Several events may share an instant.
        let place = page.frame.as_ref().map_or(Place::default(), |frame| frame.place);
        let stage = Some((branch, other, place, commands, lives));
        let more = page.branching.beside.as_ref().is_some_and(|beside| beside.more);
        if (last.stage != stage || more)
            && bridge.ask_once(&Request::Other { branch: other, at, budget: BUDGET }, Asked::Look)
        {
            last.stage = stage;
        }
        // One that has found no difference yet looks again where there is more to look at: once time stands still, and while it goes on
        // every time an eighth more has come, so that all its looks together cost a few times the last.
        let same = page.branching.comparison.as_ref().is_some_and(|comparison| comparison.same);
        let still = !page.playing && page.until.is_none();
        let known = last.comparison.map_or(Time::ZERO, |known| known.4);
        let due = still || page.head.at > known + Span(known.0 / 8) + AT_LEAST;
        let upto = if same && due { page.head.at } else { Time::ZERO };
        let comparison = Some((branch, other, commands, lives, upto.max(known)));
        if last.comparison != comparison && bridge.ask_once(&Request::Compare { other }, Asked::Look) {
            last.comparison = comparison;
        }
    });
}

/// Chooses the branch to lay beside the one shown.
pub fn chooser(desk: &Desk, page: &Page) -> Html {
    let t = desk.t;
    if let Some(other) = page.branching.other {
        let act = desk.clone();
        let onclick = move |_| act.tell(Happened::Branch(Turn::Compare(None)));
        return html! { <button class="ghost on" id="compare" data-other={other.to_string()} title={t.compare_end} {onclick}>{Icon::Pair.html()}<span class="word">{t.compare_end}</span></button> };
    }
    let others: Vec<_> = page.branches.iter().filter(|branch| branch.id != page.branch).collect();
    if let [one] = others[..] {
        let (act, id) = (desk.clone(), one.id);
        let onclick = move |_| act.tell(Happened::Branch(Turn::Compare(Some(id))));
        return html! { <button class="ghost" id="compare" title={t.compare_words} {onclick}>{Icon::Pair.html()}<span class="word">{t.compare}</span>{" "}<kbd>{"v"}</kbd></button> };
    }
    let act = desk.clone();
    let onchange = move |event: Event| {
        let select = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
        if let Some(id) = select.and_then(|select| select.value().parse().ok()) {
            act.tell(Happened::Branch(Turn::Compare(Some(id))));
        }
    };
    html! {
        <select class="picker compare" id="compare-with" title={t.compare_words} aria-label={t.compare_with} {onchange}>
            <option value="" selected=true>{t.compare_with}</option>
            { for others.into_iter().map(|branch| html! { <option value={branch.id.to_string()}>{name(desk, branch)}</option> }) }
        </select>
    }
}

/// Compares with the branch that this one leaves, or else with the next one; or ends it.
pub fn toggle(desk: &Desk, page: &Page) -> bool {
    let parent = || {
        let here = page.branches.iter().find(|branch| branch.id == page.branch)?;
        let off = here.off.map(|(off, _)| off);
        off.or_else(|| page.branches.iter().map(|branch| branch.id).find(|id| *id != page.branch))
    };
    let other = if page.branching.other.is_some() { None } else { parent() };
    if other.is_none() && page.branching.other.is_none() {
        return false;
    }
    desk.tell(Happened::Branch(Turn::Compare(other)));
    true
}

#[derive(Properties, PartialEq)]
pub struct VersusProps {
    /// The page.
    pub page: UseReducerHandle<Page>,
}

/// What parted the two and what first came of it, in words.
#[component]
pub fn Versus(VersusProps { page }: &VersusProps) -> Html {
    let desk = use_desk();
    let t = desk.t;
    let close = desk.clone();
    let onclose = move |_| close.tell(Happened::Branch(Turn::Compare(None)));
    html! {
        <section class="versus" id="versus" aria-label={t.compare}>
            <div aria-live="polite">
                { page.branching.comparison.as_ref().map_or_else(|| html! { <p class="muted">{t.comparing}</p> }, |found| words(&desk, page, found)) }
            </div>
            <span class="row">
                { for page.branching.comparison.as_ref().filter(|found| !found.same).map(|found| {
                    let (act, at) = (desk.clone(), found.same_until);
                    html! { <button class="primary" id="to-difference" onclick={move |_| act.jump(Request::Seek(SeekTo::Time(at)))}>{t.to_difference}</button> }
                }) }
                <button class="ghost" id="end-compare" title={t.compare_end} onclick={onclose}>{Icon::Close.html()}<span>{t.close}</span></button>
            </span>
        </section>
    }
}

fn called(desk: &Desk, page: &Page, id: u32) -> String {
    page.branches.iter().find(|branch| branch.id == id).map_or_else(String::new, |branch| name(desk, branch))
}

fn words(desk: &Desk, page: &Page, found: &Same<Comparison>) -> Html {
    let t = desk.t;
    let names = found.branches.map(|id| called(desk, page, id));
    let same = if found.same { t.no_difference } else { t.same_until };
    let side = |at: usize| {
        let line = found.first[at].as_ref();
        let command = found.parted[at].as_ref();
        html! {
            <li data-branch={found.branches[at].to_string()}>
                <b>{names[at].clone()}</b>
                { for command.map(|command| html! { <span class="muted">{t.parted_by.replace("{0}", &desk.instant(command.place.at)).replace("{1}", &desk.say(&command.sentence))}</span> }) }
                { if found.same { Html::default() } else { event(desk, line) } }
            </li>
        }
    };
    html! {
        <>
            <p id="same-until">{same.replace("{0}", &desk.instant(found.same_until))}</p>
            <ul>{ side(0) }{ side(1) }</ul>
        </>
    }
}

fn event(desk: &Desk, line: Option<&EventLine>) -> Html {
    match line {
        Some(line) => {
            html! { <span><time>{desk.instant(line.place.at)}</time>{" "}{ say(&line.sentence) }</span> }
        }
        None => html! { <span class="muted">{desk.t.nothing_there}</span> },
    }
}
