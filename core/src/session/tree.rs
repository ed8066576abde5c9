//! The tree of a run's branches as it travels: in a link, and in a file. It carries what the branches are made from, each
//! with its own commands at their anchors, and no event of them: whoever opens it simulates what he looks at.
//!
//! [`Tree::check`] holds for whatever is brought in from outside; how it is written is the matter of [`link`](super::link) and
//! [`file`](super::file).

use super::history::{Anchored, Foreseen, Planned};
use super::link::{LONGEST_COMMAND, LONGEST_NAME, LinkCommand, LinkError, MOST_COMMANDS};
use super::playing::Playing;
use crate::process::{Arg, Phrase, Time, few};
use crate::scenario::command::Command;
use crate::view::Place;
use crate::words::session::SessionKey as K;
use std::sync::Arc;

/// Most branches.
pub const MOST_BRANCHES: usize = 64;
/// Longest record of what the page showed, in bytes.
pub const LONGEST_VIEW: usize = 1_024;

/// A tree of branches, and the place in it that is shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tree {
    /// Each after the one it leaves; the first leaves none.
    pub branches: Vec<Twig>,
    /// The branch shown, by its place in the list.
    pub branch: u32,
    /// The place shown.
    pub shown: Place,
    /// The digest there, its upper 64 bits.
    pub digest: u64,
}

/// A branch.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Twig {
    /// Its name, if it was given one.
    pub name: Option<Arc<str>>,
    /// Off which, by its place in the list, and where.
    pub off: Option<(u32, Place)>,
    /// How far it was simulated.
    pub far: Place,
    /// What was done by hand on it since it left.
    pub commands: Vec<LinkCommand>,
    /// What is still to be done on it where it goes on: the rest of an edited history.
    pub plan: Vec<LinkPlan>,
}

/// A command for an instant that its branch has not reached yet.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkPlan {
    /// The instant.
    pub at: Time,
    /// After so many events of it.
    pub after: u64,
    /// Scenario text in one line.
    pub text: Arc<str>,
}

impl Tree {
    /// The branch shown alone, with its whole past: for a link that must be short.
    pub fn alone(&self) -> Tree {
        let mut commands: Vec<LinkCommand> = Vec::new();
        let mut next = self.branches.get(self.branch as usize);
        let (name, far, plan) =
            next.map_or_else(Default::default, |twig| (twig.name.clone(), twig.far, twig.plan.clone()));
        let mut limit = u64::MAX;
        while let Some(twig) = next {
            let own = twig.commands.iter().filter(|command| command.place.ordinal < limit);
            commands.splice(0..0, own.cloned());
            next = twig.off.and_then(|(off, place)| {
                limit = limit.min(place.ordinal);
                self.branches.get(off as usize)
            });
        }
        let branches = vec![Twig { name, off: None, far, commands, plan }];
        Tree { branches, branch: 0, ..self.clone() }
    }

    /// Is it one that a run can have?
    pub fn check(&self) -> Result<(), LinkError> {
        let long = |twig: &Twig| {
            let name = twig.name.as_ref().is_some_and(|name| !is_name(name));
            let texts = twig.commands.iter().map(|command| &command.text);
            let mut texts = texts.chain(twig.plan.iter().map(|planned| &planned.text));
            name || texts.any(|text| text.len() > LONGEST_COMMAND)
        };
        let commands: usize = self.branches.iter().map(|twig| twig.commands.len() + twig.plan.len()).sum();
        if self.branches.len() > MOST_BRANCHES || commands > MOST_COMMANDS || self.branches.iter().any(long) {
            return Err(LinkError::Bounds);
        }
        let ordered = |(at, twig): (usize, &Twig)| {
            let leaves = match twig.off {
                Some((off, _)) => at > 0 && (off as usize) < at,
                None => at == 0,
            };
            let follows = |pair: &[LinkCommand]| {
                pair[0].place.ordinal < pair[1].place.ordinal && pair[0].place.at <= pair[1].place.at
            };
            let begins = twig.off.map_or(0, |(_, place)| place.ordinal);
            leaves
                && twig.commands.windows(2).all(follows)
                && twig.plan.windows(2).all(|pair| pair[0].at <= pair[1].at)
                && twig.commands.first().is_none_or(|first| first.place.ordinal >= begins)
        };
        let shown = (self.branch as usize) < self.branches.len();
        if shown && self.branches.iter().enumerate().all(ordered) { Ok(()) } else { Err(LinkError::Order) }
    }

    /// Its branches with their commands understood.
    pub(super) fn foreseen(&self) -> Result<Vec<Foreseen<Arc<Command>>>, Phrase> {
        let parsed = |text: &Arc<str>| {
            let parsed = Command::parse(text).map_err(|problem| {
                let why = Arg::Phrase(Box::new(problem.phrase));
                Phrase::new(K::LinkCommand, [Arg::Text(text.clone()), why])
            })?;
            Ok::<_, Phrase>(Arc::new(parsed))
        };
        let anchored = |given: &LinkCommand| {
            Ok::<_, Phrase>(Anchored { place: given.place, command: parsed(&given.text)? })
        };
        let planned = |plan: &LinkPlan| {
            Ok::<_, Phrase>(Planned { at: plan.at, after: plan.after, command: parsed(&plan.text)? })
        };
        let branch = |twig: &Twig| {
            let commands = twig.commands.iter().map(anchored).collect::<Result<_, _>>()?;
            let plan = twig.plan.iter().map(planned).collect::<Result<_, _>>()?;
            Ok(Foreseen { name: twig.name.clone(), off: twig.off, commands, plan, far: twig.far })
        };
        self.branches.iter().map(branch).collect()
    }
}

/// Can a branch be called this?
pub fn is_name(name: &str) -> bool {
    !name.trim().is_empty() && name.len() <= LONGEST_NAME && !name.chars().any(char::is_control)
}

impl Playing {
    /// The branches that were not deleted, and the place shown: where it was to be, if it is still on its way there.
    pub(super) fn tree(&self) -> Tree {
        let living: Vec<u32> = self.living().collect();
        let number = |id: u32| living.iter().position(|living| *living == id).unwrap_or(0) as u32;
        let twig = |id: &u32| {
            let branch = self.history.branch(*id)?;
            let off = self.history.parent(*id);
            let begins = off.map_or(0, |(_, place)| place.ordinal);
            let text = |command: &Command| -> Arc<str> { command.to_string().into() };
            let done = branch.commands.iter().map(|command| (command.place, &command.command));
            // What could not be done is tried again where it was due, and cannot be done again.
            let unfit = branch.unfit.iter().map(|unfit| (unfit.place, &unfit.command));
            let mut own: Vec<(Place, Arc<str>)> = done
                .chain(unfit)
                .filter(|(place, _)| place.ordinal >= begins)
                .map(|(place, command)| (place, text(command)))
                .collect();
            few::sort_by_key(&mut own, |(place, _)| place.ordinal); // stable: what was done goes first
            own.dedup_by_key(|(place, _)| place.ordinal);
            let plan = branch.plan.iter().map(|planned| {
                let (at, after) = (planned.at, planned.after);
                LinkPlan { at, after, text: text(&planned.command) }
            });
            Some(Twig {
                name: branch.name.clone(),
                off: off.map(|(off, place)| (number(off), place)),
                far: branch.reach(),
                commands: own.into_iter().map(|(place, text)| LinkCommand { place, text }).collect(),
                plan: plan.collect(),
            })
        };
        let (shown, digest) = match &self.opening {
            Some(opening) => (opening.shown, opening.digest),
            None => (self.place(), (self.run.digest() >> 64) as u64),
        };
        let branches = living.iter().filter_map(twig).collect();
        Tree { branches, branch: number(self.branch), shown, digest }
    }

    /// Branches that were not deleted, in an order in which each comes after the one it leaves.
    fn living(&self) -> impl Iterator<Item = u32> {
        let branches = self.history.branches().iter().enumerate();
        branches.filter(|(_, branch)| !branch.gone).map(|(id, _)| id as u32)
    }

    /// Calls a branch this; by what was done on it first, if this is blank.
    pub(super) fn rename_branch(&mut self, id: u32, name: &str) -> Result<(), Phrase> {
        self.known_branch(id)?;
        super::bounded(name, LONGEST_NAME)?;
        let name = name.trim();
        if !name.is_empty() && !is_name(name) {
            return Err(Phrase::bare(K::BadBranchName));
        }
        self.history.rename(id, (!name.is_empty()).then(|| name.into()));
        Ok(())
    }

    /// Deletes a branch. If it is the one shown, the one it left is shown, where it left it.
    pub(super) fn delete_branch(&mut self, id: u32) -> Result<(), Phrase> {
        self.known_branch(id)?;
        let Some((parent, place)) = self.history.parent(id) else {
            return Err(Phrase::bare(K::FirstBranchStays));
        };
        self.history.delete(id, true)?;
        self.hands.forget_undone();
        if id == self.branch {
            self.show_branch(parent);
            self.seek_on(place);
        }
        Ok(())
    }

    /// Brings a deleted branch back.
    pub(super) fn restore_branch(&mut self, id: u32) -> Result<(), Phrase> {
        match self.history.branch(id) {
            Some(branch) if branch.gone => self.history.delete(id, false),
            Some(_) => Ok(()),
            None => Err(Phrase::new(K::NoSuchBranch, [Arg::Number(u64::from(id) + 1)])),
        }
    }

    fn known_branch(&self, id: u32) -> Result<(), Phrase> {
        let unknown = || Phrase::new(K::NoSuchBranch, [Arg::Number(u64::from(id) + 1)]);
        self.history.living(id).map(drop).ok_or_else(unknown)
    }
}
