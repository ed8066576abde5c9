//! What the reader does by hand: the list of commands, undo and redo, a partition drawn over the stage. It keeps what is
//! open and what is said of it; what comes of a command the session decides.

mod commands;

pub use commands::{Commands, CommandsProps};

use crate::desk::Desk;
use crate::icons::Icon;
use muster_core::process::Phrase;
use muster_core::session::api::{Problem, Request};
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
    /// The run as a scenario's text.
    pub scenario: Option<Arc<str>>,
}

/// What can happen to it.
pub enum Did {
    /// A line is changed, or no longer.
    Edit(Option<u32>),
}

impl Hands {
    /// Something happened.
    pub fn reduce(&mut self, did: Did) {
        match did {
            Did::Edit(line) => (self.editing, self.problem) = (line, None),
        }
    }

    /// The session showed another place.
    pub fn shown(&mut self, undo: Option<Phrase>, redo: Option<Phrase>, edited: bool) {
        (self.undo, self.redo) = (undo, redo);
        if edited {
            self.reduce(Did::Edit(None));
        }
    }
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
