//! Small things that were found wrong once: each is done as a reader does it, and none may come back.

use muster_browser_tests::common::{DOWN, ENTER, ESCAPE, LEFT, RIGHT, TAB, open, open_past, pause};
use muster_browser_tests::{Light, Page, Result, in_browser};
use serde_json::json;

/// Waits until the focus is on something.
async fn focused(page: &Page, css: &str) -> Result {
    page.until(&format!("return document.activeElement?.matches({})", json!(css))).await
}

#[test]
fn a_dialog_takes_the_focus_and_gives_it_back() {
    in_browser(async |page| {
        open(page).await?;
        pause(page).await?;
        // By mouse, from its own button.
        page.click("#export").await?;
        focused(page, "dialog:modal *").await?;
        page.press(ESCAPE).await?;
        focused(page, "#export").await?;
        // By key, from a dialog that leads to it: back to where the first one was opened.
        page.press_on("#find-button", ENTER).await?;
        focused(page, "#find").await?;
        page.press("export").await?;
        page.text_that("#found", |text| text.contains("Export")).await?;
        page.press(ENTER).await?;
        page.element("#export-keep").await?;
        focused(page, "dialog:modal *").await?;
        page.walk_to(TAB, "document.activeElement.name == 'export'").await?;
        page.press(ESCAPE).await?;
        focused(page, "#find-button").await
    });
}

#[test]
fn arrows_go_from_tab_to_tab_and_the_found_line_stays_in_view() {
    in_browser(async |page| {
        open(page).await?;
        pause(page).await?;
        page.press_on("#tab-timeline", RIGHT).await?;
        focused(page, "#tab-logs[aria-selected=true]").await?;
        page.press(LEFT).await?;
        focused(page, "#tab-timeline[aria-selected=true]").await?;
        page.press_on("#find-button", ENTER).await?;
        focused(page, "#find").await?;
        page.walk_to(DOWN, "document.querySelector('#found-20[aria-selected=true]')").await?;
        page.until(
            "const list = document.querySelector('#found').getBoundingClientRect();\
             const line = document.querySelector('#found [aria-selected=true]').getBoundingClientRect();\
             return line.top >= list.top - 1 && line.bottom <= list.bottom + 1",
        )
        .await
    });
}

#[test]
fn a_notice_covers_nothing_that_is_pressed() {
    in_browser(async |page| {
        for (lang, width) in [("en", 1280), ("zh", 1280), ("en", 1920)] {
            page.look(width, 800, Light::Light).await?;
            page.open(&format!("?{lang}{width}#scenario=stale-read")).await?;
            page.element(".actor.leader").await?;
            if lang == "zh" {
                page.click("#language").await?;
            }
            page.keys("++++").await?;
            page.element("#notice").await?;
            page.until(
                "const box = css => document.querySelector(css).getBoundingClientRect();\
                 const notice = box('#notice');\
                 return notice.width > 200 && ['.tabs', '.faults', '.lesson', '.inspect'].every(css => {\
                   const part = box(css);\
                   return notice.left >= part.right - 1 || notice.right <= part.left + 1 || notice.top >= part.bottom || notice.bottom <= part.top })",
            )
            .await?;
            if lang == "zh" {
                page.click("#language").await?;
            }
        }
        Ok(())
    });
}

#[test]
fn what_was_left_out_of_the_diagram_and_predicted_survives_a_reload() {
    in_browser(async |page| {
        open_past(page, 300).await?;
        page.click(".lane[data-name=n2]").await?;
        page.click_that(".menu [role=menuitem]", "text.trim() == 'Hide'").await?;
        page.gone(".lane[data-name=n2]").await?;
        let kind = page.text(".kind span").await?;
        page.press_on(".kind", " ").await?;
        page.element(".kind[aria-pressed=false]").await?;
        page.rest().await?;
        page.refresh().await?;
        page.element(".lane[data-name=n3]").await?;
        page.text_that(".kind[aria-pressed=false] span", |text| text == kind).await?;
        assert!(page.js("return !document.querySelector('.lane[data-name=n2]')").await? == json!(true));
        // A lesson's prediction.
        page.open("?lesson#scenario=lesson-2-election").await?;
        page.click("#watch").await?;
        page.element("#step-next.primary").await?;
        page.click("#step-next").await?;
        page.click(".chip[data-answer='1']").await?;
        page.element(".chip.on[data-answer='1']").await?;
        page.rest().await?;
        page.refresh().await?;
        page.element(".chip.on[data-answer='1']").await?;
        Ok(())
    });
}

#[test]
fn a_disabled_verb_says_why_to_keys_and_readers() {
    in_browser(async |page| {
        open_past(page, 100).await?;
        let heal = ".faults [data-verb=heal][aria-disabled=true]";
        let why = page.attr(heal, "aria-description").await?;
        page.focus(heal).await?;
        page.until(&format!(
            "return getComputedStyle(document.querySelector({}), '::after').content == JSON.stringify({})",
            json!(heal),
            json!(why)
        ))
        .await?;
        page.press(ENTER).await?;
        page.text_that("#answer", |text| text.contains(&why) || text.contains("Why")).await?;
        // A value's name leads to why it is so.
        page.click(".actor.leader").await?;
        page.click_that("dt button.asks-why", "text == 'role'").await?;
        page.text_that("#answer", |text| text.contains("lead")).await?;
        Ok(())
    });
}

#[test]
fn cells_of_the_logs_are_reached_by_keys() {
    in_browser(async |page| {
        open_past(page, 900).await?;
        page.click("#tab-logs").await?;
        page.element("table.logs button[tabindex='0']").await?;
        page.rest().await?;
        page.focus("#tab-logs").await?;
        page.walk_to(TAB, "document.activeElement.matches('table.logs td button')").await?;
        let column = "return document.activeElement.closest('td').cellIndex * 100 + document.activeElement.closest('tr').rowIndex";
        let at = page.js(column).await?.as_u64().unwrap_or(0);
        page.press(LEFT).await?;
        page.becomes(column, at - 100).await?;
        page.press(DOWN).await?;
        page.becomes(column, at - 99).await?;
        page.press(ENTER).await?;
        page.text_that("#answer", |text| text.contains("entry")).await?;
        Ok(())
    });
}

#[test]
fn whoever_compares_can_look_inside() {
    in_browser(async |page| {
        open_past(page, 300).await?;
        page.keys("f").await?;
        page.until("return document.querySelectorAll('.branch').length == 2").await?;
        muster_browser_tests::common::act(page, "crash", "n1").await?;
        page.keys("v").await?;
        page.element("#other-stage").await?;
        page.keys("2").await?;
        page.until(
            "const box = document.querySelector('.inspect.open')?.getBoundingClientRect();\
             const other = document.querySelector('#other-stage').getBoundingClientRect();\
             return box?.width > 200 && box.left >= other.right && document.querySelector('#who')",
        )
        .await
    });
}

/// From now on parts of the page, from its top to its bottom, are known again: they keep the focus, what is open, how far they are
/// scrolled.
async fn mark(page: &Page) -> Result {
    page.js(
        "const parts = ['#picker', '#share', '#ring', '#ring .actor', '.tabs', '#lanes', '#scrubber', '#play', '.steps [role=status]', '.chip'];\
         globalThis.marked = new Map(parts.map(css => [css, document.querySelector(css)]).filter(([, one]) => one))",
    )
    .await?;
    Ok(())
}

/// None of them was made anew since.
async fn all_stand(page: &Page, after: &str) -> Result {
    page.rest().await?;
    let anew =
        "return [...marked].filter(([css, one]) => document.querySelector(css) !== one).map(([css]) => css)";
    assert_eq!(page.js(anew).await?, json!([]), "made anew {after}");
    Ok(())
}

#[test]
fn no_menu_and_no_end_of_the_tour_makes_the_page_anew() {
    in_browser(async |page| {
        open(page).await?;
        page.element(".tour").await?;
        pause(page).await?;
        mark(page).await?;
        // A list that is open while the tour goes stays open, and keeps the focus.
        page.click("#picker").await?;
        focused(page, ".pop input").await?;
        page.js("document.querySelector('#tour-skip').click()").await?;
        page.gone(".tour").await?;
        all_stand(page, "by the end of the tour").await?;
        focused(page, ".pop input").await?;
        page.press(ESCAPE).await?;
        page.gone(".pop").await?;
        // By mouse and by key.
        page.click("#file").await?;
        page.element(".menu").await?;
        all_stand(page, "by a menu that opens").await?;
        focused(page, ".menu *").await?;
        page.press(ESCAPE).await?;
        page.gone(".menu").await?;
        all_stand(page, "by a menu that closes").await?;
        focused(page, "#file").await?;
        page.press_on(".lane[data-name=n2]", ENTER).await?;
        focused(page, ".menu *").await?;
        page.press(ESCAPE).await?;
        page.gone(".menu").await?;
        focused(page, ".lane[data-name=n2]").await?;
        all_stand(page, "by a menu opened by key").await
    });
}

#[test]
fn a_second_stage_and_an_answer_leave_what_stands_where_it_is() {
    in_browser(async |page| {
        open_past(page, 60).await?;
        page.keys("f").await?;
        page.until("return document.querySelectorAll('.branch').length == 2").await?;
        muster_browser_tests::common::act(page, "crash", "n1").await?;
        page.rest().await?;
        page.focus("#ring [tabindex='0']").await?;
        mark(page).await?;
        page.press("v").await?;
        page.element("#other-stage .actor").await?;
        page.element("#ring .differs").await?;
        all_stand(page, "by another branch beside it").await?;
        focused(page, "#ring .actor").await?;
        // In a lesson the answer that was given keeps the focus when it is judged.
        page.open("?lesson#scenario=lesson-2-election").await?;
        page.click("#watch").await?;
        page.element("#step-next.primary").await?;
        mark(page).await?;
        page.click("#step-next").await?;
        page.element(".chip").await?;
        all_stand(page, "by a question").await?;
        mark(page).await?;
        page.click(".chip[data-answer='1']").await?;
        page.element(".chip.on[data-answer='1']").await?;
        page.press("d").await?;
        page.element("#reveal").await?;
        all_stand(page, "by what came of it").await?;
        focused(page, ".chip[data-answer='1']").await
    });
}

#[test]
fn a_choice_that_brings_another_field_keeps_the_focus() {
    in_browser(async |page| {
        open(page).await?;
        pause(page).await?;
        page.click(".faults [data-verb=request]").await?;
        let fields = "return document.querySelectorAll('dialog input').length";
        page.becomes(fields, 2).await?;
        page.walk_to(TAB, "document.activeElement.matches('dialog select')").await?;
        page.press(DOWN).await?;
        page.becomes(fields, 1).await?;
        focused(page, "dialog select").await?;
        page.press(DOWN).await?;
        page.becomes(fields, 3).await?;
        focused(page, "dialog select").await
    });
}

#[test]
fn on_the_smallest_screen_the_tab_that_is_on_folds_the_panel() {
    in_browser(async |page| {
        page.look(360, 740, Light::Light).await?;
        page.open("").await?;
        page.element("#tab-timeline[aria-expanded=true]").await?;
        page.click("#tab-timeline").await?;
        page.element("#tab-timeline[aria-expanded=false][aria-selected=true]").await?;
        page.until("return !document.querySelector('.pane').checkVisibility()").await?;
        // Another tab opens it again, and is scrolled into sight itself.
        page.click("#tab-text").await?;
        page.element("#tab-text[aria-expanded=true]").await?;
        page.until(
            "const { left, right } = document.querySelector('#tab-text').getBoundingClientRect();\
             return left >= 0 && right <= 360 && document.querySelector('.pane').checkVisibility()",
        )
        .await
    });
}
