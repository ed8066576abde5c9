//! For everyone: without a network, without anybody else's files, and for eyes and ears of every kind.

use muster_browser_tests::common::{ENTER, ESCAPE, TOO_WIDE, event_that, open, pause, step, tab};
use muster_browser_tests::{Light, Page, Result, in_browser};
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
        let now = event_that(page, |now| now > 0).await?;
        event_that(page, |later| later > now).await?;
        tab(page, "text").await?;
        page.until("return document.querySelector('#scenario-text')?.value.includes('stale')").await?;
        Ok(())
    });
}

#[test]
fn what_is_kept_is_what_was_loaded_and_nothing_is_loaded_twice() {
    in_browser(async |page| {
        open(page).await?;
        kept(page).await?;
        // The page's own module, and the one with all systems that is kept for later.
        let fetched = |what: &str| {
            let modules = page.site().requests().into_iter().filter(|path| path.ends_with(".wasm"));
            modules.filter(|path| path.contains(what)).count()
        };
        assert_eq!(fetched("/muster-web-"), 1, "fetched once: {:?}", page.site().requests());
        assert_eq!((fetched("/lazy/whole-"), fetched("")), (1, 2), "{:?}", page.site().requests());
        // Every file the page asks for is in the one cache of this folder.
        let missing = "const names = await caches.keys(); const cache = await caches.open(names[0]);\
            const asked = performance.getEntriesByType('resource').map(entry => entry.name);\
            const kept = (await cache.keys()).map(request => request.url);\
            return [names.length, asked.filter(name => !name.startsWith('data:') && !kept.includes(name) && !name.endsWith('sw.js'))]";
        page.becomes(&format!("return (async () => {{ {missing} }})()"), json!([1, []])).await?;
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

#[test]
fn the_projectors_theme_is_chosen_remembered_and_follows_on_the_canvas() {
    in_browser(async |page| {
        open(page).await?;
        pause(page).await?;
        let size = "return parseFloat(getComputedStyle(document.querySelector('#sentence')).fontSize)";
        let usual = page.js(size).await?.as_f64().unwrap_or_default();
        let pictures = "return [...document.querySelectorAll('canvas')].map(canvas => canvas.toDataURL().length + canvas.toDataURL().slice(-400)).join()";
        let before = page.js(pictures).await?;
        for _ in 0..3 {
            page.click("#theme").await?;
        }
        page.until("return document.documentElement.dataset.theme == 'projector'").await?;
        let large = page.js(size).await?.as_f64().unwrap_or_default();
        assert!(large >= usual * 1.25, "{usual} px became {large} px");
        page.changes(pictures, &before).await?; // what is drawn follows
        page.refresh().await?;
        page.until("return document.documentElement.dataset.theme == 'projector'").await?;
        // By keyboard, on to the first of the round.
        page.press_on("#theme", ENTER).await?;
        page.until("return document.documentElement.dataset.theme == 'system'").await?;
        Ok(())
    });
}

/// What the reader would hear, with the instants: every change of the sentence that is told.
const HEARD: &str = "globalThis.heard = []; const told = document.querySelector('#told');\
    new MutationObserver(() => heard.push([performance.now(), told.textContent]))\
    .observe(told, { childList: true, characterData: true, subtree: true })";

#[test]
fn a_screen_reader_is_told_no_more_than_it_can_say_and_every_step() {
    in_browser(async |page| {
        open(page).await?;
        event_that(page, |now| now > 0).await?;
        page.js(HEARD).await?;
        tokio::time::sleep(std::time::Duration::from_secs(9)).await;
        let heard: Vec<(f64, String)> = serde_json::from_value(page.js("return heard").await?)?;
        assert!((2..=5).contains(&heard.len()), "in nine seconds: {heard:?}");
        for pair in heard.windows(2) {
            assert!(pair[1].0 - pair[0].0 >= 1_900.0, "too quick to follow: {pair:?}");
        }
        pause(page).await?;
        for _ in 0..3 {
            step(page, 1).await?;
            let shown = page.text("#sentence").await?;
            page.until(&format!(
                "return document.querySelector('#told').textContent.startsWith({})",
                json!(shown)
            ))
            .await?;
        }
        Ok(())
    });
}

#[test]
fn the_projectors_theme_fits_the_smallest_screen() {
    in_browser(async |page| {
        page.look(360, 740, Light::Light).await?;
        page.open("").await?;
        page.element(".actor").await?;
        for _ in 0..3 {
            page.click("#theme").await?;
        }
        page.until("return document.documentElement.dataset.theme == 'projector'").await?;
        page.becomes(TOO_WIDE, json!([360, 0])).await?;
        Ok(())
    });
}

#[test]
fn no_tab_panel_or_dialog_breaks_the_policy_or_asks_anybody_else() {
    in_browser(async |page| {
        open(page).await?;
        pause(page).await?;
        for name in ["logs", "events", "commands", "checks", "text", "timeline"] {
            tab(page, name).await?;
        }
        page.keys("2").await?;
        page.element("#who").await?;
        for (opens, shown) in [("#share", "#link"), ("#find-button", "#find"), ("#picker", ".pop")] {
            page.click(opens).await?;
            page.element(shown).await?;
            page.press(ESCAPE).await?;
            page.gone(shown).await?;
        }
        page.keys("?").await?;
        page.element("dialog").await?;
        page.press(ESCAPE).await?;
        page.gone("dialog").await?;
        page.keys("w").await?;
        page.element(".reasons").await?;
        assert!(page.refused().await?.is_empty(), "{:?}", page.refused().await?);
        let others = "return performance.getEntriesByType('resource').map(entry => entry.name)\
                      .filter(name => !name.startsWith(location.origin) && !name.startsWith('data:'))";
        assert_eq!(page.js(others).await?, json!([]));
        // The listener hears: what the policy forbids is noted.
        page.js("const image = new Image(); image.src = 'http://elsewhere.invalid/x.png'").await?;
        page.until("return refused.some(what => what.startsWith('img-src'))").await?;
        page.js("refused.length = 0").await?;
        page.console_errors().await?; // the one just provoked
        Ok(())
    });
}

/// All five names that a replica set has for its shapes, in any order in which they may be seen first: those that lie on a member or beyond
/// the stage.
const CROWDED: &str = "const legend = document.querySelector('.legend'), picture = document.querySelector('.picture').getBoundingClientRect();\
    const taken = [...document.querySelectorAll('.actor')].map(actor => actor.getBoundingClientRect());\
    const orders = names => names.length < 2 ? [names] : names.flatMap((name, at) => orders(names.toSpliced(at, 1)).map(rest => [name, ...rest]));\
    const symbol = legend.querySelector('svg'), drawn = [...legend.children];\
    const crowded = orders(arguments[0]).flatMap(order => {\
      legend.replaceChildren(...order.map(name => { const entry = document.createElement('li'); entry.append(symbol.cloneNode(true), name); return entry }), ...drawn.filter(entry => entry.matches('.fill')));\
      return [...legend.querySelectorAll('li:not(.fill)')].filter(entry => {\
        const box = entry.getBoundingClientRect();\
        return box.left < picture.left || box.right > picture.right || taken.some(it => box.left < it.right && box.right > it.left && box.top < it.bottom && box.bottom > it.top)\
      }).map(entry => `${entry.innerText} of ${order}`)\
    });\
    legend.replaceChildren(...drawn);\
    return crowded";

/// The names of a replica set's five shapes, in either language.
const FIVE: [[&str; 5]; 2] = [
    ["oplog, heartbeat", "election", "initial sync", "driver", "handover, rollback"],
    ["oplog、心跳", "选举", "初始同步", "驱动程序", "移交、回滚"],
];

#[test]
fn five_names_of_shapes_at_360_px_lie_on_no_member() {
    in_browser(async |page| {
        page.look(360, 740, Light::Light).await?;
        page.open("#scenario=replica-set-first-election").await?;
        page.element(".legend li").await?;
        page.stop().await?;
        // The names as they are in the words: those that this run shows are among them.
        let shown =
            "return [...document.querySelectorAll('.legend li:not(.fill)')].map(one => one.innerText.trim())";
        for name in page.js(shown).await?.as_array().into_iter().flatten() {
            assert!(FIVE[0].iter().any(|known| json!(known) == *name), "{name}");
        }
        for names in FIVE {
            let crowded = page.execute(CROWDED, vec![json!(names)]).await?.json().clone();
            assert_eq!(crowded, json!([]));
        }
        Ok(())
    });
}
