//! What the page keeps of a lesson: how far the session says it is, which step the reader reads, what they predicted and asked
//! for. A step that has just been done is shown until the reader goes on; whoever goes back or leaps finds the step that
//! waits there.

use crate::same::Same;
use crate::state::Asked;
use muster_core::process::{Phrase, Span};
use muster_core::session::api::{LessonView, StepInfo};
use muster_core::view::Place;

/// A hint is offered when a step has waited for so much virtual time.
const LONG: Span = Span::secs(3);

/// A lesson on the page.
#[derive(Clone, PartialEq, Default)]
pub struct Lesson {
    view: Option<Same<LessonView>>,
    /// The step that is read, from 0.
    step: usize,
    /// Which answer was chosen to which step's question.
    chosen: Vec<(usize, usize)>,
    /// Steps whose hints were asked for.
    hinted: Vec<usize>,
    /// So many commands of the lesson's are on their way; time goes on once they are carried out.
    acting: usize,
    /// Something was done since the step began.
    acted: bool,
    /// The step has waited long, or something was refused in it.
    stuck: bool,
}

/// What the reader did with a lesson.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum LessonDid {
    /// Turned to a step.
    Turned(usize),
    /// Chose an answer to a step's question.
    Chose(usize, usize),
    /// Asked for a step's hint.
    Hinted(usize),
    /// Did what a step suggests, which takes so many commands.
    Acted(usize),
    /// Wants it all once more.
    Again,
}

/// What the page does when a lesson has heard of another place.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Heard {
    /// Time goes on, or stands still; or as before.
    pub playing: Option<bool>,
    /// A step begins that is to be played at this speed, in thousandths.
    pub speed: Option<u32>,
}

impl Lesson {
    /// The reader did something.
    pub fn did(&mut self, did: LessonDid) {
        match did {
            LessonDid::Turned(step) => self.step = step.min(self.waiting()),
            LessonDid::Chose(step, answer) => {
                self.chosen.retain(|(known, _)| *known != step);
                self.chosen.push((step, answer));
            }
            LessonDid::Hinted(step) => self.hinted.push(step),
            LessonDid::Acted(commands) => {
                self.acting = commands;
                self.read_on();
            }
            LessonDid::Again => {
                self.chosen.clear();
                self.hinted.clear();
            }
        }
    }

    /// Time goes on, or something is done: what was read has been read.
    pub fn read_on(&mut self) {
        if self.is_done(self.step) {
            self.step = self.waiting();
        }
    }

    /// What was asked for was refused.
    pub fn refused(&mut self) {
        self.acting = 0;
        self.stuck = true;
    }

    /// Another place is shown.
    pub fn heard(
        &mut self,
        view: Option<LessonView>,
        steps: &[StepInfo],
        here: Place,
        last: Option<Place>,
        asked: Asked,
    ) -> Heard {
        let Some(view) = view else {
            *self = Lesson::default();
            return Heard::default();
        };
        let before = self.view.as_ref().map(|view| view.done.len());
        let now = view.done.len();
        let began = view.done.last().map(|done| done.at).unwrap_or_default();
        self.acted = last.is_some_and(|last| last >= began);
        self.stuck = (self.stuck && before == Some(now)) || here.at > began.at + LONG;
        match &mut self.view {
            Some(known) => known.put(view),
            None => self.view = Some(Same::new(view)),
        }
        let waiting = now.min(steps.len().saturating_sub(1));
        let one_on = before.is_some_and(|before| now == before + 1) && asked != Asked::Open;
        if before != Some(now) {
            self.step = if one_on { now - 1 } else { waiting };
        }
        let begins = before != Some(now) && before.is_none_or(|before| before < now);
        let next = steps.get(now).filter(|_| begins);
        let stops = next.is_some_and(|step| step.pause);
        let goes = asked == Asked::Jump && self.acting == 1;
        self.acting = if asked == Asked::Jump && !stops { self.acting.saturating_sub(1) } else { 0 };
        Heard {
            playing: if stops { Some(false) } else { goes.then_some(true) },
            speed: next.and_then(|step| step.speed),
        }
    }

    /// The step that is read.
    pub fn step(&self) -> usize {
        self.step
    }

    /// The step that waits; after the last one's end, one beyond.
    pub fn waiting(&self) -> usize {
        self.view.as_ref().map_or(0, |view| view.done.len())
    }

    /// Is a step done?
    pub fn is_done(&self, step: usize) -> bool {
        step < self.waiting()
    }

    /// Is nothing left to wait for?
    pub fn is_finished(&self, steps: &[StepInfo]) -> bool {
        steps.get(self.waiting()).is_none_or(|step| !step.waits)
    }

    /// Where a step was done.
    pub fn done_at(&self, step: usize) -> Option<Place> {
        Some(self.view.as_ref()?.done.get(step)?.at)
    }

    /// Which answers to a step's question came true, once it is done.
    pub fn right(&self, step: usize) -> Option<&[bool]> {
        Some(&self.view.as_ref()?.done.get(step)?.right)
    }

    /// Why a suggestion of the waiting step would be refused.
    pub fn refusal(&self, deed: usize) -> Option<&Phrase> {
        self.view.as_ref()?.refusals.get(deed)?.as_ref()
    }

    /// The answer that was chosen to a step's question.
    pub fn chosen(&self, step: usize) -> Option<usize> {
        self.chosen.iter().find(|(known, _)| *known == step).map(|(_, answer)| *answer)
    }

    /// Of every step that was predicted, which answer was chosen.
    pub fn all_chosen(&self) -> &[(usize, usize)] {
        &self.chosen
    }

    /// A lesson that is opened again, in which so much was predicted.
    pub fn predicted(chosen: Vec<(usize, usize)>) -> Self {
        Lesson { chosen, ..Lesson::default() }
    }

    /// Was a step's hint asked for?
    pub fn hinted(&self, step: usize) -> bool {
        self.hinted.contains(&step)
    }

    /// Was something done since the waiting step began?
    pub fn has_acted(&self) -> bool {
        self.acted
    }

    /// Does it look as if the reader could do with a hint?
    pub fn is_stuck(&self) -> bool {
        self.stuck
    }
}
