//! Is a write that was acknowledged in the history that the set has agreed on?
//!
//! The oplog of the newest primary is the set's history: what is not in it is rolled back wherever it still stands. Without a
//! primary, what any member's oplog has may still be kept.

use super::ReplicaSet;
use crate::consensus::kv::Op;
use crate::consensus::replica_set::{Durable, Entry, Kind, Member, Oplog, Timestamp};
use crate::kernel::world::World;
use crate::system::measured::Written;

pub(super) fn holds(world: &World, number: u16, writes: &[Written]) -> Option<Vec<bool>> {
    let primary = ReplicaSet::running(world, number)
        .filter(|member| member.is_primary())
        .max_by_key(|member| member.term());
    let oplogs: Vec<&Oplog> = match primary {
        Some(primary) => vec![primary.oplog()],
        None => ReplicaSet::processes(world, number)
            .filter_map(|id| match world.machine::<Member>(id) {
                Some(member) => Some(member.oplog()),
                None => world.stored::<Durable>(id).map(|durable| &durable.oplog),
            })
            .collect(),
    };
    let held = |write: &Written| oplogs.iter().any(|oplog| in_oplog(oplog, write));
    Some(writes.iter().map(held).collect())
}

/// A capped oplog has forgotten its oldest entries, which a majority had. The answer to a write that was asked once more names
/// a later place than the write's own: it is looked for from there back.
fn in_oplog(oplog: &Oplog, write: &Written) -> bool {
    let ts = Timestamp { secs: (write.revision >> 32) as u32, inc: write.revision as u32 };
    if oplog.forgotten() > 0 && ts < oplog.first().ts {
        return true;
    }
    (0..oplog.upto(ts)).rev().filter_map(|at| oplog.get(at)).any(|entry| is_it(entry, write))
}

/// An append is in the oplog as the value that came of it.
fn is_it(entry: &Entry, write: &Written) -> bool {
    let Kind::Write(command) = &entry.kind else { return false };
    let what = match (&command.op, &write.value) {
        (Op::Put { value, .. }, Some(wrote)) => value.ends_with(&**wrote),
        (Op::Delete { .. }, None) => true,
        _ => false,
    };
    let whose = (command.client, command.session) == (write.client, write.session);
    what && whose && *command.op.key() == write.key
}
