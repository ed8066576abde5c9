//! What observers, checks and views may look at. All cheap, none changes anything.

use super::{Accepted, Ballot, Durable, Peer, Phase, Program, Reply, Rules, Value};
use crate::process::ProcessId;

impl Peer {
    /// Who it is.
    pub fn id(&self) -> ProcessId {
        self.me
    }
    /// What it was started from.
    pub fn program(&self) -> &Program {
        &self.program
    }
    /// The rules in force.
    pub fn rules(&self) -> Rules {
        self.rules
    }
    /// What its disk holds once all writes are done.
    pub fn durable(&self) -> &Durable {
        &self.durable
    }
    /// As an acceptor: the highest number it has promised to.
    pub fn promised(&self) -> Ballot {
        self.durable.promised
    }
    /// As an acceptor: the proposal with the highest number that it has accepted.
    pub fn accepted(&self) -> Option<&(Ballot, Value)> {
        self.durable.accepted.as_ref()
    }
    /// As a proposer: how far its proposal is.
    pub fn phase(&self) -> Phase {
        self.proposer.phase
    }
    /// As a proposer: the number of its present or last proposal.
    pub fn ballot(&self) -> Ballot {
        self.proposer.ballot
    }
    /// As a proposer in phase 2: the value it proposes.
    pub fn proposes(&self) -> Option<&Value> {
        self.proposer.value.as_ref()
    }
    /// As a proposer: what it was asked to propose.
    pub fn wish(&self) -> Option<&Value> {
        self.proposer.wish.as_ref()
    }
    /// As a proposer: who has answered in this phase.
    pub fn replies(&self) -> &[Reply] {
        &self.proposer.replies
    }
    /// As a learner: the acceptances it has heard of.
    pub fn heard(&self) -> &[Accepted] {
        &self.learner.heard
    }
    /// What it knows to be chosen, and with which proposal.
    pub fn learned(&self) -> Option<&(Ballot, Value)> {
        self.learner.learned.as_ref()
    }
    /// The last numbers of which it took its own promise, and its own acceptance: they take no message.
    pub fn told_itself(&self) -> [Ballot; 2] {
        self.told_itself
    }
    /// Writes asked for and not yet done.
    pub fn writes_under_way(&self) -> u64 {
        self.disk.asked - self.disk.done
    }
}
