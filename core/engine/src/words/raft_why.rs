//! Keys of questions and answers about Raft and its clients.

keys! {
    /// Why, and why not, in a group.
    RaftWhyKey in RaftWhy {
        /// A question. Args: member.
        AskLeads = "raft.ask.ask.leads",
        /// A question. Args: member.
        AskBelieves = "raft.ask.ask.believes",
        /// A question. Args: member.
        AskNotLeads = "raft.ask.ask.notLeads",
        /// A question. Args: member.
        AskNotWon = "raft.ask.ask.notWon",
        /// A question. Args: member, leader.
        AskFollows = "raft.ask.ask.follows",
        /// A question. Args: member.
        AskKnowsNobody = "raft.ask.ask.knowsNobody",
        /// A question. Args: member, term.
        AskTerm = "raft.ask.ask.term",
        /// A question. Args: member, candidate.
        AskVote = "raft.ask.ask.vote",
        /// A question. Args: member, term.
        AskNoVote = "raft.ask.ask.noVote",
        /// A question. Args: index, member.
        AskCommitted = "raft.ask.ask.committed",
        /// A question. Args: index, member.
        AskNotCommitted = "raft.ask.ask.notCommitted",
        /// A question. Args: index, member.
        AskNotKnown = "raft.ask.ask.notKnown",
        /// A question. Args: index, member.
        AskNoEntry = "raft.ask.ask.noEntry",
        /// A question. Args: member, index.
        AskCommitIndex = "raft.ask.ask.commitIndex",
        /// A question.
        AskNobodyLeads = "raft.ask.ask.nobodyLeads",
        /// A question. Args: how many.
        AskSeveralLead = "raft.ask.ask.severalLead",
        /// A question. Args: client.
        AskRequest = "raft.ask.ask.request",
        /// A question. Args: member.
        AskReads = "raft.ask.ask.reads",
        /// A reason. Args: member, term, votes, members with a vote, who, majority.
        WonVotes = "raft.ask.wonVotes",
        /// A reason. Args: member, term.
        BegunLeading = "raft.ask.begunLeading",
        /// A reason. Args: member, its term, newer leader, newer term.
        NotHeard = "raft.ask.notHeard",
        /// A reason. Args: member, reached, members with a vote, who, majority.
        Harmless = "raft.ask.harmless",
        /// A reason. Args: member, reached, members with a vote, newer term, majority.
        SoonTold = "raft.ask.soonTold",
        /// A reason. Args: member, in how long.
        WillCount = "raft.ask.willCount",
        /// A reason. Args: member, term.
        CannotCount = "raft.ask.cannotCount",
        /// A reason. Args: member, its term.
        AlsoLeads = "raft.ask.alsoLeads",
        /// A reason. Args: member, leader, term.
        HearsLeader = "raft.ask.hearsLeader",
        /// A reason. Args: member, leader, term.
        FollowsSince = "raft.ask.followsSince",
        /// A reason. Args: how long it still runs, how long it was set to.
        TimerLeft = "raft.ask.timerLeft",
        /// A reason. Args: member, votes, members with a vote, majority, term.
        VotesSoFar = "raft.ask.votesSoFar",
        /// A reason. Args: member, votes, members with a vote, majority, term.
        PreVotesSoFar = "raft.ask.preVotesSoFar",
        /// A reason. Args: voter.
        SaidNo = "raft.ask.saidNo",
        /// A reason. Args: voter.
        SilentDown = "raft.ask.silentDown",
        /// A reason. Args: voter.
        SilentPaused = "raft.ask.silentPaused",
        /// A reason. Args: voter, from whom, to whom.
        SilentCut = "raft.ask.silentCut",
        /// A reason. Args: voter, who asks.
        SilentYet = "raft.ask.silentYet",
        /// A reason. Args: member.
        IsLearner = "raft.ask.isLearner",
        /// A reason. Args: member, voters.
        NotMember = "raft.ask.notMember",
        /// A reason. Args: member.
        Halted = "raft.ask.halted",
        /// A reason. Args: member, what it decided.
        LastTry = "raft.ask.lastTry",
        /// A reason. Args: member, term.
        OwnVote = "raft.ask.ownVote",
        /// A reason. Args: member, candidate, term.
        FirstToAsk = "raft.ask.firstToAsk",
        /// A reason. Args: member, term.
        NobodyAsked = "raft.ask.nobodyAsked",
        /// A reason. Args: member, old term, new term.
        MovedHearing = "raft.ask.movedHearing",
        /// A reason. Args: member, old term, new term.
        MovedStanding = "raft.ask.movedStanding",
        /// A reason. Args: member, what it noted.
        StoodBecause = "raft.ask.stoodBecause",
        /// A reason. Args: member.
        ReadsWait = "raft.ask.readsWait",
        /// A reason. Args: member.
        ReadsOld = "raft.ask.readsOld",
        /// A reason. Args: member.
        ReadsLease = "raft.ask.readsLease",
        /// A reason. Args: index, holders, members with a vote, who, majority.
        Holders = "raft.ask.holders",
        /// A reason. Args: index, holders, members with a vote, who, majority, leader.
        TooFewHold = "raft.ask.tooFewHold",
        /// A reason. Args: index, its term, leader, leader's term.
        OldTerm = "raft.ask.oldTerm",
        /// A reason. Args: index, term, majority.
        OldTermEnough = "raft.ask.oldTermEnough",
        /// A reason. Args: member, leader.
        LacksDown = "raft.ask.lacksDown",
        /// A reason. Args: member, leader.
        LacksPaused = "raft.ask.lacksPaused",
        /// A reason. Args: member, from whom, to whom.
        LacksCut = "raft.ask.lacksCut",
        /// A reason. Args: member, leader.
        LacksDisk = "raft.ask.lacksDisk",
        /// A reason. Args: member, leader.
        LacksAnswer = "raft.ask.lacksAnswer",
        /// A reason. Args: member, leader.
        LacksOnWay = "raft.ask.lacksOnWay",
        /// A reason. Args: member, leader, index.
        LacksBehind = "raft.ask.lacksBehind",
        /// A reason. Args: member, leader.
        LacksSnapshot = "raft.ask.lacksSnapshot",
        /// A reason. Args: index.
        NoLeaderCounts = "raft.ask.noLeaderCounts",
        /// A reason. Args: member, leader, index.
        ToldNext = "raft.ask.toldNext",
        /// A reason. Args: member, leader, index.
        CannotBeTold = "raft.ask.cannotBeTold",
        /// A reason. Args: member.
        ForgotCommit = "raft.ask.forgotCommit",
        /// A reason. Args: index, committed term, own term, member.
        OtherThere = "raft.ask.otherThere",
        /// A reason. Args: index, the leader's term there, own term, member.
        OtherHere = "raft.ask.otherHere",
        /// A reason. Args: index, leader, the leader's last index.
        LeaderLacks = "raft.ask.leaderLacks",
        /// A reason. Args: index, snapshot index.
        InSnapshot = "raft.ask.inSnapshot",
        /// A reason. Args: member, last index.
        LogEnds = "raft.ask.logEnds",
        /// A reason. Args: member.
        LogEmpty = "raft.ask.logEmpty",
        /// A reason. Args: member, index.
        EndOfLog = "raft.ask.endOfLog",
        /// A reason. Args: member, leader.
        OnlyLeader = "raft.ask.onlyLeader",
        /// A reason. Args: running, members with a vote, who is not, majority.
        FewUp = "raft.ask.fewUp",
        /// A reason. Args: the largest number that reach each other, members with a vote, majority.
        NoMajorityMeets = "raft.ask.noMajorityMeets",
        /// A reason. Args: member, in how long.
        FirstTimer = "raft.ask.firstTimer",
        /// A reason. Args: leader, index, client.
        InLog = "raft.ask.inLog",
        /// A reason. Args: leader, term.
        ReadTerm = "raft.ask.readTerm",
        /// A reason. Args: leader, how many confirmed, members with a vote, majority.
        ReadRound = "raft.ask.readRound",
        /// A reason. Args: member.
        NothingWaits = "raft.ask.nothingWaits",
        /// A reason. Args: member, how many times.
        SentTo = "raft.ask.sentTo",
        /// A reason. Args: client.
        WaitsForSession = "raft.ask.waitsForSession",
        /// A reason. Args: client, member.
        RequestOnWay = "raft.ask.requestOnWay",
        /// A reason. Args: client, member.
        AnswerOnWay = "raft.ask.answerOnWay",
        /// A reason. Args: member, client.
        TargetDown = "raft.ask.targetDown",
        /// A reason. Args: member, from whom, to whom.
        TargetCut = "raft.ask.targetCut",
        /// A reason.
        AsksAgain = "raft.ask.asksAgain",
    }
}
