//! The sides of a comparison: the first is the run that is shown and played, the others are kept at its time. The session measures and
//! decides; here is what it answered last.

mod figures;
mod stages;

pub use figures::{FiguresProps, FiguresTable};
pub use stages::{Sides, SidesProps, about, named};

use crate::bridge::Bridge;
use crate::hooks::use_frames;
use crate::same::Same;
use crate::state::{Asked, Page, Tab};
use muster_core::session::api::{Figures, Request, SideView};
use muster_core::view::{Frame, Place};
use yew::prelude::*;

/// Most events of new ground on another side for one frame.
const BUDGET: u64 = 4_000;
/// While time runs the figures are asked for this often, in milliseconds: nobody reads faster.
const READ_EVERY: f64 = 500.0;

/// What is known of the other sides.
#[derive(Clone, PartialEq, Default)]
pub struct Known {
    /// Their stages, each beside all of the answer that it came with; the first other one is at 0.
    pub views: Vec<Option<(Same<SideView>, Same<Frame>)>>,
    /// The figures of all sides.
    pub figures: Same<Vec<Figures>>,
}

impl Page {
    /// Is a comparison shown, side by side?
    pub fn has_sides(&self) -> bool {
        self.info.as_ref().is_some_and(|info| !info.sides.is_empty()) && self.branching.other.is_none()
    }

    /// A side's stage.
    pub fn side(&mut self, view: SideView) {
        let count = self.info.as_ref().map_or(0, |info| info.sides.len());
        let Some(at) = (view.which as usize).checked_sub(1).filter(|at| at + 1 < count) else { return };
        if let Some(names) = self.names.learn(&view.names, &view.frame) {
            self.names = Same::new(names);
        }
        self.sides.views.resize(count - 1, None);
        let slot = &mut self.sides.views[at];
        // The stage is drawn again when there is something else on it, and only then.
        let (known, frame) =
            slot.get_or_insert_with(|| (Same::new(view.clone()), Same::new(view.frame.clone())));
        frame.put(view.frame.clone());
        known.put(view);
    }

    /// The figures of all sides.
    pub fn figured(&mut self, figures: Vec<Figures>) {
        self.sides.figures.put(figures);
    }
}

/// When something was last asked: of which run, by which worker, where on which branch, and how much was done on it by hand.
type When = (u32, u32, u32, Place, usize);

#[derive(Default)]
struct Last {
    sides: Vec<Option<When>>,
    figures: Option<When>,
    read: f64,
}

/// Keeps the other sides where the reader is.
#[hook]
pub fn use_sides(bridge: &Bridge, page: &UseReducerHandle<Page>) {
    let last = use_mut_ref(Last::default);
    let (bridge, page) = (bridge.clone(), page.clone());
    use_frames(move |now| {
        let mut last = last.borrow_mut();
        let count = page.info.as_ref().map_or(0, |info| info.sides.len());
        if !page.has_sides() || page.frame.is_none() || page.opening {
            *last = Last::default();
            return;
        }
        let place = page.frame.as_ref().map_or(Place::default(), |frame| frame.place);
        let when = Some((page.loads, page.lives, page.branch, place, page.commands.len()));
        last.sides.resize(count.saturating_sub(1), None);
        for (at, known) in last.sides.iter_mut().enumerate() {
            let which = u32::try_from(at + 1).unwrap_or(u32::MAX);
            let view = page.sides.views.get(at).and_then(Option::as_ref);
            let stale = *known != when || view.is_none_or(|(view, _)| view.more);
            let waits = bridge
                .waits_for(|request| matches!(request, Request::Side { which: of, .. } if *of == which));
            if stale && !waits {
                bridge.ask(&Request::Side { which, at: place, budget: BUDGET }, Asked::Look);
                *known = when;
            }
        }
        let running = page.playing || page.until.is_some();
        let more = page.sides.figures.iter().any(|side| side.more);
        let due = !running || now - last.read >= READ_EVERY;
        if page.tab == Tab::Figures
            && due
            && (last.figures != when || more)
            && bridge.ask_once(&Request::Figures, Asked::Look)
        {
            last.figures = when;
            last.read = now;
        }
    });
}
