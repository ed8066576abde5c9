//! `muster explore`: many seeds on all cores.
//!
//! Seeds are handed out in order and told in order, so that what is printed, and which failure is the first, does not
//! depend on how many threads there are. One run never leaves its thread.

use crate::cli::{ExploreArgs, Faults};
use crate::exit::Exit;
use crate::input;
use crate::output::{BAD, GOOD, Out};
use crate::run::{changes, first_side, prepare, refuse, verdict_name};
use crate::tables;
use crate::words::{T, words};
use indicatif::{ProgressBar, ProgressStyle};
use muster_core::session::headless::{Prepared, Report, Verdict};
use muster_core::session::sweep::{self, Tally};
use muster_words::Lang;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc;

/// The most failures that are told in full; the rest are counted.
const MOST_TOLD: usize = 20;

/// Explores.
pub fn explore(args: &ExploreArgs, lang: Lang, out: &mut Out) -> Exit {
    let input = match input::read(&args.file, lang) {
        Ok(input) => input,
        Err(sentence) => return refuse(&sentence, args.json, lang, out),
    };
    let prepared = match prepare(&input, &changes(&args.changes, None), args.json, lang, out) {
        Ok(prepared) => prepared,
        Err(exit) => return exit,
    };
    let jobs = args.jobs.map_or(0, usize::from);
    let pool = match rayon::ThreadPoolBuilder::new().num_threads(jobs).build() {
        Ok(pool) => pool,
        Err(error) => return refuse(&error.to_string(), args.json, lang, out),
    };
    let seeds = Seeds::of(args);
    let side = first_side(&input, &prepared, args.json, lang);
    let mut teller = Teller::new(args, &seeds, side, lang, out);
    let more = AtomicBool::new(true);
    let next = AtomicU64::new(0);
    let (sender, receiver) = mpsc::sync_channel::<(u64, Seen)>(1_024);
    pool.in_place_scope(|scope| {
        for _ in 0..pool.current_num_threads() {
            let (sender, prepared, seeds, more, next) = (sender.clone(), &prepared, &seeds, &more, &next);
            scope.spawn(move |_| work(prepared, seeds, next, more, &sender));
        }
        drop(sender);
        collect(&receiver, &more, args.keep_going, &mut teller);
    });
    teller.end()
}

/// Which seeds, by place.
struct Seeds {
    first: u64,
    stride: u64,
    count: u64,
}

impl Seeds {
    fn of(args: &ExploreArgs) -> Self {
        let ((from, to), (part, parts)) = (args.seeds, args.shard.unwrap_or((1, 1)));
        let all = to - from;
        let count = if part > all { 0 } else { (all - part) / parts + 1 };
        Seeds { first: from.saturating_add(part - 1), stride: parts, count }
    }
    fn at(&self, place: u64) -> u64 {
        self.first + place * self.stride
    }
}

/// A seed's outcome.
struct Seen {
    report: Report,
    tally: Tally,
}

/// Takes seeds in order until there is none, or nobody wants more.
fn work(
    prepared: &Prepared,
    seeds: &Seeds,
    next: &AtomicU64,
    more: &AtomicBool,
    to: &mpsc::SyncSender<(u64, Seen)>,
) {
    while more.load(Ordering::Relaxed) {
        let place = next.fetch_add(1, Ordering::Relaxed);
        if place >= seeds.count {
            return;
        }
        let (report, tally) = sweep::seed(prepared, seeds.at(place));
        if to.send((place, Seen { report, tally })).is_err() {
            return;
        }
    }
}

/// Tells outcomes in order. After the first failure no more seeds are handed out, but those before it are waited for.
fn collect(from: &mpsc::Receiver<(u64, Seen)>, more: &AtomicBool, keep_going: bool, teller: &mut Teller<'_>) {
    let (mut waiting, mut place, mut stopped) = (BTreeMap::new(), 0, false);
    for (at, seen) in from {
        if !keep_going && seen.report.verdict == Verdict::Failed || teller.gone() {
            more.store(false, Ordering::Relaxed);
        }
        waiting.insert(at, seen);
        while let Some(seen) = waiting.remove(&place) {
            place += 1;
            if !stopped {
                stopped = !keep_going && seen.report.verdict == Verdict::Failed;
                teller.tell(seen);
            }
        }
    }
}

/// Adds up and prints.
struct Teller<'a> {
    args: &'a ExploreArgs,
    /// Of a comparison, the one that is played.
    side: Option<Arc<str>>,
    lang: Lang,
    out: &'a mut Out,
    bar: ProgressBar,
    seeds: u64,
    failed: u64,
    limited: u64,
    first: Option<u64>,
    columns: BTreeMap<Arc<str>, Column>,
}

/// One counter over all seeds.
#[derive(Clone, Copy)]
struct Column {
    least: u64,
    most: u64,
    sum: u128,
}

impl<'a> Teller<'a> {
    fn new(
        args: &'a ExploreArgs,
        seeds: &Seeds,
        side: Option<Arc<str>>,
        lang: Lang,
        out: &'a mut Out,
    ) -> Self {
        // Draws on standard error, and only if that is a terminal.
        let bar = ProgressBar::new(seeds.count);
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len}  {per_sec}  {eta}  {msg}") {
            bar.set_style(style);
        }
        let columns = BTreeMap::new();
        Teller { args, side, lang, out, bar, seeds: 0, failed: 0, limited: 0, first: None, columns }
    }

    fn gone(&self) -> bool {
        self.out.gone()
    }

    fn tell(&mut self, seen: Seen) {
        self.seeds += 1;
        self.bar.inc(1);
        for (name, number) in seen.tally.counters() {
            let column =
                self.columns.entry(name.clone()).or_insert(Column { least: number, most: number, sum: 0 });
            column.least = column.least.min(number);
            column.most = column.most.max(number);
            column.sum += u128::from(number);
        }
        if self.args.json {
            self.line(&seen);
        }
        match seen.report.verdict {
            Verdict::AsExpected => {}
            Verdict::Limit => self.limited += 1,
            Verdict::Failed => self.failure(&seen.report),
        }
    }

    fn failure(&mut self, report: &Report) {
        self.failed += 1;
        self.first.get_or_insert(report.seed);
        self.bar.set_message(format!("{} {}", self.failed, T::FailedSeeds.say(self.lang)));
        if self.args.json || self.failed as usize > MOST_TOLD {
            return;
        }
        let (lang, args) = (self.lang, self.args);
        let seed = self.out.paint(BAD, format_args!("{} {}", T::Seed.say(lang), report.seed));
        let failures: Vec<_> =
            report.failures.iter().map(|failure| words(failure, &report.cast, lang)).collect();
        let reproduce = reproduce(args, report.seed);
        self.bar.suspend(|| {
            let _ = writeln!(self.out, "{seed}: {}", failures.join("; "));
            let _ = writeln!(self.out, "    {}: {reproduce}", T::Reproduce.say(lang));
            self.out.flush();
        });
    }

    fn line(&mut self, seen: &Seen) {
        let report = &seen.report;
        let counters: Map<_, Value> =
            seen.tally.counters().map(|(name, number)| (name.to_string(), number.into())).collect();
        let failures: Vec<_> =
            report.failures.iter().map(|failure| words(failure, &report.cast, self.lang)).collect();
        let failed = report.verdict != Verdict::AsExpected;
        let line = json!({
            "type": "seed", "seed": report.seed.to_string(), "verdict": verdict_name(report.verdict),
            "failures": failures, "events": report.events, "at": report.at,
            "digest": format!("{:032x}", report.digest), "counters": counters,
            "reproduce": failed.then(|| reproduce(self.args, report.seed)),
        });
        let _ = writeln!(self.out, "{}", self.of_side(line));
    }

    fn end(self) -> Exit {
        self.bar.finish_and_clear();
        let exit = match (self.failed, self.limited) {
            (0, 0) => Exit::AsExpected,
            (0, _) => Exit::Limit,
            _ => Exit::Failed,
        };
        if self.args.json {
            self.summary(exit)
        } else {
            self.table()
        }
        exit
    }

    fn summary(self, exit: Exit) {
        let mean = |column: &Column| (column.sum / u128::from(self.seeds.max(1))) as u64;
        let counters: Map<_, _> = self
            .columns
            .iter()
            .map(|(name, column)| {
                let value = json!({ "least": column.least, "mean": mean(column), "most": column.most,
                                    "sum": column.sum.to_string() });
                (name.to_string(), value)
            })
            .collect();
        let line = json!({
            "type": "summary", "seeds": self.seeds, "failed": self.failed, "limited": self.limited,
            "firstFailure": self.first.map(|seed| seed.to_string()), "counters": counters,
            "exitCode": exit as u8,
        });
        let _ = writeln!(self.out, "{}", self.of_side(line));
    }

    /// Of a comparison, whose line it is.
    fn of_side(&self, mut line: Value) -> Value {
        if let Some(side) = &self.side {
            line["side"] = json!(side);
        }
        line
    }

    fn table(self) {
        let (lang, seeds) = (self.lang, self.seeds);
        let style = if self.failed == 0 { GOOD } else { BAD };
        let failed = self.out.paint(style, format_args!("{} {}", self.failed, T::FailedSeeds.say(lang)));
        let limited = match self.limited {
            0 => String::new(),
            n => format!(", {n} {}", T::Limit.say(lang)),
        };
        let _ = writeln!(self.out, "{seeds} {}, {failed}{limited}", T::Seeds.say(lang));
        if let Some(first) = self.first.filter(|_| self.failed > 1) {
            let _ = writeln!(self.out, "{} {first}", T::FirstFailure.say(lang));
        }
        if self.columns.is_empty() {
            return;
        }
        let titles =
            [T::Counter, T::Least, T::Mean, T::Most, T::Sum].map(|title| title.say(lang).to_string());
        let rows = self.columns.iter().map(|(name, column)| {
            let tenths = column.sum * 10 / u128::from(seeds.max(1));
            let mean = format!("{}.{}", tenths / 10, tenths % 10);
            vec![
                name.to_string(),
                column.least.to_string(),
                mean,
                column.most.to_string(),
                column.sum.to_string(),
            ]
        });
        let table = tables::numbers(titles.to_vec(), rows.collect());
        let _ = writeln!(self.out, "{table}");
    }
}

/// The command line that runs this seed alone.
fn reproduce(args: &ExploreArgs, seed: u64) -> String {
    let mut line = format!("muster run {} --seed {seed}", quoted(&args.file));
    if args.changes.faults == Faults::Random {
        line.push_str(" --faults random");
    }
    if let Some(until) = &args.changes.until {
        line.push_str(&format!(" --until {}", quoted(until)));
    }
    for set in &args.changes.set {
        line.push_str(&format!(" --set {}", quoted(set)));
    }
    line
}

/// As a POSIX shell takes it.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:,+@%".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        return text.into();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seeds(seeds: (u64, u64), shard: Option<(u64, u64)>) -> Vec<u64> {
        let args = ExploreArgs {
            file: "x".into(),
            seeds,
            jobs: None,
            shard,
            changes: Default::default(),
            keep_going: false,
            json: false,
        };
        let seeds = Seeds::of(&args);
        (0..seeds.count).map(|place| seeds.at(place)).collect()
    }

    #[test]
    fn shards_together_are_all_seeds_and_no_seed_twice() {
        for parts in 1..8 {
            let mut all: Vec<_> = (1..=parts).flat_map(|part| seeds((10, 15), Some((part, parts)))).collect();
            all.sort_unstable();
            assert_eq!(all, [10, 11, 12, 13, 14], "{parts} parts");
        }
        assert_eq!(seeds((0, 3), None), [0, 1, 2]);
        assert_eq!(seeds((u64::MAX - 2, u64::MAX), None), [u64::MAX - 2, u64::MAX - 1]);
    }

    #[test]
    fn a_shell_takes_the_command_as_it_is_printed() {
        assert_eq!(quoted("systems[0].members=5"), "'systems[0].members=5'");
        assert_eq!(quoted("a'b"), r"'a'\''b'");
        assert_eq!(quoted("dir/x.yaml"), "dir/x.yaml");
        assert_eq!(quoted(""), "''");
    }
}
