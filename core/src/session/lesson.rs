//! A lesson for whoever teaches it: what its steps say, told once, and how far the run shown has come, told with every place.
//!
//! The progress is the run's own ([`crate::scenario::lesson`]); here it becomes plain data, marks on the timeline, and a stop where a
//! step begins that is to be read first. What the reader predicted it does not know.

use super::playing::Playing;
use crate::process::{Arg, Phrase};
use crate::scenario::Run;
pub use crate::scenario::lesson::markup::{Bit, Marked};
use crate::scenario::lesson::{Deed, Done, Step};
use crate::text::Bilingual;
use crate::view::{Mark, MarkKind, Place};
use crate::words::session::SessionKey as K;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A step of a lesson, for people.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StepInfo {
    /// A line.
    pub title: Bilingual,
    /// A few sentences.
    pub text: Marked,
    /// What to predict before watching.
    pub predict: Option<PredictInfo>,
    /// What is to be reached.
    pub goal: Option<Marked>,
    /// For whoever is stuck.
    pub hint: Option<Marked>,
    /// What may be done, the likeliest first: in words, and as lines for [`super::api::Request::Act`], one after the other.
    pub deeds: Vec<(Bilingual, Vec<Arc<str>>)>,
    /// It waits for something: without deeds, for time to pass.
    pub waits: bool,
    /// Playing stops where it begins.
    pub pause: bool,
    /// How fast to play it, in thousandths of real time.
    pub speed: Option<u32>,
    /// Scenarios of the library to go on with.
    pub then: Vec<Arc<str>>,
}

/// A question that the run answers when the step ends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PredictInfo {
    /// The question.
    pub ask: Marked,
    /// What may be answered.
    pub answers: Vec<Bilingual>,
    /// Why it comes as it comes.
    pub reveal: Marked,
}

/// How far the run has come at the place shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LessonView {
    /// The steps that are done, in order: the next one is the one that waits.
    pub done: Vec<StepDone>,
    /// For everything the waiting step suggests to do: why the first of it would be refused now.
    pub refusals: Vec<Option<Phrase>>,
}

/// A step that is done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StepDone {
    /// Where what it waited for held.
    pub at: Place,
    /// For every answer to its prediction: was it right?
    pub right: Vec<bool>,
}

impl Playing {
    /// What the lesson's steps say.
    pub(super) fn lesson_info(&self) -> Vec<StepInfo> {
        self.scenario.lesson.iter().map(step_info).collect()
    }

    /// How far the run shown has come in its lesson, if there is one.
    pub(super) fn lesson(&self) -> Option<LessonView> {
        let steps = &self.scenario.lesson;
        let done = self.run.lesson().done();
        let (view, now) = (steps.iter().zip(done).map(step_done).collect(), steps.get(done.len()));
        let refusal = |deed: &Deed| deed.commands.first().and_then(|first| self.run.preview(first).err());
        let refusals = now.iter().flat_map(|step| &step.deeds).map(refusal).collect();
        (!steps.is_empty()).then_some(LessonView { done: view, refusals })
    }

    /// A step that is done is a mark, once.
    pub(super) fn mark_steps(&mut self) {
        let done = self.run.lesson().done();
        let chronicle = &mut self.chronicles[self.branch as usize];
        let marked = |mark: &&Mark| mark.kind == MarkKind::Step;
        for (number, done) in (1u64..).zip(done).skip(chronicle.marks().iter().filter(marked).count()) {
            let phrase = Phrase::new(K::StepDone, [Arg::Number(number)]);
            chronicle.mark(Mark { place: done.at, kind: MarkKind::Step, lane: None, phrase });
        }
    }
}

/// Stops where a step begins that is to be read before time goes on.
pub(super) fn begins(run: &Run) -> impl FnMut(&Run) -> bool + use<> {
    let before = run.lesson().done().len();
    move |run| {
        let done = run.lesson().done().len();
        done > before && run.scenario().lesson.get(done).is_some_and(|step| step.pause)
    }
}

fn step_info(step: &Step) -> StepInfo {
    let lines = |deed: &Deed| deed.commands.iter().map(|command| command.to_string().into()).collect();
    let deed = |deed: &Deed| (deed.label.clone(), lines(deed));
    StepInfo {
        title: step.title.clone(),
        text: step.text.clone(),
        predict: step.predict.as_ref().map(|predict| PredictInfo {
            ask: predict.ask.clone(),
            answers: predict.answers.iter().map(|answer| answer.text.clone()).collect(),
            reveal: predict.reveal.clone(),
        }),
        goal: step.goal.clone(),
        hint: step.hint.clone(),
        deeds: step.deeds.iter().map(deed).collect(),
        waits: step.until.is_some(),
        pause: step.pause,
        speed: step.speed.map(|speed| speed.thousandths),
        then: step.then.clone(),
    }
}

fn step_done((step, done): (&Step, &Done)) -> StepDone {
    let answers = step.predict.as_ref().map_or(0, |predict| predict.answers.len());
    StepDone { at: done.at, right: (0..answers).map(|answer| done.holds(answer)).collect() }
}
