//! JSON as text: the few lines that traces need, since a page carries no library for it. Objects keep the order they are given;
//! [`object`] sorts its names, so that one does not depend on how it was put together.

use crate::process::{Span, Time};
use std::borrow::Cow;
use std::fmt::{self, Write as _};
use std::sync::Arc;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// Nothing.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Number(u64),
    /// Text.
    Text(Cow<'static, str>),
    /// Values in order.
    List(Vec<Json>),
    /// Names and values, in the order in which they are written.
    Object(Vec<(&'static str, Json)>),
}

/// An object whose names are sorted.
pub fn object<const N: usize>(pairs: [(&'static str, Json); N]) -> Json {
    let mut object = Json::Object(Vec::with_capacity(N));
    for (name, value) in pairs {
        object.set(name, value);
    }
    object
}

impl Json {
    /// Gives a sorted object a value, in place of one of that name if there is one.
    pub fn set(&mut self, name: &'static str, value: impl Into<Json>) {
        let Json::Object(pairs) = self else { return };
        match pairs.binary_search_by_key(&name, |(name, _)| name) {
            Ok(at) => pairs[at].1 = value.into(),
            Err(at) => pairs.insert(at, (name, value.into())),
        }
    }

    /// Adds a value at the end of an object, unless there is none.
    pub fn push(&mut self, name: &'static str, value: Option<impl Into<Json>>) {
        if let (Json::Object(pairs), Some(value)) = (self, value) {
            pairs.push((name, value.into()));
        }
    }

    /// Adds a list at the end of an object, unless it is empty.
    pub fn push_some(&mut self, name: &'static str, list: Vec<Json>) {
        self.push(name, Some(list).filter(|list| !list.is_empty()));
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Json::Null => f.write_str("null"),
            Json::Bool(value) => write!(f, "{value}"),
            Json::Number(number) => write!(f, "{number}"),
            Json::Text(text) => quoted(text, f),
            Json::List(values) => {
                f.write_char('[')?;
                for (at, value) in values.iter().enumerate() {
                    f.write_str(if at > 0 { "," } else { "" })?;
                    write!(f, "{value}")?;
                }
                f.write_char(']')
            }
            Json::Object(pairs) => {
                f.write_char('{')?;
                for (at, (name, value)) in pairs.iter().enumerate() {
                    f.write_str(if at > 0 { "," } else { "" })?;
                    quoted(name, f)?;
                    write!(f, ":{value}")?;
                }
                f.write_char('}')
            }
        }
    }
}

/// RFC 8259, section 7: what must be escaped is, and nothing else.
fn quoted(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_char('"')?;
    for c in text.chars() {
        match c {
            '"' => f.write_str("\\\"")?,
            '\\' => f.write_str("\\\\")?,
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            '\t' => f.write_str("\\t")?,
            '\u{8}' => f.write_str("\\b")?,
            '\u{c}' => f.write_str("\\f")?,
            c if c < ' ' => write!(f, "\\u{:04x}", u32::from(c))?,
            c => f.write_char(c)?,
        }
    }
    f.write_char('"')
}

impl From<bool> for Json {
    fn from(value: bool) -> Json {
        Json::Bool(value)
    }
}
impl From<u64> for Json {
    fn from(number: u64) -> Json {
        Json::Number(number)
    }
}
impl From<u32> for Json {
    fn from(number: u32) -> Json {
        Json::Number(number.into())
    }
}
impl From<u8> for Json {
    fn from(number: u8) -> Json {
        Json::Number(number.into())
    }
}
impl From<usize> for Json {
    fn from(number: usize) -> Json {
        Json::Number(number as u64)
    }
}
impl From<&'static str> for Json {
    fn from(text: &'static str) -> Json {
        Json::Text(text.into())
    }
}
impl From<String> for Json {
    fn from(text: String) -> Json {
        Json::Text(text.into())
    }
}
impl From<&Arc<str>> for Json {
    fn from(text: &Arc<str>) -> Json {
        Json::Text(text.to_string().into())
    }
}
impl From<Arc<str>> for Json {
    fn from(text: Arc<str>) -> Json {
        (&text).into()
    }
}
/// JavaScript's numbers end at 2^53: instants are decimal digits in a string.
impl From<Time> for Json {
    fn from(at: Time) -> Json {
        at.0.to_string().into()
    }
}
/// As instants.
impl From<Span> for Json {
    fn from(span: Span) -> Json {
        span.0.to_string().into()
    }
}
impl From<Vec<Json>> for Json {
    fn from(values: Vec<Json>) -> Json {
        Json::List(values)
    }
}
impl<T: Into<Json>> From<Option<T>> for Json {
    fn from(value: Option<T>) -> Json {
        value.map_or(Json::Null, Into::into)
    }
}
impl<T: Into<Json>> FromIterator<T> for Json {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Json {
        Json::List(values.into_iter().map(Into::into).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn text_is_written_as_any_reader_takes_it(text in "\\PC*|[\\x00-\\x20\"\\\\é\u{2028}]*") {
            let written = Json::from(text.clone()).to_string();
            prop_assert_eq!(&written, &serde_json::to_string(&text).unwrap());
        }
    }

    #[test]
    fn values_are_written_and_names_sorted() {
        let mut value =
            object([("b", Json::Null), ("a", true.into()), ("c", vec![1u64.into(), "x".into()].into())]);
        value.set("aa", u64::MAX);
        value.set("a", false);
        assert_eq!(value.to_string(), r#"{"a":false,"aa":18446744073709551615,"b":null,"c":[1,"x"]}"#);
        let mut ordered = Json::Object(Vec::new());
        ordered.push("z", Some(Time(5)));
        ordered.push("y", None::<bool>);
        ordered.push_some("x", Vec::new());
        ordered.push_some("w", vec![Json::Null]);
        assert_eq!(ordered.to_string(), r#"{"z":"5","w":[null]}"#);
    }
}
