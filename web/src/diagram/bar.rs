//! The kinds of messages and events in view, as a legend whose entries can be switched off; and what of it all is not drawn.

use super::state::{DiagramHappened, Sieve};
use crate::desk::Desk;
use crate::stage::class_of;
use crate::stage::paint::shape_path;
use crate::state::{Happened, Page};
use muster_core::view::{KindCount, Window};
use yew::prelude::*;

/// The legend, and the way back to all.
pub fn bar(desk: &Desk, page: &Page) -> Html {
    let t = desk.t;
    let kinds = page.window.as_ref().map_or(&[][..], |window| &window.kinds);
    let sieve = &page.diagram.sieve;
    html! {
        <div class="sift" role="group" aria-label={t.kinds}>
            { for kinds.iter().map(|kind| toggle(desk, sieve, kind)) }
            if !sieve.is_open() {
                <button class="linky" id="show-all" onclick={all(desk)}>{t.show_all}</button>
                <span class="muted small" id="hidden">{hidden(desk, sieve)}</span>
            }
        </div>
    }
}

fn toggle(desk: &Desk, sieve: &Sieve, kind: &KindCount) -> Html {
    let shown = !sieve.without.contains(&kind.kind);
    let mut next = sieve.clone();
    next.toggle(kind.kind);
    let act = desk.clone();
    let onclick = move |_| act.tell(Happened::Diagram(DiagramHappened::Sieve(next.clone())));
    let words = desk.word(kind.kind);
    let title = if shown { desk.t.leave_out } else { desk.t.show_again }.replace("{0}", &words);
    let class = kind.card.map_or("m-dot", |(shape, _)| class_of(shape));
    let glyph = match kind.card {
        Some((shape, answer)) => html! { <path class={answer.then_some("hollow")} d={shape_path(shape)} /> },
        None => html! { <circle r="4" /> },
    };
    html! {
        <button class="kind" type="button" aria-pressed={shown.to_string()} {title} {onclick}>
            <svg {class} viewBox="-9 -9 18 18" width="12" height="12" aria-hidden="true">{glyph}</svg>
            <span>{words}</span>{" "}<small class="num">{kind.count}</small>
        </button>
    }
}

fn all(desk: &Desk) -> Callback<MouseEvent> {
    let act = desk.clone();
    Callback::from(move |_| act.tell(Happened::Diagram(DiagramHappened::Sieve(Sieve::default()))))
}

/// How much is hidden by choice.
pub fn hidden(desk: &Desk, sieve: &Sieve) -> String {
    let t = desk.t;
    let folded: usize = sieve.folds.iter().map(Vec::len).sum();
    let counts = [
        (sieve.hidden.len(), t.lanes_hidden),
        (folded, t.lanes_folded),
        (sieve.without.len(), t.kinds_hidden),
    ];
    let parts = counts.into_iter().filter(|(count, _)| *count > 0);
    parts
        .map(|(count, words)| words.replace("{0}", &count.to_string()))
        .collect::<Vec<_>>()
        .join(desk.t.comma)
}

/// What is left out because it is too much.
pub fn left_out(desk: &Desk, page: &Page) -> Html {
    let words = page.window.as_deref().map(|window| too_much(desk, window)).unwrap_or_default();
    if words.is_empty() {
        return Html::default();
    }
    html! { <p id="left-out" class="left-out" title={words.clone()}>{words}{" · "}{desk.t.zoom_for_more}</p> }
}

/// The same in words; none if all is there.
pub fn too_much(desk: &Desk, window: &Window) -> String {
    let t = desk.t;
    let words = |words: &str, count: u64| words.replace("{0}", &count.to_string());
    let mut parts = Vec::new();
    if window.crowded {
        parts.push(words(t.too_many_events, window.arrows_left_out));
    } else {
        if window.arrows_left_out > 0 {
            parts.push(words(t.more_messages, window.arrows_left_out));
        }
        if window.dots_left_out > 0 {
            parts.push(words(t.more_events, window.dots_left_out));
        }
    }
    parts.join(t.comma)
}
