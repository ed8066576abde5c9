//! What proposers, acceptors and learners say to each other (*Paxos Made Simple* §2.2, §2.3).

use super::Value;
use crate::consensus::ballot::Ballot;
use crate::process::{Arg, Card, Digest, Fold, Payload, Phrase, Shape};
use crate::words::paxos::PaxosKey;

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PeerMessage {
    /// Proposer to acceptor, phase 1: promise to accept nothing below this, and tell what you have accepted.
    Prepare {
        /// The proposal's number.
        ballot: Ballot,
    },
    /// Acceptor to proposer, phase 1: it promises.
    Promise {
        /// To this number.
        ballot: Ballot,
        /// The proposal with the highest number that it has accepted.
        accepted: Option<(Ballot, Value)>,
    },
    /// Proposer to acceptor, phase 2: accept this.
    Accept {
        /// The proposal's number.
        ballot: Ballot,
        /// Its value.
        value: Value,
    },
    /// Acceptor to proposer and, where learners count for themselves, to learners: it has accepted.
    Accepted {
        /// The proposal's number.
        ballot: Ballot,
        /// Its value.
        value: Value,
    },
    /// Acceptor to proposer: it has promised more to another.
    Refused {
        /// What it refused.
        ballot: Ballot,
        /// What it has promised.
        promised: Ballot,
        /// It was asked for a promise, in phase 1; else for something of phase 2.
        for_promise: bool,
    },
    /// To a learner: this is chosen.
    Chosen {
        /// The proposal with which it was.
        ballot: Ballot,
        /// The value.
        value: Value,
    },
    /// From a learner that was not told: what is chosen?
    Ask,
}

impl PeerMessage {
    /// The number it is about.
    pub fn ballot(&self) -> Option<Ballot> {
        match self {
            PeerMessage::Prepare { ballot }
            | PeerMessage::Promise { ballot, .. }
            | PeerMessage::Accept { ballot, .. }
            | PeerMessage::Accepted { ballot, .. }
            | PeerMessage::Refused { ballot, .. }
            | PeerMessage::Chosen { ballot, .. } => Some(*ballot),
            PeerMessage::Ask => None,
        }
    }
}

impl Payload for PeerMessage {
    fn fold(&self, digest: &mut Digest) {
        let word = match self {
            PeerMessage::Prepare { .. } => 0x7001,
            PeerMessage::Promise { accepted, .. } => 0x7002 | u64::from(accepted.is_some()) << 16,
            PeerMessage::Accept { .. } => 0x7003,
            PeerMessage::Accepted { .. } => 0x7004,
            PeerMessage::Refused { for_promise, .. } => 0x7005 | u64::from(*for_promise) << 16,
            PeerMessage::Chosen { .. } => 0x7006,
            PeerMessage::Ask => 0x7007,
        };
        digest.word(word);
        if let Some(ballot) = self.ballot() {
            ballot.fold(digest);
        }
        match self {
            PeerMessage::Promise { accepted: Some((ballot, value)), .. } => {
                ballot.fold(digest);
                value.fold(digest);
            }
            PeerMessage::Accept { value, .. }
            | PeerMessage::Accepted { value, .. }
            | PeerMessage::Chosen { value, .. } => value.fold(digest),
            PeerMessage::Refused { promised, .. } => promised.fold(digest),
            PeerMessage::Prepare { .. } | PeerMessage::Promise { accepted: None, .. } | PeerMessage::Ask => {}
        }
    }

    fn size(&self) -> u32 {
        const HEADERS: u32 = 40;
        const BALLOT: u32 = 12;
        HEADERS
            + match self {
                PeerMessage::Prepare { .. } => BALLOT,
                PeerMessage::Promise { accepted, .. } => {
                    BALLOT + 1 + accepted.as_ref().map_or(0, |(_, value)| BALLOT + value.len() as u32)
                }
                PeerMessage::Accept { value, .. }
                | PeerMessage::Accepted { value, .. }
                | PeerMessage::Chosen { value, .. } => BALLOT + value.len() as u32,
                PeerMessage::Refused { .. } => 2 * BALLOT + 1,
                PeerMessage::Ask => 1,
            }
    }

    fn card(&self) -> Card {
        use PaxosKey as K;
        let card = |kind: PaxosKey, shape, verdict: Option<bool>, label| Card {
            kind: kind.into(),
            shape,
            answer: verdict.is_some(),
            verdict,
            epoch: self.ballot().map(|ballot| ballot.round),
            carries: None,
            label,
        };
        let number = |ballot: &Ballot| Arg::Ballot(ballot.round, ballot.owner);
        let text = |value: &Value| Arg::Text(value.clone());
        match self {
            PeerMessage::Prepare { ballot } => {
                card(K::KindPrepare, Shape::Triangle, None, Phrase::new(K::CardPrepare, [number(ballot)]))
            }
            PeerMessage::Promise { ballot, accepted: None } => {
                let label = Phrase::new(K::CardPromise, [number(ballot)]);
                card(K::KindPromise, Shape::Triangle, Some(true), label)
            }
            PeerMessage::Promise { ballot, accepted: Some((had, value)) } => {
                let label = Phrase::new(K::CardPromiseHas, [number(ballot), number(had), text(value)]);
                card(K::KindPromise, Shape::Triangle, Some(true), label)
            }
            PeerMessage::Accept { ballot, value } => {
                let label = Phrase::new(K::CardAccept, [number(ballot), text(value)]);
                card(K::KindAccept, Shape::Circle, None, label)
            }
            PeerMessage::Accepted { ballot, value } => {
                let label = Phrase::new(K::CardAccepted, [number(ballot), text(value)]);
                card(K::KindAccepted, Shape::Circle, Some(true), label)
            }
            PeerMessage::Refused { ballot, promised, for_promise } => {
                let label = Phrase::new(K::CardRefused, [number(ballot), number(promised)]);
                let shape = if *for_promise { Shape::Triangle } else { Shape::Circle };
                card(K::KindRefused, shape, Some(false), label)
            }
            PeerMessage::Chosen { value, .. } => {
                card(K::KindChosen, Shape::Square, None, Phrase::new(K::CardChosen, [text(value)]))
            }
            PeerMessage::Ask => card(K::KindAsk, Shape::Hexagon, None, Phrase::bare(K::KindAsk)),
        }
    }
}
