//! Joins the style sheets of the page as it ships into one.
//!
//! They are written as one for each part of the page (`web/style/`). One file is one request instead of a dozen, and packs
//! a third shorter than its parts do each by itself. The order in which the page names them stays theirs.

use crate::failure::{Failure, Outcome};
use std::{fs, io, path::Path};

/// How trunk names a style sheet; what follows is its file, and then [`END`].
const LINK: &str = r#"<link rel="stylesheet" href="./"#;
const END: &str = r#""/>"#;

/// Joins the style sheets that the page in `dist` names.
pub fn join(dist: &Path) -> Outcome {
    let failed = |error: io::Error| {
        Failure::new(format!("cannot join the style sheets in {}: {error}", dist.display()))
    };
    let index = dist.join("index.html");
    let page = fs::read_to_string(&index).map_err(failed)?;
    let mut pieces = page.split(LINK);
    let mut before = pieces.next().unwrap_or_default().to_owned();
    let (mut style, mut after) = (String::new(), String::new());
    for piece in pieces {
        let (file, rest) = piece.split_once(END).ok_or_else(|| {
            Failure::new(format!("{} has {LINK:?} and no {END:?} after it", index.display()))
        })?;
        style += &fs::read_to_string(dist.join(file)).map_err(failed)?;
        fs::remove_file(dist.join(file)).map_err(failed)?;
        after += rest.trim_start();
    }
    if style.is_empty() {
        return Err(Failure::new(format!("{} has no {LINK:?}", index.display())));
    }
    let mut sum = flate2::Crc::new();
    sum.update(style.as_bytes());
    let name = format!("style-{:08x}.css", sum.sum());
    before += &[LINK, &name, END, "\n    ", &after].concat();
    fs::write(dist.join(name), style).map_err(failed)?;
    fs::write(index, before).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run;

    #[test]
    fn the_sheets_become_one_in_the_order_of_the_page() {
        let dist = run::target().join(format!("sheets-test-{}", std::process::id()));
        fs::create_dir_all(&dist).unwrap();
        let file = |name: &str| dist.join(name);
        fs::write(file("one.css"), "a { color: red }\n").unwrap();
        fs::write(file("two.css"), "a { color: blue }\n").unwrap();
        let page = format!("<head>\n {LINK}two.css{END}\n {LINK}one.css{END}\n <title></title></head>");
        fs::write(file("index.html"), page).unwrap();

        join(&dist).unwrap();
        let page = fs::read_to_string(file("index.html")).unwrap();
        assert_eq!(page.matches("stylesheet").count(), 1);
        assert!(page.ends_with("<title></title></head>"), "{page}");
        let name = page.split("./").nth(1).unwrap().split('"').next().unwrap();
        assert_eq!(fs::read_to_string(file(name)).unwrap(), "a { color: blue }\na { color: red }\n");
        assert!(!file("one.css").exists() && !file("two.css").exists());
        fs::write(file("index.html"), "<head></head>").unwrap();
        assert!(join(&dist).is_err(), "no style sheets");
        fs::remove_dir_all(&dist).unwrap();
    }
}
