//! Taking the run elsewhere, by mouse and by keys: what the browser is handed is what the session wrote, and what is shown.

use muster_browser_tests::common::{
    DOWN, ENTER, ESCAPE, TAB, event_that, file_made, open_past, pause, watch_files,
};
use muster_browser_tests::{Light, Page, Result, in_browser};
use serde_json::json;

#[test]
fn a_transcript_and_a_trace_are_downloaded_by_mouse() {
    in_browser(async |page| {
        open_past(page, 300).await?;
        let (digest, ordinal) = (page.digest().await?, muster_browser_tests::common::ordinal(page).await?);
        watch_files(page).await?;
        page.click("#export").await?;
        page.click("#export-keep").await?;
        let (text, name) = file_made(page, 1).await?;
        assert!(name.ends_with(".txt"), "{name}");
        let last = text.lines().last().unwrap_or_default().to_owned();
        assert!(last.contains(&format!("{ordinal} events in all, digest {digest}")), "{last} {digest}");
        assert!(text.lines().count() as u64 >= ordinal, "a line an event");
        // Another format, and only a stretch of it.
        page.click("[name=export][value=jsonl]").await?;
        page.click("#export-part").await?;
        page.fill("#export-from", "0.2 s").await?;
        page.click("#export-keep").await?;
        let (text, name) = file_made(page, 2).await?;
        assert!(name.ends_with(".jsonl"), "{name}");
        let first: serde_json::Value = serde_json::from_str(text.lines().nth(1).unwrap_or_default())?;
        let at: u64 = first["at"].as_str().unwrap_or_default().parse()?;
        assert!((200_000_000..2_000_000_000).contains(&at), "{first}");
        assert_eq!(
            muster_browser_tests::common::ordinal(page).await?,
            ordinal,
            "the run shown stays where it is"
        );
        // What is no time is said, and nothing is written.
        page.fill("#export-from", "soon").await?;
        page.click("#export-keep").await?;
        page.text_that("#export-said", |text| text.contains("seconds")).await?;
        page.rest().await?;
        assert_eq!(page.js("return window.kept.length").await?, 2);
        Ok(())
    });
}

const UP: &str = "\u{e013}";

/// A run with a partition in force, standing still, and its name.
async fn parted(page: &Page) -> Result {
    page.open("#scenario=minority-leader").await?;
    page.keys("++").await?;
    page.element(".wall").await?;
    event_that(page, |now| now > 150).await?;
    pause(page).await
}

/// What a saved picture says: it must be XML on its own, and nothing in it may run or be fetched. Its words, and how many
/// lines and outlines it has.
async fn picture(page: &Page, svg: &str) -> Result<(String, u64)> {
    assert!(!svg.contains("<script") && !svg.contains("href") && !svg.contains("@import"), "{svg}");
    let outside = svg.split("url(").skip(1).any(|rest| !rest.starts_with('#'));
    assert!(!outside && svg.matches("http").count() == 1, "something outside but the name of SVG: {svg}");
    let body = format!(
        "const file = new DOMParser().parseFromString({}, 'image/svg+xml');\
         if (file.querySelector('parsererror')) return null;\
         const all = [...file.querySelectorAll('*')];\
         if (all.some(one => [...one.attributes].some(it => it.name.startsWith('on')))) return null;\
         return [file.documentElement.textContent, file.querySelectorAll('path, line').length]",
        json!(svg)
    );
    Ok(serde_json::from_value(page.js(&body).await?)?)
}

/// Pixels across and down of the PNG that was made last, and how many colours some of its pixels have.
async fn pixels(page: &Page) -> Result<(u64, u64, u64)> {
    page.js(
        "window.seen = null; createImageBitmap(window.blob).then(image => {\
         const canvas = new OffscreenCanvas(image.width, image.height); const pen = canvas.getContext('2d');\
         pen.drawImage(image, 0, 0); const all = new Uint32Array(pen.getImageData(0, 0, image.width, image.height).data.buffer);\
         window.seen = [image.width, image.height, new Set(all).size] })",
    )
    .await?;
    page.until("return window.seen").await?;
    Ok(serde_json::from_value(page.js("return window.seen").await?)?)
}

#[test]
fn the_stage_is_saved_as_a_picture_by_mouse() {
    in_browser(async |page| {
        page.look(1280, 800, Light::Light).await?;
        parted(page).await?;
        watch_files(page).await?;
        let sentence = page.text("#sentence").await?;
        page.click("#export").await?;
        page.click("[value=stage-svg]").await?;
        page.click("#export-keep").await?;
        let (svg, name) = file_made(page, 1).await?;
        assert!(name.starts_with("minority-leader-") && name.ends_with("s-stage.svg"), "{name}");
        let (words, lines) = picture(page, &svg).await?;
        for member in ["n1", "n2", "n3", "n4", "n5", "minority-leader", "seed", "Partition", sentence.trim()]
        {
            assert!(words.to_lowercase().contains(&member.to_lowercase()), "{member}: {words}");
        }
        let shown = page
            .js("return document.querySelectorAll('#ring :is(.wire, .wall, .wall-hatch)').length")
            .await?;
        assert!(lines >= shown.as_u64().unwrap_or(u64::MAX), "{lines} of {shown}");
        // The same in pixels, two for one.
        page.click("[value=stage-png]").await?;
        page.click("#export-keep").await?;
        let (_, name) = file_made(page, 2).await?;
        assert!(name.ends_with("s-stage.png"), "{name}");
        let (wide, high, colours) = pixels(page).await?;
        let said = format!("width=\"{}\" height=\"{}\"", wide / 2, high / 2);
        assert!(svg.contains(&said) && wide > 600 && colours > 50, "{wide} × {high}, {colours} colours");
        // The file opens by itself, without the page and its style.
        let file = std::env::temp_dir().join(format!("muster-picture-{}.svg", std::process::id()));
        std::fs::write(&file, &svg)?;
        page.goto(format!("file://{}", file.display())).await?;
        page.until("return document.documentElement.localName == 'svg' && document.querySelectorAll('text').length > 8").await?;
        std::fs::remove_file(&file)?;
        Ok(())
    });
}

#[test]
fn the_diagram_is_saved_as_a_picture_by_keys_alone_in_dark() {
    in_browser(async |page| {
        page.look(1280, 800, Light::Dark).await?;
        parted(page).await?;
        watch_files(page).await?;
        // Another panel is open: the diagram is to be had all the same.
        page.click("#tab-events").await?;
        page.keys("/").await?;
        page.until("return document.activeElement?.id == 'find'").await?;
        page.press("export").await?;
        page.text_that("#found", |text| text.contains("Export")).await?;
        page.press(ENTER).await?;
        page.element("#export-keep").await?;
        page.until("return document.activeElement?.closest('dialog:modal')").await?;
        tab_to(page, "[name=export]").await?;
        // The last of all is the diagram's PNG; before it comes its SVG.
        page.press(UP).await?;
        page.press(UP).await?;
        page.element("[value=diagram-svg]:checked").await?;
        tab_to(page, "#export-keep").await?;
        page.press(ENTER).await?;
        let (svg, name) = file_made(page, 1).await?;
        assert!(name.ends_with("s-diagram.svg"), "{name}");
        let (words, lines) = picture(page, &svg).await?;
        for word in ["n1", "n5", "minority-leader", "seed"] {
            assert!(words.contains(word), "{word}: {words}");
        }
        assert!(lines > 20 && svg.contains("#161b23"), "{lines} lines, as dark as the page");
        tab_to(page, "[value=diagram-svg]").await?;
        page.press(DOWN).await?;
        page.element("[value=diagram-png]:checked").await?;
        tab_to(page, "#export-keep").await?;
        page.press(ENTER).await?;
        let (_, name) = file_made(page, 2).await?;
        assert!(name.ends_with("s-diagram.png"), "{name}");
        let (wide, high, colours) = pixels(page).await?;
        assert!(wide > 2400 && high > 300 && colours > 50, "{wide} × {high}, {colours} colours");
        // Whoever closes it is where keys are heard.
        page.press(ESCAPE).await?;
        page.until("return !document.querySelector('dialog')").await?;
        page.press("?").await?;
        page.element("dialog").await?;
        Ok(())
    });
}

/// Goes with the tabulator key to something in the dialog.
async fn tab_to(page: &Page, css: &str) -> Result {
    page.walk_to(TAB, &format!("document.activeElement?.matches({})", json!(css))).await?;
    Ok(())
}
