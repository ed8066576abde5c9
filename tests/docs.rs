//! The reference pages under `docs/` are what the program's own registries say. With `MUSTER_WRITE_DOCS=1` this test writes
//! them; without, it fails where a page says something else. The other pages are written by hand: their scenarios are read,
//! and what they link to is there.

use muster_core::process::Phrase;
use muster_core::scenario::Scenario;
use muster_core::session::listing::{Listing, listing};
use muster_core::session::schema;
use muster_core::systems;
use muster_core::words::Key;
use muster_words::{Lang, NoNames};
use std::fmt::Write;
use std::path::Path;

fn says(key: Key) -> String {
    muster_words::text(&Phrase::bare(key), &NoNames, Lang::En)
}

/// A table in Markdown; a bar in a cell would end it.
fn table(titles: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let row = |cells: Vec<String>| {
        format!("| {} |\n", cells.iter().map(|cell| cell.replace('|', "\\|")).collect::<Vec<_>>().join(" | "))
    };
    let mut text = row(titles.iter().map(|title| title.to_string()).collect());
    text += &row(titles.iter().map(|_| "---".to_string()).collect());
    rows.for_each(|cells| text += &row(cells));
    text
}

fn code(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("`{text}`") }
}

fn scenarios(listing: &Listing) -> String {
    let mut text = String::from(
        "# Scenarios of the library\n\nRun one with `muster run NAME`, or open it in the page. Each is also a test.\n",
    );
    for entry in &listing.scenarios {
        let (title, story) = (entry.title.en.trim(), entry.story.en.trim());
        let _ = write!(text, "\n## {title}\n\n`{}` ({})\n\n{story}\n", entry.name, entry.kinds.join(", "));
    }
    text
}

fn rules(listing: &Listing) -> String {
    let mut text = String::from(
        "# Rules\n\nA system's rules can be switched off by name, in `without:`, to see why they are there.\n",
    );
    for system in listing.systems.iter().filter(|system| !system.rules.is_empty()) {
        let rows =
            system.rules.iter().map(|rule| vec![code(rule.name), says(rule.reason), rule.source.into()]);
        let _ = write!(text, "\n## {}\n\n{}", system.kind, table(&["rule", "without it", "source"], rows));
    }
    text
}

fn vocabulary(listing: &Listing) -> String {
    let mut text = String::from("# Names in scenario files\n\n## Commands of a timeline, as in `do:`\n\n");
    let rows = listing.commands.iter().filter(|command| command.system.is_none());
    text += &table(
        &["command", "what it does"],
        rows.map(|command| vec![code(&command.name), command.about.clone()]),
    );
    text += "\n## Commands of systems, as in `do: { order: { verb: stepDown, with: { secs: 60 }, of: rs } }`\n\nWhere a \
             command of the same name stands above, that one takes the fields of its own, and these only stand in `with:`.\n\n";
    let rows = listing.commands.iter().filter_map(|command| Some((command, command.system?)));
    text += &table(
        &["verb", "system", "what it takes in `with:`"],
        rows.map(|(command, system)| vec![code(&command.name), system.into(), command.about.clone()]),
    );
    text += "\n## A lesson's steps, as in `lesson:`\n";
    let schema = schema::scenario(systems::all());
    for (part, title) in [
        ("LessonStep", "step"),
        ("Prediction", "field of `predict:`"),
        ("LessonAnswer", "field of an answer"),
        ("LessonWho", "field of `who:`"),
        ("LessonDeed", "field of `do:`"),
    ] {
        let _ = write!(text, "\n{}", fields(&schema, part, title));
    }
    text += "\n## A comparison, as in `kind: Comparison`\n\nOne schedule of clients and one list of faults on two or three systems; see `muster compare`. On every side the system \
             that is compared is called `store`, and its clients `clients`.\n\n";
    let comparison = schema::comparison(systems::all());
    text += &fields_of(&comparison, "field");
    for (part, title) in [
        ("Side", "field of a side"),
        ("Clients", "field of `clients:`"),
        ("ScheduleWeights", "field of `mix:`"),
    ] {
        let _ = write!(text, "\n{}", fields(&comparison, part, title));
    }
    for system in &listing.systems {
        let _ =
            write!(text, "\n## {}\n\nMembers: {} to {}.\n", system.kind, system.members.0, system.members.1);
        let names = |names: &[&str]| names.iter().map(|name| code(name)).collect::<Vec<_>>().join(", ");
        for (title, all) in [("Selectors", &system.selectors), ("Facts", &system.facts)] {
            if !all.is_empty() {
                let _ = write!(text, "\n{title}: {}.\n", names(all));
            }
        }
        if !system.checks.is_empty() {
            let rows = system.checks.iter().map(|(name, title)| vec![code(name), says(*title)]);
            let _ = write!(text, "\n{}", table(&["check", "what it holds"], rows));
        }
    }
    text
}

/// What a part of a scenario file takes, as the types say that read it.
fn fields(schema: &serde_json::Value, part: &str, title: &str) -> String {
    fields_of(&schema["$defs"][part], title)
}

fn fields_of(part: &serde_json::Value, title: &str) -> String {
    let needed =
        |name: &str| part["required"].as_array().is_some_and(|all| all.iter().any(|one| one == name));
    let properties = part["properties"].as_object().expect("a part of a file has fields");
    let rows = properties.iter().map(|(name, field)| {
        let about = field["description"].as_str().expect("every field is described");
        vec![code(name), if needed(name) { "yes" } else { "" }.into(), about.replace('\n', " ")]
    });
    table(&[title, "needed", "what it says"], rows)
}

#[test]
fn pages_say_what_the_registries_say() {
    let listing = listing(systems::all());
    let pages = [
        ("scenarios.md", scenarios(&listing)),
        ("rules.md", rules(&listing)),
        ("vocabulary.md", vocabulary(&listing)),
    ];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let mut stale = Vec::new();
    for (name, text) in pages {
        let text = format!("<!-- Written from the program's registries; see tests/docs.rs. -->\n\n{text}");
        let path = folder.join(name);
        if std::env::var_os("MUSTER_WRITE_DOCS").is_some() {
            std::fs::create_dir_all(&folder).expect("a folder");
            std::fs::write(&path, text).expect("a page");
        } else if std::fs::read_to_string(&path).is_ok_and(|there| there == text) {
            continue;
        } else {
            stale.push(name);
        }
    }
    assert!(
        stale.is_empty(),
        "{stale:?}: run `MUSTER_WRITE_DOCS=1 cargo test --test docs` and read the difference"
    );
}

#[test]
fn scenarios_in_pages_written_by_hand_are_read_and_their_links_lead_somewhere() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let page = std::fs::read_to_string(folder.join("replica-set-config.md")).expect("a page");
    let blocks: Vec<&str> =
        page.split("```yaml\n").skip(1).filter_map(|block| block.split("```").next()).collect();
    assert!(!blocks.is_empty());
    for block in blocks {
        let read = Scenario::read(block.as_bytes(), systems::all());
        assert!(read.is_ok_and(|scenario| scenario.warnings.is_empty()), "{block}");
    }
    let links: Vec<&str> = page.split("](").skip(1).filter_map(|link| link.split(')').next()).collect();
    assert!(!links.is_empty());
    for link in links {
        assert!(folder.join(link).exists(), "{link}");
    }
    let readme = std::fs::read_to_string(folder.join("../README.md")).expect("a page");
    assert!(readme.contains("](docs/replica-set-config.md)"), "nobody finds the page");
}
