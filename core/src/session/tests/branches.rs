//! Branches with names, deleted ones, and the whole tree as a file and as a link.

use super::any::requests;
use super::*;
use crate::session::api::BranchView;
use proptest::prelude::*;

fn rename(session: &mut Session, branch: u32, name: &str) -> Reply {
    session.handle(Request::Rename { branch, name: name.into() })
}

fn switch(session: &mut Session, branch: u32) -> Shown {
    ask(session, Request::Switch { branch })
}

fn saved(session: &mut Session) -> Arc<str> {
    match session.handle(Request::SaveRun { view: "tab=logs".into() }) {
        Reply::Run(text) => text,
        other => panic!("not saved: {other:?}"),
    }
}

fn link_of_all(session: &mut Session) -> Arc<str> {
    match session.handle(Request::ShareAll { view: "tab=logs".into() }) {
        Reply::Link(text) => text,
        other => panic!("no link: {other:?}"),
    }
}

fn load(text: &str) -> (Session, Loaded) {
    let mut session = Session::new(toy::KINDS, toy::LIBRARY);
    let loaded = loaded(session.handle(Request::Load { text: text.into(), seed: None }));
    (session, loaded)
}

/// main to 900 ms; a branch off it at event 100 with two commands; one off that at event 200; the second one shown.
fn grown() -> (Session, Vec<(u32, u64)>) {
    let mut session = session();
    let main = play(&mut session, 900);
    seek(&mut session, 100);
    act(&mut session, "crash: n3");
    play(&mut session, 600);
    act(&mut session, "start: n3");
    let first = play(&mut session, 900);
    seek(&mut session, 200);
    act(&mut session, "pause: n2");
    let second = play(&mut session, 900);
    assert!(matches!(rename(&mut session, 2, " n2 pauses too "), Reply::Shown(_)));
    switch(&mut session, 1);
    (session, vec![(0, main.digest), (1, first.digest), (2, second.digest)])
}

/// A branch as a reader sees it, without its number.
fn looks(branch: &BranchView) -> (Option<Arc<str>>, Option<Place>, Place, Vec<Time>) {
    (branch.name.clone(), branch.off.map(|(_, place)| place), branch.head, branch.acts.clone())
}

#[test]
fn a_branch_is_called_what_the_reader_calls_it() {
    let (mut session, _) = grown();
    let shown = shown(rename(&mut session, 0, "as it was"));
    assert_eq!(shown.branches[0].name.as_deref(), Some("as it was"));
    assert_eq!(shown.branches[2].name.as_deref(), Some("n2 pauses too"));
    let blank = ask(&mut session, Request::Rename { branch: 0, name: "  ".into() });
    assert_eq!(blank.branches[0].name, None);
    for (branch, name) in [(9, "nobody"), (0, "two\nlines"), (0, &*"x".repeat(link::LONGEST_NAME + 1))] {
        assert!(matches!(rename(&mut session, branch, name), Reply::Failed(Failure::Refused(_))), "{name}");
    }
    assert!(matches!(session.handle(Request::Fork { name: Some("\t".into()) }), Reply::Failed(_)));
}

#[test]
fn a_deleted_branch_leaves_its_past_to_what_hangs_off_it() {
    let (mut session, digests) = grown();
    let deleted = ask(&mut session, Request::Delete { branch: 1 });
    // It was shown: the reader is where it left its parent.
    assert_eq!((deleted.branch, deleted.frame.place.ordinal), (0, 100));
    assert_eq!(deleted.branches.iter().map(|branch| branch.id).collect::<Vec<_>>(), [0, 2]);
    let off = deleted.branches[1].off.map(|(off, place)| (off, place.ordinal));
    assert_eq!(off, Some((0, 100)), "drawn off the one that is left, where their histories part");
    assert_eq!(deleted.branches[1].acts.len(), 2, "the deleted one's first command is its own now");
    assert!(matches!(session.handle(Request::Switch { branch: 1 }), Reply::Failed(_)));
    let kept = {
        switch(&mut session, 2);
        play(&mut session, 900)
    };
    assert_eq!(kept.digest, digests[2].1);
    seek(&mut session, 150);
    assert_eq!(ask(&mut session, Request::Seek(SeekTo::End)).digest, digests[2].1);
    // And it comes back as it was.
    let back = ask(&mut session, Request::Restore { branch: 1 });
    assert_eq!(back.branches.len(), 3);
    assert_eq!(switch(&mut session, 1).digest, digests[1].1);
    assert!(matches!(session.handle(Request::Restore { branch: 7 }), Reply::Failed(_)));
}

#[test]
fn the_first_branch_stays() {
    let (mut session, _) = grown();
    let refused = session.handle(Request::Delete { branch: 0 });
    assert_eq!(refused, Reply::Failed(Failure::Refused(Phrase::bare(K::FirstBranchStays))));
    assert!(matches!(session.handle(Request::Delete { branch: 3 }), Reply::Failed(_)));
}

#[test]
fn deleting_makes_room_for_other_branches() {
    let mut session = session();
    play(&mut session, 300);
    for _ in 1..64 {
        assert!(matches!(session.handle(Request::Fork { name: None }), Reply::Shown(_)));
    }
    assert!(matches!(session.handle(Request::Fork { name: None }), Reply::Failed(_)), "64 are enough");
    ask(&mut session, Request::Delete { branch: 5 });
    assert_eq!(ask(&mut session, Request::Fork { name: None }).branches.len(), 64);
    assert!(matches!(session.handle(Request::Restore { branch: 5 }), Reply::Failed(_)), "no room for it now");
}

#[test]
fn the_whole_tree_comes_back_from_a_file_and_from_a_link() {
    let (mut session, digests) = grown();
    let there = seek(&mut session, 333);
    let text = saved(&mut session);
    assert!(text.starts_with(toy::TEXT), "the scenario's text as it is");
    let from_link = {
        let mut fresh = Session::new(toy::KINDS, toy::LIBRARY);
        let loaded = loaded(fresh.handle(Request::Open(link_of_all(&mut session))));
        (fresh, loaded)
    };
    for (mut fresh, loaded) in [load(&text), from_link] {
        assert_eq!((&loaded.differs, &*loaded.view), (&None, "tab=logs"));
        assert!(loaded.scenario.library, "it knows the library's text again");
        assert_eq!(picture(&loaded.shown), picture(&there));
        assert_eq!((loaded.shown.branch, loaded.shown.head), (1, there.head));
        let all: Vec<_> = loaded.shown.branches.iter().map(looks).collect();
        assert_eq!(all, there.branches.iter().map(looks).collect::<Vec<_>>());
        assert_eq!(saved(&mut fresh), text, "saved again before anything else was simulated");
        for (branch, digest) in &digests {
            switch(&mut fresh, *branch);
            assert_eq!(play(&mut fresh, 900).digest, *digest, "branch {branch}");
        }
        // What is acted in the past of a branch that came from elsewhere forks, as ever.
        seek(&mut fresh, 150);
        assert_eq!(act(&mut fresh, "crash: n1").branches.len(), 4);
        assert_eq!(switch(&mut fresh, 1).commands.len(), 2);
    }
}

#[test]
fn an_unseen_branch_can_be_switched_to_gone_about_in_and_forked() {
    let (mut session, digests) = grown();
    ask(&mut session, Request::Switch { branch: 0 });
    seek(&mut session, 50);
    let text = saved(&mut session);
    let (mut fresh, loaded) = load(&text);
    assert_eq!((loaded.shown.branch, loaded.shown.frame.place.ordinal), (0, 50));
    // Its end lies in ground that was never simulated here.
    switch(&mut fresh, 2);
    let end = ask(&mut fresh, Request::Seek(SeekTo::End));
    assert_eq!(end.digest, digests[2].1);
    assert!(end.marks.iter().any(|mark| mark.kind == MarkKind::Fault && mark.place.ordinal == 101));
    let undone = ask(&mut fresh, Request::Undo);
    assert_eq!((undone.branch, undone.frame.place.ordinal), (1, 200), "back where it left");
    switch(&mut fresh, 1);
    assert_eq!(ask(&mut fresh, Request::Seek(SeekTo::End)).digest, digests[1].1);
}

#[test]
fn deleted_branches_do_not_travel() {
    let (mut session, digests) = grown();
    ask(&mut session, Request::Delete { branch: 1 });
    let (mut fresh, loaded) = load(&saved(&mut session));
    assert_eq!(loaded.shown.branches.len(), 2);
    switch(&mut fresh, 1);
    assert_eq!(play(&mut fresh, 900).digest, digests[2].1);
}

#[test]
fn a_file_with_another_digest_opens_and_says_so() {
    let (mut session, _) = grown();
    let text = saved(&mut session);
    let digest = text.lines().find_map(|line| line.split_once("digest: ")).expect("it says one").1;
    let (_, loaded) = load(&text.replace(digest, "0123456789abcdef }"));
    assert!(loaded.differs.is_some());
    // A file written by hand need not know it.
    let (_, loaded) = load(&text.replace(&format!(", digest: {digest}"), " }"));
    assert_eq!((loaded.differs, loaded.shown.branch), (None, 1));
}

#[test]
fn a_scenario_alone_opens_as_before() {
    let (_, loaded) = load(toy::TEXT);
    assert_eq!((loaded.shown.branches.len(), &*loaded.view), (1, ""));
}

/// What is wrong with a run's document, laid below the toy's scenario: its line in the document, path and nearest name.
fn wrong(run: &str) -> (u32, Arc<str>, Option<Arc<str>>) {
    let text = format!("{}---\n{run}", toy::TEXT);
    let mut session = session();
    let before = play(&mut session, 300);
    let problems = match session.handle(Request::Load { text: text.into(), seed: None }) {
        Reply::Failed(Failure::Text(problems)) => problems,
        other => panic!("{run}: {other:?}"),
    };
    assert_eq!(picture(&play(&mut session, 300)), picture(&before), "what was played goes on");
    let first = &problems[0];
    let above = toy::TEXT.lines().count() as u32 + 1;
    (first.line.saturating_sub(above), first.path.clone(), first.nearest.clone())
}

#[test]
fn what_is_wrong_in_a_file_is_said_at_its_place() {
    let run = |rest: &str| format!("apiVersion: muster.dev/v1\nkind: Run\n{rest}");
    let said = |rest: &str| {
        let (line, path, nearest) = wrong(&run(rest));
        (line, path.to_string(), nearest.map(|name| name.to_string()))
    };
    let at = |line, path: &str| (line, path.to_owned(), None);
    assert_eq!(said("branchs: []\n"), (3, "branchs".into(), Some("branches".into())));
    assert_eq!(said("branches:\n  - of: 1\n"), (4, "branches[0].of".into(), Some("off".into())));
    assert_eq!(said("branches:\n  - off: { branch: 1, event: 0, at: 0s }\n"), at(4, "branches[0].off"));
    assert_eq!(said("branches:\n  - to: { event: 0, at: 0s }\n  - name: b\n"), at(5, "branches[1].off"));
    let shown = "shown: { branch: 2, event: 1, at: 1s }\nbranches:\n  - commands: []\n";
    assert_eq!(said(shown), at(3, "shown.branch"));
    let digest = "shown: { branch: 1, event: 1, at: 1s, digest: xyz }\nbranches:\n  - commands: []\n";
    assert_eq!(said(digest), at(3, "shown.digest"));
    let step = |line: &str| format!("branches:\n  - commands:\n      - {line}\n");
    let dance = said(&step("{ event: 5, at: 1s, do: { crsh: n1 } }"));
    assert_eq!((dance.0, dance.2), (5, Some("crash".into())));
    let two = "{ event: 5, at: 1s, do: { crash: n1 } }\n      - { event: 5, at: 1s, do: { start: n1 } }";
    assert_eq!(said(&step(two)), at(6, "branches[0].commands[1]"));
    assert_eq!(said("branches:\n  - name: \"a\\nb\"\n"), at(4, "branches[0].name"));
    assert_eq!(said(&format!("view: {}\nbranches:\n  - commands: []\n", "x".repeat(2_000))), at(3, "view"));
    let many = format!("branches:\n{}", "  - name: x\n".repeat(65));
    assert_eq!(said(&many), at(4, "branches"));
    assert_eq!(wrong("apiVersion: muster.dev/v2\nkind: Run\nbranches:\n  - commands: []\n").0, 1);
    // Below another document it is not read.
    let not_last = wrong("kind: Run\n---\nkind: Service\n");
    assert_eq!(not_last.1.as_ref(), "");
}

#[test]
fn a_false_claim_of_a_far_end_is_found_out_when_one_goes_there() {
    let text = toy::TEXT.replace("kind: Scenario\n", "kind: Scenario\nbudget: 5000\n");
    let run = "---\napiVersion: muster.dev/v1\nkind: Run\nbranches:\n  - to: { event: 18446744073709551615, at: 900h }\n";
    let (mut session, loaded) = load(&format!("{text}{run}"));
    assert_eq!(loaded.shown.frame.place, Place::default(), "nothing says where it stood");
    let end = ask(&mut session, Request::Seek(SeekTo::End));
    assert_eq!((end.frame.place.ordinal, end.head), (5_000, end.frame.place));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Whatever was done, a saved run comes back with every branch, and each is at its end what it was.
    #[test]
    fn any_tree_can_be_saved_and_opened(requests in requests()) {
        let mut session = session();
        for request in requests {
            session.handle(request);
        }
        let text = saved(&mut session);
        let (mut fresh, loaded) = load(&text);
        prop_assert_eq!(&loaded.differs, &None);
        let here = ask(&mut session, Request::Rename { branch: 0, name: "".into() });
        prop_assert_eq!(loaded.shown.digest, here.digest);
        prop_assert_eq!(loaded.shown.branches.len(), here.branches.len());
        for (old, new) in here.branches.iter().zip(&loaded.shown.branches) {
            switch(&mut session, old.id);
            switch(&mut fresh, new.id);
            let place = Request::Seek(SeekTo::Place(old.head));
            prop_assert_eq!(ask(&mut fresh, place.clone()).digest, ask(&mut session, place).digest);
        }
    }

    /// Damaged files are answered.
    #[test]
    fn a_damaged_file_is_answered(at in 0usize..4_000, with in "[ -~\n]{0,3}") {
        let (mut session, _) = grown();
        let mut text = saved(&mut session).to_string();
        let at = text.len() - 1 - at % (text.len() - toy::TEXT.len());
        if text.is_char_boundary(at) {
            text.replace_range(at..=at, &with);
        }
        let mut fresh = Session::new(toy::KINDS, toy::LIBRARY);
        fresh.handle(Request::Load { text: text.into(), seed: None });
    }
}

#[test]
fn a_file_may_say_instants_later_than_any_scenario_may() {
    let (mut session, _) = grown();
    let text = saved(&mut session);
    assert!(text.contains("at: 900ms }"), "{text}");
    // A run goes on for as long as one likes; `1500h` in a scenario is too long.
    let (_, loaded) = load(&text.replacen("at: 900ms }", "at: 1500h }", 1));
    assert_eq!(loaded.shown.branches.len(), 3);
    let mut fresh = Session::new(toy::KINDS, toy::LIBRARY);
    let late = toy::TEXT.replace("until: 8s", "until: 1500h");
    assert!(matches!(fresh.handle(Request::Load { text: late.into(), seed: None }), Reply::Failed(_)));
}

/// A command right after one of the scenario that came to nothing: that one took its time, and no event.
#[test]
fn a_command_after_one_that_came_to_nothing_keeps_its_place() {
    let mut session = session();
    let gone = shown(session.handle(Request::PlayTo { at: Time::millis(500), budget: 5_000 }));
    shown(session.handle(Request::Act("crash: [n1, n2, n3]".into())));
    // At one second the scenario crashes two that are down already.
    let at = shown(session.handle(Request::PlayTo { at: Time::secs(1), budget: 5_000 })).frame.place;
    assert_eq!(at.at, Time::secs(1));
    assert!(at.ordinal > gone.frame.place.ordinal);
    let acted = shown(session.handle(Request::Act("partition: { groups: [[n1], [n2, n3]] }".into())));
    let again = shown(session.handle(Request::Seek(SeekTo::Ordinal(acted.frame.place.ordinal))));
    assert_eq!(picture(&acted), picture(&again));
    let (_, opened) = open(&link_of(&mut session));
    assert_eq!(opened.differs, None);
    assert_eq!(picture(&acted), picture(&opened.shown));
}

/// A scenario of so many bytes, without an end to its last line.
fn filled(bytes: usize) -> String {
    let text = format!("{}# ", toy::TEXT);
    let rest = bytes - text.len();
    text + &"x".repeat(rest)
}

#[test]
fn what_can_be_saved_can_be_opened() {
    let (mut session, _) = load(&filled(999_990));
    play(&mut session, 300);
    act(&mut session, "crash: n1");
    let here = play(&mut session, 600);
    let text = saved(&mut session);
    assert!(text.len() > 1_000_000, "a scenario as long as any leaves no room for what was done");
    let (_, opened) = load(&text);
    assert_eq!((opened.differs, opened.shown.digest), (None, here.digest));
    // What is wrong far below has its place in the whole file.
    let mut fresh = Session::new(toy::KINDS, toy::LIBRARY);
    let slip = text.replace("branches:", "branchs:");
    let Reply::Failed(Failure::Text(problems)) =
        fresh.handle(Request::Load { text: slip.as_str().into(), seed: None })
    else {
        panic!("opened")
    };
    let line = slip.lines().position(|line| line.starts_with("branchs:")).expect("the slip") + 1;
    assert_eq!((problems[0].line as usize, problems[0].nearest.as_deref()), (line, Some("branches")));
}

#[test]
fn what_could_not_be_opened_again_is_not_saved_and_says_so() {
    let mut session = session();
    play(&mut session, 300);
    let many = vec!["n1"; 900].join(", ");
    for number in 0..130 {
        let verb = if number % 2 == 0 { "hold" } else { "release" };
        act(&mut session, &format!("{verb}: {{ from: [{many}], to: n2 }}"));
    }
    let reply = session.handle(Request::SaveRun { view: "".into() });
    let Reply::Failed(Failure::Refused(phrase)) = reply else { panic!("saved") };
    assert_eq!(phrase.key, crate::words::scenario::ScenarioKey::TooManyNodes.into());
    assert!(super::super::api::fits(2_000_000).is_ok() && super::super::api::fits(2_000_001).is_err());
}
