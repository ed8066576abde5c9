//! Lessons: steps that a reader takes with a run in front of them, each waiting until something holds.
//!
//! `model` is what a file says, `markup` the little that may stand in its texts, `read` checks it all before anything runs. Here is a
//! lesson as it is taught, and [`Progress`]: which step a run has come to, judged as expectations are, after every event,
//! and part of the run. So it is a function of the place in a history: whoever goes back before a step's end finds the step
//! not done, whoever forks keeps what was done up to there, and a replay comes to the same.
//!
//! It knows no page: whether anybody reads, and what they predicted, is theirs. And it holds no right answer: each answer
//! to a prediction carries what it claims, and the run says at the step's end whether that is so.

pub mod markup;
pub mod model;
pub(super) mod read;

use super::judge::Sight;
use super::{Command, Predicate, Select};
use crate::text::{Bilingual, Milli};
use crate::view::Place;
use markup::Marked;
use std::sync::Arc;

/// Most steps of a lesson.
pub const MOST_STEPS: usize = 50;
/// Most answers to a prediction.
pub const MOST_ANSWERS: usize = 12;
/// Most things a step suggests to do, and most scenarios it suggests to go on with.
pub const MOST_SUGGESTED: usize = 8;

/// A step, checked: every name in it means something.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What it is called in the file.
    pub id: Arc<str>,
    /// A line.
    pub title: Bilingual,
    /// A few sentences.
    pub text: Marked,
    /// What the reader is asked to predict.
    pub predict: Option<Prediction>,
    /// What it waits for; only the last step may wait for nothing.
    pub until: Option<Predicate>,
    /// What is to be reached, for people.
    pub goal: Option<Marked>,
    /// For whoever is stuck.
    pub hint: Option<Marked>,
    /// What may be done here, the likeliest first.
    pub deeds: Vec<Deed>,
    /// Playing stops where it begins.
    pub pause: bool,
    /// How fast to play it.
    pub speed: Option<Milli>,
    /// Scenarios of the library to go on with.
    pub then: Vec<Arc<str>>,
}

/// A question that the run answers at the step's end.
#[derive(Clone, Debug, PartialEq)]
pub struct Prediction {
    /// The question.
    pub ask: Marked,
    /// What may be answered.
    pub answers: Vec<Answer>,
    /// Why it comes as it comes.
    pub reveal: Marked,
}

/// An answer, and what it claims.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// In words.
    pub text: Bilingual,
    /// Of the moment at which the step ends.
    pub claim: Claim,
}

/// What an answer claims.
#[derive(Clone, Debug, PartialEq)]
pub enum Claim {
    /// This holds.
    Holds(Predicate),
    /// This one is selected.
    Selected(Select, Arc<str>),
}

/// Something to do.
#[derive(Clone, Debug, PartialEq)]
pub struct Deed {
    /// In words.
    pub label: Bilingual,
    /// What is carried out, one after the other.
    pub commands: Vec<Command>,
}

/// How far a run has come in its lesson.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Progress {
    done: Vec<Done>,
}

/// A step that is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Done {
    /// Where what it waited for held.
    pub at: Place,
    /// Which answers were right then: bit n is answer n.
    holds: u32,
}

impl Done {
    /// Was this answer right?
    pub fn holds(self, answer: usize) -> bool {
        answer < MOST_ANSWERS && self.holds & (1 << answer) != 0
    }
}

impl Progress {
    /// The steps that are done, in order; the next one is the one that waits.
    pub fn done(&self) -> &[Done] {
        &self.done
    }

    /// Looks after an event, or after a command. A step takes at least one of them.
    pub(super) fn look(&mut self, sight: Sight<'_>) {
        let Some(step) = sight.eyes.scenario.lesson.get(self.done.len()) else { return };
        if !step.until.as_ref().is_some_and(|until| sight.holds(until)) {
            return;
        }
        let answers = step.predict.iter().flat_map(|predict| &predict.answers).take(MOST_ANSWERS);
        let right = (0..).zip(answers).filter(|(_, answer)| sight.claims(&answer.claim));
        let holds = right.fold(0, |bits, (number, _): (u32, _)| bits | 1 << number);
        let world = sight.eyes.world;
        self.done.push(Done { at: Place { ordinal: world.ordinal(), at: world.now() }, holds });
    }
}

impl Sight<'_> {
    fn claims(self, claim: &Claim) -> bool {
        match claim {
            Claim::Holds(predicate) => self.holds(predicate),
            Claim::Selected(select, name) => {
                let who = self.eyes.world.process_named(name);
                let selected = self.eyes.selected(&select.select, select.of.as_ref());
                who.is_some_and(|who| selected.is_some_and(|(all, _)| all.contains(&who)))
            }
        }
    }
}

#[cfg(test)]
mod tests;
