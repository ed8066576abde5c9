//! What is wrong with a pasted configuration: where, whose, what was found and what was expected, in words.
//!
//! It deliberately knows neither how a text is read nor what a configuration must be.

use crate::process::{Arg, Phrase};
use crate::words::replset_view::ReplSetViewKey as V;
use std::sync::Arc;

/// A place in the text, from 1, in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub line: u32,
    pub column: u32,
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
    /// None at all.
    Nobody,
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
    EndOfComment,
    Escape,
    Argument,
    FewerLevels,
    FewerValues,
    FewerFields,
    ShorterText,
    Map,
    List,
    Text,
    SomeText,
    Bool,
    /// A whole number, at least and at most.
    Whole(i64, i64),
    Decimal,
    /// One of these fields.
    KnownField(&'static [&'static str]),
    FieldOnce,
    Votes,
    Version,
    Protocol,
    Host,
    HostOfMember,
    /// A host that is named as the others' are, or none.
    HostNamed,
    /// All or none on this very machine.
    HostLocal,
    HostOnce,
    NameOnce,
    IdOnce,
    Field,
    /// As many as the scenario has.
    AsManyMembers(usize),
    /// Members, at most.
    MembersAtMost(usize),
    /// Members that vote, at most.
    VotersAtMost(usize),
    Voter,
    Electable,
    NoPriorityWithoutVote,
    NoPriorityOfArbiter,
    NoPriorityHidden,
    NoPriorityDelayed,
    NoPriorityWithoutIndexes,
    NoTagsOfArbiter,
    VoteOfArbiter,
    NoDelayOfArbiter,
    /// Tags, and bytes of each half of one, at most.
    TagsAtMost(usize, usize),
}

/// What is wrong with the text, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Slip {
    pub at: Place,
    pub found: Found,
    pub expected: Expected,
    /// What the text calls the member that it is about.
    pub member: Option<Arc<str>>,
    /// The nearest valid name.
    pub nearest: Option<&'static str>,
}

impl Expected {
    fn key(self) -> V {
        match self {
            Expected::Value => V::PasteValue,
            Expected::Key => V::PasteKey,
            Expected::Colon => V::PasteColon,
            Expected::CommaOrBrace => V::PasteCommaOrBrace,
            Expected::CommaOrBracket => V::PasteCommaOrBracket,
            Expected::Parenthesis => V::PasteParenthesis,
            Expected::EndOfText => V::PasteEndOfText,
            Expected::EndOfString => V::PasteEndOfString,
            Expected::EndOfComment => V::PasteEndOfComment,
            Expected::Escape => V::PasteEscape,
            Expected::Argument => V::PasteArgument,
            Expected::FewerLevels => V::PasteFewerLevels,
            Expected::FewerValues => V::PasteFewerValues,
            Expected::FewerFields => V::PasteFewerFields,
            Expected::ShorterText => V::PasteShorterText,
            Expected::Map => V::PasteMap,
            Expected::List => V::PasteList,
            Expected::Text => V::PasteText,
            Expected::SomeText => V::PasteSomeText,
            Expected::Bool => V::PasteBool,
            Expected::Whole(..) => V::PasteWhole,
            Expected::Decimal => V::PasteDecimal,
            Expected::KnownField(_) => V::PasteKnownField,
            Expected::FieldOnce => V::PasteFieldOnce,
            Expected::Votes => V::PasteVotes,
            Expected::Version => V::PasteVersion,
            Expected::Protocol => V::PasteProtocol,
            Expected::Host => V::PasteHost,
            Expected::HostOfMember => V::PasteHostOfMember,
            Expected::HostNamed => V::PasteHostNamed,
            Expected::HostLocal => V::PasteHostLocal,
            Expected::HostOnce => V::PasteHostOnce,
            Expected::NameOnce => V::PasteNameOnce,
            Expected::IdOnce => V::PasteIdOnce,
            Expected::Field => V::PasteField,
            Expected::AsManyMembers(_) => V::PasteAsManyMembers,
            Expected::MembersAtMost(_) => V::PasteMembersAtMost,
            Expected::VotersAtMost(_) => V::PasteVotersAtMost,
            Expected::Voter => V::PasteVoter,
            Expected::Electable => V::PasteElectable,
            Expected::NoPriorityWithoutVote => V::PasteNoPriorityWithoutVote,
            Expected::NoPriorityOfArbiter => V::PasteNoPriorityOfArbiter,
            Expected::NoPriorityHidden => V::PasteNoPriorityHidden,
            Expected::NoPriorityDelayed => V::PasteNoPriorityDelayed,
            Expected::NoPriorityWithoutIndexes => V::PasteNoPriorityWithoutIndexes,
            Expected::NoTagsOfArbiter => V::PasteNoTagsOfArbiter,
            Expected::VoteOfArbiter => V::PasteVoteOfArbiter,
            Expected::NoDelayOfArbiter => V::PasteNoDelayOfArbiter,
            Expected::TagsAtMost(..) => V::PasteTagsAtMost,
        }
    }

    fn phrase(self) -> Phrase {
        let count = |n: usize| Arg::Number(n as u64);
        // A plain number has no sign.
        let signed = |n: i64| u64::try_from(n).map_or_else(|_| Arg::Name(n.to_string().into()), Arg::Number);
        let args = match self {
            Expected::Whole(least, most) => vec![signed(least), signed(most)],
            Expected::KnownField(known) => {
                vec![Arg::List(known.iter().map(|name| Arg::Name((*name).into())).collect())]
            }
            Expected::AsManyMembers(n) | Expected::MembersAtMost(n) | Expected::VotersAtMost(n) => {
                vec![count(n)]
            }
            Expected::TagsAtMost(tags, bytes) => vec![count(tags), count(bytes)],
            _ => Vec::new(),
        };
        Phrase::new(self.key(), args)
    }
}

impl Found {
    fn phrase(&self) -> Phrase {
        match self {
            Found::End => Phrase::bare(V::PasteFoundEnd),
            Found::This(text) => Phrase::new(V::PasteFoundThis, [shown(text)]),
            Found::Missing(name) => Phrase::new(V::PasteFoundMissing, [shown(name)]),
            Found::Nobody => Phrase::bare(V::PasteFoundNobody),
        }
    }
}

impl Slip {
    /// This was found and that expected, of no member in particular.
    pub fn new(at: Place, found: Found, expected: Expected) -> Slip {
        Slip { at, found, expected, member: None, nearest: None }
    }

    /// It is about this member, unless it is known whom it is about.
    pub fn of(self, member: impl FnOnce() -> Option<Arc<str>>) -> Slip {
        Slip { member: self.member.or_else(member), ..self }
    }

    /// In words.
    pub fn phrase(&self) -> Phrase {
        let mut args = vec![
            Arg::Number(u64::from(self.at.line)),
            Arg::Number(u64::from(self.at.column)),
            Arg::Phrase(Box::new(self.found.phrase())),
            Arg::Phrase(Box::new(self.expected.phrase())),
        ];
        match &self.member {
            None => Phrase::new(V::PasteSlip, args),
            Some(member) => {
                args.push(shown(member));
                Phrase::new(V::PasteMemberSlip, args)
            }
        }
    }
}

/// As much of a text as anybody wants to read again; what escapes may have put into it moves no terminal's cursor.
fn shown(text: &str) -> Arg {
    if text.is_empty() {
        return Arg::Name("\"\"".into());
    }
    let plain: String =
        text.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect();
    crate::text::clipped(&plain)
}
