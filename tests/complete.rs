//! What is offered at a place of a scenario's text, and that the reader takes what is offered.

use muster_core::process::Time;
use muster_core::scenario::Scenario;
use muster_core::scenario::complete::{Completion, complete};
use muster_core::scenario::library::LIBRARY;
use muster_core::session::Session;
use muster_core::session::api::{Reply, Request};
use muster_core::systems;
use muster_words::{Lang, NoNames, text as words};
use proptest::prelude::*;

/// What is offered where `|` stands.
fn at(text: &str) -> Completion {
    let (before, after) = text.split_once('|').expect("a place");
    let line = before.matches('\n').count() as u32 + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() as u32 + 1;
    complete(&[before, after].concat(), line, column, systems::all())
}

fn names(text: &str) -> Vec<String> {
    at(text).offers.iter().map(|offer| offer.name.to_string()).collect()
}

fn has(text: &str, wanted: &[&str]) {
    let names = names(text);
    for name in wanted {
        assert!(names.iter().any(|known| known == name), "no {name} in {names:?} for\n{text}");
    }
}

fn not(text: &str, unwanted: &str) {
    let names = names(text);
    assert!(!names.iter().any(|known| known == unwanted), "{unwanted} in {names:?} for\n{text}");
}

const TEXT: &str = "apiVersion: muster.dev/v1
kind: Scenario
metadata: { name: mine }
systems:
  - name: kv
    kind: Raft
    members: 3
  - { name: load, kind: Clients, target: kv }
";

#[test]
fn keys_are_offered_where_keys_stand() {
    has("|", &["apiVersion", "kind", "systems"]);
    has("api|", &["apiVersion"]);
    has(&format!("{TEXT}ti|"), &["timeline", "expect", "until"]);
    has(&format!("{TEXT}|\ntimeline: []\n"), &["expect"]);
    not(&format!("{TEXT}|"), "systems");
    has(&TEXT.replace("    kind: Raft", "    |\n    kind: Raft"), &["spec", "without", "zones"]);
    not(&TEXT.replace("    kind: Raft", "    |\n    kind: Raft"), "kind");
    has(&TEXT.replace("target: kv }", "target: kv, sp| }"), &["spec", "count"]);
    has(&TEXT.replace("members: 3", "members: 3\n    spec: { hea| }"), &["heartbeat", "electionTimeout"]);
    has(&format!("{TEXT}timeline:\n  - |"), &["at", "do", "id"]);
    has(&format!("{TEXT}network: {{ lat|"), &["latency", "loss"]);
}

#[test]
fn values_are_offered_where_values_stand() {
    has(&TEXT.replace("muster.dev/v1", "|"), &["muster.dev/v1"]);
    has("apiVersion: muster.dev/v1\nkind: |\n", &["Scenario"]);
    has(&TEXT.replace("kind: Raft", "kind: R|"), &["Raft", "Clients"]);
    has(&TEXT.replace("target: kv", "target: |"), &["kv"]);
    has(&TEXT.replace("members: 3", "members: 3\n    without: [|]"), &["readIndexQuorum", "noOpOnElection"]);
    has(&format!("{TEXT}timeline:\n  - {{ at: 1s, do: {{ crash: | }} }}"), &["n1", "n2", "n3"]);
    has(
        &format!("{TEXT}timeline:\n  - {{ at: 1s, do: {{ crash: {{ select: | }} }} }}"),
        &["leader", "followers"],
    );
    has(&format!("{TEXT}timeline:\n  - {{ at: 1s, do: {{ crash: {{ select: leader, of: |"), &["kv"]);
    has(&format!("{TEXT}expect:\n  - always: {{ checks: | }}"), &["kv"]);
    has(&format!("{TEXT}expect:\n  - |"), &["always", "eventually", "fact"]);
    has(&format!("{TEXT}expect:\n  - fact: {{ of: kv, name: | }}"), &["agreeing"]);
    has(&format!("{TEXT}expect:\n  - violated: kv/|"), &["kv/noStaleRead"]);
}

#[test]
fn an_argument_of_an_order_is_offered_what_its_system_takes() {
    let set = TEXT.replace("kind: Raft", "kind: MongoReplicaSet").replace("kind: Clients", "kind: Drivers");
    let with = |with: &str| {
        format!(
            "{set}timeline:\n  - {{ at: 1s, do: {{ order: {{ verb: request, with: {{ {with} }}, of: kv }} }} }}"
        )
    };
    has(&with("op: |"), &["get", "put", "cas", "append", "delete"]);
    has(&with("op: get, key: a, readPreference: |"), &["primary", "secondary", "nearest"]);
    has(&with("op: get, key: a, w: |"), &["majority"]);
    has(&with("op: get, key: a, j: |"), &["true", "false"]);
    has(&with("op: get, key: a, to: |"), &["n1", "n2", "n3"]);
    has(&with("op: put, |"), &["key", "value"]);
    has(
        &format!("{TEXT}timeline:\n  - {{ at: 1s, do: {{ timeOut: {{ member: n1, timer: | }} }} }}"),
        &["election"],
    );
    has(&with("op: get, key: a, |"), &["readConcern", "wtimeout"]);
    let expected = at(&with("op: get, key: a, wtimeout: |")).expected.expect("a phrase");
    assert!(words(&expected, &NoNames, Lang::En).contains("duration"));
}

#[test]
fn a_command_comes_with_what_it_needs() {
    let offered = at(&format!("{TEXT}timeline:\n  - {{ at: 1s, do: |"));
    let crash = offered.offers.iter().find(|offer| &*offer.name == "crash").expect("crash");
    assert_eq!(&*crash.text, "{ crash: }");
    let inside = at(&format!("{TEXT}timeline:\n  - {{ at: 1s, do: {{ cra| }} }}"));
    let crash = inside.offers.iter().find(|offer| &*offer.name == "crash").expect("crash");
    assert_eq!((&*crash.text, inside.typed), ("crash: ", 3));
}

#[test]
fn what_is_expected_is_said() {
    let said = |completion: &Completion| {
        completion.expected.as_ref().map(|phrase| words(phrase, &NoNames, Lang::En)).unwrap_or_default()
    };
    assert!(said(&at(&format!("{TEXT}until: |"))).contains("duration"));
    assert!(said(&at(&format!("{TEXT}seed: |"))).contains("whole number"));
    assert!(said(&at(&format!("{TEXT}network: {{ loss: |"))).contains("probability"));
    let about = at(&format!("{TEXT}|"));
    let until = about.offers.iter().find(|offer| &*offer.name == "until").expect("until");
    assert!(until.about.as_ref().is_some_and(|about| words(about, &NoNames, Lang::Zh).contains("时长")));
}

#[test]
fn other_slips_in_the_text_do_not_matter_where_the_reader_can_go_on() {
    has(
        &format!("{}timeline:\n  - {{ at: soon, do: | }}", TEXT.replace("members: 3", "members: -3")),
        &["crash"],
    );
    has(&format!("{TEXT}until: soon\nnetwork: {{ |"), &["latency"]);
}

#[test]
fn a_key_is_offered_before_a_value_that_is_no_yaml() {
    has("apiVersion: muster.dev/v1\nkind: Scenario\nse|: {\n", &["seed", "systems"]);
}

#[test]
fn a_text_made_of_the_word_that_is_put_into_it_is_answered() {
    let all = |count: usize| (0..count).map(|number| format!("sought{number}x ")).collect::<String>();
    for made_of in
        ["sought0x".to_owned(), "sought-x-x".to_owned(), "sought1x sought00x".to_owned(), all(7_000)]
    {
        let text = format!("{}# {made_of}\n", TEXT.replace("muster.dev/v1", "|"));
        assert_eq!(names(&text), ["muster.dev/v1"], "{made_of:.40}");
    }
}

#[test]
fn nothing_is_offered_in_free_text_and_in_texts_too_long() {
    assert_eq!(names("metadata: { name: |"), Vec::<String>::new());
    let long = format!("{TEXT}# {}\n|", "x".repeat(200_000));
    assert_eq!(at(&long), Completion::default());
}

#[test]
fn every_key_of_the_library_is_offered_where_it_stands() {
    for (name, text) in LIBRARY {
        let Some(at) = text.find("\n    kind: ") else { continue };
        let line = text[..=at].matches('\n').count() as u32 + 1;
        let offered = complete(text, line, 5, systems::all());
        assert!(offered.offers.iter().any(|offer| &*offer.name == "kind"), "{name}: {offered:?}");
    }
}

#[test]
fn what_is_offered_is_taken() {
    let text = format!("{TEXT}timeline:\n  - {{ at: 1s, do: {{ crash: | }} }}\n");
    for offer in at(&text).offers {
        let whole = text.replace('|', &offer.text);
        assert!(Scenario::read(whole.as_bytes(), systems::all()).is_ok(), "{whole}");
    }
}

#[test]
fn a_text_is_checked_and_completed_without_being_loaded() {
    let mut session = Session::new(systems::all(), LIBRARY);
    session.handle(Request::LoadLibrary { name: "leader-crash".into(), seed: None });
    session.handle(Request::PlayTo { at: Time::millis(900), budget: 100_000 });
    let Reply::Run(saved) = session.handle(Request::SaveRun { view: "".into() }) else { panic!("no run") };
    let mut problems = |text: &str| match session.handle(Request::Check(text.into())) {
        Reply::Checked(problems) => problems,
        other => panic!("{other:?}"),
    };
    assert_eq!(problems(TEXT), []);
    assert_eq!(problems(&saved), [], "a saved run is checked as one");
    assert_eq!(problems(&saved.replace("branches:", "branchs:"))[0].nearest.as_deref(), Some("branches"));
    let slip = &problems(&TEXT.replace("members", "membrs"))[0];
    assert_eq!((slip.line, slip.column, slip.nearest.as_deref()), (7, 5, Some("members")));
    let completed = session.handle(Request::Complete { text: TEXT.into(), line: 9, column: 1 });
    assert!(matches!(&completed, Reply::Completed(known) if !known.offers.is_empty()), "{completed:?}");
    let Reply::Run(after) = session.handle(Request::SaveRun { view: "".into() }) else { panic!("no run") };
    assert_eq!(after, saved);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_and_place_is_answered(text in "[ -~\\n{}\\[\\]:,'\"#äß世\\r-]{0,80}", line in 0u32..9, column in 0u32..90) {
        let _ = complete(&text, line, column, systems::all());
    }

    #[test]
    fn any_place_of_a_scenario_cut_anywhere_is_answered(which in 0usize..LIBRARY.len(), cut in 0usize..4_000, line in 0u32..60, column in 0u32..160) {
        let text = LIBRARY[which].1;
        let cut = (0..=cut.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let offered = complete(&text[..cut], line, column, systems::all());
        prop_assert!(offered.offers.len() <= 100);
    }
}

const COMPARISON: &str = "apiVersion: muster.dev/v1
kind: Comparison
metadata: { name: mine }
members: 3
systems:
  - name: raft
    kind: Raft
  - { name: set, kind: MongoReplicaSet }
clients: { rate: 5/s }
";

#[test]
fn a_comparison_is_written_with_the_same_help() {
    has("kind: |", &["Scenario", "Comparison"]);
    has(&format!("{COMPARISON}|"), &["timeline", "network", "until"]);
    has(&COMPARISON.replace("kind: Raft", "kind: |"), &["Raft", "MultiPaxos", "MongoReplicaSet"]);
    not(&COMPARISON.replace("kind: Raft", "kind: |"), "Workers");
    has(&COMPARISON.replace("    kind: Raft", "    kind: Raft\n    |"), &["spec", "without", "clients"]);
    has(&COMPARISON.replace("rate: 5/s", "rate: 5/s, ke|"), &["keys", "operations"]);
    has(
        &COMPARISON.replace("kind: Raft", "kind: Raft\n    spec: { hea| }"),
        &["heartbeat", "electionTimeout"],
    );
    has(&COMPARISON.replace("kind: Raft", "kind: Raft\n    without: [|]"), &["preVote", "durableLog"]);
    has(
        &COMPARISON.replace("kind: MongoReplicaSet", "kind: MongoReplicaSet, clients: { wr| }"),
        &["writeConcern"],
    );
    has(&format!("{COMPARISON}timeline:\n  - {{ at: 1s, do: {{ cr| }} }}\n"), &["crash", "cut"]);
    has(&format!("{COMPARISON}timeline:\n  - {{ at: 1s, do: {{ crash: | }} }}\n"), &["n1", "n2", "n3"]);
    has(
        &format!("{COMPARISON}timeline:\n  - {{ at: 1s, do: {{ crash: {{ select: | }} }} }}\n"),
        &["leader", "crashed"],
    );
    has(&format!("{COMPARISON}expect:\n  - always: {{ checks: | }}\n"), &["store", "clients"]);
}
