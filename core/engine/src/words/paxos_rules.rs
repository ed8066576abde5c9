//! Keys of the reasons of Paxos' rules: one for each rule, of the same name.

keys! {
    /// Why a rule of Paxos is there: what goes wrong without it.
    PaxosRuleKey in PaxosRule {
        /// Why [`UniqueBallots`](crate::consensus::paxos::Rule::UniqueBallots).
        UniqueBallots = "paxos.rule.uniqueBallots",
        /// Why [`DurableBallot`](crate::consensus::paxos::Rule::DurableBallot).
        DurableBallot = "paxos.rule.durableBallot",
        /// Why [`DurablePromise`](crate::consensus::paxos::Rule::DurablePromise).
        DurablePromise = "paxos.rule.durablePromise",
        /// Why [`DurableAccept`](crate::consensus::paxos::Rule::DurableAccept).
        DurableAccept = "paxos.rule.durableAccept",
        /// Why [`PromiseOnlyHigher`](crate::consensus::paxos::Rule::PromiseOnlyHigher).
        PromiseOnlyHigher = "paxos.rule.promiseOnlyHigher",
        /// Why [`KeepPromise`](crate::consensus::paxos::Rule::KeepPromise).
        KeepPromise = "paxos.rule.keepPromise",
        /// Why [`ReportAccepted`](crate::consensus::paxos::Rule::ReportAccepted).
        ReportAccepted = "paxos.rule.reportAccepted",
        /// Why [`AdoptReported`](crate::consensus::paxos::Rule::AdoptReported).
        AdoptReported = "paxos.rule.adoptReported",
        /// Why [`AdoptHighest`](crate::consensus::paxos::Rule::AdoptHighest).
        AdoptHighest = "paxos.rule.adoptHighest",
        /// Why [`WaitForPromises`](crate::consensus::paxos::Rule::WaitForPromises).
        WaitForPromises = "paxos.rule.waitForPromises",
        /// Why [`ChosenByQuorum`](crate::consensus::paxos::Rule::ChosenByQuorum).
        ChosenByQuorum = "paxos.rule.chosenByQuorum",
        /// Why [`CountOneBallot`](crate::consensus::paxos::Rule::CountOneBallot).
        CountOneBallot = "paxos.rule.countOneBallot",
        /// Why [`QuorumsMeet`](crate::consensus::paxos::Rule::QuorumsMeet).
        QuorumsMeet = "paxos.rule.quorumsMeet",
        /// Why [`BackOff`](crate::consensus::paxos::Rule::BackOff).
        BackOff = "paxos.rule.backOff",
        /// Why [`TellRefusal`](crate::consensus::paxos::Rule::TellRefusal).
        TellRefusal = "paxos.rule.tellRefusal",
        /// Why [`AskAgain`](crate::consensus::paxos::Rule::AskAgain).
        AskAgain = "paxos.rule.askAgain",
    }
}
