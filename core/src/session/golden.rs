//! Digests of the whole library: the proof that one seed gives one history, natively and in Wasm, in every build.
//!
//! The page's module and the command both give this listing; a test compares them.

use super::headless::{Kinds, library_text};
use crate::process::Digest;
use crate::scenario::library::Library;
use crate::scenario::{Run, Scenario};
use std::sync::Arc;

/// `name digest` for every scenario of a library, one a line, in the library's order. A scenario that cannot be read, or whose text
/// is elsewhere, has `unreadable` for a digest.
pub fn listing(kinds: Kinds, library: impl Into<Library>) -> String {
    let carried = library.into().carried().into_iter();
    let digests = carried.map(|it| (it.name, it.text().and_then(|text| digest_of(text, kinds))));
    digests.map(|(name, it)| format!("{name} {}\n", it.as_deref().unwrap_or("unreadable"))).collect()
}

/// The digest of a library scenario's whole run, or of all sides of a comparison together, as 32 hexadecimal digits.
pub fn digest(name: &str, kinds: Kinds) -> Option<String> {
    digest_of(library_text(name)?, kinds)
}

fn digest_of(text: &str, kinds: Kinds) -> Option<String> {
    let scenario = Scenario::read(text.as_bytes(), kinds).ok()?;
    let whole = |scenario: Arc<Scenario>| {
        let mut run = Run::new(scenario);
        run.finish(&mut []);
        run.digest()
    };
    let digest = match &*scenario.sides {
        [] => whole(Arc::new(scenario)),
        sides => together(sides.iter().map(|side| whole(side.scenario.clone()))),
    };
    Some(format!("{digest:032x}"))
}

/// The digest of a comparison, by those of its sides in order.
pub(super) fn together(sides: impl Iterator<Item = u128>) -> u128 {
    let mut digest = Digest::new();
    for side in sides {
        digest.word((side >> 64) as u64);
        digest.word(side as u64);
    }
    digest.value()
}
