//! A page that stays quick while the worker is busy. Alone in its file: tests of one file run beside one another, and this one
//! measures.

mod common;

use common::{event_that, open, ordinal, rewrite, speed, tab};
use muster_browser_tests::in_browser;

/// Nine seconds of a run that does not end, without one task over 50 ms.
#[test]
fn the_page_has_no_long_task_while_the_worker_runs_flat_out() {
    in_browser(async |page| {
        open(page).await?;
        event_that(page, |now| now > 20).await?;
        // A run that does not end while it is watched.
        rewrite(page, "until: 12s", "until: 10h").await?;
        page.until("return document.querySelector('#run-text').disabled").await?;
        tab(page, "timeline").await?;
        speed(page, 18).await?;
        page.text_that("#speed-words", |text| text == "1000×").await?;
        event_that(page, |now| now > 5_000).await?;
        let before = ordinal(page).await?;
        page.watch_long_tasks().await?;
        tokio::time::sleep(std::time::Duration::from_secs(9)).await;
        let long = page.long_tasks().await?;
        let events = ordinal(page).await? - before;
        assert!(events > 30_000, "the worker ran {events} events");
        assert!(long.is_empty(), "tasks of {long:?} ms");
        Ok(())
    });
}
