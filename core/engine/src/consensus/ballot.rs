//! Numbers of proposals, shared by the protocols of the Paxos family. "Different proposals have different numbers" (*Paxos Made
//! Simple* §2.2): "different proposers choose their numbers from disjoint sets" (§2.5), so a number here is a round and whose it
//! is. It knows nothing of what is proposed.

use crate::process::{Digest, Fold, ProcessId};

/// A proposal's number: by round, then by proposer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ballot {
    /// Counted from 1; 0 is before every proposal.
    pub round: u64,
    /// Whose it is; nobody's, where the rule that keeps numbers apart is off.
    pub owner: ProcessId,
}

impl Ballot {
    /// Before every proposal.
    pub const NONE: Ballot = Ballot { round: 0, owner: ProcessId::OPERATOR };

    /// Is it before every proposal?
    pub fn is_none(self) -> bool {
        self.round == 0
    }
}

impl Default for Ballot {
    fn default() -> Self {
        Ballot::NONE
    }
}

impl Fold for Ballot {
    fn fold(&self, digest: &mut Digest) {
        digest.word(self.round);
        self.owner.fold(digest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_count_before_owners_and_no_two_proposers_share_a_number() {
        let ballot = |round, owner| Ballot { round, owner: ProcessId(owner) };
        assert!(Ballot::NONE < ballot(1, 1));
        assert!(ballot(1, 1) < ballot(1, 2));
        assert!(ballot(1, 2) < ballot(2, 1));
    }
}
