//! `cargo xtask test`: all tests, in parts, with the time that each took.

use crate::{
    failure::{Failure, Outcome},
    page,
    run::{self, say},
    tools::{self, Browser, Tools},
};
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

/// The parts, in the order in which they run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Native,
    Page,
    Wasm,
    Browser,
}

impl Part {
    const ALL: [Self; 4] = [Self::Native, Self::Page, Self::Wasm, Self::Browser];

    fn name(self) -> &'static str {
        match self {
            Self::Native => "native",
            Self::Page => "page",
            Self::Wasm => "wasm",
            Self::Browser => "browser",
        }
    }

    fn says(self) -> &'static str {
        match self {
            Self::Native => "the workspace's tests, natively",
            Self::Page => "the page builds as it ships",
            Self::Wasm => "the page's WebAssembly module against the native engine",
            Self::Browser => "the page in Chromium",
        }
    }
}

/// What `test` was asked.
#[derive(Debug, PartialEq)]
pub struct Options {
    parts: Vec<Part>,
}

impl Options {
    /// Reads the command line after `test`.
    pub fn parse(mut args: lexopt::Parser) -> Outcome<Self> {
        use lexopt::{Arg::Long, ValueExt};
        let mut parts = Vec::new();
        while let Some(arg) = args.next().map_err(Failure::usage)? {
            match arg {
                Long("quick") => parts.push(Part::Native),
                Long("only") => {
                    let name = args.value().and_then(|value| value.string()).map_err(Failure::usage)?;
                    let part = Part::ALL.into_iter().find(|part| part.name() == name);
                    parts.push(part.ok_or_else(|| {
                        let names = Part::ALL.map(Part::name).join(", ");
                        Failure::usage(format!("there is no part `{name}`; the parts are {names}"))
                    })?);
                }
                other => return Err(Failure::usage(other.unexpected())),
            }
        }
        if parts.is_empty() {
            parts = Part::ALL.to_vec();
        }
        // The module and the browser are tested on the page as it is now, never on an older build.
        if parts.iter().any(|part| *part > Part::Page) {
            parts.push(Part::Page);
        }
        parts.sort();
        parts.dedup();
        Ok(Self { parts })
    }
}

/// A part that was run, how long it took, and what came of it.
type Ran = (Part, Duration, Outcome);

/// Runs the parts; all of them, even after a failure, unless what they need did not build.
pub fn test(options: &Options) -> Outcome {
    let start = Instant::now();
    // All set-up first: what cannot be had is known before minutes have passed.
    let mut run = Run::set_up(options)?;
    let set_up = start.elapsed();
    let mut beside = run.has_beside().then(|| run.builds_beside()).transpose()?;
    for part in &options.parts {
        let waited = beside.take_if(|_| *part == Part::Page);
        let (took, outcome) = waited.map_or_else(|| run.timed(*part), built);
        run.results.push((*part, took, outcome));
    }
    summary(set_up, start.elapsed(), &run.results)
}

/// The parts as they are run, with what they use.
struct Run<'a> {
    options: &'a Options,
    page: Option<Tools>,
    browser: Option<(Browser, PathBuf)>,
    results: Vec<Ran>,
}

impl<'a> Run<'a> {
    /// Finds what the parts use, or installs it.
    fn set_up(options: &'a Options) -> Outcome<Self> {
        let needs = |part| options.parts.contains(&part);
        let browser = || Ok((Browser::find_or_install()?, tools::axe()?));
        Ok(Self {
            options,
            page: needs(Part::Page).then(|| Tools::for_page(true)).transpose()?,
            browser: needs(Part::Browser).then(browser).transpose()?,
            results: Vec::new(),
        })
    }

    /// Is the page built beside the native tests? Much of either has work for one processor only.
    fn has_beside(&self) -> bool {
        [Part::Native, Part::Page].iter().all(|part| self.options.parts.contains(part))
    }

    fn timed(&self, part: Part) -> (Duration, Outcome) {
        say(&format!("{}: {}", part.name(), part.says()));
        let start = Instant::now();
        let outcome = self.part(part);
        (start.elapsed(), outcome)
    }

    fn part(&self, part: Part) -> Outcome {
        let unbuilt = self.results.iter().any(|(part, _, outcome)| *part == Part::Page && outcome.is_err());
        match (part, &self.browser) {
            (Part::Native, _) => native(),
            (Part::Page, _) => self.page.as_ref().map_or(Ok(()), page::build),
            _ if unbuilt => Err(Failure::new("not run, for the page did not build")),
            (Part::Wasm, _) => wasm(&self.command()?),
            (Part::Browser, Some((browser, axe))) => in_browser(browser, axe, &self.command()?),
            (Part::Browser, None) => Ok(()),
        }
    }

    /// The command `muster` as it is now. The native tests leave it built.
    fn command(&self) -> Outcome<PathBuf> {
        if !self.results.iter().any(|(part, _, outcome)| *part == Part::Native && outcome.is_ok()) {
            run::run(run::cargo().args(["build", "--workspace", "--bin", "muster"]))?;
        }
        Ok(run::target().join("debug/muster"))
    }

    /// Builds the page in a process of its own, and then the tests in the browser if they are asked for, which their own part would have
    /// to wait for; what is wrong with those is said there. What the page's build says is shown when it is waited for.
    fn builds_beside(&self) -> Outcome<JoinHandle<Built>> {
        let cannot = |error| Failure::new(format!("the page's build cannot be started: {error}"));
        let log = run::target().join("page.log");
        let output = fs::File::create(&log).map_err(cannot)?;
        let mut build = run::command(std::env::current_exe().map_err(cannot)?);
        build.args(["test", "--only", Part::Page.name()]).stdin(Stdio::null());
        build.stdout(output.try_clone().map_err(cannot)?).stderr(output);
        let mut tests = self.browser.as_ref().map(|(browser, _)| browser_cargo("test", browser));
        Ok(thread::spawn(move || {
            let start = Instant::now();
            let outcome = run::run(&mut build);
            let took = start.elapsed();
            if let Some(tests) = &mut tests {
                run::output(tests.arg("--no-run"));
            }
            Built { took, outcome, log }
        }))
    }
}

/// What was built beside something else.
struct Built {
    took: Duration,
    outcome: Outcome,
    log: PathBuf,
}

fn built(building: JoinHandle<Built>) -> (Duration, Outcome) {
    say(&format!("{}: {}, begun beside the native tests", Part::Page.name(), Part::Page.says()));
    let Ok(Built { took, outcome, log }) = building.join() else {
        return (Duration::ZERO, Err(Failure::new("the page's build came to no end")));
    };
    eprint!("{}", fs::read_to_string(log).unwrap_or_default());
    (took, outcome)
}

fn summary(set_up: Duration, total: Duration, results: &[(Part, Duration, Outcome)]) -> Outcome {
    println!("\n{:8} {:>8}", "part", "time");
    println!("{:8} {:>8}  tools found or installed", "set-up", time(set_up));
    for (part, took, outcome) in results {
        match outcome {
            Ok(()) => println!("{:8} {:>8}  passed: {}", part.name(), time(*took), part.says()),
            Err(failure) => println!("{:8} {:>8}  {failure}", part.name(), time(*took)),
        }
    }
    println!("{:8} {:>8}", "all", time(total));
    let failed: Vec<_> =
        results.iter().filter(|(_, _, outcome)| outcome.is_err()).map(|(part, _, _)| part.name()).collect();
    if failed.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!("not all tests passed: {}", failed.join(", "))).advise(format!(
        "run a part alone: cargo xtask test --only {}",
        failed.first().copied().unwrap_or_default()
    )))
}

fn time(duration: Duration) -> String {
    let seconds = duration.as_secs();
    format!("{}:{:02} min", seconds / 60, seconds % 60)
}

fn native() -> Outcome {
    run::run(run::cargo().args(["test", "--workspace"]))
}

/// Runs the module that the page ships outside a browser, next to the native engine.
fn wasm(command: &Path) -> Outcome {
    let node = run::command("node").arg("--version").output();
    if node.is_err() {
        return Err(
            Failure::new("Node.js is not here").advise("install it (Debian: nodejs), then start again")
        );
    }
    run::run(run::command("node").arg("tests/wasm/run.mjs").arg(page::dist()).arg(command))
}

fn in_browser(browser: &Browser, axe: &Path, command: &Path) -> Outcome {
    // Much of a test's time is waiting for the page: more of them than there are processors run beside one another.
    let mut tests = browser_cargo("test", browser);
    run::run(tests.env("AXE", axe).env("MUSTER", command).env("RUST_TEST_THREADS", "4"))
}

/// A cargo command on the browser tests' own workspace.
pub fn browser_cargo(verb: &str, browser: &Browser) -> Command {
    let mut cargo = run::cargo();
    cargo.args([verb, "--manifest-path", "tests/browser/Cargo.toml"]);
    cargo.env("CARGO_TARGET_DIR", run::target().join("browser"));
    cargo
        .env("CHROMIUM", &browser.chromium)
        .env("CHROMEDRIVER", &browser.driver)
        .env("MUSTER_DIST", page::dist());
    cargo
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Outcome<Options> {
        Options::parse(lexopt::Parser::from_args(line.split_whitespace()))
    }

    #[test]
    fn without_options_all_parts_run() {
        assert_eq!(parse("").unwrap().parts, Part::ALL);
    }

    #[test]
    fn a_part_that_needs_the_page_brings_its_build() {
        assert_eq!(parse("--only browser").unwrap().parts, [Part::Page, Part::Browser]);
        assert_eq!(parse("--quick").unwrap().parts, [Part::Native]);
    }

    #[test]
    fn an_unknown_part_is_refused_with_the_names_there_are() {
        let failure = parse("--only brwser").unwrap_err();
        assert_eq!(failure.code, 2);
        assert!(failure.to_string().contains("native, page, wasm, browser"), "{failure}");
    }

    #[test]
    fn a_failed_part_fails_the_whole() {
        let results =
            [(Part::Native, Duration::ZERO, Err(Failure::new("x"))), (Part::Page, Duration::ZERO, Ok(()))];
        assert!(summary(Duration::ZERO, Duration::ZERO, &results).is_err());
        assert!(summary(Duration::ZERO, Duration::ZERO, &results[1..]).is_ok());
    }
}
