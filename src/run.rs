//! `muster run`: one scenario, or all of the library, from start to end.

use crate::cli::{ChangeArgs, Faults, RunArgs};
use crate::exit::Exit;
use crate::input::{self, Input};
use crate::output::{BAD, DIM, GOOD, NOTABLE, Out, STRONG, Style};
use crate::problems;
use crate::words::{T, words};
use muster_core::session::api::{Outcome, Problem, Stopped};
use muster_core::session::headless::{self, Cast, Changes, Prepared, Report, Verdict};
use muster_core::systems;
use muster_core::view::{CheckView, Mark, MarkKind};
use muster_core::words::command::CommandKey;
use muster_core::words::kernel::KernelKey;
use muster_words::{Lang, units};
use serde_json::{Value, json};
use std::fmt::{self, Write};
use std::sync::Arc;

/// Runs what is asked for.
pub fn run(args: &RunArgs, lang: Lang, out: &mut Out) -> Exit {
    let Some(file) = &args.file else { return all(args, lang, out) };
    match input::read(file, lang) {
        Ok(input) => one(&input, args, lang, out),
        Err(sentence) => refuse(&sentence, args.json, lang, out),
    }
}

/// Every scenario of the library, and the worst of their exits.
fn all(args: &RunArgs, lang: Lang, out: &mut Out) -> Exit {
    let mut worst = Exit::AsExpected;
    for name in headless::library_names() {
        let text = headless::library_text(name).unwrap_or_default();
        let input = Input { name: name.to_string(), bytes: text.as_bytes().to_vec() };
        worst = worst.max(one(&input, args, lang, out));
        if out.gone() {
            break;
        }
    }
    worst
}

/// What to change about a file, as the facade takes it.
pub fn changes(args: &ChangeArgs, seed: Option<u64>) -> Changes {
    Changes {
        seed,
        until: args.until.as_deref().map(Into::into),
        set: args.set.iter().map(|set| set.as_str().into()).collect(),
        random_faults: args.faults == Faults::Random,
    }
}

/// Reads and validates; problems are printed where problems belong.
pub fn prepare(
    input: &Input,
    changes: &Changes,
    json: bool,
    lang: Lang,
    out: &mut Out,
) -> Result<Prepared, Exit> {
    match Prepared::read(&input.bytes, changes, systems::all()) {
        Ok(prepared) => {
            tell(input, prepared.warnings(), json, lang, out);
            Ok(prepared)
        }
        Err(found) => {
            tell(input, &found, json, lang, out);
            Err(Exit::BadInput)
        }
    }
}

/// Problems go to standard error for people, and among the lines for machines.
pub fn tell(input: &Input, found: &[Problem], json: bool, lang: Lang, out: &mut Out) {
    let mut error = Out::error();
    for problem in found {
        let _ = match json {
            true => writeln!(out, "{}", problems::object(&input.name, problem, lang)),
            false => problems::print(&mut error, &input.name, &input.bytes, problem, lang),
        };
    }
    let _ = error.finish(); // standard error is closed: nobody to tell
}

/// The side of a comparison that is played where only one can be. People are told so, on standard error.
pub fn first_side(input: &Input, prepared: &Prepared, json: bool, lang: Lang) -> Option<Arc<str>> {
    let side = prepared.sides().into_iter().next()?.name;
    if !json {
        let mut error = Out::error();
        let label = error.paint(NOTABLE, T::Note.say(lang));
        let [first, every] = [T::FirstSide, T::EverySide].map(|said| said.say(lang));
        let _ = writeln!(error, "{}: {label}: {first} `{side}` ({every})", input.name);
        let _ = error.finish(); // standard error is closed: nobody to tell
    }
    Some(side)
}

/// Bad input without a place in a text.
pub fn refuse(sentence: &str, json: bool, lang: Lang, out: &mut Out) -> Exit {
    if json {
        let _ = writeln!(out, "{}", json!({ "type": "error", "message": sentence }));
    } else {
        let mut error = Out::error();
        let label = error.paint(BAD, T::Error.say(lang));
        let _ = writeln!(error, "{label}: {sentence}");
        let _ = error.finish(); // standard error is closed: nobody to tell
    }
    Exit::BadInput
}

fn one(input: &Input, args: &RunArgs, lang: Lang, out: &mut Out) -> Exit {
    let changes = changes(&args.changes, args.seed);
    let prepared = match prepare(input, &changes, args.json, lang, out) {
        Ok(prepared) => prepared,
        Err(exit) => return exit,
    };
    if args.digest
        && let Some(compared) = headless::compare::compare(&prepared)
    {
        let _ = writeln!(out, "{} {:032x}", prepared.name(), compared.digest);
        let verdicts = compared.sides.iter().map(|side| Exit::of(side.report.verdict));
        return verdicts.max().unwrap_or(Exit::AsExpected);
    }
    // Of a comparison, one side after the other.
    let sides = prepared.apart();
    sides.iter().map(|side| alone(side, args, lang, out)).max().unwrap_or(Exit::AsExpected)
}

fn alone(prepared: &Prepared, args: &RunArgs, lang: Lang, out: &mut Out) -> Exit {
    let mut refused = 0;
    let report = if args.digest {
        headless::run(prepared, &mut |_, _| true)
    } else if args.json {
        let _ = writeln!(out, "{}", scenario_line(prepared));
        headless::run(prepared, &mut |mark, cast| {
            refused += u64::from(is_refusal(mark));
            writeln!(out, "{}", mark_line(mark, cast, lang)).is_ok()
        })
    } else {
        let _ = story(prepared, lang, out);
        headless::run(prepared, &mut |mark, cast| {
            refused += u64::from(is_refusal(mark));
            moment(mark, cast, lang, out).is_ok()
        })
    };
    // A reader who left is told nothing more; the exit code still is the run's.
    let _ = if args.digest {
        writeln!(out, "{} {:032x}", prepared.name(), report.digest)
    } else if args.json {
        lines(&report, refused, lang, out)
    } else {
        people(&report, refused, lang, out)
    };
    Exit::of(report.verdict)
}

pub fn story(prepared: &Prepared, lang: Lang, out: &mut Out) -> fmt::Result {
    let pick = |both: &muster_core::session::api::Bilingual| match lang {
        Lang::Zh if !both.zh.is_empty() => both.zh.clone(),
        _ => both.en.clone(),
    };
    let (title, story) = (pick(prepared.title()), pick(prepared.story()));
    let name = out.paint(STRONG, prepared.name());
    let seed = out.paint(DIM, format_args!("{} {}", T::Seed.say(lang), prepared.seed()));
    writeln!(out, "{name}  {title}  {seed}")?;
    if !story.is_empty() {
        writeln!(out, "{}", story.trim())?;
    }
    writeln!(out)
}

/// Was a command refused, before it began or by the process that it was for?
fn is_refusal(mark: &Mark) -> bool {
    mark.phrase.key == CommandKey::CommandRefused.into() || mark.phrase.key == KernelKey::AnswerNo.into()
}

/// A line of the timeline.
fn moment(mark: &Mark, cast: &Cast, lang: Lang, out: &mut Out) -> fmt::Result {
    let at = out.paint(DIM, format_args!("{:>12}", units::instant(mark.place.at, lang)));
    let (style, sign) = match mark.kind {
        MarkKind::Fault => (NOTABLE, "!"),
        MarkKind::Repair => (GOOD, "+"),
        MarkKind::Election | MarkKind::Milestone => (STRONG, "*"),
        MarkKind::Violation => (BAD, "✗"),
        MarkKind::Step | MarkKind::Command => (DIM, "·"),
    };
    let sign = out.paint(style, sign);
    writeln!(out, "{at}  {sign} {}", words(&mark.phrase, cast, lang))
}

/// What came of it, for people.
fn people(report: &Report, refused: u64, lang: Lang, out: &mut Out) -> fmt::Result {
    if !report.checks.is_empty() {
        writeln!(out, "\n{}", out.paint(STRONG, T::Checks.say(lang)))?;
        report.checks.iter().try_for_each(|check| check_row(check, report, lang, out))?;
    }
    if !report.expectations.is_empty() {
        writeln!(out, "\n{}", out.paint(STRONG, T::Expectations.say(lang)))?;
        for expectation in &report.expectations {
            let (style, sign, word) = match expectation.standing {
                Outcome::Met => (GOOD, "✓", T::Met),
                Outcome::Broken => (BAD, "✗", T::Broken),
                Outcome::Open => (BAD, "?", T::Open),
            };
            row(style, sign, &expectation.text, word.say(lang), out)?;
        }
    }
    let (style, word) = verdict(report.verdict);
    let stopped = why(&report.stopped, lang).map(|why| format!(" ({why})")).unwrap_or_default();
    let word = out.paint(style, word.say(lang));
    // A run may come out as expected though half of what it should do was refused.
    let refused = match refused {
        0 => String::new(),
        number => {
            out.paint(NOTABLE, format_args!("; {}: {number}", T::RefusedCommands.say(lang))).to_string()
        }
    };
    let (events, at) = (report.events, units::instant(report.at, lang));
    let (of_events, of_time) = (T::Events.say(lang), T::VirtualTime.say(lang));
    writeln!(out, "\n{word}{stopped}{refused}; {events} {of_events}, {at} {of_time}")?;
    for failure in &report.failures {
        writeln!(out, "  {}", out.paint(BAD, words(failure, &report.cast, lang)))?;
    }
    writeln!(out, "{} {:032x}", T::Digest.say(lang), report.digest)
}

fn row(style: Style, sign: &str, name: &str, word: &str, out: &mut Out) -> fmt::Result {
    let sign = out.paint(style, sign);
    let word = out.paint(DIM, word);
    writeln!(out, "  {sign} {name}  {word}")
}

fn check_row(check: &CheckView, report: &Report, lang: Lang, out: &mut Out) -> fmt::Result {
    let Some(violation) = &check.violation else {
        return row(GOOD, "✓", &check.name, T::Holds.say(lang), out);
    };
    let (style, word) = if violation.expected { (GOOD, T::BrokenAsExpected) } else { (BAD, T::Broken) };
    row(style, if violation.expected { "✓" } else { "✗" }, &check.name, word.say(lang), out)?;
    let at = units::instant(violation.place.at, lang);
    writeln!(out, "      {at}: {}", words(&violation.phrase, &report.cast, lang))
}

/// The colour and the word of a verdict.
pub fn verdict(verdict: Verdict) -> (Style, T) {
    match verdict {
        Verdict::AsExpected => (GOOD, T::AsExpected),
        Verdict::Failed => (BAD, T::Failed),
        Verdict::Limit => (BAD, T::Limit),
    }
}

/// A stable name for a verdict.
pub fn verdict_name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::AsExpected => "asExpected",
        Verdict::Failed => "failed",
        Verdict::Limit => "limit",
    }
}

fn why(stopped: &Stopped, lang: Lang) -> Option<&'static str> {
    match stopped {
        Stopped::Violation(_) => Some(T::StoppedAtViolation.say(lang)),
        Stopped::Quiet => Some(T::NothingDue.say(lang)),
        Stopped::Budget => Some(T::BudgetSpent.say(lang)),
        _ => None,
    }
}

fn scenario_line(prepared: &Prepared) -> Value {
    json!({ "type": "scenario", "name": prepared.name(), "seed": prepared.seed().to_string(),
            "title": prepared.title(), "story": prepared.story() })
}

fn mark_line(mark: &Mark, cast: &Cast, lang: Lang) -> Value {
    let kind = match mark.kind {
        MarkKind::Fault => "fault",
        MarkKind::Repair => "repair",
        MarkKind::Election => "election",
        MarkKind::Milestone => "milestone",
        MarkKind::Violation => "violation",
        MarkKind::Step | MarkKind::Command => "step",
    };
    json!({ "type": "mark", "kind": kind, "at": mark.place.at, "ordinal": mark.place.ordinal,
            "process": mark.lane.map(|id| cast.name(id)), "key": mark.phrase.key.as_str(),
            "text": words(&mark.phrase, cast, lang) })
}

/// What came of it, as lines.
fn lines(report: &Report, refused: u64, lang: Lang, out: &mut Out) -> fmt::Result {
    for check in &report.checks {
        let violation = check.violation.as_ref().map(|violation| {
            json!({ "at": violation.place.at, "ordinal": violation.place.ordinal,
                    "event": report.cast.event(violation.event), "expected": violation.expected,
                    "key": violation.phrase.key.as_str(),
                    "text": words(&violation.phrase, &report.cast, lang) })
        });
        writeln!(out, "{}", json!({ "type": "check", "name": check.name, "violation": violation }))?;
    }
    for expectation in &report.expectations {
        let standing = match expectation.standing {
            Outcome::Met => "met",
            Outcome::Broken => "broken",
            Outcome::Open => "open",
        };
        let at = expectation.at.map(|place| place.at);
        let line = json!({ "type": "expectation", "text": expectation.text, "standing": standing, "at": at });
        writeln!(out, "{line}")?;
    }
    let failures: Vec<_> = report.failures.iter().map(|failure| words(failure, &report.cast, lang)).collect();
    writeln!(
        out,
        "{}",
        json!({
            "type": "result", "scenario": report.scenario, "seed": report.seed.to_string(),
            "verdict": verdict_name(report.verdict), "exitCode": Exit::of(report.verdict) as u8,
            "failures": failures, "refusals": refused, "events": report.events, "at": report.at,
            "digest": format!("{:032x}", report.digest),
        })
    )
}
