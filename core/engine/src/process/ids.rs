//! Identity that is stable: the same on every branch and with trace off, never reused (DESIGN, law 5).

use super::digest::{Digest, Fold};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A process. Declared ones are numbered as declared, from 1; one started in mid-run has the top bit set and a hash of
/// its name below it (and of its parent), so that its number does not depend on what else was started. 0 is the operator.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ProcessId(pub u32);

impl ProcessId {
    /// Whoever sits at the console: the source of commands.
    pub const OPERATOR: ProcessId = ProcessId(0);

    /// The process of this name below its parent: the same on every branch, whatever else was started.
    pub fn child_of(parent: ProcessId, name: &str) -> ProcessId {
        let mut digest = Digest::new();
        digest.word(u64::from(parent.0));
        name.fold(&mut digest);
        ProcessId(LATE | (digest.short() >> 32) as u32)
    }
}

/// Numbers of what came in mid-run have this bit.
const LATE: u32 = 1 << 31;

/// A machine of the virtual cluster, numbered as processes are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct HostId(pub u32);

/// An event: the `number`-th input of a process since the run began (it goes on counting over incarnations).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EventId {
    /// Whose input.
    pub process: ProcessId,
    /// In which of its lives, from 1.
    pub incarnation: u32,
    /// Counted from 1.
    pub number: u64,
}

/// A message: the `number`-th from one process to another; `copy` is 0 for the original.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct MessageId {
    /// The sender.
    pub from: ProcessId,
    /// The receiver.
    pub to: ProcessId,
    /// Counted from 1 over all incarnations of the sender.
    pub number: u64,
    /// 0 for the original, then by copy.
    pub copy: u32,
}

/// A connection: the `number`-th its opener asked for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ConnectionId {
    /// Who asked for it.
    pub opener: ProcessId,
    /// Counted from 1 over all incarnations of the opener.
    pub number: u32,
}

impl fmt::Debug for ProcessId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "p{}", self.0)
    }
}
impl fmt::Debug for HostId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "h{}", self.0)
    }
}
impl fmt::Debug for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}.{}.{}", self.process, self.incarnation, self.number)
    }
}
impl fmt::Debug for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}>{:?}#{}.{}", self.from, self.to, self.number, self.copy)
    }
}
impl fmt::Debug for ConnectionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}~{}", self.opener, self.number)
    }
}

impl Fold for ProcessId {
    fn fold(&self, digest: &mut Digest) {
        digest.word(u64::from(self.0));
    }
}
impl Fold for HostId {
    fn fold(&self, digest: &mut Digest) {
        digest.word(u64::from(self.0));
    }
}
impl Fold for EventId {
    fn fold(&self, digest: &mut Digest) {
        digest.word(u64::from(self.process.0) << 32 | u64::from(self.incarnation));
        digest.word(self.number);
    }
}
impl Fold for MessageId {
    fn fold(&self, digest: &mut Digest) {
        digest.word(u64::from(self.from.0) << 32 | u64::from(self.to.0));
        digest.word(self.number << 8 | u64::from(self.copy & 0xff));
    }
}
impl Fold for ConnectionId {
    fn fold(&self, digest: &mut Digest) {
        digest.word(u64::from(self.opener.0) << 32 | u64::from(self.number));
    }
}
