//! Builds the page as it ships.

use crate::{
    failure::Outcome,
    pack,
    run::{self, say},
    tools::Tools,
};
use std::path::PathBuf;

/// Where the built page lies.
pub fn dist() -> PathBuf {
    run::root().join("dist")
}

/// Builds the page into `dist/` as it ships.
pub fn build(tools: &Tools) -> Outcome {
    say("Building the page as it ships, into dist/");
    run::run(trunk(tools).args(["build", "--release"]))?;
    pack::modules(&dist())
}

/// trunk, without a network: all that it needs has been brought before.
pub fn trunk(tools: &Tools) -> std::process::Command {
    let mut trunk = tools.command("trunk");
    trunk.args(["--offline", "--skip-version-check"]);
    trunk.env_remove("NO_COLOR"); // trunk takes this for a flag of its own, which wants `true` or `false`
    trunk.env_remove("RUST_BACKTRACE"); // else trunk's own stack follows each error in our sources
    trunk
}
