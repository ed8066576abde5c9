//! Muster's chores, run as `cargo xtask NAME`: what a person needs between a clone and the page, and between a change
//! and trust in it.
//!
//! It knows the tools (`tools`), how to build the page (`page`), and nothing of what Muster simulates.

mod editor;
mod failure;
mod fuzz;
mod offline;
mod pack;
mod page;
mod run;
mod serve;
mod sheets;
mod short;
mod shots;
mod size;
mod test;
mod tools;
mod whole;

use failure::{Failure, Outcome};
use std::process::ExitCode;

const HELP: &str = "\
Muster's chores: cargo xtask NAME [options]

  serve    build the page, serve it and print its address; installs what is missing
             --port N    this port (default: 8080, or the next free one)
             --release   the page as it ships: small and fast, slower to build
             --open      open it in the browser
  test     all tests: native, the WebAssembly module, the page in Chromium; installs what is missing
             --quick     the native tests alone
             --only PART one part (native, page, wasm, browser); may be repeated
  size     build the page as it ships, list every asset with its size, and hold the first visit to its bar
  shots    screenshots of the page in Chromium at 360, 1280 and 1920 px, light and dark, into target/shots
             --only NAME the shots whose name contains NAME
             --readme    those that README.md shows, into docs/pictures
  fuzz     AFL++ on every parser of outside text; what it learns is kept in fuzz/corpus
             --minutes N for each target (default: 5)
             --only NAME one target (scenario, line, link, complete)
  keep     FOLDER: give a page that trunk built there its service worker, as `size` and `test` do for dist/
  editor   FOLDER: give a page that trunk built there the scenario editor, if that is here; trunk does so by itself
             --install   get what it stands on from npm first
  tools    install what is missing and stop
             --browser   Chromium and its driver as well
";

fn main() -> ExitCode {
    match chore() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\n{failure}");
            ExitCode::from(failure.code)
        }
    }
}

fn chore() -> Outcome {
    use lexopt::Arg::{Long, Short, Value};
    let mut args = lexopt::Parser::from_env();
    let name = match args.next().map_err(Failure::usage)? {
        Some(Value(name)) => name.to_string_lossy().into_owned(),
        None | Some(Long("help") | Short('h')) => "help".to_owned(),
        Some(other) => return Err(Failure::usage(other.unexpected())),
    };
    match name.as_str() {
        "serve" => serve::serve(&serve::Options::parse(args)?),
        "test" => test::test(&test::Options::parse(args)?),
        "size" => size::size(args),
        "shots" => shots::shots(args),
        "fuzz" => fuzz::fuzz(args),
        "keep" => {
            let folder = args.value().map_err(Failure::usage)?;
            page::keep(folder.as_ref())
        }
        "editor" => editor::command(args),
        "tools" => tools::command(args),
        "help" => {
            print!("{HELP}");
            Ok(())
        }
        other => Err(Failure::usage(format!("there is no chore `{other}`"))),
    }
}
