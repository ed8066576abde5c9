//! What the page knows: the last answers of the session, and what the reader has opened or chosen. It decides nothing
//! about the run.

use crate::branches::{Asking, Branching, Turn, view};
use crate::diagram::{Diagram, DiagramHappened, way};
use crate::export::Exporting;
use crate::find::Finding;
use crate::hands::{Did, Hands};
use crate::lesson::{Lesson, LessonDid};
use crate::link::{Wanted, wanted};
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
    BranchView, CommandView, ExpectationView, Failure, Fate, LessonView, LibraryEntry, Loaded, MessageView,
    Problem, Reply, ScenarioInfo, Shown, Stopped,
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
    /// The dialog in front.
    pub dialog: Option<Dialog>,
    /// The menu at a point.
    pub menu: Option<Menu>,
    /// Something said once.
    pub notice: Option<Notice>,
    /// What the reader has opened of branches.
    pub branching: Branching,
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

    fn heard(&mut self, reply: Reply, asked: Asked) {
        match reply {
            Reply::Loaded(loaded) => self.loaded(*loaded, asked),
            Reply::Shown(shown) => self.shown(*shown, asked),
            Reply::Checked(problems) => {
                if asked == Asked::Check(self.loads) {
                    self.problems.put(problems);
                }
            }
            Reply::Completed(completion) => self.writing.offered(*completion),
            Reply::Library(library) => self.library = Same::new(library),
            Reply::Inspector(inspector) if self.selection == Some(Selection::Process(inspector.id)) => {
                put(&mut self.inspector, *inspector);
            }
            Reply::Inspector(_) => {}
            Reply::Message(message) if self.selection == Some(Selection::Message(message.message)) => {
                put(&mut self.message, *message);
            }
            Reply::Message(_) => {}
            Reply::Logs(logs) => put(&mut self.logs, logs),
            Reply::Window(window) => put(&mut self.window, *window),
            Reply::Events(events) => match asked {
                Asked::Find(until) => self.finding.came = Some((until, Same::new(events))),
                _ => self.events.put(events),
            },
            Reply::Explained(lines) => {
                if let Asked::Explain(event) = asked {
                    self.explained = Some((event, Same::new(lines)));
                }
            }
            Reply::Why(answer) => self.wondered(WhyHappened::Answered(answer)),
            Reply::Link(link) => self.link = Some(link),
            Reply::LinkVerbs(link) => self.hands.link = Some(Same::new(*link)),
            Reply::Compared(comparison) => self.compared(*comparison),
            Reply::Other(other) => self.beside(*other),
            Reply::Run(_) => {} // the bridge keeps it
            Reply::Text(text) => self.hands.scenario = Some(text),
            Reply::Exported(piece) => {
                if let Asked::Export(written) = asked {
                    self.exporting.piece(written, *piece);
                }
            }
            Reply::StopsAt(views) => self.going.views.put(views),
            Reply::Judged(view) => put(&mut self.going.judged, *view),
            Reply::Kinds(kinds) => self.going.kinds.put(kinds),
            Reply::Failed(failure) => self.failed(failure, asked),
        }
    }

    fn loaded(&mut self, loaded: Loaded, asked: Asked) {
        let Loaded { scenario, shown, differs, view } = loaded;
        // A fresh worker that could only be brought to the beginning: what the dead one's end made the page say stays.
        let said = self.notice.take().filter(|_| asked == Asked::Again);
        let mut diagram = self.diagram.of_run(self.info.as_ref().map(|info| &info.name), &scenario.name);
        if !view.is_empty() {
            diagram.heard(DiagramHappened::Sieve(view::sieve(&view)));
        }
        let lesson = Lesson::predicted(view::predicted(&view));
        *self = Page {
            lesson,
            look: self.look.clone(),
            library: self.library.clone(),
            speed: self.speed,
            tab: view::tab(&view).unwrap_or(self.tab),
            selection: view::member(&view),
            branching: Branching { view: (!view.is_empty()).then_some(view), ..Branching::default() },
            loads: self.loads + 1,
            linked: asked == Asked::Open
                || (asked == Asked::Again && self.linked)
                || asked == Asked::Kept && linked(),
            jumps: self.jumps,
            // What was kept stands where the reader left it.
            playing: self.playing && asked != Asked::Kept && !(asked == Asked::File && shown.is_under_way()),
            notice: differs.map(Notice::Differs).or(said).or((asked == Asked::Kept).then_some(Notice::Kept)),
            lives: self.lives,
            diagram,
            going: self.going.again(),
            tour: self.tour,
            writing: self.writing.again(),
            names: Same::new(Names::of(&scenario.names)),
            problems: Same::new(scenario.warnings.clone()),
            info: Some(Same::new(scenario)),
            ..Page::default()
        };
        self.shown(shown, asked);
    }

    fn shown(&mut self, shown: Shown, asked: Asked) {
        if let Some(names) = self.names.learn(&shown.names, &shown.frame.hosts) {
            self.names = Same::new(names);
        }
        self.head = shown.head;
        let before = std::mem::replace(&mut self.branch, shown.branch);
        self.digest = shown.digest;
        self.questions.put(shown.questions);
        self.branches.put(shown.branches);
        self.branched(before);
        if asked == Asked::Play || asked == Asked::Until {
            self.breaks(&shown.checks, shown.frame.place);
        }
        self.checks.put(shown.checks);
        self.expectations.put(shown.expectations);
        self.verbs.put(shown.verbs);
        self.marks.put(shown.marks);
        self.remarks.put(shown.remarks);
        self.commands.put(shown.commands);
        self.hands.shown(shown.undo, shown.redo, asked == Asked::Edit);
        let here = shown.frame.place;
        put(&mut self.frame, shown.frame);
        if asked != Asked::Play {
            self.jumps += 1;
        }
        self.stopped(shown.stopped, asked);
        self.taught(shown.lesson, here, asked);
        self.forget_what_is_gone();
    }

    fn stopped(&mut self, stopped: Option<Stopped>, asked: Asked) {
        let opens = matches!(asked, Asked::Open | Asked::File | Asked::Kept | Asked::Again);
        self.opening = opens && stopped == Some(Stopped::More);
        self.ended = match stopped {
            Some(Stopped::End) => Some(Ended::End),
            Some(Stopped::Quiet) => Some(Ended::Quiet),
            Some(Stopped::Budget) => Some(Ended::Budget),
            _ => None,
        };
        match stopped {
            // The checks say so as well: see `breaks`. Whoever plays on from there is stopped again.
            Some(Stopped::Violation(_)) => {
                self.playing = false;
                self.until = None;
            }
            Some(Stopped::Quiet | Stopped::Budget | Stopped::End) => {
                self.playing = false;
                self.until = None;
            }
            Some(Stopped::Breakpoint { claim, .. }) => {
                self.playing = false;
                self.until = None;
                self.notice = Some(Notice::Breakpoint(claim));
            }
            Some(Stopped::NotFound) => {
                self.until = None;
                self.notice = Some(Notice::NotFound);
            }
            Some(Stopped::Differs(phrase)) => self.notice = Some(Notice::Differs(phrase)),
            Some(Stopped::Predicate | Stopped::Step) => self.until = None,
            Some(Stopped::Time) if asked == Asked::Until => self.until = None,
            Some(Stopped::More | Stopped::Time) | None => {}
        }
    }

    /// How far the lesson is at the place shown. A step that is to be read first stops time.
    fn taught(&mut self, view: Option<LessonView>, here: Place, asked: Asked) {
        let steps = self.info.as_ref().map(|info| &*info.lesson).unwrap_or_default();
        let given = self.commands.iter().rev().filter(|command| command.fate == Fate::Done);
        let last = given.map(|command| command.place).find(|place| *place <= here);
        let heard = self.lesson.heard(view, steps, here, last, asked);
        if let Some(playing) = heard.playing {
            self.playing = playing;
            self.until = None;
        }
        if let Some(speed) = heard.speed {
            self.speed = Speed::of_thousandths(speed);
        }
    }

    /// A check that broke while time ran, as the scenario expects, does not end the run: the page stops and goes there.
    fn breaks(&mut self, checks: &[CheckView], here: Place) {
        let was =
            |name: &str| self.checks.iter().any(|check| *check.name == *name && check.violation.is_some());
        let broke = checks.iter().find_map(|check| check.violation.as_ref().filter(|_| !was(&check.name)));
        let Some(violation) = broke else { return };
        self.playing = false;
        self.until = None;
        self.go_to = (violation.place.ordinal < here.ordinal).then_some(violation.place);
        self.select(violation.involved.first().map(|id| Selection::Process(*id)));
        self.notice = Some(Notice::Violation(Rc::new(violation.clone())));
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

    fn failed(&mut self, failure: Failure, asked: Asked) {
        if asked == Asked::Until {
            self.until = None;
        }
        if asked == Asked::Jump {
            self.lesson.refused();
        }
        if asked == Asked::Why {
            self.wondered(WhyHappened::Failed);
        }
        match failure {
            failure if asked == Asked::File => self.notice = Some(self.writing.refused(failure)),
            // Nothing was asked for that anybody waits for.
            _ if matches!(asked, Asked::Check(_)) => {}
            failure if matches!(asked, Asked::Export(_)) => self.exporting.failed(failure),
            // It was written by another version, perhaps: nothing that the reader can mend.
            _ if asked == Asked::Kept => self.branching.refused = true,
            Failure::Text(problems) => {
                self.problems = Same::new(problems);
                self.tab = Tab::Text;
                self.playing = false;
            }
            Failure::Command(problem) => self.hands.problem = Some(Rc::new(*problem)),
            Failure::Link(phrase) => self.notice = Some(Notice::Link(phrase)),
            // A process or message that was looked at may just have gone: nothing to tell.
            Failure::Refused(_) if asked == Asked::Look => {}
            Failure::Refused(phrase) => self.notice = Some(Notice::Refused(phrase)),
        }
    }
}

impl Reducible for Page {
    type Action = Happened;

    fn reduce(self: Rc<Self>, happened: Happened) -> Rc<Self> {
        let mut page = Rc::unwrap_or_clone(self);
        match happened {
            Happened::Reply(reply, asked) => page.heard(*reply, asked),
            Happened::Died(notice) => {
                page.wondered(WhyHappened::Failed);
                page.lives += 1;
                page.playing = false;
                page.until = None;
                page.notice = Some(notice);
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
            Happened::Tab(tab) => page.tab = tab,
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
            Happened::Say(notice) => page.notice = Some(notice),
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
            Happened::Hands(did) => page.notice = page.hands.reduce(did).or(page.notice),
        }
        Rc::new(page)
    }
}

fn linked() -> bool {
    matches!(wanted(), Some(Wanted::Link(_)))
}

fn put<T: PartialEq>(slot: &mut Option<Same<T>>, value: T) {
    match slot {
        Some(old) => old.put(value),
        None => *slot = Some(Same::new(value)),
    }
}
