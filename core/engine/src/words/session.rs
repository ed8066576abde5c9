//! Keys of the session: transport, branches, links, verbs, and what is shown of any system.

keys! {
    /// What the session says.
    SessionKey in Session {
        /// Not a comparison.
        NoSides = "session.noSides",
        /// Args: its number, from 1.
        NoSuchSide = "session.noSuchSide",
        /// Why another side of a comparison was not given a command.
        FirstSideAlone = "session.firstSideAlone",
        /// A branch without a name of its own. Args: number.
        Branch = "session.branch",
        /// There is no link.
        LinkEmpty = "session.link.empty",
        /// A link's text is too long. Args: its bytes, the most.
        LinkTooLong = "session.link.tooLong",
        /// Not base64url.
        LinkNotText = "session.link.notText",
        /// Another format. Args: its number, ours.
        LinkFormat = "session.link.format",
        /// It inflates beyond the bound. Args: the most bytes.
        LinkTooLarge = "session.link.tooLarge",
        /// Cut off or changed.
        LinkDamaged = "session.link.damaged",
        /// Too many or too long commands.
        LinkBounds = "session.link.bounds",
        /// Commands out of order.
        LinkOrder = "session.link.order",
        /// No room for another branch. Args: the most.
        TooManyBranches = "session.tooManyBranches",
        /// No room for another breakpoint. Args: the most.
        TooManyBreakpoints = "session.tooManyBreakpoints",
        /// A message was taken. Args: receiver, sender, its label.
        Received = "session.received",
        /// A message found nobody. Args: receiver, sender, its label.
        Missed = "session.missed",
        /// A timer fired. Args: process, the timer's label.
        TimerFired = "session.timerFired",
        /// It took an operator's command. Args: process.
        Commanded = "session.commanded",
        /// A write is safe. Args: process.
        Persisted = "session.persisted",
        /// A write failed. Args: process, why.
        PersistFailed = "session.persistFailed",
        /// Why a write failed.
        DiskFull = "session.disk.full",
        /// Why a write failed.
        DiskIo = "session.disk.io",
        /// A connection is open at its opener. Args: process.
        Opened = "session.opened",
        /// A connection was accepted. Args: process, opener.
        Accepted = "session.accepted",
        /// A connection could not be opened. Args: process, why.
        Refused = "session.refused",
        /// A connection ended. Args: process, why.
        Closed = "session.closed",
        /// Why a connection ended.
        ClosedByPeer = "session.closed.peer",
        /// Why a connection ended.
        ClosedByReset = "session.closed.reset",
        /// Why a connection ended.
        ClosedByTimeout = "session.closed.timeout",
        /// A process stopped. Args: process.
        Stopped = "session.stopped",
        /// A command was refused. Args: what was to be done, why not.
        NotDone = "session.notDone",
        /// A step of a lesson is done. Args: its number, from 1.
        StepDone = "session.stepDone",
        /// A kind of event.
        KindStarted = "session.kind.started",
        /// A kind of event.
        KindTimer = "session.kind.timer",
        /// A kind of event.
        KindPersisted = "session.kind.persisted",
        /// A kind of event.
        KindPersistFailed = "session.kind.persistFailed",
        /// A kind of event.
        KindMissed = "session.kind.missed",
        /// A kind of event.
        KindCommanded = "session.kind.commanded",
        /// A kind of event.
        KindConnection = "session.kind.connection",
        /// A kind of event.
        KindDeed = "session.kind.deed",
        /// A kind of event.
        KindStopped = "session.kind.stopped",
        /// What was done. Args: host.
        DeedCrashHost = "session.deed.crashHost",
        /// What was done. Args: host.
        DeedStartHost = "session.deed.startHost",
        /// What was done. Args: process.
        DeedCrashProcess = "session.deed.crashProcess",
        /// What was done. Args: process.
        DeedStartProcess = "session.deed.startProcess",
        /// What was done. Args: host.
        DeedPause = "session.deed.pause",
        /// What was done. Args: host.
        DeedResume = "session.deed.resume",
        /// What was done. Args: name.
        DeedAddHost = "session.deed.addHost",
        /// What was done. Args: host.
        DeedRemoveHost = "session.deed.removeHost",
        /// What was done. Args: name, host.
        DeedAddProcess = "session.deed.addProcess",
        /// What was done. Args: senders, receivers.
        DeedBlock = "session.deed.block",
        /// What was done. Args: some, others.
        DeedBlockBoth = "session.deed.blockBoth",
        /// What was done. Args: the groups.
        DeedPartition = "session.deed.partition",
        /// What was done. Args: its hosts, as a list.
        DeedGroup = "session.deed.group",
        /// What was done.
        DeedUnblock = "session.deed.unblock",
        /// What was done.
        DeedHealAll = "session.deed.healAll",
        /// What was done.
        DeedEverybody = "session.deed.everybody",
        /// What was done. Args: senders, receivers.
        DeedShape = "session.deed.shape",
        /// What was done. Args: senders, receivers, per ten thousand as words.
        DeedLoss = "session.deed.loss",
        /// What was done. Args: senders, receivers.
        DeedLatency = "session.deed.latency",
        /// What was done. Args: senders, receivers.
        DeedUnshape = "session.deed.unshape",
        /// What was done. Args: senders, receivers.
        DeedClog = "session.deed.clog",
        /// What was done. Args: senders, receivers.
        DeedUnclog = "session.deed.unclog",
        /// What was done. Args: senders, receivers.
        DeedHold = "session.deed.hold",
        /// What was done. Args: senders, receivers.
        DeedRelease = "session.deed.release",
        /// What was done. Args: sender, receiver.
        DeedDeliver = "session.deed.deliver",
        /// What was done. Args: sender, receiver, by how much.
        DeedDelayMessage = "session.deed.delayMessage",
        /// What was done. Args: sender, receiver.
        DeedDrop = "session.deed.drop",
        /// What was done. Args: sender, receiver.
        DeedCopy = "session.deed.copy",
        /// What was done. Args: host.
        DeedDiskHealthy = "session.deed.diskHealthy",
        /// What was done. Args: host.
        DeedDiskTornTail = "session.deed.diskTornTail",
        /// What was done. Args: host.
        DeedDiskStall = "session.deed.diskStall",
        /// What was done. Args: host.
        DeedDiskFull = "session.deed.diskFull",
        /// What was done. Args: host.
        DeedDiskIoError = "session.deed.diskIoError",
        /// What was done. Args: host, by how much.
        DeedDiskSlow = "session.deed.diskSlow",
        /// What was done. Args: host.
        DeedDiskWipe = "session.deed.diskWipe",
        /// What was done. Args: host.
        DeedDiskLying = "session.deed.diskLying",
        /// What was done. Args: host.
        DeedDrift = "session.deed.drift",
        /// What was done. Args: host.
        DeedStepWall = "session.deed.stepWall",
        /// What was done. Args: process.
        DeedFireTimer = "session.deed.fireTimer",
        /// What was done. Args: process.
        DeedOperate = "session.deed.operate",
        /// What was done. Args: opener.
        DeedResetConnection = "session.deed.resetConnection",
        /// What was done.
        DeedReluck = "session.deed.reluck",
        /// A share. Args: whole per cent.
        Percent = "session.percent",
        /// A share. Args: whole per cent, tenths.
        PercentTenths = "session.percentTenths",
        /// Somebody came to lead. Args: process, its term, ballot or version.
        Elected = "session.elected",
        /// Writes under way. Args: number.
        BadgeUnsynced = "session.badge.unsynced",
        /// A failing disk.
        BadgeDiskStalled = "session.badge.diskStalled",
        /// A failing disk.
        BadgeDiskFull = "session.badge.diskFull",
        /// A failing disk.
        BadgeDiskErrors = "session.badge.diskErrors",
        /// A failing disk.
        BadgeDiskLies = "session.badge.diskLies",
        /// A slow disk.
        BadgeDiskSlow = "session.badge.diskSlow",
        /// A disk that tears in a crash.
        BadgeDiskTears = "session.badge.diskTears",
        /// A drifting clock. Args: a share.
        BadgeClockFast = "session.badge.clockFast",
        /// A drifting clock. Args: a share.
        BadgeClockSlow = "session.badge.clockSlow",
        /// What waits for a paused host. Args: number.
        BadgeBacklog = "session.badge.backlog",
        /// No scenario is loaded.
        NothingLoaded = "session.nothingLoaded",
        /// No such scenario. Args: its name, the nearest or nothing.
        NotInLibrary = "session.notInLibrary",
        /// No such branch. Args: number.
        NoSuchBranch = "session.noSuchBranch",
        /// A branch's name that is none.
        BadBranchName = "session.badBranchName",
        /// The first branch cannot be deleted.
        FirstBranchStays = "session.firstBranchStays",
        /// No such process here. Args: process.
        NoSuchProcess = "session.noSuchProcess",
        /// The message is not in flight. Args: sender, receiver.
        NoSuchMessage = "session.noSuchMessage",
        /// The event is not in this branch's history. Args: process, its number.
        NoSuchEvent = "session.noSuchEvent",
        /// The system has no logs. Args: its number.
        NoLogs = "session.noLogs",
        /// No command was given by hand.
        NothingToUndo = "session.nothingToUndo",
        /// No link, disk or partition is to be mended.
        NothingToHeal = "session.nothingToHeal",
        /// Nothing was left unfinished.
        NothingToContinue = "session.nothingToContinue",
        /// A request's text is too long. Args: its bytes, the most.
        TooLongText = "session.tooLongText",
        /// A command of a link is not understood. Args: the command, why.
        LinkCommand = "session.link.command",
        /// The library no longer has the scenario. Args: its name.
        LinkScenarioGone = "session.link.scenarioGone",
        /// The scenario in a link has errors. Args: what is wrong first.
        LinkScenarioBad = "session.link.scenarioBad",
        /// The library's text is another than the link's. Args: the scenario's name, the link's engine.
        DiffersScenario = "session.differs.scenario",
        /// Histories differ. Args: last equal event, first event known to differ, the link's engine, ours.
        DiffersBetween = "session.differs.between",
        /// Histories differ after the last place compared. Args: last equal event, the event shown, the link's engine, ours.
        DiffersAfter = "session.differs.after",
        /// The history ends before the place shown. Args: its last event, the event shown, the link's engine, ours.
        DiffersShort = "session.differs.short",
        /// A verb's label.
        VerbCrash = "session.verb.crash",
        /// A verb's label.
        VerbStart = "session.verb.start",
        /// A verb's label.
        VerbKill = "session.verb.kill",
        /// A verb's label.
        VerbPause = "session.verb.pause",
        /// A verb's label.
        VerbResume = "session.verb.resume",
        /// A verb's label.
        VerbTimeOut = "session.verb.timeOut",
        /// A verb's label.
        VerbPartition = "session.verb.partition",
        /// A verb's label.
        VerbIsolate = "session.verb.isolate",
        /// A verb's label.
        VerbCut = "session.verb.cut",
        /// A verb's label.
        VerbHealAll = "session.verb.healAll",
        /// A verb's label.
        VerbHeal = "session.verb.heal",
        /// A verb's label.
        VerbLoss = "session.verb.loss",
        /// A verb's label.
        VerbDelay = "session.verb.delay",
        /// A verb's label.
        VerbRestore = "session.verb.restore",
        /// A verb's label.
        VerbDisk = "session.verb.disk",
        /// A verb's label.
        VerbClock = "session.verb.clock",
        /// A verb's label.
        VerbDeliver = "session.verb.deliver",
        /// A verb's label.
        VerbDrop = "session.verb.drop",
        /// A verb's label.
        VerbCopy = "session.verb.copy",
        /// A verb's label.
        VerbDelayMessage = "session.verb.delayMessage",
        /// A verb's label.
        VerbReluck = "session.verb.reluck",
        /// A verb's label.
        VerbClog = "session.verb.clog",
        /// A verb's label.
        VerbUnclog = "session.verb.unclog",
        /// A verb's label.
        VerbHold = "session.verb.hold",
        /// A verb's label.
        VerbRelease = "session.verb.release",
        /// What a verb asks.
        AskGroups = "session.ask.groups",
        /// What a verb asks.
        AskFrom = "session.ask.from",
        /// What a verb asks.
        AskTo = "session.ask.to",
        /// What a verb asks.
        AskChance = "session.ask.chance",
        /// What a verb asks.
        AskLatency = "session.ask.latency",
        /// What a verb asks.
        AskBy = "session.ask.by",
        /// What a verb asks.
        AskFault = "session.ask.fault",
        /// What a verb asks.
        AskPpm = "session.ask.ppm",
        /// What a verb asks.
        AskSeed = "session.ask.seed",
        /// What a goal asks.
        AskAt = "session.ask.at",
        /// What one may run until: a time.
        GoalAt = "session.goal.at",
        /// What one may run until: any check breaks.
        GoalAnyViolation = "session.goal.violation",
        /// What a verb asks.
        AskTimer = "session.ask.timer",
    }
}
