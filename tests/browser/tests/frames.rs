//! How smoothly the page plays with its panels open, at four speeds, and how soon it can be used. It measures and holds only that
//! there was something to measure, so it runs only when it is asked for:
//!
//! `cargo test --release --manifest-path tests/browser/Cargo.toml --test frames -- --ignored --nocapture`

mod common;

use common::{event_that, open, ordinal, rewrite, speed, tab};
use muster_browser_tests::{Light, Page, Result, in_browser};
use std::time::Duration;

/// Times what the page's thread does, from before the page begins: for every frame all from its first script until after style,
/// layout and what is painted by the thread (`works`), and every answer of the worker with all that it leads to (`answers`).
/// A message to oneself comes when the thread is free again.
const TIMED: &str = "
  globalThis.frames = []; globalThis.works = []; globalThis.answers = [];
  const free = (begun, into) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => { into.push(performance.now() - begun); port1.close(); };
    port2.postMessage(0);
  };
  const each = () => {
    const begun = performance.now();
    frames.push(begun);
    free(begun, works);
    requestAnimationFrame(each);
  };
  requestAnimationFrame(each);
  let owner = Worker.prototype;
  while (!Object.hasOwn(owner, 'onmessage')) owner = Object.getPrototypeOf(owner);
  const real = Object.getOwnPropertyDescriptor(owner, 'onmessage');
  Object.defineProperty(owner, 'onmessage', { ...real, set(heard) {
    real.set.call(this, heard && function (event) { free(performance.now(), answers); return heard.call(this, event); });
  }});
  new MutationObserver((_, observer) => {
    if (!document.querySelector('.actor') || !document.querySelector('#play')) return;
    globalThis.usable = performance.now();
    observer.disconnect();
  }).observe(document, { childList: true, subtree: true });";

/// How long each speed is watched.
const WATCHED: Duration = Duration::from_secs(6);

async fn watched(page: &Page, name: &str) -> Result {
    let before = ordinal(page).await?;
    page.js("frames = []; works = []; answers = []").await?;
    tokio::time::sleep(WATCHED).await;
    let [frames, works, answers]: [Vec<f64>; 3] =
        serde_json::from_value(page.js("return [frames, works, answers]").await?)?;
    let events = ordinal(page).await? - before;
    let between: Vec<f64> = frames.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let (count, spent) = (frames.len().max(1) as f64, answers.iter().sum::<f64>());
    println!(
        "{name}: {events} events, {count} frames; between frames {}; in a frame {}; answers {:.2} ms a frame",
        told(between),
        told(works),
        spent / count
    );
    assert!(events > 0 && count > 10.0, "it plays");
    Ok(())
}

#[test]
#[ignore = "a measure"]
fn the_page_plays_at_every_speed() {
    in_browser(async |page| {
        page.before_each_document(TIMED).await?;
        open(page).await?;
        page.look(1920, 1080, Light::Light).await?;
        event_that(page, |now| now > 20).await?;
        println!("usable after {} ms", page.js("return Math.round(usable)").await?);
        rewrite(page, "until: 12s", "until: 10h").await?;
        page.until("return document.querySelector('#run-text').disabled").await?;
        for panel in ["timeline", "events", "logs"] {
            tab(page, panel).await?;
            page.click(".actor[data-name=n1]").await?; // the inspector is open too
            for (name, step) in [("1/100", 3), ("1", 9), ("10", 12), ("1000", 18)] {
                speed(page, step).await?;
                tokio::time::sleep(Duration::from_secs(1)).await;
                watched(page, &format!("{panel}, {name}")).await?;
            }
        }
        Ok(())
    });
}

/// Median, 95th percentile and longest, in milliseconds.
fn told(mut all: Vec<f64>) -> String {
    all.sort_by(f64::total_cmp);
    let at = |part: usize| all.get(all.len().saturating_sub(1) * part / 100).copied().unwrap_or_default();
    format!("{:.1} ms, {:.1} at the 95th percentile, {:.1} at most", at(50), at(95), at(100))
}
