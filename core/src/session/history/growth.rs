//! How the branches of a history come, get names, are planned and go. What lies behind a head never changes by it.

use super::{Anchored, Branch, DELETED, Foreseen, History, Planned, Replay, Saved, Target};
use crate::process::{Arg, Phrase, Time};
use crate::view::Place;
use crate::words::session::SessionKey;
use std::sync::Arc;

impl<R: Replay> History<R> {
    pub(super) fn room(&self) -> Result<(), Phrase> {
        let most = self.bounds.branches;
        let living = self.branches.iter().filter(|branch| !branch.gone).count();
        // A deleted one leaves its number behind, and perhaps a past to others.
        if living < most && self.branches.len() < most * DELETED {
            return Ok(());
        }
        Err(Phrase::new(SessionKey::TooManyBranches, [Arg::Number(living as u64)]))
    }

    /// Is anything known of this branch beyond this place: an event, or a command to come?
    pub fn has_future(&self, id: u32, place: Place) -> bool {
        self.branch(id).is_some_and(|branch| {
            let command = branch.commands.last().map(|command| command.place.ordinal);
            let to_come = command.is_some_and(|ordinal| ordinal >= place.ordinal) || !branch.plan.is_empty();
            branch.reach().ordinal > place.ordinal || to_come
        })
    }

    /// Nothing happened after this place but that the clock went on: that is taken back.
    pub(super) fn forget_after(&mut self, id: u32, place: Place) {
        self.near.retain(|(branch, at, _)| *branch != id || *at <= place);
        if let Some(branch) = self.branches.get_mut(id as usize) {
            branch.saved.retain(|saved| saved.place <= place);
            // What began with a clock that had gone on begins earlier now: its parents' checkpoints after that are not its own.
            if let Some((_, began)) = &mut branch.off {
                *began = place.min(*began);
            }
        }
    }

    /// A new branch off another, from where this run stands.
    pub fn fork(&mut self, off: u32, run: &R, name: Option<Arc<str>>) -> Result<u32, Phrase> {
        self.room()?;
        let branch = self.off(off, run, name);
        self.branches.push(branch);
        self.thin();
        Ok(self.branches.len() as u32 - 1)
    }

    /// Lets a branch on which nothing has happened begin anew off another, from where this run stands.
    pub fn refork(&mut self, id: u32, off: u32, run: &R) {
        let anew = self.off(off, run, None);
        self.near.retain(|(branch, ..)| *branch != id);
        if let Some(branch) = self.branches.get_mut(id as usize) {
            *branch = anew;
        }
    }

    fn off(&self, off: u32, run: &R, name: Option<Arc<str>>) -> Branch<R> {
        let place = run.place();
        let mut branch =
            Branch { saved: vec![Saved::of(run)], ..Branch::bare(name, Some((off, place)), place) };
        if let Some(parent) = self.branch(off) {
            let inherited =
                parent.commands.iter().take_while(|command| command.place.ordinal < place.ordinal);
            branch.commands = inherited.cloned().collect();
            branch.unfit = parent.unfit.iter().take_while(|unfit| unfit.place < place).cloned().collect();
        }
        branch.inherited = branch.commands.len();
        branch
    }

    /// Gives a branch what is to be carried out on it as it goes on.
    pub fn plan(&mut self, id: u32, plan: Vec<Planned<R::Command>>) {
        if let Some(branch) = self.branches.get_mut(id as usize) {
            branch.plan = plan;
        }
    }

    /// How many events of its own instant came before a place, those that commands given by hand came to left out.
    pub fn events_of_instant(&mut self, id: u32, place: Place) -> u64 {
        let known = self.branch(id).is_some_and(|branch| place <= branch.head);
        let Some(mut run) = self.before(id, Target::Time(place.at)).filter(|_| known) else { return 0 };
        let mut events = 0;
        while run.place().ordinal < place.ordinal {
            let here = run.place();
            let by_hand = self.due(id, here.ordinal).is_some();
            if !self.one(id, &mut run, (Target::Ordinal(place.ordinal), Time::MAX), &mut []) {
                break;
            }
            events += u64::from(!by_hand && run.place().at == place.at);
        }
        events
    }

    /// What happens at or after an instant is to come otherwise: the branch ends at the last place known before it, with nothing
    /// planned, and all that it was given since is forgotten. Gives the run there; nothing may hang off the branch.
    pub fn rewind(&mut self, id: u32, from: Time) -> Option<R> {
        let run = self.whole_before(id, Target::Time(from))?;
        let place = run.place();
        self.near.retain(|(branch, at, _)| *branch != id || *at <= place);
        let branch = self.branches.get_mut(id as usize)?;
        branch.saved.retain(|saved| saved.place <= place);
        branch.commands.retain(|command| command.place.ordinal < place.ordinal);
        branch.unfit.retain(|unfit| unfit.place < place);
        branch.plan.clear();
        (branch.head, branch.far) = (place, place);
        Some(run)
    }

    /// Calls a branch this; without a name it is called by what was done on it first.
    pub fn rename(&mut self, id: u32, name: Option<Arc<str>>) {
        if let Some(branch) = self.branches.get_mut(id as usize) {
            branch.name = name;
        }
    }

    /// Deletes a branch other than the first, or brings it back. What hangs off it keeps its past.
    pub fn delete(&mut self, id: u32, gone: bool) -> Result<(), Phrase> {
        if !gone {
            self.room()?;
        }
        let has_children = self.branches.iter().any(|branch| branch.off.is_some_and(|(off, _)| off == id));
        self.near.retain(|(branch, ..)| *branch != id);
        if let Some(branch) = self.branches.get_mut(id as usize) {
            branch.gone = gone;
            if gone && !has_children {
                branch.saved.truncate(1); // brought back it is replayed from where it began
            }
        }
        Ok(())
    }

    /// This branch was simulated so far, on another that it shares its past with.
    pub fn known(&mut self, id: u32, place: Place) {
        if let Some(branch) = self.branches.get_mut(id as usize) {
            branch.head = branch.head.max(place);
        }
    }

    /// It turned out that the branch does not go as far as it was said to.
    pub fn ends(&mut self, id: u32) {
        if let Some(branch) = self.branches.get_mut(id as usize) {
            branch.far = branch.head;
        }
    }

    /// Takes branches over that come from elsewhere, in the place of a history that has only begun. Each comes after the one it
    /// leaves; nothing of them is simulated before somebody looks.
    pub fn foresee(&mut self, branches: Vec<Foreseen<R::Command>>) {
        let Some(first) = self.branches.first().map(|root| root.head) else { return };
        for (at, Foreseen { name, off, commands: own, plan, far }) in branches.into_iter().enumerate() {
            let parent = off.and_then(|(parent, place)| Some((self.branch(parent)?, place)));
            let mut commands: Vec<_> = parent.map_or(Vec::new(), |(parent, place)| {
                let before = |command: &&Anchored<_>| command.place.ordinal < place.ordinal;
                parent.commands.iter().take_while(before).cloned().collect()
            });
            let inherited = commands.len();
            commands.extend(own);
            match self.branches.get_mut(at) {
                Some(root) => {
                    (root.name, root.commands, root.plan, root.far) = (name, commands, plan, far);
                }
                None => {
                    let bare = Branch::bare(name, off, first);
                    self.branches.push(Branch { commands, inherited, plan, far, ..bare });
                }
            }
        }
    }
}
