//! Around the run: scenarios, languages, links, texts.

mod common;

use common::{act, open, ordinal, pause, rewrite};
use muster_browser_tests::{Light, in_browser, in_browser_with_errors};
use serde_json::json;

#[test]
fn another_scenario_is_picked_and_told() {
    in_browser(async |page| {
        open(page).await?;
        let title = page.text_that("#title", |text| !text.is_empty() && text != "Starting…").await?;
        page.click("#picker").await?;
        page.click(".pop .entry[data-scenario=partition-heals], .pop .entry[data-scenario=minority-leader]")
            .await?;
        page.text_that("#title", |text| text != title).await?;
        assert_eq!(page.text("h1").await?, page.text("#title").await?);
        assert!(!page.text("#story").await?.is_empty());
        page.text_that("#ordinal", |text| text != "0").await?;
        Ok(())
    });
}

#[test]
fn a_check_that_breaks_stops_the_run_at_its_event() {
    in_browser(async |page| {
        page.look(1280, 800, Light::Light).await?;
        page.open("#scenario=stale-read").await?;
        page.element(".actor.leader").await?;
        page.js("const speed = document.querySelector('#speed'); speed.value = 12;\
             speed.dispatchEvent(new InputEvent('input', { bubbles: true }))")
            .await?;
        page.text_that("#notice", |text| text.contains("kv/noStaleRead")).await?;
        page.text_that(".verdict", |text| text.contains("1 of 10 checks broken")).await?;
        let digest = "return document.querySelector('[data-digest]').dataset.digest";
        let (stopped, sentence) = (page.js(digest).await?, page.text("#sentence").await?);
        assert!(sentence.contains("old"), "{sentence}");
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        assert_eq!(page.js(digest).await?, stopped, "nothing goes on");
        Ok(())
    });
}

#[test]
fn another_seed_is_another_history() {
    in_browser(async |page| {
        open(page).await?;
        let seed: u64 = page.text_that("#seed", |text| !text.is_empty()).await?.parse()?;
        page.click("#another-seed").await?;
        page.text_that("#seed", |text| text == (seed + 1).to_string()).await?;
        Ok(())
    });
}

#[test]
fn a_text_of_ones_own_is_kept_with_another_seed_and_has_no_librarys_address() {
    in_browser(async |page| {
        open(page).await?;
        let seed: u64 = page.text_that("#seed", |text| !text.is_empty()).await?.parse()?;
        page.until("return location.hash.startsWith('#scenario=leader-crash')").await?;
        rewrite(page, "until: 12s", "until: 11s").await?;
        page.until("return location.hash == ''").await?;
        page.click("#another-seed").await?;
        page.text_that("#seed", |text| text == (seed + 1).to_string()).await?;
        page.until("return document.querySelector('#scenario-text').value.includes('until: 11s')").await?;
        Ok(())
    });
}

#[test]
fn the_language_changes_everywhere_and_is_remembered() {
    in_browser(async |page| {
        open(page).await?;
        pause(page).await?;
        page.click("#language").await?;
        page.text_that("#tab-timeline", |text| text == "时间线").await?;
        assert_eq!(page.js("return document.documentElement.lang").await?, json!("zh-Hans"));
        let chinese = |text: &str| text.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter));
        page.text_that("#sentence", chinese).await?;
        page.text_that("#story", chinese).await?;
        page.refresh().await?;
        page.text_that("#tab-timeline", |text| text == "时间线").await?;
        Ok(())
    });
}

#[test]
fn a_link_shows_the_same_event_in_a_fresh_profile() {
    let mut shared = (String::new(), String::new(), 0);
    in_browser(async |page| {
        open(page).await?;
        pause(page).await?;
        act(page, "crash", "n4").await?;
        page.element(".actor.crashed[data-name=n4]").await?;
        page.click("#step").await?;
        page.click("#share").await?;
        page.until("return document.querySelector('#link')?.value.includes('#s=')").await?;
        let link = page.js("return document.querySelector('#link').value").await?;
        let link = link.as_str().unwrap_or_default().split_once('#').map(|(_, text)| text.to_owned());
        shared = (link.unwrap_or_default(), page.digest().await?, ordinal(page).await?);
        Ok(())
    });
    // A fresh browser, with an empty profile.
    in_browser(async |page| {
        page.open(&format!("#{}", shared.0)).await?;
        page.text_that("#ordinal", |text| text == shared.2.to_string()).await?;
        assert_eq!(page.digest().await?, shared.1);
        page.element(".actor.crashed[data-name=n4]").await?;
        assert_eq!(page.js("return document.querySelector('#notice')").await?, json!(null));
        Ok(())
    });
}

#[test]
fn a_link_that_is_none_is_refused_with_a_sentence() {
    in_browser(async |page| {
        page.open("#s=%00nonsense").await?;
        page.text_that("#notice", |text| text.contains("link")).await?;
        Ok(())
    });
}

#[test]
fn a_wrong_text_is_told_and_the_run_stays() {
    in_browser(async |page| {
        open(page).await?;
        pause(page).await?;
        let here = ordinal(page).await?;
        page.click("#tab-text").await?;
        page.js("const text = document.querySelector('#scenario-text');\
             text.value = text.value.replace('members:', 'menbers:');\
             text.dispatchEvent(new InputEvent('input', { bubbles: true }))")
            .await?;
        page.click("#run-text").await?;
        page.text_that(".problems", |text| text.contains("members")).await?;
        assert_eq!(ordinal(page).await?, here);
        let text = page.js("return document.querySelector('#scenario-text').value").await?;
        assert!(text.as_str().is_some_and(|text| text.contains("menbers:")), "the reader's text stays");
        page.click("#tab-logs").await?;
        page.until("return !document.querySelector('#scenario-text')").await?;
        page.click("#tab-text").await?;
        let text = page.js("return document.querySelector('#scenario-text').value").await?;
        assert!(
            text.as_str().is_some_and(|text| text.contains("menbers:")),
            "also while another panel is open"
        );
        Ok(())
    });
}

#[test]
fn a_worker_that_dies_is_replaced_on_the_same_run() {
    in_browser_with_errors(async |page| {
        let keep = "const Real = Worker; globalThis.workers = []; globalThis.Worker = class extends Real {\
                    constructor(...given) { super(...given); workers.push(this) } }";
        let script = json!({ "source": keep });
        page.cdp().send_raw("Page.enable", json!({})).await?;
        page.cdp().send_raw("Page.addScriptToEvaluateOnNewDocument", script).await?;
        open(page).await?;
        pause(page).await?;
        act(page, "crash", "n2").await?;
        page.element(".actor.crashed[data-name=n2]").await?;
        page.click("#step").await?;
        let (here, digest) = (ordinal(page).await?, page.digest().await?);
        page.js("workers.at(-1).dispatchEvent(new ErrorEvent('error', { message: 'as if it had died' }))")
            .await?;
        page.text_that("#notice", |text| text.contains("as if it had died")).await?;
        page.text_that("#ordinal", |text| text == here.to_string()).await?;
        page.until(&format!("return document.querySelector('[data-digest]').dataset.digest == '{digest}'"))
            .await?;
        page.element(".actor.crashed[data-name=n2]").await?;
        assert_eq!(page.js("return workers.length").await?, json!(2));
        // What was said is still there: the reader dismisses it, not the run that came back.
        assert!(page.text("#notice").await?.contains("as if it had died"));
        page.click("#notice button").await?;
        page.until("return !document.querySelector('#notice')").await?;
        Ok(())
    });
}

#[test]
fn nothing_is_wider_than_the_smallest_screen() {
    in_browser(async |page| {
        page.look(360, 740, Light::Light).await?;
        page.open("").await?;
        page.element(".actor").await?;
        // A scroll bar takes its part of the 360; nothing reaches beyond what is left.
        let widths =
            "const root = document.documentElement; return [innerWidth, root.scrollWidth - root.clientWidth]";
        assert_eq!(page.js(widths).await?, json!([360, 0]));
        Ok(())
    });
}

#[test]
fn on_the_smallest_screen_what_is_pressed_opens_right_below_the_stage() {
    in_browser(async |page| {
        page.look(360, 740, Light::Light).await?;
        page.open("").await?;
        page.click(".actor[data-name=n1]").await?;
        page.until(
            "const top = css => document.querySelector(css).getBoundingClientRect().top;\
             return document.querySelector('.inspect h2') && top('.stage') < top('.inspect') && top('.inspect') < top('.lesson')",
        )
        .await?;
        Ok(())
    });
}
