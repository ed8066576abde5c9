//! Time as integers: instants and spans of nanoseconds. Floats never enter.

use super::digest::{Digest, Fold};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::ops::{Add, AddAssign, Sub};

macro_rules! nanos {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u64);

        impl $name {
            /// Zero.
            pub const ZERO: Self = Self(0);
            /// The largest value.
            pub const MAX: Self = Self(u64::MAX);
            /// From whole milliseconds.
            pub const fn millis(ms: u64) -> Self {
                Self(ms * 1_000_000)
            }
            /// From whole microseconds.
            pub const fn micros(us: u64) -> Self {
                Self(us * 1_000)
            }
            /// From whole seconds.
            pub const fn secs(s: u64) -> Self {
                Self(s * 1_000_000_000)
            }
            /// As nanoseconds.
            pub const fn nanos(self) -> u64 {
                self.0
            }
        }

        impl Fold for $name {
            fn fold(&self, digest: &mut Digest) {
                digest.word(self.0);
            }
        }

        /// For people: seconds with as many decimals as are needed.
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}.{:09}s", self.0 / 1_000_000_000, self.0 % 1_000_000_000)
            }
        }

        /// A string of nanoseconds for human-readable formats (JavaScript's numbers end at 2^53), a number else.
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                if s.is_human_readable() { s.collect_str(&self.0) } else { s.serialize_u64(self.0) }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                if d.is_human_readable() {
                    let text = std::borrow::Cow::<'de, str>::deserialize(d)?;
                    text.parse().map(Self).map_err(serde::de::Error::custom)
                } else {
                    u64::deserialize(d).map(Self)
                }
            }
        }
    };
}

nanos! {
    /// An instant: nanoseconds since the start of the run (virtual time), or since a host's clock began.
    Time
}
nanos! {
    /// A length of time in nanoseconds.
    Span
}

impl Add<Span> for Time {
    type Output = Time;
    fn add(self, span: Span) -> Time {
        Time(self.0.saturating_add(span.0))
    }
}

impl AddAssign<Span> for Time {
    fn add_assign(&mut self, span: Span) {
        *self = *self + span;
    }
}

/// The span since an earlier instant; zero if it is later.
impl Sub<Time> for Time {
    type Output = Span;
    fn sub(self, earlier: Time) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }
}

impl Add for Span {
    type Output = Span;
    fn add(self, other: Span) -> Span {
        Span(self.0.saturating_add(other.0))
    }
}

/// How long a timer runs. A drawn one is drawn by the driver: the world draws, a model checker branches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Delay {
    /// Exactly this long, on the host's own clock.
    Fixed(Span),
    /// Uniform in this range, both ends included.
    Uniform(Span, Span),
}
