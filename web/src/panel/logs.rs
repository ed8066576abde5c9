//! Every member's log, index under index: solid when committed, dashed when not; under each what its leader knows of it.

use crate::desk::{Desk, use_desk};
use crate::diagram::Pointed;
use crate::hooks::target;
use crate::inspector::{cell_class, cell_title};
use crate::same::Same;
use muster_core::process::ProcessId;
use muster_core::view::{LogTable, Strip, Subject};
use web_sys::Element;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct LogsProps {
    /// The logs, once they were asked for.
    pub logs: Option<Same<LogTable>>,
    /// What is pointed at, anywhere on the page.
    pub pointed: Option<Pointed>,
}

/// Every member's log.
#[component]
pub fn Logs(LogsProps { logs, pointed }: &LogsProps) -> Html {
    let desk = use_desk();
    let holder = use_node_ref();
    {
        let holder = holder.clone();
        // The newest entries are what one looks for.
        use_effect_with(logs.as_ref().map(|table| table.last), move |_| {
            if let Some(holder) = holder.cast::<web_sys::Element>() {
                holder.set_scroll_left(holder.scroll_width());
            }
        });
    }
    match logs {
        None => html! { <p class="muted empty">{desk.t.no_logs}</p> },
        Some(table) if table.rows.iter().all(|row| row.cells.is_empty() && row.base == 0) => {
            html! { <p class="muted empty">{desk.t.logs_empty}</p> }
        }
        Some(table) => html! {
            <div class="scroll" ref={holder} tabindex="0">
                { grid(&desk, table, *pointed) }
                <p class="muted small">{legend(&desk, table)}</p>
            </div>
        },
    }
}

/// What the small numbers, the borders and the signs say, of those that there are.
fn legend(desk: &Desk, table: &LogTable) -> String {
    let epoch = table.rows.iter().filter_map(|row| row.cells.last()).map(|cell| cell.epoch).max();
    let number = epoch.map(|epoch| format!("{}: {}", desk.mark(epoch), desk.say(&epoch.phrase())));
    let marks = table.rows.iter().any(|row| !row.marks.is_empty()).then(|| desk.t.logs_marks.to_owned());
    let parts: Vec<String> = number.into_iter().chain([desk.t.logs_legend.to_owned()]).chain(marks).collect();
    parts.join(" · ")
}

fn grid(desk: &Desk, table: &LogTable, pointed: Option<Pointed>) -> Html {
    let columns: Vec<u64> = (table.first..=table.last.max(table.first)).collect();
    // What a leader believes of each follower: a row with marks is a leader's.
    let marks = table
        .rows
        .iter()
        .filter(|row| !row.marks.is_empty())
        .max_by_key(|row| row.cells.last().map(|cell| cell.epoch));
    let marks: &[(ProcessId, u64, u64)] = marks.map_or(&[], |row| &row.marks);
    // The tabulator key comes to the newest cell of the first log that has it; arrows go on from there.
    let newest = |row: &Strip| row.cells.iter().any(|cell| cell.index == table.last);
    let first = table.rows.iter().position(newest).unwrap_or(0);
    html! {
        <table class="logs" onkeydown={|event: KeyboardEvent| walk(&event)}>
            <thead><tr><td></td>{ for columns.iter().map(|index| html! { <th scope="col">{*index}</th> }) }</tr></thead>
            <tbody>{ for table.rows.iter().enumerate().map(|(at, row)| line(desk, row, (at == first).then_some(table.last), &columns, marks, pointed)) }</tbody>
        </table>
    }
}

fn line(
    desk: &Desk,
    row: &Strip,
    stop: Option<u64>,
    columns: &[u64],
    marks: &[(ProcessId, u64, u64)],
    pointed: Option<Pointed>,
) -> Html {
    let mark = marks.iter().find(|(id, ..)| *id == row.id);
    let cells = columns.iter().map(|index| {
        let signs = mark.map(|(_, matched, next)| {
            html! {
                <>
                    if matched == index { <i class="match" title={desk.t.match_index}></i> }
                    if next == index { <i class="next" title={desk.t.next_index}></i> }
                </>
            }
        });
        match row.cells.iter().find(|cell| cell.index == *index) {
            Some(cell) => {
                let (act, subject) = (desk.clone(), Subject::Entry(row.id, *index));
                let label = format!("{} · {}", cell_title(desk, cell), desk.t.why_entry);
                let own = Pointed::entry(row.id, cell.index);
                let (enter, leave) = (desk.clone(), desk.clone());
                let lit = pointed.is_some_and(|pointed| pointed.is_entry(row.id, cell.index));
                html! {
                <td class={lit.then_some("lit")} onpointerenter={move |_: PointerEvent| enter.point(Some(own))} onpointerleave={move |_: PointerEvent| leave.point(None)}>
                    <button class={classes!("plain", cell_class(cell))} title={label.clone()} aria-label={label} tabindex={if stop == Some(*index) { "0" } else { "-1" }}
                    onclick={move |_| act.why(subject.clone())}><small>{desk.mark(cell.epoch)}</small><b>{desk.say(&cell.text)}</b></button>{signs.unwrap_or_default()}</td>
                }
            }
            None if *index <= row.base => html! { <td><div class="e folded" title={desk.t.folded.replace("{0}", &row.base.to_string())}></div>{signs.unwrap_or_default()}</td> },
            None => html! { <td>{signs.unwrap_or_default()}</td> },
        }
    });
    html! { <tr><th scope="row">{desk.names.of_process(row.id)}</th>{ for cells }</tr> }
}

/// Arrows go from cell to cell: along a log, and to the same index of the next one that has it.
fn walk(event: &KeyboardEvent) {
    let Some(cell) = target(event, "td") else { return };
    let button = |cell: &Element| cell.query_selector("button").ok().flatten();
    let column = js_sys::Reflect::get(&cell, &"cellIndex".into()).ok().and_then(|at| at.as_f64());
    let beside = |row: &Element, down: bool| {
        let row = if down { row.next_element_sibling() } else { row.previous_element_sibling() };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a column of a table")]
        row.map(|row| (row.children().item(column.unwrap_or(0.0) as u32), row))
    };
    let next = match event.key().as_str() {
        "ArrowRight" => cell.next_element_sibling().as_ref().and_then(button),
        "ArrowLeft" => cell.previous_element_sibling().as_ref().and_then(button),
        key @ ("ArrowDown" | "ArrowUp") => {
            let mut row = cell.parent_element();
            loop {
                let Some((cell, next)) = row.and_then(|row| beside(&row, key == "ArrowDown")) else {
                    break None;
                };
                match cell.as_ref().and_then(button) {
                    Some(button) => break Some(button),
                    None => row = Some(next),
                }
            }
        }
        _ => return,
    };
    event.prevent_default();
    event.stop_propagation();
    if let Some(next) = next {
        crate::hands::focus(&next);
    }
}
