//! From a file's text to typed values, with the place of everything kept for whoever has to say what is wrong.
//!
//! [`doc`] reads YAML into a bounded tree with lines and columns; [`typed`] reads types from that tree, so that any type that
//! derives `FromDoc` gets errors with path, place and the nearest valid name; [`units`] are the scalars
//! with units; [`flow`] writes a value back as one line. It deliberately knows no scenario, system or world, and makes
//! no words: what is wrong is a [`Phrase`](crate::process::Phrase).

pub mod doc;
pub mod flow;
pub mod law;
pub mod problem;
#[cfg(feature = "schema")]
mod schema;
#[cfg(test)]
mod tests;
pub mod typed;
pub mod units;

pub use doc::{Doc, NodeId, Shape, Spot};
pub use problem::{Bilingual, Problem, Problems, clipped, nearest};
pub use typed::{At, FromDoc, Raw, refuse};
pub use units::{Bandwidth, Duration, Instant, Milli, Probability, Rate, SignedDuration, Size};
