//! Keys of the cluster of a scheduler and its workers.

keys! {
    /// What scheduler, workers and store say.
    WorkersKey in Workers {
        /// What a task takes.
        WorkTimer = "workers.timer.work",
        /// When a worker speaks.
        HeartbeatTimer = "workers.timer.heartbeat",
        /// When a lease ends.
        LeaseTimer = "workers.timer.lease",
        /// When what was not answered is repeated.
        ResendTimer = "workers.timer.resend",
        /// When the scheduler looks whom it has not heard.
        CheckTimer = "workers.timer.check",
        /// A part.
        Scheduler = "workers.role.scheduler",
        /// A part.
        Worker = "workers.role.worker",
        /// A part.
        StorePart = "workers.role.store",
        /// How far a task is.
        TaskIdle = "workers.task.idle",
        /// How far a task is.
        TaskInProgress = "workers.task.inProgress",
        /// How far a task is.
        TaskFinished = "workers.task.finished",
        /// How far a task is.
        TaskGivenUp = "workers.task.givenUp",
        /// An attempt. Args: epoch, number.
        AttemptNamed = "workers.attempt",
        /// A kind of message.
        KindBeat = "workers.message.beat",
        /// A kind of message.
        KindGrant = "workers.message.grant",
        /// A kind of message.
        KindAssign = "workers.message.assign",
        /// A kind of message.
        KindStop = "workers.message.stop",
        /// A kind of message.
        KindDeclined = "workers.message.declined",
        /// A kind of message.
        KindDone = "workers.message.done",
        /// A kind of message.
        KindRecorded = "workers.message.recorded",
        /// A kind of message.
        KindOpen = "workers.message.open",
        /// A kind of message.
        KindCommit = "workers.message.commit",
        /// A kind of message.
        KindCommitted = "workers.message.committed",
        /// A kind of message.
        KindFenced = "workers.message.fenced",
        /// Args: how many attempts it has.
        CardBeat = "workers.card.beat",
        /// Args: how many leases are renewed.
        CardGrant = "workers.card.grant",
        /// Args: task, attempt.
        CardAssign = "workers.card.assign",
        /// Args: task, attempt.
        CardStop = "workers.card.stop",
        /// Args: task, attempt.
        CardDeclined = "workers.card.declined",
        /// Args: task, attempt.
        CardDone = "workers.card.done",
        /// Args: task, attempt.
        CardFailed = "workers.card.failed",
        /// Args: task, attempt.
        CardRecorded = "workers.card.recorded",
        /// Args: task, attempt.
        CardOpen = "workers.card.open",
        /// Args: task, attempt.
        CardCommit = "workers.card.commit",
        /// Args: task, whose output it is.
        CardCommitted = "workers.card.committed",
        /// Args: task, the first attempt that counts.
        CardFenced = "workers.card.fenced",
        /// Args: epoch, tasks.
        SchedulerStarts = "workers.schedulerStarts",
        /// Args: epoch, finished, tasks.
        SchedulerResumes = "workers.schedulerResumes",
        /// Args: how long.
        WaitsOldLeases = "workers.waitsOldLeases",
        /// Args: worker, slots.
        Registers = "workers.registers",
        /// Args: worker.
        Returns = "workers.returns",
        /// Args: worker.
        NewLife = "workers.newLife",
        /// Args: task, attempt, worker.
        Adopts = "workers.adopts",
        /// Args: task, attempt, worker.
        Assigns = "workers.assigns",
        /// Args: task, attempt, worker, how many times it was given out.
        AssignsAgain = "workers.assignsAgain",
        /// Args: task, attempt, worker, who has it already.
        AssignsBackup = "workers.assignsBackup",
        /// Args: task, attempt, worker.
        Repeats = "workers.repeats",
        /// Args: task, attempt, worker.
        TellsStop = "workers.tellsStop",
        /// Args: task, attempt, worker.
        StopsOther = "workers.stopsOther",
        /// Args: worker, how long it was silent.
        WorkerFails = "workers.workerFails",
        /// Args: task, worker, how long.
        WaitsForLease = "workers.waitsForLease",
        /// Args: task, worker, attempt.
        LeaseOver = "workers.leaseOver",
        /// Args: task, worker, attempt.
        LostWithSilence = "workers.lostWithSilence",
        /// Args: task, worker, attempt.
        LostWithLife = "workers.lostWithLife",
        /// Args: task, worker, attempt.
        Dropped = "workers.dropped",
        /// Args: task, worker.
        OutputLost = "workers.outputLost",
        /// Args: task, worker.
        OutputGone = "workers.outputGone",
        /// Args: task, worker.
        OutputOutOfReach = "workers.outputOutOfReach",
        /// Args: task, worker.
        OutputElsewhere = "workers.outputElsewhere",
        /// Args: task, attempt, worker.
        Finishes = "workers.finishes",
        /// Args: task, worker.
        IgnoresReport = "workers.ignoresReport",
        /// Args: task, worker.
        CountsAgain = "workers.countsAgain",
        /// Args: task, worker, failures, how long it waits.
        FailsAgain = "workers.failsAgain",
        /// Args: task, failures.
        GivesUp = "workers.givesUp",
        /// Args: how many tasks.
        JobComplete = "workers.jobComplete",
        /// Args: how many, how many there are now.
        Submitted = "workers.submitted",
        /// Args: most tasks, tasks there are.
        TooManyTasks = "workers.tooManyTasks",
        /// Args: worker.
        Drains = "workers.drains",
        /// Args: worker.
        Undrains = "workers.undrains",
        /// Args: worker.
        NoSuchWorker = "workers.noSuchWorker",
        /// No args.
        NotTheScheduler = "workers.notTheScheduler",
        /// No args.
        Busy = "workers.busy",
        /// Args: rule.
        RuleOn = "workers.ruleOn",
        /// Args: rule.
        RuleOff = "workers.ruleOff",
        /// No args.
        DiskFailed = "workers.diskFailed",
        /// Args: life.
        WorkerStarts = "workers.workerStarts",
        /// Args: life.
        LivesForgotten = "workers.livesForgotten",
        /// Args: task, attempt.
        Begins = "workers.begins",
        /// Args: task, attempt.
        LeaseWasOver = "workers.leaseWasOver",
        /// Args: task, attempt.
        NoSlot = "workers.noSlot",
        /// Args: task, attempt.
        HasSeen = "workers.hasSeen",
        /// Args: epoch, epoch it has heard of.
        RefusesEpoch = "workers.refusesEpoch",
        /// Args: epoch.
        HearsEpoch = "workers.hearsEpoch",
        /// Args: task, attempt.
        StopsAtLeaseEnd = "workers.stopsAtLeaseEnd",
        /// Args: task, attempt.
        Stops = "workers.stops",
        /// Args: task, attempt.
        AsksToCommit = "workers.asksToCommit",
        /// Args: task, attempt.
        KeepsOutput = "workers.keepsOutput",
        /// Args: task, attempt.
        FailsAt = "workers.failsAt",
        /// Args: task, attempt.
        RepeatsReport = "workers.repeatsReport",
        /// Args: task, attempt, whose output it is.
        IsCommitted = "workers.isCommitted",
        /// Args: task, attempt, whose output it is.
        OtherCommitted = "workers.otherCommitted",
        /// Args: task, attempt, the first attempt that counts.
        WasFenced = "workers.wasFenced",
        /// Args: task, scheduler.
        IsRecorded = "workers.isRecorded",
        /// Args: how many outputs.
        StoreStarts = "workers.storeStarts",
        /// Args: task, attempt, fence.
        RaisesFence = "workers.raisesFence",
        /// Args: task, attempt, worker.
        Commits = "workers.commits",
        /// Args: task, attempt, worker.
        CommitsAgain = "workers.commitsAgain",
        /// Args: task, attempt, whose output it has.
        HasAlready = "workers.hasAlready",
        /// Args: task, attempt, fence.
        RefusesSuperseded = "workers.refusesSuperseded",
    }
}
