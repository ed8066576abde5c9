//! The page's own module has the systems of its first example; the module with all of them comes when something else is opened, once,
//! and until it has come, or if it does not come, what was shown stays.

use muster_browser_tests::common::{
    Copy, act, event_that, file_made, is, kept, ordinal, pause, watch_files, write,
};
use muster_browser_tests::{Light, Obstacle, Page, Result, Site, dist, in_browser, in_browser_with_errors};
use std::fs;

/// The page on a host of its own, and not kept by the browser: what is asked of the host is what the page loads.
async fn unkept(name: &str) -> Result<(Copy, Site)> {
    let copy = Copy::of(&dist(), name)?;
    let index = copy.0.join("index.html");
    let page = fs::read_to_string(&index)?;
    assert!(page.contains("data-whole="), "this page has all systems in one module: build it as it ships");
    fs::write(&index, page.replacen(" data-offline=\"sw.js\"", "", 1))?;
    let site = Site::open(&copy.0).await?;
    Ok((copy, site))
}

fn loads(site: &Site) -> usize {
    site.requests().iter().filter(|path| path.contains("/lazy/whole-") && path.ends_with(".wasm")).count()
}

/// Opens another scenario as an address does that is typed.
async fn turn_to(page: &Page, scenario: &str) -> Result {
    page.js(&format!("location.hash = '#scenario={scenario}'")).await?;
    Ok(())
}

async fn shows(page: &Page, scenario: &str) -> Result {
    page.until(&format!("return location.hash.startsWith('#scenario={scenario}&')")).await?;
    page.click("#step").await?;
    event_that(page, |now| now == 1).await?;
    Ok(())
}

#[test]
fn the_module_with_all_systems_is_loaded_once_and_when_something_needs_it() {
    in_browser(async |page| {
        let (_copy, site) = unkept("whole-once").await?;
        page.goto(site.base()).await?;
        event_that(page, |now| now > 50).await?;
        turn_to(page, "split-vote").await?;
        shows(page, "split-vote").await?;
        assert_eq!(loads(&site), 0, "Raft needs none of it");
        turn_to(page, "paxos-one-proposer").await?;
        shows(page, "paxos-one-proposer").await?;
        page.gone("#notice").await?;
        turn_to(page, "paxos-duel").await?;
        shows(page, "paxos-duel").await?;
        turn_to(page, "leader-crash").await?;
        shows(page, "leader-crash").await?;
        assert_eq!(loads(&site), 1);
        Ok(())
    });
}

#[test]
fn a_link_to_a_scenario_of_another_system_opens_it_and_nothing_else_before() {
    in_browser(async |page| {
        let (_copy, site) = unkept("whole-link").await?;
        page.goto(format!("{}#scenario=paxos-duel&seed=3", site.base())).await?;
        page.element(".actor[data-name=p1]").await?;
        page.until("return location.hash == '#scenario=paxos-duel&seed=3'").await?;
        event_that(page, |now| now > 0).await?;
        Ok(())
    });
}

#[test]
fn what_its_systems_say_is_said_in_words_of_both_languages() {
    in_browser(async |page| {
        let (_copy, site) = unkept("whole-words").await?;
        page.look(1280, 800, Light::Light).await?;
        page.goto(format!("{}#scenario=paxos-duel", site.base())).await?;
        page.element(".actor[data-name=p1]").await?;
        event_that(page, |now| now > 3).await?;
        page.stop().await?;
        for (acceptor, language) in [("acceptor", "zh-Hans"), ("接受者", "en")] {
            let says = "return document.querySelector('.actor[data-name=a1]').textContent.includes";
            page.until(&format!("{says}('{acceptor}')")).await?;
            // A key whose words were not there would say its name.
            page.becomes("return document.body.innerText.match(/paxos\\.\\w+\\.\\w+/)?.[0] ?? ''", "")
                .await?;
            page.click("#language").await?;
            page.becomes("return document.documentElement.lang", language).await?;
        }
        Ok(())
    });
}

#[test]
fn where_it_cannot_be_loaded_what_was_shown_stays_and_plays_on() {
    in_browser_with_errors(async |page| {
        let (_copy, site) = unkept("whole-gone").await?;
        page.look(1280, 800, Light::Light).await?;
        page.goto(format!("{}#scenario=leader-crash", site.base())).await?;
        page.element(".actor[data-name=n1]").await?;
        pause(page).await?;
        act(page, "crash", "n2").await?;
        is(page, "n2", "crashed").await?;
        site.leave().await;
        turn_to(page, "paxos-duel").await?;
        page.text_that("#notice", |text| text.contains("could not be loaded")).await?;
        page.until("return location.hash.startsWith('#scenario=leader-crash')").await?;
        is(page, "n2", "crashed").await?;
        let before = page.event_that(|_| true).await?;
        page.click("#step").await?;
        page.event_that(|now| now == before + 1).await?;
        Ok(())
    });
}

#[test]
fn a_worker_of_it_that_dies_is_started_again_on_the_same_run_and_nothing_is_loaded_again() {
    in_browser_with_errors(async |page| {
        let (_copy, site) = unkept("whole-dies").await?;
        page.goto(format!("{}?provoke#scenario=paxos-duel", site.base())).await?;
        page.element(".actor[data-name=p1]").await?;
        event_that(page, |now| now > 3).await?;
        page.stop().await?;
        let digest = page.digest().await?;
        page.js("dispatchEvent(new Event('provoke-worker'))").await?;
        page.text_that("#notice", |text| text.contains("provoked")).await?;
        page.digest_is(&digest).await?;
        page.element(".actor[data-name=p1]").await?;
        assert_eq!(loads(&site), 1);
        Ok(())
    });
}

#[test]
fn of_two_runs_asked_for_at_once_the_last_is_shown() {
    in_browser(async |page| {
        let (_copy, site) = unkept("whole-last").await?;
        page.goto(site.base()).await?;
        event_that(page, |now| now > 0).await?;
        page.js("location.hash = '#scenario=paxos-duel'; setTimeout(() => { location.hash = '#scenario=split-vote' }, 1)").await?;
        page.until("return location.hash.startsWith('#scenario=split-vote&')").await?;
        tokio_pause().await;
        page.element(".actor[data-name=n1]").await?;
        assert_eq!(page.js("return location.hash.split('&')[0]").await?, "#scenario=split-vote");
        Ok(())
    });
}

/// As long as the module with all systems may take; the browser has long been given then what it is to keep.
async fn tokio_pause() {
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
}

/// Takes what the module with all systems is made of away from the host, or brings it back from the page as it was built. The browser
/// has none of it from before either.
async fn host_whole(page: &Page, copy: &Copy, there: bool) -> Result {
    for entry in fs::read_dir(dist().join("lazy"))? {
        let name = entry?.file_name();
        if !name.to_string_lossy().starts_with("whole-") {
            continue;
        }
        let (built, hosted) = (dist().join("lazy").join(&name), copy.0.join("lazy").join(&name));
        match there {
            true => fs::copy(built, hosted).map(drop)?,
            false => fs::remove_file(hosted)?,
        }
    }
    page.cdp().send_raw("Network.clearBrowserCache", serde_json::json!({})).await?;
    Ok(())
}

#[test]
fn a_kept_run_whose_systems_cannot_be_had_is_not_let_go_of() {
    in_browser_with_errors(async |page| {
        let (copy, site) = unkept("whole-kept").await?;
        page.look(1280, 800, Light::Light).await?;
        page.goto(format!("{}#scenario=paxos-duel", site.base())).await?;
        page.element(".actor[data-name=p1]").await?;
        event_that(page, |now| now > 3).await?;
        page.stop().await?;
        kept(page).await?;
        let (event, digest) = (ordinal(page).await?, page.digest().await?);
        host_whole(page, &copy, false).await?;
        page.refresh().await?;
        page.text_that("#notice", |text| text.contains("could not be loaded")).await?;
        page.element("#again").await?;
        page.settle().await?; // whatever the page does about it, it has done
        let held = "return sessionStorage.getItem('muster.run')?.includes('paxos-duel')";
        assert_eq!(page.js(held).await?, serde_json::json!(true));
        // Once the systems can be had, it is the run that was left, and where it was left.
        host_whole(page, &copy, true).await?;
        page.click("#again").await?;
        page.element(".actor[data-name=p1]").await?;
        page.digest_is(&digest).await?;
        assert_eq!(ordinal(page).await?, event);
        Ok(())
    });
}

#[test]
fn a_slip_in_a_text_that_lacks_no_system_is_told_also_where_it_cannot_be_loaded() {
    in_browser_with_errors(async |page| {
        let (copy, site) = unkept("whole-slip").await?;
        page.goto(format!("{}#scenario=leader-crash", site.base())).await?;
        page.element(".actor[data-name=n1]").await?;
        pause(page).await?;
        host_whole(page, &copy, false).await?;
        // As one writes, and when it is run.
        write(page, "until:", "untl:").await?;
        page.text_that(".problems", |text| text.contains("untl") && text.contains("until")).await?;
        page.click("#run-text").await?;
        page.text_that(".problems", |text| text.contains("untl")).await?;
        page.gone("#notice").await?;
        assert!(loads(&site) > 0, "it was asked for, and not to be had");
        Ok(())
    });
}

/// What the page waits for longer than ten seconds, it waits for a fifth of that.
const HURRY: &str = "const wait = globalThis.setTimeout; globalThis.setTimeout = (then, time, ...more) => wait(then, time >= 10_000 ? time / 5 : time, ...more);";

/// The module with all systems is asked for and not answered: the page stands at an event of the one that is shown, and has said that it
/// waits long.
async fn waits_long(page: &Page, site: &Site) -> Result {
    page.look(1280, 800, Light::Light).await?;
    page.before_each_document(HURRY).await?;
    page.goto(format!("{}#scenario=leader-crash", site.base())).await?;
    pause(page).await?;
    site.obstruct("/lazy/whole-", Obstacle::Silence);
    turn_to(page, "paxos-duel").await?;
    page.text_that("#notice", |text| text.contains("Loading the systems")).await?;
    page.text_that("#notice", |text| text.contains("take long to load")).await?;
    page.element("#again").await.map(drop)
}

#[test]
fn where_it_hangs_the_page_says_so_and_what_comes_later_is_still_shown() {
    in_browser(async |page| {
        let (_copy, site) = unkept("whole-hangs").await?;
        waits_long(page, &site).await?;
        page.click("#language").await?;
        page.text_that("#notice", |text| text.contains("加载耗时较长") && text.contains("重试")).await?;
        // What is shown can be gone on with meanwhile, and is not kept under the other one's address.
        let before = ordinal(page).await?;
        page.click("#step").await?;
        event_that(page, |now| now == before + 1).await?;
        tokio_pause().await;
        let mixed = "return /^#scenario=paxos-duel\\n[^]*name: leader-crash/.test(sessionStorage.getItem('muster.run') ?? '')";
        assert_eq!(page.js(mixed).await?, serde_json::json!(false));
        site.go_on();
        page.element(".actor[data-name=p1]").await?;
        page.gone("#notice").await?;
        assert_eq!(loads(&site), 1);
        Ok(())
    });
}

#[test]
fn where_it_hangs_it_can_be_tried_again_and_again() {
    in_browser(async |page| {
        let (_copy, site) = unkept("whole-again").await?;
        waits_long(page, &site).await?;
        page.click("#again").await?;
        page.text_that("#notice", |text| text.contains("Loading the systems")).await?;
        page.text_that("#notice", |text| text.contains("take long to load")).await?;
        // What was asked for before is never answered.
        site.clear();
        page.click("#again").await?;
        page.element(".actor[data-name=p1]").await?;
        page.gone("#notice").await?;
        page.until("return location.hash.startsWith('#scenario=paxos-duel&')").await
    });
}

#[test]
fn where_nothing_is_shown_and_it_hangs_the_example_can_be_had() {
    in_browser(async |page| {
        let (_copy, site) = unkept("whole-empty").await?;
        page.look(1280, 800, Light::Light).await?;
        page.before_each_document(HURRY).await?;
        site.obstruct("/lazy/whole-", Obstacle::Silence);
        page.goto(format!("{}#scenario=paxos-duel", site.base())).await?;
        page.text_that("#notice", |text| text.contains("take long to load")).await?;
        page.element("#again").await?;
        page.click("#example").await?;
        event_that(page, |now| now > 0).await?;
        // What comes now is not wanted any more.
        site.go_on();
        page.stop().await?;
        page.gone("#notice").await?;
        page.until("return location.hash.startsWith('#scenario=leader-crash&')").await
    });
}

/// Lets the first worker, which is told of by its first message, hear nothing while `globalThis.deaf` holds.
const DEAF: &str = "const post = Worker.prototype.postMessage; globalThis.unheard = [];\
    globalThis.say = what => post.call(globalThis.first, what);\
    Worker.prototype.postMessage = function (...what) {\
      globalThis.first ??= this;\
      if (globalThis.deaf && this === globalThis.first) globalThis.unheard.push(what); else post.apply(this, what);\
    };";

/// A run is left for one of other systems while it is being saved; the worker that it had has not answered so far.
async fn leave_while_saving(page: &Page, site: &Site) -> Result {
    page.look(1280, 800, Light::Light).await?;
    page.before_each_document(DEAF).await?;
    page.goto(format!("{}#scenario=leader-crash", site.base())).await?;
    pause(page).await?;
    act(page, "crash", "n2").await?;
    watch_files(page).await?;
    site.obstruct("/lazy/whole-", Obstacle::Silence);
    turn_to(page, "paxos-duel").await?;
    page.text_that("#notice", |text| text.contains("Loading the systems")).await?;
    page.js("globalThis.deaf = true").await?;
    page.click("#file").await?;
    page.click("#save-run").await?;
    page.until("return globalThis.unheard.length > 0").await?;
    site.go_on();
    page.element(".actor[data-name=p1]").await.map(drop)
}

#[test]
fn a_run_that_is_left_while_it_is_being_saved_is_saved_as_itself() {
    in_browser(async |page| {
        let (_copy, site) = unkept("whole-saves").await?;
        leave_while_saving(page, &site).await?;
        page.js("globalThis.deaf = false; globalThis.unheard.forEach(what => globalThis.first.postMessage(...what))")
            .await?;
        let (text, name) = file_made(page, 1).await?;
        assert_eq!(name, "leader-crash-7.run.yaml");
        assert!(text.contains("name: leader-crash") && text.contains("crash: n2"), "{text}");
        page.text_that("#notice", |text| text.contains("Handed to the browser") && text.contains(&name))
            .await?;
        page.element(".actor[data-name=p1]").await.map(drop)
    });
}

#[test]
fn where_a_run_that_is_left_cannot_be_saved_any_more_the_page_says_of_which() {
    in_browser_with_errors(async |page| {
        let (_copy, site) = unkept("whole-unsaved").await?;
        leave_while_saving(page, &site).await?;
        page.js("globalThis.say('panic')").await?;
        page.text_that("#notice", |text| {
            text.contains("could not be saved as this file") && text.contains("leader-crash-7.run.yaml")
        })
        .await?;
        // The one that is shown goes on as if nothing had been.
        let before = page.event_that(|_| true).await?;
        page.stop().await?;
        page.click("#language").await?;
        page.text_that("#notice", |text| text.contains("未能将运行保存为此文件")).await?;
        event_that(page, |now| now >= before).await.map(drop)
    });
}

/// The worker that has the run dies before it hears that the run is to be saved.
#[test]
fn a_run_whose_worker_dies_while_it_is_being_saved_is_saved_by_the_next() {
    in_browser_with_errors(async |page| {
        let (_copy, site) = unkept("whole-dies").await?;
        page.look(1280, 800, Light::Light).await?;
        page.before_each_document(DEAF).await?;
        page.goto(format!("{}#scenario=leader-crash", site.base())).await?;
        pause(page).await?;
        act(page, "crash", "n2").await?;
        watch_files(page).await?;
        page.js("globalThis.deaf = true").await?;
        page.click("#file").await?;
        page.click("#save-run").await?;
        page.until("return globalThis.unheard.length > 0").await?;
        page.js("globalThis.say('panic')").await?;
        let (text, name) = file_made(page, 1).await?;
        assert_eq!(name, "leader-crash-7.run.yaml");
        assert!(text.contains("name: leader-crash") && text.contains("crash: n2"), "{text}");
        page.text_that("#notice", |text| text.contains("Handed to the browser") && text.contains(&name))
            .await
            .map(drop)
    });
}
