//! What the reader has typed over scenarios' texts and not run. It outlives the panel being closed, a refusal, a worker's death,
//! other scenarios being looked at, and a reload of the tab.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

/// Most texts that are kept; the one that was left longest ago goes first.
const MOST: usize = 8;
const KEY: &str = "muster.draft";
/// Between the two texts where the tab keeps them: no scenario holds it.
const BETWEEN: char = '\0';
/// Nothing longer is kept for a reload, in bytes.
const LONGEST: usize = 400_000;

/// What the reader has typed.
#[derive(Clone)]
pub struct Draft(Rc<RefCell<Vec<Typed>>>);

struct Typed {
    over: Arc<str>,
    text: String,
}

impl PartialEq for Draft {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// With what the tab kept over a reload.
impl Default for Draft {
    fn default() -> Self {
        let kept = storage().and_then(|storage| storage.get_item(KEY).ok().flatten());
        let typed = kept.as_deref().and_then(|kept| kept.split_once(BETWEEN));
        let typed = typed.map(|(over, text)| Typed { over: over.into(), text: text.into() });
        Draft(Rc::new(RefCell::new(typed.into_iter().collect())))
    }
}

impl Draft {
    /// What was typed over this text.
    pub fn of(&self, original: &Arc<str>) -> Option<String> {
        self.0.borrow().iter().find(|typed| typed.over == *original).map(|typed| typed.text.clone())
    }

    /// This is typed over it now.
    pub fn keep(&self, original: &Arc<str>, text: &str) {
        let mut all = self.0.borrow_mut();
        all.retain(|typed| typed.over != *original);
        if **original != *text {
            all.push(Typed { over: Arc::clone(original), text: text.to_owned() });
        }
        if all.len() > MOST {
            all.remove(0);
        }
    }

    /// Keeps the last of it for a reload.
    pub fn write(&self) {
        let Some(storage) = storage() else { return };
        // What does not fit is gone after a reload, and only then.
        let _ = match self.0.borrow().last() {
            Some(typed) if typed.over.len() + typed.text.len() < LONGEST => {
                storage.set_item(KEY, &[&*typed.over, &BETWEEN.to_string(), &typed.text].concat())
            }
            _ => storage.remove_item(KEY),
        };
    }
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.session_storage().ok().flatten()
}
