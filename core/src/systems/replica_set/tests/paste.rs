//! `rs.conf()` as two shells print it.

use crate::consensus::replica_set::{Config, Priority};
use crate::process::{HostId, ProcessId, Span};
use crate::system::Planned;
use crate::systems::replica_set::conf;
use crate::systems::replica_set::paste::{Literal, MAX_BYTES, read};
use crate::systems::replica_set::slip::{Expected, Found, Place, Slip};
use proptest::prelude::*;

fn members(names: &[&str]) -> Vec<Planned> {
    let planned =
        |(n, name): (u32, &&str)| Planned { name: (**name).into(), process: ProcessId(n), host: HostId(n) };
    (1..).zip(names).map(planned).collect()
}

const SHELL: &str = r#"{
  _id: 'rs0',
  version: 4,
  term: 17,
  members: [
    {
      _id: 0,
      host: 'mongo-a.example.net:27017',
      arbiterOnly: false,
      buildIndexes: true,
      hidden: false,
      priority: 2,
      tags: { dc: 'east' },
      secondaryDelaySecs: Long('0'),
      votes: 1
    },
    {
      _id: 2,
      host: 'mongo-c.example.net:27017',
      arbiterOnly: false,
      buildIndexes: true,
      hidden: true,
      priority: 0,
      tags: {},
      secondaryDelaySecs: Long("3600"),
      votes: 0
    },
    { _id: 1, host: 'mongo-b.example.net:27017', arbiterOnly: true, priority: 0, votes: 1, },
  ],
  protocolVersion: NumberLong(1),
  writeConcernMajorityJournalDefault: true,
  settings: {
    chainingAllowed: false, // told to
    heartbeatIntervalMillis: 2000,
    heartbeatTimeoutSecs: 10,
    electionTimeoutMillis: 10000,
    catchUpTimeoutMillis: -1,
    catchUpTakeoverDelayMillis: 30000,
    getLastErrorModes: {},
    getLastErrorDefaults: { w: 1, wtimeout: 0 },
    replicaSetId: ObjectId("5f8a1b2c3d4e5f6071829304")
  }
}"#;

const EXTENDED: &str = r#"{"_id":"rs0","version":{"$numberInt":"4"},"term":{"$numberLong":"17"},"members":[
{"_id":{"$numberInt":"0"},"host":"mongo-a.example.net:27017","priority":{"$numberDouble":"2"},"votes":1,
 "tags":{"dc":"east"},"secondaryDelaySecs":{"$numberLong":"0"}},
{"_id":2,"host":"mongo-c.example.net:27017","hidden":true,"priority":0,"votes":0,"secondaryDelaySecs":{"$numberLong":"3600"}},
{"_id":1,"host":"mongo-b.example.net:27017","arbiterOnly":true,"priority":0,"votes":1}],
"protocolVersion":{"$numberLong":"1"},"settings":{"chainingAllowed":false,"replicaSetId":{"$oid":"5f8a1b2c3d4e5f6071829304"}}}"#;

fn config(text: &str, names: &[&str]) -> Config {
    conf::read(text, &members(names)).expect("a configuration")
}

#[test]
fn what_the_shell_prints_is_read_and_members_are_taken_in_the_order_of_their_ids() {
    let config = config(SHELL, &["a", "b", "c"]);
    assert_eq!(config.validate(), Ok(()));
    let hosts: Vec<(u8, u32)> = config.members.iter().map(|member| (member.id, member.host.0)).collect();
    assert_eq!(hosts, [(0, 1), (1, 2), (2, 3)]);
    let [first, arbiter, late] = config.members.as_slice() else { panic!("three") };
    assert_eq!(first.priority, Priority::whole(2));
    assert_eq!(first.tags, [("dc".into(), "east".into())]);
    assert!(arbiter.arbiter_only && arbiter.votes);
    assert!(late.hidden && !late.votes && late.delay_secs == 3_600);
    assert!(!config.settings.chaining_allowed);
    assert_eq!(config.settings.catch_up_timeout, None);
    assert_eq!(config.settings.election_timeout, Span::secs(10));
    assert_eq!((config.id.version, config.id.term), (4, Some(0)), "the term is another history's");
}

#[test]
fn extended_json_comes_to_the_same() {
    let names = ["a", "b", "c"];
    assert_eq!(config(EXTENDED, &names), config(SHELL, &names));
}

#[test]
fn hosts_that_are_named_as_members_are_those_members() {
    let text = "{ _id: 'r', members: [{ _id: 0, host: 'n2:1' }, { _id: 1, host: 'n1:1' }] }";
    let hosts = |names: &[&str]| config(text, names).members.iter().map(|m| m.host.0).collect::<Vec<_>>();
    assert_eq!(hosts(&["n1", "n2"]), [2, 1]);
    assert_eq!(hosts(&["x", "y"]), [1, 2], "none is named: by the order of _id");
    let slip = refusal(text, &["x", "n2"]);
    assert_eq!((slip.expected, slip.member), (Expected::HostNamed, Some("n1:1".into())));
}

/// What a window shows around the answer is copied with it.
#[test]
fn the_shells_own_words_around_a_configuration_are_passed_over() {
    let names = ["a", "b", "c"];
    for text in [
        format!("rs0 [direct: primary] test> rs.conf()\n{SHELL}\nrs0 [direct: primary] test> "),
        format!("rs0:PRIMARY> rs.conf();\n{SHELL}\nrs0:PRIMARY>"),
        format!("> db.adminCommand({{ replSetGetConfig: 1 }})\n{{ config: {SHELL}, ok: 1 }}"),
        format!("cfg = {SHELL};"),
        format!("// mine\nconst cfg = {SHELL}"),
        format!("rs.initiate({SHELL})"),
    ] {
        assert_eq!(config(&text, &names), config(SHELL, &names), "{text}");
    }
    assert_eq!(slip("rs.conf()"), (1, 1, Expected::Map));
    assert_eq!(slip("> rs.conf()\n{ members: {} }"), (2, 12, Expected::List));
    assert_eq!(slip("cfg = { members: {} }"), (1, 18, Expected::List));
    assert_eq!(slip("cfg == {}"), (1, 6, Expected::Value));
    assert_eq!(slip("{} > x"), (1, 4, Expected::EndOfText));
    assert_eq!(slip("{} a\nb>"), (1, 4, Expected::EndOfText));
}

fn refusal(text: &str, names: &[&str]) -> Slip {
    conf::read(text, &members(names)).expect_err(text)
}

fn slip(text: &str) -> (u32, u32, Expected) {
    let Slip { at: Place { line, column }, expected, .. } = refusal(text, &["n1"]);
    (line, column, expected)
}

/// The greatest `int`.
const MOST: i64 = i32::MAX as i64;

#[test]
fn what_is_wrong_is_said_with_its_line_and_column() {
    assert_eq!(slip(""), (1, 1, Expected::Value));
    assert_eq!(slip("{ members: [\n  { _id: 0 host: 'a' }] }"), (2, 12, Expected::CommaOrBrace));
    assert_eq!(slip("{ members: [{ _id: 0, host: 'a }] }"), (1, 36, Expected::EndOfString));
    assert_eq!(slip("{ members: {} }"), (1, 12, Expected::List));
    assert_eq!(slip("{ members: [{ _id: 0 }] }"), (1, 13, Expected::Field));
    assert_eq!(slip("{ members: [{ _id: 0, host: 'a', votes: 2 }] }"), (1, 41, Expected::Votes));
    assert_eq!(slip("{ members: [{ _id: 0, host: 'a', votes: true }] }"), (1, 41, Expected::Votes));
    assert_eq!(slip("{ members: [], members: [] }"), (1, 16, Expected::FieldOnce));
    assert_eq!(slip("{ members: [] }"), (1, 12, Expected::AsManyMembers(1)));
    assert_eq!(slip("{ members: [{ _id: 0, host: 'a', priority: 'x' }] }"), (1, 44, Expected::Decimal));
    assert_eq!(slip("{ protocolVersion: 0, members: [] }"), (1, 20, Expected::Protocol));
    assert_eq!(slip("{ version: 2147483648, members: [{ _id: 0, host: 'a' }] }"), (1, 12, Expected::Version));
    assert_eq!(slip("{ version: 0, members: [{ _id: 0, host: 'a' }] }"), (1, 12, Expected::Version));
    assert_eq!(slip("{ members: [{ _id: 0, host: 'a' }] }"), (1, 1, Expected::Field));
    assert_eq!(slip("{ members: [{ _id: 0, host: 'a' }], _id: 3 }"), (1, 42, Expected::Text));
    assert_eq!(slip("{ members: [{ _id: 0, host: 'a' }], _id: '' }"), (1, 42, Expected::SomeText));
    assert_eq!(slip("{ members: [{ _id: 0, host: ' ' }] }"), (1, 29, Expected::Host));
    assert_eq!(slip("{ members: [{ _id: 0, host: ':27017' }] }"), (1, 29, Expected::Host));
    assert_eq!(slip("{ members: [{ _id: 0, host: 1 }] }"), (1, 29, Expected::Text));
    assert_eq!(slip("{} x"), (1, 4, Expected::EndOfText));
    assert_eq!(slip("{} /* x"), (1, 4, Expected::EndOfComment));
    assert_eq!(slip("{ /*/ }"), (1, 3, Expected::EndOfComment));
    assert_eq!(slip("ObjectId(1"), (1, 11, Expected::Parenthesis));
    assert_eq!(slip("Long({})"), (1, 1, Expected::Argument));
    assert_eq!(slip("version"), (1, 1, Expected::Value));
    assert_eq!(slip("1e"), (1, 1, Expected::Value));
    assert_eq!(slip("1.2.3"), (1, 1, Expected::Value));
}

#[test]
fn a_number_out_of_its_bounds_is_told_them() {
    let member = |field: &str| slip(&format!("{{ members: [{{ host: 'a', {field} }}] }}"));
    let settings = |field: &str| {
        slip(&format!("{{ settings: {{ {field} }}, members: [{{ _id: 0, host: 'a' }}], _id: 'r' }}"))
    };
    for (id, column) in [("256", 31), ("-1", 31), ("0.5", 31), ("'0'", 31), ("1e-1", 31), ("1e99", 31)] {
        assert_eq!(member(&format!("_id: {id}")), (1, column, Expected::Whole(0, 255)), "{id}");
    }
    for late in ["-5", "31622401", "99999999999999999999"] {
        let said = member(&format!("_id: 0, priority: 0, secondaryDelaySecs: {late}"));
        assert_eq!(said, (1, 67, Expected::Whole(0, 31_622_400)), "{late}");
    }
    assert_eq!(settings("catchUpTimeoutMillis: -2"), (1, 37, Expected::Whole(-1, MOST)));
    assert_eq!(settings("catchUpTakeoverDelayMillis: 2147483648"), (1, 43, Expected::Whole(-1, MOST)));
    assert_eq!(settings("electionTimeoutMillis: 0"), (1, 38, Expected::Whole(1, MOST)));
    assert_eq!(settings("heartbeatIntervalMillis: 1.5"), (1, 40, Expected::Whole(1, MOST)));
    assert_eq!(settings("heartbeatTimeoutSecs: 99999999999"), (1, 37, Expected::Whole(1, MOST)));
}

#[test]
fn an_unknown_field_is_refused_at_its_name_with_the_nearest_one() {
    let far = "{ members: [{ _id: 0, host: 'a', colour: 1 }] }";
    for (text, column, nearest) in [
        ("{ members: [{ _id: 0, host: 'a', priorty: 2 }] }", 34, Some("priority")),
        ("{ members: [{ _id: 0, host: 'a', \"Votes\": 1 }] }", 34, Some("votes")),
        (
            "{ settings: { electionTimeoutMs: 5 }, members: [{ _id: 0, host: 'a' }] }",
            15,
            Some("electionTimeoutMillis"),
        ),
        ("{ member: [] }", 3, Some("members")),
        (far, 34, None),
    ] {
        let slip = refusal(text, &["n1"]);
        let Expected::KnownField(known) = slip.expected else { panic!("{text}: {slip:?}") };
        assert_eq!((slip.at, slip.nearest), (Place { line: 1, column }, nearest), "{text}");
        assert!(nearest.is_none_or(|name| known.contains(&name)), "{text}");
    }
    assert!(matches!(slip(far), (.., Expected::KnownField(known)) if known.contains(&"priority")));
}

/// Each member on a line of its own, from the second: which line, which column, what, and whom it is said of.
#[test]
fn what_a_set_refuses_is_said_at_the_member_and_the_field_as_the_text_calls_them() {
    let said = |lines: &[&str]| {
        let names: Vec<String> = (1..=lines.len()).map(|n| format!("n{n}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let slip = refusal(&format!("{{ _id: 'r', members: [\n{}\n] }}", lines.join(",\n")), &names);
        (slip.at.line, slip.at.column, slip.found, slip.expected, slip.member)
    };
    const GOOD: &str = "{ _id: 0, host: 'a:1' }";
    let this = |text: &str| Found::This(text.into());
    let no_priority = || Found::Missing("priority".into());
    for (wrong, column, found, expected) in [
        ("{ _id: 0, host: 'b:1' }", 8, this("0"), Expected::IdOnce),
        ("{ _id: 1, host: 'b:1', hidden: true, priority: 2 }", 48, this("2"), Expected::NoPriorityHidden),
        ("{ _id: 1, host: 'b:1', hidden: true }", 32, no_priority(), Expected::NoPriorityHidden),
        ("{ _id: 1, host: 'b:1', slaveDelay: 5 }", 36, no_priority(), Expected::NoPriorityDelayed),
        ("{ _id: 1, host: 'b:1', priority: 1, votes: 0 }", 34, this("1"), Expected::NoPriorityWithoutVote),
        ("{ _id: 1, host: 'b:1', votes: 0 }", 31, no_priority(), Expected::NoPriorityWithoutVote),
        (
            "{ _id: 1, host: 'b:1', arbiterOnly: true, priority: 1 }",
            53,
            this("1"),
            Expected::NoPriorityOfArbiter,
        ),
        ("{ _id: 1, host: 'b:1', arbiterOnly: true, votes: 0 }", 50, this("0"), Expected::VoteOfArbiter),
        (
            "{ _id: 1, host: 'b:1', arbiterOnly: true, slaveDelay: 60 }",
            55,
            this("60"),
            Expected::NoDelayOfArbiter,
        ),
        (
            "{ _id: 1, host: 'b:1', buildIndexes: false, priority: 1 }",
            55,
            this("1"),
            Expected::NoPriorityWithoutIndexes,
        ),
        (
            "{ _id: 1, host: 'b:1', buildIndexes: false }",
            38,
            no_priority(),
            Expected::NoPriorityWithoutIndexes,
        ),
        (
            "{ _id: 1, host: 'b:1', arbiterOnly: true, tags: { dc: 'e' } }",
            49,
            this("{…}"),
            Expected::NoTagsOfArbiter,
        ),
        ("{ _id: 1, host: 'b:1', priority: 1001 }", 34, this("1001"), Expected::Decimal),
        ("{ _id: 1, host: 'b:1', hidden: 1 }", 32, this("1"), Expected::Bool),
    ] {
        assert_eq!(said(&[GOOD, wrong]), (3, column, found, expected, Some("b:1".into())), "{wrong}");
    }
    let tags: String = (0..17).map(|n| format!("t{n}: 'x', ")).collect();
    let many = said(&[GOOD, &format!("{{ _id: 1, host: 'b:1', tags: {{ {tags} }} }}")]);
    assert_eq!((many.0, many.1, many.3), (3, 30, Expected::TagsAtMost(16, 128)));
    let unnamed = said(&[GOOD, "{ _id: 7, host: '' }"]);
    assert_eq!((unnamed.0, unnamed.4), (3, Some("_id: 7".into())));
    assert_eq!(said(&["{ _id: 0, host: 'a', votes: 0, priority: 0 }"]).3, Expected::Voter);
    assert_eq!(said(&["{ _id: 0, host: 'a', priority: 0 }"]).3, Expected::Electable);
}

/// The eighth as the text goes, whatever its `_id`.
#[test]
fn the_eighth_that_votes_is_one_too_many() {
    let said = |eighth: &str| {
        let lines: Vec<String> = (1..8).map(|n| format!("{{ _id: {n}, host: 'h{n}' }}")).collect();
        let text = format!("{{ _id: 'r', members: [\n{},\n{eighth}\n] }}", lines.join(",\n"));
        let slip = refusal(&text, &["a", "b", "c", "d", "e", "f", "g", "h"]);
        assert_eq!((slip.expected, slip.member), (Expected::VotersAtMost(7), Some("h0".into())));
        (slip.at.line, slip.at.column)
    };
    assert_eq!(said("{ _id: 0, host: 'h0' }"), (9, 1));
    assert_eq!(said("{ _id: 0, host: 'h0', votes: 1 }"), (9, 30));
}

#[test]
fn every_member_is_a_server_of_its_own() {
    let said = |hosts: [&str; 2], names: &[&str]| {
        let [a, b] = hosts;
        let text =
            format!("{{ _id: 'r', members: [{{ _id: 1, host: '{a}' }},\n{{ _id: 0, host: '{b}' }}] }}");
        let slip = refusal(&text, names);
        (slip.at.line, slip.at.column, slip.expected)
    };
    assert_eq!(said(["a:1", "a:1"], &["x", "y"]), (2, 17, Expected::HostOnce));
    assert_eq!(said(["a", "a:27017"], &["x", "y"]), (2, 17, Expected::HostOnce));
    assert_eq!(said(["x:1", "x:2"], &["x", "y"]), (2, 17, Expected::NameOnce));
    assert_eq!(said(["a:99999", "b:1"], &["x", "y"]), (1, 39, Expected::Host));
    assert_eq!(said(["a:1", "b:0"], &["x", "y"]), (2, 17, Expected::Host));
    assert_eq!(said(["a:1", "localhost:1"], &["x", "y"]), (2, 17, Expected::HostLocal));
    let text = "{ _id: 'r', members: [{ _id: 0, host: '::1' }, { _id: 1, host: '[::1]:2' }] }";
    assert_eq!(config(text, &["x", "y"]).members.len(), 2, "addresses of IPv6");
    let text = "{ _id: 'r', members: [{ _id: 0, host: 'a:1' }, { _id: 1, host: 'a:2' }] }";
    assert_eq!(config(text, &["x", "y"]).members.len(), 2, "two servers of one machine");
}

/// A whole number is one however it is written: JSON's doubles have a point, and large ones an exponent.
#[test]
fn doubles_that_are_whole_are_whole_numbers() {
    let text = r#"{"_id":"r","version":{"$numberDouble":"3.0"},"members":[{"_id":0.0,"host":"a",
        "priority":{"$numberDouble":"1.0"},"votes":{"$numberDouble":"1.0"},"secondaryDelaySecs":{"$numberDouble":"0.0"}},
        {"_id":{"$numberDouble":"1e1"},"host":"b","priority":5e-1},
        {"_id":{"$numberInt":"11"},"host":"c","priority":0,"slaveDelay":36e2,"votes":-0.0}],
        "settings":{"electionTimeoutMillis":1.25E+4,"catchUpTimeoutMillis":-1.0}}"#;
    let config = config(text, &["x", "y", "z"]);
    assert_eq!(config.id.version, 3);
    assert_eq!(config.members.iter().map(|member| member.id).collect::<Vec<_>>(), [0, 10, 11]);
    assert_eq!(config.members.iter().map(|m| m.priority.0).collect::<Vec<_>>(), [1_000, 500, 0]);
    assert_eq!(config.members.iter().map(|m| m.delay_secs).collect::<Vec<_>>(), [0, 0, 3_600]);
    assert_eq!(config.members.iter().map(|m| m.votes).collect::<Vec<_>>(), [true, true, false]);
    assert_eq!(config.settings.election_timeout, Span::millis(12_500));
    assert_eq!(config.settings.catch_up_timeout, None);
}

/// What the command `replSetGetConfig` answers, with and without `commitmentStatus: true`.
#[test]
fn what_the_command_answers_is_the_configuration_in_it() {
    let names = ["a", "b", "c"];
    let beside = r#"ok: 1, commitmentStatus: true,
      '$clusterTime': { clusterTime: Timestamp({ t: 1700000000, i: 1 }),
        signature: { hash: Binary.createFromBase64('AAAAAAAAAAAAAAAAAAAAAAAAAAA=', 0), keyId: Long('0') } },
      operationTime: Timestamp(1700000000, 1)"#;
    assert_eq!(config(&format!("{{ config: {SHELL}, {beside} }}"), &names), config(SHELL, &names));
    let committed = SHELL.replacen("version: 4,", "version: 4, commitmentStatus: true,", 1);
    assert_eq!(config(&committed, &names), config(SHELL, &names));
    for text in ["{ ok: 0, config: 3 }", "{ ok: 0, errmsg: 'no' }", "{ config: {}, members: [] }"] {
        assert!(matches!(slip(text), (1, _, Expected::KnownField(_))), "{text}");
    }
    assert_eq!(slip("{ ok: 1, config: {} }"), (1, 18, Expected::Field));
}

#[test]
fn escapes_are_the_characters_that_they_stand_for() {
    for (written, is) in [
        (r"\n\t\r\b\f\v\0", "\n\t\r\u{8}\u{c}\u{b}\0"),
        (r#"\/\\\'\""#, "/\\'\""),
        (r"\u00e9\u00E9\xe9", "ééé"),
        (r"\ud83d\ude00!", "😀!"),
        ("é😀", "é😀"),
    ] {
        let Ok(item) = read(&format!("'{written}'")) else { panic!("{written}") };
        assert_eq!(item.is, Literal::Text(is.into()), "{written}");
    }
    for (wrong, found) in [
        (r"\q", r"\q"),
        (r"\u00g9", r"\u00"),
        (r"\x4", r"\x4"),
        (r"\01", r"\0"),
        (r"\ud83d", r"\ud83d"),
        (r"\ud83d\n", r"\ud83d\"),
        (r"\ud83dA", r"\ud83d"),
        (r"\ude00", r"\ude00"),
    ] {
        let slip = read(&format!("{{ a: 'b{wrong}' }}")).expect_err(wrong);
        assert_eq!((slip.at.column, slip.expected), (8, Expected::Escape), "{wrong}");
        assert_eq!(slip.found, Found::This(found.into()), "{wrong}");
    }
    assert_eq!(slip("'\\"), (1, 3, Expected::EndOfString));
}

#[test]
fn what_an_escape_stands_for_moves_no_cursor_when_it_is_said() {
    let text = r"{ members: [{ _id: 0, host: '\u001b[2J', votes: '\u0007' }] }";
    let said = format!("{:?}", refusal(text, &["n1"]).phrase());
    assert!(said.contains("\u{fffd}[2J"), "{said}");
    assert!(!said.contains("\\u{1b}") && !said.contains("\\u{7}"), "{said}");
}

#[test]
fn a_text_too_deep_too_long_or_of_too_many_values_is_refused() {
    assert_eq!(slip(&"[".repeat(10_000)).2, Expected::FewerLevels);
    assert_eq!(slip(&format!("[{}]", "1,".repeat(10_001))).2, Expected::FewerValues);
    let fields = |n: usize| format!("{{ {} }}", (0..n).map(|n| format!("f{n}: 1, ")).collect::<String>());
    assert_eq!(slip(&fields(201)).2, Expected::FewerFields);
    assert!(matches!(slip(&fields(200)).2, Expected::KnownField(_)));
    assert_eq!(slip(&" ".repeat(MAX_BYTES + 1)).2, Expected::ShorterText);
    let digits = format!("{{ version: 1{}, members: [{{ _id: 0, host: 'a' }}] }}", "0".repeat(60_000));
    assert_eq!(slip(&digits).2, Expected::Version);
    assert_eq!(
        slip("{ version: 1e9223372036854775807, members: [{ _id: 0, host: 'a' }] }").2,
        Expected::Version
    );
    let missing = conf::read("{}", &members(&["n1"])).expect_err("wrong");
    assert_eq!(missing.found, Found::Missing("members".into()));
}

/// Pieces of which texts are made that come far.
const PIECES: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    ":",
    ",",
    "'",
    "\"",
    "\\",
    "//",
    "/*",
    "*/",
    "\n",
    " ",
    "_id",
    "host",
    "members",
    "settings",
    "priority",
    "votes",
    "Long",
    "ObjectId",
    "new",
    "$oid",
    "$numberLong",
    "-1",
    "0",
    "1.5",
    "99999999999999999999",
    "true",
    "null",
    "'a'",
    "é",
    "secondaryDelaySecs",
    "tags",
    "catchUpTimeoutMillis",
    "config",
    "votes: 0,",
    "priority: 0,",
    "arbiterOnly: true,",
    "{ _id: 0, host: 'a' },",
    "\\u00e9",
    "\\ud83d",
    "1e1",
    "1e-99999",
];

proptest! {
    #[test]
    fn no_text_makes_it_stumble(parts in proptest::collection::vec(0..PIECES.len(), 0..60), junk in ".{0,40}") {
        let text: String = parts.iter().map(|part| PIECES[*part]).collect();
        for text in [text.clone(), junk.clone(), format!("{text}{junk}"), format!("{{ _id: 'r', members: [{text}] }}"), format!("{{ _id: 'r', members: [{{ _id: 0, host: 'a', {text} }}] }}")] {
            let planned = members(&["n1"]);
            if let Err(slip) = conf::read(&text, &planned) {
                prop_assert!(slip.at.line >= 1 && slip.at.column >= 1);
                prop_assert!(slip.at.line as usize <= text.matches('\n').count() + 1);
            }
            let _ = read(&text);
        }
    }

    #[test]
    fn a_cut_configuration_is_refused_at_its_end_or_before(cut in 0..SHELL.len() - 1) {
        if SHELL.is_char_boundary(cut) {
            prop_assert!(conf::read(&SHELL[..cut], &members(&["a", "b", "c"])).is_err());
        }
    }
}
