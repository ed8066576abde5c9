//! What a client asks of an acknowledgement and of a read (*Write Concern*, *Read Concern*).

use crate::process::{Digest, Fold, Span};

/// `w`: by whom a write is acknowledged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum W {
    /// So many data-bearing members, the primary among them; 1 asks for the primary alone. 0, which asks for no answer, is not
    /// modelled: it counts as 1.
    Members(u32),
    /// `"majority"`: the calculated majority of the data-bearing voting members.
    Majority,
}

/// A write concern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WriteConcern {
    /// By whom.
    pub w: W,
    /// `j`: they have it in their journals. Without it, it depends: see `writeConcernMajorityJournalDefault`.
    pub journal: Option<bool>,
    /// `wtimeout`: after so long the answer is an error, though the write stays.
    pub timeout: Option<Span>,
}

impl WriteConcern {
    /// `{ w: "majority" }`.
    pub const MAJORITY: WriteConcern = WriteConcern { w: W::Majority, journal: None, timeout: None };
    /// `{ w: n }`.
    pub const fn members(n: u32) -> WriteConcern {
        WriteConcern { w: W::Members(n), journal: None, timeout: None }
    }
    /// With `j`.
    #[must_use]
    pub const fn journaled(self, journal: bool) -> WriteConcern {
        WriteConcern { journal: Some(journal), ..self }
    }
    /// With `wtimeout`.
    #[must_use]
    pub const fn within(self, timeout: Span) -> WriteConcern {
        WriteConcern { timeout: Some(timeout), ..self }
    }
}

impl Fold for WriteConcern {
    fn fold(&self, digest: &mut Digest) {
        digest.word(match self.w {
            W::Members(n) => u64::from(n),
            W::Majority => u64::MAX,
        });
        self.journal.fold(digest);
        self.timeout.fold(digest);
    }
}

/// A read concern. `"available"` is `"local"` in a replica set that is not sharded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ReadConcern {
    /// `"local"`: what the member has, though it may be rolled back.
    #[default]
    Local,
    /// `"majority"`: what a majority has acknowledged.
    Majority,
    /// `"linearizable"`: all that a majority acknowledged before the read began.
    Linearizable,
}

impl ReadConcern {
    /// As it is written.
    pub const fn name(self) -> &'static str {
        match self {
            ReadConcern::Local => "local",
            ReadConcern::Majority => "majority",
            ReadConcern::Linearizable => "linearizable",
        }
    }
}
