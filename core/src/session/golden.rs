//! Digests of the whole library: the proof that one seed gives one history, natively and in Wasm, in every build.
//!
//! The page's module and the command both give this listing; a test compares them.

use super::headless::{Kinds, library_names, library_text};
use crate::scenario::{Run, Scenario};
use std::sync::Arc;

/// `name digest` for every scenario of the library, one a line, in the library's order. A scenario that cannot be read has
/// `unreadable` for a digest.
pub fn listing(kinds: Kinds) -> String {
    let line = |name: &str| format!("{name} {}\n", digest(name, kinds).as_deref().unwrap_or("unreadable"));
    library_names().map(line).collect()
}

/// The digest of a library scenario's whole run, as 32 hexadecimal digits.
pub fn digest(name: &str, kinds: Kinds) -> Option<String> {
    let scenario = Scenario::read(library_text(name)?.as_bytes(), kinds).ok()?;
    let mut run = Run::new(Arc::new(scenario));
    run.finish(&mut []);
    Some(format!("{:032x}", run.digest()))
}
