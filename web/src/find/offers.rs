//! What can be found beside events, and what comes of taking it.

use super::Sought;
use crate::desk::Desk;
use crate::look::{Look, prefers};
use crate::state::{Dialog, Happened, Page, Selection, Tab};
use crate::texts::of;
use crate::verbs::carry_out;
use crate::writing::files;
use muster_core::process::{ProcessId, Time};
use muster_core::session::api::{Request, SeekTo};
use muster_core::view::{Place, Verb};
use std::rc::Rc;
use std::sync::Arc;

/// Kinds of what is found.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// A time, an event by its number.
    Places,
    /// Processes.
    Processes,
    /// Marks.
    Marks,
    /// What can be done to the cluster.
    Verbs,
    /// What the page can do.
    Page,
    /// Scenarios.
    Scenarios,
    /// Events.
    Events,
}

impl Group {
    /// In words.
    pub fn words(self, desk: &Desk) -> &'static str {
        let t = desk.t;
        match self {
            Group::Places => t.found_places,
            Group::Processes => t.found_processes,
            Group::Marks => t.by_marks,
            Group::Verbs => t.found_verbs,
            Group::Page => t.found_page,
            Group::Scenarios => t.scenarios,
            Group::Events => t.events,
        }
    }
}

/// Something found.
#[derive(Clone)]
pub struct Offer {
    /// What it is.
    pub words: String,
    /// What more there is to say: when, by which key.
    pub beside: String,
    what: What,
}

#[derive(Clone)]
enum What {
    Event(Place),
    Ordinal(u64),
    Time(Time),
    Process(ProcessId),
    Verb(Rc<Verb>),
    Scenario(Arc<str>),
    Tab(Tab),
    Dialog(Dialog),
    Share,
    Play(bool),
    Ask(Request),
    Look(Look),
    Tour,
    Do(fn(&Desk)),
}

impl Offer {
    fn new(words: impl Into<String>, beside: impl Into<String>, what: What) -> Self {
        Offer { words: words.into(), beside: beside.into(), what }
    }

    /// An event.
    pub fn event(desk: &Desk, place: Place, words: &str) -> Self {
        Offer::new(words, format!("{} {}", desk.t.event, place.ordinal), What::Event(place))
    }

    /// Takes it: the box closes first.
    pub fn take(&self, desk: &Desk) {
        desk.tell(Happened::Dialog(None));
        match &self.what {
            What::Event(place) => desk.go(*place),
            What::Ordinal(ordinal) => desk.jump(Request::Seek(SeekTo::Ordinal(*ordinal))),
            What::Time(at) => desk.jump(Request::Seek(SeekTo::Time(*at))),
            What::Process(id) => desk.select(Selection::Process(*id)),
            What::Verb(verb) => carry_out(desk, verb, Vec::new()),
            What::Scenario(name) => {
                // The box made time stand still; another run begins as the first one did.
                desk.tell(Happened::Play(!prefers("(prefers-reduced-motion: reduce)")));
                desk.ask(Request::LoadLibrary { name: Arc::clone(name), seed: None });
            }
            What::Tab(tab) => desk.tell(Happened::Tab(*tab)),
            What::Dialog(dialog) => desk.open(dialog.clone()),
            What::Share => crate::dialogs::share(desk),
            What::Play(on) => desk.tell(Happened::Play(*on)),
            What::Ask(request) => desk.ask(request.clone()),
            What::Do(act) => act(desk),
            What::Tour => desk.tell(Happened::Tour(Some(0))),
            What::Look(look) => desk.tell(Happened::Look(look.clone())),
        }
    }
}

/// What fits, by kinds.
pub fn offers(desk: &Desk, page: &Page, sought: &str, fits: &Sought) -> Vec<(Group, Vec<Offer>)> {
    let mut groups = vec![
        (Group::Places, places(desk, page, sought)),
        (Group::Processes, processes(desk, page)),
        (Group::Marks, if sought.is_empty() { Vec::new() } else { marks(desk, page) }),
        (Group::Verbs, verbs(desk, page)),
        (Group::Page, doings(desk, page)),
        (Group::Scenarios, scenarios(desk, page)),
    ];
    for (group, offers) in &mut groups {
        if *group != Group::Places {
            offers.retain(|offer| fits.fits(&format!("{} {}", offer.words, offer.beside)));
            // What is called so comes before what only has the words in its story.
            offers.sort_by_key(|offer| !fits.fits(&offer.words));
        }
    }
    groups
}

/// `2.5 s`, `300 ms`, `1 min`, or the number of an event.
fn places(desk: &Desk, page: &Page, sought: &str) -> Vec<Offer> {
    let number_ends =
        sought.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(sought.len());
    let (number, unit) = sought.split_at(number_ends);
    let Ok(number) = number.parse::<f64>() else { return Vec::new() };
    let scale = match unit.trim() {
        "" if number.fract() == 0.0 && !sought.contains('.') => {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "whole and not negative"
            )]
            let ordinal = (number as u64).min(page.head.ordinal);
            let words = format!("{} {ordinal}", desk.t.event);
            return vec![Offer::new(words, "", What::Ordinal(ordinal)), time(desk, page, number * 1e9)];
        }
        "" | "s" | "秒" => 1e9,
        "ms" | "毫秒" => 1e6,
        "us" | "µs" => 1e3,
        "min" | "分" => 6e10,
        "h" => 3.6e12,
        _ => return Vec::new(),
    };
    vec![time(desk, page, number * scale)]
}

fn time(desk: &Desk, page: &Page, nanos: f64) -> Offer {
    let at = crate::panel::time(nanos).min(page.head.at);
    Offer::new(desk.instant(at), "", What::Time(at))
}

fn processes(desk: &Desk, page: &Page) -> Vec<Offer> {
    let actors = page.frame.iter().flat_map(|frame| &frame.actors);
    let offer = |actor: &muster_core::view::Actor| {
        let role = actor.role.map(|role| desk.word(role.key)).unwrap_or_default();
        Offer::new(actor.name.to_string(), role, What::Process(actor.id))
    };
    actors.map(offer).collect()
}

fn marks(desk: &Desk, page: &Page) -> Vec<Offer> {
    let offer = |mark: &muster_core::view::Mark| {
        Offer::new(desk.say(&mark.phrase), desk.instant(mark.place.at), What::Event(mark.place))
    };
    page.marks.iter().map(offer).collect()
}

fn verbs(desk: &Desk, page: &Page) -> Vec<Offer> {
    let open = page.verbs.iter().filter(|verb| verb.disabled.is_none());
    let own =
        page.inspector.iter().flat_map(|inspector| &inspector.verbs).filter(|verb| verb.disabled.is_none());
    let who =
        page.inspector.as_ref().map(|inspector| desk.names.of_process(inspector.id)).unwrap_or_default();
    let offer = |verb: &Verb, beside: &str| {
        Offer::new(desk.word(verb.label), beside, What::Verb(Rc::new(verb.clone())))
    };
    own.map(|verb| offer(verb, &who)).chain(open.map(|verb| offer(verb, ""))).collect()
}

/// What the page itself can do, with its key.
fn doings(desk: &Desk, page: &Page) -> Vec<Offer> {
    let t = desk.t;
    let running = page.playing || page.until.is_some();
    let other = match page.look.lang {
        muster_words::Lang::En => muster_words::Lang::Zh,
        muster_words::Lang::Zh => muster_words::Lang::En,
    };
    let look = |look: Look| What::Look(look);
    vec![
        Offer::new(if running { t.pause } else { t.play }, "Space", What::Play(!running)),
        Offer::new(t.to_start, "Home", What::Ask(Request::Seek(SeekTo::Ordinal(0)))),
        Offer::new(t.to_end, "End", What::Ask(Request::Seek(SeekTo::End))),
        Offer::new(t.fork_words, "f", What::Ask(Request::Fork { name: None })),
        Offer::new(t.undo, "u", What::Ask(Request::Undo)),
        Offer::new(format!("{} · {}", t.conditions, t.breakpoints), "b", What::Dialog(Dialog::Conditions)),
        Offer::new([t.share, ": ", t.share_words].concat(), "", What::Share),
        Offer::new([t.export, ": ", t.export_words].concat(), "", What::Dialog(Dialog::Export)),
        Offer::new(t.open_file, "", What::Do(|_| files::ask_for_file())),
        Offer::new(t.save_run, "", What::Do(files::save_run)),
        Offer::new(t.save_scenario, "", What::Do(files::save_scenario)),
        Offer::new(t.keys, "?", What::Dialog(Dialog::Keys)),
        Offer::new(t.tour, "", What::Tour),
        Offer::new(t.timeline, "", What::Tab(Tab::Timeline)),
        Offer::new(t.logs, "", What::Tab(Tab::Logs)),
        Offer::new(t.events, "", What::Tab(Tab::Events)),
        Offer::new(t.commands, "", What::Tab(Tab::Commands)),
        Offer::new(t.checks, "", What::Tab(Tab::Checks)),
        Offer::new(t.text, "", What::Tab(Tab::Text)),
        Offer::new(t.other_language, "", look(Look { lang: other, ..page.look.clone() })),
        Offer::new(t.theme_next, "", look(Look { theme: page.look.theme.next(), ..page.look.clone() })),
    ]
}

fn scenarios(desk: &Desk, page: &Page) -> Vec<Offer> {
    let offer = |entry: &muster_core::session::api::LibraryEntry| {
        let beside = of(&entry.story, desk.lang).to_owned();
        Offer::new(of(&entry.title, desk.lang), beside, What::Scenario(Arc::clone(&entry.name)))
    };
    page.library.iter().map(offer).collect()
}
