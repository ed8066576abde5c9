//! The tools that building and testing the page needs: found, or installed into `.tools/`, one folder per version.
//!
//! A tool of the right version that is on PATH already is used as it is. Once all is there, nothing here needs a network.

use crate::{
    editor,
    failure::{Failure, Outcome},
    run::{self, say},
};
use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

const TRUNK: &str = "0.21.14";
const BINARYEN: &str = "132";
const AXE: &str = "4.11.0";
const UNPACKER: &str = "0.2.3";
const AFL: &str = "0.18.2";
const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// `cargo xtask tools`
pub fn command(mut args: lexopt::Parser) -> Outcome {
    use lexopt::Arg::Long;
    let mut browser = false;
    while let Some(arg) = args.next().map_err(Failure::usage)? {
        match arg {
            Long("browser") => browser = true,
            other => return Err(Failure::usage(other.unexpected())),
        }
    }
    let tools = Tools::for_page(true)?;
    println!("The page's tools are in order.");
    if browser {
        let Browser { chromium, driver } = Browser::find_or_install()?;
        println!("The browser is {}, driven by {}.", chromium.display(), driver.display());
        println!("The page is held against {}.", axe()?.display());
    }
    drop(tools);
    Ok(())
}

/// The page's tools: the folders to put in front of PATH.
pub struct Tools {
    folders: Vec<PathBuf>,
}

impl Tools {
    /// Makes sure that the page can be built; `release` as it ships, which takes wasm-opt.
    pub fn for_page(release: bool) -> Outcome<Self> {
        let wasm_bindgen = locked_version(&read(&run::root().join("Cargo.lock"))?, "wasm-bindgen")
            .ok_or_else(|| Failure::new("Cargo.lock names no wasm-bindgen"))?;
        wasm_target()?;
        let mut folders = Vec::new();
        folders.extend(cargo_tool("trunk", "trunk", TRUNK, "about 3 minutes")?);
        folders.extend(cargo_tool("wasm-bindgen", "wasm-bindgen-cli", &wasm_bindgen, "about 1 minute")?);
        if release {
            folders.extend(wasm_opt()?);
            unpacker()?;
        }
        editor::get()?;
        let leftovers = folder().join("build");
        if leftovers.exists() {
            fs::remove_dir_all(&leftovers).ok(); // it only takes room
        }
        fetch()?;
        Ok(Self { folders })
    }

    /// The fuzzer.
    pub fn for_fuzzing() -> Outcome<Self> {
        let folders = cargo_tool("cargo-afl", "cargo-afl", AFL, "about 2 minutes")?.into_iter().collect();
        Ok(Self { folders })
    }

    /// A program to be run with these tools on its PATH.
    pub fn command(&self, program: &str) -> Command {
        let mut command = run::command(program);
        command.env("PATH", path_with(&self.folders));
        command
    }
}

/// Chromium and the driver that tests steer it with.
pub struct Browser {
    /// The browser's program.
    pub chromium: PathBuf,
    /// chromedriver.
    pub driver: PathBuf,
}

impl Browser {
    /// Finds both, by the variables CHROMIUM and CHROMEDRIVER or on PATH; installs Debian's when it may.
    pub fn find_or_install() -> Outcome<Self> {
        if let Some(found) = Self::find() {
            return Ok(found);
        }
        let packages = ["chromium", "chromium-driver"];
        let by_hand = format!("install them, on Debian: sudo apt-get install {}", packages.join(" "));
        let missing = || {
            Failure::new("the browser tests need Chromium and chromedriver, and they are not here")
                .advise(by_hand.clone())
                .advise("or name them by the variables CHROMIUM and CHROMEDRIVER")
        };
        if run::find(&["apt-get"]).is_none()
            || run::output(Command::new("id").arg("-u")).as_deref() != Some("0")
        {
            return Err(missing());
        }
        say("Chromium and its driver are not here: installing Debian's (about 1 minute, once)");
        let apt = || {
            let mut apt = run::command("apt-get");
            apt.env("DEBIAN_FRONTEND", "noninteractive");
            apt
        };
        let installed = run::run(apt().args(["update", "-q"])).and_then(|()| {
            run::run(apt().args(["install", "-q", "-y", "--no-install-recommends"]).args(packages))
        });
        installed.map_err(|failure| failure.advise(by_hand.clone()))?;
        Self::find().ok_or_else(missing)
    }

    fn find() -> Option<Self> {
        let named = |variable| std::env::var_os(variable).map(PathBuf::from).filter(|file| file.is_file());
        let chromium = named("CHROMIUM")
            .or_else(|| run::find(&["chromium", "chromium-browser", "google-chrome", "chrome"]))?;
        let driver = named("CHROMEDRIVER").or_else(|| run::find(&["chromedriver"]))?;
        Some(Self { chromium, driver })
    }
}

/// axe-core's script, which finds what a reader with other eyes, ears or hands cannot use.
pub fn axe() -> Outcome<PathBuf> {
    script("axe-core", AXE, "axe.min.js")
}

/// xz-decompress's script, by which the page unpacks its module.
pub fn unpacker() -> Outcome<PathBuf> {
    script("xz-decompress", UNPACKER, "dist/package/xz-decompress.min.js")
}

/// A script of an npm package, which is got into `.tools/` unless it is there.
fn script(package: &str, version: &str, file: &str) -> Outcome<PathBuf> {
    let root = folder().join(format!("{package}-{version}"));
    let script = root.join("node_modules").join(package).join(file);
    if !script.is_file() {
        say(&format!("{package} {version} is not here: getting it from npm into .tools"));
        npm(&root, &format!("{package}@{version}"))?;
    }
    if script.is_file() {
        return Ok(script);
    }
    Err(Failure::new(format!("{package} {version} was installed but has no {}", script.display())))
}

/// Installs an npm package into a folder.
fn npm(root: &Path, package: &str) -> Outcome {
    fs::create_dir_all(root)
        .map_err(|error| Failure::new(format!("cannot make {}: {error}", root.display())))?;
    let mut npm = run::command("npm");
    npm.args(["install", "--no-audit", "--no-fund", "--no-save", "--loglevel=error", "--prefix"]).arg(root);
    run::run(npm.arg(package)).map_err(|failure| {
        failure.advise("check the network, and that Node.js with npm is installed (Debian: nodejs npm), then start again")
    })
}

/// PATH with these folders in front.
fn path_with(folders: &[PathBuf]) -> OsString {
    let old = std::env::var_os("PATH").unwrap_or_default();
    let all = folders.iter().cloned().chain(std::env::split_paths(&old));
    std::env::join_paths(all).expect("folders taken from PATH can go back into it")
}

fn folder() -> PathBuf {
    run::root().join(".tools")
}

/// The Rust standard library for WebAssembly.
fn wasm_target() -> Outcome {
    let sysroot = run::output(run::command("rustc").args(["--print", "sysroot"]))
        .ok_or_else(|| Failure::new("rustc does not run").advise("install Rust from https://rustup.rs"))?;
    if Path::new(&sysroot).join("lib/rustlib").join(WASM_TARGET).join("lib").is_dir() {
        return Ok(());
    }
    say(&format!("Rust's {WASM_TARGET} target is not here: adding it"));
    run::run(run::command("rustup").args(["target", "add", WASM_TARGET])).map_err(|failure| {
        failure.advise("check the network, and that Rust came from https://rustup.rs, then start again")
    })
}

/// A program that cargo installs. `None` if PATH has it already, else the folder it is in.
fn cargo_tool(program: &str, package: &str, version: &str, time: &str) -> Outcome<Option<PathBuf>> {
    let root = folder().join(format!("{package}-{version}"));
    let bin = root.join("bin");
    if is_version(&bin.join(program), version) {
        return Ok(Some(bin));
    }
    if is_version(Path::new(program), version) {
        return Ok(None);
    }
    say(&format!("{program} {version} is not here: building it into .tools ({time}, once)"));
    let mut install = run::cargo();
    // A debug build takes half the time and is quick enough for this page.
    install.args(["install", "--locked", "--debug", package, "--version", version, "--root"]).arg(&root);
    install.env("CARGO_TARGET_DIR", folder().join("build"));
    install.env("CARGO_PROFILE_DEV_DEBUG", "0").env("CARGO_PROFILE_DEV_STRIP", "symbols");
    install.env("PATH", path_with(std::slice::from_ref(&bin))); // else cargo warns that nobody will find it
    run::run(&mut install).map_err(|failure| {
        failure
            .advise("check the network and that a C compiler is installed, then start again: what is done stays done")
            .advise(format!("or install it yourself: cargo install --locked {package} --version {version}"))
    })?;
    if !is_version(&bin.join(program), version) {
        return Err(Failure::new(format!("{program} {version} was installed but does not run"))
            .advise(format!("remove {} and start again", root.display())));
    }
    Ok(Some(bin))
}

/// wasm-opt, from npm's copy of Binaryen.
fn wasm_opt() -> Outcome<Option<PathBuf>> {
    let root = folder().join(format!("binaryen-{BINARYEN}"));
    let bin = root.join("node_modules/.bin");
    if is_version(&bin.join("wasm-opt"), BINARYEN) {
        return Ok(Some(bin));
    }
    if is_version(Path::new("wasm-opt"), BINARYEN) {
        return Ok(None);
    }
    say(&format!("wasm-opt {BINARYEN} is not here: getting it from npm into .tools"));
    npm(&root, &format!("binaryen@{BINARYEN}"))?;
    if is_version(&bin.join("wasm-opt"), BINARYEN) {
        return Ok(Some(bin));
    }
    Err(Failure::new(format!("wasm-opt {BINARYEN} was installed but does not run"))
        .advise("it needs Node.js 18 or newer; `node --version` says what is here"))
}

/// Brings the crates that Cargo.lock names, so that trunk can build without a network.
fn fetch() -> Outcome {
    let mut offline = run::cargo();
    if run::output(offline.args(["fetch", "--offline", "--target", WASM_TARGET])).is_some() {
        return Ok(());
    }
    say("Fetching the crates that Cargo.lock names");
    run::run(run::cargo().args(["fetch", "--target", WASM_TARGET]))
        .map_err(|failure| failure.advise("check the network, then start again"))
}

/// Whether the program runs and says this version.
fn is_version(program: &Path, version: &str) -> bool {
    // Cargo gives its subcommands their own name first, and some answer to nothing else.
    let name = program.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let said = run::output(run::command(program).args(name.strip_prefix("cargo-")).arg("--version"));
    said.is_some_and(|said| said.split_whitespace().any(|word| word == version))
}

fn read(file: &Path) -> Outcome<String> {
    fs::read_to_string(file).map_err(|error| Failure::new(format!("cannot read {}: {error}", file.display())))
}

/// The version a lock file names for a package.
fn locked_version(lock: &str, package: &str) -> Option<String> {
    let mut lines = lock.lines().skip_while(|line| *line != format!("name = \"{package}\""));
    let version = lines.nth(1)?.strip_prefix("version = \"")?;
    Some(version.trim_end_matches('"').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_file_names_the_version_of_exactly_that_package() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.1.0\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.129\"\nsource = \"x\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen").as_deref(), Some("0.2.129"));
        assert_eq!(locked_version(lock, "wasm"), None);
    }

    #[test]
    fn the_pinned_wasm_bindgen_is_the_locked_one() {
        let locked = locked_version(&read(&run::root().join("Cargo.lock")).unwrap(), "wasm-bindgen").unwrap();
        let manifest = read(&run::root().join("Cargo.toml")).unwrap();
        assert!(
            manifest.contains(&format!("wasm-bindgen = \"={locked}\"")),
            "Cargo.toml pins another wasm-bindgen than Cargo.lock's {locked}"
        );
    }

    #[test]
    fn a_program_that_is_not_there_has_no_version() {
        assert!(!is_version(Path::new("muster-no-such-program"), "1"));
    }
}
