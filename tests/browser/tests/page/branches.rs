//! Branches: the tree under the scrubber, names, deleting and bringing back, two side by side, each by mouse and by keys alone; and
//! that a run is never lost: to a reload, to a worker or a page that panics, or on its way in a link.

use muster_browser_tests::common::{
    DOWN, ENTER, ESCAPE, HOME, RIGHT, TOO_WIDE, act, event_that, is, kept, link, open, open_at, ordinal,
    pause, play_past, step, stop, tab,
};
use muster_browser_tests::{Light, Page, Result, in_browser, in_browser_with_errors};
use serde_json::json;

/// The first branch, one off it on which n4 crashed, and one off that on which n5 did; the last one is shown.
async fn grow(page: &Page) -> Result {
    open(page).await?;
    grow_here(page).await
}

async fn grow_here(page: &Page) -> Result {
    play_past(page, 60).await?;
    for (branches, member) in [(2, "n4"), (3, "n5")] {
        step(page, -3).await?;
        act(page, "crash", member).await?;
        page.becomes("return document.querySelectorAll('.branch').length", branches).await?;
        page.rest().await?;
        step(page, 12).await?;
    }
    Ok(())
}

/// What branches are called, as they are drawn.
async fn rows(page: &Page) -> Result<Vec<String>> {
    let names = "return [...document.querySelectorAll('.branch')].map(row => row.innerText.trim())";
    Ok(serde_json::from_value(page.js(names).await?)?)
}

/// Waits until the branch so called is shown, and all of it is.
async fn shows(page: &Page, name: &str) -> Result {
    page.text_that(".branch.on", |text| text.contains(name)).await?;
    page.rest().await
}

/// Presses keys in the tree, where the tabulator key comes to.
async fn in_tree(page: &Page, keys: &str) -> Result {
    page.press_on(".branch[tabindex='0']", keys).await
}

const F2: &str = "\u{e032}";
const DELETE: &str = "\u{e017}";

#[test]
fn the_tree_is_drawn_and_switched_by_mouse() {
    in_browser(async |page| {
        grow(page).await?;
        let names = rows(page).await?;
        assert_eq!(names.len(), 3, "{names:?}");
        assert!(names[0].contains("main") && names[1].contains("n4") && names[2].contains("n5"), "{names:?}");
        page.becomes("return document.querySelectorAll('.limb').length", 3).await?;
        page.becomes("return document.querySelectorAll('.limb .act').length", 2).await?;
        let last = page.digest().await?;
        page.click(".branch").await?;
        shows(page, "main").await?;
        assert_ne!(page.digest().await?, last);
        is(page, "n4", "up").await?;
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
        in_tree(page, HOME).await?;
        for row in ["main", "n4", "n5"] {
            page.until(&format!("return document.activeElement.innerText.includes('{row}')")).await?;
            page.press(if row == "n5" { ENTER } else { DOWN }).await?;
        }
        shows(page, "n5").await?;
        page.until("return document.activeElement.innerText.includes('n5')").await?;
        Ok(())
    });
}

#[test]
fn a_branch_is_renamed_deleted_and_brought_back_by_mouse() {
    in_browser(async |page| {
        grow(page).await?;
        page.click("#rename-branch").await?;
        page.fill("#branch-name", "n5 crashed too").await?;
        page.click("#branch-go").await?;
        shows(page, "n5 crashed too").await?;
        // Deleting what it hangs off leaves it its past.
        let digest = page.digest().await?;
        page.click(".branch[data-branch='1']").await?;
        shows(page, "n4").await?;
        page.click("#delete-branch").await?;
        page.text_that("dialog p", |text| text.contains("n4")).await?;
        page.click("#branch-go").await?;
        page.becomes("return document.querySelectorAll('.branch').length", 2).await?;
        shows(page, "main").await?;
        page.click(".branch:not(.on)").await?;
        shows(page, "n5 crashed too").await?;
        page.click("#last").await?;
        page.digest_is(&digest).await?;
        page.click("#restore-branch").await?;
        page.becomes("return document.querySelectorAll('.branch').length", 3).await?;
        page.gone("#restore-branch").await?;
        Ok(())
    });
}

#[test]
fn a_branch_is_renamed_and_deleted_by_keys_alone() {
    in_browser(async |page| {
        grow(page).await?;
        let was = ordinal(page).await?;
        in_tree(page, F2).await?;
        page.until("return document.activeElement.id == 'branch-name'").await?;
        page.press("without n5").await?;
        page.press(ENTER).await?;
        shows(page, "without n5").await?;
        in_tree(page, DELETE).await?;
        page.press_on("#branch-go", ENTER).await?;
        page.becomes("return document.querySelectorAll('.branch').length", 2).await?;
        shows(page, "n4").await?;
        assert!(ordinal(page).await? < was, "where it left its parent");
        // The first one stays: the key does nothing, the button says why.
        page.keys("[").await?;
        shows(page, "main").await?;
        let title = page.attr("#delete-branch[aria-disabled=true]", "title").await?;
        assert!(title.contains("first branch"), "{title}");
        Ok(())
    });
}

#[test]
fn the_tree_fits_the_smallest_screen() {
    in_browser(async |page| {
        grow(page).await?;
        shows(page, "n5").await?;
        page.look(360, 740, Light::Light).await?;
        page.becomes(TOO_WIDE, json!([360, 0])).await?;
        Ok(())
    });
}

/// What a reader would recognise the run by: what branches are called, which is shown, at which event, with which digest.
async fn picture(page: &Page) -> Result<(Vec<String>, String, u64, String)> {
    page.rest().await?;
    Ok((rows(page).await?, page.text(".branch.on").await?, ordinal(page).await?, page.digest().await?))
}

/// Waits until the run is this one again.
async fn comes_back(page: &Page, to: &(Vec<String>, String, u64, String)) -> Result {
    page.text_that("#ordinal", |text| text == to.2.to_string()).await?;
    page.digest_is(&to.3).await?;
    shows(page, &to.1).await?;
    assert_eq!(picture(page).await?, *to);
    Ok(())
}

/// The digests at the ends of all branches, as they are drawn.
async fn ends(page: &Page) -> Result<Vec<String>> {
    let mut digests = Vec::new();
    page.rest().await?;
    for row in 0..rows(page).await?.len() {
        page.click(&format!(".branch:nth-child({})", row + 1)).await?;
        page.element(&format!(".branch.on:nth-child({})", row + 1)).await?;
        page.rest().await?;
        page.keys("\u{e010}").await?; // End
        page.element("#last[aria-disabled=true]").await?;
        page.rest().await?;
        digests.push(page.digest().await?);
    }
    Ok(digests)
}

#[test]
fn a_reload_brings_the_whole_tree_back() {
    in_browser(async |page| {
        grow(page).await?;
        tab(page, "logs").await?;
        page.click("#rename-branch").await?;
        page.fill("#branch-name", "both down").await?;
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
        page.press_on("#afresh", ENTER).await?;
        page.until("return !document.querySelector('.branch') && document.querySelector('.actor')").await?;
        Ok(())
    });
}

#[test]
fn what_was_kept_and_cannot_be_opened_again_can_still_be_had_as_a_file() {
    in_browser(async |page| {
        grow(page).await?;
        kept(page).await?;
        // As another version might have written it.
        page.js("for (const storage of [sessionStorage, localStorage])
               for (const key of Object.keys(storage))
                 storage[key] = storage[key].replace('v1\\nkind: Run', 'v2\\nkind: Run');
             // What the page would write as it goes is that version's as well.
             Storage.prototype.setItem = () => {}")
            .await?;
        page.refresh().await?;
        page.text_that("#notice", |text| text.contains("cannot be opened again") && text.contains("v2"))
            .await?;
        page.element(".actor").await?;
        page.js("window.had = [];
             URL.createObjectURL = (blob) => (blob.text().then((text) => had.push(text)), 'blob:here');
             HTMLAnchorElement.prototype.click = () => {};")
            .await?;
        page.press_on("#keep-lost", ENTER).await?;
        page.until("return had.length === 1 && had[0].includes('v2\\nkind: Run') && had[0].includes('crash')")
            .await
    });
}

#[test]
fn a_link_with_all_branches_reopens_them_where_nothing_is_kept() {
    let mut shared = (String::new(), (Vec::new(), String::new(), 0, String::new()), Vec::new());
    in_browser(async |page| {
        grow(page).await?;
        tab(page, "events").await?;
        page.rest().await?;
        shared = (link(page).await?, picture(page).await?, ends(page).await?);
        Ok(())
    });
    in_browser(async |page| {
        open_at(page, &format!("#{}", shared.0)).await?;
        comes_back(page, &shared.1).await?;
        page.element("#tab-events[aria-selected=true]").await?;
        assert_eq!(ends(page).await?, shared.2);
        Ok(())
    });
}

#[test]
fn a_worker_that_panics_is_replaced_with_the_whole_tree() {
    in_browser_with_errors(async |page| {
        open_at(page, "?provoke").await?;
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
fn a_worker_that_dies_as_another_run_begins_is_replaced_on_that_one() {
    in_browser_with_errors(async |page| {
        open_at(page, "?provoke#scenario=leader-crash").await?;
        event_that(page, |now| now > 20).await?;
        pause(page).await?;
        kept(page).await?;
        // As soon as the other one is shown, before it could be kept.
        page.js("const title = document.querySelector('#title');\
             new MutationObserver((_, seen) => { seen.disconnect(); dispatchEvent(new Event('provoke-worker')) })\
               .observe(title, { childList: true, characterData: true, subtree: true })")
            .await?;
        page.click("#picker").await?;
        page.click(".pop [data-scenario=minority-leader]").await?;
        page.text_that("#notice", |text| text.contains("provoked")).await?;
        page.rest().await?;
        page.text_that("#title", |text| text.contains("minority")).await?;
        page.until("return document.querySelector('h1').innerText.includes('minority')").await
    });
}

#[test]
fn a_page_that_panics_offers_to_reload_and_finds_its_run_again() {
    in_browser_with_errors(async |page| {
        open_at(page, "?provoke").await?;
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
        step(page, 1).await?;
        Ok(())
    });
}

/// The digests of both stages.
async fn both(page: &Page) -> Result<(String, String)> {
    page.rest().await?;
    Ok((page.digest().await?, page.attr("#other-stage", "data-digest-of").await?))
}

#[test]
fn two_branches_are_compared_by_mouse() {
    in_browser(async |page| {
        grow(page).await?;
        page.choose("#compare-with", "main").await?;
        page.element("#other-stage .actor").await?;
        let same = page.text_that("#same-until", |text| text.contains("first that differs")).await?;
        let sides = page.text("#versus ul").await?;
        assert!(sides.contains("main") && sides.contains("n4"), "{same} {sides}");
        page.becomes("return document.querySelectorAll('.apart').length", 2).await?;
        // Far from where they part they differ; at the first difference the signs are few, before it there are none.
        page.until("return document.querySelector('#ring .differs') && document.querySelector('#other-stage .differs')").await?;
        page.click("#to-difference").await?;
        page.until("return document.querySelector('#ring .differs')").await?;
        page.rest().await?;
        page.click("#first").await?;
        page.text_that("#ordinal", |text| text == "0").await?;
        page.gone(".differs").await?;
        page.until("return document.querySelector('#other-stage').dataset.ordinal == '0'").await?;
        // Stepping moves both.
        step(page, 3).await?;
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
        // It may take a while until anything comes of the crash.
        page.keys(" ").await?;
        page.text_that("#same-until", |text| text.contains("first that differs")).await?;
        stop(page).await?;
        page.keys(HOME).await?;
        page.until("return document.querySelector('#other-stage').dataset.ordinal == '0'").await?;
        page.keys(RIGHT).await?;
        page.until("return document.querySelector('#other-stage').dataset.ordinal == '1'").await?;
        page.press_on("#to-difference", ENTER).await?;
        page.until("return document.querySelector('#ring .differs')").await?;
        page.keys(ESCAPE).await?;
        page.gone("#other-stage").await?;
        Ok(())
    });
}
