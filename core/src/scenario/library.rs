//! The scenarios that come along: every file under `scenarios/`, sorted by name. Each is also a test.

/// Names and texts.
pub const LIBRARY: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/library.rs"));

/// The text of the library's scenario of this name.
pub fn text_of(name: &str) -> Option<&'static str> {
    LIBRARY.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}
