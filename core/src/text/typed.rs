//! From the tree to types: a serde deserializer over a [`Doc`], so that every error knows its path and place.
//!
//! A type derives `Deserialize`; what serde's errors know (the unknown field, the valid ones, what was found) becomes a
//! typed phrase, and the place is filled in by the innermost node on the way out. Own scalars say what is wrong with
//! [`refuse`]. [`At`] keeps a value's place for errors that are found later, [`Raw`] keeps a part for somebody else to type.

use super::doc::{Doc, NodeId, Shape, Spot};
use super::problem::{Problem, nearest};
use crate::process::{Arg, Phrase};
use crate::words::scenario::ScenarioKey as K;
use serde::de::{self, DeserializeSeed, Deserializer, Expected, IntoDeserializer, Unexpected, Visitor};
use serde::{Deserialize, forward_to_deserialize_any};
use std::fmt;
use std::sync::Arc;

/// Types a node. The path in a problem begins with `path`.
pub fn typed<'a, T: Deserialize<'a>>(doc: &'a Doc, id: NodeId, path: &str) -> Result<T, Problem> {
    T::deserialize(Typed { doc, id }).map_err(|fault| fault.problem(doc.spot(id), path))
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

const AT: &str = "\u{1f}At";
const RAW: &str = "\u{1f}Raw";

impl<'de, T: Deserialize<'de>> Deserialize<'de> for At<T> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct Both<T>(std::marker::PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Both<T> {
            type Value = At<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value with its place")
            }
            fn visit_seq<A: de::SeqAccess<'de>>(self, mut seq: A) -> Result<At<T>, A::Error> {
                let missing = || de::Error::custom("a value without its place");
                let node = seq.next_element::<u32>()?.ok_or_else(missing)?;
                let value = seq.next_element()?.ok_or_else(missing)?;
                Ok(At { node: NodeId(node), value })
            }
        }
        d.deserialize_newtype_struct(AT, Both(std::marker::PhantomData))
    }
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct Number;
        impl Visitor<'_> for Number {
            type Value = Raw;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a part of a text")
            }
            fn visit_u32<E: de::Error>(self, id: u32) -> Result<Raw, E> {
                Ok(Raw(NodeId(id)))
            }
        }
        d.deserialize_newtype_struct(RAW, Number)
    }
}

/// An error of a type's own: the key, and its arguments as text. For `Deserialize` impls and visitors.
pub fn refuse<E: de::Error>(key: K, args: &[&str]) -> E {
    struct Coded<'a>(K, &'a [&'a str]);
    impl fmt::Display for Coded<'_> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "{MARK}{}", self.0.as_str())?;
            self.1.iter().try_for_each(|arg| write!(f, "{MARK}{}", arg.replace(MARK, " ")))
        }
    }
    E::custom(Coded(key, args))
}

/// Separates a coded phrase's parts; no text of a scenario reaches a phrase with it.
const MARK: char = '\u{1f}';

fn decode(text: &str) -> Option<Phrase> {
    let mut parts = text.strip_prefix(MARK)?.split(MARK);
    let name = parts.next()?;
    let key = K::ALL.iter().find(|key| key.as_str() == name)?;
    Some(Phrase::new(*key, parts.map(|part| Arg::Text(part.into())).collect::<Vec<_>>()))
}

/// An error on its way out of the tree.
#[derive(Debug)]
pub struct Fault {
    spot: Option<Spot>,
    /// Innermost first.
    path: Vec<Step>,
    phrase: Phrase,
    nearest: Option<Arc<str>>,
}

#[derive(Debug)]
enum Step {
    Key(Arc<str>),
    Index(usize),
}

impl Fault {
    fn new(phrase: Phrase) -> Self {
        Fault { spot: None, path: Vec::new(), phrase, nearest: None }
    }
    fn placed(mut self, spot: Spot) -> Self {
        self.spot.get_or_insert(spot);
        self
    }
    fn below(mut self, step: Step) -> Self {
        self.path.push(step);
        self
    }
    fn problem(self, whole: Spot, root: &str) -> Problem {
        let mut path = root.to_owned();
        for step in self.path.iter().rev() {
            match step {
                Step::Key(name) if path.is_empty() => path.push_str(name),
                Step::Key(name) => path.extend([".", name]),
                Step::Index(at) => path.push_str(&format!("[{at}]")),
            }
        }
        let spot = self.spot.unwrap_or(whole);
        let (line, column, length) = (spot.line, spot.column, spot.length.max(1));
        let (phrase, nearest) = (self.phrase, self.nearest);
        Problem { line, column, length, path: path.into(), phrase, nearest, warning: false }
    }
    fn name(key: K, found: &str, valid: &'static [&'static str]) -> Self {
        let names = valid.iter().map(|name| Arg::Name((*name).into())).collect();
        let phrase = Phrase::new(key, [Arg::Name(found.into()), Arg::List(names)]);
        let nearest = nearest(found, valid.iter().copied()).map(Arc::from);
        Fault { nearest, ..Fault::new(phrase) }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.phrase.key.as_str())
    }
}
impl std::error::Error for Fault {}

impl de::Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        let text = message.to_string();
        Fault::new(decode(&text).unwrap_or_else(|| Phrase::new(K::Other, [Arg::Text(text.as_str().into())])))
    }
    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Fault::new(Phrase::new(
            K::WrongType,
            [phrase(found_phrase(found)), phrase(expected_phrase(expected))],
        ))
    }
    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_type(found, expected)
    }
    fn invalid_length(length: usize, expected: &dyn Expected) -> Self {
        let found = Phrase::new(K::FoundItems, [Arg::Number(length as u64)]);
        Fault::new(Phrase::new(K::WrongType, [phrase(found), phrase(expected_phrase(expected))]))
    }
    fn unknown_variant(found: &str, valid: &'static [&'static str]) -> Self {
        Fault::name(K::UnknownName, found, valid)
    }
    fn unknown_field(found: &str, valid: &'static [&'static str]) -> Self {
        Fault::name(K::UnknownField, found, valid)
    }
    fn missing_field(field: &'static str) -> Self {
        Fault::new(Phrase::new(K::MissingField, [Arg::Name(field.into())]))
    }
    fn duplicate_field(field: &'static str) -> Self {
        Fault::new(Phrase::new(K::DuplicateKey, [Arg::Name(field.into()), Arg::Number(0), Arg::Number(0)]))
    }
}

fn phrase(phrase: Phrase) -> Arg {
    Arg::Phrase(Box::new(phrase))
}

fn found_phrase(found: Unexpected<'_>) -> Phrase {
    let text = |text: &str| [Arg::Text(text.chars().take(80).collect::<String>().into())];
    match found {
        Unexpected::Bool(value) => Phrase::new(K::FoundBool, text(if value { "true" } else { "false" })),
        Unexpected::Unsigned(value) => Phrase::new(K::FoundNumber, text(&value.to_string())),
        Unexpected::Signed(value) => Phrase::new(K::FoundNumber, text(&value.to_string())),
        Unexpected::Str(value) => Phrase::new(K::FoundText, text(value)),
        Unexpected::Seq => Phrase::bare(K::FoundList),
        Unexpected::Map | Unexpected::StructVariant => Phrase::bare(K::FoundMapping),
        Unexpected::Unit | Unexpected::UnitVariant => Phrase::bare(K::FoundNothing),
        other => Phrase::new(K::FoundText, text(&other.to_string())),
    }
}

/// What serde's derived visitors call what they expect, and what ours do (by a key's stable name).
fn expected_phrase(expected: &dyn Expected) -> Phrase {
    let text = expected.to_string();
    if let Some(key) = K::ALL.iter().find(|key| key.as_str() == text) {
        return Phrase::bare(*key);
    }
    let starts = |words: &[&str]| words.iter().any(|word| text.starts_with(word));
    if starts(&["struct ", "a map", "a tuple struct", "map with"]) {
        Phrase::bare(K::ExpectMapping)
    } else if starts(&["a string", "string", "a borrowed string", "enum ", "variant "]) {
        Phrase::bare(K::ExpectText)
    } else if starts(&["u8", "u16", "u32", "u64", "i8", "i16", "i32", "i64"]) {
        Phrase::bare(K::ExpectWhole)
    } else if starts(&["a boolean"]) {
        Phrase::bare(K::ExpectBool)
    } else if starts(&["a sequence", "a tuple of", "an array"]) {
        Phrase::bare(K::ExpectList)
    } else {
        Phrase::new(K::ExpectOther, [Arg::Text(text.into())])
    }
}

/// A node as a deserializer.
#[derive(Clone, Copy)]
struct Typed<'a> {
    doc: &'a Doc,
    id: NodeId,
}

/// A plain scalar, resolved by the YAML core schema as far as anything here needs it.
enum Plain {
    Null,
    Bool(bool),
    Unsigned(u64),
    Signed(i64),
    Text,
}

fn resolve(text: &str) -> Plain {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Plain::Null,
        "true" | "True" | "TRUE" => Plain::Bool(true),
        "false" | "False" | "FALSE" => Plain::Bool(false),
        _ => {
            let digits = text.strip_prefix('+').unwrap_or(text);
            let hex = digits.strip_prefix("0x").and_then(|hex| u64::from_str_radix(hex, 16).ok());
            if let Some(number) = hex.or_else(|| digits.parse().ok()) {
                Plain::Unsigned(number)
            } else if let Ok(number) = text.parse() {
                Plain::Signed(number)
            } else {
                Plain::Text
            }
        }
    }
}

impl<'a> Typed<'a> {
    fn at(self, id: NodeId) -> Self {
        Typed { id, ..self }
    }
    fn spot(self) -> Spot {
        self.doc.spot(self.id)
    }
    fn found(self) -> Unexpected<'a> {
        match self.doc.shape(self.id) {
            Shape::List(_) => Unexpected::Seq,
            Shape::Map(_) => Unexpected::Map,
            Shape::Scalar { text, plain } => match resolve(text) {
                Plain::Null if *plain => Unexpected::Unit,
                Plain::Bool(value) if *plain => Unexpected::Bool(value),
                Plain::Unsigned(value) if *plain => Unexpected::Unsigned(value),
                Plain::Signed(value) if *plain => Unexpected::Signed(value),
                _ => Unexpected::Str(text),
            },
        }
    }
    fn wrong(self, expected: &dyn Expected) -> Fault {
        <Fault as de::Error>::invalid_type(self.found(), expected)
    }
    /// Numbers, booleans and nothing as what they are; text as text.
    fn visit<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.doc.shape(self.id) {
            Shape::List(items) => visitor.visit_seq(Items { node: self, items: items.iter().enumerate() }),
            Shape::Map(entries) => {
                visitor.visit_map(Entries { node: self, entries: entries.iter(), value: None })
            }
            Shape::Scalar { text, plain } => match resolve(text) {
                Plain::Null if *plain => visitor.visit_unit(),
                Plain::Bool(value) if *plain => visitor.visit_bool(value),
                Plain::Unsigned(value) if *plain => visitor.visit_u64(value),
                Plain::Signed(value) if *plain => visitor.visit_i64(value),
                _ => visitor.visit_borrowed_str(text),
            },
        }
    }
    /// The text of a scalar as it was written, whatever it looks like; nothing at all is not text.
    fn text<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.doc.shape(self.id) {
            Shape::Scalar { text, .. } if !self.doc.is_null(self.id) => visitor.visit_borrowed_str(text),
            _ => Err(self.wrong(&visitor)),
        }
    }
    fn only<V: Visitor<'a>>(self, visitor: V, right: bool) -> Result<V::Value, Fault> {
        if right { self.visit(visitor) } else { Err(self.wrong(&visitor)) }
    }
}

impl<'de> Deserializer<'de> for Typed<'de> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.visit(visitor).map_err(|fault| fault.placed(self.spot()))
    }
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.text(visitor).map_err(|fault| fault.placed(self.spot()))
    }
    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }
    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if self.doc.is_null(self.id) { visitor.visit_none() } else { visitor.visit_some(self) }
    }
    /// Nothing where a list may stand is an empty list: `timeline:` with all its lines taken out.
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if self.doc.is_null(self.id) {
            return visitor.visit_seq(Items { node: self, items: [].iter().enumerate() });
        }
        let right = matches!(self.doc.shape(self.id), Shape::List(_));
        self.only(visitor, right).map_err(|fault| fault.placed(self.spot()))
    }
    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Fault> {
        match self.doc.shape(self.id) {
            Shape::List(items) if items.len() != length => {
                Err(<Fault as de::Error>::invalid_length(items.len(), &visitor).placed(self.spot()))
            }
            _ => self.deserialize_seq(visitor),
        }
    }
    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let right = matches!(self.doc.shape(self.id), Shape::Map(_));
        self.only(visitor, right).map_err(|fault| fault.placed(self.spot()))
    }
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.deserialize_map(visitor)
    }
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match name {
            AT => visitor.visit_seq(Placed { node: self, given: 0 }),
            RAW => visitor.visit_u32(self.id.0),
            _ => visitor.visit_newtype_struct(self),
        }
        .map_err(|fault: Fault| fault.placed(self.spot()))
    }
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let spot = self.spot();
        match self.doc.shape(self.id) {
            Shape::Map(entries) if entries.len() == 1 => {
                let (key, value) = entries[0];
                visitor.visit_enum(Variant { key: self.at(key), value: Some(self.at(value)) })
            }
            Shape::Map(entries) => {
                let spot = entries.get(1).map_or(spot, |(key, _)| self.doc.spot(*key));
                let names = variants.iter().map(|name| Arg::Name((*name).into())).collect();
                let args = [Arg::Number(entries.len() as u64), Arg::List(names)];
                Err(Fault::new(Phrase::new(K::OneKey, args)).placed(spot))
            }
            Shape::Scalar { .. } if !self.doc.is_null(self.id) => {
                visitor.visit_enum(Variant { key: self, value: None })
            }
            _ => Err(self.wrong(&visitor)),
        }
        .map_err(|fault| fault.placed(spot))
    }
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char bytes byte_buf unit unit_struct tuple_struct
    }
}

struct Items<'a> {
    node: Typed<'a>,
    items: std::iter::Enumerate<std::slice::Iter<'a, NodeId>>,
}

impl<'a> de::SeqAccess<'a> for Items<'a> {
    type Error = Fault;
    fn next_element_seed<T: DeserializeSeed<'a>>(&mut self, seed: T) -> Result<Option<T::Value>, Fault> {
        let Some((at, item)) = self.items.next() else { return Ok(None) };
        let node = self.node.at(*item);
        let value = seed.deserialize(node);
        value.map(Some).map_err(|fault| fault.placed(node.spot()).below(Step::Index(at)))
    }
    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}

struct Entries<'a> {
    node: Typed<'a>,
    entries: std::slice::Iter<'a, (NodeId, NodeId)>,
    value: Option<(NodeId, NodeId)>,
}

impl<'a> de::MapAccess<'a> for Entries<'a> {
    type Error = Fault;
    fn next_key_seed<T: DeserializeSeed<'a>>(&mut self, seed: T) -> Result<Option<T::Value>, Fault> {
        let Some((key, value)) = self.entries.next() else { return Ok(None) };
        self.value = Some((*key, *value));
        let node = self.node.at(*key);
        let step = || Step::Key(self.node.doc.text(*key).cloned().unwrap_or_default());
        seed.deserialize(node).map(Some).map_err(|fault| fault.placed(node.spot()).below(step()))
    }
    fn next_value_seed<T: DeserializeSeed<'a>>(&mut self, seed: T) -> Result<T::Value, Fault> {
        let (key, value) =
            self.value.take().ok_or_else(|| <Fault as de::Error>::custom("a value without a key"))?;
        let node = self.node.at(value);
        let step = || Step::Key(self.node.doc.text(key).cloned().unwrap_or_default());
        seed.deserialize(node).map_err(|fault| fault.placed(node.spot()).below(step()))
    }
    fn size_hint(&self) -> Option<usize> {
        Some(self.entries.len())
    }
}

/// A value's number, then the value.
struct Placed<'a> {
    node: Typed<'a>,
    given: u8,
}

impl<'a> de::SeqAccess<'a> for Placed<'a> {
    type Error = Fault;
    fn next_element_seed<T: DeserializeSeed<'a>>(&mut self, seed: T) -> Result<Option<T::Value>, Fault> {
        self.given += 1;
        match self.given {
            1 => seed.deserialize(self.node.id.0.into_deserializer()).map(Some),
            2 => seed.deserialize(self.node).map(Some),
            _ => Ok(None),
        }
    }
}

struct Variant<'a> {
    key: Typed<'a>,
    value: Option<Typed<'a>>,
}

impl<'a> de::EnumAccess<'a> for Variant<'a> {
    type Error = Fault;
    type Variant = Content<'a>;
    fn variant_seed<T: DeserializeSeed<'a>>(self, seed: T) -> Result<(T::Value, Content<'a>), Fault> {
        let variant = seed.deserialize(self.key).map_err(|fault| fault.placed(self.key.spot()))?;
        Ok((variant, Content { key: self.key, value: self.value }))
    }
}

/// What stands behind a variant's name.
struct Content<'a> {
    key: Typed<'a>,
    value: Option<Typed<'a>>,
}

impl<'a> Content<'a> {
    fn name(&self) -> Arc<str> {
        self.key.doc.text(self.key.id).cloned().unwrap_or_default()
    }
    fn below<T>(self, read: impl FnOnce(Typed<'a>) -> Result<T, Fault>) -> Result<T, Fault> {
        let name = self.name();
        let Some(value) = self.value else {
            let phrase = Phrase::new(K::NeedsValue, [Arg::Name(name)]);
            return Err(Fault::new(phrase).placed(self.key.spot()));
        };
        read(value).map_err(|fault| fault.placed(value.spot()).below(Step::Key(name)))
    }
}

impl<'a> de::VariantAccess<'a> for Content<'a> {
    type Error = Fault;
    fn unit_variant(self) -> Result<(), Fault> {
        match self.value {
            Some(value) if !value.doc.is_null(value.id) => {
                let phrase = Phrase::new(K::TakesNoValue, [Arg::Name(self.name())]);
                Err(Fault::new(phrase).placed(value.spot()))
            }
            _ => Ok(()),
        }
    }
    fn newtype_variant_seed<T: DeserializeSeed<'a>>(self, seed: T) -> Result<T::Value, Fault> {
        self.below(|value| seed.deserialize(value))
    }
    fn tuple_variant<V: Visitor<'a>>(self, length: usize, visitor: V) -> Result<V::Value, Fault> {
        self.below(|value| value.deserialize_tuple(length, visitor))
    }
    fn struct_variant<V: Visitor<'a>>(
        self,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.below(|value| value.deserialize_map(visitor))
    }
}

/// Reads plain text one way and a mapping another: `leader: kv` and `leader: { of: kv, is: n3 }`.
pub fn text_or_mapping<'de, D: Deserializer<'de>, B: Deserialize<'de>, T>(
    d: D,
    expected: K,
    text: fn(&str) -> T,
    mapping: fn(B) -> T,
) -> Result<T, D::Error> {
    struct Either<B, T>(K, fn(&str) -> T, fn(B) -> T);
    impl<'de, B: Deserialize<'de>, T> Visitor<'de> for Either<B, T> {
        type Value = T;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0.as_str())
        }
        fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
            Ok((self.1)(text))
        }
        fn visit_u64<E: de::Error>(self, number: u64) -> Result<T, E> {
            Ok((self.1)(&number.to_string()))
        }
        fn visit_bool<E: de::Error>(self, value: bool) -> Result<T, E> {
            Ok((self.1)(if value { "true" } else { "false" }))
        }
        fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
            B::deserialize(de::value::MapAccessDeserializer::new(map)).map(self.2)
        }
    }
    d.deserialize_any(Either(expected, text, mapping))
}
