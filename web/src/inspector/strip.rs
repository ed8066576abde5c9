//! One process' log as a row of cells: solid when committed, dashed when not.

use crate::desk::{Desk, use_desk};
use crate::say::epoch_class;
use muster_core::view::{Cell, Strip, Subject};
use yew::prelude::*;

/// So many cells are shown beside the stage; the log table has all.
const LAST: usize = 12;

#[derive(Properties, PartialEq)]
pub struct StripProps {
    /// The log.
    pub strip: Strip,
}

/// One process' log.
#[component]
pub fn StripView(StripProps { strip }: &StripProps) -> Html {
    let desk = use_desk();
    let skipped = strip.cells.len().saturating_sub(LAST);
    let before = strip.cells.get(skipped).map_or(0, |cell| cell.index.saturating_sub(1));
    if strip.cells.is_empty() {
        let words = if strip.base > 0 {
            desk.t.folded.replace("{0}", &strip.base.to_string())
        } else {
            desk.t.log_empty.to_owned()
        };
        return html! { <p class="muted small">{words}</p> };
    }
    html! {
        <ol class="log">
            if before > 0 {
                <li class="before muted small">{desk.t.before.replace("{0}", &before.to_string())}</li>
            }
            { for strip.cells.iter().skip(skipped).map(|cell| {
                let (act, subject) = (desk.clone(), Subject::Entry(strip.id, cell.index));
                let label = format!("{} · {}", cell_title(&desk, cell), desk.t.why_entry);
                html! {
                    <li><button class={classes!("plain", cell_class(cell))} title={label.clone()} aria-label={label}
                        onclick={move |_| act.why(subject.clone())}>{cell.index}<b>{desk.say(&cell.text)}</b></button></li>
                }
            }) }
        </ol>
    }
}

/// How a cell is drawn.
pub fn cell_class(cell: &Cell) -> Classes {
    classes!(
        "e",
        epoch_class(Some(cell.epoch)),
        (!cell.committed).then_some("un"),
        (!cell.synced).then_some("unsynced"),
        cell.conflict.then_some("conflict"),
    )
}

/// A cell in words.
pub fn cell_title(desk: &Desk, cell: &Cell) -> String {
    let mut parts = vec![
        desk.t.entry.replace("{0}", &cell.index.to_string()).replace("{1}", &desk.say(&cell.epoch.phrase())),
        desk.say(&cell.text),
        if cell.committed { desk.t.committed } else { desk.t.uncommitted }.to_owned(),
    ];
    if !cell.synced {
        parts.push(desk.t.not_synced.to_owned());
    }
    if cell.conflict {
        parts.push(desk.t.conflict.to_owned());
    }
    parts.join(" · ")
}
