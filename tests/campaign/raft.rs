//! Raft under the campaign: a group of five with three clients.

use super::{Floor, Mutant, Protocol, mutant, seeds, usual};

pub(super) const RAFT: Protocol =
    Protocol { name: "Raft", kind: "Raft", cluster, floors: FLOORS, back: 5 * 300 };

/// The cluster of a seed: reads by ReadIndex or by lease, logs compacted early, often, late.
fn cluster(seed: u64, without: &str) -> String {
    let reads = if seed.is_multiple_of(4) { "lease" } else { "readIndex" };
    let (every, keep) = [(100, 20), (40, 5), (300, 100)][(seed % 3) as usize];
    include_str!("raft.yaml")
        .replace("READS", &format!("readMode: {reads}"))
        .replace("COMPACTION", &format!("compaction: {{ every: {every}, keep: {keep} }}"))
        .replace("WITHOUT", without)
}

/// Each is half, or a little more, of what 20,000 seeds came by when it was set, so that luck does not cross it and a family of faults
/// that no longer strikes does.
const FLOORS: &[Floor] = &[
    // One every 3 s: the rules of election are at work all the time, between bouts and in them.
    Floor { name: "leaderChanges", mean: 10.0, some: 100 },
    // A deposed leader's entries, cut by its successor. It takes a leader that wrote without its majority.
    Floor { name: "logTruncations", mean: 1.5, some: 50 },
    // Two thirds of the seeds compact early enough for those who were away to need one.
    Floor { name: "snapshotsSent", mean: 4.0, some: 50 },
    // Fewer than half of the seeds change members, and a joint configuration lasts two round trips: the plan strikes there
    // on purpose.
    Floor { name: "crashesInJoint", mean: 0.6, some: 15 },
    // Three clients ask for 60 operations a second, 60 % of them writes: 1,080 in 30 s, some of them
    // comparisons that find something else. A quarter and more is to take effect and be heard of.
    Floor { name: "ackedWrites", mean: 300.0, some: 100 },
];

#[test]
fn some_seeds_break_nothing_and_come_back_to_work() {
    RAFT.campaign(usual());
}

/// `cargo test --release --test campaign -- --ignored --nocapture twenty` prints the whole.
#[test]
#[ignore = "minutes"]
fn twenty_thousand_seeds_break_nothing_and_come_back_to_work() {
    RAFT.campaign(seeds(20_000));
}

/// The group was back at once, and no client asked: all had been cut off for so long that they asked again only seconds later.
#[test]
fn seeds_in_which_clients_came_late_are_back_in_time() {
    RAFT.mended(&[325, 449, 1499]);
}

/// Caught within a few seeds, in every run of the tests.
const SOON: &[Mutant] = &[
    mutant("electionRestriction", "leaderCompleteness", 20),
    mutant("oneVotePerTerm", "electionSafety", 20),
    mutant("stepDownOnHigherTerm", "electionSafety", 20),
    mutant("refuseStaleTerm", "leaderCompleteness", 60),
    mutant("consistencyCheck", "logMatching", 20),
    mutant("truncateOnlyOnConflict", "leaderCompleteness", 40),
    mutant("leaderAppendOnly", "leaderAppendOnly", 20),
    mutant("commitOnlyMatched", "stateMachineSafety", 40),
    mutant("readIndexOwnTermCommit", "noStaleRead", 40),
    mutant("clientSessions", "exactlyOnce", 20),
    mutant("sessionInSnapshot", "exactlyOnce", 20),
    mutant("snapshotCoversCommittedOnly", "noStaleRead", 20),
];

/// Caught within the 20,000 seeds of the campaign: what they guard against takes more coincidences.
const LATE: &[Mutant] = &[
    mutant("durableVote", "electionSafety", 20_000),
    mutant("durableTerm", "electionSafety", 20_000),
    mutant("durableLog", "leaderCompleteness", 20_000),
    mutant("leaderCountsSynced", "leaderCompleteness", 20_000),
    mutant("jointConsensus", "leaderCompleteness", 20_000),
    mutant("configInForceWhenAppended", "electionSafety", 20_000),
    mutant("oneChangeAtATime", "leaderCompleteness", 20_000),
    mutant("readIndexQuorum", "noStaleRead", 20_000),
    mutant("configInSnapshot", "leaderCompleteness", 20_000),
];

#[test]
fn a_rule_switched_off_is_caught_by_a_named_check() {
    RAFT.caught(SOON);
}

/// `cargo test --release --test campaign -- --ignored --nocapture every_mutant` prints the whole table.
#[test]
#[ignore = "minutes"]
fn every_mutant_is_caught_by_a_named_check() {
    RAFT.caught(SOON);
    RAFT.caught(LATE);
}
