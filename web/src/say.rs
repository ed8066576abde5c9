//! Phrases on the page: members bold, terms in their colour with their number.

use crate::desk::use_desk;
use crate::part::part;
use muster_core::process::{Phrase, ProcessId};
use muster_core::view::{Epoch, hue};
use muster_words::Piece;
use yew::prelude::*;

/// The class of a term, ballot or version: one of six colours. The number always stands beside the colour.
pub fn epoch_class(epoch: Option<Epoch>) -> &'static str {
    class(epoch.map_or(0, |epoch| hue(epoch.number, epoch.owner)))
}

fn class(hue: u64) -> &'static str {
    ["e0", "e1", "e2", "e3", "e4", "e5", "e6"].get(hue as usize).copied().unwrap_or("e0")
}

#[derive(Properties, PartialEq)]
struct SayProps {
    phrase: Phrase,
}

/// A phrase in words, as a part of its own: the words are put together again only for another phrase.
pub fn say(phrase: &Phrase) -> Html {
    part::<Say>(SayProps { phrase: phrase.clone() })
}

#[component]
fn Say(SayProps { phrase }: &SayProps) -> Html {
    let desk = use_desk();
    muster_words::say(phrase, &*desk.names, desk.lang).into_iter().map(piece).collect()
}

fn piece(piece: Piece) -> Html {
    match piece {
        Piece::Text(words) => html! { {words} },
        Piece::At(_, words) => html! { <span class="at">{words}</span> },
        Piece::Process(_, name) | Piece::Host(_, name) => html! { <b class="who">{name}</b> },
        Piece::Epoch(epoch) => term(epoch),
        Piece::Ballot(number, owner, name) => ballot(number, owner, name),
        Piece::Number(number) => html! { <span class="num">{number}</span> },
        Piece::Name(name) | Piece::Quote(name) => html! { <code>{name}</code> },
    }
}

/// A term, ballot or version: its number on its colour.
pub fn term(epoch: u64) -> Html {
    html! { <b class={classes!("t", class(hue(epoch, None)))}>{epoch}</b> }
}

/// A ballot: its number and whose it is, on their colour.
pub fn ballot(number: u64, owner: ProcessId, name: Option<String>) -> Html {
    let whose = name.map(|name| format!(".{name}"));
    html! { <b class={classes!("t", class(hue(number, Some(owner))))}>{number}{whose}</b> }
}
