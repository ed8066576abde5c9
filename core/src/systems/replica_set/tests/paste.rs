//! `rs.conf()` as two shells print it.

use crate::consensus::replica_set::{Config, Priority};
use crate::process::{HostId, ProcessId, Span};
use crate::system::Planned;
use crate::systems::replica_set::conf;
use crate::systems::replica_set::paste::{Expected, Found, MAX_BYTES, Place, Slip, read};
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
    let text = "{ members: [{ _id: 0, host: 'n2:1' }, { _id: 1, host: 'n1:1' }] }";
    let hosts = |names: &[&str]| config(text, names).members.iter().map(|m| m.host.0).collect::<Vec<_>>();
    assert_eq!(hosts(&["n1", "n2"]), [2, 1]);
    assert_eq!(hosts(&["x", "n2"]), [1, 2], "not all are named: by the order of _id");
}

fn slip(text: &str) -> (u32, u32, Expected) {
    let Slip { at: Place { line, column }, expected, .. } =
        conf::read(text, &members(&["n1"])).expect_err("wrong");
    (line, column, expected)
}

#[test]
fn what_is_wrong_is_said_with_its_line_and_column() {
    assert_eq!(slip(""), (1, 1, Expected::Value));
    assert_eq!(slip("{ members: [\n  { _id: 0 host: 'a' }] }"), (2, 12, Expected::CommaOrBrace));
    assert_eq!(slip("{ members: [{ _id: 0, host: 'a }] }"), (1, 36, Expected::EndOfString));
    assert_eq!(slip("{ members: {} }"), (1, 12, Expected::List));
    assert_eq!(slip("{ members: [{ _id: 0 }] }"), (1, 13, Expected::Field));
    assert_eq!(slip("{ members: [{ _id: 0, host: 'a', votes: 2 }] }"), (1, 41, Expected::Votes));
    assert_eq!(slip("{ members: [{ _id: 0, host: 'a', vote: 1 }] }"), (1, 40, Expected::KnownField));
    assert_eq!(slip("{ members: [], members: [] }"), (1, 16, Expected::FieldOnce));
    assert_eq!(slip("{ members: [] }"), (1, 12, Expected::AsManyMembers));
    assert_eq!(slip("{ members: [{ _id: 0, host: 'a', priority: 'x' }] }"), (1, 44, Expected::Decimal));
    assert_eq!(slip("{ protocolVersion: 0, members: [] }"), (1, 20, Expected::Protocol));
    assert_eq!(
        slip("{ settings: { heartbeatTimeoutSecs: 99999999999 }, members: [{ _id: 0, host: 'a' }] }"),
        (1, 37, Expected::Whole)
    );
    assert_eq!(slip("{ version: 2147483648, members: [{ _id: 0, host: 'a' }] }"), (1, 12, Expected::Version));
    assert_eq!(slip("{ version: 0, members: [{ _id: 0, host: 'a' }] }"), (1, 12, Expected::Version));
    assert_eq!(slip("{} x"), (1, 4, Expected::EndOfText));
    assert_eq!(slip("ObjectId(1"), (1, 11, Expected::Parenthesis));
    assert_eq!(slip("Long({})"), (1, 1, Expected::Argument));
    assert_eq!(slip("version"), (1, 1, Expected::Value));
}

#[test]
fn a_text_too_deep_too_long_or_of_too_many_values_is_refused() {
    assert_eq!(slip(&"[".repeat(10_000)).2, Expected::FewerLevels);
    assert_eq!(slip(&format!("[{}]", "1,".repeat(10_001))).2, Expected::FewerValues);
    let fields = |n: usize| format!("{{ {} }}", (0..n).map(|n| format!("f{n}: 1, ")).collect::<String>());
    assert_eq!(slip(&fields(201)).2, Expected::FewerFields);
    assert_eq!(slip(&fields(200)).2, Expected::KnownField);
    assert_eq!(slip(&" ".repeat(MAX_BYTES + 1)).2, Expected::ShorterText);
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
];

proptest! {
    #[test]
    fn no_text_makes_it_stumble(parts in proptest::collection::vec(0..PIECES.len(), 0..60), junk in ".{0,40}") {
        let text: String = parts.iter().map(|part| PIECES[*part]).collect();
        for text in [text.clone(), junk.clone(), format!("{text}{junk}"), format!("{{ members: [{text}] }}")] {
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
