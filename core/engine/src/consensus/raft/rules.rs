//! The rules of Raft by name, with the sections of Ongaro's dissertation that give their reasons.

use crate::consensus::rules::rules;
use crate::words::raft_rules::RaftRuleKey;

rules! {
    RaftRule(RaftRuleKey):
    /// Election timeouts are drawn anew from a range. Off: everybody uses its lower end.
    RandomisedTimeouts = "randomisedTimeouts", "3.4", Liveness;
    /// Nobody votes for a log less up to date than their own.
    ElectionRestriction = "electionRestriction", "3.6.1", Safety;
    /// One vote a term.
    OneVotePerTerm = "oneVotePerTerm", "3.4", Safety;
    /// The vote is written to disk, and its answer waits until it is there.
    DurableVote = "durableVote", "3.8", Safety;
    /// The term is written to disk, and what speaks for it waits until it is there.
    DurableTerm = "durableTerm", "3.8", Safety;
    /// An acknowledgement of entries waits until they are on disk.
    DurableLog = "durableLog", "3.8", Safety;
    /// A leader, which sends before its own disk is done, counts itself only then.
    LeaderCountsSynced = "leaderCountsSynced", "10.2.1", Safety;
    /// Whoever learns of a higher term gives up leading and standing.
    StepDownOnHigherTerm = "stepDownOnHigherTerm", "3.3", Safety;
    /// A message of an older term is refused.
    RefuseStaleTerm = "refuseStaleTerm", "3.3", Safety;
    /// A follower takes entries only where its log matches before them.
    ConsistencyCheck = "consistencyCheck", "3.5", Safety;
    /// A follower cuts its log only where an entry conflicts, not wherever an old message ends.
    TruncateOnlyOnConflict = "truncateOnlyOnConflict", "3.5", Safety;
    /// A leader never cuts or rewrites its own log.
    LeaderAppendOnly = "leaderAppendOnly", "3.5", Safety;
    /// Only entries of the leader's own term commit by counting.
    CommitOnlyOwnTerm = "commitOnlyOwnTerm", "3.6.2", Safety;
    /// A follower's commit index stops at the last entry the leader's message vouches for.
    CommitOnlyMatched = "commitOnlyMatched", "3.5", Safety;
    /// A refused append names the conflicting term and its first index.
    ConflictIndex = "conflictIndex", "3.5", Cost;
    /// A new leader appends an empty entry of its term.
    NoOpOnElection = "noOpOnElection", "6.4", Liveness;
    /// Before standing, ask whether one would win.
    PreVote = "preVote", "9.6", Liveness;
    /// A leader that hears from no majority for an election timeout steps down.
    CheckQuorum = "checkQuorum", "6.2", Liveness;
    /// Whoever has just heard from a leader neither votes nor moves to a candidate's term.
    LeaderStickiness = "leaderStickiness", "4.2.3", Liveness;
    /// A change of voters passes through a phase that needs both majorities.
    JointConsensus = "jointConsensus", "4.3", Safety;
    /// A configuration is in force as soon as it is in the log, committed or not.
    ConfigInForceWhenAppended = "configInForceWhenAppended", "4.1", Safety;
    /// One change of configuration at a time.
    OneChangeAtATime = "oneChangeAtATime", "4.1", Safety;
    /// New members catch up before they vote.
    CatchUpBeforeVoting = "catchUpBeforeVoting", "4.2.1", Liveness;
    /// A leader that is not in the new configuration does not count itself.
    RemovedLeaderNotCounted = "removedLeaderNotCounted", "4.2.2", Safety;
    /// A read waits until a majority has confirmed the leader after the read arrived.
    ReadIndexQuorum = "readIndexQuorum", "6.4", Safety;
    /// A new leader answers reads only when an entry of its own term is committed.
    ReadIndexOwnTermCommit = "readIndexOwnTermCommit", "6.4", Safety;
    /// A lease is shortened by the assumed bound on clock drift.
    LeaseDriftBound = "leaseDriftBound", "6.4.1", Safety;
    /// A leader that hands over gives up its lease first.
    LeaseEndsOnTransfer = "leaseEndsOnTransfer", "6.4.1", Safety;
    /// Where leases are used, a member does not vote for one minimum election timeout after a restart: it may have promised one.
    QuietAfterRestart = "quietAfterRestart", "6.4.1", Safety;
    /// A leader that hands over takes no requests and waits until its successor has the whole log.
    TransferWaitsForLog = "transferWaitsForLog", "3.10", Liveness;
    /// Each command of a session takes effect once.
    ClientSessions = "clientSessions", "6.3", Safety;
    /// Sessions are part of a snapshot.
    SessionInSnapshot = "sessionInSnapshot", "6.3", Safety;
    /// A snapshot covers committed entries only.
    SnapshotCoversCommittedOnly = "snapshotCoversCommittedOnly", "5.1", Safety;
    /// A snapshot names the configuration in force at its end.
    ConfigInSnapshot = "configInSnapshot", "5.1", Safety;
    /// A snapshot from the leader keeps the entries that follow it in a log that agrees with it.
    SnapshotKeepsSuffix = "snapshotKeepsSuffix", "5.3", Safety;
}
