//! What was done to the world, in a sentence, and what the timeline marks it as. Knows every action and no system.

use crate::kernel::world::World;
use crate::kernel::{Action, Chance, DiskFault, LinkScope};
use crate::process::{Arg, HostId, Phrase, ProcessId};
use crate::view::MarkKind;
use crate::words::session::SessionKey as K;

/// What was done, in a sentence.
pub fn sentence(action: &Action) -> Phrase {
    let host = |key, id: &HostId| Phrase::new(key, [Arg::Host(*id)]);
    let process = |key, id: &ProcessId| Phrase::new(key, [Arg::Process(*id)]);
    match action {
        Action::CrashHost(id) => host(K::DeedCrashHost, id),
        Action::StartHost(id) => host(K::DeedStartHost, id),
        Action::CrashProcess(id) => process(K::DeedCrashProcess, id),
        Action::StartProcess(id) => process(K::DeedStartProcess, id),
        Action::Pause(id) => host(K::DeedPause, id),
        Action::Resume(id) => host(K::DeedResume, id),
        Action::AddHost { name, .. } => Phrase::new(K::DeedAddHost, [Arg::Name(name.clone())]),
        Action::RemoveHost(id) => host(K::DeedRemoveHost, id),
        Action::AddProcess { host, name, .. } => {
            Phrase::new(K::DeedAddProcess, [Arg::Name(name.clone()), Arg::Host(*host)])
        }
        Action::Block { scope, .. } => {
            between(if scope.both { K::DeedBlockBoth } else { K::DeedBlock }, scope, [])
        }
        Action::Partition { groups, .. } => Phrase::new(K::DeedPartition, [group_list(groups)]),
        Action::Unblock { .. } => Phrase::bare(K::DeedUnblock),
        Action::HealAll => Phrase::bare(K::DeedHealAll),
        Action::Shape { scope, loss, latency, .. } => match (loss, latency) {
            (Some(chance), None) => between(K::DeedLoss, scope, [percent(*chance)]),
            (None, Some(_)) => between(K::DeedLatency, scope, []),
            _ => between(K::DeedShape, scope, []),
        },
        Action::Unshape(scope) => between(K::DeedUnshape, scope, []),
        Action::Clog(scope) => between(K::DeedClog, scope, []),
        Action::Unclog(scope) => between(K::DeedUnclog, scope, []),
        Action::Hold(scope) => between(K::DeedHold, scope, []),
        Action::Release(scope) => between(K::DeedRelease, scope, []),
        Action::DeliverNow(id) => Phrase::new(K::DeedDeliver, [Arg::Process(id.from), Arg::Process(id.to)]),
        Action::DelayMessage(id, by) => {
            Phrase::new(K::DeedDelayMessage, [Arg::Process(id.from), Arg::Process(id.to), Arg::For(*by)])
        }
        Action::DropMessage(id) => Phrase::new(K::DeedDrop, [Arg::Process(id.from), Arg::Process(id.to)]),
        Action::CopyMessage(id) => Phrase::new(K::DeedCopy, [Arg::Process(id.from), Arg::Process(id.to)]),
        Action::Disk(id, fault) => disk(*id, *fault),
        Action::Drift(id, _) => host(K::DeedDrift, id),
        Action::StepWall(id, _) => host(K::DeedStepWall, id),
        Action::FireTimer(id, _) => process(K::DeedFireTimer, id),
        Action::Operate(id, _) => process(K::DeedOperate, id),
        Action::ResetConnection(id) => process(K::DeedResetConnection, &id.opener),
        Action::Reluck(_) => Phrase::bare(K::DeedReluck),
    }
}

fn disk(id: HostId, fault: DiskFault) -> Phrase {
    let key = match fault {
        DiskFault::Healthy => K::DeedDiskHealthy,
        DiskFault::TornTail => K::DeedDiskTornTail,
        DiskFault::Stall => K::DeedDiskStall,
        DiskFault::Full => K::DeedDiskFull,
        DiskFault::IoError => K::DeedDiskIoError,
        DiskFault::Slow(by) => return Phrase::new(K::DeedDiskSlow, [Arg::Host(id), Arg::For(by)]),
        DiskFault::Wipe => K::DeedDiskWipe,
        DiskFault::Lying => K::DeedDiskLying,
    };
    Phrase::new(key, [Arg::Host(id)])
}

/// Hosts by name; none listed means all.
fn hosts(hosts: &[HostId]) -> Arg {
    match hosts {
        [] => Arg::Phrase(Box::new(Phrase::bare(K::DeedEverybody))),
        [one] => Arg::Host(*one),
        some => Arg::List(some.iter().map(|id| Arg::Host(*id)).collect()),
    }
}

fn group_list(groups: &[Vec<HostId>]) -> Arg {
    let group = |group: &Vec<HostId>| Arg::Phrase(Box::new(Phrase::new(K::DeedGroup, [hosts(group)])));
    Arg::List(groups.iter().map(group).collect())
}

fn between<const N: usize>(key: K, scope: &LinkScope, more: [Arg; N]) -> Phrase {
    let mut args = vec![hosts(&scope.from), hosts(&scope.to)];
    args.extend(more);
    Phrase::new(key, args)
}

/// A chance as a share: whole per cent, or to a tenth.
pub fn percent(chance: Chance) -> Arg {
    let tenths = (u64::from(chance.0) * 1_000 + (1 << 31)) >> 32;
    let (whole, rest) = (Arg::Number(tenths / 10), tenths % 10);
    Arg::Phrase(Box::new(match rest {
        0 => Phrase::new(K::Percent, [whole]),
        rest => Phrase::new(K::PercentTenths, [whole, Arg::Number(rest)]),
    }))
}

/// Does it harm, mend, or ask for something?
pub fn mark(action: &Action) -> Option<MarkKind> {
    match action {
        Action::StartHost(_)
        | Action::StartProcess(_)
        | Action::Resume(_)
        | Action::Unblock { .. }
        | Action::HealAll
        | Action::Unshape(_)
        | Action::Unclog(_)
        | Action::Release(_)
        | Action::Disk(_, DiskFault::Healthy) => Some(MarkKind::Repair),
        // To ask a process something, to add one, or to let chance or a timer fall otherwise breaks nothing.
        Action::Operate(..)
        | Action::AddHost { .. }
        | Action::AddProcess { .. }
        | Action::FireTimer(..)
        | Action::Reluck(_) => Some(MarkKind::Command),
        Action::DeliverNow(_) => None,
        _ => Some(MarkKind::Fault),
    }
}

/// On whose lane it shows, if on one.
pub fn lane(action: &Action, world: &World) -> Option<ProcessId> {
    let on = |host: HostId| world.processes().find(|process| process.host == host).map(|process| process.id);
    match action {
        Action::CrashHost(host)
        | Action::StartHost(host)
        | Action::Pause(host)
        | Action::Resume(host)
        | Action::Disk(host, _)
        | Action::Drift(host, _)
        | Action::StepWall(host, _) => on(*host),
        Action::CrashProcess(id)
        | Action::StartProcess(id)
        | Action::FireTimer(id, _)
        | Action::Operate(id, _) => Some(*id),
        Action::DeliverNow(id)
        | Action::DelayMessage(id, _)
        | Action::DropMessage(id)
        | Action::CopyMessage(id) => Some(id.to),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chance_is_said_to_a_tenth_of_a_per_cent() {
        let said = |ppm| match percent(Chance::per_million(ppm)) {
            Arg::Phrase(phrase) => phrase.args,
            other => vec![other],
        };
        assert_eq!(said(100_000), [Arg::Number(10)]);
        assert_eq!(said(1_000), [Arg::Number(0), Arg::Number(1)]);
        assert_eq!(said(1_000_000), [Arg::Number(100)]);
    }
}
