//! A page that stays quick while the worker is busy. Alone in its program: tests of one program run beside one another,
//! and this one measures.

use muster_browser_tests::common::{event_that, open_endless, ordinal};
use muster_browser_tests::in_browser;

/// So often it is watched: on a machine that does other work too, any task may have to wait for a processor in its middle, and only a page
/// that is slow by itself is slow every time.
const TIMES: usize = 4;

/// Nine seconds of a run that does not end, without one task over 50 ms.
#[test]
fn the_page_has_no_long_task_while_the_worker_runs_flat_out() {
    in_browser(async |page| {
        open_endless(page).await?;
        page.text_that("#speed-words", |text| text == "1000×").await?;
        event_that(page, |now| now > 5_000).await?;
        let mut seen = Vec::new();
        for _ in 0..TIMES {
            let before = ordinal(page).await?;
            page.watch_long_tasks().await?;
            tokio::time::sleep(std::time::Duration::from_secs(9)).await;
            let (long, events) = (page.long_tasks().await?, ordinal(page).await? - before);
            if long.is_empty() && events > 30_000 {
                return Ok(());
            }
            seen.push(format!("{events} events, tasks of {long:?} ms"));
        }
        Err(seen.join("\n").into())
    });
}
