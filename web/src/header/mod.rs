//! The bar above: which scenario, with which seed, whether all checks hold; share, language, theme, keys.

mod picker;
mod verdict;

use crate::desk::{Desk, use_desk};
use crate::dialogs::share;
use crate::icons::Icon;
use crate::look::{Look, Theme};
use crate::part::part;
use crate::state::{Dialog, Happened, Page};
use crate::writing::files;
use muster_core::session::api::Request;
use muster_words::Lang;
use picker::{Picker, PickerProps};
use verdict::{Verdict, VerdictProps};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct HeaderProps {
    /// The page.
    pub page: UseReducerHandle<Page>,
}

/// The bar above.
#[component]
pub fn Header(HeaderProps { page }: &HeaderProps) -> Html {
    let desk = use_desk();
    let t = desk.t;
    let look = &page.look;
    let (sharing, keys, find) = (desk.clone(), desk.clone(), desk.clone());
    let export = desk.clone();
    let onshare = move |_| share(&sharing);
    html! {
        <header class="bar top">
            <a class="brand" href="#" onclick={|event: MouseEvent| event.prevent_default()}>
                <svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="4.5" r="2.6"/><circle cx="4.5" cy="17.5" r="2.6"/><circle cx="19.5" cy="17.5" r="2.6"/><path d="M12 7v3.6M10.6 12.6 6.4 15.6M13.4 12.6l4.2 3"/></svg>
                {"Muster"}
            </a>
            { files::button(&desk) }
            { part::<Picker>(PickerProps { library: page.library.clone(), info: page.info.clone() }) }
            // One child whether it is there or not: else all before it would be made anew when it comes.
            { page.info.as_ref().map(|info| seed(&desk, info.seed, &info.text)).unwrap_or_default() }
            <span class="grow"></span>
            { part::<Verdict>(VerdictProps { checks: page.checks.clone() }) }
            <button class="ghost" id="find-button" title={t.find_words} onclick={move |_| find.open(Dialog::Find)}>{Icon::Find.html()}<span class="word">{t.find}</span>{" "}<kbd class="word">{"/"}</kbd></button>
            <button class="ghost" id="share" title={t.share} onclick={onshare}>{Icon::Share.html()}<span class="word">{t.share}</span></button>
            <button class="ghost" id="export" title={t.export_words} onclick={move |_| export.open(Dialog::Export)}>{Icon::Disk.html()}<span class="word">{t.export}</span></button>
            { language(&desk, look) }
            { theme(&desk, look) }
            <button class="ghost" id="keys" aria-label={t.keys} title={t.keys} onclick={move |_| keys.open(Dialog::Keys)}>{"?"}</button>
        </header>
    }
}

/// The seed, and another one.
fn seed(desk: &Desk, seed: u64, text: &std::sync::Arc<str>) -> Html {
    let (act, text) = (desk.clone(), text.clone());
    let onclick = move |_| act.ask(Request::Load { text: text.clone(), seed: Some(seed + 1) });
    html! {
        <span class="seed" title={desk.t.seed_words}>
            {desk.t.seed}{" "}<b id="seed">{seed}</b>
            <button class="ghost small" id="another-seed" aria-label={desk.t.another_seed} title={desk.t.another_seed} {onclick}>{Icon::Again.html()}</button>
        </span>
    }
}

/// The other language, in its own words.
fn language(desk: &Desk, look: &Look) -> Html {
    let (words, lang, other) = match look.lang {
        Lang::En => ("中文", "zh-Hans", Lang::Zh),
        Lang::Zh => ("EN", "en", Lang::En),
    };
    let (teller, look) = (desk.clone(), look.clone());
    let onclick = move |_| teller.tell(Happened::Look(Look { lang: other, ..look.clone() }));
    html! { <button class="ghost" id="language" {lang} {onclick}>{words}</button> }
}

fn theme(desk: &Desk, look: &Look) -> Html {
    let (icon, words) = match look.theme {
        Theme::System => (Icon::Screen, desk.t.theme_system),
        Theme::Light => (Icon::Sun, desk.t.theme_light),
        Theme::Dark => (Icon::Moon, desk.t.theme_dark),
        Theme::Projector => (Icon::Beam, desk.t.theme_projector),
    };
    let (teller, look) = (desk.clone(), look.clone());
    let onclick = move |_| teller.tell(Happened::Look(Look { theme: look.theme.next(), ..look.clone() }));
    html! { <button class="ghost" id="theme" aria-label={words} title={words} {onclick}>{icon.html()}</button> }
}
