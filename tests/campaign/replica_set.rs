//! A replica set under the campaign: five members, with drivers that write for a majority, for nobody, and read what is committed.

use super::{Floor, Mutant, Protocol, mutant, seeds};

pub(super) const REPLICA_SET: Protocol =
    Protocol { kind: "MongoReplicaSet", cluster, floors: FLOORS, back: 6_000 };

/// The cluster of a seed: all alike, with priorities, or with an arbiter and a member that may not lead; chained or not.
fn cluster(seed: u64, without: &str) -> String {
    let members = [
        "",
        "n1: { priority: 3 }, n2: { priority: 2 }",
        "n4: { arbiterOnly: true }, n5: { priority: 0, hidden: true }",
    ][(seed % 3) as usize];
    include_str!("replica_set.yaml")
        .replace("MEMBERS", members)
        .replace(
            "CHAINING",
            if seed.is_multiple_of(4) { "chainingAllowed: false" } else { "chainingAllowed: true" },
        )
        .replace("WITHOUT", without)
}

/// Each is half, or a little more, of what 2,000 seeds came by when it was set.
const FLOORS: &[Floor] = &[
    Floor { name: "elections", mean: 2.0, some: 100 },
    Floor { name: "stepDowns", mean: 0.5, some: 30 },
    // What a primary wrote that no majority had.
    Floor { name: "rollbacks", mean: 0.5, some: 30 },
    Floor { name: "initialSyncs", mean: 0.05, some: 4 },
    Floor { name: "reconfigurations", mean: 1.0, some: 30 },
    Floor { name: "sourceChanges", mean: 1.0, some: 50 },
    Floor { name: "crashes", mean: 4.0, some: 60 },
    Floor { name: "majorityWrites", mean: 50.0, some: 99 },
    Floor { name: "answeredReads", mean: 100.0, some: 100 },
];

#[test]
fn some_seeds_break_nothing_and_come_back_to_work() {
    REPLICA_SET.campaign(seeds(if cfg!(debug_assertions) { 50 } else { 500 }));
}

/// `cargo test --release --test campaign -- --ignored --nocapture replica_set::twenty` prints the whole.
#[test]
#[ignore = "minutes"]
fn twenty_thousand_seeds_break_nothing_and_come_back_to_work() {
    REPLICA_SET.campaign(seeds(20_000));
}

/// Caught within a few seeds, in every run of the tests.
const SOON: &[Mutant] = &[];

#[test]
fn a_rule_switched_off_is_caught_by_a_named_check() {
    REPLICA_SET.caught(SOON);
}
