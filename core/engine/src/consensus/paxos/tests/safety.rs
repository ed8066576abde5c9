//! What must never be: two values chosen. Each rule that forbids it is switched off once, and it happens.

use super::harness::*;
use crate::consensus::paxos::*;

/// Two values are learned.
fn broken(group: &Group) -> bool {
    let mut all: Vec<&str> = group.world.ids().filter_map(|id| group.learned(id.0)).collect();
    all.sort_unstable();
    all.dedup();
    all.len() > 1
}

/// n1 gets red chosen by n1 and n2, and only n1 knows; then n3 proposes blue with n2's help.
fn chosen_unseen(rule: Rule) -> Group {
    let mut group = Group::without(3, rule);
    group.propose(1, "red");
    group
        .deliver(|from, to, message| from.0.max(to.0) <= 2 && !matches!(message, PeerMessage::Chosen { .. }));
    group.lose(|_, _, _| true);
    assert_eq!(group.learned(1), Some("red"));
    group.propose(3, "blue");
    group.among(&[2, 3]);
    while group.m(3).phase() == Phase::BackingOff {
        group.fire(3, Timer::BackOff);
        group.among(&[2, 3]);
    }
    group
}

#[test]
fn with_all_rules_a_chosen_value_is_found_and_kept() {
    // A rule that plays no part here.
    let group = chosen_unseen(Rule::AskAgain);
    assert_eq!(group.agreed().as_deref(), Some("red"));
}

#[test]
fn who_does_not_report_lets_another_value_be_chosen() {
    assert!(broken(&chosen_unseen(Rule::ReportAccepted)));
}

#[test]
fn who_does_not_adopt_overrules_what_is_chosen() {
    assert!(broken(&chosen_unseen(Rule::AdoptReported)));
}

#[test]
fn a_forgotten_acceptance_lets_another_value_be_chosen() {
    for (rule, breaks) in [(Rule::DurableAccept, true), (Rule::AskAgain, false)] {
        let mut group = Group::without(3, rule);
        group.propose(1, "red");
        group.deliver(|from, to, message| {
            from.0.max(to.0) <= 2 && !matches!(message, PeerMessage::Chosen { .. })
        });
        group.lose(|_, _, _| true);
        group.crash(2);
        group.restart(2);
        group.propose(3, "blue");
        group.among(&[2, 3]);
        while group.m(3).phase() == Phase::BackingOff {
            group.fire(3, Timer::BackOff);
            group.among(&[2, 3]);
        }
        assert_eq!(broken(&group), breaks, "{rule:?}");
    }
}

/// n2 has promised a higher number to n3; n1's older proposal reaches it all the same.
#[test]
fn a_broken_promise_lets_two_values_be_chosen() {
    for (rule, breaks) in [(Rule::KeepPromise, true), (Rule::AskAgain, false)] {
        let mut group = Group::without(3, rule);
        group.propose(1, "red");
        group.deliver(|from, to, message| {
            from.0.max(to.0) <= 2 && !matches!(message, PeerMessage::Accept { .. })
        });
        // n1's accept for n2 is slow.
        group.propose(3, "blue");
        group.deliver(|from, to, message| {
            from.0.min(to.0) >= 2 && !matches!(message, PeerMessage::Chosen { .. })
        });
        group.fire(3, Timer::BackOff);
        group.deliver(|from, to, message| {
            from.0.min(to.0) >= 2 && !matches!(message, PeerMessage::Chosen { .. })
        });
        assert_eq!(group.learned(3), Some("blue"));
        group.deliver(|from, to, message| {
            from.0.max(to.0) <= 2 && !matches!(message, PeerMessage::Chosen { .. })
        });
        assert_eq!(broken(&group), breaks, "{rule:?}");
    }
}

#[test]
fn one_promise_is_not_enough() {
    let mut group = Group::without(3, Rule::WaitForPromises);
    group.propose(1, "red");
    group
        .deliver(|from, to, message| from.0.max(to.0) <= 2 && !matches!(message, PeerMessage::Chosen { .. }));
    group.lose(|_, _, _| true);
    assert_eq!(group.learned(1), Some("red"));
    // Its own promise is enough for n3: it hears of nothing, and its number is the higher one.
    group.propose(3, "blue");
    group.among(&[2, 3]);
    assert!(broken(&group));
}
