//! Phrases on the page: members bold, terms in their colour with their number.

use crate::desk::use_desk;
use muster_core::process::Phrase;
use muster_words::Piece;
use yew::prelude::*;

/// The class of a term, ballot or version: one of six colours. The number always stands beside the colour.
pub fn epoch_class(epoch: Option<u64>) -> &'static str {
    match epoch {
        None | Some(0) => "e0",
        Some(epoch) => ["e1", "e2", "e3", "e4", "e5", "e6"][((epoch - 1) % 6) as usize],
    }
}

#[derive(Properties, PartialEq)]
pub struct SayProps {
    /// What is said.
    pub phrase: Phrase,
}

/// A phrase in words.
#[component]
pub fn Say(SayProps { phrase }: &SayProps) -> Html {
    let desk = use_desk();
    muster_words::say(phrase, &*desk.names, desk.lang).into_iter().map(piece).collect()
}

fn piece(piece: Piece) -> Html {
    match piece {
        Piece::Text(words) | Piece::At(_, words) => html! { {words} },
        Piece::Process(_, name) | Piece::Host(_, name) => html! { <b class="who">{name}</b> },
        Piece::Epoch(epoch) => html! { <Term {epoch} /> },
        Piece::Number(number) => html! { <span class="num">{number}</span> },
        Piece::Name(name) | Piece::Quote(name) => html! { <code>{name}</code> },
    }
}

#[derive(Properties, PartialEq)]
pub struct TermProps {
    /// Its number.
    pub epoch: u64,
}

/// A term, ballot or version: its number on its colour.
#[component]
pub fn Term(TermProps { epoch }: &TermProps) -> Html {
    html! { <b class={classes!("t", epoch_class(Some(*epoch)))}>{*epoch}</b> }
}
