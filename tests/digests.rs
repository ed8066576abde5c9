//! One seed, one history: every scenario's digest is the one written down in `tests/golden/digests.txt`, in every build
//! profile, whoever watches and in whatever order, with notes or without, and in a fresh process each time.
//!
//! `MUSTER_BLESS=1 cargo test --test digests written` writes the file anew, when a history was meant to change.

use muster_core::check::{Check, Watching};
use muster_core::kernel::{Event, Observer, World};
use muster_core::scenario::{Run, Scenario, Step};
use muster_core::session::golden;
use muster_core::session::headless::library_names;
use muster_core::systems;
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

/// Every scenario of the library, by its file.
fn scenarios() -> Vec<(PathBuf, Arc<Scenario>)> {
    let entries = std::fs::read_dir(root().join("scenarios")).expect("scenarios");
    let mut files: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    let read = |path: PathBuf| {
        let bytes = std::fs::read(&path).expect("a file");
        let scenario = Scenario::read(&bytes, systems::all()).expect("a good scenario");
        (path, Arc::new(scenario))
    };
    files.into_iter().map(read).collect()
}

/// Looks at everything and asks for notes.
#[derive(Default)]
struct Listening {
    events: u64,
    notes: u64,
}

impl Observer for Listening {
    fn saw(&mut self, _world: &World, event: &Event<'_>) {
        self.events += 1;
        self.notes += event.notes.len() as u64;
    }
    fn wants_notes(&self) -> bool {
        true
    }
}

/// Runs to the end with these watching, and says what the history came to.
fn digest(scenario: &Arc<Scenario>, checks: bool, observers: &mut [&mut dyn Observer]) -> String {
    let mut run = Run::with(scenario.clone(), None, checks);
    while matches!(run.step(observers), Step::Event | Step::Violation(_)) {}
    format!("{:032x}", run.digest())
}

fn checks_of(scenario: &Scenario) -> Vec<Box<dyn Check>> {
    let numbered = (0u16..).zip(&scenario.systems);
    numbered.flat_map(|(number, system)| system.group.checks(number)).collect()
}

/// What is written down: `name digest`, one a line, as `muster run --all --digest` prints it.
fn golden() -> String {
    std::fs::read_to_string(root().join("tests/golden/digests.txt")).expect("tests/golden/digests.txt")
}

#[test]
fn digests_are_as_written_down() {
    let names: Vec<&str> = library_names().collect();
    let line = |name: &&str| {
        let digest = golden::digest(name, systems::all()).expect("a good scenario");
        format!("{name} {digest}\n")
    };
    let told = names.par_iter().map(line).collect::<Vec<_>>().concat();
    if std::env::var_os("MUSTER_BLESS").is_some() {
        let folder = root().join("tests/golden");
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join("digests.txt"), &told).expect("written");
    }
    assert_eq!(
        told,
        golden(),
        "histories have changed; if that was meant: MUSTER_BLESS=1 cargo test --test digests written"
    );
}

#[test]
fn whoever_watches_changes_nothing() {
    scenarios().into_par_iter().for_each(|(_, scenario)| {
        let alone = digest(&scenario, false, &mut []);
        assert_eq!(digest(&scenario, true, &mut []), alone, "{}: checks", scenario.name);
        let (mut listening, mut second) = (Listening::default(), Listening::default());
        assert_eq!(digest(&scenario, true, &mut [&mut listening]), alone, "{}: notes", scenario.name);
        assert!(listening.events > 0 && listening.notes > 0, "{}: nothing was noted", scenario.name);
        let mut forward = Watching::new(checks_of(&scenario));
        assert_eq!(digest(&scenario, false, &mut [&mut forward, &mut second]), alone, "{}", scenario.name);
        let mut backward = Watching::new(checks_of(&scenario).into_iter().rev());
        let told = digest(&scenario, false, &mut [&mut second, &mut backward]);
        assert_eq!(told, alone, "{}: another order", scenario.name);
        let sorted = |watching: &Watching| {
            let mut all: Vec<_> = watching.broken.iter().map(|broken| (broken.event, broken.check)).collect();
            all.sort_unstable();
            all
        };
        assert_eq!(sorted(&forward), sorted(&backward), "{}: what broke", scenario.name);
    });
}

/// What the command writes of a scenario in a process of its own.
fn told(args: &[&str], path: &Path) -> String {
    let run = Command::new(env!("CARGO_BIN_EXE_muster")).args(args).arg(path).output();
    String::from_utf8(run.expect("the command runs").stdout).expect("text")
}

#[test]
fn a_written_trace_changes_nothing() {
    let golden = golden();
    scenarios().into_par_iter().for_each(|(path, scenario)| {
        let (_, digest) = golden
            .lines()
            .filter_map(|line| line.split_once(' '))
            .find(|(name, _)| **name == *scenario.name)
            .expect("a line");
        let alone;
        let digest = match scenario.sides.first() {
            // What is written down is of all sides together; a trace is of the first.
            Some(side) => {
                alone = self::digest(&side.scenario, false, &mut []);
                &*alone
            }
            None => digest,
        };
        let trace = told(&["trace", "--to", "jsonl"], &path);
        let last = trace.lines().last().expect("a trace ends with what it came to");
        assert!(last.contains(digest), "{}: {digest} is not in {last}", scenario.name);
    });
}

/// Every scenario in so many processes.
fn in_fresh_processes(each: usize) {
    let (golden, scenarios) = (golden(), scenarios());
    (0..each * scenarios.len()).into_par_iter().for_each(|nth| {
        let (path, scenario) = &scenarios[nth % scenarios.len()];
        let line = told(&["run", "--digest"], path);
        assert!(line.starts_with(&*scenario.name) && golden.contains(&line), "{line} is not written down");
    });
}

#[test]
fn a_hundred_fresh_processes_tell_the_same() {
    in_fresh_processes(100usize.div_ceil(scenarios().len()));
}

/// `cargo test --release --test digests -- --ignored`: every scenario in a hundred processes.
#[test]
#[ignore = "2,500 processes"]
fn a_hundred_fresh_processes_a_scenario_tell_the_same() {
    in_fresh_processes(100);
}
