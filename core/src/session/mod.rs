//! The session: one run, played, stepped back, sought through, forked, explained and shared.
//!
//! Page and command know the core only through it. It names no system and knows no thread, clock or file; what it
//! takes and gives ([`api`]) is plain data that can cross a worker's boundary ([`transport`]).

pub mod api;
pub mod headless;
pub mod history;
pub mod link;
pub mod transport;
