//! What people do by hand: verbs by mouse, by touch and by keyboard alone; a partition drawn over the stage; the list of
//! commands, changed, undone, redone and kept.

use muster_browser_tests::common::{
    DOWN, ENTER, ESCAPE, RIGHT, TAB, act, is, middle, open, ordinal, pause, step, tab,
};
use muster_browser_tests::{Page, Result, in_browser};
use serde_json::json;

/// The lines of the list of commands, as they are written.
async fn listed(page: &Page) -> Result<Vec<String>> {
    let texts = "return [...document.querySelectorAll('.given .written')].map(code => code.textContent)";
    Ok(serde_json::from_value(page.js(texts).await?)?)
}

/// Pauses a run and gives two commands.
async fn two_commands(page: &Page) -> Result {
    open(page).await?;
    pause(page).await?;
    act(page, "crash", "n2").await?;
    is(page, "n2", "crashed").await?;
    act(page, "pause", "n3").await?;
    is(page, "n3", "paused").await?;
    tab(page, "commands").await?;
    page.rest().await
}

#[test]
fn a_command_is_listed_changed_removed_and_taken_back() {
    in_browser(async |page| {
        two_commands(page).await?;
        assert_eq!(listed(page).await?, ["crash: n2", "pause: n3"]);
        let digest = page.digest().await?;
        // A wrong text is told at its field, with the nearest name, and nothing changes.
        page.click("[data-command='0'] [data-edit]").await?;
        page.fill("[name=command]", "crush: n2").await?;
        page.press(ENTER).await?;
        page.text_that("#command-problem", |text| text.contains("crash")).await?;
        assert_eq!(page.digest().await?, digest);
        page.fill("[name=command]", "crash: n4").await?;
        page.press(ENTER).await?;
        is(page, "n4", "crashed").await?;
        page.until("return [...document.querySelectorAll('.given .written')].map(code => code.textContent).join() == 'crash: n4,pause: n3'").await?;
        is(page, "n2", "up").await?;
        is(page, "n3", "paused").await?;
        page.until("return document.querySelector('#undo').title.includes('n4')").await?;
        page.click("#undo").await?;
        page.digest_is(&digest).await?;
        page.rest().await?;
        assert_eq!(listed(page).await?, ["crash: n2", "pause: n3"]);
        page.click("#redo").await?;
        is(page, "n4", "crashed").await?;
        page.click("[data-command='0'] [data-delete]").await?;
        page.becomes("return document.querySelectorAll('.given .written').length", 1).await?;
        is(page, "n4", "up").await?;
        assert_eq!(listed(page).await?, ["pause: n3"]);
        Ok(())
    });
}

#[test]
fn a_command_whose_target_is_gone_says_so() {
    in_browser(async |page| {
        open(page).await?;
        pause(page).await?;
        act(page, "crash", "n2").await?;
        is(page, "n2", "crashed").await?;
        act(page, "start", "n2").await?;
        page.gone(".actor.crashed").await?;
        tab(page, "commands").await?;
        page.click("[data-command='0'] [data-delete]").await?;
        page.text_that(".given .fate", |text| text.contains("Not carried out")).await?;
        assert_eq!(listed(page).await?, ["start: n2"]);
        Ok(())
    });
}

#[test]
fn undo_and_redo_by_keyboard_come_back_to_the_same_digest() {
    in_browser(async |page| {
        two_commands(page).await?;
        let (digest, here) = (page.digest().await?, ordinal(page).await?);
        page.keys("u").await?;
        page.element(".actor.up[data-name=n3]").await?;
        page.keys("u").await?;
        page.element(".actor.up[data-name=n2]").await?;
        page.text_that(".commands", |text| text.contains("Nothing was done by hand")).await?;
        page.keys("U").await?;
        is(page, "n2", "crashed").await?;
        page.keys("U").await?;
        is(page, "n3", "paused").await?;
        page.rest().await?;
        assert_eq!((page.digest().await?, ordinal(page).await?), (digest, here));
        Ok(())
    });
}

#[test]
fn the_run_is_kept_as_a_scenario() {
    in_browser(async |page| {
        two_commands(page).await?;
        page.click("#save-scenario").await?;
        page.until("return document.querySelector('#saved-text')?.value.includes('do: { pause: n3 }')")
            .await?;
        page.click("#keep-scenario:not([disabled])").await?;
        page.text_that("dialog footer [aria-live]", |text| text.contains("browser")).await?;
        Ok(())
    });
}

/// A line across the stage, from its top to its bottom, that has n2 and n3 (of five) on its right.
async fn across(page: &Page) -> Result<[(f64, f64); 3]> {
    let ((x1, y1), (x2, _)) = (middle(page, "[data-name=n1]").await?, middle(page, "[data-name=n2]").await?);
    let (_, y3) = middle(page, "[data-name=n3]").await?;
    let x = (x1 + x2) / 2.0;
    Ok([(x, y1 - 20.0), (x, (y1 + y3) / 2.0), (x - 4.0, y3 + 30.0)])
}

async fn mouse(page: &Page, kind: &str, (x, y): (f64, f64)) -> Result {
    let button = json!({ "type": kind, "x": x, "y": y, "button": "left", "buttons": 1, "clickCount": 1 });
    page.cdp().send_raw("Input.dispatchMouseEvent", button).await?;
    Ok(())
}

async fn touch(page: &Page, kind: &str, at: Option<(f64, f64)>) -> Result {
    fingers(page, kind, at.as_slice()).await
}

async fn fingers(page: &Page, kind: &str, at: &[(f64, f64)]) -> Result {
    let points: Vec<_> = at.iter().map(|(x, y)| json!({ "x": x, "y": y })).collect();
    page.cdp().send_raw("Input.dispatchTouchEvent", json!({ "type": kind, "touchPoints": points })).await?;
    Ok(())
}

const PARTED: &str = "return [...document.querySelectorAll('.given .written')].at(-1)?.textContent.startsWith('partition: { groups: [[')";

#[test]
fn a_line_drawn_by_mouse_parts_the_cluster_and_its_wall_heals_it() {
    in_browser(async |page| {
        open(page).await?;
        pause(page).await?;
        tab(page, "commands").await?;
        let [from, through, to] = across(page).await?;
        mouse(page, "mousePressed", from).await?;
        mouse(page, "mouseMoved", through).await?;
        page.until("return document.querySelectorAll('.side').length == 5").await?;
        let side = "return ['n1', 'n2', 'n3', 'n4', 'n5'].map(name => document.querySelector(`.side[data-of=${name}]`).dataset.side).join('')";
        let sides = page.js(side).await?;
        assert!(sides == json!("ABBAA") || sides == json!("BAABB"), "{sides}");
        // Escape: nothing was done.
        page.js("window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }))").await?;
        page.gone(".stroke").await?;
        mouse(page, "mouseReleased", to).await?;
        page.rest().await?;
        assert!(listed(page).await?.is_empty());
        mouse(page, "mousePressed", from).await?;
        mouse(page, "mouseMoved", through).await?;
        mouse(page, "mouseMoved", to).await?;
        mouse(page, "mouseReleased", to).await?;
        page.until(PARTED).await?;
        let given = listed(page).await?;
        assert!(given[0].contains("[n2, n3]") && given[0].contains("[n1, n4, n5]"), "{given:?}");
        let wall = middle(page, ".wall-stop").await?;
        mouse(page, "mousePressed", wall).await?;
        mouse(page, "mouseReleased", wall).await?;
        page.click(".menu [data-verb=heal]").await?;
        page.gone(".wall-stop").await?;
        Ok(())
    });
}

#[test]
fn a_line_that_parts_nobody_says_so() {
    in_browser(async |page| {
        open(page).await?;
        pause(page).await?;
        let (x, y) = middle(page, ".caption").await?;
        let (left, _) = middle(page, ".picture").await?;
        mouse(page, "mousePressed", (left - 40.0, y - 36.0)).await?;
        mouse(page, "mouseMoved", (x + 60.0, y - 36.0)).await?;
        mouse(page, "mouseReleased", (x + 60.0, y - 36.0)).await?;
        page.text_that("#notice", |text| text.contains("one side")).await?;
        Ok(())
    });
}

#[test]
fn by_touch_a_line_parts_the_cluster_and_a_hold_opens_the_verbs() {
    in_browser(async |page| {
        open(page).await?;
        pause(page).await?;
        tab(page, "commands").await?;
        let member = middle(page, "[data-name=n4]").await?;
        touch(page, "touchStart", Some(member)).await?;
        page.element(".menu [data-verb=crash]").await?;
        touch(page, "touchEnd", None).await?;
        page.click(".menu [data-verb=crash]").await?;
        page.element(".actor.crashed[data-name=n4]").await?;
        let [from, through, to] = across(page).await?;
        touch(page, "touchStart", Some(from)).await?;
        touch(page, "touchMove", Some(through)).await?;
        page.element(".side").await?;
        touch(page, "touchMove", Some(to)).await?;
        touch(page, "touchEnd", None).await?;
        page.until(PARTED).await?;
        // A hold on a link asks what can be done to it.
        let link = middle(page, ".link .wire").await?;
        touch(page, "touchStart", Some(link)).await?;
        page.element(".menu [data-verb=cut], .menu [data-verb=heal]").await?;
        touch(page, "touchEnd", None).await?;
        Ok(())
    });
}

#[test]
fn a_second_finger_takes_the_line_of_the_first_away() {
    in_browser(async |page| {
        open(page).await?;
        pause(page).await?;
        tab(page, "commands").await?;
        let [from, through, to] = across(page).await?;
        touch(page, "touchStart", Some(from)).await?;
        touch(page, "touchMove", Some(through)).await?;
        page.element(".stroke").await?;
        fingers(page, "touchStart", &[through, (through.0 + 60.0, through.1)]).await?;
        page.gone(".stroke").await?;
        fingers(page, "touchMove", &[to, (to.0 + 80.0, to.1)]).await?;
        touch(page, "touchEnd", None).await?;
        page.rest().await?;
        page.gone(".stroke").await?;
        assert!(listed(page).await?.is_empty(), "nothing was meant");
        // And the next line is one again.
        touch(page, "touchStart", Some(from)).await?;
        touch(page, "touchMove", Some(through)).await?;
        touch(page, "touchMove", Some(to)).await?;
        touch(page, "touchEnd", None).await?;
        page.until(PARTED).await
    });
}

#[test]
fn the_stage_is_walked_and_acted_on_by_keyboard_alone() {
    in_browser(async |page| {
        open(page).await?;
        pause(page).await?;
        page.focus("#ring [tabindex='0']").await?;
        let focused =
            "return document.activeElement.dataset.name ?? document.activeElement.getAttribute('class')";
        page.becomes(focused, "n1").await?;
        let press = async |keys: &str| page.press(keys).await;
        press(RIGHT).await?;
        page.becomes(focused, "n2").await?;
        press(ENTER).await?;
        page.element(".menu [data-verb=crash]").await?;
        page.until("return document.activeElement.dataset.verb == 'crash'").await?;
        press(ENTER).await?;
        is(page, "n2", "crashed").await?;
        page.until("return document.activeElement.dataset.name == 'n2'").await?;
        // A verb without effect says why, in its line.
        press("\u{e008}\u{e03a}").await?; // Shift+F10
        page.element(".menu [data-verb=start]").await?;
        page.text_that(".menu [data-verb=mendDisk][aria-disabled=true] .reason", |text| {
            text.contains("healthy")
        })
        .await?;
        press(ESCAPE).await?;
        page.until("return document.activeElement.dataset.name == 'n2'").await?;
        press("l").await?;
        page.until("return document.activeElement.classList.contains('link')").await?;
        press(ENTER).await?;
        page.element(".menu [data-verb=cut]").await?;
        page.until("return document.activeElement.dataset.verb == 'cut'").await?;
        press(ENTER).await?;
        page.element("dialog form button.primary").await?;
        page.walk_to(TAB, "document.activeElement.matches('dialog select')").await?;
        press(DOWN).await?; // one way
        page.text_that("dialog .command code", |text| text.contains("oneWay: true")).await?;
        page.walk_to(TAB, "document.activeElement.matches('dialog button.primary')").await?;
        press(ENTER).await?;
        page.element(".link.half").await?;
        Ok(())
    });
}

#[test]
fn a_message_is_stepped_to_and_dropped_by_keyboard_alone() {
    in_browser(async |page| {
        open(page).await?;
        page.until("return document.querySelector('.actor.leader')").await?;
        pause(page).await?;
        while page.js("return document.querySelectorAll('.flight').length").await? == json!(0) {
            step(page, 1).await?;
        }
        tab(page, "commands").await?;
        page.keys("m").await?;
        page.until("return document.activeElement.classList.contains('flight')").await?;
        page.press(ENTER).await?;
        page.element(".menu [data-verb=drop]:not([aria-disabled=true])").await?;
        page.until("return document.activeElement.matches('.menu [role=menuitem]')").await?;
        page.walk_to(DOWN, "document.activeElement.dataset.verb == 'drop'").await?;
        page.press(ENTER).await?;
        page.until("return document.querySelector('.given .written')?.textContent.startsWith('drop: ')")
            .await?;
        Ok(())
    });
}

#[test]
fn a_client_asks_what_is_chosen_and_a_rule_is_switched_off_and_on() {
    in_browser(async |page| {
        open(page).await?;
        page.until("return document.querySelector('.actor.leader')").await?;
        pause(page).await?;
        tab(page, "commands").await?;
        page.click(".faults [data-verb=request]").await?;
        let choose = |index: u32| {
            format!(
                "const select = document.querySelector('dialog select'); select.selectedIndex = {index}; select.dispatchEvent(new Event('change', {{ bubbles: true }})); return true"
            )
        };
        let fields = "return document.querySelectorAll('dialog input').length";
        page.becomes(fields, 2).await?;
        page.until(&choose(2)).await?;
        page.becomes(fields, 3).await?;
        page.text_that("dialog .command code", |text| text.contains("op: cas") && text.contains("expect"))
            .await?;
        page.until(&choose(1)).await?;
        page.becomes(fields, 1).await?;
        page.click("dialog .primary").await?;
        page.until("return document.querySelector('.given .written')?.textContent == 'request: { op: get, key: x, of: kv }'").await?;
        for (index, on) in [(0, "false"), (1, "true")] {
            // Every member takes the order at the next event that is its own.
            step(page, 12).await?;
            page.click("#more").await?;
            page.click(".menu [data-verb=switchRule]").await?;
            page.element("dialog select").await?;
            page.click("dialog .primary").await?;
            page.until(&format!(
                "return document.querySelectorAll('.given .written')[{}]?.textContent.includes('on: {on}')",
                index + 1
            ))
            .await?;
        }
        Ok(())
    });
}
