//! Branches: the tree under the scrubber, names, deleting and bringing back, each by mouse and by keys alone.

mod common;

use common::{act, open, ordinal, pause};
use muster_browser_tests::{Light, Page, Result, in_browser};
use serde_json::json;

/// The first branch, one off it on which n4 crashed, and one off that on which n5 did; the last one is shown.
async fn grow(page: &Page) -> Result {
    open(page).await?;
    page.text_that("#ordinal", |text| text.parse().is_ok_and(|now: u64| now > 60)).await?;
    pause(page).await?;
    for member in ["n4", "n5"] {
        for _ in 0..3 {
            page.click("#back").await?;
        }
        let before = rows(page).await?.len().max(1);
        act(page, "crash", member).await?;
        page.until(&format!("return document.querySelectorAll('.branch').length == {}", before + 1)).await?;
        for _ in 0..12 {
            page.click("#step").await?;
        }
    }
    Ok(())
}

/// What branches are called, as they are drawn.
async fn rows(page: &Page) -> Result<Vec<String>> {
    let names = "return [...document.querySelectorAll('.branch')].map(row => row.innerText.trim())";
    Ok(serde_json::from_value(page.js(names).await?)?)
}

/// The name of the branch shown.
async fn here(page: &Page) -> Result<String> {
    page.text(".branch.on").await
}

async fn shows(page: &Page, name: &str) -> Result {
    page.text_that(".branch.on", |text| text.contains(name)).await.map(drop)
}

/// Types into whatever has the focus.
async fn type_keys(page: &Page, keys: &str) -> Result {
    Ok(page.active_element().await?.send_keys(keys).await?)
}

const ENTER: &str = "\u{e007}";
const DOWN: &str = "\u{e015}";
const HOME: &str = "\u{e011}";
const F2: &str = "\u{e032}";
const DELETE: &str = "\u{e017}";

#[test]
fn the_tree_is_drawn_and_switched_by_mouse() {
    in_browser(async |page| {
        grow(page).await?;
        let names = rows(page).await?;
        assert_eq!(names.len(), 3, "{names:?}");
        assert!(names[0].contains("main") && names[1].contains("n4") && names[2].contains("n5"), "{names:?}");
        assert_eq!(page.js("return document.querySelectorAll('.limb').length").await?, json!(3));
        assert_eq!(page.js("return document.querySelectorAll('.limb .act').length").await?, json!(2));
        let last = page.digest().await?;
        page.click(".branch").await?;
        shows(page, "main").await?;
        assert_ne!(page.digest().await?, last);
        page.element(".actor.up[data-name=n4]").await?;
        Ok(())
    });
}

#[test]
fn the_tree_is_gone_about_in_by_keys_alone() {
    in_browser(async |page| {
        grow(page).await?;
        page.keys("[").await?;
        shows(page, "n4").await?;
        page.keys("[").await?;
        shows(page, "main").await?;
        page.keys("]").await?;
        shows(page, "n4").await?;
        page.js("document.querySelector('.branch[tabindex=\"0\"]').focus()").await?;
        type_keys(page, HOME).await?;
        type_keys(page, DOWN).await?;
        type_keys(page, DOWN).await?;
        type_keys(page, ENTER).await?;
        shows(page, "n5").await?;
        assert_eq!(page.js("return document.activeElement.innerText.includes('n5')").await?, json!(true));
        Ok(())
    });
}

#[test]
fn a_branch_is_renamed_deleted_and_brought_back_by_mouse() {
    in_browser(async |page| {
        grow(page).await?;
        page.click("#rename-branch").await?;
        page.element("#branch-name").await?.send_keys("n5 crashed too").await?;
        page.click("#branch-go").await?;
        shows(page, "n5 crashed too").await?;
        // Deleting what it hangs off leaves it its past.
        let digest = page.digest().await?;
        page.click(".branch[data-branch='1']").await?;
        shows(page, "n4").await?;
        page.click("#delete-branch").await?;
        assert!(page.text("dialog p").await?.contains("n4"));
        page.click("#branch-go").await?;
        page.until("return document.querySelectorAll('.branch').length == 2").await?;
        shows(page, "main").await?;
        page.click(".branch:not(.on)").await?;
        shows(page, "n5 crashed too").await?;
        page.click("#last").await?;
        page.until(&format!("return document.querySelector('[data-digest]').dataset.digest == '{digest}'"))
            .await?;
        page.click("#restore-branch").await?;
        page.until("return document.querySelectorAll('.branch').length == 3").await?;
        page.until("return !document.querySelector('#restore-branch')").await?;
        Ok(())
    });
}

#[test]
fn a_branch_is_renamed_and_deleted_by_keys_alone() {
    in_browser(async |page| {
        grow(page).await?;
        let was = ordinal(page).await?;
        page.js("document.querySelector('.branch[tabindex=\"0\"]').focus()").await?;
        type_keys(page, F2).await?;
        page.until("return document.activeElement.id == 'branch-name'").await?;
        type_keys(page, "without n5").await?;
        type_keys(page, ENTER).await?;
        shows(page, "without n5").await?;
        page.js("document.querySelector('.branch[tabindex=\"0\"]').focus()").await?;
        type_keys(page, DELETE).await?;
        page.element("#branch-go").await?;
        page.js("document.querySelector('#branch-go').focus()").await?;
        type_keys(page, ENTER).await?;
        page.until("return document.querySelectorAll('.branch').length == 2").await?;
        shows(page, "n4").await?;
        assert!(ordinal(page).await? < was, "where it left its parent");
        // The first one stays: the key does nothing, the button says why.
        page.keys("[").await?;
        shows(page, "main").await?;
        let title = page.element("#delete-branch[aria-disabled=true]").await?.attr("title").await?;
        assert!(title.unwrap_or_default().contains("first branch"));
        Ok(())
    });
}

#[test]
fn the_tree_fits_the_smallest_screen() {
    in_browser(async |page| {
        grow(page).await?;
        assert!(here(page).await?.contains("n5"));
        page.look(360, 740, Light::Light).await?;
        let widths =
            "const root = document.documentElement; return [innerWidth, root.scrollWidth - root.clientWidth]";
        page.until("return innerWidth == 360").await?;
        assert_eq!(page.js(widths).await?, json!([360, 0]));
        Ok(())
    });
}
