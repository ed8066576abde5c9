//! Commands and predicates as one line, and what a run makes of them.

use super::command::*;
use super::predicate::{self, Predicate};
use super::{Outcome, Run, Scenario, Step, Target};
use crate::process::{Span, Time};
use crate::systems;
use crate::text::law::{Drawn, Law, LogNormal};
use crate::text::{Duration, Probability, SignedDuration};
use crate::words::scenario::ScenarioKey as K;
use proptest::prelude::*;
use std::sync::Arc;

fn name() -> impl Strategy<Value = Arc<str>> {
    prop_oneof![Just("n1"), Just("n2"), Just("c1"), Just("you"), Just("true"), Just("12")].prop_map(Arc::from)
}

fn any_text() -> impl Strategy<Value = Arc<str>> {
    "\\PC{0,12}".prop_map(Arc::from)
}

fn target() -> impl Strategy<Value = Target> {
    let select = (prop_oneof![Just("leader"), Just("followers")], any::<bool>())
        .prop_map(|(select, of)| Target::select(select, of.then_some("kv")));
    let one = prop_oneof![name().prop_map(|name| Target::name(&name)), select];
    proptest::collection::vec(one, 0..4)
        .prop_map(|targets| Target(targets.into_iter().flat_map(|target| target.0).collect()))
}

fn links() -> impl Strategy<Value = Links> {
    (proptest::option::of(target()), proptest::option::of(target()), any::<bool>())
        .prop_map(|(from, to, one_way)| Links { from, to, one_way })
}

fn duration() -> impl Strategy<Value = Duration> {
    (0..3_600_000_000_000u64).prop_map(|nanos| Duration(Span(nanos)))
}

fn chance() -> impl Strategy<Value = Probability> {
    (0..=1_000_000_000u32).prop_map(|billionths| Probability { billionths })
}

fn command() -> impl Strategy<Value = Command> {
    let plain = prop_oneof![
        target().prop_map(Command::Crash),
        target().prop_map(Command::Start),
        any_text().prop_map(Command::Heal),
        links().prop_map(Command::Clog),
        any::<u64>().prop_map(Command::Reluck),
        (target(), target(), any::<bool>()).prop_map(|(from, to, one_way)| Command::Cut(Cut {
            from,
            to,
            one_way
        })),
        (target(), any::<i32>()).prop_map(|(host, ppm)| Command::Drift(Drift { host, ppm })),
        (target(), -1_000_000_000..1_000_000_000i64)
            .prop_map(|(host, by)| Command::StepClock(StepClock { host, by: SignedDuration(by) })),
    ];
    let rich = prop_oneof![
        (proptest::collection::vec(target(), 0..3), any::<bool>()).prop_map(|(groups, alone)| {
            Command::Partition(Partition { groups, others: alone.then_some(Others::Isolated) })
        }),
        (chance(), links()).prop_map(|(chance, Links { from, to, one_way })| {
            Command::Loss(Loss { chance, from, to, one_way })
        }),
        (duration(), duration(), links()).prop_map(|(a, b, Links { from, to, one_way })| {
            let (median, p99) = (Duration(Span(a.0.0.min(b.0.0) + 1)), Duration(Span(a.0.0.max(b.0.0) + 1)));
            let latency = Law::Drawn(Drawn::LogNormal(LogNormal { median, p99 }));
            Command::Delay(Delay { latency, from, to, one_way })
        }),
        (target(), duration())
            .prop_map(|(host, by)| { Command::Disk(DiskCommand { host, fault: DiskTrouble::Slow(by) }) }),
        target().prop_map(|host| Command::Disk(DiskCommand { host, fault: DiskTrouble::IoError })),
        (any_text(), proptest::option::of(any_text()), proptest::option::of(target())).prop_map(
            |(key, value, to)| {
                let (op, expect, of) = (OpName::Cas, None, Some("kv".into()));
                Command::Request(Request { op, key, value, expect, to, of })
            }
        ),
        (name(), name(), any::<u64>(), any::<u32>()).prop_map(|(from, to, number, copy)| {
            Command::Deliver(MessageName { from, to, number, copy })
        }),
    ];
    prop_oneof![plain, rich]
}

fn state() -> impl Strategy<Value = Predicate> {
    let leaf = prop_oneof![
        (name(), proptest::option::of(name()))
            .prop_map(|(of, is)| Predicate::Leader(predicate::LeaderOf { of, is })),
        name().prop_map(Predicate::NoLeader),
        duration().prop_map(Predicate::At),
        name().prop_map(Predicate::After),
        (any_text(), proptest::option::of(any_text())).prop_map(|(key, is)| {
            Predicate::Value(predicate::Value { of: "kv".into(), key, is, member: None })
        }),
        (target(), any::<u64>()).prop_map(|(member, least)| {
            let (member, at_least) = (Some(member), Some(least));
            let (of, name) = ("kv".into(), "term".into());
            Predicate::Fact(predicate::Fact { of, name, member, is: None, at_least, at_most: None })
        }),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..3).prop_map(Predicate::All),
            proptest::collection::vec(inner.clone(), 0..3).prop_map(Predicate::Any),
            inner.prop_map(|inner| Predicate::Not(Box::new(inner))),
        ]
    })
}

proptest! {
    #[test]
    fn a_command_is_read_back_from_its_line(command in command()) {
        let line = command.to_string();
        prop_assert!(!line.contains('\n'));
        prop_assert_eq!(Command::parse(&line).map_err(|p| format!("{line}: {p:?}")), Ok(command));
    }
    #[test]
    fn a_predicate_is_read_back_from_its_line(state in state(), within in proptest::option::of(duration())) {
        let line = state.to_string();
        prop_assert_eq!(Predicate::parse(&line).map_err(|p| format!("{line}: {p:?}")), Ok(state.clone()));
        let timed = predicate::Timed { what: Box::new(state), after: None, within };
        let eventually = Predicate::Eventually(timed);
        let line = eventually.to_string();
        prop_assert_eq!(Predicate::parse(&line).map_err(|p| format!("{line}: {p:?}")), Ok(eventually));
    }
    #[test]
    fn no_line_makes_a_parser_panic(line in "\\PC{0,60}") {
        let _ = (Command::parse(&line), Predicate::parse(&line));
    }
    #[test]
    fn no_scenario_like_text_makes_the_reader_panic(
        cut in 0usize..1_500, junk in "[-\\[\\]{}:,#&*'\"a-z0-9 \\n]{0,20}", at in 0usize..1_500,
    ) {
        let text = super::library::text_of("leader-crash").unwrap_or_default();
        let clip = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let (cut, at) = (clip(cut), clip(at));
        let _ = Scenario::read(format!("{}{junk}{}", &text[..cut], &text[at..]).as_bytes(), systems::all());
    }
}

#[test]
fn a_command_has_one_canonical_line() {
    for (written, canonical) in [
        ("{ crash: n1 }", "crash: n1"),
        ("crash: [n1]", "crash: n1"),
        ("crash: {select: leader, of: kv}", "crash: { select: leader, of: kv }"),
        ("timeOut: n2", "timeOut: { member: n2 }"),
        ("loss: { chance: 0.1 }", "loss: { chance: 10% }"),
        ("delay: { latency: 1500ms }", "delay: { latency: 1500ms }"),
    ] {
        let command = Command::parse(written).expect(written);
        assert_eq!(command.to_string(), canonical);
    }
}

fn scenario(rest: &str) -> Arc<Scenario> {
    let text = format!(
        "apiVersion: muster.dev/v1\nkind: Scenario\nmetadata: {{ name: test }}\nuntil: 5s\nsystems:\n  \
         - {{ name: kv, kind: Raft, members: 5, spec: {{ checkQuorum: false }} }}\n{rest}"
    );
    Arc::new(Scenario::read(text.as_bytes(), systems::all()).expect("a scenario"))
}

fn finished(rest: &str) -> Run {
    let mut run = Run::new(scenario(rest));
    assert_eq!(run.finish(&mut []), Step::End);
    run
}

#[test]
fn a_false_expectation_is_named_and_the_true_one_beside_it_is_not() {
    let run =
        finished("expect:\n  - leader: kv\n  - eventually: { fact: { of: kv, name: term, atLeast: 99 } }\n");
    let verdict = run.verdict();
    assert!(!verdict.as_expected);
    assert_eq!(verdict.expectations[0].outcome, Outcome::Met);
    assert_eq!(&*verdict.expectations[1].text, "eventually: { fact: { of: kv, name: term, atLeast: 99 } }");
    assert!(matches!(verdict.expectations[1].outcome, Outcome::Broken(_)));
}

#[test]
fn an_expectation_after_a_command_that_never_came_is_not_met() {
    let run = finished(
        "timeline:\n  - { at: 1s, id: a, do: { crash: { select: candidates, of: kv } } }\nexpect:\n  \
         - violated: kv/electionSafety\n  - never: { noLeader: kv, after: a, within: 1s }\n",
    );
    assert!(!run.verdict().as_expected);
    assert_eq!(run.remarks().len(), 1, "a crash of nobody is remarked");
    assert_eq!(run.remarks()[0].phrase.key, K::NobodySelected.into());
}

#[test]
fn leader_is_refused_where_there_are_two() {
    let run = finished(
        "timeline:\n  - { at: 10ms, do: { timeOut: n1 } }\n  - { at: 1s, do: { partition: { groups: [[n1, n2]] } } }\n  \
         - { at: 4s, do: { crash: { select: leader, of: kv } } }\n",
    );
    assert_eq!(run.remarks().len(), 1);
    assert_eq!(run.remarks()[0].phrase.key, K::SeveralSelected.into());
    let stale = Command::parse("crash: { select: staleLeaders, of: kv }").expect("a command");
    assert_eq!(run.preview(&stale), Ok(()));
}

#[test]
fn a_refused_command_changes_nothing() {
    let mut run = finished("");
    let (before, place) = (run.world().state_digest(), run.place());
    for line in ["crash: nobody", "heal: nothing", "start: n1", "resume: n1", "transfer: { to: nobody }"] {
        let command = Command::parse(line).expect(line);
        assert!(run.preview(&command).is_err(), "{line}");
        assert!(run.act(&command, &mut []).is_err(), "{line}");
    }
    assert_eq!((run.world().state_digest(), run.place()), (before, place));
}

/// A run of systems that have, together, an order with every kind of argument.
fn with_a_set() -> Run {
    let mut run = finished(
        "  - { name: app, kind: Clients, target: kv }\n  - { name: job, kind: Workers, members: 5 }\n  \
         - { name: rs, kind: MongoReplicaSet, members: [r1, r2, r3], }\n",
    );
    run.act(&Command::parse("timeOut: r1").expect("a command"), &mut []).expect("a timer");
    run
}

#[test]
fn an_order_by_hand_is_held_to_what_its_system_declares() {
    let mut run = with_a_set();
    let (before, place) = (run.world().state_digest(), run.place());
    for (line, why) in [
        ("verb: request, with: { op: pt, key: a }, of: rs", K::UnknownName),
        ("verb: request, with: { op: put, key: a, value: 1, w: majorty }, of: rs", K::NotOneOf),
        ("verb: request, with: { op: put, key: a, value: 1, w: -1 }, of: rs", K::NotOneOf),
        ("verb: request, with: { op: put, key: a, value: 1, j: yess }, of: rs", K::WrongType),
        ("verb: request, with: { op: put, key: a, value: 1, to: nobody }, of: rs", K::NoSuchName),
        ("verb: request, with: { op: get, key: [a, b] }, of: rs", K::WrongType),
        ("verb: request, with: { op: get, key: ~ }, of: rs", K::WrongType),
        ("verb: request, with: { op: get, key: a }, of: app", K::NeedsArgument),
        ("verb: request, with: { by: c1, key: a }, of: app", K::NeedsArgument),
        ("verb: reconfig, with: { member: r2, hidden: maybe }, of: rs", K::WrongType),
        ("verb: reconfig, with: { member: r2, hiden: true }, of: rs", K::UnknownArgument),
        ("verb: stepDown, with: { by: r1, secs: -3 }, of: rs", K::WrongType),
        ("verb: switchRule, with: { rule: prevote, on: true }, of: kv", K::UnknownRule),
        ("verb: transfer, with: { to: nobody }, of: kv", K::NoSuchName),
        ("verb: submit, with: { tasks: many }, of: job", K::WrongType),
        ("verb: submt, with: { tasks: 1 }, of: job", K::NoSystemFor),
        ("verb: request, with: { op: put, key: a }, of: rs", K::NeedsArgument),
        ("verb: request, with: { op: get, key: a, w: 3 }, of: rs", K::DoesNothing),
        ("verb: stepDown, with: { by: [r1, r2] }, of: rs", K::WrongType),
        ("verb: stepUp, of: rs", K::NeedsArgument),
    ] {
        let command = Command::parse(&format!("order: {{ {line} }}")).expect(line);
        let refused = run.preview(&command).map_err(|phrase| phrase.key);
        assert_eq!(refused, Err(why.into()), "{line}");
        assert!(run.act(&command, &mut []).is_err(), "{line}");
    }
    assert_eq!((run.world().state_digest(), run.place()), (before, place));
}

#[test]
fn a_command_by_hand_that_is_refused_brings_nobody_along() {
    let mut run = finished("  - { name: mp, kind: MultiPaxos, members: [m1, m2, m3] }\n");
    let hosts = run.world().hosts().count();
    for (line, why) in [
        ("addMember: { names: [m4], as: learner, of: mp }", K::NoLearners),
        ("request: { op: put, key: a, of: mp }", K::NeedsArgument),
        ("request: { op: get, key: a, expect: b, of: mp }", K::DoesNothing),
    ] {
        let command = Command::parse(line).expect(line);
        assert_eq!(run.act(&command, &mut []).map_err(|phrase| phrase.key), Err(why.into()), "{line}");
        assert_eq!(run.world().hosts().count(), hosts, "{line}");
    }
}

#[test]
fn an_order_may_name_whoever_comes_later_in_the_timeline() {
    let text = "apiVersion: muster.dev/v1\nkind: Scenario\nmetadata: { name: later }\nuntil: 9s\n\
                systems: [{ name: mp, kind: MultiPaxos, members: 3 }]\ntimeline:\n\
                - { at: 6s, do: { order: { verb: replace, with: { old: n3, new: n4 } } } }\n\
                - { at: 5s, do: { addMember: { names: [n4], as: started } } }\n\
                - { at: 7s, do: { request: { op: put, key: x, value: y } } }\n\
                - { at: 8s, do: { order: { verb: request, with: { by: you, op: get, key: x }, of: you } } }\n";
    let mut run = Run::new(Arc::new(Scenario::read(text.as_bytes(), systems::all()).expect("a scenario")));
    assert_eq!((run.finish(&mut []), run.remarks()), (Step::End, &[][..]));
}

/// A constant is one also where somebody is called so.
#[test]
fn a_value_may_be_called_as_a_member_is() {
    let mut run = with_a_set();
    let line = "order: { verb: request, with: { by: c1, op: put, key: n1, value: n2 }, of: app }";
    run.act(&Command::parse(line).expect("a command"), &mut []).expect("a request of a client");
    let line = "order: { verb: request, with: { op: put, key: r1, value: r2, j: false, w: 1 }, of: rs }";
    run.act(&Command::parse(line).expect("a command"), &mut []).expect("a request of the console");
}

#[test]
fn operations_by_hand_are_the_same_in_every_form() {
    use crate::text::typed::Variants;
    let run = with_a_set();
    for op in OpName::NAMES {
        let value = if matches!(*op, "get" | "delete") { "" } else { ", value: b" };
        let line =
            format!("order: {{ verb: request, with: {{ by: c1, op: {op}, key: a{value} }}, of: app }}");
        assert_eq!(run.preview(&Command::parse(&line).expect("a command")), Ok(()), "{line}");
    }
}

#[test]
fn a_fault_given_by_hand_gets_an_id_and_is_healed_by_it() {
    let mut run = finished("");
    let command = Command::parse("partition: { groups: [[n1]] }").expect("a command");
    run.act(&command, &mut []).expect("a partition");
    let id = run.faults().iter().next().map(|(id, _)| id.clone()).expect("a fault");
    assert_eq!(&*id, "partition-1");
    run.act(&Command::parse("heal: partition-1").expect("a command"), &mut []).expect("healed");
    assert_eq!(run.faults().iter().count(), 0);
    assert_eq!(run.world().barriers().count(), 0);
}

#[test]
fn what_watches_never_changes_what_happens() {
    let text = super::library::text_of("leader-crash").expect("a scenario");
    let scenario = Arc::new(Scenario::read(text.as_bytes(), systems::all()).expect("a scenario"));
    let digest = |checks: bool| {
        let mut run = Run::with(scenario.clone(), None, checks);
        assert_eq!(run.finish(&mut []), Step::End);
        run.digest()
    };
    assert_eq!(digest(true), digest(false));
}

#[test]
fn a_checkpoint_goes_on_as_the_run_itself_does() {
    let text = super::library::text_of("leader-crash").expect("a scenario");
    let mut run = Run::new(Arc::new(Scenario::read(text.as_bytes(), systems::all()).expect("a scenario")));
    while run.world().now() < Time::secs(3) {
        run.step(&mut []);
    }
    let mut copy = run.clone();
    assert_eq!((run.finish(&mut []), copy.finish(&mut [])), (Step::End, Step::End));
    assert_eq!((run.digest(), run.verdict()), (copy.digest(), copy.verdict()));
}

#[test]
fn a_list_says_of_each_scenario_what_the_scenario_is() {
    for (name, text) in super::library::LIBRARY {
        let whole = Scenario::read(text.as_bytes(), systems::all())
            .unwrap_or_else(|problems| panic!("{name}: {problems:?}"));
        let head = super::Head::read(text.as_bytes()).unwrap_or_else(|| panic!("{name} has no head"));
        let declared = whole.systems.iter().filter(|system| !system.implicit);
        let mut kinds: Vec<&str> = match whole.sides.is_empty() {
            true => declared.map(|system| system.kind).collect(),
            false => whole.sides.iter().map(|side| &*side.kind).collect(),
        };
        kinds.dedup();
        assert_eq!(head.sides as usize, whole.sides.len(), "{name}");
        assert_eq!(head.kinds.iter().map(|kind| &**kind).collect::<Vec<_>>(), kinds, "{name}");
        assert_eq!((&head.title, &head.story), (&whole.title, &whole.story), "{name}");
        assert_eq!(head.steps as usize, whole.lesson.len(), "{name}");
    }
    assert_eq!(super::Head::read(b"kind: Scenario\nsystems: 3\n"), None);
}

/// A job of a scheduler, one worker and a store, with what else is said of it.
fn job(rest: &str) -> Run {
    let text = format!(
        "apiVersion: muster.dev/v1\nkind: Scenario\nmetadata: {{ name: job }}\nseed: 1\nuntil: 20s\nsystems:\n  \
         - {{ name: job, kind: Workers, members: [s, w1, store], spec: {{ tasks: 12, duration: 1s }} }}\n{rest}"
    );
    Run::new(Arc::new(Scenario::read(text.as_bytes(), systems::all()).expect("a scenario")))
}

#[test]
fn a_worker_that_joins_by_the_timeline_is_given_tasks_at_once() {
    let mut run =
        job("timeline:\n  - { at: 500ms, id: add, do: { addMember: { names: [w2], of: job } } }\n  \
         - { at: 3s, do: { order: { verb: drain, with: { worker: w2 }, of: job } } }\nexpect:\n  \
         - always: { checks: job }\n  \
         - eventually: { fact: { of: job, name: atWork, member: w2, is: 2 }, after: add, within: 100ms }\n  \
         - eventually: { fact: { of: job, name: alive, is: 2 }, after: add, within: 100ms }\n  \
         - count: { select: drained, of: job, is: 1 }\n  \
         - fact: { of: job, name: complete, is: 1 }\n");
    assert_eq!(run.finish(&mut []), Step::End);
    assert!(run.verdict().as_expected, "{:?} {:?}", run.verdict(), run.remarks());
}

/// By hand, before or after the worker could register by itself; and whoever is no worker cannot join.
#[test]
fn a_worker_joins_by_hand_and_a_learner_does_not() {
    let mut run = job("");
    let act = |run: &mut Run, line: &str| run.act(&Command::parse(line).expect(line), &mut []).map(drop);
    let before = run.world().state_digest();
    let refused = act(&mut run, "addMember: { names: [w2], as: learner, of: job }");
    assert_eq!(refused.map_err(|phrase| phrase.key), Err(K::NoLearners.into()));
    assert_eq!(run.world().state_digest(), before, "nobody was started");
    assert_eq!(act(&mut run, "addMember: { names: [w2], of: job }"), Ok(()));
    assert_eq!(act(&mut run, "addMember: { names: [w3], as: started, of: job }"), Ok(()));
    let named = "order: { verb: addMember, with: { members: w3 }, of: job }";
    assert_ne!(act(&mut run, &named.replace("w3", "store")), Ok(()), "it is the store");
    assert_eq!(run.finish(&mut []), Step::End);
    assert_eq!(run.fact(0, "alive", None), Some(3));
    assert!(run.verdict().as_expected, "{:?}", run.remarks());
}
