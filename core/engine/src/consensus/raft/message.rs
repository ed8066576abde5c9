//! What members say to each other: the RPCs of the dissertation, request and answer each a message of its own, since
//! the network may do anything to either.

use super::config::Configuration;
use super::log::Entry;
use crate::consensus::kv::{self, Item};
use crate::process::payload::take;
use crate::process::{Arg, Card, Digest, Fold, Payload, Phrase, Shape, Wire};
use crate::words::raft::RaftKey;
use std::sync::Arc;

/// All that a member may send or receive.
#[derive(Clone, Debug)]
pub enum Message {
    /// From or to another member.
    Peer(PeerMessage),
    /// From or to a client.
    Kv(kv::Message),
}

impl Wire for Message {
    #[inline]
    fn wrap(self) -> Arc<dyn Payload> {
        match self {
            Message::Peer(message) => Arc::new(message),
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

/// The RPCs (figures 3.1, 3.2, 5.3 and section 3.10).
#[derive(Clone, Debug, PartialEq)]
pub enum PeerMessage {
    /// A candidate asks for a vote, or whether it would get one.
    RequestVote(RequestVote),
    /// The answer.
    Vote(Vote),
    /// A leader replicates entries; without entries, a heartbeat.
    Append(Append),
    /// The answer.
    Appended(Appended),
    /// A leader sends a piece of its snapshot.
    InstallSnapshot(InstallSnapshot),
    /// The answer to any piece but the last; the last is answered by [`PeerMessage::Appended`].
    SnapshotReceived(SnapshotReceived),
    /// A leader hands over: stand for election now.
    TimeoutNow {
        /// The leader's.
        term: u64,
    },
}

/// RequestVote (figure 3.1; pre-vote: §9.6; `transfer`: §3.10).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestVote {
    /// The term in which the vote is asked for; for a pre-vote, the one the candidate would move to.
    pub term: u64,
    /// The candidate's last log index.
    pub last: u64,
    /// Its term.
    pub last_term: u64,
    /// Only whether the vote would be given.
    pub pre: bool,
    /// The leader itself asked for this election: do not protect it.
    pub transfer: bool,
}

/// The answer to RequestVote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vote {
    /// The voter's current term.
    pub term: u64,
    /// The term that was asked for.
    pub asked: u64,
    /// Yes or no.
    pub granted: bool,
    /// To a pre-vote.
    pub pre: bool,
}

/// AppendEntries (figure 3.1).
#[derive(Clone, Debug, PartialEq)]
pub struct Append {
    /// The leader's term.
    pub term: u64,
    /// The index before the entries.
    pub prev: u64,
    /// Its term.
    pub prev_term: u64,
    /// The leader's commit index.
    pub commit: u64,
    /// The leader's last round of heartbeats when it sent this: whoever answers confirms that round (§6.4).
    pub round: u64,
    /// The entries; `None` for a heartbeat.
    pub entries: Option<Arc<[Arc<Entry>]>>,
}

impl Append {
    /// The entries; none for a heartbeat.
    pub fn entries(&self) -> &[Arc<Entry>] {
        self.entries.as_deref().unwrap_or(&[])
    }
}

/// The answer to AppendEntries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appended {
    /// The follower's current term.
    pub term: u64,
    /// Of the request.
    pub round: u64,
    /// Did it match?
    pub result: Result<u64, Mismatch>,
}

/// Where a follower's log does not match (§3.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// The index before the refused entries.
    pub prev: u64,
    /// The term the follower has there; 0 if its log is shorter.
    pub term: u64,
    /// The first index it has of that term; if its log is shorter, the one after its end.
    pub index: u64,
}

/// InstallSnapshot (figure 5.3): a piece.
#[derive(Clone, Debug, PartialEq)]
pub struct InstallSnapshot {
    /// The leader's term.
    pub term: u64,
    /// The leader's last round of heartbeats when it sent this.
    pub round: u64,
    /// The last index the snapshot covers.
    pub index: u64,
    /// Its term.
    pub index_term: u64,
    /// What it holds, from where.
    pub piece: Arc<Piece>,
}

/// A part of a snapshot.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// Items before these.
    pub offset: u64,
    /// Items in all.
    pub total: u64,
    /// The configuration at the snapshot's end.
    pub configuration: Arc<Configuration>,
    /// Items.
    pub items: Vec<Item>,
}

impl Piece {
    /// Does it end the snapshot?
    pub fn is_last(&self) -> bool {
        self.offset + self.items.len() as u64 >= self.total
    }
}

/// The answer to a piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnapshotReceived {
    /// The follower's current term.
    pub term: u64,
    /// Of the request.
    pub round: u64,
    /// Of the snapshot.
    pub index: u64,
    /// Items received so far: where the next piece begins.
    pub items: u64,
}

impl PeerMessage {
    /// The term the sender speaks for.
    pub fn term(&self) -> u64 {
        match self {
            PeerMessage::RequestVote(m) => m.term,
            PeerMessage::Vote(m) => m.term,
            PeerMessage::Append(m) => m.term,
            PeerMessage::Appended(m) => m.term,
            PeerMessage::InstallSnapshot(m) => m.term,
            PeerMessage::SnapshotReceived(m) => m.term,
            PeerMessage::TimeoutNow { term } => *term,
        }
    }

    /// The entries it carries, first and last.
    fn carries(&self) -> Option<(u64, u64)> {
        match self {
            PeerMessage::Append(m) if !m.entries().is_empty() => {
                Some((m.prev + 1, m.prev + m.entries().len() as u64))
            }
            _ => None,
        }
    }
}

impl Payload for PeerMessage {
    fn fold(&self, digest: &mut Digest) {
        match self {
            PeerMessage::RequestVote(m) => {
                digest.word(0x7201 | u64::from(m.pre) << 16 | u64::from(m.transfer) << 17);
                digest.word(m.term);
                digest.word(m.last);
                digest.word(m.last_term);
            }
            PeerMessage::Vote(m) => {
                digest.word(0x7202 | u64::from(m.pre) << 16 | u64::from(m.granted) << 17);
                digest.word(m.term);
                digest.word(m.asked);
            }
            PeerMessage::Append(m) => {
                digest.word(0x7203 | (m.entries().len() as u64) << 16);
                digest.word(m.term);
                digest.word(m.prev);
                digest.word(m.prev_term);
                digest.word(m.commit);
                digest.word(m.round);
                m.entries().iter().for_each(|entry| entry.fold(digest));
            }
            PeerMessage::Appended(m) => {
                digest.word(0x7204 | u64::from(m.result.is_ok()) << 16);
                digest.word(m.term);
                digest.word(m.round);
                match m.result {
                    Ok(index) => digest.word(index),
                    Err(at) => [at.prev, at.term, at.index].iter().for_each(|&word| digest.word(word)),
                }
            }
            PeerMessage::InstallSnapshot(m) => {
                digest.word(0x7205 | (m.piece.items.len() as u64) << 16);
                digest.word(m.term);
                digest.word(m.round);
                digest.word(m.index);
                digest.word(m.index_term);
                digest.word(m.piece.offset);
                digest.word(m.piece.total);
                m.piece.configuration.fold(digest);
                m.piece.items.iter().for_each(|item| item.fold(digest));
            }
            PeerMessage::SnapshotReceived(m) => {
                digest.word(0x7206);
                digest.word(m.term);
                digest.word(m.round);
                digest.word(m.index);
                digest.word(m.items);
            }
            PeerMessage::TimeoutNow { term } => {
                digest.word(0x7207);
                digest.word(*term);
            }
        }
    }

    fn size(&self) -> u32 {
        const HEADERS: u32 = 40;
        HEADERS
            + match self {
                PeerMessage::RequestVote(_) => 26,
                PeerMessage::Vote(_) => 18,
                PeerMessage::Append(m) => 40 + m.entries().iter().map(|entry| entry.size()).sum::<u32>(),
                PeerMessage::Appended(_) => 40,
                PeerMessage::InstallSnapshot(m) => {
                    48 + m.piece.configuration.size() + m.piece.items.iter().map(Item::size).sum::<u32>()
                }
                PeerMessage::SnapshotReceived(_) => 32,
                PeerMessage::TimeoutNow { .. } => 8,
            }
    }

    fn card(&self) -> Card {
        use RaftKey as K;
        let card = |kind: RaftKey, shape: Shape, verdict: Option<bool>, label: Phrase| Card {
            kind: kind.into(),
            shape,
            answer: verdict.is_some(),
            verdict,
            epoch: Some(self.term()),
            carries: self.carries(),
            label,
        };
        let term = Arg::Epoch(self.term());
        match self {
            PeerMessage::RequestVote(m) if m.pre => {
                card(K::KindPreVote, Shape::Triangle, None, Phrase::new(K::CardPreVote, [term]))
            }
            PeerMessage::RequestVote(_) => {
                card(K::KindRequestVote, Shape::Triangle, None, Phrase::new(K::CardRequestVote, [term]))
            }
            PeerMessage::Vote(m) => {
                let kind = if m.pre { K::KindPreVoteAnswer } else { K::KindVote };
                let label = if m.granted { K::CardVoteYes } else { K::CardVoteNo };
                card(kind, Shape::Triangle, Some(m.granted), Phrase::new(label, [Arg::Epoch(m.asked)]))
            }
            PeerMessage::Append(m) => {
                let last = m.prev + m.entries().len() as u64;
                match m.entries().len() {
                    0 => card(K::KindHeartbeat, Shape::Circle, None, Phrase::new(K::CardHeartbeat, [term])),
                    1 => {
                        let label = Phrase::new(K::CardAppendOne, [Arg::Number(last)]);
                        card(K::KindAppend, Shape::Circle, None, label)
                    }
                    _ => {
                        let label = Phrase::new(K::CardAppend, [Arg::Number(m.prev + 1), Arg::Number(last)]);
                        card(K::KindAppend, Shape::Circle, None, label)
                    }
                }
            }
            PeerMessage::Appended(m) => {
                let label = match m.result {
                    Ok(index) => Phrase::new(K::CardMatched, [Arg::Number(index)]),
                    Err(at) => Phrase::new(K::CardMismatch, [Arg::Number(at.prev)]),
                };
                card(K::KindAppended, Shape::Circle, Some(m.result.is_ok()), label)
            }
            PeerMessage::InstallSnapshot(m) => {
                let upto = m.piece.offset + m.piece.items.len() as u64;
                let args = [Arg::Number(m.index), Arg::Number(upto), Arg::Number(m.piece.total)];
                card(K::KindSnapshot, Shape::Square, None, Phrase::new(K::CardSnapshot, args))
            }
            PeerMessage::SnapshotReceived(m) => {
                let args = [Arg::Number(m.index), Arg::Number(m.items)];
                let label = Phrase::new(K::CardSnapshotReceived, args);
                card(K::KindSnapshotReceived, Shape::Square, Some(true), label)
            }
            PeerMessage::TimeoutNow { .. } => {
                card(K::KindTimeoutNow, Shape::Hexagon, None, Phrase::new(K::CardTimeoutNow, [term]))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_stay_small() {
        assert!(size_of::<PeerMessage>() <= 64, "{}", size_of::<PeerMessage>());
        assert!(size_of::<Entry>() <= 104, "{}", size_of::<Entry>());
    }

    #[test]
    fn each_message_finds_its_type_again_in_its_envelope() {
        let peer = Message::Peer(PeerMessage::TimeoutNow { term: 3 }).wrap();
        let kv = Message::Kv(kv::Message::Register { seq: 1 }).wrap();
        assert!(matches!(Message::unwrap(peer), Some(Message::Peer(PeerMessage::TimeoutNow { term: 3 }))));
        assert!(matches!(Message::unwrap(kv), Some(Message::Kv(kv::Message::Register { seq: 1 }))));
    }
}
