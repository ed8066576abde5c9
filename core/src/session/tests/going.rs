//! Going to the next event of a kind, and breakpoints.

use super::*;
use crate::session::api::ConditionView;
use crate::words::Key;

fn next(session: &mut Session, wanted: Wanted, back: bool) -> Shown {
    let mut shown = seek_next(session, wanted, back, 1_000_000);
    while shown.stopped == Some(Stopped::More) {
        shown = seek_next(session, wanted, back, 1_000_000);
    }
    shown
}

fn seek_next(session: &mut Session, wanted: Wanted, back: bool, budget: u64) -> Shown {
    ask(session, Request::SeekNext { wanted, back, limit: Span::secs(60), budget })
}

fn kind_at(session: &mut Session, ordinal: u64) -> Key {
    events(session, ordinal, 1)[0].kind
}

fn stop_at(session: &mut Session, lines: &[&str]) -> Vec<ConditionView> {
    match session.handle(Request::StopAt(lines.iter().map(|line| (*line).into()).collect())) {
        Reply::StopsAt(views) => views,
        other => panic!("{other:?}"),
    }
}

fn judge(session: &mut Session, line: &str) -> ConditionView {
    match session.handle(Request::Judge(line.into())) {
        Reply::Judged(view) => *view,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_next_event_of_a_kind_is_the_one_that_stepping_finds() {
    let mut session = session();
    play(&mut session, 300);
    let here = ask(&mut session, Request::Step).frame.place.ordinal;
    let kind = kind_at(&mut session, here);
    let found = next(&mut session, Wanted::Same, false);
    assert_eq!(found.stopped, Some(Stopped::Predicate));
    let there = found.frame.place.ordinal;
    for between in here + 1..there {
        assert_ne!(kind_at(&mut session, between), kind, "event {between}");
    }
    assert_eq!(kind_at(&mut session, there), kind);
    let back = next(&mut session, Wanted::Same, true);
    assert_eq!(back.frame.place.ordinal, here);
}

#[test]
fn a_kind_is_found_far_behind_in_pieces() {
    let mut session = session();
    let end = play(&mut session, 8_000).frame.place.ordinal;
    assert!(end > 2_500, "long enough for several stretches: {end}");
    let started = Wanted::Kind(K::KindStarted.into());
    let first = seek_next(&mut session, started, true, 1);
    assert_eq!(first.stopped, Some(Stopped::More), "the budget is spent");
    assert_eq!(first.frame.place.ordinal, end, "nothing moves on the way");
    let found = next(&mut session, started, true);
    // What starts last is n1 and n2, by the script, at 1.5 s.
    assert!(found.frame.place.at >= Time::millis(1_500) && found.frame.place.at < Time::millis(1_600));
    let first = next(&mut session, Wanted::Of(ProcessId(9)), true);
    assert_eq!(first.stopped, Some(Stopped::NotFound));
    assert_eq!(first.frame.place, found.frame.place, "where there is none, one stays");
}

#[test]
fn marks_ahead_are_simulated_and_end_exactly_at_their_event() {
    let mut session = session();
    let crash = next(&mut session, Wanted::Mark(Some(MarkKind::Fault)), false);
    assert_eq!(crash.frame.place.at, Time::secs(1));
    assert_eq!(crash.head, crash.frame.place, "not one event further");
    let repair = next(&mut session, Wanted::Mark(Some(MarkKind::Repair)), false);
    assert_eq!(repair.frame.place.at, Time::millis(1_500));
    let back = next(&mut session, Wanted::Mark(None), true);
    assert!(back.frame.place.at <= Time::millis(1_500) && back.frame.place < repair.frame.place);
}

#[test]
fn kinds_are_counted_where_one_is() {
    let mut session = session();
    let shown = play(&mut session, 900);
    let Reply::Kinds(kinds) = session.handle(Request::Kinds) else { panic!("no kinds") };
    let all: u32 = kinds.iter().map(|(_, count)| count).sum();
    assert_eq!(u64::from(all), shown.frame.place.ordinal.min(2_000));
    assert!(kinds.is_sorted_by(|a, b| a.1 >= b.1));
}

#[test]
fn a_breakpoint_stops_where_it_comes_true_and_not_while_it_is() {
    let mut session = session();
    let many = "fact: { of: ring, name: answered, member: n2, atLeast: 10 }";
    let views = stop_at(&mut session, &[many]);
    assert!(!views[0].holds && views[0].said.is_ok());
    let there = play(&mut session, 900);
    let Some(Stopped::Breakpoint { text, .. }) = &there.stopped else { panic!("{:?}", there.stopped) };
    assert_eq!(&**text, many);
    assert!(judge(&mut session, many).holds);
    ask(&mut session, Request::StepBack);
    assert!(!judge(&mut session, many).holds, "it came true in that very event");
    ask(&mut session, Request::Step);
    let on = play(&mut session, 900);
    assert_eq!((on.stopped, on.frame.place.at), (Some(Stopped::Time), Time::millis(900)));
    // Over known ground as well.
    seek(&mut session, 0);
    let again = play(&mut session, 900);
    assert_eq!(again.frame.place, there.frame.place);
    stop_at(&mut session, &[]);
    seek(&mut session, 0);
    assert_eq!(play(&mut session, 900).stopped, Some(Stopped::Time));
}

#[test]
fn running_until_something_stops_at_a_breakpoint_on_the_way() {
    let mut session = session();
    let answered = |many: u32| format!("fact: {{ of: ring, name: answered, member: n2, atLeast: {many} }}");
    stop_at(&mut session, &[&answered(5)]);
    let until = Request::RunUntil { predicate: answered(10).into(), limit: Span::secs(5), budget: 1_000_000 };
    assert!(matches!(ask(&mut session, until.clone()).stopped, Some(Stopped::Breakpoint { .. })));
    assert_eq!(ask(&mut session, until).stopped, Some(Stopped::Predicate));
}

#[test]
fn a_condition_that_says_nothing_here_is_told_with_the_nearest_name() {
    let mut session = session();
    let problem = |view: ConditionView| view.said.expect_err("it is wrong");
    let wrong = problem(judge(&mut session, "count: { select: crashed, of: rinf, atLeast: 1 }"));
    assert_eq!(wrong.nearest.as_deref(), Some("ring"));
    assert!(wrong.column > 0);
    problem(judge(&mut session, "eventually: { leader: ring }"));
    problem(judge(&mut session, "count: ["));
    problem(judge(&mut session, &"x".repeat(5_000)));
    let both = "all: [{ count: { select: crashed, of: ring, is: 2 } }, { at: 1s }]";
    assert!(judge(&mut session, both).said.is_ok());
    assert!(!judge(&mut session, both).holds);
    play(&mut session, 1_200);
    assert!(judge(&mut session, both).holds);
    // One that is wrong does not keep the others from being in force.
    let views = stop_at(&mut session, &["leader: nobody", "at: 1300ms"]);
    assert!(views[0].said.is_err() && views[1].said.is_ok());
    assert!(matches!(play(&mut session, 1_400).stopped, Some(Stopped::Breakpoint { .. })));
    let many: Vec<&str> = vec!["at: 1s"; 21];
    let lines = Request::StopAt(many.into_iter().map(Into::into).collect());
    assert!(matches!(session.handle(lines), Reply::Failed(Failure::Refused(_))));
}
