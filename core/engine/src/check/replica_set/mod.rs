//! A replica set's invariants: what the MongoDB manual promises of elections, acknowledged writes, rollbacks and reads.
//!
//! [`ReplicaSetCheck`] gathers facts from what members and clients tell each other and from what disks hold, and hands them to
//! a [`Ledger`], which trusts nobody's own word for what is committed: it counts.

mod ledger;
mod reach;
#[cfg(test)]
mod tests;

pub use ledger::{Broken, Ledger, Which};
pub use reach::{Reach, Reached, Recovery};

use super::table::{self, Rests};
use super::{Check, Invariant, Violation};
use crate::consensus::replica_set::{Ask, Durable, Member, Message, OpTime, Oplog, ReadConcern, Reply};
use crate::kernel::world::World;
use crate::kernel::{Event, Fate, Sent, What};
use crate::process::payload::peek;
use crate::process::{Payload, ProcessId};

/// What of a member was seen last.
#[derive(Clone, Copy, Debug)]
struct Glance {
    id: ProcessId,
    leads: bool,
    term: u64,
    commit: OpTime,
    rollbacks: u64,
}

/// All invariants of one set.
#[derive(Clone)]
pub struct ReplicaSetCheck {
    group: u16,
    ledger: Ledger,
    glances: Vec<Glance>,
    /// They broke, and rest.
    rests: Rests<Which>,
}

impl ReplicaSetCheck {
    /// All of them, fresh, for the set of this number in the world. It must see the run from its first event on.
    pub fn new(group: u16) -> Self {
        ReplicaSetCheck { group, ledger: Ledger::default(), glances: Vec::new(), rests: Rests::default() }
    }

    /// What it has counted.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    fn gather(&mut self, world: &World, event: &Event<'_>) -> Vec<Broken> {
        let mut found = Vec::new();
        let id = event.id.process;
        let ours = world.process(id).is_some_and(|process| process.group == self.group);
        if let (true, Some(member)) = (ours, world.machine::<Member>(id)) {
            if matches!(event.what, What::Persisted { .. }) {
                self.look_at_disk(world, member, &mut found);
            }
            self.look_at(member, event.id.incarnation, &mut found);
        }
        for sent in event.sent.iter().filter(|sent| sent.fate != Fate::Gated) {
            self.told(world, sent, &mut found);
        }
        if let What::Delivered { message, payload, .. } = &event.what {
            self.heard(message.from, message.to, payload.as_ref(), &mut found);
        }
        found
    }

    fn look_at_disk(&mut self, world: &World, member: &Member, found: &mut Vec<Broken>) {
        let Some(disk) = world.stored::<Durable>(member.id()) else { return };
        let counts = disk.oplog.last().term == member.term() && disk.is_consistent();
        if let Some(config) = member.config().filter(|_| counts) {
            let ours = world.processes().filter(|process| process.group == self.group);
            let others = ours.filter_map(|process| world.stored::<Durable>(process.id));
            let others = others.map(|disk| &disk.oplog);
            found.extend(self.ledger.is_on_disk(member.id(), &disk.oplog, config, others));
        }
    }

    /// What of it is not as it was.
    fn look_at(&mut self, member: &Member, life: u32, found: &mut Vec<Broken>) {
        let is = Glance {
            id: member.id(),
            leads: member.is_writable(),
            term: member.term(),
            commit: member.last_committed(),
            rollbacks: member.durable().rollback_id,
        };
        let known = self.glances.iter().position(|glance| glance.id == is.id);
        let was = match known {
            Some(at) => std::mem::replace(&mut self.glances[at], is),
            None => {
                self.glances.push(is);
                Glance { leads: false, commit: OpTime::NONE, ..is }
            }
        };
        if is.leads && (!was.leads || was.term != is.term) {
            let term = member.lead().map_or(is.term, |lead| lead.term);
            found.extend(self.ledger.leads((is.id, life), term, member.oplog()));
        }
        if is.rollbacks > was.rollbacks
            && let Some(rollback) = member.rolled_back().last()
        {
            found.extend(self.ledger.rolled_back(is.id, rollback));
        }
        // What a majority has in memory only may be gone with it.
        if is.commit > was.commit && journals(member) {
            let oplog = member.oplog();
            found.extend(self.ledger.takes_for_committed(is.id, was.commit, is.commit, oplog));
        }
    }

    fn told(&mut self, world: &World, sent: &Sent, found: &mut Vec<Broken>) {
        let (from, to) = (sent.message.from, sent.message.to);
        match peek::<Message>(sent.payload.as_ref()) {
            Some(Message::RequestVotes { term, dry_run: false, .. }) => {
                found.extend(self.ledger.voted(from, *term, from));
            }
            Some(Message::Vote { asked, dry_run: false, granted: true, .. }) => {
                found.extend(self.ledger.voted(from, *asked, to));
            }
            Some(Message::Request { seq, ask: Ask::Write { op, .. } }) => {
                self.ledger.asked(from, *seq, op.key());
            }
            Some(Message::Request { seq, ask: Ask::Read { key, .. } }) => self.ledger.asked(from, *seq, key),
            Some(Message::Response { reply, .. }) => {
                let in_journals = || world.machine::<Member>(from).is_none_or(journals);
                let (at, read) = match reply {
                    Reply::Written { at, majority: true, .. } => (*at, false),
                    // Where a majority counts without journals, "the w: "majority" write operations could possibly roll back in the event
                    // of a transient loss … of a majority of nodes" (*Self-Managed Replica Set Configuration*): nothing is promised.
                    Reply::Read { at, concern: ReadConcern::Majority, .. } if in_journals() => (*at, true),
                    _ => return,
                };
                let term = world.machine::<Member>(from).map_or(at.term, Member::term);
                found.extend(self.ledger.promised(from, term, at, read, leading(world, self.group)));
            }
            _ => {}
        }
    }

    fn heard(&mut self, from: ProcessId, to: ProcessId, payload: &dyn Payload, found: &mut Vec<Broken>) {
        let Some(Message::Response { seq, reply }) = peek(payload) else { return };
        match reply {
            Reply::Written { at, majority: true, .. } => self.ledger.heard_written(to, *seq, *at),
            Reply::Read { at, concern: ReadConcern::Linearizable, .. } => {
                found.extend(self.ledger.heard_linearizable(to, *seq, *at, from));
            }
            _ => {}
        }
    }
}

/// Who takes writes at present, in which term.
fn leading(world: &World, group: u16) -> impl Iterator<Item = (ProcessId, u64, &Oplog)> {
    let ours = world.processes().filter(move |process| process.group == group);
    let members = ours.filter_map(|process| world.machine::<Member>(process.id));
    members
        .filter(|member| member.is_writable())
        .map(|member| (member.id(), member.lead().map_or(0, |lead| lead.term), member.oplog()))
}

impl Check for ReplicaSetCheck {
    fn invariants(&self) -> Vec<Invariant> {
        table::invariants::<Which>()
    }

    fn saw(&mut self, world: &World, event: &Event<'_>, broken: &mut Vec<Violation>) {
        let found = self.gather(world, event);
        self.rests.say(found, event, broken);
    }

    fn copy(&self) -> Box<dyn Check> {
        Box::new(self.clone())
    }

    fn weight(&self) -> usize {
        size_of::<Self>() + self.ledger.weight() + self.glances.len() * size_of::<Glance>()
    }
}

/// Does a majority count only with journals, by what this member knows?
fn journals(member: &Member) -> bool {
    member.config().is_none_or(|config| config.majority_journal)
}
