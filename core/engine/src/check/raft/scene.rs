//! What an invariant is shown of an event: who acted, what that changed, and a way to look at logs, stores and disks.
//! It deliberately knows no world: a test makes scenes by hand.

use crate::check::Invariant;
use crate::consensus::kv::{Op, Reply, Store};
use crate::consensus::raft::Log;
use crate::process::{Arg, Phrase, ProcessId};
use crate::words::Key;

/// What an event changed, as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes(pub u16);

impl Changes {
    /// Nothing.
    pub const NONE: Changes = Changes(0);
    /// A new incarnation began.
    pub const BOOTED: Changes = Changes(1);
    /// It came to lead, or ceased to, or leads in another term.
    pub const LEADS: Changes = Changes(1 << 1);
    /// Its log, or it took a message with entries.
    pub const LOG: Changes = Changes(1 << 2);
    /// Its commit index.
    pub const COMMIT: Changes = Changes(1 << 3);
    /// Its applied index.
    pub const APPLIED: Changes = Changes(1 << 4);
    /// Its snapshot.
    pub const SNAPSHOT: Changes = Changes(1 << 5);
    /// What its disk holds.
    pub const DISK: Changes = Changes(1 << 6);
    /// It went down.
    pub const DOWN: Changes = Changes(1 << 7);
    /// A client sent it a request.
    pub const ASKED: Changes = Changes(1 << 8);
    /// A client got its answer.
    pub const ANSWERED: Changes = Changes(1 << 9);

    /// Both.
    #[must_use]
    pub const fn and(self, other: Changes) -> Changes {
        Changes(self.0 | other.0)
    }
    /// Is any of these among them?
    #[inline]
    pub const fn any(self, these: Changes) -> bool {
        self.0 & these.0 != 0
    }
    /// These too, if so.
    #[inline]
    #[must_use]
    pub const fn with_if(self, so: bool, these: Changes) -> Changes {
        Changes(self.0 | if so { these.0 } else { 0 })
    }
}

/// What of a member is looked at in every event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Glance {
    /// Its incarnation.
    pub incarnation: u32,
    /// Does it run?
    pub up: bool,
    /// Does it lead?
    pub leads: bool,
    /// Its term.
    pub term: u64,
    /// The last index of its log.
    pub last: u64,
    /// And that entry's term.
    pub last_term: u64,
    /// The last compacted index.
    pub base: u64,
    /// Its commit index.
    pub commit: u64,
    /// The last index it applied.
    pub applied: u64,
    /// The last index of its snapshot.
    pub snapshot: u64,
}

/// A member before the event and after it.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// Who.
    pub id: ProcessId,
    /// As it was when it last acted.
    pub was: Glance,
    /// As it is.
    pub is: Glance,
}

/// Ways to look further. A member that is down is looked at on its disk.
pub trait Sight {
    /// A member's log: of the running machine, else of the disk.
    fn log(&self, member: usize) -> Option<&Log>;
    /// A running member's store.
    fn store(&self, member: usize) -> Option<&Store>;
    /// The store in a running member's last snapshot.
    fn snapshot(&self, member: usize) -> Option<&Store>;
    /// The term on a member's disk.
    fn durable_term(&self, member: usize) -> Option<u64>;
}

/// What a client and a member said to each other.
#[derive(Clone, Copy, Debug)]
pub struct Talk<'a> {
    /// The client.
    pub client: ProcessId,
    /// Its session.
    pub session: u64,
    /// The operation's number.
    pub seq: u64,
    /// The question, or the answer.
    pub said: Said<'a>,
}

/// A question or an answer.
#[derive(Clone, Copy, Debug)]
pub enum Said<'a> {
    /// The client asks, perhaps again.
    Asks {
        /// For what.
        op: &'a Op,
        /// It needs no answer below this number any more.
        first_unacked: u64,
    },
    /// The client hears.
    Hears(&'a Reply),
}

/// One event as an invariant sees it.
pub struct Scene<'a> {
    /// What changed.
    pub changes: Changes,
    /// All members seen so far.
    pub members: &'a [Member],
    /// Who acted, or who is asked or answers.
    pub who: usize,
    /// The first index of its log that may hold something new.
    pub touched: u64,
    /// What was said, with `ASKED` and `ANSWERED`.
    pub talk: Option<Talk<'a>>,
    /// Ways to look further.
    pub sight: &'a dyn Sight,
}

impl<'a> Scene<'a> {
    /// Who acted.
    pub fn actor(&self) -> &'a Member {
        &self.members[self.who]
    }
    /// All others, with their places.
    pub fn others(&self) -> impl Iterator<Item = (usize, &'a Member)> {
        let who = self.who;
        self.members.iter().enumerate().filter(move |(place, _)| *place != who)
    }
    /// The log of who acted.
    pub fn log(&self) -> Option<&'a Log> {
        self.sight.log(self.who)
    }
}

/// What a broken invariant has to say.
#[derive(Clone, Debug, PartialEq)]
pub struct Broken {
    /// Who, which entries, in words with the values.
    pub phrase: Phrase,
    /// Whom it concerns.
    pub involved: Vec<ProcessId>,
}

impl Broken {
    /// In these words.
    pub fn new(key: impl Into<Key>, args: impl Into<Vec<Arg>>, involved: impl Into<Vec<ProcessId>>) -> Self {
        Broken { phrase: Phrase::new(key, args), involved: involved.into() }
    }
}

/// One invariant, watched. Its memory is bounded, however long the run.
pub trait Observes: Send + Sync {
    /// Its name and what it holds.
    fn invariant(&self) -> Invariant;
    /// It is shown events that changed any of these.
    fn wants(&self) -> Changes;
    /// Takes one event.
    fn saw(&mut self, scene: &Scene<'_>) -> Option<Broken>;
    /// A copy for a checkpoint.
    fn copy(&self) -> Box<dyn Observes>;
    /// About how many bytes a copy holds that more work would make more.
    fn weight(&self) -> usize {
        0
    }
}
