//! Why, and why not, as a newcomer asks: by mouse and again by keyboard. The number of actions is counted in tryouts.rs.

use muster_browser_tests::common::{ENTER, ESCAPE, TOO_WIDE, open, open_at, pause};
use muster_browser_tests::{Hand, Light, Page, Result, in_browser};
use serde_json::json;

async fn says(page: &Page, words: &str) -> Result {
    let has = format!("return !!document.querySelector('.reasons')?.textContent.includes({})", json!(words));
    page.until(&has).await
}

#[test]
fn two_members_believe_that_they_lead_and_it_is_harmless() {
    in_browser(async |page| {
        open_at(page, "#scenario=minority-leader").await?;
        // Not counted: the list of scenarios, the scenario in it, and three times faster.
        let mut hand = Hand::of(page);
        page.element(".actor").await?;
        page.press("+++").await?;
        page.until("return document.querySelectorAll('.actor.leader').length == 2").await?;
        hand.click("#play").await?;
        hand.click_on(".ask-why", "2 members believe").await?;
        says(page, "harmless").await?;
        says(page, "2 of 5 members").await?;
        hand.within(8 - 5)?;
        // One step further back: what keeps it from hearing.
        hand.click_on(".ask-why", "Why does nothing pass").await?;
        says(page, "partition").await?;
        page.click(".rests .step").await?;
        page.element("#event-asked").await?;
        says(page, "from outside").await?;
        // And back again by the way one came.
        page.element(".trail li").await?;
        page.click("#why-back").await?;
        says(page, "partition").await?;
        page.press(ESCAPE).await?;
        says(page, "harmless").await?;
        Ok(())
    });
}

#[test]
fn the_same_with_nothing_selected_by_one_key() {
    in_browser(async |page| {
        open_at(page, "#scenario=minority-leader").await?;
        page.element(".actor").await?;
        page.press("+++").await?;
        page.until("return document.querySelectorAll('.actor.leader').length == 2").await?;
        page.press("w").await?;
        says(page, "harmless").await?;
        Ok(())
    });
}

#[test]
fn an_entry_is_not_committed_and_the_rule_is_told() {
    in_browser(async |page| {
        open_at(page, "#scenario=figure-8-overwritten").await?;
        let mut hand = Hand::of(page); // the list of scenarios, and the scenario in it, are two more
        page.element("#ended").await?;
        hand.click(".actor.leader").await?;
        hand.click_on(".ask-why", "not committed").await?;
        says(page, "only entries of its own term count").await?;
        says(page, "commitOnlyOwnTerm").await?;
        hand.within(5 - 2)?;
        Ok(())
    });
}

#[test]
fn the_same_from_a_cell_of_the_log_by_keyboard() {
    in_browser(async |page| {
        open_at(page, "#scenario=figure-8-overwritten").await?;
        page.element("#ended").await?;
        page.press("5").await?;
        page.press_on(".log li:last-child button", ENTER).await?;
        says(page, "only entries of its own term count").await?;
        Ok(())
    });
}

#[test]
fn what_just_happened_a_check_and_an_expectation_lead_to_their_why() {
    in_browser(async |page| {
        open(page).await?;
        pause(page).await?;
        page.press("W").await?;
        page.element("#event-asked").await?;
        page.click("#why-close").await?;
        page.click("#why-event").await?;
        page.element("#event-asked").await?;
        page.click("#tab-checks").await?;
        page.click(".checks .linky").await?;
        says(page, "watched at every event").await?;
        page.click(".checks section:nth-of-type(2) .linky:last-child").await?;
        page.text_that("#question", |text| text.contains("expectation")).await?;
        Ok(())
    });
}

#[test]
fn it_fits_a_narrow_screen() {
    in_browser(async |page| {
        page.look(360, 740, Light::Light).await?;
        page.open("#scenario=minority-leader").await?;
        page.element(".actor").await?;
        page.press("+++").await?;
        page.until("return document.querySelectorAll('.actor.leader').length == 2").await?;
        page.press("w").await?;
        says(page, "harmless").await?;
        page.becomes(TOO_WIDE, json!([360, 0])).await?;
        Ok(())
    });
}
