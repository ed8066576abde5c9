//! The page starts: from a sub-path, under a strict policy, with one module for page and worker.

use muster_browser_tests::{in_browser, in_browser_with_errors};

#[test]
fn the_page_shows_itself_and_its_worker_answers() {
    in_browser(async |page| {
        page.open("").await?;
        assert_eq!(page.text("h1").await?, "Muster");
        page.element("#worker[data-state=ready]").await?;
        assert_eq!(page.js("return document.getElementById('loading')").await?, serde_json::Value::Null);
        Ok(())
    });
}

#[test]
fn page_and_worker_fetch_the_module_once() {
    in_browser(async |page| {
        page.open("").await?;
        page.element("#worker[data-state=ready]").await?;
        let requests = page.site().requests();
        let modules = requests.iter().filter(|path| path.ends_with(".wasm")).count();
        assert_eq!(modules, 1, "{requests:?}");
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
