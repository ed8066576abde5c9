//! Scalars with units: `150ms`, `20/s`, `0.1%`, `64KB`. All are whole numbers inside; decimals are read exactly.
//!
//! A number without its unit is an error that says so, and so is a negative one where only a length makes sense.

use super::problem::nearest;
use super::typed::{Fault, FromDoc, Node, Refusal, refuse};
use crate::process::{Span, Time};
use crate::words::scenario::ScenarioKey as K;
use serde::{Serialize, Serializer};
use std::fmt;

/// The longest duration a text may name: 1,000 hours.
pub const MAX_DURATION: Span = Span::secs(1_000 * 3_600);

/// A length of time: `150ms`. Units: ns, us (or µs), ms, s, min, h.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Duration(pub Span);

/// An instant of a run, by how long after its beginning: `150ms`. No scenario may say `2000h`, but a run may get there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Instant(pub Time);

/// A length of time either way, in nanoseconds: `-3s`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct SignedDuration(pub i64);

/// So many in a time: `20/s`, `300/min`. Held in thousandths a second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rate {
    /// Thousandths a second.
    pub milli_per_second: u64,
}

/// A probability: `0.1%` or `0.001`. Held in parts per billion.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Probability {
    /// Parts per billion, at most 1,000,000,000.
    pub billionths: u32,
}

/// Bytes: `64KB`, `16KiB`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Size {
    /// Bytes.
    pub bytes: u64,
}

/// Bytes in a time: `1MB/s`; or `unlimited`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bandwidth {
    /// Bytes a second; `None` is without limit.
    pub bytes_per_second: Option<u64>,
}

/// A number with up to three decimals, in thousandths: `1.5`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Milli {
    /// Thousandths.
    pub thousandths: u32,
}

const TIMES: &[(&str, u128)] = &[
    ("ns", 1),
    ("us", 1_000),
    ("µs", 1_000),
    ("ms", 1_000_000),
    ("s", 1_000_000_000),
    ("min", 60_000_000_000),
    ("h", 3_600_000_000_000),
];
const SIZES: &[(&str, u128)] = &[
    ("B", 1),
    ("KB", 1_000),
    ("kB", 1_000),
    ("MB", 1_000_000),
    ("GB", 1_000_000_000),
    ("KiB", 1 << 10),
    ("MiB", 1 << 20),
    ("GiB", 1 << 30),
];

/// A decimal number: digits, and digits behind the point, 18 of each at most.
struct Decimal<'a> {
    negative: bool,
    whole: &'a str,
    part: &'a str,
    unit: &'a str,
}

impl<'a> Decimal<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let text = text.trim();
        let (negative, rest) = match text.strip_prefix('-') {
            Some(rest) => (true, rest.trim_start()),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let digits = |text: &'a str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let (whole, rest) = rest.split_at(digits(rest));
        let (part, rest) = match rest.strip_prefix('.') {
            Some(rest) => rest.split_at(digits(rest)),
            None => ("", rest),
        };
        let some = !whole.is_empty() || !part.is_empty();
        (some && part.len() <= 18).then(|| Decimal { negative, whole, part, unit: rest.trim() })
    }
    /// The number times `scale`, rounded down; `None` beyond 2⁶⁴.
    fn times(&self, scale: u128) -> Option<u64> {
        let number = |digits: &str| if digits.is_empty() { Some(0) } else { digits.parse::<u128>().ok() };
        if self.whole.trim_start_matches('0').len() > 18 {
            return None;
        }
        let part = number(self.part)?.checked_mul(scale)? / 10u128.pow(self.part.len() as u32);
        u64::try_from(number(self.whole)?.checked_mul(scale)?.checked_add(part)?).ok()
    }
}

fn unit(text: &str, found: &str, units: &[(&str, u128)], example: &str) -> Result<u128, Refusal> {
    if found.is_empty() {
        return Err(refuse(K::NoUnit, &[text, example]));
    }
    if let Some((_, scale)) = units.iter().find(|(name, _)| *name == found) {
        return Ok(*scale);
    }
    let names: Vec<&str> = units.iter().map(|(name, _)| *name).collect();
    let near = nearest(found, names.iter().copied()).unwrap_or(names[0]);
    Err(refuse(K::UnknownUnit, &[found, &names.join(", "), near]))
}

fn nanos(text: &str) -> Result<(bool, u64), Refusal> {
    match any_nanos(text)? {
        (negative, Some(nanos)) if nanos <= MAX_DURATION.0 => Ok((negative, nanos)),
        _ => Err(refuse(K::TooLong, &[text, "1000h"])),
    }
}

/// `None` for more than there is time.
fn any_nanos(text: &str) -> Result<(bool, Option<u64>), Refusal> {
    let not = || refuse(K::NotADuration, &[text]);
    let number = Decimal::read(text).ok_or_else(not)?;
    let scale = unit(text, number.unit, TIMES, "150ms")?;
    Ok((number.negative, number.times(scale)))
}

impl Duration {
    /// Reads `150ms`.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        match nanos(text)? {
            (true, nanos) if nanos > 0 => Err(refuse(K::Negative, &[text])),
            (_, nanos) => Ok(Duration(Span(nanos))),
        }
    }
}

impl Instant {
    /// Reads `150ms` after a run's beginning.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        match any_nanos(text)? {
            (true, nanos) if nanos != Some(0) => Err(refuse(K::Negative, &[text])),
            (_, Some(nanos)) => Ok(Instant(Time(nanos))),
            (_, None) => Err(refuse(K::TooLong, &[text, "5124095h"])),
        }
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Duration(Span(self.0.0)).fmt(f)
    }
}

impl SignedDuration {
    /// Reads `-3s`.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        let (negative, nanos) = nanos(text)?;
        Ok(SignedDuration(if negative { -(nanos as i64) } else { nanos as i64 }))
    }
}

impl Rate {
    /// The most often a thing may happen: a million times a second.
    pub const MAX: u64 = 1_000_000_000;
    /// Reads `20/s`.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        let not = || refuse(K::NotARate, &[text]);
        let number = Decimal::read(text).ok_or_else(not)?;
        if number.unit.is_empty() {
            return Err(refuse(K::NoUnit, &[text, "20/s"]));
        }
        let per = number.unit.strip_prefix('/').ok_or_else(not)?.trim();
        let nanos = unit(text, per, TIMES, "20/s")?;
        if number.negative {
            return Err(refuse(K::Negative, &[text]));
        }
        let milli = number.times(1_000_000).map(|millionths| u128::from(millionths) * 1_000_000 / nanos);
        match milli.and_then(|milli| u64::try_from(milli).ok()) {
            Some(milli_per_second) if milli_per_second <= Self::MAX => Ok(Rate { milli_per_second }),
            _ => Err(refuse(K::TooOften, &[text, "1000000/s"])),
        }
    }
}

impl Probability {
    /// Reads `0.1%` or `0.001`.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        let not = || refuse(K::NotAProbability, &[text]);
        let number = Decimal::read(text).ok_or_else(not)?;
        let scale = match number.unit {
            "%" => 10_000_000,
            "" => 1_000_000_000,
            _ => return Err(not()),
        };
        match number.times(scale) {
            Some(billionths @ 0..=1_000_000_000) if !number.negative || billionths == 0 => {
                Ok(Probability { billionths: billionths as u32 })
            }
            _ => Err(refuse(K::NotAProbability, &[text])),
        }
    }
    /// In parts of 2³², the kernel's measure.
    pub fn chance(self) -> crate::kernel::Chance {
        let parts = (u64::from(self.billionths) << 32) / 1_000_000_000;
        crate::kernel::Chance(u32::try_from(parts).unwrap_or(u32::MAX))
    }
}

impl Size {
    /// Reads `64KB`.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        let not = || refuse(K::NotASize, &[text]);
        let number = Decimal::read(text).ok_or_else(not)?;
        let scale = unit(text, number.unit, SIZES, "64KB")?;
        if number.negative {
            return Err(refuse(K::Negative, &[text]));
        }
        number.times(scale).filter(|bytes| *bytes <= 1 << 50).map(|bytes| Size { bytes }).ok_or_else(not)
    }
}

impl Bandwidth {
    /// Reads `1MB/s` or `unlimited`.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        if text == "unlimited" {
            return Ok(Bandwidth { bytes_per_second: None });
        }
        let size = text.trim().strip_suffix("/s").ok_or_else(|| refuse(K::NoUnit, &[text, "1MB/s"]))?;
        let bytes = Size::read(size)?.bytes;
        if bytes == 0 {
            return Err(refuse(K::NotASize, &[text]));
        }
        Ok(Bandwidth { bytes_per_second: Some(bytes) })
    }
}

impl Milli {
    /// Reads `1.5`.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        let number = Decimal::read(text).filter(|number| number.unit.is_empty() && !number.negative);
        let thousandths = number.and_then(|number| number.times(1_000)).and_then(|n| u32::try_from(n).ok());
        thousandths.map(|thousandths| Milli { thousandths }).ok_or_else(|| refuse(K::NotANumber, &[text]))
    }
}

/// A whole number of the largest unit that holds it exactly.
fn written(f: &mut fmt::Formatter<'_>, value: u64, units: &[(&str, u64)]) -> fmt::Result {
    let (name, scale) = units
        .iter()
        .find(|(_, scale)| value.is_multiple_of(*scale) && value >= *scale)
        .unwrap_or(&units[units.len() - 1]);
    write!(f, "{}{name}", value / scale)
}

const TIMES_DOWN: &[(&str, u64)] = &[
    ("h", 3_600_000_000_000),
    ("min", 60_000_000_000),
    ("s", 1_000_000_000),
    ("ms", 1_000_000),
    ("us", 1_000),
    ("ns", 1),
];
const SIZES_DOWN: &[(&str, u64)] = &[
    ("GB", 1_000_000_000),
    ("GiB", 1 << 30),
    ("MB", 1_000_000),
    ("MiB", 1 << 20),
    ("KB", 1_000),
    ("KiB", 1 << 10),
    ("B", 1),
];

/// A decimal with the zeros at its end left out.
fn decimal(f: &mut fmt::Formatter<'_>, value: u64, scale: u64, digits: usize) -> fmt::Result {
    let (whole, part) = (value / scale, value % scale);
    if part == 0 {
        return write!(f, "{whole}");
    }
    let part = format!("{part:0digits$}");
    write!(f, "{whole}.{}", part.trim_end_matches('0'))
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == Span::ZERO { f.write_str("0s") } else { written(f, self.0.0, TIMES_DOWN) }
    }
}
impl fmt::Display for SignedDuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 < 0 {
            f.write_str("-")?;
        }
        Duration(Span(self.0.unsigned_abs())).fmt(f)
    }
}
impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        decimal(f, self.milli_per_second, 1_000, 3)?;
        f.write_str("/s")
    }
}
impl fmt::Display for Probability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        decimal(f, u64::from(self.billionths), 10_000_000, 7)?;
        f.write_str("%")
    }
}
impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        written(f, self.bytes, SIZES_DOWN)
    }
}
impl fmt::Display for Bandwidth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.bytes_per_second {
            None => f.write_str("unlimited"),
            Some(bytes) => write!(f, "{}/s", Size { bytes }),
        }
    }
}
impl fmt::Display for Milli {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        decimal(f, u64::from(self.thousandths), 1_000, 3)
    }
}

macro_rules! scalar {
    ($($name:ident expects $key:ident, schema $pattern:literal;)*) => { $(
        impl FromDoc for $name {
            fn from_doc(node: Node<'_>) -> Result<Self, Fault> {
                $name::read(node.text(K::$key)?).map_err(|refusal| node.refuse(refusal))
            }
        }
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }
        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": ["string", "number"], "pattern": $pattern })
            }
        }
    )* };
}

scalar! {
    Duration expects ExpectDuration, schema r"^\d*(\.\d+)?\s*(ns|us|µs|ms|s|min|h)$";
    Instant expects ExpectDuration, schema r"^\d*(\.\d+)?\s*(ns|us|µs|ms|s|min|h)$";
    SignedDuration expects ExpectDuration, schema r"^[-+]?\d*(\.\d+)?\s*(ns|us|µs|ms|s|min|h)$";
    Rate expects ExpectRate, schema r"^\d*(\.\d+)?\s*/(ns|us|µs|ms|s|min|h)$";
    Probability expects ExpectProbability, schema r"^\d*(\.\d+)?\s*%?$";
    Size expects ExpectSize, schema r"^\d*(\.\d+)?\s*(B|[kKMG]B|[KMG]iB)$";
    Bandwidth expects ExpectBandwidth, schema r"^(unlimited|\d*(\.\d+)?\s*(B|[kKMG]B|[KMG]iB)/s)$";
    Milli expects ExpectNumber, schema r"^\d*(\.\d{1,3})?$";
}
