//! The space-time diagram as a reader uses it, by mouse and again by keyboard: zoomed, panned, folded, sifted; and what is
//! pointed at or selected in one view shows in the others.

use muster_browser_tests::common::{
    DOWN, ENTER, ESCAPE, LEFT, TOO_WIDE, act, event_that, is, middle, open_past, ordinal, play, step, stop,
    tab,
};
use muster_browser_tests::{Light, Page, Result, in_browser};
use serde_json::{Value, json};

/// A run with enough in it, standing still at its end.
async fn run(page: &Page) -> Result {
    open_past(page, 150).await?;
    page.until("return document.querySelector('.kind') && document.querySelectorAll('.lane').length == 8")
        .await?;
    page.rest().await
}

/// Moves the mouse along the lanes until the line below says something that fits; where that was, from the lanes' corner.
async fn find(page: &Page, fits: &str) -> Result<(i64, i64)> {
    page.rest().await?;
    let sweep = format!(
        "const canvas = document.querySelector('#lanes'), box = canvas.getBoundingClientRect();\
         const fits = (text) => {fits};\
         for (let y = 36; y < box.height - 4; y += 3) for (let x = 100; x < box.width - 200; x += 3) {{\
           const at = {{ bubbles: true, clientX: box.x + x, clientY: box.y + y, pointerId: 1 }};\
           canvas.dispatchEvent(new PointerEvent('pointermove', at));\
           if (fits(document.querySelector('#pointed').textContent)) return [Math.round(box.x + x), Math.round(box.y + y)];\
         }}\
         return null"
    );
    Ok(serde_json::from_value(page.changes(&sweep, &Value::Null).await?)?)
}

/// What the clock says, in seconds; it has no minutes in these runs.
fn seconds(clock: &str) -> f64 {
    clock.split(' ').next().and_then(|number| number.parse().ok()).unwrap_or(f64::NAN)
}

/// Presses the mouse there.
async fn press(page: &Page, x: i64, y: i64) -> Result {
    Ok(page.action_chain().move_to(x, y).click().perform().await?)
}

/// Steps until every member has begun.
async fn begin(page: &Page) -> Result {
    event_that(page, |now| now == 0).await?;
    step(page, 5).await
}

const DRAWN: &str = "return document.querySelector('#lanes').toDataURL()";

/// What is drawn once nothing more is to come, as a text that differs when the picture does.
async fn picture(page: &Page) -> Result<Value> {
    page.rest().await?;
    page.js(DRAWN).await
}

/// Waits until something else is drawn.
async fn drawn_anew(page: &Page, before: &Value) -> Result<Value> {
    page.changes(DRAWN, before).await?;
    picture(page).await
}

#[test]
fn a_message_is_told_and_selected_by_the_mouse_and_leads_to_its_event() {
    in_browser(async |page| {
        run(page).await?;
        let (x, y) = find(page, "text.includes('→') && text.includes('Arrived')").await?;
        press(page, x, y).await?;
        let sentence = page.text_that("#event-sentence", |text| !text.is_empty()).await?;
        let number = page.text("#who").await?;
        // It stays selected when time moves, and its event is marked in the list.
        step(page, -2).await?;
        assert_eq!(page.text("#event-sentence").await?, sentence);
        page.click("#go-there").await?;
        page.text_that("#ordinal", |text| number.ends_with(text)).await?;
        tab(page, "events").await?;
        page.element(".events li.chosen.here").await?;
        Ok(())
    });
}

#[test]
fn events_are_stepped_through_and_selected_by_keys_alone() {
    in_browser(async |page| {
        run(page).await?;
        page.press_on("#lanes", "k").await?;
        let last = page.text_that("#reading", |text| !text.is_empty()).await?;
        page.press_on("#lanes", "kk").await?;
        page.text_that("#reading", |text| !text.is_empty() && text != last).await?;
        page.press_on("#lanes", "jj").await?;
        page.text_that("#reading", |text| text == last).await?;
        page.press_on("#lanes", ENTER).await?;
        let sentence = page.text_that("#event-sentence", |text| !text.is_empty()).await?;
        assert!(last.ends_with(&sentence), "{last} and {sentence}");
        let here = ordinal(page).await?;
        page.press_on("#lanes", ESCAPE).await?;
        page.press(ESCAPE).await?; // and again
        page.until("return document.activeElement?.id == 'tab-timeline'").await?;
        assert_eq!(ordinal(page).await?, here, "its keys are not the page's");
        Ok(())
    });
}

#[test]
fn it_is_zoomed_and_panned_by_wheel_buttons_and_keys() {
    in_browser(async |page| {
        run(page).await?;
        let mut last = picture(page).await?;
        let mut changed = async |what: &str| -> Result {
            last = drawn_anew(page, &last).await.map_err(|error| format!("{what}: {error}"))?;
            Ok(())
        };
        let wheel = |by: i32, shift: bool| {
            format!(
                "const canvas = document.querySelector('#lanes'), box = canvas.getBoundingClientRect();\
                 canvas.dispatchEvent(new WheelEvent('wheel', {{ bubbles: true, cancelable: true, deltaY: {by},\
                 shiftKey: {shift}, clientX: box.x + 400, clientY: box.y + 60 }}))"
            )
        };
        page.js(&wheel(-1_200, false)).await?;
        changed("the wheel").await?;
        page.js(&wheel(-300, true)).await?;
        changed("the wheel with Shift").await?;
        page.click(".zoom button:nth-child(2)").await?;
        changed("a button").await?;
        page.press_on("#lanes", "+").await?;
        changed("plus").await?;
        page.press_on("#lanes", LEFT).await?;
        changed("an arrow key").await?;
        page.press_on("#lanes", "0").await?;
        changed("the whole run").await?;
        Ok(())
    });
}

#[test]
fn dragging_the_lanes_pans_and_dragging_the_ruler_goes() {
    in_browser(async |page| {
        run(page).await?;
        let here = ordinal(page).await?;
        let before = picture(page).await?;
        let lanes = page.element("#lanes").await?;
        let chain =
            page.action_chain().move_to_element_center(&lanes).click_and_hold().move_by_offset(160, 0);
        chain.release().perform().await?;
        drawn_anew(page, &before).await?;
        assert_eq!(ordinal(page).await?, here, "it stays where it is");
        let top = page
            .js("const box = document.querySelector('#lanes').getBoundingClientRect(); return [box.x, box.y]")
            .await?;
        let (x, y): (f64, f64) = serde_json::from_value(top)?;
        #[expect(clippy::cast_possible_truncation, reason = "pixels")]
        let (x, y) = (x as i64, y as i64);
        let chain = page.action_chain().move_to(x + 420, y + 6).click_and_hold().move_by_offset(-60, 0);
        chain.release().perform().await?;
        page.text_that("#ordinal", |text| text != here.to_string()).await?;
        Ok(())
    });
}

#[test]
fn another_button_than_the_first_goes_nowhere_and_holds_nothing() {
    in_browser(async |page| {
        run(page).await?;
        let (here, before) = (ordinal(page).await?, picture(page).await?);
        for css in ["#lanes", "#scrubber"] {
            #[expect(clippy::cast_possible_truncation, reason = "pixels")]
            let (x, y) = middle(page, css).await.map(|(x, y)| (x as i64, y as i64))?;
            page.action_chain().move_to(x - 300, y).context_click().move_to(x - 200, y).perform().await?;
            page.rest().await?;
            assert_eq!(ordinal(page).await?, here, "{css}");
        }
        // Where the browser's own menu took the release the page never heard of it.
        page.js("const canvas = document.querySelector('#lanes'), box = canvas.getBoundingClientRect();\
             canvas.setPointerCapture = () => {};\
             const at = (type, x, button) => canvas.dispatchEvent(new PointerEvent(type,\
               { bubbles: true, pointerId: 1, button, clientX: box.x + x, clientY: box.y + 70 }));\
             at('pointerdown', 300, 2); at('pointermove', 500, -1); at('pointerleave', 500, -1)")
            .await?;
        page.action_chain().move_to(5, 5).perform().await?;
        assert_eq!(picture(page).await?, before, "the lanes stay where they are");
        Ok(())
    });
}

#[test]
fn two_fingers_zoom() {
    in_browser(async |page| {
        run(page).await?;
        let (here, before) = (ordinal(page).await?, picture(page).await?);
        page.js("const canvas = document.querySelector('#lanes'), box = canvas.getBoundingClientRect();\
             canvas.setPointerCapture = () => {};\
             const at = (type, pointerId, x) => canvas.dispatchEvent(new PointerEvent(type,\
               { bubbles: true, pointerId, pointerType: 'touch', clientX: box.x + x, clientY: box.y + 70 }));\
             at('pointerdown', 7, 400); at('pointerdown', 8, 500);\
             at('pointermove', 7, 300); at('pointermove', 8, 600);\
             at('pointerup', 7, 300); at('pointerup', 8, 600)")
            .await?;
        drawn_anew(page, &before).await?;
        assert_eq!(ordinal(page).await?, here, "two fingers go nowhere");
        Ok(())
    });
}

#[test]
fn a_lane_is_hidden_folded_and_brought_back() {
    in_browser(async |page| {
        run(page).await?;
        page.click(".lane[data-name=n2]").await?;
        page.click_that(".menu [role=menuitem]", "text.trim() == 'Hide'").await?;
        page.gone(".lane[data-name=n2]").await?;
        page.text_that("#hidden", |text| text.contains("lanes hidden: 1")).await?;
        // A message to it ends at a stub that says so.
        find(page, "text.includes('(hidden)')").await?;
        // By keys: the head, the menu's entry, and back.
        page.press_on(".lane[data-name=n4]", ENTER).await?;
        page.until("return document.activeElement?.getAttribute('role') == 'menuitem'").await?;
        page.walk_to(DOWN, "document.activeElement.textContent == 'Fold the other members into one'").await?;
        page.press(ENTER).await?;
        page.until("return document.querySelectorAll('.lane').length == 5").await?;
        page.text_that(".lane[data-name=n1]", |text| text.contains("+2")).await?;
        page.press_on("#show-all", ENTER).await?;
        page.until(
            "return document.querySelectorAll('.lane').length == 8 && !document.querySelector('#show-all')",
        )
        .await?;
        Ok(())
    });
}

#[test]
fn what_is_hidden_in_a_run_is_so_again_when_it_is_back() {
    in_browser(async |page| {
        run(page).await?;
        page.click(".lane[data-name=n2]").await?;
        page.click_that(".menu [role=menuitem]", "text.trim() == 'Hide'").await?;
        page.until("return document.querySelectorAll('.lane').length == 7").await?;
        let title = page.text("#title").await?;
        page.click("#picker").await?;
        page.click(".pop .entry:not(.on)").await?;
        page.text_that("#title", |text| text != title).await?;
        begin(page).await?;
        page.until("return document.querySelector('.lane[data-name=n2]')").await?;
        page.click("#picker").await?;
        page.click_that(".pop .entry", &format!("text.includes({})", json!(title))).await?;
        page.text_that("#title", |text| text == title).await?;
        begin(page).await?;
        page.until("return document.querySelector('.lane[data-name=n1]') && !document.querySelector('.lane[data-name=n2]')")
            .await?;
        Ok(())
    });
}

#[test]
fn a_kind_of_message_is_left_out_by_its_place_in_the_legend() {
    in_browser(async |page| {
        run(page).await?;
        let before = picture(page).await?;
        let first = page.text(".kind span").await?;
        page.click(".kind").await?;
        page.element(".kind[aria-pressed=false]").await?;
        page.text_that("#hidden", |text| text.contains("kinds left out: 1")).await?;
        drawn_anew(page, &before).await.map_err(|error| format!("{first} is drawn: {error}"))?;
        page.press_on(".kind", " ").await?;
        page.gone(".kind[aria-pressed=false]").await?;
        page.becomes(DRAWN, before).await?;
        Ok(())
    });
}

#[test]
fn pointing_at_a_line_of_the_list_lights_its_member_and_pointing_at_a_member_its_lane() {
    in_browser(async |page| {
        run(page).await?;
        #[expect(clippy::cast_possible_truncation, reason = "pixels")]
        let (x, y) = middle(page, ".actor[data-name=n3] .body").await.map(|(x, y)| (x as i64, y as i64))?;
        page.action_chain().move_to(x, y).perform().await?;
        page.element(".lane.lit[data-name=n3]").await?;
        tab(page, "events").await?;
        page.focus(".events li button").await?;
        page.element(".events li.lit").await?;
        page.element(".actor.pointed").await?;
        Ok(())
    });
}

#[test]
fn a_fault_is_a_band_until_it_is_mended_and_causes_light_up() {
    in_browser(async |page| {
        run(page).await?;
        act(page, "crash", "n2").await?;
        is(page, "n2", "crashed").await?;
        // By the clock: in a busy moment many events are a hair's breadth of the diagram.
        let crashed = seconds(&page.text("#clock").await?);
        play(page).await?;
        page.text_that("#clock", |now| seconds(now) > crashed + 0.1).await?;
        stop(page).await?;
        find(page, "text.startsWith('n2 ·') && text.includes('crashed')").await?;
        let (x, y) = find(page, "text.includes('→') && text.includes('Arrived')").await?;
        press(page, x, y).await?;
        page.click("#light").await?;
        page.element("#light[aria-pressed=true]").await?;
        page.element(".actor.lit .lit-number").await?;
        Ok(())
    });
}

#[test]
fn on_the_smallest_screen_the_lanes_have_names_and_nothing_is_too_wide() {
    in_browser(async |page| {
        page.look(360, 740, Light::Light).await?;
        page.open("").await?;
        page.element(".lane[data-name=n1]").await?;
        page.becomes(TOO_WIDE, json!([360, 0])).await?;
        Ok(())
    });
}
