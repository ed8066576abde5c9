//! The `muster` command: the same session as the page's, without a page.
//!
//! One file a subcommand; `cli` is what can be typed. It deliberately knows of the core only the session, its vocabulary
//! and the list of systems, and decides nothing about a run.

mod cli;
mod compare;
mod exit;
mod explore;
mod input;
mod list;
mod new;
mod output;
mod problems;
mod run;
mod schema;
mod tables;
mod trace;
mod words;

use clap::Parser;
use cli::{Cli, Command};
use exit::Exit;
use output::Out;
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let lang = words::language(cli.lang);
    let mut out = Out::standard();
    let exit = match &cli.command {
        Command::Run(args) => run::run(args, lang, &mut out),
        Command::Trace(args) => trace::trace(args, lang, &mut out),
        Command::Explore(args) => explore::explore(args, lang, &mut out),
        Command::Compare(args) => compare::compare(args, lang, &mut out),
        Command::List(args) => list::list(args, lang, &mut out),
        Command::Schema(args) => schema::schema(args, &mut out),
        Command::New(args) => new::new(args, lang, &mut out),
    };
    match out.finish() {
        Ok(()) => exit.into(),
        // Not a reader who left, which is no failure, but a full disk or the like: what was asked for is not there.
        Err(error) => {
            let sentence = format!("{}: {error}", words::T::NoRoom.say(lang));
            run::refuse(&sentence, false, lang, &mut Out::error());
            Exit::BadInput.into()
        }
    }
}
