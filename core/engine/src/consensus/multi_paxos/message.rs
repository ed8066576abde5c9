//! What members say to each other: the messages of the two phases (*Paxos Made Simple* §2.2) over many slots (§3), a leader's
//! heartbeats and leases (*Paxos Made Live* §5.2), and what a late member asks for (§5.5).

use super::config::Configuration;
use super::log::{Accepted, Entry};
use crate::consensus::ballot::Ballot;
use crate::consensus::kv::{self, Item};
use crate::process::payload::take;
use crate::process::{Arg, Card, Digest, Fold, Payload, Phrase, Shape, Wire};
use crate::words::multi_paxos::MultiPaxosKey;
use std::sync::Arc;

/// All that a member may send or receive.
#[derive(Clone, Debug)]
pub enum Message {
    /// From or to another member.
    Peer(PeerMessage),
    /// To several members: one copy for all. None is received so.
    Shared(Arc<PeerMessage>),
    /// From or to a client.
    Kv(kv::Message),
}

impl Wire for Message {
    #[inline]
    fn wrap(self) -> Arc<dyn Payload> {
        match self {
            Message::Peer(message) => Arc::new(message),
            Message::Shared(message) => message,
            Message::Kv(message) => Arc::new(message),
        }
    }
    #[inline]
    fn unwrap(payload: Arc<dyn Payload>) -> Option<Self> {
        match take(payload) {
            Ok(message) => Some(Message::Peer(message)),
            Err(other) => take(other).ok().map(Message::Kv),
        }
    }
}

/// A message.
#[derive(Clone, Debug, PartialEq)]
pub enum PeerMessage {
    /// Phase 1, for all slots from one on: promise to accept nothing below this ballot, and tell what you have accepted.
    Prepare {
        /// The ballot.
        ballot: Ballot,
        /// The first slot it is about.
        from: u64,
    },
    /// Phase 1: it promises.
    Promise {
        /// To this ballot.
        ballot: Ballot,
        /// What it has accepted.
        report: Arc<Report>,
    },
    /// Phase 2: accept these, in slots one after the other.
    Accept {
        /// The ballot.
        ballot: Ballot,
        /// The first slot.
        slot: u64,
        /// What is to stand there.
        entries: Arc<[Arc<Entry>]>,
        /// All slots up to here are chosen.
        chosen: u64,
    },
    /// Phase 2: it has accepted.
    Accepted {
        /// In this ballot.
        ballot: Ballot,
        /// From this slot on.
        slot: u64,
        /// So many.
        count: u64,
    },
    /// It has promised more to another, or granted a lease to another.
    Refused {
        /// What it refused.
        ballot: Ballot,
        /// What it has promised. Not above the refused ballot: it has granted a lease.
        promised: Ballot,
        /// It was asked for a promise, in phase 1; else for something of phase 2.
        for_promise: bool,
    },
    /// A leader is there.
    Heartbeat {
        /// Its ballot.
        ballot: Ballot,
        /// All slots up to here are chosen.
        chosen: u64,
        /// Which round of heartbeats: whoever answers grants a lease from that round on. 0: no answer is wanted.
        round: u64,
    },
    /// The answer: it grants a lease.
    Alive {
        /// To the leader of this ballot.
        ballot: Ballot,
        /// From this round on.
        round: u64,
    },
    /// From a member that lacks what is chosen.
    Ask {
        /// From this slot on.
        from: u64,
        /// A snapshot that it receives, by its slot, and how many items of it it has.
        has: Option<(u64, u64)>,
    },
    /// To it: these are chosen, in slots one after the other.
    Chosen {
        /// The first slot.
        slot: u64,
        /// What stands there, and the ballot in which the sender holds it.
        entries: Arc<[Accepted]>,
        /// All slots up to here are chosen.
        chosen: u64,
    },
    /// To it, where slots have been collected: a piece of a snapshot.
    Snapshot {
        /// What it holds.
        piece: Arc<Piece>,
        /// All slots up to here are chosen.
        chosen: u64,
    },
}

/// What a member has accepted, as its promise tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// It was asked from this slot on.
    pub from: u64,
    /// It has collected slots up to here: they are chosen, and it cannot tell what stands there.
    pub collected: u64,
    /// All slots up to here are chosen; of those it has not collected, as it tells.
    pub chosen: u64,
    /// Slots and what it has accepted there, in order.
    pub accepted: Vec<(u64, Accepted)>,
    /// There is more, from this slot on: ask again.
    pub more: Option<u64>,
}

/// A part of a snapshot.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// The last slot the snapshot covers.
    pub slot: u64,
    /// Items before these.
    pub offset: u64,
    /// Items in all.
    pub total: u64,
    /// From which slots on which configurations hold.
    pub configurations: Vec<(u64, Arc<Configuration>)>,
    /// Items.
    pub items: Vec<Item>,
}

impl Piece {
    /// Does it end the snapshot?
    pub fn is_last(&self) -> bool {
        self.offset + self.items.len() as u64 >= self.total
    }
}

impl PeerMessage {
    /// The ballot it speaks for.
    pub fn ballot(&self) -> Option<Ballot> {
        match self {
            PeerMessage::Prepare { ballot, .. }
            | PeerMessage::Promise { ballot, .. }
            | PeerMessage::Accept { ballot, .. }
            | PeerMessage::Accepted { ballot, .. }
            | PeerMessage::Refused { ballot, .. }
            | PeerMessage::Heartbeat { ballot, .. }
            | PeerMessage::Alive { ballot, .. } => Some(*ballot),
            PeerMessage::Ask { .. } | PeerMessage::Chosen { .. } | PeerMessage::Snapshot { .. } => None,
        }
    }

    /// Is it one of the messages that replicate a command, rather than one that elects, tells, or lets catch up?
    pub fn replicates(&self) -> bool {
        matches!(self, PeerMessage::Accept { .. } | PeerMessage::Accepted { .. })
    }

    /// The slots it carries, first and last.
    fn carries(&self) -> Option<(u64, u64)> {
        let range = |slot: u64, count: usize| (count > 0).then(|| (slot, slot + count as u64 - 1));
        match self {
            PeerMessage::Accept { slot, entries, .. } => range(*slot, entries.len()),
            PeerMessage::Chosen { slot, entries, .. } => range(*slot, entries.len()),
            PeerMessage::Promise { report, .. } => {
                Some((report.accepted.first()?.0, report.accepted.last()?.0))
            }
            _ => None,
        }
    }
}

impl Payload for PeerMessage {
    fn fold(&self, digest: &mut Digest) {
        let (word, numbers) = match self {
            PeerMessage::Prepare { from, .. } => (0x7101, [*from, 0]),
            PeerMessage::Promise { report, .. } => (0x7102, [report.from, report.chosen]),
            PeerMessage::Accept { slot, chosen, .. } => (0x7103, [*slot, *chosen]),
            PeerMessage::Accepted { slot, count, .. } => (0x7104, [*slot, *count]),
            PeerMessage::Refused { promised, for_promise, .. } => {
                let word = 0x7105 | u64::from(*for_promise) << 16;
                (word, [promised.round, u64::from(promised.owner.0)])
            }
            PeerMessage::Heartbeat { chosen, round, .. } => (0x7106, [*chosen, *round]),
            PeerMessage::Alive { round, .. } => (0x7107, [*round, 0]),
            PeerMessage::Ask { from, .. } => (0x7108, [*from, 0]),
            PeerMessage::Chosen { slot, chosen, .. } => (0x7109, [*slot, *chosen]),
            PeerMessage::Snapshot { piece, chosen } => (0x710a, [piece.slot, *chosen]),
        };
        digest.word(word);
        if let Some(ballot) = self.ballot() {
            ballot.fold(digest);
        }
        numbers.iter().for_each(|&number| digest.word(number));
        match self {
            PeerMessage::Promise { report, .. } => {
                digest.word(report.collected);
                report.more.fold(digest);
                digest.word(report.accepted.len() as u64);
                for (slot, accepted) in &report.accepted {
                    digest.word(*slot);
                    accepted.fold(digest);
                }
            }
            PeerMessage::Accept { entries, .. } => entries.iter().for_each(|entry| entry.fold(digest)),
            PeerMessage::Ask { has, .. } => has.fold(digest),
            PeerMessage::Chosen { entries, .. } => entries.iter().for_each(|entry| entry.fold(digest)),
            PeerMessage::Snapshot { piece, .. } => {
                digest.word(piece.offset);
                digest.word(piece.total);
                piece.configurations.fold(digest);
                piece.items.iter().for_each(|item| item.fold(digest));
            }
            _ => {}
        }
    }

    fn size(&self) -> u32 {
        const HEADERS: u32 = 40;
        const BALLOT: u32 = 12;
        let held = |accepted: &Accepted| BALLOT + accepted.entry.size();
        HEADERS
            + match self {
                PeerMessage::Prepare { .. } => BALLOT + 8,
                PeerMessage::Promise { report, .. } => {
                    BALLOT + 32 + report.accepted.iter().map(|(_, it)| 8 + held(it)).sum::<u32>()
                }
                PeerMessage::Accept { entries, .. } => {
                    BALLOT + 16 + entries.iter().map(|entry| entry.size()).sum::<u32>()
                }
                PeerMessage::Accepted { .. } | PeerMessage::Heartbeat { .. } => BALLOT + 16,
                PeerMessage::Refused { .. } => 2 * BALLOT + 1,
                PeerMessage::Alive { .. } => BALLOT + 8,
                PeerMessage::Ask { .. } => 24,
                PeerMessage::Chosen { entries, .. } => 16 + entries.iter().map(held).sum::<u32>(),
                PeerMessage::Snapshot { piece, .. } => {
                    let members: u32 = piece.configurations.iter().map(|(_, it)| 8 + it.size()).sum();
                    32 + members + piece.items.iter().map(Item::size).sum::<u32>()
                }
            }
    }

    fn card(&self) -> Card {
        use MultiPaxosKey as K;
        let (kind, shape, verdict) = self.look();
        let range = |slot: u64, count: u64| {
            if count == 1 {
                vec![Arg::Number(slot)]
            } else {
                vec![Arg::Number(slot), Arg::Number(slot + count.max(1) - 1)]
            }
        };
        let one = |count: u64, single, several| if count == 1 { single } else { several };
        let label = match self {
            PeerMessage::Prepare { ballot, from } => {
                Phrase::new(K::CardPrepare, [number(*ballot), Arg::Number(*from)])
            }
            PeerMessage::Promise { ballot, report } => {
                let args = [number(*ballot), Arg::Number(report.accepted.len() as u64)];
                Phrase::new(K::CardPromise, args)
            }
            PeerMessage::Accept { slot, entries, .. } => {
                let count = entries.len() as u64;
                Phrase::new(one(count, K::CardAcceptOne, K::CardAccept), range(*slot, count))
            }
            PeerMessage::Accepted { slot, count, .. } => {
                Phrase::new(one(*count, K::CardAcceptedOne, K::CardAccepted), range(*slot, *count))
            }
            PeerMessage::Refused { ballot, promised, .. } if promised > ballot => {
                Phrase::new(K::CardRefused, [number(*ballot), number(*promised)])
            }
            PeerMessage::Refused { ballot, .. } => Phrase::new(K::CardLeased, [number(*ballot)]),
            PeerMessage::Heartbeat { chosen, .. } => Phrase::new(K::CardHeartbeat, [Arg::Number(*chosen)]),
            PeerMessage::Alive { round, .. } => Phrase::new(K::CardAlive, [Arg::Number(*round)]),
            PeerMessage::Ask { from, .. } => Phrase::new(K::CardAsk, [Arg::Number(*from)]),
            PeerMessage::Chosen { slot, entries, .. } => {
                let count = entries.len() as u64;
                Phrase::new(one(count, K::CardChosenOne, K::CardChosen), range(*slot, count))
            }
            PeerMessage::Snapshot { piece, .. } => {
                let upto = piece.offset + piece.items.len() as u64;
                let args = [Arg::Number(piece.slot), Arg::Number(upto), Arg::Number(piece.total)];
                Phrase::new(K::CardSnapshot, args)
            }
        };
        let epoch = self.ballot().map(|ballot| ballot.round);
        Card {
            kind: kind.into(),
            shape,
            answer: verdict.is_some(),
            verdict,
            epoch,
            carries: self.carries(),
            label,
        }
    }
}

impl PeerMessage {
    fn look(&self) -> (MultiPaxosKey, Shape, Option<bool>) {
        use MultiPaxosKey as K;
        match self {
            PeerMessage::Prepare { .. } => (K::KindPrepare, Shape::Triangle, None),
            PeerMessage::Promise { .. } => (K::KindPromise, Shape::Triangle, Some(true)),
            PeerMessage::Accept { .. } => (K::KindAccept, Shape::Circle, None),
            PeerMessage::Accepted { .. } => (K::KindAccepted, Shape::Circle, Some(true)),
            PeerMessage::Refused { for_promise: true, .. } => (K::KindRefused, Shape::Triangle, Some(false)),
            PeerMessage::Refused { .. } => (K::KindRefused, Shape::Circle, Some(false)),
            PeerMessage::Heartbeat { .. } => (K::KindHeartbeat, Shape::Circle, None),
            PeerMessage::Alive { .. } => (K::KindAlive, Shape::Circle, Some(true)),
            PeerMessage::Ask { .. } => (K::KindAsk, Shape::Hexagon, None),
            PeerMessage::Chosen { .. } => (K::KindChosen, Shape::Square, Some(true)),
            PeerMessage::Snapshot { .. } => (K::KindSnapshot, Shape::Square, Some(true)),
        }
    }
}

/// A ballot as an argument of a phrase.
pub(super) fn number(ballot: Ballot) -> Arg {
    Arg::Ballot(ballot.round, ballot.owner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::ProcessId;

    #[test]
    fn messages_stay_small() {
        assert!(size_of::<PeerMessage>() <= 56, "{}", size_of::<PeerMessage>());
    }

    #[test]
    fn each_message_finds_its_type_again_in_its_envelope() {
        let said = PeerMessage::Prepare { ballot: Ballot { round: 3, owner: ProcessId(2) }, from: 1 };
        let shared = Arc::new(said.clone());
        for envelope in [Message::Peer(said.clone()).wrap(), Message::Shared(shared).wrap()] {
            assert!(matches!(Message::unwrap(envelope), Some(Message::Peer(found)) if found == said));
        }
        let kv = Message::Kv(kv::Message::Register { seq: 1 }).wrap();
        assert!(matches!(Message::unwrap(kv), Some(Message::Kv(kv::Message::Register { seq: 1 }))));
    }
}
