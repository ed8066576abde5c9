//! Going about in time: steps by something, running until a composed condition, breakpoints; by mouse and by keyboard.

use muster_browser_tests::common::{
    DOWN, ESCAPE, HOME, LEFT, RIGHT, TAB, event_that, open, ordinal, pause, rewrite,
};
use muster_browser_tests::{Page, Result, in_browser};

const SHIFT: &str = "\u{e008}";
const NOTHING: &str = "\u{e000}";

#[test]
fn a_step_goes_by_messages_by_marks_and_by_the_selected_member() {
    in_browser(async |page| {
        open(page).await?;
        pause(page).await?;
        page.choose("#step-by", "a message arrives").await?;
        let before = ordinal(page).await?;
        page.click("#step").await?;
        event_that(page, |now| now > before).await?;
        page.text_that("#sentence", |text| !text.is_empty()).await?;
        page.rest().await?;
        let there = ordinal(page).await?;
        page.click("#step").await?;
        event_that(page, |now| now > there).await?;
        page.click("#back").await?;
        page.text_that("#ordinal", |text| text == there.to_string()).await?;
        // The leader crashes at two seconds, whoever leads: that is the first fault.
        page.choose("#step-by", "a fault").await?;
        page.click("#step").await?;
        page.text_that("#clock", |text| text.starts_with("2.000")).await?;
        page.element(".actor.crashed").await?;
        page.choose("#step-by", "an election is won").await?;
        page.click("#step").await?;
        page.element(".actor.leader").await?;
        Ok(())
    });
}

#[test]
fn where_there_is_none_before_it_is_said_and_one_stays() {
    in_browser(async |page| {
        open(page).await?;
        pause(page).await?;
        let here = ordinal(page).await?;
        page.choose("#step-by", "a check breaks").await?;
        page.click("#back").await?;
        page.text_that("#notice", |text| text.contains("none")).await?;
        page.rest().await?;
        assert_eq!(ordinal(page).await?, here);
        Ok(())
    });
}

/// Notes what the worker is asked, and while `globalThis.deaf` holds, keeps it for later.
const HELD: &str = "const post = Worker.prototype.postMessage; globalThis.asked = 0; globalThis.held = [];\
    Worker.prototype.postMessage = function (...what) {\
      globalThis.asked++;\
      if (globalThis.deaf) globalThis.held.push([this, what]); else post.apply(this, what);\
    };\
    globalThis.hear = () => { globalThis.deaf = false; for (const [worker, what] of globalThis.held.splice(0)) post.apply(worker, what) };";

/// Opens the page at the end of a run in which little happens in ten minutes: a search goes through all of it.
async fn open_at_end(page: &Page) -> Result {
    page.before_each_document(HELD).await?;
    open(page).await?;
    pause(page).await?;
    rewrite(
        page,
        "uniform: [150ms, 300ms] }, heartbeat: 50ms",
        "uniform: [1500ms, 3000ms] }, heartbeat: 500ms",
    )
    .await?;
    page.until("return document.querySelector('#run-text').disabled").await?;
    page.keys("++++++++++++ ").await?;
    page.element("#ended").await?;
    page.rest().await
}

/// The minute of virtual time that is shown.
async fn minute(page: &Page) -> Result<u32> {
    let clock = page.text("#clock").await?;
    Ok(clock.split_once(" min").and_then(|(minutes, _)| minutes.parse().ok()).unwrap_or(0))
}

/// Ten minutes of virtual time from where the simulation stood, however many pieces it is asked for in.
#[test]
fn a_search_for_what_does_not_come_gives_up() {
    in_browser(async |page| {
        open_at_end(page).await?;
        page.js("globalThis.asked = 0").await?;
        page.choose("#step-by", "a check breaks").await?;
        page.click("#step").await?;
        page.text_that("#clock", |text| text.starts_with("10 min 12.")).await?;
        page.element("#play:is([aria-label='Play'])").await?;
        page.rest().await?;
        page.text_that("#clock", |text| text == "10 min 12.000 s").await?;
        let pieces = page.js("return asked").await?.as_u64().unwrap_or_default();
        assert!(pieces > 3, "in {pieces} pieces");
        Ok(())
    });
}

/// Another search, begun before the first gave up, has its own ten minutes.
#[test]
fn a_search_that_takes_another_ones_place_begins_anew() {
    in_browser(async |page| {
        open_at_end(page).await?;
        page.choose("#step-by", "a check breaks").await?;
        page.click("#step").await?;
        // The worker hears nothing until the other one was begun: the first cannot come to its end meanwhile.
        page.until(
            "const minutes = parseInt(/^(\\d+) min/.exec(document.querySelector('#clock').innerText)?.[1] ?? '0');\
             return minutes >= 2 && (globalThis.deaf = true)",
        )
        .await?;
        page.until("return globalThis.held.length > 0").await?;
        let second = minute(page).await?;
        assert!((2..10).contains(&second), "the first has given up, at {second} min");
        page.element("#play:not([aria-label='Play'])").await?;
        page.choose("#step-by", "a fault").await?;
        page.click("#step").await?;
        page.js("hear()").await?;
        page.text_that("#clock", |text| text.starts_with("1") && text.contains(" min")).await?;
        page.element("#play:is([aria-label='Play'])").await?;
        page.rest().await?;
        let end = minute(page).await?;
        assert!(end >= 12 && end + 1 >= second + 10, "begun at {second} min, given up at {end}");
        Ok(())
    });
}

#[test]
fn keys_step_by_what_was_chosen_and_to_the_next_of_the_same_kind() {
    in_browser(async |page| {
        open(page).await?;
        pause(page).await?;
        let before = ordinal(page).await?;
        page.keys(RIGHT).await?;
        let here = event_that(page, |now| now == before + 1).await?;
        page.rest().await?;
        let sentence = page.text("#sentence").await?;
        page.keys(&format!("{SHIFT}{RIGHT}{NOTHING}")).await?;
        event_that(page, |now| now > here).await?;
        page.keys(&format!("{SHIFT}{LEFT}{NOTHING}")).await?;
        page.text_that("#ordinal", |text| text == here.to_string()).await?;
        page.rest().await?;
        assert_eq!(page.text("#sentence").await?, sentence);
        // To the next mark, as a presentation remote does.
        page.keys(".").await?;
        page.until("return document.querySelector('.actor.leader, .actor.crashed')").await?;
        page.rest().await?;
        let marked = ordinal(page).await?;
        page.keys(".").await?;
        event_that(page, |now| now > marked).await?;
        page.keys(",").await?;
        page.text_that("#ordinal", |text| text == marked.to_string()).await?;
        Ok(())
    });
}

#[test]
fn it_runs_until_a_condition_put_together_holds() {
    in_browser(async |page| {
        open(page).await?;
        pause(page).await?;
        page.choose("#until", "Another condition…").await?;
        page.element("dialog .condition").await?;
        page.choose("dialog .condition select", "a member of kv stands for election").await?;
        page.click("#more-conditions").await?;
        page.element("dialog .condition:nth-of-type(2)").await?;
        page.choose("dialog .condition:nth-of-type(2) select", "a certain time has come").await?;
        page.text_that("#condition-said", |text| text.contains("not hold now")).await?;
        let line = "return document.querySelector('#condition-text').value";
        page.becomes(line, "all: [{ count: { select: candidates, of: kv, atLeast: 1 } }, { at: 5s }]")
            .await?;
        // Any of them is enough: the candidate comes first.
        page.click("dialog [role=radiogroup] label:nth-child(2) input").await?;
        page.until("return document.querySelector('#condition-text').value.startsWith('any:')").await?;
        page.click("#run-until-this[aria-disabled=false]").await?;
        page.element(".actor.candidate").await?;
        page.gone("dialog").await?;
        Ok(())
    });
}

#[test]
fn a_condition_written_wrong_is_told_and_does_nothing() {
    in_browser(async |page| {
        open(page).await?;
        pause(page).await?;
        page.keys("b").await?;
        page.fill("dialog #condition-text", "leader: kw").await?;
        page.text_that("#condition-said", |text| text.contains("Did you mean kv")).await?;
        page.element("#run-until-this[aria-disabled=true]").await?;
        page.js("document.querySelector('#add-stop').click()").await?;
        page.rest().await?;
        page.until("return document.querySelector('.stops') && !document.querySelector('.stops li')").await?;
        Ok(())
    });
}

#[test]
fn a_breakpoint_stops_the_run_until_it_is_switched_off_all_by_keyboard() {
    in_browser(async |page| {
        open(page).await?;
        pause(page).await?;
        page.keys("b").await?;
        page.element("dialog .condition select").await?;
        page.until("return document.querySelector('dialog').contains(document.activeElement)").await?;
        // Tab goes from the close button to the list of conditions; Down chooses the third: no leader.
        page.walk_to(TAB, "document.activeElement.matches('dialog .condition select')").await?;
        page.press(DOWN).await?;
        page.until("return document.querySelector('#condition-text').value.includes('is: n1')").await?;
        page.press(DOWN).await?;
        page.until("return document.querySelector('#condition-text').value == 'noLeader: kv'").await?;
        let pressed = page.walk_to(TAB, "document.activeElement.id == 'add-stop'").await?;
        assert!(pressed < 12, "the button is near");
        page.press(" ").await?;
        page.element(".stops li").await?;
        page.press(ESCAPE).await?;
        page.gone("dialog").await?;
        page.keys(HOME).await?; // to the start, where nobody leads
        page.text_that("#ordinal", |text| text == "0").await?;
        page.keys("++++ ").await?;
        page.text_that("#notice", |text| text.contains("Stopped here")).await?;
        page.text_that("#clock", |text| text.starts_with("2.0")).await?;
        page.element(".actor.crashed").await?;
        Ok(())
    });
}
