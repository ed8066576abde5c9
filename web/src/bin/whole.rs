//! The module with all systems and without the page, for a worker. The page loads it when a reader opens what the page's own module
//! has no systems for (`bridge.rs`); `cargo xtask` builds it when it builds the page as it ships (xtask/src/whole.rs).

#[path = "../golden.rs"]
mod golden;
#[path = "../worker.rs"]
mod worker;

use muster_core::session::headless::Kinds;
use muster_core::session::{LIBRARY, Library};
use muster_core::systems;

/// Does this module lack systems that another one has?
const IS_PART: bool = false;

/// The kinds of systems that this module has.
fn kinds() -> Kinds {
    systems::all()
}

/// The library, with every text.
fn library() -> Library {
    LIBRARY.into()
}

/// Words that the page itself may lack: of the systems that are only here.
fn words() -> Option<String> {
    muster_words::taught()
}

fn main() {}
