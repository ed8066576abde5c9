//! Why, and why not: the question the reader asked, its answer, and the way back through the questions before it. It shows
//! what the session answered and decides nothing.

mod panel;

pub use panel::{WhyPanel, WhyPanelProps, asks};

use crate::diagram::{DiagramHappened, Lit};
use crate::same::Same;
use muster_core::process::{EventId, Time};
use muster_core::view::{Answer, Question, Subject};

/// Longest way back that is kept.
const MOST: usize = 100;

/// What was asked and answered.
#[derive(Clone, PartialEq, Default)]
pub struct Why {
    /// The answers on the way to the present one, and it: the last.
    pub trail: Vec<Same<Answer>>,
    /// What is being looked for.
    pub asked: Option<Subject>,
    /// What is being looked for was asked on the way, not anew.
    further: bool,
    /// Counts answers shown, so that the newest has the focus.
    pub shown: u32,
    /// A stretch of time that the timeline is to show.
    pub stretch: Option<(Time, Time)>,
}

/// What can happen to it.
pub enum WhyHappened {
    /// The reader asked about something: anew, or further on the way.
    Asked(Subject, bool),
    /// The session answered.
    Answered(Box<Answer>),
    /// There is no answer.
    Failed,
    /// Back by one question, or by more, to this many.
    Back(usize),
    /// Enough.
    Close,
    /// The timeline is to show all that the answer names.
    ShowAll,
    /// It does.
    Showed,
}

impl Why {
    /// Something happened to it.
    pub fn heard(&mut self, happened: WhyHappened) {
        match happened {
            WhyHappened::Asked(subject, further) => {
                self.asked = Some(subject);
                self.further = further;
            }
            WhyHappened::Answered(answer) => self.answered(*answer),
            WhyHappened::Failed => self.asked = None,
            WhyHappened::Back(to) => {
                self.trail.truncate(to);
                self.asked = None;
                self.shown += 1;
            }
            WhyHappened::Close => *self = Why { shown: self.shown, ..Why::default() },
            WhyHappened::ShowAll => self.stretch = self.reach(),
            WhyHappened::Showed => self.stretch = None,
        }
    }

    fn answered(&mut self, answer: Answer) {
        if self.asked.take().as_ref() != Some(&answer.subject) {
            return; // the reader asked something else since, or closed it
        }
        if !self.further {
            self.trail.clear();
        }
        // Whoever asks the same again, at another moment, stays where they are.
        if self.trail.last().is_some_and(|last| last.subject == answer.subject) {
            self.trail.pop();
        }
        if self.trail.len() >= MOST {
            self.trail.remove(0);
        }
        self.trail.push(Same::new(answer));
        self.shown += 1;
    }

    /// The answer shown.
    pub fn answer(&self) -> Option<&Same<Answer>> {
        self.trail.last()
    }

    /// Is there anything to see?
    pub fn is_open(&self) -> bool {
        !self.trail.is_empty() || self.asked.is_some()
    }

    /// From when to when the events of the answer lie.
    pub fn reach(&self) -> Option<(Time, Time)> {
        let answer = self.answer()?;
        let times = answer.lines.iter().map(|line| line.place.at).chain([answer.place.at]);
        Some((times.clone().min()?, times.max()?))
    }

    /// What of it is lit up on the diagram, in order of time.
    pub fn lit(&self) -> DiagramHappened {
        let events = |answer: &Same<Answer>| {
            let lines = answer.lines.iter().chain(&answer.event).map(|line| line.event);
            lines.collect::<Vec<EventId>>()
        };
        let events = self.answer().map(events).unwrap_or_default();
        DiagramHappened::Light(events.into_iter().map(Lit::Event).collect())
    }
}

/// The question that a page asks first of some that there are.
pub fn first(questions: &[Question]) -> Option<Subject> {
    questions.first().map(|question| question.subject.clone())
}
