//! The page's dealings with its workers: what was asked and not yet answered, and a fresh worker when one dies.
//!
//! A worker answers in order, one reply a request, so what an answer belongs to is known by counting. After a death the
//! page still holds the run as a file, with every branch: the fresh worker gets the same run from it. Before the first such file has
//! come there are the scenario's text and the commands given by hand.
//!
//! The first worker may lack systems that the page was built without. When it says so of a text, a second worker that has all of them
//! is started and asked instead. The run stays with the first until the second has one to show: then that one takes its place.

use crate::branches::keep::Keeper;
use crate::state::{Asked, Happened, Notice, Page};
use crate::wire::{Heard, Module, Wire};
use crate::writing::files;
use gloo_timers::callback::Timeout;
use muster_core::session::api::{Fate, Reply, Request, ScenarioInfo, SeekTo, Shown};
use muster_core::view::Place;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::mem::{Discriminant, discriminant};
use std::rc::Rc;
use std::sync::Arc;
use yew::prelude::*;

/// Enough for any stretch between two commands when a run is made again.
const WITHOUT_LIMIT: u64 = u64::MAX;
/// So long, in milliseconds, the module that has all systems may be on its way before the reader is told that it takes long: at 400
/// kbit/s it takes 14 s.
const PATIENCE: u32 = 20_000;

/// The page's dealings with its worker.
#[derive(Clone)]
pub struct Bridge(Rc<RefCell<Inner>>);

struct Inner {
    /// The worker that has the run.
    line: Option<Line>,
    /// The one that has all systems, while another one has the run.
    second: Option<Line>,
    /// One whose run was left while it was being saved, and what the file is called.
    leaving: Option<(Line, String)>,
    /// The module that has all systems, once a worker has compiled it.
    whole: Option<js_sys::WebAssembly::Module>,
    /// Counts workers: what a dead one still says is not heard.
    lives: u32,
    /// Counts runs that were asked for: only the last one is wanted.
    opened: u64,
    /// How often it died without having answered anything that the reader asked.
    deaths: u32,
    journal: Journal,
    keeper: Keeper,
    page: UseReducerDispatcher<Page>,
}

/// A running worker and what it has not answered yet.
struct Line {
    wire: Wire,
    life: u32,
    /// Does it run the module that has all systems, beside the page's own?
    whole: bool,
    unanswered: VecDeque<Waiting>,
    /// Until what was last wanted of it takes long, where its module is still to be loaded.
    patience: Option<Timeout>,
}

/// A request that was not answered yet.
struct Waiting {
    /// For what.
    asked: Asked,
    request: Request,
    /// How much had been opened when it was asked.
    opened: u64,
    /// What is said if it cannot be answered.
    own: Option<Box<Reply>>,
    /// The same was asked of a newer text: only that one's answer is wanted.
    older: bool,
}

impl Waiting {
    /// Was something else asked for since, so that nobody wants the answer any more?
    fn is_late(&self, opened: u64) -> bool {
        self.older || opens(&self.request) && self.opened < opened
    }
}

impl Line {
    fn ask(&mut self, request: Request, asked: Asked, opened: u64) {
        self.wire.send(&request);
        self.unanswered.push_back(Waiting { asked, request, opened, own: None, older: false });
    }

    /// Is its run being saved? Then this is what was asked.
    fn saves(&self) -> Option<&Request> {
        self.unanswered.iter().find(|waiting| waiting.asked == Asked::KeepRun).map(|waiting| &waiting.request)
    }

    /// Is it still to answer a run that is wanted?
    fn opens(&self, opened: u64) -> bool {
        self.unanswered.iter().any(|waiting| opens(&waiting.request) && !waiting.is_late(opened))
    }

    /// A newer text is asked about in this way.
    fn outdate(&mut self, kind: Discriminant<Request>) {
        for waiting in &mut self.unanswered {
            waiting.older |= discriminant(&waiting.request) == kind;
        }
    }
}

/// Does it ask for another run?
fn opens(request: &Request) -> bool {
    matches!(request, Request::Load { .. } | Request::LoadLibrary { .. } | Request::Open(_))
}

/// What a fresh worker needs to make the same run again.
#[derive(Clone, Default)]
struct Journal {
    text: Option<(Arc<str>, u64)>,
    /// What a file of it is called.
    name: String,
    commands: Vec<(Place, Arc<str>)>,
    place: Place,
}

impl Inner {
    /// Hands the reader a run as a file.
    fn save(&self, text: &str, name: String) {
        let kept = crate::export::file::keep(&[text.to_owned()], "application/yaml", &name);
        let notice = if kept.is_some() { Notice::Saved } else { Notice::Unsaved };
        self.page.dispatch(Happened::Say(notice(name)));
    }
}

impl Bridge {
    /// A bridge with a fresh worker.
    pub fn new(page: UseReducerDispatcher<Page>) -> Self {
        let bridge = Bridge(Rc::new(RefCell::new(Inner {
            line: None,
            second: None,
            leaving: None,
            whole: None,
            lives: 0,
            opened: 0,
            deaths: 0,
            journal: Journal::default(),
            keeper: Keeper::default(),
            page,
        })));
        bridge.start_first(false);
        bridge
    }

    /// Asks.
    pub fn ask(&self, request: &Request, asked: Asked) {
        let mut inner = self.0.borrow_mut();
        if opens(request) {
            inner.opened += 1;
        }
        if let Request::Check(_) | Request::Complete { .. } = request {
            let inner = &mut *inner;
            inner
                .line
                .iter_mut()
                .chain(&mut inner.second)
                .for_each(|line| line.outdate(discriminant(request)));
        }
        let opened = inner.opened;
        if let Some(line) = &mut inner.line {
            line.ask(request.clone(), asked, opened);
        }
        let late = inner.second.is_some() && opens(request);
        drop(inner);
        // What was on its way is not wanted any more.
        if late {
            self.tell(Happened::Coming(false));
        }
    }

    /// Asks, unless the same kind of question has not been answered yet: for what is asked again and again.
    pub fn ask_once(&self, request: &Request, asked: Asked) -> bool {
        let kind = discriminant(request);
        if self.waits_for(|waiting| discriminant(waiting) == kind) {
            return false;
        }
        self.ask(request, asked);
        true
    }

    /// Has a request of this sort not been answered yet?
    pub fn waits_for(&self, is: impl Fn(&Request) -> bool) -> bool {
        let inner = self.0.borrow();
        let lines = inner.line.iter().chain(&inner.second);
        lines.flat_map(|line| &line.unanswered).any(|waiting| is(&waiting.request))
    }

    /// Who keeps the run.
    pub fn keeper(&self) -> Keeper {
        self.0.borrow().keeper.clone()
    }

    /// Lets the worker panic: for tests, in a page whose address asks for it.
    pub fn provoke(&self) {
        if let Some(line) = &self.0.borrow().line {
            line.wire.provoke();
        }
    }

    /// Is something on its way that will move the place shown?
    pub fn moving(&self) -> bool {
        let inner = self.0.borrow();
        inner.line.iter().flat_map(|line| &line.unanswered).any(|waiting| {
            !matches!(
                waiting.asked,
                Asked::KeepRun
                    | Asked::Check(_)
                    | Asked::Look
                    | Asked::Explain(_)
                    | Asked::Why
                    | Asked::Find(_)
                    | Asked::Export(_)
            )
        })
    }

    /// Starts a worker; `None` if the browser does not, and then the reader was told.
    fn start(&self, whole: bool) -> Option<Line> {
        let (life, module) = {
            let mut inner = self.0.borrow_mut();
            inner.lives += 1;
            (inner.lives, if whole { Module::Whole(inner.whole.clone()) } else { Module::Mine })
        };
        let bridge = self.clone();
        match Wire::start(module, move |heard| bridge.heard(life, heard)) {
            Ok(wire) => Some(Line { wire, life, whole, unanswered: VecDeque::new(), patience: None }),
            // What was asked of it is refused; the run that is shown has a worker.
            Err(_) if whole && self.0.borrow().line.is_some() => None,
            Err(error) => {
                self.tell(Happened::Died(Notice::Gone(format!("{error:?}"))));
                None
            }
        }
    }

    /// Starts the worker that is to have the run, in the place of the last one.
    fn start_first(&self, whole: bool) {
        self.0.borrow_mut().line = None; // stops it
        let line = self.start(whole);
        self.0.borrow_mut().line = line;
    }

    fn heard(&self, life: u32, heard: Heard) {
        let (first, second) = {
            let inner = self.0.borrow();
            let is = |line: &Option<Line>| line.as_ref().is_some_and(|line| line.life == life);
            (is(&inner.line), is(&inner.second))
        };
        match heard {
            Heard::Reply(reply) if first || second => self.answered(reply, second),
            Heard::Words(words) => muster_words::learn(words),
            Heard::Compiled(module) => self.0.borrow_mut().whole = Some(module),
            Heard::Died(why) if first => self.recover(why),
            Heard::Died(why) if second => self.lost_second(&why),
            heard => self.left(life, &heard), // one that was stopped, or soon will be
        }
    }

    /// The run that was left comes as the file that was asked for, and with it its worker stops.
    fn left(&self, life: u32, heard: &Heard) {
        let mut inner = self.0.borrow_mut();
        let Some((line, name)) = inner.leaving.as_mut().filter(|(line, _)| line.life == life) else { return };
        let saved = match heard {
            Heard::Reply(reply) => match (line.unanswered.pop_front().map(|waiting| waiting.asked), reply) {
                (Some(Asked::KeepRun), Reply::Run(text)) => Some(Arc::clone(text)),
                (Some(asked), _) if asked != Asked::KeepRun => return,
                _ => None,
            },
            Heard::Died(_) => None,
            Heard::Words(_) | Heard::Compiled(_) => return,
        };
        let name = std::mem::take(name);
        match saved {
            Some(text) => inner.save(&text, name),
            None => inner.page.dispatch(Happened::Say(Notice::Unsaved(name))),
        }
        inner.leaving = None;
    }

    fn answered(&self, reply: Reply, second: bool) {
        let (asked, request, late) = {
            let mut inner = self.0.borrow_mut();
            let inner = &mut *inner;
            let line = if second { &mut inner.second } else { &mut inner.line };
            let next = line.as_mut().and_then(|line| line.unanswered.pop_front());
            let late = next.as_ref().is_some_and(|waiting| waiting.is_late(inner.opened));
            // It has a run to show, and is from now on the one that has it: the other one stops.
            if second && !late && matches!(reply, Reply::Loaded(_)) {
                let before = std::mem::replace(&mut inner.line, inner.second.take());
                // Whoever is saving the run that goes gets it first.
                let saving = before.filter(|line| line.saves().is_some());
                inner.leaving = saving.map(|line| (line, inner.journal.name.clone()));
            }
            next.map_or((Asked::Look, None, late), |waiting| (waiting.asked, Some(waiting.request), late))
        };
        let reply = match (reply, request) {
            // Something else was asked for since: nobody wants it any more.
            (Reply::Elsewhere(_), Some(_)) if late => return,
            (Reply::Elsewhere(own), Some(request)) => return self.ask_second(request, asked, own),
            (reply, _) => reply,
        };
        if second {
            self.came();
        }
        // Something else was asked for since: that one is shown.
        if second && late {
            return;
        }
        if asked == Asked::Replay {
            return;
        }
        {
            let mut inner = self.0.borrow_mut();
            inner.journal.note(&reply);
            match &reply {
                Reply::Run(text) if asked == Asked::KeepRun => {
                    let name = inner.journal.name.clone();
                    inner.save(text, name);
                }
                Reply::Run(text) => inner.keeper.heard(text),
                // The run that is made again is the one that is kept.
                Reply::Loaded(_) if asked != Asked::Again => inner.keeper.lapse(),
                _ => {}
            }
        }
        self.tell(Happened::Reply(Box::new(reply), asked));
    }

    /// Asks the worker that has all systems, and starts it first if it does not run.
    fn ask_second(&self, request: Request, asked: Asked, own: Option<Box<Reply>>) {
        if self.0.borrow().second.is_none() {
            let line = self.start(true);
            self.0.borrow_mut().second = line;
        }
        let mut inner = self.0.borrow_mut();
        let opened = inner.opened;
        let compiled = inner.whole.is_some();
        let wanted = opens(&request);
        let Some(line) = &mut inner.second else {
            drop(inner);
            return self.not_reached(asked, &request, own, "");
        };
        line.ask(request, asked, opened);
        if let Some(waiting) = line.unanswered.back_mut() {
            waiting.own = own;
        }
        // A text that is only looked at while one writes it makes nobody wait.
        if wanted && !compiled {
            let (bridge, life) = (self.clone(), line.life);
            line.patience = Some(Timeout::new(PATIENCE, move || bridge.lasts(life)));
            drop(inner);
            self.tell(Happened::Coming(true));
        }
    }

    /// Patience with a worker is at its end. It may still come; whether it is to be tried again is the reader's to say.
    fn lasts(&self, life: u32) {
        let waits = {
            let inner = self.0.borrow();
            let second = inner.second.as_ref().filter(|line| line.life == life && inner.whole.is_none());
            second.is_some_and(|line| line.opens(inner.opened))
        };
        if waits {
            self.tell(Happened::Lasts);
        }
    }

    /// The reader waits no longer for the worker that has all systems: another one is started and asked the same.
    pub fn try_again(&self) {
        let (opened, second) = {
            let mut inner = self.0.borrow_mut();
            (inner.opened, inner.second.take())
        };
        let Some(Line { wire, unanswered, .. }) = second else { return };
        drop(wire);
        for Waiting { request, asked, own, .. } in
            unanswered.into_iter().filter(|waiting| !waiting.is_late(opened))
        {
            self.ask_second(request, asked, own);
        }
    }

    /// Nobody waits any more for the worker that has all systems, unless another run is wanted of it.
    fn came(&self) {
        let waits = {
            let inner = self.0.borrow();
            inner.second.as_ref().is_some_and(|line| line.opens(inner.opened))
        };
        if !waits {
            self.tell(Happened::Coming(false));
        }
    }

    /// The worker that has all systems did not start, or died before it had a run to show. What was asked of it is refused, and the next
    /// that is asked tries again.
    fn lost_second(&self, why: &str) {
        let lost = self.0.borrow_mut().second.take();
        self.tell(Happened::Coming(false));
        let opened = self.0.borrow().opened;
        let waited = lost.into_iter().flat_map(|line| line.unanswered);
        for waiting in waited.filter(|waiting| !waiting.is_late(opened)) {
            self.not_reached(waiting.asked, &waiting.request, waiting.own, why);
        }
    }

    /// The worker without these systems has said what it can; if that is nothing, a run that was wanted is missed.
    fn not_reached(&self, asked: Asked, request: &Request, own: Option<Box<Reply>>, why: &str) {
        match own {
            Some(own) => self.tell(Happened::Reply(own, asked)),
            None if opens(request) => self.tell(Happened::Unreached(asked, why.to_owned())),
            None => {}
        }
    }

    /// Starts a fresh worker on what the dead one had. A second death at once leaves the commands out, a third gives up.
    fn recover(&self, why: String) {
        let (journal, deaths) = {
            let mut inner = self.0.borrow_mut();
            inner.deaths += 1;
            (inner.journal.clone(), inner.deaths)
        };
        if deaths > 3 {
            self.0.borrow_mut().line = None;
            return self.tell(Happened::Died(Notice::Gone(why)));
        }
        let (whole, saves) = {
            let inner = self.0.borrow();
            let dead = inner.line.as_ref();
            (dead.is_some_and(|line| line.whole), dead.and_then(Line::saves).cloned())
        };
        self.start_first(whole);
        let kept = self.keeper().run(deaths > 1).filter(|_| deaths < 3);
        let mut again = match kept {
            Some(text) => vec![Request::Load { text: text.into(), seed: None }],
            None => journal.again(deaths),
        };
        let last = again.pop();
        let opened = self.0.borrow().opened;
        if let Some(line) = &mut self.0.borrow_mut().line {
            line.ask(Request::Library, Asked::Look, opened);
            for request in again {
                line.ask(request, Asked::Replay, opened);
            }
            if let Some(last) = last {
                line.ask(last, Asked::Again, opened);
            }
            // Whoever was saving the run gets it once it stands again.
            if let Some(save) = saves.clone().filter(|_| deaths == 1) {
                line.ask(save, Asked::KeepRun, opened);
            }
        }
        self.tell(Happened::Died(Notice::Restarted(why)));
        // It may be what kills it: then it is not asked for again.
        if saves.is_some() && deaths > 1 {
            self.tell(Happened::Say(Notice::Unsaved(journal.name)));
        }
    }

    fn tell(&self, happened: Happened) {
        let page = self.0.borrow().page.clone();
        page.dispatch(happened);
    }

    /// The reader did something: earlier deaths are not held against what comes.
    pub fn trust_again(&self) {
        self.0.borrow_mut().deaths = 0;
    }
}

impl Journal {
    /// What a fresh worker is asked to come to where the dead one was: all of it, or less the more deaths there were.
    fn again(&self, deaths: u32) -> Vec<Request> {
        let Some((text, seed)) = &self.text else { return Vec::new() };
        let mut requests = vec![Request::Load { text: Arc::clone(text), seed: Some(*seed) }];
        if deaths < 3 {
            for (place, command) in &self.commands {
                requests.extend(to(*place));
                requests.push(Request::Act(Arc::clone(command)));
            }
        }
        if deaths < 2 {
            requests.extend(to(self.place));
        }
        requests
    }

    fn note(&mut self, reply: &Reply) {
        match reply {
            Reply::Loaded(loaded) => {
                let ScenarioInfo { name, text, seed, .. } = &loaded.scenario;
                self.name = files::name_of_run(name, *seed);
                self.text = Some((Arc::clone(text), *seed));
                self.shown(&loaded.shown);
            }
            Reply::Shown(shown) => self.shown(shown),
            _ => {}
        }
    }

    fn shown(&mut self, shown: &Shown) {
        self.place = shown.frame.place;
        self.commands.clear();
        let done = shown.commands.iter().filter(|command| command.fate == Fate::Done);
        self.commands.extend(done.map(|command| (command.place, Arc::clone(&command.text))));
    }
}

/// The requests that lead to a place of a branch that may not have been simulated so far.
fn to(place: Place) -> [Request; 2] {
    [Request::PlayTo { at: place.at, budget: WITHOUT_LIMIT }, Request::Seek(SeekTo::Place(place))]
}
