//! What the reader has typed over scenarios' texts and not run, and files laid there to be mended. It outlives the panel being
//! closed, a refusal, a worker's death, other scenarios being looked at, and a reload of the tab.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

/// Most texts that are kept, and most over one of them; the one that was left longest ago goes first.
const MOST: usize = 8;
const KEY: &str = "muster.draft";
/// Between texts where the tab keeps them: none of them holds it.
const BETWEEN: char = '\0';
/// Nothing longer is kept for a reload, in bytes.
const LONGEST: usize = 400_000;

/// What the reader has typed.
#[derive(Clone)]
pub struct Draft(Rc<RefCell<Vec<Typed>>>);

struct Typed {
    over: Arc<str>,
    text: String,
    /// What stood there before a file was laid over it; the last is what one goes back to.
    before: Vec<String>,
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
        let typed = kept.as_deref().and_then(read);
        Draft(Rc::new(RefCell::new(typed.into_iter().collect())))
    }
}

fn read(kept: &str) -> Option<Typed> {
    let mut texts = kept.split(BETWEEN);
    let (over, text) = (texts.next()?.into(), texts.next()?.into());
    let mut before: Vec<String> = texts.take(MOST).map(str::to_owned).collect();
    before.reverse();
    Some(Typed { over, text, before })
}

impl Typed {
    /// As the tab keeps it: what is shown, then what is gone back to first; as much as there is room for.
    fn kept(&self) -> Option<String> {
        let mut kept = self.over.to_string();
        let mut texts = 0;
        for text in std::iter::once(&self.text).chain(self.before.iter().rev()) {
            if kept.len() + text.len() < LONGEST {
                kept.push(BETWEEN);
                kept.push_str(text);
                texts += 1;
            }
        }
        (texts > 0).then_some(kept)
    }
}

impl Draft {
    /// What was typed over this text.
    pub fn of(&self, original: &Arc<str>) -> Option<String> {
        self.0.borrow().iter().find(|typed| typed.over == *original).map(|typed| typed.text.clone())
    }

    /// This is typed over it now.
    pub fn keep(&self, original: &Arc<str>, text: &str) {
        let mut typed = self.take(original);
        text.clone_into(&mut typed.text);
        self.put(typed);
    }

    /// A file's text is laid over it. What was typed there is not lost: one can go back to it.
    pub fn lay(&self, original: &Arc<str>, text: &str) {
        let mut typed = self.take(original);
        let under = std::mem::replace(&mut typed.text, text.to_owned());
        if *under != **original && under != *text {
            typed.before.push(under);
        }
        if typed.before.len() > MOST {
            typed.before.remove(0);
        }
        self.put(typed);
    }

    /// Goes back to what stood there before; what stands there now is gone back to last of all.
    pub fn back(&self, original: &Arc<str>) -> Option<String> {
        let mut typed = self.take(original);
        let before = typed.before.pop();
        if let Some(text) = &before {
            let now = std::mem::replace(&mut typed.text, text.clone());
            typed.before.insert(0, now);
        }
        self.put(typed);
        before
    }

    /// Is there something to go back to?
    pub fn has_before(&self, original: &Arc<str>) -> bool {
        self.0.borrow().iter().any(|typed| typed.over == *original && !typed.before.is_empty())
    }

    fn take(&self, original: &Arc<str>) -> Typed {
        let mut all = self.0.borrow_mut();
        match all.iter().position(|typed| typed.over == *original) {
            Some(at) => all.remove(at),
            None => Typed { over: Arc::clone(original), text: original.to_string(), before: Vec::new() },
        }
    }

    fn put(&self, typed: Typed) {
        let mut all = self.0.borrow_mut();
        if *typed.over != *typed.text || !typed.before.is_empty() {
            all.push(typed);
        }
        if all.len() > MOST {
            all.remove(0);
        }
    }

    /// Keeps the last of it for a reload.
    pub fn write(&self) {
        let Some(storage) = storage() else { return };
        // What does not fit is gone after a reload, and only then.
        let _ = match self.0.borrow().last().and_then(Typed::kept) {
            Some(kept) => storage.set_item(KEY, &kept),
            None => storage.remove_item(KEY),
        };
    }
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.session_storage().ok().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_before_a_file_was_laid_over_it_comes_back_in_turn() {
        let draft = Draft(Rc::default());
        let original: Arc<str> = "a".into();
        draft.lay(&original, "file");
        assert!(!draft.has_before(&original), "nothing was typed: the text itself is a press away");
        draft.keep(&original, "mended");
        draft.lay(&original, "other");
        assert_eq!(draft.back(&original).as_deref(), Some("mended"));
        draft.keep(&original, "a");
        assert_eq!(draft.of(&original).as_deref(), Some("a"), "what is gone back to stays");
        let again = read(&draft.0.borrow()[0].kept().expect("it is short")).expect("two texts");
        assert_eq!((&*again.over, &*again.text, again.before), ("a", "a", vec!["other".to_owned()]));
        assert_eq!(draft.back(&original).as_deref(), Some("other"));
        assert_eq!(draft.back(&original).as_deref(), Some("a"));
        assert_eq!(draft.back(&"b".into()), None);
    }
}
