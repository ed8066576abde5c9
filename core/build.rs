//! Lists the files under `scenarios/`, by name and number, for the library that the core carries along: once all of them with
//! their texts, and once only those with their texts that the first kinds of systems can play, and of the others what a list of
//! scenarios says of them.
//!
//! A build script cannot use the package that it builds, so the heads are read here with the same parser and nothing else; a test
//! (`core/src/scenario/library.rs`) holds each against what the core itself reads.

use saphyr_parser::{Event, Parser};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The kinds of systems that are there from the first (`systems::first`, which a test holds against this).
const FIRST: &[&str] = &["Raft", "Clients"];

type Failed = Box<dyn std::error::Error>;

/// A name with its numbers at one width, so that the tenth comes after the ninth.
fn counted(name: &str) -> String {
    let mut key = String::new();
    let mut rest = name;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, number) = rest.split_at(at);
        let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
        key.push_str(before);
        key.push_str(&format!("{:0>12}", &number[..end]));
        rest = &number[end..];
    }
    key + rest
}

/// A document, as far as a head needs one.
enum Node {
    Scalar(String),
    List(Vec<Node>),
    Map(Vec<(Node, Node)>),
}

impl Node {
    fn text(&self) -> Option<&str> {
        if let Node::Scalar(text) = self { Some(text) } else { None }
    }

    fn items(&self) -> &[Node] {
        if let Node::List(items) = self { items } else { &[] }
    }

    fn get(&self, key: &str) -> Option<&Node> {
        let Node::Map(entries) = self else { return None };
        entries.iter().find(|(name, _)| name.text() == Some(key)).map(|(_, value)| value)
    }
}

/// The next node of a stream, if what comes is one.
fn node(events: &mut Parser<'_, impl saphyr_parser::Input>) -> Result<Option<Node>, Failed> {
    let Some(event) = events.next_event() else { return Ok(None) };
    Ok(match event?.0 {
        Event::Scalar(text, ..) => Some(Node::Scalar(text.into_owned())),
        Event::SequenceStart(..) => {
            let mut items = Vec::new();
            while let Some(item) = node(events)? {
                items.push(item);
            }
            Some(Node::List(items))
        }
        Event::MappingStart(..) => {
            let mut entries = Vec::new();
            while let Some(key) = node(events)? {
                entries.push((key, node(events)?.ok_or("a key without a value")?));
            }
            Some(Node::Map(entries))
        }
        Event::SequenceEnd | Event::MappingEnd => None,
        other => return Err(format!("{other:?} is not looked for in the library").into()),
    })
}

/// The documents of a text.
fn documents(text: &str) -> Result<Vec<Node>, Failed> {
    let mut events = Parser::new_from_str(text);
    let mut found = Vec::new();
    while let Some(event) = events.next_event() {
        if let Event::DocumentStart(_) = event?.0 {
            found.extend(node(&mut events)?);
        }
    }
    Ok(found)
}

/// What a list says of a scenario, as `scenario::Head` has it.
struct Head {
    /// English and Chinese.
    title: [String; 2],
    story: [String; 2],
    kinds: Vec<String>,
    steps: usize,
    sides: usize,
}

impl Head {
    fn read(text: &str) -> Result<Head, Failed> {
        let documents = documents(text)?;
        let kind = |document: &Node| document.get("kind").and_then(|kind| kind.text().map(str::to_owned));
        let mut known = documents.iter().filter_map(|document| Some((document, kind(document)?)));
        let found = known.find(|(_, kind)| kind == "Scenario" || kind == "Comparison");
        let (document, kind) = found.ok_or("neither a scenario nor a comparison")?;
        let both = |name: &str| -> Result<[String; 2], Failed> {
            let Some(said) = document.get("metadata").and_then(|data| data.get(name)) else {
                return Ok(Default::default());
            };
            let of = |lang| said.get(lang).and_then(Node::text).ok_or_else(|| format!("no {lang} {name}"));
            Ok([of("en")?.into(), of("zh")?.into()])
        };
        let items = |name: &str| document.get(name).map_or(&[][..], Node::items);
        let systems = items("systems").iter();
        let mut kinds: Vec<String> =
            systems.filter_map(|system| system.get("kind")?.text().map(str::to_owned)).collect();
        kinds.dedup();
        let sides = if kind == "Comparison" { items("systems").len() } else { 0 };
        let (title, story) = (both("title")?, both("story")?);
        Ok(Head { title, story, kinds, steps: items("lesson").len(), sides })
    }

    fn is_first(&self) -> bool {
        self.kinds.iter().all(|kind| FIRST.contains(&&**kind))
    }

    /// As `library::Brief` is written.
    fn written(&self) -> String {
        let Head { title: [t_en, t_zh], story: [s_en, s_zh], kinds, steps, sides } = self;
        format!(
            "Brief {{ title: ({t_en:?}, {t_zh:?}), story: ({s_en:?}, {s_zh:?}), kinds: &{kinds:?}, steps: {steps}, sides: {sides} }}"
        )
    }
}

fn main() -> Result<(), Failed> {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../scenarios").canonicalize()?;
    println!("cargo:rerun-if-changed={}", folder.display());
    let mut files: Vec<PathBuf> =
        fs::read_dir(&folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_, std::io::Error>>()?;
    files.retain(|path| path.extension().is_some_and(|ending| ending == "yaml"));
    files.sort_by_key(|path| counted(&path.to_string_lossy()));
    let (mut all, mut texts, mut heads) = (String::new(), String::new(), String::new());
    for (place, path) in files.iter().enumerate() {
        println!("cargo:rerun-if-changed={}", path.display());
        let name =
            path.file_stem().and_then(|stem| stem.to_str()).ok_or("a scenario's file name is not UTF-8")?;
        let text = fs::read_to_string(path)?;
        let head = Head::read(&text).map_err(|why| format!("{}: {why}", path.display()))?;
        let entry = format!("    ({name:?}, include_str!({:?})),", path.display().to_string());
        writeln!(all, "{entry}")?;
        if head.is_first() {
            writeln!(texts, "{entry}")?;
        } else {
            writeln!(heads, "    ({place}, {name:?}, {}),", head.written())?;
        }
    }
    let put = |name: &str, list: &str| {
        fs::write(Path::new(&env::var("OUT_DIR")?).join(name), format!("&[\n{list}]\n")).map_err(Failed::from)
    };
    put("library.rs", &all)?;
    put("library_first.rs", &texts)?;
    put("library_heads.rs", &heads)
}
