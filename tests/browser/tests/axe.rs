//! Every view and dialog (`shots.json` lists them), looked at in every theme, language and width: nothing is too wide, cut off, laid
//! over another or left in the other language, and axe-core finds no serious or critical fault.
//!
//! By default each view is seen in three looks of the eighteen, so chosen that every pair of view, theme, language and width meets.
//! All of them: `cargo test --manifest-path tests/browser/Cargo.toml --test axe -- --ignored`.

use muster_browser_tests::{LANGS, Look, Page, Result, SIZES, THEMES, View, axe, in_browser, views};

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
            if at % PARTS == part && !view.picture && view.name.contains(&only) {
                all.extend(
                    faults(page, view, looks(at / PARTS), &axe)
                        .await
                        .unwrap_or_else(|error| vec![error.to_string()]),
                );
            }
        }
        assert!(all.is_empty(), "{} faults:\n{}", all.len(), all.join("\n"));
        Ok(())
    });
}

#[test]
fn views_are_sound_1_of_4() {
    part(0, Look::some);
}

#[test]
fn views_are_sound_2_of_4() {
    part(1, Look::some);
}

#[test]
fn views_are_sound_3_of_4() {
    part(2, Look::some);
}

#[test]
fn views_are_sound_4_of_4() {
    part(3, Look::some);
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
fn any_six_views_in_a_row_bring_every_pair_of_theme_language_and_width() {
    let looks: Vec<Look> = (0..6).flat_map(Look::some).collect();
    for theme in THEMES {
        for lang in LANGS {
            assert!(looks.iter().any(|look| look.theme == theme && look.lang == lang));
        }
        for (width, _) in SIZES {
            assert!(looks.iter().any(|look| look.theme == theme && look.width == width));
        }
    }
    for lang in LANGS {
        for (width, _) in SIZES {
            assert!(looks.iter().any(|look| look.lang == lang && look.width == width), "{lang:?} {width}");
        }
    }
    for view in 0..6 {
        for lang in LANGS {
            assert!(Look::some(view).iter().any(|look| look.lang == lang));
        }
        for (width, _) in SIZES {
            assert!(Look::some(view).iter().any(|look| look.width == width));
        }
    }
}
