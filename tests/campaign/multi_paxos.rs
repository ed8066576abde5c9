//! Multi-Paxos under the campaign: a group of five with three clients.

use super::{Floor, Mutant, Protocol, mutant, seeds, usual};

pub(super) const MULTI_PAXOS: Protocol =
    Protocol { name: "MultiPaxos", kind: "MultiPaxos", cluster, floors: FLOORS, back: 5 * 300 };

/// The cluster of a seed: reads through the log or by lease, logs collected early, often, late; majorities, or two acceptances.
fn cluster(seed: u64, without: &str) -> String {
    let reads = if seed.is_multiple_of(4) { "lease" } else { "log" };
    let (every, keep) = [(100, 20), (40, 5), (300, 100)][(seed % 3) as usize];
    let quorum = if seed.is_multiple_of(5) { "alpha: 8, acceptQuorum: 2" } else { "alpha: 16" };
    include_str!("multi_paxos.yaml")
        .replace("READS", &format!("readMode: {reads}"))
        .replace("COMPACTION", &format!("compaction: {{ every: {every}, keep: {keep} }}"))
        .replace("QUORUM", quorum)
        .replace("WITHOUT", without)
}

/// Each is about half of what 20,000 seeds came by when it was set.
const FLOORS: &[Floor] = &[
    Floor { name: "leaderChanges", mean: 11.0, some: 100 },
    Floor { name: "noOps", mean: 30.0, some: 30 },
    Floor { name: "memberChanges", mean: 2.5, some: 25 },
    Floor { name: "refusals", mean: 80.0, some: 90 },
    Floor { name: "catchUps", mean: 220.0, some: 90 },
    Floor { name: "snapshotsInstalled", mean: 6.9, some: 40 },
    Floor { name: "ackedWrites", mean: 310.0, some: 100 },
    Floor { name: "answeredReads", mean: 250.0, some: 99 },
];

#[test]
fn some_seeds_break_nothing_and_come_back_to_work() {
    MULTI_PAXOS.campaign(usual());
}

/// `cargo test --release --test campaign -- --ignored --nocapture twenty` prints the whole.
#[test]
#[ignore = "minutes"]
fn twenty_thousand_seeds_break_nothing_and_come_back_to_work() {
    MULTI_PAXOS.campaign(seeds(20_000));
}

/// In 1176 and 1214 all members had left, by what each knew, and those who knew of a later configuration took it for known where it was
/// not. In 1353 a leader gave up before its disk had what it accepted itself, and the check did not count that. In 1360, 1499 and 1688 the
/// group was back at once, and no client asked: all had been cut off for so long that they asked again only seconds later. In 2579 a late
/// proposal took the place of what a member had been told to be chosen. In 7327 and 8899 a leader executed and collected slots in the step
/// in which its own disk made them chosen, and the check did not count that.
#[test]
fn seeds_that_were_late_or_found_broken_are_neither() {
    MULTI_PAXOS.mended(&[1176, 1214, 1353, 1360, 1499, 1688, 2579, 7327, 8899]);
}

/// Caught within a few seeds, in every run of the tests.
const SOON: &[Mutant] = &[
    mutant("distinctBallots", "oneLeaderPerBallot", 20),
    mutant("durablePromise", "promiseKept", 20),
    mutant("durableAccept", "acceptDurable", 20),
    mutant("promiseOnlyHigher", "promiseDurable", 20),
    mutant("keepPromise", "promiseKept", 20),
    mutant("reportAccepted", "p2c", 20),
    mutant("adoptReported", "p2c", 20),
    mutant("waitForPromises", "p2c", 20),
    mutant("chosenByQuorum", "executedIsChosen", 20),
    mutant("quorumsMeet", "p2c", 40),
    mutant("learnSameBallot", "sameCommands", 20),
    mutant("executeInOrder", "sameState", 20),
    mutant("clientSessions", "exactlyOnce", 20),
    mutant("sessionInSnapshot", "exactlyOnce", 20),
    mutant("configInSnapshot", "p2c", 20),
    mutant("collectOnlyExecuted", "sameState", 20),
];

#[test]
fn a_rule_switched_off_is_caught_by_a_named_check() {
    MULTI_PAXOS.caught(SOON);
}
