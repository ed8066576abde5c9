//! The seam between systems and everything that names none: scenario, session, page, command.
//!
//! A [`System`] is a kind (`Raft`, `Clients`); a [`Group`] is one of them in a scenario, planned from its declaration.
//! `systems` lists them; nobody else does.

use crate::check::Check;
use crate::kernel::Event;
use crate::kernel::world::World;
use crate::process::hosted::Order;
use crate::process::{EventId, Phrase, ProcessId};
use crate::view::{Actor, Inspector, LogTable, Standing, Verb};
use crate::words::Key;
use std::sync::Arc;

/// A rule that can be switched off by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// As in `without:`.
    pub name: &'static str,
    /// What goes wrong without it.
    pub reason: Key,
    /// Where it comes from: paper and section.
    pub source: &'static str,
}

/// One system of a scenario, ready to be put into a world. It never changes in a run: members that come later are found in
/// the world by their group number.
pub trait Group: Send + Sync {
    /// Its name in the scenario.
    fn name(&self) -> &str;
    /// Its kind.
    fn kind(&self) -> &'static str;
    /// Adds its hosts and processes; `number` is its group number in the world.
    fn populate(&self, world: &mut World, number: u16) -> Result<(), Phrase>;
    /// Whom a selector (`leader`, `followers`, `crashed`, …) means now; `None` if it is not one of this system's.
    fn select(&self, world: &World, number: u16, selector: &str) -> Option<Vec<ProcessId>>;
    /// The selectors it knows.
    fn selectors(&self) -> &'static [&'static str];
    /// Numbers that predicates can ask for: `commitIndex` of a member, `answered` of all clients.
    fn fact(&self, world: &World, number: u16, name: &str, member: Option<ProcessId>) -> Option<u64>;
    /// The facts it knows.
    fn facts(&self) -> &'static [&'static str];
    /// An operator's command of this system by name with its arguments (a mapping of plain strings, parsed by the scenario):
    /// to which process, and what.
    fn order(
        &self,
        world: &World,
        number: u16,
        verb: &str,
        args: &[(&str, &str)],
    ) -> Result<(ProcessId, Arc<dyn Order>), Phrase>;
    /// The commands it knows: name, and the names of their arguments.
    fn orders(&self) -> &'static [(&'static str, &'static [&'static str])];
    /// Its checks, fresh: usually one that watches all of its invariants.
    fn checks(&self, number: u16) -> Vec<Box<dyn Check>>;
    /// Fills in what a neutral view cannot know of one of its processes: role, epoch, arc, tally, caption.
    fn actor(&self, world: &World, actor: &mut Actor);
    /// What one of its processes is, for the timeline; asked after every event, so it must be cheap.
    fn standing(&self, _world: &World, _process: ProcessId) -> Standing {
        Standing::default()
    }
    /// What one may want to run until: in words, and as a predicate's text.
    fn goals(&self) -> Vec<(Phrase, String)> {
        Vec::new()
    }
    /// One of its processes, looked into (without the generic verbs).
    fn inspect(&self, world: &World, process: ProcessId) -> Option<Inspector>;
    /// Its log table.
    fn logs(&self, world: &World, number: u16, first: Option<u64>, columns: u32) -> Option<LogTable>;
    /// System verbs for a process: transfer leadership, client request, …
    fn verbs(&self, world: &World, number: u16, process: ProcessId) -> Vec<Verb>;
    /// One sentence for what just happened to one of its processes, better than the kernel's own.
    fn tell(&self, world: &World, event: &Event<'_>) -> Option<Phrase>;
    /// Did a leader (primary, …) come to be in this event?
    fn elected(&self, world: &World, event: &Event<'_>) -> Option<(ProcessId, u64, EventId)>;
}
