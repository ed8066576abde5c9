//! The scenarios that come along: every file under `scenarios/`, sorted by name. Each is also a test.
//!
//! Whoever has only the first kinds of systems carries the texts of what those can play, and of the others what a list says of
//! them ([`FIRST`]): their texts are with whoever has all kinds. Which is which `core/build.rs` reads from the files.

use super::Head;
use crate::text::Bilingual;

/// Names and texts of all.
pub const LIBRARY: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/library.rs"));

/// All of them, the texts of those alone that need no other kinds than the first.
pub const FIRST: Library = Library {
    texts: include!(concat!(env!("OUT_DIR"), "/library_first.rs")),
    heads: include!(concat!(env!("OUT_DIR"), "/library_heads.rs")),
};

/// The text of the library's scenario of this name.
pub fn text_of(name: &str) -> Option<&'static str> {
    Library::from(LIBRARY).text_of(name)
}

/// Scenarios that a session knows by name.
#[derive(Clone, Copy, Debug)]
pub struct Library {
    texts: &'static [(&'static str, &'static str)],
    /// Those whose texts are elsewhere: the place of each among all, its name and its head.
    heads: &'static [(usize, &'static str, Brief)],
}

/// A [`Head`] as it is carried.
#[derive(Clone, Copy, Debug)]
struct Brief {
    /// English and Chinese, as in the other pair.
    title: (&'static str, &'static str),
    story: (&'static str, &'static str),
    kinds: &'static [&'static str],
    steps: u32,
    sides: u32,
}

/// What is carried of a scenario.
#[derive(Clone, Copy, Debug)]
pub struct Carried {
    /// Its name.
    pub name: &'static str,
    held: Held,
}

#[derive(Clone, Copy, Debug)]
enum Held {
    Text(&'static str),
    Head(&'static Brief),
}

/// A library of which every text is there.
impl From<&'static [(&'static str, &'static str)]> for Library {
    fn from(texts: &'static [(&'static str, &'static str)]) -> Self {
        Library { texts, heads: &[] }
    }
}

/// See above.
impl<const COUNT: usize> From<&'static [(&'static str, &'static str); COUNT]> for Library {
    fn from(texts: &'static [(&'static str, &'static str); COUNT]) -> Self {
        Library { texts, heads: &[] }
    }
}

impl Library {
    /// The text of the scenario of this name, if it is here.
    pub fn text_of(self, name: &str) -> Option<&'static str> {
        self.texts.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
    }

    /// The name of the scenario that has exactly this text.
    pub fn name_of(self, text: &str) -> Option<&'static str> {
        self.texts.iter().find(|(_, known)| *known == text).map(|(name, _)| *name)
    }

    /// Every scenario, in order, with its text here or not.
    pub fn carried(self) -> Vec<Carried> {
        let text = |(name, text): &(&'static str, &'static str)| Carried { name, held: Held::Text(text) };
        let mut all: Vec<Carried> = self.texts.iter().map(text).collect();
        // Each is put where all before it have been put already.
        for (place, name, brief) in self.heads {
            all.insert((*place).min(all.len()), Carried { name, held: Held::Head(brief) });
        }
        all
    }
}

impl Carried {
    /// Its text, if it is here.
    pub fn text(&self) -> Option<&'static str> {
        match self.held {
            Held::Text(text) => Some(text),
            Held::Head(_) => None,
        }
    }

    /// What a list says of it; `None` if its text is not one that a list can say anything of.
    pub fn head(&self) -> Option<Head> {
        match self.held {
            Held::Text(text) => Head::read(text.as_bytes()),
            Held::Head(brief) => Some(brief.head()),
        }
    }
}

impl Brief {
    fn head(&self) -> Head {
        let both = |(en, zh): (&str, &str)| Bilingual { en: en.into(), zh: zh.into() };
        Head {
            title: both(self.title),
            story: both(self.story),
            kinds: self.kinds.iter().map(|kind| (*kind).into()).collect(),
            steps: self.steps,
            sides: self.sides,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::systems;

    #[test]
    fn the_library_of_the_first_kinds_lists_exactly_what_the_texts_say() {
        let first = FIRST.carried();
        let names = |all: &[Carried]| all.iter().map(|carried| carried.name).collect::<Vec<_>>();
        assert_eq!(names(&first), names(&Library::from(LIBRARY).carried()));
        for (carried, (name, text)) in first.iter().zip(LIBRARY) {
            assert_eq!(carried.head(), Head::read(text.as_bytes()), "{name}");
            assert!(carried.head().is_some(), "{name}");
        }
    }

    #[test]
    fn a_text_is_there_exactly_where_the_first_kinds_are_all_it_needs() {
        let first: Vec<&str> = systems::first().iter().map(|kind| kind.kind()).collect();
        let (mut here, mut elsewhere) = (0, 0);
        for (name, text) in LIBRARY {
            let head = Head::read(text.as_bytes()).unwrap_or_else(|| panic!("{name} has no head"));
            let needs_no_other = head.kinds.iter().all(|kind| first.contains(&&**kind));
            assert_eq!(FIRST.text_of(name), needs_no_other.then_some(*text), "{name}");
            *(if needs_no_other { &mut here } else { &mut elsewhere }) += 1;
        }
        assert!(here >= 16 && elsewhere >= 16, "{here} are here, {elsewhere} elsewhere");
    }
}
