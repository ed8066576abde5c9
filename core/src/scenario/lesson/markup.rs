//! The little that may stand in a lesson's texts: `*so*` stands out, `[n1]` names a member or host to look into, `{4}` is a
//! term. Everything else is itself; there is nothing a text could do but be read.

use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A text in both languages, in pieces.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Marked {
    /// English.
    pub en: Vec<Bit>,
    /// Chinese.
    pub zh: Vec<Bit>,
}

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Bit {
    /// Words.
    Text(Arc<str>),
    /// Words that stand out.
    Strong(Arc<str>),
    /// A member's or host's name.
    Name(Arc<str>),
    /// A term, ballot or version.
    Epoch(u64),
}

/// What is wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Slip<'t> {
    /// This sign has no end.
    Open(&'static str),
    /// What stands in braces is no number.
    NoNumber(&'t str),
}

/// Takes a text to pieces.
pub fn bits(text: &str) -> Result<Vec<Bit>, Slip<'_>> {
    let mut bits = Vec::new();
    let mut rest = text.trim();
    while let Some(at) = rest.find(['*', '[', '{']) {
        let (before, marked) = rest.split_at(at);
        if !before.is_empty() {
            bits.push(Bit::Text(before.into()));
        }
        let (sign, end) = match marked.as_bytes()[0] {
            b'*' => ("*", '*'),
            b'[' => ("[", ']'),
            _ => ("{", '}'),
        };
        let (inside, after) = marked[1..].split_once(end).ok_or(Slip::Open(sign))?;
        bits.push(match sign {
            "*" => Bit::Strong(inside.into()),
            "[" => Bit::Name(inside.into()),
            _ => Bit::Epoch(inside.parse().map_err(|_| Slip::NoNumber(inside))?),
        });
        rest = after;
    }
    if !rest.is_empty() {
        bits.push(Bit::Text(rest.into()));
    }
    Ok(bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_told_from_words() {
        let text = |text: &str| Bit::Text(text.into());
        let found = bits(" The leader [n1] of {4} is *gone*. ");
        let wanted = [
            text("The leader "),
            Bit::Name("n1".into()),
            text(" of "),
            Bit::Epoch(4),
            text(" is "),
            Bit::Strong("gone".into()),
            text("."),
        ];
        assert_eq!(found.as_deref(), Ok(&wanted[..]));
        assert_eq!(bits("<b>plain</b> & so on").as_deref(), Ok(&[text("<b>plain</b> & so on")][..]));
    }

    #[test]
    fn what_has_no_end_is_told() {
        assert_eq!(bits("a *star"), Err(Slip::Open("*")));
        assert_eq!(bits("[n1"), Err(Slip::Open("[")));
        assert_eq!(bits("of {four}"), Err(Slip::NoNumber("four")));
    }
}
