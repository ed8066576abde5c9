//! Finding things in one box, all keys, the tour; by mouse and by keyboard.

use muster_browser_tests::common::{DOWN, ENTER, ESCAPE, event_that, open, open_past, ordinal, pause};
use muster_browser_tests::{Page, Result, in_browser};
use serde_json::json;

/// Opens the box with its key and types.
async fn find(page: &Page, sought: &str) -> Result {
    page.keys("/").await?;
    page.until("return document.activeElement?.id == 'find'").await?;
    page.press(sought).await?;
    page.until(&format!("return document.querySelector('#find').value == {}", json!(sought))).await
}

#[test]
fn a_member_an_event_and_a_scenario_are_found_by_keyboard() {
    in_browser(async |page| {
        open_past(page, 600).await?;
        find(page, "n3").await?;
        page.text_that("#found", |text| text.starts_with("MEMBERS") || text.contains("n3")).await?;
        page.press(ENTER).await?;
        page.text_that("#who", |text| text.contains("n3")).await?;
        page.gone("dialog").await?;
        // An event by its words: the leader was elected at one.
        find(page, "vote").await?;
        page.until("return [...document.querySelectorAll('#found [role=group]')].some(group => group.ariaLabel == 'Events')").await?;
        page.press(DOWN).await?;
        page.until("return document.querySelector('#found-1[aria-selected=true]')").await?;
        page.press(ESCAPE).await?;
        page.gone("dialog").await?;
        // An event by its number.
        find(page, "17").await?;
        page.text_that("#found", |text| text.contains("event 17")).await?;
        page.press(ENTER).await?;
        page.text_that("#ordinal", |text| text == "17").await?;
        // A scenario by a word of its title.
        find(page, "stale read").await?;
        page.text_that("#found", |text| text.contains("A stale read")).await?;
        page.press(ENTER).await?;
        page.text_that("#title", |text| text.starts_with("A stale read")).await?;
        Ok(())
    });
}

#[test]
fn an_event_far_back_is_found_by_its_words_and_gone_to_by_mouse() {
    in_browser(async |page| {
        open_past(page, 900).await?;
        let end = ordinal(page).await?;
        page.click("#find-button").await?;
        page.until("return document.activeElement?.id == 'find'").await?;
        // All of them start at once, long ago.
        page.press("n4 starts").await?;
        page.click_that("#found .offer", "/n4 starts/.test(text)").await?;
        event_that(page, |now| now < 20 && now < end).await?;
        page.text_that("#sentence", |text| text.contains("n4")).await?;
        Ok(())
    });
}

#[test]
fn what_the_page_can_do_is_found_in_both_languages() {
    in_browser(async |page| {
        open(page).await?;
        pause(page).await?;
        find(page, "中文").await?;
        page.text_that("#found .offer", |text| text.contains("中文")).await?;
        page.press(ENTER).await?;
        page.text_that("#tab-timeline", |text| text == "时间线").await?;
        find(page, "断点").await?;
        page.until("return document.querySelector('#found .offer')").await?;
        find_nothing(page).await
    });
}

async fn find_nothing(page: &Page) -> Result {
    page.press("没有这样的东西").await?;
    page.until(
        "return document.querySelector('.find [role=status]') && !document.querySelector('#found .offer')",
    )
    .await
}

#[test]
fn the_tour_comes_once_in_five_sentences_and_again_when_asked() {
    in_browser(async |page| {
        open(page).await?;
        let mut told = Vec::new();
        for step in 1..=5 {
            page.text_that(".tour", |text| text.contains(&format!("{step} / 5"))).await?;
            told.push(page.text("#tour").await?);
            let about = [".stage", ".faults", ".transport", ".time", ".top"][step - 1];
            page.until(&format!(
                "return getComputedStyle(document.querySelector('{about}')).outlineStyle == 'solid'"
            ))
            .await?;
            page.click("#tour-next").await?;
        }
        page.until("return !document.querySelector('.tour, [data-tour]')").await?;
        told.dedup();
        assert_eq!(told.len(), 5, "{told:?}");
        page.refresh().await?;
        pause(page).await?;
        page.gone(".tour").await?; // not again by itself
        page.keys("?").await?;
        page.click("#tour-again").await?;
        page.element(".tour").await?;
        page.click("#tour-skip").await?;
        page.until("return !document.querySelector('.tour, [data-tour]')").await?;
        Ok(())
    });
}

#[test]
fn all_keys_are_listed() {
    in_browser(async |page| {
        open(page).await?;
        page.element(".actor").await?;
        page.keys("?").await?;
        for key in ["Space", "/", "b", "c", "f", "p", "r", "?"] {
            let listed = format!(
                "return [...document.querySelectorAll('.keys kbd')].some(kbd => kbd.textContent == {})",
                json!(key)
            );
            page.until(&listed).await?;
        }
        Ok(())
    });
}
