//! Is a write that was acknowledged in the history that the group has agreed on?
//!
//! A slot's value is chosen once and for all, so whoever has executed it knows it. A write is missing where the member that has
//! executed most has another value in its slot, or where nobody has accepted it at all.

use super::MultiPaxosGroup;
use crate::consensus::kv::Command;
use crate::consensus::multi_paxos::{Durable, Kind, Log, Member};
use crate::kernel::world::World;
use crate::system::measured::Written;

pub(super) fn holds(world: &World, number: u16, writes: &[Written]) -> Option<Vec<bool>> {
    let word = MultiPaxosGroup::running(world, number).max_by_key(|member| member.executed());
    let logs: Vec<&Log> = MultiPaxosGroup::processes(world, number)
        .filter_map(|id| match world.machine::<Member>(id) {
            Some(member) => Some(member.log()),
            None => world.stored::<Durable>(id).map(|durable| &durable.log),
        })
        .collect();
    let held = |write: &Written| match word {
        Some(member) if member.executed() >= write.revision => in_log(member.log(), write),
        _ => logs.iter().any(|log| in_log(log, write)),
    };
    Some(writes.iter().map(held).collect())
}

/// What a snapshot holds was agreed on; whose writes those were is not kept.
fn in_log(log: &Log, write: &Written) -> bool {
    if write.revision <= log.base() {
        return true;
    }
    let Some(accepted) = log.get(write.revision) else { return false };
    matches!(&accepted.entry.kind, Kind::Command(command) if is_it(command, write))
}

fn is_it(command: &Command, write: &Written) -> bool {
    (command.client, command.session, command.seq) == (write.client, write.session, write.seq)
}
