//! A value as one line of YAML: `crash: { select: leader, of: kv }`. What it writes, [`typed`](super::typed) reads back.

use super::doc::{Doc, NodeId, Shape};
use serde::ser::{self, Impossible, Serialize, Serializer};
use std::fmt::{self, Write};

/// Writes a value; the braces of the outermost mapping are left out where it has one entry.
pub fn line<T: Serialize + ?Sized>(value: &T) -> String {
    let mut out = String::new();
    if value.serialize(Flow { out: &mut out, outermost: true }).is_err() {
        return String::new(); // only a type that no scenario has (bytes, a mapping with keys that are not text) gets here
    }
    out
}

/// A node of a text as one line. A scalar that was written without quotes stays without them where it can.
pub fn node(doc: &Doc, id: NodeId) -> String {
    let mut out = String::new();
    put(doc, id, &mut out);
    out
}

/// A reader's text has bounded depth.
fn put(doc: &Doc, id: NodeId, out: &mut String) {
    match doc.shape(id) {
        Shape::Scalar { text, plain: true } if text.is_empty() => out.push_str("null"),
        Shape::Scalar { text, plain } if *plain && text.chars().all(harmless) => out.push_str(text),
        Shape::Scalar { text, plain: true } => scalar(out, text),
        Shape::Scalar { text, .. } => quoted(out, text),
        Shape::List(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                out.push_str(if at > 0 { ", " } else { "" });
                put(doc, *item, out);
            }
            out.push(']');
        }
        Shape::Map(entries) if entries.is_empty() => out.push_str("{}"),
        Shape::Map(entries) => {
            out.push_str("{ ");
            for (at, (key, value)) in entries.iter().enumerate() {
                out.push_str(if at > 0 { ", " } else { "" });
                put(doc, *key, out);
                out.push_str(": ");
                put(doc, *value, out);
            }
            out.push_str(" }");
        }
    }
}

/// What means nothing to YAML wherever it stands in a plain scalar of one line.
fn harmless(c: char) -> bool {
    c.is_alphanumeric() || "_-./%+~".contains(c)
}

/// Text that YAML reads back as the same scalar without quotes, in a flow collection too.
fn is_plain(text: &str) -> bool {
    let safe = |c: char| c.is_alphanumeric() || "_-./%+".contains(c);
    let first = text.chars().next();
    text.chars().all(safe)
        && first.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '/' || c == '.')
        && !text.starts_with("...")
        && !["null", "~", "true", "false"].contains(&text.to_ascii_lowercase().as_str())
        && !text.starts_with("0x")
        && !text.chars().all(|c| c.is_ascii_digit() || c == '_')
        || negative(text)
}

fn negative(text: &str) -> bool {
    let rest = text.strip_prefix('-').unwrap_or("");
    rest.starts_with(|c: char| c.is_ascii_digit())
        && rest.chars().all(|c| c.is_ascii_alphanumeric() || c == '.')
}

fn scalar(out: &mut String, text: &str) {
    if is_plain(text) {
        out.push_str(text);
        return;
    }
    quoted(out, text);
}

fn quoted(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || !printable(c) => {
                let _ = write!(out, "\\U{:08X}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// YAML 1.2.2 §5.1, less the marks that would break a line.
fn printable(c: char) -> bool {
    !matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

struct Flow<'a> {
    out: &'a mut String,
    outermost: bool,
}

/// An open list or mapping.
struct Inside<'a> {
    out: &'a mut String,
    first: bool,
    close: &'static str,
}

impl<'a> Inside<'a> {
    fn open(out: &'a mut String, open: &str, close: &'static str) -> Self {
        out.push_str(open);
        Inside { out, first: true, close }
    }
    fn item(&mut self) -> Flow<'_> {
        if !std::mem::take(&mut self.first) {
            self.out.push_str(", ");
        }
        Flow { out: self.out, outermost: false }
    }
    fn entry<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Result<(), fmt::Error> {
        let flow = self.item();
        scalar(flow.out, key);
        flow.out.push_str(": ");
        value.serialize(flow)
    }
    fn close(self) {
        self.out.push_str(self.close);
    }
}

impl<'a> Flow<'a> {
    fn plain(self, text: impl fmt::Display) -> Result<(), fmt::Error> {
        write!(self.out, "{text}")
    }
    fn variant<T: Serialize + ?Sized>(self, name: &str, value: &T) -> Result<(), fmt::Error> {
        let (open, close) = if self.outermost { ("", "") } else { ("{ ", " }") };
        self.out.push_str(open);
        scalar(self.out, name);
        self.out.push_str(": ");
        value.serialize(Flow { out: self.out, outermost: false })?;
        self.out.push_str(close);
        Ok(())
    }
}

impl<'a> Serializer for Flow<'a> {
    type Ok = ();
    type Error = fmt::Error;
    type SerializeSeq = Inside<'a>;
    type SerializeTuple = Inside<'a>;
    type SerializeTupleStruct = Inside<'a>;
    type SerializeTupleVariant = Impossible<(), fmt::Error>;
    type SerializeMap = Inside<'a>;
    type SerializeStruct = Inside<'a>;
    type SerializeStructVariant = Impossible<(), fmt::Error>;

    fn serialize_bool(self, v: bool) -> Result<(), fmt::Error> {
        self.plain(v)
    }
    fn serialize_i8(self, v: i8) -> Result<(), fmt::Error> {
        self.plain(v)
    }
    fn serialize_i16(self, v: i16) -> Result<(), fmt::Error> {
        self.plain(v)
    }
    fn serialize_i32(self, v: i32) -> Result<(), fmt::Error> {
        self.plain(v)
    }
    fn serialize_i64(self, v: i64) -> Result<(), fmt::Error> {
        self.plain(v)
    }
    fn serialize_u8(self, v: u8) -> Result<(), fmt::Error> {
        self.plain(v)
    }
    fn serialize_u16(self, v: u16) -> Result<(), fmt::Error> {
        self.plain(v)
    }
    fn serialize_u32(self, v: u32) -> Result<(), fmt::Error> {
        self.plain(v)
    }
    fn serialize_u64(self, v: u64) -> Result<(), fmt::Error> {
        self.plain(v)
    }
    fn serialize_f32(self, _: f32) -> Result<(), fmt::Error> {
        Err(fmt::Error)
    }
    fn serialize_f64(self, _: f64) -> Result<(), fmt::Error> {
        Err(fmt::Error)
    }
    fn serialize_char(self, v: char) -> Result<(), fmt::Error> {
        self.serialize_str(v.encode_utf8(&mut [0; 4]))
    }
    fn serialize_str(self, v: &str) -> Result<(), fmt::Error> {
        scalar(self.out, v);
        Ok(())
    }
    fn serialize_bytes(self, _: &[u8]) -> Result<(), fmt::Error> {
        Err(fmt::Error)
    }
    fn serialize_none(self) -> Result<(), fmt::Error> {
        self.plain("null")
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), fmt::Error> {
        value.serialize(self)
    }
    fn serialize_unit(self) -> Result<(), fmt::Error> {
        self.plain("null")
    }
    fn serialize_unit_struct(self, _: &'static str) -> Result<(), fmt::Error> {
        self.plain("null")
    }
    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), fmt::Error> {
        self.serialize_str(variant)
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), fmt::Error> {
        value.serialize(self)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), fmt::Error> {
        self.variant(variant, value)
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<Inside<'a>, fmt::Error> {
        Ok(Inside::open(self.out, "[", "]"))
    }
    fn serialize_tuple(self, _: usize) -> Result<Inside<'a>, fmt::Error> {
        Ok(Inside::open(self.out, "[", "]"))
    }
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Inside<'a>, fmt::Error> {
        Ok(Inside::open(self.out, "[", "]"))
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, fmt::Error> {
        Err(fmt::Error)
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Inside<'a>, fmt::Error> {
        Ok(Inside::open(self.out, "{ ", " }"))
    }
    fn serialize_struct(self, _: &'static str, fields: usize) -> Result<Inside<'a>, fmt::Error> {
        let (open, close) = if fields == 0 { ("{", "}") } else { ("{ ", " }") };
        Ok(Inside::open(self.out, open, close))
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, fmt::Error> {
        Err(fmt::Error)
    }
}

impl ser::SerializeSeq for Inside<'_> {
    type Ok = ();
    type Error = fmt::Error;
    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), fmt::Error> {
        value.serialize(self.item())
    }
    fn end(self) -> Result<(), fmt::Error> {
        self.close();
        Ok(())
    }
}
impl ser::SerializeTuple for Inside<'_> {
    type Ok = ();
    type Error = fmt::Error;
    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), fmt::Error> {
        value.serialize(self.item())
    }
    fn end(self) -> Result<(), fmt::Error> {
        self.close();
        Ok(())
    }
}
impl ser::SerializeTupleStruct for Inside<'_> {
    type Ok = ();
    type Error = fmt::Error;
    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), fmt::Error> {
        value.serialize(self.item())
    }
    fn end(self) -> Result<(), fmt::Error> {
        self.close();
        Ok(())
    }
}
impl ser::SerializeStruct for Inside<'_> {
    type Ok = ();
    type Error = fmt::Error;
    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), fmt::Error> {
        self.entry(key, value)
    }
    fn end(self) -> Result<(), fmt::Error> {
        self.close();
        Ok(())
    }
}
impl ser::SerializeMap for Inside<'_> {
    type Ok = ();
    type Error = fmt::Error;
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), fmt::Error> {
        let flow = self.item();
        key.serialize(Flow { out: flow.out, outermost: false })?;
        flow.out.push_str(": ");
        Ok(())
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), fmt::Error> {
        value.serialize(Flow { out: self.out, outermost: false })
    }
    fn end(self) -> Result<(), fmt::Error> {
        self.close();
        Ok(())
    }
}
