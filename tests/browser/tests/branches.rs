//! Branches: the tree under the scrubber, names, deleting and bringing back, two side by side, each by mouse and by keys alone; and
//! that a run is never lost: to a reload, to a worker or a page that panics, or on its way in a link.

mod common;

use common::{act, open, ordinal, pause};
use muster_browser_tests::{Light, Page, Result, in_browser, in_browser_with_errors};
use serde_json::json;

/// The first branch, one off it on which n4 crashed, and one off that on which n5 did; the last one is shown.
async fn grow(page: &Page) -> Result {
    open(page).await?;
    grow_here(page).await
}

async fn grow_here(page: &Page) -> Result {
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

/// What a reader would recognise the run by: what branches are called, which is shown, at which event, with which digest.
async fn picture(page: &Page) -> Result<(Vec<String>, String, u64, String)> {
    Ok((rows(page).await?, here(page).await?, ordinal(page).await?, page.digest().await?))
}

/// Waits until the run is this one again.
async fn comes_back(page: &Page, to: &(Vec<String>, String, u64, String)) -> Result {
    page.text_that("#ordinal", |text| text == to.2.to_string()).await?;
    page.until(&format!("return document.querySelector('[data-digest]').dataset.digest == '{}'", to.3))
        .await?;
    shows(page, &to.1).await?;
    assert_eq!(picture(page).await?, *to);
    Ok(())
}

/// The digests at the ends of all branches, as they are drawn.
async fn ends(page: &Page) -> Result<Vec<String>> {
    let mut digests = Vec::new();
    for _ in rows(page).await? {
        page.keys("[").await?;
    }
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    for row in 0..rows(page).await?.len() {
        page.until(&format!("return [...document.querySelectorAll('.branch')][{row}].matches('.on')"))
            .await?;
        page.click("#last").await?;
        page.element("#last[aria-disabled=true]").await?;
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        digests.push(page.digest().await?);
        page.keys("]").await?;
    }
    Ok(digests)
}

async fn kept(page: &Page) -> Result {
    let newest = "return (sessionStorage.getItem('muster.run') ?? '').includes(document.querySelector('[data-digest]').dataset.digest)";
    page.until(newest).await
}

#[test]
fn a_reload_brings_the_whole_tree_back() {
    in_browser(async |page| {
        grow(page).await?;
        page.click("#tab-logs").await?;
        page.click("#rename-branch").await?;
        page.element("#branch-name").await?.send_keys("both down").await?;
        page.click("#branch-go").await?;
        shows(page, "both down").await?;
        kept(page).await?;
        let before = picture(page).await?;
        page.refresh().await?;
        comes_back(page, &before).await?;
        page.element("#tab-logs[aria-selected=true]").await?;
        // What was simulated before is simulated again, on every branch, to the same ends.
        let after = ends(page).await?;
        assert!(after[2] != after[1] && after[1] != after[0]);
        kept(page).await?;
        page.refresh().await?;
        page.element(".branch.on").await?;
        assert_eq!(ends(page).await?, after);
        // And there is a way to start afresh, by keys too.
        page.refresh().await?;
        page.element("#afresh").await?;
        page.js("document.querySelector('#afresh').focus()").await?;
        type_keys(page, ENTER).await?;
        page.until("return !document.querySelector('.branch') && document.querySelector('.actor')").await?;
        Ok(())
    });
}

#[test]
fn a_link_with_all_branches_reopens_them_in_a_fresh_profile() {
    let mut shared = (String::new(), (Vec::new(), String::new(), 0, String::new()), Vec::new());
    in_browser(async |page| {
        grow(page).await?;
        page.click("#tab-events").await?;
        page.click("#share").await?;
        page.until("return document.querySelector('#link')?.value.includes('#s=')").await?;
        let link = page.js("return document.querySelector('#link').value").await?;
        let link = link.as_str().unwrap_or_default().split_once('#').map(|(_, text)| text.to_owned());
        page.click("dialog header button").await?;
        shared = (link.unwrap_or_default(), picture(page).await?, ends(page).await?);
        Ok(())
    });
    in_browser(async |page| {
        page.look(1280, 800, Light::Light).await?;
        page.open(&format!("#{}", shared.0)).await?;
        comes_back(page, &shared.1).await?;
        page.element("#tab-events[aria-selected=true]").await?;
        assert_eq!(ends(page).await?, shared.2);
        Ok(())
    });
}

#[test]
fn a_worker_that_panics_is_replaced_with_the_whole_tree() {
    in_browser_with_errors(async |page| {
        page.look(1280, 800, Light::Light).await?;
        page.open("?provoke").await?;
        grow_here(page).await?;
        kept(page).await?;
        let before = picture(page).await?;
        page.js("dispatchEvent(new Event('provoke-worker'))").await?;
        page.text_that("#notice", |text| text.contains("provoked")).await?;
        comes_back(page, &before).await?;
        let after = ends(page).await?;
        assert!(after[2] != after[1] && after[1] != after[0]);
        Ok(())
    });
}

#[test]
fn a_page_that_panics_offers_to_reload_and_finds_its_run_again() {
    in_browser_with_errors(async |page| {
        page.look(1280, 800, Light::Light).await?;
        page.open("?provoke").await?;
        grow_here(page).await?;
        kept(page).await?;
        let before = picture(page).await?;
        page.js("dispatchEvent(new Event('provoke-page'))").await?;
        page.text_that(".death", |text| text.contains("provoked")).await?;
        page.click("#reload").await?;
        page.until("return !document.querySelector('.death')").await?;
        comes_back(page, &before).await?;
        Ok(())
    });
}

#[test]
fn nothing_can_be_provoked_where_the_address_does_not_ask_for_it() {
    in_browser(async |page| {
        open(page).await?;
        pause(page).await?;
        page.js("dispatchEvent(new Event('provoke-page')); dispatchEvent(new Event('provoke-worker'))")
            .await?;
        let here = ordinal(page).await?;
        page.click("#step").await?;
        page.text_that("#ordinal", |text| text == (here + 1).to_string()).await?;
        Ok(())
    });
}

/// The digests of both stages.
async fn both(page: &Page) -> Result<(String, String)> {
    let other = page.js("return document.querySelector('#other-stage').dataset.digestOf").await?;
    Ok((page.digest().await?, other.as_str().unwrap_or_default().to_owned()))
}

#[test]
fn two_branches_are_compared_by_mouse() {
    in_browser(async |page| {
        grow(page).await?;
        page.js("const select = document.querySelector('#compare-with'); select.value = '0';\
             select.dispatchEvent(new Event('change', { bubbles: true }))")
            .await?;
        page.element("#other-stage .actor").await?;
        let same = page.text_that("#same-until", |text| text.contains("both are the same")).await?;
        let sides = page.text("#versus ul").await?;
        assert!(sides.contains("main") && sides.contains("n4"), "{same} {sides}");
        assert_eq!(page.js("return document.querySelectorAll('.apart').length").await?, json!(2));
        // Far from where they part they differ; at the first difference the signs are few, before it there are none.
        page.until("return document.querySelector('#ring .differs') && document.querySelector('#other-stage .differs')").await?;
        page.click("#to-difference").await?;
        page.until("return document.querySelector('#ring .differs')").await?;
        page.click("#first").await?;
        page.text_that("#ordinal", |text| text == "0").await?;
        page.until("return !document.querySelector('.differs')").await?;
        page.until("return document.querySelector('#other-stage').dataset.ordinal == '0'").await?;
        // Stepping moves both.
        for _ in 0..3 {
            page.click("#step").await?;
        }
        page.text_that("#ordinal", |text| text == "3").await?;
        page.until("return document.querySelector('#other-stage').dataset.ordinal == '3'").await?;
        let (one, two) = both(page).await?;
        assert_eq!(one, two, "before they part they are one");
        page.click("#show-other").await?;
        shows(page, "main").await?;
        page.element("#other-stage").await?;
        page.click("#end-compare").await?;
        page.until("return !document.querySelector('#other-stage') && document.querySelector('.lesson').offsetWidth > 0").await?;
        Ok(())
    });
}

#[test]
fn two_branches_are_compared_by_keys_alone() {
    in_browser(async |page| {
        grow(page).await?;
        page.keys("v").await?;
        page.element("#other-stage .actor").await?;
        page.text_that("#same-until", |text| text.contains("both are the same")).await?;
        page.keys(HOME).await?;
        page.until("return document.querySelector('#other-stage').dataset.ordinal == '0'").await?;
        page.keys("\u{e014}").await?;
        page.until("return document.querySelector('#other-stage').dataset.ordinal == '1'").await?;
        page.js("document.querySelector('#to-difference').focus()").await?;
        type_keys(page, ENTER).await?;
        page.until("return document.querySelector('#ring .differs')").await?;
        page.keys("\u{e00c}").await?;
        page.until("return !document.querySelector('#other-stage')").await?;
        Ok(())
    });
}
