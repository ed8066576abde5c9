//! A set with drivers, watched.

use crate::check::replica_set::{Reached, ReplicaSetCheck};
use crate::check::{Check, Watching};
use crate::consensus::client;
use crate::consensus::replica_set::driver::{self, Driver, ReadPreference};
use crate::consensus::replica_set::*;
use crate::kernel::{Action, HostSpec, Observer, World, WorldSpec};
use crate::process::{HostId, ProcessId, Span};
use std::sync::Arc;

pub const MEMBERS: u32 = 5;
pub const SPARE: u32 = 1;
pub const DRIVERS: u32 = 3;

pub fn p(n: u32) -> ProcessId {
    ProcessId(n)
}

/// Quick to notice and to elect, so that a short run sees much.
pub fn quick() -> SetSettings {
    SetSettings {
        heartbeat_interval: Span::millis(500),
        heartbeat_timeout: Span::secs(2),
        election_timeout: Span::secs(2),
        catch_up_timeout: Some(Span::secs(2)),
        catch_up_takeover_delay: Some(Span::secs(3)),
        ..SetSettings::default()
    }
}

/// Numbers that depend on nothing but a seed (SplitMix64).
pub struct Lot(pub u64);

impl Lot {
    pub fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (x ^ (x >> 31)) % n
    }
}

pub struct Bench {
    pub world: World,
    pub watching: Watching,
    pub reached: Reached,
    /// Of barriers set so far.
    pub barriers: u32,
}

impl Bench {
    pub fn new(seed: u64, rules: Rules, change: impl FnOnce(&mut Settings)) -> Bench {
        let members = (1..=MEMBERS).map(|n| MemberConfig::new(n as u8, p(n))).collect();
        let mut settings = Settings { rules, ..Settings::of(Config::initial(members, quick())) };
        (settings.oplog_entries, settings.clone_bytes) = (200, 150);
        change(&mut settings);
        let program = Program::new(settings).expect("settings");
        let mut world = World::new(WorldSpec { seed, ..WorldSpec::default() });
        for n in 1..=MEMBERS + SPARE {
            let host = world.add_host(&format!("m{n}"), HostSpec::default()).expect("a host");
            world.add_process(host, &format!("m{n}"), 0, program.image()).expect("a process");
        }
        for n in 0..DRIVERS {
            let host = world.add_host(&format!("d{n}"), HostSpec::default()).expect("a host");
            let image = driver_program(seed, n).image();
            world.add_process(host, &format!("d{n}"), 1, image).expect("a process");
        }
        let watching = Watching::new([Box::new(ReplicaSetCheck::new(0)) as Box<dyn Check>]);
        Bench { world, watching, reached: Reached::new(0), barriers: 0 }
    }
    pub fn run(&mut self, span: Span) {
        let until = self.world.now() + span;
        while self.world.step_until(until, &mut [&mut self.watching as &mut dyn Observer, &mut self.reached])
        {
        }
        self.world.advance_to(until);
    }
    pub fn act(&mut self, action: &Action) -> bool {
        self.world.act(action, &mut [&mut self.watching as &mut dyn Observer, &mut self.reached]).is_ok()
    }
    pub fn members(&self) -> impl Iterator<Item = &Member> {
        (1..=MEMBERS + SPARE).filter_map(|n| self.world.machine::<Member>(p(n)))
    }
    pub fn primary(&self) -> Option<u32> {
        let leads = |n: &u32| self.world.machine::<Member>(p(*n)).is_some_and(Member::is_writable);
        (1..=MEMBERS + SPARE)
            .filter(leads)
            .max_by_key(|n| self.world.machine::<Member>(p(*n)).map(Member::term))
    }
    pub fn order(&mut self, n: u32, command: Command) {
        self.act(&Action::Operate(p(n), Arc::new(command)));
    }
    pub fn answered(&self) -> u64 {
        let drivers = self.world.processes().filter_map(|process| self.world.machine::<Driver>(process.id));
        drivers.map(|driver| driver.counts().answered).sum()
    }
    pub fn broken(&self) -> Vec<&'static str> {
        self.watching.broken.iter().map(|violation| violation.check).collect()
    }
    pub fn crash(&mut self, n: u32) -> bool {
        self.act(&Action::CrashHost(HostId(n)))
    }
    pub fn start(&mut self, n: u32) -> bool {
        self.act(&Action::StartHost(HostId(n)))
    }
}

/// One writes for a majority and reads linearizably, one writes for nobody and reads what there is, one reads what is committed
/// from secondaries.
fn driver_program(seed: u64, n: u32) -> driver::Program {
    let load = client::Settings {
        members: (1..=MEMBERS).map(p).collect(),
        load: client::Load::open_millirate(15_000),
        mix: client::Mix { get: 40, put: 40, cas: 10, append: 5, delete: 5 },
        keys: 5,
        timeout: Span::millis(800),
        seed,
        ..client::Settings::default()
    };
    let mut settings = driver::Settings::of(load);
    (settings.heartbeat_frequency, settings.selection_timeout) = (Span::secs(1), Span::secs(4));
    match n {
        0 => {
            settings.write_concern = Some(WriteConcern::MAJORITY);
            settings.read_concern = ReadConcern::Linearizable;
        }
        1 => {
            settings.write_concern = Some(WriteConcern::members(1));
            settings.read_preference = ReadPreference::Nearest;
        }
        _ => {
            settings.read_concern = ReadConcern::Majority;
            settings.read_preference = ReadPreference::SecondaryPreferred;
        }
    }
    driver::Program::new(settings).expect("settings")
}
