//! A change of members is a command, and holds from alpha slots later on (*Paxos Made Simple* §3).

use super::harness::*;
use crate::consensus::multi_paxos::*;

fn of_alpha(n: u32, alpha: u32, rule: Rule) -> Group {
    with_a_spare(n, Settings { alpha, window: 16, rules: Rules::ALL.without(rule), ..settings(n) })
}

fn with_a_spare(n: u32, settings: Settings) -> Group {
    let mut group = Group::of(n, |_| settings.clone());
    group.add(n + 1, settings);
    group.elect(1);
    group
}

#[test]
fn a_member_is_replaced_alpha_slots_later_and_the_new_one_catches_up() {
    let mut group = of_alpha(3, 3, Rule::Resend);
    assert!(group.write(1, "k", "a"));
    assert!(group.order(1, Command::ReplaceMember { old: p(3), new: p(4) }));
    group.deliver_all();
    // Slot 2 is the change; slots 3 and 4 are still the old members', and nothing needs them: no-ops.
    assert_eq!(group.slots(1), "aM--");
    assert!(group.did(1, Rule::HastenChange));
    assert_eq!(group.m(1).configuration().members, [p(1), p(2), p(4)]);
    group.beat(1);
    group.fire(4, Timer::CatchUp);
    group.deliver_all();
    assert_eq!((group.m(4).executed(), group.value(4, "k")), (4, Some("a")));
    assert!(group.m(4).may_stand());
    group.crash(2);
    let write = group.ask(1, put("k", "b"));
    group.deliver_all();
    assert!(group.is_written(write), "n1 and n4 are two of three");
}

/// It would be a removal, by another name.
#[test]
fn nobody_is_replaced_by_one_who_is_a_member_already() {
    let mut group = of_alpha(3, 3, Rule::Resend);
    assert!(!group.order(1, Command::ReplaceMember { old: p(3), new: p(2) }));
    group.deliver_all();
    assert_eq!(group.m(1).configuration().members, ids(3));
}

#[test]
fn without_the_rule_a_quiet_group_waits_for_its_new_members() {
    let mut group = of_alpha(3, 3, Rule::HastenChange);
    assert!(group.order(1, Command::AddMember { id: p(4) }));
    group.deliver_all();
    assert_eq!(group.slots(1), "M");
    assert_eq!(group.m(1).configuration().members, ids(3));
    for value in ["a", "b"] {
        assert!(group.write(1, "k", value));
    }
    assert_eq!(group.m(1).configuration().members, ids(4));
}

/// "A leader can get ahead α commands": no further, since who accepts there is not decided.
#[test]
fn a_leader_proposes_no_further_than_alpha() {
    for (rule, open) in [(Rule::Resend, 2), (Rule::AlphaWindow, 5)] {
        let mut group = of_alpha(3, 2, rule);
        group.lose_all();
        for _ in 0..5 {
            group.ask(1, put("k", "a"));
        }
        assert_eq!(group.m(1).pending().len(), open, "{rule:?}");
        assert_eq!(group.m(1).hindrance(3) == Some(Hindrance::Alpha), open == 2);
        assert_eq!(group.told(1).contains(&"multiPaxos.waitsForAlpha"), open == 2);
    }
}

/// The new members of a slot must promise before anything is proposed there: they may have accepted something from another.
#[test]
fn a_leader_asks_the_new_members_for_promises() {
    for (rule, waits) in [(Rule::Resend, true), (Rule::PromisesOfSlot, false)] {
        let mut group = of_alpha(1, 1, rule);
        assert!(group.order(1, Command::AddMember { id: p(2) }));
        assert_eq!(group.m(1).configuration().members, ids(2));
        group.ask(1, put("k", "a"));
        let hindrance = group.m(1).hindrance(2);
        assert_eq!(hindrance == Some(Hindrance::Promises(1)), waits, "{rule:?}: {hindrance:?}");
        assert_eq!(group.m(1).waiting().len(), usize::from(waits));
        group.beat(1);
        assert_eq!(group.slots(1), "Ma");
        assert!(!group.slots(2).is_empty());
    }
}

#[test]
fn a_leader_that_is_removed_leaves_when_its_last_slot_is_executed() {
    let mut group = of_alpha(3, 4, Rule::Resend);
    assert!(group.order(1, Command::RemoveMember { id: p(1) }));
    assert!(!group.order(1, Command::AddMember { id: p(4) }), "one change at a time");
    group.deliver_all();
    assert_eq!((group.m(1).role(), group.m(1).executed()), (Role::Follower, 4));
    assert!(!group.has_timer(1, Timer::Election));
    group.elect_among(2, &[2, 3]);
    let write = group.ask(2, put("k", "a"));
    group.among(&[2, 3]);
    assert!(group.is_written(write));
    // Clients that only know the one who left are sent to one who stayed.
    let asked = group.ask(1, get("k"));
    let sent = group.reply(asked);
    assert!(
        matches!(sent, Some(crate::consensus::kv::Reply::Redirect { leader: Some(to) }) if to != p(1)),
        "{sent:?}"
    );
}

/// One who missed that it was removed disturbs nobody, and is told.
#[test]
fn who_was_removed_gets_no_promise_and_learns_it() {
    for (rule, disturbs) in [(Rule::Resend, false), (Rule::RefuseRemoved, true)] {
        let mut group = of_alpha(3, 1, rule);
        group.lose_all();
        assert!(group.order(1, Command::RemoveMember { id: p(3) }));
        group.among(&[1, 2]);
        group.fire(1, Timer::Heartbeat);
        group.among(&[1, 2]);
        group.lose_all();
        group.fire(3, Timer::Election);
        group.deliver(|from, to, _| from != p(2) && to != p(2));
        assert_eq!(group.m(1).role() != Role::Leader, disturbs, "{rule:?}");
        if !disturbs {
            assert!(group.refused(1, Rule::RefuseRemoved));
            group.fire(3, Timer::CatchUp);
            group.deliver_all();
            assert_eq!((group.m(3).is_member(), group.has_timer(3, Timer::Election)), (false, false));
        }
    }
}

/// All that told those who come after may have been lost, and then nobody would ever stand: who left tells them until one is heard.
#[test]
fn who_left_tells_those_who_come_after_until_one_of_them_is_heard() {
    for (rule, tells) in [(Rule::Resend, true), (Rule::CatchUp, false)] {
        let mut group = of_alpha(3, 1, rule);
        assert!(group.order(1, Command::ChangeMembership { members: vec![p(2), p(3)] }));
        group.among(&[1, 2]);
        group.lose_all();
        assert!(!group.m(1).is_member() && group.m(3).executed() < group.m(1).executed());
        assert_eq!(group.has_timer(1, Timer::CatchUp), tells, "{rule:?}");
        if tells {
            // While all is lost it goes on, with one message for each, and nothing gathers.
            for _ in 0..5 {
                group.fire(1, Timer::CatchUp);
                assert_eq!(group.count(|it| matches!(it, PeerMessage::Chosen { .. })), 2);
                assert!(group.has_timer(1, Timer::CatchUp));
                group.lose_all();
            }
            group.fire(1, Timer::CatchUp);
            group.deliver_all();
            assert!(!group.has_timer(1, Timer::CatchUp), "n2 was heard");
            group.fire(3, Timer::CatchUp);
            group.deliver_all();
            assert_eq!(group.m(3).executed(), group.m(1).executed());
        }
    }
}

/// Who was left out, is a member again and did not hear of it waits for those of the configuration it knows. They have left, and wait for
/// it: that it is heard of does not mean that it knows, and whoever knows more answers.
#[test]
fn who_is_behind_is_told_by_those_it_believes_to_come_after() {
    let mut group = of_alpha(3, 1, Rule::Resend);
    assert!(group.order(1, Command::RemoveMember { id: p(3) }));
    group.deliver_all();
    group.beat(1);
    group.fire(3, Timer::Election);
    group.deliver_all();
    group.fire(3, Timer::CatchUp);
    group.deliver_all();
    assert!(!group.m(3).is_member() && group.has_timer(3, Timer::CatchUp));
    assert!(group.order(1, Command::ChangeMembership { members: vec![p(3)] }));
    for timer in [Timer::Heartbeat, Timer::Election, Timer::CatchUp] {
        group.among(&[1, 2]);
        group.lose_all();
        group.fire(2, timer);
    }
    group.among(&[1, 2]);
    group.lose_all();
    assert!((1..=3).all(|n| !group.m(n).is_member()), "nobody stands");
    assert_eq!((group.m(1).executed(), group.m(2).executed(), group.m(3).executed()), (2, 2, 1));
    group.fire(3, Timer::CatchUp);
    group.deliver(|from, _, _| from == p(3));
    assert!(group.has_timer(1, Timer::CatchUp), "n3 was heard, and is behind");
    group.deliver_all();
    group.fire(3, Timer::CatchUp);
    group.deliver_all();
    assert_eq!((group.m(3).executed(), group.m(3).is_member()), (2, true));
    group.elect_among(3, &[3]);
    assert!(group.write(3, "k", "a"));
}

/// A snapshot says who the members are.
#[test]
fn a_snapshot_holds_the_configuration() {
    for (rule, members) in [(Rule::Resend, 2), (Rule::ConfigInSnapshot, 3)] {
        let mut group = of_alpha(3, 1, rule);
        assert!(group.order(1, Command::RemoveMember { id: p(3) }));
        group.deliver_all();
        assert!(group.order(1, Command::TakeSnapshot));
        group.crash(1);
        group.restart(1);
        assert_eq!(group.m(1).configuration().members.len(), members, "{rule:?}");
    }
}

/// One who was away while a member was replaced is elected by the members it knows, and learns from a snapshot who they are now: it
/// speaks to those at once, and not only when they change again. Their promises suffice, so nothing else would tell it to.
#[test]
fn a_leader_that_learns_from_a_snapshot_who_the_members_are_speaks_to_those() {
    let compaction = Some(Compaction { every: 1_000, keep: 0 });
    let mut group = with_a_spare(3, Settings { alpha: 1, compaction, ..settings(3) });
    assert!(group.order(1, Command::ReplaceMember { old: p(3), new: p(4) }));
    group.among(&[1, 3]);
    let write = group.ask(1, put("k", "a"));
    group.among(&[1, 4]);
    assert!(group.is_written(write), "n1 and n4 are two of three");
    assert!(group.order(1, Command::TakeSnapshot));
    group.lose_all();
    group.elect_among(2, &[1, 2]);
    assert_eq!((group.m(2).executed(), group.value(2, "k")), (2, Some("a")), "as the snapshot says");
    assert_eq!(group.m(2).configuration().members, [p(1), p(2), p(4)]);
    group.lose_all();
    assert!(group.fire(2, Timer::Heartbeat));
    let beats = group.flights().filter(|(.., message)| matches!(message, PeerMessage::Heartbeat { .. }));
    assert_eq!(beats.map(|(_, to, _)| to).collect::<Vec<_>>(), [p(1), p(4)]);
}

#[test]
fn senseless_changes_are_refused() {
    let mut group = of_alpha(3, 2, Rule::Resend);
    assert!(!group.order(2, Command::AddMember { id: p(4) }), "it does not lead");
    assert!(!group.order(1, Command::ChangeMembership { members: vec![] }));
    assert!(!group.order(1, Command::ChangeMembership { members: ids(3) }), "they are the members");
    assert!(!group.order(1, Command::Campaign), "it leads already");
    assert!(!group.order(4, Command::Campaign), "it is no member");
    assert!(group.order(2, Command::Campaign));
    assert!(group.order(2, Command::SwitchRule { rule: Rule::BackOff, on: false }));
    assert_eq!(group.disk(2).rules, Some(Rules::ALL.without(Rule::Resend).without(Rule::BackOff)));
}
