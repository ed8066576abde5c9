//! All keys, and whether they are heard.

use super::modal::modal;
use crate::desk::use_desk;
use crate::look::Look;
use crate::state::Happened;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct KeysProps {
    /// Whether keys are heard.
    pub look: Look,
}

/// All keys.
#[component]
pub fn KeysDialog(KeysProps { look }: &KeysProps) -> Html {
    let desk = use_desk();
    let t = desk.t;
    let rows: Vec<(&[&str], &str)> = vec![
        (&["Space"], t.key_play),
        (&["←", "→"], t.key_step),
        (&["Shift ←", "Shift →"], t.key_same),
        (&[",", ".", "PgUp", "PgDn"], t.key_mark),
        (&["Home", "End"], t.key_ends),
        (&["+", "−"], t.key_speed),
        (&["1 … 9"], t.key_select),
        (&["w"], t.key_why),
        (&["Shift w"], t.key_why_event),
        (&["c"], t.key_crash),
        (&["p"], t.key_partition),
        (&["r"], t.key_request),
        (&["b"], t.key_stops),
        (&["Enter", "Shift F10"], t.key_menu),
        (&["← → ↑ ↓"], t.key_walk),
        (&["l", "w", "n"], t.key_links),
        (&["m", "Shift m"], t.key_message),
        (&["f"], t.key_fork),
        (&["[", "]"], t.key_branch),
        (&["v"], t.key_compare),
        (&["u", "Ctrl Z"], t.key_undo),
        (&["Shift u", "Ctrl Y"], t.key_redo),
        (&["j", "k"], t.key_pages),
        (&["d", "h"], t.key_lesson),
        (&["s"], t.key_share),
        (&["/"], t.key_find),
        (&["?"], t.key_keys),
    ];
    let (teller, now, tour) = (desk.clone(), look.clone(), desk.clone());
    let ontoggle = move |_| teller.tell(Happened::Look(Look { keys: !now.keys, ..now.clone() }));
    let inside = html! {
        <>
            <table class="keys">
                <tbody>
                { for rows.iter().map(|(keys, words)| html! {
                    <tr><td>{ for keys.iter().map(|key| html! { <kbd>{*key}</kbd> }) }</td><td>{*words}</td></tr>
                }) }
                </tbody>
            </table>
            <label class="switch"><input type="checkbox" checked={look.keys} onchange={ontoggle} />{t.keys_heard}</label>
            <p class="muted small">{t.keys_pointer}</p>
            <button type="button" class="linky" id="tour-again" onclick={move |_| { tour.tell(Happened::Dialog(None)); tour.tell(Happened::Tour(Some(0))); }}>{t.tour}</button>
        </>
    };
    modal(t.keys.into(), inside)
}
