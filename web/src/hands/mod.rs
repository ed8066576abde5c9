//! What the reader does by hand: the list of commands, undo and redo, a partition drawn over the stage. It keeps what is
//! open and what is said of it; what comes of a command the session decides.

mod commands;
mod line;
mod walk;

pub use commands::{Commands, CommandsProps};
pub use line::{LEAST, Stroke};
pub use walk::{about, focus, give_focus_back, keep_focus, rove, walk};

use crate::desk::Desk;
use crate::icons::Icon;
use crate::same::Same;
use crate::state::{Happened, Notice, Page, Selection};
use muster_core::process::Phrase;
use muster_core::session::api::{LinkVerbs, Problem, Request};
use std::rc::Rc;
use std::sync::Arc;
use yew::prelude::*;

/// What the page knows of what is done by hand.
#[derive(Clone, PartialEq, Default)]
pub struct Hands {
    /// What an undo would take back.
    pub undo: Option<Phrase>,
    /// What a redo would do again.
    pub redo: Option<Phrase>,
    /// The line of the list that is being changed.
    pub editing: Option<u32>,
    /// What is wrong with the change.
    pub problem: Option<Rc<Problem>>,
    /// What can be done to the link whose menu is open.
    pub link: Option<Same<LinkVerbs>>,
    /// Counts how often a message was stepped to by key: each time it gets the focus.
    pub stepped: u32,
    /// The run as a scenario's text.
    pub scenario: Option<Arc<str>>,
}

/// What can happen to it.
pub enum Did {
    /// A line is changed, or no longer.
    Edit(Option<u32>),
    /// A message was stepped to by key.
    Step,
    /// Something done came to nothing: why.
    Say(Phrase),
}

impl Hands {
    /// Something happened; what is to be said of it.
    pub fn reduce(&mut self, did: Did) -> Option<Notice> {
        match did {
            Did::Edit(line) => (self.editing, self.problem) = (line, None),
            Did::Step => self.stepped += 1,
            Did::Say(phrase) => return Some(Notice::Refused(phrase)),
        }
        None
    }

    /// The session showed another place.
    pub fn shown(&mut self, undo: Option<Phrase>, redo: Option<Phrase>, edited: bool) {
        (self.undo, self.redo) = (undo, redo);
        if edited {
            (self.editing, self.problem) = (None, None);
        }
    }
}

/// Steps to the next message on its way, or to the one before; time stands still for it.
pub fn step_message(desk: &Desk, page: &Page, back: bool) -> bool {
    let flights = page.frame.as_ref().map_or(&[][..], |frame| &frame.flights);
    let here = match page.selection {
        Some(Selection::Message(id)) => flights.iter().position(|flight| flight.message == id),
        _ => None,
    };
    let (count, last) = (flights.len(), flights.len().saturating_sub(1));
    let next = match (here, back) {
        (Some(at), false) => (at + 1) % count.max(1),
        (Some(at), true) => at.checked_sub(1).unwrap_or(last),
        (None, false) => 0,
        (None, true) => last,
    };
    let Some(flight) = flights.get(next) else { return false };
    desk.tell(Happened::Play(false));
    desk.select(Selection::Message(flight.message));
    desk.tell(Happened::Hands(Did::Step));
    true
}

/// Takes the last thing done back.
pub fn undo(desk: &Desk) {
    desk.jump(Request::Undo);
}

/// Does again what was taken back.
pub fn redo(desk: &Desk) {
    desk.jump(Request::Redo);
}

/// The buttons that take back and do again, each with what it would.
pub fn undo_buttons(desk: &Desk, hands: &Hands) -> Html {
    let t = desk.t;
    let button = |id: &'static str,
                  icon: Icon,
                  words: &str,
                  would: &Option<Phrase>,
                  none: &str,
                  act: fn(&Desk)| {
        let off = would.is_none();
        let title = match would {
            Some(phrase) => format!("{words}: {}", desk.say(phrase)),
            None => none.to_owned(),
        };
        let desk = desk.clone();
        let onclick = move |_| {
            if !off {
                act(&desk);
            }
        };
        html! {
            <button class="ghost" {id} aria-disabled={off.to_string()} aria-label={title.clone()} {title} {onclick}>{icon.html()}</button>
        }
    };
    html! {
        <>
            { button("undo", Icon::Undo, t.undo, &hands.undo, t.nothing_to_undo, undo) }
            { button("redo", Icon::Redo, t.redo, &hands.redo, t.nothing_to_redo, redo) }
        </>
    }
}
