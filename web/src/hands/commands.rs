//! The commands of this branch as a list: each can be gone to, changed in its place, and removed; what came of it is said.

use super::{Did, Hands};
use crate::desk::{Desk, use_desk};
use crate::icons::Icon;
use crate::part::part_by_key;
use crate::same::Same;
use crate::say::say;
use crate::state::{Asked, Dialog, Happened};
use muster_core::process::Time;
use muster_core::session::api::{CommandView, Edit, Fate, Request};
use muster_core::view::Place;
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct CommandsProps {
    /// The commands, in order.
    pub commands: Same<Vec<CommandView>>,
    /// The place shown.
    pub place: Place,
    /// What is open.
    pub hands: Hands,
}

/// The commands of this branch.
#[component]
pub fn Commands(CommandsProps { commands, place, hands }: &CommandsProps) -> Html {
    let desk = use_desk();
    let t = desk.t;
    let save = desk.clone();
    let onsave = move |_| {
        save.open(Dialog::Scenario);
        save.ask_as(Request::SaveScenario, Asked::Look);
    };
    let before = |command: &CommandView| is_before(command, *place);
    let now = commands.iter().position(|command| !before(command)).unwrap_or(commands.len());
    html! {
        <div class="commands">
            <div class="row">
                <button class="ghost" id="save-scenario" onclick={onsave}>{Icon::Disk.html()}<span>{t.save_scenario}</span></button>
            </div>
            if commands.is_empty() {
                <p class="muted">{t.no_commands}</p>
            } else {
                <ol class="given">
                    { for commands.iter().enumerate().map(|(index, command)| html! {
                        <>
                            if index == now { { here(&desk, *place) } }
                            { part_by_key::<Row>(index as u32, RowProps {
                                command: command.clone(),
                                index: index as u32,
                                later: index >= now,
                                editing: hands.editing == Some(index as u32),
                                problem: hands.problem.clone().filter(|_| hands.editing == Some(index as u32)),
                            }) }
                        </>
                    }) }
                    if now == commands.len() { { here(&desk, *place) } }
                </ol>
            }
        </div>
    }
}

/// Does a command lie behind the place shown?
fn is_before(command: &CommandView, place: Place) -> bool {
    match command.fate {
        Fate::Done => command.place.ordinal < place.ordinal,
        Fate::Refused(_) => command.place <= place,
        Fate::ToCome => false,
    }
}

fn here(desk: &Desk, place: Place) -> Html {
    html! { <li class="now" key="now"><span>{desk.t.you_are_here.replace("{0}", &desk.instant(place.at))}</span></li> }
}

#[derive(Properties, PartialEq)]
struct RowProps {
    command: CommandView,
    index: u32,
    /// It lies beyond the place shown.
    later: bool,
    editing: bool,
    problem: Option<std::rc::Rc<muster_core::session::api::Problem>>,
}

#[component]
fn Row(props: &RowProps) -> Html {
    let desk = use_desk();
    let RowProps { command, index, later, editing, .. } = props;
    let t = desk.t;
    let (fate, class) = match &command.fate {
        Fate::Done => (None, "done"),
        Fate::ToCome => (Some(t.to_come.to_owned()), "later"),
        Fate::Refused(why) => (Some(t.not_carried_out.replace("{0}", &desk.say(why))), "bad"),
    };
    let (go, place, edit, remove) = (desk.clone(), command.place, desk.clone(), desk.clone());
    let (index, was, done) = (*index, command.text.clone(), command.fate == Fate::Done);
    let ongo = move |_| match done {
        // Right after it: what it did is seen.
        true => go.go(Place { ordinal: place.ordinal + 1, ..place }),
        false => go.jump(Request::Seek(muster_core::session::api::SeekTo::Time(place.at))),
    };
    let onremove = move |_| {
        remove.tell(Happened::Play(false));
        remove.ask_as(Request::DeleteCommand { index, was: was.clone() }, Asked::Edit);
    };
    let onedit = move |_| edit.tell(Happened::Hands(Did::Edit(Some(index))));
    let words = desk.say(&command.sentence);
    html! {
        <li class={classes!(class, later.then_some("later"))} data-command={index.to_string()}>
            <div class="line">
                <button class="plain" title={t.go_to.replace("{0}", &desk.instant(place.at))} onclick={ongo}>
                    <time>{desk.instant(place.at)}</time>
                    <span class="num muted">{place.ordinal}</span>
                    <span class="what">{ say(&command.sentence) }
                        if command.inherited { {" "}<span class="tag">{t.inherited}</span> }
                    </span>
                    <code class="muted written">{command.text.to_string()}</code>
                </button>
                <button class="ghost small" data-edit="" aria-expanded={editing.to_string()} aria-label={format!("{}: {words}", t.edit)} title={t.edit} onclick={onedit}>{Icon::Edit.html()}</button>
                <button class="ghost small" data-delete="" aria-label={format!("{}: {words}", t.delete)} title={t.delete} onclick={onremove}>{Icon::Cross.html()}</button>
            </div>
            if let Some(fate) = fate { <p class="fate">{fate}</p> }
            if *editing { { crate::part::part::<EditForm>(EditProps { command: command.clone(), index, problem: props.problem.clone() }) } }
        </li>
    }
}

#[derive(Properties, PartialEq)]
struct EditProps {
    command: CommandView,
    index: u32,
    problem: Option<std::rc::Rc<muster_core::session::api::Problem>>,
}

#[component]
fn EditForm(EditProps { command, index, problem }: &EditProps) -> Html {
    let desk = use_desk();
    let t = desk.t;
    let (text, time) = (use_node_ref(), use_node_ref());
    let bad_time = use_state_eq(|| false);
    let written = seconds(command.place.at);
    {
        // Written into the fields once: what the reader has typed since stays, whatever is said about it.
        let begin = [(time.clone(), written.clone()), (text.clone(), command.text.to_string())];
        use_effect_with((), move |()| {
            for (node, words) in begin {
                if let Some(field) = node.cast::<HtmlInputElement>() {
                    field.set_value(&words);
                    let _ = field.focus();
                }
            }
        });
    }
    let onsubmit = {
        let (desk, text, time, bad) = (desk.clone(), text.clone(), time.clone(), bad_time.setter());
        let (index, was, old, written) = (*index, command.text.clone(), command.place.at, written.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            let value = |node: &NodeRef| node.cast::<HtmlInputElement>().map(|field| field.value());
            let (Some(text), Some(at)) = (value(&text), value(&time)) else { return };
            // The same words are the same instant, to the nanosecond.
            let at = if at == written { Some(old) } else { instant(&at) };
            bad.set(at.is_none());
            let Some(at) = at else { return };
            desk.tell(Happened::Play(false));
            let edit = Edit { index, was: was.clone(), text: text.trim().into(), at };
            desk.ask_as(Request::EditCommand(edit), Asked::Edit);
        }
    };
    let (cancel, escape) = (desk.clone(), desk.clone());
    let onkeydown = move |event: KeyboardEvent| {
        event.stop_propagation();
        if event.key() == "Escape" {
            escape.tell(Happened::Hands(Did::Edit(None)));
        }
    };
    let nearest = problem.as_ref().and_then(|problem| problem.nearest.as_ref());
    html! {
        <form class="edit" {onsubmit} {onkeydown}>
            <label class="field"><span>{t.command}</span>
                <input ref={text} type="text" class="mono" name="command" required=true autocomplete="off" spellcheck="false"
                    aria-invalid={problem.is_some().to_string()} aria-describedby="command-problem" /></label>
            <label class="field when"><span>{t.at_time}</span>
                <input ref={time} type="text" name="at" required=true autocomplete="off" aria-invalid={bad_time.to_string()} aria-describedby="command-problem" /></label>
            <span class="row">
                <button type="submit" class="primary">{t.change}</button>
                <button type="button" class="ghost" onclick={move |_| cancel.tell(Happened::Hands(Did::Edit(None)))}>{t.cancel}</button>
            </span>
            <p class="bad small" id="command-problem" role="alert">
                if *bad_time { {t.bad_time} } else if let Some(problem) = problem {
                    // First what helps: the rest may be a long list.
                    { nearest.map(|nearest| html! { <><b>{t.did_you_mean.replace("{0}", nearest)}</b>{" "}</> }).unwrap_or_default() }
                    {desk.say(&problem.phrase)}
                }
            </p>
            <p class="muted small">{t.edit_words}</p>
        </form>
    }
}

/// An instant as it is written in a file: seconds, to the nanosecond.
fn seconds(at: Time) -> String {
    let (whole, rest) = (at.nanos() / 1_000_000_000, at.nanos() % 1_000_000_000);
    let rest = format!("{rest:09}");
    let rest = rest.trim_end_matches('0');
    if rest.is_empty() { format!("{whole}s") } else { format!("{whole}.{rest}s") }
}

/// An instant that was typed: a number and its unit; seconds, if there is none.
fn instant(text: &str) -> Option<Time> {
    let text = text.trim();
    let split = text.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(split);
    let nanos: u64 = match unit.trim() {
        "ns" => 1,
        "us" | "µs" => 1_000,
        "ms" => 1_000_000,
        "s" | "" | "秒" => 1_000_000_000,
        "min" => 60_000_000_000,
        "h" => 3_600_000_000_000,
        _ => return None,
    };
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() && part.is_empty() || part.len() > 12 {
        return None;
    }
    let whole: u64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let digits: u128 = if part.is_empty() { 0 } else { part.parse().ok()? };
    let part = digits * u128::from(nanos) / 10u128.pow(u32::try_from(part.len()).ok()?);
    whole.checked_mul(nanos)?.checked_add(u64::try_from(part).ok()?).map(Time)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_comes_back_as_it_was_written() {
        for at in [0, 1, 1_000_000_000, 2_500_000_000, 2_214_000_001] {
            assert_eq!(instant(&seconds(Time(at))), Some(Time(at)));
        }
        assert_eq!(instant("150ms"), Some(Time(150_000_000)));
        assert_eq!(instant("2"), Some(Time(2_000_000_000)));
        assert_eq!(instant(".5 s"), Some(Time(500_000_000)));
        for bad in ["", "s", "x", "1 year", "99999999999999999999s", "1..2s", "-1s"] {
            assert_eq!(instant(bad), None, "{bad}");
        }
    }
}
