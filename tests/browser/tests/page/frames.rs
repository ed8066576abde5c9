//! How smoothly the page plays with its panels open, at four speeds, and how soon it can be used. It measures and holds only that
//! there was something to measure, so it runs only when it is asked for:
//!
//! `cargo test --release --manifest-path tests/browser/Cargo.toml --test page frames:: -- --ignored --nocapture --test-threads=1`

use muster_browser_tests::common::{event_that, open_at, ordinal, rewrite, speed, tab, told, write};
use muster_browser_tests::{Light, Page, Result, in_browser};
use serde_json::json;
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

/// What the page's thread has worked so far, in milliseconds of the processor: at scripts, at style and layout, in all.
async fn worked(page: &Page) -> Result<[f64; 3]> {
    let metrics = page.cdp().send_raw("Performance.getMetrics", json!({})).await?;
    let named = |name: &str| {
        let all = metrics["metrics"].as_array().into_iter().flatten();
        1_000.0
            * all
                .filter(|metric| metric["name"] == name)
                .filter_map(|metric| metric["value"].as_f64())
                .sum::<f64>()
    };
    Ok([
        named("ScriptDuration"),
        named("LayoutDuration") + named("RecalcStyleDuration"),
        named("TaskDuration"),
    ])
}

async fn watched(page: &Page, name: &str) -> Result {
    let before = ordinal(page).await?;
    let done = worked(page).await?;
    page.js("frames = []; works = []; answers = []").await?;
    tokio::time::sleep(WATCHED).await;
    let more = worked(page).await?;
    let [frames, works, answers]: [Vec<f64>; 3] =
        serde_json::from_value(page.js("return [frames, works, answers]").await?)?;
    let events = ordinal(page).await? - before;
    let between: Vec<f64> = frames.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let (count, spent) = (frames.len().max(1) as f64, answers.iter().sum::<f64>());
    let each = |which: usize| (more[which] - done[which]) / count;
    println!("{name}: {events} events, {count} frames; between frames {}", told(between));
    println!("    in a frame {}; answers {:.2} ms a frame", told(works), spent / count);
    println!(
        "    of the processor, a frame: scripts {:.2} ms, style and layout {:.2}, in all {:.2}",
        each(0),
        each(1),
        each(2)
    );
    assert!(events > 0 && count > 10.0, "it plays");
    Ok(())
}

/// The page from its beginning, on a large screen.
async fn begin(page: &Page, rest: &str) -> Result {
    page.before_each_document(TIMED).await?;
    let ticks = json!({ "timeDomain": "threadTicks" });
    page.cdp().send_raw("Performance.enable", ticks).await?;
    open_at(page, rest).await?;
    page.look(1920, 1080, Light::Light).await?;
    event_that(page, |now| now > 20).await?;
    println!("usable after {} ms", page.js("return Math.round(usable)").await?);
    Ok(())
}

/// Each panel at four speeds, with the inspector open.
async fn each_panel(page: &Page, panels: [&str; 3]) -> Result {
    for panel in panels {
        tab(page, panel).await?;
        page.click(".actor[data-name=n1]").await?; // the inspector is open too
        for (name, step) in [("1/100", 3), ("1", 9), ("10", 12), ("1000", 18)] {
            speed(page, step).await?;
            tokio::time::sleep(Duration::from_secs(1)).await;
            watched(page, &format!("{panel}, {name}")).await?;
        }
    }
    Ok(())
}

#[test]
#[ignore = "a measure"]
fn the_page_plays_at_every_speed() {
    in_browser(async |page| {
        begin(page, "").await?;
        rewrite(page, "until: 12s", "until: 10h").await?;
        page.until("return document.querySelector('#run-text').disabled").await?;
        each_panel(page, ["timeline", "events", "logs"]).await
    });
}

/// The numbers of the events that the other stages show, together.
async fn beside(page: &Page) -> Result<u64> {
    let all = "return [...document.querySelectorAll('.beside-stage')].map(stage => Number(stage.dataset.ordinal)).reduce((one, two) => one + two)";
    Ok(page.js(all).await?.as_u64().ok_or("there is no other stage")?)
}

#[test]
#[ignore = "a measure"]
fn three_stages_play_at_every_speed() {
    in_browser(async |page| {
        begin(page, "#scenario=compare-leader-crash").await?;
        write(page, "until: 32s", "until: 10h").await?;
        rewrite(page, ", operations: 64", "").await?; // clients write all the time
        page.until("return document.querySelector('#run-text').disabled").await?;
        page.element("#side-2 .actor").await?;
        // Past the crash, when all of them write.
        speed(page, 18).await?;
        event_that(page, |now| now > 2_000).await?;
        let before = beside(page).await?;
        each_panel(page, ["figures", "timeline", "logs"]).await?;
        let events = beside(page).await? - before;
        println!("on the other stages {events} events");
        assert!(events > 1_000, "they play too");
        Ok(())
    });
}
