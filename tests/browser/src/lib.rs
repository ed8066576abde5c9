//! Drives Muster's built page in headless Chromium, as a reader would: by what is on screen.
//!
//! [`in_browser`] gives a test a fresh tab on a page served from a sub-path of an address of its own under a strict
//! Content-Security-Policy, and fails the test if the console got an error or the policy refused something. Tests that run at once
//! have a server, a driver and a browser each, so they run beside one another; whatever waits, waits for what is on the page, never for
//! a time, so that a busy machine makes them slower and not different.
//! But for [`common`], nothing here knows what Muster simulates. `cargo xtask test` builds the page, finds the browser and runs this.

mod browser;
pub mod common;
mod driver;
mod hand;
mod page;
mod site;
mod sound;
mod view;

pub use hand::Hand;
pub use page::{Light, Page, Result};
pub use site::{Obstacle, Site};
pub use sound::axe;
pub use view::{LANGS, Lang, Look, SIZES, THEMES, Theme, View, Views, views};

use futures_util::FutureExt;
use std::{
    panic::{AssertUnwindSafe, resume_unwind},
    path::PathBuf,
    sync::LazyLock,
};
use tokio::runtime::Runtime;

static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| Runtime::new().unwrap_or_else(|error| panic!("no runtime: {error}")));

/// Runs a test in a fresh tab and fails if it fails or if the console has an error at its end.
///
/// On a failure it prints the console and leaves a picture of the page in `failures/` beside the tests' build.
pub fn in_browser(test: impl AsyncFnOnce(&Page) -> Result) {
    run(async |page| {
        test(page).await?;
        let mut errors = page.console_errors().await?;
        errors.extend(page.refused().await?.iter().map(|what| format!("the policy refused {what}")));
        if errors.is_empty() {
            Ok(())
        } else {
            Err(format!("the console has errors:\n{}", errors.join("\n")).into())
        }
    });
}

/// As [`in_browser`], for a test that means to cause errors in the console.
pub fn in_browser_with_errors(test: impl AsyncFnOnce(&Page) -> Result) {
    run(test);
}

fn run(test: impl AsyncFnOnce(&Page) -> Result) {
    RUNTIME.block_on(async {
        let site = Site::open(&dist()).await.unwrap_or_else(|error| panic!("{error}"));
        let page = Page::new(site).await.unwrap_or_else(|error| panic!("Chromium does not start: {error}"));
        let outcome = AssertUnwindSafe(test(&page)).catch_unwind().await;
        let passed = matches!(outcome, Ok(Ok(())));
        if !passed {
            page.leave_evidence(std::thread::current().name().unwrap_or("test")).await;
        }
        page.leave(passed).await;
        match outcome {
            Ok(Ok(())) => {}
            Ok(Err(error)) => panic!("{error}"),
            Err(panic) => resume_unwind(panic),
        }
    });
}

/// The built page: what the variable MUSTER_DIST names, or `dist/` at the repository's root.
pub fn dist() -> PathBuf {
    std::env::var_os("MUSTER_DIST")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../dist"), PathBuf::from)
}
