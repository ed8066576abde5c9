//! The campaign: many seeds of random faults on a group of each protocol, and the same with rules switched off one by one.
//! What is played, what it must come by and which check catches which rule stands in a file a protocol.

mod multi_paxos;
mod paxos;
mod raft;
mod replica_set;
mod workers;

use muster_core::check::explore::{Outcome, Staged, explore, staged};
use muster_core::process::Span;
use muster_core::scenario::Scenario;
use muster_core::systems;
use rayon::prelude::*;

/// A protocol under test.
struct Protocol {
    /// As `MUSTER_KIND` calls it: its kind, or how it is set up.
    name: &'static str,
    /// As in `kind:`.
    kind: &'static str,
    /// The cluster of a seed as a scenario file, without a rule.
    cluster: fn(u64, &str) -> String,
    floors: &'static [Floor],
    /// By when it must be back at work, in milliseconds after healing: five of the longest election timeouts, where it elects.
    back: u64,
}

impl Protocol {
    /// The cluster with what befalls it.
    fn stage(&self, seed: u64, without: &str) -> Staged {
        let text = (self.cluster)(seed, without);
        let base = Scenario::read(text.as_bytes(), systems::all()).expect("a good scenario");
        staged(&base, seed).expect("a group for which plans are made")
    }

    fn play(&self, seed: u64, without: &str) -> Outcome {
        let _named = Named(seed);
        explore(&self.stage(seed, without)).expect("a group that says when it is back at work")
    }

    /// A seed as a scenario file, to be looked at with the command or in the page.
    fn written(&self, seed: u64, without: &str) -> String {
        let plan = self.stage(seed, without).plan;
        let title = format!("metadata: {{ name: campaign-{seed} }}\nseed: {seed}\nuntil: {}ns\n", plan.end.0);
        (self.cluster)(seed, without).replace("metadata: { name: campaign }\n", &title) + &plan.to_string()
    }

    fn breaks(&self, seed: u64, rule: &str) -> Vec<&'static str> {
        self.play(seed, rule).broken.iter().map(|violation| violation.check).collect()
    }
}

/// So many seeds, unless `MUSTER_SEEDS` says otherwise.
fn seeds(usual: u64) -> u64 {
    std::env::var("MUSTER_SEEDS").ok().and_then(|n| n.parse().ok()).unwrap_or(usual)
}

/// What seeds come by: without it "nothing breaks" would mean little.
struct Floor {
    /// As the meter calls it.
    name: &'static str,
    /// On average in a seed, at least.
    mean: f64,
    /// Of a hundred seeds, so many come by it at all, at least.
    some: u64,
}

impl Floor {
    /// Tells, and holds.
    fn hold(&self, outcomes: &[(u64, Outcome)]) {
        let seeds = outcomes.len() as u64;
        let counts = || outcomes.iter().map(|(_, outcome)| outcome.reached(self.name));
        let (sum, most): (u64, _) = (counts().sum(), counts().max().unwrap_or(0));
        let (mean, some) = (sum as f64 / seeds as f64, counts().filter(|count| *count > 0).count() as u64);
        let Floor { name, mean: least, some: of_hundred, .. } = self;
        println!(
            "{name:<32} {mean:>8.2} a seed (at least {least}), {most:>5} at most, some in {:>5.1} % (at least {of_hundred})",
            some as f64 * 100.0 / seeds as f64
        );
        assert!(mean >= *least, "{name}: {mean} a seed");
        assert!(some * 100 >= of_hundred * seeds, "{name}: in {some} of {seeds} seeds");
    }
}

/// Says which seed it was.
struct Named(u64);

impl Drop for Named {
    fn drop(&mut self) {
        if std::thread::panicking() {
            println!("seed {} panicked", self.0);
        }
    }
}

impl Protocol {
    fn campaign(&self, seeds: u64) {
        let outcomes: Vec<(u64, Outcome)> =
            (1..=seeds).into_par_iter().map(|seed| (seed, self.play(seed, ""))).collect();
        let events: u64 = outcomes.iter().map(|(_, outcome)| outcome.events).sum();
        // Equal where nothing changed: two versions of the engine can be held against each other.
        let digest = outcomes
            .iter()
            .fold(0u128, |sum, (_, outcome)| sum.wrapping_mul(31).wrapping_add(outcome.digest));
        println!("{seeds} seeds, {events} events, digest {digest:032x}");
        let bad: Vec<_> = outcomes.iter().filter(|(_, outcome)| !outcome.is_good()).collect();
        for (seed, outcome) in bad.iter().take(10) {
            let after = outcome.recovered.map_or("not in time".into(), |after| format!("after {after:?}"));
            println!("seed {seed}: back to work {after}; broken {:?}", outcome.broken);
        }
        let mut back: Vec<_> =
            outcomes.iter().filter_map(|(seed, outcome)| Some((outcome.recovered?, *seed))).collect();
        back.sort_unstable();
        for (share, name) in [(500, "half"), (990, "99 %"), (999, "99.9 %"), (1000, "all")] {
            if let Some((after, seed)) = back.get((back.len() * share / 1000).saturating_sub(1)) {
                println!("{name} are back at work {after:?} after healing (seed {seed})");
            }
        }
        self.floors.iter().for_each(|floor| floor.hold(&outcomes));
        let late: Vec<_> = back.iter().filter(|(after, _)| *after > Span::millis(self.back)).collect();
        for (after, seed) in late.iter().rev().take(10) {
            println!("seed {seed}: back to work after {after:?}, late");
        }
        assert!(late.is_empty(), "{} of {seeds} seeds are back later than {} ms", late.len(), self.back);
        assert!(bad.is_empty(), "{} of {seeds} seeds", bad.len());
    }
}

impl Protocol {
    /// Seeds that once broke something, or were late.
    fn mended(&self, seeds: &[u64]) {
        seeds.par_iter().for_each(|seed| {
            let Outcome { broken, recovered, .. } = self.play(*seed, "");
            assert_eq!(broken, [], "seed {seed}");
            assert!(
                recovered.is_some_and(|after| after <= Span::millis(self.back)),
                "seed {seed}: {recovered:?}"
            );
        });
    }
}

/// A rule whose absence the campaign catches.
struct Mutant {
    rule: &'static str,
    /// The check that names it.
    check: &'static str,
    /// One of so many seeds, from 1 on.
    within: u64,
}

const fn mutant(rule: &'static str, check: &'static str, within: u64) -> Mutant {
    Mutant { rule, check, within }
}

impl Protocol {
    fn caught(&self, mutants: &[Mutant]) {
        for &Mutant { rule, check, within } in mutants {
            let found =
                (1..=within).into_par_iter().find_first(|seed| self.breaks(*seed, rule).contains(&check));
            let seed = found.unwrap_or_else(|| panic!("without {rule}, {within} seeds broke no {check}"));
            println!("{rule:<28} {check:<20} seed {seed}");
        }
    }

    /// Looks for mutants that the tables do not name yet: the first seed in which anything broke without a rule.
    fn seek(&self, rules: &[muster_core::system::Rule]) {
        let Ok(only) = std::env::var("MUSTER_RULE") else { return println!("MUSTER_RULE names no rule") };
        let seeds = seeds(20_000);
        let wanted = |name: &str| only == "all" || only.split(',').any(|one| one == name);
        for rule in rules.iter().filter(|rule| wanted(rule.name)) {
            let found = (1..=seeds).into_par_iter().find_map_first(|seed| {
                let broken = self.breaks(seed, rule.name);
                (!broken.is_empty()).then_some((seed, broken))
            });
            match found {
                Some((seed, broken)) => {
                    println!("{:<28} {} (seed {seed} of {seeds})", rule.name, broken.join(", "));
                }
                None => println!("{:<28} not caught in {seeds} seeds", rule.name),
            }
        }
    }
}

/// So many seeds as are enough in every run of the tests.
fn usual() -> u64 {
    seeds(if cfg!(debug_assertions) { 100 } else { 1_000 })
}

fn protocols() -> [&'static Protocol; 6] {
    [
        &raft::RAFT,
        &paxos::PAXOS,
        &paxos::SPLIT,
        &multi_paxos::MULTI_PAXOS,
        &replica_set::REPLICA_SET,
        &workers::WORKERS,
    ]
}

/// The one that `MUSTER_KIND` names: Raft, if it names none. A name that nobody has would test nothing, and say nothing.
fn wanted() -> &'static Protocol {
    let kind = std::env::var("MUSTER_KIND").unwrap_or("Raft".into());
    named(&kind).unwrap_or_else(|valid| panic!("MUSTER_KIND={kind}: there are {}", valid.join(", ")))
}

fn named(name: &str) -> Result<&'static Protocol, Vec<&'static str>> {
    let found = protocols().into_iter().find(|protocol| protocol.name == name);
    found.ok_or(protocols().map(|protocol| protocol.name).to_vec())
}

#[test]
fn a_kind_that_is_mistyped_is_answered_with_those_there_are() {
    for protocol in protocols() {
        assert!(named(protocol.name).is_ok_and(|found| std::ptr::eq(found, protocol)), "{}", protocol.name);
    }
    let names = Err(vec!["Raft", "Paxos", "PaxosSplit", "MultiPaxos", "MongoReplicaSet", "Workers"]);
    assert_eq!(named("Multipaxos").map(|found| found.name), names);
}

/// `MUSTER_RULE=commitOnlyOwnTerm,quietAfterRestart` names rules; `all` takes hours. `MUSTER_KIND=Paxos` names the protocol,
/// `PaxosSplit` the same with roles of their own.
#[test]
#[ignore = "to look for mutants"]
fn which_seed_catches_which_rule() {
    let protocol = wanted();
    let system = systems::all().iter().find(|system| system.kind() == protocol.kind).expect("a kind");
    protocol.seek(&system.rules());
}

#[test]
fn a_seed_written_down_as_a_scenario_has_the_same_history() {
    for protocol in protocols() {
        for seed in 1..=8 {
            let read = Scenario::read(protocol.written(seed, "").as_bytes(), systems::all());
            let again =
                Staged { scenario: read.expect("a good scenario").into(), ..protocol.stage(seed, "") };
            assert_eq!(explore(&again), Some(protocol.play(seed, "")), "{} seed {seed}", protocol.name);
        }
    }
}

/// `MUSTER_KIND=Raft MUSTER_SEED=7 cargo test --test campaign -- --ignored --nocapture as_a_file` writes seed 7 down, without
/// the rule that `MUSTER_RULE` names.
#[test]
#[ignore = "to look at one seed"]
fn as_a_file() {
    let Ok(seed) = std::env::var("MUSTER_SEED") else { return println!("MUSTER_SEED names no seed") };
    let seed: u64 = seed.parse().expect("a number");
    let rule = std::env::var("MUSTER_RULE").unwrap_or_default();
    let path = std::env::temp_dir().join(format!("campaign-{seed}.yaml"));
    std::fs::write(&path, wanted().written(seed, &rule)).expect("written");
    println!("{}", path.display());
}
