//! A group of processes in one hand, on the driver without time: messages lie until they are delivered, disks are done at
//! once unless told to wait.

use crate::consensus::paxos::*;
use crate::process::payload::peek;
use crate::process::untimed::{Choice, Freight, Transit, Untimed};
use crate::process::{Note, ProcessId, Verdict};
use crate::words::Key;
use std::sync::Arc;

pub fn p(n: u32) -> ProcessId {
    ProcessId(n)
}

pub fn ids(n: u32) -> Vec<ProcessId> {
    (1..=n).map(ProcessId).collect()
}

/// A proposal's number.
pub fn b(round: u64, owner: u32) -> Ballot {
    Ballot { round, owner: p(owner) }
}

/// Everybody plays every role.
pub fn settings(n: u32) -> Settings {
    Settings { proposers: ids(n), acceptors: ids(n), learners: ids(n), ..Settings::default() }
}

pub struct Group {
    pub world: Untimed,
    /// Writes are done only when told.
    pub slow_disks: bool,
    ticket: u64,
}

impl Group {
    pub fn new(n: u32) -> Group {
        Group::of(n, settings(n))
    }
    pub fn without(n: u32, rule: Rule) -> Group {
        Group::of(n, Settings { rules: Rules::ALL.without(rule), ..settings(n) })
    }
    pub fn of(n: u32, settings: Settings) -> Group {
        let program = Program::new(settings).expect("settings");
        let mut world = Untimed::new();
        world.keep_notes();
        for id in ids(n) {
            world.add(id, program.image());
        }
        Group { world, slow_disks: false, ticket: 0 }
    }
    pub fn m(&self, n: u32) -> &Peer {
        self.world.machine::<Peer>(p(n)).expect("it runs")
    }
    pub fn disk(&self, n: u32) -> Durable {
        self.world.disk::<Durable>(p(n)).cloned().unwrap_or_default()
    }
    pub fn learned(&self, n: u32) -> Option<&str> {
        self.m(n).learned().map(|(_, value)| &**value)
    }
    pub fn order(&mut self, n: u32, command: Command) -> bool {
        self.ticket += 1;
        self.world.order(p(n), self.ticket, Arc::new(command));
        self.settle();
        self.world.answers().last().is_some_and(|(_, _, answer)| answer.accepted)
    }
    /// What the last order was answered.
    pub fn answered(&self) -> Key {
        self.world.answers().last().map(|(_, _, answer)| answer.phrase.key).expect("an answer")
    }
    pub fn propose(&mut self, n: u32, value: &str) -> bool {
        self.order(n, Command::Propose { value: value.into() })
    }
    /// Writes are done, unless disks are slow.
    pub fn settle(&mut self) {
        if !self.slow_disks {
            self.sync();
        }
    }
    /// Writes are done.
    pub fn sync(&mut self) {
        for id in self.world.ids().collect::<Vec<_>>() {
            while self.world.apply(Choice::Sync(id)) {}
        }
    }
    /// What is on its way.
    pub fn flights(&self) -> impl Iterator<Item = (ProcessId, ProcessId, &PeerMessage)> {
        self.world.transit().iter().filter_map(said)
    }
    pub fn count(&self, fits: impl Fn(&PeerMessage) -> bool) -> usize {
        self.flights().filter(|(_, _, message)| fits(message)).count()
    }
    /// Delivers the oldest that fits; was there one?
    pub fn deliver_one(&mut self, fits: impl Fn(ProcessId, ProcessId, &PeerMessage) -> bool) -> bool {
        let found = self
            .world
            .transit()
            .iter()
            .position(|item| said(item).is_some_and(|(from, to, message)| fits(from, to, message)));
        let there = found.is_some_and(|at| self.world.apply(Choice::Deliver(at)));
        self.settle();
        there
    }
    /// Delivers all that fit, also what they bring about.
    pub fn deliver(&mut self, fits: impl Fn(ProcessId, ProcessId, &PeerMessage) -> bool) {
        for _ in 0..10_000 {
            if !self.deliver_one(&fits) {
                return;
            }
        }
        panic!("it goes on for ever");
    }
    pub fn deliver_all(&mut self) {
        self.deliver(|_, _, _| true);
    }
    /// Delivers among these only.
    pub fn among(&mut self, members: &[u32]) {
        let is_in = |id: ProcessId| members.contains(&id.0);
        self.deliver(|from, to, _| is_in(from) && is_in(to));
    }
    /// Loses all that fit.
    pub fn lose(&mut self, fits: impl Fn(ProcessId, ProcessId, &PeerMessage) -> bool) {
        while let Some(at) = self
            .world
            .transit()
            .iter()
            .position(|item| said(item).is_some_and(|(from, to, message)| fits(from, to, message)))
        {
            self.world.apply(Choice::Drop(at));
        }
    }
    pub fn put_on_its_way(&mut self, from: u32, to: u32, message: PeerMessage) {
        self.world.send(p(from), p(to), Arc::new(message));
    }
    pub fn fire(&mut self, n: u32, timer: Timer) -> bool {
        let there = self.world.apply(Choice::Fire(p(n), timer as u8));
        self.settle();
        there
    }
    pub fn has_timer(&self, n: u32, timer: Timer) -> bool {
        self.world.choices(Default::default()).contains(&Choice::Fire(p(n), timer as u8))
    }
    pub fn crash(&mut self, n: u32) {
        assert!(self.world.apply(Choice::Crash(p(n))));
    }
    pub fn restart(&mut self, n: u32) {
        assert!(self.world.apply(Choice::Restart(p(n))));
        self.settle();
    }
    /// What a process refused by a rule.
    pub fn refused(&self, n: u32, rule: Rule) -> bool {
        let by_rule = |note: &Note| note.verdict == Verdict::Refused && note.rule == Some(rule.name());
        self.world.notes().iter().any(|(who, note)| *who == p(n) && by_rule(note))
    }
    /// Everybody that has learned anything has learned the same; it.
    pub fn agreed(&self) -> Option<String> {
        let all: Vec<&str> = self.world.ids().filter_map(|id| self.learned(id.0)).collect();
        assert!(all.windows(2).all(|two| two[0] == two[1]), "two values are learned: {all:?}");
        all.first().map(|value| (*value).to_owned())
    }
}

fn said(item: &Transit) -> Option<(ProcessId, ProcessId, &PeerMessage)> {
    let Freight::Datagram(payload) = &item.what else { return None };
    Some((item.from, item.to, peek::<PeerMessage>(&**payload)?))
}
