//! The `muster` command as a script sees it: the real binary, its exit codes, its lines, its files.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// A short, busy run: five members, three clients, a leader that crashes.
const BUSY: &str = "\
apiVersion: muster.dev/v1
kind: Scenario
metadata: { name: busy, title: { en: Busy, zh: 繁忙 }, story: { en: Much happens., zh: 事情很多。 } }
seed: 3
until: 2s
systems:
  - { name: kv, kind: Raft, members: 5 }
  - { name: load, kind: Clients, target: kv, count: 3, spec: { rate: 20/s, open: true } }
network: { loss: 1% }
timeline:
  - { at: 1s, id: crash1, do: { crash: { select: leader, of: kv } } }
expect:
  - always: { checks: kv }
";

fn muster(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_muster"));
    command.args(args).env_remove("LC_ALL").env_remove("LC_MESSAGES").env("LANG", "C.UTF-8");
    command
}

fn run(args: &[&str]) -> Output {
    muster(args).output().expect("the command starts")
}

/// Runs with a text on standard input.
fn fed(args: &[&str], text: &[u8]) -> Output {
    let piped = || Stdio::piped();
    let mut child =
        muster(args).stdin(piped()).stdout(piped()).stderr(piped()).spawn().expect("the command starts");
    let _ = child.stdin.take().expect("its input").write_all(text); // it may refuse before it has read all
    child.wait_with_output().expect("it ends")
}

fn code(output: &Output) -> i32 {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!said.contains("panicked"), "{said}");
    output.status.code().expect("it was not killed")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

fn lines(output: &Output) -> Vec<Value> {
    out(output).lines().map(|line| serde_json::from_str(line).expect(line)).collect()
}

fn temporary(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_file(&path);
    path
}

#[test]
fn as_expected_exits_0_and_prints_story_checks_expectations_and_digest() {
    let output = fed(&["run", "-"], BUSY.as_bytes());
    let text = out(&output);
    assert_eq!(code(&output), 0, "{text}{}", err(&output));
    for part in
        ["busy", "Much happens.", "crash1: crash", "✓ always: { checks: kv }", "as expected", "\ndigest "]
    {
        assert!(text.contains(part), "{part} is missing in:\n{text}");
    }
    // One line a leader: the first, and its successor after the crash.
    assert_eq!(text.lines().filter(|line| line.contains(" leads (")).count(), 2, "{text}");
    assert!(!text.contains('\u{1b}'), "no colours where nobody looks");
    let digest = text.lines().last().and_then(|line| line.strip_prefix("digest ")).expect("last, the digest");
    assert!(digest.len() == 32 && digest.bytes().all(|b| b.is_ascii_hexdigit()));
}

#[test]
fn chinese_is_spoken_where_it_is_asked_for() {
    let text = out(&fed(&["run", "-", "--lang", "zh"], BUSY.as_bytes()));
    assert!(text.contains("繁忙") && text.contains("事情很多。") && text.contains("符合预期"), "{text}");
    let spoken = muster(&["run", "nothing-like-it"]).env("LC_ALL", "zh_CN.UTF-8").output().expect("starts");
    assert!(err(&spoken).contains("错误"), "{}", err(&spoken));
}

/// Two orders to a set: one that it refuses, one that it takes up.
const ORDERS: &str = "\
apiVersion: muster.dev/v1
kind: Scenario
metadata: { name: orders }
until: 20s
systems:
  - { name: rs, kind: MongoReplicaSet, members: 3 }
timeline:
  - { at: 1s, do: { timeOut: n1 } }
  - { at: 10s, do: { order: { verb: reconfig, with: { member: n2, votes: 0 }, of: rs } } }
  - { at: 15s, do: { removeMember: { members: n3, of: rs } } }
";

#[test]
fn a_file_is_not_said_to_be_as_large_as_what_was_read_of_it() {
    let large = err(&fed(&["run", "-"], &vec![b'#'; 1_500_000]));
    assert!(large.contains("more than 1000000 bytes") && !large.contains("1000001"), "{large}");
}

#[test]
fn the_last_line_of_a_run_counts_what_was_refused() {
    let text = format!("{ORDERS}  - {{ at: 16s, do: {{ start: n1 }} }}\n");
    let en = out(&fed(&["run", "-"], text.as_bytes()));
    assert!(en.contains("\nas expected; commands refused: 2; "), "{en}");
    let zh = out(&fed(&["run", "-", "--lang", "zh"], text.as_bytes()));
    assert!(zh.contains("\n符合预期; 被拒绝的命令: 2; "), "{zh}");
    let json = out(&fed(&["run", "-", "--json"], text.as_bytes()));
    assert!(json.contains("\"refusals\":2"), "{json}");
    let calm = out(&fed(&["run", "-"], BUSY.as_bytes()));
    assert!(calm.contains("\nas expected; ") && !calm.contains("refused"), "{calm}");
}

#[test]
fn an_order_is_told_with_its_answer() {
    let said = [
        (
            "en",
            "Refused by n1: n2: who has no vote has priority 0.",
            "Answer from n1: will be installed once",
        ),
        ("zh", "n1 拒绝：n2：没有投票权的成员优先级须为 0。", "n1 答复：现配置提交后即安装。"),
    ];
    let ways: [&[&str]; 3] =
        [&["run", "-"], &["trace", "-", "--to", "transcript"], &["trace", "-", "--to", "highlights"]];
    for (lang, no, yes) in said {
        for way in ways {
            let output = fed(&[way, &["--lang", lang]].concat(), ORDERS.as_bytes());
            let text = out(&output);
            assert_eq!(code(&output), 0, "what came of it is what `expect` says: {text}{}", err(&output));
            let at = |part: &str| text.lines().position(|line| line.contains(part));
            let (no, yes) = (at(no), at(yes));
            assert!(no.is_some() && no < yes, "{way:?} in {lang}: {text}");
            assert!(
                text.lines().nth(no.unwrap_or(0)).is_some_and(|line| line.contains("10.000 s")),
                "{text}"
            );
        }
    }
    let machine = fed(&["run", "-", "--json"], ORDERS.as_bytes());
    let keys: Vec<_> =
        lines(&machine).iter().filter_map(|line| Some(line["key"].as_str()?.to_owned())).collect();
    let of_answers: Vec<_> = keys.iter().filter(|key| key.starts_with("kernel.answer.")).collect();
    assert_eq!(of_answers, ["kernel.answer.no", "kernel.answer.yes"], "{keys:?}");
}

/// What each system is, with hosts by names of their own, and what happens to `vault` before its host is removed.
const LEAVERS: &[(&str, &str)] = &[
    ("kind: Raft, members: [ann, bob, vault, dan, eve]", "{ at: 3s, do: { crash: vault } }"),
    ("kind: Raft, members: [ann, bob, vault, dan, eve]", "{ at: 3s, do: { pause: vault } }"),
    ("kind: MultiPaxos, members: [ann, bob, vault]", "{ at: 3s, do: { crash: ann } }"),
    ("kind: MultiPaxos, members: [ann, bob, vault]", "{ at: 3s, do: { crash: vault } }"),
    ("kind: Paxos, members: [ann, bob, vault]", "{ at: 1s, do: { propose: { by: ann, value: blue } } }"),
    ("kind: MongoReplicaSet, members: [ann, bob, vault]", "{ at: 3s, do: { crash: ann } }"),
    (
        "kind: Workers, members: [s, ann, bob, vault], spec: { outputs: local, tasks: 12, duration: 1s }",
        "{ at: 3s, do: { pause: bob } }",
    ),
];

/// Its disk, with what it had promised, is gone, and so is whoever could go back on it. Another's disk is looked at on.
#[test]
fn a_host_that_leaves_for_good_breaks_no_promise_and_keeps_its_name() {
    for (system, before) in LEAVERS {
        let text = format!(
            "apiVersion: muster.dev/v1\nkind: Scenario\nmetadata: {{ name: leaves }}\nuntil: 20s\nsystems: [ {{ name: job, {system} }} ]\n\
             timeline: [ {before}, {{ at: 4s, do: {{ removeHost: vault }} }}, {{ at: 5s, do: {{ disk: {{ host: bob, fault: healthy }} }} }} ]\n\
             expect: [ {{ always: {{ checks: job }} }} ]\n"
        );
        let output = fed(&["run", "-"], text.as_bytes());
        let said = out(&output);
        assert_eq!(code(&output), 0, "{system}: {said}{}", err(&output));
        assert!(said.contains("vault is removed for good."), "{system}: {said}");
        let told = out(&fed(&["trace", "-", "--to", "transcript"], text.as_bytes()));
        assert!(told.contains("vault is removed for good."), "{system}");
    }
}

#[test]
fn a_false_expectation_exits_1_and_is_named() {
    let text = format!("{BUSY}  - never: {{ leader: kv }}\n");
    let output = fed(&["run", "-"], text.as_bytes());
    assert_eq!(code(&output), 1);
    assert!(out(&output).contains("✗ never: { leader: kv }"), "{}", out(&output));
    let output = fed(&["run", "-", "--json"], text.as_bytes());
    assert_eq!(code(&output), 1);
    let last = lines(&output).pop().expect("a result");
    assert_eq!((last["verdict"].as_str(), last["exitCode"].as_i64()), (Some("failed"), Some(1)));
    assert!(last["failures"][0].as_str().is_some_and(|failure| failure.contains("never: { leader: kv }")));
}

#[test]
fn a_run_past_its_budget_of_events_exits_3() {
    let output = fed(&["run", "-"], BUSY.replace("until: 2s", "until: 2s\nbudget: 500").as_bytes());
    assert_eq!(code(&output), 3, "{}", out(&output));
    let output = fed(&["run", "-", "--set", "budget=500", "--json"], BUSY.as_bytes());
    assert_eq!(code(&output), 3, "{}", out(&output));
    assert_eq!(lines(&output).last().expect("a result")["events"], 500);
}

#[test]
fn bad_input_exits_2_with_its_place_a_caret_and_the_nearest_name() {
    let output = fed(&["run", "-"], BUSY.replace("kind: Raft", "kind: Raftt").as_bytes());
    assert_eq!(code(&output), 2);
    let said = err(&output);
    assert!(said.contains("<stdin>:7:23: error"), "{said}");
    assert!(said.contains("did you mean Raft?"), "{said}");
    let at = said.lines().position(|line| line.contains("- { name: kv, kind: Raftt")).expect("the line");
    let (line, caret) = (said.lines().nth(at).unwrap_or(""), said.lines().nth(at + 1).unwrap_or(""));
    assert_eq!(caret.find('^'), line.find("Raftt"), "{said}");
    let output = fed(&["run", "-", "--json"], BUSY.replace("kind: Raft", "kind: Raftt").as_bytes());
    assert_eq!(code(&output), 2);
    let line = &lines(&output)[0];
    assert_eq!((line["line"].as_u64(), line["column"].as_u64()), (Some(7), Some(23)));
    assert_eq!(line["nearest"], "Raft");
}

#[test]
fn what_is_no_file_and_no_scenario_exits_2_in_a_sentence() {
    for (file, part) in [("no/such/file.yaml", "neither"), ("leader-crsh", "leader-crash"), (".", "folder")] {
        let output = run(&["run", file]);
        assert_eq!(code(&output), 2, "{file}");
        assert!(err(&output).contains(part), "{file}: {}", err(&output));
    }
    for args in [&["run"][..], &["run", "x", "--seed", "-1"], &["explore", "x", "--seeds", "5..5"], &["fly"]]
    {
        assert_eq!(code(&run(args)), 2, "{args:?}");
    }
}

#[test]
fn a_change_counts_as_if_the_file_said_so_and_a_bad_one_exits_2() {
    let digest = |output: Output| out(&output).lines().last().map(String::from);
    let set = digest(fed(&["run", "-", "--set", "seed=9", "--set", "kv.members=3"], BUSY.as_bytes()));
    let said = BUSY.replace("seed: 3", "seed: 9").replace("members: 5", "members: 3");
    assert_eq!(set, digest(fed(&["run", "-"], said.as_bytes())));
    assert_ne!(set, digest(fed(&["run", "-"], BUSY.as_bytes())));
    let until = digest(fed(&["run", "-", "--until", "1500ms"], BUSY.as_bytes()));
    assert_eq!(until, digest(fed(&["run", "-"], BUSY.replace("until: 2s", "until: 1500ms").as_bytes())));
    for wrong in
        [["--set", "kv.membrs=3"], ["--set", "seed"], ["--set", "kv.members=-1"], ["--until", "5 parsecs"]]
    {
        let output = fed(&["run", "-", wrong[0], wrong[1]], BUSY.as_bytes());
        assert_eq!(code(&output), 2, "{wrong:?}");
        assert!(!err(&output).is_empty());
    }
}

#[test]
fn one_seed_gives_one_digest_in_every_process() {
    let processes = std::env::var("MUSTER_PROCESSES").ok().and_then(|n| n.parse().ok()).unwrap_or(100);
    let digests: BTreeSet<_> =
        (0..processes).map(|_| out(&fed(&["run", "-", "--digest"], BUSY.as_bytes()))).collect();
    assert_eq!(digests.len(), 1, "{digests:?}");
    assert!(digests.first().is_some_and(|line| line.starts_with("busy ")));
    let watched = fed(&["trace", "-", "--to", "jsonl"], BUSY.as_bytes());
    let last = lines(&watched).pop().expect("an end");
    let digest = last["digest"].as_str().expect("a digest");
    assert!(digests.first().is_some_and(|line| line.contains(digest)), "the same with a trace");
}

#[test]
fn every_scenario_of_the_library_comes_out_as_expected() {
    let output = run(&["run", "--all", "--digest"]);
    assert_eq!(code(&output), 0, "{}", out(&output));
    let listed = lines(&run(&["list", "scenarios", "--json"]));
    assert_eq!(out(&output).lines().count(), listed.len());
}

#[test]
fn jsonl_tells_every_event_once_and_causes_that_came_before() {
    let output = fed(&["trace", "-", "--to", "jsonl"], BUSY.as_bytes());
    assert_eq!(code(&output), 0);
    let lines = lines(&output);
    let mut seen = BTreeSet::new();
    for (number, line) in (1..).zip(lines.iter().filter(|line| line["type"] == "event")) {
        assert_eq!(line["ordinal"], number);
        for cause in line["causes"].as_array().expect("causes") {
            assert!(seen.contains(cause.as_str().expect("an event")), "{cause} is later than {line}");
        }
        assert!(seen.insert(line["event"].as_str().expect("an event").to_string()));
    }
    let last = lines.last().expect("an end");
    assert_eq!(last["events"], seen.len());
    assert!(lines.iter().any(|line| line["kind"] == "done" && line["action"]["name"] == "crashHost"));
    assert!(lines.iter().any(|line| line["became"][0]["role"].as_str().is_some()));
}

/// The first two seconds hold about 2,000 events: enough that every kind of cause occurs.
#[test]
fn shiviz_clocks_agree_with_the_causes_of_the_same_run() {
    let shiviz = out(&fed(&["trace", "-", "--to", "shiviz"], BUSY.as_bytes()));
    let clocks: Vec<(String, BTreeMap<String, u64>)> = shiviz
        .lines()
        .skip(2)
        .step_by(2)
        .map(|line| line.split_once(' ').expect("a host and a clock"))
        .map(|(host, clock)| (host.to_string(), serde_json::from_str(clock).expect("a clock")))
        .collect();
    let jsonl = lines(&fed(&["trace", "-", "--to", "jsonl"], BUSY.as_bytes()));
    let events: Vec<_> = jsonl.iter().filter(|line| line["type"] == "event").collect();
    assert_eq!(events.len(), clocks.len());
    let place: BTreeMap<_, _> =
        events.iter().enumerate().map(|(i, line)| (line["event"].as_str(), i)).collect();
    let mut own = BTreeMap::<&str, u64>::new();
    for (event, (host, clock)) in events.iter().zip(&clocks) {
        let number = own.entry(host).or_default();
        *number += 1;
        assert_eq!(clock[host], *number, "{event}");
        for cause in event["causes"].as_array().expect("causes") {
            let (host, earlier) = &clocks[place[&cause.as_str()]];
            assert!(clock.get(host) >= earlier.get(host), "{cause} happened before {event}");
        }
    }
    // No more is claimed than the causes give: whose clock is known came by a chain of causes.
    let mut knows: Vec<BTreeMap<String, u64>> = Vec::new();
    let mut last = BTreeMap::<&str, usize>::new();
    for (i, (event, (host, clock))) in events.iter().zip(&clocks).enumerate() {
        let mut known = last.get(host.as_str()).map(|i: &usize| knows[*i].clone()).unwrap_or_default();
        for cause in event["causes"].as_array().expect("causes") {
            for (host, number) in knows[place[&cause.as_str()]].clone() {
                let entry = known.entry(host).or_default();
                *entry = (*entry).max(number);
            }
        }
        *known.entry(host.clone()).or_default() += 1;
        assert_eq!(known, *clock, "{event}");
        knows.push(known);
        last.insert(host, i);
    }
}

#[test]
fn perfetto_csv_and_mermaid_are_written_to_files_that_can_be_read() {
    let scenario = temporary("busy.yaml");
    std::fs::write(&scenario, BUSY).expect("a file");
    let file = scenario.to_string_lossy();
    for format in ["perfetto", "csv", "mermaid"] {
        let path = temporary(&format!("busy.{format}"));
        let target = path.to_string_lossy();
        let output = run(&["trace", &file, "--to", format, "-o", &target, "--from", "900ms"]);
        assert_eq!((code(&output), out(&output).len()), (0, 0));
        let text = std::fs::read_to_string(&path).expect("UTF-8");
        match format {
            "perfetto" => {
                let trace: Value = serde_json::from_str(&text).expect("JSON");
                let events = trace["traceEvents"].as_array().expect("events");
                let count = |ph: &str| events.iter().filter(|event| event["ph"] == ph).count();
                assert!(count("X") > 500 && count("f") > 100 && count("i") > 0, "{}", events.len());
                let names = events.iter().filter(|event| event["name"] == "thread_name");
                assert!(names.count() >= 9);
            }
            "csv" => {
                let mut rows = text.split("\r\n");
                let columns = rows.next().expect("titles").split(',').count();
                assert!(rows.clone().filter(|row| !row.is_empty()).count() > 500);
                assert!(rows.filter(|row| !row.is_empty()).all(|row| row.split(',').count() >= columns));
            }
            _ => {
                assert!(text.starts_with("sequenceDiagram\n"));
                assert!(text.contains("Note over p0: crashHost") && text.len() < 60_000);
            }
        }
    }
    let output = run(&["trace", &file, "--to", "csv", "-o", "/no/such/folder/x.csv"]);
    assert_eq!(code(&output), 2);
}

#[test]
fn exploring_tells_the_same_whoever_does_the_work() {
    let args = ["explore", "-", "--seeds", "0..24", "--faults", "random", "--json", "--keep-going"];
    let with = |more: &[&str]| out(&fed(&[&args[..], more].concat(), BUSY.as_bytes()));
    let one = with(&["--jobs", "1"]);
    assert_eq!(one, with(&["--jobs", "3"]), "threads make no difference");
    let seeds = |text: &str| -> BTreeMap<u64, String> {
        let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).expect(line));
        lines
            .filter(|line| line["type"] == "seed")
            .map(|line| {
                (line["seed"].as_str().and_then(|n| n.parse().ok()).expect("a seed"), line.to_string())
            })
            .collect()
    };
    let all = seeds(&one);
    assert_eq!(all.keys().copied().collect::<Vec<_>>(), (0..24).collect::<Vec<_>>());
    let shards: BTreeMap<_, _> =
        ["1/3", "2/3", "3/3"].iter().flat_map(|shard| seeds(&with(&["--shard", shard]))).collect();
    assert_eq!(shards, all, "shards together are the whole");
    let digests: BTreeSet<_> = all.values().filter_map(|line| line.split("\"digest\":").nth(1)).collect();
    assert_eq!(digests.len(), 24, "every seed is another history");
    let summary: Value = serde_json::from_str(one.lines().last().expect("a summary")).expect("JSON");
    for name in ["leaderChanges", "logTruncations", "snapshotsSent", "crashesInJoint", "ackedWrites"] {
        let counter = &summary["counters"][format!("kv/{name}")];
        assert!(counter["mean"].is_u64(), "{name} is counted in {summary}");
    }
    assert!(summary["counters"]["kv/leaderChanges"]["least"].as_u64() >= Some(1), "{summary}");
    assert!(summary["counters"]["kv/ackedWrites"]["most"].as_u64() >= Some(10), "{summary}");
}

#[test]
fn a_failing_seed_is_named_and_can_be_reproduced() {
    // Nobody leads before the first election, and it takes some seeds longer than 200 ms.
    let text = format!("{BUSY}  - eventually: {{ leader: kv, within: 200ms }}\n");
    let path = temporary("hasty.yaml");
    std::fs::write(&path, text).expect("a file");
    let file = path.to_string_lossy();
    let output = run(&["explore", &file, "--seeds", "0..200"]);
    assert_eq!(code(&output), 1, "{}", out(&output));
    let said = out(&output);
    let command = said.lines().find_map(|line| line.split_once("muster ")).expect("how to reproduce it").1;
    let args: Vec<_> = command.split(' ').collect();
    assert_eq!(code(&run(&args)), 1, "{command}");
    let counted = run(&["explore", &file, "--seeds", "0..40", "--keep-going", "--json"]);
    assert_eq!(code(&counted), 1);
    let lines = lines(&counted);
    let (summary, seeds) = lines.split_last().expect("a summary");
    let failed = seeds.iter().filter(|seed| seed["verdict"] == "failed").count();
    assert_eq!((summary["seeds"].as_u64(), summary["failed"].as_u64()), (Some(40), Some(failed as u64)));
    assert!(failed > 0 && failed < 40, "some seeds are fast enough, some are not: {failed}");
}

#[test]
fn a_reader_who_leaves_is_no_error() {
    let mut child = muster(&["trace", "-", "--to", "jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    drop(child.stdout.take());
    let _ = child.stdin.take().expect("its input").write_all(BUSY.as_bytes());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((code(&output), err(&output).as_str()), (0, ""));
}

#[test]
fn lists_hold_what_the_program_knows() {
    let lines = lines(&run(&["list", "--json"]));
    let named = |kind: &str| -> Vec<String> {
        lines
            .iter()
            .filter(|line| line["type"] == kind)
            .filter_map(|line| line["name"].as_str().map(Into::into))
            .collect()
    };
    assert!(named("scenario").contains(&"leader-crash".into()));
    assert!(named("selector").contains(&"leader".into()) && named("fact").contains(&"commitIndex".into()));
    assert!(named("command").contains(&"partition".into()));
    assert!(named("check").contains(&"electionSafety".into()), "{:?}", named("check"));
    assert!(named("rule").contains(&"preVote".into()) && named("rule").len() >= 10);
    let rules = lines.iter().filter(|line| line["type"] == "rule");
    assert!(rules.clone().all(|rule| rule["reason"].as_str().is_some_and(|reason| !reason.is_empty())));
    assert!(rules.clone().all(|rule| rule["source"].as_str().is_some_and(|source| !source.is_empty())));
    let table = out(&run(&["list", "rules"]));
    assert!(table.contains("preVote"));
}

#[test]
fn a_starter_file_runs_and_an_existing_file_is_left_alone() {
    let path = temporary("starter.yaml");
    let file = path.to_string_lossy();
    assert_eq!(code(&run(&["new", "mine", "-o", &file])), 0);
    let output = run(&["run", &file, "--json"]);
    assert_eq!(code(&output), 0, "{}{}", out(&output), err(&output));
    assert_eq!(lines(&output)[0]["name"], "mine");
    std::fs::write(&path, "precious").expect("a file");
    assert_eq!(code(&run(&["new", "mine", "-o", &file])), 2);
    assert_eq!(std::fs::read_to_string(&path).expect("a file"), "precious");
    assert_eq!(code(&run(&["new", "not a name"])), 2);
}

#[test]
fn the_schema_knows_every_field_of_the_starter_file() {
    let output = run(&["schema"]);
    let schema: Value = serde_json::from_str(&out(&output)).expect("JSON");
    for field in ["apiVersion", "metadata", "seed", "until", "systems", "network", "timeline", "expect"] {
        assert!(schema["properties"][field].is_object(), "{field}");
    }
    assert!(schema["$defs"]["System"]["allOf"].as_array().is_some_and(|kinds| kinds.len() >= 2));
    assert!(schema.to_string().contains("preVote"));
    // `with: { secs: 3, force: true }`
    let constants = &schema["$defs"]["Argument"]["anyOf"][1]["type"];
    assert_eq!(*constants, serde_json::json!(["number", "boolean"]), "{}", schema["$defs"]["OrderCommand"]);
    let with = &schema["$defs"]["OrderCommand"]["properties"]["with"];
    assert_eq!(with["additionalProperties"]["$ref"], "#/$defs/Argument", "{with}");
}

#[test]
fn a_comparison_is_a_table_with_a_column_a_side() {
    let output = run(&["compare", "compare-calm", "--lang", "en"]);
    let text = out(&output);
    assert_eq!(code(&output), 0, "{text}{}", err(&output));
    let row = |title: &str| -> Vec<String> {
        let line = text.lines().find(|line| line.trim_start().starts_with(title));
        let cells = line.unwrap_or_else(|| panic!("no {title} in\n{text}")).trim_start().strip_prefix(title);
        cells
            .unwrap_or_default()
            .split("  ")
            .map(|cell| cell.trim().to_string())
            .filter(|cell| !cell.is_empty())
            .collect()
    };
    assert_eq!(row("figure"), ["raft (Raft)", "multi-paxos (MultiPaxos)", "replica-set (MongoReplicaSet)"]);
    assert_eq!(row("messages a write")[..2], ["4", "4"]);
    assert_eq!(row("round trips between members")[..2], ["1", "1"]);
    assert_eq!(row("writes lost"), ["0", "0", "0"]);
    let chinese = out(&run(&["compare", "compare-calm", "--lang", "zh"]));
    assert!(chinese.contains("每次写入的消息") && chinese.contains("丢失的写入"), "{chinese}");
    // Many seeds: the same where nothing is left to luck.
    let many = out(&run(&["compare", "compare-calm", "--lang", "en", "--seeds", "3"]));
    let asked = many.lines().find(|line| line.contains("writes asked")).expect("a row");
    assert_eq!(asked.split_whitespace().skip(2).collect::<Vec<_>>(), ["50", "50", "50"]);
}

/// Whoever explores or traces a comparison must not take one side for all.
#[test]
fn where_only_one_side_of_a_comparison_is_played_it_is_said_which() {
    let explore: &[&str] = &["explore", "--seeds", "1..2", "compare-calm"];
    let said = [("en", "only the first side is played: `raft`"), ("zh", "只运行这个比较的第一方： `raft`")];
    for (lang, note) in said {
        for way in [explore, &["trace", "--to", "highlights", "compare-calm"]] {
            let output = run(&[way, &["--lang", lang]].concat());
            assert_eq!(code(&output), 0, "{}", err(&output));
            assert!(err(&output).contains(note), "{way:?} in {lang}: {}", err(&output));
        }
    }
    let machine = run(&[explore, &["--json"]].concat());
    assert!(err(&machine).is_empty(), "{}", err(&machine));
    let lines = lines(&machine);
    assert!(lines.len() == 2 && lines.iter().all(|line| line["side"] == "raft"), "{lines:?}");
    let alone = fed(&["explore", "--seeds", "1..2", "-", "--json"], BUSY.as_bytes());
    assert!(!out(&alone).contains("\"side\"") && err(&alone).is_empty(), "{}{}", out(&alone), err(&alone));
    let every = out(&run(&["run", "compare-calm"]));
    for side in ["raft", "multi-paxos", "replica-set"] {
        assert!(every.contains(&format!("compare-calm-{side} ")), "{side} is not played");
    }
}

#[test]
fn a_comparison_in_which_nobody_writes_says_so_below_its_table() {
    let file = |clients: &str| {
        format!(
            "apiVersion: muster.dev/v1\nkind: Comparison\nmetadata: {{ name: idle }}\nuntil: 3s\nmembers: 3\n\
             systems: [ {{ name: a, kind: Raft }}, {{ name: b, kind: MultiPaxos }} ]\nclients: {clients}\n"
        )
    };
    let idle = [
        "{ rate: 0/s }",
        "{ rate: 1/s, start: 100s }",
        "{ times: [900s] }",
        "{ rate: 5/s, mix: { get: 1 } }",
        "{ rate: 5/s, operations: 0 }",
    ];
    let said = [("en", "Nobody asked to write anything"), ("zh", "没有人请求写入")];
    for clients in idle {
        for (lang, line) in said {
            for more in [&[] as &[&str], &["--seeds", "2"]] {
                let output =
                    fed(&[&["compare", "-", "--lang", lang], more].concat(), file(clients).as_bytes());
                assert_eq!(code(&output), 0, "{}", err(&output));
                assert_eq!(out(&output).matches(line).count(), 1, "{clients} in {lang}: {}", out(&output));
            }
        }
    }
    let busy = out(&fed(&["compare", "-", "--lang", "en"], file("{ rate: 5/s }").as_bytes()));
    assert!(!busy.contains("Nobody asked"), "{busy}");
}

#[test]
fn a_comparison_for_machines_tells_every_figure_and_loss() {
    let output = run(&["compare", "compare-lost-writes", "--json"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let lines = lines(&output);
    assert_eq!(
        lines.iter().map(|line| line["type"].as_str()).collect::<Vec<_>>()[..],
        [Some("side"), Some("side"), Some("side"), Some("result")]
    );
    let lost: Vec<u64> = lines[..3].iter().map(|line| line["lost"].as_u64().expect("a number")).collect();
    assert!(lost[..2] == [0, 0] && lost[2] > 5, "{lost:?}");
    let losses = lines[2]["losses"].as_array().expect("a list");
    assert_eq!(losses.len() as u64, lost[2]);
    assert!(
        losses
            .iter()
            .all(|loss| loss["key"].is_string() && loss["value"].is_string() && loss["at"].is_string())
    );
    assert_eq!(lines[0]["ways"].as_u64(), Some(2));
    let digest = out(&run(&["compare", "compare-lost-writes", "--digest"]));
    assert_eq!(
        digest.trim(),
        format!("compare-lost-writes {}", lines[3]["digest"].as_str().expect("a digest"))
    );
    assert_eq!(out(&run(&["run", "compare-lost-writes", "--digest"])), digest, "`run` says the same");
    let seeds = run(&["compare", "compare-lost-writes", "--json", "--seed", "3", "--seeds", "2"]);
    let seeds: Vec<Value> = out(&seeds).lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    assert_eq!(seeds.iter().filter(|line| line["type"] == "result").count(), 2);
    assert_eq!((seeds[0]["seed"].as_str(), seeds[7]["seed"].as_str()), (Some("3"), Some("4")));
}

#[test]
fn a_side_is_printed_and_runs_alone() {
    let printed = run(&["compare", "compare-calm", "--side", "replica-set"]);
    assert_eq!(code(&printed), 0);
    let alone = fed(&["run", "-", "--digest"], out(&printed).as_bytes());
    assert_eq!(code(&alone), 0, "{}", err(&alone));
    let json = run(&["compare", "compare-calm", "--json"]);
    let side = lines(&json).into_iter().find(|line| line["side"] == "replica-set").expect("the side");
    let digest = side["digest"].as_str().expect("a digest").to_string();
    assert_eq!(out(&alone).trim(), format!("compare-calm-replica-set {digest}"));
    for (args, said) in [
        (vec!["compare", "compare-calm", "--side", "rat"], "did you mean `raft`?"),
        (vec!["compare", "leader-crash"], "is no comparison"),
        (vec!["compare", "compare-clam"], "did you mean `compare-calm`?"),
    ] {
        let output = run(&args);
        assert!(code(&output) == 2 && err(&output).contains(said), "{args:?}: {}", err(&output));
    }
    let schema = run(&["schema", "comparison"]);
    let schema: Value = serde_json::from_str(&out(&schema)).expect("JSON");
    assert!(schema["properties"]["systems"].is_object());
    assert_eq!(schema["$defs"]["Side"]["allOf"].as_array().map(Vec::len), Some(3));
}
