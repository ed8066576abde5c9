//! Keys of the headless session: changes to a file from outside it, and what came of a run.

keys! {
    /// What the command line's side of the session says.
    CommandKey in Command {
        /// A change without `=`. Args: its text.
        SetNoEquals = "command.set.noEquals",
        /// A path that cannot be read. Args: the path.
        SetBadPath = "command.set.badPath",
        /// A path that leads nowhere. Args: as far as it goes and its next step.
        SetNoPlace = "command.set.noPlace",
        /// No document is a scenario.
        SetNoScenario = "command.set.noScenario",
        /// Args: check, what broke (phrase), instant.
        CheckBroke = "command.checkBroke",
        /// Args: expectation, why (phrase).
        ExpectationBroken = "command.expectationBroken",
        /// Args: expectation.
        ExpectationOpen = "command.expectationOpen",
        /// Args: events.
        BudgetSpent = "command.budgetSpent",
        /// A command of the timeline was carried out. Args: command.
        CommandTaken = "command.commandTaken",
        /// Something came of the run. Args: who, what (phrase).
        Milestone = "command.milestone",
        /// Args: command, why not (phrase).
        CommandRefused = "command.commandRefused",
    }
}
