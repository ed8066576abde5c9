//! The configuration document of a replica set (`rs.conf()`): who its members are, and the settings they share. The manual's
//! page *Self-Managed Replica Set Configuration* gives names, defaults and limits.

use crate::consensus::quorum::majority;
use crate::process::{Arg, Digest, Fold, Phrase, ProcessId, Span};
use crate::words::replset::ReplSetKey as K;
use std::sync::Arc;

/// Most members a set may have (*MongoDB Limits and Thresholds*).
pub const MAX_MEMBERS: usize = 50;
/// Most of them that vote.
pub const MAX_VOTERS: usize = 7;
/// Most tags of a member.
pub const MAX_TAGS: usize = 16;
/// Most bytes of a tag's name, and of what it says.
pub const MAX_TAG: usize = 128;
/// Longest delay of a delayed member, in seconds: a year.
pub const MAX_DELAY: u64 = 366 * 24 * 3600;

/// A member's priority in thousandths: the manual allows decimals from 0 to 1000, and no float is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Priority(pub u32);

impl Priority {
    /// It is never primary.
    pub const ZERO: Priority = Priority(0);
    /// The most.
    pub const MOST: Priority = Priority::whole(1000);
    /// A whole number.
    pub const fn whole(number: u32) -> Priority {
        Priority(number.saturating_mul(1000))
    }
}

/// One member as the configuration describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberConfig {
    /// `_id`: it stays the same as long as the member is in the set.
    pub id: u8,
    /// `host`: the process that is this member.
    pub host: ProcessId,
    /// `priority`.
    pub priority: Priority,
    /// `votes`: one or none.
    pub votes: bool,
    /// `arbiterOnly`: it votes and holds no data.
    pub arbiter_only: bool,
    /// `hidden`: clients do not see it.
    pub hidden: bool,
    /// `secondaryDelaySecs`, in whole seconds.
    pub delay_secs: u64,
    /// `tags`, in order.
    pub tags: Vec<(Arc<str>, Arc<str>)>,
    /// `newlyAdded`: a voting member that was just added, has no data yet, and counts as one without vote and priority.
    pub newly_added: bool,
}

impl MemberConfig {
    /// A member with the defaults: priority 1, one vote.
    pub fn new(id: u8, host: ProcessId) -> MemberConfig {
        MemberConfig {
            id,
            host,
            priority: Priority::whole(1),
            votes: true,
            arbiter_only: false,
            hidden: false,
            delay_secs: 0,
            tags: Vec::new(),
            newly_added: false,
        }
    }
    /// An arbiter: "Arbiters have priority 0".
    pub fn arbiter(id: u8, host: ProcessId) -> MemberConfig {
        MemberConfig { arbiter_only: true, priority: Priority::ZERO, ..MemberConfig::new(id, host) }
    }
    /// Does it vote at present?
    pub fn is_voter(&self) -> bool {
        self.votes && !self.newly_added
    }
    /// Does it hold data?
    pub fn bears_data(&self) -> bool {
        !self.arbiter_only
    }
    /// May it become primary at present?
    pub fn is_electable(&self) -> bool {
        self.priority > Priority::ZERO && self.bears_data() && self.is_voter()
    }
}

impl Fold for MemberConfig {
    fn fold(&self, digest: &mut Digest) {
        digest.word(u64::from(self.id));
        self.host.fold(digest);
        let flags = [self.votes, self.arbiter_only, self.hidden, self.newly_added];
        let flags = flags.iter().fold(0, |word, flag| word << 1 | u64::from(*flag));
        digest.word(u64::from(self.priority.0) << 8 | flags);
        digest.word(self.delay_secs);
        self.tags.fold(digest);
    }
}

/// `settings` of the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetSettings {
    /// `heartbeatIntervalMillis`: 2000.
    pub heartbeat_interval: Span,
    /// `heartbeatTimeoutSecs`: 10.
    pub heartbeat_timeout: Span,
    /// `electionTimeoutMillis`: 10000.
    pub election_timeout: Span,
    /// `catchUpTimeoutMillis`: −1, here `None`, is without end; 0 is no catching up.
    pub catch_up_timeout: Option<Span>,
    /// `catchUpTakeoverDelayMillis`: 30000; −1, here `None`, is no catch-up takeover.
    pub catch_up_takeover_delay: Option<Span>,
    /// `chainingAllowed`: secondaries may sync from secondaries.
    pub chaining_allowed: bool,
}

impl Default for SetSettings {
    fn default() -> Self {
        SetSettings {
            heartbeat_interval: Span::millis(2_000),
            heartbeat_timeout: Span::secs(10),
            election_timeout: Span::millis(10_000),
            catch_up_timeout: None,
            catch_up_takeover_delay: Some(Span::millis(30_000)),
            chaining_allowed: true,
        }
    }
}

impl Fold for SetSettings {
    fn fold(&self, digest: &mut Digest) {
        self.heartbeat_interval.fold(digest);
        self.heartbeat_timeout.fold(digest);
        self.election_timeout.fold(digest);
        self.catch_up_timeout.fold(digest);
        self.catch_up_takeover_delay.fold(digest);
        self.chaining_allowed.fold(digest);
    }
}

/// Which of two configurations is newer: by term, then by version. One that was forced has no term, and is compared by its
/// version alone (`src/mongo/db/repl/README.md`, *Config Ordering and Elections*).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct ConfigId {
    /// Of the primary that made it; `None` after a forced reconfiguration.
    pub term: Option<u64>,
    /// Counted up; 0 stands for no configuration.
    pub version: u64,
}

impl ConfigId {
    /// Is it newer than that one?
    pub fn is_newer_than(self, other: ConfigId) -> bool {
        match (self.term, other.term) {
            (Some(mine), Some(theirs)) => (mine, self.version) > (theirs, other.version),
            _ => self.version > other.version,
        }
    }
}

impl Fold for ConfigId {
    fn fold(&self, digest: &mut Digest) {
        self.term.fold(digest);
        digest.word(self.version);
    }
}

/// The configuration document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// `term` and `version`.
    pub id: ConfigId,
    /// `members`, in order.
    pub members: Vec<MemberConfig>,
    /// `settings`.
    pub settings: SetSettings,
    /// `writeConcernMajorityJournalDefault`: a majority acknowledges what is in its journals.
    pub majority_journal: bool,
}

/// Why a configuration is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConfigError {
    /// No members.
    NoMembers,
    /// More than [`MAX_MEMBERS`].
    TooManyMembers(usize),
    /// More than [`MAX_VOTERS`].
    TooManyVoters(usize),
    /// Nobody votes.
    NoVoters,
    /// Nobody may become primary.
    NoElectable,
    /// Two members share an `_id`.
    SameId(u8),
    /// Two members share a host.
    SameHost(ProcessId),
    /// A priority above 1000.
    PriorityRange(ProcessId),
    /// "Members with priority greater than 0 cannot have 0 votes."
    PriorityWithoutVote(ProcessId),
    /// An arbiter has priority 0.
    ArbiterPriority(ProcessId),
    /// An arbiter votes.
    ArbiterWithoutVote(ProcessId),
    /// A hidden member has priority 0.
    HiddenPriority(ProcessId),
    /// A delayed member has priority 0.
    DelayedPriority(ProcessId),
    /// An arbiter holds no data that could be late.
    ArbiterDelay(ProcessId),
    /// A delay above [`MAX_DELAY`].
    Delay(ProcessId),
    /// Too many tags, or too long ones.
    Tags(ProcessId),
    /// A length of time that must not be zero is, by its name.
    NoTime(&'static str),
}

impl ConfigError {
    /// In words.
    pub fn phrase(&self) -> Phrase {
        let of = |key: K, id: &ProcessId| Phrase::new(key, [Arg::Process(*id)]);
        let most = |key: K, n: usize, most: usize| {
            Phrase::new(key, [Arg::Number(n as u64), Arg::Number(most as u64)])
        };
        match self {
            ConfigError::NoMembers => Phrase::bare(K::ConfigNoMembers),
            ConfigError::TooManyMembers(n) => most(K::ConfigTooManyMembers, *n, MAX_MEMBERS),
            ConfigError::TooManyVoters(n) => most(K::ConfigTooManyVoters, *n, MAX_VOTERS),
            ConfigError::NoVoters => Phrase::bare(K::ConfigNoVoters),
            ConfigError::NoElectable => Phrase::bare(K::ConfigNoElectable),
            ConfigError::SameId(id) => Phrase::new(K::ConfigSameId, [Arg::Number(u64::from(*id))]),
            ConfigError::SameHost(id) => of(K::ConfigSameHost, id),
            ConfigError::PriorityRange(id) => of(K::ConfigPriorityRange, id),
            ConfigError::PriorityWithoutVote(id) => of(K::ConfigPriorityWithoutVote, id),
            ConfigError::ArbiterPriority(id) => of(K::ConfigArbiterPriority, id),
            ConfigError::ArbiterWithoutVote(id) => of(K::ConfigArbiterWithoutVote, id),
            ConfigError::HiddenPriority(id) => of(K::ConfigHiddenPriority, id),
            ConfigError::DelayedPriority(id) => of(K::ConfigDelayedPriority, id),
            ConfigError::ArbiterDelay(id) => of(K::ConfigArbiterDelay, id),
            ConfigError::Delay(id) => {
                Phrase::new(K::ConfigDelay, [Arg::Process(*id), Arg::Number(MAX_DELAY)])
            }
            ConfigError::Tags(id) => {
                let [tags, bytes] = [MAX_TAGS, MAX_TAG].map(|most| Arg::Number(most as u64));
                Phrase::new(K::ConfigTags, [Arg::Process(*id), tags, bytes])
            }
            ConfigError::NoTime(name) => Phrase::new(K::ConfigNoTime, [Arg::Name((*name).into())]),
        }
    }
}

impl Config {
    /// The first configuration of these members, as `rs.initiate()` makes it.
    pub fn initial(members: Vec<MemberConfig>, settings: SetSettings) -> Config {
        Config { id: ConfigId { term: Some(0), version: 1 }, members, settings, majority_journal: true }
    }

    /// Checks it against the manual's limits.
    pub fn validate(&self) -> Result<(), ConfigError> {
        let n = self.members.len();
        if n == 0 {
            return Err(ConfigError::NoMembers);
        }
        if n > MAX_MEMBERS {
            return Err(ConfigError::TooManyMembers(n));
        }
        for (at, member) in self.members.iter().enumerate() {
            let earlier = &self.members[..at];
            if earlier.iter().any(|other| other.id == member.id) {
                return Err(ConfigError::SameId(member.id));
            }
            if earlier.iter().any(|other| other.host == member.host) {
                return Err(ConfigError::SameHost(member.host));
            }
            check_member(member)?;
        }
        let voting = self.members.iter().filter(|member| member.votes).count();
        if voting > MAX_VOTERS {
            return Err(ConfigError::TooManyVoters(voting));
        }
        if self.voters().next().is_none() {
            return Err(ConfigError::NoVoters);
        }
        if !self.members.iter().any(MemberConfig::is_electable) {
            return Err(ConfigError::NoElectable);
        }
        let times = [
            ("heartbeatIntervalMillis", self.settings.heartbeat_interval),
            ("heartbeatTimeoutSecs", self.settings.heartbeat_timeout),
            ("electionTimeoutMillis", self.settings.election_timeout),
        ];
        match times.iter().find(|(_, time)| *time == Span::ZERO) {
            Some((name, _)) => Err(ConfigError::NoTime(name)),
            None => Ok(()),
        }
    }

    /// The member that is this process.
    pub fn member(&self, host: ProcessId) -> Option<&MemberConfig> {
        self.members.iter().find(|member| member.host == host)
    }
    /// Its place.
    pub fn place(&self, host: ProcessId) -> Option<usize> {
        self.members.iter().position(|member| member.host == host)
    }
    /// All but this one.
    pub fn others(&self, host: ProcessId) -> impl Iterator<Item = &MemberConfig> {
        self.members.iter().filter(move |member| member.host != host)
    }
    /// Who votes at present.
    pub fn voters(&self) -> impl Iterator<Item = &MemberConfig> {
        self.members.iter().filter(|member| member.is_voter())
    }
    /// `majorityVoteCount`: votes that elect a primary.
    pub fn majority_votes(&self) -> usize {
        majority(self.voters().count())
    }
    /// `writeMajorityCount`: "the lesser of the majority of all voting members (including arbiters), and the number of all
    /// data-bearing voting members" (*Write Concern*, *Calculating Majority for Write Concern*).
    pub fn write_majority(&self) -> usize {
        self.majority_votes().min(self.voters().filter(|member| member.bears_data()).count())
    }
    /// Is the implicit default write concern `{ w: "majority" }`? With arbiters it is `{ w: 1 }` where there are not more
    /// data-bearing voting members than a voting majority (*Write Concern*, *Implicit Default Write Concern*).
    pub fn implicit_majority(&self) -> bool {
        let arbiters = self.voters().filter(|member| member.arbiter_only).count();
        let bearing = self.voters().filter(|member| member.bears_data()).count();
        arbiters == 0 || bearing > self.majority_votes()
    }
    /// How many members have a higher priority.
    pub fn priority_rank(&self, of: Priority) -> u64 {
        self.members.iter().filter(|member| member.is_electable() && member.priority > of).count() as u64
    }
    /// By how many voting members it differs from another, vote of new members counted as they were asked for.
    pub fn voters_changed(&self, other: &Config) -> usize {
        let voters = |config: &Config| -> Vec<ProcessId> {
            config.members.iter().filter(|member| member.votes).map(|member| member.host).collect()
        };
        let (mine, theirs) = (voters(self), voters(other));
        let gone = mine.iter().filter(|id| !theirs.contains(id)).count();
        gone + theirs.iter().filter(|id| !mine.contains(id)).count()
    }
    /// Bytes on the wire.
    pub fn size(&self) -> u32 {
        120 + self.members.iter().map(|member| 60 + 16 * member.tags.len() as u32).sum::<u32>()
    }
}

fn check_member(member: &MemberConfig) -> Result<(), ConfigError> {
    let (host, prioritized) = (member.host, member.priority > Priority::ZERO);
    let long = |text: &Arc<str>| text.len() > MAX_TAG;
    if member.priority > Priority::MOST {
        Err(ConfigError::PriorityRange(host))
    } else if member.arbiter_only && prioritized {
        Err(ConfigError::ArbiterPriority(host))
    } else if member.arbiter_only && !member.votes {
        Err(ConfigError::ArbiterWithoutVote(host))
    } else if prioritized && !member.votes {
        Err(ConfigError::PriorityWithoutVote(host))
    } else if prioritized && member.hidden {
        Err(ConfigError::HiddenPriority(host))
    } else if prioritized && member.delay_secs > 0 {
        Err(ConfigError::DelayedPriority(host))
    } else if member.arbiter_only && member.delay_secs > 0 {
        Err(ConfigError::ArbiterDelay(host))
    } else if member.delay_secs > MAX_DELAY {
        Err(ConfigError::Delay(host))
    } else if member.tags.len() > MAX_TAGS || member.tags.iter().any(|(key, value)| long(key) || long(value))
    {
        Err(ConfigError::Tags(host))
    } else {
        Ok(())
    }
}

impl Fold for Config {
    fn fold(&self, digest: &mut Digest) {
        self.id.fold(digest);
        self.members.fold(digest);
        self.settings.fold(digest);
        self.majority_journal.fold(digest);
    }
}
