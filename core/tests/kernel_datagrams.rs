//! Datagrams: latency, loss, duplication, reordering, bandwidth; cuts and partitions; clogs, holds and choice by hand.

mod toy;

use muster_core::kernel::{
    Action, Chance, Fate, HostSpec, LatencyLaw, LinkScope, LinkSpec, LossReason, Refusal, World, WorldSpec,
};
use muster_core::process::{HostId, MessageId, Span, Time};
use toy::*;

fn ten_ms() -> WorldSpec {
    latency(LatencyLaw::Constant(Span::millis(10)))
}

fn link(link: LinkSpec) -> WorldSpec {
    WorldSpec {
        default_link: LinkSpec { latency: LatencyLaw::Constant(Span::millis(10)), ..link },
        ..WorldSpec::default()
    }
}

/// Toys that do nothing by themselves, started.
fn still(n: u32, spec: WorldSpec) -> World {
    let mut world = toys(n, spec, None);
    run(&mut world, Time::ZERO);
    world
}

fn ms(n: u64) -> Time {
    Time::millis(n)
}

fn scope(from: &[u32], to: &[u32], both: bool) -> LinkScope {
    let ids = |list: &[u32]| list.iter().map(|&id| HostId(id)).collect();
    LinkScope { from: ids(from), to: ids(to), both }
}

fn message(from: u32, to: u32, number: u64) -> MessageId {
    MessageId { from: process(from), to: process(to), number, copy: 0 }
}

/// The numbers that `id` heard from `from`.
fn numbers(world: &World, id: u32, from: u32) -> Vec<u64> {
    toy(world, id).heard.iter().filter(|heard| heard.0 == process(from)).map(|heard| heard.1).collect()
}

#[test]
fn a_datagram_takes_its_links_latency() {
    let mut world = still(2, ten_ms());
    ask(&mut world, process(1), Ask::Ping(process(2), 1));
    run(&mut world, ms(100));
    assert_eq!(toy(&world, 2).heard, [(process(1), 1, ms(10))]);
    assert_eq!(toy(&world, 1).heard, [(process(2), 1, ms(20))]);
}

#[test]
fn links_between_zones_have_laws_of_their_own_each_way() {
    let far = |n| LinkSpec { latency: LatencyLaw::Constant(Span::millis(n)), ..LinkSpec::default() };
    let zone_links = vec![("a".into(), "b".into(), far(30)), ("b".into(), "a".into(), far(70))];
    let mut world = World::new(WorldSpec { zone_links, ..ten_ms() });
    for (n, zone) in [(1, "a"), (2, "b"), (3, "a")] {
        let spec = HostSpec { zone: zone.into(), ..HostSpec::default() };
        let host = world.add_host(&format!("h{n}"), spec).expect("a host");
        let image = muster_core::process::hosted::MachineImage::<Toy>(Program { peers: vec![], tick: None });
        world.add_process(host, &format!("p{n}"), 0, std::sync::Arc::new(image)).expect("a process");
    }
    run(&mut world, Time::ZERO);
    ask(&mut world, process(1), Ask::Ping(process(2), 1));
    ask(&mut world, process(1), Ask::Ping(process(3), 1));
    run(&mut world, ms(200));
    assert_eq!(toy(&world, 1).heard, [(process(3), 1, ms(20)), (process(2), 1, ms(100))]);
}

#[test]
fn the_rate_of_loss_and_of_doubles_is_the_links() {
    let mut world = still(
        2,
        link(LinkSpec {
            loss: Chance::per_million(100_000),
            duplicate: Chance::per_million(200_000),
            ..LinkSpec::default()
        }),
    );
    ask(&mut world, process(1), Ask::Ping(process(2), 20_000));
    run(&mut world, ms(15));
    let heard = numbers(&world, 2, 1);
    let mut different = heard.clone();
    different.dedup();
    different.sort_unstable();
    different.dedup();
    let (kept, doubled) =
        (different.len() as f64 / 20_000.0, (heard.len() - different.len()) as f64 / 20_000.0);
    assert!((kept - 0.9).abs() < 0.01, "{kept}");
    assert!((doubled - 0.18).abs() < 0.01, "{doubled}");
}

#[test]
fn reordering_lets_later_ones_overtake() {
    let mut world = still(2, link(LinkSpec { reorder: Chance::per_million(250_000), ..LinkSpec::default() }));
    ask(&mut world, process(1), Ask::Ping(process(2), 1_000));
    run(&mut world, ms(30));
    let heard = numbers(&world, 2, 1);
    assert_eq!(heard.len(), 1_000);
    let late = toy(&world, 2).heard.iter().filter(|heard| heard.2 == ms(20)).count();
    assert!((200..300).contains(&late), "{late}");
    assert!(!heard.is_sorted());
}

#[test]
fn a_narrow_link_sends_one_after_another() {
    // 100 bytes at 10,000 bytes a second are 10 ms each.
    let mut world = still(2, link(LinkSpec { bandwidth: Some(10_000), ..LinkSpec::default() }));
    ask(&mut world, process(1), Ask::Ping(process(2), 3));
    run(&mut world, ms(100));
    let times: Vec<Time> = toy(&world, 2).heard.iter().map(|heard| heard.2).collect();
    assert_eq!(times, [ms(20), ms(30), ms(40)]);
}

#[test]
fn a_cut_loses_what_is_sent_and_what_is_on_its_way_in_its_direction_only() {
    let mut world = still(2, ten_ms());
    ask(&mut world, process(1), Ask::Ping(process(2), 1));
    run(&mut world, ms(5));
    let mut diary = Diary::default();
    let cut = Action::Block { barrier: 7, scope: scope(&[1], &[2], false) };
    world.act(&cut, &mut [&mut diary]).expect("cut");
    assert_eq!(diary.lines[0].lost, [(message(1, 2, 1), LossReason::Blocked)]);
    ask(&mut world, process(1), Ask::Ping(process(2), 1));
    ask(&mut world, process(2), Ask::Ping(process(1), 1));
    let lines = watch(&mut world, ms(100));
    assert!(lines.iter().any(|line| line.sent == [(message(1, 2, 2), Fate::Lost(LossReason::Blocked))]));
    assert_eq!((numbers(&world, 2, 1), numbers(&world, 1, 2)), (vec![], vec![1]));
    act(&mut world, Action::Unblock { barrier: 7 });
    ask(&mut world, process(1), Ask::Ping(process(2), 1));
    run(&mut world, ms(200));
    assert_eq!(numbers(&world, 2, 1), [1]);
}

#[test]
fn barriers_add_up() {
    let mut world = still(2, ten_ms());
    act(&mut world, Action::Block { barrier: 1, scope: scope(&[1], &[2], true) });
    act(&mut world, Action::Block { barrier: 2, scope: scope(&[1], &[], true) });
    act(&mut world, Action::Unblock { barrier: 1 });
    assert!(world.link(host(1), host(2)).expect("a link").blocked);
    act(&mut world, Action::Unblock { barrier: 2 });
    assert!(!world.link(host(1), host(2)).expect("a link").blocked);
}

#[test]
fn a_partition_may_be_partial() {
    let mut world = still(5, ten_ms());
    let groups = vec![vec![host(1), host(2)], vec![host(3), host(4)]];
    let blocked = |world: &World, a, b| world.link(host(a), host(b)).expect("a link").blocked;
    let partition =
        |barrier, others_reach_all| Action::Partition { barrier, groups: groups.clone(), others_reach_all };
    act(&mut world, partition(1, true));
    assert!(blocked(&world, 1, 3) && blocked(&world, 4, 2) && !blocked(&world, 1, 2));
    assert!(!blocked(&world, 5, 1) && !blocked(&world, 3, 5), "the fifth is a bridge");
    act(&mut world, Action::Unblock { barrier: 1 });
    act(&mut world, partition(2, false));
    assert!(blocked(&world, 5, 1) && blocked(&world, 3, 5) && !blocked(&world, 3, 4));
    let twice =
        Action::Partition { barrier: 3, groups: vec![vec![host(1)], vec![host(1)]], others_reach_all: true };
    assert_eq!(world.preview(&twice), Err(Refusal::InTwoGroups(host(1))));
}

#[test]
fn a_host_added_behind_a_barrier_is_behind_it_too() {
    let mut world = still(2, ten_ms());
    act(
        &mut world,
        Action::Partition { barrier: 1, groups: vec![vec![host(1)], vec![host(2)]], others_reach_all: false },
    );
    act(&mut world, Action::AddHost { name: "late".into(), spec: HostSpec::default() });
    let late = world.host_named("late").expect("it is there");
    assert!(world.link(late, host(1)).expect("a link").blocked);
}

#[test]
fn a_clogged_link_queues_up_and_then_goes_in_order() {
    let mut world = still(2, latency(LatencyLaw::Uniform(Span::millis(1), Span::millis(50))));
    act(&mut world, Action::Clog(scope(&[1], &[2], false)));
    ask(&mut world, process(1), Ask::Ping(process(2), 50));
    run(&mut world, ms(500));
    assert_eq!(world.in_flight().filter(|flight| flight.arrives_at.is_none()).count(), 50);
    act(&mut world, Action::Unclog(scope(&[1], &[2], false)));
    run(&mut world, ms(1_000));
    assert_eq!(numbers(&world, 2, 1), (1..=50).collect::<Vec<_>>());
}

#[test]
fn what_is_held_waits_at_the_door_and_is_let_in_by_hand_or_released_in_order() {
    let mut world = still(2, latency(LatencyLaw::Uniform(Span::millis(1), Span::millis(50))));
    act(&mut world, Action::Hold(scope(&[], &[2], false)));
    ask(&mut world, process(1), Ask::Ping(process(2), 10));
    let arrivals = watch(&mut world, ms(100));
    assert!(arrivals.iter().all(|line| line.message.is_none()));
    assert_eq!(world.in_flight().filter(|flight| flight.held).count(), 10);
    act(&mut world, Action::DeliverNow(message(1, 2, 7)));
    run(&mut world, ms(100));
    assert_eq!(numbers(&world, 2, 1), [7]);

    // Without the hold, the same messages arrive in the same order.
    let mut free = still(2, latency(LatencyLaw::Uniform(Span::millis(1), Span::millis(50))));
    ask(&mut free, process(1), Ask::Ping(process(2), 10));
    run(&mut free, ms(100));
    let order: Vec<u64> = numbers(&free, 2, 1).into_iter().filter(|&n| n != 7).collect();
    act(&mut world, Action::Release(scope(&[], &[2], false)));
    run(&mut world, ms(200));
    assert_eq!(numbers(&world, 2, 1)[1..], order);
    assert!(toy(&world, 2).heard[1..].iter().all(|heard| heard.2 == ms(100)));
}

#[test]
fn items_in_flight_are_delivered_delayed_dropped_and_copied_by_hand() {
    let mut world = still(2, ten_ms());
    ask(&mut world, process(1), Ask::Ping(process(2), 4));
    run(&mut world, ms(5));
    act(&mut world, Action::DeliverNow(message(1, 2, 4)));
    act(&mut world, Action::DelayMessage(message(1, 2, 1), Span::millis(100)));
    act(&mut world, Action::DropMessage(message(1, 2, 2)));
    act(&mut world, Action::CopyMessage(message(1, 2, 3)));
    run(&mut world, ms(200));
    let heard: Vec<(u64, Time)> = toy(&world, 2).heard.iter().map(|heard| (heard.1, heard.2)).collect();
    assert_eq!(heard, [(4, ms(5)), (3, ms(10)), (3, ms(10)), (1, ms(110))]);
    let gone = message(1, 2, 2);
    assert_eq!(world.preview(&Action::DropMessage(gone)), Err(Refusal::NoSuchMessage(gone)));
}

#[test]
fn overrides_replace_parts_of_a_law_until_they_are_taken_back() {
    let mut world = still(2, ten_ms());
    let shape = |loss, latency| Action::Shape {
        scope: scope(&[], &[], false),
        loss,
        duplicate: None,
        reorder: None,
        latency,
        bandwidth: None,
    };
    act(&mut world, shape(Some(Chance::ALWAYS), None));
    act(&mut world, shape(None, Some(LatencyLaw::Constant(Span::millis(3)))));
    act(&mut world, Action::AddHost { name: "late".into(), spec: HostSpec::default() });
    for to in [host(2), world.host_named("late").expect("it is there")] {
        let link = world.link(host(1), to).expect("a link");
        assert!(link.overridden);
        assert_eq!(
            (link.law.loss, link.law.latency),
            (Chance::ALWAYS, LatencyLaw::Constant(Span::millis(3)))
        );
    }
    act(&mut world, Action::Unshape(scope(&[1], &[], false)));
    let restored = world.link(host(1), host(2)).expect("a link");
    assert_eq!((restored.law, restored.overridden), (ten_ms().default_link, false));
    assert!(world.link(host(2), host(1)).expect("a link").overridden);
    act(&mut world, Action::HealAll);
    assert!(!world.link(host(2), host(1)).expect("a link").overridden);
}

#[test]
fn what_comes_to_nobody_is_missed_and_says_so() {
    let mut world = still(2, ten_ms());
    ask(&mut world, process(1), Ask::Ping(process(2), 1));
    ask(&mut world, process(1), Ask::Ping(process(77), 1));
    run(&mut world, ms(5));
    act(&mut world, Action::CrashHost(host(2)));
    let lines = watch(&mut world, ms(100));
    assert_eq!(lines.len(), 1);
    assert_eq!((lines[0].what.as_str(), lines[0].message), ("missed", Some(message(1, 2, 1))));
    let mut fresh = still(2, ten_ms());
    ask(&mut fresh, process(1), Ask::Ping(process(77), 1));
    let lines = watch(&mut fresh, ms(100));
    assert_eq!(lines[0].sent, [(message(1, 77, 1), Fate::Lost(LossReason::NoSuchProcess))]);
}

#[test]
fn more_than_the_world_may_hold_is_lost_and_not_a_panic() {
    let spec = ten_ms();
    let limits = muster_core::kernel::Limits { in_flight: 10, ..spec.limits };
    let mut world = still(2, WorldSpec { limits, ..spec });
    ask(&mut world, process(1), Ask::Ping(process(2), 1_000));
    run(&mut world, ms(15));
    assert_eq!(numbers(&world, 2, 1), (1..=10).collect::<Vec<_>>());
}

#[test]
fn laws_that_nothing_can_be_drawn_from_are_refused() {
    let mut world = still(2, ten_ms());
    let shape = |latency, bandwidth| Action::Shape {
        scope: scope(&[], &[], false),
        loss: None,
        duplicate: None,
        reorder: None,
        latency,
        bandwidth,
    };
    for action in [
        shape(Some(LatencyLaw::Uniform(Span::millis(2), Span::millis(1))), None),
        shape(Some(LatencyLaw::Constant(Span::MAX)), None),
        shape(Some(LatencyLaw::Empirical([].into())), None),
        shape(Some(LatencyLaw::Pareto { minimum: Span::millis(1), shape_milli: 0 }), None),
        shape(None, Some(Some(0))),
        Action::Drift(host(1), 600_000),
    ] {
        assert!(matches!(world.act(&action, &mut []), Err(Refusal::BadLaw(_))), "{action:?}");
    }
}
