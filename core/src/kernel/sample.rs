//! Laws made ready for drawing: a latency law with its constants worked out once.
//!
//! Logarithms, exponentials and cosines are `libm`'s, whose results are the same on every platform; square roots and
//! the four operations are exact by IEEE 754. Every draw ends as whole nanoseconds, never negative, at most
//! [`LONGEST`].

use super::law::LatencyLaw;
use super::luck::Stream;
use crate::process::Span;
use std::sync::Arc;

/// No draw is longer than a day: a heavy tail must not carry an event beyond the end of time.
pub const LONGEST: Span = Span::secs(86_400);

/// The 99th percentile of the standard normal distribution.
const Z99: f64 = 2.326_347_874_040_841;

/// A latency law, ready to draw from.
#[derive(Clone, Debug)]
pub(crate) enum Sampler {
    Constant(u64),
    Uniform { low: u64, high: u64 },
    Normal { mean: f64, deviation: f64 },
    LogNormal { log_median: f64, sigma: f64 },
    Pareto { minimum: f64, inverse_shape: f64 },
    Empirical(Arc<[Span]>),
}

impl Sampler {
    /// Makes a law ready. Total: a law that [`LatencyLaw::check`] would refuse is read in the nearest sensible way.
    pub(crate) fn new(law: &LatencyLaw) -> Self {
        match law {
            LatencyLaw::Constant(span) => Sampler::Constant(span.0.min(LONGEST.0)),
            LatencyLaw::Uniform(low, high) => {
                let low = low.0.min(LONGEST.0);
                Sampler::Uniform { low, high: high.0.clamp(low, LONGEST.0) }
            }
            LatencyLaw::Normal { mean, deviation } => {
                Sampler::Normal { mean: mean.0 as f64, deviation: deviation.0 as f64 }
            }
            LatencyLaw::LogNormal { median, p99 } => {
                let log_median = libm::log(median.0.max(1) as f64);
                let log_p99 = libm::log(p99.0.max(median.0).max(1) as f64);
                Sampler::LogNormal { log_median, sigma: (log_p99 - log_median) / Z99 }
            }
            LatencyLaw::Pareto { minimum, shape_milli } => Sampler::Pareto {
                minimum: minimum.0 as f64,
                inverse_shape: 1000.0 / f64::from((*shape_milli).max(1)),
            },
            LatencyLaw::Empirical(spans) if spans.is_empty() => Sampler::Constant(0),
            LatencyLaw::Empirical(spans) => Sampler::Empirical(spans.clone()),
        }
    }

    /// One draw, in nanoseconds.
    #[inline]
    pub(crate) fn draw(&self, luck: &mut Stream) -> u64 {
        match self {
            Sampler::Uniform { low, high } => luck.within(*low, *high),
            Sampler::Constant(span) => *span,
            other => other.draw_slowly(luck),
        }
    }

    #[inline(never)]
    fn draw_slowly(&self, luck: &mut Stream) -> u64 {
        match self {
            Sampler::Constant(span) => *span,
            Sampler::Uniform { low, high } => luck.within(*low, *high),
            Sampler::Normal { mean, deviation } => whole(mean + deviation * normal(luck)),
            Sampler::LogNormal { log_median, sigma } => whole(libm::exp(log_median + sigma * normal(luck))),
            // The inverse of the distribution function, 1 - (minimum/x)^shape.
            Sampler::Pareto { minimum, inverse_shape } => {
                whole(minimum * libm::exp(-libm::log(luck.open_unit()) * inverse_shape))
            }
            Sampler::Empirical(spans) => interpolated(spans, luck),
        }
    }
}

/// A standard normal draw (Box and Muller, 1958, one of the pair).
fn normal(luck: &mut Stream) -> f64 {
    let (radius, angle) = (luck.open_unit(), luck.open_unit());
    (-2.0 * libm::log(radius)).sqrt() * libm::cos(std::f64::consts::TAU * angle)
}

/// Rounded to whole nanoseconds within bounds. A NaN becomes zero.
fn whole(x: f64) -> u64 {
    if x >= LONGEST.0 as f64 { LONGEST.0 } else { libm::rint(x.max(0.0)) as u64 }
}

/// A uniform place along the sorted values, in between by a straight line; integers throughout.
fn interpolated(spans: &[Span], luck: &mut Stream) -> u64 {
    let gaps = spans.len().saturating_sub(1) as u64;
    let place = luck.below(gaps.max(1) << 32);
    let (index, part) = ((place >> 32) as usize, place & 0xffff_ffff);
    let Some(&low) = spans.get(index) else { return 0 };
    let high = spans.get(index + 1).copied().unwrap_or(low).0.max(low.0);
    let above = (u128::from(high - low.0) * u128::from(part)) >> 32;
    (low.0 + above as u64).min(LONGEST.0)
}
