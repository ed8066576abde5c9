//! Keys of questions and answers about scheduler and workers.

keys! {
    /// Questions and answers about scheduler and workers.
    WorkersWhyKey in WorkersWhy {
        /// A question. Args: how many tasks are not done.
        AskNotDone = "workers.why.ask.notDone",
        /// A question.
        AskDone = "workers.why.ask.done",
        /// A question.
        AskNoTasks = "workers.why.ask.noTasks",
        /// A question.
        AskNoScheduler = "workers.why.ask.noScheduler",
        /// A question.
        AskDoubled = "workers.why.ask.doubled",
        /// A question. Args: task.
        AskWaits = "workers.why.ask.waits",
        /// A question. Args: task, workers.
        AskRuns = "workers.why.ask.runs",
        /// A question. Args: task.
        AskFinished = "workers.why.ask.finished",
        /// A question. Args: task.
        AskGivenUp = "workers.why.ask.givenUp",
        /// A question. Args: task.
        AskNoTask = "workers.why.ask.noTask",
        /// A question. Args: worker.
        AskIdle = "workers.why.ask.idle",
        /// A question. Args: worker, tasks.
        AskBusy = "workers.why.ask.busy",
        /// A question. Args: scheduler, epoch.
        AskEpoch = "workers.why.ask.epoch",
        /// A question. Args: store, how many.
        AskOutputs = "workers.why.ask.outputs",
        /// A question. Args: worker.
        AskResults = "workers.why.ask.results",
        /// Args: who, what it noted.
        Noted = "workers.why.noted",
        /// Args: scheduler.
        SchedulerDown = "workers.why.schedulerDown",
        /// Args: scheduler.
        SchedulerPaused = "workers.why.schedulerPaused",
        /// Args: scheduler, epoch.
        SchedulerNotReady = "workers.why.schedulerNotReady",
        /// Args: scheduler, how long still.
        WaitsOldLeases = "workers.why.waitsOldLeases",
        /// Args: scheduler.
        NobodyHeard = "workers.why.nobodyHeard",
        /// Args: how many tasks wait, workers that are alive.
        NobodyFree = "workers.why.nobodyFree",
        /// Args: workers.
        AllDrained = "workers.why.allDrained",
        /// Args: task, how often, how long still.
        FailedBefore = "workers.why.failedBefore",
        /// Args: task, scheduler.
        SoonGivenOut = "workers.why.soonGivenOut",
        /// Args: worker, task, attempt.
        HasIt = "workers.why.hasIt",
        /// Args: worker, task, attempt.
        BacksUp = "workers.why.backsUp",
        /// Args: worker, task, attempt.
        HasResult = "workers.why.hasResult",
        /// Args: worker, task, attempt.
        NotArrived = "workers.why.notArrived",
        /// Args: worker, task, attempt.
        NoLongerHas = "workers.why.noLongerHas",
        /// Args: worker, from whom, to whom.
        HolderDown = "workers.why.holderDown",
        /// Args: worker, from whom, to whom.
        HolderPaused = "workers.why.holderPaused",
        /// Args: worker, from whom, to whom.
        HolderCut = "workers.why.holderCut",
        /// Args: worker, how long still.
        LeaseLasts = "workers.why.leaseLasts",
        /// No args.
        WouldNotGive = "workers.why.wouldNotGive",
        /// No args.
        NoBackup = "workers.why.noBackup",
        /// Args: worker, how many percent.
        Straggles = "workers.why.straggles",
        /// Args: how many.
        AllRecorded = "workers.why.allRecorded",
        /// No args.
        NothingSubmitted = "workers.why.nothingSubmitted",
        /// Args: how many.
        OnlySoMany = "workers.why.onlySoMany",
        /// Args: task, worker, attempt.
        WroteDown = "workers.why.wroteDown",
        /// Args: task, workers.
        TookTwice = "workers.why.tookTwice",
        /// No args.
        RuleIsOff = "workers.why.ruleIsOff",
        /// Args: worker.
        WorkerDrained = "workers.why.workerDrained",
        /// Args: worker, scheduler.
        WorkerUnknown = "workers.why.workerUnknown",
        /// Args: worker, scheduler.
        WorkerSilent = "workers.why.workerSilent",
        /// Args: who cannot be reached, from whom, to whom.
        CannotMeet = "workers.why.cannotMeet",
        /// Args: how many tasks are unfinished.
        NothingWaits = "workers.why.nothingWaits",
        /// No args.
        NothingLeft = "workers.why.nothingLeft",
        /// Args: worker, task, how long still.
        WorksUnder = "workers.why.worksUnder",
        /// Args: scheduler.
        EachLife = "workers.why.eachLife",
        /// Args: how many.
        FirstOnes = "workers.why.firstOnes",
        /// Args: worker, whom it asked.
        NotAnswered = "workers.why.notAnswered",
    }
}
