//! Digests of the whole library: the proof that one seed gives one history, natively and in Wasm, in every build.
//!
//! The page's module and the command both give this listing; a test compares them.

use super::headless::{Kinds, library_names, library_text};
use crate::process::Digest;
use crate::scenario::{Run, Scenario};
use std::sync::Arc;

/// `name digest` for every scenario of the library, one a line, in the library's order. A scenario that cannot be read has
/// `unreadable` for a digest.
pub fn listing(kinds: Kinds) -> String {
    let line = |name: &str| format!("{name} {}\n", digest(name, kinds).as_deref().unwrap_or("unreadable"));
    library_names().map(line).collect()
}

/// The digest of a library scenario's whole run, or of all sides of a comparison together, as 32 hexadecimal digits.
pub fn digest(name: &str, kinds: Kinds) -> Option<String> {
    let scenario = Scenario::read(library_text(name)?.as_bytes(), kinds).ok()?;
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
