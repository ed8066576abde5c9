//! What members of a set say to each other, and what a client and a member do.

use super::client_message::{Ask, Greeting, Reply};
use super::config::{Config, ConfigId};
use super::oplog::{Entries, Entry};
use super::optime::{OpTime, Timestamp};
use super::state::State;
use crate::consensus::kv::Item;
use crate::process::{ProcessId, Time};
use std::sync::Arc;

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// `replSetHeartbeat`: are you there?
    Heartbeat {
        /// The sender's term.
        term: u64,
        /// The sender's configuration.
        config: ConfigId,
        /// The sender's clock, to measure the round trip.
        sent: Time,
    },
    /// Its answer.
    HeartbeatReply(Box<Pulse>),
    /// `replSetRequestVotes`.
    RequestVotes {
        /// The term to be primary in; in a dry run, the candidate's own.
        term: u64,
        /// Only whether it would: no vote is given.
        dry_run: bool,
        /// The candidate's configuration.
        config: ConfigId,
        /// The candidate's last applied operation.
        last: OpTime,
    },
    /// Its answer.
    Vote {
        /// The voter's term.
        term: u64,
        /// The term that was asked for.
        asked: u64,
        /// As asked.
        dry_run: bool,
        /// Aye or nay.
        granted: bool,
    },
    /// `replSetStepUp`: stand at once, sent by a primary that steps down.
    StepUp {
        /// The sender's term.
        term: u64,
    },
    /// `find` or `getMore` on the oplog: what comes after this?
    Fetch(Fetch),
    /// Its answer.
    Batch(Box<Batch>),
    /// The oplog from here backwards: where do we still agree?
    FindBack {
        /// Of the question.
        seq: u64,
        /// Entries before this one.
        before: Timestamp,
    },
    /// Its answer.
    Back {
        /// Of the question.
        seq: u64,
        /// Before which timestamp it was asked.
        before: Timestamp,
        /// Places of entries, newest first.
        places: Arc<[OpTime]>,
        /// Nothing is older.
        end: bool,
    },
    /// `replSetUpdatePosition`: how far the sender and those that sync from it are.
    UpdatePosition {
        /// The sender's term.
        term: u64,
        /// The sender's configuration.
        config: ConfigId,
        /// Of each member known to be up.
        positions: Arc<[Position]>,
    },
    /// Initial sync: give me a piece of your data.
    Clone {
        /// Of the question.
        seq: u64,
        /// Keys after this one; `None` from the beginning.
        after: Option<Arc<str>>,
    },
    /// Its answer.
    Piece(Box<Piece>),
    /// A driver asks who is who (`hello`).
    Hello {
        /// Of the question.
        seq: u64,
    },
    /// Its answer.
    Greeting(Box<Greeting>),
    /// A driver's operation.
    Request {
        /// Of the question.
        seq: u64,
        /// What.
        ask: Ask,
    },
    /// What became of it.
    Response {
        /// Of the question.
        seq: u64,
        /// What.
        reply: Reply,
    },
}

/// The answer to a heartbeat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pulse {
    /// The sender's term.
    pub term: u64,
    /// The configuration that the sender's disk holds.
    pub config: ConfigId,
    /// All of it, if the other's was older.
    pub newer: Option<Arc<Config>>,
    /// The sender's state.
    pub state: State,
    /// Its last applied operation.
    pub applied: OpTime,
    /// Its last journaled operation.
    pub durable: OpTime,
    /// The last operation it knows a majority to have.
    pub commit: OpTime,
    /// Whom it takes for the primary.
    pub primary: Option<ProcessId>,
    /// From whom it syncs.
    pub source: Option<ProcessId>,
    /// As it stood in the question.
    pub sent: Time,
}

/// A question to an oplog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fetch {
    /// Of the question.
    pub seq: u64,
    /// `getMore`: wait for more if there is none. Else `find`.
    pub more: bool,
    /// The asker's last operation.
    pub after: OpTime,
    /// The asker's term.
    pub term: u64,
    /// What the asker knows a majority to have: if that is less than the source knows, it does not wait.
    pub commit: OpTime,
}

/// What a source found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// The asker's last operation, and what comes after it.
    Here,
    /// The asker's last operation is later than all the source has.
    Behind,
    /// Another operation there.
    Diverged,
    /// Its oplog begins later.
    TooOld,
    /// It is neither primary nor secondary, and cannot be read from.
    Unreadable,
}

/// An answer from an oplog, with what the source tells of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Of the question.
    pub seq: u64,
    /// After which operation it was asked. Who has crashed since numbers its questions anew, and knows by this that the answer is not
    /// to one of them.
    pub after: OpTime,
    /// What was found.
    pub found: Found,
    /// What comes after.
    pub entries: Entries,
    /// The source's term.
    pub term: u64,
    /// Its last applied operation.
    pub applied: OpTime,
    /// The last operation it knows a majority to have.
    pub commit: OpTime,
    /// Whom it takes for the primary.
    pub primary: Option<ProcessId>,
    /// From whom it syncs itself.
    pub source: Option<ProcessId>,
}

/// How far a member is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Who.
    pub member: ProcessId,
    /// Its last applied operation.
    pub applied: OpTime,
    /// Its last journaled operation.
    pub durable: OpTime,
}

/// A piece of a member's data for an initial sync.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Of the question.
    pub seq: u64,
    /// After which key it was asked.
    pub after: Option<Arc<str>>,
    /// The source's last oplog entry when it gave the piece; `None` if it cannot give one.
    pub last: Option<Arc<Entry>>,
    /// Of the first piece: the source's oplog before that, from what it knows to be committed. Where the copy comes to lead, whoever has
    /// what is committed finds its place in it.
    pub before: super::oplog::Entries,
    /// Documents, then sessions with the last piece.
    pub items: Arc<[Item]>,
    /// Nothing comes after.
    pub end: bool,
}
