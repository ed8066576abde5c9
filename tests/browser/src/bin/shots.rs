//! Takes the pictures that `shots.json` lists. Arguments: the folder to put them in, and a part of the names to take.
//!
//! A shot opens the page (`open` follows its address), waits for `ready`, takes its `steps` (`click`, `wait` for a CSS
//! selector, `keys` typed into the page, `sleep` in milliseconds), and is then taken at every size, light and dark.

use muster_browser_tests::{Light, Page, Result, in_browser};
use serde::Deserialize;
use std::{
    path::{Path, PathBuf},
    time::Duration,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    sizes: Vec<(u32, u32)>,
    light: Vec<Scheme>,
    shots: Vec<Shot>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "camelCase")]
enum Scheme {
    Light,
    Dark,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shot {
    name: String,
    open: String,
    ready: String,
    steps: Vec<Step>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum Step {
    Click(String),
    Wait(String),
    Keys(String),
    Sleep(u64),
}

fn main() {
    let mut args = std::env::args().skip(1);
    let folder = PathBuf::from(args.next().unwrap_or_else(|| "shots".to_owned()));
    let only = args.next().unwrap_or_default();
    let list: List = serde_json::from_str(include_str!("../../shots.json"))
        .unwrap_or_else(|error| panic!("tests/browser/shots.json: {error}"));
    std::fs::create_dir_all(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for shot in list.shots.iter().filter(|shot| shot.name.contains(&only)) {
        for size in &list.sizes {
            for scheme in &list.light {
                in_browser(async |page| take(page, shot, *size, *scheme, &folder).await);
            }
        }
    }
}

async fn take(
    page: &Page,
    shot: &Shot,
    (width, height): (u32, u32),
    scheme: Scheme,
    folder: &Path,
) -> Result {
    let light = match scheme {
        Scheme::Light => Light::Light,
        Scheme::Dark => Light::Dark,
    };
    page.look(width, height, light).await?;
    page.open(&shot.open).await?;
    page.element(&shot.ready).await?;
    for step in &shot.steps {
        match step {
            Step::Click(css) => page.click(css).await?,
            Step::Wait(css) => drop(page.element(css).await?),
            Step::Keys(keys) => page.element("body").await?.send_keys(keys).await?,
            Step::Sleep(ms) => tokio::time::sleep(Duration::from_millis(*ms)).await,
        }
    }
    let file = folder.join(format!("{}-{width}-{}.png", shot.name, light.name()));
    page.screenshot(&file).await?;
    println!("{}", file.display());
    Ok(())
}
