//! The seam between systems and everything that names none: scenario, session, page, command.
//!
//! A [`SystemKind`] is a kind (a protocol, clients, a proxy); a [`Group`] is one of them in a scenario, planned from its
//! [`Declared`] part of the file. `systems` lists the kinds; nobody else does.

use crate::check::{Back, Check, Meter};
use crate::kernel::Event;
use crate::kernel::world::World;
use crate::process::hosted::{Image, Order};
use crate::process::{EventId, HostId, Payload, Phrase, ProcessId, Shape, Time};
use crate::system::measured::{Dealing, Schedule, Written};
use crate::system::orders::Orders;
use crate::text::{At, Doc, NodeId, Problem};
use crate::view::{
    Actor, Epoch, EventLine, Explanation, Field, Goal, Inspector, LogTable, NoteView, Question, RuleView,
    Standing, Subject, Verb,
};
use crate::words::Key;
use std::sync::Arc;

pub mod measured;
pub mod orders;
pub mod reach;

/// A kind of system.
pub trait SystemKind: Sync {
    /// As in `kind:`.
    fn kind(&self) -> &'static str;
    /// The rules that can be switched off.
    fn rules(&self) -> Vec<Rule> {
        Vec::new()
    }
    /// The commands that its systems know, whatever they are told: [`Group::orders`].
    fn orders(&self) -> Orders {
        &[]
    }
    /// How many members one may have, at least and at most, and how many there are if nothing is said.
    fn members(&self) -> Membership;
    /// The kinds it works on; empty if it works on none.
    fn targets(&self) -> &'static [&'static str] {
        &[]
    }
    /// The kind of clients that speak to it, for whoever sets several systems one task; `None` if it takes part in no such thing.
    fn clients(&self) -> Option<&'static str> {
        None
    }
    /// A schedule in the words of its own `spec`: names of fields and their values, each a line of YAML. `None` if it is not
    /// one that carries schedules out.
    fn scheduled(&self, _schedule: &Schedule) -> Option<Vec<(&'static str, String)>> {
        None
    }
    /// Reads its part of the file. What it finds wrong there has its place.
    fn plan(&self, declared: &Declared<'_>) -> Result<Arc<dyn Group>, Vec<Problem>>;
    /// The JSON Schemas of its `spec` and its `initial`.
    #[cfg(feature = "schema")]
    fn schemas(&self, generator: &mut schemars::SchemaGenerator) -> [Option<schemars::Schema>; 2];
}

/// How many members a system may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Membership {
    /// At least.
    pub least: u32,
    /// At most.
    pub most: u32,
    /// If nothing is said; 0 if something must be said.
    pub usual: u32,
    /// What members of the first system of this kind are called, before their numbers.
    pub prefix: &'static str,
}

/// A system as the file declares it, with all names resolved.
pub struct Declared<'a> {
    /// The file.
    pub doc: &'a Doc,
    /// Its name.
    pub name: Arc<str>,
    /// Its group number in the world.
    pub number: u16,
    /// Where it stands.
    pub node: NodeId,
    /// The path to it: `systems[0]`.
    pub path: String,
    /// Its members, in order.
    pub members: Vec<Planned>,
    /// Its settings, to be typed.
    pub spec: Option<NodeId>,
    /// Where it begins, to be typed.
    pub initial: Option<NodeId>,
    /// Rules switched off; each is one of [`SystemKind::rules`].
    pub without: Vec<At<Arc<str>>>,
    /// The system it works on, of one of the kinds in [`SystemKind::targets`].
    pub target: Option<Target<'a>>,
}

impl Declared<'_> {
    /// Something wrong with its part of the file, at a node of it.
    pub fn problem(&self, node: NodeId, path: &str, phrase: Phrase, nearest: Option<&str>) -> Problem {
        let spot = self.doc.spot(node);
        let (line, column, length) = (spot.line, spot.column, spot.length.max(1));
        let (path, nearest) = (path.into(), nearest.map(Arc::from));
        Problem { line, column, length, path, phrase, nearest, warning: false }
    }

    /// Something wrong below a node of it, at the field that says it as far as the file does: keys, and places in lists.
    pub fn slip(&self, node: NodeId, path: &str, fields: &[&str], phrase: Phrase) -> Problem {
        let (node, path) = self.doc.below(node, path, fields);
        self.problem(node, &path, phrase, None)
    }
}

/// A process that will be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Its name.
    pub name: Arc<str>,
    /// Its identity.
    pub process: ProcessId,
    /// Where it will run.
    pub host: HostId,
}

/// The system that another works on.
#[derive(Clone, Copy)]
pub struct Target<'a> {
    /// Its group number.
    pub number: u16,
    /// What it is.
    pub group: &'a Arc<dyn Group>,
    /// Its members, in order.
    pub members: &'a [Planned],
}

/// An argument of a system's command, its names resolved.
#[derive(Clone, Debug, PartialEq)]
pub enum Given {
    /// A user's own text.
    Text(Arc<str>),
    /// Processes.
    Members(Vec<ProcessId>),
    /// Yes or no.
    Flag(bool),
}

/// What a system's command comes to: an order for a process.
pub struct Deed {
    /// Who is told.
    pub to: ProcessId,
    /// What.
    pub order: Arc<dyn Order>,
}

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

/// Remembers of a group what its members' present state no longer shows. It watches every event of a run and never interferes; what
/// it keeps is bounded and is part of a checkpoint.
pub trait Recorder: Send + Sync {
    /// Takes one event, after the world has changed by it.
    fn saw(&mut self, world: &World, event: &Event<'_>);
    /// A copy for a checkpoint.
    fn copy(&self) -> Box<dyn Recorder>;
    /// A fact of the whole group, if it is one that is about all of the run.
    fn fact(&self, name: &str) -> Option<u64>;
}

/// One system of a scenario, ready to be put into a world. It never changes in a run: members that come later are found in
/// the world by their group number.
pub trait Group: Send + Sync {
    /// Its name in the scenario.
    fn name(&self) -> &str;
    /// Its kind.
    fn kind(&self) -> &'static str;
    /// Adds its processes to the hosts they were planned on; `number` is its group number in the world.
    fn populate(&self, world: &mut World, number: u16) -> Result<(), Phrase>;
    /// Whom a selector (`leader`, `followers`, `crashed`, …) means now; `None` if it is not one of this system's.
    fn select(&self, world: &World, number: u16, selector: &str) -> Option<Vec<ProcessId>>;
    /// The selectors it knows.
    fn selectors(&self) -> &'static [&'static str];
    /// Numbers that predicates can ask for: `commitIndex` of a member, `answered` of all clients.
    fn fact(&self, world: &World, number: u16, name: &str, member: Option<ProcessId>) -> Option<u64>;
    /// The facts it knows.
    fn facts(&self) -> &'static [&'static str];
    /// A fact in words; `None` if its name says it all.
    fn fact_title(&self, _name: &str) -> Option<Key> {
        None
    }
    /// An operator's command of this system by name with its arguments: whom to tell what, now.
    fn order(
        &self,
        world: &World,
        number: u16,
        verb: &str,
        args: &[(&str, Given)],
    ) -> Result<Vec<Deed>, Phrase>;
    /// The commands it knows, and what their arguments take.
    fn orders(&self) -> Orders;
    /// Selectors that mean one process: where there is none or more than one, a command that uses it is refused.
    fn singular(&self) -> &'static [&'static str] {
        &["leader"]
    }
    /// Its timers by name, the one that `timeOut` means if it says nothing first.
    fn timers(&self) -> &'static [(&'static str, u8)] {
        &[]
    }
    /// The value of a key of its store, as `member` has applied it (or whoever has applied most): outside, whether it has a
    /// store; inside, whether it has the key.
    fn value(
        &self,
        _world: &World,
        _number: u16,
        _key: &str,
        _member: Option<ProcessId>,
    ) -> Option<Option<Arc<str>>> {
        None
    }
    /// Does it keep values under keys, so that [`Group::value`] can be asked for?
    fn stores(&self) -> bool {
        false
    }
    /// Is it there to choose one value?
    fn chooses(&self) -> bool {
        false
    }
    /// Does `member`, or anybody, know that a value is chosen, or that this one is?
    fn known_chosen(
        &self,
        _world: &World,
        _number: u16,
        _member: Option<ProcessId>,
        _is: Option<&str>,
    ) -> bool {
        false
    }
    /// What a member that joins in mid-run is started from; `None` if nobody can join.
    fn recruit(&self) -> Option<Arc<dyn Image>> {
        None
    }
    /// The kind of system whose processes put people's requests to this one; `None` if it takes no requests.
    fn console(&self) -> Option<&'static str> {
        None
    }
    /// Its checks, fresh: usually one that watches all of its invariants.
    fn checks(&self, number: u16) -> Vec<Box<dyn Check>>;
    /// Who remembers what some of its facts are about; `None` if its present state tells them all.
    fn recorder(&self, _number: u16) -> Option<Box<dyn Recorder>> {
        None
    }
    /// What is worth counting of it in a run of many; `None` for nothing.
    fn meter(&self, _number: u16) -> Option<Box<dyn Meter>> {
        None
    }
    /// Watches whether it comes back to work once everything is healed, at this time; `None` if it never stops.
    fn recovery(&self, _number: u16, _healed: Time) -> Option<Box<dyn Back>> {
        None
    }
    /// What one of its processes has asked as a client: what is under way, and then what has ended, the newest first, until it
    /// is told enough. At least all that can have ended in one event is known.
    fn dealings(&self, _world: &World, _process: ProcessId, _tell: &mut dyn FnMut(Dealing<'_>) -> bool) {}
    /// Which operation of its sender this message asks for, by its number as in [`Group::dealings`], if it asks for one.
    fn asks(&self, _payload: &dyn Payload) -> Option<u64> {
        None
    }
    /// Would this message have been sent if nobody asked for anything: is it there to say that its sender lives? An answer to
    /// such a one counts as one too.
    fn idle(&self, _payload: &dyn Payload) -> bool {
        false
    }
    /// Are these writes, acknowledged at some time, in the history that its members have agreed on, as far as they know now?
    /// `None` if it keeps none.
    fn holds(&self, _world: &World, _number: u16, _writes: &[Written]) -> Option<Vec<bool>> {
        None
    }
    /// Selectors at which a plan of random faults aims: who matters most at a moment, and who else there is; `None` if no such
    /// plan is made for it.
    fn struck(&self) -> Option<[&'static str; 2]> {
        None
    }
    /// Which of its members can be asked to get a value chosen; `None`: all of them.
    fn proposers(&self) -> Option<Vec<Arc<str>>> {
        None
    }
    /// Fills in what a neutral view cannot know of one of its processes: role, epoch, arc, tally, caption.
    fn actor(&self, _world: &World, _actor: &mut Actor) {}
    /// What one of its processes is, for the timeline; asked after every event, so it must be cheap.
    fn standing(&self, _world: &World, _process: ProcessId) -> Standing {
        Standing::default()
    }
    /// What one may want to run until.
    fn goals(&self) -> Vec<Goal> {
        Vec::new()
    }
    /// One of its processes, looked into (without the generic verbs).
    fn inspect(&self, _world: &World, _process: ProcessId) -> Option<Inspector> {
        None
    }
    /// What a message of one of its processes says, field by field, beyond its card. Asked only when somebody looks into it.
    fn message(&self, _payload: &dyn Payload) -> Vec<Field> {
        Vec::new()
    }
    /// What an order to one of its processes asks for, in a sentence; `None` if it has nothing better to say than that it is
    /// one.
    fn ordered(&self, _to: ProcessId, _order: &dyn Order) -> Option<Phrase> {
        None
    }
    /// What the shapes of its messages stand for, as the legend has it: what is filled asks, what is hollow answers.
    fn shapes(&self) -> &'static [(Shape, Key)] {
        &[]
    }
    /// Its log table.
    fn logs(&self, _world: &World, _number: u16, _first: Option<u64>, _columns: u32) -> Option<LogTable> {
        None
    }
    /// System verbs for a process: transfer leadership, client request, …
    fn verbs(&self, _world: &World, _number: u16, _process: ProcessId) -> Vec<Verb> {
        Vec::new()
    }
    /// One sentence for what just happened to one of its processes, better than the kernel's own.
    fn tell(&self, _world: &World, _event: &Event<'_>) -> Option<Phrase> {
        None
    }
    /// What of its processes' notes belongs into the story of a run, by their keys: what came of it all, and not how.
    fn milestones(&self) -> &'static [Key] {
        &[]
    }
    /// Did a leader (primary, …) come to be in this event?
    fn elected(&self, _world: &World, _event: &Event<'_>) -> Option<(ProcessId, Epoch, EventId)> {
        None
    }
    /// Why, and why not: what it can say now of a subject of its own, or of a client's operation that it has taken in;
    /// `None` if it has nothing to say of it.
    fn why(
        &self,
        _world: &World,
        _number: u16,
        _subject: &Subject,
        _past: &mut dyn Past,
    ) -> Option<Explanation> {
        None
    }
    /// What can be asked now about one of its processes, or about it as a whole, the most telling first. Asked for every
    /// frame, so it must be cheap.
    fn questions(&self, _world: &World, _number: u16, _of: Option<ProcessId>) -> Vec<Question> {
        Vec::new()
    }
    /// One of its rules by name.
    fn rule(&self, _name: &str) -> Option<RuleView> {
        None
    }
}

/// What happened up to the moment that is asked about, for whoever says why. What is not known any more is derived anew,
/// within bounds: then there is no answer.
pub trait Past {
    /// An event.
    fn line(&mut self, event: EventId) -> Option<EventLine>;
    /// The last note of a process, of those still known in full, for which this holds.
    fn last_note(&mut self, of: ProcessId, is_it: &dyn Fn(&NoteView) -> bool) -> Option<NoteView>;
    /// The event since which a process has been in its term, ballot or version.
    fn epoch_since(&mut self, of: ProcessId) -> Option<EventId>;
    /// The first one.
    fn first_note(&mut self, of: ProcessId, is_it: &dyn Fn(&NoteView) -> bool) -> Option<NoteView>;
    /// Are all notes from the beginning on still known in full?
    fn is_whole(&self) -> bool;
}
