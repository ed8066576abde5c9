//! Leases need time: a leader that reads from its own state, and is cut off while another comes to lead (*Paxos Made Live* §5.2).

use super::world::{Lab, Plan};
use crate::consensus::client::{self, Load, Mix};
use crate::consensus::multi_paxos::*;
use crate::kernel::{Action, LinkScope};
use crate::process::{ProcessId, Span, Time};

fn plan(seed: u64, rules: Rules) -> Plan {
    let load = client::Settings {
        load: Load::open_millirate(300_000),
        mix: Mix { get: 60, put: 40, cas: 0, append: 0, delete: 0 },
        keys: 1,
        timeout: Span::millis(60),
        ..client::Settings::default()
    };
    let settings = Settings { reads: ReadMode::Lease, rules, lease_drift_ppm: 10_000, ..Settings::default() };
    Plan { seed, clients: 4, settings, load, ..Plan::calm(3) }
}

/// After two seconds the leader's clock is made slow and the others' fast, by so much.
fn led(plan: Plan, drift_ppm: i32) -> (Lab, ProcessId, Vec<ProcessId>) {
    let mut lab = Lab::new(plan);
    lab.until(Time::secs(2));
    let leader = lab.leader().expect("somebody leads");
    let others: Vec<ProcessId> = lab.everybody().into_iter().filter(|id| *id != leader).collect();
    if drift_ppm > 0 {
        lab.act(Action::Drift(lab.host(leader), -drift_ppm));
        for id in &others {
            lab.act(Action::Drift(lab.host(*id), drift_ppm));
        }
        lab.run_for(Span::millis(400));
    }
    (lab, leader, others)
}

/// The leader is cut off from the other members, not from the clients.
fn cut(lab: &mut Lab, leader: ProcessId, others: &[ProcessId]) {
    let to = others.iter().map(|id| lab.host(*id)).collect();
    let scope = LinkScope { from: vec![lab.host(leader)], to, both: true };
    assert!(lab.act(Action::Block { barrier: 1, scope }));
}

/// What breaks when another stands so long after the cut, again and again, perhaps after the others crashed and came back.
fn usurped(rules: Rules, drift_ppm: i32, bound: u32, after: Span, restart: bool) -> Vec<&'static str> {
    let mut broken = Vec::new();
    for seed in 1..=12 {
        let mut plan = plan(seed, rules);
        plan.settings.lease_drift_ppm = bound;
        let (mut lab, leader, others) = led(plan, drift_ppm);
        cut(&mut lab, leader, &others);
        lab.run_for(after);
        if restart {
            for id in &others {
                assert!(
                    lab.act(Action::CrashHost(lab.host(*id))) && lab.act(Action::StartHost(lab.host(*id)))
                );
            }
        }
        for _ in 0..3 {
            lab.order(others[0], Command::Campaign);
            lab.run_for(Span::millis(25));
        }
        lab.run_for(Span::millis(600));
        assert!(
            lab.leader().is_some_and(|id| others.contains(&id)) || !lab.broken().is_empty(),
            "seed {seed}"
        );
        broken.extend(lab.broken());
    }
    broken.dedup();
    broken
}

/// "Read operations can be served purely from the local copy": no message between members for a read.
#[test]
fn reads_under_a_lease_cost_no_messages() {
    for (mode, through_log) in [(ReadMode::Lease, false), (ReadMode::Log, true)] {
        let mut plan = plan(1, Rules::ALL);
        plan.settings.reads = mode;
        plan.load.mix = Mix { get: 1, put: 0, cas: 0, append: 0, delete: 0 };
        let (mut lab, ..) = led(plan, 0);
        let (before, replications) = (lab.reach().answered_reads, lab.reach().replications);
        lab.run_for(Span::secs(1));
        assert!(lab.reach().answered_reads > before + 200);
        assert_eq!(lab.reach().replications > replications, through_log, "{mode:?}");
        assert!(lab.broken().is_empty());
    }
}

/// "It is guaranteed that other replicas cannot successfully submit values": not before the lease is over.
#[test]
fn who_has_granted_a_lease_promises_nothing_to_others() {
    assert_eq!(usurped(Rules::ALL, 0, 10_000, Span::ZERO, false), [""; 0]);
    assert_eq!(usurped(Rules::ALL.without(Rule::LeaseGrant), 0, 10_000, Span::ZERO, false), ["noStaleRead"]);
}

/// "The master maintains a shorter timeout for the lease than the replicas – this protects the system against clock drift": the
/// leader's clock runs at two thirds, the others' at four thirds.
#[test]
fn a_leader_counts_its_lease_shorter_by_the_bound_on_drift() {
    let run = |rules| usurped(rules, 333_000, 999_999, Span::millis(60), false);
    assert_eq!(run(Rules::ALL), [""; 0]);
    assert_eq!(run(Rules::ALL.without(Rule::LeaseDriftBound)), ["noStaleRead"]);
}

/// A granted lease is in memory: who comes back keeps quiet for as long as one may last.
#[test]
fn who_comes_back_may_have_granted_a_lease() {
    let run = |rules| usurped(rules, 0, 10_000, Span::ZERO, true);
    assert_eq!(run(Rules::ALL), [""; 0]);
    assert_eq!(run(Rules::ALL.without(Rule::QuietAfterRestart)), ["noStaleRead"]);
}

/// Without leases, a leader that reads from its own state may be the last to know that it leads no more.
#[test]
fn local_reads_are_stale() {
    let stale = (1..=12).any(|seed| {
        let mut plan = plan(seed, Rules::ALL);
        plan.settings.reads = ReadMode::Local;
        let (mut lab, leader, others) = led(plan, 0);
        cut(&mut lab, leader, &others);
        lab.order(others[0], Command::Campaign);
        lab.run_for(Span::millis(600));
        lab.broken().contains(&"noStaleRead")
    });
    assert!(stale);
}
