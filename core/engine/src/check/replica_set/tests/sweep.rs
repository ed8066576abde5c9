//! Random faults, many seeds, no violation; and enough happens that this means something.

use super::harness::*;
use crate::check::Meter;
use crate::consensus::replica_set::*;
use crate::kernel::{Action, Chance, DiskFault, LinkScope};
use crate::process::{HostId, Span};

/// One thing that happens to the set.
fn mishap(bench: &mut Bench, lot: &mut Lot) {
    let n = 1 + lot.below(u64::from(MEMBERS)) as u32;
    match lot.below(16) {
        0..=2 => {
            bench.crash(n);
        }
        3 | 4 => {
            if let Some(primary) = bench.primary() {
                bench.crash(primary);
            }
        }
        5 | 6 => {
            let barrier = 1 + lot.below(1_000_000) as u32;
            let alone: Vec<HostId> = (1..=MEMBERS).filter(|_| lot.below(5) < 2).map(HostId).collect();
            let rest = (1..=MEMBERS).map(HostId).filter(|host| !alone.contains(host)).collect();
            bench.act(&Action::Partition { barrier, groups: vec![alone, rest], others_reach_all: true });
        }
        7 => {
            let other = 1 + lot.below(u64::from(MEMBERS)) as u32;
            let scope = LinkScope { from: vec![HostId(n)], to: vec![HostId(other)], both: lot.below(2) == 0 };
            bench.act(&Action::Block { barrier: 1 + lot.below(1_000_000) as u32, scope });
        }
        8 => {
            let chance = Some(Chance::per_million(150_000));
            let scope = LinkScope { from: vec![], to: vec![], both: true };
            let (latency, bandwidth) = (None, None);
            let (loss, duplicate, reorder) = (chance, chance, chance);
            bench.act(&Action::Shape { scope, loss, duplicate, reorder, latency, bandwidth });
        }
        9 => {
            if let Some(primary) = bench.primary() {
                let (secs, catch_up) = (Span::secs(3), Span::secs(1));
                bench.order(primary, Command::StepDown { secs, catch_up, force: lot.below(2) == 0 });
            }
        }
        10 => {
            if let Some(primary) = bench.primary() {
                let host = p(MEMBERS + SPARE);
                let member = Box::new(MemberConfig::new((MEMBERS + SPARE) as u8, host));
                bench.order(primary, Command::Add { member });
                bench.order(primary, Command::Remove { host: p(n) });
            }
        }
        11 => {
            let faults = [DiskFault::TornTail, DiskFault::Slow(Span::millis(300)), DiskFault::Stall];
            let fault = faults[lot.below(3) as usize];
            bench.act(&Action::Disk(HostId(n), fault));
        }
        12 => {
            bench.act(&Action::Pause(HostId(n)));
        }
        13 => {
            let by = lot.below(20_000_000_000) as i64 - 10_000_000_000;
            bench.act(&Action::StepWall(HostId(n), by));
        }
        14 => {
            bench.act(&Action::Clog(LinkScope { from: vec![HostId(n)], to: vec![], both: false }));
        }
        _ => {
            if let Some(primary) = bench.primary() {
                bench.order(primary, Command::Remove { host: p(MEMBERS + SPARE) });
                bench.order(primary, Command::Add { member: Box::new(MemberConfig::new(n as u8, p(n))) });
            }
        }
    }
}

/// Everybody is up and reaches everybody, and disks are healthy.
fn mend(bench: &mut Bench) {
    for n in 1..=MEMBERS + SPARE {
        bench.act(&Action::Resume(HostId(n)));
        bench.act(&Action::Disk(HostId(n), DiskFault::Healthy));
        bench.start(n);
    }
    bench.act(&Action::HealAll);
    bench.act(&Action::Unshape(LinkScope { from: vec![], to: vec![], both: true }));
}

/// A minute of mishaps, and then peace.
fn troubled(seed: u64) -> Bench {
    let mut bench = Bench::new(seed, Rules::ALL, |_| {});
    let mut lot = Lot(seed);
    bench.run(Span::secs(4));
    for _ in 0..12 {
        mishap(&mut bench, &mut lot);
        bench.run(Span::millis(200 + lot.below(3_000)));
        if lot.below(2) == 0 {
            for n in 1..=MEMBERS + SPARE {
                bench.start(n);
            }
        }
        if lot.below(2) == 0 {
            bench.act(&Action::HealAll);
        }
        if lot.below(4) == 0 {
            mend(&mut bench);
        }
    }
    mend(&mut bench);
    bench.run(Span::secs(20));
    bench
}

/// Nothing breaks in these runs, and much happens.
fn sweep(seeds: std::ops::RangeInclusive<u64>) {
    let mut sum: Vec<(&str, u64)> = Vec::new();
    let (mut answered, mut led) = (0, 0);
    let count = seeds.clone().count() as u64;
    for seed in seeds {
        let bench = troubled(seed);
        assert_eq!(bench.watching.broken, [], "seed {seed}");
        assert!(bench.members().all(|member| !member.is_halted()), "seed {seed}");
        answered += bench.answered();
        led += u64::from(bench.primary().is_some());
        let counts = bench.reached.counts();
        sum.resize(counts.len(), ("", 0));
        for (total, (name, n)) in sum.iter_mut().zip(counts) {
            *total = (name, total.1 + n);
        }
    }
    assert!(answered > 1_000 * count, "{answered} answers");
    assert_eq!(led, count, "after a while of peace every set has a primary");
    let floors = [
        ("elections", 3 * count),
        ("stepDowns", count / 2),
        ("rollbacks", count / 2),
        ("initialSyncs", count / 4),
        ("reconfigurations", count),
        ("sourceChanges", count),
        ("crashes", 3 * count),
        ("majorityWrites", 50 * count),
        ("answeredReads", 100 * count),
    ];
    for ((name, n), (floor_of, floor)) in sum.into_iter().zip(floors) {
        assert_eq!(name, floor_of);
        assert!(n >= floor, "{name}: {n} in {count} runs");
    }
}

/// So many in every run of the tests: the campaign plays more. `MUSTER_SEEDS` says otherwise.
fn seeds() -> u64 {
    std::env::var("MUSTER_SEEDS").ok().and_then(|n| n.parse().ok()).unwrap_or(20)
}

#[test]
fn random_faults_break_nothing() {
    sweep(1..=seeds());
}

#[test]
fn other_random_faults_break_nothing_either() {
    sweep(1_001..=1_000 + seeds());
}

#[test]
fn a_run_is_the_same_run_again() {
    let digests: Vec<u128> = (0..2).map(|_| troubled(11).world.digest()).collect();
    assert_eq!(digests[0], digests[1]);
}
