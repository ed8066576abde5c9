//! Digests of the whole library: the proof that one seed gives one history, natively and in Wasm, in every build.
//!
//! `tests/golden/digests.txt` holds what [`listing`] gave; a native test and one in Wasm compare with it.

use super::headless::{Changes, Kinds, Prepared, library_names, library_text, run_with};

/// `name digest` for every scenario of the library, one a line, in the library's order. A scenario that cannot be read has
/// `unreadable` for a digest.
pub fn listing(kinds: Kinds) -> String {
    let line = |name: &str| format!("{name} {}\n", digest(name, kinds).as_deref().unwrap_or("unreadable"));
    library_names().map(line).collect()
}

/// The digest of a library scenario's whole run, as 32 hexadecimal digits.
pub fn digest(name: &str, kinds: Kinds) -> Option<String> {
    let text = library_text(name)?;
    let prepared = Prepared::read(text.as_bytes(), &Changes::default(), kinds).ok()?;
    let (run, _) = run_with(prepared.effective(), &mut []);
    Some(format!("{:032x}", run.digest()))
}
