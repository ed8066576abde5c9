//! The rules of the cluster by name, with the sections that give their reasons: of Dean and Ghemawat's *MapReduce* (OSDI 2004),
//! Gray and Cheriton's *Leases* (SOSP 1989), Burrows' *The Chubby lock service* (OSDI 2006), Birrell and Nelson's *Implementing
//! Remote Procedure Calls* (TOCS 1984) and the Kubernetes manual.

use crate::consensus::rules::rules;
use crate::words::workers_rules::WorkersRuleKey;

rules! {
    WorkersRule(WorkersRuleKey):
    /// What a failed worker held goes back to those that wait, and is given out again.
    ReexecuteLost = "reexecuteLost", "MapReduce, 3.3", Liveness;
    /// Where outputs lie on the workers' own disks, what a failed worker had finished is done again.
    ReexecuteLocalOutputs = "reexecuteLocalOutputs", "MapReduce, 3.3", Safety;
    /// The store takes one output of a task, that of the first attempt to commit.
    CommitOnce = "commitOnce", "MapReduce, 3.3", Safety;
    /// The store refuses an attempt once it has heard of one of a later generation.
    FenceAttempts = "fenceAttempts", "Chubby, 2.4", Safety;
    /// The store says that it has an output when its disk does.
    DurableCommit = "durableCommit", "MapReduce, 3.3", Safety;
    /// The scheduler writes down what is finished before it says so, and begins again from there.
    DurableJournal = "durableJournal", "MapReduce, 3.3", Safety;
    /// A report about a task that is finished is not counted again.
    DedupReports = "dedupReports", "MapReduce, 3.3", Safety;
    /// A scheduler's epoch is on its disk before it speaks, and above all before.
    DurableEpoch = "durableEpoch", "Chubby, 2.9", Safety;
    /// A worker obeys no epoch below one that it has heard of.
    RefuseOldEpoch = "refuseOldEpoch", "Chubby, 2.9", Safety;
    /// A task is given out anew only when its lease is over. Off: as soon as its worker is silent for too long.
    LeaseBeforeReassign = "leaseBeforeReassign", "Leases, 2", Safety;
    /// The scheduler waits longer than the lease, by as much as two clocks may differ.
    DriftBound = "driftBound", "Leases, 5", Safety;
    /// A worker stops a task whose lease is over.
    StopAtLeaseEnd = "stopAtLeaseEnd", "Leases, 2", Safety;
    /// A worker counts a lease from its own request. Off: from when the answer comes.
    LeaseFromRequest = "leaseFromRequest", "Leases, 3.1", Safety;
    /// A scheduler that comes back gives out nothing until all leases of its earlier lives are over.
    HonourOldLeases = "honourOldLeases", "Leases, 2", Safety;
    /// Near the end, what is still in progress is given to a second worker.
    BackupTasks = "backupTasks", "MapReduce, 3.6", Liveness;
    /// When a task is finished, whoever else works at it is told to stop.
    StopOthers = "stopOthers", "MapReduce, 3.6", Cost;
    /// A worker repeats what it has to say of a task until it is answered.
    RetryReport = "retryReport", "Implementing Remote Procedure Calls, 3.2", Cost;
    /// The scheduler repeats an assignment that its worker does not know of.
    RepeatAssign = "repeatAssign", "Implementing Remote Procedure Calls, 3.2", Liveness;
    /// A worker begins an attempt once, however often the assignment comes.
    DedupAssignments = "dedupAssignments", "Implementing Remote Procedure Calls, 3.2", Safety;
    /// A task that failed waits before it is tried again, twice as long each time.
    BackOffFailing = "backOffFailing", "Kubernetes, Jobs: Pod backoff failure policy", Cost;
    /// A task that has failed too often is given up.
    GiveUpPoison = "giveUpPoison", "MapReduce, 4.6", Liveness;
}
