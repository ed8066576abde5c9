//! Quorums of other sizes (*Flexible Paxos*).

use super::harness::*;
use crate::consensus::paxos::*;

fn sized(promises: usize, acceptances: usize, rules: Rules) -> Settings {
    let (promises, acceptances) = (Some(Quorum::Any(promises)), Some(Quorum::Any(acceptances)));
    Settings { promises, acceptances, rules, ..settings(5) }
}

/// "It is only necessary for phase-1 quorums and phase-2 quorums to intersect": four promises, two acceptances of five.
#[test]
fn two_acceptances_choose_where_four_promises_are_needed() {
    let mut group = Group::of(5, sized(4, 2, Rules::ALL));
    group.propose(1, "red");
    group.deliver(|_, _, message| matches!(message, PeerMessage::Prepare { .. }));
    for _ in 0..2 {
        group.deliver_one(|_, to, _| to == p(1));
        assert_eq!(group.m(1).phase(), Phase::Preparing);
    }
    group.deliver_one(|_, to, _| to == p(1));
    assert_eq!(group.m(1).phase(), Phase::Accepting);
    group.deliver_one(|_, _, message| matches!(message, PeerMessage::Accept { .. }));
    group.deliver_one(|_, to, message| to == p(1) && matches!(message, PeerMessage::Accepted { .. }));
    assert_eq!(group.learned(1), Some("red"));
}

/// Quorums that need not meet are refused with two that do not; as an experiment they are allowed.
#[test]
fn quorums_that_need_not_meet_are_refused() {
    let apart = Program::new(sized(3, 2, Rules::ALL));
    assert_eq!(apart.err(), Some(SettingsError::Apart([vec![p(1), p(2), p(3)], vec![p(4), p(5)]])));
    assert!(Program::new(sized(3, 2, Rules::ALL.without(Rule::QuorumsMeet))).is_ok());
    assert_eq!(Program::new(sized(6, 3, Rules::ALL)).err(), Some(SettingsError::QuorumSize("promises")));
}

/// The rows and columns of a grid are quorums.
#[test]
fn a_row_promises_and_a_column_accepts() {
    let rows = Quorum::OneOf(vec![vec![p(1), p(2)], vec![p(3), p(4)]]);
    let columns = Quorum::OneOf(vec![vec![p(1), p(3)], vec![p(2), p(4)]]);
    let mut group =
        Group::of(4, Settings { promises: Some(rows), acceptances: Some(columns), ..settings(4) });
    group.propose(1, "red");
    group.deliver(|from, to, _| from.0.max(to.0) <= 2);
    assert_eq!(
        group.m(1).phase(),
        Phase::Accepting,
        "n1 and n2 have promised, and accepted; they are no column"
    );
    assert_eq!(group.learned(1), None);
    group.among(&[1, 3]);
    assert_eq!(group.learned(1), Some("red"));
}
