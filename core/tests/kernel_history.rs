//! One seed, one history: digests, checkpoints and forks of the world.

mod toy;

use muster_core::kernel::{Action, LatencyLaw, WorldSpec};
use muster_core::process::{Delay, Span, Time};
use toy::*;

fn five() -> muster_core::kernel::World {
    toys(5, WorldSpec::default(), Some(Delay::Uniform(Span::millis(40), Span::millis(60))))
}

#[test]
fn the_same_seed_gives_the_same_history_and_another_seed_another() {
    let (mut a, mut b) = (five(), five());
    let mut c = toys(5, WorldSpec { seed: 2, ..WorldSpec::default() }, beat());
    for world in [&mut a, &mut b, &mut c] {
        run(world, Time::secs(5));
    }
    assert_eq!(a.digest(), b.digest());
    assert_eq!(a.state_digest(), b.state_digest());
    assert_ne!(a.digest(), c.digest());
    assert!(a.ordinal() > 4_000);
}

#[test]
fn observers_do_not_change_it() {
    let (mut alone, mut watched) = (five(), five());
    run(&mut alone, Time::secs(2));
    let lines = watch(&mut watched, Time::secs(2));
    assert_eq!(alone.digest(), watched.digest());
    assert_eq!(alone.state_digest(), watched.state_digest());
    assert_eq!(lines.len() as u64, alone.ordinal());
}

#[test]
fn a_checkpoint_has_the_same_future() {
    let mut world = five();
    run(&mut world, Time::secs(1));
    let mut copy = world.clone();
    run(&mut world, Time::secs(3));
    run(&mut copy, Time::secs(3));
    assert_eq!(world.state_digest(), copy.state_digest());
}

#[test]
fn a_fork_keeps_its_luck_until_it_asks_for_other_luck() {
    let mut world = five();
    run(&mut world, Time::secs(1));
    let (mut same, mut other) = (world.clone(), world.clone());
    act(&mut same, Action::Reluck(0));
    act(&mut other, Action::Reluck(9));
    for world in [&mut world, &mut same, &mut other] {
        run(world, Time::secs(2));
    }
    assert_eq!(toy(&world, 1), toy(&same, 1));
    assert_ne!(toy(&world, 1).heard, toy(&other, 1).heard);
}

#[test]
fn every_delivery_names_the_event_that_sent_it() {
    let lines = watch(&mut five(), Time::secs(1));
    let mut seen = 0;
    for line in lines.iter().filter(|line| line.what == "delivered") {
        let sender = lines.iter().find(|other| line.causes.contains(&other.id)).expect("its cause is there");
        assert!(sender.sent.iter().any(|(message, _)| Some(*message) == line.message));
        seen += 1;
    }
    assert!(seen > 500);
}

#[test]
fn a_refused_action_changes_nothing() {
    let mut world = five();
    run(&mut world, Time::secs(1));
    let before = (world.digest(), world.ordinal());
    assert!(world.act(&Action::StartHost(host(1)), &mut []).is_err());
    assert!(world.act(&Action::CrashHost(host(99)), &mut []).is_err());
    assert_eq!((world.digest(), world.ordinal()), before);
}

/// The histories of two small worlds, to the bit. They change only when the kernel's laws, its luck or its digest do; say
/// so in CHANGELOG, for every shared link changes with them.
#[test]
fn the_golden_digests_are_what_they_were() {
    let mut quiet = toys(5, latency(LatencyLaw::Uniform(Span::millis(1), Span::millis(10))), beat());
    run(&mut quiet, Time::secs(10));
    let mut troubled = five();
    run(&mut troubled, Time::secs(1));
    act(&mut troubled, Action::CrashHost(host(2)));
    act(&mut troubled, Action::Drift(host(3), 1_000));
    run(&mut troubled, Time::secs(2));
    act(&mut troubled, Action::StartHost(host(2)));
    ask(&mut troubled, process(1), Ask::Save(9, process(4)));
    run(&mut troubled, Time::secs(3));
    let golden = [quiet.digest(), troubled.digest(), troubled.state_digest()].map(|it| format!("{it:032x}"));
    let want = [
        "37dc71771a3d70cd35e58d42d3bd27ff",
        "b821d04fb44b5a550faa3a4211f1429e",
        "a8ce2eba931e7e5e7878966bc8908fe2",
    ];
    assert_eq!(golden, want);
}
