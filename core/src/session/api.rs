//! What a session is asked and what it answers: plain serialisable data, the same in the page's worker and in the
//! command.

pub use super::commands::{CommandView, Edit, Fate};
pub use super::compare::{Comparison, OtherView};
pub use super::file::fits;
pub use super::lesson::{Bit, LessonView, Marked, PredictInfo, StepDone, StepInfo};
pub use super::sides::{Figures, Latency, Loss, Measured, Outage, SideInfo, SideView};
pub use super::verbs::LinkVerbs;
pub use crate::export::Format;
use crate::process::{Card, EventId, MessageId, Phrase, ProcessId, Shape, Span, Time};
pub use crate::scenario::complete::{Completion, Offer};
pub use crate::text::doc::decoded;
pub use crate::text::{Bilingual, Problem};
pub use crate::view::Goal;
use crate::view::{
    Answer, CheckView, EventLine, Field, Frame, Inspector, LogTable, Mark, MarkKind, NoteView, Place,
    Question, Subject, Verb, ViolationView, Window,
};
use crate::words::Key;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A request. Each is answered by exactly one [`Reply`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Loads a scenario's text and starts it, or opens a saved run; on an error the present run stays as it is. If a saved run
    /// stood far from its beginning the answer is `more`: go on with [`Request::Continue`].
    Load {
        /// The file's text.
        text: Arc<str>,
        /// Overrides the file's seed.
        seed: Option<u64>,
    },
    /// Loads a scenario of the library by name.
    LoadLibrary {
        /// Its name.
        name: Arc<str>,
        /// Overrides the file's seed.
        seed: Option<u64>,
    },
    /// What the library holds.
    Library,
    /// What is wrong with a text that [`Request::Load`] might be given. Nothing is loaded.
    Check(Arc<str>),
    /// What may stand at a place of a scenario's text.
    Complete {
        /// The text.
        text: Arc<str>,
        /// The line, from 1.
        line: u32,
        /// The column, from 1, in characters.
        column: u32,
    },
    /// Plays on until this time (or a violation, or the budget of events for one request): the page asks for a little
    /// more each frame.
    PlayTo {
        /// Virtual time.
        at: Time,
        /// Most events to take before answering.
        budget: u64,
    },
    /// One event on.
    Step,
    /// One event back.
    StepBack,
    /// To any place on this branch; beyond its end, as far as was simulated.
    Seek(SeekTo),
    /// Runs on until a predicate (scenario grammar, one line) holds, or a limit is reached.
    RunUntil {
        /// The predicate's text.
        predicate: Arc<str>,
        /// Give up after this much virtual time.
        limit: Span,
        /// Most events to take before answering `more`.
        budget: u64,
    },
    /// To the next event that is wanted, or the one before. Ahead it simulates, as [`Request::RunUntil`] does; behind it looks
    /// through what was. Answers `more` where the budget did not do: the same request goes on.
    SeekNext {
        /// Which.
        wanted: Wanted,
        /// Backwards.
        back: bool,
        /// Give up after this much virtual time ahead.
        limit: Span,
        /// Most events to take or look through before answering `more`.
        budget: u64,
    },
    /// From now on playing stops where one of these predicates comes true: the breakpoints in force, all of them.
    StopAt(Vec<Arc<str>>),
    /// What a predicate's text says, and whether it holds at the place shown.
    Judge(Arc<str>),
    /// The kinds of the last events.
    Kinds,
    /// Carries out a command (scenario grammar, one line: `crash: n1`) at the place shown. If the branch has a future, it
    /// stays as a branch of its own.
    Act(Arc<str>),
    /// Takes the last command of this branch back (the branch that had it stays).
    Undo,
    /// Does again what was undone last.
    Redo,
    /// Changes a command of the list, or when it is given: another branch, on which the later ones are given again.
    EditCommand(Edit),
    /// Removes a command of the list: another branch, on which the later ones are given again.
    DeleteCommand {
        /// Which line of the list, from 0.
        index: u32,
        /// The text that stands there: if it is another by now, nothing is removed.
        was: Arc<str>,
    },
    /// Forks here without a command.
    Fork {
        /// The new branch's name.
        name: Option<Arc<str>>,
    },
    /// Shows another branch, at the same time.
    Switch {
        /// Which.
        branch: u32,
    },
    /// Calls a branch something else; a blank name takes its name away.
    Rename {
        /// Which.
        branch: u32,
        /// Its new name.
        name: Arc<str>,
    },
    /// Deletes a branch other than the first; what hangs off it keeps its past. If it is the one shown, the one it left is.
    Delete {
        /// Which.
        branch: u32,
    },
    /// Brings a deleted branch back.
    Restore {
        /// Which.
        branch: u32,
    },
    /// Looks into a process.
    Inspect(ProcessId),
    /// The log table.
    Logs {
        /// Which system.
        group: u16,
        /// First index wanted; `None` is the end.
        first: Option<u64>,
        /// Most columns.
        columns: u32,
    },
    /// What the timeline draws.
    Window {
        /// From.
        from: Time,
        /// To.
        to: Time,
        /// Most arrows.
        arrows: u32,
        /// Most events as dots.
        dots: u32,
        /// Kinds of messages and events that are left out.
        without: Vec<Key>,
    },
    /// The event list around a place.
    Events {
        /// Last event wanted.
        until: u64,
        /// Most lines.
        count: u32,
    },
    /// Why did this event happen, or what refused it: its line and the chain of its causes.
    Explain {
        /// Which.
        event: EventId,
        /// How far back.
        depth: u32,
    },
    /// Why something is as it is, or not otherwise, at the place shown.
    Why(Subject),
    /// One message in flight, with what can be done to it.
    InspectMessage(MessageId),
    /// What can be done to the link between the hosts of two processes.
    LinkVerbs {
        /// One.
        from: ProcessId,
        /// The other.
        to: ProcessId,
    },
    /// Where the branch shown and another one first differ, and by what.
    Compare {
        /// The other one.
        other: u32,
    },
    /// The stage of another branch at a time, beside what is shown, which stays as it is.
    Other {
        /// Which.
        branch: u32,
        /// Virtual time.
        at: Time,
        /// Most events to take in new ground before answering `more`.
        budget: u64,
    },
    /// The stage of another side of a comparison beside a place of what is shown, which stays as it is. It is struck by the
    /// same faults as the branch shown, those given by hand included.
    Side {
        /// Which, from 1: the first side, 0, is the one that is shown.
        which: u32,
        /// Where on the branch shown. The side comes to its time; beside the beginning, event 0 at time 0, it stands at its own.
        at: Place,
        /// Most events to take in new ground before answering `more`.
        budget: u64,
    },
    /// The figures of every side of a comparison, at the time shown.
    Figures,
    /// The run as a link's text, with the branch shown alone.
    Share,
    /// Opens a link's text. If its moment lies far into the run the answer is `more`: go on with [`Request::Continue`].
    Open(Arc<str>),
    /// Goes on with what the last request could not finish within its budget (opening a link).
    Continue {
        /// Most events to take before answering `more` again.
        budget: u64,
    },
    /// The run as a scenario file: the text with the commands given by hand in its timeline.
    SaveScenario,
    /// The whole run as a file: the scenario's text as it is, and beside it every branch with its commands, and what is shown.
    /// [`Request::Load`] opens it again.
    SaveRun {
        /// What the page shows, in its own words; see [`Loaded::view`].
        view: Arc<str>,
    },
    /// The whole run as a link's text; the branch shown alone if all of them do not fit.
    ShareAll {
        /// What the page shows, in its own words; see [`Loaded::view`].
        view: Arc<str>,
    },
    /// The branch shown in another tool's format, from its beginning, piece by piece; what was simulated is all that is written.
    Export {
        /// What is wanted.
        what: Export,
        /// How many bytes of it came already: 0 begins anew, anything else goes on where the last piece ended.
        written: u64,
        /// Most events to take before answering.
        budget: u64,
    },
}

impl Request {
    /// Does it bring a text to be read, or name one?
    pub fn reads(&self) -> bool {
        matches!(
            self,
            Request::Load { .. }
                | Request::LoadLibrary { .. }
                | Request::Check(_)
                | Request::Complete { .. }
                | Request::Open(_)
        )
    }
}

/// What is to be written of the branch shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Export {
    /// In which format.
    pub format: Format,
    /// From when on.
    pub from: Time,
    /// Up to when; `None` is the place shown.
    pub to: Option<Time>,
    /// The language of what is said in words, by its tag (BCP 47).
    pub lang: Arc<str>,
}

/// A piece of what is written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Exported {
    /// What follows the last piece.
    pub text: String,
    /// How far it has come.
    pub at: Place,
    /// There is more to come.
    pub more: bool,
}

/// Where to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SeekTo {
    /// After this many events.
    Ordinal(u64),
    /// To this time.
    Time(Time),
    /// To the end of what was simulated.
    End,
    /// To the next event (or the one before, if `back`) with a mark.
    Mark {
        /// Backwards.
        back: bool,
    },
    /// To exactly this place: after its event and at its time, which may be later than the event's.
    Place(Place),
}

/// Which event to go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Wanted {
    /// One of the same kind as the event shown.
    Same,
    /// The arrival of a message.
    Message,
    /// One of this kind.
    Kind(Key),
    /// One of this process.
    Of(ProcessId),
    /// One with a mark, of this kind if one is given.
    Mark(Option<MarkKind>),
}

/// The answer to a request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Reply {
    /// A scenario was loaded, or a link opened.
    Loaded(Box<Loaded>),
    /// The place shown may have changed.
    Shown(Box<Shown>),
    /// What the library holds.
    Library(Vec<LibraryEntry>),
    /// What is wrong with a text: errors, or else warnings.
    Checked(Vec<Problem>),
    /// What may stand at a place of a text.
    Completed(Box<Completion>),
    /// A process.
    Inspector(Box<Inspector>),
    /// The log table.
    Logs(LogTable),
    /// The timeline.
    Window(Box<Window>),
    /// The event list.
    Events(Vec<EventLine>),
    /// An explanation: the event and its causes, nearest first.
    Explained(Vec<EventLine>),
    /// The answer to a why.
    Why(Box<Answer>),
    /// A message.
    Message(Box<MessageView>),
    /// The breakpoints, in the order given; one that says nothing here is not in force.
    StopsAt(Vec<ConditionView>),
    /// A condition.
    Judged(Box<ConditionView>),
    /// The kinds of the last events, and how many there were of each; the most frequent first.
    Kinds(Vec<(Key, u32)>),
    /// What can be done to a link between hosts.
    LinkVerbs(Box<LinkVerbs>),
    /// A link's text.
    Link(Arc<str>),
    /// A scenario file's text.
    Text(Arc<str>),
    /// How two branches compare.
    Compared(Box<Comparison>),
    /// Another branch's stage.
    Other(Box<OtherView>),
    /// Another side of a comparison.
    Side(Box<SideView>),
    /// The figures of all sides, in order.
    Figures(Vec<Figures>),
    /// A saved run's text.
    Run(Arc<str>),
    /// A piece of an export.
    Exported(Box<Exported>),
    /// This session has not all kinds of systems ([`Session::part`](super::Session::part)) and makes nothing of the text: one that has
    /// them all is to be asked. Where that one cannot be, this is what can be said without it, if anything.
    Elsewhere(Option<Box<Reply>>),
    /// The request could not be carried out; nothing was lost.
    Failed(Failure),
}

/// What came of loading.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Loaded {
    /// The scenario.
    pub scenario: ScenarioInfo,
    /// The first frame.
    pub shown: Shown,
    /// Said when a link's history differs from what this engine makes of it: from which event on. (Where opening took
    /// several requests, the last one's [`Stopped::Differs`] says it.)
    pub differs: Option<Phrase>,
    /// What the page showed when the run was saved or shared, in the page's own words: at most 1 KB, and from anybody.
    pub view: Arc<str>,
}

/// A scenario, for people.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScenarioInfo {
    /// Its name.
    pub name: Arc<str>,
    /// Its title.
    pub title: Bilingual,
    /// Its story.
    pub story: Bilingual,
    /// Its text.
    pub text: Arc<str>,
    /// Is it the library's, word for word?
    pub library: bool,
    /// The seed in force.
    pub seed: u64,
    /// Its systems, in order: name and kind.
    pub systems: Vec<(Arc<str>, Arc<str>)>,
    /// What the shapes of messages stand for, each named by the first system that has it.
    pub shapes: Vec<(Shape, Key)>,
    /// Every process' name, by id, for phrases; grows with the run (see [`Shown::names`]).
    pub names: Vec<(ProcessId, Arc<str>)>,
    /// Where it ends, if the file says so.
    pub until: Option<Time>,
    /// What one may want to run until: in words, and as a predicate for [`Request::RunUntil`].
    pub goals: Vec<Goal>,
    /// The steps of its lesson; empty if it is none.
    pub lesson: Vec<StepInfo>,
    /// The sides of a comparison, of which the first is the one that is played; empty if it is none.
    pub sides: Vec<SideInfo>,
    /// Warnings about the text.
    pub warnings: Vec<Problem>,
}

/// One line of the library.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LibraryEntry {
    /// Its name.
    pub name: Arc<str>,
    /// Its title.
    pub title: Bilingual,
    /// Its story.
    pub story: Bilingual,
    /// The kinds of its systems.
    pub kinds: Vec<Arc<str>>,
    /// How many steps its lesson has; 0 if it is none.
    pub steps: u32,
    /// How many systems it compares; 0 if it is no comparison.
    pub sides: u32,
}

/// What is shown now, and what changed around it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    /// The stage.
    pub frame: Frame,
    /// How far this branch has been simulated.
    pub head: Place,
    /// Branches, in order of birth.
    pub branches: Vec<BranchView>,
    /// The one shown.
    pub branch: u32,
    /// Every check.
    pub checks: Vec<CheckView>,
    /// Expectations of the scenario: met, broken, open.
    pub expectations: Vec<ExpectationView>,
    /// The verbs over the stage.
    pub verbs: Vec<Verb>,
    /// Names of processes that are new since the last reply; hosts' are in the frame.
    pub names: Vec<(ProcessId, Arc<str>)>,
    /// Marks of the whole branch, thinned.
    pub marks: Vec<Mark>,
    /// Why it stopped here, if it did.
    pub stopped: Option<Stopped>,
    /// Answers and refusals of commands, newest last.
    pub remarks: Vec<NoteView>,
    /// How far its lesson has come, if it is one.
    pub lesson: Option<LessonView>,
    /// Commands of this branch, in order.
    pub commands: Vec<CommandView>,
    /// What an undo would take back, as a sentence without its subject.
    pub undo: Option<Phrase>,
    /// What a redo would do again.
    pub redo: Option<Phrase>,
    /// The digest at this place, upper 64 bits.
    pub digest: u64,
    /// What can be asked about the systems as they stand.
    pub questions: Vec<Question>,
}

impl Shown {
    /// Is this another moment than the beginning, or on the way to one?
    pub fn is_under_way(&self) -> bool {
        self.frame.place.ordinal > 0 || self.stopped == Some(Stopped::More)
    }
}

/// Why playing stopped.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Stopped {
    /// A check broke.
    Violation(ViolationView),
    /// The predicate holds, or the event that was wanted was found.
    Predicate,
    /// There is no event as was wanted; the place is the same as before.
    NotFound,
    /// A breakpoint came true.
    Breakpoint {
        /// Its text.
        text: Arc<str>,
        /// In words.
        claim: Phrase,
    },
    /// A step of the lesson begins here that is to be read first.
    Step,
    /// The limit of the request was reached: ask again.
    More,
    /// A link's history differs from what this engine makes of it: from which event on. Nothing is lost; one may play on.
    Differs(Phrase),
    /// Virtual time given was reached.
    Time,
    /// Nothing is due any more.
    Quiet,
    /// The run's budget of events is spent.
    Budget,
    /// The scenario's end was reached.
    End,
}

/// A condition about a moment, as it was given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConditionView {
    /// Its text.
    pub text: Arc<str>,
    /// What it says, or what is wrong with it.
    pub said: Result<Phrase, Problem>,
    /// Does it hold at the place shown?
    pub holds: bool,
}

/// A branch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BranchView {
    /// Its number.
    pub id: u32,
    /// Its name, if it was given one.
    pub name: Option<Arc<str>>,
    /// Where and off which it branched; `None` for the first.
    pub off: Option<(u32, Place)>,
    /// Its first own command.
    pub because: Option<Phrase>,
    /// How far it was simulated, here or where it came from.
    pub head: Place,
    /// When something was done by hand on it, since it left: the first times.
    pub acts: Vec<Time>,
}

/// An expectation of the scenario.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExpectationView {
    /// As its text.
    pub text: Arc<str>,
    /// For people.
    pub claim: Phrase,
    /// How it stands.
    pub standing: Outcome,
    /// Since when.
    pub at: Option<Place>,
}

/// How an expectation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// Met.
    Met,
    /// Broken.
    Broken,
    /// Not decided yet.
    Open,
}

/// A message in flight.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MessageView {
    /// Which.
    pub message: MessageId,
    /// Its look.
    pub card: Card,
    /// What it says, as its system tells it.
    pub fields: Vec<Field>,
    /// The event that sent it.
    pub cause: EventId,
    /// What can be done to it.
    pub verbs: Vec<Verb>,
    /// What can be asked about it.
    pub questions: Vec<Question>,
}

/// Why a request failed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Failure {
    /// The text has errors.
    Text(Vec<Problem>),
    /// A link cannot be opened.
    Link(Phrase),
    /// A command's text has an error, or it would be refused where it belongs.
    Command(Box<Problem>),
    /// A command or request was refused.
    Refused(Phrase),
}
