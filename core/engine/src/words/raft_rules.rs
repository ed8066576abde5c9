//! Keys of the reasons of Raft's rules: one for each rule, of the same name.

keys! {
    /// Why a rule of Raft is there: what goes wrong without it.
    RaftRuleKey in RaftRule {
        /// Why [`RandomisedTimeouts`](crate::consensus::raft::Rule::RandomisedTimeouts).
        RandomisedTimeouts = "raft.rule.randomisedTimeouts",
        /// Why [`ElectionRestriction`](crate::consensus::raft::Rule::ElectionRestriction).
        ElectionRestriction = "raft.rule.electionRestriction",
        /// Why [`OneVotePerTerm`](crate::consensus::raft::Rule::OneVotePerTerm).
        OneVotePerTerm = "raft.rule.oneVotePerTerm",
        /// Why [`DurableVote`](crate::consensus::raft::Rule::DurableVote).
        DurableVote = "raft.rule.durableVote",
        /// Why [`DurableTerm`](crate::consensus::raft::Rule::DurableTerm).
        DurableTerm = "raft.rule.durableTerm",
        /// Why [`DurableLog`](crate::consensus::raft::Rule::DurableLog).
        DurableLog = "raft.rule.durableLog",
        /// Why [`LeaderCountsSynced`](crate::consensus::raft::Rule::LeaderCountsSynced).
        LeaderCountsSynced = "raft.rule.leaderCountsSynced",
        /// Why [`StepDownOnHigherTerm`](crate::consensus::raft::Rule::StepDownOnHigherTerm).
        StepDownOnHigherTerm = "raft.rule.stepDownOnHigherTerm",
        /// Why [`RefuseStaleTerm`](crate::consensus::raft::Rule::RefuseStaleTerm).
        RefuseStaleTerm = "raft.rule.refuseStaleTerm",
        /// Why [`ConsistencyCheck`](crate::consensus::raft::Rule::ConsistencyCheck).
        ConsistencyCheck = "raft.rule.consistencyCheck",
        /// Why [`TruncateOnlyOnConflict`](crate::consensus::raft::Rule::TruncateOnlyOnConflict).
        TruncateOnlyOnConflict = "raft.rule.truncateOnlyOnConflict",
        /// Why [`LeaderAppendOnly`](crate::consensus::raft::Rule::LeaderAppendOnly).
        LeaderAppendOnly = "raft.rule.leaderAppendOnly",
        /// Why [`CommitOnlyOwnTerm`](crate::consensus::raft::Rule::CommitOnlyOwnTerm).
        CommitOnlyOwnTerm = "raft.rule.commitOnlyOwnTerm",
        /// Why [`CommitOnlyMatched`](crate::consensus::raft::Rule::CommitOnlyMatched).
        CommitOnlyMatched = "raft.rule.commitOnlyMatched",
        /// Why [`ConflictIndex`](crate::consensus::raft::Rule::ConflictIndex).
        ConflictIndex = "raft.rule.conflictIndex",
        /// Why [`NoOpOnElection`](crate::consensus::raft::Rule::NoOpOnElection).
        NoOpOnElection = "raft.rule.noOpOnElection",
        /// Why [`PreVote`](crate::consensus::raft::Rule::PreVote).
        PreVote = "raft.rule.preVote",
        /// Why [`CheckQuorum`](crate::consensus::raft::Rule::CheckQuorum).
        CheckQuorum = "raft.rule.checkQuorum",
        /// Why [`LeaderStickiness`](crate::consensus::raft::Rule::LeaderStickiness).
        LeaderStickiness = "raft.rule.leaderStickiness",
        /// Why [`JointConsensus`](crate::consensus::raft::Rule::JointConsensus).
        JointConsensus = "raft.rule.jointConsensus",
        /// Why [`ConfigInForceWhenAppended`](crate::consensus::raft::Rule::ConfigInForceWhenAppended).
        ConfigInForceWhenAppended = "raft.rule.configInForceWhenAppended",
        /// Why [`OneChangeAtATime`](crate::consensus::raft::Rule::OneChangeAtATime).
        OneChangeAtATime = "raft.rule.oneChangeAtATime",
        /// Why [`CatchUpBeforeVoting`](crate::consensus::raft::Rule::CatchUpBeforeVoting).
        CatchUpBeforeVoting = "raft.rule.catchUpBeforeVoting",
        /// Why [`RemovedLeaderNotCounted`](crate::consensus::raft::Rule::RemovedLeaderNotCounted).
        RemovedLeaderNotCounted = "raft.rule.removedLeaderNotCounted",
        /// Why [`ReadIndexQuorum`](crate::consensus::raft::Rule::ReadIndexQuorum).
        ReadIndexQuorum = "raft.rule.readIndexQuorum",
        /// Why [`ReadIndexOwnTermCommit`](crate::consensus::raft::Rule::ReadIndexOwnTermCommit).
        ReadIndexOwnTermCommit = "raft.rule.readIndexOwnTermCommit",
        /// Why [`LeaseDriftBound`](crate::consensus::raft::Rule::LeaseDriftBound).
        LeaseDriftBound = "raft.rule.leaseDriftBound",
        /// Why [`LeaseEndsOnTransfer`](crate::consensus::raft::Rule::LeaseEndsOnTransfer).
        LeaseEndsOnTransfer = "raft.rule.leaseEndsOnTransfer",
        /// Why [`QuietAfterRestart`](crate::consensus::raft::Rule::QuietAfterRestart).
        QuietAfterRestart = "raft.rule.quietAfterRestart",
        /// Why [`TransferWaitsForLog`](crate::consensus::raft::Rule::TransferWaitsForLog).
        TransferWaitsForLog = "raft.rule.transferWaitsForLog",
        /// Why [`ClientSessions`](crate::consensus::raft::Rule::ClientSessions).
        ClientSessions = "raft.rule.clientSessions",
        /// Why [`SessionInSnapshot`](crate::consensus::raft::Rule::SessionInSnapshot).
        SessionInSnapshot = "raft.rule.sessionInSnapshot",
        /// Why [`SnapshotCoversCommittedOnly`](crate::consensus::raft::Rule::SnapshotCoversCommittedOnly).
        SnapshotCoversCommittedOnly = "raft.rule.snapshotCoversCommittedOnly",
        /// Why [`ConfigInSnapshot`](crate::consensus::raft::Rule::ConfigInSnapshot).
        ConfigInSnapshot = "raft.rule.configInSnapshot",
        /// Why [`SnapshotKeepsSuffix`](crate::consensus::raft::Rule::SnapshotKeepsSuffix).
        SnapshotKeepsSuffix = "raft.rule.snapshotKeepsSuffix",
    }
}
