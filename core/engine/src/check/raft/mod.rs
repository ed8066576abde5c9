//! Raft's invariants, by the names they have in Ongaro's dissertation (Figure 3.2), and those of the store above it. Each
//! is an observer in a file of its own; none trusts what the protocol says of itself: they look at logs, terms, roles and
//! disks, and at what clients asked and were answered.
//!
//! [`RaftCheck`] looks once at what an event changed ([`watch`]) and shows each invariant a [`Scene`] of it, if it changed
//! something that this invariant looks at; most events of an idle group change nothing. The invariants themselves know no
//! world and no kernel: they are tested on scenes made by hand.

mod acked_writes;
mod commit_index;
mod durable_term;
mod election_safety;
pub(super) mod exactly_once;
mod highest;
mod leader_append_only;
mod leader_completeness;
mod log_matching;
mod reach;
mod scene;
pub(super) mod stale_read;
mod state_machine_safety;
mod watch;

#[cfg(test)]
mod hand_made;

pub use reach::{Reach, Reached, Recovery};
pub use scene::{Broken, Changes, Glance, Member, Observes, Said, Scene, Sight, Talk};

use super::{Check, Invariant, Violation};
use crate::kernel::Event;
use crate::kernel::world::World;
pub(crate) use watch::Watch;

/// All invariants of one Raft group.
pub struct RaftCheck {
    watch: Watch,
    observers: Vec<Seat>,
}

struct Seat {
    invariant: Invariant,
    wants: Changes,
    /// It broke, and rests.
    broken: bool,
    observer: Box<dyn Observes>,
}

impl RaftCheck {
    /// All of them, fresh, for the group of this number in the world. It must see the run from its first event on.
    pub fn new(group: u16) -> Self {
        Self::of(group, Self::all())
    }

    /// Only the one of this name.
    pub fn only(group: u16, name: &str) -> Option<Self> {
        let observer = Self::all().into_iter().find(|observer| observer.invariant().name == name)?;
        Some(Self::of(group, vec![observer]))
    }

    fn all() -> Vec<Box<dyn Observes>> {
        vec![
            Box::new(election_safety::ElectionSafety::default()),
            Box::new(leader_append_only::LeaderAppendOnly),
            Box::new(log_matching::LogMatching),
            Box::new(leader_completeness::LeaderCompleteness::default()),
            Box::new(state_machine_safety::StateMachineSafety::default()),
            Box::new(durable_term::DurableTermMonotonic::default()),
            Box::new(commit_index::CommitIndexMonotonic),
            Box::new(exactly_once::ExactlyOnce::default()),
            Box::new(stale_read::NoStaleRead::default()),
            Box::new(acked_writes::NoAckedWriteLost::default()),
        ]
    }

    fn of(group: u16, observers: Vec<Box<dyn Observes>>) -> Self {
        let seat = |observer: Box<dyn Observes>| {
            let (invariant, wants) = (observer.invariant(), observer.wants());
            Seat { invariant, wants, broken: false, observer }
        };
        RaftCheck { watch: Watch::new(group), observers: observers.into_iter().map(seat).collect() }
    }
}

impl Check for RaftCheck {
    fn invariants(&self) -> Vec<Invariant> {
        self.observers.iter().map(|seat| seat.invariant).collect()
    }

    #[inline]
    fn saw(&mut self, world: &World, event: &Event<'_>, broken: &mut Vec<Violation>) {
        let observers = &mut self.observers;
        self.watch.look(world, event, &mut |scene| show(observers, scene, event, broken));
    }

    fn copy(&self) -> Box<dyn Check> {
        let copy = |seat: &Seat| Seat { observer: seat.observer.copy(), ..*seat };
        Box::new(RaftCheck {
            watch: self.watch.clone(),
            observers: self.observers.iter().map(copy).collect(),
        })
    }

    fn weight(&self) -> usize {
        /// What does not depend on the work.
        const EVER: usize = 26 << 10;
        EVER + self.observers.iter().map(|seat| seat.observer.weight()).sum::<usize>()
    }
}

fn show(observers: &mut [Seat], scene: &Scene<'_>, event: &Event<'_>, broken: &mut Vec<Violation>) {
    for seat in observers.iter_mut().filter(|seat| !seat.broken && scene.changes.any(seat.wants)) {
        if let Some(Broken { phrase, involved }) = seat.observer.saw(scene) {
            seat.broken = true;
            let check = seat.invariant.name;
            broken.push(Violation { check, at: event.at, event: event.id, phrase, involved });
        }
    }
}
