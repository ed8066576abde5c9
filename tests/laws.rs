//! DESIGN's laws that a reader of the sources can hold: who may know whom (law 3), and that the kernel, the session and the
//! scenario name no system. Clippy holds law 1 (`core/clippy.toml`); this file holds the directions.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A room of the core and the rooms it may name. A room may always name itself.
const ROOMS: &[(&str, &[&str])] = &[
    ("words", &[]),
    ("process", &["words"]),
    ("kernel", &["process", "words"]),
    ("consensus", &["process", "words"]),
    ("workers", &["consensus", "process", "words"]),
    ("demo", &["process", "words"]),
    ("view", &["process", "words"]),
    ("text", &["kernel", "process", "words"]),
    ("check/multi_paxos", &["check", "consensus", "kernel", "process", "words"]),
    ("check/paxos", &["check", "consensus", "kernel", "process", "words"]),
    ("check/workers", &["check", "kernel", "process", "words", "workers"]),
    ("check/raft", &["check", "consensus", "kernel", "process", "words"]),
    ("check/replica_set", &["check", "consensus", "kernel", "process", "words"]),
    ("check", &["kernel", "process", "words"]),
    ("check/explore", &["check", "kernel", "process", "scenario", "system", "text", "view", "words"]),
    ("scenario", &["check", "kernel", "process", "system", "text", "view", "words"]),
    ("system", &["check", "kernel", "process", "text", "view", "words"]),
    ("export", &["check", "kernel", "process", "scenario", "system", "text", "view", "words"]),
    ("session", &["check", "export", "kernel", "process", "scenario", "system", "text", "view", "words"]),
    (
        "systems",
        &[
            "check",
            "consensus",
            "demo",
            "kernel",
            "process",
            "scenario",
            "system",
            "text",
            "view",
            "words",
            "workers",
        ],
    ),
];

/// Rooms whose code names no system: not in a path, not in an identifier, not in a string.
const NAMELESS: &[&str] = &["process", "kernel", "text", "view", "system", "scenario", "session", "export"];
const NAMES: &[&str] = &["raft", "paxos", "replica_set", "replicaset"];

fn sources(of: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![of.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a readable folder") {
            let path = entry.expect("a readable entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The room a file of the core stands in; the longest match wins.
fn room(file: &str) -> Option<&'static (&'static str, &'static [&'static str])> {
    ROOMS
        .iter()
        .filter(|(room, _)| file.starts_with(&format!("{room}/")) || file == format!("{room}.rs"))
        .max_by_key(|(room, _)| room.len())
}

/// The code without comments and without test modules, which may reach anywhere.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap_or("");
    text.lines().map(|line| line.split("//").next().unwrap_or("")).collect::<Vec<_>>().join("\n")
}

fn named_rooms(code: &str) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    for rest in code.split("crate::").skip(1) {
        let inner = rest.strip_prefix('{').unwrap_or(rest);
        let word: String = inner.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
        if !word.is_empty() {
            named.insert(word);
        }
    }
    named
}

/// The core's two packages are one house to whoever walks through it.
const SOURCES: [&str; 2] = ["core/src", "core/engine/src"];

fn core_sources() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for root in SOURCES.map(|root| Path::new(env!("CARGO_MANIFEST_DIR")).join(root)) {
        for path in sources(&root) {
            let file = path.strip_prefix(&root).expect("below it").to_string_lossy().replace('\\', "/");
            let code = code(&fs::read_to_string(&path).expect("UTF-8 source"));
            found.push((file, code));
        }
    }
    found.retain(|(file, _)| !is_test(file));
    found
}

fn is_test(file: &str) -> bool {
    file.split('/').any(|part| part == "tests" || part == "tests.rs" || part.ends_with("_tests.rs"))
}

#[test]
fn law_3_knowledge_goes_one_way() {
    let mut broken = Vec::new();
    for (file, code) in core_sources() {
        if file == "lib.rs" {
            continue;
        }
        let Some((room, may_name)) = room(&file) else {
            broken.push(format!("{file}: no room of the map; add it to ROOMS with what it may know"));
            continue;
        };
        let own = room.split('/').next().unwrap_or(room);
        for named in named_rooms(&code) {
            if named != own && !may_name.contains(&named.as_str()) {
                broken.push(format!("{file}: names crate::{named}, which `{room}` may not know"));
            }
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn law_3_kernel_session_and_scenario_name_no_system() {
    let mut broken = Vec::new();
    for (file, code) in core_sources() {
        if !NAMELESS.iter().any(|room| file.starts_with(&format!("{room}/")) || file == format!("{room}.rs"))
        {
            continue;
        }
        // The library lists files by name, and a scenario's name may hold a system's.
        if file.starts_with("scenario/library") {
            continue;
        }
        for (number, line) in code.lines().enumerate() {
            if let Some(name) = NAMES.iter().find(|name| line.to_ascii_lowercase().contains(**name)) {
                broken.push(format!("{file}:{}: names {name}: {}", number + 1, line.trim()));
            }
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn page_and_command_know_the_core_only_through_the_session_and_its_vocabulary() {
    const MAY_NAME: &[&str] = &["session", "view", "process", "words", "systems"];
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut broken = Vec::new();
    for folder in ["web/src", "src"] {
        for path in sources(&root.join(folder)) {
            let code = code(&fs::read_to_string(&path).expect("UTF-8 source"));
            for rest in code.split("muster_core::").skip(1) {
                let word: String = rest.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
                if !MAY_NAME.contains(&word.as_str()) {
                    broken.push(format!("{}: names muster_core::{word}", path.display()));
                }
            }
            if code.contains("muster_engine") {
                broken.push(format!("{}: names the engine past the core", path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

/// Where the systems live that come after the first (`systems::first`), each a folder of one or more rooms.
const LATER: &[&str] = &[
    "check/multi_paxos",
    "check/paxos",
    "check/replica_set",
    "check/workers",
    "consensus/multi_paxos",
    "consensus/paxos",
    "consensus/replica_set",
    "systems/drivers",
    "systems/multi_paxos",
    "systems/paxos",
    "systems/replica_set",
    "systems/workers",
    "workers",
];

#[test]
fn what_a_first_visit_has_no_words_for_only_systems_that_come_later_say() {
    let words = Path::new(env!("CARGO_MANIFEST_DIR")).join("words/src/others");
    let areas: Vec<String> = sources(&words)
        .iter()
        .filter(|path| !path.ends_with("mod.rs"))
        .map(|path| {
            let text = fs::read_to_string(path).expect("UTF-8 source");
            let (before, _) = text.split_once("Key as K;").expect("a table of one area's keys");
            format!("{}Key", before.rsplit("::").next().unwrap_or(before))
        })
        .collect();
    assert!(areas.len() >= 17, "{areas:?}");
    let mut broken = Vec::new();
    for (file, code) in core_sources() {
        if file.starts_with("words/") || LATER.iter().any(|room| file.starts_with(&format!("{room}/"))) {
            continue;
        }
        let names: BTreeSet<&str> = code.split(|c: char| !c.is_ascii_alphanumeric()).collect();
        let said = areas.iter().filter(|area| names.contains(area.as_str()));
        broken.extend(said.map(|area| format!("{file}: says {area}, whose words may not be there")));
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn the_first_systems_are_none_of_those_that_come_later() {
    let systems = core_sources().into_iter().filter(|(file, _)| file.starts_with("systems/"));
    let systems: Vec<(String, String)> = systems.collect();
    for kind in muster_core::systems::first() {
        let says = format!("fn kind(&self) -> &'static str {{\n        {:?}\n", kind.kind());
        let home = systems.iter().find(|(_, code)| code.contains(&says));
        let (file, _) = home.unwrap_or_else(|| panic!("nothing in systems/ is called {}", kind.kind()));
        let later = LATER.iter().find(|room| file.starts_with(&format!("{room}/")));
        assert_eq!(later, None, "{} is among the first: its words must be there from the first", kind.kind());
    }
}
