//! Makes a built page work without a network: writes its service worker, with the list of all its files.
//!
//! `web/sw.js` keeps what is listed and answers for it; `web/boot.js` registers it when the page says that there is one.
//! What trunk serves while one works has neither, so that a kept page never stands for what was just changed.

use crate::failure::{Failure, Outcome};
use std::{fs, io, path::Path};

/// The page itself, relative to the service worker.
const PAGE: &str = "./";
const INDEX: &str = "index.html";
const WORKER: &str = "sw.js";
/// Loaded when a reader opens what needs it; kept after all else, and the page does not wait for it.
const LAZY: &str = "lazy";
/// What index.html opens with, and trunk leaves as it is.
const ROOT: &str = "<html ";

/// Writes the service worker of the page in `dist`; `source` is its text but for the list.
pub fn write(dist: &Path, source: &str) -> Outcome {
    let failed =
        |error: io::Error| Failure::new(format!("cannot list the page in {}: {error}", dist.display()));
    let page = fs::read_to_string(dist.join(INDEX)).map_err(failed)?;
    if page.contains("data-offline") {
        return Err(Failure::new(format!("the page in {} is listed already", dist.display()))
            .advise("build it again with trunk, which writes it anew"));
    }
    let (mut files, mut later) = (Vec::new(), Vec::new());
    list(dist, dist, &mut files).map_err(failed)?;
    if dist.join(LAZY).is_dir() {
        list(dist, &dist.join(LAZY), &mut later).map_err(failed)?;
        later.retain(|file| file.ends_with(".js") || file.ends_with(".wasm"));
    }
    files.sort();
    later.sort();
    let mut sum = flate2::Crc::new();
    for file in files.iter().chain(&later).map(String::as_str).chain([INDEX]) {
        sum.update(file.as_bytes());
        sum.update(&fs::read(dist.join(file)).map_err(failed)?);
    }
    sum.update(source.as_bytes());
    let version = format!("{:08x}-{}", sum.sum(), sum.amount());
    let mark = format!(r#"{ROOT}data-offline="{WORKER}" data-version="{version}" "#);
    let marked = page.replacen(ROOT, &mark, 1);
    if marked == page {
        return Err(Failure::new(format!("{INDEX} has no {ROOT:?}")));
    }
    files.insert(0, PAGE.to_owned());
    fs::write(dist.join(INDEX), marked).map_err(failed)?;
    let names = format!("const VERSION = {version:?};\nconst FILES = {files:?};\nconst LATER = {later:?};\n");
    fs::write(dist.join(WORKER), names + source).map_err(failed)
}

/// Every file that a visit loads, by its path with slashes, but for the page and its service worker.
fn list(dist: &Path, folder: &Path, files: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let inside = path.strip_prefix(dist).unwrap_or(&path);
        if path.is_dir() {
            if inside != Path::new(LAZY) {
                list(dist, &path, files)?;
            }
        } else if inside != Path::new(INDEX) && inside != Path::new(WORKER) {
            let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
            files.push(parts.join("/"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run;
    use std::path::PathBuf;

    /// A folder with a page of this module's text.
    fn built(name: &str, module: &str) -> PathBuf {
        let dist = run::target().join(format!("offline-test-{name}-{}", std::process::id()));
        fs::create_dir_all(dist.join(LAZY)).unwrap();
        fs::write(dist.join(INDEX), "<html lang=\"en\"></html>").unwrap();
        fs::write(dist.join("x_bg.wasm"), module).unwrap();
        fs::write(dist.join("icon.svg"), "<svg/>").unwrap();
        fs::write(dist.join(LAZY).join("editor.js"), "later").unwrap();
        write(&dist, "// the rest\n").unwrap();
        dist
    }

    fn read(dist: &Path, file: &str) -> String {
        fs::read_to_string(dist.join(file)).unwrap()
    }

    #[test]
    fn all_files_of_a_first_visit_are_listed_and_the_page_names_the_version() {
        let dist = built("list", "module");
        let worker = read(&dist, WORKER);
        assert!(worker.contains(r#"const FILES = ["./", "icon.svg", "x_bg.wasm"];"#), "{worker}");
        assert!(worker.contains(r#"const LATER = ["lazy/editor.js"];"#), "{worker}");
        assert!(worker.ends_with("// the rest\n"));
        let version = worker.split('"').nth(1).unwrap();
        assert!(read(&dist, INDEX).contains(&format!(r#"data-offline="sw.js" data-version="{version}""#)));
        assert!(write(&dist, "").is_err(), "listed twice");
        fs::remove_dir_all(dist).unwrap();
    }

    #[test]
    fn any_other_byte_is_another_version() {
        let (one, other) = (built("one", "module"), built("other", "nodule"));
        assert_ne!(read(&one, WORKER), read(&other, WORKER));
        fs::remove_dir_all(one).unwrap();
        fs::remove_dir_all(other).unwrap();
    }
}
