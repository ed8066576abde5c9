//! A random walk over a group of Raft members without time, watched from outside: any delivery, loss, repeat, timeout,
//! write, crash and command may come next. What the paper promises is checked after every step.

use muster_core::consensus::kv::{self, Op, Outcome, Reply};
use muster_core::consensus::raft::{
    Command, Compaction, Configuration, Durable, Entry, Initial, Member, Program, ReadMode, Role, Rule,
    Rules, Settings,
};
use muster_core::process::hosted::MachineImage;
use muster_core::process::payload::peek;
use muster_core::process::untimed::{Choice, Freight, Untimed};
use muster_core::process::{Digest, Fold, ProcessId};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

const CLIENT: ProcessId = ProcessId(100);

/// What went wrong: the property's name in the paper, and the particulars.
#[derive(Debug)]
pub struct Violation(pub &'static str, #[allow(dead_code, reason = "read through Debug")] pub String);

/// A small generator for the walk alone (SplitMix64).
pub struct Luck(pub u64);

impl Luck {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }
}

/// What the walk reached, so that "no violation" means something.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reached {
    pub leaders: u64,
    pub cuts: u64,
    pub crashes: u64,
    pub snapshots: u64,
    pub joint: u64,
    pub committed: u64,
    pub answered: u64,
    pub reads: u64,
    pub transfers: u64,
}

pub struct Walk {
    pub world: Untimed,
    members: Vec<ProcessId>,
    luck: Luck,
    client: Client,
    seen: Seen,
    pub reached: Reached,
    memberships: bool,
    /// Cut off from the others, for a while.
    alone: Option<ProcessId>,
}

#[derive(Default)]
struct Client {
    session: u64,
    next: u64,
    open: BTreeMap<u64, (Op, u64)>,
    acknowledged: u64,
}

/// What has been seen so far, over all members and lives.
#[derive(Default)]
struct Seen {
    leaders: BTreeMap<u64, ProcessId>,
    applied: BTreeMap<u64, u128>,
    committed: BTreeMap<u64, (u64, u64)>,
    checked: BTreeMap<ProcessId, (u64, u64)>,
    disks: BTreeMap<ProcessId, u64>,
    leader_logs: BTreeMap<ProcessId, (u64, u64, u64)>,
    lasts: BTreeMap<ProcessId, (u64, u64)>,
}

pub struct Plan {
    pub members: u32,
    pub rules: Rules,
    pub compact: bool,
    pub memberships: bool,
    pub initial: Option<fn(ProcessId) -> Initial>,
}

impl Default for Plan {
    fn default() -> Self {
        Plan { members: 3, rules: Rules::ALL, compact: true, memberships: true, initial: None }
    }
}

impl Walk {
    pub fn new(seed: u64, plan: &Plan) -> Walk {
        let members: Vec<_> = (1..=plan.members).map(ProcessId).collect();
        let spare = u32::from(plan.memberships) * 2;
        let mut world = Untimed::new();
        for id in (1..=plan.members + spare).map(ProcessId) {
            let settings = Settings {
                voters: members.clone(),
                reads: ReadMode::ReadIndex,
                compaction: plan.compact.then_some(Compaction { every: 6, keep: 2 }),
                chunk_bytes: 64,
                window: 3,
                batch: 3,
                rules: plan.rules,
                initial: plan.initial.map(|initial| initial(id)),
                ..Settings::default()
            };
            world.add(id, Arc::new(MachineImage::<Member>(Program::new(settings).expect("settings"))));
        }
        let members = world.ids().collect();
        Walk {
            world,
            members,
            luck: Luck(seed),
            client: Client { next: 1, ..Client::default() },
            seen: Seen::default(),
            reached: Reached::default(),
            memberships: plan.memberships,
            alone: None,
        }
    }

    pub fn run(&mut self, steps: usize) -> Result<(), Violation> {
        for _ in 0..steps {
            self.step();
            self.read_answers()?;
            self.look()?;
        }
        Ok(())
    }

    fn pick(&mut self) -> ProcessId {
        self.members[self.luck.below(self.members.len())]
    }

    fn step(&mut self) {
        let id = self.pick();
        let flights = self.world.transit().len();
        match self.luck.below(1000) {
            0..=14 => drop(self.world.apply(Choice::Fire(id, 0))),
            15..=64 => drop(self.world.apply(Choice::Fire(id, 1))),
            65..=66 => drop(self.world.apply(Choice::Fire(id, 2))),
            67..=69 => drop(self.world.apply(Choice::Fire(id, 3))),
            70..=259 => drop(self.world.apply(Choice::Sync(id))),
            260..=264 => {
                let up = self.members.iter().filter(|&&id| self.world.is_up(id)).count();
                if up > 2 && self.world.apply(Choice::CrashTorn(id, (self.luck.next() >> 32) as u32)) {
                    self.reached.crashes += 1;
                }
            }
            265..=289 => drop(self.world.apply(Choice::Restart(id))),
            290..=319 if flights > 0 => {
                let i = self.luck.below(flights);
                self.world.apply(Choice::Drop(i));
            }
            320..=344 if flights > 0 && flights < 60 => {
                let i = self.luck.below(flights);
                self.world.apply(Choice::Duplicate(i));
            }
            345..=394 => self.ask(id),
            395..=397 => self.command(id),
            403..=409 if self.memberships => self.change(),
            398 => self.alone = Some(id),
            399..=402 => self.alone = None,
            _ if flights > 0 => {
                // Mostly in order, so that something comes about; any order, sometimes.
                let i = if self.luck.below(4) == 0 {
                    self.luck.below(flights)
                } else {
                    self.luck.below(flights.min(3))
                };
                let item = &self.world.transit()[i];
                let apart =
                    self.alone.is_some() && (self.alone == Some(item.from)) != (self.alone == Some(item.to));
                let passes = !apart || item.from == CLIENT || item.to == CLIENT;
                self.world.apply(if passes { Choice::Deliver(i) } else { Choice::Drop(i) });
            }
            _ => {}
        }
    }

    /// A client that repeats itself: an open request goes to anybody again, or a new one is made.
    fn ask(&mut self, to: ProcessId) {
        let client = &mut self.client;
        let message = if client.session == 0 {
            kv::Message::Register { seq: 0 }
        } else {
            let repeat = client.open.keys().nth(self.luck.below(client.open.len().max(1))).copied();
            let seq = match repeat.filter(|_| client.open.len() > 3 || self.luck.below(3) > 0) {
                Some(seq) => seq,
                None => {
                    let seq = client.next;
                    client.next += 1;
                    let key: Arc<str> = ["a", "b"][self.luck.below(2)].into();
                    let op = match self.luck.below(3) {
                        0 => Op::Get { key },
                        1 if seq.is_multiple_of(7) => Op::Put { key, value: format!("<{seq}>").into() },
                        _ => Op::Append { key, value: format!("<{seq}>").into() },
                    };
                    client.open.insert(seq, (op, client.acknowledged));
                    seq
                }
            };
            let first_unacked = *client.open.keys().next().unwrap_or(&seq);
            let op = client.open[&seq].0.clone();
            kv::Message::Request { session: client.session, seq, first_unacked, op }
        };
        self.world.send(CLIENT, to, Arc::new(message));
    }

    fn command(&mut self, id: ProcessId) {
        let other = self.pick();
        let command = match self.luck.below(4) {
            0 => Command::TakeSnapshot,
            1 => Command::TransferLeadership { to: other },
            _ if self.memberships => {
                let voters =
                    self.members.iter().copied().filter(|_| self.luck.below(3) > 0).collect::<Vec<_>>();
                let learners = self.members.iter().copied().filter(|_| self.luck.below(4) == 0).collect();
                Command::ChangeMembership { voters, learners }
            }
            _ => Command::TimeoutNow,
        };
        self.reached.transfers += u64::from(matches!(command, Command::TransferLeadership { .. }));
        self.world.order(id, 1, Arc::new(command));
    }

    /// Whoever leads is asked for other members.
    fn change(&mut self) {
        let leads =
            |id: &&ProcessId| self.world.machine::<Member>(**id).is_some_and(|m| m.role() == Role::Leader);
        let Some(&leader) = self.members.iter().find(leads) else { return };
        let voters = self.members.iter().copied().filter(|_| self.luck.below(5) > 1).collect();
        self.world.order(leader, 1, Arc::new(Command::ChangeMembership { voters, learners: vec![] }));
    }

    /// The client reads what was sent to it.
    fn read_answers(&mut self) -> Result<(), Violation> {
        while let Some(i) = self.world.transit().iter().position(|item| item.to == CLIENT) {
            let what = self.world.transit()[i].what.clone();
            self.world.apply(Choice::Deliver(i));
            let Freight::Datagram(payload) = what else { continue };
            let Some(kv::Message::Response { session, seq, reply }) = peek(&*payload) else { continue };
            let client = &mut self.client;
            match reply {
                Reply::Registered { session } if client.session == 0 => client.session = *session,
                Reply::Done { revision, outcome } if *session == client.session => {
                    let Some((op, floor)) = client.open.remove(seq) else { continue };
                    self.reached.answered += 1;
                    if let (Op::Get { key }, Outcome::Value(_)) = (&op, outcome) {
                        self.reached.reads += 1;
                        if *revision < floor {
                            let text =
                                format!("{key} read at {revision}, though {floor} was acknowledged before");
                            return Err(Violation("no stale linearizable read", text));
                        }
                    } else {
                        client.acknowledged = client.acknowledged.max(*revision);
                    }
                }
                Reply::SessionExpired if *session == client.session => {
                    return Err(Violation("exactly once", format!("session {session} is lost")));
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn look(&mut self) -> Result<(), Violation> {
        for id in self.members.clone() {
            if let Some(durable) = self.world.disk::<Durable>(id) {
                let before = self.seen.disks.insert(id, durable.term).unwrap_or(0);
                if durable.term < before {
                    return Err(Violation(
                        "durable term never goes back",
                        format!("{id:?}: {}", durable.term),
                    ));
                }
            }
            let world = &self.world;
            let Some(member) = world.machine::<Member>(id) else {
                self.seen.checked.remove(&id);
                self.seen.lasts.remove(&id);
                continue;
            };
            let last = member.log().last();
            let before = self.seen.lasts.insert(id, (last, member.log().last_term()));
            if before
                .is_some_and(|(at, term)| at >= member.log().base() && member.log().term_at(at) != Some(term))
            {
                self.reached.cuts += 1;
            }
            self.reached.joint +=
                u64::from(member.configuration().1.is_joint() && member.role() == Role::Leader);
            leaders(member, &mut self.seen, &mut self.reached)?;
            applied(member, &mut self.seen, &mut self.reached)?;
            for other in self.members.iter().filter(|&&other| other > id) {
                if let Some(other) = world.machine::<Member>(*other) {
                    log_matching(member, other)?;
                }
            }
        }
        Ok(())
    }
}

fn fingerprint(entry: &Entry) -> u128 {
    let mut digest = Digest::new();
    entry.fold(&mut digest);
    digest.value()
}

/// Election Safety, Leader Append-Only, Leader Completeness.
fn leaders(member: &Member, seen: &mut Seen, reached: &mut Reached) -> Result<(), Violation> {
    let (id, term) = (member.id(), member.term());
    if member.role() != Role::Leader {
        seen.leader_logs.remove(&id);
        return Ok(());
    }
    let other = *seen.leaders.entry(term).or_insert_with(|| {
        reached.leaders += 1;
        id
    });
    if other != id {
        return Err(Violation("Election Safety", format!("{id:?} and {other:?} lead term {term}")));
    }
    let (last, last_term) = (member.log().last(), member.log().last_term());
    if let Some((then, at, at_term)) = seen.leader_logs.insert(id, (term, last, last_term))
        && then == term
        && (last < at || member.log().term_at(at).is_some_and(|t| t != at_term))
    {
        return Err(Violation("Leader Append-Only", format!("{id:?} had {at}, has {last}")));
    }
    for (&index, &(of, by)) in seen.committed.range(member.log().base()..) {
        if by < term && member.log().term_at(index) != Some(of) {
            let text =
                format!("{id:?}, leader of {term}, lacks {index} of term {of}, committed in term {by}");
            return Err(Violation("Leader Completeness", text));
        }
    }
    Ok(())
}

/// State Machine Safety, and each command's effect once.
fn applied(member: &Member, seen: &mut Seen, reached: &mut Reached) -> Result<(), Violation> {
    let (commit, done) = seen.checked.get(&member.id()).copied().unwrap_or((0, 0));
    if member.commit_index() < commit {
        return Err(Violation("commit index never goes back", format!("{:?}", member.id())));
    }
    reached.snapshots += u64::from(member.snapshot_index() > done);
    let upto = member.last_applied();
    for (index, entry) in member.log().iter_from(done + 1).take_while(|(index, _)| *index <= upto) {
        let print = fingerprint(entry);
        seen.committed.entry(index).or_insert((entry.term, member.term()));
        match seen.applied.insert(index, print) {
            None => reached.committed += 1,
            Some(before) if before == print => {}
            Some(_) => {
                let text = format!("{:?} applied another entry at {index}", member.id());
                return Err(Violation("State Machine Safety", text));
            }
        }
    }
    if upto > done {
        for (key, value) in member.store().pairs() {
            let parts: Vec<&str> = value.value.split_inclusive('>').collect();
            if parts.iter().collect::<BTreeSet<_>>().len() < parts.len() {
                return Err(Violation("exactly once", format!("{:?}: {key} = {}", member.id(), value.value)));
            }
        }
    }
    seen.checked.insert(member.id(), (member.commit_index(), upto));
    Ok(())
}

/// Log Matching: where two logs hold the same index and term, they are the same up to there.
fn log_matching(a: &Member, b: &Member) -> Result<(), Violation> {
    let floor = a.log().base().max(b.log().base());
    let upto = a.log().last().min(b.log().last());
    let mut matched = false;
    for index in (floor + 1..=upto).rev() {
        let (Some(one), Some(two)) = (a.log().entry(index), b.log().entry(index)) else { continue };
        if (matched || one.term == two.term) && one != two {
            return Err(Violation("Log Matching", format!("{:?} and {:?} at {index}", a.id(), b.id())));
        }
        matched |= one.term == two.term;
    }
    Ok(())
}

/// Walks from each seed until something is violated.
pub fn hunt(plan: &Plan, seeds: std::ops::Range<u64>, steps: usize) -> (Reached, Option<(u64, Violation)>) {
    let mut sum = Reached::default();
    for seed in seeds {
        let mut walk = Walk::new(seed, plan);
        let result = walk.run(steps);
        let r = walk.reached;
        sum.leaders += r.leaders;
        sum.cuts += r.cuts;
        sum.crashes += r.crashes;
        sum.snapshots += r.snapshots;
        sum.joint += r.joint;
        sum.committed += r.committed;
        sum.answered += r.answered;
        sum.reads += r.reads;
        sum.transfers += r.transfers;
        if let Err(violation) = result {
            return (sum, Some((seed, violation)));
        }
    }
    (sum, None)
}

#[allow(dead_code, reason = "used by one of the two tests that share this file")]
pub fn without(rule: Rule) -> Plan {
    Plan { rules: Rules::ALL.without(rule), ..Plan::default() }
}

#[allow(dead_code, reason = "used by one of the two tests that share this file")]
pub fn first_of(members: u32) -> Configuration {
    Configuration::of((1..=members).map(ProcessId), [])
}
