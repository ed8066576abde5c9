//! Latency laws as a text writes them: `5ms`, `{ uniform: [1ms, 10ms] }`, `{ logNormal: { median: 5ms, p99: 20ms } }`.

use super::typed::{Fault, Found, FromDoc, Node, Variants, refuse};
use super::units::{Duration, Milli};
use crate::kernel::LatencyLaw;
use crate::process::{Span, few};
use crate::words::scenario::ScenarioKey as K;
use muster_derive::FromDoc;
use serde::{Serialize, Serializer};

/// A latency law.
#[derive(Clone, Debug, PartialEq)]
pub enum Law {
    /// Always this long.
    Constant(Duration),
    /// One of the others.
    Drawn(Drawn),
}

/// A law that draws.
#[derive(Clone, Debug, PartialEq, Serialize, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Drawn {
    /// Always this long.
    Constant(Duration),
    /// Uniform between two, both included.
    Uniform([Duration; 2]),
    /// Normal, cut off at zero.
    #[serde(rename_all = "camelCase")]
    Normal(Normal),
    /// Log-normal.
    LogNormal(LogNormal),
    /// Pareto.
    Pareto(Pareto),
    /// Drawn from measured one-way times.
    Empirical(Vec<Duration>),
}

/// A normal law.
#[derive(Clone, Debug, PartialEq, Serialize, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Normal {
    /// The mean.
    pub mean: Duration,
    /// The standard deviation.
    pub deviation: Duration,
}

/// A log-normal law, by what people measure.
#[derive(Clone, Debug, PartialEq, Serialize, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LogNormal {
    /// Half of all are below.
    pub median: Duration,
    /// 99 in 100 are below.
    pub p99: Duration,
}

/// A Pareto law.
#[derive(Clone, Debug, PartialEq, Serialize, FromDoc)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Pareto {
    /// None is below.
    pub minimum: Duration,
    /// The tail's index: the smaller, the heavier.
    pub shape: Milli,
}

impl Law {
    /// As the kernel has it.
    pub fn kernel(&self) -> LatencyLaw {
        let drawn = match self {
            Law::Constant(span) => return LatencyLaw::Constant(span.0),
            Law::Drawn(drawn) => drawn,
        };
        match drawn {
            Drawn::Constant(span) => LatencyLaw::Constant(span.0),
            Drawn::Uniform([low, high]) => LatencyLaw::Uniform(low.0, high.0),
            Drawn::Normal(Normal { mean, deviation }) => {
                LatencyLaw::Normal { mean: mean.0, deviation: deviation.0 }
            }
            Drawn::LogNormal(LogNormal { median, p99 }) => {
                LatencyLaw::LogNormal { median: median.0, p99: p99.0 }
            }
            Drawn::Pareto(Pareto { minimum, shape }) => {
                LatencyLaw::Pareto { minimum: minimum.0, shape_milli: shape.thousandths }
            }
            Drawn::Empirical(times) => {
                let mut nanos: Vec<u64> = times.iter().map(|time| time.0.0).collect();
                few::sort(&mut nanos);
                LatencyLaw::Empirical(nanos.into_iter().map(Span).collect())
            }
        }
    }

    fn checked(self, node: Node<'_>) -> Result<Self, Fault> {
        let wrong = match &self {
            Law::Drawn(Drawn::Uniform([low, high])) if low > high => K::RangeReversed,
            Law::Drawn(Drawn::LogNormal(law)) if law.median > law.p99 || law.median.0.0 == 0 => {
                K::MedianAboveP99
            }
            Law::Drawn(Drawn::Pareto(law)) if law.shape.thousandths == 0 => K::ShapeZero,
            Law::Drawn(Drawn::Empirical(times)) if times.is_empty() || times.len() > 10_000 => {
                K::EmpiricalSize
            }
            _ => return Ok(self),
        };
        Err(node.refuse(refuse(wrong, &[])))
    }
}

impl FromDoc for Law {
    fn from_doc(node: Node<'_>) -> Result<Self, Fault> {
        let constant =
            |text: &str| Duration::read(text).map(Law::Constant).map_err(|refusal| node.refuse(refusal));
        match node.found() {
            Found::Text(text) => constant(text),
            Found::Unsigned(number) => constant(&number.to_string()),
            Found::Signed(number) => constant(&number.to_string()),
            Found::Map(_) => {
                let (at, content) = node.only_entry(Drawn::NAMES)?;
                Law::Drawn(Drawn::from_content(at, content)?).checked(node)
            }
            _ => Err(node.wrong(K::ExpectLatency)),
        }
    }
}

impl Serialize for Law {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match self {
            Law::Constant(span) => span.serialize(s),
            Law::Drawn(drawn) => drawn.serialize(s),
        }
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Law {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Law".into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let (span, drawn) = (generator.subschema_for::<Duration>(), generator.subschema_for::<Drawn>());
        schemars::json_schema!({ "anyOf": [span, drawn] })
    }
}
