//! A comparison from its file to its figures: every side run to its end.

use super::{Prepared, Report, report};
use crate::scenario::Run;
use crate::scenario::measure::figures::Measured;
use crate::session::golden::together;
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
    SideReport { name: side.name.clone(), kind: side.kind.clone(), report: report(&run, step), measured }
}
