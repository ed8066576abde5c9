//! The one vocabulary in which any system shows itself (DESIGN, law 8). Plain serialisable data; no words, no colours,
//! no pixels. A new system fills these; the page needs no new code for it.

use crate::process::{Arg, Card, ConnectionId, EventId, HostId, MessageId, Phrase, ProcessId, Span, Time};
use crate::words::Key;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

mod epoch;
pub mod why;
mod window;

pub use epoch::{Epoch, hue};
pub use why::{Answer, Explanation, Question, Reason, RuleView, Subject};
pub use window::{Arrow, Band, BandKind, Dot, KindCount, Lane, Mark, MarkKind, Segment, Window};

/// Where in a branch: after `ordinal` events, at virtual time `at` (not before that event, before the next).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// Events so far.
    pub ordinal: u64,
    /// The time shown.
    pub at: Time,
}

/// All that the stage shows of one moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    /// Which moment.
    pub place: Place,
    /// Every process, members first, in declared order.
    pub actors: Vec<Actor>,
    /// Hosts, for those views that show them.
    pub hosts: Vec<HostView>,
    /// What hosts were called that have left, for phrases that speak of them.
    pub left: Vec<(HostId, Arc<str>)>,
    /// Links that are not as declared: cut, lossy, slow, clogged, held.
    pub links: Vec<LinkView>,
    /// Partitions in force, for the stage to draw as walls: each with its groups.
    pub barriers: Vec<BarrierView>,
    /// Messages on their way.
    pub flights: Vec<Flight>,
    /// More are on their way than `flights` holds.
    pub flights_left_out: u32,
    /// What just happened, in one sentence; also the screen reader's.
    pub sentence: Phrase,
    /// The last event.
    pub event: Option<EventId>,
}

/// A process on the stage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Actor {
    /// Who.
    pub id: ProcessId,
    /// Its name.
    pub name: Arc<str>,
    /// Where it runs.
    pub host: HostId,
    /// Its system's place in the scenario.
    pub group: u16,
    /// Centre of the stage (members) or its rim (clients, proxies).
    pub ring: Ring,
    /// How it is.
    pub status: Status,
    /// What it is at the moment: leader, follower, candidate, learner, …
    pub role: Option<Role>,
    /// Term, ballot, version.
    pub epoch: Option<Epoch>,
    /// The timer worth showing as an arc.
    pub arc: Option<ArcView>,
    /// A vote or quorum filling up.
    pub tally: Option<Tally>,
    /// A few words below it: "voted for n3".
    pub caption: Option<Phrase>,
    /// Small marks: number of pending requests, un-synced writes, a drifting clock, a failing disk.
    pub badges: Vec<Badge>,
}

/// Where an actor stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ring {
    /// A member of a group.
    Inner,
    /// A client or anything else around it.
    Outer,
}

/// How a process is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// It has never run.
    Unstarted,
    /// Running.
    Up,
    /// Its host is down, or it crashed.
    Crashed,
    /// Its host is paused.
    Paused,
    /// It stopped itself or was stopped.
    Stopped,
}

/// A role with a look of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// What it is called.
    pub key: Key,
    /// How it is drawn.
    pub look: Look,
}

/// What a lane of the timeline is coloured by: cheap to ask after every event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// What it is.
    pub role: Option<Role>,
    /// Term, ballot, version.
    pub epoch: Option<Epoch>,
}

/// Looks of roles: never by colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Look {
    /// Solid double outline and a crown.
    Leader,
    /// Dashed outline, vote dots.
    Candidate,
    /// Solid outline.
    Follower,
    /// Thin outline: has no vote.
    Learner,
    /// A client.
    Client,
    /// Anything else.
    Plain,
}

/// A timer as an arc: full at `set_at`, empty at `fires_at`, in virtual time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArcView {
    /// What people call the timer.
    pub label: Key,
    /// Its slot, for the "time out now" verb.
    pub slot: u8,
    /// When it was set.
    pub set_at: Time,
    /// When it will fire.
    pub fires_at: Time,
}

/// A quorum filling up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tally {
    /// Who has answered what.
    pub ballots: Vec<(ProcessId, Ballot)>,
    /// How many count so far.
    pub have: u32,
    /// How many are needed.
    pub need: u32,
}

/// One answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ballot {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Not yet.
    Waiting,
}

/// A small mark on an actor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Badge {
    /// What it says.
    pub phrase: Phrase,
    /// Is it bad?
    pub warn: bool,
}

/// A host.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HostView {
    /// Which.
    pub id: HostId,
    /// Its name.
    pub name: Arc<str>,
    /// Its zone.
    pub zone: Arc<str>,
    /// How it is.
    pub status: Status,
}

/// A link that is not as declared, in one direction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LinkView {
    /// From.
    pub from: HostId,
    /// To.
    pub to: HostId,
    /// Nothing passes.
    pub blocked: bool,
    /// What is sent waits.
    pub clogged: bool,
    /// What arrives is held.
    pub held: bool,
    /// Loss in parts per million.
    pub loss_ppm: u32,
    /// Its law is overridden (latency, duplication, reordering, bandwidth).
    pub shaped: bool,
}

/// A partition in force.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BarrierView {
    /// The command that made it, to heal it by.
    pub id: Arc<str>,
    /// Its groups; one-way cuts have two and `one_way`.
    pub groups: Vec<Vec<HostId>>,
    /// Only from the first group to the second.
    pub one_way: bool,
}

/// A message on its way. Where it is drawn is a function of the time shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Flight {
    /// Which.
    pub message: MessageId,
    /// How it looks.
    pub card: Card,
    /// When it left.
    pub sent_at: Time,
    /// When it will arrive; `None` while it waits or is held.
    pub arrives_at: Option<Time>,
    /// Held at the receiver's door.
    pub held: bool,
    /// It goes over a connection.
    pub connection: Option<ConnectionId>,
}

/// How a check stands at the place shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckView {
    /// `system/check`.
    pub name: Arc<str>,
    /// In words.
    pub title: Key,
    /// The violation, if it is broken at or before this place.
    pub violation: Option<ViolationView>,
}

/// A broken check.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ViolationView {
    /// `system/check`.
    pub check: Arc<str>,
    /// Where it broke.
    pub place: Place,
    /// At which event.
    pub event: EventId,
    /// Who, which entries, in words.
    pub phrase: Phrase,
    /// Whom it concerns.
    pub involved: Vec<ProcessId>,
    /// The scenario said that this must break.
    pub expected: bool,
}

/// A value in an inspector or a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// Nothing.
    None,
    /// A labelled or worded value.
    Phrase(Phrase),
    /// A plain argument.
    Arg(Arg),
    /// A tally.
    Tally(Tally),
    /// A countdown to an instant.
    Until(Time, Span),
}

/// One process, looked into.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Inspector {
    /// Who.
    pub id: ProcessId,
    /// What is lost in a crash.
    pub volatile: Vec<Field>,
    /// What survives one.
    pub durable: Vec<Field>,
    /// A log, an oplog, a store, if it has one: the last entries.
    pub strip: Option<Strip>,
    /// Its timers.
    pub timers: Vec<ArcView>,
    /// What can be done to it.
    pub verbs: Vec<Verb>,
    /// The last notes it made, newest first: what it decided and refused, and by which event.
    pub notes: Vec<NoteView>,
    /// The event by which it became what it is (its role, epoch or status), for "why?".
    pub why: Option<EventId>,
    /// What can be asked about it.
    pub questions: Vec<Question>,
}

/// A decision of a process, for the inspector and the event list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NoteView {
    /// The event in which it was made.
    pub event: EventId,
    /// Where that was.
    pub place: Place,
    /// The rule that decided, if one did.
    pub rule: Option<Arc<str>>,
    /// It was refused or still waits.
    pub refused: bool,
    /// In words.
    pub phrase: Phrase,
    /// Earlier events that made it so.
    pub because: Vec<EventId>,
}

/// A named value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// Its label.
    pub label: Key,
    /// Its value.
    pub value: Value,
}

impl Field {
    /// A value under its label.
    pub fn new(label: impl Into<Key>, value: Value) -> Self {
        Self { label: label.into(), value }
    }

    /// A number under its label.
    pub fn number(label: impl Into<Key>, number: u64) -> Self {
        Self::new(label, Value::Arg(Arg::Number(number)))
    }
}

/// A row of numbered cells: one process' log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Strip {
    /// Whose.
    pub id: ProcessId,
    /// Cells before this index are folded into a snapshot.
    pub base: u64,
    /// The cells, ascending, without gaps unless the system has gaps.
    pub cells: Vec<Cell>,
    /// Marks under the row: for a leader's view of each follower, `(who, match index, next index)`.
    pub marks: Vec<(ProcessId, u64, u64)>,
}

/// A cell of a log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// Its index.
    pub index: u64,
    /// Its term, ballot or version.
    pub epoch: Epoch,
    /// What it says, short.
    pub text: Phrase,
    /// Committed: solid; else dashed.
    pub committed: bool,
    /// On the disk.
    pub synced: bool,
    /// Differs from what another member holds as committed there.
    pub conflict: bool,
}

/// A table or a set of strips below the stage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LogTable {
    /// Its system.
    pub group: u16,
    /// First index shown.
    pub first: u64,
    /// Last index any row has.
    pub last: u64,
    /// A row for each member.
    pub rows: Vec<Strip>,
}

/// Something a person can do to something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Verb {
    /// Its stable name, as in `do:`.
    pub name: Arc<str>,
    /// Its label.
    pub label: Key,
    /// The command it issues, as scenario text in one line (YAML flow), to be sent back in `Request::Act`.
    pub command: Arc<str>,
    /// What is to be asked first; each answer goes in the place of `{name}` in the command.
    pub asks: Vec<Ask>,
    /// Why it can do nothing now.
    pub disabled: Option<Phrase>,
}

/// Something to be asked before a verb can be carried out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ask {
    /// The place in the command, without its braces.
    pub name: Arc<str>,
    /// What is asked.
    pub label: Key,
    /// What can be answered.
    pub kind: AskKind,
    /// What is meant if nothing is changed, as scenario text.
    pub default: Arc<str>,
}

/// Something that may come true: what one may want to run until, or to stop at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Goal {
    /// In words.
    pub label: Phrase,
    /// As a predicate's text, in one line.
    pub predicate: Arc<str>,
    /// What is to be asked first; each answer goes in the place of `{name}` in the predicate.
    pub asks: Vec<Ask>,
}

/// What can be answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum AskKind {
    /// One of these, as scenario text.
    One(Vec<Arc<str>>),
    /// One of these: as scenario text, and in words. The text may hold places of other questions, which are asked only if
    /// their place is there.
    Choice(Vec<(Arc<str>, Phrase)>),
    /// Any of these names; written `[n1, n2]`.
    Some(Vec<Arc<str>>),
    /// These names split into groups; written `[[n1, n2], [n3]]`.
    Groups(Vec<Arc<str>>),
    /// A length of time with its unit: `20ms`.
    Span,
    /// A share: `10%`.
    Percent,
    /// A whole number.
    Number,
    /// A user's own word, quoted where YAML needs it: a key, a value.
    Text,
}

/// One line of the event list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventLine {
    /// Which.
    pub event: EventId,
    /// Where.
    pub place: Place,
    /// What happened, in one sentence.
    pub sentence: Phrase,
    /// Its stable kind, to filter by.
    pub kind: Key,
    /// What led to it.
    pub causes: Vec<EventId>,
    /// The message it took in, if it is the end of one.
    pub message: Option<MessageId>,
    /// What was decided in it.
    pub notes: Vec<NoteView>,
}
