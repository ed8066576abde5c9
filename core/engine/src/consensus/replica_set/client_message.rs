//! What a driver and a member say to each other: `hello`, writes and reads, and what became of them.

use super::concern::{ReadConcern, W, WriteConcern};
use super::config::ConfigId;
use super::optime::OpTime;
use super::state::State;
use crate::consensus::kv::{Op, Outcome, Versioned};
use crate::process::{Arg, Digest, Fold, Phrase, ProcessId};
use crate::words::replset::ReplSetKey as K;
use std::sync::Arc;

/// A driver's operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Write.
    Write {
        /// `lsid`: whose transaction number it is; 0 for a write that must not be retried.
        session: u64,
        /// `txnNumber`: a retry repeats it.
        txn: u64,
        /// What.
        op: Op,
        /// How it shall be acknowledged; the set's default, if left out.
        concern: Option<WriteConcern>,
    },
    /// Read.
    Read {
        /// Which key.
        key: Arc<str>,
        /// How much of a promise it needs.
        concern: ReadConcern,
        /// A secondary may answer.
        secondary_ok: bool,
    },
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// A write took place, or had no effect, and is acknowledged as it was asked for.
    Written {
        /// What it came to.
        outcome: Outcome,
        /// `operationTime`: its place in history.
        at: OpTime,
        /// By a majority, and in its journals?
        majority: bool,
    },
    /// A write took place, and was not acknowledged in time (`wtimeout`). It stays.
    Unacknowledged {
        /// What it came to.
        outcome: Outcome,
        /// Its place in history.
        at: OpTime,
    },
    /// A read.
    Read {
        /// What the key holds; the revision is the timestamp of the write, as a number.
        found: Option<Versioned>,
        /// The place in history it was read at.
        at: OpTime,
        /// With which promise.
        concern: ReadConcern,
    },
    /// Not done: this member is not the primary (`NotWritablePrimary`, `NotPrimaryNoSecondaryOk`).
    NotPrimary {
        /// Who may be.
        primary: Option<ProcessId>,
    },
    /// Not done: it is neither primary nor secondary, or has nothing committed to read yet (`NotPrimaryOrSecondary`).
    NotReadable,
    /// It stepped down before the write was acknowledged: whether it stays is unknown (`InterruptedDueToReplStateChange`).
    Interrupted,
    /// Not so many members hold data (`UnsatisfiableWriteConcern`). The write has been done nevertheless, as after a
    /// `wtimeout`: what cannot be had is the acknowledgment.
    Unsatisfiable,
    /// A later number of the same session was done before (`TransactionTooOld`).
    TooOld,
    /// Not done: too much is waiting.
    Busy,
    /// Not done: a key or value is over its bound.
    TooLarge,
}

/// The answer to `hello`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Greeting {
    /// Of the question.
    pub seq: u64,
    /// Its state; a primary that cannot write yet says secondary.
    pub state: State,
    /// Clients are not to use it.
    pub hidden: bool,
    /// Whom it takes for the primary.
    pub primary: Option<ProcessId>,
    /// `hosts` and `passives`: members that clients may use.
    pub hosts: Arc<[ProcessId]>,
    /// `electionId`, of a primary: its term.
    pub term: u64,
    /// `setVersion`.
    pub config: ConfigId,
    /// `lastWrite.opTime`.
    pub last: OpTime,
}

/// A kind of message and its words.
impl Ask {
    /// In a few words.
    pub fn phrase(&self) -> Phrase {
        let inner = |phrase: Phrase| Arg::Phrase(Box::new(phrase));
        match self {
            Ask::Write { op, concern: None, .. } => Phrase::new(K::CardWrite, [inner(op.phrase())]),
            Ask::Write { op, concern: Some(concern), .. } => match concern.w {
                W::Majority => Phrase::new(K::CardWriteMajority, [inner(op.phrase())]),
                W::Members(n) => {
                    Phrase::new(K::CardWriteMembers, [inner(op.phrase()), Arg::Number(u64::from(n))])
                }
            },
            Ask::Read { key, concern, .. } => {
                Phrase::new(K::CardRead, [Arg::Text(key.clone()), Arg::Name(concern.name().into())])
            }
        }
    }
    /// Bytes on the wire.
    pub fn size(&self) -> u32 {
        match self {
            Ask::Write { op, .. } => 40 + op.size(),
            Ask::Read { key, .. } => 24 + key.len() as u32,
        }
    }
}

impl Reply {
    /// Did the driver get what it asked for?
    pub fn is_good(&self) -> bool {
        matches!(
            self,
            Reply::Written { outcome: Outcome::Written | Outcome::Deleted(_), .. } | Reply::Read { .. }
        )
    }
    /// In a few words.
    pub fn phrase(&self) -> Phrase {
        let inner = |outcome: &Outcome| Arg::Phrase(Box::new(outcome.phrase()));
        match self {
            Reply::Written { outcome, .. } => outcome.phrase(),
            Reply::Unacknowledged { outcome, .. } => Phrase::new(K::ReplyUnacknowledged, [inner(outcome)]),
            Reply::Read { found, .. } => Outcome::Value(found.clone()).phrase(),
            Reply::NotPrimary { primary: Some(primary) } => {
                Phrase::new(K::ReplyNotPrimaryAsk, [Arg::Process(*primary)])
            }
            Reply::NotPrimary { primary: None } => Phrase::bare(K::ReplyNotPrimary),
            Reply::NotReadable => Phrase::bare(K::ReplyNotReadable),
            Reply::Interrupted => Phrase::bare(K::ReplyInterrupted),
            Reply::Unsatisfiable => Phrase::bare(K::ReplyUnsatisfiable),
            Reply::TooOld => Phrase::bare(K::ReplyTooOld),
            Reply::Busy => Phrase::bare(K::ReplyBusy),
            Reply::TooLarge => Phrase::bare(K::ReplyTooLarge),
        }
    }
}

impl Fold for Ask {
    fn fold(&self, digest: &mut Digest) {
        match self {
            Ask::Write { session, txn, op, concern } => {
                digest.word(1);
                digest.word(*session);
                digest.word(*txn);
                op.fold(digest);
                concern.fold(digest);
            }
            Ask::Read { key, concern, secondary_ok } => {
                digest.word(2);
                key.fold(digest);
                digest.word((*concern as u64) << 1 | u64::from(*secondary_ok));
            }
        }
    }
}

impl Fold for Reply {
    fn fold(&self, digest: &mut Digest) {
        match self {
            Reply::Written { outcome, at, majority } => {
                digest.word(1);
                outcome.fold(digest);
                at.fold(digest);
                majority.fold(digest);
            }
            Reply::Unacknowledged { outcome, at } => {
                digest.word(2);
                outcome.fold(digest);
                at.fold(digest);
            }
            Reply::Read { found, at, concern } => {
                digest.word(3 | (*concern as u64) << 8);
                found.fold(digest);
                at.fold(digest);
            }
            Reply::NotPrimary { primary } => {
                digest.word(4);
                primary.fold(digest);
            }
            Reply::NotReadable => digest.word(5),
            Reply::Interrupted => digest.word(6),
            Reply::Unsatisfiable => digest.word(7),
            Reply::TooOld => digest.word(8),
            Reply::Busy => digest.word(9),
            Reply::TooLarge => digest.word(10),
        }
    }
}

impl Fold for Greeting {
    fn fold(&self, digest: &mut Digest) {
        digest.word(self.seq);
        digest.word((self.state as u64) << 1 | u64::from(self.hidden));
        self.primary.fold(digest);
        self.hosts[..].fold(digest);
        digest.word(self.term);
        self.config.fold(digest);
        self.last.fold(digest);
    }
}
