//! The laws of links, disks and clocks, as plain data. Probabilities are integers: no float is kept in the world.

use crate::process::Span;
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
