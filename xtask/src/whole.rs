//! The module with all systems: builds `web/src/bin/whole.rs` into `lazy/whole-<hash>.wasm` and `.js` of the page as it ships, and tells
//! the page where it is.
//!
//! The page's own module is built with the systems of the first example alone (the feature `part`), so that a first visit does not
//! load what it may never open. What trunk builds by itself has all systems in the one module and none of this.

use crate::{
    failure::{Failure, Outcome},
    run,
    tools::Tools,
};
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// The feature of a page that leaves the other systems to this module.
pub const PART: &str = "part";
/// The program, and the profile that it and the page are built with (index.html).
const BIN: &str = "muster-whole";
const PROFILE: &str = "page";
const TARGET: &str = "wasm32-unknown-unknown";
/// What index.html opens with, and trunk leaves as it is.
const ROOT: &str = "<html ";
/// Where what is loaded later lies.
const LAZY: &str = "lazy";
/// How the page is told (web/src/wire.rs).
const MARK: &str = "data-whole";
/// As index.html asks of trunk for the page's own module.
const WASM_OPT: [&str; 5] = [
    "-Oz",
    "--flexible-inline-max-function-size=1",
    "--one-caller-inline-max-function-size=0",
    "--skip-pass=local-cse",
    "--reorder-functions-by-name",
];

/// Builds it into a built page.
pub fn build(tools: &Tools, dist: &Path) -> Outcome {
    run::run(run::cargo().args([
        "build",
        "--locked",
        "--package=muster-web",
        &format!("--bin={BIN}"),
        &format!("--profile={PROFILE}"),
        &format!("--target={TARGET}"),
    ]))?;
    let built = run::target().join(TARGET).join(PROFILE).join(format!("{BIN}.wasm"));
    let bound = run::target().join("whole");
    run::run(
        tools
            .command("wasm-bindgen")
            .args(["--target=web", "--no-typescript", "--out-name=whole", "--out-dir"])
            .arg(&bound)
            .arg(&built),
    )?;
    let (raw, small) = (bound.join("whole_bg.wasm"), bound.join("whole.wasm"));
    let mut wasm_opt = tools.command("wasm-opt");
    wasm_opt.args(WASM_OPT).arg(&raw).arg("-o").arg(&small);
    run::run(&mut wasm_opt)?;
    put(dist, &bound.join("whole.js"), &small)
}

/// Puts glue and module into `lazy/` under a name that changes with either, and tells the page.
fn put(dist: &Path, glue: &Path, module: &Path) -> Outcome {
    let failed =
        |error: io::Error| Failure::new(format!("cannot put all systems into {}: {error}", dist.display()));
    let mut sum = flate2::Crc::new();
    for file in [glue, module] {
        sum.update(&fs::read(file).map_err(failed)?);
    }
    let name = format!("{LAZY}/whole-{:08x}", sum.sum());
    fs::create_dir_all(dist.join(LAZY)).map_err(failed)?;
    fs::copy(glue, dist.join(format!("{name}.js"))).map_err(failed)?;
    fs::copy(module, dist.join(format!("{name}.wasm"))).map_err(failed)?;
    let index = dist.join("index.html");
    let page = fs::read_to_string(&index).map_err(failed)?;
    let marked = page.replacen(ROOT, &format!(r#"{ROOT}{MARK}="{name}" "#), 1);
    if marked == page {
        return Err(Failure::new(format!("{} has no {ROOT:?}", index.display())));
    }
    fs::write(index, marked).map_err(failed)
}

/// Its glue in a page, if the page has it.
pub fn glue(dist: &Path) -> Outcome<Option<PathBuf>> {
    let index = dist.join("index.html");
    let page = fs::read_to_string(&index)
        .map_err(|error| Failure::new(format!("cannot read {}: {error}", index.display())))?;
    let name = page.split_once(MARK).and_then(|(_, rest)| rest.split('"').nth(1));
    Ok(name.map(|name| dist.join(format!("{name}.js"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_told_a_name_that_changes_with_the_module() {
        let folder = run::target().join(format!("whole-test-{}", std::process::id()));
        let dist = folder.join("dist");
        fs::create_dir_all(&dist).unwrap();
        let (glue, module) = (folder.join("whole.js"), folder.join("whole.wasm"));
        fs::write(&glue, "export {}").unwrap();
        let told = |bytes: &str| {
            fs::write(&module, bytes).unwrap();
            fs::write(dist.join("index.html"), "<html lang=\"en\"></html>").unwrap();
            put(&dist, &glue, &module).unwrap();
            let page = fs::read_to_string(dist.join("index.html")).unwrap();
            page.split(MARK).nth(1).unwrap().split('"').nth(1).unwrap().to_owned()
        };
        let (one, other) = (told("one"), told("other"));
        assert_ne!(one, other);
        assert_eq!(fs::read_to_string(dist.join(format!("{one}.wasm"))).unwrap(), "one");
        assert_eq!(fs::read_to_string(dist.join(format!("{other}.js"))).unwrap(), "export {}");
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn both_modules_are_made_small_in_one_way() {
        let page = fs::read_to_string(run::root().join("index.html")).unwrap();
        let asked = page.split("data-wasm-opt-params=\"").nth(1).unwrap().split('"').next().unwrap();
        assert_eq!(asked.split(' ').collect::<Vec<_>>(), WASM_OPT[1..]);
        assert!(page.contains(r#"data-wasm-opt="z""#) && WASM_OPT[0] == "-Oz");
        assert!(page.contains(&format!(r#"data-cargo-profile-release="{PROFILE}""#)));
    }
}
