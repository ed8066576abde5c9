//! The run, kept by the browser as the reader goes on: a reload brings it back, and so does a worker that died.
//!
//! The session writes the run as a file whenever its branches change; where the reader stands on it changes far more often and
//! is put into that text here. It goes into two stores of the browser. The tab's own (`sessionStorage`) is what a reload
//! reads: two tabs never read each other's. The common one (`localStorage`) is for a tab that begins with nothing; there the
//! last writer wins, which loses nothing, since each text is a whole run, and each tab still has its own.

use super::{Turn, view};
use crate::bridge::Bridge;
use crate::hooks::{use_frames, use_window_event};
use crate::refresh::Wishes;
use crate::same::Same;
use crate::state::{Asked, Happened, Page};
use muster_core::session::api::{BranchView, Request};
use muster_core::view::Place;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use web_sys::Storage;
use yew::prelude::*;

const KEY: &str = "muster.run";
/// What is kept is written not more often than this, in milliseconds.
const EVERY: f64 = 1_000.0;
/// Nothing longer is written: a browser has a few megabytes for a whole site.
const LONGEST: usize = 1 << 20;

/// A run that the browser kept.
pub struct Kept {
    /// The address that it had, behind `#`.
    pub address: String,
    /// The run as a file.
    pub text: String,
}

/// What a saved run was written of: if it is another by now, a place on it may be none of the text's.
#[derive(Clone, PartialEq, Default)]
struct Shape {
    loads: u32,
    lives: u32,
    commands: usize,
    branches: Vec<Limb>,
}

/// A branch of it: its number, name, where it left which, and how much was done on it.
type Limb = (u32, Option<Arc<str>>, Option<(u32, Place)>, usize);

impl Shape {
    fn of(page: &Page) -> Self {
        let branch = |branch: &BranchView| (branch.id, branch.name.clone(), branch.off, branch.acts.len());
        let branches = page.branches.iter().map(branch).collect();
        Shape { loads: page.loads, lives: page.lives, commands: page.commands.len(), branches }
    }
}

/// Where the reader stands: the branch by its place in the list, the place, the digest there, and what else is shown.
#[derive(Clone, PartialEq, Default)]
struct Stand {
    branch: usize,
    place: Place,
    digest: u64,
    view: String,
}

impl Stand {
    fn of(page: &Page, wishes: &Wishes) -> Option<Self> {
        let branch = page.branches.iter().position(|branch| branch.id == page.branch)?;
        let place = page.frame.as_ref()?.place;
        Some(Stand { branch, place, digest: page.digest, view: view::record(page, wishes) })
    }
}

/// The last text that the session wrote, and what it was written of.
#[derive(Clone, Default)]
pub struct Keeper(Rc<RefCell<Inner>>);

#[derive(Default)]
struct Inner {
    asked: Shape,
    /// The branches as they were when the shape was last looked at, so that it is seldom.
    seen: Option<(Same<Vec<BranchView>>, usize, u32)>,
    text: Option<(Arc<str>, Shape)>,
    stand: Stand,
    shape: Shape,
    written: f64,
    wrote: Option<(Arc<str>, Stand)>,
    refused: bool,
    /// What the address is behind `#` where it leads to what is shown.
    address: String,
}

impl Keeper {
    /// The session wrote the run.
    pub fn heard(&self, text: &Arc<str>) {
        let mut inner = self.0.borrow_mut();
        let shape = inner.asked.clone();
        inner.text = Some((Arc::clone(text), shape));
    }

    /// The run as a file, standing where the reader stands, or as it was written if its branches have changed since; at its beginning
    /// if that is wanted. `None` if there is none yet.
    pub fn run(&self, from_start: bool) -> Option<String> {
        let inner = self.0.borrow();
        let (text, shape) = inner.text.as_ref()?;
        let stand = if from_start { Stand::default() } else { inner.stand.clone() };
        Some(if *shape == inner.shape || from_start { standing(text, &stand) } else { text.to_string() })
    }

    /// Another run was loaded: what is kept of the last one is not to be taken for it, and it may find room where that had none.
    pub fn lapse(&self) {
        let mut inner = self.0.borrow_mut();
        (inner.text, inner.refused) = (None, false);
    }

    /// The address is that of what is shown. When it changes, another run is only on its way.
    pub fn stands_here(&self) {
        let mut inner = self.0.borrow_mut();
        let address = hash().unwrap_or_default();
        if inner.address != address {
            (inner.address, inner.wrote) = (address, None);
        }
    }

    /// What the page shows beside the run, for a link or a file.
    pub fn view(&self) -> Arc<str> {
        self.0.borrow().stand.view.as_str().into()
    }

    /// Writes what is kept into the browser; whether there was something and it could not be.
    fn write(&self) -> bool {
        let Some(text) = self.run(false) else { return false };
        let mut inner = self.0.borrow_mut();
        let stand = inner.stand.clone();
        let kept = inner.text.as_ref().map(|(text, _)| (Arc::clone(text), stand));
        if inner.refused || inner.wrote == kept {
            return false;
        }
        inner.wrote = kept;
        let value = format!("{}\n{text}", inner.address);
        let put = |storage: Storage| storage.set_item(KEY, &value).is_ok();
        let fits = value.len() <= LONGEST;
        let done = [session(), local()].map(|storage| fits && storage.is_some_and(put));
        inner.refused = !done[0] && !done[1];
        inner.refused
    }
}

/// A run's text with another place shown.
fn standing(text: &str, stand: &Stand) -> String {
    let Some(at) = text.rfind("\nkind: Run\n") else { return text.to_owned() };
    let (above, run) = text.split_at(at + 1);
    let mut all = above.to_owned();
    for line in run.split_inclusive('\n') {
        if line.starts_with("view: ") {
            continue;
        }
        if line.starts_with("shown: ") {
            let Stand { branch, place, digest, view } = stand;
            let (event, at) = (place.ordinal, place.at.nanos());
            // The beginning is the same in every version: there is nothing to compare.
            let digest = if event == 0 { String::new() } else { format!(", digest: {digest:016x}") };
            all.push_str(&format!(
                "shown: {{ branch: {}, event: {event}, at: {at}ns{digest} }}\n",
                branch + 1
            ));
            if !view.is_empty() {
                all.push_str(&format!("view: \"{view}\"\n"));
            }
            continue;
        }
        all.push_str(line);
    }
    all
}

/// What the browser kept for this address: this tab's own, or, where nothing is asked for, the last one of all.
pub fn kept() -> Option<Kept> {
    let hash = hash()?;
    let read = |storage: Option<Storage>| {
        let value = storage?.get_item(KEY).ok()??;
        let (address, text) = value.split_once('\n')?;
        Some(Kept { address: address.to_owned(), text: text.to_owned() })
    };
    let own = read(session()).filter(|kept| kept.address == hash);
    own.or_else(|| if hash.is_empty() { read(local()) } else { None })
}

/// Lets go of what was kept: it could not be opened.
pub fn forget() {
    for storage in [session(), local()].into_iter().flatten() {
        let _ = storage.remove_item(KEY); // what cannot be removed is refused again next time
    }
}

fn hash() -> Option<String> {
    web_sys::window()?.location().hash().ok()
}

fn session() -> Option<Storage> {
    web_sys::window()?.session_storage().ok().flatten()
}

/// Absent where the browser does not let us.
fn local() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

/// Keeps the run as the reader goes on, and it and what is typed once more when the page is left.
#[hook]
pub fn use_keep(bridge: &Bridge, page: &UseReducerHandle<Page>, wishes: &Wishes) {
    let (asker, held, wanted) = (bridge.clone(), page.clone(), wishes.clone());
    use_frames(move |now| {
        if held.opening || held.frame.is_none() {
            return;
        }
        let keeper = asker.keeper();
        look(&keeper, &held, &wanted, &asker);
        let due = now - keeper.0.borrow().written >= EVERY;
        if due {
            keeper.0.borrow_mut().written = now;
            if keeper.write() {
                held.dispatch(Happened::Branch(Turn::Unkept));
            }
        }
    });
    let (shown, wanted) = (page.branching.view.clone(), wishes.clone());
    use_effect_with((page.loads, shown), move |(_, shown)| {
        if let Some(stretch) = shown.as_ref().and_then(|shown| view::stretch(shown)) {
            wanted.set_view(stretch);
        }
    });
    let (keeper, draft) = (bridge.keeper(), page.writing.draft.clone());
    use_window_event("pagehide", move |_| {
        keeper.write();
        draft.write();
    });
}

/// Asks for the run's text when its branches have changed, and notes where the reader stands.
fn look(keeper: &Keeper, page: &Page, wishes: &Wishes, bridge: &Bridge) {
    let mut inner = keeper.0.borrow_mut();
    let seen = (page.branches.clone(), page.commands.len(), page.lives);
    if inner.seen.as_ref() != Some(&seen) {
        inner.seen = Some(seen);
        inner.shape = Shape::of(page);
    }
    if let Some(stand) = Stand::of(page, wishes)
        && stand != inner.stand
    {
        inner.stand = stand;
    }
    if inner.asked != inner.shape && bridge.ask_once(&Request::SaveRun { view: "".into() }, Asked::Look) {
        inner.asked = inner.shape.clone();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use muster_core::process::Time;

    #[test]
    fn a_place_is_put_into_the_runs_text_and_nowhere_else() {
        let text = "kind: Scenario\nshown: no\n---\nkind: Run\nseed: 7\nshown: { branch: 1, event: 2, at: 1s }\nview: old\nbranches:\n  - name: x\n";
        let place = Place { ordinal: 9, at: Time::millis(4) };
        let stand = Stand { branch: 1, place, digest: 0xab, view: "tab=logs".to_owned() };
        assert_eq!(
            standing(text, &stand),
            "kind: Scenario\nshown: no\n---\nkind: Run\nseed: 7\nshown: { branch: 2, event: 9, at: 4000000ns, digest: 00000000000000ab }\nview: \"tab=logs\"\nbranches:\n  - name: x\n"
        );
        assert_eq!(standing("kind: Scenario\n", &stand), "kind: Scenario\n");
    }
}
