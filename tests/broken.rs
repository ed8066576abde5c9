//! Files that are wrong in the ways files are wrong: each is answered with its place, what was found, what was expected and
//! the nearest valid name, within a second, and nothing panics. What must be said stands beside each file in `*.said`;
//! `REWRITE=1` writes it anew, to be read before it is kept.

mod worked;

use muster_core::scenario::{Run, Scenario, Step};
use muster_core::systems;
use muster_core::text::Problem;
use muster_words::{Lang, NoNames};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use worked::worked;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken")
}

fn said(name: &str, problems: &[Problem]) -> String {
    let mut out = String::new();
    for problem in problems {
        for lang in Lang::ALL {
            let text = muster_words::text(&problem.phrase, &NoNames, *lang);
            write!(out, "{name}:{}:{} {}: {text}", problem.line, problem.column, problem.path)
                .expect("a text");
            match &problem.nearest {
                Some(near) => writeln!(out, " ({near}?)").expect("a text"),
                None => out.push('\n'),
            }
        }
    }
    out
}

/// Reads, and must fail within a second's work.
fn refused(name: &str, bytes: &[u8]) -> Vec<Problem> {
    refused_within(Duration::from_secs(1), name, bytes)
}

fn refused_within(bound: Duration, name: &str, bytes: &[u8]) -> Vec<Problem> {
    let (problems, took) = worked(|| Scenario::read(bytes, systems::all()).expect_err(name));
    assert!(took < bound, "{name} took {took:?}");
    assert!(problems.iter().any(|problem| !problem.warning), "{name}: only warnings");
    problems
}

#[test]
fn every_broken_file_is_answered_with_its_place() {
    let mut files: Vec<_> =
        std::fs::read_dir(folder()).expect("files").map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "yaml"));
    files.sort();
    assert!(files.len() >= 20, "only {} files", files.len());
    let mut wrong = String::new();
    for path in files {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let found = said(&name, &refused(&name, &std::fs::read(&path).expect("a file")));
        let beside = path.with_extension("said");
        if std::env::var_os("REWRITE").is_some() {
            std::fs::write(&beside, &found).expect("a file that can be written");
        }
        let expected = std::fs::read_to_string(&beside).unwrap_or_default();
        if found != expected {
            write!(wrong, "{name} said\n{found}and should have said\n{expected}").expect("a text");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn thirty_megabytes_are_refused_before_they_are_read() {
    let problems = refused_within(Duration::from_millis(300), "30 MB", &vec![b'['; 30_000_000]);
    assert_eq!(problems[0].phrase.key, muster_core::words::scenario::ScenarioKey::TooLarge.into());
}

#[test]
fn what_is_as_large_as_allowed_is_answered_within_a_second() {
    let large = |piece: &str| piece.repeat(1_000_000 / piece.len());
    for text in [
        large("["),
        large("{"),
        large("- "),
        large("? "),
        large("a: &a [*a]\n"),
        large("a: 1\n"),
        large("\""),
    ] {
        refused("as large as allowed", text.as_bytes());
    }
    let deep: String = (0..1_400).map(|depth| format!("{}a:\n", " ".repeat(depth.min(700)))).collect();
    refused("as deep as allowed", deep.as_bytes());
}

const HEAD: &str = "apiVersion: muster.dev/v1\nkind: Scenario\nmetadata: { name: large }\n\
                    systems: [{ name: kv, kind: Raft, members: 3 }]\n";

#[test]
fn of_very_many_problems_the_first_ones_are_said() {
    let text = format!("{HEAD}timeline:\n{}", "- { at: 1s, do: { crash: nobody } }\n".repeat(1_000));
    let problems = refused("a thousand problems", text.as_bytes());
    assert_eq!(problems.len(), 21);
    assert_eq!(&*problems[19].path, "timeline[19].do.crash");
    assert_eq!(problems[20].phrase.key, muster_core::words::scenario::ScenarioKey::MaybeMore.into());
}

/// A claim of it is a phrase; a page's thread has a stack of a megabyte.
#[test]
fn a_claim_of_thousands_of_parts_needs_no_large_stack() {
    let text = format!("{HEAD}expect:\n- eventually: {{ all: [{}] }}\n", "{ leader: kv }, ".repeat(20_000));
    let work = move || {
        let scenario = Scenario::read(text.as_bytes(), systems::all()).expect("a scenario");
        let claim = scenario.expectations[0].claim.clone();
        muster_words::text(&claim, &NoNames, Lang::En).len()
    };
    let small = std::thread::Builder::new().stack_size(512 << 10).spawn(work).expect("a thread");
    assert!(small.join().expect("a stack that was large enough") > 20_000 * 20);
}

#[test]
fn a_run_past_its_budget_says_so() {
    let text = "apiVersion: muster.dev/v1\nkind: Scenario\nmetadata: { name: long }\nbudget: 1000\nuntil: 1h\n\
                systems: [{ name: kv, kind: Raft, members: 5 }]\n";
    let scenario = Scenario::read(text.as_bytes(), systems::all()).expect("a scenario");
    let mut run = Run::new(Arc::new(scenario));
    assert_eq!(run.finish(&mut []), Step::Budget);
    assert_eq!(run.world().ordinal(), 1000);
}

#[test]
fn objects_beside_a_scenario_are_kept_with_a_warning() {
    let text = "apiVersion: muster.dev/v1\nkind: Scenario\nmetadata: { name: two }\n\
                systems: [{ name: kv, kind: Raft, members: 3 }]\n---\napiVersion: apps/v1\nkind: Deployment\n";
    let scenario = Scenario::read(text.as_bytes(), systems::all()).expect("a scenario");
    assert_eq!(scenario.objects.len(), 1);
    assert_eq!((scenario.warnings.len(), scenario.warnings[0].line), (1, 6));
}
