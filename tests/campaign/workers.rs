//! A scheduler, four workers and a store under the campaign: one of the workers is slow, one task fails always, and more tasks
//! are submitted all the time.

use super::{Floor, Mutant, Protocol, mutant, seeds};

pub(super) const WORKERS: Protocol =
    Protocol { name: "Workers", kind: "Workers", cluster, floors: FLOORS, back: 9_500 };

/// The cluster of a seed: outputs with the store, or, of every fourth, with the workers; one slot or two; a slow worker.
fn cluster(seed: u64, without: &str) -> String {
    let outputs = if seed.is_multiple_of(4) { "local" } else { "shared" };
    let times = [1, 3, 6][(seed % 3) as usize];
    include_str!("workers.yaml")
        .replace("OUTPUTS", &format!("outputs: {outputs}\n      store: store"))
        .replace("SLOTS", &format!("slots: {}", 1 + seed % 2))
        .replace("TIMES", &times.to_string())
        .replace("WITHOUT", without)
}

/// Each is half, or a little more, of what some thousand seeds came by when it was set.
const FLOORS: &[Floor] = &[
    Floor { name: "attempts", mean: 44.0, some: 99 },
    Floor { name: "reexecutions", mean: 10.0, some: 95 },
    Floor { name: "backups", mean: 8.0, some: 95 },
    Floor { name: "declined", mean: 0.7, some: 20 },
    Floor { name: "schedulerRestarts", mean: 3.6, some: 50 },
    Floor { name: "workerRestarts", mean: 5.7, some: 50 },
];

/// `cargo test --release --test campaign -- --nocapture workers::some` plays 20,000 and prints the whole.
#[test]
fn some_seeds_break_nothing_and_every_job_is_done() {
    WORKERS.campaign(seeds(if cfg!(debug_assertions) { 300 } else { 20_000 }));
}

/// Caught within a few seeds, in every run of the tests.
const SOON: &[Mutant] = &[
    mutant("reexecuteLocalOutputs", "outputReachable", 20),
    mutant("commitOnce", "exactlyOnceEffects", 20),
    mutant("fenceAttempts", "supersededStaysOut", 60),
    mutant("durableCommit", "effectsStay", 60),
    mutant("durableJournal", "finishedStays", 20),
    mutant("dedupReports", "completeIsDone", 20),
    mutant("durableEpoch", "epochGrows", 20),
    mutant("leaseBeforeReassign", "oneHolder", 40),
    mutant("honourOldLeases", "oneHolder", 20),
    mutant("dedupAssignments", "begunOnce", 20),
];

#[test]
fn a_rule_switched_off_is_caught_by_a_named_check() {
    WORKERS.caught(SOON);
}
