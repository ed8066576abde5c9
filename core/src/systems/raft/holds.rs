//! Is a write that was acknowledged in the history that the group has agreed on?
//!
//! The word of the most recent term counts: of its most advanced member that runs. What that has not committed so far may still
//! be committed, so a write is missing only where it has committed something else, or where no log has it at all.

use super::RaftGroup;
use crate::consensus::kv::Command;
use crate::consensus::raft::{Durable, Kind, Log, Member};
use crate::kernel::world::World;
use crate::system::measured::Written;

pub(super) fn holds(world: &World, number: u16, writes: &[Written]) -> Option<Vec<bool>> {
    let word = RaftGroup::running(world, number).max_by_key(|member| (member.term(), member.commit_index()));
    let logs: Vec<&Log> = RaftGroup::processes(world, number)
        .filter_map(|id| match world.machine::<Member>(id) {
            Some(member) => Some(member.log()),
            None => world.stored::<Durable>(id).map(|durable| &durable.log),
        })
        .collect();
    let held = |write: &Written| match word {
        Some(member) if member.commit_index() >= write.revision => in_log(member.log(), write),
        _ => logs.iter().any(|log| in_log(log, write)),
    };
    Some(writes.iter().map(held).collect())
}

/// What a snapshot holds was agreed on; whose writes those were is not kept.
fn in_log(log: &Log, write: &Written) -> bool {
    if write.revision <= log.base() {
        return true;
    }
    let Some(entry) = log.entry(write.revision) else { return false };
    matches!(&entry.kind, Kind::Command(command) if is_it(command, write))
}

fn is_it(command: &Command, write: &Written) -> bool {
    (command.client, command.session, command.seq) == (write.client, write.session, write.seq)
}
