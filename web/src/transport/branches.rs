//! Branches: other futures of the same run, none of them lost.

use crate::desk::{Desk, use_desk};
use crate::icons::Icon;
use crate::same::Same;
use muster_core::session::api::{BranchView, Request};
use yew::prelude::*;

/// So many are buttons; the rest is in a list behind them.
const SHOWN: usize = 3;

#[derive(Properties, PartialEq)]
pub struct BranchesProps {
    /// In order of birth.
    pub branches: Same<Vec<BranchView>>,
    /// The one shown.
    pub branch: u32,
}

/// Branches.
#[component]
pub fn Branches(BranchesProps { branches, branch }: &BranchesProps) -> Html {
    let desk = use_desk();
    if branches.len() < 2 {
        return Html::default();
    }
    let skipped = branches.len().saturating_sub(SHOWN);
    let mut shown: Vec<&BranchView> = branches.iter().skip(skipped).collect();
    if let Some(here) = branches.iter().take(skipped).find(|b| b.id == *branch) {
        shown.insert(0, here);
    }
    html! {
        <span class="branches" role="group" aria-label={desk.t.branches}>
            { for shown.into_iter().map(|one| button(&desk, one, one.id == *branch)) }
        </span>
    }
}

fn button(desk: &Desk, branch: &BranchView, on: bool) -> Html {
    let (act, id) = (desk.clone(), branch.id);
    let name = name(desk, branch);
    let title = match &branch.off {
        Some((_, place)) => desk.t.branch_off.replace("{0}", &desk.instant(place.at)),
        None => desk.t.main_branch.to_owned(),
    };
    html! {
        <button class={classes!("branch", on.then_some("on"))} aria-pressed={on.to_string()} {title}
            onclick={move |_| act.jump(Request::Switch { branch: id })}>
            if branch.off.is_some() { {Icon::Fork.html()} }
            <span>{name}</span>
        </button>
    }
}

fn name(desk: &Desk, branch: &BranchView) -> String {
    match (&branch.name, &branch.because, &branch.off) {
        (Some(name), ..) => name.to_string(),
        (None, Some(because), Some(_)) => desk.say(because),
        (None, _, None) => desk.t.main_branch.to_owned(),
        (None, None, Some(_)) => desk.t.branch.replace("{0}", &(branch.id + 1).to_string()),
    }
}
