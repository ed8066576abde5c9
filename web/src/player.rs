//! Lets virtual time pass: before every frame it asks the session for a little more, one question at a time, so that a
//! busy worker is never flooded and the time shown never runs into debt.

use crate::bridge::Bridge;
use crate::hooks::use_frames;
use crate::state::{Asked, Page};
use crate::transport::going::Until;
use muster_core::process::{Span, Time};
use muster_core::session::api::{Request, Wanted};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use yew::prelude::*;

/// Most events in one answer: at full speed an answer then comes about every frame.
const BUDGET: u64 = 4_000;
/// Most events looked through on the way back in one answer: nothing is drawn of them.
const LOOKED_THROUGH: u64 = 40_000;
/// A run until something holds gives up after this much virtual time.
const GIVE_UP: Span = Span::secs(600);
/// More than this many milliseconds are not made up for: another window was in front, or the worker is busy.
const LONGEST_DEBT: f64 = 100.0;

/// The time drawn, between the frames that the session sends: what moves is drawn as a function of it.
#[derive(Clone, Default)]
pub struct Shown(Rc<Cell<f64>>);

impl Shown {
    /// In nanoseconds.
    pub fn nanos(&self) -> f64 {
        self.0.get()
    }
}

impl PartialEq for Shown {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

#[derive(Default)]
struct Clock {
    last_frame: Option<f64>,
    jumps: u32,
    /// Where time has got to, in virtual nanoseconds.
    at: f64,
    /// Milliseconds passed since the session was last asked.
    owed: f64,
    /// Where the way until something holds or is found began to be simulated.
    since: Option<(Until, Time)>,
}

/// Where a way until something holds or is found begins to be simulated: marks of what was simulated before are known.
fn begins(until: &Until, page: &Page) -> Time {
    match until {
        Until::Event(Wanted::Mark(_), false) => page.head.at,
        _ => page.now(),
    }
}

/// A piece of the way until something holds or is found, of which so much virtual time is left.
fn on(until: &Until, limit: Span) -> Request {
    match until {
        Until::Predicate(predicate) => {
            Request::RunUntil { predicate: Arc::clone(predicate), limit, budget: BUDGET }
        }
        Until::Event(wanted, back) => Request::SeekNext {
            wanted: *wanted,
            back: *back,
            limit,
            budget: if *back { LOOKED_THROUGH } else { BUDGET },
        },
    }
}

/// Plays while the page says so; the time to draw.
#[hook]
pub fn use_player(bridge: &Bridge, page: &UseReducerHandle<Page>) -> Shown {
    let shown = use_memo((), |()| Shown::default());
    let clock: Rc<RefCell<Clock>> = use_mut_ref(Clock::default);
    let (bridge, page, drawn) = (bridge.clone(), page.clone(), Shown::clone(&shown));
    use_frames(move |now| {
        let mut clock = clock.borrow_mut();
        let passed = clock.last_frame.map_or(0.0, |last| now - last);
        clock.last_frame = Some(now);
        clock.owed = (clock.owed + passed).min(LONGEST_DEBT);
        #[expect(clippy::cast_precision_loss, reason = "only to draw")]
        let framed = page.now().nanos() as f64;
        let running = page.playing || page.until.is_some();
        if !running || clock.jumps != page.jumps {
            clock.jumps = page.jumps;
            clock.at = framed;
            clock.owed = passed.min(LONGEST_DEBT);
        }
        // Another search begins anew.
        if clock.since.as_ref().map(|(until, _)| until) != page.until.as_ref() {
            clock.since = None;
        }
        if page.opening {
            if !bridge.moving() {
                bridge.ask(&Request::Continue { budget: BUDGET }, Asked::Open);
            }
        } else if let Some(until) = &page.until {
            if !bridge.moving() {
                let (_, since) = clock.since.get_or_insert_with(|| (until.clone(), begins(until, &page)));
                let left = Span(GIVE_UP.nanos().saturating_sub((page.now() - *since).nanos()));
                bridge.ask(&on(until, left), Asked::Until);
            }
        } else if page.playing && page.frame.is_some() && !bridge.moving() {
            // What the worker could not reach is forgotten: time goes on from where it is.
            clock.at = clock.at.min(framed) + clock.owed * 1e6 * page.speed.factor();
            clock.owed = 0.0;
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "never negative")]
            let at = Time(clock.at as u64);
            bridge.ask(&Request::PlayTo { at, budget: BUDGET }, Asked::Play);
        }
        drawn.0.set(clock.at);
    });
    (*shown).clone()
}
