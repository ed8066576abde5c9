//! What a system's commands take, as it declares them: the one truth by which an order is checked where it stands in a file, and
//! by which one that is given by hand is carried out. It does not know whom names and selectors mean.

use super::Given;
use crate::process::{Arg, Phrase};
use crate::text::typed::Found;
use crate::text::{Duration, Milli, clipped};
use crate::words::scenario::ScenarioKey as K;
use std::sync::Arc;

/// The commands of a system: the name of each, and its arguments.
pub type Orders = &'static [(&'static str, Arguments)];

/// The arguments of a command.
#[derive(Clone, Copy)]
pub struct Arguments {
    all: &'static [(&'static str, Takes)],
    needed: &'static [&'static str],
    fit: Fit,
}

/// What arguments say together, though each alone may say it: at which of them that is wrong, and why.
type Fit = fn(&Said<'_>) -> Result<(), (&'static str, Phrase)>;

/// A command that takes these: the name of each, and what it takes.
pub const fn takes(all: &'static [(&'static str, Takes)]) -> Arguments {
    Arguments { all, needed: &[], fit: |_| Ok(()) }
}

impl Arguments {
    /// Without each of these there is nothing to carry out, whatever the moment.
    pub const fn needs(self, needed: &'static [&'static str]) -> Self {
        Arguments { needed, ..self }
    }
    /// Together they must be right for this.
    pub const fn fit(self, fit: Fit) -> Self {
        Arguments { fit, ..self }
    }
    /// Their names, in order.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        self.all.iter().map(|(name, _)| *name)
    }
    /// What one of them takes.
    pub fn takes(self, called: &str) -> Option<Takes> {
        self.all.iter().find(|(known, _)| *known == called).map(|(_, takes)| *takes)
    }
    /// Is there nothing to carry out without this one?
    pub fn needed(self, called: &str) -> bool {
        self.needed.contains(&called)
    }
    /// Those that are needed and are not there.
    pub fn missing<'s, 'a>(self, said: &'s Said<'a>) -> impl Iterator<Item = &'static str> + use<'s, 'a> {
        self.needed.iter().copied().filter(|name| !said.has(name))
    }
    /// What they say wrong together.
    pub fn wrong(self, said: &Said<'_>) -> Option<(&'static str, Phrase)> {
        (self.fit)(said).err()
    }
}

/// What a command is given, before anybody knows whom its names mean: the text of an argument, which is empty where it is no single
/// name; `None` where it says nothing.
pub struct Said<'a>(pub &'a dyn Fn(&str) -> Option<&'a str>);

impl<'a> Said<'a> {
    /// The text of an argument.
    pub fn text(&self, called: &str) -> Option<&'a str> {
        (self.0)(called)
    }
    /// Does it say anything?
    pub fn has(&self, called: &str) -> bool {
        self.text(called).is_some()
    }
    /// A number, if it is one.
    pub fn number(&self, called: &str) -> Option<u64> {
        self.text(called)?.parse().ok()
    }
}

/// What an argument takes.
#[derive(Clone, Copy, Debug)]
pub enum Takes {
    /// Processes: names, or a selector.
    Members,
    /// One process: its name, or a selector that means one.
    Member,
    /// `true` or `false`.
    Flag,
    /// A whole number, at least and at most.
    Whole(u64, u64),
    /// One of these names.
    OneOf(&'static [&'static str]),
    /// One of the system's rules.
    Rule,
    /// Any text.
    Text,
    /// What has a grammar of its own.
    Own {
        /// Says what is wrong with a text, if anything is.
        check: fn(&str) -> Result<(), Phrase>,
        /// The names among what it takes.
        names: &'static [&'static str],
        /// What it is, in words.
        expected: K,
    },
}

impl Takes {
    /// A length of time: `150ms`.
    pub const SPAN: Takes = Takes::Own {
        check: |text| Ok(Duration::read(text).map(drop)?),
        names: &[],
        expected: K::ExpectDuration,
    };
    /// A number with at most three decimals: `1.5`.
    pub const MILLI: Takes =
        Takes::Own { check: |text| Ok(Milli::read(text).map(drop)?), names: &[], expected: K::ExpectNumber };

    /// Is it somebody?
    pub fn is_somebody(self) -> bool {
        matches!(self, Takes::Members | Takes::Member)
    }

    /// The names among what it takes, of a system with these rules.
    pub fn names<'r>(self, rules: &'r [&'static str]) -> &'r [&'static str] {
        match self {
            Takes::Flag => &["true", "false"],
            Takes::OneOf(names) | Takes::Own { names, .. } => names,
            Takes::Rule => rules,
            Takes::Members | Takes::Member | Takes::Whole(..) | Takes::Text => &[],
        }
    }

    /// What it takes, in words.
    pub fn expected(self, rules: &[&'static str]) -> Phrase {
        match self {
            Takes::Members => Phrase::bare(K::ExpectTarget),
            Takes::Member => Phrase::bare(K::ExpectOneTarget),
            Takes::Flag => Phrase::bare(K::ExpectBool),
            Takes::Whole(least, most) => {
                Phrase::new(K::ExpectBetween, [Arg::Number(least), Arg::Number(most)])
            }
            Takes::OneOf(_) | Takes::Rule => Phrase::new(K::ExpectOneOf, [list(self.names(rules))]),
            Takes::Text => Phrase::bare(K::ExpectText),
            Takes::Own { expected, .. } => Phrase::bare(expected),
        }
    }

    /// A constant as the system gets it. Fails with what was found and what is expected.
    pub fn read(self, text: &Arc<str>, rules: &[&'static str]) -> Result<Given, Phrase> {
        let wrong = || Found::of(text).instead_of(self.expected(rules));
        let unnamed = |key: K| Phrase::new(key, [clipped(text), list(self.names(rules))]);
        match self {
            Takes::Members | Takes::Member | Takes::Text => {}
            Takes::Flag => return text.parse().map(Given::Flag).map_err(|_| wrong()),
            Takes::Whole(least, most) => {
                let number = text.parse().ok().filter(|number| (least..=most).contains(number));
                number.ok_or_else(wrong)?;
            }
            Takes::OneOf(names) if !names.contains(&&**text) => return Err(unnamed(K::UnknownName)),
            Takes::Rule if !rules.contains(&&**text) => return Err(unnamed(K::UnknownRule)),
            Takes::OneOf(_) | Takes::Rule => {}
            Takes::Own { check, .. } => check(text)?,
        }
        Ok(Given::Text(text.clone()))
    }
}

fn list(names: &[&str]) -> Arg {
    Arg::List(names.iter().map(|name| Arg::Name((*name).into())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(takes: Takes, text: &str) -> Result<Given, K> {
        takes.read(&text.into(), &["preVote"]).map_err(|phrase| match phrase.key {
            crate::words::Key::Scenario(key) => key,
            other => panic!("{other:?}"),
        })
    }

    #[test]
    fn a_constant_is_taken_as_declared_or_refused_with_what_is_expected() {
        let text = |text: &str| Ok(Given::Text(text.into()));
        assert_eq!(read(Takes::Flag, "true"), Ok(Given::Flag(true)));
        assert_eq!(read(Takes::Flag, "false"), Ok(Given::Flag(false)));
        assert_eq!(read(Takes::Flag, "yess"), Err(K::WrongType));
        assert_eq!(read(Takes::Whole(1, 50), "50"), text("50"));
        for wrong in ["0", "51", "-1", "", "1.5", "many", "99999999999999999999"] {
            assert_eq!(read(Takes::Whole(1, 50), wrong), Err(K::WrongType), "{wrong}");
        }
        assert_eq!(read(Takes::OneOf(&["get", "put"]), "put"), text("put"));
        assert_eq!(read(Takes::OneOf(&["get", "put"]), "pt"), Err(K::UnknownName));
        assert_eq!(read(Takes::Rule, "preVote"), text("preVote"));
        assert_eq!(read(Takes::Rule, "prevote"), Err(K::UnknownRule));
        assert_eq!(read(Takes::SPAN, "5ms"), text("5ms"));
        assert_eq!(read(Takes::SPAN, "5"), Err(K::NoUnit));
        assert_eq!(read(Takes::MILLI, "0.5"), text("0.5"));
        assert_eq!(read(Takes::MILLI, "-1"), Err(K::NotANumber));
        assert_eq!(read(Takes::Text, "-1"), text("-1"));
    }
}
