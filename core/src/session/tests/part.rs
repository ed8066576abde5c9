//! A session over a part of the kinds: what it makes nothing of it leaves to one over all of them, and all else it answers itself.

use super::super::*;
use crate::scenario::library::text_of as library_text;
use crate::systems;

fn part() -> Session {
    Session::new(systems::first(), FIRST).part()
}

fn whole() -> Session {
    Session::new(systems::all(), LIBRARY)
}

/// Is it left to the whole, and nothing said about it?
fn left(reply: &Reply) -> bool {
    matches!(reply, Reply::Elsewhere(None))
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
        assert!(left(&part().handle(request.clone())), "{request:?}");
        assert!(!left(&whole().handle(request.clone())), "{request:?}");
    }
}

#[test]
fn it_opens_what_it_has_the_text_of_and_leaves_every_other_to_the_whole() {
    let mut part = part();
    for (name, _) in LIBRARY {
        let reply = part.handle(load(name));
        match FIRST.text_of(name) {
            Some(text) => {
                let Reply::Loaded(loaded) = reply else { panic!("{name}: {reply:?}") };
                assert!(loaded.scenario.library && &*loaded.scenario.text == text, "{name}");
                let again = part.handle(Request::Load { text: text.into(), seed: None });
                assert_eq!(again, Reply::Loaded(loaded), "{name}");
            }
            None => assert!(left(&reply), "{name}"),
        }
    }
}

#[test]
fn a_link_or_a_saved_run_of_what_it_has_not_is_left_to_the_whole() {
    for name in ["paxos-duel", "leader-crash"] {
        let mut whole = whole();
        whole.handle(load(name));
        whole.handle(Request::PlayTo { at: crate::process::Time::millis(200), budget: 1_000_000 });
        let Reply::Link(link) = whole.handle(Request::Share) else { panic!("no link") };
        let Reply::Run(run) = whole.handle(Request::SaveRun { view: "".into() }) else { panic!("no run") };
        for request in [Request::Open(link), Request::Load { text: run.to_string().into(), seed: None }] {
            let reply = part().handle(request.clone());
            assert_eq!(left(&reply), FIRST.text_of(name).is_none(), "{name}: {request:?}");
            assert!(matches!(whole.handle(request), Reply::Loaded(_)), "{name}");
        }
    }
}

#[test]
fn what_is_wrong_with_a_text_is_for_the_whole_to_say() {
    let nothing: Arc<str> = text("paxos-duel").replace("by: p2", "by: p9").into();
    for request in [
        load("no-such-scenario"),
        Request::Load { text: Arc::clone(&nothing), seed: None },
        Request::Check(Arc::clone(&nothing)),
    ] {
        assert!(left(&part().handle(request.clone())), "{request:?}");
        assert!(!left(&whole().handle(request.clone())), "{request:?}");
    }
}

#[test]
fn the_run_stays_where_it_is_when_a_text_is_left_to_the_whole() {
    let mut part = part();
    part.handle(load("leader-crash"));
    part.handle(Request::PlayTo { at: crate::process::Time::secs(1), budget: 1_000_000 });
    let before = part.handle(Request::Step);
    assert!(left(&part.handle(load("paxos-duel"))));
    part.handle(Request::StepBack);
    assert_eq!(part.handle(Request::Step), before);
}

#[test]
fn what_is_refused_of_a_run_it_has_it_refuses_itself() {
    let mut part = part();
    part.handle(load("leader-crash"));
    assert!(matches!(part.handle(Request::Act("crash: nobody".into())), Reply::Failed(_)));
}

#[test]
fn what_is_wrong_where_no_kind_is_missing_it_can_say_where_nobody_else_can() {
    let slip: Arc<str> = text("leader-crash").replace("until: ", "untl: ").into();
    for request in [
        Request::Load { text: Arc::clone(&slip), seed: None },
        Request::Check(Arc::clone(&slip)),
        Request::Complete { text: slip, line: 1, column: 1 },
        Request::Open("not a link".into()),
    ] {
        let Reply::Elsewhere(Some(own)) = part().handle(request.clone()) else { panic!("{request:?}") };
        assert_eq!(*own, whole().handle(request.clone()), "{request:?}");
    }
}
