//! What whoever measures systems against each other asks of them and of their clients, in words that fit any: a schedule that
//! every kind of clients can carry out, what a client has asked and how it ended, and whether what was acknowledged is there.
//! It knows neither who measures nor what is measured.

use crate::process::{ProcessId, Span};
use std::sync::Arc;

/// One schedule for clients of any kind: the same operations at the same instants, whatever is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// All of it is drawn from this number, and from nothing else.
    pub draw: u64,
    /// How often each client asks, in operations per 1000 seconds; `None` if `times` says when.
    pub millirate: Option<u64>,
    /// When each client asks, counted from the beginning, ascending.
    pub times: Vec<Span>,
    /// Weights of reads, writes, appends and deletes.
    pub mix: [u32; 4],
    /// Over how many keys.
    pub keys: Option<u32>,
    /// It begins so long after the beginning.
    pub start: Span,
    /// Each client asks so many times at most.
    pub operations: Option<u64>,
    /// Operations of a client under way at once; one beyond that is not sent.
    pub window: Option<u32>,
    /// How long an answer may take before its client does something about it.
    pub timeout: Option<Span>,
}

/// One operation, as its client knows it.
#[derive(Clone, Copy, Debug)]
pub struct Dealing<'a> {
    /// Its number, in this life of its client.
    pub seq: u64,
    /// Does it write?
    pub write: bool,
    /// Of which key.
    pub key: &'a Arc<str>,
    /// What it writes, if it writes a value.
    pub value: Option<&'a Arc<str>>,
    /// How it ended, if it has.
    pub end: Option<End>,
}

/// How an operation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// What its client was told.
    pub came: Came,
    /// It changed something, as its client was told.
    pub effect: bool,
    /// The session it was numbered in; 0 without one.
    pub session: u64,
    /// The place in the order of writes that was named in the answer; 0 without one.
    pub revision: u64,
}

/// What a client was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    /// It was answered.
    Acknowledged,
    /// It was refused for good, or nobody was found to ask, and it did not take effect.
    Refused,
    /// Whether it took effect is not known.
    Unknown,
}

/// A write that was acknowledged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// To whom.
    pub client: ProcessId,
    /// See [`End::session`].
    pub session: u64,
    /// Its number.
    pub seq: u64,
    /// See [`End::revision`].
    pub revision: u64,
    /// Of which key.
    pub key: Arc<str>,
    /// What it wrote; `None` if it wrote no value.
    pub value: Option<Arc<str>>,
}
