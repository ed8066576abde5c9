//! One box that finds: a time or an event by its number, processes, marks, events by their words, scenarios, and what the page
//! can do. What is found is gone to, selected, loaded or done.
//!
//! Events are looked through in words of the reader's language, from the end of what was simulated backwards, a stretch at a
//! time, while the box is open: the session knows no words.

mod offers;

use crate::desk::{Desk, use_desk};
use crate::dialogs::modal;
use crate::hooks::target;
use crate::same::Same;
use crate::state::{Asked, Happened, Page};
use muster_core::session::api::Request;
use muster_core::view::{EventLine, Place};
use offers::{Group, Offer, offers};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

/// Events asked for at once.
const STRETCH: u32 = 500;
/// So many are looked through before the reader is asked whether to go on.
const AT_FIRST: u64 = 20_000;
/// Most lines of one kind that are shown.
const SHOWN: usize = 8;
/// Most events that are shown.
const MOST_EVENTS: usize = 40;

/// What is kept of the events that were looked through.
#[derive(Clone, Default, PartialEq)]
pub struct Finding {
    /// The last stretch that came, and up to which event it was asked for.
    pub came: Option<(u64, Same<Vec<EventLine>>)>,
}

#[derive(Properties, PartialEq)]
pub struct FindProps {
    /// The page.
    pub page: UseReducerHandle<Page>,
}

/// Words of events that were looked through, latest first.
#[derive(Default)]
struct Known {
    lines: Vec<(Place, String)>,
    /// Events after this one are known; none is yet, if it is not set.
    down_to: Option<u64>,
}

impl Known {
    /// Takes the stretch that ends where it has got to.
    fn take(&mut self, desk: &Desk, finding: &Finding, head: u64) {
        let Some((until, lines)) = &finding.came else { return };
        if self.down_to.unwrap_or(head) != *until {
            return;
        }
        self.lines.extend(lines.iter().rev().map(|line| (line.place, desk.say(&line.sentence))));
        self.down_to = Some(lines.first().map_or(0, |line| line.place.ordinal.saturating_sub(1)));
    }

    fn matching(&self, desk: &Desk, sought: &Sought) -> Vec<Offer> {
        let fitting = self.lines.iter().filter(|(_, words)| sought.fits(words));
        fitting.take(MOST_EVENTS).map(|(place, words)| Offer::event(desk, *place, words)).collect()
    }
}

/// The box.
#[component]
pub fn FindDialog(FindProps { page }: &FindProps) -> Html {
    let desk = use_desk();
    let sought = use_state(String::new);
    let at = use_state_eq(|| 0usize);
    let limit = use_state_eq(|| AT_FIRST);
    let known = use_mut_ref(Known::default);
    let field = use_node_ref();
    {
        let field = field.clone();
        use_effect_with((), move |()| {
            if let Some(field) = field.cast::<HtmlElement>() {
                let _ = field.focus();
            }
        });
    }
    let head = page.head.ordinal;
    known.borrow_mut().take(&desk, &page.finding, head);
    let groups = groups(&desk, page, &sought, &known.borrow());
    let down_to = known.borrow().down_to.unwrap_or(head);
    let enough =
        groups.last().is_some_and(|(group, found)| *group == Group::Events && found.len() >= MOST_EVENTS);
    let unseen = !sought.trim().is_empty() && down_to > 0 && !enough;
    let looks = unseen && head - down_to < *limit;
    let asks = desk.clone();
    use_effect_with(looks.then_some(down_to), move |wanted| {
        if let Some(until) = *wanted {
            asks.ask_as(Request::Events { until, count: STRETCH }, Asked::Find(until));
        }
    });
    let all: Vec<Offer> = groups.iter().flat_map(|(_, offers)| offers.iter().cloned()).collect();
    let chosen = (*at).min(all.len().saturating_sub(1));
    let further = limit.setter();
    let next = *limit + AT_FIRST;
    let inside = html! {
        <div class="find">
            { input(&desk, &field, &sought, &at, &all, chosen) }
            { list(&desk, &groups, chosen) }
            if all.is_empty() && !looks {
                <p class="muted" role="status">{desk.t.found_nothing.replace("{0}", sought.trim())}</p>
            }
            if looks {
                <p class="small muted" role="status">{desk.t.find_looking}</p>
            } else if unseen {
                <p class="small muted">{desk.t.find_looked.replace("{0}", &(head - down_to).to_string())}{" "}
                    <button type="button" class="linky" id="find-further" onclick={move |_| further.set(next)}>{desk.t.find_further}</button></p>
            }
        </div>
    };
    modal(desk.t.find.into(), inside)
}

/// Where one types what is sought; arrows choose, Enter takes.
fn input(
    desk: &Desk,
    field: &NodeRef,
    sought: &UseStateHandle<String>,
    at: &UseStateHandle<usize>,
    all: &[Offer],
    chosen: usize,
) -> Html {
    let t = desk.t;
    let (set, first) = (sought.setter(), at.setter());
    let oninput = move |event: InputEvent| {
        if let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) {
            set.set(input.value());
            first.set(0);
        }
    };
    let (act, offered, walk) = (desk.clone(), all.to_vec(), at.setter());
    let onkeydown = move |event: KeyboardEvent| {
        let last = offered.len().saturating_sub(1);
        let next = match event.key().as_str() {
            "ArrowDown" => (chosen + 1).min(last),
            "ArrowUp" => chosen.saturating_sub(1),
            // Else the field would be emptied first.
            "Escape" => {
                event.prevent_default();
                act.tell(Happened::Dialog(None));
                return;
            }
            "Enter" => {
                event.prevent_default();
                if let Some(offer) = offered.get(chosen) {
                    offer.take(&act);
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        walk.set(next);
        show(&event, next);
    };
    html! {
        <input id="find" ref={field} type="search" role="combobox" autocomplete="off" spellcheck="false" aria-expanded="true"
            aria-controls="found" aria-activedescendant={(!all.is_empty()).then(|| format!("found-{chosen}"))} aria-label={t.find} placeholder={t.find_words}
            value={(**sought).clone()} {oninput} {onkeydown} />
    }
}

/// What was found, by kinds.
fn list(desk: &Desk, groups: &[(Group, Vec<Offer>)], chosen: usize) -> Html {
    let mut index = 0;
    let groups = groups.iter().map(|(group, offers)| {
        let lines = offers.iter().map(|offer| {
            let here = index;
            index += 1;
            line(desk, offer, here, here == chosen)
        });
        let words = group.words(desk);
        html! {
            <div role="group" aria-label={words} key={words}>
                <p class="eyebrow" aria-hidden="true">{words}</p>
                { for lines }
            </div>
        }
    });
    html! { <div id="found" class="found" role="listbox" aria-label={desk.t.found}>{ for groups }</div> }
}

/// Every word of what is sought must be there, capitals aside.
pub struct Sought(Vec<String>);

impl Sought {
    /// By its words.
    pub fn of(text: &str) -> Self {
        Sought(text.split_whitespace().map(str::to_lowercase).collect())
    }

    /// Does a text fit?
    pub fn fits(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        self.0.iter().all(|word| text.contains(word))
    }
}

fn groups(desk: &Desk, page: &Page, sought: &str, known: &Known) -> Vec<(Group, Vec<Offer>)> {
    let fits = Sought::of(sought);
    let mut groups = offers(desk, page, sought.trim(), &fits);
    for (_, offers) in &mut groups {
        offers.truncate(SHOWN);
    }
    if !sought.trim().is_empty() {
        groups.push((Group::Events, known.matching(desk, &fits)));
    }
    groups.retain(|(_, offers)| !offers.is_empty());
    groups
}

fn line(desk: &Desk, offer: &Offer, index: usize, on: bool) -> Html {
    let (act, taken) = (desk.clone(), offer.clone());
    html! {
        <div role="option" id={format!("found-{index}")} class={classes!("offer", on.then_some("on"))} aria-selected={on.to_string()}
            onclick={move |_| taken.take(&act)}>
            <span>{offer.words.clone()}</span>
            if !offer.beside.is_empty() { <small class="muted" title={offer.beside.clone()}>{offer.beside.clone()}</small> }
        </div>
    }
}

/// The chosen line comes into view; only the list scrolls, never the page.
fn show(event: &KeyboardEvent, index: usize) {
    let Some(list) = target(event, "#find").and_then(|field| field.next_element_sibling()) else { return };
    let Ok(Some(line)) = list.query_selector(&format!("#found-{index}")) else { return };
    let (outside, inside) = (list.get_bounding_client_rect(), line.get_bounding_client_rect());
    let by = if inside.bottom() > outside.bottom() {
        inside.bottom() - outside.bottom()
    } else {
        (inside.top() - outside.top()).min(0.0)
    };
    #[expect(clippy::cast_possible_truncation, reason = "pixels")]
    list.set_scroll_top(list.scroll_top() + by as i32);
}
