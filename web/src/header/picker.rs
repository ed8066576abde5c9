//! The scenario picker: the library by kind, with titles and stories; found by typing, walked by arrows.

use crate::desk::use_desk;
use crate::icons::Icon;
use crate::same::Same;
use crate::texts::of;
use crate::writing::files::is_template;
use js_sys::JsString;
use muster_core::session::api::{LibraryEntry, Request, ScenarioInfo};
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, Node};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct PickerProps {
    /// The library.
    pub library: Same<Vec<LibraryEntry>>,
    /// The scenario shown.
    pub info: Option<Same<ScenarioInfo>>,
}

/// The scenario picker.
#[component]
pub fn Picker(PickerProps { library, info }: &PickerProps) -> Html {
    let desk = use_desk();
    let open = use_state_eq(|| false);
    let sought = use_state(String::new);
    let node = use_node_ref();
    let field = use_node_ref();
    {
        let (field, node) = (field.clone(), node.clone());
        use_effect_with(*open, move |open| {
            let Some(field) = field.cast::<HtmlElement>().filter(|_| *open) else { return };
            let _ = field.focus();
            // The present one is seen; only the list scrolls, never the page.
            let part =
                |css| node.cast::<Element>()?.query_selector(css).ok()??.dyn_into::<HtmlElement>().ok();
            if let (Some(list), Some(now)) = (part(".list"), part(".entry.on")) {
                let below = now.offset_top() + now.offset_height() - list.offset_top() - list.client_height();
                list.set_scroll_top(below.max(0));
            }
        });
    }
    let title = info.as_ref().map_or(desk.t.starting, |info| of(&info.title, desk.lang)).to_owned();
    let kind = info.as_ref().and_then(|info| match info.sides.is_empty() {
        true => info.systems.first().map(|(_, kind)| kind.to_string()),
        false => Some(desk.t.comparison.to_owned()),
    });
    let (toggle, shut, clear) = (open.clone(), open.setter(), sought.setter());
    let onclick = move |_| {
        clear.set(String::new());
        toggle.set(!*toggle);
    };
    let (shut_by_focus, inside) = (open.setter(), node.clone());
    let onfocusout = move |event: FocusEvent| {
        let to = event.related_target().and_then(|to| to.dyn_into::<Node>().ok());
        let stays =
            inside.cast::<Node>().is_some_and(|inside| to.is_some_and(|to| inside.contains(Some(&to))));
        if !stays {
            shut_by_focus.set(false);
        }
    };
    let (shut_by_key, home) = (open.setter(), node.clone());
    let onkeydown = move |event: KeyboardEvent| match event.key().as_str() {
        "Escape" => {
            event.stop_propagation();
            shut_by_key.set(false);
            focus(&home, "button");
        }
        "ArrowDown" => walk(&event, &home, 1),
        "ArrowUp" => walk(&event, &home, -1),
        _ => {}
    };
    let set = sought.setter();
    let oninput = move |event: InputEvent| {
        if let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) {
            set.set(input.value());
        }
    };
    let pick = {
        let desk = desk.clone();
        Callback::from(move |name: Arc<str>| {
            shut.set(false);
            desk.ask(Request::LoadLibrary { name, seed: None });
        })
    };
    let shown = info.as_ref().map(|info| Arc::clone(&info.name));
    html! {
        <div class="pick" ref={node} {onfocusout} {onkeydown}>
            <button class="picker" id="picker" aria-haspopup="dialog" aria-expanded={open.to_string()} title={title.clone()} {onclick}>
                { for kind.map(|kind| html! { <span class="eyebrow">{kind}</span> }) }
                <b id="title">{title}</b>{Icon::Down.html()}
            </button>
            if *open {
                <div class="pop" role="dialog" aria-label={desk.t.scenarios}>
                    <input type="search" placeholder={desk.t.find_scenario} aria-label={desk.t.find_scenario} autofocus=true {oninput} ref={field.clone()} />
                    <div class="list">
                        { for by_kind(library, desk.t.lessons, desk.t.comparisons).into_iter().map(|(kind, entries)| {
                            let entries: Vec<_> = entries.into_iter().filter(|entry| fits(entry, &sought)).collect();
                            if entries.is_empty() { return Html::default() }
                            html! {
                                <section>
                                    <p class="eyebrow">{kind}</p>
                                    { for entries.into_iter().map(|entry| {
                                        let (name, pick) = (Arc::clone(&entry.name), pick.clone());
                                        let on = shown.as_deref() == Some(&*entry.name);
                                        html! {
                                            <button class={classes!("entry", on.then_some("on"))} data-scenario={entry.name.to_string()}
                                                aria-current={on.then_some("true")} onclick={move |_| pick.emit(Arc::clone(&name))}>
                                                <b>{of(&entry.title, desk.lang).to_owned()}</b>
                                                <span>{begins(of(&entry.story, desk.lang)).to_owned()}</span>
                                            </button>
                                        }
                                    }) }
                                </section>
                            }
                        }) }
                    </div>
                </div>
            }
        </div>
    }
}

/// A story's first sentence.
fn begins(story: &str) -> &str {
    let end =
        [". ", "。"].into_iter().filter_map(|stop| Some(story.find(stop)? + stop.trim_end().len())).min();
    end.map_or(story, |end| &story[..end])
}

/// Lessons first, then the rest of the library by the kind of each scenario's first system, or as a comparison, in order of appearance.
fn by_kind<'l>(
    library: &'l [LibraryEntry],
    lessons: &str,
    comparisons: &str,
) -> Vec<(String, Vec<&'l LibraryEntry>)> {
    let library = library.iter().filter(|entry| !is_template(&entry.name));
    let (taught, others): (Vec<&LibraryEntry>, Vec<_>) = library.partition(|entry| entry.steps > 0);
    let mut kinds: Vec<(String, Vec<&LibraryEntry>)> = vec![(lessons.to_owned(), taught)];
    for entry in others {
        let kind = match entry.sides {
            0 => entry.kinds.first().map(|kind| kind.to_string()).unwrap_or_default(),
            _ => comparisons.to_owned(),
        };
        match kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, entries)) => entries.push(entry),
            None => kinds.push((kind, vec![entry])),
        }
    }
    kinds
}

fn fits(entry: &LibraryEntry, sought: &str) -> bool {
    // The browser has the tables of all alphabets.
    let lower = |text: &str| String::from(JsString::from(text).to_lower_case());
    let sought = lower(sought.trim());
    let texts = [&entry.name, &entry.title.en, &entry.title.zh, &entry.story.en, &entry.story.zh];
    texts.into_iter().any(|text| lower(text).contains(&sought))
}

fn focus(node: &NodeRef, what: &str) {
    let element = node.cast::<Element>().and_then(|node| node.query_selector(what).ok().flatten());
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// To the next or the last entry.
fn walk(event: &KeyboardEvent, node: &NodeRef, by: i32) {
    let Some(list) =
        node.cast::<Element>().and_then(|node| node.query_selector_all(".pop input, .pop .entry").ok())
    else {
        return;
    };
    event.prevent_default();
    let here = event.target().and_then(|target| target.dyn_into::<Node>().ok());
    let count = list.length();
    let at = (0..count).find(|index| list.get(*index) == here);
    let next = match (at, by > 0) {
        (Some(at), true) => (at + 1).min(count.saturating_sub(1)),
        (Some(at), false) => at.saturating_sub(1),
        (None, _) => 0,
    };
    if let Some(next) = list.get(next).and_then(|next| next.dyn_into::<HtmlElement>().ok()) {
        let _ = next.focus();
    }
}
