//! `muster new`: a starter file with comments.

use crate::cli::NewArgs;
use crate::exit::Exit;
use crate::output::Out;
use crate::run::refuse;
use crate::words::T;
use muster_core::session::headless;
use muster_words::Lang;
use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};

/// A scenario to begin with; `NAME` stands for its name.
const STARTER: &str = include_str!("starter.yaml");

/// Prints or writes the starter file. A file that is there is left alone.
pub fn new(args: &NewArgs, lang: Lang, out: &mut Out) -> Exit {
    if !headless::is_name(&args.name) {
        return refuse(&format!("`{}`: {}", args.name, T::BadName.say(lang)), false, lang, out);
    }
    let text = STARTER.replace("NAME", &args.name);
    let Some(path) = &args.output else {
        let _ = out.write_str(&text); // a reader who left needs no more
        return Exit::AsExpected;
    };
    let written = OpenOptions::new().write(true).create_new(true).open(path);
    match written.and_then(|mut file| file.write_all(text.as_bytes())) {
        Ok(()) => Exit::AsExpected,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            refuse(&format!("{}: {}", path.display(), T::FileExists.say(lang)), false, lang, out)
        }
        Err(error) => {
            let sentence = format!("{}: {}: {error}", path.display(), T::CannotWrite.say(lang));
            refuse(&sentence, false, lang, out)
        }
    }
}
