//! The page's dealings with its worker: what was asked and not yet answered, and a fresh worker when one dies.
//!
//! The worker answers in order, one reply a request, so what an answer belongs to is known by counting. After a death the
//! page still holds the run as a file, with every branch: the fresh worker gets the same run from it. Before the first such file has
//! come there are the scenario's text and the commands given by hand.

use crate::branches::keep::Keeper;
use crate::state::{Asked, Happened, Notice, Page};
use crate::wire::{Heard, Wire};
use crate::writing::files;
use muster_core::session::api::{Fate, Reply, Request, ScenarioInfo, SeekTo, Shown};
use muster_core::view::Place;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;
use yew::prelude::*;

/// Enough for any stretch between two commands when a run is made again.
const WITHOUT_LIMIT: u64 = u64::MAX;

/// The page's dealings with its worker.
#[derive(Clone)]
pub struct Bridge(Rc<RefCell<Inner>>);

struct Inner {
    wire: Option<Wire>,
    /// Counts workers: what a dead one still says is not heard.
    life: u32,
    unanswered: VecDeque<(Asked, std::mem::Discriminant<Request>)>,
    /// How often it died without having answered anything that the reader asked.
    deaths: u32,
    journal: Journal,
    keeper: Keeper,
    page: UseReducerDispatcher<Page>,
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

impl Bridge {
    /// A bridge with a fresh worker.
    pub fn new(page: UseReducerDispatcher<Page>) -> Self {
        let bridge = Bridge(Rc::new(RefCell::new(Inner {
            wire: None,
            life: 0,
            unanswered: VecDeque::new(),
            deaths: 0,
            journal: Journal::default(),
            keeper: Keeper::default(),
            page,
        })));
        bridge.start_worker();
        bridge
    }

    /// Asks.
    pub fn ask(&self, request: &Request, asked: Asked) {
        let mut inner = self.0.borrow_mut();
        let Some(wire) = &inner.wire else { return };
        wire.send(request);
        inner.unanswered.push_back((asked, std::mem::discriminant(request)));
    }

    /// Asks, unless the same kind of question has not been answered yet: for what is asked again and again.
    pub fn ask_once(&self, request: &Request, asked: Asked) -> bool {
        let kind = std::mem::discriminant(request);
        if self.0.borrow().unanswered.iter().any(|(_, waiting)| *waiting == kind) {
            return false;
        }
        self.ask(request, asked);
        true
    }

    /// Who keeps the run.
    pub fn keeper(&self) -> Keeper {
        self.0.borrow().keeper.clone()
    }

    /// Lets the worker panic: for tests, in a page whose address asks for it.
    pub fn provoke(&self) {
        if let Some(wire) = &self.0.borrow().wire {
            wire.provoke();
        }
    }

    /// Is something on its way that will move the place shown?
    pub fn moving(&self) -> bool {
        self.0.borrow().unanswered.iter().any(|(asked, _)| {
            !matches!(
                asked,
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

    fn start_worker(&self) {
        let life = {
            let mut inner = self.0.borrow_mut();
            inner.life += 1;
            inner.unanswered.clear();
            inner.wire = None; // stops the last one
            inner.life
        };
        let bridge = self.clone();
        let wire = Wire::start(move |heard| bridge.heard(life, heard));
        match wire {
            Ok(wire) => self.0.borrow_mut().wire = Some(wire),
            Err(error) => self.tell(Happened::Died(Notice::Gone(format!("{error:?}")))),
        }
    }

    fn heard(&self, life: u32, heard: Heard) {
        if self.0.borrow().life != life {
            return;
        }
        match heard {
            Heard::Reply(reply) => {
                let asked = {
                    let mut inner = self.0.borrow_mut();
                    let asked = inner.unanswered.pop_front().map_or(Asked::Look, |(asked, _)| asked);
                    if asked != Asked::Replay {
                        inner.journal.note(&reply);
                    }
                    match &reply {
                        Reply::Run(text) if asked == Asked::KeepRun => {
                            let name = inner.journal.name.clone();
                            let kept =
                                crate::export::file::keep(&[text.to_string()], "application/yaml", &name);
                            inner.page.dispatch(Happened::Say(
                                kept.map_or(Notice::Unkept, |()| Notice::Saved(name)),
                            ));
                        }
                        Reply::Run(text) => inner.keeper.heard(text),
                        // The run that is made again is the one that is kept.
                        Reply::Loaded(_) if asked != Asked::Again => inner.keeper.lapse(),
                        _ => {}
                    }
                    asked
                };
                if asked != Asked::Replay {
                    self.tell(Happened::Reply(Box::new(reply), asked));
                }
            }
            Heard::Died(why) => self.recover(why),
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
            self.0.borrow_mut().wire = None;
            return self.tell(Happened::Died(Notice::Gone(why)));
        }
        self.start_worker();
        self.ask(&Request::Library, Asked::Look);
        let kept = self.keeper().run(deaths > 1).filter(|_| deaths < 3);
        let mut again = match kept {
            Some(text) => vec![Request::Load { text: text.into(), seed: None }],
            None => journal.again(deaths),
        };
        if let Some(last) = again.pop() {
            for request in &again {
                self.ask(request, Asked::Replay);
            }
            self.ask(&last, Asked::Again);
        }
        self.tell(Happened::Died(Notice::Restarted(why)));
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
