//! Keys of questions and answers about Multi-Paxos.

keys! {
    /// Questions and answers about Multi-Paxos.
    MultiPaxosWhyKey in MultiPaxosWhy {
        /// A question. Args: member, slot.
        AskExecutes = "multiPaxos.why.ask.executes",
        /// A question. Args: slot, member.
        AskSlotChosen = "multiPaxos.why.ask.slotChosen",
        /// A question. Args: slot, member.
        AskSlotNotChosen = "multiPaxos.why.ask.slotNotChosen",
        /// A question. Args: slot, member.
        AskSlotNotExecuted = "multiPaxos.why.ask.slotNotExecuted",
        /// A question. Args: member.
        AskNotPromisedBy = "multiPaxos.why.ask.notPromisedBy",
        /// A reason. Args: member, ballot, how many, of how many, who, how many are needed.
        Promised = "multiPaxos.why.promised",
        /// A reason. Args: member, ballot, how many, of how many, how many are needed.
        TooFewPromises = "multiPaxos.why.tooFewPromises",
        /// A reason. Args: member, leader, ballot.
        HearsLeader = "multiPaxos.why.hearsLeader",
        /// A reason. Args: member, leader, ballot.
        FollowsSince = "multiPaxos.why.followsSince",
        /// A reason. Args: member, its ballot, newer leader, newer ballot.
        OlderBallot = "multiPaxos.why.olderBallot",
        /// A reason. Args: member, who.
        NotMember = "multiPaxos.why.notMember",
        /// A reason. Args: running, members, who is not, how many are needed.
        FewUp = "multiPaxos.why.fewUp",
        /// A reason. Args: the most that one reaches, members, how many are needed.
        NoQuorumMeets = "multiPaxos.why.noQuorumMeets",
        /// A reason. Args: slot, how many, of how many, who, how many are needed.
        Holders = "multiPaxos.why.holders",
        /// A reason. Args: slot, ballot, how many, of how many, who, how many are needed.
        TooFewAccepted = "multiPaxos.why.tooFewAccepted",
        /// A reason. Args: slot, last slot collected.
        SlotCollected = "multiPaxos.why.slotCollected",
        /// A reason. Args: slot.
        NobodyCounts = "multiPaxos.why.nobodyCounts",
        /// A reason. Args: leader.
        LeaderCounts = "multiPaxos.why.leaderCounts",
        /// A reason. Args: slot, who.
        KnownBy = "multiPaxos.why.knownBy",
        /// A reason. Args: member, leader.
        TellsNext = "multiPaxos.why.tellsNext",
        /// A reason. Args: member, leader.
        AsksFor = "multiPaxos.why.asksFor",
        /// A reason. Args: member.
        OwnDisk = "multiPaxos.why.ownDisk",
        /// A reason. Args: member, what it says.
        OwnWords = "multiPaxos.why.ownWords",
        /// A reason. Args: member, slot.
        EndOfLog = "multiPaxos.why.endOfLog",
        /// A reason. Args: leader, slot, client.
        InSlot = "multiPaxos.why.inSlot",
        /// A reason. Args: leader, slot.
        WaitsForSlot = "multiPaxos.why.waitsForSlot",
        /// A reason. Args: leader.
        MayCatchUp = "multiPaxos.why.hindrance.catchesUp",
        /// A reason. Args: leader.
        MayWindow = "multiPaxos.why.hindrance.window",
        /// A reason. Args: leader.
        MayAlpha = "multiPaxos.why.hindrance.alpha",
        /// A reason. Args: leader, how many.
        MayPromises = "multiPaxos.why.hindrance.promises",
        /// A reason. Args: leader.
        MayLeaving = "multiPaxos.why.hindrance.leaving",
    }
}
