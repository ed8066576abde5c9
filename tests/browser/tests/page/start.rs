//! The page starts: from a sub-path, under a strict policy, with one module for page and worker, on a running example.

use muster_browser_tests::common::{event_that, open, pause};
use muster_browser_tests::{in_browser, in_browser_with_errors};

#[test]
fn the_page_opens_on_a_running_example_and_says_what_to_do() {
    in_browser(async |page| {
        page.open("").await?;
        page.element(".actor[data-name=n1]").await?;
        page.gone("#loading").await?;
        page.text_that("#tour", |text| text.contains("press one")).await?;
        let first = event_that(page, |now| now > 0).await?;
        event_that(page, |later| later > first).await?;
        Ok(())
    });
}

#[test]
fn before_the_first_event_nobody_has_started_and_the_bar_says_so() {
    in_browser(async |page| {
        open(page).await?;
        pause(page).await?;
        page.click("#first").await?;
        page.text_that("#ordinal", |text| text == "0").await?;
        page.becomes("return document.querySelectorAll('.actor.unstarted').length", 8).await?;
        page.gone(".actor.crashed").await?;
        page.until("return document.querySelector('.faults [data-verb=crash]').title.includes('press play')")
            .await?;
        page.click("#step").await?;
        page.element(".actor.up").await?;
        Ok(())
    });
}

#[test]
fn page_and_worker_fetch_the_module_once_and_nothing_from_elsewhere() {
    in_browser(async |page| {
        page.open("").await?;
        page.element(".actor").await?;
        let requests = page.site().requests();
        // What is kept for later, the module with all systems too, is another matter: see whole.rs.
        let is_first = |path: &&String| path.ends_with(".wasm") && !path.contains("/lazy/");
        let modules = requests.iter().filter(is_first).count();
        assert_eq!(modules, 1, "{requests:?}");
        let others = "return performance.getEntriesByType('resource').map(entry => entry.name)\
                      .filter(name => !name.startsWith(location.origin) && !name.startsWith('data:'))";
        assert_eq!(page.js(others).await?, serde_json::json!([]));
        Ok(())
    });
}

#[test]
fn a_page_without_its_module_says_so() {
    in_browser_with_errors(async |page| {
        page.cdp().send_raw("Network.enable", serde_json::json!({})).await?;
        page.cdp().send_raw("Network.setBlockedURLs", serde_json::json!({ "urls": ["*.wasm"] })).await?;
        page.open("").await?;
        let text = page.text_that("#loading", |text| text.contains("could not start")).await?;
        assert!(text.contains("无法启动"), "{text}");
        Ok(())
    });
}
