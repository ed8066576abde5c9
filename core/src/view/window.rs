//! What the space-time diagram is told of a stretch of time: lanes, messages, events, what was wrong, marks.

use super::{Epoch, Place, Role, Status};
use crate::process::{Card, EventId, MessageId, Phrase, ProcessId, Shape, Time};
use crate::words::Key;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A stretch of a lane in which role, epoch and status stayed the same.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Segment {
    /// From.
    pub from: Time,
    /// To.
    pub to: Time,
    /// Term, ballot, version.
    pub epoch: Option<Epoch>,
    /// Role.
    pub role: Option<Role>,
    /// Status.
    pub status: Status,
}

/// A process' lane in the timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lane {
    /// Whose.
    pub id: ProcessId,
    /// Its name.
    pub name: Arc<str>,
    /// Its stretches, ascending, without gaps in the window.
    pub segments: Vec<Segment>,
}

/// A message as an arrow between lanes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Arrow {
    /// Which.
    pub message: MessageId,
    /// Its card.
    pub card: Card,
    /// When it left.
    pub sent_at: Time,
    /// When it arrived, will arrive, or was lost.
    pub ends_at: Time,
    /// It was lost.
    pub lost: bool,
    /// The event of its delivery, if it was delivered.
    pub delivery: Option<EventId>,
    /// The event that sent it, if it lies in what is kept in full.
    pub cause: Option<EventId>,
}

/// An event as a dot on its process' lane.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dot {
    /// Which.
    pub event: EventId,
    /// Where.
    pub place: Place,
    /// Its stable kind.
    pub kind: Key,
    /// The message it took in, if it is the end of one.
    pub message: Option<MessageId>,
    /// What happened, in one sentence.
    pub sentence: Phrase,
}

/// A kind of message or event in the window, shown or left out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KindCount {
    /// Which.
    pub kind: Key,
    /// Of a message its shape, and whether it is an answer; of any other event nothing.
    pub card: Option<(Shape, bool)>,
    /// How many there are.
    pub count: u64,
}

/// Something wrong between one command and another, over the lanes it concerns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Band {
    /// What is wrong.
    pub kind: BandKind,
    /// From.
    pub from: Time,
    /// To: until it was mended, or as far as the branch was simulated.
    pub to: Time,
    /// Nobody has mended it.
    pub lasts: bool,
    /// Whom it concerns; of a wall, its sides.
    pub sides: Vec<Vec<ProcessId>>,
    /// What was done, in words.
    pub phrase: Phrase,
    /// By which event.
    pub by: EventId,
}

/// What is wrong in a [`Band`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BandKind {
    /// Nothing passes between its sides.
    Wall,
    /// Nothing passes from its first side to the second.
    OneWay,
    /// Links lose, delay, copy or reorder otherwise than declared.
    Link,
    /// Links hold messages back, where they are sent or where they arrive.
    Waits,
    /// A disk.
    Disk,
    /// A clock.
    Clock,
}

/// A moment worth a mark on the timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mark {
    /// Where.
    pub place: Place,
    /// Of what kind.
    pub kind: MarkKind,
    /// Which process' lane, if one.
    pub lane: Option<ProcessId>,
    /// In words.
    pub phrase: Phrase,
}

/// Kinds of marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum MarkKind {
    /// A fault.
    Fault,
    /// A repair.
    Repair,
    /// A leader came to be.
    Election,
    /// Something came of it: a value was chosen, a job is done, a member took back what it had.
    Milestone,
    /// A check broke.
    Violation,
    /// A step of a lesson, or an expectation met.
    Step,
    /// Something was asked of a process, which neither harms nor mends.
    Command,
}

/// What the timeline draws between two instants.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Window {
    /// From.
    pub from: Time,
    /// To.
    pub to: Time,
    /// Lanes.
    pub lanes: Vec<Lane>,
    /// Arrows, at most as many as were asked for.
    pub arrows: Vec<Arrow>,
    /// There were more arrows; of a crowded window, about so many events.
    pub arrows_left_out: u64,
    /// It holds more events than are kept in full: of them there are no arrows and no dots.
    pub crowded: bool,
    /// Events as dots, at most as many as were asked for, ascending.
    pub dots: Vec<Dot>,
    /// There were more dots.
    pub dots_left_out: u64,
    /// Kinds of messages and events that occur, shown or left out: messages first.
    pub kinds: Vec<KindCount>,
    /// What is wrong for a while.
    pub bands: Vec<Band>,
    /// Marks.
    pub marks: Vec<Mark>,
}
