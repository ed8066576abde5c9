//! Comparisons: one schedule and one list of faults on several systems, and what is measured of each.

use muster_core::consensus::replica_set::Member;
use muster_core::kernel::{Event, Observer, World};
use muster_core::process::{Phrase, ProcessId, Span, Time};
use muster_core::scenario::measure::figures::Measured;
use muster_core::scenario::{Run, Scenario, Step};
use muster_core::session::api::{Fate, Figures, Reply, Request, SeekTo, Shown, SideView, Stopped};
use muster_core::session::{LIBRARY, Session, transport};
use muster_core::system::Group;
use muster_core::system::measured::Came;
use muster_core::systems;
use muster_core::view::Place;
use muster_core::words::session::SessionKey;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

const CALM: &str = "\
apiVersion: muster.dev/v1
kind: Comparison
metadata: { name: calm }
seed: 3
until: 16s
members: 3
systems:
  - { name: raft, kind: Raft, spec: { electionTimeout: { uniform: [400ms, 800ms] }, heartbeat: 100ms } }
  - { name: multi, kind: MultiPaxos, spec: { electionTimeout: { uniform: [400ms, 800ms] }, heartbeat: 100ms } }
  - name: mongo
    kind: MongoReplicaSet
    spec: { settings: { electionTimeoutMillis: 2000, heartbeatIntervalMillis: 500, heartbeatTimeoutSecs: 2 } }
    clients: { writeConcern: { w: majority } }
clients: { count: 2, rate: 5/s, start: 8s, operations: 20, timeout: 2s }
network: { latency: 10ms }
";

fn read(text: &str) -> Scenario {
    Scenario::read(text.as_bytes(), systems::all()).unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn library(name: &str) -> &'static str {
    LIBRARY
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, text)| *text)
        .expect("a scenario of the library")
}

/// Every comparison of the library.
fn comparisons() -> Vec<Scenario> {
    let all = LIBRARY.iter().map(|(_, text)| read(text)).filter(|scenario| !scenario.sides.is_empty());
    let all: Vec<Scenario> = all.collect();
    assert!(all.len() >= 3);
    all
}

/// An operation as its client took it up: when, who, of which key, what it writes.
type Asked = (Time, Arc<str>, Arc<str>, Option<Arc<str>>);

/// What clients did, told by the clients themselves after every event.
struct Ledger {
    clients: Arc<dyn Group>,
    seen: BTreeSet<(ProcessId, u64)>,
    asked: Vec<Asked>,
    /// Writes acknowledged: what was written, and when.
    acknowledged: BTreeMap<Arc<str>, Time>,
}

impl Ledger {
    fn of(scenario: &Scenario) -> Ledger {
        let clients = scenario.systems[1].group.clone();
        Ledger { clients, seen: BTreeSet::new(), asked: Vec::new(), acknowledged: BTreeMap::new() }
    }
}

impl Observer for Ledger {
    fn saw(&mut self, world: &World, event: &Event<'_>) {
        let id = event.id.process;
        let Some(process) = world.process(id) else { return };
        let name = process.name.clone();
        let (mut fresh, Ledger { clients, seen, acknowledged, asked }) = (Vec::new(), self);
        clients.dealings(world, id, &mut |dealing| {
            if seen.insert((id, dealing.seq)) {
                fresh.push((event.at, name.clone(), dealing.key.clone(), dealing.value.cloned()));
            }
            if let (Some(value), Some(end)) = (dealing.value, dealing.end)
                && end.came == Came::Acknowledged
            {
                acknowledged.entry(value.clone()).or_insert(event.at);
            }
            true
        });
        asked.extend(fresh);
    }
}

fn finish(scenario: &Arc<Scenario>, ledger: &mut Ledger) -> Run {
    let mut run = Run::new(scenario.clone());
    while matches!(run.step(&mut [ledger]), Step::Event | Step::Violation(_)) {}
    run
}

/// Every side run to its end: its run, what its clients did, its figures.
fn all(scenario: &Scenario) -> Vec<(Run, Ledger, Measured)> {
    let side = |side: &muster_core::scenario::comparison::Side| {
        let mut ledger = Ledger::of(&side.scenario);
        let run = finish(&side.scenario, &mut ledger);
        let figures = run.figures().expect("it is measured");
        (run, ledger, figures)
    };
    scenario.sides.iter().map(side).collect()
}

#[test]
fn the_same_arrivals_reach_every_side_whatever_is_answered() {
    let mixed = CALM
        .replace("timeout: 2s", "timeout: 2s, keys: 4, mix: { get: 2, put: 3, append: 1, delete: 1 }")
        + "timeline:\n  - { at: 9s, do: { crash: { select: leader } } }\n  - { at: 11s, do: { start: { select: crashed } } }\n";
    let listed = CALM.replace("rate: 5/s, start: 8s, operations: 20,", "times: [8s, 8s, 8001ms, 9500ms],");
    let mut files: Vec<Scenario> = comparisons();
    files.extend([read(&mixed), read(&listed)]);
    for scenario in &files {
        let sides = all(scenario);
        let first = &sides[0].1.asked;
        assert!(first.len() >= 8, "{}: {} operations", scenario.name, first.len());
        for (_, ledger, figures) in &sides[1..] {
            assert_eq!(&ledger.asked, first, "{}", scenario.name);
            assert_eq!(figures.skipped, 0);
        }
    }
    let sides = all(&read(&listed));
    let times: Vec<Time> =
        sides[0].1.asked.iter().filter(|asked| &*asked.1 == "c1").map(|asked| asked.0).collect();
    assert_eq!(times, [8_000, 8_000, 8_001, 9_500].map(Time::millis));
}

#[test]
fn in_calm_a_write_takes_one_round_trip_and_two_messages_with_each_other_member() {
    for n in [3, 5, 7] {
        let scenario = read(&CALM.replace("members: 3", &format!("members: {n}")));
        let sides = all(&scenario);
        for (_, _, figures) in &sides[..2] {
            assert_eq!((figures.asked, figures.acknowledged), (40, 40));
            assert_eq!(figures.messages, 2 * (n - 1) * 40, "2(n-1) a write and nothing else");
            assert_eq!(figures.messages_a_write, Some(2_000 * (n - 1)));
            let counts: Vec<u64> = figures.kinds.iter().map(|(_, count)| *count).collect();
            assert_eq!(counts, [(n - 1) * 40; 2]);
            assert_eq!(figures.client_messages, 80, "a request and an answer");
            assert_eq!((figures.ways, figures.client_ways), (Some([2, 2]), Some([2, 2])));
            assert!(figures.idle > 0, "leaders say that they live");
            let latency = figures.latency.as_ref().expect("there were answers");
            // Four ways of 10 ms, and the disks.
            assert!((40..45).contains(&(latency.p50.nanos() / 1_000_000)), "{latency:?}");
            assert_eq!(latency.histogram.iter().map(|(_, count)| count).sum::<u64>(), 40);
            assert_eq!(figures.outage.map(|outage| outage.length()), Some(latency.max));
            assert_eq!(figures.lost, Some(0));
        }
        // Secondaries fetch: what they fetched, what they ask for next and how far they are make more messages of it.
        let (_, _, mongo) = &sides[2];
        assert_eq!((mongo.acknowledged, mongo.lost), (40, Some(0)));
        assert!(mongo.messages > 2 * (n - 1) * 40, "{}", mongo.messages);
        assert_eq!(mongo.ways.map(|ways| ways[0]), Some(2), "one round trip all the same");
    }
}

/// Clients that ask before anybody leads wait for an election, and it is no part of their writes' round trips.
#[test]
fn no_write_takes_less_than_one_round_trip_with_its_client_nor_those_of_an_election_before_it() {
    let early = CALM.replace("start: 8s, operations: 20", "start: 0s, operations: 20");
    let one =
        CALM.replace("count: 2, rate: 5/s, start: 8s, operations: 20, timeout: 2s", "count: 1, times: [1s]");
    for text in [early, one] {
        let scenario = read(&text);
        for ((_, _, figures), side) in all(&scenario).iter().zip(scenario.sides.iter()) {
            assert!(figures.acknowledged > 0 && figures.acknowledged == figures.asked);
            let (members, client) = (figures.ways.expect("a write"), figures.client_ways.expect("a write"));
            assert!(client.iter().all(|ways| *ways >= 2 && ways % 2 == 0), "{}: {client:?}", side.name);
            assert_eq!(members[0], 2, "{}: one round trip all the same", side.name);
            assert!(members[1] <= 6, "{}: {members:?}", side.name);
        }
    }
}

#[test]
fn lost_are_exactly_those_writes_that_were_acknowledged_and_rolled_back() {
    let sides = all(&read(library("compare-lost-writes")));
    for (_, _, figures) in &sides[..2] {
        assert_eq!((figures.lost, figures.losses.len()), (Some(0), 0));
    }
    let (run, ledger, figures) = &sides[2];
    assert_eq!(figures.ways.map(|ways| ways[0]), Some(0), "with w: 1 nobody else is asked");
    let members = run.world().processes().filter_map(|process| run.world().machine::<Member>(process.id));
    let entries = members.flat_map(|member| member.rolled_back().iter().flat_map(|file| file.entries.iter()));
    let rolled_back: BTreeSet<Arc<str>> = entries
        .filter_map(|entry| match &entry.kind {
            muster_core::consensus::replica_set::Kind::Write(command) => command.op.value().cloned(),
            _ => None,
        })
        .collect();
    let told: BTreeMap<Arc<str>, Time> = ledger
        .acknowledged
        .iter()
        .filter(|(value, _)| rolled_back.contains(*value))
        .map(|(value, at)| (value.clone(), *at))
        .collect();
    let lost = figures.losses.iter().map(|loss| (loss.value.clone().expect("a put"), loss.at));
    assert_eq!(lost.collect::<BTreeMap<_, _>>(), told);
    assert!(told.len() > 5, "{}", told.len());
    assert_eq!(figures.lost, Some(told.len() as u64));
}

/// Disks stall, and then everybody loses power. Whoever waits for the disk acknowledges nothing meanwhile; whoever does not has
/// told clients of what is gone.
#[test]
fn a_group_that_does_not_wait_for_its_disks_loses_what_it_acknowledged_and_the_figures_say_so() {
    let struck = CALM.to_string()
        + "timeline:\n  - { at: 9s, do: { disk: { host: [n1, n2, n3], fault: stall } } }\n  \
           - { at: 10s, do: { crash: [n1, n2, n3] } }\n  \
           - { at: 11s, do: { disk: { host: [n1, n2, n3], fault: healthy } } }\n  - { at: 11s, do: { start: [n1, n2, n3] } }\n";
    for (_, _, figures) in all(&read(&struck)) {
        assert_eq!((figures.asked, figures.lost), (40, Some(0)));
    }
    let hasty = struck
        .replace("kind: Raft,", "kind: Raft, without: [durableLog],")
        .replace("kind: MultiPaxos,", "kind: MultiPaxos, without: [durableAccept],")
        .replace("kind: MongoReplicaSet", "kind: MongoReplicaSet\n    without: [journalBeforeMajority]");
    for (run, ledger, figures) in all(&read(&hasty)) {
        assert!(figures.lost > Some(0), "{}: {figures:?}", run.scenario().name);
        assert_eq!(figures.lost, Some(figures.losses.len() as u64));
        let store = &run.scenario().systems[0].group;
        for loss in &figures.losses {
            let value = loss.value.as_ref().expect("a put");
            assert_eq!(ledger.acknowledged.get(value), Some(&loss.at));
            // Nobody can read it any more.
            let there = store.value(run.world(), 0, &loss.key, None).flatten();
            assert_ne!(there.as_ref(), Some(value), "{}", run.scenario().name);
            assert!((8_900..10_100).contains(&(loss.at.0 / 1_000_000)), "{:?}", loss.at);
        }
    }
}

/// Everything is acknowledged at once but for a stretch in which no member runs.
#[test]
fn the_longest_time_without_service_is_from_when_a_write_waits_to_the_next_acknowledgement() {
    let text = CALM
        .replace("count: 2, rate: 5/s, start: 8s, operations: 20,", "times: [8s, 9500ms, 9700ms, 14s],")
        + "timeline:\n  - { at: 9s, do: { crash: [n1, n2, n3] } }\n  - { at: 10s, do: { start: [n1, n2, n3] } }\n";
    for (_, ledger, figures) in all(&read(&text)) {
        let acknowledged: Vec<Time> = {
            let mut all: Vec<Time> = ledger.acknowledged.values().copied().collect();
            all.sort_unstable();
            all
        };
        assert_eq!(acknowledged.len(), 4);
        let outage = figures.outage.expect("writes were asked");
        // Not from the last acknowledgement on, at 8 s: nobody waited then.
        assert_eq!((outage.from, outage.to, outage.open), (Time::millis(9_500), acknowledged[1], false));
        assert!(outage.length() > Span::millis(500));
    }
    // While it lasts it is open, and has no end but now.
    let still = text
        .replace("until: 16s", "until: 9900ms")
        .replace(" 14s]", " 9800ms]")
        .replace("\n  - { at: 10s, do: { start: [n1, n2, n3] } }", "");
    for (_, _, figures) in all(&read(&still)) {
        let outage = figures.outage.expect("writes were asked");
        assert_eq!((outage.from, outage.to, outage.open), (Time::millis(9_500), Time::millis(9_900), true));
        assert_eq!((figures.asked, figures.acknowledged, figures.waiting), (4, 1, 3));
    }
}

#[test]
fn a_side_is_the_scenario_that_is_derived_for_it_run_alone() {
    for scenario in comparisons() {
        for (side, (run, ..)) in scenario.sides.iter().zip(all(&scenario)) {
            let alone = Arc::new(read(&side.scenario.text));
            assert!(alone.sides.is_empty() && alone.measured.is_none());
            let mut alone = Run::new(alone);
            while matches!(alone.step(&mut []), Step::Event | Step::Violation(_)) {}
            assert_eq!(run.digest(), alone.digest(), "{} {}", scenario.name, side.name);
            assert_eq!(alone.figures(), None, "nothing is measured where nobody compares");
        }
    }
}

fn loaded(text: &str) -> Session {
    let mut session = Session::new(systems::all(), LIBRARY);
    match session.handle(Request::Load { text: text.into(), seed: None }) {
        Reply::Loaded(loaded) => {
            let names: Vec<&str> = loaded.scenario.sides.iter().map(|side| &*side.name).collect();
            assert_eq!(names, ["raft", "multi", "mongo"]);
        }
        reply => panic!("not loaded: {reply:?}"),
    }
    session
}

fn ask(session: &mut Session, request: Request) -> Shown {
    match session.handle(request) {
        Reply::Shown(shown) => *shown,
        reply => panic!("not shown: {reply:?}"),
    }
}

fn play(session: &mut Session, ms: u64) -> Shown {
    ask(session, Request::PlayTo { at: Time::millis(ms), budget: 1_000_000 })
}

fn side(session: &mut Session, which: u32, ms: u64) -> SideView {
    side_beside(session, which, Place { ordinal: 1, at: Time::millis(ms) })
}

fn side_beside(session: &mut Session, which: u32, at: Place) -> SideView {
    match session.handle(Request::Side { which, at, budget: 1_000_000 }) {
        Reply::Side(side) => *side,
        reply => panic!("no side: {reply:?}"),
    }
}

fn figures(session: &mut Session) -> Vec<Figures> {
    match session.handle(Request::Figures) {
        Reply::Figures(figures) => figures,
        reply => panic!("no figures: {reply:?}"),
    }
}

/// The upper half of the digest that a scenario's text has at a time when it is run alone.
fn digest_at(text: &str, ms: u64) -> u64 {
    let mut run = Run::new(Arc::new(read(text)));
    while matches!(run.step_until(Time::millis(ms), &mut []), Step::Event | Step::Violation(_)) {}
    (run.digest() >> 64) as u64
}

#[test]
fn in_the_session_every_side_stands_where_it_would_stand_alone() {
    let scenario = read(CALM);
    let text = |which: u32| scenario.sides[which as usize].scenario.text.clone();
    let mut session = loaded(CALM);
    let shown = play(&mut session, 9_000);
    assert_eq!(shown.digest, digest_at(&text(0), 9_000));
    // On, back, and between: always the same.
    for ms in [9_000, 12_000, 500, 8_300, 8_299, 12_000] {
        for which in [1, 2] {
            let side = side(&mut session, which, ms);
            assert_eq!(side.digest, digest_at(&text(which), ms), "side {which} at {ms} ms");
            assert!(!side.more && side.apart.is_empty() && !side.frame.actors.is_empty());
        }
    }
    let few = Request::Side { which: 2, at: Place { ordinal: 1, at: Time::millis(15_000) }, budget: 10 };
    assert!(matches!(session.handle(few), Reply::Side(side) if side.more));
    for which in [0, 3] {
        let none = Request::Side { which, at: Place::default(), budget: 1 };
        assert!(matches!(session.handle(none), Reply::Failed(_)));
    }
}

#[test]
fn beside_the_beginning_every_side_stands_at_its_own_and_beside_the_first_event_after_all_of_time_0() {
    let scenario = read(CALM);
    let text = |which: u32| scenario.sides[which as usize].scenario.text.clone();
    let mut session = loaded(CALM);
    let beginning = Place::default();
    let first = ask(&mut session, Request::Step).frame.place;
    assert_eq!((first.ordinal, first.at), (1, Time::ZERO));
    // The second time they have been further: they come back to it.
    for _ in 0..2 {
        for which in [1, 2] {
            let side = side_beside(&mut session, which, beginning);
            let alone = Run::new(Arc::new(read(&text(which))));
            assert_eq!((side.frame.place, side.more), (beginning, false));
            assert_eq!(side.digest, (alone.digest() >> 64) as u64, "side {which}");
        }
        for which in [1, 2] {
            let side = side_beside(&mut session, which, first);
            assert!(side.frame.place.ordinal > 0);
            assert_eq!(side.digest, digest_at(&text(which), 0), "side {which}");
        }
    }
    let figured = |session: &mut Session| figures(session).iter().map(|side| side.place).collect::<Vec<_>>();
    assert!(figured(&mut session).iter().all(|place| place.ordinal > 0));
    ask(&mut session, Request::Seek(SeekTo::Ordinal(0)));
    assert_eq!(figured(&mut session), [beginning; 3]);
    // What is done by hand there is an event, and strikes the others after theirs of its time.
    let struck = ask(&mut session, Request::Act("crash: n1".into())).frame.place;
    assert!(struck.ordinal > 0 && struck.at == Time::ZERO, "{struck:?}");
    for which in [1, 2] {
        let crashed = side_beside(&mut session, which, struck);
        assert!(crashed.frame.place.ordinal > at_time_0(&text(which)), "side {which}");
        assert_eq!(side_beside(&mut session, which, beginning).frame.place, beginning);
        assert_eq!(side_beside(&mut session, which, struck).digest, crashed.digest);
    }
}

/// How many events of time 0 a scenario's text has when it is run alone.
fn at_time_0(text: &str) -> u64 {
    let mut run = Run::new(Arc::new(read(text)));
    while matches!(run.step_until(Time::ZERO, &mut []), Step::Event | Step::Violation(_)) {}
    run.place().ordinal
}

#[test]
fn figures_are_the_same_however_one_came_to_a_place() {
    let text = CALM.to_string() + "timeline:\n  - { at: 9s, do: { crash: { select: leader } } }\n";
    let mut session = loaded(&text);
    let mut known = Vec::new();
    for ms in [7_000, 8_500, 9_700, 12_000] {
        play(&mut session, ms);
        known.push((ms, figures(&mut session)));
    }
    assert_eq!(
        known[0].1[0].measured,
        Measured { lost: Some(0), ..Measured::default() },
        "nothing asked yet"
    );
    let last = &known[3].1;
    assert!(last.iter().all(|side| side.measured.asked > 20 && side.place.at == Time::millis(12_000)));
    for (ms, then) in known.iter().rev().chain(&known) {
        ask(&mut session, Request::Seek(SeekTo::Time(Time::millis(*ms))));
        assert_eq!(&figures(&mut session), then, "{ms} ms");
    }
    // And the same as at the end of a run that nobody looked at.
    let ended = all(&read(&text));
    play(&mut session, 16_000);
    for (side, (_, _, measured)) in figures(&mut session).iter().zip(&ended) {
        assert_eq!(&side.measured, measured);
    }
    let mut plain = Session::new(systems::all(), LIBRARY);
    plain.handle(Request::LoadLibrary { name: "leader-crash".into(), seed: None });
    assert!(matches!(plain.handle(Request::Figures), Reply::Failed(_)), "it is no comparison");
}

#[test]
fn what_is_done_by_hand_strikes_every_side_at_the_same_time() {
    let scenario = read(CALM);
    // At 10 s some are just doing something: there it comes after that, where in a file it would come before.
    for (ms, idle) in [(10_003, true), (10_000, false)] {
        let mut session = loaded(CALM);
        play(&mut session, ms);
        side(&mut session, 1, 12_000);
        for command in ["crash: n2", "pause: n1", "timeOut: n3"] {
            ask(&mut session, Request::Act(command.into()));
        }
        play(&mut session, 12_000);
        for which in [1, 2] {
            let alone = &scenario.sides[which as usize].scenario.text;
            let struck = format!(
                "{alone}timeline:\n  - {{ at: {ms}ms, do: {{ crash: n2 }} }}\n  - {{ at: {ms}ms, do: {{ pause: n1 }} }}\n"
            );
            let then = side(&mut session, which, 12_000);
            if idle {
                assert_eq!(then.digest, digest_at(&struck, 12_000), "side {which}");
            }
            let apart: Vec<&str> = then.apart.iter().map(|command| &*command.text).collect();
            assert_eq!(apart, ["timeOut: { member: n3 }"], "a protocol's own command is the first side's");
            let why = Fate::Refused(Phrase::bare(SessionKey::FirstSideAlone));
            assert_eq!(then.apart[0].fate, why);
            // Before it, nothing has happened; after it, again.
            assert_eq!(side(&mut session, which, 9_000).digest, digest_at(alone, 9_000));
            assert_eq!(side(&mut session, which, 12_000).digest, then.digest);
        }
        // Taken back it never happened, on any side.
        (0..3).for_each(|_| drop(ask(&mut session, Request::Undo)));
        for which in [1, 2] {
            let alone = &scenario.sides[which as usize].scenario.text;
            let side = side(&mut session, which, 12_000);
            assert_eq!((side.digest, side.apart), (digest_at(alone, 12_000), Vec::new()));
        }
    }
}

#[test]
fn what_a_side_refuses_is_said_of_it() {
    let mut session = loaded(CALM);
    play(&mut session, 9_000);
    // Only the first side calls its members so.
    ask(&mut session, Request::Act("crash: { select: followers, of: store }".into()));
    let (multi, mongo) = (side(&mut session, 1, 9_500), side(&mut session, 2, 9_500));
    assert_eq!(multi.apart, []);
    let apart: Vec<_> = mongo.apart.iter().map(|command| (&*command.text, &command.fate)).collect();
    assert!(
        matches!(apart[..], [("crash: { select: followers, of: store }", Fate::Refused(_))]),
        "{apart:?}"
    );
    assert_eq!(mongo.digest, digest_at(&read(CALM).sides[2].scenario.text, 9_500));
    assert_eq!(side(&mut session, 2, 9_400).digest, digest_at(&read(CALM).sides[2].scenario.text, 9_400));
}

#[test]
fn a_comparison_saved_or_linked_is_one_when_it_is_opened_again() {
    let mut session = loaded(CALM);
    play(&mut session, 9_500);
    ask(&mut session, Request::Act("crash: n2".into()));
    play(&mut session, 10_500);
    let (then, measured) = (side(&mut session, 2, 10_500), figures(&mut session));
    let Reply::Run(run) = session.handle(Request::SaveRun { view: "".into() }) else { panic!("not saved") };
    let Reply::Link(link) = session.handle(Request::ShareAll { view: "".into() }) else { panic!("no link") };
    let Reply::Text(text) = session.handle(Request::SaveScenario) else { panic!("no text") };
    for request in [Request::Load { text: run, seed: None }, Request::Open(link)] {
        let mut fresh = Session::new(systems::all(), LIBRARY);
        let reply = fresh.handle(request);
        let Reply::Loaded(loaded) = reply else { panic!("not loaded: {reply:?}") };
        assert_eq!((loaded.scenario.sides.len(), &loaded.differs), (3, &None));
        fresh.handle(Request::Continue { budget: 0 });
        assert_eq!(side(&mut fresh, 2, 10_500), then);
        assert_eq!(figures(&mut fresh), measured);
    }
    let saved = read(&text);
    assert_eq!((saved.sides.len(), saved.timeline.len()), (3, 1));
}

#[test]
fn another_seed_is_another_history_of_every_side_with_the_same_arrivals() {
    let (one, mut two) = (read(CALM), read(CALM));
    two.reseed(4);
    for ((one, asked, _), (two, again, _)) in all(&one).into_iter().zip(all(&two)) {
        assert_ne!(one.digest(), two.digest());
        assert_eq!(asked.asked, again.asked);
    }
}

/// A side that was further knows what it refuses there; beside the beginning nobody is told so.
#[test]
fn what_a_side_refuses_is_said_from_there_on_alone() {
    let mut session = loaded(CALM);
    ask(&mut session, Request::Act("start: n1".into()));
    let apart =
        |session: &mut Session| all_sides(session).0.iter().map(|side| side.apart.len()).collect::<Vec<_>>();
    assert_eq!(apart(&mut session), [1, 1]);
    ask(&mut session, Request::StepBack);
    assert_eq!(apart(&mut session), [0, 0]);
}

/// What somebody may ask for, about a comparison that is under way.
fn requests() -> impl Strategy<Value = Vec<Request>> {
    let command = prop_oneof![
        Just("crash: n1"),
        Just("start: n1"),
        Just("pause: n2"),
        Just("resume: n2"),
        Just("cut: { from: { select: leader }, to: [n1, n2, n3] }"),
        Just("heal: all"),
        Just("timeOut: n3"),
        Just("reluck: 5"),
        Just("removeHost: n3"),
    ];
    let at = || (7_500u64..12_000).prop_map(Time::millis);
    let beside = prop_oneof![6 => at().prop_map(|at| Place { ordinal: 1, at }), 1 => Just(Place::default())];
    let one = prop_oneof![
        4 => at().prop_map(|at| Request::PlayTo { at, budget: 20_000 }),
        2 => at().prop_map(|at| Request::Seek(SeekTo::Time(at))),
        1 => Just(Request::Step),
        1 => Just(Request::StepBack),
        4 => command.prop_map(|line| Request::Act(line.into())),
        1 => Just(Request::Undo),
        1 => Just(Request::Redo),
        1 => (0u32..3).prop_map(|branch| Request::Switch { branch }),
        3 => (0u32..4, beside, 0u64..3_000).prop_map(|(which, at, budget)| Request::Side { which, at, budget }),
        1 => Just(Request::Figures),
    ];
    proptest::collection::vec(one, 1..24)
}

/// Asks until it has come all the way.
fn all_sides(session: &mut Session) -> (Vec<SideView>, Vec<Figures>) {
    let at = ask(session, Request::Rename { branch: 0, name: "".into() }).frame.place;
    let sides = [1, 2].map(|which| {
        let Reply::Side(side) = session.handle(Request::Side { which, at, budget: 4_000_000 }) else {
            panic!("no side")
        };
        assert!(!side.more);
        *side
    });
    (sides.into(), figures(session))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever was asked before, and in whatever order, where the sides stand and what they cost is what a fresh session makes
    /// of the same run.
    #[test]
    fn any_requests_leave_every_side_where_the_same_run_would_lead_it(requests in requests()) {
        let mut session = loaded(CALM);
        for request in requests {
            let sent = transport::decode_request(&transport::encode_request(&request)).expect("it crosses");
            let reply = session.handle(sent);
            let back = transport::decode_reply(&transport::encode_reply(&reply)).expect("it crosses");
            prop_assert_eq!(back, reply);
        }
        let (sides, measured) = all_sides(&mut session);
        let Reply::Run(run) = session.handle(Request::SaveRun { view: "".into() }) else { panic!("not saved") };
        let mut fresh = Session::new(systems::all(), LIBRARY);
        let Reply::Loaded(loaded) = fresh.handle(Request::Load { text: run, seed: None }) else {
            panic!("not loaded")
        };
        let mut shown = loaded.shown;
        while shown.stopped == Some(Stopped::More) {
            shown = ask(&mut fresh, Request::Continue { budget: 4_000_000 });
        }
        prop_assert!(!matches!(shown.stopped, Some(Stopped::Differs(_))));
        let (again, anew) = all_sides(&mut fresh);
        prop_assert_eq!(measured, anew);
        for (one, two) in sides.iter().zip(&again) {
            prop_assert_eq!((one.digest, &one.frame, &one.apart), (two.digest, &two.frame, &two.apart));
        }
    }
}
