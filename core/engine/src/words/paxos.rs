//! Keys of Paxos.

keys! {
    /// What Paxos says.
    PaxosKey in Paxos {
        /// A proposer's round.
        RoundTimer = "paxos.timer.round",
        /// The wait after a refusal.
        BackOffTimer = "paxos.timer.backOff",
        /// When a learner asks.
        AskTimer = "paxos.timer.ask",
        /// A role.
        Proposer = "paxos.role.proposer",
        /// A role.
        Acceptor = "paxos.role.acceptor",
        /// A role.
        Learner = "paxos.role.learner",
        /// A proposer in phase 1.
        Preparing = "paxos.role.preparing",
        /// A proposer in phase 2.
        Accepting = "paxos.role.accepting",
        /// A proposer that waits.
        BackingOff = "paxos.role.backingOff",
        /// A kind of message.
        KindPrepare = "paxos.message.prepare",
        /// A kind of message.
        KindPromise = "paxos.message.promise",
        /// A kind of message.
        KindAccept = "paxos.message.accept",
        /// A kind of message.
        KindAccepted = "paxos.message.accepted",
        /// A kind of message.
        KindRefused = "paxos.message.refused",
        /// A kind of message.
        KindChosen = "paxos.message.chosen",
        /// A kind of message.
        KindAsk = "paxos.message.ask",
        /// Args: ballot.
        CardPrepare = "paxos.card.prepare",
        /// Args: ballot.
        CardPromise = "paxos.card.promise",
        /// Args: ballot, ballot accepted, value.
        CardPromiseHas = "paxos.card.promiseHas",
        /// Args: ballot, value.
        CardAccept = "paxos.card.accept",
        /// Args: ballot, value.
        CardAccepted = "paxos.card.accepted",
        /// Args: ballot, ballot promised.
        CardRefused = "paxos.card.refused",
        /// Args: value.
        CardChosen = "paxos.card.chosen",
        /// No args.
        StartsEmpty = "paxos.startsEmpty",
        /// Args: ballot.
        StartsPromised = "paxos.startsPromised",
        /// Args: ballot promised, ballot accepted, value.
        StartsWith = "paxos.startsWith",
        /// Args: value.
        Wishes = "paxos.wishes",
        /// Args: value, the one wanted before.
        WishesInstead = "paxos.wishesInstead",
        /// Args: ballot.
        Prepares = "paxos.prepares",
        /// Args: ballot, proposer.
        Promises = "paxos.promises",
        /// Args: ballot, proposer, ballot accepted, value.
        PromisesHaving = "paxos.promisesHaving",
        /// Args: ballot, proposer, ballot promised.
        RefusesPrepare = "paxos.refusesPrepare",
        /// Args: ballot, proposer, ballot promised.
        RefusesAccept = "paxos.refusesAccept",
        /// Args: ballot, value.
        Accepts = "paxos.accepts",
        /// Args: acceptor, how many are missing.
        PromiseCounted = "paxos.promiseCounted",
        /// Args: acceptor, how many are missing.
        AcceptanceCounted = "paxos.acceptanceCounted",
        /// Args: ballot, value, ballot under which it was accepted.
        Adopts = "paxos.adopts",
        /// Args: ballot, value.
        ProposesOwn = "paxos.proposesOwn",
        /// Args: ballot.
        NothingToPropose = "paxos.nothingToPropose",
        /// Args: value, ballot.
        IsChosen = "paxos.isChosen",
        /// Args: ballot, acceptor, ballot promised.
        Abandons = "paxos.abandons",
        /// Args: ballot.
        RoundTimesOut = "paxos.roundTimesOut",
        /// Args: value, from whom.
        Learns = "paxos.learns",
        /// Args: whom.
        Asks = "paxos.asks",
        /// Args: learner, value.
        TellsLearner = "paxos.tellsLearner",
        /// Args: learner.
        FindsOut = "paxos.findsOut",
        /// No args.
        DiskFailed = "paxos.diskFailed",
        /// No args.
        NoProposer = "paxos.noProposer",
        /// Args: most bytes.
        ValueTooLong = "paxos.valueTooLong",
        /// Args: value.
        ChosenAlready = "paxos.chosenAlready",
        /// Args: value.
        WillPropose = "paxos.willPropose",
        /// Args: value, ballot under way, its value.
        WillProposeNext = "paxos.willProposeNext",
        /// No args.
        AsksNow = "paxos.asksNow",
        /// Args: rule.
        RuleOn = "paxos.ruleOn",
        /// Args: rule.
        RuleOff = "paxos.ruleOff",
    }
}
