//! Branches on the page: the tree under the scrubber, names, two branches beside each other. What a branch is and what comes of it
//! is the session's matter; here is what the reader has opened of it.

mod ask;
pub mod keep;
mod tree;
mod versus;
pub mod view;

pub use ask::{BranchDialog, BranchDialogProps};
pub use tree::{Tree, TreeProps};
pub use versus::{Versus, VersusProps, toggle, use_versus};

use crate::desk::Desk;
use crate::same::{Same, put};
use crate::state::{Notice, Page};
use muster_core::session::api::{BranchView, Comparison, OtherView, Request};
use std::sync::Arc;

/// What the reader has opened of branches.
#[derive(Clone, PartialEq, Default)]
pub struct Branching {
    /// The branch that was deleted last, to be brought back: its number, and what it was called.
    pub deleted: Option<(u32, String)>,
    /// The branch that is laid beside the one shown.
    pub other: Option<u32>,
    /// How the two compare.
    pub comparison: Option<Same<Comparison>>,
    /// The other one's stage.
    pub beside: Option<Same<OtherView>>,
    /// What the page showed when the run was saved or shared; to be shown again.
    pub view: Option<Arc<str>>,
    /// What the browser had kept could not be opened: something else is to be.
    pub refused: bool,
}

/// What the reader does with branches.
pub enum Turn {
    /// Deletes this one, so called.
    Delete(u32, String),
    /// Has brought the last one back, or does not want it back.
    Keep,
    /// Lays this one beside the one shown, or none.
    Compare(Option<u32>),
    /// The browser does not keep the run.
    Unkept,
}

impl Page {
    /// After something the reader did with branches.
    pub fn turn(&mut self, turn: Turn) {
        match turn {
            Turn::Delete(id, name) => self.branching.deleted = Some((id, name)),
            Turn::Keep => self.branching.deleted = None,
            Turn::Compare(other) => {
                self.branching.other = other;
                self.branching.comparison = None;
                self.branching.beside = None;
            }
            Turn::Unkept => self.say(Notice::Unkept),
        }
    }

    /// The two compare so, if they are still the two.
    pub fn compared(&mut self, comparison: Comparison) {
        if Some(comparison.branches[1]) == self.branching.other && comparison.branches[0] == self.branch {
            put(&mut self.branching.comparison, comparison);
        }
    }

    /// The other one's stage.
    pub fn beside(&mut self, other: OtherView) {
        if Some(other.branch) != self.branching.other {
            return;
        }
        if let Some(names) = self.names.learn(&other.names, &other.frame) {
            self.names = Same::new(names);
        }
        put(&mut self.branching.beside, other);
    }

    /// Another branch may be shown now, and the one beside it deleted.
    pub fn branched(&mut self, before: u32) {
        let Some(other) = self.branching.other else { return };
        if other == self.branch {
            // Whoever goes to the other one has the one before beside it.
            self.turn(Turn::Compare(Some(before)));
        } else if before != self.branch {
            self.turn(Turn::Compare(Some(other)));
        }
        if !self.branches.iter().any(|branch| Some(branch.id) == self.branching.other) {
            self.turn(Turn::Compare(None));
        }
    }
}

/// What a dialog about a branch is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Asking {
    /// What it is to be called.
    Name(u32),
    /// Whether it is to be deleted.
    Delete(u32),
}

/// What a branch is called: as the reader said, or by what was done on it first.
pub fn name(desk: &Desk, branch: &BranchView) -> String {
    match (&branch.name, &branch.because, &branch.off) {
        (Some(name), ..) => name.to_string(),
        (None, Some(because), Some(_)) => desk.say(because),
        (None, _, None) => desk.t.main_branch.to_owned(),
        (None, None, Some(_)) => desk.t.branch.replace("{0}", &(branch.id + 1).to_string()),
    }
}

/// Branches as they are drawn: each below the one it leaves, and how deep.
pub fn in_order(branches: &[BranchView]) -> Vec<(usize, &BranchView)> {
    let mut drawn: Vec<(usize, &BranchView)> = Vec::with_capacity(branches.len());
    for branch in branches {
        let parent = branch.off.and_then(|(off, _)| drawn.iter().position(|(_, drawn)| drawn.id == off));
        match parent {
            None => drawn.push((0, branch)),
            Some(at) => {
                let depth = drawn[at].0 + 1;
                let below = drawn[at + 1..].iter().take_while(|(deep, _)| *deep >= depth).count();
                drawn.insert(at + 1 + below, (depth, branch));
            }
        }
    }
    drawn
}

/// Shows the branch drawn before or after the one shown.
pub fn next(desk: &Desk, page: &Page, on: bool) {
    let order = in_order(&page.branches);
    let here = order.iter().position(|(_, branch)| branch.id == page.branch).unwrap_or(0);
    let next = if on { here + 1 } else { here.wrapping_sub(1) };
    if let Some((_, branch)) = order.get(next) {
        desk.jump(Request::Switch { branch: branch.id });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use muster_core::view::Place;

    #[test]
    fn each_branch_stands_below_the_one_it_leaves() {
        let branch = |id: u32, off: Option<u32>| BranchView {
            id,
            name: None,
            off: off.map(|off| (off, Place::default())),
            because: None,
            head: Place::default(),
            acts: Vec::new(),
        };
        let branches =
            [branch(0, None), branch(1, Some(0)), branch(2, Some(0)), branch(4, Some(1)), branch(5, Some(4))];
        let order: Vec<_> =
            in_order(&branches).into_iter().map(|(depth, branch)| (depth, branch.id)).collect();
        assert_eq!(order, [(0, 0), (1, 1), (2, 4), (3, 5), (1, 2)]);
    }
}
