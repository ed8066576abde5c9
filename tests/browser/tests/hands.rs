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
