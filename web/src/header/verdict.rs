//! Whether all checks hold, in a word; a broken one leads to its event.

use crate::desk::use_desk;
use crate::icons::Icon;
use crate::same::Same;
use crate::state::{Happened, Tab};
use muster_core::view::CheckView;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct VerdictProps {
    /// Every check.
    pub checks: Same<Vec<CheckView>>,
}

/// Whether all checks hold.
#[component]
pub fn Verdict(VerdictProps { checks }: &VerdictProps) -> Html {
    let desk = use_desk();
    if checks.is_empty() {
        return Html::default();
    }
    let all = checks.len().to_string();
    let broken: Vec<_> = checks.iter().filter_map(|check| check.violation.as_ref()).collect();
    let act = desk.clone();
    match broken.first() {
        None => {
            let words = desk.t.checks_hold.replace("{0}", &all).replace("{1}", &all);
            let onclick = move |_| act.tell(Happened::Tab(Tab::Checks));
            html! { <button class="verdict ok" id="verdict" title={desk.t.checks_words} {onclick}>{Icon::Tick.html()}{words}</button> }
        }
        Some(violation) => {
            let words = desk.t.checks_broken.replace("{0}", &broken.len().to_string()).replace("{1}", &all);
            let (place, class) =
                (violation.place, if violation.expected { "verdict warn" } else { "verdict bad" });
            let onclick = move |_| {
                act.tell(Happened::Tab(Tab::Checks));
                act.go(place);
            };
            html! { <button {class} id="verdict" title={desk.say(&violation.phrase)} {onclick}>{Icon::Cross.html()}{words}</button> }
        }
    }
}
