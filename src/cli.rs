//! What can be typed: subcommands, options, and their help. Nothing here does anything.

use crate::words::Tongue;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

const EXIT_CODES: &str = "\
Exit code: 0 as expected; 1 an expectation or an invariant failed; 2 bad input; 3 stopped by a limit.
FILE is a path, the name of a scenario of the library (see `muster list scenarios`), or - for standard input.";

/// A deterministic simulator of clusters: one scenario, seed and list of commands give one history.
#[derive(Debug, Parser)]
#[command(name = "muster", version, after_help = EXIT_CODES, max_term_width = 110)]
pub struct Cli {
    /// Language of what is printed for people [default: from LC_ALL, LC_MESSAGES or LANG]
    #[arg(long, global = true, value_enum, value_name = "LANG")]
    pub lang: Option<Tongue>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// One run: its story, what happened, checks, expectations, digest
    #[command(after_help = EXIT_CODES)]
    Run(RunArgs),
    /// The same run, for other tools
    #[command(after_help = EXIT_CODES)]
    Trace(TraceArgs),
    /// Many seeds on all cores; stops at the first failure, or counts them
    #[command(after_help = EXIT_CODES)]
    Explore(ExploreArgs),
    /// One schedule of clients and one list of faults on two or three systems: a table of figures
    #[command(after_help = EXIT_CODES)]
    Compare(CompareArgs),
    /// What there is: scenarios, systems, rules, checks, selectors, facts, commands
    List(ListArgs),
    /// The JSON Schema of scenario files, or of comparisons, for editors
    Schema(SchemaArgs),
    /// A starter file with comments
    New(NewArgs),
}

/// What to change about a file before it runs.
#[derive(Args, Clone, Debug, Default)]
pub struct ChangeArgs {
    /// End the run at this time instead of the file's, as in 30s or 2min
    #[arg(long, value_name = "TIME")]
    pub until: Option<String>,
    /// Change a value of the file, as in systems[0].members=5 or kv.spec.heartbeat=20ms (repeatable)
    #[arg(long = "set", value_name = "PATH=VALUE")]
    pub set: Vec<String>,
    /// Add faults drawn from the seed
    #[arg(long, value_enum, default_value_t = Faults::None)]
    pub faults: Faults,
}

/// Faults beside those of the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Faults {
    /// Only what the file says
    #[default]
    None,
    /// Crashes, partitions, loss, clocks, disks, membership, drawn from the seed
    Random,
}

/// `muster run`.
#[derive(Args, Debug)]
pub struct RunArgs {
    /// The scenario; of a comparison, one side after the other
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    pub file: Option<String>,
    /// Every scenario of the library
    #[arg(long)]
    pub all: bool,
    /// Another seed than the file's
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// What to change.
    #[command(flatten)]
    pub changes: ChangeArgs,
    /// Print the name and the digest alone
    #[arg(long, conflicts_with = "json")]
    pub digest: bool,
    /// Print JSON Lines
    #[arg(long)]
    pub json: bool,
}

/// `muster trace`.
#[derive(Args, Debug)]
pub struct TraceArgs {
    /// The scenario; of a comparison, its first side
    pub file: String,
    /// The format
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub to: To,
    /// Write here instead of to standard output
    #[arg(short, long, value_name = "OUT")]
    pub output: Option<PathBuf>,
    /// Leave out what happened before this time, as in 1500ms
    #[arg(long, value_name = "TIME")]
    pub from: Option<String>,
    /// Another seed than the file's
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// What to change.
    #[command(flatten)]
    pub changes: ChangeArgs,
}

/// The formats of traces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum To {
    /// One JSON object an event
    Jsonl,
    /// A Mermaid sequence diagram
    Mermaid,
    /// A ShiViz log with vector clocks
    Shiviz,
    /// Chrome trace JSON, for Perfetto
    Perfetto,
    /// Comma-separated values
    Csv,
    /// Every event in a sentence, in the language of --lang
    Transcript,
    /// The same for faults, repairs, elections and what broke alone
    Highlights,
}

/// `muster explore`.
#[derive(Args, Debug)]
pub struct ExploreArgs {
    /// The scenario; of a comparison, its first side
    pub file: String,
    /// Seeds from A up to, not including, B
    #[arg(long, value_name = "A..B", value_parser = seeds)]
    pub seeds: (u64, u64),
    /// Threads [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub jobs: Option<u16>,
    /// Only every Nth seed, counted from the Ith of N: to split the work over machines
    #[arg(long, value_name = "I/N", value_parser = shard)]
    pub shard: Option<(u64, u64)>,
    /// What to change.
    #[command(flatten)]
    pub changes: ChangeArgs,
    /// Go on after a failure and count them
    #[arg(long)]
    pub keep_going: bool,
    /// Print JSON Lines: one for each seed, in order, and a summary
    #[arg(long)]
    pub json: bool,
}

/// `muster compare`.
#[derive(Args, Debug)]
pub struct CompareArgs {
    /// The comparison
    pub file: String,
    /// Another seed than the file's
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// So many seeds, the file's or --seed's and those after it: each figure's median, least and most
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=10_000))]
    pub seeds: Option<u64>,
    /// Print the scenario of this side alone and run nothing
    #[arg(long, value_name = "SIDE", conflicts_with_all = ["seeds", "json", "digest"])]
    pub side: Option<String>,
    /// Print the name and the digest alone
    #[arg(long, conflicts_with_all = ["json", "seeds"])]
    pub digest: bool,
    /// Print JSON Lines: one for each side of each seed, and a result for each seed
    #[arg(long)]
    pub json: bool,
}

/// `muster list`.
#[derive(Args, Debug)]
pub struct ListArgs {
    /// One kind of things only
    #[arg(value_enum)]
    pub what: Option<Things>,
    /// Print JSON Lines
    #[arg(long)]
    pub json: bool,
}

/// What can be listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Things {
    /// Scenarios of the library
    Scenarios,
    /// Systems that a scenario can hold
    Systems,
    /// Rules that can be switched off, with the reason for each and its source
    Rules,
    /// Checks
    Checks,
    /// Selectors, such as `leader`
    Selectors,
    /// Facts that predicates can ask for
    Facts,
    /// Commands of a timeline
    Commands,
}

/// `muster schema`.
#[derive(Args, Debug)]
pub struct SchemaArgs {
    /// Of which files
    #[arg(value_enum, default_value_t = Files::Scenario)]
    pub of: Files,
}

/// Kinds of files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Files {
    /// One system or several that work together
    #[default]
    Scenario,
    /// Several systems under one schedule
    Comparison,
}

/// `muster new`.
#[derive(Args, Debug)]
pub struct NewArgs {
    /// The scenario's name
    #[arg(default_value = "my-scenario")]
    pub name: String,
    /// Write here instead of to standard output; a file that is there is left alone
    #[arg(short, long, value_name = "OUT")]
    pub output: Option<PathBuf>,
}

/// `A..B`.
fn seeds(text: &str) -> Result<(u64, u64), String> {
    let wrong = || format!("`{text}` is not a range of seeds: write two whole numbers as in 0..1000");
    let (from, to) = text.split_once("..").ok_or_else(wrong)?;
    let number = |text: &str| text.replace('_', "").parse::<u64>().map_err(|_| wrong());
    let (from, to) = (number(from)?, number(to)?);
    if from < to {
        Ok((from, to))
    } else {
        Err(format!("`{text}` holds no seed: the second number must be the larger"))
    }
}

/// `I/N`.
fn shard(text: &str) -> Result<(u64, u64), String> {
    let wrong = || format!("`{text}` is not a shard: write it as in 1/4, 2/4, 3/4 and 4/4");
    let (part, parts) = text.split_once('/').ok_or_else(wrong)?;
    let number = |text: &str| text.parse::<u64>().map_err(|_| wrong());
    let (part, parts) = (number(part)?, number(parts)?);
    if (1..=parts).contains(&part) { Ok((part, parts)) } else { Err(wrong()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn ranges_and_shards_are_read_or_refused() {
        assert_eq!(seeds("0..20_000"), Ok((0, 20_000)));
        assert_eq!(seeds("0..18446744073709551615"), Ok((0, u64::MAX)));
        for wrong in ["", "5", "5..", "..5", "5..5", "6..5", "-1..5", "0..18446744073709551616", "0...5"] {
            assert!(seeds(wrong).is_err(), "{wrong}");
        }
        assert_eq!(shard("2/4"), Ok((2, 4)));
        for wrong in ["", "4", "0/4", "5/4", "0/0", "a/b"] {
            assert!(shard(wrong).is_err(), "{wrong}");
        }
    }
}
