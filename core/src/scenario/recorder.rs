//! Those who remember what a world no longer shows, from the beginning of a run on: facts that are about all of it.
//!
//! Unlike checks they also watch where a known history is played again. Groups without any cost nothing.

use super::Scenario;
use crate::kernel::world::World;
use crate::kernel::{Event, Observer};
use crate::system::Recorder;

/// The recorders of all systems, each with its system's number.
#[derive(Default)]
pub(super) struct Recorders(Vec<(u16, Box<dyn Recorder>)>);

impl Recorders {
    pub fn new(scenario: &Scenario) -> Self {
        let systems = (0u16..).zip(&scenario.systems);
        Recorders(
            systems.filter_map(|(number, system)| Some((number, system.group.recorder(number)?))).collect(),
        )
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A fact of a system that its recorder knows.
    pub fn fact(&self, number: u16, name: &str) -> Option<u64> {
        let mut own = self.0.iter().filter(|(of, _)| *of == number);
        own.find_map(|(_, recorder)| recorder.fact(name))
    }
}

impl Clone for Recorders {
    fn clone(&self) -> Self {
        Recorders(self.0.iter().map(|(number, recorder)| (*number, recorder.copy())).collect())
    }
}

impl Observer for Recorders {
    fn saw(&mut self, world: &World, event: &Event<'_>) {
        self.0.iter_mut().for_each(|(_, recorder)| recorder.saw(world, event));
    }
}
