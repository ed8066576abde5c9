//! What an operator can ask of a driver: one operation, with concerns and a preference of its own if it likes.

use super::ReadPreference;
use crate::consensus::kv::Op;
use crate::consensus::replica_set::{ReadConcern, WriteConcern};
use crate::process::{Digest, Fold, ProcessId};

/// What is asked for one operation alone; what is left out is as the driver's settings say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wishes {
    /// Ask this member first, whoever is primary (`directConnection`).
    pub to: Option<ProcessId>,
    /// For a write.
    pub write_concern: Option<WriteConcern>,
    /// For a read.
    pub read_concern: Option<ReadConcern>,
    /// For a read.
    pub read_preference: Option<ReadPreference>,
}

/// An operator's command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Do this operation.
    Issue {
        /// Which.
        op: Op,
        /// How.
        wishes: Wishes,
    },
}

impl Fold for Wishes {
    fn fold(&self, digest: &mut Digest) {
        self.to.fold(digest);
        self.write_concern.fold(digest);
        digest.word(self.read_concern.map_or(0, |concern| concern as u64 + 1));
        digest.word(self.read_preference.map_or(0, |preference| preference as u64 + 1));
    }
}

impl Fold for Command {
    fn fold(&self, digest: &mut Digest) {
        let Command::Issue { op, wishes } = self;
        op.fold(digest);
        wishes.fold(digest);
    }
}
