//! Configurations: who the members are and whose agreement counts, as an entry of the log says it (§4), and the
//! settings a member is started from.

use super::Member;
use super::rules::{Rule, Rules};
use crate::consensus::kv::Op;
use crate::consensus::quorum::{Tally, tally};
use crate::process::few;
use crate::process::hosted::MachineImage;
use crate::process::{Digest, Fold, Image, ProcessId, Span};
use std::fmt;
use std::sync::Arc;

/// Most members a group may have, learners included.
pub const MAX_MEMBERS: usize = 1024;

/// The members of a group. While it is joint (§4.3) there are two sets of voters, and every decision needs a majority
/// of each.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Configuration {
    /// The voters; while joint, those to come. In order.
    pub voters: Vec<ProcessId>,
    /// While joint, the voters that were; else empty. In order.
    pub outgoing: Vec<ProcessId>,
    /// Members that receive the log but do not vote (§4.2.1). In order.
    pub learners: Vec<ProcessId>,
}

impl Configuration {
    /// A plain configuration.
    pub fn of(
        voters: impl IntoIterator<Item = ProcessId>,
        learners: impl IntoIterator<Item = ProcessId>,
    ) -> Self {
        let sorted = |ids: &mut dyn Iterator<Item = ProcessId>| {
            let mut ids: Vec<_> = ids.collect();
            few::sort(&mut ids);
            ids.dedup();
            ids
        };
        let voters = sorted(&mut voters.into_iter());
        let learners = sorted(&mut learners.into_iter().filter(|id| !voters.contains(id)));
        Configuration { voters, outgoing: Vec::new(), learners }
    }
    /// The joint configuration that leads from this one to `next` (§4.3).
    pub fn joint_with(&self, next: &Configuration) -> Self {
        Configuration {
            voters: next.voters.clone(),
            outgoing: self.voters.clone(),
            learners: next.learners.clone(),
        }
    }
    /// The configuration after the joint phase.
    pub fn settled(&self) -> Self {
        Configuration { voters: self.voters.clone(), outgoing: Vec::new(), learners: self.learners.clone() }
    }
    /// Does every decision need two majorities?
    pub fn is_joint(&self) -> bool {
        !self.outgoing.is_empty()
    }
    /// Does this process vote?
    #[inline]
    pub fn is_voter(&self, id: ProcessId) -> bool {
        self.voters.contains(&id) || self.outgoing.contains(&id)
    }
    /// Does this process receive the log?
    pub fn is_member(&self, id: ProcessId) -> bool {
        self.is_voter(id) || self.learners.contains(&id)
    }
    /// All members, each once, in order.
    pub fn members(&self) -> Vec<ProcessId> {
        let mut all: Vec<_> =
            self.voters.iter().chain(&self.outgoing).chain(&self.learners).copied().collect();
        few::sort(&mut all);
        all.dedup();
        all
    }
    /// How a poll stands; `vote` says yes, no or nothing of each voter.
    pub fn tally(&self, vote: impl Fn(ProcessId) -> Option<bool>) -> Tally {
        let of = |voters: &[ProcessId]| {
            let count = |what| voters.iter().filter(|&&id| vote(id) == Some(what)).count();
            tally(voters.len(), count(true), count(false))
        };
        of(&self.voters).and(of(&self.outgoing))
    }
    /// Bytes on wire or disk.
    pub fn size(&self) -> u32 {
        12 + 4 * (self.voters.len() + self.outgoing.len() + self.learners.len()) as u32
    }
}

impl Fold for Configuration {
    fn fold(&self, digest: &mut Digest) {
        self.voters.fold(digest);
        self.outgoing.fold(digest);
        self.learners.fold(digest);
    }
}

/// How reads are answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ReadMode {
    /// After a round of heartbeats confirms the leader (§6.4).
    #[default]
    ReadIndex,
    /// At once while a lease holds, else as ReadIndex (§6.4.1).
    Lease,
    /// Through the log, as writes are (§6.4, its plain alternative).
    Log,
    /// At once, by whoever believes to lead. Not linearizable; for experiments.
    Local,
}

/// When the log is compacted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Compaction {
    /// A snapshot is taken when the applied index passes a multiple of this; at least 1.
    pub every: u64,
    /// So many entries before it are kept for followers a little behind.
    pub keep: u64,
}

/// A member's state before anything has happened, to begin from where a figure of the paper begins.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Initial {
    /// Its current term.
    pub term: u64,
    /// Whom it has voted for in that term.
    pub vote: Option<ProcessId>,
    /// Its log: terms and operations.
    pub log: Vec<(u64, Op)>,
    /// Its commit index.
    pub commit: u64,
}

/// What a group is told of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The voters of the first configuration, the same for all members, later ones included.
    pub voters: Vec<ProcessId>,
    /// The learners of the first configuration.
    pub learners: Vec<ProcessId>,
    /// An election timeout is drawn uniformly from this range.
    pub election_timeout: (Span, Span),
    /// Between heartbeats.
    pub heartbeat: Span,
    /// How reads are answered.
    pub reads: ReadMode,
    /// The assumed bound on how much faster one clock runs than another, in parts per million (§6.4.1).
    pub lease_drift_ppm: u32,
    /// When the log is compacted, if at all.
    pub compaction: Option<Compaction>,
    /// Bytes of a snapshot in one message.
    pub chunk_bytes: u32,
    /// Appends under way to one follower before the leader waits.
    pub window: u32,
    /// Entries in one append.
    pub batch: u32,
    /// Client sessions kept; beyond, the least recently used expires.
    pub sessions: u32,
    /// Uncommitted entries and waiting reads a leader takes before it refuses requests.
    pub backlog: u32,
    /// Which rules are in force.
    pub rules: Rules,
    /// Where to begin, if not from nothing.
    pub initial: Option<Initial>,
}

impl Default for Settings {
    /// The dissertation's figures: timeouts of 150 to 300 ms, heartbeats well below; every rule in force. No members.
    fn default() -> Self {
        Settings {
            voters: Vec::new(),
            learners: Vec::new(),
            election_timeout: (Span::millis(150), Span::millis(300)),
            heartbeat: Span::millis(50),
            reads: ReadMode::ReadIndex,
            lease_drift_ppm: 10_000,
            compaction: Some(Compaction { every: 500, keep: 100 }),
            chunk_bytes: 16 * 1024,
            window: 16,
            batch: 64,
            sessions: 1024,
            backlog: 4096,
            rules: Rules::ALL,
            initial: None,
        }
    }
}

/// Why settings are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingsError {
    /// There is no voter.
    NoVoters,
    /// There are more members than [`MAX_MEMBERS`].
    TooManyMembers(usize),
    /// A process is named twice.
    NamedTwice(ProcessId),
    /// The election timeout's range is empty or zero.
    ElectionTimeout(Span, Span),
    /// The heartbeat is zero, or not below the least election timeout.
    Heartbeat(Span, Span),
    /// A bound that must be at least one is zero; its camelCase name.
    Zero(&'static str),
    /// A drift of a whole second in a second or more.
    Drift(u32),
    /// The initial log's terms fall, or pass the initial term. The index at fault.
    InitialLog(u64),
    /// The initial commit index is past the initial log.
    InitialCommit(u64),
    /// An initial operation's key or value is over its bound. The index at fault.
    InitialSize(u64),
}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SettingsError::NoVoters => write!(f, "a group needs at least one voter"),
            SettingsError::TooManyMembers(n) => write!(f, "{n} members, the most is {MAX_MEMBERS}"),
            SettingsError::NamedTwice(id) => write!(f, "{id:?} is named twice"),
            SettingsError::ElectionTimeout(low, high) => {
                write!(f, "election timeout from {low:?} to {high:?}: it must be above zero and not fall")
            }
            SettingsError::Heartbeat(beat, low) => {
                write!(
                    f,
                    "heartbeat {beat:?}: it must be above zero and below the least election timeout, {low:?}"
                )
            }
            SettingsError::Zero(what) => write!(f, "{what} must be at least 1"),
            SettingsError::Drift(ppm) => write!(f, "leaseDrift {ppm} ppm: it must be below 1000000"),
            SettingsError::InitialLog(index) => {
                write!(f, "initial log, index {index}: terms must not fall nor pass the initial term")
            }
            SettingsError::InitialCommit(commit) => {
                write!(f, "initial commit index {commit} is past the initial log")
            }
            SettingsError::InitialSize(index) => {
                write!(f, "initial log, index {index}: key or value too long")
            }
        }
    }
}

impl std::error::Error for SettingsError {}

/// Validated settings: what a member is started from.
#[derive(Clone, Debug)]
pub struct Program(Arc<(Settings, Arc<Configuration>)>);

impl Program {
    /// What a process that runs it is started from.
    pub fn image(&self) -> Arc<dyn Image> {
        Arc::new(MachineImage::<Member>(self.clone()))
    }
    /// Validates.
    pub fn new(settings: Settings) -> Result<Program, SettingsError> {
        let s = &settings;
        if s.voters.is_empty() {
            return Err(SettingsError::NoVoters);
        }
        if s.voters.len() + s.learners.len() > MAX_MEMBERS {
            return Err(SettingsError::TooManyMembers(s.voters.len() + s.learners.len()));
        }
        let mut all: Vec<_> = s.voters.iter().chain(&s.learners).copied().collect();
        few::sort(&mut all);
        if let Some(twice) = all.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(SettingsError::NamedTwice(twice[0]));
        }
        let (low, high) = s.election_timeout;
        if low == Span::ZERO || high < low {
            return Err(SettingsError::ElectionTimeout(low, high));
        }
        if s.heartbeat == Span::ZERO || s.heartbeat >= low {
            return Err(SettingsError::Heartbeat(s.heartbeat, low));
        }
        if s.lease_drift_ppm >= 1_000_000 {
            return Err(SettingsError::Drift(s.lease_drift_ppm));
        }
        let bounds = [
            ("chunk", s.chunk_bytes),
            ("window", s.window),
            ("batch", s.batch),
            ("sessions", s.sessions),
            ("backlog", s.backlog),
            ("compaction.every", s.compaction.map_or(1, |c| c.every.min(1) as u32)),
        ];
        if let Some((name, _)) = bounds.iter().find(|(_, value)| *value == 0) {
            return Err(SettingsError::Zero(name));
        }
        s.initial.as_ref().map_or(Ok(()), Initial::validate)?;
        let first = Configuration::of(s.voters.iter().copied(), s.learners.iter().copied());
        Ok(Program(Arc::new((settings, Arc::new(first)))))
    }

    /// What it was made from.
    pub fn settings(&self) -> &Settings {
        &self.0.0
    }
    /// The configuration at index 0.
    pub fn first_configuration(&self) -> &Arc<Configuration> {
        &self.0.1
    }
    /// The same, with a rule switched off.
    #[must_use]
    pub fn without(&self, rule: Rule) -> Program {
        let (settings, first) = &*self.0;
        let settings = Settings { rules: settings.rules.without(rule), ..settings.clone() };
        Program(Arc::new((settings, first.clone())))
    }
}

impl Initial {
    fn validate(&self) -> Result<(), SettingsError> {
        let mut before = 1;
        for (i, (term, op)) in self.log.iter().enumerate() {
            let index = i as u64 + 1;
            if *term < before || *term > self.term {
                return Err(SettingsError::InitialLog(index));
            }
            if !op.fits() {
                return Err(SettingsError::InitialSize(index));
            }
            before = *term;
        }
        if self.commit > self.log.len() as u64 {
            return Err(SettingsError::InitialCommit(self.commit));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(numbers: &[u32]) -> Vec<ProcessId> {
        numbers.iter().map(|&n| ProcessId(n)).collect()
    }

    #[test]
    fn a_joint_configuration_needs_both_majorities() {
        let joint =
            Configuration::of(ids(&[1, 2, 3]), []).joint_with(&Configuration::of(ids(&[3, 4, 5]), []));
        let by = |yes: &[u32]| joint.tally(|id| yes.contains(&id.0).then_some(true));
        assert_eq!(by(&[1, 2]), Tally::Open);
        assert_eq!(by(&[3, 4]), Tally::Open);
        assert_eq!(by(&[1, 3, 4]), Tally::Won);
        assert_eq!(joint.members(), ids(&[1, 2, 3, 4, 5]));
        assert!(!joint.settled().is_member(ProcessId(1)));
    }

    #[test]
    fn learners_do_not_vote() {
        let configuration = Configuration::of(ids(&[1]), ids(&[2, 3, 1]));
        assert_eq!(configuration.learners, ids(&[2, 3]));
        assert!(configuration.is_member(ProcessId(2)) && !configuration.is_voter(ProcessId(2)));
    }

    #[test]
    fn settings_that_cannot_work_are_refused_with_the_reason() {
        let good = Settings { voters: ids(&[1, 2, 3]), ..Settings::default() };
        assert!(Program::new(good.clone()).is_ok());
        let (ten, twenty) = (Span::millis(10), Span::millis(20));
        let op = Op::Delete { key: "k".into() };
        let initial = |terms: &[u64], commit| {
            let log = terms.iter().map(|&term| (term, op.clone())).collect();
            Some(Initial { term: 3, vote: None, log, commit })
        };
        let cases = [
            (Settings { voters: vec![], ..good.clone() }, SettingsError::NoVoters),
            (Settings { learners: ids(&[3]), ..good.clone() }, SettingsError::NamedTwice(ProcessId(3))),
            (
                Settings { election_timeout: (twenty, ten), ..good.clone() },
                SettingsError::ElectionTimeout(twenty, ten),
            ),
            (
                Settings { heartbeat: Span::secs(1), ..good.clone() },
                SettingsError::Heartbeat(Span::secs(1), Span::millis(150)),
            ),
            (Settings { window: 0, ..good.clone() }, SettingsError::Zero("window")),
            (Settings { initial: initial(&[2, 1], 0), ..good.clone() }, SettingsError::InitialLog(2)),
            (Settings { initial: initial(&[1, 4], 0), ..good.clone() }, SettingsError::InitialLog(2)),
            (Settings { initial: initial(&[1], 2), ..good.clone() }, SettingsError::InitialCommit(2)),
            (Settings { lease_drift_ppm: 1_000_000, ..good.clone() }, SettingsError::Drift(1_000_000)),
        ];
        for (settings, error) in cases {
            assert_eq!(Program::new(settings).err(), Some(error));
        }
    }
}
