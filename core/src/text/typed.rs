//! From the tree to types: [`FromDoc`], whose every error knows its path and place.
//!
//! A type derives `FromDoc` (`muster_derive`): a table of its names and where their values go, for one reader that is compiled
//! once ([`Node::fields`], [`Node::variant`]). Types of their own kind say what they take with [`Node::found`] and what is wrong with
//! [`Node::refuse`]. [`At`] keeps a value's place for errors that are found later, [`Raw`] keeps a part for somebody else
//! to type. It knows no type of a scenario, and reads from nothing but a [`Doc`].

use super::doc::{Doc, NodeId, Shape, Spot};
use super::problem::{Problem, clipped, nearest};
use crate::process::{Arg, Phrase, few};
use crate::words::scenario::ScenarioKey as K;
use litemap::LiteMap;
use std::sync::Arc;

/// Types a node. The path in a problem begins with `path`.
pub fn typed<T: FromDoc>(doc: &Doc, id: NodeId, path: &str) -> Result<T, Problem> {
    T::from_doc(Node { doc, id }).map_err(|fault| fault.problem(path))
}

/// What can be read from a node of a text.
pub trait FromDoc: Sized {
    /// Reads it.
    fn from_doc(node: Node<'_>) -> Result<Self, Fault>;
}

/// An enum of a text, read by the number of its variant.
pub trait Variants: Sized {
    /// The variants' names, in order.
    const NAMES: &'static [&'static str];
    /// Reads what stands behind the name of this number.
    fn from_content(at: usize, content: Content<'_>) -> Result<Self, Fault>;
}

/// A value with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct At<T> {
    /// Where it stands.
    pub node: NodeId,
    /// What it is.
    pub value: T,
}

impl<T> std::ops::Deref for At<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

/// A part of a text, to be typed later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Raw(pub NodeId);

/// An error on its way out of the tree.
#[derive(Debug)]
pub struct Fault(Box<Slip>);

#[derive(Debug)]
struct Slip {
    spot: Spot,
    /// Innermost first.
    path: Vec<Step>,
    phrase: Phrase,
    nearest: Option<Arc<str>>,
    /// It is about the scalar that somebody asks about.
    sought: bool,
}

#[derive(Debug)]
enum Step {
    Key(Arc<str>),
    Index(usize),
}

impl Fault {
    fn below(mut self, step: Step) -> Self {
        self.0.path.push(step);
        self
    }
    fn problem(self, root: &str) -> Problem {
        let Slip { spot, path: steps, phrase, nearest, .. } = *self.0;
        let mut path = root.to_owned();
        for step in steps.iter().rev() {
            match step {
                Step::Key(name) if path.is_empty() => path.push_str(name),
                Step::Key(name) => path.extend([".", name]),
                Step::Index(at) => path.push_str(&format!("[{at}]")),
            }
        }
        let (line, column, length) = (spot.line, spot.column, spot.length.max(1));
        Problem { line, column, length, path: path.into(), phrase, nearest, warning: false }
    }
}

/// What is wrong with a scalar's text: the key, and its arguments as text. [`Node::refuse`] gives it its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal(Phrase);

impl From<Refusal> for Phrase {
    fn from(Refusal(phrase): Refusal) -> Phrase {
        phrase
    }
}

/// Says what is wrong with a text.
pub fn refuse(key: K, args: &[&str]) -> Refusal {
    Refusal(Phrase::new(key, args.iter().map(|arg| Arg::Text((*arg).into())).collect::<Vec<_>>()))
}

/// What a node is, with plain scalars resolved by the YAML core schema as far as anything here needs it.
#[derive(Clone, Copy)]
pub enum Found<'a> {
    /// Nothing at all.
    Nothing,
    /// A boolean.
    Bool(bool),
    /// A whole number.
    Unsigned(u64),
    /// A negative whole number.
    Signed(i64),
    /// Any other scalar.
    Text(&'a Arc<str>),
    /// A sequence.
    List(&'a [NodeId]),
    /// A mapping.
    Map(&'a [(NodeId, NodeId)]),
}

fn resolve(text: &Arc<str>) -> Found<'_> {
    match &**text {
        "" | "~" | "null" | "Null" | "NULL" => Found::Nothing,
        "true" | "True" | "TRUE" => Found::Bool(true),
        "false" | "False" | "FALSE" => Found::Bool(false),
        plain => {
            let digits = plain.strip_prefix('+').unwrap_or(plain);
            let hex = digits.strip_prefix("0x").and_then(|hex| u64::from_str_radix(hex, 16).ok());
            if let Some(number) = hex.or_else(|| digits.parse().ok()) {
                Found::Unsigned(number)
            } else if let Ok(number) = plain.parse() {
                Found::Signed(number)
            } else {
                Found::Text(text)
            }
        }
    }
}

impl<'a> Found<'a> {
    /// What a plain scalar is.
    pub fn of(text: &'a Arc<str>) -> Self {
        resolve(text)
    }
    /// That it is here, and what was expected instead.
    pub fn instead_of(self, expected: Phrase) -> Phrase {
        let phrase = |phrase| Arg::Phrase(Box::new(phrase));
        Phrase::new(K::WrongType, [phrase(self.phrase()), phrase(expected)])
    }
    /// That a list of so many is here, and what was expected instead.
    pub fn items_instead_of(number: usize, expected: Phrase) -> Phrase {
        let found = Phrase::new(K::FoundItems, [Arg::Number(number as u64)]);
        Phrase::new(K::WrongType, [found, expected].map(|phrase| Arg::Phrase(Box::new(phrase))))
    }
    fn phrase(self) -> Phrase {
        let text = |text: &str| [Arg::Text(text.chars().take(80).collect::<String>().into())];
        match self {
            Found::Bool(value) => Phrase::new(K::FoundBool, text(if value { "true" } else { "false" })),
            Found::Unsigned(value) => Phrase::new(K::FoundNumber, text(&value.to_string())),
            Found::Signed(value) => Phrase::new(K::FoundNumber, text(&value.to_string())),
            Found::Text(value) => Phrase::new(K::FoundText, text(value)),
            Found::List(_) => Phrase::bare(K::FoundList),
            Found::Map(_) => Phrase::bare(K::FoundMapping),
            Found::Nothing => Phrase::bare(K::FoundNothing),
        }
    }
}

/// A node on its way to being a value.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    doc: &'a Doc,
    id: NodeId,
}

impl<'a> Node<'a> {
    /// What it is.
    pub fn found(self) -> Found<'a> {
        match self.doc.shape(self.id) {
            Shape::List(items) => Found::List(items),
            Shape::Map(entries) => Found::Map(entries),
            Shape::Scalar { text, plain: true } => resolve(text),
            Shape::Scalar { text, plain: false } => Found::Text(text),
        }
    }
    /// The text of a scalar as it was written, whatever it looks like; nothing at all is not text.
    pub fn text(self, expected: K) -> Result<&'a Arc<str>, Fault> {
        match self.doc.text(self.id) {
            Some(text) if !self.is_null() => Ok(text),
            _ => Err(self.wrong(expected)),
        }
    }
    /// Another node of its tree.
    pub fn at(self, id: NodeId) -> Self {
        Node { id, ..self }
    }
    fn is_null(self) -> bool {
        self.doc.is_null(self.id)
    }
    /// The text of a key, for paths.
    fn name(self) -> Arc<str> {
        self.doc.text(self.id).cloned().unwrap_or_default()
    }

    fn fault(self, phrase: Phrase) -> Fault {
        let (spot, sought) = (self.doc.spot(self.id), self.doc.seeks(self.id));
        Fault(Box::new(Slip { spot, path: Vec::new(), phrase, nearest: None, sought }))
    }
    /// Does a fault end the reading of what it is in? Where somebody asks about a scalar, only one about that does; of the others
    /// the first waits in `first`.
    fn ends(self, fault: Fault, first: &mut Option<Fault>) -> Result<(), Fault> {
        if fault.0.sought || !self.doc.is_seeking() {
            return Err(fault);
        }
        first.get_or_insert(fault);
        Ok(())
    }
    /// It is wrong, for this reason.
    pub fn refuse(self, Refusal(phrase): Refusal) -> Fault {
        self.fault(phrase)
    }
    /// It is something else than what was expected.
    pub fn wrong(self, expected: K) -> Fault {
        self.fault(self.found().instead_of(Phrase::bare(expected)))
    }
    fn mistaken(self, found: Phrase, expected: K) -> Fault {
        let phrase = |phrase| Arg::Phrase(Box::new(phrase));
        self.fault(Phrase::new(K::WrongType, [phrase(found), phrase(Phrase::bare(expected))]))
    }
    /// It is a name that nothing has.
    pub fn unknown(self, key: K, valid: &[&'static str]) -> Fault {
        let found = self.name();
        let names = valid.iter().map(|name| Arg::Name((*name).into())).collect();
        let mut fault = self.fault(Phrase::new(key, [clipped(&found), Arg::List(names)]));
        fault.0.nearest = nearest(&found, valid.iter().copied()).map(Arc::from);
        fault
    }
    /// Something that it must hold is not there.
    pub fn incomplete(self) -> Fault {
        self.wrong(K::ExpectMapping)
    }

    /// An item of a list.
    fn item<T: FromDoc>(self, at: usize, id: NodeId) -> Result<T, Fault> {
        T::from_doc(self.at(id)).map_err(|fault| fault.below(Step::Index(at)))
    }
    /// The value of a mapping's key.
    pub fn value<T: FromDoc>(self, key: NodeId, value: NodeId) -> Result<T, Fault> {
        T::from_doc(self.at(value)).map_err(|fault| fault.below_key(self.at(key)))
    }
    /// The items of a list. Nothing where a list may stand is an empty list: `timeline:` with all its lines taken out.
    pub fn items(self) -> Result<&'a [NodeId], Fault> {
        match self.found() {
            _ if self.is_null() => Ok(&[]),
            Found::List(items) => Ok(items),
            _ => Err(self.wrong(K::ExpectList)),
        }
    }
    /// The entries of a mapping.
    pub fn entries(self) -> Result<&'a [(NodeId, NodeId)], Fault> {
        match self.found() {
            Found::Map(entries) => Ok(entries),
            _ => Err(self.wrong(K::ExpectMapping)),
        }
    }

    /// Reads a mapping with these fields and no others, in the order written.
    pub fn fields(self, fields: &mut [(&'static str, &mut dyn Slot)]) -> Result<(), Fault> {
        let mut first = None;
        for (key, value) in self.entries()? {
            let key = self.at(*key);
            let name = key.text(K::ExpectText).map_err(|fault| fault.below_key(key))?;
            let read = match fields.iter_mut().find(|(field, _)| *field == &**name) {
                Some((_, slot)) => slot.fill(self.at(*value)),
                None => {
                    let valid: Vec<&str> = fields.iter().map(|(field, _)| *field).collect();
                    Err(key.unknown(K::UnknownField, &valid))
                }
            };
            if let Err(fault) = read {
                self.ends(fault.below_key(key), &mut first)?;
            }
        }
        if let Some(fault) = first {
            return Err(fault);
        }
        match fields.iter().find(|(_, slot)| slot.is_missing()) {
            Some((name, _)) => Err(self.fault(Phrase::new(K::MissingField, [Arg::Name((*name).into())]))),
            None => Ok(()),
        }
    }

    /// Reads one of these names, alone or as the one key of a mapping: its number, and what stands behind it.
    pub fn variant(self, names: &'static [&'static str]) -> Result<(usize, Content<'a>), Fault> {
        let content = match self.found() {
            Found::Map([(key, value)]) => Content { key: self.at(*key), value: Some(self.at(*value)) },
            Found::Map(entries) => {
                let second = entries.get(1).map_or(self, |(key, _)| self.at(*key));
                let names = names.iter().map(|name| Arg::Name((*name).into())).collect();
                let args = [Arg::Number(entries.len() as u64), Arg::List(names)];
                return Err(second.fault(Phrase::new(K::OneKey, args)));
            }
            Found::List(_) | Found::Nothing => return Err(self.wrong(K::ExpectText)),
            _ => Content { key: self, value: None },
        };
        let name = content.key.text(K::ExpectText)?;
        match names.iter().position(|known| *known == &**name) {
            Some(at) => Ok((at, content)),
            None => Err(content.key.unknown(K::UnknownName, names)),
        }
    }

    /// Reads a mapping with one key, which is one of these names; where only a mapping can have a name.
    pub fn only_entry(self, names: &'static [&'static str]) -> Result<(usize, Content<'a>), Fault> {
        match self.entries()? {
            [(key, _)] => self.variant(names).map_err(|fault| fault.below_key(self.at(*key))),
            entries => Err(self.refuse(refuse(K::OneKeyOnly, &[&entries.len().to_string()]))),
        }
    }

    /// Reads plain text one way and a mapping another: `leader: kv` and `leader: { of: kv, is: n3 }`.
    pub fn text_or_mapping<B: FromDoc, T>(
        self,
        expected: K,
        text: impl FnOnce(&str) -> T,
        mapping: impl FnOnce(B) -> T,
    ) -> Result<T, Fault> {
        Ok(match self.found() {
            Found::Text(value) => text(value),
            Found::Unsigned(number) => text(&number.to_string()),
            Found::Bool(value) => text(if value { "true" } else { "false" }),
            Found::Map(_) => mapping(B::from_doc(self)?),
            _ => return Err(self.wrong(expected)),
        })
    }
}

impl Fault {
    /// It arose at, or behind, this key.
    pub fn below_key(self, key: Node<'_>) -> Self {
        self.below(Step::Key(key.name()))
    }
}

/// Where a field's value goes.
pub trait Slot {
    /// Reads it.
    fn fill(&mut self, node: Node<'_>) -> Result<(), Fault>;
    /// Must there be one, and is there none?
    fn is_missing(&self) -> bool;
}

/// A field that may be left out: its value until then.
impl<T: FromDoc> Slot for T {
    fn fill(&mut self, node: Node<'_>) -> Result<(), Fault> {
        *self = T::from_doc(node)?;
        Ok(())
    }
    fn is_missing(&self) -> bool {
        false
    }
}

/// A field that must be there.
pub struct Required<T>(pub Option<T>);

impl<T: FromDoc> Slot for Required<T> {
    fn fill(&mut self, node: Node<'_>) -> Result<(), Fault> {
        self.0 = Some(T::from_doc(node)?);
        Ok(())
    }
    fn is_missing(&self) -> bool {
        self.0.is_none()
    }
}

/// What stands behind a variant's name.
pub struct Content<'a> {
    key: Node<'a>,
    value: Option<Node<'a>>,
}

impl<'a> Content<'a> {
    /// A variant's content whose name and value have been told apart already.
    pub fn of(key: Node<'a>, value: Node<'a>) -> Self {
        Content { key, value: Some(value) }
    }
    /// Its value.
    pub fn read<T: FromDoc>(self) -> Result<T, Fault> {
        T::from_doc(self.value()?).map_err(|fault| fault.below_key(self.key))
    }
    fn value(&self) -> Result<Node<'a>, Fault> {
        let needs = || self.key.fault(Phrase::new(K::NeedsValue, [Arg::Name(self.key.name())]));
        self.value.ok_or_else(needs)
    }
    /// There must be nothing.
    pub fn none(self) -> Result<(), Fault> {
        match self.value {
            Some(value) if !value.is_null() => {
                Err(value.fault(Phrase::new(K::TakesNoValue, [Arg::Name(self.key.name())])))
            }
            _ => Ok(()),
        }
    }
}

impl<T: FromDoc> FromDoc for At<T> {
    fn from_doc(node: Node<'_>) -> Result<Self, Fault> {
        Ok(At { node: node.id, value: T::from_doc(node)? })
    }
}

impl FromDoc for Raw {
    fn from_doc(node: Node<'_>) -> Result<Self, Fault> {
        Ok(Raw(node.id))
    }
}

impl<T: FromDoc> FromDoc for Option<T> {
    fn from_doc(node: Node<'_>) -> Result<Self, Fault> {
        if node.is_null() { Ok(None) } else { T::from_doc(node).map(Some) }
    }
}

impl<T: FromDoc> FromDoc for Box<T> {
    fn from_doc(node: Node<'_>) -> Result<Self, Fault> {
        T::from_doc(node).map(Box::new)
    }
}

impl<T: FromDoc> FromDoc for Vec<T> {
    fn from_doc(node: Node<'_>) -> Result<Self, Fault> {
        let items = node.items()?;
        let (mut all, mut first) = (Vec::with_capacity(items.len()), None);
        for (at, item) in items.iter().enumerate() {
            match node.item(at, *item) {
                Ok(item) => all.push(item),
                Err(fault) => node.ends(fault, &mut first)?,
            }
        }
        first.map_or(Ok(all), Err)
    }
}

impl<T: FromDoc> FromDoc for [T; 2] {
    fn from_doc(node: Node<'_>) -> Result<Self, Fault> {
        match node.items()? {
            [first, second] => Ok([node.item(0, *first)?, node.item(1, *second)?]),
            items => {
                let found = Phrase::new(K::FoundItems, [Arg::Number(items.len() as u64)]);
                Err(node.mistaken(found, K::ExpectTwo))
            }
        }
    }
}

impl<T: FromDoc> FromDoc for LiteMap<Arc<str>, T> {
    fn from_doc(node: Node<'_>) -> Result<Self, Fault> {
        let mut read = Vec::new();
        let mut order: Vec<(Arc<str>, usize)> = Vec::new();
        for (at, (key, value)) in node.entries()?.iter().enumerate() {
            order.push((node.value(*key, *key)?, at));
            read.push(Some(node.value(*key, *value)?));
        }
        // In order, each goes to the end; as written, each would move half of the others.
        few::sort(&mut order);
        let sorted: Vec<(Arc<str>, T)> =
            order.into_iter().filter_map(|(name, at)| Some((name, read[at].take()?))).collect();
        Ok(LiteMap::from_sorted_store_unchecked(sorted))
    }
}

impl FromDoc for Arc<str> {
    fn from_doc(node: Node<'_>) -> Result<Self, Fault> {
        node.text(K::ExpectText).cloned()
    }
}

impl FromDoc for bool {
    fn from_doc(node: Node<'_>) -> Result<Self, Fault> {
        match node.found() {
            Found::Bool(value) => Ok(value),
            _ => Err(node.wrong(K::ExpectBool)),
        }
    }
}

macro_rules! whole {
    ($($type:ty: $expected:ident),*) => { $(
        impl FromDoc for $type {
            fn from_doc(node: Node<'_>) -> Result<Self, Fault> {
                let number = match node.found() {
                    Found::Unsigned(number) => <$type>::try_from(number).ok(),
                    Found::Signed(number) => <$type>::try_from(number).ok(),
                    _ => None,
                };
                number.ok_or_else(|| node.wrong(K::$expected))
            }
        }
    )* };
}

whole! { u64: ExpectWhole, u32: ExpectWhole, i32: ExpectSigned }
