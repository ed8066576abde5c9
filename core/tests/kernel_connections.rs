//! Connections, with TCP's behaviour.

mod toy;

use muster_core::kernel::world::EndState;
use muster_core::kernel::{Action, Chance, LatencyLaw, LinkScope, LinkSpec, Refusal, World, WorldSpec};
use muster_core::process::{CloseReason, MessageId, Span, Time};
use toy::wire::*;
use toy::*;

fn ten_ms() -> WorldSpec {
    latency(LatencyLaw::Constant(Span::millis(10)))
}

/// Two talkers with an open connection, at 100 ms.
fn connected(spec: WorldSpec, answers: bool) -> World {
    let mut world = talkers(spec, answers);
    run(&mut world, Time::millis(1));
    tell(&mut world, 1, Tell::Connect(process(2)));
    run(&mut world, Time::millis(100));
    world
}

fn cut(world: &mut World, from: u32, to: u32, both: bool) {
    let scope = LinkScope { from: vec![host(from)], to: vec![host(to)], both };
    act(world, Action::Block { barrier: 1, scope });
}

fn ms(n: u64) -> Time {
    Time::millis(n)
}

#[test]
fn it_opens_after_one_round_trip() {
    let world = connected(ten_ms(), false);
    assert_eq!(timed(&world, 2), [(Heard::Accepted, ms(11))]);
    assert_eq!(timed(&world, 1), [(Heard::Opened, ms(21))]);
}

#[test]
fn what_is_said_before_it_is_open_follows_when_it_is() {
    let mut world = talkers(ten_ms(), false);
    tell(&mut world, 1, Tell::Connect(process(2)));
    tell(&mut world, 1, Tell::Say(FIRST, 1, 2));
    run(&mut world, ms(100));
    assert_eq!(timed(&world, 2)[1..], [(Heard::Said(1), ms(30)), (Heard::Said(2), ms(30))]);
}

#[test]
fn each_direction_is_first_in_first_out_whatever_the_latency() {
    let spec = latency(LatencyLaw::Uniform(Span::millis(1), Span::millis(50)));
    let mut world = connected(spec, true);
    tell(&mut world, 1, Tell::Say(FIRST, 1, 200));
    run(&mut world, Time::secs(2));
    let there: Vec<Heard> = (1..=200).map(Heard::Said).collect();
    let back: Vec<Heard> = (1..=200).map(|n| Heard::Said(2 * n)).collect();
    assert_eq!(heard(&world, 2)[1..], there);
    assert_eq!(heard(&world, 1)[1..], back);
}

#[test]
fn loss_and_duplication_on_the_link_only_cost_time() {
    let link = LinkSpec {
        loss: Chance::per_million(300_000),
        duplicate: Chance::per_million(300_000),
        reorder: Chance::per_million(300_000),
        ..ten_ms().default_link
    };
    let mut world = connected(WorldSpec { default_link: link, ..ten_ms() }, false);
    run(&mut world, Time::secs(5));
    tell(&mut world, 1, Tell::Say(FIRST, 1, 100));
    run(&mut world, Time::secs(19));
    assert_eq!(heard(&world, 2)[1..], (1..=100).map(Heard::Said).collect::<Vec<_>>());
    let last = timed(&world, 2).last().expect("the last").1;
    assert!(last >= Time::secs(5) + Span::millis(210), "some were sent again: {last:?}");
}

#[test]
fn a_process_that_is_not_running_refuses_after_a_round_trip() {
    let mut world = talkers(ten_ms(), false);
    run(&mut world, ms(1));
    act(&mut world, Action::CrashProcess(process(2)));
    tell(&mut world, 1, Tell::Connect(process(2)));
    run(&mut world, ms(100));
    assert_eq!(timed(&world, 1), [(Heard::Refused(CloseReason::Reset), ms(21))]);
    assert_eq!(world.connections().count(), 0);
}

#[test]
fn a_process_that_dies_resets_after_one_way() {
    let mut world = connected(ten_ms(), false);
    act(&mut world, Action::CrashProcess(process(2)));
    run(&mut world, ms(200));
    assert_eq!(timed(&world, 1)[1..], [(Heard::Closed(CloseReason::Reset), ms(110))]);
    assert_eq!(world.connections().count(), 0);
}

#[test]
fn a_host_that_is_down_does_not_answer_and_the_opener_times_out() {
    let mut world = talkers(ten_ms(), false);
    run(&mut world, ms(1));
    act(&mut world, Action::CrashHost(host(2)));
    tell(&mut world, 1, Tell::Connect(process(2)));
    run(&mut world, Time::secs(20));
    assert_eq!(timed(&world, 1), [(Heard::Refused(CloseReason::TimedOut), ms(15_001))]);
}

#[test]
fn a_dead_host_is_noticed_only_by_who_sends_and_after_the_timeout() {
    let mut world = connected(ten_ms(), false);
    act(&mut world, Action::CrashHost(host(2)));
    run(&mut world, Time::secs(60));
    assert_eq!(heard(&world, 1), [Heard::Opened], "an idle connection notices nothing");
    tell(&mut world, 1, Tell::Say(FIRST, 1, 1));
    run(&mut world, Time::secs(100));
    assert_eq!(timed(&world, 1)[1..], [(Heard::Closed(CloseReason::TimedOut), Time::secs(75))]);
    assert_eq!(world.in_flight().count(), 0);
}

#[test]
fn a_host_that_comes_back_resets_at_the_next_try() {
    let mut world = connected(ten_ms(), false);
    act(&mut world, Action::CrashHost(host(2)));
    tell(&mut world, 1, Tell::Say(FIRST, 1, 1));
    run(&mut world, ms(1_000));
    act(&mut world, Action::StartHost(host(2)));
    run(&mut world, Time::secs(5));
    // Tries at 100 + 200, 600, 1400 ms; the last finds a host that knows nothing of it.
    assert_eq!(timed(&world, 1)[1..], [(Heard::Closed(CloseReason::Reset), ms(100 + 1_400 + 20))]);
}

#[test]
fn a_partition_stalls_and_it_goes_on_at_the_next_try_after_healing() {
    let mut world = connected(ten_ms(), false);
    cut(&mut world, 1, 2, true);
    tell(&mut world, 1, Tell::Say(FIRST, 1, 3));
    run(&mut world, ms(2_000));
    assert_eq!(heard(&world, 2), [Heard::Accepted]);
    act(&mut world, Action::Unblock { barrier: 1 });
    run(&mut world, Time::secs(10));
    let at = ms(100 + 3_000 + 10); // pauses of 200, 400, 800, 1600 ms
    assert_eq!(timed(&world, 2)[1..], [(Heard::Said(1), at), (Heard::Said(2), at), (Heard::Said(3), at)]);
}

#[test]
fn a_partition_longer_than_the_timeout_ends_it_on_the_side_that_sends() {
    let mut world = connected(ten_ms(), false);
    cut(&mut world, 1, 2, true);
    tell(&mut world, 1, Tell::Say(FIRST, 1, 1));
    run(&mut world, Time::secs(30));
    assert_eq!(timed(&world, 1)[1..], [(Heard::Closed(CloseReason::TimedOut), ms(15_100))]);
    assert_eq!(heard(&world, 2), [Heard::Accepted], "the other side is half open");
    act(&mut world, Action::Unblock { barrier: 1 });
    tell(&mut world, 2, Tell::Say(FIRST, 9, 9));
    run(&mut world, Time::secs(31));
    assert_eq!(heard(&world, 2)[1..], [Heard::Closed(CloseReason::Reset)]);
    assert_eq!(world.connections().count(), 0);
}

#[test]
fn what_was_on_its_way_when_the_cut_came_is_sent_again() {
    let mut world = connected(ten_ms(), false);
    tell(&mut world, 1, Tell::Say(FIRST, 1, 1));
    run(&mut world, ms(105));
    cut(&mut world, 1, 2, true);
    run(&mut world, ms(250));
    act(&mut world, Action::Unblock { barrier: 1 });
    run(&mut world, ms(1_000));
    assert_eq!(timed(&world, 2)[1..], [(Heard::Said(1), ms(100 + 200 + 10))]);
}

#[test]
fn a_one_way_cut_lets_the_data_through_but_not_the_acknowledgement() {
    let mut world = connected(ten_ms(), false);
    cut(&mut world, 2, 1, false);
    tell(&mut world, 1, Tell::Say(FIRST, 1, 1));
    run(&mut world, Time::secs(20));
    assert_eq!(heard(&world, 2)[1..], [Heard::Said(1)]);
    assert_eq!(timed(&world, 1)[1..], [(Heard::Closed(CloseReason::TimedOut), ms(15_100))]);
}

#[test]
fn closing_lets_what_was_said_arrive_first() {
    let mut world = connected(ten_ms(), false);
    tell(&mut world, 1, Tell::Say(FIRST, 1, 2));
    tell(&mut world, 1, Tell::Close(FIRST));
    run(&mut world, Time::secs(1));
    assert_eq!(heard(&world, 2)[1..], [Heard::Said(1), Heard::Said(2), Heard::Closed(CloseReason::Peer)]);
    assert_eq!(heard(&world, 1), [Heard::Opened], "who closes is not told");
    assert_eq!(world.connections().count(), 0);
}

#[test]
fn a_reset_by_hand_is_heard_at_both_ends() {
    let mut world = connected(ten_ms(), false);
    tell(&mut world, 1, Tell::Say(FIRST, 1, 2));
    run(&mut world, ms(105));
    act(&mut world, Action::ResetConnection(FIRST));
    run(&mut world, ms(200));
    for talker in [1, 2] {
        assert_eq!(timed(&world, talker)[1..], [(Heard::Closed(CloseReason::Reset), ms(105))]);
    }
    assert!(matches!(world.preview(&Action::ResetConnection(FIRST)), Err(Refusal::NoSuchConnection(_))));
}

#[test]
fn a_segment_dropped_by_hand_is_sent_again_and_holds_up_those_behind_it() {
    let mut world = connected(ten_ms(), false);
    tell(&mut world, 1, Tell::Say(FIRST, 1, 3));
    run(&mut world, ms(105));
    let first = MessageId { from: process(1), to: process(2), number: 1, copy: 0 };
    let second = MessageId { number: 2, ..first };
    assert_eq!(world.preview(&Action::DeliverNow(second)), Err(Refusal::OnConnection(second)));
    assert_eq!(world.preview(&Action::CopyMessage(first)), Err(Refusal::OnConnection(first)));
    act(&mut world, Action::DropMessage(first));
    run(&mut world, ms(1_000));
    let at = ms(100 + 200 + 10);
    assert_eq!(timed(&world, 2)[1..], [(Heard::Said(1), at), (Heard::Said(2), at), (Heard::Said(3), at)]);
}

#[test]
fn a_segment_delayed_by_hand_holds_up_those_behind_it_and_one_let_in_arrives_now() {
    let mut world = connected(ten_ms(), false);
    tell(&mut world, 1, Tell::Say(FIRST, 1, 3));
    run(&mut world, ms(102));
    let id = |number| MessageId { from: process(1), to: process(2), number, copy: 0 };
    act(&mut world, Action::DeliverNow(id(1)));
    act(&mut world, Action::DelayMessage(id(2), Span::millis(30)));
    run(&mut world, ms(1_000));
    assert_eq!(
        timed(&world, 2)[1..],
        [(Heard::Said(1), ms(102)), (Heard::Said(2), ms(140)), (Heard::Said(3), ms(140))]
    );
}

#[test]
fn held_and_clogged_segments_keep_their_order() {
    for clog in [true, false] {
        let mut world = connected(ten_ms(), false);
        let scope = LinkScope { from: vec![host(1)], to: vec![host(2)], both: false };
        let on = if clog { Action::Clog(scope.clone()) } else { Action::Hold(scope.clone()) };
        act(&mut world, on);
        tell(&mut world, 1, Tell::Say(FIRST, 1, 3));
        run(&mut world, ms(500));
        assert_eq!(heard(&world, 2), [Heard::Accepted]);
        assert_eq!(world.in_flight().filter(|flight| flight.held).count(), if clog { 0 } else { 3 });
        act(&mut world, if clog { Action::Unclog(scope) } else { Action::Release(scope) });
        run(&mut world, ms(1_000));
        assert_eq!(heard(&world, 2)[1..], [Heard::Said(1), Heard::Said(2), Heard::Said(3)]);
    }
}

#[test]
fn a_removed_host_is_noticed_in_time() {
    let mut world = connected(ten_ms(), false);
    act(&mut world, Action::RemoveHost(host(2)));
    run(&mut world, Time::secs(60));
    assert_eq!(timed(&world, 1)[1..], [(Heard::Closed(CloseReason::TimedOut), ms(15_100))]);
}

#[test]
fn a_checkpoint_in_the_middle_has_the_same_future() {
    let link = LinkSpec { loss: Chance::per_million(200_000), ..ten_ms().default_link };
    let mut world = connected(WorldSpec { default_link: link, ..ten_ms() }, true);
    tell(&mut world, 1, Tell::Say(FIRST, 1, 50));
    run(&mut world, ms(115));
    let mut copy = world.clone();
    run(&mut world, Time::secs(30));
    let lines = watch(&mut copy, Time::secs(30));
    assert_eq!(world.state_digest(), copy.state_digest());
    assert!(lines.len() > 50);
}

#[test]
fn a_connection_says_how_its_ends_stand() {
    let mut world = talkers(ten_ms(), false);
    tell(&mut world, 1, Tell::Connect(process(2)));
    let ends = |world: &World| {
        world
            .connections()
            .map(|connection| (connection.opener_end, connection.acceptor_end))
            .collect::<Vec<_>>()
    };
    run(&mut world, ms(5));
    assert_eq!(ends(&world), [(EndState::Opening, EndState::Opening)]);
    run(&mut world, ms(15));
    assert_eq!(ends(&world), [(EndState::Opening, EndState::Open)]);
    run(&mut world, ms(25));
    assert_eq!(ends(&world), [(EndState::Open, EndState::Open)]);
}
