//! A host's clocks: a monotonic one that may run too fast or too slow, and a wall clock that may be wrong besides.
//!
//! All integers. The monotonic clock reads `⌊elapsed × (10⁶ + ppm) / 10⁶⌋` since the last change of rate, plus what it
//! read then; a timer set for a local length fires at the first instant at which the clock shows that much.

use crate::process::Time;

/// A million: the denominator of a rate.
const MILLION: u64 = 1_000_000;

/// A host's clocks.
#[derive(Clone, Debug)]
pub(super) struct Clock {
    /// Parts per million too fast.
    pub drift_ppm: i32,
    /// The wall clock's offset from the epoch plus the monotonic clock, in nanoseconds.
    pub offset: i64,
    /// Virtual time at the last change of rate.
    since: u64,
    /// What the monotonic clock read then.
    base: u64,
}

impl Clock {
    /// A clock that begins now, at zero.
    pub(super) fn new(now: u64, drift_ppm: i32, offset: i64) -> Self {
        Clock { drift_ppm, offset, since: now, base: 0 }
    }

    fn rate(&self) -> u64 {
        (MILLION as i64 + i64::from(self.drift_ppm)).max(1) as u64
    }

    /// The monotonic clock at a virtual instant not before the last change of rate.
    #[inline]
    pub(super) fn monotonic(&self, now: u64) -> u64 {
        let elapsed = now.saturating_sub(self.since);
        if self.drift_ppm == 0 {
            return self.base.saturating_add(elapsed);
        }
        let shown = u128::from(elapsed) * u128::from(self.rate()) / u128::from(MILLION);
        self.base.saturating_add(u64::try_from(shown).unwrap_or(u64::MAX))
    }

    /// The wall clock when the monotonic one reads this, never before zero.
    #[inline]
    pub(super) fn wall(&self, monotonic: u64, epoch: Time) -> Time {
        Time(epoch.0.saturating_add(monotonic).saturating_add_signed(self.offset))
    }

    /// The first virtual instant at which the monotonic clock shows `local`; now at the earliest.
    #[inline]
    pub(super) fn when(&self, local: u64, now: u64) -> u64 {
        let ahead = local.saturating_sub(self.base);
        let at = if self.drift_ppm == 0 {
            self.since.saturating_add(ahead)
        } else {
            let elapsed = (u128::from(ahead) * u128::from(MILLION)).div_ceil(u128::from(self.rate()));
            self.since.saturating_add(u64::try_from(elapsed).unwrap_or(u64::MAX))
        };
        at.max(now)
    }

    /// Changes the rate from now on; the reading does not jump.
    pub(super) fn set_drift(&mut self, now: u64, drift_ppm: i32) {
        (self.base, self.since, self.drift_ppm) = (self.monotonic(now), now, drift_ppm);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// A timer fires at the first instant at which the clock shows its time, and not a nanosecond earlier.
        #[test]
        fn a_timer_is_neither_early_nor_late(ppm in -500_000i32..500_000, start in 0u64..1 << 50, local in 0u64..1 << 50) {
            let clock = Clock::new(start, ppm, 0);
            let at = clock.when(local, start);
            prop_assert!(clock.monotonic(at) >= local);
            if at > start {
                prop_assert!(clock.monotonic(at - 1) < local);
            }
        }

        #[test]
        fn a_change_of_rate_does_not_move_the_reading(a in -500_000i32..500_000, b in -500_000i32..500_000, now in 0u64..1 << 50) {
            let mut clock = Clock::new(0, a, 0);
            let before = clock.monotonic(now);
            clock.set_drift(now, b);
            prop_assert_eq!(clock.monotonic(now), before);
        }
    }

    #[test]
    fn a_clock_of_plus_1000_ppm_gains_a_millisecond_a_second() {
        let clock = Clock::new(0, 1_000, 0);
        assert_eq!(clock.monotonic(1_000_000_000), 1_001_000_000);
    }

    #[test]
    fn the_wall_clock_stands_off_by_its_offset_and_never_before_zero() {
        let clock = Clock::new(0, 0, -5);
        assert_eq!(clock.wall(clock.monotonic(3), Time(0)), Time(0));
        assert_eq!(clock.wall(clock.monotonic(8), Time(100)), Time(103));
    }
}
