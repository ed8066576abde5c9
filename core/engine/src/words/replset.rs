//! Keys of replica sets.

keys! {
    /// What a replica set and its clients say.
    ReplSetKey in ReplSet {
        /// Args: seconds, ordinal, term.
        OpTime = "replset.optime",
        /// A timer.
        ElectionTimer = "replset.timer.election",
        /// A timer.
        HeartbeatTimer = "replset.timer.heartbeat",
        /// A timer.
        VotesTimer = "replset.timer.votes",
        /// A timer.
        LivenessTimer = "replset.timer.liveness",
        /// A timer.
        PriorityTakeoverTimer = "replset.timer.priorityTakeover",
        /// A timer.
        CatchUpTakeoverTimer = "replset.timer.catchUpTakeover",
        /// A timer.
        CatchUpTimer = "replset.timer.catchUp",
        /// A timer.
        StepDownTimer = "replset.timer.stepDown",
        /// A timer.
        JournalTimer = "replset.timer.journal",
        /// A timer.
        FetchTimer = "replset.timer.fetch",
        /// A timer.
        AwaitTimer = "replset.timer.await",
        /// A timer.
        DelayTimer = "replset.timer.delay",
        /// A timer.
        WriteTimeoutTimer = "replset.timer.writeTimeout",
        /// A timer.
        KeepAliveTimer = "replset.timer.keepAlive",
        /// A timer.
        NoOpTimer = "replset.timer.noOp",
        /// A state.
        StateStartup = "replset.state.startup",
        /// A state.
        StatePrimary = "replset.state.primary",
        /// A state.
        StateSecondary = "replset.state.secondary",
        /// A state.
        StateRecovering = "replset.state.recovering",
        /// A state.
        StateStartup2 = "replset.state.startup2",
        /// A state.
        StateUnknown = "replset.state.unknown",
        /// A state.
        StateArbiter = "replset.state.arbiter",
        /// A state.
        StateDown = "replset.state.down",
        /// A state.
        StateRollback = "replset.state.rollback",
        /// A state.
        StateRemoved = "replset.state.removed",
        /// A kind of message.
        KindHeartbeat = "replset.message.heartbeat",
        /// A kind of message.
        KindPulse = "replset.message.heartbeatReply",
        /// A kind of message.
        KindDryRun = "replset.message.dryRun",
        /// A kind of message.
        KindVoteRequest = "replset.message.requestVotes",
        /// A kind of message.
        KindDryRunVote = "replset.message.dryRunVote",
        /// A kind of message.
        KindVote = "replset.message.vote",
        /// A kind of message.
        KindStepUp = "replset.message.stepUp",
        /// A kind of message.
        KindFind = "replset.message.find",
        /// A kind of message.
        KindGetMore = "replset.message.getMore",
        /// A kind of message.
        KindBatch = "replset.message.batch",
        /// A kind of message.
        KindFindBack = "replset.message.findBack",
        /// A kind of message.
        KindBack = "replset.message.back",
        /// A kind of message.
        KindPosition = "replset.message.updatePosition",
        /// A kind of message.
        KindClone = "replset.message.clone",
        /// A kind of message.
        KindPiece = "replset.message.piece",
        /// A kind of message.
        KindHello = "replset.message.hello",
        /// A kind of message.
        KindGreeting = "replset.message.greeting",
        /// A kind of message.
        KindRequest = "replset.message.request",
        /// A kind of message.
        KindResponse = "replset.message.response",
        /// Args: state, last applied optime.
        CardPulse = "replset.card.pulse",
        /// Args: term.
        CardDryRun = "replset.card.dryRun",
        /// Args: term.
        CardVoteRequest = "replset.card.requestVotes",
        /// Args: term.
        CardAye = "replset.card.aye",
        /// Args: term.
        CardNay = "replset.card.nay",
        /// Args: optime.
        CardFind = "replset.card.find",
        /// Args: optime.
        CardGetMore = "replset.card.getMore",
        /// Args: how many.
        CardBatch = "replset.card.batch",
        /// The source is behind.
        CardBehind = "replset.card.behind",
        /// The oplogs differ.
        CardDiverged = "replset.card.diverged",
        /// The oplog begins later.
        CardTooOld = "replset.card.tooOld",
        /// Not primary or secondary.
        CardUnreadable = "replset.card.unreadable",
        /// Args: how many.
        CardBack = "replset.card.back",
        /// Args: of how many.
        CardPosition = "replset.card.position",
        /// Args: how many.
        CardPiece = "replset.card.piece",
        /// Args: state.
        CardGreeting = "replset.card.greeting",
        /// Args: operation.
        CardWrite = "replset.card.write",
        /// Args: operation.
        CardWriteMajority = "replset.card.writeMajority",
        /// Args: operation, how many.
        CardWriteMembers = "replset.card.writeMembers",
        /// Args: key, read concern.
        CardRead = "replset.card.read",
        /// Args: outcome.
        ReplyUnacknowledged = "replset.reply.unacknowledged",
        /// Args: who may be.
        ReplyNotPrimaryAsk = "replset.reply.notPrimaryAsk",
        /// None is known.
        ReplyNotPrimary = "replset.reply.notPrimary",
        /// An answer.
        ReplyNotReadable = "replset.reply.notReadable",
        /// An answer.
        ReplyInterrupted = "replset.reply.interrupted",
        /// An answer.
        ReplyUnsatisfiable = "replset.reply.unsatisfiable",
        /// An answer.
        ReplyTooOld = "replset.reply.tooOld",
        /// An answer.
        ReplyBusy = "replset.reply.busy",
        /// An answer.
        ReplyTooLarge = "replset.reply.tooLarge",
        /// Why a configuration is refused.
        ConfigNoMembers = "replset.config.noMembers",
        /// Args: how many, the most.
        ConfigTooManyMembers = "replset.config.tooManyMembers",
        /// Args: how many, the most.
        ConfigTooManyVoters = "replset.config.tooManyVoters",
        /// Why a configuration is refused.
        ConfigNoVoters = "replset.config.noVoters",
        /// Why a configuration is refused.
        ConfigNoElectable = "replset.config.noElectable",
        /// Args: the id.
        ConfigSameId = "replset.config.sameId",
        /// Args: who.
        ConfigSameHost = "replset.config.sameHost",
        /// Args: who.
        ConfigPriorityRange = "replset.config.priorityRange",
        /// Args: who.
        ConfigPriorityWithoutVote = "replset.config.priorityWithoutVote",
        /// Args: who.
        ConfigArbiterPriority = "replset.config.arbiterPriority",
        /// Args: who.
        ConfigArbiterWithoutVote = "replset.config.arbiterWithoutVote",
        /// Args: who.
        ConfigHiddenPriority = "replset.config.hiddenPriority",
        /// Args: who.
        ConfigDelayedPriority = "replset.config.delayedPriority",
        /// Args: who.
        ConfigArbiterDelay = "replset.config.arbiterDelay",
        /// Args: who, the most seconds.
        ConfigDelay = "replset.config.delay",
        /// Args: who, the most tags, the most bytes of a name or value.
        ConfigTags = "replset.config.tags",
        /// Args: its name.
        ConfigNoTime = "replset.config.noTime",
        /// Args: state, last optime.
        Starts = "replset.starts",
        /// It stops.
        DiskFailed = "replset.diskFailed",
        /// Args: who, for how long.
        MarksDown = "replset.marksDown",
        /// Args: who, state.
        SeesState = "replset.seesState",
        /// Args: who, term.
        SeesPrimary = "replset.seesPrimary",
        /// Args: term, from whom, its own before.
        LearnsTerm = "replset.learnsTerm",
        /// Args: term, from whom.
        StepsDownForTerm = "replset.stepsDownForTerm",
        /// Args: how many it sees, for how long.
        StepsDownAlone = "replset.stepsDownAlone",
        /// Args: how long it rests.
        StepsDownOnOrder = "replset.stepsDownOnOrder",
        /// By a configuration.
        StepsDownRemoved = "replset.stepsDownRemoved",
        /// Args: how many.
        Interrupts = "replset.interrupts",
        /// Args: optime.
        Interrupted = "replset.interrupted",
        /// Args: to whom.
        HandsOver = "replset.handsOver",
        /// A step-down is given up.
        NobodyCaughtUp = "replset.nobodyCaughtUp",
        /// Args: within which time.
        WillStepDown = "replset.willStepDown",
        /// A command is refused.
        StepsDownAlready = "replset.stepsDownAlready",
        /// A command is refused.
        StepDownTooShort = "replset.stepDownTooShort",
        /// A command is refused.
        NotPrimary = "replset.notPrimary",
        /// A command is refused.
        IsPrimary = "replset.isPrimary",
        /// A command is refused.
        CannotStand = "replset.cannotStand",
        /// A command is taken up.
        WillStand = "replset.willStand",
        /// Args: how long.
        IsFrozen = "replset.isFrozen",
        /// A command is refused.
        NotCatchingUp = "replset.notCatchingUp",
        /// A command is taken up.
        CatchUpAborted = "replset.catchUpAborted",
        /// Why it does not stand.
        NotElectable = "replset.notElectable",
        /// Args: state.
        NotSecondary = "replset.notSecondary",
        /// Args: how long still.
        Frozen = "replset.frozen",
        /// Args: how many, of how many.
        SeesNoMajority = "replset.seesNoMajority",
        /// Args: why.
        DoesNotStand = "replset.doesNotStand",
        /// Args: for how long, term.
        DryRunTimeout = "replset.dryRunTimeout",
        /// Args: term.
        DryRunPriority = "replset.dryRunPriority",
        /// Args: term.
        DryRunCatchUp = "replset.dryRunCatchUp",
        /// Args: term.
        Stands = "replset.stands",
        /// Args: term.
        LosesDryRun = "replset.losesDryRun",
        /// Args: term.
        LosesElection = "replset.losesElection",
        /// Args: how many, how many are needed.
        HasVotes = "replset.hasVotes",
        /// Args: term.
        KeepsOwnVote = "replset.keepsOwnVote",
        /// Args: term, ayes, voters.
        Wins = "replset.wins",
        /// Args: for whom, term.
        WouldVote = "replset.wouldVote",
        /// Args: for whom, term.
        Votes = "replset.votes",
        /// Args: candidate, term asked, its own term.
        NayOldTerm = "replset.nay.oldTerm",
        /// Args: candidate, term.
        NayNoConfig = "replset.nay.noConfig",
        /// Args: candidate, term, state.
        NayState = "replset.nay.state",
        /// Args: candidate, term, its own version.
        NayOldConfig = "replset.nay.oldConfig",
        /// Args: candidate, term, the candidate's optime, its own.
        NayBehind = "replset.nay.behind",
        /// Args: candidate, term, for whom it voted.
        NayVoted = "replset.nay.voted",
        /// Args: candidate, term, primary.
        NayArbiter = "replset.nay.arbiter",
        /// Args: by whom.
        AskedToStepUp = "replset.askedToStepUp",
        /// Args: primary, how long it waits.
        WillTakeOver = "replset.willTakeOver",
        /// Args: primary.
        TakesOver = "replset.takesOver",
        /// Args: its optime, the primary's.
        TooFarBehind = "replset.tooFarBehind",
        /// Args: primary, how long it waits.
        IsAhead = "replset.isAhead",
        /// Args: its optime, the newest.
        CatchesUp = "replset.catchesUp",
        /// The time is over.
        CatchUpEnds = "replset.catchUpEnds",
        /// Args: term, optime of its first operation.
        TakesWrites = "replset.takesWrites",
        /// Args: optime.
        Commits = "replset.commits",
        /// Args: operation, optime.
        Writes = "replset.writes",
        /// Args: client, number.
        DoneBefore = "replset.doneBefore",
        /// Args: client, why.
        RefusesWrite = "replset.refusesWrite",
        /// Args: client, why.
        NobodyAcknowledges = "replset.nobodyAcknowledges",
        /// Args: optime, client.
        Acknowledges = "replset.acknowledges",
        /// Args: optime.
        WriteTimesOut = "replset.writeTimesOut",
        /// Args: client, why.
        RefusesRead = "replset.refusesRead",
        /// Args: key, optime.
        ReadsCommitted = "replset.readsCommitted",
        /// Args: key, optime.
        ReadsLocal = "replset.readsLocal",
        /// Args: key, optime.
        ConfirmsRead = "replset.confirmsRead",
        /// Args: source, why.
        ChoosesSource = "replset.choosesSource",
        /// Why a source.
        SourceForced = "replset.source.forced",
        /// Why a source.
        SourcePrimary = "replset.source.primary",
        /// Why a source.
        SourceNoChaining = "replset.source.noChaining",
        /// Why a source.
        SourceNearest = "replset.source.nearest",
        /// Why a source.
        SourceSecondPass = "replset.source.secondPass",
        /// It looks again.
        SeeksSource = "replset.seeksSource",
        /// Args: new source, old one.
        FindsNearer = "replset.findsNearer",
        /// Args: source, why.
        LeavesSource = "replset.leavesSource",
        /// Why it leaves its source.
        LeaveRemoved = "replset.leave.removed",
        /// Why it leaves its source.
        LeaveNotPrimary = "replset.leave.notPrimary",
        /// Why it leaves its source.
        LeaveLags = "replset.leave.lags",
        /// Why it leaves its source.
        LeaveIdle = "replset.leave.idle",
        /// Why it leaves its source.
        LeaveBehind = "replset.leave.behind",
        /// Why it leaves its source.
        LeaveUnreadable = "replset.leave.unreadable",
        /// Why it leaves its source.
        LeaveSilent = "replset.leave.silent",
        /// Why it leaves its source.
        LeaveTooOld = "replset.leave.tooOld",
        /// Args: who.
        CannotSyncFrom = "replset.cannotSyncFrom",
        /// A command is refused.
        DoesNotSync = "replset.doesNotSync",
        /// Args: from whom.
        WillSyncFrom = "replset.willSyncFrom",
        /// Args: whom it was to sync from.
        SourceNotSet = "replset.sourceNotSet",
        /// Args: how many, the last optime.
        Applies = "replset.applies",
        /// Args: its last optime.
        TooStale = "replset.tooStale",
        /// Args: source.
        GoesOnDiverged = "replset.goesOnDiverged",
        /// It can be read from.
        BecomesSecondary = "replset.becomesSecondary",
        /// Args: its last optime, source.
        FindsDiverged = "replset.findsDiverged",
        /// Args: how many, the common point, source.
        RolledBack = "replset.rolledBack",
        /// It stops.
        RollbackTooFar = "replset.rollbackTooFar",
        /// Args: source.
        BeginsSync = "replset.beginsSync",
        /// Args: how many, source.
        TakesPiece = "replset.takesPiece",
        /// Args: where its oplog begins, up to where it must get.
        Copied = "replset.copied",
        /// Args: optime.
        Synced = "replset.synced",
        /// Args: who.
        NoSuchMember = "replset.noSuchMember",
        /// Args: version.
        ForcesConfig = "replset.forcesConfig",
        /// Args: version.
        ConfigForced = "replset.configForced",
        /// A command is refused.
        ReconfigUnderWay = "replset.reconfigUnderWay",
        /// A command is refused.
        PrimaryMustStay = "replset.primaryMustStay",
        /// Args: how many.
        TooManyChanges = "replset.tooManyChanges",
        /// A reconfiguration waits.
        ReconfigWaits = "replset.reconfigWaits",
        /// A command is taken up.
        ReconfigTaken = "replset.reconfigTaken",
        /// Args: version, term.
        Reconfigures = "replset.reconfigures",
        /// Args: version, from whom.
        LearnsConfig = "replset.learnsConfig",
        /// Args: state.
        JoinsSet = "replset.joinsSet",
        /// It left.
        IsRemoved = "replset.isRemoved",
        /// Args: to whom.
        GivesVote = "replset.givesVote",
        /// Args: rule.
        RuleOn = "replset.ruleOn",
        /// Args: rule.
        RuleOff = "replset.ruleOff",
        /// A driver's timer.
        DriverHelloTimer = "replset.timer.hello",
        /// A driver's timer.
        DriverNextTimer = "replset.timer.next",
        /// A driver's timer.
        DriverDueTimer = "replset.timer.due",
        /// Args: member, state.
        DriverSees = "replset.driver.sees",
        /// Args: member.
        DriverForgets = "replset.driver.forgets",
        /// Args: member, its term, the newest term.
        DriverStale = "replset.driver.stale",
        /// Args: number, operation, to whom.
        DriverSends = "replset.driver.sends",
        /// Args: number, to whom.
        DriverRetries = "replset.driver.retries",
        /// Args: number.
        DriverSelects = "replset.driver.selects",
        /// Args: number, answer.
        DriverDone = "replset.driver.done",
        /// Args: number.
        DriverFails = "replset.driver.fails",
        /// Args: how many.
        DriverBusy = "replset.driver.busy",
        /// Args: number, operation.
        DriverIssued = "replset.driver.issued",
    }
}
