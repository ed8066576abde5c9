//! Takes the pictures that `shots.json` lists. Arguments: the folder to put them in, and a part of the names to take, or
//! `--readme` for those that README.md shows, each at its own size.
//!
//! A shot opens the page (`open` follows its address), waits for `ready`, takes its `steps` (`click`, `wait` for a CSS
//! selector, `keys` typed into the page, `press` where the focus is, `sleep` in milliseconds), and is then taken at every size, light and dark.

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
    readme: Vec<Picture>,
    shots: Vec<Shot>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Picture {
    shot: String,
    width: u32,
    height: u32,
    light: Scheme,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "camelCase")]
enum Scheme {
    Light,
    Dark,
}

impl From<Scheme> for Light {
    fn from(scheme: Scheme) -> Self {
        match scheme {
            Scheme::Light => Light::Light,
            Scheme::Dark => Light::Dark,
        }
    }
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
    Press(String),
    Sleep(u64),
}

fn main() {
    let mut args = std::env::args().skip(1);
    let folder = PathBuf::from(args.next().unwrap_or_else(|| "shots".to_owned()));
    let only = args.next().unwrap_or_default();
    let list: List = serde_json::from_str(include_str!("../../shots.json"))
        .unwrap_or_else(|error| panic!("tests/browser/shots.json: {error}"));
    std::fs::create_dir_all(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    if only == "--readme" {
        for picture in &list.readme {
            let shot = list.shots.iter().find(|shot| shot.name == picture.shot);
            let shot = shot.unwrap_or_else(|| panic!("shots.json has no shot {}", picture.shot));
            let (size, file) = ((picture.width, picture.height), folder.join(format!("{}.png", shot.name)));
            in_browser(async |page| take(page, shot, size, picture.light, &file).await);
        }
        return;
    }
    for shot in list.shots.iter().filter(|shot| shot.name.contains(&only)) {
        for (width, height) in &list.sizes {
            for scheme in &list.light {
                let file = folder.join(format!("{}-{width}-{}.png", shot.name, Light::from(*scheme).name()));
                in_browser(async |page| take(page, shot, (*width, *height), *scheme, &file).await);
            }
        }
    }
}

async fn take(page: &Page, shot: &Shot, (width, height): (u32, u32), scheme: Scheme, file: &Path) -> Result {
    page.look(width, height, Light::from(scheme)).await?;
    page.open(&shot.open).await?;
    page.element(&shot.ready).await?;
    for step in &shot.steps {
        match step {
            Step::Click(css) => page.click(css).await?,
            Step::Wait(css) => drop(page.element(css).await?),
            Step::Keys(keys) => page.keys(keys).await?,
            Step::Press(keys) => page.press(keys).await?,
            Step::Sleep(ms) => tokio::time::sleep(Duration::from_millis(*ms)).await,
        }
    }
    page.screenshot(file).await?;
    println!("{}", file.display());
    Ok(())
}
