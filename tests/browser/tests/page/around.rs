//! Around the run: scenarios, languages, links, texts.

use muster_browser_tests::common::{
    TOO_WIDE, act, is, link, open, open_at, ordinal, pause, rewrite, speed, step, tab, write,
};
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
        page.text_that("#title", |text| !text.is_empty() && text != title).await?;
        page.until("const text = css => document.querySelector(css).innerText; return text('h1') == text('#title') && text('#story')").await?;
        page.text_that("#ordinal", |text| text != "0").await?;
        Ok(())
    });
}

#[test]
fn a_check_that_breaks_stops_the_run_at_its_event() {
    in_browser(async |page| {
        open_at(page, "#scenario=stale-read").await?;
        page.element(".actor").await?;
        speed(page, 12).await?;
        page.text_that("#notice", |text| text.contains("kv/noStaleRead")).await?;
        page.text_that(".verdict", |text| text.contains("1 of 10 checks broken")).await?;
        page.rest().await?; // only a run that stands still rests
        page.text_that("#sentence", |text| text.contains("old")).await?;
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
        page.becomes("return document.documentElement.lang", "zh-Hans").await?;
        let chinese = |text: &str| text.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter));
        page.text_that("#sentence", chinese).await?;
        page.text_that("#story", chinese).await?;
        page.refresh().await?;
        page.text_that("#tab-timeline", |text| text == "时间线").await?;
        Ok(())
    });
}

#[test]
fn a_link_shows_the_same_event_where_nothing_is_kept() {
    let mut shared = (String::new(), String::new(), 0);
    in_browser(async |page| {
        open(page).await?;
        pause(page).await?;
        act(page, "crash", "n4").await?;
        page.element(".actor.crashed[data-name=n4]").await?;
        step(page, 1).await?;
        shared = (link(page).await?, page.digest().await?, ordinal(page).await?);
        Ok(())
    });
    // A tab at an address that keeps nothing yet.
    in_browser(async |page| {
        page.open(&format!("#{}", shared.0)).await?;
        page.text_that("#ordinal", |text| text == shared.2.to_string()).await?;
        page.digest_is(&shared.1).await?;
        is(page, "n4", "crashed").await?;
        page.rest().await?;
        page.gone("#notice").await?;
        Ok(())
    });
}

#[test]
fn a_link_that_is_none_is_refused_with_a_sentence_over_the_example() {
    for (address, said) in [("#s=%00nonsense", "link"), ("#scenario=nonsense", "nonsense")] {
        in_browser(async |page| {
            page.open(address).await?;
            page.element(".actor").await?;
            page.text_that(".picker b", |text| text == "The leader crashes").await?;
            page.text_that("#notice", |text| text.contains(said)).await?;
            Ok(())
        });
    }
}

#[test]
fn on_a_phone_what_is_pressed_opens_in_sight() {
    in_browser(async |page| {
        open(page).await?;
        pause(page).await?;
        page.look(360, 740, Light::Light).await?;
        page.click(".actor[data-name=n1]").await?;
        let seen = "const name = document.querySelector('.inspect.open h2'), panel = document.querySelector('.time');
            return !!name && name.getBoundingClientRect().bottom < panel.getBoundingClientRect().top
                && document.querySelector('.stage').getBoundingClientRect().bottom > 100";
        page.until(seen).await?;
        Ok(())
    });
}

#[test]
fn a_wrong_text_is_told_and_the_run_stays() {
    in_browser(async |page| {
        open(page).await?;
        pause(page).await?;
        let here = ordinal(page).await?;
        write(page, "members:", "menbers:").await?;
        page.click("#run-text").await?;
        page.text_that(".problems", |text| text.contains("members")).await?;
        page.rest().await?;
        assert_eq!(ordinal(page).await?, here);
        // The reader's text stays, also while another panel is open.
        let stays = "return document.querySelector('#scenario-text').value.includes('menbers:')";
        page.until(stays).await?;
        tab(page, "logs").await?;
        page.gone("#scenario-text").await?;
        tab(page, "text").await?;
        page.until(stays).await?;
        Ok(())
    });
}

#[test]
fn a_worker_that_dies_is_replaced_on_the_same_run() {
    in_browser_with_errors(async |page| {
        open(page).await?;
        pause(page).await?;
        act(page, "crash", "n2").await?;
        page.element(".actor.crashed[data-name=n2]").await?;
        step(page, 1).await?;
        let (here, digest) = (ordinal(page).await?, page.digest().await?);
        page.js("workers.at(-1).dispatchEvent(new ErrorEvent('error', { message: 'as if it had died' }))")
            .await?;
        page.text_that("#notice", |text| text.contains("as if it had died")).await?;
        page.text_that("#ordinal", |text| text == here.to_string()).await?;
        page.digest_is(&digest).await?;
        page.element(".actor.crashed[data-name=n2]").await?;
        page.becomes("return workers.length", 2).await?;
        page.rest().await?;
        // What was said is still there: the reader dismisses it, not the run that came back.
        page.text_that("#notice", |text| text.contains("as if it had died")).await?;
        page.click("#notice button").await?;
        page.gone("#notice").await?;
        Ok(())
    });
}

#[test]
fn nothing_is_wider_than_the_smallest_screen() {
    in_browser(async |page| {
        page.look(360, 740, Light::Light).await?;
        page.open("").await?;
        page.element(".actor").await?;
        page.becomes(TOO_WIDE, json!([360, 0])).await?;
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
