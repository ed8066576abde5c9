//! The words of the systems that come after the first, where they are learnt: a first visit's page is built without them, and the
//! module with all systems, which is built from the same sources, brings them along before anything is said in them.

use crate::{Pair, is_of_others};
use muster_core::words::Key;
use std::sync::OnceLock;

/// By key. What was learnt is kept as long as the page.
static LEARNT: OnceLock<Vec<(Key, Pair)>> = OnceLock::new();

/// English and Chinese; as long as nothing was learnt, the key's stable name.
pub(crate) fn words(key: Key) -> Pair {
    let learnt = LEARNT.get().map_or(&[][..], |learnt| learnt);
    let pair = place(learnt, key).ok().and_then(|at| learnt.get(at)).map(|(_, pair)| *pair);
    pair.unwrap_or_else(|| (key.as_str(), key.as_str()))
}

/// Nothing can be learnt from who has to learn.
pub fn taught() -> Option<String> {
    None
}

/// Learns the words of the systems that this is built without: what [`taught`] gives in a build of the same sources that has them. Only
/// the first time: they are the same every time. What has not two lines for each key is not that, and nothing is learnt from it.
pub fn learn(taught: String) {
    let keys = Key::all().filter(|key| is_of_others(*key)).count();
    if LEARNT.get().is_none() && taught.lines().count() == 2 * keys {
        LEARNT.get_or_init(|| read(taught));
    }
}

/// A line of English and one of Chinese for each key, in the order of `Key::all`; read, they are in the order of the keys themselves.
fn read(taught: String) -> Vec<(Key, Pair)> {
    let mut lines = taught.leak().split('\n');
    let mut learnt = Vec::new();
    Key::all().filter(|key| is_of_others(*key)).for_each(|key| {
        if let Some(pair) = lines.next().zip(lines.next()) {
            let at = place(&learnt, key).unwrap_or_else(|at| at);
            learnt.insert(at, (key, pair));
        }
    });
    learnt
}

/// Where a key is, or where it would be.
fn place(learnt: &[(Key, Pair)], key: Key) -> Result<usize, usize> {
    learnt.binary_search_by_key(&key, |(known, _)| *known)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::others;

    #[test]
    fn what_is_learnt_is_what_is_taught_for_every_key_of_theirs() {
        let theirs: Vec<Key> = Key::all().filter(|key| is_of_others(*key)).collect();
        for key in &theirs {
            assert_eq!(words(*key), (key.as_str(), key.as_str()), "nothing was learnt so far");
        }
        assert_eq!(taught(), None);
        let all = others::taught().expect("who has all words teaches them");
        assert_eq!(all.lines().count(), 2 * theirs.len());
        learn(String::new()); // no list of words
        learn(all);
        learn(String::new()); // a second worker brings them again
        for key in theirs {
            assert_eq!(words(key), others::words(key), "{}", key.as_str());
        }
    }
}
