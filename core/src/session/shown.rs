//! What is shown of the place one has come to, in one reply.

use super::api::{BranchView, ExpectationView, Outcome, Shown, Stopped};
use super::frame::{Said, frame};
use super::playing::Playing;
use super::verbs;
use crate::process::few;
use crate::process::{EventId, Phrase, ProcessId};
use crate::scenario::judge::CheckName;
use crate::scenario::{Broken, Outcome as Judged, Run, Standing};
use crate::view::{CheckView, Frame, NoteView, ViolationView};
use crate::words::kernel::KernelKey;
use std::sync::Arc;

/// How many answers to commands are shown.
const REMARKS: usize = 5;
/// Of how many commands of a branch it is said when they were given: for its picture.
const ACTS: usize = 64;

/// A broken check as it is shown.
pub fn violation_view(broken: &Broken) -> ViolationView {
    ViolationView {
        check: broken.name.clone(),
        place: broken.place,
        event: broken.violation.event,
        phrase: broken.violation.phrase.clone(),
        involved: broken.violation.involved.clone(),
        expected: broken.expected,
    }
}

impl Playing {
    /// The place shown, and everything around it.
    pub fn shown(&mut self, stopped: Option<Stopped>) -> Shown {
        let names = self.new_names();
        let preview = |command: &_| self.run.preview(command);
        Shown {
            frame: self.frame(),
            head: self.reach(),
            branches: self.branches(),
            branch: self.branch,
            checks: checks(&self.run),
            expectations: expectations(&self.run),
            verbs: verbs::of_stage(self.run.world(), &self.groups, &preview),
            names,
            marks: self.chronicle().marks().to_vec(),
            stopped,
            remarks: self.remarks(),
            lesson: self.lesson(),
            commands: self.command_list(),
            undo: self.would_undo(),
            redo: self.would_redo(),
            digest: (self.run.digest() >> 64) as u64,
            questions: self.questions_of_all(),
        }
    }

    fn new_names(&mut self) -> Vec<(ProcessId, Arc<str>)> {
        let Playing { run, told, .. } = self;
        let new = run.world().process_names().filter(|(id, ..)| told.insert(*id));
        new.map(|(id, name, _)| (id, name.clone())).collect()
    }

    pub(super) fn frame(&self) -> Frame {
        let place = self.place();
        let last = self.trace.at(place.ordinal).map(|record| &record.line);
        let said = Said {
            sentence: last.map_or(Phrase::bare(KernelKey::Beginning), |line| line.sentence.clone()),
            event: last.map(|line| line.event),
        };
        let name_of = |barrier| {
            let id = self.run.faults().of_barrier(barrier).cloned();
            id.unwrap_or_else(|| "all".into()) // healing everything heals this too
        };
        frame(self.run.world(), self.groups(), place, said, &name_of)
    }

    fn branches(&self) -> Vec<BranchView> {
        let view = |(id, branch): (usize, &super::history::Branch<Run>)| {
            let off = self.history.parent(id as u32);
            let begins = off.map_or(0, |(_, place)| place.ordinal);
            let own = || branch.commands.iter().filter(|command| command.place.ordinal >= begins);
            let because = own().next();
            BranchView {
                id: id as u32,
                name: branch.name.clone(),
                off,
                because: because.map(|own| super::imperative::sentence(&own.command)),
                head: branch.reach(),
                acts: own().take(ACTS).map(|command| command.place.at).collect(),
            }
        };
        let branches = self.history.branches().iter().enumerate();
        branches.filter(|(_, branch)| !branch.gone).map(view).collect()
    }

    /// What processes answered to the operator, newest last.
    pub(super) fn remarks(&self) -> Vec<NoteView> {
        let mut remarks = self.trace.answers(self.place().ordinal, REMARKS);
        let refused = self.run.remarks().iter().rev().take(REMARKS).map(|remark| NoteView {
            event: EventId { process: ProcessId::OPERATOR, incarnation: 1, number: 0 },
            place: remark.place,
            rule: None,
            refused: true,
            phrase: remark.phrase.clone(),
            because: Vec::new(),
        });
        remarks.extend(refused);
        few::sort_by_key(&mut remarks, |remark| remark.place);
        remarks
    }
}

/// Every check.
pub(super) fn checks(run: &Run) -> Vec<CheckView> {
    let broken = run.all_broken();
    let view = |check: &CheckName| {
        let violation = broken.iter().find(|broken| broken.name == check.name).map(violation_view);
        CheckView { name: check.name.clone(), title: check.title, violation }
    };
    run.checks().iter().map(view).collect()
}

fn expectations(run: &Run) -> Vec<ExpectationView> {
    let view = |standing: Standing| ExpectationView {
        text: standing.text,
        claim: standing.claim,
        standing: match standing.outcome {
            Judged::Met => Outcome::Met,
            Judged::Broken(_) => Outcome::Broken,
            Judged::Open => Outcome::Open,
        },
        at: standing.at,
    };
    run.expectations().into_iter().map(view).collect()
}
