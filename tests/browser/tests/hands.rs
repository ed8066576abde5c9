//! What people do by hand: verbs by mouse, by touch and by keyboard alone; a partition drawn over the stage; the list of
//! commands, changed, undone, redone and kept.

mod common;

use common::{act, open, ordinal, pause};
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
    page.element(".actor.crashed[data-name=n2]").await?;
    act(page, "pause", "n3").await?;
    page.element(".actor.paused[data-name=n3]").await?;
    page.click("#tab-commands").await
}

#[test]
fn a_command_is_listed_changed_removed_and_taken_back() {
    in_browser(async |page| {
        two_commands(page).await?;
        assert_eq!(listed(page).await?, ["crash: n2", "pause: n3"]);
        let digest = page.digest().await?;
        // A wrong text is told at its field, with the nearest name, and nothing changes.
        page.click("[data-command='0'] [data-edit]").await?;
        let typed = |text: &str| {
            format!(
                "const field = document.querySelector('[name=command]'); field.value = '{text}'; field.form.requestSubmit()"
            )
        };
        page.js(&typed("crush: n2")).await?;
        page.text_that("#command-problem", |text| text.contains("crash")).await?;
        assert_eq!(page.digest().await?, digest);
        page.js(&typed("crash: n4")).await?;
        page.element(".actor.crashed[data-name=n4]").await?;
        page.until("return [...document.querySelectorAll('.given .written')].map(code => code.textContent).join() == 'crash: n4,pause: n3'").await?;
        page.element(".actor.up[data-name=n2]").await?;
        page.element(".actor.paused[data-name=n3]").await?;
        assert!(page.element("#undo").await?.attr("title").await?.is_some_and(|title| title.contains("n4")));
        page.click("#undo").await?;
        page.until(&format!("return document.querySelector('[data-digest]').dataset.digest == '{digest}'"))
            .await?;
        assert_eq!(listed(page).await?, ["crash: n2", "pause: n3"]);
        page.click("#redo").await?;
        page.element(".actor.crashed[data-name=n4]").await?;
        page.click("[data-command='0'] [data-delete]").await?;
        page.until("return document.querySelectorAll('.given .written').length == 1").await?;
        page.element(".actor.up[data-name=n4]").await?;
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
        page.element(".actor.crashed[data-name=n2]").await?;
        act(page, "start", "n2").await?;
        page.until("return !document.querySelector('.actor.crashed')").await?;
        page.click("#tab-commands").await?;
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
        page.element(".actor.crashed[data-name=n2]").await?;
        page.keys("U").await?;
        page.element(".actor.paused[data-name=n3]").await?;
        assert_eq!((page.digest().await?, ordinal(page).await?), (digest, here));
        Ok(())
    });
}

#[test]
fn the_run_is_kept_as_a_scenario() {
    in_browser(async |page| {
        two_commands(page).await?;
        page.js("globalThis.refused = []; addEventListener('securitypolicyviolation', event => refused.push(event.violatedDirective))")
            .await?;
        page.click("#save-scenario").await?;
        page.until("return document.querySelector('#saved-text')?.value.includes('do: { pause: n3 }')")
            .await?;
        page.click("#keep-scenario:not([disabled])").await?;
        page.text_that("dialog footer [aria-live]", |text| text.contains("browser")).await?;
        assert_eq!(page.js("return refused").await?, json!([]));
        Ok(())
    });
}

/// Where the middle of an element is, in CSS pixels.
async fn middle(page: &Page, css: &str) -> Result<(f64, f64)> {
    page.element(css).await?;
    let body = format!(
        "const box = document.querySelector({}).getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]",
        json!(css)
    );
    Ok(serde_json::from_value(page.js(&body).await?)?)
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
        page.click("#tab-commands").await?;
        let [from, through, to] = across(page).await?;
        mouse(page, "mousePressed", from).await?;
        mouse(page, "mouseMoved", through).await?;
        page.until("return document.querySelectorAll('.side').length == 5").await?;
        let side = "return ['n1', 'n2', 'n3', 'n4', 'n5'].map(name => document.querySelector(`.side[data-of=${name}]`).dataset.side).join('')";
        let sides = page.js(side).await?;
        assert!(sides == json!("ABBAA") || sides == json!("BAABB"), "{sides}");
        // Escape: nothing was done.
        page.js("window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }))").await?;
        page.until("return !document.querySelector('.stroke')").await?;
        mouse(page, "mouseReleased", to).await?;
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
        page.until("return !document.querySelector('.wall-stop')").await?;
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
        page.click("#tab-commands").await?;
        let member = middle(page, "[data-name=n4]").await?;
        touch(page, "touchStart", Some(member)).await?;
        page.element(".menu [data-verb=crash]").await?;
        touch(page, "touchEnd", None).await?;
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
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
        let link = "const box = document.querySelector('.link .wire').getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]";
        let link: (f64, f64) = serde_json::from_value(page.js(link).await?)?;
        touch(page, "touchStart", Some(link)).await?;
        page.element(".menu [data-verb=cut], .menu [data-verb=heal]").await?;
        touch(page, "touchEnd", None).await?;
        Ok(())
    });
}

#[test]
fn the_stage_is_walked_and_acted_on_by_keyboard_alone() {
    in_browser(async |page| {
        open(page).await?;
        pause(page).await?;
        page.js("document.querySelector('#ring [tabindex=\"0\"]').focus()").await?;
        let focused =
            "return document.activeElement.dataset.name ?? document.activeElement.getAttribute('class')";
        assert_eq!(page.js(focused).await?, json!("n1"));
        let press = async |keys: &str| -> Result { Ok(page.active_element().await?.send_keys(keys).await?) };
        press("\u{e014}").await?; // right
        assert_eq!(page.js(focused).await?, json!("n2"));
        press("\u{e007}").await?; // Enter
        page.element(".menu [data-verb=crash]").await?;
        page.until("return document.activeElement.dataset.verb == 'crash'").await?;
        press("\u{e007}").await?;
        page.element(".actor.crashed[data-name=n2]").await?;
        page.until("return document.activeElement.dataset.name == 'n2'").await?;
        // A verb without effect says why, in its line.
        press("\u{e008}\u{e03a}").await?; // Shift+F10
        page.element(".menu [data-verb=start]").await?;
        page.text_that(".menu [data-verb=mendDisk][aria-disabled=true] .reason", |text| {
            text.contains("healthy")
        })
        .await?;
        press("\u{e00c}").await?; // Escape
        page.until("return document.activeElement.dataset.name == 'n2'").await?;
        press("l").await?;
        page.until("return document.activeElement.classList.contains('link')").await?;
        press("\u{e007}").await?;
        page.element(".menu [data-verb=cut]").await?;
        page.until("return document.activeElement.dataset.verb == 'cut'").await?;
        press("\u{e007}").await?;
        page.element("dialog form button.primary").await?;
        page.js("document.querySelector('dialog select').focus()").await?;
        press("\u{e015}").await?; // down: one way
        page.text_that("dialog .command code", |text| text.contains("oneWay: true")).await?;
        press("\u{e007}").await?;
        page.js("document.querySelector('dialog form')?.requestSubmit()").await?;
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
            page.click("#step").await?;
        }
        page.click("#tab-commands").await?;
        page.keys("m").await?;
        page.until("return document.activeElement.classList.contains('flight')").await?;
        page.active_element().await?.send_keys("\u{e007}").await?;
        page.element(".menu [data-verb=drop]:not([aria-disabled=true])").await?;
        page.js("document.querySelector('.menu [data-verb=drop]').focus()").await?;
        page.active_element().await?.send_keys("\u{e007}").await?;
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
        page.click("#tab-commands").await?;
        page.click(".faults [data-verb=request]").await?;
        let choose = |index: u32| {
            format!(
                "const select = document.querySelector('dialog select'); select.selectedIndex = {index}; select.dispatchEvent(new Event('change', {{ bubbles: true }}))"
            )
        };
        page.element("dialog select").await?;
        assert_eq!(page.js("return document.querySelectorAll('dialog input').length").await?, json!(2));
        page.js(&choose(2)).await?;
        page.until("return document.querySelectorAll('dialog input').length == 3").await?;
        page.text_that("dialog .command code", |text| text.contains("op: cas") && text.contains("expect"))
            .await?;
        page.js(&choose(1)).await?;
        page.until("return document.querySelectorAll('dialog input').length == 1").await?;
        page.click("dialog .primary").await?;
        page.until("return document.querySelector('.given .written')?.textContent == 'request: { op: get, key: x, of: kv }'").await?;
        for (index, on) in [(0, "false"), (1, "true")] {
            // Every member takes the order at the next event that is its own.
            for _ in 0..12 {
                page.click("#step").await?;
            }
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
