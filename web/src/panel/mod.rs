//! The panel below the stage: timeline, logs, events, checks, the scenario's text.

mod checks;
mod events;
mod logs;
mod overview;
mod view;

use crate::desk::use_desk;
use crate::diagram::{Timeline, TimelineProps, bar};
use crate::hands::{Commands, CommandsProps};
use crate::hooks::target;
use crate::look::prefers;
use crate::part::part;
use crate::player::Shown;
use crate::refresh::Wishes;
use crate::sides::{FiguresProps, FiguresTable};
use crate::state::{Happened, Page, Tab};
use crate::writing::{ScenarioText, TextProps};
use checks::{Checks, ChecksProps};
use events::{Events, EventsProps};
use logs::{Logs, LogsProps};
use overview::{Overview, OverviewProps};
pub use view::{View, time};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct PanelProps {
    /// The page.
    pub page: UseReducerHandle<Page>,
    /// The time drawn.
    pub shown: Shown,
    /// What the timeline wants.
    pub wishes: Wishes,
}

/// All tabs; the first is there where several systems are compared.
const TABS: [Tab; 7] =
    [Tab::Figures, Tab::Timeline, Tab::Logs, Tab::Events, Tab::Commands, Tab::Checks, Tab::Text];

/// Where the panel can be folded.
const NARROW: &str = "(max-width: 720px)";

/// The panel below the stage.
#[component]
pub fn Panel(PanelProps { page, shown, wishes }: &PanelProps) -> Html {
    let desk = use_desk();
    let t = desk.t;
    let name = |tab: Tab| match tab {
        Tab::Figures => t.figures,
        Tab::Timeline => t.timeline,
        Tab::Logs => t.logs,
        Tab::Events => t.events,
        Tab::Commands => t.commands,
        Tab::Checks => t.checks,
        Tab::Text => t.text,
    };
    let keys = desk.clone();
    let now = page.tab;
    let tabs =
        if page.info.as_ref().is_some_and(|info| !info.sides.is_empty()) { &TABS[..] } else { &TABS[1..] };
    let bar_node = use_node_ref();
    // On a small screen the stage and what was asked want the room: the tab that is on folds the panel.
    let folded = use_state_eq(|| false);
    {
        let bar = bar_node.clone();
        let unfold = folded.setter();
        // Whatever opens a tab, be it the one that is on, opens the panel.
        use_effect_with((now, page.opened), move |_| {
            near(&bar);
            unfold.set(false);
        });
    }
    let narrow = prefers(NARROW);
    let onkeydown = move |event: KeyboardEvent| {
        let at = tabs.iter().position(|tab| *tab == now).unwrap_or(0);
        let next = match event.key().as_str() {
            "ArrowRight" => (at + 1) % tabs.len(),
            "ArrowLeft" => (at + tabs.len() - 1) % tabs.len(),
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        keys.tell(Happened::Tab(tabs[next]));
        let tab = target(&event, ".tablist")
            .and_then(|list| list.children().item(next as u32))
            .and_then(|tab| tab.dyn_into::<HtmlElement>().ok());
        if let Some(tab) = tab {
            let _ = tab.focus();
        }
    };
    let tab = |tab: Tab| {
        let (act, on) = (desk.clone(), page.tab == tab);
        let (fold, open) = (folded.setter(), on && !*folded);
        let onclick = move |_| match open && prefers(NARROW) {
            true => fold.set(true),
            false => act.tell(Happened::Tab(tab)),
        };
        html! {
            <button role="tab" id={format!("tab-{tab:?}").to_ascii_lowercase()} class={on.then_some("on")} aria-selected={on.to_string()}
                aria-expanded={(on && narrow).then(|| open.to_string())} tabindex={if on { "0" } else { "-1" }} {onclick}>{name(tab)}</button>
        }
    };
    html! {
        <>
            <div class="tabs" ref={bar_node}>
                <div class="tablist" role="tablist" {onkeydown}>{ for tabs.iter().copied().map(tab) }</div>
                <span class="grow"></span>
                if page.tab == Tab::Timeline { { bar(&desk, page) } }
            </div>
            <div class={classes!("pane", match page.tab { Tab::Timeline => Some("pane-timeline"), Tab::Text => Some("pane-text"), _ => None }, folded.then_some("folded"))} role="tabpanel" aria-label={name(page.tab)}>
                { match page.tab {
                    Tab::Figures => part::<FiguresTable>(FiguresProps { figures: page.sides.figures.clone() }),
                    Tab::Timeline => part::<Timeline>(TimelineProps { page: page.clone(), shown: shown.clone(), wishes: wishes.clone() }),
                    Tab::Logs => part::<Logs>(LogsProps { logs: page.logs.clone(), pointed: page.diagram.pointed }),
                    Tab::Events => part::<Events>(EventsProps {
                        events: page.events.clone(),
                        ordinal: here(page),
                        pointed: page.diagram.pointed,
                        selection: page.selection,
                    }),
                    Tab::Commands => part::<Commands>(CommandsProps { commands: page.commands.clone(), place: page.frame.as_ref().map(|frame| frame.place).unwrap_or_default(), hands: page.hands.clone() }),
                    Tab::Checks => part::<Checks>(ChecksProps { checks: page.checks.clone(), expectations: page.expectations.clone() }),
                    Tab::Text => part::<ScenarioText>(TextProps { info: page.info.clone(), loads: page.loads, problems: page.problems.clone(), writing: page.writing.clone() }),
                } }
            </div>
        </>
    }
}

/// Scrolls the tabs, and nothing else, so that the one that is on is seen.
fn near(bar: &NodeRef) {
    let Some(bar) = bar.cast::<HtmlElement>() else { return };
    let on = bar.query_selector("[aria-selected=true]").ok().flatten();
    let Some(on) = on.and_then(|on| on.dyn_into::<HtmlElement>().ok()) else { return };
    let (left, right) = (on.offset_left(), on.offset_left() + on.offset_width());
    // The bar's end fades: beyond it there is more.
    if left < bar.scroll_left() {
        bar.set_scroll_left((left - 8).max(0));
    } else if right + 24 > bar.scroll_left() + bar.client_width() {
        bar.set_scroll_left(right + 24 - bar.client_width());
    }
}

/// The whole branch as one strip, for under the lanes.
pub fn overview(page: &UseReducerHandle<Page>, shown: &Shown, wishes: &Wishes) -> Html {
    part::<Overview>(OverviewProps { page: page.clone(), shown: shown.clone(), wishes: wishes.clone() })
}

/// The event shown, as far as the list of events has come: while time runs the list is a little behind, and need not be drawn
/// for every event that it does not have.
fn here(page: &Page) -> u64 {
    let last = page.events.last().map_or(u64::MAX, |line| line.place.ordinal);
    page.frame.as_ref().map_or(0, |frame| frame.place.ordinal).min(last)
}
