//! Words made at the rim: English and Chinese tables over the core's typed keys (DESIGN, law 7).
//!
//! One file an area, each a `match` over every key of the area, so that a key without words does not compile. The core
//! never depends on this crate, and this crate knows nothing of how a page or a terminal draws: [`say`] gives pieces, and
//! whoever draws them colours terms and links members.
//!
//! A template is a sentence with places: `{0}` is the first argument; `{0|vote|votes}` is the first of the two words
//! where the argument is the number 1 and the second where it is any other. `{{` and `}}` are braces.

mod check;
mod claim;
mod command;
mod compare;
mod export;
mod hands;
mod kernel;
mod kv;
mod multi_paxos;
mod multi_paxos_rules;
mod multi_paxos_view;
mod multi_paxos_why;
mod paxos;
mod paxos_rules;
mod paxos_view;
mod paxos_why;
mod raft;
mod raft_rules;
mod raft_why;
mod replset;
mod replset_rules;
mod replset_view;
mod replset_why;
mod scenario;
mod session;
mod stage;
mod traffic;
mod why;
mod workers;
mod workers_check;
mod workers_rules;
mod workers_view;
mod workers_why;

pub mod figures;
mod say;
pub mod units;

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

/// A key's template in a language.
pub fn template(key: Key, lang: Lang) -> &'static str {
    let (en, zh) = match key {
        Key::Kernel(key) => kernel::words(key),
        Key::Raft(key) => raft::words(key),
        Key::RaftRule(key) => raft_rules::words(key),
        Key::Paxos(key) => paxos::words(key),
        Key::PaxosRule(key) => paxos_rules::words(key),
        Key::PaxosView(key) => paxos_view::words(key),
        Key::PaxosWhy(key) => paxos_why::words(key),
        Key::ReplSet(key) => replset::words(key),
        Key::ReplSetRule(key) => replset_rules::words(key),
        Key::ReplSetView(key) => replset_view::words(key),
        Key::ReplSetWhy(key) => replset_why::words(key),
        Key::MultiPaxos(key) => multi_paxos::words(key),
        Key::MultiPaxosRule(key) => multi_paxos_rules::words(key),
        Key::MultiPaxosView(key) => multi_paxos_view::words(key),
        Key::MultiPaxosWhy(key) => multi_paxos_why::words(key),
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
        Key::Workers(key) => workers::words(key),
        Key::WorkersRule(key) => workers_rules::words(key),
        Key::WorkersCheck(key) => workers_check::words(key),
        Key::WorkersView(key) => workers_view::words(key),
        Key::WorkersWhy(key) => workers_why::words(key),
    };
    match lang {
        Lang::En => en,
        Lang::Zh => zh,
    }
}
