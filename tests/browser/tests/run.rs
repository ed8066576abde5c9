//! A reader plays a run, steps, seeks, breaks it and mends it.

mod common;

use common::{act, open, ordinal, pause, seek_to_end, status};
use muster_browser_tests::in_browser;
use serde_json::json;

#[test]
fn play_pause_step_and_back_come_to_the_same_place() {
    in_browser(async |page| {
        open(page).await?;
        pause(page).await?;
        let here = ordinal(page).await?;
        let (clock, sentence) = (page.text("#clock").await?, page.text("#sentence").await?);
        page.click("#step").await?;
        page.text_that("#ordinal", |text| text == (here + 1).to_string()).await?;
        page.click("#step").await?;
        page.text_that("#ordinal", |text| text == (here + 2).to_string()).await?;
        page.click("#back").await?;
        page.click("#back").await?;
        page.text_that("#ordinal", |text| text == here.to_string()).await?;
        // A step lands on an event, which may be a little before the time that playing had reached.
        assert_eq!(page.text("#sentence").await?, sentence, "at {clock}");
        page.click("#play").await?;
        page.text_that("#ordinal", |text| text.parse().is_ok_and(|now: u64| now > here + 5)).await?;
        Ok(())
    });
}

#[test]
fn keys_play_and_step_unless_they_are_switched_off() {
    in_browser(async |page| {
        open(page).await?;
        pause(page).await?;
        let here = ordinal(page).await?;
        page.keys("\u{e014}").await?; // arrow right
        page.text_that("#ordinal", |text| text == (here + 1).to_string()).await?;
        page.keys("?").await?;
        page.click("dialog .switch input").await?;
        page.click("dialog header button").await?;
        page.until("return !document.querySelector('dialog')").await?;
        page.keys("\u{e014}").await?;
        page.keys("1").await?;
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        assert_eq!(ordinal(page).await?, here + 1);
        Ok(())
    });
}

#[test]
fn seeking_goes_anywhere_and_back_to_the_same_event() {
    in_browser(async |page| {
        open(page).await?;
        page.text_that("#ordinal", |text| text.parse().is_ok_and(|now: u64| now > 40)).await?;
        seek_to_end(page).await?;
        let (end, sentence) = (ordinal(page).await?, page.text("#sentence").await?);
        page.click("#first").await?;
        page.text_that("#ordinal", |text| text == "0").await?;
        page.click("#tab-events").await?;
        page.click("#last").await?;
        page.text_that("#ordinal", |text| text == end.to_string()).await?;
        assert_eq!(page.text("#sentence").await?, sentence);
        // An event in the list leads to its place.
        page.element(".events li:nth-child(3) button").await?;
        let third = page.text(".events li:nth-child(3) .num").await?;
        page.click(".events li:nth-child(3) button").await?;
        page.text_that("#ordinal", |text| text == third).await?;
        Ok(())
    });
}

#[test]
fn a_member_crashes_and_starts_again_and_undo_takes_it_back() {
    in_browser(async |page| {
        open(page).await?;
        pause(page).await?;
        assert_eq!(status(page, "n2").await?, "up");
        act(page, "crash", "n2").await?;
        page.element(".actor.crashed[data-name=n2]").await?;
        act(page, "start", "n2").await?;
        page.click("#step").await?; // its first event
        page.element(".actor.up[data-name=n2]").await?;
        page.click("#undo").await?;
        page.element(".actor.crashed[data-name=n2]").await?;
        page.click("#undo").await?;
        page.element(".actor.up[data-name=n2]").await?;
        Ok(())
    });
}

#[test]
fn a_partition_stands_as_a_wall_until_it_is_healed() {
    in_browser(async |page| {
        open(page).await?;
        pause(page).await?;
        page.click(".faults [data-verb=partition]").await?;
        page.click("dialog form [type=submit]").await?;
        page.element(".wall").await?;
        page.element(".link.shut").await?;
        page.click(".faults [data-verb=heal]").await?;
        page.until("return !document.querySelector('.wall, .link.shut')").await?;
        let why = page.js("return document.querySelector('.faults [data-verb=heal]').title").await?;
        assert_ne!(why, json!(""), "a verb without effect says why");
        Ok(())
    });
}

#[test]
fn a_command_in_the_past_leaves_the_old_future_as_a_branch() {
    in_browser(async |page| {
        open(page).await?;
        page.text_that("#ordinal", |text| text.parse().is_ok_and(|now: u64| now > 60)).await?;
        pause(page).await?;
        let end = ordinal(page).await?;
        for _ in 0..5 {
            page.click("#back").await?;
        }
        page.text_that("#ordinal", |text| text.parse().is_ok_and(|now: u64| now < end)).await?;
        act(page, "crash", "n3").await?;
        page.element(".actor.crashed[data-name=n3]").await?;
        page.until("return document.querySelectorAll('.branch').length == 2").await?;
        page.click(".branch:not(.on)").await?;
        page.element(".actor.up[data-name=n3]").await?;
        Ok(())
    });
}

#[test]
fn looking_into_a_member_shows_what_survives_a_crash() {
    in_browser(async |page| {
        open(page).await?;
        page.element(".actor.leader").await?; // a member that was elected has something on its disk
        pause(page).await?;
        page.js("document.querySelector('.actor[data-name=n1]').dispatchEvent(new MouseEvent('click', { bubbles: true }))").await?;
        page.text_that("#who", |text| text == "n1").await?;
        page.text_that(".inspect", |text| text.contains("Survives a crash")).await?;
        Ok(())
    });
}
