//! A session over a part of the kinds: what it makes nothing of it leaves to one over all of them, and all else it answers itself.

use super::super::*;
use crate::scenario::library::{LIBRARY, text_of as library_text};
use crate::systems;

fn part() -> Session {
    Session::new(systems::first(), LIBRARY).part()
}

fn whole() -> Session {
    Session::new(systems::all(), LIBRARY)
}

fn load(name: &str) -> Request {
    Request::LoadLibrary { name: name.into(), seed: None }
}

fn text(name: &str) -> Arc<str> {
    library_text(name).expect("a scenario of the library").into()
}

#[test]
fn what_it_has_it_plays_exactly_as_the_whole_does() {
    let (mut part, mut whole) = (part(), whole());
    for request in [
        load("leader-crash"),
        Request::PlayTo { at: crate::process::Time::millis(2_500), budget: 1_000_000 },
        Request::Act("crash: leader".into()),
        Request::Check(text("leader-crash")),
        Request::Library,
    ] {
        assert_eq!(part.handle(request.clone()), whole.handle(request.clone()), "{request:?}");
    }
}

#[test]
fn a_text_with_a_kind_it_has_not_is_left_to_the_whole() {
    let paxos = text("paxos-duel");
    for request in [
        load("paxos-duel"),
        Request::Load { text: Arc::clone(&paxos), seed: None },
        Request::Check(Arc::clone(&paxos)),
    ] {
        assert_eq!(part().handle(request.clone()), Reply::Elsewhere, "{request:?}");
        assert_ne!(whole().handle(request.clone()), Reply::Elsewhere, "{request:?}");
    }
}

#[test]
fn what_is_wrong_with_a_text_is_for_the_whole_to_say() {
    let nothing: Arc<str> = "kind: Nothing\n".into();
    for request in [
        load("no-such-scenario"),
        Request::Load { text: Arc::clone(&nothing), seed: None },
        Request::Check(Arc::clone(&nothing)),
        Request::Complete { text: nothing, line: 1, column: 7 },
        Request::Open("not a link".into()),
    ] {
        assert_eq!(part().handle(request.clone()), Reply::Elsewhere, "{request:?}");
        assert_ne!(whole().handle(request.clone()), Reply::Elsewhere, "{request:?}");
    }
}

#[test]
fn the_run_stays_where_it_is_when_a_text_is_left_to_the_whole() {
    let mut part = part();
    part.handle(load("leader-crash"));
    part.handle(Request::PlayTo { at: crate::process::Time::secs(1), budget: 1_000_000 });
    let before = part.handle(Request::Step);
    assert_eq!(part.handle(load("paxos-duel")), Reply::Elsewhere);
    part.handle(Request::StepBack);
    assert_eq!(part.handle(Request::Step), before);
}

#[test]
fn what_is_refused_of_a_run_it_has_it_refuses_itself() {
    let mut part = part();
    part.handle(load("leader-crash"));
    assert!(matches!(part.handle(Request::Act("crash: nobody".into())), Reply::Failed(_)));
}
