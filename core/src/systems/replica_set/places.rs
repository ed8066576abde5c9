//! Oplogs side by side. An entry has no number of its own, only a time; here each has a place: counted along the oplog that
//! goes furthest, and in every other one from the last entry that the two share. So equal entries stand below each other, and
//! what was written on two sides of a partition stands at the same places.

use super::ReplicaSet;
use crate::consensus::kv::{Command, Op};
use crate::consensus::replica_set::{Durable, Entry, Kind, Member, NoOp, OpTime, Oplog};
use crate::kernel::world::World;
use crate::process::{Arg, Phrase, ProcessId};
use crate::view::{Cell, Epoch, LogTable, Strip};
use crate::words::replset_view::ReplSetViewKey as K;
use crate::words::stage::StageKey as S;
use std::sync::Arc;

/// Where the entries of a set's oplogs stand.
pub(super) struct Places<'a> {
    world: &'a World,
    number: u16,
    /// The oplog along which places are counted.
    along: Option<&'a Oplog>,
    /// The member that knows most to be committed, and its oplog.
    committed: Option<(OpTime, &'a Oplog)>,
}

/// The oplog of a member that runs, or what the disk of one holds that does not.
pub(super) fn oplog(world: &World, id: ProcessId) -> Option<&Oplog> {
    match world.machine::<Member>(id) {
        Some(member) => Some(member.oplog()),
        None => world.stored::<Durable>(id).map(|durable| &durable.oplog),
    }
}

/// Up to where a member knows its entries to be committed; of one that does not run, what its disk says.
pub(super) fn commit(world: &World, id: ProcessId) -> OpTime {
    match world.machine::<Member>(id) {
        Some(member) => member.last_committed(),
        None => world.stored::<Durable>(id).map_or(OpTime::NONE, |durable| durable.stable_at),
    }
}

impl<'a> Places<'a> {
    pub fn of(world: &'a World, number: u16) -> Self {
        let logs = ReplicaSet::processes(world, number).filter_map(|id| Some((id, oplog(world, id)?)));
        let logs: Vec<(ProcessId, &Oplog)> = logs.filter(|(_, log)| !log.is_empty()).collect();
        let end = |log: &Oplog| log.forgotten() + log.len() as u64;
        let along = logs.iter().map(|(_, log)| *log).max_by_key(|log| (end(log), log.last()));
        let known = logs.iter().map(|(id, log)| (commit(world, *id), *log));
        let committed = known.max_by_key(|(commit, _)| *commit);
        Places { world, number, along, committed }
    }

    /// The place before a member's oldest entry.
    fn before(&self, log: &Oplog) -> u64 {
        let Some(along) = self.along else { return log.forgotten() };
        // What two oplogs share comes before what they do not.
        let (mut shared, mut end) = (0, log.len());
        while shared < end {
            let middle = shared + (end - shared) / 2;
            match log.get(middle) {
                Some(entry) if entry.at < along.first() || along.has(entry.at) => shared = middle + 1,
                _ => end = middle,
            }
        }
        let Some(last) = shared.checked_sub(1).and_then(|last| log.get(last)) else {
            return log.forgotten();
        };
        let there = along.forgotten() + along.upto(last.at.ts) as u64;
        there.saturating_sub(shared as u64)
    }

    /// The place of the last entry at or before this one; 0 if there is none.
    pub fn upto(&self, log: &Oplog, at: OpTime) -> u64 {
        match log.upto(at.ts) as u64 {
            0 => 0,
            entries => self.before(log) + entries,
        }
    }

    /// The place of its newest entry; 0 if it holds none.
    pub fn last(&self, log: &Oplog) -> u64 {
        self.upto(log, log.last())
    }

    /// Does it stand where another entry is committed?
    fn contradicts(&self, place: u64, at: OpTime) -> bool {
        self.committed.is_some_and(|(commit, log)| {
            let upto = self.upto(log, commit);
            at > log.first() && place <= upto && !log.has(at)
        })
    }

    /// The entries of a member at these places.
    pub fn strip(&self, id: ProcessId, first: u64, last: u64) -> Option<Strip> {
        let log = oplog(self.world, id)?;
        let member = self.world.machine::<Member>(id);
        let base = self.before(log);
        let commit = commit(self.world, id);
        let synced = member.map_or(log.last(), Member::last_durable);
        let from = first.saturating_sub(base + 1);
        let cell = |(place, entry): (u64, &Arc<Entry>)| Cell {
            index: place,
            epoch: Epoch::term(entry.at.term),
            text: entry_text(entry),
            committed: entry.at <= commit,
            synced: entry.at <= synced,
            conflict: self.contradicts(place, entry.at),
        };
        let within = (base + from + 1..=last).zip(log.iter_from(usize::try_from(from).unwrap_or(usize::MAX)));
        let marks = member.filter(|member| member.is_primary()).map_or(Vec::new(), |member| {
            let known = member.seen().iter().filter(|seen| seen.applied > OpTime::NONE);
            let mark = |applied: OpTime| self.upto(log, applied);
            known.map(|seen| (seen.id, mark(seen.applied), mark(seen.applied) + 1)).collect()
        });
        Some(Strip { id, base, cells: within.map(cell).collect(), marks })
    }

    /// The oplogs of all members that hold data.
    pub fn table(&self, first: Option<u64>, columns: u32) -> Option<LogTable> {
        let bears = |id: &ProcessId| match self.world.machine::<Member>(*id) {
            Some(member) => member.my_config().is_none_or(|me| me.bears_data()),
            None => true,
        };
        let members: Vec<ProcessId> = ReplicaSet::processes(self.world, self.number).filter(bears).collect();
        let ends = members.iter().filter_map(|id| Some(self.last(oplog(self.world, *id)?)));
        let last = ends.max()?;
        let columns = u64::from(columns.max(1));
        let first = first.unwrap_or((last + 1).saturating_sub(columns)).max(1);
        let end = first.saturating_add(columns - 1);
        let rows = members.iter().filter_map(|id| self.strip(*id, first, end)).collect();
        Some(LogTable { group: self.number, first, last, rows })
    }
}

/// What an entry says, short.
pub(super) fn entry_text(entry: &Entry) -> Phrase {
    match &entry.kind {
        Kind::NoOp(why) => Phrase::bare(match why {
            NoOp::Initiate => K::EntryInitiate,
            NoOp::NewPrimary => K::EntryNewPrimary,
            NoOp::Periodic => K::EntryPeriodic,
            NoOp::Read => K::EntryRead,
            NoOp::Reconfig => K::EntryReconfig,
        }),
        Kind::Write(Command { op, .. }) => written(op),
    }
}

fn written(op: &Op) -> Phrase {
    let text = |text: &Arc<str>| Arg::Text(text.clone());
    match op {
        Op::Get { key } => Phrase::new(S::OpGet, [text(key)]),
        Op::Put { key, value } => Phrase::new(S::OpPut, [text(key), text(value)]),
        Op::Append { key, value } => Phrase::new(S::OpAppend, [text(key), text(value)]),
        Op::Delete { key } => Phrase::new(S::OpDelete, [text(key)]),
        Op::Cas { key, expect: Some(expect), value } => {
            Phrase::new(S::OpCas, [text(key), text(expect), text(value)])
        }
        Op::Cas { key, expect: None, value } => Phrase::new(S::OpCasAbsent, [text(key), text(value)]),
    }
}
