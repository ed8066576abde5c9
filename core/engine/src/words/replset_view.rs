//! Keys of what a replica set and its drivers show of themselves.

keys! {
    /// What a replica set and its drivers show of themselves, and what is said of their part of the file.
    ReplSetViewKey in ReplSetView {
        /// A role.
        DryRuns = "replset.view.dryRuns",
        /// A role.
        Candidate = "replset.view.candidate",
        /// A caption.
        StepsDown = "replset.view.stepsDown",
        /// A caption.
        CatchesUp = "replset.view.catchesUp",
        /// A caption.
        TakesWrites = "replset.view.takesWrites",
        /// A caption. Args: how many.
        ClientsWait = "replset.view.clientsWait",
        /// A caption. Args: source.
        ComparesWith = "replset.view.comparesWith",
        /// A caption. Args: source.
        CopiesFrom = "replset.view.copiesFrom",
        /// A caption. Args: source.
        SyncsFrom = "replset.view.syncsFrom",
        /// A caption. Args: primary.
        SeesPrimary = "replset.view.seesPrimary",
        /// A caption. Args: candidate.
        VotedFor = "replset.view.votedFor",
        /// A caption.
        WaitsOutside = "replset.view.waitsOutside",
        /// A caption.
        SeeksSource = "replset.view.seeksSource",
        /// A caption.
        SeesNobody = "replset.view.seesNobody",
        /// A badge. Args: how many entries.
        BadgeRolledBack = "replset.view.badge.rolledBack",
        /// A badge. Args: by how long.
        BadgeDelayed = "replset.view.badge.delayed",
        /// A badge.
        BadgeHidden = "replset.view.badge.hidden",
        /// A badge.
        BadgeNewlyAdded = "replset.view.badge.newlyAdded",
        /// A badge.
        BadgeNoVote = "replset.view.badge.noVote",
        /// A caption. Args: how many operations.
        DriverSeeks = "replset.view.driverSeeks",
        /// A label.
        PrimaryField = "replset.field.primary",
        /// A label.
        SourceField = "replset.field.source",
        /// A label.
        StateField = "replset.field.state",
        /// A label.
        LastApplied = "replset.field.lastApplied",
        /// A label.
        LastDurable = "replset.field.lastDurable",
        /// A label.
        CommitPoint = "replset.field.commitPoint",
        /// A label.
        LastWrite = "replset.field.lastWrite",
        /// A label.
        OplogLength = "replset.field.oplogLength",
        /// A fact.
        Lag = "replset.fact.lag",
        /// A fact.
        LagSecs = "replset.fact.lagSecs",
        /// A fact.
        Rollbacks = "replset.fact.rollbacks",
        /// A fact.
        RolledBackEntries = "replset.fact.rolledBack",
        /// A fact.
        Agreeing = "replset.fact.agreeing",
        /// A label.
        NewestField = "replset.field.newest",
        /// A label.
        WaitingClients = "replset.field.waiting",
        /// A label.
        SeenField = "replset.field.seen",
        /// A label.
        MembersField = "replset.field.members",
        /// A label.
        VotersField = "replset.field.voters",
        /// A label.
        MajorityVotes = "replset.field.majorityVotes",
        /// A label.
        WriteMajority = "replset.field.writeMajority",
        /// A label.
        PrioritiesField = "replset.field.priorities",
        /// A label.
        ConfigVersion = "replset.field.configVersion",
        /// A label.
        NewerConfig = "replset.field.newerConfig",
        /// A label.
        JournalField = "replset.field.journal",
        /// A label.
        StableField = "replset.field.stable",
        /// A label.
        RolledBackField = "replset.field.rolledBack",
        /// A label.
        PlacesField = "replset.field.places",
        /// A label.
        PositionsField = "replset.field.positions",
        /// A label.
        AfterKey = "replset.field.afterKey",
        /// A label.
        AfterField = "replset.field.after",
        /// A label.
        EntriesField = "replset.field.entries",
        /// A label.
        DocumentsField = "replset.field.documents",
        /// A label.
        HostsField = "replset.field.hosts",
        /// A label.
        ServersField = "replset.field.servers",
        /// A label.
        WriteConcernField = "replset.field.writeConcern",
        /// A label.
        ReadConcernField = "replset.field.readConcern",
        /// A label.
        ReadField = "replset.field.read",
        /// A label.
        ReadFromField = "replset.field.readFrom",
        /// A label.
        TxnField = "replset.field.txn",
        /// A label.
        OperationTime = "replset.field.operationTime",
        /// A label.
        AcknowledgedField = "replset.field.acknowledged",
        /// Args: client, optime.
        WaitsFor = "replset.view.waitsFor",
        /// Args: member, state, how long ago.
        SeenOne = "replset.view.seenOne",
        /// Args: member, state.
        ServerIs = "replset.view.serverIs",
        /// Args: version, term.
        ConfigIs = "replset.view.configIs",
        /// Args: version.
        ConfigForced = "replset.view.configForced",
        /// Args: member, priority.
        PriorityOf = "replset.view.priorityOf",
        /// Args: candidate, term.
        VoteIs = "replset.view.voteIs",
        /// Args: entry, optime.
        EntryAt = "replset.view.entryAt",
        /// Args: how many.
        AndMore = "replset.view.andMore",
        /// Args: common point, source, entries.
        RollbackIs = "replset.view.rollbackIs",
        /// Args: member, applied, durable.
        PositionIs = "replset.view.positionIs",
        /// Args: w.
        ConcernW = "replset.view.concernW",
        /// Args: w, j.
        ConcernJ = "replset.view.concernJ",
        /// Args: w, timeout.
        ConcernTimeout = "replset.view.concernTimeout",
        /// Args: w, j, timeout.
        ConcernBoth = "replset.view.concernBoth",
        /// Who may answer.
        FromSecondaries = "replset.view.fromSecondaries",
        /// Who may answer.
        FromPrimary = "replset.view.fromPrimary",
        /// By whom.
        ByMajority = "replset.view.byMajority",
        /// By whom.
        ByFewer = "replset.view.byFewer",
        /// An entry.
        EntryInitiate = "replset.entry.initiate",
        /// An entry.
        EntryNewPrimary = "replset.entry.newPrimary",
        /// An entry.
        EntryPeriodic = "replset.entry.periodic",
        /// An entry.
        EntryRead = "replset.entry.read",
        /// An entry.
        EntryReconfig = "replset.entry.reconfig",
        /// What a message asks for.
        AsksDryRun = "replset.view.asksDryRun",
        /// What a message asks for.
        AsksVote = "replset.view.asksVote",
        /// What a message asks for.
        AsksToStand = "replset.view.asksToStand",
        /// What a message asks for.
        AsksBack = "replset.view.asksBack",
        /// What a message asks for.
        AsksClone = "replset.view.asksClone",
        /// What a message asks for.
        AsksHello = "replset.view.asksHello",
        /// What a message asks for.
        AsksMore = "replset.view.asksMore",
        /// What a message asks for.
        AsksFind = "replset.view.asksFind",
        /// What a message answers.
        AnswersWould = "replset.view.answersWould",
        /// What a message answers.
        AnswersAye = "replset.view.answersAye",
        /// What a message answers.
        AnswersNay = "replset.view.answersNay",
        /// What a message answers.
        AnswersBeginning = "replset.view.answersBeginning",
        /// What a message answers.
        AnswersLastPiece = "replset.view.answersLastPiece",
        /// What a message answers.
        FoundHere = "replset.view.foundHere",
        /// What a message answers.
        FoundBehind = "replset.view.foundBehind",
        /// What a message answers.
        FoundDiverged = "replset.view.foundDiverged",
        /// What a message answers.
        FoundTooOld = "replset.view.foundTooOld",
        /// What a message answers.
        FoundUnreadable = "replset.view.foundUnreadable",
        /// A sentence. Args: who, optime.
        DiskHas = "replset.tell.diskHas",
        /// A sentence. Args: who.
        TimedOut = "replset.tell.timedOut",
        /// A sentence. Args: who.
        Beats = "replset.tell.beats",
        /// A sentence. Args: who.
        VotesEnd = "replset.tell.votesEnd",
        /// A sentence. Args: who.
        CountsSeen = "replset.tell.countsSeen",
        /// A sentence. Args: who.
        CountedSeen = "replset.tell.countedSeen",
        /// A sentence. Args: who.
        PriorityWaited = "replset.tell.priorityWaited",
        /// A sentence. Args: who.
        CatchUpWaited = "replset.tell.catchUpWaited",
        /// A sentence. Args: who.
        CatchUpEnds = "replset.tell.catchUpEnds",
        /// A sentence. Args: who.
        StepDownEnds = "replset.tell.stepDownEnds",
        /// A sentence. Args: who.
        JournalDue = "replset.tell.journalDue",
        /// A sentence. Args: who.
        SourceAsked = "replset.tell.sourceAsked",
        /// A sentence. Args: who.
        SourceSought = "replset.tell.sourceSought",
        /// A sentence. Args: who.
        AwaitEnds = "replset.tell.awaitEnds",
        /// A sentence. Args: who.
        DelayDue = "replset.tell.delayDue",
        /// A sentence. Args: who.
        WriteTimeoutEnds = "replset.tell.writeTimeoutEnds",
        /// A sentence. Args: who.
        TellsPosition = "replset.tell.tellsPosition",
        /// A sentence. Args: who.
        NoOpDue = "replset.tell.noOpDue",
        /// A sentence. Args: who, from whom.
        GetsHeartbeat = "replset.tell.getsHeartbeat",
        /// A sentence. Args: who, from whom, state, optime.
        GetsPulse = "replset.tell.getsPulse",
        /// A sentence. Args: who, by whom, term.
        AskedDryRun = "replset.tell.askedDryRun",
        /// A sentence. Args: who, by whom, term.
        AskedVote = "replset.tell.askedVote",
        /// A sentence. Args: who, by whom.
        ToldToStand = "replset.tell.toldToStand",
        /// A sentence. Args: who, by whom, optime.
        AskedMore = "replset.tell.askedMore",
        /// A sentence. Args: who, by whom, optime.
        AskedFind = "replset.tell.askedFind",
        /// A sentence. Args: who, from whom.
        GetsNothing = "replset.tell.getsNothing",
        /// A sentence. Args: who, from whom, how many.
        GetsEntries = "replset.tell.getsEntries",
        /// A sentence. Args: who, from whom.
        GetsBehind = "replset.tell.getsBehind",
        /// A sentence. Args: who, from whom.
        GetsDiverged = "replset.tell.getsDiverged",
        /// A sentence. Args: who, from whom.
        GetsTooOld = "replset.tell.getsTooOld",
        /// A sentence. Args: who, from whom.
        GetsUnreadable = "replset.tell.getsUnreadable",
        /// A sentence. Args: who, by whom.
        AskedBack = "replset.tell.askedBack",
        /// A sentence. Args: who, from whom, how many.
        GetsBack = "replset.tell.getsBack",
        /// A sentence. Args: who, from whom, how many.
        GetsPositions = "replset.tell.getsPositions",
        /// A sentence. Args: who, by whom.
        AskedClone = "replset.tell.askedClone",
        /// A sentence. Args: who, from whom, how many.
        GetsPiece = "replset.tell.getsPiece",
        /// A sentence. Args: who, by whom.
        AskedHello = "replset.tell.askedHello",
        /// A sentence. Args: who, by whom, operation.
        AskedOperation = "replset.tell.askedOperation",
        /// A sentence. Args: who, from whom, term.
        GetsNay = "replset.tell.getsNay",
        /// A sentence. Args: who, from whom, term.
        GetsWould = "replset.tell.getsWould",
        /// A sentence. Args: who, from whom, term.
        GetsAye = "replset.tell.getsAye",
        /// A sentence. Args: who, from whom, how many, how many are needed.
        GetsWouldCounted = "replset.tell.getsWouldCounted",
        /// A sentence. Args: who, from whom, how many, how many are needed.
        GetsAyeCounted = "replset.tell.getsAyeCounted",
        /// What a shape stands for.
        ShapeOplog = "replset.shape.oplog",
        /// What a shape stands for.
        ShapeElection = "replset.shape.election",
        /// What a shape stands for.
        ShapeSync = "replset.shape.sync",
        /// What a shape stands for.
        ShapeDriver = "replset.shape.driver",
        /// What a shape stands for.
        ShapeControl = "replset.shape.control",
        /// A verb.
        VerbStepDown = "replset.verb.stepDown",
        /// A verb.
        VerbStepUp = "replset.verb.stepUp",
        /// A verb.
        VerbFreeze = "replset.verb.freeze",
        /// A verb.
        VerbSyncFrom = "replset.verb.syncFrom",
        /// A verb.
        VerbPriority = "replset.verb.priority",
        /// A verb.
        VerbRemove = "replset.verb.remove",
        /// A verb.
        VerbWrite = "replset.verb.write",
        /// A verb.
        VerbRead = "replset.verb.read",
        /// What is asked before a verb.
        AskSecs = "replset.ask.secs",
        /// What is asked before a verb.
        AskSource = "replset.ask.source",
        /// What is asked before a verb.
        AskPriority = "replset.ask.priority",
        /// What is asked before a verb.
        AskW = "replset.ask.w",
        /// What is asked before a verb.
        AskReadConcern = "replset.ask.readConcern",
        /// What is asked before a verb.
        AskReadPreference = "replset.ask.readPreference",
        /// An order. Args: who, for how long.
        SayStepDown = "replset.say.stepDown",
        /// An order. Args: who.
        SayStepUp = "replset.say.stepUp",
        /// An order. Args: who, for how long.
        SayFreeze = "replset.say.freeze",
        /// An order. Args: who.
        SayAbortCatchUp = "replset.say.abortCatchUp",
        /// An order. Args: who, from whom.
        SaySyncFrom = "replset.say.syncFrom",
        /// An order. Args: who.
        SayReconfig = "replset.say.reconfig",
        /// An order. Args: who, whom.
        SayAdd = "replset.say.add",
        /// An order. Args: who, whom.
        SayRemove = "replset.say.remove",
        /// A goal. Args: system.
        GoalPrimary = "replset.goal.primary",
        /// A goal. Args: system.
        GoalPrimaryIs = "replset.goal.primaryIs",
        /// A goal. Args: system.
        GoalNoPrimary = "replset.goal.noPrimary",
        /// A goal. Args: system.
        GoalTwoPrimaries = "replset.goal.twoPrimaries",
        /// A goal. Args: system.
        GoalCandidate = "replset.goal.candidate",
        /// A goal. Args: system.
        GoalRollback = "replset.goal.rollback",
        /// A goal. Args: system.
        GoalSyncs = "replset.goal.syncs",
        /// A goal. Args: system.
        GoalAllAgree = "replset.goal.allAgree",
        /// A goal. Args: system.
        GoalValue = "replset.goal.value",
        /// A goal. Args: system.
        GoalViolation = "replset.goal.violation",
        /// A problem. Args: a field, another.
        ConfigAndField = "replset.spec.configAndField",
        /// A problem.
        DefaultConcern = "replset.spec.defaultConcern",
        /// A problem.
        StalenessShort = "replset.spec.stalenessShort",
        /// A problem.
        LinearizableElsewhere = "replset.spec.linearizableElsewhere",
        /// Args: how long it rests, how long it waits, in seconds.
        RestsTooShort = "replset.restsTooShort",
        /// A problem. Args: line, column, found, expected.
        PasteSlip = "replset.paste.slip",
        /// A problem. Args: line, column, found, expected, what the text calls the member.
        PasteMemberSlip = "replset.paste.memberSlip",
        /// Found.
        PasteFoundEnd = "replset.paste.found.end",
        /// Found. Args: text.
        PasteFoundThis = "replset.paste.found.this",
        /// Found. Args: name.
        PasteFoundMissing = "replset.paste.found.missing",
        /// Found.
        PasteFoundNobody = "replset.paste.found.nobody",
        /// Expected.
        PasteValue = "replset.paste.expect.value",
        /// Expected.
        PasteKey = "replset.paste.expect.key",
        /// Expected.
        PasteColon = "replset.paste.expect.colon",
        /// Expected.
        PasteCommaOrBrace = "replset.paste.expect.commaOrBrace",
        /// Expected.
        PasteCommaOrBracket = "replset.paste.expect.commaOrBracket",
        /// Expected.
        PasteParenthesis = "replset.paste.expect.parenthesis",
        /// Expected.
        PasteEndOfText = "replset.paste.expect.endOfText",
        /// Expected.
        PasteEndOfString = "replset.paste.expect.endOfString",
        /// Expected.
        PasteEndOfComment = "replset.paste.expect.endOfComment",
        /// Expected.
        PasteEscape = "replset.paste.expect.escape",
        /// Expected.
        PasteArgument = "replset.paste.expect.argument",
        /// Expected.
        PasteFewerLevels = "replset.paste.expect.fewerLevels",
        /// Expected.
        PasteFewerValues = "replset.paste.expect.fewerValues",
        /// Expected.
        PasteFewerFields = "replset.paste.expect.fewerFields",
        /// Expected.
        PasteShorterText = "replset.paste.expect.shorterText",
        /// Expected.
        PasteMap = "replset.paste.expect.map",
        /// Expected.
        PasteList = "replset.paste.expect.list",
        /// Expected.
        PasteText = "replset.paste.expect.text",
        /// Expected.
        PasteSomeText = "replset.paste.expect.someText",
        /// Expected.
        PasteBool = "replset.paste.expect.bool",
        /// Expected. Args: the least, the most.
        PasteWhole = "replset.paste.expect.whole",
        /// Expected.
        PasteDecimal = "replset.paste.expect.decimal",
        /// Expected. Args: the fields.
        PasteKnownField = "replset.paste.expect.knownField",
        /// Expected.
        PasteFieldOnce = "replset.paste.expect.fieldOnce",
        /// Expected.
        PasteVotes = "replset.paste.expect.votes",
        /// Expected.
        PasteVersion = "replset.paste.expect.version",
        /// Expected.
        PasteProtocol = "replset.paste.expect.protocol",
        /// Expected.
        PasteHost = "replset.paste.expect.host",
        /// Expected.
        PasteHostOfMember = "replset.paste.expect.hostOfMember",
        /// Expected.
        PasteHostOnce = "replset.paste.expect.hostOnce",
        /// Expected.
        PasteNameOnce = "replset.paste.expect.nameOnce",
        /// Expected.
        PasteIdOnce = "replset.paste.expect.idOnce",
        /// Expected.
        PasteField = "replset.paste.expect.field",
        /// Expected. Args: how many.
        PasteAsManyMembers = "replset.paste.expect.asManyMembers",
        /// Expected. Args: the most.
        PasteMembersAtMost = "replset.paste.expect.membersAtMost",
        /// Expected. Args: the most.
        PasteVotersAtMost = "replset.paste.expect.votersAtMost",
        /// Expected.
        PasteVoter = "replset.paste.expect.voter",
        /// Expected.
        PasteElectable = "replset.paste.expect.electable",
        /// Expected.
        PasteNoPriorityWithoutVote = "replset.paste.expect.noPriorityWithoutVote",
        /// Expected.
        PasteNoPriorityOfArbiter = "replset.paste.expect.noPriorityOfArbiter",
        /// Expected.
        PasteNoPriorityHidden = "replset.paste.expect.noPriorityHidden",
        /// Expected.
        PasteNoPriorityDelayed = "replset.paste.expect.noPriorityDelayed",
        /// Expected.
        PasteVoteOfArbiter = "replset.paste.expect.voteOfArbiter",
        /// Expected.
        PasteNoDelayOfArbiter = "replset.paste.expect.noDelayOfArbiter",
        /// Expected.
        PasteHostNamed = "replset.paste.expect.hostNamed",
        /// Expected.
        PasteHostLocal = "replset.paste.expect.hostLocal",
        /// Expected.
        PasteNoPriorityWithoutIndexes = "replset.paste.expect.noPriorityWithoutIndexes",
        /// Expected.
        PasteNoTagsOfArbiter = "replset.paste.expect.noTagsOfArbiter",
        /// Expected. Args: the most tags, the most bytes of a name or value.
        PasteTagsAtMost = "replset.paste.expect.tagsAtMost",
    }
}
