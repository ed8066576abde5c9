//! `cargo xtask shots`: pictures of the page, for the eye and for README.md. What is taken is data: tests/browser/shots.json.

use crate::{
    failure::{Failure, Outcome},
    page, test,
    tools::{Browser, Tools},
};

/// `cargo xtask shots`
pub fn shots(mut args: lexopt::Parser) -> Outcome {
    use lexopt::{Arg::Long, ValueExt};
    let (mut only, mut readme) = (String::new(), false);
    while let Some(arg) = args.next().map_err(Failure::usage)? {
        match arg {
            Long("only") => only = args.value().and_then(|value| value.string()).map_err(Failure::usage)?,
            Long("readme") => readme = true,
            other => return Err(Failure::usage(other.unexpected())),
        }
    }
    let browser = Browser::find_or_install()?;
    page::build(&Tools::for_page(true)?)?;
    let folder =
        if readme { crate::run::root().join("docs/pictures") } else { crate::run::target().join("shots") };
    let only = if readme { "--readme".to_owned() } else { only };
    let mut shots = test::browser_cargo("run", &browser);
    crate::run::run(shots.args(["--bin", "shots", "--"]).arg(&folder).arg(only))?;
    println!("The pictures are in {}.", folder.display());
    Ok(())
}
