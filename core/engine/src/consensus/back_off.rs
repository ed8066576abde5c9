//! How long somebody waits who was refused: twice as long with each refusal in a row, so that a duel of two ends. It knows no protocol.

use crate::process::{Delay, Span};

/// Most doublings.
const MOST_DOUBLINGS: u32 = 5;
/// The wait grows to at most so many of the protocol's own timeouts.
const MOST_TIMEOUTS: u64 = 2;

/// The wait after so many refusals in a row before this one, of what is set for the first. It grows as long as whoever waits is back within
/// two `timeout`s: who overtook it has got through by then, or is gone, and to wait longer serves nobody. What is set longer than
/// that stays as it was set.
pub(super) fn back_off((low, high): (Span, Span), refusals: u32, timeout: Span) -> Delay {
    let most = timeout.0.saturating_mul(MOST_TIMEOUTS).checked_div(high.0).unwrap_or(1);
    let times = (1 << refusals.min(MOST_DOUBLINGS)).min(most.max(1));
    let longer = |span: Span| Span(span.0.saturating_mul(times));
    Delay::Uniform(longer(low), longer(high))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn millis(low: u64, high: u64) -> (Span, Span) {
        (Span::millis(low), Span::millis(high))
    }

    fn waits(set: (Span, Span), timeout: Span) -> Vec<Delay> {
        (0..8).map(|refusals| back_off(set, refusals, timeout)).collect()
    }

    #[test]
    fn each_refusal_doubles_the_wait_until_it_is_two_timeouts() {
        let waits = waits(millis(10, 50), Span::millis(200));
        let expected =
            [1, 2, 4, 8, 8, 8, 8, 8].map(|n| Delay::Uniform(Span::millis(10 * n), Span::millis(50 * n)));
        assert_eq!(waits, expected);
    }

    #[test]
    fn where_timeouts_are_long_it_grows_32_times() {
        let waits = waits(millis(10, 50), Span::secs(10));
        assert_eq!(waits[5..], [Delay::Uniform(Span::millis(320), Span::millis(1_600)); 3]);
    }

    #[test]
    fn what_is_set_longer_stays_and_nothing_stays_nothing() {
        assert_eq!(
            waits(millis(100, 900), Span::millis(200)),
            [Delay::Uniform(Span::millis(100), Span::millis(900)); 8]
        );
        assert_eq!(waits(millis(0, 0), Span::millis(200)), [Delay::Uniform(Span::ZERO, Span::ZERO); 8]);
    }
}
