//! Keys of the checks: what each invariant holds, and how each can be broken.

keys! {
    /// What a check says.
    CheckKey in Check {
        /// Title of `electionSafety`.
        ElectionSafety = "check.electionSafety",
        /// Title of `leaderAppendOnly`.
        LeaderAppendOnly = "check.leaderAppendOnly",
        /// Title of `logMatching`.
        LogMatching = "check.logMatching",
        /// Title of `leaderCompleteness`.
        LeaderCompleteness = "check.leaderCompleteness",
        /// Title of `stateMachineSafety`.
        StateMachineSafety = "check.stateMachineSafety",
        /// Title of `durableTermMonotonic`.
        DurableTermMonotonic = "check.durableTermMonotonic",
        /// Title of `commitIndexMonotonic`.
        CommitIndexMonotonic = "check.commitIndexMonotonic",
        /// Title of `exactlyOnce`.
        ExactlyOnce = "check.exactlyOnce",
        /// Title of `noStaleRead`.
        NoStaleRead = "check.noStaleRead",
        /// Title of `noAckedWriteLost`.
        NoAckedWriteLost = "check.noAckedWriteLost",

        /// A second leader in one term. Args: new leader, term, who led it before.
        TwoLeaders = "check.broken.twoLeaders",
        /// A leader's log became shorter. Args: leader, term, last index before, its term, last index now.
        LeaderDeleted = "check.broken.leaderDeleted",
        /// A leader's entry became another. Args: leader, its term, index, the entry's term before, the one now.
        LeaderOverwrote = "check.broken.leaderOverwrote",
        /// Same index and term, different contents. Args: one, other, index, term, what the one has, what the other has.
        ContentsDiffer = "check.broken.contentsDiffer",
        /// Same index and term, different terms before it. Args: one, other, index, term, the one's previous term, the
        /// other's.
        PreviousDiffers = "check.broken.previousDiffers",
        /// A leader without a committed entry. Args: leader, its term, index, the entry's term, the term it was committed
        /// in, what the leader has instead (one of the `Has…` keys).
        LeaderLacks = "check.broken.leaderLacks",
        /// An entry committed that a later leader lacks. Args: who committed, in which term, index, the entry's term, the
        /// later leader, its term, what that one has instead.
        CommittedTooLate = "check.broken.committedTooLate",
        /// Another entry applied at an index than was applied there before. Args: who, index, the entry's term, the term
        /// of the one applied before, who applied that.
        AppliedDiffers = "check.broken.appliedDiffers",
        /// What was applied up to an index is not what was applied before. Args: who, index.
        AppliedHistoryDiffers = "check.broken.appliedHistoryDiffers",
        /// An entry had an effect at one member and none at another. Args: who, index, the entry, had it an effect here (1
        /// or 0).
        EffectDiffers = "check.broken.effectDiffers",
        /// A snapshot is not the state others had at its index. Args: who, index.
        SnapshotDiffers = "check.broken.snapshotDiffers",
        /// A disk's term went back. Args: who, term before, term now.
        TermWentBack = "check.broken.termWentBack",
        /// A commit index went back. Args: who, before, now.
        CommitWentBack = "check.broken.commitWentBack",
        /// A write took effect twice. Args: who, the write, session, number, index, index where it took effect before.
        AppliedTwice = "check.broken.appliedTwice",
        /// A write took effect after its client had had the answer. Args: who, the write, session, number, index.
        AppliedLate = "check.broken.appliedLate",
        /// A read missed a write. Args: who read, the key, revision it saw, revision that had been answered before it
        /// asked.
        StaleRead = "check.broken.staleRead",
        /// A leader without an acknowledged write. Args: leader, its term, index, the write's term, who acknowledged it,
        /// what the leader has instead.
        AckedLost = "check.broken.ackedLost",
        /// A write was acknowledged that a later leader does not have. Args: who acknowledged, in which term, index, the
        /// write's term, the later leader, its term, what that one has instead.
        AckedTooLate = "check.broken.ackedTooLate",

        /// An entry of another term stands there. Args: its term.
        HasOther = "check.has.other",
        /// The log ends before. Args: its last index.
        HasLess = "check.has.less",
        /// A new leader's own empty entry.
        EntryNoop = "check.entry.noop",
        /// An entry that changes the configuration.
        EntryConfig = "check.entry.config",
        /// An entry that opens a session.
        EntryRegister = "check.entry.register",

        /// Title of `agreement`.
        PaxosAgreement = "check.paxos.agreement",
        /// Title of `validity`.
        PaxosValidity = "check.paxos.validity",
        /// Title of `p2c`.
        PaxosP2c = "check.paxos.p2c",
        /// Title of `oneValuePerBallot`.
        OneValuePerBallot = "check.paxos.oneValuePerBallot",
        /// Title of `promiseKept`.
        PromiseKept = "check.paxos.promiseKept",
        /// Title of `promiseDurable`.
        PromiseDurable = "check.paxos.promiseDurable",
        /// Title of `learnedIsChosen`.
        LearnedIsChosen = "check.paxos.learnedIsChosen",
        /// Two values are chosen. Args: the second, its ballot, the first, its ballot.
        TwoChosen = "check.broken.paxos.twoChosen",
        /// Args: value, ballot.
        ChosenNotProposed = "check.broken.paxos.chosenNotProposed",
        /// A proposal against P2c. Args: proposer, ballot, value, who accepted another, that one's ballot, its value.
        IssuedAgainst = "check.broken.paxos.issuedAgainst",
        /// A proposal without a quorum of promises. Args: proposer, ballot, value.
        IssuedUnpromised = "check.broken.paxos.issuedUnpromised",
        /// Args: ballot, one proposer, its value, the other, its value.
        TwoValuesOneBallot = "check.broken.paxos.twoValuesOneBallot",
        /// Args: acceptor, ballot accepted, ballot promised.
        PromiseBroken = "check.broken.paxos.promiseBroken",
        /// Args: acceptor, before, now.
        PromiseWentBack = "check.broken.paxos.promiseWentBack",
        /// Args: who, value, ballot, who has accepted it.
        LearnedNotChosen = "check.broken.paxos.learnedNotChosen",

        /// Title of `onePrimaryPerTerm`.
        SetOnePrimary = "check.replset.onePrimaryPerTerm",
        /// Title of `oneVotePerTerm`.
        SetOneVote = "check.replset.oneVotePerTerm",
        /// Title of `majorityWritesSurvive`.
        SetMajorityWrites = "check.replset.majorityWritesSurvive",
        /// Title of `majorityReadsStay`.
        SetMajorityReads = "check.replset.majorityReadsStay",
        /// Title of `onlyUncommittedRolledBack`.
        SetRollback = "check.replset.onlyUncommittedRolledBack",
        /// Title of `oplogsAgree`.
        SetOplogsAgree = "check.replset.oplogsAgree",
        /// Title of `linearizableReads`.
        SetLinearizable = "check.replset.linearizableReads",
        /// Title of `retriedOnce`.
        SetOnce = "check.replset.retriedOnce",
        /// Args: new primary, term, who was primary before.
        SetTwoPrimaries = "check.broken.replset.twoPrimaries",
        /// Args: who, term.
        SetPrimaryTwice = "check.broken.replset.primaryTwice",
        /// Args: voter, term, candidate, candidate before.
        SetTwoVotes = "check.broken.replset.twoVotes",
        /// Args: primary, its term, optime, who acknowledged, in which term.
        SetWriteLost = "check.broken.replset.writeLost",
        /// Args: primary, its term, optime, who answered, in which term.
        SetReadLost = "check.broken.replset.readLost",
        /// Args: who, optime, source.
        SetRolledBackCommitted = "check.broken.replset.rolledBackCommitted",
        /// Args: who, its optime, the committed one.
        SetOplogDiffers = "check.broken.replset.oplogDiffers",
        /// Args: who answered, key, optime it was read at, optime acknowledged before.
        SetStaleRead = "check.broken.replset.staleRead",
        /// Args: session, number, optime first, optime again.
        SetWrittenTwice = "check.broken.replset.writtenTwice",
        /// Title of Multi-Paxos' `agreement`.
        SlotAgreement = "check.multiPaxos.agreement",
        /// Title of Multi-Paxos' `p2c`.
        SlotP2c = "check.multiPaxos.p2c",
        /// Title of Multi-Paxos' `oneValuePerBallot`.
        OneValuePerSlot = "check.multiPaxos.oneValuePerBallot",
        /// Title of `oneLeaderPerBallot`.
        OneLeaderPerBallot = "check.multiPaxos.oneLeaderPerBallot",
        /// Title of `acceptDurable`.
        AcceptDurable = "check.multiPaxos.acceptDurable",
        /// Title of `executedIsChosen`.
        ExecutedIsChosen = "check.multiPaxos.executedIsChosen",
        /// Title of `sameCommands`.
        SameCommands = "check.multiPaxos.sameCommands",
        /// Title of `sameState`.
        SameState = "check.multiPaxos.sameState",
        /// Args: slot, the second command, its ballot, the first, its ballot.
        TwoChosenInSlot = "check.broken.multiPaxos.twoChosen",
        /// Args: leader, ballot, slot, command, who accepted another, that one's ballot, that command.
        SlotIssuedAgainst = "check.broken.multiPaxos.issuedAgainst",
        /// Args: leader, ballot, slot, who has promised.
        SlotIssuedUnpromised = "check.broken.multiPaxos.issuedUnpromised",
        /// Args: slot, ballot, one command, the other.
        TwoCommandsOneBallot = "check.broken.multiPaxos.twoCommands",
        /// Args: ballot, the second leader, the first.
        TwoLeadOneBallot = "check.broken.multiPaxos.twoLeaders",
        /// Args: member, slot, ballot.
        AcceptedNotOnDisk = "check.broken.multiPaxos.acceptedNotOnDisk",
        /// Args: member, slot, command.
        ExecutedNotChosen = "check.broken.multiPaxos.executedNotChosen",
        /// Args: member, slot, command, the command that is chosen, its ballot.
        ExecutedOther = "check.broken.multiPaxos.executedOther",
        /// Args: member, slot, command, another member, what that one executed.
        ExecutedDiffers = "check.broken.multiPaxos.executedDiffers",
        /// Args: one member, another, slot.
        StatesDiffer = "check.broken.multiPaxos.statesDiffer",
        /// Args: client, the write's number, member, slot.
        AckedNotChosen = "check.broken.multiPaxos.ackedNotChosen",
    }
}
