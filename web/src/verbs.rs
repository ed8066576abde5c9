//! Verbs, the same everywhere: a button that carries one out, or asks first what it must know, or says why it cannot.

use crate::desk::{Desk, use_desk};
use crate::icons::Icon;
use crate::state::{Dialog, Given, Happened};
use muster_core::view::{Subject, Verb};
use std::rc::Rc;
use yew::prelude::*;

/// Carries a verb out, or asks first.
pub fn carry_out(desk: &Desk, verb: &Verb, given: Given) {
    desk.tell(Happened::Menu(None));
    if verb.disabled.is_some() {
        return;
    }
    if verb.asks.is_empty() {
        desk.act(&verb.command);
    } else {
        desk.open(Dialog::Ask(Rc::new(verb.clone()), given));
    }
}

/// A verb's picture, by its stable name.
pub fn icon(name: &str) -> Option<Icon> {
    Some(match name {
        "crash" | "kill" => Icon::Power,
        "start" | "resume" => Icon::Up,
        "partition" => Icon::Split,
        "cut" => Icon::Cut,
        "loss" => Icon::Loss,
        "delay" | "delayMessage" => Icon::Delay,
        "pause" | "hold" => Icon::Pause,
        "heal" | "restore" => Icon::Heal,
        "timeOut" => Icon::Alarm,
        "transfer" => Icon::Crown,
        "request" | "read" => Icon::Send,
        "mendDisk" => Icon::Heal,
        "disk" => Icon::Disk,
        "drift" | "stepClock" => Icon::Clock,
        "reluck" => Icon::Again,
        "addMember" => Icon::Plus,
        "removeMember" => Icon::Minus,
        "drop" => Icon::Cross,
        "copy" => Icon::Copy,
        "deliver" => Icon::Tick,
        _ => return None,
    })
}

#[derive(Properties, PartialEq)]
pub struct VerbButtonProps {
    /// What.
    pub verb: Verb,
    /// With its picture.
    pub icon: bool,
    /// More classes.
    pub class: Classes,
    /// Its key.
    pub hint: Option<AttrValue>,
    /// Its role, if it is an entry of a menu.
    pub role: Option<AttrValue>,
    /// Answers that are known.
    pub given: Given,
    /// What to ask why it is disabled.
    pub about: Option<Subject>,
}

impl VerbButtonProps {
    /// The verb alone.
    pub fn of(verb: &Verb) -> Self {
        let verb = verb.clone();
        VerbButtonProps {
            verb,
            icon: false,
            class: Classes::new(),
            hint: None,
            role: None,
            given: Given::default(),
            about: None,
        }
    }
}

/// A verb as a button. A disabled one can still have the focus, so that its reason can be read: it stands beside it then, and
/// whoever presses it asks why.
#[component]
pub fn VerbButton(props: &VerbButtonProps) -> Html {
    let desk = use_desk();
    let verb = &props.verb;
    let why = verb.disabled.as_ref().map(|phrase| desk.say(phrase));
    let label = desk.word(verb.label);
    let (clicked, given, act, about) = (verb.clone(), props.given.clone(), desk.clone(), props.about.clone());
    let onclick = move |event: MouseEvent| {
        event.stop_propagation();
        match about.clone().filter(|_| clicked.disabled.is_some()) {
            Some(about) => act.why(about),
            None => carry_out(&act, &clicked, given.clone()),
        }
    };
    // The bar above the stage has no room for it.
    let bar = props.icon && props.role.is_none();
    let more = if verb.asks.is_empty() || bar { "" } else { "…" };
    html! {
        <button class={classes!(props.class.clone(), "verb")} type="button" data-verb={verb.name.to_string()}
            role={props.role.clone()} aria-disabled={why.is_some().to_string()} title={why.clone()}
            aria-description={why.clone()} {onclick}>
            if props.icon {
                { for icon(&verb.name).map(Icon::html) }
            }
            <span>{label}{more}</span>
            if let Some(why) = why.filter(|_| props.role.is_some()) { <small class="reason">{why}</small> }
            if let Some(hint) = &props.hint {
                <kbd>{hint}</kbd>
            }
        </button>
    }
}
