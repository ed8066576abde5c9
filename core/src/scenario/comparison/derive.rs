//! One side of a comparison as a scenario's text: what somebody would write who wanted to play it alone.

use super::model::{Clients, File};
use super::{CLIENTS, STORE};
use crate::process::Span;
use crate::scenario::model::Count;
use crate::system::SystemKind;
use crate::system::measured::Schedule;
use crate::text::{Doc, NodeId, Shape, flow};
use std::fmt::Write;

/// How often each client asks if nothing is said, in operations per 1000 seconds.
const USUAL_RATE: u64 = 20_000;
/// When the schedule begins if nothing is said.
const USUAL_START: Span = Span::secs(2);
/// The longest name that a scenario may have.
const LONGEST_NAME: usize = 40;
/// Most members that a number may stand for; the reader of scenarios refuses so many anyway.
const MOST_MEMBERS: u64 = 2_000;

/// The kind of a side, and the kind of its clients.
pub(super) type Pair = [&'static dyn SystemKind; 2];

/// A side's text, and where in the comparison's file its parts come from.
pub(super) struct Derived {
    /// The text.
    pub text: String,
    /// Of each of its lines, the line of the comparison's file that it comes from; 0 for none.
    pub lines: Vec<u32>,
    side: usize,
    /// Fields of the clients' `spec` that the side itself says.
    own: Vec<String>,
    /// How many expectations are of all sides.
    shared: usize,
}

impl Derived {
    fn line(&mut self, from: u32, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
        self.lines.push(from);
    }

    /// The path in the comparison's file to what has this path in the derived one.
    pub fn home(&self, path: &str) -> String {
        let side = self.side;
        let below = |prefix: &str| path.strip_prefix(prefix);
        if let Some(rest) = below("systems[0].members").or_else(|| below("systems[0].names")) {
            return format!("members{rest}");
        }
        if let Some(rest) = below("systems[0].zones") {
            return format!("zones{rest}");
        }
        if let Some(rest) = below("systems[0]") {
            return format!("systems[{side}]{rest}");
        }
        if let Some(rest) = below("systems[1].spec") {
            let field = rest.trim_start_matches('.').split(['.', '[']).next().unwrap_or("");
            let own = self.own.iter().any(|known| known == field);
            return if own { format!("systems[{side}].clients{rest}") } else { format!("clients{rest}") };
        }
        if let Some(rest) = below("systems[1]") {
            return format!("clients{rest}");
        }
        if let Some(rest) = below("expect[")
            && let Some((number, rest)) = rest.split_once(']')
            && let Ok(number) = number.parse::<usize>()
            && let Some(own) = number.checked_sub(self.shared)
        {
            return format!("systems[{side}].expect[{own}]{rest}");
        }
        path.to_owned()
    }
}

/// Derives a side.
pub(super) fn side(doc: &Doc, root: NodeId, file: &File, at: usize, kinds: Pair) -> Derived {
    let mut derived = Derived {
        text: String::new(),
        lines: Vec::new(),
        side: at,
        own: Vec::new(),
        shared: file.expect.len(),
    };
    let side = &file.systems[at];
    let field = |name: &str| doc.get(root, name);
    let line_of = |node: Option<NodeId>| node.map_or(0, |node| doc.spot(node).line);
    let title = |derived: &mut Derived, name: &str| {
        let metadata = field("metadata");
        if let Some(node) = metadata.and_then(|metadata| doc.get(metadata, name)) {
            derived.line(doc.spot(node).line, &format!("  {name}: {}", flow::node(doc, node)));
        }
    };
    let comparison = &file.metadata.name.value;
    derived.line(0, &format!("# {} of the comparison {comparison}, alone.", side.name.value));
    derived.line(0, &format!("apiVersion: {}", crate::scenario::model::API_VERSION));
    derived.line(0, "kind: Scenario");
    derived.line(0, "metadata:");
    let name: String = format!("{comparison}-{}", side.name.value).chars().take(LONGEST_NAME).collect();
    derived.line(line_of(Some(file.metadata.name.node)), &format!("  name: {}", flow::line(&*name)));
    title(&mut derived, "title");
    title(&mut derived, "story");
    for name in ["seed", "until", "budget"] {
        if let Some(node) = field(name) {
            derived.line(doc.spot(node).line, &format!("{name}: {}", flow::node(doc, node)));
        }
    }
    systems(doc, file, (at, kinds), field("zones"), &mut derived);
    for name in ["network", "disk"] {
        if let Some(node) = field(name) {
            derived.line(doc.spot(node).line, &format!("{name}: {}", flow::node(doc, node)));
        }
    }
    lists(doc, field("hosts"), "hosts", &mut derived);
    lists(doc, field("timeline"), "timeline", &mut derived);
    lists(doc, field("expect"), "expect", &mut derived);
    if !side.expect.is_empty() {
        if file.expect.is_empty() {
            derived.line(0, "expect:");
        }
        for expected in &side.expect {
            items(doc, expected.node, &mut derived);
        }
    }
    derived
}

/// The group and its clients.
fn systems(
    doc: &Doc,
    file: &File,
    (at, [kind, speaking]): (usize, Pair),
    zones: Option<NodeId>,
    derived: &mut Derived,
) {
    let side = &file.systems[at];
    let from = doc.spot(side.node).line;
    derived.line(0, "systems:");
    derived.line(from, &format!("  - name: {STORE}"));
    derived.line(from, &format!("    kind: {}", kind.kind()));
    let members = names(&file.members.value, "n");
    derived.line(doc.spot(file.members.node).line, &format!("    members: {members}"));
    if let Some(zones) = zones {
        derived.line(doc.spot(zones).line, &format!("    zones: {}", flow::node(doc, zones)));
    }
    for (name, part) in [("spec", side.spec), ("initial", side.initial)] {
        if let Some(part) = part {
            derived.line(doc.spot(part.0).line, &format!("    {name}: {}", flow::node(doc, part.0)));
        }
    }
    if let Some(without) = doc.get(side.node, "without") {
        derived.line(doc.spot(without).line, &format!("    without: {}", flow::node(doc, without)));
    }
    let usual = Clients::default();
    let (clients, from) = match &file.clients {
        Some(clients) => (&clients.value, doc.spot(clients.node).line),
        None => (&usual, 0),
    };
    derived.line(from, &format!("  - name: {CLIENTS}"));
    derived.line(from, &format!("    kind: {}", speaking.kind()));
    derived.line(from, &format!("    target: {STORE}"));
    let count = clients.count.as_ref().map_or(Count::Number(1), |count| count.value.clone());
    derived.line(from, &format!("    count: {}", names(&count, "c")));
    let own = file.systems[at].clients.map(|own| own.0);
    let spec = spec(doc, own, &schedule(clients), speaking, derived);
    derived.line(from, &format!("    spec: {spec}"));
}

/// What the clients are told: the schedule in the words of their kind, and what the side says itself, which goes first.
fn spec(
    doc: &Doc,
    own: Option<NodeId>,
    schedule: &Schedule,
    clients: &dyn SystemKind,
    derived: &mut Derived,
) -> String {
    let mut fields: Vec<(String, String)> = Vec::new();
    if let Some(own) = own
        && let Shape::Map(entries) = doc.shape(own)
    {
        for (key, value) in entries {
            let name = doc.text(*key).map_or(String::new(), |name| name.to_string());
            derived.own.push(name.clone());
            fields.push((name, flow::node(doc, *value)));
        }
    }
    for (name, value) in clients.scheduled(schedule).unwrap_or_default() {
        if !fields.iter().any(|(known, _)| known == name) {
            fields.push((name.to_owned(), value));
        }
    }
    let mut spec = String::from("{ ");
    for (at, (name, value)) in fields.iter().enumerate() {
        let comma = if at > 0 { ", " } else { "" };
        let _ = write!(spec, "{comma}{}: {value}", flow::line(&**name)); // a string takes it all
    }
    spec.push_str(" }");
    spec
}

fn schedule(clients: &Clients) -> Schedule {
    let times = clients.times.as_ref().map(|times| times.iter().map(|time| time.0).collect());
    let rate = clients.rate.map_or(USUAL_RATE, |rate| rate.milli_per_second);
    Schedule {
        draw: clients.schedule.unwrap_or(1),
        millirate: times.is_none().then_some(rate),
        times: times.unwrap_or_default(),
        mix: clients.mix.map_or([0, 1, 0, 0], |mix| [mix.get, mix.put, mix.append, mix.delete]),
        keys: clients.keys,
        start: clients.start.map_or(USUAL_START, |start| start.0),
        operations: clients.operations,
        window: clients.window,
        timeout: clients.timeout.map(|timeout| timeout.0),
    }
}

/// Names, the same on every side whatever its kind would call them.
fn names(count: &Count, prefix: &str) -> String {
    match count {
        Count::Number(number) if *number > MOST_MEMBERS => number.to_string(),
        Count::Number(number) => {
            let names: Vec<String> = (1..=*number).map(|nth| format!("{prefix}{nth}")).collect();
            format!("[{}]", names.join(", "))
        }
        Count::Names(names) => {
            let names: Vec<String> = names.iter().map(|name| flow::line(&**name)).collect();
            format!("[{}]", names.join(", "))
        }
    }
}

/// A list of the file, each item on a line of its own.
fn lists(doc: &Doc, list: Option<NodeId>, name: &str, derived: &mut Derived) {
    let Some(node) = list else { return };
    let Shape::List(all) = doc.shape(node) else { return };
    if !all.is_empty() {
        derived.line(doc.spot(node).line, &format!("{name}:"));
        all.iter().for_each(|item| items(doc, *item, derived));
    }
}

fn items(doc: &Doc, item: NodeId, derived: &mut Derived) {
    derived.line(doc.spot(item).line, &format!("  - {}", flow::node(doc, item)));
}
