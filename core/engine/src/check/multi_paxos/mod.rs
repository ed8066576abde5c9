//! Multi-Paxos' invariants: what *Paxos Made Simple* asks of each slot (§2.1, §2.2) and of what is executed (§3), and what the store's
//! clients may rely on.
//!
//! [`MultiPaxosCheck`] gathers facts from what members tell each other and from what their disks hold, and hands them to a
//! [`Ledger`], which trusts nobody's own word for what is chosen: it counts.

mod ledger;
mod reach;
#[cfg(test)]
mod tests;

pub use ledger::{Broken, Ledger, Which};
pub use reach::{Reach, Reached, Recovery};

use super::raft::exactly_once::ExactlyOnce;
use super::raft::stale_read::NoStaleRead;
use super::raft::{Broken as Told, Observes, Said, Talk};
use super::table::{self, Rests};
use super::{Check, Invariant, Violation};
use crate::consensus::kv::{self, Outcome, Reply};
use crate::consensus::multi_paxos::{Ballot, Durable, Entry, Kind, Member, PeerMessage, Role, Rule};
use crate::kernel::world::World;
use crate::kernel::{Action, Event, Fate, What};
use crate::process::payload::peek;
use crate::process::{Arg, Digest, Fold, Payload, ProcessId};
use crate::words::check::CheckKey as K;
use std::sync::Arc;

/// What of a member is looked at in every event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Glance {
    incarnation: u32,
    executed: u64,
    last: u64,
    promised: Ballot,
    leads: bool,
    next: u64,
    snapshot: u64,
    writes: u64,
}

impl Glance {
    #[inline]
    fn of(member: &Member, incarnation: u32) -> Glance {
        Glance {
            incarnation,
            executed: member.executed(),
            last: member.log().last(),
            promised: member.promised(),
            leads: member.role() == Role::Leader,
            next: member.next_slot(),
            snapshot: member.durable().snapshot_slot(),
            writes: member.writes_pending(),
        }
    }
}

/// All invariants of one group.
#[derive(Clone)]
pub struct MultiPaxosCheck {
    group: u16,
    /// Once somebody of the group was seen.
    ledger: Option<Ledger>,
    members: Vec<(ProcessId, Glance)>,
    once: ExactlyOnce,
    stale: NoStaleRead,
    /// They broke, and rest.
    rests: Rests<Which>,
}

impl MultiPaxosCheck {
    /// All of them, fresh, for the group of this number in the world. It must see the run from its first event on.
    pub fn new(group: u16) -> Self {
        let (once, stale) = (ExactlyOnce::default(), NoStaleRead::default());
        MultiPaxosCheck { group, ledger: None, members: Vec::new(), once, stale, rests: Rests::default() }
    }

    #[inline]
    fn is_member(&self, id: ProcessId) -> bool {
        self.members.iter().any(|(member, _)| *member == id)
    }

    #[inline]
    fn gather(&mut self, world: &World, event: &Event<'_>, found: &mut Vec<Broken>) {
        let id = event.id.process;
        if let What::Done { action: Action::Disk(..), .. } = event.what {
            self.look_at_disks(world, found);
        }
        if let What::Started = event.what {
            self.begin(world, id, found);
        }
        if self.is_member(id) {
            self.member_acted(world, event, found);
        } else {
            self.other_acted(event, found);
        }
    }

    /// A process starts, perhaps of this group, and perhaps not from nothing.
    fn begin(&mut self, world: &World, id: ProcessId, found: &mut Vec<Broken>) {
        let ours = world.process(id).is_some_and(|process| process.group == self.group);
        let Some(member) = world.machine::<Member>(id).filter(|_| ours && !self.is_member(id)) else {
            return;
        };
        let ledger = self.ledger.get_or_insert_with(|| Ledger::new(member.program()));
        self.members.push((id, Glance::default()));
        if member.program().settings().initial.is_some() {
            // What its first step has executed and collected came before what its log holds.
            let (base, held) = (member.log().base(), member.log().iter_from(0));
            let collected = member.executed_now().take_while(|(slot, _)| *slot <= base);
            for (slot, accepted) in collected.chain(held) {
                let chosen = slot <= member.executed();
                found.extend(ledger.given(id, slot, accepted.ballot, &accepted.entry, chosen));
            }
        }
    }

    fn member_acted(&mut self, world: &World, event: &Event<'_>, found: &mut Vec<Broken>) {
        let id = event.id.process;
        let Some(ledger) = &mut self.ledger else { return };
        let disk = world.stored::<Durable>(id);
        let machine = world.machine::<Member>(id);
        let messages = || {
            let left = event.sent.iter().filter(|sent| sent.fate != Fate::Gated);
            left.filter_map(|sent| Some((sent.message.from, peek::<PeerMessage>(sent.payload.as_ref())?)))
        };
        // What it accepted it did before it promised anything that its disk has only now.
        for (from, message) in messages() {
            told_accepted(ledger, from, message, disk, found);
        }
        if let Some(member) = machine {
            let seen = self.members.iter().find(|(of, _)| *of == id).map_or(0, |(_, was)| was.executed);
            told_itself(ledger, member, seen, disk, found);
        }
        for (from, message) in messages() {
            told(ledger, from, message, disk, found);
        }
        if matches!(event.what, What::Persisted { .. } | What::Started) {
            let promised = disk.map(|durable| durable.promised).unwrap_or_default();
            found.extend(ledger.on_disk(id, promised));
        }
        if let Some(member) = machine {
            self.look(member, event.id.incarnation, found);
        }
    }

    /// What it has executed in this event, collected at once or not.
    fn look(&mut self, member: &Member, incarnation: u32, found: &mut Vec<Broken>) {
        let Some((id, was)) = self.members.iter_mut().find(|(id, _)| *id == member.id()) else { return };
        let is = Glance::of(member, incarnation);
        if *was == is {
            return;
        }
        let id = *id;
        let before = std::mem::replace(was, is);
        let Some(ledger) = &mut self.ledger else { return };
        for (slot, accepted) in member.executed_now() {
            found.extend(ledger.executed(id, slot, &accepted.entry));
            if let Kind::Command(command) = &accepted.entry.kind
                && let Some(told) = self.once.applied(id, slot, command, member.store())
            {
                found.push(named(Which::ExactlyOnce, told));
            }
        }
        if is.snapshot != before.snapshot
            && let Some(snapshot) = member.snapshot()
        {
            let mut digest = Digest::new();
            snapshot.store.fold(&mut digest);
            found.extend(ledger.state(id, is.snapshot, digest.short()));
        }
    }

    /// A client, or somebody of another group.
    fn other_acted(&mut self, event: &Event<'_>, found: &mut Vec<Broken>) {
        if let What::Delivered { message, payload, .. } | What::Received { message, payload, .. } =
            &event.what
            && self.is_member(message.from)
        {
            self.heard(message.from, message.to, payload.as_ref(), found);
        }
        for sent in event.sent.iter().filter(|sent| sent.message.from == event.id.process) {
            if let Some(kv::Message::Request { session, seq, first_unacked, op }) =
                peek(sent.payload.as_ref())
                && self.is_member(sent.message.to)
            {
                let said = Said::Asks { op, first_unacked: *first_unacked };
                let talk = Talk { client: sent.message.from, session: *session, seq: *seq, said };
                self.stale.ask(&talk, op, *first_unacked);
            }
        }
    }

    fn heard(
        &mut self,
        member: ProcessId,
        client: ProcessId,
        payload: &dyn Payload,
        found: &mut Vec<Broken>,
    ) {
        let Some(kv::Message::Response { session, seq, reply }) = peek(payload) else { return };
        let talk = Talk { client, session: *session, seq: *seq, said: Said::Hears(reply) };
        if let Some(told) = self.stale.hear(&talk, reply, member) {
            found.push(named(Which::NoStaleRead, told));
        }
        if let Reply::Done { revision, outcome } = reply
            && !matches!(outcome, Outcome::Value(_))
            && let Some(ledger) = &self.ledger
        {
            found.extend(ledger.acked((client, member), *revision, (*session, *seq)));
        }
    }

    /// Who left for good took its disk along, and promises nothing more that it could forget.
    fn look_at_disks(&mut self, world: &World, found: &mut Vec<Broken>) {
        let Some(ledger) = &mut self.ledger else { return };
        for (id, _) in self.members.iter().filter(|(id, _)| world.process(*id).is_some()) {
            let promised = world.stored::<Durable>(*id).map(|durable| durable.promised).unwrap_or_default();
            found.extend(ledger.on_disk(*id, promised));
        }
    }
}

fn named(which: Which, told: Told) -> Broken {
    Broken { which, phrase: told.phrase, involved: told.involved }
}

/// What a leader has told itself takes no message: it counts as soon as its disk has it, or need not. `seen`: how far it had executed.
fn told_itself(
    ledger: &mut Ledger,
    member: &Member,
    seen: u64,
    disk: Option<&Durable>,
    found: &mut Vec<Broken>,
) {
    let id = member.id();
    let on_disk = disk.map(|durable| durable.promised).unwrap_or_default();
    let promised = on_disk >= member.ballot() || !member.rules().has(Rule::DurablePromise);
    if promised && member.promises().iter().any(|promise| promise.member == id) {
        // What it accepted as a leader that gave up before its disk had it, it told nobody until now.
        if ledger.promised(id, member.ballot()) {
            let held = disk.into_iter().flat_map(|durable| durable.log.iter_from(member.executed() + 1));
            for (slot, accepted) in held {
                found.extend(ledger.holds(id, accepted.ballot, slot));
            }
        }
    }
    let mut take = |slot: u64, ballot: Ballot, entry: &Arc<Entry>| {
        found.extend(ledger.issued(id, ballot, slot, entry));
        let kept = |durable: &Durable| durable.log.get(slot).is_some_and(|it| it.ballot == ballot);
        let needless = || !member.rules().has(Rule::DurableAccept) && kept(member.durable());
        if disk.is_some_and(kept) || needless() {
            found.extend(ledger.holds(id, ballot, slot));
        }
    };
    // What it executed just now it may have proposed, though it leads no more.
    let done = member.log().iter_from(seen + 1).take_while(|(slot, _)| *slot <= member.executed());
    for (slot, accepted) in done.filter(|(_, accepted)| accepted.ballot.owner == id) {
        take(slot, accepted.ballot, &accepted.entry);
    }
    // Some of it a snapshot may have collected in the same step: what it had accepted there its disk still has.
    let base = member.log().base();
    let held = disk.into_iter().flat_map(|durable| durable.log.iter_from(seen + 1));
    let collected = held.take_while(|(slot, _)| *slot <= base);
    for (slot, accepted) in collected.filter(|(_, accepted)| accepted.ballot.owner == id) {
        take(slot, accepted.ballot, &accepted.entry);
    }
    if member.role() == Role::Follower {
        return;
    }
    let ballot = member.ballot();
    for pending in member.pending() {
        take(pending.slot, ballot, &pending.entry);
    }
}

fn told_accepted(
    ledger: &mut Ledger,
    from: ProcessId,
    message: &PeerMessage,
    disk: Option<&Durable>,
    found: &mut Vec<Broken>,
) {
    if let PeerMessage::Accepted { ballot, slot, count } = message {
        for at in *slot..slot.saturating_add(*count) {
            found.extend(ledger.accepted(from, *ballot, at));
            found.extend(not_kept(from, *ballot, at, disk));
        }
    }
}

/// A promise tells what its giver has accepted: some of it perhaps for the first time, if it led and gave up before its disk had it.
fn told(
    ledger: &mut Ledger,
    from: ProcessId,
    message: &PeerMessage,
    disk: Option<&Durable>,
    found: &mut Vec<Broken>,
) {
    match message {
        PeerMessage::Promise { ballot, report } => {
            for (slot, accepted) in &report.accepted {
                let ballot = accepted.ballot;
                if disk.and_then(|durable| durable.log.get(*slot)).is_some_and(|it| it.ballot == ballot) {
                    found.extend(ledger.holds(from, ballot, *slot));
                }
            }
            ledger.promised(from, *ballot);
        }
        PeerMessage::Accept { ballot, slot, entries, .. } => {
            for (at, entry) in (*slot..).zip(entries.iter()) {
                found.extend(ledger.issued(from, *ballot, at, entry));
            }
        }
        _ => {}
    }
}

/// What it says to have accepted must be on its disk, unless it was collected.
fn not_kept(id: ProcessId, ballot: Ballot, slot: u64, disk: Option<&Durable>) -> Option<Broken> {
    let kept = disk.is_some_and(|durable| {
        slot <= durable.log.base() || durable.log.get(slot).is_some_and(|accepted| accepted.ballot >= ballot)
    });
    (!kept).then(|| {
        let args = [Arg::Process(id), Arg::Number(slot), ledger::number(ballot)];
        Broken::new(Which::AcceptDurable, K::AcceptedNotOnDisk, args, [id])
    })
}

impl Check for MultiPaxosCheck {
    fn invariants(&self) -> Vec<Invariant> {
        table::invariants::<Which>()
    }

    #[inline]
    fn saw(&mut self, world: &World, event: &Event<'_>, broken: &mut Vec<Violation>) {
        let mut found = Vec::new();
        self.gather(world, event, &mut found);
        self.rests.say(found, event, broken);
    }

    fn copy(&self) -> Box<dyn Check> {
        Box::new(self.clone())
    }

    fn weight(&self) -> usize {
        let members = self.members.len() * size_of::<(ProcessId, Glance)>();
        let clients = self.stale.weight() + self.once.weight();
        size_of::<Self>() + members + clients + self.ledger.as_ref().map_or(0, Ledger::weight)
    }
}
