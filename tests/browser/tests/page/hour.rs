//! How long any moment of the busy hour takes to come back in the page: the worker that the page starts, in a real browser. It
//! measures and holds nothing, so it runs only when it is asked for:
//!
//! `cargo test --release --manifest-path tests/browser/Cargo.toml --test page hour:: -- --ignored --nocapture`

use muster_browser_tests::in_browser;
use serde_json::json;
use std::time::{Duration, Instant};

/// How long it may take in all.
const PATIENCE: Duration = Duration::from_secs(1_200);

/// A worker as the page starts it, and `ask` over it.
const WORKER: &str = "
  const href = (id) => document.getElementById(id).href;
  const packed = await fetch(href('muster-module'));
  const { unpack } = await import(href('muster-unpacker'));
  const module = await WebAssembly.compile(await unpack(packed.body));
  const worker = new Worker(document.getElementById('muster-boot').src, { type: 'module' });
  worker.postMessage({ glue: href('muster-glue'), module });
  const ask = (request) => new Promise((done, failed) => {
    worker.onmessage = ({ data }) => (typeof data === 'string' ? failed(data) : done(data));
    worker.onerror = ({ message }) => failed(message);
    worker.postMessage(new Uint8Array(request));
  });";

#[test]
#[ignore = "a measure of minutes"]
fn any_moment_of_a_busy_hour() {
    in_browser(async |page| {
        page.open("").await?;
        page.element(".actor").await?;
        page.click("#play").await?; // the page's own worker rests
        let minutes = std::env::var("MUSTER_MINUTES").unwrap_or_else(|_| "60".into());
        let requests = include_str!("../../../wasm/hour.mjs").replace("export ", "");
        let template = json!(include_str!("../../../../benches/busy-hour.yaml.in"));
        page.js(&format!(
            "{requests}\n(async () => {{ {WORKER}
               globalThis.hour = await seek_the_hour(ask, () => performance.now(), {template}, {minutes});
             }})().catch((error) => (globalThis.hour = `failed: ${{error}}`));"
        ))
        .await?;
        let begun = Instant::now();
        loop {
            let hour = page.js("return globalThis.hour ?? null").await?;
            if hour != json!(null) {
                println!("{}", hour.as_str().unwrap_or_default());
                assert!(!hour.to_string().contains("failed"), "{hour}");
                return Ok(());
            }
            assert!(begun.elapsed() < PATIENCE, "no answer in {PATIENCE:?}");
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    });
}
