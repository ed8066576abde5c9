//! Which stretch of time the timeline shows, and where in it an instant is drawn.

use muster_core::process::Time;

/// No stretch is shorter: a microsecond.
const SHORTEST: f64 = 1e3;
/// No stretch is longer: ten hours.
const LONGEST: f64 = 3.6e13;
/// Where the playhead stands when the timeline follows it.
const FOLLOWED_AT: f64 = 0.68;

/// A stretch of time, in nanoseconds.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct View {
    /// From.
    pub from: f64,
    /// How long.
    pub span: f64,
    /// It follows the playhead.
    pub follows: bool,
}

impl Default for View {
    fn default() -> Self {
        View { from: 0.0, span: 1.2e9, follows: true }
    }
}

impl View {
    /// All between two instants, with a little room on either side.
    pub fn over(from: Time, to: Time) -> Self {
        let (from, to) = (from.nanos() as f64, to.nanos() as f64);
        let span = ((to - from) * 1.2).clamp(1e7, LONGEST);
        View { from: ((from + to - span) / 2.0).max(0.0), span, follows: false }
    }

    /// The end.
    pub fn to(self) -> f64 {
        self.from + self.span
    }

    /// Where an instant is drawn, as a part of the width.
    pub fn part(self, nanos: f64) -> f64 {
        (nanos - self.from) / self.span
    }

    /// The instant at a part of the width.
    pub fn at(self, part: f64) -> f64 {
        (self.from + part * self.span).max(0.0)
    }

    /// With the playhead in view, if it follows it.
    pub fn following(self, now: f64) -> Self {
        if !self.follows {
            return self;
        }
        View { from: (now - self.span * FOLLOWED_AT).max(0.0), ..self }
    }

    /// Longer or shorter around a part of the width that stays where it is.
    pub fn zoomed(self, factor: f64, around: f64) -> Self {
        let span = (self.span * factor).clamp(SHORTEST, LONGEST);
        let at = self.from + around * self.span;
        let from = if self.follows { self.from } else { (at - around * span).max(0.0) };
        View { from, span, ..self }
    }

    /// Moved by a part of its width; it no longer follows.
    pub fn panned(self, parts: f64) -> Self {
        View { from: (self.from + parts * self.span).max(0.0), follows: false, ..self }
    }

    /// Distances between ticks, so that there are about `count`.
    pub fn tick(self, count: f64) -> f64 {
        let rough = self.span / count.max(1.0);
        let powers = std::iter::successors(Some(1.0), |power: &f64| Some(power * 10.0));
        let power = powers.take_while(|power| *power <= rough).last().unwrap_or(1.0);
        let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|m| m * power).find(|step| *step >= rough);
        step.unwrap_or(power * 10.0)
    }
}

/// Nanoseconds as an instant.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
pub fn time(nanos: f64) -> Time {
    Time(nanos.max(0.0) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zooming_keeps_the_instant_under_the_pointer() {
        let view = View { from: 1e9, span: 1e9, follows: false };
        let at = view.at(0.3);
        assert!((view.zoomed(0.5, 0.3).at(0.3) - at).abs() < 1.0);
    }

    #[test]
    fn a_followed_playhead_stays_in_view_and_time_begins_at_zero() {
        let view = View::default();
        assert_eq!(view.following(0.0).from, 0.0);
        let later = view.following(9e9);
        assert!(later.part(9e9) > 0.5 && later.part(9e9) < 0.8);
    }

    #[test]
    fn ticks_are_round() {
        let view = View { from: 0.0, span: 1.2e9, follows: true };
        assert_eq!(view.tick(6.0), 2e8);
    }
}
