//! How smoothly a run of 100,000 events pans: frame intervals and script time while the lanes are dragged to and fro for
//! five seconds. It measures and holds nothing but that the answer came, so it runs only when it is asked for:
//!
//! `cargo test --release --manifest-path tests/browser/Cargo.toml --test page pan:: -- --ignored --nocapture`

use muster_browser_tests::common::{open_endless, pause, told};
use muster_browser_tests::in_browser;
use serde_json::Value;

/// Times what runs before every frame, from before the page begins.
const TIMED: &str = "
  globalThis.scripts = new Map();
  const real = requestAnimationFrame;
  globalThis.requestAnimationFrame = (call) => real((now) => {
    const begun = performance.now();
    call(now);
    scripts.set(now, (scripts.get(now) ?? 0) + performance.now() - begun);
  });";

/// Drags the lanes for five seconds, a little before every frame, with the mouse's own events.
const DRAG: &str = "
  const canvas = document.querySelector('#lanes'), box = canvas.getBoundingClientRect();
  canvas.setPointerCapture = () => {};
  const at = (type, x) => canvas.dispatchEvent(new PointerEvent(type,
    { bubbles: true, pointerId: 9, clientX: box.x + x, clientY: box.y + 60 }));
  const frames = [];
  const begun = performance.now();
  let x = 300, by = 9;
  scripts.clear();
  at('pointerdown', x);
  const step = (now) => {
    frames.push(now);
    if (now - begun > 5000) {
      at('pointerup', x);
      globalThis.panned = { frames, scripts: [...scripts.values()] };
      return;
    }
    // To the past and back, so that most of it must be asked for.
    x += by;
    if (x > 1100) { at('pointerup', x); x = 300; at('pointerdown', x); }
    at('pointermove', x);
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);";

#[test]
#[ignore = "a measure"]
fn a_run_of_100_000_events_pans() {
    in_browser(async |page| {
        page.before_each_document(TIMED).await?;
        open_endless(page).await?;
        for _ in 0..40 {
            let now = page.text("#ordinal").await?.parse::<u64>().unwrap_or(0);
            if now > 100_000 {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        }
        pause(page).await?;
        let events: u64 = page.text("#ordinal").await?.parse()?;
        assert!(events > 100_000, "{events}");
        page.click(".actor[data-name=n1]").await?; // the inspector is open too
        for zoomed_out in 0..3 {
            page.js("globalThis.panned = null").await?;
            page.js(DRAG).await?;
            page.until("return globalThis.panned").await?;
            let frames: Vec<f64> = serde_json::from_value(page.js("return panned.frames").await?)?;
            let scripts: Vec<f64> = serde_json::from_value(page.js("return panned.scripts").await?)?;
            let between: Vec<f64> = frames.windows(2).map(|pair| pair[1] - pair[0]).collect();
            println!(
                "zoomed out {zoomed_out} times: {} frames; between frames {}; script {}",
                frames.len(),
                told(between),
                told(scripts)
            );
            assert!(frames.len() > 1);
            assert_ne!(
                page.js("return document.querySelector('#left-out')?.textContent ?? ''").await?,
                Value::Null
            );
            page.click(".zoom button:nth-child(2)").await?;
            page.click(".zoom button:nth-child(2)").await?;
            tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        }
        Ok(())
    });
}
