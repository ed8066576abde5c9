//! Words made at the rim: English and Chinese tables over the core's typed keys (DESIGN, law 7).
//!
//! One file an area, each a `match` over every key of the area, so that a key without words does not compile. The core
//! never depends on this crate, and this crate knows nothing of how a page or a terminal draws: [`say`] gives pieces, and
//! whoever draws them colours terms and links members.
//!
//! A template is a sentence with places: `{0}` is the first argument; `{0|vote|votes}` is the first of the two words
//! where the argument is the number 1 and the second where it is any other. `{{` and `}}` are braces.
//!
//! With the feature `part` the words of the systems that come after the first are left out, and learnt ([`learn`]) when these systems
//! come.

mod check;
mod claim;
mod command;
mod compare;
mod export;
mod hands;
mod kernel;
mod kv;
#[cfg(any(feature = "part", test))]
mod learnt;
#[cfg(any(not(feature = "part"), test))]
mod others;
mod raft;
mod raft_rules;
mod raft_why;
mod scenario;
mod session;
mod stage;
mod traffic;
mod why;

pub mod figures;
mod say;
pub mod units;

#[cfg(feature = "part")]
use learnt as later;
#[cfg(not(feature = "part"))]
use others as later;

pub use later::{learn, taught};
pub use say::{Names, NoNames, Piece, say, text};

use muster_core::export::Cast;
use muster_core::process::Phrase;
use muster_core::words::Key;

/// A language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Chinese (simplified).
    Zh,
}

impl Lang {
    /// Every language.
    pub const ALL: &'static [Lang] = &[Lang::En, Lang::Zh];

    /// The language's tag (BCP 47).
    pub const fn tag(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Zh => "zh",
        }
    }

    /// The language a tag asks for: `zh-CN` is Chinese; what is not known is English.
    pub fn from_tag(tag: &str) -> Lang {
        if tag.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("zh")) { Lang::Zh } else { Lang::En }
    }
}

/// A phrase in the words of a language's tag: the voice of a session.
pub fn voice(tag: &str, phrase: &Phrase, cast: &Cast) -> String {
    text(phrase, cast, Lang::from_tag(tag))
}

/// A sentence in both languages.
pub(crate) type Pair = (&'static str, &'static str);

/// The keys of systems that come after the first: their words are of the module that has these systems (the feature `part`).
macro_rules! of_others {
    () => {
        Key::Paxos(_)
            | Key::PaxosRule(_)
            | Key::PaxosView(_)
            | Key::PaxosWhy(_)
            | Key::ReplSet(_)
            | Key::ReplSetRule(_)
            | Key::ReplSetView(_)
            | Key::ReplSetWhy(_)
            | Key::MultiPaxos(_)
            | Key::MultiPaxosRule(_)
            | Key::MultiPaxosView(_)
            | Key::MultiPaxosWhy(_)
            | Key::Workers(_)
            | Key::WorkersRule(_)
            | Key::WorkersCheck(_)
            | Key::WorkersView(_)
            | Key::WorkersWhy(_)
    };
}

/// Is it one of those?
pub(crate) fn is_of_others(key: Key) -> bool {
    matches!(key, of_others!())
}

/// A key's template in a language.
pub fn template(key: Key, lang: Lang) -> &'static str {
    let (en, zh) = match key {
        Key::Kernel(key) => kernel::words(key),
        Key::Raft(key) => raft::words(key),
        Key::RaftRule(key) => raft_rules::words(key),
        Key::Kv(key) => kv::words(key),
        Key::Traffic(key) => traffic::words(key),
        Key::Check(key) => check::words(key),
        Key::Scenario(key) => scenario::words(key),
        Key::Session(key) => session::words(key),
        Key::Stage(key) => stage::words(key),
        Key::Export(key) => export::words(key),
        Key::Command(key) => command::words(key),
        Key::Compare(key) => compare::words(key),
        Key::Claim(key) => claim::words(key),
        Key::Hands(key) => hands::words(key),
        Key::Why(key) => why::words(key),
        Key::RaftWhy(key) => raft_why::words(key),
        of_others!() => later::words(key),
    };
    match lang {
        Lang::En => en,
        Lang::Zh => zh,
    }
}
