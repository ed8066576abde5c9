//! The bar over the stage: what is done to a member (it asks to which), to the network, and a client's request. What is
//! seldom wanted is in a menu behind them. A verb without effect is disabled and says why.

use crate::desk::{Desk, use_desk};
use crate::hooks::target;
use crate::icons::Icon;
use crate::part::part;
use crate::same::Same;
use crate::state::{About, Deed, Happened, Menu, Page};
use crate::verbs::{VerbButton, VerbButtonProps};
use muster_core::view::{Actor, Frame, Ring, Status, Subject, Verb};
use yew::prelude::*;

/// Verbs that have a button of their own.
const COMMON: [&str; 6] = ["partition", "cut", "loss", "delay", "heal", "request"];

/// Has a verb of the stage a button of its own?
pub fn is_common(verb: &Verb) -> bool {
    COMMON.contains(&&*verb.name)
}

#[derive(Properties, PartialEq)]
pub struct ToolbarProps {
    /// What can be done to the whole.
    pub verbs: Same<Vec<Verb>>,
    /// The moment.
    pub frame: Same<Frame>,
}

/// The bar over the stage.
#[component]
pub fn Toolbar(ToolbarProps { verbs, frame }: &ToolbarProps) -> Html {
    let desk = use_desk();
    let named = |name: &str| verbs.iter().find(|verb| &*verb.name == name);
    let about = |verb: &Verb| Some(Subject::Verb(None, verb.name.clone()));
    let button = |name: &str| {
        named(name).map(|verb| {
            part::<VerbButton>(VerbButtonProps {
                icon: true,
                about: about(verb),
                ..VerbButtonProps::of(verb)
            })
        })
    };
    let request = named("request").map(|verb| {
        part::<VerbButton>(VerbButtonProps {
            icon: true,
            class: "primary".into(),
            hint: Some("r".into()),
            about: about(verb),
            ..VerbButtonProps::of(verb)
        })
    });
    html! {
        <div class="faults" role="toolbar" aria-label={desk.t.faults}>
            <div class="strip">
                { for [Deed::Crash, Deed::Start, Deed::Pause, Deed::Resume].into_iter().map(|deed| deed_button(&desk, frame, deed)) }
                { for ["partition", "cut", "loss", "delay", "heal"].into_iter().filter_map(button) }
                if verbs.iter().any(|verb| !is_common(verb)) {
                    <button class="verb" type="button" id="more" aria-haspopup="menu" aria-label={desk.t.more} title={desk.t.more}
                        onclick={opens(&desk, About::More)}>{Icon::Dots.html()}<span>{desk.t.more}</span></button>
                }
            </div>
            { for request }
        </div>
    }
}

/// Opens a menu below the button that was pressed.
fn opens(desk: &Desk, about: About) -> Callback<MouseEvent> {
    let desk = desk.clone();
    Callback::from(move |event: MouseEvent| {
        let Some(rect) = target(&event, "button").map(|button| button.get_bounding_client_rect()) else {
            return;
        };
        desk.menu(Menu { about, x: rect.left(), y: rect.bottom() + 4.0 });
    })
}

fn deed_button(desk: &Desk, frame: &Frame, deed: Deed) -> Html {
    let look = Look::of(desk, deed);
    let none = !frame.actors.iter().any(|actor| look.fits(actor));
    // Going on is offered only where somebody stands still.
    if none && deed == Deed::Resume {
        return Html::default();
    }
    let open = opens(desk, About::Which(deed));
    let onclick = move |event: MouseEvent| {
        if !none {
            open.emit(event);
        }
    };
    let known = |actor: &Actor| actor.ring == Ring::Inner && actor.status != Status::Unstarted;
    let begun = frame.actors.iter().any(known);
    let why = none.then_some(if begun { look.nobody } else { desk.t.nobody_yet });
    html! {
        <button class="verb" type="button" data-verb={look.command} aria-haspopup="menu" aria-disabled={none.to_string()}
            title={why} aria-description={why} {onclick}>{look.icon.html()}<span>{look.words}</span></button>
    }
}

/// How a deed looks and whom it is for.
struct Look {
    command: &'static str,
    words: &'static str,
    nobody: &'static str,
    icon: Icon,
    from: Status,
}

impl Look {
    fn of(desk: &Desk, deed: Deed) -> Self {
        let t = desk.t;
        let look = |command, words, nobody, icon, from| Look { command, words, nobody, icon, from };
        match deed {
            Deed::Crash => look("crash", t.crash, t.nobody_up, Icon::Power, Status::Up),
            Deed::Start => look("start", t.start, t.nobody_down, Icon::Up, Status::Crashed),
            Deed::Pause => look("pause", t.pause_host, t.nobody_up, Icon::Pause, Status::Up),
            Deed::Resume => look("resume", t.resume, t.nobody_paused, Icon::Play, Status::Paused),
        }
    }

    fn fits(&self, actor: &Actor) -> bool {
        actor.status == self.from && (actor.ring == Ring::Inner || self.from != Status::Up)
    }
}

/// The members that a deed can be done to, as entries of a menu.
pub fn members(desk: &Desk, page: &Page, deed: Deed) -> Html {
    let look = Look::of(desk, deed);
    let fitting = page.frame.iter().flat_map(|frame| &frame.actors).filter(|actor| look.fits(actor));
    fitting
        .map(|actor| {
            let command = format!("{}: {}", look.command, desk.names.of_host(actor.host));
            let role = actor.role.map(|role| desk.word(role.key)).unwrap_or_default();
            let act = desk.clone();
            let onclick = move |_| {
                act.tell(Happened::Menu(None));
                act.act(&command);
            };
            html! {
                <button class="verb" type="button" role="menuitem" {onclick}>
                    {look.icon.html()}<span>{look.words}{" "}<b>{actor.name.to_string()}</b>{" "}<span class="muted">{role}</span></span>
                </button>
            }
        })
        .collect()
}
