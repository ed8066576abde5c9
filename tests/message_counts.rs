//! What a value costs in a calm run: messages of the protocol up to the answer, notices and clients' messages apart, and how
//! many times the way there and back it takes. `cargo test --test message_counts -- --nocapture` prints the table.

use muster_core::kernel::{Event, Observer, What, World};
use muster_core::process::{Span, Time};
use muster_core::scenario::{Run, Scenario, Step};
use muster_core::systems;
use std::collections::BTreeMap;

/// One way takes so long, every way; disks take no time that shows beside it.
const WAY: Span = Span::millis(100);

/// How often each kind of message was sent from a moment on, and when something first came true.
struct Counting {
    from: Time,
    kinds: BTreeMap<&'static str, u64>,
    /// The kind of message whose arrival, with this many before it, is the end.
    last: (&'static str, u64),
    done: Option<Time>,
}

impl Counting {
    fn of(&self, kind: &str) -> u64 {
        self.kinds.get(kind).copied().unwrap_or(0)
    }
}

impl Observer for Counting {
    fn saw(&mut self, _world: &World, event: &Event<'_>) {
        if event.at < self.from {
            return;
        }
        for sent in event.sent.iter().filter(|sent| sent.message.copy == 0) {
            // What waits for the disk is told of again when it leaves.
            if sent.fate != muster_core::kernel::Fate::Gated {
                *self.kinds.entry(sent.payload.card().kind.as_str()).or_default() += 1;
            }
        }
        if let What::Delivered { payload, .. } = &event.what
            && payload.card().kind.as_str() == self.last.0
            && self.done.is_none()
        {
            match self.last.1 {
                0 | 1 => self.done = Some(event.at),
                more => self.last.1 = more - 1,
            }
        }
    }
}

/// Runs a file, and counts from a moment on.
fn count(text: &str, from: Time, last: (&'static str, u64)) -> Counting {
    let scenario = Scenario::read(text.as_bytes(), systems::all()).expect("a good scenario");
    let mut run = Run::new(scenario.into());
    let mut counting = Counting { from, kinds: BTreeMap::new(), last, done: None };
    while run.step(&mut [&mut counting]) == Step::Event {}
    assert_eq!(run.all_broken(), []);
    counting
}

/// How many ways, there or back, fit between two moments; what is left over is what the disks took.
fn ways(from: Time, to: Option<Time>) -> u64 {
    (to.expect("it came to an end") - from).0 / WAY.0
}

const QUIET: &str = "network: { latency: 100ms }\n";
const HEAD: &str = "apiVersion: muster.dev/v1\nkind: Scenario\nmetadata: { name: calm }\n";

#[test]
fn one_value_of_paxos_takes_two_round_trips_and_four_messages_with_each_other_member() {
    for n in [3, 5, 7] {
        let text = format!(
            "{HEAD}until: 2s\nsystems:\n  - {{ name: synod, kind: Paxos, members: {n}, spec: {{ roundTimeout: 10s, askEvery: 60s }} }}\n\
             {QUIET}timeline:\n  - {{ at: 10ms, do: {{ propose: {{ by: n1, value: blue }} }} }}\n"
        );
        let from = Time::ZERO + Span::millis(10);
        // Its own answer is the first of a majority and takes no message.
        let counted = count(&text, from, ("paxos.message.accepted", n / 2));
        let kinds = ["prepare", "promise", "accept", "accepted"];
        let each = kinds.map(|kind| counted.of(&format!("paxos.message.{kind}")));
        let notices = counted.of("paxos.message.chosen");
        let ways = ways(from, counted.done);
        println!(
            "Paxos, {n}: {each:?} = {} messages, {notices} notices, {ways} ways",
            each.iter().sum::<u64>()
        );
        assert_eq!(each, [n - 1; 4], "4(n-1)");
        assert_eq!(notices, n - 1);
        assert_eq!(ways, 4, "two round trips");
        assert_eq!(counted.kinds.values().sum::<u64>(), 5 * (n - 1), "and nothing else");
    }
}

#[test]
fn a_write_to_a_settled_raft_leader_takes_one_round_trip_and_two_messages_with_each_other_member() {
    for n in [3, 5, 7] {
        let text = format!(
            "{HEAD}until: 4900ms\nsystems:\n  - {{ name: kv, kind: Raft, members: {n}, spec: {{ electionTimeout: 20s, heartbeat: 5s }} }}\n\
             {QUIET}timeline:\n  - {{ at: 10ms, do: {{ timeOut: n1 }} }}\n  - {{ at: 2s, do: {{ request: {{ op: put, key: x, value: \"1\", to: n1 }} }} }}\n  \
             - {{ at: 4s, do: {{ request: {{ op: put, key: x, value: \"2\", to: n1 }} }} }}\n"
        );
        // The second one: the first opened the client's session.
        let from = Time::ZERO + Span::secs(4);
        let counted = count(&text, from, ("kv.message.response", 1));
        let each = ["append", "appended"].map(|kind| counted.of(&format!("raft.message.{kind}")));
        let ways = ways(from, counted.done);
        println!("Raft, {n}: {each:?} = {} messages, {ways} ways", each.iter().sum::<u64>());
        assert_eq!(ways, 4, "one round trip, and one between the client and its leader");
        assert_eq!(each, [n - 1; 2], "2(n-1)");
    }
}

#[test]
fn a_write_to_a_settled_multi_paxos_leader_takes_one_round_trip_and_two_messages_with_each_other_member() {
    for n in [3, 5, 7] {
        let text = format!(
            "{HEAD}until: 5500ms\nsystems:\n  - {{ name: kv, kind: MultiPaxos, members: {n}, spec: {{ electionTimeout: 20s, heartbeat: 5s }} }}\n\
             {QUIET}timeline:\n  - {{ at: 10ms, do: {{ timeOut: n1 }} }}\n  - {{ at: 2s, do: {{ request: {{ op: put, key: x, value: \"1\", to: n1 }} }} }}\n  \
             - {{ at: 4s, do: {{ request: {{ op: put, key: x, value: \"2\", to: n1 }} }} }}\n"
        );
        // The second one: the first opened the client's session.
        let from = Time::ZERO + Span::secs(4);
        let counted = count(&text, from, ("kv.message.response", 1));
        let each = ["accept", "accepted"].map(|kind| counted.of(&format!("multiPaxos.message.{kind}")));
        // That a slot is chosen rides on the next message: here on a heartbeat.
        let notices = counted.of("multiPaxos.message.heartbeat");
        let ways = ways(from, counted.done);
        println!(
            "Multi-Paxos, {n}: {each:?} = {} messages, {notices} notices, {ways} ways",
            each.iter().sum::<u64>()
        );
        assert_eq!(ways, 4, "one round trip, and one between the client and its leader");
        assert_eq!(each, [n - 1; 2], "2(n-1)");
        assert_eq!(notices, n - 1);
        let store = ["request", "response"].map(|kind| counted.of(&format!("kv.message.{kind}")));
        assert_eq!(store, [1, 1]);
        assert_eq!(counted.kinds.values().sum::<u64>(), 3 * (n - 1) + 2, "and nothing else");
    }
}
