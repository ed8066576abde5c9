//! A JavaScript-like literal as a shell prints one, from text to a tree with places: bare and quoted keys, constructors
//! (`ObjectId("…")`, `Long("1")`, `NumberLong(1)`, `new Date(…)`), comments, commas at the end; and Extended JSON (`$oid`,
//! `$numberLong`), which comes to the same tree.
//!
//! Everything is bounded before it is built: bytes, depth, values, fields. It deliberately knows nothing of replica sets.

use crate::process::{Arg, Phrase};
use crate::words::replset_view::ReplSetViewKey as V;
use std::sync::Arc;

/// Most bytes of a text.
pub(super) const MAX_BYTES: usize = 64 * 1024;
/// Most levels.
pub(super) const MAX_DEPTH: u32 = 16;
/// Most values.
pub(super) const MAX_VALUES: u32 = 10_000;
/// Most fields of one map, each of which is compared with those before it.
pub(super) const MAX_FIELDS: usize = 200;

/// A place in the text, from 1, in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub line: u32,
    pub column: u32,
}

/// A value with its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Item {
    pub at: Place,
    pub is: Literal,
}

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Literal {
    /// `null`, `undefined`.
    Nothing,
    /// `true`, `false`.
    Bool(bool),
    /// A number as it is written.
    Number(Arc<str>),
    /// Text; also what a constructor that is no number was given.
    Text(Arc<str>),
    /// `[…]`.
    List(Vec<Item>),
    /// `{…}`, in order.
    Map(Vec<(Arc<str>, Item)>),
}

/// What was found where something else was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// The end of the text.
    End,
    /// A character, or a word, a key, a value.
    This(Arc<str>),
    /// Nothing of this name.
    Missing(Arc<str>),
}

/// What was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expected {
    Value,
    Key,
    Colon,
    CommaOrBrace,
    CommaOrBracket,
    Parenthesis,
    EndOfText,
    EndOfString,
    Argument,
    FewerLevels,
    FewerValues,
    FewerFields,
    ShorterText,
    Map,
    List,
    Text,
    Bool,
    Whole,
    Decimal,
    KnownField,
    FieldOnce,
    Votes,
    Version,
    Protocol,
    HostOfMember,
    Field,
    AsManyMembers,
}

/// What is wrong with the text, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Slip {
    pub at: Place,
    pub found: Found,
    pub expected: Expected,
}

impl Expected {
    const fn key(self) -> V {
        match self {
            Expected::Value => V::PasteValue,
            Expected::Key => V::PasteKey,
            Expected::Colon => V::PasteColon,
            Expected::CommaOrBrace => V::PasteCommaOrBrace,
            Expected::CommaOrBracket => V::PasteCommaOrBracket,
            Expected::Parenthesis => V::PasteParenthesis,
            Expected::EndOfText => V::PasteEndOfText,
            Expected::EndOfString => V::PasteEndOfString,
            Expected::Argument => V::PasteArgument,
            Expected::FewerLevels => V::PasteFewerLevels,
            Expected::FewerValues => V::PasteFewerValues,
            Expected::FewerFields => V::PasteFewerFields,
            Expected::ShorterText => V::PasteShorterText,
            Expected::Map => V::PasteMap,
            Expected::List => V::PasteList,
            Expected::Text => V::PasteText,
            Expected::Bool => V::PasteBool,
            Expected::Whole => V::PasteWhole,
            Expected::Decimal => V::PasteDecimal,
            Expected::KnownField => V::PasteKnownField,
            Expected::FieldOnce => V::PasteFieldOnce,
            Expected::Votes => V::PasteVotes,
            Expected::Version => V::PasteVersion,
            Expected::Protocol => V::PasteProtocol,
            Expected::HostOfMember => V::PasteHostOfMember,
            Expected::Field => V::PasteField,
            Expected::AsManyMembers => V::PasteAsManyMembers,
        }
    }
}

impl Slip {
    /// In words.
    pub fn phrase(&self) -> Phrase {
        let found = match &self.found {
            Found::End => Phrase::bare(V::PasteFoundEnd),
            Found::This(text) => Phrase::new(V::PasteFoundThis, [crate::text::clipped(text)]),
            Found::Missing(name) => Phrase::new(V::PasteFoundMissing, [crate::text::clipped(name)]),
        };
        let args = [
            Arg::Number(u64::from(self.at.line)),
            Arg::Number(u64::from(self.at.column)),
            Arg::Phrase(Box::new(found)),
            Arg::Phrase(Box::new(Phrase::bare(self.expected.key()))),
        ];
        Phrase::new(V::PasteSlip, args)
    }
}

impl Item {
    /// It is not what was expected.
    pub fn slip(&self, expected: Expected) -> Slip {
        let found = match &self.is {
            Literal::Nothing => "null".into(),
            Literal::Bool(value) => if *value { "true" } else { "false" }.into(),
            Literal::Number(text) | Literal::Text(text) => text.clone(),
            Literal::List(_) => "[…]".into(),
            Literal::Map(_) => "{…}".into(),
        };
        Slip { at: self.at, found: Found::This(found), expected }
    }
}

/// Reads a text: one value, and nothing behind it but `;`.
pub(super) fn read(text: &str) -> Result<Item, Slip> {
    let mut reader = Reader { rest: text, at: Place { line: 1, column: 1 }, values: 0 };
    if text.len() > MAX_BYTES {
        return Err(reader.slip(Expected::ShorterText));
    }
    let item = reader.value(0)?;
    reader.blanks();
    reader.takes(';');
    reader.blanks();
    if reader.rest.is_empty() { Ok(item) } else { Err(reader.slip(Expected::EndOfText)) }
}

struct Reader<'a> {
    rest: &'a str,
    at: Place,
    values: u32,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.rest = &self.rest[next.len_utf8()..];
        if next == '\n' {
            self.at = Place { line: self.at.line + 1, column: 1 };
        } else {
            self.at.column += 1;
        }
        Some(next)
    }

    fn takes(&mut self, wanted: char) -> bool {
        let is = self.peek() == Some(wanted);
        if is {
            self.next();
        }
        is
    }

    fn slip(&self, expected: Expected) -> Slip {
        let found = self.peek().map_or(Found::End, |c| Found::This(c.to_string().into()));
        Slip { at: self.at, found, expected }
    }

    fn needs(&mut self, wanted: char, expected: Expected) -> Result<(), Slip> {
        self.blanks();
        if self.takes(wanted) { Ok(()) } else { Err(self.slip(expected)) }
    }

    /// Passes over blanks and comments. A comment without an end ends with the text.
    fn blanks(&mut self) {
        loop {
            if self.rest.starts_with("//") {
                while self.peek().is_some_and(|c| c != '\n') {
                    self.next();
                }
            } else if self.rest.starts_with("/*") {
                while !self.rest.is_empty() && !self.rest.starts_with("*/") {
                    self.next();
                }
                self.next();
                self.next();
            } else if self.peek().is_some_and(char::is_whitespace) {
                self.next();
            } else {
                return;
            }
        }
    }

    fn value(&mut self, depth: u32) -> Result<Item, Slip> {
        self.blanks();
        if depth >= MAX_DEPTH {
            return Err(self.slip(Expected::FewerLevels));
        }
        self.values += 1;
        if self.values > MAX_VALUES {
            return Err(self.slip(Expected::FewerValues));
        }
        let at = self.at;
        let is = match self.peek() {
            Some('{') => self.map(depth)?,
            Some('[') => self.list(depth)?,
            Some('"' | '\'') => Literal::Text(self.string()?),
            Some(c) if c.is_ascii_digit() || matches!(c, '-' | '+' | '.') => Literal::Number(self.number()?),
            Some(c) if begins_word(c) => self.word(depth)?,
            _ => return Err(self.slip(Expected::Value)),
        };
        Ok(Item { at, is })
    }

    fn list(&mut self, depth: u32) -> Result<Literal, Slip> {
        self.next();
        let mut items = Vec::new();
        loop {
            self.blanks();
            if self.takes(']') {
                return Ok(Literal::List(items));
            }
            items.push(self.value(depth + 1)?);
            self.blanks();
            if !self.takes(',') && self.peek() != Some(']') {
                return Err(self.slip(Expected::CommaOrBracket));
            }
        }
    }

    fn map(&mut self, depth: u32) -> Result<Literal, Slip> {
        self.next();
        let mut entries: Vec<(Arc<str>, Item)> = Vec::new();
        loop {
            self.blanks();
            if self.takes('}') {
                return Ok(plain(entries));
            }
            if entries.len() >= MAX_FIELDS {
                return Err(self.slip(Expected::FewerFields));
            }
            let at = self.at;
            let key = match self.peek() {
                Some('"' | '\'') => self.string()?,
                Some(c) if begins_word(c) => self.name(),
                _ => return Err(self.slip(Expected::Key)),
            };
            if entries.iter().any(|(known, _)| *known == key) {
                return Err(Slip { at, found: Found::This(key), expected: Expected::FieldOnce });
            }
            self.needs(':', Expected::Colon)?;
            let value = self.value(depth + 1)?;
            entries.push((key, value));
            self.blanks();
            if !self.takes(',') && self.peek() != Some('}') {
                return Err(self.slip(Expected::CommaOrBrace));
            }
        }
    }

    fn string(&mut self) -> Result<Arc<str>, Slip> {
        let quote = self.next();
        let mut text = String::new();
        loop {
            match self.peek() {
                None | Some('\n') => return Err(self.slip(Expected::EndOfString)),
                found if found == quote => {
                    self.next();
                    return Ok(text.into());
                }
                Some('\\') => {
                    self.next();
                    let escaped = self.next();
                    text.extend(escaped.map(|c| match c {
                        'n' => '\n',
                        't' => '\t',
                        other => other,
                    }));
                }
                Some(c) => {
                    text.push(c);
                    self.next();
                }
            }
        }
    }

    fn while_it_is(&mut self, right: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|c| !right(c)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        // Neither words nor numbers hold line ends.
        self.at.column += taken.chars().count() as u32;
        taken
    }

    fn name(&mut self) -> Arc<str> {
        self.while_it_is(|c| begins_word(c) || c.is_ascii_digit()).into()
    }

    fn number(&mut self) -> Result<Arc<str>, Slip> {
        let at = self.at;
        let text = self.while_it_is(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '.'));
        let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
        let decimal = digits.chars().all(|c| c.is_ascii_digit() || c == '.')
            && digits.matches('.').count() <= 1
            && digits.chars().any(|c| c.is_ascii_digit());
        if decimal {
            return Ok(text.into());
        }
        Err(Slip { at, found: Found::This(text.into()), expected: Expected::Value })
    }

    /// A word that is a value, or a constructor with what it is given.
    fn word(&mut self, depth: u32) -> Result<Literal, Slip> {
        let at = self.at;
        let mut name = self.name();
        if &*name == "new" {
            self.blanks();
            name = self.name();
        }
        match &*name {
            "true" => return Ok(Literal::Bool(true)),
            "false" => return Ok(Literal::Bool(false)),
            "null" | "undefined" => return Ok(Literal::Nothing),
            _ => {}
        }
        self.blanks();
        if !self.takes('(') {
            return Err(Slip { at, found: Found::This(name), expected: Expected::Value });
        }
        let given = self.given(depth)?;
        let numeric = matches!(
            &*name,
            "Long" | "NumberLong" | "NumberInt" | "Int32" | "Double" | "NumberDecimal" | "Decimal128"
        );
        match (given, numeric) {
            (Some(Literal::Text(text) | Literal::Number(text)), true) => Ok(Literal::Number(text)),
            (Some(Literal::Text(text) | Literal::Number(text)), false) => Ok(Literal::Text(text)),
            (Some(map @ Literal::Map(_)), false) => Ok(map),
            (None, false) => Ok(Literal::Text("".into())),
            _ => Err(Slip { at, found: Found::This(name), expected: Expected::Argument }),
        }
    }

    /// What a constructor is given, up to its closing parenthesis: the first of its arguments.
    fn given(&mut self, depth: u32) -> Result<Option<Literal>, Slip> {
        let mut first = None;
        loop {
            self.blanks();
            if self.takes(')') {
                return Ok(first);
            }
            let item = self.value(depth + 1)?;
            first.get_or_insert(item.is);
            self.blanks();
            if !self.takes(',') && self.peek() != Some(')') {
                return Err(self.slip(Expected::Parenthesis));
            }
        }
    }
}

fn begins_word(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '_' | '$')
}

/// A map of Extended JSON that stands for one value is that value.
fn plain(entries: Vec<(Arc<str>, Item)>) -> Literal {
    let [(key, item)] = entries.as_slice() else { return Literal::Map(entries) };
    match (&**key, &item.is) {
        (
            "$numberLong" | "$numberInt" | "$numberDouble" | "$numberDecimal",
            Literal::Text(text) | Literal::Number(text),
        ) => Literal::Number(text.clone()),
        ("$oid" | "$date" | "$uuid", Literal::Text(text) | Literal::Number(text)) => {
            Literal::Text(text.clone())
        }
        _ => Literal::Map(entries),
    }
}
