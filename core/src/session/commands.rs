//! The list of commands given by hand: read, changed, removed, undone and redone.
//!
//! What lies behind is never changed: whoever changes a command of the past gets another branch that leaves its parent just
//! before it, on which the later commands are given again at their own instants. One that can not be carried out there
//! stays in the list with its reason. Knows branches and commands, and no system.

use super::api::Failure;
use super::history::{Branch, Planned, Target};
use super::imperative;
use super::playing::{MOST_EVENTS, Playing};
use crate::process::{Arg, Phrase, Time};
use crate::scenario::Run;
use crate::scenario::command::Command;
use crate::text::{Problem, nearest};
use crate::view::Place;
use crate::words::hands::HandsKey as K;
use crate::words::scenario::ScenarioKey;
use crate::words::session::SessionKey;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A command given by hand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CommandView {
    /// Where.
    pub place: Place,
    /// As scenario text.
    pub text: Arc<str>,
    /// As a sentence without its subject.
    pub sentence: Phrase,
    /// It was given on a branch off which this one came.
    pub inherited: bool,
    /// What came of it.
    pub fate: Fate,
}

/// What came of a command.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Fate {
    /// It was carried out.
    Done,
    /// It is still to come where this branch goes on.
    ToCome,
    /// It was due and could not be carried out: why.
    Refused(Phrase),
}

/// A change to a command of the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edit {
    /// Which line of the list, from 0.
    pub index: u32,
    /// The text that stands there: if it is another by now, nothing is changed.
    pub was: Arc<str>,
    /// Its new text.
    pub text: Arc<str>,
    /// When it is to be given.
    pub at: Time,
}

/// A line of the list.
struct Line {
    place: Place,
    /// Its instant only is known, and after how many events of it.
    after: Option<u64>,
    command: Arc<Command>,
    fate: Fate,
}

/// What an edited branch came of.
#[derive(Clone, Debug)]
pub struct Edited {
    branch: u32,
    from: (u32, Place),
    words: Phrase,
}

/// What was undone and how it comes back.
#[derive(Clone, Debug)]
struct Undone {
    words: Phrase,
    back: Back,
}

#[derive(Clone, Copy, Debug)]
enum Back {
    /// To this place of a branch.
    To(u32, Place),
    /// To a branch on which nothing has happened, off another up to here.
    Cut(u32, Place),
}

/// What was undone, edited, and cut off.
#[derive(Clone, Debug, Default)]
pub struct Hands {
    undone: Vec<Undone>,
    edited: Vec<Edited>,
    /// The branch that the last undo made: it is used again by the next as long as nothing happens on it.
    cut: Option<u32>,
}

impl Hands {
    /// Something else was done: what was undone does not come back.
    pub fn forget_undone(&mut self) {
        self.undone.clear();
    }
}

impl Playing {
    fn lines(&self) -> Vec<Line> {
        let Some(branch) = self.history.branch(self.branch) else { return Vec::new() };
        let mut lines: Vec<Line> = Vec::new();
        for given in &branch.commands {
            let (place, command) = (given.place, given.command.clone());
            let fate = if place.ordinal < branch.head.ordinal { Fate::Done } else { Fate::ToCome };
            lines.push(Line { place, after: None, command, fate });
        }
        for unfit in &branch.unfit {
            let fate = Fate::Refused(unfit.reason.clone());
            lines.push(Line { place: unfit.place, after: None, command: unfit.command.clone(), fate });
        }
        lines.sort_by_key(|line| line.place); // stable: one that was refused comes after what was done there
        for planned in &branch.plan {
            let place = Place { ordinal: branch.head.ordinal, at: planned.at };
            let (after, command) = (Some(planned.after), planned.command.clone());
            lines.push(Line { place, after, command, fate: Fate::ToCome });
        }
        lines
    }

    /// What was done by hand on the branch shown, or is still to be, and when; what was refused left out.
    pub(super) fn by_hand(&self) -> Vec<(Time, Arc<Command>)> {
        let given = self.lines().into_iter().filter(|line| !matches!(line.fate, Fate::Refused(_)));
        given.map(|line| (line.place.at, line.command)).collect()
    }

    /// The list of the branch shown.
    pub(super) fn command_list(&self) -> Vec<CommandView> {
        let off = self.history.branch(self.branch).and_then(|branch| branch.off);
        let view = |line: Line| CommandView {
            place: line.place,
            text: line.command.to_string().into(),
            sentence: imperative::sentence(&line.command),
            inherited: off.is_some_and(|(_, off)| line.after.is_none() && line.place < off),
            fate: line.fate,
        };
        self.lines().into_iter().map(view).collect()
    }

    /// Changes a command: another branch, with the later ones given again.
    pub fn edit(&mut self, edit: &Edit) -> Result<(), Failure> {
        super::bounded(&edit.text, super::link::LONGEST_COMMAND).map_err(Failure::Refused)?;
        let command = Command::parse(&edit.text).map_err(|problem| Failure::Command(Box::new(problem)))?;
        let (lines, index) = self.line(edit.index, &edit.was).map_err(Failure::Refused)?;
        let old = &lines[index];
        let words = [imperative::sentence(&old.command), imperative::sentence(&command)];
        let words = Phrase::new(K::DidEdit, words.map(|phrase| Arg::Phrase(Box::new(phrase))));
        let moved = (edit.at != old.place.at).then_some(edit.at);
        self.rewrite(lines, index, Some((Arc::new(command), moved)), words)
    }

    /// Removes a command: another branch without it.
    pub fn delete(&mut self, index: u32, was: &str) -> Result<(), Failure> {
        let (lines, index) = self.line(index, was).map_err(Failure::Refused)?;
        let words = Arg::Phrase(Box::new(imperative::sentence(&lines[index].command)));
        self.rewrite(lines, index, None, Phrase::new(K::DidDelete, [words]))
    }

    fn line(&self, index: u32, was: &str) -> Result<(Vec<Line>, usize), Phrase> {
        let (lines, index) = (self.lines(), index as usize);
        match lines.get(index) {
            Some(line) if line.command.to_string() == was => Ok((lines, index)),
            _ => Err(Phrase::bare(K::CommandGone)),
        }
    }

    /// Another branch, from just before a command, or from an earlier instant to which it is moved.
    fn rewrite(
        &mut self,
        lines: Vec<Line>,
        index: usize,
        new: Option<(Arc<Command>, Option<Time>)>,
        words: Phrase,
    ) -> Result<(), Failure> {
        let (here, of) = (self.place(), self.branch);
        let old = &lines[index];
        let moved = new.as_ref().and_then(|(_, moved)| *moved);
        let (at, head) = (moved.unwrap_or(old.place.at), self.head());
        let latest = head.at.max(self.scenario.until).max(old.place.at);
        if at > latest {
            return Err(Failure::Refused(Phrase::new(K::TooLate, [Arg::At(latest)])));
        }
        let to = match moved {
            Some(at) if at < old.place.at.min(head.at) => Target::Time(at),
            _ => Target::Place(old.place.min(head)),
        };
        let run = self.brought(of, to).map_err(Failure::Refused)?;
        let base = run.place();
        if let Some((command, _)) = new.as_ref().filter(|_| base.at >= at) {
            // What could not be done where it belongs is said at once, and changes nothing.
            run.preview(command).map_err(|phrase| Failure::Command(Box::new(problem(&run, phrase))))?;
        }
        let mut plan = self.again(of, &lines, index, base);
        if let Some((command, moved)) = new {
            let at = at.max(base.at);
            let after = if at > base.at { old.after.filter(|_| moved.is_none()).unwrap_or(0) } else { 0 };
            // Before the later ones where its instant is its own; behind those of the instant it is moved to.
            let first = plan.partition_point(|later| match moved {
                Some(_) => later.at <= at,
                None => false,
            });
            plan.insert(first, Planned { at, after, command });
        }
        let last = plan.last().map_or(base.at, |last| last.at);
        let shown = here.at.max(moved.unwrap_or(base.at).min(last)).max(base.at);
        self.begin_edited(of, run, plan, words, here)?;
        self.play_again(last.max(here.at), shown);
        Ok(())
    }

    /// The commands that are to be given again after one that is changed, each at its own instant.
    fn again(&mut self, of: u32, lines: &[Line], index: usize, base: Place) -> Vec<Planned<Arc<Command>>> {
        let mut plan = Vec::new();
        for (number, line) in lines.iter().enumerate() {
            if number == index || number < index && line.place < base {
                continue;
            }
            let known = line.after.unwrap_or_else(|| self.history.events_of_instant(of, line.place));
            // What the new branch begins with has happened already.
            let begun = if line.place.at == base.at { self.history.events_of_instant(of, base) } else { 0 };
            let (at, command) = (line.place.at, line.command.clone());
            plan.push(Planned { at, after: known.saturating_sub(begun), command });
        }
        plan
    }

    /// A whole run, brought to a place of a branch.
    fn brought(&mut self, branch: u32, to: Target) -> Result<Run, Phrase> {
        let nothing = || Phrase::bare(SessionKey::NothingToUndo);
        let mut run = self.history.whole_before(branch, to).ok_or_else(nothing)?;
        self.history.go(branch, &mut run, to, &mut u64::MAX.clone(), &mut [], &mut |_| false);
        Ok(run)
    }

    fn begin_edited(
        &mut self,
        of: u32,
        run: Run,
        plan: Vec<Planned<Arc<Command>>>,
        words: Phrase,
        here: Place,
    ) -> Result<(), Failure> {
        let base = run.place();
        let id = self.history.fork(of, &run, None).map_err(Failure::Refused)?;
        self.history.plan(id, plan);
        self.stand_on(id, of, run, base);
        self.hands.forget_undone();
        self.hands.edited.push(Edited { branch: id, from: (of, here), words });
        Ok(())
    }

    /// Shows a branch that is another one up to here.
    fn stand_on(&mut self, id: u32, of: u32, run: Run, at: Place) {
        let known = self.chronicles.get(of as usize).map(|chronicle| chronicle.until(at));
        self.trace.cut(at.ordinal);
        self.found.clear();
        self.run = run;
        self.keep(id, known.unwrap_or_default());
        self.settle();
    }

    /// Lets what is planned happen, as far as one request may take, and shows an instant.
    fn play_again(&mut self, last: Time, shown: Time) {
        let mut budget = MOST_EVENTS / 8;
        // What is planned for an instant comes before whatever the clock shows next.
        self.go(Target::Time(last), &mut budget, false, &mut |_| false);
        let known = self.head().at;
        self.seek_time(shown.min(known));
        self.settle();
    }

    /// What the next undo would take back, as a phrase.
    pub(super) fn would_undo(&self) -> Option<Phrase> {
        let branch = self.history.branch(self.branch)?;
        let last = last_done(branch);
        if let Some(edited) = self.edited_here(branch, last) {
            return Some(edited.words.clone());
        }
        last.and_then(|last| branch.commands.get(last)).map(|last| imperative::sentence(&last.command))
    }

    /// What the next redo would do again, as a phrase.
    pub(super) fn would_redo(&self) -> Option<Phrase> {
        self.hands.undone.last().map(|undone| undone.words.clone())
    }

    /// How the branch shown came of editing, if nothing was done by hand on it since.
    fn edited_here(&self, branch: &Branch<Run>, last: Option<usize>) -> Option<&Edited> {
        let edited = self.hands.edited.iter().rev().find(|edited| edited.branch == self.branch)?;
        let by_hand = last.is_some_and(|last| last >= branch.inherited + branch.replayed);
        (!by_hand).then_some(edited)
    }

    /// Takes the last command, or the last change to one, back.
    pub fn undo(&mut self) -> Result<(), Phrase> {
        let nothing = || Phrase::bare(SessionKey::NothingToUndo);
        let words = self.would_undo().ok_or_else(nothing)?;
        let branch = self.history.branch(self.branch).ok_or_else(nothing)?;
        let last = last_done(branch);
        let bare = self.hands.cut == Some(self.branch) && branch.is_bare();
        let back = match branch.off {
            Some((of, place)) if bare => Back::Cut(of, place),
            _ => Back::To(self.branch, self.place()),
        };
        let edited = self.edited_here(branch, last).map(|edited| edited.from);
        let given = last.and_then(|last| branch.commands.get(last)).map(|given| given.place);
        // A branch that was born of this command goes back to where it came from, with the future that was there.
        let born = branch.off.filter(|(_, off)| last >= Some(branch.inherited) && Some(*off) == given);
        match (edited, given) {
            (Some((branch, place)), _) => self.stand(branch, place)?,
            (None, Some(place)) => match born {
                Some((parent, _)) => self.stand(parent, place)?,
                None => self.cut_off(self.branch, place)?,
            },
            (None, None) => return Err(nothing()),
        }
        self.hands.undone.push(Undone { words, back });
        Ok(())
    }

    /// Does again what was undone last.
    pub fn redo(&mut self) -> Result<(), Phrase> {
        let nothing = || Phrase::bare(K::NothingToRedo);
        let back = self.hands.undone.last().map(|undone| undone.back).ok_or_else(nothing)?;
        match back {
            Back::To(branch, place) => self.stand(branch, place)?,
            Back::Cut(of, place) => self.cut_off(of, place)?,
        }
        self.hands.undone.pop();
        Ok(())
    }

    /// Shows a place of a branch, or, if that was deleted, where it left the one it came off.
    fn stand(&mut self, branch: u32, place: Place) -> Result<(), Phrase> {
        let (branch, place) = match (self.history.living(branch), self.history.parent(branch)) {
            (None, Some((parent, left))) => (parent, left.min(place)),
            _ => (branch, place),
        };
        self.switch(branch)?;
        self.seek_place(place);
        Ok(())
    }

    /// Shows a branch that is another one up to here and has no future.
    fn cut_off(&mut self, of: u32, at: Place) -> Result<(), Phrase> {
        let run = self.brought(of, Target::Place(at))?;
        let bare = |id: &u32| {
            let child = |branch: &Branch<Run>| branch.off.is_some_and(|(off, _)| off == *id);
            *id == self.branch
                && self.history.branch(*id).is_some_and(Branch::is_bare)
                && !self.history.branches().iter().any(child)
        };
        let (id, of) = match self.hands.cut.filter(bare) {
            // What was cut off a bare branch is cut off its parent.
            Some(id) => {
                let of = self.history.branch(id).and_then(|branch| branch.off).map_or(of, |(of, _)| of);
                self.history.refork(id, of, &run);
                (id, of)
            }
            None => (self.history.fork(of, &run, None)?, of),
        };
        self.hands.cut = Some(id);
        self.stand_on(id, of, run, at);
        Ok(())
    }
}

/// The last command of a branch that was carried out.
fn last_done(branch: &Branch<Run>) -> Option<usize> {
    branch.commands.iter().rposition(|command| command.place.ordinal < branch.head.ordinal)
}

/// Why a command cannot be carried out, with the nearest name that could.
fn problem(run: &Run, phrase: Phrase) -> Problem {
    let unknown = phrase.key == ScenarioKey::NoSuchName.into();
    let found = phrase.args.first().filter(|_| unknown).and_then(|arg| match arg {
        Arg::Name(name) => Some(name.clone()),
        _ => None,
    });
    let world = run.world();
    let names: Vec<Arc<str>> = world
        .hosts()
        .map(|host| host.name.clone())
        .chain(world.processes().map(|process| process.name.clone()))
        .collect();
    let nearest = found.and_then(|found| nearest(&found, names.iter().map(|name| &**name)).map(Arc::from));
    Problem { nearest, ..Problem::whole(phrase) }
}
