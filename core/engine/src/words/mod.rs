//! Typed keys: every sentence and label the core can utter, without a word of any language.
//!
//! One file an area; the rim's tables match on them exhaustively, so that a missing translation does not compile.
//! The number of arguments a key takes, and what they are, stands beside it.

use serde::{Deserialize, Serialize};

/// Declares an area's keys: `Variant = "stable.name"`.
macro_rules! keys {
    ($(#[$doc:meta])* $name:ident in $area:ident { $($(#[$key_doc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name { $($(#[$key_doc])* $variant,)* }

        impl $name {
            /// Every key of the area.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];
            /// The key's stable name, for machines.
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text,)* }
            }
        }

        /// By its number: page and worker are one build. The table of all takes a byte a key where a derive takes an arm.
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.serialize_u16(*self as u16)
            }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let number = <u16 as serde::Deserialize>::deserialize(d)?;
                let unknown = || <D::Error as serde::de::Error>::custom("no key has this number");
                $name::ALL.get(usize::from(number)).copied().ok_or_else(unknown)
            }
        }

        impl From<$name> for crate::words::Key {
            fn from(key: $name) -> Self {
                crate::words::Key::$area(key)
            }
        }
    };
}

pub mod check;
pub mod claim;
pub mod command;
pub mod compare;
pub mod export;
pub mod hands;
pub mod kernel;
pub mod kv;
pub mod multi_paxos;
pub mod multi_paxos_rules;
pub mod multi_paxos_view;
pub mod multi_paxos_why;
pub mod paxos;
pub mod paxos_rules;
pub mod paxos_view;
pub mod paxos_why;
pub mod raft;
pub mod raft_rules;
pub mod raft_why;
pub mod replset;
pub mod replset_rules;
pub mod replset_view;
pub mod replset_why;
pub mod scenario;
pub mod session;
pub mod stage;
pub mod traffic;
pub mod why;
pub mod workers;
pub mod workers_check;
pub mod workers_rules;
pub mod workers_view;
pub mod workers_why;

/// Any key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Key {
    /// What the world itself says.
    Kernel(kernel::KernelKey),
    /// What Raft says.
    Raft(raft::RaftKey),
    /// Why Raft's rules are there.
    RaftRule(raft_rules::RaftRuleKey),
    /// What the key-value store and its clients say.
    Kv(kv::KvKey),
    /// What clients, proxies and servers say.
    Traffic(traffic::TrafficKey),
    /// What checks say.
    Check(check::CheckKey),
    /// What a scenario's reader and runner say.
    Scenario(scenario::ScenarioKey),
    /// What the session says.
    Session(session::SessionKey),
    /// What the headless session says.
    Command(command::CommandKey),
    /// What systems show of themselves.
    Stage(stage::StageKey),
    /// What an exported trace says of itself.
    Export(export::ExportKey),
    /// What can be said of a run.
    Claim(claim::ClaimKey),
    /// What people do by hand.
    Hands(hands::HandsKey),
    /// Questions and answers about any world.
    Why(why::WhyKey),
    /// Questions and answers about Raft.
    RaftWhy(raft_why::RaftWhyKey),
    /// What Paxos says.
    Paxos(paxos::PaxosKey),
    /// Why the rules of Paxos are there.
    PaxosRule(paxos_rules::PaxosRuleKey),
    /// What a Paxos group shows of itself.
    PaxosView(paxos_view::PaxosViewKey),
    /// Questions and answers about Paxos.
    PaxosWhy(paxos_why::PaxosWhyKey),
    /// What scheduler, workers and store say.
    Workers(workers::WorkersKey),
    /// Why the rules of the cluster are there.
    WorkersRule(workers_rules::WorkersRuleKey),
    /// What the checks of the cluster say.
    WorkersCheck(workers_check::WorkersCheckKey),
    /// What replica sets say.
    ReplSet(replset::ReplSetKey),
    /// Why the rules of replica sets are there.
    ReplSetRule(replset_rules::ReplSetRuleKey),
    /// What a replica set and its drivers show of themselves.
    ReplSetView(replset_view::ReplSetViewKey),
    /// Questions and answers about replica sets.
    ReplSetWhy(replset_why::ReplSetWhyKey),
    /// What Multi-Paxos says.
    MultiPaxos(multi_paxos::MultiPaxosKey),
    /// Why the rules of Multi-Paxos are there.
    MultiPaxosRule(multi_paxos_rules::MultiPaxosRuleKey),
    /// What a cluster shows of itself.
    WorkersView(workers_view::WorkersViewKey),
    /// Questions and answers about the cluster.
    WorkersWhy(workers_why::WorkersWhyKey),
    /// What a Multi-Paxos group shows of itself.
    MultiPaxosView(multi_paxos_view::MultiPaxosViewKey),
    /// Questions and answers about Multi-Paxos.
    MultiPaxosWhy(multi_paxos_why::MultiPaxosWhyKey),
    /// What a comparison's table says.
    Compare(compare::CompareKey),
}

impl Key {
    /// Every key of every area.
    pub fn all() -> impl Iterator<Item = Key> {
        let kernel = kernel::KernelKey::ALL.iter().map(|key| Key::Kernel(*key));
        let raft = raft::RaftKey::ALL.iter().map(|key| Key::Raft(*key));
        let rules = raft_rules::RaftRuleKey::ALL.iter().map(|key| Key::RaftRule(*key));
        let kv = kv::KvKey::ALL.iter().map(|key| Key::Kv(*key));
        let traffic = traffic::TrafficKey::ALL.iter().map(|key| Key::Traffic(*key));
        let check = check::CheckKey::ALL.iter().map(|key| Key::Check(*key));
        let scenario = scenario::ScenarioKey::ALL.iter().map(|key| Key::Scenario(*key));
        let session = session::SessionKey::ALL.iter().map(|key| Key::Session(*key));
        let stage = stage::StageKey::ALL.iter().map(|key| Key::Stage(*key));
        let command = command::CommandKey::ALL.iter().map(|key| Key::Command(*key));
        let export = export::ExportKey::ALL.iter().map(|key| Key::Export(*key));
        let claim = claim::ClaimKey::ALL.iter().map(|key| Key::Claim(*key));
        let hands = hands::HandsKey::ALL.iter().map(|key| Key::Hands(*key));
        let why = why::WhyKey::ALL.iter().map(|key| Key::Why(*key));
        let raft_why = raft_why::RaftWhyKey::ALL.iter().map(|key| Key::RaftWhy(*key));
        let paxos = paxos::PaxosKey::ALL.iter().map(|key| Key::Paxos(*key));
        let paxos_rules = paxos_rules::PaxosRuleKey::ALL.iter().map(|key| Key::PaxosRule(*key));
        let paxos_view = paxos_view::PaxosViewKey::ALL.iter().map(|key| Key::PaxosView(*key));
        let paxos_why = paxos_why::PaxosWhyKey::ALL.iter().map(|key| Key::PaxosWhy(*key));
        let workers = workers::WorkersKey::ALL.iter().map(|key| Key::Workers(*key));
        let workers_rules = workers_rules::WorkersRuleKey::ALL.iter().map(|key| Key::WorkersRule(*key));
        let workers_check = workers_check::WorkersCheckKey::ALL.iter().map(|key| Key::WorkersCheck(*key));
        let replset = replset::ReplSetKey::ALL.iter().map(|key| Key::ReplSet(*key));
        let replset_rules = replset_rules::ReplSetRuleKey::ALL.iter().map(|key| Key::ReplSetRule(*key));
        let replset_view = replset_view::ReplSetViewKey::ALL.iter().map(|key| Key::ReplSetView(*key));
        let replset_why = replset_why::ReplSetWhyKey::ALL.iter().map(|key| Key::ReplSetWhy(*key));
        let multi = multi_paxos::MultiPaxosKey::ALL.iter().map(|key| Key::MultiPaxos(*key));
        let multi_rules =
            multi_paxos_rules::MultiPaxosRuleKey::ALL.iter().map(|key| Key::MultiPaxosRule(*key));
        let workers_view = workers_view::WorkersViewKey::ALL.iter().map(|key| Key::WorkersView(*key));
        let workers_why = workers_why::WorkersWhyKey::ALL.iter().map(|key| Key::WorkersWhy(*key));
        let multi_view = multi_paxos_view::MultiPaxosViewKey::ALL.iter().map(|key| Key::MultiPaxosView(*key));
        let multi_why = multi_paxos_why::MultiPaxosWhyKey::ALL.iter().map(|key| Key::MultiPaxosWhy(*key));
        let compare = compare::CompareKey::ALL.iter().map(|key| Key::Compare(*key));
        let core = kernel.chain(raft).chain(rules).chain(kv).chain(traffic);
        core.chain(check)
            .chain(compare)
            .chain(scenario)
            .chain(session)
            .chain(export)
            .chain(stage)
            .chain(command)
            .chain(claim)
            .chain(hands)
            .chain(why)
            .chain(raft_why)
            .chain(paxos)
            .chain(paxos_rules)
            .chain(paxos_view)
            .chain(paxos_why)
            .chain(workers)
            .chain(workers_rules)
            .chain(workers_check)
            .chain(replset)
            .chain(replset_rules)
            .chain(replset_view)
            .chain(replset_why)
            .chain(multi)
            .chain(multi_rules)
            .chain(workers_view)
            .chain(workers_why)
            .chain(multi_view)
            .chain(multi_why)
    }
    /// The key's stable name, for machines.
    pub const fn as_str(self) -> &'static str {
        match self {
            Key::Kernel(key) => key.as_str(),
            Key::Raft(key) => key.as_str(),
            Key::RaftRule(key) => key.as_str(),
            Key::Kv(key) => key.as_str(),
            Key::Traffic(key) => key.as_str(),
            Key::Check(key) => key.as_str(),
            Key::Scenario(key) => key.as_str(),
            Key::Session(key) => key.as_str(),
            Key::Stage(key) => key.as_str(),
            Key::Export(key) => key.as_str(),
            Key::Command(key) => key.as_str(),
            Key::Claim(key) => key.as_str(),
            Key::Hands(key) => key.as_str(),
            Key::Why(key) => key.as_str(),
            Key::RaftWhy(key) => key.as_str(),
            Key::Paxos(key) => key.as_str(),
            Key::PaxosRule(key) => key.as_str(),
            Key::PaxosView(key) => key.as_str(),
            Key::PaxosWhy(key) => key.as_str(),
            Key::Workers(key) => key.as_str(),
            Key::WorkersRule(key) => key.as_str(),
            Key::WorkersCheck(key) => key.as_str(),
            Key::ReplSet(key) => key.as_str(),
            Key::ReplSetRule(key) => key.as_str(),
            Key::ReplSetView(key) => key.as_str(),
            Key::ReplSetWhy(key) => key.as_str(),
            Key::MultiPaxos(key) => key.as_str(),
            Key::MultiPaxosRule(key) => key.as_str(),
            Key::WorkersView(key) => key.as_str(),
            Key::WorkersWhy(key) => key.as_str(),
            Key::MultiPaxosView(key) => key.as_str(),
            Key::MultiPaxosWhy(key) => key.as_str(),
            Key::Compare(key) => key.as_str(),
        }
    }
}
