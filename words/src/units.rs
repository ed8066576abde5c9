//! Times and lengths of time for people: "214 ms", "2.196 s", "1 h 2 min 3.5 s".
//!
//! All of them are cut off, none is rounded: a clock that has not reached a millisecond does not show it, an event never seems
//! to lie after the one that follows it, and from 100 ms on what has lasted since the start is as long as the clock shows.

use crate::Lang;
use muster_core::process::{Span, Time};

const MICRO: u64 = 1_000;
const MILLI: u64 = 1_000_000;
const SECOND: u64 = 1_000_000_000;
const MINUTE: u64 = 60 * SECOND;
const HOUR: u64 = 60 * MINUTE;

/// A length of time, to three significant places below a second and to the millisecond above.
pub fn span(span: Span, lang: Lang) -> String {
    match span.nanos() {
        0 => "0 ms".to_owned(),
        ns if ns < MICRO => format!("{ns} ns"),
        ns if ns < MILLI => format!("{} µs", significant(ns, MICRO)),
        ns if ns < SECOND => format!("{} ms", significant(ns, MILLI)),
        ns => long(ns, lang, false),
    }
}

/// An instant since the start of the run, to the millisecond, so that instants of one minute are equally long.
pub fn instant(at: Time, lang: Lang) -> String {
    long(at.nanos(), lang, true)
}

/// Three significant digits of `ns / unit`, without trailing zeros.
fn significant(ns: u64, unit: u64) -> String {
    match ns / unit {
        0..=9 => decimals(ns / (unit / 100), 2, false),
        10..=99 => decimals(ns / (unit / 10), 1, false),
        whole => whole.to_string(),
    }
}

fn long(ns: u64, lang: Lang, fixed: bool) -> String {
    let (hours, minutes) = (ns / HOUR, ns % HOUR / MINUTE);
    let seconds = decimals(ns % MINUTE / MILLI, 3, fixed);
    let (h, min) = match lang {
        Lang::En => ("h", "min"),
        Lang::Zh => ("小时", "分"),
    };
    let s = if lang == Lang::Zh && ns >= MINUTE { "秒" } else { "s" };
    match (hours, minutes) {
        (0, 0) => format!("{seconds} {s}"),
        (0, _) => format!("{minutes} {min} {seconds} {s}"),
        _ => format!("{hours} {h} {minutes} {min} {seconds} {s}"),
    }
}

/// `value / 10^places`; without trailing zeros unless `fixed`.
fn decimals(value: u64, places: u32, fixed: bool) -> String {
    let scale = 10u64.pow(places);
    let mut text = format!("{}.{:0width$}", value / scale, value % scale, width = places as usize);
    if !fixed {
        text.truncate(text.trim_end_matches('0').trim_end_matches('.').len());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_read_as_people_write_them() {
        let en = |ns| span(Span(ns), Lang::En);
        assert_eq!(en(0), "0 ms");
        assert_eq!(en(850), "850 ns");
        assert_eq!(en(12_500), "12.5 µs");
        assert_eq!(en(214_000_000), "214 ms");
        assert_eq!(en(214_999_999), "214 ms");
        assert_eq!(en(9_999_999), "9.99 ms");
        assert_eq!(en(5_250_000), "5.25 ms");
        assert_eq!(en(999_700_000), "999 ms");
        assert_eq!(en(2_196_900_000), "2.196 s");
        assert_eq!(en(65_500_000_000), "1 min 5.5 s");
        assert_eq!(en(3_723_000_000_000), "1 h 2 min 3 s");
        assert_eq!(span(Span(3_723_000_000_000), Lang::Zh), "1 小时 2 分 3 秒");
    }

    #[test]
    fn instants_are_cut_to_the_millisecond() {
        assert_eq!(instant(Time(0), Lang::En), "0.000 s");
        assert_eq!(instant(Time(2_000_999_999), Lang::En), "2.000 s");
        assert_eq!(instant(Time(62_196_000_000), Lang::En), "1 min 2.196 s");
        assert_eq!(instant(Time::MAX, Lang::En).split(' ').count(), 6);
    }

    #[test]
    fn what_has_lasted_since_the_start_is_as_long_as_the_clock_shows() {
        for (ns, lasted, clock) in [
            (160_600_000, "160 ms", "0.160 s"),
            (999_999_999, "999 ms", "0.999 s"),
            (1_000_999_999, "1 s", "1.000 s"),
        ] {
            assert_eq!(
                (span(Span(ns), Lang::En), instant(Time(ns), Lang::En)),
                (lasted.into(), clock.into())
            );
        }
    }
}
