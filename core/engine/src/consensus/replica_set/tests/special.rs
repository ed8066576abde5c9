//! Arbiters, hidden, delayed and non-voting members.

use super::harness::*;
use crate::consensus::replica_set::*;
use crate::process::{Span, Time};

fn with_arbiter() -> Config {
    let mut list = members(2);
    list.push(MemberConfig::arbiter(3, p(3)));
    config(list)
}

/// *Replica Set Arbiter*: "An arbiter participates in elections for primary but an arbiter does not have a copy of the data
/// set and cannot become a primary."
#[test]
fn an_arbiter_votes_and_holds_no_data() {
    let mut set = Set::of(with_arbiter());
    set.elect(1);
    assert!(written(&set.write(1, "x", "1", WriteConcern::MAJORITY)));
    set.secs(3);
    set.crash(1);
    set.until(40, |set| set.m(2).is_writable()).expect("by its own vote and the arbiter's");
    assert_eq!(set.m(3).state(), State::Arbiter);
    assert!(set.m(3).store().is_empty() && set.m(3).oplog().is_empty());
}

/// *Mitigate Performance Issues in Self-Managed PSA Replica Sets*: "Writes with w:1 continue to succeed in this state but
/// writes with write concern "majority" cannot succeed and the commit point starts to lag." The arbiter elects, and
/// acknowledges nothing.
#[test]
fn an_arbiter_acknowledges_nothing() {
    let mut set = Set::of(with_arbiter());
    set.elect(1);
    set.secs(3);
    set.crash(2);
    set.secs(15);
    assert!(set.m(1).is_writable(), "the arbiter's answers keep it primary");
    assert!(written(&set.write(1, "x", "1", WriteConcern::members(1))));
    assert_eq!(set.write(1, "x", "2", WriteConcern::MAJORITY), None);
    assert_eq!(set.value(1, "x", ReadConcern::Majority), None, "and what is committed does not grow");
}

/// *Self-Managed Replica Set Protocol Version*: "Arbiters will vote no in elections if they detect a healthy primary of equal
/// or greater priority to the candidate." Two members that do not reach each other would else take turns.
#[test]
fn an_arbiter_keeps_a_primary_that_it_sees() {
    for (rule, keeps) in [(Rule::RetryOnce, true), (Rule::ArbiterKeepsPrimary, false)] {
        let mut set = Set::without(with_arbiter(), rule);
        set.elect(1);
        set.secs(3);
        let term = set.m(1).term();
        set.cut(1, 2);
        set.secs(40);
        assert_eq!(set.m(3).term() == term && set.m(1).is_writable(), keeps, "{rule:?}");
    }
}

/// *Hidden Replica Set Members*: "Hidden members, however, may vote in elections." And *Self-Managed Replica Set
/// Configuration*: "Hidden members can acknowledge write operations".
#[test]
fn hidden_members_acknowledge_and_vote() {
    let mut list = members(3);
    list[2] = MemberConfig { hidden: true, ..passive(3) };
    let mut set = Set::of(config(list));
    set.elect(1);
    set.secs(3);
    set.crash(2);
    assert!(written(&set.write(1, "x", "1", WriteConcern::MAJORITY)), "it acknowledges");
    set.crash(1);
    set.start(2);
    set.until(40, |set| set.m(2).is_writable()).expect("it votes");
    assert!(set.m(2).get("x").is_some());
}

/// *Delayed Replica Set Members*: "However, a delayed member's data set reflects an earlier, or delayed, state of the set."
/// With an hour's delay its data are as of 08:52 at 09:52.
#[test]
fn a_delayed_member_applies_operations_late() {
    let mut list = members(4);
    list[3] = MemberConfig { hidden: true, votes: false, delay_secs: 60, ..passive(4) };
    let mut set = Set::of(config(list));
    set.elect(1);
    set.secs(5);
    assert!(written(&set.write(1, "x", "1", WriteConcern::MAJORITY)));
    let at = set.now();
    set.secs(30);
    assert!(set.m(4).get("x").is_none());
    assert!(!set.m(4).sync().buffer.is_empty(), "it has fetched what it does not apply yet");
    let applied = set.until(60, |set| set.m(4).get("x").is_some()).expect("an old state, not none");
    let late = set.now() - at;
    assert!(late >= Span::secs(58) && late <= Span::secs(64), "{late:?} {applied:?}");
    assert!(set.now() > Time::secs(60));
}

/// *Self-Managed Replica Set Configuration*, `members[n].secondaryDelaySecs`: "they return write acknowledgment no earlier
/// than the configured delay value". A majority that needs one waits.
#[test]
fn a_majority_that_needs_a_delayed_member_waits_for_it() {
    let mut list = members(3);
    list[2] = MemberConfig { hidden: true, delay_secs: 20, ..passive(3) };
    let mut set = Set::of(config(list));
    set.elect(1);
    set.secs(40);
    set.crash(2);
    let seq = set.put(1, "x", "1", WriteConcern::MAJORITY);
    set.secs(10);
    assert_eq!(set.answer(seq), None);
    set.secs(15);
    assert!(written(&set.answer(seq).cloned()));
}

/// *Replica Set Elections*: "Although non-voting members do not vote in elections, these members hold copies of the replica
/// set's data and can accept read operations from client applications."
#[test]
fn a_member_without_a_vote_holds_data_and_is_read_from() {
    let mut list = members(4);
    list[3] = MemberConfig { votes: false, ..passive(4) };
    let mut set = Set::of(config(list));
    set.elect(1);
    assert!(written(&set.write(1, "x", "1", WriteConcern::members(4))));
    assert_eq!(set.value(4, "x", ReadConcern::Local).as_deref(), Some("1"));
    set.secs(3);
    set.crash(2);
    set.crash(3);
    set.secs(25); // so long the fourth member may still tell of the two
    assert!(!set.m(1).is_primary(), "its answers keep nobody primary");
}
