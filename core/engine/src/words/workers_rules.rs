//! Keys of the reasons of the cluster's rules: one for each rule, of the same name.

keys! {
    /// Why a rule of the cluster is there: what goes wrong without it.
    WorkersRuleKey in WorkersRule {
        /// Why [`ReexecuteLost`](crate::workers::Rule::ReexecuteLost).
        ReexecuteLost = "workers.rule.reexecuteLost",
        /// Why [`ReexecuteLocalOutputs`](crate::workers::Rule::ReexecuteLocalOutputs).
        ReexecuteLocalOutputs = "workers.rule.reexecuteLocalOutputs",
        /// Why [`CommitOnce`](crate::workers::Rule::CommitOnce).
        CommitOnce = "workers.rule.commitOnce",
        /// Why [`FenceAttempts`](crate::workers::Rule::FenceAttempts).
        FenceAttempts = "workers.rule.fenceAttempts",
        /// Why [`DurableCommit`](crate::workers::Rule::DurableCommit).
        DurableCommit = "workers.rule.durableCommit",
        /// Why [`DurableJournal`](crate::workers::Rule::DurableJournal).
        DurableJournal = "workers.rule.durableJournal",
        /// Why [`DedupReports`](crate::workers::Rule::DedupReports).
        DedupReports = "workers.rule.dedupReports",
        /// Why [`DurableEpoch`](crate::workers::Rule::DurableEpoch).
        DurableEpoch = "workers.rule.durableEpoch",
        /// Why [`RefuseOldEpoch`](crate::workers::Rule::RefuseOldEpoch).
        RefuseOldEpoch = "workers.rule.refuseOldEpoch",
        /// Why [`LeaseBeforeReassign`](crate::workers::Rule::LeaseBeforeReassign).
        LeaseBeforeReassign = "workers.rule.leaseBeforeReassign",
        /// Why [`DriftBound`](crate::workers::Rule::DriftBound).
        DriftBound = "workers.rule.driftBound",
        /// Why [`StopAtLeaseEnd`](crate::workers::Rule::StopAtLeaseEnd).
        StopAtLeaseEnd = "workers.rule.stopAtLeaseEnd",
        /// Why [`LeaseFromRequest`](crate::workers::Rule::LeaseFromRequest).
        LeaseFromRequest = "workers.rule.leaseFromRequest",
        /// Why [`HonourOldLeases`](crate::workers::Rule::HonourOldLeases).
        HonourOldLeases = "workers.rule.honourOldLeases",
        /// Why [`BackupTasks`](crate::workers::Rule::BackupTasks).
        BackupTasks = "workers.rule.backupTasks",
        /// Why [`StopOthers`](crate::workers::Rule::StopOthers).
        StopOthers = "workers.rule.stopOthers",
        /// Why [`RetryReport`](crate::workers::Rule::RetryReport).
        RetryReport = "workers.rule.retryReport",
        /// Why [`RepeatAssign`](crate::workers::Rule::RepeatAssign).
        RepeatAssign = "workers.rule.repeatAssign",
        /// Why [`DedupAssignments`](crate::workers::Rule::DedupAssignments).
        DedupAssignments = "workers.rule.dedupAssignments",
        /// Why [`BackOffFailing`](crate::workers::Rule::BackOffFailing).
        BackOffFailing = "workers.rule.backOffFailing",
        /// Why [`GiveUpPoison`](crate::workers::Rule::GiveUpPoison).
        GiveUpPoison = "workers.rule.giveUpPoison",
    }
}
