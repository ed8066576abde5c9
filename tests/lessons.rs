//! Every lesson of the library can be done from its first step to its last by what its steps suggest, each prediction has exactly one
//! answer that comes true, and how far one is depends on the place in the history alone.

use muster_core::process::Span;
use muster_core::session::api::{
    Bilingual, Bit, LessonView, Loaded, Marked, Reply, Request, SeekTo, Shown, StepInfo, Stopped,
};
use muster_core::session::headless::{library_entries, library_names};
use muster_core::session::{LIBRARY, Session};
use muster_core::systems;
use muster_core::view::{MarkKind, Place};
use rayon::prelude::*;

/// A step that takes more virtual time than this is not worth a reader's.
const PATIENCE: Span = Span::secs(20);

fn session() -> Session {
    Session::new(systems::all(), LIBRARY)
}

fn lessons() -> Vec<String> {
    let entries = library_entries(systems::all());
    entries.into_iter().filter(|entry| entry.steps > 0).map(|entry| entry.name.to_string()).collect()
}

fn loaded(reply: Reply) -> Loaded {
    match reply {
        Reply::Loaded(loaded) => *loaded,
        other => panic!("{other:?}"),
    }
}

fn shown(reply: Reply) -> Shown {
    match reply {
        Reply::Shown(shown) => *shown,
        other => panic!("{other:?}"),
    }
}

fn lesson(shown: &Shown) -> &LessonView {
    shown.lesson.as_ref().expect("a lesson")
}

fn done(shown: &Shown) -> usize {
    lesson(shown).done.len()
}

/// Plays as the page does, bit by bit, until a step more is done.
fn play(session: &mut Session, mut at: Shown, step: usize) -> Result<Shown, String> {
    let limit = at.frame.place.at + PATIENCE;
    while done(&at) == step {
        let now = at.frame.place.at;
        if now >= limit {
            return Err(format!("not done by {now:?}"));
        }
        at = shown(session.handle(Request::PlayTo { at: now + Span::millis(25), budget: 100_000 }));
        if let Some(Stopped::End | Stopped::Quiet | Stopped::Budget) = at.stopped {
            return Err(format!("the run ended: {:?}", at.stopped));
        }
    }
    Ok(at)
}

/// Does a step as its first suggestion says.
fn perform(session: &mut Session, now: Shown, number: usize, step: &StepInfo) -> Result<Shown, String> {
    let now = match step.deeds.first() {
        None => now,
        Some((label, commands)) => {
            if let Some(Some(phrase)) = lesson(&now).refusals.first() {
                return Err(format!("“{}” would be refused: {phrase:?}", label.en));
            }
            let mut now = now;
            for command in commands {
                now = match session.handle(Request::Act(command.clone())) {
                    Reply::Shown(shown) => *shown,
                    other => return Err(format!("`{command}`: {other:?}")),
                };
            }
            now
        }
    };
    if number + 1 == done(&now) { Ok(now) } else { play(session, now, number) }
}

/// The whole lesson; what is wrong with it.
fn walk(name: &str) -> (Vec<String>, Vec<Place>) {
    let (mut wrong, mut session) = (Vec::new(), session());
    let Loaded { scenario, shown: mut now, .. } =
        loaded(session.handle(Request::LoadLibrary { name: name.into(), seed: None }));
    for (number, step) in scenario.lesson.iter().enumerate().filter(|(_, step)| step.waits) {
        let at = format!("{name}: {}", step.title.en);
        now = match perform(&mut session, now, number, step) {
            Ok(now) => now,
            Err(why) => {
                wrong.push(format!("{at}: {why}"));
                return (wrong, Vec::new());
            }
        };
        let StepDoneView { place, right } = last(&now);
        println!("{at}: {place:?} {right:?}");
        if step.predict.is_some() && right.iter().filter(|right| **right).count() != 1 {
            wrong.push(format!("{at}: of its answers came true {right:?}"));
        }
        let stops = scenario.lesson.get(number + 1).is_some_and(|step| step.pause);
        if stops && now.frame.place != place {
            wrong.push(format!("{at}: time went on to {:?} where the next step begins", now.frame.place));
        }
        if !now.marks.iter().any(|mark| mark.kind == MarkKind::Step && mark.place == place) {
            wrong.push(format!("{at}: is not marked"));
        }
    }
    let places = lesson(&now).done.iter().map(|done| done.at).collect();
    (wrong, places)
}

struct StepDoneView {
    place: Place,
    right: Vec<bool>,
}

fn last(shown: &Shown) -> StepDoneView {
    let done = lesson(shown).done.last().expect("a step is done");
    StepDoneView { place: done.at, right: done.right.clone() }
}

#[test]
fn every_lesson_can_be_done_by_what_it_suggests() {
    let names = lessons();
    let wrong: Vec<String> = names.par_iter().flat_map_iter(|name| walk(name).0).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn sentences(text: &[Bit]) -> usize {
    let plain: String = text
        .iter()
        .map(|bit| match bit {
            Bit::Text(text) | Bit::Strong(text) | Bit::Name(text) => text.to_string(),
            Bit::Epoch(term) => term.to_string(),
        })
        .collect();
    let english = plain.split(['.', '?', '!']).filter(|part| part.chars().any(char::is_alphabetic)).count();
    let chinese = plain.matches(['。', '？', '！']).count();
    if chinese > 0 { chinese } else { english }
}

#[test]
fn lessons_are_short_bilingual_and_lead_on() {
    let mut wrong = Vec::new();
    let known: Vec<&str> = library_names().collect();
    for name in lessons() {
        let text = Request::LoadLibrary { name: name.as_str().into(), seed: None };
        let steps = loaded(session().handle(text)).scenario.lesson;
        // One to begin from is to grow.
        if !(4..=7).contains(&steps.len()) && !name.starts_with("new-") {
            wrong.push(format!("{name}: {} steps", steps.len()));
        }
        if steps.iter().all(|step| step.deeds.is_empty()) || steps.iter().all(|step| step.predict.is_none()) {
            wrong.push(format!("{name}: nothing to do, or nothing to predict"));
        }
        for step in &steps {
            let at = format!("{name}: {}", step.title.en);
            let Marked { en, zh } = &step.text;
            if sentences(en) > 3 || sentences(zh) > 3 {
                wrong.push(format!("{at}: {} and {} sentences", sentences(en), sentences(zh)));
            }
            if step.waits && (step.goal.is_none() || !step.pause) {
                wrong.push(format!("{at}: no goal, or time runs on while it is read"));
            }
            let mut titles: Vec<&Bilingual> = vec![&step.title];
            titles.extend(step.deeds.iter().map(|(label, _)| label));
            if titles.iter().any(|text| text.zh.is_ascii()) {
                wrong.push(format!("{at}: no Chinese"));
            }
            for next in step.then.iter().filter(|next| !known.contains(&&***next)) {
                wrong.push(format!("{at}: leads on to {next}, which is not there"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// The end of a lesson, and where its steps were done.
fn taught(name: &str) -> (Session, Shown) {
    let mut session = session();
    let Loaded { scenario, shown: mut now, .. } =
        loaded(session.handle(Request::LoadLibrary { name: name.into(), seed: None }));
    for (number, step) in scenario.lesson.iter().enumerate().filter(|(_, step)| step.waits) {
        now = perform(&mut session, now, number, step).expect("it can be done");
    }
    (session, now)
}

fn seek(session: &mut Session, to: Place) -> Shown {
    shown(session.handle(Request::Seek(SeekTo::Place(to))))
}

#[test]
fn going_back_before_a_steps_end_finds_it_not_done_and_going_on_finds_it_done_again() {
    let (mut session, end) = taught("lesson-4-partition");
    let all = lesson(&end).done.clone();
    for (number, step) in all.iter().enumerate().rev() {
        let at = seek(&mut session, step.at);
        assert_eq!(lesson(&at).done, all[..=number], "at the end of step {number}");
        let before = Place { ordinal: step.at.ordinal - 1, at: step.at.at };
        let at = seek(&mut session, Place { at: Default::default(), ..before });
        assert_eq!(lesson(&at).done, all[..number], "just before the end of step {number}");
    }
    assert_eq!(lesson(&shown(session.handle(Request::Seek(SeekTo::End)))).done, all);
    // Played over known ground, time stops again where a step begins.
    shown(session.handle(Request::Seek(SeekTo::Ordinal(0))));
    for step in &all[..2] {
        let at = shown(session.handle(Request::PlayTo { at: end.frame.place.at, budget: 1_000_000 }));
        assert_eq!((at.frame.place, &at.stopped), (step.at, &Some(Stopped::Step)));
    }
}

#[test]
fn another_branch_has_the_progress_of_its_own_history() {
    let (mut session, end) = taught("lesson-4-partition");
    let all = lesson(&end).done.clone();
    let main = end.branch;
    let mid = seek(&mut session, all[1].at);
    // Healing at once: the two leaders are one again, and the entry with the smaller side never comes to be.
    let other = shown(session.handle(Request::Act("heal: all".into())));
    assert_ne!(other.branch, main);
    assert_eq!(done(&other), done(&mid));
    assert_eq!(lesson(&other).done[..], all[..2], "what was done before the fork is done");
    let later = shown(session.handle(Request::PlayTo { at: end.frame.place.at, budget: 1_000_000 }));
    assert_eq!(done(&later), 2, "and the third step waits on this branch");
    assert_eq!(later.marks.iter().filter(|mark| mark.kind == MarkKind::Step).count(), 2);
    shown(session.handle(Request::Switch { branch: main }));
    let back = shown(session.handle(Request::Seek(SeekTo::End)));
    assert_eq!(lesson(&back).done, all, "the first branch lost nothing");
}

#[test]
fn a_link_from_the_middle_of_a_lesson_opens_at_that_step() {
    let (mut session, end) = taught("lesson-1-quorum");
    let at = lesson(&end).done[3].at;
    let mid = seek(&mut session, at);
    let link = match session.handle(Request::Share) {
        Reply::Link(link) => link,
        other => panic!("{other:?}"),
    };
    let opened = loaded(self::session().handle(Request::Open(link)));
    assert_eq!(opened.shown.lesson, mid.lesson);
    assert_eq!((done(&opened.shown), opened.shown.digest), (4, mid.digest));
}

#[test]
fn what_is_suggested_says_why_it_would_do_nothing() {
    let (mut session, end) = taught("lesson-5-old-term");
    let before = seek(&mut session, lesson(&end).done[4].at);
    assert_eq!(lesson(&before).refusals, [None], "s5 runs and can stand");
    let after = shown(session.handle(Request::Act("crash: s5".into())));
    assert!(matches!(lesson(&after).refusals[..], [Some(_)]), "it is down: {:?}", lesson(&after).refusals);
}
