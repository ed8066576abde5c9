//! §6.4.

use super::harness::*;
use crate::consensus::kv::{Outcome, Reply};
use crate::consensus::raft::*;
use crate::process::Span;

fn value(reply: Option<&Reply>) -> Option<String> {
    match reply? {
        Reply::Done { outcome: Outcome::Value(found), .. } => {
            Some(found.as_ref().map(|found| found.value.to_string()).unwrap_or_default())
        }
        other => panic!("{other:?}"),
    }
}

/// n1 leads and is then cut off; n2 leads the others and has written a newer value.
fn deposed(settings: impl Fn() -> Settings) -> Group {
    let mut group = Group::of(3, |_| settings());
    group.elect(1);
    group.ask(1, put("a", "old"));
    group.settle();
    group.beat(1);
    group.elect_among(2, &[2, 3]);
    group.ask(2, put("a", "new"));
    group.settle_among(&[2, 3]);
    assert_eq!(group.m(1).role(), Role::Leader);
    group
}

#[test]
fn a_read_waits_for_a_round_of_heartbeats_that_a_majority_answers() {
    let mut group = Group::plain(3);
    group.elect(1);
    group.ask(1, put("a", "1"));
    group.settle();
    let read = group.ask(1, get("a"));
    assert_eq!(group.reply(read), None);
    assert_eq!(group.m(1).reads().len(), 1);
    group.settle_among(&[1, 2]);
    assert_eq!(value(group.reply(read)).as_deref(), Some("1"));
}

#[test]
fn an_answer_to_an_older_round_does_not_confirm_a_read() {
    let mut group = Group::plain(3);
    group.elect(1);
    group.fire(1, Timer::Heartbeat); // this round is under way before the read
    let before = group.flights.len();
    let read = group.ask(1, get("a"));
    let late: Vec<_> = group.flights.drain(before..).collect();
    group.settle();
    assert_eq!(group.reply(read), None);
    group.flights.extend(late);
    group.settle();
    assert!(group.reply(read).is_some());
}

#[test]
fn reads_that_come_while_a_round_is_under_way_share_the_next_one() {
    let mut group = Group::plain(3);
    group.elect(1);
    let reads: Vec<u64> = (0..20).map(|_| group.ask(1, get("a"))).collect();
    let round = group.m(1).rounds().0;
    group.settle();
    assert!(reads.iter().all(|&read| group.reply(read).is_some()));
    assert_eq!(group.m(1).rounds().0, round + 1);
}

#[test]
fn a_deposed_leader_answers_no_read() {
    let mut group = deposed(|| settings(3));
    let read = group.ask(1, get("a"));
    group.settle();
    assert!(!matches!(group.reply(read), Some(Reply::Done { .. })), "{:?}", group.reply(read));
}

#[test]
fn without_the_quorum_it_answers_from_the_past() {
    let mut group =
        deposed(|| Settings { rules: settings(3).rules.without(Rule::ReadIndexQuorum), ..settings(3) });
    let read = group.ask(1, get("a"));
    assert_eq!(value(group.reply(read)).as_deref(), Some("old"));
}

#[test]
fn a_new_leader_answers_reads_only_when_an_entry_of_its_term_is_committed() {
    for (on, expected) in [(true, None), (false, Some(""))] {
        let rules =
            if on { settings(3).rules } else { settings(3).rules.without(Rule::ReadIndexOwnTermCommit) };
        let mut group = Group::of(3, |_| Settings { rules, ..settings(3) });
        group.elect(1);
        group.ask(1, put("a", "1"));
        group.settle_among(&[1, 2]); // committed by n1 and n2; n2 does not know yet
        group.crash(1);
        group.fire(2, Timer::Election);
        while group.m(2).role() != Role::Leader {
            group.flights.retain(|f| f.to != p(1));
            group.deliver_at(0);
        }
        group.drop_all();
        let read = group.ask(2, get("a"));
        // The round is confirmed, but the no-op is not committed yet.
        let hold: Vec<_> = group.between(2, 3).into_iter().cloned().collect();
        for m in hold {
            if let PeerMessage::Append(m) = m {
                let answer = Appended { term: 2, round: m.round, result: Ok(0) };
                group.say(3, 2, PeerMessage::Appended(answer));
            }
        }
        assert_eq!(value(group.reply(read)).as_deref(), expected, "on: {on}");
        if on {
            group.beat(2);
            group.beat(2);
            assert_eq!(value(group.reply(read)).as_deref(), Some("1"));
        }
    }
}

fn leased() -> Settings {
    let base = settings(3);
    let rules = base.rules.with(Rule::LeaderStickiness).with(Rule::CheckQuorum);
    Settings { reads: ReadMode::Lease, rules, lease_drift_ppm: 250_000, ..base }
}

#[test]
fn while_its_lease_holds_a_leader_reads_at_once_and_not_longer() {
    let mut group = Group::of(3, |_| leased());
    group.elect(1);
    let now = group.ask(1, get("a"));
    assert!(group.reply(now).is_some());
    group.pass(Span::millis(119)); // 150 ms / 1.25 = 120 ms
    let still = group.ask(1, get("a"));
    assert!(group.reply(still).is_some());
    group.pass(Span::millis(1));
    let late = group.ask(1, get("a"));
    assert_eq!(group.reply(late), None, "now it needs a round");
    group.settle();
    assert!(group.reply(late).is_some());
}

#[test]
fn a_clock_within_the_bound_never_makes_a_lease_outlast_the_followers_patience() {
    // The leader's clock is slow by 20 %: its 120 ms are 150 ms of the others', whose patience is over by then.
    for (on, stale) in [(true, false), (false, true)] {
        let rules = if on { leased().rules } else { leased().rules.without(Rule::LeaseDriftBound) };
        let mut group = Group::of(3, |_| Settings { rules, ..leased() });
        group.drift.insert(p(1), -200_000);
        group.elect(1);
        group.ask(1, put("a", "old"));
        group.settle();
        group.beat(1);
        group.pass(Span::millis(151));
        group.fire(2, Timer::Election);
        group.settle_among(&[2, 3]);
        assert_eq!(group.m(2).role(), Role::Leader);
        group.ask(2, put("a", "new"));
        group.settle_among(&[2, 3]);
        let read = group.ask(1, get("a"));
        assert_eq!(matches!(group.reply(read), Some(Reply::Done { .. })), stale, "on: {on}");
    }
}

#[test]
fn a_member_that_restarted_does_not_vote_while_a_lease_it_may_have_promised_runs() {
    for (on, votes) in [(true, false), (false, true)] {
        let rules = if on { leased().rules } else { leased().rules.without(Rule::QuietAfterRestart) };
        let mut group = Group::of(3, |_| Settings { rules, ..leased() });
        group.elect(1);
        group.crash(2);
        group.restart(2);
        group.fire(3, Timer::Election);
        group.settle_among(&[2, 3]);
        assert_eq!(group.m(3).role() == Role::Leader, votes, "on: {on}");
    }
}

#[test]
fn a_leader_that_hands_over_gives_up_its_lease() {
    for (on, stale) in [(true, false), (false, true)] {
        let rules = if on { leased().rules } else { leased().rules.without(Rule::LeaseEndsOnTransfer) };
        let rules = rules.without(Rule::TransferWaitsForLog); // it goes on taking requests
        let mut group = Group::of(3, |_| Settings { rules, ..leased() });
        group.elect(1);
        group.command(1, Command::TransferLeadership { to: p(2) });
        group.settle_among(&[1, 2]);
        group.drop_all();
        let mut group = {
            // The successor wins with n3, and n1 does not hear of it.
            let mut fresh = Group::of(3, |_| Settings { rules, ..leased() });
            fresh.elect(1);
            fresh.command(1, Command::TransferLeadership { to: p(2) });
            fresh.deliver_at(0);
            fresh.settle_among(&[2, 3]);
            assert_eq!(fresh.m(2).role(), Role::Leader);
            fresh
        };
        let read = group.ask(1, get("a"));
        assert_eq!(group.reply(read).is_some(), stale, "on: {on}");
    }
}

#[test]
fn reads_through_the_log_and_local_ones_work_too() {
    for reads in [ReadMode::Log, ReadMode::Local] {
        let mut group = Group::of(3, |_| Settings { reads, ..settings(3) });
        group.elect(1);
        group.ask(1, put("a", "1"));
        group.settle();
        let read = group.ask(1, get("a"));
        group.settle();
        assert_eq!(value(group.reply(read)).as_deref(), Some("1"));
    }
}
