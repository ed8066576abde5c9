//! A lesson's text: words that stand out, members to look into, terms on their colours.

use crate::desk::Desk;
use crate::say::term;
use crate::state::Selection;
use muster_core::session::api::{Bit, Marked};
use muster_words::Lang;
use yew::prelude::*;

/// A text of a lesson.
pub fn marked(desk: &Desk, text: &Marked) -> Html {
    let bits = match desk.lang {
        Lang::En => &text.en,
        Lang::Zh => &text.zh,
    };
    bits.iter().map(|bit| piece(desk, bit)).collect()
}

fn piece(desk: &Desk, bit: &Bit) -> Html {
    match bit {
        Bit::Text(words) => html! { {words.to_string()} },
        Bit::Strong(words) => html! { <em>{words.to_string()}</em> },
        Bit::Epoch(epoch) => term(*epoch),
        Bit::Name(name) => match desk.names.process(name) {
            Some(id) => {
                let act = desk.clone();
                html! { <button class="linky who" onclick={move |_| act.select(Selection::Process(id))}>{name.to_string()}</button> }
            }
            None => html! { <b class="who">{name.to_string()}</b> },
        },
    }
}
