//! The list of commands: in order, with its reasons, changed and taken back.

use super::super::api::{CommandView, Edit, Failure, Fate, Reply, Request, SeekTo, Shown};
use super::{act, ask, loaded, play, seek, session, shown, toy};
use crate::process::Time;
use crate::session::Session;
use crate::view::Status;
use crate::words::hands::HandsKey;

fn texts(shown: &Shown) -> Vec<&str> {
    shown.commands.iter().map(|command| &*command.text).collect()
}

fn statuses(shown: &Shown) -> Vec<Status> {
    shown.frame.actors.iter().map(|actor| actor.status).collect()
}

/// Four commands at the head of one branch, two of them at one instant.
fn four() -> (Session, Shown) {
    let mut session = session();
    play(&mut session, 200);
    act(&mut session, "pause: n1");
    act(&mut session, "crash: n2");
    play(&mut session, 400);
    act(&mut session, "resume: n1");
    play(&mut session, 500);
    act(&mut session, "start: n2");
    let shown = play(&mut session, 700);
    (session, shown)
}

fn edit(shown: &Shown, index: usize, text: &str, at: Option<Time>) -> Request {
    let CommandView { text: was, place, .. } = &shown.commands[index];
    let (was, at) = (was.clone(), at.unwrap_or(place.at));
    Request::EditCommand(Edit { index: index as u32, was, text: text.into(), at })
}

fn delete(shown: &Shown, index: usize) -> Request {
    Request::DeleteCommand { index: index as u32, was: shown.commands[index].text.clone() }
}

#[test]
fn the_list_is_in_order_and_says_what_is_inherited() {
    let (mut session, shown) = four();
    assert_eq!(texts(&shown), ["pause: n1", "crash: n2", "resume: n1", "start: n2"]);
    assert!(shown.commands.iter().all(|command| command.fate == Fate::Done && !command.inherited));
    assert!(shown.commands.windows(2).all(|pair| pair[0].place < pair[1].place));
    assert_eq!(shown.commands[1].sentence.key, HandsKey::SayCrash.into());
    seek(&mut session, shown.commands[2].place.ordinal);
    let forked = act(&mut session, "crash: n3");
    let inherited: Vec<_> = forked.commands.iter().map(|command| command.inherited).collect();
    assert_eq!(
        (texts(&forked), inherited),
        (vec!["pause: n1", "crash: n2", "crash: n3"], vec![true, true, false])
    );
}

#[test]
fn undo_then_redo_is_the_same_digest_however_often() {
    let (mut session, last) = four();
    let mut digests = vec![(last.digest, texts(&last).len())];
    for left in (0..4).rev() {
        let shown = ask(&mut session, Request::Undo);
        assert_eq!(shown.commands.iter().filter(|command| command.fate == Fate::Done).count(), left);
        digests.push((shown.digest, left));
    }
    let none = ask(&mut session, Request::Seek(SeekTo::End));
    assert!(none.undo.is_none() && none.redo.is_some());
    assert_eq!(none.branches.len(), 2, "one branch serves all of them");
    assert!(matches!(session.handle(Request::Undo), Reply::Failed(Failure::Refused(_))));
    digests.pop();
    while let Some((digest, count)) = digests.pop() {
        let shown = ask(&mut session, Request::Redo);
        assert_eq!((shown.digest, texts(&shown).len()), (digest, count));
    }
    assert!(matches!(session.handle(Request::Redo), Reply::Failed(Failure::Refused(_))));
    assert_eq!(ask(&mut session, Request::Seek(SeekTo::End)).branch, last.branch);
}

#[test]
fn something_else_done_ends_the_redo_and_what_was_undone_stays_away() {
    let (mut session, _) = four();
    ask(&mut session, Request::Undo);
    ask(&mut session, Request::Undo);
    let redone = ask(&mut session, Request::Redo);
    assert_eq!(texts(&redone), ["pause: n1", "crash: n2", "resume: n1"]);
    let later = play(&mut session, 700);
    assert_eq!(later.frame.actors[1].status, Status::Crashed, "the undone start does not come by itself");
    let shown = act(&mut session, "crash: n3");
    assert!(shown.redo.is_none() && shown.undo.is_some());
}

#[test]
fn a_changed_command_is_followed_by_the_later_ones_and_the_old_branch_stays() {
    let (mut session, old) = four();
    let changed = shown(session.handle(edit(&old, 1, "crash: n3", None)));
    assert_eq!(texts(&changed), ["pause: n1", "crash: n3", "resume: n1", "start: n2"]);
    assert_eq!((changed.branch, changed.frame.place.at), (1, old.frame.place.at), "at the same time");
    assert_eq!(statuses(&changed), [Status::Up, Status::Up, Status::Crashed]);
    let fates: Vec<bool> = changed.commands.iter().map(|command| command.fate == Fate::Done).collect();
    assert_eq!(fates, [true, true, true, false], "n2 had never crashed, so it cannot be started");
    assert!(matches!(&changed.commands[3].fate, Fate::Refused(_)), "{:?}", changed.commands[3].fate);
    let times = |shown: &Shown| shown.commands.iter().map(|command| command.place.at).collect::<Vec<_>>();
    assert_eq!(times(&changed), times(&old), "each at its own instant");
    let undone = ask(&mut session, Request::Undo);
    assert_eq!((undone.branch, undone.digest), (old.branch, old.digest));
    assert_eq!(undone.commands, old.commands);
    let redone = ask(&mut session, Request::Redo);
    assert_eq!((redone.digest, redone.commands), (changed.digest, changed.commands));
}

#[test]
fn giving_the_same_commands_again_makes_the_same_history() {
    let (mut session, old) = four();
    let same = shown(session.handle(edit(&old, 0, "pause: n1", None)));
    assert_eq!((same.branch, same.digest, same.frame.place), (1, old.digest, old.frame.place));
    let back = shown(session.handle(edit(&same, 2, "resume: n1", None)));
    assert_eq!((back.branch, back.digest), (2, old.digest));
}

#[test]
fn a_command_is_moved_in_time() {
    let (mut session, old) = four();
    let earlier = shown(session.handle(edit(&old, 2, "resume: n1", Some(Time::millis(300)))));
    assert_eq!(texts(&earlier), ["pause: n1", "crash: n2", "resume: n1", "start: n2"]);
    assert_eq!(earlier.commands[2].place.at, Time::millis(300));
    let later = shown(session.handle(edit(&earlier, 0, "pause: n1", Some(Time::millis(450)))));
    assert_eq!(texts(&later), ["crash: n2", "resume: n1", "pause: n1", "start: n2"]);
    assert!(matches!(later.commands[1].fate, Fate::Refused(_)), "it is not paused yet");
    assert_eq!(statuses(&later)[0], Status::Paused);
    let late = session.handle(edit(&later, 0, "crash: n2", Some(Time::MAX)));
    assert!(matches!(late, Reply::Failed(Failure::Refused(_))), "{late:?}");
}

#[test]
fn a_removed_command_leaves_the_others() {
    let (mut session, old) = four();
    let without = shown(session.handle(delete(&old, 0)));
    assert_eq!(texts(&without), ["crash: n2", "resume: n1", "start: n2"]);
    assert!(matches!(without.commands[1].fate, Fate::Refused(_)), "nobody was paused");
    assert_eq!(without.commands[2].fate, Fate::Done);
    // A refused one can be removed and changed as any other.
    let two = shown(session.handle(delete(&without, 1)));
    assert_eq!(texts(&two), ["crash: n2", "start: n2"]);
    assert_eq!(two.digest, without.digest, "it had changed nothing");
    let again = ask(&mut session, Request::Switch { branch: without.branch });
    let three = shown(session.handle(edit(&again, 1, "crash: n3", None)));
    assert_eq!(texts(&three), ["crash: n2", "crash: n3", "start: n2"]);
}

#[test]
fn a_wrong_text_changes_nothing_and_names_the_nearest() {
    let (mut session, old) = four();
    for (text, nearest) in [("crush: n2", "crash"), ("crash: n22", "n2")] {
        match session.handle(edit(&old, 1, text, None)) {
            Reply::Failed(Failure::Command(problem)) => assert_eq!(problem.nearest.as_deref(), Some(nearest)),
            other => panic!("{text}: {other:?}"),
        }
    }
    let gone = session.handle(Request::DeleteCommand { index: 1, was: "start: n2".into() });
    assert!(matches!(gone, Reply::Failed(Failure::Refused(_))));
    let now = ask(&mut session, Request::Seek(SeekTo::End));
    assert_eq!((now.branches.len(), now.digest, now.commands), (1, old.digest, old.commands));
}

#[test]
fn a_link_s_verbs_say_what_they_would_not_do() {
    use super::super::api::LinkVerbs;
    use crate::process::ProcessId;
    let mut session = session();
    play(&mut session, 200);
    let verbs = |session: &mut Session| match session
        .handle(Request::LinkVerbs { from: ProcessId(1), to: ProcessId(2) })
    {
        Reply::LinkVerbs(link) => link,
        other => panic!("{other:?}"),
    };
    let off = |link: &LinkVerbs| {
        let off = link.verbs.iter().filter(|verb| verb.disabled.is_some());
        off.map(|verb| verb.name.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(off(&verbs(&mut session)), ["heal", "restore", "release", "unclog"]);
    for line in
        ["cut: { from: n1, to: n2 }", "hold: { from: n1, to: n2 }", "loss: { chance: 10%, from: n1, to: n2 }"]
    {
        act(&mut session, line);
    }
    let now = verbs(&mut session);
    assert_eq!(off(&now), ["cut", "hold", "unclog"]);
    // What each offers by default is a command that is carried out.
    for verb in now.verbs.iter().filter(|verb| verb.disabled.is_none()) {
        let line = super::super::verbs::answered(verb);
        let reply = session.handle(Request::Act(line.as_str().into()));
        assert!(matches!(reply, Reply::Shown(_)), "{line}: {reply:?}");
        session.handle(Request::Undo);
    }
    let none = session.handle(Request::LinkVerbs { from: ProcessId(1), to: ProcessId(1) });
    assert!(matches!(none, Reply::Failed(Failure::Refused(_))));
}

/// At one instant the scenario crashes two, and starts one that is up, which comes to nothing; then the reader crashes that one. Whenever it
/// is sought again it stays down: what the scenario gave comes before what was given by hand.
#[test]
fn a_command_by_hand_comes_after_one_of_the_scenario_that_came_to_nothing() {
    let began = toy::TEXT.find("timeline:").expect("it has one");
    let ended = toy::TEXT.find("expect:").expect("it has one");
    let timeline = "timeline:\n  - { at: 1s, do: { crash: [n1, n2] } }\n  - { at: 1s, do: { start: n3 } }\n";
    let text = format!("{}{timeline}{}", &toy::TEXT[..began], &toy::TEXT[ended..]);
    let mut session = Session::new(toy::KINDS, toy::LIBRARY);
    loaded(session.handle(Request::Load { text: text.into(), seed: None }));
    play(&mut session, 1_000);
    act(&mut session, "crash: n3");
    let first = play(&mut session, 1_500);
    seek(&mut session, 10);
    let again = play(&mut session, 1_500);
    assert_eq!((again.frame.place, again.digest), (first.frame.place, first.digest));
}
