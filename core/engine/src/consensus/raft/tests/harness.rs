//! A group of members in one hand: messages lie in a list until they are delivered, timers go off when told to, disks
//! are done at once unless told to wait. No time but what a test sets.

use crate::consensus::kv::{self, Op, Reply};
use crate::consensus::raft::*;
use crate::process::hosted::stored_as;
use crate::process::payload::peek;
use crate::process::{
    Act, Answer, Delay, Effects, Input, Machine, Moment, Note, Outbox, Payload, ProcessId, Span, Time,
    Verdict, When,
};
use std::collections::BTreeMap;
use std::sync::Arc;

pub const CLIENT: ProcessId = ProcessId(100);

pub fn p(n: u32) -> ProcessId {
    ProcessId(n)
}

pub fn ids(n: u32) -> Vec<ProcessId> {
    (1..=n).map(ProcessId).collect()
}

pub fn put(key: &str, value: &str) -> Op {
    Op::Put { key: key.into(), value: value.into() }
}

pub fn get(key: &str) -> Op {
    Op::Get { key: key.into() }
}

pub struct Node {
    pub member: Member,
    pub program: Program,
    pub up: bool,
    pub disk: Option<Durable>,
    pub pending: Vec<(u64, Durable)>,
    pub behind: Vec<(u64, ProcessId, Arc<dyn Payload>)>,
    pub timers: BTreeMap<u8, Delay>,
    pub slow_disk: bool,
    pub stopped: bool,
}

pub struct Flight {
    pub from: ProcessId,
    pub to: ProcessId,
    pub payload: Arc<dyn Payload>,
}

impl Flight {
    pub fn peer(&self) -> Option<&PeerMessage> {
        peek(&*self.payload)
    }
}

pub struct Group {
    pub nodes: BTreeMap<ProcessId, Node>,
    pub flights: Vec<Flight>,
    pub replies: Vec<(u64, u64, Reply)>,
    pub answers: Vec<Answer>,
    pub notes: Vec<(ProcessId, Note)>,
    pub now: Time,
    /// Clocks that run away from the others, in parts per million.
    pub drift: BTreeMap<ProcessId, i64>,
    event: u64,
    seq: u64,
}

pub fn settings(n: u32) -> Settings {
    let rules = Rules::ALL.without(Rule::PreVote).without(Rule::CheckQuorum).without(Rule::LeaderStickiness);
    Settings { voters: ids(n), rules, ..Settings::default() }
}

impl Group {
    /// The plain protocol of chapter 3.
    pub fn plain(n: u32) -> Group {
        Group::of(n, |_| settings(n))
    }
    /// With everything.
    pub fn full(n: u32) -> Group {
        Group::of(n, |_| Settings { rules: Rules::ALL, ..settings(n) })
    }
    pub fn of(n: u32, settings: impl Fn(ProcessId) -> Settings) -> Group {
        let mut group = Group {
            nodes: BTreeMap::new(),
            flights: Vec::new(),
            replies: Vec::new(),
            answers: Vec::new(),
            notes: Vec::new(),
            now: Time::secs(1),
            drift: BTreeMap::new(),
            event: 0,
            seq: 0,
        };
        for id in ids(n) {
            group.add(id, settings(id));
        }
        group
    }
    pub fn add(&mut self, id: ProcessId, settings: Settings) {
        let program = Program::new(settings).expect("settings");
        let member = Member::boot(&program, id, None);
        let node = Node {
            member,
            program,
            up: true,
            disk: None,
            pending: Vec::new(),
            behind: Vec::new(),
            timers: BTreeMap::new(),
            slow_disk: false,
            stopped: false,
        };
        self.nodes.insert(id, node);
        self.input(id, Input::Start);
    }
    pub fn m(&self, n: u32) -> &Member {
        &self.nodes[&p(n)].member
    }
    pub fn node(&mut self, n: u32) -> &mut Node {
        self.nodes.get_mut(&p(n)).expect("a member")
    }

    pub fn input(&mut self, id: ProcessId, input: Input<Member>) {
        self.event += 1;
        let drift = self.drift.get(&id).copied().unwrap_or(0);
        let monotonic = Time((i128::from(self.now.0) * (1_000_000 + i128::from(drift)) / 1_000_000) as u64);
        let now = Moment { monotonic, wall: self.now, event: self.event };
        let Some(node) = self.nodes.get_mut(&id).filter(|node| node.up) else { return };
        let mut outbox = Outbox { noting: true, me: Some(id), ..Outbox::default() };
        node.member.step(now, input, &mut Effects::over(&mut outbox));
        let mut last_token = None;
        let mut done = Vec::new();
        for act in outbox.acts {
            match act {
                Act::Send { to, payload, when } => match (when, last_token) {
                    (When::AfterPersist, Some(token)) if node.slow_disk => {
                        node.behind.push((token, to, payload))
                    }
                    _ => self.flights.push(Flight { from: id, to, payload }),
                },
                Act::SetTimer { slot, delay } => {
                    node.timers.insert(slot, delay);
                }
                Act::CancelTimer { slot } => {
                    node.timers.remove(&slot);
                }
                Act::Persist { token, stored } => {
                    let durable = stored_as::<Durable>(&*stored).expect("a member's").clone();
                    last_token = Some(token);
                    if node.slow_disk {
                        node.pending.push((token, durable));
                    } else {
                        node.disk = Some(durable);
                        done.push(token);
                    }
                }
                Act::Reply { answer, .. } => self.answers.push(answer),
                Act::Stop(who) => {
                    assert_eq!(who, id);
                    node.stopped = true;
                }
                Act::Note(note) => self.notes.push((id, *note)),
                _ => panic!("unexpected effect"),
            }
        }
        for token in done {
            self.input(id, Input::Persisted(token));
        }
        self.collect_replies();
    }

    fn collect_replies(&mut self) {
        let replies = &mut self.replies;
        self.flights.retain(|flight| match peek::<kv::Message>(&*flight.payload) {
            Some(kv::Message::Response { session, seq, reply }) if flight.to == CLIENT => {
                replies.push((*session, *seq, reply.clone()));
                false
            }
            _ => true,
        });
    }

    /// The disk of `n` finishes its oldest write.
    pub fn sync_one(&mut self, n: u32) {
        let node = self.node(n);
        let (token, durable) = node.pending.remove(0);
        node.disk = Some(durable);
        let (ready, rest) = std::mem::take(&mut node.behind).into_iter().partition(|(at, ..)| *at <= token);
        node.behind = rest;
        let ready: Vec<(u64, ProcessId, Arc<dyn Payload>)> = ready;
        self.flights.extend(ready.into_iter().map(|(_, to, payload)| Flight { from: p(n), to, payload }));
        self.input(p(n), Input::Persisted(token));
    }
    pub fn sync(&mut self, n: u32) {
        while !self.node(n).pending.is_empty() {
            self.sync_one(n);
        }
    }

    pub fn fire(&mut self, n: u32, timer: Timer) {
        use crate::process::TimerName;
        if self.node(n).timers.remove(&timer.slot()).is_some() {
            self.input(p(n), Input::Timer(timer));
        }
    }
    pub fn delay_of(&self, n: u32, timer: Timer) -> Option<Delay> {
        use crate::process::TimerName;
        self.nodes[&p(n)].timers.get(&timer.slot()).copied()
    }
    pub fn command(&mut self, n: u32, command: Command) -> Answer {
        self.input(p(n), Input::Command { ticket: 1, command });
        self.answers.pop().expect("an answer")
    }
    pub fn say(&mut self, from: u32, to: u32, message: PeerMessage) {
        self.input(p(to), Input::Message { from: p(from), message: Message::Peer(message) });
    }
    pub fn deliver_at(&mut self, i: usize) {
        let flight = self.flights.remove(i);
        if let Some(message) = <Message as crate::process::Wire>::unwrap(flight.payload) {
            self.input(flight.to, Input::Message { from: flight.from, message });
        }
    }
    /// Delivers whatever may pass until nothing is left; drops the rest.
    pub fn settle_among(&mut self, members: &[u32]) {
        let inside = |id: ProcessId| members.contains(&id.0);
        for _ in 0..10_000 {
            self.flights.retain(|flight| inside(flight.from) && inside(flight.to));
            if self.flights.is_empty() {
                return;
            }
            self.deliver_at(0);
        }
        panic!("messages without end");
    }
    pub fn settle(&mut self) {
        let all: Vec<u32> = self.nodes.keys().map(|id| id.0).collect();
        self.settle_among(&all);
    }
    /// What lies in flight from one to another.
    pub fn between(&self, from: u32, to: u32) -> Vec<&PeerMessage> {
        self.flights.iter().filter(|f| (f.from, f.to) == (p(from), p(to))).filter_map(Flight::peer).collect()
    }
    pub fn drop_all(&mut self) {
        self.flights.clear();
    }

    /// Makes `n` the leader, heard by all.
    pub fn elect(&mut self, n: u32) {
        self.elect_among(n, &self.nodes.keys().map(|id| id.0).collect::<Vec<_>>());
    }
    pub fn elect_among(&mut self, n: u32, members: &[u32]) {
        for _ in 0..5 {
            self.pass(Span::secs(1));
            self.fire(n, Timer::Election);
            self.settle_among(members);
            if self.m(n).role() == Role::Leader {
                self.fire(n, Timer::Heartbeat);
                return self.settle_among(members);
            }
        }
        panic!("{n} does not win: {:?}", self.told(n));
    }
    pub fn beat(&mut self, n: u32) {
        self.fire(n, Timer::Heartbeat);
        self.settle();
    }
    pub fn pass(&mut self, span: Span) {
        self.now += span;
    }

    pub fn crash(&mut self, n: u32) {
        let node = self.node(n);
        node.up = false;
        node.pending.clear();
        node.behind.clear();
        node.timers.clear();
    }
    pub fn restart(&mut self, n: u32) {
        let node = self.node(n);
        node.member = Member::boot(&node.program, p(n), node.disk.as_ref());
        node.up = true;
        node.stopped = false;
        self.input(p(n), Input::Start);
    }

    /// A client without a session asks; gives back the request's number.
    pub fn ask(&mut self, n: u32, op: Op) -> u64 {
        self.seq += 1;
        let seq = self.seq;
        self.request(n, 0, seq, op);
        seq
    }
    pub fn request(&mut self, n: u32, session: u64, seq: u64, op: Op) {
        let message = Message::Kv(kv::Message::Request { session, seq, first_unacked: 1, op });
        self.input(p(n), Input::Message { from: CLIENT, message });
    }
    pub fn register(&mut self, n: u32) -> u64 {
        let message = Message::Kv(kv::Message::Register { seq: 0 });
        self.input(p(n), Input::Message { from: CLIENT, message });
        self.settle();
        match self.replies.pop() {
            Some((0, 0, Reply::Registered { session })) => session,
            other => panic!("no session: {other:?}"),
        }
    }
    pub fn reply(&self, seq: u64) -> Option<&Reply> {
        self.replies.iter().rev().find(|reply| reply.1 == seq).map(|reply| &reply.2)
    }
    /// The terms of a member's log.
    pub fn terms(&self, n: u32) -> Vec<u64> {
        self.m(n).log().iter_from(0).map(|(_, entry)| entry.term).collect()
    }
    /// The keys of what a member said, in order.
    pub fn told(&self, n: u32) -> Vec<&'static str> {
        self.notes.iter().filter(|(id, _)| *id == p(n)).map(|(_, note)| note.phrase.key.as_str()).collect()
    }
    /// The last refusal or wait of a member by this rule.
    pub fn refusal(&self, n: u32, rule: Rule) -> Option<&Note> {
        let by = |(id, note): &&(ProcessId, Note)| {
            *id == p(n) && note.rule == Some(rule.name()) && note.verdict != Verdict::Did
        };
        self.notes.iter().rev().find(by).map(|(_, note)| note)
    }
}
