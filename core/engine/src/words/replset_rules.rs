//! Keys of the reasons of a replica set's rules: one for each rule, of the same name.

keys! {
    /// Why a rule of a replica set is there: what goes wrong without it.
    ReplSetRuleKey in ReplSetRule {
        /// Why [`OneVotePerTerm`](crate::consensus::replica_set::Rule::OneVotePerTerm).
        OneVotePerTerm = "replset.rule.oneVotePerTerm",
        /// Why [`DurableVote`](crate::consensus::replica_set::Rule::DurableVote).
        DurableVote = "replset.rule.durableVote",
        /// Why [`VoteOnlyUpToDate`](crate::consensus::replica_set::Rule::VoteOnlyUpToDate).
        VoteOnlyUpToDate = "replset.rule.voteOnlyUpToDate",
        /// Why [`VoteOnlyNewConfig`](crate::consensus::replica_set::Rule::VoteOnlyNewConfig).
        VoteOnlyNewConfig = "replset.rule.voteOnlyNewConfig",
        /// Why [`MajorityToElect`](crate::consensus::replica_set::Rule::MajorityToElect).
        MajorityToElect = "replset.rule.majorityToElect",
        /// Why [`DryRun`](crate::consensus::replica_set::Rule::DryRun).
        DryRun = "replset.rule.dryRun",
        /// Why [`StepDownWithoutMajority`](crate::consensus::replica_set::Rule::StepDownWithoutMajority).
        StepDownWithoutMajority = "replset.rule.stepDownWithoutMajority",
        /// Why [`StepDownOnHigherTerm`](crate::consensus::replica_set::Rule::StepDownOnHigherTerm).
        StepDownOnHigherTerm = "replset.rule.stepDownOnHigherTerm",
        /// Why [`PriorityTakeover`](crate::consensus::replica_set::Rule::PriorityTakeover).
        PriorityTakeover = "replset.rule.priorityTakeover",
        /// Why [`ArbiterKeepsPrimary`](crate::consensus::replica_set::Rule::ArbiterKeepsPrimary).
        ArbiterKeepsPrimary = "replset.rule.arbiterKeepsPrimary",
        /// Why [`CatchUp`](crate::consensus::replica_set::Rule::CatchUp).
        CatchUp = "replset.rule.catchUp",
        /// Why [`ElectionHandoff`](crate::consensus::replica_set::Rule::ElectionHandoff).
        ElectionHandoff = "replset.rule.electionHandoff",
        /// Why [`CommitOnlyOwnTerm`](crate::consensus::replica_set::Rule::CommitOnlyOwnTerm).
        CommitOnlyOwnTerm = "replset.rule.commitOnlyOwnTerm",
        /// Why [`JournalBeforeMajority`](crate::consensus::replica_set::Rule::JournalBeforeMajority).
        JournalBeforeMajority = "replset.rule.journalBeforeMajority",
        /// Why [`RollbackToCommonPoint`](crate::consensus::replica_set::Rule::RollbackToCommonPoint).
        RollbackToCommonPoint = "replset.rule.rollbackToCommonPoint",
        /// Why [`SyncFromNotBehind`](crate::consensus::replica_set::Rule::SyncFromNotBehind).
        SyncFromNotBehind = "replset.rule.syncFromNotBehind",
        /// Why [`SyncFromVisible`](crate::consensus::replica_set::Rule::SyncFromVisible).
        SyncFromVisible = "replset.rule.syncFromVisible",
        /// Why [`SingleVoterReconfig`](crate::consensus::replica_set::Rule::SingleVoterReconfig).
        SingleVoterReconfig = "replset.rule.singleVoterReconfig",
        /// Why [`ConfigCommittedFirst`](crate::consensus::replica_set::Rule::ConfigCommittedFirst).
        ConfigCommittedFirst = "replset.rule.configCommittedFirst",
        /// Why [`VotesOnceSecondary`](crate::consensus::replica_set::Rule::VotesOnceSecondary).
        VotesOnceSecondary = "replset.rule.votesOnceSecondary",
        /// Why [`MajoritySnapshot`](crate::consensus::replica_set::Rule::MajoritySnapshot).
        MajoritySnapshot = "replset.rule.majoritySnapshot",
        /// Why [`LinearizableNoop`](crate::consensus::replica_set::Rule::LinearizableNoop).
        LinearizableNoop = "replset.rule.linearizableNoop",
        /// Why [`RetryOnce`](crate::consensus::replica_set::Rule::RetryOnce).
        RetryOnce = "replset.rule.retryOnce",
    }
}
