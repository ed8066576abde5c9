//! What a run came by, so that "nothing broke" means something, and whether everybody came to know what is chosen after
//! healing.

use crate::check::{Back, Meter};
use crate::consensus::paxos::{Ballot, Peer, PeerMessage, Phase};
use crate::kernel::{Event, Fate, Observer, What, World};
use crate::process::payload::peek;
use crate::process::{ProcessId, Span, Time};
use litemap::LiteMap;

/// Counts what a group comes by.
#[derive(Default)]
pub struct Reached {
    group: u16,
    /// The number each proposer used last, and whether it proposed a value of another.
    proposals: LiteMap<ProcessId, (Ballot, bool)>,
    informed: LiteMap<ProcessId, ()>,
    /// Proposals begun; refusals heard of; proposals of a value that was reported; processes that came to know what is
    /// chosen; times that two proposed at once; processes that went down.
    counts: [u64; 6],
}

const NAMES: [&str; 6] = ["proposals", "refusals", "adoptions", "informed", "duels", "crashes"];

impl Reached {
    /// By the group of this number in the world. It must see the run from its first event on.
    pub fn new(group: u16) -> Self {
        Reached { group, ..Reached::default() }
    }

    fn proposer(&mut self, world: &World, peer: &Peer) {
        let (was, adopted) = self.proposals.get(&peer.id()).copied().unwrap_or_default();
        if peer.phase() == Phase::Preparing && peer.ballot() != was {
            self.counts[0] += 1;
            self.proposals.insert(peer.id(), (peer.ballot(), false));
            let ours = world.processes().filter(|process| process.group == self.group);
            let others = ours.filter_map(|process| world.machine::<Peer>(process.id));
            let busy = others.filter(|other| other.id() != peer.id() && other.phase() != Phase::Idle);
            self.counts[4] += u64::from(busy.count() > 0);
        } else if let (false, Some(value)) = (adopted, peer.proposes())
            && peer.wish().is_some_and(|wish| wish != value)
        {
            self.counts[2] += 1;
            self.proposals.insert(peer.id(), (peer.ballot(), true));
        }
    }
}

impl Observer for Reached {
    fn saw(&mut self, world: &World, event: &Event<'_>) {
        if let What::Done { crashed, .. } = &event.what {
            for id in crashed.iter() {
                self.counts[5] += u64::from(world.process(*id).is_some_and(|p| p.group == self.group));
                self.informed.remove(id);
            }
        }
        let id = event.id.process;
        if world.process(id).is_none_or(|process| process.group != self.group) {
            return;
        }
        let Some(peer) = world.machine::<Peer>(id) else { return };
        self.proposer(world, peer);
        if peer.learned().is_some() && self.informed.insert(id, ()).is_none() {
            self.counts[3] += 1;
        }
        let sent = event.sent.iter().filter(|sent| sent.fate != Fate::Gated);
        let refused = |sent: &&crate::kernel::Sent| {
            matches!(peek::<PeerMessage>(sent.payload.as_ref()), Some(PeerMessage::Refused { .. }))
        };
        self.counts[1] += sent.filter(refused).count() as u64;
    }
}

impl Meter for Reached {
    fn counts(&self) -> Vec<(&'static str, u64)> {
        NAMES.into_iter().zip(self.counts).collect()
    }
}

/// Whether every learner came to know what is chosen.
pub struct Recovery {
    group: u16,
    healed: Time,
    after: Option<Span>,
}

impl Recovery {
    /// Watches a group of which everything was healed at a time.
    pub fn new(group: u16, healed: Time) -> Self {
        Recovery { group, healed, after: None }
    }
}

impl Observer for Recovery {
    fn saw(&mut self, world: &World, event: &Event<'_>) {
        if self.after.is_some() || event.at < self.healed {
            return;
        }
        let mut ours = world.processes().filter(|process| process.group == self.group);
        let knows = ours.all(|process| {
            let peer = world.machine::<Peer>(process.id);
            peer.is_some_and(|peer| !peer.is_learner() || peer.learned().is_some())
        });
        if knows {
            self.after = Some(event.at - self.healed);
        }
    }
}

impl Back for Recovery {
    fn after(&self) -> Option<Span> {
        self.after
    }
}
