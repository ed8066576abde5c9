//! Every answer to a why, word for word. `tests/why/answers.txt` says for each: the scenario, how to come to the moment, the
//! question, and then what must be said. `REWRITE=1` writes the answers anew, to be read before they are kept.
//!
//! The same answers are held to what no sentence shows: each event that an answer names exists, and lies before the moment
//! that the answer speaks of; and asking changes nothing.

mod reader;
mod worked;

use muster_core::process::{ProcessId, Span, Time};
use muster_core::scenario::library::LIBRARY;
use muster_core::session::api::{Failure, Reply, Request, Shown};
use muster_core::view::{Answer, Subject};
use muster_core::words::multi_paxos_view::MultiPaxosViewKey;
use muster_core::words::paxos_view::PaxosViewKey;
use muster_core::words::replset_view::ReplSetViewKey;
use muster_core::words::stage::StageKey;
use muster_core::words::workers_view::WorkersViewKey;
use muster_words::Lang;
use reader::Reader;
use std::fmt::Write;
use std::path::Path;
use std::time::Duration;
use worked::worked;

impl Reader {
    /// `2s`, `until leader: kv`, `do crash: n1`, `step`: to the moment.
    fn goes(&mut self, step: &str) -> Shown {
        if let Some(command) = step.strip_prefix("do ") {
            return self.ask(Request::Act(command.into()));
        }
        if let Some(predicate) = step.strip_prefix("until ") {
            let (predicate, limit) = (predicate.into(), Span::secs(60));
            return self.ask(Request::RunUntil { predicate, limit, budget: 4_000_000 });
        }
        if step == "step" {
            return self.ask(Request::Step);
        }
        let millis = step.strip_suffix("ms").and_then(|number| number.parse().ok());
        let at = Time::millis(millis.unwrap_or_else(|| panic!("not understood: {step}")));
        self.ask(Request::PlayTo { at, budget: 4_000_000 })
    }

    fn named(&self, name: &str) -> ProcessId {
        let found = self.names.iter().find(|(_, known)| *known == name);
        *found.unwrap_or_else(|| panic!("nobody is called {name}")).0
    }

    fn subject(&mut self, words: &str, shown: &Shown) -> Subject {
        let parts: Vec<&str> = words.split_whitespace().collect();
        let who = |at: usize| self.named(parts[at]);
        let field = |key: StageKey| Subject::Field(who(1), key.into());
        match parts[0] {
            "role" => field(StageKey::Role),
            "leader" => field(StageKey::LeaderField),
            "vote" => field(StageKey::VotedForField),
            "term" => field(StageKey::Term),
            "commitIndex" => field(StageKey::CommitIndex),
            "reads" => field(StageKey::WaitingReads),
            "executed" => Subject::Field(who(1), MultiPaxosViewKey::Executed.into()),
            "promised" => Subject::Field(who(1), PaxosViewKey::PromisedField.into()),
            "accepted" => Subject::Field(who(1), PaxosViewKey::AcceptedField.into()),
            "proposes" => Subject::Field(who(1), PaxosViewKey::ProposedField.into()),
            "chosen" => Subject::Field(who(1), PaxosViewKey::ChosenField.into()),
            "keys" => field(StageKey::Keys),
            "atWork" => Subject::Field(who(1), WorkersViewKey::AtWorkField.into()),
            "epoch" => Subject::Field(who(1), WorkersViewKey::EpochField.into()),
            "outputs" => Subject::Field(who(1), WorkersViewKey::OutputsField.into()),
            "commitPoint" => Subject::Field(who(1), ReplSetViewKey::CommitPoint.into()),
            "source" => Subject::Field(who(1), ReplSetViewKey::SourceField.into()),
            "stale" => Subject::Field(who(1), ReplSetViewKey::LastApplied.into()),
            "rolledBack" => Subject::Field(who(1), ReplSetViewKey::RolledBackField.into()),
            "status" => Subject::Status(who(1)),
            "entry" => Subject::Entry(who(2), parts[1].parse().expect("an index")),
            "group" => Subject::Group(0),
            "link" => Subject::Link(who(1), who(2)),
            "check" => Subject::Check(parts[1].into()),
            "expectation" => Subject::Expectation(parts[1].parse().expect("a number")),
            "verb" if parts.len() == 2 => Subject::Verb(None, parts[1].into()),
            "verb" => Subject::Verb(Some(who(2)), parts[1].into()),
            "happened" => Subject::Event(shown.frame.event.expect("an event")),
            "ceased" => self.asked_of(who(1), |subject| matches!(subject, Subject::Event(_))),
            "operation" if parts[1] == "any" => {
                let all: Vec<ProcessId> = shown.frame.actors.iter().map(|actor| actor.id).collect();
                let waits = |subject: &Subject| matches!(subject, Subject::Operation(..));
                all.into_iter().find_map(|id| self.offered(id, waits)).expect("somebody waits")
            }
            "operation" => self.asked_of(who(1), |subject| matches!(subject, Subject::Operation(..))),
            "flight" => {
                let to = who(1);
                let mut flights = shown.frame.flights.iter().map(|flight| flight.message);
                Subject::Message(flights.find(|message| message.to == to).expect("a message on its way"))
            }
            "lost" => {
                let (from, to) = (who(1), who(2));
                let now = shown.frame.place.at;
                let start = Time(now.0.saturating_sub(400_000_000));
                let request =
                    Request::Window { from: start, to: now, arrows: 2_000, dots: 0, without: Vec::new() };
                let Reply::Window(window) = self.session.handle(request) else { panic!("no window") };
                let gone = window.arrows.iter().filter(|arrow| arrow.lost).map(|arrow| arrow.message);
                let mut gone = gone.filter(|message| (message.from, message.to) == (from, to));
                Subject::Message(gone.next_back().expect("a lost message"))
            }
            other => panic!("no such subject: {other}"),
        }
    }

    /// What the inspector offers to ask.
    fn asked_of(&mut self, id: ProcessId, is_it: impl Fn(&Subject) -> bool) -> Subject {
        self.offered(id, is_it).expect("a question to ask")
    }

    fn offered(&mut self, id: ProcessId, is_it: impl Fn(&Subject) -> bool) -> Option<Subject> {
        let Reply::Inspector(inspector) = self.session.handle(Request::Inspect(id)) else { panic!("nobody") };
        inspector.questions.into_iter().map(|question| question.subject).find(|subject| is_it(subject))
    }

    fn why(&mut self, subject: Subject) -> Result<Answer, Failure> {
        match self.session.handle(Request::Why(subject)) {
            Reply::Why(answer) => Ok(*answer),
            Reply::Failed(failure) => Err(failure),
            other => panic!("{other:?}"),
        }
    }

    fn says(&self, answer: &Answer, lang: Lang) -> String {
        let text = |phrase| muster_words::text(phrase, self, lang);
        let mut out = format!("    ? {}\n", text(&answer.question));
        if let Some(line) = &answer.event {
            writeln!(out, "    = {}", text(&line.sentence)).expect("a text");
        }
        for reason in &answer.reasons {
            let sign = if reason.refused { '×' } else { '·' };
            write!(out, "    {sign} {}", text(&reason.phrase)).expect("a text");
            if let Some(rule) = &reason.rule {
                write!(out, " [{}]", rule.name).expect("a text");
            }
            out.push('\n');
            for event in &reason.events {
                let line = answer.lines.iter().find(|line| line.event == *event);
                let words = line.map_or_else(|| format!("{event:?}"), |line| text(&line.sentence));
                writeln!(out, "        ← {words}").expect("a text");
            }
            for next in &reason.next {
                writeln!(out, "        → {}", text(&next.phrase)).expect("a text");
            }
        }
        out
    }
}

/// To the moment and the question: `scenario | steps | subject`.
fn asked(header: &str) -> (Reader, Shown, Subject) {
    let parts: Vec<&str> = header.split(" | ").map(str::trim).collect();
    assert_eq!(parts.len(), 3, "{header}");
    let (mut reader, _) = Reader::opens(parts[0]);
    let mut shown = None;
    for step in parts[1].split(';').map(str::trim) {
        shown = Some(reader.goes(step));
    }
    let shown = shown.expect("a moment");
    let subject = reader.subject(parts[2], &shown);
    (reader, shown, subject)
}

/// Every named event exists, and lies before the moment of which the answer speaks.
fn holds(reader: &mut Reader, answer: &Answer, header: &str) {
    assert!(!answer.reasons.is_empty(), "{header}: no reason");
    for event in answer.reasons.iter().flat_map(|reason| &reason.events) {
        let found = reader.session.handle(Request::Explain { event: *event, depth: 0 });
        let Reply::Explained(lines) = found else { panic!("{header}: no event {event:?}: {found:?}") };
        let place = lines.first().expect("its line").place;
        assert!(place.ordinal <= answer.place.ordinal, "{header}: {event:?} lies after");
    }
}

#[test]
fn every_answer_is_as_written() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/why/answers.txt");
    let text = std::fs::read_to_string(&file).expect("the answers");
    let headers = text.lines().filter(|line| line.contains(" | ") && !line.starts_with([' ', '#']));
    let comment: String = text
        .lines()
        .take_while(|line| line.starts_with('#'))
        .fold(String::new(), |all, line| all + line + "\n");
    let (mut found, mut count) = (comment, 0);
    for header in headers {
        // One that cannot be asked is told, and the others are asked all the same.
        let Ok((mut reader, shown, subject)) = std::panic::catch_unwind(|| asked(header)) else {
            write!(found, "\n{header}\n    could not be asked\n").expect("a text");
            continue;
        };
        let answer = reader.why(subject).unwrap_or_else(|failure| panic!("{header}: {failure:?}"));
        write!(found, "\n{header}\n").expect("a text");
        for lang in Lang::ALL {
            found.push_str(&reader.says(&answer, *lang));
        }
        holds(&mut reader, &answer, header);
        let after = reader.ask(Request::PlayTo { at: shown.frame.place.at, budget: 0 });
        assert_eq!(after.digest, shown.digest, "{header}: asking changed the run");
        count += 1;
    }
    assert!(count >= 30, "only {count} answers");
    if std::env::var_os("REWRITE").is_some() {
        std::fs::write(&file, &found).expect("a file that can be written");
        return;
    }
    let differs = text.lines().zip(found.lines()).find(|(said, now)| said != now);
    assert!(text == found, "the first line that differs (written, said now): {differs:#?}");
}

/// What is answered in a scenario that is nobody's lesson.
fn answered(rest: &str, at: &str, subject: &str) -> String {
    let head = "apiVersion: muster.dev/v1\nkind: Scenario\nmetadata: { name: mine }\n";
    let (mut reader, _) = Reader::loads(Request::Load { text: format!("{head}{rest}").into(), seed: None });
    let shown = reader.goes(at);
    let subject = reader.subject(subject, &shown);
    let answer = reader.why(subject).expect("an answer");
    reader.says(&answer, Lang::En)
}

/// n4 and n5 stand at once, both behind: a voter refuses both, and each hears why it was refused itself.
#[test]
fn a_refused_vote_is_explained_by_what_was_said_of_this_candidate() {
    let said = answered(
        "until: 30s
systems:
  - name: rs
    kind: MongoReplicaSet
    members: 5
    spec: { settings: { electionTimeoutMillis: 5000, heartbeatIntervalMillis: 1000, heartbeatTimeoutSecs: 3 } }
network: { latency: 10ms }
timeline:
  - { at: 1s, do: { timeOut: n1 } }
  - { at: 6s, id: cut1, do: { partition: { groups: [[n4, n5], [n1, n2, n3]], others: reachAll } } }
  - { at: 7s, do: { order: { verb: request, with: { op: put, key: x, value: kept, w: majority }, of: rs } } }
  - { at: 8s, do: { crash: n1 } }
  - { at: 8100ms, do: { heal: cut1 } }
  - { at: 8110ms, do: { timeOut: n4 } }
  - { at: 8112ms, do: { timeOut: n5 } }
",
        "8135ms",
        "role n4",
    );
    assert!(said.contains("n2 does not vote for n4 in term 1"), "{said}");
    assert!(!said.contains("vote for n5"), "{said}");
}

/// `retryWrites: false`: a write is sent once.
#[test]
fn a_driver_that_does_not_retry_has_one_try() {
    let said = answered(
        "until: 30s
systems:
  - { name: rs, kind: MongoReplicaSet, members: 3 }
  - { name: app, kind: Drivers, target: rs, spec: { retryWrites: false, rate: 2/s, start: 15s, mix: { put: 1 } } }
network: { latency: 10ms }
timeline:
  - { at: 20s, do: { pause: [n1, n2, n3] } }
",
        "21000ms",
        "operation any",
    );
    assert!(said.contains("that was try 1 of at most 1."), "{said}");
}

/// Everything that is offered to be asked has an answer, at many moments of every scenario; and whoever walks on to what an
/// answer offers or names finds an answer there too.
#[test]
fn whatever_is_offered_is_answered() {
    for (name, _) in LIBRARY {
        let (mut reader, _) = Reader::opens(name);
        for ms in [0, 120, 700, 1_900, 3_500, 6_200, 9_000] {
            let shown = reader.goes(&format!("{ms}ms"));
            let mut open: Vec<(Subject, u32)> =
                shown.questions.iter().map(|question| (question.subject.clone(), 0)).collect();
            for actor in &shown.frame.actors {
                if let Reply::Inspector(inspector) = reader.session.handle(Request::Inspect(actor.id)) {
                    open.extend(inspector.questions.into_iter().map(|question| (question.subject, 0)));
                }
            }
            open.extend(shown.frame.flights.iter().take(3).map(|f| (Subject::Message(f.message), 0)));
            open.extend(shown.checks.iter().map(|check| (Subject::Check(check.name.clone()), 0)));
            open.extend((0..shown.expectations.len()).map(|at| (Subject::Expectation(at as u32), 0)));
            let mut asked = 0;
            while let Some((subject, depth)) = open.pop() {
                asked += 1;
                let header = format!("{name} at {ms} ms: {subject:?}");
                let answer = reader.why(subject).unwrap_or_else(|failure| panic!("{header}: {failure:?}"));
                holds(&mut reader, &answer, &header);
                if depth < 2 && asked < 150 {
                    let next = answer.reasons.iter().flat_map(|reason| &reason.next);
                    open.extend(next.take(4).map(|question| (question.subject.clone(), depth + 1)));
                    let events = answer.reasons.iter().flat_map(|reason| &reason.events);
                    open.extend(events.take(2).map(|event| (Subject::Event(*event), depth + 1)));
                }
            }
        }
    }
}

/// Walking from a late event back, cause by cause, ends at a command or a beginning, each step within its time.
#[test]
fn the_way_back_leads_to_a_beginning() {
    let (mut reader, _) = Reader::opens("leader-crash");
    let shown = reader.goes("6000ms");
    let mut event = shown.frame.event.expect("an event");
    let (mut steps, mut slowest) = (0, Duration::ZERO);
    loop {
        let (answer, took) = worked(|| reader.why(Subject::Event(event)).expect("an answer"));
        slowest = slowest.max(took);
        let line = answer.event.expect("the event");
        let earlier = line.causes.iter().copied().min_by_key(|cause| cause.number);
        let Some(earlier) = earlier else { break };
        event = earlier;
        steps += 1;
        assert!(steps < 20_000, "no end");
    }
    assert!(steps > 10, "only {steps} steps");
    assert!(slowest < Duration::from_secs(2), "{slowest:?}");
}
