//! The scenario editor, which the page loads later: bundles `web/lazy/editor.js` with what it stands on into `lazy/editor-<hash>.js` of
//! a built page, and tells the page its name.
//!
//! What it stands on comes from npm, exactly as `web/lazy/package-lock.json` names it. trunk runs this after each build
//! (Trunk.toml): where nothing was got from npm the page is left without it, and shows a plain field instead.

use crate::{
    failure::{Failure, Outcome},
    run::{self, say},
};
use std::{
    fs, io,
    path::{Path, PathBuf},
};

const SOURCE: &str = "web/lazy";
const BUNDLER: &str = ".bin/esbuild";
const INDEX: &str = "index.html";
/// What index.html opens with, and trunk leaves as it is.
const ROOT: &str = "<html ";
/// How the page is told.
const MARK: &str = "data-editor";

/// `cargo xtask editor FOLDER`
pub fn command(mut args: lexopt::Parser) -> Outcome {
    use lexopt::Arg::{Long, Value};
    let (mut dist, mut install) = (std::env::var_os("TRUNK_STAGING_DIR"), false);
    while let Some(arg) = args.next().map_err(Failure::usage)? {
        match arg {
            Long("install") => install = true,
            Value(folder) => dist = Some(folder),
            other => return Err(Failure::usage(other.unexpected())),
        }
    }
    if install {
        get()?;
    }
    dist.map_or(Ok(()), |dist| bundle(Path::new(&dist), modules()?))
}

/// Gets what the editor stands on, unless it is here.
pub fn get() -> Outcome {
    if modules()?.is_some() {
        return Ok(());
    }
    let root = folder()?;
    say("What the scenario editor stands on is not here: getting it from npm into .tools");
    let failed = |error: io::Error| Failure::new(format!("cannot make {}: {error}", root.display()));
    fs::create_dir_all(&root).map_err(failed)?;
    for file in ["package.json", "package-lock.json"] {
        fs::copy(run::root().join(SOURCE).join(file), root.join(file)).map_err(failed)?;
    }
    let mut npm = run::command("npm");
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(&root);
    run::run(&mut npm).map_err(|failure| {
        failure.advise("check the network, and that Node.js with npm is installed (Debian: nodejs npm), then start again")
    })?;
    fs::write(root.join(DONE), "").map_err(failed)
}

/// Its presence says that npm came to its end.
const DONE: &str = "done";

/// Where npm puts it: another folder with any other lock file.
fn folder() -> Outcome<PathBuf> {
    let lock = run::root().join(SOURCE).join("package-lock.json");
    let text =
        fs::read(&lock).map_err(|error| Failure::new(format!("cannot read {}: {error}", lock.display())))?;
    Ok(run::root().join(".tools").join(format!("editor-{}", hash(&text))))
}

/// The packages, if they are here.
fn modules() -> Outcome<Option<PathBuf>> {
    let root = folder()?;
    Ok(root.join(DONE).is_file().then(|| root.join("node_modules")))
}

/// The program that bundles.
pub fn esbuild() -> Outcome<PathBuf> {
    let modules = modules()?.ok_or_else(|| Failure::new("what the editor stands on is not here"))?;
    Ok(modules.join(BUNDLER))
}

fn hash(bytes: &[u8]) -> String {
    let mut sum = flate2::Crc::new();
    sum.update(bytes);
    format!("{:08x}", sum.sum())
}

/// The editor's file in a built page, as the page was told it.
pub fn name(dist: &Path) -> Outcome<Option<String>> {
    let page = fs::read_to_string(dist.join(INDEX))
        .map_err(|error| Failure::new(format!("cannot read the page in {}: {error}", dist.display())))?;
    let name = page.split_once(MARK).and_then(|(_, rest)| rest.split('"').nth(1));
    Ok(name.map(str::to_owned))
}

/// Bundles the editor with these packages into a built page; without them it stays as it is.
fn bundle(dist: &Path, modules: Option<PathBuf>) -> Outcome {
    let Some(modules) = modules else { return Ok(()) };
    let failed =
        |error: io::Error| Failure::new(format!("cannot put the editor into {}: {error}", dist.display()));
    let page = fs::read_to_string(dist.join(INDEX)).map_err(failed)?;
    if page.contains(MARK) {
        return Ok(());
    }
    let lazy = dist.join("lazy");
    fs::create_dir_all(&lazy).map_err(failed)?;
    let raw = lazy.join("editor.js");
    let mut esbuild = run::command(modules.join(BUNDLER));
    esbuild.arg(run::root().join(SOURCE).join("editor.js"));
    esbuild.args([
        "--bundle",
        "--minify",
        "--format=esm",
        "--target=es2022",
        "--charset=utf8",
        "--log-level=warning",
    ]);
    esbuild.arg(format!("--outfile={}", raw.display()));
    esbuild.env("NODE_PATH", &modules);
    run::run(&mut esbuild)?;
    let text = fs::read(&raw).map_err(failed)?;
    let name = format!("lazy/editor-{}", hash(&text));
    fs::rename(&raw, dist.join(format!("{name}.js"))).map_err(failed)?;
    fs::write(dist.join(format!("{name}.licences.txt")), licences(&modules).map_err(failed)?)
        .map_err(failed)?;
    let marked = page.replacen(ROOT, &format!(r#"{ROOT}{MARK}="{name}.js" "#), 1);
    if marked == page {
        return Err(Failure::new(format!("{INDEX} has no {ROOT:?}")));
    }
    fs::write(dist.join(INDEX), marked).map_err(failed)
}

/// The licences of all that is bundled, each under its package's name.
fn licences(modules: &Path) -> io::Result<String> {
    let mut packages = Vec::new();
    for entry in fs::read_dir(modules)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        // What bundles is not bundled.
        if name.starts_with('.') || name.contains("esbuild") {
            continue;
        }
        if name.starts_with('@') {
            for inner in fs::read_dir(&path)? {
                let path = inner?.path();
                packages.push((
                    format!("{name}/{}", path.file_name().unwrap_or_default().to_string_lossy()),
                    path,
                ));
            }
        } else {
            packages.push((name, path));
        }
    }
    packages.sort();
    let mut text = String::from("The scenario editor (editor-*.js) holds these packages.\n");
    for (name, path) in packages {
        let licence = ["LICENSE", "LICENSE.md", "LICENSE.txt"]
            .iter()
            .find_map(|file| fs::read_to_string(path.join(file)).ok());
        let licence = licence
            .ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, format!("{name} has no licence")))?;
        text.push_str(&format!("\n== {name} ==\n\n{}\n", licence.trim()));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_package_is_pinned_to_one_version_and_its_bytes() {
        let read = |file: &str| fs::read_to_string(run::root().join(SOURCE).join(file)).unwrap();
        let ours = read("package.json");
        let versions: Vec<&str> = ours
            .lines()
            .filter_map(|line| line.trim().strip_prefix('"')?.split_once("\": \""))
            .filter(|(name, _)| name.starts_with('@') || *name == "esbuild")
            .map(|(_, version)| version.trim_end_matches(['"', ',']))
            .collect();
        assert!(versions.len() > 5, "{versions:?}");
        for version in versions {
            assert!(version.split('.').all(|part| part.parse::<u32>().is_ok()), "{version} is no version");
        }
        let lock = read("package-lock.json");
        let count = |what: &str| lock.matches(what).count();
        assert_eq!(count("\"node_modules/"), count("\"integrity\""), "a package without its digest");
    }

    #[test]
    fn a_page_is_left_as_it_is_where_nothing_was_got() {
        let dist = run::target().join(format!("editor-test-{}", std::process::id()));
        fs::create_dir_all(&dist).unwrap();
        fs::write(dist.join(INDEX), "<html lang=\"en\"></html>").unwrap();
        bundle(&dist, None).unwrap();
        assert_eq!(fs::read_to_string(dist.join(INDEX)).unwrap(), "<html lang=\"en\"></html>");
        assert_eq!(name(&dist).unwrap(), None);
        fs::remove_dir_all(dist).unwrap();
    }
}
