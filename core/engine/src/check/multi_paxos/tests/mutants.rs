//! Every rule has a reason: with one switched off, something named breaks, or a group no longer serves.

use super::sweep::{ordeal, plan};
use crate::consensus::client::Mix;
use crate::consensus::multi_paxos::*;
use crate::process::Span;

/// What breaks first over so many seeds with a rule off.
fn hunt(rule: Rule, seeds: u64) -> Option<(u64, &'static str)> {
    (1..=seeds).find_map(|seed| {
        let mut plan = plan(seed);
        plan.settings.rules = Rules::ALL.without(rule);
        match rule {
            Rule::LeaseGrant | Rule::LeaseDriftBound | Rule::QuietAfterRestart | Rule::LeaseAfterRecovery => {
                plan.settings.reads = ReadMode::Lease;
                plan.load.mix = Mix { get: 70, put: 30, cas: 0, append: 0, delete: 0 };
                plan.load.keys = 1;
            }
            // Two values in one slot are rare where a leader that is cut off soon stops.
            Rule::AdoptHighest => {
                plan.settings.rules = plan.settings.rules.without(Rule::StepDownWithoutQuorum);
            }
            Rule::QuorumsMeet => plan.settings.accept_quorum = Some(1),
            Rule::AlphaWindow | Rule::PromisesOfSlot => (plan.settings.window, plan.settings.alpha) = (16, 2),
            _ => {}
        }
        if rule == Rule::LeaseDriftBound {
            plan.drift_ppm = 400_000;
            plan.settings.lease_drift_ppm = 999_999;
            plan.settings.heartbeat = Span::millis(120);
        }
        let (lab, _) = ordeal(plan);
        lab.broken().first().map(|check| (seed, *check))
    })
}

/// Prints, for every rule, what a group without it breaks. Long: run by name.
#[test]
#[ignore = "a survey of minutes"]
fn survey() {
    let only = std::env::var("RULE").ok();
    for &rule in Rule::ALL.iter().filter(|rule| only.as_deref().is_none_or(|name| name == rule.name())) {
        println!("{:20} {:?}: {:?}", rule.name(), rule.guards(), hunt(rule, 400));
    }
}

/// Rules whose absence a sweep soon finds, and the checks that may name it.
#[test]
fn a_rule_switched_off_is_caught_by_name() {
    let cases: [(Rule, &[&str]); 18] = [
        (Rule::DistinctBallots, &["oneLeaderPerBallot", "oneValuePerBallot", "p2c"]),
        (Rule::DurablePromise, &["promiseKept", "promiseDurable"]),
        (Rule::DurableAccept, &["acceptDurable"]),
        (Rule::PromiseOnlyHigher, &["promiseDurable", "promiseKept"]),
        (Rule::KeepPromise, &["promiseKept"]),
        (Rule::ReportAccepted, &["p2c", "noStaleRead"]),
        (Rule::AdoptReported, &["p2c"]),
        (Rule::AdoptHighest, &["p2c"]),
        (Rule::WaitForPromises, &["p2c"]),
        (Rule::ChosenByQuorum, &["executedIsChosen", "noAckedWriteLost"]),
        (Rule::QuorumsMeet, &["p2c"]),
        (Rule::LearnSameBallot, &["sameCommands", "executedIsChosen"]),
        (Rule::ExecuteInOrder, &["exactlyOnce", "sameState"]),
        (Rule::AlphaWindow, &["p2c", "executedIsChosen"]),
        (Rule::PromisesOfSlot, &["p2c"]),
        (Rule::LeaseAfterRecovery, &["noStaleRead"]),
        (Rule::ClientSessions, &["exactlyOnce"]),
        (Rule::SessionInSnapshot, &["exactlyOnce", "sameState"]),
    ];
    for (rule, checks) in cases {
        let (seed, check) = hunt(rule, 100).unwrap_or_else(|| panic!("{} off: nothing found", rule.name()));
        assert!(checks.contains(&check), "{} off, seed {seed}: {check}", rule.name());
    }
}
