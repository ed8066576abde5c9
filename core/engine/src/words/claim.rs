//! Keys of what can be said of a run: predicates in words.

keys! {
    /// What a scenario expects, or a reader waits for.
    ClaimKey in Claim {
        /// A command of the timeline. Args: id, time.
        Command = "claim.command",
        /// Args: claim.
        Eventually = "claim.eventually",
        /// Args: claim, span.
        EventuallyWithin = "claim.eventuallyWithin",
        /// Args: claim, command.
        EventuallyAfter = "claim.eventuallyAfter",
        /// Args: claim, span, command.
        EventuallyAfterWithin = "claim.eventuallyAfterWithin",
        /// Args: claim.
        Always = "claim.always",
        /// Args: claim, span.
        AlwaysWithin = "claim.alwaysWithin",
        /// Args: claim, command.
        AlwaysAfter = "claim.alwaysAfter",
        /// Args: claim, span, command.
        AlwaysAfterWithin = "claim.alwaysAfterWithin",
        /// Args: claim.
        Never = "claim.never",
        /// Args: claim, span.
        NeverWithin = "claim.neverWithin",
        /// Args: claim, command.
        NeverSince = "claim.neverSince",
        /// Args: claim, span, command.
        NeverSinceWithin = "claim.neverSinceWithin",
        /// Args: claim.
        AtEnd = "claim.atEnd",
        /// Args: check.
        Violated = "claim.violated",
        /// Args: check, span.
        ViolatedBy = "claim.violatedBy",
        /// Args: system.
        Leader = "claim.leader",
        /// Args: system, member.
        LeaderIs = "claim.leaderIs",
        /// Args: system.
        NoLeader = "claim.noLeader",
        /// Args: selector, comparison, system.
        Count = "claim.count",
        /// Args: selector, comparison.
        CountAny = "claim.countAny",
        /// Args: fact, comparison, whose.
        Fact = "claim.fact",
        /// Args: key, value, whose.
        Value = "claim.value",
        /// Args: key, whose.
        NoValue = "claim.noValue",
        /// Args: system.
        Chosen = "claim.chosen",
        /// Args: system, value.
        ChosenIs = "claim.chosenIs",
        /// Args: who.
        KnowsChosen = "claim.knowsChosen",
        /// Args: who, value.
        KnowsChosenIs = "claim.knowsChosenIs",
        /// Args: span.
        Passed = "claim.passed",
        /// Args: command.
        Done = "claim.done",
        /// Args: system or check.
        Checks = "claim.checks",
        /// No check of any system.
        AllChecks = "claim.allChecks",
        /// Args: claim, claim.
        And = "claim.and",
        /// Args: claim, claim.
        Or = "claim.or",
        /// A part that has parts. Args: claim.
        Apart = "claim.apart",
        /// Args: claim.
        Not = "claim.not",
        /// A list of no claims, which a file may not say.
        Nothing = "claim.nothing",
        /// Args: number.
        Exactly = "claim.exactly",
        /// Args: number.
        AtLeast = "claim.atLeast",
        /// Args: number.
        AtMost = "claim.atMost",
        /// Args: least, most.
        Between = "claim.between",
        /// Args: number.
        Equals = "claim.equals",
        /// Any number.
        AnyNumber = "claim.anyNumber",
    }
}
