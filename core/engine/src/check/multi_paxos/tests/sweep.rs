//! Seeds and faults: hosts crash and come back, the network parts, loses, doubles, reorders and clogs, disks tear and stall, clocks
//! drift within their bound, members are replaced, and nothing breaks; and once all is healed, the group serves again.

use super::world::{Lab, Luck, Plan, bad_link};
use crate::check::multi_paxos::Reach;
use crate::consensus::client::{self, Mix};
use crate::consensus::multi_paxos::*;
use crate::kernel::{Action, DiskFault};
use crate::process::{ProcessId, Span, Time};

pub fn plan(seed: u64) -> Plan {
    let mut luck = Luck(seed ^ 0x5eed);
    let reads = if luck.below(2) == 0 { ReadMode::Lease } else { ReadMode::Log };
    let accept_quorum = (luck.below(4) == 0).then_some(2);
    Plan {
        seed,
        members: if luck.below(3) == 0 { 5 } else { 3 },
        spare: 2,
        clients: 3,
        link: bad_link(),
        drift_ppm: 5_000,
        settings: Settings {
            reads,
            lease_drift_ppm: 20_000,
            compaction: Some(Compaction { every: 40, keep: 5 }),
            chunk_bytes: 256,
            window: 4,
            batch: 4,
            alpha: 4 + luck.below(8) as u32,
            accept_quorum,
            ..Settings::default()
        },
        load: client::Settings {
            load: client::Load::open_millirate(40_000),
            mix: Mix { get: 40, put: 30, cas: 10, append: 15, delete: 5 },
            keys: 4,
            timeout: Span::millis(150),
            longest_timeout: Span::millis(600),
            attempts: 8,
            ..client::Settings::default()
        },
    }
}

/// Does one thing to the world.
fn fault(lab: &mut Lab, luck: &mut Luck) {
    let all = lab.everybody();
    let any = all[luck.below(all.len() as u64) as usize];
    let victim = if luck.below(2) == 0 { lab.leader().unwrap_or(any) } else { any };
    let host = lab.host(victim);
    match luck.below(15) {
        0..=2 => drop(lab.act(Action::CrashHost(host))),
        3..=5 => {
            for id in &all {
                lab.act(Action::StartHost(lab.host(*id)));
            }
        }
        6 => drop(lab.cut_off(luck.below(3) as u32, vec![host])),
        7 => {
            let side = all.iter().filter(|_| luck.below(2) == 0).map(|id| lab.host(*id)).collect();
            lab.act(Action::Partition {
                barrier: luck.below(3) as u32,
                groups: vec![side],
                others_reach_all: false,
            });
        }
        8 | 9 => drop(lab.act(Action::HealAll)),
        10 => drop(lab.act(Action::Disk(
            host,
            if luck.below(2) == 0 { DiskFault::TornTail } else { DiskFault::Stall },
        ))),
        11 => drop(lab.act(Action::Disk(host, DiskFault::Healthy))),
        12 => drop(lab.act(if luck.below(2) == 0 { Action::Pause(host) } else { Action::Resume(host) })),
        13 => drop(lab.order(any, Command::Campaign)),
        _ => change(lab, luck, any),
    }
}

/// Asks for one member to be added, removed or replaced, so that at least two stay.
fn change(lab: &mut Lab, luck: &mut Luck, any: ProcessId) {
    let Some(leader) = lab.leader() else { return };
    let Some(current) = lab.m(leader).map(|it| it.configurations().last().map(|(_, it)| it.members.clone()))
    else {
        return;
    };
    let current = current.unwrap_or_default();
    let command = match (current.contains(&any), current.len()) {
        (false, 0..=4) if luck.below(2) == 0 => Command::AddMember { id: any },
        (false, len) => Command::ReplaceMember { old: current[luck.below(len as u64) as usize], new: any },
        (true, 3..) => Command::RemoveMember { id: any },
        (true, _) => return,
    };
    lab.order(leader, command);
}

/// Faults for six seconds, then all is healed, and three more.
pub fn ordeal(plan: Plan) -> (Lab, u64) {
    let mut luck = Luck(plan.seed.wrapping_mul(31));
    let mut lab = Lab::new(plan);
    lab.until(Time::millis(500));
    while lab.world.now() < Time::millis(6_500) && lab.watching.broken.is_empty() {
        fault(&mut lab, &mut luck);
        lab.run_for(Span::millis(40 + luck.below(360)));
    }
    lab.act(Action::HealAll);
    for id in lab.everybody() {
        let host = lab.host(id);
        lab.act(Action::Disk(host, DiskFault::Healthy));
        lab.act(Action::StartHost(host));
        lab.act(Action::Resume(host));
    }
    lab.run_for(Span::millis(1_500));
    let before = lab.answered();
    lab.run_for(Span::millis(1_500));
    let after = lab.answered() - before;
    (lab, after)
}

#[test]
fn no_seed_breaks_a_promise_and_every_group_serves_again() {
    let seeds = std::env::var("MUSTER_SEEDS").ok().and_then(|n| n.parse().ok()).unwrap_or(200);
    let mut all = Reach::default();
    for seed in 1..=seeds {
        let (lab, after) = ordeal(plan(seed));
        assert_eq!(lab.watching.broken, [], "seed {seed}");
        assert!(after > 20, "seed {seed}: {after} answers after healing");
        let reach = lab.reach();
        all.leader_changes += reach.leader_changes;
        all.no_ops += reach.no_ops;
        all.changes += reach.changes;
        all.catch_ups += reach.catch_ups;
        all.snapshots += reach.snapshots;
        all.acked_writes += reach.acked_writes;
        all.answered_reads += reach.answered_reads;
    }
    println!("{all:?}");
    assert!(all.leader_changes > 3 * seeds && all.no_ops > seeds && all.changes > seeds / 2, "{all:?}");
    assert!(all.catch_ups > 5 * seeds && all.snapshots > seeds / 4, "{all:?}");
    assert!(all.acked_writes > 100 * seeds && all.answered_reads > 50 * seeds, "{all:?}");
}
