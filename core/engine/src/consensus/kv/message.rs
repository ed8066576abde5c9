//! What clients and members of a replicated store say to each other.

use super::{Op, Outcome};
use crate::process::{Arg, Card, Digest, Fold, Payload, Phrase, ProcessId, Shape};
use crate::words::kv::KvKey;

/// A client's request or a member's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// Open a session (§6.3, RegisterClient). The answer carries the same `seq` and session 0.
    Register {
        /// Chosen by the client to match the answer.
        seq: u64,
    },
    /// Do this.
    Request {
        /// Whose number this is; 0 for an operation without protection against repeats.
        session: u64,
        /// The operation's number: a retry repeats it.
        seq: u64,
        /// The client has seen the answers to all below this number.
        first_unacked: u64,
        /// What to do.
        op: Op,
    },
    /// What became of it.
    Response {
        /// Of the request; 0 for a registration.
        session: u64,
        /// Of the request.
        seq: u64,
        /// What became of it.
        reply: Reply,
    },
}

/// What became of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// It is done. A linearizable store promises that `revision` is in its order.
    Done {
        /// For a write, the log index it stands at; for a read, the last index whose effects it saw.
        revision: u64,
        /// What it came to.
        outcome: Outcome,
    },
    /// A session was opened.
    Registered {
        /// Its name.
        session: u64,
    },
    /// Not done: ask the leader, if it is known.
    Redirect {
        /// Who it may be.
        leader: Option<ProcessId>,
    },
    /// It may or may not be done yet: who took it in has lost the leadership since.
    LostLeadership {
        /// Who may lead now.
        leader: Option<ProcessId>,
    },
    /// Not done: ask again later.
    Unavailable,
    /// Not done this time; the session has expired, and whether it was done before cannot be known any more.
    SessionExpired,
    /// Not done again: this number was answered, and the client said that it had the answer.
    Superseded,
    /// Not done: a key or value is over its bound.
    TooLarge,
}

impl Reply {
    /// Is it the last word on the request?
    pub fn is_final(&self) -> bool {
        !matches!(self, Reply::Redirect { .. } | Reply::LostLeadership { .. } | Reply::Unavailable)
    }
}

impl Fold for Reply {
    fn fold(&self, digest: &mut Digest) {
        match self {
            Reply::Done { revision, outcome } => {
                digest.word(1);
                digest.word(*revision);
                outcome.fold(digest);
            }
            Reply::Registered { session } => {
                digest.word(2);
                digest.word(*session);
            }
            Reply::Redirect { leader } => {
                digest.word(3);
                leader.fold(digest);
            }
            Reply::LostLeadership { leader } => {
                digest.word(4);
                leader.fold(digest);
            }
            Reply::Unavailable => digest.word(5),
            Reply::SessionExpired => digest.word(6),
            Reply::Superseded => digest.word(7),
            Reply::TooLarge => digest.word(8),
        }
    }
}

impl Payload for Message {
    fn fold(&self, digest: &mut Digest) {
        match self {
            Message::Register { seq } => {
                digest.word(0x6b01);
                digest.word(*seq);
            }
            Message::Request { session, seq, first_unacked, op } => {
                digest.word(0x6b02);
                digest.word(*session);
                digest.word(*seq);
                digest.word(*first_unacked);
                op.fold(digest);
            }
            Message::Response { session, seq, reply } => {
                digest.word(0x6b03);
                digest.word(*session);
                digest.word(*seq);
                reply.fold(digest);
            }
        }
    }

    fn size(&self) -> u32 {
        const HEADERS: u32 = 40;
        HEADERS
            + match self {
                Message::Register { .. } => 8,
                Message::Request { op, .. } => 24 + op.size(),
                Message::Response {
                    reply: Reply::Done { outcome: Outcome::Value(Some(found)), .. }, ..
                } => 32 + found.value.len() as u32,
                Message::Response { .. } => 32,
            }
    }

    fn card(&self) -> Card {
        let card = |kind: KvKey, answer, verdict, label| Card {
            kind: kind.into(),
            shape: Shape::Diamond,
            answer,
            verdict,
            carries: None,
            epoch: None,
            label,
        };
        match self {
            Message::Register { .. } => {
                card(KvKey::KindRegister, false, None, Phrase::bare(KvKey::KindRegister))
            }
            Message::Request { op, .. } => card(KvKey::KindRequest, false, None, op.phrase()),
            Message::Response { reply, .. } => {
                card(KvKey::KindResponse, true, Some(reply.is_good()), reply.phrase())
            }
        }
    }
}

fn text(text: &std::sync::Arc<str>) -> Arg {
    Arg::Text(text.clone())
}

impl Op {
    /// In a few words: "put k3 c1-7".
    pub fn phrase(&self) -> Phrase {
        match self {
            Op::Get { key } => Phrase::new(KvKey::Get, [text(key)]),
            Op::Put { key, value } => Phrase::new(KvKey::Put, [text(key), text(value)]),
            Op::Cas { key, expect: Some(expect), value } => {
                Phrase::new(KvKey::Cas, [text(key), text(expect), text(value)])
            }
            Op::Cas { key, expect: None, value } => Phrase::new(KvKey::CasAbsent, [text(key), text(value)]),
            Op::Append { key, value } => Phrase::new(KvKey::Append, [text(key), text(value)]),
            Op::Delete { key } => Phrase::new(KvKey::Delete, [text(key)]),
        }
    }
}

impl Outcome {
    /// In a few words.
    pub fn phrase(&self) -> Phrase {
        match self {
            Outcome::Value(Some(found)) => {
                Phrase::new(KvKey::Value, [text(&found.value), Arg::Number(found.revision)])
            }
            Outcome::Value(None) => Phrase::bare(KvKey::Absent),
            Outcome::Written => Phrase::bare(KvKey::Written),
            Outcome::Differs(Some(found)) => Phrase::new(KvKey::Differs, [text(found)]),
            Outcome::Differs(None) => Phrase::bare(KvKey::DiffersAbsent),
            Outcome::Deleted(true) => Phrase::bare(KvKey::Deleted),
            Outcome::Deleted(false) => Phrase::bare(KvKey::NothingToDelete),
            Outcome::Full => Phrase::bare(KvKey::Full),
        }
    }
}

impl Reply {
    /// Did the client get what it asked for?
    pub fn is_good(&self) -> bool {
        matches!(
            self,
            Reply::Registered { .. }
                | Reply::Done { outcome: Outcome::Value(_) | Outcome::Written | Outcome::Deleted(_), .. }
        )
    }

    /// In a few words.
    pub fn phrase(&self) -> Phrase {
        let leader = |known: KvKey, unknown: KvKey, leader: &Option<ProcessId>| match leader {
            Some(leader) => Phrase::new(known, [Arg::Process(*leader)]),
            None => Phrase::bare(unknown),
        };
        match self {
            Reply::Done { outcome, .. } => outcome.phrase(),
            Reply::Registered { session } => Phrase::new(KvKey::Registered, [Arg::Number(*session)]),
            Reply::Redirect { leader: to } => leader(KvKey::AskLeader, KvKey::NoLeader, to),
            Reply::LostLeadership { leader: to } => leader(KvKey::LostTo, KvKey::LostLeadership, to),
            Reply::Unavailable => Phrase::bare(KvKey::Unavailable),
            Reply::SessionExpired => Phrase::bare(KvKey::SessionExpired),
            Reply::Superseded => Phrase::bare(KvKey::Superseded),
            Reply::TooLarge => Phrase::bare(KvKey::TooLarge),
        }
    }
}
