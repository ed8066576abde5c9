//! Every format is read back: by a JSON or CSV reader, by the rules of vector clocks, by a grammar of Mermaid's.

use super::record::{Noted, Sending};
use super::*;
use crate::kernel::{Fate, LossReason};
use crate::process::{Arg, Card, HostId, MessageId, ProcessId, Shape, Verdict};
use crate::view::Status;
use crate::words::kernel::KernelKey;
use serde_json::Value;
use std::collections::BTreeMap;

const FORMATS_TEXT: &str = "quote \" comma, angle <b> #; end\nnew line";

fn card(answer: bool) -> Card {
    let label = Phrase::new(KernelKey::Started, vec![Arg::Text(FORMATS_TEXT.into()), Arg::Epoch(3)]);
    Card {
        kind: KernelKey::Started.into(),
        shape: Shape::Circle,
        answer,
        verdict: answer.then_some(true),
        carries: None,
        epoch: Some(u64::MAX),
        label,
    }
}

fn event(process: u32, number: u64) -> EventId {
    EventId { process: ProcessId(process), incarnation: u32::from(process > 0), number }
}

fn message(from: u32, to: u32, number: u64) -> MessageId {
    MessageId { from: ProcessId(from), to: ProcessId(to), number, copy: 0 }
}

/// A made-up world that sends messages at random, loses some, crashes a process now and then.
struct Toy {
    luck: u64,
    counts: BTreeMap<u32, u64>,
    flights: Vec<(MessageId, EventId, Time)>,
    messages: u64,
    now: u64,
}

impl Toy {
    fn new(luck: u64) -> Self {
        Toy { luck, counts: BTreeMap::new(), flights: Vec::new(), messages: 0, now: 0 }
    }
    fn draw(&mut self, below: u64) -> u64 {
        self.luck = self.luck.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.luck >> 33) % below
    }
    fn cast() -> Cast {
        let mut cast = Cast::default();
        for (number, name) in [(1, "n1"), (2, "n2"), (3, "n 3"), (4, "load-1")] {
            let host = format!("host-{}", number.min(3)).into();
            cast.host(HostId(number.min(3)), &host);
            cast.process(ProcessId(number), &name.into(), HostId(number.min(3)));
        }
        cast
    }
    fn id(&mut self, process: u32) -> EventId {
        let count = self.counts.entry(process).or_default();
        *count += 1;
        event(process, *count)
    }
    fn sends(&mut self, me: EventId) -> Vec<Sending> {
        let mut sent = Vec::new();
        for _ in 0..self.draw(3) {
            let to = 1 + (me.process.0 + self.draw(3) as u32) % 4;
            self.messages += 1;
            let message = message(me.process.0, to, self.messages);
            let fate = if self.draw(5) == 0 {
                Fate::Lost(LossReason::Chance)
            } else {
                self.flights.push((message, me, Time(self.now)));
                Fate::Arrives(Time(self.now + 1))
            };
            sent.push(Sending { message, card: card(false), fate });
        }
        sent
    }
    fn step(&mut self, ordinal: u64) -> Record {
        self.now += self.draw(3) * 700;
        let at = Time(self.now);
        let (mut causes, mut shifts) = (Vec::new(), Vec::new());
        let (event, what) = match self.draw(10) {
            0 => {
                let id = self.id(0);
                let status = if self.draw(2) == 0 { Status::Crashed } else { Status::Up };
                let process = ProcessId(1 + self.draw(4) as u32);
                shifts.push(Shift {
                    process,
                    role: Some(KernelKey::Started.into()),
                    epoch: Some(ordinal),
                    status,
                });
                let what = Happened::Done {
                    action: "crashHost",
                    processes: Vec::new(),
                    hosts: vec![HostId(1)],
                    crashed: vec![process],
                    refused: None,
                };
                (id, what)
            }
            n if n < 7 && !self.flights.is_empty() => {
                let place = self.draw(self.flights.len() as u64) as usize;
                let (message, by, sent_at) = self.flights.swap_remove(place);
                causes.push(by);
                let what = match n {
                    1 => Happened::Missed(message, card(true)),
                    _ => Happened::Delivered(message, card(true), sent_at),
                };
                (self.id(message.to.0), what)
            }
            _ => {
                let process = 1 + self.draw(4) as u32;
                (self.id(process), Happened::Timer(1, Some(KernelKey::Started.into())))
            }
        };
        let note = Noted {
            rule: Some("preVote"),
            verdict: Verdict::Refused,
            phrase: Phrase::new(KernelKey::Started, vec![Arg::Process(event.process), Arg::Number(ordinal)]),
            because: vec![event],
        };
        let sent = self.sends(event);
        let (notes, lost, answers) = (vec![note], Vec::new(), Vec::new());
        Record {
            event,
            ordinal,
            at,
            what,
            causes,
            sent,
            lost,
            notes,
            answers,
            shifts,
            sentence: card(false).label,
            marked: ordinal.is_multiple_of(5),
        }
    }
}

fn about() -> About {
    About { scenario: "a \"toy\"; end".into(), seed: u64::MAX, engine: "0.0.0" }
}

/// A whole trace of the toy, with its records and the most causes the writer remembered.
fn written(format: Format, events: u64, luck: u64) -> (String, Vec<Record>, usize) {
    let (mut toy, cast, mut text) = (Toy::new(luck), Toy::cast(), String::new());
    let rim = Rim { cast: &cast, say: &cast::Keys };
    let mut writer = format.writer();
    let (mut records, mut most) = (Vec::new(), 0);
    writer.begin(&about(), &rim, &mut text).unwrap();
    for ordinal in 1..=events {
        let record = toy.step(ordinal);
        writer.record(&record, &rim, &mut text).unwrap();
        if ordinal == events / 2 {
            let phrase = card(false).label;
            let broken =
                Break { name: "kv/x".into(), at: record.at, event: record.event, phrase, expected: true };
            writer.broke(&broken, &rim, &mut text).unwrap();
        }
        most = most.max(writer.remembered());
        records.push(record);
        if ordinal % 64 == 0 {
            writer.forget(&InFlight {
                messages: toy.flights.iter().map(|(message, ..)| *message).collect(),
                causes: toy.flights.iter().map(|(_, by, _)| *by).collect(),
            });
        }
        toy.flights.truncate(20);
    }
    let ending = Ending { at: Time(toy.now + 5), events, digest: 0xabc };
    writer.end(&ending, &rim, &mut text).unwrap();
    (text, records, most)
}

#[test]
fn jsonl_reads_back_line_by_line_and_loses_no_digit() {
    let (text, records, _) = written(Format::Jsonl, 500, 1);
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines[0]["seed"], "18446744073709551615");
    let events: Vec<_> = lines.iter().filter(|line| line["type"] == "event").collect();
    assert_eq!(events.len(), records.len());
    for (line, record) in events.iter().zip(&records) {
        assert_eq!(line["at"], record.at.0.to_string());
        assert_eq!(line["kind"], record.what.kind());
        assert_eq!(line["causes"].as_array().unwrap().len(), record.causes.len());
        let sent = line.get("sent").map_or(0, |sent| sent.as_array().unwrap().len());
        assert_eq!(sent, record.sent.len());
        if let Some((_, card, _)) = record.what.message() {
            assert_eq!(line["message"]["epoch"].as_u64(), card.epoch);
            assert_eq!(line["message"]["label"]["args"][0]["text"], FORMATS_TEXT);
        }
        assert_eq!(line["notes"][0]["rule"], "preVote");
        assert_eq!(line["notes"][0]["because"][0], line["event"]);
    }
    assert_eq!(lines.iter().filter(|line| line["type"] == "violation").count(), 1);
    assert_eq!(lines.last().unwrap()["type"], "end");
}

/// A reader of RFC 4180.
fn csv_rows(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut field, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                field.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut field)),
            '\r' if !quoted => assert_eq!(chars.peek(), Some(&'\n')),
            '\n' if !quoted => {
                row.push(std::mem::take(&mut field));
                rows.push(std::mem::take(&mut row));
            }
            c => field.push(c),
        }
    }
    assert!(!quoted && field.is_empty() && row.is_empty(), "the last row is closed");
    rows
}

#[test]
fn csv_has_as_many_fields_in_every_row_as_columns() {
    let (text, records, _) = written(Format::Csv, 300, 2);
    let rows = csv_rows(&text);
    assert_eq!(rows.len(), 1 + records.len() + 1);
    assert!(rows.iter().all(|row| row.len() == csv::COLUMNS.len()));
    let events = rows.iter().skip(1).filter(|row| row[6] != "violation");
    for (row, record) in events.zip(&records) {
        assert_eq!((row[0].clone(), row[1].clone()), (record.ordinal.to_string(), record.at.0.to_string()));
    }
}

/// The log as `(host, clock)` by the header's own rule: two lines an event.
fn shiviz_events(text: &str) -> Vec<(String, BTreeMap<String, u64>)> {
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some(shiviz::PATTERN));
    assert_eq!(lines.next(), Some(""));
    let mut events = Vec::new();
    while let Some(line) = lines.next() {
        let (host, clock) = line.split_once(' ').expect("a host without spaces, then a clock");
        assert!(!lines.next().expect("an event's text").is_empty());
        events.push((host.into(), serde_json::from_str(clock).expect("a clock")));
    }
    events
}

#[test]
fn shiviz_clocks_say_happened_before_exactly_where_it_is_so() {
    let (text, records, most) = written(Format::Shiviz, 400, 3);
    assert!(most < 200, "clocks of what arrived are forgotten: {most}");
    let events: Vec<_> = shiviz_events(&text).into_iter().filter(|(host, _)| host != "(checks)").collect();
    assert_eq!(events.len(), records.len());
    let mut counts = BTreeMap::<&str, u64>::new();
    for (host, clock) in &events {
        let count = counts.entry(host).or_default();
        *count += 1;
        assert_eq!(clock[host], *count, "a host counts its own events without gaps");
        assert!(!host.contains(' '));
    }
    // Happened-before by its definition: the events of one process in order, a cause before what it led to.
    let place: BTreeMap<_, _> = records.iter().enumerate().map(|(i, record)| (record.event, i)).collect();
    let mut before = vec![vec![false; records.len()]; records.len()];
    for (i, record) in records.iter().enumerate() {
        let same = (0..i).rev().find(|j| records[*j].event.process == record.event.process);
        for j in same.into_iter().chain(record.causes.iter().map(|cause| place[cause])) {
            let (earlier, now) = before.split_at_mut(i);
            now[0][j] = true;
            for (knows, knew) in now[0].iter_mut().zip(&earlier[j]) {
                *knows |= knew;
            }
        }
    }
    for (i, (_, later)) in events.iter().enumerate() {
        for (j, (host, earlier)) in events.iter().enumerate().filter(|(j, _)| *j != i) {
            let knows = later.get(host).is_some_and(|seen| *seen >= earlier[host]);
            assert_eq!(knows, before[i][j], "event {i} and event {j}");
        }
    }
}

#[test]
fn perfetto_slices_nest_arrows_bind_and_times_are_exact() {
    let (text, records, _) = written(Format::Perfetto, 600, 4);
    let trace: Value = serde_json::from_str(&text).expect("JSON");
    let lines = trace["traceEvents"].as_array().unwrap();
    // What Perfetto does: sort by time, stably; a row is a stack.
    let nanos = |value: &Value| (value.as_f64().unwrap() * 1000.0).round() as u64;
    let mut lines: Vec<_> = lines.iter().collect();
    lines.sort_by_key(|line| nanos(&line["ts"]));
    let mut rows = BTreeMap::<u64, Vec<Option<u64>>>::new();
    let (mut begun, mut bound, mut slices) = (std::collections::BTreeSet::new(), 0, 0);
    for line in lines {
        let at = nanos(&line["ts"]);
        let row = rows.entry(line["tid"].as_u64().unwrap()).or_default();
        if line["ph"] != "s" && line["ph"] != "f" {
            while row.last().is_some_and(|end| end.is_some_and(|end| end <= at)) {
                row.pop();
            }
        }
        match line["ph"].as_str().unwrap() {
            "B" => row.push(None),
            "E" => assert_eq!(row.pop(), Some(None), "an end closes a stretch, not an event"),
            "X" => {
                slices += 1;
                let end = at + nanos(&line["dur"]);
                assert!(row.iter().flatten().all(|outer| *outer >= end), "slices of a row nest");
                row.push(Some(end));
            }
            "s" => assert!(begun.insert(line["id"].to_string())),
            "f" => {
                bound += 1;
                assert!(begun.contains(&line["id"].to_string()), "an arrow begins before it ends");
            }
            "i" => assert_eq!(line["s"], "g"),
            other => assert_eq!(other, "M"),
        }
    }
    assert_eq!(slices, records.len());
    let arrived = records.iter().filter(|record| record.what.message().is_some_and(|(.., arrived)| arrived));
    assert_eq!(bound, arrived.count());
    assert!(text.contains(&format!("\"ts\":{}.{:03}", records[9].at.0 / 1000, records[9].at.0 % 1000)));
}

/// The part of Mermaid's grammar for sequence diagrams that the writer uses.
fn mermaid_line(line: &str) -> bool {
    let id = |text: &str| {
        text.strip_prefix('p').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
    };
    // Entity codes are `#` digits `;`: apart from them none of Mermaid's own marks may stand in words.
    let words = |text: &str| {
        let codes = text
            .split('#')
            .skip(1)
            .all(|rest| rest.split_once(';').is_some_and(|(n, _)| n.parse::<u32>().is_ok()));
        let semicolons = text.matches(';').count() == text.matches('#').count();
        codes && semicolons && !text.contains(['<', '>', '"', '%', '{', '}']) && !text.trim().is_empty()
    };
    if let Some(title) = line.strip_prefix("title ") {
        return words(title);
    }
    if let Some(note) = line.strip_prefix("Note over ") {
        return note.split_once(": ").is_some_and(|(over, text)| over.split(',').all(id) && words(text));
    }
    for kind in ["participant ", "actor "] {
        if let Some(rest) = line.strip_prefix(kind) {
            return rest.split_once(" as ").is_some_and(|(name, text)| id(name) && words(text));
        }
    }
    let Some((ends, text)) = line.split_once(": ") else { return false };
    let arrow = ["-->>", "->>", "--x", "-x"].iter().find_map(|arrow| ends.split_once(arrow));
    arrow.is_some_and(|(from, to)| id(from) && id(to)) && words(text)
}

#[test]
fn mermaid_keeps_its_grammar_and_its_bound_and_says_when_it_stops() {
    let (text, ..) = written(Format::Mermaid, 40, 5);
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("sequenceDiagram"));
    for line in lines {
        assert!(mermaid_line(line.trim_start()), "{line}");
    }
    assert!(!text.contains("export.cutHere"));
    let (long, ..) = written(Format::Mermaid, 5_000, 6);
    assert!(long.chars().count() < 50_000, "Mermaid's maxTextSize");
    assert_eq!(long.matches("export.cutHere").count(), 1);
    assert!(long.lines().last().unwrap().contains("export.cutHere"));
}

#[test]
fn formats_are_found_by_their_names() {
    for format in Format::ALL {
        assert_eq!(Format::named(format.name()), Some(*format));
    }
    assert_eq!(Format::named("svg"), None);
}
