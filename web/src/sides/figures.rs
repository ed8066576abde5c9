//! The figures of a comparison as a table, a column a side; below it when a side was without service and which writes it lost.

use crate::desk::{Desk, use_desk};
use crate::same::Same;
use crate::say::say;
use muster_core::process::{Arg, Phrase};
use muster_core::session::api::{Figures, Measured, Request, SeekTo};
use muster_core::words::compare::CompareKey as K;
use muster_words::figures::{ROWS, Row, loss, outage};
use yew::prelude::*;

/// So many lost writes of a side are listed.
const LISTED: usize = 8;

#[derive(Properties, PartialEq)]
pub struct FiguresProps {
    /// The figures of all sides.
    pub figures: Same<Vec<Figures>>,
}

/// The table.
#[component]
pub fn FiguresTable(FiguresProps { figures }: &FiguresProps) -> Html {
    let desk = use_desk();
    let t = desk.t;
    let measured: Vec<&Measured> = figures.iter().map(|side| &side.measured).collect();
    let rows = ROWS.iter().filter(|row| row.is_shown(&measured));
    html! {
        <div class="figures">
            <table id="figures">
                <caption class="unseen">{t.figures_words}</caption>
                <thead><tr>
                    <th scope="col">{t.figure}</th>
                    { for figures.iter().map(|side| html! {
                        <th scope="col">{side.name.to_string()}{" "}<span class="eyebrow">{side.kind.to_string()}</span></th>
                    }) }
                </tr></thead>
                <tbody>{ for rows.map(|row| line(&desk, row, &measured)) }</tbody>
            </table>
            <div class="said">{ for figures.iter().map(|side| remarks(&desk, side)) }</div>
            <p class="muted small">{t.figures_words}</p>
        </div>
    }
}

fn line(desk: &Desk, row: &Row, measured: &[&Measured]) -> Html {
    let about = row.about.map(|about| desk.word(about.into()));
    html! {
        <tr data-figure={row.name}>
            <th scope="row" title={about}>{desk.word(row.title.into())}</th>
            { for measured.iter().map(|side| html! {
                <td class={(row.title == K::Lost && side.lost.is_some_and(|lost| lost > 0)).then_some("bad")}>{row.cell(side, desk.lang)}</td>
            }) }
        </tr>
    }
}

/// When a side was without service, and what it lost.
fn remarks(desk: &Desk, side: &Figures) -> Html {
    let measured = &side.measured;
    if measured.outage.is_none() && measured.losses.is_empty() {
        return Html::default();
    }
    let more = measured.lost.unwrap_or(0).saturating_sub(LISTED as u64);
    html! {
        <section>
            <h3>{side.name.to_string()}</h3>
            { for measured.outage.map(|stretch| {
                let (go, from) = (desk.clone(), stretch.from);
                html! {
                    <p>{desk.word(K::Outage.into())}{": "}
                        <button class="linky" title={desk.t.to_event} onclick={move |_| go.jump(Request::Seek(SeekTo::Time(from)))}>{ say(&outage(stretch)) }</button></p>
                }
            }) }
            if !measured.losses.is_empty() {
                <p>{desk.word(K::Lost.into())}{":"}</p>
                <ul>
                    { for measured.losses.iter().take(LISTED).map(|lost| html! { <li>{ say(&loss(lost)) }</li> }) }
                    if more > 0 { <li class="muted">{ say(&Phrase::new(K::LostMore, [Arg::Number(more)])) }</li> }
                </ul>
            }
        </section>
    }
}
