//! A comparison from its file to its figures: every side run to its end.

use super::{Prepared, Report, report};
use crate::process::{Phrase, Time};
use crate::scenario::Run;
use crate::scenario::measure::figures::Measured;
use crate::session::golden::together;
use crate::text::nearest;
use std::sync::Arc;

pub use crate::session::sides::{Latency, Loss, Outage, SideInfo};

/// What one side came to.
#[derive(Clone, Debug)]
pub struct SideReport {
    /// What it is called.
    pub name: Arc<str>,
    /// The kind of system.
    pub kind: Arc<str>,
    /// What its run came to.
    pub report: Report,
    /// Commands of the common timeline that were refused on this side: when, and why.
    pub refused: Vec<(Time, Phrase)>,
    /// What was measured of it.
    pub measured: Measured,
}

/// What a comparison came to.
#[derive(Clone, Debug)]
pub struct Compared {
    /// The seed it ran with.
    pub seed: u64,
    /// Its sides, in order.
    pub sides: Vec<SideReport>,
    /// The digest of all of them together.
    pub digest: u128,
}

impl Prepared {
    /// The name of a side that is most like this one, if one is.
    pub fn nearest_side(&self, name: &str) -> Option<&str> {
        nearest(name, self.scenario.sides.iter().map(|side| &*side.name))
    }
    /// Each side as a scenario of its own, if it is a comparison; else itself.
    pub fn apart(&self) -> Vec<Prepared> {
        let alone = |side: &crate::scenario::comparison::Side| Prepared {
            scenario: side.scenario.clone(),
            ..self.clone()
        };
        match &*self.scenario.sides {
            [] => vec![self.clone()],
            sides => sides.iter().map(alone).collect(),
        }
    }
    /// Its sides, if it is a comparison; else none.
    pub fn sides(&self) -> Vec<SideInfo> {
        crate::session::sides::infos(&self.scenario)
    }
}

/// Runs every side to its end; `None` if it is no comparison.
pub fn compare(prepared: &Prepared) -> Option<Compared> {
    let sides = prepared.scenario.sides.iter().zip(prepared.apart());
    let sides: Vec<SideReport> = sides.map(|(side, alone)| whole(side, &alone)).collect();
    let digest = together(sides.iter().map(|side| side.report.digest));
    (!sides.is_empty()).then(|| Compared { seed: prepared.seed(), sides, digest })
}

fn whole(side: &crate::scenario::comparison::Side, alone: &Prepared) -> SideReport {
    let mut run = Run::new(alone.effective());
    let step = run.finish(&mut []);
    let measured = run.figures().unwrap_or_default();
    let refused = run.remarks().iter().map(|remark| (remark.place.at, remark.phrase.clone())).collect();
    let (name, kind) = (side.name.clone(), side.kind.clone());
    SideReport { name, kind, report: report(&run, step), refused, measured }
}
