//! Shortens the scripts and the style sheet of the page as it ships: without comments and long names of their own they pack a
//! sixth shorter. By esbuild, which the editor is bundled with; what trunk builds by itself stays readable.

use crate::{
    editor,
    failure::{Failure, Outcome},
    run, whole,
};
use std::{fs, path::Path};

/// Shortens what lies in `dist` itself, and the glue of the module with all systems; the editor was shortened when it was bundled.
pub fn shorten(dist: &Path) -> Outcome {
    let failed = |error| Failure::new(format!("cannot shorten the scripts in {}: {error}", dist.display()));
    let mut esbuild = run::command(editor::esbuild()?);
    esbuild.args(["--minify", "--format=esm", "--target=es2022", "--charset=utf8", "--log-level=warning"]);
    esbuild.args(["--legal-comments=inline", "--allow-overwrite"]);
    esbuild.arg(format!("--outdir={}", dist.display()));
    let glue = whole::glue(dist)?;
    for entry in fs::read_dir(dist).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|ending| ending == "js" || ending == "css") {
            esbuild.arg(path);
        }
    }
    esbuild.args(glue);
    run::run(&mut esbuild)
}
