//! Keys of Raft.

keys! {
    /// What Raft says.
    RaftKey in Raft {
        /// The election timer.
        ElectionTimer = "raft.timer.election",
        /// The leader's heartbeat timer.
        HeartbeatTimer = "raft.timer.heartbeat",
        /// The timer by which a leader counts whom it has heard.
        QuorumTimer = "raft.timer.quorum",
        /// The timer of a handover.
        TransferTimer = "raft.timer.transfer",
        /// A role.
        Follower = "raft.role.follower",
        /// A role: asks whether it would win.
        PreCandidate = "raft.role.preCandidate",
        /// A role.
        Candidate = "raft.role.candidate",
        /// A role.
        Leader = "raft.role.leader",
        /// A role: receives the log, has no vote.
        Learner = "raft.role.learner",
        /// A role: not in the configuration in force.
        NonMember = "raft.role.nonMember",
        /// A kind of message.
        KindRequestVote = "raft.message.requestVote",
        /// A kind of message.
        KindPreVote = "raft.message.preVote",
        /// A kind of message.
        KindVote = "raft.message.vote",
        /// A kind of message.
        KindPreVoteAnswer = "raft.message.preVoteAnswer",
        /// A kind of message: AppendEntries without entries.
        KindHeartbeat = "raft.message.heartbeat",
        /// A kind of message.
        KindAppend = "raft.message.append",
        /// A kind of message.
        KindAppended = "raft.message.appended",
        /// A kind of message.
        KindSnapshot = "raft.message.snapshot",
        /// A kind of message.
        KindSnapshotReceived = "raft.message.snapshotReceived",
        /// A kind of message.
        KindTimeoutNow = "raft.message.timeoutNow",
        /// Args: term.
        CardRequestVote = "raft.card.requestVote",
        /// Args: term.
        CardPreVote = "raft.card.preVote",
        /// Args: term.
        CardVoteYes = "raft.card.voteYes",
        /// Args: term.
        CardVoteNo = "raft.card.voteNo",
        /// Args: term.
        CardHeartbeat = "raft.card.heartbeat",
        /// Args: index.
        CardAppendOne = "raft.card.appendOne",
        /// Args: first index, last index.
        CardAppend = "raft.card.append",
        /// Args: index.
        CardMatched = "raft.card.matched",
        /// Args: index.
        CardMismatch = "raft.card.mismatch",
        /// Args: last index covered, items so far, items in all.
        CardSnapshot = "raft.card.snapshot",
        /// Args: last index covered, items received.
        CardSnapshotReceived = "raft.card.snapshotReceived",
        /// Args: term.
        CardTimeoutNow = "raft.card.timeoutNow",
        /// Args: term, last index.
        StartsAsFollower = "raft.note.startsAsFollower",
        /// Args: the leader not heard.
        LeaderSilent = "raft.note.leaderSilent",
        /// No leader is known.
        NobodyLeads = "raft.note.nobodyLeads",
        /// Args: old term, new term.
        NewTerm = "raft.note.newTerm",
        /// Args: the term it would stand in.
        AsksPreVotes = "raft.note.asksPreVotes",
        /// Args: term.
        Stands = "raft.note.stands",
        /// Args: term.
        Elected = "raft.note.elected",
        /// Args: term.
        ElectionLost = "raft.note.electionLost",
        /// Args: term.
        PreVoteLost = "raft.note.preVoteLost",
        /// Args: candidate, term.
        VoteGranted = "raft.note.voteGranted",
        /// Args: candidate, term.
        PreVoteGranted = "raft.note.preVoteGranted",
        /// Args: candidate, its term, own term.
        VoteRefusedOldTerm = "raft.note.voteRefusedOldTerm",
        /// Args: candidate, leader.
        VoteRefusedHeard = "raft.note.voteRefusedHeard",
        /// Args: candidate, itself.
        VoteRefusedLeads = "raft.note.voteRefusedLeads",
        /// Args: candidate.
        VoteRefusedRestarted = "raft.note.voteRefusedRestarted",
        /// Args: candidate, whom it voted for, term.
        VoteRefusedTaken = "raft.note.voteRefusedTaken",
        /// Args: candidate, its last index, its last term, own last index, own last term.
        VoteRefusedLog = "raft.note.voteRefusedLog",
        /// Args: leader, term.
        Follows = "raft.note.follows",
        /// Args: from whom, new term, old term.
        StepsDownHigherTerm = "raft.note.stepsDownHigherTerm",
        /// Args: who was not heard.
        StepsDownNoQuorum = "raft.note.stepsDownNoQuorum",
        /// Args: index.
        StepsDownRemoved = "raft.note.stepsDownRemoved",
        /// Args: sender, its term, own term.
        AppendRefusedOldTerm = "raft.note.appendRefusedOldTerm",
        /// Args: index before the entries, own last index.
        AppendRefusedShort = "raft.note.appendRefusedShort",
        /// Args: index before the entries; the follower's log is empty.
        AppendRefusedEmpty = "raft.note.appendRefusedEmpty",
        /// Args: index before the entries, the leader's term there, own term there.
        AppendRefusedTerm = "raft.note.appendRefusedTerm",
        /// Args: index, own term there, the leader's term there.
        CutsConflict = "raft.note.cutsConflict",
        /// Args: first index, last index.
        Appends = "raft.note.appends",
        /// Args: index.
        AppendsOne = "raft.note.appendsOne",
        /// Args: follower, next index.
        BacksUp = "raft.note.backsUp",
        /// Args: index, leader.
        FollowerCommits = "raft.note.followerCommits",
        /// Args: index, its term.
        Commits = "raft.note.commits",
        /// Args: index, its term, the leader's term.
        NotCommittedOldTerm = "raft.note.notCommittedOldTerm",
        /// Args: index, holders, how many hold it, how many are needed.
        NotCommittedMinority = "raft.why.notCommittedMinority",
        /// Args: index, own commit index.
        NotCommittedUnknown = "raft.why.notCommittedUnknown",
        /// Args: index, last index.
        NotCommittedAbsent = "raft.why.notCommittedAbsent",
        /// Args: term.
        StopsDiskFull = "raft.note.stopsDiskFull",
        /// Args: term.
        StopsDiskError = "raft.note.stopsDiskError",
        /// Args: index, its term, the index up to which the log is dropped.
        TakesSnapshot = "raft.note.takesSnapshot",
        /// Args: follower, index.
        SendsSnapshot = "raft.note.sendsSnapshot",
        /// Args: index, its term.
        InstallsSnapshot = "raft.note.installsSnapshot",
        /// Args: index, voters, learners, former voters.
        ConfigurationInForce = "raft.note.configurationInForce",
        /// Args: index, voters, learners, former voters.
        JointInForce = "raft.note.jointInForce",
        /// Args: index, voters, learners, former voters.
        LeavesJoint = "raft.note.leavesJoint",
        /// Args: index, voters, learners, former voters.
        ChangeBegins = "raft.note.changeBegins",
        /// Args: index, voters, learners, former voters.
        ChangeDone = "raft.note.changeDone",
        /// Args: why.
        ChangeRefused = "raft.note.changeRefused",
        /// Only a leader can.
        ChangeNotLeader = "raft.answer.changeNotLeader",
        /// There would be no voter.
        ChangeNoVoters = "raft.answer.changeNoVoters",
        /// Args: the most.
        ChangeTooMany = "raft.answer.changeTooMany",
        /// Nothing to do.
        ChangeAlreadySo = "raft.answer.changeAlreadySo",
        /// Args: index.
        ChangeUnderWay = "raft.answer.changeUnderWay",
        /// Args: term.
        ChangeTooEarly = "raft.answer.changeTooEarly",
        /// Args: who, index.
        CatchUpBegins = "raft.note.catchUpBegins",
        /// Args: who, round, how long the round took.
        CaughtUp = "raft.note.caughtUp",
        /// Args: who.
        CatchUpAbandoned = "raft.note.catchUpAbandoned",
        /// Args: to whom.
        TransferBegins = "raft.note.transferBegins",
        /// Args: to whom, its matched index, last index.
        TransferWaits = "raft.note.transferWaits",
        /// Args: to whom.
        TransferTells = "raft.note.transferTells",
        /// Args: to whom.
        TransferAborted = "raft.note.transferAborted",
        /// Args: to whom.
        TransferNotLeader = "raft.answer.transferNotLeader",
        /// Args: to whom.
        TransferToSelf = "raft.answer.transferToSelf",
        /// Args: to whom.
        TransferNoVoter = "raft.answer.transferNoVoter",
        /// Args: to whom.
        TransferUnderWay = "raft.answer.transferUnderWay",
        /// Args: by whom.
        ToldToStand = "raft.note.toldToStand",
        /// Args: sender, its term, own term.
        TimeoutNowOldTerm = "raft.note.timeoutNowOldTerm",
        /// Taken up.
        TimeoutTaken = "raft.answer.timeoutTaken",
        /// A leader has no election timeout.
        TimeoutLeads = "raft.answer.timeoutLeads",
        /// Only voters stand.
        TimeoutNoVoter = "raft.answer.timeoutNoVoter",
        /// Args: index.
        SnapshotTaken = "raft.answer.snapshotTaken",
        /// Args: index.
        SnapshotNothingNew = "raft.answer.snapshotNothingNew",
        /// Args: rule.
        RuleOn = "raft.answer.ruleOn",
        /// Args: rule.
        RuleOff = "raft.answer.ruleOff",
        /// Args: client, index.
        TakesRequest = "raft.note.takesRequest",
        /// Args: client, why.
        RequestRefused = "raft.note.requestRefused",
        /// Args: index, session, number.
        NotAppliedTwice = "raft.note.notAppliedTwice",
        /// Args: session.
        SessionExpires = "raft.note.sessionExpires",
        /// Args: term.
        ReadWaitsForTerm = "raft.note.readWaitsForTerm",
        /// Args: read index, round.
        ReadWaitsForRound = "raft.note.readWaitsForRound",
        /// Args: index, round.
        ReadConfirmed = "raft.note.readConfirmed",
        /// Args: index.
        ReadByLease = "raft.note.readByLease",
    }
}
