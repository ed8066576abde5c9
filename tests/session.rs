//! The session over real systems: what a newcomer reads when a leader crashes, why a leader leads, and that a shared run is
//! the same run.

mod reader;

use muster_core::process::{Phrase, ProcessId, Time};
use muster_core::scenario::library::LIBRARY;
use muster_core::session::Session;
use muster_core::session::api::{Reply, Request, SeekTo, Shown};
use muster_core::systems;
use muster_core::view::{AskKind, Field, Inspector, Look, MarkKind, Ring, Value};
use muster_core::words::hands::HandsKey;
use muster_words::Lang;
use reader::Reader;
use std::collections::{BTreeMap, BTreeSet};

impl Reader {
    fn play(&mut self, ms: u64) -> Shown {
        self.ask(Request::PlayTo { at: Time::millis(ms), budget: 1_000_000 })
    }

    fn sentences(&mut self, until: u64, count: u32, lang: Lang) -> Vec<String> {
        match self.session.handle(Request::Events { until, count }) {
            Reply::Events(lines) => {
                lines.iter().map(|line| muster_words::text(&line.sentence, self, lang)).collect()
            }
            other => panic!("{other:?}"),
        }
    }

    fn inspect(&mut self, id: ProcessId) -> Inspector {
        match self.session.handle(Request::Inspect(id)) {
            Reply::Inspector(inspector) => *inspector,
            other => panic!("{other:?}"),
        }
    }
}

impl Reader {
    /// What every message on its way says, as `label: value`, by its kind.
    fn messages(&mut self, shown: &Shown, lang: Lang) -> Vec<(&'static str, Vec<String>)> {
        let mut all = Vec::new();
        for flight in &shown.frame.flights {
            let Reply::Message(message) = self.session.handle(Request::InspectMessage(flight.message)) else {
                panic!("{:?} is on its way", flight.message)
            };
            let said = message.fields.iter().map(|field| self.field(field, lang)).collect();
            all.push((message.card.kind.as_str(), said));
        }
        all
    }

    fn field(&self, field: &Field, lang: Lang) -> String {
        let value = match &field.value {
            Value::None => "-".to_owned(),
            Value::Phrase(phrase) => muster_words::text(phrase, self, lang),
            Value::Arg(arg) => muster_words::text(&Phrase::new(HandsKey::Named, [arg.clone()]), self, lang),
            other => panic!("a message holds {other:?}"),
        };
        format!("{}: {value}", muster_words::text(&Phrase::bare(field.label), self, lang))
    }
}

fn leader(shown: &Shown) -> ProcessId {
    let leads = |role: muster_core::view::Role| role.look == Look::Leader;
    let found = shown.frame.actors.iter().find(|actor| actor.role.is_some_and(leads));
    found.expect("somebody leads").id
}

#[test]
fn a_newcomer_reads_how_a_leader_is_replaced() {
    let (mut reader, _) = Reader::opens("leader-crash");
    let shown = reader.play(2_500);
    let lines = reader.sentences(shown.frame.place.ordinal, 1_000, Lang::En);
    let after = |from: usize, words: &[&str]| {
        let all = |line: &String| words.iter().all(|word| line.contains(word));
        let found = lines[from..].iter().position(all);
        from + found.unwrap_or_else(|| panic!("no sentence with {words:?}:\n{}", lines[from..].join("\n")))
    };
    let crash = after(0, &["crashed: whatever it had not written to its disk is lost."]);
    let timeout = after(crash, &["heard", " ms", "would win"]);
    let stands = after(timeout, &["that is a majority", "candidate in term 2 and asks for votes."]);
    let asked = after(stands, &["is asked by", "for its vote in term 2: ", "votes for"]);
    after(asked, &["that is a majority", "is the leader of term 2."]);
    let zh = reader.sentences(shown.frame.place.ordinal, 1_000, Lang::Zh);
    assert_eq!(zh.len(), lines.len());
    assert!(zh.iter().all(|line| line.ends_with('。')), "every sentence is one in Chinese too");
}

/// It came and went between two pictures: whoever reads has never seen it on the stage.
#[test]
fn a_host_that_has_left_is_still_called_by_its_name() {
    let text = "apiVersion: muster.dev/v1\nkind: Scenario\nmetadata: { name: leaves }\nuntil: 9s\n\
                systems: [ { name: kv, kind: Raft, members: 3 } ]\ntimeline:\n  - { at: 1s, do: { addHost: { name: vault } } }\n  \
                - { at: 2s, do: { removeHost: vault } }\n  - { at: 3s, do: { removeHost: n3 } }\n";
    let (mut reader, _) = Reader::loads(Request::Load { text: text.into(), seed: None });
    let shown = reader.play(4_000);
    let marks: Vec<String> =
        shown.marks.iter().map(|mark| muster_words::text(&mark.phrase, &reader, Lang::En)).collect();
    for name in ["vault", "n3"] {
        let said = format!("{name} is removed for good.");
        assert!(marks.contains(&said), "{marks:?}");
    }
    assert!(shown.frame.hosts.iter().all(|host| &*host.name != "vault"), "it is not there any more");
}

#[test]
fn an_election_is_explained_by_the_votes_that_made_it() {
    let (mut reader, _) = Reader::opens("leader-crash");
    let shown = reader.play(2_500);
    let mark = shown.marks.iter().rev().find(|mark| mark.kind == MarkKind::Election).expect("an election");
    let place = mark.place;
    let at = reader.ask(Request::Seek(SeekTo::Ordinal(place.ordinal)));
    let event = at.frame.event.expect("it is an event");
    reader.play(8_000);
    let lines = match reader.session.handle(Request::Explain { event, depth: 2 }) {
        Reply::Explained(lines) => lines,
        other => panic!("{other:?}"),
    };
    let said: Vec<String> =
        lines.iter().map(|line| muster_words::text(&line.sentence, &reader, Lang::En)).collect();
    assert!(said[0].contains("is the leader of term 2"), "{said:?}");
    let votes =
        said.iter().filter(|line| line.contains("gets the vote") || line.contains("asks for votes")).count();
    assert!(votes >= 3, "the votes of a majority of five, its own with its candidacy:\n{}", said.join("\n"));
    let causes = lines[0].notes.iter().flat_map(|note| &note.because).count();
    assert!(causes >= 2, "its note names the other votes: {:?}", lines[0].notes);
}

#[test]
fn the_stage_shows_a_candidates_votes_and_a_followers_timer() {
    let (mut reader, _) = Reader::opens("leader-crash");
    let shown = reader.play(2_000);
    assert!(shown.frame.actors.iter().filter(|actor| actor.ring == Ring::Outer).count() >= 3);
    let mut shown = reader.ask(Request::Step);
    let candidate = |shown: &Shown| {
        let actors = shown.frame.actors.iter();
        actors.filter(|actor| actor.tally.is_some()).map(|actor| actor.id).next()
    };
    while candidate(&shown).is_none() {
        shown = reader.ask(Request::Step);
    }
    let id = candidate(&shown).expect("just found");
    let actor = shown.frame.actors.iter().find(|actor| actor.id == id).expect("just found");
    let tally = actor.tally.as_ref().expect("just found");
    assert_eq!((tally.ballots.len(), tally.have, tally.need), (5, 1, 3));
    assert_eq!(actor.role.map(|role| role.look), Some(Look::Candidate));
    let arcs = shown.frame.actors.iter().filter(|actor| actor.arc.is_some()).count();
    assert_eq!(arcs, 4, "all but the crashed one have an election timer");
}

#[test]
fn logs_and_inspector_say_what_is_committed_and_on_disk() {
    let (mut reader, _) = Reader::opens("leader-crash");
    let shown = reader.play(2_800);
    let id = leader(&shown);
    let table = match reader.session.handle(Request::Logs { group: 0, first: None, columns: 12 }) {
        Reply::Logs(table) => table,
        other => panic!("{other:?}"),
    };
    assert_eq!(table.rows.len(), 5, "the crashed one's disk has a row too");
    let row = table.rows.iter().find(|row| row.id == id).expect("the leader's row");
    assert_eq!((row.marks.len(), row.cells.len()), (4, 12));
    assert!(row.cells.iter().any(|cell| cell.committed && cell.synced));
    for pair in row.cells.windows(2) {
        assert_eq!(pair[0].index + 1, pair[1].index);
        assert!(pair[0].committed >= pair[1].committed);
    }
    let inspector = reader.inspect(id);
    assert!(inspector.volatile.len() > 5 && inspector.durable.len() == 4 && !inspector.notes.is_empty());
    let verb = |name: &str| inspector.verbs.iter().find(|verb| &*verb.name == name).expect("it is listed");
    assert!(verb("transfer").disabled.is_some(), "to itself: {:?}", verb("transfer"));
    assert!(verb("crash").disabled.is_none());
}

#[test]
fn twenty_commands_on_a_library_scenario_fit_into_a_link_of_2_kb() {
    let (mut reader, _) = Reader::opens("leader-crash");
    let mut ms = 300;
    for turn in 0..4 {
        for line in [
            format!("pause: n{}", turn + 1),
            format!("request: {{ op: put, key: x, value: v{turn}, of: kv }}"),
            "partition: { groups: [[n1, n2], [n3, n4, n5]] }".to_owned(),
            "heal: all".to_owned(),
            format!("resume: n{}", turn + 1),
        ] {
            reader.play(ms);
            ms += 70;
            reader.ask(Request::Act(line.as_str().into()));
        }
    }
    let there = reader.play(3_000);
    assert_eq!(there.commands.len(), 20);
    let Reply::Link(text) = reader.session.handle(Request::Share) else { panic!("no link") };
    assert!(text.len() <= 2_048, "{} bytes", text.len());
    let mut fresh = Session::new(systems::all(), LIBRARY);
    let opened = match fresh.handle(Request::Open(text)) {
        Reply::Loaded(loaded) => *loaded,
        other => panic!("{other:?}"),
    };
    assert_eq!((opened.differs, opened.shown.digest), (None, there.digest));
    assert_eq!(opened.shown.frame, there.frame);
}

#[test]
fn every_verb_that_is_not_disabled_can_be_carried_out() {
    let (mut reader, _) = Reader::opens("leader-crash");
    let shown = reader.play(1_500);
    let mut verbs = shown.verbs.clone();
    for actor in &shown.frame.actors {
        verbs.extend(reader.inspect(actor.id).verbs);
    }
    for verb in verbs.iter().filter(|verb| verb.disabled.is_none()) {
        let answer = |line: String, ask: &muster_core::view::Ask| {
            line.replace(&format!("{{{}}}", ask.name), &ask.default)
        };
        let line = verb.asks.iter().fold(verb.command.to_string(), answer);
        let (mut fresh, _) = Reader::opens("leader-crash");
        fresh.play(1_500);
        let reply = fresh.session.handle(Request::Act(line.as_str().into()));
        assert!(matches!(reply, Reply::Shown(_)), "{line}: {reply:?}");
    }
}

#[test]
fn goals_are_predicates_that_can_be_run_until() {
    let (mut reader, loaded) = Reader::opens("leader-crash");
    assert!(!loaded.scenario.goals.is_empty());
    for goal in &loaded.scenario.goals {
        let limit = muster_core::process::Span::secs(1);
        // With what is meant if nothing is changed in what it asks.
        let filled = goal.asks.iter().fold(goal.predicate.to_string(), |text, ask| {
            text.replace(&format!("{{{}}}", ask.name), &ask.default)
        });
        reader.ask(Request::RunUntil { predicate: filled.into(), limit, budget: 100_000 });
    }
}

#[test]
fn a_rule_that_was_switched_off_reads_as_off_before_time_goes_on() {
    let (mut reader, _) = Reader::opens("leader-crash");
    let offered = |shown: &Shown| -> Vec<String> {
        let verb =
            shown.verbs.iter().find(|verb| &*verb.name == "switchRule").expect("rules can be switched");
        let AskKind::Choice(choices) = &verb.asks[0].kind else { panic!("{verb:?}") };
        choices.iter().map(|(text, _)| text.to_string()).collect()
    };
    let shown = reader.play(1_500);
    let before = offered(&shown);
    let rule = before[0].strip_suffix(", on: false").expect("it is on").to_owned();
    let off = reader.ask(Request::Act(format!("switchRule: {{ {rule}, on: false, of: kv }}").into()));
    assert_eq!(off.frame.place.at, shown.frame.place.at, "time stands still");
    assert_eq!(offered(&off)[0], format!("{rule}, on: true"), "it is off: it can be switched on");
    assert_eq!(offered(&off)[1..], before[1..], "the others are as they were");
    let on = reader.ask(Request::Act(format!("switchRule: {{ {rule}, on: true, of: kv }}").into()));
    assert_eq!(offered(&on), before);
}

/// A link as an earlier version made it, in the first format: n1 crashes at 400 ms and is started at 900 ms.
const OF_THE_FIRST_FORMAT: &str = "AQH4AAf_BTAuMS4wAZYBYXBpVmVyc2lvbjogbXVzdGVyLmRldi92MQpraW5kOiBTY2VuYXJpbwptZXRhZGF0YTogeyBuYW1lOiBvZi10aGUtZmlyc3QtZm9ybWF0IH0Kc2VlZDogNwp1bnRpbDogMTJzCnN5c3RlbXM6CiAgLSB7IG5hbWU6IGt2LCBraW5kOiBSYWZ0LCBtZW1iZXJzOiAzIH0KBwIqgIjevgEJY3Jhc2g6IG4xK4DKte4BCXN0YXJ0OiBuMZUBgN6gywXi3O6YyezQ4E4CJVZOjEXNj8-s4m_N1u2l7QNsFltrrzizEhDzRvhAi_Sny41tgiQ";

#[test]
fn a_link_that_an_earlier_version_made_opens_on_the_same_run() {
    let mut fresh = Session::new(systems::all(), LIBRARY);
    let opened = match fresh.handle(Request::Open(OF_THE_FIRST_FORMAT.into())) {
        Reply::Loaded(loaded) => *loaded,
        other => panic!("{other:?}"),
    };
    let shown = opened.shown;
    let commands: Vec<_> = shown.commands.iter().map(|command| &*command.text).collect();
    assert_eq!(commands, ["crash: n1", "start: n1"]);
    assert_eq!((shown.frame.place.ordinal, shown.frame.place.at), (149, Time::millis(1_500)));
    // What that version saw there.
    assert_eq!((opened.differs, shown.digest), (None, 0x4ec1_4364_931b_ae62));
}

#[test]
fn every_kind_of_message_says_in_words_what_it_carries() {
    let mut said: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (name, upto) in
        [("leader-crash", 2_500), ("snapshot-catch-up", 4_000), ("leadership-transfer", 6_000)]
    {
        let (mut reader, _) = Reader::opens(name);
        for ms in (0..upto).step_by(4) {
            let shown = reader.play(ms);
            let zh = reader.messages(&shown, Lang::Zh);
            for ((kind, en), (_, zh)) in reader.messages(&shown, Lang::En).into_iter().zip(zh) {
                let chinese = |line: &String| !line.is_ascii();
                assert!(zh.iter().all(chinese), "{en:?} {zh:?}");
                said.entry(kind).or_default().insert(en.join(" | "));
            }
        }
    }
    let of = |kind: &str, words: &[&str]| {
        let all = said.get(kind).unwrap_or_else(|| panic!("no {kind} in {:?}", said.keys()));
        let one = all.iter().find(|line| words.iter().all(|word| line.contains(word)));
        one.unwrap_or_else(|| {
            panic!("{kind}: none with {words:?}: {:#?}", all.iter().take(5).collect::<Vec<_>>())
        });
    };
    of(
        "raft.message.append",
        &["term: 1 | entry before these: - | entries: 1 (term 1): no-op | leader's commit index: 0"],
    );
    of("raft.message.append", &["entry before these: 5, of term 1", "entries: 6 (term 1): put "]);
    of("raft.message.append", &["(term 1)", "and ", " more"]);
    of("raft.message.heartbeat", &["entries: none"]);
    of("raft.message.requestVote", &["asks for: its vote | in term: 1 | candidate's last entry: -"]);
    of("raft.message.requestVote", &["asks for: its vote: the leader itself hands over"]);
    of("raft.message.preVote", &["asks for: whether it would vote; no term changes"]);
    of("raft.message.vote", &["answer: yes, it votes for the candidate", "in term: 1"]);
    of("raft.message.preVoteAnswer", &["answer: yes, it would vote for it"]);
    of("raft.message.appended", &["answer: its log matches the leader's | matches up to: 1"]);
    of("raft.message.appended", &["does not match at: ", "log ends at: "]);
    of("raft.message.appended", &["refuses: its log is shorter, or it knows of a newer term"]);
    of("raft.message.snapshot", &["snapshot up to: ", "piece: items 1 to ", "voters: n1, n2"]);
    of("raft.message.timeoutNow", &["asks for: to stand for election at once"]);
    of("kv.message.request", &["operation: put ", "number of the request: ", "session: "]);
    of("kv.message.response", &["answer: written | revision: ", "to the request of number: "]);
}

/// The table of a cluster's tasks: what the scheduler knows of each, what each worker has in its hands, what the store has.
#[test]
fn a_job_is_shown_task_by_task() {
    let (mut reader, _) = Reader::opens("workers-one-job");
    let rows = |reader: &mut Reader, ms: u64| -> Vec<(usize, usize)> {
        reader.ask(Request::PlayTo { at: Time::millis(ms), budget: 4_000_000 });
        let asked = Request::Logs { group: 0, first: None, columns: 40 };
        let Reply::Logs(table) = reader.session.handle(asked) else { panic!("no table") };
        let done = |row: &muster_core::view::Strip| row.cells.iter().filter(|cell| cell.committed).count();
        table.rows.iter().map(|row| (row.cells.len(), done(row))).collect()
    };
    // The scheduler, three workers with two slots each, the store.
    assert_eq!(rows(&mut reader, 300), [(12, 0), (2, 0), (2, 0), (2, 0), (0, 0)]);
    assert_eq!(rows(&mut reader, 3_500), [(12, 12), (0, 0), (0, 0), (0, 0), (12, 12)]);
    assert_eq!(rows(&mut reader, 8_000)[0], (16, 16));
}
