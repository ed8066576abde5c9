//! The campaign: many seeds of random faults on a Raft group of five with three clients, and the same with rules switched off
//! one by one.

use muster_core::check::explore::{Outcome, Reach, Staged, explore, staged};
use muster_core::consensus::raft::Rule;
use muster_core::scenario::Scenario;
use muster_core::systems;
use rayon::prelude::*;

/// The cluster of a seed: reads by ReadIndex or by lease, logs compacted early, often, late.
fn cluster(seed: u64, without: Option<Rule>) -> String {
    let reads = if seed.is_multiple_of(4) { "lease" } else { "readIndex" };
    let (every, keep) = [(100, 20), (40, 5), (300, 100)][(seed % 3) as usize];
    include_str!("campaign/base.yaml")
        .replace("READS", &format!("readMode: {reads}"))
        .replace("COMPACTION", &format!("compaction: {{ every: {every}, keep: {keep} }}"))
        .replace("WITHOUT", without.map_or("", Rule::name))
}

/// The cluster with what befalls it.
fn stage(seed: u64, without: Option<Rule>) -> Staged {
    let base = Scenario::read(cluster(seed, without).as_bytes(), systems::all()).expect("a good scenario");
    staged(&base, seed).expect("a Raft group")
}

fn play(seed: u64, without: Option<Rule>) -> Outcome {
    explore(&stage(seed, without))
}

/// A seed as a scenario file, to be looked at with the command or in the page.
fn written(seed: u64, without: Option<Rule>) -> String {
    let plan = stage(seed, without).plan;
    let title = format!("metadata: {{ name: campaign-{seed} }}\nseed: {seed}\nuntil: {}ns\n", plan.end.0);
    cluster(seed, without).replace("metadata: { name: campaign }\n", &title) + &plan.to_string()
}

/// So many seeds, unless `MUSTER_SEEDS` says otherwise.
fn seeds(usual: u64) -> u64 {
    std::env::var("MUSTER_SEEDS").ok().and_then(|n| n.parse().ok()).unwrap_or(usual)
}

/// What every seed comes by on average, at least: without it "nothing breaks" would mean little.
struct Floor {
    name: &'static str,
    of: fn(&Reach) -> u64,
    least: f64,
}

const FLOORS: [Floor; 5] = [
    Floor { name: "leader changes", of: |reach| reach.leader_changes, least: 10.0 },
    Floor { name: "log truncations", of: |reach| reach.truncations, least: 1.5 },
    Floor { name: "snapshots sent", of: |reach| reach.snapshots_sent, least: 5.0 },
    Floor { name: "crashes in joint configuration", of: |reach| reach.joint_crashes, least: 0.5 },
    Floor { name: "acknowledged writes", of: |reach| reach.acked_writes, least: 400.0 },
];

fn campaign(seeds: u64) {
    let outcomes: Vec<(u64, Outcome)> =
        (1..=seeds).into_par_iter().map(|seed| (seed, play(seed, None))).collect();
    let mut reach = Reach::default();
    let mut events = 0;
    for (_, outcome) in &outcomes {
        reach += outcome.reach;
        events += outcome.events;
    }
    println!("{seeds} seeds, {events} events");
    let bad: Vec<_> = outcomes.iter().filter(|(_, outcome)| !outcome.is_good()).collect();
    for (seed, outcome) in bad.iter().take(10) {
        let after = outcome.recovered.map_or("not in time".into(), |after| format!("after {after:?}"));
        println!("seed {seed}: back to work {after}; broken {:?}", outcome.broken);
    }
    let slowest = outcomes.iter().filter_map(|(_, outcome)| outcome.recovered).max();
    println!("back to work at the latest {slowest:?} after healing");
    for Floor { name, of, least } in FLOORS {
        let mean = of(&reach) as f64 / seeds as f64;
        let none = outcomes.iter().filter(|(_, outcome)| of(&outcome.reach) == 0).count();
        println!("{name:<32} {mean:>8.2} a seed (at least {least}), none in {none} seeds");
        assert!(mean >= least, "{name}: {mean} a seed");
    }
    assert!(bad.is_empty(), "{} of {seeds} seeds", bad.len());
}

#[test]
fn two_hundred_seeds_break_nothing_and_come_back_to_work() {
    campaign(seeds(200));
}

/// `cargo test --release --test campaign -- --ignored --nocapture twenty` prints the whole.
#[test]
#[ignore = "minutes"]
fn twenty_thousand_seeds_break_nothing_and_come_back_to_work() {
    campaign(seeds(20_000));
}

/// Rules whose absence the campaign catches: the rule, the check that names it, and within how many seeds.
const MUTANTS: &[(Rule, &str, u64)] = &[
    (Rule::ElectionRestriction, "leaderCompleteness", 20),
    (Rule::OneVotePerTerm, "electionSafety", 20),
    (Rule::StepDownOnHigherTerm, "electionSafety", 20),
    (Rule::RefuseStaleTerm, "leaderCompleteness", 50),
    (Rule::ConsistencyCheck, "logMatching", 20),
    (Rule::LeaderAppendOnly, "leaderAppendOnly", 20),
    (Rule::ClientSessions, "exactlyOnce", 20),
    (Rule::SessionInSnapshot, "exactlyOnce", 20),
];

fn breaks(seed: u64, rule: Rule) -> Vec<&'static str> {
    play(seed, Some(rule)).broken.iter().map(|violation| violation.check).collect()
}

#[test]
fn a_rule_switched_off_is_caught_by_a_named_check() {
    for &(rule, check, within) in MUTANTS {
        let caught = (1..=within).into_par_iter().any(|seed| breaks(seed, rule).contains(&check));
        assert!(caught, "without {}, {check} held in {within} seeds", rule.name());
    }
}

/// Prints the table anew: for every rule the first of many seeds in which a check broke without it.
#[test]
#[ignore = "an hour"]
fn which_seed_catches_which_rule() {
    let (seeds, only) = (seeds(20_000), std::env::var("MUSTER_RULE").ok());
    for &rule in Rule::ALL.iter().filter(|rule| only.as_ref().is_none_or(|only| only == rule.name())) {
        let found = (1..=seeds).into_par_iter().find_map_first(|seed| {
            let broken = breaks(seed, rule);
            (!broken.is_empty()).then_some((seed, broken))
        });
        match found {
            Some((seed, broken)) => {
                println!("{:<28} {} (seed {seed} of {seeds})", rule.name(), broken.join(", "))
            }
            None => println!("{:<28} not caught in {seeds} seeds ({:?})", rule.name(), rule.guards()),
        }
    }
}

#[test]
fn a_seed_written_down_as_a_scenario_has_the_same_history() {
    for seed in 1..=8 {
        let read = Scenario::read(written(seed, None).as_bytes(), systems::all()).expect("a good scenario");
        let again = Staged { scenario: read.into(), ..stage(seed, None) };
        assert_eq!(explore(&again), play(seed, None), "seed {seed}");
    }
}

/// `MUSTER_SEED=7 cargo test --test campaign -- --ignored --nocapture as_a_file` writes seed 7 down, without the rule that
/// `MUSTER_RULE` names.
#[test]
#[ignore = "to look at one seed"]
fn as_a_file() {
    let seed = std::env::var("MUSTER_SEED").expect("MUSTER_SEED").parse().expect("a number");
    let rule = std::env::var("MUSTER_RULE").ok().map(|name| Rule::named(&name).expect("a rule"));
    let path = std::env::temp_dir().join(format!("campaign-{seed}.yaml"));
    std::fs::write(&path, written(seed, rule)).expect("written");
    println!("{}", path.display());
}
