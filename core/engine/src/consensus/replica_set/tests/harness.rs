//! A replica set in a world of its own: one host for each member, and a client by hand.

use super::probe::{Probe, Put, image};
use crate::consensus::kv::Op;
use crate::consensus::replica_set::*;
use crate::kernel::{
    Action, DiskFault, Event, HostSpec, LatencyLaw, LinkScope, LinkSpec, Observer, World, WorldSpec,
};
use crate::process::{HostId, Note, ProcessId, Span, Time, Verdict};
use std::sync::Arc;

pub fn p(n: u32) -> ProcessId {
    ProcessId(n)
}

/// Members 1 to n with the defaults.
pub fn members(n: u32) -> Vec<MemberConfig> {
    (1..=n).map(|n| MemberConfig::new(n as u8, p(n))).collect()
}

pub fn config(members: Vec<MemberConfig>) -> Config {
    Config::initial(members, SetSettings::default())
}

/// A member that never stands.
pub fn passive(n: u32) -> MemberConfig {
    MemberConfig { priority: Priority::ZERO, ..MemberConfig::new(n as u8, p(n)) }
}

/// Every note, and every answer to a command.
#[derive(Default)]
pub struct Witness {
    pub notes: Vec<(ProcessId, Note)>,
    pub accepted: Vec<bool>,
}

impl Observer for Witness {
    fn saw(&mut self, _world: &World, event: &Event<'_>) {
        self.notes.extend(event.notes.iter().map(|note| (event.id.process, note.clone())));
        self.accepted.extend(event.answers.iter().map(|(_, answer)| answer.accepted));
    }
    fn wants_notes(&self) -> bool {
        true
    }
}

pub struct Set {
    pub world: World,
    pub witness: Witness,
    /// Processes of members, those that may join included.
    pub size: u32,
    probe: ProcessId,
    asked: u64,
    barriers: u32,
}

impl Set {
    pub fn new(n: u32) -> Set {
        Set::of(config(members(n)))
    }
    pub fn of(config: Config) -> Set {
        Set::built(Settings::of(config), 0, 1)
    }
    pub fn without(config: Config, rule: Rule) -> Set {
        Set::built(Settings { rules: Rules::ALL.without(rule), ..Settings::of(config) }, 0, 1)
    }
    /// With so many more processes, that may be added.
    pub fn built(settings: Settings, more: u32, seed: u64) -> Set {
        let link = LinkSpec { latency: LatencyLaw::Constant(Span::millis(5)), ..LinkSpec::default() };
        let spec = WorldSpec { seed, default_link: link, ..WorldSpec::default() };
        let mut world = World::new(spec);
        let size = settings.config.members.len() as u32 + more;
        let program = Program::new(settings).expect("settings");
        for n in 1..=size {
            let host = world.add_host(&format!("m{n}"), HostSpec::default()).expect("a new host");
            let id = world.add_process(host, &format!("m{n}"), 0, program.image()).expect("a new process");
            assert_eq!(id, p(n));
        }
        let host = world.add_host("client", HostSpec::default()).expect("a new host");
        let probe = world.add_process(host, "client", 1, image()).expect("a new process");
        Set { world, witness: Witness::default(), size, probe, asked: 0, barriers: 0 }
    }
    pub fn m(&self, n: u32) -> &Member {
        self.world.machine(p(n)).expect("it runs")
    }
    pub fn is_up(&self, n: u32) -> bool {
        self.world.machine::<Member>(p(n)).is_some()
    }
    pub fn disk(&self, n: u32) -> Durable {
        self.world.stored::<Durable>(p(n)).cloned().unwrap_or_default()
    }
    pub fn run(&mut self, span: Span) {
        let until = self.world.now() + span;
        while self.world.step_until(until, &mut [&mut self.witness]) {}
        self.world.advance_to(until);
    }
    pub fn secs(&mut self, secs: u64) {
        self.run(Span::secs(secs));
    }
    /// Runs until it is so, at most so long; how long it took.
    pub fn until(&mut self, secs: u64, so: impl Fn(&Set) -> bool) -> Option<Span> {
        let begin = self.world.now();
        let end = begin + Span::secs(secs);
        while !so(self) {
            if !self.world.step_until(end, &mut [&mut self.witness]) {
                self.world.advance_to(end);
                return so(self).then(|| self.world.now() - begin);
            }
        }
        Some(self.world.now() - begin)
    }
    pub fn act(&mut self, action: &Action) {
        self.world.act(action, &mut [&mut self.witness]).expect("it can be done");
    }
    pub fn crash(&mut self, n: u32) {
        self.act(&Action::CrashHost(HostId(n)));
    }
    /// All that its disk holds is gone.
    pub fn wipe(&mut self, n: u32) {
        self.act(&Action::Disk(HostId(n), DiskFault::Wipe));
    }
    pub fn start(&mut self, n: u32) {
        self.act(&Action::StartHost(HostId(n)));
        self.run(Span::millis(1));
    }
    /// These reach nobody else of the set; the client reaches all. Names it for `heal`.
    pub fn part(&mut self, alone: &[u32]) -> u32 {
        self.barriers += 1;
        let (here, there): (Vec<u32>, Vec<u32>) = (1..=self.size).partition(|n| alone.contains(n));
        let hosts = |list: Vec<u32>| list.into_iter().map(HostId).collect();
        let groups = vec![hosts(here), hosts(there)];
        self.act(&Action::Partition { barrier: self.barriers, groups, others_reach_all: true });
        self.barriers
    }
    /// These two do not reach each other.
    pub fn cut(&mut self, one: u32, other: u32) -> u32 {
        self.barriers += 1;
        let scope = LinkScope { from: vec![HostId(one)], to: vec![HostId(other)], both: true };
        self.act(&Action::Block { barrier: self.barriers, scope });
        self.barriers
    }
    pub fn heal(&mut self, barrier: u32) {
        self.act(&Action::Unblock { barrier });
    }
    /// How long a link takes.
    pub fn latency(&mut self, one: u32, other: u32, latency: Span) {
        let scope = LinkScope { from: vec![HostId(one)], to: vec![HostId(other)], both: true };
        let latency = Some(LatencyLaw::Constant(latency));
        let (loss, duplicate, reorder, bandwidth) = (None, None, None, None);
        self.act(&Action::Shape { scope, loss, duplicate, reorder, latency, bandwidth });
    }
    /// So many bytes a second from one to the other.
    pub fn narrow(&mut self, from: u32, to: u32, bandwidth: u64) {
        let scope = LinkScope { from: vec![HostId(from)], to: vec![HostId(to)], both: false };
        let (loss, duplicate, reorder, latency) = (None, None, None, None);
        let bandwidth = Some(Some(bandwidth));
        self.act(&Action::Shape { scope, loss, duplicate, reorder, latency, bandwidth });
    }
    /// Lifts every barrier; links keep their laws.
    pub fn lift(&mut self) {
        for barrier in self.world.barriers().map(|barrier| barrier.number).collect::<Vec<_>>() {
            self.heal(barrier);
        }
    }
    pub fn fire(&mut self, n: u32, timer: Timer) {
        self.act(&Action::FireTimer(p(n), timer as u8));
    }
    /// Gives a command; was it taken up?
    pub fn order(&mut self, n: u32, command: Command) -> bool {
        self.act(&Action::Operate(p(n), Arc::new(command)));
        let before = self.witness.accepted.len();
        while self.witness.accepted.len() == before
            && self.world.step_until(self.world.now() + Span::millis(1), &mut [&mut self.witness])
        {}
        self.witness.accepted.last().copied().unwrap_or(false)
    }
    /// Makes this one primary, by its timer, and waits until it takes writes.
    pub fn elect(&mut self, n: u32) {
        self.secs(1); // heartbeats
        self.fire(n, Timer::Election);
        let there = self.until(5, |set| set.m(n).is_writable());
        assert!(there.is_some(), "{n} is not elected: {:?}", self.states());
    }
    pub fn states(&self) -> Vec<&'static str> {
        let state = |n| self.world.machine::<Member>(p(n)).map_or("-", |member| member.state().name());
        (1..=self.size).map(state).collect()
    }
    /// Running members that take themselves for the primary.
    pub fn primaries(&self) -> Vec<u32> {
        (1..=self.size).filter(|n| self.is_up(*n) && self.m(*n).is_primary()).collect()
    }
    pub fn writable(&self) -> Vec<u32> {
        (1..=self.size).filter(|n| self.is_up(*n) && self.m(*n).is_writable()).collect()
    }

    /// Asks, and says by which number the answer will come.
    pub fn ask(&mut self, n: u32, ask: Ask) -> u64 {
        self.asked += 1;
        let seq = self.asked;
        let message = Message::Request { seq, ask };
        self.act(&Action::Operate(self.probe, Arc::new(Put { to: p(n), message })));
        seq
    }
    pub fn answer(&self, seq: u64) -> Option<&Reply> {
        let probe = self.world.machine::<Probe>(self.probe)?;
        probe.answers.iter().find(|(known, ..)| *known == seq).map(|(_, _, reply)| reply)
    }
    pub fn put(&mut self, n: u32, key: &str, value: &str, concern: WriteConcern) -> u64 {
        self.put_txn(n, (0, 0), key, value, concern)
    }
    pub fn put_txn(
        &mut self,
        n: u32,
        (session, txn): (u64, u64),
        key: &str,
        value: &str,
        concern: WriteConcern,
    ) -> u64 {
        let op = Op::Put { key: key.into(), value: value.into() };
        self.ask(n, Ask::Write { session, txn, op, concern: Some(concern) })
    }
    /// Puts and waits for the answer.
    pub fn write(&mut self, n: u32, key: &str, value: &str, concern: WriteConcern) -> Option<Reply> {
        let seq = self.put(n, key, value, concern);
        self.until(3, |set| set.answer(seq).is_some());
        self.answer(seq).cloned()
    }
    pub fn read(&mut self, n: u32, key: &str, concern: ReadConcern) -> Option<Reply> {
        let seq = self.ask(n, Ask::Read { key: key.into(), concern, secondary_ok: true });
        self.until(3, |set| set.answer(seq).is_some());
        self.answer(seq).cloned()
    }
    /// What a read finds.
    pub fn value(&mut self, n: u32, key: &str, concern: ReadConcern) -> Option<String> {
        match self.read(n, key, concern) {
            Some(Reply::Read { found, .. }) => found.map(|found| found.value.to_string()),
            other => panic!("no read: {other:?}"),
        }
    }
    pub fn refused(&self, n: u32, rule: Rule) -> bool {
        self.verdict(n, rule, Verdict::Refused)
    }
    pub fn verdict(&self, n: u32, rule: Rule, verdict: Verdict) -> bool {
        let fits = |note: &Note| note.verdict == verdict && note.rule == Some(rule.name());
        self.witness.notes.iter().any(|(who, note)| *who == p(n) && fits(note))
    }
    /// The others have all that this one has.
    pub fn agree(&self) -> bool {
        let ups: Vec<&Member> = (1..=self.size).filter(|n| self.is_up(*n)).map(|n| self.m(n)).collect();
        let bearing = |member: &&&Member| member.my_config().is_some_and(|config| config.bears_data());
        let mut lasts = ups.iter().filter(bearing).map(|member| member.last_applied());
        let first = lasts.next();
        lasts.all(|last| Some(last) == first)
    }
    pub fn now(&self) -> Time {
        self.world.now()
    }
}

pub fn written(reply: &Option<Reply>) -> bool {
    matches!(reply, Some(Reply::Written { .. }))
}
