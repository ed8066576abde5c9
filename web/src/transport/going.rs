//! What the page remembers of going about in a run: by what a step goes, until when it runs on, and the breakpoints. It decides
//! nothing: the session judges.

use crate::same::Same;
use muster_core::session::api::{ConditionView, Wanted};
use muster_core::words::Key;
use std::sync::Arc;

/// What it runs on until.
#[derive(Clone, PartialEq, Debug)]
pub enum Until {
    /// A predicate holds.
    Predicate(Arc<str>),
    /// An event that is wanted, ahead or back.
    Event(Wanted, bool),
}

/// A breakpoint of the reader's.
#[derive(Clone, PartialEq, Debug)]
pub struct Breakpoint {
    /// Its condition's text.
    pub text: Arc<str>,
    /// It is in force.
    pub on: bool,
}

/// What is remembered of going about.
#[derive(Clone, PartialEq, Default)]
pub struct Going {
    /// By what a step goes, where it is not every event.
    pub by: Option<Wanted>,
    /// Breakpoints.
    pub stops: Vec<Breakpoint>,
    /// What the session says of those in force, in their order.
    pub views: Same<Vec<ConditionView>>,
    /// The condition that is being composed, as the session sees it.
    pub judged: Option<Same<ConditionView>>,
    /// Kinds of the last events.
    pub kinds: Same<Vec<(Key, u32)>>,
}

/// What the reader did.
pub enum Went {
    /// A step goes by this.
    By(Option<Wanted>),
    /// Another breakpoint, unless it is there.
    Add(Arc<str>),
    /// This one is in force, or not.
    Switch(usize, bool),
    /// This one goes.
    Remove(usize),
}

impl Going {
    /// The reader did something.
    pub fn reduce(&mut self, went: Went) {
        match went {
            Went::By(by) => self.by = by,
            Went::Add(text) => {
                if !self.stops.iter().any(|stop| stop.text == text) {
                    self.stops.push(Breakpoint { text, on: true });
                }
            }
            Went::Switch(index, on) => {
                if let Some(stop) = self.stops.get_mut(index) {
                    stop.on = on;
                }
            }
            Went::Remove(index) => {
                if index < self.stops.len() {
                    self.stops.remove(index);
                }
            }
        }
    }

    /// After another scenario was loaded: how one steps and where one stops stays.
    pub fn again(&self) -> Self {
        Going { by: self.by, stops: self.stops.clone(), ..Going::default() }
    }

    /// Texts of the breakpoints in force.
    pub fn in_force(&self) -> Vec<Arc<str>> {
        self.stops.iter().filter(|stop| stop.on).map(|stop| Arc::clone(&stop.text)).collect()
    }

    /// What the session says of a breakpoint that is in force.
    pub fn view(&self, text: &str) -> Option<&ConditionView> {
        self.views.iter().find(|view| *view.text == *text)
    }
}
