//! The rules of Paxos by name, with the sections that give their reasons: of Lamport's *Paxos Made Simple* (2001), and of
//! *Flexible Paxos* (Howard, Malkhi, Spiegelman, 2016).

use crate::consensus::rules::rules;
use crate::words::paxos_rules::PaxosRuleKey;

rules! {
    PaxosRule(PaxosRuleKey):
    /// No two proposers use the same number. Off: a number is only its round.
    UniqueBallots = "uniqueBallots", "Paxos Made Simple, 2.5", Safety;
    /// A proposer remembers on disk the highest number it has tried, and never uses one again.
    DurableBallot = "durableBallot", "Paxos Made Simple, 2.5", Safety;
    /// A promise is on disk before it is given.
    DurablePromise = "durablePromise", "Paxos Made Simple, 2.5", Safety;
    /// What was accepted is on disk before anybody is told.
    DurableAccept = "durableAccept", "Paxos Made Simple, 2.5", Safety;
    /// An acceptor promises only to numbers above those it has promised to.
    PromiseOnlyHigher = "promiseOnlyHigher", "Paxos Made Simple, 2.2", Safety;
    /// An acceptor accepts nothing below its promise (P1a).
    KeepPromise = "keepPromise", "Paxos Made Simple, 2.2", Safety;
    /// A promise names the proposal accepted with the highest number. Off: it names none.
    ReportAccepted = "reportAccepted", "Paxos Made Simple, 2.2", Safety;
    /// A proposer proposes a value that was reported, if there is one (P2c). Off: its own in any case.
    AdoptReported = "adoptReported", "Paxos Made Simple, 2.2", Safety;
    /// Of several reported values it takes the one with the highest number. Off: the one with the lowest.
    AdoptHighest = "adoptHighest", "Paxos Made Simple, 2.2", Safety;
    /// A proposer goes on only with promises of a whole quorum. Off: with the first one.
    WaitForPromises = "waitForPromises", "Paxos Made Simple, 2.2", Safety;
    /// A value is chosen when a whole quorum has accepted it. Off: when one acceptor has.
    ChosenByQuorum = "chosenByQuorum", "Paxos Made Simple, 2.1", Safety;
    /// Acceptances count together only if they are of one number. Off: whatever their numbers and values.
    CountOneBallot = "countOneBallot", "Paxos Made Simple, 2.2", Safety;
    /// Every quorum of the first phase meets every quorum of the second.
    QuorumsMeet = "quorumsMeet", "Flexible Paxos, 3", Safety;
    /// A proposer that was refused waits a while, drawn by lot and longer each time.
    BackOff = "backOff", "Paxos Made Simple, 2.4", Liveness;
    /// An acceptor that refuses says so.
    TellRefusal = "tellRefusal", "Paxos Made Simple, 2.2", Cost;
    /// A learner that was not told asks.
    AskAgain = "askAgain", "Paxos Made Simple, 2.3", Liveness;
}
