//! `muster compare`: one schedule and one list of faults on several systems, as a table with a column a side.

use crate::cli::CompareArgs;
use crate::exit::Exit;
use crate::input;
use crate::output::{BAD, NOTABLE, Out, STRONG};
use crate::run::{prepare, refuse, story, verdict_name};
use crate::tables;
use crate::words::{T, words};
use muster_core::process::{Arg, Phrase};
use muster_core::session::headless::compare::{Compared, Loss, SideReport, compare as run};
use muster_core::session::headless::{Cast, Changes, Prepared};
use muster_core::session::sides::Measured;
use muster_core::words::compare::CompareKey as K;
use muster_words::figures::{ROWS, Row, Unit, loss, number, outage};
use muster_words::{Lang, units};
use rayon::prelude::*;
use serde_json::{Value, json};
use std::fmt::{self, Write};

/// Most lost writes of a side that are told.
const MOST_LOST: usize = 10;

/// Compares.
pub fn compare(args: &CompareArgs, lang: Lang, out: &mut Out) -> Exit {
    let input = match input::read(&args.file, lang) {
        Ok(input) => input,
        Err(sentence) => return refuse(&sentence, args.json, lang, out),
    };
    let changes = Changes { seed: args.seed, ..Changes::default() };
    let prepared = match prepare(&input, &changes, args.json, lang, out) {
        Ok(prepared) => prepared,
        Err(exit) => return exit,
    };
    let sides = prepared.sides();
    if sides.is_empty() {
        let sentence = format!("{}: {}", input.name, T::NoComparison.say(lang));
        return refuse(&sentence, args.json, lang, out);
    }
    if let Some(wanted) = &args.side {
        let Some(side) = sides.iter().find(|side| *side.name == **wanted) else {
            let near = prepared.nearest_side(wanted);
            let near = near.map(|near| format!(" ({} `{near}`?)", T::DidYouMean.say(lang)));
            let sentence = format!("`{wanted}` {}{}", T::NoSuchSide.say(lang), near.unwrap_or_default());
            return refuse(&sentence, false, lang, out);
        };
        let _ = write!(out, "{}", side.text); // whoever read it has left
        return Exit::AsExpected;
    }
    let first = prepared.seed();
    let seeds: Vec<u64> = (first..first.saturating_add(args.seeds.unwrap_or(1))).collect();
    let all: Vec<Compared> = seeds.par_iter().filter_map(|seed| run(&prepared.with_seed(*seed))).collect();
    let worst = all.iter().flat_map(|compared| &compared.sides).map(|side| Exit::of(side.report.verdict));
    let exit = worst.max().unwrap_or(Exit::AsExpected);
    let _ = match all.as_slice() {
        [one] if args.digest => writeln!(out, "{} {:032x}", prepared.name(), one.digest),
        all if args.json => all.iter().try_for_each(|one| lines(&prepared, one, lang, out)),
        [one] => story(&prepared, lang, out).and_then(|()| single(one, lang, out)),
        all => story(&prepared, lang, out).and_then(|()| several(all, lang, out)),
    };
    exit
}

fn say(key: K, args: impl Into<Vec<Arg>>, lang: Lang) -> String {
    words(&Phrase::new(key, args), &Cast::default(), lang)
}

/// The table: titles, and a line for each figure, its cells by side.
fn table(all: &[Compared], lang: Lang, cell: &dyn Fn(&Row, usize) -> String, out: &mut Out) -> fmt::Result {
    let Some(first) = all.first() else { return Ok(()) };
    let mut titles = vec![T::Figure.say(lang).to_string()];
    titles.extend(first.sides.iter().map(|side| format!("{} ({})", side.name, side.kind)));
    let sides: Vec<&Measured> = all.iter().flat_map(|one| &one.sides).map(|side| &side.measured).collect();
    let rows = ROWS.iter().filter(|row| row.is_shown(&sides)).map(|row| {
        let mut cells = vec![say(row.title, [], lang)];
        cells.extend((0..first.sides.len()).map(|side| cell(row, side)));
        cells
    });
    writeln!(out, "{}", tables::numbers(titles, rows.collect()))?;
    // One schedule for all: if nobody is asked to write on one side, then on none.
    if sides.iter().all(|side| side.asked == 0) {
        writeln!(out, "{}", out.paint(NOTABLE, T::NothingToCompare.say(lang)))?;
    }
    Ok(())
}

/// One seed.
fn single(one: &Compared, lang: Lang, out: &mut Out) -> fmt::Result {
    let cell = |row: &Row, side: usize| row.cell(&one.sides[side].measured, lang);
    table(std::slice::from_ref(one), lang, &cell, out)?;
    for side in &one.sides {
        remarks(side, lang, out)?;
    }
    writeln!(out, "\n{} {:032x}", T::Digest.say(lang), one.digest)
}

/// When a side was without service, what it lost and what failed.
fn remarks(side: &SideReport, lang: Lang, out: &mut Out) -> fmt::Result {
    let mut said: Vec<String> = Vec::new();
    if let Some(stretch) = side.measured.outage {
        let when = words(&outage(stretch), &side.report.cast, lang);
        said.push(format!("{}: {when}", say(K::Outage, [], lang)));
    }
    let losses = side.measured.losses.iter().take(MOST_LOST);
    let title = say(K::Lost, [], lang);
    said.extend(losses.map(|lost| {
        let what = words(&loss(lost), &side.report.cast, lang);
        out.paint(NOTABLE, format_args!("{title}: {what}"))
    }));
    let more = side.measured.lost.unwrap_or(0).saturating_sub(MOST_LOST as u64);
    said.extend((more > 0).then(|| say(K::LostMore, [Arg::Number(more)], lang)));
    said.extend(side.refused.iter().map(|(at, why)| {
        let (at, why) = (units::instant(*at, lang), words(why, &side.report.cast, lang));
        out.paint(NOTABLE, format_args!("{at}  {why}"))
    }));
    let failures = side.report.failures.iter();
    said.extend(failures.map(|failure| out.paint(BAD, words(failure, &side.report.cast, lang))));
    writeln!(out, "\n{}", out.paint(STRONG, &side.name))?;
    said.iter().try_for_each(|line| writeln!(out, "  {line}"))
}

/// Many seeds: of each figure the median, the least and the most.
fn several(all: &[Compared], lang: Lang, out: &mut Out) -> fmt::Result {
    let cell = |row: &Row, side: usize| {
        let of = all.iter().filter_map(|one| one.sides.get(side));
        let mut numbers: Vec<u64> = of.filter_map(|side| (row.of)(&side.measured)).collect();
        numbers.sort_unstable();
        match (numbers.first(), numbers.last()) {
            (Some(least), Some(most)) => {
                let [median, least, most] =
                    [numbers[(numbers.len() - 1) / 2], *least, *most].map(|it| number(it, row.unit, lang));
                if least == most { median } else { format!("{median} ({least} – {most})") }
            }
            _ => "–".into(),
        }
    };
    writeln!(out, "{} {}", T::MedianOf.say(lang), all.len())?;
    table(all, lang, &cell, out)?;
    for one in all {
        for side in one.sides.iter().filter(|side| !side.report.failures.is_empty()) {
            let name = out.paint(STRONG, &side.name);
            writeln!(out, "{name}  {} {}", T::Seed.say(lang), one.seed)?;
            for failure in &side.report.failures {
                writeln!(out, "  {}", out.paint(BAD, words(failure, &side.report.cast, lang)))?;
            }
        }
    }
    Ok(())
}

/// One seed as lines.
fn lines(prepared: &Prepared, one: &Compared, lang: Lang, out: &mut Out) -> fmt::Result {
    for side in &one.sides {
        writeln!(out, "{}", line(one.seed, side, lang))?;
    }
    let worst = one.sides.iter().map(|side| Exit::of(side.report.verdict)).max();
    let result = json!({ "type": "result", "comparison": prepared.name(), "seed": one.seed.to_string(),
        "exitCode": worst.unwrap_or(Exit::AsExpected) as u8, "digest": format!("{:032x}", one.digest) });
    writeln!(out, "{result}")
}

fn line(seed: u64, side: &SideReport, lang: Lang) -> Value {
    let (measured, report) = (&side.measured, &side.report);
    let mut line = json!({ "type": "side", "seed": seed.to_string(), "side": side.name, "kind": side.kind,
        "verdict": verdict_name(report.verdict), "events": report.events, "at": report.at,
        "digest": format!("{:032x}", report.digest),
        "failures": report.failures.iter().map(|it| words(it, &report.cast, lang)).collect::<Vec<_>>(),
        "refusedCommands": side.refused.iter().map(|(at, why)| json!({ "at": at, "text": words(why, &report.cast, lang) })).collect::<Vec<_>>(),
        "mostWays": measured.ways.map(|ways| ways[1]),
        "mostClientWays": measured.client_ways.map(|ways| ways[1]),
        "kinds": measured.kinds.iter().map(|(kind, count)| json!([kind.as_str(), count])).collect::<Vec<_>>(),
        "outageFrom": measured.outage.map(|outage| outage.from),
        "outageTo": measured.outage.map(|outage| outage.to),
        "outageOpen": measured.outage.map(|outage| outage.open) });
    for row in ROWS {
        line[row.name] = match ((row.of)(measured), row.unit) {
            (Some(nanos), Unit::Nanoseconds) => json!(nanos.to_string()),
            (number, _) => json!(number),
        };
    }
    let histogram = measured.latency.as_ref().map(|latency| latency.histogram.as_slice()).unwrap_or_default();
    // Microseconds; what is above the last bound has none.
    let bucket = |(bound, count): &(u64, u64)| json!([(*bound < u64::MAX).then_some(bound), count]);
    line["histogram"] = histogram.iter().map(bucket).collect();
    let loss = |loss: &Loss| json!({ "client": report.cast.name(loss.client), "key": loss.key, "value": loss.value, "at": loss.at });
    line["losses"] = measured.losses.iter().map(loss).collect();
    line
}
