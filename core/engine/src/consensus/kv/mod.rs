//! A key-value store as its clients see it: operations, their outcomes, and the messages that carry them. Every
//! replicated store in Muster speaks it, whatever protocol orders its writes. It deliberately knows none of them.
//!
//! Sessions make retries harmless (Ongaro's dissertation §6.3): a client registers once, numbers its operations, and
//! repeats a number until it is answered; the store applies each number once and keeps the answer until the client
//! says that it needs it no longer.

mod map;
mod message;
mod store;

pub use message::{Message, Reply};
pub use store::{Applied, Given, Item, Session, Store, Versioned};

use crate::process::{Digest, Fold, ProcessId};
use std::sync::Arc;

/// Longest key in bytes.
pub const MAX_KEY: usize = 256;
/// Longest value in bytes. An append that would pass it is refused by the store, so that values stay bounded.
pub const MAX_VALUE: usize = 4096;
/// How far past its first unanswered operation a client may number: bounds what a session caches.
pub const MAX_UNACKED: u64 = 256;

/// What a client asks of the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Op {
    /// Read a key.
    Get {
        /// Which.
        key: Arc<str>,
    },
    /// Write a key.
    Put {
        /// Which.
        key: Arc<str>,
        /// What.
        value: Arc<str>,
    },
    /// Write a key if it holds what is expected; `None` expects it absent.
    Cas {
        /// Which.
        key: Arc<str>,
        /// What it must hold.
        expect: Option<Arc<str>>,
        /// What it then holds.
        value: Arc<str>,
    },
    /// Add to the end of a key's value; an absent key counts as empty.
    Append {
        /// Which.
        key: Arc<str>,
        /// What to add.
        value: Arc<str>,
    },
    /// Remove a key.
    Delete {
        /// Which.
        key: Arc<str>,
    },
}

impl Op {
    /// The key it is about.
    pub fn key(&self) -> &Arc<str> {
        match self {
            Op::Get { key }
            | Op::Put { key, .. }
            | Op::Cas { key, .. }
            | Op::Append { key, .. }
            | Op::Delete { key } => key,
        }
    }

    /// The value it would write.
    pub fn value(&self) -> Option<&Arc<str>> {
        match self {
            Op::Put { value, .. } | Op::Cas { value, .. } | Op::Append { value, .. } => Some(value),
            Op::Get { .. } | Op::Delete { .. } => None,
        }
    }

    /// Does it change nothing?
    pub fn is_read(&self) -> bool {
        matches!(self, Op::Get { .. })
    }

    /// What people call it: `get`, `put`, …
    pub const fn name(&self) -> &'static str {
        match self {
            Op::Get { .. } => "get",
            Op::Put { .. } => "put",
            Op::Cas { .. } => "cas",
            Op::Append { .. } => "append",
            Op::Delete { .. } => "delete",
        }
    }

    /// Bytes on the wire.
    pub fn size(&self) -> u32 {
        let expect = match self {
            Op::Cas { expect: Some(expect), .. } => expect.len(),
            _ => 0,
        };
        (8 + self.key().len() + self.value().map_or(0, |value| value.len()) + expect) as u32
    }

    /// Are its key and values within bounds?
    pub fn fits(&self) -> bool {
        let expect = match self {
            Op::Cas { expect: Some(expect), .. } => expect.len(),
            _ => 0,
        };
        self.key().len() <= MAX_KEY && self.value().map_or(0, |v| v.len()) <= MAX_VALUE && expect <= MAX_VALUE
    }
}

/// What an operation came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A read: what the key holds, and the revision that wrote it.
    Value(Option<Versioned>),
    /// A write took place.
    Written,
    /// A compare-and-set found this instead of what it expected.
    Differs(Option<Arc<str>>),
    /// A delete took place; was there anything?
    Deleted(bool),
    /// An append would have passed [`MAX_VALUE`]; nothing changed.
    Full,
}

/// A write as a log carries it: whose, which number, and what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// Who is to be answered.
    pub client: ProcessId,
    /// The client's session; 0 asks for no protection against repeats.
    pub session: u64,
    /// Its number within the session.
    pub seq: u64,
    /// The client has seen the answers to all below this number.
    pub first_unacked: u64,
    /// What to do.
    pub op: Op,
}

impl Command {
    /// Bytes on the wire or disk.
    pub fn size(&self) -> u32 {
        24 + self.op.size()
    }
}

impl Fold for Op {
    fn fold(&self, digest: &mut Digest) {
        match self {
            Op::Get { key } => {
                digest.word(1);
                key.fold(digest);
            }
            Op::Put { key, value } => {
                digest.word(2);
                key.fold(digest);
                value.fold(digest);
            }
            Op::Cas { key, expect, value } => {
                digest.word(3);
                key.fold(digest);
                expect.fold(digest);
                value.fold(digest);
            }
            Op::Append { key, value } => {
                digest.word(4);
                key.fold(digest);
                value.fold(digest);
            }
            Op::Delete { key } => {
                digest.word(5);
                key.fold(digest);
            }
        }
    }
}

impl Fold for Outcome {
    fn fold(&self, digest: &mut Digest) {
        match self {
            Outcome::Value(value) => {
                digest.word(1);
                value.fold(digest);
            }
            Outcome::Written => digest.word(2),
            Outcome::Differs(found) => {
                digest.word(3);
                found.fold(digest);
            }
            Outcome::Deleted(existed) => {
                digest.word(4);
                existed.fold(digest);
            }
            Outcome::Full => digest.word(5),
        }
    }
}

impl Fold for Command {
    fn fold(&self, digest: &mut Digest) {
        self.client.fold(digest);
        digest.word(self.session);
        digest.word(self.seq);
        digest.word(self.first_unacked);
        self.op.fold(digest);
    }
}
