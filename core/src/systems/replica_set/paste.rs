//! A JavaScript-like literal as a shell prints one, from text to a tree with places: bare and quoted keys, constructors
//! (`ObjectId("…")`, `Long("1")`, `NumberLong(1)`, `new Date(…)`), comments, commas at the end; and Extended JSON (`$oid`,
//! `$numberLong`), which comes to the same tree.
//!
//! Everything is bounded before it is built: bytes, depth, values, fields. It deliberately knows nothing of replica sets.

use super::slip::{Expected, Found, Place, Slip};
use std::sync::Arc;

/// Most bytes of a text.
pub(super) const MAX_BYTES: usize = 64 * 1024;
/// Most levels.
pub(super) const MAX_DEPTH: u32 = 16;
/// Most values.
pub(super) const MAX_VALUES: u32 = 10_000;
/// Most fields of one map, each of which is compared with those before it.
pub(super) const MAX_FIELDS: usize = 200;

/// What a line that asks a shell for a configuration holds.
const ASKED: &[&str] = &["rs.conf()", "rs.config()", "replSetGetConfig"];

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
    Map(Vec<Entry>),
}

/// A field of a map.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    /// Where its name stands.
    pub at: Place,
    pub key: Arc<str>,
    pub item: Item,
}

/// A number as it is written, read exactly: `-12.50e1`.
struct Decimal<'a> {
    negative: bool,
    whole: &'a str,
    part: &'a str,
    exponent: i64,
}

impl<'a> Decimal<'a> {
    fn read(text: &'a str) -> Option<Decimal<'a>> {
        let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
        let (digits, exponent) = match digits.split_once(['e', 'E']) {
            Some((digits, exponent)) => (digits, exponent.parse().ok()?),
            None => (digits, 0),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let some = !whole.is_empty() || !part.is_empty();
        let right = some && [whole, part].iter().all(|digits| digits.bytes().all(|b| b.is_ascii_digit()));
        right.then_some(Decimal { negative: text.starts_with('-'), whole, part, exponent })
    }

    /// It times ten to the power of `places`, with what is then behind the point cut off, and whether that was nothing;
    /// `None` beyond 18 digits.
    fn shifted(&self, places: i64) -> Option<(i64, bool)> {
        let all = [self.whole, self.part].concat();
        let digits = all.trim_end_matches('0');
        let zeros = (all.len() - digits.len()) as i64 - self.part.len() as i64;
        let shift = self.exponent.saturating_add(zeros).saturating_add(places);
        let digits = digits.trim_start_matches('0');
        if digits.is_empty() {
            return Some((0, true));
        }
        let kept = (digits.len() as i64).saturating_add(shift);
        if kept > 18 {
            return None;
        }
        let kept = usize::try_from(kept).unwrap_or(0);
        let number: i64 = digits
            .chars()
            .chain(std::iter::repeat('0'))
            .take(kept)
            .fold(0, |number, digit| number * 10 + i64::from(digit.to_digit(10).unwrap_or(0)));
        Some((if self.negative { -number } else { number }, shift >= 0))
    }
}

impl Literal {
    /// The whole number that it is: `1`, `1.0` and `1e0` are the same one.
    pub fn whole(&self) -> Option<i64> {
        let Literal::Number(text) = self else { return None };
        let (number, exact) = Decimal::read(text)?.shifted(0)?;
        exact.then_some(number)
    }

    /// Thousandths of the number that it is, and no smaller parts.
    pub fn thousandths(&self) -> Option<i64> {
        let Literal::Number(text) = self else { return None };
        Decimal::read(text)?.shifted(3).map(|(number, _)| number)
    }
}

impl Item {
    /// It is not what was expected.
    pub fn slip(&self, expected: Expected) -> Slip {
        let found = match &self.is {
            Literal::Nothing => "null".into(),
            Literal::Bool(value) => if *value { "true" } else { "false" }.into(),
            Literal::Number(text) => text.clone(),
            Literal::Text(text) => format!("\"{text}\"").into(),
            Literal::List(_) => "[…]".into(),
            Literal::Map(_) => "{…}".into(),
        };
        Slip::new(self.at, Found::This(found), expected)
    }
}

/// Reads a text: one value, what a shell says around it, and nothing more.
pub(super) fn read(text: &str) -> Result<Item, Slip> {
    let mut reader = Reader { rest: text, at: Place { line: 1, column: 1 }, values: 0 };
    if text.len() > MAX_BYTES {
        return Err(reader.slip(Expected::ShorterText));
    }
    reader.question()?;
    let item = reader.value(0)?;
    reader.blanks()?;
    reader.takes(';');
    reader.blanks()?;
    reader.prompt();
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
        Slip::new(self.at, found, expected)
    }

    fn needs(&mut self, wanted: char, expected: Expected) -> Result<(), Slip> {
        self.blanks()?;
        if self.takes(wanted) { Ok(()) } else { Err(self.slip(expected)) }
    }

    /// Passes over blanks and comments.
    fn blanks(&mut self) -> Result<(), Slip> {
        loop {
            if self.rest.starts_with("//") {
                while self.peek().is_some_and(|c| c != '\n') {
                    self.next();
                }
            } else if self.rest.starts_with("/*") {
                self.comment()?;
            } else if self.peek().is_some_and(char::is_whitespace) {
                self.next();
            } else {
                return Ok(());
            }
        }
    }

    /// What stands before the value where a shell's window was copied: the line that asked for it, and what it is assigned to.
    fn question(&mut self) -> Result<(), Slip> {
        self.blanks()?;
        let (line, more) = self.rest.split_once('\n').unwrap_or((self.rest, ""));
        let asks = ASKED.iter().any(|asked| line.contains(asked)) && !line.starts_with(['{', '(']);
        if asks && !more.trim().is_empty() {
            self.while_it_is(|c| c != '\n');
            self.blanks()?;
        }
        let before = (self.rest, self.at);
        let mut name = self.name();
        if matches!(&*name, "var" | "let" | "const") {
            self.blanks()?;
            name = self.name();
        }
        self.blanks()?;
        if name.is_empty() || !self.takes('=') {
            (self.rest, self.at) = before;
        }
        Ok(())
    }

    /// The shell's next prompt, if that is all that follows: `rs0 [direct: primary] test>`.
    fn prompt(&mut self) {
        let rest = self.rest.trim_end();
        if rest.ends_with('>') && !rest.contains('\n') {
            self.rest = "";
        }
    }

    fn comment(&mut self) -> Result<(), Slip> {
        let at = self.at;
        // What opens it does not close it: `/*/`.
        for _ in 0..2 {
            self.next();
        }
        while !self.rest.starts_with("*/") {
            if self.next().is_none() {
                return Err(Slip::new(at, Found::This("/*".into()), Expected::EndOfComment));
            }
        }
        for _ in 0..2 {
            self.next();
        }
        Ok(())
    }

    fn value(&mut self, depth: u32) -> Result<Item, Slip> {
        self.blanks()?;
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
            self.blanks()?;
            if self.takes(']') {
                return Ok(Literal::List(items));
            }
            items.push(self.value(depth + 1)?);
            self.blanks()?;
            if !self.takes(',') && self.peek() != Some(']') {
                return Err(self.slip(Expected::CommaOrBracket));
            }
        }
    }

    fn map(&mut self, depth: u32) -> Result<Literal, Slip> {
        self.next();
        let mut entries: Vec<Entry> = Vec::new();
        loop {
            self.blanks()?;
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
            if entries.iter().any(|known| known.key == key) {
                return Err(Slip::new(at, Found::This(key), Expected::FieldOnce));
            }
            self.needs(':', Expected::Colon)?;
            let item = self.value(depth + 1)?;
            entries.push(Entry { at, key, item });
            self.blanks()?;
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
                Some('\\') => text.push(self.escape()?),
                Some(c) => {
                    text.push(c);
                    self.next();
                }
            }
        }
    }

    /// One escape, as JSON and JavaScript write it.
    fn escape(&mut self) -> Result<char, Slip> {
        let (at, from) = (self.at, self.rest);
        self.next();
        if self.rest.is_empty() {
            return Err(self.slip(Expected::EndOfString));
        }
        self.escaped().ok_or_else(|| {
            let passed = from.len() - self.rest.len();
            Slip::new(at, Found::This(from[..passed].into()), Expected::Escape)
        })
    }

    fn escaped(&mut self) -> Option<char> {
        Some(match self.next()? {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'v' => '\u{b}',
            '0' if !self.peek().is_some_and(|c| c.is_ascii_digit()) => '\0',
            same @ ('/' | '\\' | '\'' | '"' | '`') => same,
            'x' => char::from_u32(self.hex(2)?)?,
            'u' => self.utf16()?,
            _ => return None,
        })
    }

    /// A character by one unit of UTF-16, or by two: half of such a pair is none.
    fn utf16(&mut self) -> Option<char> {
        let first = self.hex(4)?;
        if !(0xd800..0xdc00).contains(&first) {
            return char::from_u32(first);
        }
        if !(self.takes('\\') && self.takes('u')) {
            return None;
        }
        let second = self.hex(4).filter(|second| (0xdc00..0xe000).contains(second))?;
        char::from_u32(0x1_0000 + (first - 0xd800) * 0x400 + (second - 0xdc00))
    }

    fn hex(&mut self, digits: usize) -> Option<u32> {
        (0..digits).try_fold(0, |number, _| {
            let digit = self.peek()?.to_digit(16)?;
            self.next();
            Some(number * 16 + digit)
        })
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
        if Decimal::read(text).is_some() {
            return Ok(text.into());
        }
        Err(Slip::new(at, Found::This(text.into()), Expected::Value))
    }

    /// A constructor's name, which may be one of another's: `Binary.createFromBase64`.
    fn dotted(&mut self) -> Arc<str> {
        self.while_it_is(|c| begins_word(c) || c.is_ascii_digit() || c == '.').into()
    }

    /// A word that is a value, or a constructor with what it is given.
    fn word(&mut self, depth: u32) -> Result<Literal, Slip> {
        let at = self.at;
        let mut name = self.dotted();
        if &*name == "new" {
            self.blanks()?;
            name = self.dotted();
        }
        match &*name {
            "true" => return Ok(Literal::Bool(true)),
            "false" => return Ok(Literal::Bool(false)),
            "null" | "undefined" => return Ok(Literal::Nothing),
            _ => {}
        }
        self.blanks()?;
        if !self.takes('(') {
            return Err(Slip::new(at, Found::This(name), Expected::Value));
        }
        let given = self.given(depth)?;
        let numeric = matches!(
            name.split('.').next().unwrap_or_default(),
            "Long" | "NumberLong" | "NumberInt" | "Int32" | "Double" | "NumberDecimal" | "Decimal128"
        );
        match (given, numeric) {
            (Some(Literal::Text(text) | Literal::Number(text)), true) => Ok(Literal::Number(text)),
            (Some(Literal::Text(text) | Literal::Number(text)), false) => Ok(Literal::Text(text)),
            (Some(map @ Literal::Map(_)), false) => Ok(map),
            (None, false) => Ok(Literal::Text("".into())),
            _ => Err(Slip::new(at, Found::This(name), Expected::Argument)),
        }
    }

    /// What a constructor is given, up to its closing parenthesis: the first of its arguments.
    fn given(&mut self, depth: u32) -> Result<Option<Literal>, Slip> {
        let mut first = None;
        loop {
            self.blanks()?;
            if self.takes(')') {
                return Ok(first);
            }
            let item = self.value(depth + 1)?;
            first.get_or_insert(item.is);
            self.blanks()?;
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
fn plain(entries: Vec<Entry>) -> Literal {
    let [Entry { key, item, .. }] = entries.as_slice() else { return Literal::Map(entries) };
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
