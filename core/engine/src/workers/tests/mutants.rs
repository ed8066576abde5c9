//! Each rule that keeps something from breaking is switched off once, in a scene that breaks without it: the check that is
//! meant for it finds it, and finds nothing while the rule is in force.

use super::harness::*;
use crate::kernel::{Action, Chance, DiskFault, LinkScope, World};
use crate::process::payload::peek;
use crate::process::{Span, Time};
use crate::workers::*;

const LONG: Time = Time::secs(40);

/// With the rule the scene breaks nothing, without it this check and no other that the scene would not break.
fn caught(rule: Rule, check: &str, scene: impl Fn(Rules) -> Cluster) {
    let whole = scene(Rules::ALL);
    whole.assert_whole();
    let broken = scene(Rules::ALL.without(rule)).broken();
    assert!(broken.contains(&check), "without {rule:?}: {broken:?}");
}

/// Links double every message.
fn double_all(cluster: &mut Cluster) {
    let scope = LinkScope { from: vec![], to: vec![], both: false };
    let (loss, reorder, latency, bandwidth) = (None, None, None, None);
    let duplicate = Some(Chance::ALWAYS);
    cluster.act(Action::Shape { scope, loss, duplicate, reorder, latency, bandwidth });
}

/// The first message on its way that fits is lost.
fn lose_one(cluster: &mut Cluster, fits: impl Fn(&Message) -> bool) {
    let fits = |payload: &_| peek::<Message>(payload).is_some_and(&fits);
    let there = |world: &World| world.in_flight().any(|flight| fits(&**flight.payload));
    assert!(cluster.run_until(LONG, there));
    let id = cluster.world.in_flight().find(|flight| fits(&**flight.payload)).expect("it is there").message;
    cluster.act(Action::DropMessage(id));
}

/// One task of six seconds: who has it, who could.
fn one_long(rules: Rules, drift: impl Fn(u32) -> i32) -> (Cluster, u32, u32) {
    let long = Settings { tasks: 1, duration: (ms(6_000), ms(6_000)), backups_from: 0, rules, ..settings() };
    let long = Settings { drift_bound_ppm: 150_000, ..long };
    let mut cluster = Cluster::with_drifts(2, long, 1, drift);
    let one = |world: &_| Cluster::works(world, 3) || Cluster::works(world, 4);
    assert!(cluster.run_until(LONG, one));
    let (has, other) = if Cluster::works(&cluster.world, 3) { (3, 4) } else { (4, 3) };
    cluster.run_for(ms(500));
    (cluster, has, other)
}

fn cut_off(rules: Rules, drift: impl Fn(u32) -> i32) -> Cluster {
    let (mut cluster, has, _) = one_long(rules, drift);
    cluster.cut(has, SCHEDULER);
    cluster.run_for(ms(5_000));
    cluster
}

#[test]
fn who_does_not_wait_for_a_lease_gives_a_task_to_two() {
    caught(Rule::LeaseBeforeReassign, "oneHolder", |rules| cut_off(rules, |_| 0));
}

#[test]
fn who_goes_on_after_its_lease_holds_what_another_has() {
    caught(Rule::StopAtLeaseEnd, "oneHolder", |rules| cut_off(rules, |_| 0));
}

#[test]
fn who_does_not_reckon_with_drift_gives_a_task_to_two() {
    let drift = |n: u32| if n == SCHEDULER { 150_000 } else { -150_000 };
    caught(Rule::DriftBound, "oneHolder", |rules| cut_off(rules, drift));
}

#[test]
fn a_lease_that_is_counted_from_its_answer_lasts_too_long() {
    caught(Rule::LeaseFromRequest, "oneHolder", |rules| {
        let (mut cluster, has, _) = one_long(rules, |_| 0);
        cluster.slow(SCHEDULER, has, ms(1_200));
        cluster.run_for(ms(1_500));
        let scope =
            LinkScope { from: vec![cluster.host(has)], to: vec![cluster.host(SCHEDULER)], both: false };
        cluster.act(Action::Block { barrier: 99, scope });
        cluster.run_for(ms(5_000));
        cluster
    });
}

#[test]
fn who_forgets_the_leases_of_its_earlier_life_gives_a_task_to_two() {
    caught(Rule::HonourOldLeases, "oneHolder", |rules| {
        let (mut cluster, has, _) = one_long(rules, |_| 0);
        cluster.cut(has, SCHEDULER);
        cluster.crash(SCHEDULER);
        cluster.start(SCHEDULER);
        cluster.run_for(ms(5_000));
        cluster
    });
}

#[test]
fn an_epoch_that_is_not_on_disk_comes_again() {
    caught(Rule::DurableEpoch, "epochGrows", |rules| {
        let mut cluster = Cluster::new(2, Settings { rules, ..settings() }, 2);
        cluster.run_for(ms(500));
        cluster.crash(SCHEDULER);
        cluster.start(SCHEDULER);
        cluster.run_for(ms(500));
        cluster
    });
}

#[test]
fn who_keeps_no_journal_forgets_what_it_has_recorded() {
    caught(Rule::DurableJournal, "finishedStays", |rules| {
        let mut cluster = Cluster::new(2, Settings { rules, ..settings() }, 3);
        cluster.done_by(LONG).expect("done");
        cluster.run_for(ms(500));
        cluster.crash(SCHEDULER);
        cluster.start(SCHEDULER);
        cluster.run_for(ms(500));
        cluster
    });
}

/// And everything is carried out once more, if it takes effect no second time.
#[test]
fn without_a_journal_finished_tasks_are_done_again() {
    let begun_again = |rules: Rules| {
        let mut cluster = Cluster::new(2, Settings { rules, ..settings() }, 3);
        cluster.done_by(LONG).expect("done");
        cluster.run_for(ms(500));
        cluster.crash(SCHEDULER);
        cluster.start(SCHEDULER);
        cluster.run_for(ms(10_000));
        assert_eq!((cluster.facts().done, cluster.store().doubles()), (4, 0));
        cluster.facts().counts.given
    };
    assert!(begun_again(Rules::ALL) < 8);
    assert!(begun_again(Rules::ALL.without(Rule::DurableJournal)) >= 8);
}

#[test]
fn a_store_that_answers_before_its_disk_forgets_outputs() {
    caught(Rule::DurableCommit, "effectsStay", |rules| {
        let mut cluster = Cluster::new(2, Settings { rules, ..settings() }, 4);
        cluster.until_works(3);
        cluster.run_for(ms(200));
        cluster.disk(STORE, DiskFault::Stall);
        cluster.run_for(ms(3_000));
        cluster.crash(STORE);
        cluster.disk(STORE, DiskFault::Healthy);
        cluster.start(STORE);
        cluster.run_for(ms(1_000));
        cluster
    });
}

#[test]
fn a_store_that_takes_every_output_takes_one_twice() {
    caught(Rule::CommitOnce, "exactlyOnceEffects", |rules| {
        let mut cluster = Cluster::new(2, Settings { rules, ..settings() }, 5);
        double_all(&mut cluster);
        cluster.run_for(ms(8_000));
        assert_eq!(cluster.store().doubles() == 0, rules.has(Rule::CommitOnce));
        cluster
    });
}

/// A worker's commit is long on its way; meanwhile its lease is over and a slower worker has the task.
#[test]
fn a_store_that_looks_at_no_numbers_takes_what_is_superseded() {
    caught(Rule::FenceAttempts, "supersededStaysOut", |rules| {
        let slow =
            Settings { tasks: 1, backups_from: 0, stragglers: vec![(p(4), 1_000)], rules, ..settings() };
        let mut cluster = Cluster::new(2, slow, 6);
        cluster.run_to(at(1));
        cluster.crash(4);
        cluster.slow(3, STORE, ms(6_000));
        cluster.until_works(3);
        cluster.start(4);
        cluster.cut(3, SCHEDULER);
        cluster.run_for(ms(9_000));
        assert!(Cluster::works(&cluster.world, 4), "the other one is at it");
        cluster
    });
}

/// An assignment of the scheduler's earlier life is long on its way.
#[test]
fn who_obeys_an_old_epoch_is_found() {
    caught(Rule::RefuseOldEpoch, "oldEpochRefused", |rules| {
        let mut cluster = Cluster::new(1, Settings { rules, ..settings() }, 7);
        cluster.slow(SCHEDULER, 3, ms(1_500));
        cluster.run_for(ms(100));
        cluster.crash(SCHEDULER);
        cluster.start(SCHEDULER);
        cluster.heal();
        cluster.run_for(ms(2_000));
        cluster
    });
}

#[test]
fn who_counts_a_report_twice_calls_the_job_complete_too_early() {
    caught(Rule::DedupReports, "completeIsDone", |rules| {
        let mut cluster = Cluster::new(1, Settings { rules, ..settings() }, 8);
        double_all(&mut cluster);
        cluster.run_for(ms(8_000));
        cluster
    });
}

#[test]
fn who_takes_an_assignment_twice_begins_it_twice() {
    caught(Rule::DedupAssignments, "begunOnce", |rules| {
        let mut cluster = Cluster::new(1, Settings { tasks: 1, rules, ..settings() }, 9);
        double_all(&mut cluster);
        cluster.run_for(ms(2_000));
        cluster
    });
}

#[test]
fn outputs_on_a_dead_workers_disk_are_out_of_reach() {
    caught(Rule::ReexecuteLocalOutputs, "outputReachable", |rules| {
        let local = Settings { outputs: Outputs::Local, store: None, rules, ..settings() };
        let mut cluster = Cluster::new(2, local, 10);
        cluster.done_by(LONG).expect("done");
        cluster.crash(3);
        cluster.run_for(ms(10_000));
        cluster
    });
}

/// When it is done, if it is.
fn done(rules: Rules, settings: Settings, happens: impl Fn(&mut Cluster)) -> (Option<Time>, Facts) {
    let mut cluster = Cluster::new(2, Settings { rules, ..settings }, 11);
    happens(&mut cluster);
    let done = cluster.done_by(LONG);
    cluster.assert_whole();
    (done, cluster.facts())
}

#[test]
fn what_a_failed_worker_had_is_never_done_if_it_is_not_given_out_again() {
    let crash = |cluster: &mut Cluster| {
        cluster.until_works(3);
        cluster.crash(3);
    };
    let plain = Settings { backups_from: 0, ..settings() };
    assert!(done(Rules::ALL, plain.clone(), crash).0.is_some());
    assert_eq!(done(Rules::ALL.without(Rule::ReexecuteLost), plain, crash).0, None);
}

#[test]
fn a_task_that_fails_always_keeps_the_job_from_being_done() {
    let poison = Settings { failing: vec![TaskId(2)], ..settings() };
    let (time, facts) = done(Rules::ALL, poison.clone(), |_| {});
    assert!(time.is_some());
    assert_eq!((facts.done, facts.given_up, facts.counts.failures), (3, 1, 4));
    assert_eq!(done(Rules::ALL.without(Rule::GiveUpPoison), poison, |_| {}).0, None);
}

/// Four tries of a fifth of a second: the waits between them are 0.2, 0.4 and 0.8 s.
#[test]
fn a_task_that_fails_waits_longer_each_time() {
    let quick = (ms(200), ms(200));
    let poison = Settings { tasks: 1, duration: quick, failing: vec![TaskId(1)], ..settings() };
    let with = done(Rules::ALL, poison.clone(), |_| {}).0.expect("done");
    let without = done(Rules::ALL.without(Rule::BackOffFailing), poison, |_| {}).0.expect("done");
    assert!(with - without >= ms(1_400) && with - without < ms(2_100), "{with:?} and {without:?}");
}

#[test]
fn a_lost_assignment_is_repeated_and_not_waited_out() {
    let lose = |cluster: &mut Cluster| lose_one(cluster, |m| matches!(m, Message::Assign { .. }));
    let alone = Settings { tasks: 1, backups_from: 0, ..settings() };
    let (with, facts) = done(Rules::ALL, alone.clone(), lose);
    let without = done(Rules::ALL.without(Rule::RepeatAssign), alone, lose).0.expect("done");
    let gained: Span = without - with.expect("done");
    assert_eq!(facts.counts.reexecuted, 0);
    assert!(gained > ms(1_000), "{gained:?}");
}

#[test]
fn a_lost_report_costs_the_task_again_if_it_is_not_repeated() {
    let lose = |cluster: &mut Cluster| lose_one(cluster, |m| matches!(m, Message::Done { .. }));
    let (_, with) = done(Rules::ALL, settings(), lose);
    let (_, without) = done(Rules::ALL.without(Rule::RetryReport), settings(), lose);
    assert_eq!((with.counts.reexecuted, with.done), (0, 4));
    assert_eq!((without.counts.reexecuted, without.done), (1, 4));
}
