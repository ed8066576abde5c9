//! Keys of scenario files: what is wrong with a text, what a command did or could not do.

keys! {
    /// What a scenario's reader and runner say.
    ScenarioKey in Scenario {
        /// The text has nothing in it.
        Empty = "scenario.empty",
        /// The text is too large. Args: limit.
        TooLarge = "scenario.tooLarge",
        /// Not UTF-8. Args: byte offset.
        NotUtf8 = "scenario.notUtf8",
        /// Not YAML.
        NotYaml = "scenario.notYaml",
        /// Not YAML: a tab where it may not be.
        YamlTab = "scenario.yaml.tab",
        /// Not YAML: a quotation.
        YamlQuote = "scenario.yaml.quote",
        /// Not YAML: an escape in a quotation.
        YamlEscape = "scenario.yaml.escape",
        /// Not YAML: brackets, or commas between them.
        YamlBracket = "scenario.yaml.bracket",
        /// Not YAML: a key, its colon or the space behind that, or how far in a line begins.
        YamlKey = "scenario.yaml.key",
        /// Not YAML: the sign that a text begins with.
        YamlSign = "scenario.yaml.sign",
        /// Not YAML: an anchor or alias.
        YamlAnchor = "scenario.yaml.anchor",
        /// Too deep. Args: limit.
        TooDeep = "scenario.tooDeep",
        /// Too many nodes. Args: limit.
        TooManyNodes = "scenario.tooManyNodes",
        /// Too many bytes once aliases are spelled out. Args: limit.
        SpelledOut = "scenario.spelledOut",
        /// A key twice. Args: name, line and column of the first.
        DuplicateKey = "scenario.duplicateKey",
        /// A mapping's key is a list or mapping.
        KeyNotText = "scenario.keyNotText",
        /// An alias within what it names.
        AliasInsideItself = "scenario.aliasInsideItself",
        /// A tag. Args: tag.
        Tag = "scenario.tag",
        /// Args: found, expected (phrases).
        WrongType = "scenario.wrongType",
        /// Args: name, valid names.
        UnknownField = "scenario.unknownField",
        /// Args: name, valid names.
        UnknownName = "scenario.unknownName",
        /// Args: name.
        MissingField = "scenario.missingField",
        /// Args: number found, valid names.
        OneKey = "scenario.oneKey",
        /// Args: number found.
        OneKeyOnly = "scenario.oneKeyOnly",
        /// Args: name.
        NeedsValue = "scenario.needsValue",
        /// Args: name.
        TakesNoValue = "scenario.takesNoValue",
        /// Args: text.
        FoundText = "scenario.found.text",
        /// Args: text.
        FoundNumber = "scenario.found.number",
        /// Args: text.
        FoundBool = "scenario.found.bool",
        /// Nothing.
        FoundNothing = "scenario.found.nothing",
        /// A list.
        FoundList = "scenario.found.list",
        /// A mapping.
        FoundMapping = "scenario.found.mapping",
        /// Args: number.
        FoundItems = "scenario.found.items",
        /// Expected.
        ExpectMapping = "scenario.expect.mapping",
        /// Expected.
        ExpectText = "scenario.expect.text",
        /// Expected.
        ExpectWhole = "scenario.expect.whole",
        /// Expected.
        ExpectNumber = "scenario.expect.number",
        /// Expected.
        ExpectBool = "scenario.expect.bool",
        /// Expected.
        ExpectList = "scenario.expect.list",
        /// Expected.
        ExpectDuration = "scenario.expect.duration",
        /// Expected.
        ExpectRate = "scenario.expect.rate",
        /// Expected.
        ExpectProbability = "scenario.expect.probability",
        /// Expected.
        ExpectSize = "scenario.expect.size",
        /// Expected.
        ExpectBandwidth = "scenario.expect.bandwidth",
        /// Expected.
        ExpectLatency = "scenario.expect.latency",
        /// Expected.
        ExpectTarget = "scenario.expect.target",
        /// Expected.
        ExpectMembers = "scenario.expect.members",
        /// Args: text, example.
        NoUnit = "scenario.noUnit",
        /// Args: unit, valid units, nearest.
        UnknownUnit = "scenario.unknownUnit",
        /// Args: text.
        NotADuration = "scenario.notADuration",
        /// Args: text.
        NotARate = "scenario.notARate",
        /// Args: text.
        NotAProbability = "scenario.notAProbability",
        /// Args: text.
        NotASize = "scenario.notASize",
        /// Args: text.
        NotANumber = "scenario.notANumber",
        /// Args: text.
        Negative = "scenario.negative",
        /// Args: text, limit.
        TooLong = "scenario.tooLong",
        /// Args: text, limit.
        TooOften = "scenario.tooOften",
        /// A range's lower end is above its upper.
        RangeReversed = "scenario.rangeReversed",
        /// A log-normal law's median is 0 or above its p99.
        MedianAboveP99 = "scenario.medianAboveP99",
        /// A Pareto law's shape is 0.
        ShapeZero = "scenario.shapeZero",
        /// Too few or many measured times.
        EmpiricalSize = "scenario.empiricalSize",
        /// No document is a scenario.
        NoScenario = "scenario.noScenario",
        /// More than one. Args: line of the first.
        TwoScenarios = "scenario.twoScenarios",
        /// A run's document must be the last.
        RunComesLast = "scenario.runComesLast",
        /// No such branch in the file. Args: its number, how many there are.
        NoSuchRunBranch = "scenario.noSuchRunBranch",
        /// A branch leaves an earlier one; the first leaves none. Args: how many came before it.
        LeavesEarlier = "scenario.leavesEarlier",
        /// A command before the one above it, or before its branch begins.
        OutOfOrder = "scenario.outOfOrder",
        /// Not a digest. Args: the text.
        NotADigest = "scenario.notADigest",
        /// A document without a kind.
        NotAnObject = "scenario.notAnObject",
        /// Args: kind.
        NotUsedYet = "scenario.notUsedYet",
        /// Args: found, expected.
        ApiVersion = "scenario.apiVersion",
        /// Args: found, known kinds.
        UnknownKind = "scenario.unknownKind",
        /// No systems.
        NoSystems = "scenario.noSystems",
        /// Args: name.
        BadName = "scenario.badName",
        /// Args: name.
        NameTaken = "scenario.nameTaken",
        /// Args: name.
        UnknownHost = "scenario.unknownHost",
        /// Args: name, system.
        UnknownMember = "scenario.unknownMember",
        /// Args: name, known.
        UnknownSystem = "scenario.unknownSystem",
        /// Args: name.
        UnknownZone = "scenario.unknownZone",
        /// Args: id.
        UnknownId = "scenario.unknownId",
        /// Args: id.
        UnknownStep = "scenario.unknownStep",
        /// Args: id.
        IdTaken = "scenario.idTaken",
        /// Args: name, known.
        UnknownSelector = "scenario.unknownSelector",
        /// Args: name, known.
        UnknownFact = "scenario.unknownFact",
        /// Args: name, known.
        UnknownCheck = "scenario.unknownCheck",
        /// Args: name, known.
        UnknownRule = "scenario.unknownRule",
        /// Args: name, known.
        UnknownOrder = "scenario.unknownOrder",
        /// Args: name, known.
        UnknownArgument = "scenario.unknownArgument",
        /// Args: selector, systems.
        WhichSystem = "scenario.whichSystem",
        /// Args: kind.
        NeedsTarget = "scenario.needsTarget",
        /// Args: kind.
        TakesNoTarget = "scenario.takesNoTarget",
        /// Args: kind.
        TakesNoInitial = "scenario.takesNoInitial",
        /// Args: kind.
        ChoosesNothing = "scenario.choosesNothing",
        /// Args: role.
        NobodyHasRole = "scenario.nobodyHasRole",
        /// No args.
        TooManyRoles = "scenario.tooManyRoles",
        /// Args: phase.
        QuorumSize = "scenario.quorumSize",
        /// Args: phase, how many at most.
        QuorumSets = "scenario.quorumSets",
        /// Args: phase, who.
        QuorumNoAcceptor = "scenario.quorumNoAcceptor",
        /// Args: acceptors of one quorum, acceptors of another, the rule.
        QuorumsApart = "scenario.quorumsApart",
        /// Args: setting.
        TimeZero = "scenario.timeZero",
        /// No args.
        NobodyWorks = "scenario.nobodyWorks",
        /// Args: name.
        TwoParts = "scenario.twoParts",
        /// Args: lease, heartbeat.
        LeaseTooShort = "scenario.leaseTooShort",
        /// No args.
        WorkersDriftBound = "scenario.workersDriftBound",
        /// Args: name.
        NoStraggler = "scenario.noStraggler",
        /// Args: name, most.
        StragglerTimes = "scenario.stragglerTimes",
        /// Args: name, system.
        UnknownWorker = "scenario.unknownWorker",
        /// Args: verb, argument.
        NeedsWhole = "scenario.needsWhole",
        /// No args.
        ExpectQuorum = "scenario.expect.quorum",
        /// Expected. Args: least, most.
        ExpectBetween = "scenario.expect.between",
        /// Expected. Args: names.
        ExpectOneOf = "scenario.expect.oneOf",
        /// Expected.
        ExpectConcern = "scenario.expect.concern",
        /// Args: kind, target's kind, kinds that it can work on.
        /// `w: 0`.
        NotAcknowledged = "scenario.notAcknowledged",
        /// Args: kind, target's kind.
        WrongTarget = "scenario.wrongTarget",
        /// A name is too long. Args: name, limit.
        LongName = "scenario.longName",
        /// Args: number, limit.
        TooMany = "scenario.tooMany",
        /// More may be wrong than is said. Args: number of problems said.
        MaybeMore = "scenario.maybeMore",
        /// Args: number, limit.
        TooFew = "scenario.tooFew",
        /// Args: names, members.
        NamesDiffer = "scenario.namesDiffer",
        /// Both fields.
        CountTwice = "scenario.countTwice",
        /// Args: name.
        TwoGroups = "scenario.twoGroups",
        /// No groups.
        OneGroup = "scenario.oneGroup",
        /// Args: time, end.
        AfterEnd = "scenario.afterEnd",
        /// Args: name.
        Temporal = "scenario.temporal",
        /// Empty predicate.
        NothingExpected = "scenario.nothingExpected",
        /// Needs one of is, atLeast, atMost.
        NeedsBound = "scenario.needsBound",
        /// Args: op, argument.
        NeedsArgument = "scenario.needsArgument",
        /// Args: argument, command.
        DoesNothing = "scenario.doesNothing",
        /// Args: system.
        KeepsNoKeys = "scenario.keepsNoKeys",
        /// Args: system.
        LeadsNot = "scenario.leadsNot",
        /// Args: timer, names.
        UnknownTimer = "scenario.unknownTimer",
        /// Args: field, least, most.
        SettingRange = "scenario.settingRange",
        /// Args: found, least, most.
        OutOfBounds = "scenario.outOfBounds",
        /// A file cannot be built. Args: phrase.
        Unreadable = "scenario.unreadable",
        /// Args: selector, system.
        NobodySelected = "scenario.nobodySelected",
        /// Args: selector, system, who.
        SeveralSelected = "scenario.severalSelected",
        /// Args: name.
        NoSuchName = "scenario.noSuchName",
        /// Args: id.
        NothingToHeal = "scenario.nothingToHeal",
        /// Args: verb.
        NoSystemFor = "scenario.noSystemFor",
        /// Args: system.
        CannotAdd = "scenario.cannotAdd",
        /// Args: system.
        NoRequests = "scenario.noRequests",
        /// Args: process.
        NotRunning = "scenario.notRunning",
        /// Args: process.
        NoTimer = "scenario.noTimer",
        /// Refused by the world. Args: phrase.
        Operator = "scenario.operator",
        /// Args: answer (phrase).
        Answered = "scenario.answered",
        /// An expectation was met.
        Held = "scenario.held",
        /// Args: text.
        NotHeld = "scenario.notHeld",
        /// Args: text, time.
        BrokenAt = "scenario.brokenAt",
        /// Args: text, time.
        NotMetBy = "scenario.notMetBy",
        /// Args: text, id.
        NeverBegan = "scenario.neverBegan",
        /// Args: check.
        NotViolated = "scenario.notViolated",
        /// Args: check, time, limit.
        ViolatedLate = "scenario.violatedLate",
        /// Args: check.
        Violated = "scenario.violated",
        /// Expected.
        ExpectTimeout = "scenario.expect.timeout",
        /// Expected.
        ExpectCompaction = "scenario.expect.compaction",
        /// Expected.
        ExpectEntry = "scenario.expect.entry",
        /// A timeout's range is reversed or begins at 0.
        TimeoutZero = "scenario.timeoutZero",
        /// Args: heartbeat, least timeout.
        HeartbeatLong = "scenario.heartbeatLong",
        /// Args: field.
        AtLeastOne = "scenario.atLeastOne",
        /// A drift bound of the whole or more.
        DriftBound = "scenario.driftBound",
        /// Args: index.
        InitialTerms = "scenario.initialTerms",
        /// Args: commit index.
        InitialCommit = "scenario.initialCommit",
        /// What should have stood there: a ballot.
        ExpectBallot = "scenario.expect.ballot",
        /// A slot that cannot begin so. Args: slot.
        InitialSlot = "scenario.initialSlot",
        /// Chosen slots that are not all accepted. Args: slot.
        InitialChosen = "scenario.initialChosen",
        /// A key without a value, or a value without a key. Args: slot.
        InitialHalf = "scenario.initialHalf",
        /// Another value accepted in the same ballot. Args: slot, by whom.
        InitialTwoValues = "scenario.initialTwoValues",
        /// More acceptances than members. Args: how many.
        AcceptQuorum = "scenario.acceptQuorum",
        /// A system that knows no learners. Args: system.
        NoLearners = "scenario.noLearners",
        /// A key or value over its bound.
        TextTooLong = "scenario.textTooLong",
        /// Every member is a learner.
        NoVoters = "scenario.noVoters",
        /// All weights are 0.
        EmptyMix = "scenario.emptyMix",
        /// Timeout above the longest.
        PatienceShort = "scenario.patienceShort",
        /// Args: most.
        TimesAscend = "scenario.timesAscend",
        /// A kind that takes part in no comparison. Args: kind, kinds that do.
        NotComparable = "scenario.notComparable",
        /// A command in a comparison's timeline that is not for every system. Args: command.
        OwnCommand = "scenario.ownCommand",
        /// A field of the schedule in one side's part. Args: field.
        ScheduleOfAll = "scenario.scheduleOfAll",
        /// Both a rate and a list of instants.
        RateAndTimes = "scenario.rateAndTimes",
        /// A list of exactly two.
        ExpectTwo = "scenario.expectTwo",
        /// A whole number that may be negative.
        ExpectSigned = "scenario.expectSigned",
        /// Args: field, names, command.
        FieldOfOrder = "scenario.fieldOfOrder",
        /// Args: command, names.
        CommandOfOrder = "scenario.commandOfOrder",
        /// Args: side, what is wrong there (phrase).
        OfSide = "scenario.ofSide",
        /// One process.
        ExpectOneTarget = "scenario.expectOneTarget",
        /// Args: found, names.
        NotOneOf = "scenario.notOneOf",
        /// A step of a lesson, not the last, waits for nothing.
        StepWaitsForNothing = "scenario.stepWaitsForNothing",
        /// A prediction has neither answers nor members, both, or one alone.
        AnswersOrWho = "scenario.answersOrWho",
        /// Args: its characters, the most.
        LongText = "scenario.longText",
        /// Args: sign.
        MarkOpen = "scenario.markOpen",
        /// Args: what stands there.
        MarkNoNumber = "scenario.markNoNumber",
    }
}
