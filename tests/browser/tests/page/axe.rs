//! Every view and dialog (`shots.json` lists them), looked at in every theme, language and width: nothing is too wide, cut off, laid
//! over another or left in the other language, and axe-core finds no serious or critical fault.
//!
//! By default each view is seen in one look of the eighteen, so chosen that over the views every two of theme, language and width meet.
//! AXE names axe-core's script (README.md beside this folder says how to come by it). All of them: `cargo test --manifest-path tests/browser/Cargo.toml --test page axe:: -- --ignored`.

use muster_browser_tests::{Look, Page, Result, View, axe, in_browser, views};

/// Views are tried beside one another in so many browsers.
const PARTS: usize = 4;

/// The looks of a view, those beside one another that can be changed into one another while it is shown.
fn in_turn(view: &View, mut looks: Vec<Look>) -> Vec<Vec<Look>> {
    let mut turns = Vec::new();
    while let Some(first) = looks.first().copied() {
        let (near, rest) = looks.into_iter().partition(|look| look.is_near(first, view));
        turns.push(near);
        looks = rest;
    }
    turns
}

async fn faults(page: &Page, view: &View, looks: Vec<Look>, axe: &str) -> Result<Vec<String>> {
    let mut all = Vec::new();
    for turn in in_turn(view, looks) {
        page.reach(view, turn[0]).await?;
        for look in turn {
            page.change(look).await?;
            page.settle().await?;
            let mut found = page.unsound(look.lang).await?;
            found.extend(page.inaccessible(axe).await?);
            all.extend(found.into_iter().map(|fault| format!("{} {look}: {fault}", view.name)));
        }
    }
    Ok(all)
}

/// Tries a part of all views; `MUSTER_VIEW` limits them to those whose names contain it.
fn part(part: usize, looks: fn(usize) -> Vec<Look>) {
    in_browser(async |page| {
        let (axe, only) = (axe()?, std::env::var("MUSTER_VIEW").unwrap_or_default());
        let mut all = Vec::new();
        for (at, view) in views().shots.iter().enumerate() {
            if at % PARTS == part && view.name.contains(&only) {
                all.extend(
                    faults(page, view, looks(at), &axe).await.unwrap_or_else(|error| vec![error.to_string()]),
                );
            }
        }
        assert!(all.is_empty(), "{} faults:\n{}", all.len(), all.join("\n"));
        Ok(())
    });
}

#[test]
fn views_are_sound_1_of_4() {
    part(0, |view| vec![Look::nth(view)]);
}

#[test]
fn views_are_sound_2_of_4() {
    part(1, |view| vec![Look::nth(view)]);
}

#[test]
fn views_are_sound_3_of_4() {
    part(2, |view| vec![Look::nth(view)]);
}

#[test]
fn views_are_sound_4_of_4() {
    part(3, |view| vec![Look::nth(view)]);
}

#[test]
#[ignore = "all looks of all views take long"]
fn views_are_sound_in_all_looks_1_of_4() {
    part(0, |_| Look::all());
}

#[test]
#[ignore = "all looks of all views take long"]
fn views_are_sound_in_all_looks_2_of_4() {
    part(1, |_| Look::all());
}

#[test]
#[ignore = "all looks of all views take long"]
fn views_are_sound_in_all_looks_3_of_4() {
    part(2, |_| Look::all());
}

#[test]
#[ignore = "all looks of all views take long"]
fn views_are_sound_in_all_looks_4_of_4() {
    part(3, |_| Look::all());
}

#[test]
fn any_eighteen_views_in_a_row_are_seen_in_every_look() {
    for first in 0..18 {
        let looks: Vec<Look> = (first..first + 18).map(Look::nth).collect();
        for look in Look::all() {
            assert!(looks.contains(&look), "{look} from {first}");
        }
    }
    assert!(views().shots.len() >= 18);
}
