//! YAML as a tree with places: an arena of nodes, each with line, column and length.
//!
//! Everything is bounded before it is built: bytes, depth, nodes (aliases counted as what they stand for, in bytes too). Reading is a
//! loop over the parser's events, and nodes are dropped as a flat list, so that no input can exhaust the stack. Two keys
//! of one name in a mapping are an error that gives both places. Source: YAML 1.2.2; merge keys (`<<`) are not part of it.

use super::problem::{Problem, clipped};
use crate::process::{Arg, Phrase, few};
use crate::words::scenario::ScenarioKey as K;
use litemap::LiteMap;
use saphyr_parser::{Event, Parser, ScalarStyle, Span};
use std::sync::Arc;

/// Most bytes of a text.
pub const MAX_BYTES: usize = 1_000_000;
/// Most levels of nesting.
pub const MAX_DEPTH: u32 = 64;
/// Most nodes, aliases counted as what they stand for.
pub const MAX_NODES: u32 = 100_000;
/// Most bytes of all scalars, aliases counted as what they stand for.
pub const MAX_SPELLED_OUT: u32 = 2 * MAX_BYTES as u32;

/// Where a node stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1, in characters.
    pub column: u32,
    /// Characters it covers on that line.
    pub length: u32,
}

/// A node of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NodeId(pub(crate) u32);

/// What a node is.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A scalar; a `plain` one may be a number, a boolean or nothing, a quoted one is text.
    Scalar {
        /// Its text.
        text: Arc<str>,
        /// Was it written without quotes?
        plain: bool,
    },
    /// A sequence.
    List(Vec<NodeId>),
    /// A mapping, in the order written; keys are scalars, each different.
    Map(Vec<(NodeId, NodeId)>),
}

#[derive(Clone, Debug)]
struct Node {
    spot: Spot,
    shape: Shape,
    /// It is a literal block (`|`).
    literal: bool,
    /// Nodes below it and itself, aliases expanded.
    weight: u32,
    /// Levels below it and its own, aliases expanded.
    depth: u32,
    /// Bytes of the scalars below it and its own, aliases expanded.
    bytes: u32,
}

/// A stream of YAML documents.
#[derive(Clone, Debug, Default)]
pub struct Doc {
    nodes: Vec<Node>,
    roots: Vec<NodeId>,
    /// The scalar that somebody asks about, if it was found.
    sought: Option<NodeId>,
}

/// May a text have so many bytes, if these are the most?
pub fn fits(bytes: u64, most: usize) -> Result<(), Phrase> {
    if bytes <= most as u64 {
        return Ok(());
    }
    Err(Phrase::new(K::TooLarge, [Arg::Number(most as u64)]))
}

/// Bytes as a text.
pub fn decoded(bytes: Vec<u8>) -> Result<String, Problem> {
    String::from_utf8(bytes).map_err(|error| not_utf8(error.as_bytes(), error.utf8_error().valid_up_to()))
}

impl Doc {
    /// Reads a text. At most one problem: after a slip in YAML the rest cannot be relied on.
    pub fn read(bytes: &[u8]) -> Result<Doc, Problem> {
        Self::within(bytes, MAX_NODES, None, 0)
    }

    /// Reads a part of a longer text, above which stand so many lines. It is bounded as if it were whole.
    pub fn part(text: &str, above: u32) -> Result<Doc, Problem> {
        Self::within(text.as_bytes(), MAX_NODES, None, above)
    }

    /// Reads a text in which one scalar is asked about: see [`Doc::seeks`].
    pub fn seeking(text: &str, sought: &str) -> Result<Doc, Problem> {
        Self::within(text.as_bytes(), MAX_NODES, Some(sought), 0)
    }

    /// Reads a text of one line: one of many, perhaps, so that aliases may not make it stand for more than it could say itself.
    pub fn line(text: &str) -> Result<Doc, Problem> {
        Self::within(
            text.as_bytes(),
            u32::try_from(text.len()).map_or(MAX_NODES, |bytes| bytes.min(MAX_NODES - 1) + 1),
            None,
            0,
        )
    }

    fn within(bytes: &[u8], most: u32, sought: Option<&str>, above: u32) -> Result<Doc, Problem> {
        fits(bytes.len() as u64, MAX_BYTES).map_err(Problem::whole)?;
        let text = std::str::from_utf8(bytes).map_err(|error| not_utf8(bytes, error.valid_up_to()))?;
        let mut reader = Reader { most, sought, above, ..Reader::default() };
        for event in Events(Parser::new_from_str(text), above) {
            let (event, span) = event.map_err(|problem| inside(text, above, problem))?;
            reader.take((event, span))?;
        }
        if reader.doc.roots.is_empty() {
            return Err(Problem::whole(Phrase::bare(K::Empty)));
        }
        Ok(reader.doc)
    }

    /// The documents' top nodes.
    pub fn roots(&self) -> &[NodeId] {
        &self.roots
    }
    /// Is this the scalar that is asked about? Reading does not end at other slips then, so that it gets there.
    pub fn seeks(&self, id: NodeId) -> bool {
        self.sought == Some(id)
    }
    /// Is what is asked about the key of a mapping?
    pub fn seeks_key(&self) -> bool {
        let is_key = |entries: &[(NodeId, NodeId)]| entries.iter().any(|(key, _)| self.seeks(*key));
        self.nodes.iter().any(|node| matches!(&node.shape, Shape::Map(entries) if is_key(entries)))
    }
    /// Is any scalar asked about?
    pub fn is_seeking(&self) -> bool {
        self.sought.is_some()
    }
    /// The text of the scalar that is asked about, for whoever makes another text of this one.
    pub fn sought(&self) -> Option<&Arc<str>> {
        self.text(self.sought?)
    }
    /// What a node is.
    pub fn shape(&self, id: NodeId) -> &Shape {
        &self.nodes[id.0 as usize].shape
    }
    /// Where a node stands.
    pub fn spot(&self, id: NodeId) -> Spot {
        self.nodes[id.0 as usize].spot
    }
    /// The text of a scalar.
    pub fn text(&self, id: NodeId) -> Option<&Arc<str>> {
        match self.shape(id) {
            Shape::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }
    /// Is it a literal block (`|`), whose lines stand in the file as they are? Quotes and folded blocks change theirs.
    pub fn is_literal(&self, id: NodeId) -> bool {
        self.nodes[id.0 as usize].literal
    }
    /// Is it nothing at all (`~`, `null`, empty)?
    pub fn is_null(&self, id: NodeId) -> bool {
        matches!(self.shape(id), Shape::Scalar { text, plain: true } if matches!(&**text, "" | "~" | "null" | "Null" | "NULL"))
    }
    /// The value of a mapping's key.
    pub fn get(&self, id: NodeId, key: &str) -> Option<NodeId> {
        match self.shape(id) {
            Shape::Map(entries) => {
                entries.iter().find(|(k, _)| self.text(*k).is_some_and(|t| &**t == key)).map(|(_, v)| *v)
            }
            _ => None,
        }
    }
    /// As far down from a node as the file goes by these fields, keys and places in lists, and the path to there.
    pub fn below(&self, mut node: NodeId, path: &str, fields: &[&str]) -> (NodeId, String) {
        let mut path = path.to_owned();
        for field in fields {
            let (next, step) = match self.shape(node) {
                Shape::List(items) => {
                    (field.parse().ok().and_then(|at: usize| items.get(at).copied()), format!("[{field}]"))
                }
                _ => (self.get(node, field), format!(".{field}")),
            };
            let Some(next) = next else { break };
            path.push_str(&step);
            node = next;
        }
        (node, path)
    }
    /// The first scalar of this text in or below a node, and the path down to it.
    pub fn find(&self, id: NodeId, wanted: &str) -> Option<(NodeId, String)> {
        match self.shape(id) {
            Shape::Scalar { text, .. } => (&**text == wanted).then(|| (id, String::new())),
            Shape::List(items) => items.iter().enumerate().find_map(|(at, item)| {
                self.find(*item, wanted).map(|(found, path)| (found, format!("[{at}]{path}")))
            }),
            Shape::Map(entries) => entries.iter().find_map(|(key, value)| {
                let name = self.text(*key)?;
                if &**name == wanted {
                    return Some((*key, format!(".{name}")));
                }
                self.find(*value, wanted).map(|(found, path)| (found, format!(".{name}{path}")))
            }),
        }
    }
}

fn not_utf8(bytes: &[u8], valid: usize) -> Problem {
    let before = String::from_utf8_lossy(&bytes[..valid]);
    let line = before.matches('\n').count() as u32 + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() as u32 + 1;
    let phrase = Phrase::new(K::NotUtf8, [Arg::Number(valid as u64)]);
    Problem { line, column, ..Problem::whole(phrase) }
}

fn at(spot: Spot, phrase: Phrase) -> Problem {
    Problem { line: spot.line, column: spot.column, length: spot.length.max(1), ..Problem::whole(phrase) }
}

/// What the parser missed until the end of the text is missing after its last word: nobody sees a line below.
fn inside(text: &str, above: u32, problem: Problem) -> Problem {
    // Of what one sees, and as this parser counts: a lone carriage return ends a line as well, and stays with it.
    let text = text.trim_end_matches([' ', '\n', '\r']);
    if text.contains('\r') && !text.contains("\r\n") {
        return problem;
    }
    let last = u32::try_from(text.lines().count()).unwrap_or(u32::MAX).saturating_add(above);
    if problem.line <= last || text.is_empty() {
        return problem;
    }
    let letters = text.lines().next_back().map_or(0, |line| line.chars().count());
    Problem {
        line: last,
        column: u32::try_from(letters).unwrap_or(u32::MAX).saturating_add(1),
        length: 1,
        ..problem
    }
}

/// The parser's events until the end of the stream or the first slip.
struct Events<'a>(Parser<'a, saphyr_parser::StrInput<'a>>, u32);

impl<'a> Iterator for Events<'a> {
    type Item = Result<(Event<'a>, Span), Problem>;
    fn next(&mut self) -> Option<Self::Item> {
        Some(self.0.next_event()?.map_err(|error| {
            let spot = spot_of(&Span::empty(*error.marker()), self.1);
            at(spot, slip(error.info()))
        }))
    }
}

/// What a parser's message is about: the first of these words that it holds. It has some seventy, which are for people who
/// know how it works.
fn slip(message: &str) -> Phrase {
    if message.contains("recursion") {
        return too_deep();
    }
    let about = [
        ("tab ", K::YamlTab),
        ("tabs ", K::YamlTab),
        ("a tab", K::YamlTab),
        ("escape", K::YamlEscape),
        ("hexadecimal", K::YamlEscape),
        ("quoted", K::YamlQuote),
        ("bracket", K::YamlBracket),
        ("flow", K::YamlBracket),
        ("illegal placement", K::YamlBracket),
        ("anchor", K::YamlAnchor),
        ("unexpected character", K::YamlSign),
        ("indent", K::YamlKey),
        ("'-' indicator", K::YamlKey),
        ("sequence entries", K::YamlKey),
        ("key", K::YamlKey),
        ("mapping values", K::YamlKey),
        ("':'", K::YamlKey),
    ];
    let found = about.into_iter().find(|(word, _)| message.contains(word));
    Phrase::bare(found.map_or(K::NotYaml, |(_, key)| key))
}

fn spot_of(span: &Span, above: u32) -> Spot {
    let length = if span.start.line() == span.end.line() { span.len() } else { 1 };
    Spot {
        line: span.start.line() as u32 + above,
        column: span.start.col() as u32 + 1,
        length: u32::try_from(length).unwrap_or(1).max(1),
    }
}

/// A collection that is still open.
struct Open {
    id: NodeId,
    anchor: usize,
    /// A mapping's key that waits for its value.
    key: Option<NodeId>,
}

#[derive(Default)]
struct Reader<'s> {
    doc: Doc,
    sought: Option<&'s str>,
    open: Vec<Open>,
    anchors: LiteMap<usize, NodeId>,
    /// Most nodes.
    most: u32,
    /// Lines above what is read.
    above: u32,
}

impl Reader<'_> {
    fn take(&mut self, (event, span): (Event<'_>, Span)) -> Result<(), Problem> {
        let spot = spot_of(&span, self.above);
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let text_tag =
                    tag.as_ref().is_some_and(|tag| tag.is_yaml_core_schema() && tag.suffix == "str");
                if let Some(tag) = tag.filter(|_| !text_tag) {
                    return Err(at(spot, Phrase::new(K::Tag, [Arg::Text(tag.to_string().into())])));
                }
                let plain = style == ScalarStyle::Plain && !text_tag;
                let is_sought = self.sought.is_some_and(|sought| *sought == *text);
                let id = self.add(spot, Shape::Scalar { text: text.into(), plain })?;
                self.doc.nodes[id.0 as usize].literal = style == ScalarStyle::Literal;
                if is_sought {
                    self.doc.sought = Some(id);
                }
                self.done(id, anchor)
            }
            Event::SequenceStart(anchor, tag) => {
                self.begin(spot, Shape::List(Vec::new()), anchor, tag.as_deref())
            }
            Event::MappingStart(anchor, tag) => {
                self.begin(spot, Shape::Map(Vec::new()), anchor, tag.as_deref())
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(),
            Event::Alias(anchor) => {
                let known = self.anchors.get(&anchor).copied();
                let id = known.ok_or_else(|| at(spot, Phrase::bare(K::AliasInsideItself)))?;
                self.place(id, spot)
            }
            Event::DocumentEnd => {
                self.anchors.clear();
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn add(&mut self, spot: Spot, shape: Shape) -> Result<NodeId, Problem> {
        if self.doc.nodes.len() as u32 >= self.most {
            return Err(self.too_many(spot));
        }
        let bytes = match &shape {
            Shape::Scalar { text, .. } => u32::try_from(text.len()).unwrap_or(u32::MAX),
            Shape::List(_) | Shape::Map(_) => 0,
        };
        self.doc.nodes.push(Node { spot, shape, literal: false, weight: 1, depth: 1, bytes });
        Ok(NodeId(self.doc.nodes.len() as u32 - 1))
    }

    fn begin(
        &mut self,
        spot: Spot,
        shape: Shape,
        anchor: usize,
        tag: Option<&saphyr_parser::Tag>,
    ) -> Result<(), Problem> {
        if let Some(tag) = tag.filter(|tag| !tag.is_yaml_core_schema()) {
            return Err(at(spot, Phrase::new(K::Tag, [Arg::Text(tag.to_string().into())])));
        }
        if self.open.len() as u32 >= MAX_DEPTH {
            return Err(at(spot, too_deep()));
        }
        let id = self.add(spot, shape)?;
        self.open.push(Open { id, anchor, key: None });
        Ok(())
    }

    fn end(&mut self) -> Result<(), Problem> {
        let Some(Open { id, anchor, .. }) = self.open.pop() else { return Ok(()) };
        self.no_twin_keys(id)?;
        self.done(id, anchor)
    }

    /// A node is complete: aliases may name it from now on.
    fn done(&mut self, id: NodeId, anchor: usize) -> Result<(), Problem> {
        if anchor > 0 {
            self.anchors.insert(anchor, id);
        }
        self.place(id, self.doc.spot(id))
    }

    /// Hangs a complete node below the open collection, or makes it a document.
    fn place(&mut self, id: NodeId, spot: Spot) -> Result<(), Problem> {
        let Node { weight, depth, bytes, .. } = self.doc.nodes[id.0 as usize];
        let levels = self.open.len() as u32;
        let Some(open) = self.open.last_mut() else {
            self.doc.roots.push(id);
            return Ok(());
        };
        if levels + depth > MAX_DEPTH + 1 {
            return Err(at(spot, too_deep()));
        }
        let scalar = matches!(self.doc.nodes[id.0 as usize].shape, Shape::Scalar { .. });
        let parent = &mut self.doc.nodes[open.id.0 as usize];
        parent.weight = parent.weight.saturating_add(weight);
        parent.depth = parent.depth.max(depth + 1);
        parent.bytes = parent.bytes.saturating_add(bytes);
        if parent.bytes > MAX_SPELLED_OUT {
            return Err(at(spot, Phrase::new(K::SpelledOut, [Arg::Number(u64::from(MAX_SPELLED_OUT))])));
        }
        if parent.weight > self.most {
            return Err(self.too_many(spot));
        }
        match &mut parent.shape {
            Shape::List(items) => items.push(id),
            Shape::Map(entries) => match open.key.take() {
                Some(key) => entries.push((key, id)),
                None if scalar => open.key = Some(id),
                None => return Err(at(spot, Phrase::bare(K::KeyNotText))),
            },
            Shape::Scalar { .. } => {}
        }
        Ok(())
    }

    fn too_many(&self, spot: Spot) -> Problem {
        at(spot, Phrase::new(K::TooManyNodes, [Arg::Number(u64::from(self.most))]))
    }

    fn no_twin_keys(&self, id: NodeId) -> Result<(), Problem> {
        let Shape::Map(entries) = self.doc.shape(id) else { return Ok(()) };
        let name = |key: NodeId| self.doc.text(key).map_or("", |text| text);
        let mut names: Vec<(&str, usize)> =
            entries.iter().enumerate().map(|(at, (key, _))| (name(*key), at)).collect();
        few::sort(&mut names);
        let twins = names.windows(2).filter(|two| two[0].0 == two[1].0);
        let Some(&[(name, first), (_, second)]) = twins.min_by_key(|two| two[1].1) else { return Ok(()) };
        let (first, second) = (self.doc.spot(entries[first].0), self.doc.spot(entries[second].0));
        let args = [clipped(name), Arg::Number(u64::from(first.line)), Arg::Number(u64::from(first.column))];
        Err(at(second, Phrase::new(K::DuplicateKey, args)))
    }
}

fn too_deep() -> Phrase {
    Phrase::new(K::TooDeep, [Arg::Number(u64::from(MAX_DEPTH))])
}
