//! What the page knows: the last answers of the session, and what the reader has opened or chosen. It decides nothing
//! about the run.

mod answers;

use crate::branches::{Asking, Branching, Turn};
use crate::diagram::{Diagram, DiagramHappened, way};
use crate::export::Exporting;
use crate::find::Finding;
use crate::hands::{Did, Hands};
use crate::lesson::{Lesson, LessonDid};
use crate::look::Look;
pub use crate::menu::{About, Deed, Menu};
use crate::names::Names;
pub use crate::notice::Notice;
use crate::same::Same;
use crate::speed::Speed;
use crate::transport::going::{Going, Until, Went};
use crate::why::{Why, WhyHappened};
use crate::writing::{Writing, Wrote};
use muster_core::process::{EventId, MessageId, ProcessId, Time};
use muster_core::session::api::{
    BranchView, CommandView, ExpectationView, LibraryEntry, MessageView, Problem, Reply, ScenarioInfo,
};
use muster_core::view::{
    Arrow as Way, CheckView, EventLine, Frame, Inspector, LogTable, Mark, NoteView, Place, Question, Verb,
    Window,
};
use std::rc::Rc;
use std::sync::Arc;
use yew::Reducible;

/// What the reader looks at more closely.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Selection {
    /// A process.
    Process(ProcessId),
    /// A message: on its way, or after it.
    Message(MessageId),
    /// An event.
    Event(EventId),
}

/// The panel below the stage.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Tab {
    /// Lanes and arrows over time.
    #[default]
    Timeline,
    /// Every member's log.
    Logs,
    /// What happened, as a list.
    Events,
    /// What is checked at every event, and what the scenario expects.
    Checks,
    /// The scenario's text.
    Text,
    /// What was done by hand.
    Commands,
    /// The figures of a comparison.
    Figures,
}

/// Answers that are known: the place in the command, and what goes there.
pub type Given = Vec<(&'static str, Arc<str>)>;

/// A dialog in front of the page.
#[derive(Clone, PartialEq, Debug)]
pub enum Dialog {
    /// What a verb must know first; and what is known already.
    Ask(Rc<Verb>, Given),
    /// All keys.
    Keys,
    /// The link to this run.
    Share,
    /// The run as a scenario's text.
    Scenario,
    /// What to run until or to stop at.
    Conditions,
    /// A branch's name, or its end.
    Branch(Asking),
    /// The box that finds.
    Find,
    /// The run taken elsewhere.
    Export,
}

/// Why nothing more is to come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ended {
    /// The scenario's end was reached.
    End,
    /// Nothing is due any more.
    Quiet,
    /// The run's budget of events is spent.
    Budget,
}

/// The page's state.
#[derive(Clone, PartialEq, Default)]
pub struct Page {
    /// How it looks and which language it speaks.
    pub look: Look,
    /// The scenario.
    pub info: Option<Same<ScenarioInfo>>,
    /// Counts scenarios loaded, so that what belonged to the last one is dropped.
    pub loads: u32,
    /// The address is a link to this run.
    pub linked: bool,
    /// Counts workers that died: what one was still asked, its successor must be asked again.
    pub lives: u32,
    /// Counts jumps: the place shown changed otherwise than by playing on.
    pub jumps: u32,
    /// The stage.
    pub frame: Option<Same<Frame>>,
    /// How far this branch has been simulated.
    pub head: Place,
    /// Branches.
    pub branches: Same<Vec<BranchView>>,
    /// The one shown.
    pub branch: u32,
    /// Checks.
    pub checks: Same<Vec<CheckView>>,
    /// Expectations.
    pub expectations: Same<Vec<ExpectationView>>,
    /// What can be done to the whole.
    pub verbs: Same<Vec<Verb>>,
    /// Marks of the branch.
    pub marks: Same<Vec<Mark>>,
    /// Answers and refusals of commands.
    pub remarks: Same<Vec<NoteView>>,
    /// Commands given by hand.
    pub commands: Same<Vec<CommandView>>,
    /// The digest at the place shown.
    pub digest: u64,
    /// Names of processes and hosts.
    pub names: Same<Names>,
    /// The library.
    pub library: Same<Vec<LibraryEntry>>,
    /// What is selected.
    pub selection: Option<Selection>,
    /// The selected process.
    pub inspector: Option<Same<Inspector>>,
    /// The selected message.
    pub message: Option<Same<MessageView>>,
    /// The log table.
    pub logs: Option<Same<LogTable>>,
    /// The timeline.
    pub window: Option<Same<Window>>,
    /// The event list.
    pub events: Same<Vec<EventLine>>,
    /// Why the event that was asked about happened.
    pub explained: Option<(EventId, Same<Vec<EventLine>>)>,
    /// Whether time goes on.
    pub playing: bool,
    /// How fast.
    pub speed: Speed,
    /// What it runs until, if it does.
    pub until: Option<Until>,
    /// By what one steps, and where one stops.
    pub going: Going,
    /// A link is being opened.
    pub opening: bool,
    /// Where to go next: a check broke a little before the place shown.
    pub go_to: Option<Place>,
    /// Nothing more is to come on this branch, and why.
    pub ended: Option<Ended>,
    /// The panel below the stage.
    pub tab: Tab,
    /// How often a tab was opened, be it the one that was open.
    pub opened: u32,
    /// The dialog in front.
    pub dialog: Option<Dialog>,
    /// The menu at a point.
    pub menu: Option<Menu>,
    /// Something said once.
    pub notice: Option<Notice>,
    /// Counts how often the reader wanted to have them loaded once more.
    pub tries: u32,
    /// Counts what the address asked for in vain, while something else is shown.
    pub refusals: u32,
    /// The address led nowhere, and nothing is shown.
    pub nowhere: bool,
    /// What the reader has opened of branches.
    pub branching: Branching,
    /// The other sides of a comparison.
    pub sides: crate::sides::Known,
    /// What is wrong with the text that was to be loaded.
    pub problems: Same<Vec<Problem>>,
    /// The link to this run.
    pub link: Option<Arc<str>>,
    /// The space-time diagram: what is pointed at, lit up and shown.
    pub diagram: Diagram,
    /// What is done by hand.
    pub hands: Hands,
    /// The lesson.
    pub lesson: Lesson,
    /// What can be asked about the systems as they stand.
    pub questions: Same<Vec<Question>>,
    /// What was asked why, and answered.
    pub why: Why,
    /// Events that are looked through.
    pub finding: Finding,
    /// What is being written for other tools.
    pub exporting: Exporting,
    /// The sentence of the tour that is shown.
    pub tour: Option<usize>,
    /// The text as the reader writes it.
    pub writing: Writing,
}

/// What can happen to the page.
pub enum Happened {
    /// An answer came.
    Reply(Box<Reply>, Asked),
    /// The worker died and was started again, or not.
    Died(Notice),
    /// The systems of what is to be opened are on their way, or no longer.
    Coming(bool),
    /// The reader wants to see the example, since nothing else can be shown.
    Nowhere,
    /// That takes long.
    Lasts,
    /// The reader wants to have them loaded once more.
    TryAgain,
    /// They could not be had: for what, and what was said.
    Unreached(Asked, String),
    /// The reader wants time to go on or to stand still.
    Play(bool),
    /// The reader wants it to go on until something holds.
    Until(Option<Until>),
    /// The reader changed how one goes about.
    Going(Went),
    /// The reader chose a speed.
    Speed(Speed),
    /// The reader chose something to look at.
    Select(Option<Selection>),
    /// The reader opened a panel.
    Tab(Tab),
    /// The reader opened or closed a dialog.
    Dialog(Option<Dialog>),
    /// The reader opened or closed a menu.
    Menu(Option<Menu>),
    /// The reader has read what was said.
    Dismiss,
    /// There is something to be said.
    Say(Notice),
    /// Something about the text that is written.
    Writing(Wrote),
    /// The reader did something with branches.
    Branch(Turn),
    /// The reader wants what the address says instead of what was kept.
    Afresh,
    /// The page went where it wanted to go.
    Went,
    /// The reader did something with the lesson.
    Lesson(LessonDid),
    /// The reader changed the look.
    Look(Look),
    /// The system turned dark or light.
    System(bool),
    /// Something happened to the diagram.
    Diagram(DiagramHappened),
    /// Something about what is done by hand.
    Hands(Did),
    /// Something was asked why, or answered.
    Why(WhyHappened),
    /// The tour goes to a sentence, or ends.
    Tour(Option<usize>),
}

/// What an answer belongs to, as far as the page must know.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Asked {
    /// Time goes on.
    Play,
    /// Run until a predicate holds.
    Until,
    /// Another place, a command, a scenario.
    Jump,
    /// A link, which may take several requests to open.
    Open,
    /// A scenario's text, whose problems are shown beside it.
    Text,
    /// A change to a command, whose problem is shown beside it.
    Edit,
    /// What the browser had kept.
    Kept,
    /// On the way to where a worker was that died: nothing to show.
    Replay,
    /// The end of that way.
    Again,
    /// Only to look.
    Look,
    /// Why an event happened.
    Explain(EventId),
    /// Why something is as it is.
    Why,
    /// Events up to this one, to be looked through.
    Find(u64),
    /// A piece of an export, after so many bytes.
    Export(u64),
    /// A file that was opened.
    File,
    /// The run, to be kept as a file.
    KeepRun,
    /// What is wrong with the text, while so many scenarios were loaded.
    Check(u32),
}

impl Page {
    /// The time shown.
    pub fn now(&self) -> Time {
        self.frame.as_ref().map_or(Time::ZERO, |frame| frame.place.at)
    }

    /// The way of a message that is no longer on the stage, and whether its end is known.
    pub fn followed(&self, id: MessageId) -> Option<(&Way, bool)> {
        let known = way(self.window.as_deref(), id).map(|arrow| (arrow, true));
        known.or_else(|| Some((self.diagram.followed.as_ref()?, false)).filter(|(way, _)| way.message == id))
    }

    /// What is selected may have arrived or gone.
    fn forget_what_is_gone(&mut self) {
        let Some(frame) = &self.frame else { return };
        if let Some(Selection::Message(id)) = self.selection {
            self.diagram.follow(frame, id);
        }
        let here = match self.selection {
            Some(Selection::Process(id)) => frame.actors.iter().any(|actor| actor.id == id),
            // A message that has arrived and an event that is over can still be looked at.
            Some(Selection::Message(_) | Selection::Event(_)) | None => true,
        };
        if !here {
            self.select(None);
        }
    }

    /// Something was asked why, or answered: what the answer names is lit up.
    fn wondered(&mut self, happened: WhyHappened) {
        self.why.heard(happened);
        self.diagram.heard(self.why.lit());
    }

    /// Says something in place of what was said; but for the last of a run that cannot be opened, which is the reader's to let go of.
    pub fn say(&mut self, notice: Notice) {
        if !matches!(self.notice, Some(Notice::Lost(..))) {
            self.notice = Some(notice);
        }
    }

    fn select(&mut self, selection: Option<Selection>) {
        if self.selection != selection {
            // An event of the answer may be looked at beside it; whoever looks into something else has read it.
            if self.why.is_open() && !matches!(selection, Some(Selection::Event(_))) {
                self.wondered(WhyHappened::Close);
            }
            self.selection = selection;
            self.inspector = None;
            self.message = None;
            self.explained = None;
        }
    }
}

impl Reducible for Page {
    type Action = Happened;

    fn reduce(self: Rc<Self>, happened: Happened) -> Rc<Self> {
        let mut page = Rc::unwrap_or_clone(self);
        match happened {
            Happened::Reply(reply, asked) => page.heard(*reply, asked),
            Happened::Coming(coming) => page.coming(coming),
            Happened::Lasts => page.say(Notice::Lasts { empty: page.info.is_none() }),
            Happened::TryAgain => page.tries += 1,
            Happened::Unreached(asked, why) => page.unreached(asked, why),
            Happened::Nowhere => {
                page.notice = None;
                page.nowhere = true;
            }
            Happened::Died(notice) => {
                page.wondered(WhyHappened::Failed);
                page.lives += 1;
                page.playing = false;
                page.until = None;
                page.say(notice);
            }
            Happened::Play(playing) => {
                // Whoever goes on has seen where he is.
                page.notice = page.notice.take().filter(|notice| *notice != Notice::Kept || !playing);
                page.playing = playing;
                page.until = None;
                page.menu = None;
                if playing {
                    page.lesson.read_on();
                }
            }
            Happened::Until(until) => {
                page.playing = false;
                page.until = until;
            }
            Happened::Going(went) => page.going.reduce(went),
            Happened::Why(happened) => page.wondered(happened),
            Happened::Speed(speed) => page.speed = speed,
            Happened::Select(selection) => page.select(selection),
            Happened::Tab(tab) => {
                page.tab = tab;
                page.opened += 1;
            }
            Happened::Dialog(dialog) => {
                page.playing &= dialog.is_none();
                page.dialog = dialog;
                page.menu = None;
                page.link = None;
                page.finding = Finding::default();
                page.hands.scenario = None;
            }
            Happened::Menu(menu) => {
                // What is on its way would have arrived before anything is chosen.
                page.playing &= !matches!(menu, Some(Menu { about: About::Message(_), .. }));
                page.menu = menu;
                page.hands.link = None;
            }
            Happened::Say(notice) => page.say(notice),
            Happened::Writing(wrote) => page.writing.heard(wrote),
            Happened::Dismiss => page.notice = None,
            Happened::Branch(turn) => page.turn(turn),
            Happened::Afresh => {
                page.notice = None;
                page.branching.refused = true;
            }
            Happened::Went => page.go_to = None,
            Happened::Lesson(did) => page.lesson.did(did),
            Happened::Tour(to) => {
                page.tour = to;
                page.look.toured |= to.is_none();
            }
            Happened::Look(look) => page.look = look,
            Happened::System(dark) => page.look.system_dark = dark,
            Happened::Diagram(happened) => page.diagram.heard(happened),
            Happened::Hands(did) => {
                if let Some(notice) = page.hands.reduce(did) {
                    page.say(notice);
                }
            }
        }
        Rc::new(page)
    }
}
