//! Elections and what brings them about.

use super::harness::*;
use crate::consensus::replica_set::*;
use crate::kernel::{Action, DiskFault};
use crate::process::{HostId, Span, Verdict};

/// *Replica Set Elections*: an election follows "the secondary members losing connectivity to the primary for more than the
/// configured timeout (10 seconds by default)".
#[test]
fn a_set_elects_a_primary_after_the_election_timeout_and_another_when_it_is_lost() {
    let mut set = Set::new(3);
    let first = set.until(20, |set| set.writable().len() == 1).expect("a primary");
    assert!(first >= Span::secs(10) && first <= Span::secs(12), "{first:?}");
    let primary = set.writable()[0];
    set.secs(5);
    set.crash(primary);
    let next = set.until(30, |set| set.writable().len() == 1).expect("another primary");
    // "The median time before a cluster elects a new primary should not typically exceed 12 seconds, assuming default replica
    // configuration settings."
    assert!(next >= Span::secs(8) && next <= Span::secs(12), "{next:?}");
}

/// *Replica Set Elections*: "Replica set members send heartbeats (pings) to each other every two seconds. If a heartbeat does
/// not return within 10 seconds, the other members mark the delinquent member as inaccessible."
#[test]
fn who_does_not_answer_heartbeats_for_ten_seconds_is_down() {
    let mut set = Set::new(3);
    set.elect(1);
    set.crash(3);
    let sees = |set: &Set| set.m(1).seen().iter().find(|seen| seen.id == p(3)).map(|seen| seen.state);
    set.secs(9);
    assert_eq!(sees(&set), Some(State::Secondary));
    set.secs(4);
    assert_eq!(sees(&set), Some(State::Down));
}

/// *Replica Set Elections*: "The first member to receive the majority of votes becomes the new PRIMARY." Without a majority
/// nobody does.
#[test]
fn a_minority_elects_nobody() {
    for (rule, elects) in [(Rule::RetryOnce, false), (Rule::MajorityToElect, true)] {
        let mut set = Set::without(config(members(3)), rule);
        set.secs(1);
        set.part(&[3]);
        set.crash(1);
        set.crash(2);
        let elected = set.until(30, |set| !set.primaries().is_empty());
        assert_eq!(elected.is_some(), elects, "{rule:?}");
    }
}

/// *Replication Internals*: "By first conducting a dry-run election, we make it unlikely that nodes will increase their own
/// term when they would not win": a member that only lost its link to the primary disturbs nobody.
#[test]
fn a_dry_run_that_is_not_won_raises_no_term() {
    for (rule, rises) in [(Rule::RetryOnce, false), (Rule::DryRun, true)] {
        let mut set = Set::without(config(members(3)), rule);
        set.elect(1);
        set.write(1, "x", "1", WriteConcern::MAJORITY);
        set.part(&[3]);
        set.write(1, "x", "2", WriteConcern::members(2));
        let term = set.m(1).term();
        set.fire(3, Timer::Election); // it still believes that the others are up
        set.secs(12);
        assert_eq!(set.m(3).term() > term, rises, "{rule:?}");
    }
}

/// *Replica Set Elections*: "A replica set member cannot become PRIMARY unless it has the highest optime of any visible
/// member in the set."
#[test]
fn nobody_votes_for_a_candidate_that_is_behind() {
    for (rule, wins) in [(Rule::RetryOnce, false), (Rule::VoteOnlyUpToDate, true)] {
        let mut set =
            Set::without(config(vec![members(3)[0].clone(), passive(2), members(3)[2].clone()]), rule);
        set.elect(1);
        set.secs(3);
        let barrier = set.part(&[3]);
        assert!(written(&set.write(1, "x", "1", WriteConcern::MAJORITY)));
        set.crash(1);
        set.heal(barrier);
        set.fire(3, Timer::Election);
        set.run(Span::millis(40));
        assert_eq!(set.m(3).is_primary(), wins, "{rule:?}");
        assert_eq!(set.refused(2, Rule::VoteOnlyUpToDate), !wins);
    }
}

/// *Self-Managed Replica Set Protocol Version*: "pv1 prevents double voting in one member's call for election. This is
/// achieved through its use of terms." Nor does a restart bring a second vote: the first is on disk.
#[test]
fn a_member_votes_once_in_a_term_and_knows_it_after_a_restart() {
    let cases = [
        (Rule::RetryOnce, false, false),
        (Rule::RetryOnce, true, false),
        (Rule::OneVotePerTerm, false, true),
        (Rule::DurableVote, true, true),
    ];
    for (rule, restarts, twice) in cases {
        let mut settings = Settings::of(config(members(3)));
        settings.rules = Rules::ALL.without(rule).without(Rule::DryRun);
        let mut set = Set::built(settings, 0, 1);
        set.secs(1);
        set.cut(1, 2);
        set.fire(1, Timer::Election);
        set.run(Span::millis(8)); // n3 has voted for n1, and n1 does not know yet
        assert_eq!(set.m(3).durable().vote.map(|vote| vote.candidate), Some(p(1)), "{rule:?}");
        if restarts {
            set.crash(3);
            set.start(3);
        }
        set.fire(2, Timer::Election);
        set.run(Span::millis(40));
        assert_eq!(
            set.m(2).election().ballots.iter().any(|b| b.granted && b.voter == p(3)) || set.m(2).is_primary(),
            twice,
            "{rule:?}"
        );
    }
}

/// A vote is given once it is on disk, and not before (*Replication Internals*): while the disk stalls nobody hears of it, since a crash would
/// still undo it.
#[test]
fn a_vote_is_given_once_the_disk_holds_it() {
    for (rule, at_once) in [(Rule::RetryOnce, false), (Rule::DurableVote, true)] {
        let mut settings = Settings::of(config(members(3)));
        settings.rules = Rules::ALL.without(rule).without(Rule::DryRun);
        let mut set = Set::built(settings, 0, 1);
        set.secs(1);
        set.cut(1, 2);
        set.act(&Action::Disk(HostId(3), DiskFault::Stall));
        set.fire(1, Timer::Election);
        set.run(Span::millis(100));
        assert_eq!(set.m(3).durable().vote.map(|vote| vote.candidate), Some(p(1)), "{rule:?}");
        assert_eq!(set.disk(3).vote, None, "{rule:?}: a crash would undo it");
        assert_eq!(set.m(1).is_primary(), at_once, "{rule:?}");
        set.act(&Action::Disk(HostId(3), DiskFault::Healthy));
        set.run(Span::millis(100));
        assert!(set.m(1).is_primary(), "{rule:?}");
        assert_eq!(set.disk(3).vote.is_none(), at_once, "{rule:?}");
    }
}

/// *Replica Set Elections*: "When the primary detects that it can only see a minority of voting nodes in the replica set, the
/// primary steps down and becomes a secondary. Independently, a member in the partition that can communicate with a majority
/// of the voting nodes (including itself) holds an election to become the new primary."
#[test]
fn a_primary_in_a_minority_steps_down_and_the_majority_elects_another() {
    for (rule, steps_down) in [(Rule::RetryOnce, true), (Rule::StepDownWithoutMajority, false)] {
        let mut set = Set::without(config(members(3)), rule);
        set.elect(1);
        set.part(&[1]);
        set.secs(25);
        assert_eq!(set.m(1).state() == State::Secondary, steps_down, "{rule:?}");
        assert!(set.writable().iter().any(|n| *n != 1));
    }
}

/// *Replica Set Elections*: "Members with a priority value of 0 cannot become primary and do not seek election."
#[test]
fn a_member_of_priority_0_never_stands() {
    let mut set = Set::of(config(vec![members(1)[0].clone(), passive(2), passive(3)]));
    set.elect(1);
    set.crash(1);
    set.fire(2, Timer::Election);
    set.secs(40);
    assert_eq!(set.primaries(), []);
    assert!(set.verdict(2, Rule::MajorityToElect, Verdict::Waits), "it says why it does not stand");
}

/// *Replica Set Elections*: "Replica set members continue to call elections until the highest priority member available
/// becomes primary." How long it waits is in *Replication Internals*: "(election timeout) * (priority rank + 1)".
#[test]
fn the_member_of_the_highest_priority_takes_over() {
    for (rule, takes_over) in [(Rule::RetryOnce, true), (Rule::PriorityTakeover, false)] {
        let mut list = members(3);
        list[2].priority = Priority::whole(5);
        list[1].priority = Priority::whole(2);
        let mut set = Set::without(config(list), rule);
        set.elect(1);
        let taken = set.until(15, |set| set.m(3).is_writable());
        assert_eq!(taken.is_some(), takes_over, "{rule:?}");
        if let Some(after) = taken {
            assert!(after >= Span::secs(10), "{after:?}: rank 0 waits one election timeout");
        }
    }
}

/// *Replica Set Elections*: "Secondaries with higher priority call elections sooner and are more likely to win." The second
/// in rank waits twice as long as the first.
#[test]
fn who_is_second_in_rank_waits_twice_as_long() {
    let mut list = members(3);
    list[2].priority = Priority::whole(5);
    list[1].priority = Priority::whole(2);
    let mut set = Set::of(config(list));
    set.secs(1);
    set.crash(3);
    set.elect(1);
    let after = set.until(30, |set| set.m(2).is_writable()).expect("it takes over");
    assert!(after >= Span::secs(20) && after <= Span::secs(26), "{after:?}");
}

/// *Self-Managed Replica Set Protocol Version*, of terms: "This allows for a faster detection of simultaneous primaries and
/// for multiple successful elections in a short period of time." Of two primaries the one of the older term steps down once
/// it hears of the later.
#[test]
fn a_primary_that_hears_of_a_later_term_steps_down() {
    for (rule, steps_down) in [(Rule::RetryOnce, true), (Rule::StepDownOnHigherTerm, false)] {
        let rules = Rules::ALL.without(rule).without(Rule::StepDownWithoutMajority);
        let mut set = Set::built(Settings { rules, ..Settings::of(config(members(3))) }, 0, 1);
        set.elect(1);
        let barrier = set.part(&[1]);
        set.secs(25);
        assert_eq!(set.primaries().len(), 2, "both, of different terms");
        set.heal(barrier);
        set.secs(4);
        assert_eq!(!set.m(1).is_primary(), steps_down, "{rule:?}");
    }
}

/// *replSetStepDown*: "the stepped-down primary nominates an eligible secondary to call an election immediately"; and "that
/// node cannot become the primary for the remainder of the" time it was told.
#[test]
fn a_step_down_hands_over_to_a_secondary_that_has_caught_up() {
    for (rule, at_once) in [(Rule::RetryOnce, true), (Rule::ElectionHandoff, false)] {
        let mut set = Set::without(config(members(3)), rule);
        set.elect(1);
        set.secs(3);
        let (secs, catch_up) = (Span::secs(60), Span::secs(10));
        assert!(set.order(1, Command::StepDown { secs, catch_up, force: false }));
        let next = set.until(30, |set| set.writable().iter().any(|n| *n != 1)).expect("the next");
        assert_eq!(next < Span::secs(1), at_once, "{rule:?}: {next:?}");
        set.crash(if set.writable() == [2] { 2 } else { 3 });
        set.secs(20);
        assert!(!set.m(1).is_primary(), "it rests");
    }
}

/// *replSetStepDown*: "If no suitable secondary exists, the primary does not step down and the command errors." And: "Because
/// of the force: true option, the primary steps down even if no suitable secondary exists."
#[test]
fn without_a_secondary_that_has_caught_up_only_force_steps_down() {
    for force in [false, true] {
        let mut set = Set::new(3);
        set.elect(1);
        set.secs(3);
        set.crash(2);
        set.crash(3);
        set.put(1, "x", "1", WriteConcern::members(1));
        set.run(Span::millis(10));
        let (secs, catch_up) = (Span::secs(60), Span::secs(3));
        assert!(set.order(1, Command::StepDown { secs, catch_up, force }));
        set.secs(4);
        assert_eq!(!set.m(1).is_primary(), force);
        assert_eq!(set.refused(1, Rule::ElectionHandoff), !force, "it says why");
    }
}

/// *replSetStepDown*, `force`: it is for a primary that would else not step down. Where a secondary catches up in time it hands over as
/// ever. "The stepdown period starts from the time that the mongod receives the command", so what it waits for others is part of it.
#[test]
fn a_forced_step_down_waits_no_longer_than_it_must_and_rests_from_the_command_on() {
    let (secs, catch_up) = (Span::secs(30), Span::secs(20));
    let mut set = Set::new(3);
    set.elect(1);
    set.secs(3);
    assert!(set.order(1, Command::StepDown { secs, catch_up, force: true }));
    let next = set.until(30, |set| set.writable().iter().any(|n| *n != 1)).expect("the next");
    assert!(next < Span::secs(1), "{next:?}");

    let mut set = Set::new(3);
    set.elect(1);
    set.secs(3);
    set.crash(2);
    set.crash(3);
    set.put(1, "x", "1", WriteConcern::members(1));
    set.run(Span::millis(10));
    let told = set.now();
    // Others would make it step down for want of a majority before; ten seconds are enough to see both.
    let (secs, catch_up) = (Span::secs(30), Span::secs(5));
    assert!(set.order(1, Command::StepDown { secs, catch_up, force: true }));
    set.secs(6);
    assert!(!set.m(1).is_primary());
    assert_eq!(set.m(1).election.frozen_until, told + secs);
}

/// What the primary has must be replicated to a majority of those who vote: members without a vote do not elect the next.
#[test]
fn members_without_a_vote_do_not_count_as_caught_up() {
    let mut list = members(7);
    for n in 6..=7 {
        list[n as usize - 1] = MemberConfig { votes: false, ..passive(n) };
    }
    for (behind, steps_down) in [(vec![4, 5], true), (vec![3, 4, 5], false)] {
        let mut set = Set::of(config(list.clone()));
        set.elect(1);
        set.secs(3);
        set.part(&behind);
        set.put(1, "x", "1", WriteConcern::members(1));
        set.secs(1);
        let (secs, catch_up) = (Span::secs(60), Span::secs(2));
        assert!(set.order(1, Command::StepDown { secs, catch_up, force: false }));
        set.secs(3);
        assert_eq!(!set.m(1).is_primary(), steps_down, "without {behind:?}");
    }
}

/// *Self-Managed Replica Set Configuration*, `catchUpTakeoverDelayMillis`: "Time in milliseconds a node waits to initiate a
/// catchup takeover after determining it is ahead of the current primary." n2 is elected and would need ten seconds to get
/// what n3 has.
#[test]
fn who_is_ahead_of_a_primary_that_catches_up_slowly_takes_over() {
    for (delay, takes_over) in [(Some(Span::secs(3)), true), (None, false)] {
        let mut list = members(5);
        list[3] = passive(4);
        list[4] = passive(5);
        let mut wanted = config(list);
        wanted.settings.catch_up_takeover_delay = delay;
        wanted.settings.heartbeat_interval = Span::millis(100);
        let mut set = Set::of(wanted);
        set.elect(1);
        set.secs(3);
        let barrier = set.part(&[1, 3]);
        for n in 0..5 {
            let value = "v".repeat(4_000);
            assert!(written(&set.write(1, &format!("k{n}"), &value, WriteConcern::members(2))));
        }
        set.crash(1);
        set.latency(2, 3, Span::millis(200));
        set.narrow(3, 2, 2_000);
        set.heal(barrier);
        set.secs(1);
        // They have what n2 has, and would else go and get what n3 has.
        set.cut(3, 4);
        set.cut(3, 5);
        set.fire(2, Timer::Election);
        set.run(Span::millis(300));
        assert!(set.m(2).is_primary() && !set.m(2).is_writable(), "{:?}", set.states());
        set.lift();
        let taken = set.until(8, |set| set.m(3).is_writable());
        assert_eq!(taken.is_some(), takes_over, "{delay:?}: {:?}", set.states());
    }
}

/// *Self-Managed Replica Set Configuration*, `catchUpTimeoutMillis`: "Time limit in milliseconds for a newly elected primary
/// to sync (catch up) with the other replica set members that may have more recent writes." And: "During the catchup period,
/// the newly elected primary is unavailable for writes from clients."
#[test]
fn a_primary_that_cannot_catch_up_takes_writes_when_the_time_is_over() {
    for limit in [Some(Span::secs(6)), None] {
        let mut list = members(5);
        for member in &mut list[2..] {
            member.priority = Priority::ZERO;
        }
        let mut wanted = config(list);
        wanted.settings.catch_up_timeout = limit;
        wanted.settings.heartbeat_interval = Span::millis(100);
        let mut set = Set::of(wanted);
        set.elect(1);
        set.secs(3);
        let barrier = set.part(&[1, 5]);
        for n in 0..5 {
            let value = "v".repeat(4_000);
            assert!(written(&set.write(1, &format!("k{n}"), &value, WriteConcern::members(2))));
        }
        set.crash(1);
        // n5 answers heartbeats, but what it has would take ten seconds to get.
        set.narrow(5, 2, 2_000);
        set.heal(barrier);
        set.secs(1);
        set.cut(3, 5);
        set.cut(4, 5);
        set.fire(2, Timer::Election);
        set.until(1, |set| set.m(2).is_primary()).expect("it is elected by n3 and n4");
        assert!(!set.m(2).is_writable());
        assert!(set.verdict(2, Rule::MajorityToElect, Verdict::Did));
        let refused = Some(Reply::NotPrimary { primary: None });
        assert_eq!(set.write(2, "y", "1", WriteConcern::members(1)), refused);
        let after = set.until(7, |set| set.m(2).is_writable());
        assert_eq!(after.is_some(), limit.is_some(), "{limit:?}: {after:?}, {:?}", set.states());
        assert!(after.is_none_or(|after| after >= Span::secs(5)), "{after:?}");
        assert!(set.m(2).get("k4").is_none(), "it goes on without");
    }
}

/// *replSetFreeze*: it "prevents a replica set member from seeking election for the specified number of seconds".
#[test]
fn a_frozen_member_does_not_stand() {
    let mut set = Set::of(config(vec![members(2)[0].clone(), members(2)[1].clone(), passive(3)]));
    set.elect(1);
    set.secs(3);
    assert!(set.order(2, Command::Freeze { secs: Span::secs(60) }));
    assert!(!set.order(1, Command::Freeze { secs: Span::secs(60) }), "a primary cannot be frozen");
    set.crash(1);
    set.secs(40);
    assert_eq!(set.primaries(), []);
    set.until(60, |set| set.m(2).is_primary()).expect("when it is over");
}

/// A set of one: its only vote is a majority, and so is its only journal.
#[test]
fn a_set_of_one_elects_itself_and_commits_alone() {
    let mut set = Set::new(1);
    set.until(15, |set| set.writable() == [1]).expect("it is primary");
    assert!(written(&set.write(1, "x", "1", WriteConcern::MAJORITY)));
    assert_eq!(set.value(1, "x", ReadConcern::Linearizable).as_deref(), Some("1"));
    set.crash(1);
    set.start(1);
    assert_eq!(set.m(1).get("x").map(|found| &*found.value), Some("1"), "from its journal");
}

/// A vote is on disk before it counts, its own too: one that votes alone would else lead a term, crash, and lead the same
/// term again with another operation at the same optime.
#[test]
fn one_that_votes_alone_leads_once_its_vote_is_on_disk() {
    for (rule, kept) in [(Rule::RetryOnce, true), (Rule::DurableVote, false)] {
        let mut list = members(2);
        list[1] = MemberConfig { votes: false, ..passive(2) };
        let mut set = Set::without(config(list), rule);
        set.secs(1);
        set.fire(1, Timer::Election);
        set.until(5, |set| set.m(1).is_primary()).expect("it is elected");
        let vote = set.disk(1).vote.map(|vote| vote.term);
        assert_eq!(vote == Some(set.m(1).term()), kept, "{rule:?}: {vote:?}");
    }
}
