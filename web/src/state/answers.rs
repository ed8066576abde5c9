//! What becomes of the page when the session answers, and when it refuses: an answer changes what it is about, a refusal only says
//! why.

use super::{Asked, Ended, Page, Selection};
use crate::branches::{Branching, keep, view};
use crate::diagram::DiagramHappened;
use crate::lesson::Lesson;
use crate::link::{Wanted, wanted};
use crate::names::Names;
use crate::notice::Notice;
use crate::same::{Same, put};
use crate::speed::Speed;
use crate::state::Tab;
use crate::why::WhyHappened;
use muster_core::session::api::{Failure, Fate, LessonView, Loaded, Reply, Shown, Stopped};
use muster_core::view::{CheckView, Place};
use std::rc::Rc;
use std::sync::Arc;

impl Page {
    /// An answer came to what was asked.
    pub(super) fn heard(&mut self, reply: Reply, asked: Asked) {
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
            Reply::Side(view) => self.side(*view),
            Reply::Figures(figures) => self.figured(figures),
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
            Reply::Elsewhere(_) => {} // the bridge asks another worker
        }
    }

    fn loaded(&mut self, loaded: Loaded, asked: Asked) {
        let Loaded { scenario, shown, differs, view } = loaded;
        // A fresh worker that could only be brought to the beginning: what the dead one's end made the page say stays.
        // So does what was wrong with the address, where the example is opened instead; and, whatever is opened, a run that could not
        // be, until the reader lets go of it.
        let nowhere = self.info.is_none() && asked == Asked::Jump;
        let notice = match self.notice.take() {
            lost @ Some(Notice::Lost(..)) => lost,
            said => {
                let said = said.filter(|_| asked == Asked::Again || nowhere);
                differs.map(Notice::Differs).or(said).or((asked == Asked::Kept).then_some(Notice::Kept))
            }
        };
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
            tab: view::tab(&view).unwrap_or(match (self.tab, scenario.sides.is_empty()) {
                (Tab::Figures, true) => Tab::Timeline,
                // What a comparison is for.
                (Tab::Timeline, false) => Tab::Figures,
                (tab, _) => tab,
            }),
            selection: view::member(&view),
            branching: Branching { view: (!view.is_empty()).then_some(view), ..Branching::default() },
            loads: self.loads + 1,
            linked: asked == Asked::Open
                || (asked == Asked::Again && self.linked)
                || asked == Asked::Kept && linked(),
            jumps: self.jumps,
            // What was kept stands where the reader left it.
            playing: self.playing
                && asked != Asked::Kept
                && !(matches!(asked, Asked::File | Asked::Text) && shown.is_under_way()),
            notice,
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
        if let Some(names) = self.names.learn(&shown.names, &shown.frame) {
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
        // A saved run is on its way to where it was left, also one that was mended in the editor.
        let opens = matches!(asked, Asked::Open | Asked::File | Asked::Text | Asked::Kept | Asked::Again);
        self.opening = opens && stopped == Some(Stopped::More);
        self.ended = match stopped {
            Some(Stopped::End) => Some(Ended::End),
            Some(Stopped::Quiet) => Some(Ended::Quiet),
            Some(Stopped::Budget) => Some(Ended::Budget),
            _ => None,
        };
        match stopped {
            // The checks say so as well: see `breaks`. Whoever plays on from there is stopped again.
            Some(Stopped::Violation(_) | Stopped::Quiet | Stopped::Budget | Stopped::End) => {
                self.playing = false;
                self.until = None;
            }
            Some(Stopped::Breakpoint { claim, .. }) => {
                self.playing = false;
                self.until = None;
                self.say(Notice::Breakpoint(claim));
            }
            Some(Stopped::NotFound) => {
                self.until = None;
                self.say(Notice::NotFound);
            }
            Some(Stopped::Differs(phrase)) => self.say(Notice::Differs(phrase)),
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
        self.say(Notice::Violation(Rc::new(violation.clone())));
    }

    /// A file was not opened. What is wrong with its text can be mended in the editor.
    fn not_opened(&mut self, failure: Failure) {
        let shown = self.info.as_ref().map(|info| Arc::clone(&info.text)).unwrap_or_default();
        let (notice, problems) = self.writing.refused(failure, &shown);
        self.say(notice);
        if let Some(problems) = problems {
            self.problems = Same::new(problems);
            self.tab = Tab::Text;
        }
    }

    /// What the browser kept was not opened: it was written by another version, perhaps. The reader may keep it elsewhere.
    fn not_reopened(&mut self, failure: Failure) {
        let why = match failure {
            Failure::Text(problems) => problems.into_iter().next().map(|problem| problem.phrase),
            Failure::Command(problem) => Some(problem.phrase),
            Failure::Link(phrase) | Failure::Refused(phrase) => Some(phrase),
        };
        let text = keep::kept().map(|kept| kept.text);
        self.notice = why.zip(text).map(|(why, text)| Notice::Lost(why, text.into()));
        self.branching.refused = true;
    }

    /// Something was refused; where nothing is shown yet, the address led nowhere.
    fn led_nowhere(&mut self, notice: Notice) {
        self.nowhere |= self.info.is_none();
        self.say(notice);
    }

    /// The systems of what is to be opened are on their way, or no longer.
    pub(super) fn coming(&mut self, coming: bool) {
        match (coming, &self.notice) {
            (true, _) => self.say(Notice::Coming),
            (false, Some(Notice::Coming | Notice::Lasts { .. })) => self.notice = None,
            (false, _) => {}
        }
    }

    /// They could not be had. What is shown stays, and so does what the browser keeps; what the address says is not shown.
    pub(super) fn unreached(&mut self, asked: Asked, why: String) {
        if asked == Asked::Jump {
            self.lesson.refused();
        }
        self.refusals += 1;
        self.say(Notice::Unreached { why, empty: self.info.is_none() });
    }

    /// What was asked for was refused: why.
    fn failed(&mut self, failure: Failure, asked: Asked) {
        if asked == Asked::Until {
            self.until = None;
        }
        // What cannot be gone on with is not on its way any more.
        if asked == Asked::Open {
            self.opening = false;
        }
        if asked == Asked::Jump {
            self.lesson.refused();
        }
        if asked == Asked::Why {
            self.wondered(WhyHappened::Failed);
        }
        match failure {
            failure if asked == Asked::File => self.not_opened(failure),
            // Nothing was asked for that anybody waits for.
            _ if matches!(asked, Asked::Check(_)) => {}
            failure if matches!(asked, Asked::Export(_)) => self.exporting.failed(failure),
            failure if asked == Asked::Kept => self.not_reopened(failure),
            Failure::Text(problems) => {
                self.problems = Same::new(problems);
                self.tab = Tab::Text;
                self.playing = false;
            }
            Failure::Command(problem) => self.hands.problem = Some(Rc::new(*problem)),
            Failure::Link(phrase) => self.led_nowhere(Notice::Link(phrase)),
            // A process or message that was looked at may just have gone: nothing to tell.
            Failure::Refused(_) if asked == Asked::Look => {}
            Failure::Refused(phrase) => self.led_nowhere(Notice::Refused(phrase)),
        }
    }
}

/// Did the reader come by a link?
fn linked() -> bool {
    matches!(wanted(), Some(Wanted::Link(_)))
}
