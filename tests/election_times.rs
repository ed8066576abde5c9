//! How long an election takes, against Ongaro's AvailSim: five members with fresh timers and equal logs, one-way latency
//! uniform in 30..40 ms, election timeouts uniform in 300..600 ms, no pre-vote, a majority of five, no disk latency. From
//! the start until a candidate holds its majority, with none, one and two members down from the start.
//!
//! `cargo test --release --test election_times -- --nocapture` prints the table.

use muster_core::consensus::raft::{Member, Program, Role, Rule, Rules, Settings};
use muster_core::kernel::{
    Action, DiskSpec, Event, HostSpec, LatencyLaw, LinkSpec, Observer, World, WorldSpec,
};
use muster_core::process::hosted::MachineImage;
use muster_core::process::{Span, Time};
use std::sync::Arc;

const ELECTIONS: u64 = 40_000;
/// Members down, and AvailSim's mean and 99th percentile in milliseconds.
const AVAIL_SIM: [(usize, f64, f64); 3] = [(0, 430.0, 833.0), (1, 469.0, 1005.0), (2, 632.0, 1929.0)];

/// Notes when a member came to lead.
#[derive(Default)]
struct Elected(Option<Time>);

impl Observer for Elected {
    fn saw(&mut self, world: &World, event: &Event<'_>) {
        let member = world.machine::<Member>(event.id.process);
        if member.is_some_and(|member| member.role() == Role::Leader) {
            self.0.get_or_insert(event.at);
        }
    }
}

fn election(seed: u64, down: usize) -> Time {
    let latency = LatencyLaw::Uniform(Span::millis(30), Span::millis(40));
    let mut world = World::new(WorldSpec {
        seed,
        default_link: LinkSpec { latency, ..LinkSpec::default() },
        ..WorldSpec::default()
    });
    let voters = (0..5).map(|nth| world.next_process_id(nth)).collect();
    let settings = Settings {
        voters,
        election_timeout: (Span::millis(300), Span::millis(600)),
        rules: Rules::ALL.without(Rule::PreVote),
        ..Settings::default()
    };
    let program = Program::new(settings).expect("good settings");
    let disk = DiskSpec { sync: LatencyLaw::Constant(Span::ZERO) };
    for n in 1..=5 {
        let name = format!("n{n}");
        let host =
            world.add_host(&name, HostSpec { disk: disk.clone(), ..HostSpec::default() }).expect("a host");
        let image = Arc::new(MachineImage::<Member>(program.clone()));
        world.add_process(host, &name, 0, image).expect("a process");
    }
    let down: Vec<_> = world.hosts().take(down).map(|host| host.id).collect();
    for host in down {
        world.act(&Action::CrashHost(host), &mut []).expect("it is up");
    }
    let mut elected = Elected::default();
    while elected.0.is_none() && world.step(&mut [&mut elected]) {}
    elected.0.expect("somebody is elected in the end")
}

#[test]
fn elections_take_as_long_as_in_avail_sim() {
    println!("members down   mean ms  (AvailSim)     p99 ms  (AvailSim)   of {ELECTIONS} elections");
    let mut wrong = Vec::new();
    for (down, mean_then, p99_then) in AVAIL_SIM {
        let mut times: Vec<u64> = (1..=ELECTIONS).map(|seed| election(seed, down).nanos()).collect();
        times.sort_unstable();
        let mean = times.iter().sum::<u64>() as f64 / times.len() as f64 / 1e6;
        let p99 = times[times.len() * 99 / 100] as f64 / 1e6;
        println!("{down:12}   {mean:7.1}  ({mean_then:7.1})   {p99:8.1}  ({p99_then:7.1})");
        if (mean / mean_then - 1.0).abs() > 0.03 || (p99 / p99_then - 1.0).abs() > 0.10 {
            wrong.push(down);
        }
    }
    assert!(wrong.is_empty(), "with {wrong:?} members down: mean beyond 3 % or p99 beyond 10 %");
}
