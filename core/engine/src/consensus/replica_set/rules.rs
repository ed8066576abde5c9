//! The rules of a replica set by name, with the pages of the MongoDB 8.0 manual that give their reasons; where the manual says
//! nothing of it, the server's own architecture guide does.

use crate::consensus::rules::rules;
use crate::words::replset_rules::ReplSetRuleKey;

rules! {
    ReplSetRule(ReplSetRuleKey):
    /// A member votes for one candidate in a term.
    OneVotePerTerm = "oneVotePerTerm", "MongoDB 8.0 manual, Self-Managed Replica Set Protocol Version", Safety;
    /// A vote is on disk before it is given.
    DurableVote = "durableVote", "MongoDB server, Replication Internals", Safety;
    /// Nobody votes for a candidate whose last operation is older than its own.
    VoteOnlyUpToDate = "voteOnlyUpToDate", "MongoDB 8.0 manual, Replica Set Elections", Safety;
    /// Nobody votes for a candidate with an older configuration.
    VoteOnlyNewConfig = "voteOnlyNewConfig", "MongoDB server, Replication Internals", Safety;
    /// A candidate needs the votes of a majority of the voting members. Off: its own is enough.
    MajorityToElect = "majorityToElect", "MongoDB 8.0 manual, Replica Set Elections", Safety;
    /// A candidate first asks whether it would win, without a new term.
    DryRun = "dryRun", "MongoDB server, Replication Internals", Liveness;
    /// A primary that sees no majority for an election timeout steps down.
    StepDownWithoutMajority = "stepDownWithoutMajority", "MongoDB 8.0 manual, Replica Set Elections", Liveness;
    /// A primary that hears of a later term steps down.
    StepDownOnHigherTerm = "stepDownOnHigherTerm", "MongoDB 8.0 manual, Self-Managed Replica Set Protocol Version", Safety;
    /// A member of higher priority than the primary's calls an election after a while.
    PriorityTakeover = "priorityTakeover", "MongoDB 8.0 manual, Replica Set Elections", Liveness;
    /// An arbiter does not vote against a primary it sees whose priority is not lower.
    ArbiterKeepsPrimary = "arbiterKeepsPrimary", "MongoDB 8.0 manual, Self-Managed Replica Set Protocol Version", Liveness;
    /// A new primary first fetches what other members have and it has not.
    CatchUp = "catchUp", "MongoDB 8.0 manual, Self-Managed Replica Set Configuration", Liveness;
    /// A primary that is told to step down asks the best secondary to stand at once.
    ElectionHandoff = "electionHandoff", "MongoDB 8.0 manual, replSetStepDown", Liveness;
    /// A primary counts as committed only what reaches into its own term. Off: whatever a majority has.
    CommitOnlyOwnTerm = "commitOnlyOwnTerm", "MongoDB 8.0 manual, Self-Managed Replica Set Protocol Version", Safety;
    /// What a majority acknowledges is in its journals, if the configuration says so.
    JournalBeforeMajority = "journalBeforeMajority", "MongoDB 8.0 manual, Write Concern", Safety;
    /// A member whose oplog has left its source's goes back to the last operation they share. Off: it goes on from where it is.
    RollbackToCommonPoint = "rollbackToCommonPoint", "MongoDB 8.0 manual, Rollbacks During Replica Set Failover", Safety;
    /// A member syncs only from one that is ahead of it.
    SyncFromNotBehind = "syncFromNotBehind", "MongoDB 8.0 manual, Replica Set Data Synchronization", Liveness;
    /// A member prefers sources that are visible, not delayed, and vote if it does.
    SyncFromVisible = "syncFromVisible", "MongoDB 8.0 manual, Replica Set Data Synchronization", Liveness;
    /// A reconfiguration adds or removes at most one voting member.
    SingleVoterReconfig = "singleVoterReconfig", "MongoDB 8.0 manual, replSetReconfig", Safety;
    /// A configuration is committed before the next is installed.
    ConfigCommittedFirst = "configCommittedFirst", "MongoDB 8.0 manual, replSetReconfig", Safety;
    /// A new voting member has its vote only once it is a secondary.
    VotesOnceSecondary = "votesOnceSecondary", "MongoDB 8.0 manual, Self-Managed Replica Set Configuration", Liveness;
    /// A read with concern majority sees only what a majority has. Off: whatever its member has.
    MajoritySnapshot = "majoritySnapshot", "MongoDB 8.0 manual, Read Concern", Safety;
    /// A linearizable read is answered once a majority has confirmed the primary after it.
    LinearizableNoop = "linearizableNoop", "MongoDB 8.0 manual, Read Concern", Safety;
    /// A retried write is done once.
    RetryOnce = "retryOnce", "MongoDB 8.0 manual, Retryable Writes", Safety;
}
