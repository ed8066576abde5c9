//! What a group is told of itself: its first members, how long it waits, how reads are answered, what is kept.

use super::Member;
use super::log::{Accepted, Entry, Kind, Log};
use super::rules::{Rule, Rules};
use crate::consensus::ballot::Ballot;
use crate::consensus::kv::{Command, Op};
use crate::consensus::quorum::majority;
use crate::process::few;
use crate::process::hosted::MachineImage;
use crate::process::{Digest, Fold, Image, ProcessId, Span};
use std::fmt;
use std::sync::Arc;

/// Most members a group may have.
pub const MAX_MEMBERS: usize = 1024;

/// Who accepts.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Configuration {
    /// The members, in order.
    pub members: Vec<ProcessId>,
}

impl Configuration {
    /// Of these, each once, in order.
    pub fn of(members: impl IntoIterator<Item = ProcessId>) -> Configuration {
        let mut members: Vec<ProcessId> = members.into_iter().collect();
        few::sort(&mut members);
        members.dedup();
        Configuration { members }
    }
    /// Is it one of them?
    #[inline]
    pub fn has(&self, id: ProcessId) -> bool {
        self.members.contains(&id)
    }
    /// Bytes on wire or disk.
    pub fn size(&self) -> u32 {
        4 + 4 * self.members.len() as u32
    }
}

impl Fold for Configuration {
    fn fold(&self, digest: &mut Digest) {
        self.members.fold(digest);
    }
}

/// How reads are answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ReadMode {
    /// Through the log, as writes are.
    #[default]
    Log,
    /// At once while a quorum's lease holds, else through the log (*Paxos Made Live* §5.2).
    Lease,
    /// At once, by whoever believes to lead. Not linearizable; for experiments.
    Local,
}

/// When the log is collected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Compaction {
    /// A snapshot is taken when the executed slot passes a multiple of this; at least 1.
    pub every: u64,
    /// So many slots before it are kept for members a little behind.
    pub keep: u64,
}

/// A member's state before anything has happened, to begin from where an example of the paper begins.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Initial {
    /// The ballot it has promised; it is at least the highest it has accepted in.
    pub promised: Ballot,
    /// What it has accepted: slot, ballot, operation (`None` is a command that does nothing). Slots rise.
    pub accepted: Vec<(u64, Ballot, Option<Op>)>,
    /// It knows all slots up to here to be chosen as it has accepted them.
    pub chosen: u64,
}

impl Initial {
    fn check(&self) -> Result<(), SettingsError> {
        let mut before = 0;
        for (at, (slot, ballot, op)) in self.accepted.iter().enumerate() {
            if *slot <= before || *slot > MAX_INITIAL || ballot.is_none() || *ballot > self.promised {
                return Err(SettingsError::InitialSlot(at, *slot));
            }
            if op.as_ref().is_some_and(|op| !op.fits()) {
                return Err(SettingsError::InitialSize(at));
            }
            before = *slot;
        }
        let held = (1u64..).zip(&self.accepted).take_while(|(nth, (slot, ..))| nth == slot).count() as u64;
        if self.chosen > held { Err(SettingsError::InitialChosen(self.chosen)) } else { Ok(()) }
    }

    /// As a log.
    pub(super) fn log(&self) -> Log {
        let mut log = Log::default();
        for (slot, ballot, op) in &self.accepted {
            let command = |op: &Op| {
                let (client, seq) = (ProcessId::OPERATOR, *slot);
                Kind::Command(Command { client, session: 0, seq, first_unacked: 0, op: op.clone() })
            };
            let entry = Entry::new(op.as_ref().map_or(Kind::NoOp, command));
            log.set(*slot, Accepted { ballot: *ballot, entry: Arc::new(entry) });
        }
        log
    }
}

/// The last slot an initial state may name.
const MAX_INITIAL: u64 = 10_000;

/// What a group is told of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The first members, the same for all, later ones included.
    pub members: Vec<ProcessId>,
    /// A member that hears no leader for so long stands itself; drawn uniformly from this range. A lease lasts for the lower end.
    pub election_timeout: (Span, Span),
    /// Between a leader's heartbeats.
    pub heartbeat: Span,
    /// A candidate that was refused waits so long, drawn uniformly, and twice as long with each refusal in a row: at most 32 times as
    /// long, and no longer than two election timeouts (the upper end), unless this is longer itself.
    pub back_off: (Span, Span),
    /// A member that lacks what is chosen waits so long before it asks, and before it asks again.
    pub ask_every: Span,
    /// How reads are answered.
    pub reads: ReadMode,
    /// The assumed bound on how much faster one clock runs than another, in parts per million.
    pub lease_drift_ppm: u32,
    /// When the log is collected, if at all.
    pub compaction: Option<Compaction>,
    /// Bytes of a snapshot in one message.
    pub chunk_bytes: u32,
    /// Slots a leader may have proposed and not yet know to be chosen, in order.
    pub window: u32,
    /// Entries in one message.
    pub batch: u32,
    /// A change of members takes effect so many slots after its own (alpha of *Paxos Made Simple* §3).
    pub alpha: u32,
    /// How many acceptances choose; without it, a majority's. Promises are needed of so many that they meet.
    pub accept_quorum: Option<u32>,
    /// Client sessions kept; beyond, the least recently used expires.
    pub sessions: u32,
    /// Requests a leader lets wait for a slot before it refuses more.
    pub backlog: u32,
    /// Which rules are in force.
    pub rules: Rules,
    /// Where to begin, if not from nothing.
    pub initial: Option<Initial>,
}

impl Default for Settings {
    /// Timeouts of 150 to 300 ms, heartbeats of 50 ms, as the other protocols here; every rule in force. No members.
    fn default() -> Self {
        Settings {
            members: Vec::new(),
            election_timeout: (Span::millis(150), Span::millis(300)),
            heartbeat: Span::millis(50),
            back_off: (Span::millis(10), Span::millis(50)),
            ask_every: Span::millis(20),
            reads: ReadMode::Log,
            lease_drift_ppm: 10_000,
            compaction: Some(Compaction { every: 500, keep: 100 }),
            chunk_bytes: 16 * 1024,
            window: 16,
            batch: 64,
            alpha: 32,
            accept_quorum: None,
            sessions: 1024,
            backlog: 4096,
            rules: Rules::ALL,
            initial: None,
        }
    }
}

impl Settings {
    /// Of so many members: how many promises make a leader, and how many acceptances choose. Majorities of both, or, where fewer or more
    /// acceptances are wanted, as many promises as it takes for any two quorums of the phases to meet (*Flexible Paxos* §3): together
    /// they are more than all.
    pub fn quorums(&self, members: usize, meet: bool) -> (usize, usize) {
        match self.accept_quorum {
            Some(size) if meet => {
                let acceptances = (size as usize).clamp(1, members.max(1));
                ((members + 1).saturating_sub(acceptances).max(1), acceptances)
            }
            Some(size) => (majority(members), (size as usize).clamp(1, members.max(1))),
            None => (majority(members), majority(members)),
        }
    }
}

/// Why settings are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingsError {
    /// There is no member.
    NoMembers,
    /// There are more members than [`MAX_MEMBERS`].
    TooManyMembers(usize),
    /// A process is named twice.
    NamedTwice(ProcessId),
    /// The election timeout's range is empty or zero.
    ElectionTimeout(Span, Span),
    /// The heartbeat is zero, or not below the least election timeout.
    Heartbeat(Span, Span),
    /// The back-off's range is upside down, or zero.
    BackOff(Span, Span),
    /// A bound that must be at least one is zero; its camelCase name.
    Zero(&'static str),
    /// A drift of a whole second in a second or more.
    Drift(u32),
    /// More acceptances are wanted than there are members.
    AcceptQuorum(u32),
    /// An initial slot is out of order, of no ballot, or accepted above the promise. Its place in the list, and the slot.
    InitialSlot(usize, u64),
    /// Initially chosen slots that are not all accepted.
    InitialChosen(u64),
    /// An initial operation's key or value is over its bound. Its place in the list.
    InitialSize(usize),
}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SettingsError::NoMembers => write!(f, "a group needs at least one member"),
            SettingsError::TooManyMembers(n) => write!(f, "{n} members, the most is {MAX_MEMBERS}"),
            SettingsError::NamedTwice(id) => write!(f, "{id:?} is named twice"),
            SettingsError::ElectionTimeout(low, high) => {
                write!(f, "election timeout from {low:?} to {high:?}: it must be above zero and not fall")
            }
            SettingsError::Heartbeat(beat, low) => write!(
                f,
                "heartbeat {beat:?}: it must be above zero and below the least election timeout, {low:?}"
            ),
            SettingsError::BackOff(low, high) => {
                write!(f, "back-off from {low:?} to {high:?}: it must not fall nor end at zero")
            }
            SettingsError::Zero(what) => write!(f, "{what} must be at least 1"),
            SettingsError::Drift(ppm) => write!(f, "leaseDrift {ppm} ppm: it must be below 1000000"),
            SettingsError::AcceptQuorum(size) => {
                write!(f, "{size} acceptances are more than there are members")
            }
            SettingsError::InitialSlot(_, slot) => write!(
                f,
                "initial slot {slot}: slots must rise, and ballots be above none and not above the promise"
            ),
            SettingsError::InitialChosen(slot) => {
                write!(f, "initially chosen up to {slot}, but not all of it is accepted")
            }
            SettingsError::InitialSize(at) => write!(f, "initially accepted at {at}: key or value too long"),
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
        if s.members.is_empty() {
            return Err(SettingsError::NoMembers);
        }
        if s.members.len() > MAX_MEMBERS {
            return Err(SettingsError::TooManyMembers(s.members.len()));
        }
        let mut all = s.members.clone();
        few::sort(&mut all);
        if let Some(twice) = all.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(SettingsError::NamedTwice(twice[0]));
        }
        check_times(s)?;
        let bounds = [
            ("chunk", s.chunk_bytes),
            ("window", s.window),
            ("batch", s.batch),
            ("alpha", s.alpha),
            ("sessions", s.sessions),
            ("backlog", s.backlog),
            ("acceptQuorum", s.accept_quorum.unwrap_or(1)),
            ("compaction.every", s.compaction.map_or(1, |c| c.every.min(1) as u32)),
        ];
        if let Some((name, _)) = bounds.iter().find(|(_, value)| *value == 0) {
            return Err(SettingsError::Zero(name));
        }
        if let Some(size) = s.accept_quorum.filter(|size| *size as usize > s.members.len()) {
            return Err(SettingsError::AcceptQuorum(size));
        }
        s.initial.as_ref().map_or(Ok(()), Initial::check)?;
        let first = Configuration::of(s.members.iter().copied());
        Ok(Program(Arc::new((settings, Arc::new(first)))))
    }
    /// What it was made from.
    pub fn settings(&self) -> &Settings {
        &self.0.0
    }
    /// The configuration of the first slots.
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

fn check_times(s: &Settings) -> Result<(), SettingsError> {
    let (low, high) = s.election_timeout;
    if low == Span::ZERO || high < low {
        return Err(SettingsError::ElectionTimeout(low, high));
    }
    if s.heartbeat == Span::ZERO || s.heartbeat >= low {
        return Err(SettingsError::Heartbeat(s.heartbeat, low));
    }
    let (low, high) = s.back_off;
    if high < low || high == Span::ZERO {
        return Err(SettingsError::BackOff(low, high));
    }
    if s.ask_every == Span::ZERO {
        return Err(SettingsError::Zero("askEvery"));
    }
    if s.lease_drift_ppm >= 1_000_000 {
        return Err(SettingsError::Drift(s.lease_drift_ppm));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(n: u32) -> Vec<ProcessId> {
        (1..=n).map(ProcessId).collect()
    }

    #[test]
    fn quorums_of_the_two_phases_meet_whatever_their_sizes() {
        for n in 1..9 {
            for size in std::iter::once(None).chain((1..=n as u32).map(Some)) {
                let (promises, acceptances) =
                    Settings { accept_quorum: size, ..Settings::default() }.quorums(n, true);
                assert!(promises + acceptances > n && promises <= n && acceptances <= n);
            }
        }
        assert_eq!(Settings::default().quorums(5, true), (3, 3));
        assert_eq!(Settings { accept_quorum: Some(2), ..Settings::default() }.quorums(5, true), (4, 2));
    }

    #[test]
    fn settings_that_cannot_work_are_refused_with_the_reason() {
        let good = Settings { members: ids(3), ..Settings::default() };
        assert!(Program::new(good.clone()).is_ok());
        let (ten, twenty) = (Span::millis(10), Span::millis(20));
        let b = |round| Ballot { round, owner: ProcessId(1) };
        let initial = |slots: &[(u64, u64)], chosen| {
            let accepted = slots.iter().map(|(slot, round)| (*slot, b(*round), None)).collect();
            Some(Initial { promised: b(2), accepted, chosen })
        };
        let cases = [
            (Settings { members: vec![], ..good.clone() }, SettingsError::NoMembers),
            (
                Settings { members: vec![ProcessId(1); 2], ..good.clone() },
                SettingsError::NamedTwice(ProcessId(1)),
            ),
            (
                Settings { election_timeout: (twenty, ten), ..good.clone() },
                SettingsError::ElectionTimeout(twenty, ten),
            ),
            (
                Settings { heartbeat: Span::secs(1), ..good.clone() },
                SettingsError::Heartbeat(Span::secs(1), Span::millis(150)),
            ),
            (Settings { back_off: (twenty, ten), ..good.clone() }, SettingsError::BackOff(twenty, ten)),
            (Settings { alpha: 0, ..good.clone() }, SettingsError::Zero("alpha")),
            (Settings { accept_quorum: Some(4), ..good.clone() }, SettingsError::AcceptQuorum(4)),
            (
                Settings { initial: initial(&[(2, 1), (1, 1)], 0), ..good.clone() },
                SettingsError::InitialSlot(1, 1),
            ),
            (Settings { initial: initial(&[(1, 3)], 0), ..good.clone() }, SettingsError::InitialSlot(0, 1)),
            (
                Settings { initial: initial(&[(1, 1), (3, 1)], 2), ..good.clone() },
                SettingsError::InitialChosen(2),
            ),
        ];
        for (settings, error) in cases {
            assert_eq!(Program::new(settings).err(), Some(error));
        }
        assert!(Program::new(Settings { initial: initial(&[(1, 1), (3, 2)], 1), ..good }).is_ok());
    }
}
