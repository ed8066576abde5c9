//! The rules of Multi-Paxos by name, with the sections that give their reasons: Lamport's *Paxos Made Simple* (2001), van Renesse
//! and Altinbuken's *Paxos Made Moderately Complex* (2015), Chandra, Griesemer and Redstone's *Paxos Made Live* (2007), and
//! *Flexible Paxos* (Howard, Malkhi, Spiegelman, 2016).

use crate::consensus::rules::rules;
use crate::words::multi_paxos_rules::MultiPaxosRuleKey;

rules! {
    MultiPaxosRule(MultiPaxosRuleKey):
    /// No two leaders use the same ballot. Off: a ballot is only its round.
    DistinctBallots = "distinctBallots", "Paxos Made Simple, 2.5", Safety;
    /// A member remembers on disk the highest round it has tried, and never uses one again.
    DurableRound = "durableRound", "Paxos Made Simple, 2.5", Safety;
    /// A promise is on disk before it is given.
    DurablePromise = "durablePromise", "Paxos Made Simple, 2.5", Safety;
    /// What was accepted is on disk before anybody is told.
    DurableAccept = "durableAccept", "Paxos Made Simple, 2.5", Safety;
    /// A member promises only to ballots above those it has promised to.
    PromiseOnlyHigher = "promiseOnlyHigher", "Paxos Made Simple, 2.2", Safety;
    /// A member accepts nothing below its promise (P1a).
    KeepPromise = "keepPromise", "Paxos Made Simple, 2.2", Safety;
    /// A promise names what was accepted in each slot. Off: it names nothing.
    ReportAccepted = "reportAccepted", "Paxos Made Simple, 3", Safety;
    /// A new leader proposes again what was reported (P2c). Off: whatever it likes.
    AdoptReported = "adoptReported", "Paxos Made Simple, 3", Safety;
    /// Of several values reported for a slot it takes the one of the highest ballot. Off: of the lowest.
    AdoptHighest = "adoptHighest", "Paxos Made Simple, 2.2", Safety;
    /// A candidate goes on only with promises of a whole quorum. Off: with the first one.
    WaitForPromises = "waitForPromises", "Paxos Made Simple, 2.2", Safety;
    /// A command is chosen when a whole quorum has accepted it. Off: when one member has.
    ChosenByQuorum = "chosenByQuorum", "Paxos Made Simple, 2.1", Safety;
    /// Acceptances count together only if they are of one ballot. Off: whatever their ballots.
    CountOneBallot = "countOneBallot", "Paxos Made Simple, 2.2", Safety;
    /// Every quorum of the first phase meets every quorum of the second. Off: promises of a majority are enough, however few
    /// acceptances choose.
    QuorumsMeet = "quorumsMeet", "Flexible Paxos, 3", Safety;
    /// A member takes what it has accepted for chosen only in the ballot of the leader that says so. Off: in any ballot.
    LearnSameBallot = "learnSameBallot", "Paxos Made Simple, 2.3", Safety;
    /// A leader that learns that a slot was decided without it stops leading. Off: it goes on telling how far slots are chosen, and
    /// members take that for what it had proposed there.
    StopWhenOvertaken = "stopWhenOvertaken", "Paxos Made Moderately Complex, 2.3", Safety;
    /// Slots are executed in order, none before all that come before it. Off: as they are chosen.
    ExecuteInOrder = "executeInOrder", "Paxos Made Simple, 3", Safety;
    /// Who accepts in a slot is decided by the state alpha slots before, so a leader proposes no further than that.
    AlphaWindow = "alphaWindow", "Paxos Made Simple, 3", Safety;
    /// A leader proposes in a slot only with promises of a quorum of that slot's own members.
    PromisesOfSlot = "promisesOfSlot", "Paxos Made Simple, 3", Safety;
    /// A member that has granted a lease promises nothing to others until it is over.
    LeaseGrant = "leaseGrant", "Paxos Made Live, 5.2", Safety;
    /// A leader counts its lease shorter than those who granted it, by the bound on clock drift.
    LeaseDriftBound = "leaseDriftBound", "Paxos Made Live, 5.2", Safety;
    /// A member that comes back may have granted a lease: it promises nothing for as long as one lasts.
    QuietAfterRestart = "quietAfterRestart", "Paxos Made Live, 5.2", Safety;
    /// A leader answers reads from its own state only once it has executed all that it was told of when it was elected.
    LeaseAfterRecovery = "leaseAfterRecovery", "Paxos Made Live, 5.2", Safety;
    /// A session's command takes effect once, however often it is in the log.
    ClientSessions = "clientSessions", "Paxos Made Moderately Complex, 2.1", Safety;
    /// A snapshot holds the sessions too.
    SessionInSnapshot = "sessionInSnapshot", "Paxos Made Live, 5.5", Safety;
    /// A snapshot holds the configurations too.
    ConfigInSnapshot = "configInSnapshot", "Paxos Made Live, 5.5", Safety;
    /// Only executed slots are covered by a snapshot and dropped. Off: all up to the last accepted one.
    CollectOnlyExecuted = "collectOnlyExecuted", "Paxos Made Live, 5.5", Safety;
    /// A new leader fills slots of which nothing was reported with commands that do nothing.
    FillGaps = "fillGaps", "Paxos Made Simple, 3", Liveness;
    /// A leader moves on to the slot where new members take over with commands that do nothing.
    HastenChange = "hastenChange", "Paxos Made Simple, 3", Liveness;
    /// Who hears of a higher ballot stops leading.
    StepDownOnHigher = "stepDownOnHigher", "Paxos Made Moderately Complex, 2.3", Liveness;
    /// A leader that gets no quorum to accept for two long election timeouts stops leading. Off: it goes on asking, and, where others hear
    /// it and it hears none of them, keeps them from standing. It notices only with a slot open: who has nothing to propose harms nobody.
    StepDownWithoutQuorum = "stepDownWithoutQuorum", "Consensus: Bridging Theory and Practice, 6.2", Liveness;
    /// A candidate that was refused waits a while, drawn by lot and longer each time.
    BackOff = "backOff", "Paxos Made Moderately Complex, 3", Liveness;
    /// A member that lacks what is chosen asks for it.
    CatchUp = "catchUp", "Paxos Made Live, 5.5", Liveness;
    /// A leader asks again who has not accepted in time.
    Resend = "resend", "Paxos Made Moderately Complex, 4.1", Liveness;
    /// A member of no configuration to come is told what it missed, and gets no promise.
    RefuseRemoved = "refuseRemoved", "Paxos Made Simple, 3", Liveness;
    /// A member that refuses says so.
    TellRefusal = "tellRefusal", "Paxos Made Simple, 2.2", Cost;
}
