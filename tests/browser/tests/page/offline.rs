//! The page kept for a visit without a network, when a newer version comes to its host: it takes over as a whole, and no page is ever
//! made of files of both.

use muster_browser_tests::common::Copy;
use muster_browser_tests::{Obstacle, Page, Result, Site, in_browser, in_browser_with_errors};
use serde_json::json;
use std::fs;

/// Changes it into a newer build: other names for what carries a hash in its name, another version, and a trace of the newer one
/// in the script that boots and in a style sheet.
fn renew(site: &Copy) -> Result<String> {
    let (index, worker) = (site.0.join("index.html"), site.0.join("sw.js"));
    let (mut page, mut list) = (fs::read_to_string(&index)?, fs::read_to_string(&worker)?);
    let version = between(&page, "data-version=\"", "\"")
        .ok_or("the page names no version: run `cargo xtask keep DIST`")?;
    let newer = format!("{version}1");
    for file in fs::read_dir(&site.0)? {
        let name = file?.file_name().to_string_lossy().into_owned();
        let text = match name.rsplit('.').next() {
            Some("js") if name.starts_with("boot-") => "globalThis.build = 'newer';\n",
            Some("css") => ":root { --build: newer; }\n",
            _ => continue,
        };
        let renamed = name.replace('-', "-0f0f0f0f");
        let old = fs::read_to_string(site.0.join(&name))?;
        fs::write(site.0.join(&renamed), format!("{text}{old}"))?;
        fs::remove_file(site.0.join(&name))?;
        (page, list) = (page.replace(&name, &renamed), list.replace(&name, &renamed));
    }
    // What is checked by its sum has another sum.
    while let Some(sum) = between(&page, " integrity=\"", "\"") {
        page = page.replace(&format!(" integrity=\"{sum}\""), "");
    }
    fs::write(index, page.replace(&version, &newer))?;
    fs::write(worker, list.replace(&version, &newer))?;
    Ok(newer)
}

fn between(text: &str, before: &str, after: &str) -> Option<String> {
    let rest = text.split_once(before)?.1;
    Some(rest.split_once(after)?.0.to_owned())
}

/// Which build each part of the page is of: the page itself, its script, its style, and the worker that answered for them.
const PARTS: &str = "return [document.documentElement.dataset.version, globalThis.build ?? 'older',\
    getComputedStyle(document.documentElement).getPropertyValue('--build') || 'older']";

async fn runs(page: &Page) -> Result {
    page.event_that(|now| now > 0).await?;
    page.until("return navigator.serviceWorker.controller?.state == 'activated'").await
}

#[test]
fn a_newer_version_takes_over_as_a_whole() {
    in_browser(async |page| {
        let copy = Copy::of(&muster_browser_tests::dist(), "renewed")?;
        let site = Site::open(&copy.0).await?;
        page.goto(site.base()).await?;
        runs(page).await?;
        let older = page.js(PARTS).await?;
        let version = older[0].as_str().unwrap_or_default().to_owned();
        assert_eq!(older, json!([version, "older", "older"]));
        // Without a change nothing changes.
        page.refresh().await?;
        runs(page).await?;
        assert_eq!(page.js(PARTS).await?, older);

        let newer = renew(&copy)?;
        // The visit that hears of it is still made of the older version, all of it, though the host has none of its files any more.
        page.refresh().await?;
        runs(page).await?;
        assert_eq!(page.js(PARTS).await?, older);
        page.until(&format!("return (async () => globalThis.kept = await caches.keys())() && globalThis.kept?.some(name => name.endsWith('{newer}'))")).await?;
        page.until("return (async () => globalThis.waits = await navigator.serviceWorker.getRegistration())() && globalThis.waits && !waits.installing && !waits.waiting").await?;
        // The next one is the newer version, all of it, and so is one without a network.
        page.refresh().await?;
        runs(page).await?;
        assert_eq!(page.js(PARTS).await?, json!([newer, "newer", "newer"]));
        site.leave().await;
        page.refresh().await?;
        runs(page).await?;
        assert_eq!(page.js(PARTS).await?, json!([newer, "newer", "newer"]));
        page.console_errors().await?; // a site that left is no fault of the page
        Ok(())
    });
}

#[test]
fn what_is_opened_later_and_could_not_be_had_at_first_is_kept_when_it_comes() {
    in_browser(async |page| {
        let copy = Copy::of(&muster_browser_tests::dist(), "later")?;
        let (lazy, away) = (copy.0.join("lazy"), copy.0.join("away"));
        fs::rename(&lazy, &away)?;
        let site = Site::open(&copy.0).await?;
        page.goto(site.base()).await?;
        runs(page).await?;
        page.console_errors().await?; // files that were not there are no fault of the page
        fs::rename(&away, &lazy)?;
        page.js("location.hash = '#scenario=paxos-duel'").await?;
        page.element(".actor[data-name=p1]").await?;
        keeps(page, 2).await?;
        site.leave().await;
        page.refresh().await?;
        page.element(".actor[data-name=p1]").await?;
        page.console_errors().await?; // nor is a site that left
        Ok(())
    });
}

/// Waits until the browser keeps so many files of the module with all systems.
async fn keeps(page: &Page, count: usize) -> Result {
    let look = "return (async () => globalThis.keeps = (await Promise.all((await caches.keys()).map(async name =>\
        (await (await caches.open(name)).keys()).map(it => it.url)))).flat().filter(url => url.includes('/lazy/whole-')).length)() && globalThis.keeps";
    page.until(&format!("{look} == {count}")).await
}

#[test]
fn a_page_of_the_networks_own_is_not_kept_in_place_of_what_is_opened_later() {
    in_browser_with_errors(async |page| {
        let copy = Copy::of(&muster_browser_tests::dist(), "portal")?;
        let site = Site::open(&copy.0).await?;
        site.obstruct("/lazy/", Obstacle::Portal);
        page.goto(site.base()).await?;
        runs(page).await?;
        let asked = |what: &str| site.requests().iter().any(|path| path.contains(what));
        assert!(asked("/lazy/whole-") && asked(".wasm"), "it was to be kept");
        keeps(page, 0).await?;
        // Once one is let through, it is had from the host, and kept.
        site.clear();
        page.js("location.hash = '#scenario=paxos-duel'").await?;
        page.element(".actor[data-name=p1]").await?;
        keeps(page, 2).await?;
        site.leave().await;
        page.refresh().await?;
        page.element(".actor[data-name=p1]").await?;
        Ok(())
    });
}

#[test]
fn a_page_of_the_networks_own_in_place_of_a_file_of_the_page_keeps_nothing() {
    in_browser_with_errors(async |page| {
        let copy = Copy::of(&muster_browser_tests::dist(), "portal-first")?;
        let site = Site::open(&copy.0).await?;
        site.obstruct("/icon.svg", Obstacle::Portal);
        page.goto(site.base()).await?;
        page.event_that(|now| now > 0).await?;
        // It is tried, and given up; the next visit tries again.
        let tried = "return (async () => { const it = await navigator.serviceWorker.register('sw.js'); it.installing?.addEventListener('statechange', event => globalThis.became = event.target.state) })() && globalThis.became";
        page.until(&format!("{tried} == 'redundant'")).await?;
        keeps(page, 0).await?;
        site.clear();
        page.refresh().await?;
        runs(page).await?;
        keeps(page, 2).await
    });
}
