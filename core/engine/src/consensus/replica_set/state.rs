//! The states a member can be in (*Replica Set Member States*).

use crate::words::replset::ReplSetKey as K;

/// A member's state, with the manual's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
#[repr(u8)]
pub enum State {
    /// It has no configuration yet.
    #[default]
    Startup = 0,
    /// It takes writes, or will as soon as it has caught up.
    Primary = 1,
    /// It replicates, and can be read from.
    Secondary = 2,
    /// It cannot be read from yet.
    Recovering = 3,
    /// It has joined and runs an initial sync.
    Startup2 = 5,
    /// Others have not heard anything of it yet.
    Unknown = 6,
    /// It holds no data and votes.
    Arbiter = 7,
    /// Others do not reach it.
    Down = 8,
    /// It takes back what the set does not have.
    Rollback = 9,
    /// It was once in the set and is not any more.
    Removed = 10,
}

impl State {
    /// As `rs.status()` writes it.
    pub const fn name(self) -> &'static str {
        match self {
            State::Startup => "STARTUP",
            State::Primary => "PRIMARY",
            State::Secondary => "SECONDARY",
            State::Recovering => "RECOVERING",
            State::Startup2 => "STARTUP2",
            State::Unknown => "UNKNOWN",
            State::Arbiter => "ARBITER",
            State::Down => "DOWN",
            State::Rollback => "ROLLBACK",
            State::Removed => "REMOVED",
        }
    }
    /// Can its oplog and data be read?
    pub const fn is_readable(self) -> bool {
        matches!(self, State::Primary | State::Secondary)
    }
    /// "Only voting members in the following states are eligible to vote: PRIMARY, SECONDARY, STARTUP2 (unless the
    /// member was newly added to the replica set), RECOVERING, ARBITER, ROLLBACK" (*Replica Set Elections*).
    pub const fn may_vote(self) -> bool {
        matches!(
            self,
            State::Primary
                | State::Secondary
                | State::Startup2
                | State::Recovering
                | State::Arbiter
                | State::Rollback
        )
    }
    /// What it is called.
    pub const fn title(self) -> K {
        match self {
            State::Startup => K::StateStartup,
            State::Primary => K::StatePrimary,
            State::Secondary => K::StateSecondary,
            State::Recovering => K::StateRecovering,
            State::Startup2 => K::StateStartup2,
            State::Unknown => K::StateUnknown,
            State::Arbiter => K::StateArbiter,
            State::Down => K::StateDown,
            State::Rollback => K::StateRollback,
            State::Removed => K::StateRemoved,
        }
    }
}
