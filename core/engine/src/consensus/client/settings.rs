//! What a client is told: whom to ask, how often, what, and how patient to be.

use super::Client;
use crate::process::hosted::MachineImage;
use crate::process::{Image, ProcessId, Span};
use std::fmt;
use std::sync::Arc;

/// Most operations under way at once, an operator's included. Below what a session caches.
pub const MAX_WINDOW: u32 = 128;
/// Most members a client remembers.
pub const MAX_MEMBERS: usize = 1024;
/// Most instants that a schedule may list.
pub const MAX_TIMES: usize = 10_000;
/// Most keys a load may use.
pub const MAX_KEYS: u32 = 1_000_000;

/// When operations come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Load {
    /// Whether or not the last one is answered: gaps drawn uniformly from this range.
    Open {
        /// Shortest and longest gap.
        gap: (Span, Span),
    },
    /// One after the other, with a pause drawn uniformly from this range.
    Closed {
        /// Shortest and longest pause.
        think: (Span, Span),
    },
    /// On a schedule: gaps drawn uniformly from this range, from the settings' seed and nothing else, so that whoever has
    /// the same seed and number asks the same at the same instants, whatever it asks and whatever is answered.
    Drawn {
        /// Shortest and longest gap.
        gap: (Span, Span),
    },
    /// On a schedule: at the instants that [`Settings::times`] lists.
    Listed,
    /// Only what an operator asks for.
    Idle,
}

impl Load {
    /// An open loop of so many operations in 1000 seconds, with gaps from zero to twice the mean.
    pub fn open_millirate(per_1000_seconds: u64) -> Load {
        let mean = 1_000_000_000_000 / per_1000_seconds.max(1);
        Load::Open { gap: (Span::ZERO, Span(2 * mean)) }
    }

    /// Is it a schedule: the same instants and operations whatever is answered?
    pub fn is_scheduled(&self) -> bool {
        matches!(self, Load::Drawn { .. } | Load::Listed)
    }
}

/// How often each kind of operation comes, as weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mix {
    /// Reads.
    pub get: u32,
    /// Writes.
    pub put: u32,
    /// Compare-and-set.
    pub cas: u32,
    /// Append.
    pub append: u32,
    /// Delete.
    pub delete: u32,
}

impl Mix {
    /// The weights' sum.
    pub fn total(&self) -> u64 {
        [self.get, self.put, self.cas, self.append, self.delete].iter().map(|&weight| u64::from(weight)).sum()
    }
}

/// What a client is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Whom it may ask first.
    pub members: Vec<ProcessId>,
    /// When operations come.
    pub load: Load,
    /// The instants of [`Load::Listed`], counted from the start, ascending.
    pub times: Arc<[Span]>,
    /// Which.
    pub mix: Mix,
    /// Over how many keys: `k0`, `k1`, …
    pub keys: u32,
    /// The load begins this long after the start.
    pub start_after: Span,
    /// The load ends after so many.
    pub most_operations: Option<u64>,
    /// Operations of the load under way at once.
    pub window: u32,
    /// How long an answer may take before it is asked for again; doubled with every try …
    pub timeout: Span,
    /// … up to this.
    pub longest_timeout: Span,
    /// After so many tries it gives up.
    pub attempts: u32,
    /// How many ended operations it remembers for views.
    pub history: u32,
    /// Of its own stream of choices.
    pub seed: u64,
}

impl Default for Settings {
    /// Twenty operations a second, half of them reads, over ten keys. No members.
    fn default() -> Self {
        Settings {
            members: Vec::new(),
            load: Load::open_millirate(20_000),
            times: Arc::default(),
            mix: Mix { get: 50, put: 40, cas: 10, append: 0, delete: 0 },
            keys: 10,
            start_after: Span::ZERO,
            most_operations: None,
            window: 16,
            timeout: Span::millis(500),
            longest_timeout: Span::secs(4),
            attempts: 10,
            history: 8,
            seed: 0,
        }
    }
}

/// Why settings are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingsError {
    /// Nobody to ask.
    NoMembers,
    /// More than [`MAX_MEMBERS`].
    TooManyMembers(usize),
    /// All weights are zero.
    EmptyMix,
    /// A bound that must be from 1 to the number given is not; its camelCase name.
    OutOfRange(&'static str, u64),
    /// A range of gaps falls.
    Gap(Span, Span),
    /// A loop of gaps that are all zero would never let time pass.
    NoGap,
    /// The instants of a schedule do not ascend, are none, or more than [`MAX_TIMES`].
    Times,
    /// The timeout is zero or longer than the longest.
    Timeout(Span, Span),
}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SettingsError::NoMembers => write!(f, "a client needs somebody to ask"),
            SettingsError::TooManyMembers(n) => write!(f, "{n} members, the most is {MAX_MEMBERS}"),
            SettingsError::EmptyMix => write!(f, "the mix has no operation: every weight is zero"),
            SettingsError::OutOfRange(name, most) => write!(f, "{name} must be from 1 to {most}"),
            SettingsError::Gap(low, high) => write!(f, "gaps from {low:?} to {high:?} fall"),
            SettingsError::NoGap => write!(f, "gaps are all zero: time would stand still"),
            SettingsError::Times => write!(f, "a schedule lists 1 to {MAX_TIMES} instants that ascend"),
            SettingsError::Timeout(low, high) => {
                write!(f, "timeout {low:?}: it must be above zero and at most {high:?}")
            }
        }
    }
}

impl std::error::Error for SettingsError {}

/// Validated settings: what a client is started from.
#[derive(Clone, Debug)]
pub struct Program(Arc<Settings>);

impl Program {
    /// What a process that runs it is started from.
    pub fn image(&self) -> Arc<dyn Image> {
        Arc::new(MachineImage::<Client>(self.clone()))
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
        if s.mix.total() == 0 {
            return Err(SettingsError::EmptyMix);
        }
        let ranges = [
            ("keys", s.keys, MAX_KEYS),
            ("window", s.window, MAX_WINDOW),
            ("attempts", s.attempts, 1000),
            ("history", s.history, 10_000),
        ];
        if let Some((name, _, most)) = ranges.iter().find(|(_, value, most)| *value == 0 || value > most) {
            return Err(SettingsError::OutOfRange(name, u64::from(*most)));
        }
        match s.load {
            Load::Open { gap: (low, high) }
            | Load::Drawn { gap: (low, high) }
            | Load::Closed { think: (low, high) }
                if low > high =>
            {
                return Err(SettingsError::Gap(low, high));
            }
            Load::Open { gap: (_, Span::ZERO) } | Load::Drawn { gap: (_, Span::ZERO) } => {
                return Err(SettingsError::NoGap);
            }
            Load::Listed if s.times.is_empty() || s.times.len() > MAX_TIMES || !s.times.is_sorted() => {
                return Err(SettingsError::Times);
            }
            _ => {}
        }
        if s.timeout == Span::ZERO || s.timeout > s.longest_timeout {
            return Err(SettingsError::Timeout(s.timeout, s.longest_timeout));
        }
        Ok(Program(Arc::new(settings)))
    }

    /// What it was made from.
    pub fn settings(&self) -> &Settings {
        &self.0
    }
}
