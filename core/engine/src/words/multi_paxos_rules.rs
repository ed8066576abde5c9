//! Keys of the reasons of Multi-Paxos' rules: one for each rule, of the same name.

keys! {
    /// Why a rule of Multi-Paxos is there: what goes wrong without it.
    MultiPaxosRuleKey in MultiPaxosRule {
        /// Why [`DistinctBallots`](crate::consensus::multi_paxos::Rule::DistinctBallots).
        DistinctBallots = "multiPaxos.rule.distinctBallots",
        /// Why [`DurableRound`](crate::consensus::multi_paxos::Rule::DurableRound).
        DurableRound = "multiPaxos.rule.durableRound",
        /// Why [`DurablePromise`](crate::consensus::multi_paxos::Rule::DurablePromise).
        DurablePromise = "multiPaxos.rule.durablePromise",
        /// Why [`DurableAccept`](crate::consensus::multi_paxos::Rule::DurableAccept).
        DurableAccept = "multiPaxos.rule.durableAccept",
        /// Why [`PromiseOnlyHigher`](crate::consensus::multi_paxos::Rule::PromiseOnlyHigher).
        PromiseOnlyHigher = "multiPaxos.rule.promiseOnlyHigher",
        /// Why [`KeepPromise`](crate::consensus::multi_paxos::Rule::KeepPromise).
        KeepPromise = "multiPaxos.rule.keepPromise",
        /// Why [`ReportAccepted`](crate::consensus::multi_paxos::Rule::ReportAccepted).
        ReportAccepted = "multiPaxos.rule.reportAccepted",
        /// Why [`AdoptReported`](crate::consensus::multi_paxos::Rule::AdoptReported).
        AdoptReported = "multiPaxos.rule.adoptReported",
        /// Why [`AdoptHighest`](crate::consensus::multi_paxos::Rule::AdoptHighest).
        AdoptHighest = "multiPaxos.rule.adoptHighest",
        /// Why [`WaitForPromises`](crate::consensus::multi_paxos::Rule::WaitForPromises).
        WaitForPromises = "multiPaxos.rule.waitForPromises",
        /// Why [`ChosenByQuorum`](crate::consensus::multi_paxos::Rule::ChosenByQuorum).
        ChosenByQuorum = "multiPaxos.rule.chosenByQuorum",
        /// Why [`CountOneBallot`](crate::consensus::multi_paxos::Rule::CountOneBallot).
        CountOneBallot = "multiPaxos.rule.countOneBallot",
        /// Why [`QuorumsMeet`](crate::consensus::multi_paxos::Rule::QuorumsMeet).
        QuorumsMeet = "multiPaxos.rule.quorumsMeet",
        /// Why [`LearnSameBallot`](crate::consensus::multi_paxos::Rule::LearnSameBallot).
        LearnSameBallot = "multiPaxos.rule.learnSameBallot",
        /// Why [`StopWhenOvertaken`](crate::consensus::multi_paxos::Rule::StopWhenOvertaken).
        StopWhenOvertaken = "multiPaxos.rule.stopWhenOvertaken",
        /// Why [`ExecuteInOrder`](crate::consensus::multi_paxos::Rule::ExecuteInOrder).
        ExecuteInOrder = "multiPaxos.rule.executeInOrder",
        /// Why [`AlphaWindow`](crate::consensus::multi_paxos::Rule::AlphaWindow).
        AlphaWindow = "multiPaxos.rule.alphaWindow",
        /// Why [`PromisesOfSlot`](crate::consensus::multi_paxos::Rule::PromisesOfSlot).
        PromisesOfSlot = "multiPaxos.rule.promisesOfSlot",
        /// Why [`LeaseGrant`](crate::consensus::multi_paxos::Rule::LeaseGrant).
        LeaseGrant = "multiPaxos.rule.leaseGrant",
        /// Why [`LeaseDriftBound`](crate::consensus::multi_paxos::Rule::LeaseDriftBound).
        LeaseDriftBound = "multiPaxos.rule.leaseDriftBound",
        /// Why [`QuietAfterRestart`](crate::consensus::multi_paxos::Rule::QuietAfterRestart).
        QuietAfterRestart = "multiPaxos.rule.quietAfterRestart",
        /// Why [`LeaseAfterRecovery`](crate::consensus::multi_paxos::Rule::LeaseAfterRecovery).
        LeaseAfterRecovery = "multiPaxos.rule.leaseAfterRecovery",
        /// Why [`ClientSessions`](crate::consensus::multi_paxos::Rule::ClientSessions).
        ClientSessions = "multiPaxos.rule.clientSessions",
        /// Why [`SessionInSnapshot`](crate::consensus::multi_paxos::Rule::SessionInSnapshot).
        SessionInSnapshot = "multiPaxos.rule.sessionInSnapshot",
        /// Why [`ConfigInSnapshot`](crate::consensus::multi_paxos::Rule::ConfigInSnapshot).
        ConfigInSnapshot = "multiPaxos.rule.configInSnapshot",
        /// Why [`CollectOnlyExecuted`](crate::consensus::multi_paxos::Rule::CollectOnlyExecuted).
        CollectOnlyExecuted = "multiPaxos.rule.collectOnlyExecuted",
        /// Why [`FillGaps`](crate::consensus::multi_paxos::Rule::FillGaps).
        FillGaps = "multiPaxos.rule.fillGaps",
        /// Why [`HastenChange`](crate::consensus::multi_paxos::Rule::HastenChange).
        HastenChange = "multiPaxos.rule.hastenChange",
        /// Why [`StepDownOnHigher`](crate::consensus::multi_paxos::Rule::StepDownOnHigher).
        StepDownOnHigher = "multiPaxos.rule.stepDownOnHigher",
        /// Why [`StepDownWithoutQuorum`](crate::consensus::multi_paxos::Rule::StepDownWithoutQuorum).
        StepDownWithoutQuorum = "multiPaxos.rule.stepDownWithoutQuorum",
        /// Why [`BackOff`](crate::consensus::multi_paxos::Rule::BackOff).
        BackOff = "multiPaxos.rule.backOff",
        /// Why [`CatchUp`](crate::consensus::multi_paxos::Rule::CatchUp).
        CatchUp = "multiPaxos.rule.catchUp",
        /// Why [`Resend`](crate::consensus::multi_paxos::Rule::Resend).
        Resend = "multiPaxos.rule.resend",
        /// Why [`RefuseRemoved`](crate::consensus::multi_paxos::Rule::RefuseRemoved).
        RefuseRemoved = "multiPaxos.rule.refuseRemoved",
        /// Why [`TellRefusal`](crate::consensus::multi_paxos::Rule::TellRefusal).
        TellRefusal = "multiPaxos.rule.tellRefusal",
    }
}
