//! Taking the run elsewhere, by mouse: what the browser is handed is what the session wrote.

mod common;

use common::{event_that, open, pause};
use muster_browser_tests::{Page, Result, in_browser};

/// From now on the page's files can be read: their texts and names.
async fn watch_files(page: &Page) -> Result {
    page.js(
        "window.kept = []; const make = URL.createObjectURL;\
         URL.createObjectURL = blob => { blob.text().then(text => window.kept.push(text)); return make.call(URL, blob) };\
         const click = HTMLAnchorElement.prototype.click;\
         HTMLAnchorElement.prototype.click = function() { window.named = this.download; click.call(this) }",
    )
    .await?;
    Ok(())
}

/// The file that the page made last, once there are so many, and its name.
async fn kept(page: &Page, count: usize) -> Result<(String, String)> {
    page.until(&format!("return window.kept.length == {count}")).await?;
    let text = page.js("return window.kept.at(-1)").await?;
    let name = page.js("return window.named").await?;
    Ok((text.as_str().unwrap_or_default().into(), name.as_str().unwrap_or_default().into()))
}

#[test]
fn a_transcript_and_a_trace_are_downloaded_by_mouse() {
    in_browser(async |page| {
        open(page).await?;
        event_that(page, |now| now > 300).await?;
        pause(page).await?;
        let (digest, ordinal) = (page.digest().await?, common::ordinal(page).await?);
        watch_files(page).await?;
        page.click("#export").await?;
        page.click("#export-keep").await?;
        let (text, name) = kept(page, 1).await?;
        assert!(name.ends_with(".txt"), "{name}");
        let last = text.lines().last().unwrap_or_default().to_owned();
        assert!(last.contains(&format!("{ordinal} events in all, digest {digest}")), "{last} {digest}");
        assert!(text.lines().count() as u64 >= ordinal, "a line an event");
        // Another format, and only a stretch of it.
        page.click("[name=export][value=jsonl]").await?;
        page.click("#export-part").await?;
        page.fill("#export-from", "0.2 s").await?;
        page.click("#export-keep").await?;
        let (text, name) = kept(page, 2).await?;
        assert!(name.ends_with(".jsonl"), "{name}");
        let first: serde_json::Value = serde_json::from_str(text.lines().nth(1).unwrap_or_default())?;
        let at: u64 = first["at"].as_str().unwrap_or_default().parse()?;
        assert!((200_000_000..2_000_000_000).contains(&at), "{first}");
        assert_eq!(common::ordinal(page).await?, ordinal, "the run shown stays where it is");
        // What is no time is said, and nothing is written.
        page.fill("#export-from", "soon").await?;
        page.click("#export-keep").await?;
        page.text_that("#export-said", |text| text.contains("seconds")).await?;
        page.rest().await?;
        assert_eq!(page.js("return window.kept.length").await?, 2);
        Ok(())
    });
}
