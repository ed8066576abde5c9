//! For everyone: without a network, without anybody else's files, and for eyes and ears of every kind.

mod common;

use common::open;
use muster_browser_tests::{Page, Result, in_browser};
use serde_json::json;

/// Waits until the browser keeps the page for a visit without a network.
async fn kept(page: &Page) -> Result {
    page.element(".actor").await?;
    let offline = page.js("return document.documentElement.dataset.offline ?? null").await?;
    assert_eq!(offline, json!("sw.js"), "the page was built by trunk alone: run `cargo xtask keep DIST`");
    page.until("return navigator.serviceWorker.controller?.state == 'activated'").await
}

#[test]
fn after_one_visit_the_page_starts_and_plays_without_a_network() {
    in_browser(async |page| {
        open(page).await?;
        kept(page).await?;
        page.site().leave().await;
        page.refresh().await?;
        page.element(".actor[data-name=n1]").await?;
        // By its other name, on another run, which plays at once.
        page.open("index.html#scenario=stale-read").await?;
        page.until("return location.pathname.endsWith('/index.html')").await?;
        let playing = |since: u64| move |text: &str| text.parse().is_ok_and(|now: u64| now > since);
        let now = page.text_that("#ordinal", playing(0)).await?.parse()?;
        page.text_that("#ordinal", playing(now)).await?;
        page.click("#tab-text").await?;
        page.until("return document.querySelector('#scenario-text')?.value.includes('stale')").await?;
        Ok(())
    });
}

#[test]
fn what_is_kept_is_what_was_loaded_and_nothing_is_loaded_twice() {
    in_browser(async |page| {
        open(page).await?;
        kept(page).await?;
        let modules = page.site().requests().iter().filter(|path| path.ends_with(".wasm")).count();
        assert_eq!(modules, 1, "the module is fetched once: {:?}", page.site().requests());
        // Every file the page asks for is in the one cache of this folder.
        let missing = "const names = await caches.keys(); const cache = await caches.open(names[0]);\
            const asked = performance.getEntriesByType('resource').map(entry => entry.name);\
            const kept = (await cache.keys()).map(request => request.url);\
            return [names.length, asked.filter(name => !name.startsWith('data:') && !kept.includes(name) && !name.endsWith('sw.js'))]";
        assert_eq!(page.js(&format!("return (async () => {{ {missing} }})()")).await?, json!([1, []]));
        Ok(())
    });
}

#[test]
fn a_browser_offers_to_install_the_page() {
    in_browser(async |page| {
        open(page).await?;
        kept(page).await?;
        let answer = page.cdp().send_raw("Page.getInstallabilityErrors", json!({})).await?;
        assert_eq!(answer["installabilityErrors"], json!([]), "{answer}");
        let manifest = page.cdp().send_raw("Page.getAppManifest", json!({})).await?;
        assert_eq!(manifest["errors"], json!([]), "{manifest}");
        assert_eq!(manifest["url"], json!(format!("{}manifest.webmanifest", page.site().base())));
        Ok(())
    });
}
