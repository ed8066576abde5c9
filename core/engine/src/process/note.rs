//! What a process says of its own reasons, as typed keys with arguments. Words are made at the rim (DESIGN, laws 6
//! and 7).

use super::ids::{HostId, ProcessId};
use super::time::{Span, Time};
use crate::words::Key;
use crate::words::kernel::KernelKey;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;
use std::sync::Arc;

/// An argument of a phrase.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Arg {
    /// A process, shown by its name.
    Process(ProcessId),
    /// A host, shown by its name.
    Host(HostId),
    /// A term, ballot or version, shown with its colour and number.
    Epoch(u64),
    /// A number that belongs to somebody: a ballot, shown as an epoch with its owner's name.
    Ballot(u64, ProcessId),
    /// A plain number: an index, a count.
    Number(u64),
    /// An instant of virtual time.
    At(Time),
    /// A length of time.
    For(Span),
    /// A rule's or a check's name, as it is written in `without:`.
    Name(Arc<str>),
    /// A user's own text: a key, a value.
    Text(Arc<str>),
    /// Another phrase.
    Phrase(Box<Phrase>),
    /// Several, joined by commas.
    List(Vec<Arg>),
}

/// A sentence or label before it is words: a key and its arguments, by position.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Phrase {
    /// Which sentence.
    pub key: Key,
    /// What fills its places.
    pub args: Vec<Arg>,
}

impl Phrase {
    /// A phrase with these arguments.
    pub fn new(key: impl Into<Key>, args: impl Into<Vec<Arg>>) -> Self {
        Phrase { key: key.into(), args: args.into() }
    }
    /// A phrase without arguments.
    pub fn bare(key: impl Into<Key>) -> Self {
        Phrase { key: key.into(), args: Vec::new() }
    }
}

/// Did the rule let it happen?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// It happened.
    Did,
    /// It was refused.
    Refused,
    /// It is not yet so: what is missing is in the arguments.
    Waits,
}

/// Why something happened or was refused, by the rule that decided.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// The rule that decided, by its name in `without:`; `None` for plain protocol steps.
    pub rule: Option<&'static str>,
    /// What it decided.
    pub verdict: Verdict,
    /// In words.
    pub phrase: Phrase,
    /// Local numbers of this process' earlier inputs that made it so, besides the present one: a quorum has several.
    pub because: SmallVec<[u64; 4]>,
}

/// A process' answer to an operator's command.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// Was it taken up?
    pub accepted: bool,
    /// In words.
    pub phrase: Phrase,
}

impl Answer {
    /// That this process gave it: wherever an order is told, its answer is told in this sentence.
    pub fn told(&self, by: ProcessId) -> Phrase {
        let key = if self.accepted { KernelKey::AnswerYes } else { KernelKey::AnswerNo };
        Phrase::new(key, [Arg::Process(by), Arg::Phrase(Box::new(self.phrase.clone()))])
    }
}
