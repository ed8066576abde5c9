//! A run as a file that people can read: the scenario's text as it is, and behind it one more YAML document, `kind: Run`, with
//! the seed, every branch with its own commands, and the place that was shown.
//!
//! What is read comes from anybody: it is bounded as every text is, and every error has its place in the file and the nearest
//! valid name. Of the page's view it knows only how long it may be.

use super::api::{Failure, Loaded};
use super::link::{LONGEST_COMMAND, LONGEST_NAME, LinkCommand, MOST_COMMANDS};
use super::playing::{Origin, Playing};
use super::share::braced;
use super::tape::Tape;
use super::tree::{LONGEST_VIEW, LinkPlan, MOST_BRANCHES, Tree, Twig, is_name};
use super::{ENGINE, Session};
use crate::process::{Arg, Phrase, Time};
use crate::scenario::command::Command;
use crate::scenario::model::API_VERSION;
use crate::text::doc;
use crate::text::typed::{At, Fault, FromDoc, Node, refuse, typed};
use crate::text::{Doc, Instant, NodeId, Problem, clipped, flow};
use crate::view::Place;
use crate::words::scenario::ScenarioKey;
use crate::words::session::SessionKey as K;
use muster_derive::FromDoc;
use serde::Serialize;
use std::fmt::Write;
use std::sync::Arc;

/// What the document is.
const KIND: &str = "Run";
/// Most bytes of a file: a scenario as long as any, and a document as long as any behind it.
const MAX_BYTES: usize = 2 * doc::MAX_BYTES;

/// May a file be so long? Asked before it is fetched from wherever it is.
pub fn fits(bytes: u64) -> Result<(), Phrase> {
    doc::fits(bytes, MAX_BYTES)
}

/// The document of a run.
#[derive(FromDoc)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct File {
    /// `muster.dev/v1`.
    api_version: At<Arc<str>>,
    /// `Run`.
    #[expect(dead_code, reason = "by it the document was found")]
    kind: Arc<str>,
    /// Version of the engine that wrote it.
    #[serde(default)]
    engine: Option<At<Arc<str>>>,
    /// The seed in force; the scenario's own, if left out.
    #[serde(default)]
    seed: Option<u64>,
    /// The place shown; the beginning of the first branch, if left out.
    #[serde(default)]
    shown: Option<At<Spot>>,
    /// What else the page showed, in the page's own words.
    #[serde(default)]
    view: Option<At<Arc<str>>>,
    /// Branches, each after the one it leaves.
    branches: Vec<At<Branch>>,
}

/// A place on a branch.
#[derive(Serialize, FromDoc)]
#[serde(deny_unknown_fields)]
struct Spot {
    /// Which branch, counted from 1.
    branch: u32,
    /// After how many events.
    event: u64,
    /// When.
    at: Instant,
    /// The digest there, if it is to be compared: the upper 64 bits, in hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    digest: Option<Hex>,
}

/// How far a branch goes.
#[derive(Serialize, FromDoc)]
#[serde(deny_unknown_fields)]
struct Reach {
    /// After how many events.
    event: u64,
    /// When.
    at: Instant,
}

/// A branch.
#[derive(FromDoc)]
#[serde(deny_unknown_fields)]
struct Branch {
    /// Its name, if it was given one.
    #[serde(default)]
    name: Option<At<Arc<str>>>,
    /// Where it leaves another; the first leaves none.
    #[serde(default)]
    off: Option<At<Spot>>,
    /// How far it was simulated.
    #[serde(default)]
    to: Option<Reach>,
    /// What was done by hand on it since then.
    #[serde(default)]
    commands: Vec<At<Step>>,
    /// What is still to be done on it where it goes on.
    #[serde(default)]
    plan: Vec<At<Plan>>,
}

/// A command for an instant to come.
#[derive(FromDoc)]
#[serde(deny_unknown_fields)]
struct Plan {
    /// When.
    at: Instant,
    /// After how many events of that instant; none, if left out.
    #[serde(default)]
    after: u64,
    /// What.
    #[serde(rename = "do")]
    command: At<Command>,
}

/// A command given by hand.
#[derive(FromDoc)]
#[serde(deny_unknown_fields)]
struct Step {
    /// After how many events.
    event: u64,
    /// When.
    at: Instant,
    /// What.
    #[serde(rename = "do")]
    command: At<Command>,
}

/// A number of 64 bits in hexadecimal.
struct Hex(u64);

impl FromDoc for Hex {
    fn from_doc(node: Node<'_>) -> Result<Self, Fault> {
        let text = node.text(ScenarioKey::ExpectText)?;
        let digits = text.len() <= 16 && text.chars().all(|c| c.is_ascii_hexdigit());
        let number = u64::from_str_radix(text, 16).ok().filter(|_| digits);
        number.map(Hex).ok_or_else(|| node.refuse(refuse(ScenarioKey::NotADigest, &[text])))
    }
}

impl Serialize for Hex {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(&format_args!("{:016x}", self.0))
    }
}

fn place(event: u64, at: Instant) -> Place {
    Place { ordinal: event, at: at.0 }
}

fn at(place: Place) -> Instant {
    Instant(place.at)
}

/// Might this be a run, rather than a scenario alone?
pub fn holds_run(text: &str) -> bool {
    text.lines().any(|line| line.strip_prefix("kind:").is_some_and(|kind| kind.trim() == KIND))
}

impl Playing {
    /// The whole run as a file.
    pub(super) fn save_run(&self, view: &str) -> Result<Arc<str>, Phrase> {
        super::bounded(view, LONGEST_VIEW)?;
        let (tree, seed) = (self.tree(), self.scenario.seed);
        tree.check().map_err(Phrase::from)?;
        let mut text = self.scenario.text.to_string();
        if !text.ends_with('\n') {
            text.push('\n');
        }
        let scenario = text.len();
        // Writing to a text cannot fail.
        let _ = write!(
            text,
            "---\n# A run of the scenario above: what was done by hand, on every branch, and the place that was shown.\n\
             apiVersion: {API_VERSION}\nkind: {KIND}\nengine: {ENGINE}\nseed: {seed}\n"
        );
        let (event, digest) = (tree.shown.ordinal, Some(Hex(tree.digest)));
        let shown = Spot { branch: tree.branch + 1, event, at: at(tree.shown), digest };
        let _ = writeln!(text, "shown: {}", flow::line(&shown));
        if !view.is_empty() {
            let _ = writeln!(text, "view: {}", flow::line(view));
        }
        text.push_str("branches:\n");
        for twig in &tree.branches {
            write_branch(&mut text, twig);
        }
        // What is saved can be opened: it is said now if it could not.
        fits(text.len() as u64)?;
        Doc::read(&text.as_bytes()[scenario..]).map_err(|problem| problem.phrase)?;
        Ok(text.into())
    }
}

fn write_branch(text: &mut String, twig: &Twig) {
    let reach = Reach { event: twig.far.ordinal, at: at(twig.far) };
    let _ = writeln!(text, "  - to: {}", flow::line(&reach));
    if let Some(name) = &twig.name {
        let _ = writeln!(text, "    name: {}", flow::line(&**name));
    }
    if let Some((off, place)) = twig.off {
        let off = Spot { branch: off + 1, event: place.ordinal, at: at(place), digest: None };
        let _ = writeln!(text, "    off: {}", flow::line(&off));
    }
    if !twig.commands.is_empty() {
        text.push_str("    commands:\n");
    }
    for LinkCommand { place, text: command } in &twig.commands {
        let (event, at, command) = (place.ordinal, at(*place), braced(command));
        let _ = writeln!(text, "      - {{ event: {event}, at: {at}, do: {command} }}");
    }
    if !twig.plan.is_empty() {
        text.push_str("    plan:\n");
    }
    for LinkPlan { at, after, text: command } in &twig.plan {
        let (at, command) = (Instant(*at), braced(command));
        let _ = writeln!(text, "      - {{ at: {at}, after: {after}, do: {command} }}");
    }
}

impl Session {
    /// Opens a saved run. What is played stays as it is if that fails.
    pub(super) fn open_run(&mut self, text: &str, seed: Option<u64>) -> Result<Loaded, Failure> {
        let (playing, view) = self.read_run(text, seed)?;
        Ok(self.set_out(playing, view))
    }

    /// A saved run, still at its beginning, and what the page showed.
    pub(super) fn read_run(&self, text: &str, seed: Option<u64>) -> Result<(Playing, Arc<str>), Failure> {
        let wrong = |problem: Problem| Failure::Text(vec![problem]);
        fits(text.len() as u64).map_err(|phrase| wrong(Problem::whole(phrase)))?;
        let (scenario, run, above) = apart(text);
        let doc = Doc::part(run, above).map_err(wrong)?;
        let kind = |root: NodeId| doc.get(root, "kind").and_then(|kind| doc.text(kind));
        let only = <[NodeId; 1]>::try_from(doc.roots()).ok().map(|[root]| root);
        let last = only.filter(|root| kind(*root).is_some_and(|kind| &**kind == KIND));
        let root = last.ok_or_else(|| wrong(Problem::whole(Phrase::bare(ScenarioKey::RunComesLast))))?;
        let scenario: Arc<str> = scenario.into();
        let read = Reader { doc: &doc };
        let file: File = typed(&doc, root, "").map_err(wrong)?;
        let tree = read.tree(&file).map_err(wrong)?;
        let known = self.library.name_of(&scenario);
        let origin = known.map_or(Origin::Text, |name| Origin::Library(name.into()));
        let scenario = self.read(&scenario, seed.or(file.seed)).map_err(Failure::Text)?;
        let engine = file.engine.map_or_else(|| "?".into(), |engine| engine.value);
        let view = file.view.map_or_else(|| "".into(), |view| view.value);
        let playing = Playing::of_tree(scenario, origin, &tree, engine, Tape::default(), None);
        let mut playing = playing.map_err(Failure::Refused)?;
        if file.shown.is_none_or(|shown| shown.value.digest.is_none()) {
            playing.says_no_digest();
        }
        Ok((playing, view))
    }
}

/// What stands above the last document of a text, that document with the mark it begins with, and how many lines are above it.
/// A line that begins with such a mark can be nothing else (YAML 1.2.2, section 9.1.2).
fn apart(text: &str) -> (&str, &str, u32) {
    let (mut end, mut above, mut at) = (0, 0, 0);
    for (number, line) in (0..).zip(text.split_inclusive('\n')) {
        if line.trim_end() == "---" || line.starts_with("--- ") {
            (end, above) = (at, number);
        }
        at += line.len();
    }
    (&text[..end], &text[end..], above)
}

/// Checks what the document says against itself.
struct Reader<'a> {
    doc: &'a Doc,
}

impl Reader<'_> {
    fn wrong(&self, node: NodeId, path: &str, phrase: Phrase) -> Problem {
        let spot = self.doc.spot(node);
        let (line, column, length) = (spot.line, spot.column, spot.length.max(1));
        Problem { line, column, length, path: path.into(), phrase, nearest: None, warning: false }
    }

    fn bounded(&self, text: &At<Arc<str>>, most: usize, path: &str) -> Result<(), Problem> {
        super::bounded(text, most).map_err(|phrase| self.wrong(text.node, path, phrase))
    }

    fn tree(&self, file: &File) -> Result<Tree, Problem> {
        if &*file.api_version.value != API_VERSION {
            let args = [clipped(&file.api_version), clipped(API_VERSION)];
            let phrase = Phrase::new(ScenarioKey::ApiVersion, args);
            let problem = self.wrong(file.api_version.node, "apiVersion", phrase);
            return Err(Problem { nearest: Some(API_VERSION.into()), ..problem });
        }
        if let Some(engine) = &file.engine {
            self.bounded(engine, LONGEST_NAME, "engine")?;
        }
        if let Some(view) = &file.view {
            self.bounded(view, LONGEST_VIEW, "view")?;
        }
        let Some(first) = file.branches.first() else {
            return Err(Problem::whole(Phrase::new(
                ScenarioKey::MissingField,
                [Arg::Name("branches".into())],
            )));
        };
        self.few(first.node, "branches", file.branches.len(), MOST_BRANCHES)?;
        let commands = file.branches.iter().map(|branch| branch.commands.len() + branch.plan.len()).sum();
        self.few(first.node, "commands", commands, MOST_COMMANDS)?;
        let branch = |(at, branch)| self.branch(at, branch);
        let branches = file.branches.iter().enumerate().map(branch).collect::<Result<Vec<_>, _>>()?;
        let mut tree = Tree { branches, ..Tree::default() };
        if let Some(shown) = &file.shown {
            let number =
                shown.branch.checked_sub(1).filter(|number| (*number as usize) < tree.branches.len());
            tree.branch = number.ok_or_else(|| {
                let args = [Arg::Number(shown.branch.into()), Arg::Number(tree.branches.len() as u64)];
                self.wrong(shown.node, "shown.branch", Phrase::new(ScenarioKey::NoSuchRunBranch, args))
            })?;
            tree.shown = place(shown.event, shown.at);
            tree.digest = shown.digest.as_ref().map_or(0, |digest| digest.0);
        }
        // All that it asks for was asked above, with places; it goes first wherever a tree is taken.
        tree.check().map_err(|error| self.wrong(first.node, "branches", error.into()))?;
        Ok(tree)
    }

    fn few(&self, node: NodeId, path: &str, number: usize, most: usize) -> Result<(), Problem> {
        if number <= most {
            return Ok(());
        }
        let args = [Arg::Number(number as u64), Arg::Number(most as u64)];
        Err(self.wrong(node, path, Phrase::new(ScenarioKey::TooMany, args)))
    }

    fn branch(&self, at: usize, branch: &At<Branch>) -> Result<Twig, Problem> {
        let path = |field: &str| format!("branches[{at}].{field}");
        if let Some(name) = &branch.name {
            self.bounded(name, LONGEST_NAME, &path("name"))?;
            if !is_name(name) {
                return Err(self.wrong(name.node, &path("name"), Phrase::bare(K::BadBranchName)));
            }
        }
        let off = match &branch.off {
            None if at == 0 => None,
            Some(off) if at > 0 && off.branch >= 1 && off.branch as usize <= at => {
                Some((off.branch - 1, place(off.event, off.at)))
            }
            off => {
                let node = off.as_ref().map_or(branch.node, |off| off.node);
                let phrase = Phrase::new(ScenarioKey::LeavesEarlier, [Arg::Number(at as u64)]);
                return Err(self.wrong(node, &path("off"), phrase));
            }
        };
        let mut before = off.map_or(Place::default(), |(_, place)| Place { at: Time::ZERO, ..place });
        let mut commands: Vec<LinkCommand> = Vec::new();
        for (number, step) in branch.commands.iter().enumerate() {
            let path = path(&format!("commands[{number}]"));
            let (place, text) = (place(step.event, step.at), step.command.value.to_string());
            let late = place.at >= before.at
                && if number == 0 { place.ordinal >= before.ordinal } else { place.ordinal > before.ordinal };
            if !late {
                return Err(self.wrong(step.node, &path, Phrase::bare(ScenarioKey::OutOfOrder)));
            }
            super::bounded(&text, LONGEST_COMMAND)
                .map_err(|phrase| self.wrong(step.command.node, &path, phrase))?;
            before = place;
            commands.push(LinkCommand { place, text: text.into() });
        }
        let mut plan: Vec<LinkPlan> = Vec::new();
        for (number, step) in branch.plan.iter().enumerate() {
            let path = path(&format!("plan[{number}]"));
            let (at, text) = (step.at.0, step.command.value.to_string());
            if plan.last().is_some_and(|last| at < last.at) {
                return Err(self.wrong(step.node, &path, Phrase::bare(ScenarioKey::OutOfOrder)));
            }
            super::bounded(&text, LONGEST_COMMAND)
                .map_err(|phrase| self.wrong(step.command.node, &path, phrase))?;
            plan.push(LinkPlan { at, after: step.after, text: text.into() });
        }
        let far = branch.to.as_ref().map_or(Place::default(), |to| place(to.event, to.at));
        let name = branch.name.as_ref().map(|name| name.value.trim().into());
        Ok(Twig { name, off, far, commands, plan })
    }
}
