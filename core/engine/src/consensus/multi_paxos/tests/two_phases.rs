//! A change of leaders: phase 1 over all slots, what is adopted, what is filled (*Paxos Made Simple* §2.2, §3).

use super::harness::*;
use crate::consensus::multi_paxos::*;
use crate::process::Verdict;

fn without(rule: Rule) -> impl Fn(u32) -> Settings {
    move |_| Settings { rules: Rules::ALL.without(rule), ..settings(3) }
}

/// n1 leads and gets "a" chosen by n1 and n2, unknown to n2; n3 then leads with n2's help.
fn chosen_unseen(rule: Rule) -> Group {
    let mut group = Group::of(3, without(rule));
    group.elect(1);
    group.lose_all();
    let write = group.ask(1, put("k", "a"));
    group.among(&[1, 2]);
    assert!(group.is_written(write));
    group.lose_all();
    group.elect_among(3, &[2, 3]);
    let other = group.ask(3, put("k", "b"));
    group.among(&[2, 3]);
    assert!(group.is_written(other));
    group.fire(3, Timer::Heartbeat);
    group.among(&[2, 3]);
    group
}

/// "v is the value of the highest-numbered proposal among the responses": what was chosen is proposed again, and stays.
#[test]
fn a_new_leader_proposes_again_what_was_accepted() {
    let group = chosen_unseen(Rule::Resend);
    assert_eq!((group.slots(2), group.slots(3)), ("ab".to_owned(), "ab".to_owned()));
    assert!(group.agrees() && group.did(3, Rule::AdoptReported));
}

#[test]
fn who_does_not_report_lets_a_chosen_command_be_lost() {
    let group = chosen_unseen(Rule::ReportAccepted);
    assert_eq!((group.slots(1), group.slots(3)), ("a".to_owned(), "b".to_owned()));
    assert!(!group.agrees());
}

#[test]
fn who_does_not_adopt_overrules_what_is_chosen() {
    assert!(!chosen_unseen(Rule::AdoptReported).agrees());
}

/// "It proposes … a special no-op command": slots 1 and 3 were accepted by somebody, slot 2 by nobody.
fn half_accepted(rule: Rule) -> Group {
    let initial = |id: u32| {
        let accepted = match id {
            1 => vec![
                (1, b(1, 1), Some(put("k", "a"))),
                (2, b(1, 1), Some(put("k", "x"))),
                (3, b(1, 1), Some(put("k", "c"))),
            ],
            2 => vec![(1, b(1, 1), Some(put("k", "a")))],
            _ => vec![(3, b(1, 1), Some(put("k", "c")))],
        };
        Some(Initial { promised: b(1, 1), accepted, chosen: 0 })
    };
    Group::of(3, move |id| Settings { initial: initial(id), ..without(rule)(id) })
}

#[test]
fn a_gap_is_filled_with_a_no_op() {
    let mut group = half_accepted(Rule::Resend);
    group.elect_among(3, &[2, 3]);
    assert_eq!(group.slots(3), "a-c");
    assert!(group.did(3, Rule::FillGaps));
    let write = group.ask(3, put("k", "d"));
    group.among(&[2, 3]);
    assert!(group.is_written(write));
    // n1's own command in slot 2 was not chosen: it learns what was.
    for _ in 0..3 {
        group.beat(3);
        group.fire(1, Timer::CatchUp);
        group.deliver_all();
    }
    assert_eq!(group.history(1).len(), 4);
    assert!(group.agrees());
}

#[test]
fn without_the_rule_a_gap_stays_and_nothing_after_it_is_executed() {
    let mut group = half_accepted(Rule::FillGaps);
    group.elect_among(3, &[2, 3]);
    let write = group.ask(3, put("k", "d"));
    group.among(&[2, 3]);
    assert!(!group.is_written(write));
    assert_eq!((group.m(3).executed(), group.m(3).log().last()), (1, 4));
    assert_eq!(
        group.m(3).why_not_executed(3).map(|phrase| phrase.key.as_str()),
        Some("multiPaxos.notExecutedGap")
    );
}

/// "Of the highest-numbered": n2 has accepted "old" as 1.1, n3 "new" as 2.3; the newer may be chosen. One acceptance chooses here, so that
/// both must report.
#[test]
fn of_two_reports_the_higher_ballot_counts() {
    for (rule, adopted) in [(Rule::Resend, "n"), (Rule::AdoptHighest, "o")] {
        let initial = |id: u32| {
            let accepted = match id {
                2 => vec![(1, b(1, 1), Some(put("k", "o")))],
                3 => vec![(1, b(2, 3), Some(put("k", "n")))],
                _ => vec![],
            };
            Some(Initial { promised: b(2, 3), accepted, chosen: 0 })
        };
        let with = move |id| Settings { initial: initial(id), accept_quorum: Some(1), ..without(rule)(id) };
        let mut group = Group::of(3, with);
        group.elect(1);
        assert_eq!(group.slots(1), adopted, "{rule:?}");
    }
}

/// "If an acceptor receives a prepare request with number n greater than that of any prepare request to which it has already
/// responded": else it refuses, and says what it has promised.
#[test]
fn an_acceptor_promises_only_to_higher_ballots_and_accepts_nothing_below() {
    let mut group = Group::new(3);
    group.elect(1);
    group.put_on_its_way(2, 3, PeerMessage::Prepare { ballot: b(9, 2), from: 1 });
    group.deliver_one(|_, to, _| to == p(3));
    assert_eq!(group.m(3).promised(), b(9, 2));
    group.put_on_its_way(1, 3, PeerMessage::Prepare { ballot: b(8, 1), from: 1 });
    group.deliver_one(|from, to, _| (from, to) == (p(1), p(3)));
    assert_eq!(group.m(3).promised(), b(9, 2));
    assert!(group.refused(3, Rule::PromiseOnlyHigher));
    group.lose_all();
    group.ask(1, put("k", "a"));
    group.deliver(|_, to, _| to == p(3));
    assert_eq!(group.slots(3), "");
    assert!(group.refused(3, Rule::KeepPromise));
    assert_eq!(
        group.count(|it| matches!(it, PeerMessage::Refused { promised, .. } if *promised == b(9, 2))),
        1
    );
    // "Who hears of a higher ballot stops leading."
    group.deliver(|_, to, _| to == p(1));
    assert_eq!(group.m(1).role(), Role::Follower);
    assert!(group.did(1, Rule::StepDownOnHigher));
}

/// The answer waits for the disk, for a promise as for an acceptance.
#[test]
fn nothing_is_answered_before_the_disk_has_it() {
    for (rule, prepare) in [(Rule::DurablePromise, true), (Rule::DurableAccept, false)] {
        for off in [false, true] {
            let mut group = Group::of(3, |_| Settings {
                rules: if off { Rules::ALL.without(rule) } else { Rules::ALL },
                ..settings(3)
            });
            group.slow_disks = true;
            let entries = [std::sync::Arc::new(Entry::new(Kind::NoOp))].into();
            let message = match prepare {
                true => PeerMessage::Prepare { ballot: b(1, 1), from: 1 },
                false => PeerMessage::Accept { ballot: b(1, 1), slot: 1, entries, chosen: 0 },
            };
            group.put_on_its_way(1, 2, message);
            group.deliver_one(|_, to, _| to == p(2));
            assert_eq!(group.flights().count(), usize::from(off), "{rule:?} off: {off}");
            group.sync();
            assert_eq!(group.flights().count(), 1);
            let lost =
                off && if prepare { group.disk(2).promised.is_none() } else { group.disk(2).log.held() == 0 };
            assert_eq!(lost, off, "without the rule the disk knows nothing of it");
        }
    }
}

/// "Each proposer remembers (in stable storage) the highest-numbered proposal it has attempted to issue" (§2.5).
#[test]
fn a_round_is_never_used_twice() {
    for (rule, again) in [(Rule::Resend, false), (Rule::DurableRound, true)] {
        // Its own promise would tell it too: it does not remember that either.
        let rules = Rules::ALL.without(rule).without(Rule::DurablePromise);
        let mut group = Group::of(3, |_| Settings { rules, ..settings(3) });
        group.fire(1, Timer::Election);
        let first = group.m(1).ballot();
        group.lose_all();
        group.crash(1);
        group.restart(1);
        group.fire(1, Timer::Election);
        assert_eq!(group.m(1).ballot() == first, again, "{rule:?}");
    }
}

#[test]
fn ballots_of_two_members_are_never_the_same() {
    for (rule, same) in [(Rule::Resend, false), (Rule::DistinctBallots, true)] {
        let mut group = Group::without(3, rule);
        group.fire(1, Timer::Election);
        group.fire(2, Timer::Election);
        assert_eq!(group.m(1).ballot() == group.m(2).ballot(), same, "{rule:?}");
    }
}

/// One promise, its own, is not enough; nor is one acceptance.
#[test]
fn a_candidate_waits_for_a_quorum_and_so_does_a_command() {
    for (rule, leads) in [(Rule::Resend, false), (Rule::WaitForPromises, true)] {
        let mut group = Group::without(5, rule);
        group.fire(1, Timer::Election);
        assert_eq!(group.m(1).role() == Role::Leader, leads, "{rule:?}");
    }
    for (rule, chosen) in [(Rule::Resend, false), (Rule::ChosenByQuorum, true)] {
        let mut group = Group::without(3, rule);
        group.elect(1);
        group.lose_all();
        let write = group.ask(1, put("k", "a"));
        assert_eq!(group.is_written(write), chosen, "{rule:?}");
    }
}

/// Acceptances of an older ballot, for another command, are not this one's. n1 led in 1.1 and proposed "x"; n3 leads in 2.3 and gets
/// "y" accepted; n1 leads again, proposes "y", and n2's late answer is about "x".
#[test]
fn acceptances_of_different_ballots_are_not_added_up() {
    for (rule, wrong) in [(Rule::Resend, false), (Rule::CountOneBallot, true)] {
        let mut group = Group::without(5, rule);
        group.elect(1);
        group.lose_all();
        group.ask(1, put("k", "x"));
        group.deliver_one(|_, to, _| to == p(2)); // its answer is slow
        group.lose(|_, to, _| to != p(1));
        let late = |from: crate::process::ProcessId, message: &PeerMessage| {
            from == p(2) && matches!(message, PeerMessage::Accepted { ballot, .. } if *ballot == b(1, 1))
        };
        group.lose(|from, _, message| !late(from, message));
        for _ in 0..2 {
            group.fire(3, Timer::Election); // the first is refused nowhere, but its round is that of n1
            group.deliver(|from, to, message| {
                ![1, 2].contains(&from.0) && ![1, 2].contains(&to.0) && !message.replicates()
            });
        }
        assert_eq!(group.m(3).role(), Role::Leader);
        group.ask(3, put("k", "y"));
        group.lose(|from, _, message| !late(from, message));
        for _ in 0..9 {
            if group.m(1).role() != Role::Leader {
                if !group.fire(1, Timer::BackOff) && !group.fire(1, Timer::Election) {
                    group.fire(1, Timer::Heartbeat);
                }
                group.deliver(|from, to, message| {
                    from != p(2) && to != p(2) && !message.replicates() && to != p(5) && from != p(5)
                });
            } else if group.m(1).ballot() == b(1, 1) {
                group.order(1, Command::Campaign);
                group.fire(1, Timer::Heartbeat);
                group.deliver(|from, to, message| {
                    from != p(2) && to != p(2) && !message.replicates() && to != p(5) && from != p(5)
                });
            }
        }
        assert_eq!((group.m(1).role(), group.slots(1)), (Role::Leader, "y".to_owned()));
        group.deliver(|from, _, message| late(from, message));
        group.deliver_one(|_, to, message| to == p(3) && message.replicates());
        group.deliver_one(|from, to, message| (from, to) == (p(3), p(1)) && message.replicates());
        // n1 and n3 have accepted "y"; that n2 did is wrong.
        assert_eq!(group.m(1).executed(), u64::from(wrong), "{rule:?}");
    }
}

/// "The message … is reasonably short": a long report comes in pieces, and the promise counts with the last.
#[test]
fn a_long_report_comes_in_pieces() {
    let accepted: Vec<_> =
        (1..=10).map(|slot| (slot, b(1, 2), Some(put("k", &(slot % 10).to_string())))).collect();
    let initial = Some(Initial { promised: b(1, 2), accepted, chosen: 0 });
    let mut group =
        Group::of(3, |id| Settings { initial: initial.clone().filter(|_| id == 2), batch: 3, ..settings(3) });
    group.fire(1, Timer::Election);
    group.fire(1, Timer::Election); // n2 has promised round 1
    group.lose(|_, to, _| to == p(3));
    let mut pieces = 0;
    while group.m(1).role() == Role::Candidate {
        pieces += usize::from(group.deliver_one(|_, to, message| to == p(2) && !message.replicates()));
        assert!(group.deliver_one(|from, _, message| from == p(2) && !message.replicates()));
    }
    assert!(pieces >= 4, "{pieces} pieces");
    group.deliver_all();
    assert_eq!((group.slots(1), group.m(1).executed()), ("1234567890".to_owned(), 10));
}

/// "Two proposers each keep issuing a sequence of proposals with increasing numbers, none of which are ever chosen" (§2.4), if whoever is
/// refused outbids the other at once: n1 is refused by n3, which has promised n2.
#[test]
fn who_is_refused_waits_before_it_outbids_another() {
    for (rule, outbids) in [(Rule::Resend, false), (Rule::BackOff, true)] {
        let mut group = Group::without(3, rule);
        group.order(1, Command::Campaign);
        group.order(2, Command::Campaign);
        group.deliver_one(|from, to, _| (from, to) == (p(2), p(3)));
        group.deliver_one(|from, to, _| (from, to) == (p(1), p(3)));
        group.deliver_one(|from, to, message| {
            (from, to) == (p(3), p(1)) && matches!(message, PeerMessage::Refused { .. })
        });
        assert_eq!(group.m(1).role() == Role::Candidate, outbids, "{rule:?}");
        assert_eq!((group.m(1).backs_off(), group.has_timer(1, Timer::BackOff)), (!outbids, !outbids));
        // n2 has a promise under way: n1's newer ballot, if it has one, takes it from n2.
        group.deliver(|from, to, _| from == p(3) || to == p(3));
        assert_eq!(
            group.m(2).role() == Role::Leader && group.m(3).promised() == group.m(2).ballot(),
            !outbids
        );
        assert_eq!(group.m(1).ballot().round > group.m(2).ballot().round, outbids);
    }
}

/// What it refused is told with what it has promised; without the rule nothing is told.
#[test]
fn a_refusal_is_told() {
    for (rule, told) in [(Rule::Resend, 1), (Rule::TellRefusal, 0)] {
        let mut group = Group::without(3, rule);
        group.elect(2);
        group.lose_all();
        group.put_on_its_way(3, 1, PeerMessage::Prepare { ballot: b(1, 1), from: 1 });
        group.deliver_all();
        assert_eq!(group.count(|it| matches!(it, PeerMessage::Refused { .. })), 0);
        group.put_on_its_way(3, 1, PeerMessage::Prepare { ballot: b(0, 1), from: 1 });
        group.deliver_one(|_, to, _| to == p(1));
        assert_eq!(group.count(|it| matches!(it, PeerMessage::Refused { .. })), told, "{rule:?}");
    }
}

/// A lost request to accept is sent again two heartbeats later.
#[test]
fn a_leader_asks_again() {
    for (rule, chosen) in [(Rule::CatchUp, true), (Rule::Resend, false)] {
        let mut group = Group::without(3, rule);
        group.elect(1);
        group.lose_all();
        let write = group.ask(1, put("k", "a"));
        group.lose_all();
        for _ in 0..3 {
            group.beat(1);
        }
        assert_eq!(group.is_written(write), chosen, "{rule:?}");
        assert_eq!(group.by_rule(1, Rule::Resend, Verdict::Did).is_some(), chosen);
    }
}

/// "Any two quorums of the two phases intersect" (*Flexible Paxos* §3): two acceptances of five choose, four promises lead.
#[test]
fn quorums_of_the_phases_may_differ_if_they_meet() {
    for (rule, needs) in [(Rule::Resend, 4), (Rule::QuorumsMeet, 3)] {
        let rules = Rules::ALL.without(rule);
        let mut group = Group::of(5, |_| Settings { accept_quorum: Some(2), rules, ..settings(5) });
        group.fire(1, Timer::Election);
        assert_eq!(group.m(1).promises_needed().1, needs);
        group.among(&[1, 2, 3]);
        assert_eq!(group.m(1).role() == Role::Leader, needs == 3, "{rule:?}");
        group.elect(1);
        group.lose_all();
        let write = group.ask(1, put("k", "a"));
        group.among(&[1, 5]);
        assert!(group.is_written(write), "two of five");
    }
}
