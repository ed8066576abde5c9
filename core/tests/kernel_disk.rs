//! Disks: what was synced is safe, and nothing else is; and each fault bends one thing.

mod toy;

use muster_core::kernel::{Action, DiskFault, DiskSpec, HostSpec, LatencyLaw, LossReason, World, WorldSpec};
use muster_core::process::hosted::MachineImage;
use muster_core::process::{Span, Time};
use std::sync::Arc;
use toy::*;

fn ms(n: u64) -> Time {
    Time::millis(n)
}

/// Two toys; a sync takes 10 ms, a message 1 ms.
fn world() -> World {
    let mut world = World::new(latency(LatencyLaw::Constant(Span::millis(1))));
    for n in [1, 2] {
        let disk = DiskSpec { sync: LatencyLaw::Constant(Span::millis(10)) };
        let host =
            world.add_host(&format!("h{n}"), HostSpec { disk, ..HostSpec::default() }).expect("a host");
        let image = MachineImage::<Toy>(Program { peers: vec![], tick: None });
        world.add_process(host, &format!("p{n}"), 0, Arc::new(image)).expect("a process");
    }
    run(&mut world, Time::ZERO);
    world
}

fn keep(world: &mut World, n: u64) {
    ask(world, process(1), Ask::Keep(n));
}

fn stored(world: &World) -> Option<u64> {
    world.stored::<Count>(process(1)).map(|count| count.0)
}

fn fault(world: &mut World, fault: DiskFault) {
    act(world, Action::Disk(host(1), fault));
}

#[test]
fn a_persist_is_safe_when_its_sync_has_completed_and_not_before() {
    let mut world = world();
    keep(&mut world, 1);
    run(&mut world, ms(9));
    assert_eq!((stored(&world), world.unsynced(process(1))), (None, 1));
    run(&mut world, ms(10));
    assert_eq!((stored(&world), world.unsynced(process(1))), (Some(1), 0));
    assert_eq!(toy(&world, 1).persisted, [1]);
}

#[test]
fn syncs_complete_one_after_another_in_order() {
    let mut world = world();
    for n in 1..=3 {
        keep(&mut world, n);
    }
    run(&mut world, ms(25));
    assert_eq!(toy(&world, 1).persisted, [1, 2]);
    run(&mut world, ms(30));
    assert_eq!(toy(&world, 1).persisted, [1, 2, 3]);
}

#[test]
fn a_send_behind_a_persist_waits_for_it_and_names_it_as_a_cause() {
    let mut world = world();
    ask(&mut world, process(1), Ask::Save(5, process(2)));
    let lines = watch(&mut world, ms(20));
    assert_eq!(toy(&world, 2).heard, [(process(1), 5, ms(11))]);
    let heard = lines.iter().find(|line| line.what == "delivered").expect("delivered");
    let persisted = lines.iter().find(|line| line.what.starts_with("Persisted")).expect("persisted");
    assert_eq!(heard.causes.len(), 2);
    assert!(heard.causes.contains(&persisted.id));
}

#[test]
fn a_crash_loses_what_was_not_synced_and_what_waited_for_it() {
    let mut world = world();
    keep(&mut world, 1);
    run(&mut world, ms(10));
    ask(&mut world, process(1), Ask::Save(2, process(2)));
    run(&mut world, ms(15));
    let mut diary = Diary::default();
    world.act(&Action::CrashHost(host(1)), &mut [&mut diary]).expect("crashed");
    assert_eq!(diary.lines[0].lost.len(), 1);
    assert_eq!(diary.lines[0].lost[0].1, LossReason::SenderDied);
    act(&mut world, Action::StartHost(host(1)));
    run(&mut world, ms(100));
    assert_eq!(stored(&world), Some(1));
    assert_eq!(toy(&world, 1).ticks, 1, "it starts from its disk");
    assert_eq!(world.process(process(1)).expect("there").incarnation, 2);
    assert!(toy(&world, 2).heard.is_empty());
}

#[test]
fn a_torn_tail_keeps_some_prefix_of_the_unsynced_writes() {
    let mut kept = std::collections::BTreeSet::new();
    for seed in 0..60 {
        let mut world = world_with_seed(seed);
        fault(&mut world, DiskFault::TornTail);
        for n in [100, 200, 300] {
            keep(&mut world, n);
        }
        run(&mut world, ms(5));
        act(&mut world, Action::CrashHost(host(1)));
        kept.insert(stored(&world).unwrap_or(0) / 100);
        assert!(stored(&world).unwrap_or(0) < 300);
    }
    assert_eq!(kept.into_iter().collect::<Vec<_>>(), [0, 1, 2], "torn anywhere");
}

fn world_with_seed(seed: u64) -> World {
    let mut world = toys(2, WorldSpec { seed, ..WorldSpec::default() }, None);
    act(&mut world, Action::Disk(host(1), DiskFault::Slow(Span::millis(50))));
    run(&mut world, Time::ZERO);
    world
}

#[test]
fn without_a_torn_tail_nothing_unsynced_is_kept() {
    let mut world = world();
    for n in [100, 200] {
        keep(&mut world, n);
    }
    run(&mut world, ms(5));
    act(&mut world, Action::CrashProcess(process(1)));
    run(&mut world, ms(100));
    assert_eq!(stored(&world), None);
}

#[test]
fn a_stalled_sync_completes_when_the_disk_is_healthy() {
    let mut world = world();
    keep(&mut world, 1);
    run(&mut world, ms(5));
    fault(&mut world, DiskFault::Stall);
    keep(&mut world, 2);
    run(&mut world, ms(1_000));
    assert_eq!((stored(&world), world.unsynced(process(1))), (None, 2));
    fault(&mut world, DiskFault::Healthy);
    run(&mut world, ms(1_015));
    assert_eq!(toy(&world, 1).persisted, [1]);
    run(&mut world, ms(1_020));
    assert_eq!(toy(&world, 1).persisted, [1, 2]);
}

#[test]
fn a_full_or_broken_disk_fails_persists_and_drops_what_waits_for_them() {
    for wrong in [DiskFault::Full, DiskFault::IoError] {
        let mut world = world();
        keep(&mut world, 1);
        run(&mut world, ms(10));
        fault(&mut world, wrong);
        ask(&mut world, process(1), Ask::Save(2, process(2)));
        let lines = watch(&mut world, ms(50));
        assert_eq!((toy(&world, 1).failed.as_slice(), stored(&world)), ([2].as_slice(), Some(1)));
        assert!(toy(&world, 2).heard.is_empty());
        let failed = lines.iter().find(|line| line.what.starts_with("PersistFailed")).expect("failed");
        assert_eq!(failed.lost[0].1, LossReason::PersistFailed);
        fault(&mut world, DiskFault::Healthy);
        keep(&mut world, 3);
        run(&mut world, ms(100));
        assert_eq!(stored(&world), Some(3));
    }
}

#[test]
fn a_slow_disk_takes_that_much_longer() {
    let mut world = world();
    fault(&mut world, DiskFault::Slow(Span::millis(90)));
    keep(&mut world, 1);
    run(&mut world, ms(99));
    assert_eq!(stored(&world), None);
    run(&mut world, ms(100));
    assert_eq!(stored(&world), Some(1));
}

#[test]
fn a_disk_that_is_slow_no_more_works_off_what_had_piled_up_at_its_own_pace() {
    let mut world = world();
    fault(&mut world, DiskFault::Slow(Span::millis(90)));
    for n in 1..=4 {
        keep(&mut world, n);
    }
    run(&mut world, ms(195));
    assert_eq!(toy(&world, 1).persisted, [1], "100 ms each");
    fault(&mut world, DiskFault::Healthy);
    run(&mut world, ms(200));
    assert_eq!(toy(&world, 1).persisted, [1, 2], "what was nearly done is not begun anew");
    run(&mut world, ms(219));
    assert_eq!(toy(&world, 1).persisted, [1, 2, 3]);
    run(&mut world, ms(220));
    assert_eq!(toy(&world, 1).persisted, [1, 2, 3, 4]);
}

#[test]
fn a_lying_disk_reports_what_a_crash_then_loses() {
    let mut world = world();
    fault(&mut world, DiskFault::Lying);
    keep(&mut world, 1);
    run(&mut world, ms(50));
    assert_eq!((toy(&world, 1).persisted.as_slice(), stored(&world)), ([1].as_slice(), None));
    let mut honest = world.clone();
    act(&mut world, Action::CrashHost(host(1)));
    act(&mut world, Action::StartHost(host(1)));
    run(&mut world, ms(60));
    assert_eq!(toy(&world, 1).ticks, 0);
    // Once it is healthy, what it pretended to hold it holds.
    act(&mut honest, Action::Disk(host(1), DiskFault::Healthy));
    assert_eq!(stored(&honest), Some(1));
}

#[test]
fn a_wiped_disk_has_nothing_and_the_process_does_not_know() {
    let mut world = world();
    keep(&mut world, 1);
    run(&mut world, ms(10));
    fault(&mut world, DiskFault::Wipe);
    assert_eq!(stored(&world), None);
    assert_eq!(toy(&world, 1).persisted, [1]);
}

#[test]
fn processes_of_one_host_share_its_disks_queue() {
    let mut world = world();
    let image = MachineImage::<Toy>(Program { peers: vec![], tick: None });
    let name = "p1b".into();
    act(&mut world, Action::AddProcess { host: host(1), name, group: 0, image: Arc::new(image) });
    let second = world.process_named("p1b").expect("added");
    run(&mut world, Time::ZERO);
    keep(&mut world, 1);
    ask(&mut world, second, Ask::Keep(2));
    run(&mut world, ms(15));
    assert_eq!((stored(&world), world.stored::<Count>(second).is_some()), (Some(1), false));
    run(&mut world, ms(20));
    assert_eq!(world.stored::<Count>(second), Some(&Count(2)));
}
