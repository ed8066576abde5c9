//! What a text says, and how it says what is wrong with one.

use super::doc::{Doc, MAX_BYTES};
use super::law::{Drawn, Law};
use super::typed::typed;
use super::units::{Bandwidth, Duration, Milli, Probability, Rate, SignedDuration, Size};
use super::{At, FromDoc, Problem};
use crate::process::{Arg, Span};
use crate::words::scenario::ScenarioKey as K;
use muster_derive::FromDoc;
use proptest::prelude::*;

fn read<T: FromDoc>(text: &str) -> Result<T, Problem> {
    let doc = Doc::read(text.as_bytes())?;
    typed(&doc, doc.roots()[0], "")
}

fn slip<T: FromDoc + std::fmt::Debug>(text: &str) -> (K, u32, u32, String) {
    let problem = read::<T>(text).expect_err("a slip");
    let crate::words::Key::Scenario(key) = problem.phrase.key else { panic!("a key of another area") };
    (key, problem.line, problem.column, problem.path.to_string())
}

#[derive(Debug, FromDoc, PartialEq)]
#[serde(deny_unknown_fields)]
struct Inner {
    heartbeat: Duration,
}

#[derive(Debug, FromDoc)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[allow(dead_code)]
struct Outer {
    a_list: Vec<Inner>,
    #[serde(default)]
    law: Option<Law>,
    #[serde(default)]
    kept: Option<At<u32>>,
}

#[test]
fn an_error_knows_its_path_and_the_place_of_the_innermost_value() {
    let text = "aList:\n  - heartbeat: 5ms\n  - heartbeat: 5\n";
    assert_eq!(slip::<Outer>(text), (K::NoUnit, 3, 16, "aList[1].heartbeat".into()));
    assert_eq!(
        slip::<Outer>("aList: []\nlaw: { uniform: [1ms, x] }"),
        (K::NotADuration, 2, 23, "law.uniform[1]".into())
    );
    assert_eq!(slip::<Outer>("aList: 7"), (K::WrongType, 1, 8, "aList".into()));
    assert_eq!(slip::<Outer>("law: 5ms"), (K::MissingField, 1, 1, String::new()));
}

#[test]
fn what_is_left_out_is_told_in_the_order_of_the_type_and_what_is_wrong_in_the_order_written() {
    #[derive(Debug, FromDoc)]
    #[serde(deny_unknown_fields, rename_all = "camelCase")]
    #[allow(dead_code)]
    struct Both {
        first_one: u32,
        #[serde(rename = "do")]
        second: u32,
        other: Option<u32>,
    }
    let problem = read::<Both>("other: 1").expect_err("two are left out");
    assert_eq!(
        (problem.phrase.key, &problem.phrase.args[..]),
        (K::MissingField.into(), &[Arg::Name("firstOne".into())][..])
    );
    assert_eq!(slip::<Both>("do: x\nfirstOne: y"), (K::WrongType, 1, 5, "do".into()));
    assert_eq!(slip::<Both>("do: 1\nsecond: 1"), (K::UnknownField, 2, 1, "second".into()));
    assert_eq!(slip::<Both>("~: 1").0, K::WrongType);
}

#[test]
fn an_unknown_field_is_placed_at_its_name_and_the_nearest_is_named() {
    let problem = read::<Outer>("aList:\n  - { hartbeat: 5ms }").expect_err("an unknown field");
    assert_eq!((problem.line, problem.column, problem.length), (2, 7, 8));
    assert_eq!(problem.nearest.as_deref(), Some("heartbeat"));
    assert_eq!(problem.phrase.key, K::UnknownField.into());
}

#[test]
fn a_value_can_keep_its_place() {
    let doc = Doc::read("aList: []\nkept: 7".as_bytes()).expect("a text");
    let outer: Outer = typed(&doc, doc.roots()[0], "").expect("an outer");
    let kept = outer.kept.expect("kept");
    assert_eq!((kept.value, doc.spot(kept.node).line, doc.spot(kept.node).column), (7, 2, 7));
}

#[test]
fn two_keys_of_one_name_are_an_error_with_both_places() {
    let problem = Doc::read(b"a: 1\nb: 2\na: 3\n").expect_err("a twin");
    assert_eq!((problem.line, problem.column), (3, 1));
    assert_eq!(problem.phrase.args[1..], [Arg::Number(1), Arg::Number(1)]);
}

#[test]
fn what_is_too_large_is_refused_before_it_is_read() {
    let key = |bytes: &[u8]| Doc::read(bytes).expect_err("too large").phrase.key;
    assert_eq!(key(&vec![b'['; MAX_BYTES + 1]), K::TooLarge.into());
    assert_eq!(key(&[b'['; 70]), K::TooDeep.into());
    assert_eq!(key(format!("a: {}", "[".repeat(5_000)).as_bytes()), K::TooDeep.into());
    assert_eq!(key(format!("kind: Run\nbranches: {}", "[".repeat(5_000)).as_bytes()), K::TooDeep.into());
    assert_eq!(key(format!("[{}]", "1,".repeat(100_001)).as_bytes()), K::TooManyNodes.into());
    // Each line holds the one before it ten times: eight lines would stand for a hundred million values.
    let mut laughs = String::from("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for n in 1..8 {
        let before = vec![format!("*a{}", n - 1); 10].join(",");
        laughs.push_str(&format!("a{n}: &a{n} [{before}]\n"));
    }
    assert_eq!(key(laughs.as_bytes()), K::TooManyNodes.into());
    // The same upwards: every line one level deeper than the one before.
    let mut deep = String::from("a0: &a0 [x]\n");
    for n in 1..80 {
        deep.push_str(&format!("a{n}: &a{n} [*a{}]\n", n - 1));
    }
    assert_eq!(key(deep.as_bytes()), K::TooDeep.into());
}

#[test]
fn text_that_is_no_text_and_no_yaml_is_placed() {
    let at = |bytes: &[u8]| {
        let problem = Doc::read(bytes).expect_err("a slip");
        (problem.phrase.key, problem.line, problem.column)
    };
    assert_eq!(at(b""), (K::Empty.into(), 0, 0));
    assert_eq!(at(b"# nothing\n"), (K::Empty.into(), 0, 0));
    assert_eq!(at(b"a: 1\nb: \xff\n"), (K::NotUtf8.into(), 2, 4));
    assert_eq!(at(b"a: [1, 2\nb: 3"), (K::YamlBracket.into(), 2, 2));
    assert_eq!(at(b"a: &x [*x]"), (K::AliasInsideItself.into(), 1, 8));
    assert_eq!(at(b"a: !secret x"), (K::Tag.into(), 1, 4));
}

#[test]
fn a_slip_of_yaml_is_told_as_what_it_is_about() {
    let key = |text: &str| Doc::read(text.as_bytes()).expect_err(text).phrase.key;
    for (text, told) in [
        ("a:\n\t- b\n", K::YamlTab),
        ("a: \"b\n", K::YamlQuote),
        ("a: \"b\" c\n", K::YamlQuote),
        ("a: \"\\q\"\n", K::YamlEscape),
        ("a: \"\\xg0\"\n", K::YamlEscape),
        ("a: { b: 1\nc: 2\n", K::YamlBracket),
        ("a: [1, 2\n", K::YamlBracket),
        ("a: 1]\nb: ]\n", K::YamlBracket),
        ("a: [1, 2\nb: 3\n", K::YamlBracket),
        ("a: 'b\nc: 2\n", K::YamlQuote),
        ("- a\nb: 1\n", K::YamlKey),
        ("a:\n  - b\n - c\n", K::YamlKey),
        ("a: 1\n  b: 2\n", K::YamlKey),
        ("a: b: c\n", K::YamlKey),
        ("a: 1\nb\nc: 2\n", K::YamlKey),
        ("a: *b\n", K::YamlAnchor),
        ("a: @b\n", K::YamlSign),
        ("a: 1\n%b\n", K::NotYaml),
    ] {
        assert_eq!(key(text), told.into(), "{text}");
    }
}

#[test]
fn scalars_with_units_are_read_exactly_and_written_back() {
    let duration = |text: &str| read::<Duration>(text).map(|duration| duration.0.0);
    assert_eq!(duration("150ms"), Ok(150_000_000));
    assert_eq!(duration("1.5s"), Ok(1_500_000_000));
    assert_eq!(duration("0.1us"), Ok(100));
    assert_eq!(duration("2 h"), Ok(7_200_000_000_000));
    assert_eq!(slip::<Duration>("150").0, K::NoUnit);
    assert_eq!(slip::<Duration>("-150ms").0, K::Negative);
    assert_eq!(slip::<Duration>("150mss").0, K::UnknownUnit);
    assert_eq!(slip::<Duration>("soon").0, K::NotADuration);
    assert_eq!(slip::<Duration>("2000h").0, K::TooLong);
    assert_eq!(slip::<Duration>("99999999999999999999999h").0, K::TooLong);
    assert_eq!(read::<SignedDuration>("-3s").map(|by| by.0), Ok(-3_000_000_000));
    assert_eq!(read::<Rate>("20/s").map(|rate| rate.milli_per_second), Ok(20_000));
    assert_eq!(read::<Rate>("30/min").map(|rate| rate.milli_per_second), Ok(500));
    assert_eq!(slip::<Rate>("20").0, K::NoUnit);
    assert_eq!(slip::<Rate>("9999999/s").0, K::TooOften);
    assert_eq!(read::<Probability>("0.1%").map(|p| p.billionths), Ok(1_000_000));
    assert_eq!(read::<Probability>("0.001").map(|p| p.billionths), Ok(1_000_000));
    assert_eq!(slip::<Probability>("101%").0, K::NotAProbability);
    assert_eq!(read::<Size>("64KB").map(|size| size.bytes), Ok(64_000));
    assert_eq!(read::<Size>("64KiB").map(|size| size.bytes), Ok(65_536));
    assert_eq!(read::<Bandwidth>("1MB/s").map(|b| b.bytes_per_second), Ok(Some(1_000_000)));
    assert_eq!(read::<Bandwidth>("unlimited").map(|b| b.bytes_per_second), Ok(None));
    assert_eq!(read::<Milli>("1.5").map(|n| n.thousandths), Ok(1_500));
    assert_eq!(Duration(Span(1_500_000_000)).to_string(), "1500ms");
    assert_eq!(Probability { billionths: 1_000_000 }.to_string(), "0.1%");
    assert_eq!(Rate { milli_per_second: 500 }.to_string(), "0.5/s");
}

#[test]
fn a_latency_law_that_cannot_be_is_refused() {
    let law = read::<Law>("{ uniform: [1ms, 10ms] }").expect("a law");
    assert!(matches!(law, Law::Drawn(Drawn::Uniform(_))));
    assert_eq!(slip::<Law>("{ uniform: [10ms, 1ms] }").0, K::RangeReversed);
    assert_eq!(slip::<Law>("{ logNormal: { median: 10ms, p99: 1ms } }").0, K::MedianAboveP99);
    assert_eq!(slip::<Law>("{ normal: { mean: 1ms, deviation: 1ms }, pareto: 1 }").0, K::OneKeyOnly);
    assert_eq!(slip::<Law>("{ unifrom: [1ms, 2ms] }").0, K::UnknownName);
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC{0,200}") {
        let _ = Doc::read(text.as_bytes());
    }
    #[test]
    fn no_yaml_like_text_makes_the_reader_panic(text in "[-\\[\\]{}:,#&*!|>'\"%@`a-z0-9 \\n\\t]{0,200}") {
        if let Ok(doc) = Doc::read(text.as_bytes()) {
            let _ = typed::<Law>(&doc, doc.roots()[0], "");
        }
    }
    #[test]
    fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = Doc::read(&bytes);
    }
    #[test]
    fn a_duration_is_read_back_as_it_was_written(nanos in 0..3_600_000_000_000_000u64) {
        let duration = Duration(Span(nanos));
        prop_assert_eq!(read::<Duration>(&duration.to_string()), Ok(duration));
    }
    #[test]
    fn a_probability_is_read_back_as_it_was_written(billionths in 0..=1_000_000_000u32) {
        let probability = Probability { billionths };
        prop_assert_eq!(read::<Probability>(&probability.to_string()), Ok(probability));
    }
    #[test]
    fn any_text_is_read_back_from_one_line(text in "\\PC{0,40}") {
        let line = super::flow::line(&[text.as_str()]);
        prop_assert_eq!(read::<Vec<std::sync::Arc<str>>>(&line).map_err(|p| format!("{line}: {p:?}")), Ok(vec![text.into()]));
    }
}

#[test]
fn what_is_missing_until_the_end_is_missing_after_the_last_word() {
    let place = |text: &str| {
        let problem = Doc::read(text.as_bytes()).expect_err("a slip");
        (problem.line, problem.column)
    };
    assert_eq!(place("a: 1\nt\n"), (2, 2));
    assert_eq!(place("a: 1\nt\n\n\n"), (2, 2));
    assert_eq!(place("a: [1,\n"), (1, 7));
    // One before the end stays where it is.
    assert_eq!(place("a: 1\nt\nb: 2\n").0, 3);
}
