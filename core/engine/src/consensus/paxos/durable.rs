//! What a process' disk holds. "Stable storage, preserved during failures, is used to maintain the information that the
//! acceptor must remember. An acceptor records its intended response in stable storage before actually sending the response"
//! (*Paxos Made Simple* §2.5); and "each proposer remembers (in stable storage) the highest-numbered proposal it has tried".

use super::message::PeerMessage;
use super::rules::{Rule, Rules};
use super::{Peer, Value};
use crate::consensus::ballot::Ballot;
use crate::process::{Digest, Durable as DurableState, Effects, Fold, ProcessId};

/// The state that survives a crash.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Durable {
    /// As a proposer: the highest round it has tried.
    pub tried: u64,
    /// As an acceptor: the highest number it has promised to.
    pub promised: Ballot,
    /// As an acceptor: the proposal with the highest number that it has accepted.
    pub accepted: Option<(Ballot, Value)>,
    /// The rules in force, if an operator has changed them since the first start.
    pub rules: Option<Rules>,
}

impl Fold for Durable {
    fn fold(&self, digest: &mut Digest) {
        digest.word(self.tried);
        self.promised.fold(digest);
        digest.word(u64::from(self.accepted.is_some()));
        if let Some((ballot, value)) = &self.accepted {
            ballot.fold(digest);
            value.fold(digest);
        }
        self.rules.fold(digest);
    }
}

impl DurableState for Durable {
    /// One record, small enough to be written at once or not at all.
    fn torn(older: Option<&Self>, newer: &Self, kept: u32) -> Option<Self> {
        if kept < u32::MAX / 2 { older.cloned() } else { Some(newer.clone()) }
    }
}

/// What is on its way to the disk, and what waits for it.
#[derive(Clone, Debug, Default)]
pub(super) struct Disk {
    /// Something changed since the last write was asked for.
    pub dirty: bool,
    /// A write was asked for in this very step: a plain send of the same batch waits for it, and for all before.
    pub asked_now: bool,
    /// The last write asked for, and the last one done.
    pub asked: u64,
    pub done: u64,
    /// Answers to this very process that wait for a write.
    pub own: std::collections::VecDeque<(u64, PeerMessage)>,
}

impl Disk {
    /// The next answer to itself that the disk has caught up with.
    pub fn next_own(&mut self) -> Option<PeerMessage> {
        let ready = self.own.iter().position(|(token, _)| *token <= self.done)?;
        self.own.remove(ready).map(|(_, message)| message)
    }
}

impl Fold for Disk {
    fn fold(&self, digest: &mut Digest) {
        digest.word(self.asked - self.done);
        digest.word(self.own.len() as u64);
    }
}

impl Peer {
    /// Asks for what changed to be written.
    pub(super) fn save(&mut self, out: &mut Effects<'_, Self>) {
        if self.disk.dirty {
            self.write(out);
        }
    }

    fn write(&mut self, out: &mut Effects<'_, Self>) {
        self.disk.dirty = false;
        self.disk.asked_now = true;
        self.disk.asked += 1;
        out.persist(self.disk.asked, self.written());
    }

    /// What is written: all of it, but for what a switched-off rule leaves out.
    fn written(&self) -> Durable {
        let mut written = self.durable.clone();
        if !self.rules.has(Rule::DurableBallot) {
            written.tried = 0;
        }
        if !self.rules.has(Rule::DurablePromise) {
            written.promised = Ballot::NONE;
        }
        if !self.rules.has(Rule::DurableAccept) {
            written.accepted = None;
        }
        written
    }

    /// Says what does not speak for the disk, at once.
    pub(super) fn tell(&mut self, to: ProcessId, message: PeerMessage, out: &mut Effects<'_, Self>) {
        match to == self.me {
            true => self.disk.own.push_back((0, message)),
            false => out.send_now(to, message),
        }
    }

    /// Sends what speaks for the disk as soon as the disk holds it; without the rule, at once.
    pub(super) fn send(
        &mut self,
        to: ProcessId,
        message: PeerMessage,
        rule: Rule,
        out: &mut Effects<'_, Self>,
    ) {
        let waits = self.rules.has(rule);
        if waits {
            self.save(out);
            if self.disk.asked > self.disk.done && !self.disk.asked_now && to != self.me {
                self.write(out); // behind one of an earlier step: writes are done in order
            }
        }
        match (to == self.me, waits && self.disk.asked > self.disk.done) {
            (true, true) => self.disk.own.push_back((self.disk.asked, message)),
            (true, false) => self.disk.own.push_back((0, message)),
            (false, true) => out.send(to, message),
            (false, false) => out.send_now(to, message),
        }
    }
}
