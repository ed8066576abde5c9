//! Asks again for what is only looked at (inspector, logs, events, timeline) when the place shown has changed: the newest
//! state once the last answer is here, not every state.

use crate::bridge::Bridge;
use crate::hooks::use_frames;
use crate::panel::View;
use crate::state::{Asked, Dialog, Page, Selection, Tab};
use muster_core::process::Time;
use muster_core::session::api::{Request, SeekTo};
use muster_core::view::Place;
use muster_core::words::Key as WordKey;
use std::cell::Cell;
use std::rc::Rc;
use yew::prelude::*;

/// While time runs, the timeline is asked for this often, in milliseconds: what it lacks is a gap at the playhead.
const EVERY: f64 = 120.0;
/// And what is read, word by word: nobody follows more. What changes after a while of quiet is asked for at once.
const READ_EVERY: f64 = 500.0;
/// Most arrows in the timeline, and while time runs.
const ARROWS: u32 = 1_500;
const ARROWS_RUNNING: u32 = 500;
/// Most events in it, as dots: fewer while time runs and nobody can read them.
const DOTS: u32 = 1_000;
const DOTS_RUNNING: u32 = 300;
/// Lines in the event list, fewer while time runs and they rush by, and how many of them lie ahead.
const LINES: u32 = 160;
const LINES_RUNNING: u32 = 20;
const AHEAD: u64 = 40;
/// Columns of the log table.
const COLUMNS: u32 = 24;

/// What components want that changes faster than the page is drawn.
#[derive(Clone, Default)]
pub struct Wishes(Rc<WishesInner>);

#[derive(Default)]
struct WishesInner {
    view: Cell<View>,
    scrub: Cell<Option<Time>>,
}

impl PartialEq for Wishes {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Wishes {
    /// The stretch of time that the timeline shows.
    pub fn view(&self) -> View {
        self.0.view.get()
    }

    /// Another stretch.
    pub fn set_view(&self, view: View) {
        self.0.view.set(view);
    }

    /// To this instant, as soon as the last answer is here: only the newest wish counts.
    pub fn scrub(&self, to: Time) {
        self.0.scrub.set(Some(to));
    }
}

/// What a question depends on: asked again when it differs.
#[derive(Clone, PartialEq, Default)]
struct Key {
    loads: u32,
    lives: u32,
    branch: u32,
    branches: usize,
    commands: usize,
    place: Place,
    head: Place,
    what: Option<What>,
}

#[derive(Clone, PartialEq)]
enum What {
    Selected(Selection),
    Tab(Tab),
    Lines(u32),
    Stretch(Time, Time, u32, Vec<WordKey>),
}

#[derive(Default)]
struct Last {
    when: f64,
    read: f64,
    selected: Key,
    tab: Key,
}

/// Keeps what is looked at up to date.
#[hook]
pub fn use_refresh(bridge: &Bridge, page: &UseReducerHandle<Page>, wishes: &Wishes) {
    let last = use_mut_ref(Last::default);
    let (bridge, page, wishes) = (bridge.clone(), page.clone(), wishes.clone());
    use_frames(move |now| {
        scrub(&bridge, &wishes);
        let running = page.playing || page.until.is_some();
        let mut last = last.borrow_mut();
        if page.frame.is_none() {
            return;
        }
        if (!running || now - last.read >= READ_EVERY) && selected(&bridge, &page, &mut last.selected) {
            last.read = now;
            // What two answers lead to is not for one frame.
            if running {
                return;
            }
        }
        let pause = if matches!(page.tab, Tab::Timeline) { EVERY } else { READ_EVERY };
        if (!running || now - last.when >= pause) && opened(&bridge, &page, &wishes, &mut last.tab) {
            last.when = now;
        }
    });
}

fn scrub(bridge: &Bridge, wishes: &Wishes) {
    if !bridge.moving()
        && let Some(to) = wishes.0.scrub.take()
    {
        bridge.ask(&Request::Seek(SeekTo::Time(to)), Asked::Jump);
    }
}

fn key(page: &Page, what: What) -> Key {
    Key {
        loads: page.loads,
        lives: page.lives,
        branch: page.branch,
        branches: page.branches.len(),
        commands: page.commands.len(),
        place: page.frame.as_ref().map_or(Place::default(), |frame| frame.place),
        head: page.head,
        what: Some(what),
    }
}

/// The process or message that is selected; whether it was asked for.
fn selected(bridge: &Bridge, page: &Page, last: &mut Key) -> bool {
    let Some(selection) = page.selection else {
        *last = Key::default();
        return false;
    };
    let key = key(page, What::Selected(selection));
    let gone = |id| page.frame.as_ref().is_none_or(|frame| frame.flights.iter().all(|f| f.message != id));
    let (request, asked) = match selection {
        Selection::Process(id) => (Request::Inspect(id), Asked::Look),
        Selection::Message(id) if gone(id) => return false,
        Selection::Message(id) => (Request::InspectMessage(id), Asked::Look),
        // What an event was does not change with the place shown.
        Selection::Event(id) if page.explained.as_ref().is_some_and(|(event, _)| *event == id) => {
            return false;
        }
        Selection::Event(id) => (Request::Explain { event: id, depth: 1 }, Asked::Explain(id)),
    };
    let asks = key != *last && bridge.ask_once(&request, asked);
    if asks {
        *last = key;
    }
    asks
}

/// What the open panel shows; whether it was asked for.
fn opened(bridge: &Bridge, page: &Page, wishes: &Wishes, last: &mut Key) -> bool {
    let place = page.frame.as_ref().map_or(Place::default(), |frame| frame.place);
    // Whoever exports may want the diagram.
    let tab = if page.dialog == Some(Dialog::Export) { Tab::Timeline } else { page.tab };
    let (key, request) = match tab {
        Tab::Timeline => {
            // A little more than is seen on either side, in steps, so that following the playhead asks seldom.
            let view = wishes.view().following(place.at.nanos() as f64);
            let step = view.span / 4.0;
            let from = crate::panel::time(((view.from / step).floor() - 1.0) * step);
            let to = crate::panel::time(((view.to() / step).ceil() + 1.0) * step);
            let without = page.diagram.sieve.without.clone();
            let running = page.playing || page.until.is_some();
            let (arrows, dots) = if running { (ARROWS_RUNNING, DOTS_RUNNING) } else { (ARROWS, DOTS) };
            let mut key = key(page, What::Stretch(from, to, dots, without.clone()));
            if place != page.head {
                key.place = Place::default(); // the past does not change by looking at it
            }
            (key, Request::Window { from, to, arrows, dots, without })
        }
        Tab::Logs => {
            let group = logged(page);
            (key(page, What::Tab(page.tab)), Request::Logs { group, first: None, columns: COLUMNS })
        }
        Tab::Events => {
            let running = page.playing || page.until.is_some();
            let (count, ahead) = if running { (LINES_RUNNING, 0) } else { (LINES, AHEAD) };
            (key(page, What::Lines(count)), Request::Events { until: place.ordinal + ahead, count })
        }
        Tab::Checks | Tab::Text | Tab::Commands | Tab::Figures => return false,
    };
    let asks = key != *last && bridge.ask_once(&request, Asked::Look);
    if asks {
        *last = key;
    }
    asks
}

/// The system whose logs are shown: that of the selected process, or else of the first member.
fn logged(page: &Page) -> u16 {
    let Some(frame) = &page.frame else { return 0 };
    let chosen = match page.selection {
        Some(Selection::Process(id)) => frame.actors.iter().find(|actor| actor.id == id),
        _ => None,
    };
    let inner = |actor: &&muster_core::view::Actor| actor.ring == muster_core::view::Ring::Inner;
    let member = chosen.filter(inner).or_else(|| frame.actors.iter().find(inner));
    member.map_or(0, |actor| actor.group)
}
