//! The session over a toy system: what a page asks of it, and that no order of requests breaks it.

mod any;
mod branches;
mod commands;
mod compare;
mod going;
mod part;
mod toy;
mod window;

use super::api::{Edit, Failure, Loaded, Reply, Request, SeekTo, Shown, Stopped, Wanted};
use super::tape::Tape;
use super::tree::{Tree, Twig};
use super::{Session, link, transport};
use crate::process::{Arg, EventId, MessageId, Phrase, ProcessId, Span, Time};
use crate::view::{BandKind, EventLine, MarkKind, Place, Status};
use crate::words::session::SessionKey as K;

use std::sync::Arc;

fn session() -> Session {
    let mut session = Session::new(toy::KINDS, toy::LIBRARY);
    loaded(session.handle(Request::LoadLibrary { name: "ring".into(), seed: None }));
    session
}

fn loaded(reply: Reply) -> Loaded {
    match reply {
        Reply::Loaded(loaded) => *loaded,
        other => panic!("not loaded: {other:?}"),
    }
}

fn shown(reply: Reply) -> Shown {
    match reply {
        Reply::Shown(shown) => *shown,
        other => panic!("not shown: {other:?}"),
    }
}

fn ask(session: &mut Session, request: Request) -> Shown {
    shown(session.handle(request))
}

fn play(session: &mut Session, ms: u64) -> Shown {
    ask(session, Request::PlayTo { at: Time::millis(ms), budget: 1_000_000 })
}

fn act(session: &mut Session, line: &str) -> Shown {
    ask(session, Request::Act(line.into()))
}

fn seek(session: &mut Session, ordinal: u64) -> Shown {
    ask(session, Request::Seek(SeekTo::Ordinal(ordinal)))
}

fn events(session: &mut Session, until: u64, count: u32) -> Vec<EventLine> {
    match session.handle(Request::Events { until, count }) {
        Reply::Events(lines) => lines,
        other => panic!("no events: {other:?}"),
    }
}

fn link_of(session: &mut Session) -> Arc<str> {
    match session.handle(Request::Share) {
        Reply::Link(text) => text,
        other => panic!("no link: {other:?}"),
    }
}

fn open(text: &str) -> (Session, Loaded) {
    let mut session = Session::new(toy::KINDS, toy::LIBRARY);
    let loaded = loaded(session.handle(Request::Open(text.into())));
    (session, loaded)
}

/// What one sees of a place, without what depends on how one came there.
fn picture(shown: &Shown) -> (Place, u64, Vec<Status>, usize, Option<EventId>, Phrase) {
    let frame = &shown.frame;
    let status = frame.actors.iter().map(|actor| actor.status).collect();
    (frame.place, shown.digest, status, frame.flights.len(), frame.event, frame.sentence.clone())
}

#[test]
fn a_step_back_and_a_step_forward_meet() {
    let mut session = session();
    let there = play(&mut session, 700);
    let back = ask(&mut session, Request::StepBack);
    assert_eq!(back.frame.place.ordinal, there.frame.place.ordinal - 1);
    let again = ask(&mut session, Request::Step);
    // Playing had let the clock go on to 700 ms; stepping stops at the event itself.
    assert_eq!((again.digest, again.frame.event), (there.digest, there.frame.event));
    assert_eq!(again.head, there.head);
    for _ in 0..50 {
        ask(&mut session, Request::StepBack);
    }
    let mut last = ask(&mut session, Request::StepBack);
    for _ in 0..51 {
        last = ask(&mut session, Request::Step);
    }
    assert_eq!(last.digest, there.digest);
}

#[test]
fn a_command_that_is_several_events_is_one_step_back() {
    let mut session = session();
    play(&mut session, 999);
    let mut before = ask(&mut session, Request::Step);
    while before.frame.actors.iter().all(|actor| actor.status == Status::Up) {
        before = ask(&mut session, Request::Step);
    }
    let crashed = before.frame.place.ordinal;
    let back = ask(&mut session, Request::StepBack);
    assert_eq!(back.frame.place.ordinal, crashed - 2, "two hosts crash by one command");
    assert!(back.frame.actors.iter().all(|actor| actor.status == Status::Up));
    let back = ask(&mut session, Request::StepBack);
    assert_eq!(back.frame.place.ordinal, crashed - 3);
}

#[test]
fn acting_in_the_past_forks_and_the_old_future_stays() {
    let mut session = session();
    let old = play(&mut session, 900);
    seek(&mut session, 100);
    let forked = act(&mut session, "crash: n3");
    assert_eq!((forked.branch, forked.branches.len()), (1, 2));
    assert_eq!(forked.frame.actors[2].status, Status::Crashed);
    assert_eq!(forked.branches[1].off.map(|(off, place)| (off, place.ordinal)), Some((0, 100)));
    let new = play(&mut session, 900);
    assert_ne!(new.digest, old.digest);
    assert_eq!(new.frame.actors[2].status, Status::Crashed);
    let back = ask(&mut session, Request::Switch { branch: 0 });
    assert_eq!(picture(&back), picture(&old), "the same time on the old branch");
    // On the old branch nothing of it is known.
    assert!(back.commands.is_empty() && back.marks.iter().all(|mark| mark.kind != MarkKind::Fault));
}

#[test]
fn acting_at_the_head_stays_on_the_branch() {
    let mut session = session();
    play(&mut session, 300);
    act(&mut session, "pause: n2");
    let shown = act(&mut session, "crash: n3");
    assert_eq!((shown.branches.len(), shown.commands.len()), (1, 2));
    assert_eq!(&*shown.commands[0].text, "pause: n2");
    let kinds: Vec<MarkKind> = shown.marks.iter().map(|mark| mark.kind).collect();
    assert_eq!(kinds, [MarkKind::Fault, MarkKind::Fault]);
}

#[test]
fn undo_goes_back_before_the_last_command_and_keeps_the_branch_that_had_it() {
    let mut session = session();
    let before = play(&mut session, 300);
    let had = act(&mut session, "crash: n2");
    play(&mut session, 600);
    let undone = ask(&mut session, Request::Undo);
    assert_eq!((undone.digest, undone.frame.place.at), (before.digest, before.frame.place.at));
    assert!(undone.commands.is_empty());
    assert_eq!(undone.branches.len(), 2);
    let kept = ask(&mut session, Request::Switch { branch: had.branch });
    assert_eq!(kept.commands.len(), 1);
    ask(&mut session, Request::Switch { branch: undone.branch });
    let nothing = session.handle(Request::Undo);
    assert_eq!(nothing, Reply::Failed(Failure::Refused(Phrase::bare(K::NothingToUndo))));
}

#[test]
fn undoing_the_command_that_forked_goes_back_to_the_future_that_was() {
    let mut session = session();
    let old = play(&mut session, 600);
    seek(&mut session, 50);
    act(&mut session, "crash: n2");
    let undone = ask(&mut session, Request::Undo);
    assert_eq!((undone.branch, undone.frame.place.ordinal, undone.branches.len()), (0, 50, 2));
    assert_eq!(undone.head, old.head);
}

#[test]
fn a_refused_command_changes_nothing() {
    let mut session = session();
    let before = play(&mut session, 300);
    for line in ["start: n1", "crash: n9", "crash", "{ dance: n1 }", "", &"x".repeat(9_000)] {
        assert!(
            matches!(session.handle(Request::Act(line.into())), Reply::Failed(Failure::Refused(_))),
            "{line}"
        );
    }
    let after = play(&mut session, 300);
    assert_eq!(picture(&after), picture(&before));
    assert_eq!((after.branches.len(), after.commands.len()), (1, 0));
}

#[test]
fn playing_stops_where_a_check_breaks_and_goes_on_when_asked_again() {
    let mut session = session();
    let broken = play(&mut session, 7_900);
    let Some(Stopped::Violation(violation)) = &broken.stopped else { panic!("{:?}", broken.stopped) };
    assert_eq!((&*violation.check, violation.place.ordinal), ("ring/below", broken.frame.place.ordinal));
    assert_eq!(broken.frame.event, Some(violation.event));
    assert!(broken.marks.iter().any(|mark| mark.kind == MarkKind::Violation));
    assert_eq!(broken.checks[0].violation.as_ref(), Some(violation));
    assert_eq!(play(&mut session, 7_900).stopped, Some(Stopped::Time));
    let before = seek(&mut session, violation.place.ordinal - 1);
    assert_eq!(before.checks[0].violation, None, "it has not broken yet");
}

#[test]
fn what_broke_in_known_ground_is_recalled_at_its_event_and_new_ground_is_checked() {
    let mut session = session();
    let broken = play(&mut session, 7_900);
    let violation = broken.checks[0].violation.clone().expect("it breaks in this run");
    let (breaks, end) = (violation.place.ordinal, play(&mut session, 7_900));
    // There and back over known ground: it is broken from its event on, and not before.
    for (ordinal, there) in [(breaks, true), (breaks - 1, false), (breaks + 40, true), (breaks - 40, false)] {
        let shown = seek(&mut session, ordinal);
        assert_eq!(shown.checks[0].violation.as_ref(), there.then_some(&violation), "at {ordinal}");
    }
    // Going on from before it stops there again, and its mark is not made twice.
    let again = play(&mut session, 7_900);
    assert_eq!(again.stopped, Some(Stopped::Violation(violation.clone())));
    let marks = again.marks.iter().filter(|mark| mark.kind == MarkKind::Violation).count();
    assert_eq!((marks, picture(&again)), (1, picture(&broken)));
    assert_eq!(picture(&play(&mut session, 7_900)), picture(&end));
    // A command before it makes another history, in which nothing is known: its checks see for themselves.
    seek(&mut session, breaks - 40);
    let forked = act(&mut session, "crash: n2");
    assert_eq!((forked.branch, forked.checks[0].violation.as_ref()), (1, None));
    let mut alone = Session::new(toy::KINDS, toy::LIBRARY);
    let link = link_of(&mut session);
    loaded(alone.handle(Request::Open(link)));
    let (here, there) = (play(&mut session, 7_900), play(&mut alone, 7_900));
    assert_eq!(
        (here.checks[0].violation.clone(), here.digest),
        (there.checks[0].violation.clone(), there.digest)
    );
}

#[test]
fn at_the_scenarios_end_expectations_are_decided_and_one_may_go_on() {
    let mut session = session();
    play(&mut session, 8_500);
    let end = play(&mut session, 8_500);
    assert_eq!((end.stopped.clone(), end.frame.place.at), (Some(Stopped::End), Time::secs(8)));
    assert_eq!(end.expectations[0].standing, super::api::Outcome::Met);
    let beyond = play(&mut session, 8_500);
    assert_eq!((beyond.stopped.clone(), beyond.frame.place.at), (Some(Stopped::Time), Time::millis(8_500)));
    let back = ask(&mut session, Request::Seek(SeekTo::Time(Time::millis(7_999))));
    assert!(back.frame.place.at < Time::secs(8));
    let again = ask(&mut session, Request::Seek(SeekTo::End));
    assert_eq!(picture(&again), picture(&beyond));
}

#[test]
fn it_runs_until_a_predicate_holds() {
    let mut session = session();
    let until = |predicate: &str| Request::RunUntil {
        predicate: predicate.into(),
        limit: Span::secs(5),
        budget: 1_000_000,
    };
    let there = ask(&mut session, until("fact: { of: ring, name: answered, member: n2, atLeast: 10 }"));
    assert_eq!(there.stopped, Some(Stopped::Predicate));
    let before = ask(&mut session, Request::StepBack);
    assert!(before.frame.place.ordinal < there.frame.place.ordinal);
    let again = ask(&mut session, until("fact: { of: ring, name: answered, member: n2, atLeast: 10 }"));
    assert_eq!(picture(&again), picture(&there));
    assert!(matches!(session.handle(until("fact: [")), Reply::Failed(Failure::Refused(_))));
    let few = Request::RunUntil { predicate: "at: 7s".into(), limit: Span::secs(7), budget: 10 };
    assert_eq!(ask(&mut session, few).stopped, Some(Stopped::More));
}

#[test]
fn an_explanation_names_every_answer_that_made_three() {
    let mut session = session();
    let shown = play(&mut session, 900);
    let lines = events(&mut session, shown.frame.place.ordinal, 200);
    let noted = lines.iter().rev().find(|line| !line.notes.is_empty()).expect("three answers came");
    let because = noted.notes[0].because.clone();
    assert_eq!(because.len(), 3);
    let explained = |session: &mut Session, event| match session.handle(Request::Explain { event, depth: 2 })
    {
        Reply::Explained(lines) => lines,
        other => panic!("{other:?}"),
    };
    let here = explained(&mut session, noted.event);
    assert_eq!(here[0], *noted);
    for event in &because {
        let known = here.iter().any(|line| line.event == *event);
        assert!(known, "{event:?} is not explained");
    }
    // From far away it is found by its identity.
    play(&mut session, 990);
    act(&mut session, "pause: n3");
    play(&mut session, 6_000);
    play(&mut session, 8_000);
    let far = explained(&mut session, noted.event);
    assert_eq!(far, here);
    let deed = EventId { process: ProcessId::OPERATOR, incarnation: 1, number: 1 };
    assert_eq!(explained(&mut session, deed)[0].event, deed);
    let never = EventId { process: ProcessId(2), incarnation: 1, number: 1 << 40 };
    assert!(matches!(session.handle(Request::Explain { event: never, depth: 1 }), Reply::Failed(_)));
}

#[test]
fn marks_are_stepped_through() {
    let mut session = session();
    play(&mut session, 2_000);
    let back = ask(&mut session, Request::Seek(SeekTo::Mark { back: true }));
    let before = ask(&mut session, Request::Seek(SeekTo::Mark { back: true }));
    assert!(before.frame.place.ordinal < back.frame.place.ordinal);
    assert!(before.marks.iter().any(|mark| mark.place.ordinal == before.frame.place.ordinal));
}

#[test]
fn an_inspector_says_what_can_be_done() {
    let mut session = session();
    play(&mut session, 1_200);
    let inspect = |session: &mut Session, id| match session.handle(Request::Inspect(ProcessId(id))) {
        Reply::Inspector(inspector) => *inspector,
        other => panic!("{other:?}"),
    };
    let crashed = inspect(&mut session, 1);
    let verbs: Vec<&str> = crashed.verbs.iter().map(|verb| &*verb.name).collect();
    assert!(verbs.contains(&"start") && !verbs.contains(&"crash"), "{verbs:?}");
    let pause = crashed.verbs.iter().find(|verb| &*verb.name == "pause").expect("it is listed");
    assert!(pause.disabled.is_some(), "a crashed host cannot be paused");
    let running = inspect(&mut session, 3);
    let crash = running.verbs.iter().find(|verb| &*verb.name == "crash").expect("it is listed");
    assert_eq!((&*crash.command, &crash.disabled), ("crash: n3", &None));
    assert!(running.why.is_some() && !running.notes.is_empty());
    for verb in running.verbs.iter().filter(|verb| verb.disabled.is_none()) {
        let line = super::verbs::answered(verb);
        let mut fresh = self::session();
        play(&mut fresh, 1_200);
        act(&mut fresh, &line);
    }
    let gone = session.handle(Request::Inspect(ProcessId(77)));
    assert_eq!(
        gone,
        Reply::Failed(Failure::Refused(Phrase::new(K::NoSuchProcess, [Arg::Process(ProcessId(77))])))
    );
}

#[test]
fn stage_verbs_are_understood_and_carried_out() {
    let mut session = session();
    let shown = play(&mut session, 500);
    let names: Vec<&str> = shown.verbs.iter().map(|verb| &*verb.name).collect();
    assert!(names.contains(&"partition") && names.contains(&"loss") && names.contains(&"heal"));
    for verb in &shown.verbs {
        let line = super::verbs::answered(verb);
        assert!(crate::scenario::Command::parse(&line).is_ok(), "{line}");
    }
    act(&mut session, "partition: { groups: [[n1], [n2, n3]] }");
    let cut = play(&mut session, 600);
    assert_eq!((cut.frame.barriers.len(), cut.frame.links.len()), (1, 4));
    let healed = act(&mut session, &format!("heal: {}", cut.frame.barriers[0].id));
    assert!(healed.frame.barriers.is_empty());
}

#[test]
fn a_message_in_flight_can_be_looked_at_and_dropped() {
    let mut session = session();
    let shown = play(&mut session, 500);
    let flight = shown.frame.flights.iter().find(|flight| flight.arrives_at.is_some()).expect("one flies");
    let message = match session.handle(Request::InspectMessage(flight.message)) {
        Reply::Message(message) => *message,
        other => panic!("{other:?}"),
    };
    assert_eq!(message.fields.len(), 1, "its system says what it says");
    let drop = message.verbs.iter().find(|verb| &*verb.name == "drop").expect("it can be dropped");
    let dropped = act(&mut session, &drop.command);
    assert!(dropped.frame.flights.iter().all(|other| other.message != flight.message));
}

#[test]
fn a_link_brings_the_same_run_to_a_fresh_session() {
    let mut session = session();
    play(&mut session, 300);
    act(&mut session, "crash: n2");
    play(&mut session, 400);
    act(&mut session, "start: n2");
    let there = play(&mut session, 900);
    let text = link_of(&mut session);
    let (mut fresh, loaded) = open(&text);
    assert_eq!(loaded.differs, None);
    assert_eq!(picture(&loaded.shown), picture(&there));
    assert_eq!(loaded.shown.commands, there.commands);
    assert_eq!(link_of(&mut fresh), text);
    // From the middle of the run the rest is still to come.
    let ordinal = there.frame.place.ordinal / 2;
    seek(&mut session, ordinal);
    let (mut fresh, middle) = open(&link_of(&mut session));
    assert_eq!(middle.shown.frame.place.ordinal, ordinal);
    assert_eq!(play(&mut fresh, 900).digest, there.digest, "commands to come are carried out");
}

#[test]
fn a_text_of_ones_own_travels_in_the_link() {
    let mut session = Session::new(toy::KINDS, &[]);
    let text = toy::TEXT.replace("name: ring\n  title", "name: mine\n  title");
    loaded(session.handle(Request::Load { text: text.into(), seed: Some(99) }));
    let there = play(&mut session, 400);
    let (_, loaded) = open(&link_of(&mut session));
    assert_eq!((&*loaded.scenario.name, loaded.scenario.seed), ("mine", 99));
    assert_eq!(picture(&loaded.shown), picture(&there));
}

#[test]
fn a_link_whose_history_is_another_says_from_where_on() {
    let mut session = session();
    let there = play(&mut session, 900);
    let mut link = link::decode(&link_of(&mut session)).expect("its own link");
    // What an engine would have written that drew otherwise from the middle on.
    let middle = there.frame.place.ordinal / 2;
    let mut tape = link.tape.until(middle);
    while tape.wants() <= there.frame.place.ordinal {
        tape.take(tape.wants() << 57);
    }
    (link.tape, link.tree.digest) = (tape, 1);
    let (_, loaded) = open(&link::encode(&link).expect("within bounds"));
    let Some(Phrase { key, args }) = loaded.differs else { panic!("it does not say") };
    assert_eq!(key, K::DiffersBetween.into());
    let (Arg::Number(from), Arg::Number(to)) = (&args[0], &args[1]) else { panic!("{args:?}") };
    assert!(*from <= middle && middle < *to + 64 && to - from <= 64, "{from}..{to}, {middle}");
    assert!(matches!(loaded.shown.stopped, Some(Stopped::Differs(_))));
}

#[test]
fn a_bad_link_leaves_what_is_played_alone() {
    let mut session = session();
    let before = play(&mut session, 300);
    let mut link = link::decode(&link_of(&mut session)).expect("its own link");
    let command = link::LinkCommand { place: before.frame.place, text: "dance: n1".into() };
    link.tree.branches[0].commands.push(command);
    let bad = [
        "".to_owned(),
        "nonsense!".to_owned(),
        link::encode(&link).expect("well-formed"),
        link::encode(&link::Link {
            tree: Tree { branches: vec![Twig::default()], ..link.tree.clone() },
            scenario: link::LinkScenario::Inline("kind: Nothing".into()),
            ..link.clone()
        })
        .expect("well-formed"),
    ];
    for text in bad {
        let reply = session.handle(Request::Open(text.into()));
        assert!(matches!(reply, Reply::Failed(Failure::Link(_))), "{reply:?}");
    }
    assert_eq!(picture(&play(&mut session, 300)), picture(&before));
}

#[test]
fn a_saved_scenario_holds_the_commands_in_its_timeline() {
    let mut session = session();
    play(&mut session, 300);
    act(&mut session, "crash: n2");
    let Reply::Text(text) = session.handle(Request::SaveScenario) else { panic!("no text") };
    let mut fresh = Session::new(toy::KINDS, &[]);
    loaded(fresh.handle(Request::Load { text, seed: None }));
    assert_eq!(play(&mut fresh, 299).frame.actors[1].status, Status::Up);
    assert_eq!(play(&mut fresh, 301).frame.actors[1].status, Status::Crashed);
}

#[test]
fn the_library_is_listed_in_both_languages() {
    let mut session = Session::new(toy::KINDS, toy::LIBRARY);
    let Reply::Library(entries) = session.handle(Request::Library) else { panic!("no library") };
    assert_eq!((&*entries[0].title.zh, entries[0].kinds.len()), ("环", 1));
    assert!(matches!(session.handle(Request::Step), Reply::Failed(Failure::Refused(_))), "nothing is loaded");
}
