//! A group of members in one hand, on the driver without time: messages lie until they are delivered, disks are done at once unless
//! told to wait.

use crate::consensus::kv::{self, Op, Outcome, Reply};
use crate::consensus::multi_paxos::*;
use crate::process::payload::peek;
use crate::process::untimed::{Choice, Freight, Transit, Untimed};
use crate::process::{Note, ProcessId, Verdict};
use std::sync::Arc;

pub const CLIENT: ProcessId = ProcessId(100);

pub fn p(n: u32) -> ProcessId {
    ProcessId(n)
}

pub fn ids(n: u32) -> Vec<ProcessId> {
    (1..=n).map(ProcessId).collect()
}

/// A ballot.
pub fn b(round: u64, owner: u32) -> Ballot {
    Ballot { round, owner: p(owner) }
}

pub fn put(key: &str, value: &str) -> Op {
    Op::Put { key: key.into(), value: value.into() }
}

pub fn get(key: &str) -> Op {
    Op::Get { key: key.into() }
}

pub fn settings(n: u32) -> Settings {
    Settings { members: ids(n), ..Settings::default() }
}

pub struct Group {
    pub world: Untimed,
    /// Writes are done only when told.
    pub slow_disks: bool,
    seq: u64,
    ticket: u64,
}

impl Group {
    pub fn new(n: u32) -> Group {
        Group::of(n, |_| settings(n))
    }
    pub fn without(n: u32, rule: Rule) -> Group {
        Group::of(n, |_| Settings { rules: Rules::ALL.without(rule), ..settings(n) })
    }
    pub fn of(n: u32, settings: impl Fn(u32) -> Settings) -> Group {
        let mut world = Untimed::new();
        world.keep_notes();
        for id in 1..=n {
            world.add(p(id), Program::new(settings(id)).expect("settings").image());
        }
        let mut group = Group { world, slow_disks: false, seq: 0, ticket: 0 };
        group.settle();
        group
    }
    /// A process that is no member yet.
    pub fn add(&mut self, n: u32, settings: Settings) {
        self.world.add(p(n), Program::new(settings).expect("settings").image());
        self.settle();
    }
    pub fn m(&self, n: u32) -> &Member {
        self.world.machine::<Member>(p(n)).expect("it runs")
    }
    pub fn disk(&self, n: u32) -> Durable {
        self.world.disk::<Durable>(p(n)).cloned().unwrap_or_default()
    }
    pub fn order(&mut self, n: u32, command: Command) -> bool {
        self.ticket += 1;
        self.world.order(p(n), self.ticket, Arc::new(command));
        self.settle();
        self.world.answers().last().is_some_and(|(_, _, answer)| answer.accepted)
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
    /// What is on its way between members.
    pub fn flights(&self) -> impl Iterator<Item = (ProcessId, ProcessId, &PeerMessage)> {
        self.world.transit().iter().filter_map(said)
    }
    pub fn count(&self, fits: impl Fn(&PeerMessage) -> bool) -> usize {
        self.flights().filter(|(_, _, message)| fits(message)).count()
    }
    /// Delivers the oldest that fits; was there one?
    pub fn deliver_one(&mut self, fits: impl Fn(ProcessId, ProcessId, &PeerMessage) -> bool) -> bool {
        let fits = |item: &Transit| said(item).is_some_and(|(from, to, message)| fits(from, to, message));
        let found = self.world.transit().iter().position(fits);
        let there = found.is_some_and(|at| self.world.apply(Choice::Deliver(at)));
        self.settle();
        there
    }
    /// Delivers all that fit, also what they bring about.
    pub fn deliver(&mut self, fits: impl Fn(ProcessId, ProcessId, &PeerMessage) -> bool) {
        for _ in 0..20_000 {
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
        let fits = |item: &Transit| said(item).is_some_and(|(from, to, message)| fits(from, to, message));
        while let Some(at) = self.world.transit().iter().position(fits) {
            self.world.apply(Choice::Drop(at));
        }
    }
    pub fn lose_all(&mut self) {
        self.lose(|_, _, _| true);
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

    /// Makes `n` the leader, with the help of these.
    pub fn elect_among(&mut self, n: u32, members: &[u32]) {
        for _ in 0..20 {
            if !self.fire(n, Timer::BackOff) {
                self.fire(n, Timer::Election);
            }
            self.among(members);
            if self.m(n).role() == Role::Leader {
                return;
            }
        }
        panic!("{n} does not come to lead: {:?}", self.told(n));
    }
    pub fn elect(&mut self, n: u32) {
        let all: Vec<u32> = self.world.ids().map(|id| id.0).collect();
        self.elect_among(n, &all);
    }
    /// A heartbeat of `n`, and what comes of it.
    pub fn beat(&mut self, n: u32) {
        assert!(self.fire(n, Timer::Heartbeat));
        self.deliver_all();
    }
    /// A client without a session asks; gives back the request's number.
    pub fn ask(&mut self, n: u32, op: Op) -> u64 {
        self.seq += 1;
        self.request(n, 0, self.seq, op);
        self.seq
    }
    pub fn request(&mut self, n: u32, session: u64, seq: u64, op: Op) {
        let message = kv::Message::Request { session, seq, first_unacked: 1, op };
        self.world.send(CLIENT, p(n), Arc::new(message));
        self.hand_over(n);
    }
    pub fn register(&mut self, n: u32) {
        self.world.send(CLIENT, p(n), Arc::new(kv::Message::Register { seq: 0 }));
        self.hand_over(n);
    }
    fn hand_over(&mut self, n: u32) {
        let at = self.world.transit().iter().position(|item| item.from == CLIENT && item.to == p(n));
        self.world.apply(Choice::Deliver(at.expect("it was sent")));
        self.settle();
    }
    /// What the client was told last of this number.
    pub fn reply(&self, seq: u64) -> Option<Reply> {
        let told = |item: &Transit| match &item.what {
            Freight::Datagram(payload) if item.to == CLIENT => match peek::<kv::Message>(&**payload) {
                Some(kv::Message::Response { seq: of, reply, .. }) if *of == seq => Some(reply.clone()),
                _ => None,
            },
            _ => None,
        };
        self.world.transit().iter().rev().find_map(told)
    }
    pub fn is_written(&self, seq: u64) -> bool {
        matches!(self.reply(seq), Some(Reply::Done { outcome: Outcome::Written, .. }))
    }
    /// A write, and what comes of it among all.
    pub fn write(&mut self, n: u32, key: &str, value: &str) -> bool {
        let seq = self.ask(n, put(key, value));
        self.deliver_all();
        self.is_written(seq)
    }
    pub fn value(&self, n: u32, key: &str) -> Option<&str> {
        self.m(n).get(key).map(|found| &*found.value)
    }
    /// What a member has executed, slot by slot, as far as it still holds it.
    pub fn history(&self, n: u32) -> Vec<(u64, Arc<Entry>)> {
        let held = self.m(n).log().iter_from(0).take_while(|(slot, _)| *slot <= self.m(n).executed());
        held.map(|(slot, it)| (slot, it.entry.clone())).collect()
    }
    /// What stands in the slots of a member, in a few letters: a value that is written, `-` for nothing to do, `M` for members.
    pub fn slots(&self, n: u32) -> String {
        let letter = |(_, it): (u64, &Accepted)| match &it.entry.kind {
            Kind::NoOp => "-".to_owned(),
            Kind::Command(command) => command.op.value().map_or("?".to_owned(), |value| (**value).to_owned()),
            Kind::Register { .. } => "R".to_owned(),
            Kind::Members(_) => "M".to_owned(),
        };
        self.m(n).log().iter_from(0).map(letter).collect()
    }
    /// No two members have executed different things in a slot.
    pub fn agrees(&self) -> bool {
        let all: Vec<_> =
            self.world.ids().filter(|id| self.world.is_up(*id)).map(|id| self.history(id.0)).collect();
        let same = |(slot, entry): &(u64, Arc<Entry>)| {
            all.iter().flatten().filter(|(at, _)| at == slot).all(|(_, other)| other == entry)
        };
        all.iter().flatten().all(same)
    }
    /// The keys of what a member said, in order.
    pub fn told(&self, n: u32) -> Vec<&'static str> {
        let notes = self.world.notes().iter().filter(|(id, _)| *id == p(n));
        notes.map(|(_, note)| note.phrase.key.as_str()).collect()
    }
    /// What a member did by a rule, was refused by it, or waits for.
    pub fn by_rule(&self, n: u32, rule: Rule, verdict: Verdict) -> Option<&Note> {
        let fits = |note: &Note| note.verdict == verdict && note.rule == Some(rule.name());
        self.world.notes().iter().rev().find(|(who, note)| *who == p(n) && fits(note)).map(|(_, note)| note)
    }
    pub fn refused(&self, n: u32, rule: Rule) -> bool {
        self.by_rule(n, rule, Verdict::Refused).is_some()
    }
    pub fn did(&self, n: u32, rule: Rule) -> bool {
        self.by_rule(n, rule, Verdict::Did).is_some()
    }
}

fn said(item: &Transit) -> Option<(ProcessId, ProcessId, &PeerMessage)> {
    let Freight::Datagram(payload) = &item.what else { return None };
    Some((item.from, item.to, peek::<PeerMessage>(&**payload)?))
}
