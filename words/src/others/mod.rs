//! The words of the systems that come after the first: what a first visit's page is built without.
//!
//! A build without them ([`super::learn`]) learns them from one that has them; what it learns is the list that is written here.

mod multi_paxos;
mod multi_paxos_rules;
mod multi_paxos_view;
mod multi_paxos_why;
mod paxos;
mod paxos_rules;
mod paxos_view;
mod paxos_why;
mod replset;
mod replset_rules;
mod replset_view;
mod replset_why;
mod workers;
mod workers_check;
mod workers_rules;
mod workers_view;
mod workers_why;

use crate::{Pair, is_of_others};
use muster_core::words::Key;

/// English and Chinese.
pub(crate) fn words(key: Key) -> Pair {
    match key {
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
        Key::Workers(key) => workers::words(key),
        Key::WorkersRule(key) => workers_rules::words(key),
        Key::WorkersCheck(key) => workers_check::words(key),
        Key::WorkersView(key) => workers_view::words(key),
        Key::WorkersWhy(key) => workers_why::words(key),
        // Not a key of theirs (`of_others`), or one that has no words here yet: a test finds it by having no Chinese.
        _ => ("", ""),
    }
}

/// All of them, for whoever is built without: see [`learn`](crate::learn). `None` where this is built without itself.
pub fn taught() -> Option<String> {
    let pairs = Key::all().filter(|key| is_of_others(*key)).map(words);
    Some(pairs.map(|(en, zh)| format!("{en}\n{zh}\n")).collect())
}

/// Nothing has to be learnt here: all words are there.
pub fn learn(_taught: String) {}
