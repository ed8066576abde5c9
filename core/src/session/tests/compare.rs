//! Two branches beside each other.

use super::*;
use crate::session::api::{Comparison, OtherView};

fn compare(session: &mut Session, other: u32) -> Comparison {
    match session.handle(Request::Compare { other }) {
        Reply::Compared(comparison) => *comparison,
        reply => panic!("not compared: {reply:?}"),
    }
}

fn other(session: &mut Session, branch: u32, ms: u64) -> OtherView {
    match session.handle(Request::Other { branch, at: Time::millis(ms), budget: 1_000_000 }) {
        Reply::Other(other) => *other,
        reply => panic!("no other: {reply:?}"),
    }
}

/// main to 900 ms, and a branch on which n3 crashes after event 100.
fn two() -> (Session, Shown, Shown) {
    let mut session = session();
    let main = play(&mut session, 900);
    seek(&mut session, 100);
    act(&mut session, "crash: n3");
    let crashed = play(&mut session, 900);
    (session, main, crashed)
}

#[test]
fn the_first_difference_is_what_came_of_the_command_that_parted_them() {
    let (mut session, _, crashed) = two();
    let comparison = compare(&mut session, 0);
    assert_eq!((comparison.branches, comparison.fork.ordinal, comparison.same), ([1, 0], 100, false));
    assert_eq!(comparison.parted[0].as_ref().map(|command| &*command.text), Some("crash: n3"));
    assert_eq!(comparison.parted[1], None);
    let [own, mains] = comparison.first.clone().map(|line| line.expect("it happens on both"));
    assert_eq!(own.event.process, mains.event.process, "of the same process");
    assert!(
        (own.event.number, &own.sentence) != (mains.event.number, &mains.sentence) || own.kind != mains.kind
    );
    assert_eq!(comparison.same_until, own.place.at.min(mains.place.at));
    // By hand: nothing before it differs, whatever process it is of.
    let lines = |session: &mut Session| -> Vec<EventLine> {
        let head = ask(session, Request::Seek(SeekTo::End)).frame.place.ordinal;
        let lines = events(session, head, 1_000);
        lines.into_iter().filter(|line| line.event.process != ProcessId::OPERATOR).collect()
    };
    let before = |lines: Vec<EventLine>| -> Vec<(EventId, Time, Phrase)> {
        let early = lines.into_iter().filter(|line| line.place.at < comparison.same_until);
        let mut early: Vec<_> = early.map(|line| (line.event, line.place.at, line.sentence)).collect();
        early.sort_by_key(|(event, ..)| (event.process, event.number));
        early.retain(|(_, at, _)| *at >= comparison.fork.at);
        early
    };
    let own = before(lines(&mut session));
    ask(&mut session, Request::Switch { branch: 0 });
    assert_eq!(own, before(lines(&mut session)));
    // From the other side it is the same, the other way round.
    let back = compare(&mut session, 1);
    let turned = |[one, two]: [Option<EventLine>; 2]| [two, one];
    assert_eq!((turned(back.first), back.same_until), (comparison.first, comparison.same_until));
    ask(&mut session, Request::Switch { branch: 1 });
    assert_eq!(ask(&mut session, Request::Seek(SeekTo::End)).digest, crashed.digest);
}

#[test]
fn two_branches_that_are_the_same_say_so() {
    let mut session = session();
    play(&mut session, 500);
    ask(&mut session, Request::Fork { name: None });
    play(&mut session, 900);
    let comparison = compare(&mut session, 0);
    assert!(comparison.same && comparison.first == [None, None] && comparison.parted == [None, None]);
    assert_eq!(comparison.same_until, Time::millis(500), "as far as both were simulated");
    ask(&mut session, Request::Switch { branch: 0 });
    play(&mut session, 900);
    assert_eq!(compare(&mut session, 1).same_until, Time::millis(900));
}

#[test]
fn the_other_stage_stands_at_the_time_asked_for_and_the_one_shown_does_not_move() {
    let (mut session, main, _) = two();
    let here = ask(&mut session, Request::Seek(SeekTo::Time(Time::millis(700))));
    let beside = other(&mut session, 0, 900);
    assert_eq!((beside.branch, beside.digest, beside.more), (0, main.digest, false));
    assert_eq!((&beside.frame.actors, beside.frame.place), (&main.frame.actors, main.frame.place));
    // Back, on, and beyond what was simulated of it: what a reader would see who went there.
    for ms in [300, 650, 640, 1_400] {
        let beside = other(&mut session, 0, ms);
        let mut straight = self::session();
        assert_eq!(beside.digest, play(&mut straight, ms).digest, "{ms} ms");
    }
    let still = ask(&mut session, Request::Rename { branch: 0, name: "".into() });
    assert_eq!(picture(&still), picture(&here));
    let few = Request::Other { branch: 0, at: Time::millis(1_900), budget: 10 };
    assert!(matches!(session.handle(few), Reply::Other(other) if other.more));
    // What was played of it beside the other is known when one goes there.
    let there = ask(&mut session, Request::Switch { branch: 0 });
    assert!(there.head.at >= Time::millis(1_400));
    assert!(there.marks.iter().any(|mark| mark.kind == MarkKind::Fault), "its chronicle is whole");
}

#[test]
fn processes_that_differ_are_named() {
    let (mut session, ..) = two();
    seek(&mut session, 101);
    let now = ask(&mut session, Request::Seek(SeekTo::Ordinal(101))).frame.place.at;
    let Reply::Other(beside) = session.handle(Request::Other { branch: 0, at: now, budget: 1_000 }) else {
        panic!("no other")
    };
    assert_eq!(beside.differ, [ProcessId(3)], "the others know nothing of it yet");
    seek(&mut session, 50);
    // Several events of the beginning share one instant: up to where they part the two stand at the same one.
    for ordinal in [0, 1, 2, 99] {
        let shown = seek(&mut session, ordinal);
        let at = shown.frame.place.at;
        let beside = session.handle(Request::Other { branch: 0, at, budget: 1_000 });
        let Reply::Other(beside) = beside else { panic!("no other") };
        assert_eq!((beside.frame.place, beside.digest), (shown.frame.place, shown.digest));
        assert!(beside.differ.is_empty());
    }
    let before = session.handle(Request::Seek(SeekTo::Ordinal(50)));
    let Reply::Shown(before) = before else { panic!("not shown") };
    let beside = session.handle(Request::Other { branch: 0, at: before.frame.place.at, budget: 1_000 });
    assert!(matches!(beside, Reply::Other(other) if other.differ.is_empty()), "before they part");
}

#[test]
fn a_branch_is_not_compared_with_itself_nor_with_none() {
    let (mut session, ..) = two();
    for branch in [1, 7] {
        assert!(matches!(session.handle(Request::Compare { other: branch }), Reply::Failed(_)));
        let beside = Request::Other { branch, at: Time::ZERO, budget: 1 };
        assert!(matches!(session.handle(beside), Reply::Failed(_)));
    }
}
