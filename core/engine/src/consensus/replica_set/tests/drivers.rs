//! The clients' side: read preference, server selection, retries.

use super::harness::*;
use crate::consensus::client::{self, Ending};
use crate::consensus::kv::{Op, Outcome};
use crate::consensus::replica_set::driver::{
    self, Driver, Program, ReadPreference, Settings as DriverSettings, SettingsError, Wishes,
};
use crate::consensus::replica_set::*;
use crate::kernel::{Action, HostSpec, LatencyLaw, LinkScope};
use crate::process::{HostId, ProcessId, Span, Time};
use std::sync::Arc;

fn settings(seeds: &[u32]) -> DriverSettings {
    let load = client::Settings {
        members: seeds.iter().copied().map(p).collect(),
        load: client::Load::Idle,
        timeout: Span::secs(2),
        ..client::Settings::default()
    };
    DriverSettings { heartbeat_frequency: Span::secs(1), ..DriverSettings::of(load) }
}

/// A set with a driver on a host of its own.
struct Both {
    set: Set,
    driver: ProcessId,
    host: HostId,
}

impl Both {
    fn new(config: Config, settings: DriverSettings) -> Both {
        let mut set = Set::of(config);
        let host = set.world.add_host("driver", HostSpec::default()).expect("a host");
        let image = Program::new(settings).expect("settings").image();
        let driver = set.world.add_process(host, "driver", 1, image).expect("a process");
        Both { set, driver, host }
    }
    fn d(&self) -> &Driver {
        self.set.world.machine(self.driver).expect("it runs")
    }
    fn knows(&self) -> Vec<(u32, State)> {
        let mut known: Vec<(u32, State)> = self.d().servers().iter().map(|s| (s.id.0, s.state)).collect();
        known.sort_unstable();
        known
    }
    fn issue(&mut self, op: Op) {
        self.wish(op, Wishes::default());
    }
    fn wish(&mut self, op: Op, wishes: Wishes) {
        let order = driver::Command::Issue { op, wishes };
        self.set.act(&Action::Operate(self.driver, Arc::new(order)));
        self.set.run(Span::millis(1));
    }
    fn get(&mut self) -> Option<u32> {
        self.issue(Op::Get { key: "x".into() });
        let to = self.d().outstanding().last().and_then(|op| op.to).map(|id| id.0);
        self.set.run(Span::millis(300));
        to
    }
    fn put(&mut self, value: &str) {
        self.issue(Op::Put { key: "x".into(), value: value.into() });
    }
    fn last(&self) -> Option<&Ending> {
        self.d().recent().next_back().map(|ended| &ended.ending)
    }
    fn latency(&mut self, member: u32, latency: Span) {
        let scope = LinkScope { from: vec![self.host], to: vec![HostId(member)], both: true };
        let latency = Some(LatencyLaw::Constant(latency));
        let (loss, duplicate, reorder, bandwidth) = (None, None, None, None);
        self.set.act(&Action::Shape { scope, loss, duplicate, reorder, latency, bandwidth });
    }
}

fn preferring(read_preference: ReadPreference) -> Both {
    Both::new(config(members(3)), DriverSettings { read_preference, ..settings(&[1, 2, 3]) })
}

/// *Self-Managed Replica Set Configuration*, `members[n].hidden`: "When this value is true, the replica set hides this
/// instance and does not include the member in the output of db.hello() or hello." From one seed a driver learns of all
/// others, but not of arbiters.
#[test]
fn a_driver_discovers_the_members_from_one_of_them() {
    let mut list = members(5);
    list[3] = MemberConfig { hidden: true, ..passive(4) };
    list[4] = MemberConfig::arbiter(5, p(5));
    let mut both = Both::new(config(list), settings(&[2]));
    both.set.elect(1);
    both.set.secs(5);
    let expected = [(1, State::Primary), (2, State::Secondary), (3, State::Secondary)];
    assert_eq!(both.knows(), expected);
}

/// *Read Preference*, primary: "All read operations use only the current replica set primary." And: "If the primary is
/// unavailable, read operations produce an error or throw an exception."
#[test]
fn preference_primary_reads_from_the_primary_or_not_at_all() {
    let mut both = preferring(ReadPreference::Primary);
    both.set.elect(1);
    both.set.secs(3);
    assert_eq!(both.get(), Some(1));
    assert!(matches!(both.last(), Some(Ending::Answered { .. })));
    for n in [1, 2] {
        both.set.crash(n);
    }
    both.set.secs(4);
    assert_eq!(both.get(), None);
    both.set.secs(70);
    assert_eq!(both.last(), Some(&Ending::Refused));
}

/// *Read Preference*, primaryPreferred: "In most situations, operations read from the primary member of the set. However, if
/// the primary is unavailable, as is the case during failover situations, operations read from secondary members".
#[test]
fn preference_primary_preferred_falls_back_to_secondaries() {
    let mut both = preferring(ReadPreference::PrimaryPreferred);
    both.set.elect(1);
    both.set.secs(3);
    assert_eq!(both.get(), Some(1));
    both.set.crash(1);
    both.set.secs(1);
    let asked = both.get();
    both.set.secs(5);
    assert!(asked != Some(1) || both.last() != Some(&Ending::Refused), "retried elsewhere");
    assert!(matches!(both.get(), Some(2 | 3)));
    assert!(matches!(both.last(), Some(Ending::Answered { .. })));
}

/// *Read Preference*, secondary: "Operations read only from the secondary members of the set. If no secondaries are
/// available, then this read operation produces an error or exception."
#[test]
fn preference_secondary_never_reads_from_the_primary() {
    let mut both = preferring(ReadPreference::Secondary);
    both.set.elect(1);
    both.set.secs(3);
    let asked: Vec<Option<u32>> = (0..6).map(|_| both.get()).collect();
    assert!(asked.iter().all(|to| matches!(to, Some(2 | 3))), "{asked:?}");
    assert!(asked.contains(&Some(2)) && asked.contains(&Some(3)), "by turns: both are near");
    let list = vec![members(2)[0].clone(), members(2)[1].clone(), MemberConfig::arbiter(3, p(3))];
    let read_preference = ReadPreference::Secondary;
    let mut both = Both::new(config(list), DriverSettings { read_preference, ..settings(&[1, 2]) });
    both.set.elect(1);
    both.set.secs(3);
    both.set.crash(2);
    both.set.secs(15);
    assert_eq!(both.get(), None);
    both.set.secs(31);
    assert_eq!(both.last(), Some(&Ending::Refused));
    assert!(both.set.m(1).is_writable(), "though there is a primary");
}

/// *Read Preference*, nearest: "The driver reads from a member whose network latency falls within the acceptable latency
/// window." It is `localThresholdMS`, 15 ms, beyond the nearest.
#[test]
fn preference_nearest_takes_those_within_fifteen_milliseconds_of_the_nearest() {
    let mut both = preferring(ReadPreference::Nearest);
    both.latency(1, Span::millis(40));
    both.latency(2, Span::millis(2));
    both.latency(3, Span::millis(5));
    both.set.elect(1);
    both.set.secs(20);
    let asked: Vec<Option<u32>> = (0..8).map(|_| both.get()).collect();
    assert!(asked.iter().all(|to| matches!(to, Some(2 | 3))), "{asked:?}");
    assert!(asked.contains(&Some(2)) && asked.contains(&Some(3)));
}

/// *Read Preference maxStalenessSeconds*: "When a secondary's estimated staleness exceeds maxStalenessSeconds, the client
/// stops using it for read operations." It must be "90 seconds or longer", and is "not compatible with mode primary".
#[test]
fn a_secondary_that_lags_too_far_is_not_read_from() {
    let with = |read_preference, secs| {
        let max_staleness = Some(Span::secs(secs));
        DriverSettings { read_preference, max_staleness, ..settings(&[1, 2, 3]) }
    };
    let refused = |settings| Program::new(settings).err() == Some(SettingsError::MaxStaleness);
    assert!(refused(with(ReadPreference::Secondary, 89)));
    assert!(refused(with(ReadPreference::Primary, 90)));
    for (staleness, reads) in [(Some(Span::secs(90)), false), (None, true)] {
        let read_preference = ReadPreference::Secondary;
        let max_staleness = staleness;
        let settings = DriverSettings { read_preference, max_staleness, ..settings(&[1, 2, 3]) };
        let mut both = Both::new(config(vec![members(1)[0].clone(), passive(2), passive(3)]), settings);
        both.set.elect(1);
        both.set.secs(3);
        both.set.cut(1, 3);
        both.set.cut(2, 3);
        both.set.secs(100);
        let asked: Vec<Option<u32>> = (0..4).map(|_| both.get()).collect();
        assert_eq!(asked.contains(&Some(3)), reads, "{asked:?}");
        assert!(asked.contains(&Some(2)));
    }
}

/// *Retryable Writes*: "Retryable writes let drivers retry specific write operations once after network errors or if they
/// cannot find a healthy primary in the replica set or sharded cluster."
#[test]
fn a_write_that_meets_a_failover_is_retried_and_done_once() {
    for (retry_writes, ends_well) in [(true, true), (false, false)] {
        let write_concern = Some(WriteConcern::MAJORITY);
        let settings = DriverSettings { retry_writes, write_concern, ..settings(&[1, 2, 3]) };
        let mut both = Both::new(config(members(3)), settings);
        both.set.elect(1);
        both.set.secs(3);
        both.put("1");
        both.set.crash(1); // it has not answered
        both.set.secs(40);
        let answered = matches!(both.last(), Some(Ending::Answered { outcome: Outcome::Written, .. }));
        assert_eq!(answered, ends_well, "{:?}", both.last());
        if ends_well {
            let next = both.set.writable()[0];
            let writes = both.set.m(next).oplog().iter_from(0).filter(|e| matches!(e.kind, Kind::Write(_)));
            assert_eq!(writes.count(), 1);
        }
    }
}

/// Of two that take themselves for the primary a driver believes the one of the later term (`electionId`, *Server Discovery
/// and Monitoring*).
#[test]
fn a_primary_of_an_older_term_is_not_believed() {
    let mut both = preferring(ReadPreference::Primary);
    both.set.elect(1);
    both.set.secs(3);
    let rule = Rule::StepDownWithoutMajority;
    both.set.order(1, Command::SwitchRule { rule, on: false });
    both.set.part(&[1]);
    both.set.until(30, |set| set.writable().len() == 2).expect("two");
    both.set.secs(4);
    let newer = both.set.writable().into_iter().find(|n| *n != 1);
    assert_eq!(both.get(), newer);
    assert_eq!(both.knows().into_iter().find(|(n, _)| *n == 1), Some((1, State::Unknown)));
}

/// As with `directConnection` (*Connection Strings*) a read that names its member goes there, and its concerns are its own.
#[test]
fn an_operation_by_hand_has_a_member_concerns_and_a_preference_of_its_own() {
    let mut both = preferring(ReadPreference::Primary);
    both.set.elect(1);
    both.set.secs(3);
    let wish = WriteConcern::members(3).within(Span::millis(200));
    both.set.crash(3);
    let put = Op::Put { key: "x".into(), value: "1".into() };
    both.wish(put.clone(), Wishes { write_concern: Some(wish), ..Wishes::default() });
    both.set.secs(1);
    assert_eq!(both.last(), Some(&Ending::Unknown), "not acknowledged in time");
    both.wish(put, Wishes::default());
    both.set.secs(1);
    assert!(matches!(both.last(), Some(Ending::Answered { .. })));
    let get = Op::Get { key: "x".into() };
    both.wish(get.clone(), Wishes { to: Some(p(2)), ..Wishes::default() });
    assert_eq!(both.d().outstanding().last().and_then(|op| op.to), Some(p(2)));
    both.set.secs(1);
    assert!(matches!(both.last(), Some(Ending::Answered { .. })));
    let secondary = Some(ReadPreference::Secondary);
    both.wish(get, Wishes { read_preference: secondary, ..Wishes::default() });
    assert_eq!(both.d().outstanding().last().and_then(|op| op.to), Some(p(2)));
}

/// *Server Monitoring*: "If a client frequently rechecks a server, it MUST wait at least minHeartbeatFrequencyMS milliseconds
/// since the previous check ended, to avoid pointless effort. This value MUST be 500 ms". Members answer within 10 ms, there is
/// no primary, and three writes wait for one.
#[test]
fn a_member_is_not_asked_again_within_half_a_second_though_operations_wait() {
    let mut both = Both::new(config(members(3)), settings(&[1, 2, 3]));
    both.set.secs(3);
    let answers = |both: &mut Both, millis: u64| {
        let mut told: Vec<Time> = Vec::new();
        for _ in 0..millis {
            both.set.run(Span::millis(1));
            let last = both.d().servers().iter().find(|server| server.id == p(2)).expect("it").told;
            if told.last() != Some(&last) {
                told.push(last);
            }
        }
        told.windows(2).map(|pair| pair[1] - pair[0]).skip(1).collect::<Vec<Span>>()
    };
    let calm = answers(&mut both, 3_000);
    assert!(!calm.is_empty() && calm.iter().all(|gap| *gap == Span::millis(1_010)), "{calm:?}");
    for value in ["1", "2", "3"] {
        both.put(value);
    }
    let waiting = answers(&mut both, 3_000);
    assert!(both.set.primaries().is_empty() && both.d().outstanding().len() == 3);
    assert!(waiting.len() >= 4 && waiting.iter().all(|gap| *gap == Span::millis(510)), "{waiting:?}");
}
