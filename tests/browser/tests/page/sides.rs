//! Comparisons: two or three systems beside one another on one transport. All stages stand where each of their systems would stand alone
//! at the time shown, which the command `muster` says; a fault by hand strikes all of them; the figures are those of `muster compare`.

use muster_browser_tests::common::stages::{Known, Stage, digests, stages, titles};
use muster_browser_tests::common::{
    ENTER, ESCAPE, HOME, LEFT, RIGHT, TAB, TOO_WIDE, event_that, kept, link, muster, open_at, ordinal, play,
    rewrite, speed, step, tab,
};
use muster_browser_tests::{Lang, Light, Page, Result, in_browser};
use serde_json::{Value, json};

/// Opens a comparison and stops it once all of its stages stand.
async fn open_sides(page: &Page, name: &str) -> Result {
    open_at(page, &format!("#scenario={name}")).await?;
    stand(page).await
}

async fn stand(page: &Page) -> Result {
    page.element("#ring .actor").await?;
    page.element("#side-1 .actor").await?;
    page.element("#side-2 .actor").await?;
    page.stop().await
}

/// Lets it run to its end, as fast as it goes.
async fn to_end(page: &Page) -> Result {
    speed(page, 18).await?;
    play(page).await?;
    page.element("#ended").await?;
    page.rest().await
}

/// To the start, and from there to a mark: an election, a fault.
async fn to_mark(page: &Page, which: u32) -> Result {
    page.keys(HOME).await?;
    page.text_that("#ordinal", |text| text == "0").await?;
    for _ in 0..which {
        page.rest().await?;
        page.keys(".").await?;
    }
    page.rest().await
}

/// Crashes a member, by what is looked into beside the stages.
async fn crash(page: &Page, member: &str) -> Result {
    page.click(&format!("#ring .actor[data-name={member}]")).await?;
    page.text_that("#who", |text| text == member).await?;
    page.click(".inspect [data-verb=crash]").await?;
    page.element(&format!("#ring .actor.crashed[data-name={member}]")).await?;
    page.keys(ESCAPE).await?;
    page.gone("#who").await
}

#[test]
fn a_comparison_is_picked_and_every_stage_says_what_it_shows() {
    in_browser(async |page| {
        open_at(page, "").await?;
        event_that(page, |now| now > 0).await?;
        page.click("#picker").await?;
        page.element(".pop input").await?;
        page.press("and lost").await?;
        page.click(".pop [data-scenario=compare-lost-writes]").await?;
        page.text_that("#title", |text| text == "Compare: acknowledged, and lost").await?;
        stand(page).await?;
        let three = ["raft Raft", "multi-paxos MultiPaxos", "replica-set MongoReplicaSet"];
        assert_eq!(titles(&stages(page).await?), three);
        page.text_that("#about", |text| text.contains("Whoever leads is cut off")).await?;
        page.element("#tab-figures[aria-selected=true]").await?;
        let heads = "return [...document.querySelectorAll('#figures thead th')].slice(1).map(head => head.textContent)";
        page.becomes(heads, json!(three)).await?;
        // Beside one another, and none over another.
        page.until(
            "const boxes = [...document.querySelectorAll('.stage')].map(stage => stage.getBoundingClientRect());\
             return boxes.length == 3 && boxes.every(box => box.width > 300 && box.height > 150 && box.top == boxes[0].top)\
               && boxes[0].right <= boxes[1].left && boxes[1].right <= boxes[2].left",
        )
        .await?;
        // A scenario of one system has one stage, and no figures.
        page.keys("/").await?;
        page.until("return document.activeElement?.id == 'find'").await?;
        page.press("stale read").await?;
        page.text_that("#found", |text| text.contains("A stale read")).await?;
        page.press(ENTER).await?;
        page.text_that("#title", |text| text.starts_with("A stale read")).await?;
        page.becomes("return document.querySelectorAll('.stage').length", 1).await?;
        page.gone("#tab-figures").await
    });
}

#[test]
fn a_comparison_is_found_by_its_words_and_one_of_two_systems_has_two_stages() {
    in_browser(async |page| {
        open_at(page, "").await?;
        event_that(page, |now| now > 0).await?;
        page.keys("/").await?;
        page.until("return document.activeElement?.id == 'find'").await?;
        page.press("nothing fails").await?;
        page.text_that("#found", |text| text.contains("Compare: what a write costs")).await?;
        page.press(ENTER).await?;
        page.text_that("#title", |text| text == "Compare: what a write costs when nothing fails").await?;
        stand(page).await?;
        let left_out = "  - { name: multi-paxos, kind: MultiPaxos, spec: { electionTimeout: { uniform: [400ms, 800ms] }, heartbeat: 100ms } }\n";
        rewrite(page, left_out, "").await?;
        page.element("main.sides.two").await?;
        page.stop().await?;
        let two = ["raft Raft", "replica-set MongoReplicaSet"];
        assert_eq!(titles(&stages(page).await?), two);
        to_mark(page, 1).await?;
        let there = stages(page).await?;
        let mut known = Known::of("compare-calm")?;
        known.texts.remove(1);
        known.is_shown(&there, &known.times()?)?;
        assert!(there.iter().all(|stage| stage.ordinal > 0), "{there:?}");
        Ok(())
    });
}

#[test]
fn a_step_takes_every_stage_to_the_time_of_the_event_and_back() {
    in_browser(async |page| {
        open_sides(page, "compare-leader-crash").await?;
        to_end(page).await?;
        let known = Known::of("compare-leader-crash")?;
        let times = known.times()?;
        // About the first mark that is a fault: who leads loses power.
        page.keys(HOME).await?;
        page.choose("#step-by", "a fault").await?;
        page.rest().await?;
        page.click("#step").await?;
        page.element("#ring .actor.crashed").await?;
        page.choose("#step-by", "every event").await?;
        step(page, -6).await?;
        let mut seen = vec![stages(page).await?];
        for _ in 0..12 {
            step(page, 1).await?;
            seen.push(stages(page).await?);
        }
        for (before, after) in seen.iter().zip(&seen[1..]) {
            assert_eq!(after[0].ordinal, before[0].ordinal + 1);
            assert!(after.iter().zip(before).all(|(after, before)| after.ordinal >= before.ordinal));
        }
        for there in [&seen[0], &seen[5], &seen[6], &seen[12]] {
            known.is_shown(there, &times)?;
        }
        // Every stage has come on, and on each of them somebody has crashed.
        for (first, last) in seen[0].iter().zip(&seen[12]) {
            assert!(last.ordinal > first.ordinal, "{first:?}, {last:?}");
            let crashed = |stage: &Stage| stage.actors.iter().any(|one| one.contains("crashed"));
            assert!(!crashed(first) && crashed(last), "{first:?}, {last:?}");
        }
        for before in seen.iter().rev().skip(1) {
            step(page, -1).await?;
            assert_eq!(stages(page).await?, *before);
        }
        Ok(())
    });
}

/// The time shown, in thousandths of a second.
async fn shown(page: &Page) -> Result<f64> {
    Ok(page.attr("#scrubber", "aria-valuenow").await?.parse::<f64>()? * 1_000.0)
}

#[test]
fn the_scrubber_takes_every_stage_where_its_system_would_be_alone() {
    in_browser(async |page| {
        open_sides(page, "compare-lost-writes").await?;
        to_end(page).await?;
        tab(page, "timeline").await?;
        let known = Known::of("compare-lost-writes")?;
        let times = known.times()?;
        let end = stages(page).await?;
        // By key: to the start, then a hundredth of the whole at a time, 400 ms.
        page.press_on("#scrubber", HOME).await?;
        page.text_that("#ordinal", |text| text == "0").await?;
        known.is_shown(&stages(page).await?, &times)?;
        for hundredth in 1..=12_u64 {
            page.press(RIGHT).await?;
            page.until(&format!(
                "return document.querySelector('#scrubber').ariaValueNow * 1000 == {}",
                hundredth * 400
            ))
            .await?;
            if [1, 7, 12].contains(&hundredth) {
                let there = stages(page).await?;
                assert_eq!(
                    digests(&there),
                    known.digests(hundredth * 400_000_000)?,
                    "{hundredth} hundredths"
                );
            }
        }
        page.press(LEFT).await?;
        page.until("return document.querySelector('#scrubber').ariaValueNow == '4.400'").await?;
        assert_eq!(digests(&stages(page).await?), known.digests(4_400_000_000)?);
        // By mouse, near the middle, and to the end, where all are as they were.
        page.click("#scrubber").await?;
        page.until("return document.querySelector('#scrubber').ariaValueNow > 15").await?;
        let there = stages(page).await?;
        let at = shown(page).await?;
        assert!((19_000.0..21_000.0).contains(&at), "{at} ms");
        for (there, end) in there.iter().zip(&end) {
            assert!(there.ordinal > 100 && there.ordinal < end.ordinal, "{there:?}, at the end {end:?}");
        }
        page.press_on("#scrubber", "\u{e010}").await?; // End
        page.text_that("#ordinal", |text| text == end[0].ordinal.to_string()).await?;
        assert_eq!(stages(page).await?, end);
        Ok(())
    });
}

/// On which stages a member is so.
fn are(stages: &[Stage], member: &str, status: &str) -> Vec<bool> {
    let is = |one: &String| {
        let mut words = one.split(' ');
        words.next() == Some(member) && words.any(|word| word == status)
    };
    stages.iter().map(|stage| stage.actors.iter().any(is)).collect()
}

#[test]
fn a_fault_by_hand_strikes_every_stage_and_leaves_one_branch() {
    in_browser(async |page| {
        open_sides(page, "compare-calm").await?;
        to_end(page).await?;
        to_mark(page, 1).await?;
        let whole = stages(page).await?;
        assert_eq!(are(&whole, "n1", "up"), [true; 3], "{whole:?}");
        crash(page, "n1").await?;
        let struck = stages(page).await?;
        assert_eq!(are(&struck, "n1", "crashed"), [true; 3], "{struck:?}");
        assert_eq!(are(&struck, "n2", "up"), [true; 3], "{struck:?}");
        page.becomes("return document.querySelectorAll('.branch').length", 2).await?;
        // On and back it is crashed on all of them, and before it on none.
        step(page, 9).await?;
        assert_eq!(are(&stages(page).await?, "n1", "crashed"), [true; 3]);
        step(page, -9).await?;
        assert_eq!(stages(page).await?, struck);
        step(page, -2).await?;
        assert_eq!(are(&stages(page).await?, "n1", "up"), [true; 3]);
        step(page, 2).await?;
        // The branch that it was done off stands as it was, on every stage.
        page.click(".branch:not(.on)").await?;
        page.element("#ring .actor.up[data-name=n1]").await?;
        to_mark(page, 1).await?;
        assert_eq!(stages(page).await?, whole);
        page.click(".branch:not(.on)").await?;
        page.element("#ring .actor.crashed[data-name=n1]").await?;
        assert_eq!(are(&stages(page).await?, "n1", "crashed"), [true; 3]);
        page.becomes("return document.querySelectorAll('.branch').length", 2).await?;
        page.click("#undo").await?;
        page.element("#ring .actor.up[data-name=n1]").await?;
        assert_eq!(are(&stages(page).await?, "n1", "up"), [true; 3]);
        Ok(())
    });
}

#[test]
fn what_the_first_system_alone_understands_is_said_of_the_others_not_to_be_done_there() {
    in_browser(async |page| {
        open_sides(page, "compare-calm").await?;
        to_mark(page, 1).await?;
        let before = stages(page).await?;
        page.press_on("#ring .actor[data-name=n2]", ENTER).await?;
        page.click(".menu [data-verb=timeOut]").await?;
        page.click("dialog form [type=submit]").await?;
        for side in ["#side-1", "#side-2"] {
            page.text_that(&format!("{side} .stage-name"), |text| text.contains("1 not done here")).await?;
            let told = page.attr(&format!("{side} .stage-name [title]"), "title").await?;
            assert!(told.contains("n2"), "{told}");
        }
        let after = stages(page).await?;
        assert_eq!(after[1..], before[1..]);
        assert_ne!(after[0].digest, before[0].digest, "the first one's timer is due");
        page.click("#undo").await?;
        page.gone(".beside-stage .stage-name [title]").await
    });
}

/// The table of `muster compare`: its titles, then each row. Two spaces or more part cells.
fn table(comparison: &str, lang: Lang) -> Result<(Vec<Vec<String>>, String)> {
    let said = muster(&["compare", comparison, "--lang", lang.name()], "")?;
    let cells = |line: &str| -> Vec<String> {
        let cells = line.split("  ").map(str::trim).filter(|cell| !cell.is_empty());
        cells.map(str::to_owned).collect()
    };
    let rows: Vec<Vec<String>> = said.lines().map(cells).filter(|row| row.len() == 4).collect();
    let rest = said.split_once("\n\nraft\n").ok_or("nothing is said of the first side")?.1.to_owned();
    Ok((rows, rest))
}

/// The page's own table, as `muster compare` writes titles: the kind in brackets.
const TABLE: &str = "return [...document.querySelectorAll('#figures tr')].map(row => [...row.cells].map(cell => {\
    const kind = cell.querySelector('.eyebrow'); return kind ? `${cell.firstChild.textContent} (${kind.textContent})` : cell.textContent }))";

/// What stands beside the table is what the command says: when a side was without service, and which writes it lost.
async fn same_remarks(page: &Page, told: &str) -> Result {
    let remarks = "return [...document.querySelectorAll('.figures .said :is(p button, li:not(.muted))')].map(one => one.textContent)";
    let remarks: Vec<String> = serde_json::from_value(page.js(remarks).await?)?;
    assert!(remarks.len() >= 3, "{remarks:?}");
    for remark in remarks {
        assert!(told.contains(&remark), "“{remark}” is not in\n{told}");
    }
    Ok(())
}

#[test]
fn the_figures_at_the_end_are_those_of_muster_compare_in_both_languages() {
    in_browser(async |page| {
        for comparison in ["compare-calm", "compare-lost-writes"] {
            open_sides(page, comparison).await?;
            page.until(&format!("return location.hash.startsWith('#scenario={comparison}&')")).await?;
            tab(page, "figures").await?;
            let none = "return [...document.querySelectorAll('[data-figure=asked] td')].map(cell => cell.textContent)";
            page.keys(HOME).await?;
            page.becomes(none, json!(["0", "0", "0"])).await?;
            to_end(page).await?;
            for lang in [Lang::En, Lang::Zh] {
                if lang == Lang::Zh {
                    page.click("#language").await?;
                }
                page.text_that("#tab-figures", |text| {
                    text == if lang == Lang::Zh { "数据" } else { "Figures" }
                })
                .await?;
                let (rows, told) = table(comparison, lang)?;
                assert!(rows.len() > 12, "{rows:?}");
                page.becomes(TABLE, json!(rows)).await?;
                same_remarks(page, &told).await?;
                assert_eq!(page.unsound(lang).await?, Vec::<String>::new());
            }
            page.click("#language").await?;
        }
        // What was lost is marked, and on the side that lost it.
        page.becomes(
            "return [...document.querySelectorAll('#figures .bad')].map(cell => cell.cellIndex)",
            json!([3]),
        )
        .await
    });
}

#[test]
fn in_chinese_the_table_has_no_english_words() {
    in_browser(async |page| {
        open_sides(page, "compare-lost-writes").await?;
        to_end(page).await?;
        page.click("#language").await?;
        page.text_that("#tab-figures", |text| text == "数据").await?;
        page.rest().await?;
        // Names of systems and units are the same in every language.
        let words = "const said = [...document.querySelectorAll('#figures tbody, #figures caption, .figures .said p, .figures .said li, .figures > p, #figures thead th:first-child')]\
               .map(one => one.innerText + [...one.querySelectorAll('[title]')].map(titled => titled.title).join(' ')).join(' ');\
             return [...said.matchAll(/[A-Za-z]+/g)].map(word => word[0]).filter(word => !['s', 'ms', 'µs'].includes(word) && !/^[kc][0-9]*$/.test(word))";
        let left: Vec<String> = serde_json::from_value(page.js(words).await?)?;
        assert_eq!(left, Vec::<String>::new());
        assert!(page.text("#figures").await?.contains("丢失的写入"));
        Ok(())
    });
}

#[test]
fn a_comparison_is_worked_by_keyboard_alone() {
    in_browser(async |page| {
        open_sides(page, "compare-calm").await?;
        to_mark(page, 1).await?;
        // From the top of the page the tabulator key comes to the members of the first stage; arrows go from one to another, and n to the next of all.
        page.js("document.activeElement?.blur()").await?;
        page.walk_to(TAB, "document.activeElement.matches('#ring .actor')").await?;
        let name = "document.activeElement.dataset.name";
        for (key, member) in
            [(RIGHT, "n2"), ("n", "n3"), ("n", "c1"), ("n", "c2"), ("n", "n1"), ("n", "n2"), ("n", "n3")]
        {
            page.press(key).await?;
            page.until(&format!("return {name} == '{member}'")).await?;
        }
        page.press(ENTER).await?;
        page.until("return document.activeElement.dataset.verb == 'crash'").await?;
        page.press(ENTER).await?;
        page.element("#ring .actor.crashed[data-name=n3]").await?;
        let struck = stages(page).await?;
        assert_eq!(are(&struck, "n3", "crashed"), [true; 3], "{struck:?}");
        // The other stages are looked at: no key gets lost in them, and who does not see them is told who is on each, and how.
        let seen = "return [...document.querySelectorAll('.beside-stage')].map(stage =>\
            [stage.ariaLabel, [...stage.querySelectorAll('ul li')].map(one => one.textContent).filter(one => one.startsWith('n3,')).map(one => one.split(', ').slice(0, 2).join(', ')).join()])";
        page.becomes(
            seen,
            json!([
                ["The other side: multi-paxos (MultiPaxos)", "n3, crashed"],
                ["The other side: replica-set (MongoReplicaSet)", "n3, crashed"]
            ]),
        )
        .await?;
        page.until("return document.activeElement.matches('#ring .actor')").await?;
        let astray = "globalThis.astray = []; addEventListener('focusin', event => { if (event.target.closest('.beside-stage')) astray.push(event.target.outerHTML) })";
        page.js(astray).await?;
        page.walk_to(TAB, "document.activeElement.matches('#tab-figures')").await?;
        assert_eq!(page.js("return astray").await?, json!([]));
        // From tab to tab, and in the figures to the moment from which nobody was served.
        page.press(RIGHT).await?;
        page.element("#tab-timeline[aria-selected=true]").await?;
        page.press(LEFT).await?;
        page.element("#tab-figures[aria-selected=true]").await?;
        page.keys("+++++ ").await?;
        page.element("#ended").await?;
        page.rest().await?;
        page.focus("#tab-figures").await?;
        page.walk_to(TAB, "document.activeElement.matches('.figures .said button')").await?;
        let from = page.text(".figures .said button").await?;
        page.press(ENTER).await?;
        page.text_that("#clock", |clock| from.starts_with(&format!("from {clock} "))).await?;
        page.keys(RIGHT).await?;
        page.keys("u").await?;
        page.element("#ring .actor.up[data-name=n3]").await?;
        assert_eq!(are(&stages(page).await?, "n3", "up"), [true; 3]);
        Ok(())
    });
}

#[test]
fn on_the_smallest_screen_every_stage_and_every_figure_is_come_to_by_scrolling_down() {
    in_browser(async |page| {
        for scenario in ["compare-lost-writes", "compare-leader-crash"] {
            open_sides(page, scenario).await?;
            to_mark(page, 2).await?;
            tab(page, "figures").await?;
            page.look(360, 740, Light::Light).await?;
            page.becomes(TOO_WIDE, json!([360, 0])).await?;
            page.settle().await?;
            for stage in ["#ring", "#side-1 .other-ring", "#side-2 .other-ring"] {
                // As a reader scrolls: with nothing laid over it.
                page.until(&format!(
                    "const stage = document.querySelector('{stage}'); stage.scrollIntoView({{ block: 'start' }});\
                     const box = stage.getBoundingClientRect();\
                     const [x, y] = [box.x + box.width / 2, box.y + 12];\
                     const there = document.elementsFromPoint(x, y);\
                     const inside = [...stage.querySelectorAll('.actor')].every(one => {{ const actor = one.getBoundingClientRect(); return actor.left >= -1 && actor.right <= 361 }});\
                     return box.width > 250 && box.width <= 360 && box.height > 150 && inside && y > 0 && y < innerHeight && stage.querySelectorAll('.actor').length >= 3\
                       && there.some(one => stage.closest('.stage').contains(one)) && !there[0]?.closest('.time, .top')"
                ))
                .await?;
            }
            // The last cell is come to within the panel: the page itself stays as wide as it is.
            page.until(
                "const cell = document.querySelector('#figures tbody tr:last-child td:last-child');\
                 cell.scrollIntoView({ block: 'nearest', inline: 'nearest' });\
                 const box = cell.getBoundingClientRect();\
                 return box.right <= 361 && box.left >= 0 && box.top >= 0 && box.bottom <= innerHeight && cell.contains(document.elementFromPoint(box.x + box.width - 16, box.y + box.height / 2))",
            )
            .await?;
            page.becomes(TOO_WIDE, json!([360, 0])).await?;
            page.rest().await?;
            assert_eq!(page.unsound(Lang::En).await?, Vec::<String>::new());
        }
        Ok(())
    });
}

#[test]
fn who_asks_for_less_motion_sees_every_stage_stand_until_it_is_played() {
    in_browser(async |page| {
        let calm = json!({ "features": [{ "name": "prefers-reduced-motion", "value": "reduce" }] });
        page.cdp().send_raw("Emulation.setEmulatedMedia", calm).await?;
        page.open("#scenario=compare-lost-writes").await?;
        page.element("#side-2 .actor").await?;
        let still = stages(page).await?; // only what stands rests
        assert_eq!((ordinal(page).await?, still.len()), (0, 3));
        let known = Known::of("compare-lost-writes")?;
        let times = known.times()?;
        known.is_shown(&still, &times)?;
        // Nothing moves by itself.
        page.settle().await?;
        assert_eq!(stages(page).await?, still);
        page.becomes("return document.getAnimations().filter(one => one.playState == 'running').length", 0)
            .await?;
        page.keys(RIGHT).await?;
        page.text_that("#ordinal", |text| text == "1").await?;
        known.is_shown(&stages(page).await?, &times)?;
        // It plays when it is asked to.
        play(page).await?;
        page.until("return [...document.querySelectorAll('.beside-stage')].every(stage => stage.dataset.ordinal > 20)").await?;
        page.stop().await
    });
}

/// What a reader would recognise a comparison by.
async fn picture(page: &Page) -> Result<(Vec<Stage>, String, Value)> {
    let there = stages(page).await?;
    let table = page.js(TABLE).await?;
    Ok((there, page.text("#title").await?, table))
}

/// At some event of a comparison on which n3 was crashed by hand, with its figures open.
async fn somewhere(page: &Page) -> Result<(Vec<Stage>, String, Value)> {
    open_sides(page, "compare-leader-crash").await?;
    to_mark(page, 2).await?;
    crash(page, "n3").await?;
    step(page, 7).await?;
    tab(page, "figures").await?;
    let there = picture(page).await?;
    assert_eq!(are(&there.0, "n3", "crashed"), [true; 3]);
    Ok(there)
}

async fn comes_back(page: &Page, to: &(Vec<Stage>, String, Value)) -> Result {
    page.text_that("#ordinal", |text| text == to.0[0].ordinal.to_string()).await?;
    page.element("#side-2 .actor").await?;
    page.element("#tab-figures[aria-selected=true]").await?;
    page.becomes(TABLE, to.2.clone()).await?;
    assert_eq!(picture(page).await?, *to);
    Ok(())
}

#[test]
fn a_reload_brings_a_comparison_back_where_it_was() {
    in_browser(async |page| {
        let there = somewhere(page).await?;
        kept(page).await?;
        page.refresh().await?;
        comes_back(page, &there).await?;
        // And it goes on from there on all stages.
        step(page, 5).await?;
        let on = stages(page).await?;
        step(page, -5).await?;
        assert_eq!(stages(page).await?, there.0);
        assert_eq!(on[0].ordinal, there.0[0].ordinal + 5);
        Ok(())
    });
}

#[test]
fn a_link_opens_a_comparison_as_it_was_where_nothing_is_kept() {
    let mut shared = (String::new(), (Vec::new(), String::new(), Value::Null));
    in_browser(async |page| {
        let there = somewhere(page).await?;
        shared = (link(page).await?, there);
        Ok(())
    });
    in_browser(async |page| {
        open_at(page, &format!("#{}", shared.0)).await?;
        comes_back(page, &shared.1).await
    });
}
