//! The laws of links, disks and clocks, as plain data. Probabilities are integers: no float is kept in the world.

use crate::process::{Digest, Fold, Span};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A probability in parts of 2³².
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Chance(pub u32);

impl Chance {
    /// Never.
    pub const NEVER: Chance = Chance(0);
    /// Always, to within 2⁻³².
    pub const ALWAYS: Chance = Chance(u32::MAX);
    /// From parts in a million, at most 1,000,000.
    pub const fn per_million(parts: u32) -> Chance {
        if parts >= 1_000_000 { Chance::ALWAYS } else { Chance((((parts as u64) << 32) / 1_000_000) as u32) }
    }
}

/// How long a link takes, one way. Sampled with `libm`, rounded to nanoseconds, never negative.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum LatencyLaw {
    /// Always this long.
    Constant(Span),
    /// Uniform in this range, both ends included.
    Uniform(Span, Span),
    /// Normal, cut off at zero.
    Normal {
        /// The mean.
        mean: Span,
        /// The standard deviation.
        deviation: Span,
    },
    /// Log-normal, by what people measure.
    LogNormal {
        /// Half of all are below.
        median: Span,
        /// 99 in 100 are below; not less than the median.
        p99: Span,
    },
    /// Pareto: a minimum and a heavy tail.
    Pareto {
        /// None is below.
        minimum: Span,
        /// The tail's index in thousandths: the smaller, the heavier.
        shape_milli: u32,
    },
    /// Drawn uniformly, with interpolation, from measured one-way times, sorted.
    Empirical(Arc<[Span]>),
}

/// One direction of a link between two hosts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LinkSpec {
    /// How long it takes.
    pub latency: LatencyLaw,
    /// A datagram is lost.
    pub loss: Chance,
    /// A datagram arrives twice; the copy takes a latency of its own.
    pub duplicate: Chance,
    /// A datagram takes a second latency on top, so that later ones overtake it.
    pub reorder: Chance,
    /// Bytes a second; `None` is without limit. What does not fit waits in the sender's queue.
    pub bandwidth: Option<u64>,
}

impl Default for LinkSpec {
    fn default() -> Self {
        LinkSpec {
            latency: LatencyLaw::Uniform(Span::millis(1), Span::millis(10)),
            loss: Chance::NEVER,
            duplicate: Chance::NEVER,
            reorder: Chance::NEVER,
            bandwidth: None,
        }
    }
}

/// A host's disk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DiskSpec {
    /// How long a sync takes.
    pub sync: LatencyLaw,
}

impl Default for DiskSpec {
    fn default() -> Self {
        DiskSpec { sync: LatencyLaw::Constant(Span::millis(1)) }
    }
}

/// A host as it is added.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct HostSpec {
    /// Its zone; links between zones can have laws of their own.
    pub zone: Arc<str>,
    /// Its disk.
    pub disk: DiskSpec,
    /// Its clocks' rate, in parts per million too fast (negative: too slow); beyond ±500,000 is refused.
    pub drift_ppm: i32,
    /// Its wall clock's offset in nanoseconds.
    pub offset: i64,
}

/// How connections behave when nothing is heard: TCP's retransmission back-off (RFC 6298).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectionSpec {
    /// The first retransmission timeout; it doubles each time.
    pub first_retry: Span,
    /// It does not grow beyond this.
    pub longest_retry: Span,
    /// After so long without progress the connection is given up.
    pub timeout: Span,
}

impl Default for ConnectionSpec {
    fn default() -> Self {
        ConnectionSpec {
            first_retry: Span::millis(200),
            longest_retry: Span::secs(60),
            timeout: Span::secs(15),
        }
    }
}

/// What a world may hold at most. Beyond it, additions are refused and sends are lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Hosts, removed ones included.
    pub hosts: u32,
    /// Processes, dead ones included.
    pub processes: u32,
    /// Messages in flight, held and waiting.
    pub in_flight: u32,
    /// Connections that at least one end still holds.
    pub connections: u32,
    /// Persists under way on one disk.
    pub persists: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { hosts: 4_096, processes: 16_384, in_flight: 262_144, connections: 65_536, persists: 65_536 }
    }
}

/// Clocks may be off by at most this much, in parts per million.
pub const MOST_DRIFT_PPM: i32 = 500_000;

/// What is wrong with a law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LawError {
    /// A range whose end is before its beginning, or a 99th percentile below the median.
    Reversed,
    /// Measured times that are not sorted.
    NotSorted,
    /// No measured times at all.
    Empty,
    /// Longer than a day.
    TooLong,
    /// A Pareto shape of zero.
    NoShape,
    /// A bandwidth of zero; cut the link instead.
    NoBandwidth,
    /// A clock beyond [`MOST_DRIFT_PPM`].
    TooMuchDrift,
}

impl LatencyLaw {
    /// Does it say something that can be drawn from?
    pub fn check(&self) -> Result<(), LawError> {
        let longest = super::sample::LONGEST;
        let (low, high) = match self {
            LatencyLaw::Constant(span) => (*span, *span),
            LatencyLaw::Uniform(low, high) => (*low, *high),
            LatencyLaw::Normal { mean, deviation } => {
                return if (*mean).max(*deviation) > longest { Err(LawError::TooLong) } else { Ok(()) };
            }
            LatencyLaw::LogNormal { median, p99 } => (*median, *p99),
            LatencyLaw::Pareto { shape_milli: 0, .. } => return Err(LawError::NoShape),
            LatencyLaw::Pareto { minimum, .. } => (*minimum, *minimum),
            LatencyLaw::Empirical(spans) => {
                if !spans.is_sorted() {
                    return Err(LawError::NotSorted);
                }
                match (spans.first(), spans.last()) {
                    (Some(low), Some(high)) => (*low, *high),
                    _ => return Err(LawError::Empty),
                }
            }
        };
        match () {
            () if high < low => Err(LawError::Reversed),
            () if high > longest => Err(LawError::TooLong),
            () => Ok(()),
        }
    }
}

impl LinkSpec {
    /// Does it say something that can be drawn from?
    pub fn check(&self) -> Result<(), LawError> {
        if self.bandwidth == Some(0) {
            return Err(LawError::NoBandwidth);
        }
        self.latency.check()
    }
}

impl HostSpec {
    /// Does it say something that can be?
    pub fn check(&self) -> Result<(), LawError> {
        if self.drift_ppm.unsigned_abs() > MOST_DRIFT_PPM.unsigned_abs() {
            return Err(LawError::TooMuchDrift);
        }
        self.disk.sync.check()
    }
}

impl Fold for Chance {
    fn fold(&self, digest: &mut Digest) {
        digest.word(u64::from(self.0));
    }
}

impl Fold for LatencyLaw {
    fn fold(&self, digest: &mut Digest) {
        let mut words = |kind: u64, a: u64, b: u64| [kind, a, b].iter().for_each(|&word| digest.word(word));
        match self {
            LatencyLaw::Constant(span) => words(0, span.0, 0),
            LatencyLaw::Uniform(low, high) => words(1, low.0, high.0),
            LatencyLaw::Normal { mean, deviation } => words(2, mean.0, deviation.0),
            LatencyLaw::LogNormal { median, p99 } => words(3, median.0, p99.0),
            LatencyLaw::Pareto { minimum, shape_milli } => words(4, minimum.0, u64::from(*shape_milli)),
            LatencyLaw::Empirical(spans) => {
                digest.word(5);
                spans[..].fold(digest);
            }
        }
    }
}

impl Fold for HostSpec {
    fn fold(&self, digest: &mut Digest) {
        self.zone.fold(digest);
        self.disk.sync.fold(digest);
        digest.word(i64::from(self.drift_ppm) as u64);
        digest.word(self.offset as u64);
    }
}
