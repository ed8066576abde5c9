//! A driver without time: it holds processes, what is on its way between them, timers that are set and writes that are
//! not done, and lets whoever steers choose what happens next. Any order of deliveries and timeouts is possible; the
//! length of a timer means nothing, and clocks stand still. For model checkers, random walks and tests by hand.
//!
//! It steps the very machines the simulated world steps, through the same trait. It deliberately knows no latency, no
//! queue and no luck.

use super::digest::{Digest, Fold};
use super::effects::{Act, Outbox, When};
use super::hosted::{Image, Order, Process, RawInput, Stored, machine_of, stored_as};
use super::ids::{ConnectionId, ProcessId};
use super::note::{Answer, Note};
use super::payload::Payload;
use super::time::Time;
use super::{CloseReason, DiskError, Durable, Machine, Moment, Spawn};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// Something on its way.
#[derive(Clone, Debug)]
pub struct Transit {
    /// Who sent it.
    pub from: ProcessId,
    /// To whom.
    pub to: ProcessId,
    /// What.
    pub what: Freight,
}

/// What can be on its way.
#[derive(Clone, Debug)]
pub enum Freight {
    /// A datagram: may be lost, repeated, and overtaken.
    Datagram(Arc<dyn Payload>),
    /// A connection asks to be accepted.
    Open(ConnectionId),
    /// It was accepted.
    Opened(ConnectionId),
    /// Nothing listens there.
    Refused(ConnectionId),
    /// A message on a connection: in order, never lost while the connection lives.
    Stream(ConnectionId, Arc<dyn Payload>),
    /// The connection ended.
    Closed(ConnectionId, CloseReason),
}

impl Freight {
    fn connection(&self) -> Option<ConnectionId> {
        match self {
            Freight::Datagram(_) => None,
            Freight::Open(id)
            | Freight::Opened(id)
            | Freight::Refused(id)
            | Freight::Stream(id, _)
            | Freight::Closed(id, _) => Some(*id),
        }
    }

    fn fold(&self, digest: &mut Digest) {
        let (tag, payload) = match self {
            Freight::Datagram(payload) => (1, Some(payload)),
            Freight::Open(_) => (2, None),
            Freight::Opened(_) => (3, None),
            Freight::Refused(_) => (4, None),
            Freight::Stream(_, payload) => (5, Some(payload)),
            Freight::Closed(_, why) => (6 + *why as u64, None),
        };
        digest.word(tag);
        Fold::fold(&self.connection(), digest);
        if let Some(payload) = payload {
            payload.fold(digest);
        }
    }
}

/// What may happen next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The `n`-th thing on its way arrives.
    Deliver(usize),
    /// It is lost. Datagrams only.
    Drop(usize),
    /// Another copy of it is on its way. Datagrams only.
    Duplicate(usize),
    /// A timer goes off.
    Fire(ProcessId, u8),
    /// A process' oldest write is done.
    Sync(ProcessId),
    /// All its writes under way fail.
    FailSync(ProcessId),
    /// It crashes; writes under way are lost.
    Crash(ProcessId),
    /// It crashes in the midst of its oldest write, of which a part remains: so many parts in 2³².
    CrashTorn(ProcessId, u32),
    /// It starts again from its disk.
    Restart(ProcessId),
}

/// Which kinds of fault are offered by [`Untimed::choices`]. Deliveries, timers and writes always are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Faults {
    /// Datagrams may be lost.
    pub drop: bool,
    /// Datagrams may be repeated.
    pub duplicate: bool,
    /// Processes may crash, and start again.
    pub crash: bool,
    /// Writes may fail.
    pub fail: bool,
}

/// A write that is not done: what it writes, and what waits for it.
#[derive(Clone)]
struct Write {
    token: u64,
    stored: Arc<dyn Stored>,
    behind: Vec<Transit>,
}

struct Slot {
    image: Arc<dyn Image>,
    process: Option<Box<dyn Process>>,
    disk: Option<Arc<dyn Stored>>,
    writes: VecDeque<Write>,
    timers: u16,
    connections: u32,
    events: u64,
}

impl Clone for Slot {
    fn clone(&self) -> Slot {
        Slot {
            image: self.image.clone(),
            process: self.process.as_ref().map(|process| process.copy()),
            disk: self.disk.clone(),
            writes: self.writes.clone(),
            timers: self.timers,
            connections: self.connections,
            events: self.events,
        }
    }
}

/// Processes without time. A clone is another branch.
#[derive(Clone, Default)]
pub struct Untimed {
    slots: BTreeMap<ProcessId, Slot>,
    transit: Vec<Transit>,
    connections: BTreeMap<ConnectionId, (ProcessId, ProcessId)>,
    answers: Vec<(ProcessId, u64, Answer)>,
    notes: Option<Vec<(ProcessId, Note)>>,
}

impl Untimed {
    /// Nothing yet.
    pub fn new() -> Untimed {
        Untimed::default()
    }
    /// Keeps what processes say of their reasons.
    pub fn keep_notes(&mut self) {
        self.notes.get_or_insert_default();
    }
    /// Adds a process and starts it.
    pub fn add(&mut self, id: ProcessId, image: Arc<dyn Image>) {
        let slot = Slot {
            disk: image.installed(id),
            image,
            process: None,
            writes: VecDeque::new(),
            timers: 0,
            connections: 0,
            events: 0,
        };
        self.slots.insert(id, slot);
        self.restart(id);
    }

    /// Who there is.
    pub fn ids(&self) -> impl Iterator<Item = ProcessId> {
        self.slots.keys().copied()
    }
    /// Is it running?
    pub fn is_up(&self, id: ProcessId) -> bool {
        self.slots.get(&id).is_some_and(|slot| slot.process.is_some())
    }
    /// A running process as the machine it runs.
    pub fn machine<M: Machine>(&self, id: ProcessId) -> Option<&M> {
        machine_of(&**self.slots.get(&id)?.process.as_ref()?)
    }
    /// What a process' disk holds.
    pub fn disk<D: Durable>(&self, id: ProcessId) -> Option<&D> {
        stored_as(&**self.slots.get(&id)?.disk.as_ref()?)
    }
    /// What is on its way, oldest first.
    pub fn transit(&self) -> &[Transit] {
        &self.transit
    }
    /// Answers to operators' commands so far: who, the ticket, what.
    pub fn answers(&self) -> &[(ProcessId, u64, Answer)] {
        &self.answers
    }
    /// What processes said of their reasons, if it is kept.
    pub fn notes(&self) -> &[(ProcessId, Note)] {
        self.notes.as_deref().unwrap_or(&[])
    }

    /// What may happen next. The order is fixed by the state.
    pub fn choices(&self, faults: Faults) -> Vec<Choice> {
        let mut choices = Vec::new();
        for (i, item) in self.transit.iter().enumerate() {
            if !self.is_first_in_line(i) {
                continue;
            }
            choices.push(Choice::Deliver(i));
            if matches!(item.what, Freight::Datagram(_)) {
                choices.extend(faults.drop.then_some(Choice::Drop(i)));
                choices.extend(faults.duplicate.then_some(Choice::Duplicate(i)));
            }
        }
        for (&id, slot) in &self.slots {
            if slot.process.is_none() {
                choices.extend(faults.crash.then_some(Choice::Restart(id)));
                continue;
            }
            choices
                .extend((0..16).filter(|timer| slot.timers & 1 << timer != 0).map(|t| Choice::Fire(id, t)));
            if !slot.writes.is_empty() {
                choices.push(Choice::Sync(id));
                choices.extend(faults.fail.then_some(Choice::FailSync(id)));
                choices.extend(faults.crash.then_some(Choice::CrashTorn(id, 1 << 31)));
            }
            choices.extend(faults.crash.then_some(Choice::Crash(id)));
        }
        choices
    }

    /// Makes it happen; `false` if it cannot in this state.
    pub fn apply(&mut self, choice: Choice) -> bool {
        match choice {
            Choice::Deliver(i) => i < self.transit.len() && self.is_first_in_line(i) && self.deliver(i),
            Choice::Drop(i) => {
                self.datagram(i) && {
                    self.transit.remove(i);
                    true
                }
            }
            Choice::Duplicate(i) => {
                self.datagram(i) && {
                    self.transit.push(self.transit[i].clone());
                    true
                }
            }
            Choice::Fire(id, timer) => self.fire(id, timer),
            Choice::Sync(id) => self.sync(id),
            Choice::FailSync(id) => self.fail_sync(id, DiskError::Io),
            Choice::Crash(id) => self.is_up(id) && self.crash(id, 0),
            Choice::CrashTorn(id, kept) => self.is_up(id) && self.crash(id, kept),
            Choice::Restart(id) => !self.is_up(id) && self.restart(id),
        }
    }

    /// Hands a process an operator's command.
    pub fn order(&mut self, id: ProcessId, ticket: u64, order: Arc<dyn Order>) -> bool {
        self.step(id, RawInput::Command(ticket, order))
    }
    /// Puts a datagram on its way.
    pub fn send(&mut self, from: ProcessId, to: ProcessId, payload: Arc<dyn Payload>) {
        self.transit.push(Transit { from, to, what: Freight::Datagram(payload) });
    }

    /// A number for the state, the same for states that only differ in the order of what is on its way, in how often
    /// anything has happened, or in what was said about it.
    pub fn fingerprint(&self) -> u128 {
        let mut digest = Digest::new();
        for (id, slot) in &self.slots {
            Fold::fold(id, &mut digest);
            digest.word(u64::from(slot.timers) | u64::from(slot.process.is_some()) << 32);
            if let Some(process) = &slot.process {
                process.fold(&mut digest);
            }
            for stored in slot.disk.iter().chain(slot.writes.iter().map(|write| &write.stored)) {
                stored.fold(&mut digest);
            }
            digest.word(slot.writes.len() as u64);
            slot.writes.iter().for_each(|write| digest.word(crowd(&write.behind)));
        }
        digest.word(crowd(&self.transit));
        digest.word(self.connections.len() as u64);
        self.connections.keys().for_each(|id| Fold::fold(id, &mut digest));
        digest.value()
    }

    fn datagram(&self, i: usize) -> bool {
        self.transit.get(i).is_some_and(|item| matches!(item.what, Freight::Datagram(_)))
    }

    /// Nothing of the same connection and direction is ahead of it.
    fn is_first_in_line(&self, i: usize) -> bool {
        let item = &self.transit[i];
        let Some(connection) = item.what.connection() else { return true };
        !self.transit[..i]
            .iter()
            .any(|other| other.what.connection() == Some(connection) && other.to == item.to)
    }

    fn deliver(&mut self, i: usize) -> bool {
        let Transit { from, to, what } = self.transit.remove(i);
        let up = self.is_up(to);
        let input = match what {
            Freight::Datagram(payload) => RawInput::Message(from, payload),
            Freight::Open(id) if up => {
                self.connections.insert(id, (from, to));
                self.transit.push(Transit { from: to, to: from, what: Freight::Opened(id) });
                RawInput::Accepted(id, from)
            }
            Freight::Open(id) => {
                self.transit.push(Transit { from: to, to: from, what: Freight::Refused(id) });
                return true;
            }
            Freight::Opened(id) => RawInput::Opened(id),
            Freight::Refused(id) => RawInput::Refused(id, from, CloseReason::Reset),
            Freight::Stream(id, payload) => RawInput::Received(id, payload),
            Freight::Closed(id, why) => RawInput::Closed(id, why),
        };
        self.step(to, input);
        true
    }

    fn fire(&mut self, id: ProcessId, timer: u8) -> bool {
        let Some(slot) = self.slots.get_mut(&id) else { return false };
        if slot.process.is_none() || timer >= 16 || slot.timers & 1 << timer == 0 {
            return false;
        }
        slot.timers &= !(1 << timer);
        self.step(id, RawInput::Timer(timer))
    }

    fn sync(&mut self, id: ProcessId) -> bool {
        let Some(slot) = self.slots.get_mut(&id) else { return false };
        let Some(write) = slot.writes.pop_front() else { return false };
        slot.disk = Some(write.stored);
        self.transit.extend(write.behind);
        self.step(id, RawInput::Persisted(write.token))
    }

    fn fail_sync(&mut self, id: ProcessId, error: DiskError) -> bool {
        let Some(slot) = self.slots.get_mut(&id) else { return false };
        let writes = std::mem::take(&mut slot.writes);
        for write in &writes {
            self.step(id, RawInput::PersistFailed(write.token, error));
        }
        !writes.is_empty()
    }

    fn crash(&mut self, id: ProcessId, kept: u32) -> bool {
        let Some(slot) = self.slots.get_mut(&id) else { return false };
        if let Some(write) = slot.writes.front()
            && kept > 0
        {
            slot.disk = write.stored.torn(slot.disk.as_ref(), kept);
        }
        slot.writes.clear();
        slot.process = None;
        slot.timers = 0;
        let broken: Vec<_> =
            self.connections.iter().filter(|(_, ends)| ends.0 == id || ends.1 == id).collect();
        let broken: Vec<_> = broken.into_iter().map(|(connection, ends)| (*connection, *ends)).collect();
        for (connection, (a, b)) in broken {
            self.connections.remove(&connection);
            let to = if a == id { b } else { a };
            let what = Freight::Closed(connection, CloseReason::Reset);
            self.transit.push(Transit { from: id, to, what });
        }
        true
    }

    fn restart(&mut self, id: ProcessId) -> bool {
        let Some(slot) = self.slots.get_mut(&id) else { return false };
        slot.process = Some(slot.image.boot(id, slot.disk.as_ref()));
        self.step(id, RawInput::Start)
    }

    /// One input, and all that follows from it. Time stands still: the clocks read the same for ever.
    fn step(&mut self, id: ProcessId, input: RawInput) -> bool {
        const STILL: Time = Time::secs(1_000);
        let Some(slot) = self.slots.get_mut(&id) else { return false };
        let Some(process) = &mut slot.process else { return false };
        slot.events += 1;
        let now = Moment { monotonic: STILL, wall: STILL, event: slot.events };
        let mut outbox = Outbox {
            noting: self.notes.is_some(),
            connections: slot.connections,
            me: Some(id),
            ..Outbox::default()
        };
        let understood = process.step(now, input, &mut outbox);
        slot.connections = outbox.connections;
        let mut wrote = false;
        for act in outbox.acts {
            self.carry_out(id, act, &mut wrote);
        }
        understood
    }

    fn carry_out(&mut self, id: ProcessId, act: Act, wrote: &mut bool) {
        let Some(slot) = self.slots.get_mut(&id) else { return };
        match act {
            Act::Send { to, payload, when } => {
                let what = Freight::Datagram(payload);
                self.leave(Transit { from: id, to, what }, when, *wrote);
            }
            Act::Transmit { connection, payload, when } => {
                let Some(&(a, b)) = self.connections.get(&connection) else { return };
                let to = if a == id { b } else { a };
                let what = Freight::Stream(connection, payload);
                self.leave(Transit { from: id, to, what }, when, *wrote);
            }
            Act::SetTimer { slot: timer, .. } => slot.timers |= 1 << timer,
            Act::CancelTimer { slot: timer } => slot.timers &= !(1 << timer),
            Act::Persist { token, stored } => {
                *wrote = true;
                slot.writes.push_back(Write { token, stored, behind: Vec::new() });
            }
            Act::Connect { connection, to } => {
                self.transit.push(Transit { from: id, to, what: Freight::Open(connection) });
            }
            Act::Close { connection } => {
                let Some((a, b)) = self.connections.remove(&connection) else { return };
                let to = if a == id { b } else { a };
                let what = Freight::Closed(connection, CloseReason::Peer);
                self.transit.push(Transit { from: id, to, what });
            }
            Act::Reply { ticket, answer } => self.answers.push((id, ticket, answer)),
            Act::Spawn(Spawn { name, image, .. }) => self.add(ProcessId::child_of(id, &name), image),
            Act::Stop(who) => {
                self.crash(who, 0);
            }
            Act::Note(note) => {
                if let Some(notes) = &mut self.notes {
                    notes.push((id, *note));
                }
            }
        }
    }

    /// On its way at once, or behind the last write of the same batch.
    fn leave(&mut self, item: Transit, when: When, wrote: bool) {
        let last = self.slots.get_mut(&item.from).and_then(|slot| slot.writes.back_mut());
        match last {
            Some(write) if wrote && when == When::AfterPersist => write.behind.push(item),
            _ => self.transit.push(item),
        }
    }
}

/// A number for a crowd of items, whatever their order.
fn crowd(items: &[Transit]) -> u64 {
    items.iter().fold(items.len() as u64, |sum, item| {
        let mut digest = Digest::new();
        Fold::fold(&item.from, &mut digest);
        Fold::fold(&item.to, &mut digest);
        item.what.fold(&mut digest);
        sum.wrapping_add(digest.short())
    })
}
