//! A reader plays a run, steps, seeks, breaks it and mends it.

use muster_browser_tests::common::{
    RIGHT, act, event_that, first_leader, is, open, open_past, ordinal, pause, play, play_past, seek_to_end,
    step, tab,
};
use muster_browser_tests::in_browser;

#[test]
fn play_pause_step_and_back_come_to_the_same_place() {
    in_browser(async |page| {
        open(page).await?;
        pause(page).await?;
        let here = ordinal(page).await?;
        let (clock, sentence) = (page.text("#clock").await?, page.text("#sentence").await?);
        step(page, 1).await?;
        step(page, 1).await?;
        step(page, -2).await?;
        // A step lands on an event, which may be a little before the time that playing had reached.
        assert_eq!(page.text("#sentence").await?, sentence, "at {clock}");
        play(page).await?;
        event_that(page, |now| now > here + 5).await?;
        Ok(())
    });
}

#[test]
fn keys_play_and_step_unless_they_are_switched_off() {
    in_browser(async |page| {
        open(page).await?;
        pause(page).await?;
        let here = ordinal(page).await?;
        page.keys(RIGHT).await?;
        page.text_that("#ordinal", |text| text == (here + 1).to_string()).await?;
        page.keys("?").await?;
        page.click("dialog .switch input").await?;
        page.click("dialog header button").await?;
        page.gone("dialog").await?;
        page.keys(RIGHT).await?;
        page.keys("1").await?;
        page.rest().await?;
        assert_eq!(ordinal(page).await?, here + 1);
        page.gone("#who").await?;
        Ok(())
    });
}

#[test]
fn seeking_goes_anywhere_and_back_to_the_same_event() {
    in_browser(async |page| {
        open(page).await?;
        play_past(page, 40).await?;
        seek_to_end(page).await?;
        let (end, sentence) = (ordinal(page).await?, page.text("#sentence").await?);
        page.click("#first").await?;
        page.text_that("#ordinal", |text| text == "0").await?;
        tab(page, "events").await?;
        page.click("#last").await?;
        page.text_that("#ordinal", |text| text == end.to_string()).await?;
        page.rest().await?;
        assert_eq!(page.text("#sentence").await?, sentence);
        // An event in the list leads to its place.
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
        is(page, "n2", "up").await?;
        act(page, "crash", "n2").await?;
        is(page, "n2", "crashed").await?;
        act(page, "start", "n2").await?;
        page.click("#step").await?; // its first event
        is(page, "n2", "up").await?;
        page.click("#undo").await?;
        is(page, "n2", "crashed").await?;
        page.click("#undo").await?;
        is(page, "n2", "up").await?;
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
        page.gone(".wall, .link.shut").await?;
        // A verb without effect says why.
        page.until("return document.querySelector('.faults [data-verb=heal][aria-disabled=true]').title")
            .await?;
        Ok(())
    });
}

#[test]
fn a_command_in_the_past_leaves_the_old_future_as_a_branch() {
    in_browser(async |page| {
        open_past(page, 60).await?;
        step(page, -5).await?;
        act(page, "crash", "n3").await?;
        is(page, "n3", "crashed").await?;
        page.becomes("return document.querySelectorAll('.branch').length", 2).await?;
        page.click(".branch:not(.on)").await?;
        is(page, "n3", "up").await?;
        Ok(())
    });
}

#[test]
fn looking_into_a_member_shows_what_survives_a_crash() {
    in_browser(async |page| {
        open(page).await?;
        first_leader(page).await?; // a member that was elected has something on its disk
        page.click(".actor[data-name=n1]").await?;
        page.text_that("#who", |text| text == "n1").await?;
        page.text_that(".inspect", |text| text.contains("Survives a crash")).await?;
        Ok(())
    });
}
