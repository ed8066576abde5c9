//! Keys of questions and answers about any world.

keys! {
    /// Why, and why not, whatever runs.
    WhyKey in Why {
        /// A question.
        AskEvent = "why.ask.event",
        /// A question. Args: process.
        AskStatus = "why.ask.status",
        /// A question. Args: process.
        AskDown = "why.ask.down",
        /// A question. Args: process.
        AskPaused = "why.ask.paused",
        /// A question. Args: process.
        AskUnstarted = "why.ask.unstarted",
        /// A question. Args: process, what it was.
        AskCeased = "why.ask.ceased",
        /// A question. Args: sender, receiver, what it says.
        AskMessage = "why.ask.message",
        /// A question. Args: sender, receiver.
        AskGone = "why.ask.gone",
        /// A question. Args: sender, receiver, what it says.
        AskLost = "why.ask.lost",
        /// A question. Args: sender, receiver.
        AskLink = "why.ask.link",
        /// A question. Args: sender, receiver.
        AskLinkSlow = "why.ask.linkSlow",
        /// A question. Args: the check's title.
        AskBroken = "why.ask.broken",
        /// A question. Args: the check's title.
        AskHolds = "why.ask.holds",
        /// A question. Args: the expectation.
        AskExpected = "why.ask.expected",
        /// A question. Args: the expectation.
        AskUnmet = "why.ask.unmet",
        /// A question. Args: the expectation.
        AskOpen = "why.ask.open",
        /// A question. Args: the verb's label.
        AskVerb = "why.ask.verb",
        /// A question. Args: client, the operation.
        AskOperation = "why.ask.operation",
        /// A reason. Args: process, what it decided.
        Said = "why.said",
        /// A reason. Args: process, what it does, without its name.
        Does = "why.does",
        /// A reason.
        Followed = "why.followed",
        /// A reason.
        NoCause = "why.noCause",
        /// A reason.
        ByCommand = "why.byCommand",
        /// A reason.
        SinceThen = "why.sinceThen",
        /// A reason.
        NoAnswer = "why.noAnswer",
        /// A reason. Args: process.
        NotBegun = "why.notBegun",
        /// A reason. Args: when it left, how long it still takes.
        Moving = "why.moving",
        /// A reason. Args: receiver.
        HeldAtDoor = "why.heldAtDoor",
        /// A reason. Args: sender, receiver.
        WaitsClogged = "why.waitsClogged",
        /// A reason. Args: sender.
        WaitsDisk = "why.waitsDisk",
        /// A reason. Args: receiver.
        Delivered = "why.delivered",
        /// A reason.
        NotKnown = "why.notKnown",
        /// A reason. Args: sender, receiver, a share.
        LostChance = "why.lostChance",
        /// A reason. Args: sender, receiver.
        LostBlocked = "why.lostBlocked",
        /// A reason. Args: sender, receiver.
        LostOnTheWay = "why.lostOnTheWay",
        /// A reason. Args: sender.
        LostSenderDied = "why.lostSenderDied",
        /// A reason. Args: sender.
        LostPersist = "why.lostPersist",
        /// A reason.
        LostConnection = "why.lostConnection",
        /// A reason.
        LostOverflow = "why.lostOverflow",
        /// A reason.
        LostByHand = "why.lostByHand",
        /// A reason. Args: receiver.
        LostNobody = "why.lostNobody",
        /// A reason. Args: receiver.
        LostReceiverDown = "why.lostReceiverDown",
        /// A reason. Args: sender, receiver.
        LinkBlocked = "why.linkBlocked",
        /// A reason. Args: sender, receiver.
        LinkClogged = "why.linkClogged",
        /// A reason. Args: receiver.
        LinkHeld = "why.linkHeld",
        /// A reason. Args: sender, receiver, a share.
        LinkLossy = "why.linkLossy",
        /// A reason. Args: sender, receiver.
        LinkFree = "why.linkFree",
        /// A reason.
        CheckHolds = "why.checkHolds",
        /// A reason. Args: what broke it.
        CheckBroke = "why.checkBroke",
        /// A reason.
        CheckMeant = "why.checkMeant",
        /// A reason. Args: when.
        ExpectMet = "why.expectMet",
        /// A reason. Args: when.
        ExpectBroken = "why.expectBroken",
        /// A reason.
        ExpectOpen = "why.expectOpen",
        /// A reason.
        VerbFree = "why.verbFree",
    }
}
