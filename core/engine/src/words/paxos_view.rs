//! Keys of what a Paxos group shows of itself.

keys! {
    /// What a Paxos group shows of itself.
    PaxosViewKey in PaxosView {
        /// A caption. Args: ballot promised.
        HasPromised = "paxos.view.hasPromised",
        /// A caption. Args: ballot accepted, value.
        HasAccepted = "paxos.view.hasAccepted",
        /// A caption. Args: ballot promised, ballot accepted, value.
        HasBoth = "paxos.view.hasBoth",
        /// A caption. Args: value.
        Proposes = "paxos.view.proposes",
        /// A caption. Args: value.
        Wants = "paxos.view.wants",
        /// A badge. Args: value.
        Knows = "paxos.view.knows",
        /// A label.
        PlaysField = "paxos.field.plays",
        /// A label.
        WishField = "paxos.field.wish",
        /// A label.
        BallotField = "paxos.field.ballot",
        /// A label.
        ProposedField = "paxos.field.proposed",
        /// A label.
        PromisesField = "paxos.field.promises",
        /// A label.
        AcceptancesField = "paxos.field.acceptances",
        /// A label.
        PromisedField = "paxos.field.promised",
        /// A label.
        AcceptedField = "paxos.field.accepted",
        /// A label.
        AcceptedBefore = "paxos.field.acceptedBefore",
        /// A label.
        ChosenField = "paxos.field.chosen",
        /// A label.
        HeardField = "paxos.field.heard",
        /// A label.
        TriedField = "paxos.field.tried",
        /// Args: ballot, value.
        ProposalIs = "paxos.view.proposalIs",
        /// Args: acceptor, ballot, value.
        HeardOne = "paxos.view.heardOne",
        /// Args: value.
        ValueIs = "paxos.view.valueIs",
        /// What a message asks for.
        AsksPromise = "paxos.view.asksPromise",
        /// What a message asks for.
        AsksAccept = "paxos.view.asksAccept",
        /// What a message asks for.
        AsksChosen = "paxos.view.asksChosen",
        /// What a message answers.
        AnswersPromise = "paxos.view.answersPromise",
        /// What a message answers.
        AnswersAccepted = "paxos.view.answersAccepted",
        /// What a message answers.
        AnswersRefused = "paxos.view.answersRefused",
        /// A fact.
        FactRound = "paxos.fact.round",
        /// A fact.
        FactPromised = "paxos.fact.promised",
        /// A fact.
        FactAccepted = "paxos.fact.accepted",
        /// A fact.
        FactChosen = "paxos.fact.chosen",
        /// A fact.
        FactInformed = "paxos.fact.informed",
        /// A sentence. Args: who, from whom, ballot.
        GetsPrepare = "paxos.tell.getsPrepare",
        /// A sentence. Args: who, from whom, ballot.
        GetsPromise = "paxos.tell.getsPromise",
        /// A sentence. Args: who, from whom, ballot, ballot accepted, value.
        GetsPromiseHaving = "paxos.tell.getsPromiseHaving",
        /// A sentence. Args: who, from whom, ballot, value.
        GetsAccept = "paxos.tell.getsAccept",
        /// A sentence. Args: who, from whom, ballot, value.
        GetsAccepted = "paxos.tell.getsAccepted",
        /// A sentence. Args: who, from whom, ballot refused, ballot promised.
        GetsRefused = "paxos.tell.getsRefused",
        /// A sentence. Args: who, from whom, value.
        GetsChosen = "paxos.tell.getsChosen",
        /// A sentence. Args: who, from whom.
        GetsAsk = "paxos.tell.getsAsk",
        /// A sentence. Args: who.
        RoundEnds = "paxos.tell.roundEnds",
        /// A sentence. Args: who.
        HasWaited = "paxos.tell.hasWaited",
        /// A sentence. Args: who.
        WondersStill = "paxos.tell.wondersStill",
        /// A sentence. Args: who, round.
        DiskTried = "paxos.tell.diskTried",
        /// A sentence. Args: who, ballot promised.
        DiskPromised = "paxos.tell.diskPromised",
        /// A sentence. Args: who, ballot promised, ballot accepted, value.
        DiskAccepted = "paxos.tell.diskAccepted",
        /// What a shape stands for.
        ShapePrepare = "paxos.shape.prepare",
        /// What a shape stands for.
        ShapeAccept = "paxos.shape.accept",
        /// What a shape stands for.
        ShapeChosen = "paxos.shape.chosen",
        /// What a shape stands for.
        ShapeAsk = "paxos.shape.ask",
        /// A verb.
        VerbPropose = "paxos.verb.propose",
        /// A verb.
        VerbAsk = "paxos.verb.ask",
        /// What is asked before a verb.
        AskBy = "paxos.ask.by",
        /// A goal. Args: system.
        GoalChosen = "paxos.goal.chosen",
        /// A goal. Args: system.
        GoalChosenIs = "paxos.goal.chosenIs",
        /// A goal. Args: system.
        GoalLearns = "paxos.goal.learns",
        /// A goal. Args: system.
        GoalAllKnow = "paxos.goal.allKnow",
        /// A goal. Args: system.
        GoalPreparing = "paxos.goal.preparing",
        /// A goal. Args: system.
        GoalDuel = "paxos.goal.duel",
        /// A goal. Args: system.
        GoalTwoChosen = "paxos.goal.twoChosen",
        /// A goal. Args: system.
        GoalViolation = "paxos.goal.violation",
    }
}
