//! Keys of the checks of the cluster: what each invariant holds, and how each can be broken.

keys! {
    /// What a check of the cluster says.
    WorkersCheckKey in WorkersCheck {
        /// Title of `exactlyOnceEffects`.
        ExactlyOnce = "check.workers.exactlyOnceEffects",
        /// Title of `effectsStay`.
        EffectsStay = "check.workers.effectsStay",
        /// Title of `supersededStaysOut`.
        SupersededStaysOut = "check.workers.supersededStaysOut",
        /// Title of `finishedStays`.
        FinishedStays = "check.workers.finishedStays",
        /// Title of `oneHolder`.
        OneHolder = "check.workers.oneHolder",
        /// Title of `begunOnce`.
        BegunOnce = "check.workers.begunOnce",
        /// Title of `epochGrows`.
        EpochGrows = "check.workers.epochGrows",
        /// Title of `oldEpochRefused`.
        OldEpochRefused = "check.workers.oldEpochRefused",
        /// Title of `completeIsDone`.
        CompleteIsDone = "check.workers.completeIsDone",
        /// Title of `outputReachable`.
        OutputReachable = "check.workers.outputReachable",
        /// Args: task, attempt, worker, the attempt before.
        TookEffectTwice = "check.broken.workers.tookEffectTwice",
        /// Args: store, task, attempt.
        EffectGone = "check.broken.workers.effectGone",
        /// Args: task, attempt, worker, fence.
        SupersededTookEffect = "check.broken.workers.supersededTookEffect",
        /// Args: scheduler, epoch, task, worker that was told.
        FinishedForgotten = "check.broken.workers.finishedForgotten",
        /// Args: task, one worker, its attempt, the other, its attempt.
        TwoHolders = "check.broken.workers.twoHolders",
        /// Args: worker, task, attempt.
        BegunTwice = "check.broken.workers.begunTwice",
        /// Args: scheduler, epoch, epoch of an earlier life.
        EpochAgain = "check.broken.workers.epochAgain",
        /// Args: worker, task, attempt, epoch it had heard of.
        ObeyedOld = "check.broken.workers.obeyedOld",
        /// Args: scheduler, task.
        CompleteTooEarly = "check.broken.workers.completeTooEarly",
        /// Args: scheduler, task, worker.
        OutputUnreachable = "check.broken.workers.outputUnreachable",
    }
}
