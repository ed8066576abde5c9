//! What a new user tries, with nothing read beforehand, by mouse and again by keyboard alone; what they do is counted from the page as
//! it first opens, tour and all.

use muster_browser_tests::common::{
    ENTER, ESCAPE, LEFT, TAB, event_that, first_leader, is, link, open, open_at, ordinal, pause, play, speed,
};
use muster_browser_tests::{Hand, Page, Result, in_browser};
use serde_json::json;

async fn says(page: &Page, words: &str) -> Result {
    let has = format!("return document.querySelector('.reasons').textContent.includes({})", json!(words));
    page.until(&has).await
}

/// Opens the page. A driver on a busy machine takes seconds for what a hand does in one: time goes slower than it would, lest the
/// scenario's own crash comes between two clicks. Where somebody leads for the first time it is gone to, and not waited for.
async fn open_calmly(page: &Page) -> Result {
    open(page).await?;
    first_leader(page).await?;
    speed(page, CALM).await?;
    play(page).await
}

/// A fiftieth of the clock's pace on the wall.
const CALM: u32 = 4;
/// A fifth.
const BRISK: u32 = 7;

/// The name of the member that leads.
async fn leader(page: &Page) -> Result<String> {
    page.attr(".actor.leader:not(.crashed)", "data-name").await
}

/// The key that selects a member.
fn key(member: &str) -> &str {
    member.trim_start_matches(|letter: char| !letter.is_ascii_digit())
}

/// Waits until another member leads than this one; nothing is done meanwhile, and so time goes faster.
async fn successor(page: &Page, of: &str) -> Result<String> {
    speed(page, BRISK).await?;
    page.element(&format!(".actor.leader:not([data-name={of}])")).await?;
    speed(page, CALM).await?;
    leader(page).await
}

async fn why_it_leads(page: &Page, next: &str) -> Result {
    page.text_that("#question", |text| text.contains(next) && text.ends_with("lead?")).await?;
    says(page, "voted for").await?;
    says(page, "majority").await
}

#[test]
fn one_the_leader_crashes_and_who_took_over_is_told_with_why_by_mouse() {
    in_browser(async |page| {
        open_calmly(page).await?;
        let first = leader(page).await?;
        let mut hand = Hand::of(page);
        hand.click(".actor.leader").await?;
        hand.click(".verbs [data-verb=crash]").await?;
        is(page, &first, "crashed").await?;
        let next = successor(page, &first).await?;
        hand.click(&format!(".actor[data-name={next}]")).await?;
        hand.click("#why").await?;
        why_it_leads(page, &next).await?;
        hand.within(5).map(drop)
    });
}

#[test]
fn one_the_leader_crashes_and_who_took_over_is_told_with_why_by_keyboard() {
    in_browser(async |page| {
        open_calmly(page).await?;
        let first = leader(page).await?;
        let mut hand = Hand::of(page);
        hand.press(key(&first)).await?;
        page.element(".verbs [data-verb=crash]").await?;
        hand.press("c").await?;
        is(page, &first, "crashed").await?;
        let next = successor(page, &first).await?;
        hand.press(key(&next)).await?;
        page.text_that("#who", |text| text.contains(&next)).await?;
        page.element("#why").await?;
        hand.press("w").await?;
        why_it_leads(page, &next).await?;
        // The question has the focus; Escape leaves.
        page.until("return document.activeElement.id == 'question'").await?;
        page.press(ESCAPE).await?;
        page.gone("#answer").await?;
        hand.within(5).map(drop)
    });
}

/// Chooses a scenario in the list above the page as it first opens.
async fn picked<'a>(page: &'a Page, name: &str) -> Result<Hand<'a>> {
    open(page).await?;
    page.element(".actor").await?;
    let mut hand = Hand::of(page);
    hand.click("#picker").await?;
    hand.click(&format!(".pop [data-scenario={name}]")).await?;
    Ok(hand)
}

/// Finds a scenario by a word of its title, and takes it.
async fn found<'a>(page: &'a Page, word: &str) -> Result<Hand<'a>> {
    open(page).await?;
    page.element(".actor").await?;
    let mut hand = Hand::of(page);
    hand.press("/").await?;
    page.until("return document.activeElement.id == 'find'").await?;
    hand.write(word).await?;
    page.text_that("#found [aria-selected=true]", |text| text.contains(word)).await?;
    hand.press(ENTER).await?;
    page.text_that("#title", |text| text.contains(word)).await?;
    page.gone("dialog").await?;
    Ok(hand)
}

const TWO_LEAD: &str = "return document.querySelectorAll('.actor.leader').length == 2";

#[test]
fn two_members_believe_at_once_that_they_lead_and_it_is_harmless_by_mouse() {
    in_browser(async |page| {
        let mut hand = picked(page, "minority-leader").await?;
        page.text_that("#title", |text| text.contains("minority")).await?;
        hand.click("#speed").await?; // in its middle
        page.until(TWO_LEAD).await?;
        hand.click("#play").await?;
        hand.click_on(".ask-why", "2 members believe").await?;
        says(page, "harmless").await?;
        says(page, "2 of 5 members").await?;
        hand.within(8).map(drop)
    });
}

#[test]
fn two_members_believe_at_once_that_they_lead_and_it_is_harmless_by_keyboard() {
    in_browser(async |page| {
        let mut hand = found(page, "minority").await?;
        hand.press_times("+", 3).await?;
        page.until(TWO_LEAD).await?;
        hand.press("w").await?;
        says(page, "harmless").await?;
        hand.within(8).map(drop)
    });
}

async fn told_the_rule(page: &Page) -> Result {
    says(page, "only entries of its own term count").await?;
    says(page, "commitOnlyOwnTerm").await
}

#[test]
fn three_an_entry_is_not_committed_and_the_rule_is_told_by_mouse() {
    in_browser(async |page| {
        let mut hand = picked(page, "figure-8-overwritten").await?;
        page.element("#ended").await?;
        hand.click(".actor.leader").await?;
        hand.click_on(".ask-why", "not committed").await?;
        told_the_rule(page).await?;
        hand.within(5).map(drop)
    });
}

#[test]
fn three_an_entry_is_not_committed_and_the_rule_is_told_by_keyboard() {
    in_browser(async |page| {
        let mut hand = found(page, "overwritten").await?;
        page.element("#ended").await?;
        page.rest().await?;
        hand.press("w").await?;
        page.text_that("#question", |text| text.ends_with("lead?")).await?;
        hand.press("w").await?; // the next question
        told_the_rule(page).await?;
        hand.within(5).map(drop)
    });
}

/// The leader was crashed by hand and another one leads: the number of the event it happened at.
async fn crashed(page: &Page) -> Result<(String, u64)> {
    let first = leader(page).await?;
    let digit = key(&first);
    page.press(digit).await?;
    page.element(".verbs [data-verb=crash]").await?;
    page.press("c").await?;
    is(page, &first, "crashed").await?;
    let at = ordinal(page).await?;
    successor(page, &first).await?;
    Ok((first, at))
}

/// There are two branches now: the number of the event at which they part.
async fn forked(page: &Page) -> Result<u64> {
    page.becomes("return document.querySelectorAll('.branch').length", 2).await?;
    ordinal(page).await
}

/// Both futures are there, and what parted them is told.
async fn both_futures(page: &Page, first: &str) -> Result {
    page.element("#other-stage .actor").await?;
    page.text_that("#same-until", |text| text.contains("first that differs")).await?;
    is(page, first, "leader").await?;
    page.element(&format!("#other-stage .actor.crashed[data-name={first}]")).await.map(drop)
}

#[test]
fn four_it_is_gone_back_prevented_and_compared_by_mouse() {
    in_browser(async |page| {
        open_calmly(page).await?;
        let (first, _) = crashed(page).await?;
        let mut hand = Hand::of(page);
        // What was done is listed, and leads to its place; one event before it nobody has crashed anything yet.
        hand.click("#tab-commands").await?;
        hand.click(".given .plain").await?;
        page.rest().await?;
        hand.click("#back").await?;
        is(page, &first, "leader").await?;
        page.rest().await?;
        hand.click("#fork").await?;
        let from = forked(page).await?;
        hand.click("#play").await?;
        event_that(page, |now| now > from + 60).await?;
        hand.click("#play").await?;
        hand.click("#compare").await?;
        both_futures(page, &first).await?;
        hand.within(10).map(drop)
    });
}

#[test]
fn four_it_is_gone_back_prevented_and_compared_by_keyboard() {
    in_browser(async |page| {
        open_calmly(page).await?;
        let (first, crash) = crashed(page).await?;
        let mut hand = Hand::of(page);
        // From mark to mark back to the crash, and one event further: seven actions in all (two marks and an event back, a fork, play,
        // pause, compare).
        while ordinal(page).await? > crash {
            let here = ordinal(page).await?;
            hand.press(",").await?;
            event_that(page, |now| now < here).await?;
            page.rest().await?;
        }
        if page.js(&format!("return !!document.querySelector('.actor.crashed[data-name={first}]')")).await?
            == json!(true)
        {
            hand.press(LEFT).await?;
        }
        is(page, &first, "leader").await?;
        page.rest().await?;
        hand.press("f").await?;
        let from = forked(page).await?;
        hand.press(" ").await?;
        event_that(page, |now| now > from + 60).await?;
        hand.press(" ").await?;
        hand.press("v").await?;
        both_futures(page, &first).await?;
        hand.within(10).map(drop)
    });
}

/// What the browser would paste.
async fn clipboard(page: &Page) -> Result<String> {
    page.until("return (async () => globalThis.pasted = await navigator.clipboard.readText())() && globalThis.pasted?.includes('#s=') && globalThis.pasted.startsWith(location.origin)").await?;
    Ok(page.js("return pasted.split('#')[1]").await?.as_str().unwrap_or_default().to_owned())
}

async fn may_paste(page: &Page) -> Result {
    let origin = page.site().base().split("/some").next().unwrap_or_default().to_owned();
    let grant = json!({ "origin": origin, "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
    page.cdp().send_raw("Browser.grantPermissions", grant).await?;
    Ok(())
}

/// A friend opens a link where the page was never before and sees this.
fn a_friend_sees(shared: (String, String)) {
    let (link, digest) = shared;
    in_browser(async |page| {
        open_at(page, &format!("#{link}")).await?;
        page.digest_is(&digest).await
    });
}

#[test]
fn five_the_run_is_sent_to_a_friend_by_mouse() {
    let mut shared = Default::default();
    in_browser(async |page| {
        open_calmly(page).await?;
        crashed(page).await?;
        page.stop().await?;
        may_paste(page).await?;
        let mut hand = Hand::of(page);
        hand.click("#share").await?;
        hand.click("dialog .share .primary").await?;
        shared = (clipboard(page).await?, page.digest().await?);
        hand.within(3)?;
        Ok(())
    });
    a_friend_sees(shared);
}

#[test]
fn five_the_run_is_sent_to_a_friend_by_keyboard() {
    let mut shared = Default::default();
    in_browser(async |page| {
        open_calmly(page).await?;
        crashed(page).await?;
        page.stop().await?;
        may_paste(page).await?;
        let mut hand = Hand::of(page);
        hand.press("s").await?;
        // It comes selected, and only needs to be copied.
        page.until(
            "const field = document.querySelector('#link');\
             return document.activeElement == field && field.value.includes('#s=') && field.selectionEnd == field.value.length && field.selectionStart == 0",
        )
        .await?;
        hand.press("\u{e009}c\u{e000}").await?; // Ctrl and C
        shared = (clipboard(page).await?, page.digest().await?);
        hand.within(3)?;
        Ok(())
    });
    a_friend_sees(shared);
}

#[test]
fn five_the_button_that_copies_is_reached_from_the_link_by_one_key() {
    in_browser(async |page| {
        open(page).await?;
        pause(page).await?;
        let shared = link(page).await?;
        assert!(!shared.is_empty());
        page.press("s").await?;
        page.until("return document.activeElement.id == 'link' && document.activeElement.value").await?;
        page.press(TAB).await?;
        page.until("return document.activeElement.matches('dialog .share .primary')").await
    });
}
