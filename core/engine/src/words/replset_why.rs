//! Keys of questions and answers about replica sets and their drivers.

keys! {
    /// Why, and why not, in a replica set.
    ReplSetWhyKey in ReplSetWhy {
        /// A question. Args: member.
        AskPrimary = "replset.why.ask.primary",
        /// A question. Args: member.
        AskBelieves = "replset.why.ask.believes",
        /// A question. Args: member.
        AskNotPrimary = "replset.why.ask.notPrimary",
        /// A question. Args: member.
        AskNotWon = "replset.why.ask.notWon",
        /// A question.
        AskNoPrimary = "replset.why.ask.noPrimary",
        /// A question. Args: how many.
        AskSeveralPrimaries = "replset.why.ask.severalPrimaries",
        /// A question. Args: member.
        AskCommitPoint = "replset.why.ask.commitPoint",
        /// A question. Args: member, source.
        AskSource = "replset.why.ask.source",
        /// A question. Args: member.
        AskNoSource = "replset.why.ask.noSource",
        /// A question. Args: member.
        AskStale = "replset.why.ask.stale",
        /// A question. Args: member.
        AskRolledBack = "replset.why.ask.rolledBack",
        /// A question. Args: place, member.
        AskCommitted = "replset.why.ask.committed",
        /// A question. Args: place, member.
        AskNotCommitted = "replset.why.ask.notCommitted",
        /// A question. Args: driver.
        AskNotAcknowledged = "replset.why.ask.notAcknowledged",
        /// A reason. Args: member, what it noted.
        Noted = "replset.why.noted",
        /// A reason.
        RuleIsOff = "replset.why.ruleIsOff",
        /// A reason. Args: member.
        SilentDown = "replset.why.silentDown",
        /// A reason. Args: member.
        SilentPaused = "replset.why.silentPaused",
        /// A reason. Args: member, from whom, to whom.
        SilentCut = "replset.why.silentCut",
        /// A reason. Args: member.
        IsArbiter = "replset.why.isArbiter",
        /// A reason. Args: member.
        IsCopying = "replset.why.isCopying",
        /// A reason. Args: member.
        IsRollingBack = "replset.why.isRollingBack",
        /// A reason. Args: member.
        IsOutside = "replset.why.isOutside",
        /// A reason. Args: member.
        IsRecovering = "replset.why.isRecovering",
        /// A reason. Args: member, term, optime.
        TakesWrites = "replset.why.takesWrites",
        /// A reason. Args: member.
        StillCatchesUp = "replset.why.stillCatchesUp",
        /// A reason. Args: member, its term, newer primary, its term.
        NotHeard = "replset.why.notHeard",
        /// A reason. Args: member, in how long.
        WillCount = "replset.why.willCount",
        /// A reason.
        NoMajorityAcknowledges = "replset.why.noMajorityAcknowledges",
        /// A reason. Args: member, votes for it, voters, majority, term.
        WouldSoFar = "replset.why.wouldSoFar",
        /// A reason. Args: member, votes for it, voters, majority, term.
        VotesSoFar = "replset.why.votesSoFar",
        /// A reason. Args: voter.
        SaidNo = "replset.why.saidNo",
        /// A reason. Args: member, primary, term.
        SeesPrimary = "replset.why.seesPrimary",
        /// A reason. Args: member, primary.
        NotSeenPrimary = "replset.why.notSeenPrimary",
        /// A reason. Args: member.
        SeesNobody = "replset.why.seesNobody",
        /// A reason. Args: member.
        NeverPrimary = "replset.why.neverPrimary",
        /// A reason. Args: member.
        NewlyAdded = "replset.why.newlyAdded",
        /// A reason. Args: member, how long still.
        IsFrozen = "replset.why.isFrozen",
        /// A reason. Args: member, in how long.
        WillStand = "replset.why.willStand",
        /// A reason.
        NobodyElectable = "replset.why.nobodyElectable",
        /// A reason. Args: how many run, voters, who does not, majority.
        FewUp = "replset.why.fewUp",
        /// A reason. Args: how many meet, voters, majority.
        NoMajorityMeets = "replset.why.noMajorityMeets",
        /// A reason. Args: member, place.
        NoEntry = "replset.why.noEntry",
        /// A reason. Args: member, primary.
        NotToldYet = "replset.why.notToldYet",
        /// A reason. Args: primary, member.
        PrimaryLacks = "replset.why.primaryLacks",
        /// A reason.
        NobodyCounts = "replset.why.nobodyCounts",
        /// A reason. Args: optime, how many, who.
        Held = "replset.why.held",
        /// A reason.
        NeverTakenBack = "replset.why.neverTakenBack",
        /// A reason. Args: primary.
        NewestLacks = "replset.why.newestLacks",
        /// A reason. Args: member, primary.
        LearnsCommit = "replset.why.learnsCommit",
        /// A reason. Args: optime, how many, of how many, who, majority.
        TooFewHold = "replset.why.tooFewHold",
        /// A reason. Args: primary.
        OldTerm = "replset.why.oldTerm",
        /// A reason. Args: who.
        ArbitersHoldNothing = "replset.why.arbitersHoldNothing",
        /// A reason. Args: member, by how long.
        IsDelayed = "replset.why.isDelayed",
        /// A reason. Args: member.
        NotInJournal = "replset.why.notInJournal",
        /// A reason. Args: member, source.
        SoonThere = "replset.why.soonThere",
        /// A reason. Args: member.
        HasNoSource = "replset.why.hasNoSource",
        /// A reason. Args: primary, optime, how many, how many are needed, who.
        WaitsForMembers = "replset.why.waitsForMembers",
        /// A reason. Args: in how long.
        TimesOutIn = "replset.why.timesOutIn",
        /// A reason.
        NoTimeout = "replset.why.noTimeout",
        /// A reason. Args: member, how many, primary.
        Behind = "replset.why.behind",
        /// A reason. Args: member, optime.
        MajorityReadsAt = "replset.why.majorityReadsAt",
        /// A reason.
        ReadFromPrimary = "replset.why.readFromPrimary",
        /// A reason. Args: member, source.
        Chains = "replset.why.chains",
        /// A reason. Args: member, how many, common point, source.
        TookBack = "replset.why.tookBack",
        /// A reason.
        NoMajorityHadIt = "replset.why.noMajorityHadIt",
        /// A reason. Args: member.
        KeptAside = "replset.why.keptAside",
        /// A reason.
        AskMajority = "replset.why.askMajority",
        /// A reason. Args: driver.
        NoPrimaryKnown = "replset.why.noPrimaryKnown",
        /// A reason. Args: driver.
        NoMemberForRead = "replset.why.noMemberForRead",
        /// A reason. Args: driver, to whom, how often, how often at most.
        SentTo = "replset.why.sentTo",
        /// A reason. Args: to whom.
        RequestOnWay = "replset.why.requestOnWay",
        /// A reason. Args: from whom.
        AnswerOnWay = "replset.why.answerOnWay",
        /// A reason. Args: member, source.
        Fetches = "replset.why.fetches",
    }
}
