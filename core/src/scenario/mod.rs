//! Scenarios: what a file says, what was checked of it, and the run it becomes.
//!
//! `model` is the file as it says it, `command` and `predicate` its two little languages, `target` whom they mean;
//! `read`, `hosts` and `names` check everything that can be checked before anything runs; `run` drives a world along the timeline,
//! `head` is what a list says of a file, `complete` says what may stand where, `comparison` makes one scenario a side of a comparison, `measure` what each of those
//! costs and how it serves, `act` carries out commands, `judge` watches checks and expectations, `lesson` how far a
//! reader has come. It names no system: the kinds there are come in as a list.

pub mod act;
mod claim;
pub mod command;
pub mod comparison;
pub mod complete;
pub mod condition;
mod head;
mod hosts;
pub mod judge;
pub mod lesson;
pub mod library;
mod links;
pub mod measure;
pub mod model;
pub mod names;
mod orders;
pub mod predicate;
mod read;
mod recorder;
pub mod run;
pub mod target;
#[cfg(test)]
mod tests;
mod whom;

pub use act::{Faults, Undo};
pub use command::Command;
pub use head::Head;
pub use judge::{Broken, Outcome, Standing, Verdict};
pub use predicate::Predicate;
pub use read::Kinds;
pub use run::{Remark, Run, Step};
pub use target::{Argument, Select, Target, Who};

use crate::kernel::world::WorldSpec;
use crate::kernel::{DiskSpec, HostSpec, LinkSpec};
use crate::process::{Phrase, Time};
use crate::system::{Group, Planned};
use crate::text::{Bilingual, Doc, NodeId, Problem};
use std::sync::Arc;

/// A scenario, checked: every name in it means something, every size is bounded.
#[derive(Clone)]
pub struct Scenario {
    /// Its name.
    pub name: Arc<str>,
    /// Its title.
    pub title: Bilingual,
    /// Its story.
    pub story: Bilingual,
    /// Its text.
    pub text: Arc<str>,
    /// All luck comes from it.
    pub seed: u64,
    /// When the run ends.
    pub until: Time,
    /// Did the file say so?
    pub says_until: bool,
    /// Most events.
    pub budget: u64,
    /// Its systems; the place of one is its group number in the world.
    pub systems: Vec<System>,
    /// Its hosts by name, in the order of their numbers.
    pub hosts: Vec<(Arc<str>, HostSpec)>,
    /// The law of links that no other law is for.
    pub default_link: LinkSpec,
    /// Laws from one zone to another.
    pub zone_links: Vec<(Arc<str>, Arc<str>, LinkSpec)>,
    /// The law of disks of hosts that come in mid-run.
    pub disk: DiskSpec,
    /// What happens when, in order of time.
    pub timeline: Vec<Moment>,
    /// What must come of it.
    pub expectations: Vec<Expectation>,
    /// What is taught by it; empty if it is no lesson.
    pub lesson: Vec<lesson::Step>,
    /// Warnings about the text.
    pub warnings: Vec<Problem>,
    /// Other documents beside it, not used yet.
    pub objects: Vec<NodeId>,
    /// The text as a tree.
    pub doc: Arc<Doc>,
    /// If it is a comparison, its sides; this scenario is the first of them. Else none.
    pub sides: Arc<[comparison::Side]>,
    /// The group numbers of what is measured, and of its clients, if anything is.
    pub measured: Option<[u16; 2]>,
}

/// A system of a scenario.
#[derive(Clone)]
pub struct System {
    /// Its name.
    pub name: Arc<str>,
    /// Its kind.
    pub kind: &'static str,
    /// What it is.
    pub group: Arc<dyn Group>,
    /// The names of its rules that can be switched off.
    pub rules: Vec<&'static str>,
    /// Its members at the beginning.
    pub members: Vec<Planned>,
    /// The group number of the system it works on.
    pub target: Option<u16>,
    /// The file does not declare it: a console, empty until its first use.
    pub implicit: bool,
}

/// A line of the timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// When.
    pub at: Time,
    /// What it is called.
    pub id: Option<Arc<str>>,
    /// What.
    pub command: Command,
    /// Where it stands in the text, from 1.
    pub line: u32,
}

/// Something that must come of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Expectation {
    /// What.
    pub predicate: Predicate,
    /// As one line.
    pub text: Arc<str>,
    /// For people.
    pub claim: Phrase,
    /// Where it stands in the text, from 1.
    pub line: u32,
}

impl Scenario {
    /// Reads a file. On success there may be warnings in it; on failure there is at least one problem that is none.
    pub fn read(bytes: &[u8], kinds: Kinds) -> Result<Scenario, Vec<Problem>> {
        let doc = Doc::read(bytes).map_err(|problem| vec![problem])?;
        read::read(&String::from_utf8_lossy(bytes), doc, kinds)
    }

    /// The kinds of the systems that its file declares, in order; of a comparison, those of its sides.
    pub fn kinds(&self) -> Vec<Arc<str>> {
        if !self.sides.is_empty() {
            return self.sides.iter().map(|side| side.kind.clone()).collect();
        }
        self.systems.iter().filter(|system| !system.implicit).map(|system| system.kind.into()).collect()
    }

    /// Takes another seed, on every side.
    pub fn reseed(&mut self, seed: u64) {
        self.seed = seed;
        self.on_every_side(&|side| side.seed = seed);
    }

    /// Ends at another time, on every side.
    pub fn end_at(&mut self, until: Time) {
        (self.until, self.says_until) = (until, true);
        self.on_every_side(&|side| (side.until, side.says_until) = (until, true));
    }

    fn on_every_side(&mut self, change: &dyn Fn(&mut Scenario)) {
        let changed = |side: &comparison::Side| {
            let mut scenario = (*side.scenario).clone();
            change(&mut scenario);
            comparison::Side { scenario: Arc::new(scenario), ..side.clone() }
        };
        self.sides = self.sides.iter().map(changed).collect();
    }

    /// The specification of its world, with another seed where one is given.
    pub fn world_spec(&self, seed: Option<u64>) -> WorldSpec {
        WorldSpec {
            seed: seed.unwrap_or(self.seed),
            default_link: self.default_link.clone(),
            zone_links: self.zone_links.clone(),
            ..WorldSpec::default()
        }
    }

    /// The system of this name, and its group number.
    pub fn system(&self, name: &str) -> Option<(u16, &System)> {
        let at = self.systems.iter().position(|system| &*system.name == name)?;
        Some((at as u16, &self.systems[at]))
    }

    /// The system of this group number.
    pub fn group(&self, number: u16) -> Option<&System> {
        self.systems.get(usize::from(number))
    }
}

impl std::fmt::Debug for Scenario {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scenario").field("name", &self.name).field("seed", &self.seed).finish_non_exhaustive()
    }
}
