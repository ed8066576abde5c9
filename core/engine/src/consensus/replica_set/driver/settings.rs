//! What a driver is told: which members to begin with, what to ask, and with which concerns and preference.

use super::Driver;
use crate::consensus::client;
use crate::consensus::replica_set::{ReadConcern, WriteConcern};
use crate::process::hosted::MachineImage;
use crate::process::{Image, Span};
use std::sync::Arc;

/// Which members a read may go to (*Read Preference*).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ReadPreference {
    /// "All operations read from the current replica set primary."
    #[default]
    Primary,
    /// "Operations read from the primary but if it is unavailable, operations read from secondary members."
    PrimaryPreferred,
    /// "All operations read from the secondary members."
    Secondary,
    /// "Operations typically read data from secondary members"; if there is none, from the primary.
    SecondaryPreferred,
    /// "A random eligible replica set member, irrespective of whether that member is a primary or secondary."
    Nearest,
}

/// What a driver is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The load, and in `members` the seed list. Its timeout is how long an answer may take; `attempts` plays no part.
    pub load: client::Settings,
    /// For reads.
    pub read_preference: ReadPreference,
    /// `maxStalenessSeconds`: secondaries that lag further are not read from. At least 90 s.
    pub max_staleness: Option<Span>,
    /// For reads.
    pub read_concern: ReadConcern,
    /// For writes; the set's default, if left out.
    pub write_concern: Option<WriteConcern>,
    /// `retryWrites`: a write that met a change of primary or got no answer is sent once more.
    pub retry_writes: bool,
    /// `retryReads`.
    pub retry_reads: bool,
    /// `heartbeatFrequencyMS`: 10 s. Less than `minHeartbeatFrequencyMS`, 500 ms, counts as that.
    pub heartbeat_frequency: Span,
    /// `serverSelectionTimeoutMS`: 30 s.
    pub selection_timeout: Span,
    /// `localThresholdMS`: 15 ms.
    pub local_threshold: Span,
}

impl Settings {
    /// A driver's defaults, with this load.
    pub fn of(load: client::Settings) -> Settings {
        Settings {
            load,
            read_preference: ReadPreference::Primary,
            max_staleness: None,
            read_concern: ReadConcern::Local,
            write_concern: None,
            retry_writes: true,
            retry_reads: true,
            heartbeat_frequency: Span::secs(10),
            selection_timeout: Span::secs(30),
            local_threshold: Span::millis(15),
        }
    }
}

/// Why settings are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingsError {
    /// The load is.
    Load(client::SettingsError),
    /// A length of time that must not be zero is, by its name.
    NoTime(&'static str),
    /// "You must specify a maxStalenessSeconds value of 90 seconds or longer"; it goes with every preference but `primary`.
    MaxStaleness,
    /// A linearizable read needs the primary.
    Linearizable,
}

/// Settings that make sense.
#[derive(Clone, Debug)]
pub struct Program(Arc<Settings>);

impl Program {
    /// Checks the settings.
    pub fn new(settings: Settings) -> Result<Program, SettingsError> {
        client::Program::new(settings.load.clone()).map_err(SettingsError::Load)?;
        let times = [
            ("heartbeatFrequencyMS", settings.heartbeat_frequency),
            ("serverSelectionTimeoutMS", settings.selection_timeout),
        ];
        if let Some((name, _)) = times.iter().find(|(_, time)| *time == Span::ZERO) {
            return Err(SettingsError::NoTime(name));
        }
        let primary_only = settings.read_preference == ReadPreference::Primary;
        if settings.max_staleness.is_some_and(|most| most < Span::secs(90) || primary_only) {
            return Err(SettingsError::MaxStaleness);
        }
        if settings.read_concern == ReadConcern::Linearizable && !primary_only {
            return Err(SettingsError::Linearizable);
        }
        Ok(Program(Arc::new(settings)))
    }
    /// The settings.
    pub fn settings(&self) -> &Settings {
        &self.0
    }
    /// What a process that runs it is started from.
    pub fn image(&self) -> Arc<dyn Image> {
        Arc::new(MachineImage::<Driver>(self.clone()))
    }
}
