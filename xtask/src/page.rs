//! Builds the page as it ships.

use crate::{
    editor,
    failure::{Failure, Outcome},
    offline, pack,
    run::{self, say},
    sheets, short,
    tools::{self, Tools},
    whole,
};
use std::path::{Path, PathBuf};

/// Where the built page lies.
pub fn dist() -> PathBuf {
    run::root().join("dist")
}

/// Builds the page into `dist/` as it ships.
pub fn build(tools: &Tools) -> Outcome {
    say("Building the page as it ships, into dist/");
    run::run(trunk(tools).args(["build", "--release", "--features", whole::PART]))?;
    whole::build(tools, &dist())?;
    if editor::name(&dist())?.is_none() {
        return Err(Failure::new("the page was built without its editor").advise("see Trunk.toml, `hooks`"));
    }
    sheets::join(&dist())?;
    pack::modules(&dist())?;
    pack::modules(&dist().join("lazy"))?;
    pack::add_unpacker(&dist(), &read(&tools::unpacker()?)?, &read(&run::root().join("web/unpack.js"))?)?;
    short::shorten(&dist())?;
    keep(&dist())
}

/// Writes the service worker that keeps the page in a folder for readers without a network.
pub fn keep(dist: &Path) -> Outcome {
    offline::write(dist, &read(&run::root().join("web/sw.js"))?)
}

fn read(file: &Path) -> Outcome<String> {
    std::fs::read_to_string(file)
        .map_err(|error| Failure::new(format!("cannot read {}: {error}", file.display())))
}

/// trunk, without a network: all that it needs has been brought before.
pub fn trunk(tools: &Tools) -> std::process::Command {
    let mut trunk = tools.command("trunk");
    trunk.args(["--offline", "--skip-version-check"]);
    trunk.env_remove("NO_COLOR"); // trunk takes this for a flag of its own, which wants `true` or `false`
    trunk.env_remove("RUST_BACKTRACE"); // else trunk's own stack follows each error in our sources
    trunk
}
