//! Takes the pictures that `shots.json` lists. Arguments: the folder to put them in, and a part of the names to take, or
//! `--readme` for those that README.md shows, each at its own size. The language is English, or what LANGUAGE says (`zh`).

use muster_browser_tests::{Lang, Look, Page, Result, Theme, View, in_browser, views};
use std::path::{Path, PathBuf};

fn main() {
    let mut args = std::env::args().skip(1);
    let folder = PathBuf::from(args.next().unwrap_or_else(|| "shots".to_owned()));
    let only = args.next().unwrap_or_default();
    let lang = if std::env::var("LANGUAGE").is_ok_and(|lang| lang == "zh") { Lang::Zh } else { Lang::En };
    let list = views();
    std::fs::create_dir_all(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    if only == "--readme" {
        for picture in &list.readme {
            let shot = list.shots.iter().find(|shot| shot.name == picture.shot);
            let shot = shot.unwrap_or_else(|| panic!("shots.json has no shot {}", picture.shot));
            let look = Look { theme: picture.theme, lang, width: picture.width, height: picture.height };
            let file = folder.join(format!("{}.png", shot.name));
            in_browser(async |page| take(page, shot, &[(look, file)]).await);
        }
        return;
    }
    for shot in list.shots.iter().filter(|shot| shot.name.contains(&only)) {
        in_browser(async |page| {
            for (width, height) in list.sizes.iter().copied() {
                let file = |theme: &Theme| {
                    let file = folder.join(format!("{}-{width}-{}.png", shot.name, theme.name()));
                    (Look { theme: *theme, lang, width, height }, file)
                };
                let (chosen, system): (Vec<_>, Vec<_>) =
                    list.themes.iter().map(file).partition(|(look, _)| look.theme == Theme::Projector);
                take(page, shot, &system).await?;
                take(page, shot, &chosen).await?;
            }
            Ok(())
        });
    }
}

/// Comes to a view once in a window of this size, as a reader does: what opens is placed, and scrolled to, for that size alone, and takes it in each of these looks.
async fn take(page: &Page, shot: &View, files: &[(Look, PathBuf)]) -> Result {
    let Some((first, _)) = files.first() else { return Ok(()) };
    page.reach(shot, *first).await?;
    for (look, file) in files {
        page.change(*look).await?;
        page.settle().await?;
        shoot(page, file).await?;
    }
    Ok(())
}

async fn shoot(page: &Page, file: &Path) -> Result {
    page.screenshot(file).await?;
    println!("{}", file.display());
    Ok(())
}
