//! Laws made ready for drawing: a latency law with its constants worked out once.
//!
//! Logarithms and exponentials are `libm`'s, whose results are the same on every platform; square roots and
//! the four operations are exact by IEEE 754. Every draw ends as whole nanoseconds, never negative, at most
//! [`LONGEST`].

use super::law::LatencyLaw;
use super::luck::Stream;
use super::quantile::standard_quantile;
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

/// A standard normal draw: one uniform draw, through the inverse of the distribution function.
fn normal(luck: &mut Stream) -> f64 {
    standard_quantile(luck.open_unit())
}

/// Rounded to whole nanoseconds within bounds. A NaN becomes zero.
#[inline]
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

#[cfg(test)]
mod tests {
    use super::*;

    const N: usize = 200_000;

    /// Sorted draws in milliseconds.
    fn draws(law: LatencyLaw) -> Vec<f64> {
        law.check().expect("a good law");
        let sampler = Sampler::new(&law);
        let mut luck = Stream::new(11);
        let mut draws: Vec<f64> = (0..N).map(|_| sampler.draw(&mut luck) as f64 / 1e6).collect();
        draws.sort_by(f64::total_cmp);
        draws
    }

    fn mean(draws: &[f64]) -> f64 {
        draws.iter().sum::<f64>() / draws.len() as f64
    }

    fn quantile(draws: &[f64], q: f64) -> f64 {
        draws[(q * draws.len() as f64) as usize]
    }

    /// Within so many parts of a thousand of what the formula says.
    fn near(got: f64, want: f64, per_mille: f64) {
        assert!((got - want).abs() <= want * per_mille / 1000.0, "{got} is not {want} within {per_mille} ‰");
    }

    fn ms(ms: u64) -> Span {
        Span::millis(ms)
    }

    #[test]
    fn a_constant_is_constant() {
        let draws = draws(LatencyLaw::Constant(ms(5)));
        assert_eq!((draws[0], draws[N - 1]), (5.0, 5.0));
    }

    #[test]
    fn a_uniform_law_has_its_mean_and_quantiles() {
        let draws = draws(LatencyLaw::Uniform(ms(10), ms(30)));
        near(mean(&draws), 20.0, 3.0);
        near(quantile(&draws, 0.25), 15.0, 5.0);
        assert!(draws[0] >= 10.0 && draws[N - 1] <= 30.0);
    }

    #[test]
    fn a_normal_law_has_its_mean_and_deviation() {
        let draws = draws(LatencyLaw::Normal { mean: ms(50), deviation: ms(10) });
        near(mean(&draws), 50.0, 3.0);
        near(quantile(&draws, 0.841_344_7), 60.0, 4.0);
        near(quantile(&draws, 0.022_750_1), 30.0, 12.0);
    }

    #[test]
    fn a_normal_law_is_cut_off_at_zero() {
        let draws = draws(LatencyLaw::Normal { mean: ms(1), deviation: ms(10) });
        near(quantile(&draws, 0.5), 1.0, 50.0);
        assert_eq!(draws[0], 0.0);
    }

    #[test]
    fn a_log_normal_law_has_its_median_99th_percentile_and_mean() {
        let draws = draws(LatencyLaw::LogNormal { median: ms(5), p99: ms(20) });
        near(quantile(&draws, 0.5), 5.0, 6.0);
        near(quantile(&draws, 0.99), 20.0, 25.0);
        let sigma = libm::log(4.0) / Z99;
        near(mean(&draws), 5.0 * libm::exp(sigma * sigma / 2.0), 5.0);
    }

    #[test]
    fn a_pareto_law_has_its_minimum_mean_and_tail() {
        let draws = draws(LatencyLaw::Pareto { minimum: ms(2), shape_milli: 3_000 });
        assert!(draws[0] >= 2.0);
        near(mean(&draws), 3.0, 8.0); // shape × minimum / (shape − 1)
        near(quantile(&draws, 0.99), 2.0 * libm::cbrt(100.0), 25.0);
    }

    #[test]
    fn a_heavy_tail_ends_at_a_day() {
        let draws = draws(LatencyLaw::Pareto { minimum: ms(1_000), shape_milli: 100 });
        assert_eq!(draws[N - 1], LONGEST.0 as f64 / 1e6);
    }

    #[test]
    fn measured_times_come_back_in_between() {
        let draws = draws(LatencyLaw::Empirical([ms(1), ms(3), ms(3), ms(11)].into()));
        assert!(draws[0] >= 1.0 && draws[N - 1] <= 11.0);
        near(quantile(&draws, 1.0 / 6.0), 2.0, 10.0);
        near(quantile(&draws, 0.5), 3.0, 1.0);
        near(quantile(&draws, 5.0 / 6.0), 7.0, 15.0);
    }

    #[test]
    fn one_measured_time_is_a_constant() {
        let draws = draws(LatencyLaw::Empirical([ms(4)].into()));
        assert_eq!((draws[0], draws[N - 1]), (4.0, 4.0));
    }

    #[test]
    fn the_golden_draws_are_what_they_were() {
        let laws = [
            LatencyLaw::Uniform(ms(1), ms(10)),
            LatencyLaw::Normal { mean: ms(50), deviation: ms(10) },
            LatencyLaw::LogNormal { median: ms(5), p99: ms(20) },
            LatencyLaw::Pareto { minimum: ms(2), shape_milli: 1_500 },
            LatencyLaw::Empirical([ms(1), ms(3), ms(11)].into()),
        ];
        let drawn = laws.map(|law| Sampler::new(&law).draw(&mut Stream::new(42)));
        assert_eq!(drawn, [7_674_084, 56_481_774, 7_357_303, 2_441_166, 6_865_038]);
    }

    #[test]
    fn what_is_wrong_with_a_law_is_said() {
        use crate::kernel::law::LawError as E;
        let wrong = [
            (LatencyLaw::Uniform(ms(2), ms(1)), E::Reversed),
            (LatencyLaw::LogNormal { median: ms(2), p99: ms(1) }, E::Reversed),
            (LatencyLaw::Constant(Span::secs(86_401)), E::TooLong),
            (LatencyLaw::Normal { mean: ms(1), deviation: Span::MAX }, E::TooLong),
            (LatencyLaw::Pareto { minimum: ms(1), shape_milli: 0 }, E::NoShape),
            (LatencyLaw::Empirical([].into()), E::Empty),
            (LatencyLaw::Empirical([ms(2), ms(1)].into()), E::NotSorted),
        ];
        for (law, error) in wrong {
            assert_eq!(law.check(), Err(error), "{law:?}");
            // And yet drawing from it is total.
            assert!(Sampler::new(&law).draw(&mut Stream::new(1)) <= LONGEST.0);
        }
    }
}
