//! A lesson from its first step to its last: by mouse, by keyboard alone, in the other language, and from a link in its middle.

use muster_browser_tests::common::{ENTER, HOME, RIGHT, is, link};
use muster_browser_tests::{Light, Page, Result, in_browser};

async fn open(page: &Page, lesson: &str, size: (u32, u32)) -> Result {
    page.look(size.0, size.1, Light::Light).await?;
    page.open(&format!("#scenario={lesson}")).await?;
    page.text_that("#step-of", |text| text.to_lowercase().contains("step 1 of 7")).await?;
    Ok(())
}

/// Waits until the step that is read is done, and gives how the prediction is told, if there is one.
async fn done(page: &Page) -> Result<String> {
    page.element("#waits.done").await?;
    page.rest().await?;
    let told = page.js("return document.querySelector('#reveal b')?.textContent ?? ''").await?;
    Ok(told.as_str().unwrap_or_default().to_owned())
}

/// How many goals are ticked.
const DONE: &str = "return document.querySelectorAll('#goals .done').length";

async fn at(page: &Page, step: u32) -> Result {
    let told = format!("step {step} of 7");
    page.text_that("#step-of", |text| text.to_lowercase().contains(&told)).await?;
    Ok(())
}

#[test]
fn a_lesson_is_finished_by_mouse() {
    in_browser(async |page| {
        open(page, "lesson-1-quorum", (1280, 800)).await?;
        page.rest().await?;
        assert_eq!(page.text("#ordinal").await?, "0", "time stands still while one reads");
        page.click("#watch").await?;
        done(page).await?;
        page.click("#step-next").await?;
        at(page, 2).await?;
        page.click("#deed-0").await?;
        is(page, "n4", "crashed").await?;
        done(page).await?;
        page.click("#step-next").await?;
        page.click(".chip[data-answer='0']").await?;
        page.click("#deed-0").await?;
        assert_eq!(done(page).await?, "It came as you predicted.");
        page.element(".chip.came[data-answer='0']").await?;
        page.click("#step-next").await?;
        page.click("#deed-0").await?;
        done(page).await?;
        page.click("#step-next").await?;
        page.click(".chip[data-answer='0']").await?;
        page.click("#deed-0").await?;
        assert_eq!(done(page).await?, "It came otherwise: No, and no leader stays either.");
        page.click("#step-next").await?;
        page.click("#deed-0").await?;
        done(page).await?;
        page.click("#step-next").await?;
        at(page, 7).await?;
        page.becomes(DONE, 6).await?;
        // It leads on to the next lesson.
        page.element(".steps [data-scenario=lesson-2-election]").await?;
        page.click("#lesson-next").await?;
        page.text_that("#title", |text| text == "How a leader is elected").await?;
        at(page, 1).await
    });
}

#[test]
fn a_lesson_is_finished_by_keyboard_alone() {
    in_browser(async |page| {
        open(page, "lesson-1-quorum", (1280, 800)).await?;
        for step in 1..7 {
            at(page, step).await?;
            if step == 3 {
                // The answers are reached like any control, and pressed.
                page.press_on(".chip", RIGHT).await?;
                page.until("return document.activeElement.dataset.answer == '1'").await?;
                page.press(" ").await?;
                page.element(".chip.on[data-answer='1']").await?;
            }
            page.keys("d").await?;
            let told = done(page).await?;
            assert_eq!(told.is_empty(), ![3, 5].contains(&step), "{told}");
            page.keys("j").await?;
        }
        at(page, 7).await?;
        page.keys("k").await?;
        at(page, 6).await
    });
}

#[test]
fn what_is_done_on_the_stage_counts_and_going_back_unticks_it() {
    in_browser(async |page| {
        open(page, "lesson-1-quorum", (1280, 800)).await?;
        page.click("#watch").await?;
        done(page).await?;
        page.click("#step-next").await?;
        muster_browser_tests::common::act(page, "crash", "n2").await?;
        is(page, "n2", "crashed").await?;
        page.becomes(DONE, 1).await?;
        muster_browser_tests::common::act(page, "crash", "n5").await?;
        page.becomes(DONE, 2).await?;
        page.keys(HOME).await?;
        page.becomes(DONE, 0).await?;
        at(page, 1).await
    });
}

#[test]
fn a_link_from_the_middle_opens_at_its_step_and_in_the_readers_language() {
    let mut shared = String::new();
    in_browser(async |page| {
        open(page, "lesson-1-quorum", (1280, 800)).await?;
        page.click("#watch").await?;
        done(page).await?;
        page.click("#step-next").await?;
        page.click("#deed-0").await?;
        done(page).await?;
        shared = link(page).await?;
        Ok(())
    });
    in_browser(async |page| {
        page.look(1280, 800, Light::Dark).await?;
        page.open(&format!("#{shared}")).await?;
        at(page, 3).await?;
        page.click("#language").await?;
        page.text_that("#step-title", |text| text == "三个还能做决定吗？").await?;
        page.text_that("#deed-0", |text| text.contains("存入 x = 1")).await?;
        page.refresh().await?;
        page.text_that("#step-title", |text| text == "三个还能做决定吗？").await?;
        Ok(())
    });
}

/// A part is wholly in the window, and nothing lies over its corners or its middle.
fn plain(css: &str) -> String {
    format!(
        "const part = document.querySelector({css:?});\
         if (!part) return false;\
         const {{ left, top, width, height }} = part.getBoundingClientRect();\
         return [[.5, .5], [.06, .12], [.94, .88]].every(([x, y]) => {{\
           const hit = document.elementFromPoint(left + x * width, top + y * height);\
           return part.contains(hit) }})"
    )
}

#[test]
fn what_to_press_and_what_came_of_it_are_in_sight() {
    for size in [(1280, 800), (1920, 1080), (360, 740)] {
        in_browser(async |page| {
            open(page, "lesson-2-election", size).await?;
            page.rest().await?;
            page.until(&plain("#watch")).await?;
            page.press_on("#watch", ENTER).await?;
            page.element("#step-next.primary").await?;
            page.until(&plain("#step-next")).await?;
            // The same button leads on, and keeps the focus.
            page.press_on("#step-next", ENTER).await?;
            page.until(&plain(".predict")).await?;
            page.until(&plain("#watch")).await?;
            page.until("return document.activeElement.id == 'watch'").await?;
            page.click(".chip[data-answer='1']").await?;
            page.until(&plain("#watch")).await?;
            page.press("d").await?;
            page.element("#reveal").await?;
            page.rest().await?;
            page.until(&plain("#reveal")).await?;
            page.until(&plain("#step-next.primary")).await
        });
    }
}

#[test]
fn on_the_smallest_screen_the_step_stands_right_below_the_stage() {
    in_browser(async |page| {
        open(page, "lesson-2-election", (360, 740)).await?;
        page.until(
            "const box = css => document.querySelector(css).getBoundingClientRect();\
             const gap = box('.lesson').top - box('.stage').bottom;\
             return gap >= 0 && gap < 20 && document.documentElement.scrollWidth <= 360",
        )
        .await
    });
}

#[test]
fn lessons_come_first_in_the_picker() {
    in_browser(async |page| {
        page.look(1280, 800, Light::Light).await?;
        page.open("").await?;
        page.element(".actor").await?;
        page.element(".lesson [data-scenario=lesson-1-quorum]").await?;
        page.click("#picker").await?;
        page.until(
            "const first = document.querySelector('.pop section');\
             return first.querySelector('p').textContent == 'Lessons' && first.querySelectorAll('.entry').length == 11",
        )
        .await?;
        page.click(".pop [data-scenario=lesson-5-old-term]").await?;
        at(page, 1).await
    });
}
