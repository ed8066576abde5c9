//! Keys of questions and answers about Paxos.

keys! {
    /// Questions and answers about Paxos.
    PaxosWhyKey in PaxosWhy {
        /// A question.
        AskNothingChosen = "paxos.why.ask.nothingChosen",
        /// A question. Args: value.
        AskChosen = "paxos.why.ask.chosen",
        /// A question. Args: values.
        AskTwoChosen = "paxos.why.ask.twoChosen",
        /// A question. Args: who, ballot.
        AskPromised = "paxos.why.ask.promised",
        /// A question. Args: who.
        AskNotPromised = "paxos.why.ask.notPromised",
        /// A question. Args: who, ballot, value.
        AskAccepted = "paxos.why.ask.accepted",
        /// A question. Args: who.
        AskNotAccepted = "paxos.why.ask.notAccepted",
        /// A question. Args: who, value.
        AskProposes = "paxos.why.ask.proposes",
        /// A question. Args: who.
        AskProposesNothing = "paxos.why.ask.proposesNothing",
        /// A question. Args: who, value.
        AskKnows = "paxos.why.ask.knows",
        /// A question. Args: who.
        AskKnowsNot = "paxos.why.ask.knowsNot",
        /// A question. Args: who.
        AskPreparing = "paxos.why.ask.preparing",
        /// A question. Args: who.
        AskAccepting = "paxos.why.ask.accepting",
        /// A question. Args: who.
        AskBackingOff = "paxos.why.ask.backingOff",
        /// A question. Args: who.
        AskIdle = "paxos.why.ask.idle",
        /// Args: who, what it noted.
        Noted = "paxos.why.noted",
        /// Args: value, ballot, how many hold it, of how many, who.
        Holders = "paxos.why.holders",
        /// Args: value, who knows.
        WasChosen = "paxos.why.wasChosen",
        /// Args: who, what it said.
        Forgot = "paxos.why.forgot",
        /// No args.
        WaitsByLot = "paxos.why.waitsByLot",
        /// No args.
        NobodyWaits = "paxos.why.nobodyWaits",
        /// No args.
        StaysChosen = "paxos.why.staysChosen",
        /// No args.
        DiskForgot = "paxos.why.diskForgot",
        /// No args.
        RuleIsOff = "paxos.why.ruleIsOff",
        /// No args.
        NobodyProposes = "paxos.why.nobodyProposes",
        /// Args: who.
        TheyDuel = "paxos.why.theyDuel",
        /// Args: who is down, how many are up, how many are needed.
        FewUp = "paxos.why.fewUp",
        /// Args: who, ballot.
        Waits = "paxos.why.waits",
        /// Args: who, ballot, how many, of how many, whose.
        HasPromises = "paxos.why.hasPromises",
        /// Args: who, ballot, how many, of how many, whose.
        HasAcceptances = "paxos.why.hasAcceptances",
        /// No args.
        BacksOff = "paxos.why.backsOff",
        /// Args: who.
        NothingLeft = "paxos.why.nothingLeft",
        /// Args: who.
        NobodyAsked = "paxos.why.nobodyAsked",
        /// Args: who, from whom, to whom.
        SilentDown = "paxos.why.silentDown",
        /// Args: who, from whom, to whom.
        SilentPaused = "paxos.why.silentPaused",
        /// Args: who, from whom, to whom.
        SilentCut = "paxos.why.silentCut",
        /// Args: who, whom.
        SilentYet = "paxos.why.silentYet",
        /// Args: acceptor, ballot promised, ballot asked.
        PromisedMore = "paxos.why.promisedMore",
        /// Args: who.
        NobodyAskedIt = "paxos.why.nobodyAskedIt",
        /// Args: who, ballot.
        PromiseMeans = "paxos.why.promiseMeans",
        /// Args: who.
        NobodyAskedToAccept = "paxos.why.nobodyAskedToAccept",
        /// Args: who, what it wanted, what it proposes.
        NotItsOwn = "paxos.why.notItsOwn",
        /// No args.
        NothingToKnow = "paxos.why.nothingToKnow",
        /// Args: who, value, who knows.
        NotTold = "paxos.why.notTold",
        /// Args: value.
        NobodyKnows = "paxos.why.nobodyKnows",
        /// Args: who.
        WillAsk = "paxos.why.willAsk",
        /// Args: who.
        WillNotAsk = "paxos.why.willNotAsk",
    }
}
