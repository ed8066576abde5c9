//! What a member is started from: the configuration the set was initiated with, and what `mongod` itself is told (its
//! `setParameter`s and defaults).

use super::Member;
use super::concern::{W, WriteConcern};
use super::config::{Config, ConfigError};
use super::rules::Rules;
use crate::process::hosted::MachineImage;
use crate::process::{Image, Span};
use std::sync::Arc;

/// Most client sessions a member remembers.
pub const MAX_SESSIONS: usize = 100_000;

/// What a member is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The configuration of `rs.initiate()`. Its members begin with it; others wait to be added.
    pub config: Config,
    /// The default write concern (`setDefaultRWConcern`); without one, the implicit default.
    pub default_write_concern: Option<WriteConcern>,
    /// `commitIntervalMs`: the journal is written this often: 100 ms.
    pub journal_interval: Span,
    /// The oplog keeps so many entries at least.
    pub oplog_entries: u32,
    /// Most entries in one batch of oplog entries.
    pub batch_entries: u32,
    /// Most bytes of documents in one piece of an initial sync.
    pub clone_bytes: u32,
    /// `maxSyncSourceLagSecs`: 30.
    pub max_source_lag: Span,
    /// `periodicNoopIntervalSecs`: 10.
    pub no_op_interval: Span,
    /// Client sessions kept.
    pub sessions: u32,
    /// Writes and reads that may wait at a primary at once.
    pub backlog: u32,
    /// Which rules are in force.
    pub rules: Rules,
}

impl Settings {
    /// `mongod`'s defaults, for a set initiated with this configuration.
    pub fn of(config: Config) -> Settings {
        Settings {
            config,
            default_write_concern: None,
            journal_interval: Span::millis(100),
            oplog_entries: 10_000,
            batch_entries: 500,
            clone_bytes: 64 * 1024,
            max_source_lag: Span::secs(30),
            no_op_interval: Span::secs(10),
            sessions: 10_000,
            backlog: 10_000,
            rules: Rules::ALL,
        }
    }
}

/// Why settings are refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingsError {
    /// The configuration is.
    Config(ConfigError),
    /// A bound that must be from 1 to the number given is not; its camelCase name.
    OutOfRange(&'static str, u64),
    /// A length of time that must not be zero is, by its name.
    NoTime(&'static str),
    /// The default write concern would acknowledge nothing, or asks for more members than a set may have.
    DefaultConcern,
}

/// Settings that make sense, shared by all of a set.
#[derive(Clone, Debug)]
pub struct Program {
    settings: Arc<Settings>,
    config: Arc<Config>,
}

impl Program {
    /// Checks the settings.
    pub fn new(settings: Settings) -> Result<Program, SettingsError> {
        settings.config.validate().map_err(SettingsError::Config)?;
        let counts = [
            ("oplogEntries", settings.oplog_entries, 1_000_000),
            ("batchEntries", settings.batch_entries, 10_000),
            ("cloneBytes", settings.clone_bytes, 16 << 20),
            ("sessions", settings.sessions, MAX_SESSIONS as u32),
            ("backlog", settings.backlog, 1_000_000),
        ];
        if let Some((name, _, most)) = counts.iter().find(|(_, value, most)| *value == 0 || value > most) {
            return Err(SettingsError::OutOfRange(name, u64::from(*most)));
        }
        let times = [
            ("journalInterval", settings.journal_interval),
            ("maxSyncSourceLagSecs", settings.max_source_lag),
            ("periodicNoopIntervalSecs", settings.no_op_interval),
        ];
        if let Some((name, _)) = times.iter().find(|(_, time)| *time == Span::ZERO) {
            return Err(SettingsError::NoTime(name));
        }
        if settings.default_write_concern.is_some_and(|concern| match concern.w {
            W::Members(n) => n == 0 || n as usize > super::config::MAX_MEMBERS,
            W::Majority => false,
        }) {
            return Err(SettingsError::DefaultConcern);
        }
        let config = Arc::new(settings.config.clone());
        Ok(Program { settings: Arc::new(settings), config })
    }
    /// The settings.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }
    /// The configuration the set was initiated with.
    pub fn config(&self) -> &Arc<Config> {
        &self.config
    }
    /// What a process of the set is started from.
    pub fn image(&self) -> Arc<dyn Image> {
        Arc::new(MachineImage::<Member>(self.clone()))
    }
}
