//! How far a run has come in its lesson is a function of its history.

use crate::scenario::{Command, Run, Scenario};
use crate::systems;
use crate::view::Place;
use std::sync::Arc;

const FILE: &str = "apiVersion: muster.dev/v1
kind: Scenario
metadata: { name: lesson }
until: 3s
systems: [{ name: kv, kind: Raft, members: 3 }]
lesson:
  - id: elect
    title: { en: Elect, zh: 选举 }
    text: { en: Wait., zh: 等待。 }
    predict:
      ask: { en: Who?, zh: 谁？ }
      who: { select: leader, of: kv, among: [n1, n2, n3] }
      reveal: { en: So., zh: 如此。 }
    until: { leader: kv }
  - id: crash
    title: { en: Crash, zh: 崩溃 }
    text: { en: Crash it., zh: 让它崩溃。 }
    predict:
      ask: { en: And then?, zh: 然后？ }
      answers:
        - { text: { en: Nobody leads, zh: 无人领导 }, holds: { noLeader: kv } }
        - { text: { en: Somebody leads, zh: 有人领导 }, holds: { leader: kv } }
      reveal: { en: So., zh: 如此。 }
    until: { count: { select: running, of: kv, is: 2 } }
  - id: late
    title: { en: Late, zh: 稍后 }
    text: { en: Wait on., zh: 继续等。 }
    until: { at: 4s }
";

fn run() -> Run {
    let scenario = Scenario::read(FILE.as_bytes(), systems::all());
    Run::new(Arc::new(scenario.unwrap_or_else(|problems| panic!("{problems:?}"))))
}

/// Steps until so many steps are done, and gives the run at every event on the way.
fn until(run: &mut Run, done: usize) -> Vec<Run> {
    let mut all = Vec::new();
    while run.lesson().done().len() < done {
        all.push(run.clone());
        run.step(&mut []);
        assert!(all.len() < 10_000, "it never comes");
    }
    all
}

#[test]
fn a_step_is_done_at_the_event_after_which_its_condition_holds() {
    let mut run = run();
    let before = until(&mut run, 1);
    let first = run.lesson().done()[0];
    assert_eq!(first.at, run.place());
    assert_eq!(before.last().map(|run| run.place().ordinal + 1), Some(first.at.ordinal));
    let right = (0..3).filter(|answer| first.holds(*answer)).count();
    assert_eq!(right, 1, "one of the three leads");
    let leader = Command::parse("crash: { select: leader, of: kv }").expect("a command");
    run.act(&leader, &mut []).expect("somebody leads");
    let second = run.lesson().done()[1];
    assert_eq!((second.holds(0), second.holds(1)), (true, false));
    assert_eq!(second.at, run.place());
}

#[test]
fn a_command_ends_one_step_at_most_and_the_next_waits_for_its_own() {
    let mut run = run();
    run.act(&Command::parse("crash: n3").expect("a command"), &mut []).expect("it is there");
    until(&mut run, 1);
    assert_eq!(run.lesson().done().len(), 1, "the second step's condition held all along");
    run.step(&mut []);
    assert_eq!(run.lesson().done().len(), 2, "and ends it at the next event");
}

#[test]
fn a_checkpoint_knows_the_progress_of_its_place_and_replays_to_the_same() {
    let mut original = run();
    let checkpoints = until(&mut original, 1);
    let done: Vec<_> = original.lesson().done().to_vec();
    for mut checkpoint in checkpoints.into_iter().rev().step_by(7) {
        assert!(checkpoint.lesson().done().is_empty());
        until(&mut checkpoint, 1);
        assert_eq!(checkpoint.lesson().done(), done, "from any place before");
    }
    // Another future has its own.
    let mut other = run();
    other.act(&Command::parse("crash: [n1, n2, n3]").expect("a command"), &mut []).expect("they are there");
    other.finish(&mut []);
    assert!(other.lesson().done().is_empty(), "nobody is ever elected");
}

#[test]
fn a_lesson_goes_on_after_the_scenarios_end_and_changes_no_history() {
    let mut taught = run();
    until(&mut taught, 1);
    taught
        .act(&Command::parse("crash: { select: leader, of: kv }").expect("a command"), &mut [])
        .expect("done");
    taught.finish(&mut []);
    assert!(taught.is_closed());
    until(&mut taught, 3);
    assert!(taught.lesson().done()[2].at > Place { ordinal: 0, at: crate::process::Time::millis(3_999) });
    let scenario = Scenario::read(FILE.split("\nlesson:").next().unwrap_or("").as_bytes(), systems::all());
    let mut untaught = Run::new(Arc::new(scenario.expect("a scenario")));
    let mut fresh = run();
    untaught.finish(&mut []);
    fresh.finish(&mut []);
    assert_eq!(untaught.digest(), fresh.digest());
}
