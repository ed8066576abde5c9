//! The histories of a session: branches, the commands anchored in them, and the checkpoints from which any moment comes
//! back.
//!
//! A branch is its parent up to the place where it left it, and then its own commands and events. What lies behind a
//! branch's head never changes: whoever acts in the past makes a new branch, so a checkpoint once taken stays true.
//! Checkpoints lie evenly over the events, up to a bound in number and in bytes for all branches together; where there are too
//! many, the one goes whose neighbours are nearest to each other.
//!
//! It knows nothing of what it replays but [`Replay`]. How branches come, get names and go is in `growth`.

mod growth;

use crate::kernel::Observer;
use crate::process::{Phrase, Time};
use crate::view::Place;
use crate::words::hands::HandsKey;
use std::sync::Arc;

/// What a history replays: a run, or in tests something smaller. `Clone` is a checkpoint.
pub trait Replay: Clone {
    /// A command given by hand. Carrying one out takes at least one event.
    type Command: Clone + std::fmt::Debug;
    /// Where it stands.
    fn place(&self) -> Place;
    /// Takes one event that is due not later than `limit`; `false` if there is none or it does not go on, for whatever reason.
    fn step_until(&mut self, limit: Time, observers: &mut [&mut dyn Observer]) -> bool;
    /// Moves the clock, not past what is due next; an earlier time than now changes nothing. When an event is due need not
    /// be known before it is taken, so this comes after [`Replay::step_until`] has found none.
    fn advance_to(&mut self, at: Time);
    /// Carries out a command here, or says why not, which changes nothing.
    fn act(&mut self, command: &Self::Command, observers: &mut [&mut dyn Observer]) -> Result<(), Phrase>;
    /// About how many bytes a checkpoint of it holds.
    fn weight(&self) -> u64;
    /// May it go on into new ground? A run may be lighter than that where it goes over known ground again.
    fn is_whole(&self) -> bool {
        true
    }
}

/// A command, after which event and when it was given. Anchors' ordinals strictly ascend, since each command is an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Anchored<C> {
    /// Its anchor.
    pub place: Place,
    /// The command.
    pub command: C,
}

/// A command to be given at an instant that its branch has not reached yet: what an edited history still holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Planned<C> {
    /// The instant.
    pub at: Time,
    /// After so many events of that instant.
    pub after: u64,
    /// The command.
    pub command: C,
}

/// A command that was due and could not be carried out. It is kept with its reason, and changed nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Unfit<C> {
    /// Where it was due.
    pub place: Place,
    /// The command.
    pub command: C,
    /// Why not.
    pub reason: Phrase,
}

/// How far to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// Until so many events have been taken.
    Ordinal(u64),
    /// Until every event up to this time has been taken; the clock then shows it.
    Time(Time),
    /// To exactly this place.
    Place(Place),
}

/// Why going on ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reached {
    /// The target.
    Target,
    /// The budget of events is spent.
    Budget,
    /// It does not go on from here.
    Halted,
    /// Whoever watched said so.
    Watched,
}

/// A branch.
#[derive(Clone, Debug)]
pub struct Branch<R: Replay> {
    /// Its name, if it was given one.
    pub name: Option<Arc<str>>,
    /// Off which branch, and where.
    pub off: Option<(u32, Place)>,
    /// Every command of its history, the inherited ones first. Some may lie beyond the head: a link's, not yet reached.
    pub commands: Vec<Anchored<R::Command>>,
    /// How many of them are the parents'.
    pub inherited: usize,
    /// How many after those were planned when it was born: an edited history's, carried out anew.
    pub replayed: usize,
    /// What is still to be carried out where the branch goes on, in order.
    pub plan: Vec<Planned<R::Command>>,
    /// What was due and could not be carried out, in order.
    pub unfit: Vec<Unfit<R::Command>>,
    /// How far it has been simulated.
    pub head: Place,
    /// How far it is known to go, by a file or link that it came from; nothing of it need have been simulated yet.
    pub far: Place,
    /// The reader has deleted it. What hangs off it still has its past from it.
    pub gone: bool,
    saved: Vec<Saved<R>>,
}

/// A branch that comes from elsewhere, to be simulated when it is looked at.
#[derive(Clone, Debug)]
pub struct Foreseen<C> {
    /// Its name, if it was given one.
    pub name: Option<Arc<str>>,
    /// Off which earlier branch, and where; `None` for the first alone.
    pub off: Option<(u32, Place)>,
    /// Its own commands: anchors' ordinals strictly ascend, and none lies before it leaves its parent.
    pub commands: Vec<Anchored<C>>,
    /// What is still to be carried out where it goes on.
    pub plan: Vec<Planned<C>>,
    /// How far it goes.
    pub far: Place,
}

impl<R: Replay> Branch<R> {
    /// A branch that begins at a place and of which nothing else is known.
    fn bare(name: Option<Arc<str>>, off: Option<(u32, Place)>, head: Place) -> Self {
        let (commands, plan, unfit, saved) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let (far, gone) = (head, false);
        Branch { name, off, commands, inherited: 0, replayed: 0, plan, unfit, head, far, gone, saved }
    }

    /// Has nothing happened on it since it left its parent?
    pub fn is_bare(&self) -> bool {
        let left = self.off.is_some_and(|(_, place)| place == self.head);
        left && self.name.is_none() && self.plan.is_empty() && self.commands.len() == self.inherited
    }

    /// The end of what is known of it: its head, or its last command's anchor where that lies beyond.
    pub fn last(&self) -> Place {
        self.commands.last().map_or(self.reach(), |command| command.place.max(self.reach()))
    }

    /// How far one can go on it without making history: as far as it was simulated, here or where it came from.
    pub fn reach(&self) -> Place {
        self.head.max(self.far)
    }
}

#[derive(Clone, Debug)]
struct Saved<R> {
    place: Place,
    weight: u64,
    run: R,
}

impl<R: Replay> Saved<R> {
    /// The copy is weighed: what it was copied from may have room that it does not use.
    fn of(run: &R) -> Self {
        let run = run.clone();
        Saved { place: run.place(), weight: run.weight(), run }
    }
}

/// Bounds on what is kept.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Most checkpoints.
    pub checkpoints: usize,
    /// Most bytes of them, by their own estimate.
    pub bytes: u64,
    /// Fewest events between two.
    pub spacing: u64,
    /// Most branches.
    pub branches: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Bounds { checkpoints: 1_500, bytes: 60 << 20, spacing: 2_000, branches: 64 }
    }
}

/// How far behind a place that was sought the near checkpoints lie, so that stepping back from it costs next to nothing.
const NEAR: [u64; 5] = [4_096, 512, 64, 8, 1];
/// Most near checkpoints; the oldest goes first.
const MOST_NEAR: usize = 12;
/// With the deleted ones there are at most so many times the branches that there may be.
const DELETED: usize = 4;

/// All branches of a session.
#[derive(Clone, Debug)]
pub struct History<R: Replay> {
    branches: Vec<Branch<R>>,
    near: Vec<(u32, Place, R)>,
    bounds: Bounds,
}

impl<R: Replay> History<R> {
    /// A history that begins with this run, which has taken no event.
    pub fn new(run: &R, bounds: Bounds) -> Self {
        let place = run.place();
        let saved = vec![Saved::of(run)];
        let root = Branch { saved, ..Branch::bare(None, None, place) };
        History { branches: vec![root], near: Vec::new(), bounds }
    }

    /// Branches, in order of birth.
    pub fn branches(&self) -> &[Branch<R>] {
        &self.branches
    }

    /// A branch, if there is one of this number; a deleted one too.
    pub fn branch(&self, id: u32) -> Option<&Branch<R>> {
        self.branches.get(id as usize)
    }

    /// A branch that was not deleted.
    pub fn living(&self, id: u32) -> Option<&Branch<R>> {
        self.branch(id).filter(|branch| !branch.gone)
    }

    /// Off which living branch it comes, and where, as one would draw it: past those that were deleted, and past those that
    /// had not left their own parents yet where this one left.
    pub fn parent(&self, id: u32) -> Option<(u32, Place)> {
        let (mut parent, mut place) = self.branch(id)?.off?;
        while let Some(branch) = self.branch(parent)
            && let Some((next, left)) = branch.off
            && (branch.gone || left.ordinal >= place.ordinal)
        {
            (parent, place) = (next, place.min(left));
        }
        Some((parent, place))
    }

    /// How many checkpoints there are, and about how many bytes they hold.
    pub fn kept(&self) -> (usize, u64) {
        let all = || self.branches.iter().flat_map(|branch| &branch.saved);
        (all().count(), all().map(|saved| saved.weight).sum())
    }

    /// Every checkpoint that lies in this branch's history, ascending, the parents' included.
    pub fn checkpoints(&self, id: u32) -> Vec<&R> {
        let mut found = Vec::new();
        let mut limit = None;
        let mut next = Some(id);
        while let Some(branch) = next.and_then(|id| self.branch(id)) {
            let within = branch.saved.iter().filter(|saved| limit.is_none_or(|limit| saved.place <= limit));
            found.extend(within.rev().map(|saved| &saved.run));
            (next, limit) = match branch.off {
                // A branch off a branch that left before: the earlier place counts.
                Some((parent, place)) => {
                    (Some(parent), Some(limit.map_or(place, |limit: Place| limit.min(place))))
                }
                None => (None, None),
            };
        }
        found.reverse();
        found
    }

    /// The last of the branch's own and inherited checkpoints at or before a place.
    fn saved_before(&self, mut id: u32, mut limit: Place) -> Option<&R> {
        loop {
            let branch = self.branch(id)?;
            let after = branch.saved.partition_point(|saved| saved.place <= limit);
            if let Some(saved) = after.checked_sub(1).and_then(|last| branch.saved.get(last)) {
                return Some(&saved.run);
            }
            let (parent, place) = branch.off?;
            (id, limit) = (parent, limit.min(place));
        }
    }

    /// A run on a branch at or before the target, as near as there is one, to be brought there with [`History::go`].
    pub fn before(&self, id: u32, target: Target) -> Option<R> {
        self.nearest(id, target, |_| true)
    }

    /// The same, but one that may go on into new ground.
    pub fn whole_before(&self, id: u32, target: Target) -> Option<R> {
        self.nearest(id, target, R::is_whole)
    }

    fn nearest(&self, id: u32, target: Target, good: fn(&R) -> bool) -> Option<R> {
        let first = || self.branches.first()?.saved.first().map(|saved| &saved.run);
        let near = |fits: &dyn Fn(Place) -> bool| {
            let fitting =
                self.near.iter().filter(|(branch, at, run)| *branch == id && fits(*at) && good(run));
            fitting.max_by_key(|(_, at, _)| *at).map(|(.., run)| run)
        };
        let (near, saved) = match target {
            Target::Place(place) => (near(&|at| at <= place), self.saved_before(id, place)),
            // A near checkpoint stands at its event's own time; the clock of one where a branch begins may have gone on since.
            Target::Ordinal(ordinal) => {
                let earlier = ordinal.checked_sub(1).map(|ordinal| Place { ordinal, at: Time::MAX });
                (near(&|at| at.ordinal <= ordinal), earlier.and_then(|place| self.saved_before(id, place)))
            }
            Target::Time(time) => {
                let saved = self.checkpoints(id);
                let after = saved.partition_point(|run| run.place().at < time);
                (near(&|at| at.at < time), after.checked_sub(1).and_then(|last| saved.get(last).copied()))
            }
        };
        near.into_iter().chain(saved).max_by_key(|run| run.place()).or_else(first).cloned()
    }

    /// Brings a run on: to the target, over this branch's commands, for at most `budget` events, as long as `watch` says so.
    /// Ground that is new is kept: the head moves and checkpoints are taken.
    pub fn go(
        &mut self,
        id: u32,
        run: &mut R,
        target: Target,
        budget: &mut u64,
        observers: &mut [&mut dyn Observer],
        watch: &mut dyn FnMut(&R) -> bool,
    ) -> Reached {
        let mut marks = NEAR.iter().filter_map(|back| match target {
            Target::Ordinal(ordinal) | Target::Place(Place { ordinal, .. }) => ordinal.checked_sub(*back),
            Target::Time(_) => None,
        });
        let mut mark = marks.find(|mark| *mark > run.place().ordinal);
        let mut due = self.next_checkpoint(id);
        loop {
            let limit = match limit(run.place(), target) {
                Some(limit) => limit,
                None => {
                    self.moved(id, run);
                    return Reached::Target;
                }
            };
            if *budget == 0 {
                self.moved(id, run);
                return Reached::Budget;
            }
            if !self.one(id, run, (target, limit), observers) {
                self.moved(id, run);
                let arrived = limit < Time::MAX && run.place().at >= limit;
                return if arrived { Reached::Target } else { Reached::Halted };
            }
            *budget -= 1;
            let place = run.place();
            if place.ordinal >= due && run.is_whole() {
                self.moved(id, run);
                self.save(id, run);
                due = self.next_checkpoint(id);
            }
            if mark == Some(place.ordinal) {
                self.remember(id, run);
                mark = marks.next();
            }
            if watch(run) {
                self.moved(id, run);
                return Reached::Watched;
            }
        }
    }

    /// Takes the next event of a branch that is due not later than the limit: a command due here, or the run's own. If there
    /// is none, the clock shows the limit.
    fn one(
        &mut self,
        id: u32,
        run: &mut R,
        (target, limit): (Target, Time),
        observers: &mut [&mut dyn Observer],
    ) -> bool {
        let here = run.place();
        // Only the clock is missing at a place whose events have been taken; a command anchored there comes after it.
        if matches!(target, Target::Place(to) if to.ordinal == here.ordinal) {
            return came_to(run, limit, observers);
        }
        let Some(command) = self.due(id, here.ordinal).filter(|command| command.place.at <= limit).cloned()
        else {
            let planned = self.planned(id, run, limit, observers);
            return planned.unwrap_or_else(|| took_until(run, limit, observers));
        };
        if came_to(run, command.place.at, observers) {
            // Only a link can claim a place that is none.
            self.refuse_due(id, command.place, Phrase::bare(HandsKey::PlaceGone));
            return true;
        }
        if let Err(reason) = run.act(&command.command, observers) {
            // Only a command still to come can be refused: one from a link. The run goes on without it.
            self.refuse_due(id, command.place, reason);
        }
        true
    }

    /// On new ground: what is planned next, or an event before it. `None` if nothing planned is due up to the limit.
    fn planned(
        &mut self,
        id: u32,
        run: &mut R,
        limit: Time,
        observers: &mut [&mut dyn Observer],
    ) -> Option<bool> {
        let branch = self.branches.get_mut(id as usize)?;
        let here = run.place();
        if here.ordinal < branch.head.ordinal {
            return None;
        }
        let next = branch.plan.first_mut().filter(|next| next.at <= limit)?;
        // Events before its instant come first, and then so many of its own.
        let before = if next.after > 0 { Some(next.at) } else { next.at.0.checked_sub(1).map(Time) };
        if before.is_some_and(|before| here.at <= before && run.step_until(before, observers)) {
            next.after -= u64::from(run.place().at == next.at);
            return Some(true);
        }
        came_to(run, next.at, observers);
        let (place, next) = (run.place(), branch.plan.remove(0));
        match run.act(&next.command, observers) {
            Ok(()) => {
                branch.commands.push(Anchored { place, command: next.command });
                branch.replayed += 1;
            }
            Err(reason) => branch.unfit.push(Unfit { place, command: next.command, reason }),
        }
        Some(true)
    }

    /// The command anchored after this event.
    fn due(&self, id: u32, ordinal: u64) -> Option<&Anchored<R::Command>> {
        let commands = &self.branches.get(id as usize)?.commands;
        let next = commands.partition_point(|command| command.place.ordinal < ordinal);
        commands.get(next).filter(|command| command.place.ordinal == ordinal)
    }

    fn refuse_due(&mut self, id: u32, place: Place, reason: Phrase) {
        let Some(branch) = self.branches.get_mut(id as usize) else { return };
        if let Some(index) = branch.commands.iter().position(|command| command.place == place) {
            let Anchored { place, command } = branch.commands.remove(index);
            branch.unfit.push(Unfit { place, command, reason });
        }
    }

    fn moved(&mut self, id: u32, run: &R) {
        if let Some(branch) = self.branches.get_mut(id as usize) {
            branch.head = branch.head.max(run.place());
        }
    }

    /// After how many events the next checkpoint is to be taken, in new ground.
    fn next_checkpoint(&self, id: u32) -> u64 {
        let Some(branch) = self.branch(id) else { return u64::MAX };
        let last = branch.saved.last().map_or(0, |saved| saved.place.ordinal);
        let (count, bytes) = self.kept();
        let fit = match bytes / (count as u64).max(1) {
            0 => self.bounds.checkpoints as u64,
            each => (self.bounds.bytes / each).min(self.bounds.checkpoints as u64),
        };
        // Thinning joins the two shortest neighbours, so spaces lie between one and two of the shortest, most of them short: an
        // even space (all events by the checkpoints that fit) is 1/ln 2 of the shortest, and new spaces of 7/5 of it keep it so.
        let share = branch.head.ordinal.saturating_mul(7) / fit.max(1).saturating_mul(5);
        last.saturating_add(share.max(self.bounds.spacing))
    }

    fn save(&mut self, id: u32, run: &R) {
        let place = run.place();
        let Some(branch) = self.branches.get_mut(id as usize) else { return };
        if branch.saved.last().is_none_or(|last| last.place < place) {
            branch.saved.push(Saved::of(run));
        }
        self.thin();
    }

    /// Keeps within the bounds. A branch's first checkpoint stays: what comes after has no other root.
    fn thin(&mut self) {
        loop {
            let (count, bytes) = self.kept();
            if count <= self.bounds.checkpoints && bytes <= self.bounds.bytes {
                return;
            }
            let mut nearest: Option<(u64, usize, usize)> = None;
            for (number, branch) in self.branches.iter().enumerate() {
                for (index, three) in branch.saved.windows(3).enumerate() {
                    let gap = three[2].place.ordinal - three[0].place.ordinal;
                    if nearest.is_none_or(|(least, ..)| gap < least) {
                        nearest = Some((gap, number, index + 1));
                    }
                }
            }
            let Some((_, number, index)) = nearest else { return };
            self.branches[number].saved.remove(index);
        }
    }

    /// Keeps a checkpoint near a place that is sought.
    fn remember(&mut self, id: u32, run: &R) {
        let place = run.place();
        self.near.retain(|(branch, at, _)| (*branch, *at) != (id, place));
        if self.near.len() >= MOST_NEAR {
            self.near.remove(0);
        }
        self.near.push((id, place, run.clone()));
    }

    /// Carries out a command at a place of a branch, and gives the branch on which it was carried out: the same one at its
    /// end, a new one where there is a future, which stays. On a refusal nothing has changed.
    pub fn act(
        &mut self,
        id: u32,
        run: &mut R,
        command: R::Command,
        observers: &mut [&mut dyn Observer],
    ) -> Result<u32, Phrase> {
        let place = run.place();
        let forks = self.has_future(id, place);
        if forks {
            self.room()?;
        }
        let before = run.clone();
        came_to(run, place.at, observers);
        run.act(&command, observers).inspect_err(|_| *run = before.clone())?;
        let id = if forks { self.fork(id, &before, None)? } else { id };
        self.forget_after(id, place);
        if let Some(branch) = self.branches.get_mut(id as usize) {
            branch.commands.push(Anchored { place, command });
            branch.head = run.place();
        }
        Ok(id)
    }
}

/// Up to when the next event is still on the way to the target; `None` if this is it.
fn limit(here: Place, target: Target) -> Option<Time> {
    match target {
        Target::Time(at) => Some(at),
        Target::Ordinal(ordinal) => (here.ordinal < ordinal).then_some(Time::MAX),
        Target::Place(to) if here.ordinal < to.ordinal => Some(Time::MAX),
        Target::Place(to) => (here.at < to.at && here.ordinal == to.ordinal).then_some(to.at),
    }
}

/// Takes an event, or lets the clock show the limit.
fn took_until<R: Replay>(run: &mut R, limit: Time, observers: &mut [&mut dyn Observer]) -> bool {
    let took = run.step_until(limit, observers);
    if !took && limit < Time::MAX {
        run.advance_to(limit);
    }
    took
}

/// Brings a run to an instant before which no event is left. Events of the instant itself are still to come: whoever acts here comes
/// before them, in the first run and in every later one. What is no event (a command of the scenario that comes to nothing) has no place
/// of its own, and comes first. `true` if an event was due before the instant: that one was taken.
fn came_to<R: Replay>(run: &mut R, at: Time, observers: &mut [&mut dyn Observer]) -> bool {
    let here = run.place();
    let before = at.0.checked_sub(1).map(Time).filter(|before| here.at <= *before);
    while before.is_some_and(|before| run.step_until(before, observers)) {
        if run.place().ordinal > here.ordinal {
            return true;
        }
    }
    loop {
        let mut next = run.clone();
        let took = next.step_until(at, &mut []);
        if took && next.place().ordinal > here.ordinal {
            break;
        }
        *run = next;
        if !took {
            break;
        }
    }
    run.advance_to(at);
    false
}

#[cfg(test)]
#[path = "history_tests.rs"]
mod tests;
