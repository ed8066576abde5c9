//! Paxos for one value under the campaign: five processes, each in every role, asked for new values all the time.

use super::{Floor, Mutant, Protocol, mutant, seeds};
use muster_core::scenario::{Command, Target};

pub(super) const PAXOS: Protocol =
    Protocol { name: "Paxos", kind: "Paxos", cluster, floors: FLOORS, back: 1_000 };

/// The cluster of a seed: majorities, or quorums of four and two; learners told by the proposer, or by every acceptor.
fn cluster(seed: u64, without: &str) -> String {
    let (one, two) = [(3, 3), (4, 2), (2, 4)][(seed % 3) as usize];
    let learning = if seed.is_multiple_of(2) { "fromProposer" } else { "fromAcceptors" };
    include_str!("paxos.yaml")
        .replace("QUORUMS", &format!("quorums: {{ phase1: {one}, phase2: {two} }}"))
        .replace("LEARNING", &format!("learning: {learning}"))
        .replace("WITHOUT", without)
}

/// Roles of their own: two propose, three accept, one of each learns. Five of a round's timeouts (200 ms), as with roles joined.
pub(super) const SPLIT: Protocol =
    Protocol { name: "PaxosSplit", kind: "Paxos", cluster: split, floors: SPLIT_FLOORS, back: 1_000 };

fn split(seed: u64, without: &str) -> String {
    let roles = "proposers: [n1, n2], acceptors: [n3, n4, n5], learners: [n1, n3]";
    let learning = if seed.is_multiple_of(2) { "fromProposer" } else { "fromAcceptors" };
    include_str!("paxos.yaml")
        .replace("QUORUMS", roles)
        .replace("LEARNING", &format!("learning: {learning}"))
        .replace("WITHOUT", without)
}

/// Each is half, or a little more, of what 300 seeds came by when it was set.
const SPLIT_FLOORS: &[Floor] = &[
    Floor { name: "proposals", mean: 10.8, some: 100 },
    Floor { name: "refusals", mean: 5.3, some: 90 },
    Floor { name: "adoptions", mean: 1.1, some: 80 },
    Floor { name: "duels", mean: 2.5, some: 88 },
    Floor { name: "informed", mean: 5.3, some: 99 },
];

#[test]
fn with_roles_split_some_seeds_break_nothing_and_every_learner_learns() {
    SPLIT.campaign(seeds(if cfg!(debug_assertions) { 300 } else { 5_000 }));
}

/// Late by 12 ms: both proposers had heard from nobody for seconds and had doubled their wait after each silent round, as if it had been a
/// duel; so they slept on after healing, n1 for 0.75 s and n2 for 0.98 s, and the learners' questions, every 400 ms, waited for them.
#[test]
fn a_seed_that_was_late_with_roles_split_is_not() {
    SPLIT.mended(&[597]);
}

/// A plan asks nobody for a proposal who does not propose: it would be refused, and try nothing.
#[test]
fn plans_propose_by_proposers_alone() {
    let (mut asked, mut others) = (0, 0);
    for seed in 1..=40 {
        for planned in SPLIT.stage(seed, "").plan.moves {
            if let Command::Propose(propose) = planned.command {
                asked += 1;
                others += u32::from(![Target::name("n1"), Target::name("n2")].contains(&propose.by));
            }
        }
    }
    assert_eq!(others, 0);
    assert!(asked > 100, "only {asked}");
}

/// Each is half, or a little more, of what 20,000 seeds came by when it was set.
const FLOORS: &[Floor] = &[
    Floor { name: "proposals", mean: 4.5, some: 100 },
    Floor { name: "refusals", mean: 2.0, some: 40 },
    // A value that somebody else had accepted, proposed again: what P2c is about.
    Floor { name: "adoptions", mean: 0.8, some: 40 },
    Floor { name: "duels", mean: 1.6, some: 40 },
    Floor { name: "crashes", mean: 8.0, some: 80 },
    Floor { name: "informed", mean: 9.0, some: 99 },
];

/// `cargo test --release --test campaign -- --nocapture paxos::some` plays 20,000 and prints the whole.
#[test]
fn some_seeds_break_nothing_and_everybody_learns() {
    PAXOS.campaign(seeds(if cfg!(debug_assertions) { 1_000 } else { 20_000 }));
}

/// Caught within a few seeds, in every run of the tests.
const SOON: &[Mutant] = &[
    mutant("uniqueBallots", "oneValuePerBallot", 40),
    mutant("durablePromise", "promiseKept", 20),
    mutant("durableAccept", "p2c", 20),
    mutant("promiseOnlyHigher", "promiseDurable", 20),
    mutant("keepPromise", "promiseKept", 20),
    mutant("reportAccepted", "p2c", 20),
    mutant("adoptReported", "p2c", 20),
    mutant("adoptHighest", "p2c", 400),
    mutant("waitForPromises", "p2c", 20),
    mutant("chosenByQuorum", "learnedIsChosen", 20),
    mutant("countOneBallot", "learnedIsChosen", 40),
];

#[test]
fn a_rule_switched_off_is_caught_by_a_named_check() {
    PAXOS.caught(SOON);
}
