//! Keys of what a cluster of scheduler and workers shows of itself.

keys! {
    /// What a cluster of scheduler and workers shows of itself.
    WorkersViewKey in WorkersView {
        /// What the scheduler's lives are called. Args: number.
        EpochIs = "workers.view.epochIs",
        /// A caption. Args: tasks done, tasks in all.
        DoneOf = "workers.view.doneOf",
        /// A caption. Args: what it has in its hands.
        InHand = "workers.view.inHand",
        /// Args: task.
        TaskNamed = "workers.view.task",
        /// Args: task.
        TaskReported = "workers.view.taskReported",
        /// A caption. Args: how many.
        HasOutputs = "workers.view.hasOutputs",
        /// A badge.
        Drained = "workers.view.drained",
        /// A badge. Args: how many outputs too many.
        Doubled = "workers.view.doubled",
        /// A badge.
        NotReady = "workers.view.notReady",
        /// A badge.
        WaitsForLeases = "workers.view.waitsForLeases",
        /// A badge. Args: workers taken for failed.
        TakenForFailed = "workers.view.takenForFailed",
        /// A label.
        EpochField = "workers.field.epoch",
        /// A label.
        TasksField = "workers.field.tasks",
        /// A label.
        DoneField = "workers.field.done",
        /// A label.
        RunningField = "workers.field.running",
        /// A label.
        WaitingField = "workers.field.waiting",
        /// A label.
        GivenUpField = "workers.field.givenUp",
        /// A label.
        AliveField = "workers.field.alive",
        /// A label.
        SilentField = "workers.field.silent",
        /// A label.
        AssignedField = "workers.field.assigned",
        /// A label.
        ReexecutedField = "workers.field.reexecuted",
        /// A label.
        BackupsField = "workers.field.backups",
        /// A label.
        DuplicatesField = "workers.field.duplicates",
        /// A label.
        FailuresField = "workers.field.failures",
        /// A label.
        WorkersFailedField = "workers.field.workersFailed",
        /// A label.
        CompleteField = "workers.field.complete",
        /// A label.
        FinishedField = "workers.field.finished",
        /// A label.
        SubmittedField = "workers.field.submitted",
        /// A label.
        DrainedField = "workers.field.drained",
        /// A label.
        LifeField = "workers.field.life",
        /// A label. A point in time stands beside it.
        DiskField = "workers.field.disk",
        /// A label.
        HeardEpochField = "workers.field.heardEpoch",
        /// A label.
        AtWorkField = "workers.field.atWork",
        /// A label.
        LeaseField = "workers.field.lease",
        /// A label.
        ResultsField = "workers.field.results",
        /// A label.
        OutputsField = "workers.field.outputs",
        /// A label.
        DoublesField = "workers.field.doubles",
        /// A label.
        TaskField = "workers.field.task",
        /// A label.
        AttemptField = "workers.field.attempt",
        /// A label.
        GenerationField = "workers.field.generation",
        /// A label.
        HoldsField = "workers.field.holds",
        /// A label.
        RenewedField = "workers.field.renewed",
        /// A label.
        SinceField = "workers.field.since",
        /// A label.
        SlotsField = "workers.field.slots",
        /// A label.
        ClockField = "workers.field.clock",
        /// A label.
        WhoseField = "workers.field.whose",
        /// A label.
        OutcomeField = "workers.field.outcome",
        /// How an attempt ended.
        OutcomeDone = "workers.view.outcomeDone",
        /// How an attempt ended.
        OutcomeFailed = "workers.view.outcomeFailed",
        /// Args: task, attempt.
        RunIs = "workers.view.runIs",
        /// Args: epoch, number.
        AttemptIs = "workers.view.attemptIs",
        /// A task in the table.
        CellIdle = "workers.view.cell.idle",
        /// A task in the table.
        CellGivenUp = "workers.view.cell.givenUp",
        /// A task in the table. Args: who has it, or has done it.
        CellWorker = "workers.view.cell.worker",
        /// A task in a worker's hands.
        CellAtWork = "workers.view.cell.atWork",
        /// A task that a worker has done and that is not recorded yet.
        CellResult = "workers.view.cell.result",
        /// A sentence. Args: who, from whom, how many attempts that one has.
        GetsBeat = "workers.tell.getsBeat",
        /// A sentence. Args: who, from whom, how many leases.
        GetsGrant = "workers.tell.getsGrant",
        /// A sentence. Args: who, from whom.
        GetsBeatIdle = "workers.tell.getsBeatIdle",
        /// A sentence. Args: who, from whom.
        GetsGrantBare = "workers.tell.getsGrantBare",
        /// A sentence. Args: who, from whom, task, attempt.
        GetsAssign = "workers.tell.getsAssign",
        /// A sentence. Args: who, from whom, task, attempt.
        GetsStop = "workers.tell.getsStop",
        /// A sentence. Args: who, from whom, task, attempt.
        GetsDeclined = "workers.tell.getsDeclined",
        /// A sentence. Args: who, from whom, task, attempt.
        GetsDone = "workers.tell.getsDone",
        /// A sentence. Args: who, from whom, task, attempt.
        GetsFailed = "workers.tell.getsFailed",
        /// A sentence. Args: who, from whom, task, attempt.
        GetsRecorded = "workers.tell.getsRecorded",
        /// A sentence. Args: who, from whom, task, attempt.
        GetsOpen = "workers.tell.getsOpen",
        /// A sentence. Args: who, from whom, task, attempt.
        GetsCommit = "workers.tell.getsCommit",
        /// A sentence. Args: who, from whom, task, whose output it is.
        GetsCommitted = "workers.tell.getsCommitted",
        /// A sentence. Args: who, from whom, task, the first attempt that counts.
        GetsFenced = "workers.tell.getsFenced",
        /// A sentence. Args: who.
        WorkEnds = "workers.tell.workEnds",
        /// A sentence. Args: who.
        GivesSign = "workers.tell.givesSign",
        /// A sentence. Args: who.
        LeaseEnds = "workers.tell.leaseEnds",
        /// A sentence. Args: who.
        NoAnswerYet = "workers.tell.noAnswerYet",
        /// A sentence. Args: who.
        NothingToRepeat = "workers.tell.nothingToRepeat",
        /// A sentence. Args: who.
        LooksAround = "workers.tell.looksAround",
        /// A sentence. Args: who, epoch, how many tasks are finished.
        DiskJournal = "workers.tell.diskJournal",
        /// A sentence. Args: who, life, how many outputs.
        DiskLife = "workers.tell.diskLife",
        /// A sentence. Args: who, how many outputs.
        DiskOutputs = "workers.tell.diskOutputs",
        /// What a shape stands for.
        ShapeTask = "workers.shape.task",
        /// What a shape stands for.
        ShapeLease = "workers.shape.lease",
        /// What a shape stands for.
        ShapeOutput = "workers.shape.output",
        /// What a shape stands for.
        ShapeReport = "workers.shape.report",
        /// What a shape stands for.
        ShapeStop = "workers.shape.stop",
        /// A verb.
        VerbSubmit = "workers.verb.submit",
        /// A verb.
        VerbAddWorker = "workers.verb.addWorker",
        /// A verb.
        VerbDrain = "workers.verb.drain",
        /// A verb.
        VerbUndrain = "workers.verb.undrain",
        /// What is asked before a verb.
        AskTasks = "workers.ask.tasks",
        /// What is asked before a verb.
        AskWorker = "workers.ask.worker",
        /// What an order asks for. Args: scheduler, how many.
        SaySubmits = "workers.say.submits",
        /// What an order asks for. Args: scheduler, worker.
        SayDrains = "workers.say.drains",
        /// What an order asks for. Args: scheduler, worker.
        SayUndrains = "workers.say.undrains",
        /// A goal. Args: system.
        GoalAllDone = "workers.goal.allDone",
        /// A goal. Args: system.
        GoalAgain = "workers.goal.again",
        /// A goal. Args: system.
        GoalBackup = "workers.goal.backup",
        /// A goal. Args: system.
        GoalFails = "workers.goal.fails",
        /// A goal. Args: system.
        GoalGivenUp = "workers.goal.givenUp",
        /// A goal. Args: system.
        GoalEpoch = "workers.goal.epoch",
        /// A goal. Args: system.
        GoalDouble = "workers.goal.double",
        /// A goal. Args: system.
        GoalViolation = "workers.goal.violation",
    }
}
