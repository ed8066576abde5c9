//! The dissertation's figures of logs: 3.6 (figure 7 of the short paper), six followers to be repaired, and 3.7 (figure 8),
//! why a leader commits only entries of its own term by counting.

use super::harness::*;
use crate::consensus::raft::*;

fn log_of(terms: &[u64]) -> Vec<(u64, crate::consensus::kv::Op)> {
    terms.iter().enumerate().map(|(i, &term)| (term, put("k", &format!("{}.{term}", i + 1)))).collect()
}

fn initial(term: u64, terms: &[u64], commit: u64) -> Option<Initial> {
    Some(Initial { term, vote: None, log: log_of(terms), commit })
}

const LEADER: [u64; 10] = [1, 1, 1, 4, 4, 5, 5, 6, 6, 6];
const FOLLOWERS: [&[u64]; 6] = [
    &[1, 1, 1, 4, 4, 5, 5, 6, 6],
    &[1, 1, 1, 4],
    &[1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 6],
    &[1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 7, 7],
    &[1, 1, 1, 4, 4, 4, 4],
    &[1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3],
];

fn figure_7(conflict_index: bool) -> Group {
    Group::of(7, |id| {
        let terms = if id == p(1) { &LEADER[..] } else { FOLLOWERS[id.0 as usize - 2] };
        let base = settings(7);
        let rules = if conflict_index { base.rules } else { base.rules.without(Rule::ConflictIndex) };
        Settings { initial: initial(7, terms, 3), rules, batch: 100, ..base }
    })
}

#[test]
fn figure_7_the_new_leader_makes_all_six_logs_its_own() {
    for conflict_index in [true, false] {
        let mut group = figure_7(conflict_index);
        group.fire(1, Timer::Election);
        group.settle();
        assert_eq!(group.m(1).role(), Role::Leader, "a, b, e and f vote for it");
        assert_eq!(group.m(1).term(), 8);
        for n in [4, 5] {
            assert!(
                group.refusal(n, Rule::ElectionRestriction).is_some(),
                "c and d refuse: their logs are longer"
            );
        }
        for _ in 0..12 {
            group.beat(1);
        }
        let expected: Vec<u64> = LEADER.iter().copied().chain([8]).collect();
        for n in 1..=7 {
            assert_eq!(group.terms(n), expected, "follower {n}");
            assert_eq!(group.m(n).commit_index(), 11);
        }
    }
}

#[test]
fn figure_7_with_the_conflict_index_each_term_costs_one_refusal() {
    let refusals = |conflict_index| {
        let mut group = figure_7(conflict_index);
        group.fire(1, Timer::Election);
        group.settle();
        group
            .notes
            .iter()
            .filter(|(id, n)| *id == p(7) && n.rule == Some(Rule::ConsistencyCheck.name()))
            .count()
    };
    // f differs from index 4 on. With the hint: once at 10 (term 3 from 7), once at 6 (term 2 from 4); without: 10 down to 4.
    assert_eq!(refusals(true), 2);
    assert_eq!(refusals(false), 7);
}

/// Figure 8 up to (c): S1 leads term 4 with entry 2 of term 2 on a majority, S5 holds another of term 3.
fn figure_8(rules: Rules) -> Group {
    let mut group = Group::of(5, |id| {
        // (b): S1 and S2 hold [1, 2]; S5 has led term 3 and holds [1, 3].
        let (term, terms): (u64, &[u64]) = match id.0 {
            1 | 2 => (2, &[1, 2]),
            5 => (3, &[1, 3]),
            _ => (3, &[1]),
        };
        let vote = (term == 3).then_some(p(5));
        let initial = Initial { vote, ..initial(term, terms, 1).expect("some") };
        Settings { initial: Some(initial), rules, ..settings(5) }
    });
    // S5 crashes; S1 is elected in term 4 by S2, S3 and S4 and goes on replicating entry 2, but no more.
    group.crash(5);
    group.fire(1, Timer::Election);
    group.settle_among(&[1, 2, 3, 4]);
    if group.m(1).role() != Role::Leader {
        group.fire(1, Timer::Election);
        group.settle_among(&[1, 2, 3, 4]);
    }
    group
}

fn replicate_entry_2_only(rules: Rules) -> Group {
    let without_no_op = rules.without(Rule::NoOpOnElection);
    let mut group = figure_8(without_no_op);
    assert_eq!((group.m(1).role(), group.m(1).term()), (Role::Leader, 4));
    group.fire(1, Timer::Heartbeat);
    group.settle_among(&[1, 2, 3]);
    assert_eq!([1, 2, 3].map(|n| group.terms(n)), [[1, 2], [1, 2], [1, 2]].map(Vec::from));
    group
}

/// (d): S1 crashes, S5 is elected by S3 and S4 … and overwrites entry 2.
fn s5_takes_over(group: &mut Group) {
    group.crash(1);
    group.restart(5);
    for _ in 0..3 {
        group.fire(5, Timer::Election);
        group.settle_among(&[2, 3, 4, 5]);
    }
    for _ in 0..4 {
        group.fire(5, Timer::Heartbeat);
        group.settle_among(&[2, 3, 4, 5]);
    }
}

#[test]
fn figure_8_an_old_terms_entry_on_a_majority_is_not_committed_and_may_be_overwritten() {
    let mut group = replicate_entry_2_only(settings(5).rules);
    assert_eq!(group.m(1).commit_index(), 1, "entry 2 is on a majority, yet not committed");
    let why = group.refusal(1, Rule::CommitOnlyOwnTerm).expect("the rule says so");
    assert!(!why.because.is_empty(), "and names the acknowledgements it does not count");
    let why = |n: u32, index| group.m(n).why_not_committed(index).map(|phrase| phrase.key.as_str());
    assert_eq!(why(1, 2), Some("raft.note.notCommittedOldTerm"));
    assert_eq!(why(2, 2), Some("raft.why.notCommittedUnknown"));
    assert_eq!((why(1, 1), why(1, 3)), (None, Some("raft.why.notCommittedAbsent")));
    s5_takes_over(&mut group);
    assert_eq!(group.m(5).role(), Role::Leader);
    for n in [2, 3, 4] {
        assert_eq!(group.terms(n), [1, 3], "(d): replaced, and nothing committed was lost");
    }
}

#[test]
fn figure_8_with_an_entry_of_its_own_term_on_a_majority_the_old_one_is_committed_too() {
    let mut group = replicate_entry_2_only(settings(5).rules);
    group.ask(1, put("k", "(e)"));
    group.settle_among(&[1, 2, 3]);
    assert_eq!(group.m(1).commit_index(), 3, "(e): entry 3 of term 4 takes entry 2 with it");
    s5_takes_over(&mut group);
    assert_ne!(group.m(5).role(), Role::Leader, "S5 cannot win any more");
}

#[test]
fn figure_8_without_the_rule_a_committed_entry_is_overwritten() {
    let mut group = replicate_entry_2_only(settings(5).rules.without(Rule::CommitOnlyOwnTerm));
    assert_eq!(group.m(1).commit_index(), 2, "committed by counting");
    let applied = group.m(1).get("k").expect("applied").clone();
    s5_takes_over(&mut group);
    group.ask(5, put("other", "x"));
    group.settle_among(&[2, 3, 4, 5]);
    assert!(group.m(5).commit_index() >= 2);
    assert_ne!(group.m(5).get("k"), Some(&applied), "two members applied different entries at index 2");
}
