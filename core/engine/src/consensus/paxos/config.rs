//! What a group is told of itself: who plays which roles, whose agreement counts, how long is waited.

use super::Peer;
use super::quorum::Quorum;
use super::rules::{Rule, Rules};
use crate::process::hosted::MachineImage;
use crate::process::{Image, ProcessId, Span};
use std::sync::Arc;

/// Most processes a group may have.
pub const MAX_MEMBERS: usize = 1024;
/// Most sets of acceptors that a quorum may be one of.
pub const MAX_SETS: usize = 64;
/// Longest value in bytes.
pub const MAX_VALUE: usize = 4096;

/// Who tells learners (*Paxos Made Simple* §2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Telling {
    /// The proposer counts acceptances and tells every learner: the "distinguished learner".
    #[default]
    Proposer,
    /// Every acceptor tells every learner, which counts for itself.
    Acceptors,
}

/// What a group is told of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Who proposes. In order.
    pub proposers: Vec<ProcessId>,
    /// Who accepts. In order.
    pub acceptors: Vec<ProcessId>,
    /// Who learns. In order.
    pub learners: Vec<ProcessId>,
    /// Whose promises a proposer needs; without it, a majority's.
    pub promises: Option<Quorum>,
    /// Whose acceptances choose a value; without it, a majority's.
    pub acceptances: Option<Quorum>,
    /// Who tells learners.
    pub telling: Telling,
    /// A proposer that has no quorum by then tries again with a higher number.
    pub round_timeout: Span,
    /// After a refusal it waits so long, drawn uniformly, and twice as long each time in a row: at most 32 times as long, and
    /// no longer than two round timeouts, unless this is longer itself.
    pub back_off: (Span, Span),
    /// A learner that has not learned asks so often.
    pub ask_every: Span,
    /// Which rules are in force.
    pub rules: Rules,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            proposers: Vec::new(),
            acceptors: Vec::new(),
            learners: Vec::new(),
            promises: None,
            acceptances: None,
            telling: Telling::Proposer,
            round_timeout: Span::millis(200),
            back_off: (Span::millis(10), Span::millis(50)),
            ask_every: Span::millis(400),
            rules: Rules::ALL,
        }
    }
}

/// Why settings make no sense.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingsError {
    /// Nobody has this role.
    Nobody(&'static str),
    /// More processes than [`MAX_MEMBERS`].
    TooMany,
    /// A quorum needs more acceptors than there are, or none.
    QuorumSize(&'static str),
    /// A quorum is one of more than [`MAX_SETS`] sets.
    TooManySets(&'static str),
    /// A quorum names somebody who is no acceptor.
    NoAcceptor(&'static str, ProcessId),
    /// These two quorums share no acceptor, so two values could be chosen.
    Apart([Vec<ProcessId>; 2]),
    /// This length of time is zero, or a range is upside down.
    NoTime(&'static str),
}

/// Settings that make sense, shared by all of a group.
#[derive(Clone, Debug)]
pub struct Program {
    settings: Arc<Settings>,
    promises: Arc<Quorum>,
    acceptances: Arc<Quorum>,
}

impl Program {
    /// Checks the settings. Quorums that need not meet are refused, unless the rule that says so is off.
    pub fn new(settings: Settings) -> Result<Program, SettingsError> {
        let roles = [
            ("proposers", &settings.proposers),
            ("acceptors", &settings.acceptors),
            ("learners", &settings.learners),
        ];
        if let Some((role, _)) = roles.iter().find(|(_, ids)| ids.is_empty()) {
            return Err(SettingsError::Nobody(role));
        }
        if roles.iter().any(|(_, ids)| ids.len() > MAX_MEMBERS) {
            return Err(SettingsError::TooMany);
        }
        if settings.round_timeout == Span::ZERO {
            return Err(SettingsError::NoTime("roundTimeout"));
        }
        if settings.back_off.0 > settings.back_off.1 || settings.back_off.1 == Span::ZERO {
            return Err(SettingsError::NoTime("backOff"));
        }
        if settings.ask_every == Span::ZERO {
            return Err(SettingsError::NoTime("askEvery"));
        }
        let usual = || Quorum::majority_of(settings.acceptors.len());
        let promises = settings.promises.clone().unwrap_or_else(usual);
        let acceptances = settings.acceptances.clone().unwrap_or_else(usual);
        for (name, quorum) in [("promises", &promises), ("acceptances", &acceptances)] {
            check(name, quorum, &settings.acceptors)?;
        }
        if settings.rules.has(Rule::QuorumsMeet)
            && let Some(apart) = promises.apart(&acceptances, &settings.acceptors)
        {
            return Err(SettingsError::Apart(apart));
        }
        let (promises, acceptances) = (Arc::new(promises), Arc::new(acceptances));
        Ok(Program { settings: Arc::new(settings), promises, acceptances })
    }
    /// The settings.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }
    /// Whose promises a proposer needs.
    pub fn promises(&self) -> &Quorum {
        &self.promises
    }
    /// Whose acceptances choose a value.
    pub fn acceptances(&self) -> &Quorum {
        &self.acceptances
    }
    /// What a process of the group is started from.
    pub fn image(&self) -> Arc<dyn Image> {
        Arc::new(MachineImage::<Peer>(self.clone()))
    }
}

fn check(name: &'static str, quorum: &Quorum, acceptors: &[ProcessId]) -> Result<(), SettingsError> {
    match quorum {
        Quorum::Any(needed) if *needed == 0 || *needed > acceptors.len() => {
            Err(SettingsError::QuorumSize(name))
        }
        Quorum::Any(_) => Ok(()),
        Quorum::OneOf(sets) if sets.len() > MAX_SETS => Err(SettingsError::TooManySets(name)),
        Quorum::OneOf(sets) if sets.is_empty() || sets.iter().any(Vec::is_empty) => {
            Err(SettingsError::QuorumSize(name))
        }
        Quorum::OneOf(sets) => match sets.iter().flatten().find(|id| !acceptors.contains(id)) {
            Some(id) => Err(SettingsError::NoAcceptor(name, *id)),
            None => Ok(()),
        },
    }
}
