//! The scenario's text in its editor: highlighted, completed from what the reader of files knows, its errors at their places as one
//! types, the last good run kept; and a plain field where the editor cannot be had.

use muster_browser_tests::common::open;
use muster_browser_tests::{Light, Page, Result, in_browser, in_browser_with_errors};
use serde_json::{Value, json};
use thirtyfour::Key;

/// What is inside the editor: a body for [`Page::js`] in which `inside` is its root.
fn within(body: &str) -> String {
    format!("const inside = document.querySelector('#editor')?.shadowRoot; if (!inside) return false; {body}")
}

/// Opens a scenario's text in the editor.
async fn edit(page: &Page, rest: &str) -> Result {
    page.look(1280, 800, Light::Light).await?;
    page.open(rest).await?;
    let known = page.js("return document.documentElement.dataset.editor ?? ''").await?;
    assert_ne!(
        known, "",
        "the page was built without its editor: `cargo xtask editor --install`, and build it again"
    );
    page.click("#tab-text").await?;
    up(page).await
}

/// Waits for the editor with a text in it.
async fn up(page: &Page) -> Result {
    page.until(&within("return inside.querySelector('.cm-content')?.textContent.includes('apiVersion')"))
        .await
}

/// The text, once it holds this.
async fn text_with(page: &Page, what: &str) -> Result<String> {
    page.until(&format!("return document.querySelector('#scenario-text').value.includes({})", json!(what)))
        .await?;
    let text = page.js("return document.querySelector('#scenario-text').value").await?;
    Ok(text.as_str().unwrap_or_default().to_owned())
}

/// Presses keys wherever the focus is.
async fn type_in(page: &Page, keys: impl AsRef<str>) -> Result {
    Ok(page.action_chain().send_keys(keys.as_ref()).perform().await?)
}

/// Presses a key with Ctrl.
async fn with_ctrl(page: &Page, key: impl Into<char>) -> Result {
    let key = key.into();
    Ok(page
        .action_chain()
        .key_down(Key::Control)
        .key_down(key)
        .key_up(key)
        .key_up(Key::Control)
        .perform()
        .await?)
}

/// The focus is in the editor, at the end of the text.
async fn to_the_end(page: &Page) -> Result {
    page.until("document.querySelector('#editor').focus(); return document.activeElement.id == 'editor'")
        .await?;
    with_ctrl(page, char::from(Key::End)).await
}

/// Waits until this is offered first, and takes it.
async fn take(page: &Page, name: &str) -> Result {
    let first = format!(
        "return inside.querySelector('.cm-tooltip-autocomplete li[aria-selected] .cm-completionLabel')?.textContent == {}",
        json!(name)
    );
    page.until(&within(&first)).await?;
    // What has only just come up is not taken by a key that was meant for the text.
    tokio::time::sleep(std::time::Duration::from_millis(120)).await;
    type_in(page, "\u{e007}").await
}

#[test]
fn errors_stand_at_their_place_and_the_last_good_run_stays() {
    in_browser(async |page| {
        edit(page, "#scenario=new-cluster").await?;
        page.text_that("#ordinal", |text| text.parse().is_ok_and(|now: u64| now > 20)).await?;
        let run = page.js("return document.querySelectorAll('.actor').length").await?;
        to_the_end(page).await?;
        type_in(page, "hsots: []").await?;
        // In the text, in its gutter, and beside it.
        page.until(&within("return inside.querySelector('.cm-lintRange-error')?.textContent == 'hsots'"))
            .await?;
        page.until(&within("return inside.querySelector('.cm-lint-marker-error')")).await?;
        let said = page.text_that(".problems", |text| text.contains("hsots")).await?;
        assert!(said.contains("16:1") && said.contains("Did you mean hosts?"), "{said}");
        page.text_that("#text-stands", |text| text.contains("last good run stays")).await?;
        assert_eq!(page.js("return document.querySelectorAll('.actor').length").await?, run);
        assert!(page.text("#title").await?.contains("small cluster"));
        // Its line in the list leads to it, and what is typed there replaces it.
        page.click(".problems button").await?;
        page.until("return document.activeElement.id == 'editor'").await?;
        type_in(page, "hosts").await?;
        text_with(page, "\nhosts: []").await?;
        page.until("return !document.querySelector('.problems li')").await?;
        page.until(&within("return !inside.querySelector('.cm-lintRange-error')")).await?;
        page.text_that("#text-stands", |text| text.contains("not run")).await?;
        page.click("#run-text:not([disabled])").await?;
        page.element("#run-text[disabled]").await?;
        text_with(page, "\nhosts: []").await?;
        Ok(())
    });
}

#[test]
fn a_timeline_is_written_run_and_left_by_keyboard_alone() {
    in_browser(async |page| {
        edit(page, "#scenario=new-cluster").await?;
        page.until(
            "document.querySelector('#tab-text').focus(); return document.activeElement.id == 'tab-text'",
        )
        .await?;
        type_in(page, "\u{e004}").await?;
        page.until("return document.activeElement.id == 'editor'").await?;
        with_ctrl(page, char::from(Key::End)).await?;
        type_in(page, "timel").await?;
        take(page, "timeline").await?;
        text_with(page, "timeline: ").await?;
        type_in(page, "\u{e00c}[{ at: 1s, do: { cra").await?;
        take(page, "crash").await?;
        text_with(page, "crash: ").await?;
        // What is crashed is asked for at once.
        page.until(&within("return [...inside.querySelectorAll('.cm-completionLabel')].some(label => label.textContent == 'n3')"))
            .await?;
        type_in(page, "n3").await?;
        take(page, "n3").await?;
        let text = text_with(page, "crash: n3").await?;
        assert!(
            text.ends_with("timeline: [{ at: 1s, do: { crash: n3}}]") || text.ends_with("crash: n3 }}]"),
            "{text}"
        );
        page.until("return !document.querySelector('.problems li')").await?;
        with_ctrl(page, char::from(Key::Enter)).await?;
        page.element("#run-text[disabled]").await?;
        page.until("return document.querySelector('.actor[data-name=n3]').classList.contains('crashed')")
            .await?;
        // Tab goes on to what is beside it.
        type_in(page, "\u{e004}").await?;
        page.until("return document.activeElement.id != 'editor' && document.activeElement != document.body")
            .await
    });
}

#[test]
fn what_was_typed_outlives_another_scenario_and_a_reload() {
    in_browser(async |page| {
        edit(page, "#scenario=new-cluster").await?;
        to_the_end(page).await?;
        type_in(page, "# mine").await?;
        text_with(page, "# mine").await?;
        let pick = async |name: &str| {
            page.click("#picker").await?;
            page.click(&format!(".pop [data-scenario={name}]")).await
        };
        pick("first-election").await?;
        text_with(page, "name: first-election").await?;
        page.until("location.hash = '#scenario=new-cluster&seed=1'; return document.querySelector('#scenario-text').value.includes('# mine')").await?;
        page.refresh().await?;
        page.element(".actor").await?;
        page.click("#tab-text").await?;
        up(page).await?;
        text_with(page, "# mine").await?;
        page.until(&within("return inside.querySelector('.cm-content').textContent.includes('# mine')"))
            .await?;
        page.click("#reset-text:not([disabled])").await?;
        page.until("return !document.querySelector('#scenario-text').value.includes('# mine')").await
    });
}

#[test]
fn in_chinese_at_360_px_in_the_dark_and_with_no_serious_fault() {
    in_browser(async |page| {
        edit(page, "#scenario=new-expect").await?;
        page.look(360, 740, Light::Dark).await?;
        page.click("#language").await?;
        up(page).await?;
        to_the_end(page).await?;
        type_in(page, "net: 1\n").await?;
        page.text_that(".problems", |text| text.contains("net") && text.contains("network")).await?;
        page.text_that("#text-stands", |text| text.contains("最近一次正确的运行")).await?;
        with_ctrl(page, 'f').await?;
        page.until(&within(
            "return inside.querySelector('.cm-search input[name=search]')?.placeholder == '查找'",
        ))
        .await?;
        page.until("return document.documentElement.scrollWidth <= 360").await?;
        let axe = std::env::var_os("AXE")
            .ok_or("run `cargo xtask test --only browser`, or name axe.min.js by AXE")?;
        page.js(&std::fs::read_to_string(axe)?).await?;
        let faults = "return axe.run(document, { resultTypes: ['violations'] }).then(found => found.violations\
             .filter(fault => ['serious', 'critical'].includes(fault.impact))\
             .flatMap(fault => fault.nodes.map(node => `${fault.id}: ${node.target.join(' ')} ${node.failureSummary}`)))";
        assert_eq!(page.js(faults).await?, json!([]));
        page.look(1280, 800, Light::Light).await?;
        assert_eq!(page.js(faults).await?, json!([]));
        Ok(())
    });
}

#[test]
fn without_the_editors_file_a_plain_field_says_the_same() {
    in_browser_with_errors(async |page| {
        let cdp = page.cdp();
        cdp.send_raw("Network.enable", json!({})).await?;
        cdp.send_raw("Network.setBlockedURLs", json!({ "urls": ["*/lazy/*"] })).await?;
        open(page).await?;
        page.click("#tab-text").await?;
        text_with(page, "members: 5").await?;
        page.click("#scenario-text").await?;
        with_ctrl(page, char::from(Key::Home)).await?;
        type_in(page, "x: 1\n").await?;
        page.text_that(".problems", |text| text.contains("1:1")).await?;
        page.text_that("#text-stands", |text| text.contains("last good run stays")).await?;
        page.click(".problems button").await?;
        let selected = "const field = document.querySelector('#scenario-text'); return [document.activeElement.id, field.selectionStart, field.selectionEnd]";
        assert_eq!(page.js(selected).await?, json!(["scenario-text", 0, 1]));
        assert_eq!(page.js("return document.querySelector('#editor').hidden").await?, Value::Bool(true));
        Ok(())
    });
}

#[test]
fn the_editor_is_there_without_a_network() {
    in_browser_with_errors(async |page| {
        open(page).await?;
        page.element("#title").await?;
        assert_eq!(
            page.js("return 'offline' in document.documentElement.dataset").await?,
            true,
            "the page was built without its service worker: `cargo xtask keep`"
        );
        let kept = "return navigator.serviceWorker.ready.then(() => caches.match(document.documentElement.dataset.editor)).then(kept => !!kept)";
        let until = std::time::Instant::now() + std::time::Duration::from_secs(60);
        while page.js(kept).await? != json!(true) {
            assert!(std::time::Instant::now() < until, "the editor is never kept");
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        page.site().leave().await;
        page.refresh().await?;
        page.element(".actor").await?;
        page.click("#tab-text").await?;
        up(page).await
    });
}
