//! Paxos' invariants: what *Paxos Made Simple* asks of a chosen value (§2.1), and the conditions it derives (§2.2).
//!
//! An acceptance counts when its acceptor tells of it, or when its disk holds it, whether or not anybody was told (§2.5).
//!
//! [`PaxosCheck`] gathers facts from what processes tell each other and from what their disks hold, and hands them to a
//! [`Ledger`], which trusts nobody's own word for what is chosen: it counts.

mod ledger;
mod reach;
#[cfg(test)]
mod tests;

pub use ledger::{Broken, Ledger, Which};
pub use reach::{Reached, Recovery};

use super::table::{self, Rests};
use super::{Check, Invariant, Violation};
use crate::consensus::paxos::{Durable, Peer, PeerMessage};
use crate::kernel::world::World;
use crate::kernel::{Action, Event, Fate, What};
use crate::process::ProcessId;
use crate::process::payload::peek;

/// All invariants of one group.
#[derive(Clone)]
pub struct PaxosCheck {
    group: u16,
    /// Once somebody of the group was seen.
    ledger: Option<Ledger>,
    /// They broke, and rest.
    rests: Rests<Which>,
}

impl PaxosCheck {
    /// All of them, fresh, for the group of this number in the world. It must see the run from its first event on.
    pub fn new(group: u16) -> Self {
        PaxosCheck { group, ledger: None, rests: Rests::default() }
    }

    fn gather(&mut self, world: &World, event: &Event<'_>) -> Vec<Broken> {
        let mut found = Vec::new();
        let id = event.id.process;
        if let What::Done { action: Action::Disk(..), .. } = event.what {
            found.extend(self.look_at_disks(world));
        }
        if world.process(id).is_none_or(|process| process.group != self.group) {
            return found;
        }
        if let Some(peer) = world.machine::<Peer>(id) {
            let ledger = self.ledger.get_or_insert_with(|| {
                let program = peer.program();
                let acceptors = program.settings().acceptors.clone();
                Ledger::new(acceptors, program.promises().clone(), program.acceptances().clone())
            });
            if let Some(wish) = peer.wish() {
                ledger.wished(wish);
            }
            if let Some(durable) = world.stored::<Durable>(id)
                && let Some((ballot, value)) = &durable.accepted
            {
                found.extend(ledger.holds(id, *ballot, value));
            }
            told_itself(ledger, peer, &mut found);
        }
        if let Some(ledger) = &mut self.ledger {
            for sent in event.sent.iter().filter(|sent| sent.fate != Fate::Gated) {
                if let Some(message) = peek::<PeerMessage>(sent.payload.as_ref()) {
                    told(ledger, sent.message.from, message, &mut found);
                }
            }
            if let Some(peer) = world.machine::<Peer>(id)
                && let Some((ballot, value)) = peer.learned()
            {
                found.extend(ledger.learned(id, *ballot, value));
            }
        }
        if matches!(event.what, What::Persisted { .. } | What::Started) {
            found.extend(self.look_at(world, id));
        }
        found
    }

    fn look_at(&mut self, world: &World, id: ProcessId) -> Option<Broken> {
        let promised = world.stored::<Durable>(id).map(|durable| durable.promised).unwrap_or_default();
        self.ledger.as_mut()?.on_disk(id, promised)
    }

    /// Those of hosts that are part of the world: who left for good took its disk along.
    fn look_at_disks(&mut self, world: &World) -> Vec<Broken> {
        let ours: Vec<ProcessId> =
            world.processes().filter(|p| p.group == self.group).map(|p| p.id).collect();
        ours.into_iter().filter_map(|id| self.look_at(world, id)).collect()
    }
}

/// What a process has told itself takes no message. Its own promise may be the last that it needed to propose.
fn told_itself(ledger: &mut Ledger, peer: &Peer, found: &mut Vec<Broken>) {
    let [promised, accepted] = peer.told_itself();
    if promised == peer.ballot() {
        ledger.promised(peer.id(), promised);
    }
    if let Some(value) = peer.proposes() {
        found.extend(ledger.issued(peer.id(), peer.ballot(), value));
        if accepted == peer.ballot() {
            found.extend(ledger.holds(peer.id(), accepted, value));
        }
    }
}

fn told(ledger: &mut Ledger, from: ProcessId, message: &PeerMessage, found: &mut Vec<Broken>) {
    match message {
        PeerMessage::Promise { ballot, accepted } => {
            if let Some((had, value)) = accepted {
                found.extend(ledger.holds(from, *had, value));
            }
            ledger.promised(from, *ballot);
        }
        PeerMessage::Accept { ballot, value } => found.extend(ledger.issued(from, *ballot, value)),
        PeerMessage::Accepted { ballot, value } => found.extend(ledger.accepted(from, *ballot, value)),
        PeerMessage::Prepare { .. }
        | PeerMessage::Refused { .. }
        | PeerMessage::Chosen { .. }
        | PeerMessage::Ask => {}
    }
}

impl Check for PaxosCheck {
    fn invariants(&self) -> Vec<Invariant> {
        table::invariants::<Which>()
    }

    fn saw(&mut self, world: &World, event: &Event<'_>, broken: &mut Vec<Violation>) {
        let found = self.gather(world, event);
        self.rests.say(found, event, broken);
    }

    fn copy(&self) -> Box<dyn Check> {
        Box::new(self.clone())
    }

    fn weight(&self) -> usize {
        size_of::<Self>() + self.ledger.as_ref().map_or(0, Ledger::weight)
    }
}
